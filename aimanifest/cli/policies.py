"""The policy that a command is given: found by its name or its path, and read."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import did_you_mean
from aimanifest.cli.options import listed

if TYPE_CHECKING:
    from aimanifest.findings import Finding
    from aimanifest.rules import Framework

SHOWN = 20
"""How many faults of a policy are told."""


def as_policy(context: click.Context, name: str, today: str | None = None) -> Framework:
    """Return the policy of this name, or in this file, with its waivers judged as of `today`."""
    from aimanifest import policy

    parameter = next(each for each in context.command.params if each.name == "policy")
    try:
        return policy.load(name, today=_day(context, today))
    except policy.Unknown as error:
        there = os.path.exists(name)
        hint = f" A file is given as a path: {os.path.join(os.curdir, name)!r}." if there else ""
        hint = hint or did_you_mean(name, error.names)
        told = f"there is no policy {name!r}.{hint} There are: {listed(error.names)}."
    except policy.Faulty as error:
        told = _faults(error.path, error.findings)
    except OSError as error:
        told = f"{name!r} cannot be read: {error.strerror or error}."
    raise click.BadParameter(told, context, parameter)


def _day(context: click.Context, text: str | None) -> str:
    if text is None:
        return date.today().isoformat()  # noqa: DTZ011  the day where the command is run
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.UsageError(
            f"--today is a day such as 2027-01-31, not {text!r}.", context
        ) from None


def _faults(path: str, findings: tuple[Finding, ...]) -> str:
    """Say what is wrong with a policy, and where, fault by fault."""
    from aimanifest.terminal import quoted, visible

    lines = [f"{visible(path)} is no right policy."]
    for each in findings[:SHOWN]:
        line, column = each.span.start
        lines.append(f"{visible(path)}:{line}:{column}: {quoted(each.message)}")
        lines += [f"    {visible(line)}" for line in each.fix.splitlines()]
    if len(findings) > SHOWN:
        lines.append(f"… and {len(findings) - SHOWN} more")
    return "\n".join(lines)
