"""A desk filled with rows of the same shape as taking in writes, many times faster: what stands between two measures.

Sketches of likeness and the audit's hashes are by chance, since nobody asks for these here; names are compared with
others (`Filling.pair`) only where somebody will ask for them; all else is as it would be.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max
from django.utils import timezone
from scale import Report

from habeas.accounts.models import User
from habeas.accounts.services import home_team
from habeas.audit.models import AuditLine
from habeas.cases import models as m
from habeas.cases import pairing
from habeas.cases.passages import words_of
from habeas.core import adding
from habeas.core.folding import fold
from habeas.extraction import edtf
from habeas.extraction.reading import Claim
from habeas.names import keys as keys_of
from habeas.sources.models import Capture, Document, Source

TOGETHER = 500  # reports in one transaction
ASKED = 0.3  # of reports, those in which a name may be somebody else's too
Row = dict[str, Any]


class Filling:
    """Rows by the table, with their keys; `people` are those on file by the folded name, `alone` others' sightings."""

    def __init__(self, user: User, chance: random.Random) -> None:
        self.user, self.team, self.chance = user, home_team(user).pk, chance
        self.now = str(timezone.now())[:26] + ("+00" if connection.vendor == "postgresql" else "")
        self.source = Source.objects.get(name="Basit Post").pk
        self.keys: dict[type[models.Model], int] = {}
        self.rows: dict[type[models.Model], list[Row]] = {}
        self.names = dict(m.Name.objects.values_list("folded", "pk"))
        self.people = dict(m.PersonName.objects.order_by("-pk").values_list("name__folded", "person"))
        self.alone: dict[str, list[int]] = {}  # sightings of those who are nobody on file yet

    def fill(self, reports: Iterable[Report]) -> int:
        """Writes the reports; how many claims they hold."""
        found, claims = iter(reports), 0
        while some := list(islice(found, TOGETHER)):
            for one in some:
                self._report(one)
                claims += len(one.reading.claims)
            self._write()
        if connection.vendor == "postgresql":
            self._reset_sequences()
        return claims

    def pair(self, reports: Iterable[Report]) -> None:
        """Compares the names of these reports that are on the desk with all others, as when they were first seen."""
        folded = {fold(entity.name) for one in reports for entity in one.reading.entities}
        keys = iter(sorted(self.names[one] for one in folded & self.names.keys()))
        while some := list(islice(keys, TOGETHER)):
            with transaction.atomic():
                new = m.Name.objects.filter(pk__in=some, paired=False)
                pairing.pair(self.team, dict(new.values_list("pk", "name")))
                new.update(paired=True)

    def _report(self, one: Report) -> None:
        sha = hashlib.sha256(one.text.encode()).hexdigest()
        document = self._add(
            Document, team_id=self.team, sha256=sha, size=0, media_type="text/plain", title=one.text.partition(" -")[0],
            text=one.text, text_sha256=sha, language="en", published_on=one.day, added_at=self.now,
        )  # fmt: skip
        self._add(
            Capture, document_id=document, source_id=self.source, captured_at=self.now, collector_id=self.user.pk,
            method="file", tool="bench", original=f"/reports/{document}", url="", final_url="", http_headers="[]",
            sha256=sha, size=0, media_type="text/plain", stated_date="", stated_language="", stated_original="",
            warc_sha256="",
        )  # fmt: skip
        reading = self._add(m.Reading, document_id=document, reader="bench", relevant=True, note="", read_at=self.now)
        held = {claim.subject for claim in one.reading.claims}
        seen = {e.id: self._sighting(reading, e.id, e.name, e.mentions, e.id in held) for e in one.reading.entities}
        statement = self._statement(one, document, reading, seen)
        self._add(m.SearchText, document_id=document, folded=fold(one.text))
        self._add(m.Telling, document_id=document, **self._sketch())
        for claim in one.reading.claims:
            self._claim(one, reading, claim, seen[claim.subject], statement if claim.statement else None)
        self._audit(f"reading {reading}", len(one.reading.claims))

    def _sighting(self, reading: int, key: str, name: str, mentions: object, is_held: bool) -> int:
        folded = fold(name)
        sighting = self._add(
            m.Sighting, reading_id=reading, local_id=key, kind="person", name=name, folded=folded,
            mentions=json.dumps(mentions),
        )  # fmt: skip
        if folded not in self.names:
            self.names[folded] = self._add(m.Name, team_id=self.team, folded=folded, name=name, paired=False)
            for one in keys_of(name):
                self._add(m.NameKey, name_id=self.names[folded], team_id=self.team, key=one)
        if folded not in self.people and is_held:
            self.people[folded] = self._add(m.Person, name=name, created_at=self.now)
            self._add(m.Case, team_id=self.team, person_id=self.people[folded], opened_at=self.now)
            self._add(m.PersonName, person_id=self.people[folded], name_id=self.names[folded])
        if folded in self.people:
            for one in (*self.alone.pop(folded, ()), sighting):
                self._link(one, self.people[folded], "same", 1.0)
        else:
            self.alone.setdefault(folded, []).append(sighting)
        if self.chance.random() < ASKED / 3:
            self._link(sighting, self.chance.choice(list(islice(self.people.values(), 1000))), "ask", 0.5)
        return sighting

    def _link(self, sighting: int, person: int, verdict: str, score: float) -> None:
        self._add(
            m.Link, sighting_id=sighting, person_id=person, verdict=verdict, score=score, made_at=self.now,
            reason="the same names in the same order", made_by="names via bench",
        )  # fmt: skip

    def _statement(self, one: Report, document: int, reading: int, seen: dict[str, int]) -> int:
        (said,) = one.reading.statements
        key = self._add(
            m.Statement, reading_id=reading, local_id=said.id, speaker_id=seen[said.speaker.entity or ""],
            speaker_spans="[]", role="", organisation="", cue_spans=json.dumps(said.cue), manner=said.manner,
            content_spans=json.dumps(said.content), acts=json.dumps(said.acts), outlet="",
        )  # fmt: skip
        self._add(m.Statement.about.through, statement_id=key, sighting_id=seen[said.about[0]])
        self._add(m.SearchText, document_id=document, statement_id=key, folded=fold(words_of(one.text, said.content)))
        self._add(m.Telling, document_id=document, statement_id=key, **self._sketch())
        return key

    def _claim(self, one: Report, reading: int, claim: Claim, subject: int, statement: int | None) -> None:
        days = edtf.bounds(claim.date) if claim.date else None
        first, last = (str(day) for day in days) if days else (None, None)
        self._add(
            m.Claim, reading_id=reading, local_id=claim.id, subject_id=subject, kind=claim.kind, phase=claim.phase,
            modality=claim.modality, date=claim.date or "", earliest_on=first, latest_on=last, value=None,
            place=claim.place or "", actor="", statement_id=statement, evidence=json.dumps(claim.evidence),
            words=words_of(one.text, claim.evidence), why="",
        )  # fmt: skip

    def _audit(self, subject: str, claims: int) -> None:
        digest = f"{self.chance.getrandbits(256):064x}"
        wrote = {"cases.claim": {str(key): digest[:32] for key in range(claims * 5)}}
        self._add(
            AuditLine, at=self.now, actor=f"user {self.user.pk} via bench", action="cases.reading.taken_in",
            subject=subject, detail="{}", wrote=json.dumps(wrote), previous=digest, hash=digest,
        )  # fmt: skip

    def _sketch(self) -> Row:
        return {f"b{number}": self.chance.getrandbits(62) for number in range(6)}

    def _add(self, model: type[models.Model], **row: Any) -> int:
        if model not in self.keys:
            self.keys[model] = model._base_manager.aggregate(newest=Max("pk"))["newest"] or 0
        self.keys[model] += 1
        self.rows.setdefault(model, []).append({"id": self.keys[model], **row})
        return self.keys[model]

    def _write(self) -> None:
        first = [Document, Capture, m.Reading, m.Sighting, m.Statement]
        with transaction.atomic():
            for model in [*first, *(model for model in self.rows if model not in first)]:
                by_names: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
                for row in self.rows.get(model, ()):
                    by_names.setdefault(tuple(row), []).append(tuple(row.values()))
                for names, rows in by_names.items():
                    adding.add_values(model, names, rows)
        self.rows = {}

    def _reset_sequences(self) -> None:
        from django.core.management.color import no_style

        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.keys)):
                cursor.execute(statement)
