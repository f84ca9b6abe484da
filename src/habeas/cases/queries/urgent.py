"""The cases that somebody should look at, the most urgent first, found by an index however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from habeas.accounts.models import User
from habeas.cases import access, kept, urgency
from habeas.cases.casefile import CaseRow
from habeas.cases.models import Case
from habeas.cases.models_kept import FOLD, KeptState, StaleState
from habeas.cases.queries.cases import rows_of

ROWS = TypeVar("ROWS", bound=QuerySet[Any, Any])
MOST_FOLDED = 100  # cases that are folded for whoever looks, since something has just come in about them
MOST_COUNTED = 1_000
MOST_DUE = 500  # of a fortnight


@dataclass(frozen=True, slots=True)
class Urgent:
    """A case and why to look at it: codes of `urgency.REASONS`, the most urgent first."""

    row: CaseRow
    why: tuple[str, ...]


class Cases:
    """The user's cases as of the day `on`; those in `changed` (people) have changed since the user last looked.

    `counting` leaves only those of which something waits to be judged: "tasks" anything but statements, or else what
    CaseRow counts as conflicts, waiting or unjudged. `among` leaves only these people. Without either, a case for
    which there is no reason to look is left out.
    """

    def __init__(
        self,
        user: User,
        on: date,
        *,
        changed: Collection[int] = (),
        counting: str = "",
        among: Collection[int] | None = None,
    ) -> None:
        self.user, self.on, self.changed, self.counting = user, on, frozenset(changed), counting
        self.takes_all = bool(counting) or among is not None
        self.visible = Case.objects.visible_to(user).select_related("person")
        self.among = among
        stale = self._among(StaleState.objects.values("person"))
        self.is_behind = len(stale) > MOST_FOLDED  # more has just come in than is folded while somebody waits
        self._is_hidden_from = bool(access.hidden_people(user))
        asked = self._among(access.asked_out_of_sight(user)) if self._is_hidden_from else []
        some = dict.fromkeys([*stale, *asked, *self._among(KeptState.objects.filter(mixed=True).values("person"))])
        self._loose = list(some)[:MOST_FOLDED]
        self._folded = [one for one in map(self._urgent, rows_of(self._loose, user)) if self._is_wanted(one)]

    def first(self, most: int) -> list[Urgent]:
        """The most urgent, so many."""
        found = [*self._folded, *(one for one in self._kept(most) if self._is_wanted(one))]
        return sorted(found, key=lambda one: urgency.key(one.row, one.why))[:most]

    def count(self) -> int:
        """How many there are; no further counted than to MOST_COUNTED and one."""
        has_reason = Q(gravity__lt=urgency.LEAST) | Q(first_due__lte=self.on + urgency.SOON)
        wanted = Q() if self.takes_all else has_reason | Q(person__in=self.changed)
        kept = self._asked().filter(wanted)[: MOST_COUNTED + 1].count()
        return min(len(self._folded) + kept, MOST_COUNTED + 1)

    def _among(self, people: QuerySet[Any, Any]) -> list[Case]:
        """Those of the cases that are of these people, as many as are folded and one."""
        return list(self._only(self.visible.filter(person__in=people)).order_by("-person")[: MOST_FOLDED + 1])

    def _only(self, found: ROWS) -> ROWS:
        """Those of the people to whom all is limited, where it is: looked up by their keys."""
        return found if self.among is None else found.filter(person__among=self.among)

    def _urgent(self, row: CaseRow) -> Urgent:
        return Urgent(row, urgency.reasons(row, self.on, changed=row.person in self.changed))

    def _is_wanted(self, one: Urgent) -> bool:
        return bool(getattr(one.row, self.counting)) if self.counting else self.takes_all or bool(one.why)

    def _asked(self) -> QuerySet[KeptState, KeptState]:
        found = self._only(KeptState.objects.filter(Exists(self.visible.filter(person=OuterRef("person")))))
        found = found.exclude(person__in=[case.person_id for case in self._loose])
        return found.filter(**{f"{self.counting}__gt": 0}) if self.counting else found

    def _kept(self, most: int) -> list[Urgent]:
        """Kept states among which are the most urgent, so many: one rank after another until there are enough."""
        seen: dict[int, Urgent] = {}
        for rank, wanted in self._ranks():
            limit = MOST_DUE if rank == _DUE else most + len(seen)
            some = list(self._asked().filter(wanted).order_by("gravity", "-last_news", "person")[:limit])
            seen |= self._shown({one.person_id: one for one in some if one.person_id not in seen})
            if sum(urgency.rank(one.why) <= rank for one in seen.values()) >= most:
                break
        return list(seen.values())

    def _ranks(self) -> Iterator[tuple[int, Q]]:
        """What the cases of each rank have in kept states, the most urgent first; others may have it too."""
        soon = Q(last_due__gte=self.on, first_due__lte=self.on + urgency.SOON)
        for rank, reason in enumerate((*urgency.REASONS, "")):
            if reason == "due":
                yield rank, Q(gravity__gt=rank) & soon
            elif reason == "overdue":
                yield rank, Q(gravity__gt=rank, first_due__lt=self.on)
            elif reason == "changed":
                yield rank, Q(gravity__gt=rank, person__in=self.changed)
            elif reason or self.takes_all:
                yield rank, Q(gravity=rank)

    def _shown(self, some: Mapping[int, KeptState]) -> dict[int, Urgent]:
        cases = list(self.visible.filter(person__in=some))
        apart = [
            case
            for case in cases
            if self._is_hidden_from or some[case.person_id].mixed or some[case.person_id].fold != FOLD
        ]
        rows = [kept.row(case, some[case.person_id]) for case in cases if case not in apart]
        return {row.person: self._urgent(row) for row in (*rows, *rows_of(apart, self.user))}


_DUE = urgency.REASONS.index("due")
