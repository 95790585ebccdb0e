"""How people spell licenses, and what they may mean by it; read only when an id is not known."""

from __future__ import annotations

GPL_2 = ("GPL-2.0-only", "GPL-2.0-or-later")
GPL_3 = ("GPL-3.0-only", "GPL-3.0-or-later")
LGPL_2 = ("LGPL-2.0-only", "LGPL-2.0-or-later")
LGPL_21 = ("LGPL-2.1-only", "LGPL-2.1-or-later")
LGPL_3 = ("LGPL-3.0-only", "LGPL-3.0-or-later")

PHRASES = (
    ("gnu-lesser-general-public", "lgpl"),
    ("lesser-general-public", "lgpl"),
    ("gnu-library-general-public", "lgpl"),
    ("gnu-affero-general-public", "agpl"),
    ("affero-general-public", "agpl"),
    ("gnu-general-public", "gpl"),
    ("gnu-free-documentation", "gfdl"),
    ("gnu-fdl", "gfdl"),
    ("fdl", "gfdl"),
    ("gnu-gpl", "gpl"),
    ("gnu-lgpl", "lgpl"),
    ("gnu-agpl", "agpl"),
    ("or-at-your-option-any-later", "or-later"),
    ("or-any-later", "or-later"),
    ("or-newer", "or-later"),
    ("or-above", "or-later"),
    ("apache-software", "apache"),
    ("mozilla-public", "mpl"),
    ("eclipse-public", "epl"),
    ("european-union-public", "eupl"),
    ("academic-free", "afl"),
    ("open-software", "osl"),
    ("business-source", "busl"),
    ("creative-commons", "cc"),
    ("cc-zero", "cc-0"),
)
"""Words that stand for others in any spelling, joined by hyphens; applied in this order."""

MARKS = {
    "attribution": "by",
    "non-commercial": "nc",
    "noncommercial": "nc",
    "no-derivatives": "nd",
    "no-derivs": "nd",
    "noderivatives": "nd",
    "noderivs": "nd",
    "share-alike": "sa",
    "sharealike": "sa",
}
"""The elements of a Creative Commons license in words, and in letters."""

LEGAL_CODE = frozenset({"deed", "generic", "international", "legalcode", "universal", "unported"})
"""Words in the titles of Creative Commons licenses that tell no two of them apart."""

CLEAR: dict[str, str] = {
    "ASL 2.0": "Apache-2.0",
    "Apache License 2.0 only": "Apache-2.0",
    "Expat": "MIT",
    "MIT Expat": "MIT",
    "BSD 2": "BSD-2-Clause",
    "2 clause BSD": "BSD-2-Clause",
    "Simplified BSD": "BSD-2-Clause",
    "BSD simplified": "BSD-2-Clause",
    "BSD 3": "BSD-3-Clause",
    "3 clause BSD": "BSD-3-Clause",
    "New BSD": "BSD-3-Clause",
    "BSD new": "BSD-3-Clause",
    "Modified BSD": "BSD-3-Clause",
    "Revised BSD": "BSD-3-Clause",
    "BSD 4": "BSD-4-Clause",
    "4 clause BSD": "BSD-4-Clause",
    "Original BSD": "BSD-4-Clause",
    "Zero clause BSD": "0BSD",
    "BSD 0": "0BSD",
    "LGPL LR": "LGPLLR",
    "Boost": "BSL-1.0",
    "Boost 1.0": "BSL-1.0",
    "BSL 1.1": "BUSL-1.1",
    "SSPL": "SSPL-1.0",
    "UPL": "UPL-1.0",
    "WTFPL 2": "WTFPL",
    "zlib libpng": "Zlib",
    "Mulan PSL 2": "MulanPSL-2.0",
    "SIL OFL 1.1": "OFL-1.1",
    "CC 0": "CC0-1.0",
    "CC0 1.0 Universal Public Domain Dedication": "CC0-1.0",
    "CDLA Sharing": "CDLA-Sharing-1.0",
    "ODC BY": "ODC-By-1.0",
    "Open Data Commons Attribution": "ODC-By-1.0",
    "ODbL": "ODbL-1.0",
    "ODC ODbL": "ODbL-1.0",
    "Open Database License": "ODbL-1.0",
    "PDDL": "PDDL-1.0",
    "ODC PDDL": "PDDL-1.0",
    "ODC PDDL 1.0": "PDDL-1.0",
    "C UDA": "C-UDA-1.0",
    "Public domain mark": "CC-PDM-1.0",
}
"""A spelling, and the one license that it stands for: where versions are not told apart, there is
one version only. Case, spaces, hyphens and words such as "the" and "version" do not matter."""

