"""What was found, merged into a manifest that is there: nothing that people wrote is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from aimanifest.document import read
from aimanifest.document.editing import Put, Uneditable, edited
from aimanifest.document.places import pointer_to
from aimanifest.findings import Finding
from aimanifest.rules import FAULTS
from aimanifest.schemas import ROOT, load
from aimanifest.terminal import visible
from aimanifest.validation import LocalFolder, validate

Steps = tuple[str, ...]

LIMIT_PUTS = 200
"""So many values are merged at a time; each is checked for itself."""


class Different(NamedTuple):
    """A value that was found and says something else than the manifest, which stays as it is."""

    pointer: str
    written: Any
    found: Any
    source: str


class Merged(NamedTuple):
    """A manifest with what was found: its bytes, and what became of the rest.

    `added` are the pointers of what is new, with their sources; `guessed` what was only guessed,
    and `unfit` what would make the manifest wrong: neither is in it.
    """

    source: bytes
    added: tuple[tuple[str, str], ...]
    different: tuple[Different, ...]
    guessed: tuple[tuple[str, str], ...]
    unfit: tuple[tuple[str, str], ...]


def merged(
    source: bytes,
    found: Mapping[str, Any],
    sources: Mapping[str, str],
    guesses: Iterable[str],
    *,
    root: str,
) -> Merged:
    """Bring the manifest `found` into the one that is written in `source`.

    `sources` say by pointer where a value was found, `guesses` which are uncertain: these are left
    to people, and so is every value that says something else than the manifest.

    Raises:
        Uneditable: if `source` cannot be read, or is no manifest.

    """
    document = read(source)
    if not document.readable or not isinstance(document.data, dict):
        raise Uneditable("it cannot be read")
    before = _faults(source, root)
    names = _names(document.data, found)
    unsure = {_renamed(each, names) for each in guesses}
    told = {_renamed(each, names): said for each, said in sources.items()}
    target = _with_names(found, names)
    different: list[Different] = []
    guessed: list[tuple[str, str]] = []
    unfit: list[tuple[str, str]] = []
    added: list[tuple[str, str]] = []
    puts = sorted(_puts(document.data, target, (), (unsure, told, different, guessed)), key=_new)
    for put in puts[:LIMIT_PUTS]:
        pointer = pointer_to(put.steps)
        said = told.get(pointer) or next(
            (each for key, each in told.items() if key.startswith(f"{pointer}/")), ""
        )
        put = put._replace(comment=visible(" ".join(said.split())))  # noqa: PLW2901
        try:
            new = edited(source, [put])
        except Uneditable as error:
            unfit.append((pointer, str(error)))
            continue
        worse = _faults(new, root) - before
        if worse:
            unfit.append((pointer, min(worse)[2]))
        else:
            source = new
            added.append((pointer, said))
    return Merged(source, tuple(added), tuple(different), tuple(guessed), tuple(unfit))


def _new(put: Put) -> int:
    """Sort what refers to components behind these."""
    return len(put.steps) if put.steps[0] == "components" else 0


def _faults(source: bytes, root: str) -> set[tuple[str, str, str]]:
    """Give what is wrong with a manifest: rule, place and message of each fault."""
    report = validate(source, folder=LocalFolder(root))
    core = report.assessment("core")
    of_core: tuple[Finding, ...] = core.findings if core else ()
    wrong = (*report.problems, *(each for each in of_core if each.outcome in FAULTS))
    return {(each.rule, each.pointer, each.message) for each in wrong}


# -- what is the same component --------------------------------------------------------------------


def _names(written: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, str]:
    """Say for the ids of components found how the manifest calls them: by id, path or kind."""
    known = _components(written)
    by_path = {_path(each): id for id, each in known.items() if _path(each)}
    names = {}
    for id, component in _components(found).items():
        if id in known:
            names[id] = id
        elif _path(component) in by_path:
            names[id] = by_path[_path(component)]
        elif _kind(id, component) == "weights" and _path(component):
            of_kind = [other for other, each in known.items() if _own_weights(other, each)]
            own = [other for other, each in _components(found).items() if _own_weights(other, each)]
            names[id] = of_kind[0] if len(of_kind) == len(own) == 1 else id
        else:
            names[id] = id
    return names


def _components(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    components = data.get("components")
    inside = components.items() if isinstance(components, dict) else ()
    return {id: each for id, each in inside if isinstance(each, dict)}


def _path(component: Mapping[str, Any]) -> str:
    path = component.get("path")
    return path.rstrip("/") if isinstance(path, str) and "location" not in component else ""


def _kind(id: str, component: Mapping[str, Any]) -> Any:
    return component.get("kind", id)


def _own_weights(id: str, component: Mapping[str, Any]) -> bool:
    return _kind(id, component) == "weights" and "publisher" not in component


def _renamed(pointer: str, names: Mapping[str, str]) -> str:
    steps = pointer.split("/")
    if steps[1:2] == ["components"] and len(steps) > 2:  # noqa: PLR2004
        steps[2] = names.get(steps[2], steps[2])
        if steps[3:4] == ["derived_from"] and len(steps) > 4:  # noqa: PLR2004
            steps[4] = names.get(steps[4], steps[4])
    return "/".join(steps)


def _with_names(found: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    target = deepcopy(dict(found))
    components = {}
    for id, component in _components(target).items():
        if bases := component.get("derived_from"):
            component["derived_from"] = {names.get(each, each): bases[each] for each in bases}
        if names[id] != id and component.get("kind") == names[id]:
            del component["kind"]
        components[names[id]] = component
    target["components"] = components
    return target


# -- what is new -----------------------------------------------------------------------------------

_Told = tuple[set[str], dict[str, str], list[Different], list[tuple[str, str]]]


def _puts(written: Any, found: Mapping[str, Any], steps: Steps, told: _Told) -> Iterator[Put]:
    """Give an edit for each value that is not written, the mapping it is in and all, if need be."""
    unsure, sources, different, guessed = told
    for key, value in found.items():
        here = (*steps, key)
        pointer = pointer_to(here)
        if steps[:1] == ("metadata",) or key in ("metadata", "aimanifest"):
            continue
        if isinstance(written, dict) and "omitted" in written:
            return
        known = written.get(key) if isinstance(written, dict) else None
        if isinstance(known, dict) and isinstance(value, dict):
            yield from _puts(known, value, here, told)
        elif known is not None:
            if known != value and pointer in sources and pointer not in unsure:
                different.append(Different(pointer, known, value, sources[pointer]))
        elif pointer in unsure or (
            isinstance(value, dict) and _first(value, here, unsure) and len(here) > 1
        ):
            guessed.append((pointer, sources.get(pointer, "")))
        elif not _clashes(key, written, len(steps)):
            sure = _sure(value, here, unsure, guessed)
            if sure not in ({}, None):
                yield Put(here, sure, _before(here))


def _first(value: Mapping[str, Any], steps: Steps, unsure: set[str]) -> bool:
    """Whether it is only guessed what a component is, so that all of it is left to people."""
    return "kind" in value and pointer_to((*steps, "kind")) in unsure


def _sure(value: Any, steps: Steps, unsure: set[str], guessed: list[tuple[str, str]]) -> Any:
    """Return `value` without what in it is guessed."""
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, each in value.items():
        here = (*steps, key)
        if pointer_to(here) in unsure:
            guessed.append((pointer_to(here), ""))
        elif (inner := _sure(each, here, unsure, guessed)) not in ({}, None):
            kept[key] = inner
    return kept


def _clashes(key: str, written: Any, depth: int) -> bool:
    """Whether a key would change what another one means: a path inside a location, say."""
    if depth != 2 or not isinstance(written, dict):  # noqa: PLR2004  a component
        return False
    if key == "path":
        return "location" in written or "manifest" in written
    return key in ("checksums", "notes", "description") and "location" in written


def _before(steps: Steps) -> tuple[str, ...]:
    """Give the keys behind which the last of `steps` stands in the order of the schemas."""
    schemas = {1: ROOT, 2: {"release": "release.schema.json"}.get(steps[0], "")}
    name = schemas.get(len(steps), "component.schema.json" if steps[0] == "components" else "")
    if len(steps) > 3 or not name:  # noqa: PLR2004
        return ()
    order = list(load()[name]["properties"])
    return tuple(order[: order.index(steps[-1])]) if steps[-1] in order else ()
