"""Which person on file each name in a reading is, and which names open a case. Called by `services` alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from django.utils import timezone

from habeas.audit import services as audit
from habeas.cases import matching
from habeas.cases.known import Called, Known, Told
from habeas.cases.matching import Match
from habeas.cases.models import Case, Claim, Link, Person, PersonName, Reading, Sighting
from habeas.core import adding
from habeas.core.actor import Actor
from habeas.core.keys import upcoming

MOST_MEANT = 5  # people asked about for one name, and earlier sightings asked about for one person
TAKEN = "but this report has another name for this person already"
SHARED = "but more than one person on file is called so"
FITS_BETTER = "but another person on file fits better"
OPENED = Match(1.0, "same", added=("the report that opened the case",))
NOBODY: Mapping[int, int] = MappingProxyType({})
OF_THE_PERSON = frozenset({"profile", "health"})  # true of anybody: no sign by itself that somebody is held


@dataclass(slots=True)
class Linked:
    """What linking one reading did: the people and cases it opened, and the links it made."""

    people: list[Person] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Candidate:
    person: int
    name: str
    match: Match


@dataclass(frozen=True, slots=True)
class _Opened:
    """A person whose case this report opens, and the sighting that does."""

    person: Person
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sighting of another document that may be a person whose case is opened."""

    sighting: int
    reading: int
    folded: str
    person: int
    match: Match


def told(
    reading: Reading, sightings: Iterable[Sighting], claims: Iterable[Claim], before: Mapping[int, int] = NOBODY
) -> Told:
    """What is to be linked of one reading: those of its sightings that name a person, and what its claims tell.

    `before` gives the people whom an earlier reading of the document found its sightings to be.
    """
    named = [s for s in sightings if s.kind == "person" and matching.is_name(s.name)]
    some = list(claims)
    held = {claim.subject_id for claim in some if claim.modality == "actual" and claim.kind not in OF_THE_PERSON}
    facts = matching.facts_of(some, reading.document.published_on)
    of_cases = frozenset(s.pk for s in named if s.pk in held and not matching.is_family_name(s.name))
    return Told(reading, named, facts, of_cases, before)


def link_people(readings: Sequence[Told], team: int, *, actor: Actor) -> list[Linked]:
    """For each reading of one team, in order, the links of its named people to persons on file, and the cases opened.

    A case is opened for somebody named whom an actual claim about custody concerns and who is nobody on file; a family
    name alone ("al-Darwish") waits until somebody of that name is. One
    person is at most one entity of a reading: who the reader told apart (brothers in one report) stays apart. Readings
    that are linked together are linked as they would be one after another.
    """
    audit.one_writer_at_a_time()
    known, keys = Known(team, readings), upcoming(Person)
    made_by, now = f"names via {actor.via}", timezone.now()
    rounds = [_Round(one, known, keys, made_by, now) for one in readings]
    for one in rounds:
        one.run()
    _write(rounds)
    return [one.linked for one in rounds]


def _write(rounds: Sequence[_Round]) -> None:
    """Writes the people, the cases, the links and what people are now known as."""
    linked = [one.linked for one in rounds]
    adding.add([person for one in linked for person in one.people])
    adding.add([case for one in linked for case in one.cases])
    adding.add([link for one in linked for link in one.links])
    known_as = dict.fromkeys(pair for one in rounds for pair in sorted(one.known_as))
    adding.add_values(PersonName, ("person_id", "name_id"), known_as, unless_there=True)


