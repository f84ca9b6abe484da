"""One statement as several outlets carry it: who carried it, in what order, and through whom it came."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from habeas.accounts.models import User
from habeas.cases import rows
from habeas.cases.models import Statement, Telling
from habeas.sources.models import Document


@dataclass(frozen=True, slots=True)
class Carrier:
    """One document that carries the words. `chain` names through whom, the outlet first: outlet, society, lawyer."""

    statement: int
    document: int
    source: str
    published: str
    chain: tuple[str, ...]


def carriers(statements: Collection[int], user: User) -> dict[int, tuple[Carrier, ...]]:
    """For each of these statements, every document of the user's that carries the same words, the earliest first.

    The document it stands in is among them; a statement of too few words to tell has no entry. The number of queries is
    the same however many are asked for.
    """
    tellings = Telling.objects.filter(statement__in=statements)
    groups = {t.statement_id or 0: t.first_id or t.pk for t in tellings}
    visible = Document.objects.visible_to(user)
    them = Telling.objects.filter(Q(pk__in=groups.values()) | Q(first__in=groups.values()), document__in=visible)
    kept = Statement.objects.filter(rows.newest(), pk__in=them.values("statement")).select_related("reading__document")
    said = {one.pk: one for one in kept}
    by_group: dict[int, list[int]] = {}
    for telling in them.order_by("pk"):
        if telling.statement_id in said:
            by_group.setdefault(telling.first_id or telling.pk, []).append(telling.statement_id or 0)
    found = _carriers(said.values())
    return {key: _in_order(found[one] for one in by_group.get(group, ())) for key, group in groups.items()}


def repeated_reports(documents: Collection[int], user: User) -> dict[int, tuple[int, ...]]:
    """For each of these documents, the user's other documents with nearly the same text, the oldest first."""
    visible = Document.objects.visible_to(user)
    tellings = Telling.objects.filter(document__in=visible, statement=None)
    groups = {t.document_id: t.first_id or t.pk for t in tellings.filter(document__in=documents)}
    them = tellings.filter(Q(pk__in=groups.values()) | Q(first__in=groups.values())).order_by("pk")
    alike: dict[int, list[int]] = {}
    for telling in them:
        alike.setdefault(telling.first_id or telling.pk, []).append(telling.document_id)
    return {key: tuple(other for other in alike.get(group, ()) if other != key) for key, group in groups.items()}


def _carriers(statements: Iterable[Statement]) -> dict[int, Carrier]:
    them = list(statements)
    origins = rows.origins({one.reading.document_id for one in them})
    beside: dict[int, list[Statement]] = {}
    readings = {one.reading_id for one in them}
    for other in Statement.objects.filter(reading__in=readings).select_related("speaker").order_by("pk"):
        beside.setdefault(other.reading_id, []).append(other)
    return {one.pk: _carrier(one, beside[one.reading_id], origins) for one in them}


def _carrier(said: Statement, beside: Iterable[Statement], origins: rows.Origins) -> Carrier:
    document = said.reading.document
    source = origins.get(document.pk, rows.NOWHERE).source
    around = sorted((one for one in beside if _encloses(one, said)), key=lambda one: -_length(one))
    speakers = [one.speaker.name if one.speaker else "" for one in around]
    chain = tuple(dict.fromkeys(name for name in (source, *speakers) if name))
    return Carrier(said.pk, document.pk, source, document.published_on, chain)


def _encloses(outer: Statement, inner: Statement) -> bool:
    """Whether the one is said inside the other, or is the same."""
    return outer.pk == inner.pk or all(
        any(first <= start and end <= last for first, last in outer.content_spans) for start, end in inner.content_spans
    )


def _length(said: Statement) -> int:
    return sum(end - start for start, end in said.content_spans)


def _in_order(found: Iterable[Carrier]) -> tuple[Carrier, ...]:
    return tuple(sorted(found, key=lambda one: (one.published or "9999", one.document)))
