"""A manifest out of what was found: each value with its source, each guess marked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple

from aimanifest.converters.draft import Draft, id_from
from aimanifest.converters.source import open_source
from aimanifest.document.places import pointer_to
from aimanifest.drafting.evidence import WEIGHTS, Base, Evidence, Fact, Weights
from aimanifest.drafting.licensing import Open, Settled, license_of
from aimanifest.drafting.sources.weights import id_of
from aimanifest.manifest import CODE_KINDS, CONTENT_TYPES, DATASET_KINDS, PARAMETER_KINDS
from aimanifest.terminal import cut

CONTEXT = (
    "Drafted by `aimanifest init` out of the files of the release; read it before you publish."
)

NO_NAME = "Not named in the folder of the release"
NO_PUBLISHER = "Not stated in the folder of the release"
NO_OWNER = "Not named with the base"

LIMIT_LISTED = 8
"""So many files of one component are listed in its notes."""


class Composed(NamedTuple):
    """A manifest in the making, where each of its values was found, and open license questions."""

    draft: Draft
    sources: dict[str, str]
    licenses: dict[str, Open]


def composed(evidence: Evidence) -> Composed:
    """Make a manifest out of what the files of a folder say."""
    result = Composed(Draft(open_source(b"{}"), context=CONTEXT), {}, {})
    weights = _weights(evidence, result)
    _facts(evidence, weights, result)
    _bases(evidence, weights, result)
    _rest(evidence, result)
    _in_order(result.draft.data)
    _licenses(evidence, weights, result)
    return result


# -- values ----------------------------------------------------------------------------------------


def put(result: Composed, *steps: str, fact: Fact, others: Iterable[Fact] = ()) -> None:
    """Write a fact, and where it was found; `others` say something else there."""
    result.draft.set(*steps, value=fact.value)
    found = fact.found
    different = [each for each in others if each.value != fact.value]
    if different:
        said = f"{different[0].found} has {_shown(different[0].value)}"
        found = f"{found}; {said}"
    result.sources[pointer_to(steps)] = found
    if fact.guess:
        result.draft.guess(*steps, taken="", reason=fact.guess)


def _shown(value: Any) -> str:
    return f"`{cut(' '.join(str(value).split()), 60)}`"


def chosen(facts: list[Fact]) -> Fact:
    """Choose the first fact that is certain; the first of all, where none is."""
    return next((each for each in facts if not each.guess), facts[0])


def _facts(evidence: Evidence, weights: Mapping[str, Weights], result: Composed) -> None:
    for steps, facts in evidence.facts.items():
        fact = chosen(facts)
        if steps[:2] == ("release", "identifiers"):
            result.draft.add("release", "identifiers", value=fact.value)
            known = result.sources.get("/release/identifiers")
            result.sources["/release/identifiers"] = "; ".join(filter(None, (known, fact.found)))
        elif steps == ("components", WEIGHTS, "architecture"):
            for id in weights:
                _architecture(id, fact, result)
        elif steps[1:2] == (WEIGHTS,):
            for id in weights:
                put(result, steps[0], id, *steps[2:], fact=fact, others=facts)
        elif steps[0] == "components" and steps[1] in weights:
            continue  # the id is taken by weights
        elif steps[0] == "components" and steps[2] == "kind" and steps[1] == fact.value:
            # The id says it; a guess is marked all the same.
            if fact.guess:
                put(result, *steps, fact=fact)
            else:
                result.draft.data.setdefault("components", {}).setdefault(steps[1], {})
        else:
            put(result, *steps, fact=fact, others=facts)


def _architecture(id: str, fact: Fact, result: Composed) -> None:
    steps = ("components", id, "description")
    known = result.draft.get(*steps) or ""
    pointer = pointer_to(steps)
    found = "; ".join(filter(None, (result.sources.get(pointer), fact.found)))
    if known.startswith("Architecture "):
        return
    text = f"Architecture {fact.value}; {known}" if known else f"Architecture {fact.value}."
    put(result, *steps, fact=Fact(text, found))


# -- weights ---------------------------------------------------------------------------------------


def _weights(evidence: Evidence, result: Composed) -> dict[str, Weights]:
    groups: dict[str, Weights] = {}
    for each in evidence.weights:
        id = id_of(each, alone=len(evidence.weights) == 1, taken=groups)
        groups[id] = each
    for id, each in groups.items():
        path, shared = _path(each, evidence)
        told = Fact("weights", each.files[0], each.guess)
        if id != "weights" or each.guess:
            put(result, "components", id, "kind", fact=told)
        put(result, "components", id, "path", fact=Fact(path, "in the folder"))
        by = "by the ends of their names" if len(each.files) > 1 else "by the end of its name"
        put(result, "components", id, "format", fact=Fact(", ".join(each.formats), by))
        if each.said:
            put(result, "components", id, "description", fact=Fact(each.said, each.found))
        if shared:
            names = (file.removeprefix(f"{each.folder}/") for file in each.files)
            listed = ", ".join(islice(names, LIMIT_LISTED))
            more = len(each.files) - LIMIT_LISTED
            text = f"Its files are {listed}{f' and {more} more' if more > 0 else ''}."
            if len(text) < 1000:  # noqa: PLR2004  names can be long
                put(result, "components", id, "notes", fact=Fact(text, "in the folder"))
        if each.checksums:
            found = Fact(each.checksums, "the pointers that Git LFS left in place of the files")
            put(result, "components", id, "checksums", fact=found)
    if not groups:
        reason = "no file of weights that is known here is in the folder"
        put(
            result,
            *("components", "weights", "kind"),
            fact=Fact("weights", "not found", reason),
        )
        groups["weights"] = Weights("", "", (), (), "", "", {})
    return groups


def _path(weights: Weights, evidence: Evidence) -> tuple[str, bool]:
    """Return the file or folder that holds the weights, and whether it holds other things too."""
    if len(weights.files) == 1:
        return weights.files[0], False
    if not weights.folder:
        return "./", True
    inside = f"{weights.folder}/"
    own = set(weights.files)
    folders = tuple(each for each in weights.files if each.endswith("/"))
    shared = any(
        each.startswith(inside) and each not in own and not each.startswith(folders)
        for each in evidence.folder.files
    )
    return inside, shared


# -- bases -----------------------------------------------------------------------------------------


def _bases(evidence: Evidence, weights: Mapping[str, Weights], result: Composed) -> None:
    for base in evidence.bases.values():
        id = _base(base, result)
        for own in weights:
            fact = Fact(base.relation, base.found, base.guess)
            put(result, "components", own, "derived_from", id, fact=fact)


def _base(base: Base, result: Composed) -> str:
    owner, slash, name = base.name.rpartition("/")
    id = id_from(name, otherwise="base")
    taken = result.draft.get("components") or {}
    if id in taken or id in CONTENT_TYPES:
        id = f"base-{id}"[:90].strip("-")
    put(result, "components", id, "kind", fact=Fact("weights", base.found))
    put(result, "components", id, "name", fact=Fact(name, base.found))
    reason = "so the owner of the base is called where it is published"
    if not slash:
        owner, reason = NO_OWNER, "the base is named without its publisher; write who that is"
    put(
        result,
        *("components", id, "publisher", "name"),
        fact=Fact(owner, base.found, reason),
    )
    if slash and base.name.count("/") == 1 and base.name.isascii() and " " not in base.name:
        reason = "a name of this form is taken for one on the Hugging Face Hub"
        put(
            result,
            *("components", id, "identifiers"),
            fact=Fact([f"pkg:huggingface/{base.name}"], base.found, reason),
        )
    return id


# -- the rest --------------------------------------------------------------------------------------


def _rest(evidence: Evidence, result: Composed) -> None:
    """Write what every manifest must have, if it was not found."""
    folder = os.path.basename(os.path.realpath(evidence.folder.root))
    name = folder if folder.isprintable() and folder.strip() and len(folder) < 100 else NO_NAME  # noqa: PLR2004
    for steps, value, found, reason in (
        (("release", "name"), name, "the name of the folder", "the folder is called so"),
        (
            ("release", "publisher", "name"),
            NO_PUBLISHER,
            "not found",
            "nothing in the folder says it; write here who publishes the release",
        ),
    ):
        if result.draft.get(*steps) is None:
            put(result, *steps, fact=Fact(value, found, reason))


def _in_order(data: dict[str, Any]) -> None:
    """Put weights first, then data, code and documents."""
    kinds = (*PARAMETER_KINDS, *DATASET_KINDS, *CODE_KINDS)
    order = {kind: index for index, kind in enumerate(kinds)}
    components = data["components"]

    def rank(id: str) -> int:
        return order.get(components[id].get("kind", id), len(order))

    data["components"] = {id: components[id] for id in sorted(components, key=rank)}


# -- licenses --------------------------------------------------------------------------------------

_STATED = frozenset({*CODE_KINDS, *DATASET_KINDS})
"""The kinds besides weights whose license is asked about."""


def _licenses(evidence: Evidence, weights: Mapping[str, Weights], result: Composed) -> None:
    bases = {
        id for own in weights for id in result.draft.get("components", own, "derived_from") or ()
    }
    for id, component in result.draft.data["components"].items():
        kind = component.get("kind", id)
        if id in bases or (id not in weights and kind not in _STATED):
            continue
        subjects = [WEIGHTS] if id in weights else [id]
        if kind in CODE_KINDS and id != "inference-code":
            subjects.append("inference-code")  # the package that holds it
        near = "" if kind in DATASET_KINDS else component.get("path", "")
        found = license_of(subjects, evidence, near=near, sure=kind in CODE_KINDS)
        if found is None:
            continue
        if isinstance(found, Open):
            result.licenses[pointer_to(("components", id, "license"))] = found
            continue
        put(
            result,
            *("components", id, "license"),
            fact=Fact(found.license, found.found, found.guess),
        )
        _entries(found, result)
    _texts(evidence, result)


def _entries(settled: Settled, result: Composed) -> None:
    for id, entry in settled.entries.items():
        if result.draft.get("licenses", id) is None:
            reason = "" if "file" in entry else "the address is not one that the folder gives"
            if settled.guess.startswith("nothing is known"):
                reason = ""
            put(result, "licenses", id, fact=Fact(dict(entry), settled.found, reason))


def _texts(evidence: Evidence, result: Composed) -> None:
    """Name the file that holds the text of each license that something here is under."""
    components = result.draft.data["components"].values()
    used = " ".join(each.get("license", "") for each in components)
    words = dict.fromkeys(used.replace("(", " ").replace(")", " ").split())
    for id in words:
        held = next(
            (each for each in evidence.license_files if each.exact and id in each.ids), None
        )
        if held:
            put(result, "licenses", id, "file", fact=Fact(held.path, "holds its text"))
