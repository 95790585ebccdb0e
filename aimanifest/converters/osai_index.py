"""Entries of the European Open Source AI Index.

What their fields mean is said by the index itself, in `readme.md` of its database,
https://github.com/Language-Technology-Assessment/main-database.
"""

from __future__ import annotations

import re
from typing import Any

from aimanifest.converters import Conversion
from aimanifest.converters.draft import Draft, fitted, id_from
from aimanifest.converters.source import Node, Unreadable, open_source
from aimanifest.converters.terms import Terms
from aimanifest.licenses import facts
from aimanifest.licenses.recognition import NO_LICENSE, recognise
from aimanifest.placeholders import is_placeholder

EXTENSION = "eu.osai-index"
"""The extension that keeps the grades of the index, and whatever a manifest has no key for."""

PARAMETERS = (
    "datasources_basemodel",
    "datasources_endmodel",
    "weights_basemodel",
    "weights_endmodel",
    "trainingcode",
    "code",
    "hardware_architecture",
    "preprint",
    "paper",
    "modelcard",
    "datasheet",
    "licenses",
)

ATTRIBUTION = (
    "Converted from an entry of the European Open Source AI Index (https://osai-index.eu, "
    "doi:10.5281/zenodo.15386042), which is under CC-BY-4.0. The grades under `extensions` are the "
    "index's own. Liesenfeld and Dingemanse (2024), Rethinking open source generative AI: "
    "open-washing and the EU AI Act, FAccT 2024."
)

NO_ENTRY = (
    "This is no entry of the European Open Source AI Index: it has neither a `system` nor any of "
    "its parameters."
)

BASE = "base-model"
"""The id of what the end model is said to be made from."""

LIMIT_LINKS = 50
"""Of so many addresses of one parameter components are made; the extension keeps them all."""
LIMIT_DEPTH = 16
"""So deep an extension goes; an entry of the index needs three levels."""

EVIDENCE = (
    "the index gives this address as evidence of its grade, not in so many words as the place"
)
FIRST = "it is the first of several addresses"

TEMPLATE = frozenset(
    {
        "in filling out this yaml file, please follow the criteria as described here",
        "https://osai-index.eu/contribute",
        (
            "you're free to build on this work and reuse the data. it is licensed under cc-by 4.0, "
            "with the"
        ),
        "stipulation that attribution should come in the form of a link to https://osai-index.eu/",
        "and a citation to the peer-reviewed paper in which the dataset & criteria were published",
        (
            "liesenfeld, a. and dingemanse, m., 2024. rethinking open source generative ai: "
            "open-washing and the eu ai act. in proceedings of the 2024 acm conference on "
            "fairness, accountability, and transparency (pp. 1774-1787)."
        ),
        "thank you for contributing!",
        "organization tags",
        "training compute",
        "availability",
        "documentation",
        "access",
    }
)
"""The comments that stand in every entry of the index, and are its form: headings and thanks."""

_GATE = re.compile(
    r"\b(gated|consent|sign(ing)?|agree(ing)? to|contact information)\b", re.IGNORECASE
)
_REQUEST = re.compile(r"\brequest", re.IGNORECASE)
"""How the notes of the index say that weights stand behind a gate."""

_DATASET = re.compile(r"https?://(?:www\.)?huggingface\.co/datasets/([\w.-]+/[\w.-]+)/?")
"""The page of one dataset."""

_OUTPUTS = frozenset({"text", "code", "image", "video"})
"""Types of the index that say what comes out. `audio` does not: what transcribes puts out text."""


def convert(source: bytes, *, path: str) -> Conversion:  # noqa: ARG001  no text here needs it
    """Make a manifest out of an entry of the European Open Source AI Index.

    Each grade is kept in an extension, with its link and its notes, word for word. What an entry
    tells besides becomes a fact of the manifest where a manifest has a key for it, and no fact
    contradicts a grade: what the index calls closed is left out, since it does not say whether
    there is such a thing. Nothing is said of what a model was trained on: links are no list of it.
    Comments in an entry are no data: those that are not of the form to fill in are told as lost.

    Raises:
        Unreadable: if it is no YAML, or no such entry.

    """
    account = open_source(source, template=TEMPLATE)
    entry = account.root
    if not any((entry / key).written for key in ("system", *PARAMETERS)):
        raise Unreadable(NO_ENTRY)
    draft = Draft(account, context=ATTRIBUTION)
    draft.set("metadata", "license", value="CC-BY-4.0")
    draft.set("metadata", "author", "name", value="European Open Source AI Index")
    draft.set("metadata", "author", "url", value="https://osai-index.eu")
    _release(entry, draft)
    _models(entry, draft)
    _code(entry, draft)
    _datasets(entry, draft)
    _documents(entry, draft)
    if kept := _kept(entry):
        draft.set("extensions", EXTENSION, value=kept)
    return draft.conversion()


# -- the release -----------------------------------------------------------------------------------


