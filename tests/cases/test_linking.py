"""Which person on file a name in a report is: linked with the reason kept, asked, or a case of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cast import Cast, actor, cast, document, read_as, report
from habeas.cases import people, services
from habeas.cases.models import Case, Link, Person, Sighting
from habeas.extraction.reading import Claim, Entity
from habeas.sources.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Cast:
    return cast()


def people_on_file() -> set[str]:
    return set(Person.objects.filter(merged_into=None).values_list("name", flat=True))


def newest(name: str) -> list[tuple[str, str, str]]:
    """(person, verdict, reason) of each link of the last sighting with that name."""
    sighting = Sighting.objects.filter(name=name).order_by("pk").last()
    links = Link.objects.filter(sighting=sighting).order_by("pk").select_related("person")
    return [(link.person.name, link.verdict, link.reason) for link in links]


@pytest.mark.parametrize(
    ("on_file", "seen"),
    [
        ("Sami Darwish", "Samy Darwich"),
        ("Sami Darwish", "سامي درويش"),
        ("طارق العمري", "Tarek al-Oumari"),
        ("Salah al-Din Mansari", "Salahuddin Mansari"),
        ("Аляксандр Бялоў", "Aliaksandr Bialou"),
        ("Maher al-Khattari", "מאהר אל-ח'טארי"),
    ],
)
def test_one_name_in_two_spellings_is_linked_with_the_reason(desk: Cast, on_file: str, seen: str) -> None:
    report(desk.alice, on_file)
    report(desk.alice, seen, "{name} was moved.", kind="transfer")
    assert people_on_file() == {on_file}
    ((person, verdict, reason),) = newest(seen)
    assert (person, verdict) == (on_file, "same")
    assert reason


@pytest.mark.parametrize(
    ("on_file", "seen"),
    [
        ("Nasser Abu Tuhami", "Nasr Abu Tuhami"),
        ("Jamal Oumari", "كمال العمري"),
        ("Hasan Darwish", "Hussein Darwish"),
        ("Sami Darwish", "Lina Darwish"),
        ("Tarek Oumari", "Khaled Tarek Oumari"),
    ],
)
def test_a_brother_or_a_son_has_a_case_of_his_own(desk: Cast, on_file: str, seen: str) -> None:
    where = {"place": "Selm", "date": "2026-03-01"}
    report(desk.alice, on_file, **where)
    report(desk.alice, seen, **where)
    assert people_on_file() == {on_file, seen}
    assert (on_file, "same") not in {(person, verdict) for person, verdict, _reason in newest(seen)}


def test_a_likeness_that_does_not_decide_waits_for_somebody(desk: Cast) -> None:
    report(desk.alice, "Nasser Abu Tuhami")
    report(desk.alice, "Nasr Abu Tuhami")
    asked = [(person, reason) for person, verdict, reason in newest("Nasr Abu Tuhami") if verdict == "ask"]
    assert asked[0][0] == "Nasser Abu Tuhami"
    assert "known as different names: nasr / nasser" in asked[0][1]


def test_two_of_one_name_on_file_are_asked_about(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    report(desk.alice, "Tarek Oumari", "{name} was arrested in another town.")
    one = Person.objects.get()
    last = Sighting.objects.order_by("pk").last()
    assert last is not None
    people.split(one, [last], "Tarek Oumari", reason="two fathers", user=desk.alice, actor=actor(desk.alice))
    report(desk.alice, "Tarek Oumari", "{name} was moved.", kind="transfer")
    found = newest("Tarek Oumari")
    assert [verdict for _person, verdict, _reason in found] == ["ask", "ask"]
    assert all("more than one person on file is called so" in reason for _person, _verdict, reason in found)


def age(years: int) -> dict[str, object]:
    return {"kind": "profile", "phase": "age", "value": years}


def two_claims(desk: Cast, name: str, text: str, **second: object) -> None:
    """A report with the arrest of `name` and one more claim about the same person."""
    made = document(desk.alice, text.format(name=name))
    reading = read_as(made.text, name)
    claims = (*reading.claims, Claim(id="c2", subject="e1", evidence=((0, 5),), modality="actual", **second))  # type: ignore[arg-type]
    services.take_in(made, replace(reading, claims=claims), reader="test", actor=actor(desk.alice))


def test_homonyms_of_different_ages_are_not_merged_by_the_name(desk: Cast) -> None:
    two_claims(desk, "Sami Darwish", "{name}, 61, was arrested.", **age(61))
    two_claims(desk, "Sami Darwish", "{name}, 19, was arrested.", **age(19))
    ((_person, verdict, reason),) = [link for link in newest("Sami Darwish") if link[1] == "ask"]
    assert verdict == "ask"
    assert "another year of birth (1965, 2007)" in reason


def test_homonyms_of_one_age_and_home_are_one_with_both_named(desk: Cast) -> None:
    two_claims(desk, "Sami Darwish", "{name}, 40, was arrested.", **age(40))
    two_claims(desk, "Samy Darwish", "{name}, 41, was arrested.", **age(41))
    ((person, verdict, reason),) = newest("Samy Darwish")
    assert (person, verdict) == ("Sami Darwish", "same")
    assert "same year of birth" in reason


@pytest.mark.parametrize(
    ("on_file", "father", "seen", "told", "verdict", "words"),
    [
        ("Sami Darwish", "son of Khaled", "Samy Darwish", "father, Khaled Darwish", "same", "same father (Khaled)"),
        ("Sami Darwish", "son of Khaled", "سامي درويش", "his father خالد", "same", "same father"),
        ("Sami Darwish", "son of Khaled", "Sami Darwish", "father Yunis", "ask", "another father (Khaled, Yunis)"),
        ("Sami Khaled Darwish", "", "Sami Darwish", "son of Khalid", "same", "same father"),
        ("Sami Khaled Darwish", "", "Sami Darwish", "son of Ibrahim", "ask", "another father (Ibrahim, khaled)"),
        ("Sami Darwish", "father of five", "Sami Darwish", "father of three", "same", "same spelling"),
    ],
)
def test_the_fathers_name_moves_the_verdict_and_is_named(
    desk: Cast, on_file: str, father: str, seen: str, told: str, verdict: str, words: str
) -> None:
    two_claims(desk, on_file, "{name} was arrested.", kind="profile", phase="family", value=father)
    two_claims(desk, seen, "{name} was seized.", kind="profile", phase="family", value=told)
    link = next(link for link in newest(seen) if link[1] == verdict)
    assert words in link[2]


def test_one_part_of_a_name_is_enough_only_with_a_context_that_agrees(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari", place="Selm", date="2026-03-01")
    one = Person.objects.get()
    people.add_alias(one, "Abu Salim", reason="kunya", user=desk.alice, actor=actor(desk.alice))
    report(desk.alice, "Abu Salim", "{name} was moved.", kind="transfer")
    ((_person, verdict, reason),) = newest("Abu Salim")
    assert verdict == "ask"
    assert "one part of a name is not enough" in reason
    report(desk.alice, "Abu Salim", "{name} was arrested.", place="Selm", date="2026-03-01")
    ((person, verdict, reason),) = newest("Abu Salim")
    assert (person, verdict) == ("Tarek Oumari", "same")
    assert "same place (Selm)" in reason
    assert "same date (2026-03-01)" in reason


def test_a_weak_alias_links_only_where_something_else_agrees(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari", place="Selm", date="2026-03-01")
    one = Person.objects.get()
    change = people.add_alias(
        one, "Storm Bird", reason="nickname", user=desk.alice, actor=actor(desk.alice), is_weak=True
    )
    report(desk.alice, "Storm Bird", "{name} was moved.", kind="transfer")
    reasons = {(person, verdict): reason for person, verdict, reason in newest("Storm Bird")}
    assert "a weak alias is not enough" in reasons["Tarek Oumari", "ask"]
    report(desk.alice, "Storm  Bird", "{name} was arrested there.", place="Selm", date="2026-03-01")
    assert ("Tarek Oumari", "same") in {link[:2] for link in newest("Storm  Bird")}
    people.undo(change, user=desk.alice, actor=actor(desk.alice))


def test_brothers_in_one_report_stay_two(desk: Cast) -> None:
    report(desk.alice, "Sami Darwish")
    made = both_arrested(desk, "Sami Darwish", "Samy Darwish")
    same = Link.objects.filter(sighting__reading__document=made, verdict="same").values_list("person", flat=True)
    assert len(same) == len(set(same))
    assert any("has another name for this person already" in reason for _p, _v, reason in newest("Samy Darwish"))


@pytest.mark.parametrize("kind", ["group", "organisation", "place"])
def test_what_is_no_person_is_never_linked(desk: Cast, kind: str) -> None:
    report(desk.alice, "Sami Darwish")
    made = document(desk.alice, "Sami Darwish was emptied.")
    reading = read_as(made.text, "Sami Darwish")
    reading = replace(reading, entities=(replace(reading.entities[0], kind=kind),))  # type: ignore[arg-type]
    services.take_in(made, reading, reader="test", actor=actor(desk.alice))
    assert not Link.objects.filter(sighting__reading__document=made).exists()


def test_another_team_never_learns_of_a_name(desk: Cast) -> None:
    report(desk.alice, "Sami Darwish")
    report(desk.charlie, "Sami Darwish")
    assert Case.objects.count() == 2
    assert Link.objects.filter(verdict="same").values("person").distinct().count() == 2


def test_who_was_seen_before_the_case_is_linked_when_it_opens(desk: Cast) -> None:
    report(desk.alice, "سامي درويش", "{name} في الأخبار", **age(40))
    assert people_on_file() == set()
    report(desk.alice, "Sami Darwish")
    ((person, verdict, _reason),) = newest("سامي درويش")
    assert (person, verdict) == ("Sami Darwish", "same")


def both_arrested(desk: Cast, one: str, two: str) -> Document:
    """A report of the arrest of two people."""
    made = document(desk.alice, f"{one} and {two} were arrested.")
    first = read_as(made.text, one)
    start = made.text.index(two, len(one))
    other = Entity("e2", "person", two, ((start, start + len(two)),))
    claim = replace(first.claims[0], id="c2", subject="e2")
    reading = replace(first, entities=(*first.entities, other), claims=(*first.claims, claim))
    services.take_in(made, reading, reader="test", actor=actor(desk.alice))
    return made


@pytest.mark.parametrize(
    ("one", "two", "verdicts"),
    [("Sami Darwish", "Sami Darwish", ["ask", "ask"]), ("Sami Darwish", "Samy Darwich", ["ask", "same"])],
)
def test_two_people_of_one_report_are_never_both_one_who_was_seen_before(
    desk: Cast, one: str, two: str, verdicts: list[str]
) -> None:
    report(desk.alice, "Sami Darwish", **age(40))
    both_arrested(desk, one, two)
    assert people_on_file() == {one, two}
    seen = Link.objects.filter(sighting=Sighting.objects.earliest("pk"))
    assert sorted(seen.values_list("verdict", flat=True)) == verdicts


def test_a_single_name_asks_for_who_is_on_file_and_opens_no_case_beside(desk: Cast) -> None:
    report(desk.alice, "Sami Darwish")
    report(desk.alice, "Sami", "{name} was moved.", kind="transfer")
    assert people_on_file() == {"Sami Darwish"}
    assert [(person, verdict) for person, verdict, _reason in newest("Sami")] == [("Sami Darwish", "ask")]
    report(desk.alice, "Tahir", "{name} was moved.", kind="transfer")  # a single name that nobody on file has
    assert people_on_file() == {"Sami Darwish", "Tahir"}


def test_a_single_name_in_the_report_that_opens_the_case_is_asked_about(desk: Cast) -> None:
    both_arrested(desk, "Sami Darwish", "Sami")
    assert people_on_file() == {"Sami Darwish"}
    ((person, verdict, reason),) = newest("Sami")
    assert (person, verdict) == ("Sami Darwish", "ask")
    assert "another name for this person already" in reason


def test_a_family_name_alone_waits_for_the_person(desk: Cast) -> None:
    report(desk.alice, "al-Darwish", "{name} was arrested.", place="Selm prison", date="2026-03-01")
    assert people_on_file() == set()
    report(desk.alice, "Sami al-Darwish", place="Selm prison", date="2026-03-01")
    ((person, verdict, reason),) = newest("al-Darwish")
    assert (person, verdict) == ("Sami al-Darwish", "same")
    assert "same prison (Selm prison); same date (2026-03-01)" in reason


def test_few_are_asked_about_by_a_single_name(desk: Cast) -> None:
    families = ("Darwish", "Oumari", "Qalandri", "Haddar", "Mansari", "Tolouian", "Valkovich")
    for family in families:
        report(desk.alice, f"Sami {family}")
    report(desk.alice, "Sami", "{name} was moved.", kind="transfer")
    assert len(newest("Sami")) == 5
    assert len(people_on_file()) == len(families)


ONE_THING = {"place": {"place": "Selm"}, "prison": {"place": "Selm prison"}, "date": {"date": "2026-03-01"}}


@pytest.mark.parametrize("told", ONE_THING.values(), ids=ONE_THING)
def test_a_name_that_very_many_have_is_nobodys_by_one_thing_that_agrees(desk: Cast, told: dict[str, str]) -> None:
    report(desk.alice, "Mohammad Ali", **told)
    report(desk.alice, "Mohamed Aly", "{name} was arrested too.", **told)
    assert people_on_file() == {"Mohammad Ali", "Mohamed Aly"}
    (reason,) = [why for person, verdict, why in newest("Mohamed Aly") if (person, verdict) == ("Mohammad Ali", "ask")]
    assert "very many people are called so" in reason
    report(desk.alice, "Sabri Nahhali", **told)  # and a rare one is
    report(desk.alice, "Sabri Nahhali", "{name} was arrested too.", **told)
    assert people_on_file() == {"Mohammad Ali", "Mohamed Aly", "Sabri Nahhali"}


def test_a_name_that_very_many_have_is_one_persons_where_two_other_things_agree(desk: Cast) -> None:
    report(desk.alice, "Mohammad Ali", place="Selm", date="2026-03-01")
    report(desk.alice, "Mohamed Aly", "{name} was moved.", kind="transfer", place="Basit", date="2026-03-05")
    assert people_on_file() == {"Mohammad Ali", "Mohamed Aly"}
    report(desk.alice, "Mohammad Ali", "{name} was seen there.", place="Selm", date="2026-03-01")
    assert [(person, verdict) for person, verdict, _why in newest("Mohammad Ali")] == [("Mohammad Ali", "same")]
    report(desk.alice, "Mohammad Ali", "{name} was released.", kind="release")
    assert [verdict for _person, verdict, _why in newest("Mohammad Ali")] == ["ask", "ask"]
    assert len(people_on_file()) == 2


def test_a_name_that_very_many_have_is_one_persons_where_the_father_is_the_same(desk: Cast) -> None:
    family = {"kind": "profile", "phase": "family", "value": "son of Khaled"}
    two_claims(desk, "Mohammad Ali", "{name} was arrested.", **family)
    two_claims(desk, "Mohamed Aly", "{name} was seized.", **family)
    assert people_on_file() == {"Mohammad Ali"}


@pytest.mark.parametrize("seen", ["Mohammad Ali Qalandri", "Mohammad Ali Hassan"])
def test_a_name_of_three_parts_or_with_a_rare_one_is_enough(desk: Cast, seen: str) -> None:
    report(desk.alice, seen)
    report(desk.alice, seen, "{name} was moved.", kind="transfer")
    assert people_on_file() == {seen}


def test_of_two_who_have_one_name_it_is_who_fits_what_else_is_told(desk: Cast) -> None:
    for years in (61, 19):
        two_claims(desk, "Sami Darwish", f"{{name}}, {years}, was arrested.", **age(years))
    two_claims(desk, "Sami Darwish", "{name}, 20, was beaten.", **age(20))
    links = Link.objects.filter(sighting=Sighting.objects.latest("pk"), verdict="same")
    assert [link.person.links.count() > 1 for link in links] == [True]
    assert "same year of birth" in links.get().reason


def test_few_are_asked_about_who_have_one_name(desk: Cast) -> None:
    fathers = ("Khaled", "Yunis", "Ibrahim", "Hasan", "Omar", "Mahmoud", "Ziad")
    for father in fathers:
        family = {"kind": "profile", "phase": "family", "value": f"son of {father}"}
        two_claims(desk, "Sami Darwish", f"{{name}}, son of {father}, was arrested.", **family)
    assert Person.objects.count() == len(fathers)
    report(desk.alice, "Sami Darwish", "{name} was moved.", kind="transfer")
    assert [verdict for _person, verdict, _reason in newest("Sami Darwish")] == ["ask"] * 5
