"""Bytes in, located document out: plain JSON data that knows where it was written."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, NamedTuple, NoReturn, Protocol, TypeAlias

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

from aimanifest.findings import Finding, Outcome, Position, Related, Span
from aimanifest.rules import TEXT, Citation, Rule

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml, or runs on PyPy
    CParser = None  # type: ignore[assignment, misc]  # the stubs know only the other build

LIMIT_BYTES = 8 * 1024 * 1024
"""How long a file may be. It bounds the time and the memory that any input can cost."""
LIMIT_DEPTH = 64
"""How many mappings and lists may stand inside one another."""
LIMIT_NODES = 250_000
"""How many keys, values, mappings and lists a file may hold."""
LIMIT_KEY = 1024
"""How many characters a key may have; YAML itself allows no more where no `?` precedes it."""
LIMIT_DIGITS = 18
"""How many digits an integer may have: these fit into 64 bits, in every language."""
LIMIT_NUMBER = 64
"""How many characters any other number may have."""
LIMIT_FAULTS = 300
"""After how many faults reading ends, so that a hostile file cannot fill the memory with them."""

# -- rules -----------------------------------------------------------------------------------------


def _rule(name: str, title: str, *, why: str, quote: str, fix: str) -> Rule:
    """Declare a rule of this module; `quote` is the sentence of SPEC.md that it holds."""
    clause = "SPEC.md, File format"
    cites = (Citation(quote, clause, "https://aimanifest.org/spec/1.0#file-format", TEXT),)
    return Rule(f"document/{name}", title, why, cites, fix)


SIZE = _rule(
    "size-limit",
    "The file is at most 8 MiB long",
    why="A manifest that people wrote is a hundred times shorter. The limit bounds what a "
    "hostile file can cost whoever checks it.",
    quote="The file MUST NOT be longer than 8 MiB (8,388,608 bytes).",
    fix="Move long lists, such as checksums, into files that the manifest names.",
)
UTF_8 = _rule(
    "utf-8",
    "The file is UTF-8",
    why="In any other encoding, a name may read differently to everyone who opens the file.",
    quote="The file MUST be UTF-8; a byte order mark at its start is ignored.",
    fix="Save the file as UTF-8.",
)
CHARACTERS = _rule(
    "visible-characters",
    "The file holds no control characters and no invisible separators",
    why="A character that nobody sees can end a text early or hide part of it, and readers of "
    "YAML disagree about where U+0085, U+2028 and U+2029 break a line.",
    quote="The file MUST NOT contain a control character other than tab, line feed and carriage "
    "return, nor U+2028, U+2029, U+FFFE, U+FFFF, or U+FEFF after its start.",
    fix=r"Take the character out, or write it as an escape in double quotes, such as "
    r'"\u2028".',
)
WELL_FORMED = _rule(
    "well-formed",
    "The file is well-formed YAML",
    why="Nothing can be said about a text whose structure is unclear.",
    quote="The file MUST be well-formed YAML 1.2; every JSON text is.",
    fix="Check the indentation, the quotes and the brackets near the place.",
)
SPACES = _rule(
    "indented-by-spaces",
    "Lines are indented by spaces",
    why="A tab has no agreed width, so YAML does not count it as indentation.",
    quote="A tab MUST NOT indent a line, except inside brackets.",
    fix="Indent by spaces, two for each level.",
)
DEPTH = _rule(
    "depth-limit",
    "Mappings and lists stand at most 64 deep inside one another",
    why="A manifest needs a sixth of it; far deeper nesting has crashed readers of YAML.",
    quote="Mappings and lists MUST NOT stand more than 64 deep inside one another.",
    fix="Write the contents less deep.",
)
NODES = _rule(
    "node-limit",
    "The file holds at most 250,000 keys and values",
    why="The limit bounds what a hostile file can cost whoever checks it.",
    quote="The file MUST NOT hold more than 250,000 keys, values, mappings and lists in all.",
    fix="Move long lists, such as checksums, into files that the manifest names.",
)
FAULTS_LIMIT = _rule(
    "fault-limit",
    "The file has few enough faults to be read to its end",
    why="A file with hundreds of faults has most likely one fault in how it was made. Reading on "
    "would help nobody, and the list of faults would have no end.",
    quote="A reader MAY stop at a fault of the file format; it MUST then say where it stopped.",
    fix="Mend the faults above and check again.",
)
ONE_DOCUMENT = _rule(
    "one-document",
    "The file is one YAML document",
    why="Readers differ over which of several documents counts.",
    quote="The file MUST be one YAML document.",
    fix="Keep each manifest in a file of its own.",
)
DIRECTIVES = _rule(
    "no-directives",
    "The file has no directives",
    why="A line that begins with `%` tells the reader how to read the rest; a manifest is always "
    "read in the same way.",
    quote="Directives MUST NOT be used.",
    fix="Take the line out.",
)
ANCHORS = _rule(
    "no-anchors",
    "Nothing is anchored",
    why="An anchor serves aliases, which a manifest does not have.",
    quote="Anchors and aliases MUST NOT be used.",
    fix="Take the anchor out, or quote the text if it is to begin with `&`.",
)
ALIASES = _rule(
    "no-aliases",
    "Every value stands where it counts",
    why="What a manifest says of a thing is to be read at that thing. Aliases also let a short "
    "file stand for an endless one.",
    quote="Anchors and aliases MUST NOT be used.",
    fix="Write the value out, or quote the text if it is to begin with `*`.",
)
TAGS = _rule(
    "no-tags",
    "No value has a tag",
    why="A tag changes what a value is, in ways that depend on the reader.",
    quote="Tags MUST NOT be used.",
    fix="Take the tag out, or quote the text if it is to begin with `!`.",
)
MERGE_KEYS = _rule(
    "no-merge-keys",
    "No mapping merges another",
    why="`<<` belongs to YAML 1.1; some readers copy another mapping in, others see a key.",
    quote="The merge key `<<` MUST NOT be used.",
    fix="Write the keys out.",
)
UNIQUE_KEYS = _rule(
    "unique-keys",
    "No key is written twice in one mapping",
    why="Most readers keep the last value, some the first, and neither tells: what was "
    "published would depend on who reads it.",
    quote="A mapping MUST NOT repeat a key.",
    fix="Keep one of the two.",
)
TEXT_KEYS = _rule(
    "text-keys",
    "Every key is text",
    why="The manifest has to be expressible in JSON, where a key is text.",
    quote="Every key MUST be text of at most 1,024 characters; an unquoted key is the text as it "
    "is written, whatever it looks like.",
    fix="Write a short text before the colon.",
)
FINITE = _rule(
    "finite-numbers",
    "Every number is finite",
    why="JSON knows neither infinities nor what is not a number. Hashes with an `e` between "
    "digits read as such numbers.",
    quote="A number MUST be finite.",
    fix="Quote it if it is a hash, a version or another text.",
)
DIGITS = _rule(
    "number-length",
    "Every number is short enough to be held exactly",
    why="Longer numbers are rounded without a word by many readers, and no field of a manifest "
    "needs them. Identifiers and hashes made of digits do look like them.",
    quote="An integer MUST NOT have more than 18 digits, nor any other number more than 64 "
    "characters.",
    fix="Quote it if it is a hash, a version or another text.",
)
SURROGATES = _rule(
    "whole-characters",
    "Every escape stands for a whole character",
    why="Half of a surrogate pair is no character, and cannot be written to a file again.",
    quote="The escapes of surrogates MUST come in pairs.",
    fix="Write both halves, or the character itself.",
)
NOT_EMPTY = _rule(
    "not-empty",
    "The file says something",
    why="An empty file is mostly a mistake in whatever wrote it.",
    quote="The top level of the file MUST be a mapping.",
    fix='aimanifest: "1.0"',
)
MAPPING = _rule(
    "top-level-mapping",
    "The top level is a mapping",
    why="Everything in a manifest is found by its key.",
    quote="The top level of the file MUST be a mapping.",
    fix='aimanifest: "1.0"',
)
MANIFEST = _rule(
    "not-an-ai-manifest",
    "The file is an AI manifest",
    why="Other projects give files of their own the same name; to judge one of those by this "
    "format would only confuse its authors.",
    quote="A file without the key `aimanifest` is not an AI manifest, whatever its name is.",
    fix='aimanifest: "1.0"',
)

RULES = (
    SIZE,
    UTF_8,
    CHARACTERS,
    WELL_FORMED,
    SPACES,
    ONE_DOCUMENT,
    DIRECTIVES,
    ANCHORS,
    ALIASES,
    TAGS,
    MERGE_KEYS,
    UNIQUE_KEYS,
    TEXT_KEYS,
    FINITE,
    DIGITS,
    SURROGATES,
    NOT_EMPTY,
    MAPPING,
    MANIFEST,
    DEPTH,
    NODES,
    FAULTS_LIMIT,
)
"""What the file format demands before any schema is asked."""

# -- the document and its places -------------------------------------------------------------------


class _Mark(Protocol):
    """A place between two characters, as either parser reports it; all counted from 0."""

    @property
    def index(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


Entry: TypeAlias = (
    "tuple[_Mark | None, _Mark | None, _Mark, _Mark, dict[str, Entry] | list[Entry] | None, bool]"
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
        return _pointer(self.steps)

    @property
    def span(self) -> Span:
        """Where the eye should go.

        A scalar: to its value. A mapping or list: to its key, or without one, to the first thing in
        it. What is missing or empty: to the key of the nearest thing that is written.
        """
        entry, written = self._find()
        if entry is None:
            return _NOWHERE
        key, _, start, end, children, _ = entry
        if written and children is None and (key is None or start.index != end.index):
            return _span(self.document.text, start, end)
        return _label(self.document.text, entry)

    @property
    def key(self) -> Key:
        """The key of this place, for findings about the key itself; without one, the place."""
        entry, _ = self._find()
        if entry is None or entry[0] is None:
            return Key(self.pointer, self.span)
        return Key(self.pointer, _label(self.document.text, entry))

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
_NOWHERE = Span(Position(1, 1), Position(1, 1))


def _pointer(steps: Iterable[str | int]) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _label(text: str, entry: Entry) -> Span:
    """Return the span of the key of `entry`, or else of the first thing in it that has one."""
    while entry[0] is None and entry[4]:
        entry = next(iter(entry[4].values() if isinstance(entry[4], dict) else entry[4]))
    start, end = (entry[0], entry[1]) if entry[0] and entry[1] else (entry[2], entry[3])
    return _span(text, start, end)


def _span(text: str, start: _Mark, end: _Mark) -> Span:
    return Span(_position(text, start), _position(text, end))


def _position(text: str, mark: _Mark) -> Position:
    """Count from 1. At the end of the file the parsers disagree, so it is counted afresh there."""
    if mark.index >= len(text):
        return _position_of(text, len(text.rstrip()))
    return Position(mark.line + 1, mark.column + 1)


def _position_of(text: str, index: int) -> Position:
    """Return the position of the character at `index`; LF, CR LF and CR break a line."""
    lone = text.count("\r", 0, index) - text.count("\r\n", 0, index)
    line = text.count("\n", 0, index) + lone + 1
    return Position(line, index - _line_start(text, index) + 1)


def _character(text: str, index: int) -> Span:
    """Return the span of the character at `index`, which is empty at the end."""
    start = _position_of(text, index)
    return Span(start, Position(start.line, start.column + (index < len(text))))


def _line_start(text: str, index: int) -> int:
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def _cut(text: str) -> str:
    """Return `text` on one line, short enough to stand inside a message."""
    line = " ".join(text[: 2 * _LIMIT_QUOTE].split())
    whole = len(line) <= _LIMIT_QUOTE and len(text) <= 2 * _LIMIT_QUOTE
    return line if whole else f"{line[:_LIMIT_QUOTE]}…"


# -- reading ---------------------------------------------------------------------------------------


def read(source: bytes) -> Document:
    """Read one YAML or JSON document, restricted to what JSON can say.

    Returns a document whatever `source` is: each fault is a finding in it, and costs bounded time
    and memory. As many faults as can be are found in one run; what makes the rest unsure ends it.
    Plain scalars mean what the core schema of YAML 1.2 says (chapter 10.3): `no`, `on`, dates and
    `1:30` are text, and `010` is ten.
    """
    if len(source) > LIMIT_BYTES:
        return Document("", None, (too_large(len(source)),), readable=False)
    source = source.removeprefix(BOM_UTF8)
    text, problems = _decode(source)
    if problems:
        return Document(text, None, problems, readable=False)
    reading = _Reading(text)
    try:
        data, tree = reading.document()
    except _Stop:
        return Document(text, None, tuple(reading.problems), readable=False)
    except YAMLError as error:
        problems = _invisible(text) or (*reading.problems, reading.diagnosis(error))
        return Document(text, None, problems, readable=False)
    document = Document(text, data, tuple(reading.problems), readable=True, tree=tree)
    stranger = _stranger(data)
    if not stranger:
        return document
    at = document.place()
    foreign = Finding(MANIFEST.id, Outcome.UNMET, stranger, at.pointer, at.span, MANIFEST.fix)
    return Document(text, None, (foreign,), readable=False)


def too_large(size: int) -> Finding:
    """Return the finding about a file of `size` bytes, which need not be read for it."""
    message = f"The file is {size:,} bytes long; a manifest may have {LIMIT_BYTES:,}."
    return Finding(SIZE.id, Outcome.UNMET, message, "", _NOWHERE, SIZE.fix)


# -- bytes and characters --------------------------------------------------------------------------

_WIDE = {
    b"\0\0\0\1": "utf-32-be",
    b"\1\0\0\0": "utf-32-le",
    b"\0\1\0\1": "utf-16-be",
    b"\1\0\1\0": "utf-16-le",
}
"""Where the first four bytes are not NUL in a file that begins with ASCII (RFC 4627, 3)."""
_SEEN = bytes(each for each in range(256) if each in b"\t\n\r" or 0x20 <= each != 0x7F)  # noqa: PLR2004
_UNSEEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
_NAMES = {
    0x00: "NUL",
    0x1B: "escape",
    0x7F: "delete",
    0x85: "next line",
    0x2028: "line separator",
    0x2029: "paragraph separator",
    0xFEFF: "byte order mark",
}
"""What people call the forbidden characters they are likely to meet."""
_LIMIT_UNSEEN = 20
"""How many forbidden characters are pointed out at once."""


def _decode(source: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of `source`, and what forbids to read it."""
    if wide := _wide(source[:4]):
        message = f"The file is {wide[:6].upper()}, not UTF-8."
        finding = Finding(UTF_8.id, Outcome.UNMET, message, "", _NOWHERE, UTF_8.fix)
        return source.decode(wide, "replace").removeprefix("\ufeff"), (finding,)
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        return source.decode(errors="replace"), (_undecodable(source, error.start),)
    # Both tests are quick, unlike the search for all that is forbidden: libyaml sees the rest.
    if source.translate(None, _SEEN) or (
        not text.isascii() and any(each in text for each in "\x85\u2028\u2029\ufeff")
    ):
        return text, _invisible(text)
    return text, ()


