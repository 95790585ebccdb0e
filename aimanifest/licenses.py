"""SPDX licence expressions, and whether what they grant is enough for a given purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from aimanifest.data import spdx
from aimanifest.rules import OUR_READING, PRACTICE, TEXT, Citation

MAX_LENGTH: Final = 1024
MAX_DEPTH: Final = 32
SPDX_LIST: Final = spdx.VERSION

_SHOWN: Final = 60
_ALIKE: Final = 0.8
_MOST_CANDIDATES: Final = 4
_OPERATORS = {word: word.upper() for word in ("AND", "and", "OR", "or", "WITH", "with")}


# --- expressions ---------------------------------------------------------------------------------


class LicenseError(ValueError):
    """A text that is no SPDX licence expression.

    `column` (from 0) and `length` say which part of the text is wrong; `suggestion` is what to
    write in its place, "" where only the author can know. `str()` is the message, one sentence.
    """

    def __init__(self, message: str, *, column: int, length: int, suggestion: str = "") -> None:
        """Say what is wrong, where, and what to write instead."""
        super().__init__(message)
        self.message = message
        self.column = column
        self.length = length
        self.suggestion = suggestion


class Term(NamedTuple):
    """One licence, as an expression names it: `Apache-2.0`, `MPL-1.1+`, `A WITH B`."""

    id: str
    or_later: bool = False
    addition: str = ""

    def __str__(self) -> str:
        """Give the canonical form."""
        plus = "+" if self.or_later else ""
        return f"{self.id}{plus} WITH {self.addition}" if self.addition else f"{self.id}{plus}"


class Compound(NamedTuple):
    """Expressions joined by one operator: AND, where all hold, or OR, where one may choose."""

    operator: str
    parts: tuple[Term | Compound, ...]

    def __str__(self) -> str:
        """Give the canonical form: parentheses only around an OR within an AND."""
        return f" {self.operator} ".join(
            f"({part})" if isinstance(part, Compound) and part.operator == "OR" else str(part)
            for part in self.parts
        )


class Deprecated(NamedTuple):
    """An id that SPDX has deprecated, and what to write instead, where SPDX says it."""

    id: str
    replacements: tuple[str, ...]


class Expression(NamedTuple):
    """A licence expression, normalised: one operator is one level, nothing is said twice.

    The order stays the author's. `ids` are the licences in it, each once, in order.
    """

    text: str
    tree: Term | Compound
    ids: tuple[str, ...]
    deprecated: tuple[Deprecated, ...]

    def __str__(self) -> str:
        """Give the canonical form; it parses to an equal expression."""
        return self.text

    def __hash__(self) -> int:
        """Hash the canonical form: a string remembers its hash, a tree does not."""
        return hash(self.text)


def parse(text: str) -> Expression:
    """Read an SPDX licence expression.

    The grammar is that of SPDX 3.0.1, annex "SPDX license expressions": WITH binds tighter than
    AND, AND tighter than OR; operators are all upper or all lower case. Stricter than there, for
    manifests are compared by machines: ids must be spelt as in the SPDX list, an addition must be
    an exception of that list or an `AdditionRef-`, and `NONE` and `NOASSERTION`, which are no
    licences, are for the caller to look at first. Raises LicenseError.
    """
    if len(text) > MAX_LENGTH:
        raise LicenseError(
            f"a licence expression has at most {MAX_LENGTH:,} characters; this has {len(text):,}",
            column=MAX_LENGTH,
            length=len(text) - MAX_LENGTH,
        )
    return _parse(text)


@lru_cache(maxsize=1024)
def _parse(text: str) -> Expression:
    if text in spdx.LICENSES and text not in spdx.DEPRECATED:
        return Expression(text, Term(text), (text,), ())
    tree = _Parser(text).whole()
    terms = list(_terms(tree))
    ids = tuple(dict.fromkeys(term.id for term in terms))
    deprecated = [Deprecated(id, spdx.DEPRECATED[id]) for id in ids if id in spdx.DEPRECATED]
    deprecated += (
        Deprecated(addition, spdx.DEPRECATED_EXCEPTIONS[addition])
        for addition in dict.fromkeys(term.addition for term in terms)
        if addition in spdx.DEPRECATED_EXCEPTIONS
    )
    return Expression(str(tree), tree, ids, tuple(deprecated))


def _terms(tree: Term | Compound) -> Iterator[Term]:
    if isinstance(tree, Term):
        yield tree
    else:
        for part in tree.parts:
            yield from _terms(part)


class _Token(NamedTuple):
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    start = 0
    for end, char in enumerate(text):
        if char in " ()":
            if start < end:
                yield _Token(text[start:end], start)
            if char != " ":
                yield _Token(char, end)
            start = end + 1
    if start < len(text):
        yield _Token(text[start:], start)


def _is_reference(id: str, prefix: str) -> bool:
    document, colon, reference = id.rpartition(":")
    name = reference.removeprefix(prefix)
    if name == reference or not _is_name(name):
        return False
    return not colon or (
        document.startswith("DocumentRef-") and _is_name(document.removeprefix("DocumentRef-"))
    )


def _is_name(text: str) -> bool:
    return text.isascii() and text.replace("-", "a").replace(".", "a").isalnum()


class _Parser:
    """A recursive descent over one text; its depth is bounded, so is Python's stack."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.next = 0
        self.depth = 0

    def whole(self) -> Term | Compound:
        if not self.tokens:
            raise self.wrong("an empty text stands where a licence expression is expected", None)
        tree = self.choice()
        if token := self.peek():
            if token.text == ")":
                raise self.wrong("`)` closes a parenthesis that was never opened", token)
            raise self.unjoined(token)
        return tree

    def peek(self) -> _Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def take(self, operator: str) -> bool:
        token = self.peek()
        if token and _OPERATORS.get(token.text) == operator:
            self.next += 1
            return True
        return False

    def choice(self) -> Term | Compound:
        parts = [self.sum()]
        while self.take("OR"):
            parts.append(self.sum())
        return _joined("OR", parts)

    def sum(self) -> Term | Compound:
        parts = [self.single()]
        while self.take("AND"):
            parts.append(self.single())
        return _joined("AND", parts)

    def single(self) -> Term | Compound:
        token = self.peek()
        if token is None:
            raise self.wrong("the expression ends where a licence id is expected", None)
        if token.text != "(":
            return self.term(token)
        if self.depth == MAX_DEPTH:
            message = f"parentheses may be nested {MAX_DEPTH} deep, no deeper"
            raise self.wrong(message, token)
        self.next += 1
        self.depth += 1
        tree = self.choice()
        self.depth -= 1
        close = self.peek()
        if close is None:
            raise self.wrong("`(` opens a parenthesis that is never closed", token)
        if close.text != ")":
            raise self.unjoined(close)
        self.next += 1
        return tree

    def term(self, token: _Token) -> Term:
        id, or_later = self.license(token)
        self.next += 1
        if not self.take("WITH"):
            return Term(id, or_later)
        addition = self.peek()
        if addition is None:
            raise self.wrong("the expression ends where the id of an exception is expected", None)
        self.exception(addition)
        self.next += 1
        return Term(id, or_later, addition.text)

    def license(self, token: _Token) -> tuple[str, bool]:
        id = token.text
        if id in spdx.LICENSES or _is_reference(id, "LicenseRef-"):
            return id, False
        if id.endswith("+") and id[:-1] in spdx.LICENSES:
            if id[:-1].endswith(("-only", "-or-later")):
                written = id[:-1].removesuffix("-only").removesuffix("-or-later") + "-or-later"
                message = f"`{id}` is no SPDX licence id: GNU licences take no `+`; "
                raise self.wrong(f"{message}write `{written}`", token, written)
            return id[:-1], True
        raise self.unknown_license(token)

    def exception(self, token: _Token) -> None:
        id = token.text
        if id in spdx.EXCEPTIONS or _is_reference(id, "AdditionRef-"):
            return
        if id in "()" or id in _OPERATORS:
            raise self.wrong(f"{_shown(id)} stands where the id of an exception is expected", token)
        if id in spdx.LICENSES or _is_reference(id, "LicenseRef-"):
            message = f"{_shown(id)} is a licence, not an exception: it cannot follow WITH"
            raise self.wrong(message, token)
        message = f"{_shown(id)} is not the id of an SPDX licence exception"
        if spelt := _spelt(id, spdx.EXCEPTIONS):
            raise self.wrong(f"{message}; write `{spelt}`", token, spelt)
        raise self.perhaps(message, token, _close(id, spdx.EXCEPTIONS))

    # what to say when it goes wrong

    def wrong(self, message: str, token: _Token | None, suggestion: str = "") -> LicenseError:
        column, length = (token.column, len(token.text)) if token else (len(self.text), 0)
        return LicenseError(message, column=column, length=length, suggestion=suggestion)

    def perhaps(self, message: str, token: _Token, close: tuple[str, ...]) -> LicenseError:
        if close:
            message = f"{message}; did you mean {_either(close)}?"
        return self.wrong(message, token, close[0] if len(close) == 1 else "")

    def unknown_license(self, token: _Token) -> LicenseError:
        id = token.text
        if misplaced := self.misplaced(id):
            return self.wrong(misplaced, token)
        if odd := next((char for char in id if char.isspace() or not char.isprintable()), ""):
            name = {"\t": "a tab", "\n": "a line break", "\r": "a line break"}.get(odd)
            name = name or f"the character U+{ord(odd):04X}"
            column = token.column + id.index(odd)
            return self.wrong(f"{name} stands where only a space may", _Token(odd, column))
        for phrase in (self.all(), self.phrase(), token):
            if found := meant(phrase.text):
                return self.spelling(phrase, found)
        if _key(self.phrase().text) in _no_license():
            message = (
                f"{_shown(self.phrase().text)} names no licence: write a `LicenseRef-` id for terms"
                " of its own, `NONE` if no licence is granted, `NOASSERTION` if nobody has looked"
            )
            return self.wrong(message, self.phrase())
        return self.resembling(token)

    def misplaced(self, id: str) -> str:
        """Say why something that is known is no licence here; "" for what is not known."""
        if id == ")" and self.depth and self.tokens[self.next - 1].text == "(":
            return "`)` closes a parenthesis with nothing in it"
        if id == ")" or id in _OPERATORS:
            return f"`{id}` stands where a licence id is expected"
        if id in ("NONE", "NOASSERTION"):
            return f"`{id}` stands alone: it is no part of an expression"
        if id in spdx.EXCEPTIONS or _is_reference(id, "AdditionRef-"):
            return f"{_shown(id)} is an exception: it stands after WITH only"
        return ""

    def resembling(self, token: _Token) -> LicenseError:
        id = token.text
        parts = [part for part in re.split(r"[/,;&|]+", id) if part]
        if reference := re.fullmatch(r"(licen[sc]eref-)(.*)", id, re.IGNORECASE):
            name = re.sub(r"[^A-Za-z0-9.]+", "-", reference[2]).strip("-")
            message = (
                f"{_shown(id)} is not `LicenseRef-` and then letters, digits, `-` and `.` only"
            )
            return self.wrong(message, token, f"LicenseRef-{name}" if name else "")
        if len(parts) > 1 and all(part in spdx.LICENSES for part in parts):
            message = (
                f"{_shown(id)} does not say how they go together: write"
                f" `{' OR '.join(parts)}` if one may choose, `{' AND '.join(parts)}` if all hold"
            )
            return self.wrong(message, token)
        message = f"{_shown(id)} is not an SPDX licence id"
        if close := _close(id, (spdx.LICENSES - spdx.DEPRECATED.keys())):
            return self.perhaps(message, token, close)
        example = re.sub(r"[^A-Za-z0-9.]+", "-", id).strip("-")[:40] or "name"
        message = f"{message}; a licence that SPDX does not list is written `LicenseRef-{example}`"
        return self.wrong(message, token)

    def unjoined(self, token: _Token) -> LicenseError:
        """Explain a word after a licence: a name of several words, or a forgotten operator."""
        for phrase in (self.all(), self.phrase()):
            if " " in phrase.text and (found := meant(phrase.text)):
                return self.spelling(phrase, found)
        if token.text in _OPERATORS:
            message = f"`{token.text}` adds to a single licence, and what stands before it is none"
            return self.wrong(message, token)
        if (upper := token.text.upper()) in _OPERATORS:
            message = f"`{token.text}` is neither upper nor lower case; write `{upper}`"
            return self.wrong(message, token, upper)
        return self.wrong(f"{_shown(token.text)} follows without AND, OR or WITH before it", token)

    def spelling(self, phrase: _Token, found: tuple[str, ...]) -> LicenseError:
        shown = _shown(phrase.text)
        if len(found) > 1:
            return self.wrong(f"{shown} does not say which licence: {_either(found)}?", phrase)
        [id] = found
        message = f"{shown} is not an SPDX licence id; write `{id}`"
        if id.startswith("LicenseRef-"):
            message = f"{shown} is not on the SPDX license list; write `{id}`"
        return self.wrong(message, phrase, id)

    def all(self) -> _Token:
        text = self.text.strip(" ")
        return _Token(text, self.text.find(text))

    def phrase(self) -> _Token:
        """Give the words around the one that is wrong, up to an operator or a parenthesis."""
        at = min(self.next, len(self.tokens) - 1)
        first = last = at
        while first > 0 and not self.splits(first - 1):
            first -= 1
        while last + 1 < len(self.tokens) and not self.splits(last + 1):
            last += 1
        start, end = self.tokens[first], self.tokens[last]
        return _Token(self.text[start.column : end.column + len(end.text)], start.column)

    def splits(self, index: int) -> bool:
        text = self.tokens[index].text
        return text in ("(", ")") or text in _OPERATORS


