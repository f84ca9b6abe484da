"""Hunger strikes: when each began, by dates and day counts, how it went on; and the line of protest and health."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from habeas.cases.casefile import Line, Row, Strike, StrikeDay
from habeas.cases.fold import labels
from habeas.cases.fold.custody import Episode
from habeas.cases.fold.when import NO_DAY, Placed, actual, agreed, day_of, is_dated, newest, order_of, published
from habeas.extraction import edtf

_KINDS = frozenset({"hunger_strike"})
_ONE_STRIKE = timedelta(days=12)  # counts that lead so near to each other speak of one strike; reports err by a week
_ONE_BY_ERROR = timedelta(days=45)  # a start that nobody saw go on may be a wrong date of the next
_RESUMED = timedelta(days=14)
_ABOUT = timedelta(days=14)  # what is denied within two weeks of a strike is that strike
_A_MONTH = timedelta(days=31)
_ENDS = frozenset({"suspended", "ended"})


@dataclass(slots=True)
class _Fast:
    """One strike while its claims are gathered. `first` and `last` bound its start, where something tells."""

    first: date | None
    last: date | None
    placed: list[Placed] = field(default_factory=list)
    sums: set[int] = field(default_factory=set)  # claims whose count takes in the strikes before it
    _looked_at: int = 0  # of `placed`, for the first of its ends
    _has_day: bool = False
    _ended: dict[bool, date] = field(default_factory=dict)  # the first end that speaks for a day, and one for none

    @property
    def first_end(self) -> date | None:
        """The first of the days of its `ends`, while claims are still put to it; None where it has none."""
        for p in self.placed[self._looked_at :]:
            speaks = p.day != NO_DAY
            self._has_day |= speaks
            if p.row.phase in _ENDS:
                self._ended[speaks] = min(p.day, self._ended.get(speaks, p.day))
        self._looked_at = len(self.placed)
        return self._ended.get(self._has_day)

    @property
    def ends(self) -> list[Placed]:
        """The claims of its end; one that speaks for no day ends only a strike of which nothing tells a day."""
        told = [p for p in self.placed if p.row.phase in _ENDS]
        dated = [p for p in told if p.day != NO_DAY]
        return dated if any(p.day != NO_DAY for p in self.placed) else told

    @property
    def lengths(self) -> list[Placed]:
        """The claims that tell how long it was, once it is over."""
        return [p for p in self.placed if p.row.phase in _ENDS and day_count(p.row)] if self.ends else []

    @property
    def seen_on(self) -> date:
        """The last day for which somebody tells that it goes on, its start included."""
        told = [p.day for p in self.placed if p.row.phase not in _ENDS]
        return max(told, default=self.last or NO_DAY)


def gather(rows: Sequence[Row], on: date) -> list[_Fast]:
    """The strikes that the claims tell of, in order, as they stood `on` that day."""
    placed = _placed(rows, on)
    sums = [p for p in placed if _counts_phases_together(p, placed)]
    fasts = _by_start([p for p in placed if p not in sums])
    rest = [p for p in placed if p in sums or _start_range(p) is None]
    for p in sorted(rest, key=lambda p: (p.day == NO_DAY, not is_dated(p.row) and p.row.phase in _ENDS)):
        _add_by_time(fasts, p, is_sum=p in sums)
    for fast in fasts:
        fast.placed.sort(key=lambda p: (p.day, p.row.phase in _ENDS, order_of(p.row)))
    return sorted(fasts, key=lambda f: (f.first or f.placed[0].day, f.placed[0].day))


def strikes(fasts: Sequence[_Fast], told: Sequence[Episode], denials: Sequence[Row]) -> tuple[Strike, ...]:
    """The strikes as a case file shows them. `denials` are claims that there is none."""
    return tuple(_strike(number, fast, told, denials) for number, fast in enumerate(fasts, start=1))


def line(found: Sequence[Strike], health: Sequence[Row], denials: Sequence[Row], on: date) -> Line:
    """The line of protest and health; `health` are actual claims and `denials` claims that there is no strike."""
    latest = health[0] if health else None
    state, rows = ("disputed", list(denials)) if denials else ("none", [])
    since, as_of, label = "", None, labels.PROTEST[state]
    if found:
        last = found[-1]
        phases = {row.claim for row in last.phases}
        rows = [*last.phases, *(day.row for day in last.days if day.row.claim not in phases)]
        as_of = newest(min(on, day_of(row)) for row in rows)
        if as_of:
            state, since, label = last.state, _since(last), last.label
        else:
            label = f"{label}; one is told of, on no day that a document tells"
    if latest:
        told = newest([day_of(latest)])
        said = f"{labels.describe(latest)}{f' ({told.isoformat()})' if told else ''}"
        label, rows = f"{label}; {said}", [*rows, latest]
        as_of = newest(day for day in (as_of, told) if day)
    rows.sort(key=order_of, reverse=True)
    return Line(name="protest", state=state, label=label, since=since, as_of=as_of, rows=tuple(rows))


def day_count(row: Row) -> int | None:
    """The number of days that a claim gives; None where it gives none that can be true."""
    value = row.value
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 20_000 else None


def _placed(rows: Sequence[Row], on: date) -> list[Placed]:
    """The strike claims that hold by `on`; a day count of later says that the strike went on then, if it had begun."""
    later = [
        Placed(row, on)
        for row in rows
        if (row.kind, row.phase, row.modality) == ("hunger_strike", "ongoing", "actual")
        and (count := day_count(row))
        and edtf.add_days(day_of(row), 1 - count) <= on < day_of(row)
    ]
    return [*actual(rows, on, _KINDS), *later]


def _start_range(p: Placed) -> tuple[date, date] | None:
    """The days on which the strike began if this claim is right; None where it does not tell.

    A count of N days on a day D means a start on D - N + 1 with the first day counted, or on D - N. A strike that
    ended in some month after N days began in some month too.
    """
    count, told = day_count(p.row), (p.row.earliest, p.row.latest)
    if p.row.phase == "start":
        return (told[0], told[1]) if told[0] and told[1] else None
    if count is None:
        return None
    if _is_day(p.row):
        return edtf.add_days(day_of(p.row), -count), edtf.add_days(day_of(p.row), 1 - count)
    if p.row.phase in _ENDS and told[0] and told[1] and told[1] - told[0] <= _A_MONTH and p.day >= told[1]:
        return edtf.add_days(told[0], -count), edtf.add_days(told[1], 1 - count)
    return None


def _counts_phases_together(p: Placed, placed: Sequence[Placed]) -> bool:
    """Whether the count reaches back over a break: before an end that was followed by another start."""
    found = _start_range(p)
    if p.row.phase == "start" or found is None:
        return False
    ends = [e.day for e in placed if e.row.phase in _ENDS and is_dated(e.row)]
    starts = [s.row.earliest for s in placed if s.row.phase == "start" and s.row.earliest]
    return any(found[1] < end <= start <= p.day for end in ends for start in starts)


def _is_day(row: Row) -> bool:
    """Whether the claim speaks for one day: dated to it, or undated and ongoing, which means its publication."""
    is_today = not is_dated(row) and row.phase == "ongoing" and published(row) is not None
    return edtf.as_day(row.date) is not None or is_today


def _by_start(placed: Sequence[Placed]) -> list[_Fast]:
    starts = [(found, p) for p in placed if (found := _start_range(p))]
    starts.sort(key=lambda pair: (pair[0][1], pair[0][0], order_of(pair[1].row)))
    fasts: list[_Fast] = []
    for (first, last), p in starts:
        near = fasts and fasts[-1].last and first - fasts[-1].last <= _ONE_STRIKE
        if near and not _ended_before(fasts[-1], first):
            _join(fasts[-1], first, last, p)
        else:
            fasts.append(_Fast(first, last, [p]))
    return _merged(fasts)


def _ended_before(fast: _Fast, first: date) -> bool:
    return fast.first_end is not None and fast.first_end <= first


def _join(fast: _Fast, first: date, last: date, p: Placed) -> None:
    fast.first = min(fast.first or first, first)
    fast.last = max(fast.last or last, last)
    fast.placed.append(p)


def _merged(fasts: list[_Fast]) -> list[_Fast]:
    """The strikes, with two that cannot follow each other made one: its start is then in dispute."""
    out: list[_Fast] = []
    for fast in fasts:
        before = out[-1] if out else None
        if before and fast.first and before.last and not _ended_before(before, fast.first):
            overlapping = before.seen_on >= fast.first + _ONE_STRIKE
            unseen = all(p.row.phase == "start" for p in before.placed) and fast.first - before.last <= _ONE_BY_ERROR
            if overlapping or unseen:
                before.first, before.last = min(before.first or fast.first, fast.first), fast.last
                before.placed += fast.placed
                continue
        out.append(fast)
    return out


def _add_by_time(fasts: list[_Fast], p: Placed, *, is_sum: bool) -> None:
    """Puts a claim that tells no start with the strike that had begun by its day; makes one where none had.

    What speaks for no day goes with the last strike, and an end without a date with one that was as long.
    """
    begun = [f for f in fasts if p.day == NO_DAY or (f.first or NO_DAY) <= p.day]
    current = _as_long(begun, p) or (begun[-1] if begun else None)
    if current is None:
        fasts.insert(0, _Fast(None, None, [p]))
        return
    ended = current.first_end
    if p.row.phase not in _ENDS and ended and p.day - ended > _RESUMED and p.day != NO_DAY:
        fasts.append(_Fast(None, None, [p]))
        return
    current.placed.append(p)
    current.sums |= {p.row.claim} if is_sum else set()


def _as_long(fasts: Sequence[_Fast], p: Placed) -> _Fast | None:
    count = day_count(p.row) if p.row.phase in _ENDS and not is_dated(p.row) else None
    alike = [f for f in fasts if count and any(day_count(e.row) == count and is_dated(e.row) for e in f.ends)]
    return alike[-1] if alike else None


def _strike(number: int, fast: _Fast, told: Sequence[Episode], denials: Sequence[Row]) -> Strike:
    stated = [p.row for p in fast.placed if p.row.phase == "start" and is_dated(p.row)]
    first, last = _start(fast, stated)
    days = tuple(_days(fast, first, last))
    state, counted = _state(fast, told), {day.row.claim for day in days}
    return Strike(
        number=number,
        state=state,
        label=_label(state, days, denied=any(_in_time(fast, day_of(row)) for row in denials)),
        start_earliest=first,
        start_latest=last,
        start_stated=bool(stated),
        ended=agreed([p.row for p in fast.ends]),
        length=_length(fast),
        phases=tuple(p.row for p in fast.placed if p.row.phase != "ongoing" or p.row.claim not in counted),
        days=days,
    )


def _start(fast: _Fast, stated: Sequence[Row]) -> tuple[date | None, date | None]:
    """The range of the start: where stated, what most documents state; else what most day counts allow."""
    if stated and (days := edtf.bounds(agreed(stated))):
        return days
    counted = [found for p in fast.placed if p.row.claim not in fast.sums and (found := _start_range(p))]
    if not counted:
        return None, None
    if len(counted) == 1:
        return counted[0]
    ends = {day for pair in counted for day in pair}
    backing = {day: sum(first <= day <= last for first, last in counted) for day in ends}
    most = max(backing.values())
    best = [day for day, voices in backing.items() if voices == most]
    return min(best), max(best)


def _days(fast: _Fast, first: date | None, last: date | None) -> Iterable[StrikeDay]:
    for p in fast.placed:
        count = day_count(p.row)
        if count is None or not _is_day(p.row) or day_of(p.row) > p.day:
            continue
        start = edtf.add_days(p.day, 1 - count)
        fits = not (first and last) or edtf.add_days(first, -1) <= start <= edtf.add_days(last, 1)
        is_sum = p.row.claim in fast.sums
        yield StrikeDay(day=count, on=p.day, start=start, fits=fits and not is_sum, row=p.row, over_phases=is_sum)


def _state(fast: _Fast, told: Sequence[Episode]) -> str:
    if fast.ends:
        return _end_state(fast)
    freed = [e.freed_on for e in told if e.freed and e.freed_on >= fast.seen_on]
    return "lapsed" if freed and fast.seen_on <= freed[0] else "hunger_strike"


def _end_state(fast: _Fast) -> str:
    """`ended` where most of those who tell of the end say so; they use both words for the same act."""
    resumed = [p for p in fast.placed if p.row.phase not in _ENDS and p.day - fast.ends[-1].day > _RESUMED]
    if resumed:
        return "hunger_strike"
    voices = {phase: {p.row.passage.document for p in fast.ends if p.row.phase == phase} for phase in _ENDS}
    return "suspended" if len(voices["suspended"]) >= len(voices["ended"]) else "ended"


def _in_time(fast: _Fast, day: date) -> bool:
    """Whether something said on that day can be about this strike."""
    days = [p.day for p in fast.placed]
    first, last = fast.first or min(days), max(days)
    return edtf.add_days(first, -_ABOUT.days) <= day <= edtf.add_days(last, _ABOUT.days)


def _label(state: str, days: Sequence[StrikeDay], *, denied: bool) -> str:
    label = labels.PROTEST[state]
    told = [day for day in days if day.fits]
    if state == "hunger_strike" and told:
        label += f", day {told[-1].day} on {told[-1].on.isoformat()}"
    return f"{label} (an authority or other source denies it)" if denied else label


def _length(fast: _Fast) -> str:
    own = [day_count(p.row) or 0 for p in fast.lengths if p.row.claim not in fast.sums]
    together = [day_count(p.row) or 0 for p in fast.lengths if p.row.claim in fast.sums]
    words = [_range(own), f"{_range(together)} with the strikes before" if together else ""]
    return "; ".join(filter(None, words))


def _range(counts: Sequence[int]) -> str:
    if not counts:
        return ""
    low, high = min(counts), max(counts)
    return f"{low} days" if low == high else f"{low} to {high} days"


def _since(strike: Strike) -> str:
    if strike.state in _ENDS:
        return strike.ended
    if strike.start_earliest is None or strike.start_latest is None:
        return ""
    return edtf.interval(strike.start_earliest.isoformat(), strike.start_latest.isoformat())
