"""What licenses are worth by the two definitions of open weights.

These are the Open Weight Definition, and Open Weights by Heather Meeker and OSS Capital. Both look
at the words of a license and keep no list. The first has the criteria of the Open Source
Definition, so that a license which the OSI approved meets them. Whether notices may be given by
reference is said only of licenses in which it was read.
"""

from typing import Final

from aimanifest.data import spdx
from aimanifest.licenses.judging import Group, Judgement, Notion
from aimanifest.licenses.osi import (
    ANY,
    APPROVED,
    BREAKING,
    DEDICATIONS,
    DOUBTFUL,
    LATER,
    MODEL_LICENSES,
    OPEN_CONTENT,
)
from aimanifest.rules import OUR_READING, TEXT, Citation

OWD_TEXT: Final = (
    "https://github.com/OpenWeight/owd/blob/"
    "c44bee01b18fecb49dc69c6a50f7b9143ca554c0/open-weight-definition-v0.3.md"
)
MEEKER_TEXT: Final = (
    "https://github.com/Open-Weights/Definition/blob/"
    "099e23251456032d2edf30b330c3d790acdb78c3/Definition.md"
)
_OSD = "https://opensource.org/osd"

_NOT_SAID = "the definition does not say whether a license may do that"
_AS_KNOWN = "{name} restricts nothing of the kind, as far as its terms are known here."
_MARK = Group(
    frozenset({"CC-PDM-1.0"}),
    verdict=None,
    reason="{name} says that a work is in the public domain and grants nothing; what the "
    "definition makes of works without a license, it does not say.",
)
_DEDICATED = Group(
    DEDICATIONS - _MARK.ids,
    verdict=True,
    reason="{name} gives a work to the public domain, and asks nothing of anybody.",
)

_PERSONS = frozenset({"mau-threshold", "revenue-threshold", "territory"})
"""What takes from some people what it gives to others."""

_FIELDS = frozenset(
    {
        "acceptable-use-policy",
        "field-of-use",
        "non-commercial",
        "non-production",
        "output-use",
        "research-only",
    }
)
"""What forbids some uses to everybody."""

_CONDITIONS_OF_RIGHTS = frozenset(
    {
        "flow-down",
        "litigation-termination",
        "personal-data",
        "registration",
        "remote-restriction",
        "revocable",
        "unilateral-change",
    }
)
"""What makes it depend on more than the license whether somebody has, and keeps, its rights."""


# --- the Open Weight Definition ------------------------------------------------------------------


def _owd(clause: str, quote: str) -> Citation:
    return Citation(quote, clause, OWD_TEXT, TEXT)


_APPROVED_BY_OSI = Citation(
    "We have changed as little as possible to minimize risk and confusion, and maximise "
    "acceptance, while ensuring the definition applies cleanly to model weights.",
    "README; that a license the OSI approved by the criterion with the same words meets this one "
    "is our reading",
    "https://github.com/OpenWeight/owd/blob/main/README.md",
    OUR_READING,
)
_OWD_APPROVED = Group(
    APPROVED.ids,
    verdict=True,
    reason="{name} is approved by the OSI, whose criterion says the same of software.",
)


def _criterion(
    name: str,
    clause: str,
    *,
    title: str,
    quote: str,
    breaking: frozenset[str] = frozenset(),
    doubtful: frozenset[str] = frozenset(),
) -> Notion:
    """Make the notion of a criterion that the words of a license answer."""
    return Notion(
        id=f"owd-{name}",
        title=title,
        cites=(_owd(clause, quote), _APPROVED_BY_OSI),
        groups=(
            _OWD_APPROVED,
            LATER,
            ANY,
            _DEDICATED,
            _MARK,
            Group(
                OPEN_CONTENT | MODEL_LICENSES,
                verdict=True,
                reason="{name} grants to everybody to use, modify and share, and restricts nothing "
                "of the kind.",
            ),
        ),
        breaking=breaking,
        doubtful=doubtful,
        listed=Judgement(verdict=None, reason="Whether {name} meets this is not known here."),
        unlisted=Judgement(verdict=True, reason=_AS_KNOWN),
        doubt=_NOT_SAID,
        narrow=True,
    )


