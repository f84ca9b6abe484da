"""The words that describe people, from `vocab/<language>/profile.toml`, and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from habeas import vocab

_CAPITAL = r"[^\W\d_a-zß-ÿ][\w'’`-]*"
_PLACE = (
    rf"(?:(?:al|el|as|ash|at|ad|an|ar|az)-)?{_CAPITAL}"
    rf"(?:\s+(?:(?:al|el|as|ash)-|de\s+|del\s+|la\s+|upon\s+)?{_CAPITAL}){{0,3}}"
)
_ASIDE = r"(?:\s+(?:south|north|east|west|near|outside|just)\s+(?:of\s+)?[^,;.()\n]{1,30}?(?=\s*[,;.)]))?"
_ARTICLE = r"(?i:an?|the|both|one\s+of\s+the|himself|herself)"
_OLD = r"(?:\d{1,2}|[a-z]+(?:-[a-z]+)?)[-\s]years?[-\s]olds?"
_AFTER_AGE = r"(?=\s*[,;.:)\]–—]|\s+-\s|\s+(?:and|from|of|who|was|is|were|are|has|had|with)\b|\s*$)"
_CUT = (
    r"(?=\s*[,;:.()–—]|\s*\n|\s+(?:that|who|whose|and|was|is|has|had|were|which|where|when|since|in|on|after|before|arrested|"
    r"held|jailed|detained|imprisoned|serving|from|with|by|for)\b|\s*$)"
)
_TITLE = r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Rev|Fr|Capt|Lt|Sgt|Col|Doctor|Mister|Madam|Mrs)\.?\s+)?"


# Patterns of numbers and pronouns, which no list of words is needed for.
OLD = re.compile(_OLD.replace("(?:", "(?P<old>", 1))
AGED = re.compile(
    r"(?:(?i:an?)\s+)?(?:(?:aged|age|of)\s+)?(?:about\s+)?(?:(?P<age>\d{1,2})|(?P<words>[a-z]+ty(?:-[a-z]+)?|[a-z]+teen))"
    rf"(?:[-\s]+years?(?:[-\s]+olds?|\s+of\s+age)?)?{_AFTER_AGE}"
)
YEARS = re.compile(r"\s+(?P<age>\d{2})\s+years(?:\s+old)?(?=\s*[,;)])")
IN_TURN = re.compile(r"(?:aged\s+)?\d{1,2}(?:,\s*\d{1,2})*,?\s+and\s+\d{1,2}\b")
AGES = re.compile(
    r"\s*[,(]\s*(?:[^,()\d]{1,40},\s*)?(?:aged\s+)?(\d{1,2}(?:,\s*\d{1,2})*,?\s+and\s+\d{1,2})\b"
    r"(?!\s+(?:days|weeks|months|years\s+in))"
)
SEPARATOR = re.compile(r"\s*(?:\)\s*,|[,(–—]|\)|-\s)\s*(?:and\s+)?(?:(?:who|and)\s+(?:is|was|are|were)\s+)?")
ALSO = re.compile(r"\s+and\s+(?:also\s+)?")
JOINS = re.compile(r"\s*(?:\([^()]{0,40}\))?(?:,\s*\d{1,2})?\s*(?:,|,?\s*and\b)\s*(?:(?:the\s+)?[a-z][\w-]*\s+){0,2}")
COPULA = re.compile(
    r"(?<!\w)(?P<who>[Hh]e|[Ss]he|who|[Tt]he\s+(?:man|woman|detainee|prisoner))\s*,?\s+"
    r"(?:is|was|works\s+as|worked\s+as|had\s+been)\s+(?:then\s+)?"
)
PRONOUN = re.compile(r"\b(?:he|him|she|her|they|them|both)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled patterns. `phrase` matches a noun phrase of work or origin; `before` one that ends at a name."""

    phrase: re.Pattern[str]
    before: re.Pattern[str]
    before_bare: re.Pattern[str]
    home: re.Pattern[str]
    home_segment: re.Pattern[str]
    hometown: re.Pattern[str]
    no_place: re.Pattern[str]
    no_home: re.Pattern[str]
    no_home_after: re.Pattern[str]
    moved: re.Pattern[str]
    parent: re.Pattern[str]
    demonym: re.Pattern[str]
    origin: re.Pattern[str]
    household: re.Pattern[str]
    citizen: re.Pattern[str]
    description: re.Pattern[str]
    member: re.Pattern[str]
    alleged: re.Pattern[str]
    disputed: re.Pattern[str]
    denied: re.Pattern[str]
    plural: re.Pattern[str]
    kind_of_work: re.Pattern[str]
    singular: Mapping[str, str]
    with_of: frozenset[str]
    with_at: frozenset[str]

    def work(self, before: str, head: str, tail: str) -> str:
        """The occupation as text: the words before the head that belong to it, the head in the singular, "of …"."""
        kinds = self.kind_of_work.search(before)
        noun = self.singular.get(head.lower(), head)
        goes_with = self.with_of if tail.split()[:1] == ["of"] else self.with_at
        words = f"{kinds[0] if kinds else ''} {noun} {tail if noun.lower() in goes_with else ''}"
        return " ".join(words.split())


