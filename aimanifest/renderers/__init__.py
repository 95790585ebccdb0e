"""One output format per file: each module here defines `render`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol

from aimanifest.findings import Finding, Outcome, Span
from aimanifest.report import FILE_RULES, Report, Target, Unread
from aimanifest.rules import FAULTS, Assessment, Framework, Rule, Waiver

LIMIT_FINDINGS = 100
"""How many findings of one file are shown to people."""


class Screen(NamedTuple):
    """What the output is made for: so many columns, with colour or without."""

    columns: int = 100
    colour: bool = False


class Renderer(Protocol):
    """Turns results into pieces of text, each as soon as its file is known, and keeps none."""

    def __call__(
        self, results: Iterable[Report | Unread], *, targets: Sequence[Target], screen: Screen
    ) -> Iterator[str]:
        """Give the text piece by piece; `targets` are what every file has to reach."""


def names() -> tuple[str, ...]:
    """Return the name of every output format."""
    return tuple(sorted(each.name for each in iter_modules(__path__)))


def load(name: str) -> Renderer:
    """Return the renderer of this name.

    Raises:
        ModuleNotFoundError: if there is none.

    """
    renderer: Renderer = import_module(f"{__name__}.{name}").render
    return renderer


class Entry(NamedTuple):
    """A finding with its rule; `apart` where the rule enters no verdict."""

    finding: Finding
    rule: Rule
    apart: bool = False
    waiver: Waiver | None = None

    @property
    def word(self) -> str:
        """What the finding amounts to, in one word."""
        return self.finding.outcome.value if self.finding.outcome else "remark"


class Section(NamedTuple):
    """Entries that belong together, in the order of the file."""

    heading: str
    entries: tuple[Entry, ...]


def sections(report: Report) -> tuple[Section, ...]:
    """Sort all that is to be shown of `report`: what bears on a verdict first, remarks last.

    That a rule does not apply is no news, and is not shown. What a framework without levels asks
    has a heading of its own.
    """
    found: dict[str, list[Entry]] = {}
    apart: dict[str, list[Entry]] = {}
    remarks: list[Entry] = []
    asked: dict[str, list[Entry]] = {}
    found["The file"] = [Entry(each, FILE_RULES[each.rule]) for each in report.problems]
    for assessment in report.assessments:
        framework = assessment.framework
        if not framework.levels:
            entries = [Entry(f, a.rule) for a in assessment.answers for f in a.findings]
            asked[f"{framework.title}: {framework.beside}"] = entries
            continue
        counted = found.setdefault(named(framework), [])
        waived = dict(assessment.waived)
        for answer in assessment.answers:
            rule = answer.rule
            beside = apart.setdefault(framework.beside, []) if rule.level is None else counted
            for each in answer.findings:
                if each.outcome is None:
                    remarks.append(Entry(each, rule))
                elif each.outcome is not Outcome.NOT_APPLICABLE:
                    waiver = waived.get(each) if waived else None
                    beside.append(Entry(each, rule, apart=rule.level is None, waiver=waiver))
    claims = [Entry(each, FILE_RULES[each.rule]) for each in report.claims]
    listed = {**found, "Claims": claims, **apart, "Remarks": remarks, **asked}
    return tuple(
        Section(heading, tuple(sorted(entries, key=_reading_order)))
        for heading, entries in listed.items()
        if entries
    )


def named(framework: Framework) -> str:
    """Name a framework as people do: its title and its version."""
    return f"{framework.title} {framework.version}"


def by(framework: Framework) -> str:
    """Name what a verdict is by: a definition, or a policy, which is somebody's own."""
    if framework.policy is None:
        return f"the {named(framework)}"
    return f'the policy "{framework.title}", version {framework.version}'


def verdict(assessment: Assessment) -> str:
    """Say what the answers amount to; that something is waived makes nothing complete."""
    if not assessment.except_waived:
        return assessment.verdict().word
    number = len(assessment.waived)
    return f"complete except for {number} waived {'finding' if number == 1 else 'findings'}"


def counts(assessment: Assessment) -> str:
    """Say how many requirements came out how, in the order of the reader's interest."""
    numbers = ((assessment.count(each), each.value) for each in _INTEREST)
    return ", ".join(f"{number} {word}" for number, word in numbers if number)


_INTEREST = (
    Outcome.MET,
    Outcome.UNMET,
    Outcome.PARTIAL,
    Outcome.UNSTATED,
    Outcome.UNDETERMINED,
    Outcome.NOT_APPLICABLE,
)


def unassessed(report: Report) -> str:
    """Say why no framework but `core` has assessed a file with problems."""
    judged = (each for one in report.assessments for each in one.findings)
    number = len(report.problems) + sum(each.outcome in FAULTS for each in judged)
    faults, them = ("a fault", "it") if number == 1 else (f"{number} faults", "them")
    return f"not assessed: the file has {faults}; mend {them} first"


def _reading_order(entry: Entry) -> tuple[Span, str]:
    return entry.finding.span, entry.rule.id
