"""The Model Openness Framework of the Generative AI Commons, LF AI & Data.

Its specification names seventeen components, each with the class that needs it, and asks of each
that it be included and under an open license. What its own tool, the Model Openness Tool, makes of
that is known exactly; where that tool departs from the specification by a fault of its lists, the
specification is followed here, and the rule or the judgement on the license says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from aimanifest.findings import (
    NotApplicable,
    Outcome,
    Remark,
    remark,
    undetermined,
    unmet,
    unstated,
)
from aimanifest.licenses import LicenseError, judge, parse
from aimanifest.licenses.others import MOF_CODE, MOF_DATA, MOF_DOCUMENT, MOF_OPEN
from aimanifest.manifest import CONTENT_TYPES, Component
from aimanifest.rules import (
    FAULTS,
    OUR_READING,
    TEXT,
    Assessment,
    Citation,
    Figure,
    Framework,
    Rule,
    Standing,
)
from aimanifest.system import Parts, Remedy, imposed, omission, shown_places, terms_of

Told = Iterator[Remark | NotApplicable]

SPECIFICATION = (
    "https://lfaidata.foundation/wp-content/uploads/sites/3/2025/01/"
    "05_White_paper_MOF_Specification.pdf"
)
TOOL = "https://github.com/lfai/model_openness_tool"
QUOTED = "https://github.com/spdx/spdx-3-model/issues/1181"

ITS_TOOL = Standing("its tool", "what the framework's own tool lists, asks and reckons")

CLASS_3 = "class-3"
CLASS_2 = "class-2"
CLASS_1 = "class-1"

CALLED = {
    CLASS_3: "Class III - Open Model",
    CLASS_2: "Class II - Open Tooling Model",
    CLASS_1: "Class I - Open Science Model",
}
"""Each level, and what the framework calls it; a lower number is the harder class."""


def _figures(assessment: Assessment) -> tuple[Figure, ...]:
    """Reckon the progress towards each class as the framework's tool does."""
    now = {each.rule.id: each.outcome for each in assessment.answers}
    at_best = {
        id: Outcome.MET if outcome is Outcome.UNDETERMINED else outcome
        for id, outcome in now.items()
    }
    return tuple(
        Figure(
            name,
            value=(value := progress(level, now)),
            least=value,
            most=max(value, progress(level, at_best)),
            unit="%",
            meaning=(
                "how many of the components that it requires are included under an open license; "
                "0 until every easier class is whole, as the framework's tool reckons"
            ),
        )
        for level, name in CALLED.items()
    )


framework = Framework(
    id="mof",
    title="Model Openness Framework",
    version="1.0",
    url=SPECIFICATION,
    levels=tuple(CALLED),
    called=CALLED,
    beside="Components that no class requires",
    not_checked=(
        "whether what is listed can be had: the framework's tool asks for no place",
        "what the model was tuned or converted from: the framework does not speak of bases",
    ),
    subject=Parts.of,
    figures=_figures,
)


def progress(level: str, outcomes: Mapping[str, Outcome]) -> float:
    """Say what share of the components required for `level` is included, in %.

    `outcomes` are the answers to the rules, by their ids. A class is 0 % while an easier one is not
    whole. In class I, a technical report for which the research paper stands in is left out.
    """
    needed: list[Outcome] = []
    for each in framework.needed(level):
        rules = [rule.id for rule in framework.rules if rule.level == each]
        if not all(outcome in _INCLUDED for outcome in needed):
            return 0.0
        needed += [outcomes[id] for id in rules]
    if level == CLASS_1 and outcomes[technical_report.id] is Outcome.NOT_APPLICABLE:
        needed.remove(Outcome.NOT_APPLICABLE)
    return 100 * sum(outcome in _INCLUDED for outcome in needed) / len(needed)


_INCLUDED = (Outcome.MET, Outcome.NOT_APPLICABLE)
"""A report for which the paper stands in does not apply, and counts as the paper."""


def says(quote: str, clause: str) -> Citation:
    """Cite the specification, in the words in which others have quoted it."""
    return Citation(quote, f"MOF specification, {clause}, as quoted there", QUOTED, TEXT)


def tool(quote: str, clause: str) -> Citation:
    """Cite the framework's own tool: its list of components, or what it says of itself."""
    return Citation(quote, f"Model Openness Tool, {clause}", TOOL, ITS_TOOL)


INCLUDED = says(
    "The MOF requires specific components of the model development lifecycle to be included and "
    "released under appropriate open licenses.",
    "abstract",
)
SPECIAL = "README.md, special cases"
LIST = "mof.settings.yml"

GIVEN = "{license: …, location: https://…}"
REMEDY = Remedy(
    state="license: …   # the SPDX id of the license that it is under",
    change="Release it under an open license.",
    settle="Ask for a license on one of the framework's lists, such as Apache-2.0 for code.",
)

