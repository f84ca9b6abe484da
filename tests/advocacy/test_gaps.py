"""Cases × tracks: what is empty, silent, too much, and worse without an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from advocacy.coalition import Held, promised
from cast import actor
from habeas.advocacy.queries.gaps import gaps
from habeas.advocacy.services import pledges
from habeas.watch.models import Alert

TODAY = timezone.localdate()


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
