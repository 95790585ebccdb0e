"""`aimanifest lsp`: a language server for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aimanifest.cli.options import as_framework

if TYPE_CHECKING:
    from aimanifest.rules import Framework


@click.command("lsp")
@click.option(
    "--require",
    "frameworks",
    type=as_framework,
    multiple=True,
    default=("osaid-1.0",),
    show_default=True,
    metavar="FRAMEWORK",
    help="By what manifests are measured while they are written; may be given several times.",
)
def command(*, frameworks: tuple[Framework, ...]) -> None:
    """Speak the Language Server Protocol over standard input and output.

    An editor starts this command for files called ai-manifest.yaml, ai-manifest.yml or
    ai-manifest.json. It shows findings as you type, explains fields, licenses and rules under the
    cursor, completes keys, kinds, licenses and ids of components, and offers quick fixes.

    It needs the extra `lsp`: pip install 'aimanifest[lsp]'. Nothing is fetched from the network.
    """
    try:
        from aimanifest.editors.server import server
    except ModuleNotFoundError as error:
        missing = error.name or "a library"
        raise click.ClickException(
            f"{missing} is not installed; `pip install 'aimanifest[lsp]'` installs it."
        ) from error
    server([each.id for each in frameworks]).start_io()
