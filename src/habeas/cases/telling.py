"""The same words carried by several outlets: noticed when reports are taken in, for statements and whole reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from habeas.cases.models import Statement, Telling
from habeas.cases.passages import words_of
from habeas.core.folding import fold
from habeas.core.keys import upcoming
from habeas.core.likeness import ALIKE, BANDS, Sketch, share, sketch
from habeas.sources.models import Document

SKETCH = tuple(f"b{number}" for number in range(BANDS))
FEWEST_WORDS = 6  # "he is well" is said of many by many
MOST_COMPARED = 50  # of those that may be alike by one number of the sketch; the same words stand first among them

# The oldest under each number, by an index that holds only those who repeat nobody: a wire copy met ten thousand times
# costs no more than one met twice.
_ALIKE = " UNION ".join(
    f"""SELECT * FROM (SELECT t.id, s.folded, t.document_id, t.statement_id FROM cases_telling t
    JOIN sources_document d ON d.id = t.document_id
    LEFT JOIN cases_statement said ON said.id = t.statement_id LEFT JOIN cases_sighting s ON s.id = said.speaker_id
    WHERE t.{band} = %s AND t.first_id IS NULL AND d.team_id = %s AND t.document_id <> %s
    AND t.statement_id IS {{}}NULL ORDER BY t.id LIMIT {MOST_COMPARED}) AS by_{band}"""  # noqa: S608 - no value stands in it
    for band in SKETCH
)


class Text(NamedTuple):
    """What may repeat: a statement, or with None the whole report, of a document; its words; its speaker's name."""

    document: Document
    statement: Statement | None
    words: str
    speaker: str


class _Other(NamedTuple):
    """An earlier telling; `words` are None where they are still to be fetched."""

    telling: int
    speaker: str
    document: int
    statement: int | None
    words: str | None = None


def texts(document: Document, statements: Iterable[Statement], *, is_first: bool) -> Iterator[Text]:
    """What of a reading may repeat earlier words; the whole report too where it `is_first` of its document."""
    for said in statements:
        yield Text(
            document, said, words_of(document.text, said.content_spans), said.speaker.name if said.speaker else ""
        )
    if is_first:
        yield Text(document, None, document.text, "")


def note(found: Iterable[Text]) -> None:
    """Notes which earlier statements and reports of the team, or earlier ones among these, each of these repeats.

    Of fewer than six words nothing is noted. A statement repeats another where three words of four are the same and the
    speaker's name is, or is a part of it. Call it after `audit.services.one_writer_at_a_time`.
    """
    keys, among, made = upcoming(Telling), _Among(), []
    for text in found:
        numbers = sketch(text.words) if len(text.words.split()) >= FEWEST_WORDS else None
        if numbers:
            first = _first(text, numbers, among)
            columns = dict(zip(SKETCH, numbers, strict=True))
            telling = Telling(
                pk=next(keys), document=text.document, statement=text.statement, first_id=first, **columns
            )
            made.append(telling)
            if first is None:
                among.add(telling.pk, text, numbers)
    Telling.objects.bulk_create(made)


class _Among:
    """Those noted just now that repeat nobody, by the numbers of their sketches."""

    def __init__(self) -> None:
        self._by: dict[tuple[int, int, bool], list[_Other]] = {}

    def add(self, telling: int, text: Text, numbers: Sketch) -> None:
        said = text.statement
        other = _Other(telling, fold(text.speaker), text.document.pk, said.pk if said else None, text.words)
        for place in enumerate(numbers):
            self._by.setdefault((*place, said is None), []).append(other)

    def like(self, text: Text, numbers: Sketch) -> set[_Other]:
        places = [(*place, text.statement is None) for place in enumerate(numbers)]
        found = {other for place in places for other in self._by.get(place, ())[:MOST_COMPARED]}
        return {other for other in found if other.document != text.document.pk}


def _first(text: Text, numbers: Sketch, among: _Among) -> int | None:
    """The oldest telling that has the same words."""
    speaker = set(fold(text.speaker).split())
    for other in sorted([*_before(text, numbers), *among.like(text, numbers)]):
        theirs = set(other.speaker.split())
        if (speaker <= theirs or theirs <= speaker) and share(text.words, _words(other)) >= ALIKE:
            return other.telling
    return None


def _before(text: Text, numbers: Sketch) -> Sequence[_Other]:
    values = [value for number in numbers for value in (number, text.document.team_id, text.document.pk)]
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE.format(*["" if text.statement is None else "NOT "] * BANDS), values)
        return [_Other(key, speaker or "", document, said) for key, speaker, document, said in cursor.fetchall()]


def _words(other: _Other) -> str:
    if other.words is not None:
        return other.words
    text = Document.objects.values_list("text", flat=True).get(pk=other.document)
    if other.statement is None:
        return text
    return words_of(text, Statement.objects.values_list("content_spans", flat=True).get(pk=other.statement))
