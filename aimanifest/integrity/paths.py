"""Paths of a release, which lead nowhere else: not up, not through links, on no system."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from aimanifest.system import path_fault

SUMS = "SHA256SUMS"
"""The file that lists further digests."""


class Refused(NamedTuple):
    """Why a path is not followed."""

    reason: str


def inside(root: str, path: str) -> str | Refused:
    """Return where `path`, as a manifest writes it, is below the folder `root`, or why not.

    Links may lead from one place of the release to another, and nowhere else. What is written with
    other capitals than the file has is another path, also where the system would find it.
    """
    if fault := path_fault(path):
        return Refused(fault)
    if "\0" in path:
        return Refused("a path has no null character")
    if any(_is_device(part) for part in path.split("/")):
        return Refused("the path is the name of a device on Windows")
    real = os.path.realpath(root)
    found = os.path.realpath(os.path.join(real, *path.split("/")))
    if found != real and not found.startswith(os.path.join(real, "")):
        return Refused("a link leads out of the release")
    if other := _other_capitals(real, path):
        return Refused(f"the file is called {other!r}: capitals count")
    return found


_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)


def _is_device(part: str) -> bool:
    return part.partition(".")[0].rstrip(" ").lower() in _DEVICES


def _other_capitals(root: str, path: str) -> str:
    """Return how a part of `path` is spelt on the disk, if only its capitals differ."""
    here = root
    for part in path.split("/"):
        try:
            names = os.listdir(here)
        except OSError:
            return ""
        if part not in names:
            alike = (each for each in names if each.casefold() == part.casefold())
            return next(alike, "")
        here = os.path.join(here, part)
    return ""


def files(root: str, path: str = "") -> Iterator[str]:
    """Give the path of every ordinary file at or below `path`, in one order on all systems.

    Folders behind links, and what begins with a dot, are left out.
    """
    start = os.path.join(root, *path.strip("/").split("/")) if path else root
    if not os.path.isdir(start):
        if os.path.isfile(start):
            yield path
        return
    waiting = [path.strip("/")]
    while waiting:
        here = waiting.pop()
        with os.scandir(os.path.join(root, *here.split("/")) if here else root) as listing:
            entries = sorted(listing, key=lambda each: each.name)
        below = []
        for each in entries:
            name = f"{here}/{each.name}" if here else each.name
            if each.name.startswith("."):
                continue
            if each.is_dir(follow_symlinks=False):
                below.append(name)
            elif each.is_file():
                yield name
        waiting += reversed(below)
