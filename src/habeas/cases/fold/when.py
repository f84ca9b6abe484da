"""When claims hold: the day each one speaks for, and the date that several agree on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from habeas.cases.casefile import Row
from habeas.core.folding import fold
from habeas.extraction import edtf

Code = tuple[str, str]

FREEING = frozenset({("release", "done"), ("exchange", "done"), ("deportation", "done"), ("death", "done")})
ORDER_STANDS = frozenset({"issued", "renewed", "upheld", "shortened", "reinstated"})
HOLDING: frozenset[Code] = frozenset(
    {("arrest", "done"), ("disappearance", "ongoing"), ("detention", "ongoing"), ("transfer", "done")}
    | {("isolation", "start"), ("isolation", "ongoing"), ("hunger_strike", "start"), ("hunger_strike", "ongoing")}
    | {("order", phase) for phase in ORDER_STANDS | {"suspended"}}
    | {("denial", "done"), ("release", "refused")}
)
# Several things of one day, in the order in which they can follow each other.
_RANKS: dict[tuple[str, ...], int] = {
    tuple(code.split("/")): rank
    for rank, code in enumerate(
        [
            "disappearance/ongoing",
            "disappearance/ended",
            "arrest/done",
            "order/issued",
            "order/renewed",
            "order/shortened",
            "order/upheld",
            "order/suspended",
            "order/reinstated",
            "order/cancelled",
            "charge/brought",
            "charge/dropped",
            "sentence/passed",
            "sentence/upheld",
            "sentence/reduced",
            "sentence/overturned",
            "transfer/done",
            "hospitalisation/discharged",
            "hospitalisation/admitted",
            "detention/ongoing",
            "hunger_strike/start",
            "hunger_strike/ongoing",
            "hunger_strike/suspended",
            "hunger_strike/ended",
            "release/done",
            "exchange/done",
            "deportation/done",
            "detention/house_arrest",
            "death/done",
        ]
    )
}
LOOKS_AHEAD = frozenset({("hearing", "scheduled"), ("order", "expires")})
_PRESENT = frozenset({"actual", "alleged", "denied"})
STILL_NEWS = timedelta(days=3)
NO_DAY = date.min


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim and the day for which it speaks: when it happened at the latest, or when the state was seen."""

    row: Row
    day: date

    @property
    def code(self) -> Code:
        """Kind and phase."""
        return self.row.kind, self.row.phase

    @property
    def frees(self) -> bool:
        """Whether it ends the deprivation of liberty."""
        return self.code in FREEING

    @property
    def holds(self) -> bool:
        """Whether it tells that somebody is held."""
        return self.code in HOLDING


def changes_order(placed: Placed) -> bool:
    """Whether the claim tells how an order stands: an issue or renewal without a date tells only that there is one."""
    phase = placed.row.phase
    again = phase in {"issued", "renewed"} and not is_dated(placed.row)
    return phase in ORDER_STANDS | {"suspended"} and phase != "shortened" and not again


def published(row: Row) -> date | None:
    """The day the document was published; None where it does not say: then its undated claims speak for no day."""
    return edtf.as_day(row.passage.published)


def is_dated(row: Row) -> bool:
    """Whether the claim itself says when."""
    return row.earliest is not None or row.latest is not None


def day_of(row: Row) -> date:
    """The day for which the claim speaks: its last possible day, but not after it was published.

    NO_DAY where neither the claim nor the document tells one. It comes before every day: a report of long ago that
    is taken in today must not count as the newest word.
    """
    told = published(row)
    latest = min(row.latest or told or NO_DAY, told or row.known_at.date())
    return max(row.earliest, latest) if row.earliest else latest


def speaks_by(row: Row) -> date:
    """The day by which the claim can be counted: what looks ahead counts from the day it was said."""
    looks_ahead = row.modality not in _PRESENT or (row.kind, row.phase) in LOOKS_AHEAD
    return (published(row) or NO_DAY) if looks_ahead else day_of(row)


def newest(days: Iterable[date]) -> date | None:
    """The last of the days; None where there is none, or none that anybody tells."""
    last = max(days, default=NO_DAY)
    return None if last == NO_DAY else last


