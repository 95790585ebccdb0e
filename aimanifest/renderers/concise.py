"""For editors and for grep: one line per finding, and one per verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aimanifest.renderers import (
    LIMIT_FINDINGS,
    Entry,
    Screen,
    counts,
    sections,
    unassessed,
    verdict,
)
from aimanifest.report import Report, Target, Unread
from aimanifest.terminal import quoted, visible


def render(
    results: Iterable[Report | Unread],
    *,
    targets: Sequence[Target],
    screen: Screen,  # noqa: ARG001  # a line is a line, however wide the screen is
) -> Iterator[str]:
    """Give `path:line:column: outcome: message [rule]`, then `path: framework: verdict`."""
    for each in results:
        lines = _lines(each, targets) if isinstance(each, Report) else ()
        yield "".join(f"{line}\n" for line in lines)


def _lines(report: Report, targets: Sequence[Target]) -> Iterator[str]:
    path = visible(report.path)
    found = [entry for section in sections(report) for entry in section.entries]
    for entry in found[:LIMIT_FINDINGS]:
        yield _line(path, entry)
    if len(found) > LIMIT_FINDINGS:
        yield f"{path}: … and {len(found) - LIMIT_FINDINGS} more"
    if report.problems:
        for target in targets:
            yield f"{path}: {target}: {unassessed(report)}"
        return
    for assessment in report.assessments:
        if assessment.framework.levels:
            word = verdict(assessment)
            yield f"{path}: {assessment.framework.id}: {word} ({counts(assessment)})"


def _line(path: str, entry: Entry) -> str:
    line, column = entry.finding.span.start
    standing = entry.rule.cites[0].standing.name
    apart = " (not counted)" if standing in ("policy", "proposal") else f" (only {standing})"
    word = entry.word + (apart if entry.apart else "")
    word += f" (waived until {entry.waiver.expires})" if entry.waiver else ""
    message = quoted(entry.finding.message)
    return f"{path}:{line}:{column}: {word}: {message} [{entry.rule.id}]"
