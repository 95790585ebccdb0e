"""Licenses of the SPDX list that withhold a freedom, and the words by which they do."""

from __future__ import annotations

NON_COMMERCIAL = dict.fromkeys(
    ("1.0", "2.0", "2.0-UK", "2.5", "3.0", "3.0-IGO"),
    (
        "non-commercial",
        "",
        "primarily intended for or directed toward",
        "commercial uses are not licensed",
    ),
)
NON_COMMERCIAL["4.0"] = (
    "non-commercial",
    "2(a)(1)",
    "for NonCommercial purposes only",
    "commercial uses are not licensed",
)
"""By the version of the license, where its words were read."""

NON_COMMERCIAL_UNREAD = ("non-commercial", "", "", "commercial uses are not licensed")

NO_DERIVATIVES = {
    "2.0": (
        "no-derivatives",
        "3",
        "otherwise you have no rights to make Derivative Works",
        "adapted versions may not be made",
    ),
    "3.0": (
        "no-derivatives",
        "3",
        "otherwise you have no rights to make Adaptations",
        "adapted versions may not be made",
    ),
    "4.0": (
        "no-derivatives",
        "2(a)(1)(B)",
        "produce and reproduce, but not Share, Adapted Material",
        "adapted versions may not be shared",
    ),
}
NO_DERIVATIVES |= {"2.5": NO_DERIVATIVES["2.0"], "3.0-IGO": NO_DERIVATIVES["3.0"]}
"""By the version of the license, where its words were read."""

NO_DERIVATIVES_UNREAD = ("no-derivatives", "", "", "adapted versions may not be shared")
INVARIANT_SECTIONS = (
    "no-derivatives",
    "4(L)",
    "Preserve all the Invariant Sections of the Document, unaltered in their text",
    "its invariant sections may not be modified",
)
NO_NUCLEAR = (
    "field-of-use",
    "",
    "not designed, licensed or intended for use in",
    "use in nuclear facilities is not licensed",
)
ASSETS = (
    "field-of-use",
    "",
    (
        "solely for education, training, research, software and hardware development, performance "
        "benchmarking"
    ),
    "only the uses it lists are licensed",
)

RESTRICTED: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "Aladdin": (
        (
            "non-commercial",
            "2(a)",
            "by a commercial organization to any third party is prohibited if any payment is made",
            "commercial organisations may not distribute for payment",
        ),
    ),
    "ASWF-Digital-Assets-1.0": (ASSETS,),
    "ASWF-Digital-Assets-1.1": (ASSETS,),
    "BSD-3-Clause-No-Military-License": (
        (
            "field-of-use",
            "",
            "NOT DESIGNED, LICENSED OR INTENDED FOR USE IN",
            "use in military facilities is not licensed",
        ),
    ),
    "BSD-3-Clause-No-Nuclear-License": (NO_NUCLEAR,),
    "BSD-3-Clause-No-Nuclear-License-2014": (NO_NUCLEAR,),
    "BUSL-1.1": (
        (
            "non-production",
            "",
            "you must purchase a commercial license from the Licensor",
            "production use is licensed only as far as an additional grant says",
        ),
    ),
    "C-UDA-1.0": (
        (
            "field-of-use",
            "2.1",
            "You agree that you will use the Data solely for Computational Use",
            "only computational use is licensed",
        ),
    ),
    "Elastic-2.0": (
        (
            "field-of-use",
            "",
            "You may not provide the software to third parties as a hosted or managed service",
            "offering it as a hosted service is not licensed",
        ),
    ),
    "FSL-1.1-ALv2": (
        (
            "field-of-use",
            "",
            "A Permitted Purpose is any purpose other than a Competing Use",
            "competing uses are not licensed for two years",
        ),
    ),
    "FSL-1.1-MIT": (
        (
            "field-of-use",
            "",
            "A Permitted Purpose is any purpose other than a Competing Use",
            "competing uses are not licensed for two years",
        ),
    ),
    "Hippocratic-2.1": (
        ("field-of-use", "", "", "uses that violate its human-rights conditions are not licensed"),
    ),
    "Hippocratic-3.0-core": (
        ("field-of-use", "", "", "uses that violate its human-rights conditions are not licensed"),
    ),
    "JSON": (
        (
            "field-of-use",
            "",
            "The Software shall be used for Good, not Evil",
            "only use for good, not evil, is licensed",
        ),
    ),
    "MS-LPL": (
        (
            "field-of-use",
            "3(F)",
            "run on a Microsoft Windows operating system product",
            "only use on Microsoft Windows is licensed",
        ),
    ),
    "NCGL-UK-2.0": (
        (
            "non-commercial",
            "",
            "to use the Information for Non-Commercial purposes only",
            "only non-commercial use is licensed",
        ),
    ),
    "PolyForm-Noncommercial-1.0.0": (
        ("non-commercial", "", "", "only non-commercial use is licensed"),
    ),
    "PolyForm-Small-Business-1.0.0": (
        (
            "revenue-threshold",
            "",
            "less than 1,000,000 USD (2019) total revenue",
            "companies of 100 people, or of 1,000,000 USD in revenue, are not licensed",
        ),
    ),
    "PPL": (
        (
            "non-commercial",
            "4",
            "primarily intended for or directed toward commercial advantage",
            "commercial use is licensed to worker-owned bodies only",
        ),
    ),
    "SSPL-1.0": (
        (
            "field-of-use",
            "13",
            "",
            "who offers it as a service must release all the software that runs the service",
        ),
    ),
    "SUL-1.0": (
        (
            "field-of-use",
            "",
            "only for your own internal business purposes or for non-commercial or personal use",
            "only internal and non-commercial use is licensed",
        ),
    ),
    "UnRAR": (
        (
            "field-of-use",
            "2",
            "cannot be used to develop RAR (WinRAR) compatible archiver",
            "use in a compatible archiver is not licensed",
        ),
    ),
}
"""An id, and for each restriction: its word, the clause where one is numbered, the words of the
license, "" where they were not at hand, and what they amount to. Read from the license texts."""
