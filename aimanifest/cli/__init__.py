"""The command: arguments, printing and exit codes. A command imports what it needs, no more."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from io import TextIOWrapper
from pkgutil import iter_modules
from types import TracebackType
from typing import NoReturn

import click

from aimanifest import __version__
from aimanifest.cli import commands
from aimanifest.cli.console import EXIT_CODES, FAILURE


def main() -> None:
    """Run the command as a process, which ends by signals and exit codes as processes do."""
    gc.disable()  # what is imported stays; looking through it for waste takes a tenth of the time
    sys.excepthook = _fail
    _leave_signals_to_the_system()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # an encoding may lack letters that a manifest has
            stream.reconfigure(errors="backslashreplace")
    aimanifest(prog_name="aimanifest")


class Commands(click.Group):
    """Imports no command but the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click gives it
        """Name all commands."""
        return sorted(each.name.replace("_", "-") for each in iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name; None if there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant, or suggest one."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            known = self.list_commands(ctx)
            raise click.NoSuchCommand(args[0], possibilities=known, ctx=ctx) from error


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, wanted: _tell_version(context) if wanted else None,
    help="Show the version, and that of the facts about licenses, and exit.",
)
def aimanifest() -> None:
    """Check what an AI release says of itself, by its file ai-manifest.yaml."""


def _tell_version(context: click.Context) -> None:
    from aimanifest.data import spdx

    click.echo(f"aimanifest {__version__}, with the SPDX License List {spdx.VERSION}")
    context.exit()


def _fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> NoReturn:
    """Show where aimanifest itself failed, and end with the code for that."""
    sys.__excepthook__(kind, error, trace)
    click.echo("aimanifest: this is a fault of aimanifest; please report it.", err=True)
    raise SystemExit(FAILURE)


def _leave_signals_to_the_system() -> None:
    """Let Ctrl-C, and a reader that has read enough, end this command like any other."""
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
