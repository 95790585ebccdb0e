"""The schemas mean the same to every engine, and what they refuse is said so as to be mended."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from referencing import Registry, Resource

from aimanifest import schemas
from aimanifest.document import FAULTS_LIMIT, LIMIT_FAULTS, Document, read
from aimanifest.findings import Finding, Outcome, Span
from aimanifest.licenses import RESTRICTIONS
from aimanifest.manifest import CONTENT_TYPES, MECHANICAL, TOPICS
from aimanifest.schemas.spelling import meant, nearest, synonym

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
BASE = "https://aimanifest.org/schema/1.0/"
Schema = dict[str, Any]

COMPLETE: Schema = {
    "aimanifest": "1.0",
    "metadata": {
        "license": "CC0-1.0",
        "author": {"name": "Example Archive", "url": "https://archive.example.org"},
        "version": "2",
        "date": "2026-11-22",
        "tool": "aimanifest 1.0.0",
        "context": "Written after release\nfrom the model card.",
    },
    "release": {
        "name": "Zephyr 7B β",
        "version": "1.0",
        "date": "2026-11",
        "publisher": {"name": "Example Lab", "url": "https://lab.example.org"},
        "homepage": "https://lab.example.org/zephyr",
        "description": "A model.",
        "modalities": {"input": ["text", "3d"], "output": []},
        "intended_use": "Research.",
        "limitations": "none",
        "requirements": {"hardware": "A CPU.", "software": "Linux.", "network": "telemetry"},
        "identifiers": ["pkg:huggingface/example/zephyr@1", "doi:10.5281/zenodo.1234567"],
        "claims": ["osaid-1.0", "mof:class-1"],
        "additional_terms": [
            {"name": "AUP", "url": "https://lab.example.org/aup", "restricts": []}
        ],
    },
    "licenses": {"LicenseRef-X": {"name": "X", "url": "https://x.example.org", "file": "LICENSE"}},
    "components": {
        "weights": {
            "includes": ["optimizer-state"],
            "name": "Weights",
            "description": "All of them.",
            "version": "1.0",
            "date": "2026",
            "publisher": {"name": "Example Lab"},
            "identifiers": ["swh:1:dir:d198bc9d7a6bcf6db04f476d29314f157507d505"],
            "license": "NONE",
            "assertion": {"basis": "covenant", "text": "Free.", "url": "https://lab.example.org"},
            "additional_terms": [{"restricts": ["flow-down", "naming"]}],
            "location": "magnet:?xt=urn:btih:5546272da9065eddeb6fcd7ffddeef5b75be79a7",
            "revision": "v1",
            "path": "model/",
            "format": "safetensors",
            "availability": "withdrawn",
            "extent": "partial",
            "reason": "contract",
            "notes": "One shard is missing.",
            "derived_from": {"base": "fine-tune"},
            "trained_on": ["corpus"],
            "produced_by": ["training-code"],
            "training_compute": 8.5e23,
            "manifest": "bases/ai-manifest.yaml",
            "checksums": {"model.bin": "0" * 64},
        },
        "base": {"kind": "weights", "name": "Base", "publisher": {"name": "Other"}},
        "training-code": {"license": "Apache-2.0", "path": "train/"},
        "corpus": {
            "kind": "training-data",
            "license": "NOASSERTION",
            "data": {
                "access": "public",
                "origin": "crawled",
                "provenance": "The web.",
                "scope": "Much.",
                "collection": "A classifier.",
                "labeling": "none",
                "processing": "none",
                "contents": [
                    {"modality": "text", "amount": 7, "unit": "rows", "languages": ["pt-BR", "mul"]}
                ],
                "period": {"from": "2016", "to": "2023-06"},
                "personal_data": "present",
                "contents_license": "NOASSERTION",
                "documented_in": ["data-card"],
                "sources": [
                    {
                        "name": "A",
                        "license": "MIT",
                        "location": "ipfs://bafy",
                        "access": "open",
                        "notes": "Old.",
                    }
                ],
            },
        },
        "data-card": {"omitted": "withheld", "reason": "law", "notes": "Why."},
        "research-paper": {"peer_reviewed": True, "includes": ["technical-report", "energy"]},
    },
    "extensions": {"org.example.ledger": {"anything": [1, None, True, {"a": 1.5}]}},
}
"""A manifest in which every key of the format is written."""


# -- every field is described, titled and exampled -------------------------------------------------


def subschemas(schema: Any, path: str) -> Iterator[tuple[str, Schema]]:
    """Give each schema in `schema` with its path, itself first."""
    if not isinstance(schema, dict):
        return
    yield path, schema
    for keyword in ("properties", "$defs", "dependentSchemas"):
        for name, each in schema.get(keyword, {}).items():
            yield from subschemas(each, f"{path}/{keyword}/{name}")
    for keyword in ("items", "additionalProperties", "propertyNames"):
        yield from subschemas(schema.get(keyword), f"{path}/{keyword}")


ALL = {
    path: schema for name, each in schemas.load().items() for path, schema in subschemas(each, name)
}
# What a rule demands of keys needs no words of its own where the key has them.
DESCRIBED = {path: each for path, each in ALL.items() if "dependentSchemas/" not in path}
each_schema = pytest.mark.parametrize("path", ALL)


def resolve(schema: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    name, _, pointer = schema["$ref"].partition("#/$defs/")
    target = schemas.load()[name]
    return resolve(target["$defs"][pointer] if pointer else target)


def holding(schema: Schema) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resources(
        (each["$id"], Resource.from_contents(each)) for each in schemas.load().values()
    )
    return Draft202012Validator({"$id": f"{BASE}here", **schema}, registry=registry)


@pytest.mark.parametrize("path", DESCRIBED)
def test_every_field_is_titled_described_and_exampled(path: str) -> None:
    schema = DESCRIBED[path]
    # A field needs words of its own; an item of a list, say, may have those of what it refers to.
    words = schema if path.split("/")[-2:-1] == ["properties"] else {**resolve(schema), **schema}
    assert re.fullmatch(r"[A-Z][\w -]*", words["title"])
    assert re.fullmatch(r"(?s)[A-Z].*[^ .]\.", words["description"])
    assert path == "forms.schema.json" or words["examples"]


@pytest.mark.parametrize("path", [path for path in DESCRIBED if path != "forms.schema.json"])
def test_every_example_is_right(path: str) -> None:
    schema = DESCRIBED[path]
    wrong = [
        (example, error.message)
        for example in schema.get("examples", [])
        for error in holding(schema).iter_errors(example)
    ]
    assert not wrong


@pytest.mark.parametrize("path", [path for path in DESCRIBED if "enum" in DESCRIBED[path]])
def test_every_word_of_a_vocabulary_is_explained_once(path: str) -> None:
    lines = DESCRIBED[path]["description"].split("\n\n")[1].split("\n")
    told = [re.fullmatch(r"- `([a-z0-9-]+)`: .+\.", line) for line in lines]
    assert [each and each[1] for each in told] == DESCRIBED[path]["enum"]


# -- the schemas are plain, closed and bounded -----------------------------------------------------

KEYWORDS = {
    *("$schema", "$id", "$ref", "$defs", "$comment", "title", "description", "examples", "type"),
    *("required", "properties", "additionalProperties", "propertyNames", "minProperties", "items"),
    *("enum", "const", "pattern", "maxLength", "exclusiveMinimum", "dependentSchemas"),
}


@each_schema
def test_only_plain_keywords_are_used(path: str) -> None:
    assert set(ALL[path]) <= KEYWORDS


@each_schema
def test_every_map_is_closed(path: str) -> None:
    schema = ALL[path]
    if "properties" in schema:
        assert schema["type"] == "object"
        assert schema["additionalProperties"] is False
    elif schema.get("type") == "object":
        assert schema["propertyNames"]
        assert schema["additionalProperties"]


@each_schema
def test_every_text_is_bounded(path: str) -> None:
    schema = ALL[path]
    if schema.get("type") == "string" and not {"enum", "const"} & set(schema):
        fixed = "*" not in schema["pattern"] and "+" not in schema["pattern"]
        assert fixed or schema["maxLength"] <= 20_000


@each_schema
def test_patterns_mean_the_same_everywhere(path: str) -> None:
    pattern = ALL[path].get("pattern", "")
    assert pattern.isascii()
    assert not re.search(r"\\[dDwWsSbBpP]", pattern), "engines differ on what a digit is"
    assert "." not in re.sub(r"\[.*?\]", "", pattern), "engines differ on what a line break is"
    assert pattern.count("$") == pattern.count(r"$(?!\n)")


@pytest.mark.parametrize("name", schemas.load())
def test_a_schema_is_identified_by_its_file_and_meets_its_metaschema(name: str) -> None:
    schema = schemas.load()[name]
    assert schema["$id"] == BASE + name
    Draft202012Validator.check_schema(schema)


def test_the_vocabularies_are_those_that_the_rules_read() -> None:
    restrictions = schemas.load()["terms.schema.json"]["properties"]["restricts"]["items"]["enum"]
    assert sorted(restrictions) == sorted(RESTRICTIONS)
    kinds, words = (schemas.load()[f"{each}.schema.json"] for each in ("kind", "inclusion"))
    assert sorted(kinds["enum"]) == sorted(CONTENT_TYPES)
    assert words["enum"] == [*kinds["enum"], *TOPICS]
    assert kinds["description"].partition("\n\n")[2] in words["description"]
    component = schemas.load()["component.schema.json"]["properties"]
    assert set(component["derived_from"]["additionalProperties"]["enum"]) >= MECHANICAL


def test_the_complete_manifest_writes_every_key_and_is_right() -> None:
    assert set(keys_of(COMPLETE)) >= {
        path.rpartition("/")[2] for path in ALL if path.split("/")[-2:-1] == ["properties"]
    }
    assert check(COMPLETE) == ()


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inside:
        yield from keys_of(each)


def document_of(data: object) -> Document:
    """Return the document of `data`, which is written as JSON: that is YAML too."""
    document = read(json.dumps(data).encode())
    assert document.readable, document.problems
    return document


def check(data: object) -> tuple[Finding, ...]:
    return schemas.check(document_of(data))


# -- loading and bundling --------------------------------------------------------------------------


def test_an_installed_package_reads_the_schemas_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "schema").mkdir()
    for name, schema in (("b.schema.json", {"b": 1}), ("a.schema.json", {"a": 1})):
        (tmp_path / "schema" / name).write_text(json.dumps(schema))
    (tmp_path / "schema" / "README.md").write_text("not a schema")
    monkeypatch.setattr(schemas, "_PACKAGE", str(tmp_path))
    assert list(schemas.load.__wrapped__().items()) == [
        ("a.schema.json", {"a": 1}),
        ("b.schema.json", {"b": 1}),
    ]


def test_the_bundle_refers_to_nothing_outside_itself() -> None:
    text = json.dumps(schemas.bundle())
    references = re.findall(r'"\$ref": "([^"]*)"', text)
    assert references
    assert all(each.startswith("#/$defs/") for each in references)
    assert text.count('"$id"') == text.count('"$schema"') == 1
    assert list(schemas.bundle()["$defs"]) == sorted(schemas.bundle()["$defs"])
    Draft202012Validator.check_schema(schemas.bundle())


# -- every engine comes to the same answer ---------------------------------------------------------

QUICK = jsonschema_rs.Draft202012Validator(schemas.bundle(), offline=True)
BUNDLED = Draft202012Validator(schemas.bundle())
SPLIT = holding({"$ref": schemas.ROOT})
NODE_MODULES = os.environ.get("AIMANIFEST_NODE_MODULES", "")
Engine = Callable[[object], bool]


@pytest.fixture(scope="module")
def ajv() -> Iterator[Engine]:
    """Give the answers of ajv, which runs in one process of Node.js for all documents."""
    if not NODE_MODULES:
        pytest.skip("AIMANIFEST_NODE_MODULES names no folder into which npm installed ajv@8")
    script = ROOT / "tests" / "engines.mjs"
    command = ["node", str(script), str(ROOT / "schema"), NODE_MODULES]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        sink, source = process.stdin, process.stdout

        def decide(data: object) -> bool:
            sink.write(json.dumps(data) + "\n")
            sink.flush()
            return bool(json.loads(source.readline()))

        yield decide
        sink.close()


def with_value(value: object, *steps: str | int) -> Schema:
    """Return the complete manifest with another value at the place that `steps` lead to."""
    manifest = deepcopy(COMPLETE)
    inner: Any = manifest
    for step in steps[:-1]:
        inner = inner[step]
    inner[steps[-1]] = value
    return manifest


OUTSIDE = "\U0001d51b"
COMPUTE = ("components", "weights", "training_compute")
CONTENTS = ("components", "corpus", "data", "contents", 0)
TRICKY = {
    "complete": (COMPLETE, True),
    "nothing": ({}, False),
    "a list": ([], False),
    "a date with a line break": (with_value("2026\n", "release", "date"), False),
    "a date in Arabic digits": (with_value("٢٠٢٦", "release", "date"), False),
    "the month 13": (with_value("2026-13", "release", "date"), False),
    "the day 32": (with_value("2026-12-32", "release", "date"), False),
    "a checksum with a line break": (
        with_value("0" * 64 + "\n", "components", "weights", "checksums", "model.bin"),
        False,
    ),
    "a checksum in upper case": (
        with_value("A" * 64, "components", "weights", "checksums", "model.bin"),
        False,
    ),
    "an id with a line break": (with_value({}, "components", "a\n"), False),
    "an id in full width": (with_value({}, "components", "\uff41"), False),
    "an id with two hyphens": (with_value({}, "components", "a--b"), False),
    "an id of digits": (with_value({}, "components", "7b"), True),
    "an empty id": (with_value({}, "components", ""), False),
    "an id of 100 characters": (with_value({}, "components", "a" * 100), True),
    "an id of 101 characters": (with_value({}, "components", "a" * 101), False),
    "a name of 300 signs outside the BMP": (with_value(OUTSIDE * 300, "release", "name"), True),
    "a name of 301 signs outside the BMP": (with_value(OUTSIDE * 301, "release", "name"), False),
    "a name of two lines": (with_value("a\nb", "release", "name"), False),
    "a name with a line break": (with_value("a\n", "release", "name"), False),
    "a name with a line separator": (with_value("a\u2028b", "release", "name"), True),
    "a name that begins with a space": (with_value(" a", "release", "name"), False),
    "a name that begins with a wide space": (with_value("\u3000a", "release", "name"), True),
    "a text of blanks": (with_value(" \n\t ", "release", "description"), False),
    "a text with a line break": (with_value("a\n", "release", "description"), True),
    "a URL without a scheme": (with_value("example.org/a", "release", "homepage"), False),
    "a URL of one letter's scheme": (with_value("c://a", "release", "homepage"), False),
    "a URL with a space": (with_value("https://a b", "release", "homepage"), False),
    "a URL with a line break": (with_value("https://a\n", "release", "homepage"), False),
    "a URL with an umlaut": (with_value("https://a.org/ü", "release", "homepage"), True),
    "a Windows path as an identifier": (with_value(["C:\\x"], "release", "identifiers"), False),
    "a claim with two levels": (with_value(["mof:class:1"], "release", "claims"), False),
    "an extension of one word": (with_value(1, "extensions", "ledger"), False),
    "an extension with a line break": (with_value(1, "extensions", "org.example\n"), False),
    "a license id with a space": (with_value({}, "licenses", "My License"), False),
    "a number as version": (with_value(1.10, "release", "version"), False),
    "a whole number as version": (with_value(1, "release", "version"), False),
    "a truth value as name": (with_value(True, "release", "name"), False),  # noqa: FBT003  # data
    "no license": (with_value(None, "components", "weights", "license"), False),
    "an unknown key": (with_value("MIT", "components", "weights", "licence"), False),
    "omitted beside a path": (with_value("a", "components", "data-card", "path"), False),
    "omitted beside a name": (with_value("a", "components", "data-card", "name"), True),
    "no components": (with_value({}, "components"), False),
    "a compute of nothing": (with_value(0, *COMPUTE), False),
    "a negative compute": (with_value(-1e24, *COMPUTE), False),
    "the smallest compute": (with_value(5e-324, *COMPUTE), True),
    "a compute without a fraction": (with_value(10**17, *COMPUTE), True),
    "a compute in quotes": (with_value("1e24", *COMPUTE), False),
    "a truth value as compute": (with_value(True, *COMPUTE), False),  # noqa: FBT003  # data
    "one as a truth value": (with_value(1, "components", "research-paper", "peer_reviewed"), False),
    "a language in capitals": (with_value(["EN"], *CONTENTS, "languages"), False),
    "a language with a script": (with_value(["zh-Hant-TW"], *CONTENTS, "languages"), True),
    "a language by its name": (with_value(["english"], *CONTENTS, "languages"), False),
    "a language with a line break": (with_value(["en\n"], *CONTENTS, "languages"), False),
    "a language in Cyrillic": (with_value(["\u0435n"], *CONTENTS, "languages"), False),
    "a language of 36 letters": (
        with_value([f"en{'-abcdefg' * 5}"], *CONTENTS, "languages"),
        False,
    ),
    "a modality that is none": (with_value("words", *CONTENTS, "modality"), False),
    "a topic as a kind": (with_value({"kind": "energy"}, "components", "x"), False),
    "a topic in a list": (with_value(["energy"], "components", "weights", "includes"), True),
    "another version": (with_value("2.0", "aimanifest"), False),
    "a version as a number": (with_value(1.0, "aimanifest"), False),
}
each_tricky = pytest.mark.parametrize(("data", "right"), TRICKY.values(), ids=TRICKY)


@each_tricky
def test_python_and_rust_agree(data: object, right: bool) -> None:  # noqa: FBT001  # a table
    answers = [QUICK.is_valid(data), BUNDLED.is_valid(data), SPLIT.is_valid(data)]
    assert answers == [right] * 3


@each_tricky
def test_javascript_agrees(ajv: Engine, data: object, right: bool) -> None:  # noqa: FBT001
    assert ajv(data) is right


SUITE = Path(__file__).parent / "conformance"
MANIFESTS = {
    each.relative_to(SUITE).parent.as_posix(): each for each in SUITE.rglob("ai-manifest.*")
}
each_of_the_suite = pytest.mark.parametrize("path", MANIFESTS.values(), ids=MANIFESTS)


@each_of_the_suite
def test_python_and_rust_agree_on_the_conformance_suite(path: Path) -> None:
    document = read(path.read_bytes())
    if document.readable:
        data = document.data
        assert QUICK.is_valid(data) == BUNDLED.is_valid(data) == SPLIT.is_valid(data)


@each_of_the_suite
def test_javascript_agrees_on_the_conformance_suite(ajv: Engine, path: Path) -> None:
    document = read(path.read_bytes())
    if document.readable:
        assert ajv(document.data) is QUICK.is_valid(document.data)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_fits_the_schemas(path: Path) -> None:
    assert schemas.check(read(path.read_bytes())) == ()


VISIBLE = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029"
)
WORDS = sorted(
    {*keys_of(COMPLETE), "licence", "dataset", "weights\n", "٣", "1.0", "", "  ", "none"}
)
TEXTS = st.one_of(st.sampled_from(WORDS), st.text(VISIBLE, max_size=12))
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-(10**17), 10**17), st.just(1.5), TEXTS)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
Steps = tuple[str | int, ...]


def places(value: Any, steps: Steps = ()) -> Iterator[Steps]:
    yield steps
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for step, each in inside:
        yield from places(each, (*steps, step))


PLACES = [steps for steps in places(COMPLETE) if steps]


@st.composite
def spoilt(draw: st.DrawFn) -> Schema:
    """Give the complete manifest with one to three changes, each of which may do no harm."""
    manifest = deepcopy(COMPLETE)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(PLACES))
        inner: Any = manifest
        try:
            for step in way:
                inner = inner[step]
            old = inner[last]
        except (KeyError, IndexError, TypeError):
            continue  # a change before took the place away
        if isinstance(inner, str):
            continue  # or put a text there, of which `last` is a character
        change = draw(st.sampled_from(("other", "gone", "longer", "added")))
        if change == "gone":
            del inner[last]
        elif change == "longer" and isinstance(old, str):
            inner[last] = old + draw(st.sampled_from(("\n", " ", "٣", "x", "-", "é")))
        elif change == "added" and isinstance(old, dict):
            old[draw(TEXTS)] = draw(VALUES)
        else:
            inner[last] = draw(VALUES)
    return manifest


thoroughly = settings(deadline=None, max_examples=200)


@thoroughly
@given(spoilt())
def test_python_and_rust_agree_on_whatever_is_written(data: Schema) -> None:
    assert QUICK.is_valid(data) is BUNDLED.is_valid(data) is SPLIT.is_valid(data)


@thoroughly
@given(spoilt())
def test_javascript_agrees_on_whatever_is_written(ajv: Engine, data: Schema) -> None:
    assert ajv(data) is QUICK.is_valid(data)


JARGON = re.compile(
    r"\b(object|array|string|null|boolean|integer|property|properties|schema|regex|instance|"
    r"does not match|is not of type|None|True|False)\b"
)


@thoroughly
@given(spoilt())
def test_whatever_is_refused_is_explained(data: Schema) -> None:
    document = read(json.dumps(data).encode())
    findings = schemas.check(document)
    if not document.readable:
        assert findings == ()
        return
    known = {each.pointer for each in document.problems}
    assert bool(findings or known) is not QUICK.is_valid(document.data)
    assert list(findings) == sorted(findings, key=lambda each: each.span)
    assert len({(each.pointer, each.rule) for each in findings}) == len(findings)
    for each in findings:
        assert each.outcome is Outcome.UNMET
        assert each.rule in {rule.id for rule in schemas.RULES}
        assert each.fix
        assert not JARGON.search(re.sub("`[^`]*`", "", each.message))
        assert len(each.message) < 1000


def around(data: Any, pointer: str) -> tuple[Any, str]:
    """Return the map or list that the place at `pointer` is in, and the last step to it."""
    *way, last = pointer.split("/")[1:]
    for step in way:
        data = data[int(step) if isinstance(data, list) else step]
    return data, last


def test_a_fault_removed_is_a_fault_less() -> None:
    """What the findings point at is what is wrong: without it, nothing else is."""
    data = with_value("dataset", "components", "corpus", "kind")
    data["components"]["corpus"]["licence"] = "MIT"
    data["release"]["date"] = 2026
    for finding in check(data):
        inner, last = around(data, finding.pointer)
        del inner[last]
    assert check(data) == ()


# -- explanations ----------------------------------------------------------------------------------


class Case(NamedTuple):
    """A fault, and the finding it makes; `shown` is what the finding's span covers."""

    text: str
    rule: str
    pointer: str
    shown: str
    message: str
    fix: str