def order_of(row: Row) -> tuple[object, ...]:
    """What claims are sorted by: their content first, so that the order in which they arrived never matters."""
    passage = row.passage
    return (
        *(day_of(row), row.kind, row.phase, row.modality, str(row.value), row.date, row.place, row.actor),
        *(passage.published, passage.source, passage.words, passage.spans, passage.document, row.claim),
    )


def actual(rows: Iterable[Row], on: date, kinds: frozenset[str]) -> list[Placed]:
    """The claims of these kinds that were told as fact and speak for a day up to `on`, in the order of events."""
    wanted = [row for row in rows if row.modality == "actual" and row.kind in kinds]
    return _in_order(Placed(row, _clipped(row, on)) for row in wanted if _clipped(row, on) <= on)


def of_custody(rows: Iterable[Row], on: date, kinds: frozenset[str]) -> list[Placed]:
    """As `actual`, with undated claims put beside what their own document dates.

    A report of a release tells without a date how somebody was held before, and a report of somebody's detention tells
    without a date of a release years ago. So what a document leaves undated goes before the release that it dates, and
    an undated release is set aside where the document dates a detention at its own time.
    """
    by_document: dict[int, list[Placed]] = {}
    for placed in actual(rows, on, kinds):
        by_document.setdefault(placed.row.passage.document, []).append(placed)
    return _in_order(placed for told in by_document.values() for placed in _settled(told))


def agreed(rows: Sequence[Row], part: Callable[[Row], str] = lambda row: row.date) -> str:
    """The date (EDTF) that most documents bear out; where two do equally and differ, the stretch that covers both."""
    voices: dict[str, set[int]] = {}
    for row in rows:
        if edtf.is_edtf(part(row)):
            voices.setdefault(part(row), set()).add(row.passage.document)
    if not voices:
        return ""
    backing = {value: set().union(*(voices[v] for v in voices if overlap(value, v))) for value in voices}
    most = max(len(documents) for documents in backing.values())
    best = [value for value in sorted(voices) if len(backing[value]) == most]
    narrow = min(best, key=lambda value: (_days(value), value))
    rivals = [value for value in best if not overlap(value, narrow)]
    return _cover([narrow, *rivals]) if rivals else narrow


def overlap(a: str, b: str) -> bool:
    """Whether two dates can mean the same day."""
    first, second = edtf.bounds(a), edtf.bounds(b)
    return bool(first and second and first[0] <= second[1] and second[0] <= first[1])


def start_of(row: Row) -> str:
    """The start that a "since" date gives (`2020-07-27` of `2020-07-27/2020-10-20`); empty where it gives none."""
    first, slash, _last = row.date.partition("/")
    return first if slash and edtf.is_edtf(first) else ""


def _clipped(row: Row, on: date) -> date:
    day = day_of(row)
    is_state = row.phase == "ongoing" and row.earliest is not None
    return on if is_state and row.earliest is not None and row.earliest <= on < day else day


def _settled(told: Sequence[Placed]) -> Iterable[Placed]:
    freed = max((p.day for p in told if p.frees and is_dated(p.row)), default=None)
    held = max((p.day for p in told if p.holds and is_dated(p.row)), default=None)
    moves = [p for p in told if p.code == ("transfer", "done") and not is_dated(p.row)]
    for placed in told:
        if is_dated(placed.row):
            yield placed
        elif placed in moves and len({fold(p.row.place) for p in moves}) > 1:
            continue  # a report that names several places without a date tells where they were, not where they are
        elif placed.frees:
            if held is None or held + STILL_NEWS < placed.day:
                yield placed
        elif freed and (held is None or held <= freed):
            yield Placed(placed.row, min(freed, placed.day))
        else:
            yield placed


def _in_order(found: Iterable[Placed]) -> list[Placed]:
    return sorted(found, key=lambda p: (p.day, _rank(p), order_of(p.row)))


def _rank(placed: Placed) -> int:
    at_home = placed.row.kind == "detention" and placed.row.value == "house_arrest"
    return _RANKS.get(("detention", "house_arrest") if at_home else placed.code, 0)


def _days(value: str) -> int:
    days = edtf.bounds(value)
    return (days[1] - days[0]).days if days else 0


def _cover(values: Iterable[str]) -> str:
    days = [found for value in values if (found := edtf.bounds(value))]
    first, last = min(first for first, _ in days), max(last for _, last in days)
    return edtf.interval(first.isoformat(), last.isoformat())
