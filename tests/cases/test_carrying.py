"""A newer reader: its reading beside the old one, and nobody's judgement lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cast import Cast, actor, cast, document, read_as
from habeas.audit import checks
from habeas.cases import by_hand, gold, judging, queries, services
from habeas.cases.casefile import CaseFile
from habeas.cases.checks import SEALED
from habeas.cases.linking import OPENED
from habeas.cases.models import Case, Claim, Judgement, Link, Person, Reading, Sighting, Statement
from habeas.cases.people import merge, split, undo
from habeas.core.actor import Actor
from habeas.extraction import from_json
from habeas.extraction import reading as r
from habeas.sources.models import Document

pytestmark = pytest.mark.django_db
TEXT = "Tarek Oumari was arrested on 4 March, his sister Salma Oumari said. He is on hunger strike."
SAID = r.Statement("s1", r.Speaker(((38, 61),), "e2"), ((62, 66),), ((0, 36),), "indirect", about=("e1",))


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def made(people: Cast) -> Document:
    kept = document(people.alice, TEXT)
    take_in(kept, people, "v1", reading())
    return kept


def reading(**claim: Any) -> r.Reading:
    """Tarek's arrest on 4 March as his sister tells it, read with the changes of `claim`."""
    base = read_as(TEXT, "Tarek Oumari")
    first = replace(base.claims[0], evidence=((0, 36),), date="2026-03-04", statement="s1")
    sister = r.Entity("e2", "person", "Salma Oumari", ((49, 61),))
    claims = (replace(first, **claim),)
    return replace(base, entities=(*base.entities, sister), statements=(SAID,), claims=claims)


def take_in(kept: Document, people: Cast, reader: str, read: r.Reading) -> services.TakenIn:
    return services.take_in(kept, read, reader=reader, actor=Actor(people.bob.pk, "reread"))


def file_of(people: Cast) -> CaseFile:
    file = queries.case_file(Case.objects.get(person__name="Tarek Oumari"), people.alice)
    assert file is not None
    return file


def told(people: Cast) -> list[tuple[str, str, str, str]]:
    """The claims of the case: phase, date, how judged, and whether it waits."""
    rows = [row for entry in file_of(people).state.timeline for row in entry.rows]
    return [(row.kind, row.date, row.judged, row.waits) for row in rows]


@pytest.mark.parametrize(("verdict", "shown"), [("accept", "accepted"), ("unsure", "unsure")])
def test_the_same_passage_read_the_same_keeps_its_judgement(
    people: Cast, made: Document, verdict: str, shown: str
) -> None:
    judging.judge(Claim.objects.get(), verdict, actor=actor(people.alice), reason="seen the order")
    taken = take_in(made, people, "v2", reading())
    assert (taken.carried, taken.queued) == (1, 0)
    assert told(people) == [("arrest", "2026-03-04", shown, "")]
    (voice,) = queries.voices(Claim.objects.latest("pk"), people.bob)
    assert (voice.by, voice.reason, voice.carried) == ("alice", "seen the order", True)
    assert not list(checks.faults(SEALED))


def test_a_rejected_claim_stays_rejected_when_it_is_read_again(people: Cast, made: Document) -> None:
    judging.judge(Claim.objects.get(), "reject", actor=actor(people.alice))
    take_in(made, people, "v2", reading())
    assert told(people) == []
    assert file_of(people).state.custody.state == "unknown"


def test_a_rejected_claim_that_is_read_otherwise_waits_as_a_new_one(people: Cast, made: Document) -> None:
    judging.judge(Claim.objects.get(), "reject", actor=actor(people.alice))
    take_in(made, people, "v2", reading(date="2026-03-05"))
    assert told(people) == [("arrest", "2026-03-05", "proposed", "")]
    assert len(queries.waiting(people.alice)) == 1


def test_an_accepted_claim_that_is_read_no_more_stays_and_waits(people: Cast, made: Document) -> None:
    judging.judge(Claim.objects.get(), "accept", actor=actor(people.alice))
    before = file_of(people).state.custody
    taken = take_in(made, people, "v2", replace(reading(), claims=()))
    assert (taken.carried, taken.queued) == (0, 1)
    assert told(people) == [("arrest", "2026-03-04", "accepted", "changed")]
    after = file_of(people).state.custody
    assert (after.state, after.since, after.as_of) == (before.state, before.since, before.as_of)
    (one,) = queries.waiting(people.alice, why="changed")
    judging.judge(Claim.objects.get(pk=one.key), "accept", actor=actor(people.bob))
    assert not queries.waiting(people.alice, why="changed")
    assert not list(checks.faults(SEALED))


def test_a_mended_claim_stays_mended_and_becomes_accepted_once_the_reader_reads_it_so(
    people: Cast, made: Document
) -> None:
    judging.mend(Claim.objects.get(), {"date": "2026-03-05"}, actor=actor(people.alice))
    take_in(made, people, "v2", reading())
    assert told(people) == [("arrest", "2026-03-05", "mended", "")]
    take_in(made, people, "v3", reading(date="2026-03-05"))
    assert told(people) == [("arrest", "2026-03-05", "accepted", "")]
    take_in(made, people, "v4", replace(reading(), claims=()))
    assert told(people) == [("arrest", "2026-03-05", "accepted", "changed")]


