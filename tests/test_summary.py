"""The draft of the public summary of training content, and what it is drafted from."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from aimanifest import frameworks
from aimanifest.cli import aimanifest
from aimanifest.document import read
from aimanifest.manifest import Manifest
from aimanifest.summary import draft
from aimanifest.system import Parts
from aimanifest.training_content import SECTIONS, Size, TrainingContent, latest, sizes
from aimanifest.training_content.items import ITEMS

InStep = Callable[..., None]

FOLDER = Path(__file__).parent / "golden" / "summary"
EXAMPLES = Path(__file__).parent.parent / "examples"
MANIFESTS = [each for each in EXAMPLES.glob("*.yaml") if each.name != "expected.yaml"]


def manifest(datasets: object, **weights: object) -> Manifest:
    """Make a manifest of weights that are trained on `datasets`, each with its `data`."""
    assert isinstance(datasets, dict)
    listed = {
        id: {"kind": "training-data", **({"data": data} if data is not None else {})}
        for id, data in datasets.items()
    }
    trained = {"trained_on": list(datasets)} | weights
    source = {
        "aimanifest": "1.0",
        "release": {"name": "Plover", "publisher": {"name": "Example Lab"}},
        "components": {"weights": {"license": "MIT", "path": "w", **trained}, **listed},
    }
    return Manifest.from_document(read(yaml.safe_dump(source, sort_keys=False).encode()))


def content(**amounts: object) -> dict[str, object]:
    return {"origin": "own", "scope": "Something.", "contents": [amounts]}


def sized(*datasets: dict[str, object]) -> tuple[Size, ...]:
    made = manifest({f"d{number}": each for number, each in enumerate(datasets)})
    return sizes(TrainingContent.of(Parts.of(made)).datasets)


# -- the whole -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["complete", "gaps"])
def test_the_draft_is_as_it_was(name: str, in_step: InStep) -> None:
    source = (FOLDER / f"{name}.yaml").read_bytes()
    in_step(FOLDER / f"{name}.md", draft(Manifest.from_document(read(source))))


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_every_example_can_be_drafted_in_all_sections(path: Path) -> None:
    text = draft(Manifest.from_document(read(path.read_bytes())))
    numbers = re.findall(r"^#+ ([0-9.]+)\. ", text, re.MULTILINE)
    in_order = ["1", "1.1", "1.2", "1.3", "2", "2.1", "2.2", "2.2.1", "2.2.2"]
    assert numbers == [*in_order, "2.3", "2.4", "2.5", "2.6", "3", "3.1", "3.2", "3.3"]
    assert text.endswith("\n")


def test_the_rules_and_the_sections_are_the_same() -> None:
    rules = {each.id for each in frameworks.load("eu-ai-act-gpai").rules}
    assert {f"eu-ai-act-gpai/summary-{each.name}" for each in ITEMS} <= rules
    assert {each.name for each in SECTIONS} <= {each.name for each in ITEMS}


# -- amounts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (9.99e8, "Less than 1 billion tokens"),
        (1e9, "1 billion to 10 trillion tokens"),
        (1e13, "1 billion to 10 trillion tokens"),
        (1.01e13, "More than 10 trillion tokens"),
    ],
)
def test_text_falls_into_the_ranges_of_the_template(amount: float, expected: str) -> None:
    (size,) = sized(content(modality="text", amount=amount, unit="tokens"))
    assert size.range == expected


@pytest.mark.parametrize(
    ("modality", "unit", "amount", "expected"),
    [
        ("image", "images", 1_000_001, "1 million to 1 billion images"),
        ("audio", "hours", 9_999, "Less than 10 000 hours"),
        ("video", "hours", 1_000_001, "More than 1 million hours"),
    ],
)
def test_other_modalities_have_ranges_of_their_own(
    modality: str, unit: str, amount: float, expected: str
) -> None:
    (size,) = sized(content(modality=modality, amount=amount, unit=unit))
    assert size.range == expected


def test_amounts_of_several_datasets_are_summed_up_and_code_is_text() -> None:
    (size,) = sized(
        content(modality="text", amount=6e8, unit="tokens"),
        content(modality="code", amount=5e8, unit="tokens"),
    )
    assert (size.modality, size.total) == ("text", 1.1e9)
    assert size.range == "1 billion to 10 trillion tokens"


def test_what_is_counted_otherwise_is_not_added_and_leaves_the_range_open() -> None:
    (size,) = sized(
        content(modality="text", amount=6e8, unit="tokens"),
        content(modality="text", amount=7000, unit="documents"),
    )
    assert size.total == 6e8
    assert [each.dataset for each in size.uncounted] == ["d1"]
    assert size.range == ""


def test_what_is_counted_otherwise_cannot_lower_the_highest_range() -> None:
    (size,) = sized(
        content(modality="text", amount=2e13, unit="tokens"),
        content(modality="text", amount=7000, unit="documents"),
    )
    assert size.range == "More than 10 trillion tokens"


def test_one_content_in_two_units_is_counted_once() -> None:
    twice = content(modality="text", amount=6e8, unit="tokens")
    twice["contents"] = [
        {"modality": "text", "amount": 6e8, "unit": "tokens"},
        {"modality": "text", "amount": 7000, "unit": "documents"},
    ]
    (size,) = sized(twice)
    assert (size.total, size.uncounted) == (6e8, ())
    assert size.range == "Less than 1 billion tokens"


def test_samples_are_no_images() -> None:
    (size,) = sized(content(modality="image", amount=9e5, unit="samples"))
    assert (size.total, size.range) == (0, "")


def test_what_the_template_does_not_measure_is_other() -> None:
    (size,) = sized(content(modality="tabular", amount=9e5, unit="rows"))
    assert (size.modality, size.scale, size.range) == ("other", None, "")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2023-06", "2023"], "2023"),
        (["2023-06-30", "2023-06"], "2023-06"),
        (["2022", "2023-01-01"], "2023-01-01"),
        ([], ""),
    ],
)
def test_the_latest_date_is_the_end_of_what_is_written(dates: list[str], expected: str) -> None:
    datasets = {f"d{i}": {"period": {"to": date}} for i, date in enumerate(dates)}
    parts = Parts.of(manifest(datasets or {"d": {}}))
    assert latest(parts.datasets) == expected


# -- yes and no ------------------------------------------------------------------------------------

ASKED = "Have you used publicly available datasets to train the model?**"


def answer(made: Manifest) -> str:
    line = next(line for line in draft(made).splitlines() if ASKED in line)
    return line.partition(f"{ASKED} ")[2]


def test_no_is_said_where_all_data_is_listed_with_its_origin() -> None:
    assert answer(manifest({"own-data": {"origin": "own"}})) == "No"


def test_yes_is_said_of_one_dataset_even_if_others_are_not_known() -> None:
    made = manifest({"a": {"origin": "public-dataset"}, "b": {}})
    assert answer(made) == "Yes"


@pytest.mark.parametrize(
    "made",
    [
        manifest({}, trained_on=["nowhere"]),
        manifest({"own-data": {"origin": "own"}, "other": {}}),
        manifest({"own-data": None}),
        manifest(
            {"own-data": {"origin": "own"}}, derived_from={"x": "fine-tune"}, omitted="withheld"
        ),
    ],
    ids=["dataset not described", "origin not said", "nothing told", "no weights"],
)
def test_no_is_not_said_where_something_is_left_open(made: Manifest) -> None:
    assert answer(made).startswith("**gap:**")


def test_no_is_not_said_without_a_list_of_all_data() -> None:
    source = {
        "aimanifest": "1.0",
        "release": {"name": "Plover", "publisher": {"name": "Example Lab"}},
        "components": {"weights": {"license": "MIT", "path": "w"}},
    }
    made = Manifest.from_document(read(yaml.safe_dump(source).encode()))
    assert answer(made).startswith("**gap:**")


# -- what a manifest says is text ------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
def test_a_value_cannot_speak_markdown(text: str) -> None:
    value = f"From {text} there."
    told = draft(manifest({"d": {"origin": "own", "provenance": value}})).splitlines()
    (line,) = (each for each in told if " there." in each)
    shown = line.partition("`d`. ")[2]
    assert not re.search(r"[`*_{}\[\]<>#|~!$&]", re.sub(r"\\.", "", shown))
    assert re.sub(r"\\(.)", r"\1", shown) == " ".join(value.split())


def test_what_would_deceive_a_reader_is_written_out() -> None:
    made = manifest({"d": {"origin": "own", "provenance": "From \u202ehere."}})
    assert r"From \\u\{202e\}here." in draft(made)


def test_an_address_that_would_leave_its_brackets_is_written_out() -> None:
    made = manifest({"d": {"origin": "public-dataset", "sources": [{"location": "https://x>y"}]}})
    assert "<https://x>y>" not in draft(made)
    assert r"https://x\>y" in draft(made)


# -- the command -----------------------------------------------------------------------------------


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(aimanifest, ["draft-summary", *arguments], input=stdin)


def test_the_command_prints_the_draft() -> None:
    done = run(str(FOLDER / "complete.yaml"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (FOLDER / "complete.md").read_text("utf-8")


def test_the_command_reads_standard_input() -> None:
    done = run("-", stdin=(FOLDER / "gaps.yaml").read_bytes())
    assert (done.exit_code, done.stdout) == (0, (FOLDER / "gaps.md").read_text("utf-8"))


def test_the_command_drafts_the_manifest_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ai-manifest.yaml").write_bytes((FOLDER / "gaps.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)
    done = run()
    assert (done.exit_code, done.stdout) == (0, (FOLDER / "gaps.md").read_text("utf-8"))


def test_the_command_asks_which_of_several_is_meant(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ai-manifest.yaml").write_bytes((FOLDER / "gaps.yaml").read_bytes())
    done = run(str(tmp_path))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "holds 2 manifests" in done.stderr


def test_the_command_drafts_nothing_from_what_is_no_manifest(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text('aimanifest: "1.0"\nrelease: {nam: Plover}\n', "utf-8")
    done = run(str(path))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "aimanifest validate" in done.stderr


@pytest.mark.parametrize("name", ["nothing.yaml", ""])
def test_the_command_says_what_it_could_not_read(tmp_path: Path, name: str) -> None:
    done = run(str(tmp_path / name))
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith("aimanifest: ")


def test_other_commands_do_not_import_what_it_needs() -> None:
    code = (
        "import sys; from aimanifest.cli import aimanifest\n"
        "try: aimanifest(['draft-summary', '--help'])\n"
        "except SystemExit: pass\n"
        "assert 'aimanifest.summary' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
