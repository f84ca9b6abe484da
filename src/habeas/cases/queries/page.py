"""One case file: folded anew, or, of a long case as it stands now, as it was kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q

from habeas.accounts.models import User
from habeas.accounts.roles import teams_of
from habeas.cases import access, filing, folding, outlines, rows
from habeas.cases.casefile import Alias, CaseFile, CasePage, FiledDocument, Row, Said
from habeas.cases.fold import fold
from habeas.cases.fold.judged import apply
from habeas.cases.models import Case, Claim, Link, Sighting, Statement
from habeas.cases.models_kept import FOLD, KeptFile, StaleState
from habeas.cases.outlines import Outline
from habeas.cases.shortening import shortened
from habeas.cases.told import told_together
from habeas.core.looking import one_look
from habeas.sources.models import Document, DocumentQuerySet

T = TypeVar("T")


def case_file(case: Case, user: User, on: date | None = None, known_at: datetime | None = None) -> CaseFile | None:
    """The file of one case as it stood `on` a day, from what was known at `known_at`; None where they may not see it.

    `on` None is the last day that the claims speak for; `known_at` None is now.
    """
    page = case_page(case, user, on, known_at)
    return page.file if page else None


@one_look()
def case_page(
    case: Case, user: User, on: date | None = None, known_at: datetime | None = None, *, most: int | None = None
) -> CasePage | None:
    """As `case_file`, with no more than the `most` newest of each of its lists; None is all of them.

    Of a long case as it stands now the page is made of what is kept, where that is what this user sees.
    """
    seen = Case.objects.visible_to(user).filter(pk=case.pk).select_related("person").first()
    if seen is None:
        return None
    if most and most <= filing.MOST and on is None and known_at is None:
        found = kept_outlines([seen], user).get(seen.pk)
        if found:
            return _kept(seen, found, most)
    return _folded(seen, user, on, known_at, most)


def kept_outlines(cases: Iterable[Case], user: User) -> dict[int, Outline]:
    """What is kept of those of the cases, which the user sees, that are long, by the case's key.

    Only of cases of their own teams, and where nothing in these is hidden from them: others may see less than is kept;
    and of none about which something has come since.
    """
    teams = teams_of(user)
    people = {case.person_id: case.pk for case in cases if case.team_id in teams}
    kept = KeptFile.objects.filter(person__in=people, fold=FOLD)
    fresh = kept.exclude(person__in=StaleState.objects.filter(person__in=people).values("person"))
    told = dict(fresh.values_list("person", "told"))
    if not told or access.hidden_people(user):
        return {}
    return {people[person]: Outline(json.loads(one)) for person, one in told.items()}


def claims_of(keys: Collection[int]) -> dict[int, Row]:
    """The claims with these keys as they are judged, by the key; the user sees their documents."""
    of = Q(pk__in=keys)
    theirs = set(Claim.objects.filter(of).values_list("reading__document", flat=True))
    found = Document.objects.only("published_on").in_bulk(theirs)
    told = [row for _sighting, row in rows.claims(of, found, rows.origins(theirs))]
    return {row.claim: row for row in apply(told, rows.judgements(told), None)}


def _kept(case: Case, outline: Outline, most: int) -> CasePage:
    lists = outline.lists
    claims = claims_of(outline.claims(most))
    statements = _last(lists.statements, most)
    said = dict(Statement.objects.filter(pk__in=statements).values_list("pk", "reading__document"))
    filed = _last(lists.documents, most)
    beside = {row.passage.document for row in claims.values()}
    found = _without_text().in_bulk({one.document for one in filed} | set(said.values()) | beside)
    origins = rows.origins(found.keys())
    links = Link.objects.select_related("sighting__reading").in_bulk(_last(lists.links, most))
    names = dict(Sighting.objects.filter(pk__in=[one.sighting for one in lists.aliases]).values_list("pk", "name"))
    state, is_cut = outline.state(claims.get, most)
    file = CaseFile(
        case=case.pk,
        person=case.person_id,
        name=case.person.name,
        on=state.on,
        known_at=None,
        state=state,
        aliases=tuple(_alias(names[one.sighting], one) for one in lists.aliases),
        profile=outline.profile(claims.get),
        statements=_statements([(key, said[key]) for key in statements], origins, lists.speaking, None),
        documents=_documents(filed, found, origins),
        links=tuple(rows.link(links[key]) for key in _last(lists.links, most)),
    )
    languages = {key: document.language for key, document in found.items()}
    counts = (lists.n_statements, lists.n_documents, lists.n_links)
    return CasePage(file, *counts, languages, outline.timeline(), lists.n_told, is_cut)


def _folded(case: Case, user: User, on: date | None, known_at: datetime | None, most: int | None) -> CasePage:
    all_links = rows.newest_links_of(case.person_id, known_at)
    visible = Document.objects.visible_to(user)
    filed = folding.filed([one for one in all_links if one.link.verdict == "same"], visible, known_at)
    found = rows.claims(rows.about(filed.sightings), filed.documents, filed.origins)
    told = [row for _sighting, row in found if known_at is None or row.known_at <= known_at]
    judged = rows.judgements(told)
    whole = fold(told, judged, on=on, known_at=known_at, of=set(filed.sightings))
    said, documents = filing.said(filed), filing.documents(filed, told)
    links = _in_sight(all_links, filed, visible)
    state = shortened(whole, most) if most else whole
    file = CaseFile(
        case=case.pk,
        person=case.person_id,
        name=case.person.name,
        on=state.on,
        known_at=known_at,
        state=state,
        aliases=tuple(_alias(name, one) for name, one in filing.called(filed)),
        profile=filing.profile(apply(told, judged, known_at), set(filed.sightings)),
        statements=_statements([(k, d) for _day, k, d in _last(said, most)], filed.origins, filed.sightings, known_at),
        documents=_documents(_last(documents, most), filed.documents, filed.origins),
        links=tuple(_last([one.link for one in links], most)),
    )
    languages = {key: document.language for key, document in filed.documents.items()}
    counts = (len(said), len(documents), len(links))
    return CasePage(file, *counts, languages, whole.timeline, len(told_together(whole.timeline)), is_cut=state != whole)


def _in_sight(links: Sequence[rows.Linked], filed: folding.Filed, visible: DocumentQuerySet) -> list[rows.Linked]:
    """The links to names in documents that the user sees."""
    more = {one.link.document for one in links} - filed.documents.keys()
    seen = {*filed.documents, *(visible.filter(pk__in=more).values_list("pk", flat=True) if more else ())}
    return [one for one in links if one.link.document in seen]


def _last(found: Sequence[T], most: int | None) -> Sequence[T]:
    return found if most is None else found[-most:]


def _without_text() -> DocumentQuerySet:
    return Document.objects.only("team", "title", "published_on", "language")


def _statements(
    said: Sequence[tuple[int, int]], origins: rows.Origins, them: Collection[int], known_at: datetime | None
) -> tuple[Said, ...]:
    """These statements (key and document), in their order, each with its words; `them` are the person's sightings."""
    texts = Document.objects.only("text", "published_on").in_bulk({document for _key, document in said})
    of = Q(pk__in=[key for key, _document in said])
    made = {one.statement: one for one in rows.statements(of, texts, origins, set(them), known_at)}
    return tuple(made[key] for key, _document in said)


def _alias(name: str, called: outlines.Called) -> Alias:
    return Alias(name, rows.script(name), called.documents)


def _documents(
    filed: Iterable[outlines.Filed], found: Mapping[int, Document], origins: rows.Origins
) -> tuple[FiledDocument, ...]:
    return tuple(_document(found[one.document], one.claims, origins.get(one.document, rows.NOWHERE)) for one in filed)


def _document(document: Document, claims: int, origin: rows.Origin) -> FiledDocument:
    return FiledDocument(
        document=document.pk,
        title=document.title,
        source=origin.source,
        published=document.published_on,
        language=document.language,
        url=origin.url,
        claims=claims,
    )
