"""What licenses are worth by the Open Source AI Definition."""

from typing import Final

from aimanifest.data import spdx
from aimanifest.licenses.facts import CONTESTED, RESTRICTIONS, RESTRICTIVE
from aimanifest.licenses.judging import Group, Judgement, Notion
from aimanifest.rules import OUR_READING, PRACTICE, TEXT, Citation

BREAKING: Final = frozenset(r.word for r in RESTRICTIONS.values() if r.standing == RESTRICTIVE)
DOUBTFUL: Final = frozenset(r.word for r in RESTRICTIONS.values() if r.standing == CONTESTED)

_UNKNOWN = (
    "Nothing is known here about {name}; the licenses that the OSI approved go by SPDX ids of "
    "their own."
)
_OSAID = "https://opensource.org/ai/open-source-ai-definition"
_OSI_REVIEWS = "https://github.com/samj/osaid/blob/main/data/review_workgroups.xlsx"

DEDICATIONS: Final = frozenset({"CC0-1.0", "CC-PDDC", "CC-PDM-1.0", "PDDL-1.0"})
"""Dedications to the public domain, and the mark that says a work is in it."""

OPEN_CONTENT: Final = frozenset(
    "CC-BY-3.0 CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE CC-BY-3.0-IGO CC-BY-3.0-NL CC-BY-3.0-US "
    "CC-BY-4.0 CC-BY-SA-3.0 CC-BY-SA-3.0-AT CC-BY-SA-3.0-DE CC-BY-SA-3.0-IGO CC-BY-SA-4.0 "
    "CDLA-Permissive-1.0 CDLA-Permissive-2.0 CDLA-Sharing-1.0 etalab-2.0 "
    "GFDL-1.1-no-invariants-only GFDL-1.1-no-invariants-or-later "
    "GFDL-1.2-no-invariants-only GFDL-1.2-no-invariants-or-later "
    "GFDL-1.3-no-invariants-only GFDL-1.3-no-invariants-or-later "
    "ODC-By-1.0 ODbL-1.0 OGL-UK-3.0".split()
)
"""Licenses for texts and data that grant use, study, modification and sharing to everybody."""

MODEL_LICENSES: Final = frozenset({"OpenMDW-1.0"})
"""Licenses of the SPDX list made for models."""

APPROVED = Group(spdx.OSI_APPROVED, verdict=True, reason="{name} is approved by the OSI.")
LATER = Group(
    frozenset({"GPL-1.0-or-later"}),
    verdict=True,
    reason="{name} lets one take GPL-2.0, which the OSI approved.",
)
ANY = Group(
    frozenset({"any-OSI"}), verdict=True, reason="{name} stands for every license the OSI approved."
)

_CODE_GROUPS = (
    APPROVED,
    LATER,
    ANY,
    Group(
        DEDICATIONS,
        verdict=False,
        reason="{name} gives a work to the public domain; for code the definition asks "
        "an OSI-approved license.",
    ),
    Group(
        OPEN_CONTENT,
        verdict=False,
        reason="{name} is made for texts and data; for code the definition asks an "
        "OSI-approved license.",
    ),
    Group(
        MODEL_LICENSES,
        verdict=False,
        reason="OpenMDW was before the OSI in 2026 and is not approved; for code the "
        "definition asks an OSI-approved license.",
    ),
)

OSI_LICENSE: Final = Notion(
    id="osi-license",
    title="The code is under an OSI-approved license",
    cites=(
        Citation("Code shall be made available under OSI-approved licenses.", "Code", _OSAID, TEXT),
    ),
    groups=_CODE_GROUPS,
    breaking=BREAKING,
    doubtful=frozenset(),
    listed=Judgement(
        verdict=False,
        reason="{name} is not an OSI-approved license, which the definition asks for code.",
    ),
    unlisted=Judgement(
        verdict=False, reason="{name} {osi}; for code the definition asks an OSI-approved license."
    ),
    unknown=_UNKNOWN,
)
"""For code of one's own."""

