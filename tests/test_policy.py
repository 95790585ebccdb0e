"""Policies: what each word checks, waivers, faults of policies, and the two that are shipped."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from functools import partial
from pathlib import Path
from textwrap import dedent, indent
from typing import Any, NamedTuple

import jsonschema_rs
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from referencing import Registry, Resource

from aimanifest import frameworks, policy, reference, renderers, schemas
from aimanifest.cli import aimanifest
from aimanifest.document import read
from aimanifest.findings import Outcome
from aimanifest.licenses.notions import MEASURES
from aimanifest.policy.asking import WORDS
from aimanifest.policy.checks import MAKERS
from aimanifest.renderers import Screen
from aimanifest.report import Report, Target
from aimanifest.rules import (
    COMPLETE,
    FAULTS,
    INCOMPLETE,
    UNDETERMINED,
    Answer,
    Assessment,
    Framework,
)
from aimanifest.validation import LocalFolder, validate

ROOT = Path(__file__).parent.parent
POLICIES = ROOT / "tests" / "policies"
TODAY = "2026-11-22"
InStep = Callable[..., None]
Data = dict[str, Any]

HEAD = """\
aimanifest_policy: "1.0"
id: acme
title: Acme policy
version: "3"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let every test work in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def policy_of(text: str, *, today: str = TODAY, head: str = HEAD) -> policy.PolicyFramework:
    """Read the policy that `text`, without its head, is."""
    Path("acme.yaml").write_text(head + dedent(text), encoding="utf-8")
    return policy.load("acme.yaml", today=today)


def report_on(manifest: Data, bar: Framework) -> Report:
    """Validate a manifest, given as data, by a policy; JSON is YAML."""
    source = json.dumps(manifest).encode()
    report = validate(source, require=(), policy=bar, folder=LocalFolder(""))
    assert report.problems == ()
    return report


def assessed(manifest: Data, bar: Framework) -> Assessment:
    assessment = report_on(manifest, bar).assessment(bar.id)
    assert assessment is not None
    return assessment


def answer(assessment: Assessment, rule: str) -> Answer:
    (found,) = [each for each in assessment.answers if each.rule.id == rule]
    return found


def changed(manifest: Data, change: Data) -> Data:
    """Return `manifest` with what a case sets and removes."""
    copy = deepcopy(manifest)
    for pointer, value in change.get("set", {}).items():
        *steps, last = pointer.split("/")[1:]
        holder = copy
        for step in steps:
            holder = holder[step]
        holder[last] = value
    for pointer in change.get("remove", ()):
        *steps, last = pointer.split("/")[1:]
        holder = copy
        for step in steps:
            holder = holder[step]
        del holder[last]
    return copy


# -- the policies that are shipped -----------------------------------------------------------------


class Case(NamedTuple):
    """A change of the right manifest of a shipped policy, and what becomes of a rule."""

    policy: str
    manifest: Data
    change: Data

    def __str__(self) -> str:
        return f"{self.policy}/{self.change['rule']}: {self.change['name']}"


