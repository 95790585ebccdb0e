"""METADATA of an installed or unpacked wheel, and PKG-INFO of a source package.

The fields are those of https://packaging.python.org/specifications/core-metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder
from aimanifest.drafting.sources.requirements import library

CODE = "inference-code"
WHAT_CODE = (
    "there is a package of code; whether it only runs the model, or `includes` training and the "
    "rest, it does not say"
)

_PATH = re.compile(r"(?:[^/]+\.dist-info/METADATA|PKG-INFO)")
_CLASSIFIER = "License :: "
_LONG = 200
"""A longer license field holds a text, not a name."""


def read(folder: Folder, evidence: Evidence) -> None:
    """Note name and license of the code, and what it needs; the release may be called otherwise."""
    for path in folder.files:
        if _PATH.fullmatch(path) and (text := folder.text(path)):
            _read(path, text, evidence)
            return


def _read(path: str, text: str, evidence: Evidence) -> None:
    fields: dict[str, list[tuple[str, str]]] = {}
    for name, value, line in _fields(text):
        fields.setdefault(name.lower(), []).append((value, f"{path}, line {line}"))

    def tell(name: str, *steps: str, form: str = "line", guess: str = "") -> None:
        for value, found in fields.get(name, [])[:1]:
            evidence.tell(*steps, value=value, found=found, form=form, guess=guess)

    reason = "so the package of code is called, and the release may be called otherwise"
    tell("name", "release", "name", guess=reason)
    tell("name", "components", CODE, "name")
    tell("version", "components", CODE, "version")
    tell("summary", "components", CODE, "description", form="text")
    publisher = "the author of the package of code; who publishes the model may be another"
    tell("author", "release", "publisher", "name", guess=publisher)
    for value, found in fields.get("author-email", [])[:1]:
        name = value.partition("<")[0].strip(' "')
        name = "" if "@" in name else name
        evidence.tell("release", "publisher", "name", value=name, found=found, guess=publisher)
    tell("home-page", "release", "homepage", form="url")
    for value, found in fields.get("project-url", []):
        label, _, url = value.partition(",")
        if label.strip().lower() in ("homepage", "repository", "source", "source code", "github"):
            evidence.tell("release", "homepage", value=url.strip(), found=found, form="url")
    evidence.component(CODE, CODE, path=package_in(evidence.folder), found=path, guess=WHAT_CODE)
    _licenses(fields, evidence)
    for value, at in fields.get("requires-dist", [])[:100]:
        if "extra ==" not in value:
            library(value, at, evidence)


def _licenses(fields: dict[str, list[tuple[str, str]]], evidence: Evidence) -> None:
    """Note the license, which old packages name in a classifier."""
    for key in ("license-expression", "license"):
        for value, at in fields.get(key, [])[:1]:
            if len(value) <= _LONG:
                evidence.license(CODE, value, found=at)
    for value, at in fields.get("classifier", []):
        name = value.removeprefix(_CLASSIFIER).rpartition(" :: ")[2]
        if value.startswith(_CLASSIFIER) and name not in ("", "OSI Approved"):
            evidence.license(CODE, name, found=at)


def package_in(folder: Folder) -> str:
    """Return the folder of the one package of code that is there, or the whole folder."""
    found = {each.removesuffix("__init__.py") for each in folder.files if _INIT.fullmatch(each)}
    return next(iter(found)) if len(found) == 1 else "./"


_INIT = re.compile(r"(?:src/)?[^/]+/__init__\.py")


def _fields(text: str) -> Iterator[tuple[str, str, int]]:
    """Give name, value and line of each field of the head; a folded value is its first line."""
    for number, line in enumerate(text.splitlines()[:2000], 1):
        if not line.strip():
            return
        name, colon, value = line.partition(":")
        if colon and not line[0].isspace() and value.strip() not in ("", "UNKNOWN"):
            yield name.strip(), value.strip(), number
