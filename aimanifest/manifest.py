"""The manifest as the rules see it: typed, frozen, and built only from what fits the schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any, NamedTuple

from aimanifest.document import Document, Place
from aimanifest.rules import Assessment, Framework

CODE_KINDS = (
    "model-architecture",
    "inference-code",
    "training-code",
    "training-configuration",
    "validation-code",
    "data-preprocessing-code",
    "evaluation-code",
    "supporting-library",
    "conversion-code",
)
PARAMETER_KINDS = ("weights", "intermediate-checkpoints", "optimizer-state", "auxiliary-model")
DATASET_KINDS = ("training-data", "validation-data", "evaluation-data", "retrieval-data")
DATA_KINDS = (*PARAMETER_KINDS, *DATASET_KINDS, "model-metadata")
DOCUMENT_KINDS = (
    "data-card",
    "model-card",
    "research-paper",
    "technical-report",
    "evaluation-results",
    "sample-outputs",
    "documentation",
    "copyright-policy",
    "training-content-summary",
)
CONTENT_TYPES: Mapping[str, str] = {
    **dict.fromkeys(CODE_KINDS, "code"),
    **dict.fromkeys(DATA_KINDS, "data"),
    **dict.fromkeys(DOCUMENT_KINDS, "document"),
}
"""Every kind of component, and the type of its content, which decides what licenses suit it."""

TOPICS = (
    "architecture",
    "training",
    "fine-tuning",
    "hyperparameters",
    "hardware",
    "code",
    "usage",
    "capabilities",
    "limitations",
    "modalities",
    "data-flow",
    "data-usage",
    "explainability",
    "energy",
    "security-controls",
    "security-compliance",
    "security-policy",
    "vulnerabilities",
    "security-metrics",
)
"""What a document may treat. No component is of a topic, so that none has a type of content."""

MECHANICAL = frozenset({"quantization", "conversion", "merge"})
"""Relations that make weights out of weights without learning anything."""


class Party(NamedTuple):
    """A person or an organisation."""

    name: str
    url: str | None


class Terms(NamedTuple):
    """Terms on top of a license; `restricts` is None where the manifest does not say."""

    name: str | None
    url: str | None
    restricts: tuple[str, ...] | None
    at: Place


class Assertion(NamedTuple):
    """A statement that something is freely available to all without a license."""

    basis: str | None
    text: str | None
    url: str | None
    at: Place


class Source(NamedTuple):
    """A part of a dataset, with what is its own."""

    name: str | None
    license: str | None
    location: str | None
    access: str | None
    notes: str | None
    at: Place


class Content(NamedTuple):
    """What a dataset holds of one modality; `languages` is empty where the manifest is silent."""

    modality: str | None
    amount: float | None
    unit: str | None
    languages: tuple[str, ...]
    at: Place


class Period(NamedTuple):
    """From when to when, as the manifest writes dates: `from` and `to` are words of Python."""

    since: str | None
    until: str | None
    at: Place


class DataInformation(NamedTuple):
    """What is told about a dataset."""

    access: str | None
    origin: str | None
    provenance: str | None
    scope: str | None
    collection: str | None
    labeling: str | None
    processing: str | None
    contents: tuple[Content, ...]
    period: Period | None
    personal_data: str | None
    contents_license: str | None
    documented_in: tuple[str, ...]
    sources: tuple[Source, ...]
    at: Place


class Component(NamedTuple):
    """One thing a release is made of, or stands on.

    `kinds` holds the kind itself and what the component includes besides, topics too.
    `trained_on` and `produced_by` are None where the manifest is silent: that is not the same as
    empty. `derived_from` gives for the id of each base the relation to it. An item of a list that
    does not fit the schema is "", so that each keeps its place.
    """

    id: str
    kind: str | None
    kinds: frozenset[str]
    includes: tuple[str, ...]
    name: str | None
    description: str | None
    publisher: Party | None
    version: str | None
    date: str | None
    identifiers: tuple[str, ...]
    license: str | None
    assertion: Assertion | None
    additional_terms: tuple[Terms, ...]
    location: str | None
    revision: str | None
    path: str | None
    format: str | None
    availability: str | None
    extent: str | None
    omitted: str | None
    reason: str | None
    notes: str | None
    derived_from: Mapping[str, str]
    trained_on: tuple[str, ...] | None
    produced_by: tuple[str, ...] | None
    training_compute: float | None
    peer_reviewed: bool | None
    manifest: str | None
    checksums: Mapping[str, str]
    data: DataInformation | None
    at: Place

    @property
    def placed(self) -> bool:
        """Whether the manifest says where the component is."""
        return self.location is not None or self.path is not None


class Modalities(NamedTuple):
    """What goes in and comes out; None where the manifest is silent: that is not the same as ()."""

    input: tuple[str, ...] | None
    output: tuple[str, ...] | None
    at: Place


class Requirements(NamedTuple):
    """What one needs to run a release."""

    hardware: str | None
    software: str | None
    network: str | None
    at: Place


class Release(NamedTuple):
    """The release as a whole."""

    name: str | None
    description: str | None
    version: str | None
    date: str | None
    publisher: Party | None
    modalities: Modalities | None
    intended_use: str | None
    limitations: str | None
    requirements: Requirements | None
    identifiers: tuple[str, ...]
    claims: tuple[str, ...]
    additional_terms: tuple[Terms, ...]
    at: Place


class Metadata(NamedTuple):
    """What is told about the manifest itself."""

    license: str | None
    author: Party | None
    version: str | None
    date: str | None
    tool: str | None
    context: str | None
    at: Place


class LicenseText(NamedTuple):
    """Where the text of a license is."""

    id: str
    name: str | None
    url: str | None
    file: str | None
    at: Place


class Base:
    """What became of a component's own manifest, or why nothing did.

    Whoever stands on it may be judged by any framework, so it is assessed when it is asked about.
    """

    def __init__(
        self, problem: str, *, circular: bool = False, manifest: Manifest | None = None
    ) -> None:
        """Keep the `manifest`, which is right; or the `problem`, and whether that is a circle."""
        self.problem = problem
        self.circular = circular
        self._manifest = manifest
        self._known: dict[str, Assessment] = {}

    def assessment(self, framework: Framework) -> Assessment | None:
        """Say what `framework` makes of it; None where there is a problem."""
        if self._manifest is None:
            return None
        if framework.id not in self._known:
            self._known[framework.id] = framework.assess(self._manifest)
        return self._known[framework.id]


class FileText(NamedTuple):
    """What is in a file of the release; or else its `fault`, or why it was `unread`."""

    text: str = ""
    fault: str = ""
    unread: str = ""


class Manifest(NamedTuple):
    """An AI release and everything it is made of. `bases` is keyed by component id.

    `extensions` are as they are written. `folder` reads other files of the release, when asked to.
    """

    release: Release
    metadata: Metadata
    licenses: Mapping[str, LicenseText]
    components: Mapping[str, Component]
    extensions: Mapping[str, Any]
    bases: Mapping[str, Base]
    folder: Folder
    at: Place

    @classmethod
    def from_document(
        cls, document: Document, faulted: Set[str] = frozenset(), folder: Folder | None = None
    ) -> Manifest:
        """Build the manifest from `document`, leaving out what stands at the pointers `faulted`.

        `folder`, where given, answers for what lies beside the manifest.
        """
        at = document.place()
        data = _sound(document.data, "", faulted) if faulted else document.data
        data = data if isinstance(data, dict) else {}
        within = at / "components"
        components = {
            id: _component(id, each, within / id)
            for id, each in (data.get("components") or {}).items()
            if isinstance(each, dict)
        }
        return cls(
            _release(data.get("release") or {}, at / "release"),
            _metadata(data.get("metadata") or {}, at / "metadata"),
            _licenses(data.get("licenses") or {}, at / "licenses"),
            components,
            data.get("extensions") or {},
            folder.bases(components.values()) if folder else {},
            folder or Folder(),
            at,
        )


class Folder:
    """Answers for what lies beside a manifest; this one sees nothing. A subclass may read files."""

    def bases(self, components: Iterable[Component]) -> Mapping[str, Base]:
        """Return what became of each component's own manifest, by component id."""
        problem = "no other manifest can be read from here"
        return {each.id: Base(problem) for each in components if each.manifest}

    def text(self, path: str) -> FileText:  # noqa: ARG002  a subclass needs it
        """Return what is in the file `path` of the release."""
        return FileText(unread="the manifest was read without its folder")


