"""The canonical layout of a manifest: keys in the order of the standard, and nothing lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from aimanifest.document import Document, read
from aimanifest.document.editing import Uneditable
from aimanifest.document.scalars import quote
from aimanifest.schemas import ROOT, Schema, load
from aimanifest.schemas.navigation import sorted_keys, under
from aimanifest.upkeep.outline import LIST, MAPPING, SCALAR, Comment, Node, Outline, outline

WIDTH = 100
"""What is in brackets over several lines goes on one line, if that is no longer than this."""


def laid_out(source: bytes) -> bytes:
    """Return the manifest `source` in the canonical layout; it says what it said before.

    Keys stand in the order in which the standard has them; ids of components, licenses, and all
    under `extensions` in that of their author. A level is indented by two spaces. Scalars stay as
    they are written. Comments move with what they are about. Line ends are all as the first one,
    a byte order mark is dropped. To lay out what is laid out changes nothing.

    Raises:
        Uneditable: if `source` cannot be read, has a fault of the file format, or cannot be laid
            out without a change of what it says; str() of it says which.

    """
    before = _read(source)
    result = _written(before)
    after = read(result.encode())
    if after.problems or not after.readable or _told(after.data) != _told(before.data):
        raise Uneditable("its lines cannot be put in order and say the same")
    if _counted(outline(after)) != _counted(outline(before)):
        raise Uneditable("its lines cannot be put in order and keep each comment")
    end = b"\r\n" if source.partition(b"\n")[0].endswith(b"\r") else b"\n"
    return result.encode().replace(b"\n", end)


def _read(source: bytes) -> Document:
    """Read `source` with its line ends all made LF, which to YAML are one."""
    document = read(source)
    if document.problems or not document.readable:
        first = document.problems[0]
        raise Uneditable(f"line {first.span.start.line}: {first.message}")
    plain = read(document.text.replace("\r\n", "\n").replace("\r", "\n").encode())
    if _told(plain.data) != _told(document.data):  # in JSON and YAML alike, a fault of a parser
        raise Uneditable("its line ends cannot be made the same")
    return plain


def _told(data: Any) -> str:
    """Write data so that 1, 1.0 and true differ, and the order of keys does not."""
    return json.dumps(data, sort_keys=True)


def _counted(found: Outline) -> Counter[str]:
    return Counter(each.text for each in found.comments)


def _written(document: Document) -> str:
    found = outline(document)
    writer = _Writer(strict=document.text.lstrip().startswith("{"))
    for each in found.header:
        if each.blank:
            writer.blank()
        writer.line(each.text)
    if found.marked:
        writer.line("---")
    if found.header and found.root.children[0].blank:
        writer.blank()
    writer.root(found.root)
    return "\n".join(writer.lines) + "\n"


class _Writer:
    """Writes nodes, line by line. `strict` is for a file that is in brackets as a whole."""

    def __init__(self, *, strict: bool) -> None:
        self.lines: list[str] = []
        self._strict = strict
        self._kept = False

    def line(self, text: str) -> None:
        self.lines.append(text)
        self._kept = False

    def blank(self) -> None:
        """Leave a line blank, but no two, and none that would become part of a text."""
        if self.lines and self.lines[-1] and not self._kept:
            self.lines.append("")

    def root(self, node: Node) -> None:
        if node.flow:
            for line in self._brackets(node, load()[ROOT], "", indent=0):
                self.line(line)
            for each in node.behind:
                self.line(each.text)
        else:
            self._children(node, load()[ROOT], 0, first=False)
        self._notes(node.tail, 0)

    def _notes(self, comments: Sequence[Comment], indent: int, *, first: bool = False) -> None:
        """Write comments on lines of their own; above the first of them no line is left blank."""
        for each in comments:
            if each.blank and not first:
                self.blank()
            self.line(" " * indent + each.text)
            first = False

    # -- in lines ----------------------------------------------------------------------------------

    def _children(self, node: Node, schema: Schema, indent: int, *, first: bool) -> None:
        for each in _sorted(node, schema):
            own = under(schema, 0 if node.kind == LIST else each.name)
            above = [*each.above, *_hoisted(each), *_lifted(each, own)]
            self._notes(above, indent, first=first)
            if each.blank and not (first and not above):
                self.blank()
            first = False
            if node.kind == LIST:
                self._item(each, own, indent)
            else:
                self._entry(each, own, indent)

    def _entry(self, node: Node, schema: Schema, indent: int) -> None:
        label = " " * indent + _label(node) + ":"
        if node.children and not node.flow:
            self.line(label + _behind(node))
            self._children(node, schema, indent + 2, first=True)
            self._notes(node.tail, indent + 2)
            return
        self._value(label, node, schema, indent)

    def _item(self, node: Node, schema: Schema, indent: int) -> None:
        head = " " * indent + "-"
        if not node.children or node.flow:
            self._value(head, node, schema, indent)
            return
        mark = len(self.lines)
        self._children(node, schema, indent + 2, first=True)
        self.lines[mark] = f"{head} {self.lines[mark][indent + 2 :]}"
        self._notes(node.tail, indent + 2)

    def _value(self, label: str, node: Node, schema: Schema, indent: int) -> None:
        """Write what begins on the line of its label, and the comments after it."""
        behind = _behind(node)
        if node.kind != SCALAR:
            first, *rest = self._brackets(node, schema, f"{label} ", indent=indent)
            lines = [f"{label} {first}", *rest]
            lines[-1] += behind
        elif node.value[:1] in ("|", ">"):
            first, *rest = _block(node, indent)
            lines = [f"{label} {first}", *rest]
        elif node.value:
            first, *rest = _text(node.value, indent + 2)
            lines = [f"{label} {first}", *rest]
            lines[-1] += behind
        else:
            lines = [label + behind]
        for each in lines:
            self.line(each)
        self._kept = node.kept
        self._notes(node.tail, indent)

    # -- in brackets -------------------------------------------------------------------------------

    def _brackets(self, node: Node, schema: Schema, head: str, *, indent: int) -> list[str]:
        """Write a mapping or list in brackets, on one line or on as many as it needs."""
        whole = _on_one_line(node, schema)
        if whole and self._fits(node, head + whole):
            return [whole]
        opening, closing = "{}" if node.kind == MAPPING else "[]"
        pad = " " * (indent + 2)
        lines = [opening + _joined(node.opened)]
        ordered = _sorted(node, schema)
        for each in ordered:
            own = under(schema, 0 if node.kind == LIST else each.name)
            lines += [pad + note.text for note in (*each.above, *each.behind[:-1])]
            said = self._in_brackets(each, own, pad, listed=node.kind == LIST)
            said[-1] += ("," if each is not ordered[-1] else "") + _behind(each)
            lines += [pad + said[0], *said[1:]]
        lines += [pad + note.text for note in node.closing]
        return [*lines, " " * indent + closing]

    def _fits(self, node: Node, line: str) -> bool:
        if node.parent is None or node.broken:
            return not node.children
        return not (node.stretched or self._strict) or len(line) <= WIDTH

    def _in_brackets(self, node: Node, schema: Schema, pad: str, *, listed: bool) -> list[str]:
        label = "" if listed else f"{_label(node)}: "
        if node.kind != SCALAR:
            first, *rest = self._brackets(node, schema, pad + label, indent=len(pad))
            return [label + first, *rest]
        first, *rest = _text(node.value or "null", len(pad) + 2)
        return [label + first, *rest]


def _sorted(node: Node, schema: Schema) -> list[Node]:
    if node.kind != MAPPING:
        return node.children
    by_name = {each.name: each for each in node.children}
    ordered = [by_name[each] for each in sorted_keys(by_name, schema)]
    if ordered and ordered[0] is not node.children[0]:  # it goes among others, perhaps set apart
        first, *others = node.children
        first.blank = any(each.blank for each in others) and not first.above
    return ordered


def _label(node: Node) -> str:
    """Write a key as it is written, if that is on one line."""
    return node.label if node.label and "\n" not in node.label else quote(node.name)


def _hoisted(node: Node) -> list[Comment]:
    """Give the comments behind a node for which there is no place there."""
    if node.value[:1] in ("|", ">") or _is_item(node):
        return node.behind
    return node.behind[:-1]


def _is_item(node: Node) -> bool:
    """Tell whether it is an item of a list that shares its first line with what is in it."""
    listed = node.parent is not None and node.parent.kind == LIST
    return listed and bool(node.children) and not node.flow


def _lifted(node: Node, schema: Schema) -> list[Comment]:
    """Take away the comments over what stands on the line of an item, and give them to the item."""
    if not _is_item(node):
        return []
    first = _sorted(node, schema)[0]
    hoisted = _hoisted(first)
    found = [*first.above, *hoisted]
    first.above, first.behind = [], first.behind[len(hoisted) :]
    return [*found, *_lifted(first, under(schema, 0 if node.kind == LIST else first.name))]


def _behind(node: Node) -> str:
    return _joined(node.behind[-1:])


def _joined(comments: Sequence[Comment]) -> str:
    return "".join(f"  {each.text}" for each in comments)


def _on_one_line(node: Node, schema: Schema) -> str:
    """Write what is in brackets on one line; "" where that cannot be."""
    if node.closing or node.opened:
        return ""
    said = []
    for each in _sorted(node, schema):
        own = under(schema, 0 if node.kind == LIST else each.name)
        if each.above or each.behind:
            return ""
        value = _on_one_line(each, own) if each.kind != SCALAR else each.value or "null"
        if not value or "\n" in value:
            return ""
        said.append(value if node.kind == LIST else f"{_label(each)}: {value}")
    opening, closing = "{}" if node.kind == MAPPING else "[]"
    return opening + ", ".join(said) + closing


def _text(value: str, indent: int) -> list[str]:
    """Write a text, plain or in quotes, whose later lines are indented anew."""
    first, *rest = value.split("\n")
    lines = [each.lstrip(" \t") for each in rest]
    return [first, *(" " * indent + each if each else "" for each in lines)]


def _block(node: Node, indent: int) -> list[str]:
    """Write a block of text, indented anew."""
    header, *lines = node.value.removesuffix("\n").split("\n")
    digits = [each for each in header.partition("#")[0] if each.isdigit()]
    first = next((each for each in lines if each.strip(" ")), "")
    old = len(first) - len(first.lstrip(" "))
    new = indent + 2
    if digits:  # counted from where the entry begins
        old, new = node.column + int(digits[0]), indent + int(digits[0])
    while lines and not node.kept and not lines[-1].strip(" ") and len(lines[-1]) <= old:
        lines.pop()
    return [header.rstrip(), *(" " * new + each[old:] if each[old:] else "" for each in lines)]
