"""The four labels of the G7 Vision on AI Openness of 29 May 2026.

The Vision is a non-binding reference. Its labels are short, and are taken by their words: what they
do not ask for, such as code for preparing data, libraries, or a description of data that is
released, is not asked here either. The words were read as Phoronix quoted them on 30 May 2026.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aimanifest.document import Place
from aimanifest.findings import (
    NotApplicable,
    Remark,
    remark,
    undetermined,
    unmet,
    unstated,
)
from aimanifest.frameworks.core import Statements, no_circles
from aimanifest.licenses import LicenseError, facts, judge, parse
from aimanifest.licenses.g7 import G7_DATA_LICENSE, G7_LICENSE, G7_VISION, OSI_ON_G7
from aimanifest.manifest import Component, Manifest, Terms
from aimanifest.rules import OUR_READING, TEXT, Citation, Framework, Standing
from aimanifest.system import (
    DESCRIPTION,
    ITS_PLACE,
    LIMBS,
    MODELS,
    Parts,
    Remedy,
    astray,
    base_remarks,
    imposed,
    is_asserted,
    is_reasoned,
    judged,
    omission,
    placeless,
    shown,
    shown_places,
    terms_of,
    unexplained,
    unlisted,
    untold,
)

Told = Iterator[Remark | NotApplicable]

WEIGHTS_AVAILABLE = "weights-available"
OPEN_WEIGHTS = "open-weights"
OPEN_SOURCE_AI = "open-source-ai"
WITH_OPEN_DATA = "open-source-ai-with-open-data"

CALLED = {
    WEIGHTS_AVAILABLE: "Weights Available AI",
    OPEN_WEIGHTS: "Open Weights AI",
    OPEN_SOURCE_AI: "Open Source AI",
    WITH_OPEN_DATA: "Open Source AI with Open Data",
}
"""Each level, and the label that it stands for."""

framework = Framework(
    id="g7-2026",
    title="G7 Vision on AI Openness",
    version="2026",
    url=G7_VISION,
    levels=tuple(CALLED),
    called=CALLED,
    not_checked=(
        (
            "whether it is in fact impossible, by law or by technology, to share data that is said "
            "to be so"
        ),
        "whether the data information in its place is good enough",
    ),
    subject=Parts.of,
)

IMPOSSIBLE = ("personal-data", "law", "copyright", "technical")
"""Reasons by which it is legally or technically impossible to share data."""

UNSETTLED = ("contract", "security")
"""Reasons of which the label does not say whether they make it impossible."""

OF_ACCESS = ("personal-data",)
"""Terms on how one gets a thing, and not on how it can be used."""

TERMS = G7_LICENSE._replace(
    id="g7-terms",
    title="Further terms leave an Open Source license what it is",
    breaking=G7_LICENSE.breaking - {*OF_ACCESS, "registration"},
    doubtful=G7_LICENSE.doubtful | {"registration"},
    doubt="whether an Open Source license may be joined with that is disputed, or nowhere said",
)
"""For terms on top of a license; to register may mean to ask, and whether what one has to ask for
is released, the labels do not say."""

OWN_WORKS = ("own", "simulated", "synthetic")
"""Origins of data that holds no works of others."""


def says(quote: str, label: str, standing: Standing = TEXT, *, reading: str = "") -> Citation:
    """Cite what the Vision says of a label; `reading` is what we make of it."""
    clause = f"{CALLED[label]}; {reading}" if reading else CALLED[label]
    return Citation(quote, clause, G7_VISION, standing)


ALONG = "AI released free of charge along with its weights and deployment code"
WITH_RESTRICTIONS = f"{ALONG} under a license which includes restrictions on how they can be used"
UNDER_OPEN_SOURCE = f"{ALONG}, under an Open Source License."
POSSIBLY_DATA = (
    "AI released free of charge under an Open Source license, including its models' weights, "
    "deployment code, training code, and possibly full training data."
)
EXCEPTIONS = (
    "exceptions to full training data availability may apply where sharing is legally or "
    "technically impossible"
)
IN_ITS_PLACE = (
    "In such cases, Data Information about the unavailable data is to be provided in its place."
)
ALL_OF_IT = (
    "AI released free of charge under an Open Source license, including its models' weights, "
    "deployment code, training code, and full training data."
)

GIVEN = "{license: …, location: https://…}"
"""How a component is written that is given."""

ITS_LICENSE = "license: …   # the SPDX id of the license that it is under"
ITS_REASON = "reason: …   # personal-data, law, copyright or technical, where one of them is why"
FREE = "Offer it free of charge, and write the place under `location`."
REMEDY = Remedy(
    state=ITS_LICENSE,
    change="Release it under a license that the OSI approved.",
    settle="A license that the OSI approved would settle it.",
)
DATA_REMEDY = Remedy(
    state=ITS_LICENSE,
    change="Train on data under open licenses.",
    settle="An open license for data, such as CC-BY-4.0 or CC0-1.0, would settle it.",
)


def _given(parts: Parts) -> list[Component]:
    """Return the weights that the release hands out, others' too if nothing derives from them."""
    return [each for each in parts.released if each.omitted is None]


