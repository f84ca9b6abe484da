"""Every date expression of a page, understood in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from habeas.extraction import edtf
from habeas.extraction.dates.lexicon import Lexicon, load
from habeas.extraction.dates.mention import DateMention, Role
from habeas.extraction.dates.resolve import Setting, understand
from habeas.extraction.dates.rules import Hit, find_hits
from habeas.extraction.document import Page

_DATELINE = 160  # a dateline stands within this many characters of the start
_DATELINE_END = re.compile(r"\s*(?:[-–—:|]|\([^)\n]{1,40}\)|\n)")
_LINK = re.compile(r"\s*(?:to|till|until|through|and|or|-|–|—)\s+(?:the\s+)?(?:end\s+of\s+)?", re.IGNORECASE)
_REACH = 60  # how far behind a date its verb may stand, where none stands before it


def reference_day(page: Page, published: str | None, language: str = "en") -> date | None:
    """The day that relative dates count from: the day of publication, else a whole date in the dateline, else None.

    `published` is an ISO date or the start of one with a time; anything else counts as not given.
    """
    given = edtf.as_day(published[:10]) if published else None
    if given:
        return given
    setting = Setting(load(language), None)
    for hit in find_hits(page.text[:_DATELINE], language):
        if hit.rule in ("iso", "numeric", "date") and _DATELINE_END.match(page.text, hit.end):
            for mention in understand(hit, setting):
                day = edtf.as_day(mention.value)
                if day:
                    return day
    return None


def find_dates(page: Page, published: str | None = None, language: str = "en") -> tuple[DateMention, ...]:
    """The date expressions of the page in text order, not overlapping.

    `value` is None where nothing in the text or the day of publication settles the date: never a guess. Durations,
    day counts and ages come too, since they look like dates; they have an `amount` and no value.
    """
    lexicon, today = load(language), reference_day(page, published, language)
    mentions: list[DateMention] = []
    hits = find_hits(page.text, language)
    for index, hit in enumerate(hits):
        after = hits[index + 1] if index + 1 < len(hits) else None
        setting = _setting(page, hit, after, mentions, lexicon, today)
        mentions += [_with_role(page.text, mention, lexicon) for mention in understand(hit, setting)]
    return tuple(mentions)


def _setting(
    page: Page, hit: Hit, after: Hit | None, told: Sequence[DateMention], lexicon: Lexicon, today: date | None
) -> Setting:
    earlier, near = _earlier(page, hit.start, told, today)
    until = _role(page.text, hit.start, lexicon) == "until"
    return Setting(
        lexicon,
        today,
        earlier=earlier,
        story=near,
        ahead=_looks_ahead(page, hit, lexicon, until=until),
        until=until,
        year=_lent_year(page.text, hit, after),
    )


def _earlier(
    page: Page, start: int, told: Sequence[DateMention], today: date | None
) -> tuple[str | None, bool]:
    """The date told before this place in its paragraph, and whether it lends its year to a date that has none."""
    sentence = page.sentence_index(start)
    for mention in reversed(told):
        index = page.sentence_index(mention.start)
        if page.sentences[index].paragraph != page.sentences[sentence].paragraph:
            return None, False
        if mention.value and mention.is_point:
            return mention.value, _lends(mention, sentence - index, today)
    return None, False


def _lends(mention: DateMention, distance: int, today: date | None) -> bool:
    """A date of the same sentence lends its year; one of the sentence before, where it is of a year gone by."""
    if mention.anchor == "published" and mention.kind in ("day", "week"):
        return False
    first = edtf.earliest(mention.value or "")
    past = first is not None and (today is None or first.year < today.year)
    return distance == 0 or (distance == 1 and past)


def _lent_year(text: str, hit: Hit, after: Hit | None) -> int | None:
    """The year that the second of two linked dates lends the first: "from March to June 2022"."""
    if after is None or hit.rule not in ("date", "month") or after.rule not in ("date", "month"):
        return None
    words = after.found["year"]
    gap = text[hit.end : after.start].rstrip() + " "
    if hit.found["year"] or not words or not _LINK.fullmatch(gap):
        return None
    lexicon = load()
    first, last = (lexicon.months[one.found["month"].lower().rstrip(".")] for one in (hit, after))
    return int(words) - (first > last)


def _looks_ahead(page: Page, hit: Hit, lexicon: Lexicon, *, until: bool) -> bool:
    """Whether the nearest verb says that the date lies in the future: the last one before it, else the first behind.

    "Until" without a verb that is known looks ahead.
    """
    if not page.sentences:
        return until
    sentence = page.sentence_at(hit.start)
    pattern, ahead = _tense(lexicon)
    before = list(pattern.finditer(page.text, sentence.start, hit.start))
    found = before[-1] if before else pattern.search(page.text, hit.end, min(sentence.end, hit.end + _REACH))
    return bool(ahead.fullmatch(found[0])) if found else until


def _tense(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _compiled_tense(lexicon.patterns["ahead"], lexicon.patterns["behind"])


@cache
def _compiled_tense(ahead: str, behind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern for verbs of either tense, and one for those that look ahead. Longer phrases are tried first."""
    words = [part for group in (ahead, behind) for part in group.removeprefix("(?i:(?:").removesuffix("))").split("|")]
    either = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE), re.compile(ahead)


def _with_role(text: str, mention: DateMention, lexicon: Lexicon) -> DateMention:
    if mention.role != "at":
        return mention
    return replace(mention, role=_role(text, mention.start, lexicon))


def _role(text: str, start: int, lexicon: Lexicon) -> Role:
    """What the words right before the date make of it."""
    found = _roles(lexicon.patterns["since"], lexicon.patterns["until"], lexicon.patterns["about"]).search(
        text, max(0, start - 40), start
    )
    if not found:
        return "at"
    return "since" if found["since"] else "until"


@cache
def _roles(since: str, until: str, about: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:(?P<since>{since})|(?P<until>{until}))\s+(?:{about}\s+|the\s+)*$", re.IGNORECASE)


