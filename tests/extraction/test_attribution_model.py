"""The learned part of attribution: words, windows, the best tags, and what the weights find in plain sentences."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.extraction.attribution import decode, model, tokens
from habeas.extraction.attribution.continued import continued
from habeas.extraction.attribution.find import reports_of
from habeas.extraction.attribution.reports import Attribution
from habeas.extraction.segment import analyse

WORDPIECE = model.default_model().wordpiece


def found(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each attribution as text, `text` being one paragraph.

    Without a comma at the end of the content, which `mend` takes off.
    """
    pieces = [
        tuple(" … ".join(text[a:b] for a, b in spans) for spans in (a.source, a.cue, a.content))
        for a in model.find_attributions(text, [(0, len(text))])
    ]
    return [(s, u, c.removesuffix(",")) for s, u, c in pieces]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("He said: “No.”", ["He", "said", ":", "“", "No", ".", "”"]),
        ("snake_case isn't one", ["snake", "_", "case", "isn", "'", "t", "one"]),
        ("Zürich café", ["Zürich", "café"]),
        ("كتبَ القلم", ["كتبَ", "القلم"]),
        ("a\u200fb", ["a", "b"]),
        ("1,000", ["1", ",", "000"]),
    ],
)
def test_words_are_split_as_bert_splits_them(text, words):
    assert [text[w.start : w.end] for w in WORDPIECE.words(text, 0, len(text))] == words


def test_pieces_are_the_longest_that_fit():
    pieces = WORDPIECE.pieces("Unaffable")
    names = model.WEIGHTS.joinpath("vocab.txt").read_text(encoding="utf-8").splitlines()
    assert [names[i] for i in pieces] == ["una", "##ffa", "##ble"]


def test_pieces_of_a_word_too_long_are_unknown():
    assert WORDPIECE.pieces("x" * 500) == (tokens.UNKNOWN,)


def test_accents_and_capitals_do_not_change_pieces():
    assert WORDPIECE.pieces("ÉCLAT") == WORDPIECE.pieces("eclat")


@pytest.mark.parametrize(
    ("written", "gap", "shape"), [("he", 0, 0), ("He", 1, 4), ("NGO", 1, 5), ("A", 2, 7), ("7", 0, 0), ("”", 0, 0)]
)
def test_shape_keeps_capitals_and_white_space(written, gap, shape):
    assert tokens.shape_of(written, gap) == shape


@given(st.text(max_size=300))
def test_words_are_in_order_and_hold_no_white_space(text):
    words = WORDPIECE.words(text, 0, len(text))
    assert all(0 <= w.start < w.end <= len(text) for w in words)
    assert all(a.end <= b.start for a, b in itertools.pairwise(words))
    assert not any(c.isspace() for w in words for c in text[w.start : w.end])
    assert all(0 <= w.shape < tokens.N_SHAPES and w.pieces for w in words)


sizes = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=40), max_size=12)


@given(sizes, st.integers(16, 64))
def test_windows_hold_every_word_once_and_no_window_is_too_long(paragraphs, limit):
    numbers = itertools.count()
    given_words = [
        [tokens.Word(n, n + 1, (1012 if n % 5 == 0 else 7,) * size, 3) for size, n in zip(row, numbers, strict=False)]
        for row in paragraphs
    ]
    windows = list(tokens.windows(given_words, limit))
    flat = [word for window in windows for part in window for word in part]
    assert flat == [word for row in given_words for word in row]
    for window in windows:
        assert all(window)
        assert 1 + sum(1 + sum(len(w.pieces) for w in part) for part in window) <= limit


def test_a_paragraph_too_long_is_cut_after_a_sentence():
    text = "One two three four. Five six seven eight. Nine ten eleven twelve thirteen."
    words = WORDPIECE.words(text, 0, len(text))
    first = next(tokens.windows([words], 14))[0]
    assert text[first[-1].start : first[-1].end] == "."


def chains(rows: int, words: int):
    cell = st.floats(-4, 4, width=32)
    count = rows * decode.N_LEVELS * words * decode.N_TAGS
    return st.lists(cell, min_size=count, max_size=count).map(
        lambda cells: np.array(cells, np.float32).reshape(rows, decode.N_LEVELS, words, decode.N_TAGS)
    )


