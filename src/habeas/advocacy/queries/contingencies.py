"""Contingencies as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from habeas.accounts.models import User
from habeas.advocacy.models import Contingency, Firing, PlanCase, Pledge
from habeas.cases.models import Case


@dataclass(frozen=True, slots=True)
class Prepared:
    """A contingency with its pledges. `fired_at` once its time has come; `reason` for who sees the file."""

    key: int
    conditions: tuple[str, ...]
    hours: int
    pledges: tuple[Pledge, ...]
    fired_at: datetime | None = None
    condition: str = ""
    reason: str = ""


def of_case(user: User, case: PlanCase) -> list[Prepared]:
    """The contingencies of a case that the user sees in the plan, the newest first."""
    found = Contingency.objects.visible_to(user).filter(case=case).order_by("-pk")
    sees_file = Case.objects.visible_to(user).filter(pk=case.case_id).exists()
    firings = {one.contingency_id: one for one in Firing.objects.filter(contingency__in=found)}
    return [_prepared(one, firings.get(one.pk), sees_file) for one in found]


def _prepared(one: Contingency, firing: Firing | None, sees_file: bool) -> Prepared:
    return Prepared(
        key=one.pk,
        conditions=tuple(one.conditions),
        hours=one.hours,
        pledges=tuple(one.pledges.select_related("partner").order_by("pk")),
        fired_at=firing.fired_at if firing else None,
        condition=firing.condition if firing and sees_file else "",
        reason=firing.reason if firing and sees_file else "",
    )
