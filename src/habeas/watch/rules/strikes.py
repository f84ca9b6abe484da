"""Clocks of hunger strikes: the days that doctors and guides name, silence, and the time after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from habeas.cases.casefile import State, Strike
from habeas.cases.fold.when import day_of
from habeas.extraction import edtf
from habeas.watch.clock import Clock, counted, is_recent, of_rows, rule

GOING_ON = "hunger_strike"
OVER = frozenset({"suspended", "ended"})


def clocks(state: State, on: date) -> Iterator[Clock]:
    """The clocks of the last strike: those of the days it lasts while it goes on, else those of the days after it."""
    if not state.strikes or state.custody.state == "dead":
        return
    last = state.strikes[-1]
    if last.state == GOING_ON:
        yield from _days(last, state, on)
        yield from _dry(last, on)
        yield from _silence(state)
    elif last.state in OVER:
        yield from _after(last, on)


def _days(strike: Strike, state: State, on: date) -> Iterator[Clock]:
    """Nothing is counted where nothing tells the start, or where the strike was last told of too long ago."""
    if strike.start_earliest is None or not is_recent(state.protest.as_of, on):
        return
    yield from counted(
        "strike_day", strike.start_earliest, on, {}, of_rows(state.protest.rows), estimated=not strike.start_stated
    )


def _dry(strike: Strike, on: date) -> Iterator[Clock]:
    """Counted from the first report whose words say that fluids are refused too, unless a later one takes it back."""
    rows = {row.claim: row for row in (*strike.phases, *(day.row for day in strike.days))}
    told = sorted((row for row in rows.values() if row.modality == "actual" and day_of(row) > date.min), key=day_of)
    dry = [row for row in told if is_dry(row.passage.words)]
    if not dry or not is_recent(day_of(dry[-1]), on):
        return
    if not any(takes_fluids(row.passage.words) for row in told if day_of(row) >= day_of(dry[-1])):
        yield from counted("dry_strike", day_of(dry[0]), on, {}, of_rows(dry), estimated=True)


def is_dry(words: str) -> bool:
    """Whether words on a strike say that fluids are refused too. Often loosely said; the rule's caution tells so."""
    return _says("words", words) and not takes_fluids(words)


def takes_fluids(words: str) -> bool:
    """Whether words on a strike say that water, or water and salt, is taken."""
    return _says("unless", words)


def _says(which: str, words: str) -> bool:
    return any(re.search(pattern, words, re.IGNORECASE) for pattern in rule("dry_strike")[which])


def _silence(state: State) -> Iterator[Clock]:
    told, silence = state.protest.as_of, rule("strike_silence")
    if told:
        label = silence["label"].format(since=told.isoformat())
        yield Clock("strike_silence", "", edtf.add_days(told, silence["days"]), label, of_rows(state.protest.rows))


def _after(strike: Strike, on: date) -> Iterator[Clock]:
    ended = edtf.bounds(strike.ended)
    last_step = rule("after_strike")["steps"][-1]["after"]
    if ended and (on - ended[0]).days <= last_step + 1:
        label = {"state": strike.state, "since": strike.ended}
        yield from counted("after_strike", ended[0], on, label, of_rows(strike.phases))
