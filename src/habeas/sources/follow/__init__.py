"""Following sources: which feeds are due, what they list, and each item fetched once. Safe to kill and run again."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial

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


ROUND_S = 600.0  # seconds for one round, after which the clocks have their turn: half of them for what feeds list


def follow(*, actor: Actor, take: Callable[[Captured], None], now: datetime | None = None) -> Followed:
    """What one round did: feeds that are due looked at, items that wait fetched and captured, for `ROUND_S` at most.

    `take` is called with each captured document, new or not. Several workers may call this at once, and a round may be
    killed: what was listed is on record before its pages are asked for, and a page that was captured is captured once.
    What there was no time for is due at once in the next round, behind nobody: each feed has its turn.
    """
    moment, followed, began = now or timezone.now(), Followed(), time.monotonic()
    ends = began + ROUND_S
    with closing(Shared(frozenset(settings.FETCH_HOSTS))) as shared:
        due = feeds.due(moment)
        looks = visit(
            due, lambda f: host_of(f.address), lambda f: feeds.look(f, shared), lambda _: 0.0, began + ROUND_S / 2
        )
        for outcome in looks:
            feeds.note(outcome, moment, followed)
        while time.monotonic() < ends and (waiting := items.waiting(moment)):
            pause = partial(items.pause_s, robots=shared.robots)
            for got in visit(waiting, items.host, lambda i: items.get(i, shared, ends), pause, ends):
                items.keep(got, moment, followed, take, actor)
    followed.left = feeds.left(moment) + items.left(moment)
    return followed
