"""Who speaks, over time; and where one speaker says the contrary of what they said before of the same person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet

from habeas.accounts.models import User
from habeas.cases import access, rows
from habeas.cases.casefile import Said
from habeas.cases.models import Person, Statement
from habeas.sources.models import Document

MONTHS = 12  # up to the newest in which anybody spoke
MOST_SAID = 500  # statements of one speaker that are compared, the newest
OPPOSITES = (
    frozenset({"confirm", "deny"}),
    frozenset({"promise", "refuse"}),
    frozenset({"support", "condemn"}),
    frozenset({"praise", "condemn"}),
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker under one spelling: how many statements in all, and in each of the months that are shown."""

    name: str
    folded: str
    statements: int
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Two statements of one speaker about one person whose acts are opposites, the earlier one first."""

    about: str
    before: Said
    after: Said

    @property
    def pair(self) -> tuple[Said, Said]:
        """Both, the earlier one first."""
        return self.before, self.after


def count_speakers(user: User) -> int:
    """How many speakers there are."""
    return _spoken(user).values("speaker__folded").distinct().count()


def months(user: User) -> list[str]:
    """The months (2026-03) from the first to the newest in which anybody spoke, the last twelve, silent ones too."""
    day = "reading__document__published_on"
    spoken = _spoken(user).exclude(**{day: ""}).aggregate(first=Min(day), last=Max(day))
    if not spoken["last"]:
        return []
    first, last = (int(told[:4]) * 12 + int(told[5:7]) - 1 for told in (spoken["first"], spoken["last"]))
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(max(first, last - MONTHS + 1), last + 1)]


def speakers(user: User, of: list[str], *, limit: int, offset: int = 0) -> list[Speaker]:
    """The speakers, those with the most statements first, with their statements in each of the months `of`."""
    counted = _spoken(user).values("speaker__folded").annotate(n=Count("pk"), name=Max("speaker__name"))
    shown = list(counted.order_by("-n", "speaker__folded")[offset : offset + limit])
    spoken = _spoken(user).filter(speaker__folded__in=[row["speaker__folded"] for row in shown])
    days = spoken.values_list("speaker__folded", "reading__document__published_on")
    told = Counter((folded, day[:7]) for folded, day in days)
    return [
        Speaker(row["name"], row["speaker__folded"], row["n"], tuple(told[row["speaker__folded"], m] for m in of))
        for row in shown
    ]


def turns(user: User, folded: str) -> list[Turn]:
    """Where the speaker of that name (as search compares it) says the contrary of before about the same person."""
    found = _spoken(user).filter(speaker__folded=folded).order_by("-reading__document__published_on", "-pk")
    keys = list(found.values_list("pk", "reading__document")[:MOST_SAID])
    documents = Document.objects.in_bulk({document for _key, document in keys})
    said = {one.statement: one for one in _said([key for key, _document in keys], documents)}
    about = _about(said, user)
    turned = []
    last: dict[str, dict[str, Said]] = {}
    for one in sorted(said.values(), key=lambda s: (s.passage.published, s.statement)):
        for person in about.get(one.statement, ()):
            known = last.setdefault(person, {})
            turned += [Turn(person, before, one) for before in _contraries(one, known)]
            known |= dict.fromkeys(one.acts, one)
    return turned[::-1]


def _contraries(said: Said, known: dict[str, Said]) -> Iterable[Said]:
    """What was said before whose act is the opposite of one of these, each statement once."""
    others = {act for pair in OPPOSITES for act in pair - set(said.acts) if pair & set(said.acts)}
    return {before.statement: before for act in others if (before := known.get(act))}.values()


def _said(keys: list[int], documents: dict[int, Document]) -> list[Said]:
    return rows.statements(Q(pk__in=keys), documents, rows.origins(documents.keys()))


def _about(said: Iterable[int], user: User) -> dict[int, list[str]]:
    """The names of the people each statement is about: of the person on file where there is one."""
    pairs = list(Statement.about.through.objects.filter(statement__in=list(said)).values_list("statement", "sighting"))
    seen = access.sightings(user, {sighting for _statement, sighting in pairs}).filter(kind="person")
    names = {sighting.pk: sighting.name for sighting in seen}
    people = rows.people_of(list(names))
    filed = dict(Person.objects.filter(pk__in=set(people.values())).values_list("pk", "name"))
    found: dict[int, list[str]] = {}
    for statement, sighting in pairs:
        if sighting in names:
            found.setdefault(statement, []).append(filed.get(people.get(sighting, 0), names[sighting]))
    return found


def _spoken(user: User) -> QuerySet[Statement, Statement]:
    return access.statements(user).filter(rows.newest(), speaker__isnull=False)
