"""What would mend a finding, as an edit of the text."""

from __future__ import annotations

from typing import Any, NamedTuple

from aimanifest.document import read
from aimanifest.document.editing import Put, Uneditable, edited
from aimanifest.findings import Finding
from aimanifest.integrity.filling import BEFORE_CHECKSUMS


class Mend(NamedTuple):
    """A title for people, and the whole text after it; `sure` where nothing is left to fill in."""

    title: str
    text: str
    sure: bool


def mend(text: str, finding: Finding) -> Mend | None:
    """Return the edit that the fix of `finding` describes; None where it is a sentence."""
    written = finding.fix.partition("   # ")[0].strip()
    steps = _steps(finding.pointer)
    alone = ": " not in written
    if not written or (alone and (written.endswith(".") or "`" in written)):
        return None
    source = f'aimanifest: "1.0"\n{"value: " if alone else ""}{written}\n'
    data = read(source.encode()).data
    if not isinstance(data, dict) or len(data) != _ONE_MORE:
        return None
    del data["aimanifest"]
    ((key, value),) = data.items()
    if alone or steps[-1:] == [key]:
        put = Put(tuple(steps), value, BEFORE_CHECKSUMS)
    elif key == "metadata" and "metadata" not in read(text.encode()).data:
        put = Put((key,), value, ("aimanifest",))
    else:
        return None
    try:
        result = edited(text.encode(), [put]).decode()
    except Uneditable:
        return None
    sure = "…" not in written
    return Mend(f"Write `{written}`" if sure else f"Insert `{key}`, to be filled in", result, sure)


_ONE_MORE = 2


def _steps(pointer: str) -> list[Any]:
    found: list[Any] = []
    for step in pointer.split("/")[1:]:
        plain = step.replace("~1", "/").replace("~0", "~")
        found.append(int(plain) if plain.isdigit() else plain)
    return found
