"""safetensors: the length of the header, the header in JSON, and then the tensors.

Source: the format as documented at https://huggingface.co/docs/safetensors.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from aimanifest.headers.facts import Header, Malformed, Reader, count

LIMIT_HEADER = 100_000_000
"""The length of the longest header, in bytes, which the reference implementation reads."""


def begins(start: bytes, path: str) -> bool:
    """Tell whether a file that begins with `start` is of this format, or claims to be."""
    return path.endswith(".safetensors") or start[8:10] in (b'{"', b"{ ", b"{}", b"{\n")


def read(file: BinaryIO, size: int) -> Header:
    """Read the header."""
    reader = Reader(file, size)
    length = reader.number("<Q")
    if not 0 < length <= min(LIMIT_HEADER, reader.left):
        raise Malformed("the header has no length that can be")
    try:
        header = json.loads(reader.bytes(length), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the header is no JSON: {error}") from error
    if not isinstance(header, dict):
        raise Malformed("the header is no JSON object")
    metadata = header.pop("__metadata__", {})
    types: dict[str, int] = {}
    end = 0
    for tensor in header.values():
        if not isinstance(tensor, dict) or not isinstance(tensor.get("dtype"), str):
            raise Malformed("a tensor has no dtype")
        numbers = count(tensor.get("shape"))
        types[tensor["dtype"]] = types.get(tensor["dtype"], 0) + numbers
        match tensor.get("data_offsets"):
            case [int(), int(behind)]:
                end = max(end, behind)
    if end > reader.left:
        raise Malformed("the file ends before its tensors do")
    told = metadata.items() if isinstance(metadata, dict) else ()
    return Header(
        "safetensors",
        sum(types.values()),
        len(header),
        types,
        {str(key): str(value) for key, value in told},
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found
