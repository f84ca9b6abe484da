"""What lists show is what the claims add up to, whatever was done in whatever order, folded before or not."""

from __future__ import annotations

import random
import sys

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cast import Cast, actor, cast, document, of_two_teams, read_as, report
from doing import NAMES, Desk
from habeas.accounts.models import User
from habeas.cases import checks, erasing, folding, judging, kept, marks, people, queries, services, sharing, urgency
from habeas.cases.casefile import CaseRow
from habeas.cases.models import Case, Claim, Link, Person
from habeas.cases.models_kept import KeptState, StaleState, StateChange
from habeas.cases.queries import urgent
from habeas.cases.queries.today import today
from habeas.cases.queries.urgent import Cases
from habeas.sources.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Cast:
    return cast()


def folded(user: User) -> list[CaseRow]:
    """The list as it is where nothing is kept."""
    cases = Case.objects.visible_to(user).select_related("person").order_by("person")
    made = folding.folded({case.person_id for case in cases}, Document.objects.visible_to(user))
    return [folding.case_row(case, made[case.person_id]) for case in cases]


def shown(user: User) -> list[CaseRow]:
    return sorted(queries.case_rows(user), key=lambda row: row.person)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_the_list_shows_what_the_claims_add_up_to(desk: Cast, seed: int) -> None:
    someone = Desk(desk, random.Random(seed))  # noqa: S311 - any chance will do
    for _step in range(25):
        someone.step()
        assert shown(desk.alice) == folded(desk.alice)
    kept.catch_up()
    assert not StaleState.objects.exists()
    assert shown(desk.bob) == folded(desk.bob)
    assert list(checks.faults()) == []
    assert queries.case_rows(desk.charlie) == []


