"""Merging, splitting, aliases: only links move, and everything can be undone."""

import pytest

from cast import Cast, actor, cast, document, of_two_teams, read_as, report
from habeas.accounts.models import User
from habeas.advocacy.reconciling import reconcile
from habeas.audit import checks
from habeas.cases import news, people, queries, services, sharing
from habeas.cases.checks import SEALED
from habeas.cases.models import Case, Claim, Link, News, PeopleChange, Person, Sighting
from habeas.cases.queries.identity import identity_of
from habeas.cases.queries.matches import matches

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
