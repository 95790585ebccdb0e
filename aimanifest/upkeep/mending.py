"""Faults that can be mended without asking, and those where it has to be guessed what was meant.

What is sure: the text stays as it is written but for quotes or brackets around it, or what is
written has the same letters and digits as what is to be written, or is another name of one license
and of no other. All else is a guess, though it may be a good one.
"""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterator
from typing import Any, NamedTuple

from aimanifest import schemas
from aimanifest.data import spdx
from aimanifest.document import Document, Place, read, scalars
from aimanifest.document.demands import DIGITS, FINITE, SPACES, UTF_8
from aimanifest.document.editing import Edit, Put, Rename, Steps, Uneditable, edited, edited_at_once
from aimanifest.findings import Finding, Position, Remark
from aimanifest.frameworks import core
from aimanifest.licenses import LicenseError, parse
from aimanifest.licenses.meanings import meaning
from aimanifest.manifest import Manifest
from aimanifest.rules import Rule
from aimanifest.schemas.spelling import alike
from aimanifest.schemas.wording import named

ROUNDS = 20
"""How often a file is looked through anew: one mend can bring another fault to light."""

MOST = 10_000
"""How many mends are made in one run."""

MOST_WORDS = 500
"""More words no license expression can have."""

FEW = 50
"""How many mends are made one by one, each with the whole file read anew."""


class Mend(NamedTuple):
    """A fault, where it stands and why it is one, and what is written `now`.

    `place` is a JSON Pointer, and `at` where that was when it was looked at. `sure` tells that
    nothing is guessed.
    """

    rule: str
    place: str
    at: Position
    why: str
    now: str
    edits: tuple[Edit, ...] = ()
    sure: bool = True


class Mended(NamedTuple):
    """A manifest after `mends`; and what `guessed` would make of it by the `guesses`."""

    source: bytes
    mends: tuple[Mend, ...]
    guessed: bytes
    guesses: tuple[Mend, ...]


def mended(source: bytes) -> Mended:
    """Mend in the manifest `source` what is sure, and say what could be guessed beyond that.

    Comments, order and line ends stay. What cannot be read, for another reason than its encoding or
    its tabs, comes back as it is. To mend what is mended changes nothing.
    """
    first, made = _readable(source)
    first, more = _in_rounds(first, guessing=False)
    guessed, guesses = _in_rounds(first, guessing=True)
    return Mended(first, (*made, *more), guessed, guesses)


def _in_rounds(source: bytes, *, guessing: bool) -> tuple[bytes, tuple[Mend, ...]]:
    made: list[Mend] = []
    tried: set[tuple[Edit, ...]] = set()
    for _ in range(ROUNDS):
        document = read(source)
        if not document.readable:
            break
        found = [each for each in _mends(document) if each.sure or guessing]
        new = [each for each in found if _key(each) not in tried][: MOST - len(made)]
        if not new:
            break
        new.sort(key=lambda each: each.at)
        source, some, attempted = _edited(source, new)
        tried.update(map(_key, attempted))
        made += some
    return source, tuple(made)


def _edited(source: bytes, mends: list[Mend]) -> tuple[bytes, list[Mend], list[Mend]]:
    """Make the mends; tell which of them could be made, and which were tried."""
    try:
        at_once = edited_at_once(source, [edit for each in mends for edit in each.edits])
    except Uneditable:
        made = list[Mend]()
    else:
        return at_once, mends, mends
    for each in mends[:FEW]:
        try:
            source = edited(source, each.edits)
        except Uneditable:
            continue  # another mend has taken its place away, or it is too intricate
        made.append(each)
    return source, made, mends[:FEW]


def _key(mend: Mend) -> Any:
    return repr(mend.edits)


def _mends(document: Document) -> Iterator[Mend]:
    """Give what could be mended in a readable document."""
    faults = list(_schema_faults(document))
    yield from (each for _, mends in faults for each in mends)
    yield from _numbers(document)
    if any(finding.rule == "schema/format-version" for finding, _ in faults):
        return
    faulted = frozenset(finding.pointer for finding, _ in faults)
    faulted |= {each.pointer for each in document.problems}
    stated = core.Statements.of(Manifest.from_document(document, faulted))
    yield from _licenses(stated)
    yield from _words_for_none(stated)
    yield from _references(stated)


