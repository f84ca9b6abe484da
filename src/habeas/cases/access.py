"""Who sees a case besides, or instead of, its team; and what of a document that means for others.

A document that speaks of nobody with a file but people whose files somebody may not see is not theirs to see either.
One that speaks of others too stays, since their files rest on it; what was read in it of the hidden people does not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from habeas.accounts import roles
from habeas.accounts.models import Membership, User
from habeas.accounts.roles import Right, teams_of
from habeas.cases.models import (
    Case,
    CaseShare,
    Claim,
    Link,
    PeopleChange,
    Person,
    PersonName,
    Sighting,
    Statement,
    shown_to,
)
from habeas.core.actor import Actor
from habeas.core.errors import NotThere
from habeas.core.looking import once_a_look, one_look
from habeas.sources.models import Document
from habeas.sources.visibility import Exceptions, documents_of

Thing = Case | CaseShare | Claim | Document | Link | PeopleChange | Person | Sighting | Statement


@one_look()
def must(actor: Actor, right: Right, thing: Thing) -> None:
    """Raises NotThere where the actor may not see the thing, and NotAllowed where they may not do that to it.

    Every service that takes one of these asks here, or `must_see`, before it does anything else.
    """
    must_see(actor, thing)
    roles.must(actor, right, team_of(thing))


@one_look()
def must_see(actor: Actor, *things: Thing) -> None:
    """Raises NotThere where the actor may not see one of these, in the words for one that is not there."""
    for kind in {type(thing) for thing in things}:
        if not sees(actor, *(thing for thing in things if type(thing) is kind)):
            raise NotThere(f"There is no such {kind._meta.verbose_name} here.")


def sees(actor: Actor, *things: Thing) -> bool:
    """Whether the actor sees all of these."""
    user = User.objects.get(pk=actor.user_id)
    keys: dict[type[Thing], set[int]] = {}
    for thing in things:
        keys.setdefault(type(thing), set()).add(thing.pk)
    return all(
        len(set(SEEN[kind](user).filter(pk__in=of).values_list("pk", flat=True))) == len(of)
        for kind, of in keys.items()
    )


def team_of(thing: Thing) -> int:
    """The key of the team that the thing is of."""
    if isinstance(thing, (Case, Document)):
        return thing.team_id
    if isinstance(thing, CaseShare):
        return thing.case.team_id
    if isinstance(thing, PeopleChange):
        return thing.person.case.team_id
    if isinstance(thing, Person):
        return thing.case.team_id
    return (thing.sighting if isinstance(thing, Link) else thing).reading.document.team_id


@one_look()
@once_a_look
def documents(user: User) -> Exceptions:
    """The documents that limited cases hide from the user, and those that come with cases shown to them."""
    hidden = _documents_of(hidden_people(user))
    if hidden:
        seen = Case.objects.visible_to(user).values("person")
        beside = _same().filter(person__in=seen, sighting__reading__document__in=hidden)
        hidden -= set(beside.values_list("sighting__reading__document", flat=True))
    return Exceptions(hidden, _documents_of(_shown_of_others(user)))


@one_look()
@once_a_look
def hidden_people(user: User) -> frozenset[int]:
    """The people in the user's teams whose files are limited to others; mostly nobody."""
    limited = Case.objects.filter(team__in=teams_of(user), limited_at__isnull=False)
    shown = [one.case for one in shown_to(user)]
    return frozenset(limited.exclude(pk__in=shown).values_list("person", flat=True))


def asked_out_of_sight(user: User) -> QuerySet[Link, Any]:
    """The people, for a subquery, about whom a name asks in a document that limited cases hide from the user."""
    hidden = documents(user).hidden
    return Link.objects.filter(verdict="ask", sighting__reading__document__in=hidden).values("person")


@one_look()
def hidden_sightings(user: User) -> QuerySet[Link, Any] | None:
    """The sightings of people whose files the user may not see, for a subquery; None where there are no such people."""
    people = hidden_people(user) | _beside_shown(user)
    return _same().filter(person__in=people).values("sighting") if people else None


def sightings(user: User, keys: Collection[int]) -> QuerySet[Sighting, Sighting]:
    """Of the sightings with these keys those of nobody whose file the user may not see."""
    found, hidden = Sighting.objects.filter(pk__in=keys), hidden_sightings(user)
    return found if hidden is None else found.exclude(pk__in=hidden)


