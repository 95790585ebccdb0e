"""The Open Source AI Definition 1.0 of the Open Source Initiative."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
from aimanifest.frameworks.core import Statements, no_circles
from aimanifest.licenses import (
    OSI_DOCUMENT_TERMS,
    OSI_LIBRARY_LICENSE,
    OSI_LICENSE,
    OSI_PARAMETER_TERMS,
    RESTRICTIONS,
)
from aimanifest.manifest import (
    CONTENT_TYPES,
    DOCUMENT_KINDS,
    Component,
    DataInformation,
    Manifest,
    Terms,
)
from aimanifest.placeholders import says_none
from aimanifest.rules import (
    FAQ,
    OUR_READING,
    PRACTICE,
    TEXT,
    Citation,
    Framework,
    Standing,
)
from aimanifest.system import (
    ITS_PLACE,
    LIMBS,
    MODELS,
    Parts,
    Remedy,
    astray,
    base_remarks,
    is_asserted,
    is_code,
    is_library_of_others,
    is_of,
    is_reasoned,
    judged,
    named,
    omission,
    placeless,
    shown,
    shown_places,
    simulators_of,
    terms_of,
    undescribed,
    unexplained,
    unlisted,
    untold,
)

DEFINITION = "https://opensource.org/ai/open-source-ai-definition"
ANSWERS = "https://opensource.org/ai/faq"
FORUM = (
    "https://discuss.opensource.org/t/"
    "can-a-derivative-of-non-open-source-ai-be-considered-open-source-ai/345"
)

Told = Iterator[Remark | NotApplicable]

CODE = (
    "data-preprocessing-code",
    "training-code",
    "training-configuration",
    "validation-code",
    "supporting-library",
    "inference-code",
    "model-architecture",
)
"""The kinds of code that the definition names."""


class System(NamedTuple):
    """The parts of a release, with what the definition makes of them.

    `undescribed` is what keeps the description of the data from being one of all the data. `code`
    is what counts and is given, `documents` are what the datasets rely on, `required` is all that
    must be available.
    """

    parts: Parts
    undescribed: tuple[Remark, ...]
    code: tuple[Component, ...]
    documents: tuple[Component, ...]
    required: tuple[Component, ...]

    @classmethod
    def of(cls, manifest: Manifest) -> System:
        """Gather the parts of `manifest`."""
        parts = Parts.of(manifest)
        producers = {id for one in parts.trained for id in one.produced_by or ()}
        counted = {*CODE, "conversion-code"} if parts.mechanical else {*CODE}
        code = tuple(
            each
            for each in manifest.components.values()
            if each.omitted is None
            and each.id not in parts.simulators
            and (each.kinds & counted or (each.id in producers and is_code(each)))
        )
        documents = named(
            (id for one in parts.datasets if one.data for id in one.data.documented_in), manifest
        )
        documents = tuple(each for each in documents if is_of(each, DOCUMENT_KINDS))
        required = (
            *(each for each in parts.weights if each.omitted is None),
            *code,
            *(each for each in documents if each.omitted is None),
        )
        return cls(
            parts,
            tuple(_undescribed(parts.trained, parts.datasets, manifest)),
            code,
            documents,
            tuple({each.id: each for each in required}.values()),
        )


def _undescribed(
    trained: Iterable[Component], datasets: Iterable[Component], manifest: Manifest
) -> Iterator[Remark]:
    """Yield what keeps the description from being one of all the data.

    Every rule on the description comes out no better than this; the fault is reported once.
    """
    for weights in trained:
        yield from unlisted(
            weights,
            manifest,
            asks="what data information the definition asks for then, it does not say",
            told="its data and its code",
        )
    for dataset in datasets:
        yield from undescribed(dataset, message=f"nothing is told about `{dataset.id}`")


framework = Framework(
    id="osaid-1.0",
    title="Open Source AI Definition",
    version="1.0",
    url=DEFINITION,
    levels=("complete",),
    not_checked=(
        (
            "whether the data information is detailed enough for a skilled person to build a "
            "substantially equivalent system"
        ),
    ),
    subject=System.of,
    called={"complete": "Open Source AI, as far as a manifest can tell"},
    beside="What only the FAQ asks (not part of the verdict)",
)


def _of_access(system: System, *words: str) -> list[Component]:
    return [each for each in system.parts.datasets if each.data and each.data.access in words]


def _elsewhere(system: System) -> tuple[Component, ...]:
    """Return the weights that this manifest does not judge."""
    return (*system.parts.foreign, *system.parts.opaque)


def _given(system: System) -> list[Component]:
    return [each for each in system.parts.weights if each.omitted is None]


def says(quote: str, clause: str, standing: Standing = TEXT) -> Citation:
    """Cite the definition."""
    return Citation(quote, clause, DEFINITION, standing)


def answers(quote: str, clause: str) -> Citation:
    """Cite the questions and answers that the OSI publishes beside the definition."""
    return Citation(quote, clause, ANSWERS, FAQ)


def practice(quote: str, clause: str) -> Citation:
    """Cite what the OSI's reviewers did with real systems in 2024."""
    return Citation(quote, clause, ANSWERS, PRACTICE)


DATA_INFORMATION = "Preferred form, Data Information"
CODE_CLAUSE = "Preferred form, Code"
PARAMETERS_CLAUSE = "Preferred form, Parameters"
MODELS_AND_WEIGHTS = "Open Source models and Open Source weights"
ALL_DATA = (
    "the complete description of all data used for training, including (if used) of unshareable "
    "data"
)

