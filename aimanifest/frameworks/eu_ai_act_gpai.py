"""Article 53(2) of the EU Artificial Intelligence Act: the exemption for open models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from aimanifest.document import Place
from aimanifest.findings import (
    Located,
    NotApplicable,
    Outcome,
    Remark,
    remark,
    undetermined,
    unmet,
    unstated,
)
from aimanifest.licenses import RESTRICTIONS, LicenseError, Notion, ai_act, parse
from aimanifest.licenses.ai_act import ACT, RECITAL, guidelines
from aimanifest.licenses.expressions import Compound, Term
from aimanifest.manifest import Component, Manifest, Terms
from aimanifest.placeholders import is_placeholder
from aimanifest.rules import FAULTS, TEXT, Assessment, Citation, Figure, Framework, Standing
from aimanifest.system import (
    Parts,
    Remedy,
    is_asserted,
    is_mechanical,
    is_opaque,
    named,
    omission,
    placeless,
    shown,
    shown_places,
    terms_of,
    worst,
)
from aimanifest.training_content import TEMPLATE, TrainingContent
from aimanifest.training_content.items import ITEMS, Item

Told = Iterator[Remark | NotApplicable]

LEVEL = "article-53-2"

GENERAL_PURPOSE = 1e23
"""How much is computed to train a model of general purpose: more than this (paragraph 17)."""
SYSTEMIC_RISK = 1e25
"""Above this, a model is presumed to have high-impact capabilities (Article 51(2))."""
MODIFIED = 3
"""One part in this many of the original's compute makes a modifier a provider (paragraph 63)."""
GENERATED = frozenset({"text", "code", "audio", "image", "video", "other"})
"""What a model of general purpose may give out; `other` may be anything."""


class Outside(NamedTuple):
    """Why this is taken for no model of general purpose, or its publisher for no provider of one.

    `indicative` tells that the criterion for that leaves room for exceptions (paragraph 20).
    """

    reason: str
    at: Place
    indicative: bool = False


class Model(NamedTuple):
    """What the exemption is about, gathered once for all rules.

    `weights` are those of this release that are given, `bases` those of others from which they were
    made, in any number of steps; the terms of all of them bind users. `lineages` are those of the
    weights that nothing here derives from: they hold all the others. `outside` says why no
    obligation for models of general purpose arises here; None where one does or may.
    """

    parts: Parts
    content: TrainingContent
    weights: tuple[Component, ...]
    bases: tuple[Component, ...]
    lineages: tuple[Lineage, ...]
    outside: Outside | None

    @property
    def manifest(self) -> Manifest:
        """The manifest itself."""
        return self.parts.manifest

    @classmethod
    def of(cls, manifest: Manifest) -> Model:
        """Gather what `manifest` says of its model."""
        parts = Parts.of(manifest)
        weights = tuple(each for each in parts.weights if each.omitted is None)
        components = manifest.components.values()
        used = {id for each in components for id in each.derived_from if id != each.id}
        ends = [each for each in weights if each.id not in used] or weights[:1]
        steps = {each.id: named(each.derived_from, manifest) for each in components}
        lineages = tuple(Lineage.of(each, manifest, steps=steps) for each in ends)
        bases = {each.id: each for one in lineages for each in one.bases}
        return cls(
            parts,
            TrainingContent.of(parts),
            weights,
            tuple(bases.values()),
            lineages,
            _outside(parts, lineages, steps=steps),
        )


class Compute(NamedTuple):
    """How much was computed to train parameters and all that they were made from.

    `least` is what is stated, `unsaid` are the components that do not state theirs.
    """

    least: float
    unsaid: tuple[Component, ...]

    @classmethod
    def of(cls, components: Iterable[Component]) -> Compute:
        """Sum up what `components` state; to convert weights takes no training."""
        listed = tuple(components)
        unsaid = (each for each in listed if each.training_compute is None)
        return cls(
            sum(each.training_compute or 0.0 for each in listed),
            tuple(each for each in unsaid if not is_mechanical(each)),
        )


Steps = Mapping[str, tuple[Component, ...]]
"""For each component, by id, what it derives from in one step."""


class Lineage(NamedTuple):
    """Weights, and the parameters that they were made from, in any number of steps.

    `bases` are those of them that this manifest does not describe. `compute` is that of all of
    them together, as annex A.1 of the guidelines counts it. `own` is that of all but the bases that
    are another publisher's, and `original` that of these.
    """

    weights: Component
    ancestors: tuple[Component, ...]
    bases: tuple[Component, ...]
    compute: Compute
    own: Compute
    original: Compute | None

    @classmethod
    def of(cls, weights: Component, manifest: Manifest, *, steps: Steps) -> Lineage:
        """Follow `weights` to what they were made from."""
        found = {weights.id: weights}
        waiting = [weights.id]
        while waiting:
            for base in steps[waiting.pop()]:
                if base.id not in found:
                    found[base.id] = base
                    waiting.append(base.id)
        ancestors = tuple(found.values())[1:]
        bases = tuple(
            each for each in ancestors if each.manifest is not None or is_opaque(each, manifest)
        )
        others = {each.id for each in bases if _is_of_others(each, manifest)}
        return cls(
            weights,
            ancestors,
            bases,
            Compute.of((weights, *ancestors)),
            Compute.of((weights, *(each for each in ancestors if each.id not in others))),
            Compute.of(each for each in ancestors if each.id in others) if others else None,
        )

    @property
    def is_small_modification(self) -> bool:
        """Whether these are somebody else's weights, changed with little compute or none."""
        if self.original is None or self.own.unsaid:
            return False
        compared = not self.original.unsaid and self.own.least * MODIFIED <= self.original.least
        return compared or self.own.least == 0