def suite(name: str) -> Data:
    data: Data = yaml.safe_load((POLICIES / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


SHIPPED = policy.shipped()
CASES = [
    Case(name, suite(name)["manifest"], each) for name in SHIPPED for each in suite(name)["cases"]
]


@pytest.fixture(scope="module")
def bars() -> dict[str, policy.PolicyFramework]:
    return {name: policy.load(name, today=TODAY) for name in SHIPPED}


def test_darktable_and_debian_are_shipped() -> None:
    assert SHIPPED == ("darktable", "debian-proposed")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_shipped_policy_finds_what_its_sources_ask(
    case: Case, bars: dict[str, policy.PolicyFramework]
) -> None:
    bar = bars[case.policy]
    assessment = assessed(changed(case.manifest, case.change), bar)
    found = answer(assessment, f"{bar.id}/{case.change['rule']}")
    assert found.outcome.value == case.change["outcome"]
    expected = case.change.get("findings", [])
    assert [each.pointer for each in found.findings] == expected
    assert list(found.repeats) == case.change.get("repeats", [])


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rule_of_a_shipped_policy_has_cases_both_ways(
    name: str, bars: dict[str, policy.PolicyFramework]
) -> None:
    told: dict[str, set[bool]] = {}
    for case in CASES:
        if case.policy == name:
            good = case.change["outcome"] in ("met", "not applicable")
            good = good and not case.change.get("findings")
            told.setdefault(f"{name}/{case.change['rule']}", set()).add(good)
    never_met = {f"{name}/scope", f"{name}/lawful-works"}
    for rule in bars[name].rules:
        assert told[rule.id] == ({False} if rule.id in never_met else {True, False}), rule.id


@pytest.mark.parametrize("name", SHIPPED)
def test_the_right_manifest_of_a_shipped_policy_is_right(
    name: str, bars: dict[str, policy.PolicyFramework]
) -> None:
    report = report_on(suite(name)["manifest"], bars[name])
    assert report.claims == ()
    assessment = report.assessment(name)
    assert assessment is not None
    assert assessment.verdict().word == suite(name)["verdict"]


def test_a_human_judgement_is_recorded_as_a_waiver() -> None:
    bar = policy_of(
        """\
        extends: darktable
        accept_waived: true
        waivers:
          - rule: darktable/scope
            place: /release/intended_use
            release: Example Denoiser
            reason: It removes noise and nothing else.
            owner: models@acme.example.org
            expires: "2027-11-22"
        """
    )
    report = report_on(suite("darktable")["manifest"], bar)
    assessment = report.assessment("acme")
    assert assessment is not None
    assert assessment.verdict() is UNDETERMINED
    assert renderers.verdict(assessment) == "complete except for 1 waived finding"
    assert report.reaches([Target(bar, None)])


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_policy_cites_its_sources(
    name: str, bars: dict[str, policy.PolicyFramework]
) -> None:
    data = yaml.safe_load((ROOT / "aimanifest" / "policies" / f"{name}.yaml").read_bytes())
    pages = {each["url"] for each in data["sources"]}
    assert data["url"] in pages
    assert data["status"]
    for rule in bars[name].rules:
        assert rule.cites
        assert {each.url for each in rule.cites} <= pages
        assert all(each.quote and each.clause for each in rule.cites)
        assert rule.why != data["description"]


def test_what_was_proposed_is_called_a_proposal(bars: dict[str, policy.PolicyFramework]) -> None:
    bar = bars["debian-proposed"]
    assert bar.policy
    assert "no vote is on record" in bar.policy.status
    standings = {each.standing.name for rule in bar.rules for each in rule.cites}
    assert standings == {"proposal", "our reading"}


# -- the vocabulary --------------------------------------------------------------------------------

MANIFEST: Data = {
    "aimanifest": "1.0",
    "release": {"name": "Example 7B", "publisher": {"name": "Example Lab"}},
    "components": {
        "weights": {
            "license": "Apache-2.0",
            "location": "https://models.example.org/7b",
            "trained_on": ["corpus"],
        },
        "corpus": {
            "kind": "training-data",
            "license": "CC-BY-4.0",
            "location": "https://data.example.org/corpus",
            "data": {"access": "public", "origin": "crawled", "provenance": "The Example Crawl."},
        },
        "training-code": {"license": "MIT", "path": "train/"},
    },
}


class Found(NamedTuple):
    """What one rule found."""

    outcome: str
    pointers: list[str]


def found(check: str, change: Data | None = None) -> Found:
    """Put one rule to the manifest above, with a change."""
    bar = policy_of("rules:\n  it:\n    title: It is so\n" + indent(dedent(check), "    "))
    said = answer(assessed(changed(MANIFEST, change or {}), bar), "acme/it")
    return Found(said.outcome.value, [each.pointer for each in said.findings])


WEIGHTS = "/components/weights"
CORPUS = "/components/corpus"


@pytest.mark.parametrize(
    ("check", "change", "expected"),
    [
        # states
        ("of: [weights]\nstates: [license, place]", {}, Found("met", [])),
        ("of: [weights]\nstates: [license]\ncites: []", {}, Found("met", [])),
        (
            "of: [weights]\nstates: [checksums]",
            {},
            Found("unstated", [f"{WEIGHTS}/checksums"]),
        ),
        (
            "of: [weights]\nstates: [license]",
            {"set": {f"{WEIGHTS}/license": "NOASSERTION"}},
            Found("unstated", [f"{WEIGHTS}/license"]),
        ),
        (
            "of: [training-data]\nstates: [data.provenance]",
            {"set": {f"{CORPUS}/data/provenance": "none"}},
            Found("unstated", [f"{CORPUS}/data/provenance"]),
        ),
        (
            "of: [training-data]\nstates: [data.collection]",
            {"set": {f"{CORPUS}/data/collection": "none"}},
            Found("met", []),
        ),
        (
            "of: [weights]\nstates: [identifiers]",
            {"set": {f"{WEIGHTS}/identifiers": []}},
            Found("unstated", [f"{WEIGHTS}/identifiers"]),
        ),
        ("of: [release]\nstates: [publisher.name]", {}, Found("met", [])),
        ("of: [release]\nstates: [version]", {}, Found("unstated", ["/release/version"])),
        ("of: [metadata]\nstates: [license]", {}, Found("unstated", ["/metadata/license"])),
        ("of: [component]\nstates: [place]", {}, Found("met", [])),
        (
            "of: [code]\nstates: [version]",
            {},
            Found("unstated", ["/components/training-code/version"]),
        ),
        ("of: [document]\nstates: [license]", {}, Found("not applicable", [])),
        ("of: [data-card]\nstates: [license]", {}, Found("not applicable", [])),
        (
            "of: [training-code]\nstates: [license]",
            {"set": {"/components/training-code": {"omitted": "withheld"}}},
            Found("unmet", ["/components/training-code/omitted"]),
        ),
        (
            "of: [training-code]\nstates: [license]",
            {"set": {"/components/training-code": {"omitted": "not-produced"}}},
            Found("not applicable", []),
        ),
        # value
        (
            "of: [training-data]\nvalue: {field: data.access, accepts: [open, public]}",
            {},
            Found("met", []),
        ),
        (
            "of: [training-data]\nvalue: {field: data.access, accepts: [open]}",
            {},
            Found("unmet", [f"{CORPUS}/data/access"]),
        ),
        (
            "of: [training-data]\nvalue: {field: data.access, accepts: [], refuses: [open]}",
            {},
            Found("undetermined", [f"{CORPUS}/data/access"]),
        ),
        (
            "of: [training-data]\nvalue: {field: data.access, refuses: [public]}",
            {},
            Found("unmet", [f"{CORPUS}/data/access"]),
        ),
        ("of: [training-data]\nvalue: {field: data.access, refuses: [open]}", {}, Found("met", [])),
        (
            "of: [training-data]\nvalue: {field: data.access, refuses: [open]}",
            {"remove": [f"{CORPUS}/data/access"]},
            Found("met", []),
        ),
        (
            "of: [training-data]\nvalue: {field: data.access, accepts: [open]}",
            {"remove": [f"{CORPUS}/data/access"]},
            Found("unstated", [f"{CORPUS}/data/access"]),
        ),
        ("of: [weights]\nvalue: {field: availability, accepts: [ungated]}", {}, Found("met", [])),
        (
            "of: [weights]\nvalue: {field: availability, accepts: [ungated]}",
            {"remove": [f"{WEIGHTS}/location"]},
            Found("unstated", [f"{WEIGHTS}/location"]),
        ),
        ("of: [weights]\nvalue: {field: extent, accepts: [full]}", {}, Found("met", [])),
        (
            "of: [model-card]\nvalue: {field: extent, accepts: [full]}",
            {"set": {"/components/model-card": {"path": "README.md"}}},
            Found("unstated", ["/components/model-card/extent"]),
        ),
        (
            "of: [release]\nvalue: {field: modalities.output, accepts: [text]}",
            {"set": {"/release/modalities": {"output": ["text", "image"]}}},
            Found("unmet", ["/release/modalities/output"]),
        ),
        (
            'of: [research-paper]\nvalue: {field: peer_reviewed, accepts: ["true"]}',
            {
                "set": {
                    "/components/research-paper": {"path": "paper.pdf", "peer_reviewed": False},
                }
            },
            Found("unmet", ["/components/research-paper/peer_reviewed"]),
        ),
        # forbids
        (
            "of: [training-data]\nforbids: {data.origin: [crawled], data.access: [public]}",
            {},
            Found("unmet", [f"{CORPUS}/data/access"]),
        ),
        (
            "of: [training-data]\nforbids: {data.origin: [crawled], data.access: [open]}",
            {},
            Found("met", []),
        ),
        # license
        ("of: [weights]\nlicense: [Apache-2.0, MIT]", {}, Found("met", [])),
        ("of: [weights]\nlicense: [osi-license]", {}, Found("met", [])),
        ("of: [weights]\nlicense: [MIT]", {}, Found("unmet", [f"{WEIGHTS}/license"])),
        (
            "of: [weights]\nlicense: [MIT]",
            {
                "set": {
                    f"{WEIGHTS}/license": "LicenseRef-X",
                    "/licenses": {"LicenseRef-X": {"url": "https://x.example.org"}},
                }
            },
            Found("unmet", [f"{WEIGHTS}/license"]),
        ),
        (
            "of: [weights]\nlicense: [LicenseRef-X]",
            {
                "set": {
                    f"{WEIGHTS}/license": "LicenseRef-X",
                    "/licenses": {"LicenseRef-X": {"url": "https://x.example.org"}},
                }
            },
            Found("met", []),
        ),
        ("of: [training-data]\nlicense: [osi-license, CC-BY-4.0]", {}, Found("met", [])),
        (
            "of: [training-data]\nlicense: [osi-license, mof-data]",
            {},
            Found("met", []),
        ),
        (
            "of: [training-data]\nlicense: [osi-license, dfsg]",
            {"set": {f"{CORPUS}/license": "CC-BY-NC-4.0 AND MIT"}},
            Found("unmet", [f"{CORPUS}/license"]),
        ),
        (
            "of: [weights]\nlicense: [MIT]",
            {"set": {f"{WEIGHTS}/license": "Apache-2.0 OR MIT"}},
            Found("met", []),
        ),
        (
            "of: [weights]\nlicense: [MIT]",
            {"set": {f"{WEIGHTS}/license": "Apache-2.0 AND MIT"}},
            Found("unmet", [f"{WEIGHTS}/license"]),
        ),
        (
            "of: [weights]\nlicense: [osi-license]",
            {
                "set": {
                    f"{WEIGHTS}/license": "NONE",
                    f"{WEIGHTS}/assertion": {"basis": "no-rights-claimed", "text": "Free."},
                }
            },
            Found("undetermined", [f"{WEIGHTS}/license"]),
        ),
        (
            "of: [weights]\nlicense: [osi-license]",
            {"set": {f"{WEIGHTS}/license": "NONE"}},
            Found("unmet", [f"{WEIGHTS}/license"]),
        ),
        (
            "of: [weights]\nlicense: [osi-license]",
            {"remove": [WEIGHTS]},
            Found("unstated", ["/components/weights"]),
        ),
        (
            "of: [weights, training-code]\nlicense: [osi-license]",
            {
                "set": {
                    "/release/additional_terms": [{"name": "AUP", "restricts": ["field-of-use"]}]
                }
            },
            Found("unmet", ["/release/additional_terms/0/restricts/0"]),
        ),
        # without_terms
        ("of: [weights]\nwithout_terms: [non-commercial]", {}, Found("met", [])),
        (
            "of: [weights]\nwithout_terms: [non-commercial]",
            {"set": {f"{WEIGHTS}/license": "CC-BY-NC-4.0"}},
            Found("unmet", [f"{WEIGHTS}/license"]),
        ),
        (
            "of: [weights]\nwithout_terms: [no-derivatives]",
            {"set": {f"{WEIGHTS}/license": "CC-BY-NC-4.0"}},
            Found("met", []),
        ),
        (
            "of: [weights]\nwithout_terms: [share-alike]",
            {},
            Found("undetermined", [f"{WEIGHTS}/license"]),
        ),
        (
            "of: [weights]\nwithout_terms: [non-commercial]",
            {"remove": [f"{WEIGHTS}/license"]},
            Found("unstated", [f"{WEIGHTS}/license"]),
        ),
        (
            "of: [training-data]\nwithout_terms: [non-commercial]",
            {"remove": [f"{CORPUS}/license"]},
            Found("met", []),
        ),
        (
            "of: [weights]\nwithout_terms: [acceptable-use-policy]",
            {"set": {f"{WEIGHTS}/additional_terms": [{"restricts": ["acceptable-use-policy"]}]}},
            Found("unmet", [f"{WEIGHTS}/additional_terms/0/restricts/0"]),
        ),
        # given
        ("of: [training-code]\ngiven: one", {}, Found("met", [])),
        ("of: [training-code, validation-code]\ngiven: one", {}, Found("met", [])),
        (
            "of: [training-code, validation-code]\ngiven: each",
            {},
            Found("unstated", ["/components/validation-code"]),
        ),
        (
            "of: [model-card, data-card]\ngiven: one",
            {},
            Found("unstated", ["/components/model-card"]),
        ),
        (
            "of: [training-code]\ngiven: one",
            {
                "set": {
                    "/components/more": {"kind": "training-code", "omitted": "withheld"},
                }
            },
            Found("met", []),
        ),
        (
            "of: [training-code]\ngiven: each",
            {
                "set": {
                    "/components/more": {"kind": "training-code", "omitted": "withheld"},
                }
            },
            Found("unmet", ["/components/more/omitted"]),
        ),
        (
            "of: [weights]\ngiven: each",
            {"set": {f"{WEIGHTS}/availability": "on-request"}},
            Found("unmet", [f"{WEIGHTS}/availability"]),
        ),
        (
            "of: [training-data]\ngiven: each",
            {"remove": [f"{WEIGHTS}/trained_on"]},
            Found("unstated", [f"{WEIGHTS}/trained_on"]),
        ),
        # claims
        ("claims: [osaid-1.0]", {}, Found("unstated", ["/release/claims"])),
        # rebuilds
        ("rebuilds: [quantization]", {}, Found("unstated", [f"{WEIGHTS}/derived_from"])),
        # remarks
        (
            "of: [training-data]\nremarks: {field: location, text: It is elsewhere.}",
            {},
            Found("met", [f"{CORPUS}/location"]),
        ),
        (
            "of: [training-data]\nremarks: {field: path, text: It is here.}",
            {},
            Found("met", []),
        ),
        # people
        (
            "of: [weights]\nstates: [license]\npeople: the license is real",
            {},
            Found("undetermined", [f"{WEIGHTS}/license"]),
        ),
        (
            "of: [weights]\nstates: [version]\npeople: the version is real",
            {},
            Found("unstated", [f"{WEIGHTS}/version"]),
        ),
        (
            "of: [data-card]\nstates: [license]\npeople: it is real",
            {},
            Found("not applicable", []),
        ),
    ],
)
def test_a_check_finds_what_it_is_for(check: str, change: Data, expected: Found) -> None:
    assert found(check, change) == expected


def test_training_data_is_all_that_the_weights_were_trained_on() -> None:
    check = "of: [training-data]\nstates: [license]"
    silent = {"remove": [f"{WEIGHTS}/trained_on", f"{CORPUS}/license"]}
    assert found(check, silent).pointers == [f"{WEIGHTS}/trained_on", f"{CORPUS}/license"]
    astray = {"set": {f"{WEIGHTS}/trained_on": ["corpus", "training-code"]}}
    assert found(check, astray).outcome == "unstated"
    learned_nothing = {"set": {f"{WEIGHTS}/trained_on": []}, "remove": [CORPUS]}
    assert found(check, learned_nothing) == Found("not applicable", [])


def test_a_base_with_a_manifest_of_its_own_answers_for_itself() -> None:
    change: Data = {
        "set": {
            "/components/base": {"kind": "weights", "manifest": "base/ai-manifest.yaml"},
            f"{WEIGHTS}/derived_from": {"base": "fine-tune"},
        }
    }
    check = "of: [training-data]\nstates: [license]"
    assert found(check, change) == Found("unstated", ["/components/base/manifest"])
    Path("base").mkdir()
    own = Path("base/ai-manifest.yaml")
    own.write_text(json.dumps(MANIFEST), encoding="utf-8")
    assert found(check, change) == Found("met", [])
    lacking = changed(MANIFEST, {"remove": [f"{CORPUS}/license"]})
    own.write_text(json.dumps(lacking), encoding="utf-8")
    assert found(check, change) == Found("unstated", ["/components/base/manifest"])


def test_code_of_a_converted_model_is_that_of_its_base() -> None:
    change: Data = {
        "set": {
            "/components/base": {"kind": "weights", "manifest": "base/ai-manifest.yaml"},
            f"{WEIGHTS}/derived_from": {"base": "conversion"},
        },
        "remove": [f"{WEIGHTS}/trained_on", CORPUS, "/components/training-code"],
    }
    Path("base").mkdir()
    own = Path("base/ai-manifest.yaml")
    own.write_text(json.dumps(MANIFEST), encoding="utf-8")
    check = "of: [training-code]\ngiven: one"
    assert found(check, change) == Found("met", [])
    without = changed(MANIFEST, {"remove": ["/components/training-code"]})
    own.write_text(json.dumps(without), encoding="utf-8")
    assert found(check, change) == Found("unstated", ["/components/base/manifest"])


def test_a_claim_is_checked() -> None:
    bar = policy_of(
        """\
        rules:
          it: {title: It is claimed, claims: [osaid-1.0]}
        """
    )
    claiming = changed(MANIFEST, {"set": {"/release/claims": ["osaid-1.0"]}})
    said = answer(assessed(claiming, bar), "acme/it")
    assert (said.outcome, said.findings) == (Outcome.UNMET, ())
    assert said.repeats == ("/release/claims/0",), "the claim itself is reported already"


def test_every_word_of_the_vocabulary_is_in_the_schema_and_the_reverse() -> None:
    rule = schemas.of(schemas.POLICY)[schemas.POLICY.root]["$defs"]["rule"]["properties"]
    others = {"title", "why", "fix", "cites", "counts", "of", "people"}
    assert set(rule) == MAKERS.keys() | others
    text = rule["of"]["description"]
    for word in set(WORDS) - set(kinds()):
        assert f"`{word}`" in text


def kinds() -> list[str]:
    listed: list[str] = schemas.load()["kind.schema.json"]["enum"]
    return listed


def test_what_is_said_of_the_rule_is_what_the_policy_says() -> None:
    bar = policy_of(
        """\
        url: https://acme.example.org/policy
        description: What we ask.
        rules:
          bare: {title: It is bare, of: [weights], states: [license]}
          uncited: {title: A, of: [weights], states: [version], counts: false, cites: []}
          full:
            title: It is full
            why: We say so.
            fix: Do it.
            counts: false
            cites:
              - {quote: Be full., clause: Section 2, url: "https://acme.example.org/2"}
              - {quote: Be., clause: "3", url: "https://acme.example.org/3", standing: our-reading}
            of: [weights]
            states: [version]
        """
    )
    bare, uncited, full = bar.rules
    assert len(uncited.cites) == 1
    assert (bare.id, bare.title, bare.why, bare.level) == (
        "acme/bare",
        "It is bare",
        "What we ask.",
        "complete",
    )
    assert [each[:3] for each in bare.cites] == [
        ("It is bare", "Acme policy, bare", "https://acme.example.org/policy")
    ]
    assert (full.title, full.why, full.fix, full.level) == (
        "It is full",
        "We say so.",
        "Do it.",
        None,
    )
    assert [each.standing.name for each in full.cites] == ["policy", "our reading"]
    assert full.cites[0][:3] == ("Be full.", "Section 2", "https://acme.example.org/2")
    assert assessed(MANIFEST, bar).verdict() is COMPLETE, "what does not count bears on nothing"


def test_a_policy_never_raises_whatever_is_missing() -> None:
    checks = "".join(
        f"  r{index}:\n    title: It is so\n    of: [{word}]\n    states: [{field}]\n"
        for index, (word, field) in enumerate(
            (word, field)
            for word in WORDS
            for field in ("license", "description")
            if (word, field) != ("release", "license")
            and (word, field) != ("metadata", "description")
        )
    )
    bar = policy_of(f"requires: [osaid-1.0, mof, g7-2026]\nrules:\n{checks}")
    for name in sorted((ROOT / "tests" / "conformance").rglob("ai-manifest.yaml"))[::7]:
        validate(name.read_bytes(), path=str(name), require=(), policy=bar)


# -- frameworks ------------------------------------------------------------------------------------


def test_the_rules_of_a_required_framework_are_rules_of_the_policy() -> None:
    bar = policy_of("requires: [osaid-1.0]")
    required = [each.id for each in frameworks.load("osaid-1.0").rules if each.level]
    assert [each.id for each in bar.rules] == required
    for name in ("vision-complete", "bloom", "minimal", "falcon-180b"):
        source = (ROOT / "examples" / f"{name}.yaml").read_bytes()
        report = validate(source, require=("osaid-1.0",), policy=bar)
        own, theirs = report.assessment("acme"), report.assessment("osaid-1.0")
        assert own
        assert theirs
        assert own.verdict() is theirs.verdict()
        outcomes = {each.rule.id: each for each in theirs.answers}
        for each in own.answers:
            assert each.outcome is outcomes[each.rule.id].outcome
            assert each.findings == outcomes[each.rule.id].findings


def test_a_level_brings_the_rules_that_it_needs_and_no_others() -> None:
    mof = frameworks.load("mof")
    bar = policy_of("requires: [mof:class-2]")
    needed = mof.needed("class-2")
    assert {each.id for each in bar.rules} == {
        each.id for each in mof.rules if each.level in needed
    }
    assert mof.levels[-1] not in needed


def test_no_verdict_of_a_framework_is_touched_by_a_policy() -> None:
    lines = (
        f"  - {{rule: {each.id}, reason: We do not mind.}}\n"
        for each in frameworks.load("osaid-1.0").rules
        if each.level
    )
    bar = policy_of(f"requires: [osaid-1.0]\nsoftens:\n{''.join(lines)}")
    source = (ROOT / "examples" / "minimal.yaml").read_bytes()
    report = validate(source, require=("osaid-1.0",), policy=bar)
    own, theirs = report.assessment("acme"), report.assessment("osaid-1.0")
    assert own
    assert theirs
    assert own.verdict() is COMPLETE
    assert theirs.verdict() is INCOMPLETE
    assert {each.outcome for each in own.findings} == {None}, "what is softened is a remark"
    page = " ".join(rendered("text", report, bar).split())
    for rule, _ in bar.policy.softened if bar.policy else ():
        assert f"Softened to remarks [{rule}]: We do not mind." in page


# -- waivers ---------------------------------------------------------------------------------------


def waiving(*waivers: str, more: str = "", today: str = TODAY) -> policy.PolicyFramework:
    """Return a policy that asks for checksums and a version, with `waivers` in flow style."""
    lines = "".join(f"  - {each}\n" for each in waivers)
    return policy_of(
        "rules:\n"
        "  checksums: {title: There are checksums, of: [weights], states: [checksums]}\n"
        "  version: {title: There is a version, of: [weights], states: [version]}\n"
        f"waivers:\n{lines}{more}",
        today=today,
    )


def waiver(rule: str, place: str, *, expires: str = "2027-01-31", release: str = "") -> str:
    only = f"release: {release}, " if release else ""
    return (
        f"{{rule: {rule}, place: {place}, {only}reason: Being built., owner: ops, "
        f'expires: "{expires}"}}'
    )


CHECKSUMS = waiver("checksums", "/components/weights/checksums")
VERSION = waiver("acme/version", "weights")


def rendered(style: str, report: Report, *bars: Framework) -> str:
    targets = [Target(each, None) for each in bars]
    return "".join(renderers.load(style)(iter([report]), targets=targets, screen=Screen()))


def test_a_waiver_never_turns_a_verdict_green() -> None:
    bar = waiving(CHECKSUMS, VERSION)
    report = report_on(MANIFEST, bar)
    assessment = report.assessment("acme")
    assert assessment
    assert assessment.verdict() is INCOMPLETE
    assert assessment.level is None
    assert assessment.except_waived
    assert not report.reaches([Target(bar, None)])
    assert renderers.verdict(assessment) == "complete except for 2 waived findings"
    accepting = waiving(CHECKSUMS, VERSION, more="accept_waived: true\n")
    report = report_on(MANIFEST, accepting)
    assert report.reaches([Target(accepting, None)])
    assert report.assessments[1].verdict() is INCOMPLETE


def test_a_badge_of_what_is_waived_is_not_green() -> None:
    accepting = waiving(CHECKSUMS, VERSION, more="accept_waived: true\n")
    waived = rendered("badge", report_on(MANIFEST, accepting), accepting)
    assert "complete except for 2 waived findings" in waived
    plain = policy_of("rules:\n  it: {title: A, of: [weights], states: [license]}\n")
    green = rendered("badge", report_on(MANIFEST, plain), plain)
    label, *rest = re.findall(r'fill="(#[0-9a-f]{6})" d=', green)
    assert re.findall(r'fill="(#[0-9a-f]{6})" d=', waived)[0] == label
    assert set(re.findall(r'fill="(#[0-9a-f]{6})" d=', waived)[1:]).isdisjoint(rest)


def test_what_is_waived_is_shown_with_reason_owner_and_expiry() -> None:
    bar = waiving(CHECKSUMS, VERSION)
    report = report_on(MANIFEST, bar)
    text = " ".join(rendered("text", report, bar).split())
    assert "unstated, waived [acme/checksums]" in text
    assert "= waived until 2027-01-31 by ops: Being built" in text
    assert 'by the policy "Acme policy", version 3: complete except for 2 waived findings.' in text
    assert re.search(r"Waived at \S+ \[acme/version\] until 2027-01-31 by ops: Being built\.", text)
    assert "The policy does not let pass what is complete but for waivers." in text
    assert "Smallest next step" not in text
    concise = rendered("concise", report, bar)
    assert "unstated (waived until 2027-01-31): " in concise
    assert ": acme: complete except for 2 waived findings (" in concise
    whole = json.loads(rendered("json", report, bar))
    Draft202012Validator(schemas.report()).validate(whole)
    (own,) = [each for each in whole["files"][0]["assessments"] if each["framework"] == "acme"]
    assert (own["verdict"], own["except_waived"], own["level"]) == ("incomplete", True, None)
    findings = [each for said in own["answers"] for each in said["findings"]]
    assert [each["waiver"] for each in findings] == [
        {"reason": "Being built.", "owner": "ops", "expires": "2027-01-31"}
    ] * 2
    assert [each["outcome"] for each in findings] == ["unstated", "unstated"]
    assert whole["reached"] is whole["files"][0]["reached"] is False


def test_one_waiver_of_two_faults_leaves_the_verdict_as_it_is() -> None:
    bar = waiving(CHECKSUMS)
    assessment = assessed(MANIFEST, bar)
    assert len(assessment.waived) == 1
    assert not assessment.except_waived
    assert renderers.verdict(assessment) == "incomplete"


@pytest.mark.parametrize(
    "given",
    [
        waiver("checksums", "/components/weights"),
        waiver("checksums", "/components/weights/checksums/0"),
        waiver("checksums", "/components/weight/checksums"),
        waiver("checksums", "corpus"),
        waiver("checksums", "weight"),
        waiver("checksums", "/components/weights/version"),
    ],
)
def test_a_place_is_matched_exactly(given: str) -> None:
    bar = waiving(given, VERSION)
    assessment = assessed(MANIFEST, bar)
    assert not assessment.except_waived
    said = answer(assessment, "acme/waivers")
    assert said.outcome is Outcome.UNMET
    assert "finds nothing to waive" in said.findings[0].message
    assert "acme.yaml:9:6" in said.findings[0].message


def test_a_waiver_expires_after_its_last_day() -> None:
    for today, held in (("2027-01-31", True), ("2027-02-01", False)):
        assessment = assessed(MANIFEST, waiving(CHECKSUMS, VERSION, today=today))
        assert assessment.except_waived is held
        assert bool(assessment.waived) is held
    said = answer(assessment, "acme/waivers")
    assert [each.pointer for each in said.findings] == [
        "/components/weights/checksums",
        "/components/weights",
    ]
    assert "expired on 2027-01-31" in said.findings[0].message
    assert "given by ops" in said.findings[0].message


def test_an_expired_waiver_of_what_was_mended_is_to_be_taken_out() -> None:
    mended = changed(MANIFEST, {"set": {f"{WEIGHTS}/version": "1"}})
    bar = waiving(CHECKSUMS, waiver("version", "weights", expires="2026-01-01"))
    said = answer(assessed(mended, bar), "acme/waivers")
    (finding,) = said.findings
    assert "there is nothing left to waive" in finding.message
    assert finding.fix == "Take the waiver out."


def test_a_waiver_for_another_release_is_none_here() -> None:
    named = waiver("checksums", "weights", release="Example 7B")
    assert assessed(MANIFEST, waiving(named, VERSION)).except_waived
    other = waiver("checksums", "weights", release="Example 70B")
    assessment = assessed(MANIFEST, waiving(other, VERSION))
    assert not assessment.except_waived
    assert answer(assessment, "acme/waivers").outcome is Outcome.MET, "it is not unmatched either"


def test_a_waiver_holds_for_one_framework() -> None:
    bar = policy_of(
        f"""\
        requires: [osaid-1.0]
        rules:
          license: {{title: It is MIT, of: [weights], license: [MIT]}}
        waivers:
          - {waiver("osaid-1.0/parameter-terms", "/components/weights/license")}
        """
    )
    closed = changed(MANIFEST, {"set": {f"{WEIGHTS}/license": "CC-BY-NC-4.0"}})
    assessment = assessed(closed, bar)
    assert [each.rule for each, _ in assessment.waived] == ["osaid-1.0/parameter-terms"]
    own = answer(assessment, "acme/license")
    assert [each.pointer for each in own.findings] == [f"{WEIGHTS}/license"]


def test_a_waiver_holds_where_its_fault_bears_on_other_rules_of_the_framework() -> None:
    bar = policy_of("requires: [osaid-1.0]")
    silent = json.loads(json.dumps(suite("debian-proposed")["manifest"]))
    del silent["components"]["weights"]["trained_on"]
    faults = [each for each in assessed(silent, bar).findings if each.outcome]
    lines = "".join(f"  - {waiver(each.rule, each.pointer)}\n" for each in faults)
    bar = policy_of(f"requires: [osaid-1.0]\nwaivers:\n{lines}")
    assessment = assessed(silent, bar)
    assert assessment.except_waived
    repeats = [each for said in assessment.answers for each in said.repeats]
    assert "/components/weights/trained_on" in repeats


def test_a_waiver_that_names_the_wrong_rule_is_told_the_right_one() -> None:
    silent = changed(MANIFEST, {"remove": [f"{WEIGHTS}/trained_on"]})
    bar = policy_of(
        f"""\
        rules:
          first: {{title: A, of: [training-data], states: [license]}}
          second: {{title: B, of: [training-data], states: [version]}}
        waivers:
          - {waiver("second", "weights")}
        """
    )
    (finding,) = answer(assessed(silent, bar), "acme/waivers").findings
    assert finding.fix == "Name `acme/first` in the waiver, under which the fault is reported."


def test_a_waiver_may_name_a_place_in_a_list() -> None:
    bar = policy_of(
        f"""\
        rules:
          terms: {{title: A, of: [weights], without_terms: [non-commercial]}}
        waivers:
          - {waiver("terms", "/components/weights/additional_terms/0/restricts/0")}
          - {waiver("terms", "/components/weights/additional_terms/7/restricts/0")}
        """
    )
    terms = {f"{WEIGHTS}/additional_terms": [{"restricts": ["non-commercial"]}]}
    assessment = assessed(changed(MANIFEST, {"set": terms}), bar)
    assert len(assessment.waived) == 1
    (finding,) = answer(assessment, "acme/waivers").findings
    assert finding.pointer == "/components/weights/additional_terms/7/restricts/0"


def test_bases_are_judged_without_waivers() -> None:
    Path("base").mkdir()
    Path("base/ai-manifest.yaml").write_text(json.dumps(MANIFEST), encoding="utf-8")
    bar = policy_of(
        f"""\
        rules:
          version: {{title: A, of: [training-data], states: [version]}}
        waivers:
          - {waiver("version", "corpus")}
        """
    )
    change: Data = {
        "set": {
            "/components/base": {"kind": "weights", "manifest": "base/ai-manifest.yaml"},
            f"{WEIGHTS}/derived_from": {"base": "fine-tune"},
        }
    }
    assessment = assessed(changed(MANIFEST, change), bar)
    assert [each.pointer for each, _ in assessment.waived] == [f"{CORPUS}/version"]
    assert not assessment.except_waived
    said = answer(assessment, "acme/version")
    assert "/components/base/manifest" in [each.pointer for each in said.findings]


# -- policies that extend others -------------------------------------------------------------------


def test_a_policy_may_extend_another() -> None:
    Path("parent").mkdir()
    Path("parent/parent.yaml").write_text(
        'aimanifest_policy: "1.0"\nid: parent\ntitle: Parent\nversion: "1"\n'
        "requires: [mof:class-2]\n"
        "rules:\n  version: {title: A, of: [weights], states: [version]}\n"
        "not_checked: [whether it is good]\n",
        encoding="utf-8",
    )
    bar = policy_of(
        """\
        extends: parent/parent.yaml
        requires: [mof:class-3]
        softens:
          - {rule: parent/version, reason: No matter.}
        rules:
          checksums: {title: B, of: [weights], states: [checksums]}
        not_checked: [whether it is better]
        """
    )
    ids = [each.id for each in bar.rules]
    assert "parent/version" in ids
    assert "acme/checksums" in ids
    assert "mof/" in "".join(ids)
    mof = frameworks.load("mof")
    asked = {each for each in ids if each.startswith("mof/")}
    harder = {each.id for each in mof.rules if each.level in mof.needed("class-2")}
    assert asked == harder, "of two levels the harder one holds"
    assert bar.not_checked == (*mof.not_checked, "whether it is good", "whether it is better")
    said = answer(assessed(MANIFEST, bar), "parent/version")
    assert said.rule.level is None


def test_policies_may_not_extend_one_another_in_a_circle() -> None:
    for one, other in (("a", "b"), ("b", "a")):
        Path(f"{one}.yaml").write_text(
            HEAD.replace("acme", one) + f"extends: {other}.yaml\n", encoding="utf-8"
        )
    with pytest.raises(policy.Faulty) as caught:
        policy.load("a.yaml", today=TODAY)
    (finding,) = caught.value.findings
    assert finding.message == "the policy extends `a.yaml`, which leads back to this policy"
    assert caught.value.path == "b.yaml"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gone.yaml", "which cannot be read: No such file or directory"),
        ("darktabel", "and there is no such policy; there are darktable, debian-proposed"),
    ],
)
def test_what_is_extended_has_to_be_there(name: str, words: str) -> None:
    with pytest.raises(policy.Faulty) as caught:
        policy_of(f"extends: {name}\n")
    (finding,) = caught.value.findings
    assert finding.message == f"the policy extends `{name}`, {words}"
    assert finding.span.start == (5, 10)


