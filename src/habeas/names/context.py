"""What is known of two people besides their names, and how far it speaks for or against one person."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.names.align import known_relation, unit_similarity
from habeas.names.parse import Name, parse
from habeas.names.text import fold

YEARS_ALIKE, YEARS_APART = 1, 3  # ages are rounded, and told at different times of the year
FATHER_ALIKE = 0.8
CHAIN = 3  # parts: given name, father's, family name
WEIGHTS = {"prison": 1.5, "place": 0.8, "residence": 1.0, "birth": 1.2, "father": 1.5, "date": 1.5}
AGAINST = {"birth": -2.5, "father": -2.5}  # people move and are moved: other places speak against nothing


@dataclass(frozen=True, slots=True)
class Context:
    """What one source, or one file, says of a person besides the name; None or empty where it says nothing.

    `age` holds in the year `as_of`; without it `age` is not used. `dates` are ISO dates of what happened to the person
    (arrest, hearing, start of a strike). `weak_aliases` are nicknames and translated surnames.
    """

    places: tuple[str, ...] = ()
    prisons: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    father: str | None = None
    birth_year: int | None = None
    age: int | None = None
    as_of: int | None = None
    dates: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()

    @property
    def born(self) -> int | None:
        """The year of birth, from the age where it is not given."""
        if self.birth_year is not None or self.age is None or self.as_of is None:
            return self.birth_year
        return self.as_of - self.age


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two contexts agree and disagree in, in words, and its weight in log-odds."""

    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    weight: float


def _shared(mine: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    """A place that both name, in the shorter of its spellings; empty if there is none."""
    folded = {fold(word): word for word in sorted(theirs)}
    both = [min(word, folded[fold(word)], key=lambda text: (len(text), text)) for word in mine if fold(word) in folded]
    return min((word for word in both if word.strip()), default="")


def same_given(a: str | Name, b: str | Name) -> bool:
    """Whether the first parts of two names answer each other well."""
    first, second = (parse(x) if isinstance(x, str) else x for x in (a, b))
    if not first.units or not second.units:
        return False
    x, y = first.units[0], second.units[0]
    return known_relation(x, y) >= 0 and unit_similarity(x, y) >= FATHER_ALIKE


def father_in(name: str | Name, told: str) -> str | None:
    """The father's name in a chain of three parts or more, to be held against the father that is `told` elsewhere.

    The second part is the father's where it is that name, or another one that given.toml knows; else it may be a middle
    name, and None comes back.
    """
    units = [unit for unit in (parse(name) if isinstance(name, str) else name).units if not unit.is_title]
    if len(units) < CHAIN:
        return None
    second = " ".join(filter(None, (units[1].mark, units[1].text)))
    return second if units[1].families or same_given(second, told) else None


def weigh(a: Context, b: Context) -> Evidence:
    """What the contexts `a` and `b` say for and against one person; the same whichever comes first."""
    agreed: list[str] = []
    disagreed: list[str] = []
    weight = 0.0
    for what, mine, theirs in (
        ("prison", a.prisons, b.prisons),
        ("place", a.places, b.places),
        ("residence", a.residences, b.residences),
    ):
        if shared_place := _shared(mine, theirs):
            agreed.append(f"same {what} ({shared_place})")
            weight += WEIGHTS[what]
    shared = sorted(set(a.dates) & set(b.dates))
    if shared:
        agreed.append(f"same date ({shared[0]})")
        weight += WEIGHTS["date"]
    if a.father and b.father:
        is_same = same_given(a.father, b.father)
        (agreed if is_same else disagreed).append(_both("father", a.father, b.father, is_same))
        weight += WEIGHTS["father"] if is_same else AGAINST["father"]
    if a.born is not None and b.born is not None:
        gap = abs(a.born - b.born)
        if gap <= YEARS_ALIKE or gap > YEARS_APART:
            is_same = gap <= YEARS_ALIKE
            (agreed if is_same else disagreed).append(_both("year of birth", str(a.born), str(b.born), is_same))
            weight += WEIGHTS["birth"] if is_same else AGAINST["birth"]
    return Evidence(tuple(agreed), tuple(disagreed), weight)


def _both(what: str, mine: str, theirs: str, is_same: bool) -> str:
    first, second = sorted((mine, theirs))
    if is_same:
        return f"same {what} ({first})"
    return f"another {what} ({first}, {second})"
