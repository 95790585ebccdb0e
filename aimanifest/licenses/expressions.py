"""SPDX license expressions: text to a normalised expression, or an error with its place."""

# Annotations are evaluated here: as strings, each NamedTuple would compile them on every start.
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from aimanifest.data import spdx

MAX_LENGTH: Final = 1024
MAX_DEPTH: Final = 32
OPERATORS: Final = {word: word.upper() for word in ("AND", "and", "OR", "or", "WITH", "with")}


class LicenseError(ValueError):
    """A text that is no SPDX license expression.

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
    """One license, as an expression names it: `Apache-2.0`, `MPL-1.1+`, `A WITH B`."""

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
    parts: tuple["Term | Compound", ...]

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
    """A license expression, normalised: one operator is one level, nothing is said twice.

    The order stays the author's. `ids` are the licenses in it, each once, in order.
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
    """Read an SPDX license expression.

    The grammar is that of SPDX 3.0.1, annex "SPDX license expressions": WITH binds tighter than
    AND, AND tighter than OR; operators are all upper or all lower case. Stricter than there, for
    manifests are compared by machines: ids must be spelt as in the SPDX list, an addition must be
    an exception of that list or an `AdditionRef-`, and `NONE` and `NOASSERTION`, which are no
    licenses, are for the caller to look at first. Raises LicenseError.
    """
    if len(text) > MAX_LENGTH:
        raise LicenseError(
            f"a license expression has at most {MAX_LENGTH:,} characters; this has {len(text):,}",
            column=MAX_LENGTH,
            length=len(text) - MAX_LENGTH,
        )
    return _parse(text)


@lru_cache(maxsize=1024)
def _parse(text: str) -> Expression:
    if text in spdx.LICENSES and text not in spdx.DEPRECATED:
        return Expression(text, Term(text), (text,), ())
    tree = Reader(text).whole()
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


class Token(NamedTuple):
    """A word or a parenthesis, and where it begins."""

    text: str
    column: int


def _tokens(text: str) -> Iterator[Token]:
    start = 0
    for end, char in enumerate(text):
        if char in " ()":
            if start < end:
                yield Token(text[start:end], start)
            if char != " ":
                yield Token(char, end)
            start = end + 1
    if start < len(text):
        yield Token(text[start:], start)


def is_reference(id: str, prefix: str) -> bool:
    """Tell whether `id` is `prefix` and a name, possibly in another document."""
    document, colon, reference = id.rpartition(":")
    name = reference.removeprefix(prefix)
    if name == reference or not _is_name(name):
        return False
    return not colon or (
        document.startswith("DocumentRef-") and _is_name(document.removeprefix("DocumentRef-"))
    )


def _is_name(text: str) -> bool:
    return text.isascii() and text.replace("-", "a").replace(".", "a").isalnum()


class Reader:
    """A recursive descent over one text; its depth is bounded, so is Python's stack."""

    def __init__(self, text: str) -> None:
        """Stand before the first word."""
        self.text = text
        self.tokens = list(_tokens(text))
        self.next = 0
        self.depth = 0

    def whole(self) -> Term | Compound:
        """Read all of it."""
        if not self.tokens:
            raise self.wrong("an empty text stands where a license expression is expected", None)
        tree = self.choice()
        if token := self.peek():
            if token.text == ")":
                raise self.wrong("`)` closes a parenthesis that was never opened", token)
            raise self.explained(token, "unjoined")
        return tree

    def peek(self) -> Token | None:
        """Look at the next word."""
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def take(self, operator: str) -> bool:
        """Pass over `operator`, if it comes next."""
        token = self.peek()
        if token and OPERATORS.get(token.text) == operator:
            self.next += 1
            return True
        return False

    def choice(self) -> Term | Compound:
        """Read what OR joins."""
        parts = [self.sum()]
        while self.take("OR"):
            parts.append(self.sum())
        return _joined("OR", parts)

    def sum(self) -> Term | Compound:
        """Read what AND joins."""
        parts = [self.single()]
        while self.take("AND"):
            parts.append(self.single())
        return _joined("AND", parts)

    def single(self) -> Term | Compound:
        """Read one license, or what stands in parentheses."""
        token = self.peek()
        if token is None:
            raise self.wrong("the expression ends where a license id is expected", None)
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
            raise self.explained(close, "unjoined")
        self.next += 1
        return tree

    def term(self, token: Token) -> Term:
        """Read a license and what WITH adds to it."""
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

    def license(self, token: Token) -> tuple[str, bool]:
        """Read the id of a license, and whether a `+` follows."""
        id = token.text
        if id in spdx.LICENSES or is_reference(id, "LicenseRef-"):
            return id, False
        if id.endswith("+") and id[:-1] in spdx.LICENSES:
            if id[:-1].endswith(("-only", "-or-later")):
                written = id[:-1].removesuffix("-only").removesuffix("-or-later") + "-or-later"
                message = f"`{id}` is no SPDX license id: GNU licenses take no `+`; "
                raise self.wrong(f"{message}write `{written}`", token, written)
            return id[:-1], True
        raise self.explained(token, "unknown_license")

    def exception(self, token: Token) -> None:
        """Read the id of what is added."""
        id = token.text
        if id in spdx.EXCEPTIONS or is_reference(id, "AdditionRef-"):
            return
        raise self.explained(token, "unknown_exception")

    def wrong(self, message: str, token: Token | None, suggestion: str = "") -> LicenseError:
        """Make the error that says `message` of `token`, or of the end."""
        column, length = (token.column, len(token.text)) if token else (len(self.text), 0)
        return LicenseError(message, column=column, length=length, suggestion=suggestion)

    def explained(self, token: Token, case: str) -> LicenseError:
        """Make the error that explains a word which may be anything people write."""
        from aimanifest.licenses import explanation  # noqa: PLC0415  only for a wrong text

        error: LicenseError = getattr(explanation, case)(self, token)
        return error


def _joined(operator: str, parts: list[Term | Compound]) -> Term | Compound:
    flat: dict[Term | Compound, None] = {}
    for part in parts:
        if isinstance(part, Compound) and part.operator == operator:
            flat.update(dict.fromkeys(part.parts))
        else:
            flat[part] = None
    return next(iter(flat)) if len(flat) == 1 else Compound(operator, tuple(flat))
