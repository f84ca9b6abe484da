"""The page of a long case, made of what is kept, is what folding all of it would show, to whoever may see it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.utils import timezone

from cast import Cast, actor, cast, of_two_teams, report
from doing import Desk
from habeas.accounts.models import User
from habeas.cases import erasing, filing, judging, kept, queries, sharing
from habeas.cases.casefile import CasePage
from habeas.cases.models import Case, Claim, Person
from habeas.cases.models_kept import KeptFile, StaleState
from habeas.cases.queries import page, queue
from habeas.cases.queries.queue import Pile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_case_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "LONG", 1)


@pytest.fixture
def desk() -> Cast:
    return cast()


def pages(user: User, most: int) -> list[CasePage | None]:
    """Every page, without what differs by intent: the claims of the timeline that is drawn, languages of the others."""
    found = [queries.case_page(case, user, most=most) for case in Case.objects.visible_to(user).order_by("pk")]
    return [
        one and replace(one, timeline=tuple(replace(e, rows=()) for e in one.timeline), languages={}) for one in found
    ]


def piles(user: User) -> Sequence[Pile]:
    return queue.Queue(user, timezone.localdate()).piles(0, 50)


def folded(user: User, most: int) -> tuple[list[CasePage | None], Sequence[Pile]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "kept_outlines", lambda *_asked: {})
        patch.setattr(queue, "kept_outlines", lambda *_asked: {})
        return pages(user, most), piles(user)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_the_page_shows_what_folding_all_of_it_would(desk: Cast, seed: int) -> None:
    someone = Desk(desk, random.Random(seed))  # noqa: S311 - any chance will do
    for _round in range(4):
        for _step in range(5):
            someone.step()
        assert (pages(desk.alice, 2), piles(desk.alice)) == folded(desk.alice, 2)
    kept.catch_up()
    assert (pages(desk.bob, 100), piles(desk.bob)) == folded(desk.bob, 100)
    assert not [one for one in pages(desk.charlie, 2) if one]


def test_a_kept_page_names_the_language_of_every_document_that_it_shows(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    kept.catch_up()
    shown = queries.case_page(Case.objects.get(), desk.alice, most=100)
    assert shown
    assert shown.file.state.timeline
    documents = {row.passage.document for entry in shown.file.state.timeline for row in entry.rows}
    assert documents | {one.document for one in shown.file.documents} == set(shown.languages)


def test_what_is_kept_is_read_and_not_folded(desk: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    report(desk.alice, "Tarek Oumari")
    kept.catch_up()
    monkeypatch.delattr(page, "_folded")
    shown = queries.case_page(Case.objects.get(), desk.alice, most=100)
    assert shown
    assert shown.file.state.custody.rows[0].passage.words == "Tarek Oumari was arrested."


def test_it_is_shown_to_nobody_who_may_see_less_or_after_something_came(desk: Cast) -> None:
    def is_kept_for(user: User) -> bool:
        cases = Case.objects.visible_to(user).filter(person__name="Tarek Oumari")
        return bool(page.kept_outlines(cases, user))

    report(desk.alice, "Tarek Oumari")
    report(desk.alice, "Salma Benhadi")
    kept.catch_up()
    case = Case.objects.get(person__name="Tarek Oumari")
    sharing.share(case, desk.charlie, actor=actor(desk.alice))
    assert [is_kept_for(user) for user in (desk.alice, desk.bob, desk.charlie)] == [True, True, False]
    sharing.limit(Case.objects.get(person__name="Salma Benhadi"), actor=actor(desk.alice))
    assert [is_kept_for(user) for user in (desk.alice, desk.bob)] == [True, False]
    StaleState.objects.create(person=case.person)
    assert not is_kept_for(desk.alice)


def test_none_is_kept_of_a_case_to_which_documents_of_several_teams_lead(desk: Cast) -> None:
    of_two_teams(desk, "Tarek Oumari", "Tareq al-Oumari")
    kept.catch_up()
    assert not KeptFile.objects.filter(person__name="Tarek Oumari").exists()
    for case in Case.objects.filter(person__in=KeptFile.objects.values("person")):  # the other team's own file
        assert set(case.person.links.values_list("sighting__reading__document__team", flat=True)) == {case.team_id}


def test_a_case_that_is_no_longer_long_and_one_that_is_erased_leave_nothing(
    desk: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(desk.alice, "Tarek Oumari")
    report(desk.alice, "Salma Benhadi", "{name} was arrested with Tarek Oumari.")
    kept.catch_up()
    assert KeptFile.objects.count() == 2
    erasing.erase(Person.objects.get(name="Tarek Oumari"), reason="asked for", actor=actor(desk.alice))
    assert not [one for one in KeptFile.objects.all() if "Oumari" in one.told]
    monkeypatch.setattr(filing, "LONG", 100)
    judging.judge(Claim.objects.get(subject__name="Salma Benhadi"), "accept", actor=actor(desk.alice))
    assert not KeptFile.objects.exists()


def test_check_names_a_page_that_was_edited(desk: Cast) -> None:
    report(desk.alice, "Tarek Oumari")
    kept.catch_up()
    assert list(kept.faults()) == []
    KeptFile.objects.update(told="{}")
    assert [fault.partition(";")[0].partition(": ")[2] for fault in kept.faults()] == [
        "their page shows what their claims do not add up to"
    ]
    kept.make_again()
    assert list(kept.faults()) == []
