"""All that was learnt about one manifest, ready to be rendered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aimanifest import document, schemas
from aimanifest.document import Place
from aimanifest.findings import Finding, Remark, Span, undetermined, unmet
from aimanifest.manifest import Manifest
from aimanifest.rules import COMPLETE, INAPPLICABLE, TEXT, Assessment, Citation, Framework, Rule

SUPPORTED_CLAIMS = Rule(
    "claims/supported-claims",
    title="What the release claims of itself is so",
    why="A claim of openness is what a reader sees first, and often all that a reader sees. "
    "It is therefore checked whenever it is made, whatever else was asked for.",
    cites=(
        Citation(
            "A validator MUST check each claim it knows the framework of, and MUST report each "
            "claim that it does not find to be so.",
            "SPEC.md, Claims",
            "https://aimanifest.org/spec/1.0#claims",
            TEXT,
        ),
    ),
    fix="Take the claim out, or mend what its framework finds missing.",
)

RULES = (SUPPORTED_CLAIMS,)

FILE_RULES = {each.id: each for each in (*document.RULES, *schemas.RULES, *RULES)}
"""By their ids, the rules that belong to no framework: what can be wrong with a file as such."""


class Target(NamedTuple):
    """A framework and one of its levels; None is the hardest."""

    framework: Framework
    level: str | None

    def __str__(self) -> str:
        """Write it as it is written in a claim: `osaid-1.0`, or `framework:level`."""
        return f"{self.framework.id}:{self.level}" if self.level else self.framework.id


class Unread(NamedTuple):
    """A file that could not be read, or a folder in which there was none; and why."""

    path: str
    reason: str


class Report(NamedTuple):
    """What is wrong with one file, and how each framework assesses it.

    `source` is its bytes, and `text` what they say, for showing lines of it. `problems` are faults
    of the file as such; where there are any, no framework but `core` has assessed it, `claims` were
    not checked, and there is no `manifest`.
    """

    path: str
    text: str
    title: str
    problems: tuple[Finding, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    claims: tuple[Finding, ...] = ()
    manifest: Manifest | None = None
    source: bytes = b""

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, in hexadecimal digits; "" where not all of it was read."""
        from hashlib import sha256  # noqa: PLC0415  only pages and badges carry it

        whole = len(self.source) <= document.LIMIT_BYTES
        return sha256(self.source).hexdigest() if whole else ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of the file."""
        parts = (self.problems, self.claims, *(each.findings for each in self.assessments))
        return tuple(sorted((f for part in parts for f in part), key=_reading_order))

    def assessment(self, framework: str) -> Assessment | None:
        """Return the assessment by the framework with this id, if there is one."""
        return next((each for each in self.assessments if each.framework.id == framework), None)

    def reaches(self, targets: Sequence[Target]) -> bool:
        """Whether the file is right, its claims hold, and every one of `targets` is complete."""
        return (
            not self.problems
            and not self.claims
            and all(_complete(self, Target(each, None)) for each in self._core)
            and all(_complete(self, each) for each in targets)
        )

    @property
    def _core(self) -> tuple[Framework, ...]:
        return tuple(each.framework for each in self.assessments if each.framework.id == "core")


def unsupported_claims(
    manifest: Manifest, assessments: Sequence[Assessment], known: Sequence[str]
) -> tuple[Finding, ...]:
    """Return a finding for each claim of `manifest` that `assessments` do not bear out.

    `known` are the ids of all frameworks with a verdict; it need be given only where a claim is of
    none of `assessments`.
    """
    if not manifest.release.claims:
        return ()
    by_id = {each.framework.id: each for each in assessments}
    remarks = (
        remark
        for index, claim in enumerate(manifest.release.claims)
        for remark in _claim(
            claim,
            manifest.release.at / "claims" / index,
            assessment=by_id.get(claim.partition(":")[0]),
            known=known,
        )
    )
    return tuple(each.signed(SUPPORTED_CLAIMS.id) for each in remarks)


def _claim(
    claim: str, at: Place, *, assessment: Assessment | None, known: Sequence[str]
) -> Iterator[Remark]:
    framework, _, level = claim.partition(":")
    if assessment is None:
        yield undetermined(
            f"the claim cannot be checked: `{framework}` is no framework that this version "
            f"knows ({', '.join(f'`{each}`' for each in known)})",
            at=at,
            fix="Write the id of a framework, or take the claim out.",
        )
        return
    levels = assessment.framework.levels
    if not levels:
        yield unmet(
            f"`{framework}` gives no verdict, so nothing can be claimed by it",
            at=at,
            fix="Take the claim out.",
        )
        return
    if level and level not in levels:
        yield unmet(
            f"`{framework}` has no level `{level}`; its levels: {', '.join(levels)}",
            at=at,
            fix=f"{framework}:{levels[-1]}",
        )
        return
    verdict = assessment.verdict(level or None)
    if verdict is not COMPLETE:
        yield unmet(
            f"the release claims `{claim}`, and its manifest is {verdict.word} by it",
            at=at,
            fix="Take the claim out: the framework asks nothing of such a release."
            if verdict is INAPPLICABLE
            else f"Mend what `{framework}` reports, or take the claim out.",
        )


def _complete(report: Report, target: Target) -> bool:
    assessment = report.assessment(target.framework.id)
    return assessment is not None and assessment.reaches(target.level)


def _reading_order(finding: Finding) -> tuple[Span, str]:
    return finding.span, finding.rule
