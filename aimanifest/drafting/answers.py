"""What people answer, put into a manifest; and why an answer does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from aimanifest.converters.draft import fitted, id_from
from aimanifest.drafting.composition import Composed, put
from aimanifest.drafting.evidence import Evidence, Fact
from aimanifest.drafting.gaps import ACCESS
from aimanifest.licenses import facts, parse
from aimanifest.licenses.recognition import RECOGNISED, STATEMENTS, recognise
from aimanifest.manifest import CODE_KINDS, CONTENT_TYPES, DATASET_KINDS
from aimanifest.placeholders import is_placeholder, says_none

ANSWERED = "answered"
OMITTED = ("withheld", "not-produced", "not-applicable")


class Unfit(ValueError):  # noqa: N818  it names what the answer is
    """The answer cannot stand there; the message says why, and what would fit."""


def expected(steps: tuple[str, ...]) -> str:
    """Say how an answer to what belongs at `steps` is written; "" where any text is one."""
    if steps[0] == "components" and len(steps) == 2:  # noqa: PLR2004
        return (
            "An address, a path in the folder, or the id of code that holds it too; or withheld, "
            "not-produced: why, not-applicable: why."
        )
    return {
        "license": "An SPDX id or expression, NONE or NOASSERTION.",
        "trained_on": "Names, with commas between them.",
        "produced_by": "Ids of code, with commas between them.",
        "location": "An address, or a path in the folder.",
        "manifest": "An address, or a path in the folder.",
    }.get(steps[-1], "")


def apply(answers: Mapping[str, str], result: Composed, evidence: Evidence) -> None:
    """Put each answer into the manifest; what does not fit is left out."""
    for pointer, text in answers.items():
        try:
            _apply(pointer, text, result, evidence)
        except Unfit:
            continue


def fault(pointer: str, text: str, result: Composed, evidence: Evidence) -> str:
    """Say why `text` is no answer to what belongs at `pointer`; "" if it is one."""
    try:
        _apply(pointer, text, result, evidence)
    except Unfit as error:
        return str(error)
    return ""


def _apply(pointer: str, text: str, result: Composed, evidence: Evidence) -> None:
    steps = tuple(pointer.split("/")[1:])
    text = text.strip()
    if not text or len(steps) < 2 or (steps[0] == "components" and not _is_there(steps, result)):  # noqa: PLR2004
        raise Unfit("there is nothing that this would belong to")
    key = steps[-1]
    if steps[0] == "components" and len(steps) == 2:  # noqa: PLR2004
        _component(steps[1], text, result, evidence)
    elif key == "license":
        _license(steps, text, result, evidence)
    elif key in ("trained_on", "produced_by"):
        _ids(steps, text, result)
    elif key == "location":
        _place(steps, text, result, evidence)
    elif key == "manifest":
        if not fitted("url", text) and text.removeprefix("./") not in evidence.folder:
            raise Unfit(f"`{text}` is neither an address, https://…, nor a file of the release")
        _write(steps, text.removeprefix("./"), result)
    elif key == "access":
        if text not in ACCESS:
            raise Unfit(f"one of these words is needed: {', '.join(ACCESS)}")
        _write(steps, text, result)
    else:
        _text(steps, text, result)


def _is_there(steps: tuple[str, ...], result: Composed) -> bool:
    return len(steps) == 2 or result.draft.get(*steps[:2]) is not None  # noqa: PLR2004


def _write(steps: tuple[str, ...], value: Any, result: Composed) -> None:
    result.draft.forget(*steps)
    put(result, *steps, fact=Fact(value, ANSWERED))


def _text(steps: tuple[str, ...], text: str, result: Composed) -> None:
    key = steps[-1]
    form = "line" if key in ("name", "version") else "date" if key == "date" else "text"
    if is_placeholder(text) and not says_none(text):
        raise Unfit("this holds a place and says nothing")
    if says_none(text) and key in ("provenance", "scope"):
        raise Unfit("`none` is no answer here: data comes from somewhere and is about something")
    value = fitted(form, text)
    if value is None:
        raise Unfit("a date is written 2026-11-22" if form == "date" else "the text is too long")
    _write(steps, value, result)


def _license(steps: tuple[str, ...], text: str, result: Composed, evidence: Evidence) -> None:
    if text in STATEMENTS:
        _write(steps, text, result)
        return
    found = recognise(text)
    if found.outcome != RECOGNISED:
        near = f" There are: {', '.join(found.candidates)}." if found.candidates else ""
        question = found.question or f"no license is known here as `{text}`."
        raise Unfit(f"{question}{near}")
    license = str(found.expression)
    for id in parse(license).ids:
        if id.startswith("LicenseRef-") and result.draft.get("licenses", id) is None:
            known = facts(id)
            if not known or not known.url:
                raise Unfit(f"{id} is on no list, and nothing is known here of its text")
            entry = {"name": known.name, "url": known.url}
            put(result, "licenses", id, fact=Fact(entry, "known to aimanifest"))
        held = next(
            (each for each in evidence.license_files if each.exact and id in each.ids), None
        )
        if held:
            put(result, "licenses", id, "file", fact=Fact(held.path, "holds its text"))
    _write(steps, license, result)


def _ids(steps: tuple[str, ...], text: str, result: Composed) -> None:
    """Name components; a dataset, or code of a kind, that is not described yet is begun."""
    components = result.draft.data["components"]
    kinds = DATASET_KINDS if steps[-1] == "trained_on" else (*CODE_KINDS, "auxiliary-model")
    names = [each.strip() for each in re.split("[,;]", text.strip("[] ")) if each.strip()]
    ids: list[str] = []
    new: dict[str, dict[str, Any]] = {}
    for name in names:
        id = name if name in components else id_from(name, otherwise="")
        if not id or is_placeholder(name):
            raise Unfit(f"`{name}` names nothing")
        if id in components:
            if components[id].get("kind", id) not in kinds:
                raise Unfit(f"`{id}` is a component of another kind")
        elif steps[-1] == "trained_on":
            new[id] = {"kind": "training-data"}
            if name != id:
                new[id]["name"] = fitted("line", name) or id
        elif id in kinds:
            new[id] = {"kind": id}
        else:
            known = ", ".join(
                each for each in components if components[each].get("kind", each) in kinds
            )
            raise Unfit(f"there is no code `{id}` here; there is: {known or 'none yet'}")
        ids.append(id)
    for id, component in new.items():
        components[id] = component
        result.sources[f"/components/{id}/kind"] = ANSWERED
        if component["kind"] == "training-data":
            component["data"] = {}
    _write(steps, list(dict.fromkeys(ids)), result)


def _place(steps: tuple[str, ...], text: str, result: Composed, evidence: Evidence) -> None:
    if fitted("url", text):
        _write(steps, text, result)
        return
    path = text.removeprefix("./")
    if path.rstrip("/") in evidence.folder or evidence.folder.has_folder(path):
        _write((*steps[:-1], "path"), path, result)
        return
    raise Unfit(f"`{text}` is neither an address, https://…, nor a file or folder of the release")


def _component(id: str, text: str, result: Composed, evidence: Evidence) -> None:
    """Say of a kind where it is, why there is none, or which component holds it."""
    kind = id if id in CONTENT_TYPES else "training-data"
    components = result.draft.data["components"]
    word, _, why = text.partition(":")
    if word.strip() in OMITTED:
        notes = fitted("text", why.strip()) if why.strip() else None
        if word.strip() != "withheld" and not notes:
            raise Unfit(f"say why, behind a colon: {word.strip()}: there is none, because …")
        entry = {"omitted": word.strip(), **({"notes": notes} if notes else {})}
        _begin(id, entry, result)
        return
    if (
        text in components
        and components[text].get("kind", text) in CODE_KINDS
        and kind in CODE_KINDS
    ):
        if "omitted" in components[text]:
            raise Unfit(f"`{text}` is omitted itself")
        included = components[text].get("includes", [])
        if kind not in included:
            _write(("components", text, "includes"), [*included, kind], result)
        return
    if fitted("url", text):
        _begin(id, {"location": text}, result)
        return
    path = text.removeprefix("./")
    if path.rstrip("/") in evidence.folder or evidence.folder.has_folder(path):
        _begin(id, {"path": path}, result)
        return
    there = _listed(each for each in components if components[each].get("kind", each) in CODE_KINDS)
    raise Unfit(
        "this is neither an address, https://…, nor a file or folder of the release, nor "
        f"{there}one of: withheld, not-produced: why, not-applicable: why"
    )


def _begin(id: str, entry: dict[str, Any], result: Composed) -> None:
    components = result.draft.data["components"]
    components.setdefault(id, {})
    for key, value in entry.items():
        _write(("components", id, key), value, result)


def _listed(ids: Iterable[str]) -> str:
    named = ", ".join(ids)
    return f"code that is described here ({named}), nor " if named else ""
