"""How explanations name a place, quote a value, list words and write YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from json import dumps

LIMIT_QUOTE = 80
"""How much of a value is quoted in a message."""
LIMIT_LISTED = 10
"""How many words are listed where nothing written is near any of them."""

Steps = tuple[str | int, ...]


def named(steps: Steps, whole: str = "the manifest") -> str:
    """Write `steps` as a message names a place: `components.weights.claims[0]`."""
    if not steps:
        return whole
    dotted = "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in steps)
    return f"`{cut(dotted.removeprefix('.'))}`"


def cut(text: str) -> str:
    """Return `text` on one line of bounded length."""
    line = text[: LIMIT_QUOTE + 1].replace("\r", "\\r").replace("\n", "\\n")
    return line if len(line) <= LIMIT_QUOTE else f"{line[: LIMIT_QUOTE - 1]}…"


def quoted(value: object) -> str:
    """Quote text, and say what anything else is."""
    return f"`{cut(value)}`" if isinstance(value, str) else called(value, "")


def called(value: object, source: str) -> str:
    """Say what `value` is, in words of the format."""
    if isinstance(value, bool | int | float):
        sort = "the truth value" if isinstance(value, bool) else "the number"
        return f"{sort} `{cut(source or str(value))}`"
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return "text"
    return "a map" if isinstance(value, dict) else "a list"


def listed(words: Iterable[str]) -> str:
    """Write words one after another, and no more than a reader will read."""
    every = list(words)
    shown = [f"`{cut(each)}`" for each in every[:LIMIT_LISTED]]
    if len(every) > LIMIT_LISTED:
        return f"{', '.join(shown)} and {len(every) - LIMIT_LISTED} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def either(words: list[str], limit: int = LIMIT_LISTED) -> str:
    """Write words as a choice; of more than `limit` only how many there are."""
    if len(words) > limit:
        return f"one of {len(words)} other words"
    shown = [f"`{each}`" for each in words]
    return f"{', '.join(shown[:-1])} or {shown[-1]}"


def entry(key: str | int, value: object) -> str:
    """Write one entry of a map, or one item of a list, as YAML."""
    head = "-" if isinstance(key, int) else f"{scalar(key)}:"
    if isinstance(value, dict) and any(isinstance(each, dict) for each in value.values()):
        inner = "\n".join(entry(*each) for each in value.items()).replace("\n", "\n  ")
        return f"{head}\n  {inner}"
    return f"{head} {flow(value)}"


def flow(value: object) -> str:
    """Write a value as YAML on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar(key)}: {flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value) if isinstance(value, str) else dumps(value)


_PLAIN = re.compile(r"…|[A-Za-z](?:[A-Za-z0-9_./@+=()%…-]|:(?=[^ ,\]}]+)| (?=[A-Za-z0-9(]))*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_NOT_TEXT = frozenset("y n yes no on off true false null".split())
"""What some reader of YAML takes for a truth value or for nothing."""


def scalar(text: str) -> str:
    """Write text as YAML: plain where every reader takes it for text, else in double quotes."""
    plain = (_PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT) or _DATE.fullmatch(text)
    return text if plain else dumps(text, ensure_ascii=False)
