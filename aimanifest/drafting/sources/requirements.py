"""requirements.txt and its like: the libraries that the code needs."""

from __future__ import annotations

import re

from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder

_NAME = re.compile(r"requirements[\w.-]*\.(?:txt|in)")
_LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(?:\(?\s*==\s*([\w.+!-]+))?")
LIMIT_LINES = 500


def read(folder: Folder, evidence: Evidence) -> None:
    """Note what the lists in the folder itself name."""
    for path in folder.files:
        if "/" in path:
            break
        if _NAME.fullmatch(path) and (text := folder.text(path)) is not None:
            for number, line in enumerate(text.splitlines()[:LIMIT_LINES], 1):
                library(line, f"{path}, line {number}", evidence)


def library(text: str, found: str, evidence: Evidence) -> None:
    """Note the library that a requirement names, and its version where one is pinned."""
    text = text.partition("#")[0].strip()
    match = _LINE.match(text)
    if not match or text.startswith("-"):
        return
    name = re.sub("[-_.]+", "-", match[1]).lower()
    known = evidence.libraries.get(name)
    if known is None or (not known[0] and match[2]):
        evidence.libraries[name] = (match[2] or "", found)
