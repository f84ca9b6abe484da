"""What profile claims are read from: a page, whom it names where, and who of them is held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from habeas.extraction.document import Page
from habeas.extraction.profile.words import JOINS, PRONOUN, Words
from habeas.extraction.reading import Entity, Modality, Span
from habeas.extraction.references import Resolver

REACH = 120  # a description stands within this many characters of the name


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing told of somebody: the phase of the profile claim, its value, and the words it stands in."""

    phase: str
    value: str | int
    start: int
    end: int
    modality: Modality = "actual"


@dataclass(slots=True)
class Scene:
    """A page, the mentions of all its people in text order, and who of them is held."""

    page: Page
    entities: Mapping[str, Entity]
    resolver: Resolver
    detained: frozenset[str]
    words: Words
    mentions: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the page."""
        return self.page.text

    def sentence(self, at: int) -> Span:
        """The sentence around a place."""
        found = self.page.sentence_at(at)
        return found.start, found.end


def listed(scene: Scene, index: int) -> Iterator[str]:
    """The people who follow in the same list: "physicists X, 58, and Y, 61"."""
    for (_, before, _), (start, _, owner) in zip(scene.mentions[index:], scene.mentions[index + 1 :], strict=False):
        if not JOINS.fullmatch(scene.text, before, start):
            return
        if owner in scene.detained:
            yield owner


def list_up_to(scene: Scene, index: int) -> list[tuple[int, int, str]]:
    """The mentions of a list of names that ends with this one."""
    first = index
    while first and JOINS.fullmatch(scene.text, scene.mentions[first - 1][1], scene.mentions[first][0]):
        first -= 1
    return scene.mentions[first : index + 1]


def last_before(scene: Scene, at: int) -> str | None:
    """Whom the text means last before a place in its sentence, by name or pronoun, where held; None otherwise."""
    first = max(scene.sentence(at)[0], at - REACH)
    found = [(a, owner) for a, b, owner in scene.mentions if first <= a and b <= at]
    for pronoun in PRONOUN.finditer(scene.text, first, at):
        ids = scene.resolver.meaning(*pronoun.span())
        found += [(pronoun.start(), ids[0])] if len(ids) == 1 else []
    if not found:
        return None
    owner = max(found)[1]
    return owner if owner in scene.detained else None


def kind_at(scene: Scene, at: int) -> str | None:
    """The kind of the entity whose name holds the place; None where no name does."""
    for entity in scene.entities.values():
        if any(a <= at < b for a, b in entity.mentions):
            return entity.kind
    return None


def value_of(words: str) -> str:
    """The words as a value: single spaces, no marks around them."""
    return " ".join(words.split()).strip(" ,;")
