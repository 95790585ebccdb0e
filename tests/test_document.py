"""Bytes become data that knows where it was written, and every fault of them a finding."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aimanifest import document
from aimanifest.document import (
    LIMIT_BYTES,
    LIMIT_DEPTH,
    LIMIT_DIGITS,
    LIMIT_FAULTS,
    LIMIT_KEY,
    LIMIT_NODES,
    RULES,
    Document,
    Place,
    parsers,
    read,
    reading,
    syntax,
    too_large,
)
from aimanifest.findings import Finding, Outcome, Position, Span

FIRST = 'aimanifest: "1.0"\n'
LIBYAML = vars(parsers)["CParser"]
PARSERS = ("libyaml", "pure Python")

# The fixture sets the parser once for all examples, as it should.
often = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True, params=PARSERS)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold every test with both parsers: PyYAML is also there without libyaml."""
    if request.param == "libyaml" and LIBYAML is None:
        pytest.skip("PyYAML is here without libyaml")
    monkeypatch.setattr(parsers, "CParser", LIBYAML if request.param == "libyaml" else None)


def parsed(text: str) -> Document:
    """Read a manifest that begins as every manifest does."""
    return read((FIRST + text).encode())


def value(text: str) -> Any:
    """Return what the value written as `text` is, of a file without a fault."""
    found = parsed(f"value: {text}\n")
    assert found.problems == ()
    return found.data["value"]


def the_one(found: Document) -> Finding:
    (finding,) = found.problems
    assert finding.outcome is Outcome.UNMET
    return finding


