"""All that is known of a license, as a page, as JSON, and in docs/licenses.md."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from aimanifest import schemas
from aimanifest.catalogue import look_up
from aimanifest.catalogue.markdown import handbook
from aimanifest.catalogue.plain import plain
from aimanifest.catalogue.text import page
from aimanifest.data import listed, restricted, spdx
from aimanifest.licenses import RESTRICTIONS, judge, license_ids, parse
from aimanifest.licenses.facts import ai_rows, facts
from aimanifest.licenses.notions import CONTENTS, MEASURES, judged
from aimanifest.licenses.others import COPYLEFT
from aimanifest.licenses.profiles import profile
from aimanifest.terminal import visible, width

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
InStep = Callable[..., None]

SCHEMA = Draft202012Validator(schemas.license_answer())
AI = ai_rows()
SOME = [
    "MIT", "Apache-2.0", "GPL-2.0-only", "GFDL-1.3-invariants-or-later", "CC-BY-4.0", "CC0-1.0",
    "CC-BY-NC-ND-3.0", "OpenMDW-1.0", "MIT-CMU", "BUSL-1.1", "Net-SNMP", "any-OSI", "SSPL-1.0",
]  # fmt: skip
TEXTS = [
    "Apache 2.0", "Llama 3.1 Community License Agreement", "gpl", "", "NONE", "Undisclosed", "MTI",
    "MIT OR LicenseRef-llama3.1", "MIT AND LicenseRef-Mine", "GPL-2.0 OR MIT", "xyzzy", "A WITH X",
    "GPL-2.0-or-later WITH Classpath-exception-2.0", "Apache-2.0+", "mit/isc", "\x1b[2J\x07\x7f",
    "\udcff\u202e", "x" * 5000,
]  # fmt: skip


def text(asked: str, columns: int = 100) -> str:
    return page(look_up(asked), columns=columns, colour=False)


def unbroken(shown: str) -> str:
    return " ".join(shown.split())


# -- what is known ---------------------------------------------------------------------------------


@pytest.mark.parametrize("id", [*AI, *SOME])
def test_a_profile_says_of_a_license_what_the_data_says(id: str) -> None:
    found = profile(id)
    known = facts(id)
    assert found
    assert known
    assert (found.id, found.name) == (known.id, known.name)
    assert set(known.terms) <= {*found.restrictions, *found.conditions}
    for freedom, value in known.freedoms.items():
        assert value in {found.freedoms[freedom], "unknown"}
    assert (found.osi.value == "approved") == known.osi_approved
    assert (found.fsf.value == "libre") == known.fsf_libre
    assert found.id not in found.near
    assert all(facts(near) for near in found.near)


@pytest.mark.parametrize("id", [*AI, *sorted(spdx.LICENSES)])
def test_nothing_is_said_of_a_license_that_contradicts_itself(id: str) -> None:
    found = profile(id, neighbours=False)
    assert found
    for term in (*found.restrictions, *found.conditions):
        meant = RESTRICTIONS[term.restricts]
        if meant.standing == "restrictive":
            assert found.freedoms[meant.freedom] in {"restricted", "no"}
        assert (term in found.conditions) == (meant.standing == "compatible")
    assert (found.attribution.value == "yes") == any(
        term.restricts == "attribution" for term in found.conditions
    )
    if found.osi.value == "approved" or found.fsf.value == "libre":
        assert set(found.freedoms.values()) == {"yes"}
        assert not found.restrictions
    assert all(fact.basis for fact in (found.osi, found.fsf))
    assert found.provenance.source
    for each in found.disputes:
        assert all(each)


def test_of_nothing_nothing_is_known() -> None:
    assert profile("LicenseRef-nobody-knows-it") is None
    assert profile("MTI") is None


@pytest.mark.parametrize(
    ("id", "freedoms"),
    [
        ("CC-BY-4.0", "yes yes yes yes"),
        ("CC-BY-NC-4.0", "restricted yes restricted restricted"),
        ("CC-BY-ND-4.0", "yes yes restricted yes"),
        ("CC-BY-NC-ND-4.0", "restricted yes restricted restricted"),
        ("BUSL-1.1", "restricted unknown unknown unknown"),
        ("MIT-CMU", "unknown unknown unknown unknown"),
        ("OpenMDW-1.0", "yes yes yes yes"),
        ("LicenseRef-Llama-3.1-Community", "restricted yes yes restricted"),
    ],
)
def test_freedoms_are_concluded_from_what_was_read_and_no_further(id: str, freedoms: str) -> None:
    found = profile(id)
    assert found
    assert " ".join(found.freedoms.values()) == freedoms


def test_share_alike_is_known_from_a_clause_a_category_or_a_name() -> None:
    told = {}
    for id in ("GPL-3.0-only", "OSL-2.1", "CC-BY-SA-2.5", "MIT", "MIT-CMU"):
        found = profile(id)
        assert found
        told[id] = (found.share_alike.value, found.share_alike.basis[:4])
    assert told == {
        "GPL-3.0-only": ("yes", "§5(c"),
        "OSL-2.1": ("yes", "By S"),
        "CC-BY-SA-2.5": ("yes", "By i"),
        "MIT": ("no", ""),
        "MIT-CMU": ("unknown", ""),
    }


def test_what_was_read_of_listed_licenses_agrees_with_the_other_lists() -> None:
    assert listed.READ.keys() <= license_ids()
    for id, (share_alike, _, patents, words, suits, source) in listed.READ.items():
        if id in COPYLEFT:
            assert share_alike, id
        assert patents in {listed.GRANTED, listed.EXCLUDED, listed.SILENT}
        assert bool(words[1]) == (patents != listed.SILENT)
        assert {suit[0] for suit in suits} <= {"patent-retaliation", "litigation-termination"}
        assert source
    assert listed.UNDER_REVIEW | listed.DISPUTES.keys() <= license_ids() - spdx.OSI_APPROVED
    assert listed.OF_TERMS.keys() <= RESTRICTIONS.keys()
    for start, _ in listed.STEWARDS:
        assert any(id.startswith(start) for id in spdx.LICENSES)


def test_what_is_quoted_of_listed_licenses_stands_in_their_texts() -> None:
    """The texts are those of choosealicense.com, as the package `identify` carries them."""
    vendored = pytest.importorskip("identify.vendor.licenses")
    texts = {id: straight(each) for id, each in vendored.LICENSES}
    read = 0
    for id, (share_alike, attribution, patents, words, suits, _) in listed.READ.items():
        whole = texts.get(re.sub("-only$|-or-later$", "", id))
        if whole is None:
            continue
        read += 1
        quotes = [each[1] for each in (share_alike, attribution, words) if each]
        for quote in (*quotes, *(suit[2] for suit in suits)):
            assert straight(quote) in whole, id
        if patents == listed.SILENT and "GPL-2" not in id:
            assert "patent" not in whole.lower(), id
    assert read > 30


def straight(quote: str) -> str:
    return " ".join(quote.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


# -- what it is worth ------------------------------------------------------------------------------


def test_every_content_is_measured_and_every_measure_has_an_owner() -> None:
    assert {content for each in MEASURES for content in each.contents} == set(CONTENTS)
    assert len({each.notion.id for each in MEASURES}) == len(MEASURES)
    assert all(each.owner and each.contents for each in MEASURES)


def test_an_expression_is_judged_by_each_measure_as_validation_judges_it() -> None:
    expression = parse("MIT OR LicenseRef-Llama-3.1-Community")
    found = judged(expression)
    assert [each.judgement for each in found] == [
        judge(expression, each.notion) for each in MEASURES
    ]


def test_a_reason_refers_to_a_page_and_never_to_its_own() -> None:
    sentence = "and 1 more: see `aimanifest license LicenseRef-Llama-3.1-Community`"
    alone = judged(parse("LicenseRef-Llama-3.1-Community"))
    together = judged(parse("LicenseRef-Llama-3.1-Community AND MIT"))
    assert not [each for each in alone if "see `" in each.judgement.reason]
    assert all(each.judgement.reason.endswith(".") for each in alone)
    assert sentence in together[0].judgement.reason


@pytest.mark.parametrize("id", [*AI, *restricted.RESTRICTED])
def test_a_reason_counts_what_it_leaves_out_and_is_one_sentence(id: str) -> None:
    known = facts(id)
    assert known
    for measure in MEASURES:
        reason = judge(parse(id), measure.notion).reason
        breaking = [term for term in known.terms if term.restricts in measure.notion.breaking]
        if "breaks *" in reason:
            left = len(breaking) - 1
            assert f"; and {left} more: see `aimanifest license {id}`." in reason or left == 0
            assert reason.count(known.name if id in AI else id) >= 1
        assert reason.endswith(".")


# -- for people ------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", AI)
def test_the_page_shows_every_term_with_its_clause_and_its_source(id: str) -> None:
    row, shown = AI[id], unbroken(text(id))
    for term in row["terms"]:
        for part in (term["quote"] or "the words were not seen",):
            assert unbroken(part) in shown
        if RESTRICTIONS[term["restricts"]].standing != "compatible":
            assert f"{term['restricts']}: " in shown
            assert term["meaning"][1:] in shown
    for part in (row["name"], row["source"], row["notes"], row["publisher"], row["version"]):
        assert unbroken(part) in shown
    for name in (*row["also"], *row["hugging_face"], *row["scancode"]):
        assert name in shown
    for dispute in row["disputes"]:
        assert all(unbroken(part) in shown for part in dispute.values())
    for each in MEASURES:
        assert each.notion.title in shown
        assert each.notion.cites[0].url in shown


@pytest.mark.parametrize("asked", [*TEXTS, *SOME, "LicenseRef-Llama-3.1-Community"])
@pytest.mark.parametrize("columns", [20, 40, 80, 300])
def test_the_page_fits_the_screen_and_steers_nothing(asked: str, columns: int) -> None:
    shown = text(asked, columns)
    assert shown.endswith("\n")
    for line in shown.splitlines():
        assert line == visible(line)
        assert width(line) <= min(columns, 100) or "://" in line


def test_the_page_says_as_what_a_text_was_read() -> None:
    assert text("MIT").startswith("MIT\nMIT License\n")
    assert text("gemma").startswith(
        "`gemma` is read as LicenseRef-Gemma-Terms: its id on the Hugging Face Hub.\n"
        "`gemma` names no version; this is the one of 2025-03-24.\n"
    )
    assert "names no version" not in text("EXAONE AI Model License Agreement 1.2")
    assert "names no version" not in text("odbl")


def test_what_has_no_page_gets_its_answer_in_a_few_lines() -> None:
    assert text("gpl-3.0") == (
        "`gpl-3.0` does not say whether later versions may be taken.\n"
        "Only its author can say what is meant:\n  GPL-3.0-only\n  GPL-3.0-or-later\n"
    )
    assert text("Component not included") == "`Component not included` names no license.\n"
    assert text("NONE") == "`NONE` says that no license is granted.\n"
    assert text("Apahce-2.0").splitlines()[:3] == [
        "Nothing is known here about `Apahce-2.0`.",
        "These have names like it, and may be something else:",
        "  Apache-2.0",
    ]
    assert text("xyzzyx") == "Nothing is known here about `xyzzyx`.\n"


def test_an_expression_shows_each_license_in_short_and_is_judged_as_a_whole() -> None:
    shown = text("MIT OR LicenseRef-Llama-3.1-Community AND LicenseRef-Mine")
    assert "  MIT: MIT License\n" in shown
    assert "restricts: mau-threshold, acceptable-use-policy" in shown
    assert "  LicenseRef-Mine: nothing is known here.\n" in shown
    assert "The code is under an OSI-approved license: yes\n" in shown
    assert "How this is known" not in shown


def test_the_pages_are_as_shown(in_step: InStep) -> None:
    in_step(GOLDEN / "license.text", text("Llama 3.1 Community License Agreement"))
    in_step(GOLDEN / "license-40.text", text("Apache-2.0", 40))
    shown = json.dumps(plain(look_up("MIT OR gemma")), indent=2) + "\n"
    in_step(GOLDEN / "license.json", shown)


def test_colour_marks_verdicts_and_is_absent_unless_wanted() -> None:
    answer = look_up("CC-BY-4.0")
    coloured = page(answer, columns=100, colour=True)
    assert "\x1b[1;31mno\x1b[0m" in coloured
    assert "\x1b[1;35mundetermined\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == page(answer, columns=100, colour=False)


# -- for programs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [*TEXTS, *SOME, *AI])
def test_the_json_answer_satisfies_its_schema(asked: str) -> None:
    data = json.loads(json.dumps(plain(look_up(asked))))
    assert not [error.message for error in SCHEMA.iter_errors(data)]


@given(st.text())
def test_the_json_answer_satisfies_its_schema_for_any_text(asked: str) -> None:
    assert SCHEMA.is_valid(plain(look_up(asked)))


def test_the_json_answer_says_what_the_page_says() -> None:
    data = plain(look_up("LicenseRef-Gemma-Terms"))
    (license,) = data["licenses"]
    row = AI["LicenseRef-Gemma-Terms"]
    assert license["steward"] == row["publisher"]
    terms = [*license["restrictions"], *license["conditions"]]
    assert {each["word"] for each in terms} == {each["restricts"] for each in row["terms"]}
    assert [each["measure"] for each in data["judgements"]] == [each.notion.id for each in MEASURES]


def described(schema: Any) -> Iterator[tuple[str, Any]]:
    for key, each in schema.get("properties", {}).items():
        yield key, each
        yield from described(each)
        yield from described(each.get("items", {}))
    for each in schema.get("$defs", {}).values():
        yield from described(each)


def test_the_schema_of_the_answer_is_itself_right_and_describes_every_key() -> None:
    schema = schemas.license_answer()
    Draft202012Validator.check_schema(schema)
    assert schemas.LICENSE_ANSWER not in schemas.load()
    for example in schema["examples"]:
        assert SCHEMA.is_valid(example)
    keys = list(described(schema))
    assert len(keys) > 60
    for key, each in keys:
        if key == "value" and "enum" in each:
            continue  # narrows what `fact` describes
        shape = schema["$defs"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        assert {"title", "description"} <= {*shape, *each}, key


# -- the page of all licenses ----------------------------------------------------------------------


def test_the_page_of_all_licenses_is_in_step(in_step: InStep) -> None:
    in_step(ROOT / "docs" / "licenses.md", handbook())


def test_the_page_of_all_licenses_has_them_all_once() -> None:
    shown = handbook()
    assert re.findall(r"^### (LicenseRef-\S+)$", shown, re.MULTILINE) == list(AI)
    linked = re.findall(r"\[([^]]+)\]\(https://spdx\.org/licenses/\1\.html\)", shown)
    assert sorted(linked) == sorted(license_ids())
    anchors = set(re.findall(r"\(#([^)]+)\)", shown))
    headings = {each.lower().replace(".", "").replace("+", "") for each in AI}
    assert anchors == headings


def test_its_tables_have_as_many_cells_in_each_row_as_in_the_head() -> None:
    columns = 0
    for line in handbook().splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert cells in {columns, 0} or not columns, line
        columns = cells
