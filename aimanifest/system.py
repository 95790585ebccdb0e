"""What several definitions look at in a release, gathered and put into words once for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from aimanifest.document import Place
from aimanifest.findings import Located, Outcome, Remark, undetermined, unmet, unstated
from aimanifest.licenses import RESTRICTIONS, LicenseError, Notion, judge, parse
from aimanifest.manifest import (
    CONTENT_TYPES,
    DATASET_KINDS,
    MECHANICAL,
    Component,
    Manifest,
    Terms,
)
from aimanifest.placeholders import NONE_IS_SAID, is_placeholder, says_none
from aimanifest.rules import COMPLETE, INCOMPLETE, Framework, Show

MODELS = ("weights", "intermediate-checkpoints")
"""The kinds of parameters that others can derive from."""


class Parts(NamedTuple):
    """The parts of a release that definitions of openness speak of.

    `weights` are all that are judged here: neither described by a manifest of their own (`foreign`)
    nor somebody else's of which nothing is told (`opaque`). `trained` are those of them that are
    given, with the checkpoints they derive from. `mechanical` says that all of these were made
    out of other weights without learning. `datasets` are what `trained` was trained on.
    `simulators` are the ids of code that made such data and is not code of the system. `by_kind`
    holds all other components by kind, and by what they include, topics too.
    """

    manifest: Manifest
    weights: tuple[Component, ...]
    foreign: tuple[Component, ...]
    opaque: tuple[Component, ...]
    trained: tuple[Component, ...]
    mechanical: bool
    datasets: tuple[Component, ...]
    simulators: frozenset[str]
    by_kind: Mapping[str, tuple[Component, ...]]

    def given(self, kind: str) -> tuple[Component, ...]:
        """Return the components of `kind` that are not omitted."""
        return tuple(each for each in self.by_kind.get(kind, ()) if each.omitted is None)

    @property
    def bases(self) -> frozenset[str]:
        """The ids of what `trained` derives from."""
        return frozenset(id for each in self.trained for id in each.derived_from)

    @property
    def released(self) -> tuple[Component, ...]:
        """The weights that the release hands out, or should, for definitions of weights alone.

        What is only a base is none of them: the license of others' weights that nothing here
        derives from can be judged without being told how these were made.
        """
        bases = self.bases
        return (
            *(each for each in self.weights if each.omitted is None or each.id not in bases),
            *(each for each in self.opaque if each.id not in bases),
        )

    def absent(self, kind: str) -> Place:
        """Return where a component of `kind` would stand.

        If a component has no kind, which is a fault of its own, it may be the one that is missed.
        """
        nameless = (each for each in self.manifest.components.values() if each.kind is None)
        hidden = next(nameless, None)
        return hidden.at / "kind" if hidden else self.manifest.at / "components" / kind

    @classmethod
    def of(cls, manifest: Manifest) -> Parts:
        """Gather the parts of `manifest`."""
        components = manifest.components
        models = [each for each in components.values() if "weights" in each.kinds]
        weights = tuple(each for each in models if not is_elsewhere(each, manifest))
        given = [each for each in weights if each.omitted is None]
        checkpoints = _checkpoints(given, manifest)
        models += checkpoints
        trained = (*given, *(each for each in checkpoints if not is_elsewhere(each, manifest)))
        datasets = named((id for one in trained for id in one.trained_on or ()), manifest)
        datasets = tuple(each for each in datasets if is_of(each, DATASET_KINDS))
        producers = {id for one in trained for id in one.produced_by or ()}
        simulators = frozenset(
            each.id
            for one in datasets
            for each in simulators_of(one, manifest)
            if each.id not in producers
        )
        by_kind: dict[str, list[Component]] = {}
        for each in components.values():
            if each.id not in simulators:
                for kind in each.kinds:
                    by_kind.setdefault(kind, []).append(each)
        return cls(
            manifest,
            weights,
            tuple(each for each in models if each.manifest is not None),
            tuple(each for each in models if is_opaque(each, manifest)),
            trained,
            bool(trained) and all(is_mechanical(each) for each in trained),
            datasets,
            simulators,
            {kind: tuple(found) for kind, found in by_kind.items()},
        )


# -- components ------------------------------------------------------------------------------------


def named(ids: Iterable[str], manifest: Manifest) -> tuple[Component, ...]:
    """Return the components with these ids, each once, without those that are not there."""
    found = (manifest.components.get(each) for each in dict.fromkeys(ids))
    return tuple(each for each in found if each is not None)


def astray(ids: Iterable[str] | None, kinds: Iterable[str], manifest: Manifest) -> Iterator[str]:
    """Yield those of `ids` that name no component of one of `kinds`."""
    for id in ids or ():
        component = manifest.components.get(id)
        if component is None or not is_of(component, kinds):
            yield id


def is_of(component: Component, kinds: Iterable[str]) -> bool:
    """Whether it is of one of `kinds`; what has no kind, a fault of its own, may be."""
    return component.kind is None or not component.kinds.isdisjoint(kinds)


def is_code(component: Component) -> bool:
    """Whether it is code; what has no kind, a fault of its own, may be."""
    return component.kind is None or CONTENT_TYPES[component.kind] == "code"


def is_library_of_others(component: Component, manifest: Manifest) -> bool:
    """Whether it is a library and nothing else, by somebody else, and not part of the release."""
    if component.kinds != {"supporting-library"}:
        return False
    if component.publisher is None:
        return component.location is not None
    publisher = manifest.release.publisher
    own = publisher is not None and component.publisher.name == publisher.name
    return not own and (component.location is not None or component.path is None)


def is_elsewhere(weights: Component, manifest: Manifest) -> bool:
    """Whether they are not judged by this manifest."""
    return weights.manifest is not None or is_opaque(weights, manifest)


def is_opaque(weights: Component, manifest: Manifest) -> bool:
    """Whether these are somebody else's weights of which only name and terms are told."""
    publisher = manifest.release.publisher
    return (
        weights.publisher is not None
        and (publisher is None or weights.publisher.name != publisher.name)
        and weights.manifest is None
        and weights.omitted is None
        and weights.trained_on is None
        and weights.produced_by is None
        and not weights.derived_from
    )


