"""What a date expression is once it is understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from habeas.extraction.reading import Span

Kind = Literal["day", "week", "month", "season", "year", "range", "duration", "count", "age"]
Role = Literal["at", "since", "until"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date expression of a text.

    `value` is EDTF, or None where nothing in the text settles it. `other` is the same words read the other way in time
    ("on Thursday": the coming one for the past one), for readers who know from the event which way it lies.
    `amount` and `unit` are the number in a duration ("for four months"), a count ("the 87th day") or an age.
    `anchor` says what a relative date was counted from: nothing (`text`), the day of publication, or an earlier date.
    """

    start: int
    end: int
    kind: Kind
    value: str | None = None
    role: Role = "at"
    other: str | None = None
    amount: int | None = None
    unit: str | None = None
    anchor: Literal["text", "published", "earlier"] = "text"

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    @property
    def is_point(self) -> bool:
        """Whether it says when something was, rather than how long or how old."""
        return self.value is not None and self.kind not in ("duration", "count", "age")
