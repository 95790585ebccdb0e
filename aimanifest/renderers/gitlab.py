"""For GitLab: a Code Quality report, which a merge request shows beside its lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from aimanifest.renderers import (
    Screen,
    grade,
    is_sentence,
    plain_path,
    recognisable,
    relative,
    sentence,
)
from aimanifest.report import Report, Target, Unread
from aimanifest.terminal import quoted

SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def render(
    results: Iterable[Report | Unread],
    *,
    targets: Sequence[Target],
    screen: Screen,  # noqa: ARG001  # programs have no screen
) -> Iterator[str]:
    """Give one array with an object for each finding, and one for each file that was not read."""
    yield "["
    first = True
    for each in results:
        found = [_dump(one) for one in _objects(each, targets)]
        yield ("\n" if first else ",\n") + ",\n".join(found) if found else ""
        first = first and not found
    yield "]\n" if first else "\n]\n"


def _objects(result: Report | Unread, targets: Sequence[Target]) -> Iterator[dict[str, Any]]:
    path = plain_path(relative(result.path))
    if isinstance(result, Unread):
        from hashlib import sha256  # noqa: PLC0415  only this needs it

        yield {
            "description": sentence(f"not read: {result.reason}"),
            "check_name": "unread",
            "fingerprint": sha256(f"{path}\nunread".encode()).hexdigest(),
            "severity": "blocker",
            "location": {"path": path, "lines": {"begin": 1}},
        }
        return
    for entry, digits in recognisable(result):
        finding = entry.finding
        start, end = finding.span
        fix = finding.fix if finding.outcome else ""
        told = f" Fix: {quoted(fix)}" if fix and (is_sentence(fix) or "\n" not in fix) else ""
        yield {
            "description": f"{sentence(f'{entry.word}: {finding.message}')}{told}",
            "check_name": finding.rule,
            "fingerprint": digits,
            "severity": SEVERITIES[grade(entry, targets)],
            "location": {"path": path, "lines": {"begin": start.line, "end": end.line}},
        }


def _dump(value: object) -> str:
    """Write `value` in printable ASCII; DEL is the one control character that JSON lets pass."""
    return json.dumps(value).replace("\x7f", "\\u007f")
