"""generation_config.json: the settings with which a model gives out text."""

from __future__ import annotations

from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder

NAME = "generation_config.json"


def read(folder: Folder, evidence: Evidence) -> None:
    """Note that there are such settings; a manifest has no place for each of them."""
    if NAME in folder and evidence.record(NAME, "json"):
        evidence.component("generation-config", "model-metadata", path=NAME, found=NAME)
