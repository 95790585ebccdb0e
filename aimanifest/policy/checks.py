"""What a rule of a policy may check: a closed vocabulary, each word a function here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from aimanifest import frameworks
from aimanifest.data import spdx
from aimanifest.findings import (
    NotApplicable,
    Outcome,
    Remark,
    remark,
    undetermined,
    unmet,
    unstated,
)
from aimanifest.licenses import COMPATIBLE, RESTRICTIONS, Group, Judgement, Notion
from aimanifest.licenses.notions import MEASURES
from aimanifest.licenses.osi import BREAKING, DEDICATIONS, DOUBTFUL, MODEL_LICENSES, OPEN_CONTENT
from aimanifest.manifest import DATASET_KINDS, Component, Terms
from aimanifest.placeholders import says_none
from aimanifest.policy.asking import (
    SIMULATORS,
    TRAINING_DATA,
    Asked,
    Holder,
    answers_elsewhere,
    nobody,
    select,
    unlisted,
)
from aimanifest.rules import COMPLETE, FAULTS, MISSING
from aimanifest.system import Remedy, imposed, is_asserted, judged, named, omission

Told = Iterator[Remark | NotApplicable]
Check = Callable[[Asked], Told]

NOTIONS: Mapping[str, Notion] = {each.notion.id: each.notion for each in MEASURES}
"""The measures of licenses that a policy may name, by their ids."""


class Terse(NamedTuple):
    """What every check needs of its rule: its id, whom it asks, what to do, and for whom it is."""

    id: str
    of: tuple[str, ...]
    fix: str
    people: str


Maker = Callable[[Terse, Any], Check]


def check_of(rule: Terse, word: str, wanted: Any) -> Check:
    """Return the check `word` of the vocabulary, with what the policy wants by it."""
    check = MAKERS[word](rule, wanted)
    return _for_people(rule, check, _focus(word, wanted)) if rule.people else check


def _for_people(rule: Terse, check: Check, field: str) -> Check:
    """Leave to people what a check has nothing to say against."""

    def judge(asked: Asked) -> Told:
        told = list(check(asked))
        yield from told
        if any(isinstance(each, Remark) and each.outcome in FAULTS for each in told):
            return
        holder = next(
            (each for each in select(asked, rule.of, "") if isinstance(each, Holder)), None
        )
        if holder is not None:
            at = holder.place(field)
            if TRAINING_DATA in rule.of and asked.parts.trained:
                at = asked.parts.trained[0].at / "trained_on"
            yield undetermined(f"only people can judge whether {rule.people}", at=at, fix=rule.fix)

    return judge


def _each(
    rule: Terse, one: Callable[[Asked, Holder], Iterator[Remark]], *, patient: bool = False
) -> Check:
    """Put `one` to everybody whom the rule asks; what holds for all of them is said once.

    With `patient`, who keeps silent, or is withheld, leaves the case undetermined.
    """

    def check(asked: Asked) -> Told:
        said: set[tuple[str, str]] = set()
        for each in select(asked, rule.of, rule.id):
            if isinstance(each, Remark) and patient:
                yield each._replace(outcome=Outcome.UNDETERMINED)
                continue
            if not isinstance(each, Holder):
                yield each
                continue
            for found in one(asked, each):
                what = (found.at.pointer, found.message)
                if what not in said:
                    said.add(what)
                    yield found

    return check


# -- fields ----------------------------------------------------------------------------------------


def _states(rule: Terse, fields: list[str]) -> Check:
    def one(_: Asked, holder: Holder) -> Iterator[Remark]:
        for field in fields:
            if lack := holder.lacks(field):
                if holder.elsewhere and holder.says(field) is None:
                    continue
                yield unstated(lack, at=holder.place(field), fix=_line(field, holder))

    return _each(rule, one)


def _line(field: str, holder: Holder | None = None) -> str:
    """Write the line of YAML in which a field would be stated."""
    if holder is not None and holder.place(field).steps[-1:] == ("location",):
        field = "place"
    key = "location" if field == "place" else field.rpartition(".")[2]
    return f"{key}: …" + ("   # or `path`, in the release" if field == "place" else "")


def _value(rule: Terse, wanted: dict[str, Any]) -> Check:
    field = wanted["field"]
    accepts, refuses = wanted.get("accepts"), wanted.get("refuses")

    def one(_: Asked, holder: Holder) -> Iterator[Remark]:
        if lack := holder.lacks(field):
            if accepts is not None and not (holder.elsewhere and holder.says(field) is None):
                fix = _line(field, holder)
                hint = "" if "#" in fix else f"   # accepted: {', '.join(accepts)}"
                yield unstated(lack, at=holder.place(field), fix=fix + hint)
            return
        for value in words_of(holder.says(field)):
            if value in (accepts or ()):
                continue
            said = f"{holder.name} has `{field}: {value}`"
            if refuses is None or value in refuses:
                yield unmet(f"{said}, which is not accepted", at=holder.place(field), fix=rule.fix)
            elif accepts is not None:
                yield undetermined(
                    f"{said}, which is neither accepted nor refused",
                    at=holder.place(field),
                    fix=rule.fix,
                )

    return _each(rule, one)


def words_of(value: Any) -> list[str]:
    """Return a value, or the values in a list, as they are compared: as text."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, list):
        return [word for each in value for word in words_of(each)]
    return [] if isinstance(value, dict) or value is None else [str(value)]


