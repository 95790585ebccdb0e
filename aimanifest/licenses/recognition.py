"""From what somebody wrote where a license is asked for to what it says, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import islice, product
from typing import Final, NamedTuple

from aimanifest.licenses.expressions import (
    MAX_LENGTH,
    OPERATORS,
    Compound,
    Expression,
    LicenseError,
    Term,
    parse,
)
from aimanifest.licenses.facts import license_ids
from aimanifest.licenses.meanings import (
    DEPRECATED,
    Meaning,
    close,
    key,
    meaning,
    names_none,
    names_of,
)

RECOGNISED: Final = "recognised"
AMBIGUOUS: Final = "ambiguous"
NO_LICENSE: Final = "no license"
UNKNOWN: Final = "unknown"

_MOST: Final = 8
"""How many candidates are given."""

_LONGEST: Final = 100
"""How much of a text is compared with the names that are known."""

_ALIKE: Final = 0.55
_MUCH_ALIKE: Final = 0.8
"""How much of two names is the same where they share a word, and where they share none."""


class Recognition(NamedTuple):
    """What a text says about a license, in one of four ways.

    `recognised`: it names the licenses in `expression`, and `route` says what it is to them.
    `ambiguous`: only its author can answer `question`; `candidates` are the answers, ids or
    expressions. `no license`: it names none. `unknown`: nothing is known of it; `candidates` are
    ids with a name like it, which nobody should take for what was meant.
    """

    outcome: str
    expression: Expression | None = None
    route: str = ""
    question: str = ""
    candidates: tuple[str, ...] = ()


EXPRESSION: Final = "a license expression"
STATEMENTS: Final = {
    "NONE": "`NONE` says that no license is granted.",
    "NOASSERTION": "`NOASSERTION` says that nobody has looked for a license.",
}


def recognise(text: str) -> Recognition:
    """Say what license `text` names, never by guessing.

    It may be an SPDX expression, ids that SPDX has deprecated and other names of licenses
    included, or anything that `meaning` knows, or several such joined by "and" and "or". Ids come
    back as a manifest writes them.
    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        return Recognition(UNKNOWN)
    if text in STATEMENTS:
        return Recognition(NO_LICENSE, question=STATEMENTS[text])
    found = _parsed(text) or _meant(text) or _joined(text) or _listed(text)
    if found:
        return found
    if names_none(text):
        return Recognition(NO_LICENSE, question="This names no license.")
    return Recognition(UNKNOWN, question=_fault(text), candidates=nearest(text))


def _fault(text: str) -> str:
    """Say what is wrong with a text that is meant to be an expression; "" for any other."""
    if not OPERATORS.keys() & set(text.split()):
        return ""
    try:
        parse(text)
    except LicenseError as error:
        return error.message
    return ""


def _parsed(text: str) -> Recognition | None:
    """Read an expression, with each id as it is written today."""
    try:
        expression = parse(text)
    except LicenseError:
        return None
    tree = expression.tree
    if isinstance(tree, Term) and not tree.addition:
        found = meaning(tree.id)
        if found is None:
            return Recognition(UNKNOWN, candidates=nearest(text))
        if found.ids == (tree.id,):
            return Recognition(RECOGNISED, expression)
        plus = "+" if tree.or_later else ""
        return _of(found._replace(ids=tuple(f"{id}{plus}" for id in found.ids)), text)
    forms = _current(tree)
    if len(forms) == 1:
        route = "" if forms[0] == text else EXPRESSION
        return Recognition(RECOGNISED, parse(forms[0]), route)
    question = f"{_shown(text)} holds an id that does not say whether later versions may be taken."
    return Recognition(AMBIGUOUS, question=question, candidates=tuple(forms[:_MOST]))


def _current(tree: Term | Compound) -> list[str]:
    """Write an expression with the ids of today, in every way that it may be meant, or many."""
    if isinstance(tree, Compound):
        ways = product(*map(_current, tree.parts))
        return [_joint(tree.operator, each) for each in islice(ways, _MOST + 1)]
    found = meaning(tree.id)
    ids = found.ids if found else (tree.id,)
    return [str(tree._replace(id=id, or_later=tree.or_later and " " not in id)) for id in ids]