REPORT = ("technical-report",)
PAPER = ("research-paper",)
DATASETS = ("training-data", "validation-data")
"""Kinds that are looked at together."""

NOTIONS = {"code": MOF_CODE, "data": MOF_DATA, "document": MOF_DOCUMENT}


# -- what every rule asks --------------------------------------------------------------------------


def _found(parts: Parts, kinds: Sequence[str]) -> tuple[Component, ...]:
    """Return the components of any of `kinds`; of weights, those that are not somebody else's."""
    if "weights" in kinds and parts.weights:
        return parts.weights
    found = (each for kind in kinds for each in parts.by_kind.get(kind, ()))
    return tuple({each.id: each for each in found}.values())


def _given(parts: Parts, kinds: Sequence[str]) -> tuple[Component, ...]:
    return tuple(each for each in _found(parts, kinds) if each.omitted is None)


def _included(parts: Parts, kinds: Sequence[str], what: str) -> Told:
    """Say what keeps a component from being included under an open license."""
    found, given = _found(parts, kinds), _given(parts, kinds)
    if not found:
        yield unstated(
            f"nothing is said of {what}",
            at=parts.absent(kinds[0]),
            fix=f"{kinds[0]}: {GIVEN}",
        )
    elif not given:
        for each in found:
            yield unmet(
                f"`{each.id}` is {omission(each)}, and the class needs it; the framework takes no "
                "reason for leaving it out",
                at=each.at / "omitted",
                fix=f"{each.id}: {GIVEN}",
            )
    for each in given:
        yield from _open(each, parts, kinds)


ACCESS = frozenset({"registration", "personal-data", "payment", "ads", "exclusive-hosting"})
"""Terms on how one comes by a component, which the framework does not consider."""

FURTHER_TERMS = MOF_OPEN._replace(
    id="mof-further-terms",
    breaking=MOF_OPEN.breaking - ACCESS,
    doubtful=MOF_OPEN.doubtful - ACCESS,
)


def _open(component: Component, parts: Parts, kinds: Sequence[str]) -> Told:
    """Say what keeps a component that is given from being under an open license, and whole."""
    yield from _whole(component)
    yield from terms_of(component, MOF_OPEN, REMEDY)
    for terms in (*component.additional_terms, *parts.manifest.release.additional_terms):
        yield from imposed(terms, FURTHER_TERMS, on=f"`{component.id}`")
    yield from _fitting(component, CONTENT_TYPES[kinds[0]])


def _whole(component: Component) -> Told:
    """Ask what the framework does not settle: whether a part counts, or what is gone."""
    if component.extent == "partial":
        yield undetermined(
            f"`{component.id}` is released only in part; whether a part counts as included, the "
            "framework does not say",
            at=component.at / "extent",
            fix="Release what is missing.",
        )
    if component.availability == "withdrawn":
        yield undetermined(
            f"`{component.id}` was released and is no longer; whether that counts as included, the "
            "framework does not say",
            at=component.at / "availability",
            fix="Release it again.",
        )


def _fitting(component: Component, content: str) -> Iterator[Remark]:
    """Remark that an open license is made for another type of content."""
    try:
        expression = parse(component.license or "")
    except LicenseError:
        return
    judgement = judge(expression, NOTIONS[content])
    if judge(expression, MOF_OPEN).verdict and not judgement.verdict:
        yield remark(
            f"`{component.id}` has an open license, and should have one that is made for "
            f"{content if content != 'document' else 'documents'}: {judgement.reason}",
            at=component.at / "license",
        )


def _component(
    name: str,
    *kinds: str,
    level: str | None,
    title: str,
    what: str,
    cites: Iterable[Citation],
    why: str,
) -> Rule:
    """Declare the rule that asks for the components of some kinds; `what` is their name in prose.

    One without a level may be left out; where it is there, it is asked the same.
    """

    def check(parts: Parts) -> Told:
        if level is None and not _given(parts, kinds):
            yield NotApplicable(f"{what} may be left out, and nothing of the kind is here")
        else:
            yield from _included(parts, kinds, what)

    rule = framework.rule(
        name,
        title=title,
        cites=(INCLUDED, *cites),
        fix=f"{kinds[0]}: {GIVEN}",
        level=level,
        why=why,
        shows=shown_places(lambda parts: _given(parts, kinds)),
    )
    return rule(check)


# -- class III -------------------------------------------------------------------------------------

_component(
    "model-architecture",
    "model-architecture",
    level=CLASS_3,
    title="The code of the architecture is included under an open license",
    what="the code of the architecture",
    cites=(tool("Well commented code for the model's architecture", f"{LIST}, class 3"),),
    why="Parameters are numbers; the architecture says what they are multiplied with.",
)


