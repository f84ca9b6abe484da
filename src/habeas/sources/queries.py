"""What people see of sources. Every read starts from the documents that are visible to the user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce

from habeas.accounts.models import User
from habeas.sources.models import Capture, Document, Feed, FeedItem


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as one desk knows it: how many documents it has, and the first and last day of publication (ISO)."""

    source: int
    name: str
    documents: int
    first: str
    last: str


def source_rows(user: User) -> list[SourceRow]:
    """The sources of the documents that the user may see, those with the most documents first."""
    captures = Capture.objects.filter(document__in=Document.objects.visible_to(user))
    told = (
        captures.exclude(document__published_on="")
        .values("source")
        .annotate(first=Min("document__published_on"), last=Max("document__published_on"))
    )
    days = {row["source"]: (row["first"], row["last"]) for row in told}
    counted = captures.values("source", "source__name").annotate(n=Count("document", distinct=True))
    return [
        SourceRow(row["source"], row["source__name"], row["n"], *days.get(row["source"], ("", "")))
        for row in counted.order_by("-n", "source__name")
    ]


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed that a team follows: its items that were taken in, that wait, that changed, that are gone, or refused.

    `trouble` is one sentence where the last look failed, and `next_at` when it is looked at again; `last_ok_at` is
    None where no look succeeded yet.
    """

    feed: int
    source: str
    kind: str
    address: str
    every_minutes: int
    is_paused: bool
    trouble: str
    last_ok_at: datetime | None
    next_at: datetime
    taken: int
    waiting: int
    changed: int
    gone: int
    refused: int


def _refused(through: str = "") -> Q:
    """That an item could not be had, or is none that Habeas reads; `through` leads to it."""
    return Q(**{f"{through}gone_at": None}) & ~Q(**{f"{through}trouble": ""})


def feed_rows(user: User) -> list[FeedRow]:
    """The feeds that the user's teams follow, by the name of their source."""
    feeds = Feed.objects.visible_to(user).order_by("source__name", "pk")
    counted = feeds.annotate(
        taken=Count("items", filter=Q(items__document__isnull=False)),
        waiting=Count("items", filter=Q(items__next_at__isnull=False)),
        changed=Count("items", filter=Q(items__changes__gt=0)),
        gone=Count("items", filter=Q(items__gone_at__isnull=False)),
        refused=Count("items", filter=_refused("items__")),
    )
    numbers = ("taken", "waiting", "changed", "gone", "refused")
    told = ("kind", "address", "every_minutes", "trouble", "last_ok_at", "next_at", *numbers)
    return [
        FeedRow(
            feed=row["pk"],
            source=row["source__name"],
            is_paused=row["paused_at"] is not None,
            **{key: row[key] for key in told},
        )
        for row in counted.values("pk", "source__name", "paused_at", *told)
    ]


@dataclass(frozen=True, slots=True)
class MovedItem:
    """An item of a feed that reads otherwise than before, or whose page, or place in the feed, is gone, and since when.

    `document` is what was taken in of it last; None where that was nothing, or the user does not see it.
    """

    title: str
    address: str
    source: str
    is_gone: bool
    at: datetime
    document: int | None


def moved_items(user: User, *, limit: int = 30) -> list[MovedItem]:
    """What changed or vanished in the feeds that the user's teams follow, the newest first."""
    moved = FeedItem.objects.filter(Q(changes__gt=0) | Q(gone_at__isnull=False), feed__in=Feed.objects.visible_to(user))
    newest = moved.annotate(at=Coalesce("gone_at", "fetched_at", "seen_at")).order_by("-at", "-pk")
    shown = list(newest.select_related("feed__source")[:limit])
    wanted = {item.document_id for item in shown if item.document_id}
    seen = set(Document.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True))
    return [
        MovedItem(
            title=item.title or item.url,
            address=item.url,
            source=item.feed.source.name,
            is_gone=item.gone_at is not None,
            at=item.at,
            document=item.document_id if item.document_id in seen else None,
        )
        for item in shown
    ]


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """An item of a feed that was listed and not taken in, and why; when it is tried again, None for never."""

    title: str
    address: str
    source: str
    trouble: str
    next_at: datetime | None


def refused_items(user: User, *, limit: int = 30) -> list[RefusedItem]:
    """What the feeds of the user's teams list and could not be taken in, the newest listed first."""
    found = FeedItem.objects.filter(_refused(), feed__in=Feed.objects.visible_to(user)).select_related("feed__source")
    return [
        RefusedItem(item.title or item.url, item.url, item.feed.source.name, item.trouble, item.next_at)
        for item in found.order_by("-seen_at", "-pk")[:limit]
    ]
