"""Adding a feed, pausing it, and saying beforehand who learns of it."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from habeas.accounts import roles
from habeas.accounts.models import Team
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.core.actor import Actor
from habeas.sources import formats, services
from habeas.sources.errors import BadOption, SourcesError
from habeas.sources.fetch import web_address
from habeas.sources.mailbox import is_mailbox, place
from habeas.sources.models import Feed
from habeas.sources.visits import host_of

KINDS = ("feed", "page", "folder", "mailbox")
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
    password: str = "",
) -> Feed:
    """The feed added, due at once. Its host learns, at every look, that this machine asks for it: `reveals` says so.

    Raises CannotFollow for an address, a kind or an interval that there is not, and for an address that is followed.
    """
    roles.must(actor, Right.FOLLOW, team)
    if kind not in KINDS:
        raise CannotFollow(f"There is no kind {kind!r} of source; choose {', '.join(KINDS)}.")
    if not SOONEST_MINUTES <= every_minutes <= LATEST_MINUTES:
        raise CannotFollow(f"{every_minutes} minutes is no interval; choose {SOONEST_MINUTES} to {LATEST_MINUTES}.")
    where = _place(kind, address)
    if kind == "mailbox" and not password:
        raise CannotFollow("A mailbox is opened with a password; none was given.")
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
        password=password if kind == "mailbox" else "",
    )
    audit.record("sources.feed.added", feed, actor=actor, detail={"kind": kind})
    return feed


@transaction.atomic
def pause(feed: Feed, *, actor: Actor, paused: bool = True) -> None:
    """Stops looking at a feed, or with `paused` False goes on. What was taken in stays."""
    roles.must(actor, Right.FOLLOW, feed.team_id)
    feed.paused_at = timezone.now() if paused else None
    feed.next_at = timezone.now()
    feed.save(update_fields=["paused_at", "next_at"])
    audit.record(f"sources.feed.{'paused' if paused else 'resumed'}", feed, actor=actor)


@transaction.atomic
def set_password(feed: Feed, password: str, *, actor: Actor) -> None:
    """Another password for a mailbox, which is looked at again at once. Raises CannotFollow for what is none."""
    roles.must(actor, Right.FOLLOW, feed.team_id)
    if feed.kind != "mailbox" or not password:
        raise CannotFollow(f"Source {feed.pk} is no mailbox, or no password was given.")
    feed.password, feed.next_at, feed.failures = password, timezone.now(), 0
    feed.save(update_fields=["password", "next_at", "failures"])
    feed.items.exclude(next_at=None).update(next_at=feed.next_at, attempts=0)
    audit.record("sources.feed.password", feed, actor=actor)


def reveals(address: str) -> str:
    """One sentence: who learns what from following this address."""
    host = host_of(address)
    if not host:
        return "Nobody learns anything: the folder is on this machine."
    if is_mailbox(address):
        return (
            f"{place(address).host} will learn, at every look, from which address on the network and when this mailbox "
            "is read; its letters stay there, unread as they were, and nothing that they point to is fetched."
        )
    return (
        f"{host}, and whoever watches the network, will learn at every look that this machine's address asks for "
        f"{address} and for the pages that it lists."
    )


def _place(kind: str, address: str) -> str:
    if kind == "folder":
        return _folder(address)
    return str(place(address)) if kind == "mailbox" else web_address(address.strip())


def _folder(address: str) -> str:
    path = Path(address).expanduser().absolute()
    if not path.is_dir():
        raise CannotFollow(f"{address} is not a folder on this machine.")
    return str(path)
