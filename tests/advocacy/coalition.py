"""An invented coalition: Basit Legal (alice, bob), Sawari Aid (dana), Nahr Press (emil); charlie is outside."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from cast import Cast, actor, cast, report
from habeas.accounts.models import Membership, Team, User
from habeas.advocacy.models import Coalition, Partner, PlanCase, Pledge
from habeas.advocacy.services import coalition as service
from habeas.advocacy.services import pledges
from habeas.cases.models import Case


class Held(NamedTuple):
    """A plan and its people; Tarek Oumari's case is open to all, Salma Aydin's shared with Sawari Aid alone."""

    people: Cast
    dana: User
    emil: User
    coalition: Coalition
    legal: Partner
    aid: Partner
    press: Partner
    tarek: PlanCase
    salma: PlanCase


def person(name: str) -> User:
    """Somebody with a team of their own."""
    made = User.objects.create(username=name)
    team = Team.objects.create(name=f"Team of {name}")
    Membership.objects.create(team=team, user=made, joined_at=timezone.now(), roles=["admin"])
    return made


def case_of(people: Cast, name: str) -> Case:
    """The case of somebody of whom a report tells."""
    report(people.alice, name)
    return Case.objects.get(person__name=name)


def held(people: Cast | None = None) -> Held:
    """The coalition, as alice founded it."""
    people, dana, emil = people or cast(), person("dana"), person("emil")
    by = actor(people.alice)
    made = service.found("Free Them Together", "Basit Legal", actor=by)
    legal = made.partners.get()
    aid, press = (service.add_partner(made, name, actor=by) for name in ("Sawari Aid", "Nahr Press"))
    for partner, user in ((legal, people.bob), (aid, dana), (press, emil)):
        service.seat(partner, user, actor=by)
    tarek = service.add_case(made, case_of(people, "Tarek Oumari"), actor=by, everybody=True)
    salma = service.add_case(made, case_of(people, "Salma Aydin"), actor=by)
    service.share(salma, aid, actor=by)
    return Held(people, dana, emil, made, legal, aid, press, tarek, salma)


def promised(plan: Held, partner: Partner, user: User, **more: Any) -> Pledge:
    """A pledge of a letter for Tarek Oumari, due in three days unless told otherwise."""
    values = {
        "action": "letter_to_authority",
        "due_on": timezone.localdate() + timedelta(days=3),
        "case": plan.tarek,
        **more,
    }
    return pledges.pledge(partner, values.pop("action"), values.pop("due_on"), actor=actor(user), **values)
