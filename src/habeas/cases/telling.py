"""The same words carried by several outlets: noticed when reports are taken in, for statements and whole reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from habeas.cases.models import Statement, Telling
from habeas.cases.passages import words_of
from habeas.core import adding
from habeas.core.folding import fold
from habeas.core.keys import upcoming
from habeas.core.likeness import ALIKE, BANDS, Sketch, different_words, share, sketch
from habeas.sources.models import Document

SKETCH = tuple(f"b{number}" for number in range(BANDS))
FEWEST_WORDS = 6  # "he is well" is said of many by many
MOST_COMPARED = 50  # of those that may be alike by one number of the sketch; the same words stand first among them

# The oldest under each number, by an index that holds only those who repeat nobody: a wire copy met ten thousand times
# costs no more than one met twice. `+ 0` keeps SQLite from an index that half of all rows stand under.
_ALIKE = " UNION ".join(
    f"""SELECT * FROM (SELECT t.id, (
        SELECT s.folded FROM cases_statement said JOIN cases_sighting s ON s.id = said.speaker_id
        WHERE said.id = t.statement_id), t.document_id, t.statement_id FROM cases_telling t
    WHERE t.{band} = %s AND t.first_id IS NULL AND t.document_id <> %s AND t.statement_id + 0 IS {{}}NULL
    AND (SELECT d.team_id FROM sources_document d WHERE d.id = t.document_id) = %s
    ORDER BY t.id LIMIT {MOST_COMPARED}) AS by_{band}"""  # noqa: S608 - no value stands in it
    for band in SKETCH
)


class Text(NamedTuple):
    """What may repeat: a statement, or with None the whole report, of a document; its words; its speaker's name."""

    document: Document
    statement: Statement | None
    words: str
    speaker: str


class _Other(NamedTuple):
    """An earlier telling that may have the same words."""

    telling: int
    speaker: str
    document: int
    statement: int | None


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
    keys, before, made = upcoming(Telling), _Before(), []
    for text in found:
        numbers = sketch(text.words) if len(text.words.split()) >= FEWEST_WORDS else None
        if numbers:
            first = before.first(text, numbers)
            columns = dict(zip(SKETCH, numbers, strict=True))
            made.append(
                Telling(pk=next(keys), document=text.document, statement=text.statement, first_id=first, **columns)
            )
            if first is None:
                before.add(made[-1].pk, text, numbers)
    adding.add(made)


class _Before:
    """What was told before: those noted just now, by the numbers of their sketches, and those in the database."""

    def __init__(self) -> None:
        self._now: dict[tuple[int, int, bool], list[_Other]] = {}
        self._words: dict[int, frozenset[str]] = {}  # by the telling

    def add(self, telling: int, text: Text, numbers: Sketch) -> None:
        """Keeps in mind one that repeats nobody."""
        said = text.statement
        other = _Other(telling, fold(text.speaker), text.document.pk, said.pk if said else None)
        self._words[telling] = different_words(text.words)
        for place in enumerate(numbers):
            self._now.setdefault((*place, said is None), []).append(other)

    def first(self, text: Text, numbers: Sketch) -> int | None:
        """The oldest telling that has the same words."""
        speaker, words = set(fold(text.speaker).split()), different_words(text.words)
        for other in sorted({*_asked(text, numbers), *self._noted(text, numbers)}):
            theirs = set(other.speaker.split())
            if (speaker <= theirs or theirs <= speaker) and share(words, self._of(other)) >= ALIKE:
                return other.telling
        return None

    def _noted(self, text: Text, numbers: Sketch) -> Iterator[_Other]:
        for place in enumerate(numbers):
            some = self._now.get((*place, text.statement is None), ())[:MOST_COMPARED]
            yield from (other for other in some if other.document != text.document.pk)

    def _of(self, other: _Other) -> frozenset[str]:
        if other.telling not in self._words:
            self._words[other.telling] = different_words(_text_of(other))
        return self._words[other.telling]


def _asked(text: Text, numbers: Sketch) -> Sequence[_Other]:
    """The oldest under each number of the sketch."""
    values = [value for number in numbers for value in (number, text.document.pk, text.document.team_id)]
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE.format(*["" if text.statement is None else "NOT "] * BANDS), values)
        return [_Other(key, speaker or "", document, said) for key, speaker, document, said in cursor.fetchall()]


def _text_of(other: _Other) -> str:
    text = Document.objects.values_list("text", flat=True).get(pk=other.document)
    if other.statement is None:
        return text
    return words_of(text, Statement.objects.values_list("content_spans", flat=True).get(pk=other.statement))
