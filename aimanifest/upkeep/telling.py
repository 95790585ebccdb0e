"""What changed between two manifests, told as text, as JSON, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aimanifest import __version__
from aimanifest.data import spdx
from aimanifest.markup.markdown import code, table
from aimanifest.markup.markdown import message as marked
from aimanifest.report import Report
from aimanifest.terminal import quoted, visible, wrapped
from aimanifest.upkeep.difference import Difference, Effect, Judged, Turn
from aimanifest.upkeep.direction import BETTER, NEUTRAL, UNCLEAR, WORSE, Direction

FORMAT = "1.0"
"""The version of the form of the JSON."""

ORDER = (WORSE, UNCLEAR, BETTER, NEUTRAL)
NOTHING = "Nothing changed that any of the definitions asks about."


def names() -> tuple[str, ...]:
    """Name the forms in which a difference can be told."""
    return ("text", "json", "markdown")


def text(difference: Difference, *, columns: int) -> Iterator[str]:
    """Tell it to people, what is worse first; what comes from a manifest is made safe to print."""
    yield f"{_titled(difference.old)} → {_titled(difference.new)}"
    for direction in ORDER:
        found = [each for each in difference.changes if each.direction is direction]
        turns = [each for each in difference.turns if each.direction is direction]
        if not found and not turns:
            continue
        yield ""
        yield direction.value.capitalize()
        for turn in turns:
            yield from wrapped(_turned(turn), columns, first="  * ", rest="    ")
        for each in found:
            yield from wrapped(quoted(each.change.message), columns, first="  - ", rest="    ")
            for line in map(_by, each.effects):
                yield from wrapped(line, columns, first="      ", rest="        ")
    if difference.elsewhere:
        yield ""
        yield "Elsewhere, because of these changes"
        for line in map(_by, difference.elsewhere):
            yield from wrapped(line, columns, first="  ", rest="    ")
    yield ""
    yield _summary(difference)


def markdown(difference: Difference) -> Iterator[str]:
    """Tell it for a comment or a step summary, as GitHub's Markdown."""
    yield f"## {marked(_titled(difference.old))} → {marked(_titled(difference.new))}"
    yield ""
    yield _summary(difference)
    if difference.turns:
        head = ("Framework", "Level", "Was", "Is", "")
        rows = [
            (
                code(each.framework),
                marked(each.level),
                each.before,
                each.after,
                _bold(each.direction),
            )
            for each in sorted(difference.turns, key=lambda each: ORDER.index(each.direction))
        ]
        yield ""
        yield from table(head, rows)
    if difference.changes:
        told = [
            (_bold(each.direction), marked(each.change.message), _cells(each))
            for each in sorted(difference.changes, key=lambda each: ORDER.index(each.direction))
        ]
        yield ""
        yield from table(("", "What changed", "By which definition"), told)
    if difference.elsewhere:
        yield ""
        yield f"Elsewhere, because of these changes: {_effects(difference.elsewhere)}."


def plain(difference: Difference) -> dict[str, Any]:
    """Return it as plain data, as `schema/difference.schema.json` describes it."""
    return {
        "difference": FORMAT,
        "tool": {"name": "aimanifest", "version": __version__, "spdx_license_list": spdx.VERSION},
        "old": _plain_report(difference.old),
        "new": _plain_report(difference.new),
        "regressions": difference.regressions,
        "verdicts": [
            {
                "framework": each.framework,
                "level": each.level or None,
                "before": each.before,
                "after": each.after,
                "direction": each.direction.value,
            }
            for each in difference.turns
        ],
        "changes": [
            {
                "what": each.change.what,
                "subject": each.change.subject,
                "pointer": each.change.places[0],
                "message": each.change.message,
                "direction": each.direction.value,
                "by_itself": each.change.direction.value,
                "frameworks": _plain_effects(each.effects),
            }
            for each in difference.changes
        ],
        "elsewhere": _plain_effects(difference.elsewhere),
    }


def _plain_report(report: Report) -> dict[str, str]:
    return {"path": report.path, "name": report.title}


def _plain_effects(effects: Iterable[Effect]) -> list[dict[str, Any]]:
    return [
        {
            "framework": each.framework,
            "direction": each.direction.value,
            "rules": list(each.rules),
        }
        for each in effects
    ]


def _titled(report: Report) -> str:
    version = report.manifest.release.version if report.manifest else None
    named = " ".join(filter(None, [report.title, version]))
    return quoted(named or visible(report.path))


def _turned(turn: Turn) -> str:
    level = f", {turn.level}" if turn.level else ""
    return quoted(f"{turn.framework}{level}: {turn.before} → {turn.after}")


def _by(effect: Effect) -> str:
    return f"{effect.direction.value} by {', '.join(effect.rules)}"


def _bold(direction: Direction) -> str:
    return f"**{direction.value}**" if direction is WORSE else direction.value


def _cells(judged: Judged) -> str:
    return _effects(judged.effects)


def _effects(effects: Iterable[Effect]) -> str:
    return ", ".join(f"{each.direction.value} by {code(each.framework)}" for each in effects)


def _summary(difference: Difference) -> str:
    if not difference.changes and not difference.turns:
        return NOTHING
    counts = [
        (sum(each.direction is way for each in difference.changes), way.value) for way in ORDER
    ]
    said = ", ".join(f"{count} {word}" for count, word in counts if count)
    number = len(difference.turns)
    verdicts = "1 verdict" if number == 1 else f"{number} verdicts"
    total = len(difference.changes)
    changes = "1 change" if total == 1 else f"{total} changes"
    told = f"{changes} ({said})" if total else "no change of the parts"
    return f"{told}; {verdicts} changed."
