"""The smallest step up: it reaches the level, nothing smaller does, and no fact is changed."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimanifest import frameworks
from aimanifest.document import read
from aimanifest.findings import Remark, unmet
from aimanifest.manifest import Manifest
from aimanifest.rules import COMPLETE, INAPPLICABLE, OUR_READING, Citation, Framework
from aimanifest.steps import Step, Steps
from aimanifest.validation import load

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(each for each in (ROOT / "examples").glob("*.yaml") if each.stem != "expected")
LADDERS = {id: each for id, each in frameworks.every().items() if each.levels and id != "core"}
TARGETS = [(id, level) for id, each in LADDERS.items() for level in each.levels]

each_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda each: each.stem)
each_target = pytest.mark.parametrize(("id", "level"), TARGETS)


@cache
def steps_of(path: Path) -> Steps:
    return Steps(load(path))


def manifest_of(text: str) -> Manifest:
    document = read(text.encode())
    assert not document.problems
    return Manifest.from_document(document)


def told(step: Step) -> list[str]:
    return [each.text for each in step.changes]


def after(manifest: Manifest, step: Step) -> Manifest:
    """Apply the changes of `step` as one who edits the file would."""
    data = deepcopy(manifest.at.document.data)
    for each in step.changes:
        each.edit(data)
    return Manifest.from_document(manifest.at.document._replace(data=data))


SMALL = """\
aimanifest: "1.0"
metadata: {license: CC0-1.0}
release: {name: Tern, publisher: {name: Example Lab}}
components:
  weights:
    license: Apache-2.0
    location: https://models.example.org/tern
    trained_on: [pretraining-data]
    produced_by: [training-code]
  training-code:
    includes: [model-architecture, inference-code, training-configuration, validation-code,
               supporting-library]
    license: MIT
    location: https://code.example.org/tern
  pretraining-data:
    kind: training-data
    location: https://data.example.org/pages
    data:
      access: public
      provenance: Pages of the Example Archive.
      scope: Two million pages in English.
      labeling: none
      processing: Duplicates were taken out.
"""


def small(*changes: tuple[str, str]) -> Manifest:
    """Return the manifest above, in which each first text is replaced by the second."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return manifest_of(text)


def up(manifest: Manifest, id: str = "osaid-1.0", level: str | None = None) -> Step:
    return Steps(manifest).up(frameworks.load(id), level)


class TestWhatItSays:
    def test_two_changes_from_open_source_ai(self) -> None:
        step = up(small())
        assert told(step) == [
            (
                "say of `pretraining-data` how the data was obtained and selected, or that all was "
                "taken (`none`) (`collection`)"
            ),
            "release `data-preprocessing-code` under Apache-2.0",
        ]
        assert [each.pointer for each in step.changes] == [
            "/components/pretraining-data/data/collection",
            "/components/data-preprocessing-code",
        ]
        assert not step.blocked
        assert step.exact

    def test_nothing_is_to_be_done_where_the_level_is_reached(self) -> None:
        manifest = load(ROOT / "examples" / "pythia-12b.yaml")
        assert up(manifest) == Step(frameworks.load("osaid-1.0"), "complete", (), ())

    def test_withheld_data_is_described_rather_than_released(self) -> None:
        kept = "    kind: training-data\n    omitted: withheld\n    reason: personal-data\n"
        start = SMALL.partition("    kind: training-data\n")[0]
        step = up(manifest_of(start + kept))
        assert told(step)[0] == "describe `pretraining-data`, though it is kept back"
        assert not step.blocked

    def test_what_is_kept_back_by_law_is_not_to_be_released(self) -> None:
        manifest = small(
            ("    kind: training-data\n", "    kind: training-data\n    reason: personal-data\n"),
            ("access: public", "access: unshareable"),
        )
        assert not any("release `pretraining-data`" in each.text for each in all_changes(manifest))

    def test_what_is_kept_back_for_business_may_be_released(self) -> None:
        manifest = small(
            ("    kind: training-data\n", "    kind: training-data\n    reason: commercial\n"),
            ("access: public", "access: unshareable"),
        )
        assert any("release `pretraining-data`" in each.text for each in all_changes(manifest))

    def test_training_code_that_never_was_cannot_be_released(self) -> None:
        manifest = small(
            (
                (
                    "  training-code:\n    includes: [model-architecture, inference-code, "
                    "training-configuration, validation-code,\n               supporting-library]\n"
                    "    license: MIT\n    location: https://code.example.org/tern\n"
                ),
                "  training-code: {omitted: not-produced, notes: It was typed in.}\n",
            ),
            ("    produced_by: [training-code]\n", ""),
        )
        step = up(manifest)
        assert [each.rule for each in step.blocked] == ["osaid-1.0/training-code"]
        assert step.changes
        assert step.exact

    def test_a_license_of_ones_own_is_changed(self) -> None:
        step = up(small(("    license: Apache-2.0\n", "    license: CC-BY-NC-4.0\n")))
        assert "put `weights` under Apache-2.0" in told(step)

    def test_a_license_of_somebody_else_is_not(self) -> None:
        manifest = small(
            (
                "    license: MIT\n",
                "    license: CC-BY-NC-4.0\n    publisher: {name: Somebody Else}\n",
            ),
        )
        said = [each.text for each in all_changes(manifest)]
        assert not any(each.startswith("put `training-code`") for each in said)
        assert any(each.startswith("use something else in place of `training-") for each in said)
        assert not up(manifest).blocked

    def test_a_base_without_a_manifest_needs_one(self) -> None:
        manifest = small(
            (
                "    produced_by: [training-code]\n",
                (
                    "    produced_by: [training-code]\n    derived_from: {base: fine-tune}\n"
                    "  base:\n    kind: weights\n    license: MIT\n    publisher: {name: Others}\n"
                ),
            )
        )
        assert ("add the manifest of `base`, if it reaches this level itself (`manifest`)") in told(
            up(manifest)
        )

    def test_an_unknown_level_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"osaid-1\.0 has no level gold"):
            up(small(), level="gold")

    def test_a_framework_without_levels_has_no_steps(self) -> None:
        with pytest.raises(ValueError, match="license-flow has no level"):
            up(small(), "license-flow")


