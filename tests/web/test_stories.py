"""What people come to the desk to do, each from beginning to end in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page, expect

from cast import Cast, actor, document, read_as, report
from habeas.accounts.services import make_sign_in_link
from habeas.cases import services
from habeas.cases.models import Case, Claim, Judgement
from habeas.demo import samples
from habeas.sources.models import Document
from web.conftest import Visitor
from web.desks import asked, spoken
from web.test_settings import PASSWORD, code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Visitor]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.slow
def test_a_newcomer_makes_a_first_judgement_within_the_demo(
    chromium: Browser, live_server: object, people: Cast
) -> None:
    samples.fill(people.alice)
    page = chromium.new_page(base_url=str(live_server), locale="en")
    page.goto(f"/sign-in/link/{make_sign_in_link(people.alice, actor=actor(people.alice))}")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.locator(".waiting h3 a").first.click()
    page.locator(".row .from a").first.click()
    expect(page.get_by_text("The reader proposes; you decide.", exact=False).first).to_be_visible()
    page.get_by_role("button", name="Accept").first.click()
    expect(page.locator(".card").first).to_have_attribute("data-judged", "accepted")
    assert Judgement.objects.get().made_by == people.alice
    page.context.close()


def test_ten_claims_are_judged_with_the_keyboard_alone(visit: Visit, people: Cast) -> None:
    sentences = [f"Tarek Oumari was seen on day {n:02}." for n in range(10)]
    text = " ".join(sentences)
    made, one = document(people.alice, text), read_as(text, "Tarek Oumari")
    size = len(sentences[0]) + 1
    claims = tuple(replace(one.claims[0], id=f"c{n}", evidence=((size * n, size * n + size - 1),)) for n in range(10))
    services.take_in(made, replace(one, claims=claims), reader="test", actor=actor(people.alice))
    visitor = visit(people.alice)
    page = visitor.page
    page.goto(f"/documents/{made.pk}")
    page.locator(".card .no").first.focus()
    for key in "aruaaaaara":
        page.keyboard.press(key)
    for number, judged in enumerate(["accepted", "rejected", "unsure", *["accepted"] * 5, "rejected", "accepted"]):
        expect(page.locator(".card").nth(number)).to_have_attribute("data-judged", judged)
    assert Judgement.objects.count() == 10
    assert not visitor.complaints


@pytest.mark.parametrize("like", [{}, PHONE], ids=["desktop", "phone"])
def test_a_conflict_is_settled_and_taken_back(visit: Visit, people: Cast, like: dict[str, object]) -> None:
    for day in (2, 9):
        report(people.alice, "Tarek Oumari", f"{{name}} was arrested on {day} March.", date=f"2026-03-0{day}")
    page = visit(people.alice, **like).page
    page.goto(f"/cases/{Case.objects.get().pk}#conflicts")
    page.get_by_label("Why").fill("The lawyer has the paper.")
    page.get_by_role("button", name="This is right: 9 March 2026").click()
    expect(page.get_by_text("The conflict is judged")).to_be_visible()
    expect(page.get_by_text("No two claims of this case contradict each other.", exact=False)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="This is right: 9 March 2026")).to_be_visible()


def test_two_people_are_made_one_and_split_again(visit: Visit, people: Cast) -> None:
    report(people.alice, "Tarek Oumari")
    report(people.alice, "Olena Prysh", "{name} was freed.", kind="release")
    page = visit(people.alice).page
    page.goto(f"/cases/{Case.objects.get(person__name='Tarek Oumari').pk}")
    page.get_by_role("link", name="Who this is").click()
    page.get_by_label("Name, in any spelling").fill("Prysh")
    page.get_by_role("button", name="Look").click()
    page.get_by_label("Olena Prysh").check()
    page.get_by_label("Why: two facts that agree").fill("The same day, the same mother.")
    page.get_by_role("button", name="Make them one").click()
    expect(page.get_by_text("The two are one person now.")).to_be_visible()
    page.get_by_label("Olena Prysh").check()
    page.get_by_label("Name of the other").fill("Olena Prysh")
    page.locator("form", has=page.get_by_label("Name of the other")).get_by_label("Why").fill("Two people after all.")
    page.get_by_role("button", name="Split off").click()
    expect(page.get_by_text("a person of their own now")).to_be_visible()
    page.locator(".done").get_by_role("button", name="Undo").click()
    expect(page.locator(".seen li")).to_have_count(2)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_name_is_said_to_be_somebody_on_file(visit: Visit, people: Cast, language: str) -> None:
    asked(people)
    page = visit(people.alice, locale=language).page
    page.goto("/matches")
    page.locator("button[value=accept]").click()
    expect(page.locator(".done")).to_be_visible()
    expect(page.locator(".match")).to_have_count(0)
    page.locator(".done button").click()
    expect(page.locator(".match")).to_have_count(1)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_waits_is_gone_through_with_the_keyboard_alone(visit: Visit, people: Cast, language: str) -> None:
    """A conflict, a name, a claim and a statement, with one undone, without touching the mouse."""
    asked(people)
    for day in (2, 9):
        report(people.alice, "Tarek Oumari", f"{{name}} was arrested on {day} March.", date=f"2026-03-0{day}")
    spoken(people, "Salma Benhadi", "that he be freed")
    visitor = visit(people.alice, locale=language)
    page = visitor.page
    page.goto("/judge")
    cards = page.locator(".card")
    kinds = cards.evaluate_all("cards => cards.map(card => card.dataset.card.split('-')[0])")
    assert kinds[0] == "conflict"
    page.keyboard.press("j")
    expect(cards.first).to_be_focused()
    page.keyboard.press("1")
    expect(cards.first).to_have_attribute("data-judged", "settled")
    page.keyboard.press("k")
    page.keyboard.press("z")
    expect(cards.first).to_have_attribute("data-judged", "proposed")
    assert not Judgement.objects.filter(undoes=None, undone_by=None).exists()
    for kind in kinds:
        page.keyboard.press("2" if kind == "conflict" else "a")
    expect(page.locator('.card[data-judged="proposed"]')).to_have_count(0)
    page.keyboard.press("J")
    expect(page.locator(".empty h2")).to_be_visible()
    assert not visitor.complaints


def test_without_javascript_what_waits_is_judged_and_taken_back(
    chromium: Browser, live_server: object, people: Cast
) -> None:
    report(people.alice, "Tarek Oumari")
    context = chromium.new_context(base_url=str(live_server), java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/sign-in/link/{make_sign_in_link(people.alice, actor=actor(people.alice))}")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Go through what waits").click()
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Reject")).to_be_visible()
    context.close()


def select(page: Page, words: str) -> None:
    """Selects these words in the text, as a person does with mouse or finger."""
    page.locator(".text").evaluate(
        """(text, words) => { const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        for (let node; (node = walk.nextNode());) { const at = node.data.indexOf(words);
          if (at >= 0) { getSelection().setBaseAndExtent(node, at, node, at + words.length); return; } } }""",
        words,
    )


def test_a_claim_is_mended_with_words_selected_in_the_text(visit: Visit, people: Cast) -> None:
    made = report(people.alice, "Tarek Oumari", "😀 They came.\n\n{name} was arrested. Later they came. He was moved.")
    visitor = visit(people.alice)
    page = visitor.page
    page.goto(f"/documents/{made.pk}")
    page.locator(".card .no").first.focus()
    page.keyboard.press("m")
    expect(page.get_by_role("heading", level=1)).to_have_text("Put this claim right")
    page.get_by_label("What happened").select_option(label="transferred")
    select(page, "He was moved.")
    expect(page.locator("#words")).to_have_value("He was moved.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".card").first).to_have_attribute("data-judged", "mended")
    expect(page.locator(".card h3").first).to_contain_text("transferred")
    lit = page.locator("mark[data-cards]").all_text_contents()
    assert lit == ["He was moved."]
    assert not visitor.complaints


def test_words_become_a_claim(visit: Visit, people: Cast) -> None:
    made = report(people.alice, "Tarek Oumari", "{name} was arrested. He was moved. He was moved.")
    page = visit(people.alice).page
    page.goto(f"/documents/{made.pk}")
    select(page, "He was moved")
    page.locator(".add-here").click()
    page.get_by_label("What happened").select_option(label="transferred")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("by hand", exact=True)).to_be_visible()
    added = Claim.objects.exclude(added_by=None).get()
    assert made.text[slice(*added.evidence[0])] == "He was moved"


def test_without_javascript_a_statement_is_mended(chromium: Browser, live_server: object, people: Cast) -> None:
    made = spoken(people, "Salma Benhadi", "that he be freed", role="lawyer")
    context = chromium.new_context(base_url=str(live_server), java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/sign-in/link/{make_sign_in_link(people.alice, actor=actor(people.alice))}")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"/documents/{made.pk}")
    page.locator(".card", has_text="Salma Benhadi").get_by_role("link", name="Mend").click()
    page.get_by_label("Role").fill("sister")
    page.get_by_role("button", name="Save").click()
    card = page.locator(".card", has_text="Salma Benhadi")
    expect(card).to_have_attribute("data-judged", "mended")
    expect(card).to_contain_text("sister")
    context.close()


def test_a_report_is_added_and_read(visit: Visit, people: Cast) -> None:
    page = visit(people.alice).page
    page.goto("/")
    page.get_by_role("link", name="Add a report").first.click()
    page.get_by_label("Text of the report").fill("Police arrested the teacher Tarek Oumari on Monday.")
    page.get_by_label("Source: who published it").fill("Basit Post")
    page.get_by_label("Day of publication").fill("2026-03-04")
    expect(page.get_by_text("It is being read.")).not_to_be_visible()
    page.locator("[data-wait]").evaluate(
        """form => form.addEventListener("submit", () => {
        sessionStorage.told = document.querySelector("[data-waiting]").hidden; })"""
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".card").first).to_contain_text("Tarek Oumari")
    assert page.evaluate("sessionStorage.told") == "false"
    assert Document.objects.get().published_on == "2026-03-04"


@pytest.mark.parametrize(("like", "beside"), [({}, True), (PHONE, False)], ids=["desktop", "phone"])
def test_an_original_stands_beside_its_translation(
    visit: Visit, people: Cast, like: dict[str, object], beside: bool
) -> None:
    made = report(people.alice, "Tarek Oumari", "{name} was arrested.\n\nHis sister said so.")
    original = document(people.alice, "اعتُقل طارق عماري.\n\nقالت أخته ذلك.", language="ar", title="خبر")
    page = visit(people.alice, **like).page
    page.goto(f"/documents/{made.pk}")
    page.get_by_label("Number or address of its original").fill(str(original.pk))
    page.get_by_role("button", name="Put it beside").click()
    first = page.locator(".pair").first
    ours, theirs = first.locator("p").first.bounding_box(), first.locator(".other").bounding_box()
    assert ours
    assert theirs
    assert (theirs["x"] >= ours["x"] + ours["width"], theirs["y"] >= ours["y"] + ours["height"]) == (beside, not beside)
    assert first.locator(".other").evaluate("part => getComputedStyle(part).direction") == "rtl"
    assert first.locator("p").first.evaluate("part => getComputedStyle(part).direction") == "ltr"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator(".card .no").first.focus()
    page.keyboard.press("a")
    expect(page.locator(".card").first).to_have_attribute("data-judged", "accepted")
    page.get_by_role("button", name="It is no translation of that").click()
    expect(page.locator(".pair")).to_have_count(0)


def password_user(people: Cast) -> None:
    people.alice.set_password(PASSWORD)
    people.alice.save()


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("User name").fill("alice")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_second_factor_is_turned_on_and_asked_for(chromium: Browser, live_server: object, people: Cast) -> None:
    password_user(people)
    context = chromium.new_context(base_url=str(live_server), locale="en")
    page = context.new_page()
    sign_in(page)
    page.get_by_text("alice", exact=True).click()
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Turn on an authenticator app").click()
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    secret = page.locator("#secret").inner_text()
    assert page.locator(".qr svg").bounding_box()["width"] > 150  # type: ignore[index]
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    page.wait_for_url("**/recovery-codes/**")
    context.close()
    fresh = chromium.new_context(base_url=str(live_server), locale="en")
    page = fresh.new_page()
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    page.goto("/cases")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to the desk")
    sign_in(page)
    code = get_user_model().objects.get(username="alice").authenticator_set.get(type="recovery_codes").wrap()
    page.get_by_label("Code").fill(code.get_unused_codes()[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    fresh.close()


def test_a_passkey_is_added_and_signs_in(chromium: Browser, live_server: object, people: Cast) -> None:
    password_user(people)
    context = chromium.new_context(base_url=str(live_server), locale="en")
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    more = {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **more}})
    sign_in(page)
    page.goto("/second-factor/webauthn/add/")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.locator("input[name=name]").fill("my telephone")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    page.get_by_text("alice", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    context.close()
