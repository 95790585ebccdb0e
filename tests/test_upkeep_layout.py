"""The canonical layout: keys in order, comments with what they are about, and nothing lost."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from aimanifest import schemas
from aimanifest.cli import aimanifest
from aimanifest.document import read
from aimanifest.document.editing import Uneditable
from aimanifest.schemas.navigation import sorted_keys, under
from aimanifest.upkeep.layout import laid_out

ROOT = Path(__file__).parent.parent
MANIFESTS = sorted(
    path
    for folder in ("examples", "tests/conformance", "tests/golden")
    for end in ("yaml", "json")
    for path in (ROOT / folder).rglob(f"*.{end}")
    if path.stem not in ("expected", "generate")
)

BEFORE = """\
# yaml-language-server: $schema=https://aimanifest.org/schema/1.0/manifest.schema.json
# the header of the file

components:
    # about weights,
    # in two lines
    weights:   # the point of it
      notes: >-
            folded

              text
      location: https://x.example/#part  # where
      # of the license
      license: 'MIT' # lic
      version: "a
        b  # no comment

        c"
      # dangling in weights
    # about data

    data:

      data:
        # how
        provenance: |
            many
              lines
        access:   open
        documented_in: [
          card,   # one
          # two
          paper
          # no third
        ]
        sources:
        - license: MIT
          name: x   # nx
        # second
        - {license: MIT, name:   y}
        -   name: z
      kind: training-data
    # nothing more
release: {publisher: {url: "https://a.b", name: B}, name: A} # rel


aimanifest: "1.0"
extensions:
  org.example:
    - - b
      - a
    -
    - |+
      kept

  # of the extensions
# the end
"""

AFTER = """\
# yaml-language-server: $schema=https://aimanifest.org/schema/1.0/manifest.schema.json
# the header of the file

aimanifest: "1.0"
release: {name: A, publisher: {name: B, url: "https://a.b"}}  # rel

components:
  # about weights,
  # in two lines
  weights:  # the point of it
    version: "a
      b  # no comment

      c"
    # of the license
    license: 'MIT'  # lic
    location: https://x.example/#part  # where
    notes: >-
      folded

        text
    # dangling in weights
  # about data

  data:
    kind: training-data
    data:
      access: open
      # how
      provenance: |
        many
          lines
      documented_in: [
        card,  # one
        # two
        paper
        # no third
      ]
      sources:
        - name: x  # nx
          license: MIT
        # second
        - {name: y, license: MIT}
        - name: z
  # nothing more
extensions:
  org.example:
    - - b
      - a
    -
    - |+
      kept

  # of the extensions
