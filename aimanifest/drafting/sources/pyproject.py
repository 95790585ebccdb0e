"""pyproject.toml: the package of code (https://packaging.python.org/specifications)."""

from __future__ import annotations

from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder
from aimanifest.drafting.sources.package_metadata import CODE, WHAT_CODE, package_in
from aimanifest.drafting.sources.requirements import library


def read(folder: Folder, evidence: Evidence) -> None:
    """Note name and license of the code, and what it needs; the release may be called otherwise."""
    if "pyproject.toml" not in folder:
        return
    record = evidence.record("pyproject.toml", "toml")
    if record is None or not isinstance(record.get("project"), dict):
        return
    reason = "so the package of code is called, and the release may be called otherwise"
    for key, steps, form, guess in (
        ("name", ("release", "name"), "line", reason),
        ("name", ("components", CODE, "name"), "line", ""),
        ("version", ("components", CODE, "version"), "line", ""),
        ("description", ("components", CODE, "description"), "text", ""),
    ):
        at = ("project", key)
        evidence.tell(
            *steps, value=record.text(*at), found=record.found(*at), guess=guess, form=form
        )
    found = record.found("project")
    evidence.component(CODE, CODE, path=package_in(folder), found=found, guess=WHAT_CODE)
    author = ("project", "authors", 0, "name")
    evidence.tell(
        *("release", "publisher", "name"),
        value=record.text(*author),
        found=record.found(*author),
        guess="the author of the package of code; who publishes the model may be another",
    )
    license = ("project", "license")
    if record.text(*license):
        evidence.license(CODE, record.text(*license), found=record.found(*license))
    elif record.text(*license, "text"):
        evidence.license(CODE, record.text(*license, "text"), found=record.found(*license, "text"))
    for index, text in enumerate(record.texts("project", "dependencies")):
        library(text, record.found("project", "dependencies", index), evidence)
