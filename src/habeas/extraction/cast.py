"""The cast of a page: who is spoken of, under which names and descriptions. Built once, in text order, then frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from habeas.extraction.nouns import Gender
from habeas.extraction.reading import Entity, EntityKind, Span


@dataclass(frozen=True, slots=True)
class Role:
    """An office or relation as text, with the organisation it is of, as text, and the offset where it was read."""

    words: str
    organisation: str | None = None
    at: int = 0


@dataclass(slots=True)
class Member:
    """One of the cast while the page is being read."""

    id: str
    kind: EntityKind
    name: str
    mentions: list[Span] = field(default_factory=list)
    aliases: list[tuple[str, ...]] = field(default_factory=list)  # each name as its words
    roles: list[Role] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)  # head nouns of its descriptions, singular as written
    gender: Gender | None = None
    age: int | None = None
    owner: str | None = None  # the member whose relative, lawyer or spokesman this is
    members: tuple[str, ...] = ()  # of a group whose people the page names
    named: bool = False
    kin: bool = False
    lawyer: bool = False
    official: bool = False  # speaks or acts by office: not taken for detained without plain words
    detained: float = 0.0  # how much on the page says that they are held

    def frozen(self) -> Entity:
        """The member as the reading has it: mentions sorted, each once."""
        return Entity(self.id, self.kind, self.name, tuple(sorted(set(self.mentions))))


@dataclass(slots=True)
class Cast:
    """Every member by id, in order of appearance, and who is meant at each mention."""

    members: dict[str, Member] = field(default_factory=dict)
    phrases: list[tuple[Span, Member]] = field(default_factory=list)  # whole descriptions, apposed ones included

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members.values())

    def add(self, kind: EntityKind, name: str) -> Member:
        """A new member, without mentions yet."""
        member = Member(f"e{len(self.members) + 1}", kind, name)
        self.members[member.id] = member
        return member

    def before(self, offset: int) -> list[tuple[Span, Member]]:
        """Mentions that begin before `offset`, nearest first."""
        found = [(span, member) for member in self for span in member.mentions if span[0] < offset]
        return sorted(found, key=lambda pair: -pair[0][0])
