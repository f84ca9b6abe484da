"""Rows of the database as the values of a case file, fetched with few queries however much there is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db.models import Exists, Max, OuterRef, Q

from habeas.cases.casefile import Day, Passage, Row, Said, SightingLink, Spans, Value
from habeas.cases.fold import Judgement as Judged
from habeas.cases.fold import labels
from habeas.cases.fold.judged import apply_to_statements
from habeas.cases.models import A_WORD, Claim, Judgement, Link, Reading, Sighting, Statement
from habeas.cases.passages import words_of
from habeas.extraction import edtf
from habeas.sources.models import Capture, Document

T = TypeVar("T", Row, Said)


class Origin(NamedTuple):
    """Where a document comes from, as its first capture has it."""

    source: str
    url: str


NOWHERE = Origin("", "")
Origins = Mapping[int, Origin]


def newest_readings(documents: Collection[int], known_at: datetime | None = None) -> set[int]:
    """The keys of the newest reading of each document, as of `known_at` (None: now)."""
    readings = Reading.objects.filter(document__among=documents)
    if known_at is not None:
        readings = readings.filter(read_at__lte=known_at)
    return set(readings.values("document").annotate(newest=Max("pk")).values_list("newest", flat=True))


def newest_links(people: Collection[int], known_at: datetime | None = None) -> list[Link]:
    """The newest link between each of these people and each sighting, with sighting and reading, oldest first."""
    links = Link.objects.filter(person__in=people).select_related("sighting__reading").order_by("pk")
    if known_at is not None:
        links = links.filter(made_at__lte=known_at)
    newest = {(link.person_id, link.sighting_id): link for link in links}
    return sorted(newest.values(), key=lambda link: link.pk)


class Linked(NamedTuple):
    """A link as a value, and the reading in which its name stands."""

    link: SightingLink
    reading: int


def newest_links_of(person: int, known_at: datetime | None = None) -> list[Linked]:
    """As `newest_links` of one person, as values: a long case has thousands of them."""
    found = Link.objects.filter(person=person).order_by("pk")
    found = found if known_at is None else found.filter(made_at__lte=known_at)
    newest = {values[1]: values for values in found.values_list(*_LINK)}
    ordered = sorted(newest.values(), key=lambda values: values[0])
    return [Linked(SightingLink(*values[:-1]), values[-1]) for values in ordered]


_LINK = (
    "pk", "sighting", "sighting__name", "sighting__reading__document", "verdict", "score", "reason", "made_by",
    "made_at", "sighting__reading",
)  # fmt: skip


def people_of(sightings: Collection[int]) -> dict[int, int]:
    """The person of each sighting that is linked to one."""
    links = Link.objects.filter(sighting__among=sightings).order_by("pk").values_list("sighting", "person", "verdict")
    newest = {(sighting, person): verdict for sighting, person, verdict in links}
    return {sighting: person for (sighting, person), verdict in newest.items() if verdict == "same"}


def origins(documents: Collection[int]) -> Origins:
    """The source and the address of each document."""
    captures = Capture.objects.filter(document__among=documents).order_by("-captured_at", "-pk")
    found = captures.values_list("document", "source__name", "url")
    return {document: Origin(source, url) for document, source, url in found}


def claims(of: Q, documents: Mapping[int, Document], known: Origins) -> list[tuple[int, Row]]:
    """(sighting, row) for each of these claims, in the order in which they were taken in."""
    found = Claim.objects.filter(of).order_by("pk").values_list(*_CLAIM)  # a long case has thousands of them
    return [_row(_Claim(*values), documents, known) for values in found]


def statements(
    of: Q,
    documents: Mapping[int, Document],
    known: Origins,
    them: Collection[int] = (),
    known_at: datetime | None = None,
) -> list[Said]:
    """These statements, in the order in which they were taken in; `them` are the sightings of the detained person.

    They are as people had judged them at `known_at` (None: now).
    """
    found = Statement.objects.filter(of).select_related("reading", "speaker", "target").order_by("pk")
    made = [said(statement, documents[statement.reading.document_id], known, them) for statement in found]
    return judged_statements(made, documents, known_at)


def concerning(sightings: Collection[int]) -> Q:
    """As `statements_concerning`, for a query."""
    return Q(pk__among=statements_concerning(sightings))


def statements_concerning(sightings: Collection[int]) -> frozenset[int]:
    """The keys of the statements about these sightings, by them, aimed at them, or carrying a claim about them."""
    carrying = Claim.objects.filter(subject__among=sightings, statement__isnull=False)
    return _said_of(sightings).union(carrying.values_list("statement", flat=True))


def claims_and_statements(sightings: Collection[int]) -> tuple[frozenset[int], frozenset[int]]:
    """The keys of the claims of `about`, and those of `statements_concerning`."""
    told = dict(Claim.objects.filter(subject__among=sightings).values_list("pk", "statement"))
    carrying = (statement for statement in told.values() if statement)
    return frozenset(told).union(_mended_to(sightings)), _said_of(sightings).union(carrying)


def _said_of(sightings: Collection[int]) -> frozenset[int]:
    """Each of the three is asked by its own index: asked together they cost a look at every statement there is."""
    about = Statement.about.through.objects.filter(sighting__among=sightings).values_list("statement", flat=True)
    said = Statement.objects.filter(speaker__among=sightings).values_list("pk", flat=True)
    aimed = Statement.objects.filter(target__among=sightings).values_list("pk", flat=True)
    return frozenset(about).union(said, aimed)


def _mended_to(sightings: Collection[int]) -> set[int]:
    """The claims that a person mended to be about these sightings."""
    found = Judgement.objects.filter(subject__among=sightings).values_list("claim", flat=True)
    return {claim for claim in found if claim is not None}


def newest() -> Q:
    """That a statement or claim stands in the newest reading of its document."""
    newer = Reading.objects.filter(document=OuterRef("reading__document"), pk__gt=OuterRef("reading"))
    return ~Q(Exists(newer))


def about(sightings: Collection[int]) -> Q:
    """The claims about these sightings, those that a person mended to be about them included.

    The few that were mended are fetched at once: as a subquery beside an OR PostgreSQL would go through every claim.
    """
    of_sightings, keys = Q(subject__among=sightings), _mended_to(sightings)
    return of_sightings | Q(pk__among=keys) if keys else of_sightings


def judgements(told: Iterable[Row]) -> list[Judged[Row]]:
    """What people judged about the claims."""
    by_claim = {row.claim: row for row in told}
    made = _made(Q(claim__among=by_claim)) if by_claim else []
    return [_judgement(j, j.claim_id, mended(by_claim[j.claim_id], j.mended or {})) for j in made if j.claim_id]


def judged_statements(
    found: Iterable[Said], texts: Mapping[int, Document], known_at: datetime | None = None
) -> list[Said]:
    """The statements as people had judged and mended them at `known_at` (None: now)."""
    by_key = {said.statement: said for said in found}
    made = [j for j in (_made(Q(statement__among=by_key)) if by_key else []) if j.statement_id]
    names = _names(j.mended or {} for j in made)
    judged = [
        _judgement(j, j.statement_id, mended_statement(by_key[j.statement_id], j.mended or {}, texts, names))
        for j in made
        if j.statement_id
    ]
    return apply_to_statements(by_key.values(), judged, known_at)


def _made(on: Q) -> Iterable[Judgement]:
    return (
        Judgement.objects.filter(on, A_WORD)
        .select_related("undone_by")
        .defer("reason", "undone_by__reason")
        .order_by("pk")
    )


def _names(mended: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    keys = {put_right[key] for put_right in mended for key in ("speaker", "target") if put_right.get(key)}
    return dict(Sighting.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def link(link: Link) -> SightingLink:
    """Why a name in a document is taken for a person, as a value; `link` comes with its sighting and reading."""
    return SightingLink(
        link=link.pk,
        sighting=link.sighting_id,
        name=link.sighting.name,
        document=link.sighting.reading.document_id,
        verdict=link.verdict,
        score=link.score,
        reason=link.reason,
        made_by=link.made_by,
        made_at=link.made_at,
    )


def spans(value: Iterable[Iterable[int]]) -> Spans:
    """A list of pairs, as JSON has it, as a tuple of pairs."""
    return tuple((start, end) for start, end in value)


def script(name: str) -> str:
    """The script that the name is written in: Latin, Arabic, Hebrew, Cyrillic, Han or other."""
    ranges = {
        "Latin": ("A", "ʯ"),
        "Cyrillic": ("Ѐ", "ԯ"),
        "Hebrew": ("֐", "׿"),
        "Arabic": ("؀", "ۿ"),
        "Han": ("一", "鿿"),
    }
    counts = {kind: sum(first <= letter <= last for letter in name) for kind, (first, last) in ranges.items()}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else "other"


class _Claim(NamedTuple):
    """A claim's columns as `_CLAIM` names them."""

    pk: int
    subject: int
    kind: str
    phase: str
    modality: str
    document: int
    spans: list[list[int]]
    words: str
    added_at: datetime | None
    read_at: datetime
    date: str
    earliest: Day | None
    latest: Day | None
    value: Value
    place: str
    actor: str
    speaker: str | None
    organisation: str | None
    statement: int | None
    added_by: int | None