def test_a_chain_of_policies_has_an_end() -> None:
    for index in range(policy.LIMIT_EXTENDED + 2):
        Path(f"p{index}.yaml").write_text(
            HEAD.replace("acme", f"p{index}") + f"extends: p{index + 1}.yaml\n", encoding="utf-8"
        )
    with pytest.raises(policy.Faulty, match=f"p{policy.LIMIT_EXTENDED}.yaml: 1 faults"):
        policy.load("p0.yaml", today=TODAY)


# -- faults of policies ----------------------------------------------------------------------------

FAULTY = sorted((POLICIES / "faults").glob("*.yaml"))


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_a_fault_of_a_policy_is_told_with_its_place(path: Path) -> None:
    expected = re.findall(r"^# ([0-9]+:[0-9]+: .+)$", path.read_text("utf-8"), re.MULTILINE)
    assert expected
    with pytest.raises(policy.Faulty) as caught:
        policy.load(str(path), today=TODAY)
    found = [
        f"{each.span.start.line}:{each.span.start.column}: {each.message}"
        for each in caught.value.findings
    ]
    assert found == expected
    assert all(each.fix for each in caught.value.findings)


def test_a_manifest_is_no_policy_and_a_policy_no_manifest() -> None:
    example = ROOT / "examples" / "minimal.yaml"
    with pytest.raises(policy.Faulty) as caught:
        policy.load(str(example), today=TODAY)
    (finding,) = caught.value.findings
    assert finding.message == (
        "This is no policy: it has no key `aimanifest_policy`. It looks like an AI manifest."
    )
    (problem,) = read((ROOT / "aimanifest" / "policies" / "darktable.yaml").read_bytes()).problems
    assert problem.message == ("This is no AI manifest but a policy, which is given as `--policy`.")


