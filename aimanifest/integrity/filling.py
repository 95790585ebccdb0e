"""Digests of a release's files, written into its manifest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aimanifest.document import read
from aimanifest.document.editing import Edit, Put, edited
from aimanifest.integrity.digests import Cache, Digest, Progress, as_list, digests
from aimanifest.integrity.paths import SUMS, Refused, Tree
from aimanifest.integrity.signatures import SUFFIX
from aimanifest.manifest import Component, Manifest

MANY = 16
"""A component with more files has its digests in a list of its own, not in the manifest."""

BEFORE_CHECKSUMS = (
    *("kind", "includes", "name", "description", "version", "date", "publisher", "identifiers"),
    *("license", "assertion", "additional_terms", "location", "revision", "path", "format"),
    *("availability", "extent", "omitted", "reason", "notes", "derived_from", "trained_on"),
    *("produced_by", "manifest", "training_compute", "peer_reviewed"),
)
"""The keys of a component after which its checksums stand."""


class Files(NamedTuple):
    """What is to be read for a component: paths from the root; or why nothing is."""

    component: Component
    paths: tuple[str, ...]
    problem: str = ""


class Filled(NamedTuple):
    """What became of one component.

    `listed` is the list of its digests as bytes, to be written to the path `at`, where it has so
    many files that they are not in the manifest itself.
    """

    component: str
    digests: tuple[Digest, ...]
    at: str = ""
    listed: bytes = b""
    problem: str = ""


class Filling(NamedTuple):
    """A manifest with digests: its bytes, and what became of each component."""

    source: bytes
    components: tuple[Filled, ...]


def to_read(
    manifest: Manifest, root: str, only: Iterable[str] = (), *, own: str = ""
) -> Iterator[Files]:
    """Give for each component, or those called `only`, which files below `root` are its own.

    The manifest itself, called `own`, is none of them: no file can hold its own digest. Nor is a
    signature, which is made when all else is there.
    """
    wanted = set(only)
    tree = Tree(root)
    for component in manifest.components.values():
        if component.omitted is None and (not wanted or component.id in wanted):
            found = _files(component, tree, own)
            if found.paths or found.problem:
                yield found


def _files(component: Component, tree: Tree, own: str) -> Files:
    if component.path is None:
        known = tuple(each for each in component.checksums if os.path.basename(each) != SUMS)
        if known or component.location is not None:
            return _sound(component, tuple(each for each in known if tree.has(each)), tree)
        return Files(component, (), "it has no `path` that says which files are its own")
    try:
        found = tuple(tree.files(component.path))
    except OSError as error:
        return Files(component, (), f"{component.path!r}: {error.strerror or error}")
    paths = tuple(
        each
        for each in found
        if os.path.basename(each) != SUMS and each != own and not each.lower().endswith(SUFFIX)
    )
    if paths:
        return _sound(component, paths, tree)
    if found or tree.has(component.path):
        return Files(component, (), f"there are no files in {component.path!r}")
    gone = "" if component.location is not None else f"there is no {component.path!r}"
    return Files(component, (), gone)


def _sound(component: Component, paths: tuple[str, ...], tree: Tree) -> Files:
    """Give the files of a component, unless a manifest cannot name one of them."""
    listed = (_list_of(component),) if len(paths) > MANY and component.path else ()
    for each in (*paths, *listed):
        where = tree.find(each)
        if isinstance(where, Refused):
            return Files(component, (), f"{each!r}: {where.reason}")
        if not each.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in each):
            return Files(component, (), f"{each!r}: the name of the file is no text")
        if len(each) > LONGEST:
            return Files(component, (), f"{each[:60]!r}…: a path is at most {LONGEST} long")
    return Files(component, paths)


LONGEST = 1024
"""How long a path in a manifest may be, by its schema."""


def filled(
    source: bytes,
    parts: Iterable[Files],
    root: str,
    *,
    cache: Cache | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> Filling:
    """Take the digests of all files in `parts`, and write them into the manifest `source`.

    What else is in the manifest stays as it is. Digests of files that are no longer there go.

    Raises:
        Uneditable: if the manifest cannot be edited.

    """
    wanted = list(parts)
    tree = Tree(root)
    taken = {
        each.path: each
        for each in digests(
            tree,
            list(dict.fromkeys(path for part in wanted for path in part.paths)),
            cache=cache,
            progress=progress,
            workers=workers,
        )
    }
    results: list[Filled] = []
    lists: dict[str, bytes] = {}
    for part in wanted:
        result = _filled(part, taken)
        if lists.setdefault(result.at, result.listed) != result.listed and result.at:
            problem = f"another component has its digests in {result.at}"
            result = Filled(result.component, result.digests, problem=problem)
        results.append(result)
    edits = [
        edit
        for part, each in zip(wanted, results, strict=True)
        for edit in _edits(part.component, each, source)
    ]
    return Filling(edited(source, edits), tuple(results))


def _filled(part: Files, taken: dict[str, Digest]) -> Filled:
    id = part.component.id
    found = tuple(taken[path] for path in part.paths)
    unread = next((each for each in found if each.problem), None)
    if part.problem or unread:
        problem = part.problem or (f"{unread.path}: {unread.problem}" if unread else "")
        return Filled(id, found, problem=problem)
    if len(found) <= MANY or part.component.path is None:
        return Filled(id, found)
    at = _list_of(part.component)
    start = at.removesuffix(SUMS)
    local = [each._replace(path=each.path.removeprefix(start)) for each in found]
    return Filled(id, found, at, as_list(local).encode())


def _list_of(component: Component) -> str:
    """Return where the list of a component's digests is: beside its files."""
    folder = [each for each in (component.path or "").split("/") if each not in ("", ".")]
    return "/".join((*folder, SUMS))


def _edits(component: Component, part: Filled, source: bytes) -> Iterator[Edit]:
    """Write the digests of a component, in the place of those that it has.

    Where no `path` says which files are its own, those that are not here may be at its location:
    what is said of them stays.
    """
    if part.problem or not part.digests:
        return
    sums = {each.path: each.sha256 for each in part.digests}
    if part.listed:
        sums = {part.at: hashlib.sha256(part.listed).hexdigest()}
    elif component.path is None:
        sums = {**component.checksums, **sums}
    data = read(source).data
    if data["components"][part.component].get("checksums") != sums:
        yield Put(("components", part.component, "checksums"), sums, BEFORE_CHECKSUMS)
