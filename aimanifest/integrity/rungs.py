"""How far a fact is borne out, and the weakest on which a verdict rests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import NamedTuple

from aimanifest.findings import Outcome
from aimanifest.frameworks.core import COMMIT
from aimanifest.integrity.facts import Fact, Result
from aimanifest.manifest import Component, Manifest
from aimanifest.rules import Framework


class Rung(IntEnum):
    """How far what is said of a component is borne out, from the weakest to the strongest."""

    ASSERTED = 0
    POINTED_TO = 1
    PINNED = 2
    VERIFIED = 3

    @property
    def word(self) -> str:
        """The rung as it is written."""
        return self.name.lower().replace("_", " ")


MEANINGS: Mapping[Rung, str] = {
    Rung.ASSERTED: "somebody says so",
    Rung.POINTED_TO: "it is said where it is",
    Rung.PINNED: "it is said exactly what is meant: by a commit, or by checksums",
    Rung.VERIFIED: "its files are here, and are what they are said to be",
}


class Standing(NamedTuple):
    """The rung that a component stands on; `contradicted` if something said of it is not so."""

    component: str
    rung: Rung
    contradicted: bool


class Ground(NamedTuple):
    """What the verdict of a framework rests on: the weakest of the components that show it.

    `level` is the level that the verdict is about, None for a framework without levels. `rung` is
    None where the verdict rests on no component. `components` are all that stand on that rung,
    those of which something is contradicted first.
    """

    framework: Framework
    verdict: str
    level: str | None
    rung: Rung | None
    components: tuple[str, ...]
    contradicted: tuple[str, ...]


def standings(manifest: Manifest, facts: Iterable[Fact]) -> tuple[Standing, ...]:
    """Say for each component on what rung it stands."""
    by_component: dict[str, list[Fact]] = {}
    for each in facts:
        by_component.setdefault(each.component, []).append(each)
    return tuple(
        _standing(each, by_component.get(each.id, [])) for each in manifest.components.values()
    )


def _standing(component: Component, facts: list[Fact]) -> Standing:
    """Find the rung; where something is not so, a pin that does not hold pins nothing."""
    if any(each.result is Result.CONTRADICTED for each in facts):
        return Standing(component.id, Rung.ASSERTED, contradicted=True)
    files = [each.result for each in facts if each.check in ("checksum", "unlisted")]
    if component.checksums and files and set(files) == {Result.VERIFIED}:
        rung = Rung.VERIFIED
    elif component.checksums or _is_immutable(component):
        rung = Rung.PINNED
    elif component.placed:
        rung = Rung.POINTED_TO
    else:
        rung = Rung.ASSERTED
    return Standing(component.id, rung, contradicted=False)


def _is_immutable(component: Component) -> bool:
    revision = component.revision
    return (
        component.location is not None
        and revision is not None
        and re.fullmatch(COMMIT, revision) is not None
    )


def ground(manifest: Manifest, framework: Framework, found: Iterable[Standing]) -> Ground:
    """Say on what the verdict of `framework` rests.

    It is that of the hardest level that is reached, or else of the easiest; of the rules that such
    a level needs, those that apply name the places that answer them.
    """
    assessment = framework.assess(manifest)
    level = assessment.level or (framework.levels[0] if framework.levels else None)
    needed = framework.needed(level) if level else (None,)
    subject = framework.subject_of(manifest)
    rested: dict[str, None] = {}
    for answer in assessment.answers:
        rule = answer.rule
        if rule.level not in needed or rule.shows is None:
            continue
        if answer.outcome is Outcome.NOT_APPLICABLE:
            continue
        for place in rule.shows(subject):
            rested |= dict.fromkeys(_component(place.pointer))
    known = {each.component: each for each in found}
    on = [known[each] for each in rested if each in known]
    verdict = assessment.verdict(level).word
    if not on:
        return Ground(framework, verdict, level, None, (), ())
    rung = min(each.rung for each in on)
    order = {id: index for index, id in enumerate(manifest.components)}
    weakest = sorted(
        (each for each in on if each.rung is rung),
        key=lambda each: (not each.contradicted, order[each.component]),
    )
    return Ground(
        framework,
        verdict,
        level,
        rung,
        tuple(each.component for each in weakest),
        tuple(each.component for each in weakest if each.contradicted),
    )


def _component(pointer: str) -> tuple[str, ...]:
    """Return the id of the component that a place is in, if it is in one."""
    steps = pointer.split("/")
    return (steps[2],) if steps[1:2] == ["components"] and len(steps) > 2 else ()  # noqa: PLR2004
