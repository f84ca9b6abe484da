"""What documents have of a partner that may keep its open pledges: its own words about the case, or its own act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from habeas.accounts.models import User
from habeas.advocacy.models import Coalition, Pledge
from habeas.advocacy.services.pledges import OPEN
from habeas.cases import rows
from habeas.cases.casefile import Passage
from habeas.cases.fold.judged import apply
from habeas.cases.models import Case, Claim, Statement
from habeas.core.folding import fold
from habeas.sources.models import Document

LOOKED_AT = 300  # statements and claims, the newest first


@dataclass(frozen=True, slots=True)
class Proposed:
    """Words that may show that an open pledge was kept; `statement` None where a report tells of the partner's act."""

    pledge: Pledge
    passage: Passage
    language: str
    statement: int | None = None


def proposals(user: User, *, coalition: Coalition | None = None, document: Document | None = None) -> list[Proposed]:
    """For the open pledges of the user's own organisations what they said or did of the case since, as was read.

    Only in a coalition or in a document where one is given. Nothing here keeps a pledge: a person does.
    """
    mine = _open(user, coalition)
    if not mine:
        return []
    people = {pledge.case.case.person_id for pledge in mine if pledge.case}
    linked = {one.sighting_id: one.person_id for one in rows.newest_links(people) if one.verdict == "same"}
    seen = Document.objects.visible_to(user)
    seen = seen.filter(pk=document.pk) if document else seen
    told = [*_said(linked, mine, Q(reading__document__in=seen)), *_done(linked, mine, Q(reading__document__in=seen))]
    texts = seen.in_bulk({passage.document for _, _, passage, _ in told})
    found = [
        Proposed(pledge, passage, texts[passage.document].language, statement)
        for who, whom, passage, statement in told
        for pledge in mine
        if _fits(pledge, who, whom, passage.published)
    ]
    return sorted(found, key=lambda one: (one.passage.published, one.pledge.pk), reverse=True)


_Told = tuple[str, set[int], Passage, int | None]  # by whom, about which people, where, and the statement's key


def _open(user: User, coalition: Coalition | None) -> list[Pledge]:
    """The open pledges of the user's own organisations for cases whose file the user sees."""
    found = Pledge.objects.visible_to(user).filter(
        partner__seats__user=user,
        partner__seats__until=None,
        state__in=OPEN,
        case__case__in=Case.objects.visible_to(user),
    )
    found = found.filter(partner__coalition=coalition) if coalition else found
    return list(found.select_related("partner", "case__case__person").order_by("pk").distinct())


def _said(linked: Mapping[int, int], mine: list[Pledge], seen: Q) -> Iterator[_Told]:
    named = [Q(organisation__icontains=word) | Q(speaker__folded__contains=fold(word)) for word in _first_words(mine)]
    about = rows.newest() & seen & rows.concerning(linked) & reduce(or_, named)
    keys = Statement.objects.filter(about).order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT]
    kept = Statement.objects.in_bulk(keys)
    documents = Document.objects.in_bulk(
        Statement.objects.filter(pk__in=kept).values_list("reading__document", flat=True)
    )
    whom = _whom(kept, linked)
    for one in rows.statements(Q(pk__in=kept), documents, rows.origins(documents)):
        if one.judged != "rejected":
            yield f"{one.organisation} {one.speaker}", whom.get(one.statement, set()), one.passage, one.statement


def _whom(statements: Mapping[int, Statement], linked: Mapping[int, int]) -> dict[int, set[int]]:
    """The people whom each of these statements is about, or carries a claim about."""
    found: dict[int, set[int]] = {}
    pairs = [
        *Statement.about.through.objects.filter(statement__in=statements).values_list("statement", "sighting"),
        *Claim.objects.filter(statement__in=statements).values_list("statement", "subject"),
        *Statement.objects.filter(pk__in=statements).values_list("pk", "target"),
    ]
    for statement, sighting in pairs:
        if sighting in linked:
            found.setdefault(statement, set()).add(linked[sighting])
    return found


def _done(linked: Mapping[int, int], mine: list[Pledge], seen: Q) -> Iterator[_Told]:
    named = [Q(actor__icontains=word) for word in _first_words(mine)]
    about = rows.newest() & seen & Q(subject__in=linked, modality="actual") & reduce(or_, named)
    keys = list(Claim.objects.filter(about).order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT])
    documents = Document.objects.in_bulk(Claim.objects.filter(pk__in=keys).values_list("reading__document", flat=True))
    found = rows.claims(Q(pk__in=keys), documents, rows.origins(documents))
    whom = {row.claim: linked[sighting] for sighting, row in found}
    told = [row for _, row in found]
    for row in apply(told, rows.judgements(told), None):
        if row.judged != "rejected":
            yield row.actor, {whom[row.claim]}, row.passage, row.statement


def _first_words(mine: list[Pledge]) -> set[str]:
    return {pledge.partner.name.split()[0] for pledge in mine}


def _fits(pledge: Pledge, who: str, whom: set[int], published: str) -> bool:
    """Whether the partner is named by all its words, the case is meant, and it was published after the promise."""
    if pledge.case is None or pledge.case.case.person_id not in whom:
        return False
    named = set(fold(who).split())
    return set(fold(pledge.partner.name).split()) <= named and published >= pledge.made_at.date().isoformat()
