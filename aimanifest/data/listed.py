"""Licenses of the SPDX list: what their texts say of credit, share-alike, patents and lawsuits."""

from __future__ import annotations

Words = tuple[str, str]
"""Where it stands in the license, and its own words; "" where it numbers nothing."""

COPIES = "choosealicense.com, the text that carries the SPDX id"
SPDX_COPY = "github.com/spdx/license-list-data, the text that carries the SPDX id"
GRANTED, EXCLUDED, SILENT = "granted", "not granted", "no express grant"

_MIT = ("", "The above copyright notice and this permission notice shall be included in all copies")
_BSD = ("1", "Redistributions of source code must retain the above copyright notice")
_APACHE = (
    "3",
    (
        "each Contributor hereby grants to You a perpetual, worldwide, non-exclusive, no-charge, "
        "royalty-free, irrevocable (except as stated in this section) patent license"
    ),
)
_APACHE_SUIT = (
    "patent-retaliation",
    "3",
    "then any patent licenses granted to You under this License for that Work shall terminate",
    "patent licenses end for who sues over patents in the work",
)
_CC_PATENTS = ("2(b)(2)", "Patent and trademark rights are not licensed under this Public License.")
_CC_CREDIT = (
    "3(a)(1)(A)",
    "retain the following if it is supplied by the Licensor with the Licensed Material",
)
_CC_SHARE_ALIKE = (
    "3(b)(1)",
    "must be a Creative Commons license with the same License Elements, this version or later",
)
_OSL_PATENTS = (
    "2",
    (
        "Licensor grants You a worldwide, royalty-free, non-exclusive, sublicensable license, "
        "under patent claims owned or controlled by the Licensor"
    ),
)
_OSL_CREDIT = (
    "6",
    (
        "You must retain, in the Source Code of any Derivative Works that You create, all "
        "copyright, patent, or trademark notices"
    ),
)
_OSL_SUIT = (
    "patent-retaliation",
    "10",
    "alleging that the Original Work infringes a patent",
    "it ends for who sues over patents in the work",
)
_GPL_3_PATENTS = (
    "11",
    "Each contributor grants you a non-exclusive, worldwide, royalty-free patent license",
)
_GPL_3_CREDIT = (
    "4",
    "conspicuously and appropriately publish on each copy an appropriate copyright notice",
)
_GPL_3_SHARE_ALIKE = ("5(c)", "You must license the entire work, as a whole, under this License")
_GPL_3_SUIT = (
    "patent-retaliation",
    "10",
    (
        "you may not initiate litigation (including a cross-claim or counterclaim in a lawsuit) "
        "alleging that any patent claim is infringed"
    ),
    "who sues over patents in the work breaches it, and may lose its rights",
)

Row = tuple[Words | None, Words | None, str, Words, tuple[tuple[str, str, str, str], ...], str]
"""The clause that asks for share-alike, if one does; the clause that asks for credit, if one does;
what becomes of patents, and the clause; what a lawsuit ends, as terms; what was read."""

_GPL_2: Row = (
    (
        "2(b)",
        (
            "to be licensed as a whole at no charge to all third parties under the terms of this "
            "License"
        ),
    ),
    ("1", "conspicuously and appropriately publish on each copy an appropriate copyright notice"),
    SILENT,
    ("", ""),
    (),
    COPIES,
)
_GPL_3: Row = (
    _GPL_3_SHARE_ALIKE,
    _GPL_3_CREDIT,
    GRANTED,
    _GPL_3_PATENTS,
    (_GPL_3_SUIT,),
    COPIES,
)
_LGPL_21: Row = (
    (
        "2(c)",
        (
            "You must cause the whole of the work to be licensed at no charge to all third parties "
            "under the terms of this License"
        ),
    ),
    ("1", "conspicuously and appropriately publish on each copy an appropriate copyright notice"),
    SILENT,
    ("", ""),
    (),
    COPIES,
)
_LGPL_3: Row = (
    ("2", "you may convey a copy of the modified version: a) under this License"),
    ("4(a)", "Give prominent notice with each copy of the Combined Work that the Library is used"),
    GRANTED,
    (
        "",
        "incorporates the terms and conditions of version 3 of the GNU General Public License",
    ),
    (),
    COPIES,
)

