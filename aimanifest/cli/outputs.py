"""Several formats from one run: one goes to standard output, the others into files."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from aimanifest.cli.console import COLUMNS, STDIN, did_you_mean, write
from aimanifest.cli.options import listed

if TYPE_CHECKING:
    from aimanifest.renderers import Renderer, Screen
    from aimanifest.report import Report, Target, Unread


class Output(NamedTuple):
    """A file, and what writes it."""

    path: str
    renderer: Renderer


def as_output(text: str) -> Output:
    """Read `FORMAT=FILE`, and find the renderer."""
    from aimanifest import renderers
    from aimanifest.validation import FILE_NAMES

    name, equals, path = text.partition("=")
    known = renderers.names()
    if name not in known:
        hint = did_you_mean(name, known)
        raise click.BadParameter(f"there is no format {name!r}.{hint} There are: {listed(known)}.")
    if not equals or not path:
        raise click.BadParameter(f"{text!r} names no file; write {name}=FILE.")
    if path == STDIN:
        raise click.BadParameter(f"for standard output there is --format {name}.")
    if os.path.basename(path) in FILE_NAMES:
        raise click.BadParameter(
            f"{path!r} is the name of a manifest, which is never written over."
        )
    if os.path.isdir(path):
        raise click.BadParameter(f"{path!r} is a folder.")
    try:
        return Output(path, renderers.load(name, path))
    except KeyError as error:
        raise click.BadParameter(f"the name of a {name} ends in {error.args[0]}.") from None


def hold_outputs(context: click.Context, outputs: Sequence[Output], paths: Sequence[str]) -> None:
    """Refuse two formats for one file, and to write over what is read."""
    taken = [os.path.realpath(each.path) for each in outputs]
    for index, each in enumerate(taken):
        if each in taken[:index]:
            raise click.UsageError(f"{outputs[index].path!r} is given to --output twice.", context)
    for path in paths:
        if path != STDIN and os.path.realpath(path) in taken:
            raise click.UsageError(f"{path!r} is read, so it is not written over.", context)


def together(
    results: Iterable[Report | Unread],
    shown: Renderer,
    outputs: Sequence[Output],
    *,
    targets: Sequence[Target],
    screen: Screen,
) -> Iterator[str]:
    """Give what `shown` makes of `results`, as it comes, and write the files at the end.

    Every renderer takes the results in step with the first, so that none is kept for the slowest.
    """
    from aimanifest.renderers import Screen

    shared = _Shared(results, 1 + len(outputs))
    plain = Screen(COLUMNS)
    running = [
        output.renderer(shared.stream(index), targets=targets, screen=plain)
        for index, output in enumerate(outputs, 1)
    ]
    written: list[list[str]] = [[] for _ in outputs]
    for piece in shown(shared.stream(0), targets=targets, screen=screen):
        yield piece
        for index, (renderer, pieces) in enumerate(zip(running, written, strict=True), 1):
            while shared.behind(index):
                pieces.append(next(renderer))
    for output, renderer, pieces in zip(outputs, running, written, strict=True):
        pieces.extend(renderer)
        write(output.path, "".join(pieces))


class _Shared:
    """Results that several take one by one, each kept until the last has taken it."""

    def __init__(self, results: Iterable[Report | Unread], number: int) -> None:
        self._source = iter(results)
        self._waiting: list[deque[Report | Unread]] = [deque() for _ in range(number)]
        self._taken = [0] * number

    def stream(self, index: int) -> Iterator[Report | Unread]:
        """Give all results to one of those who take them."""
        own = self._waiting[index]
        while own or self._fetch():
            self._taken[index] += 1
            yield own.popleft()

    def behind(self, index: int) -> bool:
        """Whether the first has taken more than this one."""
        return self._taken[index] < self._taken[0]

    def _fetch(self) -> bool:
        for each in self._source:
            for queue in self._waiting:
                queue.append(each)
            return True
        return False
