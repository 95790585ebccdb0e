"""What the commands that change manifests have in common: files in, files or differences out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from aimanifest.cli.console import (
    FAILURE,
    FINDINGS,
    REACHED,
    STDIN,
    UNREAD,
    USAGE,
    complain,
    say,
    standard_input,
    write_bytes,
)

if TYPE_CHECKING:
    from aimanifest.report import Unread

DIFF = click.option(
    "--diff", is_flag=True, help="Write nothing; show what would change, as a unified diff."
)


def exit_codes(done: str, would: str) -> str:
    """Tell the exit codes of a command after which every file is `done`."""
    return f"""\b
Exit codes; the highest that applies is given:
  {REACHED}  every manifest {done}
  {FINDINGS}  with --check or --diff: a manifest {would}
  {USAGE}  the command was used wrongly, and nothing was read
  {UNREAD}  a file could not be read, or not be changed safely; the rest was done
  {FAILURE}  aimanifest itself failed, or could not write its output
"""


class Rewritten(NamedTuple):
    """A manifest as it is to be, and what there is to tell of it, line by line."""

    source: bytes
    told: tuple[str, ...] = ()


class Purpose(NamedTuple):
    """What is made of a manifest, and what is said when it was, would be, or cannot be done."""

    change: Callable[[bytes, str], Rewritten]
    done: str
    would: str
    refused: str


def rewrite(paths: Sequence[str], purpose: Purpose, *, check: bool, diff: bool) -> int:
    """Change the manifests at `paths`, each by itself and atomically; return the exit code.

    Of standard input, the result goes to standard output, and what is told to standard error.
    """
    from aimanifest.cli.manifests import manifests_at

    rewriter = _Rewriter(purpose, check=check, diff=diff)
    for path in manifests_at(paths or (os.curdir,)):
        rewriter.one(path)
    return rewriter.worst


class _Rewriter:
    """Changes one file after another, and remembers the worst that happened."""

    def __init__(self, purpose: Purpose, *, check: bool, diff: bool) -> None:
        self.worst = REACHED
        self._purpose = purpose
        self._check = check
        self._diff = diff

    def one(self, path: str | Unread) -> None:
        """Change what is at `path`, or say why not."""
        from aimanifest.document.editing import Uneditable
        from aimanifest.report import Unread
        from aimanifest.validation import read_bytes

        if isinstance(path, Unread):
            self._unread(path)
            return
        name = "<stdin>" if path == STDIN else path
        try:
            source = standard_input() if path == STDIN else read_bytes(path)
            result = self._purpose.change(source, name)
        except OSError as error:
            self._unread(Unread(name, error.strerror or str(error)))
        except Uneditable as error:
            self._unread(Unread(name, f"{self._purpose.refused}: {error}"))
        else:
            self._write(path, name, source, result)

    def _unread(self, unread: Unread) -> None:
        complain(unread)
        self.worst = UNREAD

    def _write(self, path: str, name: str, source: bytes, result: Rewritten) -> None:
        changed = result.source != source
        dry = self._check or self._diff
        filtering = path == STDIN and not dry
        _tell(result.told, aside=filtering or self._diff)
        if dry:
            self.worst = max(self.worst, FINDINGS if changed else REACHED)
        if self._diff:
            say("".join(differences(source, result.source, name)))
        elif self._check:
            _tell([f"{name}: {self._purpose.would}"] if changed else [])
        elif filtering:
            say(result.source)
        elif changed:
            write_bytes(path, result.source)
            _tell([f"{name}: {self._purpose.done}"])


def _tell(lines: Iterable[str], *, aside: bool = False) -> None:
    """Print lines; `aside` is on standard error, where the output is something else."""
    from aimanifest.terminal import visible

    for each in lines:
        if aside:
            click.echo(visible(each), err=True)
        else:
            say(visible(each) + "\n")


def differences(old: bytes, new: bytes, name: str) -> Iterable[str]:
    """Give the lines of a unified diff, with all that could steer a terminal written out."""
    from difflib import unified_diff

    from aimanifest.terminal import visible

    before, after, own = _lines(old), _lines(new), name.lstrip("/")
    if before == after and old != new:
        yield visible(f"{name}: only a byte order mark or line ends differ") + "\n"
    for line in unified_diff(before, after, f"a/{own}", f"b/{own}", lineterm=""):
        yield visible(line) + "\n"


def _lines(source: bytes) -> list[str]:
    text = source.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n") if text else []