def _wide(head: bytes) -> str:
    """Name the encoding that the first bytes of a file give away, if it is not made of bytes."""
    if head in {BOM_UTF32_LE, BOM_UTF32_BE}:
        return "utf-32"
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    return _WIDE.get(bytes(map(bool, head)), "")


def _undecodable(source: bytes, index: int) -> Finding:
    """Say which byte is not UTF-8, and what it would be in the encoding it is likely from."""
    before = source[:index].decode()
    start = _position_of(before, len(before))
    byte = source[index : index + 1]
    legacy = byte.decode("cp1252", "replace")
    guess = f"; in Windows-1252 it would be `{legacy}`" if legacy.isprintable() else ""
    message = f"The byte 0x{byte.hex().upper()} here is not UTF-8{guess}."
    span = Span(start, Position(start.line, start.column + 1))
    return Finding(UTF_8.id, Outcome.UNMET, message, "", span, UTF_8.fix)


def _invisible(text: str) -> tuple[Finding, ...]:
    """Return a finding for each of the first forbidden characters in `text`."""
    return tuple(
        Finding(
            CHARACTERS.id,
            Outcome.UNMET,
            f"The character U+{code:04X} ({_NAMES.get(code, 'control character')}) stands here.",
            "",
            Span(start, Position(start.line, start.column + 1)),
            CHARACTERS.fix,
        )
        for match in islice(re.finditer(_UNSEEN, text), _LIMIT_UNSEEN)
        for code, start in [(ord(match[0]), _position_of(text, match.start()))]
    )