def _examined(
    name: str,
    clause: str,
    *,
    title: str,
    quote: str,
    doubtful: frozenset[str] = frozenset(),
) -> Notion:
    """Make the notion of a criterion that somebody must have held against a license.

    No word for terms says that a license meets it, and only the OSI is known to have looked.
    """
    never = "Nobody is known to have held {name} against this criterion; the OSI did not approve it"
    return Notion(
        id=f"owd-{name}",
        title=title,
        cites=(_owd(clause, quote), _APPROVED_BY_OSI),
        groups=(_OWD_APPROVED, LATER, ANY, _DEDICATED, _MARK),
        breaking=frozenset(),
        doubtful=doubtful,
        listed=Judgement(verdict=None, reason=f"{never}."),
        unlisted=Judgement(verdict=None, reason=f"{never}."),
        doubt=_NOT_SAID,
    )


OWD_REDISTRIBUTION: Final = _criterion(
    "free-redistribution",
    "1. Free Redistribution",
    title="Everybody may sell the weights or give them away",
    quote="The license shall not restrict any party from selling or giving away the weights as a "
    "component of an aggregate distribution containing components from several different sources.",
    breaking=frozenset({"no-redistribution", "non-commercial"}),
    doubtful=frozenset({"payment"}),
)
OWD_DERIVED_WORKS: Final = _criterion(
    "derived-works",
    "3. Derived Works",
    title="Everybody may modify the weights and share the result under the same terms",
    quote="The license must allow modifications and derived works, and must allow them to be "
    "distributed under the same terms as the license of the original weights.",
    breaking=frozenset({"no-derivatives", "guardrail-lock"}),
)
OWD_INTEGRITY: Final = _criterion(
    "modified-weights",
    "4. Integrity of The Author’s Work",  # noqa: RUF001  as it is written there
    title="Modified weights may be shared, be it under another name",
    quote="The license must explicitly permit the distribution of weights derived from "
    "modifications. The license may require derived works to carry a different name or version "
    "number from the original weights.",
    breaking=frozenset({"no-derivatives"}),
)
OWD_PERSONS: Final = _criterion(
    "persons-and-groups",
    "5. No Discrimination Against Persons or Groups",
    title="No person and no group of persons is left out",
    quote="The license must not discriminate against any person or group of persons.",
    breaking=_PERSONS,
)
OWD_FIELDS: Final = _criterion(
    "fields-of-endeavor",
    "6. No Discrimination Against Fields of Endeavor",
    title="The weights may be used in every field of endeavor",
    quote="The license must not restrict anyone from making use of the weights in a specific field "
    "of endeavor.",
    breaking=_FIELDS,
    doubtful=frozenset({"ads", "exclusive-hosting"}),
)
OWD_NO_ADDITIONAL_LICENSE: Final = _criterion(
    "no-additional-license",
    "7. Distribution of License",
    title="Whoever gets the weights has the rights, without a further license",
    quote="The rights attached to the weights must apply to all to whom the weights are "
    "redistributed without the need for execution of an additional license by those parties.",
    doubtful=_CONDITIONS_OF_RIGHTS,
)
OWD_NOT_PRODUCT_SPECIFIC: Final = _examined(
    "not-product-specific",
    "8. License Must Not Be Specific to a Product",
    title="The rights do not depend on a distribution that the weights are part of",
    quote="The rights attached to the weights must not depend on the weights being part of a "
    "particular distribution.",
)
OWD_OTHER_COMPONENTS: Final = _examined(
    "other-components",
    "9. License Must Not Restrict Other Software",
    title="What is distributed along with the weights is not restricted",
    quote="The license must not place restrictions on other components that are distributed along "
    "with the weights.",
)
OWD_TECHNOLOGY_NEUTRAL: Final = _examined(
    "technology-neutral",
    "10. License Must Be Technology-Neutral",
    title="No provision hangs on a technology or a style of interface",
    quote="No provision of the license may be predicated on any individual technology or style of "
    "interface.",
    doubtful=frozenset({"attribution-badge"}),
)

