"""Somebody who does whatever can be done at a desk, by chance: for what must hold whatever was done."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

from cast import Cast, actor, document, read_as
from habeas.cases import erasing, judging, kept, people, services
from habeas.cases.models import Claim, Judgement, Link, PeopleChange, Person, Sighting
from habeas.core.errors import NotThere
from habeas.sources.models import Document

NAMES = ("Tarek Oumari", "Salma Benhadi", "Olena Prysh", "Abu Salim Haddar")
CLAIMS: tuple[dict[str, object], ...] = (
    {},
    {"date": "2026-03-09"},
    {"kind": "hunger_strike", "phase": "ongoing", "value": 9},
    {"kind": "hearing", "phase": "scheduled", "date": "2026-04-20"},
    {"kind": "release", "phase": "done", "date": "2026-03-01"},
    {"kind": "health", "phase": "ongoing", "value": "weak"},
)


class Desk:
    """Somebody who does whatever can be done, by chance."""

    def __init__(self, people: Cast, chance: random.Random) -> None:
        self.people, self.chance, self.by = people, chance, actor(people.alice)
        self.made: list[Document] = []

    def step(self) -> None:
        ways: tuple[Callable[[], object], ...] = (
            self.report, self.report, self.judge, self.judge, self.mend, self.undo, self.match, self.read_again,
            self.merge, self.unmerge, self.split, self.erase, kept.catch_up,
        )  # fmt: skip
        with suppress(judging.CannotJudge, NotThere, people.CannotChangePeople):  # then nothing was written
            self.chance.choice(ways)()

    def report(self) -> None:
        name, claim = self.chance.choice(NAMES), self.chance.choice(CLAIMS)
        text = f"{name} was named in report {len(self.made)}."
        made = document(self.people.alice, text, published=f"2026-03-{self.chance.randint(1, 28):02}")
        services.take_in_all([(made, read_as(text, name, **claim))], reader="one", actor=self.by)
        self.made.append(made)

    def read_again(self) -> None:
        if self.made:
            made, claim = self.chance.choice(self.made), self.chance.choice(CLAIMS)
            name = next(name for name in NAMES if name in made.text)
            services.take_in_all([(made, read_as(made.text, name, **claim))], reader="two", actor=self.by)

    def judge(self) -> None:
        if claims := list(Claim.objects.exclude(kind="erased")):
            judging.judge(self.chance.choice(claims), self.chance.choice(judging.VERDICTS), actor=self.by)

    def mend(self) -> None:
        if claims := list(Claim.objects.exclude(kind="erased")):
            judging.mend(
                self.chance.choice(claims), {"date": "2026-02-0" + str(self.chance.randint(1, 9))}, actor=self.by
            )

    def undo(self) -> None:
        if judged := list(Judgement.objects.filter(claim__isnull=False)):
            judging.undo(self.chance.choice(judged).claim, actor=self.by)  # type: ignore[arg-type]

    def match(self) -> None:
        if links := list(Link.objects.filter(person__erased_at=None)):
            judging.judge(self.chance.choice(links), self.chance.choice(judging.VERDICTS), actor=self.by)

    def merge(self) -> None:
        there = list(Person.objects.filter(merged_into=None, erased_at=None))
        if len(there) > 1:
            one, other = self.chance.sample(there, 2)
            people.merge(one, other, reason="the same", user=self.people.alice, actor=self.by)

    def unmerge(self) -> None:
        for change in PeopleChange.objects.filter(undone_at=None).order_by("-pk")[:1]:
            people.undo(change, user=self.people.alice, actor=self.by)

    def split(self) -> None:
        for one in Person.objects.filter(merged_into=None, erased_at=None):
            theirs = people._linked(one)
            if len(theirs) > 2:
                some = list(Sighting.objects.filter(pk__in=theirs[:1]))
                people.split(one, some, "", reason="two", user=self.people.alice, actor=self.by)
                return

    def erase(self) -> None:
        there = list(Person.objects.filter(merged_into=None, erased_at=None))
        if there and self.chance.random() < 0.2:
            erasing.erase(self.chance.choice(there), reason="asked for", actor=self.by)
