"""Following sources: which feeds are due, what they list, and each item fetched once. Safe to kill and run again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from habeas.core.actor import Actor
from habeas.sources.follow import feeds, items
from habeas.sources.follow.adding import CannotFollow, add_feed, pause, reveals, set_password
from habeas.sources.follow.outcome import Followed
from habeas.sources.follow.shared import Shared
from habeas.sources.services import Captured
from habeas.sources.visits import host_of, visit

__all__ = ["CannotFollow", "Followed", "add_feed", "follow", "pause", "reveals", "set_password"]


def follow(*, actor: Actor, take: Callable[[Captured], None], now: datetime | None = None) -> Followed:
    """What one round did: every feed that is due looked at, every item that waits fetched and captured.

    `take` is called with each captured document, new or not. Several workers may call this at once, and a round may be
    killed: what was listed is on record before its pages are asked for, and a page that was captured is captured once.
    """
    moment, followed = now or timezone.now(), Followed()
    with closing(Shared(frozenset(settings.FETCH_HOSTS))) as shared:
        for outcome in visit(
            feeds.due(moment), lambda f: host_of(f.address), lambda f: feeds.look(f, shared), lambda _: 0.0
        ):
            followed.feeds += 1
            feeds.note(outcome, moment, followed)
        while waiting := items.waiting(moment):
            for got in visit(
                waiting, items.host, lambda i: items.get(i, shared), lambda i: items.pause_s(i, shared.robots)
            ):
                items.keep(got, moment, followed, take, actor)
    return followed
