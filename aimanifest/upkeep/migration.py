"""Manifests of an earlier version of the format, brought to this one step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from aimanifest.document import Document, read
from aimanifest.document.editing import Edit, Put, Uneditable, edited
from aimanifest.schemas import FORMAT

KEY = "aimanifest"


class Step(NamedTuple):
    """The way from one version of the format to the next one.

    `edits` are given the document of the older version, and say what to change in it; each edit
    sees what those before it did. The key that names the version is changed for them. `told` says
    in a sentence or two what a reader should look at.
    """

    since: str
    to: str
    edits: Callable[[Document], Iterable[Edit]]
    told: str = ""


class Migration(NamedTuple):
    """A manifest in the newest format, and the steps that led to it; none where it was there."""

    source: bytes
    steps: tuple[Step, ...]


STEPS: tuple[Step, ...] = ()
"""The steps there are, from the oldest: 1.0 is the first version, so there is none yet."""


def nothing(document: Document) -> Iterable[Edit]:  # noqa: ARG001  as others, it is given one
    """Change nothing: what a minor version adds is optional, so its files need nothing else."""
    return ()


def migrated(source: bytes, steps: Sequence[Step] = STEPS) -> Migration:
    """Bring the manifest `source` to the newest version that `steps` lead to, or to this one.

    Comments, order and line ends stay. What comes out names the new version.

    Raises:
        Uneditable: if `source` cannot be read, names no version or one to which no way is known,
            a newer one among these, or if an edit does not fit it.
        ValueError: if `steps` do not follow one another.

    """
    _check(steps)
    newest = steps[-1].to if steps else FORMAT
    taken = []
    version = _version(source)
    while not _same(version, newest):
        step = next((each for each in steps if _same(each.since, version)), None)
        if step is None:
            raise Uneditable(_lost(version, newest))
        source = edited(source, step.edits(read(source)))
        source = edited(source, [Put((KEY,), step.to)])
        taken.append(step)
        version = _version(source)
    return Migration(source, tuple(taken))


def _check(steps: Sequence[Step]) -> None:
    if any(before.to != after.since for before, after in pairwise(steps)):
        raise ValueError("each step has to begin where the one before it ends")


def _version(source: bytes) -> str:
    """Return the version that a file names, as it is written."""
    document = read(source)
    if not document.readable or document.problems:
        raise Uneditable("it cannot be read; `aimanifest validate` says why")
    place = document.place((KEY,))
    version = place.source.strip("'\"")
    if not re.fullmatch("[0-9]{1,4}([.][0-9]{1,4}){0,3}", version):
        raise Uneditable("it names no version of the format; the first line is `aimanifest: …`")
    return version


def _lost(version: str, newest: str) -> str:
    if _numbers(version) > _numbers(newest):
        return f"it is of version {version}, which is newer than this program: {newest}"
    return f"it is of version {version}, from which no way to {newest} is known"


def _same(version: str, other: str) -> bool:
    return _numbers(version) == _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    """Take a version apart; `1` and `1.0` are one."""
    numbers = [int(each) for each in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
