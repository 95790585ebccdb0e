"""Edits leave all else as it is."""

import json
import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aimanifest.document import read
from aimanifest.document.editing import Drop, Edit, Put, Steps, Uneditable, edited
from aimanifest.document.scalars import flow, key, quote, text

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
each_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda each: each.stem)

TEXT = """\
# who wrote it
aimanifest: "1.0"
release: {name: Tern, publisher: {name: Example Lab}}  # one line
components:
  weights:   # the point of it all
    license: MIT  # [hub]
    location: https://models.example.org/tern

  # what it learned from
  pages:
    kind: training-data
    data:
      provenance: |
        The Example Archive.
        All of it.
      access: open
    notes: >-
      Folded
      text.
  nothing:
  brackets: {
    license: MIT,  # of the code
    path: code/
  }
"""


def after(*edits: Edit, source: str = TEXT) -> str:
    return edited(source.encode(), edits).decode()


def changed(*edits: Edit, source: str = TEXT) -> list[str]:
    """Return the lines that an edit takes out and puts in."""
    lines = unified_diff(source.splitlines(), after(*edits, source=source).splitlines(), n=0)
    return [each for each in lines if not each.startswith(("---", "+++", "@@"))]


def at(*steps: str | int) -> Steps:
    return ("components", *steps)


class TestToWrite:
    def test_a_value_in_place_of_another(self) -> None:
        assert changed(Put(at("weights", "license"), "Apache-2.0")) == [
            "-    license: MIT  # [hub]",
            "+    license: Apache-2.0  # [hub]",
        ]

    def test_a_new_key_at_the_end(self) -> None:
        assert changed(Put(at("weights", "revision"), "1.10")) == ['+    revision: "1.10"']

    def test_a_new_key_after_those_it_follows(self) -> None:
        lines = after(Put(at("weights", "name"), "Tern", ("kind", "license"))).splitlines()
        assert lines[lines.index("    license: MIT  # [hub]") + 1] == "    name: Tern"

    def test_a_mapping_key_by_key(self) -> None:
        assert changed(Put(at("weights", "checksums"), {"a/b.bin": "0" * 4, "c.bin": "ff"})) == [
            "+    checksums:",
            '+      a/b.bin: "0000"',
            "+      c.bin: ff",
        ]

    def test_what_is_on_the_way_too(self) -> None:
        assert changed(Put(("metadata", "author", "name"), "Ann", ("aimanifest",))) == [
            "+metadata:",
            "+  author:",
            "+    name: Ann",
        ]

    def test_behind_a_block_of_text(self) -> None:
        assert changed(Put(at("pages", "extent"), "full")) == ["+    extent: full"]
        assert changed(Put(at("pages", "data", "scope"), "All", ("provenance",))) == [
            "+      scope: All"
        ]

    def test_in_place_of_nothing(self) -> None:
        assert changed(Put(at("nothing", "license"), "MIT")) == ["+    license: MIT"]

    def test_in_brackets(self) -> None:
        assert changed(Put(("release", "version"), "2", ("name",))) == [
            "-release: {name: Tern, publisher: {name: Example Lab}}  # one line",
            '+release: {name: Tern, version: "2", publisher: {name: Example Lab}}  # one line',
        ]

    def test_in_brackets_over_several_lines(self) -> None:
        assert changed(Put(at("brackets", "extent"), "full")) == [
            "-    path: code/",
            "+    path: code/,",
            "+    extent: full",
        ]

    def test_a_list_on_one_line(self) -> None:
        assert changed(Put(at("weights", "trained_on"), ["pages", "a, b"])) == [
            '+    trained_on: [pages, "a, b"]'
        ]

    def test_a_block_in_place_of_a_block(self) -> None:
        lines = after(Put(at("pages", "data"), {"access": "public"})).splitlines()
        start = lines.index("    data:")
        assert lines[start : start + 3] == ["    data:", "      access: public", "    notes: >-"]

    def test_what_is_said_of_a_key_stays(self) -> None:
        assert "  weights:   # the point of it all\n    omitted: withheld\n" in after(
            Put(at("weights"), {"omitted": "withheld"})
        )

    def test_with_the_line_ends_of_the_file(self) -> None:
        source = TEXT.replace("\n", "\r\n").encode()
        result = edited(source, [Put(at("weights", "checksums"), {"c.bin": "ff"})])
        assert result.count(b"\n") == result.count(b"\r\n") == source.count(b"\n") + 2

    def test_behind_a_byte_order_mark(self) -> None:
        source = b"\xef\xbb\xbf" + TEXT.encode()
        result = edited(source, [Put(at("weights", "path"), "w/")])
        assert result.startswith(b"\xef\xbb\xbf# who")

    def test_in_json(self) -> None:
        source = json.dumps(read(TEXT.encode()).data, indent=2)
        new = after(Put(at("weights", "path"), "w/"), Drop(at("weights", "license")), source=source)
        data = json.loads(new)
        assert data["components"]["weights"] == {
            "location": "https://models.example.org/tern",
            "path": "w/",
        }
        assert len(new.splitlines()) == len(source.splitlines())


