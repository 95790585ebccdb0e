"""The checklist of the Open Source AI Definition: its table of components, row by row.

The OSI calls the checklist a learning tool and "not an operating manual to evaluate Open Source
AI". So there is nothing here to pass: each row has an answer, and the required ones are counted.
"""

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
from aimanifest.licenses import (
    OSI_DOCUMENT_TERMS,
    OSI_LIBRARY_LICENSE,
    OSI_LICENSE,
    OSI_PARAMETER_TERMS,
    Notion,
)
from aimanifest.manifest import DOCUMENT_KINDS, Component, Manifest
from aimanifest.rules import (
    CHECKLIST,
    GAPS,
    NO_GAPS,
    TEXT,
    Assessment,
    Citation,
    Figure,
    Framework,
)
from aimanifest.system import (
    LIMBS,
    Parts,
    Remedy,
    is_asserted,
    is_library_of_others,
    is_of,
    is_reasoned,
    judged,
    named,
    omission,
    path_fault,
    shown_places,
    terms_of,
    undescribed,
    unexplained,
    unlisted,
    untold,
)

TABLE = "https://hackmd.io/@opensourceinitiative/checklist-mof"
DEFINITION = "https://opensource.org/ai/open-source-ai-definition"

Told = Iterator[Remark | NotApplicable]

REQUIRED: list[str] = []
"""The ids of the rules for required rows, in the order of the table."""


def _figures(assessment: Assessment) -> tuple[Figure, ...]:
    """Count the required rows that are given; the checklist has no other number."""
    outcomes = [each.outcome for each in assessment.answers if each.rule.id in REQUIRED]
    asked = [each for each in outcomes if each is not Outcome.NOT_APPLICABLE]
    met, open_ = asked.count(Outcome.MET), asked.count(Outcome.UNDETERMINED)
    return (
        Figure(
            "required components given",
            met,
            met,
            met + open_,
            f"of {len(asked)}",
            "rows of the table of required components, Data as one, that are there under the terms "
            "it names",
        ),
    )


framework = Framework(
    id="osaid-checklist",
    title="Checklist of the Open Source AI Definition",
    version="1.0",
    url=TABLE,
    words=(GAPS, NO_GAPS),
    beside="The rows of the table",
    not_checked=(
        (
            "whether papers, reports and data cards provide what the definition asks about data: "
            'in the words of the checklist, "one needs to extrapolate"'
        ),
        (
            "whether the table fits at all: it is, in its own words, tied to generative AI, and it "
            'is "not an operating manual to evaluate Open Source AI"'
        ),
    ),
    subject=Parts.of,
    figures=_figures,
)


def row(quote: str, clause: str) -> Citation:
    """Cite the table."""
    return Citation(quote, clause, TABLE, CHECKLIST)


def says(quote: str, clause: str) -> Citation:
    """Cite the definition, on which the table stands."""
    return Citation(quote, clause, DEFINITION, TEXT)


CODE_ROWS = "Required components, Code: All of these components are required"
MODEL_ROWS = "Required components, Model: All of these components are required"
DATA_ROWS = "Required components, Data"
OPTIONAL_ROWS = "Optional components"
IF_USED = "Preferred form, Code; there with the words 'if used', which the table does not have"

GIVEN = "{license: …, location: https://…}"
"""How a component is written that is given."""

ITS_LICENSE = "license: …   # the SPDX id of the license that it is under"
MANIFEST_LICENSE = "metadata: {license: …}   # of this file's own text: CC0-1.0 or CC-BY-4.0, say"
REMEDY = Remedy(
    state=ITS_LICENSE,
    change="Release it under a license that the OSI approved; if it is not yours, use another.",
    settle="A license that the OSI approved would settle it.",
)


# -- Data ------------------------------------------------------------------------------------------

DOCUMENTS = ("research-paper", "technical-report", "data-card")
"""The kinds of documents that the table names under Data."""


def _datasets(parts: Parts) -> tuple[Component, ...]:
    """Return what the weights were trained on; where there are none, what is called that."""
    return parts.datasets if parts.trained else parts.by_kind.get("training-data", ())