def _is_of_others(base: Component, manifest: Manifest) -> bool:
    publisher = manifest.release.publisher
    return (
        base.publisher is not None
        and publisher is not None
        and base.publisher.name != publisher.name
    )


def _modified(steps: Steps, manifest: Manifest) -> frozenset[str]:
    """Return the ids of all that derives from somebody else's weights, in any number of steps."""
    made_of: dict[str, list[str]] = {}
    for id, bases in steps.items():
        for base in bases:
            made_of.setdefault(base.id, []).append(id)
    found: set[str] = set()
    waiting = [id for id, each in manifest.components.items() if _is_of_others(each, manifest)]
    while waiting:
        for id in made_of.get(waiting.pop(), ()):
            if id not in found:
                found.add(id)
                waiting.append(id)
    return frozenset(found)


def _outside(parts: Parts, lineages: tuple[Lineage, ...], *, steps: Steps) -> Outside | None:
    """Say why no obligation for a model of general purpose arises, if none does."""
    if not parts.weights and (others := (*parts.foreign, *parts.opaque)):
        return Outside("every model here is somebody else's, and is used as it is", others[0].at)
    modalities = parts.manifest.release.modalities
    given_out = set(modalities.output or ()) if modalities else set()
    if modalities and given_out and "" not in given_out and not given_out & GENERATED:
        return Outside(
            f"it gives out {' and '.join(sorted(given_out))} only, and a model of general purpose "
            "is taken to generate language, images or video",
            modalities.at / "output",
            indicative=True,
        )
    if not lineages:
        return None
    most = max(each.compute.least for each in lineages)
    if most <= GENERAL_PURPOSE and not any(each.compute.unsaid for each in lineages):
        return Outside(
            f"its training took {most:.2g} FLOP, and that of a model of general purpose is taken "
            "to take more than 10^23",
            lineages[0].weights.at / "training_compute",
            indicative=True,
        )
    given = {each.id for each in parts.weights if each.omitted is None}
    if all(each.is_small_modification for each in lineages) and given <= _modified(
        steps, parts.manifest
    ):
        return Outside(
            f"it is a modification of {_ids(lineages[0].bases)} that took no more than a third of "
            "the compute of the original, and who makes such a one is not taken for the provider "
            "of a model",
            lineages[0].weights.at / "derived_from",
        )
    return None


def _ids(components: Iterable[Component]) -> str:
    return ", ".join(f"`{each.id}`" for each in components)


def _reckon(assessment: Assessment) -> tuple[Figure, ...]:
    """Count the items of the public summary that can be drafted."""
    prefix = f"{framework.id}/summary-"
    items = [each for each in assessment.answers if each.rule.id.startswith(prefix)]
    asked = [each for each in items if each.outcome is not Outcome.NOT_APPLICABLE]
    if not asked:
        return ()
    met = sum(each.outcome is Outcome.MET for each in asked)
    doubtful = sum(each.outcome is Outcome.UNDETERMINED for each in asked)
    return (
        Figure(
            "public summary of training content",
            met,
            met,
            met + doubtful,
            f"of {len(asked)} items",
            "items of the AI Office's template that can be drafted from this manifest; no verdict, "
            "and less than the Open Source AI Definition asks to know of data",
        ),
    )


_INDICATIVE = (
    "whether the model is one of general purpose though the indicative criterion speaks against "
    "it, or none though it speaks for it (paragraph 20), and whether the Commission has designated "
    "it as one with systemic risk (Article 51(1)(b))"
)
_JUDGED = (
    "whether restrictions are proportionate, objective and fair (paragraphs 79 and 84), and "
    "whether information is clear and specific enough (paragraphs 91 and 92)"
)
_OFFERED = (
    "what is offered besides the license, such as paid support, services and hosting (paragraphs "
    "86 to 89), as far as the manifest does not tell of it"
)
_OWED = (
    "whether the copyright policy and the public summary are adequate, and what of the summary no "
    "manifest holds: authorised representative, date of placement on the Union market, names and "
    "behaviour of crawlers, domain names"
)

framework = Framework(
    id="eu-ai-act-gpai",
    title="Exemption of open models, as declared, under the EU AI Act",
    version="2024/1689",
    url=ACT,
    levels=(LEVEL,),
    called={LEVEL: "exemption from Article 53(1)(a) and (b) and Article 54, as declared"},
    beside="What remains owed all the same",
    not_checked=(
        "whether what is declared is so: this is readiness, not conformity, and no legal advice",
        _INDICATIVE,
        _JUDGED,
        _OFFERED,
        _OWED,
    ),
    subject=Model.of,
    figures=_reckon,
)


def article(quote: str, clause: str) -> Citation:
    """Cite the Regulation."""
    return Citation(quote, clause, ACT, TEXT)


def recital(quote: str, number: int) -> Citation:
    """Cite a recital of the Regulation, which helps to read its articles and is none."""
    return Citation(quote, f"Recital {number}", ACT, RECITAL)


EXEMPTION = article(
    "The obligations set out in paragraph 1, points (a) and (b), shall not apply to providers of "
    "AI models that are released under a free and open-source licence that allows for the access, "
    "usage, modification, and distribution of the model, and whose parameters, including the "
    "weights, the information on the model architecture, and the information on model usage, are "
    "made publicly available. This exception shall not apply to general-purpose AI models with "
    "systemic risks.",
    "Article 53(2)",
)

ITS_LICENSE = "license: …   # the SPDX id of the license that it is under"
REMEDY = Remedy(
    state=ITS_LICENSE,
    change="Release it under a license without that restriction, such as Apache-2.0; if it is not "
    "yours, use another.",
    settle="A permissive license, such as Apache-2.0, would settle it.",
)
GIVEN = "{license: …, location: https://…}"

