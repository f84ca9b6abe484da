"""What changed since a time and what waits for a person, by case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from habeas.accounts.models import User
from habeas.cases.casefile import CaseRow, Line
from habeas.cases.models import Case, Judgement, Link
from habeas.cases.queries.cases import case_rows
from habeas.extraction import edtf
from habeas.sources.models import Document

MOST = 200  # cases that are looked at: those with the newest changes, then those with the newest news
SOON = timedelta(days=14)
REASONS = ("strike", "hidden", "due", "overdue", "conflict", "changed", "match", "claims")  # the most urgent first
_HIDDEN = frozenset({"disappeared", "incommunicado"})


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a case as it was and as it is."""

    before: Line | None
    after: Line


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that somebody should look at: `why`, as codes of `REASONS`, the most urgent first, and what changed."""

    row: CaseRow
    why: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """What came since a time: the number of new documents and the newest of them; the cases to look at."""

    n_documents: int
    documents: tuple[Document, ...]
    cases: tuple[Waiting, ...]


def today(user: User, since: datetime | None, on: date, *, shown: int = 8) -> Today:
    """What the user's desk has that is newer than `since` (None: everything), and what waits, as of the day `on`.

    Cases come by their gravest reason, then the newest news first: people on hunger strike are never ranked.
    """
    new = Document.objects.visible_to(user).defer("text")
    if since is not None:
        new = new.filter(added_at__gt=since)
    now = case_rows(user, of=_touched(user, since)) if since is not None else []
    now += [row for row in case_rows(user, limit=MOST - len(now)) if row.case not in {seen.case for seen in now}]
    before = {row.case: row for row in case_rows(user, of=[r.case for r in now], known_at=since)} if since else {}
    found = [_waiting(row, before.get(row.case), since, on) for row in now]
    cases = sorted((one for one in found if one.why), key=_urgency)
    return Today(new.count(), tuple(new.order_by("-added_at", "-pk")[:shown]), tuple(cases))


def by_urgency(user: User, on: date, *, case: Case | None = None) -> list[Waiting]:
    """The user's cases with the newest news, or the one given, the most urgent first, those without a reason last."""
    them = case_rows(user, of=[case.pk]) if case is not None else case_rows(user, limit=MOST)
    return sorted((_waiting(row, None, None, on) for row in them), key=_urgency)


def bound(user: User) -> int:
    """How many of the user's cases are looked at, where there are more; 0 where all are."""
    return MOST if Case.objects.visible_to(user).order_by("pk")[MOST : MOST + 1].exists() else 0


def _touched(user: User, since: datetime) -> list[int]:
    """The keys of the user's cases about which something was read, linked or judged since then."""
    judged = Judgement.objects.filter(made_at__gt=since).values("claim__subject__links__person")
    linked = Link.objects.filter(Q(made_at__gt=since) | Q(sighting__reading__read_at__gt=since)).values("person")
    visible = Case.objects.visible_to(user).filter(Q(person__in=linked) | Q(person__in=judged))
    return list(visible.order_by("-pk").values_list("pk", flat=True).distinct()[:MOST])


def _waiting(row: CaseRow, before: CaseRow | None, since: datetime | None, on: date) -> Waiting:
    is_new = since is not None and (before is None or not before.documents)
    changes = tuple(_changes(row, None if is_new else before)) if since is not None else ()
    return Waiting(row, tuple(_why(row, on, changed=bool(changes))), changes, is_new)


def _changes(row: CaseRow, before: CaseRow | None) -> Iterable[Change]:
    if before is None:
        yield from (Change(None, line) for line in row.lines if line.rows)
        return
    for was, line in zip(before.lines, row.lines, strict=True):
        if (was.state, was.label, was.disputed) != (line.state, line.label, line.disputed):
            yield Change(was, line)


def _why(row: CaseRow, on: date, *, changed: bool) -> Iterable[str]:
    days = [day for due in row.upcoming if (day := edtf.latest(due.on))]
    is_held = row.custody.state not in {"released", "exchanged", "deported", "dead"}
    told = {
        "strike": is_held and row.protest.state == "hunger_strike",
        "hidden": row.custody.state in _HIDDEN,
        "due": any(on <= day <= on + SOON for day in days),
        "overdue": any(day < on for day in days),
        "conflict": any(line.disputed for line in row.lines),
        "changed": changed,
        "match": bool(row.waiting),
        "claims": bool(row.unjudged),
    }
    return (reason for reason in REASONS if told[reason])


def _urgency(one: Waiting) -> tuple[int, str]:
    """The gravest reason first, then the newest news: a date with its digits turned round is less where it is later."""
    newest_first = one.row.last_news.translate(str.maketrans("0123456789", "9876543210")) or "~"
    return REASONS.index(one.why[0]) if one.why else len(REASONS), newest_first