# -- events to data --------------------------------------------------------------------------------

_WORDS = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_BEYOND = (float("inf"), float("-inf"))
_INFINITE = (".inf", ".Inf", ".INF")
_ENDLESS = {".nan", ".NaN", ".NAN", *(sign + each for sign in ("", "+", "-") for each in _INFINITE)}
_NUMERIC = frozenset("0123456789+-.")
_FLOAT = r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
_RADIXES = {"0o": (8, "01234567"), "0x": (16, "0123456789abcdefABCDEF")}
_SUSPECT = _NUMERIC | {each[:1] for each in _WORDS}
"""How plain scalars begin that may be more than text: almost none is looked at any closer."""
_LONE = "half of a surrogate pair"
"""Stands for the tag of a scalar that cannot be text; no real tag contains a space."""


_SURROGATE = r"\\u([dD][89a-fA-F][0-9a-fA-F]{2})"
_NONCHARACTERS = range(0xFDD0, 0xFDF0)
"""No text is to contain these (The Unicode Standard, section 23.7): one can stand for others."""


_Read: TypeAlias = tuple[Any, dict[str, Entry] | list[Entry] | None, _Mark, bool]
"""What was read: its data, what is in it, where it ends, and whether it is in flow style."""


class _Stop(Exception):  # noqa: N818  # not an error: it carries no news but that reading ended
    """Reading cannot go on; the last of the problems says why."""


