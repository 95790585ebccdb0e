"""`aimanifest fix`: faults of manifests, mended where that is sure."""

from __future__ import annotations

import click

from aimanifest.cli.rewriting import DIFF, Purpose, Rewritten, differences, exit_codes, rewrite


@click.command(
    "fix",
    epilog="\b\nExamples:\n"
    "  aimanifest fix --diff\n"
    "  aimanifest fix --unsafe ai-manifest.yaml\n"
    "  aimanifest fix - < ai-manifest.yaml > mended.yaml\n\n"
    + exit_codes("is mended as far as is sure", "has something to mend"),
)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[PATH]...")
@click.option("--unsafe", is_flag=True, help="Make the guesses too. Read what they changed.")
@click.option("--format", "layout", is_flag=True, help="Put the result in order, as `fmt` does.")
@click.option(
    "--check", "--dry-run", "check", is_flag=True, help="Write nothing; say what would be mended."
)
@DIFF
@click.pass_context
def command(
    context: click.Context,
    *,
    paths: tuple[str, ...],
    unsafe: bool,
    layout: bool,
    check: bool,
    diff: bool,
) -> None:
    """Mend what is wrong in manifests, where nobody needs to guess.

    PATH is a file of any name, a folder, or `-` for standard input, which goes to standard output;
    without one, the current folder. In folders, manifests are found as by `validate`.

    What is sure is mended: versions and other texts that read as numbers get quotes and stay as
    they are written, so that 1.10 stays 1.10; a value alone where a list belongs gets brackets;
    keys and words get the spelling of the standard where they are the same letters, but for
    capitals, signs between them and British endings (`licence`, `trainedOn`, `On Request`);
    licenses get the ids of SPDX where they are written in other capitals or by another name of
    one license, and deprecated ids their one successor; a byte order mark goes, and tabs that
    indent become spaces where that cannot change what is said.

    The rest are guesses: words that others use for ours, misspellings, names that are near. They
    are shown as a diff, and made only with --unsafe.

    Each mend is told with its place, the rule that was broken, and what was done. Comments, order
    and line ends stay. What nobody has said, no mend can say: `aimanifest validate` tells what is
    left. Digests are written by `aimanifest hash`.
    """
    purpose = Purpose(
        lambda source, name: _mended(source, name, unsafe=unsafe, layout=layout),
        done="mended",
        would="would be mended",
        refused="it was left as it is",
    )
    context.exit(rewrite(paths, purpose, check=check, diff=diff))


def _mended(source: bytes, name: str, *, unsafe: bool, layout: bool) -> Rewritten:
    from aimanifest.document import read
    from aimanifest.document.editing import Uneditable
    from aimanifest.terminal import quoted
    from aimanifest.upkeep.layout import laid_out
    from aimanifest.upkeep.mending import Mend, mended

    def line(mend: Mend) -> str:
        line, column = mend.at
        return f"{name}:{line}:{column}: {quoted(mend.why)} → {quoted(mend.now)} [{mend.rule}]"

    result = mended(source)
    document = read(result.source)
    if not document.readable:
        first = document.problems[0]
        raise Uneditable(f"line {first.span.start.line}: {first.message}")
    told = [line(each) for each in result.mends]
    new = result.source
    if unsafe:
        new = result.guessed
        told += [f"{line(each)} (guessed)" for each in result.guesses]
    if layout:
        new = laid_out(new)
    if result.guesses and not unsafe:
        number = len(result.guesses)
        what = "one more is a guess" if number == 1 else f"{number} more are guesses"
        told += [f"{name}: {what}, for --unsafe:", *map(line, result.guesses)]
        told += [
            each.removesuffix("\n") for each in differences(result.source, result.guessed, name)
        ]
    return Rewritten(new, tuple(told))
