"""Which person on file each name in a reading is, and which names open a case. Called by `services.take_in` alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from habeas.cases import matching
from habeas.cases.matching import NOTHING_KNOWN, Match
from habeas.cases.models import Case, Claim, Link, Name, NameKey, Person, PersonName, Reading, Sighting
from habeas.core.actor import Actor
from habeas.names import Context
from habeas.names.keys import is_of_one_part

MOST_MEANT = 5  # people asked about by a single name alone
MOST_SHORT = 300  # names that a first or last part may be short for; more tell nothing
TAKEN = "but this report has another name for this person already"
SHARED = "but more than one person on file is called so"
FITS_BETTER = "but another person on file fits better"
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
    name: int
    person: int
    match: Match


def link_people(
    reading: Reading, team: int, sightings: Iterable[Sighting], claims: Iterable[Claim], *, actor: Actor
) -> Linked:
    """The links of a reading's named people to persons on file, and the cases opened for those who need one.

    A case is opened for somebody named whom an actual claim about custody concerns and who is nobody on file; a family
    name alone ("al-Darwish") waits until somebody of that name is. One
    person is at most one entity of a reading: who the reader told apart (brothers in one report) stays apart.
    """
    named = [s for s in sightings if s.kind == "person" and matching.is_name(s.name)]
    if not named:
        return Linked()
    told = list(claims)
    round_ = _Round(reading, team, f"names via {actor.via}", timezone.now())
    round_.contexts = matching.contexts(matching.facts_of(told, reading.document.published_on))
    held = {claim.subject_id for claim in told if claim.modality == "actual" and claim.kind not in OF_THE_PERSON}
    round_.learn_names(named)
    round_.link_known(named)
    round_.open_cases([s for s in named if s.pk in held and not matching.is_family_name(s.name)])
    return round_.finish()


class _Round:
    """One reading's linking: what is known, what is decided, and the rows to add at the end."""

    def __init__(self, reading: Reading, team: int, made_by: str, now: datetime) -> None:
        self.reading, self.team, self.made_by, self.now = reading, team, made_by, now
        self.names: dict[str, int] = {}  # by the folded name
        self.near: dict[str, set[int]] = {}  # the names that share a key with it
        self.links: list[Link] = []
        self.known_as: set[tuple[int, int]] = set()
        self.settled: set[int] = set()  # sightings that need no case: linked, or likely to be
        self.taken: set[int] = set()  # persons who are already somebody in this reading
        self.people: list[Person] = []
        self.cases: list[Case] = []
        self.contexts: dict[int, Context] = {}  # what this reading tells of each sighting besides the name

    def learn_names(self, sightings: Sequence[Sighting]) -> None:
        """Keeps each new name once, with the keys it is looked up by."""
        wanted = {sighting.folded: sighting.name for sighting in sightings}
        known = Name.objects.filter(team=self.team, folded__in=wanted).values_list("folded", "pk")
        self.names = dict(known)
        new = [Name(team_id=self.team, folded=f, name=n) for f, n in wanted.items() if f not in self.names]
        Name.objects.bulk_create(new)
        NameKey.objects.bulk_create(NameKey(name=name, key=key) for name in new for key in matching.keys(name.name))
        self.names |= {name.folded: name.pk for name in new}
        self.near = _near(wanted)

    def link_known(self, sightings: Sequence[Sighting]) -> None:
        """Links to people on file, the most alike first, so that a person goes to the name that fits best."""
        found = self._candidates(sightings)
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
        people = [Person(name=sighting.name[:300], created_at=self.now) for sighting in sightings]
        self.people += Person.objects.bulk_create(people)
        self.cases += Case.objects.bulk_create(
            Case(team_id=self.team, person=person, opened_at=self.now) for person in people
        )
        for sighting, person in zip(sightings, people, strict=True):
            self.known_as.add((person.pk, self.names[sighting.folded]))
            self._add(sighting.pk, person.pk, Match(1.0, "same", "the report that opened the case"))
        return [_Opened(*pair) for pair in zip(people, sightings, strict=True)]

    def _ask_opened(self, sighting: Sighting, opened: Iterable[_Opened]) -> bool:
        """Whether a single name was asked about for somebody whose case this report has just opened."""
        found = [(one.person.pk, matching.compare(sighting.name, one.person.name)) for one in opened]
        likely = [(person, match) for person, match in found if match.verdict != "different"]
        for person, match in likely:
            self._add(sighting.pk, person, Match(match.score, "ask", f"{match.reason}; {TAKEN}"))
        return bool(likely)

    def finish(self) -> Linked:
        """Writes the links and what people are now known as."""
        Link.objects.bulk_create(self.links)
        PersonName.objects.bulk_create(
            [PersonName(person_id=person, name_id=name) for person, name in sorted(self.known_as)],
            ignore_conflicts=True,
        )
        return Linked(self.people, self.cases, self.links)

    def _candidates(self, sightings: Sequence[Sighting]) -> dict[int, list[_Candidate]]:
        called: dict[int, list[tuple[int, str]]] = {}
        rows = PersonName.objects.filter(
            name__in=set[int]().union(*self.near.values()), name__team=self.team, person__merged_into=None
        )
        for pk, person, name in rows.values_list("name", "person", "name__name"):
            called.setdefault(pk, []).append((person, name))
        alike = {
            s.pk: {
                (person, name)
                for pk in self.near[s.folded] & called.keys()
                for person, name in called[pk]
                if matching.may_be(s.name, name)
            }
            for s in sightings
        }
        known = _contexts_of({person for found in alike.values() for person, _name in found})
        return {
            s.pk: _best_of_each(s.name, alike[s.pk], self.contexts.get(s.pk, NOTHING_KNOWN), known) for s in sightings
        }

    def _link(self, sighting: Sighting, candidates: Sequence[_Candidate]) -> None:
        is_short = matching.is_short(sighting.name)
        if is_short and len(candidates) > MOST_MEANT:
            candidates = [c for c in candidates if c.match.agreed][:MOST_MEANT] or candidates[:MOST_MEANT]
        same = [c for c in candidates if c.match.verdict == "same"]
        first = [c for c in same if c.match.score == same[0].match.score]
        chosen = first[0] if len(first) == 1 and first[0].person not in self.taken else None
        for candidate in candidates:
            if candidate is chosen:
                self._add(sighting.pk, candidate.person, candidate.match)
                self.taken.add(candidate.person)
                self.known_as.add((candidate.person, self.names[sighting.folded]))
            else:
                self._ask(sighting, candidate, ambiguous=len(first) > 1)
        if same or (candidates and is_short):
            self.settled.add(sighting.pk)

    def _ask(self, sighting: Sighting, candidate: _Candidate, *, ambiguous: bool) -> None:
        match = candidate.match
        if match.verdict == "same" and candidate.person in self.taken:
            reason = f"{match.reason}; {TAKEN}"
        elif match.verdict == "same" and ambiguous:
            reason = f"{match.reason}; {SHARED}"
        elif match.verdict == "same":
            reason = f"{match.reason}; {FITS_BETTER}"
        else:
            reason = match.reason
        self._add(sighting.pk, candidate.person, Match(match.score, "ask", reason))

    def _link_earlier(self, opened: Sequence[_Opened]) -> None:
        """Links the unlinked sightings of other documents whose name is that of a person whose case was opened.

        Two people of one report are two: a sighting goes to the one it fits best, and where two fit alike it is asked.
        """
        near = {one.sighting.folded: (one.person.name, self.near[one.sighting.folded]) for one in opened}
        earlier = _Earlier(self.reading, self.team, near)
        found = [seen for one in opened for seen in self._seen_before(one, earlier)]
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
                self.known_as.add((one.person, one.name))
                used.add((one.person, one.reading))
            else:
                why = TAKEN if is_used else SHARED if is_shared else FITS_BETTER
                self._add(one.sighting, one.person, Match(one.match.score, "ask", f"{one.match.reason}; {why}"))

    def _seen_before(self, one: _Opened, earlier: _Earlier) -> Iterator[_Seen]:
        """The earlier sightings that may be the person, the newest first; few by a single name and nothing else."""
        context, weak = self.contexts.get(one.sighting.pk, NOTHING_KNOWN), 0
        for sighting, reading, folded in earlier.sightings:
            name = earlier.alike[one.sighting.folded].get(folded)
            if name is None:
                continue
            told = earlier.contexts.get(sighting, NOTHING_KNOWN)
            match = matching.compare(one.person.name, name, context, told)
            is_weak = match.verdict == "ask" and not match.agreed and matching.is_short(name)
            weak += is_weak
            if match.verdict != "different" and not (is_weak and weak > MOST_MEANT):
                yield _Seen(sighting, reading, earlier.names[folded], one.person.pk, match)

    def _add(self, sighting: int, person: int, match: Match) -> None:
        self.links.append(
            Link(
                sighting_id=sighting,
                person_id=person,
                verdict=match.verdict,
                score=match.score,
                reason=match.reason,
                made_at=self.now,
                made_by=self.made_by,
            )
        )


