"""The standard as text says what the schemas and the rules say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimanifest import document, frameworks, reference, schemas

# A byte order mark is refused wherever it stands, so no schema may have one in an example.
TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"], exclude_characters="\ufeff"),
    max_size=20,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_an_example_reads_back_as_the_value_it_shows(value: object) -> None:
    found = document.read(f"aimanifest: {reference.flow(value)}".encode())
    assert not found.problems
    assert found.data == {"aimanifest": value}


@pytest.mark.parametrize(
    ("value", "yaml"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("1.0", '"1.0"'),
        ("2026-11-22", "2026-11-22"),
        ("no", "no"),
        ("null", '"null"'),
        ("True", '"True"'),
        (["a, b", {"c": "d"}], '["a, b", {c: d}]'),
        ("", '""'),
    ],
)
def test_only_what_reads_as_something_else_is_quoted(value: object, yaml: str) -> None:
    assert reference.flow(value) == yaml


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("manifest.schema.json", "aimanifest", '`"1.0"`'),
        ("manifest.schema.json", "components", "map from component id to component"),
        ("release.schema.json", "name", "line"),
        ("release.schema.json", "claims", "list of claim"),
        ("data.schema.json", "access", "`open`, `public`, `obtainable`, `unshareable`"),
        ("component.schema.json", "checksums", "map from path to SHA-256"),
    ],
)
def test_a_type_is_named(name: str, key: str, words: str) -> None:
    assert reference.type_of(schemas.load()[name]["properties"][key]) == words


def test_a_table_has_a_row_for_each_key_and_each_rule() -> None:
    for schema in schemas.load().values():
        if "properties" in schema:
            rows = reference.fields(schema).splitlines()[2:]
            assert [row.split("`")[1] for row in rows] == list(schema["properties"])
            assert all(row.count(" | ") == 4 for row in rows)
    for framework in frameworks.every().values():
        rows = reference.rules(framework).splitlines()[2:]
        assert [row.split("`")[1] for row in rows] == [each.id for each in framework.rules]


def test_a_rule_is_found_by_its_id_before_its_name() -> None:
    assert [each.id for each in reference.find("core/known-kind")] == ["core/known-kind"]
    assert [each.id for each in reference.find("known-kind")] == ["core/known-kind"]
    assert reference.find("core") == []