@given(st.binary(max_size=200))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_make_reading_fail_otherwise(source: bytes) -> None:
    Path("any.yaml").write_bytes(source)
    with pytest.raises(policy.Faulty):
        policy.load("any.yaml", today=TODAY)


LINES = [
    line
    for name in SHIPPED
    for line in (ROOT / "aimanifest" / "policies" / f"{name}.yaml").read_text("utf-8").splitlines()
]


@given(st.data())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_policy_with_lines_out_of_place_is_read_or_faulty(data: st.DataObject) -> None:
    lines = list(LINES[: data.draw(st.integers(5, len(LINES)))])
    for _ in range(data.draw(st.integers(1, 3))):
        index = data.draw(st.integers(0, len(lines) - 1))
        lines[index] = data.draw(st.sampled_from([*LINES, "", "  a: b", "rules: {}", "- a"]))
    Path("any.yaml").write_text("\n".join(lines), encoding="utf-8")
    try:
        bar = policy.load("any.yaml", today=TODAY)
    except policy.Faulty:
        return
    assert assessed(MANIFEST, bar).answers


# -- the schema ------------------------------------------------------------------------------------

SCHEMA = schemas.of(schemas.POLICY)[schemas.POLICY.root]


def subschemas(schema: Any, path: str) -> Iterator[tuple[str, Data]]:
    """Give each schema in `schema` with its path, itself first."""
    if isinstance(schema, dict):
        yield path, schema
        for keyword in ("properties", "$defs"):
            for name, each in schema.get(keyword, {}).items():
                yield from subschemas(each, f"{path}/{keyword}/{name}")
        for keyword in ("items", "additionalProperties", "propertyNames"):
            yield from subschemas(schema.get(keyword), f"{path}/{keyword}")


