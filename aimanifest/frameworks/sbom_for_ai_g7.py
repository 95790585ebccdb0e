"""SBOM for AI, Minimum Elements: the list of the G7 Cybersecurity Working Group, as taken stock of.

The list itself was not at hand. It is known here through a transcription by others, whose closing
block contradicts its own definitions. So no element decides anything, and each citation says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from aimanifest.document import Place
from aimanifest.findings import (
    Located,
    NotApplicable,
    Outcome,
    Remark,
    undetermined,
    unmet,
    unstated,
)
from aimanifest.manifest import DATASET_KINDS, DOCUMENT_KINDS, Component
from aimanifest.placeholders import is_placeholder
from aimanifest.rules import GAPS, NO_GAPS, Assessment, Citation, Figure, Framework, Standing
from aimanifest.system import Parts, is_opaque, omission, placeless, shown_places, untold

Told = Iterator[Remark | NotApplicable]
Check = Callable[[Parts], Told]
Shows = Callable[[Parts], Iterable[Located]]
Some = Callable[[Parts], tuple[Component, ...]]

LIST = "https://www.bsi.bund.de/SharedDocs/Downloads/EN/BSI/KI/SBOM-for-AI_minimum-elements.pdf"
"""Published on 12 May 2026 by the German Federal Office for Information Security (BSI)."""
TRANSCRIPT = (
    "https://github.com/openregtech/sbom/blob/e49510d941b7f5bd7e391d81512ca514df446eae/"
    "docs/req/g7ai/g7ai.ttl"
)
TRANSCRIBED = Standing(
    "transcription", "a transcription by others, not confirmed against the published list"
)

CLUSTERS = {
    "md": "Metadata",
    "slp": "System Level Properties",
    "mdl": "Models",
    "dp": "Dataset Properties",
    "inf": "Infrastructure",
    "sp": "Security Properties",
    "kpi": "Key Performance Indicators",
}


def _reckon(assessment: Assessment) -> tuple[Figure, ...]:
    """Count the elements that are there, all of them and in each cluster."""
    clusters = (
        _figure(name, f"{id}-", assessment, meaning="those of this cluster")
        for id, name in CLUSTERS.items()
    )
    meaning = (
        "elements of the list that this manifest gives; what no file can hold, and what does not "
        "apply, is not counted as present"
    )
    return (_figure("elements present", "", assessment, meaning=meaning), *clusters)


def _figure(name: str, prefix: str, assessment: Assessment, *, meaning: str) -> Figure:
    start = f"{framework.id}/{prefix}"
    counted = [each.outcome for each in assessment.answers if each.rule.id.startswith(start)]
    met = counted.count(Outcome.MET)
    doubtful = counted.count(Outcome.UNDETERMINED)
    return Figure(name, met, met, met + doubtful, f"of {len(counted)}", meaning)


framework = Framework(
    id="sbom-for-ai-g7",
    title="G7 SBOM for AI, minimum elements (unconfirmed)",
    version="2026-05-12",
    url=LIST,
    words=(GAPS, NO_GAPS),
    beside="elements that this manifest does not give",
    not_checked=(
        "whether these are the elements of the published list: they are from a transcription",
        "whether what is given is right and tells enough",
        "the elements of an ordinary SBOM, which the list asks for besides",
    ),
    subject=Parts.of,
    figures=_reckon,
)

# -- what is looked at -----------------------------------------------------------------------------


def models(parts: Parts) -> tuple[Component, ...]:
    """Return the models that this manifest describes itself."""
    return tuple(each for each in parts.by_kind.get("weights", ()) if each.manifest is None)


def datasets(parts: Parts) -> tuple[Component, ...]:
    """Return the datasets of all kinds."""
    found = (each for kind in DATASET_KINDS for each in parts.by_kind.get(kind, ()))
    return tuple({each.id: each for each in found}.values())


def _at(parts: Parts, path: str) -> Place:
    place = parts.manifest.at
    for step in path.split("/"):
        place /= step
    return place


def _says(place: Place) -> bool:
    """Whether something is written that does not only hold a place."""
    return place.written and not (place.source and is_placeholder(place.source))


class Ask(NamedTuple):
    """How an element is looked for, where it shows, and how it is given.

    `read` tells how it is looked for; by default the docstring of `check` does.
    """

    check: Check
    shows: Shows
    fix: str
    read: str = ""


def stated(told: str, *paths: str, fix: str) -> Ask:
    """Ask that one of `paths`, from the root of the manifest, is written; they state `told`."""

    def check(parts: Parts) -> Told:
        if not any(_says(_at(parts, path)) for path in paths):
            yield unstated(f"{told} is not stated", at=_at(parts, paths[0]), fix=fix)

    return Ask(check, _shows(*paths), fix, f"{_keys(*paths)} says it.")


def _keys(*paths: str) -> str:
    return " or ".join(f"`{path.replace('/', '.')}`" for path in paths)


def _shows(*paths: str) -> Shows:
    def shows(parts: Parts) -> Iterator[Located]:
        yield from (place for path in paths if _says(place := _at(parts, path)))

    return shows


def always(path: str, *, fix: str) -> Ask:
    """Ask for what every manifest has."""
    return Ask(lambda _: iter(()), _shows(path), fix, f"`{path}` says it, which every file has.")


def each_model(told: str, *keys: str, fix: str, or_release: str = "", shared: bool = False) -> Ask:
    """Ask that each model has one of `keys`, which state `told`.

    What the release says at `or_release` holds for its only model; if `shared`, for all that are
    not somebody else's.
    """

    def covered(parts: Parts) -> tuple[str, ...]:
        given = (each for each in models(parts) if each.omitted is None)
        own = [each.id for each in given if not is_opaque(each, parts.manifest)]
        said = or_release and _says(_at(parts, f"release/{or_release}"))
        return tuple(own) if said and (shared or len(own) == 1) else ()

    def check(parts: Parts) -> Told:
        yield from _absent(parts, models, "weights")
        told_of = covered(parts)
        asked = (each for each in models(parts) if each.id not in told_of)
        yield from _lacking(asked, told, keys, fix=fix)

    def shows(parts: Parts) -> Iterator[Located]:
        yield from _written(models(parts), keys)
        if covered(parts):
            yield _at(parts, f"release/{or_release}")

    whose = "all weights that are not somebody else's" if shared else "its only weights"
    instead = f"; `release.{or_release}` says it of {whose}" if or_release else ""
    return Ask(check, shows, fix, f"{_keys(*keys)} of all weights says it{instead}.")


def each_dataset(told: str, *keys: str, fix: str) -> Ask:
    """Ask that each dataset has one of `keys`, which state `told` and may lead into its `data`."""

    def check(parts: Parts) -> Told:
        yield from _absent(parts, datasets, "training-data")
        yield from _lacking(datasets(parts), told, keys, fix=fix)

    read = f"{_keys(*keys)} of each dataset says it."
    return Ask(check, _shows_each(datasets, *keys), fix, read)


def _shows_each(some: Some, *keys: str) -> Shows:
    return lambda parts: _written(some(parts), keys)


def _lacking(
    components: Iterable[Component], told: str, keys: tuple[str, ...], *, fix: str
) -> Iterator[Remark]:
    for each in components:
        if each.omitted is None and not [*_written([each], keys)]:
            yield unstated(f"`{each.id}` does not state {told}", at=_inside(each, keys[0]), fix=fix)


def _absent(parts: Parts, some: Some, kind: str) -> Told:
    """Say that there is nothing of a kind, that it is withheld, or why there need not be any."""
    found = some(parts)
    withheld = [each for each in found if each.omitted == "withheld"]
    for each in withheld:
        yield unmet(f"`{each.id}` is withheld", at=each.at / "omitted")
    if withheld or any(each.omitted is None for each in found):
        return
    if found:
        yield NotApplicable(f"`{found[0].id}` is {omission(found[0])}")
    elif some is datasets and parts.trained and all(e.trained_on == () for e in parts.trained):
        yield NotApplicable("nothing here is trained on data")
    else:
        told = f"nothing of the kind `{kind}` is described"
        yield unstated(told, at=parts.absent(kind), fix=f"{kind}: {{…}}")


def _written(components: Iterable[Component], keys: tuple[str, ...]) -> Iterator[Place]:
    for each in components:
        yield from (place for key in keys if _says(place := _inside(each, key)))


def _inside(component: Component, key: str) -> Place:
    place = component.at
    for step in key.split("/"):
        place /= step
    return place


def told_by(name: str) -> Ask:
    """Ask for a document of the kind `name`, or one that includes it as a topic."""
    kind = name if name in DOCUMENT_KINDS else "documentation"
    topics = "" if kind == name else f", includes: [{name}]"
    fix = f"{name}: {{kind: {kind}{topics}, location: https://…}}"

    def check(parts: Parts) -> Told:
        yield from _documents(parts, name, fix=fix)

    read = f"A component that is or includes `{name}` says it, and has a place."
    return Ask(check, shown_places(_given(name)), fix, read)


def _given(*kinds: str) -> Some:
    def pick(parts: Parts) -> tuple[Component, ...]:
        return tuple({c.id: c for kind in kinds for c in parts.given(kind)}.values())

    return pick


def _documents(parts: Parts, name: str, *, fix: str = "") -> Iterator[Remark]:
    reasons = [[*_out_of_reach(each)] for each in parts.by_kind.get(name, ())]
    if [] in reasons:
        return
    if reasons:
        yield from reasons[0]
    else:
        told = f"no document tells of {name.replace('-', ' ')}"
        yield unstated(told, at=parts.absent(name), fix=fix)


def _out_of_reach(document: Component) -> Iterator[Remark]:
    if document.omitted is not None:
        yield unmet(f"`{document.id}` is {omission(document)}", at=document.at / "omitted")
    else:
        yield from placeless(document, f"`{document.id}` does not say where it is")


# -- elements that are asked for in a way of their own ---------------------------------------------


def _signature(_: Parts) -> Told:
    """It cannot be in the file that it signs, so it never applies."""
    yield NotApplicable(
        "a file cannot hold the signature on itself; it lies beside the file, such as one made "
        "with Sigstore"
    )


def _tool(parts: Parts) -> Told:
    """`metadata.tool` says it; a file that names none was written by hand, and is not asked."""
    if parts.manifest.metadata.tool is None:
        yield NotApplicable("a file that names no tool was written by hand")


def _tool_version(parts: Parts) -> Told:
    """`metadata.tool` says it, where there is one."""
    tool = parts.manifest.metadata.tool
    if tool is None:
        yield from _tool(parts)
    elif not any(each.isdigit() for each in tool):
        yield unstated(
            f"`{tool}` is named without its version",
            at=parts.manifest.metadata.at / "tool",
            fix=f"tool: {tool} …",
        )


def _dependencies(parts: Parts) -> Told:
    """`trained_on`, `produced_by` or `derived_from` of all weights says it."""
    yield from _absent(parts, models, "weights")
    for each in models(parts):
        if each.omitted is None and not any((each.at / key).written for key in _MADE_FROM):
            yield unstated(
                f"`{each.id}` does not say what it was made from",
                at=each.at / _MADE_FROM[0],
                fix="trained_on: […]   # and `produced_by`, `derived_from`",
            )


def _in_and_out(parts: Parts) -> Told:
    """`release.modalities` says it with `input` and `output`, or a document on `modalities`."""
    said = parts.manifest.release.modalities
    if said is None:
        if [*_documents(parts, "modalities")]:
            yield unstated(
                "it is not said what goes in and comes out",
                at=parts.manifest.at / "release" / "modalities",
                fix="modalities: {input: […], output: […]}",
            )
        return
    for key, words in (("input", said.input), ("output", said.output)):
        if words is None:
            yield unstated(f"the {key} is not said", at=said.at / key, fix=f"{key}: […]")


def _properties(parts: Parts) -> Told:
    """Documents on `explainability` and `energy` say it; one of the two leaves it open."""
    asked = ("explainability", "energy")
    lacking = [each for each in asked if [*_documents(parts, each)]]
    if len(lacking) == len(asked):
        yield unstated(
            "no document tells of properties such as explainability or use of energy",
            at=parts.absent("model-card") / "includes",
            fix="includes: [explainability, energy]   # of the model card, if it treats them",
        )
    elif lacking:
        known = next(iter(_given(*asked)(parts)))
        yield undetermined(
            f"`{known.id}` tells of some properties, and nothing tells of {lacking[0]}; which of "
            "them the list asks for, its transcription leaves open",
            at=known.at / "includes",
        )


def _training(parts: Parts) -> Told:
    """Code or documents say it, of settings and of processing; not asked of mechanical weights."""
    if parts.mechanical:
        yield NotApplicable("all weights were made out of others without training")
        return
    if not any(parts.given(each) for each in _SETTINGS):
        yield unstated(
            "nothing tells the settings of the training",
            at=parts.absent(_SETTINGS[0]),
            fix="training-configuration: {…}   # or `includes: [hyperparameters]` of a document",
        )
    processed = any(each.data and each.data.processing for each in parts.datasets)
    if not processed and not parts.given("data-preprocessing-code"):
        yield unstated(
            "nothing tells how the data was processed",
            at=parts.absent("data-preprocessing-code"),
            fix="data-preprocessing-code: {…}   # or `processing` of each dataset",
        )


def _licensed(some: Some, kind: str) -> Check:
    def check(parts: Parts) -> Told:
        """`license` of each says it, be it `NONE`; `NOASSERTION` does not."""
        yield from _absent(parts, some, kind)
        for each in some(parts):
            if each.omitted is None and each.license in (None, "NOASSERTION"):
                told = "states no license" if each.license is None else "asserts nothing of it"
                yield unstated(
                    f"`{each.id}` {told}",
                    at=each.at / "license",
                    fix="license: …   # NONE, if none is granted",
                )

    return check


def _references(parts: Parts) -> Told:
    """A document with a place, `release.homepage`, or `location` of weights says it."""
    reached = [each for each in _documents_of(parts) if not [*_out_of_reach(each)]]
    home = _at(parts, "release/homepage")
    if not reached and not home.written and not any(each.location for each in models(parts)):
        yield unstated("no document and no address is given", at=home, fix="homepage: https://…")


def _documents_of(parts: Parts) -> tuple[Component, ...]:
    return _given(*DOCUMENT_KINDS)(parts)


def _content(parts: Parts) -> Told:
    """`data.contents` of each dataset says it; `data.scope` alone leaves it open."""
    yield from _absent(parts, datasets, "training-data")
    for each in datasets(parts):
        if each.omitted is None and not (each.data and each.data.contents):
            yield from _in_words_only(each, "what it holds and how much")


def _in_words_only(dataset: Component, told: str) -> Iterator[Remark]:
    fix = "contents: [{modality: …, amount: …, unit: …}]"
    scope = dataset.data.scope if dataset.data else None
    if scope is None or is_placeholder(scope):
        yield unstated(
            f"`{dataset.id}` does not say {told}", at=dataset.at / "data" / "contents", fix=fix
        )
    else:
        yield undetermined(
            f"whether the scope of `{dataset.id}` says {told}, people must read",
            at=dataset.at / "data" / "scope",
            fix=fix,
        )


def _statistics(parts: Parts) -> Told:
    """`data.scope` of each dataset may say it, which people must read."""
    yield from _absent(parts, datasets, "training-data")
    for each in datasets(parts):
        if each.omitted is None:
            yield from _in_words_only(each, "its size, noise, biases and distributions")


def _provenance(parts: Parts) -> Told:
    """`data.provenance` and `data.period` of each dataset say it."""
    yield from _absent(parts, datasets, "training-data")
    for each in datasets(parts):
        if each.omitted is not None:
            continue
        if each.data is None:
            yield unstated(
                f"nothing is told about `{each.id}`",
                at=each.at / "data",
                fix="data: {provenance: …, period: {from: …, to: …}}",
            )
            continue
        yield from untold(each, "provenance")
        if each.data.period is None:
            yield unstated(
                f"`{each.id}` does not say when it was collected",
                at=each.at / "data" / "period",
                fix="period: {from: …, to: …}",
            )


def _trained_on(parts: Parts) -> Told:
    """`trained_on` of all weights says it; not asked of mechanical ones."""
    yield from _absent(parts, models, "weights")
    for each in models(parts):
        if each.omitted is None and each.trained_on is None and not parts.mechanical:
            yield unstated(
                f"`{each.id}` does not say what it was trained on",
                at=each.at / "trained_on",
                fix="trained_on: […]   # all of it: the list is read as complete",
            )


def _software(parts: Parts) -> Told:
    """`release.requirements.software` says it, or a `supporting-library`."""
    said = _at(parts, "release/requirements/software")
    if not _says(said) and not parts.given("supporting-library"):
        yield unstated("it is not said what software it runs on", at=said, fix="software: …")


def _hardware(parts: Parts) -> Told:
    """`release.requirements.hardware` says it; a document on `hardware` leaves it open."""
    said = _at(parts, "release/requirements/hardware")
    if _says(said):
        return
    if found := parts.given("hardware"):
        yield undetermined(
            f"`{found[0].id}` tells of hardware; whether of that which it runs on, or of that "
            "which it was trained on, people must read",
            at=found[0].at / "includes",
            fix="hardware: …   # under `requirements`",
        )
    else:
        yield unstated("it is not said what hardware it runs on", at=said, fix="hardware: …")


# -- the fifty -------------------------------------------------------------------------------------


class Element(NamedTuple):
    """One element: number and name, a title, its definition in the transcription, and how to ask.

    `title` is true when the element is given.
    """

    id: str
    title: str
    quote: str
    ask: Ask


_TOOL = "tool: …   # with its version; leave it out of a file written by hand"
_TRAINED_ON = "trained_on: […]   # all of it: the list is read as complete"
_SAMPLES = "contents: [{modality: …, amount: …, unit: …}]"
_HASHES = "checksums: {…: …}   # the path of a file, and its SHA-256"
_ITS_LICENSE = "license: …   # an SPDX expression; NONE, if none is granted"
_PERSONAL = "personal_data: …   # none, anonymised, pseudonymised, consented or present"
_MADE_FROM = ("trained_on", "produced_by", "derived_from")
_SETTINGS = ("training-configuration", "hyperparameters", "training", "fine-tuning")

_in_out = Ask(_in_and_out, _shows("release/modalities"), "modalities: {input: […], output: […]}")
_model_hash = each_model("a hash", "checksums", fix=_HASHES)

ELEMENTS = (
    Element(
        "md-01-author",
        "The author of the file is named",
        "The agent (person, organisation or tool) that produced the SBOM document.",
        stated(
            "the author", "metadata/author/name", "release/publisher/name", fix="author: {name: …}"
        ),
    ),
    Element(
        "md-02-version",
        "The version of the file is stated",
        "A version identifier for this specific instance of the SBOM document.",
        stated("the version of this file", "metadata/version", fix='version: "…"'),
    ),
    Element(
        "md-03-format",
        "The format of the file is named",
        "The name of the standard or schema used to serialise the SBOM",
        always("aimanifest", fix='aimanifest: "1.0"'),
    ),
    Element(
        "md-04-format-version",
        "The version of the format is stated",
        "The version of the SBOM data format specification used",
        always("aimanifest", fix='aimanifest: "1.0"'),
    ),
    Element(
        "md-05-signature",
        "The file is signed by its author",
        "A cryptographic signature or integrity method that allows verification of SBOM "
        "authorship.",
        Ask(_signature, _shows(), "Sign the file, and put the signature beside it."),
    ),
    Element(
        "md-06-tool",
        "The tool that made the file is named",
        "The name of the software tool used to generate the SBOM.",
        Ask(_tool, _shows("metadata/tool"), _TOOL),
    ),
    Element(
        "md-07-tool-version",
        "The version of that tool is stated",
        "The version of the software tool used to generate the SBOM.",
        Ask(_tool_version, _shows("metadata/tool"), _TOOL),
    ),
    Element(
        "md-08-context",
        "It is said at what stage the file was made",
        "The lifecycle stage or context in which the SBOM was generated",
        stated("the stage", "metadata/context", fix="context: …from what, and at what stage…"),
    ),
    Element(
        "md-09-timestamp",
        "The date of the file is stated",
        "The date and time at which the SBOM was created.",
        stated("the date of this file", "metadata/date", fix="date: …"),
    ),
    Element(
        "md-10-dependencies",
        "It is said what depends on what",
        "Explicit dependency relationships between components recorded in the SBOM.",
        Ask(_dependencies, _shows_each(models, *_MADE_FROM), _TRAINED_ON),
    ),
    Element(
        "slp-01-name",
        "The system is named",
        "The name of the AI system as a whole.",
        stated("the name", "release/name", fix="name: …"),
    ),
    Element(
        "slp-02-components",
        "The parts of the system are listed",
        "The constituent sub-components (models, datasets, libraries) that make up the AI system.",
        always("components", fix="components: {…}"),
    ),
    Element(
        "slp-03-producer",
        "The producer of the system is named",
        "The organisation or person that developed or supplied the AI system.",
        stated("the publisher", "release/publisher/name", fix="publisher: {name: …}"),
    ),
    Element(
        "slp-04-version",
        "The version of the system is stated",
        "The release or version identifier of the AI system.",
        stated("the version", "release/version", fix='version: "…"'),
    ),
    Element(
        "slp-05-timestamp",
        "The date of the system is stated",
        "The date and time the AI system was built or released.",
        stated("the date", "release/date", fix="date: …"),
    ),
    Element(
        "slp-06-data-flow",
        "It is told how data flows through the system",
        "A description of how data flows into, through and out of the AI system.",
        told_by("data-flow"),
    ),
    Element(
        "slp-07-data-usage",
        "It is told how the system uses data",
        "A description of how data (including personal or sensitive data) is used by the AI "
        "system.",
        told_by("data-usage"),
    ),
    Element(
        "slp-08-input-output",
        "It is said what goes into the system and comes out",
        "The types, modalities and constraints of data accepted as input and produced as output by "
        "the AI system.",
        _in_out,
    ),
    Element(
        "slp-09-application",
        "It is said what the system is for",
        "The domain(s) or application area(s) for which the AI system is intended",
        stated("the intended use", "release/intended_use", fix="intended_use: …"),
    ),
    Element(
        "mdl-01-name",
        "Each model is named",
        "The human-readable name of an individual AI model component.",
        each_model("a name", "name", fix="name: …", or_release="name"),
    ),
    Element(
        "mdl-02-identifier",
        "Each model has an identifier",
        "A stable, unique identifier for the model (e.g. PURL, SPDX ID, Hugging Face model ID, "
        "DOI).",
        each_model(
            "an identifier", "identifiers", fix="identifiers: [pkg:…]", or_release="identifiers"
        ),
    ),
    Element(
        "mdl-03-version",
        "Each model has a version",
        "A version or checkpoint identifier for the specific weight snapshot of the model.",
        each_model(
            "a version",
            "version",
            "revision",
            fix='version: "…"   # or `revision`',
            or_release="version",
        ),
    ),
    Element(
        "mdl-04-timestamp",
        "Each model has a date",
        "The date and time the model was trained, built, or released.",
        each_model("a date", "date", fix="date: …", or_release="date", shared=True),
    ),
    Element(
        "mdl-05-producer",
        "The producer of each model is named",
        "The organisation or person that trained or supplied the model.",
        each_model(
            "a publisher",
            "publisher",
            fix="publisher: {name: …}",
            or_release="publisher",
            shared=True,
        ),
    ),
    Element(
        "mdl-06-description",
        "Each model is described",
        "A free-text description of the model's purpose, architecture and key characteristics.",
        each_model("a description", "description", fix="description: …", or_release="description"),
    ),
    Element(
        "mdl-07-hash",
        "Each model has a hash",
        "The cryptographic digest of the model weight file(s) for integrity verification.",
        _model_hash,
    ),
    Element(
        "mdl-08-hash-algorithm",
        "The algorithm of the hash is known, since this format has but one",
        "The algorithm used to compute the model hash (e.g. SHA-256, SHA-512, BLAKE3).",
        _model_hash,
    ),
    Element(
        "mdl-09-properties",
        "Properties such as explainability and use of energy are told",
        "AI-specific technical properties of the model such as type, explainability, autonomy "
        "level and energy profile.",
        Ask(
            _properties,
            shown_places(_given("explainability", "energy")),
            "includes: [explainability, energy]   # of the model card, if it treats them",
        ),
    ),
    Element(
        "mdl-10-input-output",
        "It is said what goes into the model and comes out",
        "The types, modalities and constraints on the model's input and output",
        _in_out,
    ),
    Element(
        "mdl-11-training",
        "It is told how the model was trained",
        "Characteristics of the model's training process, including hyperparameters, data "
        "pre-processing and fine-tuning steps.",
        Ask(
            _training,
            shown_places(_given(*_SETTINGS, "data-preprocessing-code")),
            "training-configuration: {…}   # or `includes: [hyperparameters]` of a document",
        ),
    ),
    Element(
        "mdl-12-license",
        "The license of each model is stated",
        "The declared or concluded license under which the model is distributed",
        Ask(_licensed(models, "weights"), _shows_each(models, "license"), _ITS_LICENSE),
    ),
    Element(
        "mdl-13-references",
        "Documents or addresses are given for more",
        "Links to supplementary resources such as model cards, research papers, repositories and "
        "model registries.",
        Ask(_references, shown_places(_documents_of), "homepage: https://…"),
    ),
    Element(
        "dp-01-name",
        "Each dataset is named",
        "The human-readable name of a dataset used to train, validate or test the AI model.",
        each_dataset("a name", "name", fix="name: …"),
    ),
    Element(
        "dp-02-description",
        "Each dataset is described",
        "A free-text description of the dataset's contents, scope and purpose.",
        each_dataset(
            "what it is about",
            "data/scope",
            "description",
            fix="data: {scope: …how much of what, in which languages…}",
        ),
    ),
    Element(
        "dp-03-content",
        "It is said what each dataset holds and how much",
        "The type(s) of data in the dataset (e.g. image, text, audio, tabular) and its size.",
        Ask(_content, _shows_each(datasets, "data/contents"), _SAMPLES),
    ),
    Element(
        "dp-04-identifier",
        "Each dataset has an identifier or an address",
        "A stable, unique identifier for the dataset (e.g. DOI, SPDX ID, dataset registry URL).",
        each_dataset(
            "an identifier", "identifiers", "location", fix="identifiers: [https://doi.org/…]"
        ),
    ),
    Element(
        "dp-05-hash",
        "Each dataset has a hash",
        "A cryptographic hash of the dataset archive or snapshot for integrity verification.",
        each_dataset("a hash", "checksums", fix=_HASHES),
    ),
    Element(
        "dp-06-provenance",
        "It is told where each dataset came from, and when",
        "Information about how, when and where the dataset was collected, updated and "
        "pre-processed.",
        Ask(
            _provenance,
            _shows_each(datasets, "data/provenance", "data/period"),
            "provenance: …from where and from whom…   # and `period`",
        ),
    ),
    Element(
        "dp-07-statistics",
        "The statistics of each dataset are told",
        "Statistical characteristics of the dataset including size, noise levels, known biases and "
        "class distributions.",
        Ask(
            _statistics,
            _shows_each(datasets, "data/scope", "data/contents"),
            "scope: …sizes, noise, biases, distributions…",
        ),
    ),
    Element(
        "dp-08-sensitivity",
        "It is said whether there is personal data in each dataset",
        "The sensitivity classification of the dataset, including whether it contains personal or "
        "sensitive data and its confidentiality level.",
        each_dataset("whether there is personal data in it", "data/personal_data", fix=_PERSONAL),
    ),
    Element(
        "dp-09-dependencies",
        "It is said what each model was trained on",
        "Relationships linking a model to the datasets it was trained on, tested on, or depends "
        "on.",
        Ask(_trained_on, _shows_each(models, "trained_on"), _TRAINED_ON),
    ),
    Element(
        "dp-10-license",
        "The license of each dataset is stated",
        "The declared or concluded license under which the dataset is distributed, including "
        "access and usage restrictions.",
        Ask(_licensed(datasets, "training-data"), _shows_each(datasets, "license"), _ITS_LICENSE),
    ),
    Element(
        "inf-01-software",
        "It is said what software the system runs on",
        "The software environment required to run the AI system, including container images, OS, "
        "ML frameworks and runtime libraries.",
        Ask(_software, _shows("release/requirements/software"), "requirements: {software: …}"),
    ),
    Element(
        "inf-02-hardware",
        "It is said what hardware the system runs on",
        "The hardware required to operate the AI system, including specialised accelerators",
        Ask(_hardware, _shows("release/requirements/hardware"), "requirements: {hardware: …}"),
    ),
    Element(
        "sp-01-controls",
        "The security controls are told",
        "The security controls implemented on the AI system (e.g. access controls, encryption, "
        "audit logging).",
        told_by("security-controls"),
    ),
    Element(
        "sp-02-compliance",
        "It is told what security standards the system follows",
        "The security standards, regulations or frameworks the AI system has been assessed against "
        "or conforms to.",
        told_by("security-compliance"),
    ),
    Element(
        "sp-03-policy",
        "It is told how security is organised and how to report a weakness",
        "References to the supplier's vulnerability-disclosure policy, security.txt or "
        "coordinated-disclosure process.",
        told_by("security-policy"),
    ),
    Element(
        "sp-04-vulnerabilities",
        "Known weaknesses are told",
        "References to known vulnerabilities (CVEs) and their assessment status (VEX) for the AI "
        "system and its components.",
        told_by("vulnerabilities"),
    ),
    Element(
        "kpi-01-security",
        "Measurements of security are told",
        "Quantitative security-related performance metrics and their decision thresholds",
        told_by("security-metrics"),
    ),
    Element(
        "kpi-02-operation",
        "Measurements of performance are told",
        "Operational performance indicators for the AI system such as accuracy, F1, latency, "
        "throughput and energy consumption.",
        told_by("evaluation-results"),
    ),
)
"""The elements in the order of the list, cluster by cluster."""


def _declare(element: Element) -> None:
    cluster, number, _ = element.id.split("-", 2)
    read = element.ask.read or element.ask.check.__doc__ or ""
    name = CLUSTERS[cluster]
    framework.rule(
        element.id,
        title=element.title,
        cites=(
            Citation(
                element.quote,
                f"G7 SBOM for AI, {cluster.upper()}-{number} ({name}), as transcribed; not "
                "confirmed against the published list",
                TRANSCRIPT,
                TRANSCRIBED,
            ),
        ),
        fix=element.ask.fix,
        level=None,
        why=f"Element {number} of the cluster {name}. {read}",
        shows=element.ask.shows,
    )(element.ask.check)


for _element in ELEMENTS:
    _declare(_element)
