"""Clocks of how somebody is held and how they are: isolation, no contact, health, force-feeding, silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from habeas.cases.casefile import Entry, Line, State
from habeas.cases.fold.when import day_of
from habeas.extraction import edtf
from habeas.watch.clock import Clock, counted, is_recent, of_rows, rule, voices
from habeas.watch.rules.deadlines import FREE

WITHOUT_CONTACT = frozenset({"disappeared", "incommunicado"})
_HELD = frozenset({"in_custody", "hospital", "order_suspended", "house_arrest", "disappeared", "incommunicado"})


def clocks(state: State, on: date) -> Iterator[Clock]:
    """The clocks of isolation, of detention without contact, of reported health, of force-feeding and of silence."""
    if state.custody.state in FREE:
        return
    yield from _isolation(state, on)
    yield from _no_contact(state.custody, on)
    yield from _unheard(state)
    yield from _health(state, on)
    for entry in state.timeline:
        if (entry.kind, entry.phase) == ("ill_treatment", "done") and entry.rows[0].value == "force_feeding":
            yield from _force_feeding(entry, on)


def _isolation(state: State, on: date) -> Iterator[Clock]:
    last = state.isolation[-1] if state.isolation else None
    start = edtf.earliest(last.since) if last and last.ongoing else None
    if last and start and start != date.min and is_recent(max(map(day_of, last.rows)), on):
        yield from counted("isolation", start, on, {}, of_rows(last.rows))


def _no_contact(line: Line, on: date) -> Iterator[Clock]:
    start = edtf.earliest(line.since) if line.state in WITHOUT_CONTACT else None
    if start and start != date.min and is_recent(line.as_of, on):
        yield from counted("no_contact", start, on, {}, of_rows(line.rows))


def _unheard(state: State) -> Iterator[Clock]:
    """Counted from the last day on which anything was told of any of the three lines."""
    silence, told = rule("unheard"), [line for line in state.lines if line.as_of]
    last = max(told, key=lambda line: line.as_of or date.min, default=None)
    if last and last.as_of and state.custody.state in _HELD:
        label = silence["label"].format(since=last.as_of.isoformat())
        yield Clock("unheard", "", edtf.add_days(last.as_of, silence["days"]), label, of_rows(last.rows))


def _health(state: State, on: date) -> Iterator[Clock]:
    """A clock for the newest word on health, where it is among those that the rule names."""
    told = [entry for entry in state.health if entry.modality == "actual"]
    newest = max(told, key=lambda entry: max(map(day_of, entry.rows)), default=None)
    if newest is None or newest.rows[0].value not in rule("health")["values"]:
        return
    day, value = max(map(day_of, newest.rows)), str(newest.rows[0].value)
    if is_recent(day, on):
        yield Clock(
            "health", value, day, rule("health")["label"].format(what=value), of_rows(newest.rows), voices(newest.rows)
        )


def _force_feeding(entry: Entry, on: date) -> Iterator[Clock]:
    day = max(map(day_of, entry.rows))
    if entry.modality in {"denied", "demanded"} or not is_recent(day, on):
        return
    label = rule("force_feeding")["label"].format(what=entry.modality)
    yield Clock("force_feeding", entry.modality, day, label, of_rows(entry.rows), voices(entry.rows))