def _deployed(parts: Parts) -> list[Component]:
    """Return the weights and the deployment code that are given, each once."""
    found = (*_given(parts), *parts.given("inference-code"))
    return [*{each.id: each for each in found}.values()]


def _training(parts: Parts) -> tuple[Component, ...]:
    return parts.given("training-code")


def _elsewhere(parts: Parts) -> tuple[Component, ...]:
    """Return the bases that this manifest does not judge, for want of a description."""
    bases = parts.bases
    return (*parts.foreign, *(each for each in parts.opaque if each.id in bases))


# -- bases: at each label the same question --------------------------------------------------------


def passing_on(name: str, level: str) -> None:
    """Declare the rule that what the weights were derived from has the label of `level` too."""
    called = CALLED[level]

    @framework.rule(
        name,
        title=f"What the weights were derived from is {called} itself",
        cites=(
            says(
                {
                    WEIGHTS_AVAILABLE: WITH_RESTRICTIONS,
                    OPEN_WEIGHTS: UNDER_OPEN_SOURCE,
                    OPEN_SOURCE_AI: POSSIBLY_DATA,
                    WITH_OPEN_DATA: ALL_OF_IT,
                }[level],
                level,
                OUR_READING,
                reading="the Vision does not speak of derived models; a base passes on its label, "
                "for nobody can release more of it than was released",
            ),
        ),
        fix="manifest: …   # of the base: the path of a copy inside the release",
        level=level,
        why=f"{_BASES[level]} A base that this manifest describes is judged with the rest of it; "
        "of one that has a manifest of its own, that one's assessment counts, and not what it "
        "claims.",
        shows=shown("manifest", of=_elsewhere),
    )
    def check(parts: Parts) -> Told:
        found = [*_passed_on(parts, level)]
        yield from found
        if not found and not _elsewhere(parts):
            yield NotApplicable("every base is described in this manifest")


_BASES = {
    WEIGHTS_AVAILABLE: "Weights that derive from others contain them, or need them to run.",
    OPEN_WEIGHTS: "Restrictions on a base bind whoever uses what was made of it.",
    OPEN_SOURCE_AI: "The data and the training code of a base are part of those of what was made "
    "of it.",
    WITH_OPEN_DATA: "The data of a base is part of the data of what was made of it.",
}


def _passed_on(parts: Parts, level: str) -> Iterator[Remark]:
    for base in parts.foreign:
        yield from base_remarks(base, framework, parts.manifest, level=level)
    if level == WEIGHTS_AVAILABLE:
        return
    for base in parts.opaque:
        if level == OPEN_WEIGHTS:
            yield from _open_source(base)
        else:
            yield unstated(
                f"nothing is told about the data and the training code of `{base.id}`, on which "
                "this release stands",
                at=base.at,
                fix="manifest: …   # the path of a copy; or `trained_on`, here",
            )
    yield from _untraced(parts)


def _untraced(parts: Parts) -> Iterator[Remark]:
    """Yield where a base is named that is not there, or weights derive from themselves."""
    for each in parts.trained:
        for id in each.derived_from:
            if id == each.id or [*astray([id], MODELS, parts.manifest)]:
                yield unstated(
                    f"`{each.id}` derives from `{id}`, and no such base is described",
                    at=each.at / "derived_from" / id,
                )
    for circle in _circles(parts.manifest):
        yield unstated(circle.message, at=circle.at, fix=circle.fix)


def _circles(manifest: Manifest) -> Iterable[Remark]:
    found = no_circles.check(Statements(manifest, (), ())) if no_circles.check else ()
    return (each for each in found if isinstance(each, Remark))


# -- Weights Available AI --------------------------------------------------------------------------


