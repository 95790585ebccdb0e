"""Lock files: the versions of the libraries that the code needs."""

from __future__ import annotations

import re

from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder

TABLES = {
    "uv.lock": "package",
    "poetry.lock": "package",
    "pdm.lock": "package",
    "pylock.toml": "packages",
}
LIMIT_PACKAGES = 2000


def read(folder: Folder, evidence: Evidence) -> None:
    """Note the version of each library that is named elsewhere; a lock lists all that these need.

    Where nothing else names any, what it lists is not told: whether the code itself needs it, the
    lock does not say.
    """
    for path, table in TABLES.items():
        if path in folder and (record := evidence.record(path, "toml")):
            packages = record.get(table)
            listed = packages[:LIMIT_PACKAGES] if isinstance(packages, list) else []
            for index, each in enumerate(listed):
                if isinstance(each, dict):
                    _pin(
                        each.get("name"), each.get("version"), record.found(table, index), evidence
                    )
    if "Pipfile.lock" in folder and (record := evidence.record("Pipfile.lock", "json")):
        default = record.get("default")
        for name in list(default)[:LIMIT_PACKAGES] if isinstance(default, dict) else ():
            version = record.text("default", name, "version").removeprefix("==")
            _pin(name, version, record.found("default", name), evidence)


def _pin(name: object, version: object, found: str, evidence: Evidence) -> None:
    if not isinstance(name, str) or not isinstance(version, str):
        return
    name = re.sub("[-_.]+", "-", name).lower()
    known = evidence.libraries.get(name)
    if known and not known[0] and re.fullmatch(r"[\w.+!-]+", version):
        evidence.libraries[name] = (version, f"{known[1]}; version of {found}")