HEAD = "aimanifest: '1.0'\nrelease: {name: X, publisher: {name: Y}}\n"


def of_weights(text: str) -> str:
    return f"{HEAD}components:\n  weights:\n    {text}\n"


def of_release(text: str) -> str:
    return (
        f"aimanifest: '1.0'\nrelease:\n  name: X\n  publisher: {{name: Y}}\n  {text}\n"
        "components: {weights: {}}\n"
    )


def of_file(text: str) -> str:
    return f"{HEAD}components: {{weights: {{}}}}\n{text}\n"


W = "/components/weights"
CASES = {
    "a British spelling": Case(
        of_weights("licence: MIT"),
        "unknown-key",
        f"{W}/licence",
        "licence",
        "`components.weights.licence` is not a key of the format: did you mean `license`?",
        "license: MIT",
    ),
    "a plural": Case(
        of_weights("licenses: MIT"),
        "unknown-key",
        f"{W}/licenses",
        "licenses",
        "did you mean `license`?",
        "license: MIT",
    ),
    "a typing error": Case(
        of_weights("revison: v1"),
        "unknown-key",
        f"{W}/revison",
        "revison",
        "did you mean `revision`?",
        "revision: v1",
    ),
    "camel case": Case(
        of_weights("trainedOn: [corpus]"),
        "unknown-key",
        f"{W}/trainedOn",
        "trainedOn",
        "did you mean `trained_on`?",
        "trained_on: [corpus]",
    ),
    "a hyphen": Case(
        of_weights("produced-by: [a]"),
        "unknown-key",
        f"{W}/produced-by",
        "produced-by",
        "did you mean `produced_by`?",
        "produced_by: [a]",
    ),
    "a synonym": Case(
        of_weights("url: https://example.org/x"),
        "unknown-key",
        f"{W}/url",
        "url",
        "did you mean `location`?",
        "location: https://example.org/x",
    ),
    "a synonym with a number": Case(
        of_weights("commit: 1234567"),
        "unknown-key",
        f"{W}/commit",
        "commit",
        "did you mean `revision`?",
        'revision: "1234567"',
    ),
    "a synonym with another type": Case(
        of_weights("dataset: corpus"),
        "unknown-key",
        f"{W}/dataset",
        "dataset",
        "did you mean `trained_on`?",
        "trained_on: [corpus]",
    ),
    "a synonym whose value cannot be kept": Case(
        of_weights("base_model: llama-7b"),
        "unknown-key",
        f"{W}/base_model",
        "base_model",
        "did you mean `derived_from`?",
        "derived_from: {llama-7b: fine-tune}",
    ),
    "a synonym of what is there": Case(
        of_weights("license: MIT\n    licence: MIT"),
        "unknown-key",
        f"{W}/licence",
        "licence",
        "`license` is there already",
        "Take `licence` out.",
    ),
    "a name for the publisher": Case(
        of_release("description: D\n  organization: Z"),
        "unknown-key",
        "/release/organization",
        "organization",
        "`publisher` is there already",
        "Take `organization` out.",
    ),
    "an old word": Case(
        of_weights("covers: [optimizer-state]"),
        "unknown-key",
        f"{W}/covers",
        "covers",
        "did you mean `includes`?",
        "includes: [optimizer-state]",
    ),
    "an old word of data information": Case(
        of_weights("data: {selection: All.}"),
        "unknown-key",
        f"{W}/data/selection",
        "selection",
        "did you mean `collection`?",
        "collection: All.",
    ),
    "documents": Case(
        of_weights("data: {documents: [card]}"),
        "unknown-key",
        f"{W}/data/documents",
        "documents",
        "did you mean `documented_in`?",
        "documented_in: [card]",
    ),
    "a key of a component in the release": Case(
        of_release("license: MIT"),
        "unknown-key",
        "/release/license",
        "license",
        "`release.license` is not a key here: it belongs in a component",
        "Move it to the component it is about.",
    ),
    "a key of a component at the top": Case(
        of_file("license: MIT"),
        "unknown-key",
        "/license",
        "license",
        "it belongs in a component",
        "Move it to the component it is about.",
    ),
    "a component at the top": Case(
        "aimanifest: '1.0'\nrelease: {name: X, publisher: {name: Y}}\ntraining-code: {}\n",
        "unknown-key",
        "/training-code",
        "training-code",
        "`training-code` is not a key here: it belongs in `components`",
        "Move it to `components`.",
    ),
    "a key of the release at the top": Case(
        of_file("name: X"),
        "unknown-key",
        "/name",
        "name",
        "it belongs in `release`",
        "Move it to `release`.",
    ),
    "a key of the data of a component": Case(
        of_weights("access: open"),
        "unknown-key",
        f"{W}/access",
        "access",
        "it belongs in `components.weights.data`",
        "Move it to `components.weights.data`.",
    ),
    "a key of a component in its data": Case(
        of_weights("data: {location: https://x.org}"),
        "unknown-key",
        f"{W}/data/location",
        "location",
        "it belongs in `components.weights`",
        "Move it to `components.weights`.",
    ),
    "a synonym that belongs elsewhere": Case(
        of_weights("data: {commit: v1}"),
        "unknown-key",
        f"{W}/data/commit",
        "commit",
        "it belongs in `components.weights`, as `revision`",
        "Move it to `components.weights`.",
    ),
    "a key that is like no other": Case(
        of_release("zzz: 1"),
        "unknown-key",
        "/release/zzz",
        "zzz",
        "`release.zzz` is not a key of the format; the keys here are `name`, `version`, `date`,",
        "Take it out, or write it under `extensions`, by a reverse domain name of yours.",
    ),
    "many keys to choose from": Case(
        of_weights("zzz: 1"),
        "unknown-key",
        f"{W}/zzz",
        "zzz",
        "`assertion` and 18 more",
        "Take it out, or write it under `extensions`, by a reverse domain name of yours.",
    ),
    "a comma in braces": Case(
        of_weights("publisher: {name: Allen Institute, Seattle}"),
        "unknown-key",
        f"{W}/publisher/Seattle",
        "Seattle",
        "a comma ends a value, so quote the text",
        'name: "Allen Institute, Seattle"',
    ),
    "two commas in braces": Case(
        of_weights("publisher: {name: A, B, C, url: https://x.org}"),
        "unknown-key",
        f"{W}/publisher/B",
        "B",
        "a comma ends a value",
        'name: "A, B, C"',
    ),
    "an empty key outside braces": Case(
        of_weights("publisher:\n      name: A\n      Seattle:"),
        "unknown-key",
        f"{W}/publisher/Seattle",
        "Seattle",
        "the keys here are `name` and `url`",
        "Take it out, or write it under `extensions`, by a reverse domain name of yours.",
    ),
    "no publisher": Case(
        "aimanifest: '1.0'\nrelease: {name: X}\ncomponents: {weights: {}}\n",
        "missing-key",
        "/release/publisher",
        "release",
        "`release` has no `publisher`",
        "publisher: {name: Example Lab, url: https://lab.example.org}",
    ),
    "no components": Case(
        f"{HEAD}",
        "missing-key",
        "/components",
        "aimanifest",
        "the manifest has no `components`",
        "components:\n  weights: {license: Apache-2.0, location: https://models.example.org/example-7b}",
    ),
    "a publisher under another name is not missing too": Case(
        "aimanifest: '1.0'\nrelease: {name: X, author: Z}\ncomponents: {weights: {}}\n",
        "unknown-key",
        "/release/author",
        "author",
        "did you mean `publisher`?",
        "publisher: {name: Z}",
    ),
    "a publisher at another place is not missing too": Case(
        "aimanifest: '1.0'\nrelease: {name: X}\npublisher: {name: Y}\ncomponents: {weights: {}}\n",
        "unknown-key",
        "/publisher",
        "publisher",
        "it belongs in `release`",
        "Move it to `release`.",
    ),
    "a number for text": Case(
        of_release("version: 1.10"),
        "wrong-type",
        "/release/version",
        "1.10",
        "`release.version` is the number `1.10`, and text is wanted: quote it",
        'version: "1.10"',
    ),
    "a hash of digits": Case(
        of_weights("revision: 0123456"),
        "wrong-type",
        f"{W}/revision",
        "0123456",
        "quote it",
        'revision: "0123456"',
    ),
    "a year": Case(
        of_release("date: 2026"), "wrong-type", "/release/date", "2026", "quote it", 'date: "2026"'
    ),
    "a number in quotes": Case(
        of_weights('training_compute: "8.5e23"'),
        "wrong-type",
        f"{W}/training_compute",
        '"8.5e23"',
        "`components.weights.training_compute` is text, and a number is wanted",
        "training_compute: 8.5e+23",
    ),
    "a number with its unit": Case(
        of_weights("training_compute: 8.5e+23 FLOP"),
        "wrong-type",
        f"{W}/training_compute",
        "8.5e+23 FLOP",
        "is text, and a number is wanted",
        "training_compute: 8.5e+23",
    ),
    "a number with commas": Case(
        of_weights('data: {contents: [{amount: "3,000,000"}]}'),
        "wrong-type",
        f"{W}/data/contents/0/amount",
        '"3,000,000"',
        "`components.weights.data.contents[0].amount` is text, and a number is wanted",
        "amount: 3000000",
    ),
    "a number in words": Case(
        of_weights("data: {contents: [{amount: a lot}]}"),
        "wrong-type",
        f"{W}/data/contents/0/amount",
        "a lot",
        "is text, and a number is wanted",
        "Write a number above 0, without quotes.",
    ),
    "a number that is cut off": Case(
        of_weights('data: {contents: [{amount: "3.000.000"}]}'),
        "wrong-type",
        f"{W}/data/contents/0/amount",
        '"3.000.000"',
        "is text, and a number is wanted",
        "Write a number above 0, without quotes.",
    ),
    "a number that is negative": Case(
        of_weights("training_compute: -3"),
        "malformed",
        f"{W}/training_compute",
        "-3",
        "`components.weights.training_compute` is the number `-3`. A quantity is a number above 0",
        "Write a number above 0, without quotes.",
    ),
    "a truth value of YAML 1.1": Case(
        of_weights("peer_reviewed: yes"),
        "wrong-type",
        f"{W}/peer_reviewed",
        "yes",
        "is text, and `true` or `false` is wanted",
        "peer_reviewed: true",
    ),
    "a number for a truth value": Case(
        of_weights("peer_reviewed: 1"),
        "wrong-type",
        f"{W}/peer_reviewed",
        "1",
        "is the number `1`, and `true` or `false` is wanted",
        "peer_reviewed: true",
    ),
    "one modality": Case(
        of_release("modalities: {input: text}"),
        "wrong-type",
        "/release/modalities/input",
        "text",
        "`release.modalities.input` is text, and a list is wanted",
        "input: [text]",
    ),
    "a modality by another name": Case(
        of_release("modalities: {input: [sound]}"),
        "unknown-value",
        "/release/modalities/input/0",
        "sound",
        "did you mean `audio`?",
        "- audio",
    ),
    "a language by its name": Case(
        of_weights("data: {contents: [{languages: [English]}]}"),
        "malformed",
        f"{W}/data/contents/0/languages/0",
        "English",
        "A language is a BCP 47 tag",
        "- en",
    ),
    "a language of a locale": Case(
        of_weights("data: {contents: [{languages: [EN_us]}]}"),
        "malformed",
        f"{W}/data/contents/0/languages/0",
        "EN_us",
        "A language is a BCP 47 tag",
        "- en-us",
    ),
    "a language that nobody knows": Case(
        of_weights("data: {contents: [{languages: [Sindarin]}]}"),
        "malformed",
        f"{W}/data/contents/0/languages/0",
        "Sindarin",
        "A language is a BCP 47 tag",
        "Write the BCP 47 tag of the language.",
    ),
    "a year of a period": Case(
        of_weights("data: {period: {from: 2016}}"),
        "wrong-type",
        f"{W}/data/period/from",
        "2016",
        "`components.weights.data.period.from` is the number `2016`, and text is wanted: quote it",
        'from: "2016"',
    ),
    "a period by its ends": Case(
        of_weights("data: {period: {start: '2016'}}"),
        "unknown-key",
        f"{W}/data/period/start",
        "start",
        "did you mean `from`?",
        'from: "2016"',
    ),
    "hardware of the release": Case(
        of_release("hardware: Any."),
        "unknown-key",
        "/release/hardware",
        "hardware",
        "it belongs in `release.requirements`",
        "Move it to `release.requirements`.",
    ),
    "languages of the data": Case(
        of_weights("data: {languages: [en]}"),
        "unknown-key",
        f"{W}/data/languages",
        "languages",
        "it belongs in the `contents` of the `data` of a component",
        "Move it to the `contents` of the `data` of the component it is about.",
    ),
    "a purpose": Case(
        of_release("purpose: Research."),
        "unknown-key",
        "/release/purpose",
        "purpose",
        "did you mean `intended_use`?",
        "intended_use: Research.",
    ),
    "a misspelt topic": Case(
        of_weights("includes: [limitation]"),
        "unknown-value",
        f"{W}/includes/0",
        "limitation",
        "did you mean `limitations`?",
        "- limitations",
    ),
    "a topic for a kind": Case(
        of_weights("kind: energy"),
        "unknown-value",
        f"{W}/kind",
        "energy",
        "must be one of 27 other words",
        "Write "
        + ", ".join(f"`{each}`" for each in schemas.load()["kind.schema.json"]["enum"][:-1])
        + " or `training-content-summary`.",
    ),
    "a number in a list": Case(
        of_release("claims: [1]"),
        "wrong-type",
        "/release/claims/0",
        "1",
        "`release.claims[0]`",
        '- "1"',
    ),
    "a number that is no date": Case(
        of_release("date: 3"),
        "wrong-type",
        "/release/date",
        "3",
        "`release.date` is the number `3`, and text is wanted",
        "date: 2026-11-22",
    ),
    "a truth value for a word": Case(
        of_weights("extent: true"),
        "wrong-type",
        f"{W}/extent",
        "true",
        "is the truth value `true`, and text is wanted",
        "Write `full` or `partial`.",
    ),
    "nothing for text": Case(
        of_weights("license:"),
        "wrong-type",
        f"{W}/license",
        "license",
        "`components.weights.license` has no value, and text is wanted",
        "license: NOASSERTION",
    ),
    "nothing for a component": Case(
        f"{HEAD}components:\n  weights:\n",
        "wrong-type",
        W,
        "weights",
        "has no value, and a map is wanted",
        "weights: {license: Apache-2.0, location: https://code.example.org/train, "
        "revision: v0.6.0}",
    ),
    "text for a list": Case(
        of_weights("trained_on: corpus"),
        "wrong-type",
        f"{W}/trained_on",
        "corpus",
        "is text, and a list is wanted",
        "trained_on: [corpus]",
    ),
    "text for a map with a name": Case(
        of_weights("publisher: Meta AI"),
        "wrong-type",
        f"{W}/publisher",
        "Meta AI",
        "is text, and a map is wanted",
        "publisher: {name: Meta AI}",
    ),
    "an address for a component": Case(
        f"{HEAD}components: {{weights: https://x.org/y}}\n",
        "wrong-type",
        W,
        "https://x.org/y",
        "is text, and a map is wanted",
        "weights: {location: https://x.org/y}",
    ),
    "a map for a list": Case(
        of_release("additional_terms: {name: AUP}"),
        "wrong-type",
        "/release/additional_terms",
        "additional_terms",
        "is a map, and a list is wanted",
        "additional_terms: [{name: AUP}]",
    ),
    "a list of components": Case(
        f"{HEAD}components:\n- kind: weights\n",
        "wrong-type",
        "/components",
        "components",
        "is a list, and a map is wanted, with a component under each key",
        "components:\n  weights: {license: Apache-2.0, location: https://models.example.org/example-7b}",
    ),
    "a list of bases": Case(
        of_weights("derived_from: [llama-7b]"),
        "wrong-type",
        f"{W}/derived_from",
        "derived_from",
        "is a list, and a map is wanted, with a relation under each key",
        "derived_from: {llama-7b: fine-tune}",
    ),
    "a list of licenses": Case(
        of_weights("license: [MIT, Apache-2.0]"),
        "wrong-type",
        f"{W}/license",
        "license",
        "is a list, and text is wanted",
        "Join the licenses in one expression: `A AND B` where each covers a part, "
        "`A OR B` where one may choose.",
    ),
    "a map in a list of ids": Case(
        of_weights("trained_on: [{kind: x}]"),
        "wrong-type",
        f"{W}/trained_on/0",
        "kind",
        "`components.weights.trained_on[0]` is a map, and text is wanted",
        "Write the id of a component of this file.",
    ),
    "a word of another vocabulary": Case(
        of_weights("availability: public"),
        "unknown-value",
        f"{W}/availability",
        "public",
        "`components.weights.availability` is `public`: did you mean `ungated`?",
        "availability: ungated",
    ),
    "a relation, misspelt": Case(
        of_weights("derived_from: {llama: finetune}"),
        "unknown-value",
        f"{W}/derived_from/llama",
        "finetune",
        "did you mean `fine-tune`?",
        "llama: fine-tune",
    ),
    "a relation in British spelling": Case(
        of_weights("derived_from: {llama: quantisation}"),
        "unknown-value",
        f"{W}/derived_from/llama",
        "quantisation",
        "did you mean `quantization`?",
        "llama: quantization",
    ),
    "a restriction": Case(
        of_weights("additional_terms: [{restricts: [NC]}]"),
        "unknown-value",
        f"{W}/additional_terms/0/restricts/0",
        "NC",
        "did you mean `non-commercial`?",
        "- non-commercial",
    ),
    "a kind, misspelt": Case(
        of_weights("kind: Training_Data"),
        "unknown-value",
        f"{W}/kind",
        "Training_Data",
        "did you mean `training-data`?",
        "kind: training-data",
    ),
    "a kind by another name": Case(
        of_weights("kind: dataset"),
        "unknown-value",
        f"{W}/kind",
        "dataset",
        "did you mean `training-data`?",
        "kind: training-data",
    ),
    "a tokenizer": Case(
        of_weights("kind: tokenizer"),
        "unknown-value",
        f"{W}/kind",
        "tokenizer",
        "tokenizer code is `supporting-library`, its vocabulary belongs to `weights`",
        "kind: supporting-library",
    ),
    "a base": Case(
        of_weights("kind: base-model"),
        "unknown-value",
        f"{W}/kind",
        "base-model",
        "a base is `weights` with a `publisher` of its own",
        "kind: weights",
    ),
    "prompts": Case(
        of_weights("includes: [prompts]"),
        "unknown-value",
        f"{W}/includes/0",
        "prompts",
        "did you mean `model-metadata`?",
        "- model-metadata",
    ),
    "a simulator": Case(
        of_weights("kind: simulator"),
        "unknown-value",
        f"{W}/kind",
        "simulator",
        "a simulator that a policy learnt in is `training-code`",
        "kind: training-code",
    ),
    "a config": Case(
        of_weights("kind: config"),
        "unknown-value",
        f"{W}/kind",
        "config",
        "generation settings are `model-metadata`, those of the training `training-configuration`",
        "kind: model-metadata",
    ),
    "a kind like no other": Case(
        of_weights("kind: zzz"),
        "unknown-value",
        f"{W}/kind",
        "zzz",
        "`components.weights.kind` is `zzz`, and must be one of 27 other words",
        "Write "
        + ", ".join(f"`{each}`" for each in schemas.load()["kind.schema.json"]["enum"][:-1])
        + " or `training-content-summary`.",
    ),
    "a word like no other": Case(
        of_weights("omitted: zzz"),
        "unknown-value",
        f"{W}/omitted",
        "zzz",
        "is `zzz`, and must be `withheld`, `not-produced` or `not-applicable`",
        "Write `withheld`, `not-produced` or `not-applicable`.",
    ),
    "a German date": Case(
        of_release("date: 2.11.2026"),
        "malformed",
        "/release/date",
        "2.11.2026",
        "`release.date` is `2.11.2026`. A date is written `2026-11-22`;",
        "date: 2026-11-02",
    ),
    "a time": Case(
        of_release("date: 2026-11-22T10:00:00Z"),
        "malformed",
        "/release/date",
        "2026-11-22T10:00:00Z",
        "A date is written",
        "date: 2026-11-22",
    ),
    "a date that could be two": Case(
        of_release("date: 11/02/2026"),
        "malformed",
        "/release/date",
        "11/02/2026",
        "A date is written",
        "date: 2026-11-22",
    ),
    "an address without a scheme": Case(
        of_weights("location: huggingface.co/a/b"),
        "malformed",
        f"{W}/location",
        "huggingface.co/a/b",
        "A URL is absolute",
        "location: https://huggingface.co/a/b",
    ),
    "an address of git": Case(
        of_weights("location: git@github.com:a/b.git"),
        "malformed",
        f"{W}/location",
        "git@github.com:a/b.git",
        "A URL is absolute",
        "location: https://github.com/a/b.git",
    ),
    "a path for a location": Case(
        of_weights("location: model.bin"),
        "malformed",
        f"{W}/location",
        "model.bin",
        "what is in the release itself has a `path` instead",
        "location: https://models.example.org/example-7b",
    ),
    "a bare DOI": Case(
        of_release("identifiers: [10.5281/zenodo.1]"),
        "malformed",
        "/release/identifiers/0",
        "10.5281/zenodo.1",
        "`release.identifiers[0]` is `10.5281/zenodo.1`. An identifier is a URI",
        "- doi:10.5281/zenodo.1",
    ),
    "a checksum in upper case": Case(
        of_weights(f"checksums: {{m: {'A' * 64}}}"),
        "malformed",
        f"{W}/checksums/m",
        "A" * 64,
        "A SHA-256 checksum is 64 digits and lower-case letters from a to f",
        f"m: {'a' * 64}",
    ),
    "a checksum of another sort": Case(
        of_weights(f"checksums: {{m: {'a' * 40}}}"),
        "malformed",
        f"{W}/checksums/m",
        "a" * 40,
        "; this looks like SHA-1",
        "Write what `sha256sum` prints for the file.",
    ),
    "an address for a source": Case(
        of_weights("data: {sources: [https://x.org]}"),
        "wrong-type",
        f"{W}/data/sources/0",
        "https://x.org",
        "`components.weights.data.sources[0]` is text, and a map is wanted",
        "- {location: https://x.org}",
    ),
    "a path for the location of a source": Case(
        of_weights("data: {sources: [{location: x}]}"),
        "malformed",
        f"{W}/data/sources/0/location",
        "x",
        "`components.weights.data.sources[0].location` is `x`. A URL is absolute",
        "location: https://encyclopedia.example.org/dumps",
    ),
    "a name of two lines": Case(
        of_release('description: D\n  version: "a\\nb"'),
        "malformed",
        "/release/version",
        '"a\\nb"',
        "`release.version` is `a\\nb`. One line of text",
        "version: a b",
    ),
    "an id that is not kebab-case": Case(
        f"{HEAD}components: {{Llama_3.1 8B: {{}}}}\n",
        "malformed",
        "/components/Llama_3.1 8B",
        "Llama_3.1 8B",
        "`components.Llama_3.1 8B` is not a key of the right form. The id of a component is",
        "llama-3-1-8b: …",
    ),
    "an extension of one word": Case(
        of_file("extensions: {ledger: 1}"),
        "malformed",
        "/extensions/ledger",
        "ledger",
        "The name of an extension is a reverse domain name",
        "org.example.ledger: …",
    ),
    "a license id with a space": Case(
        of_file("licenses: {My License: {}}"),
        "malformed",
        "/licenses/My License",
        "My License",
        "The id of a license is an SPDX id",
        "My-License: …",
    ),
    "a claim in words": Case(
        of_release("claims: [OSAID 1.0]"),
        "malformed",
        "/release/claims/0",
        "OSAID 1.0",
        "A claim is the id of a framework",
        "- osaid-1.0",
    ),
    "an empty text": Case(
        of_release('description: ""'),
        "empty",
        "/release/description",
        '""',
        "`release.description` is empty",
        'description: "A language model with 7 billion parameters, trained on English text '
        'and code."',
    ),
    "an empty key": Case(
        of_file('licenses: {"": {}}'),
        "empty",
        "/licenses/",
        '""',
        "A key of `licenses` is empty",
        "GPL-3.0-only: …",
    ),
    "an empty map": Case(
        f"{HEAD}components: {{}}\n",
        "empty",
        "/components",
        "components",
        "`components` is empty",
        "components:\n  weights: {license: Apache-2.0, location: https://models.example.org/example-7b}",
    ),
    "a long name": Case(
        of_release(f"version: {'x' * 301}"),
        "too-long",
        "/release/version",
        "x" * 301,
        "`release.version` is of 301 characters, and may have 300",
        "Shorten it to 300 characters.",
    ),
    "a long id": Case(
        f"{HEAD}components: {{{'x' * 101}: {{}}}}\n",
        "too-long",
        f"/components/{'x' * 101}",
        "x" * 101,
        "is a key of 101 characters, and may have 100",
        "training-code: …",
    ),
    "omitted, and yet licensed": Case(
        of_weights("omitted: withheld\n    license: MIT\n    path: x"),
        "omitted-alone",
        f"{W}/omitted",
        "omitted",
        "`components.weights` is said to be omitted, and yet has `license` and `path`",
        "Take `omitted` out, or all but `kind`, `name`, `publisher`, `reason` and `notes`.",
    ),
    "omitted, and yet described": Case(
        of_weights("omitted: withheld\n    data: {scope: Much}"),
        "omitted-alone",
        f"{W}/omitted",
        "omitted",
        "kept back but described is not omitted: its `data` has `access: unshareable`",
        "Take `omitted` out, and write `access: unshareable` into `data`.",
    ),
    "a typing error beside omitted": Case(
        of_weights("omitted: withheld\n    note: N"),
        "unknown-key",
        f"{W}/note",
        "note",
        "did you mean `notes`?",
        'notes: "N"',
    ),
    "another version": Case(
        "aimanifest: '2.0'\nmodel: {zzz: 1}\n",
        "format-version",
        "/aimanifest",
        "'2.0'",
        "`aimanifest` is `2.0`, and this validator knows format 1.0",
        "Validate the file with a program that knows format 2.0.",
    ),
    "another version without quotes": Case(
        "aimanifest: 1.1\nmodel: {zzz: 1}\n",
        "format-version",
        "/aimanifest",
        "1.1",
        "this validator knows format 1.0",
        "Validate the file with a program that knows format 1.1.",
    ),
    "this version without quotes": Case(
        of_file("").replace("'1.0'", "1.0"),
        "wrong-type",
        "/aimanifest",
        "1.0",
        "is the number `1.0`, and text is wanted: quote it",
        'aimanifest: "1.0"',
    ),
    "this version, misspelt": Case(
        of_file("").replace("'1.0'", "v1"),
        "format-version",
        "/aimanifest",
        "v1",
        "`aimanifest` is `v1`, and this validator knows format 1.0",
        'aimanifest: "1.0"',
    ),
}