@framework.rule(
    "weights",
    title="The weights are released, all of them",
    cites=(says(ALONG, WEIGHTS_AVAILABLE),),
    fix=f"weights: {GIVEN}",
    level=WEIGHTS_AVAILABLE,
    shows=shown_places(_given),
)
def weights(parts: Parts) -> Told:
    """All four labels name the weights first: what runs elsewhere only has none of them."""
    if not any("weights" in each.kinds for each in parts.manifest.components.values()):
        yield unstated(
            "no component is of kind `weights`, so nobody can tell what became of the weights",
            at=parts.absent("weights"),
            fix=f"weights: {GIVEN}",
        )
    bases = parts.bases
    for each in parts.weights:
        if each.omitted == "not-applicable" and is_reasoned(each):
            yield undetermined(
                f"`{each.id}` is said not to apply: the labels do not say what they ask of AI that "
                "has no weights",
                at=each.at / "omitted",
            )
        elif each.omitted == "not-applicable":
            yield unexplained(each, f"`{each.id}` is said not to apply")
        elif each.omitted is not None:
            outside = (
                "others here derive from it"
                if each.id in bases
                else "if it is no part of this release, it does not belong in its manifest"
            )
            yield unmet(
                f"`{each.id}` is {omission(each)}; {outside}",
                at=each.at / "omitted",
                fix=f"{each.id}: {GIVEN}",
            )
    for each in _given(parts):
        if each.extent == "partial":
            yield unmet(
                f"`{each.id}` is released only in part",
                at=each.at / "extent",
                fix="Release what is missing.",
            )


@framework.rule(
    "deployment-code",
    title="Deployment code is given",
    cites=(
        says(ALONG, WEIGHTS_AVAILABLE),
        says(
            "deployment code",
            WEIGHTS_AVAILABLE,
            OUR_READING,
            reading="read as the code that runs the model, `inference-code`, also somebody else's",
        ),
    ),
    fix=f"inference-code: {GIVEN}   # somebody else's will do",
    level=WEIGHTS_AVAILABLE,
    shows=shown_places(lambda parts: parts.given("inference-code")),
)
def deployment_code(parts: Parts) -> Told:
    """Weights that nobody can run are released in name only.

    The labels do not say whose the code is, so that a runtime by others counts.
    """
    given = parts.given("inference-code")
    yield from _code(parts, "inference-code", "the code that runs the model")
    for each in given:
        if each.extent == "partial":
            yield _in_part(each)
    for each in parts.by_kind.get("inference-code", ()):
        if each.omitted == "withheld" and given:
            yield remark(
                f"`{each.id}` is withheld; other code that runs the model is given",
                at=each.at / "omitted",
            )


def _code(parts: Parts, kind: str, what: str) -> Iterator[Remark]:
    """Say what it amounts to where no code of `kind` is given."""
    found = parts.by_kind.get(kind, ())
    if not found:
        yield unstated(
            f"nothing is said about {what}",
            at=parts.absent(kind),
            fix=f"{kind}: {GIVEN}   # or `includes: [{kind}]` where other code holds it",
        )
    if any(each.omitted is None for each in found):
        return
    for each in found:
        told = f"`{each.id}` ({what}) is {omission(each)}"
        if each.omitted == "withheld":
            yield unmet(told, at=each.at / "omitted", fix=f"{each.id}: {GIVEN}")
        elif not is_reasoned(each):
            yield unexplained(each, told)
        elif each.omitted == "not-applicable" and kind == "inference-code":
            yield undetermined(
                f"{told}; the labels ask for it, and do not say what they ask of AI that needs "
                "none",
                at=each.at / "omitted",
                fix=f"{each.id}: {GIVEN}   # somebody else's will do",
            )
        else:
            yield unmet(
                f"{told}, but without it there could be no model",
                at=each.at / "omitted",
                fix=f"{each.id}: {GIVEN}",
            )


def _in_part(component: Component) -> Remark:
    return undetermined(
        f"`{component.id}` is released only in part; whether a part is enough, the label does not "
        "say",
        at=component.at / "extent",
        fix="Release what is missing.",
    )


@framework.rule(
    "free-of-charge",
    title="Weights and deployment code are released free of charge",
    cites=(
        says(ALONG, WEIGHTS_AVAILABLE),
        says(
            "released free of charge",
            WEIGHTS_AVAILABLE,
            OUR_READING,
            reading="what one must sign in or ask for is read as released where it costs nothing: "
            "the label has room for restrictions, and does not say who must be able to get it",
        ),
    ),
    fix=ITS_PLACE,
    level=WEIGHTS_AVAILABLE,
    shows=shown_places(_deployed),
)
def free_of_charge(parts: Parts) -> Told:
    """A price is a fault at every label; a gate, or a request, is none at this one.

    This label speaks of what things cost, and restrictions are its nature. Of who gets them it says
    nothing: that whoever asks and is given them for nothing has what this label asks for is our
    reading. At the next label a request leaves the case open.
    """
    for each in _deployed(parts):
        yield from _charge(each)
        yield from _royalties(each)
    for each in _elsewhere(parts):
        yield from _price(each)
    for terms in parts.manifest.release.additional_terms:
        yield from _payment(terms, "the release")
    if not _deployed(parts):
        yield NotApplicable("neither weights nor deployment code is given")


