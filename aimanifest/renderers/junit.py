"""For test reports of any continuous integration: a suite per file and framework, a case per rule.

The elements are those that the readers of JUnit's XML agree on; it has no standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from aimanifest.findings import Finding, Outcome
from aimanifest.renderers import (
    Screen,
    asked,
    named,
    relative,
    unassessed,
    verdict,
    waived_until,
)
from aimanifest.report import FILE_RULES, Report, Target, Unread
from aimanifest.rules import FAULTS, Answer, Assessment, Rule
from aimanifest.terminal import quoted, visible


def render(
    results: Iterable[Report | Unread],
    *,
    targets: Sequence[Target],
    screen: Screen,  # noqa: ARG001  # programs have no screen
) -> Iterator[str]:
    """Give one document, file by file.

    A rule that is required and not met, or of which nobody can tell, is a failed case. What does
    not apply, what only a harder level asks, and what is waived, is a skipped one. What stands
    beside the verdicts fails nothing, and is told as output.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="aimanifest">\n'
    for each in results:
        yield "".join(f"{line}\n" for line in _file(each, targets))
    yield "</testsuites>\n"


class _Case(NamedTuple):
    """One case: `kind` is "", "failure", "skipped" or "error", with what is said of that."""

    name: str
    kind: str = ""
    outcome: str = ""
    message: str = ""
    told: tuple[str, ...] = ()
    line: int | None = None


def _file(result: Report | Unread, targets: Sequence[Target]) -> Iterator[str]:
    path = relative(result.path)
    if isinstance(result, Unread):
        yield from _suite(path, "the file", [_Case("read", "error", "unread", result.reason)])
        return
    yield from _suite(path, "the file", _faults(result) or [_Case("right")])
    for assessment in result.assessments:
        cases = [_case(each, assessment, targets, path) for each in assessment.answers]
        told = f"{named(assessment.framework)}: {verdict(assessment)}"
        if not assessment.framework.levels or result.problems:
            told = named(assessment.framework)
        yield from _suite(path, assessment.framework.id, cases, told=told)
    if result.problems:
        assessed = {each.framework.id for each in result.assessments}
        for target in targets:
            if target.framework.id not in assessed:
                case = _Case("assessed", "error", "not assessed", unassessed(result))
                yield from _suite(path, target.framework.id, [case])
    elif result.manifest and result.manifest.release.claims:
        yield from _suite(path, "claims", _claims(result))


def _faults(report: Report) -> list[_Case]:
    """Give a case for each rule that the file as such breaks."""
    by_rule: dict[str, list[Finding]] = {}
    for each in report.problems:
        by_rule.setdefault(each.rule, []).append(each)
    path = relative(report.path)
    return [_failed(FILE_RULES[id], found, path) for id, found in by_rule.items()]


def _claims(report: Report) -> list[_Case]:
    rule = next(rule for id, rule in FILE_RULES.items() if id.startswith("claims/"))
    if not report.claims:
        return [_Case(rule.id)]
    return [_failed(rule, report.claims, relative(report.path))]


def _failed(rule: Rule, found: Sequence[Finding], path: str) -> _Case:
    worst = max((each.outcome for each in found if each.outcome), key=lambda each: each.rank)
    lines = tuple(line for each in found for line in _lines(each, path))
    return _Case(rule.id, "failure", worst.value, _brief(found), lines, found[0].span.start.line)


def _case(answer: Answer, assessment: Assessment, targets: Sequence[Target], path: str) -> _Case:
    rule, outcome = answer.rule, answer.outcome
    faults = [each for each in answer.findings if each.outcome in FAULTS]
    lines = tuple(line for each in answer.findings for line in _lines(each, path))
    line = answer.findings[0].span.start.line if answer.findings else None
    if outcome is Outcome.NOT_APPLICABLE:
        return _Case(rule.id, "skipped", outcome.value, "; ".join(answer.notes), lines)
    waivers = dict(assessment.waived)
    waived = [waivers[each] for each in faults if each in waivers]
    if outcome in FAULTS and rule.level is not None:
        if waived and len(waived) == len(faults):
            return _Case(rule.id, "skipped", "waived", waived_until(waived[0]), lines, line)
        if not asked(rule, targets):
            told = f"{outcome.value}, and asked only by the level {rule.level}"
            return _Case(rule.id, "skipped", outcome.value, told, lines, line)
        told = _brief(faults) if faults else f"for what is told at {', '.join(answer.repeats)}"
        return _Case(rule.id, "failure", outcome.value, told, lines, line)
    return _Case(rule.id, told=lines, line=line)


def _brief(found: Sequence[Finding]) -> str:
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return quoted(found[0].message) + more


def _lines(finding: Finding, path: str) -> Iterator[str]:
    line, column = finding.span.start
    word = finding.outcome.value if finding.outcome else "remark"
    yield f"{path}:{line}:{column}: {word}: {quoted(finding.message)}"
    if finding.outcome:
        yield from (f"    {quoted(each)}" for each in finding.fix.splitlines())


def _suite(path: str, name: str, cases: Sequence[_Case], *, told: str = "") -> Iterator[str]:
    """Write one suite, with the counts that readers of it ask for."""
    kinds = [each.kind for each in cases]
    counts = {
        "tests": len(cases),
        "failures": kinds.count("failure"),
        "errors": kinds.count("error"),
        "skipped": kinds.count("skipped"),
    }
    numbers = " ".join(f'{key}="{each}"' for key, each in counts.items())
    yield f'  <testsuite name="{_text(f"{path}: {name}")}" {numbers}>'
    if told:
        yield f'    <properties><property name="verdict" value="{_text(told)}"/></properties>'
    for case in cases:
        yield from _written(case, path, name)
    yield "  </testsuite>"


def _written(case: _Case, path: str, suite: str) -> Iterator[str]:
    line = f' line="{case.line}"' if case.line else ""
    where = f'classname="{_text(suite)}" file="{_text(path)}"{line}'
    start = f'    <testcase name="{_text(case.name)}" {where}'
    if not case.kind and not case.told:
        yield f"{start}/>"
        return
    yield f"{start}>"
    told = "\n".join(map(_text, case.told))
    if case.kind == "skipped":
        yield f'      <skipped message="{_text(f"{case.outcome}: {case.message}")}"/>'
    elif case.kind:
        yield (
            f'      <{case.kind} type="{_text(case.outcome)}" message="{_text(case.message)}">'
            f"{told}</{case.kind}>"
        )
    if told and case.kind in ("", "skipped"):
        yield f"      <system-out>{told}</system-out>"
    yield "    </testcase>"


def _text(text: str) -> str:
    """Escape a text for XML; what XML cannot hold at all is written out, as for a terminal."""
    return escape(visible(text))
