"""A coalition of three partners in a real browser, and every page of the plan at two widths."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from advocacy.coalition import Held, held, promised
from advocacy.test_contacts import letter
from advocacy.test_contingencies import told, watched
from advocacy.test_inbox import REPORT
from cast import actor, document
from habeas.advocacy.models import Pledge
from habeas.advocacy.services import contacts, lists
from habeas.advocacy.services.contacts import Convened
from habeas.cases.services import take_in
from habeas.extraction import read
from web.conftest import Visitor
from web.desks import spoken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Visitor]
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
GIVEN = ("Tarek", "Salma", "Yusuf", "Karim", "Nadia", "Samir", "Layla", "Hassan", "Rashid", "Amina")
FAMILY = ("Aydin", "Darwish", "Benhadi", "Qasimi", "Haddadin", "Sayegh")
OF_TAREK = ("طارق العمري", "Тарек Умари", "טארק עומרי")  # one person on file, three scripts
OTHERS = ("كريم الحدادين", "ليلى الصايغ", "Наджия Дарвиш", "נדיה דרוויש", "سامر القاسمي")


@pytest.fixture
def plan(live_server: object, db: None) -> Held:
    return held()


def test_three_partners_hold_one_plan(visit: Visit, plan: Held) -> None:
    at = f"/plan/{plan.coalition.pk}"
    alice, dana, emil = (visit(user).page for user in (plan.people.alice, plan.dana, plan.emil))
    alice.goto(f"{at}/version")
    alice.get_by_label("A further goal").fill("Their release")
    alice.get_by_label("A further priority: a case of the plan").select_option("Salma Aydin")
    alice.get_by_role("button", name="Make this version").click()
    alice.get_by_role("button", name="Adopt", exact=True).click()
    dana.goto(at)
    dana.get_by_label("Reservation, in its words").fill("Not before the hearing.")
    dana.get_by_role("button", name="Adopt with this reservation").click()
    expect(dana.get_by_text("adopted with a reservation")).to_be_visible()
    emil.goto(at)
    expect(emil.get_by_text("not yet")).to_be_visible()
    expect(emil.get_by_text("a case that is not shared with you")).to_be_visible()

    with time_machine.travel("2026-03-01T08:00Z"):
        made = promised(plan, plan.legal, plan.people.alice, action="statement")
    spoken(plan.people, "Salma Benhadi", "that he be freed", organisation="Basit Legal")
    alice.goto(f"{at}/pledges/{made.pk}")
    alice.get_by_role("button", name="This keeps it").click()
    alice.get_by_role("link", name="what shows it").click()
    expect(alice.locator(":target")).to_be_attached()
    expect(alice.locator(".text")).to_contain_text("that he be freed")

    promised(plan, plan.aid, plan.dana, due_on=timezone.localdate() - timedelta(days=1))
    emil.goto(f"{at}/gaps")
    emil.get_by_role("link", name="1 silent", exact=True).click()
    expect(emil.locator(".state-silent")).to_have_text("silent")

    status = emil.goto(f"{at}/cases/{plan.salma.pk}")
    assert status is not None
    assert status.status == 404
    outside = visit(plan.people.charlie).page.goto(at)
    assert outside is not None
    assert outside.status == 404


def test_a_strike_day_makes_a_pledge_due_and_sixty_names_are_held_against_the_file(visit: Visit, plan: Held) -> None:
    at, alice = f"/plan/{plan.coalition.pk}", visit(plan.people.alice).page
    pledge = promised(plan, plan.legal, plan.people.alice, action="urgent_appeal")
    alice.goto(f"{at}/cases/{plan.tarek.pk}")
    alice.get_by_text("Prepare for what may happen").click()
    alice.get_by_label("the hunger strike passes day 28").check()
    alice.get_by_role("button", name="Prepare", exact=True).click()
    alice.get_by_role("button", name="Let it wait for this").click()
    today = timezone.localdate()
    started = (today - timedelta(days=28)).isoformat()
    told(plan, started, "has refused food.", kind="hunger_strike", phase="start", date=started)
    told(plan, today.isoformat(), "fasts.", kind="hunger_strike", phase="ongoing", date=today.isoformat())
    assert len(watched(plan, today.isoformat())) == 1
    alice.goto(f"{at}/cases/{plan.tarek.pk}")
    expect(alice.get_by_text("reported on hunger strike: day 28")).to_be_visible()
    assert Pledge.objects.get(pk=pledge.pk).due_on == today + timedelta(days=1)

    names = [f"{given} {family}" for family in FAMILY for given in GIVEN]
    names[:9] = [*OF_TAREK, "سلمى آيدين", *OTHERS]
    alice.goto(f"{at}/lists")
    alice.get_by_label("One name a line, or a CSV").fill("\n".join(names))
    alice.get_by_label("What the list is").fill("The deal")
    alice.get_by_role("button", name="Hold it against").click()
    expect(alice.locator(".plan-tally")).to_contain_text("60 names announced")
    rows = alice.locator(".plan-names tbody tr")
    for name in OF_TAREK:
        expect(rows.filter(has_text=name)).to_contain_text("Tarek Oumari")
    expect(rows.filter(has_text="سلمى آيدين")).to_contain_text("Salma Aydin")
    for name in OTHERS:
        expect(rows.filter(has_text=name)).not_to_contain_text("Tarek Oumari")


def test_the_gaps_print_whole_and_without_the_frame(visit: Visit, plan: Held) -> None:
    page = visit(plan.people.alice).page
    page.goto(f"/plan/{plan.coalition.pk}/gaps")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1047})  # a sheet of A4 with its margins, at 96 dots an inch
    expect(page.locator("header.bar")).not_to_be_visible()
    expect(page.locator("main table").first).to_contain_text("Tarek Oumari")
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("like", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_fits_its_width(visit: Visit, plan: Held, like: dict[str, object]) -> None:
    by, at = actor(plan.people.alice), f"/plan/{plan.coalition.pk}"
    made = document(plan.people.alice, REPORT)
    take_in(made, read(REPORT, published="2026-03-04"), reader="test", actor=by)
    pledge = promised(plan, plan.aid, plan.dana)
    letter(plan, through="the embassy")
    meeting = contacts.convene(plan.coalition, Convened("The three of us", timezone.localdate(), "09:30"), actor=by)
    names = lists.take_in(plan.legal, "The deal", b"Tarek Oumari\nAydin\nNobody Known", actor=by)
    paths = [
        "", "/version", "/gaps", "/pledges", f"/pledges/{pledge.pk}", f"/cases/{plan.tarek.pk}", "/inbox", "/lists",
        "/communications", "/meetings", f"/meetings/{meeting.pk}", f"/lists/{names.pk}", "/partners",
    ]  # fmt: skip
    visitor = visit(plan.people.alice, **like)
    for path in ["/plan", *(at + path for path in paths)]:
        visitor.page.goto(path)
        visitor.page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true; })")
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not visitor.page.evaluate(wide), path
    assert not visitor.complaints
