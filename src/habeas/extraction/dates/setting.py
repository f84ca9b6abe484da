"""What is known around one date expression, and what its words say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from habeas.extraction import edtf
from habeas.extraction.dates.lexicon import Lexicon
from habeas.extraction.dates.mention import DateMention, Kind
from habeas.extraction.dates.numbers import to_number
from habeas.extraction.dates.rules import Hit


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around one date expression.

    `today` is the day of publication or None; `earlier` the value of the date before, in this paragraph or the last;
    `told` that of the last date told with its month or year, `story` whether it is close enough to lend them, `soon`
    whether it lends them to a day soon after it; `ahead` whether the words look to the future, `timeless` whether no
    verb says; `until` whether "until" stands before it; `year` a year that a following date lends ("from March to June
    2022").
    """

    lexicon: Lexicon
    today: date | None
    earlier: str | None = None
    told: str | None = None
    story: bool = False
    soon: bool = False
    ahead: bool = False
    until: bool = False
    timeless: bool = False
    year: int | None = None


def mention_of(hit: Hit, kind: Kind, value: str | None, anchor: str = "text") -> DateMention | None:
    """A mention of the hit with a value; None where the value is no date."""
    if value is not None and not edtf.is_edtf(value):
        return None
    return DateMention(hit.start, hit.end, kind, value, anchor=anchor)  # type: ignore[arg-type]


def words_of(hit: Hit, group: str) -> str:
    """The words of a group of the match in small letters, "" where it has none."""
    found = hit.found.groupdict().get(group)
    return " ".join(found.lower().split()) if found else ""


def number_of(hit: Hit, setting: Setting, group: str = "number") -> int | None:
    """The number that a group of the match says; None where it says none."""
    words = words_of(hit, group)
    return to_number(words, setting.lexicon) if words else None


def side_of(hit: Hit, setting: Setting) -> str | None:
    """`last`, `this`, `next`, `that`, `following`, or None: the word before or after the name of a date."""
    words = words_of(hit, "pre") or words_of(hit, "lead") or words_of(hit, "post")
    if not words:
        return None
    if words in ("that", "same", "the same"):
        return "that"
    if words == "the following":
        return "following"
    for side in ("last", "this", "next"):
        if re.fullmatch(setting.lexicon.patterns[side], words):
            return side
    return {"before": "last", "after": "next"}.get(words)
