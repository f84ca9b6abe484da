"""Rows added with one statement are what Django would have added."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from cast import cast, document
from habeas.cases.models import Claim, Name, NameKey, Reading, SearchText, Sighting, Statement
from habeas.core import adding

pytestmark = pytest.mark.django_db


def rows() -> tuple[Reading, Sighting, Claim]:
    """A reading, a sighting and a claim that point to one another and have no keys yet."""
    made = document(cast().alice)
    reading = Reading(document=made, reader="test", read_at=made.added_at)
    sighting = Sighting(
        reading=reading, local_id="e1", kind="person", name="Ünal 'Ofer", folded="unal", mentions=[[0, 3]]
    )
    claim = Claim(
        reading=reading, local_id="c1", subject=sighting, kind="arrest", phase="done", modality="actual",
        date="2026-03-04", earliest_on=date(2026, 3, 4), value={"days": [9]}, evidence=[[0, 9]], words="100 % sure",
    )  # fmt: skip
    return reading, sighting, claim


def test_what_is_fetched_is_what_was_added() -> None:
    made = rows()
    for row in made:
        adding.add([row])
    for row in made:
        again = type(row).objects.get(pk=row.pk)
        columns = [field.attname for field in row._meta.concrete_fields]
        assert [getattr(again, column) for column in columns] == [getattr(row, column) for column in columns]
        assert not row._state.adding
    assert Claim.objects.get().subject == made[1]


def test_a_row_keeps_those_that_it_points_to(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    reading, sighting, claim = rows()
    for row in (reading, sighting, claim):
        adding.add([row])
    with django_assert_num_queries(0):
        assert (claim.subject, claim.reading, sighting.reading) == (sighting, reading, reading)


def test_a_row_made_quickly_is_the_row_that_django_makes() -> None:
    made = document(cast().alice)
    reading = adding.made(Reading, document=made, reader="test", read_at=made.added_at)
    assert vars(reading) | {"_state": None} == vars(Reading(document=made, reader="test", read_at=made.added_at)) | {
        "_state": None
    }
    values = {"reading": reading, "local_id": "s1", "speaker": None, "manner": "direct", "acts": ["deny"]}
    quick, usual = adding.made(Statement, pk=7, **values), Statement(pk=7, **values)
    assert vars(quick) | {"_state": None} == vars(usual) | {"_state": None}
    assert quick._state.adding
    assert quick.speaker_spans is not adding.made(Statement, **values).speaker_spans  # a list of its own
    assert (quick.reading, quick.speaker) == (reading, None)


def test_keys_go_on_after_those_that_django_gives() -> None:
    reading, *_others = rows()
    reading.save()
    adding.add([reading_of(reading, "two"), reading_of(reading, "three")])
    last = Reading.objects.create(document=reading.document, reader="four", read_at=reading.read_at)
    assert list(Reading.objects.order_by("pk").values_list("reader", flat=True)) == ["test", "two", "three", "four"]
    assert last.pk > reading.pk + 2
    adding.add([])


def reading_of(like: Reading, reader: str) -> Reading:
    return Reading(document=like.document, reader=reader, read_at=like.read_at)


def test_a_row_that_is_there_is_passed_over_only_where_that_is_asked() -> None:
    name = Name.objects.create(team=document(cast().alice).team, folded="oumari", name="Oumari")
    columns, again = ("team_id", "folded", "name", "paired"), [(name.team_id, "oumari", "OUMARI", False)]
    adding.add_values(Name, columns, again, unless_there=True)
    assert Name.objects.get().name == "Oumari"
    with pytest.raises(IntegrityError), transaction.atomic():
        adding.add_values(Name, columns, again)
    adding.add_values(NameKey, ("name_id", "team_id", "key"), [(name.pk, name.team_id, "m-r")])
    assert NameKey.objects.get().name == name


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's index keeps a list of what is to be joined")
def test_texts_added_together_are_one_part_of_the_index() -> None:
    made = document(cast().alice)
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(segid) FROM cases_searchindex_idx")
        (before,) = cursor.fetchone()
        texts = [(made.pk, None, f"report {number} of the weaver's arrest") for number in range(3)]
        adding.add_values(SearchText, ("document_id", "statement_id", "folded"), texts)
        cursor.execute("SELECT count(*) FROM cases_searchindex WHERE cases_searchindex MATCH 'weaver'")
        assert cursor.fetchone() == (3,)
        cursor.execute("SELECT count(DISTINCT segid) FROM cases_searchindex_idx WHERE segid > %s", [before or 0])
        assert cursor.fetchone() == (1,)


def test_more_rows_than_one_statement_takes_are_all_added() -> None:
    made = document(cast().alice)
    many, columns = adding.MOST_VALUES // 5 + 1, ("document_id", "reader", "relevant", "note", "read_at")
    readings = [(made.pk, f"version {number}", True, "", made.added_at) for number in range(many)]
    adding.add_values(Reading, columns, readings)
    assert Reading.objects.count() == many
