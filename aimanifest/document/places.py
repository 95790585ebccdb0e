"""A document, and the places in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol, TypeAlias

from aimanifest.findings import Finding, Position, Span


class Mark(Protocol):
    """A place between two characters, as either parser reports it; all counted from 0."""

    @property
    def index(self) -> int:
        """Count characters from the start of the text."""

    @property
    def line(self) -> int:
        """Count lines."""

    @property
    def column(self) -> int:
        """Count characters from the start of the line."""


Entry: TypeAlias = (
    "tuple[Mark | None, Mark | None, Mark, Mark, dict[str, Entry] | list[Entry] | None, bool]"
)
"""Where one value is written: its key from and to, itself from and to, what is in it, and whether
it is in flow style. A bare tuple, since there is one for every value, mostly for nothing."""


class Document(NamedTuple):
    """One file as data that knows where it was written.

    `text` is the file without its byte order mark; what was not UTF-8 in it is replaced, for
    display. `data` is plain JSON data; a value that was refused is None. `problems` are the faults
    found. `readable` tells whether `data` is worth looking at; where it is not, it is None.
    `tree` is for `Place`.
    """

    text: str
    data: Any
    problems: tuple[Finding, ...]
    readable: bool
    tree: Entry | None = None

    def place(self, steps: tuple[str | int, ...] = ()) -> Place:
        """Return the place that `steps`, keys and indices, lead to; it need not be written."""
        return Place(self, steps)


class Key(NamedTuple):
    """The key of a place: as the place, but located where the key is written."""

    pointer: str
    span: Span


class Place(NamedTuple):
    """A spot in a document, written or not: `place / "components" / 0` walks further in."""

    document: Document
    steps: tuple[str | int, ...] = ()

    def __truediv__(self, step: str | int) -> Place:
        return Place(self.document, (*self.steps, step))

    @property
    def pointer(self) -> str:
        """The place as a JSON Pointer (RFC 6901)."""
        return pointer_to(self.steps)

    @property
    def span(self) -> Span:
        """Where the eye should go.

        A scalar: to its value. A mapping or list: to its key, or without one, to the first thing in
        it. What is missing or empty: to the key of the nearest thing that is written.
        """
        entry, written = self._find()
        if entry is None:
            return NOWHERE
        key, _, start, end, children, _ = entry
        if written and children is None and (key is None or start.index != end.index):
            return span_of(self.document.text, start, end)
        return label_of(self.document.text, entry)

    @property
    def key(self) -> Key:
        """The key of this place, for findings about the key itself; without one, the place."""
        entry, _ = self._find()
        if entry is None or entry[0] is None:
            return Key(self.pointer, self.span)
        return Key(self.pointer, label_of(self.document.text, entry))

    @property
    def written(self) -> bool:
        """Whether the document says anything at this place, be it only `null`."""
        return self._find()[1]

    @property
    def source(self) -> str:
        """A scalar just as it is written, quotes and all; "" for what is not a scalar.

        It tells `1.10` from `1.1`, which are the same number.
        """
        entry, written = self._find()
        if entry is None or not written or entry[4] is not None:
            return ""
        return self.document.text[entry[2].index : entry[3].index].rstrip()

    @property
    def flow(self) -> bool:
        """Whether a mapping or list is written in brackets, where a comma ends a value."""
        entry, written = self._find()
        return entry is not None and written and entry[5]

    def _find(self) -> tuple[Entry | None, bool]:
        """Return where the place, or its nearest written ancestor, is; and whether it is."""
        entry = self.document.tree
        for step in self.steps:
            child = _child(entry[4], step) if entry else None
            if child is None:
                return entry, False
            entry = child
        return entry, entry is not None


def _child(children: dict[str, Entry] | list[Entry] | None, step: str | int) -> Entry | None:
    if isinstance(children, dict):
        return children.get(step) if isinstance(step, str) else None
    if isinstance(step, str) or not children:
        return None
    return children[step] if 0 <= step < len(children) else None


_LIMIT_QUOTE = 60
"""How many characters of a file a message quotes."""

NOWHERE = Span(Position(1, 1), Position(1, 1))
"""Where the eye goes when a fault is of the whole file."""


def pointer_to(steps: Iterable[str | int]) -> str:
    """Write `steps`, keys and indices, as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def label_of(text: str, entry: Entry) -> Span:
    """Return the span of the key of `entry`, or else of the first thing in it that has one."""
    while entry[0] is None and entry[4]:
        entry = next(iter(entry[4].values() if isinstance(entry[4], dict) else entry[4]))
    start, end = (entry[0], entry[1]) if entry[0] and entry[1] else (entry[2], entry[3])
    return span_of(text, start, end)


def span_of(text: str, start: Mark, end: Mark) -> Span:
    """Return the span between two marks."""
    return Span(_position(text, start), _position(text, end))


def _position(text: str, mark: Mark) -> Position:
    """Count from 1. At the end of the file the parsers disagree, so it is counted afresh there."""
    if mark.index >= len(text):
        return position_at(text, len(text.rstrip()))
    return Position(mark.line + 1, mark.column + 1)


def position_at(text: str, index: int) -> Position:
    """Return the position of the character at `index`; LF, CR LF and CR break a line."""
    lone = text.count("\r", 0, index) - text.count("\r\n", 0, index)
    line = text.count("\n", 0, index) + lone + 1
    return Position(line, index - line_start(text, index) + 1)


def character_at(text: str, index: int) -> Span:
    """Return the span of the character at `index`, which is empty at the end."""
    start = position_at(text, index)
    return Span(start, Position(start.line, start.column + (index < len(text))))


def line_start(text: str, index: int) -> int:
    """Return the index at which the line of the character at `index` begins."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def cut(text: str) -> str:
    """Return `text` on one line, short enough to stand inside a message."""
    line = " ".join(text[: 2 * _LIMIT_QUOTE].split())
    whole = len(line) <= _LIMIT_QUOTE and len(text) <= 2 * _LIMIT_QUOTE
    return line if whole else f"{line[:_LIMIT_QUOTE]}…"