READ: dict[str, Row] = {
    "0BSD": (None, None, SILENT, ("", ""), (), COPIES),
    "AFL-3.0": (None, _OSL_CREDIT, GRANTED, _OSL_PATENTS, (_OSL_SUIT,), COPIES),
    "AGPL-3.0-only": _GPL_3,
    "AGPL-3.0-or-later": _GPL_3,
    "Apache-2.0": (
        None,
        (
            "4",
            (
                "You must give any other recipients of the Work or Derivative Works a copy of this "
                "License"
            ),
        ),
        GRANTED,
        _APACHE,
        (_APACHE_SUIT,),
        COPIES,
    ),
    "BSD-2-Clause": (None, _BSD, SILENT, ("", ""), (), COPIES),
    "BSD-3-Clause": (None, _BSD, SILENT, ("", ""), (), COPIES),
    "BSD-3-Clause-Clear": (
        None,
        ("", "Redistributions of source code must retain the above copyright notice"),
        EXCLUDED,
        (
            "",
            (
                "NO EXPRESS OR IMPLIED LICENSES TO ANY PARTY'S PATENT RIGHTS ARE GRANTED BY THIS "
                "LICENSE"
            ),
        ),
        (),
        COPIES,
    ),
    "BSL-1.0": (
        None,
        ("", "The copyright notices in the Software and this entire statement"),
        SILENT,
        ("", ""),
        (),
        COPIES,
    ),
    "CC-BY-4.0": (None, _CC_CREDIT, EXCLUDED, _CC_PATENTS, (), COPIES),
    "CC-BY-NC-4.0": (None, _CC_CREDIT, EXCLUDED, _CC_PATENTS, (), SPDX_COPY),
    "CC-BY-NC-ND-4.0": (None, _CC_CREDIT, EXCLUDED, _CC_PATENTS, (), SPDX_COPY),
    "CC-BY-NC-SA-4.0": (_CC_SHARE_ALIKE, _CC_CREDIT, EXCLUDED, _CC_PATENTS, (), SPDX_COPY),
    "CC-BY-ND-4.0": (None, _CC_CREDIT, EXCLUDED, _CC_PATENTS, (), SPDX_COPY),
    "CC-BY-SA-4.0": (_CC_SHARE_ALIKE, _CC_CREDIT, EXCLUDED, _CC_PATENTS, (), COPIES),
    "CC0-1.0": (
        None,
        None,
        EXCLUDED,
        (
            "4(a)",
            (
                "No trademark or patent rights held by Affirmer are waived, abandoned, "
                "surrendered, licensed or otherwise affected by this document."
            ),
        ),
        (),
        COPIES,
    ),
    "CDLA-Permissive-2.0": (
        None,
        ("2.1", "makes available the text of this agreement with the shared Data"),
        SILENT,
        ("", ""),
        (),
        "a copy of the text, as projects carry it that ship data under it",
    ),
    "ECL-2.0": (
        None,
        (
            "4",
            (
                "You must give any other recipients of the Work or Derivative Works a copy of this "
                "License"
            ),
        ),
        GRANTED,
        _APACHE,
        (_APACHE_SUIT,),
        COPIES,
    ),
    "EPL-2.0": (
        ("3.2(a)", "it must be made available under this Agreement"),
        (
            "3.3",
            (
                "Contributors may not remove or alter any copyright, patent, trademark, "
                "attribution notices"
            ),
        ),
        GRANTED,
        (
            "2(b)",
            (
                "each Contributor hereby grants Recipient a non-exclusive, worldwide, royalty-free "
                "patent license under Licensed Patents"
            ),
        ),
        (
            (
                "patent-retaliation",
                "7",
                "such Recipient's rights granted under Section 2(b) shall terminate",
                "patent licenses end for who sues over patents in the program",
            ),
        ),
        COPIES,
    ),
    "EUPL-1.2": (
        ("5", "this Distribution or Communication will be done under the terms of this Licence"),
        ("5", "The Licensee shall keep intact all copyright, patent or trademarks notices"),
        GRANTED,
        (
            "2",
            "royalty-free, non-exclusive usage rights to any patents held by the Licensor",
        ),
        (),
        COPIES,
    ),
    "GPL-2.0-only": _GPL_2,
    "GPL-2.0-or-later": _GPL_2,
    "GPL-3.0-only": _GPL_3,
    "GPL-3.0-or-later": _GPL_3,
    "ISC": (
        None,
        (
            "",
            (
                "provided that the above copyright notice and this permission notice appear in all "
                "copies"
            ),
        ),
        SILENT,
        ("", ""),
        (),
        COPIES,
    ),
    "LGPL-2.1-only": _LGPL_21,
    "LGPL-2.1-or-later": _LGPL_21,
    "LGPL-3.0-only": _LGPL_3,
    "LGPL-3.0-or-later": _LGPL_3,
    "MIT": (None, _MIT, SILENT, ("", ""), (), COPIES),
    "MPL-2.0": (
        ("3.1", "must be under the terms of this License"),
        ("3.4", "You may not remove or alter the substance of any license notices"),
        GRANTED,
        (
            "2.1(b)",
            (
                "under Patent Claims of such Contributor to make, use, sell, offer for sale, have "
                "made, import, and otherwise transfer"
            ),
        ),
        (
            (
                "patent-retaliation",
                "5.2",
                (
                    "then the rights granted to You by any and all Contributors for the Covered "
                    "Software under Section 2.1 of this License shall terminate"
                ),
                "it ends for who sues over patents in the software",
            ),
        ),
        COPIES,
    ),
    "NCSA": (
        None,
        ("", "Redistributions of source code must retain the above copyright notice"),
        SILENT,
        ("", ""),
        (),
        COPIES,
    ),
    "OpenMDW-1.0": (
        None,
        ("", "you shall retain in your distribution (1) a copy of this agreement"),
        GRANTED,
        (
            "",
            (
                "under all copyright, patent, database, and trade secret rights included or "
                "embodied therein"
            ),
        ),
        (
            (
                "patent-retaliation",
                "",
                "asserting that the Model Materials directly or indirectly infringe any patent",
                "it ends for who first sues over patents in the materials",
            ),
        ),
        (
            "github.com/OpenMDW/OpenMDW, 1.0/LICENSE.openmdw at "
            "3f87c73c3362149fbe041c7db44272f18e1f7dd9"
        ),
    ),
    "OSL-3.0": (
        ("1(c)", "shall be licensed under this Open Software License"),
        _OSL_CREDIT,
        GRANTED,
        _OSL_PATENTS,
        (_OSL_SUIT,),
        COPIES,
    ),
    "PostgreSQL": (
        None,
        (
            "",
            (
                "provided that the above copyright notice and this paragraph and the following two "
                "paragraphs appear in all copies"
            ),
        ),
        SILENT,
        ("", ""),
        (),
        COPIES,
    ),
    "Unlicense": (None, None, SILENT, ("", ""), (), COPIES),
    "UPL-1.0": (
        None,
        ("", "at a minimum a reference to the UPL must be included in all copies"),
        GRANTED,
        ("", "any and all patent rights owned or freely licensable by each licensor hereunder"),
        (),
        COPIES,
    ),
    "WTFPL": (None, None, SILENT, ("", ""), (), COPIES),
    "Zlib": (
        None,
        ("3", "This notice may not be removed or altered from any source distribution."),
        SILENT,
        ("", ""),
        (),
        COPIES,
    ),
}
"""What was read of a license, clause by clause; of others nothing of this is known here."""