# the end
"""


def laid(text: str) -> str:
    return laid_out(text.encode()).decode()


def told(source: bytes) -> str:
    return json.dumps(read(source).data, sort_keys=True)


def manifest(rest: str) -> str:
    return f'aimanifest: "1.0"\n{rest}'


def test_all_that_it_does_at_once() -> None:
    assert laid(BEFORE) == AFTER
    assert laid(AFTER) == AFTER


def test_every_manifest_here_says_the_same_afterwards() -> None:
    refused = []
    for path in MANIFESTS:
        source = path.read_bytes()
        document = read(source)
        try:
            result = laid_out(source)
        except Uneditable:
            refused.append(path)
            assert not document.readable or document.problems, path
            continue
        assert told(result) == told(source), path
        assert laid_out(result) == result, path
        before, after = (re.findall(rb"#[^\r\n]*", each) for each in (source, result))
        assert Counter(map(bytes.rstrip, before)) == Counter(map(bytes.rstrip, after)), path
        if path.suffix == ".json":
            assert json.loads(source.decode("utf-8-sig")) == json.loads(result), path
    assert len(refused) < len(MANIFESTS) / 10


class TestOrder:
    def test_is_that_of_the_schemas(self) -> None:
        component = under(under(schemas.load()[schemas.ROOT], "components"), "anything")
        keys = ["notes", "license", "kind", "x", "data", "a"]
        assert sorted_keys(keys, component) == ["kind", "license", "notes", "data", "x", "a"]

    def test_ids_and_extensions_keep_that_of_their_author(self) -> None:
        text = manifest(
            "components:\n  z:\n    kind: weights\n  a:\n    kind: model-card\n"
            "extensions:\n  org.b: {z: 1, a: 2}\n  org.a:\n    name: 1\n    kind: 2\n"
        )
        assert laid(text) == text

    def test_what_is_no_manifest_by_its_schema_is_laid_out_too(self) -> None:
        text = manifest("components:\n- {license: MIT, kind: weights}\nnonsense: {b: 1, a: 2}\n")
        assert laid(text) == manifest(
            "components:\n  - {license: MIT, kind: weights}\nnonsense: {b: 1, a: 2}\n"
        )


class TestComments:
    def test_those_over_the_first_key_are_about_the_file(self) -> None:
        text = "# file\ncomponents: {}\naimanifest: '1.0'\n"
        assert laid(text) == "# file\naimanifest: '1.0'\ncomponents: {}\n"

    def test_but_not_below_a_blank_line(self) -> None:
        text = "# file\n\n# parts\ncomponents: {}\naimanifest: '1.0'\n"
        assert laid(text) == "# file\naimanifest: '1.0'\n\n# parts\ncomponents: {}\n"

    def test_between_a_key_and_its_value(self) -> None:
        text = manifest("release: # a\n  # b\n  name: # c\n    # d\n    Tern # e\n")
        assert laid(text) == manifest("release:  # a\n  # b\n  # d\n  # c\n  name: Tern  # e\n")

    def test_in_the_header_of_a_block_of_text(self) -> None:
        text = manifest("release:\n   description: |-   # why\n       Text.\n   name: x\n")
        assert laid(text) == manifest("release:\n  name: x\n  description: |-   # why\n    Text.\n")

    def test_a_sign_within_a_text_begins_none(self) -> None:
        text = manifest("release: {name: a#b, homepage: 'x # y', description: \"# z\"}\n")
        assert "name: a#b" in laid(text)

    def test_after_the_end_of_the_document(self) -> None:
        assert laid("---\n# a\naimanifest: '1.0'\n...\n# b\n") == (
            "# a\n---\naimanifest: '1.0'\n# b\n"
        )

    def test_deeper_than_what_follows_is_about_what_went_before(self) -> None:
        text = "components:\n  weights: {}\n  # of the parts\nrelease: {}\naimanifest: '1.0'\n"
        assert laid(text) == (
            "aimanifest: '1.0'\nrelease: {}\ncomponents:\n  weights: {}\n  # of the parts\n"
        )


class TestStyle:
    def test_line_ends_are_as_the_first(self) -> None:
        result = laid_out(BEFORE.replace("\n", "\r\n").encode())
        assert result == AFTER.replace("\n", "\r\n").encode()
        mixed = b'aimanifest: "1.0"\r\nrelease:\n  name: "a\r    b"\n'
        assert laid_out(mixed) == b'aimanifest: "1.0"\r\nrelease:\r\n  name: "a\r\n    b"\r\n'

    def test_a_byte_order_mark_goes(self) -> None:
        assert laid_out(b"\xef\xbb\xbfaimanifest: '1.0'") == b"aimanifest: '1.0'\n"

    def test_a_block_that_keeps_its_line_ends(self) -> None:
        text = "release:\n  notes: |+\n    x\n\n\naimanifest: '1.0'\n"
        assert laid(text) == "aimanifest: '1.0'\nrelease:\n  notes: |+\n    x\n\n\n"

    def test_a_block_that_says_how_deep_it_is(self) -> None:
        text = manifest("release:\n    notes: |3\n          x\n       y\n")
        assert laid(text) == manifest("release:\n  notes: |3\n        x\n     y\n")

    def test_blanks_that_are_text(self) -> None:
        text = manifest("release:\n      notes: |\n         x  \n           \n         y\n")
        assert laid(text) == manifest("release:\n  notes: |\n    x  \n      \n    y\n")

    def test_brackets_over_several_lines(self) -> None:
        text = manifest("release: {name: a,\n   publisher: {name: b}}\nclaims: [\n a, b]\n")
        assert laid(text) == manifest(
            "release: {name: a, publisher: {name: b}}\nclaims: [\n  a,\n  b\n]\n"
        )

    def test_keys_that_are_not_on_one_line_are_quoted(self) -> None:
        text = manifest("extensions:\n  ? |\n    a\n  : 1\n  ? [b\n    c]\n  : 2\n")
        with pytest.raises(Uneditable):  # a list as a key is a fault of the file format
            laid(text)
        assert laid(text.partition("  ? [")[0]) == manifest('extensions:\n  "a\\n": 1\n')

    def test_null_and_pairs_in_brackets(self) -> None:
        text = manifest("extensions: {a: [x: 1, ], b, c: }\n")
        assert laid(text) == manifest("extensions: {a: [{x: 1}], b: null, c: null}\n")


class TestJson:
    def test_keeps_numbers_as_they_are_written(self) -> None:
        text = '{"extensions": {"a": [1.10, 6E+7, 1.0]}, "aimanifest": "1.0"}'
        assert laid(text) == (
            '{\n  "aimanifest": "1.0",\n  "extensions": {"a": [1.10, 6E+7, 1.0]}\n}\n'
        )

    def test_of_the_usual_form_stays(self) -> None:
        document = {"aimanifest": "1.0", "release": {"name": "a"}, "components": {"weights": {}}}
        text = json.dumps(document, indent=2) + "\n"
        assert laid(text) == text

    def test_is_json_afterwards(self) -> None:
        data = {"components": {f"c{each}": {"notes": "é\t\n" * 9} for each in range(9)}}
        for indent in (None, 0, 1, 4, "\t"):
            source = json.dumps({**data, "aimanifest": "1.0"}, indent=indent).encode()
            result = laid_out(source)
            assert json.loads(result) == json.loads(source)
            assert laid_out(result) == result


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"aimanifest: [",
        b"\xff\xfea\0",
        b"name: no manifest\n",
        b"aimanifest: '1.0'\nrelease: &a {}\n",
        b"aimanifest: '1.0'\nrelease: {}\nrelease: {}\n",
        b"aimanifest: '1.0'\nversion: .inf\n",
        b"[" * 100,
    ],
)
def test_what_cannot_be_read_is_refused(source: bytes) -> None:
    with pytest.raises(Uneditable):
        laid_out(source)


# -- hostile texts ---------------------------------------------------------------------------------

NAMES = ["kind", "license", "notes", "data", "name", "'q'", '"d"', "a b", "x-1"]
SCALARS = [
    "plain",
    "a#b",
    "1.10",
    "'it''s # so'",
    '"two\n{pad}lines"',
    "plain\n{pad}   goes on",
    "",
    "~",
    "|\n{pad}block\n\n{pad}  more\n",
    ">+ # head\n{pad}kept\n\n",
    "|2-\n{two}  deep\n",
    "[]",
    "{{b: 1, a: [x, {{n: 2}}]}}",
    "[ # open\n{pad}x , # x\n{pad}# over y\n{pad}y\n{pad}# end\n{pad}]",
    "{{license: MIT,\n{pad}  kind: weights}}",
]
BETWEEN = ["", "\n", "# at the edge\n", "{in}# level\n", "{in}   # deeper\n", "\n{in}# apart\n\n"]


@st.composite
def texts(draw: st.DrawFn, depth: int = 0, indent: int = 0) -> str:
    """Write a mapping over several lines, with comments wherever there can be some."""
    pad, names = " " * indent, draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    step = draw(st.sampled_from([1, 2, 3, 4]))
    inner = indent + step
    lines = []
    for name in names:
        lines.append(draw(st.sampled_from(BETWEEN)).replace("{in}", pad))
        behind = draw(st.sampled_from(["", "  # behind", " "]))
        shape = draw(st.integers(0, 5)) if depth < 3 else 5
        if shape == 0:
            lines.append(f"{pad}{name}:{behind}\n{draw(texts(depth=depth + 1, indent=inner))}")
        elif shape == 1:
            item = draw(texts(depth=depth + 1, indent=inner + 2))
            dash = " " * inner + "-\n" if draw(st.booleans()) else " " * inner + "- # item\n"
            lines.append(f"{pad}{name}:{behind}\n{dash}{item}{' ' * inner}- last # l\n")
        else:
            scalar = draw(st.sampled_from(SCALARS))
            said = scalar.format(pad=" " * (indent + 5), two=" " * (indent + 2))
            tail = "" if said.endswith("\n") else f"{behind}\n"
            lines.append(f"{pad}{name}: {said}{tail}")
    return "".join(lines)


@settings(max_examples=150, deadline=None)
@given(texts(), st.sampled_from(["", "# end", "  # deep end\n\n", "...\n# after\n"]))
def test_nothing_is_lost_whatever_is_written(text: str, end: str) -> None:
    source = f"# head\n{text}aimanifest: '1.0'\n{end}".encode()
    document = read(source)
    assert document.readable, source
    assert not document.problems, source
    result = laid_out(source)
    assert laid_out(result) == result
    assert told(result) == told(source)


# -- the command -----------------------------------------------------------------------------------


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(aimanifest, ["fmt", *arguments], input=given)


class TestCommand:
    def test_writes_only_what_changes(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        first, second = tmp_path / "ai-manifest.yaml", tmp_path / "a" / "ai-manifest.yaml"
        first.write_bytes(BEFORE.encode())
        second.write_bytes(AFTER.encode())
        time = second.stat().st_mtime_ns
        result = run(str(tmp_path))
        assert (result.exit_code, result.output) == (0, f"{first}: laid out\n")
        assert first.read_bytes() == AFTER.encode()
        assert second.stat().st_mtime_ns == time
        assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "ai-manifest.yaml"]

    def test_check_and_diff_write_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "ai-manifest.yaml"
        path.write_bytes(BEFORE.encode())
        assert run("--check", str(path)).exit_code == 1
        result = run("--diff", str(path))
        assert result.exit_code == 1
        assert '+aimanifest: "1.0"\n' in result.output
        assert path.read_bytes() == BEFORE.encode()
        path.write_bytes(AFTER.encode())
        assert run("--check", str(path)).exit_code == 0
        assert run("--diff", str(path)).output == ""

    def test_filters_standard_input(self) -> None:
        result = run("-", given=BEFORE.encode())
        assert result.exception is None
        assert (result.exit_code, result.stdout) == (0, AFTER)

    def test_what_cannot_be_read_is_left_alone(self, tmp_path: Path) -> None:
        bad, good = tmp_path / "ai-manifest.yaml", tmp_path / "ai-manifest.yml"
        bad.write_bytes(b"aimanifest: [")
        good.write_bytes(BEFORE.encode())
        result = run(str(tmp_path), str(tmp_path / "none.yaml"))
        assert result.exit_code == 3
        assert "it was left as it is: line 1: The bracket `[`" in result.stderr
        assert bad.read_bytes() == b"aimanifest: ["
        assert good.read_bytes() == AFTER.encode()

    def test_a_difference_cannot_steer_the_terminal(self, tmp_path: Path) -> None:
        path = tmp_path / "ai-manifest.yaml"
        path.write_bytes("release: {}\naimanifest: '1.0' # \u202e x\n".encode())
        assert "\\u{202e}" in run("--diff", str(path)).output
