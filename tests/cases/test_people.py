"""Merging, splitting, aliases: only links move, and everything can be undone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cast import Cast, actor, cast, document, of_two_teams, read_as, report
from habeas.accounts.models import Membership, User
from habeas.accounts.roles import NotAllowed
from habeas.advocacy.reconciling import reconcile
from habeas.audit import checks
from habeas.cases import erasing, judging, news, people, queries, services, sharing
from habeas.cases.checks import SEALED, faults
from habeas.cases.models import Case, Claim, Link, News, PeopleChange, Person, PersonName, Sighting
from habeas.cases.queries.identity import identity_of
from habeas.cases.queries.matches import matches
from habeas.core.errors import NotThere

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Cast:
    return cast()


def person(name: str) -> Person:
    return Person.objects.get(name=name)


def seen_as(one: Person) -> set[str]:
    return set(Sighting.objects.filter(pk__in=people._linked(one)).values_list("name", flat=True))


def state() -> object:
    """Everything that merging and splitting may change and undo must restore."""
    return (
        sorted(Case.objects.filter(person__merged_into=None).values_list("person__name", flat=True)),
        {one.name: (seen_as(one), set(one.names.values_list("name__name", flat=True))) for one in Person.objects.all()},
    )


def test_two_people_become_one_and_two_again(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    report(desk.alice, "Abu Salim Haddar", "{name} was arrested twice.")
    before, claims = state(), Claim.objects.count()
    change = people.merge(
        person("Tarek Oumari"),
        person("Abu Salim Haddar"),
        reason="his lawyer says so",
        user=desk.alice,
        actor=actor(desk.alice),
    )
    assert seen_as(person("Tarek Oumari")) == {"Tarek Oumari", "Abu Salim Haddar"}
    assert [case.person.name for case in Case.objects.visible_to(desk.bob)] == ["Tarek Oumari"]
    assert Claim.objects.count() == claims
    report(desk.alice, "Abu Salim Haddar", "{name} was arrested again.")
    assert seen_as(person("Abu Salim Haddar")) == set()
    people.undo(change, user=desk.bob, actor=actor(desk.bob))
    after = state()
    assert seen_as(person("Abu Salim Haddar")) == {"Abu Salim Haddar"}
    assert (after[0], after[1].keys()) == (before[0], before[1].keys())  # type: ignore[index]
    assert list(checks.faults(SEALED)) == []


def test_undoing_a_merge_restores_exactly(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    report(desk.alice, "Abu Salim Haddar", "{name} was arrested twice.")
    before, links = state(), Link.objects.count()
    change = people.merge(
        person("Tarek Oumari"), person("Abu Salim Haddar"), reason="one man", user=desk.alice, actor=actor(desk.alice)
    )
    people.undo(change, user=desk.alice, actor=actor(desk.alice))
    assert state() == before
    assert Link.objects.count() == links + 4  # nothing was removed: two links there, two back
    with pytest.raises(people.CannotChangePeople, match="undone already"):
        people.undo(change, user=desk.alice, actor=actor(desk.alice))


def test_one_person_becomes_two_and_one_again(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    report(desk.alice, "Tarek Oumari", "{name} was arrested in another town.")
    both = person("Tarek Oumari")
    before = state()
    leaving = Sighting.objects.order_by("pk").last()
    assert leaving is not None
    change = people.split(
        both, [leaving], "Tarek Oumari (Selm)", reason="two birth dates", user=desk.alice, actor=actor(desk.alice)
    )
    assert len(people._linked(both)) == 1
    assert len(people._linked(person("Tarek Oumari (Selm)"))) == 1
    assert Case.objects.visible_to(desk.alice).count() == 2
    people.undo(change, user=desk.alice, actor=actor(desk.alice))
    assert len(people._linked(both)) == 2
    assert state()[0] == before[0]  # type: ignore[index]


def test_an_alias_by_hand_leads_to_the_person(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    one = person("Tarek Oumari")
    change = people.add_alias(one, "Abu Salim Haddar", reason="kunya", user=desk.alice, actor=actor(desk.alice))
    report(desk.alice, "Abu Salim Haddar", "{name} was moved.", kind="transfer")
    assert seen_as(one) == {"Tarek Oumari", "Abu Salim Haddar"}
    assert Person.objects.count() == 1
    people.undo(change, user=desk.alice, actor=actor(desk.alice))
    assert set(one.names.values_list("name__name", flat=True)) == {"Tarek Oumari"}


def test_what_cannot_be_done_is_told_in_a_sentence_and_changes_nothing(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    one = person("Tarek Oumari")
    (sighting,) = Sighting.objects.all()
    who = {"user": desk.alice, "actor": actor(desk.alice)}
    with pytest.raises(people.CannotChangePeople, match="one person already"):
        people.merge(one, one, reason="x", **who)
    with pytest.raises(people.CannotChangePeople, match="Say why"):
        people.add_alias(one, "Tarek", reason=" ", **who)
    with pytest.raises(people.CannotChangePeople, match="a name of this person already"):
        people.add_alias(one, "Tarek Oumari", reason="x", **who)
    with pytest.raises(people.CannotChangePeople, match="must stay"):
        people.split(one, [sighting], "Other", reason="x", **who)
    assert PeopleChange.objects.count() == 0


def test_the_list_has_the_newest_news_first_whoever_they_are_moved_to(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    made = document(desk.alice, "Salma Benhadi was arrested.", published="2026-04-01")
    services.take_in(made, read_as(made.text, "Salma Benhadi"), reader="test", actor=actor(desk.alice))
    assert [row.name for row in queries.case_rows(desk.alice)] == ["Salma Benhadi", "Tarek Oumari"]
    tarek, salma = Person.objects.order_by("pk")
    people.merge(tarek, salma, reason="One person.", user=desk.alice, actor=actor(desk.alice))
    assert [(row.name, row.last_news) for row in queries.case_rows(desk.alice)] == [("Tarek Oumari", "2026-04-01")]
    assert list(news.faults()) == []
    News.objects.all().delete()
    assert len(list(news.faults())) == 2
    news.make_again()
    assert list(news.faults()) == []


def test_each_team_keeps_its_file_of_somebody_who_is_one_with_anothers(desk: Cast) -> None:
    report(desk.charlie, "Abu Salim Haddar", "{name} is on hunger strike.", kind="hunger_strike", phase="ongoing")
    theirs = Case.objects.get()
    before, links = queries.case_file(theirs, desk.charlie), identity_of(theirs, desk.charlie)
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    for user, names in (
        (desk.bob, ["Tarek Oumari"]), (desk.charlie, ["Abu Salim Haddar"]), (desk.alice, ["Tarek Oumari"]),
    ):  # fmt: skip
        assert [row.name for row in queries.case_rows(user)] == names
    after = queries.case_file(theirs, desk.charlie)
    assert before
    assert after
    assert len(after.documents) == len(before.documents) + 1  # the report that `of_two_teams` takes in
    assert identity_of(theirs, desk.charlie).names == links.names
    assert not identity_of(theirs, desk.charlie).changes
    assert "Oumari" not in told_of(desk.charlie, theirs)
    assert "Haddar" not in told_of(desk.bob, change.person.case)
    both = queries.case_file(change.person.case, desk.alice)
    assert both
    assert len(both.documents) == 3
    assert list(checks.faults(SEALED)) == []
    assert list(faults()) == []


def test_what_comes_to_either_file_is_seen_by_who_is_of_both_and_by_its_own_team(desk: Cast) -> None:
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    ours, theirs = change.person.case, Case.objects.get(team=Membership.objects.get(user=desk.charlie).team)
    report(desk.charlie, "Abu Salim Haddar", "{name} was moved to Selm.", kind="transfer")
    report(desk.bob, "Tarek Oumari", "{name} was moved to Basit.", kind="transfer")
    files = [queries.case_file(*one) for one in ((ours, desk.alice), (ours, desk.bob), (theirs, desk.charlie))]
    assert [len(file.documents) for file in files if file] == [4, 2, 2]
    assert {row.case for row in queries.case_rows(desk.alice)} == {ours.pk}
    made = Sighting.objects.latest("pk").reading.document
    services.take_in(made, read_as(made.text, "Tarek Oumari"), reader="newer", actor=actor(desk.bob))
    haddar = Sighting.objects.filter(name="Abu Salim Haddar").latest("pk").reading.document
    services.take_in(haddar, read_as(haddar.text, "Abu Salim Haddar"), reader="newer", actor=actor(desk.charlie))
    files = [queries.case_file(*one) for one in ((ours, desk.alice), (ours, desk.bob), (theirs, desk.charlie))]
    assert [len(file.documents) for file in files if file] == [4, 2, 2]
    people.undo(change, user=desk.alice, actor=actor(desk.alice))
    files = [queries.case_file(*one) for one in ((ours, desk.alice), (ours, desk.bob), (theirs, desk.charlie))]
    assert [len(file.documents) for file in files if file] == [2, 2, 2]
    assert {row.case for row in queries.case_rows(desk.alice)} == {ours.pk, theirs.pk}
    assert list(checks.faults(SEALED)) == []
    assert list(faults()) == []


def told_as(case: Case, user: User) -> object:
    """What the user is told of the case, but for why each name is the person's."""
    file = queries.case_file(case, user)
    return file and replace(file, links=())


