"""The words that describe people, from `vocab/<language>/profile.toml`, and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from habeas import vocab

_PLACE = (
    r"(?P<place>(?:(?:al|el|as|ash|at|ad|an|ar|az)-)?[^\W\d_a-zß-ÿ][\w'’`-]*"
    r"(?:\s+(?:(?:al|el|as|ash)-|de\s+|del\s+|la\s+|upon\s+)?[^\W\d_a-zß-ÿ][\w'’`-]*){0,3})"
)
_AFTER_AGE = r"(?=\s*[,;.:)\]–—-]|\s+(?:and|from|of|who|was|is|were|are|has|had|with)\b|\s*$)"
_CUT = (
    r"(?=\s*[,;:.()–—]|\s*\n|\s+(?:who|whose|and|was|is|has|had|were|which|where|when|since|in|on|after|before|arrested|"
    r"held|jailed|detained|imprisoned|serving|from|with|by|for)\b|\s*$)"
)
_TITLE = r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Rev|Fr|Capt|Lt|Sgt|Col|Doctor|Mister|Madam|Mrs)\.?\s+)?"


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled patterns. `phrase` matches a noun phrase of work or origin; `before` one that ends at a name."""

    phrase: re.Pattern[str]
    before: re.Pattern[str]
    before_bare: re.Pattern[str]
    separator: re.Pattern[str]
    aged: re.Pattern[str]
    two_ages: re.Pattern[str]
    of_years: re.Pattern[str]
    old: re.Pattern[str]
    home: re.Pattern[str]
    home_segment: re.Pattern[str]
    hometown: re.Pattern[str]
    no_home: re.Pattern[str]
    no_home_after: re.Pattern[str]
    moved: re.Pattern[str]
    parent: re.Pattern[str]
    demonym: re.Pattern[str]
    citizen: re.Pattern[str]
    description: re.Pattern[str]
    copula: re.Pattern[str]
    pronoun: re.Pattern[str]
    member: re.Pattern[str]
    alleged: re.Pattern[str]
    denied: re.Pattern[str]
    plural: re.Pattern[str]
    joins: re.Pattern[str]
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
    data = vocab.load(language, "profile")
    singular = _singulars(data["occupations"], data["irregular_plurals"])
    heads = _any([*data["occupations"], *singular])
    old = r"(?P<{0}>\d{{1,2}}|[a-z]+(?:-[a-z]+)?)[-\s]years?[-\s]olds?"
    demonym, kinds = _any(data["demonyms"], fold=False), _any(data["kinds_of_work"])
    word = rf"(?:{kinds}|{_any(data['passed_over'])}|{demonym}(?:[-\s]born)?|{old.format('_').replace('?P<_>', '?:')}|{heads})"
    mods = rf"(?P<mods>(?:{word}(?:[\s-]+|,\s+(?={word})))*)"
    tail = rf"(?P<tail>(?:of|at)\s+(?:the\s+)?[^,;:.()–—\n]{{2,70}}?{_CUT})"
    phrase = rf"(?:(?:(?i:an?|the|both|one\s+of\s+the|himself|herself)\s+)+)?{mods}(?P<head>{heads})(?!\w|['’]s)(?:\s+{tail})?"
    people = r"(?:(?:man|men|woman|women|girl|boy|youth|national|citizen|prisoner|detainee|captive|hunger\s+striker|brother|sister|mother|father)s?)"
    settlement = rf"(?:the\s+)?(?P<settlement>(?:[\w-]+\s+)?{_any(data['settlements'])}\s+of\s+)?"
    return Words(
        phrase=re.compile(phrase),
        before=re.compile(rf"(?<![\w-]){phrase}\s*,?\s*{_TITLE}$"),
        before_bare=re.compile(rf"(?<![\w-]){mods}{people}?\s*,?\s*{_TITLE}$"),
        separator=re.compile(
            r"\s*(?:\)\s*,|[,(–—]|\)|-\s)\s*(?:and\s+)?(?:(?:who|and)\s+(?:is|was|are|were)\s+)?"
        ),
        aged=re.compile(
            rf"(?:(?i:an?)\s+)?(?:(?:aged|age|of)\s+)?(?:about\s+)?(?:(?P<age>\d{{1,2}})|(?P<words>[a-z]+ty(?:-[a-z]+)?|[a-z]+teen))"
            rf"(?:[-\s]+years?(?:[-\s]+olds?|\s+of\s+age)?)?{_AFTER_AGE}"
        ),
        two_ages=re.compile(r",\s*(\d{1,2})\s+and\s+(\d{1,2})\b(?!\s+(?:days|months|years\s+in))"),
        of_years=re.compile(r"(?:\bof\s+|\baged\s+|(?<=[(,]\s)|(?<=[(,]))(?P<value>\d{2})(?:\s+years?(?:\s+old)?)?(?=\s*[,.;)])"),
        old=re.compile(old.format("old")),
        home=re.compile(rf"\s+(?:from|of)\s+{settlement}{_PLACE}"),
        home_segment=re.compile(rf"(?:(?:an?\s+)?(?:resident|native)\s+of\s+|(?:he\s+|she\s+)?lives\s+in\s+|from\s+|of\s+){settlement}{_PLACE}"),
        hometown=re.compile(
            rf"\b(?:from\s+the\s+(?:[\w-]+\s+)?{_any(data['settlements'])}\s+of|residents?\s+of(?:\s+the\s+\w+\s+of)?|lives\s+in|lived\s+in)\s+"
            + _PLACE.replace("?P<place>", "?P<value>")
        ),
        no_home=re.compile(rf"\b{_any(data['no_homes'])}\b"),
        no_home_after=re.compile(rf"['’]s\b|\s+(?:to\s+[A-Z]|{_any(data['no_homes'])}\b)"),
        moved=re.compile(
            r"\b(?:mov|transferr|releas|freed|took|taken|brought|driv|deport|expell|return|sent|led|escap|discharg|banish)\w*\b[^,;]*$"
        ),
        parent=re.compile(
            r"(?:(?i:an?|the|and|also|is|was)\s+)*(?P<family>(?:single\s+)?(?:father|mother|parent|grandfather|grandmother)\s+(?:of|to|for)\s+"
            r"(?:(?:a|an|his|her)\s+)?[\w-]+(?:\s+(?:young\s+|small\s+)?(?:children|sons?|daughters?|girls?|boys?|kids|child|minors))?)"
        ),
        demonym=re.compile(rf"(?<![\w-]){demonym}(?:-{demonym})?(?:s|\b)(?!\s+(?:prison|jail|court|authorities|police|army|government|forces))"),
        citizen=re.compile(
            rf"\b(?:(?:holds?|has|have|with|granted|given|took|holding|and|also)\s+)?(?P<value>{demonym})\s+(?:nationals?|citizens?|citizenship|nationality|passport)\b"
        ),
        description=re.compile(rf"(?i:the|an?|this|that|his|her|one|another|{word})\b"),
        copula=re.compile(r"(?<!\w)(?P<who>[Hh]e|[Ss]he|who|[Tt]he\s+(?:man|woman|detainee|prisoner))\s*,?\s+(?:is|was|works\s+as|worked\s+as)\s+(?:then\s+)?"),
        pronoun=re.compile(r"\b(?:he|him|she|her|they|them|both)\b", re.IGNORECASE),
        member=re.compile(rf"\b{_any(data['membership'])}\s+(?:the\s+)?(?:(?:banned|outlawed|local|so-called|armed)\s+)*[“\"‘']?$"),
        alleged=re.compile(rf"\b{_any(data['alleged'])}\b"),
        denied=re.compile(rf"\b{_any(data['denied'])}\b"),
        plural=re.compile(rf"\b{_any(singular)}\b|\b(?:brothers|sisters|nationals|citizens|men|women)\b"),
        joins=re.compile(r"\s*(?:\([^()]{0,40}\))?(?:,\s*\d{1,2})?\s*(?:,|,?\s*and\b)\s*(?:(?:the\s+)?[a-z][\w-]*\s+){0,2}"),
        kind_of_work=re.compile(rf"(?:(?:{kinds}|{heads})(?:[\s-]+|$))+$"),
        singular=singular,
        with_of=frozenset(data["with_of"]),
        with_at=frozenset(data["with_at"]),
    )


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
