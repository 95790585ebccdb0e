"""Which way the terms of a thing went: by what is known of licenses, and by who judges them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aimanifest.licenses import (
    COMPATIBLE,
    FREEDOMS,
    RESTRICTIONS,
    Compound,
    Expression,
    LicenseError,
    Term,
    facts,
    parse,
)
from aimanifest.licenses.notions import judged
from aimanifest.upkeep.direction import BETTER, NEUTRAL, UNCLEAR, WORSE, Direction, ranked, together

RESTRICTED = ("yes", "restricted", "no")
"""What is known of a freedom, from the best to the worst; "unknown" is none of these."""

MOST_NAMED = 3
"""So many measures are named; the frameworks say what they make of it beside."""


class Course(NamedTuple):
    """Which way terms went, and in a few words how that is known."""

    direction: Direction
    reason: str


class Grant(NamedTuple):
    """What an expression grants, as far as is known: restrictions, and each of the freedoms."""

    restrictions: frozenset[str]
    freedoms: tuple[str, ...]
    known: bool


def course(before: str | None, after: str | None, content: str, *, asserted: bool) -> Course:
    """Say which way the license of something went, from one statement to another.

    `content` is one of `notions.CONTENTS`. `asserted` tells that where the new one is `NONE`, the
    publisher says that it is freely available to all the same.
    """
    old, new = _stated(before), _stated(after)
    if old == new:
        return Course(NEUTRAL, "it says the same")
    if new is None:
        return Course(WORSE, "nobody is told the terms any more")
    if new == "NONE":
        return _none(asserted)
    if old is None:
        return Course(BETTER, "now it is said on what terms")
    return _between(old, new, content)


def _stated(text: str | None) -> str | None:
    return None if text in (None, "NOASSERTION") else text


def _none(asserted: bool) -> Course:  # noqa: FBT001  the one question there is
    if asserted:
        return Course(UNCLEAR, "it is said to be free for all without a license")
    return Course(WORSE, "no license is offered")


def _between(old: str, new: str, content: str) -> Course:
    if old == "NONE":
        return Course(UNCLEAR, "before, no license was offered")
    try:
        before, after = parse(old), parse(new)
    except LicenseError:
        return Course(UNCLEAR, "one of them is no license expression")
    if before == after:
        return Course(NEUTRAL, "only its spelling")
    first, second = _granted(before.tree), _granted(after.tree)
    said = [*_compared(first, second), *_measured(before, after, content)]
    if said:
        return Course(together(way for way, _ in said), "; ".join(reason for _, reason in said))
    if first.known and second.known:
        return Course(NEUTRAL, "nothing that is known of them differs in what they restrict")
    return Course(UNCLEAR, "not enough is known of them")


def _compared(first: Grant, second: Grant) -> Iterator[tuple[Direction, str]]:
    """Say what one grant restricts and another does not, and which freedoms they differ in."""
    for direction, verb, words in (
        (WORSE, "adds", second.restrictions - first.restrictions),
        (BETTER, "no longer has", first.restrictions - second.restrictions),
    ):
        if words:
            yield direction, f"{verb} {', '.join(f'`{each}`' for each in sorted(words))}"
    for word, was, now in zip(FREEDOMS, first.freedoms, second.freedoms, strict=True):
        if was in RESTRICTED and now in RESTRICTED and was != now:
            direction = ranked(RESTRICTED.index(was), RESTRICTED.index(now))
            yield direction, f"`{word}` was {_freedom(was)} and is {_freedom(now)}"


def _freedom(word: str) -> str:
    return {"yes": "free", "no": "denied"}.get(word, word)


def _measured(
    before: Expression, after: Expression, content: str
) -> Iterator[tuple[Direction, str]]:
    """Give whose measures for such content only one of the two licenses meets."""
    pairs = zip(judged(before), judged(after), strict=True)
    changed: dict[Direction, list[str]] = {BETTER: [], WORSE: []}
    for was, now in pairs:
        met, meets = (each.judgement.verdict is True for each in (was, now))
        if content not in was.measure.contents or met == meets:
            continue  # from no to undetermined, and back, is no way nearer
        owners = changed[BETTER if meets else WORSE]
        if was.measure.owner not in owners:
            owners.append(was.measure.owner)
    if changed[BETTER]:
        yield BETTER, f"it now suffices for {_listed(changed[BETTER])}"
    if changed[WORSE]:
        yield WORSE, f"it no longer suffices for {_listed(changed[WORSE])}"


def _listed(words: list[str]) -> str:
    if len(words) > MOST_NAMED:
        words = [*words[: MOST_NAMED - 1], f"{len(words) - MOST_NAMED + 1} more"]
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _granted(tree: Term | Compound) -> Grant:
    """Say what is granted: of a choice the best of each, of a sum the worst of each."""
    if isinstance(tree, Term):
        return _known(tree)
    parts = [_granted(each) for each in tree.parts]
    known = all(each.known for each in parts)
    freedoms = zip(*(each.freedoms for each in parts), strict=True)
    if tree.operator == "OR":
        held = frozenset.intersection(*(each.restrictions for each in parts))
        return Grant(held, tuple(_best(each) for each in freedoms), known)
    held = frozenset[str]().union(*(each.restrictions for each in parts))
    return Grant(held, tuple(_worst(each) for each in freedoms), known)


def _best(values: Iterable[str]) -> str:
    found = set(values)
    return next((each for each in ("yes", "unknown", "restricted", "no") if each in found), "")


def _worst(values: Iterable[str]) -> str:
    found = set(values)
    return next((each for each in ("no", "restricted", "unknown", "yes") if each in found), "")


def _known(term: Term) -> Grant:
    license = facts(term.id)
    unknown = ("unknown",) * len(FREEDOMS)
    if license is None:
        return Grant(frozenset(), unknown, known=False)
    held = {each.restricts for each in license.terms}
    return Grant(restricting(held), tuple(license.freedoms[each] for each in FREEDOMS), known=True)


def restricting(words: Iterable[str]) -> frozenset[str]:
    """Leave out of words for terms those that restrict nobody, such as `attribution`."""
    return frozenset(
        each
        for each in words
        if each not in RESTRICTIONS or RESTRICTIONS[each].standing != COMPATIBLE
    )
