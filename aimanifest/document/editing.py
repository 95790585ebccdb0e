"""Edits of a file that leave all else in it as it is: comments, order, quotes, line ends."""

from __future__ import annotations

import json
from bisect import bisect
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from aimanifest.document import read
from aimanifest.document.places import Document, Entry, line_start
from aimanifest.document.scalars import flow, key, text

Steps = tuple[str | int, ...]


class Put(NamedTuple):
    """Write `value` at `steps`, in place of what stands there or as a new entry.

    A new key stands after the last of `after` that is there; where none is, at the end. `comment`
    stands behind a new key where the file has room for comments.
    """

    steps: Steps
    value: Any
    after: tuple[str, ...] = ()
    comment: str = ""


class Drop(NamedTuple):
    """Take out the entry at `steps`, with the comment behind it."""

    steps: Steps


class Rename(NamedTuple):
    """Give the entry at `steps` another key; it stays where it stands."""

    steps: Steps
    key: str


Edit = Put | Drop | Rename


class Uneditable(ValueError):  # noqa: N818  # it names what the file is
    """The file cannot be edited in this way and keep all else as it is."""


def edited(source: bytes, edits: Iterable[Edit]) -> bytes:
    """Return `source` with `edits`, one after the other; each sees what those before it did.

    What comes out is read again, and holds exactly what was asked for.

    Raises:
        Uneditable: if `source` is not readable, or an edit does not fit what is in it.

    """
    for edit in edits:
        source = _one(source, edit)
    return source


def edited_at_once(source: bytes, edits: Sequence[Edit]) -> bytes:
    """Return what `edited` does, quicker, for edits at places of which none is touched by another.

    All `steps` are those in `source`. What comes out is read again once.

    Raises:
        Uneditable: as `edited`, and where two edits touch the same place.

    """
    document = read(source)
    if not document.readable:
        raise Uneditable("the file cannot be read")
    wanted = deepcopy(document.data)
    for edit in sorted(edits, key=lambda each: (-len(each.steps), isinstance(each, Rename))):
        _applied(wanted, edit)
    old = document.text
    pieces, here = list[str](), 0
    for start, end, new in sorted(_splice(old, _new(document, each)) for each in edits):
        if start < here:
            raise Uneditable("two edits touch the same place")
        pieces += (old[here:start], new)
        here = end
    mark = source[:3] if source.startswith(b"\xef\xbb\xbf") else b""
    result = mark + "".join((*pieces, old[here:])).encode()
    if read(result).data != wanted:
        raise Uneditable("these cannot be edited at once")
    return result


def _splice(old: str, new: str) -> tuple[int, int, str]:
    """Return where a text differs from what it was, and what stands there now."""
    most = min(len(old), len(new))
    start = bisect(range(most), 0, key=lambda each: old[: each + 1] != new[: each + 1])
    rest = most - start
    after = bisect(range(rest), 0, key=lambda each: old[-each - 1 :] != new[-each - 1 :])
    return start, len(old) - after, new[start : len(new) - after]


def _applied(data: Any, edit: Edit) -> None:
    """Make an edit in the data of a file."""
    if isinstance(edit, Put):
        _put(data, edit.steps, edit.value)
    elif isinstance(edit, Rename):
        _rename(data, edit)
    else:
        _drop(data, edit.steps)


def _new(document: Document, edit: Edit) -> str:
    """Make an edit in the text of a file."""
    if isinstance(edit, Put):
        return _putting(document, edit)
    if isinstance(edit, Rename):
        return _renaming(document, edit)
    return _dropping(document, edit.steps)


def _one(source: bytes, edit: Edit) -> bytes:
    document = read(source)
    if not document.readable:
        raise Uneditable("the file cannot be read")
    wanted = deepcopy(document.data)
    _applied(wanted, edit)
    new = _new(document, edit)
    mark = source[:3] if source.startswith(b"\xef\xbb\xbf") else b""
    result = mark + new.encode()
    if read(result).data != wanted:
        raise Uneditable(f"{_name(edit.steps)} cannot be edited without touching what is around it")
    return result


def _name(steps: Steps) -> str:
    return ".".join(map(str, steps))


