"""Texts that contain words, found by an index of every three letters: FTS5 on SQLite, `pg_trgm` on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, StrIndex

from habeas.cases.models import SearchText

SHORTEST = 3  # letters that the index holds together; a shorter word is looked for in what the longer ones leave
MANY = 5_000  # texts; words that stand in more are looked for in the texts, wherever the asker begins


class Holding:
    """The texts that contain all of some words (folded as `core.folding` does), each also inside a longer word.

    `is_common` where these are so many, or the words so short, that they are not found by the index but looked for in
    the texts, from wherever the asker begins.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(words)
        self._few = _few(self._words)

    @property
    def is_common(self) -> bool:
        """Whether the words stand in very many texts."""
        return self._few is None

    def texts(self) -> QuerySet[SearchText, SearchText]:
        """The texts of documents."""
        # Not `statement=None`: SQLite would go through all of these by the index of statements.
        of_documents = SearchText.objects.alias(said=Coalesce("statement", 0)).filter(said=0)
        if self._few is None:
            return _gone_through(of_documents, self._words)
        return of_documents.filter(pk__among=self._few)

    def statements(self) -> Q:
        """That a statement contains the words."""
        if self._few is None:
            return Q(Exists(_gone_through(SearchText.objects.filter(statement=OuterRef("pk")), self._words)))
        said = SearchText.objects.filter(pk__among=self._few, statement__isnull=False)
        return Q(pk__among=list(said.values_list("statement", flat=True)))


def _with(texts: QuerySet[SearchText, SearchText], words: Iterable[str]) -> QuerySet[SearchText, SearchText]:
    for word in words:
        texts = texts.filter(folded__contains=word)
    return texts


def _gone_through(texts: QuerySet[SearchText, SearchText], words: Iterable[str]) -> QuerySet[SearchText, SearchText]:
    """As `_with`, but not by the index: PostgreSQL would gather all texts by it where the first thousand are enough."""
    for word in words:
        texts = texts.alias(at=StrIndex("folded", Value(word))).filter(at__gt=0)
    return texts


def _few(words: Sequence[str]) -> list[int] | None:
    """The keys of the texts with all of the words, by the index; None where there are more than MANY, or no index."""
    long = [word for word in words if len(word) >= SHORTEST]
    if not long:
        return None
    if connection.vendor == "sqlite":
        every = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in long)  # each taken to the letter
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid FROM cases_searchindex WHERE folded MATCH %s LIMIT %s", [every, MANY + 1])
            found = [key for (key,) in cursor.fetchall()]
    else:
        found = list(_with(SearchText.objects.all(), long).values_list("pk", flat=True)[: MANY + 1])
    if len(found) > MANY:
        return None
    if len(long) < len(words):
        found = list(_with(SearchText.objects.filter(pk__among=found), words).values_list("pk", flat=True))
    return found
