"""config.json and model_index.json, as libraries of Hugging Face write them: the architecture."""

from __future__ import annotations

import re

from aimanifest.drafting.evidence import WEIGHTS, Evidence
from aimanifest.drafting.folder import Folder


def read(folder: Folder, evidence: Evidence) -> None:
    """Note which classes the weights are made for, and the file of code that defines them."""
    for path, keys in (
        ("config.json", ("architectures", "model_type")),
        ("model_index.json", ("_class_name",)),
    ):
        if path not in folder:
            continue
        record = evidence.record(path, "json")
        if record is None:
            continue
        for key in keys:
            if names := [each for each in record.texts(key) if each.isprintable()]:
                evidence.tell(
                    *("components", WEIGHTS, "architecture"),
                    value=", ".join(names[:4])[:200],
                    found=record.found(key),
                )
                break
        for name in sorted(set(_modules(record.get("auto_map")))):
            if f"{name}.py" in folder and name.startswith("model"):
                evidence.component(
                    "model-architecture",
                    "model-architecture",
                    path=f"{name}.py",
                    found=record.found("auto_map"),
                )


def _modules(value: object) -> list[str]:
    """Give the names of modules in `auto_map`: `modeling_tern.TernForCausalLM` names one."""
    if not isinstance(value, dict):
        return []
    texts = (each for each in value.values() if isinstance(each, str))
    return [each.rpartition(".")[0] for each in texts if re.fullmatch(r"\w+\.\w+", each)]
