"""Which entity the words at a place mean: mentions, descriptions ("the detainee"), pronouns ("he", "both")."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

from habeas.extraction.cast import Cast, Member
from habeas.extraction.document import Page
from habeas.extraction.reading import Span, Spans
from habeas.extraction.references.gender import find_genders
from habeas.extraction.references.held import Notes, weigh
from habeas.extraction.references.joint import is_joint
from habeas.extraction.references.pronouns import OWNING, PLURAL, SINGULAR, Pronoun, Pronouns, Told
from habeas.extraction.references.signs import Place

_HELD = {"person": 0.9, "group": 1.5}  # from this weight on somebody counts as held
_BESIDE = 1.7  # the same for relatives and lawyers, who stand near such words all the time


_UNTOLD = -9.0  # nothing on the page says that they are held
_SURE = 0.8  # from this weight on somebody is taken for the one whom the text is about


class Resolver(Protocol):
    """Answers who is meant. All offsets are code points into the page's text; ids are entity ids."""

    def meaning(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of the entities that the words [start, end) mean; () where that cannot be told.

        The words may be a name or part of one, a description ("the detainee", "her client", "the two brothers"), or a
        pronoun ("he", "his", "they", "both"). Several ids stand for several named people, in text order.
        """
        ...

    def detained(self) -> tuple[str, ...]:
        """Ids of the people and groups that the page speaks of as held in detention, most prominent first."""
        ...

    def in_focus(self, offset: int) -> tuple[str, ...]:
        """Ids of the detained whom the text is about at `offset`: those named last there, else the main one."""
        ...


class References:
    """The page's `Resolver`."""

    def __init__(self, page: Page, cast: Cast) -> None:
        self.page, self.cast = page, cast
        self.notes = Notes(page)
        self._told: list[Told] = []
        self._sources: dict[int, str] = {}  # offset of each pronoun that is a source -> who speaks
        self._index()
        find_genders(page, cast, self._mentions())
        self._rank(())
        self.hear(())

    def _index(self) -> None:
        pairs = sorted((span, member.id) for member in self.cast for span in member.mentions)
        self.spans: list[Span] = [span for span, _ in pairs]
        self.ids: list[str] = [entity for _, entity in pairs]
        self.starts = [start for start, _ in self.spans]

    def add_mention(self, member: Member, span: Span) -> None:
        """Another mention of a member, found after the cast was made."""
        if span in member.mentions:
            return
        member.mentions.append(span)
        at = bisect_left(self.spans, span)
        self.spans.insert(at, span)
        self.ids.insert(at, member.id)
        self.starts.insert(at, span[0])

    def merge(self, member: Member, into: Member) -> None:
        """Makes a description's member one with the named one that it goes with."""
        spans = set(member.mentions)
        self.cast.merge(member, into)
        into.mentions = [span for span in into.mentions if span not in spans]  # it stands in apposition
        self._index()

    def join(self, member: Member, into: Member) -> None:
        """Makes a description's member one with the named one that it means, where each of its mentions counts."""
        self.cast.merge(member, into)
        self._index()

    def hear(self, told: Iterable[tuple[Spans, Member]]) -> None:
        """Takes in who said what (content spans and speaker): a speaker is "I", and seldom "he", in their own words."""
        self._told = [Told(start, end, member.id) for content, member in told for start, end in content]
        sources = {at: entity for at, entity in self._sources.items() if entity in self.cast.members}
        self.pronouns = Pronouns(self.page, self.cast, self._mentions(), self._surely, self._told, sources)
        self._sum_up()
        self._rank(self.pronouns)

    def settle(self, at: int, speaker: str) -> None:
        """Takes in that the pronoun at an offset is a source that means this person."""
        self._sources[at] = speaker
        self.pronouns.settle(at, speaker)

    def _sum_up(self) -> None:
        """Finds the people of groups that take together people named before."""
        for group in self.cast:
            if group.sums and group.mentions:
                start, end = min(group.mentions)
                named = self.pronouns.together(start, self.page.text[start:end].split())
                group.members = tuple(i for i in named if i != group.id)

    def _mentions(self) -> list[tuple[Span, Member]]:
        return [(span, self.cast.members[entity]) for span, entity in zip(self.spans, self.ids, strict=True)]

    # -- who is held ---------------------------------------------------------------------------------------------

    def _rank(self, pronouns: Iterable[Pronoun]) -> None:
        """Finds who is held, from names and descriptions and from the pronouns that mean them."""
        people = ("person", "group")
        members = self.cast.members
        found = [Place(s, members[i]) for s, i in zip(self.spans, self.ids, strict=True) if members[i].kind in people]
        found += [Place(p.span, members[p.meant], pronoun=True, owns=p.word in OWNING) for p in pronouns if p.meant]
        self.places = sorted(found, key=lambda place: place.span)
        leanings = weigh(self.notes, self.cast, self.places, self.speakers())
        weights = {entity: leaning.weight if leaning.told else _UNTOLD for entity, leaning in leanings.items()}
        held = [entity for entity, weight in weights.items() if weight > 0 and not members[entity].members]
        counted = Counter(place.member.id for place in self.places)
        prominence = {entity: counted[entity] + weights[entity] for entity in held}
        self._detained = tuple(sorted(held, key=lambda entity: (-prominence[entity], min(members[entity].mentions))))
        self._surely = tuple(entity for entity in self._detained if weights[entity] > _SURE) or self._detained[:1]
        self._held = frozenset(self._detained)
        self._weights, self._leanings = weights, leanings

    def hold(self, entities: Iterable[str]) -> bool:
        """Counts these as held too, of whom the page's claims tell it; whether that is news of any of them."""
        told = Counter(entity for entity in entities if entity in self.cast.members and entity not in self._held)
        self._detained += tuple(entity for entity, _ in told.most_common())
        self._held = self._held.union(told)
        return bool(told)

    def speakers(self) -> frozenset[str]:
        """Ids of those who say something on the page, as far as `hear` was told."""
        return frozenset(told.speaker for told in self._told)

    def detained(self) -> tuple[str, ...]:
        """Ids of those spoken of as held, most prominent first."""
        return self._detained

    def is_held(self, entity: str) -> bool:
        """Whether this entity is among those spoken of as held."""
        return entity in self._held

    def weight(self, entity: str) -> float:
        """How likely an entity is held: above 0 is more likely than not; far below 0 where nothing tells."""
        return self._weights.get(entity, _UNTOLD)

    def leaning(self, entity: str) -> float:
        """How likely an entity would be held, whether or not anything on the page tells that they are."""
        return self._leanings[entity].weight if entity in self._leanings else _UNTOLD

    # -- looking up ----------------------------------------------------------------------------------------------

    def between(self, start: int, end: int) -> list[tuple[Span, str]]:
        """Mentions that overlap [start, end), in text order."""
        first = bisect_left(self.starts, start)
        while first > 0 and self.spans[first - 1][1] > start:
            first -= 1
        found = []
        for at in range(first, len(self.spans)):
            if self.spans[at][0] >= end:
                break
            if self.spans[at][1] > start:
                found.append((self.spans[at], self.ids[at]))
        return found

    def backwards(self, offset: int) -> Iterator[tuple[Span, Member]]:
        """Mentions that begin before `offset`, nearest first."""
        for at in range(bisect_left(self.starts, offset) - 1, -1, -1):
            yield self.spans[at], self.cast.members[self.ids[at]]

    def meaning(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of whom the words mean, by a mention in them, else by the pronoun they are; () where nothing tells."""
        found = [entity for _, entity in self.between(start, end)]
        if found:
            return self.spread(found[:1])
        words = self.page.text[start:end].split()
        word = words[0].lower() if words else ""
        if word in PLURAL or (len(words) > 1 and word not in SINGULAR):
            return self.pronouns.together(start, words)
        entity = self.pronouns.at(start) or self.pronouns.guess(word, start)
        return self.spread([entity]) if entity else ()

    def meant_in(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of whom the names, descriptions and pronouns in [start, end) mean, each once, in text order."""
        found = [(span[0], entity) for span, entity in self.between(start, end)]
        found += [(p.span[0], p.meant) for p in self.pronouns.between(start, end) if p.meant]
        found += [(at, entity) for at, ids in self.pronouns.plurals(start, end) for entity in ids]
        return self.spread([entity for _, entity in sorted(found)])

    def spread(self, entities: Iterable[str]) -> tuple[str, ...]:
        """The entities with a group replaced by its people, where the page names them all."""
        found: dict[str, None] = {}
        for entity in entities:
            found.update(dict.fromkeys(self.cast.members[entity].members or (entity,)))
        return tuple(found)

    def in_focus(self, offset: int) -> tuple[str, ...]:
        """Ids of the detained whom the text is about at `offset`: the last ones of its paragraph, else the main one."""
        low = self._paragraph(offset)
        latest = self.pronouns.before(offset)
        for span, member in self.backwards(offset):
            if latest and latest.meant and latest.span[0] > max(low, span[0]) and latest.meant in self._held:
                return self.spread([latest.meant])
            if span[0] < low:
                break
            if member.id in self._held:
                return self.spread(self._beside(span, member))
        return self._detained[:1]

    def _beside(self, span: Span, member: Member) -> list[str]:
        """A member with those held who are named together with them: "A, B and C"."""
        found, at = [member.id], bisect_left(self.spans, span)
        while at and is_joint(self.page, self.spans[at - 1], self.spans[at]) and self.ids[at - 1] in self._held:
            at -= 1
            found.append(self.ids[at])
        return found[::-1]

    def _paragraph(self, offset: int) -> int:
        """Where the paragraph around an offset begins."""
        if not self.page.sentences:
            return 0
        return self.page.paragraphs[self.page.sentence_at(offset).paragraph][0]
