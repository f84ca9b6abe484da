"""What claims add up to: `fold(claims, on=…, known_at=…)`, a pure function over values; no Django.

Three lines are drawn and never one status: custody, legal basis, protest and health. Only what was told as fact moves
them; what was promised, planned, demanded, denied, alleged or supposed stays in the timeline and never flips a state.
`docs/cases.md` tells the rules; research behind them: United Nations and medical sources named there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from habeas.cases.casefile import Line, Row, State
from habeas.cases.fold import basis, conflicts, custody, orders, periods, regimes, strikes, timeline
from habeas.cases.fold.judged import NOT_COUNTED, Judgement, apply
from habeas.cases.fold.when import newest, order_of, published, speaks_by

__all__ = ["Judgement", "fold"]


def fold(
    claims: Iterable[Row],
    judgements: Iterable[Judgement[Row]] = (),
    on: date | None = None,
    known_at: datetime | None = None,
    of: Collection[int] | None = None,
) -> State:
    """The state that the claims about one person add up to on a day, from what was known at a time.

    Args:
        claims: the claims of the newest reading of each document, about one person, in any order.
        judgements: what people judged about them, in any order.
        on: the day the state is asked for; None is the last day that the claims speak for, or the day they were taken
            in where they speak for none.
        known_at: leave out what was taken in or judged after this; None is everything.
        of: the person's sightings; claims that were mended to be about somebody else are left out. None is all.
    Returns:
        The same State for the same claims in whatever order they come. Without claims: all lines unknown.
    """
    known = [row for row in claims if known_at is None or row.known_at <= known_at]
    rows = sorted(apply(known, judgements, known_at), key=order_of)
    told = [row for row in rows if row.judged not in NOT_COUNTED and (of is None or row.subject in of)]
    return _state(told, on or _last_day(told))


def _last_day(rows: Sequence[Row]) -> date:
    told = newest(day for row in rows for day in (speaks_by(row), published(row)) if day)
    return told or max((row.known_at.date() for row in rows), default=date.min)


def _state(rows: Sequence[Row], on: date) -> State:
    held = custody.episodes(rows, on)
    fasts = strikes.gather(rows, on)
    denials = [row for row in rows if row.modality == "denied" and _says_striking(row) and speaks_by(row) <= on]
    found = strikes.strikes(fasts, held, denials)
    health = sorted((row for row in rows if row.kind == "health" and speaks_by(row) <= on), key=order_of, reverse=True)
    regime = regimes.told(held)
    chain = orders.chain(rows, held, on, regime)
    clashes = conflicts.find([row for row in rows if speaks_by(row) <= on], held, found, chain)
    disputed = {conflict.line for conflict in clashes}
    protest = strikes.line(found, [row for row in health if row.modality == "actual"], denials, on)
    return State(
        on=on,
        custody=_marked(custody.line(held), disputed),
        basis=_marked(basis.line(rows, held, on), disputed),
        protest=_marked(protest, disputed),
        regime=regime,
        orders=chain,
        strikes=found,
        health=timeline.entries(health),
        isolation=periods.isolation(rows, on),
        places=periods.places(rows, held, on),
        upcoming=timeline.upcoming(rows, chain, on),
        conflicts=clashes,
        timeline=timeline.entries(row for row in rows if row.kind != "profile" and speaks_by(row) <= on),
    )


def _says_striking(row: Row) -> bool:
    return row.kind == "hunger_strike" and row.phase in {"start", "ongoing"}


def _marked(line: Line, disputed: set[str]) -> Line:
    return replace(line, disputed=line.name in disputed)
