"""Open Weights as Heather Meeker and OSS Capital define them: weights, and how they came to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from aimanifest.findings import (
    NotApplicable,
    Outcome,
    Remark,
    remark,
    undetermined,
    unmet,
    unstated,
)
from aimanifest.licenses import Notion
from aimanifest.licenses.open_weights import (
    ANY_PURPOSE,
    MEEKER_REQUIREMENTS,
    MEEKER_TEXT,
    MODIFICATION,
    NO_DISCRIMINATION,
    NOTICES_BY_REFERENCE,
    OPEN_DATA_TERMS,
    PROVISION,
    TRAINING_SOFTWARE,
)
from aimanifest.manifest import Component, Manifest
from aimanifest.rules import OUR_READING, TEXT, Citation, Framework
from aimanifest.system import (
    LIMBS,
    Parts,
    Remedy,
    base_remarks,
    imposed,
    is_asserted,
    is_mechanical,
    is_reasoned,
    omission,
    placeless,
    shown,
    shown_places,
    terms_among,
    terms_of,
    undescribed,
    unexplained,
    unlisted,
    untold,
    worst,
)

Told = Iterator[Remark | NotApplicable]

LEVEL = "open-weight"


class Model(NamedTuple):
    """What the definition looks at in a release.

    `weights` are those that the release hands out, omitted ones too, and `given` those that are
    not. `foreign` are described by a manifest of their own, and nothing here stands on them.
    `bases` are those with a manifest of their own on which something does.
    """

    parts: Parts
    weights: tuple[Component, ...]
    given: tuple[Component, ...]
    foreign: tuple[Component, ...]
    bases: tuple[Component, ...]

    @property
    def manifest(self) -> Manifest:
        """The manifest of the release."""
        return self.parts.manifest

    @property
    def trained(self) -> tuple[Component, ...]:
        """The parameters of which it is asked how they were trained, omitted checkpoints too."""
        return tuple({each.id: each for each in (*self.given, *self.parts.trained)}.values())

    @property
    def mechanical(self) -> bool:
        """Whether all weights were made out of others without training, as far as is told."""
        return bool(self.given) and all(is_mechanical(each) for each in self.trained)

    @classmethod
    def of(cls, manifest: Manifest) -> Model:
        """Gather what is looked at of `manifest`."""
        parts = Parts.of(manifest)
        return cls(
            parts,
            parts.released,
            tuple(each for each in parts.released if each.omitted is None),
            tuple(each for each in parts.foreign if each.id not in parts.bases),
            tuple(each for each in parts.foreign if each.id in parts.bases),
        )


framework = Framework(
    id="open-weights-meeker",
    title="Open Weights definition (Heather Meeker, OSS Capital)",
    version="2024-10-17",
    url="https://github.com/Open-Weights/Definition",
    levels=(LEVEL,),
    called={LEVEL: "Open Weights"},
    beside="What the definition calls optional (not part of the verdict)",
    not_checked=(
        "whether what is told of the training is enough to study it",
        "whether the training code that is given is all the software that was used",
        "what else is optional: software for using the model, and for training it further",
    ),
    subject=Model.of,
)


def _given(subject: Model) -> tuple[Component, ...]:
    return subject.given


def _says(quote: str, clause: str = "Requirements") -> Citation:
    return Citation(quote, clause, MEEKER_TEXT, TEXT)


GIVEN = "{license: …, location: https://…}"
"""How a component is written that is given."""

ITS_LICENSE = "license: …   # the SPDX id of the license that it is under"
REMEDY = Remedy(
    state=ITS_LICENSE,
    change="Release it under a license that does not.",
    settle="A license such as CC-BY-4.0, UPL-1.0 or LicenseRef-Open-Weights-Permissive-1.0.0 would "
    "settle it.",
)
NO_WEIGHTS = "no weights are given"
ANYWHERE = "Offer it where anybody gets it without that, and write the place under `location`."


# -- the weights -----------------------------------------------------------------------------------


@framework.rule(
    "weights-accessible",
    title="The weights are there to be studied",
    cites=(
        _says("The model must be provided along with access to the NNWs as necessary to study how "
              "the model was trained"),
    ),
    fix=f"weights: {GIVEN}",
    level=LEVEL,
    shows=shown_places(_given),
)  # fmt: skip
def weights_accessible(subject: Model) -> Told:
    """NNWs are neural net weights. Which access study needs, the definition does not say.

    Weights that one may have on some condition are therefore undetermined; weights that nobody
    gets, or that nothing is said of, are not accessible.
    """
    for foreign in subject.foreign:
        yield from base_remarks(foreign, framework, subject.manifest)
    if not subject.weights and not subject.foreign:
        yield unstated(
            "no component is of kind `weights`, so nobody can tell whether they are given",
            at=subject.parts.absent("weights"),
            fix=f"weights: {GIVEN}",
        )
    for weights in subject.weights:
        if weights.omitted is not None:
            yield unmet(
                f"`{weights.id}` is {omission(weights)}; if it is no part of this release, it "
                "does not belong in its manifest",
                at=weights.at / "omitted",
                fix=f"{weights.id}: {GIVEN}",
            )
    for weights in subject.given:
        if weights.extent == "partial":
            yield undetermined(
                f"`{weights.id}` is released only in part; whether that is enough to study it, "
                "the definition does not say",
                at=weights.at / "extent",
                fix="Release what is missing.",
            )
        yield from _obtained(weights)


def _obtained(component: Component) -> Iterator[Remark]:
    """Say what keeps people from getting something that has to be provided."""
    yield from placeless(component, f"`{component.id}` does not say where it is")
    at = component.at / "availability"
    if component.availability == "withdrawn":
        yield unmet(f"`{component.id}` is no longer available", at=at, fix=ANYWHERE)
    elif component.availability not in (None, "ungated"):
        how = {
            "gated": "behind a gate: one must sign in or accept conditions first",
            "on-request": "given on request only",
            "paid": "to be paid for",
        }[component.availability]
        yield undetermined(
            f"`{component.id}` is {how}; whether that is to provide it, the definition does not "
            "say",
            at=at,
            fix=ANYWHERE,
        )


# -- information on the training -------------------------------------------------------------------

FOOTNOTE = _says(
    "This element will be considered sufficient if it meets the requirements of the EU Artificial "
    "Intelligence Act, Annex IV(2)(d)",
    "Requirements, footnote",
)


ANOTHER_FORM = Citation(
    "how the model was trained",
    "Requirements; that a model quantized or converted is the model that was trained, in another "
    "form, is our reading",
    MEEKER_TEXT,
    OUR_READING,
)


def _relayed(subject: Model, rule: str) -> Iterator[Remark]:
    """Pass on what the bases of mechanical weights have to say, by their own manifests.

    A quantized model is the model that was trained, in another form: what is told of the training
    of its base is told of it.
    """
    for base in subject.bases:
        own = subject.manifest.bases[base.id]
        at = base.at / "manifest"
        assessment = own.assessment(framework)
        if assessment is None:
            yield unstated(
                f"nothing is told of the training of `{base.id}`: {own.problem}",
                at=at,
                fix="manifest: …   # the path of a right one, inside the release",
            )
            continue
        for answer in assessment.answers:
            if answer.rule.id == rule and answer.outcome.rank > Outcome.MET.rank:
                yield Remark(
                    answer.outcome,
                    f"`{base.id}`, of which these weights are another form, has by its own "
                    f"manifest `{rule}` {answer.outcome.value}",
                    at,
                    "",
                    (),
                )


def information(
    name: str,
    *,
    title: str,
    quote: str,
    what: str,
    topics: tuple[str, ...],
    kinds: tuple[str, ...] = (),
    place: str,
    in_reports: bool = False,
    also: tuple[Citation, ...] = (),
    why: str,
) -> None:
    """Declare the rule that asks for one piece of information on the training.

    `what` is what our messages call it. A document that includes the first of `topics` tells it; of
    weights that derive from others, one that includes any of them. So does a component of one of
    `kinds`. Where nothing is said to tell it, a component of kind `place` is missed. `in_reports`
    says that a report or a paper on the model is the usual place, so that it is open then.
    """

    def told(subject: Model) -> list[Component]:
        derived = all(each.derived_from for each in subject.given)
        found = (
            each
            for kind in (*(topics if derived else topics[:1]), *kinds)
            for each in subject.parts.by_kind.get(kind, ())
        )
        return list({each.id: each for each in found}.values())

    def telling(subject: Model) -> list[Component]:
        return [each for each in told(subject) if each.omitted is None]

    @framework.rule(
        name,
        title=title,
        cites=(
            _says(f"information on how the model was trained, including the following … {quote}"),
            FOOTNOTE,
            *also,
            ANOTHER_FORM,
        ),
        fix=f"includes: [{topics[0]}]   # of the document that tells it",
        level=LEVEL,
        why=why,
        shows=shown(of=telling),
    )
    def check(subject: Model) -> Told:
        if not subject.given:
            yield NotApplicable(NO_WEIGHTS)
        elif found := telling(subject):
            yield from _provided(found, what)
        elif left_out := [each for each in told(subject) if each.kind != "training-code"]:
            for each in left_out:
                yield from _left_out(each, what)
        elif subject.mechanical and subject.bases:
            yield from _relayed(subject, f"{framework.id}/{name}")
        else:
            yield _missing(subject.parts, what, topic=topics[0], place=place, usual=in_reports)


def _missing(parts: Parts, what: str, *, topic: str, place: str, usual: bool) -> Remark:
    """Say that nothing tells something, or, where a report is the usual place, that one may."""
    reports = (*parts.given("technical-report"), *parts.given("research-paper"))
    if reports and usual:
        return undetermined(
            f"`{reports[0].id}` may tell {what}, and does not say that it does",
            at=reports[0].at / "includes",
            fix=f"includes: [{topic}]   # if it does",
        )
    document = f"`{reports[0].id}`, if it" if reports else "a document that"
    return unstated(
        f"nothing is said to tell {what}",
        at=parts.absent(place),
        fix=f"{place}: {GIVEN}   # or `includes: [{topic}]` of {document} tells it",
    )


def _provided(found: list[Component], what: str) -> Iterator[Remark]:
    """Say what keeps the best of what was `found` from being information that is provided."""
    yield from min((list(_faults(each, what)) for each in found), key=worst)


def _faults(component: Component, what: str) -> Iterator[Remark]:
    yield from _obtained(component)
    if component.extent == "partial":
        # Code that is there in part is a fault of its own, at its `extent`, where it has to be all.
        code = component.kind == "training-code"
        yield undetermined(
            f"`{component.id}` tells {what} only in part",
            at=component.at if code else component.at / "extent",
        )


def _left_out(component: Component, what: str) -> Iterator[Remark]:
    """Say what it amounts to that what would tell something is omitted."""
    at = component.at / "omitted"
    message = f"`{component.id}`, which would tell {what}, is {omission(component)}"
    fix = f"{component.id}: {GIVEN}"
    if component.omitted != "not-applicable":
        yield unmet(message, at=at, fix=fix)
    elif is_reasoned(component):
        yield undetermined(
            f"{message}; what it asks for then, the definition does not say", at=at, fix=fix
        )
    else:
        yield unexplained(component, message)


information(
    "architecture-told",
    title="The architecture of the model is told",
    quote="model architecture",
    what="the architecture",
    topics=("architecture",),
    kinds=("model-architecture",),
    place="model-architecture",
    why="A table of numbers tells nothing to those who do not know what is computed with it.",
)
information(
    "training-methodology-told",
    title="How the model was trained is told",
    quote="training methodology",
    what="how the model was trained",
    topics=("training", "fine-tuning"),
    kinds=("training-code",),
    place="technical-report",
    in_reports=True,
    also=(
        Citation(
            "training methodology",
            "Requirements; that the code of the training tells it too is our reading",
            MEEKER_TEXT,
            OUR_READING,
        ),
    ),
    why="Who studies a model asks first what was done to make it.",
)


@framework.rule(
    "training-data-described",
    title="The data used to train the model and their provenance are described",
    cites=(
        _says("information on how the model was trained, including the following … description of "
              "the data used to train the model and their provenance"),
        FOOTNOTE,
        Citation(
            "including information about the provenance of those data sets, their scope and main "
            "characteristics; how the data was obtained and selected; labelling procedures (e.g. "
            "for supervised learning), data cleaning methodologies (e.g. outliers detection)",
            "Annex IV(2)(d) of the EU Artificial Intelligence Act, as the footnote quotes it",
            MEEKER_TEXT,
            TEXT,
        ),
        ANOTHER_FORM,
    ),
    fix="trained_on: […]   # all of it, and each described under `data`",
    level=LEVEL,
    shows=shown("data", of=lambda subject: subject.parts.datasets),
)  # fmt: skip
def training_data_described(subject: Model) -> Told:
    """The definition asks for a description, and calls five kinds of statement enough for one.

    Provenance it asks for itself, and a description of data says what the data is. Whether less
    than the five is enough, it does not say. A data card that is given may hold them all.
    """
    if not subject.given:
        yield NotApplicable(NO_WEIGHTS)
        return
    cards = subject.parts.given("data-card")
    if cards:
        yield from _provided(list(cards), "what data was used")
    elif subject.mechanical and not subject.parts.datasets and subject.bases:
        yield from _relayed(subject, f"{framework.id}/training-data-described")
    else:
        yield from _unlisted(subject)
    for dataset in subject.parts.datasets:
        if dataset.omitted is not None or not cards:
            yield from _undescribed(dataset)
    yield from _standing_on(subject)


def _standing_on(subject: Model) -> Iterator[Remark]:
    """Remark on bases, of whose training the definition says nothing."""
    for base in (*subject.bases, *subject.parts.opaque):
        learned = [
            each.id
            for each in subject.given
            if base.id in each.derived_from and not is_mechanical(each)
        ]
        if not learned:
            continue
        own = subject.manifest.bases.get(base.id)
        assessment = own.assessment(framework) if own else None
        told = f"by its own manifest {assessment.verdict().word}" if assessment else "not described"
        yield remark(
            f"`{learned[0]}` learned on top of `{base.id}`, which is {told}; whether information "
            "on the training of a base is asked for too, the definition does not say",
            at=base.at,
        )


def _unlisted(subject: Model) -> Iterator[Remark]:
    """Say of which weights it is not told what they were trained on.

    Those that were made without learning are asked where nothing else here could tell it.
    """
    hidden = any(each.omitted is not None for each in subject.trained)
    for weights in subject.trained:
        yield from unlisted(
            weights,
            subject.manifest,
            asks="what description the definition asks for then, it does not say",
            asked_of_all=not subject.parts.datasets and not hidden,
        )


def _undescribed(dataset: Component) -> Iterator[Remark]:
    """Say what is missing in the description of a dataset."""
    yield from undescribed(
        dataset,
        message=f"nothing is told about `{dataset.id}`",
        fix="data: {provenance: …, scope: …, collection: …, labeling: …, processing: …}",
    )
    if dataset.omitted is not None or dataset.data is None:
        return
    asked = [each for limb in ASKED for each in untold(dataset, limb)]
    yield from asked
    missing = [each for each in LIMBS if each not in ASKED and [*untold(dataset, each)]]
    if missing and not asked:
        blanks = ", ".join(f"{each}: …" for each in missing)
        yield undetermined(
            f"`{dataset.id}` does not tell {', '.join(f'`{each}`' for each in missing)}; what "
            "the definition calls sufficient does",
            at=dataset.at / "data",
            fix=f"data: {{{blanks}}}   # beside what is told",
        )


ASKED = ("provenance", "scope")
"""The parts of a description that the definition itself names, or that make it one of the data."""


information(
    "hyperparameters-told",
    title="The hyperparameters are told",
    quote="hyperparameter configurations",
    what="the hyperparameters",
    topics=("hyperparameters",),
    kinds=("training-configuration",),
    place="training-configuration",
    why="The same method with other settings gives another model.",
)


# -- terms -----------------------------------------------------------------------------------------


def requirement(name: str, notion: Notion, *, why: str) -> None:
    """Declare the rule for what the license of the weights has to allow."""

    @framework.rule(
        name,
        title=notion.title,
        cites=notion.cites,
        fix=ITS_LICENSE,
        level=LEVEL,
        why=why,
        shows=shown("license", of=_given),
    )
    def check(subject: Model) -> Told:
        for weights in subject.given:
            yield from _licensed(weights, notion)
            for terms in weights.additional_terms:
                yield from imposed(terms, notion, on=f"`{weights.id}`")
        for terms in subject.manifest.release.additional_terms:
            yield from imposed(terms, notion, on="the release")
        if not subject.given:
            yield NotApplicable(NO_WEIGHTS)


def _licensed(weights: Component, notion: Notion) -> Iterator[Remark]:
    if is_asserted(weights):
        yield undetermined(
            f"`{weights.id}` has no license, and is said to be free for all; the definition names "
            "the public domain for software, and does not say what it makes of such weights",
            at=weights.at / "assertion",
            fix="A dedication such as CC0-1.0 would settle it.",
        )
    else:
        yield from terms_among(weights, notion, MEEKER_REQUIREMENTS, REMEDY)


requirement(
    "any-purpose",
    ANY_PURPOSE,
    why="Purposes that are forbidden today are those that somebody needs tomorrow.",
)
requirement(
    "modification",
    MODIFICATION,
    why="A model that may not be tuned or pruned is of use to few.",
)
requirement(
    "no-discrimination",
    NO_DISCRIMINATION,
    why="A license that leaves out large users, certain industries or certain purposes is one for "
    "some.",
)


@framework.rule(
    "training-software",
    title="The software used to train the model is given, under an open source license or in the "
    "public domain",
    cites=(*TRAINING_SOFTWARE.cites, ANOTHER_FORM),
    fix=f"training-code: {GIVEN}",
    level=LEVEL,
    shows=shown("license", of=lambda subject: subject.parts.given("training-code")),
)
def training_software(subject: Model) -> Told:
    """Weights whose training software is kept back can be changed, but not made again.

    Software in the public domain is enough here, as it is not for the Open Source AI Definition.
    """
    if not subject.given:
        yield NotApplicable(NO_WEIGHTS)
        return
    found = subject.parts.by_kind.get("training-code", ())
    if not found and subject.mechanical and subject.bases:
        yield from _relayed(subject, f"{framework.id}/training-software")
    elif not found:
        yield unstated(
            "nothing is said about the software used to train the model",
            at=subject.parts.absent("training-code"),
            fix=f"training-code: {GIVEN}   # or `includes: [training-code]` where other code "
            "holds it",
        )
    for code in found:
        if code.omitted is not None:
            yield unmet(
                f"`{code.id}` (the software used to train the model) is {omission(code)}",
                at=code.at / "omitted",
                fix=f"{code.id}: {GIVEN}",
            )
            continue
        if code.extent == "partial":
            yield unmet(
                f"`{code.id}` is released only in part",
                at=code.at / "extent",
                fix="Release what is missing.",
            )
        yield from _obtained(code)
        yield from _software_terms(code)
        for terms in code.additional_terms:
            yield from imposed(terms, TRAINING_SOFTWARE, on=f"`{code.id}`")


def _software_terms(code: Component) -> Iterator[Remark]:
    """Say what the terms of software amount to, which may be in the public domain."""
    basis = code.assertion.basis if is_asserted(code) and code.assertion else None
    if basis == "no-rights-claimed":
        yield undetermined(
            f"no rights are claimed in `{code.id}`; whether that is to put it in the public "
            "domain, the definition does not say",
            at=code.at / "assertion",
            fix=SOFTWARE.settle,
        )
    elif basis != "public-domain":
        yield from terms_of(code, TRAINING_SOFTWARE, SOFTWARE)


SOFTWARE = Remedy(
    state=ITS_LICENSE,
    change="Release it under a license that the OSI approved; if it is not yours, use another.",
    settle="A license that the OSI approved, or a dedication to the public domain, would settle "
    "it.",
)

requirement(
    "provision-to-others",
    PROVISION,
    why="Who may not hand on a model, or what became of it, has it alone.",
)
requirement(
    "notices-by-reference",
    NOTICES_BY_REFERENCE,
    why="Weights are mostly reached through a network, where a link to the license is what is "
    "practical. Most licenses for software were written when copies had to carry it: whether a "
    "link is enough for them, they do not say, so that even Apache-2.0 and MIT leave it open.",
)


# -- what is optional ------------------------------------------------------------------------------


@framework.rule(
    "optional-open-data",
    title="Training data that is given is under open data terms",
    cites=(
        _says("The data used to train the model may be provided under open data licensing terms.",
              "Optional"),
    ),
    fix=ITS_LICENSE,
    level=None,
    shows=shown("license", of=lambda subject: subject.parts.datasets),
)  # fmt: skip
def optional_open_data(subject: Model) -> Told:
    """Data may be left out, or be under any terms; what comes out here changes no verdict.

    Which terms are open data terms, the definition does not say. Open licenses for content and
    data are, and dedications to the public domain.
    """
    given = [each for each in subject.parts.datasets if each.omitted is None and each.placed]
    for dataset in given:
        yield from terms_of(dataset, OPEN_DATA_TERMS, OPEN_DATA)
    if not given:
        yield NotApplicable("no training data is given, which is optional")


OPEN_DATA = Remedy(
    state=ITS_LICENSE,
    change="It is optional that it is under another license.",
    settle="A license such as CC-BY-4.0 or ODC-By-1.0 would settle it.",
)
