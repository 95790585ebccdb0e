"""What a license lays on what is made from a work: on derivatives, on training, on output."""

# Annotations are evaluated here: as strings, each NamedTuple would compile them on every start.
from functools import lru_cache
from typing import Final, NamedTuple

from aimanifest.data import flowing, spdx
from aimanifest.licenses.expressions import Compound, LicenseError, Term, parse
from aimanifest.licenses.facts import Clause, ai_licenses, terms_of_listed
from aimanifest.licenses.osi import BREAKING, DEDICATIONS, MODEL_LICENSES, OPEN_CONTENT

DERIVED: Final = (
    "no-derivatives",
    "no-redistribution",
    "non-commercial",
    "research-only",
    "non-production",
    "flow-down",
    "share-alike",
    "guardrail-lock",
    "naming",
    "attribution-badge",
    "acceptable-use-policy",
    "field-of-use",
    "mau-threshold",
    "revenue-threshold",
    "territory",
    "output-use",
)
"""Words for terms of a model that may reach what derives from it, the weightiest first."""

TRAINED: Final = ("no-derivatives", "non-commercial", "research-only", "share-alike")
"""Words for terms of data that may reach what is trained on it."""

PRODUCED: Final = ("output-use", "flow-down", "attribution-badge")
"""Words for terms of a model that may reach what is trained on its output."""

OPEN: Final = spdx.OSI_APPROVED | DEDICATIONS | OPEN_CONTENT | MODEL_LICENSES
"""Licenses of the SPDX list that leave everybody free to use, modify and share for any purpose."""


class Reach(NamedTuple):
    """A clause that may reach further than the work, and the license it is of, as it is written.

    Under ids that begin like one of `answers` the clause is kept: nothing is to be asked.
    """

    license: str
    clause: Clause
    answers: tuple[str, ...]


Found = dict[str, tuple[Reach, ...]]


@lru_cache(maxsize=4096)
def is_light(text: str) -> bool:
    """Tell whether no license named in `text` has a clause that reaches further, in any way.

    It is a quick way past most licenses, and says nothing of an expression as a whole.
    """
    try:
        return all(_is_light(id) for id in parse(text).ids)
    except LicenseError:
        return True


@lru_cache(maxsize=1024)
def _is_light(id: str) -> bool:
    return not any(_of_license(id, way) for way in (DERIVED, TRAINED, PRODUCED))


@lru_cache(maxsize=4096)
def reaching(text: str, way: tuple[str, ...]) -> tuple[Reach, ...]:
    """Give the clauses of the license expression `text` that reach what is made in this way.

    `way` is DERIVED, TRAINED or PRODUCED; the clauses come in the order of its words. Of an OR only
    what every branch has counts, of an AND all. Of a license that nobody here knows, of one with an
    addition, which may change anything, and of what is no expression, there are none.
    """
    try:
        found = _found(parse(text).tree, way)
    except LicenseError:
        return ()
    return tuple(each for word in way if word in found for each in found[word])


def _found(tree: Term | Compound, way: tuple[str, ...]) -> Found:
    if isinstance(tree, Term):
        return {} if tree.addition else _of_license(tree.id, way)
    parts = [_found(part, way) for part in tree.parts]
    return _all_of(parts) if tree.operator == "AND" else _any_of(parts)


def _all_of(parts: list[Found]) -> Found:
    words = dict.fromkeys(word for part in parts for word in part)
    return {word: tuple(each for part in parts for each in part.get(word, ())) for word in words}


def _any_of(parts: list[Found]) -> Found:
    """Take the words of the first branch that all have; what keeps the clause of any will do."""
    first, *others = parts
    found = {}
    for word in first:
        if all(word in other for other in others):
            more = tuple(a for other in others for each in other[word] for a in each.answers)
            found[word] = tuple(each._replace(answers=each.answers + more) for each in first[word])
    return found


