"""For programs: all that is known, as `schema/report.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from aimanifest import __version__
from aimanifest.data import spdx
from aimanifest.findings import Finding, Outcome, Span
from aimanifest.renderers import Screen, plain_path
from aimanifest.report import Report, Target, Unread
from aimanifest.rules import Answer, Assessment, Framework, Policy, Waiver

FORMAT = "1.0"
"""The version of the form of this output, told apart from that of the manifest."""


def render(
    results: Iterable[Report | Unread],
    *,
    targets: Sequence[Target],
    screen: Screen,  # noqa: ARG001  # programs have no screen
) -> Iterator[str]:
    """Give one JSON object, file by file: a line for each, so that nothing piles up in memory."""
    head: dict[str, Any] = {
        "report": FORMAT,
        "tool": {
            "name": "aimanifest",
            "version": __version__,
            "spdx_license_list": spdx.VERSION,
        },
        "required": [str(each) for each in targets],
    }
    for target in targets:
        if target.framework.policy:
            head["policy"] = _policy(target.framework, target.framework.policy)
    yield _dump(head).removesuffix("}") + ', "files": ['
    reached, first, unread = True, True, []
    for each in results:
        if isinstance(each, Unread):
            unread.append({"path": plain_path(each.path), "reason": each.reason})
            yield ""
        else:
            file = _file(each, targets)
            reached = reached and file["reached"]
            yield ("\n" if first else ",\n") + _dump(file)
            first = False
    tail = {"unread": unread, "reached": reached and not unread}
    yield ("]" if first else "\n]") + ", " + _dump(tail).removeprefix("{") + "\n"


def _policy(framework: Framework, policy: Policy) -> dict[str, Any]:
    return {
        "id": framework.id,
        "title": framework.title,
        "version": framework.version,
        "url": framework.url,
        "source": plain_path(policy.source),
        "status": policy.status,
        "today": policy.today,
        "softened": [{"rule": rule, "reason": reason} for rule, reason in policy.softened],
        "accepts_waived": policy.accepts_waived,
    }


def _file(report: Report, targets: Sequence[Target]) -> dict[str, Any]:
    return {
        "path": plain_path(report.path),
        "title": report.title,
        "reached": report.reaches(targets),
        "problems": [plain_finding(each) for each in report.problems],
        "claims": [plain_finding(each) for each in report.claims],
        "assessments": [
            _assessment(each, judged=not report.problems) for each in report.assessments
        ],
    }


def _assessment(assessment: Assessment, *, judged: bool) -> dict[str, Any]:
    framework = assessment.framework
    waived = dict(assessment.waived)
    plain: dict[str, Any] = {
        "framework": framework.id,
        "title": framework.title,
        "version": framework.version,
        "url": framework.url,
        "verdict": assessment.verdict().word if judged else None,
        "level": assessment.level if judged else None,
        "counts": {each.value: assessment.count(each) for each in Outcome},
        "figures": [each._asdict() for each in assessment.figures],
        "not_checked": list(framework.not_checked),
        "answers": [_answer(each, waived) for each in assessment.answers],
    }
    if framework.policy:
        plain["except_waived"] = assessment.except_waived
    return plain


def _answer(answer: Answer, waived: Mapping[Finding, Waiver]) -> dict[str, Any]:
    return {
        "rule": answer.rule.id,
        "level": answer.rule.level,
        "standing": answer.rule.cites[0].standing.name,
        "outcome": answer.outcome.value,
        "findings": [_finding(each, waived) for each in answer.findings],
        "repeats": list(answer.repeats),
        "notes": list(answer.notes),
    }


def _finding(finding: Finding, waived: Mapping[Finding, Waiver]) -> dict[str, Any]:
    plain = plain_finding(finding)
    if waived and finding in waived:
        waiver = waived[finding]._asdict()
        plain["waiver"] = {key: waiver[key] for key in ("reason", "owner", "expires")}
    return plain


def plain_finding(finding: Finding) -> dict[str, Any]:
    """Give `finding` as plain data."""
    return {
        "rule": finding.rule,
        "outcome": finding.outcome.value if finding.outcome else "remark",
        "message": finding.message,
        "pointer": finding.pointer,
        "span": plain_span(finding.span),
        "fix": finding.fix,
        "related": [
            {"message": each.message, "pointer": each.pointer, "span": plain_span(each.span)}
            for each in finding.related
        ],
    }


def plain_span(span: Span) -> dict[str, Any]:
    """Give `span` as plain data."""
    return {"start": span.start._asdict(), "end": span.end._asdict()}


def _dump(value: object) -> str:
    """Write `value` in printable ASCII; DEL is the one control character that JSON lets pass."""
    return json.dumps(value).replace("\x7f", "\\u007f")