def test_what_is_kept_is_read_and_not_folded(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    KeptState.objects.update(documents=F("documents") + 7)
    assert [row.documents for row in queries.case_rows(desk.alice)] == [8]


def test_a_file_that_rests_on_two_teams_documents_is_folded_for_each_who_looks(desk: Cast) -> None:
    """Whoever belongs to one of the teams alone must not see what the other one's documents tell."""
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    assert KeptState.objects.get(person=change.person).mixed
    assert [row.protest.state for row in queries.case_rows(desk.alice)] == ["hunger_strike"]
    assert [row.protest.state for row in queries.case_rows(desk.bob)] == ["none"]
    assert {user: shown(user) for user in desk} == {user: folded(user) for user in desk}


@pytest.mark.parametrize("is_folded", [True, False])
def test_today_tells_nobody_what_a_file_was_by_the_documents_of_another_team(desk: Cast, *, is_folded: bool) -> None:
    change = of_two_teams(desk, "Tarek Oumari", "Abu Salim Haddar")
    since = timezone.now()
    text = "Tarek Oumari was freed."
    made = document(desk.bob, text, published="2026-04-20")
    freed = read_as(text, "Tarek Oumari", kind="release", phase="done", date="2026-04-19")
    services.take_in_all([(made, freed)], reader="test", actor=actor(desk.bob))
    if is_folded:
        kept.catch_up()
        people.undo(change, user=desk.alice, actor=actor(desk.alice))
    (changed,) = today(desk.bob, since, since.date()).changed
    told = [(one.before.state if one.before else "", one.after.state) for one in changed.changes]
    assert ("in_custody", "released") in told
    assert "hunger_strike" not in {state for pair in told for state in pair}


def test_no_case_is_left_out_where_many_rest_on_documents_of_several_teams(
    desk: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for mine, theirs in (NAMES[:2], NAMES[2:]):
        of_two_teams(desk, mine, theirs)
    kept.catch_up()
    monkeypatch.setattr(urgent, "MOST_FOLDED", 1)
    found = urgent.Cases(desk.bob, timezone.localdate())
    assert (found.count(), len(found.first(9)), found.is_behind) == (2, 2, False)
    assert "hunger_strike" not in {line.state for one in found.first(9) for line in one.row.lines}


def test_what_changes_in_another_team_crowds_nothing_out_of_today(desk: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    since = timezone.now()
    report(desk.alice, "Tarek Oumari")
    report(desk.charlie, "Salma Benhadi")
    monkeypatch.setattr(sys.modules[today.__module__], "MOST_CHANGED", 1)
    assert [one.row.name for one in today(desk.alice, since, since.date()).changed] == ["Tarek Oumari"]


def test_a_desk_from_before_gets_its_states_and_is_told_of_no_change(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    for model in (KeptState, StateChange, StaleState):
        model.objects.all().delete()
    marks.note_never_kept()
    assert shown(desk.alice) == folded(desk.alice)
    assert kept.catch_up() == 1
    assert list(kept.faults()) == []
    assert not StateChange.objects.exists()


def test_a_state_that_changed_is_noted_with_what_it_was_and_one_that_did_not_is_not(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    report(desk.alice, "Tarek Oumari", "{name} was arrested, they say again.")
    report(desk.alice, "Tarek Oumari", "{name} is on hunger strike.", kind="hunger_strike", phase="ongoing", value=9)
    told = StateChange.objects.order_by("pk").values_list("before", flat=True)
    assert [[line.state for line in kept.lines_of(one)] for one in told] == [[], ["in_custody", "unknown", "none"]]


def test_check_names_a_state_that_was_edited_and_makes_it_again(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    KeptState.objects.update(gravity=0)
    (fault,) = checks.faults()
    assert "lists show a state that their claims do not add up to" in fault
    kept.make_again()
    assert list(checks.faults()) == []


def test_check_names_a_mark_that_is_left_no_more(desk: Cast) -> None:
    name = "cases_claim_marks_on_insert"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (" ON cases_claim" if connection.vendor == "postgresql" else ""))
    assert marks.missing() == ["cases_claim"]
    assert any("Table cases_claim" in fault for fault in checks.faults())
    marks._put_up(None)  # type: ignore[arg-type]
    assert marks.missing() == []


def test_what_was_not_kept_in_the_end_leaves_no_mark(desk: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = report(desk.alice, "Tarek Oumari")

    def broken(*_told: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("habeas.cases.services._link", broken)
    with pytest.raises(RuntimeError):
        services.take_in(made, read_as(made.text, "Tarek Oumari"), reader="newer", actor=actor(desk.alice))
    assert not StaleState.objects.exists()


def test_erasing_leaves_nothing_kept_of_them(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    erasing.erase(Person.objects.get(), reason="asked for", actor=actor(desk.alice))
    assert not KeptState.objects.exists()
    assert not StateChange.objects.exists()


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("most", [1, 2, 3, 9])
def test_the_most_urgent_come_first_whether_kept_or_not(desk: Cast, *, is_kept: bool, most: int) -> None:
    told: tuple[dict[str, object], ...] = (
        {"kind": "hearing", "phase": "scheduled", "date": "2026-03-20"},
        {"kind": "hunger_strike", "phase": "ongoing", "value": 9},
        {},
        {"kind": "disappearance", "phase": "ongoing"},
    )
    for name, claim in zip(NAMES, told, strict=True):
        text = f"{name} was arrested."
        made = document(desk.alice, text)
        services.take_in_all([(made, read_as(text, name, **claim))], reader="test", actor=actor(desk.alice))
    if is_kept:
        kept.catch_up()
    on = queries.case_rows(desk.alice)[0].custody.as_of
    assert on is not None
    found = Cases(desk.alice, on.replace(day=10))
    assert [one.row.name for one in found.first(most)] == [NAMES[1], NAMES[3], NAMES[0], NAMES[2]][:most]
    assert found.count() == len(NAMES)
    later = Cases(desk.alice, on.replace(month=12)).first(9)
    assert later[2].why[0] == "overdue"
    assert Cases(desk.charlie, on).first(9) == []


def test_of_some_people_no_other_states_are_read(desk: Cast) -> None:
    """To judge asks so for those about whom one kind of thing waits: once for each rank, on whatever desk."""
    report(desk.alice, "Tarek Oumari")
    (person,) = Person.objects.all()
    with CaptureQueriesContext(connection) as asked:
        found = Cases(desk.alice, timezone.localdate(), among=[person.pk])
        assert (found.count(), [one.row.person for one in found.first(9)]) == (1, [person.pk])
    of_states = [one["sql"] for one in asked.captured_queries if ' FROM "cases_keptstate"' in one["sql"]]
    assert len(of_states) > len(urgency.REASONS)
    keys = f"json_each('[{person.pk}]')" if connection.vendor == "sqlite" else "ANY("
    assert all(keys in sql for sql in of_states)


def test_a_name_that_asks_in_a_hidden_document_is_not_counted(desk: Cast) -> None:
    """No page says that something waits in a case of which its own list has nothing."""
    report(desk.alice, "Tarek Oumari")
    judging.judge(Claim.objects.get(), "accept", actor=actor(desk.alice))
    made = report(desk.alice, "Salma Benhadi")
    by_her = Case.objects.get(person__name="Salma Benhadi")
    Link.objects.create(
        sighting=made.readings.get().sightings.get(), person=Person.objects.get(name="Tarek Oumari"), verdict="ask",
        score=0.5, reason="", made_at=timezone.now(), made_by="test",
    )  # fmt: skip
    sharing.limit(by_her, actor=actor(desk.alice))
    kept.catch_up()
    assert KeptState.objects.get(person__name="Tarek Oumari").tasks == 1
    found = Cases(desk.bob, timezone.localdate(), counting="tasks")
    assert (found.count(), found.first(9)) == (0, [])
    assert Cases(desk.bob, timezone.localdate()).count() == 0
