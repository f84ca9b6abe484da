"""What was asked of whom and what came of it; meetings, their agenda and calendar; who has spoken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from advocacy.coalition import Held, promised
from cast import actor
from habeas.advocacy.calendar import calendar
from habeas.advocacy.checks import SEALED
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Communication
from habeas.advocacy.queries.contacts import agenda, communications
from habeas.advocacy.queries.voices import voices
from habeas.advocacy.services import contacts
from habeas.advocacy.services.contacts import Convened, Sent
from habeas.audit.checks import faults
from habeas.watch import services as watch
from habeas.watch.models import Alert, OpenClock
from web.desks import spoken

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


def letter(plan: Held, **more: object) -> Communication:
    values = {"to": "Ministry of Justice", "to_kind": "authority", "ask": "release", "partner": plan.legal, **more}
    return contacts.communicate(plan.coalition, Sent(**values), [plan.tarek], actor=actor(plan.people.alice))  # type: ignore[arg-type]


def test_a_letter_waits_is_overdue_and_is_answered(plan: Held) -> None:
    made = letter(plan, through="the embassy", sent_on=YESTERDAY - timedelta(days=9), due_on=YESTERDAY)
    (shown,) = communications(plan.dana, plan.coalition, TODAY, waiting=True)
    assert (shown.state, shown.whom, shown.through) == ("overdue", ("Tarek Oumari",), "the embassy")
    assert communications(plan.dana, plan.coalition, YESTERDAY)[0].state == "waiting"
    contacts.answer(made, "partly_agreed", "partly", actor=actor(plan.people.bob), words="A visit.", answered_on=TODAY)
    assert communications(plan.dana, plan.coalition, TODAY, waiting=True) == []
    (shown,) = communications(plan.dana, plan.coalition, TODAY)
    assert (shown.state, shown.answers[0].words) == ("answered", "A visit.")
    assert not list(faults(SEALED))


def test_an_answer_that_is_overdue_is_an_alert_of_the_case_that_says_nothing_of_whom(plan: Held) -> None:
    made = letter(plan, due_on=YESTERDAY)
    asked = letter(plan, due_on=TODAY + timedelta(days=9))
    me = actor(plan.people.alice)
    watch.tick(actor=me, on=TODAY)
    (alert,) = Alert.objects.filter(rule="reply_due")
    assert (alert.case_id, alert.due_on, alert.step) == (plan.tarek.case_id, TODAY, f"communication {made.pk}")
    assert "Ministry" not in alert.label
    assert OpenClock.objects.filter(rule="reply_due").count() == 1
    contacts.answer(asked, "partly_agreed", "partly", actor=me, answered_on=TODAY)
    watch.tick(actor=me, on=TODAY)
    assert OpenClock.objects.filter(rule="reply_due").count() == 0
    assert Alert.objects.filter(rule="reply_due").count() == 1


def test_a_letter_about_a_case_that_is_not_shared_is_not_seen(plan: Held) -> None:
    sent = Sent("Ministry of Justice", "authority", "review", partner=plan.legal)
    contacts.communicate(plan.coalition, sent, [plan.tarek, plan.salma], actor=actor(plan.people.alice))
    assert len(communications(plan.dana, plan.coalition, TODAY)) == 1
    assert communications(plan.emil, plan.coalition, TODAY) == []
    assert communications(plan.people.charlie, plan.coalition, TODAY) == []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"to": " "}, "To whom is empty"),
        ({"to_kind": "army"}, "not on the list"),
        ({"ask": "ransom"}, "not on the list"),
        ({"sent_on": TODAY, "due_on": YESTERDAY}, "due before"),
        ({"partner": None}, "From whom is empty"),
    ],
)
def test_a_letter_that_is_none_says_why(plan: Held, more: dict[str, object], says: str) -> None:
    with pytest.raises(PlanError, match=says):
        letter(plan, **more)
    assert not Communication.objects.exists()


def test_an_agenda_is_drawn_from_the_plan_as_who_asks_sees_it(plan: Held) -> None:
    promised(plan, plan.aid, plan.dana, due_on=YESTERDAY, case=plan.salma)
    letter(plan, due_on=YESTERDAY)
    drawn = agenda(plan.dana, plan.coalition, TODAY)
    assert [row.whom for row in drawn.silent] == ["Salma Aydin"]
    assert [row.to for row in drawn.unanswered] == ["Ministry of Justice"]
    assert {row.name for row in drawn.barest} == {"Tarek Oumari", "Salma Aydin"}
    assert {row.name for row in agenda(plan.emil, plan.coalition, TODAY).barest} == {"Tarek Oumari"}
    assert agenda(plan.emil, plan.coalition, TODAY).silent == ()


def test_a_meeting_is_a_calendar_entry_that_names_nobody(plan: Held) -> None:
    by = actor(plan.dana)
    made = contacts.convene(plan.coalition, Convened("About Tarek Oumari", date(2026, 12, 3), "09:30"), actor=by)
    (event,) = Calendar.from_ical(calendar(made)).walk("VEVENT")
    assert event["dtstart"].dt.isoformat() == "2026-12-03T09:30:00+00:00"
    assert b"Oumari" not in calendar(made)
    contacts.put_off(made, None, "", "", actor=by)
    assert Calendar.from_ical(calendar(made)).walk("VEVENT") == []
    assert not list(faults(SEALED))


@pytest.mark.parametrize("hour", ["25:00", "9", "noon", "09:3"])
def test_an_hour_that_there_is_not(plan: Held, hour: str) -> None:
    with pytest.raises(PlanError, match="no such hour"):
        contacts.convene(plan.coalition, Convened("Ours", date(2026, 12, 3), hour), actor=actor(plan.dana))


def test_who_has_spoken_who_is_silent_and_who_changed(plan: Held) -> None:
    spoken(plan.people, "Samir Haddad", "that he will be freed", acts=("promise",), organisation="Ministry")
    spoken(plan.people, "Salma Benhadi", "that he be freed", organisation="Basit Legal")
    spoken(plan.people, "Samir Haddad", "that he will stay", acts=("refuse",), organisation="Ministry")
    found = voices(plan.people.alice, plan.tarek, date(2026, 3, 14))
    assert found is not None
    told = {one.who: (one.last.said.acts, one.days, one.times, one.changed) for one in found.spoke}
    assert told == {
        "Samir Haddad": (("refuse",), 10, 2, ("promise", "refuse")),
        "Salma Benhadi": (("demand",), 10, 1, None),
    }
    assert found.silent == ("Nahr Press", "Sawari Aid")
    late = voices(plan.people.alice, plan.tarek, date(2026, 9, 1))
    assert late is not None
    assert late.silent == ("Basit Legal", "Nahr Press", "Sawari Aid")
    assert voices(plan.dana, plan.tarek, TODAY) is None
