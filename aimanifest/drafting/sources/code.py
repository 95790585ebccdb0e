"""Files of code, by their names: the code itself is neither read nor run."""

from __future__ import annotations

import re

from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder

_CODE = r"\.(?:py|sh|ipynb)"
_SETTINGS = r"\.(?:ya?ml|json|toml|bin)"

_KINDS = (
    ("training-code", rf"(?:run_)?(?:pre)?train(?:ing|er)?(?:[_-]\w+)?{_CODE}"),
    ("training-code", rf"fine[_-]?tun(?:e|ing)(?:[_-]\w+)?{_CODE}"),
    ("data-preprocessing-code", rf"(?:preprocess|prepare_data|data_prep|clean|dedup)\w*{_CODE}"),
    ("evaluation-code", rf"(?:eval|benchmark)\w*{_CODE}"),
    ("conversion-code", rf"(?:convert|quantize|export)\w*{_CODE}"),
    ("inference-code", rf"(?:infer|generate|predict|handler|pipeline|demo)\w*{_CODE}"),
    ("model-architecture", r"(?:modeling_\w+|model|architecture)\.py"),
    ("training-configuration", rf"train(?:ing)?[_-](?:config|args|params)\w*{_SETTINGS}"),
    ("training-configuration", rf"(?:hparams|hyperparameters|recipe){_SETTINGS}"),
)
"""What a file of code or settings may be for, by its name."""


def read(folder: Folder, evidence: Evidence) -> None:
    """Note the first file of each kind in the folder itself, or in a folder of scripts."""
    for kind, pattern in _KINDS:
        if ("components", kind, "kind") in evidence.facts:
            continue
        found = [each for each in folder.files if _is_near(each) and _fits(pattern, each)]
        if not found:
            continue
        more = f"; so are {', '.join(found[1:4])}" if len(found) > 1 else ""
        evidence.component(
            kind, kind, path=found[0], found=found[0], guess=f"by its name; it was not read{more}"
        )


def _is_near(path: str) -> bool:
    parent = path.rpartition("/")[0]
    return parent in ("", "scripts", "src", "code", "configs", "config", "tools", "training")


def _fits(pattern: str, path: str) -> bool:
    return re.fullmatch(pattern, path.rpartition("/")[2], re.IGNORECASE) is not None
