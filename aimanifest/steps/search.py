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
LIMIT_STATES = 20_000
"""So many sets of changes are looked at; no real release comes near it."""


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
        self._states = 0
        self.faults = cache(self._find)
        start = self.faults(NOTHING)
        self._pointers = pointers
        self._all = range(len(pointers))
        self._useful = [
            each
            for each in self._all
            if start and not self.faults(frozenset([each])).keys() >= start.keys()
        ]

    def blocked(self) -> dict[Item, Finding]:
        """Return what no change removes."""
        start = self.faults(NOTHING)
        return {item: start[item] for item in start if not self._ways_out(NOTHING, item)}

    def least(self, ignored: Collection[Item] = ()) -> Chosen | None:
        """Return the fewest changes that leave nothing but `ignored`; None if there are none."""
        spots = frozenset((rule, pointer) for rule, pointer, _ in ignored)
        for depth in range(len(self._all) + 1):
            found = self._deepen(NOTHING, depth, spots, seen=set())
            if found is not None or self._states > LIMIT_STATES:
                return found
        return None

    def _deepen(
        self, chosen: Chosen, depth: int, ignored: Collection[Spot], *, seen: set[Chosen]
    ) -> Chosen | None:
        self._states += 1
        items = [each for each in self.faults(chosen) if each[:2] not in ignored]
        if not items:
            return chosen
        if chosen in seen or self._states > LIMIT_STATES:
            return None
        seen.add(chosen)
        ways_out = sorted((self._ways_out(chosen, item) for item in sorted(items)), key=len)
        if _disjoint(ways_out) > depth:
            return None
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
        subject = self._framework.subject_of(self._edited(chosen))
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
