"""YAML that somebody else made, read for what is written in it and nothing more."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from aimanifest.document.characters import decode, invisible
from aimanifest.document.demands import LIMIT_BYTES, LIMIT_DEPTH, LIMIT_NODES
from aimanifest.document.parsers import LONE, events_of
from aimanifest.document.places import (
    NOWHERE,
    Document,
    Entry,
    Place,
    character_at,
    cut,
    span_of,
)
from aimanifest.findings import Position

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""What stands for null where it is written without quotes (YAML 1.2.2, chapter 10.3.2)."""

_PAGE = 100
"""So many characters of a text count as one value more: else aliases could multiply long texts."""

_WIDE = {
    BOM_UTF32_LE: "utf-32",
    BOM_UTF32_BE: "utf-32",
    BOM_UTF16_LE: "utf-16",
    BOM_UTF16_BE: "utf-16",
}
"""Byte order marks; those of UTF-32 come first, for one begins like one of UTF-16."""


class Unreadable(ValueError):  # noqa: N818  # it names what the file is
    """The file cannot be read: the message says why, `position` says where."""

    def __init__(self, message: str, position: Position = NOWHERE.start) -> None:
        """Keep where it is, for whoever catches this."""
        super().__init__(message)
        self.position = position


class Repeated(NamedTuple):
    """A value whose key stood in the same mapping before, so that it is not in the data."""

    place: Place
    line: int
    value: Any


class Foreign(NamedTuple):
    """A file of another format: its `document`, and what its data leave out.

    The data hold mappings, lists, texts and None. A text is what is written: `no`, `1.10` and
    `2024-01-01` are texts. Of a key that is repeated, the first value is in the data.
    """

    document: Document
    repeated: tuple[Repeated, ...]


def read_foreign(source: bytes) -> Foreign:
    """Read one YAML document of another format, tolerantly: anchors, aliases and tags are allowed.

    A tag is passed over; an alias stands for what it names. Costs bounded time and memory whatever
    `source` is, what aliases stand for included.

    Raises:
        Unreadable: if it is not well-formed, no mapping, too long, too deep or too large.

    """
    if len(source) > LIMIT_BYTES:
        raise Unreadable(f"The file is longer than {LIMIT_BYTES:,} bytes.")
    text = _text(source)
    reading = _Reading(text)
    try:
        data, tree = reading.document()
    except YAMLError as error:
        _refuse(error, text, reading.bracket)
    document = Document(text, data, (), readable=True, tree=tree)
    repeated = tuple(
        Repeated(document.place(steps), line, value) for steps, line, value in reading.repeated
    )
    return Foreign(document, repeated)


def _text(source: bytes) -> str:
    encoding = next((name for mark, name in _WIDE.items() if source.startswith(mark)), "")
    if encoding:
        try:
            return source.decode(encoding)
        except UnicodeDecodeError as error:
            message = f"The file begins like {encoding.upper()} and is not."
            raise Unreadable(message) from error
    source = source.removeprefix(BOM_UTF8)
    text, problems = decode(source)
    if problems and problems[0].rule == "document/utf-8":
        raise Unreadable(problems[0].message, problems[0].span.start)
    return text


def _refuse(error: YAMLError, text: str, bracket: int | None) -> NoReturn:
    """Say in plain words what the parser did not understand while `bracket` was open."""
    from aimanifest.document.syntax import Scene, diagnose  # noqa: PLC0415  # rarely needed

    for unseen in invisible(text):
        raise Unreadable(unseen.message, unseen.span.start) from error
    found = diagnose(Scene.of(error, text, bracket))
    raise Unreadable(found.message, character_at(text, found.at).start) from error