@framework.rule(
    "final-parameters",
    title="The final parameters are included under an open license",
    cites=(
        INCLUDED,
        tool("Trained model parameters, weights and biases", f"{LIST}, class 3"),
        tool(
            "If not, is the license an open license? If yes, ok but display warning.",
            "README.md, evaluation process",
        ),
    ),
    fix=f"weights: {GIVEN}",
    level=CLASS_3,
    shows=shown_places(lambda parts: _given(parts, ("weights",))),
)
def final_parameters(parts: Parts) -> Told:
    """A model that cannot be run, studied and changed by its parameters is not an open model.

    A license for code, such as Apache-2.0, passes, with a remark: the framework would have one for
    data.
    """
    yield from _included(parts, ("weights",), "the final parameters")
    given = _given(parts, ("weights",))
    for each in given if _only_adapters(given) else ():
        yield undetermined(
            f"`{each.id}` is an adapter, of no use without its base; whether it counts as the "
            "model's parameters, the framework does not say",
            at=each.at / "derived_from",
        )


def _only_adapters(given: Sequence[Component]) -> bool:
    """Whether all of some weights are used only together with others."""
    relations = [set(each.derived_from.values()) for each in given]
    return bool(relations) and all(each == {"adapter"} for each in relations)


_component(
    "evaluation-results",
    "evaluation-results",
    level=CLASS_3,
    title="Evaluation results are included under an open license, or stand in another document",
    what="the evaluation results",
    cites=(
        tool("The results from evaluating the model", f"{LIST}, class 3"),
        tool(
            "The evaluation results may be included in the technical report, research paper, or "
            "model card",
            SPECIAL,
        ),
    ),
    why="Only results that one may pass on can be compared. Where they stand in another document, "
    "that document says `includes: [evaluation-results]`, and its license is theirs.",
)
_component(
    "model-card",
    "model-card",
    level=CLASS_3,
    title="A model card is included under an open license",
    what="a model card",
    cites=(
        tool(
            "Model details including performance metrics, intended use, and limitations",
            f"{LIST}, class 3",
        ),
    ),
    why="Whoever uses a model has to know what it was made for, and where it fails.",
)
_component(
    "data-card",
    "data-card",
    level=CLASS_3,
    title="A data card is included under an open license, or stands in the model card",
    what="a data card",
    cites=(
        tool(
            "Documentation for datasets including source, characteristics, and preprocessing "
            "details",
            f"{LIST}, class 3",
        ),
        tool("If the model card contains the data info, the data card is optional", SPECIAL),
    ),
    why="Data need not be part of an open model, but what it was trained on is to be told. A model "
    "card that tells it says `includes: [data-card]`.",
)


@framework.rule(
    "technical-report",
    title="A technical report is included under an open license, or a research paper in its place",
    cites=(
        INCLUDED,
        tool(
            "Technical report detailing capabilities and usage instructions for the model",
            f"{LIST}, class 3",
        ),
        tool("If the paper is included, the technical report is optional.", SPECIAL),
    ),
    fix=f"technical-report: {GIVEN}",
    level=CLASS_3,
    shows=shown_places(lambda parts: _given(parts, REPORT) or _given(parts, PAPER)),
)
def technical_report(parts: Parts) -> Told:
    """How a model was made, and how it is used, has to be written down somewhere.

    A paper stands in for the report, in classes III and II with its own license; the better of the
    two counts where there are both.
    """
    report = list(_included(parts, REPORT, "a technical report"))
    if not _given(parts, PAPER) or _worst(report) is None:
        yield from report
        return
    paper = list(_included(parts, PAPER, "a research paper"))
    if _worst(paper) is None:
        yield NotApplicable("a research paper stands in for the technical report")
    elif _given(parts, REPORT) and _rank(report) <= _rank(paper):
        yield from report
    else:
        yield from paper


def _worst(told: Iterable[Remark | NotApplicable]) -> Outcome | None:
    """Return the worst fault among remarks; None if there is none."""
    outcomes = [each.outcome for each in told if isinstance(each, Remark) and each.outcome]
    return max((o for o in outcomes if o in FAULTS), key=lambda each: each.rank, default=None)


def _rank(told: Iterable[Remark | NotApplicable]) -> int:
    worst = _worst(told)
    return worst.rank if worst else 0


_component(
    "sample-outputs",
    "sample-outputs",
    level=None,
    title="Sample outputs, where there are any, are under an open license",
    what="sample outputs",
    cites=(tool("Examples of outputs generated by the model", f"{LIST}, class 3, not required"),),
    why="Class III knows sample outputs, and does not require them.",
)

# -- class II --------------------------------------------------------------------------------------

