"""Whether a name seen and a name on file may be one person's, by the names and by what is known of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from habeas.cases.models import Claim
from habeas.core.folding import fold
from habeas.names import Context, Verdict, keys, parse
from habeas.names import compare as compare_names
from habeas.names.tables import particles

__all__ = ["Match", "compare", "contexts", "is_name", "keys"]

NOTHING_KNOWN = Context()
_DESCRIBING = frozenset({
    "a", "an", "the", "one", "another", "some", "each", "this", "that", "these", "those",
    "his", "her", "their", "its", "our", "my",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two names are (0 to 1), what follows from it, and why."""

    score: float
    verdict: Verdict
    reason: str


def is_name(text: str) -> bool:
    """Whether the words name somebody ("Sami Darwish"), rather than describe somebody ("a former cellmate")."""
    words = text.split()
    if not words or words[0].casefold() in _DESCRIBING or any(c.isdigit() for c in text):
        return False
    cased = [word for word in words if word[0].isupper() or word[0].islower()]
    capital = [word for word in cased if word[0].isupper()]
    small = [word for word in cased if word[0].islower() and not _is_particle(word)]
    return not cased or (bool(capital) and not small)


def compare(a: str, b: str, context_a: Context = NOTHING_KNOWN, context_b: Context = NOTHING_KNOWN) -> Match:
    """Whether the names `a` and `b` are one person's, from the names and from what is known of both.

    A name of one part ("Khalil", "Abu Salim", "the mute") is a weak one: alone it asks, with a context that agrees it
    may be the same person.
    """
    match = compare_names(a, b, context_a, context_b)
    if match.verdict == "same" and not match.agreed and (parse(a).is_one_part or parse(b).is_one_part):
        return Match(match.score, "ask", f"{match.reason}; one part of a name is not enough")
    return Match(match.score, match.verdict, match.reason)


@dataclass(slots=True)
class _Told:
    """What claims tell of one person besides the name."""

    places: set[str] = field(default_factory=set)
    residences: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    born: set[int] = field(default_factory=set)

    def add(self, claim: Claim) -> None:
        if claim.place:
            self.places.add(claim.place)
        if claim.earliest_on and claim.earliest_on == claim.latest_on:
            self.dates.add(claim.earliest_on.isoformat())
        if claim.kind == "profile" and claim.phase == "residence" and claim.value:
            self.residences.add(str(claim.value))
        if claim.kind == "profile" and claim.phase == "age" and isinstance(claim.value, int):
            self._add_age(claim.value, claim.reading.document.published_on)

    def _add_age(self, age: int, published: str) -> None:
        try:
            self.born.add(date.fromisoformat(published).year - age)
        except ValueError:  # a document without a day says nothing of a year
            return

    def context(self) -> Context:
        is_clear = bool(self.born) and max(self.born) - min(self.born) <= 1
        return Context(
            places=tuple(sorted(self.places)),
            residences=tuple(sorted(self.residences)),
            dates=tuple(sorted(self.dates)),
            birth_year=min(self.born) if is_clear else None,
        )


def contexts(claims: Iterable[Claim], people: Mapping[int, int] | None = None) -> dict[int, Context]:
    """What actual claims tell of each person besides the name; by sighting, or by the person of it in `people`."""
    told: dict[int, _Told] = {}
    for claim in claims:
        if claim.modality == "actual":
            key = claim.subject_id if people is None else people[claim.subject_id]
            told.setdefault(key, _Told()).add(claim)
    return {key: one.context() for key, one in told.items()}


def _is_particle(word: str) -> bool:
    return fold(word) in particles() or "-" in word or "'" in word or "’" in word
