"""What is read of a release folder: a module for each kind of file, all alike.

Each defines `read(folder, evidence)`, which finds the files of its kind in the folder, looks into
them, runs nothing, and notes what they say. The order decides whose word counts first: what was
written for the release, before what was written for a package of code or happens to be there.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.folder import Folder

ORDER = (
    "weights",
    "readme",
    "kitfile",
    "adapter_config",
    "model_config",
    "generation_config",
    "tokenizer",
    "citation",
    "pyproject",
    "package_metadata",
    "requirements",
    "lock_files",
    "croissant",
    "license_texts",
    "code",
    "git",
)


def read(folder: Folder) -> Evidence:
    """Look into all files of the folder that are known here."""
    evidence = Evidence(folder)
    for name in ORDER:
        source: Callable[[Folder, Evidence], None] = import_module(f"{__name__}.{name}").read
        source(folder, evidence)
    return evidence
