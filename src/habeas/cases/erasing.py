"""A person's data erased on request: what is left is that it was done, why, and the hashes of what went.

In the documents that name them, their name, what is claimed of them and what they said become blocks (█), letter for
letter, so that what the same text says of others keeps its place. The bytes of those documents are removed, since they
cannot be changed. Rows stay as empty shells, so that the audit, which tells of them, still holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import Model, Q
from django.utils import timezone

from habeas.accounts import roles
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.cases import access, kept, rows
from habeas.cases.models import (
    Case,
    Claim,
    Erasure,
    Judgement,
    Link,
    Name,
    PeopleChange,
    Person,
    PersonName,
    SearchText,
    Sighting,
    Statement,
    Telling,
)
from habeas.cases.passages import words_of
from habeas.cases.telling import SKETCH
from habeas.core import append_only
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError
from habeas.core.folding import fold, places
from habeas.sources import services as sources
from habeas.sources.models import Capture, Document, FeedItem

BLOCK = "█"
GONE = "(erased)"
NO_CLAIM: Mapping[str, Any] = {
    **dict.fromkeys(("phase", "date", "place", "actor", "why"), ""),
    **dict.fromkeys(("earliest_on", "latest_on", "value")),
    "kind": "erased",
}
Row = TypeVar("Row", bound=Model)
Span = tuple[int, int]


class Gone(NamedTuple):
    """Whose data are erased: their cases, and every name by which they were known."""

    cases: tuple[int, ...]
    names: frozenset[str]


Clean = Callable[[Gone], Iterable[Model]]
_rooms: list[Clean] = []


def clean_too(clean: Clean) -> None:
    """Has a room above empty what it holds of whoever is erased, in the same transaction; it gives the rows changed.

    Guards are lifted meanwhile, and the rows are sealed in the line of the erasing. Call it in the room's `ready`.
    """
    if clean not in _rooms:
        _rooms.append(clean)


class CannotErase(HabeasError):
    """This person's data cannot be erased like that."""


def erase(person: Person, *, reason: str, actor: Actor) -> Erasure:
    """The record that is left of the erasing. All of it is done or nothing; a kill leaves at most bytes to `finish`.

    Whoever was merged into the person goes too, also in a file of another team, where the actor must be allowed to
    erase as well. Raises CannotErase without a reason, and where it was done before.
    """
    for team in set(Case.objects.filter(person__in=_all_of(person)).values_list("team", flat=True)):
        roles.must(actor, Right.ERASE, team)
    if not reason.strip():
        raise CannotErase("Say why and on whose request, without naming the person; the reason is kept.")
    if not _is_there(person):
        raise CannotErase("This person's data were erased already, or they were merged: erase the one who was kept.")
    if not roles.is_operator(actor):  # who restores a backup erases again in every team
        access.must_see(actor, person)
    made = erase_if(lambda: _is_there(person), person, reason=reason.strip(), actor=actor)
    if made is None:
        raise CannotErase("Somebody else has just erased this person's data.")
    finish()
    return made


def erase_if(still: Callable[[], bool], person: Person, *, reason: str, actor: Actor) -> Erasure | None:
    """The record that is left, as of `erase`; None, with nothing done, where it is no longer so.

    It is asked once nobody else can write. Whoever calls looks whether the actor may, and calls `finish` at the end.
    """
    with append_only.lifted():
        audit.one_writer_at_a_time()
        if not still():
            return None
        made = _Erasing(person, reason, actor).run()
        _note(made)  # before it is kept: whoever is on the list was to be erased
    kept.catch_up(kept.A_FEW)
    return made


def _all_of(person: Person) -> list[int]:
    """The person and whoever was merged into them."""
    merged = Person.objects.filter(Q(merged_into=person) | Q(one_with=person))
    return [person.pk, *merged.order_by("pk").values_list("pk", flat=True)]


def _is_there(person: Person) -> bool:
    return Person.objects.filter(pk=person.pk, erased_at=None, merged_into=None).exists()


