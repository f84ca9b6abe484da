"""Whether what people, documents and statements are found by is what was read, and made again where it is not.

These tables are made from others and have no seals: an edited one would hide a report, or lead to the wrong person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Exists, OuterRef, QuerySet

from habeas.cases.erasing import BLOCK
from habeas.cases.models import Link, PeopleChange, PersonName, Reading, SearchText, Statement
from habeas.cases.passages import words_of
from habeas.cases.returning import EMPTIED
from habeas.core.folding import fold
from habeas.sources.models import Document

TOGETHER = 200  # documents looked at at once


def faults() -> Iterator[str]:
    """One plain sentence for each text by which nothing or something else is found, and each name of nobody's."""
    mend = "`habeas check --fold-again` puts it right."
    for text in _wrong():
        said = f", statement {text.statement_id}" if text.statement_id else ""
        yield f"Document {text.document_id}{said}: search does not find it by its words; {mend}"
    for name in _strange_names():
        yield f"Person {name.person_id}: nothing that was read or done gave them name {name.name_id}; {mend}"


def make_again() -> int:
    """How many of these were put right."""
    wrong, strange = list(_wrong()), list(_strange_names())
    for text in wrong:
        text.save()
    PersonName.objects.filter(pk__in=[name.pk for name in strange]).delete()
    return len(wrong) + len(strange)


def _wrong() -> Iterator[SearchText]:
    """The texts that are not as they should be, or are missing, as they should be; not saved."""
    documents = Document.objects.order_by("pk").iterator(chunk_size=TOGETHER)
    while some := list(islice(documents, TOGETHER)):
        yield from _wrong_of(some)


def _wrong_of(documents: Sequence[Document]) -> Iterator[SearchText]:
    by_key = {document.pk: document for document in documents}
    there = SearchText.objects.filter(document__in=by_key).select_related("statement__reading").order_by("pk")
    for text in (*there, *_missing(by_key)):
        should, is_new = _words(by_key[text.document_id], text.statement), text.pk is None
        if is_new or text.folded not in {should, _emptied(text.statement, should)}:
            text.folded = should
            yield text


def _missing(documents: dict[int, Document]) -> Iterator[SearchText]:
    theirs = SearchText.objects.filter(statement=None, document=OuterRef("document"))
    read = Reading.objects.filter(~Exists(theirs), document__in=documents)
    for key in read.order_by("document").values_list("document", flat=True).distinct():
        yield SearchText(document=documents[key])
    found = SearchText.objects.filter(statement=OuterRef("pk"))
    said = Statement.objects.filter(~Exists(found), reading__document__in=documents).select_related("reading")
    for one in said.order_by("pk"):
        yield SearchText(document=documents[one.reading.document_id], statement=one)


def _words(document: Document, said: Statement | None) -> str:
    return fold(f"{document.title} {document.text}" if said is None else words_of(document.text, said.content_spans))


def _emptied(said: Statement | None, should: str) -> str:
    """What a rule in days leaves of a text; the text itself where none took it."""
    is_shell = said is not None and said.reading.reader.startswith(EMPTIED)
    return "" if is_shell or not should.strip(f"{BLOCK} \n") else should


def _strange_names() -> Iterator[PersonName]:
    """The names of people that neither a link nor a change of people gave them."""
    linked = Link.objects.filter(
        person=OuterRef("person"), verdict="same", sighting__folded=OuterRef("name__folded"), person__erased_at=None
    )
    alone: QuerySet[PersonName] = PersonName.objects.filter(~Exists(linked)).select_related("name", "person")
    for name in alone.order_by("pk"):
        given = PeopleChange.objects.filter(person=name.person_id) | PeopleChange.objects.filter(other=name.person_id)
        told = {key for change in given for _person, key in change.moved["names"]}
        if name.name_id not in told and fold(name.person.name)[:500] != name.name.folded:
            yield name
