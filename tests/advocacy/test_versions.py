"""Goals and priorities in versions, adopted or not; what changed."""

from __future__ import annotations

import pytest

from advocacy.coalition import Held
from cast import actor
from habeas.advocacy.checks import SEALED
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Version
from habeas.advocacy.queries import plan as queries
from habeas.advocacy.services import versions
from habeas.advocacy.services.versions import Wanted
from habeas.audit.checks import faults


def first(plan: Held) -> Version:
    wanted = [
        Wanted("goal", "Their release"),
        Wanted("priority", case=plan.tarek),
        Wanted("priority", "those isolated"),
    ]
    return versions.new_version(plan.coalition, wanted, actor=actor(plan.people.alice))


def test_a_version_is_adopted_with_a_reservation_and_by_one_not_yet(plan: Held) -> None:
    version = first(plan)
    versions.adopt(version, plan.legal, actor=actor(plan.people.bob))
    versions.adopt(version, plan.aid, actor=actor(plan.dana), stance="reserved", words="Not before the hearing.")
    shown = queries.plan(plan.people.alice, plan.coalition)
    assert shown is not None
    assert {one.name: (one.stance, one.words) for one in shown.stances} == {
        "Basit Legal": ("adopted", ""),
        "Sawari Aid": ("reserved", "Not before the hearing."),
        "Nahr Press": ("", ""),
    }
    assert not list(faults(SEALED))


def test_what_changed_between_versions_is_told(plan: Held) -> None:
    first(plan)
    wanted = [
        Wanted("priority", "Those isolated"),
        Wanted("priority", case=plan.tarek),
        Wanted("priority", case=plan.salma),
    ]
    versions.new_version(plan.coalition, wanted, actor=actor(plan.people.alice))
    shown = queries.plan(plan.people.alice, plan.coalition)
    assert shown is not None
    assert [(one.what, one.line.words, one.was, one.now) for one in shown.changes] == [
        ("added", "Salma Aydin", None, 3),
        ("dropped", "Their release", 1, None),
        ("moved", "Those isolated", 2, 1),
        ("moved", "Tarek Oumari", 1, 2),
    ]
    assert all(one.stance == "" for one in shown.stances)


def test_a_priority_that_is_not_shared_keeps_its_place_and_not_its_name(plan: Held) -> None:
    versions.new_version(plan.coalition, [Wanted("priority", case=plan.salma)], actor=actor(plan.people.alice))
    names = {}
    for user in (plan.people.alice, plan.dana, plan.emil):
        shown = queries.plan(user, plan.coalition)
        assert shown is not None
        names[user.username] = [line.words for line in shown.priorities]
    assert names == {"alice": ["Salma Aydin"], "dana": ["Salma Aydin"], "emil": [queries.HIDDEN]}
    assert queries.plan(plan.people.charlie, plan.coalition) is None


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ([], "at least one"),
        ([Wanted("goal", "Same"), Wanted("goal", "same")], "twice"),
        ([Wanted("front", "Anything")], "a goal in words"),
        ([Wanted("goal", " ")], "empty"),
    ],
)
def test_a_version_that_is_none_says_why(plan: Held, wanted: list[Wanted], says: str) -> None:
    with pytest.raises(PlanError, match=says):
        versions.new_version(plan.coalition, wanted, actor=actor(plan.people.alice))
    assert not Version.objects.exists()


def test_only_a_coordinator_changes_it_and_only_its_people_speak_for_a_partner(plan: Held) -> None:
    with pytest.raises(PlanError, match="coordinator"):
        versions.new_version(plan.coalition, [Wanted("goal", "Ours")], actor=actor(plan.dana))
    version = first(plan)
    with pytest.raises(PlanError, match="Only people of Nahr Press"):
        versions.adopt(version, plan.press, actor=actor(plan.dana))
    with pytest.raises(PlanError, match="The reservation is empty"):
        versions.adopt(version, plan.aid, actor=actor(plan.dana), stance="reserved")
    newer = versions.new_version(plan.coalition, [Wanted("goal", "Ours")], actor=actor(plan.people.alice))
    with pytest.raises(PlanError, match="newest"):
        versions.adopt(version, plan.aid, actor=actor(plan.dana))
    assert newer.number == 2
