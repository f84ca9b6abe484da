"""The same words carried by several outlets: noticed when a report is taken in, for statements and whole reports."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from habeas.cases.models import Statement, Telling
from habeas.cases.passages import words_of
from habeas.core.folding import fold
from habeas.core.likeness import ALIKE, BANDS, Sketch, share, sketch
from habeas.sources.models import Document

SKETCH = tuple(f"b{number}" for number in range(BANDS))
FEWEST_WORDS = 6  # "he is well" is said of many by many
MOST_COMPARED = 50  # of those that may be alike; the same words stand first among them


def note(document: Document, statements: Iterable[Statement], *, is_first: bool) -> None:
    """Notes which earlier statements, and with `is_first` which earlier report, of the team these repeat.

    Of fewer than six words nothing is noted. A statement repeats another where three words of four are the same and the
    speaker's name is, or is a part of it.
    """
    texts = [(said, words_of(document.text, said.content_spans)) for said in statements]
    wanted: list[tuple[Statement | None, str]] = [*texts, *([(None, document.text)] if is_first else [])]
    made = []
    for said, text in wanted:
        found = sketch(text) if len(text.split()) >= FEWEST_WORDS else None
        if found:
            first = _first(document, said, text, found)
            made.append(
                Telling(document=document, statement=said, first=first, **dict(zip(SKETCH, found, strict=True)))
            )
    Telling.objects.bulk_create(made)


def _first(document: Document, said: Statement | None, text: str, found: Sketch) -> Telling | None:
    alike = Q()
    for column, number in zip(SKETCH, found, strict=True):
        alike |= Q(**{column: number})
    before = Telling.objects.filter(alike, document__team=document.team_id, statement__isnull=said is None)
    before = before.filter(first=None).exclude(document=document).select_related("document", "statement__speaker")
    for other in before.order_by("pk")[:MOST_COMPARED]:
        if said is None or other.statement is None:
            same = said is None and share(text, other.document.text) >= ALIKE
        else:
            theirs = words_of(other.document.text, other.statement.content_spans)
            same = _one_speaker(said, other.statement) and share(text, theirs) >= ALIKE
        if same:
            return other
    return None


def _one_speaker(said: Statement, other: Statement) -> bool:
    mine, theirs = (set(fold(one.speaker.name if one.speaker else "").split()) for one in (said, other))
    return mine <= theirs or theirs <= mine
