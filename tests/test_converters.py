"""Records of others become manifests: what they say is in there, or in the account of the rest."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aimanifest import __version__, converters, validate
from aimanifest.converters import Conversion, Guess, Loss, accounts
from aimanifest.converters.accounts import Converted
from aimanifest.converters.draft import fitted, id_from
from aimanifest.converters.mof import COMPONENTS, NO_COMPONENT, NOT_A_RECORD
from aimanifest.converters.source import COMMENT, REPEATED
from aimanifest.converters.terms import LIMIT_LICENSES
from aimanifest.converters.writing import COLUMNS, written
from aimanifest.document import LIMIT_BYTES, LIMIT_DEPTH, LIMIT_NODES, read
from aimanifest.document.comments import comments_of, plain
from aimanifest.document.foreign import Unreadable, read_foreign
from aimanifest.licenses.recognition import Recognition, recognise
from aimanifest.manifest import CONTENT_TYPES
from aimanifest.terminal import visible

CORPORA = Path(os.environ.get("AIMANIFEST_CORPORA", "no such folder"))
RECORDS = sorted(path for name in ("mot", "mot-tests") for path in (CORPORA / name).glob("*.yml"))

RECORD = b"""\
framework:
  name: 'Model Openness Framework'
  version: '1.0'
  date: '2024-12-15'
release:
  name: Plover-7B
  version: 7B
  date: '2025-05-22'
  type: language
  architecture: 'transformer decoder'
  origin: Plover-7B
  producer: Example Lab
  contact: someone@lab.example.org
  repository: 'https://code.example.org/plover'
  huggingface: 'https://huggingface.co/example/plover-7b'
  license:
    distribution:
      name: Apache-2.0
      path: ''
    data:
      name: CC-BY-4.0
      path: 'https://creativecommons.org/licenses/by/4.0/'
  components:
    -
      name: 'Model architecture'
      description: "Well commented code for the model's architecture"
    -
      name: Datasets
      description: 'Crawled in 2024.'
      component_path: 'https://data.example.org/plover'
    -
      name: 'Model parameters (Final)'
      description: 'Trained model parameters, weights and biases'
      license: 'Gemma Terms of Use'
      license_path: 'https://ai.google.dev/gemma/terms'
    -
      name: 'Model card'
      license: OpenRAIL
      component_path: docs/card.md
    -
      name: 'Technical report'
      license: unlicensed
