"""Whatever bytes come, `validate` answers: soon, in full, and twice the same."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aimanifest import document, frameworks, renderers, report, schemas
from aimanifest.renderers import Screen
from aimanifest.report import Report, Target
from aimanifest.validation import FILE_NAMES, validate

ROOT = Path(__file__).parent.parent
SUITE = Path(__file__).parent / "conformance"
FRAMEWORKS = frameworks.every()
RULES = {
    *(each.id for each in (*document.RULES, *schemas.RULES, *report.RULES)),
    *(rule.id for each in FRAMEWORKS.values() for rule in each.rules),
}
SECONDS = 5
"""Far more than any input of these tests needs, and far less than one that makes a parser hang."""

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def seeds() -> list[bytes]:
    """All manifests of the suite and of the examples that are short enough to be played with."""
    paths = [*ROOT.glob("examples/*.yaml"), *(p for n in FILE_NAMES for p in SUITE.rglob(n))]
    read = (each.read_bytes() for each in sorted(paths))
    return [each for each in read if len(each) < 20_000]


@cache
def trees() -> list[Any]:
    """The data of those seeds that can be read."""
    found = [document.read(each).data for each in seeds()]
    return [each for each in found if isinstance(each, dict)]


def judged(source: bytes) -> Report:
    """Validate `source` twice, and hold what is true of every report."""
    start = time.monotonic()
    found = validate(source)
    assert time.monotonic() - start < SECONDS
    assert validate(source)._replace(manifest=found.manifest) == found  # read anew, it is another
    lines = found.text.splitlines() or [""]
    for each in found.findings:
        assert each.rule in RULES
        assert each.message
        assert each.pointer == "" or each.pointer.startswith("/")
        assert (1, 1) <= each.span.start <= each.span.end
        assert each.span.end.line <= len(lines) + 1
    if not found.problems:
        assert {each.framework.id for each in found.assessments} >= {"core", "osaid-1.0"}
    return found


# -- bytes -----------------------------------------------------------------------------------------

PIECES = [
    *(b"\0", b"\t", b"\r", b"\n", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\x1b[2J", b"\xc3"),
    *(b"[", b"]", b"{", b"}", b",", b": ", b"- ", b"? ", b"#", b"'", b'"', b"|\n", b">-\n", b"%"),
    *(b"&a ", b"*a", b"!!str ", b"<<: ", b"---\n", b"...\n", b"\\ud800", b"\\u0000", b"~", b"@"),
    *(b".nan", b"1e999", b"0x", b"9" * 30, b"null", b"true", b"=======\n", b"1.0", b"aimanifest"),
    *(b"(" * 40, b"[" * 70, b"{a: " * 70, b"  " * 50, b"a" * 1100, b"NONE", b"MIT OR ", b" WITH "),
]


@st.composite
def mutilated(draw: st.DrawFn) -> bytes:
    """Draw a manifest with pieces put in, taken out, or exchanged with those of another."""
    source = draw(st.sampled_from(seeds()))
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(source)))
        end = draw(st.integers(begin, min(len(source), begin + 60)))
        other = draw(st.sampled_from(seeds()))
        at = draw(st.integers(0, len(other)))
        put = draw(st.sampled_from(PIECES) | st.just(other[at : at + 80]) | st.just(b""))
        source = source[:begin] + put + source[end:]
    return source


@patient
@given(source=st.binary(max_size=200))
def test_any_bytes(source: bytes) -> None:
    judged(source)


@patient
@given(source=st.text(max_size=200).map(lambda each: f'aimanifest: "1.0"\n{each}'.encode()))
def test_any_text_after_the_first_key(source: bytes) -> None:
    judged(source)


@patient
@given(source=mutilated())
def test_manifests_that_were_mutilated(source: bytes) -> None:
    judged(source)


@patient
@given(source=st.sampled_from(seeds()), cut=st.floats(0, 1))
def test_manifests_that_were_cut_off(source: bytes, cut: float) -> None:
    judged(source[: int(len(source) * cut)])


# -- data ------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    "weights training-code training-data base MIT NONE NOASSERTION LicenseRef-X withheld open "
    "not-applicable unshareable fine-tune merge none TODO 2026-02-30 ../x https://x.example core "
    "osaid-1.0 osaid-1.0:gold pkg:x naming 1.0 1.1 paid partial energy text tokens en mul 2024-11 "
    "research-paper model-card".split()
)
KEYS = WORDS | st.sampled_from(
    "kind includes license location path omitted notes derived_from trained_on produced_by data "
    "access provenance labeling documented_in sources manifest claims release components name "
    "publisher metadata licenses extensions aimanifest assertion basis additional_terms restricts "
    "availability extent checksums identifiers date revision reason modalities input output "
    "requirements network intended_use training_compute peer_reviewed contents modality amount "
    "unit languages period from to personal_data contents_license".split()
)
VALUES = st.recursive(
    WORDS | st.text(max_size=10) | st.none() | st.booleans() | st.integers() | st.just(1.5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Give each map and list within `data` with each of its keys or indices."""
    steps: Any = data if isinstance(data, dict) else range(len(data))
    for step in steps:
        yield data, step
        if isinstance(data[step], dict | list):
            yield from places(data[step])


