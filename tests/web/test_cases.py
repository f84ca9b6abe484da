"""The list of cases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cast import Cast, document, report
from habeas.cases.models import Case
from web.pages import text_of


def test_it_shows_each_person_with_three_lines(alice: Client, people: Cast) -> None:
    report(people.alice, "Tarek Oumari")
    shown = text_of(alice.get("/cases"))
    for words in ("1 person", "Tarek Oumari", "in custody", "no hunger strike told", "4 March 2026", "1 document"):
        assert words in shown


def test_it_needs_signing_in(client: Client, people: Cast) -> None:
    assert client.get("/cases").headers["Location"] == "/sign-in?next=/cases"


def test_an_outsider_sees_none_of_it(charlie: Client, people: Cast) -> None:
    report(people.alice, "Tarek Oumari")
    shown = text_of(charlie.get("/cases"))
    assert "Tarek" not in shown
    assert "Begin with a report" in shown


def test_with_documents_but_no_case_it_says_what_opens_one(alice: Client, people: Cast) -> None:
    document(people.alice, "Nothing about anybody.")
    assert "No case yet" in text_of(alice.get("/cases"))


@pytest.mark.parametrize("page", ["0", "999", "x", "-1", ""])
def test_a_page_that_is_not_there_is_the_nearest(alice: Client, people: Cast, page: str) -> None:
    report(people.alice, "Tarek Oumari")
    assert "Tarek Oumari" in text_of(alice.get("/cases", {"page": page}))


def test_many_cases_come_in_pages(alice: Client, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.web.desk.views.pages.A_PAGE", 2)
    for name in ("Tarek Oumari", "Salma Benhadi", "Olena Prysh"):
        report(people.alice, name)
    first, second = (text_of(alice.get("/cases", {"page": page})) for page in ("1", "2"))
    assert "Page 1 of 2" in first
    assert sum(name in first for name in ("Tarek Oumari", "Salma Benhadi", "Olena Prysh")) == 2
    assert sum(name in second for name in ("Tarek Oumari", "Salma Benhadi", "Olena Prysh")) == 1


def test_the_number_of_queries_does_not_grow(alice: Client, people: Cast) -> None:
    counts = []
    for names in (("Tarek Oumari",), ("Salma Benhadi", "Olena Prysh", "Jun Harada", "Idris Wako")):
        for name in names:
            report(people.alice, name)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            alice.get("/cases")
        counts.append(len(queries))
    assert Case.objects.count() == 5
    assert counts[0] == counts[1]
