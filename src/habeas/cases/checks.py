"""What `habeas check` says about what was read."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.cases import finding, kept, marks, news
from habeas.cases.models import (
    Case,
    CaseShare,
    Claim,
    Erasure,
    Judgement,
    JudgingRule,
    Link,
    PeopleChange,
    Person,
    Reading,
    RetentionRule,
    Sighting,
    Statement,
)
from habeas.cases.passages import words_of
from habeas.core import append_only
from habeas.extraction import edtf
from habeas.sources.models import Document

TOGETHER = 200  # documents whose texts are held at once
# No row of these without a line of the audit that tells who wrote it.
SEALED = (
    Reading, Sighting, Statement, Statement.about.through, Claim, Person, Case, CaseShare, Link, Judgement, JudgingRule,
    PeopleChange, Erasure, RetentionRule,
)  # fmt: skip


def faults() -> Iterator[str]:
    """One plain sentence for each claim that no longer rests on its words, each person or case without one, each guard
    of a table that is gone.
    """
    for table in append_only.missing():
        yield f"Table {table}: its guard against changes is gone; `python -m django migrate` puts it up again."
    yield from _claims()
    yield from news.faults()
    for table in marks.missing():
        yield f"Table {table}: what keeps lists up to date is gone; `python -m django migrate` puts it up again."
    yield from kept.faults()
    yield from finding.faults()
    for person in Person.objects.filter(case=None).order_by("pk").values_list("pk", flat=True):
        yield f"Person {person}: there is no case of theirs."
    for case in Case.objects.exclude(person__links__isnull=False).order_by("pk").values_list("pk", flat=True):
        yield f"Case {case}: no document leads to it."


def _claims() -> Iterator[str]:
    """Some documents at a time, so that each text is fetched once, however many claims rest on it."""
    last = 0
    columns = "pk", "reading__document", "evidence", "words", "date"
    while texts := dict(Document.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "text")[:TOGETHER]):
        last = max(texts)
        claims = Claim.objects.filter(reading__document__among=texts).order_by("pk")
        for claim, document, evidence, words, date in claims.values_list(*columns):
            if not evidence:
                yield f"Claim {claim}: it has no passage."
            elif words_of(texts[document], evidence) != words:
                yield f"Claim {claim}: the words of its passage are not those in document {document}."
            if date and edtf.bounds(date) is None:
                yield f"Claim {claim}: its date {date!r} cannot be read."
