"""Words looked for among people, documents and statements, whatever script they are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from habeas.accounts.models import User
from habeas.cases import access, rows
from habeas.cases.models import Case, Person, SearchText, Statement
from habeas.cases.passages import words_of
from habeas.cases.queries.documents import cases_of
from habeas.cases.queries.newest import Counted, newest
from habeas.cases.queries.people import MOST_CONTAINING, find_people
from habeas.cases.search_index import MANY, Holding
from habeas.cases.shown import Found
from habeas.core.folding import fold, places
from habeas.core.looking import one_look
from habeas.names import Match
from habeas.sources.models import Document
from habeas.sources.visibility import documents_of

BEFORE, AFTER = 60, 180  # code points of text around the first place where a word stands


@dataclass(frozen=True, slots=True)
class Answers:
    """What a search found, and for each kind how many there are; of statements counted to the most that are found."""

    found: tuple[Found, ...]
    counts: Mapping[str, Counted]


def search(user: User, words: str, *, limit: int = 50) -> list[Found]:
    """People who may be called so, then documents and statements that contain all the words; at most `limit` of each.

    Letter case, accents and vowel points make no difference; a word is found inside a longer one too. Documents and
    statements come newest published first.
    """
    return list(answers(user, words, limit=limit).found)


@one_look()
def answers(user: User, words: str, *, limit: int = 50) -> Answers:
    """As `search`, with how many there are."""
    asked = fold(words).split()
    if not asked:
        return Answers((), {})
    people, holding = find_people(user, words), Holding(asked)
    texts = holding.texts().filter(documents_of(user, "document__"))
    said = access.statements(user).filter(rows.newest(), holding.statements())
    visible = Document.objects.visible_to(user)
    documents, n_documents = newest(texts, "document", visible, limit, few=None if holding.is_common else MANY)
    statements, n_said = newest(said, "reading__document", visible, limit, few=0 if holding.is_common else MANY)
    found = (*_people(user, people[:limit]), *_documents(documents, asked), *_statements(user, statements, asked))
    return Answers(
        found,
        {
            "person": Counted(len(people), is_more=len(people) >= MOST_CONTAINING),
            "document": n_documents,
            "statement": _up_to(limit, n_said),
        },
    )


def _up_to(most: int, counted: Counted) -> Counted:
    """The same, counted no further: how far it was counted hangs on how many texts of others have the words."""
    return Counted(min(most, counted.number), is_more=counted.is_more or counted.number > most)


def _people(user: User, found: Sequence[tuple[Person, Match]]) -> Iterator[Found]:
    cases = dict(Case.objects.visible_to(user).filter(person__in=[p.pk for p, _ in found]).values_list("person", "pk"))
    for person, match in found:
        yield Found("person", person.pk, person.name, match.reason, document=None, case=cases.get(person.pk))


def _documents(texts: list[int], asked: list[str]) -> Iterator[Found]:
    """The documents of these texts, in their order."""
    found = SearchText.objects.select_related("document").in_bulk(texts)
    for document in (found[key].document for key in texts):
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


def _statements(user: User, keys: list[int], asked: list[str]) -> Iterator[Found]:
    """The statements with these keys, in their order."""
    found = Statement.objects.select_related("speaker", "reading__document").in_bulk(keys)
    about = Statement.about.through.objects.filter(statement__in=keys).order_by("-pk")
    pairs = list(about.values_list("statement", "sighting"))
    cases = cases_of((sighting for _, sighting in pairs), user)
    of_statement = {statement: cases[sighting] for statement, sighting in pairs if sighting in cases}
    for statement in (found[key] for key in keys):
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
    at = first = 0
    for line in text.splitlines(keepends=True):
        if found := places(line, asked):
            first = at + found[0][0]
            break
        at += len(line)
    start = whole_word(text, max(0, first - BEFORE), first)
    excerpt = " ".join(text[start : first + AFTER].split())
    return excerpt, places(excerpt, asked)


def whole_word(text: str, start: int, before: int) -> int:
    """`start`, or the beginning of the next word where it is inside one."""
    if start == 0:
        return 0
    return next((at + 1 for at in range(start - 1, before) if text[at].isspace()), start)