# -- what the schemas say --------------------------------------------------------------------------


def _schema_faults(document: Document) -> Iterator[tuple[Finding, list[Mend]]]:
    if not schemas.check(document):
        return
    from aimanifest.schemas.explanation import explained  # noqa: PLC0415  only for what is wrong

    for finding, fault in explained(document, refused=False):
        if fault is None or fault.mend is None:
            yield finding, []
            continue
        key, value, sure = fault.mend
        edits: list[Edit] = [] if value is None else [Put(fault.steps, value)]
        if key:
            edits.append(Rename(fault.steps, key))
        yield finding, [_mend(finding, _told(key, value), *edits, sure=sure)]


def _mend(finding: Finding, now: str, *edits: Edit, sure: bool) -> Mend:
    at = finding.span.start
    return Mend(finding.rule, finding.pointer, at, finding.message, now, edits, sure)


def _told(key: str, value: Any) -> str:
    said = [f"`{scalars.key(key)}`"] if key else []
    return ": ".join([*said, *([] if value is None else [f"`{scalars.flow(value)}`"])])


# -- what the reader of the file says --------------------------------------------------------------


def _numbers(document: Document) -> Iterator[Mend]:
    """Quote what reads as a number that no manifest can hold, if text can stand there."""
    for finding in document.problems:
        if finding.rule not in (DIGITS.id, FINITE.id):
            continue
        steps = _steps(document, finding.pointer)
        text = document.place(steps).source
        put = Put(steps, text)
        try:
            after = read(edited(document.text.encode(), [put]))
        except Uneditable:
            continue
        if text and not any(each.pointer == finding.pointer for each in schemas.check(after)):
            yield _mend(finding, f'`"{text}"`', put, sure=True)


def _steps(document: Document, pointer: str) -> Steps:
    """Return the steps that a JSON Pointer into `document` stands for."""
    data, steps = document.data, list[str | int]()
    for part in pointer.split("/")[1:]:
        step = part.replace("~1", "/").replace("~0", "~")
        known = data.get(step) if isinstance(data, dict) else None
        if isinstance(data, list):
            steps.append(int(step))
            data = data[int(step)]
        else:
            steps.append(step)
            data = known
    return tuple(steps)


_WIDE = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
_TABS = (2, 4, 8)


def _readable(source: bytes) -> tuple[bytes, tuple[Mend, ...]]:
    """Mend what keeps a file from being read at all, or is before its first character."""
    made = []
    top = Position(1, 1)
    wide = next((name for mark, name in _WIDE if source.startswith(mark)), "")
    if wide:
        try:
            source = source.decode(wide).encode()
        except UnicodeDecodeError:
            return source, ()
        made.append(Mend(UTF_8.id, "", top, f"the file is {wide.upper()}", "UTF-8"))
    elif source.startswith(BOM_UTF8):
        source = source.removeprefix(BOM_UTF8)
        made.append(Mend(UTF_8.id, "", top, "the file begins with a byte order mark", "none"))
    document = read(source)
    tabs = [each for each in document.problems if each.rule == SPACES.id]
    if tabs and not document.readable and (spaced := _spaced(source)):
        at = tabs[0].span.start
        why = "lines are indented by tabs; they say the same, however wide a tab is"
        made.append(Mend(SPACES.id, "", at, why, "spaces"))
        source = spaced
    return source, tuple(made)


def _spaced(source: bytes) -> bytes:
    """Indent by spaces in place of tabs, if all widths of a tab make the same data; else b""."""
    results = [_expanded(source, width) for width in _TABS]
    documents = [read(each) for each in results]
    said = {repr(each.data) for each in documents}
    right = all(each.readable and not each.problems for each in documents)
    return results[0] if right and len(said) == 1 else b""


def _expanded(source: bytes, width: int) -> bytes:
    lines = []
    for line in source.split(b"\n"):
        rest = line.lstrip(b" \t")
        lines.append(line[: len(line) - len(rest)].expandtabs(width) + rest)
    return b"\n".join(lines)


