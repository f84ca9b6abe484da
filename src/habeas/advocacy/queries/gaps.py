"""Gaps: which case has nobody on which track, which pledges are silent, who has too many, what got worse unanswered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models as db
from django.db.models import Count, Max, Q, When

from habeas.accounts.models import User
from habeas.advocacy import terms
from habeas.advocacy.models import Coalition, Partner, PlanCase, Pledge
from habeas.advocacy.models.coalition import CoalitionQuerySet
from habeas.advocacy.queries.pledges import running, silent
from habeas.advocacy.services.pledges import OPEN
from habeas.cases.models import Case
from habeas.core.sql import Among, BitsOf
from habeas.watch.models import Alert

A_PAGE = 50
STANDING = (*OPEN, "kept")


@dataclass(frozen=True, slots=True)
class Cell:
    """One track of one case: how many pledges run, are silent, were kept. Empty where none of them."""

    track: str
    running: int = 0
    silent: int = 0
    kept: int = 0

    @property
    def empty(self) -> bool:
        """Whether nobody does or did anything."""
        return not (self.running or self.silent or self.kept)


@dataclass(frozen=True, slots=True)
class GapRow:
    """One case of the plan with its five tracks; `worse` is the newest alert that nothing moved after, "" for none."""

    case: int
    name: str
    cells: tuple[Cell, ...]
    worse: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """A partner with more open pledges than our margin."""

    partner: int
    name: str
    pledges: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """The whole view: `cases` in all, `empty` cases by track, `silent` pledges, a page of rows, barest first."""

    cases: int
    empty: Mapping[str, int]
    silent: int
    worsened: int
    overloaded: tuple[Load, ...]
    rows: tuple[GapRow, ...]


def gaps(user: User, coalition: Coalition, on: date, *, limit: int = A_PAGE, offset: int = 0) -> Gaps:
    """The gaps on a day, as far as the user sees the plan; nothing of it for whoever has no seat in it.

    First come cases that got worse while nothing moved, then those with the most empty tracks.
    """
    coalitions = Coalition.objects.visible_to(user).filter(pk=coalition.pk)
    visible = PlanCase.objects.visible_to(user).filter(coalition=coalition)
    mine = dict(visible.values_list("pk", "case"))
    held, n_silent = _held(mine, on)
    worse = _worse(user, mine, on)
    order = sorted(mine, key=lambda key: (key not in worse, held.get(key, 0).bit_count(), key))
    alike = Counter(held.values())
    of_groups = Pledge.objects.filter(silent(on), case=None, partner__coalition__in=coalitions)
    return Gaps(
        cases=len(mine),
        empty={
            track: len(mine) - sum(n for bits, n in alike.items() if bits >> at & 1)
            for at, track in enumerate(terms.labels("tracks"))
        },
        silent=n_silent + of_groups.count(),
        worsened=len(worse),
        overloaded=_overloaded(coalitions, mine),
        rows=_rows(order[offset : offset + limit], on, worse),
    )


def _held(cases: Collection[int], on: date) -> tuple[dict[int, int], int]:
    """Of the pledges that were not broken or withdrawn: the tracks of each case, a bit each, and how many are silent.

    One walk along an index.
    """
    standing = Pledge.objects.filter(Among("case", cases), state__in=STANDING)
    bit = db.Case(*(When(track=track, then=1 << at) for at, track in enumerate(terms.labels("tracks"))))
    counted = standing.values_list("case").annotate(bits=BitsOf(bit), n_silent=Count("case", filter=silent(on)))
    held, n_silent = dict[int, int](), 0
    for case, bits, silent_ in counted.order_by("case").iterator():
        held[case] = bits
        n_silent += silent_
    return held, n_silent


def _worse(user: User, mine: Mapping[int, int], on: date) -> dict[int, str]:
    """The cases that an alert says are worse off, and for which nothing moved since; with its label."""
    since = on - timedelta(days=terms.margin("worsened_days"))
    rules = terms.table("worsened")["rules"]
    alerts = Alert.objects.filter(case__in=Case.objects.visible_to(user), as_of__gte=since, as_of__lte=on)
    told = alerts.filter(rule__in=rules).order_by("raised_at", "pk").values_list("case", "raised_at", "label")
    newest = {case: (at, label) for case, at, label in told}
    keys = {key: newest[case] for key, case in mine.items() if case in newest}
    moved = dict(Pledge.objects.filter(case__in=keys).values_list("case").annotate(last=Max("moved_at")))
    return {key: label for key, (at, label) in keys.items() if key not in moved or moved[key] < at}


def _overloaded(coalitions: CoalitionQuerySet, cases: Collection[int]) -> tuple[Load, ...]:
    """By open pledges for groups and for these cases: no sum tells of what the viewer does not see."""
    open_ = Pledge.objects.filter(state__in=OPEN)
    counted: Counter[int] = Counter()
    for part in (open_.filter(case=None, partner__coalition__in=coalitions), open_.filter(Among("case", cases))):
        counted.update(dict(part.values_list("partner").annotate(n=Count("*"))))
    found = {partner: n for partner, n in counted.items() if n > terms.margin("overloaded")}
    names = dict(Partner.objects.filter(pk__in=found).values_list("pk", "name"))
    return tuple(Load(key, names[key], found[key]) for key in sorted(found, key=lambda key: (-found[key], key)))


def _rows(shown: list[int], on: date, worse: Mapping[int, str]) -> tuple[GapRow, ...]:
    names = dict(PlanCase.objects.filter(pk__in=shown).values_list("pk", "case__person__name"))
    counted = (
        Pledge.objects.filter(case__in=shown)
        .values_list("case", "track")
        .annotate(
            n_running=Count("pk", filter=running(on)),
            n_silent=Count("pk", filter=silent(on)),
            n_kept=Count("pk", filter=Q(state="kept")),
        )
    )
    cells = {(case, track): Cell(track, *numbers) for case, track, *numbers in counted}
    tracks = terms.labels("tracks")
    return tuple(
        GapRow(key, names[key], tuple(cells.get((key, track), Cell(track)) for track in tracks), worse.get(key, ""))
        for key in shown
    )
