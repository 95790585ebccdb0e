"""`aimanifest license`: all that is known of a license."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import (
    FINDINGS,
    REACHED,
    USAGE,
    columns_and_colour,
    say,
    say_json,
)
from aimanifest.cli.options import COLOR

if TYPE_CHECKING:
    pass


@click.command(
    "license",
    epilog=f"""\b
Exit codes:
  {REACHED}  the text names licenses, and something is known of each of them
  {FINDINGS}  it names none, or does not say which, or nothing is known of one
  {USAGE}  the command was used wrongly
""",
)
@click.argument("text", nargs=-1, required=True, metavar="ID-OR-TEXT...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="`json` for programs, as `aimanifest schema --license` describes it.",
)
@COLOR
@click.pass_context
def command(context: click.Context, *, text: tuple[str, ...], form: str, color: str) -> None:
    """Say all that is known of a license.

    What it restricts, clause by clause, and what each framework makes of it for code, data,
    documents and weights.

    ID-OR-TEXT is an SPDX id or expression, or what people write in its place: a name, an address of
    the text, an id of the Hugging Face Hub or of ScanCode. Where only its author can know what is
    meant, the question is asked; nothing is ever guessed.
    """
    from aimanifest import catalogue

    answer = catalogue.look_up(" ".join(text))
    if form == "json":
        from aimanifest.catalogue.plain import plain

        say_json(plain(answer))
    else:
        from aimanifest.catalogue.text import page

        columns, colour = columns_and_colour(color)
        say(page(answer, columns=columns, colour=colour), colour=colour)
    context.exit(REACHED if answer.known else FINDINGS)
