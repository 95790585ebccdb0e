"""License texts: what is the same, what is not, what is read, and what is said of it.

The texts are the conformance suite's, this repository's own, and those that the packages beside
the tests carry. The hostile ones are made here, by rules, out of the others.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aimanifest.findings import Finding
from aimanifest.licenses import RESTRICTIONS, alignment, fingerprints, phrases
from aimanifest.licenses.comparison import OPERATIVE, WEIGHTY, Text, compare
from aimanifest.licenses.identification import (
    AROUND,
    CHANGED,
    NEAR,
    SAME,
    SENTENCES,
    UNKNOWN,
    identify,
)
from aimanifest.licenses.texts import Said, examine
from aimanifest.licenses.words import read
from aimanifest.manifest import FileText
from aimanifest.validation import LIMIT_TEXT, LocalFolder, validate, validate_file

ROOT = Path(__file__).parent.parent
SUITE = ROOT / "tests" / "conformance" / "core"
CASES = SUITE / "same-license-texts"

APACHE = (ROOT / "LICENSE").read_text(encoding="utf-8")
CC_BY = (ROOT / "LICENSES" / "CC-BY-4.0.txt").read_text(encoding="utf-8")
CC0 = (ROOT / "LICENSES" / "CC0-1.0.txt").read_text(encoding="utf-8")
MIT = (CASES / "passes-the-text-of-the-license" / "LICENSE").read_text(encoding="utf-8")
ISC = (CASES / "fails-another-license" / "LICENSE").read_text(encoding="utf-8")
GPL_2 = (CASES / "passes-texts-that-are-the-same" / "LICENSE").read_text(encoding="utf-8")
TEXTS = {
    "Apache-2.0": APACHE,
    "CC-BY-4.0": CC_BY,
    "CC0-1.0": CC0,
    "MIT": MIT,
    "ISC": ISC,
    "GPL-2.0-only": GPL_2,
}
USE_POLICY = """\
Acceptable Use

