"""Tables that are made from others have no seals: an edited or smuggled row of each is named by the deep check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model, QuerySet

from cast import Cast, cast, report
from habeas.cases import checks, derived
from habeas.cases.models import Name, NameKey, NamePair, Telling
from web.desks import spoken

pytestmark = pytest.mark.django_db
WORDS = "that nobody told them where he was taken"


@pytest.fixture
def desk() -> Cast:
    people = cast()
    for name in ("Nasser Abu Tuhami", "Nasr Abu Tuhami", "Tarek Oumari"):
        report(people.alice, name)
    spoken(people, "Salma Benhadi", WORDS)
    spoken(people, "Salma Benhadi", f"{WORDS} at night", source="Basit Radio")
    return people


def index_otherwise() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO cases_searchindex(rowid, folded) VALUES (999, 'tarek oumari is free')")


def pair_strangers() -> None:
    one, other = Name.objects.get(name="Nasr Abu Tuhami"), Name.objects.get(name="Tarek Oumari")
    NamePair.objects.create(one=one, other=other, score=0.9)


def smuggle_a_key() -> None:
    name = Name.objects.earliest("pk")
    NameKey.objects.create(name=name, team=name.team, key="x")


def first(model: type[Model]) -> QuerySet[Any, Any]:
    return model._default_manager.filter(pk=model._default_manager.earliest("pk").pk)


CHANGES: dict[str, tuple[Callable[[], object], str]] = {
    "a key is removed": (lambda: NameKey.objects.earliest("pk").delete(), "not looked up as it is spelt"),
    "a key is edited": (lambda: first(NameKey).update(key="x"), "not looked up as it is spelt"),
    "a key is smuggled": (smuggle_a_key, "not looked up as it is spelt"),
    "a name is spelt otherwise": (
        lambda: Name.objects.filter(name="Tarek Oumari").update(name="Hala Dirani"), "not looked up as",
    ),
    "a score is edited": (lambda: NamePair.objects.update(score=0.01), "comparing them tells something else"),
    "strangers are paired": (pair_strangers, "comparing them tells something else"),
    "a repeat is hidden": (lambda: first(Telling).update(b0=7), "repeats are not noticed by its words"),
    "the index is edited": (index_otherwise, "The index of search"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_it_is_named_and_put_right(desk: Cast, change: str) -> None:
    if "index" in change and connection.vendor != "sqlite":
        pytest.skip("nobody can edit an index of PostgreSQL")
    assert NamePair.objects.exists()
    assert Telling.objects.exclude(first=None).exists()
    assert list(derived.faults()) == []
    tamper, says = CHANGES[change]
    tamper()
    found = list(derived.faults())
    assert says in found[0]
    if "spelt" not in change:  # how it was spelt nobody can tell any more
        assert derived.make_again() == len(found)
        assert list(derived.faults()) == []
    assert list(checks.faults()) == []
