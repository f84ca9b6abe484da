"""One case file, and the list of cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q

from habeas.accounts.models import User
from habeas.cases import access, folding, kept, rows
from habeas.cases.casefile import Alias, CaseFile, CaseRow, FiledDocument, Row, Said, State
from habeas.cases.fold import Judgement, fold, timeline
from habeas.cases.fold.judged import NOT_COUNTED, apply
from habeas.cases.models import Case, News, Statement
from habeas.cases.models_kept import FOLD, KeptState, StaleState
from habeas.sources.models import Document, DocumentQuerySet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case file of which the newest statements, documents and links are there, and how many there are in all.

    `languages` has the language of every document that it rests on.
    """

    file: CaseFile
    statements: int
    documents: int
    links: int
    languages: Mapping[int, str]


def case_file(case: Case, user: User, on: date | None = None, known_at: datetime | None = None) -> CaseFile | None:
    """The file of one case as it stood `on` a day, from what was known at `known_at`; None where they may not see it.

    `on` None is the last day that the claims speak for; `known_at` None is now.
    """
    page = case_page(case, user, on, known_at)
    return page.file if page else None


def case_page(
    case: Case, user: User, on: date | None = None, known_at: datetime | None = None, *, most: int | None = None
) -> CasePage | None:
    """As `case_file`, with no more than the `most` newest statements, documents and links; None is all of them."""
    seen = Case.objects.visible_to(user).filter(pk=case.pk).select_related("person").first()
    if seen is None:
        return None
    links = rows.newest_links_of(seen.person_id, known_at)
    visible = Document.objects.visible_to(user)
    filed = folding.filed([one for one in links if one.link.verdict == "same"], visible, known_at)
    found = rows.claims(rows.about(filed.sightings), filed.documents, filed.origins)
    told = [row for _sighting, row in found if known_at is None or row.known_at <= known_at]
    judged = rows.judgements(told)
    state = fold(told, judged, on=on, known_at=known_at, of=set(filed.sightings))
    said = _said(filed)
    documents = _documents(filed, told)
    links = _in_sight(links, filed, visible)
    file = CaseFile(
        case=seen.pk,
        person=seen.person_id,
        name=seen.person.name,
        on=state.on,
        known_at=known_at,
        state=state,
        aliases=_aliases(filed),
        profile=timeline.entries(_profile(told, judged, known_at, filed)),
        statements=_statements(_last(said, most), filed, known_at),
        documents=tuple(_last(documents, most)),
        links=tuple(_last([one.link for one in links], most)),
    )
    languages = {key: document.language for key, document in filed.documents.items()}
    return CasePage(file, len(said), len(documents), len(links), languages)


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


def states(user: User, cases: Collection[int]) -> dict[int, State]:
    """The state of each of these cases that the user may see, by the case's key, with the claims that it rests on."""
    of_person = dict(Case.objects.visible_to(user).filter(pk__in=cases).values_list("person", "pk"))
    folded = folding.folded(of_person, Document.objects.visible_to(user))
    return {of_person[person]: one.state for person, one in folded.items()}


def _profile(
    told: Iterable[Row], judged: Iterable[Judgement[Row]], known_at: datetime | None, filed: folding.Filed
) -> Iterator[Row]:
    mine = set(filed.sightings)
    for row in apply(told, judged, known_at):
        if row.kind == "profile" and row.judged not in NOT_COUNTED and row.subject in mine:
            yield row


def _in_sight(links: Sequence[rows.Linked], filed: folding.Filed, visible: DocumentQuerySet) -> list[rows.Linked]:
    """The links to names in documents that the user sees."""
    more = {one.link.document for one in links} - filed.documents.keys()
    seen = {*filed.documents, *(visible.filter(pk__in=more).values_list("pk", flat=True) if more else ())}
    return [one for one in links if one.link.document in seen]


def _last(found: Sequence[T], most: int | None) -> Sequence[T]:
    return found if most is None else found[-most:]


def _said(filed: folding.Filed) -> list[tuple[str, int, int]]:
    """The day of publication, key and document of each statement that concerns the person, in that order."""
    found = Statement.objects.filter(rows.concerning(filed.sightings)).values_list("pk", "reading__document")
    return sorted((filed.documents[document].published_on, key, document) for key, document in found)


def _statements(
    said: Sequence[tuple[str, int, int]], filed: folding.Filed, known_at: datetime | None
) -> tuple[Said, ...]:
    """These statements, in their order, each with its words."""
    texts = Document.objects.only("text", "published_on").in_bulk({document for _day, _key, document in said})
    of = Q(pk__in=[key for _day, key, _document in said])
    made = {one.statement: one for one in rows.statements(of, texts, filed.origins, set(filed.sightings), known_at)}
    return tuple(made[key] for _day, key, _document in said)


def _aliases(filed: folding.Filed) -> tuple[Alias, ...]:
    seen: dict[str, set[int]] = {}
    for link in filed.links:
        seen.setdefault(link.name, set()).add(link.document)
    made = [Alias(name, rows.script(name), len(documents)) for name, documents in seen.items()]
    return tuple(sorted(made, key=lambda alias: (-alias.documents, alias.name)))


def _documents(filed: folding.Filed, told: Iterable[Row]) -> tuple[FiledDocument, ...]:
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
        for document in (filed.documents[link.document] for link in filed.links)
    ]
    return tuple(sorted(dict.fromkeys(made), key=lambda d: (d.published, d.document)))
