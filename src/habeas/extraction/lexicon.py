"""The English vocabulary compiled for looking up: word classes, and every form of every cue verb."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from habeas import vocab

Form = Literal["base", "third", "past", "participle", "ing"]
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class CueForm:
    """A form of a cue verb: its words after the first one, its lemma, and which forms it can be."""

    rest: tuple[str, ...]
    lemma: str
    forms: frozenset[Form]


@dataclass(frozen=True, slots=True)
class Words:
    """The word classes of `vocab/en/words.toml` as sets."""

    determiners: frozenset[str]
    possessives: frozenset[str]
    subjects: frozenset[str]
    objects: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    weekdays: frozenset[str]
    months: frozenset[str]
    numbers: frozenset[str]
    irregular_past: frozenset[str]

    @property
    def closed(self) -> frozenset[str]:
        """Every function word: none of them is ever a name by itself."""
        return (
            self.determiners | self.possessives | self.subjects | self.objects | self.prepositions | self.conjunctions
        ) | (self.subordinators | self.auxiliaries | self.adverbs)


@cache
def words() -> Words:
    """The English word classes."""
    table = vocab.load("en", "words")
    return Words(**{name: frozenset(table[name]) for name in Words.__dataclass_fields__})


@cache
def closed_words() -> frozenset[str]:
    """Every English function word."""
    return words().closed


@cache
def cue_forms() -> dict[str, tuple[CueForm, ...]]:
    """First word of a cue verb's form -> the cues that may start there, longest first."""
    merged: dict[tuple[tuple[str, ...], str], set[Form]] = {}
    for lemma in vocab.load("en", "cues")["lemmas"]:
        for form, words_ in inflect(lemma):
            merged.setdefault((tuple(words_.split()), lemma), set()).add(form)
    table: dict[str, list[CueForm]] = {}
    for (phrase, lemma), forms in merged.items():
        table.setdefault(phrase[0], []).append(CueForm(phrase[1:], lemma, frozenset(forms)))
    return {first: tuple(sorted(cues, key=lambda cue: -len(cue.rest))) for first, cues in table.items()}


def inflect(lemma: str) -> list[tuple[Form, str]]:
    """The five forms of a verb, particles after it kept; irregular ones come from `words.toml`."""
    irregular = vocab.load("en", "words")["irregular"]
    if lemma in irregular:
        third, past, participle, ing = irregular[lemma]
        return [("base", lemma), ("third", third), ("past", past), ("participle", participle), ("ing", ing)]
    verb, _, particle = lemma.partition(" ")
    if particle and verb in irregular:
        return [(form, f"{word} {particle}") for form, word in inflect(verb)]
    tail = f" {particle}" if particle else ""
    past = _past(verb)
    return [
        ("base", verb + tail),
        ("third", _third(verb) + tail),
        ("past", past + tail),
        ("participle", past + tail),
        ("ing", _ing(verb) + tail),
    ]


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + "ed"


def _ing(verb: str) -> str:
    return (verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe")) else verb) + "ing"
