"""Releases side by side: golden files, and what holds for any manifest in any form."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from unicodedata import category

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from aimanifest import cli, frameworks, overviews, renderers, schemas
from aimanifest.findings import (
    Located,
    NotApplicable,
    Remark,
    partial,
    remark,
    undetermined,
    unmet,
    unstated,
)
from aimanifest.manifest import Manifest
from aimanifest.marks import MARKS, NOT_APPLICABLE
from aimanifest.overviews import Comparison, Overview
from aimanifest.renderers import Screen, badge
from aimanifest.report import Report, Target, Unread
from aimanifest.rules import (
    GAPS,
    INAPPLICABLE,
    NO_GAPS,
    TEXT,
    Assessment,
    Citation,
    Figure,
    Framework,
)
from aimanifest.steps import Step
from aimanifest.terminal import width
from aimanifest.validation import validate

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "tests" / "golden"
GOLDEN = SOURCES / "overviews"
EXAMPLES = sorted(each for each in (ROOT / "examples").glob("*.yaml") if each.stem != "expected")
SCHEMA = Draft202012Validator(schemas.assessment())

InStep = Callable[..., None]
Answers = Iterator[Remark | NotApplicable]


# -- frameworks that give every answer there is ----------------------------------------------------

CITES = (Citation("All of it.", "Test 1", "https://definition.example.org/#1", TEXT),)


def _figures(assessment: Assessment) -> tuple[Figure, ...]:
    met = sum(each.outcome.value == "met" for each in assessment.answers)
    return (Figure("mean", met / 7, met / 7, (met + 1) / 7, "", "what is met, of seven"),)


LADDER = Framework(
    id="ladder",
    title="A Ladder",
    version="2",
    url="https://definition.example.org/",
    levels=("low", "high", "higher"),
    called={"low": "Rung 1 - Low", "high": "Rung 2 - High", "higher": "Rung 3 - Higher"},
    beside="What is asked besides",
    not_checked=("whether the `ladder` stands",),
    figures=_figures,
)
STOCK = Framework(
    id="stock",
    title="Taking Stock",
    version="as of 2026",
    url="https://stock.example.org/",
    words=(GAPS, NO_GAPS),
)
ASKING = Framework(id="asking", title="Asking", version="1", url="https://asking.example.org/")


@LADDER.rule("weights", title="There are weights", cites=CITES, fix="", level="low", shows=None)
def _weights(manifest: Manifest) -> Answers:
    if "weights" not in manifest.components:
        yield unstated("there are none", at=manifest.at / "components")


def _placed(manifest: Manifest) -> Iterator[Located]:
    return (each.at / "location" for each in manifest.components.values() if each.location)


@LADDER.rule(
    "open-to-all", title="Nobody is kept out", cites=CITES, fix="", level="high", shows=_placed
)
def _open_to_all(manifest: Manifest) -> Answers:
    for each in manifest.components.values():
        if each.availability == "gated":
            yield unmet(f"`{each.id}` is gated", at=each.at / "availability")


def _told(manifest: Manifest) -> Iterator[Located]:
    yield manifest.release.at / "name"
    yield from (each.at / "location" for each in manifest.components.values())
    yield from (each.at / "data" / "provenance" for each in manifest.components.values())


@LADDER.rule("named", title="It has a name", cites=CITES, fix="", level="low", shows=_told)
def _named(manifest: Manifest) -> Answers:
    if manifest.release.name is None:
        yield unstated("it has no name", at=manifest.release.at)


@LADDER.rule("whole-data", title="All data is there", cites=CITES, fix="", level="higher")
def _whole_data(manifest: Manifest) -> Answers:
    for each in manifest.components.values():
        if each.data:
            yield partial(f"`{each.id}` is there in part", at=each.at)


@LADDER.rule("base", title="The base is open", cites=CITES, fix="", level="high")
def _base(manifest: Manifest) -> Answers:
    if not any(each.derived_from for each in manifest.components.values()):
        yield NotApplicable("nothing is derived")
    for each in manifest.components.values():
        if each.derived_from:
            yield undetermined("nobody knows", at=each.at / "derived_from")


@LADDER.rule("same-place", title="It stays where it is", cites=CITES, fix="", level="higher")
def _same_place(manifest: Manifest) -> Answers:
    for each in manifest.components.values():
        if each.availability == "gated":
            yield unmet(f"`{each.id}` is gated, and so moves", at=each.at / "availability")


@LADDER.rule("aside", title="It is asked besides", cites=CITES, fix="", level=None)
def _aside(manifest: Manifest) -> Answers:
    yield remark("worth knowing", at=manifest.at)


@STOCK.rule("code", title="There is code", cites=CITES, fix="", level=None)
def _code(manifest: Manifest) -> Answers:
    if "validation-code" in manifest.components:
        yield unmet("`validation-code` is withheld", at=manifest.at / "components")


@STOCK.rule("homepage", title="There is a homepage", cites=CITES, fix="", level=None)
def _homepage(manifest: Manifest) -> Answers:
    if not manifest.release.additional_terms:
        yield unstated("no homepage is told", at=manifest.at / "release" / "homepage")


@ASKING.rule("base-terms", title="The base asks nothing", cites=CITES, fix="", level=None)
def _base_terms(manifest: Manifest) -> Answers:
    for each in manifest.components.values():
        if each.derived_from:
            yield remark("what does the base ask?", at=each.at / "derived_from")


TESTED = (LADDER, STOCK, ASKING)


def overview(source: bytes, path: str, chosen: tuple[Framework, ...] = TESTED) -> Overview:
    """Assess by `chosen` alone, which need not be frameworks of the package."""
    found = validate(source, path=path, require=())
    if found.manifest is not None:
        manifest = found.manifest
        own = tuple(each.assess(manifest) for each in chosen if not found.assessment(each.id))
        found = found._replace(assessments=found.assessments + own)
    return overviews.overview(found, chosen)


def golden(name: str) -> Overview:
    return overview((SOURCES / f"{name}.yaml").read_bytes(), f"{name}.yaml")


def rendered(form: str, *found: Overview | Unread, columns: int = 100, colour: bool = False) -> str:
    read = tuple(each for each in found if isinstance(each, Overview))
    unread = tuple(each for each in found if isinstance(each, Unread))
    comparison = Comparison(read, unread)
    return "".join(overviews.load(form)(comparison, columns=columns, colour=colour))


SEVERAL = ("complete", "incomplete", "broken")


# -- golden files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", overviews.names())
@pytest.mark.parametrize("name", ["complete", "incomplete", "broken"])
def test_one_release_is_shown_so(name: str, form: str, in_step: InStep) -> None:
    in_step(GOLDEN / f"{name}.{form}", rendered(form, golden(name)))


@pytest.mark.parametrize("form", overviews.names())
def test_several_releases_are_shown_so(form: str, in_step: InStep) -> None:
    gone = Unread("gone.yaml", "No such file or directory")
    in_step(GOLDEN / f"several.{form}", rendered(form, *map(golden, SEVERAL), gone))


def test_the_width_of_the_screen_is_used(in_step: InStep) -> None:
    in_step(GOLDEN / "several-50.text", rendered("text", *map(golden, SEVERAL), columns=50))


def test_every_mark_is_shown_by_a_golden_file() -> None:
    shown = {cell.mark for name in SEVERAL for each in golden(name).sheets for cell in each.cells}
    assert shown == set(MARKS)
    text = (GOLDEN / "several.text").read_text(encoding="utf-8")
    assert all(f"\n{each.letter}  {each.word}: " in text for each in shown)


# -- what is gathered ------------------------------------------------------------------------------


def ladder(name: str) -> overviews.Sheet:
    sheet = golden(name).sheet(LADDER)
    assert sheet is not None
    return sheet


def test_each_level_says_whether_it_is_reached_and_what_it_lacks() -> None:
    def told(name: str) -> list[tuple[str, str, str, int]]:
        rungs = ladder(name).rungs
        return [(each.name, each.verdict.word, each.mark.word, each.lacking) for each in rungs]

    assert told("incomplete") == [
        ("Rung 1 - Low", "complete", "met", 0),
        ("Rung 2 - High", "incomplete", "unmet", 2),
        ("Rung 3 - Higher", "incomplete", "unmet", 2),
    ]
    assert told("complete")[2] == ("Rung 3 - Higher", "incomplete", "partial", 1)


def test_silence_is_no_refusal() -> None:
    """A level that nothing but silence keeps has the sign of silence."""
    source = (
        b'aimanifest: "1.0"\nrelease: {name: T, publisher: {name: L}}\n'
        b"components: {code: {kind: training-code}}\n"
    )
    (sheet, *_) = overview(source, "t.yaml").sheets
    assert [each.mark.word for each in sheet.rungs] == ["unstated"] * 3
    assert [overviews.left(each, sheet) for each in sheet.rungs] == [
        "1 not met, 1 change away",
        "needs the level before it, 1 change away",
        "needs the level before it, 1 change away",
    ]


def test_what_is_in_the_way_is_told_apart_from_what_harder_levels_ask() -> None:
    sheet = ladder("incomplete")
    assert [each.name for each in sheet.ahead] == ["open-to-all", "base"]
    assert [each.name for each in sheet.beyond] == ["whole-data", "same-place"]
    assert [each.name for each in sheet.fine] == ["weights", "named"]
    assert [each.name for each in sheet.beside] == ["aside"]
    assert [each.name for each in ladder("complete").idle] == ["base"]


def test_every_answer_stands_in_exactly_one_chapter(examples: Comparison) -> None:
    for each in (golden("complete"), golden("incomplete"), *examples.overviews):
        for sheet in each.sheets:
            told = [cell for _, cells in overviews.chapters(sheet) for cell in cells]
            assert sorted(each.rule.id for each in told) == sorted(
                each.rule.id for each in sheet.cells
            )


def test_what_was_told_before_is_found_again() -> None:
    """One fault gives one finding, but a cell has to say what it rests on all the same."""
    (cell,) = (each for each in ladder("incomplete").cells if each.name == "same-place")
    assert not cell.findings
    assert [each.rule for each in cell.told] == ["ladder/open-to-all"]
    assert cell.line == cell.told[0].span.start.line


def test_evidence_is_what_is_written_at_the_place() -> None:
    (cell,) = (each for each in ladder("complete").cells if each.name == "open-to-all")
    assert [(each.pointer, each.value, each.span.start.line) for each in cell.evidence] == [
        ("/components/weights/location", "https://models.example.org/tern-1b", 10),
        ("/components/training-code/location", "https://github.com/example/tern", 23),
        ("/components/web-pages/location", "https://data.example.org/web-pages", 28),
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.5", "1.5"),
        ("true", "true"),
        ("[a, b]", "a, b"),
        ("{path: weights.bin, revision: main}", "weights.bin"),
        ("{revision: main}", ""),
        ("null", ""),
    ],
)
def test_any_value_can_be_evidence(written: str, value: str) -> None:
    """Frameworks point where they like; what is no text is told in one line."""
    source = (SOURCES / "complete.yaml").read_text(encoding="utf-8")
    found = validate(f"{source}extensions: {{org.example: {written}}}\n".encode(), require=())
    asking = Framework(id="x", title="X", version="1", url="https://x.example.org/", levels=("l",))
    asking.rule(
        "any",
        title="Any",
        cites=CITES,
        fix="",
        level="l",
        why="for the test",
        shows=lambda manifest: [manifest.at / "extensions" / "org.example"],
    )(lambda _: iter(()))
    manifest = found.manifest
    if manifest is None:  # null is refused by the schema
        assert written == "null"
        return
    assessed = found._replace(assessments=(*found.assessments, asking.assess(manifest)))
    (sheet,) = overviews.overview(assessed, (asking,)).sheets
    assert [each.value for each in sheet.cells[0].evidence] == [value]


def test_each_framework_puts_its_own_rows_in_order() -> None:
    comparison = Comparison((golden("incomplete"), golden("complete")))
    assert [each.path for each, _ in comparison.ranked(LADDER)] == [
        "complete.yaml",
        "incomplete.yaml",
    ]
    assert [each.path for each in comparison.named()] == ["complete.yaml", "incomplete.yaml"]


def test_what_defines_no_openness_is_shown_only_where_it_finds_something() -> None:
    every = tuple(frameworks.every().values())
    ids = [each.id for each in every]

    def shown(name: str, *, quiet: bool) -> set[str]:
        source = (SOURCES / f"{name}.yaml").read_bytes()
        report = validate(source, path=name, require=ids)
        sheets = overviews.overview(report, every, quiet=quiet).sheets
        return {each.framework.id for each in sheets} & set(overviews.QUIET)

    assert shown("complete", quiet=True) == set()
    assert shown("complete", quiet=False) == set(overviews.QUIET)
    assert "core" in shown("incomplete", quiet=True)


def test_no_step_is_looked_for_where_a_file_is_wrong() -> None:
    """Each fault says itself what to write, and a search for the fewest edits would take long."""
    core = frameworks.load("core")
    (sheet,) = overview((SOURCES / "incomplete.yaml").read_bytes(), "t.yaml", (core,)).sheets
    assert sheet.next is not None
    assert sheet.steps == ()
    assert "change" not in overviews.left(sheet.next, sheet)


def example(name: str, framework: str) -> tuple[Overview, overviews.Sheet]:
    """Show an example by one framework."""
    source = (ROOT / "examples" / f"{name}.yaml").read_bytes()
    chosen = frameworks.load(framework)
    report = validate(source, path=f"{name}.yaml", require=[framework])
    shown = overviews.overview(report, (chosen,))
    return shown, shown.sheets[0]


def test_a_step_is_given_for_every_level_that_is_not_reached() -> None:
    """Each is told to people without what an easier one has told; the data has all of it."""
    shown, sheet = example("mozilla-alt-text", "mof")
    easy, harder, hardest = sheet.ways
    assert [each.step.level for each in sheet.ways] == ["class-3", "class-2", "class-1"]
    for each in sheet.ways:
        number = len(each.step.changes)
        assert (
            overviews.left(each.rung, sheet)
            == f"{each.rung.lacking} not met, {number} changes away"
        )
        assert sheet.framework.levels.index(each.rung.level) == sheet.rungs.index(each.rung)
    assert (easy.first, easy.beyond, easy.changes) == (True, "", easy.step.changes)
    assert easy.summary == f"The smallest step up: {len(easy.changes)} changes."
    assert (harder.first, harder.beyond) == (False, easy.rung.name)
    assert {*harder.changes, *easy.changes} == {*harder.step.changes}
    assert not {*harder.changes} & {*easy.changes}
    assert harder.summary == (
        f"The smallest step to {harder.rung.name}: {len(harder.step.changes)} changes, "
        f"{len(harder.changes)} besides those for {easy.rung.name}."
    )
    for form in ("text", "markdown", "html"):
        told = " ".join(rendered(form, shown).split())
        places = [told.index(each.summary) for each in (easy, harder, hardest)]
        assert places == sorted(places)
    (assessment,) = json.loads(rendered("json", shown))["releases"][0]["assessments"]
    assert [(each["level"], len(each["changes"])) for each in assessment["steps"]] == [
        (each.step.level, len(each.step.changes)) for each in sheet.ways
    ]


def test_what_no_change_removes_is_told_once() -> None:
    sheet = ladder("incomplete")
    first, second = sheet.ways
    assert first.step.blocked
    assert set(first.step.blocked) < set(second.step.blocked)
    assert (first.reasons, second.reasons) == (("nobody knows",), ("`web-pages` is there in part",))
    assert (first.beyond, second.beyond, second.changes) == ("", "Rung 2 - High", ())
    assert [each.summary for each in (first, second)] == [
        "What can be changed: 1 change.",
        "What can be changed for Rung 3 - Higher: 1 change, the same as for Rung 2 - High.",
    ]
    assert overviews.left(first.rung, sheet) == "2 not met, out of reach"


def test_it_is_told_where_no_step_is_found_or_nothing_can_be_changed() -> None:
    first, second = ladder("incomplete").ways
    lost = Step(LADDER, "higher", (), (), exact=False)
    stuck = first.step._replace(changes=())
    assert first._replace(step=lost).summary == "The smallest step up was not found."
    assert second._replace(step=lost).summary == (
        "The smallest step to Rung 3 - Higher was not found."
    )
    assert first._replace(step=stuck).summary == ""
    assert second._replace(step=stuck, reasons=()).summary == (
        "No change of the release reaches Rung 3 - Higher."
    )


DASH = "\N{EN DASH}"
OUTSIDE = "a model of general purpose is taken to generate language, images or video"


def test_what_asks_nothing_of_a_release_is_neither_reached_nor_missed() -> None:
    """A recogniser of digits is no model of general purpose, so the AI Act grants it nothing."""
    shown, sheet = example("vision-complete", "eu-ai-act-gpai")
    (rung,) = sheet.rungs
    assert sheet.verdict.word == overviews.reached(sheet) == overviews.left(rung, sheet)
    assert (rung.verdict, rung.mark) == (INAPPLICABLE, NOT_APPLICABLE)
    assert (sheet.reached, sheet.next, sheet.steps, sheet.ahead) == (None, None, (), ())
    assert f"\n  -  {rung.name}  not applicable\n" in rendered("text", shown)
    assert f"{DASH} {rung.name} (not applicable)" in rendered("markdown", shown)
    page = rendered("html", shown)
    listed = page.partition('<ol class="ladder">')[2].partition("</ol>")[0]
    assert re.findall('class="([^"]*mark[^"]*)"', listed) == ["mark not-applicable"]
    matrix = rendered("html", shown, golden("complete"))
    matrix = matrix.partition('<table class="matrix')[2].partition("</table>")[0]
    assert f'<i class="mark not-applicable">{DASH}</i></span><span>not applicable</span>' in matrix
    (assessment,) = json.loads(rendered("json", shown))["releases"][0]["assessments"]
    assert (assessment["verdict"], assessment["level"]) == ("not applicable", None)
    assert assessment["levels"] == [
        {
            "level": rung.level,
            "verdict": "not applicable",
            "worst": "not applicable",
            "not_met": 0,
        }
    ]
    assert not list(SCHEMA.iter_errors(json.loads(rendered("json", shown))))


@pytest.mark.parametrize(
    ("harder", "letters", "told"),
    [(None, "--", "not applicable"), (unmet, "-x", "none of the levels")],
)
def test_an_easy_level_that_asks_nothing_is_no_level_reached(
    harder: Callable[..., Remark] | None, letters: str, told: str
) -> None:
    steep = Framework(
        id="steep", title="Steep", version="1", url="https://x.example.org/", levels=("low", "high")
    )

    @steep.rule("easy", title="Easy", cites=CITES, fix="", level="low", why="for the test")
    def _easy(_: Manifest) -> Answers:
        yield NotApplicable("there is nothing to ask")

    @steep.rule("hard", title="Hard", cites=CITES, fix="", level="high", why="for the test")
    def _hard(manifest: Manifest) -> Answers:
        yield harder("no", at=manifest.at) if harder else NotApplicable("there is nothing to ask")

    (sheet,) = overview((SOURCES / "complete.yaml").read_bytes(), "t.yaml", (steep,)).sheets
    assert "".join(each.mark.letter for each in sheet.rungs) == letters
    assert overviews.reached(sheet) == told
    assert overviews.left(sheet.rungs[0], sheet) == "not applicable"
    assert [each.level for each in sheet.steps] == (["high"] if harder else [])


def test_one_reason_for_many_requirements_is_given_once() -> None:
    shown, sheet = example("vision-complete", "eu-ai-act-gpai")
    assert len(sheet.idle) > 10
    assert len(sheet.beside) > 10
    text = " ".join(rendered("text", shown).split())
    assert text.count(OUTSIDE) == 2  # for what is asked, and for what is owed all the same
    names = ", ".join(each.name for each in sheet.idle)
    assert f"Not applicable [{names}]: " in text
    assert rendered("markdown", shown).count(OUTSIDE) == 4  # and once in a remark


NEUTRAL = "#59616c"
"""The grey of badges, which is that of what is not assessed."""


def test_what_asks_nothing_of_a_release_is_neither_green_nor_red() -> None:
    source = (ROOT / "examples" / "vision-complete.yaml").read_bytes()
    target = Target(frameworks.load("eu-ai-act-gpai"), None)
    report = validate(source, path="v.yaml", require=["eu-ai-act-gpai"])
    other = (ROOT / "examples" / "bloom.yaml").read_bytes()
    missing = validate(other, path="b.yaml", require=["eu-ai-act-gpai"])

    def shown(form: str, *reports: Report) -> str:
        render = renderers.load(form)
        return "".join(render(iter(reports), targets=[target], screen=Screen()))

    svg = shown("badge", report)
    assert f'fill="{NEUTRAL}"' in svg
    assert ">not applicable</text>" in svg
    endpoint = json.loads(
        "".join(badge.endpoint(iter([report]), targets=[target], screen=Screen()))
    )
    assert (endpoint["message"], endpoint["color"]) == ("not applicable", NEUTRAL)
    assert ">incomplete</text>" in shown("badge", report, missing)  # the weakest of the two
    assert re.search(
        rf"(?m)^\| {DASH} \| .* \| \*\*not applicable\*\* \|", shown("markdown", report)
    )
    page = shown("html", report)
    card = page.partition('<ul class="cards first">')[2].partition("</li>")[0]
    assert '<li class="card not-applicable">' in card
    assert f'<span class="mark not-applicable" aria-hidden="true">{DASH}</span>' in card
    assert "<b>not applicable</b>" in card


def test_osaid_stands_before_all_others() -> None:
    every = [each.id for each in overviews.in_order(frameworks.every().values())]
    assert every[0] == "osaid-1.0"
    assert set(every[-2:]) == set(overviews.QUIET)


def test_figures_are_written_with_what_is_left_open() -> None:
    def written(value: float, least: float, most: float, unit: str) -> str:
        return overviews.reckoned(Figure("f", value, least, most, unit, ""))

    assert written(0.5, 0.5, 0.5, "") == "0.5"
    assert written(200 / 3, 200 / 3, 75, "%") == "66.67% (up to 75)"
    assert written(3, 2, 4, "of 7") == "3 of 7 (2 to 4)"


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_releases_of_one_name_are_told_apart_by_their_paths(form: str) -> None:
    source = (SOURCES / "complete.yaml").read_bytes()
    paths = [f"a/very/long/path/to/{each}/ai-manifest.yaml" for each in ("one", "two")]
    shown = rendered(form, *(overview(source, each) for each in paths), columns=100)
    assert all(shown.count(f"{each}/ai-manifest.yaml") > 3 for each in ("one", "two"))


# -- text ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [40, 80, 100])
def test_tables_fit_the_screen(columns: int) -> None:
    text = rendered("text", *map(golden, SEVERAL), columns=columns)
    tables, paths = text.split("\nThe files:\n")  # a path is never broken
    assert all(width(line) <= columns for line in tables.splitlines())
    assert len(paths.splitlines()) == len(SEVERAL)


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_no_example_is_too_wide(columns: int, examples: Comparison) -> None:
    for each in (examples, *(Comparison((one,)) for one in examples.overviews)):
        pieces = overviews.load("text")(each, columns=columns, colour=False)
        tables, *_ = "".join(pieces).split("\nThe files:\n")
        assert all(width(line) <= columns for line in tables.splitlines())


def test_colour_changes_nothing_but_colour() -> None:
    for found in (["incomplete"], SEVERAL):
        coloured = rendered("text", *map(golden, found), colour=True)
        assert "\x1b[" in coloured
        plain = rendered("text", *map(golden, found))
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_table_gives_the_line_of_each_answer() -> None:
    text = rendered("text", *map(golden, SEVERAL))
    table = text.partition("A Ladder 2\n\n")[2].partition("\n\n")[0].splitlines()
    assert table[0].split() == ["Release", "figure", "1", "2", "3", "4", "5", "6", "7"]
    cells = dict(zip(table[0].split()[2:], table[2].split()[-7:], strict=True))
    source = (SOURCES / "incomplete.yaml").read_text(encoding="utf-8").splitlines()
    assert cells["2"].startswith("x")
    assert "gated" in source[int(cells["2"][1:]) - 1]


# -- pages -----------------------------------------------------------------------------------------

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """The elements of a page; that they are nested as they should is checked on the way."""

    def __init__(self, source: str) -> None:
        """Take the page apart."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        self.text.setdefault(inside, []).append(data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every element with the names of its attributes, but for what stresses words."""
        stressed = {"code", "em"}
        return [(tag, tuple(each)) for tag, each in self.elements if tag not in stressed]


