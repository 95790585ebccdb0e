"""What releases amount to by each framework, side by side; one form of it per file, as `render`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Sized
from functools import cache, lru_cache
from importlib import import_module
from itertools import takewhile
from operator import attrgetter
from pkgutil import iter_modules
from typing import NamedTuple, Protocol

from aimanifest.evidence import Evidence, evidence
from aimanifest.findings import Finding, Outcome, Span
from aimanifest.manifest import Manifest
from aimanifest.marks import ASKED, MET, NOT_APPLICABLE, Mark, of_outcome
from aimanifest.report import Report, Unread
from aimanifest.rules import (
    COMPLETE,
    FAULTS,
    INAPPLICABLE,
    QUESTIONS,
    UNDETERMINED,
    Answer,
    Assessment,
    Figure,
    Framework,
    Rule,
    Verdict,
)
from aimanifest.steps import Change, Step, Steps

FIRST = "osaid-1.0"
"""The framework that stands before all others: the one by which a manifest is judged unless another
is asked for."""

QUIET = ("core", "license-flow")
"""Frameworks that are shown only where they find something, unless they are asked for: whether the
file is right, and what people should ask, define no openness."""

PREMISE = (
    "What is stated, measured by each framework in its own words. No two of them mean the same by "
    "open, so they are never counted together, and there is no overall score."
)

LIMIT_EVIDENCE = 8
"""How many places are shown to people for one requirement of one release."""


class Cell(NamedTuple):
    """One requirement, asked of one release.

    `told` are findings under other rules of the same framework that bear on this one too.
    """

    rule: Rule
    outcome: Outcome
    mark: Mark
    findings: tuple[Finding, ...] = ()
    told: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the rule within its framework."""
        return self.rule.id.partition("/")[2]

    @property
    def lacking(self) -> bool:
        """Whether it keeps, or would keep, a release from a level."""
        return self.outcome in FAULTS

    @property
    def line(self) -> int | None:
        """The line of the file that shows best why the outcome is what it is; None without one."""
        decisive = (each for each in self.findings if each.outcome is self.outcome)
        findings = (*decisive, *self.told, *self.findings)
        spans = [*(each.span for each in findings), *(each.span for each in self.evidence)]
        return spans[0].start.line if spans else None


class Rung(NamedTuple):
    """A level of a framework: its id, what the framework calls it, and whether it is reached.

    `mark` is that of the worst answer to what the level, or one below it, asks: silence is no
    refusal, and what does not apply is neither reached nor missed. `lacking` counts the
    requirements of this level itself that are not met.
    """

    level: str
    name: str
    verdict: Verdict
    mark: Mark
    lacking: int

    @property
    def settled(self) -> bool:
        """Whether there is nothing left to do: the level is reached, or asks nothing here."""
        return self.verdict in (COMPLETE, INAPPLICABLE)


class Way(NamedTuple):
    """The smallest step to a level, told after those to easier ones.

    `first` marks the way to the next level. Where the changes on the way to an easier level are
    all needed here too, `beyond` is the name of the hardest such level, and `changes` are only
    those besides. `reasons` say what no change removes, as far as it was not told before.
    """

    rung: Rung
    step: Step
    first: bool
    beyond: str
    changes: tuple[Change, ...]
    reasons: tuple[str, ...]

    @property
    def obstacle(self) -> str:
        """What to write over `reasons`."""
        if self.first:
            return "No change of the release removes:"
        return f"For {self.rung.name}, no change of the release removes:"

    @property
    def summary(self) -> str:
        """What to write over `changes`; "" where `reasons` say all."""
        step, name = self.step, self.rung.name
        smallest = "The smallest step up" if self.first else f"The smallest step to {name}"
        if not step.changes:
            if not step.blocked:
                return f"{smallest} was not found."
            return "" if self.reasons else f"No change of the release reaches {name}."
        told = plural(len(step.changes), "change")
        if self.beyond and self.changes:
            told += f", {len(self.changes)} besides those for {self.beyond}"
        elif self.beyond:
            told += f", the same as for {self.beyond}"
        if step.blocked:
            smallest = "What can be changed" if self.first else f"What can be changed for {name}"
        return f"{smallest}: {told}."