GIVEN = "{license: …, location: https://…}"
"""How a component is written that is given."""

ITS_LICENSE = "license: …   # the SPDX id of the license that it is under"
MANIFEST_LICENSE = "metadata: {license: …}   # of this file's own text: CC0-1.0 or CC-BY-4.0, say"
REMEDY = Remedy(
    state=ITS_LICENSE,
    change="Release it under a license that the OSI approved; if it is not yours, use another.",
    settle="A license that the OSI approved would settle it.",
)

# -- parameters ------------------------------------------------------------------------------------


@framework.rule(
    "parameters",
    title="The parameters are part of the release, all of them",
    cites=(
        says("The model parameters, such as weights or other configuration settings.",
             PARAMETERS_CLAUSE),
    ),
    fix=f"weights: {GIVEN}",
    level="complete",
    shows=shown_places(_given),
)  # fmt: skip
def parameters(system: System) -> Told:
    """Without the parameters nobody can use, study, modify or share what the system has learned."""
    if not any("weights" in each.kinds for each in system.parts.manifest.components.values()):
        yield unstated(
            "no component is of kind `weights`, so nobody can tell what became of the parameters",
            at=system.parts.absent("weights"),
            fix=f"weights: {GIVEN}",
        )
    bases = {id for each in system.parts.weights for id in each.derived_from}
    for weights in system.parts.weights:
        at = weights.at / "omitted"
        if weights.omitted == "not-applicable":
            if not is_reasoned(weights):
                yield unstated(
                    f"`{weights.id}` is said not to apply, and not why",
                    at=weights.at / "notes",
                    fix="notes: …one sentence that says why there are none…",
                )
            else:
                yield undetermined(
                    f"`{weights.id}` is said not to apply: the definition speaks of machine "
                    "learning, and does not say what it asks of a system without parameters",
                    at=at,
                )
        elif weights.omitted is not None:
            outside = (
                "others here derive from it"
                if weights.id in bases
                else "if it is no part of this release, it does not belong in its manifest"
            )
            yield unmet(
                f"`{weights.id}` is {omission(weights)}; {outside}",
                at=at,
                fix=f"{weights.id}: {GIVEN}",
            )
        elif weights.extent == "partial":
            yield unmet(
                f"`{weights.id}` is released only in part",
                at=weights.at / "extent",
                fix="Release what is missing.",
            )


@framework.rule(
    "parameter-terms",
    title="The parameters are available under OSI-approved terms",
    cites=(
        says("Parameters shall be made available under OSI-approved terms.", PARAMETERS_CLAUSE),
        says(
            "The Open Source AI Definition does not require a specific legal mechanism for "
            "assuring that the model parameters are freely available to all.",
            MODELS_AND_WEIGHTS,
        ),
    ),
    fix=ITS_LICENSE,
    level="complete",
    shows=shown("license", of=_given),
)
def parameter_terms(system: System) -> Told:
    """Parameters are free by a license, by another instrument, or by an explicit assertion.

    No list of approved terms for parameters exists. A license approved by the OSI counts, as it
    did in the OSI's own reviews; so does a dedication to the public domain. Where the OSI has
    reviewed neither the license nor its like, the outcome is undetermined.
    """
    given = _given(system)
    told = [each for each in _elsewhere(system) if each.license]
    for weights in (*given, *told):
        if is_asserted(weights):
            if weights.assertion and _contradicts(weights.assertion.text or ""):
                yield remark(
                    "an assertion says that the parameters are free for all purposes, and the "
                    "text of this one seems to name some only",
                    at=weights.assertion.at / "text",
                )
        elif weights.license is None and weights.assertion is not None:
            yield unstated(
                f"`{weights.id}`: no license is stated, and an `assertion` counts beside "
                "`license: NONE`",
                at=weights.at / "license",
                fix="license: …   # NONE, if none is granted",
            )
        else:
            yield from terms_of(weights, OSI_PARAMETER_TERMS, REMEDY)
    if not given:
        yield NotApplicable("no weights are given")


def _contradicts(text: str) -> bool:
    words = r"research|academic|non-?commercial|evaluation|educational|personal use|only for"
    return re.search(words, text, re.IGNORECASE) is not None


# -- data information ------------------------------------------------------------------------------


@framework.rule(
    "all-training-data",
    title="All data used for training is described",
    cites=(says(ALL_DATA, f"{DATA_INFORMATION}, (1)"),),
    fix="trained_on: […]   # all of it: the list is read as complete",
    level="complete",
    shows=shown("trained_on", of=lambda system: system.parts.trained),
)
def all_training_data(system: System) -> Told:
    """Only the publisher can say that a list of data is all of it; `trained_on` says so.

    Weights made out of others without learning are described by the data of their bases.
    """
    yield from system.undescribed
    components = system.parts.manifest.components.values()
    named = {id for each in components for id in each.trained_on or ()}
    for dataset in components:
        if dataset.kind == "training-data" and dataset.id not in named:
            if dataset.data is not None:
                yield remark(
                    f"`{dataset.id}` is described as training data, and nothing here is said to "
                    "be trained on it",
                    at=dataset.at,
                )
            elif dataset.omitted == "withheld":
                yield remark(
                    f"`{dataset.id}` is said to be training data, and withheld; if the weights "
                    "were trained on it, `trained_on` must name it",
                    at=dataset.at,
                )
    if not system.parts.trained:
        yield _no_weights()


