"""One framework per file, named after its id; each module here defines `framework`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from aimanifest.rules import Framework

_AS_A_MODULE = str.maketrans("-.", "__")


@cache
def load(id: str) -> Framework:
    """Return the framework with this id, and import no other.

    Raises:
        KeyError: if there is none.

    """
    name = id.translate(_AS_A_MODULE)
    if name in _modules():
        framework: Framework = import_module(f"{__name__}.{name}").framework
        if framework.id == id:
            return framework
    raise KeyError(id)


def every() -> dict[str, Framework]:
    """Return every framework of this folder by its id, `core` first."""
    found = (import_module(f"{__name__}.{name}").framework for name in _modules())
    by_id: dict[str, Framework] = {each.id: each for each in found}
    return {"core": by_id.pop("core"), **by_id}


def _modules() -> list[str]:
    return sorted(each.name for each in iter_modules(__path__))