Check = Callable[[Model], Told]


def condition(
    name: str,
    *,
    title: str,
    cites: tuple[Citation, ...],
    fix: str,
    shows: Callable[[Model], Iterable[Located]],
    level: str | None = LEVEL,
    why: str = "",
) -> Callable[[Check], None]:
    """Declare the decorated check as a rule for models that may be of general purpose."""

    def declare(check: Check) -> None:
        def within(model: Model) -> Told:
            if model.outside:
                yield NotApplicable(model.outside.reason)
            else:
                yield from check(model)

        within.__doc__ = check.__doc__
        framework.rule(name, title=title, cites=cites, fix=fix, level=level, why=why, shows=shows)(
            within
        )

    return declare


# -- what model it is ------------------------------------------------------------------------------


def _shows_scope(model: Model) -> Iterator[Located]:
    yield from _shows_compute(model)
    output = model.manifest.at / "release" / "modalities" / "output"
    if output.written:
        yield output


def _shows_compute(model: Model) -> Iterator[Located]:
    yield from shown("training_compute", of=_weights_and_bases)(model)


def _weights_and_bases(model: Model) -> Iterable[Component]:
    return (*model.weights, *model.bases)


def _weights(model: Model) -> Iterable[Component]:
    return model.weights


@framework.rule(
    "general-purpose-model",
    title="The exemption is asked of a model of general purpose, as far as is declared",
    cites=(
        guidelines(
            "an indicative criterion for a model to be considered a general-purpose AI model is "
            "that its training compute is greater than 10^23 FLOP and it can generate language "
            "(whether in the form of text or audio), text-to-image or text-to-video",
            "paragraph 17",
        ),
        guidelines(
            "an indicative criterion for when a downstream modifier is considered to be the "
            "provider of a general-purpose AI model is that the training compute used for the "
            "modification is greater than a third of the training compute of the original model",
            "paragraph 63",
        ),
    ),
    fix="training_compute: …   # of the weights, in FLOP",
    level=LEVEL,
    shows=_shows_scope,
)
def general_purpose_model(model: Model) -> Told:
    """Chapter V of the Act is about models of general purpose, and about their providers.

    No rule of this framework applies where `modalities.output` names neither text nor code, audio,
    image, video or other; where all weights state their compute, and each of them with all that it
    derives from took no more than 10^23 FLOP; where all weights derive from those of another
    publisher, by conversion alone or with no more than a third of their stated compute; and where
    all models are somebody else's. What is left open is looked at as if it were such a model.
    """
    if model.outside:
        reason, at, indicative = model.outside
        yield NotApplicable(reason)
        yield remark(
            f"taken for no model of general purpose: {reason}; the criterion is indicative, and a "
            "model that displays significant generality all the same is one (paragraph 20)"
            if indicative
            else f"taken for no model that its publisher owes anything for: {reason}",
            at=at,
        )
    elif (place := _scope_left_open(model)) is not None:
        yield remark(
            "whether this is a model of general purpose is left open here, and the conditions are "
            "looked at as if it were; it depends on the compute of its training, more than 10^23 "
            "FLOP, and on what it generates",
            at=place,
            fix="training_compute: …   # FLOP",
        )


def _scope_left_open(model: Model) -> Place | None:
    """Return where it should be said whether the model is one of general purpose."""
    reckoned = [each.compute for each in model.lineages]
    if not any(each.least > GENERAL_PURPOSE for each in reckoned):
        silent = (each for one in reckoned for each in one.unsaid)
        first = next(silent, None)
        return first.at / "training_compute" if first else None
    modalities = model.manifest.release.modalities
    if modalities is None or not modalities.output or "" in modalities.output:
        return model.manifest.at / "release" / "modalities" / "output"
    return None


@condition(
    "no-systemic-risk",
    title="The model is not presumed to have systemic risk",
    cites=(
        article("This exception shall not apply to general-purpose AI models with systemic risks.",
                "Article 53(2)"),
        article("A general-purpose AI model shall be presumed to have high impact capabilities … "
                "when the cumulative amount of computation used for its training measured in "
                "floating point operations is greater than 10^25.", "Article 51(2)"),
        guidelines("Where a model has been created by combining model weights … or through "
                   "integrating pre-existing model weights, for example through weight "
                   "initialisation, the training compute used to train the combined model weights "
                   "should be included", "annex A.1"),
    ),
    fix="training_compute: …   # of the weights, in FLOP",
    shows=_shows_compute,
)  # fmt: skip
def no_systemic_risk(model: Model) -> Told:
    """A model with systemic risk is never exempt, however open it is.

    The compute of all that the weights derive from is added to their own; of a mechanical relation
    none need be stated. A provider may argue against the presumption (Article 52(2)): that is
    between them and the Commission.
    """
    silent: dict[str, Component] = {}
    for weights, ancestors, _, compute, *_ in model.lineages:
        if compute.least > SYSTEMIC_RISK:
            stated = (each for each in (weights, *ancestors) if each.training_compute is not None)
            yield unmet(
                f"training `{weights.id}` took {compute.least:.2g} FLOP, its bases included: above "
                "10^25 it is presumed to have systemic risk",
                at=next(stated).at / "training_compute",
            )
        else:
            silent |= {each.id: each for each in compute.unsaid}
    for each in silent.values():
        yield unstated(
            f"`{each.id}` does not say how much was computed to train it, so nobody can tell "
            "whether there is a presumption of systemic risk",
            at=each.at / "training_compute",
            fix="training_compute: …   # FLOP; an estimate within 30 percent is good enough",
        )
    if not model.weights:
        yield NotApplicable("no weights are given")


