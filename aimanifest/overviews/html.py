"""For people with a browser: one file that needs no other, no network and no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aimanifest import __version__
from aimanifest.data import spdx
from aimanifest.evidence import Evidence
from aimanifest.findings import Finding
from aimanifest.marks import MARKS, Mark
from aimanifest.markup.html import LIMIT_VALUE, asset, head, linked, marked, style, text
from aimanifest.overviews import (
    LIMIT_EVIDENCE,
    PREMISE,
    Cell,
    Comparison,
    Overview,
    Sheet,
    Way,
    amount,
    bounds,
    chapters,
    left,
    more,
    nothing,
    plural,
    reached,
    reckoned,
    titled,
    together,
    ways,
)
from aimanifest.rules import Citation, Framework, Rule
from aimanifest.terminal import cut

LIMIT_AMONG_MANY = 120
"""How much is shown of it where releases are compared."""

LIMIT_NAME = 80
"""How much is shown of a name where it is repeated for every requirement."""


def render(
    comparison: Comparison,
    *,
    columns: int,  # noqa: ARG001  # a browser breaks lines itself
    colour: bool,  # noqa: ARG001  # the reader's browser knows
) -> Iterator[str]:
    """Give the page: about one release in full, about several as tables with all that is in them.

    Its bytes depend on nothing but the manifests. Whatever a manifest says is text there, never
    markup; its addresses are links only where they lead to the web.
    """
    page = _Page(comparison)
    yield from (f"{line}\n" for line in page.lines())


class _Page:
    def __init__(self, comparison: Comparison) -> None:
        self._all = comparison
        self._several = len(comparison.overviews) > 1
        self._frameworks = {each.id: i for i, each in enumerate(comparison.frameworks, 1)}
        self._columns = {
            rule.id: column
            for framework in comparison.frameworks
            for column, rule in enumerate((r for _, rs in _groups(framework) for r in rs), 1)
        }
        self._places = {each.id: _places(comparison, each) for each in comparison.frameworks}
        self._labels = comparison.labels()
        self._releases = {id(each): i for i, each in enumerate(comparison.named(), 1)}

    def lines(self) -> Iterator[str]:
        """Give the lines of the whole page."""
        title = self._title()
        script = asset(__file__, "html.js") if self._several else ""
        own = style() + asset(__file__, "html.css")
        yield from head(title, style=own, script=script)
        yield f'<body class="{"many" if self._several else "one"}">'
        yield from self._head(title)
        yield "<main>"
        yield from self._several_releases() if self._several else self._one_release()
        yield "</main>"
        yield from self._foot()
        if script:
            yield f"<script>{script}</script>"
        yield "</body>"
        yield "</html>"

    def _title(self) -> str:
        found = self._all.overviews
        if len(found) == 1:
            return found[0].name
        return f"{plural(len(found), 'release')}, by each definition of open"

    def _head(self, title: str) -> Iterator[str]:
        yield "<header>"
        yield f"<h1><bdi>{text(title)}</bdi></h1>"
        if not self._several:
            yield from (_by_line(each) for each in self._all.overviews)
        yield f"<p>{PREMISE}</p>"
        yield from self._unread()
        yield from self._legend()
        yield "</header>"

    def _unread(self) -> Iterator[str]:
        if self._all.unread:
            yield '<div class="warning"><p>Not read:</p><ul>'
            for each in self._all.unread:
                yield f"<li><code>{text(each.path)}</code>: {text(each.reason)}</li>"
            yield "</ul></div>"

    def _legend(self) -> Iterator[str]:
        cells = (c for each in self._all.overviews for sheet in each.sheets for c in sheet.cells)
        used = {each.mark for each in cells}
        yield '<ul class="legend" aria-label="The signs">'
        for mark in MARKS:
            if mark in used:
                meaning = f' <span class="soft">{text(mark.meaning)}</span>'
                yield f"<li>{_sign(mark)} <span><b>{mark.word}</b>{meaning}</span></li>"
        yield "</ul>"

    def _foot(self) -> Iterator[str]:
        yield "<footer>"
        yield (
            f'<p class="soft">Made by aimanifest {__version__}, with the SPDX License List '
            f"{spdx.VERSION}. What a manifest says is taken at its word: no link was opened, and "
            "nothing was fetched. It is not legal advice.</p>"
        )
        yield "</footer>"

    # -- several releases --------------------------------------------------------------------------

    def _several_releases(self) -> Iterator[str]:
        yield from self._matrix()
        for framework in self._all.frameworks:
            yield from self._table(framework)
        yield '<section aria-labelledby="evidence">'
        yield '<h2 id="evidence">Release by release</h2>'
        yield (
            "<p>What each answer rests on, with its line in the manifest. "
            '<span class="on-paper">What is met or does not apply is left out on paper.</span></p>'
        )
        for each in self._all.named():
            number = self._releases[id(each)]
            yield f'<section class="release" aria-labelledby="r{number}">'
            yield f'<h3 id="r{number}"><bdi>{text(each.name)}</bdi></h3>'
            yield _by_line(each)
            yield from self._release(each)
            yield "</section>"
        yield "</section>"

    def _matrix(self) -> Iterator[str]:
        """Tabulate how far each release gets by each framework."""
        yield '<section aria-labelledby="matrix">'
        yield '<h2 id="matrix">How far each release gets</h2>'
        yield (
            "<p>One sign for each level, from the easiest to the hardest: a tick where it is "
            "reached, a dash where it asks nothing, or else that of the worst answer in its "
            "way.</p>"
        )
        yield '<div class="scroller" role="group" aria-labelledby="matrix" tabindex="0">'
        yield '<table class="matrix sortable">'
        yield "<caption>How far each release gets by each framework</caption>"
        yield '<thead><tr><th scope="col" data-column="0">Release</th>'
        for column, framework in enumerate(self._all.frameworks, 1):
            number = self._frameworks[framework.id]
            link = f'<a href="#f{number}">{text(framework.title)}</a>'
            version = f"<small>{text(framework.version)}</small>"
            kind = ' class="ladders"' if len(framework.levels) > 1 else ""
            yield f'<th scope="col"{kind} data-column="{column}">{link} {version}</th>'
        yield "</tr></thead>"
        yield "<tbody>"
        for each in self._all.named():
            yield f"<tr>{self._row_head(each)}"
            if each.assessed:
                for framework in self._all.frameworks:
                    yield self._standing(each, framework)
            else:
                yield f'<td colspan="{len(self._frameworks)}">{_unassessed(each)}</td>'
            yield "</tr>"
        yield "</tbody></table></div></section>"

    def _row_head(self, each: Overview, framework: Framework | None = None) -> str:
        anchor = f"r{self._releases[id(each)]}"
        if framework:
            anchor += f"f{self._frameworks[framework.id]}"
        by = f"<small><bdi>{text(each.publisher)}</bdi></small>" if each.publisher else ""
        label = self._labels[each.path]
        return f'<th scope="row"><a href="#{anchor}"><bdi>{text(label)}</bdi></a>{by}</th>'

    def _standing(self, each: Overview, framework: Framework) -> str:
        sheet = each.sheet(framework)
        if sheet is None:
            by = len(self._releases)
            return f'<td data-by="{by}">{nothing(framework)}</td>'
        anchor = f"r{self._releases[id(each)]}f{self._frameworks[framework.id]}"
        by = self._places[framework.id][id(each)]
        told = f"{_pips(sheet)}<span>{text(reached(sheet))}</span>"
        if sheet.figures and not sheet.rungs:
            figure = sheet.figures[0]
            told = f"<span>{text(amount(figure))}</span><small>{bounds(figure)}</small>"
        return f'<td data-by="{by}"><a href="#{anchor}">{told}</a></td>'

    def _table(self, framework: Framework) -> Iterator[str]:
        """Tabulate one framework: releases down, requirements across."""
        number = self._frameworks[framework.id]
        rows = self._all.ranked(framework)
        groups = _groups(framework)
        ordered = [rule for _, rules in groups for rule in rules]
        yield f'<section aria-labelledby="f{number}">'
        yield f'<h2 id="f{number}">{text(titled(framework))}</h2>'
        yield from _about(framework)
        yield f'<p class="soft">Releases by {_order(framework)}.</p>'
        yield f'<div class="scroller" role="group" aria-labelledby="f{number}" tabindex="0">'
        yield '<table class="sortable">'
        yield f"<caption>{text(titled(framework))}: each release, each requirement</caption>"
        yield "<thead>"
        before = 2 if framework.levels or framework.figures else 1
        if len(groups) > 1:
            yield f'<tr class="groups"><td></td>{"<td></td>" * (before - 1)}'
            for heading, rules in groups:
                yield (
                    f'<th scope="colgroup" colspan="{len(rules)}" class="group first">'
                    f"<span>{text(heading)}</span></th>"
                )
            yield "</tr>"
        yield '<tr><th scope="col" data-column="0">Release</th>'
        if before > 1:
            what = "Level" if framework.levels else "Figure"
            yield f'<th scope="col" data-column="1">{what}</th>'
        starts = _starts(groups)
        for column, rule in enumerate(ordered):
            first = " first" if column in starts else ""
            link = f'<a href="#f{number}q{column + 1}">{text(_name(rule))}</a>'
            yield (
                f'<th scope="col" class="upright{first}" data-column="{column + before}">'
                f"<span>{link}</span></th>"
            )
        yield "</tr></thead>"
        yield "<tbody>"
        for overview, sheet in rows:
            yield f"<tr>{self._row_head(overview, framework)}"
            if before > 1:
                by = self._places[framework.id][id(overview)]
                told = f"{_pips(sheet)}{text(reached(sheet))}"
                yield f'<td class="level" data-by="{by}">{told}</td>'
            yield "".join(self._cells_of(overview, sheet, ordered, starts))
            yield "</tr>"
        yield "</tbody></table></div>"
        yield from _unchecked(framework)
        yield from self._requirements(framework, ordered)
        yield "</section>"

    def _cells_of(
        self, overview: Overview, sheet: Sheet, ordered: Sequence[Rule], starts: set[int]
    ) -> Iterator[str]:
        by_rule = {each.rule.id: each for each in sheet.cells}
        anchor = f"r{self._releases[id(overview)]}f{self._frameworks[sheet.framework.id]}q"
        for column, rule in enumerate(ordered):
            mark = by_rule[rule.id].mark
            first = " first" if column in starts else ""
            yield (
                f'<td class="{_class(mark)} mark-cell{first}" id="c{anchor}{column + 1}">'
                f'<a class="mark" href="#{anchor}{column + 1}" aria-label="{mark.word}">'
                f"{mark.sign}</a></td>"
            )

    def _requirements(self, framework: Framework, ordered: Sequence[Rule]) -> Iterator[str]:
        number = self._frameworks[framework.id]
        yield '<details open><summary>What each column asks</summary><ol class="asks">'
        for index, rule in enumerate(ordered, 1):
            yield (
                f'<li id="f{number}q{index}"><code>{text(_name(rule))}</code> '
                f"{marked(rule.title)}. {_cited(rule.cites[0])}</li>"
            )
        yield "</ol></details>"

    # -- one release -------------------------------------------------------------------------------

    def _one_release(self) -> Iterator[str]:
        for each in self._all.overviews:
            if each.sheets:
                yield from self._ladders(each)
            yield from self._release(each)

    def _ladders(self, overview: Overview) -> Iterator[str]:
        """Tabulate every level of every framework, and which of them are reached."""
        yield '<section aria-labelledby="matrix">'
        yield '<h2 id="matrix">How far it gets</h2>'
        yield '<div class="scroller" role="group" aria-labelledby="matrix" tabindex="0">'
        yield '<table class="matrix single">'
        yield "<caption>Every level of every framework, and whether it is reached</caption>"
        yield '<thead><tr><th scope="col">Framework</th><th scope="col">'
        yield "Levels, from the easiest to the hardest</th></tr></thead><tbody>"
        for sheet in overview.sheets:
            number = self._frameworks[sheet.framework.id]
            link = f'<a href="#r1f{number}">{text(titled(sheet.framework))}</a>'
            yield f'<tr><th scope="row">{link}</th><td>'
            yield from _ladder(sheet)
            yield "</td></tr>"
        yield "</tbody></table></div></section>"

    def _release(self, overview: Overview) -> Iterator[str]:
        """Give all that is known of one release."""
        if not overview.assessed:
            yield f"<p>{_unassessed(overview)}</p>"
        if overview.faults:
            yield '<div class="warning"><p>The file is not right:</p><ul>'
            yield from (f"<li>{each}</li>" for each in _said(overview.faults))
            yield "</ul></div>"
        if overview.claims:
            yield '<div class="warning"><p>It claims what its manifest does not bear out:</p><ul>'
            yield from (f"<li>{each}</li>" for each in _said(overview.claims))
            yield "</ul></div>"
        for sheet in overview.sheets:
            yield from self._sheet(overview, sheet)

    def _sheet(self, overview: Overview, sheet: Sheet) -> Iterator[str]:
        framework = sheet.framework
        anchor = f"r{self._releases[id(overview)]}f{self._frameworks[framework.id]}"
        heading, lower = ("h4", "h5") if self._several else ("h2", "h3")
        yield "<section>"
        yield f'<{heading} id="{anchor}">{text(titled(framework))}</{heading}>'
        if not self._several:
            yield from _about(framework)
        if self._several:
            yield from _ladder(sheet)
        for figure in sheet.figures:
            told = f"<b>{text(reckoned(figure))}</b> {text(figure.name)}: {text(figure.meaning)}"
            yield f'<p class="soft">{told}</p>'
        for heading_of, cells in chapters(sheet):
            yield f"<{lower}>{text(heading_of)}</{lower}>"
            for way in ways(sheet, cells):
                yield from _way(way)
            settled = " settled" if self._several and cells in (sheet.fine, sheet.idle) else ""
            yield f'<ul class="cells{settled}">'
            for cell in cells:
                yield from self._cell(cell, overview, sheet, anchor)
            yield "</ul>"
        if not self._several:
            yield from _unchecked(framework)
        yield "</section>"

    def _cell(self, cell: Cell, overview: Overview, sheet: Sheet, anchor: str) -> Iterator[str]:
        """Give one answer with all that it rests on."""
        index = self._columns[cell.rule.id]
        mark = cell.mark
        yield (
            f'<li id="{anchor}q{index}" class="{_class(mark)}" tabindex="-1">'
            f'<i class="mark" aria-hidden="true">{mark.sign}</i>'
        )
        name, title = f"<code>{text(cell.name)}</code>", ""
        if self._several:
            number = self._frameworks[sheet.framework.id]
            name = f'<a href="#f{number}q{index}">{name}</a>'
        if cell.lacking or not self._several:
            asked = "Asked is: " if cell.lacking else ""
            title = f" <small>{asked}{marked(cell.rule.title)}</small>"
        yield f"<div>{name} <b>{mark.word}</b>{title}</div>"
        lines = list(self._reasons(cell)) or ["<small>nothing speaks against it</small>"]
        yield "<ul>"
        yield from (f"<li>{line}</li>" for line in lines)
        yield "</ul>"
        if self._several:
            release = f"<bdi>{text(cut(self._labels[overview.path], LIMIT_NAME))}</bdi>"
            back = f'<a href="#c{anchor}q{index}">Back to the table</a>'
            yield f'<p class="back">{release} · {back}</p>'
        yield "</li>"

    def _reasons(self, cell: Cell) -> Iterator[str]:
        """Give what an answer rests on: what was found, or what the manifest says, or why not."""
        yield from _said(cell.findings)
        for finding in cell.told:
            other = finding.rule.partition("/")[2]
            for each in _said((finding,)):
                yield f"{each} <small>told under <code>{text(other)}</code></small>"
        yield from map(marked, cell.notes)
        if not cell.lacking:
            limit = LIMIT_AMONG_MANY if self._several else LIMIT_VALUE
            for evidence in cell.evidence[:LIMIT_EVIDENCE]:
                value = f"{linked(evidence.value, limit)} " if evidence.value else ""
                yield f"{value}{_place(evidence)}"
            yield from more(cell.evidence)


def _places(comparison: Comparison, framework: Framework) -> dict[int, int]:
    """Number the places in a framework's own order; equals share one."""
    places: dict[int, int] = {}
    place, before = 0, None
    for index, (overview, sheet) in enumerate(comparison.ranked(framework)):
        if sheet.standing != before:
            place, before = index, sheet.standing
        places[id(overview)] = place
    return places


