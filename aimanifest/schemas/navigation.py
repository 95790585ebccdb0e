"""What the schemas say of a place of a manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aimanifest.schemas import ROOT, Schema, load

Steps = Iterable[str | int]


def at(steps: Steps) -> Schema:
    """Return the schema of the value at `steps`; an empty one where anything may stand, or nothing.

    What a key says of its value, such as its description, has precedence over what is said of all
    values of that form.
    """
    found: Schema = load()[ROOT]
    for step in steps:
        inside = resolved(found)
        if isinstance(step, int):
            child = inside.get("items")
        else:
            child = inside.get("properties", {}).get(step, inside.get("additionalProperties"))
        if not isinstance(child, dict):
            return {}
        found = child
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
