"""CITATION.cff: how a release wants to be cited (https://citation-file-format.github.io)."""

from __future__ import annotations

import re

from aimanifest.drafting.evidence import WHOLE, Evidence
from aimanifest.drafting.folder import Folder
from aimanifest.drafting.records import Record

NAME = "CITATION.cff"


def read(folder: Folder, evidence: Evidence) -> None:
    """Note name, version, date, DOI and license, and the paper that one is to cite."""
    if NAME not in folder:
        return
    record = evidence.record(NAME, "yaml")
    if record is None:
        return
    for key, name, form in (
        ("title", "name", "line"),
        ("version", "version", "line"),
        ("date-released", "date", "date"),
        ("url", "homepage", "url"),
        ("repository-artifact", "homepage", "url"),
        ("repository-code", "homepage", "url"),
        ("abstract", "description", "text"),
    ):
        evidence.tell("release", name, value=record.text(key), found=record.found(key), form=form)
    if doi := _doi(record.text("doi")):
        evidence.tell(
            *("release", "identifiers", doi), value=doi, found=record.found("doi"),
            form="identifier",
        )  # fmt: skip
    if author := _author(record):
        evidence.tell(
            *("release", "publisher", "name"),
            value=author,
            found=record.found("authors", 0),
            guess="the first author that the file names; who publishes may be another",
        )
    licenses = record.texts("license")
    # By the format, several licenses in a list are a choice between them.
    evidence.license(WHOLE, " OR ".join(licenses), found=record.found("license"))
    _paper(record, evidence)


def _author(record: Record) -> str:
    if name := record.text("authors", 0, "name"):
        return name
    names = (record.text("authors", 0, key) for key in ("given-names", "family-names"))
    return " ".join(each for each in names if each)


def _doi(text: str) -> str:
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", text, flags=re.IGNORECASE)
    return f"doi:{doi}" if re.fullmatch(r"10\.[0-9]+/\S+", doi) else ""


def _paper(record: Record, evidence: Evidence) -> None:
    key = "preferred-citation"
    title = record.text(key, "title")
    kind = {"article": "research-paper", "conference-paper": "research-paper"}.get(
        record.text(key, "type"), "technical-report"
    )
    if not title or record.text(key, "type") in ("software", "dataset", "software-code", "data"):
        return
    found = record.found(key)
    evidence.tell(
        *("components", kind, "kind"), value=kind, found=found,
        guess="by the type that the file gives it",
    )  # fmt: skip
    evidence.tell("components", kind, "name", value=title, found=found)
    url = record.text(key, "url")
    doi = _doi(record.text(key, "doi"))
    evidence.tell("components", kind, "location", value=url, found=found, form="url")
    if doi:
        evidence.tell(
            "components", kind, "identifiers", value=[doi], found=record.found(key, "doi")
        )