def _release(entry: Node, draft: Draft) -> None:
    system, org = entry / "system", entry / "org"
    _required(system / "name", draft, "release", "name")
    _required(org / "name", draft, "release", "publisher", "name")
    _write(_links(org / "link"), draft, "release", "publisher", "url", form="url")
    _write(_links(system / "link"), draft, "release", "homepage", form="url")
    _write([system / "releasedate"], draft, "release", "date", form="date")
    if _write([system / "notes"], draft, "release", "description", form="text"):
        reason = "it is a note of the index on the system"
        draft.guess("release", "description", taken=(system / "notes").text, reason=reason)
    kind = system / "type"
    outputs = [each.strip() for each in kind.text.split(",")]
    if _OUTPUTS.issuperset(outputs):
        draft.set("release", "modalities", "output", value=[*dict.fromkeys(outputs)])
        kind.take()
        reason = "it is the type under which the index lists the system"
        draft.guess("release", "modalities", taken=kind.text, reason=reason)


def _required(node: Node, draft: Draft, *steps: str) -> None:
    """Write a name that every manifest must have, or that the entry has none."""
    if not _write([node], draft, *steps, form="line"):
        draft.set(*steps, value="Not named in the entry of the index")
        draft.guess(*steps, taken=node.text, reason="the entry has none; write the right one here")


def _write(nodes: list[Node], draft: Draft, *steps: str, form: str) -> bool:
    """Write the first of `nodes` at `steps`, if it has the form; what has not is kept elsewhere."""
    if not nodes:
        return False
    text = fitted(form, nodes[0].text)
    if not text or is_placeholder(text):
        return False
    draft.set(*steps, value=text)
    nodes[0].take()
    return True


def _links(node: Node) -> list[Node]:
    """Return the addresses that stand here: one, or a list."""
    found = [*node.inside()] if isinstance(node.value, list) else [node]
    return [each for each in found if fitted("url", each.text)]


# -- models ----------------------------------------------------------------------------------------


def _models(entry: Node, draft: Draft) -> None:
    """Write the end model; and its base, if the index names one or grades one apart."""
    system = entry / "system"
    base, end = system / "basemodelname", system / "endmodelname"
    weights = entry / "weights_basemodel", entry / "weights_endmodel"
    draft.set("components", "weights", value={})
    _write([end], draft, "components", "weights", "name", form="line")
    _weights(weights[1], draft, "weights")
    _license(system / "endmodellicense", draft)
    if not draft.get("components", "weights"):
        draft.set("components", "weights", "kind", value="weights")
    named = bool(fitted("line", base.text)) and not is_placeholder(base.text)
    if base.text and base.text.casefold() == end.text.casefold():
        base.take()
        named = False
    if not named and _class(weights[0]) == _class(weights[1]):
        return
    draft.set("components", BASE, value={"kind": "weights"})
    if named and _write([base], draft, "components", BASE, "name", form="line"):
        if base.text.endswith("?"):
            reason = "the index itself puts a question mark behind it"
            draft.guess("components", BASE, "name", taken=base.text, reason=reason)
    else:
        reason = "the index names no base, and grades the weights of one apart"
        draft.guess("components", BASE, taken=base.text, reason=reason)
    _weights(weights[0], draft, BASE)
    draft.set("components", "weights", "derived_from", value={BASE: "fine-tune"})
    reason = "the index names base and end, and does not say how the one was made of the other"
    draft.guess("components", "weights", "derived_from", BASE, taken=base.text, reason=reason)


def _class(parameter: Node) -> str:
    return (parameter / "class").text


def _weights(parameter: Node, draft: Draft, id: str) -> None:
    """Say where weights are, and what is partial about them: a gate, if the notes tell of one."""
    links, notes = _links(parameter / "link"), (parameter / "notes").text
    if not links or _class(parameter) not in ("open", "partial"):
        return
    _located(links, draft, id)
    if _class(parameter) == "open":
        return
    gate = "on-request" if _REQUEST.search(notes) else "gated" if _GATE.search(notes) else ""
    if gate:
        draft.set("components", id, "availability", value=gate)
        reason = "the notes of the index seem to say so"
        draft.guess("components", id, "availability", taken=notes, reason=reason)
    else:
        _in_part(draft, id, "they are shared in part")


def _located(links: list[Node], draft: Draft, id: str) -> None:
    """Write the first of some addresses as the place of a component; all are in the extension."""
    draft.set("components", id, "location", value=links[0].text)
    reason = EVIDENCE if len(links) == 1 else f"{EVIDENCE}; {FIRST}"
    draft.guess("components", id, "location", taken=links[0].text, reason=reason)


def _in_part(draft: Draft, id: str, meaning: str) -> None:
    draft.set("components", id, "extent", value="partial")
    reason = f"the index grades it so, which means to it that {meaning}"
    draft.guess("components", id, "extent", taken="partial", reason=reason)


