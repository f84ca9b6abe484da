"""The plan's pages: a version adopted, pledges made and kept, gaps, and who does not see any of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advocacy.coalition import Held, held, promised
from cast import actor, document
from habeas.accounts.models import User
from habeas.advocacy.models import Adoption, Coalition, Note, Pledge, Seat, Version
from habeas.advocacy.services import versions
from habeas.advocacy.services.versions import Wanted
from habeas.audit.models import AuditLine
from habeas.cases.models import Statement
from web.desks import spoken
from web.pages import text_of

ClientOf = Callable[[User], Client]
TODAY = timezone.localdate()


@pytest.fixture
def plan(db: None) -> Held:
    return held()


@pytest.fixture
def alice(plan: Held, client_of: ClientOf) -> Client:
    return client_of(plan.people.alice)


def every_page(plan: Held, pledge: Pledge) -> list[str]:
    at = f"/plan/{plan.coalition.pk}"
    return [
        at, f"{at}/version", f"{at}/gaps", f"{at}/pledges", f"{at}/partners", f"{at}/pledges/{pledge.pk}",
        f"{at}/cases/{plan.tarek.pk}",
    ]  # fmt: skip


def test_a_coalition_is_founded_and_found_again(alice: Client) -> None:
    answer = alice.post("/plan", {"name": "Northern Circle", "partner": "Hill Legal"})
    assert text_of(alice.get(answer.headers["Location"])).count("Northern Circle") >= 1
    assert "Northern Circle" in text_of(alice.get("/plan"))
    assert "The organisation is empty" in text_of(alice.post("/plan", {"name": "Nobody's", "partner": " "}))


def test_a_version_is_made_reordered_adopted_and_compared(alice: Client, plan: Held, client_of: ClientOf) -> None:
    at = f"/plan/{plan.coalition.pk}"
    alice.post(f"{at}/version", {"goal": "Their release", "group": "those isolated", "case": plan.tarek.pk})
    alice.post(f"{at}/version", {"order-1": "", "order-2": "2", "order-3": "1"})
    shown = text_of(alice.get(at))
    assert "dropped Their release" in shown
    assert shown.index("Tarek Oumari") < shown.index("those isolated")
    newest = Version.objects.get(number=2)
    told = {"version": newest.pk, "partner": plan.aid.pk, "stance": "reserved", "words": "Not before the hearing."}
    client_of(plan.dana).post(f"{at}/adopt", told)
    shown = text_of(alice.get(at))
    assert "Sawari Aid adopted with a reservation" in shown
    assert "Not before the hearing." in shown
    assert shown.count("not yet") == 2
    assert "Their release" in text_of(alice.get(f"{at}?version=1"))
    assert alice.get(f"{at}?version=9").status_code == 404


def test_a_pledge_is_made_shown_in_the_gaps_and_kept_by_a_document(alice: Client, plan: Held) -> None:
    at = f"/plan/{plan.coalition.pk}"
    told = {"partner": plan.legal.pk, "action": "urgent_appeal", "case": plan.tarek.pk, "due_on": TODAY.isoformat()}
    assert alice.post(f"{at}/pledges/add", {**told, "next": f"{at}/pledges"}).status_code == 302
    made = Pledge.objects.get()
    gaps = text_of(alice.get(f"{at}/gaps"))
    assert "legal 1 empty" in gaps
    assert "1 run" in gaps
    assert "media 2 empty" in gaps
    no = alice.post(f"{at}/pledges/{made.pk}/move", {"state": "kept"})
    assert (no.status_code, "by evidence" in text_of(no)) == (409, True)
    shows = document(plan.people.alice, "The appeal was sent.")
    alice.post(f"{at}/pledges/{made.pk}/move", {"state": "kept", "document": shows.pk})
    assert f"/documents/{shows.pk}" in alice.get(f"{at}/pledges/{made.pk}").content.decode()
    assert "1 kept" in text_of(alice.get(f"{at}/gaps"))


def test_a_report_that_may_keep_a_pledge_is_offered_where_it_is_read(alice: Client, plan: Held) -> None:
    made, at = promised(plan, plan.legal, plan.people.alice, action="statement"), f"/plan/{plan.coalition.pk}"
    Pledge.objects.filter(pk=made.pk).update(made_at="2026-03-01T00:00Z")
    told = spoken(plan.people, "Salma Benhadi", "that he be freed", organisation="Basit Legal")
    for page in (f"/documents/{told.pk}", "/", at):
        assert "These reports may keep these pledges 1" in text_of(alice.get(page)), page
    alice.post(f"{at}/pledges/{made.pk}/move", {"state": "kept", "statement": Statement.objects.get().pk})
    assert "These reports may keep" not in text_of(alice.get(f"/documents/{told.pk}"))


def test_a_case_is_taken_out_of_the_plan_with_why(alice: Client, plan: Held) -> None:
    promised(plan, plan.legal, plan.people.alice)
    at = f"/plan/{plan.coalition.pk}"
    assert alice.post(f"{at}/cases/{plan.tarek.pk}/take-out", {"words": ""}).status_code == 409
    alice.post(f"{at}/cases/{plan.tarek.pk}/take-out", {"words": "The family asked us."})
    assert alice.get(f"{at}/cases/{plan.tarek.pk}").status_code == 404
    assert "Tarek Oumari" in text_of(alice.get(f"{at}/pledges"))
    assert "Tarek Oumari" not in text_of(alice.get(f"{at}/gaps"))


def test_silent_pledges_are_counted_and_drilled_down_to(alice: Client, plan: Held) -> None:
    promised(plan, plan.aid, plan.dana, due_on=TODAY - timedelta(days=1), note="A letter to the ministry.")
    at = f"/plan/{plan.coalition.pk}"
    assert "1 silent pledges" in text_of(alice.get(f"{at}/gaps"))
    assert "A letter to the ministry." in text_of(alice.get(f"{at}/pledges?state=silent"))
    assert "A letter to the ministry." not in text_of(alice.get(f"{at}/pledges?state=kept"))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"due_on": "2026-02-30"}, "no such day"),
        ({"due_on": ""}, "By when?"),
        ({"action": "military"}, "not on the list"),
        ({"case": ""}, "a case or a group"),
    ],
)
def test_a_pledge_that_is_none_says_why_and_nothing_is_kept(
    alice: Client, plan: Held, told: dict[str, str], says: str
) -> None:
    whole = {
        "partner": plan.legal.pk,
        "action": "petition_court",
        "case": plan.tarek.pk,
        "due_on": "2026-12-01",
        **told,
    }
    answer = alice.post(f"/plan/{plan.coalition.pk}/pledges/add", whole)
    assert (answer.status_code, says in text_of(answer)) == (409, True)
    assert not Pledge.objects.exists()


def test_outsiders_find_none_of_it(charlie_of: Client, plan: Held) -> None:
    pledge, charlie = promised(plan, plan.aid, plan.dana), charlie_of
    assert [charlie.get(path).status_code for path in every_page(plan, pledge)] == [404] * 7
    assert "Free Them Together" not in text_of(charlie.get("/plan"))
    at, before = f"/plan/{plan.coalition.pk}", AuditLine.objects.count()
    seat = Seat.objects.first()
    assert seat is not None
    posts = [
        f"{at}/version", f"{at}/adopt", f"{at}/partners/add", f"{at}/partners/{plan.aid.pk}/seat",
        f"{at}/seats/{seat.pk}/end", f"{at}/cases/add", f"{at}/cases/{plan.tarek.pk}/share",
        f"{at}/cases/{plan.tarek.pk}/unshare", f"{at}/cases/{plan.tarek.pk}/take-out", f"{at}/notes",
        f"{at}/pledges/add", f"{at}/pledges/{pledge.pk}/move", f"{at}/pledges/{pledge.pk}/take-over",
        f"{at}/partners/{plan.aid.pk}/leave",
    ]  # fmt: skip
    assert [charlie.post(path).status_code for path in posts] == [404] * len(posts)
    assert AuditLine.objects.count() == before


@pytest.fixture
def charlie_of(plan: Held, client_of: ClientOf) -> Client:
    return client_of(plan.people.charlie)


def test_a_partner_outside_the_share_finds_neither_case_nor_pledge(plan: Held, client_of: ClientOf) -> None:
    pledge = promised(plan, plan.legal, plan.people.alice, case=plan.salma)
    at = f"/plan/{plan.coalition.pk}"
    for path in (f"{at}/cases/{plan.salma.pk}", f"{at}/pledges/{pledge.pk}", f"{at}/pledges?case={plan.salma.pk}"):
        assert client_of(plan.dana).get(path).status_code == 200
        emil = client_of(plan.emil).get(path)
        assert emil.status_code == 404 or "Salma Aydin" not in emil.content.decode()
    assert client_of(plan.emil).get(f"{at}/cases/{plan.salma.pk}").status_code == 404
    assert client_of(plan.emil).get(f"{at}/pledges/{pledge.pk}").status_code == 404
    assert client_of(plan.dana).get(f"/cases/{plan.salma.case_id}").status_code == 404  # the file stays with its team
    for path in (f"{at}/gaps", f"{at}/pledges"):
        assert "Salma Aydin" not in client_of(plan.emil).get(path).content.decode()


def test_a_partner_is_told_what_only_coordinators_do(plan: Held, client_of: ClientOf) -> None:
    dana, at = client_of(plan.dana), f"/plan/{plan.coalition.pk}"
    versions.new_version(plan.coalition, [Wanted("goal", "Ours")], actor=actor(plan.people.alice))
    assert dana.post(f"{at}/version", {"goal": "Mine"}).status_code == 403
    assert dana.post(f"{at}/partners/add", {"name": "Mine"}).status_code == 403
    version = Version.objects.get()
    told = {"version": version.pk, "partner": plan.press.pk, "stance": "adopted"}
    assert dana.post(f"{at}/adopt", told).status_code == 403
    assert not Adoption.objects.exists()


def test_seats_shares_and_notes_are_given_and_ended(alice: Client, plan: Held, client_of: ClientOf) -> None:
    at = f"/plan/{plan.coalition.pk}"
    alice.post(f"{at}/cases/{plan.salma.pk}/share", {"partner": plan.press.pk})
    assert client_of(plan.emil).get(f"{at}/cases/{plan.salma.pk}").status_code == 200
    share = plan.salma.shares.get(partner=plan.press)
    alice.post(f"{at}/cases/{plan.salma.pk}/unshare", {"share": share.pk})
    assert client_of(plan.emil).get(f"{at}/cases/{plan.salma.pk}").status_code == 404
    client_of(plan.dana).post(f"{at}/notes", {"partner": plan.aid.pk, "words": "Ours alone.", "case": plan.tarek.pk})
    assert Note.objects.get().case == plan.tarek
    assert "Ours alone." in text_of(client_of(plan.dana).get(f"{at}/cases/{plan.tarek.pk}"))
    assert "Ours alone." not in text_of(alice.get(f"{at}/cases/{plan.tarek.pk}"))
    alice.post(f"{at}/seats/{plan.aid.seats.get().pk}/end")
    assert client_of(plan.dana).get(at).status_code == 404
    assert "Nobody signs in" in text_of(alice.post(f"{at}/partners/{plan.aid.pk}/seat", {"username": "nobody"}))
    alice.post(f"{at}/partners/{plan.aid.pk}/seat", {"username": "dana"})
    assert client_of(plan.dana).get(at).status_code == 200
    assert Coalition.objects.count() == 1


def test_a_partner_leaves_and_what_it_left_open_is_taken_over(plan: Held, alice: Client, client_of: ClientOf) -> None:
    at, dana = f"/plan/{plan.coalition.pk}", client_of(plan.dana)
    given = promised(plan, plan.aid, plan.dana)
    emil = client_of(plan.emil)
    assert "Sawari Aid leaves the plan" not in text_of(emil.get(f"{at}/partners"))
    assert emil.post(f"{at}/partners/{plan.aid.pk}/leave", {"words": "Go."}).status_code == 403
    assert "Sawari Aid leaves the plan" in text_of(dana.get(f"{at}/partners"))
    assert dana.post(f"{at}/partners/{plan.aid.pk}/leave", {"words": ""}).status_code == 409
    gone = dana.post(f"{at}/partners/{plan.aid.pk}/leave", {"words": "We close our office."})
    assert (gone.status_code, gone.headers["Location"]) == (302, "/plan")
    assert dana.get(at).status_code == 404
    shown = text_of(alice.get(f"{at}/partners"))
    assert "Left the plan Sawari Aid We close our office." in shown
    assert "Take it over" in text_of(alice.get(f"{at}/pledges/{given.pk}"))
    told = {"partner": plan.legal.pk, "due_on": "2026-12-20"}
    assert alice.post(f"{at}/pledges/{given.pk}/take-over", {**told, "due_on": "2026-02-30"}).status_code == 409
    alice.post(f"{at}/pledges/{given.pk}/take-over", told)
    assert "taken over from Sawari Aid" in text_of(alice.get(f"{at}/pledges?partner={plan.legal.pk}"))