def _joined(operator: str, parts: list[Term | Compound]) -> Term | Compound:
    flat: dict[Term | Compound, None] = {}
    for part in parts:
        if isinstance(part, Compound) and part.operator == operator:
            flat.update(dict.fromkeys(part.parts))
        else:
            flat[part] = None
    return next(iter(flat)) if len(flat) == 1 else Compound(operator, tuple(flat))


def _shown(text: str) -> str:
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return f"`{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}`"


def _either(ids: tuple[str, ...]) -> str:
    *most, last = [f"`{id}`" for id in ids]
    return f"{', '.join(most)} or {last}" if most else last


# --- what people write ---------------------------------------------------------------------------


def license_ids() -> frozenset[str]:
    """Give the ids of the SPDX licence list, without those that it has deprecated."""
    return spdx.LICENSES - spdx.DEPRECATED.keys()


def meant(text: str) -> tuple[str, ...]:
    """Say which licence people mean when they write `text`.

    Knows ids in any case, full names, Hugging Face and ScanCode ids, addresses of licence texts,
    and common short forms. One id where it is clear, several where only the author knows
    (`gpl-3.0`: only, or also later versions?), none where nothing is known. Never a guess from
    resemblance, and never a deprecated id.
    """
    if len(text) > MAX_LENGTH:
        return ()
    if "://" in text:
        return _at(text)
    return _meanings().get(_key(text), ())


