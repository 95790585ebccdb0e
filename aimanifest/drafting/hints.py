"""What was found that helps people to fill a gap, and does not fill it."""

from __future__ import annotations

from aimanifest.drafting.composition import Composed
from aimanifest.drafting.evidence import Evidence
from aimanifest.drafting.gaps import Gap

LIMIT = 12
"""So many names are given in one hint."""


def hints(result: Composed, evidence: Evidence) -> dict[str, Gap]:
    """Return hints by the pointer of what is missing; one without lines needs a gap to stand in."""
    found = {}
    components = result.draft.data["components"]
    for pointer, question in result.licenses.items():
        steps = tuple(pointer.split("/")[1:])
        line = f"license: {question.candidates[0] if len(question.candidates) == 1 else '…'}"
        sentence = f"{_sentence(question.told)}{_candidates(question.candidates)}"
        found[pointer] = Gap(steps, steps[:-1], sentence, (line,), question.candidates)
    if evidence.datasets:
        named = [f"{name} ({at})" for name, at in list(evidence.datasets.items())[:LIMIT]]
        sentence = f"The card tags {', '.join(named)}: a tag does not say what was trained on."
        for id, component in components.items():
            if component.get("kind", id) == "weights":
                steps = ("components", id, "trained_on")
                found["/".join(("", *steps))] = Gap(steps, steps[:-1], sentence, ())
    if evidence.libraries:
        named = [
            f"{name} {version}".strip() + (f" ({at})" if index == 0 else "")
            for index, (name, (version, at)) in enumerate(evidence.libraries.items())
        ]
        more = f" and {len(named) - LIMIT} more" if len(named) > LIMIT else ""
        sentence = f"The folder names {', '.join(named[:LIMIT])}{more}."
        steps = ("components", "supporting-library")
        found["/".join(("", *steps))] = Gap(steps, steps[:1], sentence, ())
    _terms(evidence, found)
    return found


def _terms(evidence: Evidence, found: dict[str, Gap]) -> None:
    policies = [
        each.path
        for each in evidence.license_files
        if not each.ids and ("policy" in each.path.lower() or "acceptable" in each.path.lower())
    ]
    if policies:
        steps = ("release", "additional_terms")
        sentence = (
            f"{', '.join(policies[:LIMIT])}: if it binds users, name it, with what it restricts."
        )
        line = "additional_terms: [{name: …, url: https://…, restricts: […]}]"
        found["/".join(("", *steps))] = Gap(steps, steps[:1], sentence, (line,), asked=False)


def _sentence(text: str) -> str:
    text = f"{text[:1].upper()}{text[1:]}" if text[:1].isalpha() and " " in text[:8] else text
    return text if text.endswith((".", "?")) else f"{text}."


def _candidates(ids: tuple[str, ...]) -> str:
    return f" It may be {', '.join(ids)}." if len(ids) > 1 else ""
