"""The desk in a real browser: by mouse, keyboard and touch, in both languages and themes, also without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, expect

from cast import Cast, actor, document, read_as
from habeas.accounts.services import make_sign_in_link
from habeas.cases import services
from habeas.cases.models import Case
from habeas.sources.models import Document
from web.conftest import Visitor
from web.desks import full
from web.pages import EVERY
from web.test_attacks import NAME
from web.test_attacks import hostile as hostile_document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
Visit = Callable[..., Visitor]


@pytest.fixture
def case(live_server: object, people: Cast) -> Case:
    return full(people)


def every_page(case: Case) -> Iterator[str]:
    documents = Document.objects.order_by("pk")
    yield from (path.format(case=case.pk, document=documents[0].pk) for path in EVERY)
    yield f"/cases/{case.pk}?on=2026-03-08"
    yield f"/documents/{documents.reverse()[0].pk}"
    yield from ("/statements?speaker=nobody", "/statements?act=sing")


def scrolls_sideways(page: Page) -> bool:
    wider: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wider


@pytest.mark.parametrize("scripts", [True, False])
def test_a_newcomer_signs_in_by_link_and_reads_down_to_the_words(
    chromium: Browser, live_server: object, people: Cast, case: Case, scripts: bool
) -> None:
    secret = make_sign_in_link(people.alice, actor=actor(people.alice))
    page = chromium.new_page(base_url=str(live_server), java_script_enabled=scripts)
    page.goto(f"/sign-in/link/{secret}")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Tarek Oumari").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tarek Oumari")
    page.get_by_role("group", name="Over time").get_by_role("img").wait_for()
    page.locator("#timeline ~ ol .from a").first.click()
    expect(page.locator(":target")).to_have_attribute("data-n", "1")
    expect(page.locator("mark[data-cards]").first).to_have_text("Tarek Oumari")
    page.get_by_role("link", name="1", exact=True).or_(page.locator("a.ref")).first.click()
    page.get_by_role("searchbox").fill("Oumari")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()
    page.get_by_text("alice", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to the desk")
    page.context.close()


def test_a_card_lights_its_words_and_the_words_their_card(visit: Visit, people: Cast, case: Case) -> None:
    visitor = visit(people.alice)
    page = visitor.page
    page.goto(f"/documents/{Document.objects.order_by('pk')[0].pk}")
    card, words = page.locator(".card").first, page.locator("mark[data-cards]").first
    card.hover()
    expect(words).to_have_class("f-custody f-name on")
    page.get_by_role("heading", level=1).hover()
    page.keyboard.press("Escape")
    expect(words).not_to_have_class("f-custody f-name on")
    words.hover()
    expect(card).to_have_class("card f-custody on")
    assert not visitor.complaints


def test_everything_can_be_reached_with_the_keyboard(visit: Visit, people: Cast, case: Case) -> None:
    page = visit(people.alice).page
    page.goto(f"/documents/{Document.objects.order_by('pk')[0].pk}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.className + document.activeElement.textContent"))
    assert any("ref" in one for one in seen)
    assert any(one.startswith("no") for one in seen)
    page.locator("a.ref").first.focus()
    expect(page.locator(".card").first).to_have_class("card f-custody on")


def test_on_a_phone_a_tap_on_words_shows_their_card(visit: Visit, people: Cast, case: Case) -> None:
    page = visit(people.alice, **PHONE).page
    page.goto(f"/documents/{Document.objects.order_by('pk')[0].pk}")
    page.locator("mark[data-cards]").first.tap()
    expect(page.locator(".card.peek")).to_be_in_viewport()
    page.get_by_role("heading", level=1).tap()
    expect(page.locator(".card.peek")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_scrolls_sideways_on_a_phone(visit: Visit, people: Cast, case: Case, language: str) -> None:
    visitor = visit(people.alice, locale=language, **PHONE)
    for path in every_page(case):
        visitor.page.goto(path)
        direction = visitor.page.evaluate("getComputedStyle(document.documentElement).direction")
        assert direction == ("rtl" if language == "ar" else "ltr")
        assert not scrolls_sideways(visitor.page), path


def test_the_browser_has_nothing_to_complain_of(visit: Visit, people: Cast, case: Case) -> None:
    visitor = visit(people.alice)
    for path in every_page(case):
        if visitor.page.request.get(path).ok:
            visitor.page.goto(path)
    assert not visitor.complaints


def test_dates_do_not_reorder_in_arabic(visit: Visit, people: Cast, case: Case) -> None:
    page = visit(people.alice, locale="ar").page
    page.goto("/cases")
    day = page.locator("time").first
    parts = day.evaluate(
        """part => { const range = document.createRange(), text = part.firstChild, left = [];
        for (const word of text.data.matchAll(/\\S+/g)) {
          range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
          left.push(range.getBoundingClientRect().left); }
        return left; }"""
    )
    assert parts == sorted(parts, reverse=True)
    hash_of_bytes = Document.objects.order_by("pk")[0]
    page.goto(f"/documents/{hash_of_bytes.pk}")
    assert page.locator("dd.mono span").first.evaluate("part => getComputedStyle(part).direction") == "ltr"


HOSTILE = (
    "<script>alert('x')</script>",
    "<img src=x onerror=alert(1)>",
    "\u202e drawkcab \u202c",
    "<b>" * 10_000,
    "{{ settings.SECRET_KEY }} {% csrf_token %}",
    "\u202e never closed, \u2067 nor this",
    "word " * 1_000_000,
)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_only_words(visit: Visit, live_server: object, people: Cast, hostile: str) -> None:
    """On the pages of the document, its case, a search and what waits; the last is a paragraph of five megabytes."""
    text = f"Tarek Oumari was arrested. {hostile}"
    made = document(people.alice, text, title=hostile[:200])
    evidence = ((0, min(len(text), 100_000)),)
    read = read_as(text, "Tarek Oumari")
    read = replace(read, claims=(replace(read.claims[0], evidence=evidence),))
    services.take_in(made, read, reader="test", actor=actor(people.alice))
    visitor = visit(people.alice, **PHONE)
    visitor.page.set_default_timeout(90_000)
    case = f"/cases/{Case.objects.get().pk}"
    for path in ("/documents", case, f"{case}/person", "/search?q=Oumari", "/judge", f"/documents/{made.pk}"):
        visitor.page.goto(path)
        assert not scrolls_sideways(visitor.page), path
    shown = visitor.page.evaluate("document.querySelector('.text').textContent.trim()")
    assert shown == text.rstrip()
    assert not visitor.complaints


def test_a_name_of_markup_is_only_a_name(visit: Visit, live_server: object, people: Cast) -> None:
    made = hostile_document(people)
    case = f"/cases/{Case.objects.get().pk}"
    visitor = visit(people.alice)
    for path in (f"/documents/{made.pk}", case, f"{case}/person", "/search?q=Tarek", "/judge", "/statements"):
        visitor.page.goto(path)
        assert visitor.page.locator("main :is(script, img, b b)").count() == 0, path
        expect(visitor.page.get_by_text(NAME).first).to_be_attached()
    visitor.page.goto(case)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(NAME)
    assert not visitor.complaints


def test_an_override_that_is_never_closed_turns_nothing_else_round(
    visit: Visit, live_server: object, people: Cast
) -> None:
    document(people.alice, "Words.", title="\u202e never closed \u2067")
    page = visit(people.alice).page
    page.goto("/documents")
    source = page.locator(".document-rows .meta span", has_text="Basit Post").first
    lefts = source.evaluate(
        """part => { const text = document.createTreeWalker(part, NodeFilter.SHOW_TEXT).nextNode();
        const range = document.createRange();
        return [...text.data].map((_, at) => { range.setStart(text, at); range.setEnd(text, at + 1);
          return range.getBoundingClientRect().left; }); }"""
    )
    assert lefts == sorted(lefts)
    assert page.locator(".document-rows time").bounding_box()["x"] < source.bounding_box()["x"]  # type: ignore[index]


def test_print_opens_what_is_folded_and_leaves_out_the_frame(visit: Visit, people: Cast, case: Case) -> None:
    page = visit(people.alice).page
    page.goto(f"/cases/{case.pk}")
    hidden = page.locator(".split details:not([open]) .said").first
    expect(hidden).not_to_be_visible()
    page.emulate_media(media="print")
    assert hidden.evaluate("part => part.getBoundingClientRect().height") > 0
    expect(page.locator("header.bar")).not_to_be_visible()
    assert page.locator(".chart rect.bar").first.evaluate("part => part.getBoundingClientRect().width") > 0
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_long_document_is_shown_quickly_and_stays_smooth(visit: Visit, live_server: object, people: Cast) -> None:
    """5,000 words with 120 spans; the server's part is measured by `benchmarks/desk.py`, the browser's here."""
    sentence = "Tarek Oumari was seen in the yard by a man who had asked to be left unnamed in the report of the day. "
    text = sentence * 240
    made, one = document(people.alice, text), read_as(text, "Tarek Oumari")
    places = [(at * 2 * len(sentence), at * 2 * len(sentence) + len(sentence) - 1) for at in range(120)]
    claims = tuple(replace(one.claims[0], id=f"c{n}", evidence=(place,)) for n, place in enumerate(places))
    services.take_in(made, replace(one, claims=claims), reader="test", actor=actor(people.alice))
    page = visit(people.alice).page
    page.goto(f"/documents/{made.pk}")
    took = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert took < 3000
    page.evaluate(
        """() => { window.long = [];
        new PerformanceObserver(told => window.long.push(...told.getEntries().map(task => task.duration)))
          .observe({ type: "longtask" }); }"""
    )
    for _ in range(40):
        page.keyboard.press("j")
    expect(page.locator(".card").nth(39)).to_be_focused()
    page.locator("mark[data-cards]").nth(100).hover()
    assert max(page.evaluate("window.long"), default=0) < 400


@pytest.fixture(autouse=True)
def _debug_off() -> Iterator[None]:
    with override_settings(DEBUG=False):
        yield


def test_three_claims_are_judged_with_the_keyboard_alone(visit: Visit, people: Cast, case: Case) -> None:
    made = several(people)
    visitor = visit(people.alice)
    page = visitor.page
    page.goto(f"/documents/{made.pk}")
    page.locator(".card .no").first.focus()
    for key in ("a", "r", "u"):
        page.keyboard.press(key)
    for number, judged in enumerate(("accepted", "rejected", "unsure")):
        expect(page.locator(".card").nth(number)).to_have_attribute("data-judged", judged)
    expect(page.locator(".card").nth(2)).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator(".card").nth(2)).to_have_attribute("data-judged", "proposed")
    page.keyboard.press("k")
    expect(page.locator(".card").nth(1)).to_be_focused()
    page.reload()
    states = page.locator(".card").evaluate_all("cards => cards.map(card => card.dataset.judged)")
    assert states == ["accepted", "rejected", "proposed"]
    assert not visitor.complaints


def test_keys_judge_nothing_while_somebody_types(visit: Visit, people: Cast, case: Case) -> None:
    page = visit(people.alice).page
    page.goto(f"/documents/{several(people).pk}")
    page.get_by_role("searchbox").press_sequentially("a rural zone")
    page.keyboard.press("Tab")
    page.keyboard.press("a")
    assert set(page.locator(".card").evaluate_all("cards => cards.map(card => card.dataset.judged)")) == {"proposed"}


def test_without_javascript_buttons_judge(
    chromium: Browser, live_server: object, people: Cast, case: Case, client_of: Callable[..., Client]
) -> None:
    session = client_of(people.alice).cookies["sessionid"].value
    context = chromium.new_context(base_url=str(live_server), java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
    page = context.new_page()
    page.goto(f"/documents/{several(people).pk}")
    page.get_by_role("button", name="Reject").nth(1).click()
    expect(page.locator(".card").nth(1)).to_have_attribute("data-judged", "rejected")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".card").nth(1)).to_have_attribute("data-judged", "proposed")
    context.close()


def several(people: Cast) -> Document:
    """A document with three claims about one person."""
    text = "Olena Prysh was arrested. Olena Prysh was beaten. Olena Prysh was moved."
    made = document(people.alice, text)
    one = read_as(text, "Olena Prysh")
    claims = tuple(
        replace(one.claims[0], id=f"c{n}", kind=kind, evidence=((24 * n, 24 * n + 22),))
        for n, kind in enumerate(("arrest", "ill_treatment", "transfer"))
    )
    services.take_in(made, replace(one, claims=claims), reader="test", actor=actor(people.alice))
    return made