ALL = dict(subschemas(SCHEMA, ""))


@pytest.mark.parametrize(
    "path", [path for path in ALL if path.split("/")[-2:-1] in (["properties"], ["$defs"])]
)
def test_every_field_is_titled_described_and_exampled(path: str) -> None:
    schema = ALL[path]
    assert re.fullmatch(r"[A-Z][\w -]*", schema["title"])
    assert re.fullmatch(r"(?s)[A-Z].*[^ .]\.", schema["description"])
    registry: Registry[Any] = Registry().with_resources(
        (each["$id"], Resource.from_contents(each)) for each in schemas.of(schemas.POLICY).values()
    )
    here = {"$id": "https://aimanifest.org/schema/1.0/here", **schema}
    validator = Draft202012Validator(here, registry=registry)
    for example in schema["examples"]:
        assert [each.message for each in validator.iter_errors(example)] == []


@pytest.mark.parametrize("path", ALL)
def test_every_map_is_closed_and_every_word_explained(path: str) -> None:
    schema = ALL[path]
    if "properties" in schema:
        assert schema["additionalProperties"] is False
    elif schema.get("type") == "object":
        assert schema["propertyNames"]
        assert schema["additionalProperties"]
    if "enum" in schema:
        lines = schema["description"].split("\n\n")[1].split("\n")
        told = [re.fullmatch(r"- `([a-z-]+)`: .+\.", line) for line in lines]
        assert [each and each[1] for each in told] == schema["enum"]
    if "pattern" in schema:
        assert schema["pattern"].count("$") == schema["pattern"].count(r"$(?!\n)")


