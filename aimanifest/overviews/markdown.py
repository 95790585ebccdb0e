"""For step summaries and README files: the tables and the answers as GitHub's Markdown."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence

from aimanifest.findings import Finding
from aimanifest.marks import MARKS, NOT_APPLICABLE
from aimanifest.markup.markdown import code, message, table, text
from aimanifest.overviews import (
    LIMIT_EVIDENCE,
    PREMISE,
    Cell,
    Comparison,
    Overview,
    Sheet,
    Way,
    alike,
    chapters,
    left,
    more,
    plural,
    reached,
    reckoned,
    squeezed,
    titled,
    together,
    ways,
)
from aimanifest.rules import Framework
from aimanifest.terminal import cut


def render(
    comparison: Comparison,
    *,
    columns: int,  # noqa: ARG001  # Markdown is not broken into lines
    colour: bool,  # noqa: ARG001  # and has no colour
) -> Iterator[str]:
    """Give the page: about one release in full, about several as tables with line numbers."""
    overviews = comparison.named()
    lines = _one(overviews[0]) if len(overviews) == 1 else _several(comparison)
    yield from (f"{line}\n" for line in squeezed(lines))
    if comparison.unread:
        yield "\nNot read:\n\n"
    for each in comparison.unread:
        yield f"- {code(each.path)}: {text(each.reason)}\n"


# -- one release -----------------------------------------------------------------------------------


def _one(overview: Overview) -> Iterator[str]:
    yield f"# {text(overview.name)}"
    yield ""
    yield _by_line(overview)
    yield ""
    yield from _faults(overview)
    if not overview.sheets:
        return
    yield PREMISE
    yield ""
    yield from table(
        ("Framework", "Levels, from the easiest to the hardest"),
        ((_linked(each.framework), _ladder(each)) for each in overview.sheets),
    )
    for sheet in overview.sheets:
        yield ""
        yield from _sheet(sheet)
    yield ""
    yield from _legend((overview,))


def _by_line(overview: Overview) -> str:
    by = f"{text(overview.publisher)} · " if overview.publisher else ""
    return f"{by}{code(overview.path)}"


def _faults(overview: Overview) -> Iterator[str]:
    if overview.faults:
        told = "" if overview.assessed else ", so it is not assessed"
        yield f"The file has {plural(len(overview.faults), 'fault')}{told}:"
        yield ""
        yield from (f"- {each}" for each in _said(overview.faults))
        yield ""
    if overview.claims:
        yield "It claims what its manifest does not bear out:"
        yield ""
        yield from (f"- {each}" for each in _said(overview.claims))
        yield ""


def _ladder(sheet: Sheet) -> str:
    lacks = {each: left(each, sheet) for each in sheet.rungs}
    rungs = [
        f"{each.mark.sign} {text(each.name)}" + (f" ({told})" if told else "")
        for each, told in lacks.items()
    ]
    figures = [f"{text(reckoned(each))}, {text(each.name)}" for each in sheet.figures]
    return "<br>".join([*rungs, *figures] or [reached(sheet)])


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"## {text(titled(sheet.framework))}"
    for heading, cells in chapters(sheet):
        yield ""
        yield f"### {text(heading)}"
        yield ""
        for group in alike(cells, _why):
            yield from _cells(group)
        for way in ways(sheet, cells):
            yield ""
            yield from _way(way)
    if sheet.figures:
        yield ""
    for figure in sheet.figures:
        yield f"- {text(figure.name)}: {text(figure.meaning)}"
    for each in sheet.framework.not_checked:
        yield ""
        yield f"Not checked: {message(each)}. That is for people to judge."


def _why(cell: Cell) -> Hashable:
    """Give what is told of a requirement that does not apply; all others are told one by one."""
    idle = cell.mark is NOT_APPLICABLE and not cell.findings
    return cell.notes if idle else cell.name


def _cells(group: Sequence[Cell]) -> Iterator[str]:
    """Give an answer to one requirement or more, and what it rests on, as an item of a list."""
    cell = group[0]
    asked = f": asked is “{message(cell.rule.title)}”" if cell.lacking else ""
    names = ", ".join(code(each.name) for each in group)
    yield f"- {cell.mark.sign} {names} {cell.mark.word}{asked}"
    yield from (f"  - {each}" for each in _said((*cell.findings, *cell.told)))
    for note in cell.notes:
        yield f"  - {message(note)}"
    if not cell.lacking and len(group) == 1:
        for each in cell.evidence[:LIMIT_EVIDENCE]:
            value = f"{_value(each.value)}, " if each.value else ""
            yield f"  - {value}line {each.span.start.line}, {_pointer(each.pointer)}"
        yield from (f"  - {each}" for each in more(cell.evidence))


def _value(value: str) -> str:
    """Make a value a link where it is an address of the web that nothing in it could end."""
    return f"<{value}>" if _ADDRESS.fullmatch(value) else text(cut(value))


_ADDRESS = re.compile(r"https?://[A-Za-z0-9./~%?=&+,:;@_-]+")


def _way(way: Way) -> Iterator[str]:
    if way.reasons:
        yield text(way.obstacle)
        yield ""
        yield from (f"- {message(each)}" for each in way.reasons)
        yield ""
    if way.summary:
        yield text(way.summary)
        yield ""
        yield from (f"1. {message(each.text)}" for each in way.changes)


# -- several releases ------------------------------------------------------------------------------


def _several(comparison: Comparison) -> Iterator[str]:
    overviews = comparison.named()
    yield f"# {plural(len(overviews), 'release')}, by each definition of open"
    yield ""
    yield PREMISE
    yield ""
    frameworks = comparison.frameworks
    yield from table(
        ("Release", *map(_linked, frameworks)),
        (_row(each, frameworks) for each in overviews),
    )
    for framework in frameworks:
        yield ""
        yield from _framework(comparison, framework)
    for each in overviews:
        if each.faults or each.claims:
            yield ""
            yield f"## {text(each.name)}"
            yield ""
            yield _by_line(each)
            yield ""
            yield from _faults(each)
    yield ""
    yield from _legend(overviews)


def _row(overview: Overview, frameworks: Iterable[Framework]) -> Iterator[str]:
    yield f"{text(overview.name)}<br>{_by_line(overview)}"
    for framework in frameworks:
        sheet = overview.sheet(framework)
        if sheet is None:
            yield "" if overview.assessed else "not assessed"
            continue
        signs = "".join(each.mark.sign for each in sheet.rungs)
        yield f"{signs} {text(reached(sheet))}".strip()


def _framework(comparison: Comparison, framework: Framework) -> Iterator[str]:
    """Tabulate one framework: a sign for each answer, and the line that it rests on."""
    yield f"## {text(titled(framework))}"
    yield ""
    labels = comparison.labels()
    numbers = [str(index) for index in range(1, len(framework.rules) + 1)]
    yield from table(
        ("Release", *numbers),
        (
            (text(labels[overview.path]), *map(_short, sheet.cells))
            for overview, sheet in comparison.ranked(framework)
        ),
    )
    yield ""
    for rule in framework.rules:
        level = framework.called.get(rule.level, rule.level) if rule.level else ""
        of = f", {text(level)}" if level and len(framework.levels) > 1 else ""
        beside = ", beside the levels" if framework.levels and not level else ""
        name = code(rule.id.partition("/")[2])
        yield f"1. {name}{of}{beside}: {message(rule.title)}"
    for each in framework.not_checked:
        yield ""
        yield f"Not checked: {message(each)}. That is for people to judge."


def _short(cell: Cell) -> str:
    shown = cell.line is not None and cell.mark is not NOT_APPLICABLE
    return f"{cell.mark.sign} {cell.line}" if shown else cell.mark.sign


# -- Markdown --------------------------------------------------------------------------------------


def _legend(overviews: Iterable[Overview]) -> Iterator[str]:
    used = {c.mark for each in overviews for sheet in each.sheets for c in sheet.cells}
    told = [f"{each.sign} {each.word}: {each.meaning}" for each in MARKS if each in used]
    if told:
        yield f"{'; '.join(told)}. A number is a line of the manifest."


def _linked(framework: Framework) -> str:
    return f"[{text(titled(framework))}]({framework.url})"


def _said(findings: Iterable[Finding]) -> Iterator[str]:
    """Give each message once, with the places that it is about."""
    grouped = together(findings)
    for said, found in list(grouped.items())[:LIMIT_EVIDENCE]:
        places = [f"line {e.span.start.line}, {_pointer(e.pointer)}" for e in found]
        yield f"{message(said)} ({'; '.join([*places[:LIMIT_EVIDENCE], *more(found)])})"
    yield from more(grouped)


def _pointer(pointer: str) -> str:
    return code(pointer.removeprefix("/") or "the file")
