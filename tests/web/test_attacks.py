"""The desk against those who write its texts, its addresses and its forms."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern

from cast import Cast, actor, document
from habeas.cases import services
from habeas.cases.models import Case, Claim
from habeas.cases.models import Statement as Spoken
from habeas.extraction.reading import Claim as Told
from habeas.extraction.reading import DocumentInfo, Entity, Reading, Speaker, Statement
from habeas.sources.models import Document
from habeas.web.desk.urls import urlpatterns
from web.pages import EVERY

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
NAME = "Tarek <Script>Alert()</Script>\"'><Img Src=X Onerror=Alert()> Oumari"


def hostile(people: Cast) -> Document:
    """A document whose every word and fact about itself is markup."""
    text = f"{NAME} is held. Salma {EVIL} Benhadi said he must be freed."
    facts = {"source": EVIL, "title": EVIL, "url": "javascript:alert(1)", "language": "en"}
    made = document(people.alice, text, **facts)
    at, end = text.index("Salma"), text.index(" said")
    entities = (
        Entity("e1", "person", NAME, ((0, len(NAME)),)),
        Entity("e2", "person", text[at:end], ((at, end),)),
    )
    values = {"kind": "detention", "phase": "ongoing", "modality": "actual", "place": EVIL, "actor": EVIL, "why": EVIL}
    said = Statement(
        "s1",
        Speaker(((at, end),), "e2", role=EVIL, organisation=EVIL),
        cue=((end + 1, end + 5),),
        content=((end + 6, len(text)),),
        manner="indirect",
        acts=("demand",),
        about=("e1",),
        outlet=EVIL,
    )
    held = Told(id="c1", subject="e1", evidence=((0, len(NAME)),), value=EVIL, **values)  # type: ignore[arg-type]
    reading = Reading(DocumentInfo(), entities=entities, statements=(said,), claims=(held,))
    services.take_in(made, reading, reader="test", actor=actor(people.alice))
    return made


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", [*EVERY, "/search?q=Tarek", f"/search?q={EVIL}", f"/statements?words={EVIL}"])
def test_no_markup_of_a_text_reaches_a_page(alice: Client, people: Cast, path: str, language: str) -> None:
    made = hostile(people)
    alice.post("/language", {"language": language})
    html = alice.get(path.format(case=Case.objects.get().pk, document=made.pk)).content.decode().lower()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert not re.search(r"""(?:href|src|action)=["']?\s*javascript:""", html, re.IGNORECASE)
    assert not re.search(r"<[^>]*\sonerror=", re.sub(r"\"[^\"]*\"", '""', html))


ODD = ("", "0000-00-00", "0001-01-01", "9999-12-31", "2026-13-45", "٢٠٢٦-٠٣-٠٩", "-1", "1e9", "x" * 5_000, "\x00",
       "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-09T18:00:00.123456789Z", "2026-W11-1", EVIL,
       "99999999999999999999", "\ud800".encode("utf-8", "surrogatepass"))  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/cases", "/cases/{case}", "/documents", "/statements", "/search", "/audit",
                                  "/sources", "/documents/{document}"])  # fmt: skip
@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_odd_questions_are_answered_or_refused(alice: Client, people: Cast, path: str, value: str) -> None:
    made = hostile(people)
    where = path.format(case=Case.objects.get().pk, document=made.pk)
    for name in ("on", "known_at", "page", "q", "act", "speaker", "organisation", "words", "case", "since"):
        assert alice.get(where, {name: value}).status_code in {200, 302, 400, 404}, name


def addresses() -> list[str]:
    """Every address of the desk that stands for something on file, with {} for its number."""
    routes = [pattern.pattern.describe() for pattern in urlpatterns if isinstance(pattern, URLPattern)]
    bare = [re.sub(r"<int:(\w+)>", r"{\1}", route.split("'")[1]) for route in routes]
    return [f"/{route}" for route in bare if "{" in route]


@pytest.mark.parametrize("address", addresses())
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_finds_nothing_at_any_address(charlie: Client, people: Cast, address: str, method: str) -> None:
    made = hostile(people)
    whose = Case.objects.get().pk if address.startswith("/cases") else made.pk
    below = Spoken.objects.get().pk if "/statements/" in address else Claim.objects.get().pk
    where = re.sub(r"\{(\w+)\}", lambda found: str(whose if found[1] == "pk" else below), address)
    answer = getattr(charlie, method)(where, {"verdict": "accept", "reason": "x"})
    assert answer.status_code in {404, 405}


@pytest.mark.parametrize("address", ["/seen", "/sign-out", "/language", "/undo", "/reports/add", "/sign-in",
                                     "/cases/{case}/conflicts", "/documents/{document}/claims/{claim}"])  # fmt: skip
def test_a_form_from_elsewhere_is_refused(people: Cast, address: str) -> None:
    made = hostile(people)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(people.alice)
    where = address.format(case=Case.objects.get().pk, document=made.pk, claim=Claim.objects.get().pk)
    assert forged.post(where, {"verdict": "accept"}).status_code == 403


@pytest.mark.parametrize("until", ODD, ids=range(len(ODD)))
def test_no_odd_time_of_a_form_is_a_fault(alice: Client, people: Cast, until: str) -> None:
    assert alice.post("/seen", {"until": until}).status_code == 302
