"""Claims put right by a person: what was read stays, what was put right counts, and what cannot be is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cast import Cast, actor, cast, document, read_as, report
from habeas.audit import checks
from habeas.cases import by_hand, judging, queries, services
from habeas.cases.casefile import CaseFile, Row
from habeas.cases.checks import SEALED
from habeas.cases.models import Case, Claim, Judgement, Sighting, Statement
from habeas.extraction import reading as r
from habeas.sources.models import Document

pytestmark = pytest.mark.django_db
TEXT = "Tarek Oumari was freed on Monday. Salma Oumari was arrested on Tuesday."


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def two(people: Cast) -> Document:
    """A document that names two people; the arrest is read as if it were the first one's."""
    made = document(people.alice, TEXT)
    reading = read_as(TEXT, "Tarek Oumari", date="2026-03-03")
    start = TEXT.index("Salma Oumari")
    other = r.Entity("e2", "person", "Salma Oumari", ((start, start + 12),))
    claim = replace(reading.claims[0], evidence=((start, len(TEXT)),))
    freed = replace(claim, id="c2", subject="e2", kind="release", evidence=((0, 33),))
    reading = replace(reading, entities=(*reading.entities, other), claims=(claim, freed))
    services.take_in(made, reading, reader="test", actor=actor(people.alice))
    return made


def file_of(people: Cast, name: str) -> CaseFile:
    file = queries.case_file(Case.objects.get(person__name=name), people.alice)
    assert file is not None
    return file


def row_of(claim: Claim, people: Cast) -> Row:
    cards = queries.document_view(claim.reading.document, people.alice).cards
    return next(card.row for card in cards if card.row and card.row.claim == claim.pk)


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"date": "2026-02"}, {"date": "2026-02", "label": "arrested"}),
        ({"date": ""}, {"date": "", "earliest": None, "latest": None}),
        ({"kind": "order", "phase": "issued", "value": "P4M"}, {"kind": "order", "value": "P4M"}),
        ({"kind": "hunger_strike", "phase": "ongoing", "value": "12"}, {"value": 12}),
        ({"modality": "alleged"}, {"modality": "alleged", "label": "alleged: arrested"}),
        ({"place": "  Ofra   Camp "}, {"place": "Ofra Camp"}),
        ({"actor": "the police"}, {"actor": "the police"}),
    ],
)
def test_what_was_put_right_is_shown_and_what_was_read_stays(
    people: Cast, changes: dict[str, Any], shown: dict[str, Any]
) -> None:
    report(people.alice, "Tarek Oumari", date="2026-03-03")
    claim = Claim.objects.get()
    judging.mend(claim, changes, reason="the text says so", actor=actor(people.bob))
    row = row_of(claim, people)
    assert {key: getattr(row, key) for key in shown} == shown
    assert row.judged == "mended"
    kept = Claim.objects.get()
    assert (kept.kind, kept.date, kept.modality, kept.place) == ("arrest", "2026-03-03", "actual", "")


