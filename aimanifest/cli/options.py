"""Parameters that several commands have, and how their values are found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import did_you_mean

if TYPE_CHECKING:
    from aimanifest.renderers import Renderer
    from aimanifest.report import Target
    from aimanifest.rules import Framework


def as_framework(id: str) -> Framework:
    """Return the framework with this id."""
    from aimanifest import frameworks

    try:
        return frameworks.load(id)
    except KeyError:
        known = frameworks.every()
        hint = did_you_mean(id, known)
        told = f"there is no framework {id!r}.{hint} There are: {listed(known)}."
        raise click.BadParameter(told) from None


def as_target(text: str) -> Target:
    """Return the framework, and after a colon the level of it, that a manifest has to reach."""
    from aimanifest.report import Target

    id, colon, level = text.partition(":")
    framework = as_framework(id)
    if not framework.levels:
        raise click.BadParameter(f"{id} gives no verdict, so it cannot be required.")
    if colon and level not in framework.levels:
        hint = did_you_mean(level, framework.levels)
        levels = listed(framework.levels)
        raise click.BadParameter(f"{id} has no level {level!r}.{hint} It has: {levels}.")
    return Target(framework, level or None)


def as_renderer(name: str) -> Renderer:
    """Return the renderer for an output format."""
    from aimanifest import renderers

    known = renderers.names()
    if name not in known:
        hint = did_you_mean(name, known)
        raise click.BadParameter(f"there is no format {name!r}.{hint} There are: {listed(known)}.")
    return renderers.load(name)


def listed(words: Iterable[str]) -> str:
    """Write words with commas between them."""
    return ", ".join(words)


COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="`auto`: on a terminal, unless NO_COLOR is set.",
)