class _Earlier:
    """The unlinked sightings of other readings whose names are like those that open cases, and what is told of each."""

    def __init__(self, reading: Reading, team: int, opening: Mapping[str, tuple[str, set[int]]]) -> None:
        near = set[int]().union(*(names for _name, names in opening.values()))
        rows = list(Name.objects.filter(team=team, pk__in=near).values_list("pk", "folded", "name"))
        self.names = {folded: pk for pk, folded, _name in rows}
        self.alike = {
            opens: {folded: other for pk, folded, other in rows if pk in names and matching.may_be(name, other)}
            for opens, (name, names) in opening.items()
        }
        found = (
            Sighting.objects.filter(
                reading__document__team=team, kind="person", folded__in=set[str]().union(*self.alike.values())
            )
            .exclude(Q(reading=reading) | Q(links__verdict="same"))
            .order_by("-id")
        )
        self.sightings = list(found.values_list("pk", "reading", "folded"))
        told = Claim.objects.filter(subject__in=[pk for pk, _reading, _folded in self.sightings])
        self.contexts = matching.contexts(matching.facts(told)) if self.sightings else {}


def _contexts_of(people: Collection[int]) -> dict[int, Context]:
    """What is known of people on file besides their names, from what they were linked to last.

    Who is in every report has thousands of links; the newest tell one person from another as well as all of them.
    """
    if not people:
        return {}
    links = Link.objects.filter(person__in=people).order_by("-pk").values_list("sighting", "person", "verdict")
    newest: dict[tuple[int, int], str] = {}
    for sighting, person, verdict in links[: matching.MOST_FACTS]:
        newest.setdefault((sighting, person), verdict)
    person_of = {sighting: person for (sighting, person), verdict in newest.items() if verdict == "same"}
    return matching.contexts(matching.facts(Claim.objects.filter(subject__in=person_of)), person_of)


