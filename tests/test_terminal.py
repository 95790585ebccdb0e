"""What a terminal is given: nothing that steers it, and never more than fits."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimanifest.terminal import LIMIT_MESSAGE, cut, excerpt, quoted, visible, width, wrapped

ANY = st.text(st.characters(), max_size=60)
"""Text of any characters at all, lone surrogates and controls included."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, with Möwe and 海鷗", "plain text, with Möwe and 海鷗"),
        ("\x1b[2J", r"\u{1b}[2J"),
        ("\x9b31m", r"\u{9b}31m"),
        ("a\tb\nc\x00\x7f", r"a\u{9}b\u{a}c\u{0}\u{7f}"),
        ("\u202eevil\u2066", r"\u{202e}evil\u{2066}"),
        ("zero\u200bwidth\ufeff", r"zero\u{200b}width\u{feff}"),
        ("line\u2028and\u2029paragraph\x85", r"line\u{2028}and\u{2029}paragraph\u{85}"),
        ("half \udc80 a pair", r"half \u{dc80} a pair"),
        ("unseen \u3164 \u115f letters", r"unseen \u{3164} \u{115f} letters"),
        ("tag \U000e0041", r"tag \u{e0041}"),
        ("spaces\xa0of\u3000width", "spaces\xa0of\u3000width"),
    ],
)
def test_what_could_steer_or_deceive_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY)
def test_nothing_unseen_is_left(text: str) -> None:
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & set(map(category, visible(text)))
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("海鷗", 4), ("e\u0301", 1), ("\uff46\uff55", 4), ("", 0)]
)
def test_columns_are_those_of_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


@given(ANY, st.integers(1, 30))
def test_what_is_cut_fits_and_says_so(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert shown == text or (shown.endswith("…") and width(shown) <= limit)


def test_towers_of_accents_are_cut() -> None:
    assert len(cut("e" + "\u0301" * 100_000, 100)) <= 401


def test_what_a_message_quotes_is_cut_and_the_rest_stays() -> None:
    assert quoted(f"`{'x' * 5000}` is no kind") == f"`{'x' * 119}…` is no kind"
    assert width(quoted("x, " * 5000)) <= LIMIT_MESSAGE
    between = "`a`" + " and so on" * 30 + " `b`"
    assert quoted(between) == between


@given(ANY.map(visible), st.integers(12, 60))
def test_lines_are_no_longer_than_asked(text: str, columns: int) -> None:
    lines = wrapped(text, columns, first="  ", rest="    ")
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_an_address_is_never_broken() -> None:
    url = "https://example.org/" + "long/" * 20
    assert wrapped(f"see {url} for more", 30) == ["see", url, "for more"]


def test_the_marks_stand_under_what_is_meant() -> None:
    shown = excerpt("\t海鷗: Möwe", 5, 9, columns=80)
    assert shown == ("    海鷗: Möwe", 10, 4)


def test_control_characters_in_a_line_move_the_marks() -> None:
    assert excerpt("\x1bab", 1, 2, columns=80) == (r"\u{1b}ab", 6, 1)


def test_a_place_behind_the_line_is_marked_too() -> None:
    assert excerpt("abc", 7, 9, columns=80) == ("abc", 3, 1)


def test_a_long_line_is_cut_around_the_place() -> None:
    shown = excerpt("a" * 500 + "HERE" + "b" * 500, 500, 504, columns=20)
    assert shown == ("…" + "a" * 7 + "HERE" + "b" * 7 + "…", 8, 4)


def test_a_long_place_is_cut_at_its_end() -> None:
    shown = excerpt("x: " + "漢" * 500, 3, 503, columns=20)
    assert shown == ("…" + "漢" * 9 + "…", 1, 18)


@given(ANY, st.integers(0, 80), st.integers(0, 80), st.integers(16, 60))
def test_an_excerpt_fits_and_marks_something(line: str, start: int, end: int, columns: int) -> None:
    shown = excerpt(line, start, end, columns=columns)
    assert width(shown.text) <= columns
    assert shown.text == visible(shown.text)
    assert shown.marked >= 1
    assert shown.indent + shown.marked <= columns + 1