_CLAIM = (
    "pk", "subject", "kind", "phase", "modality", "reading__document", "evidence", "words", "added_at",
    "reading__read_at", "date", "earliest_on", "latest_on", "value", "place", "actor", "statement__speaker__name",
    "statement__organisation", "statement", "added_by",
)  # fmt: skip


def _row(claim: _Claim, documents: Mapping[int, Document], known: Origins) -> tuple[int, Row]:
    document = documents[claim.document]
    row = Row(
        claim=claim.pk,
        kind=claim.kind,
        phase=claim.phase,
        modality=claim.modality,
        passage=Passage(
            document=document.pk,
            source=known.get(document.pk, NOWHERE).source,
            published=document.published_on,
            spans=spans(claim.spans),
            words=claim.words,
        ),
        known_at=claim.added_at or claim.read_at,
        date=claim.date,
        earliest=claim.earliest,
        latest=claim.latest,
        value=claim.value,
        place=claim.place,
        actor=claim.actor,
        speaker=claim.speaker or "",
        organisation=claim.organisation or "",
        statement=claim.statement,
        subject=claim.subject,
        by_hand=claim.added_by is not None,
        label=labels.told(claim.kind, claim.phase, claim.modality, claim.value, claim.place),
    )
    return claim.subject, row


def said(statement: Statement, document: Document, known: Origins, them: Collection[int] = ()) -> Said:
    """The statement as a value; `them` are the sightings of the detained person."""
    text = document.text
    return Said(
        statement=statement.pk,
        speaker=statement.speaker.name if statement.speaker else "",
        speaker_words=words_of(text, statement.speaker_spans),
        role=statement.role,
        organisation=statement.organisation,
        acts=tuple(statement.acts),
        manner=statement.manner,
        cue=words_of(text, statement.cue_spans),
        passage=Passage(
            document=document.pk,
            source=known.get(document.pk, NOWHERE).source,
            published=document.published_on,
            spans=spans(statement.content_spans),
            words=words_of(text, statement.content_spans),
        ),
        target=statement.target.name if statement.target else "",
        outlet=statement.outlet,
        condition=words_of(text, [statement.condition]) if statement.condition else "",
        by_them=statement.speaker_id in them,
    )