def is_mechanical(weights: Component) -> bool:
    """Whether they were made out of other parameters without learning anything."""
    return bool(weights.derived_from) and MECHANICAL.issuperset(weights.derived_from.values())


def _checkpoints(weights: Iterable[Component], manifest: Manifest) -> tuple[Component, ...]:
    """Return the intermediate checkpoints that `weights` derive from, in any number of steps."""
    found: dict[str, Component] = {}
    waiting = list(weights)
    while waiting:
        for base in waiting.pop().derived_from:
            component = manifest.components.get(base)
            if (
                component is not None
                and "intermediate-checkpoints" in component.kinds
                and "weights" not in component.kinds
                and component.id not in found
            ):
                found[component.id] = component
                if not is_elsewhere(component, manifest):
                    waiting.append(component)
    return tuple(found.values())


def simulators_of(dataset: Component, manifest: Manifest) -> tuple[Component, ...]:
    """Return the code that made a simulated dataset, apart from what processed it then."""
    if dataset.data is None or dataset.data.origin != "simulated":
        return ()
    return tuple(
        each
        for each in named(dataset.produced_by or (), manifest)
        if is_code(each) and "data-preprocessing-code" not in each.kinds
    )


def is_asserted(weights: Component) -> bool:
    """Whether they have no license, and are said to be free for all on some ground."""
    assertion = weights.assertion
    return weights.license == "NONE" and assertion is not None and assertion.basis is not None


def is_reasoned(component: Component) -> bool:
    """Whether its notes say why; a placeholder says nothing."""
    return component.notes is not None and not is_placeholder(component.notes)


