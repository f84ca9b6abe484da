"""Alerts raised once, on the days on which somebody would want them; put away, and back when the facts change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cast import Cast, actor, cast, document, of_two_teams, read_as
from habeas.audit import checks as audit
from habeas.audit.models import AuditLine
from habeas.cases import services as cases
from habeas.cases.models import Case
from habeas.extraction import reading as r
from habeas.watch import queries, services
from habeas.watch.checks import SEALED
from habeas.watch.models import Alert, OpenClock

pytestmark = pytest.mark.django_db
NAME = "Tarek Oumari"


@pytest.fixture
def desk() -> Cast:
    return cast()


def told(desk: Cast, published: str, text: str, **claim: Any) -> None:
    made = document(desk.alice, f"{NAME} {text} ({published})", published=published)
    cases.take_in(made, read_as(made.text, NAME, **claim), reader="test", actor=actor(desk.alice))


def threatened(desk: Cast, published: str, speaker: str) -> None:
    """A report in which a speaker threatens an answer if he dies."""
    text = f"{speaker} warned of an answer if {NAME} dies."
    made = document(desk.alice, text, published=published)

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    said = r.Statement(
        "s1", r.Speaker((at(speaker),), "e2"), (at("warned"),), (at(f"of an answer if {NAME} dies"),), "indirect",
        ("threaten",), about=("e1",), condition=at(f"if {NAME} dies"),
    )  # fmt: skip
    people = (r.Entity("e1", "person", NAME, (at(NAME),)), r.Entity("e2", "person", speaker, (at(speaker),)))
    reading = r.Reading(r.DocumentInfo(), entities=people, statements=(said,))
    cases.take_in(made, reading, reader="test", actor=actor(desk.alice))


def tick(desk: Cast, on: str) -> list[str]:
    """The rule and step of what is raised on that day."""
    done = services.tick(actor=actor(desk.alice), on=date.fromisoformat(on))
    return [f"{a.rule} {a.step}".strip() for a in Alert.objects.filter(pk__in=done.raised).order_by("pk")]


# One case told day by day: arrest, strike, order, hospital, the order suspended, the end of the strike, the release.
TOLD: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "2026-07-28": [
        ("was arrested on Monday.", {"kind": "arrest", "phase": "done", "date": "2026-07-27"}),
        ("has refused food since Monday.", {"kind": "hunger_strike", "phase": "start", "date": "2026-07-27"}),
    ],
    "2026-08-05": [
        ("was given an order of four months.",
         {"kind": "order", "phase": "issued", "value": "P4M", "date": "2026-08-05"}),
        ("is held until 26 November.",
         {"kind": "order", "phase": "expires", "modality": "planned", "date": "2026-11-26"}),
    ],
    "2026-09-09": [("is in hospital.", {"kind": "hospitalisation", "phase": "admitted", "date": "2026-09-09"})],
    "2026-09-23": [("has had his order frozen.", {"kind": "order", "phase": "suspended", "date": "2026-09-23"})],
    "2026-11-06": [
        ("ended his strike after 103 days.",
         {"kind": "hunger_strike", "phase": "ended", "value": 103, "date": "2026-11-06"})
    ],
    "2026-11-26": [("went home.", {"kind": "release", "phase": "done", "date": "2026-11-26"})],
}  # fmt: skip
STILL_FASTING = {"kind": "hunger_strike", "phase": "ongoing"}
WANTED = {
    "2026-07-28": ["changed custody: in_custody", "changed protest: hunger_strike"],
    "2026-07-30": ["strike_day 72 hours"],
    "2026-08-02": ["strike_day day 7"],
    "2026-08-09": ["strike_day day 14"],
    "2026-08-16": ["strike_day day 21"],
    "2026-08-23": ["strike_day day 28"],
    "2026-08-30": ["strike_day day 35"],
    "2026-09-06": ["strike_day day 42"],
    "2026-09-09": ["strike_day day 45", "changed custody: hospital"],
    "2026-09-20": ["strike_day day 56"],
    "2026-09-23": ["changed basis: order_suspended"],
    "2026-10-09": ["strike_day day 75"],
    "2026-11-06": ["changed protest: ended"],
    "2026-11-19": ["order_expiry 7 days before"],
    "2026-11-20": ["after_strike 14 days on"],
    "2026-11-26": ["changed custody: released"],
    "2026-12-06": ["after_strike 30 days on"],
}


@pytest.mark.slow
def test_one_case_day_by_day_raises_what_a_person_would_want_and_nothing_on_the_days_after(desk: Cast) -> None:
    raised: dict[str, list[str]] = {}
    day = date(2026, 7, 28)
    while day <= date(2026, 12, 20):
        for text, claim in TOLD.get(day.isoformat(), []):
            told(desk, day.isoformat(), text, **claim)
        if day.weekday() in {1, 5} and day < date(2026, 11, 6):  # twice a week somebody tells that it goes on
            told(desk, day.isoformat(), "is still refusing food.", **STILL_FASTING)
        raised |= {day.isoformat(): found} if (found := tick(desk, day.isoformat())) else {}
        day += timedelta(days=1)
    assert {day: sorted(found) for day, found in raised.items()} == {day: sorted(w) for day, w in WANTED.items()}
    assert not list(audit.faults(SEALED))


def test_ticking_again_raises_nothing_and_says_nothing_new(desk: Cast) -> None:
    told(desk, "2026-07-28", "was arrested.", date="2026-07-28")
    assert tick(desk, "2026-07-29") == ["changed custody: in_custody"]
    lines = AuditLine.objects.count()
    assert (tick(desk, "2026-07-29"), tick(desk, "2026-07-30")) == ([], [])
    assert AuditLine.objects.count() == lines


def test_a_case_seen_first_on_a_late_day_raises_the_last_day_passed_alone(desk: Cast) -> None:
    told(desk, "2026-07-28", "has refused food for 30 days.", **STILL_FASTING, value=30, date="2026-07-28")
    assert "strike_day day 28" in tick(desk, "2026-07-28")
    assert [row.step for row in OpenClock.objects.filter(rule="strike_day").order_by("due_on")][:1] == ["day 35"]


def test_a_report_that_shifts_the_start_by_a_day_raises_no_day_twice(desk: Cast) -> None:
    told(desk, "2026-07-28", "has refused food for 28 days.", **STILL_FASTING, value=28, date="2026-07-28")
    assert "strike_day day 28" in tick(desk, "2026-07-28")
    told(desk, "2026-07-29", "has refused food for 28 days.", **STILL_FASTING, value=28, date="2026-07-29")
    assert tick(desk, "2026-07-29") == []


def test_escalation_put_away_returns_when_somebody_else_threatens(desk: Cast) -> None:
    told(desk, "2026-07-28", "is refusing food.", **STILL_FASTING)
    told(desk, "2026-07-28", "will not be released.", kind="release", phase="refused")
    threatened(desk, "2026-07-28", "Hala Basiti")
    assert "escalation" in tick(desk, "2026-07-28")
    alert = Alert.objects.get(rule="escalation")
    services.dismiss(alert, actor=actor(desk.bob), reason="seen")
    threatened(desk, "2026-07-29", "Hala Basiti")
    assert "escalation" not in tick(desk, "2026-07-29")
    threatened(desk, "2026-07-30", "Samir Qadi")
    assert tick(desk, "2026-07-30") == ["escalation"]


def test_new_facts_on_the_day_on_which_an_alert_was_put_away_raise_it_again(desk: Cast) -> None:
    told(desk, "2026-07-28", "is refusing food.", **STILL_FASTING)
    told(desk, "2026-07-28", "will not be released.", kind="release", phase="refused")
    threatened(desk, "2026-07-28", "Hala Basiti")
    assert "escalation" in tick(desk, "2026-07-28")
    services.dismiss(Alert.objects.get(rule="escalation"), actor=actor(desk.bob))
    threatened(desk, "2026-07-28", "Samir Qadi")
    assert tick(desk, "2026-07-28") == ["escalation"]


def test_an_alert_leads_to_its_words_and_is_put_away_and_taken_out_again(desk: Cast) -> None:
    told(desk, "2026-07-28", "was arrested.", date="2026-07-28")
    tick(desk, "2026-07-29")
    (notice,) = queries.alerts(desk.bob)
    assert [words.words for words in notice.reasons] == [f"{NAME} was arrested. (2026-07-28)"]
    assert notice.reasons[0].source == "Basit Post"
    services.dismiss(Alert.objects.get(), actor=actor(desk.bob))
    assert (queries.alerts(desk.bob), queries.count_alerts(desk.bob)) == ([], 0)
    assert [n.key for n in queries.alerts(desk.bob, away=True)] == [notice.key]
    services.dismiss(Alert.objects.get(), actor=actor(desk.bob), away=False)
    assert queries.count_alerts(desk.bob) == 1


def test_outsiders_see_neither_alerts_nor_clocks(desk: Cast) -> None:
    told(desk, "2026-07-28", "was arrested.", date="2026-07-28")
    tick(desk, "2026-07-29")
    assert queries.clocks(desk.alice)
    assert (queries.alerts(desk.charlie), queries.clocks(desk.charlie), queries.count_alerts(desk.charlie)) == (
        [],
        [],
        0,
    )


def test_a_tick_that_is_killed_goes_on(desk: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Tarek Oumari", "Salma Aydin", "Yusuf Darwish"):
        made = document(desk.alice, f"{name} was arrested.", published="2026-07-28")
        cases.take_in(made, read_as(made.text, name), reader="test", actor=actor(desk.alice))
    last = Case.objects.order_by("pk").last()
    look = services.look

    def dies(case: int, on: date, **rest: Any) -> list[int]:
        if last and case == last.pk:
            raise KeyboardInterrupt
        return look(case, on, **rest)

    monkeypatch.setattr(services, "look", dies)
    with pytest.raises(KeyboardInterrupt):
        tick(desk, "2026-07-29")
    monkeypatch.setattr(services, "look", look)
    assert Alert.objects.count() == 2
    assert len(tick(desk, "2026-07-29")) == 1
    assert Alert.objects.count() == 3


def test_an_alert_that_was_edited_or_removed_shows(desk: Cast) -> None:
    told(desk, "2026-07-28", "was arrested.", date="2026-07-28")
    tick(desk, "2026-07-29")
    assert list(audit.faults(SEALED)) == []
    alert = Alert.objects.get()
    Alert.objects.update(label="Nothing happened.")
    (fault,) = audit.faults(SEALED)
    assert f"alert {alert.pk}" in fault.casefold()


def test_the_watch_tells_nobody_of_the_documents_of_another_team(desk: Cast) -> None:
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    services.look(Case.objects.get(person=change.person).pk, date(2026, 3, 12), actor=actor(desk.alice))
    told = [notice.label for notice in queries.alerts(desk.bob)]
    assert "custody: in custody" in told
    assert not any("hunger strike" in label for label in told)