def _forbids(rule: Terse, wanted: dict[str, list[str]]) -> Check:
    def one(_: Asked, holder: Holder) -> Iterator[Remark]:
        said = {each: set(words_of(holder.says(each))) & {*wanted[each]} for each in wanted}
        if all(said.values()):
            last = list(said)[-1]
            told = " and ".join(
                f"`{field}: {', '.join(sorted(words))}`" for field, words in said.items()
            )
            yield unmet(
                f"{holder.name} has {told}, which is not accepted",
                at=holder.place(last),
                fix=rule.fix,
            )

    return _each(rule, one)


def _remarks(rule: Terse, wanted: dict[str, str]) -> Check:
    field, text = wanted["field"], wanted["text"]

    def one(_: Asked, holder: Holder) -> Iterator[Remark]:
        if holder.says(field) is not None:
            yield remark(f"{holder.name}: {text}", at=holder.place(field))

    def check(asked: Asked) -> Told:
        for each in select(asked, rule.of, rule.id):
            if isinstance(each, Holder):  # who is not there, or says nothing, gives no cause
                yield from one(asked, each)

    return check


# -- licenses --------------------------------------------------------------------------------------


_NOTHING_ELSE = Notion(
    id="accepted",
    title="The license is one of those that the policy accepts",
    cites=(),
    groups=(),
    breaking=BREAKING,
    doubtful=DOUBTFUL,
    listed=Judgement(verdict=False, reason="{name} is none of the licenses that are accepted."),
    unlisted=Judgement(verdict=False, reason="{name} is none of the licenses that are accepted."),
    unknown="{name} is none of the licenses that are accepted.",
)


def _license(rule: Terse, accepted: list[str]) -> Check:
    ids = frozenset(each for each in accepted if each not in NOTIONS)
    listed = Group(ids, verdict=True, reason="{name} is accepted.")
    notions = [NOTIONS[each] for each in accepted if each in NOTIONS] or [_NOTHING_ELSE]
    notions = [
        each._replace(id=f"{rule.id}:{each.id}", groups=(listed, *each.groups)) for each in notions
    ]
    closed = len(ids) == len(accepted)
    remedy = Remedy(
        "license: …   # the SPDX id of the license that it is under",
        rule.fix,
        "Ask whoever keeps the policy.",
    )

    def one(asked: Asked, holder: Holder) -> Iterator[Remark]:
        text = holder.says("license")
        if holder.elsewhere and text is None:
            return
        at = holder.place("license")
        if holder.component is not None and is_asserted(holder.component):
            yield undetermined(
                f"{holder.name} is free for all by an assertion and not by a license, of which "
                "the policy says nothing",
                at=at,
            )
        else:
            tries = [list(judged(text, each, remedy, what=holder.name, at=at)) for each in notions]
            for each in min(tries, key=_worst):
                closing = closed and each.outcome is Outcome.UNDETERMINED
                yield each._replace(outcome=Outcome.UNMET, fix=rule.fix) if closing else each
        for terms, on in _terms_on(asked, holder):
            yield from imposed(terms, notions[0], on=on)

    return _each(rule, one)