# -- parts of pages --------------------------------------------------------------------------------


def _by_line(overview: Overview) -> str:
    by = f"<bdi>{text(overview.publisher)}</bdi> · " if overview.publisher else ""
    return f'<p class="soft">{by}<code>{text(overview.path)}</code></p>'


def _about(framework: Framework) -> Iterator[str]:
    """Say what its levels are, and where to read it."""
    levels = " → ".join(framework.called.get(each, each) for each in framework.levels)
    told = f"{text(levels)}. " if len(framework.levels) > 1 else ""
    source = f'<a href="{text(framework.url)}">The source</a>'
    yield f'<p class="soft">{told}{source}</p>'


def _unchecked(framework: Framework) -> Iterator[str]:
    """Say what nobody checked."""
    if framework.not_checked:
        yield '<div class="soft"><p>Not checked, and for people to judge:</p><ul class="plain">'
        yield from (f"<li>{marked(each)}</li>" for each in framework.not_checked)
        yield "</ul></div>"


def _order(framework: Framework) -> str:
    parts = []
    if framework.levels:
        parts.append("level reached")
    if framework.figures:
        parts.append("figure")
    return ", then by ".join((*parts, "requirements that are met or do not apply", "name"))


def _groups(framework: Framework) -> list[tuple[str, list[Rule]]]:
    """Sort the rules of a framework by level, with what stands beside the levels at the end."""
    found: list[tuple[str, list[Rule]]] = []
    for level in (*framework.levels, None):
        rules = [each for each in framework.rules if each.level == level]
        name = framework.called.get(level, level) if level else framework.beside
        if rules:
            found.append((name or "Beside the levels", rules))
    return found


