"""What another format says about licenses, as a manifest says it, or as a loss."""

from __future__ import annotations

import re
from typing import NamedTuple

from aimanifest.converters.draft import Draft, fitted
from aimanifest.converters.source import Node
from aimanifest.licenses import Expression, LicenseError, facts, parse
from aimanifest.licenses.recognition import (
    AMBIGUOUS,
    NO_LICENSE,
    RECOGNISED,
    STATEMENTS,
    UNKNOWN,
    Recognition,
    recognise,
)

LIMIT_LICENSES = 100
"""So many different texts about licenses are looked into; to look takes time."""

_CALLS_ITSELF = re.compile("licen[cs]e|agreement|terms|openrail", re.IGNORECASE)
"""By what words a text shows that it is meant to be the name of a license."""


class _Reading(NamedTuple):
    """A license as a manifest states it, or else why none is stated.

    `name` and `url` are for the entry that an id of nobody's list needs; `guess` says why the
    license is one that the source does not name in so many words.
    """

    license: str = ""
    loss: str = ""
    guess: str = ""
    name: str = ""
    url: str = ""


class Terms:
    """Reads the licenses of one source, and writes them into one draft."""

    def __init__(self, draft: Draft) -> None:
        """Begin with nothing read."""
        self._draft = draft
        self._known: dict[str, Recognition] = {}
        self._entries: dict[str, str] = {}

    def write(self, name: Node, address: Node, *steps: str) -> str:
        """Write the license that `name` states into the component at `steps`; return it, or "".

        `address` is where its text is said to stand. A license is written where the name is an SPDX
        expression, another spelling of one or another name of a known license; where it is
        ambiguous or unknown and the address is that of a known license; and as a `LicenseRef-`
        where an unknown name calls itself a license and has an address. Anything else is a loss.
        """
        reading = self._read(name.text, fitted("url", address.text) or "")
        if reading.license and not self._enter(reading):
            reading = _Reading(loss="the license has no address at which its text can be read")
        if not reading.license:
            name.lose(reading.loss or "a mapping or a list stands where a license is expected")
            address.lose("it is not stated what license stands there")
            return ""
        name.take()
        self._draft.set(*steps, "license", value=reading.license)
        if reading.guess:
            self._draft.guess(*steps, "license", taken=name.text, reason=reading.guess)
        self._place(reading, address, steps)
        return reading.license

    def _read(self, text: str, url: str) -> _Reading:
        if not text or text in STATEMENTS:
            return _Reading(text)
        found = self._recognise(text)
        if found.outcome == RECOGNISED and found.expression:
            guess = f"the source writes `{text}`, {found.route}" if found.route else ""
            return _Reading(str(found.expression), guess=guess)
        if found.outcome == NO_LICENSE:
            return _Reading(loss="it names no license, and does not say that none is granted")
        return self._by_address(text, url, found) or _referred(text, url, found) or _lost(found)

    def _by_address(self, text: str, url: str, found: Recognition) -> _Reading | None:
        """Let the address beside a name decide that is unknown, or ambiguous between several."""
        there = self._recognise(url) if url else found
        license = str(there.expression)
        unknown = found.outcome == UNKNOWN
        if there.outcome != RECOGNISED or not (unknown or license in found.candidates):
            return None
        unclear = "is not known" if unknown else "may mean several"
        guess = f"`{text}` {unclear}; at the address beside it stands this license"
        return _Reading(license, guess=guess)

    def _recognise(self, text: str) -> Recognition:
        if text not in self._known:
            if len(self._known) >= LIMIT_LICENSES:
                return _TOO_MANY
            exact = _expression(text)
            self._known[text] = Recognition(RECOGNISED, exact) if exact else recognise(text)
        return self._known[text]

    def _enter(self, reading: _Reading) -> bool:
        """Say where the texts of licenses are that SPDX does not list; False if it is not known."""
        if reading.license in STATEMENTS:
            return True
        entries: dict[str, dict[str, str]] = {}
        for id in parse(reading.license).ids:
            if ":" in id:
                return False
            if not id.startswith("LicenseRef-") or self._draft.get("licenses", id):
                continue
            known = facts(id)
            url = reading.url or (known.url if known else "")
            if not fitted("url", url) or not fitted("license-id", id):
                return False
            entries[id] = {"name": reading.name or (known.name if known else id), "url": url}
        for id, entry in entries.items():
            self._draft.set("licenses", id, value=entry)
            if not reading.url:
                reason = "the address is the one known here, not one that the source gives"
                self._draft.guess("licenses", id, taken=entry["url"], reason=reason)
        return True

    def _place(self, reading: _Reading, address: Node, steps: tuple[str, ...]) -> None:
        """Keep the address at which the source says that the text of a license stands.

        It becomes that of the license where SPDX has none, and a note on the component otherwise.
        """
        url = fitted("url", address.text)
        if not url:
            address.lose("it is no URL, and the source does not say to what it is relative")
            return
        there = self._recognise(url)
        if there.outcome == RECOGNISED and str(there.expression) != reading.license:
            address.lose(f"at this address stands {there.expression}, not {reading.license}")
            return
        address.take()
        id = reading.license
        own = id.startswith("LicenseRef-") and " " not in id
        if own and self._entries.setdefault(id, url) == url:
            self._draft.set("licenses", id, "url", value=url)
            self._draft.forget("licenses", id)
            return
        notes = self._draft.get(*steps, "notes") or ""
        text = f"{notes} The source names as the text of its license: {url}"
        self._draft.set(*steps, "notes", value=text.strip())


_LONGEST = 100
"""How long the name of a license may be of which nothing is known."""


_TOO_MANY = Recognition(
    AMBIGUOUS,
    question=(
        f"the file names more than {LIMIT_LICENSES} licenses, and this one was not looked into"
    ),
)


def _expression(text: str) -> Expression | None:
    """Return what `text` is as it stands, though an id in it is deprecated; None for nothing."""
    if "://" in text:
        return None
    try:
        expression = parse(text)
    except LicenseError:
        return None
    known = all("LicenseRef-" not in id or facts(id) for id in expression.ids)
    return expression if known else None


def _referred(text: str, url: str, found: Recognition) -> _Reading | None:
    """Make an id of a name that nobody knows, if it calls itself a license and has an address."""
    words = re.findall("[A-Za-z0-9.]+", text)
    id = f"LicenseRef-{'-'.join(words)}"
    named = found.outcome == UNKNOWN and bool(words) and bool(_CALLS_ITSELF.search(text))
    if not (named and url) or len(text) > _LONGEST or facts(id):
        return None
    guess = f"nothing is known here of `{text}`; the id is made from its name"
    return _Reading(id, guess=guess, name=" ".join(text.split()), url=url)


def _lost(found: Recognition) -> _Reading:
    """Say why a name of which nothing is made is not in the manifest."""
    question = found.question.removesuffix(".")
    if found.outcome == AMBIGUOUS:
        return _Reading(loss=question)
    more = f": {question}" if question else ""
    return _Reading(loss=f"nothing is known here of a license by this name{more}")
