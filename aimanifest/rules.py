"""What a rule is, what a framework is, and how a manifest is measured by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from inspect import cleandoc
from typing import Any, NamedTuple

from aimanifest.findings import Finding, Located, NotApplicable, Outcome, Remark

Check = Callable[[Any], Iterable[Remark | NotApplicable]]
"""A generator of remarks about a manifest; silence means that all is well."""

Show = Callable[[Any], Iterable[Located]]
"""A generator of the places of a manifest in which a rule finds its answer."""


class Standing(NamedTuple):
    """On what authority a rule rests."""

    name: str
    meaning: str


TEXT = Standing("text", "the words of the definition itself")
CHECKLIST = Standing("checklist", "the definition's checklist, a learning tool and no manual")
FAQ = Standing("FAQ", "answers published beside the definition; reported apart from the verdict")
PRACTICE = Standing("practice", "what the definition's own reviewers did with real systems")
OUR_READING = Standing("our reading", "the definition does not say; this is how we read it")


class Citation(NamedTuple):
    """The clause a rule is made from: a short quotation, where it stands, and its authority."""

    quote: str
    clause: str
    url: str
    standing: Standing


class Rule(NamedTuple):
    """One requirement, with everything a reader of its findings needs.

    `title` is a statement that is true when all is well. `level` is the level of the framework
    that needs the rule; None for a rule that is reported apart and enters no verdict.
    `check` is None for what a reader of bytes or a schema finds out, not a rule of a framework.
    `shows` gives the places that answer the rule, for those who want to see them.
    """

    id: str
    title: str
    why: str
    cites: tuple[Citation, ...]
    fix: str
    level: str | None = None
    check: Check | None = None
    shows: Show | None = None

    def answer(self, subject: object, faulted: Set[str] = frozenset()) -> Answer:
        """Put the rule to `subject`; what stands at a pointer in `faulted` was said before."""
        if self.check is None:
            raise TypeError(f"{self.id} is not a rule of a framework")
        said = list(self.check(subject))
        if not said:
            return Answer(self, Outcome.MET)
        remarks = [each for each in said if isinstance(each, Remark)]
        notes = tuple(each.reason for each in said if isinstance(each, NotApplicable))
        outcomes = [each.outcome for each in remarks if each.outcome]
        best = Outcome.NOT_APPLICABLE if notes else Outcome.MET
        findings = [each.signed(self.id) for each in remarks]
        return Answer(
            self,
            max(outcomes, key=_rank, default=best),
            tuple(each for each in findings if each.pointer not in faulted),
            tuple(each.pointer for each in findings if each.pointer in faulted),
            notes,
        )


def _rank(outcome: Outcome) -> int:
    return outcome.rank


class Answer(NamedTuple):
    """One rule, put to one manifest.

    `repeats` are the pointers of faults that bear on this rule too but were reported before:
    one fault gives one finding. `notes` say why the rule does not apply, or to what it does not.
    """

    rule: Rule
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    repeats: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """What the answers amount to, in a word; a framework without levels brings its own two."""

    word: str
    meaning: str


COMPLETE = Verdict("complete", "every requirement is met or does not apply")
INCOMPLETE = Verdict("incomplete", "a requirement is not met, or nothing is said about it")
UNDETERMINED = Verdict("undetermined", "nothing is missing, but the sources do not settle a case")
INAPPLICABLE = Verdict("not applicable", "the framework asks nothing of such a release")
QUESTIONS = Verdict("questions", "people are asked something, and nothing is decided")
NO_QUESTIONS = Verdict("no questions", "nothing known here gives rise to a question")
GAPS = Verdict("gaps", "something that is listed is not given")
NO_GAPS = Verdict("no gaps", "all that is listed is given")
RATED = Verdict("rated", "each requirement has its grade, and no line is drawn to pass")


class Figure(NamedTuple):
    """A number that a framework itself reckons; those of two frameworks are never put together.

    `value` is what the framework makes of the answers. Where some are undetermined, it may turn
    out anything from `least` to `most`. `unit` is "%", "of 50" or the like; "" is a plain number.
    """

    name: str
    value: float
    least: float
    most: float
    unit: str
    meaning: str

    def __str__(self) -> str:
        """Write it with its unit, and with what is left open: "0.75 (up to 0.88)"."""
        value, least, most = (f"{each:.4g}" for each in (self.value, self.least, self.most))
        unit = self.unit if self.unit in ("", "%") else f" {self.unit}"
        if least == most:
            return f"{value}{unit}"
        span = f"up to {most}" if least == value else f"{least} to {most}"
        return f"{value}{unit} ({span})"


class Waiver(NamedTuple):
    """A fault that somebody answers for, up to and with a day: written `2027-01-31`.

    `place` is a JSON Pointer, or the id of a component; `release` is "" where it is for every one.
    """

    rule: str
    place: str
    release: str
    reason: str
    owner: str
    expires: str


class Policy(NamedTuple):
    """What makes a framework the policy of somebody, and no definition.

    `source` is the file it is written in, or the name of one that comes with aimanifest, and
    `today` the day by which waivers are judged. `softened` are the ids of rules whose faults are
    only remarks, each with the reason. `accepts_waived` lets pass what is complete but for what is
    waived.
    """

    source: str
    status: str
    today: str
    softened: tuple[tuple[str, str], ...]
    accepts_waived: bool


class Framework:
    """A named set of rules, in levels from the easiest to the hardest.

    One without levels gives no verdict: its rules ask, rate or take stock, and nothing can be
    required or claimed by it.
    """

    def __init__(
        self,
        *,
        id: str,
        title: str,
        version: str,
        url: str,
        levels: tuple[str, ...] = (),
        called: Mapping[str, str] | None = None,
        words: tuple[Verdict, Verdict] = (QUESTIONS, NO_QUESTIONS),
        beside: str = "",
        not_checked: tuple[str, ...] = (),
        subject: Callable[[Any], object] | None = None,
        figures: Callable[[Assessment], tuple[Figure, ...]] | None = None,
        policy: Policy | None = None,
    ) -> None:
        """Make an empty framework.

        `called` gives for each of `levels` what the framework itself calls it. `words` are for one
        without levels: for a manifest in which it finds something, and for one in which it does
        not. `beside` heads what its rules without a level find. `not_checked` says what it asks
        that only people can judge. `subject` turns a manifest into what the rules are put to, once
        for all of them; by default the manifest itself. `figures` reckons from the answers what
        the framework reckons. `policy` is for those that are no definition.
        """
        self.id = id
        self.title = title
        self.version = version
        self.url = url
        self.levels = levels
        self.called: Mapping[str, str] = called or {}
        self.words = words
        self.beside = beside
        self.not_checked = not_checked
        self.subject = subject
        self.figures = figures
        self.policy = policy
        self.rules: list[Rule] = []

    def rule(
        self,
        name: str,
        *,
        title: str,
        cites: tuple[Citation, ...],
        fix: str,
        level: str | None,
        why: str = "",
        shows: Show | None = None,
    ) -> Callable[[Check], Rule]:
        """Declare the decorated check as a rule; `why`, or its docstring, says why it exists."""

        def declare(check: Check) -> Rule:
            reason = why or cleandoc(check.__doc__ or "")
            rule = Rule(f"{self.id}/{name}", title, reason, cites, fix, level, check, shows)
            self.rules.append(rule)
            return rule

        return declare

    def needed(self, level: str | None) -> tuple[str, ...]:
        """Return `level` and every level below it; None is the hardest one."""
        return self.levels if level is None else self.levels[: self.levels.index(level) + 1]

    def subject_of(self, manifest: object) -> object:
        """Return what the rules are put to."""
        return self.subject(manifest) if self.subject else manifest

    def assess(self, manifest: object, faulted: Set[str] = frozenset()) -> Assessment:
        """Put every rule to `manifest`, whose places in `faulted` are known to be wrong already."""
        subject = self.subject_of(manifest)
        said = set(faulted)
        answers = []
        for rule in self.rules:
            answer = rule.answer(subject, said)
            if answer.findings:
                said.update(each.pointer for each in answer.findings if each.outcome in FAULTS)
            answers.append(answer)
        return Assessment(self, tuple(answers))


def _origin(rule: str) -> str:
    """Return the framework of a rule, by its id."""
    return rule.partition("/")[0]


MISSING = frozenset({Outcome.UNMET, Outcome.UNSTATED, Outcome.PARTIAL})
"""The outcomes that make a manifest incomplete."""

FAULTS = MISSING | {Outcome.UNDETERMINED}
"""The outcomes that keep a manifest from a level."""


class Assessment(NamedTuple):
    """One manifest, measured by one framework.

    `waived` are the findings that somebody answers for, by a policy; no verdict looks at that.
    """

    framework: Framework
    answers: tuple[Answer, ...]
    waived: tuple[tuple[Finding, Waiver], ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the rules."""
        return tuple(finding for answer in self.answers for finding in answer.findings)

    def verdict(self, level: str | None = None) -> Verdict:
        """Say whether `level` is reached, and every level below it; None is the hardest one.

        Of a framework without levels, say in its own words whether it found something.
        """
        if not self.framework.levels:
            found, nothing = self.framework.words
            asks = found is QUESTIONS  # a question is a remark; elsewhere a remark changes nothing
            said = any(each.outcome in FAULTS or (asks and each.findings) for each in self.answers)
            return found if said else nothing
        needed = self.framework.needed(level)
        outcomes = {each.outcome for each in self.answers if each.rule.level in needed}
        if not outcomes.isdisjoint(MISSING):
            return INCOMPLETE
        if Outcome.UNDETERMINED in outcomes:
            return UNDETERMINED
        return INAPPLICABLE if outcomes == {Outcome.NOT_APPLICABLE} else COMPLETE

    @property
    def except_waived(self) -> bool:
        """Whether it is not complete, and all that keeps it from that is waived.

        One fault gives one finding, so a waiver of it holds for the other rules of that framework
        on which it bears; but not for those of another.
        """
        if not self.waived:
            return False
        waived = {finding for finding, _ in self.waived}
        places = {(_origin(each.rule), each.pointer) for each in waived}
        return all(
            all(each in waived for each in answer.findings if each.outcome in FAULTS)
            and all((_origin(answer.rule.id), each) in places for each in answer.repeats)
            for answer in self.answers
            if answer.rule.level is not None and answer.outcome in FAULTS
        )

    def reaches(self, level: str | None = None) -> bool:
        """Whether `level` is complete; or, where a policy accepts that, all else is waived."""
        policy = self.framework.policy
        accepted = policy is not None and policy.accepts_waived and self.except_waived
        return self.verdict(level) is COMPLETE or accepted

    @property
    def level(self) -> str | None:
        """The hardest level that is complete, with every level below it; None: not even one."""
        reached = None
        for level in self.framework.levels:
            if self.verdict(level) is not COMPLETE:
                break
            reached = level
        return reached

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers that the framework reckons, each by itself."""
        return self.framework.figures(self) if self.framework.figures else ()

    def count(self, outcome: Outcome) -> int:
        """Count the rules of the verdict that came out as `outcome`."""
        return sum([each.outcome is outcome for each in self.answers if each.rule.level])