OSI_LIBRARY_LICENSE: Final = OSI_LICENSE._replace(
    id="osi-library-license",
    title="The libraries of others are under OSI-approved licenses",
    cites=(
        *OSI_LICENSE.cites,
        Citation(
            "supporting libraries like tokenizers and hyperparameters search code",
            "Code",
            _OSAID,
            OUR_READING,
        ),
    ),
    listed=Judgement(
        verdict=None,
        reason="{name} is not on the OSI's list of approved licenses, and the definition "
        "does not say "
        "whether libraries that others wrote may be under such a license.",
    ),
)
"""For supporting libraries by somebody else: nobody may choose their license, and well-known free
ones (MIT-CMU of Pillow, PSF-2.0) were never put to the OSI. Undetermined, where one's own code
fails; a restrictive license fails both."""

OSI_DOCUMENT_TERMS: Final = Notion(
    id="osi-document-terms",
    title="The document is under OSI-approved terms",
    cites=(
        Citation(
            "Data Information shall be made available under OSI-approved terms.",
            "Data Information",
            _OSAID,
            TEXT,
        ),
        Citation(
            "CC-BY-4.0 documents counted as allowed for use, study, modify and share.",
            "review of BLOOM",
            _OSI_REVIEWS,
            PRACTICE,
        ),
    ),
    groups=(
        APPROVED,
        LATER,
        ANY,
        Group(
            DEDICATIONS,
            verdict=True,
            reason="By {name} the text is in the public domain, free to all for any purpose.",
        ),
        Group(
            OPEN_CONTENT,
            verdict=True,
            reason="{name} grants the four freedoms, and the OSI's reviewers counted such "
            "a license as "
            "enough for documents.",
        ),
    ),
    breaking=BREAKING,
    doubtful=DOUBTFUL,
    listed=Judgement(
        verdict=None,
        reason="The OSI has not approved {name}, and the definition names no list of terms "
        "that are "
        "accepted for documents.",
    ),
    unlisted=Judgement(
        verdict=None,
        reason="{name} {osi}, and the definition names no list of terms accepted for documents.",
    ),
    unknown=_UNKNOWN,
)
"""For documents that carry data information, and for the manifest's own text."""

OSI_PARAMETER_TERMS: Final = Notion(
    id="osi-parameter-terms",
    title="The parameters are under OSI-approved terms",
    cites=(
        Citation(
            "Parameters shall be made available under OSI-approved terms.",
            "Parameters",
            _OSAID,
            TEXT,
        ),
        Citation(
            "The Open Source AI Definition does not require a specific legal mechanism for "
            "assuring that the model parameters are freely available to all.",
            "Open Source models and Open Source weights",
            _OSAID,
            TEXT,
        ),
    ),
    groups=(
        APPROVED,
        LATER,
        ANY,
        Group(
            DEDICATIONS,
            verdict=True,
            reason="By {name} they are in the public domain, free to all for any purpose.",
        ),
        Group(
            OPEN_CONTENT,
            verdict=None,
            reason="The OSI has not reviewed {name} for parameters, and the definition "
            "names no list of "
            "terms that are accepted for them.",
        ),
        Group(
            MODEL_LICENSES,
            verdict=None,
            reason="{name} grants the four freedoms, but OpenMDW was before the OSI in 2026 and is "
            "not approved.",
        ),
    ),
    breaking=BREAKING,
    doubtful=DOUBTFUL,
    listed=Judgement(
        verdict=None,
        reason="The OSI has not approved {name}, and the definition names no list of terms "
        "that are "
        "accepted for parameters.",
    ),
    unlisted=Judgement(
        verdict=None,
        reason="{name} {osi}, and the definition names no list of terms accepted for parameters.",
    ),
    unknown=_UNKNOWN,
)
"""For weights and other parameters."""
