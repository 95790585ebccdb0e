"""`aimanifest draft-summary`: the public summary of training content, as far as it is known."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import FAILURE, FINDINGS, REACHED, UNREAD, USAGE, complain, say
from aimanifest.cli.manifests import hold_stdin, results_of

if TYPE_CHECKING:
    from aimanifest.report import Report, Unread


@click.command(
    "draft-summary",
    epilog=f"""\b
Exit codes:
  {REACHED}  a draft was written; its gaps are no failure
  {FINDINGS}  the file does not fit the format or the schema, and nothing was drafted
  {USAGE}  the command was used wrongly
  {UNREAD}  the file could not be read, or the folder holds no manifest
  {FAILURE}  aimanifest itself failed, or could not write its output
""",
)
@click.argument("path", type=click.Path(allow_dash=True), default=os.curdir, metavar="[PATH]")
@click.pass_context
def command(context: click.Context, *, path: str) -> None:
    """Draft the public summary of training content.

    Article 53(1)(d) of the EU AI Act asks for one of every general-purpose model, open ones too.
    The draft is Markdown, with the headings and numbers of the AI Office's template. It says what
    the manifest says; what it does not say is marked as a gap, for the provider to close. Nothing
    is guessed, and nothing here is legal advice.

    PATH is a file of any name, a folder that holds one manifest, or `-` for standard input;
    without it, the current folder.
    """
    hold_stdin(context, [path], None)
    found = list(results_of([path], [], None))
    if len(found) > 1:
        told = f"{path!r} holds {len(found)} manifests: name one of them."
        raise click.UsageError(told, context)
    context.exit(_draft(found[0]))


def _draft(result: Report | Unread) -> int:
    """Print the draft, or say why there is none; return the exit code."""
    from aimanifest.report import Unread

    if isinstance(result, Unread):
        complain(result)
        return UNREAD
    if result.manifest is None:
        reason = "it does not fit the format; `aimanifest validate` says where"
        complain(Unread(result.path, reason))
        return FINDINGS
    from aimanifest.summary import draft

    say(draft(result.manifest))
    return REACHED