def _license(license: Node, draft: Draft) -> None:
    """Write the license of the end model, if it is known which it is; or else how it is called."""
    found = recognise(license.text)
    if found.expression and all(map(_has_address, found.expression.ids)):
        Terms(draft).write(license, license / "address", "components", "weights")
        reason = "the index gives it as what applies to who uses the end model"
        draft.guess("components", "weights", "license", taken=license.text, reason=reason)
    elif found.outcome != NO_LICENSE and (name := fitted("line", license.text)):
        draft.set("components", "weights", "notes", value=f'The index calls its license "{name}".')
        license.take()


def _has_address(id: str) -> bool:
    """Whether it is known where the text of a license can be read."""
    known = facts(id)
    return not id.startswith("LicenseRef-") or (known is not None and bool(known.url))


# -- code, data and documents ----------------------------------------------------------------------


def _code(entry: Node, draft: Draft) -> None:
    parameter = entry / "trainingcode"
    links = _links(parameter / "link")
    if not links or _class(parameter) not in ("open", "partial"):
        return
    draft.set("components", "training-code", value={})
    _located(links, draft, "training-code")
    if _class(parameter) == "partial":
        _in_part(draft, "training-code", "some source code is open")


def _datasets(entry: Node, draft: Draft) -> None:
    """List the datasets whose own pages the index gives as evidence.

    Nothing is said to be trained on them: the index does not say that they are all.
    """
    for key in ("datasources_basemodel", "datasources_endmodel"):
        parameter = entry / key
        if _class(parameter) not in ("open", "partial"):
            continue
        for link in _links(parameter / "link")[:LIMIT_LINKS]:
            if not (name := _DATASET.fullmatch(link.text)):
                continue
            id = id_from(name[1].rpartition("/")[2], otherwise="training-data")
            if draft.get("components", id) is not None:
                id = id_from(name[1], otherwise="training-data")
            if draft.get("components", id) is not None:
                continue
            component = {"kind": "training-data", "name": name[1], "location": link.text}
            draft.set("components", id, value=component)
            draft.guess("components", id, taken=link.text, reason=EVIDENCE)


_DOCUMENTS = {
    "preprint": "technical-report",
    "paper": "research-paper",
    "modelcard": "model-card",
    "datasheet": "data-card",
}
"""The parameters that ask for a document, and what it is here."""

_TOPICS = {"hardware_architecture": "hardware", "code": "code"}
"""The parameters that ask whether something is documented, and the topic of such documents."""


def _documents(entry: Node, draft: Draft) -> None:
    """List the documents that the index found; how much they tell is its judgement alone."""
    held: dict[str, str] = {}
    for key, kind in _DOCUMENTS.items():
        for link in _found(entry / key):
            id = _fresh(kind, draft)
            component = {"kind": kind} if id != kind else {}
            draft.set("components", id, value={**component, "location": link.text})
            held.setdefault(link.text, id)
            if kind == "research-paper":
                draft.set("components", id, "peer_reviewed", value=True)
            draft.guess("components", id, taken=link.text, reason=EVIDENCE)
    for key, topic in _TOPICS.items():
        for link in _found(entry / key):
            if link.text not in held:
                held[link.text] = _fresh(f"{topic}-documentation", draft)
                component = {"kind": "documentation", "location": link.text}
                draft.set("components", held[link.text], value=component)
            id = held[link.text]
            draft.add("components", id, "includes", value=topic)
            draft.guess("components", id, taken=link.text, reason=EVIDENCE)


def _found(parameter: Node) -> list[Node]:
    links = _links(parameter / "link") if _class(parameter) in ("open", "partial") else []
    return [*{each.text: each for each in links[:LIMIT_LINKS]}.values()]


def _fresh(id: str, draft: Draft) -> str:
    """Return `id`, or with a number what is free."""
    number = 1
    while draft.get("components", f"{id}-{number}" if number > 1 else id) is not None:
        number += 1
    return f"{id}-{number}" if number > 1 else id


# -- the rest --------------------------------------------------------------------------------------


def _kept(entry: Node) -> dict[str, Any]:
    """Return the grades, and whatever else of the entry is not in the manifest yet."""
    grades = {key: _all(entry / key) for key in PARAMETERS}
    rest = {each.key: _all(each) for each in entry.inside() if each.key not in PARAMETERS}
    return {key: value for key, value in (grades | rest).items() if value is not None}


def _all(node: Node, depth: int = 1) -> Any:
    """Return what stands at `node` and is not in the manifest otherwise; None for nothing."""
    if not isinstance(node.value, dict | list):
        told = node.text and node.account.settle(node.place.steps)
        return node.text if told else None
    if depth > LIMIT_DEPTH:
        node.lose("it is nested deeper than anything in the index")
        return None
    inside = [(each.key, _all(each, depth + 1)) for each in node.inside()]
    if isinstance(node.value, list):
        return [value for _, value in inside if value is not None] or None
    return {key: value for key, value in inside if value is not None} or None
