"""Who a person on file is: the names and sightings they are known by, what was changed about that; organisations."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet

from habeas.accounts.models import User
from habeas.accounts.roles import teams_of
from habeas.cases import access, rows
from habeas.cases.models import Case, Link, PeopleChange, Sighting
from habeas.cases.queries.matches import Sight, sights
from habeas.sources.models import Document


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting that is taken for the person: its key, why, and where it stands."""

    sighting: int
    reason: str
    sight: Sight


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a person on file: names, sightings (the newest first) and the changes of people, the newest first."""

    names: tuple[str, ...]
    seen: tuple[Seen, ...]
    changes: tuple[PeopleChange, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as documents name it: in how many, and how many statements are made in its name."""

    name: str
    documents: int
    statements: int
    last: str


def identity_of(case: Case, user: User) -> Identity:
    """What makes the person of a case; nothing where the user may not see it.

    Names and changes that lead to documents or files of other teams alone are left out.
    """
    if not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        return Identity((), (), ())
    links = [link for link in rows.newest_links([case.person_id]) if link.verdict == "same"]
    where = sights((link.sighting for link in links), user)
    made = PeopleChange.objects.filter(person=case.person_id).select_related("other__case", "made_by").order_by("-pk")
    hidden, teams = set(access.hidden_people(user)), {case.team_id, *teams_of(user)}
    seen_by_them = [one for one in made if not one.other or one.other.case.team_id in teams]
    changes = [change for change in seen_by_them if change.other_id not in hidden]
    names = access.names(user).filter(person=case.person_id).order_by("pk").values_list("name__name", flat=True)
    seen = tuple(_seen(link, where) for link in reversed(links) if link.sighting_id in where)
    return Identity(tuple(names), seen, tuple(changes))


def organisations(user: User, *, limit: int, offset: int = 0) -> list[Organisation]:
    """The organisations that the newest readings name, those in the most documents first."""
    found = (
        _organisations(user)
        .values("folded")
        .annotate(
            name_shown=Max("name"),
            documents=Count("reading__document", distinct=True),
            statements=Count("said", distinct=True),
            last=Max("reading__document__published_on"),
        )
    )
    shown = found.order_by("-documents", "folded")[offset : offset + limit]
    return [Organisation(row["name_shown"], row["documents"], row["statements"], row["last"]) for row in shown]


def count_organisations(user: User) -> int:
    """How many there are."""
    return _organisations(user).values("folded").distinct().count()


def _organisations(user: User) -> QuerySet[Sighting, Sighting]:
    visible = Document.objects.visible_to(user)
    return Sighting.objects.filter(rows.newest(), kind="organisation", reading__document__in=visible)


def _seen(link: Link, where: dict[int, Sight]) -> Seen:
    return Seen(link.sighting_id, link.reason, where[link.sighting_id])