OWD_CRITERIA: Final = (
    OWD_REDISTRIBUTION,
    OWD_DERIVED_WORKS,
    OWD_INTEGRITY,
    OWD_PERSONS,
    OWD_FIELDS,
    OWD_NO_ADDITIONAL_LICENSE,
    OWD_NOT_PRODUCT_SPECIFIC,
    OWD_OTHER_COMPONENTS,
    OWD_TECHNOLOGY_NEUTRAL,
)
"""What the definition asks of a license, in its order; its second criterion is about the weights.

Where a word for terms belongs that no criterion names is our reading: a badge that must be shown
is predicated on an interface; what ends, changes or is to be asked for is no right of everybody."""

_NOT_EXAMINED = Judgement(
    verdict=None,
    reason="Nobody is known to have held {name} against criteria 8 to 10 of the definition; the "
    "OSI did not approve it.",
)

OWD_LICENSE: Final = Notion(
    id="owd-license",
    title="The license meets the Open Weight Definition",
    cites=(
        _owd(
            "Introduction",
            "The distribution terms of Open Weight models … must comply with the following "
            "criteria",
        ),
        *(notion.cites[0] for notion in OWD_CRITERIA),
        _APPROVED_BY_OSI,
    ),
    groups=(
        _OWD_APPROVED._replace(
            reason="{name} is approved by the OSI, whose criteria say the same of software."
        ),
        LATER,
        ANY,
        _DEDICATED,
        _MARK,
        Group(
            OPEN_CONTENT | MODEL_LICENSES,
            verdict=None,
            reason="{name} grants to everybody to use, modify and share, but nobody is known to "
            "have held it against criteria 8 to 10 of the definition; the OSI did not approve it.",
        ),
    ),
    breaking=frozenset[str]().union(*(notion.breaking for notion in OWD_CRITERIA)),
    doubtful=frozenset[str]().union(*(notion.doubtful for notion in OWD_CRITERIA)),
    listed=_NOT_EXAMINED,
    unlisted=_NOT_EXAMINED,
    doubt=_NOT_SAID,
)
"""All of `OWD_CRITERIA` at once, as the page of a license tells it."""


# --- Open Weights, by Heather Meeker and OSS Capital ----------------------------------------------


def _meeker(quote: str, clause: str = "Requirements") -> Citation:
    return Citation(quote, clause, MEEKER_TEXT, TEXT)


def _requirement(
    name: str,
    *,
    title: str,
    quote: str,
    breaking: frozenset[str],
    doubtful: frozenset[str] = frozenset(),
) -> Notion:
    """Make the notion of a requirement that the words of a license answer."""
    return Notion(
        id=f"open-weights-{name}",
        title=title,
        cites=(_meeker(quote),),
        groups=(
            Group(
                APPROVED.ids,
                verdict=True,
                reason="{name} is approved by the OSI: everybody may use, modify and share.",
            ),
            LATER,
            ANY,
            _DEDICATED,
            _MARK,
            Group(
                OPEN_CONTENT | MODEL_LICENSES,
                verdict=True,
                reason="{name} grants to everybody to use, modify and share.",
            ),
        ),
        breaking=breaking,
        doubtful=doubtful,
        listed=Judgement(verdict=None, reason="Whether {name} allows this is not known here."),
        unlisted=Judgement(verdict=True, reason=_AS_KNOWN),
        doubt=_NOT_SAID,
        narrow=True,
    )


ANY_PURPOSE: Final = _requirement(
    "any-purpose",
    title="Everybody may use the model for any purpose",
    quote="The license must allow all recipients to use the models for any purpose.",
    breaking=_PERSONS | _FIELDS,
    doubtful=(_CONDITIONS_OF_RIGHTS | DOUBTFUL) - {"flow-down"},
)
MODIFICATION: Final = _requirement(
    "modification",
    title="Everybody may modify the model for any purpose",
    quote="The license must allow all recipients to modify the model for any purpose.",
    breaking=frozenset({"no-derivatives", "guardrail-lock"}),
)
NO_DISCRIMINATION: Final = _requirement(
    "no-discrimination",
    title="No user, no industry and no purpose is discriminated against",
    quote="The license must not discriminate against any user, industry, or purpose.",
    breaking=_PERSONS | _FIELDS,
)
PROVISION: Final = _requirement(
    "provision-to-others",
    title="Everybody may provide the model, or modifications of it, to others",
    quote="The license must allow all recipients to provide the model, or modifications of the "
    "model, to others.",
    breaking=frozenset({"no-redistribution", "no-derivatives"}),
    doubtful=frozenset({"flow-down"}),
)

