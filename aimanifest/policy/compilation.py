"""Policies made into rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from aimanifest import frameworks
from aimanifest.document import Document
from aimanifest.findings import NotApplicable, Remark
from aimanifest.policy.asking import Asked
from aimanifest.policy.checks import FIXES, MAKERS, Check, Terse, check_of, disclosable
from aimanifest.policy.waivers import POLICY, PROPOSAL, Waived
from aimanifest.rules import FAULTS, OUR_READING, Citation, Rule, Waiver

LEVEL = "complete"
"""The one level of a policy."""


class Written(NamedTuple):
    """A policy as it is written, with the one that it extends; `source` is what to call it."""

    source: str
    document: Document
    extends: Written | None


class Compiled(NamedTuple):
    """What became of a policy: its rules, and the level of each framework that it requires."""

    required: Mapping[str, str]
    rules: tuple[Rule, ...] = ()
    softened: tuple[tuple[str, str], ...] = ()
    waivers: tuple[Waived, ...] = ()
    not_checked: tuple[str, ...] = ()


def compiled(written: Written, base: Compiled) -> Compiled:
    """Make a policy in which there are no faults into rules; `base` is the one that it extends."""
    data = written.document.data
    required = all_required(data, base.required)
    softened = (
        *base.softened,
        *((each["rule"], each["reason"]) for each in data.get("softens", ())),
    )
    soft = dict(softened)
    taken = [_taken(rule, id) for id, level in required.items() for rule in needed(id, level)]
    inherited = [each for each in base.rules if each.id.partition("/")[0] not in required]
    own = list(_own_rules(written))
    rules = [_softened(each) if each.id in soft else each for each in (*taken, *inherited, *own)]
    rules.sort(key=lambda each: each.level is None)  # what counts has the first word on a fault
    known = [note for id in required for note in frameworks.load(id).not_checked]
    said = dict.fromkeys((*base.not_checked, *known, *data.get("not_checked", ())))
    return Compiled(
        required,
        tuple(rules),
        softened,
        (*base.waivers, *_waivers(written)),
        tuple(said),
    )


# -- rules of required frameworks ------------------------------------------------------------------


def all_required(data: Mapping[str, Any], base: Mapping[str, str]) -> dict[str, str]:
    """Return each required framework with its level; of two levels, the harder one."""
    found = dict(base)
    for each in data.get("requires", ()):
        id, _, level = each.partition(":")
        levels = frameworks.load(id).levels
        level = level or levels[-1]
        found[id] = max(level, found.get(id, level), key=levels.index)
    return found


def needed(id: str, level: str) -> Iterator[Rule]:
    """Give the rules of a framework that one of its levels needs."""
    framework = frameworks.load(id)
    levels = framework.needed(level)
    return (each for each in framework.rules if each.level in levels)


def _taken(rule: Rule, id: str) -> Rule:
    """Return a rule of the framework `id` as one of a policy."""
    check = rule.check
    framework = frameworks.load(id)

    def ask(asked: Asked) -> Iterable[Remark | NotApplicable]:
        return check(asked.subject(framework)) if check else ()

    return rule._replace(level=LEVEL, check=ask, shows=None)


def _softened(rule: Rule) -> Rule:
    """Return the rule with its faults as remarks, outside the verdict."""
    check = rule.check

    def ask(asked: Asked) -> Iterator[Remark | NotApplicable]:
        for each in check(asked) if check else ():
            if isinstance(each, Remark) and each.outcome in FAULTS:
                yield each._replace(outcome=None)
            else:
                yield each

    return rule._replace(level=None, check=ask)


# -- rules of its own ------------------------------------------------------------------------------


def _own_rules(written: Written) -> Iterator[Rule]:
    data = written.document.data
    listed: dict[str, dict[str, Any]] = data.get("rules", {})
    disclosed = {id for each in listed.values() for id in each.get("discloses", ())}
    for name, each in listed.items():
        (word,) = MAKERS.keys() & each.keys()
        fix = each.get("fix") or FIXES[word]
        id = f"{data['id']}/{name}"
        terse = Terse(id, tuple(each.get("of", ())), fix, each.get("people", ""))
        check: Check = check_of(terse, word, each[word])
        yield Rule(
            id,
            each["title"],
            each.get("why") or data.get("description") or f"{data['title']} asks for it.",
            _cites(written, each, name),
            fix,
            LEVEL if each.get("counts", True) else None,
            disclosable(check) if name in disclosed else check,
        )


def _cites(written: Written, rule: Mapping[str, Any], name: str) -> tuple[Citation, ...]:
    data = written.document.data
    if not rule.get("cites"):
        url = data.get("url") or written.source
        return (Citation(rule["title"], f"{data['title']}, {name}", url, POLICY),)
    return tuple(
        Citation(
            each["quote"],
            each["clause"],
            each["url"],
            _STANDINGS[each.get("standing", "policy")],
        )
        for each in rule["cites"]
    )


_STANDINGS = {"policy": POLICY, "proposal": PROPOSAL, "our-reading": OUR_READING}


def _waivers(written: Written) -> Iterator[Waived]:
    data = written.document.data
    for index, each in enumerate(data.get("waivers", ())):
        line, column = written.document.place(("waivers", index)).span.start
        waiver = Waiver(
            full(each["rule"], data["id"]),
            each["place"],
            each.get("release", ""),
            each["reason"],
            each["owner"],
            each["expires"],
        )
        yield Waived(waiver, f"{written.source}:{line}:{column}")


def full(rule: str, policy: str) -> str:
    """Return the id of a rule; of the policy's own, the name is enough."""
    return rule if "/" in rule else f"{policy}/{rule}"
