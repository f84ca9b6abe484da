"""What search goes by has no seals: an edited, removed or smuggled row is named all the same, and put right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cast import Cast, cast, report
from habeas.cases import checks, finding, queries
from habeas.cases.models import Name, Person, PersonName, SearchText

pytestmark = pytest.mark.django_db


def hide() -> None:
    SearchText.objects.filter(statement=None, document__text__contains="Oumari").update(folded="nothing")


def empty() -> None:
    SearchText.objects.filter(statement=None, document__text__contains="Oumari").update(folded="")


def remove() -> None:
    SearchText.objects.filter(document__text__contains="Oumari").delete()


def call_otherwise() -> None:
    """Tarek Oumari is found, and linked, by the other man's name."""
    PersonName.objects.create(
        person=Person.objects.get(name="Tarek Oumari"), name=Name.objects.get(name="Nabil Sefrawi")
    )


@pytest.mark.parametrize("tamper", [hide, empty, remove, call_otherwise])
def test_it_is_named_and_put_right(tamper: Callable[[], None]) -> None:
    desk: Cast = cast()
    for name in ("Tarek Oumari", "Nabil Sefrawi"):
        report(desk.alice, name)
    assert list(checks.faults()) == []
    before = queries.search(desk.alice, "Oumari"), queries.search(desk.alice, "Sefrawi")
    tamper()
    assert (queries.search(desk.alice, "Oumari"), queries.search(desk.alice, "Sefrawi")) != before
    assert len(list(checks.faults())) == 1
    assert finding.make_again() == 1
    assert list(checks.faults()) == []
    assert (queries.search(desk.alice, "Oumari"), queries.search(desk.alice, "Sefrawi")) == before
