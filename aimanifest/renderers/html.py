"""For readers of a release: one page in one file, that needs no other, no network and no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from aimanifest import __version__, frameworks, licenses
from aimanifest.data import spdx
from aimanifest.evidence import Evidence, evidence
from aimanifest.findings import Finding, Outcome
from aimanifest.manifest import (
    CODE_KINDS,
    DATASET_KINDS,
    DOCUMENT_KINDS,
    PARAMETER_KINDS,
    Component,
    Content,
    DataInformation,
    Manifest,
    Party,
    Source,
    Terms,
)
from aimanifest.marks import ASKED, MARKS, MET, Mark, of_outcome
from aimanifest.markup.html import anchor, asset, head, linked, marked, style, text, verbatim
from aimanifest.renderers import (
    LIMIT_FINDINGS,
    LIMIT_LINE,
    Entry,
    Screen,
    Section,
    core_matters,
    counts,
    is_sentence,
    named,
    relative,
    sections,
    sentence,
    smallest_step,
    unassessed,
    verdict,
    waived_until,
)
from aimanifest.report import Report, Target, Unread
from aimanifest.rules import (
    COMPLETE,
    FAULTS,
    INAPPLICABLE,
    QUESTIONS,
    RATED,
    UNDETERMINED,
    Answer,
    Assessment,
)
from aimanifest.terminal import cut

LIMIT_PROSE = 4000
"""How much is shown of what a manifest says at length: whence data comes, what it was made for."""

LIMIT_LISTED = 300
"""How many components, and how many sources of one dataset, are shown."""

LIMIT_ASSESSED = 120
"""Up to how many components a release is assessed by definitions that nobody asked for: some of
them compare every component with every other."""

LIMIT_EVIDENCE = 6
"""How many places are shown for one requirement."""

PREMISE = (
    "Each definition speaks in its own words. No two of them mean the same by open, so they are "
    "never counted together, and there is no overall score."
)

_GROUPS = (
    ("Parameters", PARAMETER_KINDS),
    ("Data", DATASET_KINDS),
    ("Code", CODE_KINDS),
    ("Documents", DOCUMENT_KINDS),
)

_LIMBS = (
    ("provenance", "Where it comes from"),
    ("scope", "What it holds"),
    ("collection", "How it was chosen"),
    ("labeling", "Labels"),
    ("processing", "Processing"),
)


def render(
    results: Iterable[Report | Unread],
    *,
    targets: Sequence[Target],
    screen: Screen,  # noqa: ARG001  # a browser breaks lines itself
) -> Iterator[str]:
    """Give the page, with a chapter for each file; made for one release.

    Its bytes depend on nothing but the manifests. Whatever a manifest says is text there, never
    markup; its addresses are links only where they lead to the web.
    """
    number = 0
    for number, each in enumerate(results, 1):
        lines = [*_top(_name(each))] if number == 1 else []
        chapter = (
            _unread(each) if isinstance(each, Unread) else _Page(each, targets, number).lines()
        )
        yield "".join(f"{line}\n" for line in (*lines, *chapter))
    bottom = [] if number else [*_top("AI manifest")]
    yield "".join(f"{line}\n" for line in (*bottom, *_bottom()))


def _name(result: Report | Unread) -> str:
    return (isinstance(result, Report) and result.title) or relative(result.path)


def _top(title: str) -> Iterator[str]:
    yield from head(title, style=style() + asset(__file__, "html.css"))
    yield "<body>"


def _bottom() -> Iterator[str]:
    yield "</body>"
    yield "</html>"


def _unread(unread: Unread) -> Iterator[str]:
    yield "<main>"
    yield f"<h1><bdi>{text(relative(unread.path))}</bdi></h1>"
    yield f'<div class="warning"><p>Not read: {text(unread.reason)}</p></div>'
    yield "</main>"


class _Card(NamedTuple):
    """What one framework makes of the release, and whether somebody asked for it."""

    assessment: Assessment
    asked: bool


class _Page:
    """All that is said of one release."""

    def __init__(self, report: Report, targets: Sequence[Target], number: int) -> None:
        self._report = report
        self._targets = targets
        self._prefix = f"r{number}-" if number > 1 else ""

    def lines(self) -> Iterator[str]:
        """Give the lines of the chapter."""
        manifest = self._report.manifest
        cards = self._cards()
        yield "<header>"
        yield f"<h1><bdi>{text(_name(self._report))}</bdi></h1>"
        if manifest:
            yield from _about(manifest)
        yield "</header>"
        judged = any(map(_judged, sections(self._report)))
        parts = [
            ("verdicts", "How open it is", self._verdicts(cards)),
            ("missing", "What is missing" if judged else "Remarks", self._missing()),
        ]
        if manifest:
            parts += [
                ("components", "What it is made of", self._components(manifest)),
                ("data", "The data behind it", _data(manifest)),
                ("licences", "On what terms", self._licences(manifest)),
                ("evidence", "What the verdicts rest on", self._evidence(cards, manifest)),
            ]
        else:
            parts = [("faults", "The file is not right", self._faults())]
        written = [(id, heading, list(lines)) for id, heading, lines in parts]
        shown = [each for each in written if each[2]]
        if manifest:
            yield f'<nav aria-label="Parts of the page of {text(_name(self._report))}"><ul>'
            for id, heading, _ in shown:
                yield f'<li><a href="#{self._prefix}{id}">{heading}</a></li>'
            yield "</ul></nav>"
        yield "<main>"
        for id, heading, lines in shown:
            yield f'<section aria-labelledby="{self._prefix}{id}">'
            yield f'<h2 id="{self._prefix}{id}">{heading}</h2>'
            yield from lines
            yield "</section>"
        yield "</main>"
        yield from self._foot()

    def _foot(self) -> Iterator[str]:
        digest = self._report.digest
        yield "<footer>"
        made = f"Made from <code>{text(relative(self._report.path))}</code>"
        yield f"<p>{made}, SHA-256 <code>{digest}</code></p>" if digest else f"<p>{made}</p>"
        yield (
            f'<p class="soft">By aimanifest {__version__}, with the SPDX License List '
            f"{spdx.VERSION}. What a manifest says is taken at its word: no link was opened, and "
            "nothing was fetched. It is not legal advice.</p>"
        )
        yield "</footer>"

    # -- verdicts ----------------------------------------------------------------------------------

    def _cards(self) -> list[_Card]:
        """Assess by every framework: those that are asked for first, then long ladders first."""
        manifest = self._report.manifest
        if manifest is None:
            return []
        wanted = [each.framework.id for each in self._targets]
        core = self._report.assessment("core")
        found = core.findings if core else ()
        faulted = frozenset(each.pointer for each in found if each.outcome in FAULTS)
        every = {each.framework.id: each for each in self._report.assessments}
        few = len(manifest.components) <= LIMIT_ASSESSED
        for framework in frameworks.every().values() if few else ():
            if framework.id not in every:
                every[framework.id] = framework.assess(manifest, faulted)
        shown = [
            each
            for each in every.values()
            if each.framework.id in wanted
            or (each.framework.id == "core" and core_matters(each, self._targets))
            or (each.framework.id not in ("core", "license-flow"))
            or (each.framework.id == "license-flow" and any(a.findings for a in each.answers))
        ]
        shown.sort(
            key=lambda each: (
                each.framework.id not in wanted,
                each.framework.id != "core",
                each.framework.id == "license-flow",
                -len(each.framework.levels),
            )
        )
        return [_Card(each, each.framework.id in wanted) for each in shown]

    def _verdicts(self, cards: Sequence[_Card]) -> Iterator[str]:
        yield f"<p>{PREMISE}</p>"
        for asked in (True, False):
            yield f'<ul class="cards{" first" if asked else ""}">'
            for card in cards:
                if card.asked is asked:
                    yield from _card(card)
            yield "</ul>"

    # -- what is missing ---------------------------------------------------------------------------

    def _faults(self) -> Iterator[str]:
        yield f"<p>It is {text(unassessed(self._report))}.</p>"
        for section in sections(self._report):
            yield f"<h3>{text(section.heading)}</h3>"
            yield from _findings(section.entries)

    def _missing(self) -> Iterator[str]:
        steps = {named(each.framework): smallest_step(each) for each in self._report.assessments}
        folded = []
        for section in sections(self._report):
            if not _judged(section):
                folded.append(section)
                continue
            yield f"<h3>{text(section.heading)}</h3>"
            if step := steps.get(section.heading):
                finding, fix = step
                line = f"line {finding.span.start.line}"
                yield f'<div class="step"><p>The smallest next step, {line}:</p>{_fix(fix)}</div>'
            yield from _findings(section.entries)
        for section in folded:
            number = len(section.entries)
            yield f"<details><summary>{text(section.heading)} ({number})</summary>"
            yield from _findings(section.entries)
            yield "</details>"

    # -- what it is made of ------------------------------------------------------------------------

    def _components(self, manifest: Manifest) -> Iterator[str]:
        every = list(manifest.components.values())
        groups = [(name, [c for c in every if c.kind in kinds]) for name, kinds in _GROUPS]
        told = {id(each) for _, found in groups for each in found}
        groups.append(("Other", [each for each in every if id(each) not in told]))
        room = LIMIT_LISTED
        for name, found in groups:
            if not found:
                continue
            anchor = f"{self._prefix}g-{name.lower()}"
            made = any(each.derived_from or each.trained_on or each.produced_by for each in found)
            yield f'<h3 id="{anchor}">{name}</h3>'
            yield f'<table aria-labelledby="{anchor}" class="{"four" if made else "three"}">'
            heads = ("Component", "Terms", "Where", "Made from")[: 4 if made else 3]
            yield f"<thead><tr>{''.join(map(_head, heads))}</tr></thead><tbody>"
            for component in found[:room]:
                yield from self._component(component, manifest, made=made)
            yield "</tbody></table>"
            room = max(room - len(found), 0)
        if len(every) > LIMIT_LISTED:
            yield f"<p>… and {len(every) - LIMIT_LISTED} more</p>"

    def _component(self, component: Component, manifest: Manifest, *, made: bool) -> Iterator[str]:
        name = component.name or component.id
        kinds = [component.kind or "", *component.includes]
        kinds = kinds[name == component.kind :]
        also = " · ".join(text(each.replace("-", " ")) for each in kinds if each)
        notes = component.description or component.notes
        yield f'<tr id="{self._prefix}c-{text(component.id)}">'
        yield f'<th scope="row"><bdi>{text(name)}</bdi>'
        yield f"<small>{also}</small>" if also else ""
        by = component.publisher
        if by and by.name:
            yield f"<small>by {_party(by)}</small>"
        if notes:
            yield f'<small dir="auto">{marked(notes, LIMIT_PROSE)}</small>'
        yield "</th>"
        yield _cell("Terms", _terms(component))
        yield _cell("Where", _where(component))
        if made:
            origins = "".join(f"<p>{each}</p>" for each in self._origins(component, manifest))
            yield _cell("Made from", origins or _silent())
        yield "</tr>"

    def _origins(self, component: Component, manifest: Manifest) -> Iterator[str]:
        if component.omitted:
            return
        for id, relation in list(component.derived_from.items())[:LIMIT_EVIDENCE]:
            yield f"{text(relation)} of {self._reference(id, manifest)}"
        for word, ids in (("data", component.trained_on), ("code", component.produced_by)):
            if ids:
                listed = ", ".join(self._reference(each, manifest) for each in ids[:LIMIT_LISTED])
                yield f'<span class="soft">{word}:</span> {listed}'

    def _reference(self, id: str, manifest: Manifest) -> str:
        known = manifest.components.get(id)
        name = text((known and known.name) or id)
        if known is None:
            return f"<bdi>{name}</bdi>"
        return f'<a href="#{self._prefix}c-{text(id)}"><bdi>{name}</bdi></a>'

    # -- on what terms -----------------------------------------------------------------------------

    def _licences(self, manifest: Manifest) -> Iterator[str]:
        users: dict[str, list[str]] = {}
        for component in manifest.components.values():
            for id in _licence_ids(component.license):
                users.setdefault(id, []).append(component.id)
        for id in _licence_ids(manifest.metadata.license):
            users.setdefault(id, []).append("")
        if users:
            yield f'<table aria-labelledby="{self._prefix}licences" class="thirds">'
            heads = map(_head, ("Licence", "What is known of it", "Of what"))
            yield f"<thead><tr>{''.join(heads)}</tr></thead><tbody>"
            for id, found in list(users.items())[:LIMIT_LISTED]:
                listed = ", ".join(
                    self._reference(each, manifest) if each else "this manifest"
                    for each in found[:LIMIT_LISTED]
                )
                yield f'<tr><th scope="row">{_licence(id, manifest)}</th>'
                yield f"{_cell('Known', _known(id))}{_cell('Of what', listed)}</tr>"
            yield "</tbody></table>"
        more = [("the release", each) for each in manifest.release.additional_terms]
        for component in manifest.components.values():
            name = f"<code>{text(component.id)}</code>"
            more += [(name, each) for each in component.additional_terms]
        if more:
            yield "<h3>Additional terms</h3>"
            yield '<ul class="plain">'
            yield from (f"<li>{_additional(each, of)}</li>" for of, each in more[:LIMIT_LISTED])
            yield "</ul>"

    # -- evidence ----------------------------------------------------------------------------------

    def _evidence(self, cards: Sequence[_Card], manifest: Manifest) -> Iterator[str]:
        shown = {each.framework.id for each in self._report.assessments}
        listed = [
            each.assessment
            for each in cards
            if each.assessment.framework.levels and each.assessment.framework.id in shown
        ]
        if not listed:
            return
        used = {_mark(answer, each) for each in listed for answer in each.answers}
        yield '<ul class="legend" aria-label="The signs">'
        for mark in MARKS:
            if mark in used:
                meaning = f'<span class="soft">{mark.meaning}</span>'
                yield f"<li>{_sign(mark)} <span><b>{mark.word}</b> {meaning}</span></li>"
        yield "</ul>"
        yield "<p>Lines are those of the manifest.</p>"
        for assessment in listed:
            framework = assessment.framework
            subject = framework.subject_of(manifest)
            yield f"<h3>{text(named(framework))}</h3>"
            yield '<ul class="answers">'
            for answer in assessment.answers:
                shows = answer.rule.shows
                places = evidence(shows(subject)) if shows and answer.outcome not in FAULTS else ()
                yield from _answer(answer, assessment, places)
            yield "</ul>"
            for each in framework.not_checked:
                told = f"Not checked: {marked(each)}. That is for people to judge."
                yield f'<p class="soft">{told}</p>'


def _judged(section: Section) -> bool:
    """Whether something stands there that bears on a verdict, and no remark or question only."""
    return any(each.finding.outcome and not each.apart for each in section.entries)


# -- parts of pages --------------------------------------------------------------------------------


def _about(manifest: Manifest) -> Iterator[str]:
    release = manifest.release
    said = [_party(release.publisher)] if release.publisher else []
    said += [f"version <bdi>{text(release.version)}</bdi>"] if release.version else []
    said += [text(release.date)] if release.date else []
    yield f'<p class="soft">{" · ".join(said)}</p>'
    if release.description:
        yield f'<p class="lead" dir="auto">{marked(release.description, LIMIT_PROSE)}</p>'
    facts = []
    if release.modalities:
        given, made = release.modalities.input, release.modalities.output
        ways = [("takes", given), ("gives", made)]
        told = [f"{word} {text(', '.join(each))}" for word, each in ways if each]
        facts.append(("Modalities", "; ".join(told)))
    facts.append(("Made for", marked(release.intended_use or "", LIMIT_PROSE)))
    facts.append(("Limits", marked(release.limitations or "", LIMIT_PROSE)))
    if release.requirements:
        needs = release.requirements
        said = [text(each, LIMIT_PROSE) for each in (needs.hardware, needs.software) if each]
        said += [f"network: {text(needs.network)}"] if needs.network else []
        facts.append(("Needs", " · ".join(said)))
    yield from _facts(facts)


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give what is said, each behind its label; nothing where nothing is said."""
    said = [each for each in facts if each[1]]
    if said:
        yield "<dl>"
        for label, value in said:
            yield f'<div><dt>{label}</dt><dd dir="auto">{value}</dd></div>'
        yield "</dl>"