_FILLERS = frozenset({"the", "license", "licenses", "agreement", "version", "ver", "v"})


def _key(text: str) -> str:
    text = text.lower().replace("licence", "license").replace("++", " plusplus ")
    text = re.sub(r"v(?=\.? ?\d)", " ", text)
    words = re.findall(r"\d+(?:\.\d+)*\+?|[a-z]+", text)
    return "-".join(word for word in words if word not in _FILLERS)


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[str, ...]]:
    from aimanifest.data import spdx_names, spellings  # noqa: PLC0415  only for a wrong id

    found: dict[str, tuple[str, ...]] = {}
    for spelling, ids in spellings.SPELLINGS.items():
        found.setdefault(_key(spelling), ids)
    for id in sorted(spdx.LICENSES):
        found.setdefault(_key(id), spdx.DEPRECATED.get(id) or (id,))
    for id, row in _ai_rows().items():
        for name in (id, id.removeprefix("LicenseRef-"), row["name"], *row["also"]):
            found.setdefault(_key(name), (id,))
        for name in (*row["hugging_face"], *(f"scancode-{key}" for key in row["scancode"])):
            found.setdefault(_key(name), (id,))
            found.setdefault(_key(f"LicenseRef-{name}"), (id,))
    for id, name in spdx_names.NAMES.items():
        found.setdefault(_key(name), spdx.DEPRECATED.get(id) or (id,))
        if id.startswith("CC-BY-"):
            *marks, version = id.lower().split("-")[1:]
            if not set(marks) - spellings.MARKS.keys():
                long = "-".join(spellings.MARKS[mark] for mark in marks)
                for spelling in (long, re.sub(r"(?<=[a-z])(?=[A-Z])", " ", long)):
                    found.setdefault(_key(f"Creative Commons {spelling} {version}"), (id,))
    return found


