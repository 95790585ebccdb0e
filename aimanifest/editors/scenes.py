"""Where in a manifest a cursor stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from aimanifest.document.places import Document, Entry

Steps = tuple[str | int, ...]


class Spot(NamedTuple):
    """What stands under a cursor: its steps, from where to where, and whether it is a key."""

    steps: Steps
    start: int
    end: int
    is_key: bool


def spot(document: Document, offset: int) -> Spot | None:
    """Return the key or the value at `offset` of a document that can be read."""
    if document.tree is None:
        return None
    return _within(document.tree, (), offset)


def _within(entry: Entry, steps: Steps, offset: int) -> Spot | None:
    key, key_end, start, end, children, _ = entry
    if key is not None and key_end is not None and key.index <= offset <= key_end.index:
        return Spot(steps, key.index, key_end.index, is_key=True)
    if not start.index <= offset <= end.index and not (key and key.index <= offset <= end.index):
        return None
    if children is None:
        return Spot(steps, start.index, end.index, is_key=False)
    items = children.items() if isinstance(children, dict) else enumerate(children)
    for step, child in items:
        if (found := _within(child, (*steps, step), offset)) is not None:
            return found
    return None


class Scene(NamedTuple):
    """A line that is being written.

    `steps` lead to the mapping, list or value that it is part of, and `word` is what is written of
    it before the cursor. `is_key` tells that a key may follow, and not a value. `beside` are the
    keys that the mapping has already.
    """

    steps: Steps
    word: str
    is_key: bool
    beside: frozenset[str]


_KEY = re.compile(
    r"""(?P<indent>\s*)(?P<hyphen>(?:- +)*)(?:(?P<key>[\w.@/-]+|"[^"]*"|'[^']*')\s*:(?=\s|$))?"""
)
_OPEN = re.compile(r"""(?P<key>[\w.@/-]+|"[^"]*")\s*:\s*(?P<bracket>[\[{])""")


def scene(text: str, offset: int) -> Scene:
    """Tell from lines and indentation what is being written at `offset`."""
    head = text[:offset]
    line = head[head.rfind("\n") + 1 :]
    above = head[: len(head) - len(line)].splitlines()
    match = _KEY.match(line)
    assert match is not None  # noqa: S101  it matches nothing, too
    hyphens = match["hyphen"]
    column = len(match["indent"]) + len(hyphens)
    steps = _above(above, column, in_list=bool(hyphens))
    rest = line[match.end() :]
    key = _plain(match["key"])
    inside = _brackets(rest)
    if key is not None and inside is not None:
        return _in_brackets(rest, (*steps, key), inside)
    if key is not None:
        return Scene((*steps, key), rest.strip().strip("\"'"), is_key=False, beside=frozenset())
    if inside is not None:
        return _in_brackets(rest, steps, inside)
    beside = _beside(text, offset, column)
    return Scene(steps, rest.strip().strip("\"'"), is_key=True, beside=beside)


def _plain(key: str | None) -> str | None:
    return key.strip("\"'") if key is not None else None


def _above(lines: list[str], column: int, *, in_list: bool) -> Steps:
    """Return the keys above that a line which begins at `column` stands under."""
    steps: list[str | int] = [0] if in_list else []
    for line in reversed(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _KEY.match(line)
        if match is None:
            continue
        indent = len(match["indent"])
        begin = indent + len(match["hyphen"])
        if match["hyphen"] and begin == column and not in_list:
            steps.append(0)  # a line of the mapping that this item of a list is
            column, in_list = indent, True
            continue
        if match["key"] is not None and (begin < column or (in_list and begin <= column - 2)):
            if match["hyphen"]:
                steps += [_plain(match["key"]) or "", 0]
                column, in_list = indent, True
            else:
                steps.append(_plain(match["key"]) or "")
                column, in_list = begin, False
        if column == 0:
            break
    return tuple(reversed(steps))


def _beside(text: str, offset: int, column: int) -> frozenset[str]:
    """Collect the keys of the mapping of which a line begins at `column`, above and below."""
    start = text.rfind("\n", 0, offset) + 1
    found: set[str] = set()
    for lines in (reversed(text[:start].splitlines()), text[start:].splitlines()[1:]):
        for line in lines:
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            match = _KEY.match(line)
            begin = len(match["indent"]) + len(match["hyphen"]) if match else 0
            if begin < column:
                break
            if match and begin == column and match["key"]:
                found.add(_plain(match["key"]) or "")
    return frozenset(found)


# -- in brackets -----------------------------------------------------------------------------------


def _brackets(text: str) -> str | None:
    """Return what is open at the end of a line, as a row of brackets; None where nothing is."""
    open_ = ""
    quote = ""
    for each in text:
        if quote:
            quote = "" if each == quote else quote
        elif each in "\"'":
            quote = each
        elif each in "[{":
            open_ += each
        elif each in "]}":
            open_ = open_[:-1]
    return open_ or None


def _in_brackets(rest: str, steps: Steps, brackets: str) -> Scene:
    """Tell what is being written inside brackets on one line."""
    found = list(steps)
    level = rest
    for depth, bracket in enumerate(brackets):
        begin = _start_of(level, len(brackets) - depth)
        level = level[begin + 1 :]
        part = _last_part(level)
        if bracket == "[":
            found.append(0)
        inner = re.match(r"""\s*(?P<key>[\w.@/-]+|"[^"]*")\s*:(?=\s|$)""", part)
        if depth + 1 < len(brackets):
            if bracket == "{" and inner:
                found.append(_plain(inner["key"]) or "")
            level = part
            continue
        if bracket == "[":
            return Scene(tuple(found), part.strip().strip("\"'"), is_key=False, beside=frozenset())
        if inner:
            word = part[inner.end() :].strip().strip("\"'")
            steps = (*found, _plain(inner["key"]) or "")
            return Scene(steps, word, is_key=False, beside=frozenset())
        keys = re.findall(r"""(?:^|[,{])\s*([\w.@/-]+)\s*:""", level)
        return Scene(tuple(found), part.strip(), is_key=True, beside=frozenset(keys))
    return Scene(tuple(found), "", is_key=True, beside=frozenset())


def _start_of(text: str, open_after: int) -> int:
    """Return the index of the bracket that is the outermost of `open_after` still open ones."""
    stack: list[int] = []
    for index, each in enumerate(text):
        if each in "[{":
            stack.append(index)
        elif each in "]}" and stack:
            stack.pop()
    return stack[len(stack) - open_after]


def _last_part(text: str) -> str:
    """Return what stands behind the last comma that is not inside other brackets."""
    depth = 0
    start = 0
    for index, each in enumerate(text):
        if each in "[{":
            depth += 1
        elif each in "]}":
            depth -= 1
        elif each == "," and depth == 0:
            start = index + 1
    return text[start:]
