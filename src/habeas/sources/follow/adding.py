"""Adding a feed, pausing it, and saying beforehand who learns of it."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from habeas.accounts.models import Team
from habeas.audit import services as audit
from habeas.core.actor import Actor
from habeas.sources import formats, services
from habeas.sources.errors import BadOption, SourcesError
from habeas.sources.fetch import web_address
from habeas.sources.models import Feed
from habeas.sources.visits import host_of

KINDS = ("feed", "page", "folder")
SOONEST_MINUTES, LATEST_MINUTES = 5, 31 * 24 * 60


class CannotFollow(SourcesError):
    """A feed cannot be added like that."""


@transaction.atomic
def add_feed(
    team: Team,
    address: str,
    *,
    actor: Actor,
    source: str,
    kind: str = "feed",
    language: str = "",
    every_minutes: int = 60,
) -> Feed:
    """The feed added, due at once. Its host learns, at every look, that this machine asks for it: `reveals` says so.

    Raises CannotFollow for an address, a kind or an interval that there is not, and for an address that is followed.
    """
    if kind not in KINDS:
        raise CannotFollow(f"There is no kind {kind!r} of source; choose {', '.join(KINDS)}.")
    if not SOONEST_MINUTES <= every_minutes <= LATEST_MINUTES:
        raise CannotFollow(f"{every_minutes} minutes is no interval; choose {SOONEST_MINUTES} to {LATEST_MINUTES}.")
    where = _folder(address) if kind == "folder" else web_address(address.strip())
    if Feed.objects.filter(team=team, address=where).exists():
        raise CannotFollow(f"{where} is followed already.")
    try:
        formats.language_tag(language, "The language")
    except BadOption as fault:
        raise CannotFollow(str(fault)) from fault
    now = timezone.now()
    feed = Feed.objects.create(
        team=team,
        source=services.source_named(source.strip() or host_of(where) or where, now, actor),
        kind=kind,
        address=where,
        language=language,
        every_minutes=every_minutes,
        added_at=now,
        added_by_id=actor.user_id,
        next_at=now,
    )
    audit.record("sources.feed.added", feed, actor=actor, detail={"kind": kind})
    return feed


@transaction.atomic
def pause(feed: Feed, *, actor: Actor, paused: bool = True) -> None:
    """Stops looking at a feed, or with `paused` False goes on. What was taken in stays."""
    feed.paused_at = timezone.now() if paused else None
    feed.next_at = timezone.now()
    feed.save(update_fields=["paused_at", "next_at"])
    audit.record(f"sources.feed.{'paused' if paused else 'resumed'}", feed, actor=actor)


def reveals(address: str) -> str:
    """One sentence: who learns what from following this address."""
    host = host_of(address)
    if not host:
        return "Nobody learns anything: the folder is on this machine."
    return (
        f"{host}, and whoever watches the network, will learn at every look that this machine's address asks for "
        f"{address} and for the pages that it lists."
    )


def _folder(address: str) -> str:
    path = Path(address).expanduser().absolute()
    if not path.is_dir():
        raise CannotFollow(f"{address} is not a folder on this machine.")
    return str(path)
