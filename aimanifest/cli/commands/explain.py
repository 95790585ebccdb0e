"""`aimanifest explain`: what a rule demands, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import did_you_mean, say

if TYPE_CHECKING:
    from aimanifest.rules import Framework, Rule


@click.command("explain")
@click.argument("rule")
@click.option(
    "--policy",
    metavar="POLICY",
    help="A rule of this policy: the path of its file, or the name of one that comes with "
    "aimanifest, whose rules are found without it too.",
)
@click.pass_context
def command(context: click.Context, *, rule: str, policy: str | None) -> None:
    """Explain a rule.

    What it demands and why, in whose words, and what to write. The part of RULE before the slash
    can be left out where only one rule is called so.
    """
    from aimanifest import reference

    found: list[tuple[Rule, Framework | None]] = []
    if policy is None:
        found += ((each, None) for each in reference.find(rule))
    bars = [] if found else _policies(context, policy)
    asked = {each.id: (each, bar) for bar in bars for each in bar.rules}
    found += (asked[id] for id in asked if rule in (id, id.partition("/")[2]))
    match found:
        case [(one, bar)]:
            say(reference.page(one, bar))
        case []:
            listed = [*asked] if policy else [*reference.all_rules(), *asked]
            names = [*listed, *(id.partition("/")[2] for id in listed)]
            where = "" if policy else " `aimanifest rules` lists them all."
            raise click.UsageError(f"there is no rule {rule!r}.{did_you_mean(rule, names)}{where}")
        case several:
            ids = ", ".join(each.id for each, _ in several)
            raise click.UsageError(f"{rule!r} is the name of several rules: {ids}.")


def _policies(context: click.Context, name: str | None) -> list[Framework]:
    """Return the policy of this name, or else all that come with aimanifest."""
    from aimanifest.cli.policies import as_policy
    from aimanifest.policy import shipped

    return [as_policy(context, each) for each in ((name,) if name else shipped())]