# -- what the rules of `core` say ------------------------------------------------------------------


def _licenses(stated: core.Statements) -> Iterator[Mend]:
    """Write licenses as SPDX does: other spellings, and ids that it has deprecated."""
    entries = stated.manifest.licenses
    for each in stated.licenses:
        if each.error is not None:
            rule, why = core.license_expressions.id, each.error.message
            new, sure = _as_expression(each.text)
            sure = sure and all(_is_readable(id, entries) for id in _ids(new))
        else:
            rule, why = core.current_license_ids.id, "an id that SPDX has deprecated"
            new, sure = _without_deprecated(each.text), True
        if new not in ("", each.text):
            why, edit = f"{named(each.at.steps)}: {why}", Put(each.at.steps, new)
            yield Mend(rule, each.at.pointer, each.at.span.start, why, f"`{new}`", (edit,), sure)


def _ids(expression: str) -> tuple[str, ...]:
    return () if expression in ("", "NOASSERTION") else parse(expression).ids


def _is_readable(id: str, entries: Any) -> bool:
    """Tell whether a license can be named without an entry that says where its text is."""
    return not id.startswith("LicenseRef-") or id in entries


def _as_expression(text: str) -> tuple[str, bool]:
    """Return the expression that `text` was meant to be, and whether that is sure; "" if none."""
    if text.strip().casefold() == "noassertion":
        return "NOASSERTION", True
    sure = True
    for _ in range(MOST_WORDS):
        try:
            return str(parse(text)), sure
        except LicenseError as error:
            start, end = error.column, error.column + error.length
            if not error.suggestion:
                break
            sure = sure and _is_same(text[start:end], error.suggestion)
            text = text[:start] + error.suggestion + text[end:]
            if text == "NOASSERTION":
                return text, sure
    return "", False


def _is_same(written: str, suggestion: str) -> bool:
    if written.casefold() == suggestion.casefold():
        return True
    if written.endswith("+") and written[:-1] in spdx.LICENSES:
        return True  # of a license of GNU, whose ids say it with `-or-later`
    known = meaning(written)
    return known is not None and known.sure and known.ids == (suggestion,)


def _without_deprecated(text: str) -> str:
    """Replace the ids for which SPDX names one successor; "" if there are none."""
    words = text.replace("(", " ( ").replace(")", " ) ").split()
    new = []
    for word in words:
        instead = spdx.DEPRECATED.get(word, ())
        new.append(instead[0] if len(instead) == 1 else word)
    try:
        return str(parse(" ".join(new))) if new != words else ""
    except LicenseError:
        return ""  # `A WITH B` in place of A, where another WITH follows


def _words_for_none(stated: core.Statements) -> Iterator[Mend]:
    for remark in _said(core.none_is_spelled_none, stated):
        place = remark.at
        if isinstance(place, Place):
            written = place.document.data
            for step in place.steps:
                written = written[step]
            edit, sure = Put(place.steps, "none"), alike(str(written), "none")
            yield _of(core.none_is_spelled_none, remark, "none", edit, sure=sure)


def _references(stated: core.Statements) -> Iterator[Mend]:
    """Guess which component was meant, where one has a name that is near."""
    for remark in _said(core.resolvable_references, stated):
        if remark.fix not in stated.manifest.components:
            continue
        steps = _steps(stated.manifest.at.document, remark.at.pointer)
        of_key = "derived_from" in steps[2:3]
        edit = Rename(steps, remark.fix) if of_key else Put(steps, remark.fix)
        yield _of(core.resolvable_references, remark, remark.fix, edit, sure=False)


def _said(rule: Rule, stated: core.Statements) -> Iterator[Remark]:
    """Put one rule of `core` to a manifest."""
    assert rule.check is not None  # noqa: S101  the rules of a framework have one
    return (each for each in rule.check(stated) if isinstance(each, Remark))


def _of(rule: Rule, remark: Remark, now: str, edit: Edit, *, sure: bool) -> Mend:
    pointer, at = remark.at.pointer, remark.at.span.start
    return Mend(rule.id, pointer, at, remark.message, f"`{now}`", (edit,), sure)
