import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.extraction.segment import analyse


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in analyse(text).sentences]


def quotes(text: str) -> list[str]:
    return [text[q.start : q.end] for q in analyse(text).quotes if not q.nested]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He ate. She slept.", ["He ate.", "She slept."]),
        ("Dr. Ferouz ate. Mr. Q. slept.", ["Dr. Ferouz ate.", "Mr. Q. slept."]),
        ("“He ate.” She slept.", ["“He ate.”", "She slept."]),
        ("He was held in colony No. 8 for a year.", ["He was held in colony No. 8 for a year."]),
        ("he was taken\nfrom his home. he slept", ["he was taken\nfrom his home.", "he slept"]),
        ("A headline\n\nHe ate.", ["A headline", "He ate."]),
        ("", []),
        ("He ate … and slept.", ["He ate … and slept."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_sentence_without_end_is_cut_between_words() -> None:
    text = "he was not arrested " * 200
    found = sentences(text)
    assert max(map(len, found)) <= 1000
    assert " ".join(found) == text.strip()
    assert sentences("x" * 2500) == ["x" * 1000, "x" * 1000, "x" * 500]


@pytest.mark.parametrize("mark", [".", "'", "?!", "``"])
def test_a_row_of_marks_takes_no_longer_than_its_length_allows(mark: str) -> None:
    started = time.process_time()
    analyse("He ate " + mark * 60_000)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “I ate.” She slept.", ["“I ate.”"]),
        ('He said: "I ate." She slept.', ['"I ate."']),
        ("«I ate», he said.", ["«I ate»"]),
        ("He said: “I ate. I slept.", ["“I ate."]),
        ("I ate”, he said.", ["I ate”"]),
        ("The club's members' meal: ‘I ate’.", ["‘I ate’"]),
        ("It is the prisoners' day.", []),
    ],
)
def test_quotations_also_where_a_mark_is_missing(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


@given(st.text(alphabet=st.characters() | st.sampled_from("“”\"'‘’«». \n")))
def test_every_token_stands_in_the_text_in_order(text: str) -> None:
    page = analyse(text)
    assert all(text[t.start : t.end] == t.text for t in page.tokens)
    assert [t.start for t in page.tokens] == sorted({t.start for t in page.tokens})
    for quote in page.quotes:
        assert 0 <= quote.start < quote.end <= len(text)
        around = page.quote_at(quote.start)
        assert quote.nested or (around is not None and around.start <= quote.start)