class _Reading:
    """One pass over the events of a file, from which data and places come together."""

    def __init__(self, text: str) -> None:
        """Begin with nothing read."""
        self.problems: list[Finding] = []
        self._text = text
        self._next: Callable[[], Any]
        self._left = LIMIT_NODES - 1  # the top level is one of them
        self._open: list[tuple[str | int | None, Any]] = []
        self._anchors: dict[str, Related] = {}

    def document(self) -> tuple[Any, Entry]:
        """Return the data of the first document, and where each of its values is written.

        Raises:
            YAMLError: if what follows is not YAML.
            _Stop: if there is nothing to be read, or too much of it.

        """
        self._next = _events(self._text)
        self._next()
        opening = self._next()
        if opening.__class__ is StreamEndEvent:
            self._stop(NOT_EMPTY, "The file is empty.")
        if self._text.startswith("%", opening.start_mark.index):
            self._fault(DIRECTIVES, "This line is a directive.", opening)
        root = self._next()
        data, children, end, flow = self._node(root, None)
        self._next()
        following = self._next()
        if following.__class__ is DocumentStartEvent:
            self._fault(ONE_DOCUMENT, "A second document begins here.", following)
        if not isinstance(data, dict):
            self._not_a_mapping(root, data)
        return data, (None, None, root.start_mark, end, children, flow)

    def diagnosis(self, error: YAMLError) -> Finding:
        """Return the finding about what `error` found to be no YAML."""
        opened = (each.end_mark.index - 1 for _, each in reversed(self._open) if each.flow_style)
        bracket = next((each for each in opened if self._text[each] in "[{"), None)
        found = _diagnose(_Scene.of(error, self._text, bracket))
        pointer = self._pointer()
        related: tuple[Related, ...] = ()
        if found.begun is not None:
            related = (Related(found.label, pointer, _character(self._text, found.begun)),)
        span = _character(self._text, found.at)
        fix = found.fix if 0 < len(found.fix) <= LIMIT_KEY else found.rule.fix
        return Finding(found.rule.id, Outcome.UNMET, found.message, pointer, span, fix, related)

    # Every value passes through one of the next two loops. What is rare is told from what is
    # common by as few questions as can be, and dealt with elsewhere.

    def _mapping(self) -> tuple[dict[str, Any], dict[str, Entry], _Mark]:
        data: dict[str, Any] = {}
        children: dict[str, Entry] = {}
        following = self._next
        key: Any
        while True:
            at = following()
            kind = at.__class__
            if kind is ScalarEvent and at.tag is None and at.anchor is None:
                key = at.value
                if key in children or key == "<<" or len(key) > LIMIT_KEY:
                    key = self._odd_key(at, children)
            elif kind is MappingEndEvent:
                return data, children, at.end_mark
            else:
                key = self._odd_key(at, children)
            self._left -= 2
            if self._left < 0:
                self._stop_counting(at)
            if key is None:
                continue
            event = following()
            kind = event.__class__
            if kind is ScalarEvent:
                value = event.value
                if (
                    (value[:1] in _SUSPECT and not event.style)
                    or event.tag is not None
                    or event.anchor is not None
                ):
                    value = self._scalar(event, key)
                inner, end, flow = None, event.end_mark, False
            else:
                value, inner, end, flow = self._composite(event, key)
            if key not in children:
                data[key] = value
                children[key] = (at.start_mark, at.end_mark, event.start_mark, end, inner, flow)

    def _sequence(self) -> tuple[list[Any], list[Entry], _Mark]:
        data: list[Any] = []
        children: list[Entry] = []
        following = self._next
        while True:
            event = following()
            kind = event.__class__
            if kind is ScalarEvent:
                value = event.value
                if (
                    (value[:1] in _SUSPECT and not event.style)
                    or event.tag is not None
                    or event.anchor is not None
                ):
                    value = self._scalar(event, len(data))
                inner, end, flow = None, event.end_mark, False
            elif kind is SequenceEndEvent:
                return data, children, event.end_mark
            else:
                value, inner, end, flow = self._composite(event, len(data))
            self._left -= 1
            if self._left < 0:
                self._stop_counting(event)
            data.append(value)
            children.append((None, None, event.start_mark, end, inner, flow))

    def _node(self, event: Any, step: str | int | None) -> _Read:
        """Read what `event` begins, whatever it is."""
        kind = event.__class__
        if kind is ScalarEvent:
            return self._scalar(event, step), None, event.end_mark, False
        return self._composite(event, step)

    def _composite(self, event: Any, step: str | int | None) -> _Read:
        """Read what `event` begins, which is no scalar."""
        kind = event.__class__
        if kind is AliasEvent:
            message = f"`*{_cut(event.anchor)}` stands for a value that is written elsewhere."
            anchor = self._anchors.get(event.anchor)
            self._fault(ALIASES, message, event, step=step, related=(anchor,) if anchor else ())
            return None, None, event.end_mark, False
        if event.tag is not None or event.anchor is not None:
            self._properties(event, step)
        self._open.append((step, event))
        if len(self._open) > LIMIT_DEPTH:
            self._stop(DEPTH, f"What begins here stands more than {LIMIT_DEPTH} deep.", event)
        read = self._mapping if kind is MappingStartEvent else self._sequence
        data, children, end = read()
        self._open.pop()
        return data, children, end, bool(event.flow_style)

    def _scalar(self, event: Any, step: str | int | None) -> Any:
        """Return what a scalar stands for that may be more than text; None where it is refused."""
        if event.tag is not None or event.anchor is not None:
            self._properties(event, step)
            if event.tag is not None:
                return None
        text: str = event.value
        if event.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMERIC:
            return text
        number = _number(text)
        if number is None:
            rule, what = DIGITS, f"a number of {len(text):,} characters, which is too long"
        elif number in _BEYOND:
            rule, what = FINITE, "a number too large to hold"
        elif text in _ENDLESS:
            rule, what = FINITE, "not a finite number"
        else:
            return number
        fix = f'{step}: "{text}"' if isinstance(step, str) and len(text) <= LIMIT_NUMBER else ""
        self._fault(rule, f"`{_cut(text)}` is {what}.", event, step=step, fix=fix)
        return None

    def _odd_key(self, at: Any, children: dict[str, Entry]) -> str | None:
        """Say what is odd about a key; return it, or None if its value had to be passed over."""
        kind = at.__class__
        if kind is not ScalarEvent:
            if kind is not AliasEvent:
                self._fault(TEXT_KEYS, "A mapping or a list stands here as a key.", at)
            self._composite(at, None)
            self._pass_over()
            return None
        key: str = at.value
        self._properties(at, None if at.tag is _LONE else key)
        if at.tag is _LONE:
            self._pass_over()
            return None
        if key in children:
            pointer = self._pointer(key)
            first = Related("first written here", pointer, _label(self._text, children[key]))
            message = f"The key `{_cut(key)}` is written a second time in this mapping."
            self._fault(UNIQUE_KEYS, message, at, step=key, related=(first,))
        elif key == "<<" and not at.style:
            self._fault(MERGE_KEYS, "`<<` merges another mapping into this one.", at)
            count = len(self.problems)
            self._pass_over()
            # An alias is what is merged: it goes with the key, and is not said again.
            self.problems[count:] = (p for p in self.problems[count:] if p.rule != ALIASES.id)
            return None
        elif len(key) > LIMIT_KEY:
            self._fault(TEXT_KEYS, f"The key `{_cut(key)}` has {len(key):,} characters.", at)
            self._pass_over()
            return None
        return key

    def _pass_over(self) -> None:
        """Read one value for the faults in it only."""
        self._node(self._next(), None)

    def _properties(self, event: Any, step: str | int | None) -> None:
        """Report the anchor and the tag that stand before a node."""
        if event.anchor is not None:
            span = self._property("&", event)
            # Only what was reported is remembered, so that anchors cannot fill the memory.
            pointer = self._fault(
                ANCHORS, f"`&{_cut(event.anchor)}` is an anchor.", event, step=step, span=span
            )
            self._anchors[event.anchor] = Related("anchored here", pointer, span)
        if event.tag is _LONE:
            message = "An escape here stands for half of a surrogate pair."
            self._fault(SURROGATES, message, event, step=step)
        elif event.tag is not None:
            span = self._property("!", event)
            self._fault(TAGS, "A tag stands here.", event, step=step, span=span)

    def _property(self, sign: str, event: Any) -> Span:
        """Return the span of the anchor or tag, which begins with `sign`, before a node."""
        mark = event.start_mark
        begin = self._text.index(sign, mark.index)
        length = len(self._text[begin : begin + LIMIT_KEY].split(None, 1)[0].rstrip(",]}"))
        between = self._text[mark.index : begin]
        moved = _position_of(between, len(between))
        column = moved.column + (mark.column if moved.line == 1 else 0)
        start = Position(mark.line + moved.line, column)
        return Span(start, Position(start.line, column + length))

    def _not_a_mapping(self, root: Any, data: Any) -> NoReturn:
        if data is None and self.problems:
            raise _Stop
        if data is None and not root.value:
            self._stop(NOT_EMPTY, "The file is empty.")
        what = {list: "a list", str: "a text", type(None): "null"}.get(type(data), "a number")
        what = str(data).lower() if isinstance(data, bool) else what
        hint = "; a key needs a space after its colon" if _glued(data) else ""
        self._stop(MAPPING, f"The top level is {what}, not a mapping{hint}.", root)

    def _fault(
        self,
        rule: Rule,
        message: str,
        at: Any,
        *,
        step: str | int | None = None,
        span: Span | None = None,
        fix: str = "",
        related: tuple[Related, ...] = (),
    ) -> str:
        """Note that `rule` is broken by the event `at`; return the pointer of the place."""
        pointer = self._pointer(step)
        span = span or _span(self._text, at.start_mark, at.end_mark)
        finding = Finding(rule.id, Outcome.UNMET, message, pointer, span, fix or rule.fix, related)
        self.problems.append(finding)
        if len(self.problems) == LIMIT_FAULTS:
            message = f"Reading stopped here, after {LIMIT_FAULTS} faults."
            self._stop(FAULTS_LIMIT, message, at)
        return pointer

    def _pointer(self, step: str | int | None = None) -> str:
        """Point to what is open, or to `step` in it; None is a step that has no name."""
        steps = (*(each for each, _ in self._open), step)
        return _pointer(each for each in steps if each is not None)

    def _stop_counting(self, at: Any) -> NoReturn:
        message = f"Reading stopped here, after {LIMIT_NODES:,} keys and values."
        self._stop(NODES, message, at)

    def _stop(self, rule: Rule, message: str, at: Any = None) -> NoReturn:
        pointer = self._pointer()
        span = _span(self._text, at.start_mark, at.end_mark) if at else _NOWHERE
        self.problems.append(Finding(rule.id, Outcome.UNMET, message, pointer, span, rule.fix))
        raise _Stop


