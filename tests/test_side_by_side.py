"""docs/frameworks.md: every rule beside those of other definitions, and where they part."""

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from aimanifest import frameworks
from aimanifest.report import Report
from aimanifest.rules import Framework, Rule
from aimanifest.validation import validate_file

InStep = Callable[..., None]
ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "frameworks.md"
SOURCE = yaml.safe_load((ROOT / "docs" / "frameworks.yaml").read_text(encoding="utf-8"))
NO_OPENNESS = ("core", "license-flow")
"""Frameworks that judge something else."""

DEFINITIONS = {id: each for id, each in frameworks.every().items() if id not in NO_OPENNESS}
RULES: dict[str, Rule] = {r.id: r for each in DEFINITIONS.values() for r in each.rules}


def of(rule: Rule) -> Framework:
    return DEFINITIONS[rule.id.partition("/")[0]]


def named(rules: list[str]) -> Iterator[Rule]:
    """Give the rules with these ids, or patterns of ids, in the order of their frameworks."""
    found = {id for each in rules for id in RULES if fnmatchcase(id, each)}
    return (RULES[id] for id in RULES if id in found)


def level(rule: Rule) -> str:
    return of(rule).called.get(rule.level or "", rule.level or "") if rule.level else "beside"


def table(head: str, rows: Iterator[tuple[str, ...]]) -> str:
    cells = [head.split(" | "), ["---"] * (head.count(" | ") + 1), *rows]
    return "\n".join(f"| {' | '.join(each)} |" for each in cells)


def definitions() -> str:
    def gives(each: Framework) -> str:
        if each.levels:
            return "; ".join(each.called.get(one, one) for one in each.levels)
        return "no verdict: " + " or ".join(dict.fromkeys(word.word for word in each.words))

    return table(
        "Definition | Id | Version | Levels | Rules",
        (
            (
                f"[{each.title}]({each.url})",
                f"`{id}`",
                each.version,
                gives(each),
                str(len(each.rules)),
            )
            for id, each in DEFINITIONS.items()
        ),
    )


def topic(name: str) -> str:
    found = list(named(SOURCE["topics"][name]["rules"]))
    asking = {of(each).id for each in found}
    silent = [f"`{id}`" for id in DEFINITIONS if id not in asking]
    rows = ((f"`{each.id}`", level(each), each.title) for each in found)
    listed = f"{table('Rule | Level | Asks that', rows)}\n\n" if found else ""
    return f"{listed}Not asked by: {', '.join(silent)}."


def topics() -> str:
    parts = (f"### {each['title']}\n\n{topic(name)}" for name, each in SOURCE["topics"].items())
    return "\n\n".join(parts)


@cache
def report(stem: str) -> Report:
    return validate_file(ROOT / "examples" / f"{stem}.yaml", require=tuple(DEFINITIONS))


def answer(stem: str, asked: str) -> str:
    id, _, name = asked.partition("/")
    assessment = report(stem).assessment(id)
    assert assessment, f"{stem} cannot be assessed"
    if name:
        return next(each.outcome.value for each in assessment.answers if each.rule.id == asked)
    if not assessment.framework.levels:
        return "; ".join(map(str, assessment.figures))
    reached = assessment.level
    if len(assessment.framework.levels) == 1:
        return assessment.verdict().word
    return assessment.framework.called[reached] if reached else "no level"


def shown(name: str) -> str:
    releases, asked = SOURCE["shown"][name]["releases"], SOURCE["shown"][name]["asked"]
    return table(
        " | ".join(("Release", *(f"`{each}`" for each in asked))),
        (
            (f"[{report(stem).title}](../examples/{stem}.yaml)", *(answer(stem, a) for a in asked))
            for stem in releases
        ),
    )


def test_every_rule_has_a_topic() -> None:
    listed = [each for one in SOURCE["topics"].values() for each in one["rules"]]
    assert {each.id for each in named(listed)} == RULES.keys()


@pytest.mark.parametrize("name", SOURCE["topics"])
def test_every_name_of_a_rule_is_one(name: str) -> None:
    for each in SOURCE["topics"][name]["rules"]:
        assert any(fnmatchcase(id, each) for id in RULES), each


@pytest.mark.parametrize("part", ["definitions", "topics", *SOURCE["shown"]])
def test_the_page_is_in_step(part: str, in_step: InStep) -> None:
    generators: dict[str, Any] = {"definitions": definitions, "topics": topics}
    in_step(PAGE, generators[part]() if part in generators else shown(part), part=part)


@pytest.mark.parametrize("name", SOURCE["shown"])
def test_what_is_shown_as_a_contradiction_is_one(name: str) -> None:
    """In some release at least, two of the answers differ."""
    releases, asked = SOURCE["shown"][name]["releases"], SOURCE["shown"][name]["asked"]
    assert any(len({answer(stem, each) for each in asked}) > 1 for stem in releases)


def test_each_part_is_on_the_page_once() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for part in ("definitions", "topics", *SOURCE["shown"]):
        assert text.count(f"<!-- generated: {part} -->\n") == 1, part
