"""SPEC.md says what the schemas, the rules and the facts say, and what it shows is so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple

import pytest

from aimanifest import frameworks, reference, rules, schemas
from aimanifest.document import read
from aimanifest.frameworks import core
from aimanifest.licenses import (
    OSI_DOCUMENT_TERMS,
    OSI_LIBRARY_LICENSE,
    OSI_LICENSE,
    OSI_PARAMETER_TERMS,
    RESTRICTIONS,
    judge,
    parse,
)
from aimanifest.manifest import CONTENT_TYPES, TOPICS, FileText, Folder
from aimanifest.report import FILE_RULES
from aimanifest.rules import Citation, Standing
from aimanifest.validation import validate

ROOT = Path(__file__).parent.parent
SPEC = ROOT / "SPEC.md"
ADDRESS = "https://aimanifest.org/spec/1.0"
OSAID = frameworks.load("osaid-1.0")
InStep = Callable[..., None]
Schema = dict[str, Any]


def spec() -> str:
    """Return SPEC.md as it is now: another test may just have written a part of it."""
    return SPEC.read_text(encoding="utf-8")


# -- tables ----------------------------------------------------------------------------------------


def table(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table; `head` holds the names of its columns."""
    names = tuple(head.split(" | "))
    lines = [names, ("---",) * len(names), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def code(words: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in words)


def meant(schema: Schema) -> Schema:
    """Return the schema that `schema` refers to, or itself."""
    if "$ref" not in schema:
        return schema
    name, _, definition = schema["$ref"].partition("#/$defs/")
    found = schemas.load()[name]
    return meant(found["$defs"][definition] if definition else found)


def vocabulary(schema: Schema) -> Schema:
    """Return the schema of the words that a value, or each part of it, may be."""
    found = meant(schema)
    for part in ("items", "additionalProperties"):
        if isinstance(found.get(part), dict):
            return meant(found[part])
    return found


def meanings(schema: Schema) -> dict[str, str]:
    """Read the meaning of each word of a vocabulary out of its description."""
    found = dict(re.findall(r"^- `([a-z0-9-]+)`: (.+)$", schema["description"], re.MULTILINE))
    assert list(found) == schema["enum"], schema["title"]
    return {word: meaning[0].upper() + meaning[1:] for word, meaning in found.items()}


def without_words(schema: Schema) -> Schema:
    """Return `schema` for a table of keys: a vocabulary is a word, explained elsewhere."""
    brief = dict(schema)
    if "description" in schema:
        brief["description"] = schema["description"].partition("\n\n")[0]
    if "enum" in meant(schema):
        del brief["$ref" if "$ref" in brief else "enum"]
        brief["title"] = "word"
    for part in ("items", "additionalProperties"):
        if isinstance(schema.get(part), dict):
            brief[part] = without_words(schema[part])
    return brief


def fields(name: str) -> str:
    schema = schemas.load()[name]
    brief = {key: without_words(each) for key, each in schema["properties"].items()}
    return reference.fields(schema | {"properties": brief})


def values(name: str, key: str) -> str:
    schema = schemas.load()[name]
    words = meanings(vocabulary((schema.get("properties") or schema["$defs"])[key]))
    return table("Word | Meaning", ((f"`{word}`", words[word]) for word in words))


def kinds() -> str:
    words = meanings(schemas.load()["kind.schema.json"])
    rows = ((f"`{kind}`", CONTENT_TYPES[kind], words[kind]) for kind in words)
    return table("Kind | Content type | Meaning", rows)


def topics() -> str:
    words = meanings(schemas.load()["inclusion.schema.json"])
    return table("Topic | Meaning", ((f"`{topic}`", words[topic]) for topic in TOPICS))


def forms() -> str:
    definitions = schemas.load()["forms.schema.json"]["$defs"].values()
    rows = (
        (
            each["title"].lower(),
            each["description"],
            f"{each['maxLength']:,}" if "maxLength" in each else "as it is written",
            f"`{example if isinstance(example, str) else reference.flow(example)}`",
        )
        for each in definitions
        if "enum" not in each
        for example in each["examples"][:1]
    )
    return table("Form | Meaning | Longest | Example", rows)


def statements() -> str:
    rows = (
        (f"`{key}`", code(allowed), f"{why[0].upper()}{why[1:]}.")
        for key, (allowed, why) in core.STATEMENTS.items()
    )
    return table("Statement | Only by | Why", rows)


def fitting() -> str:
    rows = ((f"`{key}`", code(allowed)) for key, (allowed, _) in core.FITTING.items())
    return table("Reference | To a component of the kind", rows)


def restrictions() -> str:
    rows = (
        # SPEC.md spells the noun as the key is spelt.
        (
            f"`{each.word}`",
            each.meaning.replace("licence", "license"),
            each.freedom or "none",
            each.standing,
        )
        for each in RESTRICTIONS.values()
    )
    return table("Word | Meaning | Freedom | Standing", rows)


def standings() -> str:
    found = [each for each in vars(rules).values() if isinstance(each, Standing)]
    rows = ((each.name, f"{each.meaning[0].upper()}{each.meaning[1:]}.") for each in found)
    return table("Standing | Meaning", rows)


def rule_table(name: str) -> str:
    listed = FILE_RULES.values() if name == "of files" else frameworks.load(name).rules
    return reference.rule_table(listed).replace(f"]({ADDRESS}#", "](#")


def not_checked(name: str) -> str:
    return "\n".join(f"- {each}" for each in frameworks.load(name).not_checked)


GENERATORS: Mapping[str, Callable[..., str]] = {
    "fields": fields,
    "values": values,
    "kinds": kinds,
    "topics": topics,
    "forms": forms,
    "statements": statements,
    "references": fitting,
    "restrictions": restrictions,
    "standings": standings,
    "rules": lambda *name: rule_table(" ".join(name)),
    "reasons": lambda name: reference.reasons(frameworks.load(name)),
    "not-checked": not_checked,
}

PARTS = re.findall(r"^<!-- generated: (.+) -->$", spec(), re.MULTILINE)


@pytest.mark.parametrize("part", PARTS)
def test_tables_are_in_step(part: str, in_step: InStep) -> None:
    generator, *arguments = part.split()
    in_step(SPEC, GENERATORS[generator](*arguments), part=part)


def described() -> dict[str, Schema]:
    """Return each schema that a manifest is made of, by the name of its file."""
    found: dict[str, Schema] = {}
    waiting = [schemas.ROOT]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = schemas.load()[name]
            waiting += re.findall(r"'\$ref': '([a-z]+\.schema\.json)", str(found[name]))
    return found


@pytest.mark.parametrize("name", described())
def test_every_key_and_every_word_is_explained(name: str) -> None:
    schema = described()[name]
    if "properties" in schema:
        assert f"fields {name}" in PARTS
        found = {key: vocabulary(each) for key, each in schema["properties"].items()}
    else:
        found = schema.get("$defs", {})
    for key, each in found.items():
        for word in each.get("enum", ()):
            assert re.search(rf"^\| `{word}` \|", spec(), re.MULTILINE), f"{name}: {key}: {word}"


def test_every_framework_has_its_rules_in_an_annex() -> None:
    assert {f"rules {id}" for id in frameworks.every()} < set(PARTS)


# -- headings, links, citations --------------------------------------------------------------------


class Section(NamedTuple):
    """A heading with all that stands below it, up to the next one that is not deeper."""

    title: str
    above: tuple[str, ...]
    text: str


def sections() -> dict[str, Section]:
    """Return every section by the anchor that readers of Markdown give it."""
    text = re.sub(r"(?ms)^```.*?^```$", lambda fence: "\n" * fence[0].count("\n"), spec())
    headings = list(re.finditer(r"^(#+) (.+)$", text, re.MULTILINE))
    found: dict[str, Section] = {}
    trail: list[tuple[int, str]] = []
    for number, heading in enumerate(headings):
        depth, title = len(heading[1]), heading[2].replace("`", "")
        trail = [each for each in trail if each[0] < depth]
        below = headings[number + 1 :]
        end = next((each.start() for each in below if len(each[1]) <= depth), len(text))
        anchor = re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        assert anchor not in found, f"two headings have the anchor #{anchor}"
        above = tuple(each for _, each in trail)
        found[anchor] = Section(title, above, text[heading.end() : end])
        trail.append((depth, title))
    return found


def plain(text: str) -> str:
    """Return `text` as it is read: without links, emphasis and the ends of lines."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"\*+(\w[^*]*)\*+", r"\1", text).split())


def rows(anchor: str) -> list[list[str]]:
    """Return the cells of the rows of the one table in a section, without its head."""
    lines = re.findall(r"^\| (.*) \|$", sections()[anchor].text, re.MULTILINE)
    return [line.split(" | ") for line in lines[2:]]


def test_every_link_leads_to_a_heading() -> None:
    missing = set(re.findall(r"\]\(#([^)]+)\)", spec())) - sections().keys()
    assert not missing


def test_the_contents_name_every_chapter() -> None:
    chapters = {f"#{anchor}" for anchor, each in sections().items() if len(each.above) == 1}
    contents = spec().partition("\n## ")[0].partition("\nContents: ")[2]
    assert set(re.findall(r"\]\((#[^)]+)\)", contents)) == chapters


CITATIONS = [
    pytest.param(cite, id=f"{rule.id} {n}")
    for rule in reference.all_rules().values()
    for n, cite in enumerate(rule.cites)
    if cite.url.startswith(ADDRESS) or cite.clause.startswith("SPEC.md")
]


@pytest.mark.parametrize("cite", CITATIONS)
def test_the_rules_quote_it_word_for_word(cite: Citation) -> None:
    address, _, anchor = cite.url.partition("#")
    assert address == ADDRESS
    section = sections()[anchor]
    assert cite.clause.removeprefix("SPEC.md, ") in (section.title, *section.above)
    assert plain(cite.quote) in plain(section.text)


def test_every_rule_of_the_core_quotes_it() -> None:
    quoting = {str(each.id).split()[0] for each in CITATIONS}
    assert {rule.id for rule in core.framework.rules} <= quoting


# -- examples --------------------------------------------------------------------------------------

FENCE = re.compile(r"^```(\S*)([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
WHOLE = {
    "aimanifest": '"1.0"',
    "release": "{name: Example 7B, publisher: {name: Example Lab}}",
    "components": "{weights: {license: MIT, path: model/}}",
}


class Example(NamedTuple):
    """A fence of SPEC.md: what part of a manifest it shows, and the rule that it breaks, if any."""

    part: str
    breaks: str
    text: str

    @property
    def manifest(self) -> str:
        """The example as a whole manifest."""
        if self.part == "manifest":
            return self.text
        rest = "".join(f"{key}: {each}\n" for key, each in WHOLE.items() if key != self.part)
        return f"{rest}{self.part}:\n{indent(self.text, '  ')}"


def examples() -> list[Example]:
    """Return the examples; a fence begins ```yaml PART, or ```yaml invalid PART RULE."""
    found = []
    for language, info, text in FENCE.findall(spec()):
        assert language == "yaml", f"what is shown in {language or 'no language'} is not tested"
        part, *more = info.split()
        if part == "invalid":
            part, rule = more
            found.append(Example(part, rule, text))
        else:
            assert not more
            found.append(Example(part, "", text))
    return found


class WithLicense(Folder):
    """The folder of a release in which every license text is that of MIT."""

    def text(self, path: str) -> FileText:
        case = ROOT / "tests/conformance/core/same-license-texts/passes-the-text-of-the-license"
        return FileText((case / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(each, id=f"{n}: {each.breaks or each.part}")
        for n, each in enumerate(examples())
    ],
)
def test_every_example_is_what_it_is_said_to_be(example: Example) -> None:
    keys = described()[schemas.ROOT]["properties"]
    assert example.part in {"manifest", *keys}
    report = validate(example.manifest.encode(), require=(), folder=WithLicense())
    assert [each.rule for each in report.findings] == ([example.breaks] if example.breaks else [])


def test_values_are_read_as_the_table_says() -> None:
    nouns = {
        "null": type(None),
        "a Boolean": bool,
        "an integer": int,
        "a number": float,
        "text": str,
    }
    for written, noun in rows("values"):
        samples = ["", *re.findall(r"`([^`]+)`", written)][0 if "nothing" in written else 1 :]
        for sample in samples:
            document = read(f'aimanifest: "1.0"\nvalue: {sample}\n'.encode())
            assert not document.problems
            assert type(document.data["value"]) is nouns[noun], sample


# -- numbers ---------------------------------------------------------------------------------------

LIMITS = {
    "document.LIMIT_BYTES": "({} bytes)",
    "document.LIMIT_DEPTH": "stand more than {} deep inside one another",
    "document.LIMIT_NODES": "more than {} keys, values, mappings and lists",
    "document.LIMIT_KEY": "Every key MUST be text of at most {} characters",
    "document.LIMIT_DIGITS": "An integer MUST NOT have more than {} digits",
    "document.LIMIT_NUMBER": "nor any other number more than {} characters",
    "document.LIMIT_FAULTS": "stops after {} faults of the file format",
    "placeholders.LIMIT_PLACEHOLDER": "among those of at most {} characters",
    "licenses.MAX_LENGTH": "A license expression MUST NOT be longer than {} characters",
    "licenses.MAX_DEPTH": "nor have parentheses more than {} deep",
    "renderers.LIMIT_FINDINGS": "the first {} findings of a file",
    "renderers.LIMIT_LINE": "the first {} characters of a path or a line",
    "validation.LIMIT_BASES": "reads at most {} manifests of bases",
    "validation.LIMIT_TEXT": "reads a license text of at most {} bytes",
    "frameworks.core.LIMIT_TEXTS": "bytes, and {} of them",
}
"""The limits of what is read and reported, each with the words of SPEC.md that name it."""


def test_every_limit_is_named_with_its_value() -> None:
    found: dict[str, int] = {}
    for name in {each.rpartition(".")[0] for each in LIMITS}:
        module = import_module(f"aimanifest.{name}")
        constants = {key: each for key, each in vars(module).items() if isinstance(each, int)}
        found |= {
            f"{name}.{key}": each
            for key, each in constants.items()
            if re.match("LIMIT_|MAX_", key) and f"{name}.{key}" not in IMPORTED
        }
    assert found.keys() == LIMITS.keys()
    text = plain(spec())
    missing = [
        name for name, words in LIMITS.items() if words.format(f"{found[name]:,}") not in text
    ]
    assert not missing


IMPORTED = {"validation.LIMIT_BYTES"}
"""Names of limits that one module has from another."""


# -- the annex on the Open Source AI Definition ----------------------------------------------------


def test_every_rule_of_osaid_has_its_decisions() -> None:
    for anchor, apart in (("decisions", False), ("what-only-the-questions-and-answers-ask", True)):
        shown = [id for row in rows(anchor) for id in re.findall(r"`([a-z-]+)`", row[0])]
        names = [each.id.partition("/")[2] for each in OSAID.rules if (each.level is None) == apart]
        assert sorted(shown) == sorted(names)


WORDS = {"enough": True, "not enough": False, "undetermined": None}
NOTIONS = (OSI_LICENSE, OSI_LIBRARY_LICENSE, OSI_DOCUMENT_TERMS, OSI_PARAMETER_TERMS)


def test_licenses_are_judged_as_the_table_says() -> None:
    seen = 0
    for licenses, *words in rows("licenses-and-terms"):
        for id in re.findall(r"`([^`]+)`", licenses):
            found = [judge(parse(id), notion).verdict for notion in NOTIONS]
            assert found == [WORDS[word] for word in words], id
            seen += 1
    assert seen > len(WORDS)


def test_what_is_quoted_of_the_definition_is_quoted_by_a_rule() -> None:
    cited = " ".join(plain(cite.quote) for each in OSAID.rules for cite in each.cites)
    text = plain(sections()["readings"].text)
    quoted = [each for each in re.findall(r'"([^"]+)"', text) if len(each) > len("if used")]
    assert len(quoted) > 5
    assert [each for each in quoted if each not in cited] == [SCOPE]


SCOPE = (
    "are the same, whether applied to a system, a model, weights and parameters, or other "
    "structural elements"
)
"""What the definition says of its own scope, which every rule rests on and none is made from."""
