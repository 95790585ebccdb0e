"""Every rule is whole: explained, cited, mended, passed once and failed once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from aimanifest import document, frameworks, report, schemas
from aimanifest.rules import FAQ, Framework, Rule

SUITE = Path(__file__).parent / "conformance"
FRAMEWORKS = frameworks.every()
READERS = (*document.RULES, *schemas.RULES, *report.RULES)
RULES: list[Rule] = [*READERS, *(rule for each in FRAMEWORKS.values() for rule in each.rules)]
REPORT = schemas.report()["$defs"]["answer"]["properties"]
STANDINGS = REPORT["standing"]["enum"]
"""The words for the authority of a rule that programs are told of."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
class TestEveryRule:
    def test_has_a_readable_id(self, rule: Rule) -> None:
        assert re.fullmatch(r"[a-z0-9.-]+/[a-z0-9]+(-[a-z0-9]+)*", rule.id)

    def test_is_explained(self, rule: Rule) -> None:
        assert rule.title
        assert len(rule.why.split()) >= 6
        assert rule.fix

    def test_has_a_title_that_is_true_when_all_is_well(self, rule: Rule) -> None:
        assert not rule.title.endswith(".")
        assert not re.search(r"\b(must|should|shall)\b", rule.title, re.IGNORECASE)

    def test_quotes_its_clause_and_says_on_what_authority(self, rule: Rule) -> None:
        assert rule.cites
        for cite in rule.cites:
            assert cite.quote
            assert cite.clause
            assert cite.url.startswith("https://")
            assert cite.standing.name in STANDINGS

    def test_has_conformance_cases_both_ways(self, rule: Rule) -> None:
        """A case shows it by its name; of what has no level, it may say the outcomes."""
        cases = [case.name for case in (SUITE / rule.id).glob("*")]
        shown = outcomes().get(rule.id, set()) if rule.level is None else set()
        assert shown & PASSES or any(name.startswith("passes") for name in cases)
        fails = shown - PASSES or any(name.startswith("fails") for name in cases)
        assert bool(fails) == (rule.id not in NEVER_FAIL)


PASSES = {"met", "not applicable"}

NEVER_FAIL = {
    f"sbom-for-ai-g7/{name}"
    for name in ("md-03-format", "md-04-format-version", "md-05-signature", "md-06-tool")
} | {"sbom-for-ai-g7/slp-02-components"}
"""Elements of a list that every manifest has, or that none can hold or need say."""


@cache
def outcomes() -> dict[str, set[str]]:
    """Collect what cases say of the outcomes of rules."""
    found: dict[str, set[str]] = {}
    for path in SUITE.rglob("expected.yaml"):
        for id, outcome in (yaml.safe_load(path.read_bytes()).get("outcomes") or {}).items():
            found.setdefault(id, set()).add(outcome)
    return found


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda framework: framework.id)
class TestEveryFramework:
    def test_has_its_id_before_the_id_of_each_rule(self, framework: Framework) -> None:
        assert all(rule.id.startswith(f"{framework.id}/") for rule in framework.rules)

    def test_puts_each_rule_on_one_of_its_levels_or_apart(self, framework: Framework) -> None:
        assert all(rule.level in (*framework.levels, None) for rule in framework.rules)

    def test_needs_a_rule_for_each_level(self, framework: Framework) -> None:
        assert {rule.level for rule in framework.rules} >= set(framework.levels)

    def test_keeps_what_only_answers_demand_out_of_the_verdict(self, framework: Framework) -> None:
        for rule in framework.rules if framework.levels else ():
            rests_on_answers = all(cite.standing is FAQ for cite in rule.cites)
            assert not rests_on_answers or rule.level is None, rule.id


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
