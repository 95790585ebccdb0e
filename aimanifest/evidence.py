"""Where in a manifest a rule finds its answer, and what is written there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from aimanifest.document import Place
from aimanifest.findings import Located, Span


class Evidence(NamedTuple):
    """A place in which a requirement finds its answer, and what is written there.

    `value` is "" where the place holds no text, number or address of its own.
    """

    pointer: str
    span: Span
    value: str


def evidence(places: Iterable[Located]) -> tuple[Evidence, ...]:
    """Give what is written at each of `places`, in their order, and none of them twice."""
    found = {each.pointer: Evidence(each.pointer, each.span, _value(each)) for each in places}
    return tuple(found.values())


def _value(at: Located) -> str:
    """Return what is written at a place; a map is told by where what it describes is found."""
    if not isinstance(at, Place):
        return ""
    value: Any = at.document.data
    for step in at.steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return ""
    if isinstance(value, dict):
        value = next((value[key] for key in _WHERE if isinstance(value.get(key), str)), "")
    if isinstance(value, list):
        return ", ".join(_scalar(each) for each in value if not isinstance(each, dict | list))
    return _scalar(value)


_WHERE = ("location", "path", "url")


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