def all_changes(manifest: Manifest) -> Iterator[Any]:
    from aimanifest.steps.changes import changes  # noqa: PLC0415  only a few tests look inside

    return changes(manifest)


@each_example
@each_target
def test_a_step_reaches_its_level(path: Path, id: str, level: str) -> None:
    step = steps_of(path).up(LADDERS[id], level)
    manifest = load(path)
    before = LADDERS[id].assess(manifest).verdict(level)
    reached = before in (COMPLETE, INAPPLICABLE)
    assert reached == (not step.changes and not step.blocked)
    assert step.exact
    supposes_a_base = any(each.text.startswith("add the manifest") for each in step.changes)
    has_bases = bool(manifest.bases)  # whose manifests are not read again here
    if not step.blocked and not supposes_a_base and not has_bases:
        assert LADDERS[id].assess(after(manifest, step)).verdict(level) in (COMPLETE, INAPPLICABLE)


@each_example
def test_no_change_contradicts_what_is_said(path: Path) -> None:
    """What was is left as it was: a change adds, releases, or changes terms that are one's own."""
    manifest = load(path)
    start = manifest.at.document.data
    for change in all_changes(manifest):
        data = deepcopy(start)
        change.edit(data)
        for pointer, old in leaves(start):
            new = at(data, pointer)
            if new != old:
                assert may_be_changed(pointer, start), (change.text, pointer, old, new)


TERMS = {
    "license",
    "contents_license",
    "availability",
    "extent",
    "restricts",
    "includes",
    "documented_in",
}
"""Statements that a publisher may make otherwise by doing otherwise."""


def may_be_changed(pointer: tuple[Any, ...], start: dict[str, Any]) -> bool:
    if TERMS & set(pointer) or pointer[:2] == ("metadata", "license"):
        return True
    component = start["components"][pointer[1]] if pointer[0] == "components" else {}
    own = component.get("publisher", start["release"]["publisher"]) == start["release"]["publisher"]
    released = "omitted" in component and component.get("reason") in (None, "commercial")
    described = component.get("omitted") == "withheld" and pointer[2] in ("omitted", "notes")
    replaced = not own or component.get("kind", pointer[1]) == "supporting-library"
    shared = component.get("data", {}).get("access") == "unshareable"
    return released or described or replaced or (shared and component.get("reason") is None)


def leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], object]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in items:
        if isinstance(each, dict | list):
            yield from leaves(each, (*way, key))
        else:
            yield (*way, key), each


def at(value: Any, way: tuple[Any, ...]) -> Any:
    for key in way:
        try:
            value = value[key]
        except (KeyError, IndexError):
            return None
    return value


# -- nothing smaller -------------------------------------------------------------------------------


@pytest.mark.parametrize("stem", ["bloom", "pythia-chat-base-7b"])
def test_nothing_smaller_reaches_the_level(stem: str) -> None:
    manifest = load(ROOT / "examples" / f"{stem}.yaml")
    osaid = LADDERS["osaid-1.0"]
    step = Steps(manifest).up(osaid)
    assert not step.blocked
    for size in range(len(step.changes)):
        for chosen in combinations(all_changes(manifest), size):
            smaller = after(manifest, step._replace(changes=chosen))
            assert osaid.assess(smaller).verdict() is not COMPLETE


KINDS = ("model-card", "data-card", "research-paper", "technical-report", "evaluation-data")


def covering(demands: list[frozenset[str]]) -> Framework:
    """Make a framework each of whose rules is content with any of some kinds."""
    framework = Framework(
        id="covering", title="Covering", version="1", url="https://example.org", levels=("all",)
    )
    cites = (Citation("…", "…", "https://example.org", OUR_READING),)
    for index, kinds in enumerate(demands):

        def check(manifest: Manifest, kinds: frozenset[str] = kinds) -> Iterator[Remark]:
            if not any(kinds & each.kinds for each in manifest.components.values()):
                yield unmet("none of them is there", at=manifest.at / "components" / min(kinds))

        framework.rule(f"r{index}", title="…", cites=cites, fix="…", level="all")(check)
    return framework


@given(st.lists(st.frozensets(st.sampled_from(KINDS), min_size=1), max_size=6))
def test_it_is_as_small_as_any_that_is_found_by_trying_all(demands: list[frozenset[str]]) -> None:
    step = Steps(small()).up(covering(demands))
    tried = (
        size
        for size in range(len(KINDS) + 1)
        for chosen in combinations(KINDS, size)
        if all(each & set(chosen) for each in demands)
    )
    assert len(step.changes) == next(tried)
    assert step.exact
    assert not step.blocked