@cache
def words(language: str = "en") -> Words:
    """The words that describe people in a language. Raises `habeas.vocab`'s error where the file is missing."""
    data, common = vocab.load(language, "profile"), vocab.load(language, "words")
    singular = _singulars(data["occupations"], data["irregular_plurals"])
    demonym = _any(data["demonyms"], fold=False)
    return Words(
        **_phrases(data, singular, demonym),
        **_homes(data, [*common["months"], *common["weekdays"]]),
        **_origins(data, demonym),
        **_kin(data),
        **_membership(data),
        plural=re.compile(rf"\b{_any([*singular, *data['shared']])}\b"),
        singular=singular,
        with_of=frozenset(data["with_of"]),
        with_at=frozenset(data["with_at"]),
    )


def _phrases(data: Mapping[str, Any], singular: Mapping[str, str], demonym: str) -> dict[str, re.Pattern[str]]:
    """Noun phrases about work, age and origin: "the jailed 34-year-old Iranian maths teacher"."""
    heads, kinds, passed = (
        _any([*data["occupations"], *singular]),
        _any(data["kinds_of_work"]),
        _any(data["passed_over"]),
    )
    word = rf"(?:{kinds}|{passed}|{demonym}(?:[-\s]born)?|{_OLD}|{heads})"
    mods = rf"(?P<mods>(?:{word}(?:[\s-]+|,\s+))*)"  # a word that may be one of them follows: the head
    mods_alone = rf"(?P<mods>(?:{word}(?:[\s-]+|,\s+(?={word})))*)"
    tail = rf"(?P<tail>(?:of|at)\s+(?:the\s+)?[^,;:.()–—\n]{{2,70}}?{_CUT})"
    phrase = rf"(?:(?:{_ARTICLE})\s+)*{mods}(?P<head>{heads})(?!\w|['’]s)(?:\s+{tail})?"
    return {
        "phrase": re.compile(phrase),
        "before": re.compile(rf"(?<![\w-]){phrase}(?P<comma>\s*,)?\s*{_TITLE}$"),
        "before_bare": re.compile(rf"(?<![\w-]){mods_alone}{_any(data['people'])}?\s*,?\s*{_TITLE}$"),
        "description": re.compile(rf"(?i:the|an?|this|that|his|her|one|another|{word})\b"),
        "kind_of_work": re.compile(rf"(?:(?:{kinds}|{heads})(?:[\s-]+|$))+$"),
    }


