"""Every date expression of a page, understood in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from habeas.extraction import edtf
from habeas.extraction.dates.lexicon import Lexicon, load
from habeas.extraction.dates.mention import DateMention, Role
from habeas.extraction.dates.resolve import understand
from habeas.extraction.dates.rules import Hit, find_hits
from habeas.extraction.dates.setting import Setting
from habeas.extraction.document import Page

_DATELINE = 160  # a dateline stands within this many characters of the start
_DATELINE_END = re.compile(r"\s*(?:[-–—:|]|\([^)\n]{1,40}\)|\n)")
_LINK = re.compile(r"\s*(?:to|till|until|through|and|or|-|–|—)\s+(?:the\s+)?(?:end\s+of\s+)?", re.IGNORECASE)
_ABSOLUTE = frozenset(
    {"iso", "numeric", "date", "days", "month", "years", "year", "bare_day", "season", "later", "jalali"}
)
_YEAR_FIRST = re.compile(r"\b((?:19|20)\d\d)(,?) $")
_PUT_OFF = re.compile(r"\w+ed\b|put\b|left\b", re.IGNORECASE)
_TWICE = re.compile(r"(?:,? \(?|, (?:on )?)")
_LONG_AGO = 8  # years after which a story is taken to go on from sentence to sentence
_BORN = re.compile(r"\bborn (?:(?:on|in) )?$", re.IGNORECASE)
_SET_FOR = re.compile(r"(?:planned|scheduled|set|fixed|slated|listed|expected) (?:for|on)", re.IGNORECASE)
_SET_BUT = re.compile(r",? (?:was|were|had been) ")
_SOON = 2  # how many sentences further on a day soon after a whole date is still taken to be of its year
_CLAUSES = re.compile(r"[:;]\s")
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
    told: list[DateMention] = []
    hits = find_hits(page.text, language)
    for index, hit in enumerate(hits):
        after = hits[index + 1] if index + 1 < len(hits) else None
        if after and hit.rule == "year" and _year_before(page.text, after):
            continue
        if _BORN.search(page.text, max(0, hit.start - 20), hit.start):
            continue  # when somebody was born tells of nothing else
        setting = _setting(page, hit, after, mentions, told, lexicon, today)
        found = [_with_role(page.text, mention, lexicon) for mention in understand(hit, setting)]
        mentions += found
        told += [mention for mention in found if mention.is_point and hit.rule in _ABSOLUTE]
    return tuple(_once(page.text, mentions))


def _once(text: str, mentions: Sequence[DateMention]) -> Iterator[DateMention]:
    """The mentions, one for a date told twice in one breath: "yesterday, Sunday", "the same day, 21 May"."""
    kept: list[DateMention] = []
    for mention in mentions:
        last = kept[-1] if kept else None
        if last and last.is_point and mention.is_point and _TWICE.fullmatch(text, last.end, mention.start):
            clear = mention if last.anchor == "earlier" and mention.kind == "day" else last
            clear = mention if _other_calendar(text, last, mention) else clear
            if last.value == mention.value or clear is mention:
                kept[-1] = replace(clear, start=last.start, end=mention.end, role=last.role)
                continue
        kept.append(mention)
    yield from kept


def _other_calendar(text: str, first: DateMention, second: DateMention) -> bool:
    """Whether a month of another calendar is told once more, in brackets, in the common one."""
    return first.kind == "month" == second.kind and "/" in (first.value or "") and text[second.start - 1] == "("


def _setting(
    page: Page,
    hit: Hit,
    after: Hit | None,
    mentions: Sequence[DateMention],
    told: Sequence[DateMention],
    lexicon: Lexicon,
    today: date | None,
) -> Setting:
    role = _role(page.text, hit.start, lexicon)
    until = role == "until"
    tense = _tense_of(page, hit, lexicon)
    story = told[-1] if told else None
    return Setting(
        lexicon,
        today,
        earlier=_earlier(page, hit.start, mentions),
        told=story.value if story and _paragraphs_between(page, story.start, hit.start) <= 1 else None,
        story=bool(story) and tense != "now" and _lends(page, story, hit, today),
        soon=bool(story) and tense == "behind" and _close_by(page, story, hit),
        ahead=role != "since" and (tense == "ahead" or (tense is None and until)),
        timeless=role == "at" and tense is None,
        until=until,
        year=_lent_year(page.text, hit, after) or _year_before(page.text, hit),
    )


def _earlier(page: Page, start: int, mentions: Sequence[DateMention]) -> str | None:
    """The date told before this place in its paragraph, or in the one before."""
    for mention in reversed(mentions):
        if _paragraphs_between(page, mention.start, start) > 1:
            return None
        if mention.is_point:
            return mention.value
    return None


def _paragraphs_between(page: Page, first: int, second: int) -> int:
    if not page.sentences:
        return 0
    return page.sentence_at(second).paragraph - page.sentence_at(first).paragraph


def _lends(page: Page, story: DateMention | None, hit: Hit, today: date | None) -> bool:
    """Whether the date told before lends its year: in its own sentence, or, long ago, in the sentences that follow."""
    first = edtf.earliest(story.value or "") if story else None
    if story is None or first is None or _paragraphs_between(page, story.start, hit.start):
        return False
    between = page.sentence_index(hit.start) - page.sentence_index(story.start)
    if hit.rule == "bare_day":
        return between <= 2
    if story.role == "since":
        return False  # what goes on since then tells nothing of the year of what comes next
    long_ago = today is not None and first.year < today.year - _LONG_AGO
    return (between == 0 and not _told_aside(page, story)) or (long_ago and 0 < between <= 3)


def _told_aside(page: Page, story: DateMention) -> bool:
    """Whether a date ends what a sentence tells of somebody aside: "X, who wrote for it until 2021, was detained"."""
    before = page.text[page.sentence_at(story.start).start : story.start]
    opened = re.search(r",\s+(?:who|whose|which|where)\b[^,;]*$", before)
    return opened is not None and page.text[story.end : story.end + 1] == ","


def _close_by(page: Page, story: DateMention | None, hit: Hit) -> bool:
    """Whether a whole date stands so close before that a day soon after it is of the same story."""
    if story is None or story.kind != "day" or _paragraphs_between(page, story.start, hit.start):
        return False
    return page.sentence_index(hit.start) - page.sentence_index(story.start) <= _SOON


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


def _year_before(text: str, hit: Hit) -> int | None:
    """The year that stands right before a month or its day, as Burmese and Chinese write: "2021 November 27"."""
    if hit.rule not in ("date", "month") or hit.found["year"]:
        return None
    found = _YEAR_FIRST.search(text, max(0, hit.start - 8), hit.start)
    return int(found[1]) if found and (hit.rule == "date" or not found[2]) else None


def _tense_of(page: Page, hit: Hit, lexicon: Lexicon) -> str | None:
    """`ahead`, `behind` or `now` by the nearest verb: the last before the date, else the first after; else None."""
    if not page.sentences:
        return None
    sentence = page.sentence_at(hit.start)
    pattern = _tense(lexicon.patterns["ahead"], lexicon.patterns["now"], lexicon.patterns["behind"])
    clauses = [sentence.start, *(m.end() for m in _CLAUSES.finditer(page.text, sentence.start, hit.start))]
    before = list(pattern.finditer(page.text, clauses[-1], hit.start))
    found = before[-1] if before else pattern.search(page.text, hit.end, min(sentence.end, hit.end + _REACH))
    if found and not before and _PUT_OFF.match(found[0]):
        return "behind"  # "on Friday adjourned to": what it looks ahead to stands behind it
    if found and found.end() == hit.start - 1 and _SET_FOR.fullmatch(found[0]) and _SET_BUT.match(page.text, hit.end):
        return "behind"  # "a visit planned for Saturday was not allowed"
    return found.lastgroup if found else None


@cache
def _tense(ahead: str, now: str, behind: str) -> re.Pattern[str]:
    """One pattern for verbs; the group that matched names the tense. What follows "will" belongs to it.

    Capitals are left alone: "May" is a month, "may" looks ahead.
    """
    ahead, now, behind = (part.removeprefix("(?i:").removesuffix(")") for part in (ahead, now, behind))
    return re.compile(
        rf"(?<!\w)(?:(?P<ahead>{ahead}(?:\s+(?:be|not|have|been|to|[a-z]+ly|[a-z]+ed))*)"
        rf"|(?P<now>{now})|(?P<behind>{behind}|[a-z]{{2,}}ed))(?!\w)"
    )


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
