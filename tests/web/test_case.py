"""One case file."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cast import Cast, document, report
from habeas.cases.models import Case
from web.desks import case_of_oumari
from web.pages import text_of


@pytest.fixture
def case(people: Cast) -> Case:
    return case_of_oumari(people)


def test_it_shows_states_orders_strike_and_words(alice: Client, case: Case) -> None:
    shown = text_of(alice.get(f"/cases/{case.pk}"))
    for words in (
        "Tarek Oumari", "in custody", "a detention order", "on hunger strike, day 32 on 10 April 2026",
        "order of 4 months", "runs out 1 July 2026 to 4 July 2026", "estimate", "Nobody stated the day.",
        "began 10 March 2026",
        "Jabal Sawan", "health: stable", "was arrested on 2 March.", "Basit Post", "6 documents",
        "not a prognosis",
    ):  # fmt: skip
        assert words in shown, words


def test_every_claim_leads_to_its_words_in_the_document(alice: Client, case: Case) -> None:
    links = re.findall(r'href="(/documents/\d+)#w-(c\d+)"', alice.get(f"/cases/{case.pk}").content.decode())
    assert len({key for _, key in links}) == 6
    for address, key in set(links):
        assert f'id="w-{key}"' in alice.get(address).content.decode()


def test_the_drawing_and_its_table_hold_the_same(alice: Client, case: Case) -> None:
    page = alice.get(f"/cases/{case.pk}").content.decode()
    drawn = page.count('<circle class="dot') + page.count('<rect class="bar')
    rows = re.search(r'id="over-time".*?<tbody>(.*?)</tbody>', page, re.S)
    assert rows is not None
    assert drawn == rows[1].count("<tr>") == 9


def test_it_shows_an_earlier_state(alice: Client, case: Case) -> None:
    shown = text_of(alice.get(f"/cases/{case.pk}", {"on": "2026-03-08"}))
    assert "As of 8 March 2026" in shown
    assert "This is an earlier view" in shown
    assert "no hunger strike told" in shown


def test_what_was_not_known_yet_is_left_out(alice: Client, case: Case) -> None:
    shown = text_of(alice.get(f"/cases/{case.pk}", {"known_at": "2020-01-01"}))
    assert "No document that you may see speaks of this person" in shown


@pytest.mark.parametrize(
    "asked", [{"on": "2026-02-30"}, {"on": "yesterday"}, {"known_at": "2026-13-01"}, {"known_at": "x"}, {"on": "٣"}]
)
def test_a_date_that_is_none_is_told_in_plain_words(alice: Client, case: Case, asked: dict[str, str]) -> None:
    response = alice.get(f"/cases/{case.pk}", asked)
    assert response.status_code == 400
    assert "This is the newest state" in text_of(response) or "this is the newest state" in text_of(response)
    assert "Tarek Oumari" in text_of(response)


def test_it_needs_signing_in(client: Client, case: Case) -> None:
    assert client.get(f"/cases/{case.pk}").headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("query", ["", "?on=2026-03-08", "?known_at=2026-03-08"])
def test_an_outsider_gets_404(charlie: Client, case: Case, query: str) -> None:
    response = charlie.get(f"/cases/{case.pk}{query}")
    assert response.status_code == 404
    assert "Tarek" not in response.content.decode()


@pytest.mark.parametrize("key", ["0", "999999", "9" * 30])
def test_a_case_that_is_not_there_is_404(alice: Client, case: Case, key: str) -> None:
    assert alice.get(f"/cases/{key}").status_code == 404


def test_a_contradiction_shows_both_sides(alice: Client, people: Cast, case: Case) -> None:
    report(people.alice, "Tarek Oumari", "{name} was arrested on 9 March.", date="2026-03-09")
    shown = text_of(alice.get(f"/cases/{case.pk}"))
    conflicts = shown[shown.index("Conflicts 1") :]
    for words in ("date of the arrest", "2 March 2026", "9 March 2026", "arrested on 2 March.", "arrested on 9 March."):
        assert words in conflicts


def test_what_is_only_demanded_is_marked_as_not_happened(alice: Client, people: Cast, case: Case) -> None:
    report(people.alice, "Tarek Oumari", "They want {name} freed.", kind="release", modality="demanded")
    page = alice.get(f"/cases/{case.pk}").content.decode()
    assert re.search(r'class="what untold">.*?demanded: release', page, re.S)
    assert "in custody" in text_of(alice.get(f"/cases/{case.pk}"))


def test_hostile_names_and_words_show_as_text(alice: Client, people: Cast) -> None:
    name = 'Tarek "><Script>alert()</Script> Oumari'
    report(people.alice, name, "{name} & <img src=x onerror=alert(1)> was arrested.")
    page = alice.get(f"/cases/{Case.objects.get().pk}").content.decode()
    assert "<script>alert" not in page.casefold()
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_an_unread_document_opens_nothing(alice: Client, people: Cast) -> None:
    document(people.alice)
    assert alice.get("/cases/1").status_code == 404


def test_a_long_file_begins_with_its_contents_and_folds_what_is_old(alice: Client, people: Cast, case: Case) -> None:
    for day in range(10, 30):
        report(
            people.alice, "Tarek Oumari", f"{{name}} was moved on {day} May.", kind="transfer", date=f"2026-05-{day}"
        )
    page = alice.get(f"/cases/{case.pk}").content.decode()
    contents = page[page.index('class="jump"') : page.index('class="lines"')]
    counts = dict(re.findall(r'href="#(\w+)">[^<]+</a> <span class="nums">(\d+)<', contents))
    assert {"documents", "orders", "timeline"} <= set(counts)
    assert counts["documents"] == "26"
    course = page[page.index('class="course"') :]
    folded, newest = re.findall(r'<ol class="entries">(.*?)</ol>', course, re.S)
    assert (folded.count("<li>"), newest.count("<li>")) == (int(counts["timeline"]) - 12, 12)
    assert "29 May" in newest
    assert page.index('id="orders"') < page.index('class="course"')


def test_of_several_conflicts_the_first_is_open_and_the_others_show_their_sides(
    alice: Client, people: Cast, case: Case
) -> None:
    report(people.alice, "Tarek Oumari", "{name} was arrested on 9 March.", date="2026-03-09")
    report(
        people.alice, "Tarek Oumari", "{name} is not on strike.", kind="hunger_strike", phase="start", date="2026-03-20"
    )
    page = alice.get(f"/cases/{case.pk}").content.decode()
    opened = re.findall(r'<details class="conflict"( open)?>', page)
    assert opened == [" open", *[""] * (len(opened) - 1)]
    assert len(opened) > 1
    assert page.count('class="between"') == len(opened)


def test_a_long_case_opens_with_the_newest_and_is_whole_at_a_click(
    alice: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = alice.get(f"/cases/{case.pk}?whole=1").content.decode()
    assert alice.get(f"/cases/{case.pk}").content.decode().count("<li>") == whole.count("<li>")
    monkeypatch.setattr("habeas.web.desk.views.cases.MOST", 2)
    page = alice.get(f"/cases/{case.pk}?on=2026-04-10")
    shown = text_of(page)
    assert "Of each of its lists the newest 2 are shown here." in shown
    assert "6 documents" in shown
    assert 'href="?on=2026-04-10&amp;whole=1"' in page.content.decode()
    assert shown.count("was arrested on 2 March.") < text_of(alice.get(f"/cases/{case.pk}?whole=1")).count(
        "was arrested on 2 March."
    )
    assert alice.get(f"/cases/{case.pk}?whole=1").content.decode().count("<li>") == whole.count("<li>")
    assert "Of each of its lists" not in text_of(alice.get(f"/cases/{case.pk}?whole=1"))
