"""What two sequences have in common, in order, in a time that grows with their length."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

RUN = 4
"""So many equal items in a row are taken for common before single ones are looked at."""
LIMIT_REPEATS = 16
"""A run that is repeated oftener is looked for in its first places only."""
LIMIT_GAP = 40_000
"""Two gaps whose lengths multiply to more are not looked into: they are different."""
WIDE = 1.1
NEARLY = 0.97
"""A part so much longer than what is looked for, with so much of it, is where it is."""


class Block(NamedTuple):
    """A stretch of `length` items that is the same from `left` in one and `right` in the other."""

    left: int
    right: int
    length: int


class Gap(NamedTuple):
    """What lies between two blocks: a stretch of each sequence, of which one may be empty."""

    left: int
    left_end: int
    right: int
    right_end: int


Runs = dict[tuple[int, ...], list[int]]
"""Where each run of a sequence stands in it."""


def runs(sequence: Sequence[int]) -> Runs:
    """Index `sequence`, so that it can be compared with many others."""
    found: Runs = {}
    for at in range(len(sequence) - RUN + 1):
        places = found.setdefault(tuple(sequence[at : at + RUN]), [])
        if len(places) < LIMIT_REPEATS:
            places.append(at)
    return found


def gaps(left: Sequence[int], right: Sequence[int], indexed: Runs) -> list[Gap]:
    """Return where `left`, of which `indexed` are the runs, and `right` differ, in order."""
    found = []
    at_left = at_right = 0
    for block in (*_blocks(left, right, indexed), Block(len(left), len(right), 0)):
        if at_left < block.left or at_right < block.right:
            found.append(Gap(at_left, block.left, at_right, block.right))
        at_left, at_right = block.left + block.length, block.right + block.length
    return found


def _blocks(left: Sequence[int], right: Sequence[int], indexed: Runs) -> list[Block]:
    if left == right:
        return [Block(0, 0, len(left))]
    found: list[Block] = []
    at_left = at_right = 0
    long_blocks = _joined(_common(len(left), right, indexed))
    for block in (*long_blocks, Block(len(left), len(right), 0)):
        found += _short_blocks(left, right, Gap(at_left, block.left, at_right, block.right))
        found.append(block)
        at_left, at_right = block.left + block.length, block.right + block.length
    return found


# -- long blocks -----------------------------------------------------------------------------------

_Pair = tuple[int, int]
"""Where a run stands in the left and in the right sequence."""


class _Link(NamedTuple):
    pair: _Pair
    before: "_Link | None"


def _common(length: int, right: Sequence[int], indexed: Runs) -> list[_Pair]:
    """Find the longest chain of runs that both sequences have in the same order.

    Where nearly all that is common is found in one part of the left one, it is taken from there: a
    text that stands there as it is must not be pieced together from all over a file.
    """
    pairs: list[_Pair] = []
    known = 0
    for at in range(len(right) - RUN + 1):
        places = indexed.get(tuple(right[at : at + RUN]), ())
        known += bool(places)
        pairs += [(each, at) for each in places]
    pairs.sort(key=lambda each: (each[0], -each[1]))
    size = int(WIDE * len(right))
    if length > size:
        start, end = _densest(pairs, size)
        chain = _chain(pairs[start:end])
        if len(chain) > NEARLY * known:
            return chain
        whole = _chain(pairs)
        return chain if len(chain) > NEARLY * len(whole) else whole
    return _chain(pairs)


def _densest(pairs: list[_Pair], size: int) -> tuple[int, int]:
    """Find the pairs in the part of this size, of the left sequence, that has most of them."""
    best = (0, 0)
    start = 0
    for end in range(1, len(pairs) + 1):
        while pairs[end - 1][0] - pairs[start][0] >= size:
            start += 1
        if end - start > best[1] - best[0]:
            best = (start, end)
    return best


def _chain(pairs: list[_Pair]) -> list[_Pair]:
    """Give the longest of those chains of `pairs` that grow on both sides; they are sorted."""
    ends: list[int] = []  # the least end, on the right side, of a chain of each length
    chains: list[_Link] = []
    for pair in pairs:
        length = bisect_left(ends, pair[1])
        link = _Link(pair, chains[length - 1] if length else None)
        if length == len(ends):
            ends.append(pair[1])
            chains.append(link)
        else:
            ends[length] = pair[1]
            chains[length] = link
    found = []
    last = chains[-1] if chains else None
    while last:
        found.append(last.pair)
        last = last.before
    return found[::-1]


def _joined(chain: list[_Pair]) -> list[Block]:
    found: list[Block] = []
    for left, right in chain:
        if not found:
            found.append(Block(left, right, RUN))
            continue
        block = found[-1]
        overlap = max(block.left + block.length - left, block.right + block.length - right, 0)
        if left - right == block.left - block.right and overlap:
            found[-1] = Block(block.left, block.right, left + RUN - block.left)
        elif overlap < RUN:
            found.append(Block(left + overlap, right + overlap, RUN - overlap))
    return found


# -- short blocks ----------------------------------------------------------------------------------


def _short_blocks(left: Sequence[int], right: Sequence[int], gap: Gap) -> list[Block]:
    """Find what is common inside a gap, first at its ends, then anywhere."""
    start, end = 0, 0
    size = min(gap.left_end - gap.left, gap.right_end - gap.right)
    while start < size and left[gap.left + start] == right[gap.right + start]:
        start += 1
    while end < size - start and left[gap.left_end - 1 - end] == right[gap.right_end - 1 - end]:
        end += 1
    inside = Gap(gap.left + start, gap.left_end - end, gap.right + start, gap.right_end - end)
    found = [Block(gap.left, gap.right, start)] if start else []
    product = (inside.left_end - inside.left) * (inside.right_end - inside.right)
    if 0 < product <= LIMIT_GAP:
        from difflib import SequenceMatcher  # noqa: PLC0415  only where texts differ

        matcher = SequenceMatcher(
            None,
            left[inside.left : inside.left_end],
            right[inside.right : inside.right_end],
            autojunk=False,
        )
        found += [
            Block(inside.left + each.a, inside.right + each.b, each.size)
            for each in matcher.get_matching_blocks()
            if each.size
        ]
    if end:
        found.append(Block(inside.left_end, inside.right_end, end))
    return found
