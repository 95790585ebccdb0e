"""Checksums: what a manifest, its lists and its signatures say of files, against the files."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from aimanifest.document import Key
from aimanifest.integrity.digests import MISSING, REFUSED, UNREAD, Digest, listed
from aimanifest.integrity.facts import Claimed, Fact, fixed
from aimanifest.integrity.paths import SUMS, Tree
from aimanifest.manifest import Component, Manifest

LIMIT_LIST = 64 * 1024 * 1024
"""How many bytes a list of digests may have."""

LIMIT_LISTS = 1000
"""How many lists are followed: each may name others."""


class Claim(NamedTuple):
    """That a file has a digest: who says so, and through which list or signature, "" if none."""

    component: str
    path: str
    sha256: str
    at: Key
    via: str = ""


class Claims(NamedTuple):
    """All claims, and what became of the lists that they stand in."""

    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]


def claims_of(manifest: Manifest, tree: Tree) -> Claims:
    """Gather what the components of `manifest` say of files, lists in `tree` followed."""
    claims: list[Claim] = []
    facts: list[Fact] = []
    seen: set[tuple[str, str]] = set()
    for component in manifest.components.values():
        waiting = [
            Claim(component.id, path, sha256, fixed(component.at / "checksums" / path))
            for path, sha256 in reversed([*component.checksums.items()])
        ]
        while waiting:
            claim = waiting.pop()
            claims.append(claim)
            list_of = (claim.path, claim.sha256)
            if os.path.basename(claim.path) == SUMS and list_of not in seen:
                seen.add(list_of)
                if len(seen) > LIMIT_LISTS:
                    facts.append(_about(claim).unchecked(claim.path, _TOO_MANY))
                    continue
                found, said = _followed(claim, tree)
                waiting += reversed(found)
                facts += said
    return Claims(tuple(claims), tuple(facts))


_TOO_MANY = f"more than {LIMIT_LISTS} lists lead to it, so what it lists was not looked at"


def _about(claim: Claim) -> Claimed:
    return Claimed("checksum", claim.component, claim.at)


def _followed(claim: Claim, tree: Tree) -> tuple[list[Claim], list[Fact]]:
    """Read a list of digests, unless it is not the one that is meant."""
    about = _about(claim)
    try:
        source = tree.read(claim.path, LIMIT_LIST)
    except OSError:
        return [], []  # the claim about the list itself says so
    if len(source) > LIMIT_LIST:
        told = f"`{claim.path}` is longer than {LIMIT_LIST // 1024**2} MiB: it was not looked into"
        return [], [about.unchecked(claim.path, told)]
    if hashlib.sha256(source).hexdigest() != claim.sha256:
        told = f"what `{claim.path}` lists was not looked at: it is not the list that is meant"
        return [], [about.unchecked(claim.path, told)]
    folder = os.path.dirname(claim.path)
    start = f"{folder}/" if folder else ""
    found, facts = [], []
    for line in listed(source.decode("utf-8", "surrogateescape")):
        if line.problem:
            told = f"line {line.number} of `{claim.path}`: {line.problem}"
            facts.append(about.unchecked(claim.path, told))
        else:
            path = line.path if line.path.startswith("/") else start + line.path
            found.append(Claim(claim.component, path, line.sha256, claim.at, claim.path))
    return found, facts


def elsewhere(
    claims: Iterable[Claim], found: Mapping[str, Digest], manifest: Manifest
) -> tuple[Component, ...]:
    """Return the components with checksums of which nothing is in the folder.

    What has a `location` need not be there. A file of the same name says little: two releases of
    one maker have the same file names. So a component none of whose files is there as it should be
    is elsewhere too, if one of the files in their places is what another component says.
    """
    by_component: dict[str, list[Claim]] = {}
    right: dict[str, set[str]] = {}
    for each in claims:
        by_component.setdefault(each.component, []).append(each)
        if found[each.path].sha256 == each.sha256:
            right.setdefault(each.path, set()).add(each.component)
    away = []
    for id, own in by_component.items():
        component = manifest.components.get(id)
        if component is None or component.location is None:
            continue
        there = [each.path for each in own if found[each.path].fault != MISSING]
        mine = any(id in right.get(path, ()) for path in there)
        others = any(right.get(path, set()) - {""} for path in there)
        if not mine and (not there or others):
            away.append(component)
    return tuple(away)


def compared(
    claims: Iterable[Claim],
    found: Mapping[str, Digest],
    tree: Tree,
    *,
    away: Iterable[Component],
) -> Iterator[Fact]:
    """Say what became of each claim, by the digests `found`.

    Nothing is said against what is `away`, elsewhere than in the folder.
    """
    absent = {each.id: each for each in away}
    for component in absent.values():
        told = f"its files are not in the folder; they are said to be at {component.location}"
        about = Claimed("checksum", component.id, component.at / "checksums")
        yield about.unchecked(component.location or "", told)
    for claim in claims:
        if claim.component not in absent:
            yield _compared(claim, found[claim.path], tree)


def _compared(claim: Claim, digest: Digest, tree: Tree) -> Fact:
    about, path = _about(claim), claim.path
    by = f" ({claim.via})" if claim.via else ""
    if digest.fault in (REFUSED, UNREAD):
        told = f"`{path}`{by} could not be read: {digest.problem}"
        return about.unchecked(path, told, unread=digest.fault == UNREAD)
    if digest.fault == MISSING:
        return about.contradicted(path, f"`{path}`{by} is missing: {digest.problem}")
    if digest.sha256 == claim.sha256:
        return about.verified(path, f"`{path}`{by} is what it is said to be")
    if (meant := _pointed_to(path, digest, tree)) is not None:
        if meant == claim.sha256:
            told = f"`{path}`{by} itself is not here: git-lfs left a note that names its digest"
            return about.unchecked(path, told)
        told = f"`{path}`{by} has changed: git-lfs left a note that names another digest, {meant}"
        return about.contradicted(path, told)
    return about.contradicted(path, f"`{path}`{by} has changed: its SHA-256 is {digest.sha256}")


def _pointed_to(path: str, digest: Digest, tree: Tree) -> str | None:
    """Return the digest that a note of git-lfs names in place of a file; None if it is no note.

    Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.
    """
    if digest.size >= LIMIT_NOTE:
        return None
    try:
        source = tree.read(path, LIMIT_NOTE)
    except OSError:
        return None
    return noted(source)


def noted(source: bytes) -> str | None:
    """Return the digest that a note of git-lfs names; None if `source` is none."""
    match = re.match(
        rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n",
        source[:LIMIT_NOTE],
    )
    return match[1].decode() if match else None


LIMIT_NOTE = 1024
"""A note of git-lfs is shorter than this, by its specification."""
