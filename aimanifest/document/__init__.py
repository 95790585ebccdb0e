"""Bytes in, located document out: plain JSON data that knows where it was written."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable
from typing import Any

from yaml.error import YAMLError

from aimanifest.document.characters import decode, invisible
from aimanifest.document.demands import (
    FAULTS_LIMIT,
    LIMIT_BYTES,
    LIMIT_DEPTH,
    LIMIT_DIGITS,
    LIMIT_FAULTS,
    LIMIT_KEY,
    LIMIT_NODES,
    LIMIT_NUMBER,
    MANIFEST,
    RULES,
    SIZE,
)
from aimanifest.document.places import NOWHERE, Document, Key, Place, pointer_to
from aimanifest.document.reading import Reading, Stop
from aimanifest.document.strangers import stranger
from aimanifest.findings import Finding, Outcome

__all__ = [
    "FAULTS_LIMIT",
    "LIMIT_BYTES",
    "LIMIT_DEPTH",
    "LIMIT_DIGITS",
    "LIMIT_FAULTS",
    "LIMIT_KEY",
    "LIMIT_NODES",
    "LIMIT_NUMBER",
    "RULES",
    "Document",
    "Key",
    "Place",
    "pointer_to",
    "read",
    "too_large",
]


def read(source: bytes, *, foreign: Callable[[dict[str, Any]], str] = stranger) -> Document:
    """Read one YAML or JSON document, restricted to what JSON can say.

    Returns a document whatever `source` is: each fault is a finding in it, and costs bounded time
    and memory. As many faults as can be are found in one run; what makes the rest unsure ends it.
    Plain scalars mean what the core schema of YAML 1.2 says (chapter 10.3): `no`, `on`, dates and
    `1:30` are text, and `010` is ten. `foreign` says of the keys at the top that the file is of
    another format; "" if it is of this one.
    """
    if len(source) > LIMIT_BYTES:
        return Document("", None, (too_large(len(source)),), readable=False)
    source = source.removeprefix(BOM_UTF8)
    text, problems = decode(source)
    if problems:
        return Document(text, None, problems, readable=False)
    reading = Reading(text)
    try:
        data, tree = reading.document()
    except Stop:
        return Document(text, None, tuple(reading.problems), readable=False)
    except YAMLError as error:
        problems = invisible(text) or (*reading.problems, reading.diagnosis(error))
        return Document(text, None, problems, readable=False)
    document = Document(text, data, tuple(reading.problems), readable=True, tree=tree)
    other = foreign(data)
    if not other:
        return document
    at = document.place()
    stray = Finding(MANIFEST.id, Outcome.UNMET, other, at.pointer, at.span, MANIFEST.fix)
    return Document(text, None, (stray,), readable=False)


def too_large(size: int) -> Finding:
    """Return the finding about a file of `size` bytes, which need not be read for it."""
    message = f"The file is {size:,} bytes long; a manifest may have {LIMIT_BYTES:,}."
    return Finding(SIZE.id, Outcome.UNMET, message, "", NOWHERE, SIZE.fix)
