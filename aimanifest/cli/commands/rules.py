"""`aimanifest rules`: all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import say, say_json
from aimanifest.cli.options import as_framework

if TYPE_CHECKING:
    from aimanifest.rules import Framework


@click.command("rules")
@click.option(
    "--framework", type=as_framework, metavar="FRAMEWORK", help="Only the rules of this one."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="`json` with clauses, reasons and remedies.",
)
def command(framework: Framework | None, form: str) -> None:
    """List the rules.

    With each stands the statement that is true when all is well.
    """
    from aimanifest import reference

    listed = framework.rules if framework else list(reference.all_rules().values())
    if form == "text":
        say(reference.overview(listed))
    else:
        say_json([reference.plain(each) for each in listed])
