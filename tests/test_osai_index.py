"""The European Open Source AI Index: its parameters, its mean, and manifests out of its entries.

Real entries are not part of this project: to run the tests on them, let AIMANIFEST_CORPORA name a
folder that holds `osai-index`, with entries and an `expected.json`.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from index_agreement import WORDS, Comparison, beyond, compare, key_of, levels, table

from aimanifest import converters
from aimanifest.converters import Conversion, Loss
from aimanifest.converters.osai_index import EXTENSION, LIMIT_LINKS, NO_ENTRY, TEMPLATE
from aimanifest.converters.osai_index import PARAMETERS as CONVERTED
from aimanifest.converters.source import COMMENT
from aimanifest.converters.writing import written
from aimanifest.document.comments import plain
from aimanifest.document.foreign import Unreadable, read_foreign
from aimanifest.findings import Outcome
from aimanifest.frameworks import osai_index
from aimanifest.frameworks.osai_index import CLASSES, PARAMETERS
from aimanifest.rules import RATED, Assessment, Figure
from aimanifest.validation import validate

CORPUS = Path(os.environ.get("AIMANIFEST_CORPORA", "no such folder")) / "osai-index"
needs_entries = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs entries of the index")

COMPUTE = "# - Base model training compute: 1e24 FLOP"
ENTRY = """\
# Training compute:
# - Base model training compute: 1e24 FLOP
system:
    name: Plover
    link: [https://plover.example.org, https://models.example.org/plover]
    type: text
    performanceclass: full
    basemodelname: Heron-7B
    endmodelname: Plover-7B-Chat
    endmodellicense: Apache 2.0
    releasedate: 2025-07
    notes: A small model.

org:
    name: Example Lab
    link: https://lab.example.org
    notes: A laboratory.

datasources_basemodel:
    class: partial
    link: ["https://huggingface.co/datasets/example/heron-pages", "https://example.org/paper"]
    notes: Some of it.

datasources_endmodel:
    class: closed
    link:
    notes: Nothing found.

weights_basemodel:
    class: partial
    link: https://models.example.org/heron-7b
    notes: Gated model on a hub.

weights_endmodel:
    class: open
    link: https://models.example.org/plover-7b-chat
    notes:

trainingcode:
    class: partial
    link: https://code.example.org/plover
    notes: Tuning only.

code:
    class: open
    link: https://code.example.org/plover
    notes: Well documented.

hardware_architecture:
    class: partial
    link: https://papers.example.org/plover
    notes: The number of machines.

preprint:
    class: open
    link: https://papers.example.org/plover
    notes:

paper:
    class: closed
    link: https://example.org/workshop
    notes: Under review.

modelcard:
    class: open
    link: https://models.example.org/plover-7b-chat
    notes: All there.

datasheet:
    class:
    link:
    notes:

licenses:
    class: partial
    link: https://models.example.org/plover-7b-chat
    notes: "Weights: Apache-2.0. Code: MIT. Data: unclear."
"""
SCORE = (0.5 + 0 + 0.5 + 1 + 0.5 + 1 + 0.5 + 1 + 0 + 1 + 0 + 0.5) / 12


def converted(entry: str | bytes = ENTRY) -> Conversion:
    source = entry.encode() if isinstance(entry, str) else entry
    return converters.load("osai-index")(source, path="plover.yaml")


def rated(manifest: str) -> Assessment:
    """Measure a manifest, which has to be right."""
    report = validate(manifest.encode(), require=["osai-index"])
    core, *others = report.assessments
    assert not report.problems
    assert not [each for each in core.findings if each.outcome]
    return next(each for each in others if each.framework.id == "osai-index")


def manifest_of(components: str, more: str = "") -> str:
    lines = "".join(f"  {line}\n" for line in components.splitlines())
    return (
        'aimanifest: "1.0"\nrelease: {name: Plover, publisher: {name: Example Lab}}\n'
        f"components:\n{lines}{more}"
    )


def figure(assessment: Assessment, name: str) -> Figure:
    return next(each for each in assessment.figures if each.name == name)


def found(assessment: Assessment, parameter: str) -> tuple[Outcome, list[tuple[str, str]]]:
    """Give the outcome for a parameter, with pointer and message of what was found."""
    answer = next(each for each in assessment.answers if key_of(each.rule.id) == parameter)
    return answer.outcome, [(each.pointer, each.message) for each in answer.findings]


def texts(value: Any) -> list[str]:
    """Give every text in some data that is not empty, bare of the spaces around it."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [" ".join(value.split())] if isinstance(value, str) and value.strip() else []


class TestTheFramework:
    def test_has_the_twelve_parameters_of_the_index_in_its_order(self) -> None:
        rules = osai_index.framework.rules
        assert tuple(key_of(each.id) for each in rules) == PARAMETERS == CONVERTED

    def test_draws_no_line_to_pass(self) -> None:
        assert osai_index.framework.levels == ()
        assert {each.level for each in osai_index.framework.rules} == {None}
        complete = rated(manifest_of("weights: {license: MIT, path: w.bin}"))
        assert complete.verdict() is RATED

    def test_reckons_the_mean_with_the_undetermined_as_nothing(self) -> None:
        components = (
            "weights: {license: MIT, location: https://example.org/w, availability: gated}\n"
            "model-card: {path: README.md}\n"
            "technical-report: {path: report.pdf, includes: [training, data-card]}"
        )
        score = figure(rated(manifest_of(components)), "score")
        # weights in part, twice, and a preprint; hardware, card and data sheet are left to people
        assert (score.value, score.least, score.most) == (2 / 12, 2 / 12, 5 / 12)

    def test_says_how_much_is_left_to_people(self) -> None:
        assessment = rated(manifest_of("weights: {path: w.bin}\nmodel-card: {path: README.md}"))
        left = figure(assessment, "undetermined")
        assert (left.value, left.unit) == (2, "of 12")

    def test_counts_what_rests_on_grades_and_says_nothing_where_none_does(self) -> None:
        grades = (
            f"extensions: {{{EXTENSION}: {{paper: {{class: open}}, code: {{class: closed}}}}}}\n"
        )
        weights = "weights: {path: w.bin}"
        assert figure(rated(manifest_of(weights, grades)), "graded by the index").value == 2
        names = [each.name for each in rated(manifest_of(weights)).figures]
        assert names == ["score", "undetermined"]

    @pytest.mark.parametrize(
        ("components", "parameter", "pointer"),
        [
            ("weights: {path: w.bin}", "datasources_endmodel", "/components/weights/trained_on"),
            ("weights: {omitted: withheld}", "weights_endmodel", "/components/weights/omitted"),
            ("weights: {path: w.bin}", "trainingcode", "/components/training-code"),
            ("weights: {path: w.bin}", "code", "/components/documentation"),
            ("weights: {path: w.bin}", "hardware_architecture", "/components/documentation"),
            ("weights: {path: w.bin}", "modelcard", "/components/model-card"),
            ("weights: {path: w.bin}\nmodel-card: {path: README.md}", "modelcard",
             "/components/model-card/includes"),
            ("weights: {license: NONE, path: w.bin}", "licenses", "/components/weights/license"),
        ],
    )  # fmt: skip
    def test_points_at_what_would_have_to_change(
        self, components: str, parameter: str, pointer: str
    ) -> None:
        assessment = rated(manifest_of(components))
        answer = next(each for each in assessment.answers if key_of(each.rule.id) == parameter)
        pointers = [each.pointer for each in answer.findings]
        assert any(each.startswith(pointer) for each in (*pointers, *answer.repeats))

    def test_one_fault_of_a_model_that_is_base_and_end_is_found_once(self) -> None:
        assessment = rated(manifest_of("weights: {path: w.bin, availability: gated}"))
        assert found(assessment, "weights_basemodel")[1] != []
        assert found(assessment, "weights_endmodel") == (Outcome.PARTIAL, [])

    def test_shows_where_the_answer_is(self) -> None:
        source = manifest_of(
            "weights: {location: https://example.org/w, trained_on: [pages]}\n"
            "pages: {kind: training-data, location: https://example.org/d, data: {access: open}}",
            f"extensions: {{{EXTENSION}: {{paper: {{class: open}}}}}}\n",
        )
        report = validate(source.encode(), require=["osai-index"])
        assert report.manifest
        subject = osai_index.framework.subject_of(report.manifest)
        shown = {
            key_of(rule.id): [each.pointer for each in rule.shows(subject)]
            for rule in osai_index.framework.rules
            if rule.shows
        }
        assert shown["weights_endmodel"] == ["/components/weights/location"]
        assert shown["datasources_endmodel"] == ["/components/pages/location"]
        assert shown["paper"] == [f"/extensions/{EXTENSION}/paper"]
        assert shown["preprint"] == []


class TestGrades:
    @pytest.mark.parametrize("word", CLASSES)
    def test_count_where_facts_do_not_decide_and_are_called_what_they_are(self, word: str) -> None:
        grade = f"extensions: {{{EXTENSION}: {{paper: {{class: {word}, notes: Seen.}}}}}}\n"
        assessment = rated(manifest_of("weights: {path: w.bin}", grade))
        outcome, remarks = found(assessment, "paper")
        assert WORDS[outcome] == word
        pointer = f"/extensions/{EXTENSION}/paper"
        assert remarks == [(pointer, f'{word} by the index\'s own grade, not ours ("Seen.")')]

    def test_may_be_called_as_the_rules_are(self) -> None:
        grade = f"extensions: {{{EXTENSION}: {{hardware-architecture: {{class: open}}}}}}\n"
        assessment = rated(manifest_of("weights: {path: w.bin}", grade))
        assert found(assessment, "hardware_architecture")[0] is Outcome.MET
        assert figure(assessment, "graded by the index").value == 1

    def test_do_not_count_where_facts_decide(self) -> None:
        grade = f"extensions: {{{EXTENSION}: {{weights_endmodel: {{class: closed}}}}}}\n"
        assessment = rated(manifest_of("weights: {path: w.bin}", grade))
        outcome, remarks = found(assessment, "weights_endmodel")
        assert outcome is Outcome.MET
        assert [message for _, message in remarks] == [
            "the index itself says `closed`; what is declared here comes to open, and that counts"
        ]

    @pytest.mark.parametrize("grade", ["{class: Open}", "open", "{notes: None.}", "[open]"])
    def test_are_no_grades_in_words_that_the_index_does_not_know(self, grade: str) -> None:
        more = f"extensions: {{{EXTENSION}: {{paper: {grade}}}}}\n"
        outcome, remarks = found(rated(manifest_of("weights: {path: w.bin}", more)), "paper")
        assert outcome is Outcome.UNSTATED
        assert "this is no grade of the index" in remarks[0][1]

    @pytest.mark.parametrize("extension", ["nothing", "[a]", "{other: {class: open}}"])
    def test_are_not_looked_for_in_anything_else(self, extension: str) -> None:
        more = f"extensions: {{{EXTENSION}: {extension}}}\n"
        assert figure(rated(manifest_of("weights: {path: w.bin}", more)), "score").value == 2 / 12


class TestAnEntry:
    def test_gives_its_score_and_each_of_its_classes(self) -> None:
        assessment = rated(written(converted()))
        assert figure(assessment, "score").value == SCORE
        assert levels(assessment) | {"datasheet": ""} == {
            "datasources_basemodel": "partial",
            "datasources_endmodel": "closed",
            "weights_basemodel": "partial",
            "weights_endmodel": "open",
            "trainingcode": "partial",
            "code": "open",
            "hardware_architecture": "partial",
            "preprint": "open",
            "paper": "closed",
            "modelcard": "open",
            "datasheet": "",
            "licenses": "partial",
        }

    def test_keeps_its_grades_word_for_word(self) -> None:
        kept = converted().manifest["extensions"][EXTENSION]
        assert kept["datasources_basemodel"] == {
            "class": "partial",
            "link": [
                "https://huggingface.co/datasets/example/heron-pages",
                "https://example.org/paper",
            ],
            "notes": "Some of it.",
        }
        assert kept["datasources_endmodel"] == {"class": "closed", "notes": "Nothing found."}
        assert "datasheet" not in kept

    def test_says_what_it_says_of_the_release(self) -> None:
        assert converted().manifest["release"] == {
            "name": "Plover",
            "publisher": {"name": "Example Lab", "url": "https://lab.example.org"},
            "homepage": "https://plover.example.org",
            "date": "2025-07",
            "description": "A small model.",
            "modalities": {"output": ["text"]},
        }

    def test_keeps_what_has_no_place_beside_its_grades(self) -> None:
        kept = converted().manifest["extensions"][EXTENSION]
        assert kept["system"] == {
            "link": ["https://models.example.org/plover"],
            "performanceclass": "full",
        }
        assert kept["org"] == {"notes": "A laboratory."}

    def test_names_whose_work_it_is(self) -> None:
        metadata = converted().manifest["metadata"]
        assert metadata["license"] == "CC-BY-4.0"
        assert metadata["author"]["url"] == "https://osai-index.eu"
        assert "Liesenfeld and Dingemanse (2024)" in metadata["context"]

    def test_describes_base_and_end(self) -> None:
        components = converted().manifest["components"]
        assert components["weights"] == {
            "name": "Plover-7B-Chat",
            "license": "Apache-2.0",
            "location": "https://models.example.org/plover-7b-chat",
            "derived_from": {"base-model": "fine-tune"},
        }
        assert components["base-model"] == {
            "kind": "weights",
            "name": "Heron-7B",
            "location": "https://models.example.org/heron-7b",
            "availability": "gated",
        }

    def test_lists_documents_once_with_what_they_treat(self) -> None:
        components = converted().manifest["components"]
        assert components["technical-report"] == {
            "location": "https://papers.example.org/plover",
            "includes": ["hardware"],
        }
        assert components["code-documentation"] == {
            "kind": "documentation",
            "location": "https://code.example.org/plover",
            "includes": ["code"],
        }
        assert "research-paper" not in components

    def test_lists_the_pages_of_datasets_and_never_says_what_was_trained_on_them(self) -> None:
        components = converted().manifest["components"]
        assert components["heron-pages"] == {
            "kind": "training-data",
            "name": "example/heron-pages",
            "location": "https://huggingface.co/datasets/example/heron-pages",
        }
        assert not [each for each in components.values() if {"trained_on", "produced_by"} & {*each}]

    def test_marks_what_it_does_not_say_in_so_many_words(self) -> None:
        guessed = {each.pointer for each in converted().guesses}
        assert guessed >= {
            "/components/weights/location",
            "/components/weights/license",
            "/components/weights/derived_from/base-model",
            "/components/base-model/availability",
            "/components/training-code/extent",
            "/components/heron-pages",
            "/components/technical-report",
            "/release/modalities",
        }

    def test_does_not_take_comments_for_data_and_tells_them(self) -> None:
        conversion = converted()
        assert "training_compute" not in written(conversion)
        assert conversion.losses == (Loss("", 2, COMPUTE, COMMENT),)

    def test_drops_nothing(self) -> None:
        conversion = converted()
        here = texts(conversion.manifest)
        for text in texts(read_foreign(ENTRY.encode()).document.data):
            assert text in here or text == "Apache 2.0"
        assert [each.text for each in conversion.losses] == [COMPUTE]


PARTIAL_BASE = "class: partial\n    link: https://models.example.org/heron-7b\n"
OPEN_END = "class: open\n    link: https://models.example.org/plover-7b-chat\n    notes:\n"


def entry_with(old: str, new: str) -> str:
    assert old in ENTRY
    return ENTRY.replace(old, new)


class TestOddEntries:
    def test_base_and_end_of_one_name_are_one_model(self) -> None:
        entry = entry_with("basemodelname: Heron-7B", "basemodelname: plover-7B-chat")
        entry = entry.replace(PARTIAL_BASE, PARTIAL_BASE.replace("partial", "open"))
        assert "base-model" not in converted(entry).manifest["components"]

    def test_a_base_without_a_name_is_one_if_its_weights_are_graded_apart(self) -> None:
        entry = entry_with("basemodelname: Heron-7B", "basemodelname: unknown")
        conversion = converted(entry)
        assert "name" not in conversion.manifest["components"]["base-model"]
        assert "/components/base-model" in {each.pointer for each in conversion.guesses}
        assert figure(rated(written(conversion)), "score").value == SCORE

    def test_closed_weights_with_an_address_get_no_place(self) -> None:
        entry = entry_with(OPEN_END, OPEN_END.replace("open", "closed"))
        assert "location" not in converted(entry).manifest["components"]["weights"]
        assert figure(rated(written(converted(entry))), "score").value == SCORE - 1 / 12

    @pytest.mark.parametrize(
        ("notes", "availability", "extent"),
        [
            ("Gated model on a hub.", "gated", None),
            ("Behind a consent form.", "gated", None),
            ("Only after requesting access; requires signing a form.", "on-request", None),
            ("A difference to other weights.", None, "partial"),
            ("A design of its own, and unsigned.", None, "partial"),
            ("", None, "partial"),
        ],
    )
    def test_partial_weights_are_behind_a_gate_if_the_notes_say_so_and_else_in_part(
        self, notes: str, availability: str | None, extent: str | None
    ) -> None:
        conversion = converted(entry_with("Gated model on a hub.", notes))
        base = conversion.manifest["components"]["base-model"]
        assert (base.get("availability"), base.get("extent")) == (availability, extent)
        assert figure(rated(written(conversion)), "score").value == SCORE

    @pytest.mark.parametrize(
        ("stated", "license", "notes"),
        [
            ("MIT License", "MIT", None),
            ("Llama 2 Community License Agreement", "LicenseRef-Llama-2-Community", None),
            ("Heron License", None, 'The index calls its license "Heron License".'),
            ("GNU General Public License v3.0", None,
             'The index calls its license "GNU General Public License v3.0".'),
            ("Unknown", None, None),
        ],
    )  # fmt: skip
    def test_a_license_is_stated_only_if_it_is_known_which(
        self, stated: str, license: str | None, notes: str | None
    ) -> None:
        entry = entry_with("endmodellicense: Apache 2.0", f"endmodellicense: {stated}")
        weights = converted(entry).manifest["components"]["weights"]
        assert (weights.get("license"), weights.get("notes")) == (license, notes)
        rated(written(converted(entry)))

    @pytest.mark.parametrize(
        ("kind", "output"),
        [("text,code", ["text", "code"]), ("image", ["image"]), ("audio", None), ("robot", None)],
    )
    def test_a_type_is_what_comes_out_where_that_is_sure(
        self, kind: str, output: list[str] | None
    ) -> None:
        manifest = converted(entry_with("type: text", f"type: {kind}")).manifest
        assert manifest["release"].get("modalities", {}).get("output") == output
        kept = manifest["extensions"][EXTENSION]["system"].get("type")
        assert kept == (None if output else kind)

    def test_many_addresses_make_some_components_and_are_all_kept(self) -> None:
        links = [f"https://papers.example.org/{index}" for index in range(LIMIT_LINKS + 5)]
        entry = entry_with(
            "preprint:\n    class: open\n    link: https://papers.example.org/plover",
            f"preprint:\n    class: open\n    link: [{', '.join(links)}]",
        )
        manifest = converted(entry).manifest
        reports = [each for each in manifest["components"] if each.startswith("technical-report")]
        assert len(reports) == LIMIT_LINKS
        assert manifest["extensions"][EXTENSION]["preprint"]["link"] == links

    def test_unknown_keys_are_kept(self) -> None:
        kept = converted(f"{ENTRY}\npackage: {{class: open, more: [a, {{b: c}}]}}\n").manifest
        assert kept["extensions"][EXTENSION]["package"] == {
            "class": "open",
            "more": ["a", {"b": "c"}],
        }

    def test_what_is_nested_beyond_reason_is_told_as_lost(self) -> None:
        conversion = converted(f"{ENTRY}\nmore: {'[' * 30}deep{']' * 30}\n")
        assert [each.text for each in conversion.losses] == [COMPUTE, "deep"]
        rated(written(conversion))

    def test_a_repeated_key_counts_once_and_is_told_as_lost(self) -> None:
        conversion = converted(f"{ENTRY}\npaper: {{class: open}}\n")
        assert [each.pointer for each in conversion.losses] == ["", "/paper/class"]
        assert figure(rated(written(conversion)), "score").value == SCORE

    def test_an_entry_that_says_nothing_gives_a_right_manifest(self) -> None:
        conversion = converted("system: {name: }\nweights_endmodel: {class: }\npaper: open\n")
        assert figure(rated(written(conversion)), "score").value == 0

    @pytest.mark.parametrize("entry", ["a: b\n", "release: {name: Plover}\n", "system:\n"])
    def test_a_file_of_another_kind_is_refused(self, entry: str) -> None:
        with pytest.raises(Unreadable, match="no entry of the European") as refused:
            converted(entry)
        assert str(refused.value) == NO_ENTRY

    @pytest.mark.parametrize(
        "source",
        [
            b"",
            b"\xff\xfe",
            b"system: [",
            b"- a\n",
            b"system: {name: *a}\n",
            b"\x00",
            b"a: b\n---\nc",
        ],
    )
    def test_a_broken_file_is_refused(self, source: bytes) -> None:
        with pytest.raises(Unreadable):
            converted(source)

    def test_no_truncation_and_no_flipped_byte_gives_a_wrong_manifest(self) -> None:
        chance = random.Random(7)  # noqa: S311  the same bytes each time
        source = ENTRY.encode()
        for _ in range(150):
            broken = bytearray(
                source[: chance.randrange(len(source))] if chance.random() < 0.5 else source
            )
            for _ in range(chance.randrange(3)):
                if broken:
                    broken[chance.randrange(len(broken))] = chance.randrange(256)
            try:
                conversion = converted(bytes(broken))
            except Unreadable:
                continue
            rated(written(conversion))


@pytest.fixture(scope="module")
def comparisons() -> list[Comparison]:
    return list(compare(CORPUS))


@needs_entries
class TestRealEntries:
    def test_give_exactly_the_score_and_the_classes_of_the_index(
        self, comparisons: list[Comparison]
    ) -> None:
        assert len(comparisons) > 90
        assert [each.path.name for each in comparisons if not each.same] == []

    def test_make_right_manifests(self, comparisons: list[Comparison]) -> None:
        for each in comparisons:
            core = each.report.assessments[0]
            assert not each.report.problems, each.path.name
            assert not [one for one in core.findings if one.outcome], each.path.name

    def test_lose_nothing(self, comparisons: list[Comparison]) -> None:
        for each in comparisons:
            conversion = converted(each.path.read_bytes())
            here = set(texts(conversion.manifest))
            here.update(text for guess in conversion.guesses for text in texts(guess.taken))
            here.update(text for loss in conversion.losses for text in texts(loss.text))
            noted = conversion.manifest["components"]["weights"].get("notes", "")
            data = read_foreign(each.path.read_bytes()).document.data
            types = (data["system"].get("type") or "").strip()
            base = (data["system"].get("basemodelname") or "").strip()
            missing = [text for text in texts(data) if text not in here and text not in noted]
            assert {*missing} <= {types, base}, each.path.name
            source = each.path.read_text(encoding="utf-8")
            told = {line for loss in conversion.losses for line in loss.text.splitlines()}
            comments = (line.strip() for line in re.findall("^ *#.*", source, re.MULTILINE))
            words = {plain(line) for line in comments if line not in told}
            assert words <= TEMPLATE | {""}, each.path.name

    def test_contradict_their_facts_in_no_parameter_that_these_decide(
        self, comparisons: list[Comparison]
    ) -> None:
        assert not [
            (each.path.name, message)
            for each in comparisons
            for _, message in beyond(each)
            if message.endswith("and that counts")
        ]

    def test_make_a_table(self, comparisons: list[Comparison]) -> None:
        first, _, *rows = table(comparisons)
        assert first.startswith(f"{len(comparisons)} of {len(comparisons)} entries")
        assert [each.split()[0] for each in rows[: len(PARAMETERS)]] == [*PARAMETERS]