STEWARDS = (
    ("AGPL-3.0", "Free Software Foundation"),
    ("Apache-", "Apache Software Foundation"),
    ("CC-", "Creative Commons"),
    ("CC0-", "Creative Commons"),
    ("CDLA-", "Linux Foundation"),
    ("EPL-", "Eclipse Foundation"),
    ("EUPL-", "European Commission"),
    ("GFDL-", "Free Software Foundation"),
    ("GPL-", "Free Software Foundation"),
    ("LGPL-", "Free Software Foundation"),
    ("MPL-2.0", "Mozilla Foundation"),
    ("ODC-By-", "Open Knowledge Foundation"),
    ("ODbL-", "Open Knowledge Foundation"),
    ("OpenMDW-", "Linux Foundation"),
    ("PDDL-", "Open Knowledge Foundation"),
)
"""How the ids begin of licenses that have a steward, and who it is."""

Dispute = tuple[str, str, str, str, str]
"""A question on which informed people disagree; one answer and who gives it, and the other."""

UNDER_REVIEW = frozenset({"OpenMDW-1.0"})
"""Licenses that were before the OSI when this was last looked at, and are not approved."""

DISPUTES: dict[str, tuple[Dispute, ...]] = {
    "OpenMDW-1.0": (
        (
            "Is it an open source license?",
            (
                "Its steward calls it a permissive open-source license, and said in June 2025 that "
                "it would be submitted to the OSI."
            ),
            (
                "github.com/OpenMDW/OpenMDW, 1.0/FAQ-1.0.md; license-discuss of the OSI, message "
                "022385"
            ),
            (
                "In review the breadth of its termination clause and its clause on clearing the "
                "rights of others were objected to, and no approval is known."
            ),
            "LWN, 2026-08-21; The Register, 2026-09-15 (summaries)",
        ),
    ),
}

FOR_PARAMETERS: Dispute = (
    "Are these “OSI-approved terms” when they cover the parameters of a model?",
    (
        "The definition asks for approved terms, and the OSI said that it keeps no list of them: "
        "“right now, we don't have a list of OSI approved licenses for documentation”."
    ),
    (
        "Open Source AI Definition 1.0; town hall of the OSI of 14 June 2024, "
        "github.com/samj/osaid, townhalls/2024-06-14-osi_townhall_11.txt (machine transcript)"
    ),
    "The Model Openness Tool counts the license as open, for parameters as for data.",
    "github.com/lfai/model_openness_tool at 8b5d30e",
)
"""Asked of open licenses for content and data that the tool's list has."""

OF_TERMS: dict[str, Dispute] = {
    "litigation-termination": (
        "May an open license end for who sues over copyright or other rights, not patents alone?",
        (
            "The steward of OpenMDW made version 1.1 end for who sues over patents or copyright, "
            "and calls it a permissive open-source license."
        ),
        "github.com/OpenMDW/OpenMDW, 1.1/FAQ-1.1.md",
        "When the OSI reviewed OpenMDW, the breadth of the clause was objected to.",
        "LWN, 2026-08-21; The Register, 2026-09-15 (summaries)",
    ),
}
"""Asked of every license that has such a term."""
