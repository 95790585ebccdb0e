"""Values as YAML on one line, quoted only where they would read as something else."""

from __future__ import annotations

import json
import re
from typing import Any

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_./+()@~$%'?=&#;-]|:(?=[A-Za-z0-9/])|,(?= )| (?![ #]))*")
"""What needs no quotes anywhere; it errs on the side of quotes."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
"""A text that this format reads as text, and that people write without quotes."""

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*")

_WORDS = frozenset("true false null yes no on off y n ~".split())
"""What some reader of YAML takes for more than text."""


def flow(value: Any) -> str:
    """Write any value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key(each)}: {flow(value[each])}" for each in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return text(value, in_flow=True) if isinstance(value, str) else json.dumps(value)


def key(name: str) -> str:
    """Write the key of a mapping."""
    return name if _KEY.fullmatch(name) and name.lower() not in _WORDS else quote(name)


def text(value: str, *, in_flow: bool = False) -> str:
    """Write a text; `in_flow` is inside brackets, where a comma ends it."""
    plain = (_PLAIN.fullmatch(value) or _DATE.fullmatch(value)) and value.lower() not in _WORDS
    if plain and not value.endswith((" ", ":")) and not (in_flow and "," in value):
        return value
    return quote(value)


def quote(value: str) -> str:
    """Write a text in double quotes, all that nobody sees as an escape; it is JSON too."""
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(each if each.isprintable() else _escape(each) for each in quoted)


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]
