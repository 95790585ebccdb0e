"""What was converted, and what of it is not in the manifests: for people, and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from aimanifest import __version__
from aimanifest.converters import Conversion, Guess, Loss
from aimanifest.data import spdx
from aimanifest.document.foreign import Unreadable
from aimanifest.findings import Position
from aimanifest.terminal import cut, visible, wrapped

_Told = TypeVar("_Told", Loss, Guess)

FORM = "1.0"
"""The version of the form of the account for programs."""


class Converted(NamedTuple):
    """What became of one file: a manifest, written to the file `manifest`; or else a `problem`."""

    source: str
    manifest: str
    conversion: Conversion | None
    problem: str = ""
    position: Position | None = None

    @classmethod
    def failed(cls, source: str, error: Unreadable | OSError) -> Converted:
        """Say why a file could not be converted."""
        if isinstance(error, Unreadable):
            return cls(source, "", None, str(error), error.position)
        return cls(source, "", None, error.strerror or str(error))


def lines(converted: Converted, *, columns: int = 100) -> Iterator[str]:
    """Give lines of text that tell people what became of a file; what is alike is told once."""
    source = visible(converted.source)
    if converted.conversion is None:
        place = "{}:{}: ".format(*converted.position) if converted.position else ""
        separator = ":" if place else ": "
        yield f"{source}{separator}{place}{visible(converted.problem)}"
        return
    losses, guesses = converted.conversion.losses, converted.conversion.guesses
    target = f" -> {visible(converted.manifest)}" if converted.manifest else ""
    yield f"{source}{target}: {_told(losses, guesses)}"
    for reason, group in _alike(losses):
        yield from _wrapped(f"Not in the manifest: {reason}.", 1, columns)
        for loss in group[:_SHOWN]:
            where = ", ".join(
                (f"line {loss.line}", *([visible(cut(loss.pointer))] if loss.pointer else ()))
            )
            yield from _wrapped(f"{where}: {_quoted(loss.text)}", 2, columns)
        if len(group) > _SHOWN:
            rest = group[_SHOWN:]
            numbers = ", ".join(str(each.line) for each in rest[:_LISTED])
            more = ", …" if len(rest) > _LISTED else ""
            yield from _wrapped(f"and {len(rest)} more, in lines {numbers}{more}", 2, columns)
    for reason, places in _alike(guesses):
        yield from _wrapped(f"Guessed: {reason}.", 1, columns)
        for guess in places[:_SHOWN]:
            yield from _wrapped(visible(cut(guess.pointer)), 2, columns)
        if len(places) > _SHOWN:
            yield from _wrapped(f"and {len(places) - _SHOWN} more", 2, columns)


_SHOWN = 3
"""How many values are quoted that are not in the manifest for the same reason."""

_LISTED = 20
"""Of how many more the lines are told."""


def _told(losses: Iterable[Loss], guesses: Iterable[Guess]) -> str:
    values, comments, guessed = 0, 0, len(tuple(guesses))
    for each in losses:
        if each.pointer:
            values += 1
        else:
            comments += 1
    lost = [
        f"{count} {noun}{'s' if count > 1 else ''}"
        for count, noun in ((values, "value"), (comments, "comment"))
        if count
    ]
    verb = "is" if values + comments == 1 else "are"
    told = f"{' and '.join(lost)} {verb} not in the manifest"
    if not lost:
        told = "every value is in the manifest"
    if not guessed:
        return told
    return f"{told}, and {guessed} in it " + ("is a guess" if guessed == 1 else "are guesses")


def _alike(told: Iterable[_Told]) -> Iterator[tuple[str, list[_Told]]]:
    """Group by their reasons, in the order in which these come up first."""
    by_reason: dict[str, list[_Told]] = {}
    for each in told:
        by_reason.setdefault(each.reason, []).append(each)
    for reason, group in by_reason.items():
        yield visible(cut(" ".join(reason.split()), 400)), group


def _quoted(text: str) -> str:
    return f"`{visible(cut(' '.join(text[:400].split())))}`"


def _wrapped(text: str, depth: int, columns: int) -> list[str]:
    return wrapped(text, columns, first="  " * depth, rest="  " * (depth + 1))


def plain(format: str, results: Iterable[Converted]) -> dict[str, Any]:
    """Return the account as JSON data, as schema/conversion.schema.json describes it."""
    return {
        "conversion": FORM,
        "tool": {
            "name": "aimanifest",
            "version": __version__,
            "spdx_license_list": spdx.VERSION,
        },
        "from": format,
        "files": [_file(each) for each in results],
    }


def _file(converted: Converted) -> dict[str, Any]:
    conversion, position = converted.conversion, converted.position
    return {
        "source": converted.source,
        "manifest": converted.manifest or None,
        "problem": None
        if conversion
        else {
            "message": converted.problem,
            "line": position.line if position else None,
            "column": position.column if position else None,
        },
        "losses": [each._asdict() for each in conversion.losses] if conversion else [],
        "guesses": [each._asdict() for each in conversion.guesses] if conversion else [],
    }
