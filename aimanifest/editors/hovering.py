"""What is under a cursor, explained: a field, a word, a license, and rules that find fault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aimanifest import reference
from aimanifest.document.places import Document, pointer_to
from aimanifest.editors.scenes import Spot, spot
from aimanifest.findings import Finding
from aimanifest.licenses import LicenseError, facts, parse
from aimanifest.manifest import CONTENT_TYPES
from aimanifest.schemas import navigation


class Explanation(NamedTuple):
    """Markdown about a stretch of the text."""

    text: str
    start: int
    end: int


def explanation(
    document: Document, offset: int, findings: Sequence[Finding] = ()
) -> Explanation | None:
    """Explain what is at `offset`, with the rules of `findings` that are about it."""
    here = spot(document, offset)
    if here is None:
        return None
    parts = [*_field(here, document), *_rules(here, findings)]
    return Explanation("\n\n---\n\n".join(parts), here.start, here.end) if parts else None


def _field(here: Spot, document: Document) -> Iterator[str]:
    schema = navigation.resolved(navigation.at(here.steps))
    value = document.text[here.start : here.end].strip("\"'")
    if not here.is_key and here.steps[-1:] in (("license",), ("contents_license",)):
        yield from _licenses(value)
        return
    about = schema.get("description", "")
    if not here.is_key and (meaning := navigation.meaning(here.steps, value)):
        yield f"**{value}**: {meaning}"
        return
    if here.is_key and len(here.steps) == _COMPONENT and here.steps[0] == "components":
        kind = str(here.steps[-1])
        meaning = navigation.meaning((*here.steps, "kind"), kind)
        if kind in CONTENT_TYPES and meaning:
            yield f"**{kind}**: {meaning}"
            return
    if about:
        name = here.steps[-1] if here.steps else "manifest"
        typed = f"*{reference.type_of(schema)}*" if schema.get("type") or "enum" in schema else ""
        head = f"**{name}**" + (f" ({typed})" if typed else "")
        yield f"{head}\n\n{about}"


_COMPONENT = 2


def _licenses(text: str) -> Iterator[str]:
    try:
        ids = parse(text).ids
    except LicenseError as error:
        yield error.message
        return
    for id in ids:
        found = facts(id)
        told = f"**{id}**" + (f": {found.name}" if found else ": nothing is known of it here")
        yield f"{told}\n\n`aimanifest license {id}` says all that is known of it."


def _rules(here: Spot, findings: Sequence[Finding]) -> Iterator[str]:
    rules = reference.all_rules()
    pointer = pointer_to(here.steps)
    for each in findings:
        if each.pointer == pointer and (rule := rules.get(each.rule)):
            cite = rule.cites[0]
            word = each.outcome.value if each.outcome else "remark"
            yield (
                f"**{rule.id}**: {word}\n\n{rule.title}. {rule.why}\n\n"
                f"> {cite.quote}\n\n[{cite.clause}]({cite.url}) ({cite.standing.name})"
            )
