"""What may be written at a cursor: keys, words, licenses, components."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from aimanifest.document import read
from aimanifest.editors.scenes import Scene, scene
from aimanifest.licenses import facts, license_ids
from aimanifest.licenses.facts import ai_rows
from aimanifest.manifest import CODE_KINDS, CONTENT_TYPES, DATASET_KINDS, DOCUMENT_KINDS
from aimanifest.schemas import navigation


class Offer(NamedTuple):
    """Something that may be written: its name, what to write, and what it means."""

    name: str
    text: str
    detail: str
    about: str


REFERENCES = {
    "trained_on": DATASET_KINDS,
    "produced_by": (*CODE_KINDS, "auxiliary-model"),
    "documented_in": DOCUMENT_KINDS,
    "derived_from": ("weights", "intermediate-checkpoints"),
}
"""Keys whose values are ids of components, and the kinds of these."""


def offers(text: str, offset: int) -> tuple[Offer, ...]:
    """Return what may be written at `offset` of `text`, the likeliest first."""
    here = scene(text, offset)
    if here.is_key and (found := tuple(_keys(here, text))):
        return found
    return tuple(_values(here, text))


def _keys(here: Scene, text: str) -> Iterator[Offer]:
    if here.steps == ("components",):
        for kind in CONTENT_TYPES:
            if kind not in here.beside:
                yield Offer(
                    kind,
                    f"{kind}:",
                    "component",
                    navigation.meaning(("components", "x", "kind"), kind),
                )
        return
    if here.steps and here.steps[-1] == "derived_from":
        yield from _components(text, REFERENCES["derived_from"], suffix=": ")
        return
    for key, schema in navigation.keys(here.steps).items():
        if key not in here.beside:
            holds = schema.get("type") == "object" or "properties" in schema
            yield Offer(
                key,
                f"{key}:" if holds else f"{key}: ",
                schema.get("title", ""),
                schema.get("description", ""),
            )


def _values(here: Scene, text: str) -> Iterator[Offer]:
    names = [each for each in here.steps if isinstance(each, str)]
    name = names[-1] if names else ""
    if name in REFERENCES:
        yield from _components(text, REFERENCES[name])
    elif name == "claims":
        yield from _claims()
    elif name in ("license", "contents_license"):
        yield from _licenses(text)
    else:
        for word in navigation.words(here.steps):
            written = f'"{word}"' if word[:1].isdigit() else word
            yield Offer(word, written, "", navigation.meaning(here.steps, word))


def _components(text: str, kinds: tuple[str, ...], suffix: str = "") -> Iterator[Offer]:
    for id, component in _described(text).items():
        kind = component.get("kind", id) if isinstance(component, dict) else None
        includes = component.get("includes", ()) if isinstance(component, dict) else ()
        if {kind, *(each for each in includes or () if isinstance(each, str))} & set(kinds):
            name = component.get("name") or ""
            yield Offer(id, f"{id}{suffix}", str(kind), str(name))


def _described(text: str) -> dict[str, Any]:
    """Return the components of a text; as far as it goes, where its end is being written."""
    data = read(text.encode()).data
    while data is None and "\n" in text:
        text = text[: text.rstrip("\n").rfind("\n") + 1]
        data = read(text.encode()).data
        if len(text) < _SHORTEST:
            break
    components = data.get("components") if isinstance(data, dict) else None
    return components if isinstance(components, dict) else {}


_SHORTEST = 20


def _licenses(text: str) -> Iterator[Offer]:
    for id in USUAL:
        yield _license(id)
    data = read(text.encode()).data
    named = data.get("licenses") if isinstance(data, dict) else None
    yield from (Offer(id, id, "named in this manifest", "") for id in named or () if "Ref" in id)
    for id in sorted(license_ids() - set(USUAL)):
        yield _license(id)
    yield from (Offer(id, id, row["name"], "") for id, row in ai_rows().items())
    yield Offer("NONE", "NONE", "offered to nobody", "")
    yield Offer("NOASSERTION", "NOASSERTION", "nobody looked", "")


USUAL = ("Apache-2.0", "MIT", "CC-BY-4.0", "CC0-1.0", "BSD-3-Clause", "CC-BY-SA-4.0", "ODC-By-1.0")
"""The licenses that open releases have most."""


def _license(id: str) -> Offer:
    found = facts(id)
    return Offer(id, id, found.name if found else "", "")


def _claims() -> Iterator[Offer]:
    from aimanifest import frameworks  # noqa: PLC0415  they are many, and few claims are made

    for id, each in frameworks.every().items():
        for level in each.levels if id != "core" else ():
            claim = id if len(each.levels) == 1 else f"{id}:{level}"
            yield Offer(claim, claim, each.called.get(level, ""), each.title)
