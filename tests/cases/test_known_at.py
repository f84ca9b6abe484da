"""Whatever is done to a desk, what a case file said then can be said again: `known_at` is the state computed then."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.utils import timezone

from cast import actor, cast, document, read_as
from habeas.audit import checks
from habeas.cases import by_hand, judging, people, queries, services
from habeas.cases.casefile import CaseFile
from habeas.cases.checks import SEALED
from habeas.cases.corrections import CannotJudge
from habeas.cases.models import Case, Claim, Link, PeopleChange, Person, Reading, Sighting, Statement
from habeas.core.errors import NotThere
from habeas.extraction import reading as r

pytestmark = pytest.mark.django_db
NAMES = ("Tarek Oumari", "Salma Darzi")
CLAIMS = (
    {"kind": "arrest", "phase": "done", "date": "2026-03-01"},
    {"kind": "order", "phase": "issued", "date": "2026-03-02", "value": "P4M"},
    {"kind": "order", "phase": "suspended", "date": "2026-03-03"},
    {"kind": "hunger_strike", "phase": "ongoing", "value": 12},
    {"kind": "release", "phase": "done", "date": "2026-03-03"},
    {"kind": "profile", "phase": "age", "value": 34},
)
State = tuple[object, ...]


class Desk:
    """A desk that things are done to at random, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.people, self.chance, self.readers = cast(), random.Random(seed), 0  # noqa: S311 - no secret
        self.steps: list[Callable[[], object]] = [
            *(self.take_in, self.take_in, self.judge, self.judge, self.judge, self.mend, self.undo, self.by_hand),
            *(self.read_again, self.link, self.merge, self.undo_people, self.rule),
        ]

    def user(self) -> object:
        return actor(self.chance.choice((self.people.alice, self.people.bob)))

    def take_in(self) -> None:
        name = self.chance.choice(NAMES)
        text = f"{self.chance.randint(1, 10**9)}: {name} was held, they said."
        made = document(self.people.alice, text, published=f"2026-03-{self.chance.randint(2, 28):02}")
        services.take_in(made, self._read(text, name), reader="v0", actor=self.user())

    def _read(self, text: str, name: str) -> r.Reading:
        reading = read_as(text, name, **self.chance.choice(CLAIMS))
        said = r.Statement("s1", r.Speaker(), ((len(text) - 5, len(text) - 1),), ((0, 9),), "indirect", about=("e1",))
        return replace(reading, statements=(said,))

    def read_again(self) -> None:
        self.readers += 1
        newest = self._any(Reading)
        name = newest.sightings.order_by("pk").first().name
        reading = self._read(newest.document.text, name)
        services.take_in(newest.document, reading, reader=f"v{self.readers}", actor=self.user())

    def judge(self) -> None:
        thing = self._any(self.chance.choice((Claim, Claim, Statement)))
        judging.judge(thing, self.chance.choice(judging.VERDICTS), actor=self.user())

    def mend(self) -> None:
        date = f"2026-03-{self.chance.randint(1, 28):02}"
        judging.mend(self._any(Claim), {"date": date}, actor=self.user())

    def undo(self) -> None:
        judging.undo(self._any(self.chance.choice((Claim, Statement, Link))), actor=self.user())

    def by_hand(self) -> None:
        reading = self._any(Reading)
        newest = reading.document.readings.order_by("pk").last()
        said = {**self.chance.choice(CLAIMS), "evidence": [[0, 9]]}
        by_hand.add_claim(reading.document, said, newest.sightings.order_by("pk").first(), actor=self.user())

    def link(self) -> None:
        sighting, person = self._any(Sighting), self._any(Person)
        made = Link(sighting=sighting, person=person, verdict="ask", score=0.5, reason="?", made_at=timezone.now())
        made.save()
        judging.judge(made, self.chance.choice(judging.VERDICTS), actor=self.user())

    def merge(self) -> None:
        one, other = self._any(Person), self._any(Person)
        people.merge(one, other, reason="one person", user=self.people.alice, actor=self.user())

    def undo_people(self) -> None:
        people.undo(self._any(PeopleChange), user=self.people.alice, actor=self.user())

    def rule(self) -> None:
        judging.set_rule(self.people.alice.teams.get(), "claim", self.chance.choice((1, 2)), actor=self.user())

    def _any(self, model: type) -> object:
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
        if not keys:
            raise CannotJudge("There is nothing yet.")
        return model.objects.get(pk=self.chance.choice(keys))

    def states(self, known_at: datetime | None = None) -> dict[int, State]:
        """What each case file says of claims and statements; cases of people merged since are not asked for."""
        files = [queries.case_file(case, self.people.bob, known_at=known_at) for case in Case.objects.order_by("pk")]
        return {file.case: _told(file) for file in files if file}


def _told(file: CaseFile) -> State:
    return file.state, file.profile, list(file.statements), file.documents


@pytest.mark.parametrize("seed", range(6))
def test_what_was_said_then_can_be_said_again(seed: int) -> None:
    desk, recorded = Desk(seed), []
    desk.take_in()
    for _ in range(25):
        try:
            desk.chance.choice(desk.steps)()
        except (CannotJudge, NotThere, people.CannotChangePeople):
            continue
        recorded.append((timezone.now(), desk.states()))
    now = desk.states()
    for then, states in recorded:
        again = desk.states(known_at=then)
        assert {case: states[case] for case in states if case in now} == {c: again[c] for c in again if c in states}


@pytest.mark.parametrize("seed", range(6))
def test_judging_and_taking_back_leaves_every_file_as_it_was(seed: int) -> None:
    desk = Desk(seed)
    for _ in range(4):
        desk.take_in()
    before = desk.states()
    things = [desk._any(desk.chance.choice((Claim, Statement))) for _ in range(8)]
    for thing in things:
        judging.judge(thing, desk.chance.choice(judging.VERDICTS), actor=desk.user(), reason=str(desk.chance.random()))
    for thing in reversed(things):
        judging.undo(thing, actor=desk.user())
    assert desk.states() == before
    assert not list(checks.faults(SEALED))


def test_reading_again_by_the_same_version_changes_no_file() -> None:
    desk = Desk(1)
    for _ in range(5):
        desk.take_in()
    before = desk.states()
    for reading in Reading.objects.all():
        text, name = reading.document.text, reading.sightings.get().name
        services.take_in(reading.document, desk._read(text, name), reader="v0", actor=desk.user())
    assert desk.states() == before