def test_what_nobody_judged_is_as_the_newest_reading_has_it(people: Cast, made: Document) -> None:
    take_in(made, people, "v2", reading(date="2026-03-07"))
    assert told(people) == [("arrest", "2026-03-07", "proposed", "")]
    assert Reading.objects.count() == Claim.objects.count() == 2


def test_a_judgement_taken_back_is_not_carried(people: Cast, made: Document) -> None:
    claim = Claim.objects.get()
    judging.judge(claim, "accept", actor=actor(people.alice))
    judging.undo(claim, actor=actor(people.alice))
    take_in(made, people, "v2", replace(reading(), claims=()))
    assert told(people) == []
    assert Judgement.objects.count() == 2


def test_two_voices_of_two_are_carried_as_two(people: Cast, made: Document) -> None:
    judging.set_rule(people.alice.teams.get(), "claim", 2, actor=actor(people.alice))
    judging.judge(Claim.objects.get(), "accept", actor=actor(people.alice))
    take_in(made, people, "v2", reading())
    assert told(people) == [("arrest", "2026-03-04", "proposed", "second")]
    judging.judge(Claim.objects.latest("pk"), "accept", actor=actor(people.bob))
    take_in(made, people, "v3", reading())
    assert told(people) == [("arrest", "2026-03-04", "accepted", "")]


def test_a_claim_by_hand_and_somebody_only_a_person_saw_stay(people: Cast, made: Document) -> None:
    who = by_hand.add_sighting(made, [[68, 70]], actor=actor(people.alice))
    said = {"kind": "hunger_strike", "phase": "ongoing", "evidence": [[68, len(TEXT)]]}
    by_hand.add_claim(made, said, Sighting.objects.get(name="Tarek Oumari"), actor=actor(people.alice))
    by_hand.add_claim(made, said | {"modality": "alleged"}, who, actor=actor(people.alice))
    taken = take_in(made, people, "v2", reading())
    assert (taken.carried, taken.queued) == (2, 0)
    assert ("hunger_strike", "", "accepted", "") in told(people)
    kept = Sighting.objects.get(reading=taken.reading, name="He")
    assert Claim.objects.get(subject=kept).modality == "alleged"
    again = take_in(made, people, "v3", replace(reading(), entities=reading().entities[1:], claims=()))
    assert (again.carried, again.queued) == (2, 0)
    assert ("hunger_strike", "", "accepted", "") in told(people)
    assert Case.objects.count() == 1
    assert not list(checks.faults(SEALED))


@pytest.mark.parametrize(("verdict", "becomes"), [("accept", "same"), ("reject", "different")])
def test_whom_people_found_a_name_to_be_outlasts_the_reader(
    people: Cast, made: Document, verdict: str, becomes: str
) -> None:
    link = Link.objects.get(sighting__name="Tarek Oumari")
    judging.judge(link, verdict, actor=actor(people.alice), reason="a namesake")
    taken = take_in(made, people, "v2", reading())
    newest = Link.objects.filter(sighting__reading=taken.reading, person=link.person).latest("pk")
    assert (newest.verdict, newest.reason) == (becomes, "a namesake")
    assert Case.objects.filter(person=link.person).count() == 1
    judging.undo(newest, actor=actor(people.bob))
    assert Link.objects.latest("pk").verdict == "ask"
    assert not list(checks.faults(SEALED))


def test_a_judged_statement_is_carried_or_kept(people: Cast, made: Document) -> None:
    judging.mend(Statement.objects.get(), {"acts": ["accuse"]}, actor=actor(people.alice))
    take_in(made, people, "v2", reading())
    (same,) = queries.statements(people.alice)
    assert (same.said.acts, same.said.judged, same.said.waits) == (("accuse",), "mended", "")
    take_in(made, people, "v3", replace(reading(), statements=(), claims=()))
    (kept,) = queries.statements(people.alice)
    assert (kept.said.acts, kept.said.judged, kept.said.waits) == (("accuse",), "mended", "changed")
    assert (kept.said.speaker, [one.name for one in kept.about]) == ("Salma Oumari", ["Tarek Oumari"])
    assert len(queries.statements(people.alice, words="arrested")) == 1


