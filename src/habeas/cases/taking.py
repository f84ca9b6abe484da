"""The rows of readings that are taken in together: made from what was read, and written a table at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Model
from django.utils import timezone

from habeas.audit.services import Deed
from habeas.cases import telling
from habeas.cases.carrying import Carried, Carrying
from habeas.cases.linking import Linked
from habeas.cases.models import Claim, Reading, SearchText, Sighting, Statement
from habeas.cases.passages import words_of
from habeas.core import adding
from habeas.core.folding import fold
from habeas.extraction import edtf
from habeas.extraction import reading as read
from habeas.sources.models import Document

About = Statement.about.through


class Taken:
    """One reading of a document as rows: what it says, and later the people linked and what was carried to it."""

    def __init__(self, document: Document, found: read.Reading, reader: str, before: Sequence[Reading]) -> None:
        self.document, self.before = document, before
        self.row = adding.made(
            Reading,
            document=document,
            reader=reader,
            relevant=found.document.relevant,
            note=found.document.note or "",
            read_at=timezone.now(),
        )
        self.sightings = {entity.id: _sighting(self.row, entity) for entity in found.entities}
        self.statements = {said.id: _statement(self.row, said, self.sightings) for said in found.statements}
        self.about = list(_about(found.statements, self.statements, self.sightings))
        self.claims = [
            _claim(self.row, document.text, claim, self.sightings, self.statements)
            for claim in found.claims
            if claim.subject in self.sightings
        ]
        self.texts = list(telling.texts(document, self.statements.values(), is_first=not before))  # that may repeat
        self.linked, self.kept = Linked(), Carried()
        self._way: Carrying | None = None

    def open_names(self) -> list[Sighting]:
        """The sightings that are to be linked: those of which nobody has said who they are, of an earlier reading."""
        if self.before:
            self._way = Carrying(self.before[-1], self.row, self.sightings.values())
        settled = self._way.settled() if self._way else set()
        return [sighting for sighting in self.sightings.values() if sighting.pk not in settled]

    def found_before(self) -> dict[int, int]:
        """The people whom an earlier reading found its sightings to be. Call it after `open_names`."""
        return self._way.found() if self._way else {}

    def carry(self) -> None:
        """Carries what people judged of the reading before. Call it after linking."""
        if self._way:
            self.kept = self._way.judgements(self.claims, list(self.statements.values()))

    def search_texts(self) -> Iterator[tuple[int, int | None, str]]:
        """Its texts as search compares them: document, statement, words. Call it when the statements have keys."""
        for text in self.texts:
            title = "" if text.statement else fold(self.document.title)
            key = text.statement.pk if text.statement else None
            yield self.document.pk, key, f"{title} {text.words}".strip()

    def deed(self) -> Deed:
        """What the audit says of it."""
        opened, links = [case.pk for case in self.linked.cases], self.linked.links
        counts = {"claims": len(self.claims), "statements": len(self.statements), "sightings": len(self.sightings)}
        named = {"document": self.document.pk, "reader": self.row.reader}
        carried = {"carried": self.kept.carried, "queued": self.kept.queued} if self.before else {}
        detail = {**named, **counts, "cases": opened, "links": len(links), **carried}
        return Deed("cases.reading.taken_in", self.row, detail, self._wrote())

    def _wrote(self) -> Iterator[Model]:
        read_now = [self.row], self.sightings.values(), self.statements.values(), self.about, self.claims
        linked = self.linked
        return chain(*read_now, linked.people, linked.cases, linked.links, self.kept.wrote)


def write(taken: Sequence[Taken]) -> None:
    """Writes what was read, each table at once."""
    adding.add([one.row for one in taken])
    adding.add([row for one in taken for row in one.sightings.values()])
    adding.add([row for one in taken for row in one.statements.values()])
    adding.add([row for one in taken for row in one.about])
    adding.add([row for one in taken for row in one.claims])
    texts = [row for one in taken for row in one.search_texts()]
    adding.add_values(SearchText, ("document_id", "statement_id", "folded"), texts)
    telling.note(text for one in taken for text in one.texts)


def _sighting(row: Reading, entity: read.Entity) -> Sighting:
    return adding.made(
        Sighting,
        reading=row,
        local_id=entity.id,
        kind=entity.kind,
        name=entity.name[:500],
        folded=fold(entity.name)[:500],
        mentions=entity.mentions,
    )


def _statement(row: Reading, said: read.Statement, sightings: Mapping[str, Sighting]) -> Statement:
    return adding.made(
        Statement,
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


def _about(
    found: Iterable[read.Statement], made: Mapping[str, Statement], sightings: Mapping[str, Sighting]
) -> Iterator[Any]:
    for said in found:
        concerned = (sightings[entity] for entity in dict.fromkeys(said.about) if entity in sightings)
        yield from (adding.made(About, statement=made[said.id], sighting=sighting) for sighting in concerned)


def _claim(
    row: Reading,
    text: str,
    claim: read.Claim,
    sightings: Mapping[str, Sighting],
    statements: Mapping[str, Statement],
) -> Claim:
    days = edtf.bounds(claim.date) if claim.date else None
    first, last = days or (None, None)
    return adding.made(
        Claim,
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
