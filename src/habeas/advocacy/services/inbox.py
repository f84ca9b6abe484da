"""Entries that statements offer, taken into the plan or dropped by a person."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Coalition, Partner, PlanCase, Sorting
from habeas.advocacy.queries.inbox import Offer
from habeas.advocacy.services import contacts, pledges, rights, versions
from habeas.advocacy.services.contacts import Convened, Sent
from habeas.advocacy.services.versions import Wanted
from habeas.audit import services as audit
from habeas.cases import access
from habeas.cases.models import Statement
from habeas.core.actor import Actor
from habeas.sources.models import Document


@transaction.atomic
def take_meeting(coalition: Coalition, offer: Offer, wanted: Convened, *, actor: Actor) -> None:
    """The meeting in the plan, with the words that tell of it."""
    words = Convened(
        wanted.title, wanted.on, wanted.at, wanted.place, wanted.expected, offer.draft.words, offer.statement
    )
    contacts.convene(coalition, words, actor=actor)
    _sort(coalition, offer, actor, taken=True)


@transaction.atomic
def take_communication(
    coalition: Coalition, offer: Offer, to: str, to_kind: str, ask: str, cases: list[PlanCase], *, actor: Actor
) -> None:
    """The communication in the plan, from the speaker's organisation, with the words that tell of it."""
    sent = Sent(
        to=to.strip(),
        to_kind=to_kind,
        ask=ask,
        sender=offer.who,
        through=offer.draft.through,
        group="" if cases else offer.about or "those of whom the statement speaks",
        said=offer.draft.words,
        statement=offer.statement,
    )
    contacts.communicate(coalition, sent, cases, actor=actor)
    _sort(coalition, offer, actor, taken=True)


@transaction.atomic
def take_priority(coalition: Coalition, offer: Offer, goal: str, *, actor: Actor) -> None:
    """A new version of the plan with the goal, in a person's own words, whom the source called on, and its words."""
    newest = coalition.versions.order_by("-number").first()
    line = Wanted("goal", goal, None, offer.draft.addressees, offer.draft.words, offer.statement)
    versions.new_version(coalition, [*versions.wanted_of(newest), line], actor=actor)
    _sort(coalition, offer, actor, taken=True)


@transaction.atomic
def take_pledge(
    coalition: Coalition,
    offer: Offer,
    partner: Partner,
    action: str,
    due_on: date,
    *,
    actor: Actor,
    case: PlanCase | None = None,
) -> None:
    """The pledge of a partner in the plan, with the words that promised it; the partner's own people take it."""
    made = pledges.pledge(partner, action, due_on, actor=actor, case=case, group=offer.about or "those held")
    made.said, made.statement = offer.draft.words, offer.statement
    made.save(update_fields=["said", "statement"])
    audit.record("advocacy.pledge.sourced", made, actor=actor, wrote=[made])
    _sort(coalition, offer, actor, taken=True)


@transaction.atomic
def drop(coalition: Coalition, offer: Offer, *, actor: Actor) -> None:
    """The entry is not offered again."""
    _sort(coalition, offer, actor, taken=False)


def _sort(coalition: Coalition, offer: Offer, actor: Actor, *, taken: bool) -> Sorting:
    if not rights.seats(coalition, actor).exists():
        raise rights.NotYours(rights.NotYours.__doc__)
    access.must_see(actor, Document(pk=offer.document), Statement(pk=offer.statement))
    audit.one_writer_at_a_time()  # of two who sort the same entry one is late
    draft = offer.draft
    place = {"document_id": offer.document, "kind": draft.kind, "start": draft.start, "end": draft.end}
    if Sorting.objects.filter(coalition=coalition, **place).exists():
        raise PlanError("Somebody has taken or dropped this already.")
    made = Sorting.objects.create(
        coalition=coalition, taken=taken, made_at=timezone.now(), made_by_id=actor.user_id, **place
    )
    action = f"advocacy.offer.{'taken' if taken else 'dropped'}"
    audit.record(action, made, actor=actor, detail={"kind": draft.kind}, wrote=[made])
    return made