def limb(name: str, *, title: str, quote: str, why: str) -> None:
    """Declare the rule for one part of the description of a dataset, `quote` in the definition."""

    @framework.rule(
        name,
        title=title,
        cites=(
            says(f"the complete description of all data … {quote}", f"{DATA_INFORMATION}, (1)"),
            *_NONE_CLAUSE.get(name, ()),
        ),
        fix=f"{name}: …{LIMBS[name].blank}…",
        level="complete",
        why=why,
        shows=shown("data", name, of=lambda system: system.parts.datasets),
    )
    def check(system: System) -> Told:
        yield from system.undescribed
        for dataset in system.parts.datasets:
            yield from untold(dataset, name)
            if name == "labeling":
                yield from _unlabeled(dataset)
        if not system.parts.datasets:
            yield _no_data()


_NONE_CLAUSE = {
    "labeling": (
        practice(
            "Only non-alignment was absence of labeling documentation, which was not created.",
            "Pythia, OSI review of July 2024: passed. That the review rested on the words 'if "
            "used' of draft 0.0.8, which 1.0 dropped, makes `none` our reading",
        ),
    ),
}


def _unlabeled(dataset: Component) -> Iterator[Remark]:
    data = dataset.data
    if data and data.labeling and says_none(data.labeling) and _wants_labels(dataset, data):
        yield remark(
            f"`{dataset.id}` looks like ratings, preferences or labels, and is said to have no "
            "labeling: who gave them?",
            at=dataset.at / "data" / "labeling",
        )


def _wants_labels(dataset: Component, data: DataInformation) -> bool:
    told = f"{dataset.id} {dataset.name} {data.scope}".lower()
    return any(each in told for each in ("preference", "rating", "ranked", "annotat", "labels"))


limb(
    "provenance",
    title="The provenance of all training data is disclosed",
    quote="the provenance of the data",
    why="Who does not know where the data came from can neither look for it nor ask its owner.",
)
limb(
    "scope",
    title="The scope and characteristics of all training data are disclosed",
    quote="its scope and characteristics",
    why="How much of what, in which languages, decides what a system can and cannot do.",
)
limb(
    "collection",
    title="It is disclosed how all training data was obtained and selected",
    quote="how the data was obtained and selected",
    why="Two selections from one source make two different systems.",
)
limb(
    "labeling",
    title="The labeling procedures of all training data are disclosed",
    quote="the labeling procedures",
    why="Labels carry the judgement of those who gave them. Where there are none, `none` says so.",
)
limb(
    "processing",
    title="It is disclosed how all training data was processed and filtered",
    quote="data processing and filtering methodologies",
    why="What was taken out shapes a system as much as what was left in.",
)


@framework.rule(
    "data-access",
    title="It is said of all training data whether and how others can have it",
    cites=(
        says(
            "(2) a listing of all publicly available training data and where to obtain it; and "
            "(3) a listing of all training data obtainable from third parties and where to obtain "
            "it, including for fee.",
            f"{DATA_INFORMATION}, (2) and (3)",
        ),
        answers(
            "Open training data, public training data, obtainable training data, unshareable "
            "nonpublic training data",
            "the four classes of data",
        ),
    ),
    fix="access: …   # open, public, obtainable or unshareable",
    level="complete",
    shows=shown("data", "access", of=lambda system: system.parts.datasets),
)
def data_access(system: System) -> Told:
    """What must be listed, and where it is, depends on who can have the data."""
    yield from system.undescribed
    for dataset in system.parts.datasets:
        data = dataset.data
        if data is None or data.access is not None:
            continue
        if not data.sources or any(each.access is None for each in data.sources):
            yield unstated(
                f"`{dataset.id}` does not say who can have the data",
                at=dataset.at / "data" / "access",
                fix="access: …   # open, public, obtainable or unshareable",
            )
    if not system.parts.datasets:
        yield _no_data()


@framework.rule(
    "public-data-listed",
    title="All publicly available training data is listed with where to obtain it",
    cites=(
        says(
            "(2) a listing of all publicly available training data and where to obtain it",
            f"{DATA_INFORMATION}, (2)",
        ),
        practice(
            "Pythia (Eleuther AI)",
            "passed although the Pile was no longer distributed: where data was counts, also "
            "when it is `withdrawn`",
        ),
    ),
    fix=ITS_PLACE,
    level="complete",
    shows=shown_places(lambda system: _of_access(system, "open", "public")),
)
def public_data_listed(system: System) -> Told:
    """Who wants to build an equivalent system begins with the data that everybody can have."""
    yield from _listed(system, ("open", "public"), "publicly available")


@framework.rule(
    "third-party-data-listed",
    title="All training data that third parties provide is listed with where to obtain it",
    cites=(
        says(
            "(3) a listing of all training data obtainable from third parties and where to obtain "
            "it, including for fee",
            f"{DATA_INFORMATION}, (3)",
        ),
    ),
    fix="location: https://…   # where it is offered, also for a fee",
    level="complete",
    shows=shown_places(lambda system: _of_access(system, "obtainable")),
)
def third_party_data_listed(system: System) -> Told:
    """Data that must be bought can still be had; a skilled person needs to know from whom."""
    yield from _listed(system, ("obtainable",), "obtainable from third parties")


