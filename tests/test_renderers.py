"""What each renderer makes of one report: golden files, and what holds for any report."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from aimanifest import frameworks, renderers, schemas
from aimanifest.renderers import LIMIT_FINDINGS, Screen
from aimanifest.report import Report, Target, Unread
from aimanifest.terminal import width
from aimanifest.validation import validate

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
REPORTED = sorted(each.stem for each in GOLDEN.glob("*.yaml"))
EXAMPLES = sorted(
    path for path in (ROOT / "examples").glob("*.yaml") if path.name != "expected.yaml"
)
OSAID = Target(frameworks.load("osaid-1.0"), None)
CORE = Target(frameworks.load("core"), None)
REPORT_SCHEMA = Draft202012Validator(schemas.report())

InStep = Callable[..., None]


def report(source: str | bytes, path: str = "ai-manifest.yaml") -> Report:
    return validate(source.encode() if isinstance(source, str) else source, path=path)


def golden(name: str) -> Report:
    return report((GOLDEN / f"{name}.yaml").read_bytes(), f"{name}.yaml")


def rendered(
    style: str,
    *results: Report | Unread,
    targets: Sequence[Target] = (OSAID,),
    columns: int = 100,
    colour: bool = False,
) -> str:
    screen = Screen(columns, colour=colour)
    return "".join(renderers.load(style)(iter(results), targets=targets, screen=screen))


# -- golden files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("style", renderers.names())
@pytest.mark.parametrize("name", REPORTED)
def test_output_is_as_shown(name: str, style: str, in_step: InStep) -> None:
    in_step(GOLDEN / f"{name}.{style}", rendered(style, golden(name)))


@pytest.mark.parametrize("columns", [40, 200])
def test_the_width_of_the_screen_is_used(columns: int, in_step: InStep) -> None:
    text = rendered("text", golden("incomplete"), columns=columns)
    in_step(GOLDEN / f"incomplete-{columns}.text", text)


def test_several_files_end_in_a_sum(in_step: InStep) -> None:
    results: list[Report | Unread] = [golden(each) for each in REPORTED]
    results.append(Unread("gone.yaml", "No such file or directory"))
    text = rendered("text", *results)
    assert text.endswith("\n\n4 files: 1 reaches osaid-1.0, 2 do not, 1 could not be read.\n")
    in_step(GOLDEN / "several.json", rendered("json", *results))


def test_every_renderer_has_golden_files() -> None:
    shown = {each.suffix for each in GOLDEN.iterdir() if each.stem in REPORTED} - {".yaml"}
    assert shown == {f".{each}" for each in renderers.names()}


# -- text ------------------------------------------------------------------------------------------


def test_colour_changes_nothing_but_colour() -> None:
    for name in REPORTED:
        coloured = rendered("text", golden(name), colour=True)
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == rendered("text", golden(name))
        assert not re.search(r"\x1b\[[0-9;]*[^0-9;m]", coloured)


@pytest.mark.parametrize("columns", [20, 40, 80, 100, 200])
def test_code_and_marks_never_break(columns: int) -> None:
    """A line of code or of marks that the terminal broke would point to the wrong place."""
    for name in REPORTED:
        for line in rendered("text", golden(name), columns=columns).splitlines():
            if re.match(r" +(\d+)? \| ", line) and "fix |" not in line and "#" not in line:
                assert width(line) <= columns


def marked(text: str) -> Iterator[tuple[str, str]]:
    """Give each finding's place, and what the marks under its line stand under."""
    pattern = r"^(\S+:\d+:\d+): .*\n(?:  .*\n)+?(?: +\d+ \| (.*)\n) +\| ( *)(\^+)$"
    for place, code, indent, marks in re.findall(pattern, text, re.MULTILINE):
        yield place, code[len(indent) : len(indent) + len(marks)]


def test_marks_stand_under_the_span() -> None:
    source = (
        'aimanifest: "1.0"\n'
        "release: {name: Tern, publisher: {name: Lab}, versoin: x}\n"
        "components:\n"
        "  weights: {license: MTI}\n"
    )
    assert dict(marked(rendered("text", report(source)))) == {
        "ai-manifest.yaml:2:47": "versoin",
        "ai-manifest.yaml:4:22": "MTI",
    }


def test_what_is_missing_points_at_the_key_around_it() -> None:
    source = 'aimanifest: "1.0"\nrelease:\n  name: Tern\ncomponents: {weights: {}}\n'
    text = rendered("text", report(source))
    assert "ai-manifest.yaml:2:1: unmet [schema/missing-key]" in text
    assert " fix |   publisher: {name: " in text


