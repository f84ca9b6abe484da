"""Words looked for among people, documents and statements, whatever script they are in."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.accounts.models import User
from habeas.cases import access, rows
from habeas.cases.casefile import Found
from habeas.cases.models import Case, SearchText, Statement
from habeas.cases.passages import words_of
from habeas.cases.queries.documents import cases_of
from habeas.cases.queries.people import find_people
from habeas.cases.search_index import containing
from habeas.core.folding import fold, places
from habeas.sources.models import Document

BEFORE, AFTER = 60, 180  # code points of text around the first place where a word stands


def search(user: User, words: str, *, limit: int = 50) -> list[Found]:
    """People who may be called so, then documents and statements that contain all the words; at most `limit` of each.

    Letter case, accents and vowel points make no difference; a word is found inside a longer one too. Documents and
    statements come newest published first.
    """
    asked = fold(words).split()
    if not asked:
        return []
    return [*_people(user, words, limit), *_documents(user, asked, limit), *_statements(user, asked, limit)]


def _people(user: User, words: str, limit: int) -> Iterator[Found]:
    found = find_people(user, words)[:limit]
    cases = dict(Case.objects.visible_to(user).filter(person__in=[p.pk for p, _ in found]).values_list("person", "pk"))
    for person, match in found:
        yield Found("person", person.pk, person.name, match.reason, document=None, case=cases.get(person.pk))


def _documents(user: User, asked: list[str], limit: int) -> Iterator[Found]:
    visible = Document.objects.visible_to(user)
    texts = containing(SearchText.objects.filter(statement=None, document__in=visible), asked)
    documents = visible.filter(pk__in=texts.values("document")).order_by("-published_on", "-pk")
    for document in documents[:limit]:
        excerpt, lit = around(document.text, asked)
        yield Found(
            kind="document",
            key=document.pk,
            title=document.title,
            excerpt=excerpt,
            document=document.pk,
            case=None,
            published=document.published_on,
            lit=lit,
            language=document.language,
        )


def _statements(user: User, asked: list[str], limit: int) -> Iterator[Found]:
    visible = Document.objects.visible_to(user)
    texts = containing(SearchText.objects.filter(statement__isnull=False, document__in=visible), asked)
    statements = access.statements(user).filter(rows.newest(), pk__in=texts.values("statement"))
    newest_first = statements.select_related("speaker", "reading__document").order_by(
        "-reading__document__published_on", "-pk"
    )
    shown = list(newest_first[:limit])
    about = Statement.about.through.objects.filter(statement__in=[statement.pk for statement in shown]).order_by("-pk")
    pairs = list(about.values_list("statement", "sighting"))
    cases = cases_of((sighting for _, sighting in pairs), user)
    of_statement = {statement: cases[sighting] for statement, sighting in pairs if sighting in cases}
    for statement in shown:
        document = statement.reading.document
        excerpt, lit = around(words_of(document.text, statement.content_spans), asked)
        yield Found(
            kind="statement",
            key=statement.pk,
            title=statement.speaker.name if statement.speaker else "",
            excerpt=excerpt,
            document=document.pk,
            case=of_statement.get(statement.pk),
            published=document.published_on,
            lit=lit,
            language=document.language,
        )


def around(text: str, asked: list[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text around the first place where one of the folded words stands, and where they stand in it."""
    at = 0
    for line in text.splitlines(keepends=True):
        if places(line, asked):
            break
        at += len(line)
    else:
        at = 0
    first = min((start for start, _end in places(text[at : at + 20_000], asked)), default=0) + at
    start = whole_word(text, max(0, first - BEFORE), first)
    excerpt = " ".join(text[start : first + AFTER].split())
    return excerpt, places(excerpt, asked)


def whole_word(text: str, start: int, before: int) -> int:
    """`start`, or the beginning of the next word where it is inside one."""
    if start == 0:
        return 0
    return next((at + 1 for at in range(start - 1, before) if text[at].isspace()), start)
