"""What the desk knows of the names in some readings: fetched for all together, and kept up while they are linked."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from habeas.cases import contexts, matching, pairing
from habeas.cases.matching import Fact
from habeas.cases.models import Reading, Sighting
from habeas.cases.pairing import Spelt
from habeas.core import listed
from habeas.names import Context

MOST_TOLD = 400  # earlier sightings of which it is asked what is told, the newest

_NAMES = "SELECT n.folded, n.id, n.name FROM {numbers} AS asked CROSS JOIN cases_name n WHERE n.id = asked.value"
_CALLED = """SELECT pn.name_id, pn.person_id, n.name FROM {numbers} AS asked
    CROSS JOIN cases_personname pn JOIN cases_name n ON n.id = pn.name_id JOIN cases_person p ON p.id = pn.person_id
    WHERE pn.name_id = asked.value AND +p.merged_into_id IS NULL ORDER BY pn.id"""
_BESIDE = """SELECT p.id, p.one_with_id FROM {numbers} AS asked
    CROSS JOIN cases_person p WHERE p.id = asked.value AND +p.one_with_id IS NOT NULL"""
_ALIASES = """SELECT c.moved FROM {numbers} AS asked JOIN cases_peoplechange c ON c.person_id = asked.value
        WHERE c.kind = 'alias' AND c.undone_at IS NULL
    UNION ALL SELECT c.moved FROM {numbers} AS asked JOIN cases_person p ON p.merged_into_id = asked.value
        JOIN cases_peoplechange c ON c.person_id = p.id WHERE c.kind = 'alias' AND c.undone_at IS NULL"""

# CROSS JOIN: by the team, SQLite would go through all documents that it has.
_UNLINKED = """SELECT s.id, s.reading_id, s.folded FROM {texts} AS asked
    CROSS JOIN cases_sighting s CROSS JOIN cases_reading r CROSS JOIN sources_document d
    WHERE s.folded = asked.value AND s.kind = 'person' AND r.id = s.reading_id AND d.id = r.document_id
        AND +d.team_id = {team} AND s.reading_id NOT IN (SELECT value FROM {numbers} AS without)
        AND NOT EXISTS (SELECT 1 FROM cases_link l WHERE l.sighting_id = s.id AND l.verdict = 'same')
    ORDER BY s.id DESC"""

Called = tuple[int, str]  # a person, and a name they are known by


@dataclass(frozen=True, slots=True)
class Told:
    """One reading whose names are to be linked: these sightings, and what it tells of them.

    `held` are those who need a case where they are nobody on file; `before` the people whom an earlier reading of the
    same document found sightings to be.
    """

    reading: Reading
    sightings: Sequence[Sighting]
    facts: Sequence[Fact]
    held: frozenset[int]
    before: Mapping[int, int]


class Earlier(NamedTuple):
    """A sighting of another reading that is linked to nobody; `folded` is its name, `name` as it was first spelt."""

    sighting: int
    reading: int
    folded: str
    name: str


class Known:
    """Names, the people on file who are called so, what is known of them, and who was seen before and not linked.

    Where one person on file has a name to the letter, the names like it are asked for only when somebody needs them.
    """

    def __init__(self, team: int, told: Sequence[Told]) -> None:
        self.team, self.readings = team, [one.reading.pk for one in told]
        self._names: dict[str, Spelt] = {}  # by the folded name
        self._folded: dict[int, str] = {}  # by the name
        self._called: dict[int, list[Called]] = {}  # by the name
        self._near: dict[int, list[int]] = {}  # by the name: those that may be one person's
        self._told: dict[int, list[Fact]] = {}  # by the sighting
        self._of_person: dict[int, list[Fact]] = {}
        self._contexts: dict[int, Context] = {}
        self._weak: set[str] = set()
        self._linked: set[int] = set()
        self._beside: dict[int, tuple[int, ...]] = {}
        self._before: dict[int, list[Earlier]] = {}  # by the name that opens a case
        self._passed: list[Earlier] = []  # seen in those of these readings that were linked already
        for fact in (fact for one in told for fact in one.facts):
            self._told.setdefault(fact.subject, []).append(fact)
        self._keep(pairing.keep(team, {s.folded: s.name for one in told for s in one.sightings}))
        self._meet(self._folded)
        unclear = [key for key, name in self._names.values() if len(self._called[key]) != 1 or matching.is_short(name)]
        self._look_round(unclear)
        held = {self.name(s.folded) for one in told for s in one.sightings if s.pk in one.held}
        self._fetch_before([name for name in unclear if name in held and not self._called[name]])

    def name(self, folded: str) -> int:
        """The key of a name that one of the readings or an earlier sighting has."""
        return self._names[folded].key

    def called(self, folded: str) -> Sequence[Called]:
        """The people on file who have the name to the letter."""
        return self._called[self.name(folded)]

    def alike(self, folded: str) -> set[Called]:
        """The people on file, each with a name of theirs, whom the name may mean by the names alone."""
        return {one for name in self._round(self.name(folded)) for one in self._called[name]}

    def context(self, person: int) -> Context:
        """What is known of a person on file besides the names."""
        if person not in self._contexts:
            self._contexts[person] = matching.context(self._of_person.get(person, ()))
        return self._contexts[person]

    def is_weak(self, name: str) -> bool:
        """Whether a name of somebody on file was given as a weak alias."""
        return name in self._weak

    def beside(self, person: int) -> tuple[int, ...]:
        """Who is this person as well, in another team's file: what is seen of the one is the other's too."""
        return self._beside.get(person, ())

    def told(self, sighting: int) -> Context:
        """What is told of a sighting besides the name."""
        return matching.context(self._told.get(sighting, ()))

    def before(self, folded: str) -> Iterator[Earlier]:
        """The sightings so far that are linked to nobody and may be who is called so, the newest first."""
        name = self.name(folded)
        if name not in self._before:
            self._fetch_before([name])
        near = set(self._round(name))
        passed = (one for one in reversed(self._passed) if self.name(one.folded) in near)
        for one in (*passed, *self._before[name]):
            if one.sighting not in self._linked:
                yield one

    def link(self, sighting: int, person: int) -> None:
        """Keeps in mind that the sighting was found to be the person."""
        self._linked.add(sighting)
        self._of_person.setdefault(person, []).extend(self._told.get(sighting, ()))
        self._contexts.pop(person, None)

    def call(self, person: int, folded: str) -> bool:
        """Whether it is new that the person is known by this name, of one of the readings or an earlier sighting."""
        key, name = self._names[folded]
        is_new = (person, name) not in self._called[key]
        if is_new:
            self._called[key].append((person, name))
        return is_new

    def pass_by(self, told: Told) -> None:
        """Keeps in mind whom a reading has seen and not linked, for those whose case a later one opens."""
        for s in told.sightings:
            if s.pk not in self._linked:
                self._passed.append(Earlier(s.pk, told.reading.pk, s.folded, self._names[s.folded].name))

    def _round(self, name: int) -> list[int]:
        """The name and those that may be one person's with it."""
        if name not in self._near:
            self._look_round([name])
        return [name, *self._near[name]]

    def _look_round(self, names: Collection[int]) -> None:
        """Fetches which names may be one person's with each of these, and who is called so."""
        self._near |= pairing.alike(names)
        others = {other for name in names for other in self._near[name]}
        new = others - self._folded.keys()
        self._keep({folded: Spelt(key, name) for folded, key, name in (listed.rows(_NAMES, new) if new else ())})
        self._meet(others)

    def _keep(self, names: Mapping[str, Spelt]) -> None:
        self._names |= names
        self._folded |= {one.key: folded for folded, one in names.items()}

    def _meet(self, names: Iterable[int]) -> None:
        """Fetches who is called by each of these names, and what is known of them."""
        new = [name for name in names if name not in self._called]
        self._called |= {name: [] for name in new}
        found = listed.rows(_CALLED, new) if new else []
        self._beside |= beside({person for _key, person, _name in found})
        others = {other for some in self._beside.values() for other in some}  # whom this team has a file of its own for
        found = [row for row in found if row[1] not in others]
        for key, person, name in found:
            self._called[key].append((person, name))
        met = {person for _key, person, _name in found} - self._of_person.keys()
        self._of_person |= {person: [] for person in met} | contexts.of_people(met)
        self._weak |= {name for pk in weak_names(met) for _person, name in self._called.get(pk, ())}

    def _fetch_before(self, opening: Collection[int]) -> None:
        """Fetches the unlinked sightings of other readings whose names are like these, and what is told of each."""
        self._look_round([name for name in opening if name not in self._near])
        wanted = {self._folded[other] for name in opening for other in self._round(name)}
        by_name: dict[int, list[Earlier]] = {}
        found = _unlinked(self.team, wanted, self.readings)
        for sighting, reading, folded in found:
            key, spelt = self._names[folded]
            by_name.setdefault(key, []).append(Earlier(sighting, reading, folded, spelt))
        for name in opening:
            theirs = (one for other in self._round(name) for one in by_name.get(other, ()))
            self._before[name] = sorted(theirs, reverse=True)
        newest = [sighting for sighting, _reading, _folded in found if sighting not in self._told][:MOST_TOLD]
        self._told |= contexts.of_sightings(newest)


def beside(people: Collection[int]) -> dict[int, tuple[int, ...]]:
    """By those of these people who have a file in another team as well: whom it is about, as `Person`."""
    if not people:
        return {}
    return {person: (other,) for person, other in listed.rows(_BESIDE, people)}


def weak_names(people: Collection[int]) -> set[int]:
    """The names that these people, or who was merged into them, have as weak aliases."""
    if not people:
        return set()
    found = listed.rows(_ALIASES, people, people)
    moved = (json.loads(moved) if isinstance(moved, str) else moved for (moved,) in found)
    return {name for one in moved if one.get("weak") for _person, name in one["names"]}


def _unlinked(team: int, folded: Collection[str], without: Collection[int]) -> list[tuple[int, int, str]]:
    """(sighting, reading, folded name) of the people seen under these names and linked to nobody, the newest first."""
    if not folded:
        return []
    rows: list[tuple[int, int, str]] = listed.rows(_UNLINKED.replace("{team}", str(int(team))), folded, without)
    return rows