class Sheet(NamedTuple):
    """All that one framework says of one release.

    `climb` looks for the smallest step to a level when it is first asked, since that takes longer
    than all the rest.
    """

    framework: Framework
    verdict: Verdict
    rungs: tuple[Rung, ...]
    figures: tuple[Figure, ...]
    cells: tuple[Cell, ...]
    climb: Callable[[str], Step]

    def step(self, rung: Rung) -> Step | None:
        """Return the smallest step to a level; None where there is none to be taken.

        What a file lacks to be right is told with what to write, so no step is looked for.
        """
        quiet = self.framework.id in QUIET
        return None if quiet or rung.settled else self.climb(rung.level)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The smallest step to each level that is not reached, from the easiest to the hardest."""
        found = map(self.step, self.rungs)
        return tuple(each for each in found if each)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The same, each told without what the one before it has told."""
        ways: list[Way] = []
        for rung in self.rungs:
            if step := self.step(rung):
                ways.append(_way(rung, step, ways))
        return tuple(ways)

    @property
    def reached(self) -> Rung | None:
        """The hardest level that is reached; None: not even one, or the framework has none."""
        done = list(takewhile(lambda each: each.verdict is COMPLETE, self.rungs))
        return done[-1] if done else None

    @property
    def next(self) -> Rung | None:
        """The easiest level that is not reached; None where there is none."""
        return next((each for each in self.rungs if not each.settled), None)

    @property
    def ahead(self) -> tuple[Cell, ...]:
        """What stands in the way of the next level; without levels, all that is found missing."""
        if not self.rungs:
            return tuple(each for each in self.cells if each.lacking or each.mark is ASKED)
        level = self.next.level if self.next else None
        return tuple(each for each in self._judged if each.lacking and each.rule.level == level)

    @property
    def beyond(self) -> tuple[Cell, ...]:
        """What stands in the way of levels above the next one only."""
        level = self.next.level if self.next else None
        return tuple(each for each in self._judged if each.lacking and each.rule.level != level)

    @property
    def fine(self) -> tuple[Cell, ...]:
        """What is met."""
        cells = self._judged if self.rungs else self.cells
        return tuple(each for each in cells if each.mark is MET)

    @property
    def idle(self) -> tuple[Cell, ...]:
        """What does not apply."""
        cells = self._judged if self.rungs else self.cells
        return tuple(each for each in cells if each.mark is NOT_APPLICABLE)

    @property
    def beside(self) -> tuple[Cell, ...]:
        """What is reported apart, and enters no level of a framework that has levels."""
        return tuple(each for each in self.cells if self.rungs and each.rule.level is None)

    @property
    def _judged(self) -> tuple[Cell, ...]:
        return tuple(each for each in self.cells if each.rule.level is not None)

    @property
    def standing(self) -> tuple[float, ...]:
        """What the rows of one framework are put in order by, the best first.

        Levels reached, then the framework's first figure, then requirements that are not lacking.
        """
        reached = sum(each.verdict is COMPLETE for each in self.rungs)
        settled = sum(not each.lacking for each in self.cells)
        figure = self.figures[0].value if self.figures else -1
        return (-reached, -figure, -settled)


class Overview(NamedTuple):
    """One release by every framework that was asked for.

    `faults` are those of the file; where it could not be assessed for them, there are no sheets.
    """

    path: str
    title: str
    publisher: str
    assessed: bool
    faults: tuple[Finding, ...]
    claims: tuple[Finding, ...]
    sheets: tuple[Sheet, ...]

    @property
    def name(self) -> str:
        """What to call it: its title, or the path of its file."""
        return self.title or self.path

    def sheet(self, framework: Framework) -> Sheet | None:
        """Return what `framework` says of it, if it is shown."""
        return next((each for each in self.sheets if each.framework is framework), None)


