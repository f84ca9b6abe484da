"""The states that lists read: folded once when something came, and kept until something else does.

A kept state says what everybody who sees the case would see. It is made from claims, links and judgements alone and
can be made again at any time; `habeas check` holds it to them. Until a state is folded again its mark stands
(`cases.marks`), and whoever reads it folds it for themselves: a list is never behind, only slower.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from habeas.audit import services as audit
from habeas.cases import filing, folding, urgency
from habeas.cases.casefile import CaseRow, Due, Line
from habeas.cases.models import Case
from habeas.cases.models_kept import FOLD, KeptFile, KeptState, StaleState, StateChange
from habeas.sources.models import Document

A_FEW = 20  # folded at once by whoever judges or adds something
TOGETHER = 200  # folded in one transaction, so that others can write in between
LINES = ("custody", "basis", "protest")
_COLUMNS = [field.attname for field in KeptState._meta.concrete_fields if not field.primary_key]


def catch_up(most: int | None = None, *, seconds: float | None = None) -> int:
    """How many states were folded again: those marked last first, at most so many, beginning none after that time.

    Each few are a transaction of their own; whoever is killed goes on where they were.
    """
    began, done = time.monotonic(), 0
    while seconds is None or time.monotonic() - began < seconds:
        wanted = TOGETHER if most is None else min(TOGETHER, most - done)
        some = _catch_up(wanted)
        done += some
        if some < wanted or done == most:
            break
    return done


@transaction.atomic(savepoint=False)
def _catch_up(most: int) -> int:
    audit.one_writer_at_a_time()  # whoever adds something meanwhile must find the mark gone
    marks = StaleState.objects.order_by("-pk")
    if connection.vendor == "postgresql":  # what another transaction has just marked waits until that is over
        marks = marks.select_for_update(skip_locked=True)
    quiet = dict(marks.values_list("person", "quiet")[:most])
    _fold_again(quiet)
    return len(quiet)


def _fold_again(quiet: dict[int, bool]) -> None:
    """Folds the states of these people again; where it is not `quiet`, notes what changed."""
    before = {kept.person_id: kept for kept in KeptState.objects.filter(person__in=quiet)}
    both = {kept.person_id: (kept, file) for kept, file in fresh(quiet)}
    made = {person: kept for person, (kept, _file) in both.items()}
    now = timezone.now()
    changes = [
        StateChange(person_id=person, at=now, before=for_everybody(before.get(person)))
        for person, kept in made.items()
        if not quiet[person] and (person not in before or _lines(before[person]) != _lines(kept))
    ]
    KeptState.objects.bulk_create(
        made.values(), update_conflicts=True, unique_fields=["person"], update_fields=_COLUMNS
    )
    StateChange.objects.bulk_create(changes)
    KeptFile.objects.filter(person__in=quiet).delete()
    KeptFile.objects.bulk_create([file for _kept, file in both.values() if file])
    forget(quiet.keys() - made.keys())
    StaleState.objects.filter(person__in=quiet).delete()


def forget(people: Collection[int]) -> None:
    """Removes what is kept of people who have no case any more: merged with somebody, or erased."""
    if people:
        KeptState.objects.filter(person__in=people).delete()
        KeptFile.objects.filter(person__in=people).delete()
        StateChange.objects.filter(person__in=people).delete()


def forget_marked_files() -> None:
    """Removes the files of long cases that a mark stands for: words in them may be gone."""
    KeptFile.objects.filter(person__in=StaleState.objects.values("person")).delete()


def fresh(people: Iterable[int]) -> Iterator[tuple[KeptState, KeptFile | None]]:
    """The states of these people, and the files of long cases, as they are to be kept; of those who have a case."""
    cases = Case.objects.filter(person__in=list(people), person__merged_into=None, person__erased_at=None)
    of_person = {case.person_id: case for case in cases.select_related("person")}
    for person, made in folding.folded(of_person, Document.objects.all()).items():
        yield _kept(of_person[person], made), filing.kept_file(of_person[person], made)


def row(case: Case, kept: KeptState) -> CaseRow:
    """The case, which comes with its person, as a line of a list."""
    told = json.loads(kept.told)
    custody, basis, protest = (_line(name, *values) for name, values in zip(LINES, told["lines"], strict=True))
    return CaseRow(
        case=case.pk,
        person=case.person_id,
        name=case.person.name,
        custody=custody,
        basis=basis,
        protest=protest,
        last_news=kept.last_news,
        documents=kept.documents,
        conflicts=kept.conflicts,
        waiting=kept.waiting,
        upcoming=tuple(Due(*values) for values in told["upcoming"]),
        unjudged=kept.unjudged,
        again=kept.tasks - kept.conflicts - kept.waiting - kept.unjudged,
    )


def for_everybody(kept: KeptState | None) -> str:
    """What was told of a case to everybody who sees it; empty where it rests on documents that not all of them see."""
    return "" if kept is None or kept.mixed else kept.told


def lines_of(told: str) -> tuple[Line, ...]:
    """The three lines in what was told of a case; none of nothing."""
    found = json.loads(told)["lines"] if told else ()
    return tuple(_line(name, *values) for name, values in zip(LINES, found, strict=bool(found)))


def faults() -> Iterator[str]:
    """One plain sentence for each kept state that is not what the claims add up to, and no mark says so."""
    stale = StaleState.objects.values("person")
    people = Case.objects.filter(person__merged_into=None, person__erased_at=None).exclude(person__in=stale)
    keys = people.order_by("person").values_list("person", flat=True).iterator()
    while some := list(islice(keys, TOGETHER)):
        there, files = KeptState.objects.in_bulk(some), KeptFile.objects.in_bulk(some)
        for kept, file in fresh(some):
            if kept.person_id in there and there[kept.person_id].fold != FOLD:
                yield f"Person {kept.person_id}: another version of Habeas made the state that is kept; {MEND}"
            elif kept.person_id not in there or _values(there[kept.person_id]) != _values(kept):
                yield f"Person {kept.person_id}: lists show a state that their claims do not add up to; {MEND}"
            elif (file and file.told) != getattr(files.get(kept.person_id), "told", None):
                yield f"Person {kept.person_id}: their page shows what their claims do not add up to; {MEND}"
    for person in KeptState.objects.exclude(person__in=people.values("person")).exclude(person__in=stale):
        yield f"Person {person.person_id}: a state is kept of somebody who has no case; {MEND}"


MEND = "`habeas check --fold-again` makes all of them anew."


def make_again() -> int:
    """How many states were folded again: all of them."""
    with transaction.atomic():
        audit.one_writer_at_a_time()
        people = Case.objects.values_list("person", flat=True)
        marks = [StaleState(person_id=person, quiet=True) for person in people.iterator()]
        StaleState.objects.bulk_create(marks, ignore_conflicts=True, batch_size=1000)
        extra = KeptState.objects.exclude(person__in=people).values_list("person", flat=True)
        forget(list(extra))
    return catch_up()


def _kept(case: Case, made: folding.Folded) -> KeptState:
    row = folding.case_row(case, made)
    days = urgency.days_of(row)
    told = {
        "lines": [[one.state, one.label, one.since, _iso(one.as_of), one.disputed] for one in row.lines],
        "upcoming": [[due.on, due.kind, due.label, due.estimated, due.rule] for due in row.upcoming],
    }
    return KeptState(
        person_id=case.person_id,
        told=json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        last_news=row.last_news,
        documents=row.documents,
        conflicts=row.conflicts,
        waiting=row.waiting,
        unjudged=row.unjudged,
        tasks=row.tasks,
        gravity=urgency.rank(urgency.reasons(row, None)),
        first_due=min(days, default=None),
        last_due=max(days, default=None),
        mixed=not made.teams <= {case.team_id},
        fold=FOLD,
    )


def _line(name: str, state: str, label: str, since: str, as_of: str, disputed: bool) -> Line:
    return Line(name, state, label, since, date.fromisoformat(as_of) if as_of else None, disputed)


def _lines(kept: KeptState) -> list[tuple[str, str, bool]]:
    """What of the lines is news where it changes."""
    return [(line.state, line.label, line.disputed) for line in lines_of(kept.told)]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _values(kept: KeptState) -> list[object]:
    return [getattr(kept, column) for column in _COLUMNS]