class _Reading:
    """One pass over the events of a file."""

    def __init__(self, text: str) -> None:
        self.repeated: list[tuple[tuple[str | int, ...], int, Any]] = []
        self._text = text
        self._next: Callable[[], Any]
        self._count = 0
        self._nested: list[Any] = []
        self._anchors: dict[str, tuple[Any, int, int]] = {}
        self._open: set[str] = set()

    def document(self) -> tuple[Any, Entry]:
        self._next = events_of(self._text)
        self._next()
        if self._next().__class__ is StreamEndEvent:
            raise Unreadable("The file is empty.")
        root = self._next()
        data, entry, _, _ = self._node(root, ())
        self._next()
        following: Any = self._next()
        if following.__class__ is DocumentStartEvent:
            self._stop("A second document begins here; one file is read as one.", following)
        if not isinstance(data, dict):
            what = "empty" if data is None else "no mapping"
            self._stop(f"The top level of the file is {what}.", root)
        return data, entry

    @property
    def bracket(self) -> int | None:
        """Where the innermost bracket is that is still open."""
        opened = (each.end_mark.index - 1 for each in reversed(self._nested) if each.flow_style)
        return next((each for each in opened if self._text[each] in "[{"), None)

    def _node(
        self, event: Any, steps: tuple[str | int, ...], key: Any = None
    ) -> tuple[Any, Entry, int, int]:
        """Read what `event` begins: data, where it is, how many values it holds, how deep."""
        kind = event.__class__
        anchor = event.anchor
        ends = (key.start_mark, key.end_mark) if key else (None, None)
        if kind is AliasEvent:
            data, size, depth = self._meant(event)
            return data, (*ends, event.start_mark, event.end_mark, None, False), size, depth
        if kind is ScalarEvent:
            plain = not event.style and event.tag is None
            data = None if plain and event.value in _NULLS else event.value
            if event.tag is LONE:
                self._stop("An escape here stands for half of a surrogate pair.", event)
            entry: Entry = (*ends, event.start_mark, event.end_mark, None, False)
            size, depth = 1 + len(event.value) // _PAGE, 0
            self._add(size, event)
        else:
            self._add(1, event)
            if anchor is not None:
                self._open.add(anchor)
            self._nested.append(event)
            if len(self._nested) > LIMIT_DEPTH:
                self._stop(f"What begins here stands more than {LIMIT_DEPTH} deep.", event)
            read = self._mapping if kind is MappingStartEvent else self._sequence
            data, children, end, size, depth = read(steps)
            self._nested.pop()
            self._open.discard(anchor)
            entry = (*ends, event.start_mark, end, children, bool(event.flow_style))
        if anchor is not None:
            self._anchors[anchor] = data, size, depth
        return data, entry, size, depth

    def _meant(self, event: Any) -> tuple[Any, int, int]:
        """Return what an alias stands for; it counts as if it were written out."""
        if event.anchor in self._open:
            self._stop(f"`*{cut(event.anchor)}` stands for what it is itself a part of.", event)
        if event.anchor not in self._anchors:
            self._stop(f"Nothing is anchored as `&{cut(event.anchor)}` before this.", event)
        data, size, depth = self._anchors[event.anchor]
        self._add(size, event)
        if len(self._nested) + depth > LIMIT_DEPTH:
            self._stop(f"What this stands for is more than {LIMIT_DEPTH} deep.", event)
        return data, size, depth

    def _mapping(self, steps: tuple[str | int, ...]) -> tuple[Any, Any, Any, int, int]:
        data: dict[str, Any] = {}
        children: dict[str, Entry] = {}
        size, deepest = 1, 0
        while True:
            key = self._next()
            kind = key.__class__
            if kind is MappingEndEvent:
                return data, children, key.end_mark, size, deepest + 1
            if kind is not ScalarEvent or key.tag is LONE:
                self._stop("A key is no text here.", key)
            name = key.value
            if key.anchor is not None:
                self._anchors[key.anchor] = name, 1, 0
            self._add(1, key)
            value, entry, count, depth = self._node(self._next(), (*steps, name), key)
            size += count + 1
            deepest = max(deepest, depth)
            if name in children:
                line = span_of(self._text, key.start_mark, key.end_mark).start.line
                self.repeated.append(((*steps, name), line, value))
            else:
                data[name], children[name] = value, entry

    def _sequence(self, steps: tuple[str | int, ...]) -> tuple[Any, Any, Any, int, int]:
        data: list[Any] = []
        children: list[Entry] = []
        size, deepest = 1, 0
        event: Any
        while (event := self._next()).__class__ is not SequenceEndEvent:
            value, entry, count, depth = self._node(event, (*steps, len(data)))
            size += count
            deepest = max(deepest, depth)
            data.append(value)
            children.append(entry)
        return data, children, event.end_mark, size, deepest + 1

    def _add(self, size: int, event: Any) -> None:
        self._count += size
        if self._count > LIMIT_NODES:
            self._stop(f"The file holds more than {LIMIT_NODES:,} keys and values.", event)

    def _stop(self, message: str, event: Any) -> NoReturn:
        raise Unreadable(message, span_of(self._text, event.start_mark, event.end_mark).start)
