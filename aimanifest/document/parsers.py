"""The events of a text, from libyaml, or from Python where libyaml is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Any

from yaml.events import ScalarEvent
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml, or runs on PyPy
    CParser = None  # type: ignore[assignment, misc]  # the stubs know only the other build

LONE = "half of a surrogate pair"
"""Stands for the tag of a scalar that cannot be text; no real tag contains a space."""
SURROGATE = r"\\u([dD][89a-fA-F][0-9a-fA-F]{2})"
_NONCHARACTERS = range(0xFDD0, 0xFDF0)
"""No text is to contain these (The Unicode Standard, section 23.7): one can stand for others."""


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


def events_of(text: str) -> Callable[[], Any]:
    """Return the function that gives the next event of `text`.

    libyaml refuses the escapes of surrogates, which in JSON make one character in pairs. They are
    hidden from it behind an escape that stands nowhere else in the file, and put back afterwards.
    """
    parse: Callable[[str], Any] = _PurePython if CParser is None else CParser
    if "\\u" not in text or not re.search(SURROGATE, text):
        following: Callable[[], Any] = parse(text).get_event
        return following
    lower = text.lower()
    free = (f"{code:04x}" for code in _NONCHARACTERS if chr(code) not in text)
    mask = next((each for each in free if each not in lower), "")
    following = parse(re.sub(SURROGATE, rf"\\u{mask}", text) if mask else text).get_event
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
    escapes = iter(re.compile(SURROGATE).findall(text, begin, end))

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
        event.value, event.tag = "", LONE
