"""Events in, located data out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

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

from aimanifest.document.demands import (
    ALIASES,
    ANCHORS,
    DEPTH,
    DIGITS,
    DIRECTIVES,
    FAULTS_LIMIT,
    FINITE,
    LIMIT_DEPTH,
    LIMIT_DIGITS,
    LIMIT_FAULTS,
    LIMIT_KEY,
    LIMIT_NODES,
    LIMIT_NUMBER,
    MAPPING,
    MERGE_KEYS,
    NODES,
    NOT_EMPTY,
    ONE_DOCUMENT,
    SURROGATES,
    TAGS,
    TEXT_KEYS,
    UNIQUE_KEYS,
)
from aimanifest.document.parsers import LONE, events_of
from aimanifest.document.places import (
    NOWHERE,
    Entry,
    Mark,
    character_at,
    cut,
    label_of,
    pointer_to,
    position_at,
    span_of,
)
from aimanifest.findings import Finding, Outcome, Position, Related, Span
from aimanifest.rules import Rule

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


_Read: TypeAlias = tuple[Any, dict[str, Entry] | list[Entry] | None, Mark, bool]
"""What was read: its data, what is in it, where it ends, and whether it is in flow style."""


class Stop(Exception):  # noqa: N818  # not an error: it carries no news but that reading ended
    """Reading cannot go on; the last of the problems says why."""


class Reading:
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
            Stop: if there is nothing to be read, or too much of it.

        """
        self._next = events_of(self._text)
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
        from aimanifest.document.syntax import Scene, diagnose  # noqa: PLC0415  # rarely needed

        found = diagnose(Scene.of(error, self._text, bracket))
        pointer = self._pointer()
        related: tuple[Related, ...] = ()
        if found.begun is not None:
            related = (Related(found.label, pointer, character_at(self._text, found.begun)),)
        span = character_at(self._text, found.at)
        fix = found.fix if 0 < len(found.fix) <= LIMIT_KEY else found.rule.fix
        return Finding(found.rule.id, Outcome.UNMET, found.message, pointer, span, fix, related)

    # Every value passes through one of the next two loops. What is rare is told from what is
    # common by as few questions as can be, and dealt with elsewhere.

    def _mapping(self) -> tuple[dict[str, Any], dict[str, Entry], Mark]:
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

    def _sequence(self) -> tuple[list[Any], list[Entry], Mark]:
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
            message = f"`*{cut(event.anchor)}` stands for a value that is written elsewhere."
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
        self._fault(rule, f"`{cut(text)}` is {what}.", event, step=step, fix=fix)
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
        self._properties(at, None if at.tag is LONE else key)
        if at.tag is LONE:
            self._pass_over()
            return None
        if key in children:
            pointer = self._pointer(key)
            first = Related("first written here", pointer, label_of(self._text, children[key]))
            message = f"The key `{cut(key)}` is written a second time in this mapping."
            self._fault(UNIQUE_KEYS, message, at, step=key, related=(first,))
        elif key == "<<" and not at.style:
            self._fault(MERGE_KEYS, "`<<` merges another mapping into this one.", at)
            count = len(self.problems)
            self._pass_over()
            # An alias is what is merged: it goes with the key, and is not said again.
            self.problems[count:] = (p for p in self.problems[count:] if p.rule != ALIASES.id)
            return None
        elif len(key) > LIMIT_KEY:
            self._fault(TEXT_KEYS, f"The key `{cut(key)}` has {len(key):,} characters.", at)
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
                ANCHORS, f"`&{cut(event.anchor)}` is an anchor.", event, step=step, span=span
            )
            self._anchors[event.anchor] = Related("anchored here", pointer, span)
        if event.tag is LONE:
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
        moved = position_at(between, len(between))
        column = moved.column + (mark.column if moved.line == 1 else 0)
        start = Position(mark.line + moved.line, column)
        return Span(start, Position(start.line, column + length))

    def _not_a_mapping(self, root: Any, data: Any) -> NoReturn:
        if data is None and self.problems:
            raise Stop
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
        span = span or span_of(self._text, at.start_mark, at.end_mark)
        finding = Finding(rule.id, Outcome.UNMET, message, pointer, span, fix or rule.fix, related)
        self.problems.append(finding)
        if len(self.problems) == LIMIT_FAULTS:
            message = f"Reading stopped here, after {LIMIT_FAULTS} faults."
            self._stop(FAULTS_LIMIT, message, at)
        return pointer

    def _pointer(self, step: str | int | None = None) -> str:
        """Point to what is open, or to `step` in it; None is a step that has no name."""
        steps = (*(each for each, _ in self._open), step)
        return pointer_to(each for each in steps if each is not None)

    def _stop_counting(self, at: Any) -> NoReturn:
        message = f"Reading stopped here, after {LIMIT_NODES:,} keys and values."
        self._stop(NODES, message, at)

    def _stop(self, rule: Rule, message: str, at: Any = None) -> NoReturn:
        pointer = self._pointer()
        span = span_of(self._text, at.start_mark, at.end_mark) if at else NOWHERE
        self.problems.append(Finding(rule.id, Outcome.UNMET, message, pointer, span, rule.fix))
        raise Stop


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
