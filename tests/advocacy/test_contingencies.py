"""If something happens, these pledges fall due: once, recorded, with the reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from advocacy.coalition import Held, promised
from cast import actor, document, read_as
from habeas.advocacy.checks import SEALED
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Firing, Pledge
from habeas.advocacy.queries.contingencies import of_case
from habeas.advocacy.services import contingencies
from habeas.audit.checks import faults
from habeas.cases import services as cases
from habeas.watch.services import tick


def told(plan: Held, on: str, text: str, **claim: object) -> None:
    made = document(plan.people.alice, f"Tarek Oumari {text} ({on})", published=on)
    cases.take_in(made, read_as(made.text, "Tarek Oumari", **claim), reader="test", actor=actor(plan.people.alice))


def watched(plan: Held, on: str) -> list[int]:
    """One round of the watch on that day."""
    by = actor(plan.people.alice)
    tick(actor=by, on=date.fromisoformat(on))
    return contingencies.fire(actor=by)


def under(plan: Held, *conditions: str) -> Pledge:
    by = actor(plan.people.alice)
    made = contingencies.prepare(plan.tarek, conditions, actor=by)
    return contingencies.put_under(promised(plan, plan.legal, plan.people.alice), made, actor=by)


def test_the_28th_day_of_a_strike_makes_its_pledges_due_within_a_day_once(plan: Held) -> None:
    with time_machine.travel("2026-03-10T08:00Z", tick=False):
        started = {"kind": "hunger_strike", "phase": "start", "date": "2026-03-09"}
        told(plan, "2026-03-10", "has refused food since 9 March.", **started)
        pledge = under(plan, "strike_28")
        assert watched(plan, "2026-03-10") == []
    with time_machine.travel("2026-04-05T08:00Z", tick=False):
        told(plan, "2026-04-04", "is on hunger strike.", kind="hunger_strike", phase="ongoing", date="2026-04-04")
        assert len(watched(plan, "2026-04-05")) == 1
        assert watched(plan, "2026-04-05") == []
        firing = Firing.objects.get()
        assert (firing.condition, firing.reason) == ("strike_28", "reported on hunger strike: day 28")
        pledge.refresh_from_db()
        assert pledge.due_on == date(2026, 4, 6)
    with time_machine.travel("2026-04-13T08:00Z", tick=False):
        told(plan, "2026-04-12", "is on hunger strike.", kind="hunger_strike", phase="ongoing", date="2026-04-12")
        assert watched(plan, "2026-04-13") == []
    assert not list(faults(SEALED))


def test_critical_health_and_a_renewed_order_fire_too(plan: Held) -> None:
    today = timezone.localdate().isoformat()
    pledge = under(plan, "health_critical", "order_renewed")
    told(plan, today, "may have his order renewed.", kind="order", phase="renewed", modality="hypothetical", date=today)
    assert watched(plan, today) == []
    told(plan, today, "has had his order renewed.", kind="order", phase="renewed", value="P4M", date=today)
    assert len(watched(plan, today)) == 1
    assert Firing.objects.get().condition == "order_renewed"
    pledge.refresh_from_db()
    assert pledge.due_on == timezone.localdate() + timedelta(days=1)
    second = under(plan, "health_critical")
    told(plan, today, "is in a critical state.", kind="health", phase="ongoing", value="critical", date=today)
    assert len(watched(plan, today)) == 1
    second.refresh_from_db()
    assert second.due_on is not None


def test_what_happened_before_it_was_made_fires_nothing(plan: Held) -> None:
    today = timezone.localdate().isoformat()
    told(plan, today, "is in a critical state.", kind="health", phase="ongoing", value="critical", date=today)
    watched(plan, today)
    under(plan, "health_critical")
    assert watched(plan, today) == []


def test_a_partner_without_the_file_neither_prepares_nor_learns_why(plan: Held) -> None:
    with pytest.raises(PlanError, match="who see the case file"):
        contingencies.prepare(plan.tarek, ["health_critical"], actor=actor(plan.dana))
    today = timezone.localdate().isoformat()
    under(plan, "strike_28", "health_critical")
    told(plan, today, "is in a critical state.", kind="health", phase="ongoing", value="critical", date=today)
    assert len(watched(plan, today)) == 1
    (theirs,), (ours,) = of_case(plan.dana, plan.tarek), of_case(plan.people.alice, plan.tarek)
    assert (bool(theirs.fired_at), theirs.reason, theirs.condition) == (True, "", "")
    assert ours.reason == "health reported: critical"


def test_a_contingency_that_is_none_says_why(plan: Held) -> None:
    by = actor(plan.people.alice)
    with pytest.raises(PlanError, match="at least one"):
        contingencies.prepare(plan.tarek, [], actor=by)
    with pytest.raises(PlanError, match="not on the list"):
        contingencies.prepare(plan.tarek, ["armed"], actor=by)
    with pytest.raises(PlanError, match="from 1 to"):
        contingencies.prepare(plan.tarek, ["strike_28"], hours=0, actor=by)
    with pytest.raises(PlanError, match="not shared with you"):
        contingencies.prepare(plan.salma, ["strike_28"], actor=actor(plan.emil))
    made = contingencies.prepare(plan.salma, ["strike_28"], actor=by)
    with pytest.raises(PlanError, match="own case"):
        contingencies.put_under(promised(plan, plan.legal, plan.people.alice), made, actor=by)
