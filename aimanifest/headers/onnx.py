"""ONNX: one message of Protocol Buffers, of which only lengths and names are looked at.

Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto; field numbers are those there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from aimanifest.headers.facts import Header, Malformed, Reader, count

LIMIT_TEXT = 1 << 16

_TYPES = dict(
    enumerate(
        "undefined FLOAT UINT8 INT8 UINT16 INT16 INT32 INT64 STRING BOOL FLOAT16 DOUBLE UINT32 "
        "UINT64 COMPLEX64 COMPLEX128 BFLOAT16 FLOAT8E4M3FN FLOAT8E4M3FNUZ FLOAT8E5M2 "
        "FLOAT8E5M2FNUZ UINT4 INT4 FLOAT4E2M1".split()
    )
)

# Of ModelProto: ir_version, producer_name, producer_version, domain, doc_string, graph, metadata.
_NAMES = {2: "producer_name", 3: "producer_version", 4: "domain", 6: "doc_string"}
_GRAPH, _METADATA = 7, 14
# Of GraphProto: node, initializer. Of NodeProto: attribute. Of AttributeProto: t, a tensor.
# Of TensorProto: dims, data_type. Of StringStringEntryProto: both.
_NODE, _INITIALIZER = 1, 5
_ATTRIBUTE, _TENSOR = 5, 5
_DIMS, _DATA_TYPE = 1, 2
_KEY, _VALUE = 1, 2

_VARINT, _FIXED64, _LENGTH, _FIXED32 = 0, 1, 2, 5


def begins(start: bytes, path: str) -> bool:
    """Tell whether a file called so is of this format; its first bytes could be anything."""
    return path.endswith(".onnx") and start[:1] == b"\x08"


def read(file: BinaryIO, size: int) -> Header:
    """Read the names, and the shapes of the tensors: initial ones, and those of constant nodes."""
    reader = Reader(file, size)
    metadata: dict[str, str] = {}
    tensors: list[tuple[str, int]] = []
    is_model = False
    for field, wire, length in _fields(reader, size):
        if wire == _LENGTH and field in _NAMES and length <= LIMIT_TEXT:
            metadata[_NAMES[field]] = reader.bytes(length).decode("utf-8", "replace")
        elif wire == _LENGTH and field == _METADATA:
            entry = {f: reader.bytes(n) for f, w, n in _fields(reader, length) if w == _LENGTH}
            key, value = entry.get(_KEY, b""), entry.get(_VALUE, b"")
            metadata[key.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
        elif wire == _LENGTH and field == _GRAPH:
            tensors += _graph(reader, length)
            is_model = True
        elif wire == _LENGTH:
            reader.skip(length)
    if not is_model and not metadata:
        raise Malformed("there is no model in it")
    types: dict[str, int] = {}
    for type, numbers in tensors:
        types[type] = types.get(type, 0) + numbers
    return Header("onnx", sum(types.values()), len(tensors), types, metadata)


def _graph(reader: Reader, length: int) -> Iterator[tuple[str, int]]:
    """Give type and size of each tensor of a graph; those of graphs inside it are left out."""
    for field, wire, inner in _fields(reader, length):
        if wire == _LENGTH and field == _INITIALIZER:
            yield _tensor(reader, inner)
        elif wire == _LENGTH and field == _NODE:
            yield from _constants(reader, inner)
        elif wire == _LENGTH:
            reader.skip(inner)


def _constants(reader: Reader, length: int) -> Iterator[tuple[str, int]]:
    """Give type and size of each tensor that is an attribute of a node."""
    for field, wire, inner in _fields(reader, length):
        if wire != _LENGTH:
            continue
        if field != _ATTRIBUTE:
            reader.skip(inner)
            continue
        for part, part_wire, size in _fields(reader, inner):
            if part_wire == _LENGTH and part == _TENSOR:
                yield _tensor(reader, size)
            elif part_wire == _LENGTH:
                reader.skip(size)


def _tensor(reader: Reader, length: int) -> tuple[str, int]:
    """Read type and size of a tensor, and go on behind it."""
    shape: list[int] = []
    type = 0
    for field, wire, value in _fields(reader, length):
        if wire == _VARINT and field == _DIMS:
            shape.append(value)
        elif wire == _VARINT and field == _DATA_TYPE:
            type = value
        elif wire == _LENGTH and field == _DIMS:  # packed
            end = reader.left - value
            while reader.left > end:
                shape.append(_varint(reader))
        elif wire == _LENGTH:
            reader.skip(value)
    return _TYPES.get(type, f"type {type}"), count(shape)


def _fields(reader: Reader, length: int) -> Iterator[tuple[int, int, int]]:
    """Give number, wire type, and value or length of each field of a message.

    Whoever asks must read, or go on behind, what has a length, before the next is asked for.
    """
    end = reader.left - length
    if end < 0:
        raise Malformed("a message goes on behind the end of the file")
    while reader.left > end:
        tag = _varint(reader)
        field, wire = tag >> 3, tag & 7
        if wire in (_VARINT, _LENGTH):
            yield field, wire, _varint(reader)
        elif wire in (_FIXED64, _FIXED32):
            reader.skip(8 if wire == _FIXED64 else 4)
        else:
            raise Malformed("it is no message of Protocol Buffers")
    if reader.left != end:
        raise Malformed("a message does not end where it should")


def _varint(reader: Reader) -> int:
    value = 0
    for shift in range(0, 70, 7):
        (byte,) = reader.bytes(1)
        value |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004  the bit that says that more follows
            return value
    raise Malformed("a number does not end")