def cut(text: str, span: Span) -> str:
    """Return what a span holds, whatever breaks the lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    (start, first), (end, last) = span
    if start == end:
        return lines[start - 1][first - 1 : last - 1]
    inner = lines[start : end - 1]
    return "\n".join((lines[start - 1][first - 1 :], *inner, lines[end - 1][: last - 1]))


def places(place: Place, data: Any) -> Iterator[tuple[Place, Any]]:
    """Give every place of `data`, and what is there."""
    yield place, data
    inside = data.items() if isinstance(data, dict) else ()
    for step, each in enumerate(data) if isinstance(data, list) else inside:
        yield from places(place / step, each)


# -- what is written, and what it means ------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nUll", "nUll"),
        ("true", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ("0", 0),
        ("010", 10),
        ("-12", -12),
        ("+7", 7),
        ("9" * LIMIT_DIGITS, 10**LIMIT_DIGITS - 1),
        ("0o17", 15),
        ("0x1F", 31),
        ("0x", "0x"),
        ("0o8", "0o8"),
        ("-0x1F", "-0x1F"),
        ("0x1_0", "0x1_0"),
        ("1.", 1.0),
        (".5", 0.5),
        ("-1.5e+3", -1500.0),
        ("1e-400", 0.0),
        ("1_000", "1_000"),
        ("no", "no"),
        ("On", "On"),
        ("y", "y"),
        ("1:30", "1:30"),
        ("2024-11-26", "2024-11-26"),
        ("2024-11-26 10:00:00Z", "2024-11-26 10:00:00Z"),
        ("1.2.3", "1.2.3"),
        ("-", None),
        ("--", "--"),
        ("+", "+"),
        (".", "."),
        ("1" + "-" * 99, "1" + "-" * 99),
        (".nano", ".nano"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("¼", "¼"),
        ("٣", "٣"),
        ("=", "="),
        ("Apache-2.0", "Apache-2.0"),
        ("a b  # c", "a b"),
        ("a#b", "a#b"),
        ("a\n  b", "a b"),
        ("a\tb", "a\tb"),
    ],
)
def test_plain_text_means_what_the_core_schema_says(written: str, meant: object) -> None:
    expected = [None] if written == "-" else meant
    found = value("\n- " if written == "-" else written)
    assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("''", ""),
        ('"null"', "null"),
        ("'1.10'", "1.10"),
        ("'it''s'", "it's"),
        (r'"a\/b\x41\u00e9\U0001f600\n\0"', "a/bAé😀\n\0"),
        (r'"\ud83d\ude00!\uD83D\uDE00"', "😀!😀"),
        (r"'\ud83d'", r"\ud83d"),
        (r"\ud83d\ude00", r"\ud83d\ude00"),
        (r'"\\ud83d \ud83d\ude00"', "\\ud83d 😀"),
        ("|\n  a\n\n  b\n", "a\n\nb\n"),
        (">-\n  a\n  b\n\n  c\n", "a b\nc"),
        ('"a\n  b"', "a b"),
        ('"a\\\n  b"', "ab"),
        ("|\n  12\n", "12\n"),
    ],
)
def test_quoted_text_and_blocks_are_text(written: str, meant: str) -> None:
    assert value(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("1", "1"),
        ("1.10", "1.10"),
        ("~", "~"),
        ("''", ""),
        ("?", ""),
        ("null", "null"),
        ("? a", "a"),
        ("'<<'", "<<"),
        (r'"\ud83d\ude00"', "😀"),
        ("海鷗", "海鷗"),
    ],
)
def test_a_key_is_text_as_it_is_written(written: str, meant: str) -> None:
    newline = "\n" if written.startswith("?") else ""
    found = parsed(f"{written}{newline}: 1\n")
    assert found.problems == ()
    assert found.data == {"aimanifest": "1.0", meant: 1}


def test_brackets_indentation_and_json_say_the_same() -> None:
    block = parsed("a:\n- b: 1\n  c:\n    - x\n    - {}\nd: {e: []}\n")
    flow = read(b'{aimanifest: "1.0", a: [{b: 1, c: [x, {}]}], d: {e: []}}')
    same = read(json.dumps(block.data, indent="\t").encode())
    assert block.data == {"aimanifest": "1.0", "a": [{"b": 1, "c": ["x", {}]}], "d": {"e": []}}
    assert block.data == flow.data == same.data
    assert block.problems == flow.problems == same.problems == ()


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**LIMIT_DIGITS) + 1, 10**LIMIT_DIGITS - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("indent", [None, 2, "\t"])
@often
@given(data=VALUES)
def test_json_is_read_as_python_reads_it(indent: int | str | None, data: Any) -> None:
    text = json.dumps({"aimanifest": "1.0", "data": data}, indent=indent)
    found = read(text.encode())
    assert found.problems == ()
    assert found.data == json.loads(text)


@often
@given(data=VALUES)
def test_every_span_holds_what_is_written_there(data: Any) -> None:
    text = json.dumps({"aimanifest": "1.0", "data": data}, indent=2)
    found = read(text.encode())
    for place, each in places(found.place(), found.data):
        assert place.written
        if place.steps and isinstance(place.steps[-1], str):
            assert json.loads(cut(text, place.key.span)) == place.steps[-1]
        if isinstance(each, dict | list):
            assert place.flow
            assert place.source == ""
        else:
            assert json.loads(place.source) == each
            assert cut(text, place.span) == place.source


NOISE = st.lists(
    st.sampled_from(
        "a|1|-|+|.|,|?|&|*|!|>|'|\"|%|@|`|#|[|]|{|}|~|<<|=|/|\\|é|😀| |\t|\n|\r|\r\n|: |- |\n  |"
        "? |<<: |&a |*a |!!t |---\n|...\n|\\ud83d|\\ude00|\\x41|0x1F|1e999|.nan|%YAML 1.2\n|\x00|"
        "\u2028|\ufeff|\uffff".split("|")
    ),
    max_size=12,
).map("".join)


@settings(often, max_examples=300)
@given(noise=NOISE, before=st.sampled_from([FIRST, ""]))
def test_nothing_makes_reading_fail(noise: str, before: str) -> None:
    found = read((before + noise).encode())
    assert found.readable or (found.problems and found.data is None)
    lines = found.text.count("\n") + found.text.count("\r") + 1
    for each in found.problems:
        assert Position(1, 1) <= each.span.start <= each.span.end <= Position(lines + 1, 1)
        assert each.message
        assert each.fix
    for place, _ in places(found.place(), found.data):
        assert place.span.start <= place.span.end
    assert json.dumps(found.data, ensure_ascii=False, allow_nan=False).encode()


@often
@given(source=st.binary(max_size=40))
def test_no_bytes_make_reading_fail(source: bytes) -> None:
    found = read(source)
    assert found.problems
    assert not found.readable


# -- places ----------------------------------------------------------------------------------------

PLACES = """\
aimanifest: "1.0"
release: {name: Möwe 海鷗, version: 1.10}
a/b~c:
  "": 'it''s'
  list:
    - x: 1
      y: [é, {z: 😀 , w}]
    -
  text: |
    one
    two
  none:
  empty: {}
