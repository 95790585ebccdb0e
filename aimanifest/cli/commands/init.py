"""`aimanifest init`: a first draft of a manifest, out of what is in a release folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from aimanifest.cli.console import (
    COLUMNS,
    FAILURE,
    FINDINGS,
    REACHED,
    STDIN,
    UNREAD,
    USAGE,
    OutputError,
    say,
    write,
    write_bytes,
)

if TYPE_CHECKING:
    from aimanifest.drafting import Draft
    from aimanifest.drafting.evidence import Evidence
    from aimanifest.drafting.merging import Merged

ANSWERS = ".ai-manifest.answers.json"
"""The file in the folder of the manifest that keeps what was answered until that is written."""

SHOWN = 10
"""So many troubles of a kind are told one by one."""


@click.command(
    "init",
    epilog=f"""\b
Examples:
  aimanifest init                    the current folder, with questions
  aimanifest init model --no-input   what is in the folder model, no questions
  aimanifest init model -o -         the manifest on standard output
  aimanifest init model --update     what is new, into the manifest that is there

\b
Exit codes; the highest that applies is given:
  {REACHED}  the manifest is written, or holds already all that was found
  {FINDINGS}  stopped before the manifest was written; what was answered is kept
  {USAGE}  the command was used wrongly, or there is a manifest already
  {UNREAD}  the folder, or the manifest in it, could not be read
  {FAILURE}  aimanifest itself failed, or could not write its output
