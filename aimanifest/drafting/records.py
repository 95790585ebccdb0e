"""Files of names and values, of several syntaxes, looked at in one way."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from typing import Any

from aimanifest.document.foreign import Unreadable, read_foreign
from aimanifest.placeholders import is_placeholder

Steps = tuple[str | int, ...]

LIMIT_ITEMS = 100
"""So many items of a list are looked at."""


class Record:
    """What a file holds, and where in it each value stands."""

    def __init__(self, path: str, data: Any, line: Callable[[Steps], int] | None = None) -> None:
        """Keep the `data` of the file `path`; `line` says on which line a value begins."""
        self.path = path
        self.data = data
        self._line = line

    def get(self, *steps: str | int) -> Any:
        """Return what stands at `steps`; None if nothing does."""
        here = self.data
        for step in steps:
            if isinstance(here, dict) and isinstance(step, str):
                here = here.get(step)
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                return None
        return here

    def text(self, *steps: str | int) -> str:
        """Return the text at `steps`; "" for none, for a placeholder, and for what is no text."""
        value = self.get(*steps)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or is_placeholder(value):
            return ""
        return value.strip()

    def texts(self, *steps: str | int) -> list[str]:
        """Return the texts in the list at `steps`, or the one text that stands there alone."""
        value = self.get(*steps)
        if not isinstance(value, list):
            return [each for each in [self.text(*steps)] if each]
        found = (self.text(*steps, index) for index in range(min(len(value), LIMIT_ITEMS)))
        return [each for each in found if each]

    def count(self, *steps: str | int) -> int:
        """Say how many items the list at `steps` has that are looked at."""
        value = self.get(*steps)
        return min(len(value), LIMIT_ITEMS) if isinstance(value, list) else 0

    def found(self, *steps: str | int) -> str:
        """Say where the value at `steps` stands."""
        if self._line and (line := self._line(steps)):
            return f"{self.path}, line {line}"
        named = ".".join(map(str, steps))
        return f"{self.path}, {named}" if named else self.path


def from_yaml(path: str, source: bytes, *, first: int = 1) -> Record:
    """Read YAML that begins on the line `first` of the file `path`.

    Raises:
        Unreadable: if it is none.

    """
    document = read_foreign(source).document

    def line(steps: Steps) -> int:
        place = document.place(steps)
        return place.span.start.line + first - 1 if place.written else 0

    return Record(path, document.data, line)


def from_json(path: str, source: bytes) -> Record:
    """Read JSON.

    Raises:
        Unreadable: if it is none, or no object.

    """
    try:
        data = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is no JSON: {error}") from error
    if not isinstance(data, dict):
        raise Unreadable("it is no JSON object")
    return Record(path, data)


def from_toml(path: str, source: bytes) -> Record:
    """Read TOML.

    Raises:
        Unreadable: if it is none.

    """
    try:
        return Record(path, tomllib.loads(source.decode()))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is no TOML: {error}") from error
