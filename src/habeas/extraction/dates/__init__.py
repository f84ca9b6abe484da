"""Dates in running text: relative, partial, in other calendars; to EDTF, or None where nothing settles them.

mentions = find_dates(page, "2020-10-20")
date_for(mentions, trigger, sentence, page)      the date of an event
since(...), until(...), counted(...), as_of(...)  what a state needs; `held` joins a start and an as-of date
duration_to_iso("four months")                    "P4M"
"""

from habeas.extraction.dates.choose import (
    as_of,
    before,
    count_in_days,
    counted,
    counting,
    date_for,
    held,
    since,
    start_range,
    strike_start,
    until,
)
from habeas.extraction.dates.find import find_dates, reference_day
from habeas.extraction.dates.mention import DateMention
from habeas.extraction.dates.numbers import duration_to_iso, to_number

__all__ = [
    "DateMention",
    "as_of",
    "before",
    "count_in_days",
    "counted",
    "counting",
    "date_for",
    "duration_to_iso",
    "find_dates",
    "held",
    "reference_day",
    "since",
    "start_range",
    "strike_start",
    "to_number",
    "until",
]