def _judgement(judgement: Judgement, of: int, mended: T) -> Judged[T]:
    undone = getattr(judgement, "undone_by", None)
    return Judged(
        judgement=judgement.pk,
        of=of,
        verdict=judgement.verdict,
        made_at=judgement.made_at,
        mended=mended if judgement.verdict == "mend" else None,
        undone_at=undone.made_at if undone else None,
        settles=judgement.settles,
        recheck=judgement.recheck,
    )


def mended(row: Row, put_right: Mapping[str, Any]) -> Row:
    """The row with what a person put right (kind, phase, date, evidence …, as `corrections` keeps it) in place."""
    values = {key: value for key, value in put_right.items() if key not in {"evidence", "words"}}
    if "date" in values:
        values["earliest"], values["latest"] = edtf.known_bounds(values["date"])
    if "evidence" in put_right:
        places = spans(put_right["evidence"])
        values["passage"] = replace(row.passage, spans=places, words=put_right["words"])
    changed = replace(row, **values)
    return replace(changed, label=labels.describe(changed))


def mended_statement(
    said: Said, put_right: Mapping[str, Any], texts: Mapping[int, Document], names: Mapping[int, str]
) -> Said:
    """The statement with what a person put right in place; `names` are those of the sightings it points to."""
    text = texts[said.passage.document].text
    values: dict[str, Any] = {k: put_right[k] for k in ("role", "organisation", "manner", "outlet") if k in put_right}
    values |= {key: names.get(put_right[key], "") for key in ("speaker", "target") if key in put_right}
    values |= {key: words_of(text, put_right[spans_of]) for key, spans_of in _WORDS.items() if spans_of in put_right}
    if "acts" in put_right:
        values["acts"] = tuple(put_right["acts"])
    if "condition" in put_right:
        values["condition"] = words_of(text, [put_right["condition"]]) if put_right["condition"] else ""
    if "content_spans" in put_right:
        places = put_right["content_spans"]
        values["passage"] = replace(said.passage, spans=spans(places), words=words_of(text, places))
    return replace(said, **values)


_WORDS = {"speaker_words": "speaker_spans", "cue": "cue_spans"}