def _party(party: Party) -> str:
    return anchor(party.url or "", f"<bdi>{text(party.name)}</bdi>")


def _card(card: _Card) -> Iterator[str]:
    """Say what one framework makes of the release, in its own words."""
    assessment = card.assessment
    framework = assessment.framework
    mark = _overall(assessment)
    yield f'<li class="card {_class(mark)}">'
    told = ' <span class="asked-for">required</span>' if card.asked else ""
    yield f"<h3>{anchor(framework.url, text(named(framework)))}{told}</h3>"
    shown = _sign(mark) if framework.words[0] is not RATED else ""
    yield f'<p class="verdict">{shown}<b>{text(_words(assessment))}</b></p>'
    if len(framework.levels) > 1:
        yield '<ol class="levels">'
        for level in framework.levels:
            reached = assessment.verdict(level) is COMPLETE
            sign = MET if reached else _worst(assessment, level)
            name = text(framework.called.get(level, level))
            yield f"<li>{_sign(sign)}<span>{name}</span></li>"
        yield "</ol>"
    for figure in assessment.figures:
        yield f"<p><b>{text(str(figure))}</b> {text(figure.name)}</p>"
    summed = counts(assessment) if framework.levels else _tally(assessment)
    if summed:
        yield f'<p class="soft">{text(summed)}</p>'
    yield from _policy(assessment)
    yield "</li>"