def test_a_shorter_passage_is_words_of_the_document(people: Cast) -> None:
    report(people.alice, "Tarek Oumari")
    claim = Claim.objects.get()
    judging.mend(claim, {"evidence": [[17, 25]]}, actor=actor(people.bob))
    passage = row_of(claim, people).passage
    assert (passage.words, passage.spans) == ("arrested", ((17, 25),))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Nothing is put right"),
        ({"colour": "red"}, "'colour' cannot be put right"),
        ({"kind": "party"}, "'party' is no kind of claim"),
        ({"phase": "ended"}, "'ended' is no phase of arrest"),
        ({"kind": "release"}, None),
        ({"kind": "isolation"}, "'done' is no phase of isolation"),
        ({"modality": "sure"}, "none of actual"),
        ({"date": "next week"}, "is no date"),
        ({"kind": "order", "phase": "issued", "value": "four months"}, "is no length of an order"),
        ({"kind": "hunger_strike", "phase": "start", "value": "many"}, "is no count"),
        ({"place": "x" * 301}, "301 characters long"),
        ({"evidence": []}, "every claim needs its passage"),
        ({"evidence": [[0, 999]]}, "every claim needs its passage"),
        ({"evidence": [[4, 2]]}, "every claim needs its passage"),
        ({"evidence": [[0, 5], [3, 8]]}, "every claim needs its passage"),
        ({"evidence": [[-3, 2]]}, "every claim needs its passage"),
        ({"evidence": "all of it"}, "pairs of numbers"),
        ({"subject": 99_999}, "names nobody with the key 99999"),
        ({"subject": "e1"}, "by the key"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(people: Cast, changes: dict[str, Any], says: str | None) -> None:
    report(people.alice, "Tarek Oumari")
    if says is None:
        judging.mend(Claim.objects.get(), changes, actor=actor(people.alice))
        return
    with pytest.raises(judging.CannotJudge, match=says):
        judging.mend(Claim.objects.get(), changes, actor=actor(people.alice))
    assert not Judgement.objects.exists()


def test_a_claim_mended_to_be_about_somebody_else_moves_to_their_file_and_back(people: Cast, two: Document) -> None:
    before = [file_of(people, name).state for name in ("Tarek Oumari", "Salma Oumari")]
    arrest = Claim.objects.get(kind="arrest")
    judging.mend(arrest, {"subject": Sighting.objects.get(name="Salma Oumari").pk}, actor=actor(people.alice))
    tarek, salma = (file_of(people, name).state for name in ("Tarek Oumari", "Salma Oumari"))
    assert not tarek.timeline
    assert [entry.kind for entry in salma.timeline] == ["arrest", "release"]
    shown = {row.name: row.custody.state for row in queries.case_rows(people.alice)}
    assert shown == {"Tarek Oumari": "unknown", "Salma Oumari": salma.custody.state}
    judging.undo(arrest, actor=actor(people.alice))
    assert [file_of(people, name).state for name in ("Tarek Oumari", "Salma Oumari")] == before


def test_nobody_of_another_document_can_be_its_subject(people: Cast, two: Document) -> None:
    report(people.alice, "Wael Darzi")
    with pytest.raises(judging.CannotJudge, match="names nobody"):
        judging.mend(
            Claim.objects.get(kind="release"),
            {"subject": Sighting.objects.get(name="Wael Darzi").pk},
            actor=actor(people.alice),
        )


def said_in(people: Cast) -> Statement:
    text = "Salma Oumari said that Tarek Oumari was arrested."
    made = document(people.alice, text)
    reading = read_as(text, "Tarek Oumari")
    speaker = r.Entity("e2", "person", "Salma Oumari", ((0, 12),))
    said = r.Statement(
        "s1", r.Speaker(((0, 12),), "e2"), ((13, 17),), ((18, len(text) - 1),), "indirect", about=("e1",)
    )
    reading = replace(reading, entities=(*reading.entities, speaker), statements=(said,))
    services.take_in(made, reading, reader="test", actor=actor(people.alice))
    return Statement.objects.get()


def test_a_statement_is_put_right_rejected_and_restored(people: Cast) -> None:
    statement = said_in(people)
    (before,) = queries.statements(people.alice)
    tarek = Sighting.objects.get(name="Tarek Oumari")
    right = {"acts": ["accuse"], "role": "sister", "speaker": tarek.pk, "content_spans": [[23, 48]], "condition": None}
    judging.mend(statement, right, actor=actor(people.bob))
    (after,) = queries.statements(people.alice)
    assert (after.said.acts, after.said.role, after.said.speaker) == (("accuse",), "sister", "Tarek Oumari")
    assert (after.said.passage.words, after.said.judged) == ("Tarek Oumari was arrested", "mended")
    judging.judge(statement, "reject", actor=actor(people.bob))
    (rejected,) = queries.statements(people.alice)
    assert (rejected.said.judged, rejected.said.acts) == ("rejected", ("state",))
    judging.undo(statement, actor=actor(people.bob))
    assert queries.statements(people.alice) == [after]
    judging.undo(statement, actor=actor(people.bob))
    assert queries.statements(people.alice) == [before]


@pytest.mark.parametrize("changes", [{"acts": []}, {"acts": ["sing"]}, {"manner": "loud"}, {"speaker": 12_345}])
def test_a_statement_cannot_be_put_wrong(people: Cast, changes: dict[str, Any]) -> None:
    statement = said_in(people)
    with pytest.raises(judging.CannotJudge):
        judging.mend(statement, changes, actor=actor(people.alice))


def test_a_claim_by_hand_counts_opens_a_case_and_can_be_taken_back(people: Cast) -> None:
    text = "Tarek Oumari was arrested. Wael Darzi has been on hunger strike for 12 days."
    made = document(people.alice, text)
    services.take_in(made, read_as(text, "Tarek Oumari"), reader="test", actor=actor(people.alice))
    start = text.index("Wael")
    who = by_hand.add_sighting(made, [[start, start + 10]], actor=actor(people.alice))
    assert by_hand.add_sighting(made, [[start, start + 10]], actor=actor(people.bob)) == who
    said = {"kind": "hunger_strike", "phase": "ongoing", "value": 12, "evidence": [[start, len(text)]]}
    claim = by_hand.add_claim(made, said, who, actor=actor(people.alice), reason="the reader passed over it")
    state = file_of(people, "Wael Darzi").state
    assert state.protest.state == "hunger_strike"
    assert (state.protest.rows[0].judged, state.protest.rows[0].by_hand) == ("accepted", True)
    assert not list(checks.faults(SEALED))
    judging.undo(claim, actor=actor(people.bob))
    assert not list(checks.faults(SEALED))
    assert file_of(people, "Wael Darzi").state.protest.state == "none"
    assert len(queries.document_view(made, people.alice).cards) == 1
    assert not [one for one in queries.waiting(people.alice) if one.key == claim.pk]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"kind": "arrest", "phase": "done"}, "needs its evidence"),
        ({"kind": "arrest", "evidence": [[0, 5]]}, "needs its phase"),
        ({"kind": "arrest", "phase": "done", "evidence": [[0, 500]]}, "needs its passage"),
    ],
)
def test_a_claim_by_hand_needs_its_words(people: Cast, said: dict[str, Any], says: str) -> None:
    made = report(people.alice, "Tarek Oumari")
    with pytest.raises(judging.CannotJudge, match=says):
        by_hand.add_claim(made, said, Sighting.objects.get(), actor=actor(people.alice))
    assert Claim.objects.count() == 1


def test_a_claim_by_hand_is_about_somebody_the_document_names(people: Cast) -> None:
    made, _other = report(people.alice, "Tarek Oumari"), report(people.alice, "Wael Darzi")
    with pytest.raises(judging.CannotJudge, match="named in the newest reading"):
        by_hand.add_claim(
            made,
            {"kind": "arrest", "phase": "done", "evidence": [[0, 5]]},
            Sighting.objects.get(name="Wael Darzi"),
            actor=actor(people.alice),
        )
