"""A claim that a person draws from words the reader passed over, and somebody named there whom it did not see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.cases import access, corrections, judging, linking
from habeas.cases.corrections import CannotJudge
from habeas.cases.models import Claim, Link, Reading, Sighting
from habeas.cases.passages import words_of
from habeas.core.actor import Actor
from habeas.core.folding import fold
from habeas.extraction import edtf
from habeas.sources.models import Document

KINDS = ("person", "group")
_NEEDED = ("kind", "phase", "evidence")


@transaction.atomic
def add_claim(
    document: Document, said: Mapping[str, Any], subject: Sighting, *, actor: Actor, reason: str = ""
) -> Claim:
    """The claim added to the newest reading of the document, accepted by who adds it; `judging.undo` takes it back.

    `said` has kind, phase and evidence (spans), and where they are told modality, date (EDTF), value, place, actor.
    `subject` is a sighting of that reading (`add_sighting` makes one). Whom an actual claim about custody concerns
    and who is nobody on file gets a case. Raises CannotJudge where a value cannot be.
    """
    access.must(actor, Right.JUDGE, document)
    access.must_see(actor, subject)
    if missing := [key for key in _NEEDED if not said.get(key)]:
        raise CannotJudge(f"A claim needs its {missing[0]}.")
    kept = corrections.claim({key: value for key, value in said.items() if key != "subject"}, document.text)
    audit.one_writer_at_a_time()
    reading = _newest_reading(document)
    if subject.reading_id != reading.pk:
        raise CannotJudge("Whom it is about must be named in the newest reading of this document.")
    first, last = edtf.known_bounds(kept.get("date", ""))
    claim = Claim.objects.create(
        reading=reading,
        local_id=_free_id(reading),
        subject=subject,
        kind=kept["kind"],
        phase=kept["phase"],
        modality=kept.get("modality", "actual"),
        date=kept.get("date", ""),
        earliest_on=first,
        latest_on=last,
        value=kept.get("value"),
        place=kept.get("place", ""),
        actor=kept.get("actor", ""),
        evidence=kept["evidence"],
        words=words_of(document.text, kept["evidence"]),
        why="added by hand",
        added_at=timezone.now(),
        added_by_id=actor.user_id,
    )
    detail = {"document": document.pk, "reading": reading.pk}
    linked = _linked(reading, subject, claim, actor)
    wrote = [claim, *linked.people, *linked.cases, *linked.links]
    audit.record("cases.claim.added", claim, actor=actor, detail=detail, wrote=wrote)
    judging.judge(claim, "accept", actor=actor, reason=reason)
    return claim


@transaction.atomic
def add_sighting(
    document: Document, mentions: Sequence[Sequence[int]], *, actor: Actor, kind: str = "person"
) -> Sighting:
    """Who stands at these places of the text: somebody the newest reading has there already, else a new sighting.

    The name is the first place's words. `kind` is person or group. Raises CannotJudge where no words are chosen.
    """
    access.must(actor, Right.JUDGE, document)
    if kind not in KINDS:
        raise CannotJudge(f"{kind!r} is neither {KINDS[0]} nor {KINDS[1]}.")
    places = corrections.claim({"evidence": mentions}, document.text, "arrest", "done")["evidence"]
    name = " ".join(document.text[slice(*places[0])].split())[: corrections.MOST]
    audit.one_writer_at_a_time()
    reading = _newest_reading(document)
    for known in Sighting.objects.filter(reading=reading, kind=kind).order_by("pk"):
        if any(list(mention) in places for mention in known.mentions):
            return known
    made = Sighting.objects.create(
        reading=reading, local_id=_free_id(reading), kind=kind, name=name, folded=fold(name), mentions=places
    )
    detail = {"document": document.pk, "reading": reading.pk}
    audit.record("cases.sighting.added", made, actor=actor, detail=detail, wrote=[made])
    return made


def _newest_reading(document: Document) -> Reading:
    reading = Reading.objects.filter(document=document).order_by("pk").last()
    if reading is None:
        raise CannotJudge("This document was not read yet; read it first with `habeas ingest` or `habeas reread`.")
    return reading


def _free_id(reading: Reading) -> str:
    """An id that nothing of the reading has: h1, h2 … (the reader's own begin with another letter)."""
    used = reading.claims.filter(local_id__startswith="h").count()
    used += reading.sightings.filter(local_id__startswith="h").count()
    return f"h{used + 1}"


def _linked(reading: Reading, subject: Sighting, claim: Claim, actor: Actor) -> linking.Linked:
    if subject.kind != "person" or Link.objects.filter(sighting=subject, verdict="same").exists():
        return linking.Linked()
    (linked,) = linking.link_people([linking.told(reading, [subject], [claim])], reading.document.team_id, actor=actor)
    return linked
