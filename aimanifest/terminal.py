"""Text as a terminal shows it: what is safe to print, and how much room it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import category, east_asian_width

TAB = "    "
"""What a tab is shown as, so that carets stand under what they mean."""

_SPACES = frozenset("\xa0\u1680\u202f\u205f\u3000") | {chr(each) for each in range(0x2000, 0x200B)}
"""Spaces that take room; Python counts them among what cannot be printed."""

_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
"""Letters and marks without a shape (Default_Ignorable_Code_Point in Unicode)."""

LIMIT_QUOTE = 120
"""How much of a manifest is quoted at a time."""

LIMIT_MESSAGE = 1000
"""How long a message may be: a list of names, for one, can be as long as a manifest."""


def visible(text: str) -> str:
    r"""Return `text` with all that could steer a terminal, or deceive a reader, written out.

    Control characters, bidirectional controls, what has no width, line separators and lone
    surrogates become `\u{1b}`: a manifest is data, and must not speak to the terminal.
    """
    if text.isprintable() and (text.isascii() or not any(each in text for each in _UNSEEN)):
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    shown = character.isprintable() and character not in _UNSEEN
    return character if shown or character in _SPACES else f"\\u{{{ord(character):x}}}"


def width(text: str) -> int:
    """Count the columns that `text`, which is visible already, takes on a terminal."""
    if text.isascii():
        return len(text)
    others = [each for each in text if each > "~"]
    return len(text) - len(others) + sum(map(_width, others))


def _width(character: str) -> int:
    if east_asian_width(character) in "WF":
        return 2
    return 0 if category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff" else 1


def cut(text: str, limit: int = LIMIT_QUOTE) -> str:
    """Return `text`, or the beginning of it with an ellipsis, in at most `limit` columns."""
    if _WIDEST * len(text) <= limit or (len(text) <= _MOST * limit and width(text) <= limit):
        return text
    return text[: fitting(text, limit - 1)].rstrip() + "…"


def fitting(text: str, columns: int) -> int:
    """Count the characters at the head of `text` that fit into `columns`."""
    if text.isascii():
        return min(len(text), columns)
    room, most = columns, _MOST * columns
    for index, character in enumerate(text):
        room -= _width(character)
        if room < 0 or index >= most:
            return index
    return len(text)


_WIDEST = 2
"""How many columns a character takes at most."""

_MOST = 4
"""How many characters a column may be made of: a letter with its accents, but no tower of them."""


def quoted(text: str) -> str:
    """Make a message safe and short: what it quotes between backticks is cut at `LIMIT_QUOTE`."""
    if len(text) > LIMIT_QUOTE:
        text = _QUOTE.sub(lambda match: f"`{cut(match[1])}`", text)
    return cut(visible(text), LIMIT_MESSAGE)


_QUOTE = re.compile(r"`([^`]*)`")


def wrapped(text: str, columns: int, *, first: str = "", rest: str = "") -> list[str]:
    """Break `text` into lines of at most `columns`; they begin with `first`, then with `rest`.

    Words are broken only where they are longer than a line, addresses never: one that is broken
    leads nowhere.
    """
    measure = len if text.isascii() else width
    later = max(columns - width(rest), _LEAST)
    line, room, filled = first, max(columns - width(first), _LEAST), False
    lines = []
    for word in _words(text, later):
        needed = measure(word)
        if filled and needed + 1 > room:
            lines.append(line)
            line, room, filled = rest, later, False
        line += f" {word}" if filled else word
        room -= needed + filled
        filled = True
    return [*lines, line]


_LEAST = 8
"""How narrow a column of text can get; a screen that is narrower breaks the lines itself."""


def _words(text: str, longest: int) -> Iterator[str]:
    for word in text.split(" "):
        rest = word
        if len(rest) * 2 > longest and "://" not in word:  # no character takes more than two
            while width(rest) > longest:
                head = max(fitting(rest, longest), 1)
                yield rest[:head]
                rest = rest[head:]
        if rest:
            yield rest


class Excerpt(NamedTuple):
    """A line as far as it fits: `marked` columns of `text`, behind `indent`, are meant."""

    text: str
    indent: int
    marked: int


def excerpt(line: str, start: int, end: int, *, columns: int) -> Excerpt:
    """Show the characters from `start` up to `end` of a line, with what fits around them.

    What is left out on either side becomes an ellipsis. At least one column is marked, if need be
    behind the line, so that a place between two characters can be shown too.
    """
    start = min(start, len(line))
    end = min(max(start, end), len(line))
    if len(line) <= columns and line.isascii() and line.isprintable():
        return Excerpt(line, start, max(end - start, 1))
    most = _MOST * columns
    before = list(_cells(line[max(0, start - most) : start]))
    inside = list(_cells(line[start : min(end, start + most)]))
    after = list(_cells(line[end : end + most]))
    if start <= most and end - start <= most and len(line) - end <= most:
        whole = before + inside + after
        if _sum(whole) <= columns:
            return Excerpt(_text(whole), _sum(before), max(_sum(inside), 1))
    room = columns - 2
    shown = _head(inside, room)
    room -= _sum(shown)
    right = _head(after, max(room // 2, room - _sum(before)))
    left = _head(before[::-1], room - _sum(right))[::-1]
    first = "…" if len(left) < start else ""
    last = "…" if len(right) < len(line) - end or len(shown) < end - start else ""
    text = first + _text(left + shown + right) + last
    return Excerpt(text, len(first) + _sum(left), max(_sum(shown), 1))


Cell = tuple[str, int]
"""A character as it is shown, and the columns it takes."""


def _cells(text: str) -> Iterator[Cell]:
    for character in text:
        shown = TAB if character == "\t" else visible(character)
        yield shown, width(shown)


def _sum(cells: Iterable[Cell]) -> int:
    return sum(columns for _, columns in cells)


def _text(cells: Iterable[Cell]) -> str:
    return "".join(shown for shown, _ in cells)


def _head(cells: Sequence[Cell], room: int) -> list[Cell]:
    """Take the first cells that fit into `room` columns."""
    taken = []
    for cell in cells:
        room -= cell[1]
        if room < 0:
            break
        taken.append(cell)
    return taken
