"""The escalation watch: a strike or grave health, threats or warnings of named speakers, and a refusal, together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from habeas.cases.casefile import Row, Said, State
from habeas.cases.fold.when import day_of
from habeas.extraction import edtf
from habeas.watch.clock import Clock, Reason, is_recent, of_rows, of_statement, rule
from habeas.watch.rules.deadlines import FREE
from habeas.watch.rules.strikes import GOING_ON

_REFUSALS = frozenset({("release", "refused"), ("denial", "done"), ("appeal", "rejected"), ("order", "renewed")})
_MOST_SPEAKERS = 6


def clocks(state: State, statements: Sequence[Said], on: date) -> Iterator[Clock]:
    """One clock where all three are there, due on the day on which the last of them was told.

    Each reason leads to its words. A speaker without a name is no reason. The case file foretells nothing by it.
    """
    if state.custody.state in FREE:
        return
    grave, said, refused = _grave(state, on), _said(statements, on), _refused(state, on)
    if not (grave and said and refused):
        return
    told = [(day, reason) for found in (grave, said, refused) for day, reason in found]
    label = rule("escalation")["label"].format(what=f"{grave[0][1].label}; {_voices(said)}; {refused[0][1].label}")
    facts = tuple(sorted({reason.label for _, reason in told}))
    due = min(on, max(day for day, _ in told))
    yield Clock("escalation", "", due, label, tuple(reason for _, reason in told), facts)


def _grave(state: State, on: date) -> list[tuple[date, Reason]]:
    """The stage of the strike and what is told of health, where they are recent."""
    found: list[tuple[date, Reason]] = []
    strike = state.strikes[-1] if state.strikes else None
    if strike and strike.state == GOING_ON and state.protest.as_of and is_recent(state.protest.as_of, on):
        found += [(state.protest.as_of, reason) for reason in of_rows(state.protest.rows, most=1)]
    values = rule("health")["values"]
    for entry in state.health:
        day = max(map(day_of, entry.rows))
        if entry.modality == "actual" and entry.rows[0].value in values and is_recent(day, on):
            found += [(day, reason) for reason in of_rows(entry.rows, most=1)]
    return found


def _said(statements: Sequence[Said], on: date) -> list[tuple[date, Reason]]:
    """The threats and warnings of named speakers, one for each speaker and act, the newest first."""
    acts, days = rule("escalation")["acts"], rule("escalation")["days"]
    found: dict[tuple[str, str], tuple[date, Reason]] = {}
    for said in sorted(statements, key=lambda s: (s.passage.published, bool(s.condition)), reverse=True):
        day = edtf.as_day(said.passage.published)
        act = next((act for act in said.acts if act in acts), None)
        if act and said.speaker and not said.by_them and day and 0 <= (on - day).days <= days:
            found.setdefault((said.speaker, act), (day, of_statement(said, _act(said, act))))
    return list(found.values())[:_MOST_SPEAKERS]


def _act(said: Said, act: str) -> str:
    done = {"threaten": "threat", "warn": "warning"}[act]
    return f"{'conditional ' if said.condition else ''}{done} by {said.speaker}"


def _voices(said: Sequence[tuple[date, Reason]]) -> str:
    return "; ".join(reason.label for _, reason in said)


def _refused(state: State, on: date) -> list[tuple[date, Reason]]:
    days = rule("escalation")["refusal_days"]
    rows: list[Row] = [
        row
        for entry in state.timeline
        if entry.modality == "actual" and (entry.kind, entry.phase) in _REFUSALS
        for row in entry.rows
        if 0 <= (on - day_of(row)).days <= days
    ]
    return [(day_of(row), Reason(row.label, claim=row.claim)) for row in _newest_of_each(rows)]


def _newest_of_each(rows: Sequence[Row]) -> list[Row]:
    newest: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (day_of(row), row.claim)):
        newest[row.label] = row
    return sorted(newest.values(), key=day_of, reverse=True)
