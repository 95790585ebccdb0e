"""What changed for openness between two manifests, and which way."""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from aimanifest import frameworks, schemas
from aimanifest.cli import aimanifest
from aimanifest.licenses.notions import CODE, DATA, DOCUMENTS, WEIGHTS
from aimanifest.report import Report
from aimanifest.upkeep import telling
from aimanifest.upkeep.difference import Difference, Turn, difference
from aimanifest.upkeep.direction import BETTER, NEUTRAL, UNCLEAR, WORSE, Direction, together
from aimanifest.upkeep.terms import course
from aimanifest.validation import validate

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden" / "difference"
EVERY = tuple(frameworks.every())
InStep = Callable[..., None]

RELEASE: dict[str, Any] = {
    "aimanifest": "1.0",
    "metadata": {"license": "CC0-1.0"},
    "release": {"name": "Tern", "version": "1", "publisher": {"name": "Example Lab"}},
    "licenses": {"LicenseRef-Own": {"url": "https://example.org/own"}},
    "components": {
        "weights": {
            "license": "Apache-2.0",
            "location": "https://models.example.org/tern",
            "revision": "a" * 40,
            "trained_on": ["pages"],
            "produced_by": ["training-code"],
            "checksums": {"model.safetensors": "0" * 64},
        },
        "pages": {
            "kind": "training-data",
            "license": "ODC-By-1.0",
            "location": "https://data.example.org/pages",
            "data": {
                "access": "public",
                "provenance": "The Example Archive, read in 2025.",
                "scope": "Ten thousand pages.",
                "collection": "All of it.",
                "labeling": "none",
                "processing": "none",
                "documented_in": ["data-card"],
                "sources": [
                    {"name": "First", "license": "MIT", "access": "open"},
                    {"name": "Second", "location": "https://data.example.org/second"},
                ],
            },
        },
        "data-card": {"license": "CC-BY-4.0", "location": "https://data.example.org/card"},
        "training-code": {
            "includes": ["model-architecture", "training-configuration"],
            "license": "MIT",
            "location": "https://code.example.org/tern",
        },
        "evaluation-code": {"omitted": "withheld"},
    },
}


def report(data: Mapping[str, Any], require: tuple[str, ...] = ("osaid-1.0",)) -> Report:
    found = validate(json.dumps(data).encode(), require=require)
    assert not found.problems, found.problems
    return found


def changed(changes: Mapping[str, Any], of: Mapping[str, Any] = RELEASE) -> dict[str, Any]:
    """Return a release with other values at some JSON Pointers; None takes one out."""
    data = deepcopy(dict(of))
    for pointer, value in changes.items():
        *above, last = pointer.split("/")[1:]
        inner: Any = data
        for step in above:
            inner = inner[int(step)] if isinstance(inner, list) else inner[step]
        if value is None:
            del inner[int(last) if isinstance(inner, list) else last]
        else:
            inner[int(last) if isinstance(inner, list) else last] = value
    return data


def between(changes: Mapping[str, Any]) -> Difference:
    return difference(report(RELEASE), report(changed(changes)))


C = "/components"
NEWER = {"/release/version": "2"}