def test_gold_is_what_people_left_and_reads_back(people: Cast, made: Document) -> None:
    assert list(gold.export(people.alice)) == []
    judging.mend(Claim.objects.get(), {"date": "2026-03-05", "place": "Basit"}, actor=actor(people.alice))
    hand = {"kind": "hunger_strike", "phase": "ongoing", "evidence": [[68, len(TEXT)]]}
    by_hand.add_claim(made, hand, Sighting.objects.get(name="Tarek Oumari"), actor=actor(people.alice))
    (one,) = gold.export(people.bob)
    told = from_json(one)
    assert [(c.kind, c.date, c.place, c.statement) for c in told.claims] == [
        ("arrest", "2026-03-05", "Basit", "s1"),
        ("hunger_strike", None, None, None),
    ]
    assert told.statements == (SAID,)
    assert one["statements"][0]["optional"]
    assert not one["document"]["complete"]
    assert one["text"] == TEXT
    judging.judge(Statement.objects.get(), "accept", actor=actor(people.alice))
    judging.judge(Claim.objects.get(kind="arrest"), "reject", actor=actor(people.alice))
    (one,) = gold.export(people.bob)
    assert one["document"]["complete"]
    assert [c["kind"] for c in one["claims"]] == ["hunger_strike"]
    assert [c["kind"] for c in one["rejected"]["claims"]] == ["arrest"]
    assert "alice" not in str(one)
    assert list(gold.export(people.charlie)) == []


@pytest.mark.parametrize("name", ["Mohammad Ali", "Khalil", "Tarek Oumari"])
def test_a_case_keeps_its_report_when_that_is_read_again_and_tells_nothing_but_the_name(
    people: Cast, name: str
) -> None:
    text = f"{name} was arrested."
    kept = document(people.alice, text)
    for version in ("v1", "v2", "v3"):
        take_in(kept, people, version, read_as(text, name))
    assert Case.objects.count() == 1
    (link,) = Link.objects.filter(sighting__reading__reader="v3")
    assert (link.verdict, link.person) == ("same", Case.objects.get().person)


def test_two_people_of_one_name_keep_their_reports_when_these_are_read_again(people: Cast) -> None:
    texts = "Mohammad Ali was arrested.", "Mohammad Ali was tried."
    kept = [document(people.alice, text) for text in texts]
    for version in ("v1", "v2", "v3"):
        for one in kept:
            take_in(one, people, version, read_as(one.text, "Mohammad Ali"))
    told = Link.objects.filter(verdict="same", sighting__reading__reader="v3")
    assert set(told.values_list("sighting__reading__document", "person")) == set(
        Link.objects.filter(reason=OPENED.reason).values_list("sighting__reading__document", "person")
    )
    assert Case.objects.count() == 2


def test_a_report_stays_with_whom_its_people_were_merged_into(people: Cast) -> None:
    texts = "Mohammad Ali was arrested.", "Mohammad Ali was tried."
    kept = [document(people.alice, text) for text in texts]
    for one in kept:
        take_in(one, people, "v1", read_as(one.text, "Mohammad Ali"))
    two = Case.objects.order_by("pk")
    merge(two[0].person, two[1].person, reason="the same", user=people.alice, actor=actor(people.alice))
    for one in kept:
        take_in(one, people, "v2", read_as(one.text, "Mohammad Ali"))
    told = Link.objects.filter(verdict="same", sighting__reading__reader="v2")
    assert list(told.values_list("person", flat=True).distinct()) == [two[0].person_id]
    assert told.count() == 2


def filed(person: Person) -> set[int]:
    """The documents whose newest reading is this person's."""
    found = Link.objects.filter(person=person).order_by("pk").values_list("sighting", "verdict")
    same = [sighting for sighting, verdict in dict(found).items() if verdict == "same"]
    newest = dict(Reading.objects.order_by("pk").values_list("document", "pk"))
    return set(
        Sighting.objects.filter(pk__in=same, reading__in=newest.values()).values_list("reading__document", flat=True)
    )


def test_what_came_to_whom_was_split_off_comes_back_when_that_is_undone(people: Cast) -> None:
    texts = [f"Sami Darwish {word}." for word in ("was arrested", "was tried", "was moved")]
    kept = [document(people.alice, text) for text in texts]
    said: dict[str, Any] = {"reason": "another man", "user": people.alice, "actor": actor(people.alice)}
    for one in kept:
        take_in(one, people, "v1", read_as(one.text, "Sami Darwish"))
    person = Person.objects.get()
    change = split(person, [Sighting.objects.latest("pk")], "Samir Darwish Qalandri", **said)
    take_in(kept[2], people, "v2", read_as(kept[2].text, "Sami Darwish"))
    assert change.other
    assert filed(change.other) == {kept[2].pk}
    undo(change, user=people.alice, actor=actor(people.alice))
    assert filed(person) == {one.pk for one in kept}


def test_a_report_read_again_goes_back_when_a_merge_is_undone(people: Cast) -> None:
    names = "Sami Darwish", "Lina Qalandri"
    kept = [document(people.alice, f"{name} was arrested.") for name in names]
    said: dict[str, Any] = {"user": people.alice, "actor": actor(people.alice)}
    for one, name in zip(kept, names, strict=True):
        take_in(one, people, "v1", read_as(one.text, name))
    one, two = (Person.objects.get(name=name) for name in names)
    change = merge(one, two, reason="the same", **said)
    take_in(kept[1], people, "v2", read_as(kept[1].text, names[1]))
    assert filed(one) == {each.pk for each in kept}
    undo(change, **said)
    assert (filed(one), filed(two)) == ({kept[0].pk}, {kept[1].pk})