def _charge(component: Component) -> Iterator[Remark]:
    """Say what keeps a component from being had for nothing."""
    yield from placeless(component, f"`{component.id}` does not say where it is")
    yield from _price(component)
    for terms in component.additional_terms:
        yield from _payment(terms, f"`{component.id}`")


def _price(component: Component) -> Iterator[Remark]:
    at = component.at / "availability"
    if component.availability == "paid":
        yield unmet(f"`{component.id}` must be paid for", at=at, fix=FREE)
    elif component.availability == "withdrawn":
        yield unmet(f"`{component.id}` is no longer available", at=at, fix=FREE)


def _payment(terms: Terms, holder: str) -> Iterator[Remark]:
    for index, word in enumerate(terms.restricts or ()):
        if word == "payment":
            yield unmet(
                f"{_name(terms)} on {holder} asks for money",
                at=terms.at / "restricts" / index,
                fix="Release without these terms.",
            )


def _royalties(component: Component) -> Iterator[Remark]:
    """Say that the license asks for payment of some, if it is known to."""
    try:
        expression = parse(component.license or "")
    except LicenseError:
        return
    if judge(expression, G7_LICENSE).verdict:
        return
    for id in expression.ids:
        license = facts(id)
        for term in license.terms if license else ():
            if license and term.restricts == "payment":
                yield undetermined(
                    f"`{component.id}` is under the {license.name}: {term.meaning}; whether that "
                    "is still free of charge, the label does not say",
                    at=component.at,
                )
                return


@framework.rule(
    "stated-license",
    title="Weights and deployment code are under a license",
    cites=(
        says(WITH_RESTRICTIONS, WEIGHTS_AVAILABLE),
        says(
            "a license which includes restrictions",
            WEIGHTS_AVAILABLE,
            OUR_READING,
            reading="the four labels are read as a ladder, so that a license without restrictions "
            "is no fault here",
        ),
    ),
    fix=ITS_LICENSE,
    level=WEIGHTS_AVAILABLE,
    shows=shown("license", of=_deployed),
)
def stated_license(parts: Parts) -> Told:
    """By its letter this label asks for a license with restrictions.

    We read the labels as a ladder, each of which implies those below it: weights under Apache-2.0
    have reached this label too. What has no license at all has reached none, for without one
    nobody may do anything; where nobody claims rights, nobody needs one.
    """
    for each in _deployed(parts):
        at = each.at / "license"
        if is_asserted(each):
            continue
        if each.license == "NONE":
            yield unmet(
                f"`{each.id}`: `NONE` says that no license is granted to anybody",
                at=at,
                fix=REMEDY.change,
            )
        elif each.license is None or each.license == "NOASSERTION":
            yield from terms_of(each, G7_LICENSE, REMEDY)
        else:
            try:
                parse(each.license)
            except LicenseError as error:
                yield unstated(f"`{each.id}`: {error.message}", at=at, fix=ITS_LICENSE)
    if not _deployed(parts):
        yield NotApplicable("neither weights nor deployment code is given")


passing_on("base-weights-available", WEIGHTS_AVAILABLE)


# -- Open Weights AI -------------------------------------------------------------------------------


@framework.rule(
    "open-source-license",
    title="Weights and deployment code are under an Open Source license",
    cites=(
        says(UNDER_OPEN_SOURCE, OPEN_WEIGHTS),
        Citation(
            "labeling models with proprietary licensing as “Weights Available”, while labeling "
            "models which are distributed under an Open Source license as “Open Weights”",
            "the OSI on the Vision, which it helped to write; that a license it approved is open "
            "source is our reading",
            OSI_ON_G7,
            OUR_READING,
        ),
    ),
    fix=ITS_LICENSE,
    level=OPEN_WEIGHTS,
    shows=shown("license", of=_deployed),
)
def open_source_license(parts: Parts) -> Told:
    """The license is what tells Open Weights from Weights Available.

    The label does not say what an Open Source license is. One approved by the OSI counts. Whether
    a dedication to the public domain, or a statement that nobody claims rights, is such a license,
    is undetermined.
    """
    for each in _deployed(parts):
        yield from _open_source(each)
    if not _deployed(parts):
        yield NotApplicable("neither weights nor deployment code is given")