def finish() -> int:
    """Removes what erased documents left on disk, and what the database keeps of removed rows; the number of files."""
    gone = sources.sweep_erased()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO cases_searchindex(cases_searchindex) VALUES ('rebuild')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return gone


def again(*, actor: Actor) -> int:
    """How many erasures that a backup put back in place did not know were done again, by the list beside the desk."""
    count = 0
    for line in _list().read_text(encoding="utf-8").splitlines() if _list().exists() else ():
        told = json.loads(line)
        person = Person.objects.filter(pk=told["person"], created_at=told["filed"], erased_at=None).first()
        if person is not None:
            erase(person, reason=told["reason"], actor=actor)
            count += 1
    return count


class _Erasing:
    """One person's erasing: what is theirs, and the rows that it changed."""

    def __init__(self, person: Person, reason: str, actor: Actor) -> None:
        self.person, self.reason, self.actor, self.now = person, reason, actor, timezone.now()
        self.people = _all_of(person)
        theirs = set(Link.objects.filter(person__in=self.people, verdict="same").values_list("sighting", flat=True))
        newest = rows.newest_links(self.people)
        theirs &= {link.sighting_id for link in newest if link.verdict != "different"}  # that is somebody else since
        self.sightings = list(Sighting.objects.filter(pk__in=theirs).select_related("reading").order_by("pk"))
        self.keys = {sighting.pk for sighting in self.sightings}
        self.names = {s.name for s in self.sightings} | set(
            PersonName.objects.filter(person__in=self.people).values_list("name__name", flat=True)
        )
        self.names |= set(Person.objects.filter(pk__in=self.people).values_list("name", flat=True))
        self.wrote: dict[tuple[str, int], Model] = {}

    def run(self) -> Erasure:
        documents = Document.objects.filter(pk__in={sighting.reading.document_id for sighting in self.sightings})
        before = [[d.pk, d.sha256, d.text_sha256] for d in documents.order_by("pk")]
        for document in documents.order_by("pk"):
            self._document(document)
        self._rows()
        gone = Gone(
            tuple(Case.objects.filter(person__in=self.people).values_list("pk", flat=True)), frozenset(self.names)
        )
        for row in (row for clean in _rooms for row in clean(gone)):
            self.wrote[row._meta.label, row.pk] = row
        self._names()
        kept.forget(self.people)
        kept.forget_marked_files()
        made = Erasure.objects.create(
            person=self.person,
            reason=self.reason,
            documents=before,
            made_at=self.now,
            made_by_id=self.actor.user_id,
        )
        detail = {"erasure": made.pk, "documents": [key for key, *_ in before]}
        wrote = [*self.wrote.values(), made]
        audit.record("cases.person.erased", self.person, actor=self.actor, detail=detail, wrote=wrote)
        return made

    def _document(self, document: Document) -> None:
        text = _blocked(document.text, self._places(document))
        document.title = _blocked(document.title, self._named(document.title))
        document.text, document.text_sha256 = text, sources.text_sha256(text)
        document.erased_at = self.now
        self._save(document)
        for capture in without_origin(document):
            self.wrote[capture._meta.label, capture.pk] = capture
        FeedItem.objects.filter(document=document).update(url="", title="")
        for claim in Claim.objects.filter(reading__document=document):
            if claim.words != words_of(text, claim.evidence):
                claim.words = words_of(text, claim.evidence)
                self._save(claim)
        SearchText.objects.filter(document=document, statement=None).update(folded=fold(f"{document.title} {text}"))
        for telling in Telling.objects.filter(document=document):  # a sketch of what was said finds nothing any more
            Telling.objects.filter(pk=telling.pk).update(**dict.fromkeys(SKETCH, -telling.pk))
        for said in Statement.objects.filter(reading__document=document):
            SearchText.objects.filter(statement=said).update(folded=fold(words_of(text, said.content_spans)))

    def _places(self, document: Document) -> set[Span]:
        """What becomes blocks: their mentions and names, and the passages that are about nobody but them."""
        there = Sighting.objects.filter(reading__document=document)
        found = {(start, end) for s in there if s.pk in self.keys for start, end in s.mentions}
        claims = Claim.objects.filter(reading__document=document)
        said = Statement.objects.filter(reading__document=document)
        theirs = [c.evidence for c in claims if c.subject_id in self.keys]
        theirs += [spans for s in said if s.speaker_id in self.keys for spans in (s.content_spans, s.speaker_spans)]
        others = [tuple(span) for c in claims if c.subject_id not in self.keys for span in c.evidence]
        for start, end in (span for spans in theirs for span in spans):
            if not any(first < end and start < last for first, last in others):
                found.add((start, end))
        return found | self._named(document.text)

    def _named(self, text: str) -> set[Span]:
        return {span for name in self.names if fold(name) for span in places(text, [fold(name)])}

    def _rows(self) -> None:
        for sighting in self.sightings:
            sighting.name, sighting.folded, sighting.mentions = GONE, "", []
            self._save(sighting)
        for claim in Claim.objects.filter(subject__in=self.keys).order_by("pk"):
            self._save(_changed(claim, NO_CLAIM))
        for said in Statement.objects.filter(speaker__in=self.keys).order_by("pk"):
            said.role = said.organisation = ""
            self._save(said)
        judged = Judgement.objects.filter(claim__subject__in=self.keys) | Judgement.objects.filter(
            statement__speaker__in=self.keys
        )
        for judgement in (judged | Judgement.objects.filter(link__sighting__in=self.keys)).distinct().order_by("pk"):
            judgement.reason, judgement.mended = "", None
            self._save(judgement)
        for link in Link.objects.filter(sighting__in=self.keys) | Link.objects.filter(person__in=self.people):
            link.reason = ""
            self._save(link)

    def _names(self) -> None:
        for change in PeopleChange.objects.filter(Q(person__in=self.people) | Q(other__in=self.people)).order_by("pk"):
            change.reason, change.moved = "", {"sightings": [], "names": []}
            self._save(change)
        PersonName.objects.filter(person__in=self.people).delete()
        if self.person.one_with_id:  # who has these names by this team's documents
            of_team = {"person": self.person.one_with_id, "name__team": self.person.case.team_id}
            PersonName.objects.filter(**of_team).delete()
        seen = Sighting.objects.values("folded")
        folded = {fold(name)[:500] for name in self.names}
        Name.objects.filter(folded__in=folded, people=None).exclude(folded__in=seen).delete()
        for person in Person.objects.filter(pk__in=self.people):
            person.name, person.erased_at = GONE, self.now
            self._save(person)
        self.person.refresh_from_db()

    def _save(self, row: Model) -> None:
        row.save(force_update=True)
        self.wrote[row._meta.label, row.pk] = row


