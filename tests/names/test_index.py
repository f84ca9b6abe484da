"""Which of many names is it: found in another spelling and script, forgotten, kept over a restart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.names import Index

PEOPLE = {
    1: "Maher al-Khattari",
    2: "سامي درويش",
    3: "Nasser Abu Tuhami",
    4: "Nasr Abu Tuhami",
    5: "Аляксандр Бялоў",
    6: "Lina Qalandri",
    7: "Mohammad Ahmad Ali",
}


@pytest.fixture
def index() -> Index:
    made = Index()
    for key, name in PEOPLE.items():
        made.add(key, name)
    return made


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("ماهر الخطاري", 1),
        ("Sami Darwish", 2),
        ("Naser Abu Touhami", 3),
        ("Nasr Abou Tuhami", 4),
        ("Alexander Bialou", 5),
        ("لينا القلندري", 6),
        ("Mohamed Ahmed Aly", 7),
    ],
)
def test_the_name_meant_comes_first(index: Index, asked: str, key: int) -> None:
    found = index.find(asked, 3)
    assert (found[0].key, found[0].name, found[0].match.verdict) == (key, PEOPLE[key], "same")
    assert found[0].match.reason
    assert len(found) <= 3


@pytest.mark.parametrize("asked", ["", "Zzz", "Olwen Pritchard", "Дзмітрый"])
def test_nobody_is_meant_by_a_name_that_shares_nothing(index: Index, asked: str) -> None:
    assert {one.match.verdict for one in index.find(asked)} <= {"different"}


def test_an_empty_index_finds_nobody() -> None:
    assert Index().find("Sami Darwish") == []


def test_a_person_has_several_names_until_they_are_removed(index: Index) -> None:
    index.add(6, "Lina Haddar")
    assert [one.key for one in index.find("Leena Haddar", 1)] == [6]
    assert len(index) == len(PEOPLE) + 1
    index.remove(6)
    index.remove(6)
    assert 6 not in {one.key for asked in ("Lina Haddar", "Lina Qalandri") for one in index.find(asked)}
    assert len(index) == len(PEOPLE) - 1


def test_it_is_the_same_after_a_restart(index: Index, tmp_path: Path) -> None:
    index.remove(2)
    index.save(tmp_path / "index.npz")
    again = Index.load(tmp_path / "index.npz")
    assert len(again) == len(index)
    for asked in ("Maher Khattari", "Sami Darwish", "Aliaksandr Bialou"):
        assert again.find(asked) == index.find(asked)


def test_an_empty_index_can_be_kept(tmp_path: Path) -> None:
    Index().save(tmp_path / "index.npz")
    assert len(Index.load(tmp_path / "index.npz")) == 0


def test_where_very_many_are_alike_the_most_alike_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.names.parts.MOST_HEARD", 4)
    monkeypatch.setattr("habeas.names.index.CONSIDERED", 6)
    monkeypatch.setattr("habeas.names.index.SHORTLIST", 3)
    monkeypatch.setattr("habeas.names.index.MOST_READ", 2)
    made = Index()
    families = ["Darwish", "Darwich", "Darwesh", "Dariush", "Derwesh", "Durwash", "Darwash", "Daroush"]
    given = ["Sami", "Samy", "Samia", "Samir", "Salem", "Samah", "Semih", "Simon"]
    for number, (first, last) in enumerate((first, last) for first in given for last in families):
        made.add(number, f"{first} {last}")
    found = made.find("سامي درويش", 20)
    assert found[0].name in {"Sami Darwish", "Samy Darwish", "Sami Darwich", "Samy Darwich"}
    assert len(found) <= 3
    assert made.find("Sami Abdel Rahman Khalil Darwish", 1)[0].name.startswith("Sam")


@given(st.lists(st.text(max_size=20), max_size=5), st.text(max_size=20))
def test_no_text_makes_it_raise(names: list[str], asked: str) -> None:
    made = Index()
    for key, name in enumerate(names):
        made.add(key, name)
    assert len(made.find(asked, 2)) <= 2