@lru_cache(maxsize=1)
def _no_license() -> frozenset[str]:
    from aimanifest.data import spellings  # noqa: PLC0415  only for a wrong id

    return frozenset(_key(word) for word in spellings.NO_LICENSE)


def _path(address: str) -> str:
    path = re.sub(r"^https?://(?:www\.)?", "", address.strip().lower())
    return re.sub(r"(?:/|\.html|\.json)+$", "", re.split(r"[#?]", path)[0])


_ADDRESSES = (
    (r"creativecommons\.org/licenses/([a-z-]+)/([\d.]+)(?:/.*)?", r"CC-\1-\2"),
    (r"creativecommons\.org/publicdomain/zero/1\.0(?:/.*)?", "CC0-1.0"),
    (r"creativecommons\.org/publicdomain/mark/1\.0(?:/.*)?", "CC-PDM-1.0"),
    (r"apache\.org/licenses/license-(\d\.\d)(?:\.txt)?", r"Apache-\1"),
    (r"gnu\.org/licenses/(?:old-licenses/)?(a?gpl|lgpl|fdl)-(\d\.\d)(?:-standalone)?", r"\1 \2"),
    (r"(?:spdx|opensource)\.org/licenses?/([\w.+-]+)", r"\1"),
    (r"choosealicense\.com/licenses/([\w.-]+)", r"\1"),
)


def _at(address: str) -> tuple[str, ...]:
    """Say which licence stands at an address that is known to hold one."""
    path = _path(address)
    for id, row in _ai_rows().items():
        if row["url"] and path == _path(row["url"]):
            return (id,)
    for pattern, form in _ADDRESSES:
        if found := re.fullmatch(pattern, path):
            return _meanings().get(_key(found.expand(form)), ())
    return ()


def _spelt(id: str, pool: Iterable[str]) -> str:
    return next((each for each in sorted(pool) if each.lower() == id.lower()), "")


