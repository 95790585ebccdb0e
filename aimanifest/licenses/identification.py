"""Which license a text is, of those whose text is known, and how sure that is."""

import math
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from aimanifest.licenses import fingerprints
from aimanifest.licenses.comparison import FRAME, Change, Comparison, Text, compare
from aimanifest.licenses.facts import ai_rows
from aimanifest.licenses.fingerprints import Fingerprint
from aimanifest.licenses.words import read

SAME: Final = "same"
"""It is the text of the license, but for what may differ."""
NEAR: Final = "near"
"""A few words differ, none of which could change a right or a duty."""
AROUND: Final = "around"
"""The text of the license is there as it is, and something else before or after it."""
CHANGED: Final = "changed"
"""It is the text of the license with words added or taken away inside it."""
SENTENCES: Final = "sentences"
"""Its title and characteristic sentences are those of the license, whose text is not known here."""
UNKNOWN: Final = "unknown"

LEAST_KEPT = 0.75
"""Of which a smaller part is there, that text is not the one that was changed."""
WHOLE = 0.97
"""Of which this part is there, that text is there."""
FEW_WORDS = 4
LIMIT_CANDIDATES = 12
LIMIT_OTHERS = 12
HEAD = 80
"""A title is looked for in so many first words."""


class Passage(NamedTuple):
    """Some words of a text in one place: the lines they are on, and how many they are."""

    first: int
    last: int
    words: int


class Other(NamedTuple):
    """Another license whose whole text is in the same file, from line `first` to `last`."""

    ids: tuple[str, ...]
    first: int
    last: int


class Identity(NamedTuple):
    """What a text was found to be.

    `ids` are the licenses that it is, or that it comes nearest to. `added` are the passages that do
    not belong to their text; `missing` says for passages of it that are gone after which line that
    is. `evidence` says on what it rests where the texts were not compared.
    """

    degree: str
    ids: tuple[str, ...] = ()
    added: tuple[Passage, ...] = ()
    missing: tuple[Passage, ...] = ()
    others: tuple[Other, ...] = ()
    evidence: str = ""


def identify(text: Text, expected: str) -> Identity:
    """Say what `text` is; of several answers that fit, the one that has the id `expected`."""
    own = [compare(text, each, _names(each.ids)) for each in fingerprints.of(expected)]
    mine = min(own, key=lambda each: (bool(each.changes), each.distance), default=None)
    if mine and not mine.changes:
        return Identity(SAME, mine.known.ids)
    if mine and mine.kept < LEAST_KEPT:
        mine = None
    compared = (compare(text, each, _names(each.ids)) for each in _candidates(text))
    kept = [each for each in compared if each.kept >= LEAST_KEPT]
    same = [each for each in kept if not each.changes]
    if same and (mine is None or min(map(_by_distance, same)) < mine.distance):
        return Identity(SAME, tuple(id for each in same for id in each.known.ids))
    best = _best(mine, kept)
    if best and (best is mine or best.kept >= WHOLE):
        return _differing(text, best)
    return _by_sentences(text, expected) or (_differing(text, best) if best else Identity(UNKNOWN))


def _best(mine: Comparison | None, kept: list[Comparison]) -> Comparison | None:
    """Choose the text that was most probably meant: `mine`, unless it is not there as it is."""
    if mine is None:
        return min(kept, key=_by_distance, default=None)
    if _is_whole(mine):
        return mine
    nearer = (each for each in kept if each.distance < mine.distance and _is_whole(each))
    return min(nearer, key=_by_distance, default=mine)


def is_known(id: str) -> bool:
    """Whether the text of the license `id` is known, so that others can be compared with it."""
    return any(True for _ in fingerprints.of(id))


def _is_whole(found: Comparison) -> bool:
    """Whether the text is there as it is, with or without something around it."""
    within = found.kept >= WHOLE and found.start < found.end
    return within and all(each.around for each in found.changes)


def _by_distance(found: Comparison) -> int:
    return found.distance


# -- by their words --------------------------------------------------------------------------------


def _candidates(
    text: Text, *, least: float = LEAST_KEPT / 2, limit: int = LIMIT_CANDIDATES
) -> Iterator[Fingerprint]:
    """Give the known texts whose rarer words are in `text`, and those that are most like it."""
    catalogue, here = _catalogue(), frozenset(text.numbers)
    rarities = catalogue.rarities
    unknown = max(rarities.values())
    weight = sum(rarities.get(each, unknown) for each in here)
    shares = []
    for index, (words, own) in enumerate(catalogue.words):
        common = sum(rarities[each] for each in words & here)
        shares.append((common / own, common / (own + weight - common), index))
    within = sorted(shares, reverse=True)[:limit]
    alike = sorted(shares, key=lambda each: -each[1])[:limit]
    for index in sorted({each[2] for each in within + alike if each[0] >= least}):
        yield catalogue.texts[index]


class _Catalogue(NamedTuple):
    """All known texts; the words each has to have, with their weight; how rare each word is."""

    texts: tuple[Fingerprint, ...]
    words: tuple[tuple[frozenset[int], float], ...]
    rarities: dict[int, float]


