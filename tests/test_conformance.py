"""The conformance suite, run on this project's validator; see conformance/README.md."""

import json
import re
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from aimanifest import frameworks
from aimanifest.document import read
from aimanifest.findings import Finding, Position
from aimanifest.report import Report
from aimanifest.validation import FILE_NAMES, LocalFolder, validate

ROOT = Path(__file__).parent.parent
SUITE = Path(__file__).parent / "conformance"
CASES = sorted(each.parent for each in SUITE.rglob("expected.yaml"))
SCHEMA = json.loads((SUITE / "case.schema.json").read_text(encoding="utf-8"))
Expected = dict[str, Any]
"""What expected.yaml holds."""
LISTS = {"findings", "remarks", "apart"}
PASSES = (None, "met", "not applicable")

each_case = pytest.mark.parametrize(
    "case", CASES, ids=[each.relative_to(SUITE).as_posix() for each in CASES]
)


def expected_of(case: Path) -> Expected:
    expected: Expected = yaml.safe_load((case / "expected.yaml").read_bytes())
    return expected


def in_full(expected: Expected) -> Expected:
    """Write each finding in `expected` as often as it is said to be there, in one order."""
    lists = {
        name: [
            {key: value for key, value in entry.items() if key != "times"}
            for entry in sorted(expected[name], key=by_line)
            for _ in range(entry.get("times", 1))
        ]
        for name in LISTS & expected.keys()
    }
    return expected | lists


def by_line(entry: Expected) -> tuple[int, str, str]:
    return (entry["line"], entry["rule"], entry["pointer"])


def source_of(case: Path) -> bytes:
    """Read the bytes of the manifest of `case`, or make them."""
    for name in FILE_NAMES:
        if (case / name).exists():
            return (case / name).read_bytes()
    recipe = yaml.safe_load((case / "generate.yaml").read_bytes())
    return "".join(each["text"] * each.get("times", 1) for each in recipe["parts"]).encode()


@cache
def report_of(case: Path) -> Report:
    """Validate the manifest of `case` by what is asked of it, and leave out what else is known."""
    require = expected_of(case).get("require", [])
    path = str(next((case / each for each in FILE_NAMES if (case / each).exists()), case / "-"))
    folder = LocalFolder(str(case), own=path)
    source = source_of(case)
    report = validate(source, path=path, require=require, folder=folder)
    claims = [] if report.problems else read(source).data["release"].get("claims", [])
    asked = {"core", *require, *(each.partition(":")[0] for each in claims)}
    return report._replace(
        assessments=tuple(each for each in report.assessments if each.framework.id in asked)
    )


def found_in(report: Report, expected: Expected) -> Expected:
    """Say what `report` says, in the form of `expected` and about what is said there."""
    assessments = () if report.problems else report.assessments
    judged = [each for each in assessments if each.framework.levels]
    verdicts = {each.framework.id: each.verdict().word for each in judged}
    for assessment in judged:
        for level in assessment.framework.levels:
            if (key := f"{assessment.framework.id}:{level}") in expected["verdicts"]:
                verdicts[key] = assessment.verdict(level).word
    found = expected | {"verdicts": verdicts}
    for name in LISTS & expected.keys():
        here = [each for each in report.findings if list_of(each, report) == name]
        entries = chain(expected[name], repeat({}))
        pairs = zip(sorted(here, key=place_of), entries, strict=False)
        found[name] = [written(finding, entry) for finding, entry in pairs]
    if "outcomes" in expected:
        found["outcomes"] = {rule: outcome(report, rule) for rule in expected["outcomes"]}
    return found


def place_of(finding: Finding) -> tuple[int, str, str, Position]:
    start = finding.span.start
    return (start.line, finding.rule, finding.pointer, start)


def list_of(finding: Finding, report: Report) -> str:
    """Say which list of expected.yaml `finding` belongs in."""
    if finding.outcome is None:
        return "remarks"
    apart = (rule for each in report.assessments for rule in each.framework.rules if not rule.level)
    return "apart" if any(finding.rule == rule.id for rule in apart) else "findings"


def written(finding: Finding, entry: Expected) -> Expected:
    """Write `finding` as in expected.yaml, with its column only where `entry` has one."""
    start = finding.span.start
    return {
        "rule": finding.rule,
        **({"outcome": finding.outcome.value} if finding.outcome else {}),
        "pointer": finding.pointer,
        "line": start.line,
        **({"column": start.column} if "column" in entry else {}),
    }


def outcome(report: Report, rule: str) -> str | None:
    answers = [answer for each in report.assessments for answer in each.answers]
    return next((each.outcome.value for each in answers if each.rule.id == rule), None)


@each_case
def test_finds_what_is_expected(case: Path) -> None:
    expected = in_full(expected_of(case))
    assert found_in(report_of(case), expected) == expected


@each_case
def test_keeps_to_the_schema_of_cases(case: Path) -> None:
    Draft202012Validator(SCHEMA).validate(expected_of(case))
    if (case / "generate.yaml").exists():
        recipe = yaml.safe_load((case / "generate.yaml").read_bytes())
        Draft202012Validator(SCHEMA["$defs"]["recipe"]).validate(recipe)


@each_case
def test_has_one_manifest(case: Path) -> None:
    names = [name for name in (*FILE_NAMES, "generate.yaml") if (case / name).exists()]
    assert len(names) == 1


@each_case
def test_quotes_the_standard_word_for_word(case: Path) -> None:
    clause = expected_of(case).get("clause")
    others = frameworks.every().keys() - {"core", "license-flow"}
    if clause and case.relative_to(SUITE).parts[0] not in others:
        assert plain(clause) in plain((ROOT / "SPEC.md").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Take out what only marks a text up, and where its lines end."""
    return " ".join(re.sub(r"\]\([^)]*\)|[\[\]`*]", "", text).split())


@each_case
def test_is_called_after_what_its_rule_finds(case: Path) -> None:
    rule, _, name = case.relative_to(SUITE).as_posix().rpartition("/")
    if rule in ("bases", "limits", "places", "traps"):
        return
    report = report_of(case)
    assert rule.startswith(("document/", "schema/")) or not report.problems
    failed = any(each.rule == rule for each in report.findings)
    failed = failed or outcome(report, rule) not in PASSES
    assert name.partition("-")[0] == ("fails" if failed else "passes")


def test_every_manifest_belongs_to_a_case() -> None:
    manifests = [each for name in (*FILE_NAMES, "generate.yaml") for each in SUITE.rglob(name)]
    assert CASES
    for manifest in manifests:
        assert any(each in CASES for each in manifest.parents), manifest
