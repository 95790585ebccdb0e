"""`aimanifest assess`: how far releases get by each definition."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import (
    FAILURE,
    FINDINGS,
    REACHED,
    UNREAD,
    USAGE,
    columns_and_colour,
    complain,
    did_you_mean,
    say,
)
from aimanifest.cli.manifests import hold_stdin, results_of
from aimanifest.cli.options import COLOR, as_framework, listed

if TYPE_CHECKING:
    from aimanifest.overviews import Form
    from aimanifest.rules import Framework


def _form(name: str) -> Form:
    """Return the form in which overviews are written."""
    from aimanifest import overviews

    known = overviews.names()
    if name not in known:
        hint = did_you_mean(name, known)
        raise click.BadParameter(f"there is no format {name!r}.{hint} There are: {listed(known)}.")
    return overviews.load(name)


@click.command(
    "assess",
    epilog=f"""\b
Exit codes; the highest that applies is given:
  {REACHED}  every manifest is right; how far it gets is told, and is no failure
  {FINDINGS}  a manifest is wrong
  {USAGE}  the command was used wrongly, and nothing was read
  {UNREAD}  a file could not be read, or a folder holds no manifest; the rest was assessed
  {FAILURE}  aimanifest itself failed, or could not write its output
""",
)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[PATH]...")
@click.option(
    "--framework",
    "chosen",
    type=as_framework,
    multiple=True,
    metavar="FRAMEWORK",
    help="Only by this one; may be given several times. By default by all; `core` and "
    "`license-flow` are then shown only where they find something.",
)
@click.option(
    "--format",
    "form",
    type=_form,
    metavar="FORMAT",
    default="text",
    show_default=True,
    help="`text` for people; `html`, a page in one file; `markdown` for summaries and README "
    "files; `json` for programs, as `aimanifest schema --assessment` describes it.",
)
@COLOR
@click.option(
    "--stdin-filename",
    metavar="PATH",
    help="What to call standard input; the manifests of bases are looked for beside it.",
)
@click.pass_context
def command(
    context: click.Context,
    *,
    paths: tuple[str, ...],
    chosen: tuple[Framework, ...],
    form: Form,
    color: str,
    stdin_filename: str | None,
) -> None:
    """Show how far releases get by each definition of open.

    Each framework speaks in its own words, and no two are counted together. Of one release: every
    level, what is in the way of the next, and the smallest step up. Of several: tables, releases
    down and requirements across.

    PATH is what it is for `aimanifest validate`.
    """
    hold_stdin(context, paths, stdin_filename)
    from aimanifest import frameworks, overviews
    from aimanifest.report import Report

    wanted = tuple(dict.fromkeys(chosen)) or overviews.in_order(frameworks.every().values())
    found, unread = [], []
    for each in results_of(paths or (os.curdir,), [one.id for one in wanted], stdin_filename):
        if isinstance(each, Report):
            found.append(overviews.overview(each, wanted, quiet=not chosen))
        else:
            unread.append(each)
            complain(each)
    if len(found) > 1 and not gc.isenabled():  # what is known stays; the search for steps wastes
        gc.freeze()
        gc.enable()
    columns, colour = columns_and_colour(color)
    comparison = overviews.Comparison(tuple(found), tuple(unread))
    for piece in form(comparison, columns=columns, colour=colour):
        say(piece, colour=colour)
    wrong = any(each.faults for each in found)
    context.exit(UNREAD if unread else FINDINGS if wrong else REACHED)
