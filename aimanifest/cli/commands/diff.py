"""`aimanifest diff`: what changed for openness between two manifests."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import (
    FAILURE,
    FINDINGS,
    REACHED,
    STDIN,
    UNREAD,
    USAGE,
    columns_and_colour,
    complain,
    say,
    say_json,
    standard_input,
)
from aimanifest.cli.options import as_framework

if TYPE_CHECKING:
    from aimanifest.report import Report
    from aimanifest.rules import Framework


@click.command(
    "diff",
    epilog=f"""\b
Examples:
  aimanifest diff v1/ v2/
  git show HEAD:ai-manifest.yaml | aimanifest diff - ai-manifest.yaml
  aimanifest diff --fail-on-regression --format markdown old.yaml new.yaml

\b
Exit codes; the highest that applies is given:
  {REACHED}  both were compared
  {FINDINGS}  with --fail-on-regression: something is worse
  {USAGE}  the command was used wrongly, and nothing was read
  {UNREAD}  a manifest could not be read, or is wrong; nothing was compared
  {FAILURE}  aimanifest itself failed, or could not write its output
""",
)
@click.argument("old", type=click.Path(allow_dash=True))
@click.argument("new", type=click.Path(allow_dash=True))
@click.option(
    "--framework",
    "chosen",
    type=as_framework,
    multiple=True,
    metavar="FRAMEWORK",
    help="Only by this one; may be given several times. By default by all.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="`text` for people; `markdown` for comments and step summaries; `json` for programs, as "
    "`aimanifest schema --difference` describes it.",
)
@click.option(
    "--fail-on-regression", is_flag=True, help="End with 1 if a change or a verdict is worse."
)
@click.pass_context
def command(
    context: click.Context,
    *,
    old: str,
    new: str,
    chosen: tuple[Framework, ...],
    form: str,
    fail_on_regression: bool,
) -> None:
    """Tell what changed for openness from OLD to NEW.

    OLD and NEW are manifests, the folders they are in, or for one of them `-`, standard input.
    This is no comparison of texts: other words, another order, and comments are no change.

    It tells of licenses that grant less or more, of parts that are gone, withheld or new, of
    sources and documents that are no longer named, of what is harder or easier to get, of terms
    on top, of parameters that changed though no version or date says so, and of verdicts and
    claims. Each change goes one way: *better* or *worse* for those who want to use, study, modify
    and share; *unclear*, where it is both or not enough is known; or *neutral*. Beside it stands
    which definition finds more or less to say, by which of its rules.

    A regression is a change or a verdict that is worse. What is worse by itself stays so, whatever
    a definition makes of it; what only some definitions find worse is no regression if others find
    it better, unless a verdict turns.
    """
    if (old, new).count(STDIN) > 1:
        raise click.UsageError("standard input can be read only once.", context)
    from aimanifest import frameworks
    from aimanifest.upkeep import telling
    from aimanifest.upkeep.difference import difference

    wanted = tuple(each.id for each in chosen) or tuple(frameworks.every())
    reports = [_report(context, each, wanted) for each in (old, new)]
    before, after = reports
    if before is None or after is None:
        context.exit(UNREAD)
    found = difference(before, after)
    if form == "json":
        say_json(telling.plain(found))
    else:
        columns, _ = columns_and_colour("never")
        lines = telling.text(found, columns=columns) if form == "text" else telling.markdown(found)
        say("".join(f"{line}\n" for line in lines))
    context.exit(FINDINGS if fail_on_regression and found.regressions else REACHED)


def _report(context: click.Context, path: str, wanted: tuple[str, ...]) -> Report | None:
    """Read and assess one of the two; None, once it was said why, where that cannot be."""
    from aimanifest.cli.manifests import the_manifest
    from aimanifest.report import Unread
    from aimanifest.validation import LocalFolder, read_bytes, validate

    own = path if path == STDIN else the_manifest(context, path)
    name = "<stdin>" if own == STDIN else own
    try:
        source = standard_input() if own == STDIN else read_bytes(own)
    except OSError as error:
        complain(Unread(name, error.strerror or str(error)))
        return None
    folder = None if own == STDIN else LocalFolder(os.path.dirname(own), own=own)
    report = validate(source, path=name, require=wanted, folder=folder)
    if report.manifest is None:
        complain(Unread(name, "it is not a right manifest; `aimanifest validate` says why"))
        return None
    return report
