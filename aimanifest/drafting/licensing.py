"""Which license each part is under, if the folder says it; or the question that is left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from aimanifest.converters.draft import fitted
from aimanifest.drafting.evidence import WHOLE, Evidence, LicenseFile, Statement
from aimanifest.licenses import facts, parse
from aimanifest.licenses.recognition import (
    NO_LICENSE,
    RECOGNISED,
    STATEMENTS,
    Recognition,
)
from aimanifest.licenses.recognition import (
    recognise as look_up,
)

MOST = 6
"""How many candidates are named."""

recognise = lru_cache(256)(look_up)
"""To look up a name that nobody knows takes time, and each question asks again."""


class Settled(NamedTuple):
    """A license that the folder states: where, and if it had to be understood, how it was.

    `entries` say of each license that SPDX does not list how it is called and where its text is.
    """

    license: str
    found: str
    guess: str
    entries: dict[str, dict[str, str]]


class Open(NamedTuple):
    """What is left to ask about a license: what was found, and what may be meant."""

    told: str
    candidates: tuple[str, ...]


def license_of(
    subjects: Iterable[str], evidence: Evidence, *, near: str = "", sure: bool = False
) -> Settled | Open | None:
    """Say under which license a part is of which statements are made under the ids `subjects`.

    None: nothing is said at all. What is ambiguous, unknown or contradicted is left open. Of the
    texts of licenses, those count that lie the nearest to the path `near`, where one is given: they
    are asked about what lies there. What is said of the
    whole release is taken as a guess where it is `sure` that the part is code, and asked elsewhere.
    """
    wanted = set(subjects)
    read = [(each, _read(each, evidence)) for each in evidence.statements if each.subject in wanted]
    settled = [(each, found) for each, found in read if isinstance(found, Settled)]
    if settled:
        return _doubted(_agreed(settled), evidence, near) if near else _agreed(settled)
    left = [found for _, found in read if isinstance(found, Open)]
    if left:
        named = dict.fromkeys(id for each in left for id in each.candidates)
        told = "; ".join(dict.fromkeys(each.told for each in left[:MOST]))
        held = _by_text(evidence, near)
        if held:
            told = f"{told}; {held.told}"
            named = dict.fromkeys(each for each in named if each in held.candidates) or (
                named or dict.fromkeys(held.candidates)
            )
        return Open(told, tuple(named)[:MOST])
    return _of_the_whole(evidence, sure=sure) or _by_text(evidence, near)


def _of_the_whole(evidence: Evidence, *, sure: bool) -> Settled | Open | None:
    """Read what CITATION.cff says, which is about software, data or both."""
    for each in evidence.statements:
        if each.subject != WHOLE:
            continue
        found = _read(each, evidence)
        if isinstance(found, Settled) and not sure:
            told = f"{each.found} says `{_cut(each.text)}`, and not of what"
            return Open(told, (found.license,))
        if isinstance(found, Settled):
            return found._replace(guess="it is said of the whole, and not of which part")
        return found
    return None


def _doubted(found: Settled | Open, evidence: Evidence, near: str) -> Settled | Open:
    """Mark a license as a guess where the folder holds texts of licenses, and not its own."""
    held = _by_text(evidence, near)
    if isinstance(found, Open) or held is None:
        return found
    ids = parse(found.license).ids if found.license not in STATEMENTS else ()
    if not ids or not set(ids).isdisjoint(held.candidates):
        return found
    texts = held.told.partition("; nothing says")[0]
    doubt = f"it is what is said, but {texts}, which is another license"
    return found._replace(guess=f"{found.guess}; {doubt}" if found.guess else doubt)


def _agreed(settled: list[tuple[Statement, Settled]]) -> Settled | Open:
    """Return what all statements say; or ask, where they contradict each other."""
    different = dict.fromkeys(found.license for _, found in settled)
    first = settled[0][1]
    if len(different) > 1:
        told = "; ".join(f"{each.found} says `{_cut(each.text)}`" for each, _ in settled[:MOST])
        return Open(f"{told}: these are not the same", tuple(different)[:MOST])
    places = list(dict.fromkeys(found.found for _, found in settled))
    more = f"; also {', '.join(places[1:3])}" if len(places) > 1 else ""
    plain = next((found for _, found in settled if not found.guess), first)
    return plain._replace(found=places[0] + more)


def _read(statement: Statement, evidence: Evidence) -> Settled | Open:
    found = recognise(statement.text)
    if found.outcome == RECOGNISED:
        return _settled(found, statement, statement.text) or _unread(statement)
    if found.outcome == NO_LICENSE and (statement.name or statement.link):
        return _by_name(statement, evidence)
    question = found.question or "nothing is known here of a license by this name."
    question = question.removesuffix(".")
    return Open(f"{statement.found} says `{_cut(statement.text)}`: {question}", found.candidates)


def _unread(statement: Statement) -> Open:
    told = f"{statement.found} says `{_cut(statement.text)}`, and nothing says where its text is"
    return Open(told, ())


def _settled(found: Recognition, statement: Statement, text: str) -> Settled | None:
    license = str(found.expression)
    entries = {}
    for id in parse(license).ids:
        if not id.startswith("LicenseRef-"):
            continue
        known = facts(id)
        if not known or not fitted("url", known.url or ""):
            return None
        entries[id] = {"name": known.name, "url": known.url or ""}
    same = text.casefold() == license.casefold()
    guess = f"`{_cut(text)}` is {found.route}" if found.route and not same else ""
    return Settled(license, statement.found, guess, entries)


def _by_name(statement: Statement, evidence: Evidence) -> Settled | Open:
    """Read `license: other` with the name of a license, and where its text is, beside it."""
    if statement.name:
        found = recognise(statement.name)
        if found.outcome == RECOGNISED and (known := _settled(found, statement, statement.name)):
            return known
    held = next((each for each in evidence.license_files if each.path == statement.link), None)
    if held and held.exact and len(held.ids) == 1:
        found = recognise(held.ids[0])
        if found.outcome == RECOGNISED and (known := _settled(found, statement, held.ids[0])):
            return known._replace(guess=f"{held.path}, which is named beside it, holds its text")
    words = re.findall("[A-Za-z0-9.]+", statement.name)[:12]
    id = f"LicenseRef-{'-'.join(words)}"
    name = fitted("line", statement.name)
    entry = _entry(statement.link, evidence)
    if not words or not name or not entry or facts(id) or not fitted("license-id", id):
        called = f"`{_cut(statement.name)}`" if statement.name else "another license"
        missing = "" if entry else ", and not where its text can be read"
        return Open(f"{statement.found} names {called}{missing}", ())
    guess = f"nothing is known here of `{_cut(statement.name)}`; the id is made from its name"
    return Settled(id, statement.found, guess, {id: {"name": name, **entry}})


def _entry(link: str, evidence: Evidence) -> dict[str, str]:
    """Say where a text is: in the folder, or at an address."""
    if link.removeprefix("./") in evidence.folder:
        return {"file": link.removeprefix("./")}
    return {"url": link} if fitted("url", link) else {}


def _by_text(evidence: Evidence, near: str) -> Open | None:
    """Name the license whose text is in the folder: what it covers, a text alone does not say."""
    texts = [each for each in evidence.license_files if each.ids]
    if not texts:
        return None
    above = [each for each in texts if _is_above(each.path, near)]
    deepest = max((each.path.count("/") for each in above), default=0)
    texts = [each for each in above if each.path.count("/") == deepest] if deepest else texts
    told = "; ".join(f"{each.path} holds the text of {_ids(each)}" for each in texts[:3])
    candidates = dict.fromkeys(id for each in texts for id in each.ids[:2])
    return Open(f"{told}; nothing says that it covers this", tuple(candidates)[:MOST])


def _is_above(path: str, other: str) -> bool:
    folder = path.rpartition("/")[0]
    return bool(folder) and other.startswith(f"{folder}/")


def _ids(file: LicenseFile) -> str:
    return " or ".join(file.ids[:2])


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:80].rstrip()}…"  # noqa: PLR2004  one line