def _open_source(component: Component) -> Iterator[Remark]:
    if is_asserted(component):
        yield undetermined(
            f"`{component.id}` has no license and is said to be free for all; the label asks for "
            "an Open Source license, and does not say whether that will do",
            at=component.at / "license",
            fix=REMEDY.settle,
        )
    else:
        yield from terms_of(component, G7_LICENSE, REMEDY)


@framework.rule(
    "no-restricting-terms",
    title="No further terms take away what the licenses give",
    cites=(
        says(UNDER_OPEN_SOURCE, OPEN_WEIGHTS),
        says(
            "restrictions on how they can be used, such as commercial, geographical",
            WEIGHTS_AVAILABLE,
            reading="what sets that label apart from this one",
        ),
    ),
    fix="additional_terms: [{name: …, url: https://…, restricts: […]}]",
    level=OPEN_WEIGHTS,
    shows=shown("additional_terms", of=_deployed),
)
def no_restricting_terms(parts: Parts) -> Told:
    """An Open Source license beside a policy on acceptable use is a license with restrictions."""
    for terms in parts.manifest.release.additional_terms:
        yield from _restrictions(terms, "the release")
    for each in (*_deployed(parts), *_elsewhere(parts)):
        for terms in each.additional_terms:
            yield from _restrictions(terms, f"`{each.id}`")


def _restrictions(terms: Terms, holder: str) -> Iterator[Remark]:
    yield from imposed(terms, TERMS, on=holder)
    for index, word in enumerate(terms.restricts or ()):
        if word in OF_ACCESS:
            yield remark(
                f"{_name(terms)} on {holder} asks for personal data in exchange for access; the "
                "labels speak of restrictions of use only",
                at=terms.at / "restricts" / index,
            )


def _name(terms: Terms) -> str:
    return f'"{terms.name}"' if terms.name else "A further document"


@framework.rule(
    "released-to-all",
    title="Weights and deployment code are released to everybody",
    cites=(
        says(
            UNDER_OPEN_SOURCE,
            OPEN_WEIGHTS,
            OUR_READING,
            reading="whether what one must ask for, and may be refused, is released, it does not "
            "say",
        ),
    ),
    fix=ITS_PLACE,
    level=OPEN_WEIGHTS,
    shows=shown_places(_deployed),
)
def released_to_all(parts: Parts) -> Told:
    """An open license that only some are given is hardly a release.

    To sign in, or to accept conditions, is no matter of price; the conditions are asked about as
    further terms.
    """
    for each in _deployed(parts):
        yield from _request(each)
    if not _deployed(parts):
        yield NotApplicable("neither weights nor deployment code is given")


def _request(component: Component) -> Iterator[Remark]:
    if component.availability == "on-request":
        yield undetermined(
            f"`{component.id}` is given on request only; whether that is a release, the label does "
            "not say",
            at=component.at / "availability",
            fix="Offer it where anybody gets it without asking.",
        )


passing_on("base-open-weights", OPEN_WEIGHTS)


# -- Open Source AI --------------------------------------------------------------------------------


@framework.rule(
    "training-code",
    title="The training code is given",
    cites=(says(POSSIBLY_DATA, OPEN_SOURCE_AI),),
    fix=f"training-code: {GIVEN}",
    level=OPEN_SOURCE_AI,
    shows=shown_places(_training),
)
def training_code(parts: Parts) -> Told:
    """Learned weights were trained by something, and who may modify them may train them.

    Nothing is asked here of code that prepared the data, nor of libraries. Weights that were
    quantised, converted or merged have the training code of their base.
    """
    if parts.mechanical:
        yield NotApplicable("all weights were made out of others without training")
        return
    found = parts.by_kind.get("training-code", ())
    given = _training(parts)
    yield from _code(parts, "training-code", "the code used for training")
    for each in found:
        if each.omitted is None and each.extent == "partial":
            yield _in_part(each)
        elif each.omitted == "withheld" and given:
            yield undetermined(
                f"`{each.id}` is withheld, and other training code is given; whether a part is "
                "enough, the label does not say",
                at=each.at / "omitted",
                fix=f"{each.id}: {GIVEN}",
            )