@cache
def _catalogue() -> _Catalogue:
    texts = tuple(fingerprints.everything())
    required = [_required(each) for each in texts]
    counts = Counter(word for words in required for word in words)
    rarities = {word: 0.1 + math.log(len(texts) / count) for word, count in counts.items()}
    weights = (sum(rarities[word] for word in words) or 1.0 for words in required)
    return _Catalogue(texts, tuple(zip(required, weights, strict=True)), rarities)


def _required(known: Fingerprint) -> frozenset[int]:
    found: list[int] = []
    at = 0
    for each in known.free:
        found += known.words[at : each.start]
        at = max(at, each.end)
    return frozenset(found + known.words[at:])


@cache
def _names(ids: tuple[str, ...]) -> frozenset[str]:
    """Give the words by which the licenses `ids` are called."""
    from aimanifest.data.spdx_names import NAMES  # noqa: PLC0415  only where texts differ

    names = [NAMES.get(id) or ai_rows().get(id, {}).get("name", "") for id in ids]
    return frozenset(word for each in (*names, *ids) for word in read(each).words)


def _differing(text: Text, found: Comparison) -> Identity:
    ids = found.known.ids
    if found.changed <= FEW_WORDS and not any(each.weighty for each in found.changes):
        added = [at for each in found.changes for at in each.added]
        return Identity(NEAR, ids, _passages(text, added), _missing(text, found))
    inside = [each for each in found.changes if not each.around]
    if inside:
        added = [at for each in found.changes for at in each.added]
        return Identity(CHANGED, ids, _passages(text, added), _missing(text, found))
    others, rest = _others(text, found.changes)
    return Identity(AROUND, ids, _passages(text, rest), others=others)


def _passages(text: Text, places: list[int]) -> tuple[Passage, ...]:
    """Join words on lines that follow one another, or with a blank one between, to passages."""
    found: list[Passage] = []
    for place in sorted(places):
        line = text.words.lines[place]
        if found and line <= found[-1].last + 2:
            found[-1] = Passage(found[-1].first, line, found[-1].words + 1)
        else:
            found.append(Passage(line, line, 1))
    return tuple(found)


def _missing(text: Text, found: Comparison) -> tuple[Passage, ...]:
    lines = text.words.lines
    return tuple(
        Passage(lines[each.place - 1], lines[each.place - 1], each.missing)
        if each.place
        else Passage(1, 1, each.missing)
        for each in found.changes
        if each.missing
    )


def _others(text: Text, changes: tuple[Change, ...]) -> tuple[tuple[Other, ...], list[int]]:
    """Find the other licenses whose texts came in, and the places of what belongs to none.

    Each stretch is looked through for the longest text first, and then before and after that.
    """
    found: list[Other] = []
    rest: list[int] = []
    stretches = [(each.place, each.end) for each in changes]
    while stretches:
        start, end = stretches.pop()
        part = text.part(start, end)
        whole = [] if len(found) >= LIMIT_OTHERS else list(_wholes(part))
        if not whole:
            rest += range(start, end)
            continue
        best = max(whole, key=lambda each: (len(each.known.words) * each.kept, -each.distance))
        lines = part.words.lines
        found.append(Other(best.known.ids, lines[best.start], lines[best.end - 1]))
        stretches += [(start + each.place, start + each.end) for each in best.changes]
    added = {at for each in changes for at in each.added} - _titles(text, found)
    return tuple(sorted(found, key=_by_line)), [at for at in rest if at in added]


def _by_line(other: Other) -> int:
    return other.first


def _titles(text: Text, others: list[Other]) -> set[int]:
    """Give the places of the words that are on lines of nothing but names of the `others`."""
    names = FRAME.union(*(_names(each.ids) for each in others))
    words, lines = text.words
    plain = {line for word, line in zip(words, lines, strict=True) if word not in names}
    return {at for at, line in enumerate(lines) if others and line not in plain}


def _wholes(part: Text) -> Iterator[Comparison]:
    for each in _candidates(part, least=WHOLE - 0.1, limit=LIMIT_CANDIDATES // 2):
        found = compare(part, each, _names(each.ids))
        if _is_whole(found):
            yield found


# -- by title and sentences ------------------------------------------------------------------------

LEAST_SENTENCES = 2
LEAST_UNTITLED = 3


def _by_sentences(text: Text, expected: str) -> Identity | None:
    """Find the AI license of which the title, or sentences that are known, are in `text`."""
    joined = f" {' '.join(text.words.words)} "
    head = f" {' '.join(text.words.words[:HEAD])} "
    best: tuple[float, int, bool, Identity] | None = None
    for id, row in ai_rows().items():
        titled = any(f" {_plain(each)} " in head for each in (row["name"], *row["also"]))
        sentences = {_plain(part) for each in row["terms"] for part in each["quote"].split("…")}
        sentences -= {""}
        count = sum(f" {each} " in joined for each in sentences)
        enough = count >= (LEAST_SENTENCES if titled else LEAST_UNTITLED)
        if enough and 2 * count > len(sentences):
            evidence = f"{count} of {len(sentences)} characteristic sentences"
            evidence = f"its title and {evidence}" if titled else evidence
            rank = (count / len(sentences) + titled, count, id == expected)
            if best is None or rank > best[:3]:
                best = (*rank, Identity(SENTENCES, (id,), evidence=evidence))
    return best[3] if best else None


def _plain(text: str) -> str:
    return " ".join(read(text).words)