@settings(max_examples=15, deadline=None)
@given(chains(1, 3))
def test_the_best_tags_are_the_best_of_all(emissions):
    start, steps = model.default_model().heads.start, model.default_model().heads.steps
    tags = decode.best_tags(emissions, np.array([3]), start, steps)
    for level in range(decode.N_LEVELS):

        def score(chain, level=level):
            total = start[level, chain[0]] + sum(emissions[0, level, i, t] for i, t in enumerate(chain))
            return total + sum(steps[level, a, b] for a, b in itertools.pairwise(chain))

        best = max(score(chain) for chain in itertools.product(range(decode.N_TAGS), repeat=3))
        assert score(tuple(tags[0, level])) == pytest.approx(best, abs=1e-3)


@settings(max_examples=25, deadline=None)
@given(chains(2, 6))
def test_tags_begin_before_they_go_on_and_end_with_the_row(emissions):
    heads = model.default_model().heads
    tags = decode.best_tags(emissions, np.array([6, 4]), heads.start, heads.steps)
    assert (tags[1, :, 4:] == 0).all()
    for row in tags.reshape(-1, 6).tolist():
        for before, tag in itertools.pairwise([0, *row]):
            assert tag % 2 or tag == 0 or before in (tag, tag - 1)


@settings(max_examples=10, deadline=None)
@given(chains(2, 3))
def test_the_chance_of_a_role_counts_every_chain(emissions):
    heads = model.default_model().heads
    lengths = np.array([3, 2])
    chances = decode.role_chances(emissions, lengths, heads.start, heads.steps)
    for row, level in itertools.product(range(2), range(decode.N_LEVELS)):
        scores, start, steps = emissions[row, level], heads.start[level], heads.steps[level]
        weights = {
            chain: np.exp(
                float(start[chain[0]] + sum(scores[i, t] for i, t in enumerate(chain)))
                + float(sum(steps[a, b] for a, b in itertools.pairwise(chain)))
            )
            for chain in itertools.product(range(decode.N_TAGS), repeat=int(lengths[row]))
        }
        for at, role in itertools.product(range(lengths[row]), (decode.SOURCE, decode.CUE, decode.CONTENT)):
            among = sum(weight for chain, weight in weights.items() if chain[at] in {2 * role + 1, 2 * role + 2})
            assert chances[row, level, at, role] == pytest.approx(among / sum(weights.values()), abs=1e-3)


def test_likely_segments_are_runs_outside_what_was_found():
    found = [decode.Segment(0, decode.CUE, 2, 3), decode.Segment(1, decode.CONTENT, 5, 5)]
    chances = np.zeros((6, 3), np.float32)
    chances[:, decode.SOURCE] = [0.35, 0.9, 0.8, 0.1, 0.29, 0.5]
    likely = [(s.level, s.role, s.first, s.last) for s in decode.likely(decode.SOURCE, chances, found)]
    assert likely == [(0, decode.SOURCE, 0, 1), (0, decode.SOURCE, 5, 5)]


def test_segments_take_in_free_words_beside_them_that_may_be_theirs():
    found = [decode.Segment(0, decode.CUE, 2, 2), decode.Segment(0, decode.CONTENT, 3, 4)]
    chances = np.zeros((decode.N_LEVELS, 6, 3), np.float32)
    chances[0, :, decode.CUE] = [0.9, 0.3, 0.9, 0.3, 0.0, 0.9]
    assert decode.widened(found, chances) == [decode.Segment(0, decode.CUE, 0, 2), found[1]]


def test_words_without_source_and_cue_are_told_only_where_they_are_surely_reported():
    said, alone = decode.Segment(0, decode.CUE, 0, 0), decode.Segment(0, decode.CONTENT, 1, 2)
    chances = np.full((decode.N_LEVELS, 3, 3), 0.7, np.float32)
    assert decode.is_likely(decode.Group((), (said,), (alone,)), chances)
    assert not decode.is_likely(decode.Group((), (), (alone,)), chances)
    assert decode.chance_of(decode.Group((), (said,), (alone,)), chances) == pytest.approx(0.7)


def test_segments_are_what_the_tags_spell():
    tags = np.array([[1, 2, 3, 0, 5, 6, 5], [0, 0, 0, 0, 1, 3, 5]])
    spelled = [(s.level, s.role, s.first, s.last) for s in decode.segments(tags)]
    assert spelled == [(0, 0, 0, 1), (0, 1, 2, 2), (0, 2, 4, 5), (0, 2, 6, 6), (1, 0, 4, 4), (1, 1, 5, 5), (1, 2, 6, 6)]


