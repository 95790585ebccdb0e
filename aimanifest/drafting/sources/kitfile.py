"""Kitfile: what a ModelKit holds (https://kitops.org/docs/kitfile/format)."""

from __future__ import annotations

from aimanifest.converters.draft import id_from
from aimanifest.drafting.evidence import WEIGHTS, Evidence
from aimanifest.drafting.folder import Folder
from aimanifest.drafting.records import Record

NAMES = ("Kitfile", "kitfile", "KitFile")


def read(folder: Folder, evidence: Evidence) -> None:
    """Note package, model, code, data and documents, each with its license where one is named."""
    path = next((each for each in NAMES if each in folder), None)
    record = evidence.record(path, "yaml") if path else None
    if record is None:
        return
    for key, form in (("name", "line"), ("version", "line"), ("description", "text")):
        at = ("package", key)
        evidence.tell("release", key, value=record.text(*at), found=record.found(*at), form=form)
    if authors := record.texts("package", "authors"):
        evidence.tell(
            *("release", "publisher", "name"),
            value=authors[0],
            found=record.found("package", "authors", 0),
            guess="the first author that the file names; who publishes may be another",
        )
    _license(record, WEIGHTS, evidence, "model")
    if not record.text("model", "license"):
        _license(record, WEIGHTS, evidence, "package")
    for part, kind, why in (
        ("code", "inference-code", "the file does not say what the code does"),
        ("datasets", "training-data", "the file does not say what the data was used for"),
        ("docs", "documentation", "the file does not say what the document treats"),
    ):
        for index in range(record.count(part)):
            _component(record, folder, evidence, at=(part, index), kind=kind, why=why)


def _component(
    record: Record, folder: Folder, evidence: Evidence, *, at: tuple[str, int], kind: str, why: str
) -> None:
    path = record.text(*at, "path").removeprefix("./")
    name = record.text(*at, "name")
    id = id_from(name or path.rpartition(".")[0] or path, otherwise=f"{at[0]}-{at[1] + 1}")
    if path.lower() in ("readme.md", "license", "notice") or id in ("", "weights"):
        return  # each has a module of its own here
    evidence.tell("components", id, "kind", value=kind, found=record.found(*at), guess=why)
    evidence.tell("components", id, "name", value=name, found=record.found(*at, "name"))
    described = record.text(*at, "description")
    key = ("data", "scope") if kind == "training-data" else ("description",)
    found = record.found(*at, "description")
    evidence.tell("components", id, *key, value=described, found=found, form="text")
    if path in folder or folder.has_folder(path):
        evidence.tell(
            "components", id, "path", value=path, found=record.found(*at, "path"), form="path"
        )
    elif path:
        folder.trouble(record.found(*at, "path"), f"there is no {path!r} in the folder")
    _license(record, id, evidence, *at)


def _license(record: Record, subject: str, evidence: Evidence, *at: str | int) -> None:
    evidence.license(subject, record.text(*at, "license"), found=record.found(*at, "license"))