You agree not to use the Work, or any output of it, to harm minors, to watch people without their
consent, or to run critical infrastructure. We keep a list of forbidden uses on our pages, and may
change it at any time. You must hand these terms on to whoever receives the Work from you.
"""

each_text = pytest.mark.parametrize("id", TEXTS)


def paragraphs(text: str) -> list[str]:
    return re.split(r"\n[ \t]*\n", text)


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;:,]) ", " ".join(text.split()))


def wrapped(text: str, width: int) -> str:
    return "\n\n".join(textwrap.fill(" ".join(each.split()), width) for each in paragraphs(text))


def curly(text: str) -> str:
    return re.sub(r'"([^"]*)"', "\u201c\\1\u201d", text).replace("'", "\u2019")


def another_holder(text: str) -> str:
    notice = (
        "Copyright (c) 1999-2026, \u00c9ditions Exemple S.A. <info@example.org> and contributors"
    )
    return re.sub(r"(?m)^ *Copyright (\(c\) 2026|\[yyyy\]).*$", notice, text)


HARMLESS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "another year and name": another_holder,
    "wrapped at 100": lambda text: wrapped(text, 100),
    "a paragraph to a line": lambda text: wrapped(text, 1_000_000),
    "byte order mark and CR LF": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "CR alone": lambda text: text.replace("\n", "\r"),
    "curly quotation marks": curly,
    "capitals": str.upper,
    "behind comment signs": lambda text: "".join(f"# {each}\n" for each in text.splitlines()),
    "a Markdown heading": lambda text: f"# License\n\n{text}",
    "British spelling": lambda text: re.sub(r"\bLicense\b", "Licence", text),
}


def with_policy_inside(text: str) -> str:
    parts = paragraphs(text)
    middle = max(1, len(parts) * 3 // 5)
    return "\n\n".join([*parts[:middle], USE_POLICY, *parts[middle:]])


def with_words_inside(text: str) -> str:
    found = re.search(r"(?<=[a-z]),? (?=subject to|for any purpose|to use|to any|under)", text)
    assert found
    return f"{text[: found.start()]} for non-commercial purposes only{text[found.start() :]}"


def with_not(text: str) -> str:
    found = list(re.finditer(r"\b(?:may|shall|hereby|is|are|will)\b(?! not)", text, re.IGNORECASE))
    end = found[len(found) // 3].end()
    return f"{text[:end]} not{text[end:]}"


def without_a_clause(text: str) -> str:
    parts = paragraphs(text)
    long = [at for at, each in enumerate(parts) if len(each) > 150]
    at = long[len(long) // 2]
    clauses = sentences(parts[at])
    clauses.remove(max(clauses, key=len))
    return "\n\n".join([*parts[:at], " ".join(clauses), *parts[at + 1 :]])


HARMFUL: dict[str, Callable[[str], str]] = {
    "a policy inside": with_policy_inside,
    "a policy behind": lambda text: f"{text}\n\n{USE_POLICY}",
    "a policy before": lambda text: f"{USE_POLICY}\n\n{text}",
    "a few words": with_words_inside,
    "one word": with_not,
    "a clause less": without_a_clause,
}


def said(id: str, text: str, *, excepted: bool = False) -> list[Said]:
    return list(examine(id, "LICENSE", text, excepted=excepted))


def gravities(id: str, text: str) -> list[str]:
    return [each.gravity for each in examine(id, "LICENSE", text)]


# -- the same, and not the same --------------------------------------------------------------------


@each_text
@pytest.mark.parametrize("change", HARMLESS)
def test_what_may_differ_makes_no_other_text(id: str, change: str) -> None:
    assert not said(id, HARMLESS[change](TEXTS[id]))


@each_text
@pytest.mark.parametrize("change", HARMFUL)
def test_a_changed_text_is_never_the_same(id: str, change: str) -> None:
    text = HARMFUL[change](TEXTS[id])
    assert text != TEXTS[id]
    assert identify(Text.of(text), id).degree not in {SAME, NEAR}
    assert gravities(id, text)[0] == "wrong"


@each_text
def test_a_text_is_that_of_no_other(id: str) -> None:
    for other in TEXTS.keys() - {id}:
        assert gravities(other, TEXTS[id]) == ["wrong"]


@each_text
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_operative_word_can_be_slipped_in_or_out(id: str, data: st.DataObject) -> None:
    """Wherever it is done from the first to the last word that has to be there."""
    known = next(fingerprints.of(id))
    here = Text.of(TEXTS[id])
    found = compare(here, known)
    assert not found.changes
    words = here.words.words
    at = data.draw(st.integers(found.start + 1, found.end - 1))
    if words[at] in OPERATIVE and data.draw(st.booleans()):
        changed = [*words[:at], *words[at + 1 :]]
    else:
        slipped = data.draw(st.sampled_from(["not", "only", "noncommercial", "must", "except"]))
        changed = [*words[:at], slipped, *words[at:]]
    assert compare(Text.of(" ".join(changed)), known).changes


@each_text
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_word_that_may_weigh_is_seen_wherever_no_name_may_stand(
    id: str, data: st.DataObject
) -> None:
    known = next(fingerprints.of(id))
    names = [each for each in known.free if not each.optional]
    near = {word for each in names for word in known.words[max(each.start - 1, 0) : each.end + 1]}
    here = Text.of(TEXTS[id])
    found = compare(here, known)
    at = data.draw(st.integers(found.start + 1, found.end - 1))
    assume(near.isdisjoint(here.numbers[at - 1 : at + 1]))
    words = here.words.words
    slipped = data.draw(st.sampled_from(["research", "users", "military", "personal"]))
    assert compare(Text.of(" ".join([*words[:at], slipped, *words[at:]])), known).changes


def test_the_line_and_the_number_of_added_words_are_said() -> None:
    text = with_policy_inside(APACHE)
    line = text[: text.index("Acceptable Use")].count("\n") + 1
    (only,) = said("Apache-2.0", text)
    assert f"lines {line} to {line + 4} (" in only.message
    assert "`LICENSE` is not the text of Apache-2.0" in only.message
    found = identify(Text.of(text), "Apache-2.0")
    assert found.degree == CHANGED
    assert [(each.first, each.last) for each in found.added] == [(line, line + 4)]


def test_the_place_of_missing_words_is_said() -> None:
    start, end = APACHE.index("   3. Grant of Patent"), APACHE.index("   4. Redistribution")
    found = identify(Text.of(APACHE[:start] + APACHE[end:]), "Apache-2.0")
    assert found.degree == CHANGED
    assert not found.added
    (only,) = found.missing
    assert abs(only.first - APACHE[:start].count("\n")) <= 2
    assert 0 <= len(read(APACHE[start:end]).words) - only.words < 10  # "a" is the mark of a list


def test_a_few_light_words_are_only_remarked() -> None:
    text = APACHE.replace("granting the License.", "granting the said License.")
    assert text != APACHE
    assert identify(Text.of(text), "Apache-2.0").degree == NEAR
    assert gravities("Apache-2.0", text) == ["doubtful"]


def test_the_number_of_another_version_is_no_list_mark() -> None:
    text = CC_BY.replace("Attribution 4.0 International", "Attribution 4.1 International")
    assert text != CC_BY
    assert gravities("CC-BY-4.0", text) != []


def test_allowing_what_is_forbidden_is_a_change() -> None:
    bsd = next(each for each in installed("BSD-3-Clause") if not said("BSD-3-Clause", each))
    allowed = re.sub(r"(?s)Neither the name.*?may\s+be", "The name of the author may be", bsd)
    assert allowed != bsd
    assert gravities("BSD-3-Clause", allowed) == ["wrong"]


def test_what_is_harmless_beside_a_text_is_a_remark() -> None:
    text = f"Plover began as a copy of Sandpiper by Jo Example; see their pages.\n\n{MIT}"
    assert identify(Text.of(text), "MIT").degree == AROUND
    assert gravities("MIT", text) == ["doubtful"]


def test_lead_in_and_title_are_nothing_to_remark() -> None:
    lead = "This project is licensed under the terms of the MIT license, see below.\n\n"
    assert not said("MIT", lead + MIT)


def test_the_header_that_the_gpl_recommends_may_stand_before_it() -> None:
    header = (
        "This program is free software; you can redistribute it and/or modify it under the terms "
        "of the GNU General Public License as published by the Free Software Foundation; either "
        "version 2 of the License, or (at your option) any later version.\n\n"
        "This program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; "
        "without even the implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. "
        "See the GNU General Public License for more details.\n\n"
    )
    assert not said("GPL-2.0-or-later", header + GPL_2)


def test_another_license_in_the_same_file_is_named_unless_it_is_expected() -> None:
    both = f"{MIT}\n{ISC}"
    (only,) = said("MIT", both)
    assert only.gravity == "doubtful"
    assert "ISC" in only.message
    assert not list(examine("MIT", "LICENSE", both, beside={"ISC"}))


def test_words_beside_a_license_with_an_exception_are_left_to_people() -> None:
    text = f"{GPL_2}\n\nAs an exception, you may not be asked for the source of your programs.\n"
    assert gravities("GPL-2.0-only", text) == ["wrong"]
    assert [each.gravity for each in said("GPL-2.0-only", text, excepted=True)] == ["doubtful"]


def test_deprecated_ids_have_the_text_of_what_replaced_them() -> None:
    assert not said("GPL-2.0", GPL_2)
    assert not said("GPL-2.0+", GPL_2)


def test_a_notice_is_not_the_text() -> None:
    notice = APACHE[APACHE.index("   Licensed under the Apache License, Version 2.0") :]
    assert gravities("Apache-2.0", notice)[0] == "unread"


# -- real files ------------------------------------------------------------------------------------


def installed(id: str) -> list[str]:
    """Read the only license file of each package beside the tests that declares this license."""
    found = []
    for each in distributions():
        files = [f for f in each.files or () if re.match("(?i)licen[sc]e", f.name)]
        if each.metadata["License-Expression"] == id and len(files) == 1:
            path = Path(str(each.locate_file(files[0])))
            found.append(path.read_text(encoding="utf-8", errors="replace"))
    return found


@pytest.mark.parametrize("id", ["MIT", "BSD-3-Clause"])
def test_the_texts_of_installed_packages_are_recognised(id: str) -> None:
    texts = installed(id)
    assert texts
    silent = [not said(id, each) for each in texts]
    assert sum(silent) >= 0.7 * len(silent)  # the others hold more than the license, or a notice
    for text in texts:
        if identify(Text.of(text), id).degree == SAME:
            assert id in identify(Text.of(text), "").ids


# -- licenses of AI releases -----------------------------------------------------------------------

LLAMA_3 = """\
META LLAMA 3 COMMUNITY LICENSE AGREEMENT
Meta Llama 3 Version Release Date: April 18, 2024