class TestToTakeOut:
    def test_a_line(self) -> None:
        assert changed(Drop(at("weights", "license"))) == ["-    license: MIT  # [hub]"]

    def test_a_block_of_text(self) -> None:
        assert len(changed(Drop(at("pages", "data", "provenance")))) == 3

    def test_the_first_and_the_last_in_brackets(self) -> None:
        assert "release: {publisher: {name: Example Lab}}  # one" in after(
            Drop(("release", "name"))
        )
        assert "release: {name: Tern}  # one line" in after(Drop(("release", "publisher")))

    def test_only_what_is_there(self) -> None:
        with pytest.raises(Uneditable, match=r"components\.weights\.path is not there"):
            after(Drop(at("weights", "path")))

    def test_not_the_last_one(self) -> None:
        with pytest.raises(Uneditable, match="the only one of its kind"):
            after(Drop(("release", "publisher", "name")))


class TestWhatDoesNotFit:
    @pytest.mark.parametrize("steps", [at("weights", "license", "x"), at("weights", 0), at(0)])
    def test_is_refused(self, steps: Steps) -> None:
        with pytest.raises(Uneditable):
            after(Put(steps, "x"))

    def test_so_is_a_file_that_cannot_be_read(self) -> None:
        with pytest.raises(Uneditable, match="cannot be read"):
            edited(b"\xff\xfe\xff", [Put(("a",), 1)])


def leaves(value: Any, way: Steps = ()) -> Iterator[Steps]:
    if isinstance(value, dict) and value:
        for name, each in value.items():
            yield from leaves(each, (*way, name))
    elif isinstance(value, list) and value:
        for index, each in enumerate(value):
            yield from leaves(each, (*way, index))
    else:
        yield way


def comments(source: str) -> list[str]:
    return [each.strip() for each in re.findall(r"(?m)(?:^|\s)(#.*)$", source)]


@each_example
def test_every_value_of_an_example_can_be_changed_alone(path: Path) -> None:
    source = path.read_bytes()
    document = read(source)
    if not document.readable:
        pytest.skip("it is no manifest")
    for steps in leaves(document.data):
        result = edited(source, [Put(steps, "Another: value")])
        assert len(result.splitlines()) <= len(source.splitlines())
        kept = set(comments(source.decode())) - set(comments(result.decode()))
        folded = document.place(steps).source[:1] in (">", "|", '"', "'")
        assert folded or not kept, (steps, kept)


@each_example
def test_a_key_can_be_added_to_every_component_of_an_example(path: Path) -> None:
    source = path.read_bytes()
    document = read(source)
    for id in (document.data or {}).get("components", {}):
        result = edited(source, [Put(("components", id, "extensions"), {"a": ["b"]})])
        assert sorted(comments(source.decode())) == sorted(comments(result.decode()))
        assert len(result.splitlines()) <= len(source.splitlines()) + 2


# -- values ----------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(JSON)
def test_what_is_written_on_one_line_reads_as_it_was(value: Any) -> None:
    written = f'aimanifest: "1.0"\nvalue: {flow(value)}\n'
    document = read(written.encode())
    if not document.problems:
        assert document.data["value"] == value
    assert "\n" not in flow(value)


@given(st.text())
def test_a_text_in_quotes_is_json_and_shows_all_it_holds(value: str) -> None:
    assert json.loads(quote(value)) == value
    assert quote(value).isprintable()


@pytest.mark.parametrize("word", ["yes", "No", "null", "true", "~", "1.10", "", " a", "a ", "a: b"])
def test_what_reads_as_something_else_is_quoted(word: str) -> None:
    assert text(word).startswith('"')


@pytest.mark.parametrize("word", ["MIT OR Apache-2.0", "https://a.example/b?c=d#e", "2026-11-22"])
def test_what_reads_as_it_is_has_no_quotes(word: str) -> None:
    assert text(word) == word
    assert yaml.load(f"a: {word}", yaml.BaseLoader)["a"] == word  # noqa: S506  it makes only text


def test_a_key_that_is_a_word_is_quoted() -> None:
    assert [key(each) for each in ("path", "on", "a b")] == ["path", '"on"', '"a b"']


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "weights", "pages"]), JSON), max_size=4))
def test_any_value_can_be_written_anywhere_or_is_refused(puts: list[tuple[str, Any]]) -> None:
    source = TEXT.encode()
    for name, value in puts:
        wanted = read(source).data
        try:
            source = edited(source, [Put(at(name), value)])
        except Uneditable:
            continue
        wanted["components"][name] = value
        assert read(source).data == wanted