def _listed(system: System, classes: tuple[str, ...], words: str) -> Told:
    yield from system.undescribed
    asked = 0
    for dataset in system.parts.datasets:
        data = dataset.data
        if data is None:
            continue
        whole = data.access in classes
        parts = [each for each in data.sources if (each.access or data.access) in classes]
        asked += whole + len(parts)
        if whole and not any(each.location for each in parts):
            told = f"`{dataset.id}` is {words}, and nothing says where"
            yield from placeless(dataset, told)
            continue
        for part in parts:
            if part.location is None and not (whole and dataset.placed):
                yield unstated(
                    f"a part of `{dataset.id}` is {words}, and nothing says where",
                    at=part.at / "location",
                    fix=ITS_PLACE,
                )
    if not asked:
        yield NotApplicable(f"no training data is said to be {words}")


@framework.rule(
    "data-information-terms",
    title="The data information is available under OSI-approved terms",
    cites=(
        says("Data Information shall be made available under OSI-approved terms.",
             DATA_INFORMATION),
        practice(
            "AAAA",
            "BLOOM's data documentation under CC-BY-4.0 was counted as allowing all four freedoms",
        ),
    ),
    fix=MANIFEST_LICENSE,
    level="complete",
    shows=lambda system: iter([system.parts.manifest.metadata.at / "license"]),
)  # fmt: skip
def data_information_terms(system: System) -> Told:
    """The description must be as free as the system: to be copied, corrected and passed on.

    What the manifest itself tells is under `metadata.license`; a document it relies on is under
    its own terms.
    """
    if not any(each.data for each in system.parts.datasets):
        yield _no_data()
        return
    metadata = system.parts.manifest.metadata
    yield from judged(
        metadata.license,
        OSI_DOCUMENT_TERMS,
        REMEDY._replace(state=MANIFEST_LICENSE),
        what="the data information in this manifest",
        at=metadata.at / "license",
    )
    for dataset in system.parts.datasets:
        ids = dataset.data.documented_in if dataset.data else ()
        for id in astray(ids, DOCUMENT_KINDS, system.parts.manifest):
            yield unstated(
                f"the data information relies on `{id}`, and no such document is described",
                at=dataset.at / "data" / "documented_in" / ids.index(id),
            )
    for document in system.documents:
        if document.omitted is not None:
            yield unmet(
                f"`{document.id}` is relied on for data information and is {omission(document)}",
                at=document.at / "omitted",
                fix="Tell in the manifest what the document tells.",
            )
        else:
            yield from terms_of(document, OSI_DOCUMENT_TERMS, REMEDY)


# -- code ------------------------------------------------------------------------------------------


def code_kind(
    kind: str,
    *,
    title: str,
    quote: str,
    part: str,
    why: str,
    learning: bool = False,
    stand_in: str = "",
    without: Outcome = Outcome.NOT_APPLICABLE,
    needed: str = "",
) -> None:
    """Declare the rule that asks for one kind of code.

    `quote` is what the definition calls it, `part` what our messages do. `learning` tells that only
    parameters which were learned need it; `stand_in` is a kind that serves as well where all
    weights are mechanical. `without` is what a reasoned "not applicable" amounts to, and `needed`
    says why it is not more.
    """

    @framework.rule(
        kind,
        title=title,
        cites=(
            says(f"if used, this must include … {quote}", CODE_CLAUSE),
            *((says(AN_AI_MODEL, MODELS_AND_WEIGHTS),) if needed == PART_OF_A_MODEL else ()),
        ),
        fix=f"{kind}: {GIVEN}",
        level="complete",
        why=why,
        shows=shown_places(lambda system: system.parts.given(kind)),
    )
    def check(system: System) -> Told:
        found = system.parts.by_kind.get(kind, ())
        if stand_in and system.parts.mechanical:
            found = (*found, *system.parts.by_kind.get(stand_in, ()))
        spared = system.parts.mechanical and learning
        what = CONVERSION if spared and stand_in else part
        given = any(each.omitted is None for each in found)
        for component in found:
            if component.omitted == "withheld":
                yield unmet(
                    f"`{component.id}` ({what}) is withheld",
                    at=component.at / "omitted",
                    fix=f"{component.id}: {GIVEN}",
                )
            elif component.omitted is not None and not given:
                yield from _left_out(
                    component,
                    what,
                    without=Outcome.NOT_APPLICABLE if spared else without,
                    needed=needed,
                )
        if not found:
            if spared and not stand_in:
                yield NotApplicable("all weights were made out of others without training")
            else:
                missing = stand_in if spared else kind
                yield unstated(
                    f"nothing is said about {what}",
                    at=system.parts.absent(kind),
                    fix=f"{missing}: {GIVEN}"
                    f"   # or `includes: [{missing}]` where other code holds it",
                )


CONVERSION = "the code that made the weights out of others"
PART_OF_A_MODEL = "it is one of the parts that an AI model consists of"
AN_AI_MODEL = (
    "An AI model consists of the model architecture, model parameters (including weights) and "
    "inference code for running the model."
)


