"""Lists of names held against the people on file, announced against done; a bad list is a sentence, nothing taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.coalition import Held, case_of
from cast import actor, document, report
from habeas.advocacy import name_lists
from habeas.advocacy.checks import SEALED
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import NameList
from habeas.advocacy.queries.lists import names_of, reconciled
from habeas.advocacy.services import lists
from habeas.audit.checks import faults
from habeas.cases import sharing
from habeas.core.errors import NotThere
from sources.office_files import word, workbook

GIVEN = ("Tarek", "Salma", "Yusuf", "Karim", "Nadia", "Samir", "Layla", "Hassan", "Rashid", "Amina")
FAMILY = ("Oumari", "Aydin", "Darwish", "Benhadi", "Qasimi", "Haddadin")
ARABIC = {"Yusuf Darwish": "يوسف درويش", "Karim Darwish": "كريم درويش", "Nadia Darwish": "نادية درويش"}


def test_sixty_names_in_mixed_scripts(plan: Held) -> None:
    on_file = ["Yusuf Darwish", "Karim Darwish", "Nadia Darwish", "Hassan Qasimi"]
    for name in on_file:
        case_of(plan.people, name)
    names = [f"{given} {family}" for family in FAMILY for given in GIVEN]
    written = "\n".join(ARABIC.get(name, name) for name in names)
    made = lists.take_in(plan.legal, "Announced", written.encode(), actor=actor(plan.people.alice))
    shown = reconciled(plan.people.alice, made)
    assert len(shown.names) == 60
    found = {one.person for one in shown.names if one.verdict == "same"}
    assert found == {*on_file, "Tarek Oumari", "Salma Aydin"}
    assert {one.name for one in shown.names if one.verdict == "same"} >= set(ARABIC.values())
    assert shown.same + shown.ask + shown.unknown == 60
    assert not list(faults(SEALED))


def test_announced_is_held_against_what_is_told_as_done(plan: Held) -> None:
    report(plan.people.alice, "Tarek Oumari", "{name} was freed.", kind="release", phase="done", date="2026-03-04")
    made = lists.take_in(
        plan.legal, "Deal", b"Tarek Oumari\nSalma Aydin\nNobody Known\n", actor=actor(plan.people.alice)
    )
    rows = {one.name: (one.verdict, one.outcome) for one in reconciled(plan.people.alice, made).names}
    assert rows == {
        "Tarek Oumari": ("same", "done"),
        "Salma Aydin": ("same", "not told"),
        "Nobody Known": ("unknown", ""),
    }


def test_a_name_of_one_part_asks_and_a_person_settles_it(plan: Held) -> None:
    made = lists.take_in(plan.legal, "Deal", b"Oumari\n", actor=actor(plan.people.alice))
    row = made.names.get()
    assert row.verdict == "ask"
    with pytest.raises(PlanError, match="Only people of Basit Legal"):
        lists.settle(row, True, actor=actor(plan.dana))
    lists.settle(row, True, actor=actor(plan.people.bob))
    assert [one.verdict for one in reconciled(plan.people.alice, made).names] == ["same"]


def test_a_list_stays_with_its_organisation_and_its_people(plan: Held) -> None:
    made = lists.take_in(plan.legal, "Deal", b"Tarek Oumari\n", actor=actor(plan.people.alice))
    seen = {user.username: user for user in (plan.people.bob, plan.dana, plan.people.charlie)}
    assert [name for name, user in seen.items() if NameList.objects.visible_to(user).exists()] == ["bob"]
    theirs = lists.take_in(plan.aid, "Deal", b"Tarek Oumari\n", actor=actor(plan.dana))
    assert [one.verdict for one in reconciled(plan.dana, theirs).names] == ["unknown"]  # dana sees no case file
    assert made.names.count() == 1


def test_a_list_tells_a_colleague_nothing_of_a_limited_case(plan: Held) -> None:
    made = lists.take_in(plan.legal, "Deal", "طارق العمري\nOumari\n".encode(), actor=actor(plan.people.alice))
    sharing.limit(plan.tarek.case, actor=actor(plan.people.alice))
    mine, theirs = (reconciled(user, made) for user in (plan.people.alice, plan.people.bob))
    assert (mine.unknown, theirs.unknown) == (0, 2)
    assert {(one.verdict, one.reason, one.case, one.person) for one in theirs.names} == {("unknown", "", None, "")}


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"One Name\n\n Two  Names \n", ["One Name", "Two Names"]),
        (b"no,name,from\n1,Tarek Oumari,Basit\n2,Salma Aydin,Selm\n", ["Tarek Oumari", "Salma Aydin"]),
        ("الرقم;الاسم\n1;طارق العمري\n".encode(), ["طارق العمري"]),
        (b"Oumari, Tarek\nAydin, Salma\nOne Name\n", ["Oumari, Tarek", "Aydin, Salma", "One Name"]),
        ("\ufeffname\nTarek Oumari".encode("utf-16-le"), ["Tarek Oumari"]),
        (
            workbook([["The deal"], ["no", "الاسم"], [1, "طارق العمري"], [2, "Salma  Aydin"]]),
            ["طارق العمري", "Salma Aydin"],
        ),
        (
            word(["Those released:", "1. Tarek Oumari, 34", "2. Salma Aydin", "3) طارق العمري", "Sawari, 3 May"]),
            ["Tarek Oumari", "Salma Aydin", "طارق العمري"],
        ),
        (
            word(["The deal."], [["no", "name"], ["1", "Tarek Oumari"], ["2", "Salma Aydin"], ["3", "Karim Darwish"]]),
            ["Tarek Oumari", "Salma Aydin", "Karim Darwish"],
        ),
    ],
)
def test_names_are_found_in_lines_and_columns(data: bytes, names: list[str]) -> None:
    assert name_lists.names_in(data) == names


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("طارق".encode("cp1256"), "not in UTF-8"),
        ("Tarek \ufffdumari".encode(), "were lost"),
        (b"Tarek\x00Oumari", "were lost"),
        (b"PK\x03\x04 a workbook", "cannot be opened"),
        (b"\xd0\xcf\x11\xe0 an old one", "old office program"),
        (b"%PDF-1.4 broken", "cannot be opened"),
        (workbook([["Name"]] + [[("UPPER(B1)", "9")]] * 50), "holds formulas"),
        (workbook([["Tarek Oumari"]] * 100_000), "100000 rows"),
        (workbook([["Tarek Oumari"]], [["Salma Aydin"]]), "2 sheets"),
        (workbook([[46090.0], [46091.0]]), "Name 1 is no name"),
        (word(["Nothing here is a list of names, only words that go on."]), "No lines of this document"),
        (b"name,sum\nTarek Oumari,=SUM(A1:A9)\n", "Line 2 holds a formula"),
        (b"=HYPERLINK(1)\n", "holds a formula"),
        (b"Tarek Oumari\n" * 100_000, "100000 lines"),
        (b" \n\n", "no name in this list"),
        (b"12345\n", "Name 1 is no name"),
        (b"A" * 400, "Name 1 is no name"),
        (b'name\n"never closed' + b"x" * 200_000, "no CSV that can be read"),
    ],
)
def test_a_bad_list_is_one_plain_sentence_and_nothing_is_taken(plan: Held, data: bytes, says: str) -> None:
    with pytest.raises(PlanError, match=says) as fault:
        lists.take_in(plan.legal, "Deal", data, actor=actor(plan.people.alice))
    assert "\n" not in str(fault.value)
    assert not NameList.objects.exists()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The families wait.\n\nTarek Oumari\nSalma Aydin\nKarim al-Darwish\n\nThe end.", 3),
        ("Names:\n1 - طارق العمري\n2 - سلمى آيدين\n3 - كريم درويش\nTarek Oumari\nSalma Aydin\nNadia Darwish", 3),
        ("1. The court met on Monday.\n2. It heard three lawyers.\n3. It rose.", 0),
        ("Tarek Oumari\nSalma Aydin\nand nobody else", 0),
        ("• Oumari, Tarek\n• Aydin, Salma\n• Darwish, Karim", 3),
        ("Tarek Oumari\nTarek Oumari\nSalma Aydin", 2),
        ("", 0),
    ],
)
def test_lines_of_a_text_that_look_like_a_list_of_names(text: str, names: int) -> None:
    assert len(name_lists.listed(text)) == names


@given(st.text())
def test_no_text_makes_it_raise_and_every_name_stands_in_it(text: str) -> None:
    words = set(text.split())
    for name in name_lists.listed(text):
        assert all(word in words or any(word in one for one in words) for word in name.split())


def test_a_list_inside_a_document_on_file_leads_back_to_it(plan: Held) -> None:
    text = "Those to be freed:\n1. Tarek Oumari\n2. Salma Aydin\n3. Nobody Known\n"
    shows = document(plan.people.alice, text)
    names = names_of(shows)
    assert names == ["Tarek Oumari", "Salma Aydin", "Nobody Known"]
    data = "\n".join(names).encode()
    made = lists.take_in(plan.legal, "The deal", data, actor=actor(plan.people.alice), document=shows)
    assert made.document == shows
    assert [one.verdict for one in reconciled(plan.people.alice, made).names] == ["same", "same", "unknown"]
    with pytest.raises(NotThere, match="no such document here"):
        lists.take_in(plan.aid, "The deal", data, actor=actor(plan.dana), document=shows)
    assert not list(faults(SEALED))


def test_a_document_without_a_list_gives_the_people_read_in_it(plan: Held) -> None:
    told = report(plan.people.alice, "Karim Darwish", "The court said that {name} will be freed with others.")
    assert names_of(told) == ["Karim Darwish"]
