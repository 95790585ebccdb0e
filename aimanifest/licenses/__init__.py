"""Licenses: what an expression says, what is known about it, and what it is worth for a purpose.

`parse` reads an SPDX expression, `judge` says whether it is enough for a `Notion`, `facts` says
what is known about one license, `RESTRICTIONS` names what terms may restrict. The notions of the
Open Source AI Definition are here; those of other frameworks are in `aimanifest.licenses.others`.
What people mean by their own spellings is in `recognition`, all that is known of one license in
`profiles`, and what each framework makes of it in `notions`; validation needs none of these.
"""

from aimanifest.data.spdx import VERSION as SPDX_LIST
from aimanifest.licenses.expressions import (
    MAX_DEPTH,
    MAX_LENGTH,
    Compound,
    Deprecated,
    Expression,
    LicenseError,
    Term,
    parse,
)
from aimanifest.licenses.facts import (
    COMPATIBLE,
    CONTESTED,
    FREEDOMS,
    RESTRICTIONS,
    RESTRICTIVE,
    Clause,
    License,
    Restriction,
    facts,
    license_ids,
)
from aimanifest.licenses.judging import Group, Judgement, Notion, judge
from aimanifest.licenses.osi import (
    OSI_DOCUMENT_TERMS,
    OSI_LIBRARY_LICENSE,
    OSI_LICENSE,
    OSI_PARAMETER_TERMS,
)

__all__ = [
    "COMPATIBLE",
    "CONTESTED",
    "FREEDOMS",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "OSI_DOCUMENT_TERMS",
    "OSI_LIBRARY_LICENSE",
    "OSI_LICENSE",
    "OSI_PARAMETER_TERMS",
    "RESTRICTIONS",
    "RESTRICTIVE",
    "SPDX_LIST",
    "Clause",
    "Compound",
    "Deprecated",
    "Expression",
    "Group",
    "Judgement",
    "License",
    "LicenseError",
    "Notion",
    "Restriction",
    "Term",
    "facts",
    "judge",
    "license_ids",
    "parse",
]
