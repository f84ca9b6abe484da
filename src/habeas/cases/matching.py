"""Whether a name seen and a name on file may be one person's, by the names and by what is known of both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from django.db.models import QuerySet

from habeas import vocab
from habeas.cases.models import Claim
from habeas.core.folding import fold
from habeas.names import Context, Verdict, asked_keys, father_in, keys, parse
from habeas.names import compare as compare_names
from habeas.names.compare import SIGNS
from habeas.names.context import same_given
from habeas.names.tables import particles

__all__ = [
    "Fact",
    "Match",
    "asked_keys",
    "by_names",
    "compare",
    "context",
    "facts",
    "facts_of",
    "is_family_name",
    "is_name",
    "is_short",
    "keys",
    "may_be",
]

NOTHING_KNOWN = Context()
_COLUMNS = (
    "subject_id", "kind", "phase", "modality", "place", "earliest_on", "latest_on", "value",
    "reading__document__published_on",
)  # fmt: skip
_PARTS = re.compile(r"['’-]")  # of a word with an article: al-Darwish
_DESCRIBING = frozenset({
    "a", "an", "the", "one", "another", "some", "each", "this", "that", "these", "those",
    "his", "her", "their", "its", "our", "my",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two names are (0 to 1), what follows from it, and why; `agreed`: what else is known speaks for it."""

    score: float
    verdict: Verdict
    reason: str
    agreed: bool = False


def is_name(text: str) -> bool:
    """Whether the words name somebody ("Sami Darwish"), rather than describe somebody ("a former cellmate")."""
    words = text.split()
    if not words or words[0].casefold() in _DESCRIBING or any(c.isdigit() for c in text):
        return False
    cased = [word for word in words if word[0].isupper() or word[0].islower()]
    capital = [word for word in cased if any(part[:1].isupper() for part in _PARTS.split(word))]
    small = [word for word in cased if word[0].islower() and not _is_particle(word)]
    return not cased or (bool(capital) and not small)


def compare(
    a: str, b: str, context_a: Context = NOTHING_KNOWN, context_b: Context = NOTHING_KNOWN, *, is_weak: bool = False
) -> Match:
    """Whether the names `a` and `b` are one person's, from the names and from what is known of both.

    A name of one part ("Khalil", "Abu Salim", "the mute") is a weak one: alone it asks, with a context that agrees
    in two things it may be the same person; so is one that was given as a weak alias (`is_weak`).
    Where one side tells who the father is, the other's name may say it too.
    """
    context_a, context_b = _with_father(a, context_a, context_b), _with_father(b, context_b, context_a)
    match = compare_names(a, b, context_a, context_b)
    if match.verdict == "same" and len(match.agreed) < SIGNS and (is_weak or is_short(a) or is_short(b)):
        why = "a weak alias" if is_weak else "one part of a name"
        return Match(match.score, "ask", f"{match.reason}; {why} is not enough")
    return Match(match.score, match.verdict, match.reason, bool(match.agreed))


def _with_father(name: str, mine: Context, theirs: Context) -> Context:
    father = father_in(name, theirs.father) if theirs.father and not mine.father else None
    return replace(mine, father=father) if father else mine


def is_short(name: str) -> bool:
    """Whether it is a single name or a kunya alone: too little to tell one person from another."""
    return parse(name).is_one_part


@lru_cache(maxsize=50_000)
def by_names(a: str, b: str) -> Verdict:
    """What follows from the names alone."""
    return compare_names(a, b).verdict


def may_be(a: str, b: str) -> bool:
    """Whether the names alone leave it open that they are one person's."""
    return by_names(a, b) != "different"


def is_family_name(name: str) -> bool:
    """Whether it is a family name alone, by its article: al-Darwish."""
    return is_short(name) and any(unit.had_article and not unit.mark for unit in parse(name).units)


class Fact(NamedTuple):
    """What one claim tells of its subject that can tell people apart."""

    subject: int
    kind: str
    phase: str
    modality: str
    place: str
    earliest_on: date | None
    latest_on: date | None
    value: object
    published_on: str


def facts(claims: QuerySet[Claim, Claim]) -> list[Fact]:
    """The facts in stored claims."""
    return [Fact(*row) for row in claims.filter(modality="actual").values_list(*_COLUMNS)]


def facts_of(claims: Iterable[Claim], published_on: str) -> list[Fact]:
    """The facts in the claims of one reading."""
    return [
        Fact(c.subject_id, c.kind, c.phase, c.modality, c.place, c.earliest_on, c.latest_on, c.value, published_on)
        for c in claims
    ]


@dataclass(slots=True)
class _Told:
    """What claims tell of one person besides the name."""

    places: set[str] = field(default_factory=set)
    prisons: set[str] = field(default_factory=set)
    residences: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    born: set[int] = field(default_factory=set)
    fathers: list[str] = field(default_factory=list)

    def add(self, claim: Fact) -> None:
        if claim.place:
            (self.prisons if _is_prison(claim.place) else self.places).add(claim.place)
        if claim.earliest_on and claim.earliest_on == claim.latest_on:
            self.dates.add(claim.earliest_on.isoformat())
        if claim.kind == "profile" and claim.phase == "residence" and claim.value:
            self.residences.add(str(claim.value))
        if claim.kind == "profile" and claim.phase == "age" and isinstance(claim.value, int):
            self._add_age(claim.value, claim.published_on)
        if claim.kind == "profile" and claim.phase == "family" and (told := _father().match(str(claim.value))):
            self.fathers += [told["name"]] if is_name(told["name"]) else []

    def _add_age(self, age: int, published: str) -> None:
        try:
            self.born.add(date.fromisoformat(published).year - age)
        except ValueError:  # a document without a day says nothing of a year
            return

    def context(self) -> Context:
        is_clear = bool(self.born) and max(self.born) - min(self.born) <= 1
        is_one = all(same_given(self.fathers[0], other) for other in self.fathers[1:])
        return Context(
            places=tuple(sorted(self.places)),
            prisons=tuple(sorted(self.prisons)),
            residences=tuple(sorted(self.residences)),
            dates=tuple(sorted(self.dates)),
            father=min(self.fathers) if self.fathers and is_one else None,
            birth_year=min(self.born) if is_clear else None,
        )


def context(told: Iterable[Fact]) -> Context:
    """What actual claims tell of one person besides the name."""
    found = _Told()
    for fact in told:
        if fact.modality == "actual":
            found.add(fact)
    return found.context()


@cache
def _father() -> re.Pattern[str]:
    """What a family claim is like that tells the father's name: "son of Khaled", "his father, Khaled Darwish"."""
    words = "|".join(map(re.escape, vocab.load("en", "profile")["told_father"]))
    return re.compile(rf"(?i:(?:his |her |the )?(?:{words}))(?i:,|:| is| was)? +(?!of\b)(?P<name>\S.*)")


@lru_cache(maxsize=10_000)
def _is_prison(place: str) -> bool:
    words = f" {fold(place)} "
    return any(f" {word} " in words for word in vocab.load("en", "places")["custodial"])


def _is_particle(word: str) -> bool:
    return fold(word) in particles() or "-" in word or "'" in word or "’" in word
