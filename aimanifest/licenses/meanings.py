"""What people mean when they write a license in words of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from aimanifest.data import spdx, spdx_names, spellings
from aimanifest.licenses.expressions import MAX_LENGTH
from aimanifest.licenses.facts import ai_rows

_LONGEST: Final = 60
_ALIKE: Final = 0.8
_MOST_CANDIDATES: Final = 4

ID: Final = "another spelling of its id or its name"
NAME: Final = "a name of it"
HUB: Final = "its id on the Hugging Face Hub"
SCANCODE: Final = "its key in the ScanCode LicenseDB"
ADDRESS: Final = "an address of its text"
SPELLING: Final = "a common name of it"
DEPRECATED: Final = "a spelling of an id that SPDX has deprecated"
FAMILY: Final = "the name of several licenses, or of a license and of something else"


class Meaning(NamedTuple):
    """What a spelling may stand for, and by what it is known.

    `sure` says that it stands for the one license in `ids`. Where it is not, `ids` are what it
    may stand for, best guess first, and only the author knows.
    """

    ids: tuple[str, ...]
    route: str

    @property
    def sure(self) -> bool:
        """Whether it is clear which license is meant."""
        return len(self.ids) == 1 and self.route != FAMILY


def meant(text: str) -> tuple[str, ...]:
    """Say which license people mean when they write `text`.

    One id where it is clear, several where only the author knows (`gpl-3.0`: only, or also later
    versions?), none where nothing is known or the one candidate is not sure.
    """
    found = meaning(text)
    return found.ids if found and (found.sure or len(found.ids) > 1) else ()


def meaning(text: str) -> Meaning | None:
    """Say which licenses `text` may stand for; None where nothing is known of it.

    Knows ids in any case, full names, Hugging Face and ScanCode ids, addresses of license texts,
    and common short forms. Never a guess from resemblance, and never a deprecated id.
    """
    text = text.strip()
    if not text or len(text) > MAX_LENGTH:
        return None
    if "://" in text:
        return _at(text)
    found = _found(key(text), text)
    if found and found.sure and not all(map(_is_harmless, text)):
        return Meaning(found.ids, FAMILY)
    return found


_HARMLESS = frozenset("-–—_.,:;()[]{}'\"“”‘’`/&+#|®™©")  # noqa: RUF001  as they are typed
"""Signs that change nothing; who writes another one, such as `?`, `!` or `*`, doubts what stands
beside it, denies it, or has more to say."""


def _is_harmless(character: str) -> bool:
    return character.isalnum() or character.isspace() or character in _HARMLESS


_FILLERS = frozenset({"the", "license", "licenses", "agreement", "version", "ver", "v"})
_LICENSE = re.compile(r"\bl[iy]n?[cs]{1,2}en[cs]{1,2}e?(?=s?\b)")
"""The word, as it is spelt in Britain, in America, and in haste."""


def key(text: str) -> str:
    """Reduce a spelling to what distinguishes it, so that its variants fall together."""
    text = _LICENSE.sub("license", text.lower())
    text = _PLUS.sub("+", text).replace("++", " plusplus ")
    words = _WORD.findall(_V.sub(" ", text))
    reduced = "-".join([word for word in words if word not in _FILLERS])
    for phrase, short in spellings.PHRASES:
        if phrase in reduced:
            reduced = re.sub(rf"(?:^|(?<=-)){phrase}(?=-|$)", short, reduced)
    return _creative_commons(reduced) if reduced.startswith("cc-") else reduced


_PLUS = re.compile(r"(?<=\d)[- ]plus\b")
_V = re.compile(r"v(?=\.? ?\d)")
_WORD = re.compile(r"\d+(?:\.\d+)*\+?|[^\W\d_]+")


def _creative_commons(reduced: str) -> str:
    """Put the elements of a license into letters and in their order: BY, NC, ND, SA."""
    for words, mark in spellings.MARKS.items():
        reduced = reduced.replace(words, mark)
    parts = [part for part in reduced.split("-")[1:] if part not in spellings.LEGAL_CODE]
    marks = [mark for mark in ("by", "nc", "nd", "sa") if mark in parts]
    if "by" in marks and sorted(parts[: len(marks)]) == marks:
        parts[: len(marks)] = marks
    return "-".join(["cc", *parts])


def _found(reduced: str, text: str) -> Meaning | None:
    if found := _entry(reduced, text):
        return found
    parts = re.fullmatch(r"((?:.*-)?)(\d{1,2})(\+?(?:-\D*)?)", reduced)
    if parts is None:
        return None
    # A version without its last number is that of the one version that begins so, if there is one.
    before, number, after = map(re.escape, parts.groups())
    longer = re.compile(rf"{before}{number}\.\d+{after}")
    versions = dict.fromkeys(
        name for table in _TABLES for name in table() if longer.fullmatch(name)
    )
    several = [each for version in versions if (each := _entry(version, text))]
    if len(several) < 2:  # noqa: PLR2004  one, or none
        return several[0] if several else None
    ids = dict.fromkeys(id for each in reversed(several) for id in each.ids)
    return Meaning(tuple(ids), FAMILY)


def _entry(reduced: str, text: str) -> Meaning | None:
    for table in _TABLES:
        for each in table().get(reduced, ()):
            if each.fits(text):
                return each.meaning
    return None


class _Entry(NamedTuple):
    """A meaning of a key, and what the text must be like, beyond having this key."""

    meaning: Meaning
    exactly: str = ""
    calls_itself: bool = False

    def fits(self, text: str) -> bool:
        """Tell whether `text` is spelt as it has to be.

        Without the word "license" the name of a license is often that of a model, and no license
        is ever concluded from a model.
        """
        if self.exactly and text != self.exactly:
            return False
        return not self.calls_itself or _calls_itself(text)


def _calls_itself(text: str) -> bool:
    return bool(_LICENSE.search(text.lower())) or "agreement" in text.lower()


_Table = dict[str, list[_Entry]]


def _table(entries: Iterable[tuple[str, _Entry]]) -> _Table:
    found: _Table = defaultdict(list)
    for spelling, entry in entries:
        found[key(spelling)].append(entry)
    return dict(found)


@lru_cache(maxsize=1)
def _short() -> _Table:
    """Tabulate ids and short forms."""
    ids = ((id, _Entry(_current(id, ID))) for id in _listed())
    return _table(chain(_spellings(), ids))


@lru_cache(maxsize=1)
def _ai() -> _Table:
    return _table(_ai_entries())


@lru_cache(maxsize=1)
def _long() -> _Table:
    """Tabulate full names, and what versions have in common."""
    names = (
        (name, _Entry(_current(id, NAME), calls_itself=_calls_itself(name)))
        for id in _listed()
        if (name := spdx_names.NAMES[id])
    )
    families = ((family, _Entry(Meaning(ids, FAMILY))) for family, ids in _families().items())
    return _table(chain(names, families))


_TABLES: Final = (_short, _ai, _long)
"""Looked through in this order, the first that knows a spelling decides; each is made when it is
needed, for most people who err have only mistaken an id."""


def _listed() -> list[str]:
    """Give the ids of the SPDX list, those it has deprecated last."""
    return sorted(spdx.LICENSES, key=lambda each: (each in spdx.DEPRECATED, each))


def _spellings() -> Iterator[tuple[str, _Entry]]:
    for spelling, id in spellings.CLEAR.items():
        yield spelling, _Entry(Meaning((id,), SPELLING))
    for spelling, ids in spellings.FAMILIES.items():
        yield spelling, _Entry(Meaning(ids, FAMILY))


def _current(id: str, route: str) -> Meaning:
    """Mean the license that has this id, or what SPDX has put in its place."""
    instead = spdx.DEPRECATED.get(id)
    return Meaning(instead, DEPRECATED) if instead else Meaning((id,), route)


def _ai_entries() -> Iterator[tuple[str, _Entry]]:
    for id, row in ai_rows().items():
        yield id, _Entry(Meaning((id,), ID))
        for name in (row["name"], *row["also"]):
            yield name, _Entry(Meaning((id,), NAME), calls_itself=_calls_itself(name))
        for name in row["hugging_face"]:
            yield f"LicenseRef-{name}", _Entry(Meaning((id,), HUB))
            yield name, _Entry(Meaning((id,), HUB), exactly=name)
            yield name, _Entry(Meaning((id,), HUB), calls_itself=True)
        for name in row["scancode"]:
            for prefix in ("", "scancode-", "LicenseRef-scancode-"):
                yield f"{prefix}{name}", _Entry(Meaning((id,), SCANCODE))
    for id, row in ai_rows().items():
        for name in row["hugging_face"]:
            yield name, _Entry(Meaning((id,), FAMILY))


def _families() -> dict[str, tuple[str, ...]]:
    """Give what stands before the version in the ids of the SPDX list, and the ids, newest first.

    A family of one is a family: that SPDX lists one version does not mean that there is no other.
    """
    found: dict[str, list[tuple[tuple[int, ...], str, str]]] = defaultdict(list)
    for id in sorted(spdx.LICENSES - spdx.DEPRECATED.keys(), reverse=True):
        if parts := _VERSIONED.fullmatch(id):
            version = tuple(map(int, parts[2].split(".")))
            found[parts[1]].append((version, parts[3], id))
    return {
        family: tuple(id for *_, id in sorted(each, key=lambda one: one[:2], reverse=True))
        for family, each in sorted(found.items())
    }


_VERSIONED = re.compile(r"(.+?)-(\d+(?:\.\d+)*)([a-z]?)(?:-only|-or-later)?")


def version_of(id: str) -> str:
    """Give the version in an id of the SPDX list; "" where it names none."""
    parts = _VERSIONED.match(id)
    return f"{parts[2]}{parts[3]}" if parts and "." in parts[2] else ""


def names_of() -> Iterator[tuple[str, str]]:
    """Give the key of every name by which one license is known, and its id."""
    for table in _TABLES:
        for name, entries in table().items():
            for each in entries:
                if each.meaning.sure and not each.exactly:
                    yield name, each.meaning.ids[0]


def names_none(text: str) -> bool:
    """Tell whether `text` says that there is no license, or names none: "not disclosed"."""
    if "://" in text:
        slug = _path(text).rpartition("/")[2]
        return bool(re.match(r"https?://(?:www\.)?choosealicense\.com/", text)) and names_none(slug)
    return spellings.ABSENCE.issuperset(key(text).split("-") if key(text) else ())


def _path(address: str) -> str:
    path = re.sub(r"^https?://(?:www\.)?", "", address.strip().lower())
    path = re.sub(r"(?:/|\.html|\.json)+$", "", re.split(r"[#?]", path)[0])
    return re.sub(r"^(huggingface\.co/[^/]+/[^/]+)/(?:raw|resolve)/", r"\1/blob/", path)


_ADDRESSES = (
    (r"creativecommons\.org/licenses/([a-z-]+)/([\d.]+)", r"CC-\1-\2"),
    (r"creativecommons\.org/licenses/([a-z-]+)/([\d.]+)/([a-z]{2,3})", r"CC-\1-\2-\3"),
    (r"creativecommons\.org/publicdomain/zero/1\.0", "CC0-1.0"),
    (r"creativecommons\.org/publicdomain/mark/1\.0", "CC-PDM-1.0"),
    (r"apache\.org/licenses/license-(\d\.\d)(?:\.txt)?", r"Apache-\1"),
    (r"gnu\.org/licenses/(?:old-licenses/)?(a?gpl|lgpl|fdl)-(\d\.\d)(?:-standalone)?", r"\1 \2"),
    (r"mozilla\.org/(?:[a-z]{2}-[a-z]{2}/)?mpl/(\d\.\d)", r"MPL-\1"),
    (r"opendatacommons\.org/licenses/by/1[.-]0", "ODC-By-1.0"),
    (r"opendatacommons\.org/licenses/odbl/1[.-]0", "ODbL-1.0"),
    (r"opendatacommons\.org/licenses/pddl/1[.-]0", "PDDL-1.0"),
    (r"unlicense\.org", "Unlicense"),
    (r"(?:spdx|opensource)\.org/licenses?/([\w.+-]+)", r"\1"),
    (r"choosealicense\.com/licenses/([\w.-]+)", r"\1"),
    (
        r"huggingface\.co/datasets/choosealicense/licenses/blob/main/markdown/([\w.-]+)\.md",
        r"\1",
    ),
    (r"(?:ai\.meta\.com|llama\.meta\.com|llama\.com)/llama(\d)(?:_(\d))?/license", r"llama\1.\2"),
)
"""Addresses at which a license has its home, and how the license is spelt that stands there."""


def _at(address: str) -> Meaning | None:
    """Say which license stands at an address that is known to hold one."""
    path = _path(address)
    for id, row in ai_rows().items():
        if row["url"] and path == _path(row["url"]):
            return Meaning((id,), ADDRESS)
    if path.startswith("creativecommons.org/"):
        path = re.sub(r"/(?:deed|legalcode)[^/]*$", "", path)
    if path.startswith("opensource.org/"):
        path = re.sub(r"(?<=\d)-(?=\d)", ".", path)
    if path.startswith("gnu.org/"):
        path = re.sub(r"(?:\.txt|\.[a-z]{2}(?:-[a-z]{2})?)$", "", path)
    for pattern, form in _ADDRESSES:
        if parts := re.fullmatch(pattern, path):
            spelling = parts.expand(form).removesuffix(".")
            found = _found(key(spelling), spelling)
            return found and Meaning(found.ids, ADDRESS if found.sure else FAMILY)
    return None


def close(id: str, pool: Iterable[str]) -> tuple[str, ...]:
    """Give the ids most like `id`: one, or the few that are equally like it."""
    if len(id) > _LONGEST:
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
