"""What names are looked up and compared by, what repeats are noticed by, and the index of search: held to what each was
made from.

These tables are made from others and have no seals. To work all of it out anew takes a while: `habeas check --deep`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Model, Q, QuerySet

from habeas.cases import matching
from habeas.cases.models import Name, NameKey, NamePair, Telling
from habeas.cases.passages import words_of
from habeas.cases.returning import EMPTIED
from habeas.cases.telling import SKETCH
from habeas.core import adding
from habeas.core.folding import fold
from habeas.core.likeness import sketch
from habeas.names import keys

MEND = "`habeas check --deep --fold-again` puts it right."
TOGETHER = 500  # rows looked at at once
CLOSE = 1e-6  # between scores that are the same
ROW = TypeVar("ROW", bound=Model)


def faults() -> Iterator[str]:
    """One plain sentence for each row of these tables that is not what it was made from."""
    for name in _names():
        yield f"Name {name.pk}: it is not looked up as it is spelt; {MEND}"
    for pair in _pairs():
        yield f"Names {pair.one_id} and {pair.other_id}: comparing them tells something else; {MEND}"
    for telling in _tellings():
        yield f"Telling {telling.pk} of document {telling.document_id}: repeats are not noticed by its words; {MEND}"
    if not _is_indexed():
        yield f"The index of search: it is not made from the texts that search looks in; {MEND}"


def make_again() -> int:
    """How many of these were put right."""
    names, pairs, tellings, is_indexed = list(_names()), list(_pairs()), list(_tellings()), _is_indexed()
    with transaction.atomic():
        NameKey.objects.filter(name__in=names).delete()
        rows = [(name.pk, name.team_id, key) for name in names for key in keys(name.name)]
        adding.add_values(NameKey, ("name_id", "team_id", "key"), rows)
        NamePair.objects.filter(pk__in=[pair.pk for pair in pairs]).delete()
        for telling in tellings:
            right = dict(zip(SKETCH, _sketch(telling) or (), strict=True))
            Telling.objects.filter(pk=telling.pk).update(**right)
        if not is_indexed:
            _run("INSERT INTO cases_searchindex(cases_searchindex) VALUES ('rebuild')")
    return len(names) + len(pairs) + len(tellings) + (not is_indexed)


def _names() -> Iterator[Name]:
    """The names that are folded, or looked up under keys, otherwise than as they are spelt."""
    for some in _some(Name.objects.all()):
        under: dict[int, set[tuple[int, str]]] = {name.pk: set() for name in some}
        for name, team, key in NameKey.objects.filter(name__in=under).values_list("name", "team", "key"):
            under[name].add((team, key))
        for one in some:
            is_right = under[one.pk] == {(one.team_id, key) for key in keys(one.name)}
            if not is_right or fold(one.name)[:500] != one.folded:
                yield one


def _pairs() -> Iterator[NamePair]:
    """The pairs of names of which comparing tells something else than is kept, or that are of two teams."""
    for some in _some(NamePair.objects.select_related("one", "other")):
        names = [name for pair in some for name in (pair.one.name, pair.other.name)]
        places = range(0, len(names), 2), range(1, len(names), 2)
        for pair, score in zip(some, matching.scores(names, *places), strict=True):
            is_same = score is not None and abs(score - pair.score) < CLOSE
            if not is_same or pair.one.team_id != pair.other.team_id:
                yield pair


def _tellings() -> Iterator[Telling]:
    """Those whose sketch is not that of their words; what was erased has none."""
    of = "document", "statement__reading"
    emptied = Q(document__erased_at__isnull=False) | Q(statement__reading__reader__startswith=EMPTIED)
    for some in _some(Telling.objects.exclude(emptied, b0=-F("pk")).select_related(*of)):
        for telling in some:
            if tuple(getattr(telling, band) for band in SKETCH) != _sketch(telling):
                yield telling


def _sketch(telling: Telling) -> tuple[int, ...] | None:
    text, said = telling.document.text, telling.statement
    return sketch(words_of(text, said.content_spans) if said else text)


def _is_indexed() -> bool:
    """Whether the index of search holds what the texts do. PostgreSQL keeps its own; nobody can edit a row of it."""
    if connection.vendor != "sqlite":
        return True
    try:
        with transaction.atomic():
            _run("INSERT INTO cases_searchindex(cases_searchindex, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _some(rows: QuerySet[ROW, Any]) -> Iterator[list[ROW]]:
    """The rows in the order of their keys, some at a time."""
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:TOGETHER]):
        yield some
        last = some[-1].pk