def test_a_fix_stands_where_it_would_be_written() -> None:
    deep = 'aimanifest: "1.0"\nrelease:\n    name: T\n    publisher:\n        nmae: L\n'
    text = rendered("text", report(deep + "components: {weights: {}}\n"))
    assert "   5 |         nmae: L\n     |         ^^^^\n" in text
    assert " fix |         name: L\n" in text


def test_the_page_shows_no_more_than_a_hundred_findings() -> None:
    keys = "".join(f"  w{number}: {{kind: weights, licence: MIT}}\n" for number in range(123))
    source = 'aimanifest: "1.0"\nrelease: {name: T, publisher: {name: L}}\ncomponents:\n' + keys
    found = report(source)
    assert len(found.problems) == 123
    text = rendered("text", found)
    assert text.count("[schema/unknown-key]") == LIMIT_FINDINGS
    assert "\n… and 23 more\n" in text
    concise = rendered("concise", found).splitlines()
    assert concise[LIMIT_FINDINGS:] == [
        "ai-manifest.yaml: … and 23 more",
        "ai-manifest.yaml: osaid-1.0: not assessed: the file has 123 faults; mend them first",
    ]
    assert len(json.loads(rendered("json", found))["files"][0]["problems"]) == 123


def test_only_three_words_are_verdicts() -> None:
    for path in EXAMPLES:
        text = rendered("text", report(path.read_bytes(), path.name))
        line = " ".join(text.split())
        (word,) = re.findall(r", by the Open Source AI Definition 1\.0: (\w+)\. ", line)
        assert word in {"complete", "incomplete", "undetermined"}
        assert not re.search(r"\b(certif|complian|conformant|passed|failed|valid\b)", text)


def test_a_verdict_names_what_people_have_to_judge() -> None:
    assert "Not checked: whether the data information" in rendered("text", golden("complete"))


def test_a_verdict_says_why_rules_do_not_apply() -> None:
    text = rendered("text", golden("incomplete"))
    assert "Not applicable [osaid-1.0/supporting-library]: 翼 is trained on raw bytes" in text


def test_the_next_step_is_the_easiest() -> None:
    """To say something is easier than to change it: *unstated* comes before *unmet*."""
    text = rendered("text", golden("incomplete")).rpartition("Smallest next step, at ")[2]
    place, rule = re.match(r"(\S+) \[(\S+)\]:", text).groups()  # type: ignore[union-attr]
    assert f"{place}: unstated [{rule}]" in rendered("text", golden("incomplete"))
    assert "Smallest next step" not in rendered("text", golden("complete"))


def test_what_the_faq_asks_stands_apart() -> None:
    text = rendered("text", golden("incomplete"))
    before, apart = text.split("What only the FAQ asks (not part of the verdict)\n")
    assert "[osaid-1.0/faq-" in apart
    assert "[osaid-1.0/faq-" not in before
    assert "unstated (only FAQ): " in rendered("concise", golden("incomplete"))


def test_core_has_a_verdict_where_it_is_asked_for() -> None:
    asked = rendered("text", golden("complete"), targets=(CORE,))
    assert "by the AI manifest 1.0: complete." in asked
    assert "by the AI manifest 1.0" not in rendered("text", golden("complete"))


# -- what a manifest must not do to a screen -------------------------------------------------------

EVIL = "\\e[2J\\a\\x7f\\x9b1m \\u202e\\u2066\\u200b\\u2028\\ufeff \\0 \\n"
HOSTILE = f"""\
aimanifest: "1.0"
release:
  name: "Tern{EVIL}"
  publisher: {{name: "Lab{EVIL}", "url{EVIL}": x}}
components:
  weights: {{license: "{EVIL}", notes: "TODO", "{EVIL}": 1, trained_on: ["{EVIL}"]}}
"""
RAW = 'aimanifest: "1.0"\nrelease: {name: \x1b[31m\u202e\x9b\x7f\u2028}\n'


