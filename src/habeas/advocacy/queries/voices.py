"""Who has spoken of a case: by what they last said, by which act, how long ago; who is silent; changes of position."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from habeas.accounts.models import User
from habeas.advocacy import terms
from habeas.advocacy.models import PlanCase
from habeas.cases.models import Case
from habeas.cases.queries import statements
from habeas.cases.shown import ListedStatement
from habeas.core.folding import fold

LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Spoke:
    """Somebody by what they last said of the case. `days` None where no day is known; `changed`: from act to act."""

    who: str
    organisation: str
    last: ListedStatement
    days: int | None
    times: int
    changed: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Voices:
    """Who spoke, the latest first; `silent` are partners of the plan who said nothing for longer than our margin."""

    spoke: tuple[Spoke, ...]
    silent: tuple[str, ...]


def voices(user: User, case: PlanCase, on: date) -> Voices | None:
    """Who has spoken of the case by the newest statements; None where the user does not see its file."""
    if not Case.objects.visible_to(user).filter(pk=case.case_id).exists():
        return None
    by_speaker: dict[str, list[ListedStatement]] = {}
    for one in statements(user, case=case.case, limit=LOOKED_AT):
        who = one.said.speaker or one.said.speaker_words
        if (
            who
            and not one.said.by_them
            and one.said.judged != "rejected"
            and one.said.passage.published <= on.isoformat()
        ):
            by_speaker.setdefault(fold(who), []).append(one)
    spoke = [_spoke(theirs, on) for theirs in by_speaker.values()]
    return Voices(tuple(spoke), tuple(_silent(case, spoke)))


def _spoke(theirs: list[ListedStatement], on: date) -> Spoke:
    """The statements come newest first."""
    last = theirs[0]
    return Spoke(
        who=last.said.speaker or last.said.speaker_words,
        organisation=last.said.organisation,
        last=last,
        days=_days(last.said.passage.published, on),
        times=len(theirs),
        changed=_change(theirs),
    )


def _change(theirs: list[ListedStatement]) -> tuple[str, str] | None:
    """The newest pair of acts, an earlier and a later, that cannot both be one's position."""
    opposites = terms.table("opposites")
    for later, earlier in pairwise(theirs):
        for act in later.said.acts:
            for before in earlier.said.acts:
                if before in opposites.get(act, ()):
                    return before, act
    return None


def _silent(case: PlanCase, spoke: Iterable[Spoke]) -> list[str]:
    most = terms.margin("silent_days")
    heard = [fold(f"{one.who} {one.organisation}") for one in spoke if one.days is not None and one.days <= most]
    partners = case.coalition.partners.staying().order_by("name").values_list("name", flat=True)
    return [name for name in partners if not any(fold(name) in words for words in heard)]


def _days(published: str, on: date) -> int | None:
    try:
        return (on - date.fromisoformat(published)).days
    except ValueError:
        return None