@framework.rule(
    "data",
    title="The requirements of the definition on data are satisfied",
    cites=(
        row(
            "See Known Issues. The requirements in the Open Source AI Definition must be "
            "satisfied.",
            DATA_ROWS,
        ),
        row(
            "When the Datasets component is made available, the Data requirements should be "
            "satisfied. When AI systems don't make the Datasets component available, one needs to "
            "extrapolate from the alternative Data components if they provide the requirements "
            "listed in the Open Source AI Definition.",
            "Known issues and limitations",
        ),
        says("Data Information shall be made available under OSI-approved terms.",
             "Preferred form, Data Information"),
    ),
    fix="data: {access: …, provenance: …, scope: …, collection: …, labeling: …, processing: …}",
    level=None,
    shows=shown_places(_datasets),
)  # fmt: skip
def data(parts: Parts) -> Told:
    """Data that is released needs no description here, other than in the definition itself.

    Where it is not released, what the definition asks to be told has to be told in its place. Where
    there are documents only, the checklist itself does not know: "one needs to extrapolate".
    """
    missing = [*_missing_data(parts)]
    papers = [
        each
        for kind in DOCUMENTS
        for each in parts.given(kind)
        if not [*terms_of(each, OSI_DOCUMENT_TERMS, REMEDY)]
    ]
    if missing and papers:
        names = ", ".join(f"`{each.id}`" for each in papers[:3])
        yield undetermined(
            f"{missing[0].message}; whether {names} or others tell what the definition asks, one "
            "needs to extrapolate",
            at=missing[0].at,
            fix=missing[0].fix,
        )
    else:
        yield from missing
    if parts.mechanical and not parts.datasets:
        yield NotApplicable("all weights were made out of others without training")


def _missing_data(parts: Parts) -> Iterator[Remark]:
    """Yield what is missing where neither data nor its description is given."""
    if not _datasets(parts) and not parts.trained:
        yield unstated(
            "nothing is said about the training data",
            at=parts.absent("training-data"),
            fix=f"training-data: {GIVEN}",
        )
    for each in parts.trained:
        yield from unlisted(
            each, parts.manifest, asks="what the table asks for then, it does not say"
        )
    described = []
    for dataset in _datasets(parts):
        if _is_released(dataset):
            continue
        gaps = [*_undescribed(dataset)]
        yield from gaps
        if not gaps:
            described.append(dataset)
    if described:
        yield from _terms_of_description(described, parts.manifest)


def _is_released(dataset: Component) -> bool:
    """Whether a dataset is available to everybody, as a whole and under acceptable terms."""
    data = dataset.data
    sources = data.sources if data else ()
    placed = dataset.location is not None or (
        dataset.path is not None and not path_fault(dataset.path)
    )
    return (
        dataset.omitted is None
        and (placed or bool(sources and all(each.location for each in sources)))
        and dataset.availability in (None, "ungated")
        and dataset.extent != "partial"
        and {data.access if data else None, *(each.access for each in sources)}
        <= {None, "open", "public"}
        and not [*terms_of(dataset, OSI_DOCUMENT_TERMS, REMEDY)]
    )


def _undescribed(dataset: Component) -> Iterator[Remark]:
    yield from undescribed(
        dataset,
        message=f"`{dataset.id}` is not released under acceptable terms, and nothing is told "
        "about it",
    )
    for limb in LIMBS:
        yield from untold(dataset, limb)


def _terms_of_description(described: list[Component], manifest: Manifest) -> Iterator[Remark]:
    yield from judged(
        manifest.metadata.license,
        OSI_DOCUMENT_TERMS,
        Remedy(MANIFEST_LICENSE, REMEDY.change, REMEDY.settle),
        what="the description of data in this manifest",
        at=manifest.metadata.at / "license",
    )
    ids = (id for each in described if each.data for id in each.data.documented_in)
    for document in named(ids, manifest):
        if is_of(document, DOCUMENT_KINDS) and document.omitted is None:
            yield from terms_of(document, OSI_DOCUMENT_TERMS, REMEDY)


