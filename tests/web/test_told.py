"""Lines of a timeline on the same words, and statements repeated, are told together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims import told
from habeas.cases.casefile import ListedStatement, Passage, Said
from habeas.cases.fold import fold
from habeas.web.desk.repeats import folded_together
from habeas.web.desk.told import told_together


def test_entries_of_one_day_on_the_same_words_are_told_together() -> None:
    first = told("arrest/done", "2026-03-01")
    same = replace(told("transfer/done", "2026-03-01"), passage=first.passage)
    other = told("hunger_strike/start", "2026-03-05")
    entries = fold([first, same, other]).timeline
    together = told_together(entries)
    assert [(one.date, len(one.entries), len(one.rows)) for one in together] == [
        ("2026-03-01", 2, 1),
        ("2026-03-05", 1, 1),
    ]
    assert [entry for one in together for entry in one.entries] == list(entries)


def said(speaker: str, words: str) -> ListedStatement:
    passage = Passage(1, "Basit Post", "2026-03-04", ((0, len(words)),), words)
    return ListedStatement(Said(1, speaker, speaker, "", "", ("state",), "indirect", "said", passage), "", "en")


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (("Salma Benhadi", "he is well and at home"), ("Benhadi", "“He is well and at home.”"), True),
        (("Salma Benhadi", "he is well and at home"), ("Salma Benhadi", "she was taken in the night"), False),
        (("Salma Benhadi", "he is well and at home"), ("Jun Harada", "he is well and at home"), False),
        (("Salma Benhadi", "he is well and at home"), ("", "he is well and at home"), True),
        (("Salma Benhadi", "…"), ("Salma Benhadi", "…"), False),
    ],
)
def test_statements_fold_where_speaker_and_words_agree(
    one: tuple[str, str], other: tuple[str, str], together: bool
) -> None:
    folded = folded_together([said(*one), said(*other)])
    assert len(folded) == (1 if together else 2)
    assert sum(1 + len(one.others) for one in folded) == 2