def _left_out(component: Component, part: str, *, without: Outcome, needed: str) -> Told:
    """Say what it amounts to that code is `not-produced` or `not-applicable`."""
    at = component.at / "omitted"
    told = f"`{component.id}` ({part}) is {omission(component)}"
    fix = f"{component.id}: {GIVEN}"
    if needed == PART_OF_A_MODEL:
        fix += "   # somebody else's will do"
    if not is_reasoned(component):
        yield unexplained(component, told)
    elif without is Outcome.NOT_APPLICABLE:
        yield NotApplicable(component.notes or "")
    elif component.omitted == "not-produced":
        yield unmet(f"{told}, but without it there could be no model", at=at, fix=fix)
    elif without is Outcome.UNDETERMINED:
        yield undetermined(
            f'{told}; the definition asks for it "if used", and {needed}', at=at, fix=fix
        )
    else:
        yield unmet(f"{told}, but {needed}", at=at, fix=fix)


code_kind(
    "data-preprocessing-code",
    title="The code that processed and filtered the data is given",
    quote="code used for processing and filtering data",
    part="the code used for processing and filtering data",
    why="The same raw data gives another system when it is cleaned in another way. This code was "
    "among what the OSI's reviewers missed in Mixtral.",
    learning=True,
)
code_kind(
    "training-code",
    title="The code used for training is given",
    quote="code used for training",
    part="the code used for training",
    why="Learned parameters were trained by something; whoever may modify the system may train it.",
    learning=True,
    stand_in="conversion-code",
    without=Outcome.UNMET,
    needed="parameters that were learned were trained by something",
)
code_kind(
    "training-configuration",
    title="The arguments and settings used for training are given",
    quote="arguments and settings used",
    part="the record of arguments and settings used for training",
    why="The same training code gives another system with another learning rate or order of data.",
    learning=True,
    without=Outcome.UNDETERMINED,
    needed="what was trained was trained with some settings",
)
code_kind(
    "validation-code",
    title="The code used for validation and testing is given",
    quote="validation and testing",
    part="the code used for validation and testing during training",
    why="Validation decides when training stops and which checkpoint is kept. This is not the "
    "code of public benchmarks, which the definition leaves optional.",
    learning=True,
)
code_kind(
    "supporting-library",
    title="The supporting libraries are given",
    quote="supporting libraries like tokenizers and hyperparameters search code",
    part="the code of supporting libraries, such as a tokenizer",
    why="Without its tokenizer a language model is a table of numbers. Libraries need not be the "
    "publisher's own: it is enough to name them with their license. Drivers and special hardware "
    "are no libraries; the OSI called them out of scope when it reviewed T5.",
)
code_kind(
    "inference-code",
    title="The inference code is given",
    quote="inference code",
    part="the inference code",
    why="It is part of what the definition calls an AI model. Somebody else's runtime will do.",
    without=Outcome.UNDETERMINED,
    needed=PART_OF_A_MODEL,
)
code_kind(
    "model-architecture",
    title="The model architecture is given as code",
    quote="model architecture",
    part="the code of the model architecture",
    why="The parameters overlay the architecture; without it they cannot be used at all.",
    without=Outcome.UNDETERMINED,
    needed=PART_OF_A_MODEL,
)


@framework.rule(
    "complete-code",
    title="The source code is complete",
    cites=(
        says("The complete source code used to train and run the system. The Code shall represent "
             "the full specification of how the data was processed and filtered, and how the "
             "training was done.", CODE_CLAUSE),
    ),
    fix="produced_by: […]   # all code that made it: the list is read as complete",
    level="complete",
    shows=shown("produced_by", of=lambda system: system.parts.trained),
)  # fmt: skip
def complete_code(system: System) -> Told:
    """Only the publisher can say that a list of code is all of it; `produced_by` says so.

    A simulator that made the data is code too. Where it can be had but is not free, the definition
    does not say whether it is code of the system or a source of data.
    """
    for weights in system.parts.trained:
        yield from _production(weights, system.parts.manifest)
    for component in system.code:
        if component.extent == "partial":
            yield unmet(
                f"`{component.id}` is released only in part",
                at=component.at / "extent",
                fix="Release what is missing.",
            )
    for dataset in system.parts.datasets:
        if dataset.data is not None and dataset.data.origin == "simulated":
            yield from _simulation(dataset, system)
    if not system.parts.trained:
        yield _no_weights()


def _production(weights: Component, manifest: Manifest) -> Iterator[Remark]:
    """Hold against the definition what `weights` say they were produced by."""
    if weights.produced_by is None:
        yield unstated(
            f"`{weights.id}` does not say what code produced it",
            at=weights.at / ("produced_by" if weights.omitted is None else "omitted"),
            fix="produced_by: […]   # all code that made it: the list is read as complete",
        )
        return
    code = [each for each in named(weights.produced_by, manifest) if is_code(each)]
    for id in astray(weights.produced_by, CONTENT_TYPES, manifest):
        yield unstated(
            f"`{weights.id}` is produced by `{id}`, and no such code is described",
            at=weights.at / "produced_by" / weights.produced_by.index(id),
        )
    for each in code:
        if each.omitted == "withheld" and each.kinds.isdisjoint(CODE):
            yield unmet(
                f"`{each.id}`, which helped to produce `{weights.id}`, is withheld",
                at=each.at / "omitted",
                fix=f"{each.id}: {GIVEN}",
            )
    known = manifest.components.keys() >= set(weights.produced_by)
    if known and not code and (weights.trained_on or weights.derived_from):
        yield unmet(
            f"`{weights.id}` is said to be produced by no code, but something made it",
            at=weights.at / "produced_by",
            fix="produced_by: […]   # all code that made it: the list is read as complete",
        )


