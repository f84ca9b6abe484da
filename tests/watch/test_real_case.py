"""A real case, told day by day as its pages date what happened: alerts on the days on which a person would want them.

The pages are read from $HABEAS_CORPORA; the case is addressed by the hash of its id.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest

from cases.corpus import needs_corpus, rows_of
from cast import Cast, actor, cast, document, read_as
from habeas.cases import services as cases
from habeas.cases.casefile import Row
from habeas.extraction import edtf
from habeas.watch import services
from habeas.watch.models import Alert

pytestmark = [pytest.mark.corpora, pytest.mark.slow, needs_corpus, pytest.mark.django_db]
CASE = "28558aac"  # arrest, a four-month order, a strike of 103 days, the order suspended, release
NAME = "Tarek Oumari"
ORDER = date(2020, 8, 7)
LAST = date(2020, 12, 31)
WANTED = {
    "2020-07-27": ["changed custody: in_custody", "changed protest: hunger_strike"],
    "2020-07-30": ["strike_day 72 hours"],
    "2020-08-02": ["strike_day day 7"],
    "2020-08-03": ["strike_silence"],  # the pages give no day of the strike between 27 July and 16 August
    "2020-08-09": ["strike_day day 14"],
    "2020-08-16": ["strike_day day 21"],
    "2020-08-23": ["strike_day day 28", "strike_silence"],
    "2020-08-30": ["strike_day day 35"],
    "2020-09-06": ["strike_day day 42"],
    "2020-09-09": ["strike_day day 45"],
    "2020-09-23": ["changed basis: order_suspended"],
    "2020-09-25": ["strike_day day 56"],  # told again after forty days: the day that passed meanwhile
    "2020-10-02": ["changed custody: hospital"],
    "2020-10-09": ["strike_day day 75"],
    "2020-11-06": ["changed protest: suspended"],
    "2020-11-19": ["order_expiry 7 days before"],
    "2020-11-20": ["after_strike 14 days on"],
    "2020-11-26": ["changed custody: released"],
    "2020-12-06": ["after_strike 30 days on"],
}


def told_on(row: Row) -> date | None:
    """The day on which a claim is told: the day it happened; what is planned when its page, or the order, came."""
    return edtf.as_day(row.date) if row.modality == "actual" and row.date else edtf.as_day(row.passage.published)


def tell(desk: Cast, day: date, row: Row) -> None:
    text = f"{NAME}: {row.kind} {row.phase}, {row.passage.words} ({row.claim})."
    made = document(desk.alice, text, published=day.isoformat())
    claim = {key: getattr(row, key) for key in ("kind", "phase", "modality", "date", "value", "place")}
    cases.take_in(made, read_as(text, NAME, **claim), reader="test", actor=actor(desk.alice))


def test_a_real_case_raises_what_a_person_would_want_and_nothing_on_the_days_after() -> None:
    desk, by_day = cast(), defaultdict[date | None, list[Row]](list)
    for row in rows_of(CASE):
        by_day[told_on(row) or (ORDER if row.modality == "planned" else None)].append(row)
    day, raised = date(2020, 7, 27), dict[str, list[str]]()
    while day <= LAST:
        for row in by_day.get(day, ()):
            tell(desk, day, row)
        done = services.tick(actor=actor(desk.alice), on=day)
        if done.raised:
            found = Alert.objects.filter(pk__in=done.raised)
            raised[day.isoformat()] = sorted(f"{one.rule} {one.step}".strip() for one in found)
        day += timedelta(days=1)
    assert raised == {day: sorted(rules) for day, rules in WANTED.items()}
