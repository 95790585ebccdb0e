"""The standard as text: the tables of SPEC.md, and what `explain` and `rules` say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from aimanifest import frameworks, schemas
from aimanifest.report import FILE_RULES
from aimanifest.rules import QUESTIONS, Citation, Framework, Rule
from aimanifest.terminal import wrapped

COLUMNS = 100
"""How wide a page is."""

# -- for Markdown ----------------------------------------------------------------------------------


def fields(schema: schemas.Schema) -> str:
    """Tabulate the keys that `schema`, one of `schemas.load()`, describes, as Markdown."""
    required = schema.get("required", [])
    return _table(
        ("Key", "Type", "Presence", "Meaning", "Example"),
        (
            (
                f"`{key}`",
                type_of(each),
                "**required**" if key in required else "optional",
                each["description"],
                _code(flow(each["examples"][0])),
            )
            for key, each in schema["properties"].items()
        ),
    )


def rules(framework: Framework) -> str:
    """Tabulate the rules of `framework` as Markdown."""
    return rule_table(framework.rules)


def rule_table(listed: Iterable[Rule]) -> str:
    """Tabulate rules as Markdown: what each demands, on which words, with what authority."""
    return _table(
        ("Rule", "Requirement", "Level", "Source", "Standing"),
        (
            (
                _code(each.id),
                each.title,
                each.level or "none",
                _listed(f"[{cite.clause}]({cite.url})" for cite in each.cites),
                _listed(cite.standing.name for cite in each.cites),
            )
            for each in listed
        ),
    )


def reasons(framework: Framework) -> str:
    """Tabulate as Markdown why each rule of `framework` exists, and how it is read."""
    return _table(
        ("Rule", "Why, and how it is read"),
        ((_code(each.id), each.why) for each in framework.rules),
    )


def type_of(schema: schemas.Schema) -> str:
    """Say in a few words what a value that `schema` describes may be."""
    if "$ref" in schema:
        name, _, definition = schema["$ref"].partition("#/$defs/")
        target = schemas.load()[name]
        return type_of(target["$defs"][definition] if definition else target)
    if "const" in schema:
        return _code(json.dumps(schema["const"]))
    if "enum" in schema:
        return ", ".join(map(_code, schema["enum"]))
    title = str(schema.get("title", "anything"))
    words = title if title.isupper() else title.lower()
    if schema.get("type") == "array":
        return f"list of {type_of(schema['items'])}"
    if schema.get("type") == "object":
        keys, values = schema.get("propertyNames"), schema.get("additionalProperties")
        return f"map from {type_of(keys)} to {type_of(values)}" if keys and values else words
    return words


def flow(value: Any) -> str:
    """Write a value as YAML in brackets, quoting only what would read as something else."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


_PLAIN = re.compile(r"""(?:[A-Za-z]|[0-9]{4}-[0-9])(?:[^\s,\[\]{}#"':]|:(?=\S)|\ (?=\S))*""")
"""Text that needs no quotes inside brackets, told on the safe side."""
_WORDS = ("true", "false", "null")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([_cell(each) for each in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(text: str) -> str:
    """Put text with line breaks and lists into one line, which is all that a table holds."""
    return text.replace("|", "\\|").replace("\n\n", "\n").replace("\n", "<br>")


def _code(text: str) -> str:
    return f"`{text}`"


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(parts))


# -- for a terminal --------------------------------------------------------------------------------


def all_rules() -> dict[str, Rule]:
    """Return every rule by its id: those about the file first, then those of each framework."""
    judged = (rule for framework in frameworks.every().values() for rule in framework.rules)
    return FILE_RULES | {each.id: each for each in judged}


def find(name: str) -> list[Rule]:
    """Return the rule with the id `name`, or else every rule that is called so after its prefix."""
    listed = all_rules()
    if name in listed:
        return [listed[name]]
    return [rule for id, rule in listed.items() if id.partition("/")[2] == name]


def page(rule: Rule, policy: Framework | None = None) -> str:
    """Explain one rule in full: what it demands, why, in whose words, and what to write.

    `policy` is the one whose rule it is, if it is of none of the frameworks.
    """
    parts = [
        [rule.id, *_paragraph(f"{rule.title}.")],
        *(_paragraph(each) for each in rule.why.split("\n\n")),
        *(_paragraph(each) for each in _weight(rule, policy)),
        *(_citation(each) for each in rule.cites),
        ["To mend it:", *_remedy(rule.fix)],
    ]
    return "\n\n".join("\n".join(each) for each in parts) + "\n"


def _weight(rule: Rule, policy: Framework | None) -> Iterator[str]:
    """Say what hangs on the rule."""
    if policy is None or policy.policy is None:
        yield _weight_for_frameworks(rule)
        return
    name = f'the policy "{policy.title}", version {policy.version}'
    if rule.level is None:
        yield f"Reported beside the verdict by {name}, on which nothing of it bears."
    else:
        yield f"Asked by {name}."
    if policy.policy.status:
        yield f"Status of the policy: {policy.policy.status.removesuffix('.')}."


def _weight_for_frameworks(rule: Rule) -> str:
    framework = frameworks.every().get(rule.id.partition("/")[0])
    if framework is None:
        return "A file that breaks this rule is not right, whatever is asked of it besides."
    if not framework.levels:
        what = "A question" if framework.words[0] is QUESTIONS else "A part"
        return f"{what} of {framework.id}, which gives no verdict and changes no exit code."
    if rule.level is None:
        return f"Reported beside the verdict on {framework.id}, on which nothing of it bears."
    return f"Needed for {framework.id}, level {rule.level!r}."


def _remedy(fix: str) -> list[str]:
    if "\n" not in fix and fix.endswith("."):
        return _indented(fix)
    return [f"    {line}" for line in fix.splitlines()]


def overview(listed: Iterable[Rule]) -> str:
    """List rules, each with the statement that is true when all is well."""
    rows = [(each.id, each.title) for each in listed]
    columns = max((len(id) for id, _ in rows), default=0)
    return "".join(f"{id:<{columns}}  {title}\n" for id, title in rows)


def plain(rule: Rule) -> dict[str, Any]:
    """Return all that is known of a rule as plain data."""
    return {
        "id": rule.id,
        "title": rule.title,
        "level": rule.level,
        "why": rule.why,
        "cites": [{**each._asdict(), "standing": each.standing.name} for each in rule.cites],
        "fix": rule.fix,
    }


def _citation(cite: Citation) -> list[str]:
    """Quote a clause, and say where it stands and what weight it has."""
    return [
        *_indented(f'"{cite.quote}"'),
        *_indented(cite.clause),
        *_indented(cite.url),
        *_indented(f"Standing: {cite.standing.name} ({cite.standing.meaning})."),
    ]


def _indented(text: str) -> list[str]:
    return wrapped(" ".join(text.split()), COLUMNS, first="    ", rest="    ")


def _paragraph(text: str) -> list[str]:
    return wrapped(" ".join(text.split()), COLUMNS)
