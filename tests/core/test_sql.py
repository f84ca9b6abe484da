"""Questions about many rows, in the words of either database."""

from __future__ import annotations

import pytest
from django.db.models import Case, When

from cast import cast
from habeas.accounts.models import Membership, User
from habeas.core.sql import Among, BitsOf

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("more", [0, 40_000])  # more than SQLite takes as values of their own
def test_among_finds_what_in_finds_however_many_keys_there_are(more: int) -> None:
    people = cast()
    keys = [people.alice.pk, people.bob.pk]
    found = User.objects.filter(Among("pk", [*keys, *range(10**9, 10**9 + more)]))
    assert set(found.values_list("pk", flat=True)) == set(keys)
    assert set(User.objects.exclude(Among("pk", keys))) == set(User.objects.exclude(pk__in=keys))
    assert not User.objects.filter(Among("pk", [])).exists()


def test_bits_of_rows_are_those_that_any_has() -> None:
    people = cast()
    bit = Case(When(user__in=(people.alice, people.bob), then=1), When(user=people.charlie, then=2))
    assert Membership.objects.aggregate(bits=BitsOf(bit)) == {"bits": 3}  # alice's and bob's is the same one
    counted = Membership.objects.values_list("team__name").annotate(bits=BitsOf(bit))
    assert {name.split()[0]: bits for name, bits in counted} == {"Ours": 1, "Theirs": 2}
    assert Membership.objects.none().aggregate(bits=BitsOf(bit)) == {"bits": None}
