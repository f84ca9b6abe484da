"""Who is held: what the page says of each person and group, weighed as `vocab/en/detention.toml` has it.

The weights are a logistic regression on annotated reports (`training/reader/held_fit.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import log1p
from typing import NamedTuple

from habeas import vocab
from habeas.extraction.cast import Cast, Member
from habeas.extraction.document import Page
from habeas.extraction.entities.words import is_given
from habeas.extraction.lexicon import words
from habeas.extraction.reading import Span
from habeas.extraction.references.signs import Place, left_out, sharing, told

_SIGNS = ("called", "after", "before", "modifier", "left_out", "owned", "by_pronoun")
_FIELD = 0.1  # a page with more words of deprivation of liberty than this may leave it unsaid of somebody


class Leaning(NamedTuple):
    """How likely somebody is held: above 0 is more likely than not."""

    weight: float
    told: bool  # something on the page says it of them


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Kind of entity -> what each feature is worth, "bias" included."""
    table = vocab.load("en", "detention")["held"]
    return {kind: table[kind] for kind in ("person", "stranger", "group")}


def regime(member: Member) -> str:
    """Which weights count for a person or group: people with a name are told apart from those without."""
    return "stranger" if member.kind == "person" and not member.named else member.kind


@cache
def _strong() -> frozenset[str]:
    return frozenset(vocab.load("en", "detention")["strong"])


class Notes:
    """What was looked up on a page before: who is held is weighed again each time that more is known of who speaks."""

    def __init__(self, page: Page) -> None:
        self.page, self.strong = page, _strong_sentences(page)
        self._told: dict[tuple[Span, bool, int], str | None] = {}

    def told(self, place: Place, following: int) -> str | None:
        """Which sign the clause around a place gives, as `references.signs.told` has it."""
        key = place.span, place.owns, following
        if key not in self._told:
            self._told[key] = told(self.page, place, following)
        return self._told[key]


def weigh(notes: Notes, cast: Cast, places: Sequence[Place], speakers: Iterable[str]) -> dict[str, Leaning]:
    """How likely each person and group is held, by id.

    `places` are mentions and pronouns in text order, `speakers` ids of who says something on the page.
    """
    found = {}
    for entity, features in describe(notes, cast, places, speakers).items():
        member = cast.members[entity]
        worth = weights()[regime(member)]
        told = any(features.get(sign) for sign in _SIGNS) or (not member.beside and features["field"] > _FIELD)
        found[entity] = Leaning(sum(worth.get(name, 0.0) * value for name, value in features.items()), told)
    return found


def describe(notes: Notes, cast: Cast, places: Sequence[Place], speakers: Iterable[str]) -> dict[str, dict[str, float]]:
    """What speaks for and against each person's and group's being held, by id and by name of the feature."""
    page, strong = notes.page, notes.strong
    told_of = _told(notes, places)
    density = len(strong) / max(1, len(page.sentences))
    speaking = frozenset(speakers)
    served: dict[str, Counter[str]] = {}
    for member in cast:
        if member.owner and (member.lawyer or member.kin):
            served.setdefault(member.owner, Counter())["clients" if member.lawyer else "relatives"] += 1
    found = {}
    for member in cast:
        if member.kind not in ("person", "group") or not member.mentions:
            continue
        features = _itself(member) | {
            "bias": 1.0,
            "field": min(1.0, density * 2),
            "speaks": float(member.id in speaking),
        }
        counts = told_of.get(member.id, Counter()) + served.get(member.id, Counter())
        features |= {name: log1p(count) for name, count in counts.items()}
        near = sum(page.sentence_index(start) in strong for start, _ in member.mentions)
        features["near"] = near / len(member.mentions)
        features["speaks_held"] = features["speaks"] * min(1.0, sum(told_of.get(member.id, Counter()).values()))
        found[member.id] = features
    return found


def _itself(member: Member) -> dict[str, float]:
    """What the member's own names and descriptions say."""
    first = member.name.split(maxsplit=1)[0].lower()
    roles = member.kind == "person" and bool(member.roles) and not member.beside
    return {
        "named": float(member.named),
        "kin": float(member.kin),
        "lawyer": float(member.lawyer),
        "official": float(member.official),
        "occupied": float(roles),
        "called": float(member.detained > 0),
        "aged": float(member.age is not None),
        "mentions": log1p(len(member.mentions)),
        "counted": float(any(_is_number(word) for word in member.name.lower().split())),
        "gendered": float(member.gender is not None),
        "known": float(is_given(first)),
        "definite": float(first in {"the", "these", "those", "both", "all"}),
        "together": float(bool(member.members)),
    }


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word.split("-", maxsplit=1)[0] in words().numbers


def _told(notes: Notes, places: Sequence[Place]) -> dict[str, Counter[str]]:
    """Signs of being held by member: how often each stands near a name or description, and near a pronoun."""
    found: dict[str, Counter[str]] = {}
    page = notes.page
    for number, place in enumerate(places):
        following = places[number + 1].span[0] if number + 1 < len(places) else len(page.text)
        sign = notes.told(place, following)
        if sign:
            for member in sharing(page, places, number, sign):
                found.setdefault(member.id, Counter())["by_pronoun" if place.pronoun else sign] += 1
    for member in left_out(page, places):
        found.setdefault(member.id, Counter())["left_out"] += 1
    return found


def _strong_sentences(page: Page) -> frozenset[int]:
    """Numbers of the sentences that hold a word of deprivation of liberty."""
    strong = _strong()
    found = set()
    for number, sentence in enumerate(page.sentences):
        before = ""
        for token in page.tokens[sentence.first_token : sentence.last_token]:
            if token.lower in strong or f"{before} {token.lower}" in strong:
                found.add(number)
                break
            before = token.lower
    return frozenset(found)
