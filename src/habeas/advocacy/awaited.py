"""Answers that are awaited, as clocks of the watch. Whom was asked, and what, stays in the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from habeas.advocacy.models import Communication
from habeas.cases.models import Case
from habeas.extraction import edtf
from habeas.watch.clock import Clock, rule


def clocks(case: Case) -> Iterator[Clock]:
    """A clock for each communication about the case that waits for an answer by a day.

    Of plans alone in which somebody of the case's team sits: what other partners ask is not told in the case file.
    """
    sits = Q(coalition__partners__seats__user__membership__team=case.team_id, coalition__partners__seats__until=None)
    waiting = Communication.objects.filter(sits, cases__case__case=case, response="").exclude(due_on=None)
    told = rule("reply_due")
    for one in waiting.distinct().order_by("pk"):
        if one.due_on:
            label = told["label"].format(when=one.due_on.isoformat())
            yield Clock("reply_due", f"communication {one.pk}", edtf.add_days(one.due_on, told["days"]), label)


def changed_since(moment: datetime) -> set[int]:
    """The keys of the cases about which somebody was asked, or answered, since."""
    changed = Communication.objects.filter(Q(made_at__gte=moment) | Q(answers__made_at__gte=moment))
    return {key for key in changed.values_list("cases__case__case", flat=True) if key is not None}
