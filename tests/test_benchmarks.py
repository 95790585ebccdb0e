"""The benchmarks run, and what they measure is what they say; no test looks at a time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import manifests
import pytest

from aimanifest.rules import COMPLETE
from aimanifest.validation import validate

ROOT = Path(__file__).parent.parent
NUMBERS = re.compile(r"\d[\d.,]*")


@pytest.mark.parametrize("number", range(5))
def test_a_generated_manifest_is_complete_and_of_ten_kilobytes(number: int) -> None:
    source = manifests.manifest(number).encode()
    report = validate(source)
    assert not report.problems
    assert {each.framework.id for each in report.assessments if each.verdict() is COMPLETE} >= {
        "core",
        "osaid-1.0",
    }
    assert 9_000 < len(source) < 11_000


def test_generated_manifests_are_the_same_each_time_and_unlike_each_other() -> None:
    first = [manifests.manifest(number) for number in range(10)]
    assert first == [manifests.manifest(number) for number in range(10)]
    told = [re.findall(r"\S+ \S+ of \d+ were .*? in all", text) for text in first]
    sentences = [sentence for each in told for sentence in each]
    assert len(sentences) == len(set(sentences)) > 100


def test_the_benchmark_prints_the_table_that_the_readme_shows() -> None:
    done = subprocess.run(
        (sys.executable, "tests/benchmarks/run.py", "--rounds=1", "--files=3", "--sample=2"),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    rows = [line.split("|") for line in done.stdout.splitlines() if line.startswith("|")]
    shown = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    start = shown.index("|".join(rows[0]))
    assert len(rows) == 6
    for row, line in zip(rows, shown[start : start + 6], strict=True):
        there = line.split("|")
        assert NUMBERS.sub("0", row[1]) == NUMBERS.sub("0", there[1])
