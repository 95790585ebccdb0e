"""What licenses are worth by other measures than the Open Source AI Definition.

The lists are short where their sources are: what none of them names is undetermined.
"""

from typing import Final

from aimanifest.data import spdx
from aimanifest.licenses.facts import CONTESTED, RESTRICTIONS, RESTRICTIVE
from aimanifest.licenses.judging import Group, Judgement, Notion
from aimanifest.licenses.osi import DEDICATIONS, MODEL_LICENSES, OPEN_CONTENT
from aimanifest.rules import PRACTICE, TEXT, Citation

_RESTRICTIVE = frozenset(r.word for r in RESTRICTIONS.values() if r.standing == RESTRICTIVE)
_CONTESTED = frozenset(r.word for r in RESTRICTIONS.values() if r.standing == CONTESTED)


def _ids(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# --- Model Openness Framework --------------------------------------------------------------------

_MOF_SPEC = "https://github.com/spdx/spdx-3-model/issues/1181"
_TOOL = Citation(
    "The following components have an open license but should have a type-appropriate open "
    "license:",
    "Model Openness Tool, with its licenses.json and mof-licenses.json",
    "https://github.com/lfai/model_openness_tool",
    PRACTICE,
)

MOF_OPEN_DATA: Final = _ids(
    "CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-2.5-AU CC-BY-3.0 CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE "
    "CC-BY-3.0-IGO CC-BY-3.0-NL CC-BY-3.0-US CC-BY-4.0 CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.0-UK "
    "CC-BY-SA-2.1-JP CC-BY-SA-2.5 CC-BY-SA-3.0 CC-BY-SA-3.0-AT CC-BY-SA-4.0 CC0-1.0 "
    "CDLA-Permissive-1.0 CDLA-Permissive-2.0 CDLA-Sharing-1.0 GFDL-1.3 OGL-Canada-2.0 OGL-UK-2.0 "
    "OGL-UK-3.0 ODC-By-1.0 ODbL-1.0"
)
"""The list by which the framework's own tool calls a license open that neither the OSI nor the FSF
lists. Its `ODC-PDDL-1.0` is no SPDX id: PDDL-1.0 is meant, and is in a group of its own here."""

MOF_OPEN: Final = Notion(
    id="mof-open",
    title="The component is under an open license",
    cites=(
        Citation(
            "The MOF requires specific components of the model development lifecycle to be "
            "included and released under appropriate open licenses.",
            "MOF specification, as quoted there",
            _MOF_SPEC,
            TEXT,
        ),
        _TOOL,
    ),
    groups=(
        Group(spdx.OSI_APPROVED, verdict=True, reason="{name} is approved by the OSI."),
        Group(spdx.FSF_LIBRE, verdict=True, reason="{name} is a free license to the FSF."),
        Group(
            MOF_OPEN_DATA | MODEL_LICENSES,
            verdict=True,
            reason="{name} is on the list of open licenses of the framework's own tool.",
        ),
        Group(
            _ids("PDDL-1.0 CC-PDDC"),
            verdict=True,
            reason="{name} gives a work to the public domain; that the framework's own tool does "
            "not count it is a fault of its list.",
        ),
    ),
    breaking=_RESTRICTIVE,
    doubtful=_CONTESTED,
    listed=Judgement(
        verdict=False, reason="{name} is on none of the lists of open licenses the framework uses."
    ),
    unlisted=Judgement(
        verdict=None, reason="{name} is on no list of open licenses, and restricts nothing known."
    ),
)
"""Whether a license is open at all, whatever the component: as the framework's tool has it."""

_TYPE_APPROPRIATE = Citation(
    "A type-appropriate open license is an open license that is appropriate for the type of "
    "component it is covering: code, data, or documentation.",
    "MOF specification, as quoted there",
    _MOF_SPEC,
    TEXT,
)


def _appropriate(content: str, *, groups: tuple[Group, ...]) -> Notion:
    return Notion(
        id=f"mof-{content}",
        title=f"The license is made for {content}",
        cites=(_TYPE_APPROPRIATE, _TOOL),
        groups=groups,
        breaking=_RESTRICTIVE,
        doubtful=_CONTESTED,
        listed=Judgement(
            verdict=False, reason=f"{{name}} is not on the framework's lists for {content}."
        ),
        unlisted=Judgement(
            verdict=None, reason=f"{{name}} is not on the framework's lists for {content}."
        ),
    )


_MODEL = Group(MODEL_LICENSES, verdict=True, reason="{name} is made for all parts of a model.")

MOF_CODE: Final = _appropriate(
    "code",
    groups=(
        Group(
            spdx.OSI_APPROVED,
            verdict=True,
            reason="{name} is approved by the OSI: an open source license, made for code.",
        ),
        _MODEL,
        Group(
            _ids("Apache-1.0 MulanPSL-1.0"),
            verdict=True,
            reason="{name} is on the list for code of the framework's own tool.",
        ),
    ),
)
"""Whether an open license is one for code; a remark, for a class does not depend on it."""

MOF_DATA: Final = _appropriate(
    "data",
    groups=(
        _MODEL,
        Group(
            (MOF_OPEN_DATA - _ids("GFDL-1.3")) | DEDICATIONS,
            verdict=True,
            reason="{name} is an open license for data.",
        ),
    ),
)
"""Whether an open license is one for data and parameters; a remark, as for code."""

MOF_DOCUMENT: Final = _appropriate(
    "documents",
    groups=(
        _MODEL,
        Group(
            _ids("Apache-2.0 CC-BY-4.0 CC-BY-SA-3.0 CC-BY-SA-4.0 CC0-1.0 CC-PDDC FreeBSD-DOC"),
            verdict=True,
            reason="{name} is on the list for documents of the framework's own tool.",
        ),
        Group(
            OPEN_CONTENT | DEDICATIONS,
            verdict=True,
            reason="{name} is an open license for content.",
        ),
    ),
)
"""Whether an open license is one for documents; a remark, as for code."""


# --- Debian Free Software Guidelines -------------------------------------------------------------

_DFSG = "https://www.debian.org/social_contract#guidelines"

DFSG: Final = Notion(
    id="dfsg",
    title="The license meets the Debian Free Software Guidelines",
    cites=(
        Citation(
            "The license must not restrict anyone from making use of the program in a specific "
            "field of endeavor.",
            "Guideline 6",
            _DFSG,
            TEXT,
        ),
        Citation(
            "Please be aware that this page is not definitive and is intended to be an "
            "informational summary for packagers.",
            "The DFSG and Software Licenses",
            "https://wiki.debian.org/DFSGLicenses",
            PRACTICE,
        ),
    ),
    groups=(
        Group(
            _ids(
                "0BSD AGPL-3.0-only AGPL-3.0-or-later Apache-2.0 Artistic-1.0 Artistic-1.0-Perl "
                "Artistic-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CC-BY-3.0 CC-BY-4.0 CC-BY-SA-3.0 "
                "CC-BY-SA-4.0 CPL-1.0 EPL-1.0 GPL-1.0-only GPL-1.0-or-later GPL-2.0-only "
                "GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later IPL-1.0 ISC LGPL-2.0-only "
                "LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later "
                "MIT MPL-1.1 MPL-2.0 OFL-1.1 Zlib GFDL-1.2-no-invariants-only "
                "GFDL-1.2-no-invariants-or-later GFDL-1.3-no-invariants-only "
                "GFDL-1.3-no-invariants-or-later"
            ),
            verdict=True,
            reason="Software under {name} is in Debian's main archive.",
        ),
        Group(
            _ids("RPL-1.5 Watcom-1.0"),
            verdict=False,
            reason="{name} is not counted as free in Debian, though the OSI approved it.",
        ),
    ),
    breaking=_RESTRICTIVE,
    doubtful=_CONTESTED,
    listed=Judgement(
        verdict=None, reason="It is not known here what Debian makes of {name}; it judges packages."
    ),
    unlisted=Judgement(
        verdict=None, reason="It is not known here what Debian makes of {name}; it judges packages."
    ),
)
"""The OSI's approval is not Debian's, nor the reverse: only what is known of Debian counts."""


# --- distribution with software under GPL-3.0 ----------------------------------------------------

_GNU_LIST = "https://www.gnu.org/licenses/license-list.html"

GPL3_COMPATIBLE: Final = Notion(
    id="gpl-3.0-compatible",
    title="The license allows distribution together with software under GPL-3.0",
    cites=(
        Citation(
            "Unless otherwise specified, compatible licenses are compatible with both GPLv2 and "
            "GPLv3.",
            "Introduction",
            _GNU_LIST,
            TEXT,
        ),
        Citation(
            "GPLv2 is, by itself, not compatible with GPLv3.",
            "GNU General Public License (GPL) version 2",
            _GNU_LIST,
            TEXT,
        ),
    ),
    groups=(
        Group(
            _ids(
                "AGPL-3.0-only AGPL-3.0-or-later Apache-2.0 Artistic-2.0 BSD-2-Clause BSD-3-Clause "
                "BSL-1.0 CC0-1.0 CC-BY-4.0 CC-BY-SA-4.0 CECILL-2.0 ECL-2.0 EFL-2.0 FTL "
                "GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later HPND IJG ISC "
                "LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later "
                "MIT MPL-2.0 MulanPSL-2.0 NCSA Python-2.0 Ruby SMLNJ Sleepycat UPL-1.0 Unlicense "
                "Vim W3C WTFPL X11 XFree86-1.1 ZPL-2.0 ZPL-2.1 Zlib"
            ),
            verdict=True,
            reason="{name} is compatible with GPL-3.0 by the list of the FSF.",
        ),
        Group(
            _ids(
                "AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 AGPL-1.0-only Apache-1.0 Apache-1.1 "
                "APSL-2.0 BSD-4-Clause CDDL-1.0 CPAL-1.0 CPL-1.0 "
                "EPL-1.0 GPL-2.0-only IPL-1.0 LPL-1.02 LPPL-1.2 LPPL-1.3a "
                "MPL-1.1 MS-PL MS-RL NPL-1.0 NPL-1.1 ODbL-1.0 OpenSSL OSL-1.0 OSL-1.1 "
                "OSL-2.0 OSL-2.1 OSL-3.0 PHP-3.01 QPL-1.0 RPSL-1.0 SISSL SPL-1.0 "
                "xinetd Zend-2.0"
            ),
            verdict=False,
            reason="{name} is not compatible with GPL-3.0 by the list of the FSF.",
        ),
        Group(
            _ids("GPL-1.0-or-later LGPL-2.0-or-later"),
            verdict=True,
            reason="{name} lets one take a later version, which is compatible with GPL-3.0.",
        ),
        Group(
            _ids("0BSD MIT-0 CC-PDDC CC-PDM-1.0 PDDL-1.0"),
            verdict=True,
            reason="{name} asks for nothing at all.",
        ),
    ),
    breaking=_RESTRICTIVE,
    doubtful=_CONTESTED,
    listed=Judgement(
        verdict=None, reason="Whether {name} goes together with GPL-3.0 is not known here."
    ),
    unlisted=Judgement(
        verdict=None, reason="Whether {name} goes together with GPL-3.0 is not known here."
    ),
)
"""For distributors of programs under GPL-3.0 that ship models, such as a photo editor."""


# --- EU Artificial Intelligence Act --------------------------------------------------------------

_AI_ACT = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"
_GUIDELINES = (
    "https://digital-strategy.ec.europa.eu/en/library/"
    "guidelines-scope-obligations-providers-general-purpose-ai-models-under-ai-act"
)

_EU_BREAKING = _ids(
    "ads exclusive-hosting mau-threshold no-derivatives no-redistribution non-commercial "
    "non-production output-use payment personal-data research-only revenue-threshold revocable"
)
"""Paragraphs 78 (a right is missing), 80, 83, 86 and 87 of the guidelines exclude these."""

COPYLEFT: Final = _ids(
    "AGPL-1.0-only AGPL-1.0-or-later AGPL-3.0-only AGPL-3.0-or-later APL-1.0 APSL-1.0 APSL-1.1 "
    "APSL-1.2 APSL-2.0 Artistic-1.0 Artistic-1.0-cl8 Artistic-1.0-Perl Artistic-2.0 BitTorrent-1.1 "
    "CAL-1.0 CAL-1.0-Combined-Work-Exception CATOSL-1.1 CC-BY-SA-3.0 CC-BY-SA-3.0-AT "
    "CC-BY-SA-3.0-DE CC-BY-SA-3.0-IGO CC-BY-SA-4.0 CDDL-1.0 CDDL-1.1 CDLA-Sharing-1.0 CECILL-2.0 "
    "CECILL-2.1 CECILL-C CERN-OHL-S-2.0 CERN-OHL-W-2.0 ClArtistic CPAL-1.0 CPL-1.0 CUA-OPL-1.0 "
    "EPL-1.0 EPL-2.0 EUPL-1.1 EUPL-1.2 Frameworx-1.0 GFDL-1.1-no-invariants-only "
    "GFDL-1.1-no-invariants-or-later GFDL-1.1-only GFDL-1.1-or-later GFDL-1.2-no-invariants-only "
    "GFDL-1.2-no-invariants-or-later GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3-no-invariants-only "
    "GFDL-1.3-no-invariants-or-later GFDL-1.3-only GFDL-1.3-or-later gnuplot GPL-1.0-only "
    "GPL-1.0-or-later GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later Imlib2 IPA "
    "IPL-1.0 LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only "
    "LGPL-3.0-or-later LiLiQ-P-1.1 LiLiQ-R-1.1 LiLiQ-Rplus-1.1 LPL-1.0 LPL-1.02 LPPL-1.2 LPPL-1.3a "
    "LPPL-1.3c Motosoto MPL-1.0 MPL-1.1 MPL-2.0 MPL-2.0-no-copyleft-exception MS-RL NASA-1.3 NGPL "
    "Nokia NOSL NPL-1.0 NPL-1.1 NPOSL-3.0 OCLC-2.0 ODbL-1.0 OFL-1.1 OGTSL OSC-1.0 OSET-PL-2.1 "
    "OSL-1.0 OSL-1.1 OSL-2.0 OSL-2.1 OSL-3.0 QPL-1.0 RPL-1.1 RPL-1.5 RPSL-1.0 RSCPL Ruby SimPL-2.0 "
    "SISSL Sleepycat SPL-1.0 UCL-1.0 Vim Watcom-1.0 YPL-1.1 Zimbra-1.3"
)
"""Licenses of the OSI's and the FSF's lists that put conditions on the terms of modified works,
after ScanCode's categories "Copyleft" and "Copyleft Limited", with three that have another one."""

EU_FREE_AND_OPEN: Final = Notion(
    id="eu-free-and-open-source",
    title="The license is free and open-source as the EU Artificial Intelligence Act means it",
    cites=(
        Citation(
            "released under a free and open-source licence that allows for the access, usage, "
            "modification, and distribution of the model",
            "Article 53(2)",
            _AI_ACT,
            TEXT,
        ),
        Citation(
            "limitations to non-commercial or research-only use",
            "Commission guidelines of 18 July 2025, paragraph 83",
            _GUIDELINES,
            TEXT,
        ),
        Citation(
            "licensors may include specific, safety-oriented terms that reasonably restrict usage "
            "in applications or domains where such use would pose a significant risk",
            "Commission guidelines, paragraph 84",
            _GUIDELINES,
            TEXT,
        ),
    ),
    groups=(
        Group(
            COPYLEFT,
            verdict=None,
            reason="{name} asks that modified works keep its terms; recital 102 of the Act allows "
            "that, paragraph 82 of the guidelines asks that other terms be possible.",
        ),
        Group(
            spdx.OSI_APPROVED | spdx.FSF_LIBRE,
            verdict=True,
            reason="{name} allows everybody to use, modify and distribute, and asks for credit "
            "at most.",
        ),
        Group(
            OPEN_CONTENT | DEDICATIONS | MODEL_LICENSES,
            verdict=True,
            reason="{name} allows everybody to use, modify and distribute, and asks for credit "
            "at most.",
        ),
    ),
    breaking=_EU_BREAKING,
    doubtful=(_RESTRICTIVE | _CONTESTED | {"share-alike"}) - _EU_BREAKING,
    listed=Judgement(
        verdict=None, reason="What {name} allows was not compared with the guidelines here."
    ),
    unlisted=Judgement(
        verdict=True, reason="{name} allows everybody to use, modify and distribute."
    ),
)
"""For Article 53(2); that parameters, architecture and usage information be public is asked apart.
A proportionate limit for safety is allowed: whether one is proportionate is undetermined."""


# --- European Open Source AI Index ---------------------------------------------------------------

INDEX_OPEN: Final = Notion(
    id="osai-index-open",
    title="The license is open",
    cites=(
        Citation(
            "at least two (partially or fully) of model weights, training code, and training data",
            "parameter licenses",
            "https://github.com/Language-Technology-Assessment/main-database",
            TEXT,
        ),
    ),
    groups=(
        Group(spdx.OSI_APPROVED, verdict=True, reason="{name} is approved by the OSI."),
        Group(spdx.FSF_LIBRE, verdict=True, reason="{name} is a free license to the FSF."),
        Group(
            OPEN_CONTENT | DEDICATIONS | MODEL_LICENSES,
            verdict=True,
            reason="{name} grants the four freedoms to everybody.",
        ),
    ),
    breaking=_RESTRICTIVE,
    doubtful=_CONTESTED,
    listed=Judgement(
        verdict=None, reason="{name} is on no list of open licenses, and restricts nothing known."
    ),
    unlisted=Judgement(verdict=True, reason="{name} grants the four freedoms to everybody."),
)
"""Any open license, as the index asks since March 2026; before, it asked for an approved one. It
does not define the word: what grants the four freedoms is open by our reading."""
