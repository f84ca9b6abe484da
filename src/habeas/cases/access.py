"""Who sees a case besides, or instead of, its team; and what of a document that means for others.

A document that speaks of nobody with a file but people whose files somebody may not see is not theirs to see either.
One that speaks of others too stays, since their files rest on it; what was read in it of the hidden people does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from habeas.accounts.models import Membership, User
from habeas.accounts.roles import teams_of
from habeas.cases.models import Case, CaseShare, Claim, Link, Sighting, Statement
from habeas.sources.models import Document
from habeas.sources.visibility import Exceptions


def documents(user: User, teams: Sequence[int]) -> Exceptions:
    """The documents that limited cases hide from the user, and those that come with cases shown to them."""
    hidden = _documents_of(hidden_people(user, teams))
    if hidden:
        seen = Case.objects.visible_to(user).values("person")
        beside = _same().filter(person__in=seen, sighting__reading__document__in=hidden)
        hidden -= set(beside.values_list("sighting__reading__document", flat=True))
    shown = shares_with(user, teams).exclude(case__team__in=teams).values_list("case__person", flat=True)
    return Exceptions(hidden, _documents_of(list(shown)))


def hidden_people(user: User, teams: Sequence[int] | None = None) -> list[int]:
    """The people in the user's teams whose files are limited to others; mostly nobody."""
    mine = teams_of(user) if teams is None else teams
    limited = Case.objects.filter(team__in=mine, limited_at__isnull=False)
    return list(limited.exclude(pk__in=shares_with(user, mine).values("case")).values_list("person", flat=True))


def hidden_sightings(user: User) -> QuerySet[Link, Any] | None:
    """The sightings of people whose files the user may not see, for a subquery; None where there are no such people."""
    teams = teams_of(user)
    people = [*hidden_people(user, teams), *_beside_shown(user, teams)]
    return _same().filter(person__in=people).values("sighting") if people else None


def sightings(user: User, keys: Collection[int]) -> QuerySet[Sighting, Sighting]:
    """Of the sightings with these keys those of nobody whose file the user may not see."""
    found, hidden = Sighting.objects.filter(pk__in=keys), hidden_sightings(user)
    return found if hidden is None else found.exclude(pk__in=hidden)


def claims(user: User) -> QuerySet[Claim, Claim]:
    """The claims in the user's documents that are about nobody whose file they may not see."""
    found = Claim.objects.filter(reading__document__in=Document.objects.visible_to(user))
    hidden = hidden_sightings(user)
    return found if hidden is None else found.exclude(subject__in=hidden)


def statements(user: User) -> QuerySet[Statement, Statement]:
    """The statements in the user's documents, but for those about nobody else than people whose files they may not see.

    One that is about others too, or about nobody, stays.
    """
    found = Statement.objects.filter(reading__document__in=Document.objects.visible_to(user))
    hidden = hidden_sightings(user)
    if hidden is None:
        return found
    about = Statement.about.through.objects.filter(statement=OuterRef("pk"))
    return found.filter(~Exists(about) | Exists(about.exclude(sighting__in=hidden)))


def shares_with(user: User, teams: Sequence[int]) -> QuerySet[CaseShare, CaseShare]:
    """The shares that show the user, or one of their teams, a case now."""
    return CaseShare.objects.filter(Q(user=user) | Q(team__in=teams), until=None)


def readers(case: Case) -> list[User]:
    """Everybody active who may see the case, by name."""
    shares = list(CaseShare.objects.filter(case=case, until=None))
    teams = {share.team_id for share in shares if share.team_id}
    teams |= set() if case.limited_at else {case.team_id}
    members = Membership.objects.filter(team__in=teams, user__is_active=True)
    keys = {user for user, roles in members.values_list("user", "roles") if roles}
    keys |= {share.user_id for share in shares if share.user_id}
    return list(User.objects.filter(pk__in=keys, is_active=True).order_by("username"))


def _beside_shown(user: User, teams: Sequence[int]) -> list[int]:
    """People of other teams whose files the user may not see, in the documents of cases that are shown to them."""
    shown = list(shares_with(user, teams).exclude(case__team__in=teams).values_list("case__person", flat=True))
    beside = _same().filter(sighting__reading__document__in=_documents_of(shown))
    seen = Case.objects.visible_to(user).values("person")
    return list(beside.exclude(person__in=seen).values_list("person", flat=True).distinct()) if shown else []


def _documents_of(people: Collection[int]) -> set[int]:
    if not people:
        return set()
    found: Iterable[int] = (
        _same().filter(person__in=people).values_list("sighting__reading__document", flat=True).distinct()
    )
    return set(found)


def _same() -> QuerySet[Link, Link]:
    """The links that count and say that a sighting is a person."""
    newer = Link.objects.filter(sighting=OuterRef("sighting"), person=OuterRef("person"), pk__gt=OuterRef("pk"))
    return Link.objects.filter(~Q(Exists(newer)), verdict="same")