def test_the_schema_is_one_and_every_engine_reads_it() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    bundle = schemas.bundle(schemas.POLICY)
    references = re.findall(r'"\$ref": "([^"]*)"', json.dumps(bundle))
    assert references
    assert all(each.startswith("#/") for each in references)
    quick = jsonschema_rs.Draft202012Validator(bundle, offline=True)
    slow = Draft202012Validator(bundle)
    for name in SHIPPED:
        data = yaml.safe_load((ROOT / "aimanifest" / "policies" / f"{name}.yaml").read_bytes())
        assert quick.is_valid(data)
        assert slow.is_valid(data)
    assert schemas.POLICY.root not in schemas.load()


# -- the command -----------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(aimanifest, arguments)


def manifest_file(data: Data | None = None) -> str:
    Path("ai-manifest.yaml").write_text(json.dumps(data or MANIFEST), encoding="utf-8")
    return "ai-manifest.yaml"


def test_a_policy_takes_the_place_of_what_is_required_by_default() -> None:
    result = run("validate", "--policy", "debian-proposed", str(ROOT / "examples" / "amber.yaml"))
    assert result.exit_code == 0, result.output
    assert "Open Source AI Definition" not in result.stdout
    assert 'by the policy "Debian on AI models, as proposed", version 2025-04-19: complete.' in (
        " ".join(result.stdout.split())
    )
    assert "no vote is on record" in " ".join(result.stdout.split())