""",
)
@click.argument("folder", default=os.curdir, metavar="[DIR]", type=click.Path())
@click.option("--no-input", is_flag=True, help="Ask nothing, also on a terminal.")
@click.option(
    "--update",
    is_flag=True,
    help="Merge what was found into the manifest that is there. What people wrote in it stays as "
    "it is, and so do comments and order; guesses are left out.",
)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    help="Write to FILE, or with `-` to standard output, not to ai-manifest.yaml in DIR. Paths "
    "in the manifest are counted from DIR all the same.",
)
@click.pass_context
def command(
    context: click.Context, *, folder: str, no_input: bool, update: bool, output: str | None
) -> None:
    """Draft the manifest of a release out of what is in its folder DIR.

    Read are the headers of weights (safetensors, GGUF, ONNX), indexes of shards, README.md with its
    front matter, texts of licenses, config.json, the configurations of adapter, tokenizer and
    generation, CITATION.cff, pyproject.toml, metadata of wheels, requirements and lock files,
    descriptions of data in Croissant, Kitfile, and the remote and commit of a Git repository. No
    weights are loaded, nothing is run, and nothing is fetched.

    Behind each value a comment says where it was found. What was guessed is marked as a guess, and
    what only people can say is a line to fill in. On a terminal, these lines are asked about: Enter
    leaves a question open, and what was answered is kept if you stop in between.

    A manifest that is there is never overwritten; see --update.
    """
    from aimanifest.drafting import look

    existing = _existing(folder)
    own = os.path.join(folder, "ai-manifest.yaml").removeprefix(os.path.join(os.curdir, ""))
    target = output if output is not None else own
    if update:
        _hold_update(context, existing, output, folder)
        target = existing[0]
    elif output is None and existing:
        message = "is there already and stays as it is; `--update` merges into it what is found."
        raise click.UsageError(f"{existing[0]!r} {message}", context)
    elif output not in (None, STDIN) and os.path.lexists(target):
        raise click.UsageError(f"{target!r} is there already, and nothing was written.", context)
    if target != STDIN:
        _hold_writable(target)
    try:
        evidence = look(folder)
    except OSError as error:
        click.echo(f"aimanifest: {folder!r}: {error.strerror or error}", err=True)
        context.exit(UNREAD)
    if update:
        _update(context, target, evidence, folder)
        return
    _write_new(context, target, evidence, asking=_asking(target, no_input=no_input))


def _existing(folder: str) -> list[str]:
    from aimanifest.validation import FILE_NAMES

    paths = (os.path.join(folder, each) for each in FILE_NAMES)
    return [
        each.removeprefix(os.path.join(os.curdir, "")) for each in paths if os.path.lexists(each)
    ]


def _hold_update(
    context: click.Context, existing: list[str], output: str | None, folder: str
) -> None:
    if output is not None:
        raise click.UsageError(
            "--update writes where the manifest is; leave --output out.", context
        )
    if not existing:
        raise click.UsageError(f"there is no manifest in {folder!r} to update.", context)
    if len(existing) > 1:
        names = " and ".join(map(os.path.basename, existing))
        raise click.UsageError(f"there are both {names} in {folder!r}.", context)


def _hold_writable(target: str) -> None:
    """Say before all work that the manifest cannot be written where it belongs."""
    parent = os.path.dirname(target) or os.curdir
    if os.path.isdir(parent) and not os.access(parent, os.W_OK):
        raise OutputError(f"{parent!r} cannot be written to; `--output FILE` writes elsewhere")


def _asking(target: str, *, no_input: bool) -> bool:
    return not no_input and target != STDIN and sys.stdin.isatty() and sys.stdout.isatty()


# -- a new manifest --------------------------------------------------------------------------------


def _write_new(context: click.Context, target: str, evidence: Evidence, *, asking: bool) -> None:
    from aimanifest.drafting import draft

    kept = os.path.join(os.path.dirname(target), ANSWERS).removeprefix(os.path.join(os.curdir, ""))
    answers: dict[str, str] = {}
    if asking:
        answers = _answers(kept)
        from aimanifest.cli.asking import Stopped, ask

        try:
            answers = ask(evidence, answers, keep=lambda known: _keep(kept, known))
        except Stopped:
            if answers or os.path.exists(kept):
                click.echo(f"\nStopped. {kept} keeps what was answered: run it again to go on.")
            context.exit(FINDINGS)
    made = draft(evidence, answers)
    if target == STDIN:
        say(made.text)
    else:
        write(target, made.text)
        if asking and os.path.exists(kept):
            os.unlink(kept)
    _tell(target, made)


def _answers(path: str) -> dict[str, str]:
    """Read what was answered before; what cannot be read was not."""
    import json

    try:
        with open(path, "rb") as file:
            known = json.loads(file.read(1 << 20))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {str(key): each for key, each in known.items() if isinstance(each, str)}


def _keep(path: str, answers: dict[str, str]) -> None:
    import json

    if os.path.islink(path):
        raise OutputError(f"{path!r} is a link, and what it leads to is left alone")
    write(path, json.dumps(answers, indent=2) + "\n")


def _tell(target: str, made: Draft) -> None:
    """Say what was written and what was left aside: on standard error, for people."""
    from aimanifest.terminal import visible

    where = "" if target == STDIN else f"{visible(target)}: "
    parts = [
        _count(len(made.data["components"]), "component"),
        _count(len(made.guessed), "guess", "guesses"),
        f"{_count(len(made.gaps), 'line')} to fill in",
    ]
    click.echo(f"{where}{', '.join(parts)}", err=True)
    _tell_all("Not read, or left out:", ((each.path, each.reason) for each in made.troubles))
    _tell_all("Without a place in a manifest:", made.unused)
    if target != STDIN:
        click.echo("Read it, then `aimanifest validate` says what is still missing.", err=True)


def _tell_all(title: str, pairs: Iterable[tuple[str, str]]) -> None:
    from aimanifest.terminal import cut, visible, wrapped

    lines = [f"{path}: {reason}" if path else reason for path, reason in pairs]
    if lines:
        click.echo(title, err=True)
    for each in lines[:SHOWN]:
        for line in wrapped(visible(cut(each, 300)), COLUMNS, first="  ", rest="    "):
            click.echo(line, err=True)
    if len(lines) > SHOWN:
        click.echo(f"  and {len(lines) - SHOWN} more", err=True)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


# -- a manifest that is there ----------------------------------------------------------------------


def _update(context: click.Context, path: str, evidence: Evidence, folder: str) -> None:
    from aimanifest.document.editing import Uneditable
    from aimanifest.drafting import draft
    from aimanifest.drafting.merging import merged
    from aimanifest.validation import read_bytes

    made = draft(evidence)
    try:
        source = read_bytes(path)
        result = merged(source, made.data, made.sources, made.guessed, root=folder)
    except (OSError, Uneditable) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        click.echo(f"aimanifest: {path!r} cannot be updated: {reason}", err=True)
        context.exit(UNREAD)
    if result.source != source:
        write_bytes(path, result.source)
    _tell_merged(path, result)
    _tell_all("Not read, or left out:", ((each.path, each.reason) for each in made.troubles))


def _tell_merged(path: str, result: Merged) -> None:
    from aimanifest.terminal import visible

    values = _count(len(result.added), "value")
    done = f"{values} added" if result.added else "nothing new was found"
    click.echo(f"{visible(path)}: {done}", err=True)
    _tell_all("Added:", result.added)
    said = ((each.pointer, _difference(each)) for each in result.different)
    _tell_all("The manifest says otherwise, and stays as it is:", said)
    _tell_all("Only guessed, and left to you:", result.guessed)
    _tell_all("Would make the manifest wrong:", result.unfit)


def _difference(each: Any) -> str:
    from aimanifest.terminal import cut

    return f"{cut(str(each.written), 60)!r}, but {each.source} has {cut(str(each.found), 60)!r}"
