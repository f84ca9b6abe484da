"""A person's data erased on request: hash and reason are left, and nothing of anybody else is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import Cast, actor, cast, document, of_two_teams, read_as
from habeas.accounts.models import User
from habeas.audit import checks as audit
from habeas.cases import checks, erasing, judging, people, queries, services
from habeas.cases.models import Case, Claim, Erasure, Judgement, Link, Person, PersonName, Sighting, Statement, Telling
from habeas.extraction import reading as r
from habeas.sources import checks as sources
from habeas.sources import store
from habeas.sources.models import Document

pytestmark = pytest.mark.django_db
TEXT = "Tarek Oumari was arrested in Basit. Salma Darzi is held too. “I am ill,” said Tarek Oumari."


@pytest.fixture
def desk(settings: object, tmp_path: Path) -> Cast:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    return cast()


@pytest.fixture
def made(desk: Cast) -> Document:
    kept = document(desk.alice, TEXT, title="Tarek Oumari held", url="https://basit.example/tarek-oumari")
    reading = read_as(TEXT, "Tarek Oumari", place="Basit")
    first = replace(reading.claims[0], evidence=((0, 34),))
    other = r.Entity("e2", "person", "Salma Darzi", ((36, 47),))
    held = replace(first, id="c2", subject="e2", kind="detention", phase="ongoing", evidence=((36, 59),))
    said = r.Statement("s1", r.Speaker(((78, 90),), "e1", "weaver"), ((73, 77),), ((61, 72),), "direct", about=("e1",))
    whole = replace(reading, entities=(*reading.entities, other), claims=(first, held), statements=(said,))
    services.take_in(kept, whole, reader="test", actor=actor(desk.alice))
    return kept


def tarek() -> Person:
    return Person.objects.get(name="Tarek Oumari")


def everything() -> str:
    """All that the database holds, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table's own name
            found += cursor.fetchall()
    return str(found)


def faults() -> list[str]:
    return [*checks.faults(), *sources.faults(), *audit.faults((*checks.SEALED, *sources.SEALED))]


def test_nothing_of_the_person_is_left_and_all_of_the_others(desk: Cast, made: Document) -> None:
    claim = Claim.objects.get(subject__name="Tarek Oumari")
    judging.mend(claim, {"place": "Selm of Oumari"}, reason="Oumari's lawyer said so", actor=actor(desk.bob))
    before = made.sha256
    kept = erasing.erase(tarek(), reason="asked for by the family", actor=actor(desk.alice))
    left = everything()
    for words in ("Oumari", "oumari", "Basit.", "I am ill", "weaver", "Selm"):
        assert words not in left, words
    assert "Salma Darzi is held too" in left
    assert (kept.reason, kept.documents[0][1]) == ("asked for by the family", before)
    assert not store.path_of(before).exists()
    assert faults() == []
    assert all(telling.b0 < 0 for telling in Telling.objects.all())
    file = queries.case_file(Case.objects.get(person__name="Salma Darzi"), desk.alice)
    assert file is not None
    assert file.state.custody.rows[0].passage.words == "Salma Darzi is held too"
    assert [row.name for row in queries.case_rows(desk.alice)] == ["Salma Darzi"]
    assert not queries.find_people(desk.alice, "Tarek Oumari")
    assert not queries.search(desk.alice, "Oumari")


@pytest.mark.parametrize("undone", [False, True])
def test_what_people_wrote_when_they_made_a_claim_one_of_theirs_goes_too(
    desk: Cast, made: Document, undone: bool
) -> None:
    held = Claim.objects.get(subject__name="Salma Darzi")
    whose = {"subject": Sighting.objects.get(name="Tarek Oumari").pk, "place": "Selm of Oumari"}
    judging.mend(held, whose, reason="Oumari's lawyer said so", actor=actor(desk.bob))
    if undone:
        judging.undo(held, actor=actor(desk.bob))
    erasing.erase(tarek(), reason="asked for by the family", actor=actor(desk.alice))
    assert {judgement.reason for judgement in Judgement.objects.all()} == {""}
    assert "Oumari" not in everything()
    assert faults() == []
    file = queries.case_file(Case.objects.get(person__name="Salma Darzi"), desk.alice)
    assert file is not None
    assert bool(file.state.timeline) is undone  # it does not become hers again


def test_whoever_was_merged_into_them_goes_too(desk: Cast, made: Document) -> None:
    alias = document(desk.alice, "Abu Nadir is free.")
    services.take_in(alias, read_as(alias.text, "Abu Nadir"), reader="test", actor=actor(desk.alice))
    other = Person.objects.get(name="Abu Nadir")
    people.merge(tarek(), other, reason="Abu Nadir is Tarek Oumari", user=desk.alice, actor=actor(desk.alice))
    erasing.erase(tarek(), reason="asked", actor=actor(desk.alice))
    assert "Nadir" not in everything()
    assert "Oumari" not in everything()
    assert faults() == []