def test_undoing_a_merge_of_two_teams_restores_exactly(desk: Cast) -> None:
    report(desk.charlie, "Abu Salim Haddar")
    report(desk.bob, "Tarek Oumari")
    ours, theirs = (person(name).case for name in ("Tarek Oumari", "Abu Salim Haddar"))
    before = state(), told_as(ours, desk.bob), told_as(theirs, desk.charlie)
    Membership.objects.create(team=theirs.team, user=desk.alice, joined_at=theirs.opened_at, roles=["editor"])
    by = {"user": desk.alice, "actor": actor(desk.alice)}
    change = people.merge(ours.person, theirs.person, reason="one man", **by)
    report(desk.charlie, "Nabil Sefrawi")
    nabil, haddar, his = person("Nabil Sefrawi"), person("Abu Salim Haddar"), actor(desk.charlie)
    with pytest.raises(people.CannotChangePeople, match="another team's file already"):
        people.merge(nabil, haddar, reason="one man", user=desk.charlie, actor=his)
    with pytest.raises(sharing.CannotShare, match="take that merge back"):
        sharing.limit(ours, actor=actor(desk.bob))
    with pytest.raises(NotAllowed):
        people.undo(change, user=desk.bob, actor=actor(desk.bob))
    people.undo(change, user=desk.alice, actor=actor(desk.alice))
    names = state()[1].keys() - {"Nabil Sefrawi"}  # type: ignore[index]
    assert {name: state()[1][name] for name in names} == before[0][1]  # type: ignore[index]
    assert (told_as(ours, desk.bob), told_as(theirs, desk.charlie)) == before[1:]


