"""For code scanning: a log in SARIF 2.1.0, the exchange format of static analysis (OASIS)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from aimanifest import __version__
from aimanifest.findings import Related, Span
from aimanifest.markup.markdown import code, message, text
from aimanifest.renderers import (
    Entry,
    Screen,
    grade,
    is_sentence,
    plain_path,
    recognisable,
    relative,
    sentence,
    unassessed,
    verdict,
    waived_until,
)
from aimanifest.report import Report, Target, Unread
from aimanifest.rules import Rule
from aimanifest.terminal import quoted

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
HOME = "https://aimanifest.org/"
BASE = "%SRCROOT%"
"""What a path is relative to: the folder in which the command was run."""

FINGERPRINT = "aimanifestPlace/v1"
"""What is made from the rule and the place by its keys, so that it outlives a move of lines."""


def render(
    results: Iterable[Report | Unread],
    *,
    targets: Sequence[Target],
    screen: Screen,  # noqa: ARG001  # programs have no screen
) -> Iterator[str]:
    """Give one log with one run, result by result.

    What is about all of them stands at the end, where it is known; the order of keys in JSON means
    nothing. Lines and columns count from 1, and columns in Unicode code points.
    """
    run = _Run(targets)
    yield f'{{"$schema": {_dump(SCHEMA)}, "version": "2.1.0", "runs": [{{"results": ['
    first = True
    for each in results:
        if isinstance(each, Unread):
            run.miss(each)
            yield ""
            continue
        found = [_dump(result) for result in run.results(each)]
        yield ("\n" if first else ",\n") + ",\n".join(found) if found else ""
        first = first and not found
    yield ("]" if first else "\n]") + ", " + _dump(run.rest()).removeprefix("{") + "]}\n"


class _Run:
    """What is learnt about the whole run while its results go by."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        self._rules: dict[str, tuple[int, Rule, bool]] = {}
        self._artifacts: list[dict[str, Any]] = []
        self._verdicts: list[dict[str, Any]] = []
        self._unread: list[dict[str, Any]] = []

    def miss(self, unread: Unread) -> None:
        """Keep what could not be read: no result is about it, but the tool has to say so."""
        self._unread.append(
            {
                "level": "error",
                "message": {"text": sentence(f"{unread.path} was not read: {unread.reason}")},
                "locations": [{"physicalLocation": {"artifactLocation": _artifact(unread.path)}}],
            }
        )

    def results(self, report: Report) -> Iterator[dict[str, Any]]:
        """Give what was found in one file."""
        place = {**_artifact(report.path), "index": len(self._artifacts)}
        artifact: dict[str, Any] = {
            "location": _artifact(report.path),
            "length": len(report.source),
            "roles": ["analysisTarget"],
        }
        if report.digest:
            artifact["hashes"] = {"sha-256": report.digest}
        self._artifacts.append(artifact)
        self._verdicts.append({"path": plain_path(relative(report.path)), **self._judged(report)})
        for entry, digits in recognisable(report):
            yield self._result(entry, place, digits)

    def _judged(self, report: Report) -> dict[str, str]:
        if report.problems:
            return {str(each): unassessed(report) for each in self._targets}
        found = ((each.framework, each) for each in report.assessments)
        return {framework.id: verdict(each) for framework, each in found if framework.levels}

    def _result(self, entry: Entry, place: dict[str, Any], digits: str) -> dict[str, Any]:
        finding, rule = entry.finding, entry.rule
        index = self._rules.setdefault(rule.id, (len(self._rules), rule, entry.apart))[0]
        result: dict[str, Any] = {
            "ruleId": rule.id,
            "ruleIndex": index,
            "level": grade(entry, self._targets),
            "message": {"text": _told(entry)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": place,
                        "region": _region(finding.span),
                    },
                    "logicalLocations": [{"fullyQualifiedName": finding.pointer or "/"}],
                }
            ],
            "partialFingerprints": {FINGERPRINT: digits},
            "properties": {"outcome": entry.word, "fix": finding.fix},
        }
        if finding.related:
            result["relatedLocations"] = [
                _related(number, each, place) for number, each in enumerate(finding.related, 1)
            ]
        if entry.waiver:
            told = sentence(f"waived {waived_until(entry.waiver)}")
            result["suppressions"] = [
                {"kind": "external", "status": "accepted", "justification": told}
            ]
        return result

    def rest(self) -> dict[str, Any]:
        """Give what is said of the run as a whole."""
        return {
            "tool": {
                "driver": {
                    "name": "aimanifest",
                    "version": __version__,
                    "semanticVersion": __version__,
                    "informationUri": HOME,
                    "rules": [_rule(rule, apart=apart) for _, rule, apart in self._rules.values()],
                }
            },
            "invocations": [
                {
                    "executionSuccessful": not self._unread,
                    "toolExecutionNotifications": self._unread,
                }
            ],
            "originalUriBaseIds": {
                BASE: {"description": {"text": "The folder in which the command was run."}}
            },
            "artifacts": self._artifacts,
            "columnKind": "unicodeCodePoints",
            "properties": {
                "required": [str(each) for each in self._targets],
                "verdicts": self._verdicts,
            },
        }


