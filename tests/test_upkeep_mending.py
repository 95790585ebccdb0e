"""What is mended without asking, what is only guessed, and what is left alone."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aimanifest.cli import aimanifest
from aimanifest.document import read
from aimanifest.document.editing import Drop, Edit, Put, Rename, Uneditable, edited, edited_at_once
from aimanifest.schemas.spelling import alike
from aimanifest.upkeep.mending import Mend, mended
from aimanifest.validation import validate

ROOT = Path(__file__).parent.parent
MANIFESTS = sorted(
    path
    for folder in ("tests/conformance", "examples")
    for end in ("yaml", "json")
    for path in (ROOT / folder).rglob(f"*.{end}")
    if path.stem not in ("expected", "generate")
)

BEFORE = """\
# header
aimanifest: 1.0
release:
  Name: Tern   # of the release
  version: 1.10  # not 1.1
  publisher: {name: Example Lab}
  identifiers: doi:10.1000/x
components:
  weights:
    licence: apache-2.0  # as the hub spells it
    location: https://models.example.org/tern
    availability: On Request
    revision: 12345678901234567890
    trainingCompute: "6e24"
  corpus:
    kind: training_data
    license: GPL-2.0+ and Apache 2
    data:
      labelling: None   # there are no labels
      collection: |
        By hand.
      access: open
  paper: {kind: research-paper, peer_reviewed: "yes", license: cc by 4.0}
"""

AFTER = """\
# header
aimanifest: "1.0"
release:
  name: Tern   # of the release
  version: "1.10"  # not 1.1
  publisher: {name: Example Lab}
  identifiers: [doi:10.1000/x]
components:
  weights:
    license: Apache-2.0  # as the hub spells it
    location: https://models.example.org/tern
    availability: on-request
    revision: "12345678901234567890"
    training_compute: 6e+24
  corpus:
    kind: training-data
    license: GPL-2.0-or-later AND Apache-2.0
    data:
      labeling: none   # there are no labels
      collection: |
        By hand.
      access: open
  paper: {kind: research-paper, peer_reviewed: true, license: CC-BY-4.0}