def _policy(assessment: Assessment) -> Iterator[str]:
    """Say what a policy waives and softens, so that its verdict misleads nobody."""
    policy = assessment.framework.policy
    if policy is None:
        return
    for finding, waiver in assessment.waived:
        told = f"<code>{text(finding.rule)}</code> waived {text(waived_until(waiver))}"
        yield f'<p class="soft">{told}</p>'
    for rule, reason in policy.softened:
        told = f"<code>{text(rule)}</code> softened to remarks: {text(reason)}"
        yield f'<p class="soft">{told}</p>'
    if policy.status:
        yield f'<p class="soft">Status of the policy: {text(policy.status)}</p>'


def _words(assessment: Assessment) -> str:
    """Say in the framework's own words how far a release gets."""
    framework = assessment.framework
    if len(framework.levels) == 1:
        return verdict(assessment)
    if framework.levels and assessment.verdict() is not INAPPLICABLE:
        level = assessment.level
        if level:
            return framework.called.get(level, level)
        easiest = assessment.verdict(framework.levels[0])
        return UNDETERMINED.word if easiest is UNDETERMINED else "none of the levels"
    return assessment.verdict().word


def _tally(assessment: Assessment) -> str:
    marks = [_mark(each, assessment) for each in assessment.answers]
    told = ((marks.count(each), each.word) for each in MARKS)
    return ", ".join(f"{number} {word}" for number, word in told if number)


