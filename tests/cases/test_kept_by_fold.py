"""A state that another fold made is neither shown nor left: whoever changes what claims add up to changes FOLD."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest

from cast import cast, report
from claims import KINDS, NOT_FACT, VALUES, judged, told
from habeas.accounts.models import Team
from habeas.cases import checks, kept, marks, queries
from habeas.cases.casefile import Row
from habeas.cases.fold import Judgement, fold
from habeas.cases.folding import Folded
from habeas.cases.models import Case, Person
from habeas.cases.models_kept import FOLD, KeptState, StaleState, StateChange
from habeas.cli import desk

T = TypeVar("T")
FIRST = date(2026, 1, 1)
# What decides most comes most often.
OFTEN = ("arrest", "detention", "order", "order", "order", "hunger_strike", "hunger_strike", "health", "release")


class Chance:
    """Choices that every version of Python makes alike."""

    def __init__(self) -> None:
        self._random = random.Random(20261127)  # noqa: S311 - any choices will do, as long as they stay

    def number(self, below: int) -> int:
        return int(self._random.random() * below)

    def of(self, some: Sequence[T]) -> T:
        return some[self.number(len(some))]


def claim(chance: Chance) -> Row:
    kind = chance.of(OFTEN if chance.number(3) else sorted(KINDS))
    day, later = (FIRST + timedelta(days=chance.number(240)) for _ in range(2))
    exact = day.isoformat()
    between = "/".join(sorted((exact, later.isoformat())))
    modality = "actual" if chance.number(4) else chance.of(NOT_FACT)
    return told(
        f"{kind}/{chance.of(KINDS[kind])}",
        chance.of(["", exact, exact, exact, exact[:7], between, f"{exact}/..", "2026~"]),
        chance.of(VALUES.get(kind, [None])),
        modality=modality,
        published=chance.of(["", exact, later.isoformat()]),
        document=chance.number(4) + 1,
        place=chance.of(["", "Ofra Camp", "Basit Hospital"]),
    )


def cases() -> Iterator[tuple[list[Row], list[Judgement[Row]]]]:
    chance = Chance()
    for _case in range(400):
        rows = [claim(chance) for _ in range(1 + chance.number(9))]
        words = [chance.of(["accept", "reject", "unsure", "mend"]) for _ in rows]
        said = [pair for pair in zip(rows, words, strict=True) if not chance.number(5)]
        put_right = {row.claim: replace(row, date="2026-05-01") for row, word in said if word == "mend"}
        yield rows, [judged(row, word, mended=put_right.get(row.claim)) for row, word in said]


def states() -> str:
    """What is kept of each of the cases, as the table has it, as JSON; without the name of the fold."""
    case = Case(pk=1, team=Team(pk=1), person=Person(pk=1, name="Tarek Oumari"))
    columns = [column for column in kept._COLUMNS if column != "fold"]
    made = []
    for rows, judgements in cases():
        news = max(row.passage.published for row in rows)
        one = kept._kept(case, Folded(fold(rows, judgements), frozenset({1}), news, len(rows), 0, 0, 0))
        made.append([str(getattr(one, column)) for column in columns])
    return json.dumps(made)


def test_whoever_changes_what_claims_add_up_to_says_so() -> None:
    made = states()
    digest = hashlib.sha256(made.encode()).hexdigest()[:16]
    assert digest == FOLD, f"claims add up to other states than before: in cases/models_kept.py write FOLD = {digest!r}"
    for told_so in ("released", "administrative", "hunger_strike", "suspended", "disappeared", "true]", '"order'):
        assert told_so in made.replace("\\", "")


pytestmark = pytest.mark.django_db


def of_an_older_fold() -> None:
    """The only state, as an older fold would have made it."""
    told = KeptState.objects.get().told.replace("in_custody", "released")
    KeptState.objects.update(fold="older", told=told)


def test_a_state_of_an_older_fold_is_never_shown() -> None:
    alice = cast().alice
    report(alice, "Tarek Oumari")
    of_an_older_fold()
    assert [row.custody.state for row in queries.case_rows(alice)] == ["in_custody"]
    found = queries.urgent.Cases(alice, FIRST, among=[KeptState.objects.get().person_id])
    assert [one.row.custody.state for one in found.first(9)] == ["in_custody"]


def test_check_names_it_until_it_waits_to_be_folded_again() -> None:
    report(cast().alice, "Tarek Oumari")
    of_an_older_fold()
    (fault,) = checks.faults()
    assert "another version of Habeas made the state" in fault
    assert marks.note_another_fold()
    assert not marks.note_another_fold()
    assert list(checks.faults()) == []


def test_whoever_opens_the_desk_has_it_folded_again_and_today_says_what_changed() -> None:
    report(cast().alice, "Tarek Oumari")
    StateChange.objects.all().delete()
    of_an_older_fold()
    desk._bring_up_to_date()
    assert KeptState.objects.get().fold == FOLD
    assert not StaleState.objects.exists()
    assert [kept.lines_of(change.before)[0].state for change in StateChange.objects.all()] == ["released"]
