"""Every write to what was read: `take_in` puts one reading beside its document, links the people in it, opens cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from habeas.audit import services as audit
from habeas.cases import kept, linking, taking
from habeas.cases.models import Reading
from habeas.cases.taking import Taken
from habeas.core.actor import Actor
from habeas.core.collecting import no_collecting
from habeas.extraction import reading as read
from habeas.sources.models import Document


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What one reading added. `is_new` is False, and the counts 0, where this reader had read the document before.

    Also where the text went while it was read, as with somebody erased: then `reading` may be 0, none.

    `carried` counts what people judged of the reading before and that stands as it was, `queued` what waits for a look.
    """

    reading: int
    is_new: bool
    claims: int = 0
    statements: int = 0
    cases_opened: int = 0
    linked: int = 0
    note: str = ""
    carried: int = 0
    queued: int = 0


@transaction.atomic
def take_in(document: Document, reading: read.Reading, *, reader: str, actor: Actor) -> TakenIn:
    """What was added from one reading of a document by the reader of that version; as `take_in_all` of one.

    The states of the cases that it concerns are kept at once; after `take_in_all` call `kept.catch_up`.
    """
    taken = take_in_all([(document, reading)], reader=reader, actor=actor)[0]
    kept.catch_up(kept.A_FEW)
    return taken


@no_collecting()
@transaction.atomic
def take_in_all(found: Sequence[tuple[Document, read.Reading]], *, reader: str, actor: Actor) -> list[TakenIn]:
    """What was added from a reading of each of these documents of one team, by the reader of that version, in order.

    All of it or nothing is kept, with one line in the audit for each reading. A document that this version has read
    before is left as it is, and so is one whose text went since it was read. A newer version's reading stands beside
    the older ones; a case file rests on the newest of each document. Call it once for each document after it was
    captured: `take_in(document, extraction.read(document.text), reader=extraction.READER, actor=actor)`; `cases.intake`
    does both and skips what is done. Two hundred together cost far less than one by one, and come to the same.
    """
    audit.one_writer_at_a_time()  # two workers that meet the same new name must not open two cases
    before = _readings([document for document, _reading in found])
    done = {old.document_id: old.pk for them in before.values() for old in them if old.reader == reader}
    new: dict[int, Taken] = {}
    texts = dict(Document.objects.filter(pk__in=[one.pk for one, _reading in found]).values_list("pk", "text_sha256"))
    for document, reading in found:
        is_as_read = texts[document.pk] == document.text_sha256
        if is_as_read and document.pk not in done and document.pk not in new:
            new[document.pk] = Taken(document, reading, reader, before.get(document.pk, ()))
    taken = list(new.values())
    taking.write(taken)
    _link(taken, actor)
    audit.record_all((one.deed() for one in taken), actor=actor)
    done |= {one.document.pk: one.row.pk for one in taken}
    return [
        _told(new.pop(document.pk)) if document.pk in new else TakenIn(done.get(document.pk, 0), is_new=False)
        for document, _reading in found
    ]


def _readings(documents: Sequence[Document]) -> dict[int, list[Reading]]:
    """The readings of each document so far, in order."""
    found: dict[int, list[Reading]] = {}
    for reading in Reading.objects.filter(document__in=documents).order_by("pk"):
        found.setdefault(reading.document_id, []).append(reading)
    return found


def _link(taken: Sequence[Taken], actor: Actor) -> None:
    """Links the people of what was written, what people had said of earlier readings first."""
    if not taken:
        return
    told = [linking.told(one.row, one.open_names(), one.claims, one.found_before()) for one in taken]
    linked = linking.link_people(told, taken[0].document.team_id, actor=actor)
    for one, theirs in zip(taken, linked, strict=True):
        one.linked = theirs
        one.carry()


def _told(one: Taken) -> TakenIn:
    return TakenIn(
        one.row.pk,
        is_new=True,
        claims=len(one.claims),
        statements=len(one.statements),
        cases_opened=len(one.linked.cases),
        linked=len(one.linked.links),
        note=one.row.note,
        carried=one.kept.carried,
        queued=one.kept.queued,
    )