def _overall(assessment: Assessment) -> Mark:
    framework = assessment.framework
    if not framework.levels:
        asks = framework.words[0] is QUESTIONS
        found = assessment.verdict() is framework.words[0]
        if asks:
            return ASKED if found else MET
        worst = max((each.outcome for each in assessment.answers), key=_rank)
        return of_outcome(worst)
    if assessment.verdict() is COMPLETE or assessment.level:
        return MET
    missed = (
        each
        for each in framework.levels
        if assessment.verdict(each) not in (COMPLETE, INAPPLICABLE)
    )
    return _worst(assessment, next(missed, framework.levels[0]))


def _worst(assessment: Assessment, level: str) -> Mark:
    """Give the mark of the worst answer to what `level` asks: silence is no refusal."""
    needed = assessment.framework.needed(level)
    asked = (each.outcome for each in assessment.answers if each.rule.level in needed)
    return of_outcome(max(asked, key=_rank, default=Outcome.MET))


def _rank(outcome: Outcome) -> int:
    return outcome.rank


def _mark(answer: Answer, assessment: Assessment) -> Mark:
    framework = assessment.framework
    asks = framework.words[0] is QUESTIONS and not framework.levels and bool(answer.findings)
    return ASKED if asks else of_outcome(answer.outcome)


