"""What is to be said about a file that is named as the text of a license."""

from collections.abc import Iterable, Iterator, Set
from typing import Literal, NamedTuple

from aimanifest.data import spdx
from aimanifest.licenses import phrases
from aimanifest.licenses.comparison import Text
from aimanifest.licenses.facts import facts
from aimanifest.licenses.identification import (
    AROUND,
    CHANGED,
    NEAR,
    SAME,
    SENTENCES,
    UNKNOWN,
    Identity,
    Passage,
    identify,
    is_known,
)

Gravity = Literal["wrong", "doubtful", "unread"]
"""Wrong: the file does not hold the text of the license, or not that alone. Doubtful: people should
look at something, and nothing is decided. Unread: nobody here knows the text."""

LIMIT_PLACES = 4
LIMIT_PHRASES = 8


class Said(NamedTuple):
    """Something to say about a file: how grave it is, what is so, and what to do about it."""

    gravity: Gravity
    message: str
    fix: str = ""


class _File(NamedTuple):
    """The file, what it was found to be, and the id under which its license is known here."""

    id: str
    own: str
    path: str
    text: Text
    found: Identity

    @property
    def listed(self) -> bool:
        """Whether SPDX lists the license, so that its text is what SPDX says it is."""
        return not self.id.startswith("LicenseRef-")


def examine(
    id: str, path: str, text: str, *, beside: Set[str] = frozenset(), excepted: bool = False
) -> Iterator[Said]:
    """Say what there is to say of `text`, in the file `path`, as the text of the license `id`.

    `beside` are the other licenses that the same file is named for; `excepted` says that the
    license is used WITH an exception, whose words may stand in the same file.
    """
    read = Text.of(text)
    own = _known_as(id)
    file = _File(id, own, path, read, identify(read, own))
    if file.found.degree == SAME and own in file.found.ids:
        return
    if file.found.degree == UNKNOWN:
        yield from _unknown(file)
    elif own in file.found.ids:
        yield from _own(file, beside, excepted=excepted)
    else:
        yield from _another(file)


def _known_as(id: str) -> str:
    """Give the id under which the text of the license `id` is known, if it is."""
    if id.startswith("LicenseRef-"):
        known = facts(id)
        return known.id if known else id
    instead = spdx.DEPRECATED.get(id, ())
    return id if is_known(id) or not instead else instead[0].partition(" ")[0]


# -- the text of the license itself ----------------------------------------------------------------


def _own(file: _File, beside: Set[str], *, excepted: bool) -> Iterator[Said]:
    id, path, found = file.id, file.path, file.found
    if found.degree == SENTENCES:
        yield Said(
            "doubtful",
            f"`{path}` has {found.evidence} of {_name(file.own)}; the whole text is not known "
            "here, and was not compared",
        )
    elif found.degree == NEAR:
        yield Said(
            "doubtful",
            f"`{path}` is the text of {id} but for a few words: {_differences(found)}",
            "See whether that is meant; if it is not, restore the words.",
        )
    elif found.degree == CHANGED:
        message = f"`{path}` is not the text of {id}: {_differences(found)}"
        if file.listed:
            yield Said("wrong", message, _RESTORE)
        else:
            yield Said("doubtful", f"{message}; it was compared with the copy that is known here")
            yield from _reading_help(file, found.added)
    else:
        yield from _around(file, beside, excepted=excepted)


_RESTORE = "Restore the text of the license, or give yours an id of its own: `LicenseRef-…`."


def _around(file: _File, beside: Set[str], *, excepted: bool) -> Iterator[Said]:
    id, path, found = file.id, file.path, file.found
    others = [
        f"the text of {_ids(each.ids)} (line {each.first})"
        for each in found.others
        if beside.isdisjoint(each.ids) and file.own not in each.ids
    ]
    binding = any(phrases.binds(file.text.lines, each.first, each.last) for each in found.added)
    if file.listed and binding and not excepted:
        yield Said(
            "wrong",
            f"`{path}` is not the text of {id} alone: {_added(found.added)} to it",
            "Write an id of its own, `LicenseRef-…`; or if the license holds as it is, move what "
            "was added to a file of its own, and what it asks to `additional_terms`.",
        )
    elif found.added or others:
        places = [f"{_places(found.added)}, which no license known here has"] if found.added else []
        exception = " (the words of an exception were not compared)" if excepted else ""
        yield Said(
            "doubtful",
            f"`{path}` holds the text of {id}, and besides {' and '.join(others + places)}"
            f"{exception}",
            "See whether that changes the terms.",
        )


# -- the text of another ---------------------------------------------------------------------------


