"""`aimanifest fmt`: the canonical layout of manifests."""

from __future__ import annotations

import click

from aimanifest.cli.rewriting import DIFF, Purpose, Rewritten, exit_codes, rewrite


@click.command(
    "fmt",
    epilog="\b\nExamples:\n"
    "  aimanifest fmt\n"
    "  aimanifest fmt --check releases/\n"
    "  aimanifest fmt - < ai-manifest.yaml\n\n"
    + exit_codes("is laid out", "is not in the canonical layout"),
)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; name what is not laid out.")
@DIFF
@click.pass_context
def command(context: click.Context, *, paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Put manifests into the canonical layout.

    PATH is a file of any name, a folder, or `-` for standard input, which goes to standard output;
    without one, the current folder. In folders, manifests are found as by `validate`.

    Keys stand in the order of the standard. The ids of components and of licenses, the items of
    lists, and all under `extensions` keep the order of their author. A level is indented by two
    spaces, comments stand two spaces behind a value, and at most one line in a row is blank. What
    is in brackets stays so; over several lines, each entry gets one. Scalars, quotes and blocks of
    text stay as they are written.

    Comments are kept, and move with what they are about: those over a key with the key, those
    behind a value with the value. Those over the first key are about the file, but for what stands
    below the last blank line among them. One that is indented deeper than what follows is about
    what went before.

    What the manifest says does not change: the result is read again, and written only if it says
    the same and every comment is in it. A file with a fault of the file format is left alone. In
    JSON all of this holds but for comments, which JSON does not have.
    """
    from aimanifest.upkeep.layout import laid_out

    purpose = Purpose(
        lambda source, _: Rewritten(laid_out(source)),
        done="laid out",
        would="is not in the canonical layout",
        refused="it was left as it is",
    )
    context.exit(rewrite(paths, purpose, check=check, diff=diff))