def _best_of_each(
    name: str, known: Iterable[tuple[int, str]], context: Context, contexts: Mapping[int, Context]
) -> list[_Candidate]:
    """The best match with each person who is not somebody else for sure, best first."""
    best: dict[int, _Candidate] = {}
    for person, other in sorted(known):
        match = matching.compare(name, other, context, contexts.get(person, NOTHING_KNOWN))
        if match.verdict != "different" and (person not in best or _rank(match) > _rank(best[person].match)):
            best[person] = _Candidate(person, other, match)
    return sorted(best.values(), key=lambda c: (*(-x for x in _rank(c.match)), c.person))


def _rank(match: Match) -> tuple[bool, float]:
    return match.verdict == "same", match.score


def _near(wanted: Mapping[str, str]) -> dict[str, set[int]]:
    """The names that share a key with each of these, by its folded form; the index alone answers, for any team."""
    asked = {folded: matching.asked_keys(name) for folded, name in wanted.items()}
    by_key: dict[str, set[int]] = {}
    every = frozenset[str]().union(*asked.values())
    for key, name in NameKey.objects.filter(key__in=every).values_list("key", "name"):
        by_key.setdefault(key, set()).add(name)
    told = {key: names for key, names in by_key.items() if len(names) <= MOST_SHORT or not is_of_one_part(key)}
    return {folded: set[int]().union(*(told.get(key, ()) for key in keys)) for folded, keys in asked.items()}
