"""The plan itself: its newest version, who adopted it, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from habeas.accounts.models import User
from habeas.advocacy.models import Adoption, Coalition, Note, Partner, PlanCase, PlanLine, Seat, Version

HIDDEN = "a case that is not shared with you"


@dataclass(frozen=True, slots=True)
class Line:
    """One goal or priority. `case` is its key in the plan, None for words; `hidden`: not shared with them.

    `rank` counts all lines of the version, `place` those of its kind.
    """

    kind: str
    rank: int
    words: str
    case: int | None = None
    hidden: bool = False
    addressees: str = ""
    said: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Stance:
    """What one partner says of the newest version: adopted, reserved (with `words`), or "" for not yet."""

    partner: int
    name: str
    stance: str = ""
    words: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a version changed: added, dropped or moved (`was` and `now` are places, None where it was not there)."""

    what: str
    line: Line
    was: int | None = None
    now: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One version with who adopted it and what it changed; `number` 0 where the plan has no version yet."""

    number: int = 0
    newest: bool = True
    made_at: datetime | None = None
    goals: tuple[Line, ...] = ()
    priorities: tuple[Line, ...] = ()
    stances: tuple[Stance, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Seated:
    """The seats of one user in a coalition: for which partners they act, and whether they coordinate."""

    partners: tuple[Partner, ...]
    coordinates: bool


def seated(user: User, coalition: Coalition) -> Seated:
    """For whom the user acts in the coalition."""
    seats = Seat.objects.filter(user=user, until=None, partner__coalition=coalition).select_related("partner")
    found = list(seats.order_by("partner__name"))
    return Seated(tuple(seat.partner for seat in found), any(seat.coordinates for seat in found))


def plan(user: User, coalition: Coalition, number: int | None = None) -> Plan | None:
    """The version with that number (None: the newest) as the user sees it; None where there is no such version."""
    if not Coalition.objects.visible_to(user).filter(pk=coalition.pk).exists():
        return None
    versions = list(coalition.versions.order_by("number"))
    if not versions:
        return Plan(stances=_stances(coalition, None)) if number is None else None
    shown = next((one for one in versions if one.number == (number or versions[-1].number)), None)
    if shown is None:
        return None
    before = next((one for one in versions if one.number == shown.number - 1), None)
    names = dict(PlanCase.objects.known_to(user).filter(coalition=coalition).values_list("pk", "case__person__name"))
    lines, earlier = _lines(shown, names), _lines(before, names)
    return Plan(
        number=shown.number,
        newest=shown == versions[-1],
        made_at=shown.made_at,
        goals=tuple(line for line in lines.values() if line.kind == "goal"),
        priorities=tuple(line for line in lines.values() if line.kind == "priority"),
        stances=_stances(coalition, shown),
        changes=tuple(_changes(earlier, lines)) if before else (),
    )


def cases(user: User, coalition: Coalition) -> list[PlanCase]:
    """The cases of the plan that the user sees, by name."""
    found = PlanCase.objects.visible_to(user).filter(coalition=coalition).select_related("case__person")
    return list(found.order_by("case__person__name", "pk"))


def notes(user: User, coalition: Coalition, case: PlanCase | None = None) -> list[Note]:
    """The notes of the user's own organisations, newest first: about one case, or about the whole plan."""
    mine = Note.objects.filter(partner__in=seated(user, coalition).partners, case=case)
    return list(mine.select_related("partner", "made_by").order_by("-made_at", "-pk"))


_Key = tuple[str, int | str]


def _lines(version: Version | None, names: dict[int, str]) -> dict[_Key, Line]:
    """The lines by what they mean, in the order of the plan."""
    rows: Iterable[PlanLine] = version.lines.select_related("case").order_by("rank") if version else ()
    places: Counter[str] = Counter()
    found: dict[_Key, Line] = {}
    for row in rows:
        places[row.kind] += 1
        found[row.kind, row.case_id or row.words.casefold()] = _line(row, names, places[row.kind])
    return found


def _line(row: PlanLine, names: dict[int, str], place: int) -> Line:
    hidden = row.case_id is not None and row.case_id not in names
    words = row.words if row.case_id is None else names.get(row.case_id, HIDDEN)
    return Line(
        kind=row.kind,
        rank=row.rank,
        words=words,
        case=row.case_id if row.case and not hidden and row.case.until is None else None,
        hidden=hidden,
        addressees="" if hidden else row.addressees,
        said="" if hidden else row.said,
        place=place,
    )


def _changes(before: dict[_Key, Line], after: dict[_Key, Line]) -> Iterable[Change]:
    """Added, dropped, and those whose order among what stayed is another."""
    for key, line in after.items():
        if key not in before:
            yield Change("added", line, now=line.place)
    for key, line in before.items():
        if key not in after:
            yield Change("dropped", line, was=line.place)
    old = {key: at for at, key in enumerate(key for key in before if key in after)}
    for at, key in enumerate(key for key in after if key in before):
        if old[key] != at:
            yield Change("moved", after[key], was=before[key].place, now=after[key].place)


def _stances(coalition: Coalition, version: Version | None) -> tuple[Stance, ...]:
    told = Adoption.objects.filter(version=version).order_by("pk") if version else ()
    newest = {adoption.partner_id: adoption for adoption in told}
    return tuple(
        Stance(partner.pk, partner.name, said.stance, said.words, said.made_at)
        if (said := newest.get(partner.pk))
        else Stance(partner.pk, partner.name)
        for partner in coalition.partners.staying().order_by("name")
    )
