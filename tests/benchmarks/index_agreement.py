"""How often this project and the European Open Source AI Index say the same of a folder of entries.

    python tests/benchmarks/index_agreement.py FOLDER...

Each FOLDER holds entries of the index, and `expected.json`: the class of each parameter and the
score that the index itself gives. An entry is converted, written as YAML, read again and measured
by `osai-index`, once as it is and once by the facts alone, without the grades of the index.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from aimanifest import converters
from aimanifest.converters.osai_index import EXTENSION
from aimanifest.converters.writing import written
from aimanifest.findings import Outcome
from aimanifest.report import Report
from aimanifest.rules import Assessment
from aimanifest.validation import validate

WORDS = {
    Outcome.MET: "open",
    Outcome.PARTIAL: "partial",
    Outcome.UNMET: "closed",
    Outcome.UNSTATED: "closed",
}
"""What the index calls what a rule came to; an undetermined parameter it has no word for."""


class Comparison(NamedTuple):
    """What is said of one entry: by the index, and here; `facts` without the grades."""

    path: Path
    score: float
    classes: dict[str, str]
    report: Report
    whole: Assessment
    facts: Assessment

    @property
    def same(self) -> bool:
        """Whether the score is that of the index to the last digit, and so is each class."""
        return self.whole.figures[0].value == self.score and levels(self.whole) == self.classes


def levels(assessment: Assessment) -> dict[str, str]:
    """Return the word for each parameter, by the names of the index; "" where none is settled."""
    return {key_of(each.rule.id): WORDS.get(each.outcome, "") for each in assessment.answers}


def key_of(rule: str) -> str:
    return rule.rpartition("/")[2].replace("-", "_")


def compare(folder: Path) -> Iterator[Comparison]:
    """Compare every entry in `folder` with what the index says of it."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for name, said in sorted(expected.items()):
        conversion = converters.load("osai-index")((folder / name).read_bytes(), path=name)
        report = validate(written(conversion).encode(), path=name, require=["osai-index"])
        bare = conversion._replace(
            manifest={
                key: value for key, value in conversion.manifest.items() if key != "extensions"
            }
        )
        facts = validate(written(bare).encode(), path=name, require=["osai-index"])
        yield Comparison(
            folder / name,
            said["score"],
            said["classes"],
            report,
            assessment_of(report),
            assessment_of(facts),
        )


def assessment_of(report: Report) -> Assessment:
    return next(each for each in report.assessments if each.framework.id == "osai-index")


def beyond(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Give each parameter of which the facts rule the grade out, with what is said of it."""
    for answer in comparison.whole.answers:
        for finding in answer.findings:
            if finding.pointer.startswith(f"/extensions/{EXTENSION}/") and "comes to" in (
                finding.message
            ):
                yield key_of(answer.rule.id), finding.message


def table(comparisons: list[Comparison]) -> Iterator[str]:
    """Give the lines of a table: what the facts of the entries say, beside the grades.

    "same": they come to the class that the index gives. "by silence": they come to another, only
    because what is not said counts as closed. "left open": they settle nothing. "ruled out": they
    cannot come to the class that the index gives, whatever is unsaid.
    """
    rows: dict[str, Counter[str]] = {}
    for each in comparisons:
        outside = {key for key, _ in beyond(each)}
        for answer in each.facts.answers:
            key = key_of(answer.rule.id)
            word = WORDS.get(answer.outcome, "")
            left_open = answer.outcome in (Outcome.UNDETERMINED, Outcome.UNSTATED)
            if left_open or key in outside:
                what = "ruled out" if key in outside else "left open"
            else:
                what = "same" if word == each.classes[key] else "by silence"
            rows.setdefault(key, Counter())[what] += 1
    same = sum(each.same for each in comparisons)
    yield f"{same} of {len(comparisons)} entries: score and classes as the index has them"
    yield f"{'':24}{'same':>8}{'by silence':>12}{'left open':>12}{'ruled out':>12}"
    for key, count in rows.items():
        yield (
            f"{key:24}{count['same']:8}{count['by silence']:12}{count['left open']:12}"
            f"{count['ruled out']:12}"
        )
    for each in comparisons:
        yield from (f"{each.path.name}, {key}: {message}" for key, message in beyond(each))
        if not each.same:
            yield f"{each.path.name}: not as the index has it"


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(*table(list(compare(Path(argument)))), sep="\n")
