"""The fewest changes after which the rules of some levels find nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import TypeAlias

from aimanifest.findings import Finding, Remark
from aimanifest.manifest import Manifest
from aimanifest.rules import FAULTS, Framework, Rule

Item: TypeAlias = tuple[str, str, str]
"""What stands in the way: the id of a rule, the pointer at which it finds a fault, and the message.

A change that brings a rule to say something else has got on, even if there is more to be done.
"""
Spot: TypeAlias = tuple[str, str]
"""The id of a rule and a pointer."""
Chosen: TypeAlias = frozenset[int]
"""Changes, by their numbers."""

NOTHING: Chosen = frozenset()
LIMIT_WORK = 100_000
"""So many components, in all manifests that are tried, are put to the rules; what takes more than
that is not found. No real release comes near it."""


class TooMuch(Exception):  # noqa: N818  it names the search
    """More work would have to be done than may be."""


class Search:
    """Looks for the least set of changes, deeper step by step.

    In each state it takes the fault with the fewest ways out, of which every solution holds one.
    So no solution is passed over, and the first that is found is one of the smallest.
    """

    def __init__(
        self,
        framework: Framework,
        rules: Collection[Rule],
        *,
        edited: Callable[[Chosen], Manifest],
        pointers: Sequence[str],
    ) -> None:
        """Search among changes at `pointers`; `edited` gives the manifest after some of them."""
        self._framework = framework
        self._rules = rules
        self._edited = edited
        self._pointers = pointers
        self._all = range(len(pointers))
        self._work = 0
        self._cut = False
        self._dead: dict[Item, Finding] = {}
        self.faults = cache(self._find)
        start = self.faults(NOTHING)
        self._useful = [
            each
            for each in self._all
            if start and not self.faults(frozenset([each])).keys() >= start.keys()
        ]

    def least(self) -> tuple[Chosen, tuple[Finding, ...]]:
        """Return the fewest changes that leave nothing but what none can remove, and that.

        Raises:
            TooMuch: if it takes more work than may be done.

        """
        start = self.faults(NOTHING)
        left = {item: start[item] for item in start if not self._ways_out(NOTHING, item)}
        while True:
            found = self._shortest(frozenset(item[:2] for item in left))
            if found is not None:
                return found, tuple(left.values())
            # What has a way out at first may come to an end later: then it has none after all.
            left.update(self._dead)

    def _shortest(self, ignored: frozenset[Spot]) -> Chosen | None:
        """Return the fewest changes that leave nothing but `ignored`; None if there are none."""
        for depth in range(len(self._all) + 1):
            self._cut = False
            self._dead = {}
            found = self._deepen(NOTHING, depth, ignored, seen=set())
            if found is not None or not self._cut:
                return found
        return None

    def _deepen(
        self, chosen: Chosen, depth: int, ignored: frozenset[Spot], *, seen: set[Chosen]
    ) -> Chosen | None:
        items = [each for each in self.faults(chosen) if each[:2] not in ignored]
        if not items or chosen in seen:
            return None if items else chosen
        seen.add(chosen)
        ways_out = [self._ways_out(chosen, item) for item in sorted(items)]
        dead = [item for item, ways in zip(sorted(items), ways_out, strict=True) if not ways]
        if dead:
            self._dead.update((item, self.faults(chosen)[item]) for item in dead)
            return None
        ways_out.sort(key=len)
        if _disjoint(ways_out) > depth:
            self._cut = True
            return None
        # What is the only way out of a fault is part of every solution: all such at once.
        forced = frozenset(ways[0] for ways in ways_out if len(ways) == 1)
        if forced:
            return self._deepen(chosen | forced, depth - len(forced), ignored, seen=seen)
        for way in ways_out[0]:
            found = self._deepen(chosen | {way}, depth - 1, ignored, seen=seen)
            if found is not None:
                return found
        return None

    def _ways_out(self, chosen: Chosen, item: Item) -> list[int]:
        # A fault that a change has brought about may need one that was of no use before.
        tried = self._useful if item in self.faults(NOTHING) else self._all
        left = (each for each in tried if each not in chosen)
        found = [each for each in left if item not in self.faults(chosen | {each})]
        # Of changes that do as well, the one at the very place is the plainest.
        return sorted(found, key=lambda each: self._pointers[each] != item[1])

    def _find(self, chosen: Chosen) -> dict[Item, Finding]:
        """Return every fault that the rules find after `chosen`, told before or not."""
        manifest = self._edited(chosen)
        self._work += len(manifest.components)
        if self._work > LIMIT_WORK:
            raise TooMuch
        subject = self._framework.subject_of(manifest)
        return {
            (rule.id, each.at.pointer, each.message): each.signed(rule.id)
            for rule in self._rules
            if rule.check
            for each in rule.check(subject)
            if isinstance(each, Remark) and each.outcome in FAULTS
        }


def _disjoint(ways_out: Iterable[list[int]]) -> int:
    """Count faults that have no way out in common: so many changes are needed at the least."""
    used: set[int] = set()
    count = 0
    for ways in ways_out:
        count += used.isdisjoint(ways)
        used.update(ways)
    return count
