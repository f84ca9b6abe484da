"""Who said what."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cast import Cast, document
from habeas.cases.models import Case, Statement
from habeas.web.desk.wording import ACTS
from web.desks import spoken
from web.pages import text_of


def test_it_shows_speaker_act_words_and_whom_it_is_about(alice: Client, people: Cast) -> None:
    made = spoken(people, "Salma Benhadi", "that he be freed", role="lawyer", organisation="Basit Legal")
    page = alice.get("/statements")
    for words in ("Salma Benhadi", "lawyer", "Basit Legal", "demands", "that he be freed", "Tarek Oumari", "reported"):
        assert words in text_of(page)
    assert f'href="/documents/{made.pk}#w-s' in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"speaker": "benhadi"}, "that he be freed"),
        ({"organisation": "BASIT"}, "that he be freed"),
        ({"act": "deny"}, "that he was hurt"),
        ({"words": "hurt"}, "that he was hurt"),
        ({"since": "2026-04-01"}, "that he was hurt"),
        ({"until": "2026-03-31"}, "that he be freed"),
        ({"since": "2026-05-01"}, "Nothing fits"),
        ({"target": "oumari"}, "that he was hurt"),
        ({"speaker": "Harada", "act": "deny"}, "that he was hurt"),
        ({"speaker": "Harada", "act": "demand"}, "Nothing fits"),
    ],
)
def test_it_filters(alice: Client, people: Cast, asked: dict[str, str], found: str) -> None:
    spoken(people, "Salma Benhadi", "that he be freed", organisation="Basit Legal")
    spoken(people, "Jun Harada", "that he was hurt", acts=("deny",), published="2026-04-04", target="e1")
    shown = text_of(alice.get("/statements", asked))
    assert found in shown
    assert ("that he be freed" in shown) + ("that he was hurt" in shown) <= 1


def test_the_same_words_in_two_outlets_are_folded_together(alice: Client, people: Cast) -> None:
    spoken(people, "Salma Benhadi", "that he be freed before the end of the week")
    spoken(people, "Benhadi", "“that he be freed, before the end of the week”")
    spoken(people, "Jun Harada", "that he be freed before the end of the week")
    page = alice.get("/statements")
    assert text_of(page).count("also in 1 other report") == 1
    carrier = Statement.objects.order_by("pk")[0]
    assert f'href="/documents/{carrier.reading.document_id}#w-s{carrier.pk}"' in page.content.decode()


def test_it_says_through_whom_the_words_came(alice: Client, charlie: Client, people: Cast) -> None:
    for source, comma in (("Basit Post", ""), ("Selm Radio", ",")):
        spoken(people, "Salma Benhadi", f"that he be freed{comma} before the end of the week", source=source)
    shown = text_of(alice.get("/statements"))
    assert "Basit Post 4 March 2026 told through Salma Benhadi" in shown
    assert "told through" not in text_of(charlie.get("/statements"))


def test_it_shows_those_of_one_case(alice: Client, people: Cast) -> None:
    spoken(people, "Salma Benhadi", "that he be freed")
    case = Case.objects.get()
    shown = text_of(alice.get("/statements", {"case": case.pk, "speaker": "benhadi"}))
    assert "Who said what about Tarek Oumari" in shown
    assert "that he be freed" in shown


def test_a_condition_stands_beside_what_hangs_on_it(alice: Client, people: Cast) -> None:
    spoken(people, "Salma Benhadi", "we will answer if he dies", acts=("threaten",), condition=(56, 66))
    shown = text_of(alice.get("/statements"))
    assert "If if he dies" in shown
    assert "threatens" in shown


def test_without_any_it_teaches(alice: Client, people: Cast) -> None:
    assert "habeas ingest" in text_of(alice.get("/statements"))
    document(people.alice)
    assert "Nobody is quoted yet" in text_of(alice.get("/statements"))


@pytest.mark.parametrize(
    "asked", [{"act": "sing"}, {"since": "x"}, {"until": "2026-13-01"}, {"speaker": "x" * 201}, {"words": "a\x00b"}]
)
def test_what_cannot_be_asked_is_told_in_plain_words(alice: Client, people: Cast, asked: dict[str, str]) -> None:
    response = alice.get("/statements", asked)
    assert response.status_code == 400
    told = text_of(response)
    assert "Choose what was done" in told or "cannot be understood" in told or "day" in told


@pytest.mark.parametrize("key", ["0", "99", "x", "²", "9" * 30])
def test_a_case_that_is_not_there_is_404(alice: Client, people: Cast, key: str) -> None:
    assert alice.get("/statements", {"case": key}).status_code == 404


def test_it_needs_signing_in(client: Client, people: Cast) -> None:
    assert client.get("/statements").headers["Location"].startswith("/sign-in")


def test_an_outsider_sees_none_of_it_and_gets_404_for_the_case(charlie: Client, people: Cast) -> None:
    spoken(people, "Salma Benhadi", "that he be freed")
    assert "freed" not in text_of(charlie.get("/statements"))
    assert charlie.get("/statements", {"case": Case.objects.get().pk}).status_code == 404


def test_the_number_of_queries_does_not_grow(alice: Client, people: Cast) -> None:
    counts = []
    for speakers in (("Salma Benhadi",), ("Jun Harada", "Olena Prysh", "Idris Wako")):
        for speaker in speakers:
            spoken(people, speaker, f"that {speaker} knows nothing")
        with CaptureQueriesContext(connection) as queries:
            alice.get("/statements")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_every_act_of_the_vocabulary_can_be_asked_for(alice: Client, people: Cast) -> None:
    spoken(people, "Jun Harada", "so")
    page = alice.get("/statements").content.decode()
    for act in ACTS:
        assert f'<option value="{act}">' in page


def test_speakers_are_counted_by_month(alice: Client, charlie: Client, people: Cast) -> None:
    spoken(people, "Salma Benhadi", "that he be freed")
    shown = text_of(alice.get("/statements/speakers"))
    assert "2026-03 In all Salma Benhadi 1 1" in shown
    spoken(people, "Jun Harada", "that he be charged", published="2026-06-01")
    assert "2026-03 2026-04 2026-05 2026-06 In all" in text_of(alice.get("/statements/speakers"))
    spoken(people, "Jun Harada", "that he be heard", published="2027-12-01")
    shown = text_of(alice.get("/statements/speakers"))
    assert "Speaker 2027-01 2027-02" in shown
    assert "2027-11 2027-12 In all" in shown
    assert "Nobody is quoted yet" in text_of(charlie.get("/statements/speakers"))


def test_one_speakers_change_of_position_stands_side_by_side(alice: Client, charlie: Client, people: Cast) -> None:
    spoken(people, "Bashir Talhouni", "that he is on strike", acts=("deny",))
    spoken(people, "Bashir Talhouni", "that he is on a strike now", acts=("confirm", "announce"))
    spoken(people, "Salma Benhadi", "that he is on a strike too", acts=("deny",))
    shown = text_of(alice.get("/statements?speaker=bashir talhouni"))
    assert "Changes of position 1 About Tarek Oumari denies that he is on strike" in shown
    assert "Changes of position" not in text_of(alice.get("/statements?speaker=Salma Benhadi"))
    assert "Changes of position" not in text_of(charlie.get("/statements?speaker=Bashir Talhouni"))
