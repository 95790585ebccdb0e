"""Questions on a terminal about what a folder does not say; none has to be answered."""

from __future__ import annotations

from collections.abc import Callable
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from aimanifest.drafting.evidence import Evidence
    from aimanifest.drafting.gaps import Gap

Answers = dict[str, str]


class Stopped(Exception):  # noqa: N818  it says what happened
    """Somebody ended the questions before the last one."""


def ask(evidence: Evidence, answers: Answers, *, keep: Callable[[Answers], None]) -> Answers:
    """Ask what is missing, one thing after the other, and return what was answered, by pointer.

    `keep` is given all answers after each, so that nothing is lost by an interruption.

    Raises:
        Stopped: if the input ends, or whoever answers wants to stop.

    """
    from aimanifest.drafting import draft

    known = dict(answers)
    skipped: set[str] = set()
    if known:
        click.echo(f"{len(known)} answers of before are taken up again.")
    click.echo("Enter leaves a question open; `quit` stops, and keeps what was answered.\n")
    while gap := _next(evidence, known, skipped):
        text = _answer(gap, evidence, known)
        if text:
            known[gap.pointer] = text
            keep(known)
        else:
            skipped.add(gap.pointer)
    while known and (pointer := _chosen(known)):
        before = known[pointer]
        others = {each: text for each, text in known.items() if each != pointer}
        gap = next(
            (each for each in draft(evidence, others).questions if each.pointer == pointer), None
        )
        text = _answer(gap, evidence, others, before=before) if gap else ""
        if text:
            known[pointer] = text
        else:
            del known[pointer]
        keep(known)
    return known


def _next(evidence: Evidence, known: Answers, skipped: set[str]) -> Gap | None:
    """Return the next thing to ask about: an answer may bring up, or settle, others."""
    from aimanifest.drafting import draft

    questions = draft(evidence, known).questions
    return next(
        (each for each in questions if each.pointer not in skipped and each.pointer not in known),
        None,
    )


def _answer(gap: Gap, evidence: Evidence, known: Answers, *, before: str = "") -> str:
    """Ask about one thing until the answer fits, or is left open."""
    from aimanifest.drafting import objection

    _show(gap)
    while True:
        text = _prompt("> ", before)
        if not text:
            click.echo()
            return ""
        if gap.candidates and text.isdecimal() and 0 < int(text) <= len(gap.candidates):
            text = gap.candidates[int(text) - 1]
        why = objection(evidence, known, gap.pointer, text)
        if not why:
            click.echo()
            return text
        _say(f"That does not fit: {why}")


def _show(gap: Gap) -> None:
    """Write what is asked: of which part, what belongs there, and what it may be."""
    from aimanifest.drafting.answers import expected
    from aimanifest.terminal import visible

    name = " / ".join(gap.steps[1:] if gap.steps[0] == "components" else gap.steps)
    click.secho(visible(name), bold=True)
    _say(gap.sentence)
    if how := expected(gap.steps):
        _say(how)
    for number, candidate in enumerate(gap.candidates, 1):
        _say(f"  {number}  {candidate}")


def _say(text: str) -> None:
    from aimanifest.terminal import visible, wrapped

    columns = max(get_terminal_size((80, 24)).columns, 20)
    start = text[: len(text) - len(text.lstrip())]
    for line in wrapped(visible(text.strip()), columns, first=start, rest=start):
        click.echo(line)


def _prompt(label: str, before: str = "") -> str:
    """Read a line: "" where a question is left open, `before` where that stands there."""
    try:
        text: str = click.prompt(label, default=before, show_default=bool(before), prompt_suffix="")
    except (click.Abort, EOFError) as error:
        raise Stopped from error
    text = text.strip()
    if text == "quit":
        raise Stopped
    return "" if text == "-" else text


def _chosen(known: Answers) -> str:
    """Show all answers, and return the pointer of the one that is to be changed; "" for none."""
    from aimanifest.terminal import cut, visible

    pointers = list(known)
    click.secho("What you answered", bold=True)
    for number, pointer in enumerate(pointers, 1):
        _say(f"  {number}  {pointer[1:]}: {visible(cut(known[pointer], 60))}")
    click.echo("A number changes that answer (`-` takes it back); Enter writes the manifest.")
    while True:
        text = _prompt("> ")
        if not text:
            return ""
        if text.isdecimal() and 0 < int(text) <= len(pointers):
            return pointers[int(text) - 1]
