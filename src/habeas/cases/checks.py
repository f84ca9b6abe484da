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
    """Claims in the order of their documents, so that each text is fetched once."""
    claims = Claim.objects.select_related("reading__document").order_by("reading__document", "pk")
    for claim in claims.iterator(chunk_size=200):
        if not claim.evidence:
            yield f"Claim {claim.pk}: it has no passage."
        elif words_of(claim.reading.document.text, claim.evidence) != claim.words:
            yield f"Claim {claim.pk}: the words of its passage are not those in document {claim.reading.document_id}."
        if claim.date and edtf.bounds(claim.date) is None:
            yield f"Claim {claim.pk}: its date {claim.date!r} cannot be read."
