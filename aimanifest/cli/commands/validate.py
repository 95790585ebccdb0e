"""`aimanifest validate`: check manifests, and say what to mend."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from aimanifest.cli.console import EXIT_CODES, FINDINGS, REACHED, UNREAD, complain, say, screen
from aimanifest.cli.manifests import hold_stdin, results_of
from aimanifest.cli.options import COLOR, as_renderer, as_target

if TYPE_CHECKING:
    from aimanifest.cli.outputs import Output
    from aimanifest.renderers import Renderer
    from aimanifest.report import Report, Target, Unread
    from aimanifest.rules import Framework


def _as_output(text: str) -> Output:
    """Return a file and what writes it, from `FORMAT=FILE`."""
    from aimanifest.cli.outputs import as_output

    return as_output(text)


@click.command(
    "validate",
    epilog=f"""\b
Examples:
  aimanifest validate
  aimanifest validate --require g7-2026:open-weights release/
  aimanifest validate --require core --format concise - < ai-manifest.yaml
  aimanifest validate --output html=release.html --output badge=openness.svg

{EXIT_CODES}""",
)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[PATH]...")
@click.option(
    "--require",
    "targets",
    type=as_target,
    multiple=True,
    default=("osaid-1.0",),
    show_default=True,
    metavar="FRAMEWORK[:LEVEL]",
    help="What every manifest has to reach; may be given several times. `core` asks only that the "
    "file is right, which is asked in any case. What a release claims is always checked.",
)
@click.option(
    "--policy",
    metavar="POLICY",
    multiple=True,
    help="What every manifest has to meet, in place of the default of --require: the path of a "
    "policy, as `aimanifest schema --policy` describes it, or the name of one that comes with "
    "aimanifest: darktable, debian-proposed.",
)
@click.option(
    "--today",
    metavar="DATE",
    help="The day by which the waivers of a policy are judged, such as 2027-01-31.",
)
@click.option(
    "--format",
    "renderer",
    type=as_renderer,
    metavar="FORMAT",
    default="text",
    show_default=True,
    help="What goes to standard output. `text` is for people; `concise` for editors, one line for "
    "each finding; `json` for programs, as `aimanifest schema --report` describes it; `sarif` for "
    "code scanning; `github` and `gitlab` for remarks beside the lines of a change; `junit` for "
    "test reports; `markdown` for step summaries; `html` for readers, a page in one file; `badge` "
    "for README files.",
)
@click.option(
    "--output",
    "outputs",
    type=_as_output,
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write this format into a file besides; may be given several times. A file is written as "
    "a whole, at the end, or not at all. A badge ends in .svg, or in .json for shields.io, and "
    "shows what --require names; one for each framework.",
)
@COLOR
@click.option(
    "--stdin-filename",
    metavar="PATH",
    help="What to call standard input; the manifests of bases are looked for beside it.",
)
@click.pass_context
def command(
    context: click.Context,
    *,
    paths: tuple[str, ...],
    targets: tuple[Target, ...],
    policy: tuple[str, ...],
    today: str | None,
    renderer: Renderer,
    outputs: tuple[Output, ...],
    color: str,
    stdin_filename: str | None,
) -> None:
    """Check manifests, and say what to mend.

    PATH is a file of any name, a folder, or `-` for standard input; without one, the current
    folder. In folders, ai-manifest.yaml, ai-manifest.yml and ai-manifest.json are found at any
    depth, but not in folders whose name begins with a dot, nor behind links to folders.

    Nothing is fetched from the network.
    """
    hold_stdin(context, paths, stdin_filename)
    if outputs:
        from aimanifest.cli.outputs import hold_outputs

        hold_outputs(context, outputs, paths)
    from aimanifest.report import Report

    worst = REACHED
    bar = _policy(context, policy, today)
    wanted = tuple(dict.fromkeys(targets))
    required = tuple(dict.fromkeys(each.framework.id for each in wanted))
    if bar:
        from aimanifest.report import Target

        if context.get_parameter_source("targets") is ParameterSource.DEFAULT:
            wanted = required = ()
        wanted = (Target(bar, None), *wanted)

    def results() -> Iterator[Report | Unread]:
        nonlocal worst
        for each in results_of(paths or (os.curdir,), required, stdin_filename, policy=bar):
            if isinstance(each, Report):
                worst = max(worst, REACHED if each.reaches(wanted) else FINDINGS)
                if not gc.isenabled():  # all is imported: from here on, waste can be left behind
                    gc.freeze()
                    gc.enable()
            else:
                worst = UNREAD
                complain(each)
            yield each

    shown_on = screen(color)
    if outputs:
        from aimanifest.cli.outputs import together

        pieces = together(results(), renderer, outputs, targets=wanted, screen=shown_on)
    else:
        pieces = renderer(results(), targets=wanted, screen=shown_on)
    for piece in pieces:
        say(piece, colour=shown_on.colour)
    context.exit(worst)


def _policy(
    context: click.Context, policies: tuple[str, ...], today: str | None
) -> Framework | None:
    """Return the policy that was asked for, if one was."""
    if len(policies) > 1:
        raise click.UsageError("--policy is given once; one policy may extend another.", context)
    if not policies:
        if today is not None:
            raise click.UsageError("--today is about the waivers of a --policy.", context)
        return None
    from aimanifest.cli.policies import as_policy

    return as_policy(context, policies[0], today)
