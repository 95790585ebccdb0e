"""For programs: all that is known, as `schema/verification.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from aimanifest import __version__
from aimanifest.findings import Span
from aimanifest.integrity.contents import Told
from aimanifest.integrity.facts import Fact, Result
from aimanifest.integrity.rungs import Ground, Standing
from aimanifest.integrity.verification import Verification

FORMAT = "1.0"
"""The version of the form of this output."""


def render(
    verification: Verification,
    *,
    columns: int,  # noqa: ARG001  programs have no screen
    colour: bool,  # noqa: ARG001  and no colour
) -> Iterator[str]:
    """Give one JSON object in printable ASCII, a line for each fact."""
    head = {
        "verification": FORMAT,
        "tool": {"name": "aimanifest", "version": __version__},
        "path": _plain(verification.path),
        "title": verification.title,
        "counts": {each.value: len(verification.of(each)) for each in Result},
    }
    yield _dump(head)[:-1]
    parts = {
        "facts": map(_fact, verification.facts),
        "files": map(_told, verification.told),
        "components": map(_standing, verification.standings),
        "verdicts": map(_ground, verification.grounds),
    }
    for name, items in parts.items():
        yield f', "{name}": ['
        for index, each in enumerate(items):
            yield ("," if index else "") + "\n" + _dump(each)
        yield "]"
    yield "}\n"


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "result": fact.result.value,
        "check": fact.check,
        "component": fact.component,
        "subject": _plain(fact.subject),
        "message": _plain(fact.message),
        "pointer": fact.pointer,
        "span": _span(fact.span),
        "unread": fact.unread,
    }


def _told(told: Told) -> dict[str, Any]:
    header = told.header
    return {
        "path": _plain(told.path),
        "component": told.component,
        "format": header.format,
        "parameters": header.parameters,
        "tensors": header.tensors,
        "types": {_plain(type): count for type, count in sorted(header.types.items())},
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "component": standing.component,
        "rung": standing.rung.word,
        "contradicted": standing.contradicted,
    }


def _ground(ground: Ground) -> dict[str, Any]:
    return {
        "framework": ground.framework.id,
        "level": ground.level,
        "verdict": ground.verdict,
        "rung": ground.rung.word if ground.rung is not None else None,
        "components": list(ground.components),
        "contradicted": list(ground.contradicted),
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start._asdict(), "end": span.end._asdict()}


def _plain(text: str) -> str:
    """Return `text` without the lone surrogates that stand for bytes which are not UTF-8."""
    return text.encode(errors="backslashreplace").decode()


def _dump(value: object) -> str:
    """Write `value` in printable ASCII; DEL is the one control character that JSON lets pass."""
    return json.dumps(value).replace("\x7f", "\\u007f")
