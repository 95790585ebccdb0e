"""A release held against its manifest: what is so, what is not, and what nobody can tell here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from aimanifest.findings import Outcome
from aimanifest.frameworks import core
from aimanifest.integrity.checkout import checkout, revisions
from aimanifest.integrity.checksums import Claim, claims_of, compared, elsewhere
from aimanifest.integrity.contents import Told, contents, looked_at, owners
from aimanifest.integrity.digests import Progress, digests
from aimanifest.integrity.facts import Claimed, Fact, Result, fixed
from aimanifest.integrity.paths import SUMS, Refused, Tree
from aimanifest.integrity.rungs import Ground, Standing, ground, standings
from aimanifest.integrity.signatures import SUFFIX, Signed, signed
from aimanifest.manifest import Manifest
from aimanifest.rules import FAULTS, Framework


class Verification(NamedTuple):
    """All that became of one manifest: facts, what files say of themselves, rungs and verdicts."""

    path: str
    title: str
    facts: tuple[Fact, ...]
    told: tuple[Told, ...]
    standings: tuple[Standing, ...]
    grounds: tuple[Ground, ...]

    def of(self, result: Result) -> tuple[Fact, ...]:
        """Return the facts that came out so."""
        return tuple(each for each in self.facts if each.result is result)

    @property
    def unread(self) -> bool:
        """Whether something is there that the system would not let be read."""
        return any(each.unread for each in self.facts)


class Work(NamedTuple):
    """What is to be read to verify a release."""

    tree: Tree
    files: tuple[str, ...]
    claims: tuple[Claim, ...]
    signed: tuple[Signed, ...]
    facts: tuple[Fact, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The files whose digests are wanted, each once."""
        return tuple(dict.fromkeys(each.path for each in self.claims))

    @property
    def size(self) -> int:
        """How many bytes that is."""
        return sum(map(self._size, self.paths))

    def _size(self, path: str) -> int:
        found = self.tree.find(path)
        try:
            return 0 if isinstance(found, Refused) else os.stat(found).st_size
        except OSError:
            return 0


def prepared(manifest: Manifest, root: str) -> Work:
    """Find out what is to be read in the folder `root`; no large file is opened yet."""
    tree = Tree(root)
    shut: list[tuple[str, str]] = []
    files = tuple(tree.files(unread=lambda path, reason: shut.append((path, reason))))
    claimed = claims_of(manifest, tree)
    signatures = tuple(
        signed(each, tree, manifest) for each in files if each.lower().endswith(SUFFIX)
    )
    about = Claimed("unlisted", "", fixed(manifest.at))
    facts = [
        about.unchecked(path, f"`{path}` could not be looked into: {reason}", unread=True)
        for path, reason in shut
    ]
    facts += claimed.facts
    facts += (fact for each in signatures for fact in each.facts)
    claims = (*claimed.claims, *(claim for each in signatures for claim in each.claims))
    return Work(tree, files, claims, signatures, tuple(facts))


def verify(
    manifest: Manifest,
    work: Work,
    *,
    path: str,
    frameworks: Sequence[Framework] = (),
    locations: Iterable[Fact] = (),
    progress: Progress | None = None,
    workers: int | None = None,
) -> Verification:
    """Hold a release against its manifest.

    Args:
        manifest: what is claimed; it has to fit the schema.
        work: what is there, as `prepared` found it.
        path: what to call the file of the manifest.
        frameworks: whose verdicts are looked at for the weakest rung under them.
        locations: what became of asking whether locations answer, where that was asked.
        progress: is told how many bytes more were read.
        workers: how many files are read at once; by default as many as there are processors.

    """
    tree = work.tree
    paths = work.paths
    found = {each.path: each for each in digests(tree, paths, progress=progress, workers=workers)}
    away = elsewhere(work.claims, found, manifest)
    absent = {"", *(each.id for each in away)}
    claimed: dict[str, list[str]] = {}
    for claim in work.claims:
        if claim.component not in absent:
            claimed.setdefault(claim.path, []).append(claim.component)
    inside = contents(
        manifest,
        tree,
        files=dict.fromkeys((*work.files, *(each for each in claimed if tree.has(each)))),
        claimed=claimed,
    )
    told_of = {os.path.basename(path), *claimed}
    told_of.update(each.subject for each in inside.facts if each.check == "unlisted")
    checks = (
        *work.facts,
        *compared(work.claims, found, tree, away=away),
        *_places(manifest, tree),
        *inside.facts,
        *_extra(manifest, work, told_of, absent),
        *_unsigned(manifest, work),
        *_texts(manifest),
        *revisions(manifest, checkout(tree.root)),
        *locations,
    )
    facts = (*checks, *_left(manifest, checks))
    stands = standings(manifest, facts)
    return Verification(
        path,
        manifest.release.name or "",
        tuple(sorted(facts, key=_reading_order)),
        inside.told,
        stands,
        tuple(ground(manifest, each, stands) for each in frameworks),
    )


