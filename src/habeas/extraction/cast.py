"""The cast of a page: who is spoken of, under which names and descriptions. Built once, in text order, then frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from habeas.extraction.nouns import Gender
from habeas.extraction.reading import Entity, EntityKind, Span
from habeas.extraction.spelling import skeleton

_LOOK_BACK = 400  # mentions: farther back nobody is meant by a description any more


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
    nouns: set[str] = field(default_factory=set)  # head nouns of its descriptions, as written
    house: str | None = None  # the organisation in "X of the Network", as text
    gender: Gender | None = None
    age: int | None = None
    owner: str | None = None  # the member whose relative, lawyer or spokesman this is
    members: tuple[str, ...] = ()  # of a group whose people the page names
    sums: bool = False  # a group that takes together people named before: "the brothers", "both men"
    named: bool = False
    kin: bool = False  # somebody's relative or friend
    lawyer: bool = False  # acts for somebody in court
    official: bool = False  # speaks or acts by office
    detained: float = 0.0  # how much on the page says that they are held

    @property
    def beside(self) -> bool:
        """Whether the member stands on the page for somebody else: a relative, a lawyer, an official."""
        return self.kin or self.lawyer or self.official

    def fits(self, gender: str | None) -> bool:
        """Whether a pronoun or noun of this gender can mean the member."""
        return gender is None or self.gender is None or self.gender == gender

    def frozen(self) -> Entity:
        """The member as the reading has it: mentions sorted, each once."""
        return Entity(self.id, self.kind, self.name, tuple(sorted(set(self.mentions))))


@dataclass(slots=True)
class Cast:
    """Every member by id, in order of appearance, and who is meant at each mention."""

    members: dict[str, Member] = field(default_factory=dict)
    phrases: list[tuple[Span, Member]] = field(default_factory=list)  # whole descriptions, apposed ones included
    recent: list[tuple[int, Member]] = field(default_factory=list)  # offset and member of each mention, in text order
    _by_word: dict[str, list[Member]] = field(default_factory=dict)
    _added: int = 0
    _into: dict[int, Member] = field(default_factory=dict)  # members merged away, by identity

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members.values())

    def add(self, kind: EntityKind, name: str) -> Member:
        """A new member, without mentions yet."""
        self._added += 1
        member = Member(f"e{self._added}", kind, name)
        self.members[member.id] = member
        return member

    def alias(self, member: Member, words: Sequence[str]) -> None:
        """Another name of a member, as its words."""
        if tuple(words) in member.aliases:
            return
        member.aliases.append(tuple(words))
        member.named = True
        found = {skeleton(word) for word in words}
        if member.kind != "person" and len(words) > 1:
            found.add(skeleton("".join(word[0] for word in words)))  # "BYC" finds it, "EU" too
        for word in found:
            known = self._by_word.setdefault(word, [])
            if member not in known:
                known.append(member)

    def named(self, word: str) -> Sequence[Member]:
        """Members with a name that holds this word, or a spelling of it."""
        return self._by_word.get(skeleton(word), ())

    def mention(self, member: Member, span: Span) -> None:
        """Another mention of a member, the latest on the page so far."""
        member.mentions.append(span)
        self.recent.append((span[0], member))

    def merge(self, member: Member, into: Member) -> None:
        """Makes two members one: descriptions and roles of `member`, whom no name was known of, go over to `into`."""
        into.mentions += [span for span in member.mentions if span not in into.mentions]
        into.roles = sorted(dict.fromkeys([*into.roles, *member.roles]), key=lambda role: role.at)
        into.nouns |= member.nouns
        into.owner = into.owner or (member.owner if member.owner != into.id else None)
        into.gender, into.age = into.gender or member.gender, into.age or member.age
        into.kin |= member.kin
        into.lawyer |= member.lawyer
        into.official |= member.official
        into.detained += member.detained
        self._into[id(member)] = into
        self.members.pop(member.id, None)
        for other in self.members.values():
            other.owner = into.id if other.owner == member.id else other.owner

    def now(self, member: Member) -> Member:
        """The member that this one has become."""
        while id(member) in self._into:
            member = self._into[id(member)]
        return member

    def latest(self) -> Iterator[Member]:
        """Who was mentioned last, nearest first; the same member may come again."""
        for at in range(len(self.recent) - 1, max(-1, len(self.recent) - 1 - _LOOK_BACK), -1):
            yield self.now(self.recent[at][1])

    def mentioned(self, start: int, end: int) -> list[tuple[int, Member]]:
        """Who was mentioned in [start, end) so far, each with the offset, in text order."""
        found: list[tuple[int, Member]] = []
        for at, member in self.recent[: -_LOOK_BACK - 1 : -1]:
            if at < start:
                break
            if at < end:
                found.append((at, self.now(member)))
        return found[::-1]

    def settle(self) -> None:
        """Drops members that are nowhere mentioned and numbers the rest in order of appearance."""
        used = sorted((m for m in self if m.mentions), key=lambda m: min(m.mentions))
        self._added = len(used)
        renamed = {member.id: f"e{number}" for number, member in enumerate(used, 1)}
        for member in used:
            member.id = renamed[member.id]
            member.owner = renamed.get(member.owner) if member.owner else None
            member.members = tuple(renamed[i] for i in member.members if i in renamed)
        self.members = {member.id: member for member in used}
        self.phrases = sorted(((span, self.now(m)) for span, m in self.phrases), key=lambda pair: pair[0])
