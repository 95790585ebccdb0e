"""For step summaries and README files: the tables and the answers as GitHub's Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aimanifest.findings import Finding
from aimanifest.overviews import (
    LIMIT_EVIDENCE,
    MARKS,
    NOT_APPLICABLE,
    PREMISE,
    Cell,
    Comparison,
    Overview,
    Sheet,
    chapters,
    left,
    more,
    plural,
    reached,
    reckoned,
    squeezed,
    titled,
    together,
)
from aimanifest.rules import Framework
from aimanifest.steps import Step
from aimanifest.terminal import LIMIT_MESSAGE, cut, visible


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
        yield f"- {_code(each.path)}: {_text(each.reason)}\n"


# -- one release -----------------------------------------------------------------------------------


def _one(overview: Overview) -> Iterator[str]:
    yield f"# {_text(overview.name)}"
    yield ""
    yield _by_line(overview)
    yield ""
    yield from _faults(overview)
    if not overview.sheets:
        return
    yield PREMISE
    yield ""
    yield from _table(
        ("Framework", "Levels, from the easiest to the hardest"),
        ((_linked(each.framework), _ladder(each)) for each in overview.sheets),
    )
    for sheet in overview.sheets:
        yield ""
        yield from _sheet(sheet)
    yield ""
    yield from _legend((overview,))


def _by_line(overview: Overview) -> str:
    by = f"{_text(overview.publisher)} · " if overview.publisher else ""
    return f"{by}{_code(overview.path)}"


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
    rungs = [
        f"{each.mark.sign} {_text(each.name)}" + (f" ({left(each)})" if left(each) else "")
        for each in sheet.rungs
    ]
    figures = [f"{_text(reckoned(each))}, {_text(each.name)}" for each in sheet.figures]
    return "<br>".join([*rungs, *figures] or [reached(sheet)])


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"## {_text(titled(sheet.framework))}"
    for heading, cells in chapters(sheet):
        yield ""
        yield f"### {_text(heading)}"
        yield ""
        for cell in cells:
            yield from _cell(cell)
        if sheet.step and cells == sheet.ahead:
            yield ""
            yield from _step(sheet.step)
    if sheet.figures:
        yield ""
    for figure in sheet.figures:
        yield f"- {_text(figure.name)}: {_text(figure.meaning)}"
    for each in sheet.framework.not_checked:
        yield ""
        yield f"Not checked: {_message(each)}. That is for people to judge."


def _cell(cell: Cell) -> Iterator[str]:
    """Give one answer, and what it rests on, as an item of a list."""
    asked = f": asked is “{_message(cell.rule.title)}”" if cell.lacking else ""
    yield f"- {cell.mark.sign} {_code(cell.name)} {cell.mark.word}{asked}"
    yield from (f"  - {each}" for each in _said((*cell.findings, *cell.told)))
    for note in cell.notes:
        yield f"  - {_message(note)}"
    if not cell.lacking:
        for each in cell.evidence[:LIMIT_EVIDENCE]:
            value = f"{_text(cut(each.value))}, " if each.value else ""
            yield f"  - {value}line {each.span.start.line}, {_pointer(each.pointer)}"
        yield from (f"  - {each}" for each in more(cell.evidence))


def _step(step: Step) -> Iterator[str]:
    reasons = dict.fromkeys(each.message for each in step.blocked)
    if reasons:
        yield "No change of the release removes:"
        yield ""
        yield from (f"- {_message(each)}" for each in reasons)
        yield ""
    if step.changes:
        told = "What can be changed" if reasons else "The smallest step up"
        yield f"{told}, {plural(len(step.changes), 'change')}:"
        yield ""
        yield from (f"1. {_message(each.text)}" for each in step.changes)
    if not step.changes and not reasons:
        yield "The smallest step up was not found."


# -- several releases ------------------------------------------------------------------------------


def _several(comparison: Comparison) -> Iterator[str]:
    overviews = comparison.named()
    yield f"# {plural(len(overviews), 'release')}, by each definition of open"
    yield ""
    yield PREMISE
    yield ""
    frameworks = comparison.frameworks
    yield from _table(
        ("Release", *map(_linked, frameworks)),
        (_row(each, frameworks) for each in overviews),
    )
    for framework in frameworks:
        yield ""
        yield from _framework(comparison, framework)
    for each in overviews:
        if each.faults or each.claims:
            yield ""
            yield f"## {_text(each.name)}"
            yield ""
            yield _by_line(each)
            yield ""
            yield from _faults(each)
    yield ""
    yield from _legend(overviews)


def _row(overview: Overview, frameworks: Iterable[Framework]) -> Iterator[str]:
    yield f"{_text(overview.name)}<br>{_by_line(overview)}"
    for framework in frameworks:
        sheet = overview.sheet(framework)
        if sheet is None:
            yield "" if overview.assessed else "not assessed"
            continue
        signs = "".join(each.mark.sign for each in sheet.rungs)
        yield f"{signs} {_text(reached(sheet))}".strip()


def _framework(comparison: Comparison, framework: Framework) -> Iterator[str]:
    """Tabulate one framework: a sign for each answer, and the line that it rests on."""
    yield f"## {_text(titled(framework))}"
    yield ""
    numbers = [str(index) for index in range(1, len(framework.rules) + 1)]
    yield from _table(
        ("Release", *numbers),
        (
            (_text(overview.name), *map(_short, sheet.cells))
            for overview, sheet in comparison.ranked(framework)
        ),
    )
    yield ""
    for rule in framework.rules:
        level = framework.called.get(rule.level, rule.level) if rule.level else ""
        of = f", {_text(level)}" if level and len(framework.levels) > 1 else ""
        beside = ", beside the levels" if framework.levels and not level else ""
        name = _code(rule.id.partition("/")[2])
        yield f"1. {name}{of}{beside}: {_message(rule.title)}"
    for each in framework.not_checked:
        yield ""
        yield f"Not checked: {_message(each)}. That is for people to judge."


def _short(cell: Cell) -> str:
    shown = cell.line is not None and cell.mark is not NOT_APPLICABLE
    return f"{cell.mark.sign} {cell.line}" if shown else cell.mark.sign


# -- Markdown --------------------------------------------------------------------------------------


def _legend(overviews: Iterable[Overview]) -> Iterator[str]:
    used = {c.mark for each in overviews for sheet in each.sheets for c in sheet.cells}
    told = [f"{each.sign} {each.word}: {each.meaning}" for each in MARKS if each in used]
    if told:
        yield f"{'; '.join(told)}. A number is a line of the manifest."


def _table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _linked(framework: Framework) -> str:
    return f"[{_text(titled(framework))}]({framework.url})"


def _said(findings: Iterable[Finding]) -> Iterator[str]:
    """Give each message once, with the places that it is about."""
    grouped = together(findings)
    for message, found in list(grouped.items())[:LIMIT_EVIDENCE]:
        places = [f"line {e.span.start.line}, {_pointer(e.pointer)}" for e in found]
        yield f"{_message(message)} ({'; '.join([*places[:LIMIT_EVIDENCE], *more(found)])})"
    yield from more(grouped)


def _pointer(pointer: str) -> str:
    return _code(pointer.removeprefix("/") or "the file")


def _message(message: str) -> str:
    """Escape a message; what it quotes between backticks stays code."""
    parts = _QUOTE.split(cut(message, LIMIT_MESSAGE))
    return "".join(_code(each) if index % 2 else _text(each) for index, each in enumerate(parts))


_QUOTE = re.compile(r"`([^`]*)`")


def _code(text: str) -> str:
    """Set `text` as code, or where it would break out of that, or out of a table, as plain text."""
    shown = visible(cut(" ".join(text.split())))
    return _text(text) if not shown or set(shown) & {"`", "|"} else f"`{shown}`"


def _text(text: str) -> str:
    """Escape `text`, which may come from a manifest: no markup, no link, and nobody is called."""
    edge = text[:1].isspace() * " ", text[-1:].isspace() * " "
    shown = visible(cut(" ".join(text.split()), LIMIT_MESSAGE)).join(edge)
    return _ADDRESS.sub(r"\1&#58;", _MARKUP.sub(_escaped, shown)).replace("www.", "www&#46;")


_MARKUP = re.compile(r"[\\`*_\[\]<>&|~#@$!]")
_ADDRESS = re.compile(r"\b([A-Za-z][A-Za-z0-9+.-]*):(?=\S)")


def _escaped(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};" if match[0] in "<>&@|" else f"\\{match[0]}"
