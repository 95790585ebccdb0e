"""GitHub's Markdown: text that stays text, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aimanifest.terminal import LIMIT_MESSAGE, cut, visible


def table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Give the lines of a table; what its cells hold is Markdown already."""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def message(message: str) -> str:
    """Escape a message; what it quotes between backticks stays code."""
    parts = _QUOTE.split(cut(message, LIMIT_MESSAGE))
    return "".join(code(each) if index % 2 else text(each) for index, each in enumerate(parts))


_QUOTE = re.compile(r"`([^`]*)`")


def code(text_: str) -> str:
    """Set a text as code, or where it would break out of that, or out of a table, as plain text."""
    shown = visible(cut(" ".join(text_.split())))
    return text(text_) if not shown or set(shown) & {"`", "|"} else f"`{shown}`"


def text(text: str) -> str:
    """Escape `text`, which may come from a manifest: no markup, no link, and nobody is called."""
    edge = text[:1].isspace() * " ", text[-1:].isspace() * " "
    shown = visible(cut(" ".join(text.split()), LIMIT_MESSAGE)).join(edge)
    return _ADDRESS.sub(r"\1&#58;", _MARKUP.sub(_escaped, shown)).replace("www.", "www&#46;")


_MARKUP = re.compile(r"[\\`*_\[\]<>&|~#@$!]")
_ADDRESS = re.compile(r"\b([A-Za-z][A-Za-z0-9+.-]*):(?=\S)")


def _escaped(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};" if match[0] in "<>&@|" else f"\\{match[0]}"
