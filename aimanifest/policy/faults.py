"""What is wrong with a policy that its schema cannot see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any

from aimanifest import frameworks
from aimanifest.data import spdx
from aimanifest.document import Place
from aimanifest.findings import Finding, Located, Outcome
from aimanifest.licenses import license_ids
from aimanifest.policy.asking import BY_CONTENT, COMPONENT, METADATA, RELEASE, SIMULATORS, WORDS
from aimanifest.policy.checks import MAKERS, NOTIONS, OF_COMPONENTS, OF_THE_RELEASE
from aimanifest.policy.compilation import Compiled, Written, all_required, full, needed
from aimanifest.policy.waivers import NAME as WAIVERS
from aimanifest.schemas import Schema, load

RESERVED = ("document", "schema", "claims", "policy")
"""What stands before the slash in the ids of rules that are of no framework."""

CORE = "core"

Faults = Iterator[Finding]


def trouble(message: str, *, at: Located, fix: str = "") -> Finding:
    """Return a fault of a policy, where it stands in the file."""
    return Finding("policy/right", Outcome.UNMET, message, at.pointer, at.span, fix)


def faults(written: Written, base: Compiled) -> tuple[Finding, ...]:
    """Return what is wrong with a policy whose file fits the schema, in its order.

    `base` is the one that it extends.
    """
    found = _Faults(written, base).all()
    return tuple(sorted(found, key=lambda each: (each.span, each.pointer)))


class _Faults:
    """What is wrong with a policy that its schema cannot see."""

    def __init__(self, written: Written, base: Compiled) -> None:
        self._data: dict[str, Any] = written.document.data
        self._at = written.document.place()
        self._base = base

    def all(self) -> Faults:
        """Give every fault."""
        yield from self._head()
        right = list(self._requirements())
        yield from right
        for name, rule in self._data.get("rules", {}).items():
            yield from self._rule(name, rule)
        if right:  # which rules there are is not known
            return
        yield from self._softenings()
        yield from self._waivers()

    def _head(self) -> Faults:
        id = self._data["id"]
        if id in RESERVED or _is_framework(id):
            yield trouble(
                f"`{id}` is the id of something else: no policy may have it",
                at=self._at / "id",
                fix="Write an id that is your own, such as the name of your organisation.",
            )
        if self._base.rules and self._base.rules[-1].id.startswith(f"{id}/"):
            yield trouble(
                f"`{id}` is the id of the policy that is extended, too",
                at=self._at / "id",
                fix="Write an id that is your own.",
            )
        if not any(self._data.get(key) for key in ("requires", "rules", "extends")):
            yield trouble(
                "the policy asks for nothing",
                at=self._at.key,
                fix="requires: [osaid-1.0]",
            )

    def _requirements(self) -> Faults:
        seen: set[str] = set()
        for index, each in enumerate(self._data.get("requires", ())):
            at = self._at / "requires" / index
            id = each.partition(":")[0]
            yield from _claim_faults(each, at)
            if id == CORE:
                yield trouble("`core` is asked of every manifest", at=at, fix="Take it out.")
            if id in seen:
                yield trouble(
                    f"`{id}` is required twice", at=at, fix="Keep the harder level of the two."
                )
            seen.add(id)

    def _rule(self, name: str, rule: dict[str, Any]) -> Faults:
        at = self._at / "rules" / name
        if name == WAIVERS:
            yield trouble(
                f"`{WAIVERS}` is the rule that asks whether waivers hold",
                at=at.key,
                fix="Write another name.",
            )
        words = [each for each in MAKERS if each in rule]
        if len(words) != 1:
            told = f"both `{words[0]}` and `{words[1]}`" if words else "no check"
            yield trouble(
                f"the rule has {told}: a rule has one",
                at=(at / words[1]).key if words else at,
                fix="Make two rules of it." if words else f"Write one of {_listed(MAKERS)}.",
            )
            return
        (word,) = words
        for key in ("of", word):
            if key in rule and rule[key] in ([], {}):
                yield trouble(f"`{key}` is empty", at=at / key, fix="Fill it in.")
                return
        yield from self._of(rule, word, at)
        yield from _CHECKED[word](self._data, rule, at / word)

    def _of(self, rule: dict[str, Any], word: str, at: Place) -> Faults:
        if word in OF_THE_RELEASE:
            for key in ("of", "people"):
                if key in rule:
                    yield trouble(
                        f"`{word}` asks the release as a whole, and has no `{key}`",
                        at=(at / key).key,
                        fix=f"Take `{key}` out.",
                    )
            return
        if "of" not in rule:
            yield trouble(
                f"`{word}` does not say whom it asks",
                at=at / "of",
                fix="of: [weights]",
            )
        for index, each in enumerate(rule.get("of", ())):
            here = at / "of" / index
            if each not in WORDS:
                yield trouble(
                    f"`{each}` is nothing that a rule can ask{_hint(each, WORDS)}",
                    at=here,
                    fix=f"Write a kind of components, or one of {_listed(_BESIDES)}.",
                )
            elif word in OF_COMPONENTS and each in (RELEASE, METADATA):
                yield trouble(
                    f"`{word}` asks components, and `{each}` is none",
                    at=here,
                    fix="Name kinds of components.",
                )
        if "people" in rule and word == "remarks":
            yield trouble(
                "`remarks` is no check, so nothing is left to people",
                at=(at / "people").key,
                fix="Take `people` out.",
            )

    def _softenings(self) -> Faults:
        taken = {rule.id for id, level in self._all_required.items() for rule in needed(id, level)}
        taken |= {each.id for each in self._base.rules}
        seen = dict(self._base.softened)
        for index, each in enumerate(self._data.get("softens", ())):
            at = self._at / "softens" / index / "rule"
            rule = each["rule"]
            if rule not in taken:
                yield trouble(
                    f"`{rule}` is no rule of what this policy requires or extends"
                    f"{_hint(rule, taken)}",
                    at=at,
                    fix="Write the id of a rule as `aimanifest rules` gives it; of a rule of your "
                    "own, write `counts: false` instead.",
                )
            elif rule in seen:
                yield trouble(f"`{rule}` is softened twice", at=at, fix="Take one of the two out.")
            seen[rule] = ""

    def _waivers(self) -> Faults:
        own = {f"{self._data['id']}/{name}": each for name, each in self._rules.items()}
        counting = {id for id, each in own.items() if each.get("counts", True)}
        counting |= {each.id for each in self._base.rules if each.level is not None}
        counting |= {
            rule.id for id, level in self._all_required.items() for rule in needed(id, level)
        }
        soft = {each["rule"] for each in self._data.get("softens", ())}
        soft |= {id for id, _ in self._base.softened}
        beside = {id for id in own if id not in counting}
        beside |= {each.id for each in self._base.rules if each.level is None}
        given: set[tuple[str, str, str]] = set()
        for index, each in enumerate(self._data.get("waivers", ())):
            at = self._at / "waivers" / index
            rule = full(each["rule"], self._data["id"])
            if rule in soft:
                yield trouble(
                    f"`{rule}` is softened, so it has no faults to waive",
                    at=at / "rule",
                    fix="Take out the waiver, or the softening.",
                )
            elif rule in beside:
                yield trouble(
                    f"`{rule}` does not count, so there is nothing to waive",
                    at=at / "rule",
                    fix="Take the waiver out.",
                )
            elif rule not in counting:
                yield trouble(
                    f"`{each['rule']}` is no rule of this policy"
                    f"{_never(rule) or _hint(rule, counting)}",
                    at=at / "rule",
                    fix="Write the id of a rule just as the report gives it.",
                )
            key = (rule, each["place"], each.get("release", ""))
            if key in given:
                yield trouble(
                    f"`{rule}` at `{each['place']}` is waived twice",
                    at=at / "place",
                    fix="Take one of the two out.",
                )
            given.add(key)
            if not _is_day(each["expires"]):
                yield trouble(
                    f"there is no day {each['expires']}",
                    at=at / "expires",
                    fix="expires: …   # a day of the calendar",
                )

    @property
    def _rules(self) -> dict[str, dict[str, Any]]:
        rules: dict[str, dict[str, Any]] = self._data.get("rules", {})
        return rules

    @property
    def _all_required(self) -> dict[str, str]:
        return all_required(self._data, self._base.required)


_BESIDES = (RELEASE, METADATA, COMPONENT, *BY_CONTENT, SIMULATORS)


def _never(rule: str) -> str:
    """Say that what makes a file right cannot be waived."""
    if rule.startswith(("core/", "claims/", "document/", "schema/")):
        return "; what makes a manifest right is not to be waived"
    return ""


def _is_framework(id: str) -> bool:
    try:
        frameworks.load(id)
    except KeyError:
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _hint(word: str, words: Iterable[str]) -> str:
    nearest = get_close_matches(word, [*words], n=1, cutoff=0.7)
    return f": did you mean `{nearest[0]}`?" if nearest else ""


def _listed(words: Iterable[str]) -> str:
    *others, last = (f"`{each}`" for each in words)
    return f"{', '.join(others)} and {last}"


# -- faults of one check ---------------------------------------------------------------------------


def _claim_faults(claim: str, at: Place) -> Faults:
    """Say why nothing can be required or claimed by these words."""
    id, _, level = claim.partition(":")
    try:
        framework = frameworks.load(id)
    except KeyError:
        known = [each.id for each in frameworks.every().values() if each.levels and each.id != CORE]
        message = f"there is no framework `{id}`{_hint(id, known)}"
        yield trouble(message, at=at, fix=f"There are {_listed(known)}.")
        return
    if not framework.levels:
        yield trouble(
            f"`{id}` gives no verdict, so nothing can be required or claimed by it",
            at=at,
            fix="Take it out.",
        )
    elif level and level not in framework.levels:
        yield trouble(
            f"`{id}` has no level `{level}`{_hint(level, framework.levels)}",
            at=at,
            fix=f"Its levels are {', '.join(framework.levels)}.",
        )


def _claims(_: Mapping[str, Any], rule: Mapping[str, Any], at: Place) -> Faults:
    for index, each in enumerate(rule["claims"]):
        yield from _claim_faults(each, at / index)


def _licenses(_: Mapping[str, Any], rule: Mapping[str, Any], at: Place) -> Faults:
    for index, each in enumerate(rule["license"]):
        if each in NOTIONS or each in license_ids() or each.startswith("LicenseRef-"):
            continue
        instead = spdx.DEPRECATED.get(each, ())
        hint = f": write {' or '.join(f'`{one}`' for one in instead)}" if instead else ""
        yield trouble(
            f"`{each}` is neither a measure of licenses nor the id of one"
            f"{hint or _hint(each, (*NOTIONS, *license_ids()))}",
            at=at / index,
            fix=f"Write an SPDX id, a `LicenseRef-` id, or one of {_listed(NOTIONS)}.",
        )


def _disclosures(data: Mapping[str, Any], rule: Mapping[str, Any], at: Place) -> Faults:
    rules = data["rules"]
    able = [name for name, each in rules.items() if "discloses" not in each]
    for index, each in enumerate(rule["discloses"]):
        if each not in able:
            yield trouble(
                f"`{each}` is no other rule of this policy{_hint(each, able)}",
                at=at / index,
                fix="Write the names of rules whose faults may be disclosed.",
            )


def _states(_: Mapping[str, Any], rule: Mapping[str, Any], at: Place) -> Faults:
    for index, each in enumerate(rule["states"]):
        yield from _field_faults(each, rule, at / index)


def _remarks(_: Mapping[str, Any], rule: Mapping[str, Any], at: Place) -> Faults:
    yield from _field_faults(rule["remarks"]["field"], rule, at / "field")


def _value(_: Mapping[str, Any], rule: Mapping[str, Any], at: Place) -> Faults:
    value = rule["value"]
    faults = list(_field_faults(value["field"], rule, at / "field"))
    yield from faults
    if not value.keys() & {"accepts", "refuses"}:
        yield trouble(
            "no value is accepted, and none refused",
            at=at,
            fix="accepts: […]",
        )
    for key in ("accepts", "refuses") if not faults else ():
        for index, each in enumerate(value.get(key, ())):
            yield from _word_faults(value["field"], each, rule, at / key / index)


def _forbidden(_: Mapping[str, Any], rule: Mapping[str, Any], at: Place) -> Faults:
    for field, words in rule["forbids"].items():
        faults = list(_field_faults(field, rule, (at / field).key))
        yield from faults
        for index, each in enumerate(words if not faults else ()):
            yield from _word_faults(field, each, rule, at / field / index)


def _nothing(_: Mapping[str, Any], __: Mapping[str, Any], ___: Place) -> Faults:
    return iter(())


_CHECKED: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], Place], Faults]] = {
    "given": _nothing,
    "states": _states,
    "value": _value,
    "forbids": _forbidden,
    "license": _licenses,
    "without_terms": _nothing,
    "claims": _claims,
    "rebuilds": _nothing,
    "discloses": _disclosures,
    "remarks": _remarks,
}

# -- fields ----------------------------------------------------------------------------------------


def _schemas_of(rule: Mapping[str, Any]) -> Iterator[str]:
    """Give the schema of each thing that a rule asks."""
    for each in rule.get("of", ()):
        yield f"{each if each in (RELEASE, METADATA) else COMPONENT}.schema.json"


def _field_faults(field: str, rule: Mapping[str, Any], at: Located) -> Faults:
    for schema in dict.fromkeys(_schemas_of(rule)):
        known = _fields(schema)
        if field not in known:
            noun = schema.partition(".")[0]
            noun = "component" if noun == COMPONENT else f"`{noun}`"
            yield trouble(
                f"a {noun} has no field `{field}`{_hint(field, known)}"
                if noun == COMPONENT
                else f"{noun} has no field `{field}`{_hint(field, known)}",
                at=at,
                fix="Write a key of the manifest; of a key inside another, both with a full stop "
                "between them.",
            )


def _word_faults(field: str, word: str, rule: Mapping[str, Any], at: Place) -> Faults:
    for schema in dict.fromkeys(_schemas_of(rule)):
        words = _fields(schema).get(field) or ()
        if words and word not in words:
            yield trouble(
                f"`{field}` is never `{word}`{_hint(word, words)}",
                at=at,
                fix=f"Write one of {_listed(words)}.",
            )


@cache
def _fields(schema: str) -> dict[str, tuple[str, ...]]:
    """Return every field of a schema, with the words that it may be, if these are listed."""
    found = dict(_walk(load()[schema], ""))
    return {**found, "place": ()} if schema.startswith(COMPONENT) else found


def _walk(schema: Schema, prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, each in schema.get("properties", {}).items():
        inner = _resolved(each)
        yield prefix + key, _words(inner)
        yield from _walk(inner, f"{prefix}{key}.")


def _words(schema: Schema) -> tuple[str, ...]:
    if schema.get("type") == "boolean":
        return ("true", "false")
    if schema.get("type") == "array":
        return _words(_resolved(schema["items"]))
    return tuple(schema.get("enum", ()))


def _resolved(schema: Schema) -> Schema:
    while "$ref" in schema:
        name, _, pointer = schema["$ref"].partition("#")
        target: Schema = load()[name]
        for step in pointer.split("/")[1:]:
            target = target[step]
        schema = target
    return schema
