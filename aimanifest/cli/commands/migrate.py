"""`aimanifest migrate`: manifests of an earlier format, brought to this one."""

from __future__ import annotations

import click

from aimanifest.cli.rewriting import DIFF, Purpose, Rewritten, exit_codes, rewrite


@click.command(
    "migrate",
    epilog="\b\nExamples:\n"
    "  aimanifest migrate --check releases/\n"
    "  aimanifest migrate --diff ai-manifest.yaml\n\n"
    + exit_codes("is of this version of the format", "is of an earlier version"),
)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; name what is of an earlier version.")
@DIFF
@click.pass_context
def command(context: click.Context, *, paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Bring manifests to this version of the format.

    PATH is a file of any name, a folder, or `-` for standard input, which goes to standard output;
    without one, the current folder. In folders, manifests are found as by `validate`.

    A manifest goes from its version to the next one, and on, by edits that leave comments, order
    and line ends as they are; each step is told. One that is of this version stays as it is. One
    that names a newer version, or none, is left alone: what it says may mean something else there.

    1.0 is the first version of the format, so there is nothing to migrate from yet.
    """
    purpose = Purpose(
        _migrated,
        done="migrated",
        would="is of an earlier version",
        refused="it was left as it is",
    )
    context.exit(rewrite(paths, purpose, check=check, diff=diff))


def _migrated(source: bytes, name: str) -> Rewritten:
    from aimanifest.upkeep import migration

    result = migration.migrated(source, migration.STEPS)
    told = (f"{name}: from {each.since} to {each.to}: {each.told}" for each in result.steps)
    return Rewritten(result.source, tuple(told))
