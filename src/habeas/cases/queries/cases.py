"""One case file, and the list of cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef

from habeas.accounts.models import User
from habeas.cases import rows
from habeas.cases.casefile import Alias, CaseFile, CaseRow, FiledDocument, Row
from habeas.cases.fold import Judgement, fold, timeline
from habeas.cases.fold.judged import NOT_COUNTED, apply
from habeas.cases.models import Case, Link, News
from habeas.sources.models import Document

T = TypeVar("T")


def case_file(case: Case, user: User, on: date | None = None, known_at: datetime | None = None) -> CaseFile | None:
    """The file of one case as it stood `on` a day, from what was known at `known_at`; None where they may not see it.

    `on` None is the last day that the claims speak for; `known_at` None is now.
    """
    seen = Case.objects.visible_to(user).filter(pk=case.pk).select_related("person").first()
    if seen is None:
        return None
    links = rows.newest_links([seen.person_id], known_at)
    filed = _filed([link for link in links if link.verdict == "same"], user, known_at, texts=True)
    found = rows.claims(rows.about(filed.sightings), filed.documents, filed.origins)
    told = [row for _sighting, row in found if known_at is None or row.known_at <= known_at]
    judged = rows.judgements(told)
    state = fold(told, judged, on=on, known_at=known_at, of=set(filed.sightings))
    concerning = rows.concerning(filed.sightings)
    said = rows.statements(concerning, filed.documents, filed.origins, filed.sightings, known_at)
    return CaseFile(
        case=seen.pk,
        person=seen.person_id,
        name=seen.person.name,
        on=state.on,
        known_at=known_at,
        state=state,
        aliases=_aliases(filed),
        profile=timeline.entries(_profile(told, judged, known_at, filed)),
        statements=tuple(sorted(said, key=lambda s: (s.passage.published, s.statement))),
        documents=_documents(filed, told),
        links=tuple(rows.link(link) for link in links),
    )


def case_rows(
    user: User,
    *,
    limit: int = 100,
    offset: int = 0,
    of: Collection[int] | None = None,
    known_at: datetime | None = None,
) -> list[CaseRow]:
    """The user's cases, those with the newest publication first; the same number of queries however many are shown.

    `of` asks for the cases with these keys alone, `known_at` for what was known then (None: now).
    """
    cases = Case.objects.visible_to(user).select_related("person")
    cases = cases if of is None else cases.filter(pk__in=of)
    seen = News.objects.filter(Exists(cases.filter(person=OuterRef("person"))))
    newest = list(seen.order_by("-newest_on", "person__name", "person")[offset : offset + limit])
    place = {one.person_id: number for number, one in enumerate(newest)}
    shown = sorted(cases.filter(person__in=place), key=lambda case: place[case.person_id])
    links = _by_person(rows.newest_links([case.person_id for case in shown], known_at))
    filed = _filed([link for theirs in links.values() for link in theirs if link.verdict == "same"], user, known_at)
    told = [row for _sighting, row in rows.claims(rows.about(filed.sightings), filed.documents, filed.origins)]
    judged = _grouped((j.of, j) for j in rows.judgements(told))
    by_sighting = _grouped((sighting, row) for row in told for sighting in _subjects(row, judged.get(row.claim, ())))
    return [_case_row(case, links.get(case.person_id, []), by_sighting, judged, filed, known_at) for case in shown]


@dataclass(frozen=True, slots=True)
class _Filed:
    """What the newest readings of the user's documents hold of some people: their sightings and where those stand."""

    links: list[Link]
    documents: dict[int, Document]
    readings: set[int]
    origins: rows.Origins

    @property
    def sightings(self) -> list[int]:
        return [link.sighting_id for link in self.links]


def _filed(links: Sequence[Link], user: User, known_at: datetime | None, *, texts: bool = False) -> _Filed:
    wanted = {link.sighting.reading.document_id for link in links}
    documents = Document.objects.visible_to(user).filter(pk__in=wanted)
    found = {document.pk: document for document in (documents if texts else documents.defer("text"))}
    readings = rows.newest_readings(found.keys(), known_at)
    kept = [link for link in links if link.sighting.reading_id in readings]
    return _Filed(kept, found, readings, rows.origins(found.keys()))


def _case_row(
    case: Case,
    links: Sequence[Link],
    by_sighting: Mapping[int, list[Row]],
    judged: Mapping[int, list[Judgement[Row]]],
    filed: _Filed,
    known_at: datetime | None,
) -> CaseRow:
    current = [link for link in links if link.sighting.reading_id in filed.readings]
    same = [link for link in current if link.verdict == "same"]
    mine = {link.sighting_id for link in same}
    told = list({row.claim: row for sighting in mine for row in by_sighting.get(sighting, ())}.values())
    judgements = [j for row in told for j in judged.get(row.claim, ())]
    state = fold(told, judgements, known_at=known_at, of=mine)
    documents = {link.sighting.reading.document_id for link in same}
    return CaseRow(
        case=case.pk,
        person=case.person_id,
        name=case.person.name,
        custody=state.custody,
        basis=state.basis,
        protest=state.protest,
        last_news=max((filed.documents[document].published_on for document in documents), default=""),
        documents=len(documents),
        conflicts=state.conflicts,
        waiting=sum(link.verdict == "ask" for link in links),
        upcoming=state.upcoming,
        unjudged=sum(row.judged == "proposed" for row in apply(told, judgements, known_at)),
    )


def _subjects(row: Row, judged: Iterable[Judgement[Row]]) -> set[int]:
    """Whom the claim is about, or was ever mended to be about."""
    return {row.subject, *(judgement.mended.subject for judgement in judged if judgement.mended)}


def _profile(
    told: Iterable[Row], judged: Iterable[Judgement[Row]], known_at: datetime | None, filed: _Filed
) -> Iterator[Row]:
    mine = set(filed.sightings)
    for row in apply(told, judged, known_at):
        if row.kind == "profile" and row.judged not in NOT_COUNTED and row.subject in mine:
            yield row


def _aliases(filed: _Filed) -> tuple[Alias, ...]:
    seen: dict[str, set[int]] = {}
    for link in filed.links:
        seen.setdefault(link.sighting.name, set()).add(link.sighting.reading.document_id)
    made = [Alias(name, rows.script(name), len(documents)) for name, documents in seen.items()]
    return tuple(sorted(made, key=lambda alias: (-alias.documents, alias.name)))


def _documents(filed: _Filed, told: Iterable[Row]) -> tuple[FiledDocument, ...]:
    claims = Counter(row.passage.document for row in told)
    made = [
        FiledDocument(
            document=document.pk,
            title=document.title,
            source=filed.origins.get(document.pk, rows.NOWHERE).source,
            published=document.published_on,
            language=document.language,
            url=filed.origins.get(document.pk, rows.NOWHERE).url,
            claims=claims[document.pk],
        )
        for document in (filed.documents[link.sighting.reading.document_id] for link in filed.links)
    ]
    return tuple(sorted(dict.fromkeys(made), key=lambda d: (d.published, d.document)))


def _by_person(links: Iterable[Link]) -> dict[int, list[Link]]:
    return _grouped((link.person_id, link) for link in links)


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    out: dict[int, list[T]] = {}
    for key, value in pairs:
        out.setdefault(key, []).append(value)
    return out
