"""What a publisher can do about a release, each as an edit of its manifest.

Nothing here contradicts what a manifest says is so: what a model was trained on, who published a
base, why data cannot be shared. What others published is described, replaced or left out, and never
relicensed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final, NamedTuple

from aimanifest.document import pointer_to
from aimanifest.licenses import OSI_PARAMETER_TERMS, LicenseError, judge, parse
from aimanifest.manifest import (
    CONTENT_TYPES,
    DATASET_KINDS,
    DOCUMENT_KINDS,
    PARAMETER_KINDS,
    TOPICS,
    Component,
    Manifest,
    Terms,
)
from aimanifest.system import LIMBS, is_opaque, untold

Data = dict[str, Any]
Way = tuple[str, ...]
"""The keys that lead to a place of a manifest."""

SOMETHING: Final = "What only the publisher can say."
"""Stands for such a text."""
SOMEWHERE: Final = "https://example.org/"
SUPPOSED: Final = "supposed/ai-manifest.yaml"
"""Stands for the manifest of a base that reaches whatever is asked."""

OWN_CHOICE: Final = (None, "commercial")
"""The reasons for keeping something back that are the publisher's own to give up."""
CAN_STILL_BE_MADE: Final = (
    *DOCUMENT_KINDS,
    "evaluation-code",
    "evaluation-data",
    "conversion-code",
    "model-metadata",
)
"""What can be made after the training, too."""
MODELS: Final = ("weights", "intermediate-checkpoints")
LICENSES: Final = {
    **dict.fromkeys(CONTENT_TYPES, ("Apache-2.0",)),
    **dict.fromkeys(PARAMETER_KINDS, ("Apache-2.0", "CC-BY-4.0", "CC0-1.0")),
    **dict.fromkeys((*DATASET_KINDS, "model-metadata"), ("CC-BY-4.0", "CC0-1.0")),
    **dict.fromkeys(DOCUMENT_KINDS, ("CC-BY-4.0",)),
}
"""Well known licenses for each kind: the first one that is enough is suggested."""


class Change(NamedTuple):
    """Something that can be done: in the imperative, and where the manifest would say it."""

    text: str
    pointer: str
    edit: Callable[[Data], None]


def changes(manifest: Manifest) -> Iterator[Change]:
    """Give all that could be done: first what could be said, then released, then changed."""
    components = manifest.components.values()
    given = [each for each in components if each.omitted is None and each.kind is not None]
    yield from _about_the_release(manifest)
    for each in given:
        yield from _said(each, manifest)
    for each in components:
        if each.omitted is not None and each.kind is not None:
            yield from _given(each)
    there = {kind for each in components for kind in (*each.kinds, each.id)}
    for kind in CONTENT_TYPES:
        if kind not in there:
            yield from _released(kind, kind, f"release `{kind}`")
    for each in given:
        yield from _freed(each, manifest)


# -- to say what was not said ----------------------------------------------------------------------


def _about_the_release(manifest: Manifest) -> Iterator[Change]:
    if manifest.metadata.license != "CC-BY-4.0":
        yield _set(
            ("metadata", "license"), "CC-BY-4.0", "put the text of the manifest under CC-BY-4.0"
        )
    for key, value, text in (
        ("date", "2026-01-01", "say when it was released"),
        ("version", "1", "say which version it is, if it has one"),
        ("modalities", {"input": ["text"], "output": ["text"]}, "say what goes in and comes out"),
        ("intended_use", SOMETHING, "say what it is for"),
        ("limitations", SOMETHING, "say what its limits are"),
        ("requirements", {"hardware": SOMETHING, "software": SOMETHING}, "say what it needs"),
    ):
        if getattr(manifest.release, key) is None:
            yield _set(("release", key), value, f"{text} (`{key}`)")
    yield from _terms(("release",), manifest.release.additional_terms, "it", own=True)


def _said(component: Component, manifest: Manifest) -> Iterator[Change]:
    """Give what could be said of a component that is there."""
    at, name = ("components", component.id), f"`{component.id}`"
    if component.license in (None, "NOASSERTION"):
        for license in LICENSES[component.kind or ""]:
            told = (
                f"put {name} under a license like {license}"
                if is_own(component, manifest)
                else f"state the license of {name}; one like {license} would do"
            )
            yield _set((*at, "license"), license, told)
    if component.location is None:
        yield _set((*at, "location"), SOMEWHERE, f"say where {name} can be had (`location`)")
    if component.kind in DATASET_KINDS:
        yield from _said_of_data(component)
    if component.kind in DOCUMENT_KINDS:
        yield Change(
            f"say all that {name} treats, if it is what is asked (`includes`, `extent`)",
            pointer_to((*at, "includes")),
            partial(_treat, component.id),
        )
    closed = is_opaque(component, manifest) and not _may_be_open(component.license)
    if not component.produced_by and component.kind in (*MODELS, *DATASET_KINDS) and not closed:
        yield Change(
            f"say what code made {name}, all of it (`produced_by`)",
            pointer_to((*at, "produced_by")),
            partial(_produce, component.id),
        )
    if component.kind in MODELS:
        yield from _said_of_weights(component, manifest)


