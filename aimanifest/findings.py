"""What is found, where, and how it bears on the rule that found it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, Protocol


class Position(NamedTuple):
    """A place between two characters of the source: line and column, both counted from 1."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of the source, from `start` up to, not including, `end`."""

    start: Position
    end: Position


class Outcome(Enum):
    """The answer to one rule, from the best to the worst; the worst one decides."""

    __hash__ = object.__hash__  # Enum's own is written in Python, and asked for at every rule

    NOT_APPLICABLE = "not applicable"
    MET = "met"
    UNDETERMINED = "undetermined"
    PARTIAL = "partial"
    UNSTATED = "unstated"
    UNMET = "unmet"

    @property
    def rank(self) -> int:
        """How bad it is: 0 is the best."""
        return _RANKS[self]


_RANKS = {outcome: rank for rank, outcome in enumerate(Outcome)}


class Located(Protocol):
    """Anything that knows where it stands in a file: a `Place`, for one."""

    @property
    def pointer(self) -> str:
        """The JSON Pointer (RFC 6901) of the place."""

    @property
    def span(self) -> Span:
        """Where it is written; for what is missing, where its parent's key is written."""


class Related(NamedTuple):
    """A second place that helps to understand a finding: "first defined here"."""

    message: str
    pointer: str
    span: Span


class Finding(NamedTuple):
    """One thing noticed at one place. Plain data: any renderer can print it as it is.

    `outcome` is what the finding makes of its rule; None is a remark, which changes nothing.
    `fix` is YAML to write, or one sentence where no YAML can mend it; "" where there is none.
    """

    rule: str
    outcome: Outcome | None
    message: str
    pointer: str
    span: Span
    fix: str = ""
    related: tuple[Related, ...] = ()


class NotApplicable(NamedTuple):
    """There is nothing here that the rule could ask about; `reason` says why."""

    reason: str


class Remark(NamedTuple):
    """A finding before its rule has signed it."""

    outcome: Outcome | None
    message: str
    at: Located
    fix: str
    related: tuple[Related, ...]

    def signed(self, rule: str) -> Finding:
        """Locate the remark and put the id of `rule` under it."""
        return Finding(
            rule, self.outcome, self.message, self.at.pointer, self.at.span, self.fix, self.related
        )


def unmet(message: str, *, at: Located, fix: str = "", related: tuple[Related, ...] = ()) -> Remark:
    """The manifest says what the rule forbids, or denies what it demands."""
    return Remark(Outcome.UNMET, message, at, fix, related)


def unstated(
    message: str, *, at: Located, fix: str = "", related: tuple[Related, ...] = ()
) -> Remark:
    """The manifest is silent, so nobody can tell."""
    return Remark(Outcome.UNSTATED, message, at, fix, related)


def undetermined(
    message: str, *, at: Located, fix: str = "", related: tuple[Related, ...] = ()
) -> Remark:
    """The manifest speaks, but the rule's own sources do not settle the case."""
    return Remark(Outcome.UNDETERMINED, message, at, fix, related)


def partial(
    message: str, *, at: Located, fix: str = "", related: tuple[Related, ...] = ()
) -> Remark:
    """Some of what the rule asks for is there; only where the rule's framework grades in parts."""
    return Remark(Outcome.PARTIAL, message, at, fix, related)


def remark(
    message: str, *, at: Located, fix: str = "", related: tuple[Related, ...] = ()
) -> Remark:
    """Worth knowing; changes no outcome."""
    return Remark(None, message, at, fix, related)