def _sound(value: Any, pointer: str, faulted: Set[str]) -> Any:
    """Copy `value` without the map entries in `faulted`; faulted list items become None."""
    if isinstance(value, dict):
        inside = ((key, each, _step(pointer, key)) for key, each in value.items())
        return {k: _sound(each, here, faulted) for k, each, here in inside if here not in faulted}
    if isinstance(value, list):
        places = (_step(pointer, index) for index in range(len(value)))
        return [
            None if here in faulted else _sound(each, here, faulted)
            for each, here in zip(value, places, strict=True)
        ]
    return value


def _step(pointer: str, step: str | int) -> str:
    return f"{pointer}/{str(step).replace('~', '~0').replace('/', '~1')}"


def _party(data: dict[str, Any] | None) -> Party | None:
    return Party(data.get("name", ""), data.get("url")) if data else None


def _strings(values: list[str | None] | None) -> tuple[str, ...]:
    return tuple([each or "" for each in values]) if values else ()


def _terms(data: list[dict[str, Any] | None] | None, at: Place) -> tuple[Terms, ...]:
    return tuple(
        Terms(
            each.get("name"),
            each.get("url"),
            _strings(each["restricts"]) if "restricts" in each else None,
            at / index,
        )
        for index, each in enumerate(data or ())
        if each is not None
    )


