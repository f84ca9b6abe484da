"""Lines of a timeline on the same words are told together."""

from __future__ import annotations

from dataclasses import replace

from claims import told
from habeas.cases.fold import fold
from habeas.cases.told import told_together


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
