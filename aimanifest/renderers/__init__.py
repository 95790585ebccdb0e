"""One output format per file: each module here defines `render`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol

from aimanifest.findings import Finding, Outcome, Span
from aimanifest.report import FILE_RULES, Report, Target, Unread
from aimanifest.rules import COMPLETE, FAULTS, Answer, Assessment, Framework, Rule, Waiver
from aimanifest.terminal import cut, quoted

LIMIT_FINDINGS = 100
"""How many findings of one file are shown to people."""

LIMIT_LINE = 400
"""How much is shown of what is not to be broken: a path, a line of YAML to write."""


class Screen(NamedTuple):
    """What the output is made for: so many columns, with colour or without."""

    columns: int = 100
    colour: bool = False


class Renderer(Protocol):
    """Turns results into pieces of text, each as soon as its file is known, and keeps none.

    One that says nothing of a file, or says it at the end, gives "" meanwhile: so several can go
    through the same results in step.
    """

    def __call__(
        self, results: Iterable[Report | Unread], *, targets: Sequence[Target], screen: Screen
    ) -> Iterator[str]:
        """Give the text piece by piece; `targets` are what every file has to reach."""


def names() -> tuple[str, ...]:
    """Return the name of every output format."""
    return tuple(sorted(each.name for each in iter_modules(__path__)))


def load(name: str, file: str = "") -> Renderer:
    """Return the renderer of this name.

    Args:
        name: the name of a format.
        file: what is to be written; where a format has several forms, the ending decides.

    Raises:
        ModuleNotFoundError: if there is no such format.
        KeyError: if it has several forms, and none with this ending; its argument tells them all.

    """
    module = import_module(f"{__name__}.{name}")
    renderer: Renderer = module.render
    forms: dict[str, Renderer] = getattr(module, "FORMS", {})
    if not file or not forms:
        return renderer
    ending = os.path.splitext(file)[1].lower()
    if ending not in forms:
        raise KeyError(" or ".join(forms))
    return forms[ending]


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


def waived_until(waiver: Waiver) -> str:
    """Say until when something is waived, by whom, and why; on one line and not at length."""
    reason = quoted(cut(waiver.reason.removesuffix("."), LIMIT_LINE))
    return f"until {waiver.expires} by {quoted(waiver.owner)}: {reason}"


def core_matters(core: Assessment, targets: Sequence[Target]) -> bool:
    """Whether there is something to say of `core`, which is met where others are assessed."""
    return core.verdict() is not COMPLETE or any(
        each.framework is core.framework for each in targets
    )


def only_repeats(answer: Answer) -> bool:
    """Whether a rule of the verdict fails for faults that were told before, and only for these."""
    told = any(each.outcome in FAULTS for each in answer.findings)
    return answer.rule.level is not None and answer.outcome in FAULTS and not told


def smallest_step(assessment: Assessment) -> tuple[Finding, str] | None:
    """Return the finding that is the easiest to mend, and what to write.

    To say what is so is easier than to settle what is open, and that easier than to change what is
    so; among such rules the one with the fewest findings is the nearest to being met.
    """
    waived = {finding for finding, _ in assessment.waived}
    open_rules = (
        (_EASE.index(answer.outcome), len(faults), index, faults[0], answer.rule)
        for index, answer in enumerate(assessment.answers)
        if answer.rule.level is not None and answer.outcome in FAULTS
        if (
            faults := [
                each
                for each in answer.findings
                if each.outcome is answer.outcome and each not in waived
            ]
        )
    )
    easiest = min(open_rules, default=None, key=lambda each: each[:3])
    return (easiest[3], easiest[3].fix or easiest[4].fix) if easiest else None


_EASE = (Outcome.UNSTATED, Outcome.UNDETERMINED, Outcome.PARTIAL, Outcome.UNMET)


KEY = re.compile(r"([A-Za-z0-9][\w.-]*):(?:\s|$)")
"""How a fix begins that is YAML and no sentence."""


def is_sentence(fix: str) -> bool:
    """Whether `fix` tells what to do, and is no YAML to write."""
    yaml = KEY.match(fix) or "\n" in fix or " " not in fix
    return "`" in fix.partition(" #")[0] or not yaml


def sentence(text: str) -> str:
    """Begin `text` with a capital letter and end it with a full stop, safe and on one line."""
    told = quoted(" ".join(text.split()))
    return f"{told[:1].upper()}{told[1:]}{'' if told.endswith(('.', '?', '!')) else '.'}"


def grade(entry: Entry, targets: Sequence[Target]) -> str:
    """Say how much a finding weighs where all is an "error", a "warning" or a "note".

    What is right and what is required is weighed; what stands beside the verdicts, what is asked by
    harder levels than those that are required, and what is waived, is worth a note.
    """
    outcome, rule = entry.finding.outcome, entry.rule
    if outcome is None or entry.waiver or not asked(rule, targets):
        return "note"
    return "error" if outcome is Outcome.UNMET else "warning"


def asked(rule: Rule, targets: Sequence[Target]) -> bool:
    """Whether a rule bears on what is required: it is of the file, or of a level that is needed."""
    if rule.check is None:
        return True
    id = rule.id.partition("/")[0]
    levels = [each.framework.needed(each.level) for each in targets if each.framework.id == id]
    return rule.level is not None and (not levels or any(rule.level in each for each in levels))


def recognisable(report: Report) -> Iterator[tuple[Entry, str]]:
    """Give each finding to be shown with digits by which it is known again when lines move.

    They depend on the rule and on the place by its keys; and on the path, so that no two files of a
    run share them.
    """
    from hashlib import sha256  # noqa: PLC0415  only what others keep needs it

    counts: dict[tuple[str, str], int] = {}
    path = plain_path(relative(report.path))
    for section in sections(report):
        for entry in section.entries:
            place = entry.finding.rule, entry.finding.pointer
            counts[place] = counts.get(place, 0) + 1
            told = "\n".join((path, *map(plain_path, place), str(counts[place])))
            yield entry, sha256(told.encode()).hexdigest()


def relative(path: str) -> str:
    """Return `path` as who works in the same folder elsewhere would write it, with slashes."""
    if os.path.isabs(path):
        path = path.removeprefix(os.path.join(os.getcwd(), ""))
    return path.removeprefix(os.path.join(os.curdir, "")).replace(os.sep, "/")


def plain_path(path: str) -> str:
    """Return `path` without the lone surrogates that stand for bytes which are not UTF-8."""
    return path.encode(errors="backslashreplace").decode()


def _reading_order(entry: Entry) -> tuple[Span, str]:
    return entry.finding.span, entry.rule.id