"""


def convert(source: str | bytes) -> Conversion:
    source = source.encode() if isinstance(source, str) else source
    return converters.load("mof")(source, path="plover.yml")


def of(release: dict[str, Any]) -> Conversion:
    """Convert a record with these statements, one model card, and what every record has."""
    needed = {"name": "Plover", "producer": "Example Lab", "components": [{"name": "Model card"}]}
    return convert(yaml.safe_dump({"release": {**needed, **release}}, allow_unicode=True))


def card(**statements: Any) -> Conversion:
    """Convert a record with one model card, of which `statements` are made."""
    return of({"components": [{"name": "Model card", **statements}]})


def lost(conversion: Conversion) -> dict[str, str]:
    return {each.pointer: each.reason for each in conversion.losses}


def faults(text: str) -> list[str]:
    """Return what is wrong with the file, by itself and by the rules of every manifest."""
    report = validate(text.encode(), path="plover.yaml", require=("core",))
    judging = ("document/", "schema/", "core/")
    found = (each for each in report.findings if each.outcome and each.rule.startswith(judging))
    return [f"{each.rule} {each.pointer}: {each.message}" for each in found]


# -- reading ---------------------------------------------------------------------------------------


class TestForeignYaml:
    def test_scalars_are_what_is_written(self) -> None:
        text = b"a: no\nb: 1.10\nc: 2024-01-01\nd: 0x1F\ne: 'null'\nf: |\n  x\n"
        assert read_foreign(text).document.data == {
            "a": "no",
            "b": "1.10",
            "c": "2024-01-01",
            "d": "0x1F",
            "e": "null",
            "f": "x\n",
        }

    @pytest.mark.parametrize("null", ["", "~", "null", "Null", "NULL"])
    def test_null_is_nothing(self, null: str) -> None:
        assert read_foreign(f"a: {null}\n".encode()).document.data == {"a": None}

    def test_of_a_repeated_key_the_first_value_counts_and_the_rest_is_told(self) -> None:
        found = read_foreign(b"a: 1\nb: 2\na: {c: 3}\n")
        assert found.document.data == {"a": "1", "b": "2"}
        (repeated,) = found.repeated
        assert (repeated.place.pointer, repeated.line, repeated.value) == ("/a", 3, {"c": "3"})

    def test_an_alias_stands_for_what_it_names(self) -> None:
        text = b"a: &x {b: &y [1]}\nc: *x\n? &z d\n: *y\ne: *z\n"
        data = read_foreign(text).document.data
        assert data == {"a": {"b": ["1"]}, "c": {"b": ["1"]}, "d": ["1"], "e": "d"}

    def test_a_tag_is_passed_over(self) -> None:
        data = read_foreign(b"a: !!python/object/apply:os.abort []\nb: !!int 7\n").document.data
        assert data == {"a": [], "b": "7"}

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_a_byte_order_mark_says_the_encoding(self, encoding: str) -> None:
        assert read_foreign("ä: ö\n".encode(encoding)).document.data == {"ä": "ö"}

    @pytest.mark.parametrize(
        ("text", "line", "column", "words"),
        [
            (b"", 1, 1, "empty"),
            (b"# nothing\n", 1, 1, "empty"),
            (b"- a\n", 1, 1, "no mapping"),
            (b"a: [b\nc: d\n", 2, 2, "missing"),
            (b"a: b\n  c: d\n", 2, 3, "indented"),
            (b"a: b\n---\nc: d\n", 2, 1, "second document"),
            (b"a: &x [*x]\n", 1, 8, "itself"),
            (b"a: *x\n", 1, 4, "anchored"),
            (b"[a]: b\n", 1, 1, "no text"),
            (b"a: \x80\n", 1, 4, "UTF-8"),
            (b"a: b\x00\n", 1, 5, "U+0000"),
            (b'a: "\\ud800"\n', 1, 4, "surrogate"),
            (b"\xff\xfea", 1, 1, "UTF-16"),
            (b"{a: " * (LIMIT_DEPTH + 1), 1, 1 + 4 * LIMIT_DEPTH, "deep"),
            (b" " * (LIMIT_BYTES + 1), 1, 1, "longer"),
        ],
    )
    def test_what_cannot_be_read_is_said_with_its_place(
        self, text: bytes, line: int, column: int, words: str
    ) -> None:
        with pytest.raises(Unreadable, match=re.escape(words)) as caught:
            read_foreign(text)
        assert caught.value.position == (line, column)

    def test_aliases_do_not_multiply_without_end(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
        with pytest.raises(Unreadable, match=f"{LIMIT_NODES:,}"):
            read_foreign("\n".join(lines).encode())

    def test_aliases_do_not_multiply_long_texts(self) -> None:
        text = f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 1000)}]\n"
        with pytest.raises(Unreadable, match=f"{LIMIT_NODES:,}"):
            read_foreign(text.encode())

    def test_aliases_do_not_deepen_without_end(self) -> None:
        lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 100))]
        with pytest.raises(Unreadable, match="deep"):
            read_foreign("\n".join(lines).encode())


# -- records of the Model Openness Tool ------------------------------------------------------------


class TestARecord:
    def test_becomes_a_manifest(self) -> None:
        assert convert(RECORD).manifest == {
            "aimanifest": "1.0",
            "metadata": {
                "tool": f"aimanifest {__version__}",
                "context": "Converted from a record of the Model Openness Tool (Model Openness "
                "Framework 1.0 of 2024-12-15), last changed on 2025-05-22.",
            },
            "release": {
                "name": "Plover-7B",
                "publisher": {"name": "Example Lab"},
                "description": "Type: language; architecture: transformer decoder; parameters: 7B.",
                "homepage": "https://huggingface.co/example/plover-7b",
                "identifiers": [
                    "pkg:huggingface/example/plover-7b",
                    "https://code.example.org/plover",
                ],
            },
            "licenses": {
                "LicenseRef-Gemma-Terms": {
                    "name": "Gemma Terms of Use",
                    "url": "https://ai.google.dev/gemma/terms",
                }
            },
            "components": {
                "model-architecture": {"license": "Apache-2.0"},
                "training-data": {
                    "description": "Crawled in 2024.",
                    "location": "https://data.example.org/plover",
                    "license": "CC-BY-4.0",
                    "notes": "The source names as the text of its license: "
                    "https://creativecommons.org/licenses/by/4.0/",
                },
                "weights": {"license": "LicenseRef-Gemma-Terms"},
                "model-card": {},
                "technical-report": {},
            },
        }

    def test_tells_what_is_not_in_the_manifest(self) -> None:
        assert [(each.line, each.pointer, each.text) for each in convert(RECORD).losses] == [
            (13, "/release/contact", "someone@lab.example.org"),
            (
                26,
                "/release/components/0/description",
                "Well commented code for the model's architecture",
            ),
            (
                33,
                "/release/components/2/description",
                "Trained model parameters, weights and biases",
            ),
            (38, "/release/components/3/license", "OpenRAIL"),
            (39, "/release/components/3/component_path", "docs/card.md"),
            (42, "/release/components/4/license", "unlicensed"),
        ]

    def test_tells_what_is_guessed(self) -> None:
        assert {each.pointer for each in convert(RECORD).guesses} == {
            "/release/identifiers/1",
            "/components",
            "/components/model-architecture/license",
            "/components/training-data",
            "/components/training-data/license",
            "/components/weights/license",
        }

    def test_never_says_what_data_or_code_went_into_the_parameters(self) -> None:
        components = [{"name": name, "license": "MIT"} for name in COMPONENTS]
        for each in of({"components": components}).manifest["components"].values():
            assert not {"trained_on", "produced_by", "derived_from"} & each.keys()

    def test_knows_all_seventeen_components_each_by_one_kind(self) -> None:
        components = [{"name": name} for name in COMPONENTS]
        found = of({"components": components}).manifest["components"]
        assert len(found) == 17
        assert set(found) <= set(CONTENT_TYPES)

    @pytest.mark.parametrize(
        ("source", "words"),
        [
            ("bomFormat: CycloneDX\n", NOT_A_RECORD),
            ("release: [a]\n", NOT_A_RECORD),
            ("release: {name: a, components: []}\n", NO_COMPONENT),
            ("release: {name: a}\n", NO_COMPONENT),
            ("release: {name: a, components: [{name: Diagrams}]}\n", NO_COMPONENT),
        ],
    )
    def test_is_told_from_other_files(self, source: str, words: str) -> None:
        with pytest.raises(Unreadable, match=re.escape(words)):
            convert(source)

    def test_without_a_producer_says_so_in_place_of_one(self) -> None:
        for producer in ("", "TODO", None, ["a"]):
            found = of({"producer": producer})
            assert "Not named" in found.manifest["release"]["publisher"]["name"]
            assert "/release/publisher/name" in {each.pointer for each in found.guesses}
            assert not faults(written(found))

    @pytest.mark.parametrize("name", ["model card", " Model  card ", "MODEL CARD"])
    def test_may_spell_the_name_of_a_component_otherwise(self, name: str) -> None:
        assert "model-card" in of({"components": [{"name": name}]}).manifest["components"]

    def test_may_list_a_component_twice(self) -> None:
        found = of({"components": [{"name": "Model card"}] * 2}).manifest["components"]
        assert list(found) == ["model-card", "model-card-2"]
        assert found["model-card-2"] == {"kind": "model-card"}

    def test_may_list_what_the_tool_does_not_know(self) -> None:
        found = of({"components": [{"name": "Diagrams", "license": "MIT"}, {"name": "Model card"}]})
        assert lost(found).keys() == {
            "/release/components/0/name",
            "/release/components/0/license",
        }

    def test_loses_no_value_of_a_repeated_key(self) -> None:
        found = convert("release: {name: a, components: [{name: Model card}], name: b}\n")
        assert found.manifest["release"]["name"] == "a"
        assert Loss("/release/name", 1, "b", REPEATED) in found.losses

    def test_loses_nothing_that_it_does_not_know(self) -> None:
        found = of({"tags": ["a", {"b": "c"}], "empty": ["", None, {}]})
        assert {"/release/tags/0", "/release/tags/1/b"} == lost(found).keys()


class TestAnAddress:
    def test_on_the_hub_is_home_and_identifier(self) -> None:
        found = of({"huggingface": "https://huggingface.co/example/plover"}).manifest["release"]
        assert found["homepage"] == "https://huggingface.co/example/plover"
        assert found["identifiers"] == ["pkg:huggingface/example/plover"]

    def test_may_be_an_id_of_the_hub(self) -> None:
        found = of({"huggingface": "example/plover"}).manifest["release"]
        assert found["identifiers"] == ["pkg:huggingface/example/plover"]
        assert "homepage" not in found

    def test_of_a_repository_is_home_where_there_is_no_other(self) -> None:
        found = of({"repository": "https://code.example.org/plover"})
        assert found.manifest["release"]["homepage"] == "https://code.example.org/plover"
        assert {each.pointer for each in found.guesses} == {"/release/homepage"}

    @pytest.mark.parametrize(
        "text", ["https://github.com", "https://github.com/", "Plover: a model"]
    )
    def test_that_leads_to_nothing_is_lost(self, text: str) -> None:
        assert lost(of({"repository": text})).keys() == {"/release/repository"}

    def test_of_a_component_may_not_be_a_path(self) -> None:
        assert lost(card(component_path="docs/card.md"))


class TestAVersion:
    @pytest.mark.parametrize("size", ["7B", "1.6 B", "270M", "~13b", "1.2T"])
    def test_that_is_a_size_is_none(self, size: str) -> None:
        found = of({"version": size}).manifest["release"]
        assert "version" not in found
        assert found["description"] == f"Parameters: {size}."

    def test_that_is_one_is_a_guess(self) -> None:
        found = of({"version": "v0.1"})
        assert found.manifest["release"]["version"] == "v0.1"
        assert [each.pointer for each in found.guesses] == ["/release/version"]

    @pytest.mark.parametrize("key", ["version", "type", "architecture"])
    def test_that_says_nothing_is_lost(self, key: str) -> None:
        assert lost(of({key: "Undisclosed"})).keys() == {f"/release/{key}"}


class TestAnOrigin:
    def test_that_is_the_model_itself_says_that_it_has_no_base(self) -> None:
        assert not of({"origin": "PLOVER"}).losses

    def test_that_is_another_is_lost_for_nobody_says_how_it_was_derived(self) -> None:
        found = of({"origin": "Heron"})
        assert lost(found).keys() == {"/release/origin"}
        assert "Heron" not in written(found)


class TestALicense:
    @pytest.mark.parametrize(
        ("text", "license"),
        [
            ("Apache-2.0", "Apache-2.0"),
            (" MIT ", "MIT"),
            ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
            ("NOASSERTION", "NOASSERTION"),
            ("GPL-3.0", "GPL-3.0"),
        ],
    )
    def test_that_is_an_expression_is_taken_as_it_is(self, text: str, license: str) -> None:
        found = card(license=text)
        assert found.manifest["components"]["model-card"]["license"] == license
        assert not found.guesses
        assert not found.losses
        assert not faults(written(found))

    @pytest.mark.parametrize(
        ("text", "license"),
        [("Apache 2.0", "Apache-2.0"), ("MIT License", "MIT"), ("BSD-3", "BSD-3-Clause")],
    )
    def test_by_another_name_is_a_guess(self, text: str, license: str) -> None:
        found = card(license=text)
        assert found.manifest["components"]["model-card"]["license"] == license
        (guess,) = found.guesses
        assert guess.pointer == "/components/model-card/license"
        assert guess.taken == text
        assert text in guess.reason

    @pytest.mark.parametrize(
        "text",
        ["OpenRAIL", "BSD", "unlicensed", "Undisclosed", "pubmed", "LicenseRef-Plover", "x" * 2000],
    )
    def test_that_is_unclear_or_unknown_stays_unstated(self, text: str) -> None:
        found = card(license=text)
        assert found.manifest["components"]["model-card"] == {}
        assert [(each.text, each.line > 1) for each in found.losses] == [(text, True)]

    def test_that_is_known_by_its_address_only_is_a_guess(self) -> None:
        found = card(license="Pubmed", license_path="https://opensource.org/license/mit")
        assert found.manifest["components"]["model-card"]["license"] == "MIT"
        assert "Pubmed" in found.guesses[0].reason

    def test_that_is_ambiguous_is_settled_by_its_address(self) -> None:
        found = card(license="Gemma", license_path="https://ai.google.dev/gemma/terms")
        assert found.manifest["components"]["model-card"]["license"] == "LicenseRef-Gemma-Terms"

    def test_is_not_settled_by_the_address_of_another(self) -> None:
        found = card(license="BSD", license_path="https://opensource.org/license/mit")
        assert found.manifest["components"]["model-card"] == {}
        assert len(found.losses) == 2

    def test_that_nobody_knows_has_an_id_if_it_has_a_name_and_an_address(self) -> None:
        found = card(license="Plover Model License", license_path="https://lab.example.org/license")
        assert found.manifest["licenses"] == {
            "LicenseRef-Plover-Model-License": {
                "name": "Plover Model License",
                "url": "https://lab.example.org/license",
            }
        }
        assert [each.pointer for each in found.guesses] == ["/components/model-card/license"]
        assert not faults(written(found))

    def test_of_no_list_without_an_address_has_the_one_that_is_known_here(self) -> None:
        found = card(license="Gemma Terms of Use")
        assert found.manifest["licenses"]["LicenseRef-Gemma-Terms"]["url"].startswith("https://")
        assert "/licenses/LicenseRef-Gemma-Terms" in {each.pointer for each in found.guesses}

    def test_whose_address_is_that_of_another_loses_the_address(self) -> None:
        found = card(license="MIT", license_path="https://choosealicense.com/licenses/apache-2.0/")
        assert found.manifest["components"]["model-card"] == {"license": "MIT"}
        assert lost(found) == {
            "/release/components/0/license_path": "at this address stands Apache-2.0, not MIT"
        }

    def test_covers_what_has_none_of_its_own_by_type_before_all(self) -> None:
        covering = {"distribution": {"name": "MIT"}, "document": {"name": "CC-BY-4.0"}}
        found = of({"license": covering})
        assert found.manifest["components"]["model-card"] == {"license": "CC-BY-4.0"}
        assert lost(found) == {
            "/release/license/distribution/name": "no component listed here takes its license from "
            "this"
        }

    def test_that_is_empty_is_none_and_not_covered(self) -> None:
        components = [{"name": "Model card", "license": ""}]
        found = of({"license": {"distribution": {"name": "MIT"}}, "components": components})
        assert found.manifest["components"]["model-card"] == {}

    def test_that_is_null_is_covered(self) -> None:
        components = [{"name": "Model card", "license": None}]
        found = of({"license": {"distribution": {"name": "MIT"}}, "components": components})
        assert found.manifest["components"]["model-card"] == {"license": "MIT"}

    def test_is_one_of_at_most_so_many(self) -> None:
        count = LIMIT_LICENSES + 50
        each = [{"name": "Model card", "license": f"Plover {n}"} for n in range(count)]
        reasons = [each.reason for each in of({"components": each}).losses]
        assert len(reasons) == count
        assert sum("not looked into" in reason for reason in reasons) == 50


# -- nothing is lost silently ----------------------------------------------------------------------


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Give every text that is not blank, with its pointer; written apart from the converters."""
    if isinstance(value, dict):
        for key, each in value.items():
            step = key.replace("~", "~0").replace("/", "~1")
            yield from leaves(each, f"{pointer}/{step}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from leaves(each, f"{pointer}/{index}")
    elif value.strip():
        yield pointer, " ".join(value.split())


def unaccounted(source: bytes) -> list[tuple[str, str]]:
    """Give what is in a record, and neither in its manifest nor told to be lost."""
    conversion = convert(source)
    losses = lost(conversion)
    # BaseLoader makes text, lists and mappings, nothing else.
    record = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506
    said = {text for _, text in leaves(conversion.manifest)}
    said |= {" ".join(each.taken.split()) for each in conversion.guesses}
    said |= {str(each) for each in conversion.manifest["components"]}
    everything = "\n".join(said)
    here = conversion.manifest["release"]["name"].casefold()

    def is_said(pointer: str, text: str) -> bool:
        kind = COMPONENTS.get(text)
        license = recognise(text).expression if pointer.endswith(("/license", "/name")) else None
        return (
            pointer in losses
            or text in everything
            or (pointer.endswith("/name") and kind is not None and kind in said)
            or (license is not None and str(license) in said)
            or (pointer == "/release/origin" and text.casefold() == here)
        )

    # BaseLoader knows no null either, and no record here has it as a text.
    missed = [leaf for leaf in leaves(record) if leaf[1] != "null" and not is_said(*leaf)]
    told = "\n".join(each.text for each in conversion.losses if not each.pointer).splitlines()
    return missed + [("", each) for each in comment_lines(source) if each not in told]


def comment_lines(source: bytes) -> list[str]:
    """Give the lines of a record that are comments as a whole, wherever these are no text."""
    lines = (each.strip() for each in source.decode().splitlines())
    return [each for each in lines if each.startswith("#") and plain(each)]


def test_each_value_of_a_record_is_in_the_manifest_or_told_to_be_lost() -> None:
    assert unaccounted(RECORD) == []


@pytest.mark.skipif(not RECORDS, reason="needs records of the Model Openness Tool")
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
class TestARealRecord:
    def test_is_accounted_for_to_the_last_value(self, path: Path) -> None:
        assert unaccounted(path.read_bytes()) == []

    def test_becomes_a_right_manifest(self, path: Path) -> None:
        assert faults(written(convert(path.read_bytes()))) == []

    def test_is_quoted_as_it_stands_on_the_line_that_is_told(self, path: Path) -> None:
        source = path.read_bytes()
        lines = source.decode().splitlines()
        for loss in convert(source).losses:
            assert loss.text.split()[0].replace("'", "''") in lines[loss.line - 1].replace(
                "''", "'"
            ).replace("'", "''")


# -- writing ---------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60) | st.sampled_from(
    "no|1.10|2024-01-01|~|a: b|a #b|- a|x:|'a'|[a, b]|{a}|a, b|&a|*a|!a|>|%a|@a|`a`|a:?b|---|null|"
    "0x1F|1e5|Yes".split("|")
)
DATA = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(value=DATA)
@settings(max_examples=300, deadline=None)
def test_what_is_written_reads_as_it_was(value: Any) -> None:
    manifest = {"aimanifest": "1.0", "extensions": {"org.example.x": value}}
    document = read(written(Conversion(manifest, (), ())).encode())
    assert document.data == manifest
    assert document.problems == ()


