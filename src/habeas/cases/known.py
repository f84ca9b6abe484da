"""What the desk knows of the names in some readings: fetched once, and kept up while they are linked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate
from typing import NamedTuple

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from habeas.cases import matching
from habeas.cases.matching import Fact
from habeas.cases.models import Claim, Link, Name, NameKey, PeopleChange, PersonName, Reading, Sighting
from habeas.core import adding
from habeas.names import Context
from habeas.names.keys import is_of_one_part

MOST_READ = 2_000  # names under the keys that are followed for one name; commoner keys tell little
MOST_NEAR = 60  # names that are compared with one in full
MOST_LINKS = 50  # of one person, the newest: they tell one person from another as well as thousands
MOST_TOLD = 400  # earlier sightings of which it is asked what is told, the newest

Called = tuple[int, str]  # a person, and a name they are known by


@dataclass(frozen=True, slots=True)
class Told:
    """One reading whose names are to be linked: these sightings, and what it tells of them.

    `held` are those who need a case where they are nobody on file.
    """

    reading: Reading
    sightings: Sequence[Sighting]
    facts: Sequence[Fact]
    held: frozenset[int]


class Earlier(NamedTuple):
    """A sighting of another reading that is linked to nobody; `folded` is its name, `name` as it was first spelt."""

    sighting: int
    reading: int
    folded: str
    name: str


class Known:
    """Names, the people on file who are called so, what is known of them, and who was seen before and not linked."""

    def __init__(self, team: int, told: Sequence[Told]) -> None:
        self.team, self.readings = team, [one.reading.pk for one in told]
        wanted = {sighting.folded: sighting.name for one in told for sighting in one.sightings}
        self._names = _kept(team, wanted)  # by the folded name: its key, and how it was spelt first
        self._near = _near(wanted)
        self._told: dict[int, list[Fact]] = {}  # by the sighting
        self._learn(fact for one in told for fact in one.facts)
        self._called = _called(team, set[int]().union(*self._near.values()))
        found = {folded: self.alike(folded, name) for folded, name in wanted.items()}
        self._of_person = _told_of({person for some in found.values() for person, _name in some})
        self._weak = self._weak_names({person for some in found.values() for person, _name in some})
        self._contexts: dict[int, Context] = {}
        self._linked: set[int] = set()
        self._before: dict[str, list[Earlier]] = {}  # by the name that opens a case
        self._passed: list[Earlier] = []  # seen in those of these readings that were linked already
        held = {s.folded: s.name for one in told for s in one.sightings if s.pk in one.held}
        self._fetch_before({folded: name for folded, name in held.items() if not _is_somebody(name, found[folded])})

    def name(self, folded: str) -> int:
        """The key of a name that one of the readings or an earlier sighting has."""
        return self._names[folded][0]

    def alike(self, folded: str, name: str) -> set[Called]:
        """The people on file, each with a name of theirs, whom the name may mean by the names alone."""
        near = self._near[folded] & self._called.keys()
        return {one for pk in near for one in self._called[pk] if matching.may_be(name, one[1])}

    def context(self, person: int) -> Context:
        """What is known of a person on file besides the names."""
        if person not in self._contexts:
            self._contexts[person] = matching.context(self._of_person.get(person, ()))
        return self._contexts[person]

    def is_weak(self, name: str) -> bool:
        """Whether a name of somebody on file was given as a weak alias."""
        return name in self._weak

    def told(self, sighting: int) -> Context:
        """What is told of a sighting besides the name."""
        return matching.context(self._told.get(sighting, ()))

    def before(self, folded: str, name: str) -> Iterator[Earlier]:
        """The sightings so far that are linked to nobody and may be who is called so, the newest first."""
        if folded not in self._before:
            self._fetch_before({folded: name})
        near = self._near[folded]
        passed = (e for e in reversed(self._passed) if self.name(e.folded) in near and matching.may_be(name, e.name))
        for one in (*passed, *self._before[folded]):
            if one.sighting not in self._linked:
                yield one

    def link(self, sighting: int, person: int) -> None:
        """Keeps in mind that the sighting was found to be the person."""
        self._linked.add(sighting)
        self._of_person.setdefault(person, []).extend(self._told.get(sighting, ()))
        self._contexts.pop(person, None)

    def call(self, person: int, folded: str) -> None:
        """Keeps in mind that the person is known by a name that one of the readings or an earlier sighting has."""
        key, name = self._names[folded]
        called = self._called.setdefault(key, [])
        if (person, name) not in called:
            called.append((person, name))

    def pass_by(self, told: Told) -> None:
        """Keeps in mind whom a reading has seen and not linked, for those whose case a later one opens."""
        for s in told.sightings:
            if s.pk not in self._linked:
                self._passed.append(Earlier(s.pk, told.reading.pk, s.folded, self._names[s.folded][1]))

    def _weak_names(self, people: Collection[int]) -> set[str]:
        """The names that these people, or who was merged into them, have as weak aliases."""
        theirs = Q(person__in=people) | Q(person__merged_into__in=people)
        changes = PeopleChange.objects.filter(theirs, kind="alias", undone_at=None).values_list("moved", flat=True)
        weak = {name for moved in changes if moved.get("weak") for _person, name in moved["names"]}
        return {name for pk in weak for _person, name in self._called.get(pk, ())}

    def _learn(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            self._told.setdefault(fact.subject, []).append(fact)

    def _fetch_before(self, opening: Mapping[str, str]) -> None:
        """Fetches the unlinked sightings of other readings whose names are like these, and what is told of each."""
        near = set[int]().union(*(self._near[folded] for folded in opening))
        rows = list(Name.objects.filter(team=self.team, pk__in=near).values_list("pk", "folded", "name"))
        self._names |= {folded: (pk, name) for pk, folded, name in rows}
        alike = {
            opens: {f for pk, f, other in rows if pk in self._near[opens] and matching.may_be(name, other)}
            for opens, name in opening.items()
        }
        found = _unlinked(self.team, set[str]().union(*alike.values()), self.readings)
        for opens, folded in alike.items():
            self._before[opens] = [Earlier(*row, self._names[row[2]][1]) for row in found if row[2] in folded]
        newest = [sighting for sighting, _reading, _folded in found if sighting not in self._told][:MOST_TOLD]
        self._learn(matching.facts(Claim.objects.filter(subject__in=newest)) if newest else ())


def _kept(team: int, wanted: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """The key of each name and how it was spelt first, by its folded form; a new one is kept, with its own keys."""
    rows = Name.objects.filter(team=team, folded__in=wanted).values_list("folded", "pk", "name")
    known = {folded: (pk, name) for folded, pk, name in rows}
    new = [Name(team_id=team, folded=f, name=n) for f, n in wanted.items() if f not in known]
    adding.add(new)
    keys = [(name.pk, key) for name in new for key in matching.keys(name.name)]
    adding.add_values(NameKey, ("name_id", "key"), keys)
    return known | {name.folded: (name.pk, name.name) for name in new}


def _is_somebody(name: str, alike: Iterable[Called]) -> bool:
    """Whether the name alone says that it is somebody's on file, so that it will hardly open a case."""
    return any(matching.by_names(name, other) == "same" for _person, other in alike)


