"""Folded text: one form for many spellings, and where it stands in the text as written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.core.folding import fold, places


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café-Bar  DAMOUR!", "cafe bar damour"),
        ("اعتُقِل", "اعتقل"),
        ("علي", "علی"),
        ("٢٠٢٦", "2026"),
        ("O’Hara", "ohara"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("가", "가"),
        ("がか", "がか"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The Café in Damour", ["cafe", "damour"], ["Café", "Damour"]),
        ("اعتُقل أمس", ["اعتقل"], ["اعتُقل"]),
        ("刘霞被软禁", ["刘霞"], ["刘霞"]),
        ("뉴스", ["뉴스"], ["뉴스"]),
        ("Straße", ["ss"], ["ß"]),
        ("aaa", ["aa", "aa"], ["aa"]),
        ("ab abc", ["abc", "ab"], ["ab", "abc"]),
        ("nothing", ["other", ""], []),
    ],
)
def test_places_of_words(text: str, words: list[str], found: list[str]) -> None:
    assert [text[start:end] for start, end in places(text, words)] == found


@given(st.text(), st.text(min_size=1, max_size=3))
def test_places_are_spans_in_order(text: str, word: str) -> None:
    spans = places(text, fold(word).split())
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@given(st.text(alphabet="abcé ıأإ ßك刘", max_size=20))
def test_a_text_that_has_the_word_when_folded_has_a_place_for_it(text: str) -> None:
    for word in fold(text).split():
        assert places(text, [word])
