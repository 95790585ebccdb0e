"""Read, check and assess AI manifests.

`validate_file` and `validate` say all that is to be said about a file; `load` and `assess` are for
those who want the manifest itself. Everything they give back is a frozen value.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aimanifest.findings import Finding, Outcome, Position, Related, Span
    from aimanifest.manifest import Component, DataInformation, Manifest, Release
    from aimanifest.report import Report
    from aimanifest.rules import Answer, Assessment, Citation, Framework, Rule, Verdict
    from aimanifest.validation import Invalid, LocalFolder, assess, load, validate, validate_file

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Assessment",
    "Citation",
    "Component",
    "DataInformation",
    "Finding",
    "Framework",
    "Invalid",
    "LocalFolder",
    "Manifest",
    "Outcome",
    "Position",
    "Related",
    "Release",
    "Report",
    "Rule",
    "Span",
    "Verdict",
    "assess",
    "load",
    "validate",
    "validate_file",
]

_HOMES = {
    "findings": {"Finding", "Outcome", "Position", "Related", "Span"},
    "manifest": {"Component", "DataInformation", "Manifest", "Release"},
    "report": {"Report"},
    "rules": {"Answer", "Assessment", "Citation", "Framework", "Rule", "Verdict"},
    "validation": {"Invalid", "LocalFolder", "assess", "load", "validate", "validate_file"},
}


def __getattr__(name: str) -> object:
    """Import what is asked for: `aimanifest --version` needs none of it, and should not wait."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"aimanifest.{module}"), name)
    raise AttributeError(f"module 'aimanifest' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