{quotes}
"""


def rows() -> dict[str, dict[str, object]]:
    path = ROOT / "aimanifest" / "data" / "ai-licenses.json"
    found: dict[str, dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))["licenses"]
    return found


def llama_3() -> str:
    terms = rows()["LicenseRef-Llama-3-Community"]["terms"]
    assert isinstance(terms, list)
    return LLAMA_3.format(quotes="\n\n".join(f"You {each['quote']}." for each in terms))


def test_a_text_that_is_not_known_here_is_told_by_title_and_sentences() -> None:
    found = identify(Text.of(llama_3()), "")
    assert found.degree == SENTENCES
    assert found.ids == ("LicenseRef-Llama-3-Community",)
    (own,) = said("LicenseRef-Llama-3-Community", llama_3())
    assert own.gravity == "doubtful"
    assert "its title and" in own.message
    assert "not compared" in own.message
    (listed,) = said("Apache-2.0", llama_3())
    assert listed.gravity == "wrong"


def test_a_title_alone_tells_nothing() -> None:
    text = LLAMA_3.format(quotes="Whatever else is written here is not in that license.")
    assert identify(Text.of(text), "").degree == UNKNOWN


def test_the_id_of_a_listed_license_is_proposed_for_an_own_one() -> None:
    (only,) = said("LicenseRef-Example", MIT)
    assert (only.gravity, only.fix) == ("doubtful", "license: MIT")


def test_an_own_id_may_have_a_changed_text_and_reading_help() -> None:
    remarks = said("LicenseRef-Example", with_policy_inside(APACHE))
    assert [each.gravity for each in remarks] == ["doubtful", "unread"]
    assert "Apache-2.0" in remarks[0].message
    assert "acceptable-use-policy" in remarks[1].message


def test_an_id_that_is_known_here_may_not_have_the_text_of_another() -> None:
    assert gravities("LicenseRef-Llama-3.1-Community", APACHE) == ["wrong"]


# -- reading help ----------------------------------------------------------------------------------

SAMPLES = {
    "mau-threshold": "more than 700 million monthly active users",
    "revenue-threshold": "whose annual revenue is above one million dollars",
    "non-commercial": "for non-commercial purposes",
    "research-only": "solely for academic research",
    "non-production": "for non-production use",
    "field-of-use": "You may not use the model for",
    "acceptable-use-policy": "our Acceptable Use Policy",
    "output-use": "use the outputs of the model to train",
    "territory": "not granted to companies in the European Union",
    "registration": "you must first register with us",
    "unilateral-change": "We may change this license",
    "revocable": "a revocable license",
    "remote-restriction": "restrict usage remotely",
    "flow-down": "as an enforceable provision",
    "guardrail-lock": "bypass any guardrail",
    "no-derivatives": "You may not modify it",
    "no-redistribution": "You shall not distribute it",
    "attribution-badge": "display \u201cBuilt with Example\u201d",
}


def test_every_kind_of_phrase_is_a_word_of_the_vocabulary_and_has_a_sample() -> None:
    assert phrases.KINDS == SAMPLES.keys() <= RESTRICTIONS.keys()


@pytest.mark.parametrize("word", SAMPLES)
def test_phrases_are_found_with_their_line(word: str) -> None:
    found = phrases.find(["A first line.", f"And {SAMPLES[word]}, it says."])
    assert (word, 2) in {(each.restricts, each.line) for each in found}


def test_phrases_are_found_over_line_ends() -> None:
    (only,) = phrases.find(["above seven million active", "users a license is needed"])
    assert (only.line, only.quote) == (1, "active users")


@pytest.mark.parametrize("id", ["MIT", "ISC", "CC0-1.0"])
def test_no_phrase_is_found_in_texts_that_restrict_nothing(id: str) -> None:
    assert not phrases.find(TEXTS[id].splitlines())


def test_reading_help_calls_itself_that_and_gives_file_and_line() -> None:
    text = "Example License\n\nFor non-commercial use.\nIt may be changed at any time.\n"
    (only,) = said("LicenseRef-Example", text)
    assert only.gravity == "unread"
    assert only.message.startswith("reading help, and no verdict:")
    assert "LICENSE:3 \u201cnon-commercial\u201d (non-commercial)" in only.message
    assert "LICENSE:4 \u201cchanged at any time\u201d (unilateral-change)" in only.message


# -- bounds ----------------------------------------------------------------------------------------

HOSTILE = {
    "one word": "the " * 200_000,
    "a beginning, repeated": APACHE[:400] * 2_000,
    "copies": MIT * 800,
    "an opening, repeated": "you may not " * 80_000,
    "signs": "not " + "." * 900_000,
    "no words": "\n" * 1_000_000,
    "one long word": "a" * 1_000_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_take_seconds(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "LICENSE"
    path.write_text(HOSTILE[kind][:LIMIT_TEXT], encoding="utf-8")
    code = (
        "import sys; from aimanifest.licenses.texts import examine; "
        "list(examine('MIT', 'LICENSE', open(sys.argv[1]).read()))"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True, timeout=60, cwd=ROOT)


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_no_text_makes_it_raise(text: str) -> None:
    said("LicenseRef-Example", text)


@given(st.lists(st.integers(0, 5), max_size=40), st.data())
def test_outside_the_gaps_two_sequences_are_equal(left: list[int], data: st.DataObject) -> None:
    right = list(left)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(right)))
        right[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.lists(st.integers(0, 7), max_size=4)
        )
    at_left = at_right = 0
    end = alignment.Gap(len(left), len(left), len(right), len(right))
    for gap in (*alignment.gaps(left, right, alignment.runs(left)), end):
        assert at_left <= gap.left
        assert left[at_left : gap.left] == right[at_right : gap.right]
        at_left, at_right = gap.left_end, gap.right_end


def test_words_that_could_change_a_duty_are_written_as_they_are_read() -> None:
    for word in WEIGHTY:
        assert read(word).words == [word]
    assert OPERATIVE < WEIGHTY


# -- files -----------------------------------------------------------------------------------------


def manifest(path: str) -> str:
    return (
        'aimanifest: "1.0"\nrelease: {name: Plover 1B, publisher: {name: Example Lab}}\n'
        f"licenses: {{MIT: {{file: {path}}}}}\ncomponents: {{weights: {{license: MIT}}}}\n"
    )


def findings_of(folder: Path, path: str = "LICENSE") -> list[Finding]:
    own = folder / "ai-manifest.yaml"
    own.write_text(manifest(path), encoding="utf-8")
    report = validate_file(own, require=())
    return [each for each in report.findings if each.pointer == "/licenses/MIT/file"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_texts_are_read_in_the_encodings_they_come_in(tmp_path: Path, encoding: str) -> None:
    text = another_holder(MIT)
    (tmp_path / "LICENSE").write_bytes(text.encode(encoding))
    assert not findings_of(tmp_path)


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (only,) = findings_of(tmp_path)
    assert only.rule == "core/license-files"
    assert "there is no such file" in only.message


def test_no_link_leads_out_of_the_release(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(MIT, encoding="utf-8")
    release = tmp_path / "release"
    release.mkdir()
    (release / "LICENSE").symlink_to(tmp_path / "secret")
    (only,) = findings_of(release)
    assert "outside the folder of the release" in only.message
    (release / "LICENSE").unlink()
    (release / "MIT.txt").write_text(MIT, encoding="utf-8")
    (release / "LICENSE").symlink_to("MIT.txt")
    assert not findings_of(release)


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "LICENSE")
    (only,) = findings_of(tmp_path)
    assert "no ordinary file" in only.message


def test_a_file_that_is_too_long_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text(MIT + " " * LIMIT_TEXT, encoding="utf-8")
    (only,) = findings_of(tmp_path)
    assert only.outcome is None
    assert "longer than 1 MiB" in only.message


def test_a_file_that_is_no_text_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_bytes(b"%PDF-1.7\0")
    (only,) = findings_of(tmp_path)
    assert only.outcome is None
    assert "not plain text" in only.message


def test_without_a_folder_nothing_is_compared_and_that_is_said() -> None:
    source = manifest("LICENSE").encode()
    for report in (
        validate(source, require=()),
        validate(source, require=(), folder=LocalFolder("")),
    ):
        (only,) = report.findings
        assert only.outcome is None
        assert "was not compared" in only.message


def test_a_base_has_its_texts_beside_its_own_manifest(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (base / "ai-manifest.yaml").write_text(manifest("LICENSE"), encoding="utf-8")
    own = manifest("LICENSE").replace(
        "weights: {license: MIT}",
        "weights: {license: MIT, derived_from: {old: fine-tune}}, "
        "old: {kind: weights, manifest: base/ai-manifest.yaml}",
    )
    (tmp_path / "ai-manifest.yaml").write_text(own, encoding="utf-8")
    (tmp_path / "LICENSE").write_text(MIT, encoding="utf-8")

    def faults() -> list[str]:
        report = validate_file(tmp_path / "ai-manifest.yaml")
        return [each.message for each in report.findings if "its manifest has" in each.message]

    assert faults()
    (base / "LICENSE").write_text(MIT, encoding="utf-8")
    assert not faults()


def test_a_folder_that_is_asked_for_nothing_reads_nothing(tmp_path: Path) -> None:
    asked = []

    class Watched(LocalFolder):
        def text(self, path: str) -> FileText:
            asked.append(path)
            return super().text(path)

    source = manifest("LICENSE").replace("file: LICENSE", "url: https://example.org/license")
    validate(source.encode(), require=(), folder=Watched(str(tmp_path), own="-"))
    assert not asked


@pytest.mark.parametrize(("named", "loaded"), [("url: https://example.org/l", 0), ("file: L", 1)])
def test_what_compares_is_loaded_only_where_a_file_is_named(
    tmp_path: Path, named: str, loaded: int
) -> None:
    own = tmp_path / "ai-manifest.yaml"
    own.write_text(manifest("L").replace("file: L", named), encoding="utf-8")
    code = (
        "import sys; from aimanifest.validation import validate_file; validate_file(sys.argv[1]); "
        "print(sum(f'aimanifest.licenses.{each}' in sys.modules for each in "
        "'texts identification comparison fingerprints alignment words phrases'.split()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, own], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert (int(done.stdout) > 0) == loaded