def _number(text: str) -> float | str | None:
    """Return the number that a plain scalar stands for; None if it is too long, `text` if none.

    What a number is, is said by the core schema, chapter 10.3.2 of YAML 1.2.2.
    """
    digits = text[1:] if text[0] in "+-" else text
    if digits.isascii() and digits.isdecimal():
        return int(text) if len(digits) <= LIMIT_DIGITS else None
    if text[:2] in _RADIXES:
        return _in_radix(text)
    if text.strip("0123456789+-.eE"):
        return text
    if len(text) > LIMIT_NUMBER:
        return None if re.fullmatch(_FLOAT, text) else text
    try:
        return float(text)
    except ValueError:
        return text


def _in_radix(text: str) -> int | str | None:
    """Do the same for what begins with `0o` or `0x`."""
    base, figures = _RADIXES[text[:2]]
    if not text[2:] or text[2:].strip(figures):
        return text
    number = int(text[2:LIMIT_NUMBER], base)
    return number if len(text) <= LIMIT_NUMBER and number < 10**LIMIT_DIGITS else None


def _glued(data: Any) -> bool:
    """Tell whether a text looks like keys and values without a space between them."""
    return isinstance(data, str) and bool(re.match(r"[\w-]+:\S", data))


# -- parsers ---------------------------------------------------------------------------------------


