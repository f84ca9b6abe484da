"""The shapes that a date takes in running text, as regular expressions over a lexicon.

Every rule names its groups; `resolve` knows what they mean. Where two rules match at one place the longer match wins,
then the earlier rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from habeas.extraction.dates.lexicon import load
from habeas.extraction.places import Places
from habeas.extraction.ways import form_of, ways_of

_YEAR = r"(?P<year>(?:19|20)\d{2})(?![\w%]|[.,/]\d|-\d\d-)"
_SHIFT = r"(?P<shift>last|past|this|the\s+current|the\s+same|same|next|that|the\s+following|the\s+previous)"
_YEAR_AFTER = (
    rf"(?:,?\s+(?:(?:of|in)\s+)?(?:the\s+year\s+(?:of\s+)?)?{_YEAR}"
    rf"|,?\s+(?:(?:of|in)\s+)?(?:the\s+)?{_SHIFT}\s+(?:the\s+)?year"
    r"|,?\s+(?:the\s+)?(?P<post>past|last|coming))?"
)
_DAY = r"(?P<day>\d{1,2}(?:st|nd|rd|th)?|{ordinal})"
_DIGIT_DAY = r"(?P<day>\d{1,2}(?:st|nd|rd|th)?)"
_BEFORE_MONTH = r"(?P<pre>{last}|{next}|{this}|that)\s+"
_IN = (
    r"(?P<in>(?i:in|since|from|until|till|by|before|after|during|of|for|to|between|and|through|around|about|every))\s+"
)
_TO = r"\s*(?P<link>to|till|until|through|and|-|–|—)\s*"

# name, pattern; {class} stands for the words of a class of the lexicon.
_RULES = (
    ("iso", r"(?<![\w/.-])(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d/-]|\.\d)"),
    ("numeric", r"(?<![\w/.-])(?P<day>\d{1,2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4})(?![\d/-])"),
    (
        "date",
        r"(?:{weekday},?\s+)?(?:the\s+)?(?:{hour_of}\s+)?(?:the\s+|(?P<lead>(?i:this|last|next))\s+)?\b"
        + _DAY
        + rf"(?:\s+of)?(?:\s+the\s+month\s+of|(?<=of)\s+the)?\s+(?:{_BEFORE_MONTH})?(?P<month>{{month}}){_YEAR_AFTER}",
    ),
    (
        "date",
        rf"(?:{{weekday}},?\s+)?(?:\b{_BEFORE_MONTH})?\b(?P<month>{{month}})\s+(?:the\s+)?{_DIGIT_DAY}(?![\d:]|\s*%)"
        + _YEAR_AFTER,
    ),
    (
        "slashed",
        r"(?i:on|to|until|till|since|from)\s+(?P<span>(?P<day>\d{1,2})/(?P<month>\d{1,2})(?P<year>/\d{4})?)(?![\w/-]|\.\d)",
    ),
    (
        "days",
        r"\b(?P<first>\d{1,2})(?:st|nd|rd|th)?" + _TO + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
        r"(?:\s+of)?\s+(?P<month>{month})" + _YEAR_AFTER,
    ),
    (
        "days",
        r"\b(?P<month>{month})\s+(?P<first>\d{1,2})(?:\s*[-–]\s*|\s+(?P<link>to|and)\s+)(?P<day>\d{1,2})\b"
        + _YEAR_AFTER,
    ),
    (
        "jalali",
        r"\b(?:(?P<day>\d{1,2}(?:st|nd|rd|th)?|{ordinal})(?:\s+of)?\s+)?(?:the\s+month\s+of\s+)?(?P<month>{jalali})"
        r"(?:,?\s+(?:of\s+)?(?:the\s+year\s+)?(?P<year>1[34]\d{2})|\s+(?:of\s+)?(?:the\s+)?(?P<shift>last|past|this|current)\s+year)?",
    ),
    (
        "jalali",
        r"\b(?P<month>{jalali})\s+(?:the\s+)?(?P<day>\d{1,2}(?:st|nd|rd|th)?)(?![\d:]|\s*%)"
        r"(?:,?\s+(?P<year>1[34]\d{2})|,?\s+(?:of\s+)?(?:the\s+)?(?P<shift>last|past|this|current)\s+year)?",
    ),
    (
        "hijri",
        r"\b(?:(?P<day>\d{1,2}(?:st|nd|rd|th)?|{ordinal})(?:\s+of)?\s+)?(?:the\s+month\s+of\s+)?"
        r"(?:(?P<pre>{last}|{this})\s+)?(?P<month>{hijri})"
        r"(?:,?\s+(?:of\s+)?(?P<year>1[34]\d{2})(?:\s*(?:AH|H\.?|Hijri))?|\s+(?:of\s+)?(?:the\s+)?(?P<shift>last|past|this|current)\s+year)?",
    ),
    (
        "month",
        rf"\b(?:{_IN})?(?:(?:the\s+)?(?P<part>{{part}})(?:\s*-\s*|\s+))?(?:{_BEFORE_MONTH})?(?P<month>{{month}}){_YEAR_AFTER}",
    ),
    (
        "day_of_month",
        r"\b(?:the\s+)?"
        + _DAY
        + r"\s+(?:of\s+|day\s+of\s+)?(?P<shift>this|the\s+last|last|next|the\s+next|the\s+current|the\s+past|"
        r"the\s+same|that|the)\s+(?:current\s+)?month(?P<post>\s+past)?\b",
    ),
    (
        "bare_day",
        r"(?<=[\s(])(?i:on|until|till|from|since|by|and|give|to)\s+(?P<span>the\s+(?P<day>\d{1,2}(?:st|nd|rd|th)))(?=[.,;:)”\"]|\s+(?:to|at|in|with|and|but|after|when|for|under|from|by|without|while|as|before|he|she|they|of\s+this)\b|$)",
    ),
    ("years", r"(?<![\w/.,-])(?P<year>(?:19|20)\d{2})[-–/](?P<last>\d{2}|(?:19|20)\d{2})(?![\w/-])"),
    (
        "year",
        rf"(?<![\w$€£/.,№#-])(?:(?:the\s+)?(?P<part>{{part}})\s+)?(?:the\s+year\s+(?:of\s+)?)?{_YEAR}(?!\s+(?:people|men|prisoners|detainees))",
    ),
    (
        "weekday",
        r"(?:{hour_of}\s+)?(?:(?:the\s+)?(?P<pre>{last}|{next}|{this})\s+)?\b(?P<weekday>{weekday})(?:\s+(?:the\s+)?(?P<post>past|last|next|coming)\b)?",
    ),
    ("near", r"\b(?P<near>{near})\b"),
    (
        "ago",
        r"\b(?:{about}\s+)*(?P<number>{cardinal})(?P<half>\s+and\s+a\s+half)?\s+(?P<unit>{unit})(?P<tail>\s+and\s+a\s+half)?\s+(?:ago|back)\b",
    ),
    (
        "ago",
        r"\b(?i:before)\s+(?:{about}\s+)*(?P<number>{cardinal})\s+(?P<unit>{unit})\b(?=[.,;)\"”]|\s+(?:from|in|by|the|when|and|to|he|she|they|at|on|it)\b|\s*$)",
    ),
    (
        "since_for",
        r"\b(?i:since|from|from\s+about)\s+(?:{about}\s+)*(?P<number>{cardinal})(?P<half>\s+and\s+a\s+half)?\s+(?P<unit>{unit})\b(?!\s+(?:to|in|ago|after|of|after|before))",
    ),
    (
        "unit",
        r"\b(?:(?:earlier|later|late|early)\s+)?(?P<pre>{last}|{this}|{next}|that|the\s+same|same)\s+(?P<unit>day|week|weekend|month|year|morning|afternoon|noon|evening|night)\b",
    ),
    (
        "unit",
        r"\b(?:the\s+)(?P<unit>day|week|month|year)\s+(?P<pre>before|past|after)\b(?!\s+(?:{month}|{weekday}|the|his|her|he|she|it|they|a|yesterday))",
    ),
    (
        "weekend",
        r"(?i:at|over|on|since|during|until)\s+(?P<span>(?i:the\s+weekend))\b(?!\s+(?:of|before|after|that)\b)",
    ),
    (
        "end_of",
        r"\b(?:the\s+)?(?P<part>end|start|beginning|middle)\s+of\s+(?P<pre>this|last|next|the)\s+(?P<unit>month|year|week)\b",
    ),
    (
        "later",
        r"\b(?:{about}\s+)*(?P<number>{cardinal})(?P<half>\s+and\s+a\s+half)?\s+(?P<unit>{unit})\s+(?P<pre>later|earlier|before\s+that|after\s+that|afterwards)\b",
    ),
    (
        "season",
        r"\b(?:(?P<in>(?i:in|since|during|over|by|until|from|of)(?:\s+the)?)\s+)?(?:(?:the\s+)?(?P<part>{part})\s+)?"
        r"(?:(?P<pre>{last}|{this}|{next}|that|the)\s+)?(?P<season>{season})\b" + _YEAR_AFTER + r"(?:[-–/]\d\d\b)?",
    ),
    ("feast", r"\b(?:(?P<pre>{last}|{this}|{next})\s+)?(?P<feast>{feast})\b"),
    ("age", r"\b(?:{about}\s+)*(?:\d{1,3}|{cardinal})[-\s]years?[-\s]olds?\b|\baged\s+(?:about\s+)?\d{1,3}\b"),
    (
        "count",
        r"\b(?P<unit>(?i:day|week|month))\s+(?:no\.?\s*|number\s+|the\s+)?(?P<number>\d{1,4}\b|{ordinal}|{compound})",
    ),
    (
        "count",
        r"\b(?P<number>{ordinal})\s+(?:(?:straight|consecutive|successive|full|whole)\s+)?(?P<unit>days?|weeks?|months?)\b",
    ),
    (
        "duration",
        r"\b(?:{about}\s+)*(?P<number>{cardinal})(?P<half>\s+and\s+a\s+half)?[\s-]+(?:(?:straight|consecutive|successive|full|whole|long|more|further|continuous|of)\s+)?(?P<unit>{unit})\b",
    ),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One match of a rule: the rule's name and the match. `start` and `end` leave out a preposition before it."""

    rule: str
    found: re.Match[str]
    start: int
    end: int


