"""Whether a text is one that is known, word for word, and where it differs if not.

Every difference counts, with these exceptions: what SPDX marks as optional or replaceable, as long
as no word comes in or goes that could change a right or a duty; copyright notices and titles; and
the marks of lists. Where it is in doubt, it counts.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from functools import cache
from typing import Final, NamedTuple

from aimanifest.licenses.alignment import Gap, Runs, gaps, runs
from aimanifest.licenses.fingerprints import Fingerprint, number
from aimanifest.licenses.words import Words, is_weak, lines_of, read, weak_words

LIMIT_WORDS = 20_000
"""So many words of a text are compared: no license comes near it."""
LIMIT_FILLING = 60
"""No name, title or notice has more words than this."""


class Text(NamedTuple):
    """A text to compare: its lines, its words, the number of each word, and the runs of those."""

    lines: list[str]
    words: Words
    numbers: list[int]
    runs: Runs

    @classmethod
    def of(cls, text: str) -> "Text":
        """Take `text` apart, as far as `LIMIT_WORDS`."""
        words, lines = read(text)
        words, lines = words[:LIMIT_WORDS], lines[:LIMIT_WORDS]
        numbers = [number(each) for each in words]
        return cls(lines_of(text), Words(words, lines), numbers, runs(numbers))

    def part(self, start: int, end: int) -> "Text":
        """Give the words from the place `start` up to, not including, `end`, on the same lines."""
        words = Words(self.words.words[start:end], self.words.lines[start:end])
        numbers = self.numbers[start:end]
        return Text(self.lines, words, numbers, runs(numbers))


class Change(NamedTuple):
    """A difference that counts, between the places `place` and `end` of the text.

    `added` are the places of the words that came in, `missing` is how many are gone. It is
    `weighty` if among them is one that could change a right or a duty, such as "not"; `around` if
    it only adds, before the first or after the last word that has to be there.
    """

    place: int
    end: int
    added: tuple[int, ...]
    missing: int
    weighty: bool
    around: bool


class Comparison(NamedTuple):
    """How a text differs from a known one.

    `kept` is how much is left of the words that have to be there, from 0 to 1. `distance` counts
    all the words that differ, also where that does not count as a change. What there is of the
    known text is between the places `start` and `end`.
    """

    known: Fingerprint
    changes: tuple[Change, ...]
    kept: float
    distance: int
    start: int
    end: int

    @property
    def changed(self) -> int:
        """How many words came in or are gone, of those that count."""
        return sum(len(each.added) + each.missing for each in self.changes)


def compare(text: Text, known: Fingerprint, names: frozenset[str] = frozenset()) -> Comparison:
    """Compare `text` with a known one; `names` are the words by which that license is called."""
    found = gaps(text.numbers, known.words, text.runs)
    clusters = _clusters(known)
    solid = _solid(known, clusters, found, len(text.numbers))
    start, end = (solid[0], solid[-1] + 1) if solid else (0, 0)
    bound = {text.words.lines[each] for each in solid}
    called = frozenset(map(number, names))
    changes = []
    for gap in found:
        touched = [each for each in clusters if each.touches(gap)]
        states = {_state(text, known, each, found, called) for each in touched}
        renumbered = _is_renumbered(text, known, gap, touched)
        filled = states == {_FILLED} and not renumbered
        added = [] if filled else _came_in(text, gap, bound, names, numbers=renumbered)
        free = [] if _SHORTENED in states else clusters
        missing = _gone(known, gap, free, numbers=renumbered)
        if added or missing:
            weighty = any(text.words.words[each] in WEIGHTY for each in added)
            weighty = weighty or any(known.words[each] in _weighty() for each in missing)
            around = not missing and (gap.left_end <= start or end <= gap.left)
            changes.append(
                Change(gap.left, gap.left_end, tuple(added), len(missing), weighty, around)
            )
    required = len(known.words) - sum(each.end - each.start for each in clusters)
    kept = 1 - sum(each.missing for each in changes) / (required or 1)
    distance = sum(each.left_end - each.left + each.right_end - each.right for each in found)
    return Comparison(known, tuple(changes), max(0.0, kept), distance, start, end)


def _solid(
    known: Fingerprint, clusters: "list[_Cluster]", found: Sequence[Gap], length: int
) -> list[int]:
    """Give the places, in a text of this `length`, of the words that have to be there and are."""
    free = {at for each in clusters for at in range(each.start, each.end)}
    solid: list[int] = []
    left = right = 0
    for gap in (*found, Gap(length, length, len(known.words), len(known.words))):
        solid += [left + at - right for at in range(right, gap.right) if at not in free]
        left, right = gap.left_end, gap.right_end
    return solid


# -- what may differ -------------------------------------------------------------------------------


class _Cluster(NamedTuple):
    """Stretches of a known text that touch one another; in those of `names` any name may stand."""

    start: int
    end: int
    optional: bool
    replaceable: bool
    names: tuple[tuple[int, int], ...]
    alternatives: tuple[tuple[int, ...], ...]

    def touches(self, gap: Gap) -> bool:
        """Whether `gap` is in it or beside it."""
        return self.start <= gap.right_end and gap.right <= self.end

    def lets_in(self, gap: Gap) -> bool:
        """Whether any name may stand where `gap` is."""
        return any(start <= gap.right_end and gap.right <= end for start, end in self.names)


def _clusters(known: Fingerprint) -> list[_Cluster]:
    found: list[_Cluster] = []
    for each in known.free:
        ways = each.alternatives
        names = ((each.start, each.end),) * (not each.optional and (not ways or () in ways))
        new = _Cluster(each.start, each.end, each.optional, not each.optional, names, ways)
        if found and new.start <= found[-1].end:
            last = found.pop()
            new = _Cluster(
                last.start,
                max(last.end, new.end),
                last.optional or new.optional,
                last.replaceable or new.replaceable,
                last.names + new.names,
                last.alternatives + new.alternatives,
            )
        found.append(new)
    return found


LEAST_OMISSION: Final = 3
"""To leave out fewer words than these of an optional part, "not" among them, is to change it."""


_FILLED, _OVERFILLED, _SHORTENED = range(3)


def _state(
    text: Text, known: Fingerprint, cluster: _Cluster, found: Sequence[Gap], called: Set[int]
) -> int:
    """Say whether what stands in the place of `cluster` may stand there, has come in, or is cut.

    The words by which the license is `called` may stand there.
    """
    inside = [each for each in found if cluster.touches(each)]
    if sum(each.left_end - each.left for each in inside) > LIMIT_FILLING:
        return _OVERFILLED
    came, unnamed = set[int](), set[int]()
    for each in inside:
        new = text.numbers[each.left : each.left_end]
        came.update(new)
        unnamed.update(() if cluster.lets_in(each) else new)
    own = known.words[cluster.start : cluster.end]
    start, end = _place(cluster.start, found, first=True), _place(cluster.end, found, first=False)
    said = _operative_in(text.numbers[start:end])
    if (unnamed & _weighty()).difference(own, called, *cluster.alternatives):
        return _OVERFILLED
    if said in (_operative_in(each) for each in (own, *cluster.alternatives)):
        return _FILLED
    if not came.isdisjoint(_operative()):
        return _OVERFILLED
    gone = [
        known.words[max(each.right, cluster.start) : min(each.right_end, cluster.end)]
        for each in inside
    ]
    whole = all(len(each) >= LEAST_OMISSION or _weighty().isdisjoint(each) for each in gone)
    return _FILLED if cluster.optional and whole else _SHORTENED


def _place(known: int, found: Sequence[Gap], *, first: bool) -> int:
    """Say where in the text a place of the known one is: in a gap, where that begins or ends."""
    shift = 0
    for gap in found:
        if known < gap.right:
            break
        if known <= gap.right_end:
            return gap.left if first else gap.left_end
        shift = gap.left_end - gap.right_end
    return known + shift


def _is_renumbered(text: Text, known: Fingerprint, gap: Gap, touched: Sequence[_Cluster]) -> bool:
    """Whether a number is another one, such as that of a version, where no name or date may be."""
    if any(each.replaceable for each in touched):
        return False
    numbers = _small_numbers()
    came = not numbers.isdisjoint(text.numbers[gap.left : gap.left_end])
    gone = not numbers.isdisjoint(known.words[gap.right : gap.right_end])
    if came and gone:
        return True
    if came:
        return _is_beside(text.numbers, gap.left, gap.left_end, numbers)
    return gone and _is_beside(known.words, gap.right, gap.right_end, numbers)


LIMIT_NUMBER: Final = 2
"""The parts of a number of a version, such as 2.0, that may come in or go together."""


def _is_beside(words: Sequence[int], start: int, end: int, wanted: frozenset[int]) -> bool:
    """Whether the few words from `start` to `end` stand beside one that is `wanted`."""
    before, after = words[start - 1] if start else None, words[end] if end < len(words) else None
    return end - start <= LIMIT_NUMBER and (before in wanted or after in wanted)


def _gone(known: Fingerprint, gap: Gap, free: Sequence[_Cluster], *, numbers: bool) -> list[int]:
    """Give the places, outside what is `free`, of the words of the known text that are gone.

    Of `numbers` that differ, one stands for all: "3.1-3.5" for "3.1, 3.2, 3.3, 3.4 and 3.5".
    """
    places = range(gap.right, gap.right_end)
    strong = [
        place
        for place in places
        if known.words[place] not in _weak()
        and not any(each.start <= place < each.end for each in free)
    ]
    changed = [each for each in places if known.words[each] in _small_numbers()] if numbers else []
    return strong + changed[:1]


_NOTICE = re.compile(
    r"[\W_]*(?:(?:all|some|other|portions?|parts?)\s+(?:of\s+\w+\s+\w+\s+)?(?:is\s+|are\s+)?)?"
    r"(?:copyright|copr\b|\(c\)|©|&copy;|authors?:|all rights reserved|spdx-)",
    re.IGNORECASE,
)
_RESERVED = ("all", "rights", "reserved")
FRAME = frozenset(
    "the this software project package program library code repository file model weights work is "
    "are was licensed released distributed available provided under terms of license licenses "
    "licensing version v see below above full text for details in as follows a an and by with or "
    "found at which its it spdx identifier end beginning".split()
)
"""What people say around a license: "This project is licensed under the MIT License, see below"."""


def _came_in(
    text: Text, gap: Gap, bound: Set[int], names: frozenset[str], *, numbers: bool
) -> list[int]:
    """Give the places of the words that came in, without notices, titles, and marks of lists.

    Words on the lines `bound`, on which words of the license stand, are neither notice nor title.
    """
    words, lines = text.words
    by_line: dict[int, list[int]] = {}
    for place in range(gap.left, gap.left_end):
        if numbers or not is_weak(words[place]):
            by_line.setdefault(lines[place], []).append(place)
    found: list[int] = []
    before, in_notice = 0, False
    for line, places in by_line.items():
        in_notice = bool(_NOTICE.match(text.lines[line - 1])) or (in_notice and line == before + 1)
        before = line
        new = [words[each] for each in places]
        if line in bound:
            found += places
            continue
        if in_notice and _is_notice(new):
            continue
        whole = words[bisect_left(lines, line) : bisect_right(lines, line)]
        if not numbers and all(_is_frame(each, names) for each in whole):
            continue
        found += places
    return found


def _is_frame(word: str, names: frozenset[str]) -> bool:
    return word in FRAME or word in names or word.isdigit()


def _is_notice(words: list[str]) -> bool:
    if set(_RESERVED) <= set(words):
        words = [each for each in words if each not in _RESERVED]
    return len(words) <= LIMIT_FILLING and OPERATIVE.isdisjoint(words)


# -- words that could change a right or a duty -----------------------------------------------------

OPERATIVE = frozenset(
    """
    shall must may might will would should not no nor neither never none only solely cannot without
    except unless unlike if until provided provides provide condition conditions conditional
    subject term terms
    restrict restricts restricted restriction restrictions prohibit prohibits prohibited prohibition
    forbid forbids forbidden permit permits permitted permission permissions allow allows allowed
    grant grants granted right require requires required requirement requirements obligation
    obligations agree agrees agreed agreement accept accepts acceptable acceptance comply
    compliance policies use used usage purpose purposes commercial noncommercial
    commercially noncommercially sell sells sold selling resale sublicense sublicensing distribute
    distributes distributed distribution redistribute redistribution modify modifies modified
    modification modifications derivative derivatives derive derived copy copies revoke revoked
    revocable revocation irrevocable terminate terminates terminated termination withdraw limit
    limits limited limitation pay paid payment fee fees royalty register registered registration
    request approval approved consent indemnify liable liability warranty warranties warrant
    following notice notices include includes included including retain reproduce disclaim disclaims
    disclaimed
    """.split()
)
"""No sentence that grants, forbids or demands anything does without one of these."""

WEIGHTY = OPERATIVE | frozenset(
    """
    any all every each for by free charge research academic educational evaluation internal personal
    private production military weapon weapons train training output outputs model models competitor
    competing competitive competition policy user users person persons company companies country
    countries government public open source patent patents trademark trademarks copyright
    """.split()
)
"""Put into or taken out of a sentence, these may change what it says."""


@cache
def _operative() -> frozenset[int]:
    return frozenset(number(each) for each in OPERATIVE)


@cache
def _weighty() -> frozenset[int]:
    return frozenset(number(each) for each in WEIGHTY)


def _operative_in(numbers: Sequence[int]) -> tuple[int, ...]:
    known = _operative()
    return tuple(each for each in numbers if each in known)


@cache
def _small_numbers() -> frozenset[int]:
    return frozenset(number(str(each)) for each in range(100))


@cache
def _weak() -> frozenset[int]:
    return frozenset(number(each) for each in weak_words())