class _PurePython(Reader, Scanner, Parser):
    """PyYAML's own parser: reports what libyaml reports, a dozen times slower."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def get_event(self) -> Any:
        """Return the next event, or None after the last.

        Raises:
            YAMLError: if there is none to be had.

        """
        try:
            return super().get_event()  # type: ignore[no-untyped-call]  # gap in the stubs
        except (ValueError, OverflowError) as error:
            # PyYAML lets Python refuse what is no character: "\UFFFFFFFF".
            problem = "found invalid Unicode character escape code"
            mark = self.get_mark()
            raise ScannerError("while parsing a quoted scalar", mark, problem, mark) from error

    # PyYAML parts tokens by spaces only; YAML, and JSON with it, by tabs too.

    def scan_to_next_token(self) -> None:
        """Pass over spaces, comments and line breaks, and over tabs where none can indent."""
        while True:
            blanks = " \t" if self.flow_level or not self.allow_simple_key else " "
            while self.peek() in blanks:
                self.forward()
            if self.peek() == "#":
                while self.peek() not in "\0\r\n":
                    self.forward()
            if not self.scan_line_break():  # type: ignore[no-untyped-call]
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> Any:
        """Return what stands for the spaces between two words of a text without quotes."""
        blanks = ""
        while self.peek() in " \t":
            blanks += self.peek()
            self.forward()
        if self.peek() not in "\r\n":
            return [blanks] if blanks else []
        return super().scan_plain_spaces(indent, start_mark)


def _events(text: str) -> Callable[[], Any]:
    """Return the function that gives the next event of `text`.

    libyaml refuses the escapes of surrogates, which in JSON make one character in pairs. They are
    hidden from it behind an escape that stands nowhere else in the file, and put back afterwards.
    """
    parse: Callable[[str], Any] = _PurePython if CParser is None else CParser
    if "\\u" not in text or not re.search(_SURROGATE, text):
        following: Callable[[], Any] = parse(text).get_event
        return following
    lower = text.lower()
    free = (f"{code:04x}" for code in _NONCHARACTERS if chr(code) not in text)
    mask = next((each for each in free if each not in lower), "")
    following = parse(re.sub(_SURROGATE, rf"\\u{mask}", text) if mask else text).get_event
    hidden = rf"{chr(int(mask, 16))}+|\\u{mask}" if mask else "(?!)"

    def restored() -> Any:
        event = following()
        kind = event.__class__
        if kind is ScalarEvent and re.search(hidden, event.value):
            _restore(event, hidden, text)
        return event

    return restored


def _restore(event: Any, hidden: str, text: str) -> None:
    """Put back into a scalar what was `hidden`; mark it where the result is no text."""
    begin, end = event.start_mark.index, event.end_mark.index
    escapes = iter(re.compile(_SURROGATE).findall(text, begin, end))

    def original(match: re.Match[str]) -> str:
        if match[0].startswith("\\"):
            return rf"\u{next(escapes, '')}"
        count = len(match[0])
        # Too few there are only if a text was pieced together to look hidden: DDDD is half a pair.
        units = "".join(islice(escapes, count)).ljust(4 * count, "d")
        return bytes.fromhex(units).decode("utf-16-be")

    try:
        event.value = re.sub(hidden, original, event.value)
    except UnicodeDecodeError:
        event.value, event.tag = "", _LONE


# -- what the parser did not understand ------------------------------------------------------------


class _Diagnosis(NamedTuple):
    """What is wrong, `at` which character, and how to mend it; "" stands for what the rule says.

    `begun`, with its `label`, is another character to look at.
    """

    message: str
    at: int
    fix: str = ""
    begun: int | None = None
    label: str = "opened here"
    rule: Rule = WELL_FORMED


class _Scene(NamedTuple):
    """Where a parser gave up, and its own words about it.

    `begun` is where the thing began that it was reading, `bracket` the innermost bracket that is
    still open.
    """

    text: str
    words: str
    at: int
    begun: int
    bracket: int | None

    @classmethod
    def of(cls, error: YAMLError, text: str, bracket: int | None) -> _Scene:
        """Look at `error`, which was raised while the `bracket` was open."""
        words, index, begun = str(error), 0, None
        if isinstance(error, MarkedYAMLError):
            words = ": ".join(each for each in (error.context, error.problem) if each)
            index = error.problem_mark.index if error.problem_mark else 0
            begun = error.context_mark.index if error.context_mark else None
        index = index if index < len(text) else len(text.rstrip())
        return cls(text, words, index, index if begun is None else begun, bracket)

    @property
    def at_end(self) -> bool:
        """Whether nothing follows."""
        return self.at >= len(self.text.rstrip())

    @property
    def character(self) -> str:
        """The character that was not expected."""
        return self.text[self.at : self.at + 1]

    @property
    def word(self) -> str:
        """What follows up to a space, without what ends a key or a value in brackets."""
        rest = self.text[self.at : self.at + LIMIT_KEY].split(None, 1)
        return (rest[0].rstrip(",]}:") or rest[0]) if rest else ""

    @property
    def quoted(self) -> str:
        """The text that begins there in quotes, behind its key if that stands before it."""
        value = _rest_of_line(self.text, self.at).partition(" #")[0].rstrip()
        if self.bracket is not None or ": " in value:
            return _quote(self.word)
        return f"{self.before.strip()} {_quote(value)}".lstrip()

    @property
    def before(self) -> str:
        """What stands before it on its line."""
        return self.text[_line_start(self.text, self.at) : self.at]

    @property
    def line(self) -> str:
        """The line it stands on."""
        return self.before + _rest_of_line(self.text, self.at)

    @property
    def above(self) -> int:
        """Where the line above that is not empty begins."""
        head = self.text[: _line_start(self.text, self.at)].rstrip()
        return _line_start(head, len(head))


def _rest_of_line(text: str, index: int) -> str:
    return text[index:].partition("\n")[0].partition("\r")[0].rstrip()


def _diagnose(scene: _Scene) -> _Diagnosis:
    """Say in plain words what a parser did not understand."""
    if conflict := re.search("^(?:<{7}|>{7}) ", scene.text, re.MULTILINE):
        fix = "Resolve the merge conflict and take out its marks."
        return _Diagnosis("A merge conflict stands in the file.", conflict.start(), fix)
    for words, explain in _EXPLANATIONS:
        if words in scene.words:
            return explain(scene)
    return _Diagnosis(f"The YAML parser cannot read this: {scene.words}.", scene.at)


def _cannot_begin(scene: _Scene) -> _Diagnosis:
    if scene.character == "\t":
        return _tab(scene)
    sign = "a backtick" if scene.character == "`" else f"`{scene.character}`"
    return _Diagnosis(f"A text without quotes cannot begin with {sign}.", scene.at, scene.quoted)


def _tab(scene: _Scene) -> _Diagnosis:
    return _Diagnosis("A tab stands where only spaces may.", scene.at, rule=SPACES)


def _sigil(scene: _Scene) -> _Diagnosis:
    """An `&` or `*` that is not followed by a name alone: `*.safetensors`, `**bold**`."""
    return _cannot_begin(scene._replace(at=scene.begun))


def _tag(scene: _Scene) -> _Diagnosis:
    scene = scene._replace(at=scene.begun)
    message = f"`{_cut(scene.word)}` is read as a tag."
    return _Diagnosis(message, scene.at, scene.quoted, rule=TAGS)


def _directive(scene: _Scene) -> _Diagnosis:
    index = _line_start(scene.text, scene.at)
    return _Diagnosis("This line is a directive.", index, rule=DIRECTIVES)


def _colon(scene: _Scene) -> _Diagnosis:
    """A `: ` where no key can end."""
    before = scene.before.strip()
    if len(before) > LIMIT_KEY:
        return _without_colon(scene._replace(at=scene.at - len(before)))
    key, found, value = scene.line.partition(": ")
    if found and len(key) < len(scene.before):
        message = "A `: ` inside a text without quotes would begin another key."
        text = value.partition(" #")[0].strip()
        return _Diagnosis(message, scene.at, f"{key.strip()}: {_quote(text)}")
    index = scene.at - len(before)
    above = _rest_of_line(scene.text, scene.above)
    if _indentation(scene.before) > _indentation(above):
        message = "The line is indented as if it went on with the value of the line above."
        fix = "Indent it like the other keys of its mapping."
        return _Diagnosis(message, index, fix, scene.above, "the line above")
    return _without_colon(scene._replace(at=scene.above))


def _colon_in_brackets(scene: _Scene) -> _Diagnosis:
    message = "Inside brackets, a text without quotes cannot hold a `:` before a comma or bracket."
    return _Diagnosis(message, scene.at, _quote(scene.text[scene.begun : scene.at + 1]))


def _no_colon(scene: _Scene) -> _Diagnosis:
    return _without_colon(scene._replace(at=scene.begun))


def _without_colon(scene: _Scene) -> _Diagnosis:
    """A line on which a key should stand and none does."""
    line = _rest_of_line(scene.text, scene.at)
    key, _, value = line.partition(":")
    if len(key) > LIMIT_KEY:
        message = f"The key `{_cut(key)}` has {len(key):,} characters."
        return _Diagnosis(message, scene.at, rule=TEXT_KEYS)
    if value:
        message = f"`{_cut(line)}` is no key and value: a space is missing after the colon."
        return _Diagnosis(message, scene.at, f"{key}: {value}")
    message = f"`{_cut(line)}` stands where a key is expected, and has no colon."
    fix = "Write `key: value`, or indent the line if it goes on with the text above."
    return _Diagnosis(message, scene.at, fix)


def _unclosed_quote(scene: _Scene) -> _Diagnosis:
    line = _position_of(scene.text, scene.begun).line
    quote = scene.text[scene.begun]
    inner = "''" if quote == "'" else r"\""
    message = f"The quote that line {line} opens is never closed."
    fix = f"Close it with `{quote}`; the same quote inside the text is written `{inner}`."
    return _Diagnosis(message, scene.at, fix, scene.begun)


def _escape(scene: _Scene) -> _Diagnosis:
    """A backslash in double quotes, before what it gives no meaning to."""
    index = scene.text.rindex("\\", 0, scene.at + 1)
    sign = scene.text[index + 1 : index + 2]
    if not sign.strip():
        return _unclosed_quote(scene._replace(at=index))
    message = rf"`\{sign}` means nothing in double quotes."
    return _Diagnosis(message, index, r"Write `\\` for a backslash, or use single quotes.")


def _escape_digits(scene: _Scene) -> _Diagnosis:
    index = scene.text.rindex("\\", 0, scene.at + 1)
    message = "This escape does not give the number of a character."
    fix = r"Write `\x` and 2, `\u` and 4 or `\U` and 8 hexadecimal digits, at most `\U0010ffff`; "
    return _Diagnosis(message, index, fix + r"or `\\` for a backslash.")


def _brackets(scene: _Scene) -> _Diagnosis:
    """Something in brackets where a comma or the closing bracket should be."""
    opening = scene.text[scene.begun]
    closing = "]" if opening == "[" else "}"
    line = _position_of(scene.text, scene.begun).line
    if scene.at_end:
        message = f"The bracket `{opening}` that line {line} opens is never closed."
        return _Diagnosis(message, scene.at, f"Close it with `{closing}`.", scene.begun)
    message = (
        f"Inside the `{opening}` that line {line} opens, a `,` or `{closing}` is missing here."
    )
    fix = f"Put a comma between the values, close the bracket with `{closing}`, or quote the text."
    return _Diagnosis(message, scene.at, fix, scene.begun)


def _no_value(scene: _Scene) -> _Diagnosis:
    """Something that cannot be a value where one is expected."""
    if scene.at_end and scene.bracket is not None:
        return _brackets(scene._replace(begun=scene.bracket))
    if scene.line.startswith("..."):
        return _Diagnosis("The document ends here and is empty.", scene.at, rule=NOT_EMPTY)
    message = f"A value is expected here, and cannot begin with `{scene.character}`."
    fix = f"Quote the text, or take out the `{scene.character}`."
    return _Diagnosis(message, scene.at, fix)


def _dash(scene: _Scene) -> _Diagnosis:
    message = "A list cannot begin on the line of its key."
    fix = "Begin it on the next line; or quote the text if it is to begin with `- `."
    return _Diagnosis(message, scene.at, fix)


def _question(scene: _Scene) -> _Diagnosis:
    message = "A text without quotes cannot begin with `? `."
    return _Diagnosis(message, scene.at, scene.quoted)


def _block_text(scene: _Scene) -> _Diagnosis:
    sign = scene.text[scene.begun]
    message = f"After `{sign}`, the text begins on the next line."
    fix = f"Begin the text on the next line, or quote it if it is to begin with `{sign}`."
    return _Diagnosis(message, scene.at, fix)


def _no_key(scene: _Scene) -> _Diagnosis:
    """Something among the keys of a mapping that is none."""
    if scene.before.strip():
        return _left_over(scene)
    if scene.word == "-":
        message = "An entry of a list stands among the keys of a mapping."
        return _Diagnosis(
            message, scene.at, "Indent the list below its key.", scene.begun, "the keys begin here"
        )
    if scene.character == ":":
        return _Diagnosis("No key stands before this colon.", scene.at, "Write a key before it.")
    return _misplaced(scene, "the keys")


def _no_entry(scene: _Scene) -> _Diagnosis:
    """Something among the entries of a list that is none."""
    if scene.before.strip():
        return _left_over(scene)
    if scene.word != "-" and _column(scene.text, scene.at) == _column(scene.text, scene.begun):
        message = "This stands among the entries of a list and does not begin with `- `."
        fix = "Begin it with `- `, or indent it as what it belongs to is indented."
        return _Diagnosis(message, scene.at, fix, scene.begun, "the list begins here")
    return _misplaced(scene, "the entries")


def _after_the_end(scene: _Scene) -> _Diagnosis:
    """Something after the end of the document."""
    if scene.text.startswith("%"):
        return _directive(scene._replace(at=0))
    if _rest_of_line(scene.text, scene.above) == "...":
        message = "A second document begins here."
        return _Diagnosis(message, scene.at, rule=ONE_DOCUMENT)
    if scene.before.strip():
        return _left_over(scene)
    return _misplaced(scene, "the keys", scene.text.index(scene.text.split(None, 1)[0]))


def _misplaced(scene: _Scene, what: str, begun: int | None = None) -> _Diagnosis:
    """A line whose indentation fits nothing above it."""
    if scene.character in {"]", "}"}:
        return _left_over(scene)
    begun = scene.begun if begun is None else begun
    message = f"The line is indented by {len(scene.before)}, which fits nothing above it."
    fix = "Indent it as what it belongs to is indented; look also for a quote left open above."
    label = f"{what} from here on are indented by {_column(scene.text, begun)}"
    return _Diagnosis(message, scene.at, fix, begun, label)


def _left_over(scene: _Scene) -> _Diagnosis:
    """Something on a line after the end of a value."""
    if scene.character in {"]", "}"}:
        message = f"This `{scene.character}` closes nothing."
        return _Diagnosis(message, scene.at, "Take it out, or open the bracket.")
    quote = scene.before.rstrip()[-1]
    if quote in "\"'":
        inner = "''" if quote == "'" else r"\""
        message = f"The text ended with the `{quote}` before this."
        fix = f"Write `{inner}` for the same quote inside a text, or look for one left open above."
        return _Diagnosis(message, scene.at, fix)
    return _Diagnosis("The value ended before this.", scene.at, "Quote the text as a whole.")


def _in_brackets(scene: _Scene) -> _Diagnosis:
    return _no_value(scene) if "content" in scene.words else _brackets(scene)


def _column(text: str, index: int) -> int:
    return index - _line_start(text, index)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _quote(text: str) -> str:
    """Write `text` in the quotes in which it needs no escapes."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


