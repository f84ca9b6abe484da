"""Cases that have ended, and how long nothing came to them: which a rule of retention may erase."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from habeas.accounts.models import Team
from habeas.cases.models import Case, Judgement, Link, PeopleChange, Person
from habeas.cases.models_kept import FOLD, KeptState, StaleState

ENDED = ("released", "exchanged", "deported")  # not "dead": who died in custody is erased by no rule
Needed = Callable[[], Collection[int]]
_rooms: list[Needed] = []


def keep_too(needed: Needed) -> None:
    """Has the cases kept on which a room above rests; it gives their keys. Call it in `ready`."""
    if needed not in _rooms:
        _rooms.append(needed)


def ended() -> QuerySet[KeptState, KeptState]:
    """The kept states by which somebody is held no longer, with no conflict and nothing that waits to be folded."""
    first_line = (Q(told__startswith=f'{{"lines":[["{state}",') for state in ENDED)
    stale = StaleState.objects.filter(person=OuterRef("person"))
    found = KeptState.objects.filter(reduce(or_, first_line), fold=FOLD, conflicts=0, waiting=0, mixed=False)
    return found.exclude(Exists(stale))


def due(team: Team, lately: datetime, *, used: bool) -> QuerySet[Case, Case]:
    """The team's cases that have ended and to which nothing came since `lately`: no capture, no word of a person.

    Those in a plan, or resting on other teams' documents, are never among them; without `used` neither are those in
    which somebody judged, added, merged or split anything.
    """
    old = Case.objects.filter(team=team, opened_at__lte=lately, person__merged_into=None, person__erased_at=None)
    of = OuterRef("person")
    old = old.filter(~Exists(Person.objects.filter(one_with=of)), person__one_with=None)  # erased with another team's
    came = Link.objects.filter(person=of, sighting__reading__document__captures__captured_at__gt=lately)
    found = old.filter(Exists(ended().filter(person=of))).exclude(Exists(came))
    for rows in _by_people():
        found = found.exclude(Exists(rows.filter(made_at__gt=lately) if used else rows))
    found = found.exclude(pk__in={key for needed in _rooms for key in needed()})
    return found.select_related("person").order_by("pk")


def _by_people() -> tuple[QuerySet[Judgement, Judgement] | QuerySet[PeopleChange, PeopleChange], ...]:
    """What somebody said of the case: judgements, also those by which they added a claim; who is one person."""
    person, said = OuterRef("person"), Judgement.objects.filter(carried_from=None)
    return (
        said.filter(claim__subject__links__person=person),
        said.filter(statement__speaker__links__person=person),
        said.filter(link__person=person),
        PeopleChange.objects.filter(Q(person=person) | Q(other=person)),
    )
