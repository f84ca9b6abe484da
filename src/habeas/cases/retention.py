"""How long a team keeps what it holds, as a rule that stands: set by an admin, gone through by the watch once a day.

A rule is first kept on the day after it was set, so that a mistaken one can be ended before it removes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from habeas.accounts import roles
from habeas.accounts.models import Team, User
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.cases import closed, erasing, retaining
from habeas.cases.models import Case, RetentionRound, RetentionRule
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError
from habeas.sources.models import Capture, Document

KINDS = (*retaining.WHAT, "closed")  # in the order in which they are gone through
MOST_DAYS = 36_500
Things = QuerySet[Document, Document] | QuerySet[Case, Case]


class CannotRetain(HabeasError):
    """A rule of retention cannot be set like that."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a rule does next: how many documents or cases it removes, and on which day; None where nothing is due."""

    count: int
    on: date | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of going through all rules: how many documents and how many cases were removed."""

    documents: int = 0
    cases: int = 0


@transaction.atomic
def set_rule(
    team: Team, what: str, days: int | None, *, actor: Actor, source: str = "", used: bool = False
) -> RetentionRule:
    """The rule added, which stands for these things of the team from tomorrow on; with `days` None they stay again.

    `what` is unconnected, originals or closed (see docs/cases.md); `used` says plainly that what somebody judged goes
    too, and files of open cases. Raises NotAllowed, and CannotRetain for what cannot be.
    """
    roles.must(actor, Right.ERASE, team)
    made = proposed(team, what, days, source=source, used=used)
    made.made_by_id = actor.user_id
    made.save()
    detail = {"what": what, "days": days, "by_source": bool(made.source), "used": made.used}
    action = "cases.retention.set" if days else "cases.retention.ended"
    audit.record(action, made, actor=actor, detail=detail, wrote=[made])
    return made


def proposed(team: Team, what: str, days: int | None, *, source: str = "", used: bool = False) -> RetentionRule:
    """The rule as it would be set, not saved, to be looked at first. Raises CannotRetain for what cannot be."""
    if what not in KINDS:
        raise CannotRetain(f"{what!r} is nothing that a rule removes; choose one of {', '.join(KINDS)}.")
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise CannotRetain(f"Give the days after which it goes, from 1 to {MOST_DAYS}.")
    if source and what == "closed":
        raise CannotRetain("A case is of no single source; leave the source empty.")
    if source and not Capture.objects.filter(source__name=source, document__team=team).exists():
        raise CannotRetain(f"No document of this team is of a source called {source}.")
    is_used = used and what != "unconnected"  # what somebody judged is connected
    return RetentionRule(team=team, what=what, days=days, source=source, used=is_used, made_at=timezone.now())


def end(rule: RetentionRule, *, actor: Actor) -> RetentionRule:
    """The row by which the things of the rule stay again."""
    return set_rule(rule.team, rule.what, None, source=rule.source, actor=actor)


def standing(user: User) -> list[RetentionRule]:
    """The rules that stand in the user's teams."""
    return _standing(RetentionRule.objects.filter(team__in=roles.teams_of(user)))


def outlook(rule: RetentionRule, user: User, now: datetime | None = None) -> Outlook:
    """What the rule, set or proposed, does next as things are, and on which day: of what the user sees."""
    first = now or timezone.now()
    began = timezone.localdate(first)
    done = RetentionRound.objects.filter(rule=rule.pk).values_list("on", flat=True).first()
    if began in {timezone.localdate(rule.made_at), done}:
        first += timedelta(days=1)
    low, high = 0, (rule.days or 0) + 1
    if not _seen(rule, user, first + timedelta(days=high)).exists():
        return Outlook(0, None)
    while low < high:  # what is due one day is due the next
        middle = (low + high) // 2
        if _seen(rule, user, first + timedelta(days=middle)).exists():
            high = middle
        else:
            low = middle + 1
    then = first + timedelta(days=low)
    return Outlook(_seen(rule, user, then).count(), timezone.localdate(then))


def due(rule: RetentionRule, user: User, now: datetime | None = None) -> Things:
    """The documents or, of closed cases, the cases that the rule, set or proposed, is due for; the oldest first.

    Of those that the user sees: a rule takes what is hidden from them too, and how much that is tells of it.
    """
    return _seen(rule, user, now or timezone.now())


def _seen(rule: RetentionRule, user: User, now: datetime) -> Things:
    found = _due(rule, now)
    return found.filter(pk__in=found.model.objects.visible_to(user).values("pk"))


def keep(*, via: str, now: datetime | None = None) -> Kept:
    """What was removed by the rules that stand and that were not gone through today, each in its maker's name.

    A line of the audit for each document and case. Safe to kill: what is left of a rule is gone through when it is
    called again. Several workers may do so at once.
    """
    today, kept = timezone.localdate(now), Kept()
    for rule in _standing(RetentionRule.objects.all()):
        done = RetentionRound.objects.filter(rule=rule, on__gte=today).exists()
        if not done and timezone.localdate(rule.made_at) < today:
            removed = _keep(rule, Actor(rule.made_by_id, via), now)
            is_cases = rule.what == "closed"
            kept = Kept(kept.documents + removed * (not is_cases), kept.cases + removed * is_cases)
            RetentionRound.objects.update_or_create(rule=rule, defaults={"on": today})
    return kept


def _keep(rule: RetentionRule, actor: Actor, now: datetime | None) -> int:
    at = now or timezone.now()
    if rule.what != "closed":
        documents: Callable[[], Any] = lambda: _due(rule, at)  # noqa: E731
        return max(retaining.retire_all(documents, _rule(rule), actor=actor), default=0)
    return _erase(rule, actor, at)


def _erase(rule: RetentionRule, actor: Actor, at: datetime) -> int:
    done, reason = 0, f"rule {rule.pk} of retention: held no longer, {rule.days} days without news"
    for case in cast("QuerySet[Case, Case]", _due(rule, at)):
        is_due: Callable[[], bool] = _due(rule, at).filter(pk=case.pk).exists
        done += erasing.erase_if(is_due, case.person, reason=reason, actor=actor) is not None
    if done:
        erasing.finish()
    return done


def _due(rule: RetentionRule, now: datetime) -> Things:
    if rule.what == "closed":
        ended = closed.due(rule.team, now - timedelta(days=rule.days or 0), used=rule.used)
        return retaining.without_needed(ended, used=rule.used)
    return retaining.due_of(Document.objects.filter(team=rule.team), _rule(rule), now)


def _rule(rule: RetentionRule) -> retaining.Rule:
    what: retaining.What = "originals" if rule.what == "originals" else "unconnected"
    return retaining.Rule(what, rule.days or 0, rule.source, used=rule.used, number=rule.pk)


def _standing(rules: QuerySet[RetentionRule, RetentionRule]) -> list[RetentionRule]:
    newest: dict[tuple[int, str, str], RetentionRule] = {}
    for rule in rules.select_related("team", "made_by").order_by("pk"):
        newest[rule.team_id, rule.what, rule.source] = rule
    return sorted(_kept_at_all(newest.values()), key=lambda one: (one.team_id, KINDS.index(one.what), one.source))


def _kept_at_all(rules: Any) -> Iterator[RetentionRule]:
    return (rule for rule in rules if rule.days is not None)