def _of_license(id: str, way: tuple[str, ...]) -> Found:
    if replacements := spdx.DEPRECATED.get(id):
        return _found(parse(replacements[0]).tree, way)
    found: Found = {}
    own = canonical(id)
    for clause in _clauses(own, way):
        if clause.restricts in way and clause.restricts not in found:
            found[clause.restricts] = (Reach(id, clause, (own,)),)
    if id in flowing.SHARE_ALIKE and "share-alike" in way:
        *words, answers = flowing.SHARE_ALIKE[id]
        if way is not TRAINED or id not in flowing.SPARES_RESULTS:
            found["share-alike"] = (Reach(id, Clause("share-alike", *words), answers),)
    return found


def _clauses(id: str, way: tuple[str, ...]) -> tuple[Clause, ...]:
    """Give the clauses of the license with this canonical id that may reach in this way."""
    if not id.startswith("LicenseRef-"):
        return () if id in spdx.OSI_APPROVED else terms_of_listed(id)
    license = ai_licenses().get(id.lower())
    if license is None:
        return ()
    if way is not PRODUCED:
        return license.terms
    binding = [Clause(*flowing.ON_OUTPUT[id])] if id in flowing.ON_OUTPUT else []
    return (*(each for each in license.terms if each.restricts == "output-use"), *binding)


def canonical(id: str) -> str:
    """Give the one id of a license that goes by several."""
    if not id.startswith("LicenseRef-"):
        return id
    license = ai_licenses().get(id.lower())
    return license.id if license else id


@lru_cache(maxsize=4096)
def answered(text: str, answers: tuple[str, ...]) -> bool:
    """Tell whether what is under the license expression `text` keeps a clause with these `answers`.

    All branches of an OR have to, for whoever receives it may choose; of an AND one is enough.
    """
    try:
        return _answered(parse(text).tree, answers)
    except LicenseError:
        return False


def _answered(tree: Term | Compound, answers: tuple[str, ...]) -> bool:
    if isinstance(tree, Term):
        return canonical(tree.id).startswith(answers)
    parts = (_answered(part, answers) for part in tree.parts)
    return any(parts) if tree.operator == "AND" else all(parts)


@lru_cache(maxsize=4096)
def is_open(text: str) -> bool:
    """Tell whether `text` is a license expression that is known to leave everybody free."""
    try:
        return _is_open(parse(text).tree)
    except LicenseError:
        return False


def _is_open(tree: Term | Compound) -> bool:
    if isinstance(tree, Compound):
        parts = (_is_open(part) for part in tree.parts)
        return any(parts) if tree.operator == "OR" else all(parts)
    if tree.addition and tree.addition not in spdx.EXCEPTIONS:
        return False
    if not tree.id.startswith("LicenseRef-"):
        replacements = spdx.DEPRECATED.get(tree.id)
        return tree.id in OPEN or bool(replacements and _is_open(parse(replacements[0]).tree))
    license = ai_licenses().get(tree.id.lower())
    return (
        license is not None
        and set(license.freedoms.values()) == {"yes"}
        and BREAKING.isdisjoint(each.restricts for each in license.terms)
    )


INCOMPATIBLE: Final = {
    "GPL-2.0-only": {
        "Apache-2.0": "this license is not compatible with GPL version 2",
        "GPL-3.0-only": "GPLv2 is, by itself, not compatible with GPLv3",
        "GPL-3.0-or-later": "GPLv2 is, by itself, not compatible with GPLv3",
    },
}
"""Two licenses of which the Free Software Foundation says that they cannot hold for one program,
and its words (gnu.org/licenses/license-list.html)."""


@lru_cache(maxsize=4096)
def clashes(text: str) -> tuple[tuple[str, str, str], ...]:
    """Give the pairs of licenses in the expression `text` that clash if they hold for one program.

    Each pair comes with the words that say so. Of an OR only what every branch asks counts; a
    license with an addition, which may permit the combination, does not.
    """
    try:
        held = _held(parse(text).tree)
    except LicenseError:
        return ()
    return tuple(
        (one, other, words)
        for one, others in INCOMPATIBLE.items()
        for other, words in others.items()
        if one in held and other in held
    )


def _held(tree: Term | Compound) -> frozenset[str]:
    if isinstance(tree, Term):
        return frozenset() if tree.addition else frozenset({tree.id})
    parts = [_held(part) for part in tree.parts]
    return (frozenset.union if tree.operator == "AND" else frozenset.intersection)(*parts)