def _close(id: str, pool: Iterable[str]) -> tuple[str, ...]:
    """Give the ids most like `id`: one, or the few that are equally like it."""
    from difflib import SequenceMatcher  # noqa: PLC0415  only for a wrong id

    if len(id) > _SHOWN:
        return ()
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(id.lower())
    scored = []
    for each in pool:
        matcher.set_seq1(each.lower())
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
            swapped = sorted(each.lower()) == sorted(id.lower())
            scored.append((max(matcher.ratio(), 0.95 if swapped else 0.0), each))
    best = max(scored, default=(0.0, ""))[0]
    found = sorted(each for score, each in scored if score == best)
    return tuple(found) if best >= _ALIKE and len(found) <= _MOST_CANDIDATES else ()


# --- what licences restrict ----------------------------------------------------------------------


class Restriction(NamedTuple):
    """A word for what terms may ask, and what the Open Source Definition's practice makes of it.

    `freedom` is what the term takes away: use, study, modify or share; "" if nothing. `standing`
    is "compatible", "restrictive", or "contested" where informed people disagree.
    """

    word: str
    freedom: str
    meaning: str
    standing: str


COMPATIBLE: Final = "compatible"
CONTESTED: Final = "contested"
RESTRICTIVE: Final = "restrictive"

_VOCABULARY = {
    (COMPATIBLE, ""): {
        "attribution": "Asks for credit, kept notices, or a copy of the licence passed on.",
        "naming": "Asks that a modified version bear another name or version.",
        "patent-retaliation": "Ends rights for who sues over patents in the work.",
        "share-alike": "Asks that modified versions be shared under the same terms.",
    },
    (CONTESTED, "use"): {
        "ads": (
            "Puts advertisements before the user; the Open Source AI Definition does not speak of "
            "it, the EU guidelines count it as payment."
        ),
        "attribution-badge": "Prescribes words that products or derived models must display.",
        "exclusive-hosting": (
            "Lets the model run on certain hosts only; the Open Source AI Definition does not "
            "speak of it, the EU guidelines count it as payment."
        ),
        "litigation-termination": (
            "Ends rights for who sues over copyright or other rights, not patents alone."
        ),
        "payment": (
            "Asks for payment, at least for some uses; the Open Source AI Definition does not "
            "speak of a price, the EU guidelines exclude it."
        ),
    },
    (RESTRICTIVE, "use"): {
        "acceptable-use-policy": (
            "Binds users to a list of forbidden uses outside the licence, which may change."
        ),
        "field-of-use": "Forbids certain uses, or permits only certain ones.",
        "mau-threshold": "Asks for another licence above a number of users.",
        "non-commercial": "Forbids commercial use.",
        "non-production": "Permits testing and development, and no use in production.",
        "output-use": (
            "Restricts what may be done with the output, such as training other models with it."
        ),
        "personal-data": "Asks for personal data in exchange for access.",
        "registration": "Asks users to register, or to request permission, first.",
        "remote-restriction": "Reserves a right to restrict use from afar.",
        "research-only": "Permits research only.",
        "revenue-threshold": "Asks for another licence above an amount of revenue.",
        "revocable": "Lets the licensor withdraw the licence without a breach of it.",
        "territory": "Grants nothing to people in certain countries.",
        "unilateral-change": "Lets the licensor change the terms for those who have accepted them.",
    },
    (RESTRICTIVE, "modify"): {
        "guardrail-lock": "Forbids to remove or to get around safety measures of the model.",
        "no-derivatives": "Forbids to make, or to share, modified versions.",
    },
    (RESTRICTIVE, "share"): {
        "flow-down": "Obliges who shares the work to impose its use restrictions on others.",
        "no-redistribution": "Forbids to pass the work on, or permits it only to some.",
    },
}

RESTRICTIONS: Final = {
    word: Restriction(word, freedom, meaning, standing)
    for (standing, freedom), words in _VOCABULARY.items()
    for word, meaning in words.items()
}
"""The closed vocabulary of `additional_terms[].restricts`, and of the data on AI licences."""


class Clause(NamedTuple):
    """A term of a licence: a word of RESTRICTIONS, where it stands, its own words, its meaning.

    `section` is "" where the licence numbers nothing, `quote` is "" where the words were not seen.
    """

    restricts: str
    section: str
    quote: str
    meaning: str


class License(NamedTuple):
    """What is known about one licence.

    `terms` are the restrictions that are known, with the compatible ones for AI licences;
    `freedoms` says "yes", "restricted", "no" or "unknown" of use, study, modify and share.
    `osi` is "approved", "under review", "never submitted" or "unknown", which is: not on the list
    of approved licences, and whether it was ever submitted is not known here.
    """

    id: str
    name: str
    osi: str
    fsf_libre: bool
    deprecated: bool
    terms: tuple[Clause, ...]
    freedoms: dict[str, str]
    url: str
    source: str
    notes: str = ""

    @property
    def osi_approved(self) -> bool:
        """Whether the Open Source Initiative has approved it."""
        return self.osi == "approved"