def omission(component: Component) -> str:
    """Say in words how an omitted component is omitted."""
    return {
        "withheld": "withheld",
        "not-produced": "said never to have been made",
        "not-applicable": "said not to apply",
    }[component.omitted or ""]


def unexplained(component: Component, told: str) -> Remark:
    """Say that it is `told` how a component is omitted, and not why."""
    return unstated(
        f"{told}, and not why",
        at=component.at / "notes",
        fix="notes: …one sentence that says why there is none…",
    )


def worst(remarks: Iterable[Remark]) -> int:
    """Return the rank of the worst outcome among some remarks; 0 where they change none."""
    return max((each.outcome.rank for each in remarks if each.outcome), default=0)


# -- places ----------------------------------------------------------------------------------------


def placeless(component: Component, message: str) -> Iterator[Remark]:
    """Say `message` of what has no place, or only one that leads out of the release."""
    if component.location is not None:
        return
    if component.path is None:
        yield unstated(
            message, at=component.at / "location", fix=f"{ITS_PLACE}   # or `path`, in the release"
        )
    elif path_fault(component.path):
        yield unstated(message, at=component.at / "path")


ITS_PLACE = "location: https://…"


def path_fault(text: str) -> str:
    """Say in a few words why `text` is no path inside the release; "" if it is one."""
    if not text or text != text.strip():
        return "a path is neither empty nor surrounded by spaces"
    if "\\" in text:
        return "a path uses `/`, not a backslash"
    if text.startswith(("/", "~")) or text[1:2] == ":":
        return "the path is absolute"
    if ".." in text.split("/"):
        return "`..` leads out of the folder"
    return ""


# -- evidence --------------------------------------------------------------------------------------

Some = Callable[[Any], Iterable[Component]]
"""Picks components out of what a rule is put to."""


def shown(*steps: str, of: Some) -> Show:
    """Show what is written at `steps` in each of some components."""

    def show(subject: object) -> Iterator[Located]:
        for each in of(subject):
            place = each.at
            for step in steps:
                place = place / step
            if place.written:
                yield place

    return show


def shown_places(of: Some) -> Show:
    """Show where each of some components can be had; or the component, where that is not said."""

    def show(subject: object) -> Iterator[Located]:
        for each in of(subject):
            keys = (each.at / key for key in ("location", "path"))
            yield next((key for key in keys if key.written), each.at)

    return show


# -- data information ------------------------------------------------------------------------------


class Limb(NamedTuple):
    """A part of the description of a dataset.

    `asks` ends the sentence "… does not say"; `blank` says what to write in its place.
    """

    asks: str
    blank: str


LIMBS: Mapping[str, Limb] = {
    "provenance": Limb("from where and from whom the data came", "from where and from whom"),
    "scope": Limb(
        "what the data is: how much, of what, in which languages",
        "how much of what, in which languages",
    ),
    "collection": Limb(
        "how the data was obtained and selected, or that all was taken (`none`)",
        "how obtained and how selected, or `none`",
    ),
    "labeling": Limb(
        "how the data was labeled, or that it was not (`none`)",
        "who labeled what and how, or `none`",
    ),
    "processing": Limb(
        "how the data was processed and filtered, or that it was not (`none`)",
        "what was cleaned, filtered and transformed, and how, or `none`",
    ),
}
"""What a skilled person needs to know of a dataset, by the key that says it."""


def untold(dataset: Component, limb: str) -> Iterator[Remark]:
    """Say that the `data` of a dataset, where it has any, does not tell `limb`."""
    if dataset.data is None:
        return
    asks, blank = LIMBS[limb]
    text = getattr(dataset.data, limb)
    at = dataset.at / "data" / limb
    fix = f"{limb}: …{blank}…"
    if text is None:
        yield unstated(f"`{dataset.id}` does not say {asks}", at=at, fix=fix)
    elif limb not in NONE_IS_SAID and says_none(text.casefold()):
        yield unstated(
            f"`none` is no answer here: `{dataset.id}` does not say {asks}", at=at, fix=fix
        )
    elif is_placeholder(text) and not (says_none(text) and limb in NONE_IS_SAID):
        yield unstated(f"this does not say {asks}", at=at, fix=fix)


