"""What is told of the content used for training, in the order in which the AI Office asks for it.

The order is that of the template for the public summary of training content that Article 53(1)(d)
of Regulation (EU) 2024/1689 asks for: C(2025) 5235 of 24 July 2025.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from aimanifest.findings import Remark, unmet, unstated
from aimanifest.manifest import DATASET_KINDS, Component, Content
from aimanifest.system import Parts, astray, is_mechanical, named, omission, untold

TEMPLATE = (
    "https://digital-strategy.ec.europa.eu/en/library/"
    "explanatory-notice-and-template-public-summary-training-content-general-purpose-ai-models"
)

# -- sources ---------------------------------------------------------------------------------------


class Section(NamedTuple):
    """A section of the template about one sort of source.

    `questions` are what it asks first, to be answered with yes or no; `origins` are the words of
    `data.origin` for such sources. `needs` are what it asks of each source, if there is one.
    """

    number: str
    name: str
    title: str
    questions: tuple[str, ...]
    origins: tuple[str, ...]
    needs: tuple[str, ...]


_LICENSED = (
    "Have you concluded transactional commercial licensing agreement(s) with rightsholder(s) or "
    "with their representatives?"
)
_OF_OTHERS = (
    "Have you obtained private datasets from third parties that are not licensed as described in "
    "Section 2.2.1, such as data obtained from providers of private databases, or data "
    "intermediaries?"
)
_PROMPTS = (
    "Was data from user interactions with the AI model (e.g. user input and prompts) used to train "
    "the model?"
)
_SERVICES = (
    "Was data collected from user interactions with the provider's other services or products used "
    "to train the model?"
)
_GENERATED = (
    "Was synthetic AI-generated data created by the provider or on their behalf to train the model?"
)
_OTHER = (
    "Have data sources other than those described in Sections 2.1 to 2.5 been used to train the "
    "model?"
)

SECTIONS = (
    Section(
        "2.1",
        "public-datasets",
        "Publicly available datasets",
        ("Have you used publicly available datasets to train the model?",),
        ("public-dataset",),
        ("modality", "link", "period"),
    ),
    Section(
        "2.2.1",
        "licensed-data",
        "Datasets commercially licensed by rightsholders or their representatives",
        (_LICENSED,),
        ("licensed",),
        ("modality",),
    ),
    Section(
        "2.2.2",
        "third-party-data",
        "Private datasets obtained from other third parties",
        (_OF_OTHERS,),
        ("third-party",),
        ("modality", "scope"),
    ),
    Section(
        "2.3",
        "crawled-data",
        "Data crawled and scraped from online sources",
        ("Were crawlers used by the provider or on behalf of?",),
        ("crawled",),
        ("modality", "period", "scope", "provenance"),
    ),
    Section(
        "2.4",
        "user-data",
        "User data",
        (_PROMPTS, _SERVICES),
        ("user",),
        ("modality", "provenance"),
    ),
    Section(
        "2.5",
        "synthetic-data",
        "Synthetic data",
        (_GENERATED,),
        ("synthetic",),
        ("modality", "generators"),
    ),
    Section(
        "2.6",
        "other-data",
        "Other sources of data",
        (_OTHER,),
        ("own", "simulated"),
        ("provenance", "scope"),
    ),
)
"""Chapter 2 of the template. Section 2.1 means datasets of others that anybody can download."""


class TrainingContent(NamedTuple):
    """What a manifest tells of all that the parameters were trained on.

    `unlisted` are what keeps the list of datasets from being one of all of them, `unsorted` what
    keeps it from being sorted by origin.
    """

    parts: Parts
    datasets: tuple[Component, ...]
    unlisted: tuple[Remark, ...]
    unsorted: tuple[Remark, ...]

    @classmethod
    def of(cls, parts: Parts) -> TrainingContent:
        """Gather what the manifest of `parts` tells."""
        return cls(
            parts,
            parts.datasets,
            (*_not_listed(parts), *_not_described(parts)),
            tuple(_not_sorted(parts)),
        )

    def sources(self, section: Section) -> tuple[Component, ...]:
        """Return the datasets that belong in `section`."""
        return tuple(
            each for each in self.datasets if each.data and each.data.origin in section.origins
        )

    def used(self, section: Section) -> bool | None:
        """Whether there are sources of this sort; None where the manifest does not settle it."""
        if self.sources(section):
            return True
        return None if self.unlisted or self.unsorted else False

    def missing(self, section: Section) -> Iterator[Remark]:
        """Yield what keeps `section` from being answered in full."""
        yield from self.unlisted
        yield from self.unsorted
        yield from self.lacking(section)

    def lacking(self, section: Section) -> Iterator[Remark]:
        """Yield what `section` asks of its sources, and the manifest does not say."""
        for dataset in self.sources(section):
            for need in section.needs:
                yield from self._lacking(dataset, need)

    def generators(self, dataset: Component) -> tuple[Component, ...]:
        """Return the models that generated `dataset`."""
        made_by = named(dataset.produced_by or (), self.parts.manifest)
        return tuple(each for each in made_by if {"auxiliary-model", "weights"} & each.kinds)

    def _lacking(self, dataset: Component, need: str) -> Iterator[Remark]:
        data = dataset.data
        if data is None:
            return
        if need in ("provenance", "scope"):
            yield from untold(dataset, need)
        elif need == "modality" and not any(each.modality for each in data.contents):
            yield unsized(dataset)
        elif need == "period" and data.period is None:
            yield undated(dataset)
        elif need == "link" and not dataset.placed and not any(s.location for s in data.sources):
            yield unstated(
                f"`{dataset.id}` does not say where it is",
                at=dataset.at / "location",
                fix="location: https://…",
            )
        elif need == "generators" and not self.generators(dataset):
            yield unstated(
                f"`{dataset.id}` is synthetic, and does not say what model generated it",
                at=dataset.at / "produced_by",
                fix="produced_by: […]   # the model, an `auxiliary-model`, and the code",
            )


def _not_listed(parts: Parts) -> Iterator[Remark]:
    if not parts.trained:
        yield unstated(
            "no weights are given, so nothing is said of what they were trained on",
            at=parts.absent("weights"),
        )
    for weights in parts.trained:
        if weights.trained_on is None and not is_mechanical(weights):
            yield unstated(
                f"`{weights.id}` does not say what it was trained on",
                at=weights.at / ("trained_on" if weights.omitted is None else "omitted"),
                fix="trained_on: […]   # all of it: the list is read as complete",
            )
        for id in astray(weights.trained_on, DATASET_KINDS, parts.manifest):
            yield unstated(
                f"`{weights.id}` is trained on `{id}`, and no such dataset is described",
                at=weights.at / "trained_on" / (weights.trained_on or ()).index(id),
            )


def _not_described(parts: Parts) -> Iterator[Remark]:
    for dataset in parts.datasets:
        if dataset.omitted == "withheld":
            yield unmet(
                f"`{dataset.id}` is training data, and withheld with everything about it",
                at=dataset.at / "omitted",
                fix="Describe it under `data`, in place of `omitted`.",
            )
        elif dataset.omitted is not None:
            yield unstated(
                f"`{dataset.id}` is named in `trained_on`, and {omission(dataset)}",
                at=dataset.at / "omitted",
            )
        elif dataset.data is None:
            yield unstated(
                f"nothing is told about `{dataset.id}`",
                at=dataset.at / "data",
                fix="data: {origin: …, provenance: …, scope: …, contents: […], period: …}",
            )


def _not_sorted(parts: Parts) -> Iterator[Remark]:
    for dataset in parts.datasets:
        if dataset.data is not None and dataset.data.origin is None:
            yield unstated(
                f"`{dataset.id}` does not say how the publisher came by it",
                at=dataset.at / "data" / "origin",
                fix="origin: …   # public-dataset, licensed, third-party, crawled, user, "
                "synthetic, simulated or own",
            )


def undated(dataset: Component) -> Remark:
    """Say that a dataset does not tell when it was collected."""
    return unstated(
        f"`{dataset.id}` does not say when it was collected",
        at=dataset.at / "data" / "period",
        fix="period: {from: …, to: …}",
    )


def unsized(dataset: Component) -> Remark:
    """Say that a dataset does not tell in numbers what it holds."""
    return unstated(
        f"`{dataset.id}` does not say in numbers what it holds",
        at=dataset.at / "data" / "contents",
        fix="contents: [{modality: …, amount: …, unit: …}]   # an entry for each modality",
    )


# -- sizes -----------------------------------------------------------------------------------------


class Scale(NamedTuple):
    """How the template measures a modality: its unit, two bounds, and the ranges they make."""

    title: str
    unit: str
    bounds: tuple[float, float]
    ranges: tuple[str, str, str]


SCALES: Mapping[str, Scale] = {
    "text": Scale(
        "Text",
        "tokens",
        (1e9, 1e13),
        (
            "Less than 1 billion tokens",
            "1 billion to 10 trillion tokens",
            "More than 10 trillion tokens",
        ),
    ),
    "image": Scale(
        "Image",
        "images",
        (1e6, 1e9),
        (
            "Less than 1 million images",
            "1 million to 1 billion images",
            "More than 1 billion images",
        ),
    ),
    "audio": Scale(
        "Audio",
        "hours",
        (1e4, 1e6),
        ("Less than 10 000 hours", "10 000 to 1 million hours", "More than 1 million hours"),
    ),
    "video": Scale(
        "Video",
        "hours",
        (1e4, 1e6),
        ("Less than 10 000 hours", "10 000 to 1 million hours", "More than 1 million hours"),
    ),
}
"""Section 1.3. Every other modality is "Other", and is measured as the provider likes."""

AS_TEXT = frozenset({"text", "code"})
"""The Commission counts code as text (guidelines on general-purpose AI models, paragraph 17)."""


class Amount(NamedTuple):
    """What a dataset says it holds: its id, and an entry of its `contents`."""

    dataset: str
    content: Content


class Size(NamedTuple):
    """How much there is of one modality of the template, over all datasets.

    `total` sums what is counted in the unit of `scale`. `uncounted` is what is not, and cannot be
    added to it. `range` is that of the template, "" where what is uncounted leaves it open.
    """

    modality: str
    scale: Scale | None
    total: float
    counted: tuple[Amount, ...]
    uncounted: tuple[Amount, ...]
    range: str


def sizes(datasets: Iterable[Component]) -> tuple[Size, ...]:
    """Sum up by the modalities of the template what `datasets` hold.

    A dataset may measure the same content twice, in tokens and in documents: where it has an amount
    in the template's unit, its other amounts of this modality are left out.
    """
    sorted_: dict[str, dict[str, list[Amount]]] = {each: {} for each in (*SCALES, "other")}
    for dataset in datasets:
        for content in dataset.data.contents if dataset.data else ():
            modality = "text" if content.modality in AS_TEXT else content.modality
            if modality is not None:
                of_kind = sorted_[modality if modality in SCALES else "other"]
                of_kind.setdefault(dataset.id, []).append(Amount(dataset.id, content))
    return tuple(_size(name, found.values()) for name, found in sorted_.items() if found)


def _size(modality: str, found: Iterable[list[Amount]]) -> Size:
    scale = SCALES.get(modality)
    counted: list[Amount] = []
    uncounted: list[Amount] = []
    for amounts in found:
        usual = [each for each in amounts if scale and _counts(each.content, scale)]
        counted += usual
        uncounted += [] if usual else amounts
    total = sum(each.content.amount or 0 for each in counted)
    return Size(
        modality, scale, total, tuple(counted), tuple(uncounted), _range(scale, total, uncounted)
    )


def _counts(content: Content, scale: Scale) -> bool:
    return content.unit == scale.unit and content.amount is not None


def _range(scale: Scale | None, total: float, uncounted: Iterable[Amount]) -> str:
    """Say into which range `total` falls; what is uncounted could only make it more."""
    if scale is None:
        return ""
    low, high = scale.bounds
    if total > high:
        return scale.ranges[2]
    if any(uncounted):
        return ""
    return scale.ranges[0] if total < low else scale.ranges[1]


def unmeasured(datasets: Iterable[Component]) -> Iterator[Remark]:
    """Yield where `datasets` do not say how much they hold."""
    for dataset in datasets:
        if dataset.data is None:
            continue
        if not any(each.modality for each in dataset.data.contents):
            yield unsized(dataset)
        for each in dataset.data.contents:
            if each.amount is None or each.unit is None:
                lacking = "amount" if each.amount is None else "unit"
                what = each.modality or "content"
                yield unstated(
                    f"`{dataset.id}` does not say how much {what} it holds",
                    at=each.at / lacking,
                    fix=f"{lacking}: …",
                )


def unspoken(datasets: Iterable[Component]) -> Iterator[Remark]:
    """Yield where `datasets` hold text and do not say in which languages."""
    for dataset in datasets:
        for each in dataset.data.contents if dataset.data else ():
            if each.modality == "text" and not each.languages:
                yield unstated(
                    f"`{dataset.id}` does not say in which languages its text is",
                    at=each.at / "languages",
                    fix="languages: […]   # tags like `en`; `mul` for many, `und` if nobody knows",
                )


# -- dates -----------------------------------------------------------------------------------------


def latest(datasets: Iterable[Component]) -> str:
    """Return the last date on which data was collected, as it is written; "" where none is."""
    periods = (each.data.period for each in datasets if each.data)
    dates = [each.until for each in periods if each and each.until]
    return max(dates, key=_end, default="")


def _end(date: str) -> str:
    """Return what sorts a year behind its months, and a month behind its days."""
    return f"{date}~"