def _simulation(dataset: Component, system: System) -> Iterator[Remark]:
    released = dataset.placed and dataset.data and dataset.data.access in ("open", "public")
    if dataset.produced_by is None and not released:
        yield unstated(
            f"`{dataset.id}` is simulated, and nothing says by what",
            at=dataset.at / "produced_by",
            fix="produced_by: […]   # the simulator, a component of its own",
        )
    for simulator in simulators_of(dataset, system.parts.manifest):
        if simulator.id not in system.parts.simulators:
            continue
        if simulator.omitted == "withheld":
            yield unmet(
                f"`{simulator.id}`, which made `{dataset.id}`, is withheld",
                at=simulator.at / "omitted",
                fix=f"{simulator.id}: {GIVEN}",
            )
        elif simulator.omitted is None:
            for each in terms_of(simulator, OSI_LICENSE, REMEDY):
                yield (
                    each
                    if each.outcome is not Outcome.UNMET
                    else undetermined(
                        f"{each.message.removesuffix('.')}; whether a simulator is code of the "
                        "system or a source of data, the definition does not say",
                        at=each.at,
                        fix=each.fix,
                    )
                )


@framework.rule(
    "code-terms",
    title="The code is available under OSI-approved licenses",
    cites=(says("Code shall be made available under OSI-approved licenses.", CODE_CLAUSE),),
    fix=ITS_LICENSE,
    level="complete",
    shows=shown("license", of=lambda system: system.code),
)
def code_terms(system: System) -> Told:
    """For code the definition says "licenses", and the OSI publishes the list of them.

    A third party's library under a license that was never submitted to the OSI is undetermined:
    the definition cannot have meant that a system fails by its image library, and does not say so.
    """
    for component in system.code:
        others = is_library_of_others(component, system.parts.manifest)
        notion = OSI_LIBRARY_LICENSE if others else OSI_LICENSE
        if (
            component.license == "NONE"
            and component.assertion is not None
            and component.assertion.basis == "public-domain"
        ):
            yield undetermined(
                f"`{component.id}` is in the public domain by assertion; the definition asks for "
                "an approved license, and no license was given",
                at=component.at / "license",
                fix="An OSI-approved license that asks for nothing, such as 0BSD, would settle it.",
            )
        else:
            yield from terms_of(component, notion, REMEDY)
    if not system.code:
        yield NotApplicable("no code is given")


# -- the whole -------------------------------------------------------------------------------------


@framework.rule(
    "made-available",
    title="Whoever wants the parts of the system gets them without asking",
    cites=(
        says("Use the system for any purpose and without having to ask for permission.",
             "Four freedoms"),
        practice(
            "In order to access model's parameters on HF you need to accept the conditions",
            "Mixtral 8x7B, review sheet of 2024: parameters marked as restricted. That a gate "
            "alone breaks the freedom is our reading",
        ),
    ),
    fix=ITS_PLACE,
    level="complete",
    shows=shown_places(lambda system: system.required),
)  # fmt: skip
def made_available(system: System) -> Told:
    """A license is worth nothing to those who cannot get the thing it covers.

    This is asked of parameters, code, and documents that data information relies on: of data only
    where it is, and not that everybody gets it.
    """
    for component in system.required:
        told = f"`{component.id}` does not say where it is"
        yield from placeless(component, told)
        yield from _gate(component)
    for component in _elsewhere(system):
        yield from _gate(component)
    concerned = _concerned(system)
    for component in system.parts.manifest.components.values():
        if (
            component.omitted == "withheld"
            and component.kinds.isdisjoint(ASKED_FOR)
            and component.id not in concerned
        ):
            yield remark(
                f"`{component.id}` is withheld; the definition does not ask for it", at=component.at
            )
    if not system.required:
        yield NotApplicable("nothing is given")


ASKED_FOR = frozenset({*CODE, "weights", "training-data", "validation-data", "auxiliary-model"})
"""Kinds of which it matters, or is said elsewhere, that they are withheld."""


def _concerned(system: System) -> set[str]:
    """Return the ids of what other rules have an eye on, whatever its kind."""
    found = {each.id for each in (*system.parts.trained, *system.documents)}
    found.update(system.parts.simulators)
    for each in system.parts.trained:
        found.update(each.produced_by or (), each.derived_from)
    if system.parts.mechanical:
        found.update(each.id for each in system.parts.by_kind.get("conversion-code", ()))
    return found


ANYWHERE = "Offer it where anybody gets it without that, and write the place under `location`."


def _gate(component: Component) -> Iterator[Remark]:
    at = component.at / "availability"
    if component.availability == "paid":
        yield undetermined(
            f"`{component.id}` must be paid for; the definition does not speak of money",
            at=at,
            fix=ANYWHERE,
        )
    elif component.availability not in (None, "ungated"):
        how = {
            "gated": "behind a gate: one must sign in or accept conditions first",
            "on-request": "given on request only",
            "withdrawn": "no longer available",
        }[component.availability]
        yield unmet(f"`{component.id}` is {how}", at=at, fix=ANYWHERE)