def _worst(remarks: Iterable[Remark]) -> int:
    return max((each.outcome.rank for each in remarks if each.outcome), default=0)


def _terms_on(asked: Asked, holder: Holder) -> Iterator[tuple[Terms, str]]:
    """Give the terms that come on top of a license, and what they hold for."""
    for terms in holder.component.additional_terms if holder.component else ():
        yield terms, holder.name
    for terms in asked.manifest.release.additional_terms:
        yield terms, "the release"


def _without_terms(rule: Terse, words: list[str]) -> Check:
    light = any(RESTRICTIONS[each].standing == COMPATIBLE for each in words)
    free = Group(
        frozenset() if light else spdx.OSI_APPROVED | OPEN_CONTENT | DEDICATIONS | MODEL_LICENSES,
        verdict=True,
        reason="{name} has no such terms.",
    )
    notion = Notion(
        id=f"{rule.id}:terms",
        title="The terms restrict in none of these ways",
        cites=(),
        groups=(free,),
        breaking=frozenset(words),
        doubtful=frozenset(),
        listed=Judgement(verdict=None, reason="All that {name} restricts is not known here."),
        unlisted=Judgement(verdict=True, reason="{name} has no such terms."),
        narrow=True,
    )
    remedy = Remedy(
        "license: …   # the SPDX id of the license that it is under",
        rule.fix,
        "Ask whoever keeps the policy.",
    )

    def one(asked: Asked, holder: Holder) -> Iterator[Remark]:
        for text, field, what in _statements(holder):
            yield from judged(text, notion, remedy, what=what, at=holder.place(field))
        for terms, on in _terms_on(asked, holder):
            yield from imposed(terms, notion, on=on)

    return _each(rule, one, patient=bool(rule.people))


def _statements(holder: Holder) -> Iterator[tuple[str | None, str, str]]:
    """Give each license that bears on a component, its field, and what it is the license of.

    Of a dataset, what is not stated is left out: there `states` asks for it. Nor does its own
    publisher need a license.
    """
    license = holder.says("license")
    component = holder.component
    if component is None or component.kinds.isdisjoint(DATASET_KINDS):
        if license is not None or not holder.elsewhere:
            yield license, "license", holder.name
        return
    if license == "NONE" and holder.says("data.origin") == "own":
        license = None
    stated = {"license": license, "data.contents_license": holder.says("data.contents_license")}
    for field, text in stated.items():
        if text not in (None, "NOASSERTION"):
            works = holder.name if field == "license" else f"the works in {holder.name}"
            yield text, field, works
    for index, each in enumerate(component.data.sources if component.data else ()):
        if each.license not in (None, "NOASSERTION"):
            what = f"`{each.name}` in {holder.name}" if each.name else f"a source of {holder.name}"
            yield each.license, f"data.sources.{index}.license", what


# -- what is given ---------------------------------------------------------------------------------


