"""The same words carried by several outlets: noticed when reports are taken in, for statements and whole reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from habeas.cases.models import Statement, Telling
from habeas.cases.passages import words_of
from habeas.core import adding, listed
from habeas.core.folding import fold
from habeas.core.keys import upcoming
from habeas.core.likeness import ALIKE, BANDS, Sketch, different_words, share, sketch_of
from habeas.sources.models import Document

SKETCH = tuple(f"b{number}" for number in range(BANDS))
FEWEST_WORDS = 6  # "he is well" is said of many by many
MOST_COMPARED = 50  # of those that may be alike by one number of the sketch; the same words stand first among them

# The oldest under each number, by an index that holds only those who repeat nobody: a wire copy met ten thousand times
# costs no more than one met twice. `+ 0` keeps SQLite from an index that half of all rows stand under.
_ALIKE = " UNION ALL ".join(
    f"""SELECT {number}, asked.value, b{number}.id, (
        SELECT s.folded FROM cases_statement said JOIN cases_sighting s ON s.id = said.speaker_id
        WHERE said.id = b{number}.statement_id), b{number}.document_id, b{number}.statement_id
    FROM {{numbers}} AS asked {{b{number}}}"""  # noqa: S608 - no value stands in it
    for number in range(BANDS)
)
_OLDEST = f"""u.{{band}} = asked.value AND u.first_id IS NULL AND u.statement_id + 0 IS {{kind}}
    AND (SELECT d.team_id FROM sources_document d WHERE d.id = u.document_id) = {{team}}
    ORDER BY u.id LIMIT {MOST_COMPARED}"""  # noqa: S608 - no value stands in it


class Text(NamedTuple):
    """What may repeat: a statement, or with None the whole report, of a document.

    Its words and its speaker's name are folded, as search compares them.
    """

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
        words = fold(words_of(document.text, said.content_spans))
        yield Text(document, said, words, said.speaker.folded if said.speaker else "")
    if is_first:
        yield Text(document, None, fold(document.text), "")


def note(found: Iterable[Text]) -> None:
    """Notes which earlier statements and reports of the team, or earlier ones among these, each of these repeats.

    Of fewer than six words nothing is noted. A statement repeats another where three words of four are the same and the
    speaker's name is, or is a part of it. Call it after `audit.services.one_writer_at_a_time`.
    """
    long = ((text, words) for text in found if len(words := text.words.split()) >= FEWEST_WORDS)
    told = [(text, numbers) for text, words in long if (numbers := sketch_of(words))]
    keys, before, made = upcoming(Telling), _Before(told), []
    for text, numbers in told:
        first = before.first(text, numbers)
        key = next(keys)
        made.append((key, text.document.pk, text.statement.pk if text.statement else None, first, *numbers))
        if first is None:
            before.add(key, text, numbers)
    adding.add_values(Telling, ("id", "document_id", "statement_id", "first_id", *SKETCH), made)


class _Before:
    """What was told before: those in the database, and those noted just now, by the numbers of their sketches."""

    def __init__(self, told: Sequence[tuple[Text, Sketch]]) -> None:
        self._under: dict[tuple[int, int, bool], list[_Other]] = {}  # by band, number, and whether a whole report
        self._words: dict[int, frozenset[str]] = {}  # by the telling
        for is_report in (False, True):
            some = [(text, numbers) for text, numbers in told if (text.statement is None) == is_report]
            for place, others in _asked(some, is_report=is_report).items():
                self._under[(*place, is_report)] = others

    def add(self, telling: int, text: Text, numbers: Sketch) -> None:
        """Keeps in mind one that repeats nobody."""
        said = text.statement
        other = _Other(telling, text.speaker, text.document.pk, said.pk if said else None)
        self._words[telling] = frozenset(text.words.split())
        for place in enumerate(numbers):
            self._under.setdefault((*place, said is None), []).append(other)

    def first(self, text: Text, numbers: Sketch) -> int | None:
        """The oldest telling that has the same words."""
        alike = {other for place in enumerate(numbers) for other in self._noted(text, place)}
        if not alike:
            return None
        speaker, words = set(text.speaker.split()), frozenset(text.words.split())
        for other in sorted(alike):
            theirs = set(other.speaker.split())
            if (speaker <= theirs or theirs <= speaker) and share(words, self._of(other)) >= ALIKE:
                return other.telling
        return None

    def _noted(self, text: Text, place: tuple[int, int]) -> Iterator[_Other]:
        some = self._under.get((*place, text.statement is None), ())
        yield from islice((other for other in some if other.document != text.document.pk), MOST_COMPARED)

    def _of(self, other: _Other) -> frozenset[str]:
        if other.telling not in self._words:
            self._words[other.telling] = different_words(_text_of(other))
        return self._words[other.telling]


def _asked(told: Sequence[tuple[Text, Sketch]], *, is_report: bool) -> dict[tuple[int, int], list[_Other]]:
    """The oldest under each number of these sketches of one team, by band and number: of reports, or of statements."""
    found: dict[tuple[int, int], list[_Other]] = {}
    if told:
        lists = [{numbers[band] for _text, numbers in told} for band in range(BANDS)]
        whose = {"team": told[0][0].document.team_id, "kind": "NULL" if is_report else "NOT NULL"}
        oldest = {band: ("cases_telling", _OLDEST.format(band=band, **whose)) for band in SKETCH}
        for band, number, key, speaker, document, said in listed.rows(_ALIKE, *lists, **oldest):
            found.setdefault((band, number), []).append(_Other(key, speaker or "", document, said))
    return {place: sorted(others) for place, others in found.items()}


def _text_of(other: _Other) -> str:
    text = Document.objects.values_list("text", flat=True).get(pk=other.document)
    if other.statement is None:
        return text
    return words_of(text, Statement.objects.values_list("content_spans", flat=True).get(pk=other.statement))