# -- the license -----------------------------------------------------------------------------------


def license_rule(
    name: str, notion: Notion, *, title: str, why: str, cites: tuple[Citation, ...] = ()
) -> None:
    """Declare the rule that asks what `notion`, one paragraph of the guidelines, makes of terms."""

    @condition(
        name,
        title=title,
        cites=(*notion.cites, *cites),
        fix=ITS_LICENSE if notion is ai_act.FOUR_RIGHTS else REMEDY.change,
        shows=_shows_terms,
        why=f"{why}\n\n{_words(notion)}",
    )
    def check(model: Model) -> Told:
        yield from _terms_of_model(model, notion, name)


def _words(notion: Notion) -> str:
    """Say which restrictions, of a license or of further terms, a paragraph is about."""
    sets = (("Unmet", notion.breaking), ("Undetermined", notion.doubtful))
    told = (
        f"{word}: {', '.join(f'`{each}`' for each in sorted(found))}."
        for word, found in sets
        if found
    )
    return " ".join(told)


def _terms_of_model(model: Model, notion: Notion, name: str) -> Told:
    for each in model.weights:
        yield from _license(each, notion)
    for each in model.bases:
        yield from _inherited(each, notion, name, model.manifest)
    for further in _further(model):
        yield from _restrictions(further, notion)
    if not model.weights:
        yield NotApplicable("no weights are given")


PARAGRAPHS = (
    ai_act.FOUR_RIGHTS,
    ai_act.DISQUALIFYING,
    ai_act.MONETISATION,
    ai_act.PERSONAL_DATA,
    ai_act.ACCESS,
    ai_act.MODIFICATION,
    ai_act.SAFETY,
    ai_act.DISTRIBUTION,
    ai_act.USE,
)
"""In the order of the rules: those first that exclude a license, for the first one speaks."""


def _license(weights: Component, notion: Notion) -> Iterator[Remark]:
    """Say what one paragraph makes of a license; the first that objects says it for the others.

    Of two answers at one place only the first is told. Where a later paragraph objects more than
    all before it, these are told at the weights themselves, and it at their license.
    """
    index = PARAGRAPHS.index(notion)
    said = [[*_by_paragraph(weights, each)] for each in PARAGRAPHS]
    ranks = [worst(each) for each in said]
    first = ranks.index(max(ranks))
    together = range(first) if index < first else range(first, len(PARAGRAPHS))
    for told in said[index]:
        place = weights.at if index < first else told.at
        if any(said[each] for each in together if each < index):
            yield told._replace(at=place)
            continue
        others = (
            f"; by paragraph {PARAGRAPHS[each].id.rpartition('-')[2]}, "
            f"{_bare(other.message, weights)}"
            for each in together
            for other in said[each]
            if each > index and other.message != told.message
        )
        message = told.message.removesuffix(".") + "".join(others)
        yield told._replace(message=message, at=place)


def _bare(message: str, weights: Component) -> str:
    return message.removeprefix(f"`{weights.id}`: ").removesuffix(".")


def _by_paragraph(weights: Component, notion: Notion) -> Iterator[Remark]:
    if is_asserted(weights):
        yield undetermined(
            f"`{weights.id}` is under no license, and free by an assertion; the Act speaks of a "
            "license, which to the Commission is the granting of permissions (paragraph 77)",
            at=weights.at / "license",
            fix="A license that grants the same, such as CC0-1.0, would settle it.",
        )
    else:
        yield from terms_of(weights, notion, REMEDY)


def _inherited(base: Component, notion: Notion, name: str, manifest: Manifest) -> Iterator[Remark]:
    """Say what the terms of a base amount to; where they are not stated, ask its own manifest."""
    if base.license is not None or base.manifest is None:
        yield from _license(base, notion)
        return
    own = manifest.bases.get(base.id)
    assessment = own.assessment(framework) if own else None
    if assessment is None:
        problem = own.problem if own else "nobody looked for it"
        yield unstated(
            f"`{base.id}`: no license is stated, and its own manifest cannot be asked: {problem}",
            at=base.at / "license",
            fix=ITS_LICENSE,
        )
        return
    rule = f"{framework.id}/{name}"
    for answer in assessment.answers:  # of a base that is supposed to reach the level, none
        if answer.rule.id == rule and answer.outcome in FAULTS:
            message = f"`{base.id}`, by its own manifest: `{rule}` is {answer.outcome.value}"
            yield Remark(answer.outcome, message, base.at / "manifest", "", ())


class _Further(NamedTuple):
    """Terms on top of a license: what they hold for, and whether security is given as a reason."""

    terms: Terms
    holder: str
    secured: bool


def _further(model: Model) -> Iterator[_Further]:
    for terms in model.manifest.release.additional_terms:
        secured = any(each.reason == "security" for each in model.weights)
        yield _Further(terms, "the release", secured)
    for each in (*model.weights, *model.bases):
        for terms in each.additional_terms:
            yield _Further(terms, f"`{each.id}`", each.reason == "security")


def _restrictions(further: _Further, notion: Notion) -> Iterator[Remark]:
    """Say which of the restrictions that `notion` asks about are in further terms."""
    terms = further.terms
    called = f'"{terms.name}"' if terms.name else "A further document"
    if terms.restricts is None:
        yield undetermined(
            f"{called} holds for {further.holder}, and the manifest does not say what it restricts",
            at=terms.at / "restricts",
            fix="restricts: […]   # words for what they restrict; [] if it is nothing",
        )
        return
    for index, word in enumerate(terms.restricts):
        if word not in notion.breaking | notion.doubtful:
            continue
        meaning = RESTRICTIONS[word].meaning
        told = (
            f"{called} on {further.holder}: it {meaning[0].lower()}{meaning[1:].removesuffix('.')}"
        )
        at = terms.at / "restricts" / index
        if word == "personal-data" and further.secured:
            yield undetermined(
                f"{told}, for security, as the `reason` says; it is allowed if it is strictly "
                "limited to the security of the model, which people must judge",
                at=at,
            )
        elif word in notion.breaking:
            yield unmet(told, at=at, fix="Release without these terms.")
        else:
            yield undetermined(f"{told}; {notion.doubt}", at=at)