def nearest(name: str, most: int) -> set[int]:
    """The `most` names that share most keys with this one; those of any team."""
    return _near({name: name}, most)[name]


def _near(wanted: Mapping[str, str], most: int = MOST_NEAR) -> dict[str, set[int]]:
    """The names that share most keys with each of these, by its folded form; the index alone answers, for any team."""
    asked = {folded: matching.asked_keys(name) for folded, name in wanted.items()}
    every = NameKey.objects.filter(key__in=frozenset[str]().union(*asked.values()))
    often = dict(every.order_by().values_list("key").annotate(names=Count("pk")))
    used = {folded: _telling(keys, often) for folded, keys in asked.items()}
    by_key: dict[str, list[int]] = {}
    for key, name in NameKey.objects.filter(key__in=set[str]().union(*used.values())).values_list("key", "name"):
        by_key.setdefault(key, []).append(name)
    return {folded: _nearest((by_key[key] for key in keys), most) for folded, keys in used.items()}


def _telling(keys: Iterable[str], often: Mapping[str, int]) -> list[str]:
    """The keys of a name that are worth following, the rarest first: those under which `MOST_READ` names stand in all.

    One that gathers more ("Mohammad Ali") is followed where nothing rarer is there, unless it stands for a single name.
    """
    there = sorted((often[key], key) for key in keys if key in often)
    there = [(names, key) for names, key in there if names <= MOST_READ or not is_of_one_part(key)]
    sums = accumulate(names for names, _key in there)
    return [key for (_, key), read in zip(there, sums, strict=True) if read <= max(MOST_READ, there[0][0])]


def _nearest(found: Iterable[list[int]], most: int) -> set[int]:
    """The names that stand under most of these keys, rare keys for more."""
    share: dict[int, float] = {}
    for names in found:
        weight = len(names) ** -0.5
        for name in names:
            share[name] = share.get(name, 0.0) + weight
    return set(nsmallest(most, share, key=lambda name: (-share[name], name)))


def _called(team: int, names: Collection[int]) -> dict[int, list[Called]]:
    """The people on file by each of these names of the team."""
    rows = PersonName.objects.filter(name__in=names, name__team=team, person__merged_into=None)
    called: dict[int, list[Called]] = {}
    for pk, person, name in rows.values_list("name", "person", "name__name"):
        called.setdefault(pk, []).append((person, name))
    return called


def _told_of(people: Collection[int]) -> dict[int, list[Fact]]:
    """What is told of each of these people on file, from what they were linked to last."""
    if not people:
        return {}
    rank = Window(RowNumber(), partition_by=F("person"), order_by=F("pk").desc())
    links = Link.objects.filter(person__in=people).annotate(rank=rank).filter(rank__lte=MOST_LINKS).order_by("-pk")
    newest: dict[tuple[int, int], str] = {}
    for sighting, person, verdict in links.values_list("sighting", "person", "verdict"):
        newest.setdefault((sighting, person), verdict)
    of_sighting = {sighting: person for (sighting, person), verdict in newest.items() if verdict == "same"}
    found: dict[int, list[Fact]] = {}
    for fact in matching.facts(Claim.objects.filter(subject__in=of_sighting)):
        found.setdefault(of_sighting[fact.subject], []).append(fact)
    return found


def _unlinked(team: int, folded: Collection[str], without: Collection[int]) -> list[tuple[int, int, str]]:
    """(sighting, reading, folded name) of the people seen under these names and linked to nobody, the newest first."""
    if not folded:
        return []
    seen = Sighting.objects.filter(reading__document__team=team, kind="person", folded__in=folded)
    alone = seen.exclude(reading__in=without).exclude(links__verdict="same").order_by("-pk")
    return list(alone.values_list("pk", "reading", "folded"))
