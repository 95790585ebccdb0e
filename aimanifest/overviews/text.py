"""For people at a terminal: how far a release gets, and what is in the way; tables of several."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from aimanifest.findings import Finding
from aimanifest.marks import MARKS, MET, NOT_APPLICABLE, Mark
from aimanifest.overviews import (
    LIMIT_EVIDENCE,
    PREMISE,
    Cell,
    Comparison,
    Overview,
    Sheet,
    Way,
    alike,
    bounds,
    chapters,
    left,
    more,
    number,
    plural,
    reached,
    reckoned,
    squeezed,
    titled,
    together,
    ways,
)
from aimanifest.renderers import LIMIT_FINDINGS
from aimanifest.rules import Framework, Rule
from aimanifest.terminal import cut, fitting, quoted, visible, width, wrapped

PROSE = 100
"""Prose is broken here even where the screen is wider: longer lines are hard to read."""

LIMIT_PATH = 400
"""How much is shown of a path, which is not to be broken."""

_NAME = 26
"""How many columns the name of a release takes in a table, at most."""

_COLOURS = {
    "met": "32",
    "partial": "33",
    "unmet": "31",
    "unstated": "33",
    "undetermined": "35",
    "asked": "36",
    "heading": "1;4",
    "name": "1",
}


def render(comparison: Comparison, *, columns: int, colour: bool) -> Iterator[str]:
    """Give the page: about one release in full, about several as tables with line numbers."""
    page = _Page(comparison, columns, colour=colour)
    lines = page.one() if len(comparison.overviews) == 1 else page.several()
    yield from (f"{line}\n" for line in squeezed(lines))


class _Page:
    def __init__(self, comparison: Comparison, columns: int, *, colour: bool) -> None:
        self._all = comparison
        self._columns = columns
        self._prose = min(columns, PROSE)
        self._name = min(_NAME, columns // 3)
        self._labels = comparison.labels()
        self._colour = colour

    # -- one release -------------------------------------------------------------------------------

    def one(self) -> Iterator[str]:
        """Give the page about the only release."""
        (overview,) = self._all.overviews
        by = f", {visible(cut(overview.publisher))}" if overview.publisher else ""
        path = f" ({_path(overview)})" if overview.title else ""
        first, *rest = wrapped(f"{visible(cut(overview.name))}{by}{path}", self._prose, rest="  ")
        yield self._paint(first, "name")
        yield from rest
        yield ""
        yield from self._faults(overview)
        if not overview.sheets:
            return
        yield from wrapped(PREMISE, self._prose)
        yield ""
        for sheet in overview.sheets:
            yield from self._ladder(sheet)
        yield ""
        for sheet in overview.sheets:
            yield from self._sheet(overview, sheet)
        yield from self._legend(self._all.overviews)

    def _faults(self, overview: Overview) -> Iterator[str]:
        """Say what is wrong with a file, and with what it claims."""
        if overview.faults:
            told = "" if overview.assessed else ", so it is not assessed"
            faults = plural(len(overview.faults), "fault")
            yield from wrapped(f"The file has {faults}{told}.", self._prose)
            yield from self._findings(overview, overview.faults)
            yield ""
        if overview.claims:
            yield from wrapped("It claims what its manifest does not bear out.", self._prose)
            yield from self._findings(overview, overview.claims)
            yield ""

    def _ladder(self, sheet: Sheet) -> Iterator[str]:
        """Give a framework, and each of its levels on a line of its own."""
        title = visible(titled(sheet.framework))
        for line in wrapped(title, self._prose):
            yield self._paint(line, "name")
        room = max((width(visible(each.name)) for each in sheet.rungs), default=0)
        for rung in sheet.rungs:
            name, told = visible(rung.name), left(rung, sheet)
            gap = " " * (room - width(name) + 2) if told else ""
            lines = [f"{name}{gap}{told}"]
            if width(lines[0]) > self._prose - 5:
                lines = wrapped(f"{name}: {told}".removesuffix(": "), self._prose - 5)
            yield f"  {self._mark(rung.mark)}  {lines[0]}"
            yield from (f"     {line}" for line in lines[1:])
        for figure in sheet.figures:
            told = f"{visible(reckoned(figure))}  {visible(figure.name)}"
            yield from wrapped(told, self._prose, first="     ", rest="     ")
        if not sheet.rungs and not sheet.figures:
            yield f"     {reached(sheet)}"

    def _sheet(self, overview: Overview, sheet: Sheet) -> Iterator[str]:
        """Give all answers of one framework; what is met, in a paragraph of names and lines."""
        yield from self._heading(sheet.framework)
        for heading, cells in chapters(sheet):
            if cells == sheet.fine:
                yield from self._paragraph(f"{heading}: {', '.join(map(_with_line, cells))}.")
                continue
            if cells == sheet.idle:
                for group in alike(cells, _because):
                    names, why = ", ".join(each.name for each in group), _because(group[0])
                    told = f"{heading} [{names}]: {why}." if why else f"{heading}: {names}."
                    yield from self._paragraph(told)
                continue
            yield from self._paragraph(f"{heading}:")
            for group in alike(cells, _shown):
                yield from self._open(overview, group)
            for way in ways(sheet, cells):
                yield from self._way(way)
            yield ""
        for figure in sheet.figures:
            yield from self._paragraph(f"{figure.name}: {figure.meaning}")
        for each in sheet.framework.not_checked:
            yield from self._paragraph(f"Not checked: {each}. That is for people to judge.")
        yield ""

    def _open(self, overview: Overview, group: Sequence[Cell]) -> Iterator[str]:
        """Give an answer to one requirement or more, with what was found for it below."""
        cell = group[0]
        told = f"{', '.join(each.name for each in group)}: {cell.mark.word}"
        first, *rest = wrapped(told, self._prose - 4)
        yield f"  {self._mark(cell.mark)} {first}"
        yield from (f"    {each}" for each in rest)
        yield from self._findings(overview, (*cell.findings, *cell.told))
        if not cell.findings:
            for note in cell.notes:
                yield from wrapped(quoted(note), self._prose, first="      ", rest="      ")
            if cell.mark is MET and cell.line:
                yield f"      line {cell.line}"

    def _findings(self, overview: Overview, findings: Iterable[Finding]) -> Iterator[str]:
        path = _path(overview)
        grouped = together(findings)
        for message, found in list(grouped.items())[:LIMIT_FINDINGS]:
            starts = [f"{line}:{column}" for line, column in (each.span.start for each in found)]
            places = ", ".join([*starts[:LIMIT_EVIDENCE], *more(starts)])
            text = f"{path}:{places}: {quoted(message)}"
            yield from wrapped(text, self._prose, first="    ", rest="      ")
        if len(grouped) > LIMIT_FINDINGS:
            yield f"    … and {len(grouped) - LIMIT_FINDINGS} more"

    def _way(self, way: Way) -> Iterator[str]:
        """Give the smallest step to a level, with what it does not remove."""
        if way.reasons:
            yield from wrapped(visible(way.obstacle), self._prose, first="  ", rest="    ")
            for reason in way.reasons:
                yield from wrapped(quoted(reason), self._prose, first="    ", rest="      ")
        if way.summary:
            yield from wrapped(visible(way.summary), self._prose, first="  ", rest="    ")
        for each in way.changes:
            yield from wrapped(quoted(each.text), self._prose, first="    ", rest="      ")

    # -- several releases --------------------------------------------------------------------------

    def several(self) -> Iterator[str]:
        """Give the page about any number of releases but one."""
        overviews = self._all.named()
        if not overviews:
            return
        yield self._paint(f"{len(overviews)} releases, by each definition of open", "heading")
        yield ""
        yield from wrapped(PREMISE, self._prose)
        yield ""
        if self._all.frameworks:
            yield from self._matrix(overviews)
            yield ""
        for framework in self._all.frameworks:
            yield from self._table(framework)
            yield ""
        for each in overviews:
            if each.faults or each.claims:
                for line in wrapped(f"{visible(cut(each.name))} ({_path(each)})", self._prose):
                    yield self._paint(line, "name")
                yield from self._faults(each)
        yield from self._legend(overviews)
        yield ""
        yield "The files:"
        yield from (f"  {self._label(each)}  {_path(each)}" for each in overviews)

    def _matrix(self, overviews: Sequence[Overview]) -> Iterator[str]:
        """Tabulate the levels: a letter for each framework, a sign for each of its levels."""
        frameworks = self._all.frameworks
        letters = [_letters(index) for index in range(len(frameworks))]
        cells = [
            [_standing(each.sheet(framework)) if each.assessed else "" for framework in frameworks]
            for each in overviews
        ]
        rooms = [
            max(map(width, (letter, *column)))
            for letter, column in zip(letters, zip(*cells, strict=True), strict=True)
        ]
        for block in _blocks(rooms, self._columns - self._name):
            head = "".join(f"  {letters[i]:{rooms[i]}}" for i in block)
            yield self._paint(f"{'Release':{self._name}}{head}".rstrip(), "name")
            for each, row in zip(overviews, cells, strict=True):
                marks = "".join(f"  {row[i]:{rooms[i]}}" for i in block)
                told = marks if each.assessed else "  not assessed"
                yield f"{self._label(each)}{told}".rstrip()
            yield ""
        for letter, framework in zip(letters, frameworks, strict=True):
            levels = "; ".join(framework.called.get(each, each) for each in framework.levels)
            what = f": {levels}" if levels else ""
            text = f"{titled(framework)}{what}"
            yield from wrapped(visible(text), self._prose, first=f"{letter}  ", rest="   ")
        yield from wrapped(_READING, self._prose)

    def _table(self, framework: Framework) -> Iterator[str]:
        """Tabulate one framework: a sign for each answer, and the line that it rests on."""
        rows = self._all.ranked(framework)
        yield from self._heading(framework)
        rules = framework.rules
        figure = ["figure"] if framework.figures else []
        heads = [*figure, *(str(index) for index in range(1, len(rules) + 1))]
        cells = [self._row(sheet) for _, sheet in rows]
        rooms = [
            max(map(len, (head, *(text for text, _ in column))))
            for head, column in zip(heads, zip(*cells, strict=True), strict=True)
        ]
        for block in _blocks(rooms, self._columns - self._name, gap=1):
            head = "".join(f" {heads[i]:{rooms[i]}}" for i in block)
            yield self._paint(f"{'Release':{self._name}}{head}".rstrip(), "name")
            for (overview, _), row in zip(rows, cells, strict=True):
                shown = (self._padded(*row[i], rooms[i]) for i in block)
                yield f"{self._label(overview)}{''.join(shown)}".rstrip()
            yield ""
        for index, rule in enumerate(rules, 1):
            yield from self._column(framework, rule, index)
        for each in framework.not_checked:
            yield from self._paragraph(f"Not checked: {each}. That is for people to judge.")

    def _column(self, framework: Framework, rule: Rule, index: int) -> Iterator[str]:
        """Say what a column asks."""
        level = framework.called.get(rule.level, rule.level) if rule.level else ""
        if not level and framework.levels:
            level = "beside the levels"
        of = f" ({level})" if level and len({r.level for r in framework.rules}) > 1 else ""
        text = f"{rule.id.partition('/')[2]}{of}: {rule.title}"
        yield from wrapped(visible(text), self._prose, first=f"{index:>3}  ", rest="     ")

    def _row(self, sheet: Sheet) -> list[tuple[str, str]]:
        """Give what stands in the columns of one release, each with its style."""
        reckons = sheet.framework.figures is not None
        figure = "".join(map(reckoned, sheet.figures[:1]))
        return [
            *([(figure, "")] if reckons else []),
            *((_short(each), each.mark.word) for each in sheet.cells),
        ]

    def _label(self, overview: Overview) -> str:
        """Give what a row is called, as wide as its column; of a path, the end tells most."""
        given = self._labels[overview.path]
        label = visible(given)
        if given == overview.path and width(label) > self._name:
            tail = label[::-1]
            shown = "…" + tail[: fitting(tail, self._name - 1)][::-1]
        else:
            shown = cut(label, self._name)
        return shown + " " * (self._name - width(shown))

    def _padded(self, text: str, style: str, room: int) -> str:
        return f" {self._paint(text, style)}{' ' * (room - len(text))}"

    # -- both --------------------------------------------------------------------------------------

    def _legend(self, overviews: Iterable[Overview]) -> Iterator[str]:
        """Explain the signs that were used."""
        used = {c.mark for each in overviews for sheet in each.sheets for c in sheet.cells}
        for mark in MARKS:
            if mark in used:
                lines = wrapped(f"{mark.word}: {mark.meaning}", self._prose - 3)
                yield f"{self._mark(mark)}  {lines[0]}"
                yield from (f"   {line}" for line in lines[1:])

    def _heading(self, framework: Framework) -> Iterator[str]:
        for line in wrapped(visible(titled(framework)), self._prose):
            yield self._paint(line, "heading")
        yield ""

    def _mark(self, mark: Mark) -> str:
        return self._paint(mark.letter, mark.word)

    def _paragraph(self, text: str) -> list[str]:
        return wrapped(quoted(text) if "`" in text else visible(text), self._prose, rest="  ")

    def _paint(self, text: str, style: str) -> str:
        code = _COLOURS.get(style, "") if self._colour else ""
        return f"\x1b[{code}m{text}\x1b[0m" if code else text


_READING = (
    "One sign for each level, from the easiest to the hardest: + where it is reached, - where it "
    "asks nothing, or else that of the worst answer in its way. "
    "Where a framework has no levels, its own figure, with a question mark if undetermined answers "
    "leave it open; or else how much is not met, or asked."
)


def _path(overview: Overview) -> str:
    return visible(cut(overview.path, LIMIT_PATH))


def _with_line(cell: Cell) -> str:
    return f"{cell.name} (line {cell.line})" if cell.line else cell.name


def _because(cell: Cell) -> str:
    return cut("; ".join(" ".join(each.split()).rstrip(".") for each in cell.notes))


def _shown(cell: Cell) -> Hashable:
    """Give all that is told of a requirement but its name."""
    places = tuple((each.message, each.span) for each in (*cell.findings, *cell.told))
    notes = () if cell.findings else cell.notes
    return cell.mark, places, notes, cell.line if cell.mark is MET else None


def _short(cell: Cell) -> str:
    """Write an answer as its sign and the line to look at."""
    line = "" if cell.mark is NOT_APPLICABLE or cell.line is None else str(cell.line)
    return f"{cell.mark.letter}{line}"


def _standing(sheet: Sheet | None) -> str:
    """Write how far a release gets in a few characters: its levels, figures, or what it lacks."""
    if sheet is None:
        return ""
    if sheet.rungs:
        return "".join(each.mark.letter for each in sheet.rungs)
    if sheet.figures:
        figure = sheet.figures[0]
        return f"{number(figure.value)}{'?' if bounds(figure) else ''}"
    return str(len(sheet.ahead)) if sheet.ahead else "0"


def _letters(index: int) -> str:
    """Number columns as spreadsheets do: A to Z, then AA."""
    more, last = divmod(index, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)


def _blocks(rooms: Sequence[int], columns: int, *, gap: int = 2) -> list[list[int]]:
    """Share the columns of a table out to as many tables as the width of the screen asks for.

    They come out about as wide as each other.
    """
    blocks = _filled(rooms, columns, gap)
    limit = max(sum(rooms) + gap * len(rooms), 1) // len(blocks)
    while len(even := _filled(rooms, limit, gap)) > len(blocks):
        limit += 1
    return even


def _filled(rooms: Sequence[int], columns: int, gap: int) -> list[list[int]]:
    blocks: list[list[int]] = [[]]
    left = columns
    for index, room in enumerate(rooms):
        if blocks[-1] and room + gap > left:
            blocks.append([])
            left = columns
        blocks[-1].append(index)
        left -= room + gap
    return blocks
