"""What no single case shows of the two lists of European and international authorities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from aimanifest import frameworks
from aimanifest.document import read
from aimanifest.findings import Outcome
from aimanifest.licenses import RESTRICTIONS, Notion, ai_act, judge, license_ids, parse
from aimanifest.licenses.facts import ai_licenses
from aimanifest.licenses.others import EU_FREE_AND_OPEN
from aimanifest.manifest import Manifest
from aimanifest.rules import Assessment, Figure, Framework, Rule
from aimanifest.validation import load, validate

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "conformance"
EU = frameworks.load("eu-ai-act-gpai")
SBOM = frameworks.load("sbom-for-ai-g7")
PARAGRAPHS = [each for each in vars(ai_act).values() if isinstance(each, Notion)]
EXAMPLES = [each for each in (ROOT / "examples").glob("*.yaml") if each.name != "expected.yaml"]


def assessed(case: str) -> Assessment:
    framework = frameworks.load(case.partition("/")[0])
    return framework.assess(load(CASES / case / "ai-manifest.yaml"))


# -- licenses --------------------------------------------------------------------------------------


def known_licenses() -> list[str]:
    return sorted({*license_ids(), *(each.id for each in ai_licenses().values())})


def test_the_paragraphs_together_make_of_each_license_what_the_catalogue_does() -> None:
    for id in known_licenses():
        verdicts = {judge(parse(id), each).verdict for each in PARAGRAPHS}
        together = False if False in verdicts else None if None in verdicts else True
        assert together is judge(parse(id), EU_FREE_AND_OPEN).verdict, id


def test_every_restriction_is_the_business_of_a_paragraph_or_allowed() -> None:
    asked = {word for each in PARAGRAPHS for word in each.breaking | each.doubtful}
    assert set(RESTRICTIONS) - asked == {"attribution", "naming", "patent-retaliation"}


def test_no_paragraph_both_forbids_and_leaves_open() -> None:
    assert not any(each.breaking & each.doubtful for each in PARAGRAPHS)


def test_the_first_paragraph_that_objects_tells_the_others() -> None:
    case = "eu-ai-act-gpai/restrictions-for-safety/fails-rules-of-behaviour"
    findings = [each for each in assessed(case).findings if each.pointer.endswith("/license")]
    assert [each.rule for each in findings] == ["eu-ai-act-gpai/restrictions-for-safety"]
    assert "; by paragraph 82, " in findings[0].message
    assert "; by paragraph 80, " in findings[0].message


def test_what_all_paragraphs_say_alike_is_told_once() -> None:
    (finding,) = (
        each
        for each in assessed("eu-ai-act-gpai/four-rights/fails-no-license").findings
        if each.pointer.endswith("/license")
    )
    assert finding.message == "`weights`: no license is stated"


# -- figures ---------------------------------------------------------------------------------------


def figures(case: str) -> dict[str, Figure]:
    return {each.name: each for each in assessed(case).figures}


def test_the_items_of_the_summary_are_counted() -> None:
    (figure,) = assessed("eu-ai-act-gpai/summary-version/passes-stated").figures
    assert (figure.value, figure.least, figure.most) == (15, 15, 17)
    assert figure.unit == "of 17 items"


def test_an_item_that_does_not_apply_is_not_asked_for() -> None:
    (figure,) = assessed("eu-ai-act-gpai/summary-languages/passes-no-text").figures
    assert (figure.value, figure.unit) == (14, "of 16 items")


def test_nothing_is_counted_where_the_framework_does_not_apply() -> None:
    assert assessed("eu-ai-act-gpai/general-purpose-model/fails-classifier").figures == ()


def test_the_elements_are_counted_in_all_and_by_cluster() -> None:
    found = figures("sbom-for-ai-g7/md-02-version/passes-all-that-a-file-can-hold")
    total = found.pop("elements present")
    assert (total.value, total.most, total.unit) == (48, 49, "of 50")
    assert sum(each.value for each in found.values()) == 48
    assert [each.unit for each in found.values()] == [
        f"of {number}" for number in (10, 9, 13, 10, 2, 4, 2)
    ]


def test_a_nearly_empty_file_has_what_every_file_has() -> None:
    found = figures("sbom-for-ai-g7/md-02-version/fails-nearly-nothing-given")
    assert (found["elements present"].value, found["Metadata"].value) == (8, 3)


# -- standing --------------------------------------------------------------------------------------


def test_no_element_of_an_unconfirmed_list_decides_anything() -> None:
    assert len(SBOM.rules) == 50
    assert SBOM.levels == ()
    for rule in SBOM.rules:
        assert rule.level is None
        assert all(each.standing.name == "transcription" for each in rule.cites)
        assert all("not confirmed" in each.clause for each in rule.cites)


def test_the_exemption_says_in_its_name_that_it_is_as_declared() -> None:
    assert "as declared" in EU.title
    assert "as declared" in EU.called[EU.levels[0]]
    assert any("readiness, not conformity" in each for each in EU.not_checked)


def test_each_condition_names_its_paragraph_or_article() -> None:
    for rule in EU.rules:
        clauses = " ".join(each.clause for each in rule.cites)
        assert "paragraph" in clauses or "Article" in clauses or "template" in clauses, rule.id


# -- whatever fits the schema ----------------------------------------------------------------------


def places(framework: Framework, manifest: Manifest) -> Iterator[str]:
    subject = framework.subject_of(manifest)
    for rule in framework.rules:
        assert rule.shows is not None, rule.id
        yield from (each.pointer for each in rule.shows(subject))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_a_rule_shows_is_written(path: Path) -> None:
    manifest = load(path)
    written = yaml.safe_load(path.read_bytes())
    for framework in (EU, SBOM):
        for pointer in places(framework, manifest):
            data = written
            for step in pointer.split("/")[1:]:
                key = step.replace("~1", "/").replace("~0", "~")
                data = data[int(key)] if isinstance(data, list) else data[key]


@pytest.mark.parametrize(
    "rule", [each for each in EU.rules if each.level], ids=lambda rule: rule.id
)
def test_a_condition_that_is_met_shows_why(rule: Rule) -> None:
    manifest = load(CASES / "eu-ai-act-gpai" / "four-rights" / "passes-apache" / "ai-manifest.yaml")
    subject = EU.subject_of(manifest)
    assert rule.answer(subject).outcome is Outcome.MET
    assert rule.shows
    assert [*rule.shows(subject)]


def test_a_base_whose_manifest_nobody_read_leaves_its_license_unstated() -> None:
    source = b"""
aimanifest: "1.0"
release: {name: Plover, publisher: {name: Example Lab}}
components:
  weights: {path: w, license: MIT, derived_from: {base: fine-tune}}
  base: {kind: weights, manifest: https://models.example.org/ai-manifest.yaml}
"""
    assessment = EU.assess(Manifest.from_document(read(source)))
    (finding,) = (
        each for each in assessment.findings if each.pointer == "/components/base/license"
    )
    assert "cannot be asked" in finding.message


def test_a_claim_where_nothing_is_asked_is_to_be_taken_out() -> None:
    """There is nothing to mend, and the finding does not say that there is."""
    source = b"""\
aimanifest: "1.0"
release:
  name: Tern
  publisher: {name: Example Lab}
  modalities: {output: [label]}
  claims: [eu-ai-act-gpai]
components: {weights: {license: MIT, location: "https://models.example.org/tern"}}
"""
    (claim,) = validate(source, require=()).claims
    assert "is not applicable by it" in claim.message
    assert claim.fix == "Take the claim out: the framework asks nothing of such a release."