def find_hits(text: str, language: str = "en") -> list[Hit]:
    """The matches that do not overlap, in text order; of two that do, the longer, then that of the earlier rule."""
    rules, places = _compiled(language)
    hits = [
        (rank, _hit(name, found))
        for rank, begins in places.places(text).items()
        for name, pattern in (rules[rank],)
        for found in _matches(pattern, text, begins)
    ]
    chosen: list[Hit] = []
    taken = bytearray(len(text) + 1)
    for _, hit in sorted(hits, key=lambda pair: (pair[1].start - pair[1].end, pair[1].start, pair[0])):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: hit.start)


def _hit(name: str, found: re.Match[str]) -> Hit:
    groups = found.groupdict()
    if groups.get("span") is not None:
        return Hit(name, found, *found.span("span"))
    start = found.end("in") if groups.get("in") else found.start()
    while start < found.end() and found.string[start].isspace():
        start += 1
    return Hit(name, found, start, found.end())


def _matches(pattern: re.Pattern[str], text: str, begins: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches that do not overlap and begin at one of the places, which are in order."""
    end = 0
    for begin in begins:
        found = pattern.match(text, begin) if begin >= end else None
        if found:
            end = found.end()
            yield found


@cache
def _compiled(language: str) -> tuple[tuple[tuple[str, re.Pattern[str]], ...], Places]:
    """The rules by rank, and where in a text each can begin: at few words only, so the others cost nothing."""
    patterns = load(language).patterns
    filled = [(name, rf"(?<!\w){_filled(pattern, patterns)}") for name, pattern in _RULES]
    places = Places(ways_of(form_of(pattern), ended=False) for _, pattern in filled)
    return tuple((name, re.compile(pattern)) for name, pattern in filled), places


def _filled(pattern: str, patterns: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda match: patterns[match[1]], pattern)