def shown(text: str, span: Span) -> str:
    """Return what of `text` a span covers; no fault here runs over the end of a line."""
    assert span.start.line == span.end.line
    line = text.splitlines()[span.start.line - 1]
    return line[span.start.column - 1 : span.end.column - 1]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_fault_gives_one_finding_in_the_words_of_the_format(case: Case) -> None:
    document = read(case.text.encode())
    assert document.problems == ()
    (finding,) = schemas.check(document)
    assert finding.message.count(case.message) == 1, finding.message
    assert finding._replace(message="", related=()) == Finding(
        f"schema/{case.rule}", Outcome.UNMET, "", case.pointer, finding.span, case.fix
    )
    assert shown(document.text, finding.span) == case.shown


SENTENCES = ("Join", "Move", "Shorten", "Take", "Validate", "Write")
"""How a fix begins that tells what to do where no YAML can."""
PROPOSED = {name: each for name, each in CASES.items() if each.fix.split()[0] not in SENTENCES}


@pytest.mark.parametrize("case", PROPOSED.values(), ids=PROPOSED)
def test_the_yaml_that_is_proposed_mends_the_fault(case: Case) -> None:
    document = read(case.text.encode())
    (finding,) = schemas.check(document)
    fix = read(f"aimanifest: x\nfix:\n  {finding.fix.replace(chr(10), chr(10) + '  ')}".encode())
    assert fix.problems == ()
    inner, last = around(document.data, finding.pointer)
    if isinstance(inner, list):
        inner[int(last)] = fix.data["fix"][0]
    else:
        old = inner.pop(last, None)
        # The ends of a text with commas; and a key that was renamed, whose value was not shown.
        for key in [key for key, value in inner.items() if value is None]:
            del inner[key]
        inner.update({key: old if new == "…" else new for key, new in fix.data["fix"].items()})
    assert check(document.data) == ()


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {f"schema/{each.rule}" for each in CASES.values()} == {each.id for each in schemas.RULES}