def _joint(operator: str, parts: Iterable[str]) -> str:
    return f" {operator} ".join(f"({part})" if " " in part else part for part in parts)


def _meant(text: str) -> Recognition | None:
    found = meaning(text)
    return _of(found, text) if found else None


def _of(found: Meaning, text: str) -> Recognition:
    if not found.sure:
        question = f"{_shown(text)} does not say which license."
        if found.route == DEPRECATED:
            question = f"{_shown(text)} does not say whether later versions may be taken."
        return Recognition(AMBIGUOUS, question=question, candidates=found.ids[:_MOST])
    return Recognition(RECOGNISED, parse(found.ids[0]), found.route)


_JOINT = re.compile(r"\s+(and|AND|or|OR)\s+")
_SEPARATOR = re.compile(r"\s*[,;/&|\n]\s*(?:and\s+|or\s+)?|\s+(?:and/or|and|or)\s+", re.IGNORECASE)
_MOST_PARTS: Final = 16


def _joined(text: str) -> Recognition | None:
    """Read names joined by words, "Apache 2.0 or MIT", if each of them is known."""
    parts = _JOINT.split(text)
    names, operators = parts[::2], {each.upper() for each in parts[1::2]}
    if len(names) < 2 or len(names) > _MOST_PARTS or len(operators) != 1:  # noqa: PLR2004
        return None
    found = [meaning(name) for name in names]
    if not all(found):
        return None
    (operator,) = operators
    ways = islice(product(*(each.ids for each in found if each)), _MOST + 1)
    joined = [_joint(operator, each) for each in ways]
    if all(each.sure for each in found if each):
        return Recognition(RECOGNISED, parse(joined[0]), EXPRESSION)
    unsure = next(name for name, each in zip(names, found, strict=True) if each and not each.sure)
    question = f"{_shown(unsure)} does not say which license."
    return Recognition(AMBIGUOUS, question=question, candidates=tuple(joined[:_MOST]))


def _listed(text: str) -> Recognition | None:
    """Read names in a list, if each is known: a list does not say how they go together."""
    names = [name for name in _SEPARATOR.split(text) if name]
    if "://" in text or len(names) < 2 or len(names) > _MOST_PARTS:  # noqa: PLR2004
        return None
    found = [meaning(name) for name in names]
    if not all(found):
        return None
    question = (
        f"{_shown(text)} names several licenses, and does not say whether one may choose among "
        "them (`OR`), all of them hold (`AND`), or each covers another part."
    )
    if all(each.sure for each in found if each):
        ids = dict.fromkeys(id for each in found if each for id in each.ids)
        candidates = tuple(str(parse(_joint(each, ids))) for each in ("OR", "AND"))
        return Recognition(AMBIGUOUS, question=question, candidates=candidates)
    candidates = tuple(dict.fromkeys(id for each in found if each for id in each.ids))
    return Recognition(AMBIGUOUS, question=question, candidates=candidates[:_MOST])


_MOST_NEAR: Final = 5


def nearest(text: str, *, besides: str = "") -> tuple[str, ...]:
    """Give the ids of licenses with names like `text`, the most alike first.

    They are reading help: what is alike is not the same. `besides` is left out.
    """
    written = key(text[:_LONGEST].removeprefix("LicenseRef-"))
    if not written or "://" in text:
        return ()
    words = _telling(written)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(written)
    best = dict.fromkeys(close(text, license_ids()), 2.0)
    for name, id in names_of():
        shared = len(words & _telling(name)) / len(words) if words else 0.0
        least = 0.0 if shared >= _HALF else _ALIKE if shared else _MUCH_ALIKE
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
            continue
        ratio = matcher.ratio()
        if ratio >= least and " " not in id:
            best[id] = max(best.get(id, 0.0), ratio + shared)
    best.pop(besides, None)
    ranked = sorted(best, key=lambda each: (-best[each], each.lower()))
    return tuple(ranked[:_MOST_NEAR])


def _telling(key: str) -> set[str]:
    """Take the words of a key that may tell what it means."""
    return {word for word in key.split("-") if len(word) > 1 and word.isalpha()} - _COMMON


_HALF: Final = 0.5
_COMMON: Final = frozenset(
    "agreement and community data for free model open public research software source".split()
)


def _shown(text: str) -> str:
    return f"`{text}`"
