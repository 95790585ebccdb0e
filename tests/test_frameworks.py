"""A framework is one file: here is one that this package knows nothing of, with its cases."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

import aimanifest
from aimanifest import cli, frameworks
from aimanifest.rules import COMPLETE
from aimanifest.steps import Steps
from aimanifest.validation import LocalFolder, load, validate

MODULE = '''
"""What the Example Foundation asks of models that it passes on."""

from collections.abc import Iterator

from aimanifest.findings import Remark, unmet, unstated
from aimanifest.manifest import Manifest
from aimanifest.rules import TEXT, Citation, Framework
from aimanifest.system import Parts, shown

POLICY = "https://foundation.example.org/models"

framework = Framework(
    id="example-foundation-2",
    title="Example Foundation, terms for models",
    version="2",
    url=POLICY,
    levels=("listed", "mirrored"),
    called={"listed": "Listed Model", "mirrored": "Mirrored Model"},
    subject=Parts.of,
)


@framework.rule(
    "dated",
    title="The release has a date",
    cites=(Citation("We list what is dated.", "1", POLICY, TEXT),),
    fix="date: 2026-11-22",
    level="listed",
)
def dated(parts: Parts) -> Iterator[Remark]:
    """What has no date cannot be put in order."""
    release = parts.manifest.release
    if release.date is None:
        yield unstated("nothing says when it was released", at=release.at / "date", fix="date: …")


@framework.rule(
    "ungated",
    title="Whoever wants the weights gets them without asking",
    cites=(Citation("We mirror what everybody can have.", "2", POLICY, TEXT),),
    fix="availability: ungated",
    level="mirrored",
    shows=shown("availability", of=lambda parts: parts.weights),
)
def ungated(parts: Parts) -> Iterator[Remark]:
    """A mirror has no gate."""
    for each in parts.weights:
        if each.availability not in (None, "ungated"):
            yield unmet(f"`{each.id}` is {each.availability}", at=each.at / "availability")
'''

MANIFEST = """\
aimanifest: "1.0"
release: {name: Tern, publisher: {name: Example Lab}, claims: ["example-foundation-2:listed"]}
components:
  weights: {license: MIT, location: "https://models.example.org/tern", availability: gated}
"""

CASES = {
    "passes": (MANIFEST.replace("claims", 'date: "2026-11-22", claims'), ["mirrored"]),
    "fails": (MANIFEST, ["listed", "mirrored"]),
    "reaches": (
        MANIFEST.replace("claims", 'date: "2026-11-22", claims').replace("gated", "ungated"),
        [],
    ),
}
"""Manifests, and the levels that they miss."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put the framework beside those of the package."""
    added = tmp_path / "frameworks"
    added.mkdir()
    (added / "example_foundation_2.py").write_text(dedent(MODULE), encoding="utf-8")
    monkeypatch.setattr(frameworks, "__path__", [*frameworks.__path__, str(added)])
    frameworks.load.cache_clear()
    yield tmp_path
    frameworks.load.cache_clear()
    sys.modules.pop("aimanifest.frameworks.example_foundation_2", None)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.aimanifest, arguments)


@pytest.mark.usefixtures("folder")
class TestOneFileIsEnough:
    def test_to_be_known(self) -> None:
        assert "example-foundation-2" in frameworks.every()
        assert frameworks.load("example-foundation-2").levels == ("listed", "mirrored")

    @pytest.mark.parametrize("case", CASES)
    def test_to_give_verdicts(self, case: str) -> None:
        source, missed = CASES[case]
        report = validate(source.encode(), require=["example-foundation-2"])
        assessment = report.assessment("example-foundation-2")
        assert assessment
        levels = assessment.framework.levels
        assert [each for each in levels if assessment.verdict(each) is not COMPLETE] == missed

    def test_for_its_claims_to_be_checked(self) -> None:
        (claim,) = validate(MANIFEST.encode(), require=[]).claims
        assert "claims `example-foundation-2:listed`" in claim.message
        assert not validate(CASES["passes"][0].encode(), require=[]).claims

    def test_for_every_command(self, folder: Path) -> None:
        path = folder / "ai-manifest.yaml"
        path.write_text(MANIFEST, encoding="utf-8")
        result = run("validate", "--require", "example-foundation-2:mirrored", str(path))
        assert result.exit_code == 1
        assert "unmet [example-foundation-2/ungated]" in result.output
        assert "Level reached: none" in result.output
        assert "A mirror has no gate." in run("explain", "ungated").output
        assert "example-foundation-2/dated" in run("rules").output
        assessed = run("assess", "--format", "json", str(path))
        assert assessed.exit_code in (0, 1)
        assert "example-foundation-2" in json.dumps(json.loads(assessed.output))

    def test_for_the_smallest_step_up(self) -> None:
        report = validate(MANIFEST.encode(), require=[])
        assert report.manifest
        step = Steps(report.manifest).up(frameworks.load("example-foundation-2"))
        assert [each.text for each in step.changes] == [
            "say when it was released (`date`)",
            "offer `weights` to everybody without conditions (`availability`)",
        ]

    def test_for_bases_to_be_judged(self, folder: Path) -> None:
        (folder / "base.yaml").write_text(MANIFEST, encoding="utf-8")
        text = MANIFEST.replace(", availability: gated", ", derived_from: {base: fine-tune}")
        text += "  base: {kind: weights, manifest: base.yaml, publisher: {name: Another}}\n"
        path = folder / "ai-manifest.yaml"
        own = LocalFolder(str(folder), own=str(path))
        report = validate(text.encode(), path=str(path), folder=own, require=[])
        assert report.manifest
        base = report.manifest.bases["base"]
        assessment = base.assessment(frameworks.load("example-foundation-2"))
        assert assessment
        assert assessment.verdict("listed") is not COMPLETE


def test_a_framework_of_ones_own_needs_no_file(tmp_path: Path) -> None:
    scope: dict[str, aimanifest.Framework] = {}
    exec(dedent(MODULE), scope)  # noqa: S102  the text above, as it would be in a notebook
    path = tmp_path / "ai-manifest.yaml"
    path.write_text(MANIFEST, encoding="utf-8")
    assessment = aimanifest.assess(load(path), scope["framework"])
    assert assessment.level is None


def test_a_file_that_is_no_framework_of_its_name_is_not_taken_for_one() -> None:
    with pytest.raises(KeyError):
        frameworks.load("osaid.1.0")
    with pytest.raises(KeyError):
        frameworks.load("__init__")
    with pytest.raises(KeyError):
        frameworks.load("../core")