FREEDOMS: Final = ("use", "study", "modify", "share")


def facts(id: str) -> License | None:
    """Say what is known about a licence id; None where nothing is."""
    if not id.startswith("LicenseRef-"):
        if id not in spdx.LICENSES:
            return None
        from aimanifest.data import spdx_names  # noqa: PLC0415  only for explanations

        approved, terms = id in spdx.OSI_APPROVED, _terms_of_listed(id)
        broken = {RESTRICTIONS[term.restricts].freedom for term in terms}
        return License(
            id,
            spdx_names.NAMES[id],
            "approved" if approved else "unknown",
            id in spdx.FSF_LIBRE,
            id in spdx.DEPRECATED,
            terms,
            {
                freedom: "restricted" if freedom in broken else "yes" if approved else "unknown"
                for freedom in FREEDOMS
            },
            f"https://spdx.org/licenses/{id}.html",
            f"SPDX licence list {spdx.VERSION}",
        )
    return _ai_licenses().get(id.lower())


def _terms_of_listed(id: str) -> tuple[Clause, ...]:
    from aimanifest.data import restricted  # noqa: PLC0415  only for what the OSI did not approve

    rows = list(restricted.RESTRICTED.get(id, ()))
    if id.startswith("CC-BY-"):
        rows += [restricted.NON_COMMERCIAL] * ("-NC-" in id)
        rows += [restricted.NO_DERIVATIVES] * ("-ND-" in id)
    if id.startswith("GFDL-") and "-invariants" in id and "-no-invariants" not in id:
        rows.append(restricted.INVARIANT_SECTIONS)
    return tuple(Clause(*row) for row in rows)


@lru_cache(maxsize=1)
def _ai_rows() -> dict[str, dict[str, Any]]:
    import json  # noqa: PLC0415  only where a LicenseRef is met
    from importlib import resources  # noqa: PLC0415  as above

    text = resources.files("aimanifest.data").joinpath("ai-licenses.json").read_text("utf-8")
    rows: dict[str, dict[str, Any]] = json.loads(text)["licenses"]
    return rows


@lru_cache(maxsize=1)
def _ai_licenses() -> dict[str, License]:
    """Give the licences that SPDX does not list, by every id they go by, in lower case.

    SPDX compares what follows `LicenseRef-` without regard to case.
    """
    found = {}
    for id, row in _ai_rows().items():
        license = License(
            id,
            row["name"],
            row["osi"],
            fsf_libre=False,
            deprecated=False,
            terms=tuple(Clause(**term) for term in row["terms"]),
            freedoms=row["freedoms"],
            url=row["url"],
            source=row["source"],
            notes=row["notes"],
        )
        scancode = [f"scancode-{key}" for key in row["scancode"]]
        for alias in (id, *(f"LicenseRef-{each}" for each in row["hugging_face"] + scancode)):
            found[alias.lower()] = license
    return found


# --- judging -------------------------------------------------------------------------------------


class Judgement(NamedTuple):
    """Whether a licence is enough for a purpose: yes, no, or None, undetermined; and why."""

    verdict: bool | None
    reason: str


class Group(NamedTuple):
    """Licences that one sentence judges; `{name}` in it stands for the licence."""

    ids: frozenset[str]
    verdict: bool | None
    reason: str


class Notion(NamedTuple):
    """One purpose that a licence may serve, with the sources and lists that decide.

    `groups` are looked through first. Then a term of the licence whose word is in `breaking`
    makes no, one in `doubtful` undetermined. What is left is judged by `listed` if it is on the
    SPDX list and by `unlisted` if it is another licence known here, where `{osi}` says how it
    stands with the OSI. Licences that nobody here knows are undetermined.
    """

    id: str
    title: str
    cites: tuple[Citation, ...]
    groups: tuple[Group, ...]
    breaking: frozenset[str]
    doubtful: frozenset[str]
    listed: Judgement
    unlisted: Judgement

    def __hash__(self) -> int:
        """Hash the id: it stands for the whole, and is quick."""
        return hash(self.id)


