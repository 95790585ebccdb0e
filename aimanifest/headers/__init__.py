"""What files of weights say of themselves in their headers; the weights are not read, nothing runs.

One format per file: each module here knows one by its first bytes, and defines `read`.
"""

from __future__ import annotations

import os
from typing import BinaryIO

from aimanifest.headers import gguf, onnx, safetensors
from aimanifest.headers.facts import Header, Malformed

__all__ = ["Header", "Malformed", "read", "read_from"]


def read(path: str) -> Header | None:
    """Return what the file at `path` says of itself; None if it is of no format known here.

    Raises:
        OSError: if the file cannot be read.
        Malformed: if it begins like such a file and is none.

    """
    with open(path, "rb") as file:
        return read_from(file, path)


def read_from(file: BinaryIO, name: str) -> Header | None:
    """Return what an open file called `name` says of itself, as `read` does.

    Raises:
        OSError: if the file cannot be read.
        Malformed: if it begins like such a file and is none.

    """
    size = os.fstat(file.fileno()).st_size
    start = file.read(16)
    file.seek(0)
    if gguf.begins(start):
        return gguf.read(file, size)
    if safetensors.begins(start, name):
        return safetensors.read(file, size)
    if onnx.begins(start, name):
        return onnx.read(file, size)
    return None