@framework.rule(
    "no-restricting-terms",
    title="No further terms take away what the licenses give",
    cites=(
        says("The licensing or other terms applied to these elements and to any combination "
             "thereof may contain conditions that require any modified version to be released "
             "under the same terms as the original.", "Preferred form, last paragraph"),
        says("An Open Source AI is an AI system made available under terms and in a way that "
             "grant the freedoms to: Use … Study … Modify … Share", "Four freedoms"),
    ),
    fix="additional_terms: [{name: …, url: https://…, restricts: […]}]",
    level="complete",
)  # fmt: skip
def no_restricting_terms(system: System) -> Told:
    """An open license with a policy on acceptable use beside it is not an open license."""
    for terms in system.parts.manifest.release.additional_terms:
        yield from _restrictions(terms, "the release")
    for component in (*system.required, *_elsewhere(system)):
        for terms in component.additional_terms:
            yield from _restrictions(terms, f"`{component.id}`")


def _restrictions(terms: Terms, holder: str) -> Iterator[Remark]:
    name = f'"{terms.name}"' if terms.name else "A further document"
    if terms.restricts is None:
        yield undetermined(
            f"{name} holds for {holder}, and the manifest does not say what it restricts",
            at=terms.at / "restricts",
            fix="restricts: […]   # words for what they restrict; [] if it is nothing",
        )
        return
    for index, word in enumerate(terms.restricts):
        restriction = RESTRICTIONS[word]
        meaning = restriction.meaning[0].lower() + restriction.meaning[1:].removesuffix(".")
        at = terms.at / "restricts" / index
        if restriction.standing == "restrictive":
            yield unmet(
                f"{name} on {holder} restricts the freedom to {restriction.freedom}: it {meaning}",
                at=at,
                fix="Release without these terms.",
            )
        elif restriction.standing == "contested":
            yield undetermined(
                f"{name} on {holder} {meaning}; whether the definition allows that is disputed, or "
                "nowhere said",
                at=at,
            )


@framework.rule(
    "open-base",
    title="What the parameters were derived from meets the definition too",
    cites=(
        says("'Open Source models' and 'Open Source weights' must include the data information "
             "and code used to derive those parameters.", MODELS_AND_WEIGHTS),
        Citation(
            "Derivatives of non-Open Source AI cannot be Open Source AI.",
            "OSI forum, post 11; post 12 argues the opposite. The OSI has published no rule on it",
            FORUM,
            OUR_READING,
        ),
    ),
    fix="manifest: …   # of the base: the path of a copy inside the release",
    level="complete",
    shows=shown("manifest", of=_elsewhere),
)  # fmt: skip
def open_base(system: System) -> Told:
    """Data and code of a base were used to derive the parameters that stand on it.

    A base that this manifest describes is judged with the rest of it. Of one that has a manifest
    of its own, that one's assessment counts, and not what it claims.
    """
    for base in system.parts.foreign:
        yield from base_remarks(base, framework, system.parts.manifest)
    for base in system.parts.opaque:
        yield unstated(
            f"nothing is told about the data and the code of `{base.id}`, on which this release "
            "stands",
            at=base.at,
            fix="manifest: …   # the path of a copy; or `trained_on` and `produced_by`, here",
        )
    lost = [*_lost_bases(system), *_circles(system.parts.manifest)]
    yield from lost
    yield from _helpers(system)
    if not system.parts.foreign and not system.parts.opaque and not lost:
        for weights in system.parts.trained:
            yield from _hidden_base(weights)
        yield NotApplicable("every base is described in this manifest")


def _lost_bases(system: System) -> Iterator[Remark]:
    for weights in system.parts.trained:
        for id in weights.derived_from:
            if id == weights.id or [*astray([id], MODELS, system.parts.manifest)]:
                yield unstated(
                    f"`{weights.id}` derives from `{id}`, and no such base is described",
                    at=weights.at / "derived_from" / id,
                )


def _circles(manifest: Manifest) -> Iterator[Remark]:
    """Yield where weights derive from themselves: there is no base then that could be judged."""
    for each in no_circles.check(Statements(manifest, (), ())) if no_circles.check else ():
        if isinstance(each, Remark):
            yield unstated(each.message, at=each.at, fix=each.fix)


def _helpers(system: System) -> Iterator[Remark]:
    for component in system.parts.manifest.components.values():
        if component.kind == "auxiliary-model" and component.omitted == "withheld":
            yield remark(
                f"`{component.id}` helped to make this release and is withheld; the definition "
                "does not ask for models that only helped. If these weights started from it, it "
                "belongs in `derived_from`",
                at=component.at,
            )


HIDDEN_BASE = (
    "backbone",
    "fine-tuned from",
    "finetuned from",
    "initialised from",
    "initialised with",
    "initialized from",
    "initialized with",
    "pre-trained",
    "pretrained",
)
"""Words that speak of other weights."""


def _hidden_base(weights: Component) -> Iterator[Remark]:
    told = (weights.notes or "").lower()
    if not weights.derived_from and any(each in told for each in HIDDEN_BASE):
        yield remark(
            f"the notes of `{weights.id}` speak of other weights; if these started from them, "
            "`derived_from` must say so",
            at=weights.at / "notes",
            fix="derived_from: {…: …}   # the id of the base, and the relation to it",
        )


# -- what only the FAQ asks: reported apart, never in the verdict ----------------------------------


