"""Bytes in, text out: what is not UTF-8, and what nobody can see."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from itertools import islice

from aimanifest.document.demands import CHARACTERS, UTF_8
from aimanifest.document.places import NOWHERE, position_at
from aimanifest.findings import Finding, Outcome, Position, Span

_WIDE = {
    b"\0\0\0\1": "utf-32-be",
    b"\1\0\0\0": "utf-32-le",
    b"\0\1\0\1": "utf-16-be",
    b"\1\0\1\0": "utf-16-le",
}
"""Where the first four bytes are not NUL in a file that begins with ASCII (RFC 4627, 3)."""
_SEEN = bytes(each for each in range(256) if each in b"\t\n\r" or 0x20 <= each != 0x7F)  # noqa: PLR2004
_UNSEEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
_NAMES = {
    0x00: "NUL",
    0x1B: "escape",
    0x7F: "delete",
    0x85: "next line",
    0x2028: "line separator",
    0x2029: "paragraph separator",
    0xFEFF: "byte order mark",
}
"""What people call the forbidden characters they are likely to meet."""
_LIMIT_UNSEEN = 20
"""How many forbidden characters are pointed out at once."""


def decode(source: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of `source`, and what forbids to read it."""
    if wide := _wide(source[:4]):
        message = f"The file is {wide[:6].upper()}, not UTF-8."
        finding = Finding(UTF_8.id, Outcome.UNMET, message, "", NOWHERE, UTF_8.fix)
        return source.decode(wide, "replace").removeprefix("\ufeff"), (finding,)
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        return source.decode(errors="replace"), (_undecodable(source, error.start),)
    # Both tests are quick, unlike the search for all that is forbidden: libyaml sees the rest.
    if source.translate(None, _SEEN) or (
        not text.isascii() and any(each in text for each in "\x85\u2028\u2029\ufeff")
    ):
        return text, invisible(text)
    return text, ()


def _wide(head: bytes) -> str:
    """Name the encoding that the first bytes of a file give away, if it is not made of bytes."""
    if head in {BOM_UTF32_LE, BOM_UTF32_BE}:
        return "utf-32"
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    return _WIDE.get(bytes(map(bool, head)), "")


def _undecodable(source: bytes, index: int) -> Finding:
    """Say which byte is not UTF-8, and what it would be in the encoding it is likely from."""
    before = source[:index].decode()
    start = position_at(before, len(before))
    byte = source[index : index + 1]
    legacy = byte.decode("cp1252", "replace")
    guess = f"; in Windows-1252 it would be `{legacy}`" if legacy.isprintable() else ""
    message = f"The byte 0x{byte.hex().upper()} here is not UTF-8{guess}."
    span = Span(start, Position(start.line, start.column + 1))
    return Finding(UTF_8.id, Outcome.UNMET, message, "", span, UTF_8.fix)


def invisible(text: str) -> tuple[Finding, ...]:
    """Return a finding for each of the first forbidden characters in `text`."""
    return tuple(
        Finding(
            CHARACTERS.id,
            Outcome.UNMET,
            f"The character U+{code:04X} ({_NAMES.get(code, 'control character')}) stands here.",
            "",
            Span(start, Position(start.line, start.column + 1)),
            CHARACTERS.fix,
        )
        for match in islice(re.finditer(_UNSEEN, text), _LIMIT_UNSEEN)
        for code, start in [(ord(match[0]), position_at(text, match.start()))]
    )
