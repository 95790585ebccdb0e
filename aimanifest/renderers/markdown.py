"""For step summaries and comments: verdicts, findings and the next step as GitHub's Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aimanifest.marks import MET, NOT_APPLICABLE, UNDETERMINED_CASE, UNMET
from aimanifest.markup.markdown import code, message, table, text
from aimanifest.renderers import (
    LIMIT_FINDINGS,
    LIMIT_LINE,
    Screen,
    Section,
    core_matters,
    counts,
    is_sentence,
    named,
    relative,
    sections,
    smallest_step,
    unassessed,
    verdict,
    waived_until,
)
from aimanifest.report import Report, Target, Unread
from aimanifest.rules import COMPLETE, INAPPLICABLE, INCOMPLETE, UNDETERMINED
from aimanifest.terminal import cut, visible

LIMIT_BYTES = 900_000
"""How long the whole may be: of a summary above 1 MiB, GitHub shows nothing."""

_SIGNS = {
    COMPLETE: MET,
    INCOMPLETE: UNMET,
    UNDETERMINED: UNDETERMINED_CASE,
    INAPPLICABLE: NOT_APPLICABLE,
}


def render(
    results: Iterable[Report | Unread],
    *,
    targets: Sequence[Target],
    screen: Screen,  # noqa: ARG001  # Markdown is not broken into lines
) -> Iterator[str]:
    """Give a chapter for each file, until there is no more room; then say how many are left out."""
    room, hidden = LIMIT_BYTES, 0
    for each in results:
        piece = "".join(f"{line}\n" for line in _chapter(each, targets))
        room -= len(piece.encode())
        hidden += room < 0
        yield piece if room >= 0 else ""
    if hidden:
        yield f"… and {hidden} more {'file' if hidden == 1 else 'files'}\n"


def _chapter(result: Report | Unread, targets: Sequence[Target]) -> Iterator[str]:
    path = code(relative(result.path))
    if isinstance(result, Unread):
        yield f"## {path}"
        yield ""
        yield f"**Not read:** {text(result.reason)}"
        yield ""
        return
    name = text(cut(" ".join(result.title.split())))
    yield f"## {name} ({path})" if name else f"## {path}"
    yield ""
    yield from table(("", "By", "Verdict", "Requirements"), _verdicts(result, targets))
    yield ""
    listed = sections(result)
    left = LIMIT_FINDINGS
    for section in listed:
        yield from _section(section, left)
        left = max(left - len(section.entries), 0)
    yield from _next(result)
    for each in result.assessments:
        if each.framework.levels:
            for question in each.framework.not_checked:
                yield f"Not checked: {message(question)}. That is for people to judge."
                yield ""


def _verdicts(report: Report, targets: Sequence[Target]) -> Iterator[tuple[str, ...]]:
    """Give a row for each framework that has a verdict; `core` only where it says something."""
    if report.problems:
        for target in targets:
            framework = target.framework
            yield UNMET.sign, _source(framework.url, named(framework)), text(unassessed(report)), ""
        return
    for each in report.assessments:
        framework = each.framework
        if not framework.levels or (framework.id == "core" and not core_matters(each, targets)):
            continue
        told = f"**{text(verdict(each))}**"
        if len(framework.levels) > 1:
            level = each.level
            reached = text(framework.called.get(level, level)) if level else "none"
            told += f"; level reached: {reached}"
        told += "".join(f"<br>{text(f'{one.name}: {one}')}" for one in each.figures)
        sign = _SIGNS[each.verdict()].sign
        yield sign, _source(framework.url, named(framework)), told, counts(each)


def _section(section: Section, limit: int) -> Iterator[str]:
    """Give the findings under one heading; remarks and questions folded away."""
    judged = any(each.finding.outcome and not each.apart for each in section.entries)
    heading, number = text(section.heading), len(section.entries)
    if judged:
        yield f"### {heading}"
    else:
        yield f"<details><summary>{heading} ({number})</summary>"
    yield ""
    rows = (
        (
            str(each.finding.span.start.line),
            each.word + (f" (waived {text(waived_until(each.waiver))})" if each.waiver else ""),
            message(each.finding.message),
            _source(each.rule.cites[0].url, each.rule.id),
        )
        for each in section.entries[:limit]
    )
    if limit:
        yield from table(("Line", "Outcome", "What was found", "Rule"), rows)
    if number > limit:
        yield ""
        yield f"… and {number - limit} more"
    yield ""
    if not judged:
        yield "</details>"
        yield ""


def _next(report: Report) -> Iterator[str]:
    """Give the smallest next step of each framework that has one."""
    steps = [] if report.problems else [(each, smallest_step(each)) for each in report.assessments]
    for assessment, step in steps:
        if step is None or not assessment.framework.levels:
            continue
        finding, fix = step
        yield (
            f"**Smallest next step** by {text(named(assessment.framework))}, at line "
            f"{finding.span.start.line} ({code(finding.rule)}):"
        )
        yield ""
        yield from _written(fix)
        yield ""


def _written(fix: str) -> Iterator[str]:
    if is_sentence(fix):
        yield message(fix)
        return
    lines = [visible(cut(line, LIMIT_LINE)) for line in fix.splitlines()]
    longest = max((len(each) for line in lines for each in _FENCE.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (f"{fence}yaml", *lines, fence)


_FENCE = re.compile(r"`+")


def _source(url: str, name: str) -> str:
    """Link a name to where it comes from; a policy may say anything there."""
    shown = code(name) if "/" in name else text(name)
    return f"[{shown}]({url})" if _ADDRESS.fullmatch(url) else shown


_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'*+,;=%-]+")
