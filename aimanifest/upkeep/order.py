"""The order in which the standard writes keys: that of its schemas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aimanifest.schemas import ROOT, load

Schema = Mapping[str, Any]
_NONE: Schema = {}


def top() -> Schema:
    """Return the schema of a whole manifest.

    Raises:
        OSError: if the schemas are not where they were installed.

    """
    return resolved(load()[ROOT])


def under(schema: Schema, step: str | int) -> Schema:
    """Return the schema of what stands under a key, or in a list; an empty one where none is."""
    if isinstance(step, int):
        return resolved(schema.get("items", _NONE))
    declared = schema.get("properties", _NONE).get(step, schema.get("additionalProperties", _NONE))
    return resolved(declared) if isinstance(declared, dict) else _NONE


def resolved(schema: Schema) -> Schema:
    """Return `schema`, or what it refers to, at whatever remove."""
    while "$ref" in schema:
        name, _, pointer = schema["$ref"].partition("#")
        schema = load()[name] if name else _NONE
        for step in pointer.split("/")[1:]:
            schema = schema.get(step, _NONE)
    return schema


def in_order(keys: Iterable[str], schema: Schema) -> list[str]:
    """Sort `keys` as the schema declares them.

    What it does not declare stays behind that, in the order it had: the ids of components are in
    the order of their author, and so is what stands under `extensions`.
    """
    known = {key: place for place, key in enumerate(schema.get("properties", ()))}
    return sorted(keys, key=lambda each: known.get(each, len(known)))