def _findings(entries: Sequence[Entry]) -> Iterator[str]:
    yield '<ul class="findings">'
    for entry in entries[:LIMIT_FINDINGS]:
        finding = entry.finding
        mark = of_outcome(finding.outcome) if finding.outcome else ASKED
        word = mark.word if finding.outcome else "remark"
        waiver = f" waived {text(waived_until(entry.waiver))}" if entry.waiver else ""
        yield f'<li class="{_class(mark)}">{_sign(mark)}<div>'
        yield f"<p>{marked(sentence(finding.message))} {_line(finding)}</p>"
        yield f"<p><small>{word}{waiver}: {_rule(entry)}</small></p>"
        if finding.outcome and finding.fix:
            yield _fix(finding.fix)
        yield "</div></li>"
    yield "</ul>"
    if len(entries) > LIMIT_FINDINGS:
        yield f"<p>… and {len(entries) - LIMIT_FINDINGS} more</p>"


def _rule(entry: Entry) -> str:
    cite = entry.rule.cites[0]
    title = marked(entry.rule.title)
    where = anchor(cite.url, text(cite.clause))
    return f"“{title}” {where} ({text(cite.standing.name)})"


def _fix(fix: str) -> str:
    if is_sentence(fix):
        return f"<p>{marked(fix)}</p>"
    lines = "\n".join(verbatim(line, LIMIT_LINE) for line in fix.splitlines())
    return f'<pre tabindex="0"><code>{lines}</code></pre>'