# -- rows that are optional, and alternatives of which one is enough -------------------------------


class Extra(NamedTuple):
    """A row that need not be there: its `kind`, the terms it asks for, and what it is."""

    kind: str
    notion: Notion
    beside: str


def extra(name: str, row_of: Extra, *, title: str, cites: tuple[Citation, ...], why: str) -> None:
    """Declare the rule for a row that is shown and never counted."""

    @framework.rule(
        name,
        title=title,
        cites=cites,
        fix=f"{row_of.kind}: {GIVEN}",
        level=None,
        why=why,
        shows=shown_places(lambda parts: parts.given(row_of.kind)),
    )
    def check(parts: Parts) -> Told:
        found = parts.by_kind.get(row_of.kind, ())
        given = [each for each in found if each.omitted is None]
        counted = []
        for each in given:
            faults = [*terms_of(each, row_of.notion, REMEDY)]
            for fault in faults if each.kind == row_of.kind else ():
                told = fault.message.removesuffix(".")
                yield remark(f"{told}; so it does not count", at=fault.at, fix=fault.fix)
            if not faults:
                counted.append(each)
        if not counted:
            how = "not given under such terms" if given else _how_absent(found)
            yield NotApplicable(f"{row_of.beside}; {how}")


def _how_absent(found: tuple[Component, ...]) -> str:
    return omission(found[0]) if found else "nothing is said about it"


ALTERNATIVE = "one of four ways to satisfy the row Data"
OPTIONAL = "optional"


def alternative(kind: str, quote: str, title: str, why: str) -> None:
    """Declare one of the rows below Data."""
    extra(
        kind if kind in DOCUMENTS else "datasets",
        Extra(kind, OSI_DOCUMENT_TERMS, ALTERNATIVE),
        title=title,
        cites=(row(f"{quote} | Available under OSI-approved terms", DATA_ROWS),),
        why=why,
    )


alternative(
    "training-data",
    "Datasets",
    "Training datasets are given under acceptable terms",
    "The draft of August 2024 called datasets the most important of the four.",
)
alternative(
    "research-paper",
    "Research paper",
    "A research paper is given under acceptable terms",
    "A paper may tell what the definition asks about data; whether it does, only reading it shows.",
)
alternative(
    "technical-report",
    "Technical report",
    "A technical report is given under acceptable terms",
    "A report may tell what the definition asks about data; whether it does, only reading it "
    "shows.",
)
alternative(
    "data-card",
    "Data card",
    "A data card is given under acceptable terms",
    "A data card is made to tell what data is; whether it tells all, only reading it shows.",
)


# -- Code and Model --------------------------------------------------------------------------------


class Part(NamedTuple):
    """One kind of code that a row asks for.

    `learning` tells that only parameters which were learned need it. `must_be` says that there can
    be no model without it, so that no reason excuses.
    """

    kind: str
    what: str
    learning: bool = False
    must_be: bool = False


def code(
    name: str, *asked: Part, title: str, quote: str, clause: str, text: Citation, why: str
) -> None:
    """Declare the rule for a required row of code."""

    @framework.rule(
        name,
        title=title,
        cites=(row(f"{quote} | Available under OSI-approved license", clause), text),
        fix=f"{asked[0].kind}: {GIVEN}",
        level=None,
        why=why,
        shows=shown_places(lambda parts: [c for part in asked for c in parts.given(part.kind)]),
    )
    def check(parts: Parts) -> Told:
        spared = [part for part in asked if part.learning and parts.mechanical]
        told = {}
        for part in asked:
            if part not in spared or parts.by_kind.get(part.kind):
                for each in _part(parts, part):  # what holds two kinds is told of once
                    told[each.at.pointer] = each
        yield from told.values()
        if len(spared) == len(asked):
            yield NotApplicable("all weights were made out of others without training")

    REQUIRED.append(f"{framework.id}/{name}")


