"""What waits for a judgement as one list that a person goes down: case by case, the most urgent first, with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby, product
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from habeas.accounts.models import User
from habeas.cases import rows
from habeas.cases.casefile import CaseRow, Conflict
from habeas.cases.models import A_WORD, Case, Claim, Judgement, Link, Statement
from habeas.cases.queries import waiting
from habeas.cases.queries.cases import states
from habeas.cases.queries.matches import Match, matches_of
from habeas.cases.queries.newest import latest
from habeas.cases.queries.page import claims_of, kept_outlines
from habeas.cases.queries.urgent import Cases, Urgent
from habeas.cases.queries.waiting import Waiting, Whom
from habeas.core.looking import one_look

# Why one thing waits, in the order in which things of one case come. `unsure` is shown only where it is asked for.
KINDS = ("conflict", "changed", "second", "match", "claim", "statement")
UNSURE = "unsure"
MOST_UNFILED = 50
MOST, MOST_TASKS = 50, 500  # cases that are gone through at a time, and tasks after which no further case is begun
MOST_ASKED = 500  # things of a kind that are fetched, the newest


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to judge: a `conflict`, a `match`, or a claim or statement (`waits`).

    `kind` is one of KINDS or unsure: changed (judged, and the newest reading no longer says it), second (another person
    must say the same), match (a name that may be theirs), claim or statement (nobody judged it). `rests` is the line of
    the case that rests on the claim (custody, basis or protest), empty where none does.
    """

    kind: str
    rests: str = ""
    conflict: Conflict | None = None
    match: Match | None = None
    waits: Waiting | None = None


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits of one case, with why the case is urgent (codes of `today.REASONS`); `row` None: of nobody on file."""

    row: CaseRow | None
    why: tuple[str, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class _Key:
    """A thing to judge before it is fetched: its kind, its case, and what it is (claim, statement, link, conflict)."""

    kind: str
    case: int
    what: str
    key: int = 0
    rests: str = ""
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """What the queue asks of a case: the line that rests on each claim, and its conflicts."""

    rests: Mapping[int, str]
    conflicts: tuple[Conflict, ...]


class Queue:
    """What waits on the user's desk on the day `on`; of one `case` or of one `kind` where they are given.

    Of the most urgent of the `n_cases` in which something waits, at most MOST, it is listed: of each kind the newest
    MOST_ASKED; `beyond` are the kinds of which there are more. The others follow as these are done. Then come, where
    nothing is singled out, the newest claims about people without a case. `counts` are how much there is of each kind
    in the cases that are gone through; where one `kind` is singled out, which waits in other cases, of that alone. The
    number of queries does not grow with what waits.
    """

    @one_look()
    def __init__(self, user: User, on: date, *, kind: str = "", case: Case | None = None) -> None:
        self._user = user
        cases, self.n_cases = _cases(user, on, kind, case)
        self._cases = {one.row.case: one for one in cases}
        self.beyond = set[str]()
        singled = kind if case is None else ""  # whatever else waits of a case is counted beside it
        found = _found(user, self._cases, self.beyond, singled)
        places = {key: place for place, key in enumerate(self._cases)}
        self._keys = sorted(
            (key for key in found if key.kind == kind or (not kind and key.kind != UNSURE)),
            key=lambda key: (places[key.case], _RANK[key.kind], not key.rests, -key.key),
        )
        self.n_shown = len(cases)
        self._with_unfiled = not kind and case is None
        self.counts = Counter(key.kind for key in found)

    def __len__(self) -> int:
        """How much waits of the cases that are gone through."""
        return len(self._keys)

    @one_look()
    def piles(self, offset: int, limit: int) -> list[Pile]:
        """A part of the list, by case."""
        tasks = _tasks(self._keys[offset : offset + limit], self._user)
        piles = [
            Pile(self._cases[case].row, self._cases[case].why, tuple(task for _case, task in of_case))
            for case, of_case in groupby(tasks, key=lambda one: one[0])
        ]
        unfiled = self._with_unfiled and offset + limit >= len(self._keys) and tuple(_unfiled(self._user))
        return [*piles, Pile(None, (), unfiled)] if unfiled else piles


def _cases(user: User, on: date, kind: str, case: Case | None) -> tuple[list[Urgent], int]:
    """The most urgent cases of which something waits, and how many there are in all."""
    if case is not None:
        return Cases(user, on, among=[case.person_id]).first(1), 1
    is_counted = kind in _COUNTED
    them = Cases(user, on, counting=_COUNTED[kind]) if is_counted else Cases(user, on, among=_people(user, kind))
    found, count = _enough(them.first(MOST)), them.count()
    if kind or count >= MOST:
        return found, count
    known = {one.row.case for one in found}
    said = Cases(user, on, among=_people(user, "statement")).first(MOST)
    more = [one for one in said if one.row.case not in known]  # nothing but statements waits of these
    return [*found, *more][:MOST], count + len(more)


def _enough(cases: Sequence[Urgent]) -> list[Urgent]:
    """The first of the cases, until they have as many tasks as anybody goes through in days."""
    so_far = accumulate((one.row.tasks for one in cases), initial=0)
    return [one for one, before in zip(cases, so_far, strict=False) if before < MOST_TASKS]


def _people(user: User, kind: str) -> set[int]:
    """The people with a case whom the newest of what waits is about: statements, or whatever waits for that reason."""
    found = set[int]()
    asked_for = {("statement", "new")} if kind == "statement" else set(product(waiting.WHATS, [kind]))
    for what, why in sorted(asked_for & waiting.reasons()):  # PostgreSQL plans that of links for 0.1 s
        asked = waiting.asked(user, what, why)
        if what == "link":
            found |= set(asked.order_by("-pk")[:MOST_ASKED].values_list("person", flat=True))
            continue
        is_few = why != "new"  # found by what somebody judged so
        newest = asked.order_by("-pk").values_list("pk", flat=True)[:MOST_ASKED]
        keys = list(newest) if is_few else latest(asked, MOST_ASKED)
        found |= set(rows.people_of(_seen(what, keys)).values())
    return found


def _seen(what: str, keys: Collection[int]) -> set[int]:
    """The sightings that the claims or statements are about, as read or mended."""
    if what == "claim":
        mended = Judgement.objects.filter(claim__in=keys, subject__isnull=False).values_list("subject", flat=True)
        return {*Claim.objects.filter(pk__in=keys).values_list("subject", flat=True), *mended}
    about = Statement.about.through.objects.filter(statement__in=keys).values_list("sighting", flat=True)
    people = Statement.objects.filter(pk__in=keys).values_list("speaker", "target")
    carried = Claim.objects.filter(statement__in=keys).values_list("subject", flat=True)
    return {*about, *carried, *(key for pair in people for key in pair if key)}


def _found(user: User, cases: Mapping[int, Urgent], beyond: set[str], kind: str = "") -> list[_Key]:
    """What waits of these cases, of one `kind` where it is given; the kinds of which there is more go to `beyond`."""
    told = _told(user, cases) if kind not in _UNTOLD else dict.fromkeys(cases, _Told({}, ()))
    return [*_conflicts(told), *_waiting(user, told, beyond, kind)]


def _told(user: User, cases: Collection[int]) -> dict[int, _Told]:
    """What each of the cases, which the user sees, tells: the long ones by what is kept of them, the others folded."""
    outlines = kept_outlines(Case.objects.visible_to(user).filter(pk__in=cases), user)
    folded = states(user, [case for case in cases if case not in outlines])
    claims = claims_of({key for outline in outlines.values() for key in outline.disputed()})
    told = {case: _Told(one.rests(), one.conflicts(claims.get)) for case, one in outlines.items()}
    for case, state in folded.items():
        told[case] = _Told({row.claim: line.name for line in state.lines for row in line.rows}, state.conflicts)
    return {case: told[case] for case in cases if case in told}


def _conflicts(told: Mapping[int, _Told]) -> Iterator[_Key]:
    for case, one in told.items():
        for conflict in one.conflicts:
            yield _Key("conflict", case, "conflict", rests=conflict.line, conflict=conflict)


def _waiting(user: User, told: Mapping[int, _Told], beyond: set[str], only: str) -> Iterator[_Key]:
    whom = waiting.whom(Case.objects.visible_to(user).filter(pk__in=told))
    rests = {claim: line for one in told.values() for claim, line in one.rests.items()}
    sides = (side for one in told.values() for conflict in one.conflicts for side in conflict.sides)
    disputed = {row.claim for side in sides for row in side.rows}
    for what, why in sorted(waiting.reasons()):
        kind = _NEW[what] if why == "new" else why
        if only not in {"", kind}:
            continue
        newest = waiting.asked(user, what, why, whom).order_by("-pk").values_list("pk", flat=True)[: MOST_ASKED + 1]
        if len(keys := list(newest)) > MOST_ASKED:
            beyond.add(kind)
        about = _ABOUT[what](_MODELS[what].objects.filter(pk__among=keys[:MOST_ASKED]), whom) if keys else {}
        judged_by_me = _newest_by(user, what, about) if why == "second" else frozenset[int]()
        for key, person in about.items():
            is_claim = what == "claim"
            if key not in judged_by_me and not (is_claim and key in disputed):  # its conflict waits in its stead
                line = rests.get(key, "") if is_claim else ""
                yield _Key(kind, whom.cases[person], what, key, line)


def _claims_about(found: QuerySet[Any], whom: Whom) -> dict[int, int]:
    """The person whom each claim is about, by what a person made of it where that is somebody else."""
    subjects = dict(found.values_list("pk", "subject"))
    mended = Judgement.objects.filter(claim__among=subjects, subject__isnull=False).order_by("pk")
    put_right = {claim: seen for claim, seen in mended.values_list("claim", "subject") if seen in whom.sightings}
    pairs = {**subjects, **put_right}
    return {claim: whom.sightings[seen] for claim, seen in pairs.items() if seen in whom.sightings}


def _statements_about(found: QuerySet[Any], whom: Whom) -> dict[int, int]:
    """The first person with a case whom each statement is about, is by, or is aimed at."""
    people = {pk: (speaker, target) for pk, speaker, target in found.values_list("pk", "speaker", "target")}
    about = Statement.about.through.objects.filter(statement__among=people).order_by("-pk")
    carried = Claim.objects.filter(statement__among=people)
    pairs = *carried.values_list("statement", "subject"), *about.values_list("statement", "sighting")
    first = {statement: seen for statement, seen in pairs if seen in whom.sightings}
    chosen = {pk: next((one for one in (first.get(pk), *people[pk]) if one in whom.sightings), None) for pk in people}
    return {pk: whom.sightings[one] for pk, one in chosen.items() if one is not None}


def _links_to(found: QuerySet[Any], whom: Whom) -> dict[int, int]:
    return dict(found.values_list("pk", "person"))


def _newest_by(user: User, what: str, keys: Iterable[int]) -> frozenset[int]:
    """Those of which this user said the last word that stands: it is for somebody else to say the same."""
    standing = Judgement.objects.filter(A_WORD, **{f"{what}__among": list(keys)}, undone_by=None).order_by("pk")
    return frozenset(key for key, by in dict(standing.values_list(what, "made_by")).items() if by == user.pk)


_ABOUT = {"claim": _claims_about, "statement": _statements_about, "link": _links_to}
_MODELS: Mapping[str, Any] = {"claim": Claim, "statement": Statement, "link": Link}
_NEW = {"claim": "claim", "statement": "statement", "link": "match"}
_UNTOLD = frozenset({"match", "statement"})  # neither rests nor conflicts say anything of these
_COUNTED = {"": "tasks", "conflict": "conflicts", "match": "waiting", "claim": "unjudged"}  # what a kept state counts
_RANK = {kind: rank for rank, kind in enumerate((*KINDS, UNSURE))}


def _tasks(keys: Sequence[_Key], user: User) -> list[tuple[int, Task]]:
    """What the keys stand for, each with its case; fetched with the same number of queries however many they are."""
    of = {what: [key.key for key in keys if key.what == what] for what in waiting.WHATS}
    claims = waiting.shown("claim", "", Claim.objects.filter(pk__in=of["claim"]), user)
    said = waiting.shown("statement", "", Statement.objects.filter(pk__in=of["statement"]), user)
    waits = {(one.what, one.key): one for one in (*claims, *said)}
    matches = {match.link: match for match in matches_of(of["link"], user)}
    found = []
    for key in keys:
        match = matches.get(key.key) if key.what == "link" else None
        found.append((key.case, Task(key.kind, key.rests, key.conflict, match, waits.get((key.what, key.key)))))
    return [(case, task) for case, task in found if task.conflict or task.match or task.waits]


def _unfiled(user: User) -> Iterator[Task]:
    """The newest claims about somebody or some group that has no case."""
    same = Link.objects.filter(sighting=OuterRef("subject"), verdict="same")
    found = waiting.asked(user, "claim", "new").filter(~Q(Exists(same))).order_by("-pk")[:MOST_UNFILED]
    keys = list(found.values_list("pk", flat=True))
    for one in waiting.shown("claim", "", Claim.objects.filter(pk__in=keys), user):
        yield Task("claim", waits=one)
