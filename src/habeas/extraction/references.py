"""Which entity the words at a place mean: mentions, descriptions ("the detainee"), pronouns ("he", "both")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from typing import Protocol

from habeas import vocab
from habeas.extraction.cast import Cast, Member
from habeas.extraction.document import Page
from habeas.extraction.reading import Span

_SINGULAR = {"he": "male", "him": "male", "his": "male", "himself": "male", "she": "female", "her": "female", "hers": "female", "herself": "female"}
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves", "both", "neither"])
_NEUTER = frozenset(["it", "its", "itself"])
_FIRST = frozenset(["i", "me", "my", "we", "us", "our"])


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
        """Ids of the detained people or group whom the text is about at `offset`, by nearest earlier mention."""
        ...


@cache
def _signs() -> tuple[frozenset[str], frozenset[str]]:
    table = vocab.load("en", "detention")
    return frozenset(w for w in table["strong"]), frozenset(table["weak"])


class References:
    """The page's `Resolver`."""

    def __init__(self, page: Page, cast: Cast) -> None:
        self.page, self.cast = page, cast
        self._index()
        self._find_detained()

    def _index(self) -> None:
        pairs = sorted((span, member.id) for member in self.cast for span in member.mentions)
        self.spans: list[Span] = [span for span, _ in pairs]
        self.ids: list[str] = [entity for _, entity in pairs]
        self.starts = [start for start, _ in self.spans]

    def add_mention(self, member: Member, span: Span) -> None:
        """Another mention of a member, found after the cast was made."""
        if span not in member.mentions:
            member.mentions.append(span)
            self._index()

    # -- who is held ---------------------------------------------------------------------------------------------

    def _find_detained(self) -> None:
        """Adds up what the sentences around each mention say about being held."""
        strong, weak = _signs()
        for sentence in self.page.sentences:
            words = [self.page.tokens[i].lower for i in range(sentence.first_token, sentence.last_token)]
            grams = {*words, *(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))}
            weight = len(grams & strong) + 0.3 * min(2, len(grams & weak))
            if not weight:
                continue
            for entity in {i for _, i in self.between(sentence.start, sentence.end)}:
                member = self.cast.members[entity]
                if member.kind in {"person", "group"}:
                    member.detained += weight * self._likelihood(member)
        ranked = sorted((m for m in self.cast if self._is_held(m)), key=lambda m: (-m.detained, m.id))
        self._detained = tuple(m.id for m in ranked)
        self._held = frozenset(self._detained)

    def _likelihood(self, member: Member) -> float:
        if member.kin or member.lawyer:
            return 0.05
        if member.official:
            return 0.15
        if member.kind == "group":
            return 0.1
        return 0.6 if member.named else 0.2

    def _is_held(self, member: Member) -> bool:
        return member.kind in {"person", "group"} and member.detained >= (1.5 if member.kind == "group" else 0.9)

    def detained(self) -> tuple[str, ...]:
        """Ids of those spoken of as held, most prominent first."""
        return self._detained

    def is_held(self, entity: str) -> bool:
        """Whether this entity is among those spoken of as held."""
        return entity in self._held

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

    def backwards(self, offset: int) -> Iterable[tuple[Span, Member]]:
        """Mentions that begin before `offset`, nearest first."""
        for at in range(bisect_left(self.starts, offset) - 1, -1, -1):
            yield self.spans[at], self.cast.members[self.ids[at]]

    def meaning(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of whom the words mean, by a mention in them, else by the pronoun they are; () where nothing tells."""
        found = [entity for _, entity in self.between(start, end)]
        if found:
            return self.spread(found[:1])
        word = self.page.text[start:end].split()[0].lower() if self.page.text[start:end].strip() else ""
        entity = self.pronoun(word, start)
        return self.spread([entity]) if entity else ()

    def spread(self, entities: Iterable[str]) -> tuple[str, ...]:
        """The entities with a group replaced by its people, where the page names them all."""
        found: list[str] = []
        for entity in entities:
            for one in self.cast.members[entity].members or (entity,):
                if one not in found:
                    found.append(one)
        return tuple(found)

    def pronoun(self, word: str, offset: int, *, avoid: str | None = None, held_first: bool = True) -> str | None:
        """Id of whom a pronoun at `offset` means; None where nobody fits."""
        if word in _SINGULAR:
            return self._single(_SINGULAR[word], offset, avoid, held_first)
        if word in _PLURAL:
            return self._nearest(offset, {"group", "organisation"}, avoid)
        if word in _NEUTER:
            return self._nearest(offset, {"organisation"}, avoid)
        return None

    def _single(self, gender: str, offset: int, avoid: str | None, held_first: bool) -> str | None:
        """The person nearest before; in the same sentence and the one before it, somebody held is preferred."""
        low = self.page.sentences[max(0, self.page.sentence_index(offset) - 1)].start if self.page.sentences else 0
        fallback = None
        for span, member in self.backwards(offset):
            if member.kind != "person" or member.id == avoid or member.gender not in {None, gender}:
                continue
            if fallback is None:
                fallback = member.id
            if not held_first or member.id in self._held:
                return member.id
            if span[0] < low and fallback:
                break
        if held_first and fallback is None:
            return next((i for i in self._detained if self.cast.members[i].gender in {None, gender} and i != avoid), None)
        return fallback

    def _nearest(self, offset: int, kinds: set[str], avoid: str | None) -> str | None:
        for _, member in self.backwards(offset):
            if member.kind in kinds and member.id != avoid:
                return member.id
        return None

    def in_focus(self, offset: int) -> tuple[str, ...]:
        """Ids of the detained whom the text is about at `offset`; the most prominent where none came before."""
        for _, member in self.backwards(offset):
            if member.id in self._held:
                return self.spread([member.id])
        return self._detained[:1]