def _answer(answer: Answer, assessment: Assessment, places: Sequence[Evidence]) -> Iterator[str]:
    mark = _mark(answer, assessment)
    yield f'<li class="{_class(mark)}">{_sign(mark)}<div>'
    yield f'<p>{marked(answer.rule.title)} <span class="unseen">{mark.word}</span></p>'
    told = [
        f"{marked(sentence(each.message))} {_line(each)}"
        for each in answer.findings[:LIMIT_EVIDENCE]
    ]
    if not told and answer.repeats:
        told = ["for reasons given above"]
    told += [marked(each) for each in answer.notes]
    told += [
        f"{linked(each.value)} {_line(each)}" if each.value else _line(each)
        for each in places[:LIMIT_EVIDENCE]
    ]
    hidden = len(places) - LIMIT_EVIDENCE
    told += [f"… and {hidden} more"] if hidden > 0 else []
    if told:
        yield f'<p class="soft">{" · ".join(told)}</p>'
    yield "</div></li>"


def _line(at: Finding | Evidence) -> str:
    return f'<small class="at">line {at.span.start.line}</small>'


def _terms(component: Component) -> str:
    if component.omitted:
        return _silent()
    parts = []
    if component.license:
        parts.append(f"<code>{text(component.license)}</code>")
    if component.assertion and component.assertion.basis:
        parts.append(f"<small>{text(component.assertion.basis.replace('-', ' '))}</small>")
    parts += ["<small>with additional terms</small>"] if component.additional_terms else []
    return " ".join(parts) or _silent("no licence is stated")


def _where(component: Component) -> str:
    if component.omitted:
        why = (
            f", for reasons of {text(component.reason.replace('-', ' '))}"
            if component.reason
            else ""
        )
        return f'<span class="tag unmet">{text(component.omitted.replace("-", " "))}</span>{why}'
    parts = []
    if component.location:
        parts.append(linked(component.location))
    if component.path:
        parts.append(f"<code>{text(component.path)}</code>")
    if component.revision:
        parts.append(f"<small>revision <code>{text(cut(component.revision, 40))}</code></small>")
    if component.availability and component.availability != "ungated":
        parts.append(f'<span class="tag unmet">{text(component.availability)}</span>')
    if component.extent == "partial":
        parts.append('<span class="tag partial">in part</span>')
    if component.data and component.data.access:
        parts.append(f'<span class="tag">{text(component.data.access)}</span>')
    if component.checksums:
        number = len(component.checksums)
        parts.append(f"<small>{number} {'digest' if number == 1 else 'digests'}</small>")
    return " ".join(parts) or _silent()


def _silent(told: str = "\N{EN DASH}") -> str:
    """Say that the manifest does not say."""
    return f'<span class="soft">{told}</span>'


def _head(label: str) -> str:
    return f'<th scope="col">{label}</th>'


def _cell(label: str, content: str) -> str:
    """Give a cell of a table, with the label that a narrow screen shows before it."""
    return f'<td data-label="{label}"><div>{content}</div></td>'


def _data(manifest: Manifest) -> Iterator[str]:
    found = [each for each in manifest.components.values() if each.kind in DATASET_KINDS]
    for each in found[:LIMIT_LISTED]:
        yield '<article class="dataset">'
        name = text(each.name or each.id)
        kind = text((each.kind or "").replace("-", " "))
        yield f"<h3><bdi>{name}</bdi> <small>{kind}</small></h3>"
        if each.data is None:
            told = each.omitted.replace("-", " ") if each.omitted else "nothing is told about it"
            why = f": {marked(each.notes, LIMIT_PROSE)}" if each.notes else ""
            yield f'<p dir="auto">{text(told.capitalize())}{why}</p>'
        else:
            yield from _facts(_limbs(each, each.data, manifest))
            yield from _sources(each.data.sources, name)
        yield "</article>"
    if len(found) > LIMIT_LISTED:
        yield f"<p>… and {len(found) - LIMIT_LISTED} more</p>"


