"""A text with words lit is still the text."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.web.desk.lit import LONGEST, Lit, paragraphs

patient = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

FAMILIES = ("custody", "basis", "protest", "profile", "statement")
texts = st.text(st.sampled_from("ab<&>\"' \n\u2028\u202e\U0001f54aقא"), max_size=60)
spans = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=3)


def plain(marked: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", marked))


@patient
@given(texts, st.lists(st.tuples(st.sampled_from(FAMILIES), spans), max_size=5))
def test_the_marked_up_text_is_the_text(text: str, found: list[tuple[str, list[tuple[int, int]]]]) -> None:
    lits = [Lit(f"c{n}", n, family, places, "<hint>") for n, (family, places) in enumerate(found, 1)]
    shown = [plain(line) for line in paragraphs(text, lits)]
    assert shown == [line.rstrip() for line in text.splitlines() if line.strip()]


@patient
@given(texts, st.lists(st.tuples(st.sampled_from(FAMILIES), spans), max_size=5))
def test_exactly_the_words_of_a_card_are_marked_as_its_own(
    text: str, found: list[tuple[str, list[tuple[int, int]]]]
) -> None:
    lits = [Lit(f"c{n}", n, family, places) for n, (family, places) in enumerate(found, 1)]
    lines = paragraphs(text, lits)
    shown = [line for line in text.splitlines(keepends=True) if line.strip()]
    for lit in lits:
        wanted = {at for start, end in lit.spans for at in range(start, min(end, len(text)))}
        at, counted = 0, []
        for line in text.splitlines(keepends=True):
            if line.strip():
                counted.append("".join(line[n] for n in range(len(line.rstrip())) if at + n in wanted))
            at += len(line)
        pieces = [re.findall(r'<mark class="[^"]*" data-cards="([^"]*)">(.*?)</mark>', line, re.S) for line in lines]
        marked = ["".join(plain(words) for keys, words in line if lit.key in keys.split()) for line in pieces]
        assert marked == counted
        assert len(shown) == len(lines)


@pytest.mark.parametrize(
    ("lits", "expected"),
    [
        ([], "He was held."),
        ([Lit("c1", 1, "custody", ((3, 11),))], 'He <1><mark class="f-custody" data-cards="c1">was held</mark>.'),
        (
            [Lit("s1", 1, "statement", ((0, 12),)), Lit("c1", 2, "custody", ((3, 11),))],
            '<1><mark class="f-statement" data-cards="s1">He </mark><2>'
            '<mark class="f-custody f-statement" data-cards="s1 c1">was held</mark>'
            '<mark class="f-statement" data-cards="s1">.</mark>',
        ),
        ([Lit("", 0, "name", ((0, 2),))], '<mark class="f-name">He</mark> was held.'),
        ([Lit("c1", 1, "basis", ((0, 2), (7, 11)))],
         '<1><mark class="f-basis" data-cards="c1">He</mark> was <mark class="f-basis" data-cards="c1">held</mark>.'),
    ],
)  # fmt: skip
def test_words_are_marked_with_the_number_once_at_their_beginning(lits: list[Lit], expected: str) -> None:
    (line,) = paragraphs("He was held.", lits)
    assert re.sub(r'<a class="ref[^>]*data-n="(\d+)"[^>]*></a>', r"<\1>", line) == expected


def test_the_numbers_are_not_part_of_the_text_that_is_copied() -> None:
    (line,) = paragraphs("Held.", [Lit("c1", 7, "custody", ((0, 4),), "7: in detention")])
    assert plain(line) == "Held."
    assert 'aria-label="7: in detention"' in line


def test_a_paragraph_of_megabytes_is_cut_into_runs_that_a_browser_can_lay_out() -> None:
    text = "ab " * LONGEST + "."
    (line,) = paragraphs(text, [Lit("c1", 1, "custody", ((0, len(text)),))])
    assert max(map(len, re.findall("[^<>]+", line))) <= LONGEST
    assert plain(line) == text