def _shows_terms(model: Model) -> Iterator[Located]:
    yield from shown("license", of=_weights_and_bases)(model)
    yield from (each.terms.at for each in _further(model))


license_rule(
    "four-rights",
    ai_act.FOUR_RIGHTS,
    title="The license gives the rights to access, use, modify and redistribute the model",
    cites=(
        EXEMPTION,
        recital("The licence should be considered to be free and open-source also when it allows "
                "users to run, copy, distribute, study, change and improve software and data, "
                "including models under the condition that the original provider of the model is "
                "credited, the identical or comparable terms of distribution are respected.", 102),
    ),
    why="Without one of these rights a license is not free and open-source under the Act. What "
    "restrictions it may have besides is asked paragraph by paragraph.\n\nThe terms of weights "
    "that these were made from bind those who use these: that is our reading, and a base whose "
    "terms nobody states leaves the question open.",
)  # fmt: skip
license_rule(
    "no-disqualifying-restriction",
    ai_act.DISQUALIFYING,
    title="The terms have none of the restrictions that the Commission calls disqualifying",
    why="The guidelines list them by way of example: use for research or without commerce only, no "
    "redistribution, another license above so many users. A threshold of revenue, and a license "
    "for tests only, ask for a separate commercial license too; so we read the list.",
)


@condition(
    "no-monetisation",
    title="Nobody has to pay for the model",
    cites=(
        guidelines("no monetary compensation should be required in exchange for access, use, "
                   "modification, and distribution of the AI model", "paragraph 85"),
        *ai_act.MONETISATION.cites,
        recital("AI components that are provided against a price or otherwise monetised … should "
                "not benefit from the exceptions provided to free and open-source AI components",
                103),
    ),
    fix=REMEDY.change,
    shows=lambda model: (*_shows_terms(model), *shown("availability", of=_weights)(model)),
)  # fmt: skip
def no_monetisation(model: Model) -> Told:
    """A price excludes the exemption, whatever the license says; optional paid services do not.

    Unmet: `ads`, `exclusive-hosting`, `payment`, and weights that are `paid`. Undetermined where
    one of the licenses to choose from is called commercial: the Commission may take that for dual
    licensing with payment for commercial use.
    """
    yield from _terms_of_model(model, ai_act.MONETISATION, "no-monetisation")
    for weights in model.weights:
        if weights.availability == "paid":
            yield _paid(weights)
        elif (offer := _commercial_offer(weights.license)) is not None:
            yield undetermined(
                f"`{weights.id}` is also offered under `{offer}`; where commercial use must be "
                "paid for, such dual licensing is monetisation (paragraph 86)",
                at=weights.at / "license",
            )


def _paid(weights: Component) -> Remark:
    return unmet(
        f"`{weights.id}` must be paid for",
        at=weights.at / "availability",
        fix="Offer it where anybody gets it free of charge, and write the place under `location`.",
    )


def _commercial_offer(license: str | None) -> str | None:
    """Return the id of a commercial license that is offered for choice, if one is."""
    try:
        tree = parse(license or "").tree
    except LicenseError:
        return None
    return next((each for each in _choices(tree) if _sounds_commercial(each)), None)


def _choices(tree: Term | Compound) -> Iterator[str]:
    if isinstance(tree, Compound):
        for part in tree.parts:
            if tree.operator == "OR" and isinstance(part, Term):
                yield part.id
            else:
                yield from _choices(part)


def _sounds_commercial(id: str) -> bool:
    told = id.lower().replace("noncommercial", "").replace("non-commercial", "")
    return "LicenseRef-" in id and "commercial" in told


@condition(
    "no-personal-data-in-return",
    title="Nobody has to give personal data for the model",
    cites=ai_act.PERSONAL_DATA.cites,
    fix=REMEDY.change,
    shows=lambda model: (*_shows_terms(model), *shown("availability", of=_weights)(model)),
)
def no_personal_data_in_return(model: Model) -> Told:
    """To ask for personal data counts as a price, unless it serves the security of the model alone.

    `personal-data` is unmet, and undetermined where the `reason` of the weights is `security`. A
    gate asks for some, and so may who gives on request: undetermined.
    """
    yield from _terms_of_model(model, ai_act.PERSONAL_DATA, "no-personal-data-in-return")
    for weights in model.weights:
        if weights.availability in ("gated", "on-request"):
            yield undetermined(
                f"`{weights.id}` is {GATES[weights.availability]}: it depends on what personal "
                "data is asked for, and whether for the security of the model alone",
                at=weights.at / "availability",
                fix=UNGATED,
            )


GATES = {
    "gated": "behind a gate: one must sign in or accept conditions first",
    "on-request": "given on request only",
}
UNGATED = "Offer it where anybody gets it without that, and write the place under `location`."


