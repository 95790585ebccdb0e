"""A file as a tree of entries, each with the comments that are about it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aimanifest.document import Document
from aimanifest.document.places import Entry

SCALAR, MAPPING, LIST = "scalar", "mapping", "list"


class Comment(NamedTuple):
    """A comment, from its `#` on; `own` has a line to itself, and `blank` a blank one above it."""

    text: str
    at: int
    own: bool
    column: int
    blank: bool


class Node:
    """An entry of a mapping or an item of a list, and the comments that are about it.

    `label` is the key as it is written, and `value` a scalar as it is written. `above` are the
    comments over it, `behind` those on its lines, `tail` those after all that is in it, `opened`
    those behind its opening bracket, and `closing` those over the closing one. `blank` tells of a
    blank line right above it; `broken` that its bracket ends a line, and `stretched` that its
    brackets are on two lines; `kept` that the line ends after a block of text belong to it.
    """

    __slots__ = (
        "above",
        "behind",
        "blank",
        "broken",
        "children",
        "closing",
        "column",
        "end",
        "flow",
        "kept",
        "kind",
        "label",
        "name",
        "opened",
        "parent",
        "start",
        "stretched",
        "tail",
        "value",
        "value_start",
    )

    def __init__(self, name: str, label: str, start: int, parent: Node | None) -> None:
        """Make an entry that begins at `start`, with nothing in it."""
        self.name = name
        self.label = label
        self.start = self.value_start = self.end = start
        self.parent = parent
        self.column = -1
        self.kind = SCALAR
        self.flow = self.broken = self.stretched = self.kept = self.blank = False
        self.value = ""
        self.children: list[Node] = []
        self.above: list[Comment] = []
        self.behind: list[Comment] = []
        self.tail: list[Comment] = []
        self.opened: list[Comment] = []
        self.closing: list[Comment] = []


class Outline(NamedTuple):
    """A file taken apart: the comments over all of it, and everything else, under `root`.

    `marked` tells of a `---` at its start; `comments` are all there are, in their order.
    """

    header: tuple[Comment, ...]
    root: Node
    marked: bool
    comments: tuple[Comment, ...]


def outline(document: Document) -> Outline:
    """Take apart a readable document without faults, whose line ends are all LF.

    A comment on the line of a value is about that. One on a line of its own is about what follows,
    or, where it is indented deeper than that, about what went before. The comments over the first
    key are about the file, but for those after the last blank line among them.
    """
    tree = document.tree
    assert tree is not None  # noqa: S101  a readable document has a tree
    text = document.text
    found = list(_found(text, tree))
    bare = "".join(_masked(text, found))
    root = _Builder(text, bare).root(tree)
    kept = frozenset(_kept(root))
    comments = tuple(_located(text, start, end, kept) for start, end in found)
    header, rest = _parted(comments, root)
    _attach(rest, root)
    marked = re.match(r"\s*---(?=\s)", bare) is not None
    return Outline(header, root, marked, comments)


# -- where comments are ----------------------------------------------------------------------------


def _found(text: str, tree: Entry) -> Iterator[tuple[int, int]]:
    """Give where each comment begins and ends: outside of scalars, every `#` begins one."""
    here = 0
    for start, end in (*_scalars(tree), (len(text), len(text))):
        while (sign := text.find("#", here, start)) >= 0:
            stop = text.find("\n", sign)
            here = stop if stop >= 0 else len(text)
            yield sign, here
        here = max(here, end)


def _scalars(entry: Entry) -> Iterator[tuple[int, int]]:
    key_start, key_end, start, end, children, _ = entry
    if key_start is not None and key_end is not None:
        yield key_start.index, key_end.index
    if children is None:
        yield start.index, end.index
    else:
        for each in children.values() if isinstance(children, dict) else children:
            yield from _scalars(each)


def _masked(text: str, comments: Sequence[tuple[int, int]]) -> Iterator[str]:
    here = 0
    for start, end in comments:
        yield text[here:start]
        yield " " * (end - start)
        here = end
    yield text[here:]


def _kept(node: Node) -> Iterator[int]:
    """Give where each block ends whose last line ends, and so blank lines, are text."""
    if node.kept:
        yield node.end
    for each in node.children:
        yield from _kept(each)


def _located(text: str, start: int, end: int, kept: frozenset[int]) -> Comment:
    head = _line_start(text, start)
    own = not text[head:start].strip()
    blank = own and head not in kept and _blank(text, head)
    return Comment(text[start:end].rstrip(), start, own, start - head, blank)


def _line_start(text: str, index: int) -> int:
    """Return where the line begins; there are no line ends but LF, which is quick to find."""
    return text.rfind("\n", 0, index) + 1


def _blank(text: str, head: int) -> bool:
    """Tell whether the line above the one that begins at `head` is blank."""
    above = _line_start(text, head - 1) if head else 0
    return head > 0 and not text[above:head].strip()


# -- entries ---------------------------------------------------------------------------------------


class _Builder:
    """Makes nodes of entries, from the beginning of a text to its end."""

    def __init__(self, text: str, bare: str) -> None:
        """Read `text`; `bare` is the same with spaces in place of comments."""
        self._text = text
        self._bare = bare
        self._here = 0
        self._kept_to = -1

    def root(self, tree: Entry) -> Node:
        self._here = tree[2].index
        node = Node("", "", 0, None)
        self._fill(node, tree)
        return node

    def _fill(self, node: Node, entry: Entry) -> None:
        """Read the value of a node."""
        _, _, start, end, children, flow = entry
        node.value_start, node.end, node.flow = start.index, end.index, flow
        if children is None:
            self._scalar(node)
            return
        node.kind = MAPPING if isinstance(children, dict) else LIST
        if flow:
            self._here = start.index
            within = self._bare[start.index + 1 : end.index]
            node.broken = within.lstrip(" \t").startswith("\n")
        if isinstance(children, dict):
            for name, each in children.items():
                node.children.append(self._entry(name, each, node))
        else:
            for each in children:
                node.children.append(self._item(each, node))
        if flow:
            node.stretched = "\n" in self._text[start.index : end.index]
            self._here = end.index

    def _scalar(self, node: Node) -> None:
        text = self._text[node.value_start : node.end]
        if text[:1] in ("|", ">"):
            header, _, content = text.partition("\n")
            node.kept = "+" in header.partition("#")[0]
            node.value = text[: text.rindex("\n") + 1] if content else text
            self._kept_to = node.end if node.kept else -1
        else:
            node.value = text.rstrip()
            node.end = node.value_start + len(node.value)
        self._here = max(self._here, node.end)

    def _entry(self, name: str, entry: Entry, parent: Node) -> Node:
        key_start, key_end = entry[0], entry[1]
        assert key_start is not None  # noqa: S101  what is in a mapping has a key
        assert key_end is not None  # noqa: S101  as above
        label = self._text[key_start.index : key_end.index].rstrip()
        return self._read(Node(name, label, key_start.index, parent), entry)

    def _item(self, entry: Entry, parent: Node) -> Node:
        start = entry[2].index
        if not parent.flow:
            start = self._bare.index("-", self._here)
            self._here = start + 1
        return self._read(Node("", "", start, parent), entry)

    def _read(self, node: Node, entry: Entry) -> Node:
        head = _line_start(self._text, node.start)
        node.column = node.start - head
        own = not self._text[head : node.start].strip()
        # After a block that keeps its line ends, a blank line is text.
        node.blank = own and self._kept_to != head and _blank(self._text, head)
        self._here = max(self._here, node.start)
        self._fill(node, entry)
        return node


# -- what comments are about -----------------------------------------------------------------------


def _parted(
    comments: Sequence[Comment], root: Node
) -> tuple[tuple[Comment, ...], Sequence[Comment]]:
    """Part the comments about the whole file from all others."""
    first = root.value_start if root.flow else root.children[0].start
    count = bisect_left([each.at for each in comments], first)
    if count and not root.flow and not root.children[0].blank:
        after_blank = [place for place in range(1, count) if comments[place].blank]
        count = after_blank[-1] if after_blank else count
    return tuple(comments[:count]), comments[count:]


def _attach(comments: Sequence[Comment], root: Node) -> None:
    nodes = [] if root.flow else list(_in_lines(root))
    starts = [each.start for each in nodes]
    for each in comments:
        place = bisect_left(starts, each.at)
        before = nodes[place - 1] if place else root
        if before.flow and before.value_start < each.at < before.end:
            _attach_in_brackets(each, before)
        elif not each.own:
            before.behind.append(each)
        elif (before.value or before.flow) and each.at < before.value_start:
            before.above.append(each)
        else:
            _attach_line(each, before, nodes[place] if place < len(nodes) else None, root)


def _in_lines(node: Node) -> Iterator[Node]:
    """Give all that has lines of its own, from top to bottom."""
    for each in node.children:
        yield each
        if not each.flow:
            yield from _in_lines(each)


def _attach_line(comment: Comment, before: Node, following: Node | None, root: Node) -> None:
    """Attach a comment that stands between two lines."""
    if following is not None and (
        comment.column <= following.column or following.parent in (before, None)
    ):
        following.above.append(comment)
        return
    top = following.parent if following is not None else root.parent
    owner = before
    while owner.column >= comment.column and owner.parent not in (top, None):
        assert owner.parent is not None  # noqa: S101  as the loop has asked
        owner = owner.parent
    owner.tail.append(comment)


def _attach_in_brackets(comment: Comment, node: Node) -> None:
    """Attach a comment within the brackets of `node` to what it is about there."""
    place = bisect_left(node.children, comment.at, key=lambda each: each.start)
    later = node.children[place] if place < len(node.children) else None
    last = node.children[place - 1] if place else None
    if last is not None and last.flow and last.value_start < comment.at < last.end:
        _attach_in_brackets(comment, last)
    elif last is not None and comment.own and last.value and comment.at < last.value_start:
        last.above.append(comment)
    elif comment.own:
        (later.above if later is not None else node.closing).append(comment)
    else:
        (last.behind if last is not None else node.opened).append(comment)
