"""The examples give what `expected.yaml` says, and the OSI's result, or it says why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from aimanifest import Finding, Report, validate_file
from aimanifest.rules import FAULTS
from aimanifest.upkeep.layout import laid_out

FOLDER = Path(__file__).parent.parent / "examples"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8"))
MANIFESTS = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "expected.yaml")
ABOUT_TERMS = {
    "osaid-1.0/code-terms",
    "osaid-1.0/data-information-terms",
    "osaid-1.0/made-available",
    "osaid-1.0/no-restricting-terms",
    "osaid-1.0/parameter-terms",
}


def faults(report: Report) -> list[Finding]:
    """Return what keeps the release from being complete, in the order of the file."""
    apart = {
        answer.rule.id
        for assessment in report.assessments
        for answer in assessment.answers
        if answer.rule.level is None
    }
    return [each for each in report.findings if each.outcome in FAULTS and each.rule not in apart]


def word(report: Report) -> str:
    assessment = report.assessment("osaid-1.0")
    assert assessment is not None
    return assessment.verdict().word


def test_every_example_has_an_expectation() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in MANIFESTS)


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_an_example_says_what_is_expected(path: Path) -> None:
    expected = EXPECTED[path.stem]
    report = validate_file(path)
    assert report.problems == ()
    found = [
        {"rule": each.rule, "outcome": each.outcome.value, "pointer": each.pointer}
        for each in faults(report)
        if each.outcome
    ]
    assert (word(report), found) == (expected["verdict"], expected["findings"])


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_the_verdict_is_that_of_the_osi_unless_it_is_said_why_not(path: Path) -> None:
    expected = EXPECTED[path.stem]
    report = validate_file(path)
    rules = {each.rule for each in faults(report)}
    agrees = {
        "passes": word(report) == "complete",
        "would pass under other terms": word(report) != "complete" and rules <= ABOUT_TERMS,
        "does not pass": word(report) == "incomplete",
        None: True,
    }[expected["osi"]]
    assert agrees == ("departs" not in expected)


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_an_example_tells_where_its_facts_are_from(path: Path) -> None:
    head = path.read_text("utf-8").split("aimanifest:")[0]
    assert head.startswith("# yaml-language-server: $schema=")
    assert len(head.splitlines()) > 3


def test_every_example_is_in_the_canonical_layout() -> None:
    for path in MANIFESTS:
        assert laid_out(path.read_bytes()) == path.read_bytes(), path.name