@pytest.mark.parametrize("rule", schemas.RULES, ids=lambda rule: rule.id)
def test_every_rule_is_whole(rule: Any) -> None:
    assert re.fullmatch("schema/[a-z]+(-[a-z]+)*", rule.id)
    assert all((rule.title, rule.why, rule.cites, rule.fix))
    assert rule.check is rule.level is None
    assert all(cite.clause.startswith("SPEC.md, ") for cite in rule.cites)


def test_what_stands_beside_omitted_is_shown_too() -> None:
    (finding,) = schemas.check(read(of_weights("omitted: withheld\n    path: x").encode()))
    assert [each.pointer for each in finding.related] == [f"{W}/path"]
    assert [each.span.start.line for each in finding.related] == [6]


def test_all_faults_are_found_in_one_run_in_the_order_of_the_file() -> None:
    text = of_weights("zzz: 1\n    kind: dataset\n    publisher: {nam: X, zip: 1}\n    date: 1.5")
    pointers = [each.pointer.removeprefix(W) for each in schemas.check(read(text.encode()))]
    assert pointers == ["/zzz", "/kind", "/publisher/nam", "/publisher/zip", "/date"]


def test_what_the_document_refused_is_not_refused_again() -> None:
    document = read(of_weights("license: !x MIT\n    date: *y\n    zzz: 1").encode())
    assert [each.pointer for each in document.problems] == [f"{W}/license", f"{W}/date"]
    assert [each.pointer for each in schemas.check(document)] == [f"{W}/zzz"]