def test_undoing_a_merge_of_two_teams_takes_back_the_names_that_came_meanwhile(desk: Cast) -> None:
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    ours, theirs = change.person, person("Abu Salim Haddar")
    report(desk.bob, "Tariq al-Umari", "{name} was moved.", kind="transfer")
    report(desk.charlie, "Abou Salim Hadar", "{name} was moved.", kind="transfer")
    assert {"Tariq al-Umari", "Abou Salim Hadar"} <= set(ours.names.values_list("name__name", flat=True))
    people.undo(change, user=desk.alice, actor=actor(desk.alice))
    assert set(ours.names.values_list("name__name", flat=True)) == {"Tarek Oumari", "Tariq al-Umari"}
    assert set(theirs.names.values_list("name__name", flat=True)) == {"Abu Salim Haddar", "Abou Salim Hadar"}
    assert list(faults()) == []


def test_a_judged_name_is_judged_in_both_files(desk: Cast) -> None:
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    seen = Sighting.objects.get(name="Abu Salim Haddar")
    link = Link.objects.filter(sighting=seen, person=change.person).latest("pk")
    judging.judge(link, "reject", actor=actor(desk.alice))
    assert seen_as(change.person) == {"Tarek Oumari"}
    assert seen_as(person("Abu Salim Haddar")) == set()
    judging.undo(link, actor=actor(desk.alice))
    judging.judge(link, "accept", actor=actor(desk.alice))
    assert seen_as(change.person) == {"Tarek Oumari", "Abu Salim Haddar"}
    assert seen_as(person("Abu Salim Haddar")) == {"Abu Salim Haddar"}


