"""Conflicts: claims about the same thing that cannot all be true. They are shown side by side, never settled here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from habeas.cases.casefile import Conflict, Order, Row, Side, Strike
from habeas.cases.fold import labels
from habeas.cases.fold.custody import Episode
from habeas.cases.fold.sides import by_date, by_place, by_value, conflict, groups, made
from habeas.cases.fold.strikes import day_count
from habeas.cases.fold.when import NO_DAY, day_of, is_dated, order_of, overlap, published
from habeas.core.folding import fold
from habeas.extraction import edtf

_ONE_MOVE = timedelta(days=14)
_SAME_DAYS = timedelta(days=2)
_SAME_REGIME = timedelta(days=7)
_STATE_DENIED = timedelta(days=14)
_ILL, _WELL = {"critical", "serious", "deteriorating"}, {"stable", "improving"}
_STATES = frozenset({"hunger_strike", "isolation", "detention", "disappearance", "health"})
_NOT_TOLD_OF_DENIAL = frozenset({"profile"})


def find(
    rows: Sequence[Row], held: Sequence[Episode], strikes: Sequence[Strike], orders: Sequence[Order]
) -> tuple[Conflict, ...]:
    """The conflicts among the claims, those that touch the three lines first."""
    actual = [row for row in rows if row.modality == "actual"]
    found = [
        *(c for episode in held for c in _of_episode(episode)),
        *(c for strike in strikes for c in _of_strike(strike)),
        *(c for order in orders for c in _of_order(order)),
        *_of_moves(actual),
        *_of_sentences(actual),
        *_of_regimes(actual),
        *_of_health(actual),
        *_of_age(actual),
        *_of_denials(rows),
    ]
    unique = {c.key: c for c in found}
    return tuple(sorted(unique.values(), key=lambda c: (c.line == "", c.line, c.kind, c.about, c.label, c.key)))


def _of_episode(episode: Episode) -> Iterable[Conflict]:
    yield from conflict("date", "date of the arrest", by_date(episode.arrests))
    yield from conflict("place", "place of the arrest", by_place(episode.arrests))
    for kind, freed in groups([p.row for p in episode.freed], lambda row: row.kind).items():
        yield from conflict("date", f"date of the {kind}", by_date(freed))
        if kind == "death":
            yield from conflict("place", "place of the death", by_place(freed))
    if episode.after:
        sides = {
            labels.CUSTODY[episode.state]: [p.row for p in episode.freed],
            "still held": [p.row for p in episode.after],
        }
        yield from conflict("phase", "released or still held", made(sides))


def _of_strike(strike: Strike) -> Iterable[Conflict]:
    yield from conflict("date", "start of the hunger strike", _starts(strike))
    ends = [row for row in strike.phases if row.phase in {"suspended", "ended"} and day_of(row) != NO_DAY]
    yield from conflict("date", "end of the hunger strike", by_date(ends))
    yield from conflict("phase", "hunger strike ended or only suspended", by_value(ends, lambda row: row.phase))
    yield from conflict("value", "length of the hunger strike", by_value(ends, lambda row: labels.length(row.value)))
    last = max((day_of(row) for row in ends), default=None)
    if last:
        on = [row for row in strike.phases if row.phase == "ongoing" and day_of(row) > last]
        on += [day.row for day in strike.days if day.row.phase == "ongoing" and day.on > last]
        yield from conflict("phase", "hunger strike over or going on", made({"over": ends, "going on": on}))


def _starts(strike: Strike) -> list[Side]:
    """The starts that are stated, and those that day counts lead to where they fit none of them."""
    stated = by_date([row for row in strike.phases if row.phase == "start"])
    sides = {side.holds: list(side.rows) for side in stated}
    for day in strike.days:
        if not day.fits and not day.over_phases:
            sides.setdefault(f"day {day.day} on {day.on}, so from {day.start}", []).append(day.row)
    for row in strike.phases:
        if stated and (began := _too_late(row, strike)):
            sides.setdefault(f"{row.value} days by {row.date}, so not before {began}", []).append(row)
    fitting = [day.row for day in strike.days if day.fits]
    if fitting and not stated:
        sides[f"from {strike.start_earliest} or {strike.start_latest}, by day counts"] = fitting
    return made(sides)


def _too_late(row: Row, strike: Strike) -> date | None:
    """The first day on which a strike that ended in some month after so many days can have begun; None if it fits."""
    count = day_count(row)
    if row.phase not in {"suspended", "ended"} or count is None or row.earliest is None or edtf.as_day(row.date):
        return None
    began = edtf.add_days(row.earliest, -count)
    return began if strike.start_latest and began > strike.start_latest else None


def _of_order(order: Order) -> Iterable[Conflict]:
    begun = [row for row in order.rows if row.phase in {"issued", "renewed"} and row.modality == "actual"]
    expiries = [row for row in order.rows if row.phase == "expires"]
    yield from conflict("date", f"date of order {order.number}", by_date(begun))
    yield from conflict(
        "value", f"length of order {order.number}", by_value(begun, lambda row: labels.length(row.value))
    )
    yield from conflict("date", f"end of order {order.number}", by_date(expiries))


def _of_moves(rows: Sequence[Row]) -> Iterable[Conflict]:
    """Moves to one place, so near in time that they are one move, on days that differ."""
    moves = [row for row in rows if row.kind in {"transfer", "hospitalisation"} and row.place and is_dated(row)]
    for place, to_place in groups(moves, lambda row: (row.kind, row.phase, fold(row.place))).items():
        ordered = sorted(to_place, key=order_of)
        near = [row for row in ordered if day_of(row) - day_of(ordered[0]) <= _ONE_MOVE]
        if len({row.passage.document for row in near}) > 1 and place:
            yield from conflict("date", f"day of the move to {near[0].place}", by_date(near))


def _of_sentences(rows: Sequence[Row]) -> Iterable[Conflict]:
    passed = sorted((r for r in rows if (r.kind, r.phase) == ("sentence", "passed") and r.value), key=order_of)
    for same in _same_event(passed):
        yield from conflict("value", "length of the sentence", by_value(same, lambda row: labels.length(row.value)))
        yield from conflict("date", "date of the sentence", by_date(same))


def _same_event(rows: Sequence[Row]) -> Iterable[list[Row]]:
    """The dated claims of each sentence, with the undated ones at the last: two sentences a year apart are two."""
    events: list[list[Row]] = []
    for row in (row for row in rows if is_dated(row)):
        last = events[-1][-1] if events else None
        near = last is not None and (overlap(last.date, row.date) or day_of(row) - day_of(last) <= _ONE_MOVE)
        events[-1].append(row) if near else events.append([row])
    undated = [row for row in rows if not is_dated(row)]
    known = {labels.length(row.value) for event in events for row in event}
    if not events:
        return [undated]
    events[-1] += [row for row in undated if len(events) == 1 or labels.length(row.value) not in known]
    return events


def _of_regimes(rows: Sequence[Row]) -> Iterable[Conflict]:
    """Administrative detention and a sentence or remand, told for the same days by different documents."""
    held = [row for row in rows if row.kind == "detention"]
    for row in sorted((r for r in held if r.value == "administrative"), key=order_of):
        other = [
            r
            for r in held
            if r.value in {"sentence", "remand"}
            and abs(day_of(r) - day_of(row)) <= _SAME_REGIME
            and r.passage.document != row.passage.document
        ]
        if other:
            sides = {labels.REGIMES["administrative"]: [row]}
            sides |= {labels.REGIMES[str(v)]: rs for v, rs in groups(other, lambda r: r.value).items()}
            yield from conflict("value", "kind of detention", made(sides))
            return


def _of_health(rows: Sequence[Row]) -> Iterable[Conflict]:
    health = sorted((row for row in rows if row.kind == "health"), key=order_of)
    for ill in (row for row in health if row.value in _ILL):
        well = [
            row
            for row in health
            if row.value in _WELL
            and abs(day_of(row) - day_of(ill)) <= _SAME_DAYS
            and (row.passage.document != ill.passage.document or row.speaker != ill.speaker)
        ]
        if well:
            sides = {str(ill.value): [ill]} | {
                str(value): told for value, told in groups(well, lambda r: r.value).items()
            }
            yield from conflict("value", "state of health", made(sides))


def _of_age(rows: Sequence[Row]) -> Iterable[Conflict]:
    """Ages that no one birthday allows, each taken as of the day its document was published."""
    told = [row for row in rows if (row.kind, row.phase) == ("profile", "age") and isinstance(row.value, int)]
    ages = [(row, day) for row in told if (day := published(row))]
    sides: dict[str, list[Row]] = {}
    spans: dict[str, tuple[date, date]] = {}
    for row, day in sorted(ages, key=lambda pair: order_of(pair[0])):
        born = _born(int(row.value or 0), day)
        fitting = next((h for h, span in spans.items() if span[0] <= born[1] and born[0] <= span[1]), "")
        holds = fitting or f"{row.value} on {day.isoformat()}"
        spans.setdefault(holds, born)
        sides.setdefault(holds, []).append(row)
    return conflict("value", "age", made(sides))


def _born(age: int, told: date) -> tuple[date, date]:
    return edtf.add_months(told, -12 * (age + 1)), edtf.add_months(told, -12 * age)


def _of_denials(rows: Sequence[Row]) -> Iterable[Conflict]:
    denied = [r for r in rows if r.modality == "denied" and r.kind not in _NOT_TOLD_OF_DENIAL]
    for what, saying_no in groups(sorted(denied, key=order_of), _denied_thing).items():
        told = [row for row in rows if row.modality in {"actual", "alleged"} and _denied_thing(row) == what]
        saying_yes = [row for row in told if any(_clash(row, no) for no in saying_no)]
        answered = [no for no in saying_no if any(_clash(row, no) for row in saying_yes)]
        if saying_yes:
            label = labels.describe(saying_yes[0])
            yield from conflict("denial", label, made({"so": saying_yes, "not so": answered}))


def _denied_thing(row: Row) -> tuple[str, ...]:
    """What a denial must share with what it denies; phases of one strike that mean that there is one are alike."""
    begun = row.kind in {"hunger_strike", "isolation"} and row.phase in {"start", "ongoing"}
    phase = "begun" if begun else row.phase
    value = str(row.value) if row.kind in {"detention", "denial", "ill_treatment", "health", "charge"} else ""
    return row.kind, phase, fold(value)


def _clash(told: Row, no: Row) -> bool:
    """Whether the one can be the denial of the other: of a state at that time, of an event not after it."""
    if told.kind in _STATES:
        return abs(day_of(told) - day_of(no)) <= _STATE_DENIED
    if is_dated(told) and is_dated(no) and not overlap(told.date, no.date):
        return False
    return day_of(told) <= day_of(no) or is_dated(told) is False