class Comparison(NamedTuple):
    """All releases that were looked at, and what could not be read."""

    overviews: tuple[Overview, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        """Every framework that says something of at least one release."""
        return in_order(dict.fromkeys(s.framework for each in self.overviews for s in each.sheets))

    def named(self) -> tuple[Overview, ...]:
        """Give all of them by name: by no framework is one better than another."""
        return tuple(sorted(self.overviews, key=lambda each: (each.name.casefold(), each.path)))

    def labels(self) -> Mapping[str, str]:
        """Give by path what each is called in a table: its name, or the path if others share it."""
        counts = Counter(each.name for each in self.overviews)
        return {e.path: e.name if counts[e.name] == 1 else e.path for e in self.overviews}

    def ranked(self, framework: Framework) -> tuple[tuple[Overview, Sheet], ...]:
        """Give those that `framework` assessed, in the order in which it puts them itself."""
        found = ((each, each.sheet(framework)) for each in self.named())
        rows = [(each, sheet) for each, sheet in found if sheet]
        return tuple(sorted(rows, key=lambda row: row[1].standing))


class Form(Protocol):
    """Writes a comparison down, in pieces of text."""

    def __call__(self, comparison: Comparison, *, columns: int, colour: bool) -> Iterator[str]:
        """Give the text piece by piece, for a screen of so many columns, with colour or without."""


def names() -> tuple[str, ...]:
    """Return the name of every form."""
    return tuple(sorted(each.name for each in iter_modules(__path__)))


def load(name: str) -> Form:
    """Return the form of this name.

    Raises:
        ModuleNotFoundError: if there is none.

    """
    form: Form = import_module(f"{__name__}.{name}").render
    return form


def overview(report: Report, frameworks: Sequence[Framework], *, quiet: bool = True) -> Overview:
    """Gather what `frameworks` say of one release, in their order.

    Args:
        report: what is known of the file; it has to have been assessed by all of `frameworks`.
        frameworks: what to show.
        quiet: whether to leave `QUIET` frameworks out where they find nothing.

    """
    manifest = report.manifest
    core = report.assessment("core")
    missing = [f for f in core.findings if f.outcome in FAULTS] if core else []
    sheets = []
    if manifest:
        start = _Start(manifest)
        for framework in frameworks:
            assessment = report.assessment(framework.id)
            if assessment is None or (quiet and framework.id in QUIET and not _finds(assessment)):
                continue
            sheets.append(_sheet(report, assessment, start))
    publisher = manifest.release.publisher if manifest else None
    return Overview(
        report.path,
        report.title,
        publisher.name if publisher else "",
        manifest is not None,
        tuple(sorted((*report.problems, *missing), key=_reading_order)),
        report.claims,
        tuple(sheets),
    )


def in_order(frameworks: Iterable[Framework]) -> tuple[Framework, ...]:
    """Put `FIRST` first, then long ladders, those that rate or take stock, and the quiet ones."""
    return tuple(
        sorted(
            frameworks,
            key=lambda each: (each.id != FIRST, each.id in QUIET, -len(each.levels)),
        )
    )


def titled(framework: Framework) -> str:
    """Name a framework as people do: its title and its version."""
    version = framework.version
    between = " " if version[:1].isdigit() else ", "
    return (
        f"{framework.title}{between}{framework.version}" if framework.version else framework.title
    )


def together(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    """Group findings that say the same of several places, by what they say."""
    grouped: dict[str, list[Finding]] = {}
    for each in findings:
        grouped.setdefault(each.message, []).append(each)
    return grouped


def alike(cells: Iterable[Cell], told: Callable[[Cell], Hashable]) -> Iterable[Sequence[Cell]]:
    """Put requirements together of which the same is `told`, in the order of the first of them."""
    found: dict[Hashable, list[Cell]] = {}
    for each in cells:
        found.setdefault(told(each), []).append(each)
    return found.values()


def more(listed: Sized) -> tuple[str, ...]:
    """Say how much is left out where `LIMIT_EVIDENCE` of something are shown."""
    hidden = len(listed) - LIMIT_EVIDENCE
    return (f"… and {hidden} more",) if hidden > 0 else ()


def number(value: float) -> str:
    """Write a figure with what precision it has, and no more than two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def amount(figure: Figure) -> str:
    """Write a figure with its unit."""
    unit = figure.unit if not figure.unit or figure.unit == "%" else f" {figure.unit}"
    return f"{number(figure.value)}{unit}"


def bounds(figure: Figure) -> str:
    """Say what undetermined answers leave open of a figure, or "" where that is nothing."""
    if figure.least == figure.most:
        return ""
    if figure.least == figure.value:
        return f"up to {number(figure.most)}"
    return f"{number(figure.least)} to {number(figure.most)}"


def reckoned(figure: Figure) -> str:
    """Write a figure with its unit, and what undetermined answers leave open."""
    left_open = bounds(figure)
    return f"{amount(figure)} ({left_open})" if left_open else amount(figure)


def chapters(sheet: Sheet) -> Iterator[tuple[str, Sequence[Cell]]]:
    """Sort the answers by what a reader wants to know first."""
    found = sheet.next
    if sheet.ahead:
        heading = f"In the way of {found.name}" if found else sheet.verdict.word.capitalize()
        yield heading, sheet.ahead
    if sheet.rungs and sheet.beyond:
        yield "Asked besides by harder levels", sheet.beyond
    if sheet.fine:
        yield "Met", sheet.fine
    if sheet.idle:
        yield "Not applicable", sheet.idle
    if sheet.beside:
        yield sheet.framework.beside or "Beside the levels", sheet.beside


def reached(sheet: Sheet) -> str:
    """Say in a few words how far a release gets."""
    if len(sheet.rungs) == 1 or (sheet.rungs and sheet.verdict is INAPPLICABLE):
        return sheet.verdict.word
    if sheet.rungs:
        if sheet.reached:
            return sheet.reached.name
        undecided = sheet.next is not None and sheet.next.verdict is UNDETERMINED
        return UNDETERMINED.word if undecided else "none of the levels"
    if sheet.figures:
        return reckoned(sheet.figures[0])
    if all(each.mark is NOT_APPLICABLE for each in sheet.cells):
        return NOT_APPLICABLE.word
    found = len(sheet.ahead)
    return f"{sheet.verdict.word}: {found}" if found else sheet.verdict.word


def nothing(framework: Framework) -> str:
    """Say in a word what a framework that is not shown has found."""
    return COMPLETE.word if framework.levels else framework.words[1].word


def left(rung: Rung, sheet: Sheet) -> str:
    """Say what a level lacks, and how far away it is; "" where it is reached."""
    if rung.settled:
        return "" if rung.verdict is COMPLETE else rung.verdict.word
    told = f"{rung.lacking} not met" if rung.lacking else "needs the level before it"
    step = sheet.step(rung)
    if step is None:
        return told
    if step.blocked:
        return f"{told}, out of reach"
    return f"{told}, {plural(len(step.changes), 'change')} away" if step.changes else told


def plural(count: int, one: str, several: str = "") -> str:
    """Count things in words: `1 file`, `2 files`."""
    return f"{count} {one if count == 1 else several or one + 's'}"


def squeezed(lines: Iterable[str]) -> Iterator[str]:
    """Give `lines` with no more than one empty line between two others, and none at the end."""
    waiting = False
    for each in lines:
        if each and waiting:
            yield ""
        waiting = not each
        if each:
            yield each


def _reading_order(finding: Finding) -> tuple[Span, str]:
    return finding.span, finding.rule


def _finds(assessment: Assessment) -> bool:
    return any(each.findings for each in assessment.answers) and (
        not assessment.framework.levels or assessment.verdict() is not COMPLETE
    )


class _Start:
    """A manifest from which ways up lead; it is told from others by being another object."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest


@lru_cache(maxsize=1)
def _ways(start: _Start) -> Steps:
    """Share what frameworks have in common; but of one release at a time, for it is much."""
    return Steps(start.manifest)


def _sheet(report: Report, assessment: Assessment, start: _Start) -> Sheet:
    framework = assessment.framework
    subject = framework.subject_of(report.manifest)
    by_pointer: dict[str, list[Finding]] = {}
    core = report.assessment("core")
    for each in (*(core.findings if core else ()), *assessment.findings):
        by_pointer.setdefault(each.pointer, []).append(each)
    cells = tuple(_cell(each, framework, subject, by_pointer) for each in assessment.answers)
    rungs = tuple(
        Rung(
            level,
            framework.called.get(level, level),
            assessment.verdict(level),
            _worst(each for each in cells if each.rule.level in framework.levels[: index + 1]),
            sum(each.lacking and each.rule.level == level for each in cells),
        )
        for index, level in enumerate(framework.levels)
    )
    return Sheet(
        framework,
        assessment.verdict(),
        rungs,
        assessment.figures,
        cells,
        cache(lambda level: _ways(start).up(framework, level)),
    )


def _way(rung: Rung, step: Step, easier: Sequence[Way]) -> Way:
    """Tell a step after those to easier levels."""
    told = {each.message for way in easier for each in way.step.blocked}
    reasons = dict.fromkeys(each.message for each in step.blocked if each.message not in told)
    changes = step.changes
    wanted = set(map(_told, changes))
    within = (each for each in reversed(easier) if each.step.changes)
    base = next((each for each in within if wanted.issuperset(map(_told, each.step.changes))), None)
    known = set(map(_told, base.step.changes)) if base else set()
    return Way(
        rung,
        step,
        not easier,
        base.rung.name if base else "",
        tuple(each for each in changes if _told(each) not in known),
        tuple(reasons),
    )


def _told(change: Change) -> tuple[str, str]:
    return change.text, change.pointer


def ways(sheet: Sheet, cells: Sequence[Cell]) -> tuple[Way, ...]:
    """Give the ways up that are told with a chapter: the first one with what is in its way."""
    if not cells or cells not in (sheet.ahead, sheet.beyond):
        return ()
    if cells == sheet.beyond:
        return sheet.ways[1:]
    return sheet.ways[:1] if sheet.beyond else sheet.ways


def _worst(cells: Iterable[Cell]) -> Mark:
    """Return the mark of the worst answer; where nothing applies, that of what does not."""
    return of_outcome(
        max((each.outcome for each in cells), key=attrgetter("rank"), default=Outcome.MET)
    )


def _cell(
    answer: Answer,
    framework: Framework,
    subject: object,
    by_pointer: Mapping[str, Sequence[Finding]],
) -> Cell:
    rule = answer.rule
    told = tuple(
        finding
        for pointer in dict.fromkeys(answer.repeats)
        for finding in by_pointer.get(pointer, ())[:1]
        if finding.rule != rule.id
    )
    asks = framework.words[0] is QUESTIONS and not framework.levels and bool(answer.findings)
    mark = ASKED if asks else of_outcome(answer.outcome)
    shown = evidence(rule.shows(subject)) if rule.shows else ()
    return Cell(rule, answer.outcome, mark, answer.findings, told, shown, answer.notes)