def _starts(groups: Sequence[tuple[str, Sequence[Rule]]]) -> set[int]:
    starts, column = set(), 0
    for _, rules in groups:
        starts.add(column)
        column += len(rules)
    return starts


def _ladder(sheet: Sheet) -> Iterator[str]:
    if sheet.rungs:
        yield '<ol class="ladder">'
        for rung in sheet.rungs:
            told = left(rung, sheet)
            after = f'<span class="soft">{told}</span>' if told else _unseen(rung.verdict.word)
            name = f"<span>{text(rung.name)} {after}</span>"
            yield f'<li class="{_class(rung.mark)}">{_sign(rung.mark)}{name}</li>'
        yield "</ol>"
    figures = [f"<b>{text(reckoned(each))}</b> {text(each.name)}" for each in sheet.figures]
    if figures:
        yield f'<p class="figures">{" · ".join(figures)}</p>'
    elif not sheet.rungs:
        yield f'<p class="figures">{text(reached(sheet))}</p>'


def _unseen(text: str) -> str:
    return f'<span class="unseen">{text}</span>'


def _pips(sheet: Sheet) -> str:
    if not sheet.rungs:
        return ""
    signs = "".join(f'<i class="mark {_class(r.mark)}">{r.mark.sign}</i>' for r in sheet.rungs)
    return f'<span class="pips" aria-hidden="true">{signs}</span>'