_REFERENCE = frozenset(
    "BlueOak-1.0.0 CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-3.0 CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE "
    "CC-BY-3.0-IGO CC-BY-3.0-US CC-BY-4.0 CC-BY-SA-3.0 CC-BY-SA-3.0-AT CC-BY-SA-3.0-DE "
    "CC-BY-SA-3.0-IGO CC-BY-SA-4.0 CDLA-Permissive-1.0 CDLA-Sharing-1.0 etalab-2.0 ODC-By-1.0 "
    "ODbL-1.0 OGL-UK-3.0 UPL-1.0 LicenseRef-Open-Weights-Permissive-1.0.0".split()
)
"""Licenses in whose texts it was read that a link will do: "the text of, or the URI or hyperlink
to, this Public License" (CC-BY-4.0, 3(a)(1)(C)), "a copy of, or the Uniform Resource Identifier
(URI) for, this License" (CC-BY-3.0, 4(a)), "a copy of this License or its Uniform Resource
Identifier (URI)" (ODC-By-1.0, 4.2(b)), "a hyperlink or other method" (CDLA-Permissive-1.0, 3.1(a)),
"including or linking to any attribution statement" (OGL-UK-3.0), "par un lien hypertexte"
(etalab-2.0), "at a minimum a reference to the UPL" (UPL-1.0), "the text of this license or a link
to" (BlueOak-1.0.0), "or a reference to" (Open Weights Permissive)."""

_NO_NOTICE = frozenset({"0BSD", "MIT-0", "Unlicense", "WTFPL", "LicenseRef-MG0-2.0"})
"""Licenses in whose texts no notice is asked for."""

_A_COPY = frozenset(
    "AGPL-3.0-only AGPL-3.0-or-later Apache-2.0 BSD-2-Clause BSD-3-Clause GPL-2.0-only "
    "GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later ISC LGPL-2.1-only LGPL-2.1-or-later "
    "LGPL-3.0-only LGPL-3.0-or-later MIT OpenMDW-1.0 LicenseRef-OpenMDW-1.1 "
    "LicenseRef-MG-BY-2.0".split()
)
"""Licenses in whose texts it was read that the notices go with the copies: "a copy of this License"
(Apache-2.0, 4(a)), "included in all copies" (MIT), "a copy of this agreement" (OpenMDW-1.0)."""

NOTICES_BY_REFERENCE: Final = Notion(
    id="open-weights-notices-by-reference",
    title="License notices may be given by an online reference",
    cites=(
        _meeker(
            "The license must allow any license notices or NNWs to be provided via an online "
            "reference."
        ),
        Citation(
            "You must give any other recipients of the Work or Derivative Works a copy of this "
            "License",
            "Apache-2.0, 4(a): whether a reference is a copy, neither text says",
            "https://www.apache.org/licenses/LICENSE-2.0",
            OUR_READING,
        ),
    ),
    groups=(
        Group(
            _REFERENCE,
            verdict=True,
            reason="{name} lets its notices be given by a reference.",
        ),
        Group(
            _NO_NOTICE | _DEDICATED.ids,
            verdict=True,
            reason="{name} asks for no notices.",
        ),
        _MARK,
        Group(
            _A_COPY,
            verdict=None,
            reason="By its letter {name} wants its text or its notices with the copies; whether a "
            "reference online will do, it does not say.",
        ),
    ),
    breaking=frozenset(),
    doubtful=frozenset(),
    listed=Judgement(
        verdict=None, reason="Whether {name} lets its notices be given by a reference is unknown."
    ),
    unlisted=Judgement(
        verdict=None, reason="Whether {name} lets its notices be given by a reference is unknown."
    ),
)
"""A license that says nothing of references is undetermined, be it ever so permissive."""

MEEKER_REQUIREMENTS: Final = (
    ANY_PURPOSE,
    MODIFICATION,
    NO_DISCRIMINATION,
    PROVISION,
    NOTICES_BY_REFERENCE,
)
"""What the definition asks of the license of a model, in its order."""