def without_origin(document: Document) -> Iterator[Capture]:
    """The captures of the document, saved without where it was taken from."""
    for capture in document.captures.all():
        yield saved(capture, original="", url="", final_url="", http_headers=[])


def saved(row: Row, **columns: Any) -> Row:
    """The row, saved with these columns otherwise; only while guards are lifted."""
    _changed(row, columns).save(force_update=True)
    return row


def blocked(text: str) -> str:
    """The text with a block for each letter."""
    return _blocked(text, [(0, len(text))])


def _changed(row: Row, columns: Mapping[str, Any]) -> Row:
    for column, value in columns.items():
        setattr(row, column, value)
    return row


def _blocked(text: str, spans: Iterable[Span]) -> str:
    """The text with a block for each letter in these places; spaces stay."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = [letter if letter.isspace() else BLOCK for letter in letters[start:end]]
    return "".join(letters)


def _list() -> Path:
    return Path(settings.DATA_DIR) / "erasures.jsonl"


def _note(made: Erasure) -> None:
    """Notes the erasure beside the database, so that a backup that is put back does not bring the person back."""
    filed: datetime = made.person.created_at
    line = {"person": made.person_id, "filed": filed.isoformat(), "reason": made.reason}
    known = _list().read_text(encoding="utf-8").splitlines() if _list().exists() else []
    if json.dumps(line) not in known:
        with _list().open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        _list().chmod(0o600)
