"""A small plan of three invented organisations for the people in the bundled reports."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from habeas.accounts.models import User
from habeas.advocacy.models import Coalition, Partner, PlanCase
from habeas.advocacy.services import coalition, contacts, lists, pledges, versions
from habeas.advocacy.services.contacts import Convened, Sent
from habeas.advocacy.services.versions import Wanted
from habeas.cases import queries
from habeas.core.actor import Actor

NAME = "Free the people held in Qarmaya"
PARTNERS = ("Sijill Centre for Detainees", "Committee of the Families", "PressLine")
CASES = ("Danel Korvash", "Lamis Dourani", "Marzouq al-Khayyat")
GOALS = (
    "Everybody held without charge is charged or freed",
    "Family, lawyer and a doctor of their own choice see each",
)
GROUP = "the men of Ain Dabbour who are still held"
ANNOUNCED = b"Lamees Durani\nDaniel Korvash\nSami al-Rumaili\nYusuf Halwani"


@transaction.atomic
def plan(user: User) -> None:
    """Sets the plan up where the user's desk has none; their seat is with all three, so that each can be tried."""
    if Coalition.objects.filter(name=NAME).exists():
        return
    actor = Actor(user.pk, "demo")
    made = coalition.found(NAME, PARTNERS[0], actor=actor)
    partners = [made.partners.get(), *(coalition.add_partner(made, name, actor=actor) for name in PARTNERS[1:])]
    for partner in partners[1:]:
        coalition.seat(partner, user, actor=actor)
    found = [queries.find_cases(user, name) for name in CASES]
    cases = [coalition.add_case(made, case[0], actor=actor, everybody=True) for case in found if case]
    _version(made, partners, cases, actor)
    _work(made, partners, cases, actor)


def _version(made: Coalition, partners: list[Partner], cases: list[PlanCase], actor: Actor) -> None:
    """One version: adopted by the first, with a reservation by the second, not yet by the third."""
    wanted = [Wanted("goal", words) for words in GOALS]
    wanted += [*(Wanted("priority", case=case) for case in cases[:2]), Wanted("priority", GROUP)]
    version = versions.new_version(made, wanted, actor=actor)
    versions.adopt(version, partners[0], actor=actor)
    words = "Nobody speaks of health in public before the family has agreed."
    versions.adopt(version, partners[1], actor=actor, stance="reserved", words=words)


def _work(made: Coalition, partners: list[Partner], cases: list[PlanCase], actor: Actor) -> None:
    """What is promised, one of it overdue; a letter without an answer; a meeting to come; an announced list."""
    today = timezone.localdate()
    for partner, action, days in zip(
        partners, ("urgent_appeal", "letter_to_authority", "statement"), (3, -2, 9), strict=True
    ):
        pledges.pledge(partner, action, today + timedelta(days=days), actor=actor, case=cases[0])
    sent = Sent(
        "Ministry of the Interior", "authority", "access_family", partner=partners[0],
        sent_on=today - timedelta(days=12), due_on=today + timedelta(days=2),
    )  # fmt: skip
    contacts.communicate(made, sent, cases[:1], actor=actor)
    contacts.convene(made, Convened("All three: the next two weeks", today + timedelta(days=4), "10:00"), actor=actor)
    lists.take_in(partners[0], "Names in the announced exchange", ANNOUNCED, actor=actor)