def test_both_are_asked_where_both_are_given() -> None:
    path = manifest_file()
    policy_of("rules:\n  it: {title: A, of: [weights], states: [license]}\n")
    alone = run("validate", "--policy", "acme.yaml", path)
    assert alone.exit_code == 0
    both = run("validate", "--policy", "./acme.yaml", "--require", "osaid-1.0", path)
    assert both.exit_code == 1
    assert both.stdout.count("incomplete.") == 1


def test_the_exit_code_says_whether_what_is_waived_passes() -> None:
    path = manifest_file()
    waiving(CHECKSUMS, VERSION)
    arguments = ("validate", "--policy", "acme.yaml", "--today", TODAY, path)
    assert run(*arguments).exit_code == 1
    waiving(CHECKSUMS, VERSION, more="accept_waived: true\n")
    assert run(*arguments).exit_code == 0
    assert run("validate", "--policy", "acme.yaml", "--today", "2030-01-01", path).exit_code == 1


def test_each_of_several_files_is_judged_and_waivers_find_their_release() -> None:
    waiving(waiver("checksums", "weights", release="Example 7B"), VERSION)
    for name in ("Example 7B", "Example 70B"):
        Path(name).mkdir()
        own = changed(MANIFEST, {"set": {"/release/name": name}})
        Path(name, "ai-manifest.yaml").write_text(json.dumps(own), encoding="utf-8")
    result = run("validate", "--policy", "acme.yaml", "--today", TODAY, "--format", "concise", ".")
    assert result.exit_code == 1
    verdicts = [each for each in result.stdout.splitlines() if ": acme: " in each]
    assert [each.partition(" (")[0] for each in verdicts] == [
        "Example 70B/ai-manifest.yaml: acme: incomplete",
        "Example 7B/ai-manifest.yaml: acme: complete except for 2 waived findings",
    ]
    text = run("validate", "--policy", "acme.yaml", "--today", TODAY, ".").stdout
    assert text.endswith("2 files: 0 reach acme, 2 do not.\n")


def test_a_wrong_file_is_not_judged_by_a_policy() -> None:
    Path("wrong.yaml").write_text('aimanifest: "1.0"\nrelease: {name: A}\n', encoding="utf-8")
    policy_of("rules:\n  it: {title: A, of: [weights], states: [license]}\n")
    result = run("validate", "--policy", "acme.yaml", "wrong.yaml")
    assert result.exit_code == 1
    page = " ".join(result.stdout.split())
    assert 'by the policy "Acme policy", version 3: not assessed' in page


