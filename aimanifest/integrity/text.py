"""For people at a terminal: what is not so first, then what nobody could tell, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from aimanifest.integrity.contents import Told
from aimanifest.integrity.facts import Fact, Result
from aimanifest.integrity.rungs import MEANINGS, Ground, Rung, Standing
from aimanifest.integrity.verification import Verification
from aimanifest.terminal import cut, quoted, visible, wrapped

PROSE = 100
"""Prose is broken here even where the screen is wider: longer lines are hard to read."""

LIMIT_FACTS = 300
"""So many facts of one kind are shown; nobody reads more, and JSON has them all."""

_HEADINGS = {
    Result.CONTRADICTED: "Contradicted",
    Result.UNCHECKED: "Could not be checked",
    Result.VERIFIED: "Verified",
}

_COLOURS = {
    Result.CONTRADICTED: "1;31",
    Result.UNCHECKED: "1;33",
    Result.VERIFIED: "1;32",
}

_SUMS = {
    "checksum": ("the file is what it is said to be", "{} files are what they are said to be"),
    "place": ("what its `path` names is there", "{} paths lead somewhere"),
    "header": (
        "what 1 file says of itself agrees",
        "what files say of themselves agrees, {} times",
    ),
    "license-text": ("1 license file holds its text", "{} license files hold their texts"),
    "revision": ("the checkout is at its revision", "{} revisions are those of the checkout"),
    "signature": ("the digests of 1 signature add up", "the digests of {} signatures add up"),
    "location": ("its location answers", "{} locations answer"),
    "unlisted": ("1 file is listed", "{} files are listed"),
}
"""How facts that are verified are told in one line, one and several."""


def render(verification: Verification, *, columns: int, colour: bool) -> Iterator[str]:
    """Give the report line by line."""
    page = _Page(min(columns, PROSE), colour=colour)
    for line in page.lines(verification):
        yield f"{line}\n"


class _Page:
    def __init__(self, columns: int, *, colour: bool) -> None:
        self._columns = columns
        self._colour = colour

    def lines(self, verification: Verification) -> Iterator[str]:
        """Give the lines of the whole page."""
        title = f": {verification.title}" if verification.title else ""
        yield self._paint(visible(cut(f"{verification.path}{title}")), "1;4")
        for result in (Result.CONTRADICTED, Result.UNCHECKED):
            if facts := verification.of(result):
                yield from ("", self._paint(_HEADINGS[result], _COLOURS[result]))
                yield from self._each(facts)
        if facts := verification.of(Result.VERIFIED):
            yield from ("", self._paint(_HEADINGS[Result.VERIFIED], _COLOURS[Result.VERIFIED]))
            yield from self._summed(facts)
        if verification.told:
            yield from ("", self._paint("What files of weights say of themselves", "1"))
            yield from self._told(verification.told)
        yield from ("", self._paint("How far each component is borne out", "1"))
        yield from self._standings(verification.standings)
        if verification.grounds:
            yield from ("", self._paint("What each verdict rests on", "1"))
            for each in verification.grounds:
                yield from self._item(_ground(each))
        yield ""
        counts = {each: len(verification.of(each)) for each in Result}
        yield (
            f"{counts[Result.VERIFIED]} verified, {counts[Result.CONTRADICTED]} contradicted, "
            f"{counts[Result.UNCHECKED]} could not be checked."
        )

    def _each(self, facts: tuple[Fact, ...]) -> Iterator[str]:
        for each in facts[:LIMIT_FACTS]:
            yield from self._item(f"{_about(each)}{each.message} (line {each.span.start.line})")
        if len(facts) > LIMIT_FACTS:
            yield f"  … and {len(facts) - LIMIT_FACTS} more"

    def _summed(self, facts: tuple[Fact, ...]) -> Iterator[str]:
        key = _component_and_check
        for (component, check), some in groupby(sorted(facts, key=key), key):
            found = [*some]
            one, several = _SUMS[check]
            count = len(found)
            # A single fact tells more itself: which revision, which license.
            alone = found[0].message if check in ("revision", "header") else one
            said = alone if count == 1 else several.format(count)
            yield from self._item(f"{component}: {said}" if component else said)

    def _told(self, told: tuple[Told, ...]) -> Iterator[str]:
        def component(each: Told) -> str:
            return each.component

        for id, some in groupby(sorted(told, key=component), component):
            found = [*some]
            formats = ", ".join(sorted({each.header.format for each in found}))
            files = "1 file" if len(found) == 1 else f"{len(found)} files"
            types: dict[str, int] = {}
            for each in found:
                for type, count in each.header.types.items():
                    types[type] = types.get(type, 0) + count
            listed = sorted(types.items(), key=lambda each: -each[1])
            numbers = ", ".join(f"{type} {count:,}" for type, count in listed[:6])
            whole = sum(each.header.parameters for each in found)
            yield from self._item(
                f"{id or 'no component'}: {formats}, {files}, {whole:,} parameters"
                + (f" ({numbers})" if len(listed) > 1 else f" ({listed[0][0]})" if listed else "")
            )

    def _standings(self, found: Iterable[Standing]) -> Iterator[str]:
        by_rung: dict[Rung, list[str]] = {each: [] for each in reversed(Rung)}
        for each in found:
            mark = " (contradicted)" if each.contradicted else ""
            by_rung[each.rung].append(f"`{each.component}`{mark}")
        for rung, ids in by_rung.items():
            if ids:
                yield from self._item(f"{rung.word} ({MEANINGS[rung]}): {_few(ids, 50)}")

    def _item(self, text: str) -> list[str]:
        return wrapped(quoted(text), self._columns, first="  ", rest="    ")

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour else text


def _about(fact: Fact) -> str:
    return f"{fact.component}: " if fact.component else ""


def _component_and_check(fact: Fact) -> tuple[str, str]:
    return fact.component, fact.check


def _ground(ground: Ground) -> str:
    """Say on what a verdict rests."""
    framework = ground.framework
    name = f"{framework.id}:{ground.level}" if len(framework.levels) > 1 else framework.id
    if ground.rung is None:
        return f"{name} is {ground.verdict}: it rests on no component"
    ids = [
        f"`{each}`" + (" (contradicted)" if each in ground.contradicted else "")
        for each in ground.components
    ]
    weakest = f"the weakest that it rests on is {_few(ids, 3)}, {ground.rung.word}"
    return f"{name} is {ground.verdict}: {weakest}"


def _few(words: list[str], count: int) -> str:
    more = f" and {len(words) - count} more" if len(words) > count else ""
    return ", ".join(words[:count]) + more