DESCRIPTION = (
    "data: {access: …, provenance: …, scope: …, collection: …, labeling: …, processing: …}"
)
"""How the description of a dataset is written."""


def undescribed(dataset: Component, *, message: str, fix: str = DESCRIPTION) -> Iterator[Remark]:
    """Say that a dataset is omitted; or `message`, with `fix`, where it has no `data`."""
    if dataset.omitted == "withheld":
        yield unmet(
            f"`{dataset.id}` is training data, and it is withheld with everything about it",
            at=dataset.at / "omitted",
            fix="Describe it under `data`, in place of `omitted`; what cannot be shared has "
            "`access: unshareable`.",
        )
    elif dataset.omitted is not None:
        yield unstated(
            f"`{dataset.id}` is named in `trained_on`, and said to be `{dataset.omitted}`",
            at=dataset.at / "omitted",
            fix="Take it out of `trained_on`, or describe it under `data`.",
        )
    elif dataset.data is None:
        yield unstated(message, at=dataset.at / "data", fix=fix)


def unlisted(
    trained: Component,
    manifest: Manifest,
    *,
    asks: str,
    told: str = "its data",
    asked_of_all: bool = False,
) -> Iterator[Remark]:
    """Say that it is not told what parameters were trained on, if it is not.

    `asks` says what the sources do not, where it was no data at all. `told` is what is not told of
    those that are omitted, and on which others stand. Weights that were made without learning need
    not tell, unless it is `asked_of_all`.
    """
    if trained.omitted is not None:
        yield unstated(
            f"`{trained.id}`, on which other parameters here stand, is {omission(trained)}: "
            f"nothing is told of {told}",
            at=trained.at / "omitted",
            fix=f"Describe `{trained.id}`; or take it out, and name {told} where others derive "
            "from it.",
        )
        return
    for id in astray(trained.trained_on, DATASET_KINDS, manifest):
        yield unstated(
            f"`{trained.id}` is trained on `{id}`, and no such dataset is described",
            at=trained.at / "trained_on" / (trained.trained_on or ()).index(id),
        )
    if is_mechanical(trained) and not asked_of_all:
        return
    if trained.trained_on is None:
        yield unstated(
            f"`{trained.id}` does not say what it was trained on",
            at=trained.at / "trained_on",
            fix="trained_on: […]   # all of it: the list is read as complete",
        )
    elif not trained.trained_on:
        yield undetermined(
            f"`{trained.id}` is said to be trained on no data at all; {asks}",
            at=trained.at / "trained_on",
        )


# -- terms -----------------------------------------------------------------------------------------


class Remedy(NamedTuple):
    """What to do about a license statement.

    `state` where none is stated, `change` where the license is not enough, `settle` where it is
    open whether it is.
    """

    state: str
    change: str
    settle: str


def terms_of(component: Component, notion: Notion, remedy: Remedy) -> Iterator[Remark]:
    """Say what the license of a component amounts to, measured by `notion`, if it is not enough."""
    return judged(
        component.license,
        notion,
        remedy,
        what=f"`{component.id}`",
        at=component.at / "license",
    )


def terms_among(
    component: Component, notion: Notion, notions: Sequence[Notion], remedy: Remedy
) -> Iterator[Remark]:
    """Do as `terms_of`, by one of several `notions` that a license is held against in turn.

    Where the first that fails the license is a later one, an open answer stands at the component
    and not at the license: of two answers at one place only the first is told, and the worse has
    to be told.
    """
    place = notions.index(notion)
    for each in terms_of(component, notion, remedy):
        hides = (
            each.outcome is Outcome.UNDETERMINED
            and _is_failed(component.license, by=notions[place + 1 :])
            and not _is_failed(component.license, by=notions[:place])
        )
        yield each._replace(at=component.at) if hides else each