@condition(
    "access",
    title="Anyone interested can obtain the model",
    cites=ai_act.ACCESS.cites,
    fix="availability: ungated   # if it is so",
    shows=lambda model: (
        *shown("availability", of=_weights)(model),
        *shown_places(_weights)(model),
    ),
)
def access(model: Model) -> Told:
    """Access is free of payment and of other restrictions; users may be verified for safety.

    Unmet: `territory`, and weights that are `paid`. Undetermined: `registration`, and weights that
    are `gated` or given `on-request`: whether that is such a measure, and treats people of all
    countries alike, people must judge.
    """
    yield from _terms_of_model(model, ai_act.ACCESS, "access")
    for weights in model.weights:
        if weights.availability == "paid":
            yield _paid(weights)
        elif weights.availability in GATES:
            yield undetermined(
                f"`{weights.id}` is {GATES[weights.availability]}; it is allowed as a reasonable "
                "measure for safety and security that treats people of all countries alike, which "
                "people must judge",
                at=weights.at / "availability",
                fix=UNGATED,
            )


license_rule(
    "modification",
    ai_act.MODIFICATION,
    title="Anyone may alter the model",
    why="The right to modify is free of payment and of other restrictions. A lock on safety "
    "measures restricts it; whether it is allowed for the sake of safety, the guidelines leave "
    "open, since their paragraph on safety speaks of use.",
)
license_rule(
    "restrictions-for-safety",
    ai_act.SAFETY,
    title="No restriction of use is other than oriented to safety and proportionate",
    why="Licenses with rules of behaviour, such as RAIL, forbid uses. The Open Source Definition "
    "has no room for that; the Commission has, if the terms are specific, oriented to safety, "
    "proportionate and fair. No program can tell: such terms are undetermined, and never unmet.",
)
license_rule(
    "distribution",
    ai_act.DISTRIBUTION,
    title="Derivatives may be distributed under other terms",
    cites=(recital("the identical or comparable terms of distribution are respected", 102),),
    why="Copyleft is allowed by recital 102 and by paragraph 80, and hard to reconcile with "
    "paragraph 82, by which derivatives may go under other terms, closed ones too. Until somebody "
    "who may decides, it is undetermined.",
)
license_rule(
    "use",
    ai_act.USE,
    title="The terms restrict use by no more than attribution and the same terms",
    why="The license has to guarantee that the provider will not use their rights to restrict the "
    "use. One that can be withdrawn without a breach guarantees nothing, and terms on outputs, "
    "mostly that they may not improve other models, restrict what the model is used for: neither "
    "is a specific term for safety, and paragraph 84 excuses no other. A prescribed badge may be "
    "attribution; rights that end for who sues may be no restriction of use; a change of the "
    "terms, or a stop from afar, may serve safety: people must judge.",
)


# -- what must be public ---------------------------------------------------------------------------

PUBLIC = guidelines(
    "the model's 'parameters, including the weights, the information on the model architecture, "
    "and the information on model usage' must be 'made publicly available'",
    "paragraph 90",
)
CLEAR = guidelines(
    "This information should be made publicly available in a format, and with a degree of clarity "
    "and specificity, that enables access, usage, modification, and distribution of the model.",
    "paragraphs 91 and 92",
)
AT_LEAST = guidelines(
    "Information about the model's usage should as a minimum include information about the model's "
    "input and output modalities, capabilities, and limitations.",
    "paragraphs 91 and 92",
)
TECHNICAL_MEANS = guidelines(
    "Information about the model's usage should also include the technical means (e.g. "
    "instructions for use, infrastructure, tools) required for the model to be integrated into AI "
    "systems",
    "paragraphs 91 and 92",
)


@condition(
    "parameters",
    title="The parameters are public, all of them",
    cites=(PUBLIC, EXEMPTION),
    fix=f"weights: {GIVEN}",
    shows=shown_places(_weights),
)
def parameters(model: Model) -> Told:
    """Who cannot get the weights can neither use nor modify nor distribute them.

    They are given in full, have a place, and are not withdrawn.
    """
    if not any("weights" in each.kinds for each in model.manifest.components.values()):
        yield unstated(
            "no component is of kind `weights`, so nobody can tell what became of the parameters",
            at=model.parts.absent("weights"),
            fix=f"weights: {GIVEN}",
        )
    for weights in model.parts.weights:
        if weights.omitted is not None:
            yield unmet(
                f"`{weights.id}` is {omission(weights)}",
                at=weights.at / "omitted",
                fix=f"{weights.id}: {GIVEN}",
            )
            continue
        yield from placeless(weights, f"`{weights.id}` does not say where it is")
        if weights.extent == "partial":
            yield unmet(
                f"`{weights.id}` is released only in part",
                at=weights.at / "extent",
                fix="Release what is missing.",
            )
        if weights.availability == "withdrawn":
            yield unmet(f"`{weights.id}` is no longer available", at=weights.at / "availability")


CARDS = ("model-card", "documentation", "technical-report", "research-paper")
"""Documents that may well treat a topic, though the manifest does not say so."""
TOPICS = "architecture, modalities, capabilities, limitations, usage"


def _told(
    model: Model,
    about: str,
    *,
    kinds: tuple[str, ...],
    at: Place,
    fix: str,
    hints: Iterable[Remark] = (),
) -> Iterator[Remark]:
    """Say that nothing public tells something, if nothing does.

    A component of one of `kinds`, topics or code, tells it; `hints` are said where none does, and
    so is that a document does not say what it treats. `about` ends the sentence "nothing says", and
    `at` is where it would be said.
    """
    found = {each.id: each for kind in kinds for each in model.parts.by_kind.get(kind, ())}
    reasons = [[*_unpublished(each, about)] for each in found.values()]
    if [] in reasons:
        return
    given = (each for kind in CARDS for each in model.parts.given(kind))
    if card := next((each for each in given if not each.includes), None):
        silent = undetermined(
            f"`{card.id}` does not say what it treats, so nobody can tell whether it says {about}",
            at=card.at / "includes",
            fix=f"includes: [{TOPICS}]   # those that it treats",
        )
        reasons.append([silent])
    reasons += [[each] for each in hints]
    if reasons:
        yield from min(reasons, key=worst)
    else:
        yield unstated(f"nothing says {about}", at=at, fix=fix)


