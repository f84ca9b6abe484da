"""What changed since a time and what waits for a person, by case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from habeas.accounts.models import User
from habeas.cases import kept
from habeas.cases.casefile import CaseRow, Line
from habeas.cases.models import Case, CaseQuerySet
from habeas.cases.models_kept import KeptState, StaleState, StateChange
from habeas.cases.queries.cases import rows_of
from habeas.cases.queries.page import case_file
from habeas.cases.queries.urgent import MOST_FOLDED, Cases
from habeas.core.looking import one_look
from habeas.sources.models import Document

MOST_CHANGED = 500  # cases that are looked at for what changed in them, those that changed last
_NOTHING = frozenset({"unknown", "none"})


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a case as it was and as it is."""

    before: Line | None
    after: Line


@dataclass(frozen=True, slots=True)
class Changed:
    """A case in which something changed; `is_new` where there was none before."""

    row: CaseRow
    changes: tuple[Change, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that somebody should look at: `why`, as codes of `urgency.REASONS`, the most urgent first."""

    row: CaseRow
    why: tuple[str, ...]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """What came since a time: the number of new documents and the newest of them; what changed; the cases to look at.

    `n_cases` counts the cases with a reason to look, as `urgent.Cases.count` does. `is_behind` where more came in than
    was folded yet, so that lines may be older than what was taken in.
    """

    n_documents: int
    documents: tuple[Document, ...]
    cases: tuple[Waiting, ...]
    n_cases: int
    changed: tuple[Changed, ...]
    is_behind: bool


@one_look()
def today(user: User, since: datetime | None, on: date, *, documents: int = 8, cases: int = 20) -> Today:
    """What the user's desk has that is newer than `since` (None: everything), and what waits, as of the day `on`.

    Cases come by their gravest reason, then the newest news first: people on hunger strike are never ranked. Of
    documents and cases so many are shown.
    """
    new = Document.objects.visible_to(user).defer("text")
    new = new if since is None else new.filter(added_at__gt=since)
    changed = {one.row.person: one for one in _changed(user, since)} if since is not None else {}
    waiting = Cases(user, on, changed=changed.keys())
    fresh = {person for person, one in changed.items() if one.is_new}
    return Today(
        n_documents=new.count(),
        documents=tuple(new.order_by("-added_at", "-pk")[:documents]),
        cases=tuple(Waiting(one.row, one.why, one.row.person in fresh) for one in waiting.first(cases)),
        n_cases=waiting.count(),
        changed=tuple(changed.values()),
        is_behind=waiting.is_behind,
    )


def _changed(user: User, since: datetime) -> Iterator[Changed]:
    """The user's cases that are not as they were at that time, those that changed last first."""
    visible = Case.objects.visible_to(user)
    before = _before(visible, since)
    place = {person: number for number, person in enumerate(before)}
    cases = sorted(visible.filter(person__in=before).select_related("person"), key=lambda case: place[case.person_id])
    for row, case in zip(rows_of(cases, user), cases, strict=True):
        told = before[row.person]
        is_new = not told and case.opened_at > since
        lines = kept.lines_of(told) if told or is_new else _as_seen(case, user, since)
        changes = tuple(_changes(row, lines))
        if changes or is_new:
            yield Changed(row, changes, is_new)


def _as_seen(case: Case, user: User, at: datetime) -> tuple[Line, ...]:
    """The lines as the user's documents told them at that time: of a case of which nothing is kept for everybody."""
    seen = case_file(case, user, known_at=at)
    return seen.state.lines if seen else ()


def _before(cases: CaseQuerySet, since: datetime) -> dict[int, str]:
    """What was told at that time of the people of these cases in which something changed since."""
    theirs = Exists(cases.filter(person=OuterRef("person")))
    changes = StateChange.objects.filter(theirs, at__gt=since).order_by("-at", "-pk")
    before = {}
    for person, told in changes.values_list("person", "before")[:MOST_CHANGED]:
        before[person] = told  # in the end the oldest of them, which is what was told then
    marks = StaleState.objects.filter(theirs, quiet=False).order_by("-pk")
    stale = list(marks.values_list("person", flat=True)[:MOST_FOLDED])
    known = KeptState.objects.in_bulk(stale)
    return {person: kept.for_everybody(known.get(person)) for person in stale} | before


def _changes(row: CaseRow, before: tuple[Line, ...]) -> Iterator[Change]:
    if not before:
        yield from (Change(None, line) for line in row.lines if line.state not in _NOTHING or line.as_of)
        return
    for was, line in zip(before, row.lines, strict=True):
        if (was.state, was.label, was.disputed) != (line.state, line.label, line.disputed):
            yield Change(was, line)
