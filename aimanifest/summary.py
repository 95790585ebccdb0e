"""A draft of the public summary of training content that the EU AI Act asks for, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from aimanifest.findings import Remark
from aimanifest.manifest import Component, Manifest
from aimanifest.placeholders import says_none
from aimanifest.system import Parts, untold
from aimanifest.terminal import visible
from aimanifest.training_content import (
    SECTIONS,
    TEMPLATE,
    Amount,
    Section,
    Size,
    TrainingContent,
    latest,
    sizes,
    undated,
    unmeasured,
    unspoken,
)
from aimanifest.training_content.items import POLICY, SUMMARY

NO_PLACE = "a manifest has no place for it"


def draft(manifest: Manifest) -> str:
    """Draft the summary of the content that the release of `manifest` was trained on.

    Headings and their numbers are those of the AI Office's template (C(2025) 5235 of 24 July 2025).
    Every answer is a value of the manifest. What it does not say, or has no place for, is marked as
    a gap; "No" is answered only where all training data is listed, each with its origin. Amounts
    are summed up where they are in the unit of the template, and otherwise told one by one.
    """
    content = TrainingContent.of(Parts.of(manifest))
    parts = (
        _head(content),
        _general(content),
        _overall(content),
        _sources(content),
        _processing(content),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(content: TrainingContent) -> Iterator[str]:
    found = content.parts.given(SUMMARY)
    name = _text(content.parts.manifest.release.name or "the release")
    yield "# Public Summary of Training Content for General-Purpose AI models"
    yield ""
    yield "Required by Article 53(1)(d) of Regulation (EU) 2024/1689 (AI Act)."
    yield ""
    yield (
        f"> Draft, made by aimanifest from the manifest of {name}, after the [template of the AI "
        f"Office]({TEMPLATE}). It says what the manifest says. Each **gap** is for the provider to "
        "close. Whether the summary is sufficiently detailed, people must judge."
    )
    yield ""
    yield from _answer("Version of the Summary", found[0].version if found else None)
    yield from _answer("Last update", found[0].date if found else None)


def _general(content: TrainingContent) -> Iterator[str]:
    publisher = content.parts.manifest.release.publisher
    yield "## 1. General information"
    yield ""
    yield "### 1.1. Provider identification"
    yield ""
    named = [_text(publisher.name)] if publisher else []
    if publisher and publisher.url:
        named.append(_link(publisher.url))
    else:
        named.append(_gap("contact details are not stated"))
    yield from _told("Provider name and contact details", [", ".join(named)])
    yield from _told("Authorised representative name and contact details", [_gap(NO_PLACE)])
    yield "### 1.2. Model identification"
    yield ""
    yield from _told("Versioned model name(s)", [*_names(content)])
    yield from _told("Model dependencies", [*_dependencies(content)])
    yield from _told("Date of placement of the model on the Union market", [_gap(NO_PLACE)])


def _names(content: TrainingContent) -> Iterator[str]:
    release = content.parts.manifest.release
    versions = [release.version, *(each.version or each.revision for each in content.parts.weights)]
    told = next((each for each in versions if each), None)
    name = _text(release.name or "")
    yield f"{name}, {_text(told)}" if told else f"{name}; {_gap('no version is stated')}"


def _dependencies(content: TrainingContent) -> Iterator[str]:
    components = content.parts.manifest.components
    for weights in content.parts.trained:
        for id, relation in weights.derived_from.items():
            base = components.get(id)
            made_by = f", by {_text(base.publisher.name)}" if base and base.publisher else ""
            name = _text(base.name) if base and base.name else f"`{id}`"
            yield f"`{weights.id}`: {_text(relation)} of {name}{made_by}"
        if not weights.derived_from:
            if weights.trained_on is None:
                yield _gap(f"`{weights.id}` does not say what it was made from")
            else:
                yield f"`{weights.id}`: none"
    if not content.parts.trained:
        yield _gap("no weights are given")


# -- 1.3 -------------------------------------------------------------------------------------------


def _overall(content: TrainingContent) -> Iterator[str]:
    yield "### 1.3. Modalities, overall training data size and other characteristics"
    yield ""
    found = sizes(content.datasets)
    if found:
        yield "| Modality | Training data size | Types of content |"
        yield "| --- | --- | --- |"
        yield from (_row(each, content) for each in found)
        yield ""
    yield from _gaps([*content.unlisted, *unmeasured(content.datasets)])
    label = "Latest date of data acquisition/collection for model training"
    yield from _told(label, [*_last(content)])
    label = "Is the model continuously trained on new or dynamic data after this date?"
    yield from _told(label, [_gap(NO_PLACE)])
    label = "Description of the linguistic characteristics of the overall training data"
    yield from _told(label, [*_languages(content)])
    personal = [
        f"`{each.id}`: {PERSONAL_DATA[each.data.personal_data]}"
        for each in content.datasets
        if each.data and each.data.personal_data in PERSONAL_DATA
    ]
    if personal:
        yield from _told("Other relevant characteristics of the overall training data", personal)


PERSONAL_DATA = {
    "none": "no personal data",
    "anonymised": "personal data, anonymised",
    "pseudonymised": "personal data, pseudonymised",
    "consented": "personal data of people who agreed to this use",
    "present": "personal data",
}


def _row(size: Size, content: TrainingContent) -> str:
    title = size.scale.title if size.scale else "Other"
    ids = dict.fromkeys(each.dataset for each in (*size.counted, *size.uncounted))
    types = [_type(content.parts.manifest.components[id]) for id in ids]
    return f"| {title} | {'<br>'.join(_amounts(size))} | {'<br>'.join(types)} |"


def _amounts(size: Size) -> Iterator[str]:
    if size.range:
        yield size.range
    elif size.scale:
        yield _gap(f"which range: not everything is counted in {size.scale.unit}")
    if size.counted and size.scale:
        yield f"{_number(size.total)} {size.scale.unit} in all"
    for each in size.uncounted:
        yield _amount(each, besides=bool(size.counted))


def _amount(amount: Amount, *, besides: bool) -> str:
    content = amount.content
    modality = "" if content.modality in ("text", "image", "audio", "video") else content.modality
    kind = f" of {_text(modality)}" if modality else ""
    where = f"{'besides, ' if besides else ''}`{amount.dataset}`"
    if content.amount is None or content.unit is None:
        return f"{where}{kind}: {_gap('how much is not stated')}"
    return f"{where}: {_number(content.amount)} {content.unit}{kind}"


def _type(dataset: Component) -> str:
    scope = dataset.data.scope if dataset.data else None
    if scope is None or [*untold(dataset, "scope")]:
        return f"`{dataset.id}`: {_gap('the types of content are not stated')}"
    return f"`{dataset.id}`: {_text(scope)}"


def _last(content: TrainingContent) -> Iterator[str]:
    if date := latest(content.datasets):
        yield _text(date)
    for each in content.datasets:
        if each.data and each.data.period is None:
            yield _gap(undated(each).message)
        elif each.data and each.data.period and not each.data.period.until:
            yield f"data of `{each.id}` is still being collected"
    if not content.datasets:
        yield _gap("no training data is described")


def _languages(content: TrainingContent) -> Iterator[str]:
    for dataset in content.datasets:
        contents = dataset.data.contents if dataset.data else ()
        tags = dict.fromkeys(tag for each in contents for tag in each.languages)
        if tags:
            yield f"`{dataset.id}`: {', '.join(map(_text, tags))}"
    yield from (_gap(each.message) for each in unspoken(content.datasets))
    held = [each for one in content.datasets if one.data for each in one.data.contents]
    if not held:
        yield _gap("no languages are stated")
    elif not any(each.modality == "text" or each.languages for each in held):
        yield "No text is said to be among the training data."


# -- 2 ---------------------------------------------------------------------------------------------


def _sources(content: TrainingContent) -> Iterator[str]:
    yield "## 2. List of data sources"
    yield ""
    yield from _gaps([*content.unlisted, *content.unsorted])
    for section in SECTIONS:
        if section.number == "2.2.1":
            yield "### 2.2. Private non-publicly available datasets obtained from third parties"
            yield ""
        yield f"{'#' * (section.number.count('.') + 2)} {section.number}. {section.title}"
        yield ""
        yield from _section(section, content)


def _section(section: Section, content: TrainingContent) -> Iterator[str]:
    used = content.used(section)
    for question in section.questions:
        if used is None:
            answer = _gap("not all training data is listed with its origin")
        elif used and len(section.questions) > 1:
            answer = _gap("there is such data; which of the two it is, the manifest does not say")
        else:
            answer = "Yes" if used else "No"
        yield from _told(question, [answer])
    if used:
        found = content.sources(section)
        if "modality" in section.needs:
            yield from _told("Modality(ies) of the content covered", [*_modalities(found)])
        yield from DETAILS[section.number](found, content)
        lacking = [each.message for each in content.lacking(section)]
        said = {each.message for each in unmeasured(found)}  # of the modalities, just above
        yield from _listed([*_elsewhere(section, found), *(m for m in lacking if m not in said)])


def _elsewhere(section: Section, found: Iterable[Component]) -> Iterator[str]:
    """Ask about crawls of others, which the template counts among datasets that are public."""
    for each in found:
        if section.number == "2.3" and each.data and "common crawl" in _lower(each.data.provenance):
            yield (
                f"`{each.id}` names Common Crawl: what others crawled and published belongs in "
                "section 2.1"
            )


def _lower(text: str | None) -> str:
    return (text or "").lower()


def _modalities(datasets: Iterable[Component]) -> Iterator[str]:
    held = (each.modality for one in datasets if one.data for each in one.data.contents)
    yield ", ".join(dict.fromkeys(_text(each) for each in held if each)) or _gap("not stated")


def _dataset(dataset: Component, *limbs: str) -> str:
    """Tell of a dataset its name, its place, when it was collected, and what `limbs` say."""
    said = [_text(dataset.name) if dataset.name else f"`{dataset.id}`"]
    if dataset.location:
        said.append(_link(dataset.location))
    parts = dataset.data.sources if dataset.data else ()
    said += (_link(each.location) for each in parts if each.location)
    if dataset.data and dataset.data.period:
        since, until = dataset.data.period.since, dataset.data.period.until
        said.append(f"collected from {_text(since or 'a date not stated')}")
        said[-1] += f" to {_text(until)}" if until else " on"
    said_of = (getattr(dataset.data, limb, None) for limb in limbs if not [*untold(dataset, limb)])
    told = [_text(each) for each in said_of if each and not says_none(each)]
    return ". ".join([", ".join(said), *(each.removesuffix(".") for each in told)]) + "."


Details = Callable[[tuple[Component, ...], TrainingContent], Iterator[str]]


def _public(found: tuple[Component, ...], _: TrainingContent) -> Iterator[str]:
    label = "List of large publicly available datasets"
    yield from _told(label, [_dataset(each, "provenance", "scope") for each in found])
    label = "General description of other publicly available datasets not listed above"
    yield from _told(label, ["None: all are listed above, large or not."])


def _licensed(_: tuple[Component, ...], __: TrainingContent) -> Iterator[str]:
    yield from ()


def _third_party(found: tuple[Component, ...], _: TrainingContent) -> Iterator[str]:
    label = "Private datasets obtained from other third parties"
    yield from _told(label, [_dataset(each, "provenance", "scope") for each in found])


def _crawled(found: tuple[Component, ...], _: TrainingContent) -> Iterator[str]:
    yield from _told("Crawler name(s)/identifier(s)", [_gap(NO_PLACE)])
    yield from _told("Purposes of the crawler(s)", [_gap(NO_PLACE)])
    yield from _told("General description of crawler behaviour", [_gap(NO_PLACE)])
    label = (
        "Period of data collection, and comprehensive description of the type of content and "
        "online sources crawled"
    )
    told = [_dataset(each, "provenance", "scope", "collection") for each in found]
    yield from _told(label, told)
    yield from _told("Summary of the most relevant domain names crawled", [_gap(NO_PLACE)])


def _users(found: tuple[Component, ...], _: TrainingContent) -> Iterator[str]:
    label = "General description of the services or products used to collect the user data"
    yield from _told(label, [_dataset(each, "provenance", "collection") for each in found])


def _synthetic(found: tuple[Component, ...], content: TrainingContent) -> Iterator[str]:
    label = "AI model(s) used to generate the synthetic data"
    told = (
        f"`{dataset.id}`: {_model(model)}"
        for dataset in found
        for model in content.generators(dataset)
    )
    yield from _told(label, [*told] or [_gap("no model is named")])
    yield from _told("Additional comments", [_dataset(each, "scope") for each in found])


def _model(model: Component) -> str:
    name = _text(model.name) if model.name else f"`{model.id}`"
    by = f", by {_text(model.publisher.name)}" if model.publisher else ""
    place = f", {_link(model.location)}" if model.location else ""
    return f"{name}{by}{place}"


def _others(found: tuple[Component, ...], _: TrainingContent) -> Iterator[str]:
    label = "Narrative description of these data sources and the data"
    yield from _told(label, [_dataset(each, "provenance", "scope", "labeling") for each in found])


DETAILS: dict[str, Details] = {
    "2.1": _public,
    "2.2.1": _licensed,
    "2.2.2": _third_party,
    "2.3": _crawled,
    "2.4": _users,
    "2.5": _synthetic,
    "2.6": _others,
}
"""What each section tells of its sources, besides their modalities."""


# -- 3 ---------------------------------------------------------------------------------------------


def _processing(content: TrainingContent) -> Iterator[str]:
    yield "## 3. Data processing aspects"
    yield ""
    yield (
        "### 3.1. Respect of reservation of rights from text and data mining exception or "
        "limitation"
    )
    yield ""
    label = (
        "Are you a Signatory to the Code of Practice for general-purpose AI models that includes "
        "commitments to respect reservations of rights from the TDM exception or limitation?"
    )
    yield from _told(label, [_gap(NO_PLACE)])
    label = (
        "Measures implemented before model training to respect reservations of rights from the TDM "
        "exception or limitation"
    )
    policies = (_policy(each) for each in content.parts.given(POLICY))
    yield from _told(label, [*policies, _gap("to be told in the provider's own words")])
    yield "### 3.2. Removal of illegal content"
    yield ""
    told = [
        f"`{each.id}`: {_text(each.data.processing)}"
        for each in content.datasets
        if each.data and each.data.processing and not [*untold(each, "processing")]
    ]
    if told:
        yield from _told("How the data was processed, as the manifest tells it", told)
    gap = _gap("what of it was done against illegal content, the provider has to say")
    yield from _told("General description of measures taken", [gap])
    yield "### 3.3. Other information (optional)"


def _policy(policy: Component) -> str:
    place = _link(policy.location) if policy.location else _text(policy.path or policy.id)
    return f"see the policy on copyright, {place}"


# -- Markdown --------------------------------------------------------------------------------------


def _answer(label: str, value: str | None) -> Iterator[str]:
    yield from _told(label, [_text(value) if value else _gap("not stated")])


def _told(label: str, values: list[str]) -> Iterator[str]:
    """Write an answer behind its label, or several below it."""
    label = label if label.endswith("?") else f"{label}:"
    if len(values) == 1:
        yield f"**{label}** {values[0]}"
    else:
        yield f"**{label}**"
        yield ""
        yield from (f"- {each}" for each in values)
    yield ""


def _gaps(remarks: Iterable[Remark]) -> Iterator[str]:
    yield from _listed(each.message for each in remarks)


def _listed(messages: Iterable[str]) -> Iterator[str]:
    once = dict.fromkeys(messages)
    if once:
        yield from (f"- {_gap(each)}" for each in once)
        yield ""


def _gap(message: str) -> str:
    return f"**gap:** {message}"


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!$&])")
"""Signs that mean something in Markdown, wherever they stand in a line."""


def _text(value: str) -> str:
    """Write a value of the manifest so that Markdown shows it as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", visible(" ".join(value.split())))


_ADDRESS = re.compile(r"https?://[^\s<>|`\\]+")


def _link(address: str) -> str:
    safe = visible(address)
    return f"<{safe}>" if _ADDRESS.fullmatch(safe) else _text(safe)


def _number(amount: float) -> str:
    return f"{amount:,.15g}"