def _reading_order(fact: Fact) -> tuple[object, ...]:
    return fact.span, fact.check, fact.subject, fact.message


def _places(manifest: Manifest, tree: Tree) -> Iterator[Fact]:
    """Look whether what has only a `path` is there."""
    for component in manifest.components.values():
        if (
            component.path is None
            or component.omitted is not None
            or component.location is not None
        ):
            continue
        about = Claimed("place", component.id, component.at / "path")
        found = tree.find(component.path)
        if isinstance(found, Refused):
            yield about.unchecked(component.path, f"`{component.path}`: {found.reason}")
        elif os.path.exists(found):
            yield about.verified(component.path, f"`{component.path}` is there")
        else:
            yield about.contradicted(component.path, f"there is no `{component.path}`")


def _extra(manifest: Manifest, work: Work, told_of: Set[str], absent: Set[str]) -> Iterator[Fact]:
    """Tell of files at the path of a component that its checksums do not name.

    Weights among them are told of one by one; of others it is enough to know that they are there.
    """
    extra: dict[str, list[str]] = {}
    for path in work.files:
        name = os.path.basename(path)
        if path in told_of or name == SUMS or name.lower().endswith(SUFFIX):
            continue
        for id in owners(path, manifest)[:1]:
            if id not in absent and manifest.components[id].checksums:
                extra.setdefault(id, []).append(path)
    for id, found in extra.items():
        about = Claimed("unlisted", id, manifest.components[id].at / "checksums")
        files = "1 file" if len(found) == 1 else f"{len(found)} files"
        told = f"{files} at its path, `{found[0]}` first, not among its checksums"
        yield about.unchecked(found[0], told)


def _unsigned(manifest: Manifest, work: Work) -> Iterator[Fact]:
    """Tell of weights that a signature, which names all files, does not name."""
    for each in work.signed:
        named = {claim.path for claim in each.claims}
        for path in work.files:
            if path not in named and each.tells(path) and looked_at(path, work.tree):
                about = Claimed("unlisted", "", fixed(manifest.at))
                told = f"`{path}` holds weights, and `{each.path}` does not name it"
                yield about.contradicted(path, told)


def _texts(manifest: Manifest) -> Iterator[Fact]:
    """Say what `core` finds of the license texts that are files of the release."""
    from aimanifest.licenses.identification import is_known  # noqa: PLC0415  few name a file

    statements = core.Statements.of(manifest)
    rules = (core.license_files, core.same_license_texts, core.known_license_texts)
    found = [each for rule in rules for each in rule.answer(statements).findings]
    for text in statements.texts:
        pointer, told = text.at.pointer, f"`{text.path}` as the text of {text.entry.id}"
        about = Claimed("license-text", "", text.at)
        said = [each for each in found if each.pointer == pointer]
        wrong = [each for each in said if each.outcome in FAULTS]
        for each in wrong or said:
            make = about.contradicted if each.outcome is Outcome.UNMET else about.unchecked
            yield make(text.path, each.message)
        if said:
            continue
        if is_known(text.entry.id):
            yield about.verified(text.path, f"{told}: it is that text")
        else:
            yield about.unchecked(text.path, f"{told}: there is no other to compare it with")


def _left(manifest: Manifest, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Name the components whose files nobody could check, and say why."""
    asked = {each.component for each in facts if each.check == "checksum"}
    for component in manifest.components.values():
        if component.omitted is not None or component.id in asked:
            continue
        about = Claimed("checksum", component.id, component.at)
        if component.location is not None:
            why = f"it is at {component.location}, and has no checksums"
        elif component.path is not None:
            why = "it has no checksums, so nobody can tell whether its files were changed"
        else:
            why = "the manifest does not say where it is"
        yield about.unchecked(component.location or component.path or "", why)