_GRANTED_TO_ALL = spdx.OSI_APPROVED | OPEN_CONTENT | MODEL_LICENSES | LATER.ids | ANY.ids

MEEKER_LICENSE: Final = Notion(
    id="open-weights-license",
    title="The license has what the definition asks of the license of a model",
    cites=(
        _meeker("The following are requirements to meet the Open Weights definition"),
        *(notion.cites[0] for notion in MEEKER_REQUIREMENTS),
    ),
    groups=(
        Group(
            (_REFERENCE | _NO_NOTICE)
            & (_GRANTED_TO_ALL | {"LicenseRef-Open-Weights-Permissive-1.0.0", "LicenseRef-MG0-2.0"})
            | _DEDICATED.ids,
            verdict=True,
            reason="{name} lets everybody use, modify and share, and wants no notices that a "
            "reference cannot give.",
        ),
        _MARK,
        Group(
            _A_COPY,
            verdict=None,
            reason="By its letter {name} wants its text or its notices with the copies; whether a "
            "reference online will do, it does not say.",
        ),
        Group(
            _GRANTED_TO_ALL,
            verdict=None,
            reason="{name} lets everybody use, modify and share; whether it lets its notices be "
            "given by a reference is unknown.",
        ),
    ),
    breaking=frozenset[str]().union(*(notion.breaking for notion in MEEKER_REQUIREMENTS)),
    doubtful=frozenset[str]().union(*(notion.doubtful for notion in MEEKER_REQUIREMENTS)),
    listed=NOTICES_BY_REFERENCE.listed,
    unlisted=NOTICES_BY_REFERENCE.unlisted,
    doubt=_NOT_SAID,
)
"""All of `MEEKER_REQUIREMENTS` at once, as the page of a license tells it."""

TRAINING_SOFTWARE: Final = Notion(
    id="open-weights-training-software",
    title="The training software is under an open source license, or in the public domain",
    cites=(
        _meeker(
            "The software used to train the model must be provided under an open source license, "
            "or in the public domain."
        ),
        Citation(
            "Open source doesn't just mean access to the source code.",
            "Open Source Definition; that a license is one which the OSI approved is our reading",
            _OSD,
            OUR_READING,
        ),
    ),
    groups=(
        APPROVED,
        LATER,
        ANY,
        Group(
            DEDICATIONS,
            verdict=True,
            reason="By {name} it is in the public domain, which the definition names beside open "
            "source licenses.",
        ),
        Group(
            OPEN_CONTENT,
            verdict=None,
            reason="{name} is made for texts and data; whether it is an open source license, the "
            "definition does not say.",
        ),
        Group(
            MODEL_LICENSES,
            verdict=None,
            reason="{name} is an open source license to its steward; it was before the OSI in "
            "2026, and is not approved.",
        ),
    ),
    breaking=BREAKING,
    doubtful=DOUBTFUL,
    listed=Judgement(
        verdict=None,
        reason="{name} is not approved by the OSI; which licenses are open source, the definition "
        "does not say.",
    ),
    unlisted=Judgement(
        verdict=None,
        reason="{name} {osi}; which licenses are open source, the definition does not say.",
    ),
)
"""Not the measure of the Open Source AI Definition, to which public domain is no license."""

OPEN_DATA_TERMS: Final = Notion(
    id="open-weights-data",
    title="Training data is under open data terms",
    cites=(
        _meeker(
            "The data used to train the model may be provided under open data licensing terms.",
            "Optional",
        ),
    ),
    groups=(
        APPROVED,
        LATER,
        ANY,
        Group(
            DEDICATIONS,
            verdict=True,
            reason="By {name} the data is in the public domain, free to all for any purpose.",
        ),
        Group(
            OPEN_CONTENT | MODEL_LICENSES,
            verdict=True,
            reason="{name} grants to everybody to use, modify and share.",
        ),
    ),
    breaking=BREAKING,
    doubtful=DOUBTFUL,
    listed=Judgement(
        verdict=None, reason="Whether {name} is an open license for data is not known here."
    ),
    unlisted=Judgement(verdict=True, reason="{name} grants to everybody to use, modify and share."),
)
"""Of what the definition calls optional, and does not define."""