@framework.rule(
    "training-code-free-of-charge",
    title="The training code is released free of charge",
    cites=(says(POSSIBLY_DATA, OPEN_SOURCE_AI),),
    fix=ITS_PLACE,
    level=OPEN_SOURCE_AI,
    shows=shown_places(_training),
)
def training_code_free_of_charge(parts: Parts) -> Told:
    """What is asked of weights and deployment code is asked of training code too."""
    for each in _training(parts):
        yield from _charge(each)
        yield from _request(each)
    if not _training(parts):
        yield NotApplicable("no training code is given")


@framework.rule(
    "training-code-license",
    title="The training code is under an Open Source license, without further restrictions",
    cites=(says(POSSIBLY_DATA, OPEN_SOURCE_AI),),
    fix=ITS_LICENSE,
    level=OPEN_SOURCE_AI,
    shows=shown("license", of=_training),
)
def training_code_license(parts: Parts) -> Told:
    """Training code that may not be used or changed is there to be looked at only."""
    for each in _training(parts):
        yield from _open_source(each)
        for terms in each.additional_terms:
            yield from _restrictions(terms, f"`{each.id}`")
    if not _training(parts):
        yield NotApplicable("no training code is given")


@framework.rule(
    "all-training-data",
    title="It is said what the weights were trained on, all of it",
    cites=(
        says(
            "full training data",
            OPEN_SOURCE_AI,
            OUR_READING,
            reading="nobody can tell whether all of it is there who does not know what it is",
        ),
    ),
    fix="trained_on: […]   # all of it: the list is read as complete",
    level=OPEN_SOURCE_AI,
    shows=shown("trained_on", of=lambda parts: parts.trained),
)
def all_training_data(parts: Parts) -> Told:
    """Only the publisher can say that a list of data is all of it; `trained_on` says so.

    Weights that were quantised, converted or merged have the data of their base.
    """
    for each in parts.trained:
        yield from unlisted(
            each, parts.manifest, asks="what full training data is then, the label does not say"
        )
    for dataset in parts.datasets:
        if dataset.omitted in ("not-produced", "not-applicable"):
            yield unstated(
                f"`{dataset.id}` is named in `trained_on`, and said to be `{dataset.omitted}`",
                at=dataset.at / "omitted",
                fix="Take it out of `trained_on`, or say where it is.",
            )
    if not parts.trained:
        yield NotApplicable("no weights are given")


class Lack(NamedTuple):
    """What keeps data from being available to everybody, and where that is said."""

    told: str
    at: Place


def _lacks(dataset: Component) -> list[Lack]:
    """Return what is said that keeps a dataset, or a part of it, from being available.

    That others can obtain it counts where a reason says why it is not simply there.
    """
    data, at = dataset.data, dataset.at
    found = []
    if dataset.omitted == "withheld":
        found.append(Lack("is withheld with everything about it", at / "omitted"))
    if data and data.access == "unshareable":
        found.append(Lack("is not shared", at / "data" / "access"))
    if dataset.availability in ("on-request", "paid", "withdrawn"):
        how = {
            "on-request": "is given on request only",
            "paid": "must be paid for",
            "withdrawn": "is no longer available",
        }[dataset.availability]
        found.append(Lack(how, at / "availability"))
    if dataset.extent == "partial":
        found.append(Lack("is released only in part", at / "extent"))
    obtained = dataset.availability is None and dataset.reason is not None
    if obtained and data and data.access == "obtainable":
        found.append(Lack("has to be obtained from others", at / "data" / "access"))
    for part in data.sources if data else ():
        if part.access == "unshareable":
            found.append(Lack("holds a part that is not shared", part.at / "access"))
        elif part.access == "obtainable" and obtained:
            found.append(
                Lack("holds a part that has to be obtained from others", part.at / "access")
            )
    return found


def _unclear(dataset: Component) -> Iterator[Remark]:
    """Yield what leaves open whether a dataset, of which nothing is lacking, is available."""
    data = dataset.data
    parts = data.sources if data else ()
    if not dataset.placed and any(each.location for each in parts):
        for each in parts:
            if each.location is None:
                yield unstated(
                    f"a part of `{dataset.id}` does not say where it is",
                    at=each.at / "location",
                    fix=ITS_PLACE,
                )
    else:
        yield from placeless(dataset, f"`{dataset.id}` does not say where it is")
    if dataset.availability is not None:
        return
    if data and data.access == "obtainable":
        yield unstated(
            f"`{dataset.id}` can be obtained, and nothing says whether free of charge",
            at=dataset.at / "availability",
            fix="availability: …   # gated, where it costs nothing; paid, where it does",
        )
        return
    for each in parts:
        if each.access == "obtainable":
            yield unstated(
                f"a part of `{dataset.id}` can be obtained, and nothing says whether free of "
                "charge",
                at=each.at / "access",
                fix="Make it a dataset of its own, with `availability`.",
            )


