"""Questions on terms that may flow down to a model: from its bases, its data and its teachers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from itertools import islice
from typing import NamedTuple

from aimanifest.document import Place
from aimanifest.findings import Related, Remark, remark
from aimanifest.licenses import RESTRICTIONS, Clause
from aimanifest.licenses.flowing import (
    DERIVED,
    PRODUCED,
    TRAINED,
    Reach,
    answered,
    canonical,
    clashes,
    is_light,
    is_open,
    reaching,
)
from aimanifest.manifest import (
    CODE_KINDS,
    DATASET_KINDS,
    PARAMETER_KINDS,
    Base,
    Component,
    Manifest,
    Source,
    Terms,
)
from aimanifest.rules import OUR_READING, TEXT, Citation, Framework

SPEC = "https://aimanifest.org/spec/1.0"
SCANCODE = "https://github.com/aboutcode-org/scancode-toolkit/blob/v32.5.0/src/licensedcode/data"

COUNSEL = "This is a question for counsel and not a conclusion."

MODELS = frozenset({"weights", "intermediate-checkpoints"})
"""The kinds of parameters that are asked about."""

CARRIERS = frozenset({*PARAMETER_KINDS, *DATASET_KINDS})
"""The kinds of components whose terms may flow down."""

MOST_MODELS = 200
"""How many models of one manifest are asked about: hostile files are long."""

MOST_FOLLOWED = 1000
"""How many bases, or datasets, are followed from one model by one rule."""

MOST_FLOWS = 1000
"""How many clauses are looked at for one model by one rule."""

MOST_QUESTIONS = 3
"""How many questions one rule asks about one model."""

MOST_NAMES = 2
"""How many further names stand in one question."""

MOST_STEPS = 5
"""How many steps of a path are written out."""


class Step(NamedTuple):
    """One step up from a model: by what statement, to what, and where that stands."""

    statement: str
    name: str
    at: Place


Path = tuple[Step, ...]


class Flow(NamedTuple):
    """A clause that may reach a model: by what path, and whose `license` it is, or `terms`."""

    path: Path
    reach: Reach
    holder: Place

    @property
    def at(self) -> Place:
        """Where the terms are stated."""
        return self.holder / "license" if self.reach.answers else self.holder


class Flows(NamedTuple):
    """The models of a manifest that somebody may be asked about, and what else it describes.

    `imposed` are the words of the terms that the release adds to every license, None for what it
    does not say. `derivatives` are the models that derive from one, by its id. `heavy` keeps, by
    the id of a dataset, the sources of it whose licenses reach further, once they were looked for.
    """

    manifest: Manifest
    models: tuple[Component, ...]
    imposed: frozenset[str | None]
    derivatives: Mapping[str, list[str]]
    heavy: dict[str, tuple[Source, ...]]

    @property
    def components(self) -> Mapping[str, Component]:
        """All components, by their ids."""
        return self.manifest.components

    @classmethod
    def of(cls, manifest: Manifest) -> Flows:
        """Gather the models of `manifest` that are given, if there is anything to ask of them."""
        components = manifest.components.values()
        bases = {id for each in components if each.derived_from for id in each.derived_from}
        if all(_is_light(each, bases) for each in components if each.kind in CARRIERS):
            return cls(manifest, (), NOTHING, {}, {})
        given = (
            each
            for each in components
            if not MODELS.isdisjoint(each.kinds) and each.omitted is None
        )
        models = tuple(islice(given, MOST_MODELS))
        derivatives: dict[str, list[str]] = {}
        for model in models:
            for id in model.derived_from:
                derivatives.setdefault(id, []).append(model.id)
        imposed = frozenset(_words(manifest.release.additional_terms))
        return cls(manifest, models, imposed, derivatives, {})

    def sources(self, dataset: Component) -> tuple[Source, ...]:
        """Give the sources of `dataset` whose licenses reach further."""
        if dataset.data is None or not dataset.data.sources:
            return ()
        if dataset.id not in self.heavy:
            self.heavy[dataset.id] = tuple(
                [
                    each
                    for each in dataset.data.sources
                    if each.license
                    and (reaching(each.license, TRAINED) or reaching(each.license, PRODUCED))
                ]
            )
        return self.heavy[dataset.id]


NOTHING: frozenset[str | None] = frozenset()


def _is_light(component: Component, bases: Set[str]) -> bool:
    """Whether no terms of a component reach further: a quick way past most manifests."""
    if component.id not in bases and not MODELS.isdisjoint(component.kinds):
        return True
    if component.additional_terms or not (component.license is None or is_light(component.license)):
        return False
    sources = component.data.sources if component.data else ()
    return all(each.license is None or is_light(each.license) for each in sources)


framework = Framework(
    id="license-flow",
    title="License flow",
    version="1.0",
    url=f"{SPEC}#annex-c-license-flow",
    beside="questions, which change no verdict",
    subject=Flows.of,
)

ask = partial(framework.rule, level=None)


def reading(quote: str) -> Citation:
    """Cite a sentence of SPEC.md, in which we say how we read what the licenses leave open."""
    return Citation(quote, "SPEC.md, What is asked", f"{SPEC}#what-is-asked", OUR_READING)


FIX = (
    "Ask counsel. If the terms flow down, state them in `license` or `additional_terms`; if they "
    "do not, nothing is to be done."
)


# -- what is asked ---------------------------------------------------------------------------------


@ask(
    "base-terms",
    title="The terms of a base leave room for the open terms of what derives from it",
    cites=(
        reading(
            "Parameters are offered under open terms and derive from a base whose terms bind "
            "those who share what derives from it."
        ),
        Citation(
            "Use-based restrictions as referenced in paragraph 5 MUST be included as an "
            "enforceable provision by You in any type of legal agreement",
            "BigScience OpenRAIL-M, 4(a)",
            f"{SCANCODE}/licenses/bigscience-open-rail-m.LICENSE",
            TEXT,
        ),
    ),
    fix=FIX,
)
def base_terms(flows: Flows) -> Iterator[Remark]:
    """Whoever takes the derivative reads its license only, and may not learn of the base's terms.

    The licenses of many models are handed down: they prescribe a name, forbid uses, or demand that
    what derives from the model stays under the same terms. Whether a license can do that with
    parameters is for courts to say.
    """
    for model in flows.models:
        if not model.derived_from:
            continue
        imposed = _imposed(model, flows)
        found: dict[str, list[Flow]] = {}
        for path, base in _bases(model, flows):
            for flow in _own_terms(base, model, flows=flows, path=path, way=DERIVED):
                if not _keeps(model, flow.reach, imposed):
                    found.setdefault(canonical(flow.reach.license), []).append(flow)
        groups = list(found.values()) if found and _is_open(model) else []
        for group in groups[:MOST_QUESTIONS]:
            alone = [each for each in group if each.holder == group[0].holder]
            yield _question(
                model,
                alone[0],
                f"Is there room for that in {_offer(model)}, under which "
                f"`{_short(model.id)}` is offered?",
                flows=flows,
                further=alone[1:],
                likewise=group,
            )
        if len(groups) > MOST_QUESTIONS:
            yield remark(
                f"what `{_short(model.id)}` derives from has {len(groups) - MOST_QUESTIONS} more "
                "licenses with terms that may flow down: "
                f"{_several(f'`{each[0].reach.license}`' for each in groups[MOST_QUESTIONS:])}. "
                "These are questions for counsel and not conclusions.",
                at=model.at / "license",
            )


@ask(
    "data-terms",
    title="No data behind open parameters is under terms that they may have to keep",
    cites=(
        reading(
            "Parameters are offered under open terms and were trained on data whose terms forbid "
            "derivatives or commercial use, or demand the same terms."
        ),
        Citation(
            "if You Share Adapted Material You produce, the following conditions also apply",
            "CC-BY-SA-4.0, 3(b)",
            "https://creativecommons.org/licenses/by-sa/4.0/legalcode",
            TEXT,
        ),
    ),
    fix=FIX,
)
def data_terms(flows: Flows) -> Iterator[Remark]:
    """Whether parameters are an adaptation of the data they were trained on is not settled.

    If they are, a license of the data that forbids adaptations or commercial use, or demands the
    same terms, binds those who share the parameters, whatever these are offered under.
    """
    for model in flows.models:
        imposed = _imposed(model, flows)
        found: dict[str, list[Flow]] = {}
        for flow in islice(_data(model, flows), MOST_FLOWS):
            if not _keeps(model, flow.reach, imposed):
                found.setdefault(TOPICS[flow.reach.clause.restricts], []).append(flow)
        for topic, group in found.items() if found and _is_open(model) else ():
            question = topic.format(model=_short(model.id), offer=_offer(model))
            yield _question(model, group[0], question, flows=flows, likewise=group)


_REACHES = "Does that reach `{model}`, which is offered under {offer}?"

TOPICS = {
    "no-derivatives": "Is `{model}`, which is offered under {offer}, an adapted version of it?",
    "non-commercial": _REACHES,
    "research-only": _REACHES,
    "share-alike": "Is `{model}` an adapted version of it, to be offered under the same terms and "
    "not under {offer}?",
}
"""What is asked of a model, by the word for the terms of its data."""


@ask(
    "output-terms",
    title="No model whose output taught another has terms on what its output is used for",
    cites=(
        reading(
            "Parameters were made with the output of a model whose terms say what may be trained "
            "on it."
        ),
        Citation(
            "If you use the Llama Materials or any outputs or results of the Llama Materials to "
            "create, train, fine tune, or otherwise improve an AI model",
            "Llama 3.1 Community License Agreement, 1(b)(i)",
            f"{SCANCODE}/licenses/llama-3.1-license-2024.LICENSE",
            TEXT,
        ),
    ),
    fix=FIX,
)
def output_terms(flows: Flows) -> Iterator[Remark]:
    """Data made by a model carries no license of that model, and still its terms may bind.

    Some forbid to train others with the output, some ask that such a model bear a name, some count
    it as a derivative. They bind whoever accepted them; whom else, is not settled.
    """
    for model in flows.models:
        imposed = _imposed(model, flows)
        found: dict[str, list[Flow]] = {}
        for flow in islice(_output(model, flows), MOST_FLOWS):
            if not _keeps(model, flow.reach, imposed):
                found.setdefault(flow.reach.clause.restricts, []).append(flow)
        for word, group in found.items():
            question = ON_OUTPUT[word].format(model=_short(model.id))
            yield _question(model, group[0], question, flows=flows, likewise=group)


ON_OUTPUT = {
    "output-use": "Was it allowed to train `{model}` on such output?",
    "flow-down": "Is `{model}` such a model, and does it have to come with those restrictions?",
    "attribution-badge": "Does `{model}` have to bear that name or notice?",
}
"""What is asked of a model, by the word for the terms of its teacher."""


@ask(
    "joint-terms",
    title="No code is under licenses that are said to be incompatible",
    cites=(
        reading(
            "Code is under several licenses at once of which the Free Software Foundation says "
            "that they are not compatible."
        ),
        Citation(
            "Please note that this license is not compatible with GPL version 2, because it has "
            "some requirements that are not in that GPL version.",
            "FSF, Various Licenses and Comments about Them, Apache License, Version 2.0",
            "https://www.gnu.org/licenses/license-list.html#apache2",
            TEXT,
        ),
    ),
    fix="Ask counsel. If the parts are one program, one of them needs another license.",
)
def joint_terms(flows: Flows) -> Iterator[Remark]:
    """Parts that lie side by side may each keep its license; parts of one program may not.

    `AND` says that parts are under different licenses, and not how they are joined.
    """
    for component in flows.components.values():
        text = component.license
        if text is None or "GPL-2.0-only" not in text or component.kind not in CODE_KINDS:
            continue
        for one, other, words in clashes(text)[:MOST_QUESTIONS]:
            yield remark(
                f"`{_short(component.id)}` is under `{one}` and `{other}`: are the parts one "
                f"program? The Free Software Foundation says: “{words}”. {COUNSEL}",
                at=component.at / "license",
            )


@ask(
    "base-questions",
    title="The manifests of bases leave no such question open",
    cites=(
        reading(
            "A base has a manifest of its own that can be read, and that manifest gives rise to "
            "such questions."
        ),
    ),
    fix="Look at the manifest of the base; its questions are answered there.",
)
def base_questions(flows: Flows) -> Iterator[Remark]:
    """What is not settled of a base is not settled of what derives from it either."""
    for id, base in flows.manifest.bases.items():
        number = _questions(base)
        models = [each.id for each in flows.components.values() if id in each.derived_from]
        if models and number:
            asks = "a question" if number == 1 else f"{number} questions"
            yield remark(
                f"{_several(f'`{_short(each)}`' for each in models)} ← derived_from "
                f"`{_short(id)}`, whose own manifest leaves {asks} of this kind open. "
                "What is asked there is for counsel, and no conclusion.",
                at=flows.components[id].at / "manifest",
            )


def _questions(base: Base) -> int:
    assessment = base.assessment(framework)
    return len(assessment.findings) if assessment else 0


# -- along the references --------------------------------------------------------------------------


def _bases(model: Component, flows: Flows) -> Iterator[tuple[Path, Component]]:
    """Give what `model` derives from, the nearest first, each once.

    What is behind a base under open terms is left out: that base is asked about itself.
    """
    if not model.derived_from:
        return
    seen = {model.id}
    waiting: list[tuple[Path, Component]] = [((), model)]
    for path, component in waiting:
        for id in component.derived_from:
            base = flows.components.get(id)
            if base is None or id in seen or len(seen) > MOST_FOLLOWED:
                continue
            seen.add(id)
            here = (*path, Step("derived_from", id, base.at))
            yield here, base
            if base.derived_from and not _is_open(base):
                waiting.append((here, base))


def _data(model: Component, flows: Flows) -> Iterator[Flow]:
    """Give the clauses of what `model`, and each base not asked itself, was trained on."""
    seen: set[str] = set()
    learned: list[tuple[Path, Component]] = [((), model)]
    if model.derived_from:
        learned += (each for each in _bases(model, flows) if not _is_open(each[1]))
    for path, component in learned:
        for id in component.trained_on or ():
            dataset = flows.components.get(id)
            if dataset is not None and id not in seen and len(seen) < MOST_FOLLOWED:
                seen.add(id)
                here = (*path, Step("trained_on", id, dataset.at))
                yield from _own_terms(dataset, model, flows=flows, path=here, way=TRAINED)
                yield from _of_sources(dataset, flows=flows, path=here, way=TRAINED)


def _output(model: Component, flows: Flows) -> Iterator[Flow]:
    """Give the clauses on output of all that taught `model`: itself, or by making its data."""
    yield from _teachers(model, model, (), flows)
    for id in model.trained_on or ():
        dataset = flows.components.get(id)
        if dataset is not None:
            path = (Step("trained_on", id, dataset.at),)
            for flow in (
                *_own_terms(dataset, model, flows=flows, path=path, way=PRODUCED),
                *_of_sources(dataset, flows=flows, path=path, way=PRODUCED),
            ):
                # Data under the license of a model is mostly its output, and no derivative of it.
                if flow.reach.clause.restricts == "output-use":
                    yield flow
            yield from _teachers(dataset, model, path, flows)


def _teachers(made: Component, model: Component, path: Path, flows: Flows) -> Iterator[Flow]:
    for id in made.produced_by or ():
        teacher = flows.components.get(id)
        if teacher is None or "auxiliary-model" not in teacher.kinds:
            continue
        here = (*path, Step("produced_by", id, teacher.at))
        yield from _own_terms(teacher, model, flows=flows, path=here, way=PRODUCED)
        if teacher.derived_from and not _is_open(teacher):
            for steps, base in _bases(teacher, flows):
                behind = (*here, *steps)
                yield from _own_terms(base, model, flows=flows, path=behind, way=PRODUCED)


def _own_terms(
    component: Component, model: Component, *, flows: Flows, path: Path, way: tuple[str, ...]
) -> Iterator[Flow]:
    """Give the clauses of a component's own terms that reach `model` in this way."""
    reaches = reaching(component.license, way) if component.license else ()
    if not (reaches or component.additional_terms) or _is_ones_own(component, model, flows):
        return
    for reach in reaches:
        yield Flow(path, reach, component.at)
    words = way if way is not PRODUCED else ("output-use",)
    for terms in component.additional_terms:
        for word in terms.restricts or ():
            if word in words:
                yield _added(terms, word, path)


