"""`aimanifest schema`: the JSON Schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aimanifest.cli.console import say_json

if TYPE_CHECKING:
    pass


@click.command("schema")
@click.option("--report", is_flag=True, help="The schema of `validate --format json` instead.")
@click.option(
    "--license",
    "license_answer",
    is_flag=True,
    help="The schema of `license --format json` instead.",
)
@click.option("--assessment", is_flag=True, help="The schema of `assess --format json` instead.")
@click.option("--conversion", is_flag=True, help="The schema of `convert --report` instead.")
@click.option("--verification", is_flag=True, help="The schema of `verify --format json` instead.")
@click.option("--difference", is_flag=True, help="The schema of `diff --format json` instead.")
@click.option("--policy", is_flag=True, help="The schema of a policy for `validate` instead.")
def command(
    *,
    report: bool,
    license_answer: bool,
    assessment: bool,
    conversion: bool,
    verification: bool,
    difference: bool,
    policy: bool,
) -> None:
    """Print the JSON Schema of the manifest.

    In one piece, for editors and other programs.
    """
    from aimanifest import schemas

    asked = {
        "--report": report,
        "--license": license_answer,
        "--assessment": assessment,
        "--conversion": conversion,
        "--verification": verification,
        "--difference": difference,
        "--policy": policy,
    }
    match [name for name, wanted in asked.items() if wanted]:
        case []:
            say_json(schemas.bundle())
        case ["--report"]:
            say_json(schemas.report())
        case ["--license"]:
            say_json(schemas.license_answer())
        case ["--assessment"]:
            say_json(schemas.assessment())
        case ["--conversion"]:
            say_json(schemas.conversion())
        case ["--verification"]:
            say_json(schemas.verification())
        case ["--difference"]:
            say_json(schemas.difference())
        case ["--policy"]:
            say_json(schemas.bundle(schemas.POLICY))
        case [one, other, *_]:
            raise click.UsageError(f"{one} and {other} are two schemas: ask for one at a time.")