def test_who_was_taken_for_them_by_mistake_loses_nothing(desk: Cast) -> None:
    """One merge that was taken back: the other keeps the file, here another team's."""
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    people.undo(change, user=desk.alice, actor=actor(desk.alice))
    erasing.erase(tarek(), reason="asked for", actor=actor(desk.bob))
    (row,) = queries.case_rows(desk.charlie)
    assert (row.name, row.protest.state) == ("Abu Salim Haddar", "hunger_strike")
    assert Document.objects.filter(text__startswith="Abu Salim Haddar", erased_at=None).exists()
    assert Sighting.objects.filter(name="Abu Salim Haddar").exists()
    assert "Tarek Oumari" not in everything()
    assert faults() == []


def test_a_reason_is_needed_and_once_is_enough(desk: Cast, made: Document) -> None:
    person = tarek()
    with pytest.raises(erasing.CannotErase, match="Say why"):
        erasing.erase(person, reason=" ", actor=actor(desk.alice))
    erasing.erase(person, reason="asked", actor=actor(desk.alice))
    with pytest.raises(erasing.CannotErase, match="already"):
        erasing.erase(person, reason="asked", actor=actor(desk.alice))
    assert Erasure.objects.count() == 1


def test_what_breaks_half_way_erases_nothing(desk: Cast, made: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def breaks(*_told: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(erasing, "_note", breaks)
    with pytest.raises(OSError, match="disk is full"):
        erasing.erase(tarek(), reason="asked", actor=actor(desk.alice))
    assert everything() == before
    assert store.path_of(made.sha256).exists()
    assert faults() == []


def test_bytes_left_by_a_kill_are_named_and_removed(
    desk: Cast, made: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "finish", lambda: 0)  # killed before
    erasing.erase(tarek(), reason="asked", actor=actor(desk.alice))
    monkeypatch.undo()
    (fault,) = faults()
    assert "erased file is still there" in fault
    assert erasing.finish() == 1
    assert faults() == []


def test_bytes_that_another_team_rests_on_stay(desk: Cast, made: Document) -> None:
    theirs = document(desk.charlie, TEXT)
    assert theirs.sha256 == made.sha256
    erasing.erase(tarek(), reason="asked", actor=actor(desk.alice))
    assert store.path_of(made.sha256).exists()
    assert Document.objects.get(pk=theirs.pk).text == TEXT
    assert faults() == []


def test_a_backup_that_knows_them_again_is_erased_again(desk: Cast, made: Document) -> None:
    filed = tarek().created_at
    line = {"person": tarek().pk, "filed": filed.isoformat(), "reason": "asked"}
    erasing._list().write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert erasing.again(actor=actor(desk.alice)) == 1
    assert "Oumari" not in everything()
    assert erasing.again(actor=actor(desk.alice)) == 0


def test_links_and_statements_are_shells(desk: Cast, made: Document) -> None:
    erasing.erase(tarek(), reason="asked", actor=actor(desk.alice))
    assert set(Link.objects.filter(sighting__name="(erased)").values_list("reason", flat=True)) == {""}
    assert Statement.objects.get().role == ""
    assert not PersonName.objects.filter(name__folded__contains="oumari").exists()


def much_about(user: User, name: str, *, claims: int, documents: int) -> Person:
    """A person of whom each of the documents makes so many claims, and in which they say as many things."""
    for number in range(documents):
        line = f"{name} was moved from cell {number}. I am ill, says {name}. "
        spans = [(at * len(line), at * len(line) + len(name)) for at in range(claims)]
        quoted = [(start + line.index("I am"), start + line.index(", says")) for start, _end in spans]
        kept = document(user, line * claims)
        read = read_as(kept.text, name, kind="transfer")
        told = tuple(replace(read.claims[0], id=f"c{at}", evidence=(span,)) for at, span in enumerate(spans))
        said = tuple(
            r.Statement(f"s{at}", r.Speaker((), "e1", "weaver"), (), (span,), "direct", about=("e1",))
            for at, span in enumerate(quoted)
        )
        services.take_in(kept, replace(read, claims=told, statements=said), reader="test", actor=actor(user))
    return Person.objects.get(name=name)


def test_erasing_asks_as_little_of_the_database_for_much_as_for_little(desk: Cast) -> None:
    asked = []
    for name, claims, documents in (("Olena Prysh", 1, 2), ("Jun Harada", 90, 2), ("Idris Wako", 1, 40)):
        person = much_about(desk.alice, name, claims=claims, documents=documents)
        with CaptureQueriesContext(connection) as queries:
            erasing.erase_if(lambda: True, person, reason="asked", actor=actor(desk.alice))
        erasing.finish()  # which asks of each file whose it is
        asked.append(len(queries))
        assert name.split()[1] not in everything()
    assert asked[0] == asked[1] == asked[2]
    assert faults() == []
