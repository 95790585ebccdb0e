"""What is asked of terms that may flow down: along which paths, of what clauses, and when not."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent, indent

import pytest
from click.testing import CliRunner

from aimanifest import cli, frameworks, validate, validate_file
from aimanifest.cli.console import USAGE
from aimanifest.data import flowing, restricted, spdx
from aimanifest.findings import Finding
from aimanifest.frameworks import license_flow
from aimanifest.licenses import RESTRICTIONS
from aimanifest.licenses.facts import ai_rows, terms_of_listed
from aimanifest.licenses.flowing import (
    DERIVED,
    PRODUCED,
    TRAINED,
    answered,
    clashes,
    is_light,
    is_open,
    reaching,
)
from aimanifest.renderers import Screen, load
from aimanifest.report import Report, Target
from aimanifest.rules import NO_QUESTIONS, QUESTIONS
from aimanifest.terminal import LIMIT_MESSAGE, quoted

ROOT = Path(__file__).parent.parent
LLAMA = "LicenseRef-Llama-3.1-Community"
LLAMA_2 = "LicenseRef-Llama-2-Community"
RAIL = "LicenseRef-CreativeML-OpenRAIL-M"
GEMMA = "LicenseRef-Gemma-Terms"
UNKNOWN = "LicenseRef-nobody-knows-it"


def report(components: str, *, release: str = "", publisher: str = "Example Lab") -> Report:
    """Validate a manifest with these components; every license text is named that it needs."""
    named = sorted(each for each in (*ai_rows(), UNKNOWN) if each in components)
    texts = "".join(f"  {each}: {{url: 'https://lab.example.org/text'}}\n" for each in named)
    source = (
        'aimanifest: "1.0"\n'
        f"release: {{name: Tern, publisher: {{name: {publisher}}}{release}}}\n"
        f"{'licenses:' if texts else ''}\n{texts}"
        f"components:\n{indent(dedent(components).strip(), '  ')}\n"
    )
    made = validate(source.encode(), require=())
    assert not made.problems
    return made


def asked(components: str, *, release: str = "") -> list[Finding]:
    """Return what is asked of these components, in the order of the rules."""
    assessment = report(components, release=release).assessment("license-flow")
    assert assessment
    return list(assessment.findings)


def rules(findings: list[Finding]) -> list[str]:
    return [each.rule.removeprefix("license-flow/") for each in findings]


def base(license: str, *, weights: str = "Apache-2.0", more: str = "") -> str:
    """Describe weights that derive from others under `license`."""
    return f"""
        weights: {{license: {weights}, path: w/, derived_from: {{base: fine-tune}}{more}}}
        base: {{kind: weights, publisher: {{name: Others}}, license: {license}}}
    """


def data(license: str, *, weights: str = "Apache-2.0", more: str = "") -> str:
    """Describe weights that were trained on data under `license`."""
    return f"""
        weights: {{license: {weights}, path: w/, trained_on: [texts]{more}}}
        texts: {{kind: training-data, license: {license}}}
    """


# -- facts -----------------------------------------------------------------------------------------


def test_every_share_alike_clause_is_of_a_listed_license_and_whole() -> None:
    for id, (section, quote, meaning, answers) in flowing.SHARE_ALIKE.items():
        assert id in spdx.LICENSES
        assert id not in spdx.DEPRECATED
        assert bool(section) == bool(quote)
        assert meaning
        assert not meaning.endswith(".")
        assert len(quote) <= 260
        assert id.startswith(answers), "a license keeps its own clause"


def test_what_beginnings_stand_for_is_on_the_list() -> None:
    for *_, answers in flowing.SHARE_ALIKE.values():
        assert all(any(id.startswith(each) for id in spdx.LICENSES) for each in answers)


def test_the_clauses_on_output_are_of_licenses_that_are_known_by_their_text() -> None:
    for id, (word, section, quote, meaning) in flowing.ON_OUTPUT.items():
        assert ai_rows()[id]["known"] in ("primary", "copy")
        assert word in PRODUCED
        assert section
        assert quote
        assert not meaning.endswith(".")


def test_a_license_that_spares_results_demands_the_same_terms() -> None:
    assert flowing.SPARES_RESULTS.keys() <= flowing.SHARE_ALIKE.keys()


def test_the_words_of_each_way_are_words_of_the_vocabulary() -> None:
    assert {*DERIVED, *TRAINED, *PRODUCED} <= RESTRICTIONS.keys()
    assert set(TRAINED) == license_flow.TOPICS.keys()
    assert set(PRODUCED) == license_flow.ON_OUTPUT.keys()


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("CC-BY-NC-4.0", {("non-commercial", "2(a)(1)", "for NonCommercial purposes only")}),
        ("CC-BY-NC-3.0-DE", {("non-commercial", "", "")}),
        (
            "CC-BY-ND-3.0",
            {("no-derivatives", "3", "otherwise you have no rights to make Adaptations")},
        ),
        ("CC-BY-ND-1.0", {("no-derivatives", "", "")}),
        ("CC-BY-SA-4.0", set()),
    ],
)
def test_creative_commons_is_quoted_by_version(id: str, words: set[tuple[str, ...]]) -> None:
    assert {each[:3] for each in terms_of_listed(id)} == words


def test_every_version_of_creative_commons_says_what_its_name_says() -> None:
    for id in spdx.LICENSES:
        if id.startswith("CC-BY-"):
            words = {each.restricts for each in terms_of_listed(id)}
            assert ("non-commercial" in words) == ("-NC-" in id)
            assert ("no-derivatives" in words) == ("-ND-" in id)
    read = {*restricted.NON_COMMERCIAL, *restricted.NO_DERIVATIVES}
    assert all(any(id.endswith(f"-{version}") for id in spdx.LICENSES) for version in read)


# -- expressions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "way", "words"),
    [
        ("MIT", DERIVED, []),
        (LLAMA, DERIVED, ["attribution-badge", "acceptable-use-policy", "mau-threshold"]),
        (RAIL, DERIVED, ["flow-down", "field-of-use"]),
        ("AGPL-3.0-only", DERIVED, ["share-alike"]),
        ("GPL-3.0", DERIVED, ["share-alike"]),
        ("CC-BY-NC-SA-4.0", DERIVED, ["non-commercial", "share-alike"]),
        (f"MIT AND {RAIL}", DERIVED, ["flow-down", "field-of-use"]),
        (f"MIT OR {RAIL}", DERIVED, []),
        (f"{UNKNOWN} OR {RAIL}", DERIVED, []),
        (f"{UNKNOWN} AND {RAIL}", DERIVED, ["flow-down", "field-of-use"]),
        (f"{LLAMA_2} OR {RAIL}", DERIVED, []),
        (f"{LLAMA} OR {LLAMA_2}", DERIVED, ["acceptable-use-policy", "mau-threshold"]),
        ("(CC-BY-SA-4.0 OR MIT) AND GPL-2.0-only", DERIVED, ["share-alike"]),
        ("GPL-2.0-only OR MPL-2.0", DERIVED, ["share-alike"]),
        ("CC-BY-SA-4.0 AND GPL-2.0-only", DERIVED, ["share-alike", "share-alike"]),
        ("GPL-2.0-only WITH Classpath-exception-2.0", DERIVED, []),
        (UNKNOWN, DERIVED, []),
        ("no license", DERIVED, []),
        ("CC-BY-4.0", TRAINED, []),
        ("CC-BY-SA-4.0", TRAINED, ["share-alike"]),
        ("CC-BY-NC-ND-4.0", TRAINED, ["no-derivatives", "non-commercial"]),
        ("CDLA-Sharing-1.0", DERIVED, ["share-alike"]),
        ("CDLA-Sharing-1.0", TRAINED, []),
        ("CDLA-Sharing-1.0 AND ODbL-1.0", TRAINED, ["share-alike"]),
        (LLAMA, TRAINED, []),
        (LLAMA, PRODUCED, ["attribution-badge"]),
        (LLAMA_2, PRODUCED, ["output-use"]),
        (GEMMA, PRODUCED, ["flow-down"]),
        ("LicenseRef-Kimi-K2-Modified-MIT", PRODUCED, []),
        ("CC-BY-NC-4.0", PRODUCED, []),
    ],
)
def test_what_reaches_further(text: str, way: tuple[str, ...], words: list[str]) -> None:
    assert [each.clause.restricts for each in reaching(text, way)] == words
    assert not words or not is_light(text)


def test_light_licenses_reach_nowhere() -> None:
    light = [id for id in spdx.LICENSES if is_light(id)]
    assert {"MIT", "Apache-2.0", "CC-BY-4.0", "CC0-1.0", "ODC-By-1.0"} <= set(light)
    for id in light:
        assert not any(reaching(id, way) for way in (DERIVED, TRAINED, PRODUCED))


@pytest.mark.parametrize(
    ("text", "kept_by", "kept"),
    [
        (LLAMA, LLAMA, True),
        (LLAMA, "LicenseRef-llama3.1", True),
        ("LicenseRef-scancode-llama-3.1-license-2024", LLAMA, True),
        (LLAMA, f"Apache-2.0 AND {LLAMA}", True),
        (LLAMA, f"Apache-2.0 OR {LLAMA}", False),
        (LLAMA, LLAMA_2, False),
        (LLAMA, "Apache-2.0", False),
        ("GPL-3.0-only", "AGPL-3.0-or-later", True),
        ("GPL-3.0-only", "MIT", False),
        ("CC-BY-SA-4.0", "GPL-3.0-only", True),
        ("CC-BY-SA-4.0", "GPL-2.0-only", False),
        ("CC-BY-SA-3.0", "CC-BY-SA-4.0", True),
        ("MPL-2.0", "GPL-2.0-or-later", True),
        ("GPL-2.0-only OR CC-BY-SA-4.0", "CC-BY-SA-4.0", True),
        ("MIT", "not an expression", False),
    ],
)
def test_under_what_a_clause_is_kept(text: str, kept_by: str, kept: bool) -> None:  # noqa: FBT001
    reaches = reaching(text, DERIVED)
    assert any(answered(kept_by, each.answers) for each in reaches) is kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apache-2.0", True),
        ("CC-BY-SA-4.0", True),
        ("CC0-1.0", True),
        ("GPL-3.0", True),
        ("OpenMDW-1.0", True),
        ("LicenseRef-OpenMDW-1.1", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", True),
        ("MIT WITH AdditionRef-x", False),
        ("CC-BY-NC-4.0", False),
        (LLAMA, False),
        (UNKNOWN, False),
        (f"MIT OR {UNKNOWN}", True),
        (f"MIT AND {UNKNOWN}", False),
        (f"MIT AND {LLAMA}", False),
        ("X11", False),
        ("not an expression", False),
    ],
)
def test_what_is_open(text: str, expected: bool) -> None:  # noqa: FBT001
    assert is_open(text) is expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("GPL-2.0-only AND Apache-2.0", 1),
        ("GPL-2.0-only AND Apache-2.0 AND GPL-3.0-only", 2),
        ("GPL-2.0-only AND (MIT OR Apache-2.0)", 0),
        ("(GPL-2.0-only OR MIT) AND Apache-2.0", 0),
        ("(GPL-2.0-only OR GPL-2.0-only AND MIT) AND Apache-2.0", 1),
        ("GPL-2.0-or-later AND Apache-2.0", 0),
        ("GPL-2.0-only WITH Classpath-exception-2.0 AND Apache-2.0", 0),
        ("no expression", 0),
    ],
)
def test_what_clashes(text: str, number: int) -> None:
    assert len(clashes(text)) == number


# -- bases -----------------------------------------------------------------------------------------


def test_llama_under_apache() -> None:
    (found,) = asked(base(LLAMA))
    assert found.rule == "license-flow/base-terms"
    assert found.outcome is None
    assert found.pointer == "/components/weights/license"
    assert found.message == (
        f"`weights` ← derived_from `base`, under `{LLAMA}`, 1(b)(i): “you shall also include "
        "“Llama” at the beginning of any such AI model name” (products must display “Built with "
        "Llama”, and models made with it or its output must be named “Llama …”). Its further "
        "terms: `acceptable-use-policy` (1(b)(iv)) and `mau-threshold` (2). Is there room for that "
        "in `Apache-2.0`, under which `weights` is offered? This is a question for counsel and not "
        "a conclusion."
    )
    assert [each.pointer for each in found.related] == ["/components/base/license"]


@pytest.mark.parametrize(
    ("license", "weights", "number"),
    [
        ("AGPL-3.0-only", "MIT", 1),
        ("AGPL-3.0-only", "AGPL-3.0-only", 0),
        ("CC-BY-NC-4.0", "MIT", 1),
        ("CC-BY-NC-4.0", "CC-BY-NC-4.0", 0),
        (f"MIT OR {RAIL}", "MIT", 0),
        (f"MIT AND {RAIL}", "MIT", 1),
        (RAIL, f"MIT AND {RAIL}", 0),
        (RAIL, f"MIT OR {RAIL}", 1),
        (RAIL, UNKNOWN, 0),
        (RAIL, "NOASSERTION", 0),
        (RAIL, LLAMA, 0),
        (UNKNOWN, "MIT", 0),
        ("NOASSERTION", "MIT", 0),
        ("NONE", "MIT", 0),
        ("Apache-2.0", "MIT", 0),
        ("LicenseRef-OpenMDW-1.1", "MIT", 0),
    ],
)
def test_when_a_base_is_asked_about(license: str, weights: str, number: int) -> None:
    assert rules(asked(base(license, weights=weights))) == ["base-terms"] * number


def test_an_assertion_counts_as_an_offer_to_everybody() -> None:
    free = ", assertion: {basis: public-domain, text: Free for all.}"
    (found,) = asked(base(RAIL, weights="NONE", more=free))
    assert "room for that in its `assertion`, under" in found.message
    assert not asked(base(RAIL, weights="NONE"))


@pytest.mark.parametrize(
    ("terms", "number"),
    [
        ("{name: Policy, restricts: [field-of-use, flow-down]}", 0),
        ("{name: Policy}", 0),
        ("{name: Policy, restricts: [registration]}", 1),
        ("{name: Policy, restricts: []}", 1),
    ],
)
def test_terms_of_ones_own_may_keep_those_of_the_base(terms: str, number: int) -> None:
    assert len(asked(base(RAIL, more=f", additional_terms: [{terms}]"))) == number
    assert len(asked(base(RAIL), release=f", additional_terms: [{terms}]")) == number


def test_the_further_terms_of_a_base_flow_too() -> None:
    (found,) = asked("""
        weights: {license: MIT, path: w/, derived_from: {base: adapter}}
        base:
          kind: weights
          publisher: {name: Others}
          license: Apache-2.0
          additional_terms: [{name: Use Policy, restricts: [acceptable-use-policy]}]
    """)
    assert (
        "`base`, under `Use Policy` (its words were not seen here; binds users to" in found.message
    )
    assert found.related[0].pointer == "/components/base/additional_terms/0"


def chain(length: int, *, license: str = "NOASSERTION", relation: str = "fine-tune") -> str:
    """Describe weights that derive from weights and so on, the last from one under RAIL."""
    links = "".join(
        f"m{n}: {{kind: weights, publisher: {{name: P{n}}}, license: {license}, "
        f"derived_from: {{m{n + 1}: {relation}}}}}\n"
        for n in range(length)
    )
    end = f"m{length}: {{kind: weights, publisher: {{name: P}}, license: {RAIL}}}\n"
    return f"weights: {{license: MIT, path: w/, derived_from: {{m0: merge}}}}\n{links}{end}"


def test_a_base_without_a_license_is_passed_through() -> None:
    (found,) = asked(chain(2))
    assert found.pointer == "/components/weights/license"
    start = "`weights` ← derived_from `m0` ← derived_from `m1` ← derived_from `m2`, under "
    assert found.message.startswith(start)
    places = [f"/components/{each}" for each in ("m0", "m1", "m2/license")]
    assert [each.pointer for each in found.related] == places


def test_an_open_base_is_asked_about_itself_and_what_derives_from_it_is_named() -> None:
    (found,) = asked(chain(3, license="Apache-2.0"))
    assert found.pointer == "/components/m2/license"
    assert "`m1`, `m0` and 1 more derive from it." in found.message


def test_a_base_under_the_same_license_is_asked_about_once() -> None:
    (found,) = asked(chain(3, license=RAIL))
    assert found.message.startswith("`weights` ← derived_from `m0`, under")
    assert "The same is asked of `m1`" in found.message
    assert "and 1 more." in found.message


def test_a_long_chain_is_followed_and_cut_where_it_is_told() -> None:
    (found,) = asked(chain(900))
    start = (
        "`weights` ← derived_from `m0` ← derived_from `m1` ← … 897 more … ← derived_from `m899` "
        "← derived_from `m900`, under "
    )
    assert found.message.startswith(start)
    assert len(found.related) == license_flow.MOST_STEPS + 1
    assert found.related[-1].pointer == "/components/m900/license"


def test_a_chain_without_end_is_followed_so_far_and_no_further() -> None:
    assert not asked(chain(license_flow.MOST_FOLLOWED))


def test_circles_end() -> None:
    made = report(f"""
        weights: {{license: MIT, path: w/, derived_from: {{a: merge, base: merge}}}}
        a: {{kind: weights, path: a/, derived_from: {{b: merge}}}}
        b: {{kind: weights, path: b/, derived_from: {{a: merge, weights: merge, base: merge}}}}
        base: {{kind: weights, publisher: {{name: Others}}, license: {RAIL}}}
    """)
    flow = made.assessment("license-flow")
    assert flow
    (found,) = flow.findings
    assert found.message.startswith("`weights` ← derived_from `base`, under")


def test_only_so_many_questions_are_asked_and_the_others_counted() -> None:
    licenses = (LLAMA, RAIL, GEMMA, "GPL-3.0-only", "CC-BY-NC-4.0", "LicenseRef-Qwen-2024")
    bases = "".join(
        f"b{n}: {{kind: weights, publisher: {{name: P{n}}}, license: {each}}}\n"
        for n, each in enumerate(licenses)
    )
    merged = ", ".join(f"b{n}: merge" for n in range(len(licenses)))
    found = asked(f"weights: {{license: MIT, path: w/, derived_from: {{{merged}}}}}\n{bases}")
    assert len(found) == license_flow.MOST_QUESTIONS + 1
    assert "3 more licenses with terms that may flow down: `GPL-3.0-only`, " in found[-1].message
    assert "and 1 more. These are questions for counsel and not conclusions." in found[-1].message


# -- who is bound ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("kind: weights, publisher: {name: Example Lab}", 0),
        ("kind: weights, publisher: {name: Others}", 1),
        ("kind: weights", 1),
        ("kind: intermediate-checkpoints", 0),
        ("kind: intermediate-checkpoints, publisher: {name: Others}", 1),
    ],
)
def test_a_publisher_is_not_bound_by_terms_of_its_own(statement: str, number: int) -> None:
    found = asked(f"""
        weights: {{license: MIT, path: w/, derived_from: {{base: fine-tune}}}}
        base: {{{statement}, license: GPL-3.0-only}}
    """)
    assert len(found) == number


def test_somebody_elses_model_is_asked_about_its_own_base() -> None:
    found = asked(f"""
        weights: {{license: MIT, path: w/, publisher: {{name: Others}}, derived_from: {{a: merge}}}}
        a: {{kind: intermediate-checkpoints, license: {RAIL}}}
    """)
    assert rules(found) == ["base-terms"]


def test_data_of_ones_own_is_not_asked_about_but_its_sources_are() -> None:
    (found,) = asked("""
        weights: {license: MIT, path: w/, trained_on: [texts]}
        texts:
          kind: training-data
          license: CC-BY-NC-SA-4.0
          data: {origin: own, sources: [{name: Letters, license: CC-BY-ND-4.0}]}
    """)
    assert "← source `Letters`, under `CC-BY-ND-4.0`" in found.message


# -- data ------------------------------------------------------------------------------------------


def test_a_source_that_may_not_be_used_commercially() -> None:
    (found,) = asked("""
        weights: {license: Apache-2.0, path: w/, trained_on: [web-data]}
        web-data:
          kind: training-data
          license: ODC-By-1.0
          data:
            sources:
              - {name: Pages, license: CC0-1.0}
              - {name: ShareGPT, license: CC-BY-NC-4.0}
              - {name: More chats, license: CC-BY-NC-SA-4.0 AND MIT}
              - {license: CC-BY-NC-3.0, location: "https://lab.example.org/letters"}
    """)[:1]
    assert found.message == (
        "`weights` ← trained_on `web-data` ← source `ShareGPT`, under `CC-BY-NC-4.0`, 2(a)(1): "
        "“for NonCommercial purposes only” (commercial uses are not licensed). Does that reach "
        "`weights`, which is offered under `Apache-2.0`? The same is asked of `More chats` "
        "(`CC-BY-NC-SA-4.0`) and `https://lab.example.org/letters` (`CC-BY-NC-3.0`). This is a "
        "question for counsel and not a conclusion."
    )
    assert [each.pointer for each in found.related] == [
        "/components/web-data",
        "/components/web-data/data/sources/1/license",
    ]


@pytest.mark.parametrize(
    ("license", "weights", "number"),
    [
        ("CC-BY-SA-4.0", "Apache-2.0", 1),
        ("CC-BY-SA-4.0", "CC-BY-SA-4.0", 0),
        ("CC-BY-SA-4.0 OR CC-BY-4.0", "Apache-2.0", 0),
        ("CC-BY-4.0 AND CC-BY-NC-4.0", "Apache-2.0", 1),
        ("CC-BY-NC-ND-4.0", "Apache-2.0", 2),
        ("CC-BY-NC-SA-4.0", "CC-BY-NC-SA-4.0", 0),
        ("CC-BY-NC-4.0", LLAMA, 0),
        ("ODbL-1.0", "MIT", 1),
        ("CDLA-Sharing-1.0", "MIT", 0),
        ("LicenseRef-FAIR-Noncommercial-Research", "MIT", 1),
        ("NOASSERTION", "MIT", 0),
        ("NONE", "MIT", 0),
        (UNKNOWN, "MIT", 0),
    ],
)
def test_when_data_is_asked_about(license: str, weights: str, number: int) -> None:
    assert rules(asked(data(license, weights=weights))) == ["data-terms"] * number


def test_a_license_for_research_only_is_one_for_no_commerce() -> None:
    (found,) = asked("""
        weights: {license: MIT, path: w/, trained_on: [one, other]}
        one: {kind: training-data, license: LicenseRef-H-Research}
        other: {kind: training-data, license: CC-BY-NC-4.0}
    """)
    assert "under `LicenseRef-H-Research` (its words were not seen here; " in found.message
    assert "The same is asked of `other` (`CC-BY-NC-4.0`)." in found.message


def test_the_data_of_a_base_that_is_not_asked_itself_counts() -> None:
    weights = "weights: {license: MIT, path: w/, derived_from: {tuned: merge}}"
    tuned = "tuned: {kind: weights, publisher: {name: P}, trained_on: [texts], license: %s}"
    texts = "texts: {kind: training-data, license: CC-BY-NC-4.0}"
    (through,) = asked("\n".join((weights, tuned % "NOASSERTION", texts)))
    assert through.message.startswith(
        "`weights` ← derived_from `tuned` ← trained_on `texts`, under `CC-BY-NC-4.0`"
    )
    (itself,) = asked("\n".join((weights, tuned % "Apache-2.0", texts)))
    assert itself.pointer == "/components/tuned/license"
    assert "`weights` derives from it." in itself.message


def test_data_that_taught_nothing_is_not_asked_about() -> None:
    assert not asked("""
        weights: {license: MIT, path: w/, trained_on: []}
        evaluation-data: {license: CC-BY-NC-4.0}
        training-data: {license: CC-BY-NC-4.0}
    """)


# -- teachers --------------------------------------------------------------------------------------


def taught(teacher: str, *, weights: str = "Apache-2.0", more: str = "") -> str:
    """Describe weights that were trained on the output of a model."""
    return f"""
        weights: {{license: {weights}, path: w/, trained_on: [chats]{more}}}
        chats: {{kind: training-data, license: CC0-1.0, produced_by: [teacher, code]}}
        teacher: {{kind: auxiliary-model, {teacher}}}
        code: {{kind: data-preprocessing-code, license: GPL-3.0-only}}
    """


OPENAI = (
    "publisher: {name: OpenAI}, additional_terms: [{name: OpenAI Terms of Use, "
    "restricts: [output-use]}]"
)


@pytest.mark.parametrize(
    ("teacher", "question"),
    [
        (OPENAI, "Was it allowed to train `weights` on such output?"),
        (f"license: {LLAMA_2}", "Was it allowed to train `weights` on such output?"),
        (f"license: {LLAMA}", "Does `weights` have to bear that name or notice?"),
        (f"license: {GEMMA}", "Is `weights` such a model, and does it have to come with those"),
    ],
)
def test_terms_on_output_are_asked_about(teacher: str, question: str) -> None:
    (found,) = asked(taught(teacher))
    assert found.rule == "license-flow/output-terms"
    assert found.message.startswith("`weights` ← trained_on `chats` ← produced_by `teacher`, under")
    assert question in found.message


@pytest.mark.parametrize(
    ("teacher", "weights"),
    [
        ("license: MIT", "Apache-2.0"),
        (f"license: {UNKNOWN}", "Apache-2.0"),
        ("license: NOASSERTION", "Apache-2.0"),
        ("publisher: {name: OpenAI}", "Apache-2.0"),
        (f"license: MIT OR {LLAMA_2}", "Apache-2.0"),
        (f"license: {LLAMA_2}", LLAMA_2),
        (f"license: {LLAMA_2}, publisher: {{name: Example Lab}}", "Apache-2.0"),
        ("additional_terms: [{name: Terms, restricts: [registration]}]", "Apache-2.0"),
        ("additional_terms: [{name: Terms}]", "Apache-2.0"),
        ("license: CC-BY-NC-4.0", "Apache-2.0"),
    ],
)
def test_other_teachers_are_not(teacher: str, weights: str) -> None:
    assert not asked(taught(teacher, weights=weights))


def test_what_may_not_be_trained_is_asked_whatever_it_is_offered_under() -> None:
    for weights in ("CC-BY-NC-4.0", RAIL, "NOASSERTION", UNKNOWN):
        assert rules(asked(taught(OPENAI, weights=weights))) == ["output-terms"]


def test_a_teacher_may_have_made_the_weights_themselves() -> None:
    (found,) = asked(f"""
        weights: {{license: MIT, path: w/, produced_by: [reward, training-code]}}
        reward: {{kind: auxiliary-model, license: {LLAMA_2}}}
        training-code: {{license: GPL-3.0-only}}
    """)
    assert found.message.startswith("`weights` ← produced_by `reward`, under")


def test_a_teacher_without_a_license_is_passed_through() -> None:
    (found,) = asked(f"""
        weights: {{license: MIT, path: w/, produced_by: [teacher]}}
        teacher: {{kind: auxiliary-model, derived_from: {{llama: fine-tune}}}}
        llama: {{kind: weights, publisher: {{name: Meta}}, license: {LLAMA_2}}}
    """)
    assert found.message.startswith(
        "`weights` ← produced_by `teacher` ← derived_from `llama`, under"
    )


def test_the_terms_of_data_may_say_that_it_is_output() -> None:
    (found,) = asked(f"""
        weights: {{license: MIT, path: w/, trained_on: [sharegpt, answers]}}
        sharegpt: {{kind: training-data, license: Apache-2.0, {OPENAI}}}
        answers:
          kind: training-data
          data: {{sources: [{{name: Answers, license: {LLAMA_2}}}]}}
    """)
    assert "`weights` ← trained_on `sharegpt`, under `OpenAI Terms of Use` (its" in found.message
    assert f"The same is asked of `Answers` (`{LLAMA_2}`)." in found.message


def test_data_under_the_license_of_a_model_is_no_model() -> None:
    assert not asked(data(LLAMA, weights="Apache-2.0"))


# -- code, and manifests of bases ------------------------------------------------------------------


def test_code_under_licenses_that_are_said_to_be_incompatible() -> None:
    found = asked("""
        weights: {license: GPL-2.0-only AND Apache-2.0, path: w/}
        training-code: {license: GPL-2.0-only AND Apache-2.0, path: t/}
        inference-code: {license: GPL-2.0-only OR Apache-2.0, path: i/}
    """)
    assert [each.pointer for each in found] == ["/components/training-code/license"]
    assert "The Free Software Foundation says: “this license is not" in found[0].message


def test_copyleft_code_does_not_reach_the_weights_it_made() -> None:
    assert not asked("""
        weights: {license: MIT, path: w/, produced_by: [training-code]}
        training-code: {license: AGPL-3.0-only, path: t/}
    """)


def write(path: Path, components: str) -> None:
    path.write_text(
        'aimanifest: "1.0"\nrelease: {name: Tern, publisher: {name: Lab}}\n'
        f"components:\n{indent(dedent(components).strip(), '  ')}\n",
        encoding="utf-8",
    )


def test_questions_of_a_base_are_handed_on(tmp_path: Path) -> None:
    derived = """
        weights: {license: MIT, path: w/, derived_from: {base: merge}}
        base: {kind: weights, publisher: {name: Others}, license: Apache-2.0, manifest: %s}
    """
    write(tmp_path / "ai-manifest.yaml", derived % "one.yaml")
    write(tmp_path / "one.yaml", derived % "two.yaml")
    write(tmp_path / "two.yaml", data("CC-BY-NC-ND-4.0"))
    for name, number in (("one.yaml", "2 questions"), ("ai-manifest.yaml", "a question")):
        flow = validate_file(tmp_path / name, require=()).assessment("license-flow")
        assert flow
        (found,) = flow.findings
        assert found.rule == "license-flow/base-questions"
        assert found.pointer == "/components/base/manifest"
        assert f"whose own manifest leaves {number} of this kind open" in found.message


def test_the_license_of_a_base_counts_though_its_manifest_is_elsewhere() -> None:
    found = asked(f"""
        weights: {{license: MIT, path: w/, derived_from: {{base: merge}}}}
        base:
          kind: weights
          publisher: {{name: Others}}
          license: {RAIL}
          manifest: https://lab.example.org/ai-manifest.yaml
    """)
    assert rules(found) == ["base-terms"]


# -- a question, and no verdict --------------------------------------------------------------------

EVERYTHING = f"""
    weights: {{license: MIT, path: w/, derived_from: {{base: merge}}, trained_on: [chats, texts]}}
    base: {{kind: weights, publisher: {{name: Others}}, license: {RAIL}, path: b/}}
    chats: {{kind: training-data, produced_by: [teacher]}}
    texts: {{kind: training-data, license: CC-BY-NC-SA-4.0}}
    teacher: {{kind: auxiliary-model, {OPENAI}}}
    training-code: {{license: GPL-2.0-only AND Apache-2.0, path: t/}}
