"""Who a person is: merging, splitting, names, taking it back; organisations."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Cast, report
from habeas.cases.models import Case, PeopleChange, Sighting
from web.desks import spoken
from web.pages import text_of

WHY = "The same village and the same day of arrest."


@pytest.fixture
def two(people: Cast) -> tuple[Case, Case]:
    report(people.alice, "Tarek Oumari")
    report(people.alice, "Olena Prysh")
    return Case.objects.get(person__name="Tarek Oumari"), Case.objects.get(person__name="Olena Prysh")


@pytest.fixture
def twice(people: Cast) -> Case:
    report(people.alice, "Tarek Oumari", date="2026-03-02")
    report(people.alice, "Tarek Oumari", "{name} was freed in Basit.", kind="release", date="2026-03-09")
    return Case.objects.get()


def test_two_files_become_one_and_two_again(alice: Client, two: tuple[Case, Case]) -> None:
    kept, merged = two
    page = f"/cases/{kept.pk}/person"
    assert "Olena Prysh" in text_of(alice.get(f"{page}?find=Prysh"))
    answer = alice.post(f"{page}/change", {"do": "merge", "other": merged.pk, "reason": WHY}, follow=True)
    shown = text_of(answer)
    assert "The two are one person now." in shown
    assert "Seen in documents 2" in shown
    assert alice.get(f"/cases/{merged.pk}").status_code == 404
    alice.post("/undo", {"change": PeopleChange.objects.get().pk, "next": page})
    assert "Seen in documents 1" in text_of(alice.get(page))
    assert alice.get(f"/cases/{merged.pk}").status_code == 200


def test_one_file_becomes_two_and_one_again(alice: Client, twice: Case) -> None:
    page = f"/cases/{twice.pk}/person"
    leaving = Sighting.objects.latest("pk").pk
    sent = {"do": "split", "sighting": leaving, "name": "Tarek Oumari of Basit", "reason": "Another father's name."}
    assert "a person of their own now" in text_of(alice.post(f"{page}/change", sent, follow=True))
    assert set(Case.objects.values_list("person__name", flat=True)) == {"Tarek Oumari", "Tarek Oumari of Basit"}
    assert "Seen in documents 1" in text_of(alice.get(page))
    alice.post("/undo", {"change": PeopleChange.objects.get().pk, "next": page})
    assert "Seen in documents 2" in text_of(alice.get(page))


def test_a_name_is_added(alice: Client, twice: Case) -> None:
    sent = {"do": "alias", "name": "Abu Salim", "reason": "So his sister calls him."}
    shown = text_of(alice.post(f"/cases/{twice.pk}/person/change", sent, follow=True))
    assert "Known as Tarek Oumari Abu Salim" in shown
    assert "Tarek Oumari" in text_of(alice.get("/search?q=Abu Salim"))


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "merge", "other": "self", "reason": WHY},
        {"do": "merge", "other": "prysh", "reason": " "},
        {"do": "split", "sighting": "999", "reason": WHY},
        {"do": "split", "reason": WHY},
        {"do": "alias", "name": "", "reason": WHY},
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    alice: Client, two: tuple[Case, Case], sent: dict[str, str]
) -> None:
    keys = {"self": str(two[0].pk), "prysh": str(two[1].pk)}
    answer = alice.post(f"/cases/{two[0].pk}/person/change", sent | {"other": keys.get(sent.get("other", ""), "")})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert not PeopleChange.objects.exists()


def test_an_outsider_sees_and_changes_nothing(charlie: Client, people: Cast, two: tuple[Case, Case]) -> None:
    report(people.charlie, "Sami Darwish")
    theirs = Case.objects.get(person__name="Sami Darwish")
    assert charlie.get(f"/cases/{two[0].pk}/person").status_code == 404
    assert (
        charlie.post(f"/cases/{two[0].pk}/person/change", {"do": "alias", "name": "x", "reason": "y"}).status_code
        == 404
    )
    sent = {"do": "merge", "other": two[0].pk, "reason": WHY}
    assert charlie.post(f"/cases/{theirs.pk}/person/change", sent).status_code == 404
    assert "Oumari" not in text_of(charlie.get(f"/cases/{theirs.pk}/person?find=Oumari")).replace("find=Oumari", "")
    assert not PeopleChange.objects.exists()


def test_organisations_are_listed(alice: Client, charlie: Client, people: Cast) -> None:
    spoken(people, "Basit Legal", "that he be freed", kind="organisation")
    assert "Basit Legal 1 1 4 March 2026" in text_of(alice.get("/organisations"))
    assert "No organisation yet" in text_of(charlie.get("/organisations"))
