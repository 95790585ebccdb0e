"""The comments of a YAML file, which hold no data and may tell something all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Any, NamedTuple

from yaml.events import ScalarEvent, StreamEndEvent

from aimanifest.document.parsers import events_of


class Comment(NamedTuple):
    """What follows a `#`, with it: on one line, or on several where nothing else stands on them."""

    line: int
    text: str


def comments_of(text: str, *, template: Set[str] = frozenset()) -> Iterator[Comment]:
    """Give the comments in YAML that is well-formed, lines that stand together as one.

    Left out are those that say nothing, and those of a `template`, written as `plain` gives them.
    """
    held: list[str] = []
    first = last = 0
    for line, own, comment in _lines(text) if "#" in text else ():
        said = plain(comment)
        if not said or said in template:
            continue
        if held and not (own and line == last + 1):
            yield Comment(first, "\n".join(held))
            held = []
        if not held:
            first = line
        held.append(comment)
        last = line if own else 0  # what stands behind a value goes with no other line
    if held:
        yield Comment(first, "\n".join(held))


def plain(comment: str) -> str:
    """Return the words of a line of comment, to compare them; "" where there are none."""
    words = " ".join(comment.strip("# \t").split()).removesuffix(":").casefold()
    return words if any(map(str.isalnum, words)) else ""


_COMMENT = re.compile(r"(?<![^\s\[\]{},\"'])#[^\r\n]*")
"""Between two scalars; in an anchor, a tag or a directive a `#` follows no space."""

_BREAK = re.compile(r"\r\n?|\n")


def _lines(text: str) -> Iterator[tuple[int, bool, str]]:
    """Give the line of each comment, whether it is all of it, and the comment."""
    line, counted = 1, 0
    for start, end in _gaps(text):
        for found in _COMMENT.finditer(text, start, end):
            at = found.start()
            breaks = [*_BREAK.finditer(text, counted, at)]
            line, counted = line + len(breaks), at
            before = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
            yield line, not text[before:at].strip(), found[0].rstrip()


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of `text` that are part of no scalar."""
    following = events_of(text)
    event: Any
    begin = 0
    while (event := following()).__class__ is not StreamEndEvent:
        if event.__class__ is not ScalarEvent:
            continue
        scalar: Any = event  # whose marks the stubs take for optional
        start, end = scalar.start_mark.index, scalar.end_mark.index
        if scalar.style in ("|", ">"):  # a comment may stand behind the sign that begins a block
            header = _BREAK.search(text, start, end)
            start = header.start() if header else start
        if start > begin:
            yield begin, start
        begin = max(begin, end)
    yield begin, len(text)
