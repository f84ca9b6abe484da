"""Gaps: which case has nobody on which track, which pledges are silent, who has too many, what got worse unanswered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q

from habeas.accounts.models import User
from habeas.advocacy import terms
from habeas.advocacy.models import Coalition, Partner, PlanCase, Pledge
from habeas.advocacy.models.pledges import PledgeQuerySet
from habeas.advocacy.queries.pledges import running, silent
from habeas.cases.models import Case
from habeas.watch.models import Alert

A_PAGE = 50


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
    """The gaps on a day; first cases that got worse while nothing moved, then those with the most empty tracks."""
    visible = PlanCase.objects.visible_to(user).filter(coalition=coalition)
    mine = dict(visible.values_list("pk", "case"))
    told = Pledge.objects.filter(partner__coalition=coalition, case__isnull=False)
    held = _held(told, on, mine)
    worse = _worse(user, coalition, mine, on)
    order = sorted(mine, key=lambda key: (key not in worse, len(held.get(key, ())), key))
    shown = order[offset : offset + limit]
    tracks = terms.labels("tracks")
    touched = [track for key in mine for track in held.get(key, ())]
    return Gaps(
        cases=len(mine),
        empty={track: len(mine) - touched.count(track) for track in tracks},
        silent=Pledge.objects.visible_to(user).filter(silent(on), partner__coalition=coalition).count(),
        worsened=len(worse),
        overloaded=_overloaded(coalition, on),
        rows=_rows(shown, told, on, worse),
    )


def _held(told: PledgeQuerySet, on: date, mine: Mapping[int, int]) -> dict[int, set[str]]:
    """The tracks of each case on which somebody does, did or should have done something."""
    pairs = told.exclude(state__in=("broken", "withdrawn")).values_list("case", "track").distinct()
    held: dict[int, set[str]] = {}
    for case, track in pairs:
        if case in mine:
            held.setdefault(case, set()).add(track)
    return held


def _worse(user: User, coalition: Coalition, mine: Mapping[int, int], on: date) -> dict[int, str]:
    """The cases that an alert says are worse off, and for which nothing moved since; with its label."""
    since = on - timedelta(days=terms.margin("worsened_days"))
    alerts = Alert.objects.filter(
        case__in=Case.objects.visible_to(user),
        as_of__gte=since,
        as_of__lte=on,
        rule__in=terms.table("worsened")["rules"],
    )
    newest = {alert.case_id: alert for alert in alerts.order_by("raised_at", "pk")}
    if not newest:
        return {}
    by_case = {case: key for key, case in mine.items()}
    told = Pledge.objects.filter(partner__coalition=coalition, case__case__in=newest)
    moved = dict(told.values_list("case__case").annotate(last=Max("moved_at")))
    return {
        by_case[case]: alert.label
        for case, alert in newest.items()
        if case in by_case and (case not in moved or moved[case] < alert.raised_at)
    }


def _overloaded(coalition: Coalition, on: date) -> tuple[Load, ...]:
    most = terms.margin("overloaded")
    open_ = Pledge.objects.filter(running(on) | silent(on), partner__coalition=coalition)
    counted = open_.values_list("partner").annotate(n=Count("pk")).filter(n__gt=most).order_by("-n", "partner")
    found = dict(counted)
    names = dict(Partner.objects.filter(pk__in=found).values_list("pk", "name"))
    return tuple(Load(partner, names[partner], n) for partner, n in found.items())


def _rows(shown: list[int], told: PledgeQuerySet, on: date, worse: Mapping[int, str]) -> tuple[GapRow, ...]:
    names = dict(PlanCase.objects.filter(pk__in=shown).values_list("pk", "case__person__name"))
    counted = (
        told.filter(case__in=shown)
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
