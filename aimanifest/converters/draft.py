"""A manifest in the making."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from aimanifest import __version__
from aimanifest.converters import Conversion, Guess
from aimanifest.converters.source import Account, Node
from aimanifest.document.places import pointer_to
from aimanifest.placeholders import is_placeholder
from aimanifest.schemas import FORMAT, load

TOOL = f"aimanifest {__version__}"
"""How the program is named in the metadata of what it writes."""


class Draft:
    """The manifest that a converter fills in, and the guesses in it."""

    def __init__(self, account: Account, *, context: str) -> None:
        """Begin with what every manifest has; `context` says from what it is made."""
        self.account = account
        self.data: dict[str, Any] = {"aimanifest": FORMAT}
        self.set("metadata", "tool", value=TOOL)
        self.set("metadata", "context", value=context)
        self._guesses: dict[str, Guess] = {}

    def set(self, *steps: str, value: Any) -> None:
        """Write `value` at `steps`; the mappings on the way are made."""
        here = self.data
        for step in steps[:-1]:
            here = here.setdefault(step, {})
        here[steps[-1]] = value

    def get(self, *steps: str) -> Any:
        """Return what is written at `steps`; None if nothing is."""
        here: Any = self.data
        for step in steps:
            here = here.get(step) if isinstance(here, dict) else None
        return here

    def add(self, *steps: str, value: Any) -> None:
        """Append `value` to the list at `steps`, if it is not in it."""
        here = self.get(*steps) or []
        self.set(*steps, value=[*here, *([] if value in here else [value])])

    def copy(self, node: Node, *steps: str, form: str, what: str = "it") -> bool:
        """Write the text of `node` at `steps` if it has the `form` demanded there.

        Otherwise it is a loss, which calls it `what`. Return whether it was written. An empty text
        is nothing.
        """
        if not node.text:
            node.lose("a mapping or a list stands where a text is expected")
            return False
        text = fitted(form, node.text)
        if text is None:
            node.lose(f"{what} does not have the form of {_ARTICLES[form]}")
            return False
        if is_placeholder(text):
            node.lose(f"{what} holds a place and says nothing")
            return False
        self.set(*steps, value=text)
        node.take()
        return True

    def guess(self, *steps: str | int, taken: str, reason: str) -> None:
        """Mark what is written at `steps` as a guess: what was `taken` for it, and why."""
        pointer = pointer_to(steps)
        known = self._guesses.get(pointer)
        if known and reason not in known.reason:
            reason = f"{known.reason}; {reason}"
        self._guesses[pointer] = Guess(pointer, taken, reason)

    def forget(self, *steps: str | int) -> None:
        """Take back that what is written at `steps` is a guess."""
        self._guesses.pop(pointer_to(steps), None)

    def conversion(self) -> Conversion:
        """Return the manifest, with what of the source is not in it."""
        return Conversion(self.data, self.account.losses(), tuple(self._guesses.values()))


_ARTICLES = {
    "line": "one line of at most 300 characters",
    "text": "a text of at most 20,000 characters",
    "url": "an absolute URL",
    "date": "a date",
    "identifier": "a URI",
    "path": "a relative path",
}


@cache
def _form(name: str) -> tuple[re.Pattern[str], int]:
    """Return the pattern of a form of text, and how long such a text may be."""
    form = load()["forms.schema.json"]["$defs"][name]
    return re.compile(form["pattern"]), form.get("maxLength", 2**31)


def fitted(form: str, text: str) -> str | None:
    """Return `text` if it has this `form` of the schemas; None if it has not.

    In a line, each stretch of white space becomes a space.
    """
    if form == "line":
        text = " ".join(text.split())
    pattern, longest = _form(form)
    if not pattern.search(text) or len(text) > longest:
        return None
    return text if form != "date" or _is_date(text) else None


def _is_date(text: str) -> bool:
    """Tell whether a text in the form of a date is one of the calendar."""
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def id_from(text: str, *, otherwise: str) -> str:
    """Make the id of a component out of a name; `otherwise` if no letter or digit is left."""
    words = re.findall("[a-z0-9]+", text.lower())
    return "-".join(words)[:80].strip("-") or otherwise
