"""The items of the AI Office's template that a manifest can answer, and whether it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from aimanifest.findings import Located, NotApplicable, Remark, undetermined, unstated
from aimanifest.manifest import Component
from aimanifest.system import MODELS, astray, shown, shown_places, untold
from aimanifest.training_content import (
    SECTIONS,
    Section,
    TrainingContent,
    undated,
    unmeasured,
    unsized,
    unspoken,
)

Told = Iterator[Remark | NotApplicable]


class Item(NamedTuple):
    """One thing that the template asks: in its own words, and where.

    `title` is true when the manifest answers it. `check` yields what is lacking, and `shows` the
    places that answer.
    """

    name: str
    title: str
    quote: str
    section: str
    fix: str
    why: str
    check: Callable[[TrainingContent], Told]
    shows: Callable[[TrainingContent], Iterable[Located]]


SUMMARY = "training-content-summary"
POLICY = "copyright-policy"

# -- who and what ----------------------------------------------------------------------------------


def _given(kind: str) -> Callable[[TrainingContent], Iterable[Component]]:
    return lambda content: content.parts.given(kind)


def _trained(content: TrainingContent) -> Iterable[Component]:
    return content.parts.trained


def _datasets(content: TrainingContent) -> Iterable[Component]:
    return content.datasets


def _version(content: TrainingContent) -> Told:
    found = content.parts.given(SUMMARY)
    for summary in found:
        for key, said in (("version", summary.version), ("date", summary.date)):
            if said is None:
                yield unstated(
                    f"`{summary.id}` does not say its {key}", at=summary.at / key, fix=f"{key}: …"
                )
    if not found:
        yield unstated(
            "no version and no date is stated of a summary",
            at=content.parts.absent(SUMMARY),
            fix=f"{SUMMARY}: {{version: …, date: …, location: https://…}}",
        )


def _shows_version(content: TrainingContent) -> Iterator[Located]:
    for key in ("version", "date"):
        yield from shown(key, of=_given(SUMMARY))(content)


def _provider(content: TrainingContent) -> Told:
    publisher = content.parts.manifest.release.publisher
    if publisher is None or publisher.url is None:
        yield unstated(
            "no way to reach the publisher is stated",
            at=content.parts.manifest.at / "release" / "publisher" / "url",
            fix="url: https://…   # of the publisher",
        )


def _shows_provider(content: TrainingContent) -> Iterator[Located]:
    place = content.parts.manifest.at / "release" / "publisher"
    if place.written:
        yield place


def _model(content: TrainingContent) -> Told:
    if not [*_shows_model(content)]:
        yield unstated(
            "neither the release nor its weights have a version",
            at=content.parts.manifest.at / "release" / "version",
            fix='version: "…"',
        )


def _shows_model(content: TrainingContent) -> Iterator[Located]:
    places = (
        content.parts.manifest.at / "release" / "version",
        *(each.at / key for each in content.parts.weights for key in ("version", "revision")),
    )
    yield from (each for each in places if each.written)


def _dependencies(content: TrainingContent) -> Told:
    for weights in content.parts.trained:
        for id in weights.derived_from:
            if [*astray([id], MODELS, content.parts.manifest)]:
                yield unstated(
                    f"`{weights.id}` derives from `{id}`, and no such base is described",
                    at=weights.at / "derived_from" / id,
                )
        if not weights.derived_from and weights.trained_on is None:
            yield unstated(
                f"`{weights.id}` says neither what it was made from nor what it was trained on",
                at=weights.at / "trained_on",
                fix="trained_on: […]   # all of it: the list is read as complete",
            )
    if not content.parts.trained:
        yield from content.unlisted


# -- the data as a whole ---------------------------------------------------------------------------


def _sizes(content: TrainingContent) -> Told:
    yield from content.unlisted
    yield from unmeasured(content.datasets)


def _content_types(content: TrainingContent) -> Told:
    yield from content.unlisted
    for dataset in content.datasets:
        yield from untold(dataset, "scope")


def _languages(content: TrainingContent) -> Told:
    yield from content.unlisted
    silent = [each for each in content.datasets if each.data and not each.data.contents]
    yield from map(unsized, silent)
    yield from unspoken(content.datasets)
    held = [c for each in content.datasets if each.data for c in each.data.contents]
    if held and not silent and not any(each.modality in ("text", None) for each in held):
        yield NotApplicable("the training data is said to hold no text")


def _latest_collection(content: TrainingContent) -> Told:
    yield from content.unlisted
    for dataset in content.datasets:
        if dataset.data and dataset.data.period is None:
            yield undated(dataset)


# -- what was heeded -------------------------------------------------------------------------------


def _reservations(content: TrainingContent) -> Told:
    found = content.parts.given(POLICY)
    if found:
        yield undetermined(
            f"`{found[0].id}` may tell the measures taken; people must read whether it does",
            at=found[0].at,
        )
    else:
        yield unstated(
            "nothing says how reservations of rights are heeded",
            at=content.parts.absent(POLICY),
            fix=f"{POLICY}: {{location: https://…}}",
        )


def _illegal_content(content: TrainingContent) -> Told:
    yield from content.unlisted
    lacking = [one for each in content.datasets for one in untold(each, "processing")]
    yield from lacking
    described = [each for each in content.datasets if each.data]
    if described and not lacking:
        yield undetermined(
            "how the data was processed may tell what was done against illegal content; people "
            "must read whether it does",
            at=described[0].at / "data" / "processing",
        )


# -- all of them -----------------------------------------------------------------------------------


def _of_section(section: Section) -> Item:
    def check(content: TrainingContent) -> Told:
        yield from content.missing(section)

    def shows(content: TrainingContent) -> Iterable[Located]:
        return shown("data", "origin", of=lambda content: content.sources(section))(content)

    return Item(
        section.name,
        f"Section {section.number} of the summary can be answered: {section.title}",
        section.questions[0],
        f"section {section.number}",
        "origin: …   # public-dataset, licensed, third-party, crawled, user, synthetic, "
        "simulated or own",
        "The template asks whether there are such sources, and if so, what they are. Only a list "
        "of all training data, each with its origin, can answer no. Each source says "
        f"{', '.join(_SAID_BY[each] for each in section.needs)}.",
        check,
        shows,
    )


_SAID_BY = {
    "modality": "what it holds (`contents`)",
    "link": "where it is (`location`)",
    "period": "when it was collected (`period`)",
    "scope": "what it is about (`scope`)",
    "provenance": "from where it came (`provenance`)",
    "generators": "what model generated it (`produced_by`)",
}
"""What sections ask of their sources, in the words of a manifest."""

ITEMS = (
    Item(
        "version",
        "The summary has a version and a date",
        "Version of the Summary … Last update",
        "head",
        f"{SUMMARY}: {{version: …, date: …, location: https://…}}",
        "A summary is kept up to date, and readers must see which one they have.",
        _version,
        _shows_version,
    ),
    Item(
        "provider",
        "The provider is named, and a way to reach them",
        "Provider name and contact details",
        "section 1.1",
        "publisher: {name: …, url: https://…}",
        "Those whose works were used must find whom to ask; the address of the publisher is a way.",
        _provider,
        _shows_provider,
    ),
    Item(
        "model",
        "The model is named with its version",
        "Versioned model name(s)",
        "section 1.2",
        'version: "…"   # of the release',
        "A summary is one of certain models; a name alone may mean several.",
        _model,
        _shows_model,
    ),
    Item(
        "dependencies",
        "It is said what models this one was made from, or that there is none",
        "Model dependencies",
        "section 1.2",
        "derived_from: {…: …}   # the id of the base, and the relation to it",
        "Who lists all training data declares too that the weights started from nothing else than "
        "`derived_from` says.",
        _dependencies,
        shown("derived_from", of=_trained),
    ),
    Item(
        "sizes",
        "It is said how much there is of each modality",
        "Training data size: For each selected modality, select the range within which the "
        "estimated total training data size for that modality falls.",
        "section 1.3",
        "contents: [{modality: …, amount: …, unit: …}]",
        "The ranges are in tokens, images and hours; another unit may be given instead. Each "
        "dataset says an amount and a unit of each modality.",
        _sizes,
        shown("data", "contents", of=_datasets),
    ),
    Item(
        "content-types",
        "It is said what types of content there are",
        "Types of content",
        "section 1.3",
        "scope: …how much of what, in which languages…",
        "Fiction, news, source code, photographs: what the works are tells whose they may be.",
        _content_types,
        shown("data", "scope", of=_datasets),
    ),
    Item(
        "languages",
        "The languages of the training data are stated",
        "Description of the linguistic characteristics of the overall training data",
        "section 1.3",
        "languages: […]   # tags like `en`; `mul` for many",
        "A model speaks the languages it was trained on. All text says in which languages it is.",
        _languages,
        shown("data", "contents", of=_datasets),
    ),
    Item(
        "latest-collection",
        "It is said when data was last collected",
        "Latest date of data acquisition/collection for model training",
        "section 1.3",
        "period: {from: …, to: …}",
        "What was published later cannot have been used. Each dataset says when it was collected; "
        "a period without an end goes on.",
        _latest_collection,
        shown("data", "period", of=_datasets),
    ),
    *map(_of_section, SECTIONS),
    Item(
        "reservations",
        "It is said how reservations of rights against text and data mining are heeded",
        "Describe the measures implemented before model training to respect reservations of rights "
        "from the TDM exception or limitation",
        "section 3.1",
        f"{POLICY}: {{location: https://…}}",
        "The policy on copyright may tell the measures; whether it does, people must read.",
        _reservations,
        shown_places(_given(POLICY)),
    ),
    Item(
        "illegal-content",
        "It is said what was done against illegal content",
        "Removal of illegal content: General description of measures taken",
        "section 3.2",
        "processing: …what was cleaned, filtered and transformed, and how…",
        "How data was filtered may tell it; whether it does, people must read.",
        _illegal_content,
        shown("data", "processing", of=_datasets),
    ),
)
"""What a manifest holds, in the order of the template. The rest only the provider can write."""
