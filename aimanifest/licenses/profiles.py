"""All that is known of a license, with how it is known."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from aimanifest.data import listed, spdx, spdx_names
from aimanifest.licenses.facts import (
    COMPATIBLE,
    CONTESTED,
    FREEDOMS,
    RESTRICTIONS,
    Clause,
    ai_rows,
    facts,
    reviewed,
    terms_of_listed,
)
from aimanifest.licenses.meanings import version_of
from aimanifest.licenses.osi import DEDICATIONS, MODEL_LICENSES, OPEN_CONTENT
from aimanifest.licenses.others import COPYLEFT, MOF_OPEN_DATA
from aimanifest.licenses.recognition import nearest

LIST: Final = f"SPDX license list {spdx.VERSION}"

YES, NO, UNKNOWN = "yes", "no", "unknown"
NOT_APPROVED: Final = "not approved"


class Fact(NamedTuple):
    """Something said of a license, and by what it is known."""

    value: str
    basis: str


class Dispute(NamedTuple):
    """A question on which informed people disagree, with both answers and who gives them."""

    question: str
    one: str
    one_source: str
    other: str
    other_source: str


class Provenance(NamedTuple):
    """How it is known: from a primary text, a copy, what others report, or by name alone.

    `known` is "primary", "copy", "secondary", "name", or "list" where only the SPDX list was read.
    """

    known: str
    source: str
    reviewed: str
    notes: str


class Profile(NamedTuple):
    """One license.

    `replaced_by` is what SPDX has put in the place of a deprecated id. `restrictions` break a
    freedom, or are disputed; of `conditions` nobody disputes that an open license may make them.
    """

    id: str
    name: str
    also: tuple[str, ...]
    hugging_face: tuple[str, ...]
    scancode: tuple[str, ...]
    version: str
    publisher: str
    url: str
    listed: bool
    replaced_by: tuple[str, ...]
    osi: Fact
    fsf: Fact
    freedoms: dict[str, str]
    freedoms_basis: str
    restrictions: tuple[Clause, ...]
    conditions: tuple[Clause, ...]
    share_alike: Fact
    attribution: Fact
    patents: Fact
    disputes: tuple[Dispute, ...]
    near: tuple[str, ...]
    provenance: Provenance

    @property
    def litigation(self) -> tuple[Clause, ...]:
        """The terms by which a lawsuit ends rights."""
        terms = (*self.restrictions, *self.conditions)
        return tuple(each for each in terms if each.restricts in _LITIGATION)


_LITIGATION: Final = frozenset({"litigation-termination", "patent-retaliation"})


def profile(id: str, *, neighbours: bool = True) -> Profile | None:
    """Say all that is known of the license with this id; None where nothing is.

    `neighbours` looks for near names too, which takes a moment.
    """
    license = facts(id)
    if license is None:
        return None
    found = _unlisted(license.id) if license.id.startswith("LicenseRef-") else _listed(id)
    near = nearest(license.id, besides=license.id) if neighbours else ()
    return found._replace(near=near)


# -- licenses that SPDX does not list --------------------------------------------------------------

_OSI = {
    "approved": "It is on the OSI's list of approved licenses.",
    "under review": "It is reported to be under review by the OSI, and is not approved.",
    "never submitted": "It is not on the OSI's list of approved licenses.",
    "unknown": ("It is not on the OSI's list; whether it was ever submitted is not known here."),
}


def _unlisted(id: str) -> Profile:
    row = ai_rows()[id]
    terms = tuple(Clause(**each) for each in row["terms"])
    return Profile(
        id=id,
        name=row["name"],
        also=tuple(row["also"]),
        hugging_face=tuple(row["hugging_face"]),
        scancode=tuple(row["scancode"]),
        version=row["version"],
        publisher=row["publisher"],
        url=row["url"],
        listed=False,
        replaced_by=(),
        osi=Fact(NOT_APPROVED if row["osi"] == UNKNOWN else row["osi"], _OSI[row["osi"]]),
        fsf=Fact(UNKNOWN, f"The {LIST}, which records what the FSF lists, does not have it."),
        freedoms=dict(row["freedoms"]),
        freedoms_basis=KNOWN[row["known"]],
        restrictions=_restrictions(terms),
        conditions=_conditions(terms),
        share_alike=Fact(row["share_alike"], _clause("share-alike", terms)),
        attribution=Fact(row["attribution"], _clause("attribution", terms)),
        patents=Fact(row["patents"], ""),
        disputes=(*(Dispute(**each) for each in row["disputes"]), *_disputed(terms)),
        near=(),
        provenance=Provenance(row["known"], row["source"], reviewed(), row["notes"]),
    )


KNOWN: Final = {
    "primary": "From the publisher's own text.",
    "copy": "From a copy of the text.",
    "secondary": "From what others report or quote of the text, which was not read.",
    "name": "Only the name is known; the text was not read.",
    "list": "From the SPDX list.",
}
"""What the words in `Provenance.known` mean."""


# -- licenses of the SPDX list ---------------------------------------------------------------------


def _listed(id: str) -> Profile:
    read = listed.READ.get(id)
    breaking = terms_of_listed(id)
    terms = breaking + (_read_terms(read) if read else ())
    freedoms, basis = _freedoms(id, breaking)
    copyleft = id in COPYLEFT
    return Profile(
        id=id,
        name=spdx_names.NAMES[id],
        also=(),
        hugging_face=(),
        scancode=(),
        version=version_of(id),
        publisher=next((who for start, who in listed.STEWARDS if id.startswith(start)), ""),
        url=f"https://spdx.org/licenses/{id}.html",
        listed=True,
        replaced_by=spdx.DEPRECATED.get(id, ()),
        osi=_osi(id),
        fsf=_fsf(id),
        freedoms=freedoms,
        freedoms_basis=basis,
        restrictions=_restrictions(terms),
        conditions=_conditions(terms),
        share_alike=_share_alike(id, terms, read=read is not None, copyleft=copyleft),
        attribution=_asked("attribution", terms, read=read is not None),
        patents=Fact(read[2], _words(*read[3])) if read else Fact(UNKNOWN, ""),
        disputes=_disputes(id, terms),
        near=(),
        provenance=_provenance(id, read),
    )


def _osi(id: str) -> Fact:
    if id in spdx.OSI_APPROVED:
        return Fact("approved", f"By the {LIST}, which records the OSI's approvals.")
    if id in listed.UNDER_REVIEW:
        return Fact("under review", "It was before the OSI in 2026, and is not approved.")
    return Fact(NOT_APPROVED, f"By the {LIST}; whether it was ever submitted is not known here.")


def _fsf(id: str) -> Fact:
    if id in spdx.FSF_LIBRE:
        return Fact("libre", f"By the {LIST}, which records what the FSF lists as free.")
    return Fact(UNKNOWN, f"The {LIST} does not record that the FSF lists it as free.")


def _freedoms(id: str, terms: tuple[Clause, ...]) -> tuple[dict[str, str], str]:
    """Say what is left of the freedoms, and from what that is concluded."""
    if id in spdx.OSI_APPROVED:
        return dict.fromkeys(FREEDOMS, YES), "Concluded from the approval of the OSI."
    if terms:
        broken = {RESTRICTIONS[each.restricts].freedom for each in terms}
        rest, basis = UNKNOWN, "Concluded from its restrictions, and of the rest nothing."
        if id.startswith("CC-BY-"):
            broken |= {"modify", "share"} if "-NC-" in id else set()
            rest, basis = YES, "Concluded from its restrictions, which are all that it withholds."
        return {each: "restricted" if each in broken else rest for each in FREEDOMS}, basis
    if id in spdx.FSF_LIBRE:
        return dict.fromkeys(FREEDOMS, YES), "Concluded from the list of the FSF."
    if id in OPEN_CONTENT | DEDICATIONS | MODEL_LICENSES:
        return dict.fromkeys(FREEDOMS, YES), "It grants them to everybody, as we read it."
    return dict.fromkeys(FREEDOMS, UNKNOWN), "The text was not read for this."


def _read_terms(read: listed.Row) -> tuple[Clause, ...]:
    share_alike, attribution, _, _, suits, _ = read
    terms = [Clause(*each) for each in suits]
    if share_alike:
        terms.append(
            Clause("share-alike", *share_alike, "modified versions must keep to these terms")
        )
    if attribution:
        terms.append(Clause("attribution", *attribution, "notices must be kept or passed on"))
    return tuple(terms)


def _share_alike(id: str, terms: tuple[Clause, ...], *, read: bool, copyleft: bool) -> Fact:
    asked = _asked("share-alike", terms, read=read)
    if asked.value != YES and copyleft:
        return Fact(YES, "By ScanCode's category of the license, Copyleft or Copyleft Limited.")
    if asked.value == UNKNOWN and re.match(r"CC-BY-(?:NC-)?SA-", id):
        return Fact(YES, "By its name.")
    return asked


def _asked(word: str, terms: tuple[Clause, ...], *, read: bool) -> Fact:
    clause = _clause(word, terms)
    return Fact(YES, clause) if clause else Fact(NO if read else UNKNOWN, "")


def _disputes(id: str, terms: tuple[Clause, ...]) -> tuple[Dispute, ...]:
    found = [Dispute(*each) for each in listed.DISPUTES.get(id, ())]
    if id in OPEN_CONTENT & MOF_OPEN_DATA:
        found.append(Dispute(*listed.FOR_PARAMETERS))
    return (*found, *_disputed(terms))


def _provenance(id: str, read: listed.Row | None) -> Provenance:
    if read:
        known = "primary" if read[5].startswith("github.com/OpenMDW/") else "copy"
        return Provenance(known, f"The {LIST}; {read[5]}.", "", "")
    terms = terms_of_listed(id)
    notes = "What its text asks for was not read here."
    if any(term.quote for term in terms):
        notes = "Its restrictions were read in its text; what else it asks for was not."
    elif terms:
        notes = "The words of its restrictions were not seen, nor what else it asks for."
    return Provenance("list", f"The {LIST}.", "", notes)


# -- both ------------------------------------------------------------------------------------------


def _restrictions(terms: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return tuple(each for each in terms if RESTRICTIONS[each.restricts].standing != COMPATIBLE)


def _conditions(terms: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return tuple(each for each in terms if RESTRICTIONS[each.restricts].standing == COMPATIBLE)


def _disputed(terms: tuple[Clause, ...]) -> tuple[Dispute, ...]:
    return tuple(
        Dispute(*listed.OF_TERMS[each.restricts])
        for each in terms
        if each.restricts in listed.OF_TERMS
    )


def _clause(word: str, terms: tuple[Clause, ...]) -> str:
    """Say where the license asks for what `word` says; "" where it does not."""
    return next((told(each) for each in terms if each.restricts == word), "")


def told(clause: Clause) -> str:
    """Say where a term stands, and in what words."""
    return _words(clause.section, clause.quote)


def _words(section: str, quote: str) -> str:
    place = f"§{section}" if section[:1].isdigit() else section
    words = f"“{quote}”" if quote else "the words were not seen"
    return ": ".join(each for each in (place, words) if each)


def consequence(clause: Clause) -> str:
    """Say what a term means for a freedom: that it breaks it, or that this is disputed."""
    meant = RESTRICTIONS[clause.restricts]
    if meant.standing == CONTESTED:
        return f"whether it takes from the freedom to {meant.freedom} is disputed"
    return f"breaks the freedom to {meant.freedom}" if meant.freedom else "breaks no freedom"