def test_a_team_erases_its_own_of_two_files_and_nobody_erases_anothers(
    desk: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    with pytest.raises(NotAllowed):
        erasing.erase(change.person, reason="asked for", actor=actor(desk.bob))
    erasing.erase(person("Abu Salim Haddar"), reason="asked for", actor=actor(desk.charlie))
    assert identity_of(change.person.case, desk.alice).names == ("Tarek Oumari",)
    assert "Haddar" not in told_of(desk.alice, change.person.case)
    assert PeopleChange.objects.get().reason == ""
    assert [row.name for row in queries.case_rows(desk.charlie)] == []
    assert [row.name for row in queries.case_rows(desk.bob)] == ["Tarek Oumari"]
    assert list(checks.faults(SEALED)) == []
    assert list(faults()) == []


def test_an_accepted_name_is_known_in_both_files(desk: Cast) -> None:
    """Else what comes under it later would be in the file of the other team alone."""
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    report(desk.charlie, "Haddar")
    link = Link.objects.filter(sighting__name="Haddar", person=change.person).latest("pk")
    assert link.verdict == "ask"
    judging.judge(link, "accept", actor=actor(desk.alice))
    called = PersonName.objects.filter(name__name="Haddar")
    assert set(called.values_list("person__name", flat=True)) == {"Tarek Oumari", "Abu Salim Haddar"}
    judging.undo(link, actor=actor(desk.alice))
    assert not called.exists()


def test_changes_are_taken_back_from_the_last(desk: Cast) -> None:
    """Else a sighting would be two people's: given back by the first, and kept by the one that came after."""
    for name in ("Tarek Oumari", "Abu Salim Haddar", "Nabil Sefrawi"):
        report(desk.alice, name)
    tarek, salim, nabil = Person.objects.order_by("pk")
    by = {"user": desk.alice, "actor": actor(desk.alice)}
    before = state()
    first = people.merge(tarek, salim, reason="one man", **by)
    second = people.merge(nabil, Person.objects.get(pk=tarek.pk), reason="one man", **by)
    with pytest.raises(NotThere):  # its file is told in another one now
        people.undo(first, **by)
    third = people.split(nabil, [Sighting.objects.get(name="Tarek Oumari")], "Tarek", reason="two", **by)
    with pytest.raises(people.CannotChangePeople, match="undo the later change first"):
        people.undo(second, **by)
    for change in (third, second, first):
        people.undo(PeopleChange.objects.get(pk=change.pk), **by)
    after = state()
    assert before[0] == [name for name in after[0] if name != "Tarek"]  # type: ignore[index]
    assert {name: told for name, told in after[1].items() if name != "Tarek"} == before[1]  # type: ignore[index]
    assert list(checks.faults(SEALED)) == []


def told_of(user: User, case: Case) -> str:
    """Whatever the queries tell the user of a case, its identity and what finds it, as text."""
    file = queries.case_file(case, user)
    found: list[object] = [queries.search(user, word) for word in ("Oumari", "Salim", "Haddar", "Saleem Hadar")]
    found = [*found, queries.find_cases(user, "Abu Salim Haddar"), reconcile(user, ["Abu Salim Haddar"])]
    return repr((file, identity_of(case, user), found, matches(user)))


def test_a_name_that_only_the_other_teams_documents_have_is_told_to_nobody_outside_it(desk: Cast) -> None:
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    case = change.person.case
    assert identity_of(case, desk.alice).names == ("Tarek Oumari", "Abu Salim Haddar")
    assert identity_of(case, desk.alice).changes == (change,)
    assert "Haddar" not in told_of(desk.bob, case)
    assert "Oumari" in told_of(desk.bob, case)
    people.add_alias(change.person, "Abu Salim", reason="as his mother calls him", user=desk.bob, actor=actor(desk.bob))
    assert identity_of(case, desk.bob).names == ("Tarek Oumari", "Abu Salim")
    assert "Haddar" not in told_of(desk.bob, case)
    assert reconcile(desk.alice, ["Abu Salim Haddar"])[0].verdict == "same"


def test_who_is_shown_a_case_sees_its_names(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    case = Case.objects.get()
    assert identity_of(case, desk.charlie).names == ()
    sharing.share(case, desk.charlie, actor=actor(desk.alice))
    assert identity_of(case, desk.charlie).names == ("Tarek Oumari",)
    assert [found.title for found in queries.search(desk.charlie, "Oumari") if found.kind == "person"] == [
        "Tarek Oumari"
    ]
