"""Outcomes as signs: how they are written where there is no room for words."""

from __future__ import annotations

from typing import NamedTuple

from aimanifest.findings import Outcome


class Mark(NamedTuple):
    """How an outcome is written where there is room for one character only.

    `sign` is for pages; `letter`, in ASCII, for terminals, which may lack the signs.
    """

    word: str
    sign: str
    letter: str
    meaning: str


MET = Mark("met", "\N{CHECK MARK}", "+", "the manifest shows it")
PARTIAL = Mark("partial", "~", "~", "met in part, where a framework grades so")
UNMET = Mark("unmet", "\N{BALLOT X}", "x", "the manifest says otherwise")
UNSTATED = Mark("unstated", "\N{WHITE CIRCLE}", "o", "the manifest does not say")
UNDETERMINED_CASE = Mark("undetermined", "?", "?", "the framework's sources do not settle the case")
NOT_APPLICABLE = Mark("not applicable", "\N{EN DASH}", "-", "there is nothing to ask about")
ASKED = Mark("asked", "!", "!", "people are asked something; nothing is decided")

MARKS = (MET, PARTIAL, UNMET, UNSTATED, UNDETERMINED_CASE, NOT_APPLICABLE, ASKED)
"""Every mark, in the order in which they are explained."""

_OF_OUTCOME = {
    Outcome.MET: MET,
    Outcome.PARTIAL: PARTIAL,
    Outcome.UNMET: UNMET,
    Outcome.UNSTATED: UNSTATED,
    Outcome.UNDETERMINED: UNDETERMINED_CASE,
    Outcome.NOT_APPLICABLE: NOT_APPLICABLE,
}


def of_outcome(outcome: Outcome) -> Mark:
    """Return the mark of the answer to a rule."""
    return _OF_OUTCOME[outcome]