FAMILIES: dict[str, tuple[str, ...]] = {
    "AL 2.0": ("Apache-2.0", "Artistic-2.0"),
    "BSD": ("BSD-2-Clause", "BSD-3-Clause"),
    "BSD style": ("BSD-2-Clause", "BSD-3-Clause"),
    "MIT X11": ("MIT", "X11"),
    "GPL": GPL_3 + GPL_2,
    "LGPL": LGPL_3 + LGPL_21,
    "LGPL 2": LGPL_21 + LGPL_2,
    "AGPL": ("AGPL-3.0-only", "AGPL-3.0-or-later"),
    "Artistic": ("Artistic-2.0", "Artistic-1.0", "Artistic-1.0-Perl", "Artistic-1.0-cl8"),
    "BSL": ("BSL-1.0", "BUSL-1.1"),
    "MPL": ("MPL-2.0", "MPL-1.1", "MPL-1.0"),
    "Mozilla": ("MPL-2.0", "MPL-1.1", "MPL-1.0"),
    "SIL OFL": ("OFL-1.1", "OFL-1.0"),
    "SIL Open Font License": ("OFL-1.1", "OFL-1.0"),
    "Python": ("PSF-2.0", "Python-2.0"),
    "PSF": ("PSF-2.0", "Python-2.0"),
    "CC": ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0"),
    "CDLA": ("CDLA-Permissive-2.0", "CDLA-Permissive-1.0", "CDLA-Sharing-1.0"),
    "Public domain": ("CC0-1.0", "CC-PDM-1.0", "PDDL-1.0"),
    # AI licenses
    "OpenMDW": ("OpenMDW-1.0", "LicenseRef-OpenMDW-1.1"),
    "OpenRAIL": (
        "LicenseRef-BigScience-OpenRAIL-M",
        "LicenseRef-CreativeML-OpenRAIL-M",
        "LicenseRef-CreativeML-OpenRAIL-PlusPlus-M",
        "LicenseRef-BigCode-OpenRAIL-M-v1",
    ),
    "OpenRAIL M": (
        "LicenseRef-BigScience-OpenRAIL-M",
        "LicenseRef-CreativeML-OpenRAIL-M",
        "LicenseRef-BigCode-OpenRAIL-M-v1",
    ),
    "RAIL": (
        "LicenseRef-BigScience-BLOOM-RAIL-1.0",
        "LicenseRef-BigScience-OpenRAIL-M",
        "LicenseRef-CreativeML-OpenRAIL-M",
        "LicenseRef-BigCode-OpenRAIL-M-v1",
    ),
    "Llama": (
        "LicenseRef-LLaMA-2023",
        "LicenseRef-Llama-2-Community",
        "LicenseRef-Llama-3-Community",
        "LicenseRef-Llama-3.1-Community",
        "LicenseRef-Llama-3.2-Community",
        "LicenseRef-Llama-3.3-Community",
        "LicenseRef-Llama-4-Community",
    ),
    "Llama Community License": (
        "LicenseRef-Llama-2-Community",
        "LicenseRef-Llama-3-Community",
        "LicenseRef-Llama-3.1-Community",
        "LicenseRef-Llama-3.2-Community",
        "LicenseRef-Llama-3.3-Community",
        "LicenseRef-Llama-4-Community",
    ),
    "Modified MIT": ("LicenseRef-Kimi-K2-Modified-MIT", "LicenseRef-MiniMax-M2.5-Modified-MIT"),
    "ModelGo": ("LicenseRef-MG0-2.0", "LicenseRef-MG-BY-2.0", "LicenseRef-MG-BY-SA-2.0"),
    "Tencent Hunyuan Community License Agreement": (
        "LicenseRef-Tencent-Hunyuan-Community",
        "LicenseRef-Tencent-Hunyuan-3D-2.0-Community",
        "LicenseRef-Tencent-HunyuanWorld-Voyager-Community",
    ),
}
"""A spelling that does not say which license, and those that it may stand for. Families whose ids
on the SPDX list differ in the version only, such as EPL, need no row."""

ABSENCE = frozenset(
    """\
a all ambiguous an any are available been but commercial component content currently custom data
disclosed explicit explicitly file found given has have in include included is known left mentioned
mixed model my n na no none not note noted null nothing of other others own private proprietary
provided public publicly purposely released reserved rights see specified specify stated tbd terms
the there to unclear undefined undisclosed unknown unlicensed unreleased unspecified various varies
was yet
""".split()
)
"""Words that name no license, nor do any number of them together: "not disclosed", "see terms"."""