@framework.rule(
    "faq-open-data-shared",
    title="Open training data is shared",
    cites=(
        answers("data that can be copied, preserved, modified and reshared … This must be shared.",
                "Open training data"),
        answers("All legally shareable data used in the training process.",
                "the preferred form in other words"),
    ),
    fix=ITS_PLACE,
    level=None,
    shows=shown_places(lambda system: _of_access(system, "open")),
)  # fmt: skip
def faq_open_data_shared(system: System) -> Told:
    """The definition asks for information about data; the FAQ asks for open data itself."""
    called_open = _of_access(system, "open")
    for dataset in called_open:
        sources = dataset.data.sources if dataset.data else ()
        if not dataset.placed and not (sources and all(each.location for each in sources)):
            yield unstated(
                f"`{dataset.id}` is called open, and nothing says where it is",
                at=dataset.at / "location",
                fix=ITS_PLACE,
            )
        if dataset.availability not in (None, "ungated"):
            yield unmet(
                f"`{dataset.id}` is called open and is {dataset.availability}",
                at=dataset.at / "availability",
                fix="access: …   # what not everybody can have is not open",
            )
        yield from terms_of(dataset, OSI_DOCUMENT_TERMS, REMEDY)
    if not called_open:
        yield NotApplicable("no training data is called open")


@framework.rule(
    "faq-explainable-reasons",
    title="Data is unshareable for explainable reasons",
    cites=(
        answers("data that cannot be shared for explainable reasons, like Personally Identifiable "
                "Information (PII)", "Unshareable nonpublic training data"),
    ),
    fix="reason: …   # personal-data, law, copyright, contract, security, technical, commercial",
    level=None,
    shows=shown("reason", of=lambda system: _of_access(system, "unshareable")),
)  # fmt: skip
def faq_explainable_reasons(system: System) -> Told:
    """The FAQ lets data be kept back where it cannot be shared, not where it is worth money."""
    kept = _of_access(system, "unshareable")
    for dataset in kept:
        at = dataset.at / "reason"
        if dataset.reason is None:
            yield unstated(
                f"`{dataset.id}` is said to be unshareable, and no `reason` says why",
                at=at,
                fix="reason: …   # personal-data, law, copyright, contract, security, technical, "
                "commercial",
            )
        elif dataset.reason == "commercial":
            yield unmet(
                f"`{dataset.id}` is kept back for commercial reasons, for which it *is* not "
                "shared, and not for which it *cannot* be",
                at=at,
            )
        elif dataset.reason not in ("personal-data", "law", "copyright"):
            yield undetermined(
                f"`{dataset.id}`: whether `{dataset.reason}` is an explainable reason, the FAQ "
                "does not say",
                at=at,
            )
    if not kept:
        yield NotApplicable("no training data is said to be unshareable")


@framework.rule(
    "faq-dataset-software",
    title="The software used to create the datasets is given",
    cites=(
        answers("1. The software used to create the dataset", "the preferred form in other words"),
    ),
    fix="produced_by: […]   # the code that created the dataset",
    level=None,
    shows=shown("produced_by", of=lambda system: system.parts.datasets),
)
def faq_dataset_software(system: System) -> Told:
    """The definition asks for code that processed the data; the FAQ, for what created it."""
    for dataset in system.parts.datasets:
        if dataset.data is None:
            continue
        if dataset.produced_by is None:
            yield unstated(
                f"`{dataset.id}` does not say what software created it",
                at=dataset.at / "produced_by",
                fix="produced_by: […]   # the code that created the dataset",
            )
        for each in named(dataset.produced_by or (), system.parts.manifest):
            if not is_code(each):
                continue
            if each.omitted == "withheld":
                yield unmet(
                    f"`{each.id}`, which created `{dataset.id}`, is withheld",
                    at=each.at / "omitted",
                    fix=f"{each.id}: {GIVEN}",
                )
            elif each.omitted is None:
                yield from terms_of(each, OSI_LICENSE, REMEDY)
    if not any(each.data for each in system.parts.datasets):
        yield _no_data()


@framework.rule(
    "faq-explicit-assertion",
    title="An explicit assertion accompanies the parameters",
    cites=(
        answers("In any case, we require an explicit assertion accompanying the distribution of "
                "Parameters that assures that they are freely available to all.", "Parameters"),
    ),
    fix=ITS_LICENSE,
    level=None,
    shows=shown("license", of=_given),
)  # fmt: skip
def faq_explicit_assertion(system: System) -> Told:
    """An open license on the weights themselves asserts it, and so does an `assertion`."""
    given = _given(system)
    for weights in given:
        if not is_asserted(weights):
            yield from terms_of(weights, OSI_PARAMETER_TERMS, REMEDY)
    if not given:
        yield _no_weights()


@framework.rule(
    "faq-freely-available",
    title="The system is made freely available",
    cites=(
        answers("An Open Source AI is an AI system made freely available with all necessary code, "
                "data and parameters under legal terms approved by the Open Source Initiative.",
                "the answer in one sentence"),
    ),
    fix="Offer it free of charge, and write the place under `location`.",
    level=None,
)  # fmt: skip
def faq_freely_available(system: System) -> Told:
    """Read as free of charge, which the words of the definition do not say."""
    for component in system.required:
        if component.availability == "paid":
            yield unmet(
                f"`{component.id}` must be paid for",
                at=component.at / "availability",
                fix=ANYWHERE,
            )


def _no_weights() -> NotApplicable:
    return NotApplicable("no weights are given")


def _no_data() -> NotApplicable:
    return NotApplicable("no training data is described")
