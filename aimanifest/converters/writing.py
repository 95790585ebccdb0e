"""A manifest as YAML that people read on and write on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from aimanifest.converters import Conversion, Guess
from aimanifest.document import scalars
from aimanifest.document.places import pointer_to
from aimanifest.schemas.navigation import in_order
from aimanifest.terminal import visible, wrapped

COLUMNS = 100
"""How wide the lines are, where they can be broken."""

SCHEMA = "# yaml-language-server: $schema=https://aimanifest.org/schema/1.0/manifest.schema.json"

Gaps = Iterable[tuple[str, Iterable[str]]]
"""What is to be filled in: a sentence on what belongs there, and the lines to write."""

FILL = "To fill in:"
"""How the comment before lines begins that somebody is to write."""


def written(
    conversion: Conversion,
    *,
    heading: Iterable[str] = (),
    sources: Mapping[str, str] | None = None,
    gaps: Mapping[str, Gaps] | None = None,
) -> str:
    """Return the manifest as YAML, with a comment before each guess.

    The keys stand in the order of the schemas. `heading` are lines of comment at the top. By
    pointers into the manifest, `sources` say where a value was found, behind it, and `gaps` what is
    to be filled in, at the end of the mapping it belongs to.
    """
    notes = _Notes.on(conversion.guesses, sources or {}, gaps or {})
    head = [SCHEMA]
    if heading:
        head += ["#", *_comment(" ".join(heading), "")]
    body = _mapping(in_order(conversion.manifest), (), notes)
    return "\n".join((*head, *body)) + "\n"


class _Notes(NamedTuple):
    """Comments, by the pointer of what they belong to; and the pointers of all around these.

    `text` stands before a value, `sources` behind it, `gaps` at the end of a mapping.
    """

    text: Mapping[str, str]
    sources: Mapping[str, str]
    gaps: Mapping[str, Gaps]
    around: frozenset[str]

    @classmethod
    def on(
        cls, guesses: Iterable[Guess], sources: Mapping[str, str], gaps: Mapping[str, Gaps]
    ) -> _Notes:
        text = {each.pointer: f"Guessed: {each.reason}." for each in guesses}
        around: set[str] = set(gaps)
        for pointer in (*text, *sources):
            steps = pointer.split("/")
            around.update("/".join(steps[:count]) for count in range(len(steps)))
        return cls(text, sources, gaps, frozenset(around))


def _comment(text: str, indent: str) -> list[str]:
    start = f"{indent}# "
    return wrapped(visible(" ".join(text.split())), COLUMNS, first=start, rest=start)


def _mapping(data: Mapping[str, Any], steps: tuple[str | int, ...], notes: _Notes) -> Iterator[str]:
    indent = "  " * len(steps)
    for key, value in data.items():
        here = (*steps, key)
        pointer = pointer_to(here)
        if steps == () and key in _APART:
            yield ""
        if note := notes.text.get(pointer):
            yield from _comment(note, indent)
        yield from _sourced(_entry(key, value, here, notes), notes.sources.get(pointer))
    for sentence, lines in notes.gaps.get(pointer_to(steps), ()):
        yield from _comment(f"{FILL} {sentence}", indent)
        yield from (f"{indent}# {each}" for each in lines)


def _entry(key: str, value: Any, here: tuple[str | int, ...], notes: _Notes) -> Iterator[str]:
    indent = "  " * (len(here) - 1)
    start = f"{indent}{scalars.key(key)}:"
    if isinstance(value, dict) and value:
        flow = f"{start} {scalars.flow(value)}"
        few = len(value) <= _FEW and not any(isinstance(v, dict | list) for v in value.values())
        top = len(here) == 1
        if few and not top and len(flow) <= COLUMNS and pointer_to(here) not in notes.around:
            yield flow
        else:
            yield start
            yield from _mapping(value, here, notes)
    elif isinstance(value, list) and value:
        yield from _list(start, value, here, notes)
    else:
        yield from _scalar(start, value, indent)


def _sourced(lines: Iterable[str], source: str | None) -> Iterator[str]:
    """Say where a value comes from: behind its first line, or before that where it is long."""
    if not source:
        yield from lines
        return
    first, *rest = lines
    said = visible(" ".join(source.split()))
    if len(first) + len(said) + 4 <= COLUMNS:
        yield f"{first}  # {said}"
    else:
        yield from _comment(said, first[: len(first) - len(first.lstrip())])
        yield first
    yield from rest


_FEW = 2
"""How many keys a mapping may have to stand on one line."""

_APART = frozenset({"release", "licenses", "components", "extensions"})
"""The keys before which a line is left empty."""


def _list(
    start: str, values: list[Any], steps: tuple[str | int, ...], notes: _Notes
) -> Iterator[str]:
    flow = f"{start} {scalars.flow(values)}"
    if len(flow) <= COLUMNS and pointer_to(steps) not in notes.around:
        yield flow
        return
    indent = "  " * len(steps)
    yield start
    for index, each in enumerate(values):
        here = (*steps, index)
        if note := notes.text.get(pointer_to(here)):
            yield from _comment(note, indent)
        if isinstance(each, dict) and each:
            lines = list(_mapping(each, here, notes))
            yield (
                f"{indent}- {lines[0].lstrip()}"
                if not lines[0].lstrip().startswith("#")
                else (f"{indent}-")
            )
            yield from lines if lines[0].lstrip().startswith("#") else lines[1:]
        else:
            yield f"{indent}- {scalars.flow(each)}"


def _scalar(start: str, value: Any, indent: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{start} {scalars.flow(value)}"
        return
    line = f"{start} {scalars.text(value)}"
    if len(line) <= COLUMNS or not _folds(value):
        yield line
        return
    yield f"{start} >-"
    yield from wrapped(value, COLUMNS, first=f"{indent}  ", rest=f"{indent}  ")


def _folds(text: str) -> bool:
    """Tell whether a text can be broken into lines at its spaces, and read as it was."""
    words = text.split(" ")
    short = all(len(each) <= COLUMNS // 4 or "://" in each for each in words)
    return len(words) > 1 and words == text.split() and short and text.isprintable()
