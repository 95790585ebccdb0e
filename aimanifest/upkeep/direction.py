"""Which way a change goes, for those who want to use, study, modify and share a release."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Direction(Enum):
    """Which way a change goes."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"
    NEUTRAL = "neutral"


BETTER, WORSE = Direction.BETTER, Direction.WORSE
UNCLEAR, NEUTRAL = Direction.UNCLEAR, Direction.NEUTRAL


def together(directions: Iterable[Direction]) -> Direction:
    """Return what several directions come to: better and worse in one is unclear."""
    found = set(directions) - {NEUTRAL}
    if len(found) > 1:
        return UNCLEAR
    return found.pop() if found else NEUTRAL


def ranked(before: int, after: int) -> Direction:
    """Compare two ranks, of which the higher one is worse."""
    if before == after:
        return NEUTRAL
    return WORSE if after > before else BETTER
