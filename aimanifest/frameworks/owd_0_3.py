"""The Open Weight Definition 0.3 of the Open Source Alliance: weights and their license alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from aimanifest.document import Place
from aimanifest.findings import (
    NotApplicable,
    Related,
    Remark,
    remark,
    undetermined,
    unmet,
    unstated,
)
from aimanifest.licenses import Notion
from aimanifest.licenses.open_weights import (
    OWD_CRITERIA,
    OWD_DERIVED_WORKS,
    OWD_FIELDS,
    OWD_INTEGRITY,
    OWD_NO_ADDITIONAL_LICENSE,
    OWD_NOT_PRODUCT_SPECIFIC,
    OWD_OTHER_COMPONENTS,
    OWD_PERSONS,
    OWD_REDISTRIBUTION,
    OWD_TECHNOLOGY_NEUTRAL,
    OWD_TEXT,
)
from aimanifest.manifest import Component, Manifest
from aimanifest.rules import OUR_READING, TEXT, Citation, Framework
from aimanifest.system import (
    Parts,
    Remedy,
    base_remarks,
    imposed,
    is_asserted,
    named,
    omission,
    placeless,
    shown,
    shown_places,
    terms_among,
)

Told = Iterator[Remark | NotApplicable]

LEVEL = "open-weight"


class Weights(NamedTuple):
    """What the definition looks at in a release.

    `judged` are the weights of the release, omitted ones too; bases on which they stand are not
    among them unless they are given here. `foreign` are those that a manifest of their own
    describes, and on which nothing here stands. `product` is what one gets: the weights that are
    given or, where none are spoken of, intermediate checkpoints. `absent` is where weights would
    stand.
    """

    manifest: Manifest
    judged: tuple[Component, ...]
    foreign: tuple[Component, ...]
    product: tuple[Component, ...]
    absent: Place

    @classmethod
    def of(cls, manifest: Manifest) -> Weights:
        """Gather what is looked at of `manifest`."""
        parts = Parts.of(manifest)
        foreign = tuple(each for each in parts.foreign if each.id not in parts.bases)
        given = tuple(each for each in parts.released if each.omitted is None)
        spoken_of = "weights" in parts.by_kind
        checkpoints = () if spoken_of else parts.given("intermediate-checkpoints")
        return cls(manifest, parts.released, foreign, given or checkpoints, parts.absent("weights"))


framework = Framework(
    id="owd-0.3",
    title="Open Weight Definition",
    version="0.3",
    url="https://openweight.org/",
    levels=(LEVEL,),
    called={LEVEL: "Open Weight"},
    not_checked=(
        (
            "whether the weights are in the form in which a practitioner would use them, and are "
            "not obfuscated, where their format is not stated"
        ),
    ),
    subject=Weights.of,
)


def _product(subject: Weights) -> tuple[Component, ...]:
    return subject.product


def _transformed(subject: Weights) -> list[Component]:
    return [each for each in subject.product if _transformations(each)]


def _says(quote: str) -> Citation:
    return Citation(quote, "2. Model Weights", OWD_TEXT, TEXT)


GIVEN = "{license: …, location: https://…}"
"""How weights are written that are given."""

REMEDY = Remedy(
    state="license: …   # the SPDX id of the license that they are under",
    change="Release them under a license that does not; one that the OSI approved meets all the "
    "criteria.",
    settle="A license that the OSI approved would settle it.",
)

NO_WEIGHTS = "no weights are given"


# -- what the license of the weights answers -------------------------------------------------------


def criterion(name: str, notion: Notion, *, why: str) -> None:
    """Declare the rule for a criterion that the license of the weights has to meet."""

    @framework.rule(
        name,
        title=notion.title,
        cites=notion.cites,
        fix=REMEDY.state,
        level=LEVEL,
        why=why,
        shows=shown("license", of=_product),
    )
    def check(subject: Weights) -> Told:
        for weights in subject.product:
            yield from _licensed(weights, notion)
            for terms in weights.additional_terms:
                yield from imposed(terms, notion, on=f"`{weights.id}`")
        for terms in subject.manifest.release.additional_terms:
            yield from imposed(terms, notion, on="the release")
        if notion is OWD_NO_ADDITIONAL_LICENSE:
            for weights in subject.product:
                yield from _agreed(weights)
                yield from _needed_with(weights, subject.manifest)
        if not subject.product:
            yield NotApplicable(NO_WEIGHTS)


def _licensed(weights: Component, notion: Notion) -> Iterator[Remark]:
    if is_asserted(weights):
        yield undetermined(
            f"`{weights.id}` has no license, and is said to be free for all; what the definition "
            "makes of weights without a license, it does not say",
            at=weights.at / "assertion",
            fix="A dedication such as CC0-1.0 would settle it.",
        )
    else:
        yield from terms_among(weights, notion, OWD_CRITERIA, REMEDY)


def _agreed(weights: Component) -> Iterator[Remark]:
    """Say that one may have to agree to something before one gets the weights."""
    if weights.availability in ("gated", "on-request"):
        yield undetermined(
            f"`{weights.id}` is {weights.availability}: whether what one has to agree to first is "
            "an additional license, the definition does not say",
            at=weights.at / "availability",
            fix=ANYWHERE,
        )


def _needed_with(weights: Component, manifest: Manifest) -> Iterator[Remark]:
    """Remark on the base without which an adapter is of no use."""
    for id, relation in weights.derived_from.items():
        if relation != "adapter":
            continue
        base = manifest.components.get(id)
        terms = f" (`{base.license}`)" if base and base.license else ""
        yield remark(
            f"`{weights.id}` is an adapter: whoever uses it needs `{id}` too, under its own terms"
            f"{terms}. The definition does not look at them",
            at=weights.at / "derived_from" / id,
        )


criterion(
    "free-redistribution",
    OWD_REDISTRIBUTION,
    why="Weights travel in collections, on disks and in appliances; who may not sell such a thing "
    "may not put them there.",
)


# -- the weights -----------------------------------------------------------------------------------


@framework.rule(
    "weights-included",
    title="The weights are given, all of them, to whoever wants them",
    cites=(
        _says("The product must include the weights, and must allow distribution of the weights. "
              "Where some form of a product is not distributed with the weights, there must be a "
              "well-publicized means of obtaining the weights for no more than a reasonable "
              "reproduction cost, preferably downloading via the Internet without charge."),
    ),
    fix=f"weights: {GIVEN}",
    level=LEVEL,
    shows=shown_places(_product),
)  # fmt: skip
def weights_included(subject: Weights) -> Told:
    """All that the definition asks for is the weights: no data, no code, no model card.

    Whether a gate is a "well-publicized means of obtaining", and what a "reasonable reproduction
    cost" is, the definition does not say.
    """
    for base in subject.foreign:
        yield from base_remarks(base, framework, subject.manifest)
    if not (subject.judged or subject.foreign or subject.product):
        yield unstated(
            "no component is of kind `weights`, so nobody can tell whether they are given",
            at=subject.absent,
            fix=f"weights: {GIVEN}",
        )
    for weights in subject.judged:
        if weights.omitted is not None:
            yield unmet(
                f"`{weights.id}` is {omission(weights)}; if it is no part of this release, it "
                "does not belong in its manifest",
                at=weights.at / "omitted",
                fix=f"{weights.id}: {GIVEN}",
            )
    for weights in subject.product:
        if weights.extent == "partial":
            yield unmet(
                f"`{weights.id}` is released only in part",
                at=weights.at / "extent",
                fix="Release what is missing.",
            )
        yield from placeless(weights, f"`{weights.id}` does not say where it is")
        yield from _obtained(weights)


ANYWHERE = "Offer it where anybody gets it without that, and write the place under `location`."


def _obtained(weights: Component) -> Iterator[Remark]:
    """Say what keeps people from getting the weights."""
    at = weights.at / "availability"
    if weights.availability == "gated":
        yield undetermined(
            f"`{weights.id}` is behind a gate: one must sign in or accept conditions first; "
            "whether the definition allows that, it does not say",
            at=at,
            fix=ANYWHERE,
        )
    elif weights.availability == "paid":
        yield undetermined(
            f"`{weights.id}` must be paid for, which may be no more than a reasonable "
            "reproduction cost or more",
            at=at,
            fix=ANYWHERE,
        )
    elif weights.availability == "on-request":
        yield unmet(f"`{weights.id}` is given on request only", at=at, fix=ANYWHERE)
    elif weights.availability == "withdrawn":
        yield unmet(f"`{weights.id}` is no longer available", at=at, fix=ANYWHERE)


@framework.rule(
    "usable-form",
    title="The weights are in the form in which one would use them",
    cites=(
        _says("The weights must be the actual form in which a practitioner would use the weights. "
              "Deliberately obfuscated weights are not allowed."),
    ),
    fix="format: …   # safetensors, gguf, onnx …",
    level=LEVEL,
    shows=shown("format", of=_product),
)  # fmt: skip
def usable_form(subject: Weights) -> Told:
    """Numbers that nobody can load are no weights, however freely they are licensed.

    A manifest tells the form by `format`. Where it does not, nothing is concluded from that.
    """
    for weights in subject.product:
        words = set(re.findall(r"[a-z0-9]+", (weights.format or "").casefold()))
        at = weights.at / "format"
        if words & HIDDEN:
            yield unmet(
                f"`{weights.id}` is in a form that hides the weights",
                at=at,
                fix="Release them in the form in which they are used.",
            )
        elif words & DIFFERENCES:
            yield undetermined(
                f"`{weights.id}` holds differences from other weights, with which one has to "
                "compute before use; whether that is a form for use, the definition does not say",
                at=at,
            )
        elif words and not words & USABLE:
            yield remark(
                f"nothing is known here about this format of `{weights.id}`; is it one in which "
                "weights are used?",
                at=at,
            )
    if not subject.product:
        yield NotApplicable(NO_WEIGHTS)


HIDDEN = frozenset({"encrypted", "gpg", "obfuscated", "pgp", "scrambled"})
"""Words for forms that hide what is in a file."""

DIFFERENCES = frozenset({"delta", "deltas", "diff", "xor"})
"""Words for forms that are to be computed with other weights first."""

USABLE = frozenset(
    "bin checkpoint ckpt coreml ggml gguf h5 hdf5 joblib keras lightgbm mlmodel mlpackage mlx "
    "msgpack ncnn nemo npy npz onnx openvino orbax paddle pb pickle pkl pt pth pytorch safetensors "
    "savedmodel tensorflow tensorrt tflite tfjs torch torchscript ubj xgboost".split()
)
"""Names of formats that common software loads."""


@framework.rule(
    "final-weights",
    title="The weights are the final ones, and no intermediate state",
    cites=(
        _says("Intermediate forms such as training checkpoints or partial states are not allowed."),
    ),
    fix=f"weights: {GIVEN}",
    level=LEVEL,
    shows=shown(of=_product),
)
def final_weights(subject: Weights) -> Told:
    """Who gets a checkpoint of the training does not get what the publisher itself uses.

    Checkpoints beside the final weights are welcome: then they are not what is delivered.
    """
    for each in subject.product:
        if "weights" not in each.kinds and each.kind is not None:
            yield unmet(
                f"all that is given is `{each.id}`: intermediate checkpoints, and no final weights",
                at=each.at,
                fix=f"weights: {GIVEN}",
            )
    if not subject.product:
        yield NotApplicable(NO_WEIGHTS)


@framework.rule(
    "transformed-forms-distinguished",
    title="Quantized and otherwise transformed weights can be told from the original ones",
    cites=(
        _says("Transformed versions such as quantized or optimized forms are only allowed if "
              "clearly distinguished."),
        Citation(
            "clearly distinguished",
            "2. Model Weights; that `derived_from` distinguishes them is our reading",
            OWD_TEXT,
            OUR_READING,
        ),
    ),
    fix="derived_from: {…: quantization}   # the id of the original, and how this came of it",
    level=LEVEL,
    shows=shown("derived_from", of=_transformed),
)  # fmt: skip
def transformed_forms_distinguished(subject: Weights) -> Told:
    """A quantized model answers in another way than the one that was evaluated.

    A manifest that states the relation tells the two apart. That a file which looks quantized
    really is cannot be concluded from its name.
    """
    asked = False
    for weights in subject.product:
        bases = _transformations(weights)
        asked = asked or bool(bases)
        for base in named(bases, subject.manifest):
            if weights.name is not None and weights.name == base.name:
                yield undetermined(
                    f"`{weights.id}` bears the same name as `{base.id}`, of which it is a "
                    "transformed version",
                    at=weights.at / "name",
                    fix="name: …   # one that tells them apart",
                    related=(_also(base.at / "name"),),
                )
        told = next((each for each in _names(weights) if not bases and SIGNS.search(each[0])), None)
        if told:
            asked = True
            text, at = told
            yield remark(
                f"{SIGNS.findall(text)[0]!r} makes one think of quantized or converted weights, "
                f"and `{weights.id}` is not said to be any",
                at=at,
                fix="derived_from: {…: quantization}   # or `conversion`; if it is one",
            )
    if not asked:
        yield NotApplicable("no transformed weights are given")


TRANSFORMED = frozenset({"quantization", "conversion", "merge"})
"""The relations of a transformed version to what it was made of."""

SIGNS = re.compile(
    r"(?<![a-z0-9])(?:q[2-8](?:_[01k](?:_[sml])?)?|int[48]|[2348]-?bit|awq|gptq|gguf|ggml|exl[23]|"
    r"bnb|nf4|fp8|tflite|tensorrt|quanti[sz]ed)(?![a-z0-9])",
    re.IGNORECASE,
)
"""What quantized and converted weights are commonly called."""


def _transformations(weights: Component) -> list[str]:
    return [id for id, relation in weights.derived_from.items() if relation in TRANSFORMED]


def _also(at: Place) -> Related:
    return Related("this bears it too", at.pointer, at.span)


def _names(weights: Component) -> Iterator[tuple[str, Place]]:
    yield weights.id, weights.at
    for key in ("name", "format", "path", "location"):
        if text := getattr(weights, key):
            yield text, weights.at / key


criterion(
    "derived-works",
    OWD_DERIVED_WORKS,
    why="Weights are mostly taken to be changed: tuned, pruned, merged.",
)
criterion(
    "modified-weights",
    OWD_INTEGRITY,
    why="An author may ask that what others made of the weights bear another name. That is no "
    "fault here; that they may not share it is.",
)
criterion(
    "no-discrimination-against-persons",
    OWD_PERSONS,
    why="A license that ends at a number of users, at a revenue or at a border is one for some.",
)
criterion(
    "no-discrimination-against-fields",
    OWD_FIELDS,
    why="A list of forbidden uses, however well it is meant, is one of fields of endeavor.",
)
criterion(
    "no-additional-license",
    OWD_NO_ADDITIONAL_LICENSE,
    why="Rights that one has to register for, that end or change at somebody's will, or that "
    "have to be granted anew to everybody downstream may not apply to all who get the weights. "
    "The definition names none of these cases, nor that of conditions to be accepted at a gate; "
    "that they are open is our reading.",
)
criterion(
    "not-product-specific",
    OWD_NOT_PRODUCT_SPECIFIC,
    why="Weights that were taken out of a product have to be as free as in it.",
)
criterion(
    "no-restriction-on-other-components",
    OWD_OTHER_COMPONENTS,
    why="Open weights may stand beside closed ones, and beside closed software.",
)
criterion(
    "technology-neutral",
    OWD_TECHNOLOGY_NEUTRAL,
    why="A license that prescribes what an interface shows cannot be kept where there is none. "
    "That words which products must display are such a provision is our reading, and not settled.",
)