def _another(file: _File) -> Iterator[Said]:
    id, path, found = file.id, file.path, file.found
    other = _ids(found.ids)
    comparable = is_known(file.own)
    if found.degree == SENTENCES:
        evidence = f"`{path}` has {found.evidence} of {_name(found.ids[0])}"
        if file.listed and comparable:
            yield Said("wrong", f"{evidence}, and not the text of {id}", f"license: {other}")
        else:
            yield Said(
                "doubtful", f"{evidence}, which is known here as {other}", f"license: {other}"
            )
            yield from _reading_help(file)
    elif found.degree == CHANGED:
        message = f"`{path}` comes nearest to the text of {other}, and is not that either: "
        message += _differences(found)
        if file.listed and comparable:
            yield Said("wrong", f"{message}; {id} it is not", _RESTORE)
        else:
            yield Said("doubtful", message)
            yield from _reading_help(file, found.added)
    elif file.listed or (facts(id) and found.degree == SAME):
        message = f"`{path}` holds the text of {other}, and not that of {id}"
        yield Said(
            "wrong", message, "Name the file that holds the text, or the license that it is."
        )
    else:
        known = f"`{path}` holds the text of {other}"
        if found.degree == SAME:
            message = f"{known}: under that id it is known what it asks"
            yield Said("doubtful", message, f"license: {found.ids[0]}")
        else:
            besides = f", and besides {_places(found.added)}" if found.degree == AROUND else ""
            yield Said("doubtful", f"{known}{besides}{_few(found)}")
        yield from _reading_help(file, found.added)


# -- a text that nobody knows ----------------------------------------------------------------------


def _unknown(file: _File) -> Iterator[Said]:
    if file.listed:
        why = (
            f"not the text of {file.id}, and no other that is known here"
            if is_known(file.own)
            else f"not compared: the text of {file.id} is not known here"
        )
        yield Said("unread", f"`{file.path}` is {why}")
    yield from _reading_help(file)


def _reading_help(file: _File, passages: Iterable[Passage] | None = None) -> Iterator[Said]:
    """Point at the phrases that usually restrict, in `passages` or in all of the file."""
    lines = file.text.lines
    spans = (
        [(1, len(lines))] if passages is None else [(each.first, each.last) for each in passages]
    )
    found: dict[str, phrases.Phrase] = {}
    for first, last in spans:
        for each in phrases.find(lines, first, last):
            found.setdefault(each.restricts, each)
    if found:
        shown = sorted(found.values(), key=lambda each: each.line)[:LIMIT_PHRASES]
        where = "; ".join(
            f"{file.path}:{each.line} \u201c{each.quote}\u201d ({each.restricts})" for each in shown
        )
        yield Said(
            "unread",
            f"reading help, and no verdict: words like these often restrict: {where}",
            "Read the text, and say in `additional_terms` or to the authors of this list what it "
            "asks.",
        )


# -- words -----------------------------------------------------------------------------------------


def _few(found: Identity) -> str:
    return f" but for a few words: {_differences(found)}" if found.degree == NEAR else ""


def _differences(found: Identity) -> str:
    parts = [_added(found.added)] if found.added else []
    if found.missing:
        gone = sum(each.words for each in found.missing)
        lines = ", ".join(str(each.first) for each in found.missing[:LIMIT_PLACES])
        more = " and more" if len(found.missing) > LIMIT_PLACES else ""
        parts.append(f"{_count(gone)} missing near line {lines}{more}")
    return ", and ".join(parts)


def _added(passages: tuple[Passage, ...]) -> str:
    one = len(passages) == 1 and passages[0].first == passages[0].last
    return f"{_places(passages)} {'is' if one else 'are'} added"


def _places(passages: tuple[Passage, ...]) -> str:
    """Write "lines 12 to 14 and 20 (62 words)"."""
    shown = [
        str(each.first) if each.first == each.last else f"{each.first} to {each.last}"
        for each in passages[:LIMIT_PLACES]
    ]
    more = " and more" if len(passages) > LIMIT_PLACES else ""
    line = "line" if len(passages) == 1 and passages[0].first == passages[0].last else "lines"
    words = sum(each.words for each in passages)
    return f"{line} {', '.join(shown)}{more} ({words} word{'s' * (words != 1)})"


def _count(words: int) -> str:
    return "1 word is" if words == 1 else f"{words} words are"


def _ids(ids: tuple[str, ...]) -> str:
    shown = " or ".join(ids[:3])
    return f"{shown}, or the like" if len(ids) > 3 else shown  # noqa: PLR2004


def _name(id: str) -> str:
    known = facts(id)
    return f"the {known.name}" if known else id
