"""Files of other formats that go by the same name."""

from __future__ import annotations

from typing import Any

_STRANGERS = (
    (("bomFormat",), "a CycloneDX bill of materials"),
    (("spdxVersion",), "an SPDX document"),
    (("@context", "@graph"), "an SPDX 3 document, or other JSON-LD"),
    (("@context",), "JSON-LD, as Croissant is"),
    (("manifestVersion",), "a Kitfile"),
    (("framework", "release"), "a file of the Model Openness Tool"),
    (("openapi",), "an OpenAPI description"),
    (("manifest_version",), "the manifest of a browser extension or plugin"),
    (("deliberation_id",), "a file of the Agent Deliberation Protocol"),
    (("requires", "universe"), "a list of plugins for a coding assistant"),
    (("plugins",), "a list of plugins"),
    (("projectInfo",), "a description of a project for a coding assistant"),
    (("uses_biometrics",), "a questionnaire about the EU AI Act"),
    (("apiVersion", "kind"), "a Kubernetes object"),
    (("cff-version",), "a CITATION.cff"),
    (("publiccodeYmlVersion",), "a publiccode.yml"),
    (("flavors",), "an MLflow model"),
    (("pipeline_tag",), "the metadata of a Hugging Face model card"),
    (("base_model",), "the metadata of a Hugging Face model card"),
    (("library_name",), "the metadata of a Hugging Face model card"),
)
"""Top-level keys by which other formats are known."""


def stranger(data: dict[str, Any]) -> str:
    """Say what the file is if it is no AI manifest; "" if it is one, or tries to be."""
    if "aimanifest" in data or ("release" in data and "components" in data):
        return ""
    if "aimanifest_policy" in data:
        return "This is no AI manifest but a policy, which is given as `--policy`."
    if any(map(_misspelt, data)):
        return ""
    keys = data.keys()
    kind = next((kind for signs, kind in _STRANGERS if keys >= set(signs)), "")
    guess = f" It looks like {kind}." if kind else ""
    return f"This is no AI manifest: it has no key `aimanifest`.{guess}"


def _misspelt(key: str) -> bool:
    """Tell whether `key` is `aimanifest` but for its spelling, so that the schema should say so."""
    letters = "".join(each for each in key.lower() if each.isalnum())
    meant = "aimanifest"
    if letters.startswith(meant) or sorted(letters) == sorted(meant):
        return True
    same = 0
    while letters[same : same + 1] == meant[same : same + 1] != "":
        same += 1
    rest, wanted = letters[same:], meant[same:]
    return wanted[1:] == rest or wanted == rest[1:] or wanted[1:] == rest[1:]
