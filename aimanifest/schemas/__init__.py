"""The published JSON Schemas, and where a document departs from them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from aimanifest.document import Document
from aimanifest.findings import Finding
from aimanifest.rules import TEXT, Citation, Rule

FORMAT = "1.0"
"""The version of the format that these schemas describe."""

ROOT = "manifest.schema.json"
"""The schema of a whole file; the others are reached from it."""

REPORT = "report.schema.json"
"""Published beside the others: what is printed about a manifest, and no part of one."""

LICENSE_ANSWER = "license-answer.schema.json"
"""Published beside the others: what is printed about a license, and no part of a manifest."""

ASSESSMENT = "assessment.schema.json"
"""Published beside the others: what is printed of releases side by side, and no part of one."""

CONVERSION = "conversion.schema.json"
"""Published beside the others: what is told of records that were converted, and no part of one."""

VERIFICATION = "verification.schema.json"
"""Published beside the others: what is printed of a verified release, and no part of one."""

DIFFERENCE = "difference.schema.json"
"""Published beside the others: what is printed of two manifests, and no part of one."""


class Format(NamedTuple):
    """A file format: the schema of a whole file, what a message calls it, and the version's key."""

    root: str
    noun: str
    key: str


MANIFEST = Format(ROOT, "the manifest", "aimanifest")
POLICY = Format("policy.schema.json", "the policy", "aimanifest_policy")
"""What an organisation asks of manifests, and no part of one."""

Schema = dict[str, Any]

_BESIDE = (REPORT, LICENSE_ANSWER, ASSESSMENT, CONVERSION, VERIFICATION, DIFFERENCE, POLICY.root)

_PACKAGE = os.path.dirname(os.path.dirname(__file__))


@cache
def load() -> dict[str, Schema]:
    """Return every schema of the manifest by its file name, in the order of the names.

    The files are the published ones: `schema/` inside the installed package, or beside it in a
    checkout. Nothing is fetched; the result is shared, and not to be changed.

    Raises:
        OSError: if the files are not where they were installed.

    """
    names = (each for each in os.listdir(_folder()) if each.endswith(".schema.json"))
    return {name: _read(name) for name in sorted(names) if name not in _BESIDE}


@cache
def of(format: Format) -> dict[str, Schema]:
    """Return what `load` does, and with it the schema that `format` begins from.

    Raises:
        OSError: if the files are not where they were installed.

    """
    return load() if format == MANIFEST else {**load(), format.root: _read(format.root)}


def report() -> Schema:
    """Return the schema of the report that `validate --format json` prints.

    Raises:
        OSError: if the file is not where it was installed.

    """
    return _read(REPORT)


def license_answer() -> Schema:
    """Return the schema of the answer that `license --format json` prints.

    Raises:
        OSError: if the file is not where it was installed.

    """
    return _read(LICENSE_ANSWER)


def assessment() -> Schema:
    """Return the schema of what `assess --format json` prints.

    Raises:
        OSError: if the file is not where it was installed.

    """
    return _read(ASSESSMENT)


def conversion() -> Schema:
    """Return the schema of what `convert --report` writes.

    Raises:
        OSError: if the file is not where it was installed.

    """
    return _read(CONVERSION)


def verification() -> Schema:
    """Return the schema of what `verify --format json` prints.

    Raises:
        OSError: if the file is not where it was installed.

    """
    return _read(VERIFICATION)


def difference() -> Schema:
    """Return the schema of what `diff --format json` prints.

    Raises:
        OSError: if the file is not where it was installed.

    """
    return _read(DIFFERENCE)


def _folder() -> str:
    packaged = os.path.join(_PACKAGE, "schema")
    return packaged if os.path.isdir(packaged) else os.path.join(_PACKAGE, os.pardir, "schema")


def _read(name: str) -> Schema:
    with open(os.path.join(_folder(), name), encoding="utf-8") as file:
        schema: Schema = json.load(file)
    return schema


@cache
def bundle(format: Format = MANIFEST) -> Schema:
    """Return all schemas of `format` as one that refers to nothing outside itself, for editors.

    Each file but that of the format becomes an entry of `$defs` under its own noun.
    """
    schemas = of(format)
    root = schemas[format.root]
    needed = sorted(load() if format == MANIFEST else _referred(format.root, schemas))
    own = _noun(format.root)
    parts = {
        _noun(name): _localised(schemas[name], _noun(name), own)
        for name in needed
        if name != format.root
    }
    head = {"$schema": root["$schema"], "$id": root["$id"]}
    whole = _localised(root, own, own)
    return {**head, **whole, "$defs": {**parts, **whole.get("$defs", {})}}