def _of_sources(
    dataset: Component, *, flows: Flows, path: Path, way: tuple[str, ...]
) -> Iterator[Flow]:
    """Give the clauses of the licenses of a dataset's parts that reach further in this way."""
    for source in flows.sources(dataset):
        for reach in reaching(source.license or "", way):
            name = source.name or source.location or reach.license
            yield Flow((*path, Step("source", name, source.at)), reach, source.at)


def _is_ones_own(component: Component, model: Component, flows: Flows) -> bool:
    """Whether who offers `model` offers `component` too, and so is not bound by its terms.

    Where neither says who, a checkpoint is taken for a stage of one's own, and data whose origin is
    `own` for what that says. Of other models and data it is easily forgotten to be said.
    """
    release = flows.manifest.release.publisher
    offers = model.publisher or release
    if component.publisher is not None:
        return offers is not None and component.publisher.name == offers.name
    if model.publisher is not None and model.publisher != release:
        return False
    return "intermediate-checkpoints" in component.kinds or (
        component.data is not None and component.data.origin == "own"
    )


def _added(terms: Terms, word: str, path: Path) -> Flow:
    name = _short(terms.name or terms.url or "additional terms")
    meaning = RESTRICTIONS[word].meaning.removesuffix(".")
    clause = Clause(word, "", "", meaning[0].lower() + meaning[1:])
    return Flow(path, Reach(name, clause, ()), terms.at)


