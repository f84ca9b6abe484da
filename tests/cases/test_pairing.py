"""Names are compared with each other once, and what comes of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cast import actor, cast, report
from habeas.accounts.services import home_team
from habeas.cases import matching, pairing, people
from habeas.cases.models import Link, Name, NamePair, Person, Sighting

pytestmark = pytest.mark.django_db


def pairs() -> set[frozenset[str]]:
    return {frozenset((pair.one.name, pair.other.name)) for pair in NamePair.objects.select_related("one", "other")}


def test_names_that_may_be_one_persons_are_kept_as_a_pair_once() -> None:
    desk = cast()
    for name in ("Sami Darwish", "Samy Darwich", "Lina Qalandri", "Samy Darwich"):
        report(desk.alice, name, f"{name} was arrested, {Sighting.objects.count()} said.", kind="profile", phase="age")
    assert pairs() == {frozenset(("Sami Darwish", "Samy Darwich"))}
    assert NamePair.objects.count() == 1


def test_a_name_seen_again_is_compared_with_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = cast()
    report(desk.alice, "Sami Darwish")
    report(desk.alice, "Samy Darwich", "{name} was moved.", kind="transfer")
    monkeypatch.setattr(matching, "scores", None)
    report(desk.alice, "Samy Darwich", "{name} was released.", kind="release")
    assert Link.objects.filter(verdict="same").values("person").distinct().count() == 1


def test_however_many_another_team_has_who_is_called_so_ones_own_pairs_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pairing, "MOST_READ", 25)
    desk = cast()
    given = ("Karim", "Omar", "Lina", "Hala", "Yusuf", "Nadia", "Samer", "Rami")
    theirs = [f"Mohammad {one} {other} Darwish" for one in given for other in given if one != other]
    pairing.keep(home_team(desk.charlie).pk, {name.casefold(): name for name in theirs})
    NamePair.objects.all().delete()
    mine = home_team(desk.alice).pk
    for name in ("Mohammad Khalil Darwish", "Mohamed Darwich"):
        pairing.keep(mine, {name.casefold(): name})
    assert pairs() == {frozenset(("Mohammad Khalil Darwish", "Mohamed Darwich"))}


def test_another_teams_names_make_no_pair() -> None:
    desk = cast()
    report(desk.alice, "Sami Darwish")
    report(desk.charlie, "Samy Darwich")
    assert pairs() == set()


def test_names_of_an_older_desk_are_compared_when_one_is_seen_again() -> None:
    desk = cast()
    report(desk.alice, "Sami Darwish")
    report(desk.alice, "Samy Darwich", kind="profile", phase="age")
    NamePair.objects.all().delete()
    Name.objects.update(paired=False)
    for name in ("Sami Darwish", "Samy Darwich"):
        report(desk.alice, name, "{name} was released.", kind="release")
        assert pairs() == {frozenset(("Sami Darwish", "Samy Darwich"))}
        assert NamePair.objects.count() == 1
    assert not Name.objects.filter(paired=False).exists()


def test_an_alias_by_hand_is_found_by_a_name_seen_before() -> None:
    desk = cast()
    report(desk.alice, "Tarek Oumari")
    report(desk.alice, "Nabil Sefraoui", kind="profile", phase="age")
    person = Person.objects.get()
    people.add_alias(person, "Nabil Sefrawi", reason="his papers", user=desk.alice, actor=actor(desk.alice))
    report(desk.alice, "Nabil Sefraoui", "{name} was moved.", kind="transfer")
    assert Person.objects.get() == person
    assert pairing.alike([Name.objects.get(name="Nabil Sefraoui").pk]) != {}


def test_a_name_by_hand_waits_for_whoever_takes_names_in(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = cast()
    report(desk.alice, "Tarek Oumari")
    report(desk.alice, "Tarek Oumari", "{name} was moved.", kind="transfer")
    asked, keep = list[str](), pairing.keep

    def kept(team: int, wanted: Mapping[str, str]) -> dict[str, pairing.Spelt]:
        asked.append("names")
        return keep(team, wanted)

    monkeypatch.setattr("habeas.audit.services.one_writer_at_a_time", lambda: asked.append("lock"))
    monkeypatch.setattr(pairing, "keep", kept)
    person = Person.objects.get()
    said: dict[str, Any] = {"reason": "his papers", "user": desk.alice, "actor": actor(desk.alice)}
    people.add_alias(person, "Nabil Sefrawi", **said)
    assert asked[:2] == ["lock", "names"]
    asked.clear()
    people.split(person, [Sighting.objects.earliest("pk")], "Nabil Sefraoui", **said)
    assert asked[:2] == ["lock", "names"]


def test_who_is_clearly_meant_is_asked_about_nobody_else_by_the_name_alone() -> None:
    desk = cast()
    report(desk.alice, "Nasser Abu Tuhami")
    report(desk.alice, "Nasr Abu Tuhami", "{name} was moved.", kind="transfer")
    asked = Link.objects.filter(verdict="ask")
    assert asked.count() == 1
    report(desk.alice, "Nasr Abu Tuhami", "{name} was released.", kind="release")
    assert asked.count() == 1


@given(
    st.dictionaries(
        st.sampled_from(["drws", "smy", "-drw", "-sm", "=a b", "&smdrws", "1 x"]),
        st.lists(st.integers(1, 60), min_size=1, max_size=40, unique=True),
    )
)
def test_the_nearest_share_most_of_the_rarest_keys(under: dict[str, list[int]]) -> None:
    share: dict[int, float] = {}
    for names in under.values():
        for name in names:
            share[name] = share.get(name, 0.0) + len(names) ** -0.5
    near = sorted(share, key=lambda name: (-share[name], name))[:30]
    telling = {name for key, names in under.items() if not key.startswith(pairing.WEAK) for name in names}
    wanted = [(one, share[one]) for at, one in enumerate(near) if at < pairing.FIRST_NEAR or one in telling]
    assert list(pairing._nearest({key: np.array(names) for key, names in under.items()}, 30).items()) == wanted