@pytest.fixture(scope="module")
def examples() -> Comparison:
    """Assess every example by every framework."""
    every = overviews.in_order(frameworks.every().values())
    ids = [each.id for each in every]
    reports = [
        validate(each.read_bytes(), path=f"examples/{each.name}", require=ids) for each in EXAMPLES
    ]
    return Comparison(tuple(overviews.overview(each, every) for each in reports))


@pytest.fixture(scope="module")
def page(examples: Comparison) -> str:
    """Render the page about all examples."""
    return "".join(overviews.load("html")(examples, columns=100, colour=False))


@pytest.fixture(scope="module")
def pages(page: str) -> list[Page]:
    """Take apart pages of every sort."""
    own = (
        rendered("html", golden("incomplete")),
        rendered("html", *map(golden, SEVERAL)),
        rendered("html", golden("broken")),
        rendered("html", Unread("gone", "No such file")),
    )
    return [Page(each) for each in (*own, page)]


def test_a_page_is_well_formed_and_its_links_lead_somewhere(pages: list[Page]) -> None:
    for parsed in pages:
        ids = [each["id"] for _, each in parsed.elements if "id" in each]
        assert len(ids) == len(set(ids))
        targets = {each["href"][1:] for each in parsed.all("a") if each["href"].startswith("#")}
        assert targets <= set(ids)
        labels = {
            each["aria-labelledby"] for _, each in parsed.elements if "aria-labelledby" in each
        }
        assert labels <= set(ids)


