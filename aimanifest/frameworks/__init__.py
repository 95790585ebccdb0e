"""One framework per file: each module here defines `framework`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from aimanifest.rules import Framework


@cache
def load() -> dict[str, Framework]:
    """Return every framework of this folder by its id, `core` first."""
    names = sorted(each.name for each in iter_modules(__path__))
    found = (import_module(f"{__name__}.{name}").framework for name in names)
    by_id: dict[str, Framework] = {each.id: each for each in found}
    return {"core": by_id.pop("core"), **by_id}
