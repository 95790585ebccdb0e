"""What a command says, writes and reads, and with which code it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from aimanifest.renderers import Screen
    from aimanifest.report import Unread

REACHED, FINDINGS, USAGE, UNREAD, FAILURE = range(5)
"""The exit codes, from the best to the worst."""

EXIT_CODES = f"""\b
Exit codes; the highest that applies is given:
  {REACHED}  every manifest is right and reaches what is required
  {FINDINGS}  a manifest is wrong, or does not reach what is required
  {USAGE}  the command was used wrongly, and nothing was read
  {UNREAD}  a file could not be read, or a folder holds no manifest; the rest was checked
  {FAILURE}  aimanifest itself failed, or could not write its output
"""

STDIN = "-"
COLUMNS = 100
"""How wide the output is that does not go to a terminal: the same everywhere."""


class OutputError(click.ClickException):
    """The output could not be written."""

    exit_code = FAILURE


def say(text: str | bytes, *, colour: bool = False) -> None:
    """Print `text` as it is, at once."""
    try:
        click.echo(text, nl=False, color=colour)
    except OSError as error:
        # What is still waiting to be written would fail again at the end: let it go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"the output could not be written: {error.strerror}") from error


def say_json(value: object) -> None:
    """Print `value` as JSON."""
    say(as_json(value))


def as_json(value: object) -> str:
    """Write `value` as JSON."""
    import json

    # DEL is the one control character that JSON lets pass.
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f") + "\n"


def complain(unread: Unread) -> None:
    """Say on standard error what could not be read."""
    from aimanifest.terminal import visible

    click.echo(f"aimanifest: {visible(unread.path)}: {visible(unread.reason)}", err=True)


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Ask whether the nearest of `words` was meant, if one is near; "" if not."""
    from difflib import get_close_matches

    nearest = get_close_matches(word, list(words), n=1)
    return f" Did you mean {nearest[0]!r}?" if nearest else ""


def write(path: str, text: str) -> None:
    """Write a text in UTF-8, as `write_bytes` does."""
    write_bytes(path, text.encode())


def write_bytes(path: str, content: bytes) -> None:
    """Write a file so that at any moment it is either what it was, or whole."""
    target = os.path.realpath(path)  # a link stays one, and what it leads to is written
    unfinished = f"{target}.{os.getpid()}.tmp"
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(unfinished, "xb") as file:
            file.write(content)
        if os.path.exists(target):
            os.chmod(unfinished, os.stat(target).st_mode & 0o777)
        os.replace(unfinished, target)
    except OSError as error:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
        raise OutputError(f"{path!r} could not be written: {error.strerror}") from error


@contextmanager
def progress_bar(doing: str, total: int) -> Iterator[Callable[[int], None] | None]:
    """Show on a terminal how much of `total` bytes is done; in a pipe show nothing."""
    if total < LONG or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=total, label=doing, file=sys.stderr) as bar:
        yield bar.update


LONG = 100_000_000
"""What is shorter, in bytes, is done before anybody wonders."""


def standard_input() -> bytes:
    """Read standard input, but no more of it than a manifest may be long."""
    from aimanifest.document import LIMIT_BYTES

    if sys.stdin is None:
        raise OSError(0, "standard input is closed")
    return sys.stdin.buffer.read(LIMIT_BYTES + 1)


def screen(color: str) -> Screen:
    """Find out what the output is shown on, for a renderer."""
    from aimanifest.renderers import Screen

    return Screen(*columns_and_colour(color))


def columns_and_colour(color: str) -> tuple[int, bool]:
    """Find out how wide the output is, and whether it has colour."""
    if not sys.stdout.isatty():
        return COLUMNS, color == "always"
    from shutil import get_terminal_size

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    columns = get_terminal_size((COLUMNS, 0)).columns
    return max(columns, 20), color == "always" or (color == "auto" and not plain)