class _Round:
    """One reading's linking: what is decided, and the rows to add at the end."""

    def __init__(self, told: Told, known: Known, keys: Iterator[int], made_by: str, now: datetime) -> None:
        self.told, self.known, self.keys, self.made_by, self.now = told, known, keys, made_by, now
        self.linked = Linked()
        self.known_as: set[tuple[int, int]] = set()
        self.settled: set[int] = set()  # sightings that need no case: linked, or likely to be
        self.taken: set[int] = set()  # persons who are already somebody in this reading

    def run(self) -> None:
        """Decides on every sighting of the reading."""
        self.link_known(self.told.sightings)
        self.open_cases([sighting for sighting in self.told.sightings if sighting.pk in self.told.held])
        self.known.pass_by(self.told)

    def link_known(self, sightings: Sequence[Sighting]) -> None:
        """Links to people on file, the most alike first, so that a person goes to the name that fits best."""
        found = {sighting.pk: self._candidates(sighting) for sighting in sightings}
        for sighting in sorted(sightings, key=lambda s: (-max((c.match.score for c in found[s.pk]), default=0), s.pk)):
            self._link(sighting, found[sighting.pk])

    def open_cases(self, sightings: Sequence[Sighting]) -> None:
        """Opens a case for each who has none, and looks up who was seen under such a name before.

        A single name that may be short for somebody whose case this report opens is asked about instead.
        """
        alone = [sighting for sighting in sightings if sighting.pk not in self.settled]
        opened = self._open([sighting for sighting in alone if not matching.is_short(sighting.name)])
        short = [sighting for sighting in alone if matching.is_short(sighting.name)]
        opened += self._open([sighting for sighting in short if not self._ask_opened(sighting, opened)])
        if opened:
            self._link_earlier(opened)

    def _open(self, sightings: Sequence[Sighting]) -> list[_Opened]:
        opened = [_Opened(self._person(sighting), sighting) for sighting in sightings]
        for one in opened:
            self._call(one.person.pk, one.sighting.folded)
            self._add(one.sighting.pk, one.person.pk, OPENED)
        return opened

    def _person(self, sighting: Sighting) -> Person:
        person = adding.made(Person, pk=next(self.keys), name=sighting.name[:300], created_at=self.now)
        self.linked.people.append(person)
        self.linked.cases.append(adding.made(Case, team_id=self.known.team, person_id=person.pk, opened_at=self.now))
        return person

    def _ask_opened(self, sighting: Sighting, opened: Iterable[_Opened]) -> bool:
        """Whether a single name was asked about for somebody whose case this report has just opened."""
        found = [(one.person.pk, matching.compare(sighting.name, one.person.name)) for one in opened]
        likely = [(person, match) for person, match in found if match.verdict != "different"]
        for person, match in likely:
            self._add(sighting.pk, person, match.asks(TAKEN))
        return bool(likely)

    def _candidates(self, sighting: Sighting) -> list[_Candidate]:
        """Whom the name may mean, best first; the one person alone who has it to the letter if nothing disagrees."""
        called = self.known.called(sighting.folded)
        if len(called) == 1:
            found = self._best_of_each(sighting, called)
            if found and found[0].match.verdict == "same":
                return found
        return self._best_of_each(sighting, self.known.alike(sighting.folded))

    def _best_of_each(self, sighting: Sighting, alike: Iterable[Called]) -> list[_Candidate]:
        """The best match with each person who is not somebody else for sure, best first.

        Whom an earlier reading of the same words was linked to stays, where the names and what is told say so still.
        """
        known, context, before = self.known, self.known.told(sighting.pk), self.told.before.get(sighting.pk)
        best: dict[int, _Candidate] = {}
        for person, other in sorted(alike):
            match = matching.compare(sighting.name, other, context, known.context(person), is_weak=known.is_weak(other))
            if person == before and match.found and match.found.verdict == "same":
                match = match.stands()
            if match.verdict != "different" and (person not in best or _rank(match) > _rank(best[person].match)):
                best[person] = _Candidate(person, other, match)
        return sorted(best.values(), key=lambda c: (*(-x for x in _rank(c.match)), c.person))

    def _link(self, sighting: Sighting, candidates: Sequence[_Candidate]) -> None:
        same = [c for c in candidates if c.match.verdict == "same"]
        first = [c for c in same if _rank(c.match) == _rank(same[0].match)]
        chosen = first[0] if len(first) == 1 and first[0].person not in self.taken else None
        if chosen:
            self._add(sighting.pk, chosen.person, chosen.match)
            self.taken.add(chosen.person)
            self._call(chosen.person, sighting.folded)
        for candidate in _to_ask(candidates, chosen):
            self._ask(sighting, candidate, ambiguous=len(first) > 1)
        named_so = sum(c.match.is_common for c in candidates)
        if same or named_so > 1 or (candidates and matching.is_short(sighting.name)):
            self.settled.add(sighting.pk)

    def _ask(self, sighting: Sighting, candidate: _Candidate, *, ambiguous: bool) -> None:
        match = candidate.match
        if match.verdict == "same" and candidate.person in self.taken:
            match = match.asks(TAKEN)
        elif match.verdict == "same" and ambiguous:
            match = match.asks(SHARED)
        elif match.verdict == "same":
            match = match.asks(FITS_BETTER)
        self._add(sighting.pk, candidate.person, match)

    def _link_earlier(self, opened: Sequence[_Opened]) -> None:
        """Links the unlinked sightings of other documents whose name is that of a person whose case was opened.

        Two people of one report are two: a sighting goes to the one it fits best, and where two fit alike it is asked.
        """
        found = [seen for one in opened for seen in self._seen_before(one)]
        found.sort(key=lambda seen: (seen.match.verdict != "same", -seen.match.score, seen.sighting, seen.person))
        of_sighting: dict[int, list[_Seen]] = {}
        for seen in found:
            of_sighting.setdefault(seen.sighting, []).append(seen)
        used: set[tuple[int, int]] = set()  # person and reading: one person is one entity of a reading
        for some in of_sighting.values():
            self._link_seen(some, used)

    def _link_seen(self, some: Sequence[_Seen], used: set[tuple[int, int]]) -> None:
        """Links one earlier sighting to the first of `some`, where that is clear; asks about the others."""
        first = some[0]
        is_used = (first.person, first.reading) in used
        is_shared = any(_rank(one.match) == _rank(first.match) for one in some[1:])
        for one in some:
            if one.match.verdict != "same":
                self._add(one.sighting, one.person, one.match)
            elif one is first and not is_used and not is_shared:
                self._add(one.sighting, one.person, one.match)
                self._call(one.person, one.folded)
                used.add((one.person, one.reading))
            else:
                why = TAKEN if is_used else SHARED if is_shared else FITS_BETTER
                self._add(one.sighting, one.person, one.match.asks(why))

    def _seen_before(self, one: _Opened) -> Iterator[_Seen]:
        """The earlier sightings that may be the person, the newest first; few where only the names are alike."""
        context, weak = self.known.told(one.sighting.pk), 0
        for seen in self.known.before(one.sighting.folded):
            match = matching.compare(one.person.name, seen.name, context, self.known.told(seen.sighting))
            is_weak = match.verdict == "ask" and not match.agreed
            weak += is_weak
            if match.verdict != "different" and not (is_weak and weak > MOST_MEANT):
                yield _Seen(seen.sighting, seen.reading, seen.folded, one.person.pk, match)

    def _call(self, person: int, folded: str) -> None:
        if self.known.call(person, folded):
            self.known_as |= {(one, self.known.name(folded)) for one in (person, *self.known.beside(person))}

    def _add(self, sighting: int, person: int, match: Match) -> None:
        if match.verdict == "same":
            self.known.link(sighting, person)
        self.linked.links += [
            adding.made(
                Link,
                sighting_id=sighting,
                person_id=one,
                verdict=match.verdict,
                score=match.score,
                reason=match.reason,
                made_at=self.now,
                made_by=self.made_by,
            )
            for one in (person, *self.known.beside(person))
        ]


def _to_ask(candidates: Sequence[_Candidate], chosen: _Candidate | None) -> list[_Candidate]:
    """Whom somebody is to look at: few, those first for whom more speaks than the name.

    Where it is clear who is meant, nobody else is asked about for the name alone: that was asked when their file began.
    """
    others = [c for c in candidates if c is not chosen]
    agreed = [c for c in others if c.match.agreed]
    alone = [] if chosen else [c for c in others if not c.match.agreed]
    return sorted((agreed + alone)[:MOST_MEANT], key=candidates.index)


def _rank(match: Match) -> tuple[bool, float, bool]:
    return match.verdict == "same", match.score, match.agreed
