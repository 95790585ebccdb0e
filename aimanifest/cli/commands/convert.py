"""`aimanifest convert`: manifests out of records in other formats."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import (
    FAILURE,
    REACHED,
    STDIN,
    UNREAD,
    USAGE,
    as_json,
    did_you_mean,
    say,
    standard_input,
    write,
)
from aimanifest.cli.options import listed

if TYPE_CHECKING:
    from aimanifest.converters.accounts import Converted


def _source_format(name: str) -> str:
    """Return the name of a format that can be converted."""
    from aimanifest import converters

    known = converters.names()
    if name not in known:
        hint = did_you_mean(name, known)
        raise click.BadParameter(
            f"nothing converts from {name!r}.{hint} There are: {listed(known)}."
        )
    return name


@click.command(
    "convert",
    epilog=f"""\b
Exit codes; the highest that applies is given:
  {REACHED}  every file was converted
  {USAGE}  the command was used wrongly, and nothing was read
  {UNREAD}  a file could not be read, or is not of that format; the rest was converted
  {FAILURE}  aimanifest itself failed, or could not write its output
""",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option(
    "--from",
    "source_format",
    type=_source_format,
    required=True,
    metavar="FORMAT",
    help="`mof`: a record of the Model Openness Tool. `osai-index`: a record of the European Open "
    "Source AI Index.",
)
@click.option(
    "--output-dir",
    metavar="DIR",
    help="Write the manifest of each FILE into this folder, under the name of FILE with `.yaml` at "
    "its end. The folder is made if need be.",
)
@click.option("--force", is_flag=True, help="Overwrite manifests that are there already.")
@click.option(
    "--report",
    metavar="FILE",
    help="Write as JSON into this file, or with `-` to standard output, what the manifests leave "
    "out and what in them is guessed, as `aimanifest schema --conversion` describes it. Without "
    "it, the same is told in text on standard error.",
)
@click.pass_context
def command(
    context: click.Context,
    *,
    files: tuple[str, ...],
    source_format: str,
    output_dir: str | None,
    force: bool,
    report: str | None,
) -> None:
    """Make manifests out of records in other formats.

    A manifest says what the record says and no more. What has no place in a manifest, or is not
    clear, is told in the report, each value with its line: nothing is dropped silently. Where
    something had to be guessed, a comment in the manifest says so. Read both before you publish.

    FILE is one record in YAML, or `-` for standard input. Without --output-dir there can be only
    one, and its manifest goes to standard output. Nothing is fetched from the network.
    """
    if output_dir is None and len(files) > 1:
        raise click.UsageError("several files need --output-dir.", context)
    if output_dir is None and report == STDIN:
        raise click.UsageError("the manifest goes to standard output already.", context)
    if output_dir is not None and STDIN in files:
        raise click.UsageError("--output-dir needs files that have names.", context)
    targets = _targets(context, files, output_dir, force=force) if output_dir else [""]
    from aimanifest.converters import accounts

    results = []
    for file, target in zip(files, targets, strict=True):
        result = _converted(file, target, source_format)
        results.append(result)
        if report is None or result.conversion is None:
            for line in accounts.lines(result):
                click.echo(line, err=True)
    if report is not None:
        text = as_json(accounts.plain(source_format, results))
        if report == STDIN:
            say(text)
        else:
            write(report, text)
    context.exit(REACHED if all(each.conversion for each in results) else UNREAD)


def _targets(
    context: click.Context, files: Sequence[str], folder: str, *, force: bool
) -> list[str]:
    """Say for each of `files` where its manifest will be, if nothing is lost by that."""
    targets: dict[str, str] = {}
    sources = {os.path.realpath(each) for each in files}
    for file in files:
        stem = os.path.splitext(os.path.basename(os.path.normpath(file)))[0]
        target = os.path.join(folder, f"{stem}.yaml")
        if target in targets:
            names = f"{targets[target]!r} and {file!r}"
            raise click.UsageError(f"{names} would both become {target!r}.", context)
        if os.path.realpath(target) in sources:
            raise click.UsageError(f"{target!r} is itself one of the files to convert.", context)
        if os.path.lexists(target) and not force:
            message = f"{target!r} is there already; --force overwrites it."
            raise click.UsageError(message, context)
        targets[target] = file
    return list(targets)


def _converted(file: str, target: str, source_format: str) -> Converted:
    """Convert one file, and write its manifest to `target`, or to standard output."""
    from aimanifest import converters
    from aimanifest.converters.accounts import Converted
    from aimanifest.converters.writing import written
    from aimanifest.document.foreign import Unreadable
    from aimanifest.validation import read_bytes

    name = "<stdin>" if file == STDIN else file
    try:
        source = standard_input() if file == STDIN else read_bytes(file)
        conversion = converters.load(source_format)(source, path=name)
    except (OSError, Unreadable) as error:
        return Converted.failed(name, error)
    text = written(conversion)
    if target:
        write(target, text)
    else:
        say(text)
    return Converted(name, target, conversion)
