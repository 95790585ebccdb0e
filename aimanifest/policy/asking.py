"""Whom a rule of a policy asks: the components of a release, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from aimanifest.document import Place
from aimanifest.findings import NotApplicable, Remark, unmet, unstated
from aimanifest.manifest import (
    CONTENT_TYPES,
    DATASET_KINDS,
    DOCUMENT_KINDS,
    Base,
    Component,
    Manifest,
)
from aimanifest.placeholders import NONE_IS_SAID, is_placeholder, says_none
from aimanifest.rules import FAULTS, Assessment, Framework
from aimanifest.system import (
    Parts,
    astray,
    is_mechanical,
    omission,
    simulators_of,
)

RELEASE = "release"
METADATA = "metadata"
COMPONENT = "component"
TRAINING_DATA = "training-data"
SIMULATORS = "simulators"
BY_CONTENT = ("code", "document")
WEIGHTS = "weights"

WORDS = (RELEASE, METADATA, COMPONENT, *BY_CONTENT, SIMULATORS, *CONTENT_TYPES)
"""Everything that a rule may be asked of."""

ITS_DATA = "trained_on: […]   # all of it: the list is read as complete"


class Holder(NamedTuple):
    """What a rule is put to: the release, the metadata, or a component.

    `data` is what is written of it. Of what is described `elsewhere`, by a manifest of its own,
    only what is said here is asked about.
    """

    name: str
    at: Place
    data: Mapping[str, Any]
    component: Component | None = None
    elsewhere: bool = False

    def says(self, field: str) -> Any:
        """Return the value of a field such as `data.access`; None where nothing is stated.

        Some keys declare something by their absence: what has a place can be had without asking,
        and is all there. `place` is `location` or else `path`.
        """
        if field == "place":
            return self.says("location") or self.says("path")
        value: Any = self.data
        for key in field.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if value is None and self.component is not None and self.component.placed:
            return self._silently(field)
        return value

    def _silently(self, field: str) -> str | None:
        """Return what a component declares by saying nothing in `field`, once it has a place."""
        if self.component is None or (self.component.kind in DOCUMENT_KINDS and field == "extent"):
            return None
        return _DECLARED.get(field)

    def place(self, field: str) -> Place:
        """Return where a field stands, or would; what only a place declares, at the place."""
        at = self.at
        if self.says(field) is None and self._silently(field):
            field = "place"
        for key in ("location" if field == "place" else field).split("."):
            at = at / key
        return at

    def lacks(self, field: str) -> str:
        """Say why a field states nothing; "" where it states something."""
        value, key = self.says(field), field.rpartition(".")[2]
        if value is None:
            if field == "place" or self._silently(field):
                return f"{self.name} has no place where one could get it"
            return f"{self.name} does not state `{field}`"
        if value in ([], {}) and key not in _EMPTY_IS_SAID:
            return f"{self.name} has nothing in `{field}`"
        return _emptiness(value, key, f"{self.name}: ") if isinstance(value, str) else ""


def _emptiness(text: str, key: str, name: str) -> str:
    """Say why a text states nothing under its key; "" where it states something."""
    if text == "NOASSERTION":
        return f"{name}`NOASSERTION` says that nobody looked, or found anything"
    if says_none(text.casefold()):
        return f"{name}`none` is no answer to `{key}`" if key in _NEVER_NONE else ""
    return f"{name}this states nothing as `{key}`" if is_placeholder(text) else ""


_DECLARED = {"availability": "ungated", "extent": "full"}
_EMPTY_IS_SAID = ("trained_on", "produced_by", "additional_terms", "derived_from", "restricts")
_NEVER_NONE = tuple({"provenance", "scope"} - {*NONE_IS_SAID})


class Asked:
    """A manifest to which the rules of a policy are put."""

    def __init__(self, manifest: Manifest, framework: Framework) -> None:
        """Gather the parts of `manifest`; `framework` is the policy, for the bases too."""
        self.manifest = manifest
        self.framework = framework
        self.parts = Parts.of(manifest)
        self._subjects: dict[str, object] = {}
        self._assessments: dict[str, Assessment] = {}

    def subject(self, framework: Framework) -> object:
        """Return what the rules of another framework are put to."""
        if framework.id not in self._subjects:
            self._subjects[framework.id] = framework.subject_of(self.manifest)
        return self._subjects[framework.id]

    def assessment(self, framework: Framework) -> Assessment:
        """Say what another framework makes of the manifest."""
        if framework.id not in self._assessments:
            self._assessments[framework.id] = framework.assess(self.manifest)
        return self._assessments[framework.id]

    @property
    def release(self) -> Holder:
        """The release as a whole."""
        return Holder("the release", self.manifest.release.at, self._written("release"))

    @property
    def metadata(self) -> Holder:
        """What is said of the manifest itself."""
        return Holder("the manifest", self.manifest.metadata.at, self._written("metadata"))

    def holder(self, component: Component) -> Holder:
        """Return a component as a rule sees it."""
        return Holder(
            f"`{component.id}`",
            component.at,
            self._written("components", component.id),
            component,
            component.manifest is not None,
        )

    def _written(self, *steps: str) -> Mapping[str, Any]:
        data: Any = self.manifest.at.document.data
        for step in steps:
            data = data.get(step) if isinstance(data, dict) else None
        return data if isinstance(data, dict) else {}

    def of_kind(self, word: str) -> tuple[Component, ...]:
        """Return the components that `word`, one of `WORDS`, stands for."""
        components = tuple(self.manifest.components.values())
        if word == COMPONENT:
            return components
        if word in BY_CONTENT:
            return tuple(each for each in components if CONTENT_TYPES.get(each.kind or "") == word)
        if word == TRAINING_DATA:
            return self._training_data(components)
        if word == SIMULATORS:
            return tuple(
                {
                    each.id: each
                    for one in self._training_data(components)
                    for each in simulators_of(one, self.manifest)
                }.values()
            )
        if word == WEIGHTS:  # those that are only a base are not handed out
            bases = self.parts.bases
            foreign = (each for each in self.parts.foreign if each.id not in bases)
            return (*self.parts.released, *foreign)
        return self.parts.by_kind.get(word, ())

    def _training_data(self, components: Iterable[Component]) -> tuple[Component, ...]:
        """Return what the weights were trained on, and training data that nothing claims."""
        named = {id for each in components for id in each.trained_on or ()}
        loose = (each for each in components if each.kind == TRAINING_DATA and each.id not in named)
        found = (*self.parts.datasets, *loose)
        return tuple({each.id: each for each in found}.values())


# -- what is not told ------------------------------------------------------------------------------


def _untold_data(asked: Asked, rule: str) -> Iterator[Remark]:
    """Say of which weights it is not told what they were trained on.

    What was trained elsewhere answers by its own manifest, to the same `rule`.
    """
    parts, manifest = asked.parts, asked.manifest
    for weights in parts.trained:
        if weights.trained_on is None and not is_mechanical(weights):
            yield unstated(
                f"`{weights.id}` does not say what it was trained on",
                at=weights.at / "trained_on",
                fix=ITS_DATA,
            )
        for id in astray(weights.trained_on, DATASET_KINDS, manifest):
            index = (weights.trained_on or ()).index(id)
            yield unstated(
                f"`{weights.id}` is trained on `{id}`, and no such dataset is described",
                at=weights.at / "trained_on" / index,
            )
        for id in weights.derived_from:
            if id not in manifest.components:
                yield unstated(
                    f"`{weights.id}` derives from `{id}`, which is not described",
                    at=weights.at / "derived_from" / id,
                )
    for each in parts.opaque:
        yield unstated(
            f"nothing is told of the data that `{each.id}` was trained on",
            at=each.at / "trained_on",
            fix="manifest: …   # the path of its own manifest, inside the release",
        )
    yield from answers_elsewhere(asked, rule)


def answers_elsewhere(asked: Asked, rule: str) -> Iterator[Remark]:
    """Give the answers to `rule` of models that have manifests of their own, if they are faults."""
    for each in asked.parts.foreign:
        base = asked.manifest.bases.get(each.id, _UNREAD)
        assessment = base.assessment(asked.framework)
        at = each.at / "manifest"
        if assessment is None:
            yield unstated(f"`{each.id}` cannot be judged: {base.problem}", at=at)
            continue
        for answer in assessment.answers:
            if answer.rule.id == rule and answer.outcome in FAULTS:
                word = answer.outcome.value
                message = f"`{each.id}`, by its own manifest: `{rule}` is {word}"
                yield Remark(answer.outcome, message, at, "", ())


_UNREAD = Base("its manifest was not read")


def select(
    asked: Asked, of: tuple[str, ...], rule: str
) -> Iterator[Holder | Remark | NotApplicable]:
    """Give whom a rule asks, what keeps that from being all, and for what there is nobody to ask.

    A component that is omitted is not asked; if it is kept back, that is a fault.
    """
    seen: set[str] = set()
    for word in of:
        if word in (RELEASE, METADATA):
            yield asked.release if word == RELEASE else asked.metadata
            continue
        untold = list(unlisted(asked, word, rule))
        yield from untold
        components = asked.of_kind(word)
        if not components and not untold:
            yield nobody(word)
        for each in components:
            if each.id not in seen:
                seen.add(each.id)
                yield from _asked_of(asked.holder(each))


def nobody(word: str) -> NotApplicable:
    """Say that there is nothing that `word` stands for."""
    return NotApplicable(_NOBODY.get(word, f"there is no component of kind `{word}`"))


def unlisted(asked: Asked, word: str, rule: str) -> Iterator[Remark]:
    """Say what keeps the components that `word` stands for from being all that there are."""
    if word == WEIGHTS and not asked.of_kind(WEIGHTS):
        yield unstated(
            "no component is of kind `weights`",
            at=asked.parts.absent(WEIGHTS),
            fix="weights: {license: …, location: https://…}",
        )
    if word in (TRAINING_DATA, SIMULATORS):
        yield from _untold_data(asked, rule)
    if word == SIMULATORS:
        yield from _unnamed_simulators(asked)


def _asked_of(holder: Holder) -> Iterator[Holder | Remark | NotApplicable]:
    component = holder.component
    if component is None or component.omitted is None:
        yield holder
        return
    at = component.at / "omitted"
    if component.omitted == "withheld":
        yield unmet(f"{holder.name} is withheld", at=at)
    elif component.kinds & {*DATASET_KINDS}:
        yield unstated(f"{holder.name} is {omission(component)}, and nothing is told of it", at=at)
    else:
        yield NotApplicable(f"{holder.name} is {omission(component)}")


_NOBODY = {
    TRAINING_DATA: "nothing is said to have been learned from data",
    SIMULATORS: "no training data is said to be simulated",
    COMPONENT: "no component is described",
    "code": "no component is code",
    "document": "no component is a document",
}


def _unnamed_simulators(asked: Asked) -> Iterator[Remark]:
    for each in asked.of_kind(TRAINING_DATA):
        simulated = each.data is not None and each.data.origin == "simulated"
        if simulated and not simulators_of(each, asked.manifest):
            yield unstated(
                f"`{each.id}` is simulated, and does not say by which code",
                at=each.at / "produced_by",
                fix="produced_by: […]   # the simulator, a component too",
            )
