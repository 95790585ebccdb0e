"""adapter_config.json, as the library PEFT writes it: what an adapter was made for."""

from __future__ import annotations

from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder


def read(folder: Folder, evidence: Evidence) -> None:
    """Note the base of an adapter; a path of somebody's disk is no name of one."""
    if "adapter_config.json" not in folder:
        return
    record = evidence.record("adapter_config.json", "json")
    if record is None:
        return
    key = "base_model_name_or_path"
    name = record.text(key)
    if name.startswith((".", "/", "~")) or name.count("/") > 1 or "\\" in name:
        evidence.unused.append((record.found(key), "a path of some disk, not the name of a model"))
        return
    evidence.base(name, "adapter", found=record.found(key))