def test_long_text_is_folded_and_reads_as_it_was() -> None:
    text = "The plover runs, stops, and runs again. " * 20
    manifest = {"aimanifest": "1.0", "release": {"description": text.strip()}}
    yaml_text = written(Conversion(manifest, (), ()))
    assert max(map(len, yaml_text.splitlines())) <= COLUMNS
    assert read(yaml_text.encode()).data == manifest


def test_a_long_word_is_not_broken() -> None:
    manifest = {"aimanifest": "1.0", "release": {"description": f"{'x' * 300} {'y' * 300}"}}
    assert read(written(Conversion(manifest, (), ())).encode()).data == manifest


def test_keys_stand_in_the_order_of_the_schemas() -> None:
    manifest = {
        "components": {"weights": {"notes": "a", "license": "MIT", "kind": "weights"}},
        "release": {"publisher": {"url": "https://a.example", "name": "a"}, "name": "a"},
        "aimanifest": "1.0",
    }
    text = written(Conversion(manifest, (), ()))
    keys = re.findall(r"\b([a-z]+):(?=\s)", text.split("\n", 1)[1])
    assert keys == [
        *("aimanifest", "release", "name", "publisher", "name", "url"),
        *("components", "weights", "kind", "license", "notes"),
    ]


@pytest.mark.parametrize("version", ["1", "1.10", "1e5", "0x1F", "2024", "true", "null", ".5"])
def test_a_version_that_reads_as_something_else_is_quoted(version: str) -> None:
    manifest = {"aimanifest": "1.0", "release": {"version": version}}
    assert f'version: "{version}"' in written(Conversion(manifest, (), ()))


