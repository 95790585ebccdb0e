"""The license texts that are known, as sequences of numbers: one for each word.

A text cannot be read out of its fingerprint, but another can be compared with it, word by word.
"""

# Annotations are evaluated here: as strings, each NamedTuple would compile them on every start.
import json
from array import array
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple
from zlib import crc32, decompress

from aimanifest import data

FILES: Final = ("spdx-texts.bin", "ai-texts.bin")
"""Each holds a line of JSON that says what is in it, then a vocabulary, then blocks of texts."""

OPTIONAL: Final = 0xFFFF
"""Stands in a block for the number of alternatives of a stretch that may be left out."""


class Stretch(NamedTuple):
    """A part of a text that need not be there as it is, from `start` up to, not including, `end`.

    An `optional` one may be left out; any other may be put in other words, those of one of the
    `alternatives`. Where there are none, or one of them has no words, a name may stand. A stretch
    is empty where something may stand and nothing has to.
    """

    start: int
    end: int
    optional: bool
    alternatives: tuple[tuple[int, ...], ...]


class Fingerprint(NamedTuple):
    """A text, by the number of each word, and the stretches of it that may differ.

    `ids` are the licenses that it is the text of: GPL-2.0-only and GPL-2.0-or-later share one.
    """

    ids: tuple[str, ...]
    words: list[int]
    free: tuple[Stretch, ...]


def number(word: str) -> int:
    """Give the number of a word: its CRC-32. No two words of the known texts share one."""
    return crc32(word.encode())


def of(id: str) -> Iterator[Fingerprint]:
    """Give the texts of the license `id`; none where none is known."""
    for name in FILES:
        for index, entry in enumerate(_shelf(name).entries):
            if id in entry["ids"]:
                yield _fingerprint(name, index)


def everything() -> Iterator[Fingerprint]:
    """Give all texts that are known."""
    for name in FILES:
        for index in range(len(_shelf(name).entries)):
            yield _fingerprint(name, index)


class _Shelf(NamedTuple):
    entries: list[dict[str, Any]]
    vocabulary: list[int]
    blocks: list[bytes]


@cache
def _shelf(name: str) -> _Shelf:
    with open(f"{data.__path__[0]}/{name}", "rb") as file:
        header = json.loads(file.readline())
        vocabulary = _numbers("I", file.read(header["vocabulary"]))
        blocks = [file.read(size) for size in header["blocks"]]
    return _Shelf(header["texts"], vocabulary, blocks)


@cache
def _block(name: str, index: int) -> list[int]:
    return _numbers("H", decompress(_shelf(name).blocks[index]))


def _numbers(code: str, packed: bytes) -> list[int]:
    found = array(code, packed)
    if array("H", b"\1\0")[0] != 1:  # the files are little-endian, and this machine is not
        found.byteswap()
    return found.tolist()


@cache
def _fingerprint(name: str, index: int) -> Fingerprint:
    shelf = _shelf(name)
    entry = shelf.entries[index]
    start, words, rest = entry["at"]
    block, vocabulary = _block(name, entry["block"]), shelf.vocabulary
    tail = iter(block[start + words : start + words + rest])

    def some(count: int) -> tuple[int, ...]:
        return tuple(vocabulary[next(tail)] for _ in range(count))

    free = []
    for first in tail:
        last, count = next(tail), next(tail)
        optional = count == OPTIONAL
        alternatives = () if optional else tuple(some(next(tail)) for _ in range(count))
        free.append(Stretch(first, last, optional, alternatives))
    return Fingerprint(
        tuple(entry["ids"]),
        [vocabulary[each] for each in block[start : start + words]],
        tuple(free),
    )
