"""Cases × tracks: what is empty, silent, too much, and worse without an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from advocacy.coalition import Held, promised
from cast import actor
from habeas.advocacy.queries.gaps import Gaps, gaps
from habeas.advocacy.services import pledges
from habeas.cases.models import Case
from habeas.watch.models import Alert

TODAY = timezone.localdate()
BARE = ("political", "legal", "media", "humanitarian", "public")


def alert(plan: Held, rule: str = "health") -> Alert:
    return Alert.objects.create(
        case=plan.tarek.case, rule=rule, due_on=TODAY, label="health reported: critical", reasons=[], as_of=TODAY,
        raised_at=timezone.now(),
    )  # fmt: skip


def cells(plan: Held, on: date = TODAY) -> dict[str, tuple[int, int, int]]:
    row = next(row for row in gaps(plan.people.alice, plan.coalition, on).rows if row.name == "Tarek Oumari")
    return {cell.track: (cell.running, cell.silent, cell.kept) for cell in row.cells}


def test_each_track_counts_what_runs_is_silent_and_was_kept(plan: Held) -> None:
    promised(plan, plan.aid, plan.dana)
    promised(plan, plan.aid, plan.dana, action="medical_visit")
    withdrawn = promised(plan, plan.aid, plan.dana, action="statement")
    pledges.move(withdrawn, "withdrawn", actor=actor(plan.dana), words="No.")
    assert cells(plan) == {
        "political": (1, 0, 0), "legal": (0, 0, 0), "media": (0, 0, 0), "humanitarian": (1, 0, 0), "public": (0, 0, 0),
    }  # fmt: skip
    assert cells(plan, TODAY + timedelta(days=4))["political"] == (0, 1, 0)
    view = gaps(plan.people.alice, plan.coalition, TODAY + timedelta(days=4))
    assert (view.cases, view.silent, view.empty["legal"], view.empty["political"]) == (2, 2, 2, 1)


def test_the_barest_case_comes_first_and_only_what_is_shared_is_there(plan: Held) -> None:
    promised(plan, plan.aid, plan.dana)
    assert [row.name for row in gaps(plan.people.alice, plan.coalition, TODAY).rows] == ["Salma Aydin", "Tarek Oumari"]
    assert [row.name for row in gaps(plan.emil, plan.coalition, TODAY).rows] == ["Tarek Oumari"]
    assert gaps(plan.people.charlie, plan.coalition, TODAY).rows == ()


def test_a_case_that_got_worse_comes_first_until_something_moves(plan: Held) -> None:
    alert(plan)
    view = gaps(plan.people.alice, plan.coalition, TODAY)
    assert (view.worsened, view.rows[0].name, view.rows[0].worse) == (1, "Tarek Oumari", "health reported: critical")
    assert gaps(plan.emil, plan.coalition, TODAY).worsened == 0  # the plan tells a partner nothing of the file
    promised(plan, plan.aid, plan.dana)
    assert gaps(plan.people.alice, plan.coalition, TODAY).worsened == 0


@pytest.mark.parametrize(("rule", "later"), [("hearing", 0), ("health", 30)])
def test_other_alerts_and_old_ones_are_no_worsening(plan: Held, rule: str, later: int) -> None:
    alert(plan, rule)
    assert gaps(plan.people.alice, plan.coalition, TODAY + timedelta(days=later)).worsened == 0


def test_a_partner_with_too_many_open_pledges_is_named(plan: Held) -> None:
    for number in range(20):
        promised(plan, plan.aid, plan.dana, case=None, group=f"group {number}")
    assert gaps(plan.dana, plan.coalition, TODAY).overloaded == ()
    last = promised(plan, plan.aid, plan.dana)
    assert [(one.name, one.pledges) for one in gaps(plan.dana, plan.coalition, TODAY).overloaded] == [
        ("Sawari Aid", 21)
    ]
    pledges.move(last, "withdrawn", actor=actor(plan.dana), words="Too much.")
    assert gaps(plan.dana, plan.coalition, TODAY).overloaded == ()


def test_no_number_tells_of_a_case_that_the_viewer_does_not_see(plan: Held) -> None:
    later = TODAY + timedelta(days=4)
    mine = [plan.people.alice, plan.dana]
    for _ in range(21):
        promised(plan, plan.aid, plan.dana, case=plan.salma)
    assert [len(gaps(user, plan.coalition, later).overloaded) for user in (*mine, plan.emil)] == [1, 1, 0]
    assert [gaps(user, plan.coalition, later).silent for user in (*mine, plan.emil)] == [21, 21, 0]
    assert [gaps(user, plan.coalition, later).cases for user in (*mine, plan.emil)] == [2, 2, 1]
    assert gaps(plan.people.charlie, plan.coalition, later) == Gaps(0, dict.fromkeys(BARE, 0), 0, 0, (), ())


def test_a_case_whose_file_is_limited_leaves_the_numbers_of_partners(plan: Held) -> None:
    for _ in range(21):
        promised(plan, plan.aid, plan.dana)
    assert len(gaps(plan.emil, plan.coalition, TODAY).overloaded) == 1
    Case.objects.filter(pk=plan.tarek.case_id).update(limited_at=timezone.now())
    view = gaps(plan.emil, plan.coalition, TODAY)
    assert (view.cases, view.overloaded, view.rows) == (0, (), ())


def test_a_pledge_for_a_group_counts_for_everybody_in_the_plan_and_for_nobody_else(plan: Held) -> None:
    for number in range(21):
        promised(plan, plan.aid, plan.dana, case=None, group=f"group {number}")
    assert [one.pledges for one in gaps(plan.emil, plan.coalition, TODAY).overloaded] == [21]
    assert gaps(plan.emil, plan.coalition, TODAY + timedelta(days=4)).silent == 21
    assert gaps(plan.people.charlie, plan.coalition, TODAY + timedelta(days=4)).silent == 0