def _described(parts: Parts) -> list[Component]:
    """Return the datasets of which more is told than that they do not exist."""
    return [each for each in parts.datasets if each.omitted in (None, "withheld")]


@framework.rule(
    "training-data",
    title="The training data is available, or cannot be shared",
    cites=(
        says(POSSIBLY_DATA, OPEN_SOURCE_AI),
        says(EXCEPTIONS, OPEN_SOURCE_AI),
        says(
            "legally or technically impossible",
            OPEN_SOURCE_AI,
            OUR_READING,
            reading="personal data, a law and copyright are read as legal, what cannot be done as "
            "technical; business reasons are neither; a contract and security are undetermined",
        ),
        Citation(
            "restrict exceptions to publishing training data to cases of legal or technical "
            "impossibility",
            "the OSI on the Vision; that this label asks for data to be there, and only the next "
            "for its license, is our reading",
            OSI_ON_G7,
            OUR_READING,
        ),
    ),
    fix=ITS_REASON,
    level=OPEN_SOURCE_AI,
    shows=shown_places(lambda parts: parts.datasets),
)
def training_data(parts: Parts) -> Told:
    """Data may be kept back here that cannot be shared, not data that is worth money.

    Data that is released, by whomever, needs no description here.
    """
    for dataset in _described(parts):
        yield from _excuses(dataset)
    if not _described(parts):
        yield _no_data(parts)


def _excuses(dataset: Component) -> Iterator[Remark]:
    """Yield what is wrong with the reason for which a dataset is not available."""
    lacks = _lacks(dataset)
    if not lacks:
        yield from _unclear(dataset)
        return
    told = f"`{dataset.id}` {lacks[0].told}"
    at = dataset.at / "reason"
    if dataset.reason in IMPOSSIBLE:
        return
    if dataset.omitted:
        why = f"for the reason `{dataset.reason}`" if dataset.reason else "and no reason says why"
        yield unmet(
            f"`{dataset.id}` is training data, and it is withheld with everything about it, {why}",
            at=lacks[0].at,
            fix="Release it; or where that is impossible, describe it under `data`, in place of "
            "`omitted`, with `access: unshareable` and a `reason`.",
        )
    elif dataset.reason is None:
        yield unstated(f"{told}, and no `reason` says why", at=at, fix=ITS_REASON)
    elif dataset.reason in UNSETTLED:
        yield undetermined(
            f"{told}, for the reason `{dataset.reason}`; whether that makes it impossible to share "
            "the data, the label does not say",
            at=at,
        )
    else:
        yield unmet(
            f"{told}, for the reason `{dataset.reason}`, which does not make it impossible to "
            "share it",
            at=at,
            fix="Release the data.",
        )


@framework.rule(
    "data-information",
    title="Data information is given about the data that is not available",
    cites=(
        says(IN_ITS_PLACE, OPEN_SOURCE_AI),
        says(
            "Data Information",
            OPEN_SOURCE_AI,
            OUR_READING,
            reading="a term of the Open Source AI Definition of the OSI, which helped to write the "
            "Vision; read as there: provenance, scope, collection, labeling and processing",
        ),
    ),
    fix="data: {access: unshareable, provenance: …, scope: …, collection: …, labeling: …, "
    "processing: …}",
    level=OPEN_SOURCE_AI,
    shows=shown("data", of=lambda parts: [each for each in _described(parts) if _lacks(each)]),
)
def data_information(parts: Parts) -> Told:
    """In the place of data that cannot be shared, one has to be told what it is.

    On what terms it is told is not asked.
    """
    lacking = [each for each in _described(parts) if _lacks(each)]
    for dataset in lacking:
        if dataset.omitted:
            yield unmet(
                f"`{dataset.id}` is training data, and it is withheld with everything about it",
                at=dataset.at / "omitted",
                fix="Describe it under `data`, in place of `omitted`, with `access: unshareable`.",
            )
        elif dataset.data is None:
            yield unstated(
                f"`{dataset.id}` is not available to everybody, and nothing is told about it",
                at=dataset.at / "data",
                fix=DESCRIPTION,
            )
        for limb in LIMBS:
            yield from untold(dataset, limb)
    if not lacking:
        yield _no_data(parts, "no training data is said to be unavailable")


passing_on("base-open-source-ai", OPEN_SOURCE_AI)


# -- Open Source AI with Open Data -----------------------------------------------------------------


