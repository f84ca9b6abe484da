"""Who may see a case, changed on the page that tells it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from cast import Cast, actor, colleague, document, report
from habeas.accounts.models import User
from habeas.audit.models import AuditLine
from habeas.cases import services, sharing
from habeas.cases.models import Case, CaseShare, Claim, Judgement, Link, Statement
from habeas.extraction.reading import Claim as ReadClaim
from habeas.extraction.reading import DocumentInfo, Entity, Reading, Speaker
from habeas.extraction.reading import Statement as ReadStatement
from habeas.sources.models import Document
from web.pages import EVERY, text_of


@pytest.fixture
def case(people: Cast) -> Case:
    report(people.alice, "Tarek Oumari")
    return Case.objects.get()


def test_it_is_limited_shown_and_taken_back(alice: Client, bob: Client, case: Case) -> None:
    page, where = f"/cases/{case.pk}/person", f"/cases/{case.pk}/access"
    assert "alice , bob" in text_of(alice.get(page))
    assert alice.post(where, {"limit": "1"}).headers["Location"] == page
    assert bob.get(f"/cases/{case.pk}").status_code == 404
    assert "Only those see the case now" in text_of(alice.get(page))
    alice.post("/undo", {"limit": case.pk, "next": page})
    assert bob.get(f"/cases/{case.pk}").status_code == 200
    alice.post(where, {"limit": "1"})
    alice.post(where, {"with": "bob"})
    assert bob.get(f"/cases/{case.pk}").status_code == 200
    given = CaseShare.objects.latest("pk")
    assert AuditLine.objects.latest("pk").detail == {"share": given.pk, "user": given.user_id}
    alice.post("/undo", {"share": given.pk, "next": page})
    assert bob.get(f"/cases/{case.pk}").status_code == 404
    alice.post(where, {"open": "1"})
    assert "Everybody with a role in" in text_of(alice.get(page))


def test_the_last_who_sees_it_cannot_be_taken_out(alice: Client, case: Case) -> None:
    where = f"/cases/{case.pk}/access"
    alice.post(where, {"limit": "1"})
    answer = alice.post(where, {"end": CaseShare.objects.get().pk})
    assert (answer.status_code, "Nobody could see this case" in text_of(answer)) == (409, True)
    assert alice.post(where, {"with": "nobody"}).status_code == 409
    assert alice.post(where, {"end": "x"}).status_code == 404


def test_who_takes_themself_out_is_led_to_the_cases(alice: Client, people: Cast, case: Case) -> None:
    where = f"/cases/{case.pk}/access"
    alice.post(where, {"limit": "1"})
    mine = CaseShare.objects.get().pk
    alice.post(where, {"with": "bob"})
    assert alice.post(where, {"end": mine}).headers["Location"] == "/cases"


def test_a_reader_sees_who_sees_it_and_changes_nothing(
    people: Cast, client_of: Callable[[User], Client], case: Case
) -> None:
    client = client_of(colleague(people, "reader"))
    page = text_of(client.get(f"/cases/{case.pk}/person"))
    assert "alice , bob , rana" in page
    assert "Limit it" not in page
    assert client.post(f"/cases/{case.pk}/access", {"limit": "1"}).status_code == 403


def test_an_outsider_changes_nothing(charlie: Client, case: Case) -> None:
    assert charlie.post(f"/cases/{case.pk}/access", {"with": "charlie"}).status_code == 404
    assert not CaseShare.objects.exists()


@pytest.mark.parametrize("path", EVERY)
def test_of_a_limited_case_no_page_tells_a_colleague(bob: Client, people: Cast, case: Case, path: str) -> None:
    sharing.limit(case, actor=actor(people.alice))
    address = path.format(case=case.pk, document=Document.objects.get().pk)
    page = bob.get(address)
    about_them = "{case}" in path or "{document}" in path or path == "/nowhere"
    assert page.status_code == (404 if about_them else 200)
    assert "Tarek" not in page.content.decode()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/cases/{case}/person/change", {"do": "alias", "name": "x", "reason": "y"}),
        ("/cases/{case}/conflicts", {"conflict": "x", "side": "0"}),
        ("/cases/{case}/access", {"with": "bob"}),
        ("/documents/{document}/claims/{claim}", {"verdict": "accept"}),
        ("/documents/{document}/claims/{claim}/mend", {"what": "arrest/done"}),
        ("/matches/{link}", {"verdict": "accept"}),
        ("/undo", {"limit": "{case}"}),
        ("/undo", {"claim": "{claim}"}),
    ],
)
def test_nothing_of_a_limited_case_is_changed_by_a_colleague(
    bob: Client, people: Cast, case: Case, address: str, told: dict[str, str]
) -> None:
    keys = {"case": case.pk, "document": Document.objects.get().pk, "claim": Claim.objects.get().pk}
    keys["link"] = Link.objects.get().pk
    sharing.limit(case, actor=actor(people.alice))
    lines = AuditLine.objects.count()
    answer = bob.post(address.format(**keys), {key: value.format(**keys) for key, value in told.items()})
    assert (answer.status_code, AuditLine.objects.count()) == (404, lines)


def test_in_a_report_of_two_nothing_of_the_limited_one_is_judged(alice: Client, bob: Client, people: Cast) -> None:
    both = "Tarek Oumari and Salma Aydin were arrested."
    entities = (Entity("e1", "person", "Tarek Oumari", ((0, 12),)), Entity("e2", "person", "Salma Aydin", ((17, 28),)))
    claims = tuple(
        ReadClaim(id=f"c{n}", subject=f"e{n}", kind="arrest", phase="done", modality="actual", evidence=((0, 43),))
        for n in (1, 2)
    )
    said = tuple(
        ReadStatement(f"s{n}", Speaker(), (), ((0, 43),), "direct", about=about)
        for n, about in enumerate((("e1",), ("e1", "e2")), start=1)
    )
    reading = Reading(DocumentInfo(), entities=entities, statements=said, claims=claims)
    report(people.alice, "Tarek Oumari")
    report(people.alice, "Salma Aydin")
    made = document(people.alice, both)
    services.take_in(made, reading, reader="test", actor=actor(people.alice))
    claim, statement = Claim.objects.get(local_id="c1", reading__document=made), Statement.objects.get(local_id="s1")
    shared = Statement.objects.get(local_id="s2")
    about = list(shared.about.order_by("pk").values_list("pk", flat=True))
    for kind, key in (("claims", claim.pk), ("statements", statement.pk)):
        alice.post(f"/documents/{made.pk}/{kind}/{key}", {"verdict": "accept"})
    sharing.limit(Case.objects.get(person__name="Tarek Oumari"), actor=actor(people.alice))
    assert bob.get(f"/documents/{made.pk}").status_code == 200
    form = {"manner": "indirect", "acts": ["state"], "words": both, "about": [str(about[1])], "reason": "seen"}
    bob.post(f"/documents/{made.pk}/statements/{shared.pk}/mend", form)
    assert Judgement.objects.get(statement=shared).mended == {"manner": "indirect"}  # and not whom it is about
    lines = AuditLine.objects.count()
    answers = [
        bob.post(f"/documents/{made.pk}/claims/{claim.pk}", {"verdict": "reject"}),
        bob.post(f"/documents/{made.pk}/statements/{statement.pk}", {"verdict": "reject"}),
        bob.post("/undo", {"claim": claim.pk}),
        bob.post("/undo", {"statement": statement.pk}),
    ]
    assert ([answer.status_code for answer in answers], AuditLine.objects.count()) == ([404] * 4, lines)