def _put(data: Any, steps: Steps, value: Any) -> None:
    *above, last = steps
    try:
        for step in above:
            if isinstance(data, dict) and data.get(step) is None:
                data[step] = {}
            data = data[step]
        data[last] = value
    except (KeyError, IndexError, TypeError) as error:
        raise Uneditable(f"{_name(steps)} does not fit into the file") from error


def _drop(data: Any, steps: Steps) -> None:
    *above, last = steps
    try:
        for step in above:
            data = data[step]
        del data[last]
    except (KeyError, IndexError, TypeError) as error:
        raise Uneditable(f"{_name(steps)} is not there") from error


def _rename(data: Any, edit: Rename) -> None:
    *above, last = edit.steps
    try:
        for step in above:
            data = data[step]
        if not isinstance(data, dict) or edit.key in data:
            raise Uneditable(f"{_name(edit.steps)} cannot be called {edit.key}")
        data[edit.key] = data.pop(last)
    except (KeyError, IndexError, TypeError) as error:
        raise Uneditable(f"{_name(edit.steps)} is not there") from error


def _renaming(document: Document, edit: Rename) -> str:
    source = document.text
    start, end = _nearest(document, edit.steps)[0][:2]
    if start is None or end is None:
        raise Uneditable(f"{_name(edit.steps)} has no key")
    style = Style(json=source.lstrip().startswith("{"), flow=False, indent=0)
    return source[: start.index] + _key(edit.key, style) + source[end.index :]


# -- to write --------------------------------------------------------------------------------------


def _putting(document: Document, edit: Put) -> str:
    entry, depth = _nearest(document, edit.steps)
    source = document.text
    rest = edit.steps[depth:]
    if not rest:
        return _replacing(source, entry, edit.value, style=_style(source, entry))
    children = entry[4]
    if not isinstance(rest[0], str) or isinstance(children, list):
        raise Uneditable(f"there is no item {_name(edit.steps)}")
    value = edit.value
    for step in reversed(rest[1:]):
        value = {step: value}
    if not children:
        return _replacing(source, entry, {rest[0]: value}, style=_style(source, entry))
    return _inserting(source, entry, rest[0], edit._replace(value=value))


def _nearest(document: Document, steps: Steps) -> tuple[Entry, int]:
    """Return the deepest entry on the way to `steps` that is written, and how deep it is."""
    entry = document.tree
    if entry is None:
        raise Uneditable("the file is empty")
    for depth, step in enumerate(steps):
        children = entry[4]
        inside = isinstance(children, dict) if isinstance(step, str) else isinstance(children, list)
        known = (
            children.get(step)
            if inside and isinstance(children, dict) and isinstance(step, str)
            else children[step]
            if inside
            and isinstance(children, list)
            and isinstance(step, int)
            and step < len(children)
            else None
        )
        if known is None:
            return entry, depth
        entry = known
    return entry, len(steps)


class Style(NamedTuple):
    """How what is around a value is written: as JSON, in brackets, indented by so much."""

    json: bool
    flow: bool
    indent: int


def _style(source: str, entry: Entry) -> Style:
    key_start = entry[0]
    column = key_start.column if key_start else 0
    is_json = source.lstrip().startswith("{")
    return Style(is_json, is_json or _in_brackets(source, entry), column)


def _in_brackets(source: str, entry: Entry) -> bool:
    """Whether the entry stands in a line inside brackets, where only one line can follow."""
    if entry[0] is None:
        return False
    before = source[line_start(source, entry[0].index) : entry[0].index]
    return bool(before.strip()) and before.strip() != "-"


def _replacing(source: str, entry: Entry, value: Any, *, style: Style) -> str:
    start, end = entry[2].index, _end(entry)
    end = len(source[:end].rstrip("\r\n")) if end > start else end
    written = _value(value, style).replace("\n", _line_end(source))
    label = entry[1]
    if label is None or style.flow:
        written = f" {written}" if start == end and source[start - 1 : start] == ":" else written
        return source[:start] + written + source[end:]
    colon = source.index(":", label.index) + 1
    if not written[:1].isspace():
        on_the_line = "\n" not in source[colon:start]
        gap = source[colon:start] if on_the_line and start < end else " "
        return source[:colon] + (gap or " ") + written + source[max(end, colon) :]
    behind = source[colon : _line_after(source, colon)]
    if behind.lstrip().startswith("#"):  # what is said of the key stays with it
        return source[:colon] + behind + written + source[max(end, colon + len(behind)) :]
    return source[:colon] + written + source[max(end, colon) :]