def test_a_page_needs_nothing_but_itself(pages: list[Page]) -> None:
    for parsed in pages:
        names = {name for _, each in parsed.elements for name in each}
        assert not {each for each in names if each.startswith("on")}
        assert not names & {"src", "srcset", "style", "action", "data", "poster", "background"}
        assert not {"iframe", "object", "embed", "img", "form", "base"} & {
            tag for tag, _ in parsed.elements
        }
        (link,) = parsed.all("link")
        assert link == {"rel": "icon", "href": "data:,"}
        (style,) = parsed.text["style"]
        assert not re.search(r"url\(|@import|expression", style)


def test_a_page_allows_its_own_style_and_script_and_no_other(pages: list[Page]) -> None:
    for parsed in pages:
        (policy,) = (
            each["content"]
            for each in parsed.all("meta")
            if each.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        for element in ("style", "script"):
            found = parsed.text.get(element, [])
            hashes = [
                base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in found
            ]
            listed = re.findall(rf"{element}-src 'sha256-([^']+)'", policy)
            assert listed == hashes


def test_every_table_can_be_read_by_ear(pages: list[Page]) -> None:
    for parsed in pages:
        assert len(parsed.all("caption")) == len(parsed.all("table"))
        assert {each.get("scope") for each in parsed.all("th")} <= {"col", "row", "colgroup"}
        marks = [each for each in parsed.all("a") if each.get("class") == "mark"]
        words = {each.word for each in MARKS}
        assert all(each["aria-label"] in words for each in marks)
        levels = [int(tag[1]) for tag, _ in parsed.elements if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_answer_has_a_cell_and_its_evidence(page: str, examples: Comparison) -> None:
    answers = sum(len(sheet.cells) for each in examples.overviews for sheet in each.sheets)
    cells = re.findall(r'<td class="[^"]*mark-cell[^"]*" id="c(r\d+f\d+q\d+)">', page)
    evidence = re.findall(r'<li id="(r\d+f\d+q\d+)"', page)
    assert len(cells) == answers
    assert sorted(cells) == sorted(evidence)


def test_tables_are_the_same_in_each_form(examples: Comparison) -> None:
    """The page, the text and the Markdown say what the data says, cell by cell."""
    framework = frameworks.load("osaid-1.0")
    rows = examples.ranked(framework)
    assert len(rows) == len(EXAMPLES)
    markdown = "".join(overviews.load("markdown")(examples, columns=100, colour=False))
    part = markdown.partition(f"## {framework.title} {framework.version}\n\n")[2]
    table = part.partition("\n\n")[0].splitlines()[2:]
    for (each, sheet), line in zip(rows, table, strict=True):
        name, *shown = line.strip("| ").split(" | ")
        assert name == each.title.replace("_", "\\_")
        assert [text.split()[0] for text in shown] == [cell.mark.sign for cell in sheet.cells]


def test_the_same_input_gives_the_same_bytes(examples: Comparison, page: str) -> None:
    turned = Comparison(examples.overviews[::-1])
    assert "".join(overviews.load("html")(turned, columns=40, colour=True)) == page


def test_no_number_is_about_two_frameworks(examples: Comparison) -> None:
    data = json.loads("".join(overviews.load("json")(examples, columns=100, colour=False)))
    assert not [value for value in data.values() if isinstance(value, int | float)]
    for release in data["releases"]:
        assert {key for key, value in release.items() if isinstance(value, int | float)} == {
            "assessed"
        }


def theme(name: str) -> dict[str, str]:
    """Read the colours of the light or the dark theme."""
    style = (ROOT / "aimanifest" / "markup" / "page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#\w{6});", {"light": light, "dark": dark}[name]))


def luminance(colour: str) -> float:
    """Reckon the relative luminance of a colour (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Reckon the contrast of two colours (WCAG 2.2): at least 4.5 for text, by its level AA."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_text_stands_out_from_its_paper(name: str) -> None:
    colours = theme(name)
    assert colours.keys() == theme("light").keys()
    for paper in ("paper", "shade"):
        for ink in ("ink", "soft", "link"):
            assert contrast(colours[ink], colours[paper]) >= 4.5
    marks = [each.word.replace(" ", "-") for each in MARKS]
    for mark in marks:
        assert contrast(colours[mark], colours[f"{mark}-paper"]) >= 4.5


# -- what a manifest must not do -------------------------------------------------------------------

SLY = (
    "</title></style></script><script>alert(1)</script><!-- \"'`<b onclick=x> | a\\|b [x](y) "
    "*bold* _x_ <img src=x onerror=y> https://evil.example @somebody #1 ${x} &lt; \u202e\u2066"
    "\u200b\u2028\u0085\ufeff \u05e9\u05dc\u05d5\u05dd ](javascript:alert(1)) `c`"
)
"""A name that the format allows, but that no form may take for its own words."""

RAW = f"{SLY} \x1b[2J\x07\x7f\x9b1m\n"
"""A name that the format refuses, and that is shown all the same, where the refusal is told."""

SLY_ADDRESS = "https://x.example/'onclick='a&quot;(b)[c]*d_e`f`|g&lt;"


def hostile(text: str, address: str = "https://models.example.org/") -> bytes:
    """Write a manifest that says `text` wherever it may say what it likes."""
    source = (SOURCES / "incomplete.yaml").read_text(encoding="utf-8")
    for word in ("海鷗 Tern 1B", "Example Lab", "Example Acceptable Use Policy", "TODO"):
        source = source.replace(word, json.dumps(text))
    return source.replace("https://models.example.org/tern-1b", json.dumps(address)).encode()


def unseen(text: str) -> set[str]:
    return {each for each in text if category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - {"\n"}


def found(text: str, path: str = "t.yaml", address: str = "") -> tuple[Overview, ...]:
    first = overview(hostile(text, address or "https://x.example/"), path)
    return first, overview(hostile("plain"), "u.yaml")


@pytest.mark.parametrize("form", overviews.names())
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("text", [SLY, RAW])
def test_no_control_character_is_shown(form: str, count: int, text: str) -> None:
    assert overview(hostile(text), "t.yaml").assessed is (text == SLY)
    path = f"{RAW}\udc9b\n.yaml"
    shown = rendered(form, *found(text, path, SLY_ADDRESS)[:count], Unread(RAW, RAW))
    assert not unseen(shown)
    assert form != "json" or shown.isascii()


@pytest.mark.parametrize("count", [1, 2])
def test_a_manifest_is_text_on_a_page_and_never_markup(count: int) -> None:
    evil = Page(rendered("html", *found(SLY, address=SLY_ADDRESS)[:count]))
    assert evil.shape == Page(rendered("html", *found("plain")[:count])).shape
    outside = [each["href"] for each in evil.all("a") if not each["href"].startswith("#")]
    assert SLY_ADDRESS in outside
    assert all(each.startswith("https://") for each in outside)


CASES = sorted((ROOT / "tests" / "conformance").rglob("ai-manifest.*"))


@pytest.mark.parametrize("path", CASES[::40], ids=lambda path: "/".join(path.parts[-4:-1]))
def test_any_manifest_can_be_shown_in_every_form(path: Path) -> None:
    """Cases of the conformance suite are what manifests get wrong, each in its own way."""
    every = tuple(frameworks.every().values())
    report = validate(path.read_bytes(), path=path.name, require=[each.id for each in every])
    shown = overviews.overview(report, every, quiet=False)
    assert shown.assessed is (report.manifest is not None)
    for form in overviews.names():
        assert rendered(form, shown)
    assert not list(SCHEMA.iter_errors(json.loads(rendered("json", shown))))
    Page(rendered("html", shown, shown))


def test_only_addresses_of_the_web_are_links() -> None:
    source = (SOURCES / "complete.yaml").read_text(encoding="utf-8")
    shown = rendered("html", overview(source.encode(), "t.yaml"))
    assert '<a href="https://models.example.org/tern-1b" rel="nofollow">' in shown
    local = source.replace("location: https://models.example.org/tern-1b", "path: javascript:x")
    assert "javascript" not in "".join(
        each["href"] for each in Page(rendered("html", overview(local.encode(), "t"))).all("a")
    )


def test_a_manifest_is_text_in_markdown_and_never_markup() -> None:
    evil = rendered("markdown", *found(SLY, address=SLY_ADDRESS))
    plain = rendered("markdown", *found("plain"))
    outside = re.sub(r"`[^`\n]*`|<https://[\w./-]+>", "", evil)
    assert not re.search(r"<(?!br>)", outside)
    assert not re.search(
        r"(?<!\\)\]\((?!https://(definition|stock|asking)\.example\.org/)", outside
    )
    assert not re.search(r"\bhttps?://(?!(definition|stock|asking)\.example\.org)", outside)
    assert not re.search(r"(^|\s)@", outside)

    def columns(text: str) -> list[int]:
        rows = (line for line in text.splitlines() if line.startswith("|"))
        return [len(re.findall(r"(?<!\\)\|", line)) for line in rows]

    assert columns(evil) == columns(plain)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_no_name_breaks_out(name: str) -> None:
    one, other = found(name)
    for form in overviews.names():
        for shown in (rendered(form, one), rendered(form, one, other)):
            assert not unseen(shown)
            if form == "html":
                Page(shown)
            if form == "json":
                json.loads(shown)


# -- json ------------------------------------------------------------------------------------------


def test_the_json_output_satisfies_its_schema(examples: Comparison) -> None:
    data = json.loads("".join(overviews.load("json")(examples, columns=100, colour=False)))
    assert not list(SCHEMA.iter_errors(data))
    assert len(data["releases"]) == len(EXAMPLES)
    for release in data["releases"]:
        for each in release["assessments"]:
            (framework,) = (f for f in data["frameworks"] if f["framework"] == each["framework"])
            assert [a["rule"] for a in each["answers"]] == [r["rule"] for r in framework["rules"]]


@pytest.mark.parametrize("source", [b"", b"[]", b"\xff", b"a: [", hostile(SLY), hostile(RAW)])
def test_the_json_output_satisfies_its_schema_for_any_bytes(source: bytes) -> None:
    data = json.loads(rendered("json", overview(source, "t.yaml"), Unread("gone", "No such file")))
    assert not list(SCHEMA.iter_errors(data))


def test_the_schema_is_itself_right_and_no_part_of_a_manifest() -> None:
    Draft202012Validator.check_schema(schemas.assessment())
    assert schemas.ASSESSMENT not in schemas.load()
    (example,) = schemas.assessment()["examples"]
    assert not list(SCHEMA.iter_errors(example))


def test_what_two_schemas_describe_they_describe_alike() -> None:
    shared = schemas.assessment()["$defs"].keys() & schemas.report()["$defs"].keys()
    shared -= {"assessment", "answer"}
    assert len(shared) > 5
    for name in shared:
        assert schemas.assessment()["$defs"][name] == schemas.report()["$defs"][name]


def described(schema: dict[str, object], path: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Give every key that a schema describes, at any depth."""
    properties = schema.get("properties", {})
    assert isinstance(properties, dict)
    for key, each in properties.items():
        if "$ref" not in each:
            yield f"{path}/{key}", each
            yield from described(each, f"{path}/{key}")
    items = schema.get("items", {})
    assert isinstance(items, dict)
    if items:
        yield from described(items, f"{path}[]")


def test_every_key_is_described() -> None:
    schema = schemas.assessment()
    listed = [*described(schema, "")]
    for name, each in schema["$defs"].items():
        listed += [(name, each), *described(each, name)]
    assert len(listed) > 60
    assert not [path for path, each in listed if not {"title", "description"} <= set(each)]


# -- the command -----------------------------------------------------------------------------------


def run(*arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(cli.aimanifest, ["assess", *arguments], input=stdin)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with a right manifest, a wrong one, and one that cannot be read as such."""
    for name in SEVERAL:
        (tmp_path / name).mkdir()
        source = (SOURCES / f"{name}.yaml").read_bytes()
        (tmp_path / name / "ai-manifest.yaml").write_bytes(source)
    return tmp_path


def test_what_is_found_missing_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "minimal.yaml"
    path.write_bytes((ROOT / "examples" / "minimal.yaml").read_bytes())
    done = run(str(path))
    assert done.exit_code == 0
    assert "\n  o  Open Source AI" in done.stdout


@pytest.mark.parametrize(
    ("names", "code"),
    [(["complete"], 0), (["incomplete"], 1), (["broken"], 1), (["gone"], 3), ([""], 1)],
)
def test_a_wrong_file_is_a_failure(folder: Path, names: list[str], code: int) -> None:
    done = run(*(str(folder / each) for each in names), "--framework", "osaid-1.0")
    assert done.exit_code == code


def test_an_unread_file_is_told_and_does_not_keep_the_others(folder: Path) -> None:
    paths = [str(folder / "complete"), str(folder / "gone")]
    done = run(*paths, "--format", "json", "--framework", "osaid-1.0")
    assert done.exit_code == 3
    assert "gone: No such file or directory" in done.stderr
    data = json.loads(done.stdout)
    assert [each["title"] for each in data["releases"]] == ["Tern 1B"]
    assert [each["path"] for each in data["unread"]] == [paths[1]]


def test_only_the_frameworks_asked_for_are_shown(folder: Path) -> None:
    asked = ("--framework", "license-flow", "--framework", "osaid-1.0", "--framework", "core")
    done = run(str(folder / "complete"), "--format", "json", *asked)
    (release,) = json.loads(done.stdout)["releases"]
    shown = [each["framework"] for each in release["assessments"]]
    assert shown == ["license-flow", "osaid-1.0", "core"]


def test_every_framework_is_shown_unless_told_otherwise(folder: Path) -> None:
    done = run(str(folder / "complete"), "--format", "json")
    (release,) = json.loads(done.stdout)["releases"]
    shown = {each["framework"] for each in release["assessments"]}
    assert shown == frameworks.every().keys() - set(overviews.QUIET)


def test_standard_input_has_the_name_that_it_is_given() -> None:
    source = (SOURCES / "complete.yaml").read_bytes()
    done = run("-", "--stdin-filename", "m.yaml", "--framework", "osaid-1.0", stdin=source)
    assert done.exit_code == 0
    assert done.stdout.startswith("Tern 1B, Example Lab (m.yaml)\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--format", "htm"), "Did you mean 'html'?"),
        (("--framework", "osaid"), "Did you mean 'osaid-1.0'?"),
        (("-", "-"), "standard input can be read only once."),
        (("--stdin-filename", "x"), "needs `-` among the paths."),
    ],
)
def test_a_wrong_use_is_explained(arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())


def test_the_schema_is_printed() -> None:
    done = CliRunner().invoke(cli.aimanifest, ["schema", "--assessment"])
    assert json.loads(done.stdout) == schemas.assessment()
    both = CliRunner().invoke(cli.aimanifest, ["schema", "--assessment", "--report"])
    assert both.exit_code == 2
    assert "--report and --assessment are two schemas" in both.stderr


def test_a_report_without_a_manifest_has_no_sheets() -> None:
    bare = Report("t.yaml", "", "")
    assert overviews.overview(bare, TESTED).sheets == ()
