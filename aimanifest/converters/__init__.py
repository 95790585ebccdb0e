"""Manifests out of what others have written: each format has a module here that defines `convert`.

`source` looks at a file of another format and keeps account of all that is in it, `draft` holds
the manifest that is being made, `terms` reads statements about licenses, `writing` writes YAML,
`accounts` tells what is not in the manifest.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple, Protocol

_MODULES = {"mof": "mof", "osai-index": "osai_index"}
"""The formats, and the module of each."""


class Loss(NamedTuple):
    """Something that the source says and the manifest does not.

    `pointer` and `line` say where in the source it is; `text` is what stood there.
    """

    pointer: str
    line: int
    text: str
    reason: str


class Guess(NamedTuple):
    """Something that the manifest says and the source does not say in so many words.

    `pointer` says where in the manifest it is; `taken` is what was taken for it.
    """

    pointer: str
    taken: str
    reason: str


class Conversion(NamedTuple):
    """A manifest made from another file: plain data, not checked, and an account of the rest."""

    manifest: dict[str, Any]
    losses: tuple[Loss, ...]
    guesses: tuple[Guess, ...]


class Converter(Protocol):
    """Makes a manifest out of a file of another format."""

    def __call__(self, source: bytes, *, path: str) -> Conversion:
        """Convert the bytes of the file `path`, whose name is for texts only.

        Raises:
            Unreadable: (of `aimanifest.document.foreign`) if it is no file of the format.

        """


def names() -> tuple[str, ...]:
    """Return the names of the formats that can be converted."""
    return tuple(_MODULES)


def load(name: str) -> Converter:
    """Return what converts from the format `name`.

    Raises:
        KeyError: if there is no such format.

    """
    converter: Converter = import_module(f"{__name__}.{_MODULES[name]}").convert
    return converter
