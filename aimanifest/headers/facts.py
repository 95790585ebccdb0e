"""What a header can say."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple


class Malformed(ValueError):  # noqa: N818  it names what the file is
    """The file is not what its first bytes or its name say it is."""


class Header(NamedTuple):
    """What a file says of itself.

    `parameters` counts the numbers in its tensors, `tensors` the tensors, `types` how many numbers
    there are of each type, by the format's own name for it. `metadata` is what else stands in the
    header and is text or a number: architecture, license, names of base models.
    """

    format: str
    parameters: int
    tensors: int
    types: Mapping[str, int]
    metadata: Mapping[str, str]


class Reader:
    """Reads numbers and texts one after the other, and no further than the file goes."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        """Read from where `file` is; it is `size` bytes long."""
        self._file = file
        self._left = size - file.tell()
        self._allowed = LIMIT_STEPS

    @property
    def left(self) -> int:
        """How many bytes there are from here to the end."""
        return self._left

    def bytes(self, count: int) -> bytes:
        """Return the next `count` bytes."""
        self._pass(count)
        read = self._file.read(count)
        if len(read) < count:
            raise Malformed("the file became shorter while it was read")
        return read

    def skip(self, count: int) -> None:
        """Go on behind the next `count` bytes."""
        self._pass(count)
        self._file.seek(count, 1)

    def number(self, form: str) -> int:
        """Return the next whole number, written as the struct format `form` says."""
        (value,) = struct.unpack(form, self.bytes(struct.calcsize(form)))
        return int(value)

    def _pass(self, count: int) -> None:
        if count > self._left:
            raise Malformed("the header goes on behind the end of the file")
        self._left -= count
        self._allowed -= 1
        if not self._allowed:
            raise Malformed("the header is longer than any that is of use")


LIMIT_STEPS = 3_000_000
"""So many things are read of one header: the largest vocabularies need half of it."""


def count(shape: object) -> int:
    """Multiply the lengths of a tensor.

    Raises:
        Malformed: if `shape` is no list of lengths.

    """
    if not isinstance(shape, list | tuple):
        raise Malformed("a tensor has no shape")
    result = 1
    for each in shape:
        if not isinstance(each, int) or isinstance(each, bool) or each < 0:
            raise Malformed("a tensor has no shape")
        result *= each
        if max(result, each) > LARGEST:
            raise Malformed("a tensor is larger than any can be")
    return result


LARGEST = 1 << 63
"""So many numbers fit into no file; what promises more would only cost time."""
