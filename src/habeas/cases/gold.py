"""What people judged, as gold in the shape of a reading (`docs/reading.md`), to test and train the reader with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from habeas import extraction
from habeas.accounts import roles
from habeas.accounts.models import User
from habeas.accounts.roles import Right
from habeas.cases.access import hidden_sightings
from habeas.cases.models import A_WORD, Claim, Judgement, Reading, Sighting, Statement
from habeas.core.actor import Actor
from habeas.extraction import reading as r
from habeas.sources.models import Document

Gold = dict[str, Any]


def export(user: User) -> Iterator[Gold]:
    """One reading as JSON values for each of the user's documents in which somebody judged a claim or statement.

    Accepted, mended and added items stand as people left them. Rejected ones are left out and listed under
    `rejected`; what nobody judged, or somebody was unsure of, is there and `optional`: predicting it counts neither for
    nor against. `document.complete` says that nothing in it is optional. The text is there, and who judged is not. A
    document that speaks of somebody whose file the user may not see is left out.
    """
    judged = Judgement.objects.filter(A_WORD, undone_by=None).exclude(claim=None, statement=None)
    readings = Reading.objects.filter(
        Q(claims__judgements__in=judged) | Q(statements__judgements__in=judged)
    ).distinct()
    roles.must_somewhere(Actor(user.pk, "export"), Right.EXPORT)
    mine = Document.objects.visible_to(user).filter(team__in=roles.teams_of(user, Right.EXPORT))
    hidden = hidden_sightings(user)
    if hidden is not None:  # half of what was judged in a document is no gold
        mine = mine.exclude(readings__in=Sighting.objects.filter(pk__in=hidden).values("reading"))
    documents = mine.filter(readings__in=readings).distinct().order_by("pk")
    for key in documents.values_list("pk", flat=True):
        newest = Reading.objects.filter(document=key).select_related("document").order_by("pk").last()
        if newest is not None and (gold := _gold(newest)):
            yield gold


def _gold(reading: Reading) -> Gold | None:
    on_claims, on_statements = _standing("claim", reading), _standing("statement", reading)
    if not on_claims and not on_statements:
        return None
    names = {sighting.pk: sighting.local_id for sighting in Sighting.objects.filter(reading=reading)}
    claims = [_claim(c, on_claims.get(c.pk), names) for c in Claim.objects.filter(reading=reading).order_by("pk")]
    said = Statement.objects.filter(reading=reading).prefetch_related("about").order_by("pk")
    statements = [_statement(s, on_statements.get(s.pk), names) for s in said]
    kept = {"statements": [s for s in statements if s], "claims": [c for c in claims if c]}
    gone = {s["id"] for s in kept["statements"] if s["judged"] == "reject"}
    for claim in kept["claims"]:
        claim["statement"] = None if claim["statement"] in gone else claim["statement"]
    return _document(reading, kept)


def _document(reading: Reading, kept: Mapping[str, list[Gold]]) -> Gold:
    document = reading.document
    info = r.DocumentInfo(
        id=f"document-{document.pk}",
        title=document.title or None,
        published=document.published_on or None,
        language=document.language or None,
    )
    sightings = Sighting.objects.filter(reading=reading).order_by("pk")
    entities = tuple(
        r.Entity(s.local_id, s.kind, s.name, tuple((start, end) for start, end in s.mentions))  # type: ignore[arg-type]
        for s in sightings
    )
    plain = extraction.to_json(r.Reading(info, entities=entities))
    rejected = {what: [one for one in them if one["judged"] == "reject"] for what, them in kept.items()}
    there = {what: [one for one in them if one["judged"] != "reject"] for what, them in kept.items()}
    open_ones = any(one.get("optional") for them in there.values() for one in them)
    plain["document"] |= {"reader": reading.reader, "complete": not open_ones}
    return {**plain, **there, "rejected": rejected, "text": document.text}


def _standing(what: str, reading: Reading) -> dict[int, Judgement]:
    """The newest judgement that stands and counts, by the key of what it is on."""
    made = Judgement.objects.filter(A_WORD, **{f"{what}__reading": reading}, undone_by=None).order_by("pk")
    newest = {getattr(judgement, f"{what}_id"): judgement for judgement in made}
    return {key: judgement for key, judgement in newest.items() if judgement.settles}


def _claim(claim: Claim, judgement: Judgement | None, names: Mapping[int, str]) -> Gold | None:
    if claim.added_by_id and judgement is None:
        return None
    right = _right(judgement)
    return {
        "id": claim.local_id,
        "subject": names[right.get("subject", claim.subject_id)],
        "kind": right.get("kind", claim.kind),
        "phase": right.get("phase", claim.phase),
        "modality": right.get("modality", claim.modality),
        "date": right.get("date", claim.date) or None,
        "value": right.get("value", claim.value),
        "place": right.get("place", claim.place) or None,
        "actor": right.get("actor", claim.actor) or None,
        "evidence": right.get("evidence", claim.evidence),
        "statement": claim.statement.local_id if claim.statement else None,
        **_verdict(judgement),
    }


def _statement(said: Statement, judgement: Judgement | None, names: Mapping[int, str]) -> Gold:
    right = _right(judgement)
    speaker, target = right.get("speaker", said.speaker_id), right.get("target", said.target_id)
    return {
        "id": said.local_id,
        "speaker": {
            "spans": right.get("speaker_spans", said.speaker_spans),
            "entity": names.get(speaker or 0),
            "role": right.get("role", said.role) or None,
            "organisation": right.get("organisation", said.organisation) or None,
        },
        "cue": {"spans": right.get("cue_spans", said.cue_spans)},
        "content": {"spans": right.get("content_spans", said.content_spans)},
        "manner": right.get("manner", said.manner),
        "acts": right.get("acts", said.acts),
        "target": names.get(target or 0),
        "about": [names[key] for key in right.get("about", _keys(said.about.all()))],
        "outlet": right.get("outlet", said.outlet) or None,
        "condition": right.get("condition", said.condition),
        **_verdict(judgement),
    }


def _keys(sightings: Iterable[Sighting]) -> list[int]:
    return sorted(sighting.pk for sighting in sightings)


def _right(judgement: Judgement | None) -> Mapping[str, Any]:
    return (judgement.mended or {}) if judgement and judgement.verdict == "mend" else {}


def _verdict(judgement: Judgement | None) -> Gold:
    verdict = judgement.verdict if judgement else None
    is_open = verdict in {None, "unsure"}
    return {"judged": verdict, **({"optional": True} if is_open else {})}