def _rule(rule: Rule, *, apart: bool) -> dict[str, Any]:
    """Describe a rule, with what its findings are worth unless they say otherwise."""
    cite = rule.cites[0]
    judged = rule.check is None or (rule.level is not None and not apart)
    fix = rule.fix if is_sentence(rule.fix) else f"Write, for example: {rule.fix}"
    told = [f'{each.clause}: "{each.quote}" ({each.standing.name})' for each in rule.cites]
    plain = [sentence(rule.title), rule.why, fix, *told]
    rich = [
        f"**{text(sentence(rule.title))}**",
        message(rule.why),
        message(rule.fix) if is_sentence(rule.fix) else _fenced(rule.fix),
        *(
            f"[{text(each.clause)}]({_address(each.url)}): “{text(each.quote)}” "
            f"({text(each.standing.name)})"
            for each in rule.cites
        ),
        f"More: {code(f'aimanifest explain {rule.id}')}",
    ]
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in _words(rule.id)),
        "shortDescription": {"text": sentence(rule.title)},
        "fullDescription": {"text": sentence(rule.why or rule.title)},
        "help": {
            "text": "\n\n".join(each for each in plain if each),
            "markdown": "\n\n".join(each for each in rich if each),
        },
        # a policy that is published nowhere is cited by the path of its file
        **({"helpUri": _address(cite.url)} if "://" in cite.url else {}),
        "defaultConfiguration": {"level": "error" if judged else "note"},
        "properties": {
            "tags": [rule.id.partition("/")[0], f"standing: {cite.standing.name}"],
            **({"requiredBy": rule.level} if rule.level else {}),
        },
    }


def _words(id: str) -> list[str]:
    return "".join(each if each.isalnum() else " " for each in id).split()


def _fenced(fix: str) -> str:
    fence = "```" if "```" not in fix else "~~~"
    return f"{fence}yaml\n{fix}\n{fence}"


def _told(entry: Entry) -> str:
    """Say what was found, and what to write, as the text of a message.

    Braces and brackets mean something there, and a manifest must not: `{0}` would be an argument,
    and `[words](address)` a link.
    """
    told = sentence(entry.finding.message)
    fix = entry.finding.fix
    if entry.finding.outcome and fix:
        fix = quoted(" ".join(fix.split())) if is_sentence(fix) else _lines(fix)
        told += f" {fix}" if is_sentence(entry.finding.fix) else f" To write:\n\n{fix}"
    return told.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _lines(fix: str) -> str:
    return "\n".join(quoted(line) for line in fix.splitlines())


def _related(number: int, related: Related, place: dict[str, Any]) -> dict[str, Any]:
    told = sentence(related.message).replace("{", "{{").replace("}", "}}").replace("](", "] (")
    return {
        "id": number,
        "physicalLocation": {"artifactLocation": place, "region": _region(related.span)},
        "logicalLocations": [{"fullyQualifiedName": related.pointer or "/"}],
        "message": {"text": told},
    }


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _artifact(path: str) -> dict[str, Any]:
    """Write a path as a URI, relative where it can be: only unreserved characters and slashes."""
    name = relative(path)
    try:
        encoded = quote(name.encode(errors="surrogateescape"))
    except UnicodeEncodeError:
        encoded = quote(plain_path(name))
    if name.startswith("/"):
        return {"uri": f"file://{encoded}"}
    if name[1:3] == ":/":
        return {"uri": f"file:///{name[0]}:{encoded[4:]}"}
    return {"uri": encoded, "uriBaseId": BASE}


def _address(url: str) -> str:
    """Return an address in which nothing but what an address may hold is left as it is."""
    return quote(url, safe="%/:=&?~#+!$,;'@*[]")


def _dump(value: object) -> str:
    """Write `value` in printable ASCII; DEL is the one control character that JSON lets pass."""
    return json.dumps(value).replace("\x7f", "\\u007f")
