"""A desk with its people, and browsers of theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

from cast import Cast, cast
from habeas.accounts.models import User

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(autouse=True)
def _no_language_of_the_page_before() -> Iterator[None]:
    """A page leaves its language to the thread that asked for it."""
    yield
    translation.deactivate()


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def alice(people: Cast, client_of: Callable[[User], Client]) -> Client:
    return client_of(people.alice)


@pytest.fixture
def bob(people: Cast, client_of: Callable[[User], Client]) -> Client:
    """A colleague of alice's."""
    return client_of(people.bob)


@pytest.fixture
def charlie(people: Cast, client_of: Callable[[User], Client]) -> Client:
    """An outsider, with a team of his own."""
    return client_of(people.charlie)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; skipped where there is none."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser: {CHROMIUM} is missing (apt install chromium)")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop running in this thread, which is not one that Django has to be guarded from.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--no-first-run"])
        yield browser
        browser.close()


class Visitor:
    """Somebody signed in, at a browser of some language, theme and size, who notes what the browser complains of."""

    def __init__(self, browser: Browser, address: str, client: Client, name: str, **like: Any) -> None:
        self.name, self.session = name, client.session
        session = client.cookies["sessionid"].value
        self.context = browser.new_context(base_url=address, **like)
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda told: self.complaints.append(told.text))
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.on("dialog", lambda asked: self.complaints.append(asked.message))


@pytest.fixture
def visit(chromium: Browser, live_server: Any, client_of: Callable[[User], Client]) -> Iterator[Callable[..., Visitor]]:
    """Opens browsers for users: `visit(user, locale="ar", viewport=…)`."""
    opened: list[Visitor] = []

    def open_for(user: User, **like: Any) -> Visitor:
        opened.append(Visitor(chromium, live_server.url, client_of(user), user.username, **like))
        return opened[-1]

    yield open_for
    for visitor in opened:
        visitor.context.close()
