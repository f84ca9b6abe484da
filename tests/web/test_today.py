"""Today: what came since somebody last looked, and what waits, by case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cast import Cast, actor, report
from habeas.audit.models import AuditLine
from habeas.cases.models import Case
from habeas.cases.queries.today import today
from habeas.watch import services as watch
from habeas.watch.models import Alert
from web.desks import case_of_oumari
from web.pages import text_of


def why(people: Cast, on: str = "2026-04-12") -> dict[str, tuple[str, ...]]:
    return {one.row.name: one.why for one in today(people.alice, None, date.fromisoformat(on)).cases}


def test_an_empty_desk_teaches_how_to_begin(alice: Client) -> None:
    page = alice.get("/")
    assert "Begin with a report" in text_of(page)
    assert 'href="/reports/add"' in page.content.decode()


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ({"kind": "hunger_strike", "phase": "ongoing", "value": 9}, "strike"),
        ({"kind": "disappearance", "phase": "ongoing"}, "hidden"),
        ({"kind": "hearing", "phase": "scheduled", "date": "2026-04-20"}, "due"),
        ({"kind": "arrest", "phase": "done"}, "claims"),
    ],
)
def test_it_says_why_a_case_waits(people: Cast, claim: dict[str, object], reason: str) -> None:
    report(people.alice, "Tarek Oumari", **claim)
    assert why(people)["Tarek Oumari"][0] == reason


def test_the_graver_reason_comes_first(people: Cast, alice: Client) -> None:
    case_of_oumari(people)
    report(people.alice, "Olena Prysh")
    assert list(why(people)) == ["Tarek Oumari", "Olena Prysh"]
    shown = text_of(alice.get("/"))
    assert shown.index("Tarek Oumari") < shown.index("Olena Prysh")
    assert "on hunger strike, as reported" in shown


def test_what_was_seen_is_not_new_and_what_changed_since_is(people: Cast, alice: Client) -> None:
    report(people.alice, "Tarek Oumari")
    alice.post("/seen", {"until": timezone.now().isoformat()})
    assert "Nothing new came in." in text_of(alice.get("/"))
    assert "No state has changed." in text_of(alice.get("/"))
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        report(people.alice, "Tarek Oumari", "{name} was freed.", kind="release", phase="done", date="2026-03-09")
        shown = text_of(alice.get("/"))
    assert "in custody released" in shown
    assert "changed since you last looked" in shown


def test_seen_is_undone_and_leaves_a_line(people: Cast, alice: Client) -> None:
    report(people.alice, "Tarek Oumari")
    alice.post("/seen", {"until": "no time at all"})
    alice.post("/seen", {"undo": "1"})
    assert "What waits on this desk" in text_of(alice.get("/"))
    assert set(AuditLine.objects.values_list("action", flat=True)) >= {"web.today.seen", "web.today.seen_undone"}


def test_a_time_to_come_hides_nothing(people: Cast, alice: Client) -> None:
    alice.post("/seen", {"until": "2999-01-01T00:00:00+00:00"})
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        report(people.alice, "Tarek Oumari")
        assert "Tarek Oumari" in text_of(alice.get("/"))


def test_an_outsider_sees_none_of_it(people: Cast, charlie: Client) -> None:
    report(people.alice, "Tarek Oumari")
    assert "Oumari" not in charlie.get("/").content.decode()
    assert Case.objects.exists()


def test_it_needs_signing_in(client: Client, people: Cast) -> None:
    assert client.get("/").headers["Location"] == "/sign-in?next=/"


def test_alerts_stand_on_the_page(people: Cast, alice: Client, charlie: Client) -> None:
    case = case_of_oumari(people)
    watch.tick(actor=actor(people.alice), on=date(2026, 4, 12))
    shown = text_of(alice.get("/"))
    assert Alert.objects.filter(case=case).exists()
    assert "Alerts" in shown
    assert "See the watch" in shown
    assert "See the watch" not in text_of(charlie.get("/"))
