"""The list of cases, and the states of some."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef

from habeas.accounts.models import User
from habeas.cases import access, folding, kept
from habeas.cases.casefile import CaseRow, State
from habeas.cases.models import Case, News
from habeas.cases.models_kept import FOLD, KeptState, StaleState
from habeas.core.looking import one_look
from habeas.sources.models import Document


@one_look()
def case_rows(user: User, *, limit: int = 100, offset: int = 0, of: Collection[int] | None = None) -> list[CaseRow]:
    """The user's cases, those with the newest publication first; the same number of queries however many are shown.

    `of` asks for the cases with these keys alone.
    """
    cases = Case.objects.visible_to(user).select_related("person")
    cases = cases if of is None else cases.filter(pk__in=of)
    seen = News.objects.filter(Exists(cases.filter(person=OuterRef("person"))))
    newest = list(seen.order_by("-newest_on", "person__name", "person")[offset : offset + limit])
    place = {one.person_id: number for number, one in enumerate(newest)}
    return rows_of(sorted(cases.filter(person__in=place), key=lambda case: place[case.person_id]), user)


def rows_of(cases: Sequence[Case], user: User) -> list[CaseRow]:
    """The cases, which the user may see and which come with their people, as lines of a list, in their order.

    What is kept of a case is shown as it is. A case of which something came since, that another fold kept, or that
    rests on documents of several teams, of which not everybody sees all, is folded for this user; and where limited
    cases hide documents from them, each case about which a name asks, which may stand in one of those.
    """
    people = {case.person_id: case for case in cases}
    known = KeptState.objects.filter(person__in=people, mixed=False, fold=FOLD)
    known = known.filter(waiting=0) if access.hidden_people(user) else known
    known = known.exclude(person__in=StaleState.objects.filter(person__in=people).values("person"))
    made = {one.person_id: kept.row(people[one.person_id], one) for one in known}
    rest = [person for person in people if person not in made]
    folded = folding.folded(rest, Document.objects.visible_to(user)) if rest else {}
    made |= {person: folding.case_row(people[person], one) for person, one in folded.items()}
    return [made[case.person_id] for case in cases]


@one_look()
def states(user: User, cases: Collection[int]) -> dict[int, State]:
    """The state of each of these cases that the user may see, by the case's key, with the claims that it rests on."""
    of_person = dict(Case.objects.visible_to(user).filter(pk__in=cases).values_list("person", "pk"))
    folded = folding.folded(of_person, Document.objects.visible_to(user))
    return {of_person[person]: one.state for person, one in folded.items()}