# -- whether to ask --------------------------------------------------------------------------------


def _is_open(component: Component) -> bool:
    """Whether a component is offered to everybody for any purpose, as far as is known."""
    if component.license is None or component.license == "NONE":
        return component.assertion is not None and component.assertion.basis is not None
    return is_open(component.license)


def _keeps(model: Component, reach: Reach, imposed: frozenset[str | None]) -> bool:
    """Whether the terms of `model` are such that they keep the clause, or may be.

    That is so under the same license, or one that will do, and where further terms come with it
    that do the same, or of which it is not said what they do.
    """
    if imposed and (None in imposed or reach.clause.restricts in imposed):
        return True
    return model.license is not None and answered(model.license, reach.answers)


def _imposed(model: Component, flows: Flows) -> frozenset[str | None]:
    """Give the words of all terms that come with `model` besides its license; None for unsaid."""
    if not model.additional_terms:
        return flows.imposed
    return flows.imposed.union(_words(model.additional_terms))


def _words(listed: Iterable[Terms]) -> Iterator[str | None]:
    for terms in listed:
        yield from (None,) if terms.restricts is None else terms.restricts


# -- how to ask ------------------------------------------------------------------------------------


def _question(
    model: Component,
    flow: Flow,
    question: str,
    *,
    flows: Flows,
    further: Iterable[Flow] = (),
    likewise: Iterable[Flow] = (),
) -> Remark:
    """Ask of `model`: the path, the question, the clause, and what else leads to the same."""
    license, clause, _ = flow.reach
    where = f", {clause.section}" if clause.section else ""
    words = f": “{clause.quote}” (" if clause.quote else " (its words were not seen here; "
    more = [_clause(each.reach.clause) for each in further]
    same = dict.fromkeys(_named(each) for each in likewise if each.holder != flow.holder)
    derived = _derived(model, flows)
    told = [
        f"{_path(model, flow.path)}, under `{license}`{where}{words}{clause.meaning}).",
        f"Its further terms: {_several(more)}." if more else "",
        question,
        f"The same is asked of {_several(same)}." if same else "",
        f"{_several(derived)} {_derive(derived)} from it." if derived else "",
        COUNSEL,
    ]
    for optional in (4, 3, 1):
        if sum(map(len, told)) > MOST_CHARACTERS:
            told[optional] = ""
    return remark(
        " ".join([each for each in told if each]),
        at=model.at / "license",
        related=tuple(_related(flow)),
    )


