"""Who and what tests act with: plain functions, invented people.

alice and bob answer for their team; charlie is an outsider with a team of his own.
"""

from __future__ import annotations

import hashlib
from itertools import count
from typing import Any, NamedTuple

from django.utils import timezone

from habeas.accounts.models import Membership, Team, User
from habeas.cases import services
from habeas.cases.models import PeopleChange, Person
from habeas.cases.people import merge
from habeas.core.actor import Actor
from habeas.extraction.reading import Claim, DocumentInfo, Entity, Reading
from habeas.sources.formats import Item
from habeas.sources.models import Document
from habeas.sources.services import capture, open_run
from habeas.sources.stated import Stated

_numbers = count(1)


class Cast(NamedTuple):
    """The people of a test."""

    alice: User
    bob: User
    charlie: User


def cast() -> Cast:
    """Alice and Bob in one team, Charlie in another."""
    people = Cast(*(User.objects.create(username=name) for name in Cast._fields))
    ours, theirs = (Team.objects.create(name=f"{name} {next(_numbers)}") for name in ("Ours", "Theirs"))
    for team, user, role in (
        (ours, people.alice, "admin"),
        (ours, people.bob, "admin"),
        (theirs, people.charlie, "admin"),
    ):
        Membership.objects.create(team=team, user=user, joined_at=timezone.now(), roles=[role])
    return people


def colleague(people: Cast, *roles: str, name: str = "rana") -> User:
    """Somebody else in alice's team, with these roles."""
    made = User.objects.create(username=name)
    team = Membership.objects.filter(user=people.alice).earliest("pk").team
    Membership.objects.create(team=team, user=made, joined_at=timezone.now(), roles=list(roles))
    return made


def actor(user: User) -> Actor:
    """The user acting at the desk."""
    return Actor(user.pk, "desk")


def document(user: User, text: str = "Tarek Oumari was arrested.", **stated: str) -> Document:
    """A document of the user's team, with a capture record; `stated` as in `sources.stated.Stated`."""
    team = Membership.objects.get(user=user).team
    run = open_run(team, user, hashlib.sha256(str(next(_numbers)).encode()).hexdigest())
    item = Item(data=text.encode(), media_type="text/plain", text=text)
    told = Stated(**{"source": "Basit Post", "published": "2026-03-04", "language": "en", **stated})
    return capture(run, item, f"/reports/{run.pk}.txt", told, actor=actor(user)).document


def read_as(text: str, name: str, **claim: Any) -> Reading:
    """A reading of `text` in which `name` (which must stand in it) is a person with one claim, an arrest by default."""
    start = text.index(name)
    values = {"kind": "arrest", "phase": "done", "modality": "actual", **claim}
    return Reading(
        DocumentInfo(),
        entities=(Entity("e1", "person", name, ((start, start + len(name)),)),),
        claims=(Claim(id="c1", subject="e1", evidence=((0, len(text)),), **values),),
    )


def of_two_teams(people: Cast, mine: str, theirs: str) -> PeopleChange:
    """The change that made `mine`, arrested by bob's report, one with `theirs`, on hunger strike by charlie's.

    Alice, who is of both teams from then on, made it; the case is of her own team.
    """
    other = Membership.objects.get(user=people.charlie)
    Membership.objects.get_or_create(
        team=other.team, user=people.alice, defaults={"joined_at": other.joined_at, "roles": ["admin"]}
    )
    report(people.charlie, theirs, kind="hunger_strike", phase="ongoing", value=9)
    report(people.bob, mine)
    one, two = (Person.objects.get(name=name) for name in (mine, theirs))
    return merge(one, two, reason="the same", user=people.alice, actor=actor(people.alice))


def report(user: User, name: str, text: str = "{name} was arrested.", **claim: Any) -> Document:
    """A document that was read and taken in: `name`, in `text`, with one claim."""
    text = text.format(name=name)
    made = document(user, text)
    services.take_in(made, read_as(text, name, **claim), reader="test", actor=actor(user))
    return made
