"""The claims about many people fetched together, and what they add up to: for lists, the queue and the kept states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from habeas.cases import rows
from habeas.cases.casefile import CaseRow, Row, SightingLink, State
from habeas.cases.fold import Judgement, fold
from habeas.cases.fold.judged import apply
from habeas.cases.models import Case, Link
from habeas.sources.models import Document, DocumentQuerySet

T = TypeVar("T")
TOGETHER = 2_000  # sightings whose claims are fetched at once


@dataclass(frozen=True, slots=True)
class Filed:
    """What the newest readings of some documents hold of a person: the sightings and where they stand, no texts."""

    links: list[SightingLink]
    documents: dict[int, Document]
    origins: rows.Origins

    @property
    def sightings(self) -> list[int]:
        """The keys of the sightings."""
        return [link.sighting for link in self.links]


@dataclass(frozen=True, slots=True)
class Folded:
    """What the claims about a person add up to. `teams` are those whose documents it rests on; counts as in CaseRow.

    `rows` are the claims as they are judged, those included that do not count or were mended to be about others.
    """

    state: State
    teams: frozenset[int]
    last_news: str
    documents: int
    waiting: int
    unjudged: int
    again: int
    rows: Sequence[Row] = ()


class _Linked(NamedTuple):
    """The newest link between a person and a sighting."""

    person: int
    sighting: int
    verdict: str
    reading: int
    document: int


def filed(links: Sequence[rows.Linked], documents: DocumentQuerySet, known_at: datetime | None) -> Filed:
    """What of the links stands in the newest reading of one of these documents, as of `known_at` (None: now)."""
    without_text = documents.only("team", "title", "published_on", "language")
    found = without_text.in_bulk({one.link.document for one in links})
    readings = rows.newest_readings(found.keys(), known_at)
    kept = [one.link for one in links if one.reading in readings]
    return Filed(kept, found, rows.origins(found.keys()))


def folded(people: Collection[int], documents: DocumentQuerySet) -> dict[int, Folded]:
    """What the claims in these documents about each of the people add up to, on the last day that they speak for.

    The number of queries does not grow with the people, but where they have thousands of sightings.
    """
    links = _newest_links(people)
    return {person: one for some in _chunks(people, links) for person, one in _folded(some, links, documents)}


def case_row(case: Case, made: Folded) -> CaseRow:
    """The case, which comes with its person, as a line of a list; without the claims that the lines rest on."""
    state = made.state
    custody, basis, protest = (replace(line, rows=()) for line in state.lines)
    return CaseRow(
        case=case.pk,
        person=case.person_id,
        name=case.person.name,
        custody=custody,
        basis=basis,
        protest=protest,
        last_news=made.last_news,
        documents=made.documents,
        conflicts=len(state.conflicts),
        waiting=made.waiting,
        upcoming=tuple(replace(due, rows=()) for due in state.upcoming),
        unjudged=made.unjudged,
        again=made.again,
    )


def _newest_links(people: Collection[int]) -> dict[int, list[_Linked]]:
    columns = ("person", "sighting", "verdict", "sighting__reading", "sighting__reading__document")
    found = Link.objects.filter(person__in=people).order_by("pk").values_list(*columns)
    newest = {(link.person, link.sighting): link for link in (_Linked(*values) for values in found)}
    return _grouped((link.person, link) for link in newest.values())


def _chunks(people: Iterable[int], links: Mapping[int, Sequence[_Linked]]) -> Iterator[list[int]]:
    some, size = list[int](), 0
    for person in people:
        some.append(person)
        size += len(links.get(person, ()))
        if size >= TOGETHER:
            yield some
            some, size = [], 0
    if some:
        yield some


def _folded(
    people: Collection[int], links: Mapping[int, Sequence[_Linked]], documents: DocumentQuerySet
) -> Iterator[tuple[int, Folded]]:
    same = [link for person in people for link in links.get(person, ()) if link.verdict == "same"]
    asking = [link for person in people for link in links.get(person, ()) if link.verdict == "ask"]
    wanted = documents.filter(pk__in={link.document for link in (*same, *asking)}).only("team", "published_on")
    found = {document.pk: document for document in wanted}
    readings = rows.newest_readings(found.keys())
    current = [link for link in same if link.reading in readings]
    told = rows.claims(rows.about([link.sighting for link in current]), found, rows.origins(found.keys()))
    judged = _grouped((j.of, j) for j in rows.judgements([row for _sighting, row in told]))
    by_sighting = _grouped((seen, row) for _s, row in told for seen in _subjects(row, judged.get(row.claim, ())))
    mine = _grouped((link.person, link) for link in current)
    asks = Counter(link.person for link in asking if link.document in found)
    for person in people:
        yield person, _fold_one(mine.get(person, ()), by_sighting, judged, found, asks[person])


def _fold_one(
    links: Sequence[_Linked],
    by_sighting: Mapping[int, list[Row]],
    judged: Mapping[int, list[Judgement[Row]]],
    documents: Mapping[int, Document],
    asks: int,
) -> Folded:
    mine = {link.sighting for link in links}
    told = list({row.claim: row for sighting in mine for row in by_sighting.get(sighting, ())}.values())
    judgements = [j for row in told for j in judged.get(row.claim, ())]
    marked = apply(told, judgements, None)
    theirs = {link.document: documents[link.document] for link in links}.values()
    return Folded(
        state=fold(told, judgements, of=mine),
        teams=frozenset(document.team_id for document in theirs),
        last_news=max((document.published_on for document in theirs), default=""),
        documents=len(theirs),
        waiting=asks,
        unjudged=sum(row.judged == "proposed" for row in marked),
        again=sum(row.waits == "changed" for row in marked),
        rows=marked,
    )


def _subjects(row: Row, judged: Iterable[Judgement[Row]]) -> set[int]:
    """Whom the claim is about, or was ever mended to be about."""
    return {row.subject, *(judgement.mended.subject for judgement in judged if judgement.mended)}


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    out: dict[int, list[T]] = {}
    for key, value in pairs:
        out.setdefault(key, []).append(value)
    return out