def test_nothing_is_said_of_what_cannot_be_read() -> None:
    document = read(b"a: [")
    assert not document.readable
    assert schemas.check(document) == ()


def test_long_values_are_cut() -> None:
    (finding,) = schemas.check(read(of_weights(f"location: {'x y ' * 400}").encode()))
    assert "…" in finding.message
    assert len(finding.message) < 300
    assert len(finding.fix) < 300


@pytest.mark.parametrize(
    "components",
    [
        {f"a{each}": 1 for each in range(LIMIT_FAULTS + 50)},
        {"weights": {f"a{each}": 1 for each in range(LIMIT_FAULTS + 50)}},
        {"weights": {"trained_on": [1] * 20_000}},
    ],
)
def test_hostile_files_end(components: Schema) -> None:
    findings = check({**COMPLETE, "components": components})
    shown_ones = [each for each in findings if each.rule != FAULTS_LIMIT.id]
    assert len(shown_ones) == LIMIT_FAULTS
    # Whoever leaves out what the findings point at has left out all that is wrong.
    assert "/components" in {each.pointer for each in findings if each.rule == FAULTS_LIMIT.id}


def test_half_a_character_is_refused_and_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    document = document_of(COMPLETE)
    document.data["release"]["name"] = "a\ud800"
    document.data["extensions"]["org.example.ledger"] = [{"\udc00": 1}]
    pointers = ["/release/name", "/extensions/org.example.ledger/0/\udc00"]
    assert [each.pointer for each in schemas.check(document)] == pointers
    monkeypatch.setattr(schemas, "_decider", lambda _: None)
    assert [each.pointer for each in schemas.check(document)] == pointers


