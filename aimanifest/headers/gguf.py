"""GGUF: numbers and texts under names, then the list of tensors, then the tensors.

Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from aimanifest.headers.facts import Header, Malformed, Reader, count

MAGIC = b"GGUF"
LIMIT_NAME = 65_535
LIMIT_TEXT = 1 << 20
"""So many bytes of a text are kept; a longer one, such as a template, says nothing we look for."""
LIMIT_ENTRIES = 1_000_000
LIMIT_DIMENSIONS = 8
LIMIT_DEPTH = 4
TEXT, ARRAY = 8, 9

_NUMBERS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
"""How a value of each type is written."""

_TYPES = dict(
    enumerate(
        "F32 F16 Q4_0 Q4_1 ? ? Q5_0 Q5_1 Q8_0 Q8_1 Q2_K Q3_K Q4_K Q5_K Q6_K Q8_K IQ2_XXS IQ2_XS "
        "IQ3_XXS IQ1_S IQ4_NL IQ3_S IQ2_S IQ4_XS I8 I16 I32 I64 F64 IQ1_M BF16 ? ? ? TQ1_0 "
        "TQ2_0 ? ? ? MXFP4".split()
    )
)
"""The names of the types of tensors, by their numbers."""


def begins(start: bytes) -> bool:
    """Tell whether a file that begins with `start` is of this format."""
    return start.startswith(MAGIC)


def read(file: BinaryIO, size: int) -> Header:
    """Read the names and numbers, and the list of tensors."""
    reader = Reader(file, size)
    reader.skip(len(MAGIC))
    version = reader.number("<I")
    order = "<"
    if version & 0xFFFF == 0:  # written by a machine with the other order of bytes
        order, version = ">", struct.unpack(">I", struct.pack("<I", version))[0]
    if version not in (2, 3):
        raise Malformed(f"version {version} of GGUF is not known here")
    tensors, entries = reader.number(f"{order}Q"), reader.number(f"{order}Q")
    if max(tensors, entries) > min(LIMIT_ENTRIES, reader.left):
        raise Malformed("the header promises more than the file can hold")
    metadata = {}
    for _ in range(entries):
        name = _text(reader, order, LIMIT_NAME)
        value = _value(reader, order, reader.number(f"{order}I"))
        if value is not None:
            metadata[name] = value
    types: dict[str, int] = {}
    for _ in range(tensors):
        _text(reader, order, LIMIT_NAME)
        dimensions = reader.number(f"{order}I")
        if dimensions > LIMIT_DIMENSIONS:
            raise Malformed("a tensor has too many dimensions")
        shape = [reader.number(f"{order}Q") for _ in range(dimensions)]
        number = reader.number(f"{order}I")
        type = _TYPES.get(number, "?")
        type = f"type {number}" if type == "?" else type
        types[type] = types.get(type, 0) + count(shape)
        reader.skip(8)
    return Header("gguf", sum(types.values()), tensors, types, metadata)


def _text(reader: Reader, order: str, limit: int) -> str:
    length = reader.number(f"{order}Q")
    if length > limit:
        raise Malformed("a name is longer than it may be")
    return reader.bytes(length).decode("utf-8", "replace")


def _value(reader: Reader, order: str, type: int, depth: int = 0) -> str | None:
    """Read a value; None for what is no single text or number."""
    if form := _NUMBERS.get(type):
        (value,) = struct.unpack(f"{order}{form}", reader.bytes(struct.calcsize(f"{order}{form}")))
        return str(value)
    if type == TEXT:
        length = reader.number(f"{order}Q")
        if length > LIMIT_TEXT:
            reader.skip(length)
            return None
        return reader.bytes(length).decode("utf-8", "replace")
    if type != ARRAY or depth > LIMIT_DEPTH:
        raise Malformed(f"a value is of type {type}, which is not known")
    inner, length = reader.number(f"{order}I"), reader.number(f"{order}Q")
    if form := _NUMBERS.get(inner):
        reader.skip(length * struct.calcsize(f"{order}{form}"))
        return None
    if length > min(LIMIT_ENTRIES * 4, reader.left):
        raise Malformed("a list promises more than the file can hold")
    if length > _FEW and inner == TEXT:
        for _ in range(length):
            reader.skip(reader.number(f"{order}Q"))
        return None
    told = [_value(reader, order, inner, depth + 1) for _ in range(length)]
    few = [each for each in told if each]
    return ", ".join(few) if 0 < len(few) == length <= _FEW else None


_FEW = 32
"""A longer list is a vocabulary, say, and tells nothing of the model as a whole."""