@pytest.mark.parametrize(
    ("spans", "bucket"),
    [((0, 1, 1, 3), 0), ((0, 1, 2, 3), 1), ((0, 1, 3, 3), 2), ((5, 6, 0, 4), 10), ((0, 0, 99, 99), 9)],
)
def test_gap_bucket(spans, bucket):
    assert decode.gap_bucket(*spans) == bucket < decode.N_GAPS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The prison service said that the man was moved to another wing on Monday.",
            [("The prison service", "said", "that the man was moved to another wing on Monday")],
        ),
        (
            "“He is very weak,” said his lawyer, Amal Darwish. “He cannot stand.”",
            [("his lawyer, Amal Darwish", "said", "“He is very weak,” … “He cannot stand.”")],
        ),
        (
            "The court will sit on Thursday, according to the family.",
            [("the family", "according to", "The court will sit on Thursday")],
        ),
        (
            "he is very weak, said the lawyer amal darwish",
            [("the lawyer amal darwish", "said", "he is very weak")],
        ),
        (
            "And confirmed the spokesman of the movement that the occupation bears the responsibility for his life.",
            [
                (
                    "the spokesman of the movement",
                    "confirmed",
                    "that the occupation bears the responsibility for his life",
                )
            ],
        ),
        ("The bus left at nine and the road was wet.", []),
    ],
)
def test_plain_attributions_are_found(text, expected):
    assert found(text) == expected


def test_a_statement_inside_a_statement_is_found_too():
    text = "The sister of Idris Vale said that the guards told him that he would be released on Friday."
    assert [cue for _, cue, _ in found(text)] == ["said", "told"]


def test_a_chain_keeps_each_speaker():
    text = "Mariam Sefo said that her son had lost weight. She added that the doctors were worried."
    assert [(s, u) for s, u, _ in found(text)] == [("Mariam Sefo", "said"), ("She", "added")]


LONG = "\n\n".join(
    f"The lawyer number {i} said that the hearing was put off. “We will wait,” she added.\n\nIt rained in Port Ada."
    for i in range(60)
)


def split(text: str) -> list[tuple[int, int]]:
    edges = [0, *(i + 2 for i in range(len(text)) if text.startswith("\n\n", i)), len(text)]
    return list(itertools.pairwise(edges))


def test_the_same_text_gives_the_same_whatever_was_read_before():
    short = "The ministry denied that anyone had been hurt."
    before = model.find_attributions(short, [(0, len(short))])
    first, second = (model.find_attributions(LONG, split(LONG)) for _ in range(2))
    assert first == second
    assert model.find_attributions(short, [(0, len(short))]) == before
    assert len(first) > 100


def test_spans_lie_in_their_text_in_order():
    for attribution in model.find_attributions(LONG, split(LONG)):
        assert attribution.content
        assert 0 <= attribution.score <= 1
        for spans in (attribution.source, attribution.cue, attribution.content):
            assert all(0 <= a < b <= len(LONG) for a, b in spans)
            assert all(x[1] <= y[0] for x, y in itertools.pairwise(spans))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=120))
def test_no_text_raises(text):
    model.find_attributions(text, [(0, len(text))])


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "x" * 5000, "said " * 3000, "“" * 400, "\ud800 said", "\x00\x1f", "他说不行。"]
)
def test_odd_texts_do_not_raise(text):
    model.find_attributions(text, [(0, len(text))])


def test_no_paragraphs_give_nothing():
    assert model.find_attributions("She said that it was over.", []) == []


def spans(text: str, *parts: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(part), text.index(part) + len(part)) for part in parts)


@pytest.mark.parametrize(
    ("text", "parts", "contents"),
    [
        # Source, cue and contents of each attribution as found; the contents as they are joined.
        (
            "“It is cold,” said Mona Qadi. “We need blankets.”",
            [("Mona Qadi", "said", "“It is cold,”"), ("", "", "“We need blankets.”")],
            [["“It is cold,”", "“We need blankets.”"]],
        ),
        (
            "Mona Qadi said “it is cold. And it is dark.” Rain fell.",
            [("Mona Qadi", "said", "“it is cold."), ("", "", "And it is dark.”")],
            [["“it is cold.", "And it is dark.”"]],
        ),
        (
            "Mona Qadi said: “It is cold.\n\n“We need blankets.”",
            [("Mona Qadi", "said", "“It is cold."), ("", "", "“We need blankets.”")],
            [["“It is cold.", "“We need blankets.”"]],
        ),
        (
            "“It is cold. It is dark,” said Mona Qadi.",
            [("", "", "“It is cold."), ("Mona Qadi", "said", "It is dark,”")],
            [["“It is cold.", "It is dark,”"]],
        ),
        (
            "“It is cold,” said Mona Qadi.\n\n“We need blankets.”",  # another paragraph, and nothing is open
            [("Mona Qadi", "said", "“It is cold,”"), ("", "", "“We need blankets.”")],
            [["“It is cold,”"], ["“We need blankets.”"]],
        ),
        (
            "Mona Qadi said it was cold. The merits are debated.",
            [("Mona Qadi", "said", "it was cold"), ("", "", "The merits")],
            [["it was cold"], ["The merits"]],
        ),
        (
            "“It is cold,” said Mona Qadi, and later “We need blankets.”",  # words stand between
            [("Mona Qadi", "said", "“It is cold,”"), ("", "", "“We need blankets.”")],
            [["“It is cold,”"], ["“We need blankets.”"]],
        ),
    ],
)
def test_a_quotation_that_goes_on_is_one_attribution(text, parts, contents):
    rows = [
        Attribution(spans(text, source) if source else (), spans(text, cue) if cue else (), spans(text, content), 1.0)
        for source, cue, content in parts
    ]
    joined = continued(text, rows)
    assert [[text[a:b] for a, b in one.content] for one in joined] == contents