@lru_cache(maxsize=4096)
def judge(expression: Expression, notion: Notion) -> Judgement:
    """Say whether the terms of `expression` are enough for `notion`, and why in one sentence.

    Kleene's logic decides: of an OR one yes suffices, of an AND one no is enough to fail, and what
    is unknown stays so unless the rest decides. WITH an exception of the SPDX list, and `+`, keep
    the standing of the licence; with any other addition nothing is known.
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
    for group in notion.groups:
        if id in group.ids:
            return Judgement(verdict=group.verdict, reason=group.reason.format(name=id))
    if "LicenseRef-" not in id:
        if replacements := spdx.DEPRECATED.get(id):
            return _judge(parse(replacements[0]).tree, notion)
        return _judge_terms(id, _terms_of_listed(id), notion, notion.listed)
    license = _ai_licenses().get(id.lower())
    if license is None:
        return Judgement(
            verdict=None,
            reason=f"Nothing is known here about {id}; every licence that the OSI approved "
            "has an SPDX id of its own.",
        )
    judgement = _judge_terms(license.name, license.terms, notion, notion.unlisted, license.osi)
    if judgement.verdict and set(license.freedoms.values()) != {"yes"}:
        return Judgement(verdict=None, reason=f"Not all that {license.name} grants is known here.")
    return judgement


_WITH_THE_OSI = {
    "approved": "is approved by the OSI",
    "under review": "is under review by the OSI and not approved",
    "never submitted": "was never submitted to the OSI",
    "unknown": "is not on the OSI's list of approved licences",
}


def _judge_terms(
    name: str, terms: tuple[Clause, ...], notion: Notion, rest: Judgement, osi: str = "unknown"
) -> Judgement:
    for term in terms:
        if term.restricts in notion.breaking:
            freedom = RESTRICTIONS[term.restricts].freedom
            return Judgement(verdict=False, reason=f"{_told(name, term)}: breaks *{freedom}*.")
    if rest.verdict is not False:
        for term in terms:
            if term.restricts in notion.doubtful:
                return Judgement(
                    verdict=None,
                    reason=f"{_told(name, term)}: whether this is allowed is disputed.",
                )
    return Judgement(
        verdict=rest.verdict, reason=rest.reason.format(name=name, osi=_WITH_THE_OSI[osi])
    )


def _told(name: str, term: Clause) -> str:
    section = f" §{term.section}" if term.section[:1].isdigit() else ""
    return f"{name}{section}: {term.meaning}"


# --- the Open Source AI Definition ---------------------------------------------------------------

_BY_WORD = {
    standing: frozenset(r.word for r in RESTRICTIONS.values() if r.standing == standing)
    for standing in (COMPATIBLE, CONTESTED, RESTRICTIVE)
}

_OSAID = "https://opensource.org/ai/open-source-ai-definition"
_OSI_REVIEWS = "https://github.com/samj/osaid/blob/main/data/review_workgroups.xlsx"

DEDICATIONS: Final = frozenset({"CC0-1.0", "CC-PDDC", "CC-PDM-1.0", "PDDL-1.0"})
"""Dedications to the public domain, and the mark that says a work is in it."""

OPEN_CONTENT: Final = frozenset(
    "CC-BY-3.0 CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE CC-BY-3.0-IGO CC-BY-3.0-NL CC-BY-3.0-US "
    "CC-BY-4.0 CC-BY-SA-3.0 CC-BY-SA-3.0-AT CC-BY-SA-3.0-DE CC-BY-SA-3.0-IGO CC-BY-SA-4.0 "
    "CDLA-Permissive-1.0 CDLA-Permissive-2.0 CDLA-Sharing-1.0 etalab-2.0 "
    "GFDL-1.1-no-invariants-only GFDL-1.1-no-invariants-or-later "
    "GFDL-1.2-no-invariants-only GFDL-1.2-no-invariants-or-later "
    "GFDL-1.3-no-invariants-only GFDL-1.3-no-invariants-or-later "
    "ODC-By-1.0 ODbL-1.0 OGL-UK-3.0".split()
)
"""Licences for texts and data that grant use, study, modification and sharing to everybody."""

MODEL_LICENSES: Final = frozenset({"OpenMDW-1.0"})
"""Licences of the SPDX list made for models."""

_APPROVED = Group(spdx.OSI_APPROVED, verdict=True, reason="{name} is approved by the OSI.")
_LATER = Group(
    frozenset({"GPL-1.0-or-later"}),
    verdict=True,
    reason="{name} lets one take GPL-2.0, which the OSI approved.",
)
_ANY = Group(
    frozenset({"any-OSI"}), verdict=True, reason="{name} stands for every licence the OSI approved."
)

_CODE_GROUPS = (
    _APPROVED,
    _LATER,
    _ANY,
    Group(
        DEDICATIONS,
        verdict=False,
        reason="{name} gives a work to the public domain; for code the definition asks "
        "an OSI-approved license.",
    ),
    Group(
        OPEN_CONTENT,
        verdict=False,
        reason="{name} is made for texts and data; for code the definition asks an "
        "OSI-approved license.",
    ),
    Group(
        MODEL_LICENSES,
        verdict=False,
        reason="{name} was submitted to the OSI in 2026 and is not approved; for code the "
        "definition asks an OSI-approved license.",
    ),
)

OSI_LICENSE: Final = Notion(
    id="osi-license",
    title="The code is under an OSI-approved license",
    cites=(
        Citation("Code shall be made available under OSI-approved licenses.", "Code", _OSAID, TEXT),
    ),
    groups=_CODE_GROUPS,
    breaking=_BY_WORD[RESTRICTIVE],
    doubtful=frozenset(),
    listed=Judgement(
        verdict=False,
        reason="{name} is not an OSI-approved license, which the definition asks for code.",
    ),
    unlisted=Judgement(
        verdict=False, reason="{name} {osi}; for code the definition asks an OSI-approved license."
    ),
)
"""For code of one's own."""