def _way(way: Way) -> Iterator[str]:
    yield '<div class="step">'
    if way.reasons:
        yield f"<p>{text(way.obstacle)}</p><ul>"
        yield from (f"<li>{marked(each)}</li>" for each in way.reasons)
        yield "</ul>"
    if way.summary:
        yield f"<p>{text(way.summary)}</p>"
    if way.changes:
        yield "<ol>"
        for each in way.changes:
            place = f"<small>{_pointer(each.pointer)}</small>"
            yield f"<li>{marked(each.text)} {place}</li>"
        yield "</ol>"
    yield "</div>"


def _said(findings: Iterable[Finding]) -> Iterator[str]:
    """Give each message once, with the places that it is about."""
    grouped = together(findings)
    for message, found in list(grouped.items())[:LIMIT_EVIDENCE]:
        places = [*map(_place, found[:LIMIT_EVIDENCE]), *more(found)]
        yield f"{marked(message)} {', '.join(places)}"
    yield from more(grouped)


def _place(at: Finding | Evidence) -> str:
    line = at.span.start.line
    return f"<small>line {line} {_pointer(at.pointer)}</small>"


def _cited(citation: Citation) -> str:
    where = f'<a href="{text(citation.url)}">{text(citation.clause)}</a>'
    told = f"“{text(citation.quote)}” ({citation.standing.name})"
    return f'<span class="soft">{where}: {told}</span>'


def _unassessed(overview: Overview) -> str:
    return f"not assessed: the file has {plural(len(overview.faults), 'fault')}"


def _name(rule: Rule) -> str:
    return rule.id.partition("/")[2]


def _sign(mark: Mark) -> str:
    return f'<span class="mark {_class(mark)}" aria-hidden="true">{mark.sign}</span>'


def _class(mark: Mark) -> str:
    return mark.word.replace(" ", "-")


def _pointer(pointer: str) -> str:
    return f"<code>{text(pointer.removeprefix('/') or 'the file')}</code>"