def _is_failed(license: str | None, *, by: Iterable[Notion]) -> bool:
    try:
        expression = parse(license or "")
    except LicenseError:
        return False
    return any(judge(expression, each).verdict is False for each in by)


def judged(
    license: str | None, notion: Notion, remedy: Remedy, *, what: str, at: Place
) -> Iterator[Remark]:
    """Say what a license statement amounts to, measured by `notion`, if it is not enough."""
    if license is None:
        yield unstated(f"{what}: no license is stated", at=at, fix=remedy.state)
    elif license == "NOASSERTION":
        yield unstated(
            f"{what}: `NOASSERTION` says that nobody looked for a license, or found one",
            at=at,
            fix=remedy.state,
        )
    elif license == "NONE":
        yield unmet(
            f"{what}: `NONE` says that no license is granted to anybody", at=at, fix=remedy.change
        )
    else:
        try:
            judgement = judge(parse(license), notion)
        except LicenseError as error:
            yield unstated(f"{what}: {error.message}", at=at, fix=remedy.state)
            return
        if judgement.verdict is False:
            yield unmet(f"{what}: {judgement.reason}", at=at, fix=remedy.change)
        elif judgement.verdict is None:
            yield undetermined(f"{what}: {judgement.reason}", at=at, fix=remedy.settle)


def imposed(terms: Terms, notion: Notion, *, on: str) -> Iterator[Remark]:
    """Say what terms on top of a license amount to, measured by `notion`, if they are too much."""
    name = f'"{terms.name}"' if terms.name else "A further document"
    if terms.restricts is None:
        yield undetermined(
            f"{name} holds for {on}, and the manifest does not say what it restricts",
            at=terms.at / "restricts",
            fix="restricts: […]   # words for what they restrict; [] if it is nothing",
        )
        return
    for index, word in enumerate(terms.restricts):
        if word not in notion.breaking | notion.doubtful:
            continue
        meaning = RESTRICTIONS[word].meaning
        message = f"{name} on {on}: it {meaning[0].lower()}{meaning[1:].removesuffix('.')}"
        at = terms.at / "restricts" / index
        if word in notion.breaking:
            yield unmet(message, at=at, fix="Release without these terms.")
        else:
            yield undetermined(f"{message}; {notion.doubt}", at=at)


# -- bases -----------------------------------------------------------------------------------------


def base_remarks(
    base: Component, framework: Framework, manifest: Manifest, *, level: str | None = None
) -> Iterator[Remark]:
    """Say what keeps a base, by its own manifest, from `level` of `framework`, if anything does."""
    own = manifest.bases[base.id]
    at = base.at / "manifest"
    assessment = own.assessment(framework)
    if assessment is None:
        yield unstated(
            f"`{base.id}` cannot be judged: {own.problem}",
            at=at,
            fix="manifest: …   # the path of a right one, inside the release",
        )
        return
    verdict = assessment.verdict(level)
    if verdict is COMPLETE:
        return
    needed = framework.needed(level)
    answers = [each for each in assessment.answers if each.rule.level in needed]
    worst = max((each.outcome for each in answers), key=lambda each: each.rank)
    names = [f"`{each.rule.id}`" for each in answers if each.outcome is worst]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004
    message = f"`{base.id}` is itself {verdict.word}: {', '.join(names[:3])}{more} {worst.value}"
    if verdict is not INCOMPLETE:
        yield undetermined(message, at=at)
    elif worst is Outcome.UNSTATED:
        yield unstated(message, at=at, fix="Ask the publisher of the base to say it.")
    else:
        yield unmet(message, at=at, fix="Stand on a base that is complete.")