def _unpublished(component: Component, about: str) -> Iterator[Remark]:
    """Yield why what `component` tells is not public in full."""
    at = component.at / "availability"
    told = f"`{component.id}`, which says {about},"
    if component.omitted == "withheld":
        yield unmet(
            f"`{component.id}`, which would say {about}, is withheld",
            at=component.at / "omitted",
            fix=f"{component.id}: {GIVEN}",
        )
        return
    if component.omitted is not None:
        yield unstated(
            f"`{component.id}` is {omission(component)}, and nothing else says {about}",
            at=component.at / "omitted",
            fix=f"documentation: {{includes: [{TOPICS}], location: https://…}}",
        )
        return
    yield from placeless(component, f"{told} does not say where it is")
    if component.availability in GATES:
        yield undetermined(
            f"{told} is {GATES[component.availability]}; whether that is publicly available, "
            "people must judge",
            at=at,
            fix=UNGATED,
        )
    elif component.availability not in (None, "ungated"):
        how = {"paid": "to be paid for", "withdrawn": "no longer available"}
        yield unmet(f"{told} is {how[component.availability]}", at=at, fix=UNGATED)
    if component.extent == "partial":
        yield undetermined(
            f"{told} does so in part only; whether that is enough, people must judge",
            at=component.at / "extent",
        )


def _telling(*kinds: str) -> Callable[[Model], Iterable[Component]]:
    def pick(model: Model) -> Iterable[Component]:
        return {c.id: c for kind in kinds for c in model.parts.given(kind)}.values()

    return pick


def _shows_release(key: str, *kinds: str) -> Callable[[Model], Iterable[Located]]:
    def show(model: Model) -> Iterator[Located]:
        place = model.manifest.at / "release" / key
        if place.written:
            yield place
        yield from shown_places(_telling(*kinds))(model)

    return show


BY_A_REPORT = "technical-report: {includes: [architecture], location: https://…}"
BY_A_CARD = "model-card: {includes: [capabilities], location: https://…}"
BY_A_MANUAL = "documentation: {includes: [usage], location: https://…}"
IN_AND_OUT = "modalities: {input: […], output: […]}"
ITS_LIMITS = "limitations: …what it cannot do, or does badly…"


@condition(
    "architecture",
    title="Information on the architecture of the model is public",
    cites=(PUBLIC, CLEAR),
    fix=BY_A_REPORT,
    shows=shown_places(_telling("architecture", "model-architecture")),
)
def architecture(model: Model) -> Told:
    """A document tells how the model is built, or its code does; one of them is enough.

    Here and for the next three rules: a document tells what it `includes`. It has a place. Behind a
    gate, or in part, it leaves the rule undetermined, and so does a card, manual, report or paper
    that says nothing of what it includes.
    """
    yield from _told(
        model,
        "how the model is built",
        kinds=("architecture", "model-architecture"),
        at=model.parts.absent("model-architecture"),
        fix=f"{BY_A_REPORT}   # or `model-architecture`, the code",
    )


@condition(
    "modalities",
    title="It is public what goes into the model and what comes out",
    cites=(AT_LEAST,),
    fix=IN_AND_OUT,
    shows=_shows_release("modalities", "modalities"),
)
def modalities(model: Model) -> Told:
    """It is the first thing that one who builds on a model has to know of its usage.

    `modalities` of the release says it, with both `input` and `output`; or a document.
    """
    said = model.manifest.release.modalities
    if said is None:
        at = model.manifest.at / "release" / "modalities"
        told = "what goes in and comes out"
        yield from _told(model, told, kinds=("modalities",), at=at, fix=IN_AND_OUT)
        return
    for key, words in (("input", said.input), ("output", said.output)):
        if words is None:
            yield unstated(
                f"what is the {key} of the model is not said", at=said.at / key, fix=f"{key}: […]"
            )


@condition(
    "capabilities",
    title="Information on the capabilities of the model is public",
    cites=(AT_LEAST,),
    fix=BY_A_CARD,
    shows=_shows_release("intended_use", "capabilities", "evaluation-results"),
)
def capabilities(model: Model) -> Told:
    """Those who build on a model have to know what it can do.

    A document tells it. What the model is made for, and what tests found, tell something of it, and
    leave the rule undetermined.
    """
    yield from _told(
        model,
        "what the model can do",
        kinds=("capabilities",),
        at=model.parts.absent("model-card"),
        fix=BY_A_CARD,
        hints=_of_capabilities(model),
    )


def _of_capabilities(model: Model) -> Iterator[Remark]:
    use = model.manifest.release.intended_use
    for results in model.parts.given("evaluation-results"):
        yield undetermined(
            f"`{results.id}` shows what the model can do; whether it says enough of its "
            "capabilities, people must judge",
            at=results.at,
            fix="includes: [capabilities]   # of a document that tells them",
        )
    if use is not None and not is_placeholder(use):
        yield undetermined(
            "it is said what the model is for; whether that says enough of its capabilities, "
            "people must judge",
            at=model.manifest.at / "release" / "intended_use",
            fix=BY_A_CARD,
        )


@condition(
    "limitations",
    title="Information on the limitations of the model is public",
    cites=(AT_LEAST,),
    fix=ITS_LIMITS,
    shows=_shows_release("limitations", "limitations"),
)
def limitations(model: Model) -> Told:
    """Those who build on a model answer for what they build; they have to know where it fails.

    `limitations` of the release says it, or a document.
    """
    said = model.manifest.release.limitations
    if said is None or is_placeholder(said):
        at = model.manifest.at / "release" / "limitations"
        told = "what the model cannot do, or does badly"
        yield from _told(model, told, kinds=("limitations",), at=at, fix=ITS_LIMITS)


