"""Every read of the watch: alerts and clocks that a person sees, with the words they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from habeas.accounts.models import User
from habeas.cases.models import Case, Claim, Judgement, Link, PeopleChange, Statement
from habeas.cases.passages import words_of
from habeas.cases.rows import NOWHERE, origins
from habeas.sources.models import Document
from habeas.watch.clock import rule
from habeas.watch.models import Alert, Dismissal, OpenClock, Tick


@dataclass(frozen=True, slots=True)
class Words:
    """One reason of an alert with its exact words; no words and no document where the user may not see them."""

    label: str
    words: str = ""
    document: int | None = None
    source: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """An alert or a clock as it is shown. `key` is the alert's or the clock's; `raised_at` is None for a clock.

    `source` and `caution` are the rule's; `ask` says what to find out; `away` whether somebody put the alert away.
    """

    key: int
    case: int
    name: str
    rule: str
    step: str
    due_on: date
    label: str
    ask: str
    estimated: bool
    source: str
    caution: str
    raised_at: datetime | None = None
    away: bool = False
    reasons: tuple[Words, ...] = ()


def alerts(
    user: User, *, case: int | None = None, away: bool = False, limit: int = 100, offset: int = 0
) -> list[Notice]:
    """The alerts that the user sees, newest first, each reason with its words; those put away only where asked for."""
    found = _open(Alert.objects.visible_to(user), away=away)
    if case is not None:
        found = found.filter(case=case)
    shown = list(found.select_related("case__person").order_by("-raised_at", "-pk")[offset : offset + limit])
    return _notices(shown, user, away=away)


def count_alerts(user: User) -> int:
    """How many alerts wait for somebody to look."""
    return _open(Alert.objects.visible_to(user), away=False).count()


def clocks(user: User, *, case: int | None = None, until: date | None = None, limit: int = 200) -> list[Notice]:
    """The clocks that run in the cases that the user sees, the next due first."""
    found = OpenClock.objects.filter(case__in=Case.objects.visible_to(user))
    found = found.filter(case=case) if case is not None else found
    found = found.filter(due_on__lte=until) if until else found
    shown = list(found.select_related("case__person").order_by("due_on", "case", "pk")[:limit])
    return _notices(shown, user)


def count_clocks(user: User) -> int:
    """How many clocks run in the cases that the user sees."""
    return OpenClock.objects.filter(case__in=Case.objects.visible_to(user)).count()


def last_round() -> datetime | None:
    """When the watch last began to go through everything and came to the end; None where it never did."""
    return Tick.objects.values_list("began_at", flat=True).first()


def is_away(alert: Alert) -> bool:
    """Whether the alert was put away and not taken out again."""
    newest = alert.dismissals.order_by("pk").last()
    return newest is not None and newest.away


def cases_changed_since(moment: datetime) -> set[int]:
    """The keys of the cases about which something was read, linked, judged, merged or split since."""
    links = Link.objects.filter(made_at__gte=moment).values_list("person", flat=True)
    judged = Judgement.objects.filter(made_at__gte=moment)
    sightings = {
        *judged.exclude(claim=None).values_list("claim__subject", flat=True),
        *Statement.about.through.objects.filter(statement__judgements__in=judged).values_list("sighting", flat=True),
    }
    people = {
        *links,
        *judged.exclude(link=None).values_list("link__person", flat=True),
        *Link.objects.filter(sighting__in=sightings).values_list("person", flat=True),
        *_moved_since(moment),
    }
    cases = Case.objects.filter(person__in=people, person__merged_into=None)
    return set(cases.values_list("pk", flat=True))


def _moved_since(moment: datetime) -> Iterable[int]:
    changes = PeopleChange.objects.filter(Q(made_at__gte=moment) | Q(undone_at__gte=moment))
    return {key for pair in changes.values_list("person", "other") for key in pair if key is not None}


def _open(found: QuerySet[Alert, Alert], *, away: bool) -> QuerySet[Alert, Alert]:
    newest = Dismissal.objects.filter(alert=OuterRef("pk")).order_by("-pk").values("away")[:1]
    put_away = found.annotate(put_away=Subquery(newest))
    return put_away.filter(put_away=True) if away else put_away.filter(Q(put_away=None) | Q(put_away=False))


def _notices(shown: Sequence[Alert | OpenClock], user: User, *, away: bool = False) -> list[Notice]:
    words = _words([reason for row in shown for reason in row.reasons], user)
    return [
        Notice(
            key=row.pk,
            case=row.case_id,
            name=row.case.person.name,
            rule=row.rule,
            step=row.step,
            due_on=row.due_on,
            label=row.label,
            ask=row.ask,
            estimated=row.estimated,
            source=rule(row.rule)["source"],
            caution=rule(row.rule)["caution"],
            raised_at=row.raised_at if isinstance(row, Alert) else None,
            away=away,
            reasons=tuple(words[_key(reason)] for reason in row.reasons),
        )
        for row in shown
    ]


_Key = tuple[str, int | None, int | None]


def _key(reason: Mapping[str, Any]) -> _Key:
    return reason["label"], reason["claim"], reason["statement"]


def _words(reasons: Iterable[Mapping[str, Any]], user: User) -> dict[_Key, Words]:
    """The words of each reason, where the user may see their document; few queries however many there are."""
    wanted = {_key(reason) for reason in reasons}
    documents = Document.objects.visible_to(user)
    told: dict[tuple[str, int], _At] = {}
    for kind, model, keys in (
        ("claim", Claim, {claim for _, claim, _ in wanted if claim}),
        ("statement", Statement, {said for _, _, said in wanted if said}),
    ):
        rows = model.objects.filter(pk__in=keys, reading__document__in=documents).select_related("reading__document")
        told |= {(kind, row.pk): _at(row) for row in rows}
    sources = origins({document for _, document, _ in told.values()})
    found: dict[_Key, Words] = {}
    for label, claim, said in wanted:
        at = told.get(("claim", claim) if claim else ("statement", said or 0))
        words = Words(label, at[0], at[1], sources.get(at[1], NOWHERE).source, at[2]) if at else Words(label)
        found[label, claim, said] = words
    return found


_At = tuple[str, int, str]


def _at(row: Claim | Statement) -> _At:
    """The exact words, the key of their document, and the day on which it was published."""
    document = row.reading.document
    words = row.words if isinstance(row, Claim) else words_of(document.text, row.content_spans)
    return words, document.pk, document.published_on
