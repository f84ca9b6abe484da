"""The newest published of many things: the same by whichever way they are found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import Cast, cast
from habeas.cases import queries, search_index
from habeas.cases.models import Statement
from habeas.cases.queries import newest
from web.desks import spoken


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def said(people: Cast) -> list[int]:
    """The keys of eleven statements in the order in which they are to come; two of one day, one without any."""
    days = [(date(2026, 1, 1) + timedelta(days=n * 37 % 100)).isoformat() for n in range(9)]
    for n, day in enumerate([*days, days[4], ""]):
        spoken(people, f"Salma Benhadi {n}", f"that he be freed {n}", published=day)
    found = Statement.objects.values_list("reading__document__published_on", "reading__document", "pk")
    return [key for _day, _document, key in sorted(found, reverse=True)]


@pytest.mark.parametrize(("counted", "walked"), [(1000, 1000), (0, 1000), (10, 1000), (0, 1), (5, 6)])
def test_few_or_many_they_come_in_the_same_order(
    people: Cast, said: list[int], counted: int, walked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "MOST_COUNTED", counted)
    monkeypatch.setattr(newest, "MOST_WALKED", walked)
    monkeypatch.setattr(newest, "FIRST_STEP", 1)
    for limit, offset in ((4, 0), (3, 2), (50, 0), (50, 9), (5, 11)):
        listed = queries.statements(people.alice, limit=limit, offset=offset)
        assert [one.said.statement for one in listed] == said[offset : offset + limit]
        by_her = queries.statements(people.alice, limit=limit, offset=offset, speaker="Salma")
        assert by_her == listed
    early = queries.statements(people.alice, until="2026-02-10", limit=3)
    days = dict(Statement.objects.values_list("pk", "reading__document__published_on"))
    assert [one.said.statement for one in early] == [key for key in said if "" < days[key] <= "2026-02-10"][:3]
    assert queries.statements(people.charlie) == []


@pytest.mark.parametrize(("first", "walked"), [(1000, 1000), (1, 1000), (1, 3), (4, 5), (2, 11)])
def test_the_latest_are_the_same_however_many_are_looked_through_at_a_time(
    people: Cast, said: list[int], first: int, walked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "FIRST_KEYS", first)
    monkeypatch.setattr(newest, "MOST_WALKED", walked)
    some = Statement.objects.filter(pk__in=sorted(said)[::2])
    in_order = sorted(said)[::2][::-1]
    for most in (1, 2, 5, 50):
        assert newest.latest(some, most) == in_order[:most]
    assert newest.latest(Statement.objects.none(), 5) == []


def test_the_latest_are_found_without_reading_what_is_older(
    people: Cast, said: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many statements a team has: a database would gather all of them and sort."""
    monkeypatch.setattr(newest, "FIRST_KEYS", 3)
    of_team = Statement.objects.filter(reading__document__team__isnull=False)
    with CaptureQueriesContext(connection) as asked:
        assert newest.latest(of_team, 2) == sorted(said)[:-3:-1]
    keys, found = (one["sql"] for one in asked.captured_queries)
    assert keys.endswith("LIMIT 3")
    assert all(str(key) in found for key in sorted(said)[-3:])


def test_nobody_counts_further_than_there_are_pages(
    people: Cast, said: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert str(queries.count_statements(people.alice)) == str(len(said))
    monkeypatch.setattr(newest, "MOST_COUNTED", 3)
    assert str(queries.count_statements(people.alice)) == "3+"


@pytest.mark.parametrize("many", [2_000, 20, 0])
def test_search_counts_alike_however_many_texts_of_others_have_the_words(
    people: Cast, said: list[int], many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(15):
        spoken(people._replace(alice=people.charlie), f"Hala Dirani {n}", f"that he be freed, they said {n}")
    monkeypatch.setattr(search_index, "MANY", many)
    for limit, count in ((50, "11"), (11, "11"), (10, "10+")):
        found = queries.answers(people.alice, "freed", limit=limit)
        assert [one.key for one in found.found if one.kind == "statement"] == said[:limit]
        assert str(found.counts["statement"]) == count


@pytest.mark.parametrize(("many", "through"), [(2_000, False), (0, True)])
def test_words_that_very_many_texts_have_are_not_asked_of_the_index_of_texts(
    people: Cast, said: list[int], many: int, through: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL gathers all of them by it before it gives the first."""
    monkeypatch.setattr(search_index, "MANY", many)
    holding = search_index.Holding(["freed"])
    assert holding.is_common is through
    compared = "INSTR" if connection.vendor == "sqlite" else "STRPOS"
    assert (compared in str(holding.texts().query)) is through
    assert Statement.objects.filter(holding.statements()).count() == len(said)
