"""European Open Source AI Index: twelve parameters, open, partial or closed, and their mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import cleandoc
from typing import NamedTuple

from aimanifest.document import Place
from aimanifest.findings import (
    Located,
    Outcome,
    Related,
    Remark,
    partial,
    remark,
    undetermined,
    unmet,
    unstated,
)
from aimanifest.licenses import COMPATIBLE, RESTRICTIONS, RESTRICTIVE, LicenseError, judge, parse
from aimanifest.licenses.others import INDEX_OPEN
from aimanifest.manifest import DATASET_KINDS, Component, Manifest, Source, Terms
from aimanifest.rules import (
    OUR_READING,
    PRACTICE,
    RATED,
    TEXT,
    Assessment,
    Citation,
    Figure,
    Framework,
    Rule,
)
from aimanifest.system import (
    MODELS,
    Parts,
    is_asserted,
    is_elsewhere,
    is_mechanical,
    is_of,
    is_reasoned,
    named,
    omission,
)

DATABASE = "https://github.com/Language-Technology-Assessment/main-database/blob/5a388e8"
EXTENSION = "eu.osai-index"
"""The extension that holds grades which the index itself has given, by its own names."""

CLOSED, SOME, OPEN = 0.0, 0.5, 1.0
CLASSES = {"closed": CLOSED, "partial": SOME, "open": OPEN}
"""What the index counts for each of its words; for anything else it counts 0."""

WORDS = {worth: word for word, worth in CLASSES.items()}
MOST_TOLD = 3
"""How many reasons one finding gives."""
LONGEST_NOTES = 160
"""How much of the notes of the index one finding quotes."""


# -- what is known of a parameter ------------------------------------------------------------------


class Told(NamedTuple):
    """A reason why something is not open: refused, in part, unsaid or unsettled; and where."""

    outcome: Outcome
    said: str
    at: Place


class Level(NamedTuple):
    """How open something is: anything from `low` to `high`.

    `quiet` is how open it can be at most if whatever is not said counts as closed: between `low`
    and `quiet` the sources are silent, between `quiet` and `high` the manifest is. `told` says what
    keeps it from being open, `shown` where the answer was found.
    """

    low: float
    quiet: float
    high: float
    told: tuple[Told, ...] = ()
    shown: tuple[Located, ...] = ()


def _open(*shown: Located) -> Level:
    return Level(OPEN, OPEN, OPEN, (), shown)


def _some(said: str, at: Place) -> Level:
    return Level(SOME, SOME, SOME, (Told(Outcome.PARTIAL, said, at),), (at,))


def _closed(said: str, at: Place) -> Level:
    return Level(CLOSED, CLOSED, CLOSED, (Told(Outcome.UNMET, said, at),), (at,))


def _silent(said: str, at: Place) -> Level:
    return Level(CLOSED, CLOSED, OPEN, (Told(Outcome.UNSTATED, said, at),))


def _unsettled(said: str, at: Place, *, low: float = CLOSED, high: float = OPEN) -> Level:
    return Level(low, high, high, (Told(Outcome.UNDETERMINED, said, at),), (at,))


Weigh = Callable[[list[float]], float]


def _all_some_none(values: list[float]) -> float:
    """Weigh as the index does: all, some, or none of it."""
    if min(values) == OPEN:
        return OPEN
    return SOME if max(values) > CLOSED else CLOSED


def _two_of_three(values: list[float]) -> float:
    """Weigh licenses as the index does: everything, at least two in part, or less."""
    if min(values) == OPEN:
        return OPEN
    return SOME if sum(each > CLOSED for each in values) > 1 else CLOSED


def _together(levels: Iterable[Level], weigh: Weigh = _all_some_none) -> Level:
    found = list(levels)
    return Level(
        weigh([each.low for each in found]),
        weigh([each.quiet for each in found]),
        weigh([each.high for each in found]),
        tuple(told for each in found for told in each.told),
        tuple(place for each in found for place in each.shown),
    )


# -- base and end ----------------------------------------------------------------------------------


class Look(NamedTuple):
    """What the index looks at.

    `ends` are the models of the release that nothing derives from, other forms of the same model
    left out; `tuned` is all that was trained to make them out of their bases. `bases` are the
    models that these started from and that started from no other, and `pretrained` all that was
    trained to make them; where there are none, they are the `ends` over again. `unknown` are bases
    of which nothing is told.
    """

    parts: Parts
    ends: tuple[Component, ...]
    tuned: tuple[Component, ...]
    bases: tuple[Component, ...]
    pretrained: tuple[Component, ...]
    unknown: tuple[Level, ...]

    @classmethod
    def of(cls, manifest: Manifest) -> Look:
        """Find base and end in `manifest`."""
        stages = [
            each
            for each in manifest.components.values()
            if not each.kinds.isdisjoint(MODELS) and not _is_form(each, manifest)
        ]
        started = {id for each in stages for id in each.derived_from if id != each.id}
        models = [each for each in stages if "weights" in each.kinds]
        own = [each for each in models if _is_own(each, manifest)] or models
        ends = tuple(each for each in own if each.id not in started) or tuple(own)
        bases = _bases(ends, manifest)
        tuned = _behind(ends, manifest, until=bases)
        unknown = tuple(
            _silent(
                f"`{each.id}` derives from `{id}`, and no such model is described",
                each.at / "derived_from" / id,
            )
            for each in tuned
            for id in each.derived_from
            if not _models((id,), manifest)
        )
        if not bases and not unknown:
            return cls(Parts.of(manifest), ends, tuned, ends, tuned, ())
        pretrained = _behind(bases, manifest)
        return cls(Parts.of(manifest), ends, tuned, bases, pretrained, unknown)

    @property
    def manifest(self) -> Manifest:
        """The manifest as a whole."""
        return self.parts.manifest

    @property
    def separate(self) -> bool:
        """Whether base and end are two models."""
        return self.bases != self.ends

    @property
    def trained(self) -> tuple[Component, ...]:
        """All that was trained, each once."""
        return tuple({each.id: each for each in (*self.pretrained, *self.tuned)}.values())


def _models(ids: Iterable[str], manifest: Manifest) -> tuple[Component, ...]:
    return tuple(each for each in named(ids, manifest) if not each.kinds.isdisjoint(MODELS))


def _is_own(model: Component, manifest: Manifest) -> bool:
    """Whether it is a model of this release, and not one of somebody else that is used in it."""
    publisher = manifest.release.publisher
    theirs = model.publisher and publisher and model.publisher.name != publisher.name
    return not theirs and not is_elsewhere(model, manifest)


def _is_form(weights: Component, manifest: Manifest) -> bool:
    """Whether these are weights of this release at a lower precision or in another format."""
    bases = [manifest.components.get(id) for id in weights.derived_from]
    return (
        bool(bases)
        and {"quantization", "conversion"}.issuperset(weights.derived_from.values())
        and all(
            base is not None
            and base is not weights
            and "weights" in base.kinds
            and _is_own(base, manifest)
            for base in bases
        )
    )


def _is_model(component: Component, manifest: Manifest) -> bool:
    """Whether it is a model of its own; checkpoints of this release are a stage of another."""
    return "weights" in component.kinds or not _is_own(component, manifest)


def _behind(
    models: tuple[Component, ...], manifest: Manifest, *, until: tuple[Component, ...] = ()
) -> tuple[Component, ...]:
    """Return `models` and all they derive from, in any number of steps, up to `until`."""
    found = {each.id: each for each in models}
    beyond = {each.id for each in until}
    waiting = [*models]
    for model in waiting:
        for base in _models(model.derived_from, manifest):
            if base.id not in found and base.id not in beyond:
                found[base.id] = base
                waiting.append(base)
    return tuple(found.values())


def _bases(ends: tuple[Component, ...], manifest: Manifest) -> tuple[Component, ...]:
    """Return the models behind `ends` that derive from no other model."""
    met = _behind(ends, manifest)
    users: dict[str, list[Component]] = {}
    for user in met:
        for base in _models(user.derived_from, manifest):
            if base is not user:
                users.setdefault(base.id, []).append(user)
    derived = {
        user.id for each in met if _is_model(each, manifest) for user in users.get(each.id, ())
    }
    waiting = [manifest.components[id] for id in derived]
    for each in waiting:
        for user in users.get(each.id, ()):
            if user.id not in derived:
                derived.add(user.id)
                waiting.append(user)
    first = {each.id for each in ends}
    return tuple(
        each
        for each in met
        if _is_model(each, manifest) and each.id not in derived and each.id not in first
    )


def _by_its_own(base: Component, parameter: str, look: Look) -> Level:
    """Take over what the manifest of a base comes to."""
    own = look.manifest.bases.get(base.id)
    assessment = own.assessment(framework) if own else None
    at = base.at / "manifest"
    if assessment is None:
        problem = own.problem if own else "it was not read"
        return _silent(f"`{base.id}` is not described here: {problem}", at)
    rule = _id(parameter)
    outcome = next(each.outcome for each in assessment.answers if each.rule.id == rule)
    said = f"what `{base.id}` says in its own manifest comes to {outcome.value}"
    if outcome is Outcome.MET:
        return _open(at)
    if outcome is Outcome.PARTIAL:
        return _some(said, at)
    if outcome is Outcome.UNDETERMINED:
        return _unsettled(said, at)
    return _silent(said, at) if outcome is Outcome.UNSTATED else _closed(said, at)


# -- data ------------------------------------------------------------------------------------------


def _datasets(models: Iterable[Component], look: Look) -> Iterator[Component | Level]:
    """Give each dataset that `models` were trained on, or what stands in the way of knowing it."""
    known = set()
    for model in models:
        if model.omitted is not None:
            yield _silent(
                f"`{model.id}` is {omission(model)}, and nothing is told of its data",
                model.at / "omitted",
            )
        elif model.trained_on:
            for index, id in enumerate(model.trained_on):
                dataset = look.manifest.components.get(id)
                if dataset is None or not is_of(dataset, DATASET_KINDS):
                    yield _silent(
                        f"no dataset `{id}` is described", model.at / "trained_on" / index
                    )
                elif id not in known:
                    known.add(id)
                    yield dataset
        elif is_mechanical(model):
            continue
        elif model.trained_on is None:
            yield _silent(
                f"`{model.id}` does not say what it was trained on", model.at / "trained_on"
            )
        else:
            yield _unsettled(
                f"`{model.id}` is said to be trained on no data, and the index does not say what "
                "it makes of that",
                model.at / "trained_on",
            )


def _data(models: tuple[Component, ...], look: Look, *, unknown: tuple[Level, ...] = ()) -> Level:
    """Say how open the data of `models` is."""
    levels = [*unknown]
    for model in models:
        if _asked_there(model):
            levels.append(_by_its_own(model, "datasources_basemodel", look))
        else:
            levels += [
                each if isinstance(each, Level) else _dataset(each)
                for each in _datasets((model,), look)
            ]
    return _together(levels) if levels else _nowhere(look)


def _nowhere(look: Look) -> Level:
    """Say that there is no model, or nothing that it learned from."""
    for model in look.ends:
        return _silent(f"nothing is told of the data of `{model.id}`", model.at / "trained_on")
    return _silent("no component is of kind `weights`", look.parts.absent("weights"))


def _dataset(dataset: Component) -> Level:
    """Say how open one source of data is for inspection; its license plays no part."""
    id, at = f"`{dataset.id}`", dataset.at
    if dataset.omitted is not None:
        say = _closed if dataset.omitted == "withheld" else _silent
        return say(f"{id} is {omission(dataset)}", at / "omitted")
    data = dataset.data
    access = data.access if data else None
    sources = data.sources if data else ()
    if access == "unshareable":
        return _closed(f"{id} is unshareable", at / "data" / "access")
    if dataset.availability == "withdrawn":
        return _closed(f"{id} is withdrawn", at / "availability")
    if not dataset.placed and not (sources and all(each.location for each in sources)):
        return _silent(f"{id} does not say where it is", at / "location")
    own = [_source(each, id) for each in sources if each.access not in (None, access)]
    if own and len(own) == len(sources):
        whole = _together(own)
    else:
        whole = _together([*own, _shared(dataset, access)])
    if dataset.extent == "partial":
        return _least(whole, _some(f"{id} is released only in part", at / "extent"))
    return whole


def _shared(dataset: Component, access: str | None) -> Level:
    id, at = f"`{dataset.id}`", dataset.at
    if access == "obtainable":
        return _unsettled(
            f"{id} is obtainable on conditions or for a fee, and the index does not say whether "
            "that is shared",
            at / "data" / "access",
        )
    if dataset.availability not in (None, "ungated"):
        return _unsettled(
            f"{id} is {_way(dataset)}, and of data the index does not say what that counts",
            at / "availability",
        )
    return _open(*_place(dataset))


def _source(source: Source, whole: str) -> Level:
    name = f"`{source.name}`" if source.name else f"a part of {whole}"
    at = source.at / "access"
    if source.access in ("open", "public"):
        return _open(at)
    if source.access == "unshareable":
        return _closed(f"{name} is unshareable", at)
    return _unsettled(f"{name} is obtainable on conditions or for a fee", at)


def _place(component: Component) -> tuple[Located, ...]:
    keys = (component.at / key for key in ("location", "path", "data"))
    return tuple(key for key in keys if key.written)[:1]


def _way(component: Component) -> str:
    return {
        "gated": "behind a gate",
        "on-request": "to be had on request",
        "paid": "to be paid for",
        "withdrawn": "withdrawn",
    }.get(component.availability or "", "ungated")


# -- weights and code ------------------------------------------------------------------------------


def _weights(
    models: tuple[Component, ...], look: Look, *, unknown: tuple[Level, ...] = ()
) -> Level:
    """Say how far the weights of `models` are shared."""
    levels = [*unknown, *(_model(each, look) for each in models)]
    return _together(levels) if levels else _nowhere(look)


def _model(model: Component, look: Look) -> Level:
    id, at = f"`{model.id}`", model.at
    if model.omitted is not None:
        return _not_given(model)
    if model.manifest is not None and not model.placed and model.availability is None:
        return _by_its_own(model, "weights_basemodel", look)
    if model.availability not in (None, "ungated"):
        return _restricted(model)
    if not model.placed:
        return _silent(f"{id} does not say where it is", at / "location")
    if model.extent == "partial":
        return _some(f"{id} is released only in part", at / "extent")
    return _open(*_place(model))


def _not_given(model: Component) -> Level:
    said, at = f"`{model.id}` is {omission(model)}", model.at / "omitted"
    if model.omitted == "not-applicable":
        return _unsettled(f"{said}, and the index knows no system without weights", at)
    return _closed(said, at)


def _restricted(model: Component) -> Level:
    said, at = f"`{model.id}` is {_way(model)}", model.at / "availability"
    if model.availability == "withdrawn":
        return _closed(said, at)
    if model.availability == "paid":
        return _unsettled(f"{said}, and the index does not say what that counts", at, high=SOME)
    return _some(said, at)


def _code_of(kind: str, parts: Parts) -> Level | None:
    """Say how open the code of a kind is; None if the system is said to need none."""
    components = parts.by_kind.get(kind, ())
    if not components:
        return _silent(f"no `{kind}` is given", parts.absent(kind))
    if kind == "data-preprocessing-code" and all(
        each.omitted in ("not-produced", "not-applicable") for each in components
    ):
        unsaid = next((each for each in components if not is_reasoned(each)), None)
        if unsaid is None:
            return None
        return _silent(f"`{unsaid.id}` is {omission(unsaid)}, and not why", unsaid.at / "notes")
    return _together(_code(each) for each in components)


def _code(code: Component) -> Level:
    id, at = f"`{code.id}`", code.at
    if code.omitted is not None:
        return _closed(f"{id} is {omission(code)}", at / "omitted")
    if code.availability == "withdrawn":
        return _closed(f"{id} is withdrawn", at / "availability")
    if not code.placed:
        return _silent(f"{id} does not say where it is", at / "location")
    if code.availability not in (None, "ungated"):
        return _unsettled(
            f"{id} is {_way(code)}, and of code the index does not say what that counts",
            at / "availability",
            high=SOME,
        )
    if code.extent == "partial":
        return _some(f"{id} is released only in part", at / "extent")
    return _open(*_place(code))


# -- documents -------------------------------------------------------------------------------------

DOCUMENTS = ("documentation", "model-card", "technical-report", "research-paper")
"""The kinds of documents that may treat the hardware."""
CODE = ("training-code", "data-preprocessing-code", "documentation")
"""The kinds of components in which code may be documented."""


def _readable(documents: Iterable[Component]) -> list[Component]:
    """Leave out what nobody can read: what is omitted, withdrawn, or nowhere."""
    return [
        each
        for each in documents
        if each.omitted is None and each.placed and each.availability != "withdrawn"
    ]


def _unreadable(kinds: tuple[str, ...], what: str, look: Look) -> Level:
    """Say why there is no document of `kinds`: refused, or not said."""
    of_kind = [each for kind in kinds for each in look.parts.by_kind.get(kind, ())]
    for each in of_kind:
        if each.omitted is not None:
            return _closed(f"`{each.id}` is {omission(each)}", each.at / "omitted")
        if each.availability == "withdrawn":
            return _closed(f"`{each.id}` is withdrawn", each.at / "availability")
    for each in of_kind:
        return _silent(f"`{each.id}` does not say where it is", each.at / "location")
    return _silent(f"no {what} is given", look.parts.absent(kinds[0]))


def _treated(topic: str, look: Look, *, what: str, may: tuple[str, ...]) -> Level:
    """Say how well a topic is documented, as far as documents say so themselves.

    Where none does, whatever is given of the kinds in `may` can treat it all the same.
    """
    treating = _readable(look.parts.by_kind.get(topic, ()))
    for each in treating:
        if each.extent == "full":
            return _open(each.at / "extent")
    for each in treating:
        if each.extent is None:
            return _unsettled(
                f"`{each.id}` treats {what}, and does not say whether in full",
                each.at / "extent",
                low=SOME,
            )
    for each in treating:
        return _some(f"`{each.id}` treats {what} only in part", each.at / "extent")
    others = _readable(each for kind in may for each in look.parts.by_kind.get(kind, ()))
    for each in look.parts.by_kind.get("documentation", ()):
        if each.omitted and (topic == "code" or not others):
            return _closed(f"`{each.id}` is {omission(each)}", each.at / "omitted")
    at = look.parts.absent("documentation")
    at = at / "includes" if topic == "hardware" else at
    for each in others:
        return _unsettled(f"whether `{each.id}` documents {what} is not said", at)
    return _silent(f"no document is given that treats {what}", at)


def _covering(documents: list[Component], needed: Iterable[str], look: Look) -> Level:
    """Say whether `documents` treat all that is `needed`, of which tuning is one if there is any.

    What a document does not name it may treat all the same: only who reads it can tell.
    """
    wanted = [*needed, *(["fine-tuning"] if look.separate else [])]
    whole = [each for each in documents if each.extent != "partial"]
    treated = {kind for each in whole for kind in each.kinds}
    if whole and treated.issuperset(wanted):
        return _open(*(each.at / "includes" for each in whole))
    for each in whole:
        missing = ", ".join(f"`{topic}`" for topic in wanted if topic not in treated)
        low = SOME if len(whole) < len(documents) else CLOSED
        return _unsettled(
            f"whether `{each.id}` treats {missing} is not said", each.at / "includes", low=low
        )
    first = documents[0]
    return _some(f"`{first.id}` treats the system only in part", first.at / "extent")


SHEETS = ("data-card", "training-content-summary")


def _asked_there(model: Component) -> bool:
    """Whether its data is described in a manifest of its own."""
    return model.manifest is not None and model.trained_on is None


def _none_given(look: Look) -> Level | None:
    """Say that data sheets are refused, where that is said."""
    refused = [each for each in look.parts.by_kind.get("data-card", ()) if each.omitted]
    if not refused:
        return None
    return _closed(f"`{refused[0].id}` is {omission(refused[0])}", refused[0].at / "omitted")


def _unnamed(dataset: Component | Level) -> Level:
    """Say that no data sheet of a dataset is named; or what is not known of the data at all."""
    if isinstance(dataset, Level):
        return dataset
    said = f"no data sheet of `{dataset.id}` is named"
    return _silent(said, dataset.at / "data" / "documented_in")


def _documents_of(dataset: Component, sheets: Mapping[str, Component]) -> list[Component]:
    """Return those of `sheets`, which are given by their ids, that the dataset names."""
    named_there = dataset.data.documented_in if dataset.data else ()
    return [sheets[id] for id in dict.fromkeys(named_there) if id in sheets]


def _sheet(sheets: list[Component]) -> Level:
    for each in sheets:
        if each.extent != "partial":
            return _open(*_place(each))
    return _some(f"`{sheets[0].id}` tells only a part", sheets[0].at / "extent")


# -- licenses --------------------------------------------------------------------------------------


def _license(component: Component, terms: tuple[Terms, ...]) -> Level:
    """Say whether a component is under an open license, and further terms take nothing away."""
    if component.omitted is not None:
        return _closed(f"`{component.id}` is {omission(component)}", component.at / "omitted")
    if is_asserted(component):
        own = _open(component.at / "assertion")
    else:
        own = _stated(component.license, f"`{component.id}`", component.at / "license")
    further = [*component.additional_terms, *terms]
    return _least(own, *(_further(each) for each in further))


def _least(*levels: Level) -> Level:
    """Say what holds where each of `levels` is needed."""
    return _together(levels, min)


def _stated(license: str | None, what: str, at: Place) -> Level:
    if license is None:
        return _silent(f"{what} states no license", at)
    if license == "NOASSERTION":
        return _silent(f"nobody looked for the license of {what}", at)
    if license == "NONE":
        return _closed(f"{what} is under no license", at)
    try:
        verdict, reason = judge(parse(license), INDEX_OPEN)
    except LicenseError as error:
        return _silent(f"{what}: {error.message}", at)
    if verdict:
        return _open(at)
    said = f"{what}: {reason.removesuffix('.')}"
    return _unsettled(said, at) if verdict is None else _closed(said, at)


def _further(terms: Terms) -> Level:
    name = f'"{terms.name}"' if terms.name else "a further document"
    at = terms.at / "restricts"
    if terms.restricts is None:
        return _unsettled(f"what {name} restricts is not said", at)
    known = [RESTRICTIONS[each] for each in terms.restricts if each in RESTRICTIONS]
    for each in known:
        if each.standing == RESTRICTIVE:
            return _closed(f"{name} restricts the freedom to {each.freedom}", at)
    for each in known:
        if each.standing != COMPATIBLE:
            return _unsettled(f"whether {name} takes a freedom away is disputed", at)
    return _open()


def _data_licenses(dataset: Component, terms: tuple[Terms, ...]) -> Iterator[Level]:
    """Yield what the terms of a source are worth: of the collection, and of the works in it."""
    data = dataset.data
    if data and data.access == "unshareable":
        yield _closed(f"`{dataset.id}` is unshareable", dataset.at / "data" / "access")
        return
    parts = [each for each in (data.sources if data else ()) if each.license is not None]
    if dataset.license is not None or not parts:
        own = _license(dataset, terms)
        yield _least(own, _contents(dataset)) if own.high > CLOSED else own
    for each in parts:
        name = f"`{each.name}`" if each.name else f"a part of `{dataset.id}`"
        yield _stated(each.license, name, each.at / "license")


def _contents(dataset: Component) -> Level:
    """Say whether the works in a collection are under open terms too."""
    data = dataset.data
    if data is None or data.access == "open" or dataset.omitted is not None:
        return _open()
    if data.contents_license is not None:
        return _stated(
            data.contents_license,
            f"what is in `{dataset.id}`",
            dataset.at / "data" / "contents_license",
        )
    made = data.origin in ("own", "synthetic", "simulated")
    if data.origin == "crawled" or (data.access == "public" and not made):
        return _unsettled(
            f"the license of `{dataset.id}` is that of the collection; of the works in it none is "
            "stated",
            dataset.at / "data" / "contents_license",
        )
    return _open()


# -- answers ---------------------------------------------------------------------------------------

Found = Callable[[Look], Level]


class Grade(NamedTuple):
    """What the index itself says of a parameter."""

    worth: float
    notes: str
    at: Place


def _graded(key: str, look: Look) -> tuple[Grade | None, Remark | None]:
    """Return the index's own grade for a parameter; or a remark on what cannot be one.

    The parameter may be called as the index calls it, or as the rule is called.
    """
    here = look.manifest.extensions.get(EXTENSION)
    written = _spellings(key) & here.keys() if isinstance(here, dict) else set()
    if not isinstance(here, dict) or not written:
        return None, None
    name = max(written)
    at = look.manifest.at / "extensions" / EXTENSION / name
    entry = here[name]
    word = entry.get("class") if isinstance(entry, dict) else None
    if not isinstance(word, str) or word not in CLASSES:
        return None, remark(
            "this is no grade of the index: it knows `class: open`, `partial` and `closed`",
            at=at / "class",
        )
    notes = entry.get("notes")
    return Grade(CLASSES[word], notes if isinstance(notes, str) else "", at), None


def _spellings(key: str) -> set[str]:
    return {key, key.replace("_", "-")}


def _answer(key: str, found: Level, look: Look, *, fix: str) -> Iterator[Remark]:
    """Say what a parameter comes to: by the facts, or where they do not decide, by the grade."""
    grade, illegible = _graded(key, look)
    if illegible:
        yield illegible
    if found.low == found.high:
        if grade and grade.worth != found.low:
            yield remark(
                f"the index itself says `{WORDS[grade.worth]}`{_quoted(grade.notes)}; what is "
                f"declared here comes to {WORDS[found.low]}, and that counts",
                at=grade.at / "class",
            )
        yield from _reckoned(found, found.low, fix)
    elif grade:
        yield _taken(grade, found)
    elif found.low == found.quiet:
        yield from _reckoned(found, found.low, fix)
    else:
        order = (Outcome.UNDETERMINED, Outcome.UNMET, Outcome.PARTIAL, Outcome.UNSTATED)
        yield _telling(undetermined, "not settled", _sorted(found.told, order), fix)


def _reckoned(found: Level, worth: float, fix: str) -> Iterator[Remark]:
    if worth == OPEN:
        return
    order = (Outcome.UNMET, Outcome.PARTIAL, Outcome.UNSTATED, Outcome.UNDETERMINED)
    told = _sorted(found.told, order)
    if worth == SOME:
        yield _telling(partial, "partial", told, fix)
    elif any(each.outcome in (Outcome.UNMET, Outcome.PARTIAL) for each in told):
        yield _telling(unmet, "closed", told, fix)
    else:
        yield _telling(unstated, "counts as closed", told, fix)


def _sorted(told: tuple[Told, ...], order: tuple[Outcome, ...]) -> list[Told]:
    """Give each place once, those first whose outcome comes first in `order`."""
    by_place: dict[str, Told] = {}
    for each in sorted(told, key=lambda each: order.index(each.outcome)):
        by_place.setdefault(each.at.pointer, each)
    return [*by_place.values()]


def _telling(say: Callable[..., Remark], word: str, told: list[Told], fix: str) -> Remark:
    first, *others = told
    reasons = "; ".join(each.said for each in told[:MOST_TOLD])
    more = f"; and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    related = (
        Related(each.said, each.at.pointer, each.at.span) for each in others[: MOST_TOLD - 1]
    )
    return say(f"{word}: {reasons}{more}", at=first.at, fix=fix, related=tuple(related))


def _taken(grade: Grade, found: Level) -> Remark:
    """Report a grade of the index as what it is: its own, and not read from this manifest."""
    message = f"{WORDS[grade.worth]} by the index's own grade, not ours{_quoted(grade.notes)}"
    if not found.low <= grade.worth <= found.high:
        bound = (
            f"at least {WORDS[found.low]}"
            if grade.worth < found.low
            else f"at most {WORDS[found.high]}"
        )
        message += f"; what is declared here comes to {bound}"
    say = {OPEN: remark, SOME: partial, CLOSED: unmet}[grade.worth]
    return say(message, at=grade.at)


def _quoted(notes: str) -> str:
    text = " ".join(notes.split())
    if len(text) > LONGEST_NOTES:
        text = f"{text[:LONGEST_NOTES]}…"
    return f' ("{text}")' if text else ""


# -- the framework ---------------------------------------------------------------------------------

PARAMETERS = (
    "datasources_basemodel",
    "datasources_endmodel",
    "weights_basemodel",
    "weights_endmodel",
    "trainingcode",
    "code",
    "hardware_architecture",
    "preprint",
    "paper",
    "modelcard",
    "datasheet",
    "licenses",
)
"""The parameters, as the index writes them and in its order."""


def _id(parameter: str) -> str:
    """Return the id of the rule on a parameter."""
    return f"osai-index/{parameter.replace('_', '-')}"


def _figures(assessment: Assessment) -> tuple[Figure, ...]:
    """Reckon the mean as the index does, and say what it rests on."""
    worth = {Outcome.MET: OPEN, Outcome.PARTIAL: SOME}
    count = len(assessment.answers)
    total = sum(worth.get(each.outcome, CLOSED) for each in assessment.answers)
    unsettled = sum(each.outcome is Outcome.UNDETERMINED for each in assessment.answers)
    names = {name for key in PARAMETERS for name in _spellings(key)}
    places = {f"/extensions/{EXTENSION}/{name}" for name in names}
    taken = sum(
        any(found.pointer in places for found in each.findings) for each in assessment.answers
    )
    unit = f"of {count}"
    meaning = "the mean over twelve parameters: open 1, partial 0.5, closed or unsaid 0"
    score = Figure("score", total / count, total / count, (total + unsettled) / count, "", meaning)
    meaning = "parameters that only somebody who reads the documents can grade; they count 0"
    left = Figure("undetermined", unsettled, unsettled, unsettled, unit, meaning)
    meaning = "parameters for which a grade of the index itself counts, and not what is declared"
    graded = Figure("graded by the index", taken, taken, taken, unit, meaning)
    return (score, left, graded) if taken else (score, left)


framework = Framework(
    id="osai-index",
    title="European Open Source AI Index",
    version="2026-06-12",
    url="https://osai-index.eu",
    words=(RATED, RATED),
    not_checked=(
        "whether documents are as comprehensive as they say",
        "whether what is at an address is what the manifest says it is",
    ),
    subject=Look.of,
    figures=_figures,
)

README = f"{DATABASE}/readme.md"
DESCRIPTIONS = f"{DATABASE}/_parameters-descriptions.yml"


def asks(quote: str, parameter: str) -> Citation:
    """Cite the criteria of the index."""
    return Citation(quote, f"criteria, {parameter}", README, TEXT)


def grades(quote: str, entry: str, word: str) -> Citation:
    """Cite how the index has graded a system."""
    return Citation(quote, f'entry "{entry}", graded {word}', f"{DATABASE}/", PRACTICE)


MIRROR = Citation(
    "In case a distinction between base (foundation) and end (user) model is not applicable, this "
    "mirrors the end model data entries.",
    "descriptions of the parameters",
    DESCRIPTIONS,
    TEXT,
)
GATED = asks("E.g. gated downloads", "weights, partial")


def _parameter(
    key: str, *, title: str, cites: tuple[Citation, ...], fix: str
) -> Callable[[Found], Rule]:
    """Declare the decorated function, which finds a level, as the rule on a parameter."""

    def declare(find: Found) -> Rule:
        def check(look: Look) -> Iterator[Remark]:
            return _answer(key, find(look), look, fix=fix)

        def shows(look: Look) -> Iterator[Located]:
            found = find(look)
            grade, _ = _graded(key, look)
            if grade and found.low != found.high:
                yield grade.at
            else:
                yield from {each.pointer: each for each in found.shown}.values()

        return framework.rule(
            _id(key).rpartition("/")[2],
            title=title,
            cites=cites,
            fix=fix,
            level=None,
            why=cleandoc(find.__doc__ or ""),
            shows=shows,
        )(check)

    return declare


OPEN_DATA = "trained_on: […]   # and of each dataset: {location: https://…, data: {access: public}}"
ITS_PLACE = "location: https://…   # with availability: ungated"
FULLY = "includes: […], extent: full"


@_parameter(
    "datasources_basemodel",
    title="All data that the base model was trained on is open for inspection",
    cites=(
        asks(
            "Are datasources for training the base model comprehensively documented and freely "
            "made available?",
            "Datasources Basemodel",
        ),
        asks(
            "Some of the training data sources of base large language model are open for "
            "inspection or shared.",
            "Datasources Basemodel, partial",
        ),
        MIRROR,
    ),
    fix=OPEN_DATA,
)
def datasources_basemodel(look: Look) -> Level:
    """All sources shared are open, some are partial, none is closed; licenses play no part.

    Only what can be had counts: data that was withdrawn does not, and of data behind a gate or for
    a fee the index does not speak.
    """
    return _data(look.pretrained, look, unknown=look.unknown)


@_parameter(
    "datasources_endmodel",
    title="All data that the end model was tuned on is open for inspection",
    cites=(
        asks(
            "Are datasources for training the model that the enduser interacts with "
            "comprehensively documented and freely made available?",
            "Datasources Endmodel",
        ),
        asks(
            "Some of the training data sources of end large language model are open for "
            "inspection or shared.",
            "Datasources Endmodel, partial",
        ),
    ),
    fix=OPEN_DATA,
)
def datasources_endmodel(look: Look) -> Level:
    """The end model is the one people use: what nothing else in the release derives from.

    What was made of a base without learning anything has the data of its base.
    """
    if all(is_mechanical(each) and not each.trained_on for each in look.tuned):
        return _data(look.pretrained, look, unknown=look.unknown)
    return _data(look.tuned, look)


@_parameter(
    "weights_basemodel",
    title="The weights of the base model are freely available",
    cites=(
        asks("Are the weights of the base models made freely available?", "Weights basemodel"),
        asks(
            "Weights of the base model are partially/not fully shared.",
            "Weights basemodel, partial",
        ),
        GATED,
        MIRROR,
    ),
    fix=ITS_PLACE,
)
def weights_basemodel(look: Look) -> Level:
    """What a model starts from may be somebody else's; the index grades it all the same.

    How one gets weights counts, and not their license: open are those under a non-commercial
    license too, and only partial those under Apache-2.0 behind a gate.
    """
    return _weights(look.bases, look, unknown=look.unknown)


@_parameter(
    "weights_endmodel",
    title="The weights of the end model are freely available",
    cites=(
        asks(
            "Are the weights of the model that the enduser interacts with made freely available?",
            "Weights endmodel",
        ),
        asks(
            "Weights of the user-facing end model are partially/not fully shared.",
            "Weights endmodel, partial",
        ),
        GATED,
        grades(
            "Instruction-tuned model formerly made available through HuggingFace, now taken down",
            "Geitje",
            "closed",
        ),
    ),
    fix=ITS_PLACE,
)
def weights_endmodel(look: Look) -> Level:
    """How one gets weights counts, and not their license.

    Open are those under a non-commercial license too, and only partial those under Apache-2.0
    behind a gate. What was taken down is closed.
    """
    return _weights(look.ends, look)


@_parameter(
    "trainingcode",
    title="The code that processed the data and trained the model is freely available",
    cites=(
        asks(
            "Is the source code of datasource processing, model training and tuning "
            "comprehensively and freely made available?",
            "Training Code",
        ),
        asks("Some source code is open.", "Training Code, partial"),
    ),
    fix="training-code: {location: https://…}   # and data-preprocessing-code",
)
def trainingcode(look: Look) -> Level:
    """Code of training and code of data processing, both in full, are open; one is partial.

    Where the data was used as it came there is no code to ask for, and `notes` say so.
    """
    levels = [_code_of(kind, look.parts) for kind in ("training-code", "data-preprocessing-code")]
    return _together(each for each in levels if each is not None)


@_parameter(
    "code",
    title="The code is comprehensively documented",
    cites=(
        asks(
            "Is the source code of datasource processing, model training and tuning "
            "comprehensively documented?",
            "Code Documentation",
        ),
        asks(
            "Some components of the system features code documentation, but not every step of base "
            "and/or end model training and tuning is documented",
            "Code Documentation, partial",
        ),
    ),
    fix="documentation: {includes: [code], extent: full, location: https://…}",
)
def code(look: Look) -> Level:
    """Whether documentation is comprehensive only its readers can tell, or who wrote it.

    Code that is given may be documented where it is: then the answer is undetermined, until a
    document is said to treat the code in full or in part.
    """
    return _treated("code", look, what="the code", may=CODE)


@_parameter(
    "hardware_architecture",
    title="The hardware that was used is comprehensively documented",
    cites=(
        asks(
            "Is the hardware architecture used for datasource processing and model training "
            "comprehensively documented?",
            "Hardware Architecture Documentation",
        ),
        asks(
            "System architecture and model training setup is partially documented.",
            "Hardware Architecture Documentation, partial",
        ),
    ),
    fix="technical-report: {includes: [hardware], extent: full, location: https://…}",
)
def hardware_architecture(look: Look) -> Level:
    """The machines that processed the data and trained the model, documented in any document."""
    return _treated("hardware", look, what="the hardware", may=DOCUMENTS)


@_parameter(
    "preprint",
    title="An archived paper details all major parts of the system",
    cites=(
        asks(
            "Archived preprint(s) are available that detail all major parts of the system "
            "including datasource processing, model training and tuning steps.",
            "Preprint, open",
        ),
        asks("No archived preprint(s) available.", "Preprint, closed"),
        Citation(
            "Archived preprint(s) that detail some parts of the system including datasource "
            "processing, model training and tuning steps.",
            "criteria, Preprint, partial; the major parts are here what a report or paper includes "
            "of `data-card`, `training` and, where there is a base, `fine-tuning`",
            README,
            OUR_READING,
        ),
    ),
    fix="technical-report: {includes: [training, data-card, fine-tuning], location: https://…}",
)
def preprint(look: Look) -> Level:
    """A report counts whether or not peers have reviewed it; what it treats, `includes` says.

    What it does not say it treats it may treat all the same, and only its readers can tell.
    """
    kinds = ("technical-report", "research-paper")
    found = _readable(each for kind in kinds for each in look.parts.by_kind.get(kind, ()))
    found = [*{each.id: each for each in found}.values()]
    if not found:
        return _unreadable(kinds, "technical report or paper", look)
    return _covering(found, ("training", "data-card"), look)


@_parameter(
    "paper",
    title="A peer-reviewed paper details all major parts of the system",
    cites=(
        asks(
            "Are peer-reviewed scientific publications available that detail all major parts of "
            "the system including datasource processing, model training and tuning steps?",
            "Paper",
        ),
        asks("No peer-reviewed paper(s) available.", "Paper, closed"),
        grades("Paper under peer review", "Apertus", "closed"),
    ),
    fix="research-paper: {peer_reviewed: true, includes: [training, data-card], location: https://…}",
)
def paper(look: Look) -> Level:
    """Only a paper that peers have reviewed counts, which `peer_reviewed` says."""
    found = _readable(look.parts.by_kind.get("research-paper", ()))
    if not found:
        return _unreadable(("research-paper",), "paper", look)
    if reviewed := [each for each in found if each.peer_reviewed]:
        return _covering(reviewed, ("training", "data-card"), look)
    for each in found:
        if each.peer_reviewed is None:
            return _unsettled(
                f"whether `{each.id}` was reviewed by peers is not said", each.at / "peer_reviewed"
            )
    return _closed(f"`{found[0].id}` was not reviewed by peers", found[0].at / "peer_reviewed")


@_parameter(
    "modelcard",
    title="A model card gives comprehensive insight into the model",
    cites=(
        asks(
            "Model card(s) are available that provide comprehensive insight on model "
            "architecture, training, fine-tuning, and evaluation are available.",
            "Model card, open",
        ),
        asks(
            "Model card(s) that provide partial insight on model architecture, training, "
            "fine-tuning, and evaluation are available.",
            "Model card, partial",
        ),
        grades("Model card primarily contains usage instructions.", "dots.llm1", "closed"),
    ),
    fix="model-card: {includes: [architecture, training, evaluation-results], location: https://…}",
)
def modelcard(look: Look) -> Level:
    """That there is a card is not enough: the index has graded cards without insight as closed."""
    found = _readable(look.parts.by_kind.get("model-card", ()))
    if not found:
        return _unreadable(("model-card",), "model card", look)
    return _covering(found, ("architecture", "training", "evaluation-results"), look)


@_parameter(
    "datasheet",
    title="Every source of data has a data sheet, or a summary of training content is published",
    cites=(
        asks(
            'Is a datasheet as defined in "Datasheets for Datasets" (Gebru et al. 2021) available?',
            "Datasheet",
        ),
        asks(
            "Datasheet(s) that provide partial insight on data collection and curation are "
            "available.",
            "Datasheet, partial",
        ),
        grades("Article 53 (1)(d) training data summary found.", "Bria", "open"),
    ),
    fix="documented_in: [data-card]   # under `data`, of each dataset",
)
def datasheet(look: Look) -> Level:
    """Data sheets of all sources are open, of some partial; one summary may stand for all.

    A sheet counts in full unless it says `extent: partial`; whether it keeps to a standard is not
    checked.
    """
    sheets = _readable(each for kind in SHEETS for each in look.parts.by_kind.get(kind, ()))
    summary = [each for each in sheets if "training-content-summary" in each.kinds]
    found = list(_datasets((each for each in look.trained if not _asked_there(each)), look))
    datasets = [each for each in found if isinstance(each, Component)]
    by_id = {each.id: each for each in sheets}
    theirs = {each.id: _documents_of(each, by_id) for each in datasets}
    claimed = {sheet.id for each in theirs.values() for sheet in each}
    loose = [each for id, each in by_id.items() if id not in claimed]
    if len(datasets) == 1 and len(found) == 1 and loose and not claimed:
        theirs[datasets[0].id], loose = loose, []
    levels = [_by_its_own(each, "datasheet", look) for each in look.bases if _asked_there(each)]
    levels += look.unknown
    for each in found:
        own = theirs[each.id] if isinstance(each, Component) else []
        if summary or own:
            levels.append(_sheet(summary or own))
        elif loose:
            said = f"which data `{loose[0].id}` describes is not said"
            levels.append(_unsettled(said, loose[0].at / "includes"))
        else:
            levels.append(_none_given(look) or _unnamed(each))
    return _together(levels) if levels else _nowhere(look)


@_parameter(
    "licenses",
    title="Weights, training code and all data are under open licenses",
    cites=(
        asks(
            "at least two (partially or fully) of model weights, training code, and training data",
            "Licenses, partial",
        ),
        Citation(
            "Is the project fully covered by Open Source Initiative (OSI)-approved licenses, "
            "including all data sources and training pipeline code?",
            "descriptions of the parameters; since March 2026 the criteria ask for open licenses "
            "instead, and do not define the word: here it is what grants the four freedoms",
            DESCRIPTIONS,
            OUR_READING,
        ),
    ),
    fix="license: …   # an open one, for weights, code and each source of data",
)
def licenses(look: Look) -> Level:
    """All three are open; two of them, be it in part, are partial; less is closed.

    The license of a collection of web pages does not cover the pages: what it holds has its own,
    in `contents_license`, and without that the answer is undetermined.
    """
    terms = look.manifest.release.additional_terms
    models = {each.id: each for each in (*look.ends, *look.bases)}.values()
    weights = [_license(each, terms) for each in models]
    code = [
        _license(each, terms)
        for each in {
            each.id: each
            for kind in ("training-code", "data-preprocessing-code")
            for each in look.parts.by_kind.get(kind, ())
            if each.omitted not in ("not-applicable", "not-produced")
        }.values()
    ]
    data = [
        each if isinstance(each, Level) else _together(_data_licenses(each, terms))
        for each in _datasets(look.trained, look)
    ]
    data += look.unknown
    absent = look.parts.absent
    return _together(
        (
            _together((*weights, *look.unknown)) if weights else _nowhere(look),
            _together(code)
            if code
            else _silent("no training code is given", absent("training-code")),
            _together(data) if data else _nowhere(look),
        ),
        _two_of_three,
    )