def test_a_comment_stands_before_each_guess() -> None:
    conversion = convert(RECORD)
    lines = written(conversion).splitlines()
    for guess in conversion.guesses:
        words = guess.reason.split()
        comment = next(i for i, each in enumerate(lines) if " ".join(words[:4]) in each)
        assert lines[comment].lstrip().startswith("# Guessed: ")
    assert sum("# Guessed: " in each for each in lines) == len(conversion.guesses)
    index = lines.index("  training-data:")
    assert (
        lines[index - 1] == "  # Guessed: the tool means training, validation and test data by it."
    )


@given(reason=st.text(st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=100, deadline=None)
def test_a_comment_stays_a_comment(reason: str) -> None:
    manifest = {"aimanifest": "1.0", "release": {"name": "a"}}
    guess = Guess("/release/name", "a", reason)
    text = written(Conversion(manifest, (), (guess,)), heading=[reason])
    assert read(text.encode()).data == manifest
    assert not read(text.encode()).problems


# -- hostile records -------------------------------------------------------------------------------

NASTY = [
    *("", " ", "TODO", "x" * 400, "x" * 21_000, "\u202e evil", "\x1b[31m", "a\nb", "é", "中文"),
    *(
        "https://x.example/y",
        "http://x/ y",
        "http://",
        "magnet:?x",
        "a/b",
        "../x",
        "7B",
        "2024-13-45",
    ),
    *("MIT", "Apache 2.0", "GPL-3.0", "NONE", "MIT OR Apache-2.0", "MIT AND LicenseRef-foo"),
    *("DocumentRef-x:LicenseRef-y", "LicenseRef-foo", "MIT WITH AdditionRef-x", "Foo License (x)"),
    *("gemma", "LicenseRef-Gemma-Terms", "OpenRAIL", "\ufeffx", "\x85", "a\tb", "\u3000x", "\x7f"),
    *("https://ai.google.dev/gemma/terms", "https://opensource.org/license/mit", "no", "1.10"),
]


def nasty_record(random: random.Random) -> dict[str, Any]:
    """Make a record out of texts that are easily got wrong, and of what is no text."""

    def value() -> Any:
        if random.random() < 0.85:
            return random.choice(NASTY)
        return random.choice([None, 1, 2.5, True, [], {}, ["a"], {"a": "b"}])

    def some(*keys: str) -> dict[str, Any]:
        return {key: value() for key in keys if random.random() < 0.7}

    covering = {key: some("name", "path") for key in ("distribution", "code", "data", "document")}
    components = [
        {
            "name": random.choice([*COMPONENTS, "Diagrams"]),
            **some("description", "license", "license_path", "component_path", "more"),
        }
        for _ in range(random.randrange(1, 8))
    ]
    named = some("name", "version", "date", "type", "architecture", "treatment", "origin")
    more = some("producer", "contact", "repository", "huggingface", "more")
    release = {**named, **more, "license": random.choice([covering, value()])}
    return {
        "framework": some("name", "version", "date"),
        "release": {**release, "components": components},
    }


@pytest.mark.parametrize("seed", range(60))
def test_any_record_becomes_a_right_manifest(seed: int) -> None:
    record = nasty_record(random.Random(seed))  # noqa: S311  repeatable, not secret
    source = yaml.safe_dump(record, allow_unicode=True).encode()
    if not {each["name"] for each in record["release"]["components"]} & COMPONENTS.keys():
        with pytest.raises(Unreadable, match=re.escape(NO_COMPONENT)):
            convert(source)
        return
    conversion = convert(source)
    text = written(conversion)
    assert faults(text) == []
    assert read(text.encode()).data == conversion.manifest
    assert unaccounted(source) == []
    for line in accounts.lines(Converted("a\x1b[2Jb.yml", "b.yaml", conversion)):
        assert visible(line) == line


@pytest.mark.parametrize("seed", range(300))
def test_a_broken_record_is_refused_and_never_more(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  repeatable, not secret
    source = bytearray(RECORD)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(source))
        match chance.randrange(4):
            case 0:
                del source[at:]
                source += b"x"
            case 1:
                source[at] = chance.randrange(256)
            case 2:
                end = at + chance.randrange(40)
                del source[at:end]
                source += b"x"
            case _:
                source[at:at] = chance.choice(
                    [b"[", b"{", b"&a ", b"*a ", b"\t", b"---\n", b": ", b"'"]
                )
    refused, conversion = attempt(bytes(source))
    if conversion is None:
        assert refused
        assert refused.position.line >= 1
    else:
        assert faults(written(conversion)) == []


def attempt(source: bytes) -> tuple[Unreadable | None, Conversion | None]:
    try:
        return None, convert(source)
    except Unreadable as error:
        return error, None


@given(source=st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_refused_with_a_reason(source: bytes) -> None:
    with pytest.raises(Unreadable, match=r"\w"):
        convert(source)


def test_a_large_record_asks_about_a_bounded_number_of_licenses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def count(text: str) -> Recognition:
        asked.append(text)
        return Recognition("unknown")

    monkeypatch.setattr("aimanifest.converters.terms.recognise", count)
    head = "release:\n  name: a\n  producer: b\n  components:\n"
    line = "  - {{name: Model card, license: Plover {}, license_path: 'https://x.example/{}'}}\n"
    conversion = convert(head + "".join(line.format(n, n) for n in range(8000)))
    assert len(asked) == LIMIT_LICENSES
    assert len(conversion.manifest["components"]) == 8000
    assert written(conversion).count("kind: model-card") == 7999


# -- the account -----------------------------------------------------------------------------------


class TestAnAccount:
    def test_groups_what_is_lost_for_one_reason(self) -> None:
        components = [{"name": "Model card", "license": "unlicensed"}] * 9
        found = of({"components": components})
        text = "\n".join(accounts.lines(Converted("a.yml", "b.yaml", found)))
        assert text.count("the tool writes this word") == 1
        assert "and 6 more, in lines" in text
        assert text.startswith("a.yml -> b.yaml: 9 values are not in the manifest")

    def test_says_where_a_file_is_broken(self) -> None:
        failed = Converted.failed(
            "a.yml", Unreadable("Nothing.", read_foreign(b"a: b").document.place().span.start)
        )
        assert list(accounts.lines(failed)) == ["a.yml:1:1: Nothing."]

    def test_says_why_a_file_cannot_be_read(self) -> None:
        failed = Converted.failed("a.yml", OSError(2, "No such file or directory"))
        assert list(accounts.lines(failed)) == ["a.yml: No such file or directory"]

    def test_is_about_one_in_the_singular(self) -> None:
        found = card(license="Apache 2.0", description="")
        (head, *_) = accounts.lines(Converted("a.yml", "", found))
        assert head == "a.yml: every value is in the manifest, and 1 in it is a guess"

    def test_tells_comments_by_their_line_alone(self) -> None:
        found = convert(f"# By hand.\n{RECORD.decode()}")
        head, *rest = accounts.lines(Converted("a.yml", "", found))
        values = sum(bool(each.pointer) for each in found.losses)
        assert head.startswith(f"a.yml: {values} values and 1 comment are not in the manifest")
        assert "    line 1: `# By hand.`" in rest

    @pytest.mark.parametrize("license", ["CC-BY", "BSD", "Llama 3.1", "MIT, Apache-2.0", "Plover"])
    def test_ends_each_sentence_once(self, license: str) -> None:
        text = "\n".join(accounts.lines(Converted("a.yml", "", card(license=license))))
        assert "Not in the manifest: " in text
        assert ".." not in text


class TestComments:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a: b\n", []),
            ("# x\na: b\n", [(1, "# x")]),
            ("# x\r\n#y  \r\na: b\r\n", [(1, "# x\n#y")]),
            ("# x\n\n# y\na: b\n", [(1, "# x"), (3, "# y")]),
            ("a: b # x\n# y\n", [(1, "# x"), (2, "# y")]),
            ("a: b # x\nc: d # y\n", [(1, "# x"), (2, "# y")]),
            ("a: 'b # c'\nd: \"e # f\"\ng: h#i\n", []),
            ("a: b\n  # x\nc: |\n  # d\n  e\n# y\n", [(2, "# x"), (6, "# y")]),
            ("a: | # x\n  # b\nc: >- # y\n  d\n", [(1, "# x"), (3, "# y")]),
            ("a: [b, # x\n  c] # y\n", [(1, "# x"), (2, "# y")]),
            ("a: &b c # x\nd: *b # y\n", [(1, "# x"), (2, "# y")]),
            ("a: !<tag:x> b # x\n", [(1, "# x")]),
            ("a: 'é中\U0001f600' # x\nb: # y\n", [(1, "# x"), (2, "# y")]),
            ("a:\n- b # x\n#\n# ---\n# y", [(2, "# x"), (5, "# y")]),
            ("# The  Form:\n# x\na: b\n", [(2, "# x")]),
        ],
    )
    def test_are_found_wherever_they_stand(
        self, text: str, expected: list[tuple[int, str]]
    ) -> None:
        assert [*comments_of(text, template={"the form"})] == expected

    def test_are_found_in_a_long_file_at_once(self) -> None:
        lines = "".join(f"k{n}: v # {n}\n# of {n}\n" for n in range(20_000))
        found = [*comments_of(lines)]
        assert len(found) == 40_000
        assert found[-1] == (40_000, "# of 19999")

    def test_are_told_as_lost_and_belong_to_no_value(self) -> None:
        record = f"{RECORD.decode()}# One.\n# Two.\n"
        comment = [each for each in convert(record).losses if each.reason == COMMENT]
        line = RECORD.decode().count("\n") + 1
        assert comment == [Loss("", line, "# One.\n# Two.", COMMENT)]


def test_every_format_has_a_converter() -> None:
    for name in converters.names():
        assert callable(converters.load(name))
    with pytest.raises(KeyError):
        converters.load("no such format")


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("line", " a\n b ", "a b"),
        ("line", "x" * 301, None),
        ("date", "2024-02-30", None),
        ("date", "2024-02-29", "2024-02-29"),
        ("date", "2024", "2024"),
        ("url", "example.org", None),
        ("path", "a/b", "a/b"),
    ],
)
def test_a_text_has_a_form_or_not(form: str, text: str, expected: str | None) -> None:
    assert fitted(form, text) == expected


def test_an_id_is_made_of_letters_and_digits() -> None:
    assert id_from("The Pile (v2)!", otherwise="data") == "the-pile-v2"
    assert id_from("中文", otherwise="data") == "data"
    assert len(id_from("x" * 500, otherwise="data")) <= 100
