"""The date words of a language, and the regular expressions made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from habeas import vocab


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words to numbers, in lower case, and the alternations that match them.

    `feasts` maps a word to (calendar, month, day); `days` to a distance from the day of publication. `patterns` holds
    one regular expression text for each class of words, longest words first.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    hijri: Mapping[str, int]
    jalali: Mapping[str, int]
    feasts: Mapping[str, tuple[str, int, int]]
    days: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    units: Mapping[str, str]
    patterns: Mapping[str, str]


def alternation(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest first; a space matches any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered) + ")"


@cache
def load(language: str = "en") -> Lexicon:
    """The date words of a language. Raises VocabularyError where Habeas has none for it."""
    data = vocab.load(language, "dates")
    return Lexicon(
        months=_numbered(data["months"]),
        weekdays=_numbered(data["weekdays"]),
        seasons=_numbered(data["seasons"]),
        hijri=_numbered(data["hijri_months"]),
        jalali=_numbered(data["jalali_months"]),
        feasts={word.lower(): (row[0], row[1], row[2]) for word, row in data["feasts"].items()},
        days=data["days"],
        numbers={**data["numbers"], **data["tens"]},
        ordinals=data["ordinals"],
        units={word: unit for unit, words in data["units"].items() for word in words},
        patterns=_patterns(data),
    )


def _numbered(table: Mapping[str, list[str]]) -> dict[str, int]:
    return {word.lower(): int(number) for number, words in table.items() for word in words}


def _patterns(data: Mapping[str, Any]) -> dict[str, str]:
    named = {name: _names(data[table]) for name, table in _NAMED.items()}
    plain = {name: f"(?i:{alternation(words)})" for name, words in data["words"].items()}
    roles = {name: f"(?i:{alternation(words)})" for name, words in {**data["roles"], **data["tense"]}.items()}
    numbers = _number_patterns(data)
    return {
        **named,
        **plain,
        **roles,
        **numbers,
        "season": f"(?i:{alternation(word for words in data['seasons'].values() for word in words)})",
        "feast": f"(?i:{alternation(data['feasts'])})",
        "near": f"(?i:{alternation(data['days'])})",
        "unit": f"(?i:{alternation(word for words in data['units'].values() for word in words)})",
    }


_NAMED = {"month": "months", "weekday": "weekdays", "hijri": "hijri_months", "jalali": "jalali_months"}


def _names(table: Mapping[str, list[str]]) -> str:
    """Full names, or short ones (the ones behind the first of each row) with their full stop."""
    full = alternation(words[0] for words in table.values())
    short = [word for words in table.values() for word in words[1:]]
    return rf"(?:{full}\b|{alternation(short)}\b\.?)" if short else rf"{full}\b"


def _number_patterns(data: Mapping[str, Any]) -> dict[str, str]:
    ones, tens = alternation(data["numbers"]), alternation(data["tens"])
    ordinals = alternation(data["ordinals"])
    digits = alternation(word for word, value in data["numbers"].items() if 0 < value < 10 and " " not in word)
    hundreds = rf"(?:(?:{digits}\s+)?hundred(?:\s+and)?[\s-]+)?"
    return {
        "cardinal": rf"(?i:\d{{1,4}}|{hundreds}(?:{tens}(?:[\s-]+{digits})?|{ones})|(?:{digits}\s+)?hundred)",
        "compound": rf"(?i:{hundreds}{tens}(?:[\s-]+{digits})?|{ones})",
        "ordinal": rf"(?i:\d{{1,4}}(?:st|nd|rd|th)|{hundreds}(?:{tens}[\s-]+{ordinals}|{ordinals}))",
    }
