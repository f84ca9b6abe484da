"""The names of a list held against the people on file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from habeas.accounts.models import User
from habeas.cases import access
from habeas.cases.matching import is_short
from habeas.cases.models import Case
from habeas.names import Index


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whom a name means: same or ask with the key of their case, or unknown; and why, in words."""

    verdict: str
    case: int | None = None
    reason: str = ""


def reconcile(user: User, names: Sequence[str]) -> list[Verdict]:
    """For each name whom of the people whose cases the user sees it means, in any spelling or script.

    Two people whom a name fits alike, or a name of one part, are for a person to look at: ask, never same.
    """
    index, people = Index(), dict(Case.objects.visible_to(user).values_list("person", "pk"))
    for person, name in access.names(user).order_by("pk").values_list("person", "name__name"):
        index.add(person, name)
    return [_verdict(name, index, people) for name in names]


def _verdict(name: str, index: Index, people: dict[int, int]) -> Verdict:
    found = [one for one in index.find(name, 3) if one.match.verdict != "different"]
    if not found:
        return Verdict("unknown")
    best = found[0]
    same = [one for one in found if one.match.verdict == "same"]
    if len(same) > 1:
        return Verdict("ask", people[best.key], "more than one person on file has this name")
    if best.match.verdict == "same" and not (is_short(name) or is_short(best.name)):
        return Verdict("same", people[best.key], best.match.reason)
    return Verdict("ask", people[best.key], best.match.reason)
