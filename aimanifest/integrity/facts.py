"""What became of one claim when it was held against what is there."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from aimanifest.document import Key
from aimanifest.findings import Located, Span


class Result(Enum):
    """Whether a claim is borne out; that it could not be checked says nothing against it."""

    VERIFIED = "verified"
    CONTRADICTED = "contradicted"
    UNCHECKED = "not checked"


class Fact(NamedTuple):
    """One claim, and what became of it.

    `check` says how it was looked into, one of `CHECKS`. `component` is the id of the component
    that the claim is about, "" where it is about none. `subject` is a path in the release, or a
    URL. `pointer` and `span` say where the claim stands in the manifest. `unread` says that the
    system would not let something be read that is there.
    """

    result: Result
    check: str
    component: str
    subject: str
    message: str
    pointer: str
    span: Span
    unread: bool = False


CHECKS = (
    "checksum",
    "place",
    "unlisted",
    "header",
    "license-text",
    "revision",
    "signature",
    "location",
)
"""The ways in which claims are looked into."""


class Claimed(NamedTuple):
    """Makes facts about claims that stand at one place of the manifest."""

    check: str
    component: str
    at: Located

    def verified(self, subject: str, message: str) -> Fact:
        """The claim is so."""
        return self._fact(Result.VERIFIED, subject, message)

    def contradicted(self, subject: str, message: str) -> Fact:
        """The claim is not so."""
        return self._fact(Result.CONTRADICTED, subject, message)

    def unchecked(self, subject: str, message: str, *, unread: bool = False) -> Fact:
        """Nobody can tell from here whether the claim is so."""
        return self._fact(Result.UNCHECKED, subject, message, unread=unread)

    def _fact(self, result: Result, subject: str, message: str, *, unread: bool = False) -> Fact:
        at = self.at
        return Fact(
            result, self.check, self.component, subject, message, at.pointer, at.span, unread
        )


def fixed(at: Located) -> Key:
    """Find a place once, for facts of which there may be very many."""
    return Key(at.pointer, at.span)