def unseen(text: str) -> set[str]:
    return {each for each in text if category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - {"\n"}


@pytest.mark.parametrize("style", renderers.names())
@pytest.mark.parametrize(
    "source", [HOSTILE.encode(), RAW.encode(), RAW.encode("utf-16"), b"\x1b\xff\x9b"]
)
def test_no_control_character_reaches_the_screen(style: str, source: bytes) -> None:
    path = "evil\x1b[2J\u202e\udc9b\n.yaml"
    text = rendered(style, report(source, path), Unread(path, "gone"))
    assert not unseen(text)
    assert style != "json" or text.isascii()


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_no_name_reaches_the_screen_unseen(name: str) -> None:
    source = (GOLDEN / "complete.yaml").read_text(encoding="utf-8")
    found = report(source.replace("Tern 1B", json.dumps(name)))
    for style in renderers.names():
        assert not unseen(rendered(style, found))


# -- json ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*EXAMPLES, *sorted(GOLDEN.glob("*.yaml"))], ids=lambda p: p.name)
def test_the_json_output_satisfies_its_schema(path: Path) -> None:
    data = json.loads(rendered("json", report(path.read_bytes(), path.name)))
    assert not list(REPORT_SCHEMA.iter_errors(data))


@pytest.mark.parametrize("source", [b"", b"[]", b"\xff", b"a: [", HOSTILE.encode()])
def test_the_json_output_satisfies_its_schema_for_any_bytes(source: bytes) -> None:
    data = json.loads(rendered("json", report(source), Unread("gone", "No such file")))
    assert not list(REPORT_SCHEMA.iter_errors(data))
    assert data["reached"] is data["files"][0]["reached"] is False


def test_the_json_output_of_no_file_is_whole() -> None:
    data = json.loads(rendered("json", Unread("gone", "No such file")))
    assert not list(REPORT_SCHEMA.iter_errors(data))
    assert (data["files"], data["reached"]) == ([], False)


def test_the_schema_of_the_report_is_itself_right() -> None:
    Draft202012Validator.check_schema(schemas.report())
    assert schemas.REPORT not in schemas.load()


def described(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Give every key that the schema of the report describes."""
    for key, each in schema.get("properties", {}).items():
        target = (
            schemas.report()["$defs"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        )
        yield f"{path}/{key}", target
        yield from described(target if "$ref" not in each else {}, f"{path}/{key}")


def test_every_key_of_the_report_is_described() -> None:
    report_schema = schemas.report()
    listed = [*described(report_schema)]
    for name, each in report_schema["$defs"].items():
        listed += described(each, name)
    assert len(listed) > 40
    assert not [path for path, each in listed if not {"title", "description"} <= set(each)]


def test_the_json_output_says_what_the_report_says() -> None:
    found = golden("incomplete")
    (file,) = json.loads(rendered("json", found))["files"]
    core, osaid, *_ = file["assessments"]
    assessment = found.assessment("osaid-1.0")
    assert assessment is not None
    assert osaid["verdict"] == assessment.verdict().word
    assert sum(osaid["counts"].values()) == 24
    assert [each["rule"] for each in osaid["answers"]] == [
        each.rule.id for each in assessment.answers
    ]
    assert {each["outcome"] for each in core["answers"]} == {"met", "unmet"}
    listed = [*file["problems"], *file["claims"]]
    listed += [
        each for one in file["assessments"] for a in one["answers"] for each in a["findings"]
    ]
    assert len(listed) == len(found.findings)


def test_a_file_with_problems_has_no_verdict() -> None:
    (file,) = json.loads(rendered("json", golden("broken")))["files"]
    assert [(each["verdict"], each["level"]) for each in file["assessments"]] == [(None, None)]


# -- streaming -------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", renderers.names())
def test_a_result_is_rendered_before_the_next_is_asked_for(style: str) -> None:
    """So that memory does not grow with the number of files, and people see what goes on."""
    said: list[str] = []
    source = (GOLDEN / "broken.yaml").read_bytes()

    def results() -> Iterator[Report]:
        for number in range(3):
            before = len(said)
            yield report(source, f"broken-{number}.yaml")
            assert len(said) > before
            assert style == "badge" or f"broken-{number}.yaml" in said[-1]

    for piece in renderers.load(style)(results(), targets=(OSAID,), screen=Screen()):
        said.append(piece)  # noqa: PERF402  the generator looks at it meanwhile
    assert style != "badge" or all(f"broken-{number}.yaml" in said[-1] for number in range(3))


@pytest.mark.parametrize("style", renderers.names())
def test_there_is_a_piece_for_what_could_not_be_read(style: str) -> None:
    """So that several renderers can go through the same results in step."""
    said: list[str] = []

    def results() -> Iterator[Unread]:
        for number in range(3):
            before = len(said)
            yield Unread(f"gone-{number}.yaml", "No such file or directory")
            assert len(said) > before

    for piece in renderers.load(style)(results(), targets=(OSAID,), screen=Screen()):
        said.append(piece)  # noqa: PERF402  the generator looks at it meanwhile