_EXPLANATIONS: tuple[tuple[str, Callable[[_Scene], _Diagnosis]], ...] = (
    ("directive", _directive),
    ("incompatible YAML document", _directive),
    ("tab character", _tab),
    ("scanning an a", _sigil),
    ("a tag", _tag),
    ("tag handle", _tag),
    ("scanning a block scalar", _block_text),
    ("unexpected end of stream", _unclosed_quote),
    ("unexpected document", _unclosed_quote),
    ("unknown escape", _escape),
    ("hexdecimal", _escape_digits),
    ("hexadecimal", _escape_digits),
    ("invalid Unicode", _escape_digits),
    ("cannot start any token", _cannot_begin),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("unexpected ':'", _colon_in_brackets),
    ("sequence entries are not allowed", _dash),
    ("mapping keys are not allowed", _question),
    ("parsing a flow", _in_brackets),
    ("parsing a block node", _no_value),
    ("parsing a block mapping", _no_key),
    ("parsing a block collection", _no_entry),
    ("document start>", _after_the_end),
)
"""Words of libyaml and of PyYAML, which differ, and who explains what they mean; the first wins."""


# -- files of other formats ------------------------------------------------------------------------

_STRANGERS = (
    (("bomFormat",), "a CycloneDX bill of materials"),
    (("spdxVersion",), "an SPDX document"),
    (("@context", "@graph"), "an SPDX 3 document, or other JSON-LD"),
    (("@context",), "JSON-LD, as Croissant is"),
    (("manifestVersion",), "a Kitfile"),
    (("framework", "release"), "a file of the Model Openness Tool"),
    (("openapi",), "an OpenAPI description"),
    (("manifest_version",), "the manifest of a browser extension or plugin"),
    (("deliberation_id",), "a file of the Agent Deliberation Protocol"),
    (("requires", "universe"), "a list of plugins for a coding assistant"),
    (("plugins",), "a list of plugins"),
    (("projectInfo",), "a description of a project for a coding assistant"),
    (("uses_biometrics",), "a questionnaire about the EU AI Act"),
    (("apiVersion", "kind"), "a Kubernetes object"),
    (("cff-version",), "a CITATION.cff"),
    (("publiccodeYmlVersion",), "a publiccode.yml"),
    (("flavors",), "an MLflow model"),
    (("pipeline_tag",), "the metadata of a Hugging Face model card"),
    (("base_model",), "the metadata of a Hugging Face model card"),
    (("library_name",), "the metadata of a Hugging Face model card"),
)
"""Top-level keys by which other formats are known."""


def _stranger(data: dict[str, Any]) -> str:
    """Say what the file is if it is no AI manifest; "" if it is one, or tries to be."""
    if "aimanifest" in data or ("release" in data and "components" in data):
        return ""
    if any(map(_misspelt, data)):
        return ""
    keys = data.keys()
    kind = next((kind for signs, kind in _STRANGERS if keys >= set(signs)), "")
    guess = f" It looks like {kind}." if kind else ""
    return f"This is no AI manifest: it has no key `aimanifest`.{guess}"


def _misspelt(key: str) -> bool:
    """Tell whether `key` is `aimanifest` but for its spelling, so that the schema should say so."""
    letters = "".join(each for each in key.lower() if each.isalnum())
    meant = "aimanifest"
    if letters.startswith(meant) or sorted(letters) == sorted(meant):
        return True
    same = 0
    while letters[same : same + 1] == meant[same : same + 1] != "":
        same += 1
    rest, wanted = letters[same:], meant[same:]
    return wanted[1:] == rest or wanted == rest[1:] or wanted[1:] == rest[1:]