"""

HEAD = 'aimanifest: "1.0"\nrelease: {name: a, publisher: {name: b}}\ncomponents:\n'


def component(rest: str) -> bytes:
    return f"{HEAD}  weights: {{{rest}}}\n".encode()


def sure(source: bytes) -> list[str]:
    return [each.now for each in mended(source).mends]


def guessed(source: bytes) -> list[str]:
    result = mended(source)
    assert not result.mends
    return [each.now for each in result.guesses]


def test_all_that_is_sure_at_once() -> None:
    result = mended(BEFORE.encode())
    assert result.source.decode() == AFTER
    assert not result.guesses
    assert not validate(AFTER.encode(), require=()).problems
    again = mended(AFTER.encode())
    assert (again.source, again.mends) == (AFTER.encode(), ())


def test_each_mend_says_its_rule_its_place_and_why() -> None:
    mend = next(each for each in mended(BEFORE.encode()).mends if each.place == "/release/version")
    assert (mend.rule, mend.at, mend.now) == ("schema/wrong-type", (5, 12), '`"1.10"`')
    assert mend.why == "`release.version` is the number `1.10`, and text is wanted: quote it"


class TestWhatIsSure:
    @pytest.mark.parametrize("version", ["1.10", "2026", "1e3", "0x10", "010", "true", "1.0"])
    def test_text_that_reads_as_something_else_stays_as_it_is_written(self, version: str) -> None:
        result = mended(component(f"version: {version}, license: MIT, path: a/"))
        assert f'version: "{version}"'.encode() in result.source

    @pytest.mark.parametrize(
        ("written", "wanted"),
        [
            ("mit", "MIT"),
            ("apache-2.0 with llvm-exception", "Apache-2.0 WITH LLVM-exception"),
            ("MIT Or Apache-2.0", "MIT OR Apache-2.0"),
            ("Apache License, Version 2.0", "Apache-2.0"),
            ("NoAssertion", "NOASSERTION"),
            ("LGPL-2.1+", "LGPL-2.1-or-later"),
            ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
            ("(MIT OR (StandardML-NJ))", "MIT OR SMLNJ"),
        ],
    )
    def test_licenses(self, written: str, wanted: str) -> None:
        result = mended(component(f'license: "{written}", path: a/'))
        assert read(result.source).data["components"]["weights"]["license"] == wanted
        assert not result.guesses

    @pytest.mark.parametrize("key", ["Licence", "LICENSE", "licence"])
    def test_keys_of_the_same_letters(self, key: str) -> None:
        assert mended(component(f"{key}: MIT, path: a/")).source == component(
            "license: MIT, path: a/"
        )

    def test_a_key_and_its_value_at_once(self) -> None:
        source = component("license: MIT, path: a/, trainedOn: weights")
        assert b"trained_on: [weights]" in mended(source).source

    def test_in_json(self) -> None:
        source = b'{"aimanifest": 1.0, "release": {"Name": "a", "publisher": {"name": "b"}}, '
        source += b'"components": {"weights": {"license": "mit", "version": 1.10}}}'
        result = mended(source)
        assert result.source == source.replace(b": 1.0,", b': "1.0",').replace(
            b"Name", b"name", 1
        ).replace(b'"mit"', b'"MIT"').replace(b"1.10", b'"1.10"')

    def test_a_byte_order_mark_and_other_encodings(self) -> None:
        plain = component("license: MIT, path: a/")
        assert mended(b"\xef\xbb\xbf" + plain).source == plain
        for encoding in ("utf-16", "utf-32"):
            assert mended(plain.decode().encode(encoding)).source == plain

    def test_tabs_where_their_width_does_not_matter(self) -> None:
        plain = b"aimanifest: '1.0'\nrelease:\n\tname: a\n\tpublisher:\n\t\tname: b\n"
        result = mended(plain)
        assert result.source == plain.replace(b"\t", b"  ")
        assert [each.rule for each in result.mends] == ["document/indented-by-spaces"]
        assert sure(plain) == ["spaces"]

    @pytest.mark.parametrize(
        "inside",
        [
            b"release:\n\tname: a\n    homepage: b\n",  # only at four columns are they siblings
            b"release:\n\tname: |\n\t    a\n\t\tb\n",  # the text depends on it
            b"release:\n\tname: a\n\tname: b\n",
        ],
    )
    def test_tabs_where_it_does(self, inside: bytes) -> None:
        source = b"aimanifest: '1.0'\n" + inside
        assert mended(source).source == source

    def test_line_ends_stay(self) -> None:
        crlf = BEFORE.replace("\n", "\r\n").encode()
        assert mended(crlf).source == AFTER.replace("\n", "\r\n").encode()


class TestWhatIsAGuess:
    @pytest.mark.parametrize(
        ("rest", "now"),
        [
            ("url: https://a.example", "`location`"),
            ("availabilty: gated", "`availability`"),
            ("path: a/, availability: open", "`ungated`"),
            ("publisher: Example Lab", "`{name: Example Lab}`"),
            ("path: a/, date: 22.11.2026", "`2026-11-22`"),
            ("trained_on: [weihgts]", "`weights`"),
        ],
    )
    def test_is_shown_and_not_made(self, rest: str, now: str) -> None:
        source = component(rest)
        assert mended(source).source == source
        assert now in guessed(source)

    def test_a_license_whose_text_nobody_could_read(self) -> None:
        source = component("license: llama3.1, path: a/")
        assert guessed(source) == ["`LicenseRef-Llama-3.1-Community`"]
        entry = b"licenses: {LicenseRef-Llama-3.1-Community: {url: https://a.example}}\n"
        assert sure(source + entry) == ["`LicenseRef-Llama-3.1-Community`"]

    def test_no_step_or_nobody_looked(self) -> None:
        source = f"{HEAD}  d: {{kind: training-data, data: {{labeling: N/A}}}}\n".encode()
        assert guessed(source) == ["`none`"]


class TestWhatIsLeft:
    @pytest.mark.parametrize(
        "rest",
        [
            "license: none, path: a/",  # NONE, or does nobody know?
            "license: GPL-2.0, path: a/",  # only, or later versions too?
            "license: GPL, path: a/",
            "license: MIT/Apache-2.0, path: a/",
            "licence: MIT, license: Apache-2.0",
            "name: null, path: a/",
            "omitted: withheld, license: MIT",
        ],
    )
    def test_what_only_the_author_knows(self, rest: str) -> None:
        source = component(rest)
        result = mended(source)
        assert (result.source, result.mends, result.guesses) == (source, (), ())

    @pytest.mark.parametrize(
        "source", [b"", b"\0", b"a: [", b"\xff", b"name: x\n", b"aimanifest: '2.0'\nName: x\n"]
    )
    def test_what_is_no_manifest_of_this_version(self, source: bytes) -> None:
        result = mended(source)
        assert (result.source, result.mends, result.guesses) == (source, (), ())


def faults(source: bytes) -> set[tuple[str, str]]:
    return {(each.rule, each.pointer) for each in validate(source, require=()).findings}


def test_what_was_mended_is_no_fault_any_more() -> None:
    count = 0
    for path in MANIFESTS:
        source = path.read_bytes()
        result = mended(source)
        again = mended(result.source)
        assert (again.source, again.mends) == (result.source, ()), path
        if not result.mends:
            continue
        left, edits = faults(result.source), [each for each in result.mends if each.edits]
        count += len(result.mends)
        for each in edits:
            assert (each.rule, each.place) not in left, (path, each)
        assert len(left) <= len(faults(source)) or not edits, path
        assert comments(source) <= comments(result.source), path
    assert count > 50


def comments(source: bytes) -> set[bytes]:
    lines = (each.rstrip() for each in source.splitlines())
    return {each for each in lines if each.lstrip().startswith(b"#")}


def test_guesses_come_to_an_end() -> None:
    for path in MANIFESTS:
        if "schema/" in str(path) or "core/" in str(path):
            result = mended(path.read_bytes())
            if result.guesses:
                assert mended(result.guessed).source == result.guessed, path


@pytest.mark.parametrize(
    ("word", "other", "same"),
    [
        ("Labelling", "labeling", True),
        ("on request", "on-request", True),
        ("trainedOn", "trained_on", True),
        ("anonymisation", "anonymization", True),
        ("lisence", "license", False),
        ("licensé", "license", False),
        ("2026/11/2", "2026-11-02", False),
        ("", "", False),
        ("-", "_", False),
    ],
)
def test_spellings_of_one_word(word: str, other: str, *, same: bool) -> None:
    assert alike(word, other) is same


class TestRename:
    def test_keeps_all_around(self) -> None:
        source = b'aimanifest: "1.0"\r\n"a b":   # c\r\n  - x\r\n'
        assert edited(source, [Rename(("a b",), "c")]) == source.replace(b'"a b"', b"c")

    @pytest.mark.parametrize("steps", [("b",), ("a", 0), ("a", "c")])
    def test_what_is_not_there_or_has_no_key(self, steps: tuple[str | int, ...]) -> None:
        with pytest.raises(Uneditable):
            edited(b"aimanifest: x\na: [1]\n", [Rename(steps, "n")])

    def test_over_another_key(self) -> None:
        with pytest.raises(Uneditable):
            edited(b"aimanifest: x\na: 1\n", [Rename(("a",), "aimanifest")])


class TestAtOnce:
    SOURCE = b"\xef\xbb\xbfaimanifest: x  # c\na: {b: 1, c: [1, 2]}\nd:\n  e: aa\n  f: aa\n"

    def test_is_the_same_as_one_after_the_other(self) -> None:
        edits: list[Edit] = [
            Put(("aimanifest",), "1.0"),
            Put(("a", "c", 1), 22),
            Put(("d", "f"), "aaa"),
            Rename(("d", "f"), "ff"),
            Put(("d", "e"), "a"),
        ]
        result = edited_at_once(self.SOURCE, edits)
        assert result == edited(self.SOURCE, [*edits[:3], edits[4], edits[3]])
        assert result.startswith(b'\xef\xbb\xbfaimanifest: "1.0"  # c\n')

    def test_a_place_is_touched_once(self) -> None:
        with pytest.raises(Uneditable):
            edited_at_once(self.SOURCE, [Put(("d", "e"), "b"), Put(("d", "e"), "c")])
        with pytest.raises(Uneditable):
            edited_at_once(self.SOURCE, [Drop(("d",)), Put(("d", "e"), "c")])

    def test_many_mends_end_soon(self) -> None:
        lines = "".join(f"  c{each}: {{Kind: weights, Licence: mit}}\n" for each in range(200))
        result = mended((HEAD + lines).encode())
        assert len(result.mends) == 600
        assert mended(result.source).source == result.source


# -- the command -----------------------------------------------------------------------------------


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(aimanifest, ["fix", *arguments], input=given)


GUESSY = component("url: https://a.example, license: mit")


class TestCommand:
    def test_mends_and_tells(self, tmp_path: Path) -> None:
        path = tmp_path / "ai-manifest.yaml"
        path.write_bytes(GUESSY)
        result = run(str(path))
        assert result.exit_code == 0
        assert path.read_bytes() == component("url: https://a.example, license: MIT")
        assert "`mit` is not an SPDX license id; write `MIT` → `MIT`" in result.stdout
        assert "one more is a guess, for --unsafe:" in result.stdout
        assert "+  weights: {location: https://a.example, license: MIT}" in result.stdout

    def test_guesses_where_it_is_asked_to(self, tmp_path: Path) -> None:
        path = tmp_path / "ai-manifest.yaml"
        path.write_bytes(GUESSY)
        assert run("--unsafe", "--format", str(path)).exit_code == 0
        assert path.read_bytes() == component("license: MIT, location: https://a.example")

    def test_dry_runs_write_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "ai-manifest.yaml"
        path.write_bytes(GUESSY)
        for option in ("--dry-run", "--check", "--diff"):
            result = run(option, str(path))
            assert result.exit_code == 1
            assert path.read_bytes() == GUESSY
        assert "+  weights: {url: https://a.example, license: MIT}" in result.stdout

    def test_filters_standard_input(self) -> None:
        result = run("-", given=BEFORE.encode())
        assert (result.exit_code, result.stdout) == (0, AFTER)
        assert "<stdin>:2:13:" in result.stderr

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "ai-manifest.yaml"
        path.write_bytes(b"a: [")
        result = run(str(path))
        assert result.exit_code == 3
        assert "it was left as it is: line 1: The bracket" in result.stderr

    def test_a_folder_that_cannot_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "ai-manifest.yaml"
        path.write_bytes(GUESSY)

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("os.replace", refuse)
        result = run(str(path))
        assert result.exit_code == 4
        assert "could not be written: Permission denied" in result.stderr
        assert [each.name for each in tmp_path.iterdir()] == ["ai-manifest.yaml"]
        assert path.read_bytes() == GUESSY


def test_a_mend_is_plain_data() -> None:
    assert Mend("r", "/a", read(b"").problems[0].span.start, "w", "n").sure