def _referred(name: str, schemas: dict[str, Schema]) -> set[str]:
    """Return the names of all files that the file `name` refers to, its own among them."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += (each.partition("#")[0] for each in _references(schemas[here]))
    return found


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for each in schema:
            yield from _references(each)


def check(document: Document, format: Format = MANIFEST) -> tuple[Finding, ...]:
    """Return a finding for each departure of `document` from the schemas, in the file's order.

    jsonschema-rs decides, two hundred times faster than jsonschema; only what it refuses is
    explained, through jsonschema, which does both where jsonschema-rs is not installed. What stands
    at or below a place that `document.problems` names is silent: one fault gives one finding.

    Raises:
        RuntimeError: if the two engines disagree, which would be a fault of the schemas.

    """
    if not document.readable:
        return ()
    decide = _decider(format)
    if decide and _fits(document.data, decide):
        return ()
    from aimanifest.schemas.explanation import explain  # noqa: PLC0415  # only where it is needed

    return explain(document, format, refused=decide is not None)


def _fits(data: object, decide: Callable[[Any], bool]) -> bool:
    try:
        return decide(data)
    except UnicodeEncodeError:  # a lone surrogate: text that cannot be written down
        return False


@cache
def _decider(format: Format) -> Callable[[Any], bool] | None:
    try:
        from jsonschema_rs import Draft202012Validator  # noqa: PLC0415  # slow to import
    except ImportError:
        return None
    return Draft202012Validator(bundle(format), offline=True).is_valid


def _noun(name: str) -> str:
    return name.removesuffix(".schema.json")


def _localised(schema: Any, own: str, root: str) -> Any:
    """Copy what is in the file of the noun `own` for its place in the bundle, at `root` the top."""
    if isinstance(schema, list):
        return [_localised(each, own, root) for each in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {key: _localised(each, own, root) for key, each in schema.items()}
    for key in ("$schema", "$id"):
        copy.pop(key, None)
    if "$ref" in copy:
        name, _, pointer = copy["$ref"].partition("#")
        noun = _noun(name) or own
        copy["$ref"] = f"#{pointer}" if noun == root else f"#/$defs/{noun}{pointer}"
    return copy


def _clause(
    quote: str, section: str = "The manifest", anchor: str = "the-manifest"
) -> tuple[Citation, ...]:
    url = f"https://aimanifest.org/spec/{FORMAT}#{anchor}"
    return (Citation(quote, f"SPEC.md, {section}", url, TEXT),)


RULES = (
    Rule(
        "schema/unknown-key",
        "Every key is one of the format",
        "A misspelt key says nothing, while its writer believes that it does. So the format is"
        " closed; what it has no word for goes under `extensions`.",
        _clause("A key that is not in the tables of this document is a fault"),
        "Write the key that the message names, at the place that it names.",
    ),
    Rule(
        "schema/missing-key",
        "Every required key is there",
        "Without the version of the format, the name and the publisher of the release, and one"
        " component, nobody can tell what a manifest is about. Nothing else is required.",
        _clause(
            "A key marked required MUST be written where its map is written; any other MAY be left "
            "out."
        ),
        "Add the key.",
    ),
    Rule(
        "schema/wrong-type",
        "Every value is of the type that its key asks for",
        "YAML guesses types: `1.10` is the number 1.1, and a version or a revision is changed by"
        " reading it. Text that reads as a number has to be quoted.",
        _clause("A value MUST be of the type that the table of its key gives."),
        "Quote text that reads as a number, leave numbers and Booleans bare, and write lists and"
        " maps where the format has them.",
    ),
    Rule(
        "schema/unknown-value",
        "Every word of a vocabulary is one of it",
        "Verdicts hang on these words, so each has one meaning and one spelling.",
        _clause("Where the format lists the words for a key, the value MUST be one of them."),
        "Write one of the words that the message names.",
    ),
    Rule(
        "schema/malformed",
        "Every value has the form of what it stands for",
        "Dates, addresses, checksums, ids and amounts are read by programs, which understand one"
        " form.",
        _clause(
            "A value that stands for something with a form of its own, such as a URL or a date, "
            "MUST have that form."
        ),
        "Write it in the form that the message shows.",
    ),
    Rule(
        "schema/empty",
        "Nothing is written that is empty",
        "An empty text looks like an answer and is none. What is not known is left out; what there"
        " is not is said with `omitted` or `none`.",
        _clause("So is a value that has no content: an empty text, or null."),
        "Fill it in, or take the key out.",
    ),
    Rule(
        "schema/too-long",
        "No text is longer than its key allows",
        "A manifest is read by people and kept in tables; long texts belong in documents, which"
        " `documented_in` and `location` point to.",
        _clause("A text MUST NOT be longer than the schema of its key allows."),
        "Shorten the text.",
    ),
    Rule(
        "schema/omitted-alone",
        "What is omitted is not described as if it were there",
        "`omitted` says that there is nothing; a license or a place beside it says the opposite,"
        " and a reader cannot tell which of the two is meant.",
        _clause(
            "A component with `omitted` MUST NOT have any other key than `kind`, `name`, "
            "`publisher`, `reason` and `notes`",
            "Omission",
            "omission",
        ),
        "Take out `omitted`, or everything else but `kind`, `name`, `publisher`, `reason` and"
        " `notes`.",
    ),
    Rule(
        "schema/format-version",
        f"The file follows format {FORMAT}",
        "Another version may use the same words in another meaning, so it is not guessed at.",
        _clause(
            "A reader of this version MUST NOT give a verdict on a file that names another version."
        ),
        f'aimanifest: "{FORMAT}"',
    ),
)
"""What the schemas ask of a file, each rule with the keyword of JSON Schema that says so."""
