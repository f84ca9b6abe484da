"""Every page of the desk answers, and axe finds nothing serious on it in both languages, themes and widths."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from cast import Cast
from habeas.accounts.models import User
from web import every_page
from web.conftest import Visitor
from web.every_page import AFTER_A_PASSWORD, AT_THE_DOOR, BOBS, NO_PAGES, PAGES, PASSWORD, STATES
from web.pages import english_in

Visit = Callable[..., Visitor]
# Signs and formats that have no other name in Arabic.
NO_WORDS = {"Habeas", "habeas", "English", "UTC", "SHA", "HTML", "PDF", "CSV", "UTF", "Word", "docx", "xlsx", "ar",
            "en"}  # fmt: skip
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def test_every_address_is_a_page_that_is_looked_at_or_none() -> None:
    kinds = [set(PAGES), set(AT_THE_DOOR), AFTER_A_PASSWORD, NO_PAGES]
    assert every_page.names() == set().union(*kinds)
    assert sum(map(len, kinds)) == len(set().union(*kinds))


@pytest.fixture
def numbers(people: Cast) -> Mapping[str, object]:
    return every_page.lived_in(people)


def test_every_page_answers(people: Cast, numbers: Mapping[str, object], client_of: Callable[[User], Client]) -> None:
    alice, bob = signed_in(people.alice, client_of), signed_in(people.bob, client_of)
    for name, path in PAGES.items():
        answer = (bob if name in BOBS else alice).get(path.format(**numbers))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8"), name
        assert answer.resolver_match.url_name == name
    for name, path in AT_THE_DOOR.items():
        assert Client().get(path.format(**numbers)).status_code == 200, name


def signed_in(user: User, client_of: Callable[[User], Client]) -> Client:
    client = client_of(user)
    every_page.just_signed_in(client.session, user.username)
    return client


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_serious_on_any_page(
    visit: Visit, live_server: object, people: Cast, numbers: Mapping[str, object], language: str, theme: str
) -> None:
    like = {"locale": language, "color_scheme": theme}
    alice, bob = visit(people.alice, **like), visit(people.bob, **like)
    for visitor in (alice, bob):
        every_page.just_signed_in(visitor.session, visitor.name)
    found: dict[str, list[tuple[str, str]]] = {}
    for path in [*(path for name, path in PAGES.items() if name not in BOBS), *STATES]:
        found |= look(alice.page, path.format(**numbers))
    for path in (PAGES[name] for name in sorted(BOBS)):
        found |= look(bob.page, path.format(**numbers))
    bob.context.clear_cookies()
    for path in AT_THE_DOOR.values():
        found |= look(bob.page, path.format(**numbers))
    bob.page.goto("/sign-in")
    bob.page.locator("#id_username").fill("bob")
    bob.page.locator("#id_password").fill(PASSWORD)
    bob.page.locator("main button[type=submit]").first.click()
    bob.page.wait_for_url("**/second-factor/authenticate/**")
    found |= seen(bob.page, "second factor")
    assert found == {}
    expected = ("status of 40", "[DOM]")  # of pages that refuse; a browser's advice on a form of another package
    assert not [told for told in (*alice.complaints, *bob.complaints) if not any(one in told for one in expected)]


def look(page: Page, path: str) -> dict[str, list[tuple[str, str]]]:
    page.goto(path)
    return seen(page, path)


def seen(page: Page, path: str) -> dict[str, list[tuple[str, str]]]:
    """What axe finds serious on the page at both widths, with whatever is folded opened; and whether it scrolls."""
    found = {}
    page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true; })")
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        told = Axe().run(page).response["violations"]
        grave = [(rule["id"], rule["nodes"][0]["html"]) for rule in told if rule["impact"] in {"serious", "critical"}]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            grave.append(("scrolls sideways", ""))
        if grave:
            found[f"{path} at {size['width']}"] = grave
    return found


def test_no_word_of_ours_is_left_in_english_on_any_page(
    people: Cast, numbers: Mapping[str, object], client_of: Callable[[User], Client]
) -> None:
    """With the plan, the settings and the second factors; words of sources and names have a direction of their own."""
    left: dict[str, set[str]] = {}
    clients = {user: signed_in(user, client_of) for user in (people.alice, people.bob)}
    for client in clients.values():
        client.post("/language", {"language": "ar"})
    for name, path in PAGES.items():
        answer = clients[people.bob if name in BOBS else people.alice].get(path.format(**numbers))
        if found := english_in(answer) - NO_WORDS:
            left[name] = found
    assert not left, "\n".join(f"{name}: {sorted(words)}" for name, words in left.items())
