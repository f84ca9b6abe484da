"""Phrases that `cases.fold` and the rules of the watch put together in neutral English, in the interface's language.

A phrase that the catalogue has is translated whole. Else it fits one of the patterns below, whose parts are phrases,
dates or lengths in turn. What remains are words of a source: they stay as they are, isolated, so that they cannot
reorder what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from django.utils.translation import get_language, gettext, ngettext

from habeas.watch import clock
from habeas.web.desk.edtf_words import in_words

# In the order in which they are tried. A pattern of `LOOSE` counts only where its first part is a phrase of ours.
PATTERNS = (
    "alleged: {what}", "expected: {what}", "demanded: {what}", "denied: {what}", "only if or feared: {what}",
    "renewal of {length}", "order of {length}", "order, {state} of {length}", "order, {state}", "ended: {state}",
    "{what} (an authority or other source denies it)", "{what}, day {number} on {day}", "{what}, day {number}",
    "{what} ({number} days)", "{first} to {last} days", "{what}, without charge", "{what}, charged: {charge}",
    "day {number} on {day}, so from {start}", "from {first} or {last}, by day counts",
    "date of order {number}", "length of order {number}", "end of order {number}", "day of the move to {place}",
    "date of the {event}", "{length} counted {first} or {last}, first day included",
    "{length} counted {first}, first day included",
    "at the latest, by the longest order under its law: {what}",
    "This text is in {language}, which Habeas cannot read yet; it is kept.",
    *clock.labels(), "{what} (estimated: {rule})", "on {day}", "by {day}", "between {first} and {last}",
    "conditional threat by {speaker}", "threat by {speaker}",
    "conditional warning by {speaker}", "warning by {speaker}",
)  # fmt: skip
UNITS = {unit: (f"{{n}} {unit}", f"{{n}} {unit}s") for unit in ("year", "month", "week", "day")}
LOOSE = ("{what}; {more}", "{what} ({value})", "{what}: {value}")
LONGEST = 500  # letters of a phrase of ours; longer is a source's words
_PART = re.compile(r"\{(\w+)\}")
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_LENGTH = re.compile(r"(\d+) (year|month|week|day)s?")
FIRST_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def in_interface(english: str) -> str:
    """The phrase in the interface's language; what no catalogue can know stays as it is, isolated."""
    if is_english():
        return _DATE.sub(lambda found: in_words(found[0]), english)
    return _ours(english) or isolated(english)


def is_ours(english: str) -> bool:
    """Whether the interface's language has words for the phrase."""
    return is_english() or bool(_ours(english))


def isolated(words: str) -> str:
    """Words of a source, of whatever script, so that they reorder nothing around them."""
    return f"{FIRST_ISOLATE}{words}{POP_ISOLATE}" if words else ""


def is_english() -> bool:
    """Whether the interface speaks English."""
    return (get_language() or "en").startswith("en")


def _ours(english: str) -> str:
    """The translation; "" where there is none."""
    return whole(english) or _datum(english) or fitted(english, (*PATTERNS, *LOOSE))


def whole(english: str) -> str:
    """What the catalogue has for exactly these words; "" for nothing."""
    told = gettext(english) if english else ""
    return told if told != english else ""


def _datum(english: str) -> str:
    if english.isdecimal():
        return isolated(english)
    if (told := in_words(english)) != english:
        return told
    parts = english.split(", ") if ", " in english else re.split(r"(?<=[a-z]) (?=\d)", english)
    found = [_LENGTH.fullmatch(part) for part in parts]
    return " ".join(_counted(int(part[1]), part[2]) for part in found if part) if all(found) else ""


def _counted(number: int, unit: str) -> str:
    return ngettext(*UNITS[unit], number).format(n=number)


def fitted(english: str, patterns: Iterable[str], value: Callable[[str], str] | None = None) -> str:
    """The translation of the first pattern that the phrase fits; "" where it fits none.

    `value` gives a part's translation, "" for one that stays as it is, isolated; by default a phrase of ours.
    """
    if len(english) > LONGEST:
        return ""
    for pattern in patterns:
        found = _compiled(pattern).fullmatch(english)
        # The first part alone decides: what follows may be a source's words, and is looked into once.
        if not found or (pattern in LOOSE and not _ours(found["what"])):
            continue
        parts = {name: (value or _ours)(words) for name, words in found.groupdict().items()}
        shown = {name: words or isolated(found[name]) for name, words in parts.items()}
        return gettext(pattern).format(**shown)
    return ""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    pieces = _PART.split(pattern)
    made = (_hole(piece) if at % 2 else re.escape(piece) for at, piece in enumerate(pieces))
    return re.compile("".join(made), re.DOTALL)


def _hole(name: str) -> str:
    return f"(?P<{name}>{'[^;]+?' if name == 'speaker' else '.+?'})"  # what follows a name in a list is another phrase
