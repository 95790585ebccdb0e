"""Whether what a license expression grants is enough for a given purpose."""

# Annotations are evaluated here: as strings, each NamedTuple would compile them on every start.
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from aimanifest.data import spdx
from aimanifest.licenses.expressions import Compound, Expression, Term, parse
from aimanifest.licenses.facts import (
    RESTRICTIONS,
    Clause,
    License,
    ai_licenses,
    terms_of_listed,
)
from aimanifest.rules import Citation


class Judgement(NamedTuple):
    """Whether a license is enough for a purpose: yes, no, or None, undetermined; and why."""

    verdict: bool | None
    reason: str


class Group(NamedTuple):
    """Licenses that one sentence judges; `{name}` in it stands for the license."""

    ids: frozenset[str]
    verdict: bool | None
    reason: str


class Notion(NamedTuple):
    """One purpose that a license may serve, with the sources and lists that decide.

    `groups` are looked through first. Then a term of the license whose word is in `breaking`
    makes no, one in `doubtful` undetermined. What is left is judged by `listed` if it is on the
    SPDX list and by `unlisted` if it is another license known here, where `{osi}` says how it
    stands with the OSI. What nobody here knows is undetermined, for the reason `unknown`.

    A `narrow` notion asks about its words and no others: a license whose terms are known is
    judged by `unlisted`, wherever it is listed, and what other freedoms it grants does not matter.
    `doubt` says why a word in `doubtful` leaves the case open.
    """

    id: str
    title: str
    cites: tuple[Citation, ...]
    groups: tuple[Group, ...]
    breaking: frozenset[str]
    doubtful: frozenset[str]
    listed: Judgement
    unlisted: Judgement
    unknown: str = "Nothing is known here about {name}."
    doubt: str = "whether this is allowed is disputed"
    narrow: bool = False

    def __hash__(self) -> int:
        """Hash the id: it stands for the whole, and is quick."""
        return hash(self.id)


@lru_cache(maxsize=4096)
def judge(expression: Expression, notion: Notion) -> Judgement:
    """Say whether the terms of `expression` are enough for `notion`, and why in one sentence.

    Kleene's logic decides: of an OR one yes suffices, of an AND one no is enough to fail, and what
    is unknown stays so unless the rest decides. WITH an exception of the SPDX list, and `+`, keep
    the standing of the license; with any other addition nothing is known.
    """
    return _judge(expression.tree, notion)


_MOST_REASONS: Final = 3


def _judge(tree: Term | Compound, notion: Notion) -> Judgement:
    if isinstance(tree, Term):
        return _judge_term(tree, notion)
    judgements = [_judge(part, notion) for part in tree.parts]
    decisive = tree.operator == "OR"
    for verdict in (decisive, None):
        if found := [each for each in judgements if each.verdict is verdict]:
            return found[0]
    reasons = list(dict.fromkeys(each.reason.removesuffix(".") for each in judgements))
    more = len(reasons) - _MOST_REASONS
    told = "; ".join(reasons[:_MOST_REASONS])
    return Judgement(
        verdict=not decisive, reason=f"{told}; and {more} more." if more > 0 else f"{told}."
    )


def _judge_term(term: Term, notion: Notion) -> Judgement:
    if term.addition and term.addition not in spdx.EXCEPTIONS:
        return Judgement(
            verdict=None, reason=f"Nothing is known here about the addition {term.addition}."
        )
    return _judge_id(term.id, notion)


def _judge_id(id: str, notion: Notion) -> Judgement:
    if grouped := _grouped(id, notion, name=id):
        return grouped
    if "LicenseRef-" not in id:
        if replacements := spdx.DEPRECATED.get(id):
            return _judge(parse(replacements[0]).tree, notion)
        terms = terms_of_listed(id)
        rest = notion.unlisted if notion.narrow and terms else notion.listed
        return _judge_terms(id, terms, notion, rest, id=id)
    license = ai_licenses().get(id.lower())
    if license is None:
        return Judgement(verdict=None, reason=notion.unknown.format(name=id))
    return _grouped(license.id, notion, name=license.name) or _judge_unlisted(license, notion)


def _judge_unlisted(license: License, notion: Notion) -> Judgement:
    judgement = _judge_terms(
        license.name, license.terms, notion, notion.unlisted, id=license.id, osi=license.osi
    )
    if judgement.verdict and _is_open(license.freedoms, notion):
        return Judgement(verdict=None, reason=f"Not all that {license.name} grants is known here.")
    return judgement


def _grouped(id: str, notion: Notion, *, name: str) -> Judgement | None:
    for group in notion.groups:
        if id in group.ids:
            return Judgement(verdict=group.verdict, reason=group.reason.format(name=name))
    return None


def _is_open(freedoms: dict[str, str], notion: Notion) -> bool:
    """Whether a license may withhold what `notion` is about, though no term is known that does."""
    if not notion.narrow:
        return set(freedoms.values()) != {"yes"}
    asked = {RESTRICTIONS[word].freedom for word in notion.breaking | notion.doubtful}
    return any(freedoms.get(each) == "unknown" for each in asked)


_WITH_THE_OSI = {
    "approved": "is approved by the OSI",
    "under review": "is under review by the OSI and not approved",
    "never submitted": "was never submitted to the OSI",
    "unknown": "is not on the OSI's list of approved licenses",
}


def _judge_terms(
    name: str,
    terms: tuple[Clause, ...],
    notion: Notion,
    rest: Judgement,
    *,
    id: str,
    osi: str = "unknown",
) -> Judgement:
    if breaking := [each for each in terms if each.restricts in notion.breaking]:
        freedom = RESTRICTIONS[breaking[0].restricts].freedom
        told = f"{_told(name, breaking[0])}: breaks *{freedom}*"
        return Judgement(verdict=False, reason=f"{told}{_more(breaking, id)}.")
    doubtful = [each for each in terms if each.restricts in notion.doubtful]
    if doubtful and rest.verdict is not False:
        told = f"{_told(name, doubtful[0])}: {notion.doubt}"
        return Judgement(verdict=None, reason=f"{told}{_more(doubtful, id)}.")
    return Judgement(
        verdict=rest.verdict, reason=rest.reason.format(name=name, osi=_WITH_THE_OSI[osi])
    )


def _more(terms: Sequence[Clause], id: str) -> str:
    """Say where the terms can be read that are left out; "" where there are none."""
    left = len(terms) - 1
    return f"; and {left} more{_see(id)}" if left else ""


def _see(id: str) -> str:
    return f": see `aimanifest license {id}`"


def on_page(judgement: Judgement, id: str) -> Judgement:
    """Leave out of the reason that it refers to the page about `id`, for that page itself."""
    head, found, tail = judgement.reason.partition(_see(id))
    reason = head.rpartition("; and ")[0] + tail if found else judgement.reason
    return Judgement(judgement.verdict, reason)


def _told(name: str, term: Clause) -> str:
    section = f" §{term.section}" if term.section[:1].isdigit() else ""
    return f"{name}{section}: {term.meaning}"
