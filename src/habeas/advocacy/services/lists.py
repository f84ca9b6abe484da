"""Lists of names taken in and held against the people on file."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from habeas.accounts.models import User
from habeas.advocacy import name_lists, reconciling
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import ListedName, NameList, Partner
from habeas.advocacy.services import rights
from habeas.audit import services as audit
from habeas.cases import access
from habeas.core.actor import Actor
from habeas.sources.models import Document

ANNOUNCED = ("release", "exchange")


@transaction.atomic
def take_in(
    partner: Partner,
    title: str,
    data: bytes,
    *,
    actor: Actor,
    kind: str = "release",
    announced_on: date | None = None,
    document: Document | None = None,
) -> NameList:
    """The list with each name's verdict: same, ask or unknown. Raises PlanError, with nothing taken, for a bad list.

    `document` is the one on file in which the list stands, and which the actor sees.
    """
    rights.must_act_for(partner, actor)
    user = User.objects.get(pk=actor.user_id)
    access.must_see(actor, *filter(None, [document]))
    if kind not in ANNOUNCED:
        raise PlanError("Say what was announced: a release or an exchange.")
    title, names = rights.words(title, "What the list is"), name_lists.names_in(data)
    made = NameList.objects.create(
        partner=partner,
        title=title,
        kind=kind,
        announced_on=announced_on,
        document=document,
        made_at=timezone.now(),
        made_by_id=actor.user_id,
    )
    found = reconciling.reconcile(user, names)
    rows = [
        ListedName(list=made, number=number, name=name, verdict=one.verdict, case_id=one.case, reason=one.reason)
        for number, (name, one) in enumerate(zip(names, found, strict=True), start=1)
    ]
    rows = ListedName.objects.bulk_create(rows)
    audit.record("advocacy.list.taken_in", made, actor=actor, detail={"names": len(rows)}, wrote=[made, *rows])
    return made


@transaction.atomic
def settle(given: ListedName, same: bool, *, actor: Actor) -> ListedName:
    """The name that somebody should look at, settled: it is that person, or nobody on file. Raises PlanError."""
    rights.must_act_for(given.list.partner, actor)
    if given.case is None:
        raise PlanError("There is nobody on file to say yes or no to.")
    if not access.sees(actor, given.case):
        raise PlanError("Only who sees the case can say whether it is them.")
    given.verdict, given.decided_by_id = ("same" if same else "unknown"), actor.user_id
    given.case = given.case if same else None
    given.save(update_fields=["verdict", "decided_by", "case"])
    audit.record("advocacy.list.settled", given, actor=actor, detail={"same": same}, wrote=[given])
    return given
