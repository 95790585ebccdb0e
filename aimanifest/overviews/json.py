"""For programs: all that is known, as `schema/assessment.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from aimanifest import __version__
from aimanifest.data import spdx
from aimanifest.overviews import Cell, Comparison, Overview, Sheet
from aimanifest.renderers import plain_path
from aimanifest.renderers.json import plain_finding, plain_span
from aimanifest.rules import Framework, Rule
from aimanifest.steps import Step

FORMAT = "1.0"
"""The version of the form of this output."""


def render(
    comparison: Comparison,
    *,
    columns: int,  # noqa: ARG001  # programs have no screen
    colour: bool,  # noqa: ARG001  # and no colour
) -> Iterator[str]:
    """Give one JSON object in printable ASCII, a line for each framework and each release."""
    tool = {"name": "aimanifest", "version": __version__, "spdx_license_list": spdx.VERSION}
    yield f'{{"assessment": {_dump(FORMAT)}, "tool": {_dump(tool)}, "frameworks": ['
    yield from _lines([_framework(each) for each in comparison.frameworks])
    yield '], "releases": ['
    yield from _lines([_release(each) for each in comparison.overviews])
    unread = [{"path": plain_path(each.path), "reason": each.reason} for each in comparison.unread]
    yield f'], "unread": {_dump(unread)}}}\n'


def _lines(values: list[dict[str, Any]]) -> Iterator[str]:
    for index, each in enumerate(values):
        yield ("," if index else "") + "\n" + _dump(each)
    yield "\n" if values else ""


def _framework(framework: Framework) -> dict[str, Any]:
    return {
        "framework": framework.id,
        "title": framework.title,
        "version": framework.version,
        "url": framework.url,
        "levels": [
            {"level": each, "name": framework.called.get(each, each)} for each in framework.levels
        ],
        "beside": framework.beside,
        "not_checked": list(framework.not_checked),
        "rules": [_rule(each) for each in framework.rules],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "title": rule.title,
        "level": rule.level,
        "cites": [{**each._asdict(), "standing": each.standing.name} for each in rule.cites],
    }


def _release(overview: Overview) -> dict[str, Any]:
    return {
        "path": plain_path(overview.path),
        "title": overview.title,
        "publisher": overview.publisher,
        "assessed": overview.assessed,
        "faults": [plain_finding(each) for each in overview.faults],
        "claims": [plain_finding(each) for each in overview.claims],
        "assessments": [_assessment(each) for each in overview.sheets],
    }


def _assessment(sheet: Sheet) -> dict[str, Any]:
    return {
        "framework": sheet.framework.id,
        "verdict": sheet.verdict.word,
        "level": sheet.reached.level if sheet.reached else None,
        "levels": [
            {
                "level": each.level,
                "verdict": each.verdict.word,
                "worst": each.mark.word,
                "not_met": each.lacking,
            }
            for each in sheet.rungs
        ],
        "figures": [each._asdict() for each in sheet.figures],
        "answers": [_answer(each) for each in sheet.cells],
        "steps": [_step(each) for each in sheet.steps],
    }


def _answer(cell: Cell) -> dict[str, Any]:
    return {
        "rule": cell.rule.id,
        "outcome": cell.outcome.value,
        "findings": [plain_finding(each) for each in cell.findings],
        "told_before": [plain_finding(each) for each in cell.told],
        "evidence": [
            {"pointer": each.pointer, "span": plain_span(each.span), "value": each.value}
            for each in cell.evidence
        ],
        "notes": list(cell.notes),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "level": step.level,
        "changes": [{"text": each.text, "pointer": each.pointer} for each in step.changes],
        "blocked": [plain_finding(each) for each in step.blocked],
        "exact": step.exact,
    }


def _dump(value: object) -> str:
    """Write `value` in printable ASCII; DEL is the one control character that JSON lets pass."""
    return json.dumps(value).replace("\x7f", "\\u007f")