CASES: dict[str, tuple[dict[str, Any], str, Direction]] = {
    "a license that restricts": (
        {f"{C}/weights/license": "CC-BY-NC-4.0"},
        "license-narrowed",
        WORSE,
    ),
    "a license nobody knows": (
        {f"{C}/weights/license": "LicenseRef-Own"},
        "license-narrowed",
        WORSE,
    ),
    "a license no more": ({f"{C}/weights/license": None}, "license-narrowed", WORSE),
    "no license offered": ({f"{C}/training-code/license": "NONE"}, "license-narrowed", WORSE),
    "one as free": ({f"{C}/training-code/license": "BSD-3-Clause"}, "license", NEUTRAL),
    "another spelling": ({f"{C}/training-code/license": "(MIT)"}, "license", NEUTRAL),
    "a choice more": (
        {f"{C}/pages/data/sources/0/license": "MIT OR CC-BY-NC-4.0"},
        "license",
        NEUTRAL,
    ),
    "a part of it restricted": (
        {f"{C}/pages/data/sources/0/license": "MIT AND CC-BY-NC-4.0"},
        "license",
        WORSE,
    ),
    "terms on top": (
        {f"{C}/weights/additional_terms": [{"name": "Use", "restricts": ["field-of-use"]}]},
        "terms-added",
        WORSE,
    ),
    "terms that restrict nobody": (
        {f"{C}/pages/additional_terms": [{"name": "Thanks", "restricts": ["attribution"]}]},
        "terms-added",
        NEUTRAL,
    ),
    "terms of the release": (
        {"/release/additional_terms": [{"name": "Use", "restricts": ["registration"]}]},
        "terms-added",
        WORSE,
    ),
    "code gone": (
        {f"{C}/data-card": None, f"{C}/pages/data/documented_in": None},
        "component-removed",
        WORSE,
    ),
    "code withheld": ({f"{C}/training-code": {"omitted": "withheld"}}, "component-withheld", WORSE),
    "code given": (
        {f"{C}/evaluation-code": {"license": "MIT", "location": "https://a.example"}},
        "component-given",
        BETTER,
    ),
    "an omission forgotten": ({f"{C}/evaluation-code": None}, "silenced", WORSE),
    "a new part": (
        {f"{C}/model-card": {"license": "CC-BY-4.0", "location": "https://a.example"}},
        "component-added",
        BETTER,
    ),
    "a new omission": (
        {f"{C}/optimizer-state": {"omitted": "withheld"}},
        "omission-added",
        NEUTRAL,
    ),
    "a gate": ({f"{C}/weights/availability": "gated"}, "availability", WORSE),
    "withdrawn": ({f"{C}/weights/availability": "withdrawn"}, "withdrawn", WORSE),
    "no place": ({f"{C}/weights/location": None}, "place-gone", WORSE),
    "another place": ({f"{C}/weights/location": "https://b.example"}, "place", NEUTRAL),
    "only a part": ({f"{C}/training-code/extent": "partial"}, "extent", WORSE),
    "weights, silently": ({f"{C}/weights/revision": "b" * 40}, "weights-silently", WORSE),
    "files, silently": (
        {f"{C}/weights/checksums": {"model.safetensors": "1" * 64}},
        "weights-silently",
        WORSE,
    ),
    "weights of a new version": ({**NEWER, f"{C}/weights/revision": "b" * 40}, "weights", NEUTRAL),
    "weights of a new date": (
        {f"{C}/weights/date": "2026-11", f"{C}/weights/revision": "b" * 40},
        "weights",
        NEUTRAL,
    ),
    "no checksums": ({f"{C}/weights/checksums": None}, "checksums-gone", WORSE),
    "no revision": ({f"{C}/weights/revision": None}, "revision-gone", WORSE),
    "no data named": ({f"{C}/weights/trained_on": None}, "trained_on-gone", WORSE),
    "code no longer named": ({f"{C}/weights/produced_by": []}, "source-dropped", WORSE),
    "other code, for a new version": (
        {**NEWER, f"{C}/weights/produced_by": []},
        "source-dropped",
        UNCLEAR,
    ),
    "a source dropped": ({f"{C}/pages/data/sources/1": None}, "source-dropped", WORSE),
    "a source more": (
        {f"{C}/pages/data/sources/1": {"name": "Third"}},
        "source-added",
        BETTER,
    ),
    "a source without its place": (
        {f"{C}/pages/data/sources/1/location": None},
        "place-gone",
        WORSE,
    ),
    "a source closed": ({f"{C}/pages/data/sources/0/access": "obtainable"}, "access", WORSE),
    "access": ({f"{C}/pages/data/access": "obtainable"}, "access", WORSE),
    "a limb gone": ({f"{C}/pages/data/provenance": None}, "provenance-gone", WORSE),
    "all data information": ({f"{C}/pages/data": None}, "data-gone", WORSE),
    "a base": (
        {
            f"{C}/base": {"kind": "weights", "publisher": {"name": "Other"}},
            f"{C}/weights/derived_from": {"base": "fine-tune"},
        },
        "base-added",
        NEUTRAL,
    ),
    "the text of a license": (
        {"/licenses/LicenseRef-Own/url": "https://b.example"},
        "license-text",
        UNCLEAR,
    ),
    "the license of the manifest": ({"/metadata/license": None}, "manifest-license", WORSE),
    "another version": (NEWER, "version", NEUTRAL),
    "no version": ({"/release/version": None}, "version", WORSE),
    "another publisher": ({"/release/publisher/name": "Other"}, "publisher", UNCLEAR),
    "a claim": ({"/release/claims": ["osaid-1.0"]}, "claim-added", NEUTRAL),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_which_way_a_change_goes_by_itself(case: tuple[dict[str, Any], str, Direction]) -> None:
    changes, what, direction = case
    found = {each.change.what: each.change.direction for each in between(changes).changes}
    assert found.get(what) is direction, found


def test_the_same_is_no_change() -> None:
    same = between({})
    assert (same.changes, same.turns, same.elsewhere, same.regressions) == ((), (), (), 0)
    other = changed({f"{C}/pages/data/scope": "10,000 pages.", f"{C}/weights/notes": "Tern."})
    other["components"] = dict(reversed(other["components"].items()))
    assert difference(report(RELEASE), report(other)).changes == ()


def test_another_id_is_no_loss() -> None:
    data = changed({f"{C}/weights/trained_on": ["corpus"]})
    data["components"]["corpus"] = data["components"].pop("pages")
    found = difference(report(RELEASE), report(data)).changes
    assert [each.change.what for each in found if each.change.subject == "corpus"] == ["renamed"]
    assert not [each for each in found if each.change.what == "component-removed"]


class TestFrameworks:
    def test_a_change_says_by_which_rule(self) -> None:
        found = between({f"{C}/weights/license": "CC-BY-NC-4.0"})
        effects = {each.framework: each for each in found.changes[0].effects}
        assert effects["osaid-1.0"].direction is WORSE
        assert "osaid-1.0/parameter-terms" in effects["osaid-1.0"].rules

    def test_verdicts_turn(self) -> None:
        old = report(RELEASE, EVERY)
        new = report(changed({f"{C}/weights/license": "CC-BY-NC-4.0"}), EVERY)
        turns = difference(old, new).turns
        assert Turn("owd-0.3", "Open Weight", "complete", "incomplete", WORSE) in turns
        back = difference(new, old).turns
        assert [(each.after, each.before) for each in back] == [
            (each.before, each.after) for each in turns
        ]

    def test_a_claim_that_ceases_to_be_so(self) -> None:
        old = changed({"/release/claims": ["owd-0.3"]})
        new = changed({f"{C}/weights/license": "CC-BY-NC-4.0"}, old)
        turns = difference(report(old), report(new)).turns
        assert Turn("owd-0.3", "claim", "so", "not so", WORSE) in turns

    def test_a_claim_that_never_was(self) -> None:
        turns = between({"/release/claims": ["owd-0.3"], f"{C}/weights/license": "NONE"}).turns
        assert Turn("owd-0.3", "claim", "not made", "not so", WORSE) in turns

    def test_a_loss_stays_one_and_a_gain_may_be_doubtful(self) -> None:
        bad = {"kind": "supporting-library", "license": "CC-BY-NC-4.0", "location": "https://a.eu"}
        old, new = report(changed({f"{C}/bad": bad})), report(RELEASE)
        assert [each.direction for each in difference(old, new).changes] == [WORSE]
        added = difference(new, old).changes[0]
        assert (added.change.direction, added.direction) == (BETTER, UNCLEAR)

    def test_what_is_gone_lacks_nothing_any_more(self) -> None:
        found = between({f"{C}/training-code": {"omitted": "withheld"}})
        assert all(each.direction is not BETTER for each in found.elsewhere)


class TestTerms:
    @pytest.mark.parametrize("content", [CODE, DATA, DOCUMENTS, WEIGHTS])
    def test_what_is_given_up_and_taken_back(self, content: str) -> None:
        there = course("MIT", "CC-BY-NC-ND-4.0", content, asserted=False)
        back = course("CC-BY-NC-ND-4.0", "MIT", content, asserted=False)
        assert (there.direction, back.direction) == (WORSE, BETTER)
        assert "adds `no-derivatives`, `non-commercial`" in there.reason

    def test_one_thing_more_and_another_less(self) -> None:
        way = course("CC-BY-NC-4.0", "CC-BY-ND-4.0", WEIGHTS, asserted=False)
        assert way.direction is UNCLEAR

    def test_of_what_nobody_knows_nothing_is_said(self) -> None:
        way = course("LicenseRef-A", "LicenseRef-B", WEIGHTS, asserted=False)
        assert way == (UNCLEAR, "not enough is known of them")

    @pytest.mark.parametrize(
        ("before", "after", "asserted", "direction"),
        [
            (None, "NOASSERTION", False, NEUTRAL),
            (None, "MIT", False, BETTER),
            ("NOASSERTION", "NONE", False, WORSE),
            ("MIT", "NONE", True, UNCLEAR),
            ("NONE", "MIT", False, UNCLEAR),
            ("MIT", "no expression", False, UNCLEAR),
        ],
    )
    def test_what_is_no_license(
        self, before: str | None, after: str, direction: Direction, *, asserted: bool
    ) -> None:
        assert course(before, after, CODE, asserted=asserted).direction is direction


def test_directions_together() -> None:
    assert together([]) is NEUTRAL
    assert together([NEUTRAL, WORSE]) is WORSE
    assert together([BETTER, WORSE]) is UNCLEAR


def test_any_two_manifests_can_be_compared() -> None:
    paths = sorted((ROOT / "examples").glob("*.yaml"))
    reports = [
        validate(each.read_bytes(), require=EVERY) for each in paths if each.stem != "expected"
    ]
    for old, new in pairwise(reports):
        there, back = difference(old, new), difference(new, old)
        assert len(there.turns) == len(back.turns)
        assert not list(SCHEMA.iter_errors(telling.plain(there)))
        assert difference(new, new).changes == ()


def test_what_is_not_right_is_not_compared() -> None:
    wrong = validate(b"aimanifest: '1.0'\n")
    with pytest.raises(ValueError, match="not right"):
        difference(report(RELEASE), wrong)


# -- how it is told --------------------------------------------------------------------------------

SCHEMA = Draft202012Validator(schemas.difference())

NARROWED = changed(
    {
        "/release/name": "Tern |*|<b> @you",
        f"{C}/weights/license": "CC-BY-NC-4.0",
        f"{C}/weights/revision": "b" * 40,
        f"{C}/pages/data/sources/1": None,
        f"{C}/evaluation-code": {"license": "MIT", "location": "https://code.example.org/eval"},
        f"{C}/data-card/license": "LicenseRef-Own",
    }
)
NAMED = ("osaid-1.0", "mof", "owd-0.3")


def test_the_text(in_step: InStep) -> None:
    lines = telling.text(difference(report(RELEASE, NAMED), report(NARROWED, NAMED)), columns=80)
    text = "".join(f"{each}\n" for each in lines)
    assert "\x1b" not in text
    in_step(GOLDEN / "narrowed.text", text)


def test_the_markdown(in_step: InStep) -> None:
    lines = telling.markdown(difference(report(RELEASE, NAMED), report(NARROWED, NAMED)))
    text = "".join(f"{each}\n" for each in lines)
    assert "\x1b" not in text
    assert len({row.count("|") for row in re.findall(r"^\|.*\| .*$", text, re.MULTILINE)}) <= 2
    in_step(GOLDEN / "narrowed.md", text)


def test_the_json(in_step: InStep) -> None:
    plain = telling.plain(difference(report(RELEASE, NAMED), report(NARROWED, NAMED)))
    assert not list(SCHEMA.iter_errors(plain))
    del plain["tool"]
    in_step(GOLDEN / "narrowed.json", json.dumps(plain, indent=2) + "\n")


def test_nothing_is_told_as_nothing() -> None:
    assert list(telling.text(between({}), columns=80))[-1] == telling.NOTHING
    assert list(telling.markdown(between({})))[-1] == telling.NOTHING


def test_the_schema_is_the_published_one() -> None:
    result = CliRunner().invoke(aimanifest, ["schema", "--difference"])
    assert json.loads(result.stdout) == schemas.difference()
    assert schemas.DIFFERENCE not in schemas.load()
    for example in schemas.difference()["examples"]:
        assert not list(SCHEMA.iter_errors(example))


# -- the command -----------------------------------------------------------------------------------


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(aimanifest, ["diff", *arguments], input=given)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    for name, data in (("old", RELEASE), ("new", NARROWED)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ai-manifest.json").write_text(json.dumps(data), encoding="utf-8")
    return str(tmp_path / "old"), str(tmp_path / "new")


class TestCommand:
    def test_folders_are_compared_by_all_frameworks(self, pair: tuple[str, str]) -> None:
        result = run(*pair)
        assert result.exit_code == 0
        assert "was `Apache-2.0` and is `CC-BY-NC-4.0`" in " ".join(result.stdout.split())
        assert "osaid-1.0" in result.stdout
        assert "mof" in result.stdout

    def test_it_fails_on_a_regression_if_asked_to(self, pair: tuple[str, str]) -> None:
        assert run("--fail-on-regression", *pair).exit_code == 1
        assert run("--fail-on-regression", pair[0], pair[0]).exit_code == 0

    def test_for_programs_and_for_comments(self, pair: tuple[str, str]) -> None:
        plain = json.loads(run("--format", "json", *pair).stdout)
        assert not list(SCHEMA.iter_errors(plain))
        assert plain["regressions"] > 2
        short = run("--format", "markdown", "--framework", "owd-0.3", *pair)
        assert "| `owd-0.3` | Open Weight | complete | incomplete | **worse** |" in short.stdout
        assert "osaid" not in short.stdout

    def test_standard_input(self, pair: tuple[str, str]) -> None:
        result = run("-", pair[1], given=json.dumps(RELEASE).encode())
        assert result.exit_code == 0
        assert run("-", "-").exit_code == 2

    def test_what_is_wrong_is_not_compared(self, pair: tuple[str, str], tmp_path: Path) -> None:
        wrong = tmp_path / "wrong.yaml"
        wrong.write_bytes(b"aimanifest: '1.0'\n")
        result = run(str(wrong), pair[1])
        assert result.exit_code == 3
        assert "not a right manifest" in result.stderr
        assert run(pair[0], str(tmp_path / "none.yaml")).exit_code == 3
        assert run(pair[0], str(tmp_path)).exit_code == 2
