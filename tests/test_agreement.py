"""What the Model Openness Tool says of its own records, and what `mof` says of them here.

The records are not part of this project: to run all of these tests, let AIMANIFEST_CORPORA name a
folder that holds `mot` and `mot-tests`, each with records and an `expected.json`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from agreement import (
    DEDICATIONS,
    DEPRECATED,
    EXACT_IDS,
    NEWER_LIST,
    REQUIRED,
    UNEXPLAINED,
    Comparison,
    Result,
    compare,
    converted,
    measured,
    open_to_the_tool,
    reason,
    reckoned,
    table,
)

from aimanifest.data import spdx
from aimanifest.licenses import judge, parse
from aimanifest.licenses.others import MOF_OPEN

CORPORA = Path(os.environ.get("AIMANIFEST_CORPORA", "no such folder"))
FOLDERS = [each for each in (CORPORA / "mot", CORPORA / "mot-tests") if each.is_dir()]

ALL = [kind for kinds in REQUIRED.values() for kind in kinds]
NAMES = {
    "model-architecture": "Model architecture",
    "weights": "Model parameters (Final)",
    "evaluation-results": "Evaluation results",
    "model-card": "Model card",
    "data-card": "Data card",
    "technical-report": "Technical report",
    "training-code": "Training code",
    "inference-code": "Inference code",
    "evaluation-code": "Evaluation code",
    "evaluation-data": "Evaluation data",
    "training-data": "Datasets",
    "data-preprocessing-code": "Data preprocessing code",
    "intermediate-checkpoints": "Model parameters (Intermediate)",
    "research-paper": "Research paper",
}


@pytest.fixture(params=FOLDERS, ids=lambda each: each.name)
def comparisons(request: pytest.FixtureRequest) -> list[Comparison]:
    return list(compare(request.param))


@pytest.mark.skipif(not FOLDERS, reason="needs records of the Model Openness Tool")
class TestTheToolsOwnRecords:
    def test_are_reckoned_as_published_to_the_last_digit(
        self, comparisons: list[Comparison]
    ) -> None:
        assert [each.path.name for each in comparisons if not each.explained] == []

    def test_differ_only_for_a_named_defect_of_the_tool(
        self, comparisons: list[Comparison]
    ) -> None:
        for each in comparisons:
            if not each.found.same(each.expected):
                assert each.reasons, each
            assert not [why for why in each.reasons if why.startswith(UNEXPLAINED)], each

    def test_are_mostly_agreed_on(self, comparisons: list[Comparison]) -> None:
        equal = [each for each in comparisons if each.found.same(each.expected)]
        assert len(equal) >= 0.9 * len(comparisons)

    def test_never_lose_a_class(self, comparisons: list[Comparison]) -> None:
        for each in comparisons:
            better = each.found.best or 4, each.expected.best or 4
            assert better[0] <= better[1], each


# What needs no record of others: each row was reckoned by hand, by the steps that the tool follows.
RECKONED = [
    ({*ALL}, Result(1, {3: 100, 2: 100, 1: 100})),
    (set(), Result(0, {3: 0, 2: 0, 1: 0})),
    ({*ALL} - {"research-paper"}, Result(2, {3: 100, 2: 100, 1: 100 * 13 / 14})),
    ({*ALL} - {"technical-report"}, Result(1, {3: 100, 2: 100, 1: 100})),
    (
        {*ALL} - {"technical-report", "training-data"},
        Result(2, {3: 100, 2: 100, 1: 100 * 12 / 13}),
    ),
    ({*REQUIRED[3]}, Result(3, {3: 100, 2: 60, 1: 0})),
    ({*REQUIRED[3]} - {"model-card"}, Result(0, {3: 100 * 5 / 6, 2: 0, 1: 0})),
    ({*REQUIRED[3], *REQUIRED[2]}, Result(2, {3: 100, 2: 100, 1: 100 * 10 / 14})),
    ({"research-paper"}, Result(0, {3: 100 / 6, 2: 0, 1: 0})),
    ({*ALL} - {"technical-report", "research-paper"}, Result(0, {3: 100 * 5 / 6, 2: 0, 1: 0})),
]


def record(folder: Path, included: set[str], license: str = "Apache-2.0") -> Path:
    """Write a record in which the components in `included` are under `license`."""
    components = [{"name": NAMES[each], "license": license} for each in sorted(included)]
    components.append({"name": "Sample model outputs", "license": "unlicensed"})
    release = {"name": "Plover", "producer": "Example Lab", "components": components}
    path = folder / "plover.yml"
    path.write_text(yaml.safe_dump({"release": release}), encoding="utf-8")
    return path


@pytest.mark.parametrize(("included", "expected"), RECKONED)
def test_progress_is_reckoned_as_the_tool_reckons_it(
    included: set[str], expected: Result, tmp_path: Path
) -> None:
    manifest = converted(record(tmp_path, included))
    assert manifest
    assert measured(manifest).same(expected)
    assert reckoned(included, listed=included).same(expected)


def test_a_spelling_that_the_tool_does_not_know_is_named_as_the_reason(tmp_path: Path) -> None:
    record(tmp_path, {"weights"}, license="apache 2.0")
    nothing = {"class": 0, "progress": {"1": 0, "2": 0, "3": 0}}
    (tmp_path / "expected.json").write_text(json.dumps({"plover.yml": nothing}), encoding="utf-8")
    (comparison,) = compare(tmp_path)
    assert comparison.found.progress[3] == 100 / 6
    assert comparison.reasons == (EXACT_IDS,)
    assert comparison.explained
    assert any(EXACT_IDS in line for line in table([tmp_path]))


@pytest.mark.parametrize(
    ("license", "why"),
    [
        ("PDDL-1.0", DEDICATIONS),
        ("CC-PDDC", DEDICATIONS),
        ("curl", NEWER_LIST),
        ("GPL-2.0-with-classpath-exception", DEPRECATED),
        ("MIT OR Apache-2.0", EXACT_IDS),
        ("mit", EXACT_IDS),
    ],
)
def test_each_defect_of_the_tool_is_named(license: str, why: str, tmp_path: Path) -> None:
    record(tmp_path, {"weights"}, license=license)
    nothing = {"class": 0, "progress": {"1": 0, "2": 0, "3": 0}}
    (tmp_path / "expected.json").write_text(json.dumps({"plover.yml": nothing}), encoding="utf-8")
    (comparison,) = compare(tmp_path)
    assert comparison.reasons == (why,)
    assert comparison.explained


def test_every_id_of_the_spdx_list_is_as_open_here_as_to_the_tool_or_for_a_reason() -> None:
    for id in sorted(spdx.LICENSES):
        here = judge(parse(id), MOF_OPEN).verdict is True
        if here != open_to_the_tool(id):
            why = reason(id, "", listed=True, here=here)
            assert why in {DEDICATIONS, NEWER_LIST, DEPRECATED}, id


def test_what_no_reason_explains_is_seen(tmp_path: Path) -> None:
    record(tmp_path, {"weights"})
    told = {"class": 3, "progress": {"1": 0, "2": 0, "3": 100}}
    (tmp_path / "expected.json").write_text(json.dumps({"plover.yml": told}), encoding="utf-8")
    (comparison,) = compare(tmp_path)
    assert not comparison.explained


def test_an_empty_record_comes_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.yml").write_text("release: {name: Plover, components: []}\n")
    assert converted(tmp_path / "empty.yml") is None