@condition(
    "technical-means",
    title="It is public what one needs to run and integrate the model",
    cites=(TECHNICAL_MEANS,),
    fix=BY_A_MANUAL,
    shows=_shows_release("requirements", "usage", "inference-code"),
)
def technical_means(model: Model) -> Told:
    """Instructions, infrastructure and tools are what the guidelines name.

    A document on `usage` tells them; or `inference-code` with `requirements` on hardware or
    software. One of the two alone leaves the rule undetermined.
    """
    about = "how to run and integrate the model"
    code = [each for each in model.parts.given("inference-code") if not _hidden(each, about)]
    needs = model.manifest.release.requirements
    stated = needs is not None and (needs.hardware is not None or needs.software is not None)
    if code and stated:
        return
    at = model.manifest.at / "release" / "requirements"
    hints = []
    if code or stated:
        told = "the code that runs the model is there, and not what it runs on"
        hinted = undetermined(
            f"{told if code else 'it is said what the model runs on, and not how to use it'}; "
            "whether that is enough to integrate it, people must judge",
            at=code[0].at if code else at,
            fix=BY_A_MANUAL,
        )
        hints.append(hinted)
    yield from _told(model, about, kinds=("usage",), at=at, fix=BY_A_MANUAL, hints=hints)


def _hidden(component: Component, about: str) -> bool:
    return any(True for _ in _unpublished(component, about))


# -- what remains owed all the same ----------------------------------------------------------------


@condition(
    "copyright-policy",
    title="There is a policy to comply with Union copyright law",
    cites=(
        article("put in place a policy to comply with Union law on copyright and related rights, "
                "and in particular to identify and comply with … a reservation of rights expressed "
                "pursuant to Article 4(3) of Directive (EU) 2019/790", "Article 53(1)(c)"),
        guidelines("providers of general-purpose AI models that meet the conditions referred to in "
                   "Section 4.2 are not exempted from the obligation laid down in Article 53(1), "
                   "point (c)", "paragraph 75"),
    ),
    fix="copyright-policy: {location: https://…}",
    level=None,
    shows=shown_places(_telling("copyright-policy")),
)  # fmt: skip
def copyright_policy(model: Model) -> Told:
    """An open license exempts from (a) and (b), and from nothing else.

    The policy must be put in place; the Act does not say that it must be published. What it says is
    not checked here.
    """
    found = model.parts.by_kind.get("copyright-policy", ())
    for policy in found:
        if policy.omitted in ("not-produced", "not-applicable"):
            yield unmet(
                f"`{policy.id}` is {omission(policy)}, and it is owed all the same",
                at=policy.at / "omitted",
                fix="copyright-policy: {location: https://…}",
            )
        elif policy.omitted is None:
            yield from placeless(policy, f"`{policy.id}` does not say where it is")
    if not found:
        yield unstated(
            "nothing says that there is a policy on copyright, which is owed all the same",
            at=model.parts.absent("copyright-policy"),
            fix="copyright-policy: {location: https://…}",
        )


@condition(
    "training-content-summary",
    title="There is a public summary of the content used for training",
    cites=(
        article("draw up and make publicly available a sufficiently detailed summary about the "
                "content used for training of the general-purpose AI model, according to a "
                "template provided by the AI Office", "Article 53(1)(d)"),
        guidelines("For the same reason, they are not exempted from the obligation laid down in "
                   "Article 53(1), point (d), AI Act to produce a summary about the content used "
                   "for training.", "paragraph 75"),
    ),
    fix="training-content-summary: {location: https://…}   # `aimanifest draft-summary` drafts it",
    level=None,
    shows=shown_places(_telling("training-content-summary")),
)  # fmt: skip
def training_content_summary(model: Model) -> Told:
    """An open license says little of the data; the summary is owed for every model.

    The rules called `summary-…` ask whether its items can be drafted from the manifest, as
    `aimanifest draft-summary` does. A complete summary tells less of data than the Open Source AI
    Definition asks for, and proves nothing of it.
    """
    found = model.parts.by_kind.get("training-content-summary", ())
    for summary in found:
        if summary.omitted is not None:
            yield unmet(
                f"`{summary.id}` is {omission(summary)}, and it must be public",
                at=summary.at / "omitted",
                fix="training-content-summary: {location: https://…}",
            )
            continue
        yield from placeless(summary, f"`{summary.id}` does not say where it is")
        if summary.availability not in (None, "ungated"):
            yield unmet(
                f"`{summary.id}` is {summary.availability}, and must be public",
                at=summary.at / "availability",
                fix=UNGATED,
            )
    if not found:
        yield unstated(
            "nothing says that there is a public summary of the training content, which is owed "
            "all the same",
            at=model.parts.absent("training-content-summary"),
            fix="training-content-summary: {location: https://…}",
        )


# -- what the public summary can be drafted from ---------------------------------------------------

FORM = Standing("template", "what the AI Office asks for in its template")


def summary_item(item: Item) -> None:
    """Declare the rule that asks whether one item of the public summary can be drafted."""

    def check(model: Model) -> Told:
        yield from item.check(model.content)

    def shows(model: Model) -> Iterable[Located]:
        return item.shows(model.content)

    condition(
        f"summary-{item.name}",
        title=item.title,
        cites=(
            Citation(
                item.quote, f"AI Office, template of 24 July 2025, {item.section}", TEMPLATE, FORM
            ),
        ),
        fix=item.fix,
        level=None,
        why=f"{item.why} It is counted, and decides nothing.",
        shows=shows,
    )(check)


for _item in ITEMS:
    summary_item(_item)