def _treat(id: str, data: Data) -> None:
    """Say that the document `id` treats every topic, and in full."""
    document = data["components"][id]
    document["includes"] = [*dict.fromkeys((*document.get("includes", ()), *TOPICS))]
    document["extent"] = "full"


def _said_of_data(dataset: Component) -> Iterator[Change]:
    at, name = ("components", dataset.id, "data"), f"`{dataset.id}`"
    data = dataset.data
    if data is None:
        told = f"describe {name}, and say who can have it, and where (`data`)"
        yield Change(told, pointer_to(at), partial(_open, dataset.id, _LIMBS))
        return
    if data.access is None:
        told = f"say who can have {name}, and where (`access`)"
        yield Change(told, pointer_to((*at, "access")), partial(_open, dataset.id, {}))
    for limb, words in LIMBS.items():
        if any(untold(dataset, limb)):
            yield _set((*at, limb), SOMETHING, f"say of {name} {words.asks} (`{limb}`)")
    if data.access == "unshareable" and dataset.reason is None:
        told = f"say why {name} cannot be shared, if law or technology forbids it (`reason`)"
        yield _set(("components", dataset.id, "reason"), "law", told)
    if data.access == "obtainable" and dataset.availability is None:
        told = f"say how one gets {name}, if it is free of charge (`availability`)"
        yield _set(("components", dataset.id, "availability"), "ungated", told)
    if data.contents_license is None and data.origin not in ("crawled", "user"):
        told = f"say on what terms the works in {name} are (`contents_license`); open ones would do"
        yield _set((*at, "contents_license"), "CC-BY-4.0", told)
    for document in data.documented_in:
        rest = [each for each in data.documented_in if each != document]
        told = f"say in the manifest what {name} relies on `{document}` for"
        yield _set((*at, "documented_in"), rest, told)


_LIMBS: Final = dict.fromkeys(LIMBS, SOMETHING)


def _open(id: str, said: Data, data: Data) -> None:
    """Say of a dataset what is `said`, and that everybody can have it."""
    dataset = data["components"][id]
    dataset.setdefault("location", SOMEWHERE)
    dataset["data"] = {**dataset.get("data", {}), "access": "open", **said}


def _said_of_weights(weights: Component, manifest: Manifest) -> Iterator[Change]:
    at, name = ("components", weights.id), f"`{weights.id}`"
    if weights.manifest is not None:
        unread = bool(manifest.bases[weights.id].problem)
    else:
        unread = is_opaque(weights, manifest)
    if unread and _may_be_open(weights.license):
        told = f"add the manifest of {name}, if it reaches this level itself (`manifest`)"
        yield _set((*at, "manifest"), SUPPOSED, told)
    if not unread and weights.trained_on is None and weights.manifest is None:
        yield Change(
            f"say what {name} was trained on, all of it, and describe it (`trained_on`)",
            pointer_to((*at, "trained_on")),
            partial(_train, weights.id),
        )
    if weights.training_compute is None:
        told = f"say how much compute the training of {name} took (`training_compute`)"
        yield _set((*at, "training_compute"), 10.0**24, told)


def _may_be_open(license: str | None) -> bool:
    """Whether parameters under it can be free; what is not said, or not known, may be."""
    if license in (None, "NOASSERTION", "NONE"):
        return True
    try:
        return judge(parse(license), OSI_PARAMETER_TERMS).verdict is not False
    except LicenseError:
        return True


def _train(id: str, data: Data) -> None:
    """Describe the data that the weights `id` are said to be trained on."""
    components = data["components"]
    components[id]["trained_on"] = [_SUPPOSED_DATA]
    components[_SUPPOSED_DATA] = _anything("training-data", "CC-BY-4.0")


def _produce(id: str, data: Data) -> None:
    """Name code that made the component `id`; of a kind that no definition asks for."""
    data["components"][id]["produced_by"] = [_SUPPOSED_CODE]
    data["components"][_SUPPOSED_CODE] = _anything("evaluation-code", "Apache-2.0")


_SUPPOSED_DATA: Final = "supposed-training-data"
_SUPPOSED_CODE: Final = "supposed-code"


# -- to release what is not there ------------------------------------------------------------------


