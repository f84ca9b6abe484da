"""A list as one parameter of a query."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from habeas.accounts.models import Membership, Team
from habeas.core import listed  # noqa: F401 - the look-up is known once this is read

pytestmark = pytest.mark.django_db


def test_a_list_of_any_length_finds_what_in_finds_and_is_one_parameter() -> None:
    teams = [Team.objects.create(name=f"team {number}") for number in range(3)]
    wanted = {teams[0].pk, teams[2].pk, *range(10**9, 10**9 + 3_000)}
    with CaptureQueriesContext(connection) as asked:
        found = list(Team.objects.filter(pk__among=wanted).order_by("pk"))
    assert found == list(Team.objects.filter(pk__in=wanted).order_by("pk")) == [teams[0], teams[2]]
    assert len(asked) == 1
    sql, params = Team.objects.filter(pk__among=wanted).query.sql_with_params()
    assert len(params) == 1, sql


def test_what_is_not_in_the_list_is_left_where_it_is_excluded() -> None:
    teams = [Team.objects.create(name=f"team {number}") for number in range(3)]
    assert set(Team.objects.filter(pk__in=[team.pk for team in teams]).exclude(pk__among=[teams[0].pk])) == {*teams[1:]}


def test_of_no_keys_nothing_is_asked(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        assert not list(Membership.objects.filter(team__among=()))


def test_a_key_that_is_no_number_does_not_reach_the_database() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(Team.objects.filter(pk__among=["1) OR (1=1"]))
