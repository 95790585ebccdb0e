"""The manifests that a command is asked about, found and read one by one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import STDIN, UNREAD, complain, standard_input

if TYPE_CHECKING:
    from aimanifest.manifest import Manifest
    from aimanifest.report import Report, Unread
    from aimanifest.rules import Framework


def hold_stdin(context: click.Context, paths: Sequence[str], stdin_filename: str | None) -> None:
    """Refuse what cannot be asked of standard input."""
    if paths.count(STDIN) > 1:
        raise click.UsageError("standard input can be read only once.", context)
    if stdin_filename is not None and STDIN not in paths:
        raise click.UsageError("--stdin-filename needs `-` among the paths.", context)


def results_of(
    paths: Iterable[str],
    frameworks: Sequence[str],
    stdin_filename: str | None,
    *,
    policy: Framework | None = None,
) -> Iterator[Report | Unread]:
    """Read and validate what is at each path, one file at a time, by these frameworks."""
    from aimanifest.report import Unread
    from aimanifest.validation import LocalFolder, read_bytes
    from aimanifest.validation import validate as report_on

    for path in (found for each in paths for found in _files(each)):
        if isinstance(path, Unread):
            yield path
            continue
        own = stdin_filename or "" if path == STDIN else path
        try:
            source = standard_input() if path == STDIN else read_bytes(path)
        except OSError as error:
            yield Unread(own or "<stdin>", error.strerror or str(error))
            continue
        folder = LocalFolder(os.path.dirname(own), own=own)
        yield report_on(
            source, path=own or "<stdin>", require=frameworks, folder=folder, policy=policy
        )


def manifests_at(paths: Iterable[str]) -> Iterator[str | Unread]:
    """Give the path of each manifest that `paths` are or hold, and why there is none."""
    for each in paths:
        yield from _files(each)


def _files(path: str) -> Iterator[str | Unread]:
    """Give the manifest that `path` is, or all manifests in the folder that it is."""
    from aimanifest.report import Unread
    from aimanifest.validation import FILE_NAMES

    if path == STDIN or not os.path.isdir(path):
        yield path
        return
    found = False
    for each in _manifests(path, FILE_NAMES):
        found = True
        yield each
    if not found:
        *names, last = FILE_NAMES
        yield Unread(
            path,
            f"there is no {', '.join(names)} or {last} in this folder or below it "
            "(folders whose name begins with a dot are left out); `aimanifest init` makes one",
        )


def _manifests(folder: str, names: Sequence[str]) -> Iterator[str | Unread]:
    """Search a folder for files of these names, in an order that does not depend on the disk."""
    from aimanifest.report import Unread

    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listing:
                entries = sorted(listing, key=lambda each: each.name)
        except OSError as error:
            yield Unread(here, error.strerror or str(error))
            continue
        for entry in entries:
            if entry.name in names and not os.path.isdir(entry.path):
                path = entry.path.removeprefix(os.path.join(os.curdir, ""))
                # To open a pipe would wait for ever; what does not exist is a link to nowhere.
                special = os.path.exists(entry.path) and not os.path.isfile(entry.path)
                yield Unread(path, "this is no ordinary file") if special else path
        waiting += (
            entry.path
            for entry in reversed(entries)
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
        )


def the_manifest(context: click.Context, path: str) -> str:
    """Return the one manifest that `path` is, or that is in the folder `path`."""
    from aimanifest.validation import FILE_NAMES

    if not os.path.isdir(path):
        return path
    here = [os.path.join(path, each) for each in FILE_NAMES]
    found = [each for each in here if os.path.lexists(each)]
    if not found:
        names = " or ".join(FILE_NAMES)
        raise click.UsageError(
            f"there is no {names} in {path!r}; `aimanifest init` makes one.", context
        )
    if len(found) > 1:
        names = " and ".join(map(os.path.basename, found))
        raise click.UsageError(f"there are both {names} in {path!r}; name one.", context)
    return found[0].removeprefix(os.path.join(os.curdir, ""))


def the_right_manifest(path: str) -> Manifest:
    """Load the manifest at `path`; end the command if it cannot be read, or is wrong."""
    from aimanifest.report import Unread
    from aimanifest.validation import Invalid, load

    try:
        return load(path)
    except Invalid as error:
        count = len(error.report.problems)
        faults = "a fault" if count == 1 else f"{count} faults"
        complain(Unread(path, f"the manifest has {faults}; `aimanifest validate` says more"))
    except OSError as error:
        complain(Unread(path, error.strerror or str(error)))
    raise click.exceptions.Exit(UNREAD)
