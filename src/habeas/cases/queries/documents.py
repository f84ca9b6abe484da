"""One document as the desk shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Q

from habeas.accounts.models import User
from habeas.cases import rows
from habeas.cases.access import hidden_sightings
from habeas.cases.casefile import Row, Said
from habeas.cases.fold.judged import apply
from habeas.cases.models import Case, Claim, Reading, Sighting, Statement
from habeas.cases.shown import Card, DocumentView, Mention
from habeas.core.looking import one_look
from habeas.sources.models import Document


@one_look()
def document_view(document: Document, user: User) -> DocumentView:
    """The document with what its newest reading found, in text order. Raises DoesNotExist where they may not see it."""
    seen = Document.objects.visible_to(user).get(pk=document.pk)
    reading = Reading.objects.filter(document=seen).order_by("pk").last()
    origins = rows.origins([seen.pk])
    origin = origins.get(seen.pk, rows.NOWHERE)
    hidden = hidden_sightings(user)
    shown = Sighting.objects.filter(reading=reading).order_by("pk")
    sightings = list(shown if hidden is None else shown.exclude(pk__in=hidden)) if reading else []
    cases = cases_of([sighting.pk for sighting in sightings], user)
    names = {sighting.pk: sighting.name for sighting in sightings}
    found = _cards(reading, seen, origins, cases, names) if reading else ()
    return DocumentView(
        document=seen.pk,
        title=seen.title,
        source=origin.source,
        published=seen.published_on,
        language=seen.language,
        url=origin.url,
        text=seen.text,
        reader=reading.reader if reading else "",
        relevant=reading.relevant if reading else True,
        note=reading.note if reading else "",
        mentions=tuple(sorted(_mentions(sightings, cases), key=lambda m: (m.span, m.sighting))),
        cards=tuple(sorted(found, key=lambda card: (card.spans, card.key))),
    )


def as_judged(thing: Claim | Statement, document: Document) -> Row | Said:
    """One claim or statement of the document as people have judged it by now; its source is left empty."""
    texts = {document.pk: document}
    if isinstance(thing, Statement):
        return rows.statements(Q(pk=thing.pk), texts, {})[0]
    told = [row for _subject, row in rows.claims(Q(pk=thing.pk), texts, {})]
    return apply(told, rows.judgements(told), None)[0]


def cases_of(sightings: Iterable[int], user: User) -> dict[int, int]:
    """The case of each sighting that is linked to a person whose case the user may see."""
    people = rows.people_of(list(sightings))
    visible = Case.objects.visible_to(user).filter(person__in=set(people.values()))
    by_person = dict(visible.values_list("person", "pk"))
    return {sighting: by_person[person] for sighting, person in people.items() if person in by_person}


def _mentions(sightings: Iterable[Sighting], cases: Mapping[int, int]) -> Iterator[Mention]:
    for sighting in sightings:
        for start, end in sighting.mentions:
            yield Mention((start, end), sighting.pk, sighting.name, sighting.kind, cases.get(sighting.pk))


def _cards(
    reading: Reading, document: Document, origins: rows.Origins, cases: Mapping[int, int], names: Mapping[int, str]
) -> Iterator[Card]:
    """What was found about those in `names`, and what was said: of people whose files are hidden nothing is told."""
    texts = {document.pk: document}
    told = [row for _subject, row in rows.claims(Q(reading=reading), texts, origins)]
    for row in apply(told, rows.judgements(told), None):
        if row.judged != "withdrawn" and row.subject in names:
            yield Card(f"c{row.claim}", row.passage.spans, names[row.subject], cases.get(row.subject), row=row)
    concerned = _concerned(reading)
    for said in rows.statements(Q(reading=reading), texts, origins):
        about = concerned.get(said.statement, [])
        if about and not any(sighting in names for sighting, _name in about):
            continue
        subject, name = _first_with_case([one for one in about if one[0] in names], cases)
        yield Card(f"s{said.statement}", said.passage.spans, name, cases.get(subject), said=said)


def _concerned(reading: Reading) -> dict[int, list[tuple[int, str]]]:
    """Whom each statement is about: sighting and name."""
    found: dict[int, list[tuple[int, str]]] = {}
    about = Statement.about.through.objects.filter(statement__reading=reading).order_by("pk")
    for statement, sighting, name in about.values_list("statement", "sighting", "sighting__name"):
        found.setdefault(statement, []).append((sighting, name))
    return found


def _first_with_case(concerned: list[tuple[int, str]], cases: Mapping[int, int]) -> tuple[int, str]:
    """Whom a card names: the first of those spoken of who has a case, else the first of them."""
    return next((one for one in concerned if one[0] in cases), concerned[0] if concerned else (0, ""))