def _part(parts: Parts, part: Part) -> Iterator[Remark]:
    found = parts.by_kind.get(part.kind, ())
    given = [each for each in found if each.omitted is None]
    if not found:
        yield unstated(
            f"nothing is said about {part.what}",
            at=parts.absent(part.kind),
            fix=f"{part.kind}: {GIVEN}   # or `includes: [{part.kind}]` where other code holds it",
        )
    for each in found:
        if each.omitted is None:
            yield from _code_given(each, parts.manifest)
        elif each.omitted == "withheld":
            yield unmet(
                f"`{each.id}` ({part.what}) is withheld",
                at=each.at / "omitted",
                fix=f"{each.id}: {GIVEN}",
            )
        elif not given:
            yield _left_out(each, part)


def _code_given(component: Component, manifest: Manifest) -> Iterator[Remark]:
    if component.extent == "partial":
        yield undetermined(
            f"`{component.id}` is released only in part; whether a part is enough, the table does "
            "not say",
            at=component.at / "extent",
            fix="Release what is missing.",
        )
    if (
        component.license == "NONE"
        and component.assertion is not None
        and component.assertion.basis == "public-domain"
    ):
        yield undetermined(
            f"`{component.id}` is in the public domain by assertion; the table asks for an "
            "approved license, and no license was given",
            at=component.at / "license",
            fix="An OSI-approved license that asks for nothing, such as 0BSD, would settle it.",
        )
    else:
        others = is_library_of_others(component, manifest)
        notion = OSI_LIBRARY_LICENSE if others else OSI_LICENSE
        yield from terms_of(component, notion, REMEDY)


def _left_out(component: Component, part: Part) -> Remark:
    told = f"`{component.id}` ({part.what}) is {omission(component)}"
    if not is_reasoned(component):
        return unexplained(component, told)
    if part.must_be:
        return unmet(
            f"{told}, but without it there could be no model",
            at=component.at / "omitted",
            fix=f"{component.id}: {GIVEN}",
        )
    return undetermined(
        f'{told}; the definition asks for it "if used", and the table requires it of all',
        at=component.at / "omitted",
        fix=f"{component.id}: {GIVEN}",
    )


REQUIRED.append(f"{framework.id}/data")

code(
    "data-preprocessing",
    Part("data-preprocessing-code", "the code used for processing the data", learning=True),
    title="The code for data pre-processing is given",
    quote="Data pre-processing",
    clause=CODE_ROWS,
    text=says("code used for processing and filtering data", IF_USED),
    why="The same raw data gives another system when it is cleaned in another way.",
)
code(
    "training-validation-and-testing",
    Part("training-code", "the code used for training", learning=True, must_be=True),
    Part("validation-code", "the code used for validation and testing", learning=True),
    title="The code for training, validation and testing is given",
    quote="Training, validation and testing",
    clause=CODE_ROWS,
    text=says(
        "code used for training including arguments and settings used, validation and testing",
        IF_USED,
    ),
    why="The row asks for three things in one. Code of public benchmarks is none of them: it has "
    "rows of its own among the optional ones.",
)
code(
    "inference",
    Part("inference-code", "the inference code"),
    title="The inference code is given",
    quote="Inference",
    clause=CODE_ROWS,
    text=says("inference code", IF_USED),
    why="Without it the parameters are numbers in a file. Somebody else's runtime will do.",
)
code(
    "supporting-libraries",
    Part("supporting-library", "the supporting libraries and tools"),
    title="The supporting libraries and tools are given",
    quote="Supporting libraries and tools",
    clause=CODE_ROWS,
    text=says("supporting libraries like tokenizers and hyperparameters search code", IF_USED),
    why="It is enough to name them with their license. Which libraries are supporting, the OSI's "
    "own reviewers asked and did not settle.",
)
code(
    "model-architecture",
    Part("model-architecture", "the code of the model architecture"),
    title="The model architecture is given as code",
    quote="Model architecture",
    clause=MODEL_ROWS,
    text=says("model architecture", IF_USED),
    why="The table counts the architecture to the model, the definition to the code; both ask for "
    "a license that the OSI approved.",
)


