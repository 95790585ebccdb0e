"""`aimanifest explain`: what a rule demands, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import did_you_mean, say

if TYPE_CHECKING:
    pass


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Explain a rule.

    What it demands and why, in whose words, and what to write. The part of RULE before the slash
    can be left out where only one rule is called so.
    """
    from aimanifest import reference

    match reference.find(rule):
        case [found]:
            say(reference.page(found))
        case []:
            listed = reference.all_rules()
            names = [*listed, *(id.partition("/")[2] for id in listed)]
            raise click.UsageError(
                f"there is no rule {rule!r}.{did_you_mean(rule, names)} "
                "`aimanifest rules` lists them all."
            )
        case several:
            ids = ", ".join(each.id for each in several)
            raise click.UsageError(f"{rule!r} is the name of several rules: {ids}.")
