"""A list of names as it is shown: whom each means, and whether what was announced is told as done."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.accounts.models import User
from habeas.advocacy import name_lists
from habeas.advocacy.models import ListedName, NameList
from habeas.cases.models import Case, Reading, Sighting
from habeas.cases.queries import case_rows
from habeas.sources.models import Document

DONE = {"release": ("released", "exchanged"), "exchange": ("exchanged", "released")}
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Named:
    """One name. `verdict`: same, ask or unknown. `outcome`: done, not told, or "" where nobody is meant for sure.

    `state` is the custody line of the case today, in words; `case` and `person` are empty where the user sees no case.
    """

    key: int
    number: int
    name: str
    verdict: str
    reason: str
    case: int | None = None
    person: str = ""
    outcome: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The whole list with its sums."""

    names: tuple[Named, ...]
    same: int
    ask: int
    unknown: int
    done: int


def reconciled(user: User, given: NameList) -> Reconciled:
    """The list against the cases as they stand today; the same number of queries however long it is."""
    rows = list(given.names.order_by("number"))
    cases = {row.case_id for row in rows if row.case_id}
    visible = dict(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", "person__name"))
    sure = {row.case_id for row in rows if row.verdict == "same" and row.case_id in visible}
    lines = {one.case: one.custody for one in case_rows(user, of=sure, limit=MOST)} if sure else {}
    states = {case: (line.state, line.label) for case, line in lines.items()}
    names = tuple(_named(row, given.kind, visible, states) for row in rows)
    return Reconciled(
        names=names,
        same=sum(one.verdict == "same" for one in names),
        ask=sum(one.verdict == "ask" for one in names),
        unknown=sum(one.verdict == "unknown" for one in names),
        done=sum(one.outcome == "done" for one in names),
    )


def _named(row: ListedName, kind: str, visible: dict[int, str], states: dict[int, tuple[str, str]]) -> Named:
    state, label = states.get(row.case_id or 0, ("", ""))
    outcome = ("done" if state in DONE[kind] else "not told") if state else ""
    seen = row.case_id in visible
    hides = row.case_id is not None and not seen  # whom the name means is for those who see the case
    return Named(
        key=row.pk,
        number=row.number,
        name=row.name,
        verdict="unknown" if hides else row.verdict,
        reason="" if hides else row.reason,
        case=row.case_id if seen else None,
        person=visible.get(row.case_id or 0, ""),
        outcome=outcome,
        state=label,
    )


def names_of(document: Document) -> list[str]:
    """What looks like the names of a list in a document, or else the people whom its newest reading found there.

    It is for a person to look through before it is held against anybody.
    """
    if names := name_lists.listed(document.text):
        return names
    reading = Reading.objects.filter(document=document).order_by("pk").last()
    sighted = Sighting.objects.filter(reading=reading, kind="person").order_by("pk") if reading else ()
    return list(dict.fromkeys(one.name for one in sighted))
