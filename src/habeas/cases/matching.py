"""Whether a name seen and a name on file may be one person's, by the names and by what is known of both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from habeas import vocab
from habeas.cases.models import Claim
from habeas.core.folding import fold
from habeas.names import Context, Verdict, father_in, parse
from habeas.names import Match as Found
from habeas.names import compare as compare_names
from habeas.names.compare import ASK, SIGNS, in_context
from habeas.names.context import same_given
from habeas.names.keys import COMMON
from habeas.names.tables import particles
from habeas.names.together import scores_each

NOTHING_KNOWN = Context()
TELLING = 3  # parts: a chain of so many tells people apart even where each of them is common
COMMON_NAME = "but very many people are called so, and too little else that is told agrees"
STOOD = "as an earlier reading of the same report was linked"
DIGITS = 12
MOST_KEPT = 4_000  # pairs of names of which it is kept in memory what comparing them found
_PARTS = re.compile(r"['’-]")  # of a word with an article: al-Darwish
_DESCRIBING = frozenset({
    "a", "an", "the", "one", "another", "some", "each", "this", "that", "these", "those",
    "his", "her", "their", "its", "our", "my",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two names are (0 to 1), what follows from it, and why; `agreed`: what else is known speaks for it.

    The reason is what comparing the names `found`, put into words when it is asked for, and what was `added` to it.
    `is_common`: it asks only because very many are called so.
    """

    score: float
    verdict: Verdict
    found: Found | None = None
    added: tuple[str, ...] = ()
    agreed: bool = False
    is_common: bool = False

    @property
    def reason(self) -> str:
        """Why, in words."""
        return "; ".join([*([self.found.reason] if self.found else ()), *self.added])

    def stands(self) -> Match:
        """The same, as the same words were linked before: what leaves a name open elsewhere does not there."""
        return replace(self, verdict="same", agreed=True, is_common=False, added=(STOOD,))

    def asks(self, why: str) -> Match:
        """The same, left to a person to judge because of this too."""
        return replace(self, verdict="ask", added=(*self.added, why))


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
    A name that very many have ("Mohammad Ali") asks too, unless the context agrees in two things, or both tell of the
    same father: on one day, or in one prison, there are several of that name.
    Where one side tells who the father is, the other's name may say it too.
    """
    mine, theirs = _with_father(a, context_a, context_b), _with_father(b, context_b, context_a)
    found = in_context(_by_names(a, b), (parse(a), mine), (parse(b), theirs))
    match = Match(found.score, found.verdict, found, agreed=bool(found.agreed))
    if match.verdict == "same" and len(found.agreed) < SIGNS and (is_weak or is_short(a) or is_short(b)):
        return match.asks("a weak alias is not enough" if is_weak else "one part of a name is not enough")
    is_enough = len(found.agreed) >= SIGNS or (mine.father and theirs.father)
    if match.verdict == "same" and not is_enough and _is_common(found):
        return replace(match.asks(COMMON_NAME), is_common=True)
    return match


def _is_common(found: Found) -> bool:
    """Whether all that the two names share is two parts that very many people have, or one."""
    units = [unit for pair in found.alignment.pairs if not pair.a.is_title for unit in (pair.a, pair.b)]
    return len(units) < TELLING * 2 and all(unit.families or unit.rarity < COMMON for unit in units)


_kept: dict[tuple[str, str], Found] = {}


def _by_names(a: str, b: str) -> Found:
    """As `names.compare`; a pair of names is compared once, whatever becomes known of who has them."""
    return _kept.get((a, b)) or _keep(a, b, compare_names(a, b))


def _keep(a: str, b: str, found: Found) -> Found:
    """What was found, to as many digits as hold whether names are compared together or one by one."""
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    found = found._replace(score=round(found.score, DIGITS))
    _kept[a, b] = _kept[b, a] = found
    return found


def scores(names: Sequence[str], first: Sequence[int], second: Sequence[int]) -> list[float | None]:
    """How alike the names of each pair are by the names alone; None where they are two people's for sure.

    `first` and `second` are the places in `names` of the two of each pair.
    """
    found = scores_each([parse(name) for name in names], first, second)
    return [None if score < ASK else round(score, DIGITS) for score in found]


def _with_father(name: str, mine: Context, theirs: Context) -> Context:
    father = father_in(name, theirs.father) if theirs.father and not mine.father else None
    return replace(mine, father=father) if father else mine


def is_short(name: str) -> bool:
    """Whether it is a single name or a kunya alone: too little to tell one person from another."""
    return parse(name).is_one_part


def is_family_name(name: str) -> bool:
    """Whether it is a family name alone, by its article: al-Darwish."""
    return is_short(name) and any(unit.had_article and not unit.mark for unit in parse(name).units)


class Fact(NamedTuple):
    """What one actual claim tells of its subject that can tell people apart; `day` and `published_on` are ISO dates.

    `day` is empty where the claim tells none, or several.
    """

    subject: int
    kind: str
    phase: str
    place: str
    day: str
    value: object
    published_on: str


def facts_of(claims: Iterable[Claim], published_on: str) -> list[Fact]:
    """The facts in the claims of one reading."""
    return [
        Fact(c.subject_id, c.kind, c.phase, c.place, _day(c.earliest_on, c.latest_on), c.value, published_on)
        for c in claims
        if c.modality == "actual"
    ]


def _day(first: date | None, last: date | None) -> str:
    return first.isoformat() if first and first == last else ""


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
        if claim.day:
            self.dates.add(claim.day)
        if claim.kind == "profile":
            self._add_profile(claim)

    def _add_profile(self, claim: Fact) -> None:
        if claim.phase == "residence" and claim.value:
            self.residences.add(str(claim.value))
        if claim.phase == "age" and isinstance(claim.value, int):
            self._add_age(claim.value, claim.published_on)
        if claim.phase == "family" and (told := _father().match(str(claim.value))):
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
