"""Pages in one file, that need no other and no network: their head, and text that stays text."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from html import escape

from aimanifest import __version__
from aimanifest.terminal import LIMIT_MESSAGE, cut, visible

LIMIT_VALUE = 300
"""How much is shown of one value of a manifest."""


def head(title: str, *, style: str, script: str = "") -> Iterator[str]:
    """Give the lines up to the end of the head: what is not `style` or `script` stays forbidden."""
    scripts = f"; script-src '{_digest(script)}'" if script else ""
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src '{_digest(style)}'{scripts}; img-src data:; base-uri 'none'; "
        "form-action 'none'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f'<meta name="generator" content="aimanifest {__version__}">'
    yield '<link rel="icon" href="data:,">'
    yield f"<title>{text(title)}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"


def style() -> str:
    """Return the style that all pages share: colours for light and dark, letters, marks."""
    return asset(__file__, "page.css")


def asset(module: str, name: str) -> str:
    """Return the text of the file called `name` beside `module`."""
    with open(os.path.join(os.path.dirname(module), name), encoding="utf-8") as file:
        return file.read()


def text(text: str, limit: int = LIMIT_VALUE) -> str:
    """Escape `text`, which may come from a manifest, for the content or attribute of an element."""
    return escape(visible(cut(" ".join(text.split()), limit)))


def verbatim(text: str, limit: int = LIMIT_VALUE) -> str:
    """Escape a line of `text` and leave its spaces as they are."""
    return escape(visible(cut(text, limit)))


def marked(message: str, limit: int = LIMIT_MESSAGE) -> str:
    """Escape a message; what it quotes between backticks is set as code."""
    return _STRESS.sub(r"<em>\1</em>", _QUOTE.sub(r"<code>\1</code>", text(message, limit)))


_QUOTE = re.compile(r"`([^`]*)`")
_STRESS = re.compile(r"(?<!\w)\*([a-z]+)\*(?!\w)")


def linked(value: str, limit: int = LIMIT_VALUE) -> str:
    """Make a value a link where it is an address of the web, and nothing but that."""
    shown = text(value, limit)
    link = anchor(value, shown)
    return f"<bdi>{shown}</bdi>" if link == shown else link


def anchor(address: str, shown: str) -> str:
    """Link `shown`, which is markup already, to an address of the web; to no other."""
    if not _ADDRESS.fullmatch(address):
        return shown
    return f'<a href="{escape(address)}" rel="nofollow">{shown}</a>'


_ADDRESS = re.compile(r"https?://[!-~]+")


def _digest(text: str) -> str:
    """Give the hash by which a page allows this very style or script, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