def _derive(names: list[str]) -> str:
    return "derives" if len(names) == 1 else "derive"


def _path(model: Component, path: Path) -> str:
    left_out = len(path) - MOST_STEPS
    first, last = (
        (path[: MOST_STEPS // 2], path[-(MOST_STEPS // 2) :]) if left_out > 0 else (path, ())
    )
    between = [f"… {len(path) - len(first) - len(last)} more …"] if left_out > 0 else []
    steps = [[f"{each.statement} `{_short(each.name)}`" for each in part] for part in (first, last)]
    return " ← ".join([f"`{_short(model.id)}`", *steps[0], *between, *steps[1]])


def _offer(model: Component) -> str:
    if model.license is None or model.license == "NONE":
        return "its `assertion`"
    return f"`{_short(model.license)}`"


def _clause(clause: Clause) -> str:
    return f"`{clause.restricts}`" + (f" ({clause.section})" if clause.section else "")


def _named(flow: Flow) -> str:
    name, license = flow.path[-1].name, flow.reach.license
    return f"`{_short(name)}`" + (f" (`{license}`)" if name != license else "")


def _several(names: Iterable[str]) -> str:
    """List the first names, and count the others."""
    listed = list(names)
    more = len(listed) - MOST_NAMES
    if more > 0:
        return f"{', '.join(listed[:MOST_NAMES])} and {more} more"
    return " and ".join(listed)


def _derived(model: Component, flows: Flows) -> list[str]:
    """Name the models that derive from `model`, however far."""
    found = {model.id: None}
    for id in (waiting := [model.id]):
        for derived in flows.derivatives.get(id, ()):
            if derived not in found:
                found[derived] = None
                waiting.append(derived)
    return [f"`{_short(id)}`" for id in waiting[1:]]


def _related(flow: Flow) -> Iterator[Related]:
    """Give the places along the path, down to the terms."""
    for step in flow.path[:-1][:MOST_STEPS]:
        yield Related(WORDS.get(step.statement, step.statement), step.at.pointer, step.at.span)
    message = f"the terms of `{_short(flow.path[-1].name)}`"
    at = flow.at
    yield Related(message, at.pointer, at.span)


WORDS = {
    "derived_from": "derived from this",
    "trained_on": "trained on this",
    "produced_by": "made with this",
}


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


SHORT = 40
"""How many characters of a name stand in a message."""

MOST_CHARACTERS = 900
"""How long a question is made by what could be left out of it."""
