"""Putting claims and statements right, and adding a claim, on a document's page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cast import Cast, report
from habeas.cases import queries
from habeas.cases.models import Case, Claim, Judgement, Sighting, Statement
from habeas.cases.shown import Card
from habeas.sources.models import Document
from habeas.web.desk.choosing import as_value, events, located
from web.desks import spoken
from web.pages import text_of

TEXT = "{name} was arrested on 2 March. His order runs for four months, Salma Benhadi said."


@pytest.fixture
def made(people: Cast) -> Document:
    return report(people.alice, "Tarek Oumari", TEXT, date="2026-03-02")


def form(page: str) -> dict[str, str]:
    """What the form holds, as a browser would send it."""
    fields = dict(
        re.findall(r'<input[^>]* name="(\w+)"[^>]*? value="([^"]*)"', page[page.index("sheet fields mend") :])
    )
    fields |= dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', page, re.S))
    for name, inside in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', page, re.S):
        fields[name] = next(iter(re.findall(r'value="([^"]*)" selected', inside)), "")
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def card(people: Cast, made: Document, key: str) -> Card:
    return next(card for card in queries.document_view(made, people.alice).cards if card.key == key)


def test_each_field_of_a_claim_can_be_put_right(alice: Client, people: Cast, made: Document) -> None:
    key = Claim.objects.get().pk
    address = f"/documents/{made.pk}/claims/{key}/mend"
    sent = form(alice.get(address).content.decode())
    assert (sent["what"], sent["date"], sent["modality"]) == ("arrest/done", "2026-03-02", "actual")
    sent |= {
        "what": "order/issued",
        "modality": "alleged",
        "date": "2026-03",
        "value": "4 months",
        "place": "Basit",
        "actor": "the governor",
        "words": "His order runs\nfor  four months",
        "reason": "It is the order.",
    }
    assert alice.post(address, sent).headers["Location"] == f"/documents/{made.pk}#k-c{key}"
    row = card(people, made, f"c{key}").row
    assert row is not None
    assert (row.kind, row.phase, row.modality, row.date, row.value) == ("order", "issued", "alleged", "2026-03", "P4M")
    assert (row.place, row.actor, row.passage.words) == ("Basit", "the governor", "His order runs for four months")
    assert row.judged == "mended"
    assert Judgement.objects.get().reason == "It is the order."


def test_what_was_read_stays_and_a_mend_is_taken_back(alice: Client, people: Cast, made: Document) -> None:
    key = Claim.objects.get().pk
    address = f"/documents/{made.pk}/claims/{key}"
    sent = form(alice.get(f"{address}/mend").content.decode())
    alice.post(f"{address}/mend", sent | {"date": "2026-03-05"})
    assert "5 March 2026" in text_of(alice.get(f"/documents/{made.pk}"))
    assert form(alice.get(f"{address}/mend").content.decode())["date"] == "2026-03-05"
    alice.post(address, {"verdict": "undo"})
    assert form(alice.get(f"{address}/mend").content.decode()) == sent


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Nothing is put right"),
        ({"words": "words of nobody"}, "do not stand in the text"),
        ({"date": "the ides of March"}, "is no date"),
        ({"what": "party/done"}, "no kind of claim"),
        ({"subject": "999999"}, "999999"),
        ({"near": "²", "words": "…"}, "do not stand in the text"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    alice: Client, made: Document, sent: dict[str, str], told: str
) -> None:
    address = f"/documents/{made.pk}/claims/{Claim.objects.get().pk}/mend"
    before = form(alice.get(address).content.decode())
    answer = alice.post(address, before | sent | {"reason": "<b>mine</b>"})
    assert answer.status_code == 400
    assert told in text_of(answer)
    kept = form(answer.content.decode())
    assert kept["reason"] == "&lt;b&gt;mine&lt;/b&gt;"
    assert kept["words"] == sent.get("words", before["words"])
    assert not Judgement.objects.exists()


def test_a_statement_is_judged_and_put_right(alice: Client, people: Cast) -> None:
    made = spoken(people, "Salma Benhadi", "that he be freed", role="lawyer")
    said = Statement.objects.get()
    address = f"/documents/{made.pk}/statements/{said.pk}"
    assert alice.post(address, {"verdict": "accept"}).headers["Location"] == f"/documents/{made.pk}#k-s{said.pk}"
    sent = form(alice.get(f"{address}/mend").content.decode())
    assert (sent["role"], sent["words"], sent["speaker"]) == ("lawyer", "that he be freed", str(said.speaker_id))
    about = Sighting.objects.get(name="Tarek Oumari").pk
    more = {
        "acts": ["warn", "demand"],
        "about": [about],
        "role": "sister",
        "words": "he be freed",
        "condition": "freed",
    }
    assert alice.post(f"{address}/mend", sent | more).status_code == 302
    shown = card(people, made, f"s{said.pk}").said
    assert shown is not None
    assert (shown.role, set(shown.acts), shown.passage.words) == ("sister", {"warn", "demand"}, "he be freed")
    assert (shown.condition, shown.judged) == ("freed", "mended")


def test_a_claim_is_added_from_words(alice: Client, people: Cast, made: Document) -> None:
    address = f"/documents/{made.pk}/claims/add"
    near = made.text.index("His order")
    page = alice.get(address, {"words": "His order runs for four months", "near": near}).content.decode()
    sent = form(page)
    assert (sent["words"], sent["near"]) == ("His order runs for four months", str(near))
    sent |= {"what": "order/issued", "value": "4 months"}
    answer = alice.post(address, sent)
    added = Claim.objects.exclude(added_by=None).get()
    assert answer.headers["Location"] == f"/documents/{made.pk}#k-c{added.pk}"
    assert (added.kind, added.value, added.words) == ("order", "P4M", "His order runs for four months")
    assert "by hand" in text_of(alice.get(f"/documents/{made.pk}"))
    assert len(queries.case_file(Case.objects.get(), people.alice).state.orders) == 1  # type: ignore[union-attr]


def test_a_claim_is_added_about_somebody_the_reader_missed(alice: Client, made: Document) -> None:
    sent = {"what": "arrest/done", "modality": "actual", "words": "Salma Benhadi said", "name": "Salma Benhadi"}
    alice.post(f"/documents/{made.pk}/claims/add", sent)
    assert Claim.objects.exclude(added_by=None).get().subject.name == "Salma Benhadi"
    nobody = alice.post(f"/documents/{made.pk}/claims/add", {**sent, "name": ""})
    assert "Say whom it is about" in text_of(nobody)


def test_an_outsider_gets_404(charlie: Client, people: Cast, made: Document) -> None:
    key = Claim.objects.get().pk
    for path in (f"claims/{key}/mend", "claims/add", "statements/1/mend"):
        assert charlie.get(f"/documents/{made.pk}/{path}").status_code == 404
        assert charlie.post(f"/documents/{made.pk}/{path}", {"what": "death/done"}).status_code == 404
    assert not Judgement.objects.exists()


def test_it_needs_signing_in(client: Client, made: Document) -> None:
    assert client.get(f"/documents/{made.pk}/claims/add").headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("words", "near", "found"),
    [
        ("one", 0, ((0, 3),)),
        ("one", 12, ((14, 17),)),
        ("two\n three", 0, ((4, 13),)),
        ("one … three", 0, ((0, 3), (8, 13))),
        ("two … two", 0, ()),
        ("four", 0, ()),
        ("", 0, ()),
        (".*", 0, ()),
    ],
)
def test_words_are_found_again(words: str, near: int, found: object) -> None:
    assert located("one two three one", words, near) == found


@pytest.mark.parametrize(
    ("written", "value"),
    [("4 months", "P4M"), ("1 year 6 months", "P1Y6M"), ("2 weeks, 3 days", "P2W3D"), ("P4M", "P4M"), ("32", "32"),
     ("about 4 months", "about 4 months")],
)  # fmt: skip
def test_a_length_is_written_in_words(written: str, value: str) -> None:
    assert as_value(written) == value


def test_every_event_has_a_name_of_its_own() -> None:
    names = [option.words for group in events() for option in group.options]
    assert len(set(names)) == len(names) > 40
