"""`aimanifest verify`: what a manifest claims, held against the release that is there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import (
    FAILURE,
    FINDINGS,
    REACHED,
    UNREAD,
    USAGE,
    columns_and_colour,
    progress_bar,
    say,
)
from aimanifest.cli.options import COLOR, as_framework

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aimanifest.integrity.facts import Fact
    from aimanifest.manifest import Manifest
    from aimanifest.rules import Framework


@click.command(
    "verify",
    epilog=f"""\b
Exit codes; the highest that applies is given:
  {REACHED}  nothing is contradicted
  {FINDINGS}  something is contradicted; with --strict also: something could not be checked
  {USAGE}  the command was used wrongly, and nothing was read
  {UNREAD}  the manifest cannot be read or is wrong; or a file that is there cannot be read, and
     the rest was checked
  {FAILURE}  aimanifest itself failed, or could not write its output

\b
Examples:
  aimanifest verify
  aimanifest verify models/tern --strict
  aimanifest verify --framework osaid-1.0 --framework mof --format json
  aimanifest verify --online --timeout 5
""",
)
@click.argument("path", default=os.curdir, type=click.Path(), metavar="[DIR]")
@click.option(
    "--framework",
    "chosen",
    type=as_framework,
    multiple=True,
    metavar="FRAMEWORK",
    help="Whose verdict is looked at for what it rests on; may be given several times. "
    "By default osaid-1.0.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="`text` for people, `json` for programs, as `aimanifest schema --verification` says.",
)
@click.option("--strict", is_flag=True, help="Fail also where something could not be checked.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many files are read at once.")
@click.option(
    "--online",
    is_flag=True,
    help="Ask whether locations answer. Without it nothing is sent anywhere.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1, max=300),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="With --online: how long each request may take.",
)
@click.option(
    "--max-requests",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    help="With --online: how many requests are made at most, redirects among them.",
)
@COLOR
@click.pass_context
def command(
    context: click.Context,
    *,
    path: str,
    chosen: tuple[Framework, ...],
    form: str,
    strict: bool,
    jobs: int | None,
    online: bool,
    timeout: float,
    max_requests: int,
    color: str,
) -> None:
    """Hold a release against what its manifest says of it.

    DIR is the folder of the release, or the manifest in it; by default the current folder. Looked
    into are: checksums, lists of them (SHA256SUMS) and model signatures, whose digests are
    compared; files of weights that nobody tells of; what safetensors, GGUF and ONNX files say of
    their format, license, bases and numbers; license texts; revisions, by the files of git.
    Nothing is run, written or remembered.

    Told apart are what is verified, what is contradicted, and what could not be checked, and why.
    Each component then stands on a rung: asserted, pointed to, pinned or verified. Under each
    verdict stands the weakest that it rests on.

    --online asks, of public addresses only, whether what is said to be at a location is there. No
    answer, a refusal or an error of the server says nothing against a location; only 404 and 410
    do. No passwords, cookies or proxies are used.
    """
    from importlib import import_module

    from aimanifest import frameworks
    from aimanifest.cli.manifests import the_manifest, the_right_manifest
    from aimanifest.integrity.verification import prepared, verify

    own = the_manifest(context, path)
    manifest = the_right_manifest(own)
    wanted = tuple(dict.fromkeys(chosen)) or (frameworks.load("osaid-1.0"),)
    work = prepared(manifest, os.path.dirname(own) or os.curdir)
    answers = _asked(manifest, timeout, max_requests) if online else ()
    with progress_bar("verifying", work.size) as progress:
        done = verify(
            manifest,
            work,
            path=own,
            frameworks=wanted,
            locations=answers,
            progress=progress,
            workers=jobs,
        )
    columns, colour = columns_and_colour(color)
    render = import_module(f"aimanifest.integrity.{form}").render
    for piece in render(done, columns=columns, colour=colour):
        say(piece, colour=colour)
    from aimanifest.integrity.facts import Result

    wrong = done.of(Result.CONTRADICTED) or (strict and done.of(Result.UNCHECKED))
    context.exit(UNREAD if done.unread else FINDINGS if wrong else REACHED)


def _asked(manifest: Manifest, timeout: float, limit: int) -> Iterable[Fact]:
    """Ask whether locations answer; only here is anything imported that can open a socket."""
    from aimanifest.integrity.locations import asked

    return asked(manifest, timeout=timeout, limit=limit)