def test_the_report_for_programs_names_the_policy() -> None:
    path = manifest_file()
    waiving(CHECKSUMS)
    result = run("validate", "--policy", "acme.yaml", "--today", TODAY, "--format", "json", path)
    whole = json.loads(result.stdout)
    Draft202012Validator(schemas.report()).validate(whole)
    assert whole["required"] == ["acme"]
    assert whole["policy"] == {
        "id": "acme",
        "title": "Acme policy",
        "version": "3",
        "url": "acme.yaml",
        "source": "acme.yaml",
        "status": "",
        "today": TODAY,
        "softened": [],
        "accepts_waived": False,
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("--policy", "darktabel"),
            "Did you mean 'darktable'? There are: darktable, debian-proposed.",
        ),
        (("--policy", "acme"), "A file is given as a path: './acme'."),
        (("--policy", "gone.yaml"), "'gone.yaml' cannot be read: No such file or directory."),
        (("--policy", "darktable", "--policy", "darktable"), "--policy is given once"),
        (("--today", TODAY), "--today is about the waivers of a --policy."),
        (("--policy", "darktable", "--today", "tomorrow"), "--today is a day such as 2027-01-31"),
    ],
)
def test_wrong_use_is_told_before_anything_is_read(arguments: tuple[str, ...], words: str) -> None:
    Path("acme").write_text("", encoding="utf-8")
    result = run("validate", *arguments, manifest_file())
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_a_faulty_policy_ends_with_2_and_every_fault() -> None:
    path = POLICIES / "faults" / "words.yaml"
    result = run("validate", "--policy", str(path), manifest_file())
    assert result.exit_code == 2
    assert f"{path} is no right policy." in result.stderr
    assert re.search(
        rf"^{re.escape(str(path))}:[0-9]+:[0-9]+: .+\n    .+", result.stderr, re.MULTILINE
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rule_of_a_shipped_policy_is_explained(
    name: str, bars: dict[str, policy.PolicyFramework]
) -> None:
    for rule in bars[name].rules:
        result = run("explain", rule.id)
        assert result.exit_code == 0
        page = " ".join(result.stdout.split())
        for part in (rule.id, rule.title, rule.why, rule.fix, rule.cites[0].quote):
            assert " ".join(part.split()) in page
        assert bars[name].title in page
        assert result.stdout == reference.page(rule, bars[name])


def test_a_rule_of_ones_own_policy_is_explained() -> None:
    policy_of(
        "rules:\n  it: {title: It is so, why: We say it., of: [weights], states: [license]}\n"
    )
    result = run("explain", "it", "--policy", "acme.yaml")
    assert result.exit_code == 0, result.output
    assert "We say it." in result.stdout
    assert 'Asked by the policy "Acme policy", version 3.' in result.stdout
    assert run("explain", "osaid-1.0/parameters", "--policy", "acme.yaml").exit_code == 2


def test_the_schema_is_printed() -> None:
    result = run("schema", "--policy")
    assert json.loads(result.stdout) == schemas.bundle(schemas.POLICY)
    assert run("schema", "--policy", "--report").exit_code == 2


def test_the_help_names_what_is_shipped() -> None:
    page = " ".join(run("validate", "--help").stdout.split())
    assert ", ".join(SHIPPED) in page


def test_nothing_of_it_is_imported_unless_it_is_asked_for() -> None:
    code = (
        "import sys; from aimanifest.cli import aimanifest\n"
        "try: aimanifest(['validate', sys.argv[1]])\n"
        "except SystemExit: pass\n"
        "print('aimanifest.policy' in sys.modules)"
    )
    example = str(ROOT / "examples" / "minimal.yaml")
    done = subprocess.run(
        (sys.executable, "-c", code, example), capture_output=True, check=True, text=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "False"


def test_the_measures_that_a_policy_may_name_are_those_of_the_page() -> None:
    page = (ROOT / "docs" / "licenses.md").read_text("utf-8")
    for each in MEASURES:
        assert f"| `{each.notion.id}` |" in page


# -- the page --------------------------------------------------------------------------------------

PAGE = ROOT / "docs" / "policies.md"
EXAMPLES = sorted(
    path for path in (ROOT / "examples").glob("*.yaml") if path.name != "expected.yaml"
)


def table(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table; `head` holds the names of its columns."""
    names = tuple(head.split(" | "))
    lines = [names, ("---",) * len(names), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n\n", "\n").replace("\n", "<br>")


def keys(schema: Data) -> str:
    required = schema.get("required", ())
    rows = [
        (f"`{key}`", "**required**" if key in required else "optional", cell(each["description"]))
        for key, each in schema["properties"].items()
    ]
    return f"{schema['description']}\n\n{table('Key | Presence | Meaning', rows)}"


def rules_of(name: str) -> str:
    data = yaml.safe_load((ROOT / "aimanifest" / "policies" / f"{name}.yaml").read_bytes())
    rows = []
    for id, rule in data["rules"].items():
        (word,) = MAKERS.keys() & rule.keys()
        whom = reference.flow(rule.get("of", ["release"]))
        asks = f"`{word}: {reference.flow(rule[word])}` of `{whom}`"
        if "people" in rule:
            asks += f"; people judge whether {rule['people']}"
        cites = "; ".join(f"[{each['clause']}]({each['url']})" for each in rule["cites"])
        counts = "yes" if rule.get("counts", True) else "no"
        rows.append((f"`{id}`", rule["title"], asks, counts, cites))
    return table("Rule | What is so when all is well | What is checked | Counts | Source", rows)


def what_is_said_of_the_examples(name: str) -> str:
    bar = policy.load(name, today=TODAY)
    rows = []
    for path in EXAMPLES:
        folder = LocalFolder(str(path.parent), own=str(path))
        report = validate(path.read_bytes(), require=(), policy=bar, folder=folder)
        assessment = report.assessment(bar.id)
        assert assessment
        counted = in_the_way(each for each in assessment.answers if each.rule.level)
        beside = in_the_way(each for each in assessment.answers if not each.rule.level)
        link = f"[{path.stem}](../examples/{path.name})"
        rows.append((link, renderers.verdict(assessment), counted, beside))
    return table("Example | Verdict | What is in the way | Beside the verdict", rows)


def in_the_way(answers: Iterable[Answer]) -> str:
    listed: dict[Outcome, list[str]] = {}
    for each in answers:
        if each.outcome in FAULTS:
            listed.setdefault(each.outcome, []).append(each.rule.id.partition("/")[2])
    return "; ".join(
        f"{outcome.value}: {', '.join(listed[outcome])}"
        for outcome in (Outcome.UNMET, Outcome.UNSTATED, Outcome.UNDETERMINED)
        if outcome in listed
    )


PARTS: dict[str, Callable[[], str]] = {
    "policy keys": lambda: keys(SCHEMA),
    **{
        f"policy {name}": partial(keys, SCHEMA["$defs"][name])
        for name in ("rule", "value", "citation", "softening", "waiver")
    },
    **{f"policy rules of {name}": partial(rules_of, name) for name in SHIPPED},
    **{
        f"policy examples of {name}": partial(what_is_said_of_the_examples, name)
        for name in SHIPPED
    },
}


@pytest.mark.parametrize("part", PARTS)
def test_the_page_is_in_step(part: str, in_step: InStep) -> None:
    in_step(PAGE, PARTS[part](), part=part)


def test_every_part_of_the_page_is_generated() -> None:
    marks = re.findall(r"^<!-- generated: (.+) -->$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert marks == sorted(PARTS, key=marks.index)


def test_the_policies_on_the_page_are_right() -> None:
    shown = re.findall(r"(?s)```yaml\n(aimanifest_policy.*?)```", PAGE.read_text("utf-8"))
    assert len(shown) == 2
    for index, text in enumerate(shown):
        Path(f"p{index}.yaml").write_text(text, encoding="utf-8")
        assert policy.load(f"p{index}.yaml", today=TODAY).waivers


def test_the_program_on_the_page_works() -> None:
    (code,) = re.findall(r"(?s)```python\n(.*?)```", PAGE.read_text("utf-8"))
    waiving(CHECKSUMS, VERSION, today="2020-01-01")
    Path("acme.yaml").rename("policy.yaml")
    manifest_file()
    done = subprocess.run(
        (sys.executable, "-c", code),
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.startswith("incomplete ")


def test_the_page_says_what_the_rule_on_waivers_quotes() -> None:
    bar = waiving(CHECKSUMS)
    (cite,) = bar.rules[-1].cites
    assert cite.quote in PAGE.read_text("utf-8")


def test_every_format_is_written_by_a_policy_without_an_address() -> None:
    bar = waiving(CHECKSUMS)
    report = report_on(MANIFEST, bar)
    for style in renderers.names():
        assert rendered(style, report, bar)
    log = json.loads(rendered("sarif", report, bar))
    described = log["runs"][0]["tool"]["driver"]["rules"]
    assert [each for each in described if "://" not in each.get("helpUri", "://")] == []
    waived = [each for each in log["runs"][0]["results"] if "suppressions" in each]
    assert [each["ruleId"] for each in waived] == ["acme/checksums"]