def _limbs(
    component: Component, data: DataInformation, manifest: Manifest
) -> Iterator[tuple[str, str]]:
    yield "Access", text(data.access or "")
    yield "Origin", text((data.origin or "").replace("-", " "))
    yield "Place", linked(component.location) if component.location else ""
    for key, label in _LIMBS:
        yield label, marked(getattr(data, key) or "", LIMIT_PROSE)
    yield "Amount", "; ".join(_content(each) for each in data.contents[:LIMIT_LISTED])
    if data.period:
        since, until = data.period.since, data.period.until
        yield "Period", " to ".join(text(each) for each in (since, until) if each)
    yield "Personal data", text(data.personal_data or "")
    documents = (manifest.components.get(each) for each in data.documented_in)
    yield "Told in", ", ".join(_document(each) for each in documents if each)
    yield "Notes", marked(component.notes or "", LIMIT_PROSE)


def _document(document: Component) -> str:
    return anchor(document.location or "", f"<bdi>{text(document.name or document.id)}</bdi>")


def _content(content: Content) -> str:
    amount = f"{content.amount:,.15g} {content.unit or ''}" if content.amount is not None else ""
    told = " of ".join(each for each in (amount.strip(), content.modality) if each)
    return text(told + (f" in {', '.join(content.languages)}" if content.languages else ""))


def _sources(sources: Sequence[Source], name: str) -> Iterator[str]:
    if not sources:
        return
    yield f'<table aria-label="Sources of {name}" class="three">'
    yield f"<thead><tr>{''.join(map(_head, ('Source', 'Terms', 'Where')))}</tr></thead><tbody>"
    for each in sources[:LIMIT_LISTED]:
        notes = f'<small dir="auto">{marked(each.notes, LIMIT_PROSE)}</small>' if each.notes else ""
        access = f' <span class="tag">{text(each.access)}</span>' if each.access else ""
        terms = f"<code>{text(each.license)}</code>" if each.license else _silent()
        place = linked(each.location) if each.location else _silent()
        yield f'<tr><th scope="row"><bdi>{text(each.name or "")}</bdi>{notes}</th>'
        yield f"{_cell('Terms', terms)}{_cell('Where', place + access)}</tr>"
    yield "</tbody></table>"
    if len(sources) > LIMIT_LISTED:
        yield f"<p>… and {len(sources) - LIMIT_LISTED} more</p>"


def _licence_ids(license: str | None) -> Sequence[str]:
    """Take an expression apart; what is none, and what says that there is none, stands as it is."""
    if license is None:
        return ()
    if license in ("NONE", "NOASSERTION"):
        return (license,)
    try:
        return licenses.parse(license).ids
    except licenses.LicenseError:
        return (license,)


def _licence(id: str, manifest: Manifest) -> str:
    """Name a license, with a link to its text as the manifest or the list of SPDX gives it."""
    given = manifest.licenses.get(id)
    known = licenses.facts(id)
    url = (given and given.url) or (known and known.url) or ""
    return anchor(url, f"<code>{text(id)}</code>")


def _known(id: str) -> str:
    if id == "NONE":
        return "No licence; what is so instead is told by the component."
    if id == "NOASSERTION":
        return "Not known, or not told."
    known = licenses.facts(id)
    if known is None:
        return "Nothing is known of it here."
    osi = _OSI.get(known.osi, "")
    broken = dict.fromkeys(
        licenses.RESTRICTIONS[each.restricts].meaning.removesuffix(".")
        for each in known.terms
        if licenses.RESTRICTIONS[each.restricts].standing != licenses.COMPATIBLE
    )
    told = "".join(f"<li>{text(each)}</li>" for each in broken)
    listed = f'<ul class="plain">{told}</ul>' if told else ""
    return f"{text(known.name)}{osi}.{listed}"


_OSI = {
    "approved": ", approved by the OSI",
    "under review": ", under review at the OSI",
    "never submitted": ", never submitted to the OSI",
    "unknown": ", not on the OSI's list",
}


def _additional(terms: Terms, of: str) -> str:
    name = anchor(terms.url or "", text(terms.name or terms.url or "unnamed"))
    words = ", ".join(terms.restricts or ())
    told = f": {text(words)}" if words else ""
    return f"<bdi>{name}</bdi>, on {of}{told}"


def _sign(mark: Mark) -> str:
    return f'<span class="mark {_class(mark)}" aria-hidden="true">{mark.sign}</span>'


def _class(mark: Mark) -> str:
    return mark.word.replace(" ", "-")
