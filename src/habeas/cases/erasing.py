"""A person's data erased on request: what is left is that it was done, why, and the hashes of what went.

In the documents that name them, their name, what is claimed of them and what they said become blocks (█), letter for
letter, so that what the same text says of others keeps its place. The bytes of those documents are removed, since they
cannot be changed. Rows stay as empty shells, so that the audit, which tells of them, still holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
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
    Reading,
    SearchText,
    Sighting,
    Statement,
    Telling,
)
from habeas.cases.passages import words_of
from habeas.cases.telling import SKETCH
from habeas.core import adding, append_only
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError
from habeas.core.folding import fold, places
from habeas.sources import services as sources
from habeas.sources.models import Capture, Document, FeedItem

BLOCK = "█"
GONE = "(erased)"
TOGETHER = 200  # documents whose texts are held at once
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
    """One person's erasing: what is theirs, and the rows that it changed.

    Rows are changed many at once: somebody may have thousands of claims, in one document or in thousands.
    """

    def __init__(self, person: Person, reason: str, actor: Actor) -> None:
        self.person, self.reason, self.actor, self.now = person, reason, actor, timezone.now()
        self.people = _all_of(person)
        theirs = set(Link.objects.filter(person__in=self.people, verdict="same").values_list("sighting", flat=True))
        newest = rows.newest_links(self.people)
        theirs &= {link.sighting_id for link in newest if link.verdict != "different"}  # that is somebody else since
        self.sightings = list(Sighting.objects.filter(pk__among=theirs).order_by("pk"))
        self.keys = {sighting.pk for sighting in self.sightings}
        self.names = {s.name for s in self.sightings} | set(
            PersonName.objects.filter(person__in=self.people).values_list("name__name", flat=True)
        )
        self.names |= set(Person.objects.filter(pk__in=self.people).values_list("name", flat=True))
        self.folded = {folded for name in self.names if (folded := fold(name))}
        self.wrote: dict[tuple[str, int], Model] = {}

    def run(self) -> Erasure:
        read = Reading.objects.filter(pk__among={sighting.reading_id for sighting in self.sightings})
        documents = Document.objects.filter(pk__among=set(read.values_list("document", flat=True))).order_by("pk")
        before = [list(hashes) for hashes in documents.values_list("pk", "sha256", "text_sha256")]
        keys = iter([key for key, *_ in before])
        while some := list(islice(keys, TOGETHER)):
            self._documents(list(documents.filter(pk__among=some)))
        self._rows()
        gone = Gone(
            tuple(Case.objects.filter(person__in=self.people).values_list("pk", flat=True)), frozenset(self.names)
        )
        for clean in _rooms:
            self._seal(clean(gone))
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

    def _documents(self, documents: Sequence[Document]) -> None:
        keys = [document.pk for document in documents]
        found = _read_in(keys)
        for document in documents:
            document.text = _blocked(document.text, self._places(document.text, found[document.pk]))
            document.title = _blocked(document.title, self._named(document.title))
            document.text_sha256, document.erased_at = sources.text_sha256(document.text), self.now
        adding.change(documents, "text", "title", "text_sha256", "erased_at")
        self._seal(documents)
        self._seal(without_origin(keys))
        FeedItem.objects.filter(document__among=keys).update(url="", title="")
        self._seal(read_anew((document.text, found[document.pk].claims) for document in documents))
        folded: dict[tuple[int, int | None], str] = {
            (one.pk, None): fold(f"{one.title} {one.text}") for one in documents
        }
        for one in documents:
            folded |= {(one.pk, s.pk): fold(words_of(one.text, s.content_spans)) for s in found[one.pk].statements}
        rewrite_search_texts(folded)
        forget_sketches(keys)

    def _places(self, text: str, found: _Read) -> Iterable[Span]:
        """What becomes blocks: their mentions and names, and the passages that are about nobody but them."""
        of_others = (c.evidence for c in found.claims if c.subject_id not in self.keys)
        others = _marked(text, (span for spans in of_others for span in spans))
        theirs = [c.evidence for c in found.claims if c.subject_id in self.keys]
        for said in found.statements:
            theirs += [said.content_spans, said.speaker_spans] if said.speaker_id in self.keys else []
        yield from (span for spans in theirs for span in spans if 1 not in others[slice(*span)])
        yield from (span for s in found.sightings if s.pk in self.keys for span in s.mentions)
        yield from self._named(text)

    def _named(self, text: str) -> Iterable[Span]:
        return places(text, self.folded)

    def _rows(self) -> None:
        self._seal(emptied(Sighting.objects.filter(pk__among=self.keys), name=GONE, folded="", mentions=[]))
        claims = emptied(Claim.objects.filter(subject__among=self.keys), **NO_CLAIM)
        said = emptied(Statement.objects.filter(speaker__among=self.keys), role="", organisation="")
        of_name = set(Link.objects.filter(sighting__among=self.keys).values_list("pk", flat=True))
        judged = Q(claim__among=_keys(claims)) | Q(statement__among=_keys(said)) | Q(link__among=of_name)
        self._seal(claims)
        self._seal(said)
        of_theirs = emptied(Judgement.objects.filter(judged), reason="", mended=None)
        self._seal(of_theirs)
        self._seal(_mended_to(self.keys, _keys(of_theirs)))
        self._seal(emptied(Link.objects.filter(Q(pk__among=of_name) | Q(person__in=self.people)), reason=""))

    def _names(self) -> None:
        changes = PeopleChange.objects.filter(Q(person__in=self.people) | Q(other__in=self.people))
        self._seal(emptied(changes, reason="", moved={"sightings": [], "names": []}))
        PersonName.objects.filter(person__in=self.people).delete()
        if self.person.one_with_id:  # who has these names by this team's documents
            of_team = {"person": self.person.one_with_id, "name__team": self.person.case.team_id}
            PersonName.objects.filter(**of_team).delete()
        forget_names(Name.objects.all(), self.folded)
        self._seal(emptied(Person.objects.filter(pk__in=self.people), name=GONE, erased_at=self.now))
        self.person.refresh_from_db()

    def _seal(self, changed: Iterable[Model]) -> None:
        self.wrote |= {(row._meta.label, row.pk): row for row in changed}


class _Read(NamedTuple):
    """What any version of the reader found in one document."""

    sightings: list[Sighting]
    claims: list[Claim]
    statements: list[Statement]


def _read_in(documents: Collection[int]) -> dict[int, _Read]:
    """What was read in each of the documents."""
    document = dict(Reading.objects.filter(document__among=documents).values_list("pk", "document"))
    found = {key: _Read([], [], []) for key in documents}
    for sighting in Sighting.objects.filter(reading__among=document):
        found[document[sighting.reading_id]].sightings.append(sighting)
    for claim in Claim.objects.filter(reading__among=document).order_by("pk"):
        found[document[claim.reading_id]].claims.append(claim)
    for said in Statement.objects.filter(reading__among=document):
        found[document[said.reading_id]].statements.append(said)
    return found


def emptied(found: QuerySet[Row, Row], **columns: Any) -> list[Row]:
    """The rows, in which these columns hold this now: written at once; only while guards are lifted."""
    changed = list(found.order_by("pk"))
    found.model._base_manager.filter(pk__among=_keys(changed)).update(**columns)
    for row in changed:
        for column, value in columns.items():
            setattr(row, column, value)
    return changed


def read_anew(texts: Iterable[tuple[str, Iterable[Claim]]]) -> list[Claim]:
    """Those of the claims in each text whose words it no longer has, with those that stand there now."""
    changed = []
    for text, claims in texts:
        for claim in claims:
            words = words_of(text, claim.evidence)
            if claim.words != words:
                claim.words = words
                changed.append(claim)
    adding.change(changed, "words")
    return changed


def without_origin(documents: Collection[int]) -> list[Capture]:
    """The captures of the documents, without where these were taken from."""
    captures = Capture.objects.filter(document__among=documents)
    return emptied(captures, original="", url="", final_url="", http_headers=[])


def rewrite_search_texts(folded: Mapping[tuple[int, int | None], str]) -> None:
    """Has search find documents, and statements in them, by these words."""
    there = SearchText.objects.filter(document__among={document for document, _statement in folded}).defer("folded")
    changed = [row for row in there if (row.document_id, row.statement_id) in folded]
    for row in changed:
        row.folded = folded[row.document_id, row.statement_id]
    adding.change(changed, "folded")


def _mended_to(sightings: Collection[int], done: Collection[int]) -> list[Judgement]:
    """The judgements by which claims about others are about these sightings, or were, but for those `done`; emptied.

    Whom a person made such a claim about stays, an empty shell by now: or else it would be told of somebody else again.
    """
    changed = emptied(Judgement.objects.filter(subject__among=sightings).exclude(pk__in=done), reason="")
    for judgement in changed:
        judgement.mended = {"subject": judgement.subject_id}
    adding.change(changed, "mended")
    return changed


def forget_sketches(documents: Collection[int]) -> None:
    """Has nothing found that repeats the documents, or what they say: each sketch becomes one that no words have."""
    Telling.objects.filter(document__among=documents).update(**dict.fromkeys(SKETCH, -F("pk")))


def forget_names(among: QuerySet[Name, Name], folded: Iterable[str]) -> None:
    """Removes those of the names, given as they are folded, that nobody has and no document any more."""
    names = among.filter(folded__in={one[:500] for one in folded}, people=None)
    names.exclude(Exists(Sighting.objects.filter(folded=OuterRef("folded")))).delete()


def _keys(found: Iterable[Model]) -> list[int]:
    return [row.pk for row in found]


def blocked(text: str) -> str:
    """The text with a block for each letter."""
    return _blocked(text, [(0, len(text))])


def _blocked(text: str, spans: Iterable[Span]) -> str:
    """The text with a block for each letter in these places; spaces stay."""
    marked = zip(text, _marked(text, spans), strict=True)
    return "".join([BLOCK if is_gone and not letter.isspace() else letter for letter, is_gone in marked])


def _marked(text: str, spans: Iterable[Span]) -> bytearray:
    """A one for each letter of the text in these places, a nought for each other."""
    marked = bytearray(len(text))
    for start, end in spans:
        marked[start:end] = b"\1" * len(marked[start:end])
    return marked


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
