"""For GitHub Actions: workflow commands, which put each finding beside its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aimanifest.renderers import (
    LIMIT_FINDINGS,
    Entry,
    Screen,
    by,
    core_matters,
    counts,
    grade,
    is_sentence,
    relative,
    sections,
    sentence,
    unassessed,
    verdict,
)
from aimanifest.report import Report, Target, Unread
from aimanifest.terminal import quoted, visible

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}

_WEIGHT = ("error", "warning", "note")


def render(
    results: Iterable[Report | Unread],
    *,
    targets: Sequence[Target],
    screen: Screen,  # noqa: ARG001  # a line is a line, however wide the screen is
) -> Iterator[str]:
    """Give a line for each finding, the worst first, and one for each verdict.

    GitHub shows ten errors and ten warnings of a step, and takes everything that begins with two
    colons for a command: nothing a manifest says gets there.
    """
    for each in results:
        if isinstance(each, Unread):
            yield _command("error", each.reason, title="Not read", path=each.path)
        else:
            yield "".join(_lines(each, targets))


def _lines(report: Report, targets: Sequence[Target]) -> Iterator[str]:
    entries = [entry for section in sections(report) for entry in section.entries]
    graded = sorted(((grade(each, targets), each) for each in entries), key=_weight)
    for level, entry in graded[:LIMIT_FINDINGS]:
        yield _finding(level, entry, report.path)
    hidden = len(graded) - LIMIT_FINDINGS
    if hidden > 0:
        told = f"{hidden} more findings are not shown here"
        yield _command("notice", told, title="aimanifest", path=report.path)
    if report.problems:
        for target in targets:
            yield _command("notice", unassessed(report), title=str(target), path=report.path)
        return
    for each in report.assessments:
        if each.framework.levels and (each.framework.id != "core" or core_matters(each, targets)):
            level = f"; level reached: {each.level or 'none'}" if each.framework.levels[1:] else ""
            told = f"by {by(each.framework)}: {verdict(each)} ({counts(each)}{level})"
            yield _command("notice", told, title=each.framework.id, path=report.path)


def _weight(graded: tuple[str, Entry]) -> int:
    return _WEIGHT.index(graded[0])


def _finding(level: str, entry: Entry, path: str) -> str:
    """Write one finding; `endColumn` stands only where it ends in the line in which it begins."""
    finding = entry.finding
    start, end = finding.span
    place = {"line": start.line, "endLine": end.line, "col": start.column}
    if start.line == end.line:
        place["endColumn"] = end.column
    told = sentence(finding.message)
    if finding.outcome and finding.fix:
        written = "\n".join(quoted(line) for line in finding.fix.splitlines())
        told += f" {written}" if is_sentence(finding.fix) else f" To write:\n{written}"
    title = f"{entry.word}{', waived' if entry.waiver else ''}: {finding.rule}"
    return _command(COMMANDS[level], told, title=title, path=path, **place)


def _command(command: str, message: str, *, title: str, path: str, **place: int) -> str:
    told = {"file": relative(path), **{key: str(each) for key, each in place.items()}}
    properties = {**told, "title": title}
    listed = ",".join(f"{key}={_property(each)}" for key, each in properties.items())
    return f"::{command} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    """Escape a message: what would end the line, and what escapes are written with."""
    lines = (visible(each) for each in text.split("\n"))
    return "%0A".join(each.replace("%", "%25") for each in lines)


def _property(text: str) -> str:
    """Escape a value of a property: what would end the line, the value, or the properties."""
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
