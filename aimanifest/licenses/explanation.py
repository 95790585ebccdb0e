"""What to say of a text that is no license expression; loaded only when there is one."""

from __future__ import annotations

import re
from typing import Final

from aimanifest.data import spdx
from aimanifest.licenses.expressions import (
    OPERATORS,
    LicenseError,
    Reader,
    Token,
    is_reference,
)
from aimanifest.licenses.meanings import Meaning, close, meaning, names_none

_SHOWN: Final = 60


def unknown_license(reader: Reader, token: Token) -> LicenseError:
    """Say why what stands where a license is expected is none."""
    id = token.text
    if misplaced := _misplaced(reader, id):
        return reader.wrong(misplaced, token)
    if odd := next((char for char in id if char.isspace() or not char.isprintable()), ""):
        name = {"\t": "a tab", "\n": "a line break", "\r": "a line break"}.get(odd)
        name = name or f"the character U+{ord(odd):04X}"
        column = token.column + id.index(odd)
        return reader.wrong(f"{name} stands where only a space may", Token(odd, column))
    for phrase in (_all(reader), _phrase(reader), token):
        if found := meaning(phrase.text):
            return _spelling(reader, phrase, found)
    if names_none(_phrase(reader).text):
        message = (
            f"{_shown(_phrase(reader).text)} names no license: write a `LicenseRef-` id for terms"
            " of its own, `NONE` if no license is granted, `NOASSERTION` if nobody has looked"
        )
        return reader.wrong(message, _phrase(reader))
    return _resembling(reader, token)


def _misplaced(reader: Reader, id: str) -> str:
    """Say why something that is known is no license here; "" for what is not known."""
    if id == ")" and reader.depth and reader.tokens[reader.next - 1].text == "(":
        return "`)` closes a parenthesis with nothing in it"
    if id == ")" or id in OPERATORS:
        return f"`{id}` stands where a license id is expected"
    if id in ("NONE", "NOASSERTION"):
        return f"`{id}` stands alone: it is no part of an expression"
    if id in spdx.EXCEPTIONS or is_reference(id, "AdditionRef-"):
        return f"{_shown(id)} is an exception: it stands after WITH only"
    return ""


def _resembling(reader: Reader, token: Token) -> LicenseError:
    id = token.text
    parts = [part for part in re.split(r"[/,;&|]+", id) if part]
    if reference := re.fullmatch(r"(licen[sc]eref-)(.*)", id, re.IGNORECASE):
        name = re.sub(r"[^A-Za-z0-9.]+", "-", reference[2]).strip("-")
        message = f"{_shown(id)} is not `LicenseRef-` and then letters, digits, `-` and `.` only"
        return reader.wrong(message, token, f"LicenseRef-{name}" if name else "")
    if len(parts) > 1 and all(part in spdx.LICENSES for part in parts):
        message = (
            f"{_shown(id)} does not say how they go together: write"
            f" `{' OR '.join(parts)}` if one may choose, `{' AND '.join(parts)}` if all hold"
        )
        return reader.wrong(message, token)
    message = f"{_shown(id)} is not an SPDX license id"
    if alike := close(id, spdx.LICENSES - spdx.DEPRECATED.keys()):
        return _perhaps(reader, message, token, alike)
    example = re.sub(r"[^A-Za-z0-9.]+", "-", id).strip("-")[:40] or "name"
    message = f"{message}; a license that SPDX does not list is written `LicenseRef-{example}`"
    return reader.wrong(message, token)


def unjoined(reader: Reader, token: Token) -> LicenseError:
    """Explain a word after a license: a name of several words, or a forgotten operator."""
    for phrase in (_all(reader), _phrase(reader)):
        if " " in phrase.text and (found := meaning(phrase.text)):
            return _spelling(reader, phrase, found)
    if token.text in OPERATORS:
        message = f"`{token.text}` adds to a single license, and what stands before it is none"
        return reader.wrong(message, token)
    if (upper := token.text.upper()) in OPERATORS:
        message = f"`{token.text}` is neither upper nor lower case; write `{upper}`"
        return reader.wrong(message, token, upper)
    return reader.wrong(f"{_shown(token.text)} follows without AND, OR or WITH before it", token)


def _spelling(reader: Reader, phrase: Token, found: Meaning) -> LicenseError:
    shown = _shown(phrase.text)
    if not found.sure:
        return reader.wrong(f"{shown} does not say which license: {_either(found.ids)}?", phrase)
    [id] = found.ids
    message = f"{shown} is not an SPDX license id; write `{id}`"
    if id.startswith("LicenseRef-"):
        message = f"{shown} is not on the SPDX license list; write `{id}`"
    return reader.wrong(message, phrase, id)


def _all(reader: Reader) -> Token:
    text = reader.text.strip(" ")
    return Token(text, reader.text.find(text))


def _phrase(reader: Reader) -> Token:
    """Give the words around the one that is wrong, up to an operator or a parenthesis."""
    at = min(reader.next, len(reader.tokens) - 1)
    first = last = at
    while first > 0 and not _splits(reader, first - 1):
        first -= 1
    while last + 1 < len(reader.tokens) and not _splits(reader, last + 1):
        last += 1
    start, end = reader.tokens[first], reader.tokens[last]
    return Token(reader.text[start.column : end.column + len(end.text)], start.column)


def _splits(reader: Reader, index: int) -> bool:
    text = reader.tokens[index].text
    return text in ("(", ")") or text in OPERATORS


def unknown_exception(reader: Reader, token: Token) -> LicenseError:
    """Say why what follows WITH is no exception."""
    id = token.text
    if id in "()" or id in OPERATORS:
        message = f"{_shown(id)} stands where the id of an exception is expected"
        return reader.wrong(message, token)
    if id in spdx.LICENSES or is_reference(id, "LicenseRef-"):
        message = f"{_shown(id)} is a license, not an exception: it cannot follow WITH"
        return reader.wrong(message, token)
    message = f"{_shown(id)} is not the id of an SPDX license exception"
    if spelt := next((each for each in spdx.EXCEPTIONS if each.lower() == id.lower()), ""):
        return reader.wrong(f"{message}; write `{spelt}`", token, spelt)
    return _perhaps(reader, message, token, close(id, spdx.EXCEPTIONS))


def _perhaps(reader: Reader, message: str, token: Token, alike: tuple[str, ...]) -> LicenseError:
    if alike:
        message = f"{message}; did you mean {_either(alike)}?"
    return reader.wrong(message, token, alike[0] if len(alike) == 1 else "")


def _shown(text: str) -> str:
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return f"`{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}`"


def _either(ids: tuple[str, ...]) -> str:
    *most, last = [f"`{id}`" for id in ids]
    return f"{', '.join(most)} or {last}" if most else last
