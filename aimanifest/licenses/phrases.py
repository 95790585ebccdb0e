"""The phrases by which licenses usually restrict, and where they stand in a text.

They help to read a text that nobody here knows. They decide nothing: a phrase may stand in a
sentence that forbids nothing, and a text may restrict in other words.
"""

import re
from functools import cache
from typing import NamedTuple

LIMIT_FINDS = 5
"""So many places are given for each restriction."""
LIMIT_QUOTE = 60
LIMIT_LENGTH = 300_000
"""So many characters are looked through; no license is as long."""


class Phrase(NamedTuple):
    """Words on a line that usually restrict, and the word of RESTRICTIONS for how."""

    restricts: str
    line: int
    quote: str


def find(lines: list[str], first: int = 1, last: int | None = None) -> list[Phrase]:
    """Find such phrases on the lines from `first` to `last`, in the order of the lines.

    Lines count from 1; without `last`, all that follow are looked through.
    """
    text = "\n".join(lines[first - 1 : last])[:LIMIT_LENGTH]
    found = []
    for restricts, pattern in _patterns():
        for count, each in enumerate(pattern.finditer(text)):
            if count == LIMIT_FINDS:
                break
            line = first + text.count("\n", 0, each.start())
            quote = " ".join(each.group().split())
            found.append(Phrase(restricts, line, quote[:LIMIT_QUOTE]))
    return sorted(found, key=lambda each: each.line)


def binds(lines: list[str], first: int, last: int) -> bool:
    """Whether the lines from `first` to `last` seem to forbid something, or to demand it."""
    text = "\n".join(lines[first - 1 : last])[:LIMIT_LENGTH]
    return bool(_BINDING.search(text)) or bool(find(lines, first, last))


_SOME = r"(?:\W+\w+){0,6}?\W+"
"""A few words between two others."""

_BINDING = re.compile(
    rf"\b(?:you|users?|licensees?|recipients?|any(?:one|body)|whoever)\b{_SOME}"
    r"(?:agree|shall|must|may\s+not|cannot|can\s+not|will\s+not|are\s+not)\b"
    r"|\b(?:may|shall|must|can|will)\s+(?:not|only)\s+be\b"
    r"|\b(?:prohibit|forbid|forbidden|restrict|not\s+(?:be\s+)?(?:permitted|allowed|licensed))"
    r"|\bmust\s+not\b|\bshall\s+not\b|\bnot\s+to\s+use\b|\bonly\s+(?:be\s+used|for|if)\b",
    re.IGNORECASE,
)

_PHRASES = {
    "mau-threshold": (r"active\s+users\b",),
    "revenue-threshold": (
        r"\b(?:annual|gross|yearly|monthly|total)\s+(?:\w+\s+){0,2}revenues?\b",
        r"\brevenues?\s+(?:of|exceed\w*|above|over|(?:more|greater)\s+than|in\s+excess)\b",
    ),
    "non-commercial": (
        r"\bnon-?\s?commercial(?:ly)?\b",
        rf"\bnot\b{_SOME}commercial\s+(?:use|purpose|advantage)",
        rf"\bcommercial\s+(?:use|purpose)s?\b{_SOME}(?:prohibited|forbidden|not\b|requires?)",
    ),
    "research-only": (
        rf"\b(?:solely|only|exclusively)\s+for\b{_SOME}research\b",
        r"\bresearch\W+(?:\w+\W+){0,3}only\b",
    ),
    "non-production": (r"\bnon-?production\b", rf"\bnot\b{_SOME}in\s+production\b"),
    "field-of-use": (
        r"\b(?:may|shall|must|will|agree|agrees)\s+not\s+(?:to\s+)?(?:\w+\s+){0,3}use\b",
        r"\buse(?:-based)?\s+restrictions?\b",
        r"\b(?:restricted|prohibited|forbidden)\s+uses?\b",
        r"\b(?:military|weapons?|surveil\w*)\b",
    ),
    "acceptable-use-policy": (
        r"\bacceptable\s+use\b",
        r"\b(?:prohibited|permitted)\s+use\s+policy\b",
        r"\bus(?:e|age)\s+polic(?:y|ies)\b",
    ),
    "output-use": (
        rf"\boutputs?\b{_SOME}(?:\w+\W+){{0,6}}?(?:train|improve|develop|create|distil)",
        (
            rf"\b(?:train|improve|develop)\w*\b{_SOME}(?:other|another|competing|foundation\w*)"
            r"\W+(?:\w+\W+){0,3}models?\b"
        ),
    ),
    "territory": (
        r"\bdomiciled\s+in\b",
        r"\b(?:within|outside)\s+(?:of\s+)?the\s+territory\b",
        rf"\b(?:not|exclud\w+)\b{_SOME}(?:european\s+union|united\s+kingdom|south\s+korea)\b",
    ),
    "registration": (
        rf"\b(?:must|shall|required\s+to)\b{_SOME}(?:register|request|apply\s+for|contact)\b",
        r"\bregistration\b",
        r"\brequest\s+a\s+licen[cs]e\b",
    ),
    "unilateral-change": (
        (
            r"\b(?:updated|changed|amended|modified|revised)\b(?:\W+\w+){0,4}?\W+"
            r"(?:from\s+time\s+to\s+time|at\s+any\s+time)\b"
        ),
        (
            r"\b(?:may|reserves?\s+the\s+right\s+to)\s+(?:\w+\s+){0,2}"
            rf"(?:update|change|amend|modify|revise)\b{_SOME}"
            r"(?:licen[cs]e|agreement|terms|policy|policies)\b"
        ),
    ),
    "revocable": (
        r"\brevocable\b",
        rf"\bmay\b{_SOME}(?:revoke|withdraw)\b",
        r"\bmay\s+terminate\s+(?:this|the)\s+(?:agreement|licen[cs]e)\b",
    ),
    "remote-restriction": (r"\bremotely\b",),
    "flow-down": (
        r"\benforceable\s+provisions?\b",
        (
            rf"\b(?:pass|hand|impose)\w*\b{_SOME}(?:restrictions?|terms)\b{_SOME}"
            r"(?:recipients?|receives?|users?)\b"
        ),
    ),
    "guardrail-lock": (
        rf"\b(?:bypass|disable|circumvent|remove)\w*\b{_SOME}(?:guardrails?|safety|safeguards?)\b",
    ),
    "no-derivatives": (
        rf"\b(?:may|shall|must)\s+not\b{_SOME}(?:modify|adapt|derivatives?|reverse\s+engineer)\b",
    ),
    "no-redistribution": (
        (
            rf"\b(?:may|shall|must)\s+not\b{_SOME}"
            r"(?:re-?distribute|distribute|sublicen[cs]e|sell|transfer)\b"
        ),
    ),
    "attribution-badge": (r"\b(?:built|powered)\s+(?:with|by)\b", r"\bprominently\s+display\b"),
}
"""What each of them restricts is said in a word of `aimanifest.licenses.RESTRICTIONS`."""

KINDS = frozenset(_PHRASES)
"""The words for what is looked for."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (word, re.compile("|".join(each), re.IGNORECASE)) for word, each in _PHRASES.items()
    )
