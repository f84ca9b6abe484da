"""Texts that contain words, found by an index of every three letters: FTS5 on SQLite, `pg_trgm` on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from habeas.cases.models import SearchText

SHORTEST = 3  # letters that the index holds together; a shorter word is looked for in what the longer ones leave


def containing(texts: QuerySet[SearchText, SearchText], words: Iterable[str]) -> QuerySet[SearchText, SearchText]:
    """The texts that contain every one of the words (`core.folding`), each also inside a longer word."""
    asked = list(words)
    long = [word for word in asked if len(word) >= SHORTEST]
    if long and connection.vendor == "sqlite":
        texts = texts.filter(
            pk__in=RawSQL("SELECT rowid FROM cases_searchindex WHERE folded MATCH %s", [_all_of(long)])
        )
        asked = [word for word in asked if len(word) < SHORTEST]
    for word in asked:
        texts = texts.filter(folded__contains=word)
    return texts


def _all_of(words: Iterable[str]) -> str:
    """FTS5's question for all of the words, each taken to the letter."""
    return " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words)