def _given(rule: Terse, how: str) -> Check:
    def check(asked: Asked) -> Told:
        kinds = {word: asked.of_kind(word) for word in rule.of}
        found = {each.id: each for some in kinds.values() for each in some}
        faults = {each.id: list(_withheld(each, rule.fix)) for each in found.values()}
        if how == "one" and any(not each for each in faults.values()):
            return
        missing = [word for word, some in kinds.items() if not some]
        missing = missing if how == "each" else missing[:1] if not found else []
        for word in (each for each in (TRAINING_DATA, SIMULATORS) if each in kinds):
            untold = list(unlisted(asked, word, rule.id))
            yield from untold
            if not kinds[word] and not untold:
                yield nobody(word)
        missing = [each for each in missing if each not in (TRAINING_DATA, SIMULATORS)]
        if missing and asked.parts.foreign and asked.parts.mechanical:
            yield from answers_elsewhere(asked, rule.id)
            missing = []
        for word in missing:
            wanted = f"`{word}`" if how == "each" else " or ".join(f"`{each}`" for each in rule.of)
            yield unstated(
                f"no component is of kind {wanted}",
                at=asked.parts.absent(word),
                fix=f"{word}: {{license: …, location: https://…}}",
            )
        for each in faults.values():
            yield from each

    return check


def _withheld(component: Component, fix: str) -> Iterator[Remark]:
    """Say what keeps anybody from having all of a component."""
    name = f"`{component.id}`"
    if component.omitted is not None:
        yield unmet(f"{name} is {omission(component)}", at=component.at / "omitted", fix=fix)
        return
    if component.extent == "partial":
        yield unmet(f"only a part of {name} is given", at=component.at / "extent", fix=fix)
    if component.availability not in (None, "ungated"):
        told = _NOT_FOR_ALL[component.availability]
        yield unmet(f"{name} {told}", at=component.at / "availability", fix=fix)
    elif not component.placed:
        yield unstated(
            f"{name} has no place where one could get it",
            at=component.at / "location",
            fix=_line("place"),
        )


_NOT_FOR_ALL = {
    "gated": "is behind a gate: one must sign in or accept conditions first",
    "on-request": "is given on request, which may be refused",
    "paid": "must be paid for",
    "withdrawn": "was withdrawn",
}


# -- the release as a whole ------------------------------------------------------------------------


def _claims(_: Terse, wanted: list[str]) -> Check:
    def check(asked: Asked) -> Told:
        at = asked.manifest.release.at / "claims"
        made = [each for each in enumerate(asked.manifest.release.claims) if each[1] in wanted]
        if not made:
            yield unstated(
                f"the release claims none of {', '.join(f'`{each}`' for each in wanted)}",
                at=at,
                fix="claims: […]   # what is so; each claim is checked",
            )
        for index, claim in made:
            id, _, level = claim.partition(":")
            verdict = asked.assessment(frameworks.load(id)).verdict(level or None)
            if verdict is not COMPLETE:
                yield unmet(
                    f"the release claims `{claim}`, and its manifest is {verdict.word} by it",
                    at=at / index,
                    fix=f"Mend what `{id}` reports, or take the claim out.",
                )

    return check


def _rebuilds(rule: Terse, relations: list[str]) -> Check:
    def check(asked: Asked) -> Told:
        bases = asked.parts.bases
        weights = (each for each in asked.parts.weights if each.omitted is None)
        last = [each for each in weights if each.id not in bases]
        for each in last:
            yield from _rebuilt(asked, each, relations, rule.fix)
        if not last:
            yield NotApplicable("no weights are given")

    return check


def _rebuilt(asked: Asked, weights: Component, relations: list[str], fix: str) -> Iterator[Remark]:
    """Say what is missing to make these weights again from their original."""
    components = asked.manifest.components
    originals = [id for id, relation in weights.derived_from.items() if relation in relations]
    if not originals:
        words = " or ".join(f"`{each}`" for each in relations)
        yield unstated(
            f"`{weights.id}` does not say from what original it was made, by {words}",
            at=weights.at / "derived_from",
            fix=f"derived_from: {{…: {relations[0]}}}   # the id of the original, a component too",
        )
        return
    for id in originals:
        base = components.get(id)
        if base is None:
            yield unstated(
                f"`{id}`, from which `{weights.id}` was made, is not described",
                at=weights.at / "derived_from" / id,
            )
        elif not base.placed:
            yield unstated(
                f"`{id}`, from which `{weights.id}` was made, has no place",
                at=base.at / "location",
                fix=_line("place"),
            )
        elif base.location is not None and base.revision is None and not base.checksums:
            yield unstated(
                f"`{id}`, from which `{weights.id}` was made, has neither a revision nor "
                "checksums: what is at its location may change",
                at=base.at / "revision",
                fix=_line("revision"),
            )
    makers = named(weights.produced_by or (), asked.manifest)
    makers = tuple(each for each in makers if "conversion-code" in each.kinds)
    if not makers:
        yield unstated(
            f"`{weights.id}` does not say by which `conversion-code` it was made",
            at=weights.at / "produced_by",
            fix="produced_by: […]   # the conversion code, a component too",
        )
    for each in makers:
        yield from _withheld(each, fix)


