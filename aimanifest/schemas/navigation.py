"""What the schemas say of a place of a manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aimanifest.schemas import ROOT, Schema, load

Steps = Iterable[str | int]


def at(steps: Steps) -> Schema:
    """Return the schema of the value at `steps`; an empty one where anything may stand, or nothing.

    What a key says of its value, such as its description, has precedence over what is said of all
    values of that form.
    """
    found: Schema = load()[ROOT]
    for step in steps:
        found = under(found, step)
    return found


def resolved(schema: Schema) -> Schema:
    """Return `schema` with all that it refers to; its own words win."""
    while "$ref" in schema:
        name, _, pointer = schema["$ref"].partition("#")
        found = load()[name]
        for step in pointer.split("/")[1:]:
            found = found[step]
        schema = {**found, **{key: each for key, each in schema.items() if key != "$ref"}}
    return schema


def meaning(steps: Steps, word: str) -> str:
    """Return what `word` means as a value at `steps`; "" where that is not said."""
    marked = f"- `{word}`: "
    for about in _descriptions(at(steps)):
        for line in about.splitlines():
            if line.startswith(marked):
                return line.removeprefix(marked)
    return ""


def _descriptions(schema: Schema) -> Iterator[str]:
    """Give what is said of a value, from what its key says to what its form does."""
    yield schema.get("description", "")
    if "$ref" in schema:
        name, _, pointer = schema["$ref"].partition("#")
        found = load()[name]
        for step in pointer.split("/")[1:]:
            found = found[step]
        yield from _descriptions(found)


def keys(steps: Steps) -> dict[str, Schema]:
    """Return the keys that the mapping at `steps` may have, each with its schema, in order."""
    declared: dict[str, Schema] = resolved(at(steps)).get("properties", {})
    return {key: resolved(each) for key, each in declared.items()}


def words(steps: Steps) -> tuple[str, ...]:
    """Return the words that may stand at `steps`, where only certain ones may."""
    schema = resolved(at(steps))
    listed = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    return tuple(str(each) for each in listed)


def under(schema: Schema, step: str | int) -> Schema:
    """Return the schema of what stands under a key, or in a list; an empty one where none is."""
    inside = resolved(schema)
    if isinstance(step, int):
        child = inside.get("items")
    else:
        child = inside.get("properties", {}).get(step, inside.get("additionalProperties"))
    return child if isinstance(child, dict) else {}


def sorted_keys(found: Iterable[str], schema: Schema) -> list[str]:
    """Sort keys as the schema declares them.

    What it does not declare stays behind that, in the order it had: the ids of components are in
    the order of their author, and so is what stands under `extensions`.
    """
    known = {key: place for place, key in enumerate(resolved(schema).get("properties", ()))}
    return sorted(found, key=lambda each: known.get(each, len(known)))


def in_order(value: Any, schema: Schema | None = None) -> Any:
    """Return a manifest, or the part of one that `schema` describes, with its keys in order."""
    schema = load()[ROOT] if schema is None else schema
    if isinstance(value, list):
        return [in_order(each, under(schema, 0)) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: in_order(value[key], under(schema, key)) for key in sorted_keys(value, schema)}