"""


@pytest.mark.parametrize(
    ("steps", "pointer", "shown", "key", "source"),
    [
        (("release", "name"), "/release/name", "Möwe 海鷗", "name", "Möwe 海鷗"),
        (("release", "version"), "/release/version", "1.10", "version", "1.10"),
        (("a/b~c", ""), "/a~1b~0c/", "'it''s'", '""', "'it''s'"),
        (("a/b~c",), "/a~1b~0c", "a/b~c", "a/b~c", ""),
        (("a/b~c", "list"), "/a~1b~0c/list", "list", "list", ""),
        (("a/b~c", "list", 0), "/a~1b~0c/list/0", "x", "x", ""),
        (("a/b~c", "list", 0, "y", 0), "/a~1b~0c/list/0/y/0", "é", "é", "é"),
        (("a/b~c", "list", 0, "y", 1), "/a~1b~0c/list/0/y/1", "z", "z", ""),
        (("a/b~c", "list", 0, "y", 1, "z"), "/a~1b~0c/list/0/y/1/z", "😀", "z", "😀"),
        (("a/b~c", "list", 0, "y", 1, "w"), "/a~1b~0c/list/0/y/1/w", "w", "w", ""),
        (("a/b~c", "list", 1), "/a~1b~0c/list/1", "", "", ""),
        (
            ("a/b~c", "text"),
            "/a~1b~0c/text",
            "|\n    one\n    two\n",
            "text",
            "|\n    one\n    two",
        ),
        (("a/b~c", "none"), "/a~1b~0c/none", "none", "none", ""),
        (("a/b~c", "empty"), "/a~1b~0c/empty", "empty", "empty", ""),
        ((), "", "aimanifest", "aimanifest", ""),
    ],
)
def test_a_place_shows_its_value_or_its_key(
    steps: tuple[str | int, ...], pointer: str, shown: str, key: str, source: str
) -> None:
    place = read(PLACES.encode()).place(steps)
    assert place.written
    assert place.pointer == place.key.pointer == pointer
    spans = [cut(PLACES, each).replace("  none", "") for each in (place.span, place.key.span)]
    assert spans == [shown, key] if shown != "none" else place.span == place.key.span
    assert place.source == source


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        (("nothing",), "aimanifest"),
        (("release", "publisher", "name"), "release"),
        (("release", "name", "x"), "name"),
        (("release", 0), "release"),
        (("a/b~c", "list", 9, "x"), "list"),
        (("a/b~c", "list", -1), "list"),
        (("a/b~c", "list", "0"), "list"),
        (("a/b~c", "list", 0, "q"), "x"),
        (("a/b~c", "list", 0, "y", 0, "q"), "é"),
    ],
)
def test_what_is_missing_shows_the_nearest_key_above(
    steps: tuple[str | int, ...], shown: str
) -> None:
    place = read(PLACES.encode()).place()
    for each in steps:
        place /= each
    assert not place.written
    assert cut(PLACES, place.span) == cut(PLACES, place.key.span) == shown
    assert (place.source, place.flow) == ("", False)


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("value: {a: 1}", True),
        ("value: [a]", True),
        ("value:\n  a: 1", False),
        ("value:\n- a", False),
        ("value: '{'", False),
        ("value:\n  ? [a]\n  : b\n  c: d", False),
    ],
)
def test_a_place_knows_whether_it_is_in_brackets(text: str, *, flow: bool) -> None:
    found = parsed(text)
    assert (found.place() / "value").flow is flow


def test_a_pair_alone_in_a_list_is_a_mapping_in_brackets() -> None:
    found = parsed("value: [a: b]")
    assert found.data["value"] == [{"a": "b"}]
    assert (found.place() / "value" / 0).flow


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_columns_count_characters_whatever_precedes_them(newline: str, mark: str) -> None:
    text = (FIRST + "a: [😀, é,\n  海鷗, z]\n").replace("\n", newline)
    found = read((mark + text).encode())
    assert found.problems == ()
    assert found.text == text
    assert (found.place() / "aimanifest").key.span == Span(Position(1, 1), Position(1, 11))
    assert (found.place() / "a" / 1).span == Span(Position(2, 8), Position(2, 9))
    assert (found.place() / "a" / 3).span == Span(Position(3, 7), Position(3, 8))


# -- faults ----------------------------------------------------------------------------------------


class Case(NamedTuple):
    """What follows the first line, the rule it breaks, where, and what is left of `x`."""

    text: str
    rule: str
    line: int
    column: int
    pointer: str = "/x"
    left: object = None


UNREAD = "nothing is left of the file"
FAULTS = (
    Case("x: 1\ny: 2\nx: 3\n", "unique-keys", 4, 1, left=1),
    Case('x: {y: 1, "y": {}}\n', "unique-keys", 2, 11, "/x/y", {"y": 1}),
    Case("x: &a 1\n", "no-anchors", 2, 4, left=1),
    Case("x: &a\n  y: 1\n", "no-anchors", 2, 4, left={"y": 1}),
    Case("&a x: 1\n", "no-anchors", 2, 1, left=1),
    Case("x: *a\n", "no-aliases", 2, 4),
    Case("x:\n- *a\n- b\n", "no-aliases", 3, 3, "/x/0", [None, "b"]),
    Case("*a : 1\nx: 2\n", "no-aliases", 2, 1, "", 2),
    Case("x: !!str 1\n", "no-tags", 2, 4),
    Case("x: ! a\n", "no-tags", 2, 4),
    Case("x: !<tag:example.org> a\n", "no-tags", 2, 4),
    Case("x:\n  !own\n  y: 1\n", "no-tags", 3, 3, left={"y": 1}),
    Case("!t x: 1\n", "no-tags", 2, 1, left=1),
    Case("x: !a!b c\n", "no-tags", 2, 4, "", UNREAD),
    Case("x: {<<: *a, y: 1}\n", "no-merge-keys", 2, 5, "/x", {"y": 1}),
    Case("x:\n  <<: [*a, *b]\n  y: 1\n", "no-merge-keys", 3, 3, "/x", {"y": 1}),
    Case("x: {[a]: 1, y: 1}\n", "text-keys", 2, 5, "/x", {"y": 1}),
    Case("x:\n  ? {a: b}\n  : c\n  y: 1\n", "text-keys", 3, 5, "/x", {"y": 1}),
    Case(f"x: {{? {'k' * (LIMIT_KEY + 1)} : 1}}\n", "text-keys", 2, 7, "/x", {}),
    Case(f"{'k' * (LIMIT_KEY + 1)}: 1\n", "text-keys", 2, 1, "", UNREAD),
    Case("x: .nan\n", "finite-numbers", 2, 4),
    Case("x: [-.INF]\n", "finite-numbers", 2, 5, "/x/0", [None]),
    Case("x: 12e4567\n", "finite-numbers", 2, 4),
    Case("x: -1e999\n", "finite-numbers", 2, 4),
    Case(f"x: {10**LIMIT_DIGITS}\n", "number-length", 2, 4),
    Case("x: 0xFFFFFFFFFFFFFFFF\n", "number-length", 2, 4),
    Case(f"x: 0x{'0' * 999}\n", "number-length", 2, 4),
    Case(f"x: 1.{'0' * 99}\n", "number-length", 2, 4),
    Case('x: "\\ud83d"\n', "whole-characters", 2, 4),
    Case('x: "\\ude00\\ud83d"\n', "whole-characters", 2, 4),
    Case('x: {"\\ud83d": 1}\n', "whole-characters", 2, 5, "/x", {}),
    Case("x: 1\n---\nx: 2\n", "one-document", 3, 1, "", 1),
    Case("x: 1\n...\nx: 2\n", "one-document", 4, 1, "", UNREAD),
    Case("\tx: 1\n", "indented-by-spaces", 2, 1, "", UNREAD),
    Case("x:\n\ty: 1\n", "indented-by-spaces", 3, 1, "", UNREAD),
    Case("x: |\n\ty\n", "indented-by-spaces", 3, 1, "", UNREAD),
    Case("x: a\x1bb\n", "visible-characters", 2, 5, "", UNREAD),
    Case("x: a\x85b\n", "visible-characters", 2, 5, "", UNREAD),
    Case("x: é\u2028b\n", "visible-characters", 2, 5, "", UNREAD),
    Case("x: \ufeff\n", "visible-characters", 2, 4, "", UNREAD),
    Case("x: \uffff\n", "visible-characters", 2, 4, "", UNREAD),
    Case("x: \x9f\n", "visible-characters", 2, 4, "", UNREAD),
    Case("#\x00\n", "visible-characters", 2, 2, "", UNREAD),
    Case(f"x: {'[' * LIMIT_DEPTH}\n", "depth-limit", 2, 67, "/x" + "/0" * 63, UNREAD),
)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: f"{case.rule}:{case.text[:20]!r}")
def test_a_fault_is_one_finding_at_its_place(case: Case) -> None:
    found = parsed(case.text)
    finding = the_one(found)
    assert finding.rule == f"document/{case.rule}"
    assert finding.pointer == case.pointer
    assert finding.span.start == Position(case.line, case.column)
    assert found.readable is (case.left is not UNREAD)
    assert (found.data["x"] if found.readable else UNREAD) == case.left


class Whole(NamedTuple):
    """A whole file, the rule it breaks and where."""

    source: bytes
    rule: str
    line: int = 1
    column: int = 1


FILES = (
    Whole(b"", "not-empty"),
    Whole(b"\xef\xbb\xbf", "not-empty"),
    Whole(b"# nothing\n", "not-empty"),
    Whole(b"---\n", "not-empty"),
    Whole(b"...\n", "not-empty"),
    Whole(b"null\n", "top-level-mapping"),
    Whole(b"- a\n", "top-level-mapping"),
    Whole(b"\n42\n", "top-level-mapping", 2),
    Whole(b"false\n", "top-level-mapping"),
    Whole(b"aimanifest:1.0\n", "top-level-mapping"),
    Whole(b"*a\n", "no-aliases"),
    Whole(b"%YAML 1.2\n---\naimanifest: '1.0'\n", "no-directives"),
    Whole(b"# c\n%TAG !t! tag:t\n---\naimanifest: '1.0'\n", "no-directives", 2),
    Whole(b"%YAML 9.9\n---\na: b\n", "no-directives"),
    Whole(b"%YAML 1.2\na: b\n", "no-directives"),
    Whole(b"---\n---\na: b\n", "one-document", 2),
    Whole(b"a: b\nc: \xe9t\xe9\n", "utf-8", 2, 4),
    Whole("é: 海\r\n  ".encode() + b"\xed\xa0\x80", "utf-8", 2, 3),
    Whole(b"a: \xf0\x9f\x98", "utf-8", 1, 4),
    *(
        Whole(text.encode(codec), "utf-8")
        for text in (FIRST, "\ufeff" + FIRST)
        for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    ),
    Whole(b"a" * (LIMIT_BYTES + 1), "size-limit"),
    Whole(FIRST.encode() + b"- a\n" * LIMIT_FAULTS, "well-formed", 2),
    Whole(b"a: 1\n", "not-an-ai-manifest"),
    Whole(b"{}\n", "not-an-ai-manifest"),
    Whole(b"a: !!str &a b\na: *a\n", "not-an-ai-manifest"),
)


@pytest.mark.parametrize("whole", FILES, ids=lambda whole: f"{whole.rule}:{whole.source[:20]!r}")
def test_a_file_is_refused_with_one_finding(whole: Whole) -> None:
    found = read(whole.source)
    finding = the_one(found)
    assert finding.rule == f"document/{whole.rule}"
    assert finding.span.start == Position(whole.line, whole.column)
    assert found.readable is (whole.rule == "no-directives" and b"aimanifest" in whole.source)


def test_every_rule_has_a_case_here() -> None:
    names = {each.rule for each in FAULTS} | {each.rule for each in FILES}
    cases = {f"document/{each}" for each in names}
    beyond = {"document/node-limit", "document/fault-limit"}
    assert cases | beyond == {each.id for each in RULES}


def test_all_faults_are_found_in_one_run() -> None:
    found = parsed("a: &a 1\nb: *a\nb: !t {c: .inf, <<: 1}\n? [d]\n: *d\ne: 1e999\n---\n")
    assert [each.rule.removeprefix("document/") for each in found.problems] == (
        "no-anchors no-aliases unique-keys no-tags finite-numbers no-merge-keys text-keys "
        "no-aliases finite-numbers one-document"
    ).split()
    assert found.data == {"aimanifest": "1.0", "a": 1, "b": None, "e": None}


def test_what_was_found_before_a_syntax_error_is_kept() -> None:
    found = parsed("a: *b\nc: [\n")
    rules = [each.rule for each in found.problems]
    assert rules == ["document/no-aliases", "document/well-formed"]
    assert not found.readable


@pytest.mark.parametrize(
    ("text", "message", "shown"),
    [
        ("x: 1\ny: 2\n'x': 3\n", "first written here", "x"),
        ("a: &x 1\nx: *x\n", "anchored here", "&x"),
        ("x: [a,\n  b\ny: c\n", "opened here", "["),
        ("x: {a: [b}\n", "opened here", "["),
        ("x: 'it\ny: b\n", "opened here", "'"),
        ('x: "a\n---\nb"\n', "opened here", '"'),
    ],
)
def test_a_finding_shows_the_other_place_too(text: str, message: str, shown: str) -> None:
    finding = parsed(text).problems[-1]
    others = [(each.message, cut(FIRST + text, each.span)) for each in finding.related]
    assert others == [(message, shown)]


def test_the_first_of_two_values_counts() -> None:
    found = parsed("x: {y: 1}\nx: {z: 2}\n")
    assert found.data["x"] == {"y": 1}
    assert (found.place() / "x" / "y").written
    assert not (found.place() / "x" / "z").written


# -- syntax in plain words -------------------------------------------------------------------------


class Slip(NamedTuple):
    """A slip of somebody who does not know YAML well: where it is, and what is said of it."""

    text: str
    line: int
    column: int
    message: str
    fix: str


SLIPS = (
    Slip("x: a: b\n", 2, 5, "inside a text without quotes would begin", 'x: "a: b"'),
    Slip("x: a: b # c\n", 2, 5, "inside a text without quotes would begin", 'x: "a: b"'),
    Slip('x: say "a: b"\n', 2, 10, "inside a text without quotes", "x: 'say \"a: b\"'"),
    Slip("x: 1\n  y: 2\n", 3, 3, "indented as if it went on", "like the other keys"),
    Slip("x:\n  y: 1\n z: 2\n", 4, 2, "indented by 1, which fits nothing", "what it belongs to"),
    Slip("x:\n  - y\n z: 2\n", 4, 2, "which fits nothing above it", "Indent it"),
    Slip("  x: 1\n", 2, 3, "indented by 2, which fits nothing", "what it belongs to"),
    Slip("x: 1\ny\n", 3, 1, "`y` stands where a key is expected, and has no colon", "`key: value`"),
    Slip("x\ny: 1\n", 2, 1, "`x` stands where a key is expected", "`key: value`"),
    Slip("x:1\ny: 1\n", 2, 1, "a space is missing after the colon", "x: 1"),
    Slip("x: 1\ny:2\n", 3, 1, "a space is missing after the colon", "y: 2"),
    Slip("x: 1\n- y\n", 3, 1, "An entry of a list stands among the keys", "below its key"),
    Slip("x:\n  - y\n  z: 1\n", 4, 3, "does not begin with `- `", "Begin it with `- `"),
    Slip(": x\n", 2, 1, "No key stands before this colon", "Write a key"),
    Slip("x:\n  - - y\n   - z\n", 4, 4, "which fits nothing above it", "what it belongs to"),
    Slip("x: - y\n", 2, 4, "A list cannot begin on the line of its key", "on the next line"),
    Slip("x: ? y\n", 2, 4, "cannot begin with `? `", 'x: "? y"'),
    Slip("x: @y z # c\n", 2, 4, "cannot begin with `@`", 'x: "@y z"'),
    Slip("x: [`y`, z]\n", 2, 5, "cannot begin with a backtick", '"`y`"'),
    Slip("x: %y\n", 2, 4, "cannot begin with `%`", 'x: "%y"'),
    Slip("x: *.bin\n", 2, 4, "cannot begin with `*`", 'x: "*.bin"'),
    Slip("x: **y** z\n", 2, 4, "cannot begin with `*`", 'x: "**y** z"'),
    Slip("x: & y\n", 2, 4, "cannot begin with `&`", 'x: "& y"'),
    Slip("x: {y: >z}\n", 2, 8, "cannot begin with `>`", '">z"'),
    Slip("x: >y\n", 2, 5, "After `>`, the text begins on the next line", "on the next line"),
    Slip("x: |0\n y\n", 2, 5, "After `|`, the text begins on the next line", "on the next line"),
    Slip("x: >\n  y\n z\n", 4, 2, "which fits nothing above it", "what it belongs to"),
    Slip("x: ]\n", 2, 4, "cannot begin with `]`", "take out the `]`"),
    Slip("x: [a, , b]\n", 2, 8, "cannot begin with `,`", "take out the `,`"),
    Slip("x: [a]]\n", 2, 7, "This `]` closes nothing", "Take it out"),
    Slip("x: 1\n}\n", 3, 1, "This `}` closes nothing", "Take it out"),
    Slip("x: [a, b\n\n", 2, 9, "The bracket `[` that line 2 opens is never", "Close it with `]`"),
    Slip("x: {a: [b,\n", 2, 11, "The bracket `[` that line 2 opens", "Close it with `]`"),
    Slip("x: [!t {", 2, 9, "The bracket `{` that line 2 opens", "Close it with `}`"),
    Slip("x: [a: ", 2, 7, "The bracket `[` that line 2 opens", "Close it with `]`"),
    Slip("x: {a: b\ny: c\n", 3, 2, "Inside the `{` that line 2 opens, a `,` or `}`", "comma"),
    Slip("x: 'it\ny: b\n", 3, 5, "The quote that line 2 opens is never closed", "written `''`"),
    Slip('x: "a\n---\n', 3, 1, "The quote that line 2 opens is never closed", r"written `\"`"),
    Slip('x: "a\\', 2, 6, "The quote that line 2 opens is never closed", "Close it with"),
    Slip("x: 'it's'\n", 2, 8, "The text ended with the `'` before this", "Write `''`"),
    Slip('x: "a" b\n', 2, 8, 'The text ended with the `"` before this', r"Write `\"`"),
    Slip('x: "C:\\dir"\n', 2, 7, r"`\d` means nothing", r"Write `\\`"),
    Slip('x: "\\xg0"\n', 2, 5, "does not give the number of a character", r"`\u` and 4"),
    Slip('x: "\\UFFFFFFFF"\n', 2, 5, "does not give the number of a character", r"`\U` and 8"),
    Slip("x: 1\n<<<<<<< HEAD\ny: 2\n", 3, 1, "A merge conflict stands in", "take out its marks"),
)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.text[:20])
def test_what_is_no_yaml_is_said_in_plain_words(slip: Slip) -> None:
    found = parsed(slip.text)
    finding = found.problems[-1]
    assert finding.rule == "document/well-formed"
    assert finding.span.start == Position(slip.line, slip.column)
    assert slip.message in finding.message
    assert slip.fix in finding.fix
    assert not found.readable


def test_what_libyaml_alone_refuses_is_said_in_plain_words() -> None:
    found = parsed("x: [a/:, b]\n")
    if vars(parsers)["CParser"] is None:
        assert found.data["x"] == [{"a/": None}, "b"]
    else:
        assert "cannot hold a `:` before a comma" in the_one(found).message
        assert the_one(found).fix == '"a/:"'


def test_what_nobody_foresaw_is_said_in_the_words_of_the_parser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(syntax, "_EXPLANATIONS", ())
    finding = the_one(parsed("x: @\n"))
    assert "cannot start any token" in finding.message
    assert finding.span.start == Position(2, 4)


# -- bounds ----------------------------------------------------------------------------------------


def test_what_is_just_within_the_limits_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = f"x: {'[' * (LIMIT_DEPTH - 1)}{']' * (LIMIT_DEPTH - 1)}\n"
    assert parsed(deep + f"{'k' * LIMIT_KEY}: 1\n").problems == ()
    assert LIMIT_BYTES == 8 << 20
    monkeypatch.setattr(document, "LIMIT_BYTES", 99)
    assert read(FIRST.encode().ljust(99)).problems == ()
    assert read(FIRST.encode().ljust(100)).problems == (too_large(100),)


@pytest.mark.parametrize(
    ("above", "entry", "most"), [("", "k{}: v\n", 48), ("x:\n", "- [v]\n", 47)]
)
def test_reading_ends_at_the_limit_of_nodes(
    above: str, entry: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LIMIT_NODES == 250_000
    monkeypatch.setattr(reading, "LIMIT_NODES", 100)
    entries = [entry.format(each) for each in range(most + 1)]
    assert parsed(above + "".join(entries[:-1])).problems == ()
    found = parsed(above + "".join(entries))
    assert the_one(found).rule == "document/node-limit"
    assert not found.readable


def test_reading_ends_after_many_faults() -> None:
    found = parsed("x: 1\n" * 9999)
    last = found.problems[-1]
    assert len(found.problems) == LIMIT_FAULTS + 1
    assert last.rule == "document/fault-limit"
    assert last.span.start.line == LIMIT_FAULTS + 2
    assert not found.readable


def test_only_the_first_invisible_characters_are_shown() -> None:
    assert 1 < len(parsed("x: " + "\x07" * 9999).problems) < 99


def test_findings_quote_no_more_than_a_line() -> None:
    for case in (*FAULTS, *SLIPS, Slip(f"x: *{'a' * 9999}\n", 0, 0, "", "")):
        for each in parsed(case.text).problems:
            assert len(each.message) < 300
            assert "\n" not in each.message


BOMB = FIRST + "a0: &a0 {x: y}\n"
HOSTILE = {
    "merges": BOMB + "".join(f"a{i}: &a{i}\n  <<: [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 25)),
    "laughs": BOMB + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 25)),
    "circle": FIRST + "a: &a [*a]\n",
    "lists": "[" * 100_000,
    "mappings": '{"a":' * 100_000,
    "entries": "- " * 100_000,
    "explicit keys": "? " * 100_000,
    "steps": "".join(" " * depth + "a:\n" for depth in range(400)),
    "code": FIRST + "a: !!python/object/apply:os.abort []\n",
    "integer": FIRST + "a: " + "9" * 200_000,
    "fraction": FIRST + "a: 0." + "9" * 200_000,
    "surrogates": FIRST + 'a: "' + "\\ud83d" * 10_000 + '"',
    "escaped tag": FIRST + "a: !" + "%41" * 10_000,
    "anchor": FIRST + "a: &" + "x" * 100_000,
    "alias": FIRST + "a: *" + "x" * 100_000,
    "commas": "," * 100_000,
    "colons": ": " * 100_000,
    "quotes": '"' * 100_001,
    "tabs": "\t" * 100_000,
    "directives": "%a b\n" * 10_000,
    "documents": "---\n" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_cost_little_and_get_ordinary_findings(text: str) -> None:
    found = read(text.encode())
    assert 0 < len(found.problems) <= LIMIT_FAULTS + 1
    assert sum(len(str(each)) for each in found.problems) < 500_000


# -- files of other formats ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bomFormat: CycloneDX\ncomponents: []\n", "CycloneDX"),
        ("spdxVersion: SPDX-2.3\n", "SPDX"),
        ('{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": []}', "SPDX 3"),
        ('{"@context": {}, "@type": "sc:Dataset"}', "Croissant"),
        ("manifestVersion: 1.0.0\npackage: {name: x}\n", "Kitfile"),
        ("framework: {name: Model Openness Framework}\nrelease: {}\n", "Model Openness Tool"),
        ("openapi: 3.1.0\n", "OpenAPI"),
        ("manifest_version: 3\n", "browser extension"),
        ("version: 1\nuniverse: x\nrequires: [{plugin: y}]\n", "coding assistant"),
        ("plugins: []\n", "plugins"),
        ("projectInfo: {name: x}\n", "project"),
        ("uses_biometrics: true\n", "AI Act"),
        ("name: x\n", "no AI manifest"),
        ("manifest: '1.0'\n", "no AI manifest"),
    ],
)
def test_a_file_of_another_format_is_recognised(text: str, kind: str) -> None:
    found = read(text.encode())
    assert kind in the_one(found).message
    assert not found.readable


@pytest.mark.parametrize(
    "text",
    [
        "AIManifest: '1.0'",
        "ai_manifest: '1.0'",
        "ai-manifest: '1.0'",
        "ai-manifest-version: '1.0'",
        "aimanfiest: '1.0'",
        "aimanifst: '1.0'",
        "aimannifest: '1.0'",
        "aymanifest: '1.0'",
        "aimanifest:",
        "release: {}\ncomponents: {}",
        "bomFormat: x\naimanifest: '1.0'",
    ],
)
def test_a_manifest_with_a_slip_in_its_first_key_is_left_to_the_schema(text: str) -> None:
    found = read(text.encode())
    assert found.readable
    assert found.problems == ()
