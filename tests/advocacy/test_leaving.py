"""A partner leaves the plan: its open pledges are withdrawn with why, and nothing that it did is lost."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from advocacy.coalition import Held, promised
from cast import actor
from habeas.accounts.models import User
from habeas.advocacy.checks import SEALED
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Coalition, Leaving, Partner, Pledge, PledgeStep, Seat
from habeas.advocacy.queries import pledges as queries
from habeas.advocacy.queries.plan import plan as shown
from habeas.advocacy.services import coalition as service
from habeas.advocacy.services import pledges
from habeas.audit.checks import faults

TODAY = timezone.localdate()


def test_open_pledges_are_withdrawn_with_why_and_what_was_done_stays(plan: Held) -> None:
    open_, broken = (promised(plan, plan.aid, plan.dana) for _ in range(2))
    pledges.move(broken, "broken", actor=actor(plan.dana), words="Nobody let us in.")
    service.note(plan.aid, "Ours alone.", actor=actor(plan.dana))
    assert service.leave(plan.aid, "We close our office.", actor=actor(plan.dana)) == 1
    step = PledgeStep.objects.get(pledge=open_)
    assert (step.state, step.words) == ("withdrawn", "We close our office.")
    assert Pledge.objects.get(pk=broken.pk).state == "broken"
    assert plan.aid.notes.get().words == "Ours alone."
    assert list(Coalition.objects.visible_to(plan.dana)) == []
    assert not plan.salma.shares.filter(partner=plan.aid, until=None).exists()
    found = shown(plan.people.alice, plan.coalition)
    assert found
    assert [one.name for one in found.stances] == ["Basit Legal", "Nahr Press"]
    assert not list(faults(SEALED))


def test_only_its_own_people_or_a_coordinator_say_that_it_leaves(plan: Held) -> None:
    for user in (plan.emil, plan.people.bob, plan.people.charlie):
        with pytest.raises(PlanError, match="Only people of Sawari Aid"):
            service.leave(plan.aid, "Not ours to say.", actor=actor(user))
    assert Partner.objects.staying().count() == 3
    service.leave(plan.aid, "They told us so.", actor=actor(plan.people.alice))
    assert Partner.objects.staying().count() == 2


def test_the_last_coordinator_cannot_leave_with_its_partner(plan: Held) -> None:
    promised(plan, plan.legal, plan.people.bob)
    with pytest.raises(PlanError, match="last coordinator"):
        service.leave(plan.legal, "We go.", actor=actor(plan.people.alice))
    assert not Leaving.objects.exists()
    assert Seat.objects.filter(until=None).count() == 4
    service.seat(plan.aid, plan.dana, actor=actor(plan.people.alice))
    Seat.objects.filter(user=plan.dana).update(coordinates=True)
    service.leave(plan.legal, "We go.", actor=actor(plan.people.alice))
    assert Seat.objects.filter(partner=plan.legal, until=None).count() == 0


@pytest.mark.parametrize("why", ["", "  "])
def test_it_says_why(plan: Held, why: str) -> None:
    with pytest.raises(PlanError, match="Why is empty"):
        service.leave(plan.aid, why, actor=actor(plan.dana))


def test_who_left_is_given_no_seat_and_no_share_until_it_is_added_again(plan: Held) -> None:
    by = actor(plan.people.alice)
    service.leave(plan.press, "No time.", actor=by)
    with pytest.raises(PlanError, match="left this plan already"):
        service.leave(plan.press, "No time.", actor=by)
    with pytest.raises(PlanError, match="add it as a partner again"):
        service.seat(plan.press, plan.emil, actor=by)
    with pytest.raises(PlanError, match="not a partner"):
        service.share(plan.salma, plan.press, actor=by)
    assert service.add_partner(plan.coalition, "nahr press", actor=by) == plan.press
    service.seat(plan.press, plan.emil, actor=by)
    assert list(Coalition.objects.visible_to(plan.emil)) == [plan.coalition]
    with pytest.raises(PlanError, match="is a partner already"):
        service.add_partner(plan.coalition, "Nahr Press", actor=by)
    assert not list(faults(SEALED))


def test_a_withdrawn_pledge_is_taken_over_by_another_organisations_own_people(plan: Held) -> None:
    given = promised(plan, plan.aid, plan.dana, note="To the ministry.")
    later = TODAY + timedelta(days=9)
    with pytest.raises(PlanError, match="Only what another"):
        pledges.take_over(given, plan.legal, later, actor=actor(plan.people.alice))
    service.leave(plan.aid, "We close our office.", actor=actor(plan.dana))
    given.refresh_from_db()
    with pytest.raises(PlanError, match="Only people of Nahr Press"):
        pledges.take_over(given, plan.press, later, actor=actor(plan.people.alice))
    made = pledges.take_over(given, plan.legal, later, actor=actor(plan.people.bob))
    assert (made.action, made.case, made.due_on, made.state) == (given.action, plan.tarek, later, "pledged")
    row = queries.pledge_row(plan.people.alice, made, TODAY)
    assert (row.note, row.before, row.whose) == ("To the ministry.", given.pk, "Sawari Aid")
    assert not list(faults(SEALED))
    assert Pledge.objects.get(pk=given.pk).state == "withdrawn"


def broken(plan: Held) -> Pledge:
    given = promised(plan, plan.aid, plan.dana)
    pledges.move(given, "broken", actor=actor(plan.dana), words="No visa.")
    return given


def test_a_pledge_is_taken_over_once_and_it_is_told_by_whom(plan: Held) -> None:
    given = broken(plan)
    made = pledges.take_over(given, plan.legal, TODAY, actor=actor(plan.people.bob))
    with pytest.raises(PlanError, match=r"^Basit Legal has taken this pledge over already\.$"):
        pledges.take_over(given, plan.press, TODAY, actor=actor(plan.emil))
    row = queries.pledge_row(plan.dana, given, TODAY)
    assert (row.after, row.whose_after) == (made.pk, "Basit Legal")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a test's SQLite database is one thread's")
def test_of_two_who_take_it_over_at_once_one_is_late(plan: Held) -> None:
    given, start, told = broken(plan), threading.Barrier(2), list[str]()

    def take(partner: Partner, user: User) -> None:
        held = Pledge.objects.get(pk=given.pk)
        start.wait()
        try:
            pledges.take_over(held, partner, TODAY, actor=actor(user))
        except PlanError as fault:
            told.append(str(fault))
        finally:
            connection.close()

    both = ((plan.legal, plan.people.bob), (plan.press, plan.emil))
    takers = [threading.Thread(target=take, args=one) for one in both]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    made = Pledge.objects.get(taken_from=given)
    assert told == [f"{made.partner.name} has taken this pledge over already."]


def test_what_its_maker_took_up_again_is_not_taken_over(plan: Held) -> None:
    given = broken(plan)
    as_shown = Pledge.objects.get(pk=given.pk)
    pledges.move(given, "pledged", actor=actor(plan.dana))
    with pytest.raises(PlanError, match="Only what another"):
        pledges.take_over(as_shown, plan.legal, TODAY, actor=actor(plan.people.bob))


def test_what_another_has_taken_over_is_opened_again_by_nobody_while_they_have_it_open(plan: Held) -> None:
    given = broken(plan)
    made = pledges.take_over(given, plan.legal, TODAY, actor=actor(plan.people.bob))
    for state in ("pledged", "under_way"):
        with pytest.raises(PlanError, match=r"^Basit Legal has this pledge now; it can be opened again when they"):
            pledges.move(given, state, actor=actor(plan.dana))
    pledges.move(made, "withdrawn", actor=actor(plan.people.bob), words="No time.")
    further = pledges.take_over(made, plan.press, TODAY, actor=actor(plan.emil))
    for one, by in ((given, plan.dana), (made, plan.people.bob)):
        with pytest.raises(PlanError, match=r"^Nahr Press has this pledge now"):
            pledges.move(one, "pledged", actor=actor(by))
    pledges.move(further, "withdrawn", actor=actor(plan.emil), words="No time either.")
    pledges.move(given, "under_way", actor=actor(plan.dana))
    with pytest.raises(PlanError, match=r"^Sawari Aid has this pledge now"):
        pledges.move(further, "pledged", actor=actor(plan.emil))
    with pytest.raises(PlanError, match=r"^Sawari Aid has this pledge now"):
        pledges.take_over(further, plan.legal, TODAY, actor=actor(plan.people.bob))
    assert [one.state for one in Pledge.objects.order_by("pk")] == ["under_way", "withdrawn", "withdrawn"]
    assert not list(faults(SEALED))
