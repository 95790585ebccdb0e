"""Croissant: descriptions of datasets in JSON-LD (https://docs.mlcommons.org/croissant).

Keys that begin with `rai:` are those of its vocabulary for responsible AI. That a dataset is
described does not say that the model was trained on it.
"""

from __future__ import annotations

from aimanifest.converters.draft import id_from
from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder
from aimanifest.drafting.records import Record

NAMES = ("metadata.json", "croissant.json")
LIMIT = 50

_LIMBS = {
    "provenance": ("rai:dataCollectionRawData", "prov:wasDerivedFrom", "isBasedOn"),
    "scope": ("description",),
    "collection": ("rai:dataCollection",),
    "labeling": ("rai:dataAnnotationProtocol",),
    "processing": ("rai:dataPreprocessingProtocol", "rai:dataManipulationProtocol"),
}
"""What tells each part of data information; the first that is there counts."""


def read(folder: Folder, evidence: Evidence) -> None:
    """Note each dataset that is described in the folder or below it."""
    paths = [each for each in folder.files if each.rpartition("/")[2] in NAMES]
    for path in paths[:LIMIT]:
        record = evidence.record(path, "json")
        if record and _is_dataset(record):
            _dataset(record, evidence)


def _is_dataset(record: Record) -> bool:
    kinds = record.texts("@type") or record.texts("type")
    described = "croissant" in str(record.get("conformsTo")) or "mlcommons" in str(
        record.get("@context")
    )
    return described and any(each.rpartition(":")[2] == "Dataset" for each in kinds)


def _dataset(record: Record, evidence: Evidence) -> None:
    name = record.text("name")
    parent = record.path.rpartition("/")[0]
    id = id_from(name or parent.rpartition("/")[2], otherwise="dataset")
    if id in ("weights", "dataset"):
        id = f"{id}-described"

    def tell(*steps: str, at: str, value: object = None, form: str = "line") -> None:
        value = record.text(at) if value is None else value
        evidence.tell("components", id, *steps, value=value, found=record.found(at), form=form)

    evidence.tell(
        *("components", id, "kind"),
        value="training-data",
        found=record.path,
        guess="the description does not say what the dataset was used for",
    )
    tell("name", at="name")
    tell("version", at="version")
    tell("date", at="datePublished", value=record.text("datePublished")[:10], form="date")
    tell("location", at="url", form="url")
    publisher = next((k for k in ("publisher", "creator") if _party(record, k)), "publisher")
    tell("publisher", "name", at=publisher, value=_party(record, publisher))
    for limb, keys in _LIMBS.items():
        key = next((each for each in keys if record.texts(each)), "")
        if key:
            tell("data", limb, at=key, value=" ".join(record.texts(key)), form="text")
    licenses = record.texts("license")
    link = record.text("license", "url") or record.text("license", "@id")
    evidence.license(id, ", ".join(licenses) or link, found=record.found("license"))


def _party(record: Record, key: str) -> str:
    return record.text(key, "name") or record.text(key, 0, "name") or record.text(key)
