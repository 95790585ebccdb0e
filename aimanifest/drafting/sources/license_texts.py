"""LICENSE, NOTICE and their like: which license each text is, of those whose text is known."""

from __future__ import annotations

import re

from aimanifest.drafting.evidence import Evidence, LicenseFile
from aimanifest.drafting.folder import Folder
from aimanifest.licenses.comparison import Text
from aimanifest.licenses.identification import AROUND, NEAR, SAME, identify

_NAME = re.compile(
    r"(?:LICEN[CS]ES?|COPYING|COPYRIGHT|UNLICENSE)(?:[-._ ][\w .-]*)?|"
    r"[\w.-]*LICEN[CS]E\.(?:txt|md)",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"(?:NOTICE|USE[-_ ]?POLICY|ACCEPTABLE[-_ ]?USE\S*)(?:\.(?:txt|md))?", re.IGNORECASE
)
LIMIT_FILES = 20
LIMIT_TEXT = 200_000
"""Longer files hold more than a license; to compare them takes time."""


def read(folder: Folder, evidence: Evidence) -> None:
    """Note each text of a license, and each notice or policy, which may hold terms on top."""
    count = 0
    for path in folder.files:
        parent, _, name = path.rpartition("/")
        if _TERMS.fullmatch(name):
            evidence.license_files.append(LicenseFile(path, (), exact=False))
            if name.upper().startswith("NOTICE"):
                evidence.unused.append((path, "a notice stays with the files it speaks of"))
            continue
        inside = parent.rpartition("/")[2].upper() == "LICENSES"
        if not (inside or _NAME.fullmatch(name)) or name.endswith(".py"):
            continue
        count += 1
        if count > LIMIT_FILES:
            folder.trouble(path, f"more than {LIMIT_FILES} texts of licenses were not compared")
            return
        if folder.size(path) > LIMIT_TEXT:
            folder.trouble(path, f"it is longer than {LIMIT_TEXT:,} bytes, and was not compared")
            continue
        if text := folder.text(path):
            found = identify(Text.of(text), "")
            ids = found.ids if found.degree in (SAME, NEAR, AROUND) else ()
            evidence.license_files.append(LicenseFile(path, ids, exact=found.degree == SAME))