def _discloses(rule: Terse, rules: list[str]) -> Check:
    prefix = rule.id.partition("/")[0]
    ids = [f"{prefix}/{each}" for each in rules]

    def check(asked: Asked) -> Told:
        at = asked.release.place("limitations")
        fix = "limitations: …what cannot be audited or verified…"
        if lack := asked.release.lacks("limitations"):
            yield unstated(lack, at=at, fix=fix)
        elif not has_limitations(asked):
            for each in asked.framework.rules:
                outcome = each.answer(asked).outcome if each.id in ids else Outcome.MET
                if outcome in MISSING:
                    yield unmet(
                        f"the limitations are said to be none, and `{each.id}` is {outcome.value}",
                        at=at,
                        fix=fix,
                    )

    return check


def has_limitations(asked: Asked) -> bool:
    """Whether the release states limitations, and not that there are none."""
    text = asked.release.says("limitations")
    if not isinstance(text, str) or asked.release.lacks("limitations"):
        return False
    return not says_none(text.casefold())


def disclosable(check: Check) -> Check:
    """Leave to people what `check` misses, where the release states limitations."""

    def judge(asked: Asked) -> Told:
        for each in check(asked):
            if isinstance(each, Remark) and each.outcome in MISSING and has_limitations(asked):
                message = f"{each.message}; whether the limitations tell of it, people have to read"
                yield each._replace(outcome=Outcome.UNDETERMINED, message=message)
            else:
                yield each

    return judge


# -- the vocabulary --------------------------------------------------------------------------------

MAKERS: Mapping[str, Maker] = {
    "given": _given,
    "states": _states,
    "value": _value,
    "forbids": _forbids,
    "license": _license,
    "without_terms": _without_terms,
    "claims": _claims,
    "rebuilds": _rebuilds,
    "discloses": _discloses,
    "remarks": _remarks,
}
"""What makes each check, by its word."""

OF_THE_RELEASE = frozenset({"claims", "rebuilds", "discloses"})
"""The checks that nobody is named for: they ask the release as a whole."""

OF_COMPONENTS = frozenset({"given", "license", "without_terms"})
"""The checks that only components answer."""

FIXES: Mapping[str, str] = {
    "given": "Give it to everybody, and write its place.",
    "states": "State the fields that the rule names.",
    "value": "Use what the policy accepts.",
    "forbids": "Use what the policy accepts.",
    "license": "Release it under a license that is accepted; if it is not yours, use another.",
    "without_terms": "Release it under other terms; if it is not yours, use another.",
    "claims": "claims: […]   # what is so; each claim is checked",
    "rebuilds": "Name the original, its revision, and the code that made these weights of it.",
    "discloses": "limitations: …what cannot be audited or verified…",
    "remarks": "Nothing is to be done.",
}
"""What to do about a fault of each check, where the policy does not say."""


def _focus(word: str, wanted: Any) -> str:
    """Return the field at which to ask people about what `word` has nothing to say against."""
    if word in ("value", "remarks"):
        return str(wanted["field"])
    if word in ("states", "forbids"):
        return str(next(iter(wanted)))
    return {"license": "license", "without_terms": "license", "given": "place"}[word]
