"""Waivers: faults that somebody answers for, and what becomes of those that no longer hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from aimanifest.document import Place
from aimanifest.findings import Finding, Outcome, Remark, unmet
from aimanifest.manifest import Manifest
from aimanifest.rules import (
    FAULTS,
    Answer,
    Assessment,
    Citation,
    Framework,
    Rule,
    Standing,
    Waiver,
)

POLICY = Standing("policy", "the words of the policy, which is one organisation's own")
PROPOSAL = Standing("proposal", "the words of a proposal, which is not in force")

NAME = "waivers"
"""What the rule is called that finds waivers which do not hold; no other may be."""


class Waived(NamedTuple):
    """A waiver, and where it is written: the policy's file and the line."""

    waiver: Waiver
    where: str


def waivers_rule(framework: Framework) -> Rule:
    """Return the rule that asks whether the waivers of a policy hold."""
    cite = Citation(
        "An expired or unmatched waiver is a finding.",
        "docs/policies.md, Waivers",
        "https://aimanifest.org/docs/policies#waivers",
        POLICY,
    )
    return Rule(
        f"{framework.id}/{NAME}",
        "Every waiver is in force, and there is something to waive",
        "A waiver that has expired was given for a time that is over. One that finds nothing is "
        "misspelt, or its cause is gone: left standing, it would one day hide another fault.",
        (cite,),
        "Mend the fault, or let its owner decide anew; take out what is not needed any more.",
        framework.levels[-1],
        lambda _: iter(()),
    )


def applied(assessment: Assessment, waivers: Sequence[Waived], manifest: Any) -> Assessment:
    """Hold waivers against what was found; the last rule asks whether they hold."""
    if not waivers or not isinstance(manifest, Manifest):
        return assessment
    policy = assessment.framework.policy
    today = policy.today if policy else ""
    held: dict[Finding, Waiver] = {}
    remarks: list[Remark] = []
    for each in waivers:
        waiver = each.waiver
        if waiver.release not in ("", manifest.release.name):
            continue
        found = list(_found(assessment, waiver))
        if waiver.expires < today:
            remarks.append(_expired(each, manifest, found))
        elif not found:
            remarks.append(_unmatched(each, manifest, assessment))
        for finding in found if waiver.expires >= today else ():
            held.setdefault(finding, waiver)
    *others, last = assessment.answers
    if remarks:
        findings = tuple(each.signed(last.rule.id) for each in remarks)
        last = Answer(last.rule, Outcome.UNMET, findings)
    return Assessment(assessment.framework, (*others, last), tuple(held.items()))


def _found(assessment: Assessment, waiver: Waiver) -> Iterator[Finding]:
    """Give the faults that a waiver is for."""
    for answer in assessment.answers:
        if answer.rule.id == waiver.rule:
            for each in answer.findings:
                if each.outcome in FAULTS and _is_at(each.pointer, waiver.place):
                    yield each


def _is_at(pointer: str, place: str) -> bool:
    """Whether a place is the one of a waiver: that very one, or any in that component."""
    if place.startswith("/"):
        return pointer == place
    component = f"/components/{place}"
    return pointer == component or pointer.startswith(f"{component}/")


def _expired(waived: Waived, manifest: Manifest, found: Sequence[Finding]) -> Remark:
    waiver = waived.waiver
    rest = "" if found else "; there is nothing left to waive"
    return unmet(
        f"the waiver of `{waiver.rule}` at `{waiver.place}` ({waived.where}) expired on "
        f"{waiver.expires}{rest}; it was given by {waiver.owner}",
        at=_place(manifest, waiver.place),
        fix="Mend the fault, or let the owner of the waiver decide anew."
        if found
        else "Take the waiver out.",
    )


def _unmatched(waived: Waived, manifest: Manifest, assessment: Assessment) -> Remark:
    waiver = waived.waiver
    others = [
        each.rule
        for each in assessment.findings
        if each.outcome in FAULTS and _is_at(each.pointer, waiver.place)
    ]
    repeated = any(
        answer.rule.id == waiver.rule and _is_at(each, waiver.place)
        for answer in assessment.answers
        for each in answer.repeats
    )
    hint = "Take the waiver out, or name the place just as the report does."
    if repeated and others:
        hint = f"Name `{others[0]}` in the waiver, under which the fault is reported."
    return unmet(
        f"the waiver of `{waiver.rule}` at `{waiver.place}` ({waived.where}) finds nothing to "
        "waive",
        at=_place(manifest, waiver.place),
        fix=hint,
    )


def _place(manifest: Manifest, place: str) -> Place:
    """Return the place in the manifest that a waiver names; it need not be written."""
    if not place.startswith("/"):
        return manifest.at / "components" / place
    at, value = manifest.at, manifest.at.document.data
    for token in place.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list):
            index = int(key) if key.isdecimal() and key.isascii() else len(value)
            at, value = at / index, value[index] if index < len(value) else None
        else:
            at, value = at / key, value.get(key) if isinstance(value, dict) else None
    return at
