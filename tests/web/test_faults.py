"""What a person sees when something is wrong; and what every page promises a browser."""

from __future__ import annotations

import re

import pytest
from django.db.utils import OperationalError
from django.test import Client

from cast import Cast, report
from web.pages import EVERY, text_of

PAGES = tuple(path.format(case=1, document=1) for path in EVERY)


def test_a_page_that_is_not_there_says_so(alice: Client) -> None:
    response = alice.get("/nowhere")
    assert response.status_code == 404
    assert "There is no such page here" in text_of(response)


def test_what_is_not_there_looks_like_what_one_may_not_see(alice: Client, charlie: Client, people: Cast) -> None:
    made = report(people.alice, "Tarek Oumari")
    hidden, missing = charlie.get(f"/documents/{made.pk}"), charlie.get("/documents/999")
    tokens = re.compile(r'csrfmiddlewaretoken" value="\w+"|value="/documents/\d+"')
    assert tokens.sub("", hidden.content.decode()) == tokens.sub("", missing.content.decode())


def test_a_fault_of_the_desk_says_so(alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_asked: object) -> int:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("habeas.cases.queries.count_statements", broken)
    alice.raise_request_exception = False
    response = alice.get("/statements")
    assert response.status_code == 500
    assert "The fault is the desk’s" in text_of(response)
    assert "on purpose" not in response.content.decode()


@pytest.mark.parametrize("where", ["habeas.cases.queries.count_statements", "django.contrib.auth.get_user"])
def test_a_database_that_is_away_is_told_in_plain_words(
    alice: Client, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def away(*_given: object, **_asked: object) -> int:
        raise OperationalError("could not connect to server host=10.0.0.7")

    monkeypatch.setattr(where, away)
    alice.raise_request_exception = False
    response = alice.get("/statements")
    assert response.status_code == 503
    assert "The database does not answer" in text_of(response)
    assert "10.0.0.7" not in response.content.decode()


def test_a_form_that_is_too_old_says_what_to_do(people: Cast) -> None:
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(people.alice)
    response = forged.post("/seen", {"until": "2026-03-04"})
    assert response.status_code == 403
    assert "Nothing was changed. Go back, reload the page, and send it again." in text_of(response)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("path", ["/cases", "/documents", "/statements", "/search"])
def test_pages_that_only_show_take_nothing(alice: Client, path: str, method: str) -> None:
    assert getattr(alice, method)(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_nothing_comes_from_elsewhere_and_nothing_is_inline(alice: Client, people: Cast, path: str) -> None:
    report(people.alice, "Tarek Oumari")
    response = alice.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = response.content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?! src=\"/static/)", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_a_language_and_unique_ids(alice: Client, people: Cast, path: str) -> None:
    report(people.alice, "Tarek Oumari")
    page = alice.get(path).content.decode()
    assert page.count("<h1") == 1
    assert '<html lang="en" dir="ltr">' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_style_and_script_are_served(alice: Client) -> None:
    for name in ("desk.css", "desk.js", "icon.svg"):
        assert b"".join(alice.get(f"/static/desk/{name}").streaming_content)