@framework.rule(
    "full-training-data",
    title="All training data is available, free of charge",
    cites=(says(ALL_OF_IT, WITH_OPEN_DATA),),
    fix=ITS_PLACE,
    level=WITH_OPEN_DATA,
    shows=shown_places(lambda parts: parts.datasets),
)
def full_training_data(parts: Parts) -> Told:
    """No reason excuses here: what cannot be shared is not open data."""
    for dataset in _described(parts):
        lacks = _lacks(dataset)
        if lacks:
            said = next(_excuses(dataset), None)  # then one finding has told of it already
            yield unmet(
                f"`{dataset.id}` {lacks[0].told}",
                at=said.at if said else lacks[0].at,
                fix="Release the data, or train without it.",
            )
        else:
            yield from _unclear(dataset)
    if not _described(parts):
        yield _no_data(parts)


@framework.rule(
    "data-license",
    title="The training data is under an Open Source license, and the works in it are too",
    cites=(
        says(ALL_OF_IT, WITH_OPEN_DATA),
        says(
            "Open Data",
            WITH_OPEN_DATA,
            OUR_READING,
            reading="open licenses for data count; the license of a collection is not that of the "
            "works in it, and whether it is enough is undetermined",
        ),
    ),
    fix="contents_license: …   # of the works in the data, beside the license of the collection",
    level=WITH_OPEN_DATA,
    shows=shown("license", of=lambda parts: parts.datasets),
)
def data_license(parts: Parts) -> Told:
    """A license on a crawl gives away the collection; the pages in it belong to others."""
    available = [each for each in parts.datasets if each.omitted is None and not _lacks(each)]
    for dataset in available:
        found = [*_collection(dataset)]
        yield from found or _works(dataset)
        for terms in dataset.additional_terms:
            yield from _restrictions(terms, f"`{dataset.id}`")
    if not available:
        yield _no_data(parts, "no training data is available")


def _collection(dataset: Component) -> Iterator[Remark]:
    """Say what the license of a dataset, and those of its parts, amount to."""
    parts = [each for each in (dataset.data.sources if dataset.data else ()) if each.license]
    if is_asserted(dataset):
        yield from _open_source(dataset)
    elif dataset.license is not None or not parts:
        yield from terms_of(dataset, G7_DATA_LICENSE, DATA_REMEDY)
    elif dataset.data and len(parts) < len(dataset.data.sources):
        yield unstated(
            f"`{dataset.id}`: no license is stated for some of its parts",
            at=dataset.at / "license",
            fix=ITS_LICENSE,
        )
    for each in parts:
        yield from judged(
            each.license,
            G7_DATA_LICENSE,
            DATA_REMEDY,
            what=f"a part of `{dataset.id}`",
            at=each.at / "license",
        )


def _works(dataset: Component) -> Iterator[Remark]:
    """Say what is known of the terms of the works in a dataset, whose own license is enough."""
    data = dataset.data
    stated = data.contents_license if data else None
    if stated == "NOASSERTION":
        yield undetermined(
            f"`{dataset.id}` has a license, which is that of the collection; nobody looked for the "
            "terms of the works in it, or found them, and whether they matter the label does not "
            "say",
            at=dataset.at / "data" / "contents_license",
        )
    elif stated is not None:
        yield from judged(
            stated,
            G7_DATA_LICENSE,
            DATA_REMEDY,
            what=f"the works in `{dataset.id}`",
            at=dataset.at / "data" / "contents_license",
        )
    elif data is None or (data.access is None and not data.sources):
        if data is None or data.origin not in OWN_WORKS:
            yield unstated(
                f"`{dataset.id}` has a license, which is that of the collection; nothing says "
                "whether the works in it may be copied, modified and reshared too",
                at=dataset.at / "data" / "access",
                fix="data: {access: open}   # or `contents_license`, where that is what they are "
                "under",
            )
    elif data.origin not in OWN_WORKS and {
        each.access or data.access for each in data.sources or (data,)
    } != {"open"}:
        yield undetermined(
            f"`{dataset.id}` has a license, which is that of the collection; whether that is "
            "enough where the works in it may be under other terms, the label does not say",
            at=dataset.at / "license",
            fix="contents_license: …   # under `data`, what the works are under; or `access: open`",
        )


def _no_data(parts: Parts, otherwise: str = "no training data is described") -> NotApplicable:
    if parts.mechanical and not parts.datasets:
        return NotApplicable("all weights were made out of others without training")
    return NotApplicable(otherwise)


passing_on("base-open-data", WITH_OPEN_DATA)