def test_jsonschema_does_both_where_there_is_no_quick_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    assert schemas._decider.__wrapped__(schemas.MANIFEST) is None  # noqa: SLF001  # without its cache
    monkeypatch.setattr(schemas, "_decider", lambda _: None)
    assert check(COMPLETE) == ()
    assert [each.pointer for each in check(with_value(1, "release", "date"))] == ["/release/date"]


def test_engines_that_disagree_are_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schemas, "_decider", lambda _: lambda _: False)
    with pytest.raises(RuntimeError, match="jsonschema accepts what jsonschema-rs refuses"):
        check(COMPLETE)


def test_a_right_file_costs_no_slow_import() -> None:
    program = (
        "import sys\n"
        "from aimanifest import schemas\n"
        "from aimanifest.document import read\n"
        "assert schemas.check(read(sys.stdin.buffer.read())) == ()\n"
        "print(*sys.modules)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(COMPLETE).encode(),
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    slow = {"jsonschema", "referencing", "pathlib", "importlib.resources", "dataclasses", "difflib"}
    assert not slow & set(run.stdout.decode().split())


# -- what was meant --------------------------------------------------------------------------------

COMPONENT = schemas.load()["component.schema.json"]["properties"]
VOCABULARIES = {path: each["enum"] for path, each in ALL.items() if "enum" in each}


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Licence", "license"),
        ("repo", "location"),
        ("hash", "checksums"),
        ("sha256", "checksums"),
        ("type", "kind"),
        ("tag", "revision"),
        ("datasets", "trained_on"),
        ("author", "publisher"),
        ("additionalTerms", "additional_terms"),
        ("additional terms", "additional_terms"),
        ("Seattle", ""),
        ("x" * 100_000, ""),
    ],
)
def test_a_key_by_another_name_is_known(word: str, key: str) -> None:
    assert synonym(word, COMPONENT) == key


@pytest.mark.parametrize(
    ("word", "key"),
    [("lokation", "location"), ("checksum", "checksums"), ("Seattle", ""), ("zzz", ""), ("", "")],
)
def test_a_misspelling_is_known_and_no_second_guess_is_made(word: str, key: str) -> None:
    assert nearest(word, COMPONENT) == key


@pytest.mark.parametrize("path", VOCABULARIES)
def test_no_word_of_a_vocabulary_is_taken_for_another(path: str) -> None:
    words = VOCABULARIES[path]
    assert [meant(each, words).word for each in words] == words


def test_no_key_is_taken_for_another() -> None:
    assert [synonym(key, COMPONENT) for key in COMPONENT] == list(COMPONENT)
