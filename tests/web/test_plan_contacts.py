"""The plan's inbox, communications, meetings, lists and contingencies, by hand at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from advocacy.coalition import Held, held, promised
from advocacy.test_inbox import REPORT
from cast import actor, document
from habeas.accounts.models import User
from habeas.advocacy.models import Communication, Contingency, Meeting, NameList, Pledge, Version
from habeas.advocacy.services import contacts, lists
from habeas.advocacy.services.contacts import Convened, Sent
from habeas.audit.models import AuditLine
from habeas.cases.services import take_in
from habeas.extraction import read
from sources.office_files import word, workbook
from web.desks import spoken
from web.pages import text_of

ClientOf = Callable[[User], Client]
TODAY = timezone.localdate()


@pytest.fixture
def plan(db: None) -> Held:
    return held()


@pytest.fixture
def at(plan: Held) -> str:
    return f"/plan/{plan.coalition.pk}"


@pytest.fixture
def alice(plan: Held, client_of: ClientOf) -> Client:
    return client_of(plan.people.alice)


def reported(plan: Held) -> None:
    made = document(plan.people.alice, REPORT)
    take_in(made, read(REPORT, published="2026-03-04"), reader="test", actor=actor(plan.people.alice))


def key_of(page: str, kind: str) -> str:
    return next(part.split('"')[0] for part in page.split('name="offer" value="')[1:] if f"-{kind}-" in part[:40])


def test_offers_are_taken_and_dropped(alice: Client, plan: Held, at: str) -> None:
    reported(plan)
    page = alice.get(f"{at}/inbox").content.decode()
    meeting = {"offer": key_of(page, "meeting"), "do": "take", "words": "The unions meet"}
    assert alice.post(f"{at}/inbox/sort", meeting).status_code == 302
    sent = {"offer": key_of(page, "communication"), "do": "take", "to_kind": "mediator", "ask": "release"}
    assert alice.post(f"{at}/inbox/sort", {**sent, "case": plan.tarek.pk}).status_code == 302
    nothing = {"offer": key_of(page, "priority"), "do": "take", "words": " "}
    assert alice.post(f"{at}/inbox/sort", nothing).status_code == 409
    assert alice.post(f"{at}/inbox/sort", {**nothing, "words": "One strategy"}).status_code == 302
    assert alice.post(f"{at}/inbox/sort", meeting).status_code == 404
    assert "Nothing is offered" in text_of(alice.get(f"{at}/inbox"))
    assert "an expected meeting of the secretaries of the unions" in text_of(
        alice.get(f"{at}/meetings/{Meeting.objects.get().pk}")
    )
    assert "through all the mediators" in text_of(alice.get(f"{at}/communications"))
    assert "Called on the unions" in text_of(alice.get(at))
    assert Version.objects.count() == 1


def test_no_page_of_the_plan_speaks_of_armed_work(alice: Client, plan: Held, at: str) -> None:
    reported(plan)
    pages = [at, f"{at}/gaps", f"{at}/inbox", f"{at}/pledges", f"{at}/communications", f"{at}/meetings", f"{at}/lists"]
    for path in pages:
        shown = alice.get(path).content.decode().casefold()
        assert "military" not in shown.replace("military court", ""), path
    assert "military" in alice.get("/statements").content.decode()


def test_a_letter_is_sent_waited_for_and_answered(alice: Client, plan: Held, at: str, client_of: ClientOf) -> None:
    sent = {
        "partner": plan.legal.pk, "to": "Ministry of Justice", "to_kind": "authority", "ask": "access_doctor",
        "case": plan.salma.pk, "sent_on": "2026-03-01", "due_on": "2026-03-15",
    }  # fmt: skip
    assert alice.post(f"{at}/communications/add", {**sent, "due_on": "2026-02-30"}).status_code == 409
    assert not Communication.objects.exists()
    alice.post(f"{at}/communications/add", sent)
    shown = text_of(alice.get(f"{at}/communications?waiting=1"))
    assert "access for a doctor answer overdue from Basit Legal to Ministry of Justice" in shown
    assert "Ministry of Justice" in text_of(alice.get(f"{at}/cases/{plan.salma.pk}"))
    assert "Ministry of Justice" not in text_of(client_of(plan.emil).get(f"{at}/communications"))
    made = Communication.objects.get()
    told = {"response": "refused", "impact": "none", "words": "No reason was given."}
    assert client_of(plan.emil).post(f"{at}/communications/{made.pk}/answer", told).status_code == 404
    assert client_of(plan.dana).post(f"{at}/communications/{made.pk}/answer", told).status_code == 403
    alice.post(f"{at}/communications/{made.pk}/answer", told)
    assert "refused : no change No reason was given." in text_of(alice.get(f"{at}/communications"))


def test_a_meeting_has_an_agenda_decisions_and_a_calendar(alice: Client, plan: Held, at: str) -> None:
    promised(plan, plan.aid, plan.dana, due_on=TODAY - timedelta(days=1), note="A letter.")
    alice.post(f"{at}/meetings/add", {"title": "The three of us", "on": "2026-12-03", "at": "09:30"})
    made = Meeting.objects.get()
    shown = text_of(alice.get(f"{at}/meetings/{made.pk}"))
    assert "A letter." in shown
    assert "Where nobody works" in shown
    told = {"partner": plan.legal.pk, "action": "vigil", "group": "those isolated", "due_on": "2026-12-20"}
    alice.post(f"{at}/meetings/{made.pk}/decide", told)
    assert Pledge.objects.get(meeting=made).track == "public"
    assert "a vigil or peaceful assembly" in text_of(alice.get(f"{at}/meetings/{made.pk}"))
    ics = alice.get(f"{at}/meetings/{made.pk}.ics")
    assert (ics["Content-Type"], b"DTSTART" in ics.content) == ("text/calendar; charset=utf-8", True)
    alice.post(f"{at}/meetings/{made.pk}/move", {"on": "", "at": "", "place": "By telephone"})
    assert "day not known By telephone" in text_of(alice.get(f"{at}/meetings"))


def test_a_list_is_taken_in_as_a_file_and_settled(alice: Client, plan: Held, at: str, client_of: ClientOf) -> None:
    file = SimpleUploadedFile("list.csv", b"name,from\nTarek Oumari,Basit\nAydin,Selm\nNobody Known,\n")
    told = {"partner": plan.legal.pk, "title": "The deal", "kind": "exchange", "file": file}
    address = alice.post(f"{at}/lists", told).headers["Location"]
    shown = text_of(alice.get(address))
    assert "3 names announced 1 are people on file 1 somebody should look at 1 unknown" in shown
    row = NameList.objects.get().names.get(verdict="ask")
    assert client_of(plan.dana).post(f"{address}/settle", {"name": row.pk, "same": "yes"}).status_code == 404
    alice.post(f"{address}/settle", {"name": row.pk, "same": "yes"})
    assert "2 are people on file" in text_of(alice.get(address))


def test_names_inside_a_document_are_looked_through_before_they_count(alice: Client, plan: Held, at: str) -> None:
    file = SimpleUploadedFile("list.docx", word(["1. Tarek Oumari", "2. Salma Aydin", "3. Nobody Known"]))
    told = {"partner": plan.legal.pk, "title": "The deal", "kind": "release", "file": file}
    shown = text_of(alice.post(f"{at}/lists", told))
    assert "These look like its names" in shown
    assert "Tarek Oumari Salma Aydin Nobody Known" in shown
    assert not NameList.objects.exists()
    shows = document(plan.people.alice, "To be freed:\nTarek Oumari\nSalma Aydin\nKarim Darwish\n")
    shown = text_of(alice.get(f"{at}/lists?document={shows.pk}"))
    assert "Tarek Oumari Salma Aydin Karim Darwish" in shown
    told = {**told, "text": "Tarek Oumari\nSalma Aydin", "document": shows.pk}
    del told["file"]
    address = alice.post(f"{at}/lists", told).headers["Location"]
    assert f"/documents/{shows.pk}" in alice.get(address).content.decode()
    hidden = document(plan.people.charlie, "Tarek Oumari\nSalma Aydin\nKarim Darwish\n")
    assert alice.get(f"{at}/lists?document={hidden.pk}").status_code == 404


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"text": "name\n=1+1"}, "holds a formula"),
        ({"text": "Tarek Oumari", "announced_on": "2026-02-30"}, "no such day"),
        ({"text": "Tarek Oumari\n" * 100_000}, "100000 lines"),
        ({"text": ""}, "no name in this list"),
        ({"file": SimpleUploadedFile("l.csv", "طارق".encode("cp1256"))}, "not in UTF-8"),
        ({"file": SimpleUploadedFile("l.xlsx", workbook([["Name"], [("A1", "x")]]))}, "holds formulas"),
    ],
)
def test_a_bad_list_is_one_sentence(alice: Client, plan: Held, at: str, more: dict[str, object], says: str) -> None:
    answer = alice.post(f"{at}/lists", {"partner": plan.legal.pk, "title": "Deal", "kind": "release", **more})
    assert (answer.status_code, says in text_of(answer)) == (400, True)
    assert not NameList.objects.exists()


def test_a_case_is_prepared_for_and_tells_who_has_spoken(alice: Client, plan: Held, at: str) -> None:
    spoken(plan.people, "Salma Benhadi", "that he be freed", organisation="Basit Legal")
    pledge = promised(plan, plan.legal, plan.people.alice)
    case = f"{at}/cases/{plan.tarek.pk}"
    assert alice.post(f"{case}/contingencies", {"hours": "24"}).status_code == 409
    assert alice.post(f"{case}/contingencies", {"hours": "soon", "condition": "strike_28"}).status_code == 409
    alice.post(f"{case}/contingencies", {"hours": "24", "condition": ["strike_28", "health_critical", "order_renewed"]})
    made = Contingency.objects.get()
    alice.post(f"{case}/put-under", {"contingency": made.pk, "pledge": pledge.pk})
    pledge.refresh_from_db()
    assert (pledge.contingency, pledge.due_on) == (made, None)
    shown = text_of(alice.get(case))
    assert "the hunger strike passes day 28 or health is reported critical or the order is renewed" in shown
    assert "within 24 hours" in shown
    assert "Salma Benhadi Basit Legal demands" in shown
    assert "have said nothing for a month, as far as was read: Basit Legal , Nahr Press , Sawari Aid" in shown


def test_outsiders_find_none_of_it(plan: Held, at: str, client_of: ClientOf) -> None:
    by = actor(plan.people.alice)
    meeting = contacts.convene(plan.coalition, Convened("Ours"), actor=by)
    sent = contacts.communicate(
        plan.coalition, Sent("Ministry", "authority", "release", partner=plan.legal), [plan.tarek], actor=by
    )
    made = lists.take_in(plan.legal, "Deal", b"Tarek Oumari", actor=by)
    charlie, before = client_of(plan.people.charlie), AuditLine.objects.count()
    gets = [
        "/inbox", "/communications", "/meetings", f"/meetings/{meeting.pk}", f"/meetings/{meeting.pk}.ics", "/lists",
        f"/lists/{made.pk}",
    ]  # fmt: skip
    posts = [
        "/inbox/sort", "/communications/add", f"/communications/{sent.pk}/answer", "/meetings/add",
        f"/meetings/{meeting.pk}/move", f"/meetings/{meeting.pk}/decide", "/lists", f"/lists/{made.pk}/settle",
        f"/cases/{plan.tarek.pk}/contingencies", f"/cases/{plan.tarek.pk}/put-under",
    ]  # fmt: skip
    assert [charlie.get(at + path).status_code for path in gets] == [404] * len(gets)
    assert [charlie.post(at + path).status_code for path in posts] == [404] * len(posts)
    assert client_of(plan.dana).get(f"{at}/lists/{made.pk}").status_code == 404
    assert AuditLine.objects.count() == before