"""


def test_each_is_a_remark_and_says_what_it_is() -> None:
    found = asked(EVERYTHING)
    assert sorted({*rules(found)}) == ["base-terms", "data-terms", "joint-terms", "output-terms"]
    for each in found:
        assert each.outcome is None
        assert each.message.endswith(" This is a question for counsel and not a conclusion.")


def test_nothing_is_decided_by_it() -> None:
    made = report(EVERYTHING)
    flow = made.assessment("license-flow")
    assert flow
    assert flow.verdict() is QUESTIONS
    assert flow.level is None
    core = frameworks.load("core")
    assert made.reaches([Target(core, None)])
    nothing = report("weights: {license: MIT, path: w/}").assessment("license-flow")
    assert nothing
    assert nothing.verdict() is NO_QUESTIONS
    assert not nothing.findings


def test_a_wrong_file_is_not_asked_about() -> None:
    source = 'aimanifest: "1.0"\nrelease: {name: Tern}\ncomponents: {weights: {license: MIT}}\n'
    made = validate(source.encode())
    assert made.problems
    assert made.assessment("license-flow") is None


def test_it_is_asked_once_and_last_whatever_is_required() -> None:
    source = (
        b'aimanifest: "1.0"\nrelease: {name: T, publisher: {name: L}}\ncomponents: {weights: {}}'
    )
    for require in ((), ("osaid-1.0",), ("license-flow", "osaid-1.0"), ("core",)):
        ids = [each.framework.id for each in validate(source, require=require).assessments]
        assert ids == ["core", *(each for each in require if each == "osaid-1.0"), "license-flow"]


@pytest.mark.parametrize("claim", ["license-flow", "license-flow:right"])
def test_it_cannot_be_claimed(claim: str) -> None:
    made = report("weights: {license: MIT, path: w/}", release=f", claims: ['{claim}']")
    (found,) = made.claims
    assert "gives no verdict, so nothing can be claimed by it" in found.message


def test_it_cannot_be_required() -> None:
    done = CliRunner().invoke(cli.aimanifest, ["validate", "--require", "license-flow"])
    assert done.exit_code == USAGE
    assert "it cannot be required" in " ".join(done.stderr.replace("│", " ").split())


def test_it_is_explained_as_what_it_is() -> None:
    done = CliRunner().invoke(cli.aimanifest, ["explain", "data-terms"])
    assert (
        "A question of license-flow, which gives no verdict and changes no exit code."
        in done.stdout
    )


# -- output ----------------------------------------------------------------------------------------


def rendered(form: str, made: Report) -> str:
    targets = (Target(frameworks.load("core"), None),)
    return "".join(load(form)([made], targets=targets, screen=Screen()))


def test_the_text_shows_the_path_under_a_heading_of_its_own() -> None:
    text = rendered("text", report(data("CC-BY-NC-4.0")))
    head, _, rest = text.partition("\n\n")
    assert head == "License flow: questions, which change no verdict"
    assert "remark [license-flow/data-terms]" in rest
    assert "-- the terms of `texts`" in rest
    assert "by the License flow" not in rest
    assert "Remarks" not in text


def test_the_heading_is_not_there_without_a_question() -> None:
    assert "License flow" not in rendered("text", report("weights: {license: MIT, path: w/}"))


def test_concise_has_a_line_for_each_question_and_none_for_a_verdict() -> None:
    lines = rendered("concise", report(data("CC-BY-NC-ND-4.0"))).splitlines()
    assert [line.endswith("[license-flow/data-terms]") for line in lines] == [True, True, False]
    assert ": core: complete (" in lines[-1]


def test_json_has_it_as_an_assessment_with_its_own_words() -> None:
    made = json.loads(rendered("json", report(data("CC-BY-NC-4.0"))))
    (file,) = made["files"]
    flow = file["assessments"][-1]
    assert (flow["framework"], flow["verdict"], flow["level"]) == (
        "license-flow",
        "questions",
        None,
    )
    assert set(flow["counts"].values()) == {0}
    assert file["reached"]
    (found,) = [each for answer in flow["answers"] for each in answer["findings"]]
    assert found["outcome"] == "remark"


@pytest.mark.parametrize("name", ["x", "x" * 60, "語" * 60, "`" * 30])
def test_no_question_is_cut(name: str) -> None:
    sources = ", ".join(f"{{name: '{name}{n}', license: CC-BY-NC-4.0}}" for n in range(5))
    found = asked(
        chain(9, license=UNKNOWN)
        + f"m9-data: {{kind: training-data, data: {{sources: [{sources}]}}}}\n"
        + f"other: {{license: {' OR '.join(['MIT', *map(str, ['ISC'] * 40)])}, kind: weights, "
        + "trained_on: [m9-data], path: o/}\n"
        + f"{'o' * 64}: {{kind: weights, license: MIT, derived_from: {{other: merge}}, path: p/}}\n"
    )
    assert rules(found) == ["base-terms", "data-terms"]
    for each in found:
        assert len(each.message) < LIMIT_MESSAGE
        assert quoted(each.message).endswith(license_flow.COUNSEL)


# -- bounds ----------------------------------------------------------------------------------------


def test_many_models_on_much_data_are_asked_within_bounds() -> None:
    sources = "".join(f"      - {{name: s{n}, license: CC-BY-NC-4.0}}\n" for n in range(3000))
    texts = f"texts:\n  kind: training-data\n  data:\n    sources:\n{sources}"
    models = "".join(
        f"m{n}: {{kind: weights, license: MIT, path: m{n}/, trained_on: [texts]}}\n"
        for n in range(license_flow.MOST_MODELS + 50)
    )
    found = asked(models + texts)
    assert len(found) == license_flow.MOST_MODELS
    more = license_flow.MOST_FLOWS - 1 - license_flow.MOST_NAMES
    assert (
        f"The same is asked of `s1` (`CC-BY-NC-4.0`), `s2` (`CC-BY-NC-4.0`) and {more} more."
        in (found[0].message)
    )


def test_the_standard_names_the_bounds() -> None:
    words = {1: "one", 2: "two", 3: "three"}
    text = " ".join((ROOT / "SPEC.md").read_text(encoding="utf-8").split())
    assert (
        f"One rule asks at most {words[license_flow.MOST_QUESTIONS]} questions of one component"
    ) in text
    assert f"follows at most {license_flow.MOST_FOLLOWED:,} references from it" in text
    assert f"asks of at most {license_flow.MOST_MODELS} components of a manifest" in text
    assert license_flow.MOST_FLOWS == license_flow.MOST_FOLLOWED


# -- real releases ---------------------------------------------------------------------------------


def test_of_the_examples_one_is_asked_about() -> None:
    found = {}
    for path in sorted({*(ROOT / "examples").glob("*.yaml")} - {ROOT / "examples/expected.yaml"}):
        made = validate_file(path, require=())
        assert not made.problems
        flow = made.assessment("license-flow")
        assert flow
        if flow.findings:
            found[path.name] = [(each.rule, each.pointer) for each in flow.findings]
    assert found == {
        "olmo-7b-instruct.yaml": [("license-flow/data-terms", "/components/sft-weights/license")]
    }
