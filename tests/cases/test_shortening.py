"""Long cases cut to the newest of each list."""

from __future__ import annotations

from datetime import UTC, date, datetime

from habeas.cases.casefile import Passage, Row
from habeas.cases.fold import fold
from habeas.cases.shortening import shortened


def row(number: int, kind: str, phase: str) -> Row:
    day = date(2026, 1, number)
    return Row(
        number, kind, phase, "actual", Passage(number, "", day.isoformat(), ((0, 1),), str(number)),
        datetime(2026, 6, 1, tzinfo=UTC), day.isoformat(), day, day, place="Basit" if number % 2 else "Selm",
    )  # fmt: skip


def test_the_newest_of_each_list_is_left_and_a_short_one_is_as_it_was() -> None:
    state = fold(
        [row(n, "transfer" if n % 3 else "hunger_strike", "done" if n % 3 else "ongoing") for n in range(1, 29)]
    )
    assert shortened(state, 100) == state
    short = shortened(state, 3)
    assert short.timeline == tuple(state.timeline[-3:])
    assert [place.what for place in short.places] == [place.what for place in state.places[-3:]]
    assert short.custody.rows == state.custody.rows[:3]
    assert (short.custody.label, short.custody.as_of) == (state.custody.label, state.custody.as_of)
    assert [row.claim for row in short.strikes[0].phases] == [row.claim for row in state.strikes[0].phases[-3:]]
