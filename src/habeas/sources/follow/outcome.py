"""What a round did, what servers answered, and how long they ask us to wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from habeas.sources.errors import SourcesError
from habeas.sources.page import Page

HELD_FOR = timedelta(minutes=15)  # a worker that died is taken over after that
LONGEST_WAIT = timedelta(days=1)


@dataclass(slots=True)
class Followed:
    """What a round did. `troubles` are sentences, each with the address that it is about.

    `left` is how many feeds and items are due and had no turn.
    """

    feeds: int = 0
    fetched: int = 0
    new: int = 0
    left: int = 0
    troubles: list[str] = field(default_factory=list)


class Answered(SourcesError):
    """A server answered with something else than what was asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        super().__init__(f"{page.asked} answered with {page.status}.")


def retry_after(page: Page, now: datetime) -> timedelta | None:
    """How long the server asks us to wait, at most a day; None where it does not say."""
    told = page.header("retry-after").strip()
    if told.isascii() and told.isdigit():
        wait = timedelta(seconds=min(int(told[:9]), LONGEST_WAIT.total_seconds()))
    else:
        try:
            wait = parsedate_to_datetime(told) - now
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(wait, timedelta(minutes=1)), LONGEST_WAIT)
