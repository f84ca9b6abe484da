"""Who said what, across cases: by speaker, organisation, act, target, case, words and day."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from habeas.accounts.models import User
from habeas.cases import access, rows
from habeas.cases.models import Case, Statement
from habeas.cases.queries.documents import cases_of
from habeas.cases.queries.newest import MOST_SORTED, Counted, counted, newest
from habeas.cases.search_index import Holding
from habeas.cases.shown import Concerned, ListedStatement
from habeas.core.folding import fold
from habeas.core.looking import one_look
from habeas.sources.models import Document, DocumentQuerySet


class Asked(TypedDict, total=False):
    """Which statements are asked for; '' and None ask for nothing.

    `speaker`, `organisation`, `target` and `words` ask for texts that contain each of their words, in any letter case;
    `act` is a code of `docs/reading.md`; `since` and `until` are ISO days of publication, both included.
    """

    speaker: str
    organisation: str
    act: str
    target: str
    case: Case | None
    words: str
    since: str
    until: str


@one_look()
def statements(user: User, *, limit: int = 50, offset: int = 0, **asked: Unpack[Asked]) -> list[ListedStatement]:
    """Statements of the newest readings, the newest published first.

    The number of queries is the same however many are shown, and does not grow with the desk.
    """
    found, most = _asked(user, asked), offset + limit
    few = MOST_SORTED if asked.get("case") else None if any(asked.values()) else 0
    upto, _ = newest(found, "reading__document", _documents(user, asked), most, few=few)
    keys = upto[offset:]
    by_key = Statement.objects.select_related("reading", "speaker", "target").in_bulk(keys)
    shown = [by_key[key] for key in keys]
    documents = Document.objects.in_bulk({statement.reading.document_id for statement in shown})
    origins = rows.origins(documents.keys())
    concerned = _concerned(shown, user)
    said = [rows.said(statement, documents[statement.reading.document_id], origins) for statement in shown]
    return [
        ListedStatement(
            said=one,
            title=documents[one.passage.document].title,
            language=documents[one.passage.document].language,
            about=concerned.get(one.statement, ()),
        )
        for one in rows.judged_statements(said, documents)
    ]


@one_look()
def count_statements(user: User, **asked: Unpack[Asked]) -> Counted:
    """How many statements the same question to `statements` finds."""
    return counted(_asked(user, asked))


def _documents(user: User, asked: Asked) -> DocumentQuerySet:
    """The user's documents that were published in these days."""
    found = Document.objects.visible_to(user)
    if since := asked.get("since"):
        found = found.filter(published_on__gte=since)
    if until := asked.get("until"):
        found = found.filter(published_on__lte=until).exclude(published_on="")
    return found


def _asked(user: User, asked: Asked) -> QuerySet[Statement, Statement]:
    found = access.statements(user).filter(rows.newest())
    if asked.get("since") or asked.get("until"):
        found = found.filter(reading__document__in=_documents(user, asked))
    found = _by_names(found, asked)
    if act := asked.get("act"):
        found = found.alias(acts_text=Cast("acts", TextField())).filter(acts_text__contains=f'"{act}"')
    if case := asked.get("case"):
        mine = Case.objects.visible_to(user).filter(pk=case.pk).values_list("person", flat=True)
        links = [link for link in rows.newest_links(list(mine)) if link.verdict == "same"]
        found = found.filter(rows.concerning([link.sighting_id for link in links]))
    if words := fold(asked.get("words", "")).split():
        found = found.filter(Holding(words).statements())
    return found


def _by_names(found: QuerySet[Statement, Statement], asked: Asked) -> QuerySet[Statement, Statement]:
    """Those with these names of speaker, organisation and target."""
    for word in fold(asked.get("speaker", "")).split():
        found = found.filter(speaker__folded__contains=word)
    for word in fold(asked.get("target", "")).split():
        found = found.filter(target__folded__contains=word)
    for word in asked.get("organisation", "").split():
        found = found.filter(organisation__icontains=word)
    return found


def _concerned(shown: list[Statement], user: User) -> dict[int, tuple[Concerned, ...]]:
    """Whom each statement is about, each name once, with their case."""
    about = Statement.about.through.objects.filter(statement__in=[statement.pk for statement in shown]).order_by("pk")
    pairs = list(about.values_list("statement", "sighting"))
    names = dict(access.sightings(user, {sighting for _, sighting in pairs}).values_list("pk", "name"))
    cases = cases_of(names, user)
    found: dict[int, dict[Concerned, None]] = {}
    for statement, sighting in pairs:
        if sighting in names:
            found.setdefault(statement, {})[Concerned(names[sighting], cases.get(sighting))] = None
    return {statement: tuple(people) for statement, people in found.items()}