def _given(component: Component) -> Iterator[Change]:
    """Give what can be done about a component that is omitted."""
    id, kind = component.id, component.kind or ""
    may_be_shared = component.omitted == "withheld" and component.reason in OWN_CHOICE
    if kind in DATASET_KINDS and component.omitted == "withheld":
        described = {
            "kind": kind,
            "data": {"access": "unshareable", **_LIMBS},
            "notes": SOMETHING,
            **({"reason": component.reason} if component.reason else {}),
        }
        yield _set(("components", id), described, f"describe `{id}`, though it is kept back")
    if may_be_shared or (component.omitted == "not-produced" and kind in CAN_STILL_BE_MADE):
        verb = "release" if may_be_shared else "make and release"
        yield from _released(id, kind, f"{verb} `{id}`")
    if component.notes is None and component.omitted != "withheld":
        yield _set(("components", id, "notes"), SOMETHING, f"say why there is no `{id}` (`notes`)")


def _released(id: str, kind: str, told: str) -> Iterator[Change]:
    if kind == "auxiliary-model":
        return
    for license in LICENSES[kind]:
        yield _set(("components", id), _anything(kind, license), f"{told} under {license}")


def _anything(kind: str, license: str) -> Data:
    """Make a component of `kind` of which all is said that anybody could ask."""
    component: Data = {"kind": kind, "license": license, "location": SOMEWHERE}
    if kind in DATASET_KINDS:
        component["data"] = {"access": "open", **_LIMBS}
        component["produced_by"] = []
    if CONTENT_TYPES[kind] == "document":
        component["includes"] = [*TOPICS]
        component["extent"] = "full"
    return component


# -- to change the terms ---------------------------------------------------------------------------


def _freed(component: Component, manifest: Manifest) -> Iterator[Change]:
    """Give what can be changed about a component that is there."""
    at, name = ("components", component.id), f"`{component.id}`"
    own = is_own(component, manifest)
    if not own and CONTENT_TYPES[component.kind or ""] == "code":
        other = _anything(component.kind or "", "Apache-2.0")
        other |= {"includes": [*component.includes]} if component.includes else {}
        yield _set(at, other, f"use something else in place of {name}, under a license that suits")
    yield from _terms(at, component.additional_terms, name, own=own)
    if not own:
        return
    if component.license not in (None, "NOASSERTION") and not _is_bound(component, manifest):
        for license in LICENSES[component.kind or ""]:
            if license != component.license:
                yield _set((*at, "license"), license, f"put {name} under {license}")
    if component.availability not in (None, "ungated") and component.reason in OWN_CHOICE:
        told = f"offer {name} to everybody without conditions (`availability`)"
        yield _set((*at, "availability"), "ungated", told)
    if component.extent == "partial" and component.reason in OWN_CHOICE:
        yield _set((*at, "extent"), "full", f"release what is missing of {name} (`extent`)")
    data = component.data
    if data is not None and data.access == "unshareable" and component.reason == "commercial":
        shared = _anything(component.kind or "", "CC-BY-4.0")
        yield _set(at, shared, f"release `{component.id}` under CC-BY-4.0")


def _is_bound(component: Component, manifest: Manifest) -> bool:
    """Whether it stands on parameters of others whose terms may bind who shares it."""
    waiting, seen = [*component.derived_from], set(component.derived_from)
    while waiting:
        base = manifest.components.get(waiting.pop())
        if base is None:
            continue
        if not is_own(base, manifest) and not _may_be_open(base.license):
            return True
        waiting += [each for each in base.derived_from if each not in seen]
        seen.update(base.derived_from)
    return False


def _terms(at: Way, listed: Iterable[Terms], name: str, *, own: bool) -> Iterator[Change]:
    for index, terms in enumerate(listed):
        called = f'"{terms.name}"' if terms.name else "the further terms"
        way = (*at, "additional_terms")
        if terms.restricts is None:
            told = f"say what {called} restrict (`restricts`), if it is nothing"
        elif own and terms.restricts:
            told = f"release {name} without {called}"
        else:
            continue
        yield Change(told, pointer_to((*way, index)), partial(_loosen, way, index))


def _loosen(way: Way, index: int, data: Data) -> None:
    _at(data, way)[index]["restricts"] = []


def is_own(component: Component, manifest: Manifest) -> bool:
    """Whether the publisher of the release can change the terms of a component."""
    publisher = manifest.release.publisher
    if component.publisher is None:
        library = component.kinds == {"supporting-library"}
        return not (library and component.location is not None)
    return publisher is not None and component.publisher.name == publisher.name


# -- edits -----------------------------------------------------------------------------------------


def _set(way: Way, value: object, text: str) -> Change:
    """Write `value` at `way`, whatever stands there."""
    return Change(text, pointer_to(way), partial(_write, way, value))


def _write(way: Way, value: object, data: Data) -> None:
    *above, last = way
    for key in above:
        data = data.setdefault(key, {})
    data[last] = value


def _at(data: Any, way: Way) -> Any:
    for key in way:
        data = data[key]
    return data
