"""Dates in EDTF as people of the interface's language read them."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)")
_QUALIFIED = {"~": "about {date}", "?": "{date}, uncertain", "%": "about {date}, uncertain"}


def in_words(value: str) -> str:
    """ "2020-07~" as "about July 2020", "2020-07-27/.." as "since 27 July 2020"; what cannot be read stays as it is."""
    first, slash, last = value.partition("/")
    if not slash:
        return _one(value)
    if not _known(last):
        return gettext("since {date}").format(date=_one(first)) if _known(first) else value
    if not _known(first):
        return gettext("until {date}").format(date=_one(last))
    return gettext("{first} to {last}").format(first=_one(first), last=_one(last))


def _known(end: str) -> bool:
    return end not in {"", ".."}


def _one(value: str) -> str:
    found = _DAY.fullmatch(value)
    if not found:
        return value
    year, month, day, qualifier = found.groups()
    try:
        start = date(int(year), int(month or 1), int(day or 1))
    except ValueError:  # a season (2020-21) or a year 0000
        return value
    words = date_format(start, "j F Y" if day else "F Y" if month else "Y")
    # Translators: how sure a date is; {date} is the date.
    return pgettext("date", _QUALIFIED[qualifier]).format(date=words) if qualifier else words
