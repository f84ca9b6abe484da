"""Taking in a reading: all of it or nothing, once a version, with whom it opens a case for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cast import Cast, actor, cast, document, read_as, report
from habeas.audit.models import AuditLine
from habeas.cases import checks, linking, services
from habeas.cases.models import Case, Claim, Link, Person, Reading, SearchText, Sighting, Statement
from habeas.core import append_only
from habeas.core.actor import Actor
from habeas.extraction import reading as r

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Cast:
    return cast()


@pytest.mark.parametrize(
    ("claim", "opens"),
    [
        ({}, True),
        ({"kind": "detention", "phase": "ongoing", "value": "administrative"}, True),
        ({"kind": "release", "phase": "done", "date": "2026-03-01"}, True),
        ({"kind": "hunger_strike", "phase": "ongoing", "value": 12}, True),
        ({"kind": "profile", "phase": "age", "value": 34}, False),
        ({"kind": "health", "phase": "ongoing", "value": "critical"}, False),
        ({"modality": "planned"}, False),
        ({"modality": "hypothetical"}, False),
        ({"modality": "demanded", "kind": "release"}, False),
        ({"modality": "denied"}, False),
        ({"modality": "alleged"}, False),
    ],
)
def test_an_actual_claim_about_custody_opens_a_case_and_nothing_else_does(
    desk: Cast, claim: dict[str, object], opens: bool
) -> None:
    report(desk.alice, "Tarek Oumari", **claim)
    assert Case.objects.count() == Person.objects.count() == opens
    assert Sighting.objects.count() == Claim.objects.count() == 1


@pytest.mark.parametrize("name", ["A former cellmate", "the striking prisoner", "his brother"])
def test_somebody_described_and_not_named_has_no_case(desk: Cast, name: str) -> None:
    report(desk.alice, name)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("kind", ["group", "organisation", "place"])
def test_only_a_person_has_a_case(desk: Cast, kind: r.EntityKind) -> None:
    made = document(desk.alice, "Eight were arrested.")
    reading = read_as(made.text, "Eight")
    reading = replace(reading, entities=(replace(reading.entities[0], kind=kind),))
    services.take_in(made, reading, reader="test", actor=actor(desk.alice))
    assert (Case.objects.count(), Claim.objects.count()) == (0, 1)


def test_the_same_version_twice_adds_nothing(desk: Cast) -> None:
    made = report(desk.alice, "Tarek Oumari")
    before = [model.objects.count() for model in (Reading, Sighting, Claim, Link, SearchText, AuditLine)]
    again = services.take_in(made, read_as(made.text, "Tarek Oumari"), reader="test", actor=actor(desk.alice))
    assert not again.is_new
    assert [model.objects.count() for model in (Reading, Sighting, Claim, Link, SearchText, AuditLine)] == before


def test_a_newer_version_stands_beside_the_older_one(desk: Cast) -> None:
    made = report(desk.alice, "Tarek Oumari")
    newer = read_as(made.text, "Tarek Oumari", kind="release", phase="done")
    assert services.take_in(made, newer, reader="test-2", actor=actor(desk.alice)).is_new
    assert (Reading.objects.count(), Claim.objects.count(), Case.objects.count()) == (2, 2, 1)
    assert SearchText.objects.filter(document=made, statement=None).count() == 1


def test_what_breaks_half_way_leaves_nothing(desk: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = document(desk.alice)
    lines = AuditLine.objects.count()

    def breaks(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(linking, "link_people", breaks)
    with pytest.raises(RuntimeError):
        services.take_in(made, read_as(made.text, "Tarek Oumari"), reader="test", actor=actor(desk.alice))
    assert [model.objects.count() for model in (Reading, Sighting, Claim, Link, SearchText)] == [0, 0, 0, 0, 0]
    assert AuditLine.objects.count() == lines


def test_one_line_in_the_audit_says_who_took_in_what_without_a_name(desk: Cast) -> None:
    made = report(desk.alice, "Tarek Oumari")
    line = AuditLine.objects.get(action="cases.reading.taken_in")
    assert line.actor == str(Actor(desk.alice.pk, "desk"))
    assert (line.detail["document"], line.detail["claims"]) == (made.pk, 1)
    assert "Oumari" not in str(list(AuditLine.objects.values()))


def test_claims_keep_their_exact_words_and_days(desk: Cast) -> None:
    made = document(desk.alice, "Word. Tarek Oumari was arrested. And more.")
    reading = read_as(made.text, "Tarek Oumari", date="2026-03")
    claim = replace(reading.claims[0], evidence=((6, 18), (19, 31)))
    services.take_in(made, replace(reading, claims=(claim,)), reader="test", actor=actor(desk.alice))
    kept = Claim.objects.get()
    assert kept.words == "Tarek Oumari … was arrested"
    assert [str(kept.earliest_on), str(kept.latest_on)] == ["2026-03-01", "2026-03-31"]


@pytest.mark.parametrize("date", ["soon", "2026-13-45", "2026-03-04/2026-03-01"])
def test_a_date_that_is_none_is_left_out(desk: Cast, date: str) -> None:
    report(desk.alice, "Tarek Oumari", date=date)
    assert (Claim.objects.get().date, Claim.objects.get().earliest_on) == ("", None)


def test_check_names_a_passage_that_was_changed(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    assert list(checks.faults()) == []
    claim = Claim.objects.get()
    with append_only.lifted():
        Claim.objects.update(words="Something else.")
    (fault,) = checks.faults()
    assert fault.startswith(f"Claim {claim.pk}: ")
    with append_only.lifted():
        Claim.objects.update(words=claim.words, evidence=[])
    (fault,) = checks.faults()
    assert "no passage" in fault


def test_check_names_a_case_that_nothing_leads_to(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    with append_only.lifted():
        Link.objects.all().delete()
    kept, fault = checks.faults()
    assert kept.startswith(
        f"Person {Case.objects.get().person_id}: lists show a state that their claims do not add up to"
    )
    assert fault == f"Case {Case.objects.get().pk}: no document leads to it."
    assert Statement.objects.count() == 0
