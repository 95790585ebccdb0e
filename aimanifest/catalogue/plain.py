"""For programs: an answer as plain data, as `schema/license-answer.schema.json` describes it."""

from __future__ import annotations

from typing import Any

from aimanifest import __version__
from aimanifest.catalogue import Answer
from aimanifest.data import spdx
from aimanifest.licenses.facts import RESTRICTIONS, Clause, reviewed
from aimanifest.licenses.notions import Judged
from aimanifest.licenses.profiles import Fact, Profile

FORMAT = "1.0"
"""The version of the form of this output."""

_VERDICTS = {True: "yes", False: "no", None: "undetermined"}


def plain(answer: Answer) -> dict[str, Any]:
    """Give all that `answer` says as plain data."""
    recognition, expression = answer.recognition, answer.recognition.expression
    return {
        "answer": FORMAT,
        "tool": {"name": "aimanifest", "version": __version__},
        "facts": {"spdx_list": spdx.VERSION, "reviewed": reviewed()},
        "text": answer.text.encode(errors="backslashreplace").decode(),
        "outcome": recognition.outcome,
        "expression": str(expression) if expression else None,
        "route": recognition.route,
        "assumed_version": answer.assumed_version,
        "question": recognition.question,
        "candidates": list(recognition.candidates),
        "licenses": [
            _license(profile) if profile else {"id": id, "known": False}
            for id, profile in answer.licenses.items()
        ],
        "judgements": [_judgement(each) for each in answer.judged],
    }


def _license(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "known": True,
        "name": profile.name,
        "also": list(profile.also),
        "hugging_face": list(profile.hugging_face),
        "scancode": list(profile.scancode),
        "version": profile.version,
        "steward": profile.publisher,
        "url": profile.url,
        "spdx_listed": profile.listed,
        "replaced_by": list(profile.replaced_by),
        "osi": _fact(profile.osi),
        "fsf": _fact(profile.fsf),
        "freedoms": {**profile.freedoms, "basis": profile.freedoms_basis},
        "restrictions": [_term(each) for each in profile.restrictions],
        "conditions": [_term(each) for each in profile.conditions],
        "share_alike": _fact(profile.share_alike),
        "attribution": _fact(profile.attribution),
        "patents": _fact(profile.patents),
        "litigation": [_term(each) for each in profile.litigation],
        "disputes": [each._asdict() for each in profile.disputes],
        "near": list(profile.near),
        "provenance": profile.provenance._asdict(),
    }


def _fact(fact: Fact) -> dict[str, str]:
    return fact._asdict()


def _term(term: Clause) -> dict[str, Any]:
    meant = RESTRICTIONS[term.restricts]
    return {
        "word": term.restricts,
        "freedom": meant.freedom or None,
        "standing": meant.standing,
        "section": term.section,
        "quote": term.quote or None,
        "meaning": term.meaning,
    }


def _judgement(each: Judged) -> dict[str, Any]:
    measure, judgement = each
    return {
        "measure": measure.notion.id,
        "owner": measure.owner,
        "title": measure.notion.title,
        "contents": list(measure.contents),
        "verdict": _VERDICTS[judgement.verdict],
        "reason": judgement.reason,
        "cites": [
            {**each._asdict(), "standing": each.standing.name} for each in measure.notion.cites
        ],
    }
