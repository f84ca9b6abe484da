"""A report whose speakers tell of a meeting, messages and one strategy: offered with their words, taken or dropped."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps

from advocacy.coalition import Held
from cast import actor, document
from habeas.advocacy.checks import SEALED
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Communication, Meeting, Pledge, Version
from habeas.advocacy.queries.inbox import Offer, offers
from habeas.advocacy.services import inbox
from habeas.advocacy.services.contacts import Convened
from habeas.audit.checks import faults
from habeas.cases.services import take_in
from habeas.extraction import read

REPORT = """The unions confirmed their support for the detained weaver Tarek Oumari.
Samir Haddad, a spokesman for the Weavers' Union, said that his union sent messages through all the mediators stating
that Oumari must be freed, and messages from the resistance as well.
He added that the unions are required to put an integrated strategy at all levels, and that military work goes on.
He said, “We face an expected meeting of the secretaries of the unions, and we vary between legal and military work.”
"""


@pytest.fixture
def offered(plan: Held) -> dict[str, Offer]:
    made = document(plan.people.alice, REPORT)
    take_in(made, read(REPORT, published="2026-03-04"), reader="test", actor=actor(plan.people.alice))
    return {one.draft.kind: one for one in offers(plan.people.alice, plan.coalition)}


def test_meeting_messages_and_the_call_are_offered_with_their_words(offered: dict[str, Offer]) -> None:
    assert set(offered) == {"meeting", "communication", "priority"}
    assert offered["meeting"].draft.words.endswith("an expected meeting of the secretaries of the unions")
    assert offered["communication"].draft.through == "all the mediators"
    assert offered["priority"].draft.addressees == "the unions"
    assert offered["communication"].who == "Weavers' Union"


def test_taken_they_stand_in_the_plan_and_armed_work_nowhere(plan: Held, offered: dict[str, Offer]) -> None:
    by = actor(plan.people.alice)
    inbox.take_meeting(plan.coalition, offered["meeting"], Convened("The unions meet"), actor=by)
    inbox.take_communication(
        plan.coalition, offered["communication"], "", "mediator", "release", [plan.tarek], actor=by
    )
    inbox.take_priority(plan.coalition, offered["priority"], "One strategy for all", actor=by)
    assert offers(plan.people.alice, plan.coalition) == []
    assert Meeting.objects.get().said == offered["meeting"].draft.words
    sent = Communication.objects.get()
    assert (sent.sender, sent.through, sent.cases.get().case) == ("Weavers' Union", "all the mediators", plan.tarek)
    line = Version.objects.get().lines.get()
    assert (line.words, line.addressees) == ("One strategy for all", "the unions")
    for model in apps.get_app_config("advocacy").get_models():
        for row in model.objects.values():
            assert not any(word in str(row).casefold() for word in ("military", "resistance")), row
    assert not list(faults(SEALED))


def test_what_is_dropped_or_taken_is_offered_no_more(plan: Held, offered: dict[str, Offer]) -> None:
    by = actor(plan.people.alice)
    inbox.drop(plan.coalition, offered["meeting"], actor=by)
    assert {one.draft.kind for one in offers(plan.people.bob, plan.coalition)} == {"communication", "priority"}
    with pytest.raises(PlanError, match="already"):
        inbox.take_meeting(plan.coalition, offered["meeting"], Convened("Again"), actor=by)
    assert not Meeting.objects.exists()


def test_a_promise_is_taken_by_the_partners_own_people_as_a_pledge(plan: Held) -> None:
    text = "Salma Benhadi, a lawyer of Basit Legal, promised: “We will file a petition for Tarek Oumari.”"
    made = document(plan.people.alice, text)
    take_in(made, read(text, published="2026-03-04"), reader="test", actor=actor(plan.people.alice))
    (found,) = [one for one in offers(plan.people.alice, plan.coalition) if one.draft.kind == "pledge"]
    with pytest.raises(PlanError, match="Only people of Sawari Aid"):
        inbox.take_pledge(
            plan.coalition, found, plan.aid, "petition_court", date(2026, 4, 1), actor=actor(plan.people.alice)
        )
    assert not Pledge.objects.exists()
    inbox.take_pledge(
        plan.coalition, found, plan.legal, "petition_court", date(2026, 4, 1), actor=actor(plan.people.alice),
        case=plan.tarek,
    )  # fmt: skip
    assert "We will file a petition" in Pledge.objects.get().said


def test_offers_come_only_from_what_the_user_may_read(plan: Held, offered: dict[str, Offer]) -> None:
    assert offered
    assert offers(plan.dana, plan.coalition) == []
