"""For people at a terminal: every finding in its place, with what to write, and a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from aimanifest.findings import Finding, Outcome, Related, Span
from aimanifest.manifest import CONTENT_TYPES
from aimanifest.renderers import (
    KEY,
    LIMIT_FINDINGS,
    LIMIT_LINE,
    Entry,
    Screen,
    by,
    core_matters,
    counts,
    is_sentence,
    only_repeats,
    sections,
    smallest_step,
    unassessed,
    verdict,
    waived_until,
)
from aimanifest.report import Report, Target, Unread
from aimanifest.rules import (
    COMPLETE,
    INAPPLICABLE,
    INCOMPLETE,
    UNDETERMINED,
    Assessment,
    Citation,
)
from aimanifest.terminal import Excerpt, cut, excerpt, quoted, visible, width, wrapped

PROSE = 100
"""Prose is broken here even where the screen is wider: longer lines are hard to read."""

_GUTTER = 4
"""The columns that the bar between line numbers and code takes, with the space around it."""

_COLOURS = {
    "unmet": "1;31",
    "unstated": "1;33",
    "partial": "1;33",
    "undetermined": "1;35",
    "remark": "1;36",
    "heading": "1;4",
    "place": "1",
    "gutter": "1;34",
    "fix": "32",
    COMPLETE.word: "1;32",
    INCOMPLETE.word: "1;31",
    UNDETERMINED.word: "1;35",
    INAPPLICABLE.word: "1;36",
}


def render(
    results: Iterable[Report | Unread], *, targets: Sequence[Target], screen: Screen
) -> Iterator[str]:
    """Give the findings and the verdicts of each file, and at the end of several files a sum."""
    reached = missed = unread = 0
    for each in results:
        if isinstance(each, Unread):
            unread += 1
            yield ""
            continue
        if reached + missed:
            yield "\n"
        yield "".join(f"{line}\n" for line in _Page(each, screen).lines(targets))
        if each.reaches(targets):
            reached += 1
        else:
            missed += 1
    if reached + missed + unread > 1:
        yield "\n" + _sum(reached, missed, unread, targets)


def _sum(reached: int, missed: int, unread: int, targets: Sequence[Target]) -> str:
    required = " and ".join(map(str, targets))
    parts = [f"{reached} reach {required}" if reached != 1 else f"1 reaches {required}"]
    if missed:
        parts.append(f"{missed} do not" if missed != 1 else "1 does not")
    if unread:
        parts.append(f"{unread} could not be read")
    return f"{reached + missed + unread} files: {', '.join(parts)}.\n"


class _Page:
    """What is said of one file."""

    def __init__(self, report: Report, screen: Screen) -> None:
        self._report = report
        self._screen = screen
        self._prose = min(screen.columns, PROSE)
        self._path = visible(cut(report.path, LIMIT_LINE))
        self._lines: list[str] | None = None

    def lines(self, targets: Sequence[Target]) -> Iterator[str]:
        """Give the lines of the whole page."""
        listed = sections(self._report)
        left = LIMIT_FINDINGS
        for section in listed:
            if shown := section.entries[:left]:
                left -= len(shown)
                yield self._paint(section.heading, "heading")
                yield ""
                for entry in shown:
                    yield from self._entry(entry)
                    yield ""
        hidden = sum(len(each.entries) for each in listed) - LIMIT_FINDINGS
        if hidden > 0:
            yield f"… and {hidden} more"
            yield ""
        yield from self._verdicts(targets)

    def _entry(self, entry: Entry) -> Iterator[str]:
        """Give a finding in full, a remark without what one would need to mend it.

        A remark on several places, such as a path, is shown with all of them.
        """
        finding = entry.finding
        place = self._paint(self._place(finding.span), "place")
        waived = ", waived" if entry.waiver else ""
        yield f"{place}: {self._paint(entry.word, entry.word)}{waived} [{finding.rule}]"
        yield from self._paragraph(quoted(finding.message))
        if finding.outcome is None and not finding.related:
            return
        numbers = (finding.span.start.line, *(each.span.start.line for each in finding.related))
        gutter = max(3, len(str(max(numbers))))
        shown = self._excerpt(finding.span, gutter)
        if shown:
            yield from self._marked(finding.span, shown, gutter, style=entry.word)
        for each in finding.related:
            yield from self._related(each, gutter)
        if finding.outcome is None:
            return
        clause = _clause(entry.rule.cites[0], self._prose - gutter - _GUTTER)
        yield from self._note("", gutter, clause)
        if entry.waiver:
            yield from self._note("", gutter, f"waived {waived_until(entry.waiver)}")
        if finding.fix:
            yield from self._fix(finding, gutter, column=shown.indent if shown else 0)

    def _excerpt(self, span: Span, gutter: int) -> Excerpt | None:
        """Cut out the line where `span` begins, if the file has such a line."""
        line, start = span.start
        if line > len(self._source):
            return None
        text = self._source[line - 1]
        end = span.end.column - 1 if span.end.line == line else len(text)
        columns = self._screen.columns - gutter - _GUTTER
        return excerpt(text, start - 1, end, columns=columns)

    def _marked(
        self, span: Span, shown: Excerpt, gutter: int, *, style: str, mark: str = "^"
    ) -> Iterator[str]:
        yield f"{self._gutter(str(span.start.line), gutter)} {shown.text}".rstrip()
        marks = self._paint(mark * shown.marked, style)
        yield f"{self._gutter('', gutter)} {' ' * shown.indent}{marks}"

    def _related(self, related: Related, gutter: int) -> Iterator[str]:
        """Show a second place, with what is to be said of it beside the marks if there is room."""
        message = quoted(related.message)
        shown = self._excerpt(related.span, gutter)
        if shown is None:
            return
        code, marks = self._marked(related.span, shown, gutter, style="gutter", mark="-")
        yield code
        room = self._screen.columns - gutter - _GUTTER - shown.indent - shown.marked
        if width(message) < room:
            yield f"{marks} {message}"
        else:
            yield marks
            yield from self._note("", gutter, message)

    @property
    def _source(self) -> list[str]:
        if self._lines is None:
            self._lines = _LINE_BREAK.split(self._report.text)
        return self._lines

    def _fix(self, finding: Finding, gutter: int, *, column: int) -> Iterator[str]:
        """Show what to write where it would stand: a value alone at `column`."""
        if is_sentence(finding.fix):
            yield from self._note("fix", gutter, quoted(finding.fix))
            return
        depth = _depth(finding)
        indent = " " * (column if depth is None else depth * self._step())
        lines = self._yaml(finding.fix, indent, self._screen.columns - gutter - _GUTTER)
        for label, line in zip_longest(("fix",), lines, fillvalue=""):
            yield f"{self._gutter(label, gutter)} {line}"

    def _yaml(self, fix: str, indent: str, columns: int) -> list[str]:
        """Break a fix into lines; a comment that does not fit follows on lines of its own."""
        lines: list[str] = []
        for line in fix.splitlines():
            safe = indent + visible(cut(line, LIMIT_LINE))
            code, mark, comment = safe.partition("   # ")
            if mark and width(safe) > columns:
                lines += [code, *wrapped(comment, columns, first=f"{indent}# ", rest=f"{indent}# ")]
            else:
                lines.append(safe)
        return [self._paint(line, "fix") for line in lines]

    def _step(self) -> int:
        """Count the spaces by which this file indents: what is written first decides."""
        first = next((line for line in self._source if line.startswith(" ") and line.strip()), "  ")
        return min(len(first) - len(first.lstrip(" ")), 8)

    def _note(self, label: str, gutter: int, text: str) -> Iterator[str]:
        first = self._gutter(label, gutter, "=") + " "
        lines = wrapped(text, self._prose - gutter - _GUTTER)
        yield first + lines[0]
        for line in lines[1:]:
            yield " " * (gutter + _GUTTER) + line

    def _gutter(self, label: str, columns: int, bar: str = "|") -> str:
        return self._paint(f" {label:>{columns}} {bar}", "gutter")

    def _verdicts(self, targets: Sequence[Target]) -> Iterator[str]:
        title = visible(cut(self._report.title))
        name = f"{title} ({self._path})" if title else self._path
        if self._report.problems:
            reason = unassessed(self._report)
            for target in targets:
                text = f"{name}, by {by(target.framework)}: {reason}."
                yield from self._coloured(text, reason, INCOMPLETE.word)
            return
        for each in self._report.assessments:
            if not each.framework.levels:
                continue
            if each.framework.id != "core" or core_matters(each, targets):
                yield from self._verdict(name, each)

    def _verdict(self, name: str, assessment: Assessment) -> Iterator[str]:
        framework, word = assessment.framework, verdict(assessment)
        style = UNDETERMINED.word if assessment.except_waived else word
        yield from self._coloured(f"{name}, by {by(framework)}: {word}.", word, style)
        total = sum(map(assessment.count, Outcome))
        requirements = "requirement" if total == 1 else "requirements"
        yield from self._paragraph(f"{total} {requirements}: {counts(assessment)}.")
        for reason, rules in _not_applicable(assessment).items():
            yield from self._paragraph(f"Not applicable [{', '.join(rules)}]: {reason}.")
        if len(framework.levels) > 1:
            yield f"  Level reached: {assessment.level or 'none'}."
        for figure in assessment.figures:
            yield from self._paragraph(f"{figure.name}: {figure}; {figure.meaning}.")
        if repeated := [each.rule.id for each in assessment.answers if only_repeats(each)]:
            yield from self._paragraph(f"For reasons given above: {', '.join(repeated)}.")
        if step := smallest_step(assessment):
            yield from self._next(*step)
        yield from self._policy(assessment)
        for each in framework.not_checked:
            yield from self._paragraph(f"Not checked: {each}. That is for people to judge.")

    def _policy(self, assessment: Assessment) -> Iterator[str]:
        """Say what a policy waives, and what it softens, so that its verdict misleads nobody."""
        policy = assessment.framework.policy
        if policy is None:
            return
        for finding, waiver in assessment.waived:
            at = f"Waived at {self._place(finding.span)} [{finding.rule}]"
            yield from self._paragraph(f"{at} {waived_until(waiver)}.")
        if assessment.except_waived:
            passes = "lets pass" if policy.accepts_waived else "does not let pass"
            yield from self._paragraph(f"The policy {passes} what is complete but for waivers.")
        for rule, reason in policy.softened:
            told = quoted(cut(reason.removesuffix("."), LIMIT_LINE))
            yield from self._paragraph(f"Softened to remarks [{rule}]: {told}.")
        if policy.status:
            status = quoted(cut(policy.status.removesuffix("."), LIMIT_LINE))
            yield from self._paragraph(f"Status of the policy: {status}.")

    def _next(self, finding: Finding, fix: str) -> Iterator[str]:
        place = self._place(finding.span)
        yield from self._paragraph(f"Smallest next step, at {place} [{finding.rule}]:")
        if is_sentence(fix):
            yield from wrapped(quoted(fix), self._prose, first="    ", rest="    ")
            return
        yield from self._yaml(fix, "    ", self._screen.columns)

    def _coloured(self, text: str, words: str, style: str) -> Iterator[str]:
        """Break `text` into lines; `words`, where they stand in one line, have a colour."""
        broken = "\n".join(wrapped(text, self._prose, rest="  "))
        head, found, tail = broken.rpartition(words)
        yield from (head + self._paint(found, style) + tail).split("\n")

    def _paragraph(self, text: str) -> list[str]:
        return wrapped(text, self._prose, first="  ", rest="  ")

    def _place(self, span: Span) -> str:
        return f"{self._path}:{span.start.line}:{span.start.column}"

    def _paint(self, text: str, style: str) -> str:
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self._screen.colour and text else text


def _clause(citation: Citation, columns: int) -> str:
    """Say in one line on which words a rule rests, and with what authority."""
    standing = f" ({citation.standing.name})"
    clause = cut(citation.clause, max(columns - width(standing), 8))
    room = columns - width(f'{clause}: ""{standing}')
    quote = f': "{cut(citation.quote, room)}"' if room >= _LEAST_QUOTE else ""
    return f"{clause}{quote}{standing}"


_LEAST_QUOTE = 16
"""What is shorter than this says nothing; `explain` shows it all."""


def _not_applicable(assessment: Assessment) -> dict[str, list[str]]:
    """Collect the rules that do not apply by the reason why, on one line and not at length."""
    found: dict[str, list[str]] = {}
    for answer in assessment.answers:
        if answer.outcome is Outcome.NOT_APPLICABLE and answer.rule.level is not None:
            reasons = (" ".join(each.split()).removesuffix(".") for each in answer.notes)
            reason = quoted(cut("; ".join(reasons), LIMIT_LINE))
            found.setdefault(reason, []).append(answer.rule.id)
    return found


_LINE_BREAK = re.compile(r"\r\n|\n|\r")


def _depth(finding: Finding) -> int | None:
    """Count the levels by which the YAML of a fix is indented where it would stand.

    None is the answer for a value alone, which replaces the one at the place of the finding.
    """
    steps = finding.pointer.split("/")[1:]
    match = KEY.match(finding.fix)
    if match is None:
        return None
    key = match[1]
    if key in steps:
        return steps.index(key)
    if key in _TOP:
        return 0
    if key in CONTENT_TYPES:
        return 1
    inside = len(steps) == _COMPONENT or (steps and steps[-1].isdigit())
    return len(steps) if inside else max(len(steps) - 1, 0)


_TOP = ("aimanifest", "metadata", "release", "licenses", "components", "extensions")
_COMPONENT = 2