def _inserting(source: str, entry: Entry, name: str, put: Put) -> str:
    children = entry[4]
    assert isinstance(children, dict)  # noqa: S101  the caller has looked
    before = next((each for each in reversed(list(children)) if each in put.after), None)
    last = list(children)[-1] if before is None else before
    sibling = children[last]
    end = _end(sibling)
    is_json = source.lstrip().startswith("{")
    brackets = entry[5]
    line_end = _line_end(source)
    first = next(iter(children.values()))[0]
    column = first.column if first else 0
    style = Style(is_json, brackets, column)
    written = _spaced(_value(put.value, style))
    if put.comment and not style.flow:
        first, *others = written.split("\n")
        written = "\n".join((f"{first}  # {put.comment}", *others))
    said = f"{_key(name, style)}:{written}"
    if brackets:
        own_lines = sibling[0] and not source[
            line_start(source, sibling[0].index) : sibling[0].index
        ].strip(" \t")
        gap = line_end + " " * column if own_lines else " "
        return source[:end] + f",{gap}{said}" + source[end:]
    if end and source[end - 1 : end] in "\r\n":
        return source[:end] + " " * column + said.replace("\n", line_end) + line_end + source[end:]
    line = _line_after(source, end)
    new = line_end + " " * column + said.replace("\n", line_end)
    return source[:line] + new + source[line:]


def _spaced(value: str) -> str:
    return value if value.startswith("\n") else f" {value}"


def _key(name: str, style: Style) -> str:
    return json.dumps(name, ensure_ascii=False) if style.json else key(name)


def _value(value: Any, style: Style) -> str:
    """Write a value; a mapping with more than scalars in it as a block, where there is room."""
    if style.json:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict) and value and not style.flow:
        inside = Style(json=False, flow=False, indent=style.indent + 2)
        pad = "\n" + " " * inside.indent
        nested = (f"{key(each)}:{_spaced(_value(value[each], inside))}" for each in value)
        return "".join(f"{pad}{each}" for each in nested)
    if isinstance(value, str):
        return text(value, in_flow=style.flow)
    return flow(value)


# -- to take out -----------------------------------------------------------------------------------


def _dropping(document: Document, steps: Steps) -> str:
    source = document.text
    parent, depth = _nearest(document, steps[:-1])
    entry, _ = _nearest(document, steps)
    children = parent[4]
    if depth != len(steps) - 1 or not children:
        raise Uneditable(f"{_name(steps)} is not there")
    if len(children) == 1:
        raise Uneditable(f"{_name(steps)} is the only one of its kind: take out what it is in")
    start = (entry[0] or entry[2]).index
    end = _end(entry)
    if parent[5]:
        rest = source[end:]
        behind = rest[: len(rest) - len(rest.lstrip())]
        begin = line_start(source, start)
        if rest.lstrip().startswith(","):
            stop = end + len(behind) + 1
            line = _line_after(source, stop)
            if not source[begin:start].strip() and not source[stop:line].strip():
                rest = source[line:]
                return source[:begin] + rest[2 if rest.startswith("\r\n") else 1 :]
            return source[:start] + source[stop:].lstrip(" ")
        return source[: source.rindex(",", 0, start)] + source[end:]
    begin = line_start(source, start)
    if source[end - 1 : end] in "\r\n":
        return source[:begin] + source[end:]
    line = _line_after(source, end)
    rest = source[line:]
    return source[:begin] + rest[2 if rest.startswith("\r\n") else 1 :]


# -- where things end ------------------------------------------------------------------------------


def _end(entry: Entry) -> int:
    """Return the index behind the last character of an entry, without what only follows it."""
    children = entry[4]
    if entry[5] or not children:
        return int(entry[3].index)
    listed = children.values() if isinstance(children, dict) else children
    return max(_end(each) for each in listed)


def _line_after(source: str, index: int) -> int:
    """Return the end of the line of `index`."""
    ends = [each for each in (source.find("\n", index), source.find("\r", index)) if each >= 0]
    return min(ends, default=len(source))


def _line_end(source: str) -> str:
    return "\r\n" if "\r\n" in source else "\n"
