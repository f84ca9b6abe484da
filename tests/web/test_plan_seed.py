"""The page that the project began with, at the desk: what it asks for stands in a plan, armed action in it nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from advocacy.coalition import Held, held
from habeas.accounts.models import User
from habeas.advocacy.models import Communication, Meeting, PlanCase, Version
from habeas.cases.models import Case
from habeas.sources.models import Document
from seed import needs_seed, taken_in
from web.pages import text_of

pytestmark = [pytest.mark.corpora, needs_seed, pytest.mark.django_db]
ARMED = re.compile(r"military|(?<!popular )resistance")
OFFER = re.compile(r'<blockquote class="said"[^>]*><p>(?P<words>.*?)</p>.*?name="offer" value="(?P<key>[^"]+)"', re.S)


@dataclass
class Desk:
    """Alice at her desk, with the plan of the sample coalition, in which the page's case stands."""

    client: Client
    plan: Held
    case: Case

    @property
    def at(self) -> str:
        return f"/plan/{self.plan.coalition.pk}"

    def offers(self) -> Iterator[tuple[str, str]]:
        """Kind and words, and the key to sort it by, of what the inbox shows."""
        for found in OFFER.finditer(self.client.get(f"{self.at}/inbox").content.decode()):
            yield found["words"], found["key"]

    def take(self, kind: str, saying: str, **told: Any) -> str:
        """Takes the offer of that kind that says so into the plan; gives its whole words."""
        (found,) = [(said, key) for said, key in self.offers() if f"-{kind}-" in key and saying in said]
        answer = self.client.post(f"{self.at}/inbox/sort", {"offer": found[1], "do": "take", **told})
        assert answer.status_code == 302
        return found[0]


@pytest.fixture
def desk(db: None, settings: Any, tmp_path: Path, client_of: Callable[[User], Client]) -> Desk:
    settings.DATA_DIR = tmp_path
    plan = held()
    client, case = client_of(plan.people.alice), taken_in(plan.people.alice, "2020-10-20")
    client.post(f"/plan/{plan.coalition.pk}/cases/add", {"case": case.pk, "everybody": "1"})
    return Desk(client, plan, case)


def test_the_inbox_offers_the_meeting_the_messages_and_the_call_with_their_words(desk: Desk) -> None:
    shown = text_of(desk.client.get(f"{desk.at}/inbox"))
    assert "an expected meeting of secretaries-general and a joint national leadership" in shown
    assert "he sent messages through all the mediators" in shown
    assert "an integrated strategy at all levels and arenas" in shown
    assert "Called on the Palestinian factions" in shown
    assert "Called on all factions" in shown
    assert "through all the mediators" in shown
    assert not ARMED.search(" ".join(words.casefold() for words, _ in desk.offers()))


def test_taken_they_stand_in_the_plan_and_armed_action_in_the_statement_alone(desk: Desk) -> None:
    planned = PlanCase.objects.get(case=desk.case)
    meeting = desk.take("meeting", "an expected meeting", words="The secretaries meet")
    sent = desk.take("communication", "all the mediators", to_kind="mediator", ask="release", case=planned.pk)
    call = desk.take("priority", "an integrated strategy", words="One strategy for all who are held")
    assert Meeting.objects.get().said == meeting
    asked = Communication.objects.get()
    assert (asked.said, asked.through, asked.cases.get().case) == (sent, "all the mediators", planned)
    line = Version.objects.get().lines.get()
    assert (line.words, line.said, line.addressees) == (
        "One strategy for all who are held",
        call,
        "the Palestinian factions",
    )
    pages = ["", "/inbox", "/communications", "/gaps", "/meetings", f"/meetings/{Meeting.objects.get().pk}"]
    shown = " ".join(text_of(desk.client.get(desk.at + path)) for path in pages)
    assert all(words in shown for words in (meeting, "One strategy for all who are held", call))
    rows = [str(row) for model in apps.get_app_config("advocacy").get_models() for row in model.objects.values()]
    for told in (shown, " ".join(rows)):
        assert not ARMED.search(told.casefold())
    assert ARMED.search(text_of(desk.client.get(f"/statements?case={desk.case.pk}")).casefold())
    assert "military" in text_of(desk.client.get(f"/documents/{Document.objects.latest('pk').pk}"))


def test_of_what_is_taken_a_partner_sees_it_and_an_outsider_nothing(
    desk: Desk, client_of: Callable[[User], Client]
) -> None:
    desk.take("meeting", "an expected meeting", words="The secretaries meet")
    dana, charlie = client_of(desk.plan.dana), client_of(desk.plan.people.charlie)
    assert "The secretaries meet" in text_of(dana.get(f"{desk.at}/meetings"))
    assert "Nothing is offered" in text_of(dana.get(f"{desk.at}/inbox"))  # she may not read the page itself
    assert charlie.get(f"{desk.at}/inbox").status_code == 404