def _assertion(data: dict[str, Any] | None, at: Place) -> Assertion | None:
    if data is None:
        return None
    return Assertion(data.get("basis"), data.get("text"), data.get("url"), at)


def _information(data: dict[str, Any] | None, component: Place) -> DataInformation | None:
    if data is None:
        return None
    say, at = data.get, component / "data"
    return DataInformation(
        say("access"),
        say("origin"),
        say("provenance"),
        say("scope"),
        say("collection"),
        say("labeling"),
        say("processing"),
        _contents(data["contents"], at / "contents") if say("contents") else (),
        _period(data["period"], at / "period") if say("period") else None,
        say("personal_data"),
        say("contents_license"),
        _strings(say("documented_in")),
        _sources(data["sources"], at / "sources") if say("sources") else (),
        at,
    )


def _contents(data: list[dict[str, Any] | None], at: Place) -> tuple[Content, ...]:
    return tuple(
        Content(
            each.get("modality"),
            each.get("amount"),
            each.get("unit"),
            _strings(each.get("languages")),
            at / index,
        )
        for index, each in enumerate(data)
        if each is not None
    )


def _period(data: dict[str, Any], at: Place) -> Period:
    return Period(data.get("from"), data.get("to"), at)


def _sources(data: list[dict[str, Any] | None], at: Place) -> tuple[Source, ...]:
    return tuple(
        Source(
            each.get("name"),
            each.get("license"),
            each.get("location"),
            each.get("access"),
            each.get("notes"),
            at / index,
        )
        for index, each in enumerate(data)
        if each is not None
    )


def _component(id: str, data: dict[str, Any], at: Place) -> Component:
    say = data.get
    kind = say("kind") or (id if id in CONTENT_TYPES else None)
    includes = _strings(say("includes"))
    return Component(
        id,
        kind,
        frozenset((kind, *includes)) if kind else frozenset(),
        includes,
        say("name"),
        say("description"),
        _party(say("publisher")),
        say("version"),
        say("date"),
        _strings(say("identifiers")),
        say("license"),
        _assertion(data["assertion"], at / "assertion") if "assertion" in data else None,
        _terms(data["additional_terms"], at / "additional_terms")
        if "additional_terms" in data
        else (),
        say("location"),
        say("revision"),
        say("path"),
        say("format"),
        say("availability"),
        say("extent"),
        say("omitted"),
        say("reason"),
        say("notes"),
        say("derived_from") or {},
        _strings(data["trained_on"]) if "trained_on" in data else None,
        _strings(data["produced_by"]) if "produced_by" in data else None,
        say("training_compute"),
        say("peer_reviewed"),
        say("manifest"),
        say("checksums") or {},
        _information(data["data"], at) if "data" in data else None,
        at,
    )


def _release(data: dict[str, Any], at: Place) -> Release:
    return Release(
        data.get("name"),
        data.get("description"),
        data.get("version"),
        data.get("date"),
        _party(data.get("publisher")),
        _modalities(data["modalities"], at / "modalities") if data.get("modalities") else None,
        data.get("intended_use"),
        data.get("limitations"),
        _requirements(data["requirements"], at / "requirements")
        if data.get("requirements")
        else None,
        _strings(data.get("identifiers")),
        _strings(data.get("claims")),
        _terms(data.get("additional_terms"), at / "additional_terms"),
        at,
    )


def _modalities(data: dict[str, Any], at: Place) -> Modalities:
    return Modalities(
        _strings(data["input"]) if "input" in data else None,
        _strings(data["output"]) if "output" in data else None,
        at,
    )


def _requirements(data: dict[str, Any], at: Place) -> Requirements:
    return Requirements(data.get("hardware"), data.get("software"), data.get("network"), at)


def _metadata(data: dict[str, Any], at: Place) -> Metadata:
    say = data.get
    author = _party(say("author"))
    return Metadata(
        say("license"), author, say("version"), say("date"), say("tool"), say("context"), at
    )


def _licenses(data: dict[str, Any], at: Place) -> Mapping[str, LicenseText]:
    return {
        id: LicenseText(id, each.get("name"), each.get("url"), each.get("file"), at / id)
        for id, each in data.items()
        if isinstance(each, dict)
    }