def _homes(data: Mapping[str, Any], days_and_months: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Where people are from: "from the town of X", "of X", "resident of X"."""
    kinds, no_homes = _any(data["settlements"]), _any(data["no_homes"])
    settlement = rf"(?:the\s+)?(?P<settlement>(?:[\w-]+\s+)?{kinds}\s+of\s+)?"
    home = rf"{settlement}(?P<place>{_PLACE}){_ASIDE}"
    lives = r"(?:he\s+|she\s+)?lives\s+in"
    lived = rf"(?:from\s+the\s+(?:[\w-]+\s+)?{kinds}\s+of|residents?\s+of(?:\s+the\s+\w+\s+of)?|lives\s+in|lived\s+in)"
    return {
        "home": re.compile(rf"\s+(?:from|of)\s+{home}"),
        "home_segment": re.compile(rf"(?:(?:an?\s+)?(?:resident|native)\s+of|{lives}|from|of)\s+{home}"),
        "hometown": re.compile(rf"\b{lived}\s+(?P<value>{_PLACE})"),
        "no_place": re.compile(rf"{_any(days_and_months)}\b"),
        "no_home": re.compile(rf"\b{no_homes}\b"),
        "no_home_after": re.compile(rf"['’]s\b|\s+(?:to\s+[A-Z]|{no_homes}\b)"),
        "moved": re.compile(rf"\b{_any(data['moves'])}\w*\b[^,;]*$"),
    }


def _origins(data: Mapping[str, Any], demonym: str) -> dict[str, re.Pattern[str]]:
    """Nationalities: in a phrase, alone between commas ("both Venezuelans"), and on papers."""
    papers = _any(data["papers"])
    alone = rf"(?P<value>{demonym}s?)(?:\s+{papers})?(?=\s*[,;.)]|\s+(?:who|and)\b)"
    return {
        "demonym": re.compile(rf"(?<![\w-]){demonym}(?:-{demonym})?(?:s|\b)(?!\s+{_any(data['no_origins'])}\b)"),
        "origin": re.compile(rf"(?:(?:an?|both|all|of\s+them)\s+)?{alone}"),
        "citizen": re.compile(rf"\b(?P<value>{demonym})\s+{papers}\b"),
    }


def _kin(data: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    """Families without names: "father of six", "his wife and three sons"."""
    children = _any(data["children"])
    number = rf"[\w-]+(?:\s+(?:young\s+|small\s+)?{children}\b)?"
    family = rf"(?:single\s+)?{_any(data['parents'])}\s+(?:of|to|for)\s+(?:(?:a|an|his|her)\s+)?{number}"
    house = rf"{_any(data['spouses'])}\s+and\s+[\w-]+\s+(?:young\s+)?{children}"
    return {
        "parent": re.compile(rf"(?:(?:{_ARTICLE}|and|also|is|was)\s+)*(?P<family>{family})"),
        "household": re.compile(rf"\b(?:with|his|her|leaves|left)\s+(?:his\s+|her\s+|a\s+)?(?P<value>{house})"),
    }


def _membership(data: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    """Who belongs to what, and how it is told."""
    between = r"(?:the\s+)?(?:(?:banned|outlawed|local|so-called|armed|opposition|dissolved)\s+)*[“\"‘']?"
    patterns = {name: re.compile(rf"\b{_any(data[name])}\b") for name in ("alleged", "denied", "disputed")}
    return {"member": re.compile(rf"\b{_any(data['membership'])}\s+{between}$"), **patterns}


def _any(entries: Iterable[str], *, fold: bool = True) -> str:
    """A pattern for any of the entries, the longest first, in either case unless `fold` is off."""
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    body = "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in ordered)
    return f"(?i:{body})" if fold else f"(?:{body})"


def _singulars(occupations: Iterable[str], irregular: Mapping[str, str]) -> dict[str, str]:
    """Plural -> singular of every head."""
    found = dict(irregular)
    for noun in occupations:
        if noun.endswith("y") and noun[-2] not in "aeiou":
            found[noun[:-1] + "ies"] = noun
        elif noun.endswith(("s", "sh", "ch", "x")):
            found[noun + "es"] = noun
        else:
            found[noun + "s"] = noun
    return found