OSI_LIBRARY_LICENSE: Final = OSI_LICENSE._replace(
    id="osi-library-license",
    title="The libraries of others are under OSI-approved licenses",
    cites=(
        *OSI_LICENSE.cites,
        Citation(
            "supporting libraries like tokenizers and hyperparameters search code",
            "Code",
            _OSAID,
            OUR_READING,
        ),
    ),
    listed=Judgement(
        verdict=None,
        reason="{name} is not on the OSI's list of approved licences, and the definition "
        "does not say "
        "whether libraries that others wrote may be under such a licence.",
    ),
)
"""For supporting libraries by somebody else: nobody may choose their licence, and well-known free
ones (MIT-CMU of Pillow, PSF-2.0) were never put to the OSI. Undetermined, where one's own code
fails; a restrictive licence fails both."""

OSI_DOCUMENT_TERMS: Final = Notion(
    id="osi-document-terms",
    title="The document is under OSI-approved terms",
    cites=(
        Citation(
            "Data Information shall be made available under OSI-approved terms.",
            "Data Information",
            _OSAID,
            TEXT,
        ),
        Citation(
            "CC-BY-4.0 documents counted as allowed for use, study, modify and share.",
            "review of BLOOM",
            _OSI_REVIEWS,
            PRACTICE,
        ),
    ),
    groups=(
        _APPROVED,
        _LATER,
        _ANY,
        Group(
            DEDICATIONS,
            verdict=True,
            reason="By {name} the text is in the public domain, free to all for any purpose.",
        ),
        Group(
            OPEN_CONTENT,
            verdict=True,
            reason="{name} grants the four freedoms, and the OSI's reviewers counted such "
            "a licence as "
            "enough for documents.",
        ),
    ),
    breaking=_BY_WORD[RESTRICTIVE],
    doubtful=_BY_WORD[CONTESTED],
    listed=Judgement(
        verdict=None,
        reason="The OSI has not approved {name}, and the definition names no list of terms "
        "that are "
        "accepted for documents.",
    ),
    unlisted=Judgement(
        verdict=None,
        reason="{name} {osi}, and the definition names no list of terms accepted for documents.",
    ),
)
"""For documents that carry data information, and for the manifest's own text."""

OSI_PARAMETER_TERMS: Final = Notion(
    id="osi-parameter-terms",
    title="The parameters are under OSI-approved terms",
    cites=(
        Citation(
            "Parameters shall be made available under OSI-approved terms.",
            "Parameters",
            _OSAID,
            TEXT,
        ),
        Citation(
            "The Open Source AI Definition does not require a specific legal mechanism for "
            "assuring that the model parameters are freely available to all.",
            "Open Source models and Open Source weights",
            _OSAID,
            TEXT,
        ),
    ),
    groups=(
        _APPROVED,
        _LATER,
        _ANY,
        Group(
            DEDICATIONS,
            verdict=True,
            reason="By {name} they are in the public domain, free to all for any purpose.",
        ),
        Group(
            OPEN_CONTENT,
            verdict=None,
            reason="The OSI has not reviewed {name} for parameters, and the definition "
            "names no list of "
            "terms that are accepted for them.",
        ),
        Group(
            MODEL_LICENSES,
            verdict=None,
            reason="{name} grants the four freedoms, but was submitted to the OSI in 2026 "
            "and is not "
            "approved.",
        ),
    ),
    breaking=_BY_WORD[RESTRICTIVE],
    doubtful=_BY_WORD[CONTESTED],
    listed=Judgement(
        verdict=None,
        reason="The OSI has not approved {name}, and the definition names no list of terms "
        "that are "
        "accepted for parameters.",
    ),
    unlisted=Judgement(
        verdict=None,
        reason="{name} {osi}, and the definition names no list of terms accepted for parameters.",
    ),
)
"""For weights and other parameters."""


NOTIONS: Final = {
    notion.id: notion
    for notion in (OSI_LICENSE, OSI_LIBRARY_LICENSE, OSI_DOCUMENT_TERMS, OSI_PARAMETER_TERMS)
}
"""Every notion, by its id."""
