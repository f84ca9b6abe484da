"""Saying yes, no or unsure on a document's page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cast import Cast, document, report
from habeas.cases.models import Case, Claim, Judgement
from web.pages import text_of


@pytest.fixture
def claim(people: Cast) -> Claim:
    report(people.alice, "Tarek Oumari")
    return Claim.objects.get()


def address(claim: Claim) -> str:
    return f"/documents/{claim.reading.document_id}/claims/{claim.pk}"


def pressed(page: str) -> list[str]:
    return re.findall(r'value="(\w+)" formaction="[^"]*" aria-pressed="true"', page)


@pytest.mark.parametrize("verdict", ["accept", "reject", "unsure"])
def test_a_button_judges_and_leads_back_to_the_card(alice: Client, claim: Claim, verdict: str) -> None:
    answer = alice.post(address(claim), {"verdict": verdict})
    assert answer.headers["Location"] == f"/documents/{claim.reading.document_id}#k-c{claim.pk}"
    assert pressed(alice.get(answer.headers["Location"]).content.decode()) == [verdict]


def test_undo_takes_it_back(alice: Client, claim: Claim) -> None:
    for verdict in ("accept", "undo"):
        alice.post(address(claim), {"verdict": verdict})
    assert pressed(alice.get(f"/documents/{claim.reading.document_id}").content.decode()) == []


def test_the_case_says_that_it_was_judged(alice: Client, claim: Claim) -> None:
    alice.post(address(claim), {"verdict": "accept"})
    case = Case.objects.get(person__links__sighting=claim.subject)
    assert "accepted" in text_of(alice.get(f"/cases/{case.pk}"))


def test_the_foot_of_the_card_comes_alone_where_asked_for(alice: Client, claim: Claim) -> None:
    page = alice.post(address(claim), {"verdict": "unsure"}, headers={"Desk-Part": "foot"}).content.decode()
    assert pressed(page) == ["unsure"]
    assert page.startswith('<div class="judge')
    assert page.count("formaction") == 4


@pytest.mark.parametrize("verdict", ["", "undo", "sing", "mend"])
def test_what_cannot_be_done_is_told_in_plain_words(alice: Client, claim: Claim, verdict: str) -> None:
    response = alice.post(address(claim), {"verdict": verdict})
    assert response.status_code == 409
    assert "That changed nothing" in text_of(response)
    assert not Judgement.objects.exists()


def test_looking_judges_nothing(alice: Client, claim: Claim) -> None:
    assert alice.get(address(claim)).status_code == 405


def test_it_needs_signing_in(client: Client, claim: Claim) -> None:
    assert client.post(address(claim), {"verdict": "accept"}).headers["Location"].startswith("/sign-in")
    assert not Judgement.objects.exists()


def test_an_outsider_gets_404(charlie: Client, claim: Claim) -> None:
    assert charlie.post(address(claim), {"verdict": "accept"}).status_code == 404
    assert not Judgement.objects.exists()


def test_a_claim_is_judged_at_its_own_document_only(alice: Client, charlie: Client, people: Cast, claim: Claim) -> None:
    for client, user in ((alice, people.alice), (charlie, people.charlie)):
        other = document(user, f"Another text of {user}.")
        assert client.post(f"/documents/{other.pk}/claims/{claim.pk}", {"verdict": "accept"}).status_code == 404
    assert not Judgement.objects.exists()


def test_a_forged_form_judges_nothing(people: Cast, claim: Claim) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.alice)
    assert browser.post(address(claim), {"verdict": "accept"}).status_code == 403
    assert not Judgement.objects.exists()