@st.composite
def rewritten(draw: st.DrawFn) -> bytes:
    """Draw a manifest in JSON with some of its values taken out, exchanged, or moved."""
    data = deepcopy(draw(st.sampled_from(trees())))
    for _ in range(draw(st.integers(1, 4))):
        if not data:
            break
        holder, step = draw(st.sampled_from(list(places(data))))
        edit = draw(st.sampled_from(("exchange", "remove", "add", "move")))
        if edit == "exchange":
            holder[step] = draw(VALUES)
        elif edit == "move":
            other, place = draw(st.sampled_from(list(places(data))))
            other[place] = deepcopy(holder[step])
        elif edit == "remove":
            del holder[step]
        elif isinstance(holder, dict):
            holder[draw(KEYS)] = draw(VALUES)
        else:
            holder.append(draw(VALUES))
    return json.dumps(data).encode()


@patient
@given(source=rewritten())
def test_manifests_that_were_rewritten(source: bytes) -> None:
    judged(source)


@patient
@given(components=st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=5), max_size=5))
def test_components_that_say_anything(components: dict[str, Any]) -> None:
    release = {"name": "Example 7B", "publisher": {"name": "Example Lab"}}
    data = {"aimanifest": "1.0", "release": release, "components": components}
    judged(json.dumps(data).encode())


@patient
@given(source=rewritten() | mutilated())
def test_whatever_is_found_can_be_shown(source: bytes) -> None:
    targets = [Target(FRAMEWORKS["osaid-1.0"], None)]
    for name in renderers.names():
        render = renderers.load(name)
        shown = "".join(render([judged(source)], targets=targets, screen=Screen()))
        assert not any(unicodedata.category(each) == "Cc" for each in shown.replace("\n", ""))


# -- many of everything ----------------------------------------------------------------------------

HEAD = 'aimanifest: "1.0"\nrelease: {name: X, publisher: {name: Y}}\ncomponents:\n'
MANY = 1000


def each_of(count: int, line: str) -> str:
    """Write `line` so often, with its number for %n and the next one for %m."""
    lines = (line.replace("%n", str(n)).replace("%m", str(n + 1)) for n in range(count))
    return "".join(f"  {each}\n" for each in lines)


def listed(count: int, item: str) -> str:
    return ", ".join(item.replace("%n", str(n)) for n in range(count))


CROWDS = {
    "faulty components": each_of(MANY, "c%n: {kind: k, includes: [l], x: {}}"),
    "components without a kind": each_of(MANY, "c%n: {license: MIT}"),
    "weights": each_of(MANY, "w%n: {kind: weights}"),
    "bases in a row": each_of(MANY, "w%n: {kind: weights, derived_from: {w%m: merge}}")
    + f"  w{MANY}: {{kind: weights}}\n",
    "bases in a circle": each_of(MANY, "w%n: {kind: weights, derived_from: {w%m: merge}}")
    + f"  w{MANY}: {{kind: weights, derived_from: {{w0: merge}}}}\n",
    "bases, each of each": "".join(
        f"  w{each}: {{kind: weights, derived_from: {{{listed(60, 'w%n: merge')}}}}}\n"
        for each in range(60)
    ),
    "datasets": f"  weights: {{trained_on: [{listed(MANY, 'd%n')}]}}\n"
    + each_of(MANY, "d%n: {kind: training-data}"),
    "references to nothing": f"  weights: {{trained_on: [{listed(MANY, 'd%n')}]}}\n"
    + each_of(MANY, "dd%n: {kind: training-data}"),
    "wrong licenses": each_of(MANY, "c%n: {kind: weights, license: Apache %n}"),
    "licenses without a text": each_of(MANY, "c%n: {kind: weights, license: LicenseRef-%n}"),
    "manifests of bases": each_of(MANY, "c%n: {kind: weights, manifest: c%n.yaml}"),
    "documents": f"  d: {{kind: training-data, data: {{documented_in: [{listed(MANY, 'c%n')}]}}}}\n"
    + each_of(MANY, "c%n: {kind: data-card}"),
    "documents and texts": each_of(MANY, "d%n: {kind: data-card}")
    + each_of(MANY, "t%n: {kind: training-data, data: {scope: See d%n and d%m.}}"),
    "a long text": f"  t: {{kind: training-data, data: {{scope: {'d1 d2 ' * 100_000}}}}}\n",
}


@pytest.mark.parametrize("components", CROWDS.values(), ids=CROWDS)
def test_a_great_many_of_one_thing(components: str) -> None:
    judged((HEAD + components).encode())
