"""A file of another format, and an account of what became of each value in it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any, NamedTuple

from aimanifest.converters import Loss
from aimanifest.document import Place
from aimanifest.document.comments import comments_of
from aimanifest.document.foreign import Foreign, Unreadable, read_foreign

Steps = tuple[str | int, ...]

NO_PLACE = "no place in a manifest is known here for it"
COMMENT = "it is a comment, and no data"
REPEATED = "its key is written twice in one mapping, and the first counts"


class Account:
    """What became of each value of a source: whatever is neither taken nor lost is lost at last."""

    def __init__(self, foreign: Foreign, *, template: Set[str] = frozenset()) -> None:
        """Begin with nothing taken; comments are lost, but for those of the `template`."""
        self._foreign = foreign
        self._settled: set[Steps] = set()
        self._losses = [
            Loss("", each.line, each.text, COMMENT)
            for each in comments_of(foreign.document.text, template=template)
        ]

    @property
    def root(self) -> Node:
        """The whole source."""
        document = self._foreign.document
        return Node(document.data, document.place(), self)

    def settle(self, steps: Steps) -> bool:
        """Note that the value at `steps` is accounted for; tell whether it was not before."""
        new = steps not in self._settled
        self._settled.add(steps)
        return new

    def lose(self, text: str, at: Place, reason: str, *, line: int = 0) -> None:
        """Note that `text`, which stands at a place of the source, is not in the manifest."""
        self._losses.append(Loss(at.pointer, line or at.span.start.line, text, reason))

    def losses(self) -> tuple[Loss, ...]:
        """Return all losses in the order of the source, after those of what nobody asked for."""
        self.root.lose(NO_PLACE)
        for each in self._foreign.repeated:
            for text, steps in _leaves(each.value, ()):
                place = Place(each.place.document, (*each.place.steps, *steps))
                self.lose(text, place, REPEATED, line=each.line)
        self._foreign = self._foreign._replace(repeated=())
        return tuple(sorted(self._losses, key=lambda each: (each.line, each.pointer)))


class Node(NamedTuple):
    """A value of a source, or where one might be; an absent one has the value None."""

    value: Any
    place: Place
    account: Account

    def __truediv__(self, step: str | int) -> Node:
        inner = None
        if isinstance(self.value, dict) and isinstance(step, str):
            inner = self.value.get(step)
        elif isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            inner = self.value[step]
        return Node(inner, self.place / step, self.account)

    def inside(self) -> Iterator[Node]:
        """Give what is in a list, or in a mapping."""
        if isinstance(self.value, list):
            yield from (self / index for index in range(len(self.value)))
        elif isinstance(self.value, dict):
            yield from (self / key for key in self.value)

    @property
    def written(self) -> bool:
        """Whether there is something, be it empty; null counts as nothing."""
        return self.value is not None

    @property
    def text(self) -> str:
        """The text that stands here, without spaces around it; "" for what is no text."""
        return self.value.strip() if isinstance(self.value, str) else ""

    @property
    def key(self) -> str:
        """The last step to this place."""
        return str(self.place.steps[-1]) if self.place.steps else ""

    def take(self) -> str:
        """Return the text, and note that the manifest says it."""
        self.account.settle(self.place.steps)
        return self.text

    def lose(self, reason: str) -> None:
        """Note of all that is here, and not accounted for yet, that the manifest does not say it.

        What is empty says nothing, so that nothing is lost by it.
        """
        for text, steps in _leaves(self.value, self.place.steps):
            if self.account.settle(steps):
                self.account.lose(text, Place(self.place.document, steps), reason)


def _leaves(value: Any, steps: Steps) -> Iterator[tuple[str, Steps]]:
    """Give every text in `value` that is not empty, with the steps to it."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, (*steps, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _leaves(each, (*steps, index))
    elif value is not None and value.strip():
        yield value, steps


def open_source(source: bytes, *, template: Set[str] = frozenset()) -> Account:
    """Read a YAML file of another format; `template` are comments that are in every one.

    Raises:
        Unreadable: if it cannot be read.

    """
    return Account(read_foreign(source), template=template)


__all__ = ["COMMENT", "NO_PLACE", "REPEATED", "Account", "Node", "Unreadable", "open_source"]
