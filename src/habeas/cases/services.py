"""Every write to what was read: `take_in` puts one reading beside its document, links the people in it, opens cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from habeas.audit import services as audit
from habeas.cases import linking, telling
from habeas.cases.carrying import Carried, Carrying
from habeas.cases.models import Claim, Reading, SearchText, Sighting, Statement
from habeas.cases.passages import words_of
from habeas.core.actor import Actor
from habeas.core.folding import fold
from habeas.extraction import edtf
from habeas.extraction import reading as read
from habeas.sources.models import Document


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What one reading added. `is_new` is False, and the counts 0, where this reader had read the document before.

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
    """What was added from one reading of a document by the reader of that version.

    All of it or nothing is kept, with one line in the audit. A document that this version has read before is left as
    it is. A newer version's reading stands beside the older ones; a case file rests on the newest of each document.
    Call it once for each document after it was captured: `take_in(document, extraction.read(document.text),
    reader=extraction.READER, actor=actor)`; `cases.intake.read_document` does both and skips what is done.
    """
    note = reading.document.note or ""
    audit.one_writer_at_a_time()  # two workers that meet the same new name must not open two cases
    before = list(Reading.objects.filter(document=document).order_by("pk"))
    if known := next((old for old in before if old.reader == reader), None):
        return TakenIn(known.pk, is_new=False)
    row = Reading.objects.create(
        document=document,
        reader=reader,
        relevant=reading.document.relevant,
        note=note,
        read_at=timezone.now(),
    )
    sightings = _add_sightings(row, reading.entities)
    statements, about = _add_statements(row, reading.statements, sightings)
    claims = _add_claims(row, document.text, reading.claims, sightings, statements)
    _add_search_texts(document, reading.statements, statements, is_first=not before)
    telling.note(document, statements.values(), is_first=not before)
    way = Carrying(before[-1], row, sightings.values()) if before else None
    settled = way.settled() if way else set()
    open_names = [sighting for sighting in sightings.values() if sighting.pk not in settled]
    linked = linking.link_people(row, document.team_id, open_names, claims, actor=actor)
    kept = way.judgements(claims, list(statements.values())) if way else Carried()
    counts = {"claims": len(claims), "statements": len(statements), "sightings": len(sightings)}
    opened, links = [case.pk for case in linked.cases], len(linked.links)
    detail = {"document": document.pk, "reader": reader, **counts, "cases": opened, "links": links}
    if way:
        detail |= {"carried": kept.carried, "queued": kept.queued}
    read_now = [row], sightings.values(), statements.values(), about, claims
    wrote = chain(*read_now, linked.people, linked.cases, linked.links, kept.wrote)
    audit.record("cases.reading.taken_in", row, actor=actor, detail=detail, wrote=wrote)
    return TakenIn(
        row.pk,
        is_new=True,
        claims=len(claims),
        statements=len(statements),
        cases_opened=len(opened),
        linked=links,
        note=note,
        carried=kept.carried,
        queued=kept.queued,
    )


def _add_sightings(row: Reading, entities: Iterable[read.Entity]) -> dict[str, Sighting]:
    made = [
        Sighting(
            reading=row,
            local_id=entity.id,
            kind=entity.kind,
            name=entity.name[:500],
            folded=fold(entity.name)[:500],
            mentions=entity.mentions,
        )
        for entity in entities
    ]
    return {sighting.local_id: sighting for sighting in Sighting.objects.bulk_create(made)}


def _add_statements(
    row: Reading, statements: Iterable[read.Statement], sightings: Mapping[str, Sighting]
) -> tuple[dict[str, Statement], Sequence[Model]]:
    about = []
    made = {said.id: _statement(row, said, sightings) for said in statements}
    Statement.objects.bulk_create(made.values())
    for said in statements:
        concerned = [sightings[entity] for entity in dict.fromkeys(said.about) if entity in sightings]
        about += [Statement.about.through(statement=made[said.id], sighting=sighting) for sighting in concerned]
    return made, Statement.about.through.objects.bulk_create(about)


def _statement(row: Reading, said: read.Statement, sightings: Mapping[str, Sighting]) -> Statement:
    return Statement(
        reading=row,
        local_id=said.id,
        speaker=sightings.get(said.speaker.entity or ""),
        speaker_spans=said.speaker.spans,
        role=(said.speaker.role or "")[:300],
        organisation=(said.speaker.organisation or "")[:300],
        cue_spans=said.cue,
        content_spans=said.content,
        manner=said.manner,
        acts=said.acts,
        target=sightings.get(said.target or ""),
        outlet=(said.outlet or "")[:300],
        condition=said.condition,
    )


def _add_claims(
    row: Reading,
    text: str,
    claims: Iterable[read.Claim],
    sightings: Mapping[str, Sighting],
    statements: Mapping[str, Statement],
) -> list[Claim]:
    made = [_claim(row, text, claim, sightings, statements) for claim in claims if claim.subject in sightings]
    return Claim.objects.bulk_create(made)


def _claim(
    row: Reading,
    text: str,
    claim: read.Claim,
    sightings: Mapping[str, Sighting],
    statements: Mapping[str, Statement],
) -> Claim:
    days = edtf.bounds(claim.date) if claim.date else None
    first, last = days or (None, None)
    return Claim(
        reading=row,
        local_id=claim.id,
        subject=sightings[claim.subject],
        kind=claim.kind,
        phase=claim.phase,
        modality=claim.modality,
        date=claim.date if claim.date and days else "",
        earliest_on=first if first != date.min else None,
        latest_on=last if last != date.max else None,
        value=claim.value,
        place=(claim.place or "")[:300],
        actor=(claim.actor or "")[:300],
        statement=statements.get(claim.statement or ""),
        evidence=claim.evidence,
        words=words_of(text, claim.evidence),
        why=claim.why or "",
    )


def _add_search_texts(
    document: Document, statements: Iterable[read.Statement], kept: Mapping[str, Statement], *, is_first: bool
) -> None:
    made = [
        SearchText(document=document, statement=kept[said.id], folded=fold(words_of(document.text, said.content)))
        for said in statements
    ]
    if is_first:
        made.append(SearchText(document=document, folded=fold(f"{document.title} {document.text}")))
    SearchText.objects.bulk_create(made)