_component(
    "training-code",
    "training-code",
    level=CLASS_2,
    title="The training code is included under an open license",
    what="the training code",
    cites=(tool("Code used for training the model", f"{LIST}, class 2"),),
    why="With the tools, others can train such a model again, on this data or their own.",
)
_component(
    "inference-code",
    "inference-code",
    level=CLASS_2,
    title="The inference code is included under an open license",
    what="the inference code",
    cites=(tool("Code used for running the model to make predictions", f"{LIST}, class 2"),),
    why="A model that runs only in its maker's software is in its maker's hands.",
)
_component(
    "evaluation-code",
    "evaluation-code",
    level=CLASS_2,
    title="The evaluation code is included under an open license",
    what="the evaluation code",
    cites=(tool("Code used for evaluating the model", f"{LIST}, class 2"),),
    why="A result is as good as the code that measured it. Code that validates during the training "
    "is another matter, and does not count here.",
)
_component(
    "evaluation-data",
    "evaluation-data",
    level=CLASS_2,
    title="The evaluation data is included under an open license",
    what="the evaluation data",
    cites=(tool("Data used for evaluating the model", f"{LIST}, class 2"),),
    why="Without the questions, nobody can check the answers that a result counts.",
)
_component(
    "supporting-libraries",
    "supporting-library",
    level=None,
    title="Supporting libraries, where there are any, are under open licenses",
    what="supporting libraries",
    cites=(
        tool(
            "Libraries and tools used in the model's development",
            f"{LIST}, class 2, not required",
        ),
    ),
    why="Class II knows supporting libraries and tools, and does not require them.",
)

# -- class I ---------------------------------------------------------------------------------------


@framework.rule(
    "datasets",
    title="The datasets are included, all of them, under open licenses",
    cites=(
        INCLUDED,
        tool("Training, validation and testing datasets used for the model", f"{LIST}, class 1"),
        tool("If not, the license is not open. (no license is not open btw)", "README.md"),
        Citation(
            "any license or unlicensed",
            "Datasets, by which data without a license counts; its tool does not count it, and "
            "that is followed here",
            "https://arxiv.org/abs/2403.13784",
            OUR_READING,
        ),
    ),
    fix="training-data: {license: …, location: https://…}",
    level=CLASS_1,
    shows=shown_places(lambda parts: _given(parts, DATASETS)),
)
def datasets(parts: Parts) -> Told:
    """Open science is what others can repeat, and that takes the data itself.

    Each dataset counts that the manifest names for training and validation; a description in place
    of data that cannot be shared does not.
    """
    yield from _included(parts, DATASETS, "the datasets")
    given = _given(parts, DATASETS)
    for each in given:
        if each.data is not None and each.data.access == "unshareable":
            yield unmet(
                f"`{each.id}` is described, and not released; the class needs the data",
                at=each.at / "data" / "access",
                fix="Release the data under an open license.",
            )
    for each in _found(parts, DATASETS) if given else ():
        if each.omitted == "withheld":
            yield unmet(
                f"`{each.id}` is withheld, while other data is released; the class needs all of it",
                at=each.at / "omitted",
                fix=f"{each.id}: {GIVEN}",
            )


_component(
    "data-preprocessing-code",
    "data-preprocessing-code",
    level=CLASS_1,
    title="The code for data preprocessing is included under an open license",
    what="the code for data preprocessing",
    cites=(tool("Code for data cleansing, normalization, and augmentation", f"{LIST}, class 1"),),
    why="Raw data is not what a model was trained on; this code lies between the two.",
)
_component(
    "intermediate-parameters",
    "intermediate-checkpoints",
    level=CLASS_1,
    title="Intermediate parameters are included under an open license",
    what="intermediate parameters",
    cites=(
        tool(
            "Trained model parameters, weights and biases",
            f"{LIST}, Model parameters (Intermediate), class 1",
        ),
    ),
    why="How a model learns can be studied only in what it was on the way. That no checkpoint was "
    "kept is no answer to the framework: the component is then missing.",
)
_component(
    "research-paper",
    "research-paper",
    level=CLASS_1,
    title="A research paper is included under an open license",
    what="a research paper",
    cites=(
        tool(
            "Research paper detailing the development and capabilities of the model",
            f"{LIST}, class 1",
        ),
        tool("The paper may be replaced by a detailed technical report", SPECIAL),
    ),
    why="Science is what is written down for others to contest. Peer review is not asked. A "
    "technical report that is detailed enough says `includes: [research-paper]`.",
)
_component(
    "model-metadata",
    "model-metadata",
    level=None,
    title="Model metadata, where there is any, is under an open license",
    what="model metadata",
    cites=(
        tool(
            "Any model metadata including training configuration and optimizer states",
            f"{LIST}, class 1, not required",
        ),
    ),
    why="Class I knows model metadata, and does not require it.",
)