@framework.rule(
    "model-parameters",
    title="The model parameters are given, all of them, under acceptable terms",
    cites=(
        row("Model parameters | Available under OSI-approved terms", MODEL_ROWS),
        says("Parameters shall be made available under OSI-approved terms.",
             "Preferred form, Parameters"),
    ),
    fix=f"weights: {GIVEN}",
    level=None,
    shows=shown_places(lambda parts: [each for each in parts.released if each.omitted is None]),
)  # fmt: skip
def model_parameters(parts: Parts) -> Told:
    """Parameters are free by a license, by another instrument, or by an explicit assertion."""
    if not any("weights" in each.kinds for each in parts.manifest.components.values()):
        yield unstated(
            "no component is of kind `weights`, so nobody can tell what became of the parameters",
            at=parts.absent("weights"),
            fix=f"weights: {GIVEN}",
        )
    for each in parts.weights:
        if each.omitted == "not-applicable" and not is_reasoned(each):
            yield unstated(
                f"`{each.id}` is said not to apply, and not why",
                at=each.at / "notes",
                fix="notes: …one sentence that says why there are none…",
            )
        elif each.omitted == "not-applicable":
            yield undetermined(
                f"`{each.id}` is said not to apply: what the table asks of a system without "
                "parameters, it does not say",
                at=each.at / "omitted",
            )
        elif each.omitted is not None:
            yield unmet(
                f"`{each.id}` is {omission(each)}; if it is no part of this release, it does not "
                "belong in its manifest",
                at=each.at / "omitted",
                fix=f"{each.id}: {GIVEN}",
            )
    for each in parts.released:
        if each.omitted is None:
            yield from _parameters_given(each)
    if parts.foreign and not parts.weights and not parts.opaque:
        yield NotApplicable("the parameters have a manifest of their own")


def _parameters_given(weights: Component) -> Iterator[Remark]:
    if weights.extent == "partial":
        yield unmet(
            f"`{weights.id}` is released only in part",
            at=weights.at / "extent",
            fix="Release what is missing.",
        )
    if not is_asserted(weights):
        yield from terms_of(weights, OSI_PARAMETER_TERMS, REMEDY)


REQUIRED.append(f"{framework.id}/model-parameters")


# -- optional rows ---------------------------------------------------------------------------------


def optional(kind: str, notion: Notion, *, title: str, quotes: tuple[str, ...], why: str) -> None:
    """Declare an optional row."""
    extra(
        kind,
        Extra(kind, notion, OPTIONAL),
        title=title,
        cites=tuple(row(quote, OPTIONAL_ROWS) for quote in quotes),
        why=why,
    )


optional(
    "evaluation-data",
    OSI_DOCUMENT_TERMS,
    title="Evaluation data is given",
    quotes=("Evaluation data",),
    why="With it others can measure the finished model as its publisher did.",
)
optional(
    "evaluation-results",
    OSI_DOCUMENT_TERMS,
    title="Evaluation results are given",
    quotes=("Evaluation results",),
    why="What evaluations found is worth knowing, and no part of the preferred form.",
)
optional(
    "evaluation-code",
    OSI_LICENSE,
    title="The code of evaluations and benchmarks is given",
    quotes=("Evaluation code", "Code used to perform inference for benchmark tests"),
    why="The table has two rows for what a manifest has one kind for. Neither is the code that "
    "validated the training, which is required.",
)
optional(
    "model-card",
    OSI_DOCUMENT_TERMS,
    title="A model card is given",
    quotes=("Model card",),
    why="A model card says what a model is for; the definition does not ask for one.",
)
optional(
    "sample-outputs",
    OSI_DOCUMENT_TERMS,
    title="Sample outputs are given",
    quotes=("Sample model outputs",),
    why="Samples show what to expect of a model before anybody runs it.",
)
optional(
    "model-metadata",
    OSI_DOCUMENT_TERMS,
    title="Model metadata is given",
    quotes=("Model metadata",),
    why="Prompts, templates and settings help to use a model; the definition does not name them.",
)
