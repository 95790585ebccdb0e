"""What people mean when they write a license in words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from aimanifest.data import spdx, spdx_names, spellings
from aimanifest.licenses.expressions import MAX_LENGTH
from aimanifest.licenses.facts import ai_rows

_LONGEST: Final = 60
_ALIKE: Final = 0.8
_MOST_CANDIDATES: Final = 4


def meant(text: str) -> tuple[str, ...]:
    """Say which license people mean when they write `text`.

    Knows ids in any case, full names, Hugging Face and ScanCode ids, addresses of license texts,
    and common short forms. One id where it is clear, several where only the author knows
    (`gpl-3.0`: only, or also later versions?), none where nothing is known. Never a guess from
    resemblance, and never a deprecated id.
    """
    if len(text) > MAX_LENGTH:
        return ()
    if "://" in text:
        return _at(text)
    return _meanings().get(key(text), ())


_FILLERS = frozenset({"the", "license", "licenses", "agreement", "version", "ver", "v"})


def key(text: str) -> str:
    """Reduce a spelling to what distinguishes it, so that its variants fall together."""
    text = text.lower().replace("licence", "license").replace("++", " plusplus ")
    text = re.sub(r"v(?=\.? ?\d)", " ", text)
    words = re.findall(r"\d+(?:\.\d+)*\+?|[a-z]+", text)
    return "-".join(word for word in words if word not in _FILLERS)


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for spelling, ids in spellings.SPELLINGS.items():
        found.setdefault(key(spelling), ids)
    for id in sorted(spdx.LICENSES):
        found.setdefault(key(id), spdx.DEPRECATED.get(id) or (id,))
    for id, row in ai_rows().items():
        for name in (id, id.removeprefix("LicenseRef-"), row["name"], *row["also"]):
            found.setdefault(key(name), (id,))
        for name in (*row["hugging_face"], *(f"scancode-{each}" for each in row["scancode"])):
            found.setdefault(key(name), (id,))
            found.setdefault(key(f"LicenseRef-{name}"), (id,))
    for id, name in spdx_names.NAMES.items():
        found.setdefault(key(name), spdx.DEPRECATED.get(id) or (id,))
        if id.startswith("CC-BY-"):
            *marks, version = id.lower().split("-")[1:]
            if not set(marks) - spellings.MARKS.keys():
                long = "-".join(spellings.MARKS[mark] for mark in marks)
                for spelling in (long, re.sub(r"(?<=[a-z])(?=[A-Z])", " ", long)):
                    found.setdefault(key(f"Creative Commons {spelling} {version}"), (id,))
    return found


@lru_cache(maxsize=1)
def no_license() -> frozenset[str]:
    """Give the keys of words that name no license."""
    return frozenset(key(word) for word in spellings.NO_LICENSE)


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
    """Say which license stands at an address that is known to hold one."""
    path = _path(address)
    for id, row in ai_rows().items():
        if row["url"] and path == _path(row["url"]):
            return (id,)
    for pattern, form in _ADDRESSES:
        if found := re.fullmatch(pattern, path):
            return _meanings().get(key(found.expand(form)), ())
    return ()


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
