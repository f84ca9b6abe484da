"""Claims as values for tests of the fold, about one invented person, and any number of them for properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from habeas.cases.casefile import Passage, Row, Value
from habeas.cases.fold import Judgement, labels
from habeas.extraction import edtf

_numbers = count(1)
TAKEN_IN = datetime(2026, 9, 1, 12, tzinfo=UTC)
KINDS = {
    kind: sorted({phase for other, phase in labels.WORDS if other == kind})
    for kind in {kind for kind, _ in labels.WORDS}
} | {"denial": ["done"], "ill_treatment": ["done"]}
VALUES: dict[str, list[Value]] = {
    "detention": [*labels.REGIMES, "unknown", None],
    "order": ["P3M", "P4M", None],
    "hunger_strike": [1, 20, 47, 20_001, None],
    "health": ["critical", "stable", "dizziness"],
    "sentence": ["P2Y", "life", None],
    "charge": ["membership", None],
    "denial": ["lawyer", "family_visit"],
    "ill_treatment": ["beating"],
}
NOT_FACT = ("planned", "demanded", "denied", "hypothetical", "alleged")


def told(
    code: str,
    on: str = "",
    value: Value = None,
    *,
    modality: str = "actual",
    published: str = "2026-08-20",
    document: int = 1,
    place: str = "",
    known_at: datetime = TAKEN_IN,
) -> Row:
    """A claim: `code` is kind/phase, `on` its date (EDTF), `published` the day of its document ('' for none)."""
    kind, _, phase = code.partition("/")
    days = edtf.bounds(on)
    number = next(_numbers)
    row = Row(
        claim=number,
        kind=kind,
        phase=phase,
        modality=modality,
        passage=Passage(document, f"Source {document}", published, ((0, 5),), f"words {number:09}"),
        known_at=known_at,
        date=on,
        earliest=days[0] if days else None,
        latest=days[1] if days else None,
        value=value,
        place=place,
    )
    return replace(row, label=labels.describe(row))


def judged(row: Row, verdict: str, *, at: datetime = TAKEN_IN, mended: Row | None = None) -> Judgement[Row]:
    """A judgement on the claim."""
    return Judgement(next(_numbers), row.claim, verdict, at, mended)


_days = st.dates(date(2026, 1, 1), date(2026, 8, 31))
_dates = st.one_of(
    st.just(""),
    _days.map(date.isoformat),
    _days.map(lambda day: day.isoformat()[:7]),
    st.tuples(_days, _days).map(lambda pair: "/".join(day.isoformat() for day in sorted(pair))),
    _days.map(lambda day: f"{day.isoformat()}/.."),
    st.sampled_from(["0001-01-03", "9999-12-31", "2026~"]),
)


@st.composite
def any_claim(draw: st.DrawFn, modalities: tuple[str, ...] = ("actual", *NOT_FACT)) -> Row:
    """Any claim that a reading may hold, likely or not."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    return told(
        f"{kind}/{draw(st.sampled_from(KINDS[kind]))}",
        draw(_dates),
        draw(st.sampled_from(VALUES.get(kind, [None]))),
        modality=draw(st.sampled_from(modalities)),
        published=draw(st.one_of(st.just(""), _days.map(date.isoformat))),
        document=draw(st.integers(1, 4)),
        place=draw(st.sampled_from(["", "Ofra Camp", "Basit Hospital"])),
        known_at=TAKEN_IN + timedelta(days=draw(st.integers(0, 5))),
    )


any_claims = st.lists(any_claim(), max_size=14)
any_day = st.dates(date(2025, 12, 1), date(2026, 10, 1))