@pytest.mark.parametrize(
    ("content", "contents"),
    [
        ("the prison service", ["the prison service fully responsible for what his refusal to feed her leads to"]),
        (
            "the prison service fully",
            ["the prison service fully responsible for what his refusal to feed her leads to"],
        ),
        ("the prison service fully responsible", ["the prison service fully responsible", "to feed her"]),
    ],
)
def test_blame_is_told_with_what_it_is_for(content: str, contents: list[str]) -> None:
    text = "The club held the prison service fully responsible for what his refusal to feed her leads to. It rained."
    rows = [
        Attribution(spans(text, "The club"), spans(text, "held"), spans(text, content), 1.0),
        Attribution(spans(text, "his"), spans(text, "refusal"), spans(text, "to feed her"), 1.0),
    ]
    reports = reports_of(analyse(text), rows)
    assert [text[a:b] for report in reports for a, b in report.content] == contents


def test_blame_ends_where_the_next_thing_is_said_or_where_its_content_does() -> None:
    text = "She held the service fully responsible for his life and appealed to the Red Cross to come."
    said = Attribution(spans(text, "She"), spans(text, "appealed to"), spans(text, "the Red Cross to come"), 1.0)
    for content in (("the service",), ("the service", "for his life")):
        blamed = Attribution(spans(text, "She"), spans(text, "held"), spans(text, *content), 1.0)
        report = reports_of(analyse(text), [blamed, said])[0]
        assert [text[a:b] for a, b in report.content] == ["the service fully responsible for his life"]


@pytest.mark.parametrize("after", ["", "\n\nThe club said more."])
def test_blame_does_not_go_on_in_another_paragraph(after: str) -> None:
    text = f"The club held the guards\n\nThose responsible went home.{after}"
    row = Attribution(spans(text, "The club"), spans(text, "held"), spans(text, "the guards"), 1.0)
    assert [text[a:b] for report in reports_of(analyse(text), [row]) for a, b in report.content] == ["the guards"]


@pytest.mark.parametrize("before", ["Rain fell. " * 6, "Rain fell. " * 5, "Rain. " * 8])
def test_what_a_colon_announces_is_in_its_window(before):
    text = f"{before}\n\nShe said:\n\n“We need blankets, water and light in every room.”"
    edges = [0, text.index("She"), text.index("“"), len(text)]
    paragraphs = [WORDPIECE.words(text, a, b) for a, b in itertools.pairwise(edges)]
    windows = list(tokens.windows(paragraphs, 24))
    announced = next(window for window in windows if paragraphs[1] in window)
    assert text[announced[-1][0].start] == "“"


@pytest.mark.parametrize("name", ["Mr. Qadi", "U.S. lawyers", "Dr. Qadi"])
def test_no_window_is_cut_after_a_title(name):
    text = f"One two three four five six seven. Eight nine {name} came here at last yesterday evening"
    words = WORDPIECE.words(text, 0, len(text))
    for limit in range(12, 24):
        last = next(tokens.windows([words], limit))[0][-1]
        assert text[: last.end].endswith("seven.") or not text[: last.end].endswith((".", name[:2]))


def test_a_colon_is_no_cue_of_a_report():
    text = "Mona Qadi: We need blankets."
    found = Attribution(spans(text, "Mona Qadi"), spans(text, ":"), spans(text, "We need blankets."), 1.0)
    report = reports_of(analyse(text), [found])[0]
    assert (report.source, report.cue, report.lemma) == (spans(text, "Mona Qadi"), (), ":")
