"""`aimanifest hash`: the digests of a release's files, written into its manifest."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import (
    FAILURE,
    FINDINGS,
    REACHED,
    UNREAD,
    USAGE,
    OutputError,
    progress_bar,
    say,
    write_bytes,
)

if TYPE_CHECKING:
    from aimanifest.integrity.filling import Files, Filled, Filling


@click.command(
    "hash",
    epilog=f"""\b
Exit codes; the highest that applies is given:
  {REACHED}  every file has its digest in the manifest
  {FINDINGS}  with --check: the manifest lacks a digest, or has another one
  {USAGE}  the command was used wrongly, and nothing was read
  {UNREAD}  a file could not be read, or the manifest is wrong; the rest was done
  {FAILURE}  aimanifest itself failed, or could not write its output
""",
)
@click.argument("path", default=os.curdir, type=click.Path())
@click.option(
    "--component",
    "only",
    multiple=True,
    metavar="ID",
    help="Only the files of this component; may be given several times.",
)
@click.option("--check", is_flag=True, help="Write nothing; only say whether all is as it is said.")
@click.option(
    "--no-cache",
    is_flag=True,
    help="Read every file, also those whose size and time are as they were.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="How many files are read at once.")
@click.pass_context
def command(
    context: click.Context,
    *,
    path: str,
    only: tuple[str, ...],
    check: bool,
    no_cache: bool,
    jobs: int | None,
) -> None:
    """Write the SHA-256 of a release's files into its manifest.

    PATH is a manifest, or the folder it is in; without one, the current folder. Of each component
    with a `path` in the release, all files are read; a component of many files gets a list of its
    own, SHA256SUMS, beside them. Nothing else in the manifest changes: comments and order stay.

    What was read before and has not changed since, by size and time, is not read again.
    """
    from aimanifest.cli.manifests import the_manifest, the_right_manifest
    from aimanifest.document.editing import Uneditable
    from aimanifest.integrity.digests import Cache, cache_path
    from aimanifest.integrity.filling import filled, to_read
    from aimanifest.validation import read_bytes

    own = the_manifest(context, path)
    root = os.path.dirname(own) or os.curdir
    manifest = the_right_manifest(own)
    source = read_bytes(own)
    if unknown := [each for each in only if each not in manifest.components]:
        raise click.UsageError(f"the manifest has no component {unknown[0]!r}.", context)
    parts = list(to_read(manifest, root, only, own=os.path.basename(own)))
    cache = None if no_cache else Cache(cache_path())
    with progress_bar("hashing", _size(parts, root)) as progress:
        try:
            filling = filled(source, parts, root, cache=cache, progress=progress, workers=jobs)
        except Uneditable as error:
            raise OutputError(f"{own!r} cannot be edited: {error}") from error
    lists = [each for each in filling.components if each.listed and _differs(each, root)]
    changed = filling.source != source or bool(lists)
    if not check and changed:
        if read_bytes(own) != source:
            raise OutputError(
                f"{own!r} was changed meanwhile, and is left as it is now; run this again"
            )
        for each in lists:
            write_bytes(os.path.join(root, each.at), each.listed)
        if filling.source != source:
            write_bytes(own, filling.source)
    for line in _told(filling):
        say(line + "\n")
    unread = any(each.problem for each in filling.components)
    context.exit(UNREAD if unread else FINDINGS if check and changed else REACHED)


def _size(parts: list[Files], root: str) -> int:
    size = 0
    for each in {path for part in parts for path in part.paths}:
        with suppress(OSError):  # what is gone, or shut, is told when it is to be read
            size += os.path.getsize(os.path.join(root, each))
    return size


def _differs(part: Filled, root: str) -> bool:
    """Tell whether a list of digests is not what is in the folder."""
    try:
        with open(os.path.join(root, part.at), "rb") as file:
            return file.read(len(part.listed) + 1) != part.listed
    except OSError:
        return True


def _told(filling: Filling) -> list[str]:
    """Say what became of each component."""
    from aimanifest.terminal import visible

    lines = []
    for each in filling.components:
        number = len(each.digests)
        size = _bytes(sum(digest.size for digest in each.digests))
        what = "1 file" if number == 1 else f"{number} files"
        told = each.problem or f"{what}, {size}" + (f", listed in {each.at}" if each.at else "")
        lines.append(visible(f"{each.component}: {told}"))
    return lines or ["no component has files here; `path` says which files are its own"]


def _bytes(number: float) -> str:
    if number == 1:
        return "1 byte"
    for unit in ("bytes", "KB", "MB", "GB"):
        if number < 1000:  # noqa: PLR2004  the next unit
            return f"{number:.4g} {unit}"
        number /= 1000
    return f"{number:.4g} TB"
