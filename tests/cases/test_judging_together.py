"""Judgements that need two people, judgements on links, and what waits for one."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from cast import Cast, actor, cast, report
from habeas.accounts.models import Team
from habeas.audit.checks import faults
from habeas.cases import judging, queries
from habeas.cases.models import Case, Claim, Judgement, Link, Person, PersonName, Sighting

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def claim(people: Cast) -> Claim:
    report(people.alice, "Tarek Oumari")
    return Claim.objects.get()


def ours(people: Cast) -> Team:
    return people.alice.teams.get()


def shown(people: Cast) -> tuple[str, str]:
    file = queries.case_file(Case.objects.get(), people.alice)
    assert file is not None
    row = file.state.timeline[0].rows[0] if file.state.timeline else None
    return (row.judged, row.waits) if row else ("gone", "")


def test_two_people_must_say_the_same_where_a_rule_asks_for_it(people: Cast, claim: Claim) -> None:
    judging.set_rule(ours(people), "claim", 2, kind="arrest", actor=actor(people.bob))
    steps = [
        (people.alice, "reject", ("proposed", "second")),
        (people.alice, "reject", ("proposed", "second")),
        (people.bob, "accept", ("proposed", "second")),
        (people.bob, "reject", ("gone", "")),
    ]
    seen = []
    for user, verdict, wanted in steps:
        judging.judge(claim, verdict, actor=actor(user))
        seen.append((shown(people), wanted))
    assert [is_ for is_, _ in seen] == [wanted for _, wanted in seen]
    assert Judgement.objects.count() == 3  # said twice by one person is one voice, and one row
    judging.undo(claim, actor=actor(people.alice))
    assert shown(people) == ("proposed", "second")


def test_two_mend_alike_or_it_does_not_count(people: Cast, claim: Claim) -> None:
    judging.set_rule(ours(people), "claim", 2, actor=actor(people.bob))
    judging.mend(claim, {"date": "2026-03-01"}, actor=actor(people.alice))
    judging.mend(claim, {"date": "2026-03-02"}, actor=actor(people.bob))
    assert shown(people) == ("proposed", "second")
    judging.mend(claim, {"date": "2026-03-02"}, actor=actor(people.alice))
    assert shown(people) == ("mended", "")


def test_a_rule_holds_from_then_on_and_for_its_team_and_kind(people: Cast, claim: Claim) -> None:
    judging.judge(claim, "accept", actor=actor(people.alice))
    judging.set_rule(ours(people), "claim", 2, actor=actor(people.alice))
    assert shown(people) == ("accepted", "")
    assert judging.needed(claim) == 2
    judging.set_rule(ours(people), "claim", 1, kind="arrest", actor=actor(people.alice))
    assert judging.needed(claim) == 1
    report(people.charlie, "Salma Oumari")
    assert judging.needed(Claim.objects.latest("pk")) == 1


@pytest.mark.parametrize(
    "rule",
    [
        {"on": "case", "people": 2},
        {"on": "claim", "people": 3},
        {"on": "claim", "people": 0},
        {"on": "link", "people": 2, "kind": "arrest"},
        {"on": "claim", "people": 2, "kind": "party"},
    ],
)
def test_a_rule_that_cannot_be_is_refused(people: Cast, rule: dict[str, Any]) -> None:
    with pytest.raises(judging.CannotJudge):
        judging.set_rule(ours(people), actor=actor(people.alice), **rule)


@pytest.fixture
def asked(people: Cast) -> Link:
    """A link that asks: a name in a second report, which may be the person on file."""
    report(people.alice, "Tarek Oumari")
    report(people.alice, "Oumari Hani Saffar", kind="health", phase="ongoing", value="stable")
    return ask(Sighting.objects.latest("pk"), Case.objects.get(person__name="Tarek Oumari").person)


def ask(sighting: Sighting, person: Person) -> Link:
    return Link.objects.create(
        sighting=sighting, person=person, verdict="ask", score=0.5, reason="?", made_at=timezone.now(), made_by="names"
    )


def standing_links() -> set[tuple[int, int, str, str, str]]:
    links = Link.objects.order_by("pk")
    newest = {(link.sighting_id, link.person_id): link for link in links}
    return {(*pair, link.verdict, link.reason, link.made_by) for pair, link in newest.items()}


@pytest.mark.parametrize(("verdict", "becomes"), [("accept", "same"), ("reject", "different"), ("unsure", "ask")])
def test_a_link_judged_counts_and_is_restored_exactly(people: Cast, asked: Link, verdict: str, becomes: str) -> None:
    before, names = standing_links(), set(PersonName.objects.values_list("person", "name"))
    judging.judge(asked, verdict, reason="same mother", actor=actor(people.bob))
    newest = Link.objects.filter(sighting=asked.sighting, person=asked.person).latest("pk")
    assert (newest.verdict, newest.reason, newest.made_by) == (becomes, "same mother", f"user {people.bob.pk}")
    judging.undo(newest, actor=actor(people.alice))
    assert standing_links() == before
    assert set(PersonName.objects.values_list("person", "name")) == names
    assert not list(faults())


def test_an_accepted_name_is_nobody_elses(people: Cast) -> None:
    report(people.alice, "Tarek Oumari")
    report(people.alice, "Tariq al-Oumari")
    report(people.alice, "Salma Darzi")
    first = Link.objects.filter(verdict="same").earliest("pk")
    other = Case.objects.get(person__name="Salma Darzi").person
    may_be = ask(first.sighting, other)
    before = standing_links()
    judging.judge(may_be, "accept", actor=actor(people.alice))
    same = {(sighting, person) for sighting, person, verdict, *_ in standing_links() if verdict == "same"}
    assert (first.sighting_id, other.pk) in same
    assert (first.sighting_id, first.person_id) not in same
    judging.undo(may_be, actor=actor(people.alice))
    assert standing_links() == before


def test_a_link_waits_for_the_second_person_before_it_counts(people: Cast, asked: Link) -> None:
    judging.set_rule(ours(people), "link", 2, actor=actor(people.alice))
    links = Link.objects.count()
    judging.judge(asked, "accept", actor=actor(people.alice))
    assert Link.objects.count() == links
    assert [one.key for one in queries.waiting(people.bob, "link", "second")] == [asked.pk]
    judging.judge(asked, "accept", actor=actor(people.bob))
    assert Link.objects.filter(sighting=asked.sighting, verdict="same").exists()
    assert not queries.waiting(people.bob, "link", "second")


def test_what_nobody_judged_waits_and_leaves_when_judged(people: Cast, claim: Claim) -> None:
    (one,) = queries.waiting(people.alice)
    assert (one.what, one.key, one.why, one.subject) == ("claim", claim.pk, "new", "Tarek Oumari")
    assert one.case == Case.objects.get().pk
    assert queries.count_waiting(people.alice)["claim", "new"] == 1
    judging.judge(claim, "unsure", actor=actor(people.alice))
    assert not queries.waiting(people.alice)
    assert [one.key for one in queries.waiting(people.alice, why="unsure")] == [claim.pk]
    judging.undo(claim, actor=actor(people.alice))
    assert len(queries.waiting(people.alice, case=Case.objects.get())) == 1


def test_a_link_that_asks_waits_until_the_name_is_somebodys(people: Cast, asked: Link) -> None:
    (one,) = queries.waiting(people.alice, "link")
    assert (one.key, one.subject, one.case) == (asked.pk, "Oumari Hani Saffar", asked.person.case.pk)
    assert one.link is not None
    judging.judge(asked, "accept", actor=actor(people.alice))
    assert not queries.waiting(people.alice, "link")


def test_an_outsider_sees_nothing_that_waits_and_no_voice(people: Cast, claim: Claim, asked: Link) -> None:
    judging.judge(claim, "accept", actor=actor(people.alice), reason="seen the order")
    assert not any(queries.count_waiting(people.charlie).values())
    assert not any(queries.count_waiting(people.charlie, case=claim_case(claim)).values())
    assert queries.voices(claim, people.charlie) == []
    assert queries.voices(asked, people.charlie) == []


def claim_case(claim: Claim) -> Case:
    return Case.objects.get(person__links__sighting=claim.subject, person__links__verdict="same")


def test_voices_tell_who_said_what_and_what_was_taken_back(people: Cast, claim: Claim) -> None:
    judging.judge(claim, "reject", actor=actor(people.alice), reason="a namesake")
    judging.undo(claim, actor=actor(people.bob))
    judging.mend(claim, {"date": "2026-03-01"}, actor=actor(people.bob))
    first, second = queries.voices(claim, people.alice)
    assert (first.by, first.verdict, first.reason) == ("alice", "reject", "a namesake")
    assert first.undone_at is not None
    assert (second.by, second.mended, second.undone_at) == ("bob", {"date": "2026-03-01"}, None)


def test_waiting_asks_the_database_the_same_however_much_waits(
    people: Cast, claim: Claim, django_assert_max_num_queries: Any
) -> None:
    for name in ("Wael Darzi", "Hani Saffar", "Lina Qasimi", "Omar Tahhan"):
        report(people.alice, name)
    with django_assert_max_num_queries(18):  # a third of them ask who sees what
        assert len(queries.waiting(people.alice)) == 5
