"""For people at a terminal: a page about one license, or an expression in short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aimanifest.catalogue import Answer
from aimanifest.licenses.facts import Clause
from aimanifest.licenses.notions import NOT_ASKED
from aimanifest.licenses.profiles import KNOWN, LIST, Fact, Profile, consequence, told
from aimanifest.licenses.recognition import AMBIGUOUS, NO_LICENSE
from aimanifest.rules import Citation
from aimanifest.terminal import cut, quoted, visible, wrapped

PROSE = 100
"""Prose is broken here even where the screen is wider: longer lines are hard to read."""

_LABEL = 13
"""The columns of the first word of a line that says one fact."""

_LEAST = 50
"""How wide a screen must be for facts to stand beside their labels."""

_WORDS = {True: "yes", False: "no", None: "undetermined"}

_COLOURS = {
    "yes": "1;32",
    "no": "1;31",
    "restricted": "1;31",
    "undetermined": "1;35",
    "unknown": "1;35",
    "heading": "1;4",
    "name": "1",
}


def page(answer: Answer, *, columns: int, colour: bool) -> str:
    """Give the page about what `answer` says, for a screen of so many columns."""
    lines = _Page(answer, min(columns, PROSE), colour=colour).lines()
    return "".join(f"{line}\n" for line in lines)


class _Page:
    """What is said of one text."""

    def __init__(self, answer: Answer, columns: int, *, colour: bool) -> None:
        self._answer = answer
        self._columns = columns
        self._colour = colour

    def lines(self) -> Iterator[str]:
        """Give the lines of the page."""
        recognition, expression = self._answer.recognition, self._answer.recognition.expression
        if expression is None:
            yield from self._unrecognised()
            return
        if recognition.route:
            yield from self._read_as(str(expression))
            yield ""
        if alone := self._answer.alone:
            yield from self._whole(alone)
        else:
            yield from self._wrapped(str(expression), style="name")
            yield ""
            for id, profile in self._answer.licenses.items():
                yield from self._short(id, profile)
        yield ""
        yield from self._judgements()
        if alone:
            yield from self._end(alone)

    def _read_as(self, expression: str) -> Iterator[str]:
        shown = f"`{visible(cut(self._answer.text.strip()))}`"
        route = self._answer.recognition.route
        yield from self._wrapped(f"{shown} is read as {expression}: {route}.")
        if version := self._answer.assumed_version:
            yield from self._wrapped(f"{shown} names no version; this is the one of {version}.")

    # -- what is not recognised ------------------------------------------------------------------

    def _unrecognised(self) -> Iterator[str]:
        recognition = self._answer.recognition
        shown = f"`{visible(cut(self._answer.text.strip()))}`"
        if recognition.outcome == NO_LICENSE:
            yield from self._wrapped(quoted(recognition.question.replace("This", shown, 1)))
            return
        if recognition.outcome == AMBIGUOUS:
            yield from self._wrapped(quoted(recognition.question))
            yield from self._wrapped("Only its author can say what is meant:")
        else:
            yield from self._wrapped(f"Nothing is known here about {shown}.")
            if recognition.question:
                yield from self._wrapped(quoted(f"As an expression: {recognition.question}."))
            if recognition.candidates:
                yield from self._wrapped("These have names like it, and may be something else:")
        for each in recognition.candidates:
            yield from wrapped(each, self._columns, first="  ", rest="    ")

    # -- one license -----------------------------------------------------------------------------

    def _whole(self, profile: Profile) -> Iterator[str]:
        yield from self._wrapped(profile.id, style="name")
        yield from self._wrapped(profile.name)
        yield ""
        yield from self._facts(profile)
        yield ""
        yield from self._heading("The four freedoms")
        for freedom, value in profile.freedoms.items():
            yield from self._fact(freedom, value)
        yield from self._wrapped(profile.freedoms_basis, indent=2)
        yield ""
        yield from self._heading("What it restricts")
        for term in profile.restrictions:
            yield from self._term(term)
        if not profile.restrictions:
            yield from self._wrapped(_nothing(profile), indent=2)
        yield ""
        yield from self._heading("What it asks")
        yield from self._asked("share-alike", profile.share_alike)
        yield from self._asked("attribution", profile.attribution)
        yield from self._asked("patents", profile.patents)
        yield from self._litigation(profile)
        for term in profile.conditions:
            if term.restricts not in ("share-alike", "attribution", "patent-retaliation"):
                yield from self._fact(term.restricts, f"{term.meaning}: {told(term)}")

    def _facts(self, profile: Profile) -> Iterator[str]:
        if profile.replaced_by:
            instead = " or ".join(profile.replaced_by)
            yield from self._fact("Deprecated", f"by SPDX; write {instead} instead")
        if profile.publisher:
            yield from self._fact("Steward", profile.publisher)
        yield from self._fact("Version", profile.version or "none is named")
        yield from self._fact("Text", profile.url or "no lasting address is known")
        names = [
            *profile.also,
            *(f"{each} (Hugging Face)" for each in profile.hugging_face),
            *(f"{each} (ScanCode)" for each in profile.scancode),
        ]
        if names:
            yield from self._fact("Also called", "; ".join(names))
        listed = "yes" if profile.listed else "no"
        yield from self._fact("SPDX", f"{listed}, by the {LIST}")
        yield from self._fact("OSI", f"{profile.osi.value}. {profile.osi.basis}")
        yield from self._fact("FSF", f"{profile.fsf.value}. {profile.fsf.basis}")

    def _term(self, term: Clause) -> Iterator[str]:
        yield from self._wrapped(f"{term.restricts}: {consequence(term)}", indent=2, style="no")
        yield from self._wrapped(f"{_capital(term.meaning)}.", indent=4)
        yield from self._wrapped(told(term), indent=4)

    def _asked(self, label: str, fact: Fact) -> Iterator[str]:
        yield from self._fact(label, ". ".join(each for each in fact if each))

    def _litigation(self, profile: Profile) -> Iterator[str]:
        if profile.litigation:
            for each in profile.litigation:
                where = "See above" if each in profile.restrictions else told(each)
                yield from self._fact("litigation", f"{each.meaning}. {where}")
            return
        read = profile.provenance.known in ("primary", "copy")
        yield from self._fact("litigation", "no such term is known" if read else "unknown")

    def _end(self, profile: Profile) -> Iterator[str]:
        if profile.disputes:
            yield ""
            yield from self._heading("What is disputed")
            for each in profile.disputes:
                yield from self._wrapped(each.question, indent=2)
                for answer, source in (
                    (each.one, each.one_source),
                    (each.other, each.other_source),
                ):
                    yield from self._wrapped(f"- {answer} ({source})", indent=4)
        yield ""
        yield from self._heading("How this is known")
        origin = profile.provenance
        yield from self._wrapped(KNOWN[origin.known], indent=2)
        yield from self._fact("source", origin.source)
        if origin.reviewed:
            yield from self._fact("reviewed", origin.reviewed)
        if not profile.listed:
            yield from self._fact("approvals", LIST)
        if origin.notes:
            yield from self._fact("note", origin.notes)
        if profile.near:
            yield ""
            yield from self._heading("Not to be mistaken for")
            for near in profile.near:
                yield from wrapped(near, self._columns, first="  ", rest="    ")

    # -- one of several --------------------------------------------------------------------------

    def _short(self, id: str, profile: Profile | None) -> Iterator[str]:
        if profile is None:
            yield from self._wrapped(f"{id}: nothing is known here.", indent=2)
            return
        yield from self._wrapped(f"{id}: {profile.name}", indent=2)
        kept = ", ".join(f"{freedom}: {value}" for freedom, value in profile.freedoms.items())
        yield from self._wrapped(kept, indent=4)
        if profile.restrictions:
            words = ", ".join(each.restricts for each in profile.restrictions)
            yield from self._wrapped(f"restricts: {words}", indent=4)
        yield from self._wrapped(f"OSI: {profile.osi.value}", indent=4)

    # -- what it is worth ------------------------------------------------------------------------

    def _judgements(self) -> Iterator[str]:
        yield from self._heading("What each measure makes of it")
        owner = reason = ""
        cite = None
        for measure, judgement in self._answer.judged:
            if measure.owner != owner:
                owner = measure.owner
                yield from self._wrapped(owner, indent=2, style="name")
            yield from self._verdict(measure.notion.title, _WORDS[judgement.verdict])
            why = "For the same reason." if judgement.reason == reason else judgement.reason
            contents = _listed(measure.contents)
            yield from self._wrapped(f"Asked of {contents}. {why}", indent=6)
            if cite != measure.notion.cites[0]:
                yield from self._source(measure.notion.cites[0])
            cite, reason = measure.notion.cites[0], judgement.reason
        yield from self._wrapped(NOT_ASKED, indent=2)
        yield from self._wrapped(
            "Each measure stands by itself. This is no legal advice.", indent=2
        )

    def _verdict(self, title: str, word: str) -> Iterator[str]:
        *most, last = wrapped(f"{title}: {word}", self._columns, first="    ", rest="      ")
        yield from most
        yield last.removesuffix(word) + self._paint(word, word)

    def _source(self, cite: Citation) -> Iterator[str]:
        place = f"{cite.clause}; {cite.standing.name}"
        yield from self._wrapped(f"“{cite.quote}” ({place})", indent=6)
        yield from self._wrapped(cite.url, indent=6)

    # -- lines -----------------------------------------------------------------------------------

    def _heading(self, text: str) -> Iterator[str]:
        yield from self._wrapped(text, style="heading")

    def _fact(self, label: str, text: str) -> Iterator[str]:
        """Put `text` beside its label, or below it where there is no room."""
        head = f"  {label:<{_LABEL}} "
        if len(label) > _LABEL or self._columns < _LEAST:
            yield f"  {label}:"
            head = "    "
        first, *others = wrapped(text, self._columns, first=head, rest=" " * len(head))
        word = text.partition(".")[0]
        if word in _COLOURS and first.startswith(head + word):
            first = head + self._paint(word, word) + first.removeprefix(head + word)
        yield first
        yield from others

    def _wrapped(self, text: str, *, indent: int = 0, style: str = "") -> Iterator[str]:
        space = " " * indent
        for line in wrapped(text, self._columns, first=space, rest=space):
            yield space + self._paint(line.removeprefix(space), style) if style else line

    def _paint(self, text: str, style: str) -> str:
        code = _COLOURS.get(style)
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and code and text else text


def _nothing(profile: Profile) -> str:
    """Say what it means that no restriction is told."""
    if set(profile.freedoms.values()) == {"yes"}:
        return "Nothing that takes from a freedom."
    if profile.provenance.known in ("primary", "copy"):
        return "No term that does is known here."
    return "Nothing is known of it; the text was not read."


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
