"""What changed between two manifests, which way, and which framework says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aimanifest.findings import Outcome
from aimanifest.manifest import Manifest
from aimanifest.report import Report
from aimanifest.rules import COMPLETE, INAPPLICABLE, INCOMPLETE, MISSING, UNDETERMINED, Assessment
from aimanifest.upkeep.changes import Change, changes
from aimanifest.upkeep.direction import BETTER, NEUTRAL, WORSE, Direction, ranked, together


class Effect(NamedTuple):
    """That a framework finds more, or less, to say at a place: by which of its rules."""

    framework: str
    direction: Direction
    rules: tuple[str, ...]


class Judged(NamedTuple):
    """A change, which way it goes all in all, and what frameworks say of it."""

    change: Change
    direction: Direction
    effects: tuple[Effect, ...]


class Turn(NamedTuple):
    """A verdict that is not what it was; `level` is "" for a framework without levels."""

    framework: str
    level: str
    before: str
    after: str
    direction: Direction


class Difference(NamedTuple):
    """Everything that is told of two manifests.

    `elsewhere` is what frameworks say of places at which nothing changed by itself: what one part
    lacks can be told at another.
    """

    old: Report
    new: Report
    changes: tuple[Judged, ...]
    turns: tuple[Turn, ...]
    elsewhere: tuple[Effect, ...]

    @property
    def regressions(self) -> int:
        """Count what is worse: changes, and verdicts."""
        found = [each.direction for each in self.changes]
        return [*found, *(each.direction for each in self.turns)].count(WORSE)


def difference(old: Report, new: Report) -> Difference:
    """Compare two reports on right manifests, assessed by the same frameworks.

    Raises:
        ValueError: if one of them is not right.

    """
    if old.manifest is None or new.manifest is None:
        raise ValueError("a manifest that is not right cannot be compared")
    found = changes(old.manifest, new.manifest)
    gone = {id for id in old.manifest.components if not _is_given(new.manifest, id)}
    shifts = [each for each in _shifts(old, new) if not _is_moot(each, gone)]
    owners = [_owners(each.pointer, found) for each in shifts]
    told = []
    for change in found:
        own = [each for each, who in zip(shifts, owners, strict=True) if change in who]
        effects = _effects(own)
        direction = change.direction
        if direction is not WORSE:  # a loss stays one, whoever is pleased by it
            direction = together([direction, *(each.direction for each in effects)])
        told.append(Judged(change, direction, effects))
    alone = [each for each, who in zip(shifts, owners, strict=True) if not who]
    turns = (*_turns(old, new), *_claims(old, new))
    return Difference(old, new, tuple(told), turns, _effects(alone))


# -- rules -----------------------------------------------------------------------------------------


class Shift(NamedTuple):
    """That a rule says something worse, or better, of one place."""

    framework: str
    rule: str
    pointer: str
    direction: Direction


def _shifts(old: Report, new: Report) -> Iterator[Shift]:
    for after in new.assessments:
        before = old.assessment(after.framework.id)
        if before is None:
            continue
        was, now = _said(before), _said(after)
        for rule, pointer in sorted({*was, *now}):
            first, second = was.get((rule, pointer), 0), now.get((rule, pointer), 0)
            direction = ranked(first, second)
            if direction is not NEUTRAL:
                yield Shift(after.framework.id, rule, pointer, direction)


def _is_given(manifest: Manifest, id: str) -> bool:
    return id in manifest.components and manifest.components[id].omitted is None


def _is_moot(shift: Shift, gone: set[str]) -> bool:
    """Tell whether less is said of something only because it is gone."""
    _, section, id, *_ = (*shift.pointer.split("/"), "", "")
    return shift.direction is BETTER and section == "components" and id in gone


def _said(assessment: Assessment) -> dict[tuple[str, str], int]:
    """Return how bad each rule finds each place that it speaks of, be it told there or before."""
    said: dict[tuple[str, str], int] = {}
    for answer in assessment.answers:
        for pointer in answer.repeats:
            said[answer.rule.id, pointer] = answer.outcome.rank
        for finding in answer.findings:
            if finding.outcome in (*MISSING, Outcome.UNDETERMINED):
                key = (answer.rule.id, finding.pointer)
                said[key] = max(said.get(key, 0), finding.outcome.rank)
    return said


def _effects(shifts: Sequence[Shift]) -> tuple[Effect, ...]:
    rules: dict[str, dict[str, list[Direction]]] = {}
    for each in shifts:
        rules.setdefault(each.framework, {}).setdefault(each.rule, []).append(each.direction)
    return tuple(
        Effect(
            framework, together(way for ways in by_rule.values() for way in ways), tuple(by_rule)
        )
        for framework, by_rule in rules.items()
    )


def _owners(pointer: str, found: Sequence[Change]) -> list[Change]:
    """Return the changes that a finding at `pointer` is about: those whose places are nearest."""
    scores = [max(_nearness(pointer, place) for place in each.places) for each in found]
    best = max(scores, default=0)
    return [each for each, score in zip(found, scores, strict=True) if best and score == best]


def _nearness(pointer: str, place: str) -> int:
    if pointer == place:
        return 3
    if pointer.startswith(f"{place}/"):
        return 2
    return int(place.startswith(f"{pointer}/") and pointer.count("/") > 1)


# -- verdicts --------------------------------------------------------------------------------------

_RANKS = {COMPLETE: 0, INAPPLICABLE: 0, UNDETERMINED: 1, INCOMPLETE: 2}


def _turns(old: Report, new: Report) -> Iterator[Turn]:
    for after in new.assessments:
        before = old.assessment(after.framework.id)
        if before is None:
            continue
        framework = after.framework
        for level in framework.levels or (None,):
            was, now = before.verdict(level), after.verdict(level)
            if was == now:
                continue
            if level is None:  # its two words: something is found, nothing is
                direction = ranked(-framework.words.index(was), -framework.words.index(now))
            else:
                direction = ranked(_RANKS[was], _RANKS[now])
            name = framework.called.get(level, level) if level else ""
            yield Turn(framework.id, name, was.word, now.word, direction)


def _claims(old: Report, new: Report) -> Iterator[Turn]:
    """Tell of claims that were borne out and are not, or the other way round."""
    was, now = (_unsupported(each) for each in (old, new))
    for claim in sorted((was ^ now) & _claimed(new)):
        words = ("not so", "so") if claim in was else ("so", "not so")
        if claim not in was and claim not in _claimed(old):
            words = ("not made", "not so")
        direction = ranked(int(claim in was), int(claim in now))
        yield Turn(claim, "claim", *words, direction)


def _claimed(report: Report) -> set[str]:
    return set(report.manifest.release.claims) if report.manifest else set()


def _unsupported(report: Report) -> set[str]:
    pointers = {each.pointer for each in report.claims}
    claims = report.manifest.release.claims if report.manifest else ()
    return {each for place, each in enumerate(claims) if f"/release/claims/{place}" in pointers}