@one_look()
def claims(user: User) -> QuerySet[Claim, Claim]:
    """The claims in the user's documents that are about nobody whose file they may not see."""
    found = Claim.objects.filter(documents_of(user, "reading__document__"))
    hidden = hidden_sightings(user)
    return found if hidden is None else found.exclude(subject__in=hidden)


@one_look()
def statements(user: User) -> QuerySet[Statement, Statement]:
    """The statements in the user's documents, but for those about nobody else than people whose files they may not see.

    One that is about others too, or about nobody, stays.
    """
    found = Statement.objects.filter(documents_of(user, "reading__document__"))
    hidden = hidden_sightings(user)
    if hidden is None:
        return found
    about = Statement.about.through.objects.filter(statement=OuterRef("pk"))
    return found.filter(~Exists(about) | Exists(about.exclude(sighting__in=hidden)))


@one_look()
def links(user: User) -> QuerySet[Link, Link]:
    """The links between names in the user's documents and people whose files they see."""
    found = Link.objects.filter(
        documents_of(user, "sighting__reading__document__"),
        Exists(Case.objects.visible_to(user).filter(person=OuterRef("person"))),
    )
    hidden = hidden_sightings(user)
    return found if hidden is None else found.exclude(sighting__in=hidden)


@one_look()
def names(user: User) -> QuerySet[PersonName, PersonName]:
    """The names of people whose files the user sees, as their teams' documents have them or somebody there gave them.

    Of somebody whose file rests on documents of several teams they learn no other name; of a case that is shown to them
    every name, since its documents are too.
    """
    shown, mine = _shown_of_others(user), Q(name__team__in=teams_of(user))
    seen = PersonName.objects.filter(Exists(Case.objects.visible_to(user).filter(person=OuterRef("person"))))
    return seen.filter(mine | Q(person__in=shown) if shown else mine)


@one_look()
def teams_seen(user: User) -> list[int]:
    """The user's teams, and others some of whose cases are shown to them."""
    return sorted({*teams_of(user), *(one.team for one in shown_to(user))})


def _sightings_of(user: User) -> QuerySet[Sighting, Sighting]:
    found = Sighting.objects.filter(documents_of(user, "reading__document__"))
    hidden = hidden_sightings(user)
    return found if hidden is None else found.exclude(pk__in=hidden)


# Of each kind of thing those that a user may see.
SEEN: Mapping[type[Thing], Callable[[User], QuerySet[Any]]] = {
    Case: Case.objects.visible_to,
    CaseShare: lambda user: CaseShare.objects.filter(case__in=Case.objects.visible_to(user)),
    Claim: claims,
    Document: Document.objects.visible_to,
    Link: links,
    PeopleChange: lambda user: PeopleChange.objects.filter(person__in=Case.objects.visible_to(user).values("person")),
    Person: lambda user: Person.objects.filter(pk__in=Case.objects.visible_to(user).values("person")),
    Sighting: _sightings_of,
    Statement: statements,
}


def readers(case: Case) -> list[User]:
    """Everybody active who may see the case, by name."""
    shares = list(CaseShare.objects.filter(case=case, until=None))
    teams = {share.team_id for share in shares if share.team_id}
    teams |= set() if case.limited_at else {case.team_id}
    members = Membership.objects.filter(team__in=teams, user__is_active=True)
    keys = {user for user, roles in members.values_list("user", "roles") if roles}
    keys |= {share.user_id for share in shares if share.user_id}
    return list(User.objects.filter(pk__in=keys, is_active=True).order_by("username"))


@once_a_look
def _beside_shown(user: User) -> frozenset[int]:
    """People of other teams whose files the user may not see, in the documents of cases that are shown to them."""
    shown = _shown_of_others(user)
    beside = _same().filter(sighting__reading__document__in=_documents_of(shown))
    seen = Case.objects.visible_to(user).values("person")
    return frozenset(beside.exclude(person__in=seen).values_list("person", flat=True) if shown else ())


def _shown_of_others(user: User) -> set[int]:
    """The people whose cases are shown to the user, but are of none of their teams."""
    teams = teams_of(user)
    return {one.person for one in shown_to(user) if one.team not in teams}


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
