"""A document's cards and names as words to light, and counts for the key above the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from habeas.cases.casefile import Row, Said
from habeas.cases.shown import Card, DocumentView
from habeas.web.desk import wording
from habeas.web.desk.lit import Lit

STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A card with the number and family that it shares with its words; `joined` where the card before has the same."""

    card: Card
    number: int
    family: str
    joined: bool = False

    @property
    def foot(self) -> Foot | None:
        """The foot of the card."""
        told = self.card.row or self.card.said
        return Foot.of(told) if told else None


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot of a card shows: how its claim or statement (`key`) was judged, and what it waits for."""

    what: str
    key: int
    judged: str = "proposed"
    waits: str = ""
    by_hand: bool = False

    @classmethod
    def of(cls, judged: Row | Said) -> Foot:
        """The foot of the card of a claim or statement."""
        if isinstance(judged, Row):
            return cls("claim", judged.claim, judged.judged, judged.waits, judged.by_hand)
        return cls("statement", judged.statement, judged.judged, judged.waits)


def numbered(cards: Iterable[Card]) -> list[Numbered]:
    """The cards in text order, numbered from 1."""
    shown: list[Numbered] = []
    for number, card in enumerate(cards, 1):
        before = shown[-1].card if shown else None
        joined = before is not None and (before.spans, before.row is None) == (card.spans, card.row is None)
        shown.append(Numbered(card, number, family_of(card), joined))
    return shown


def family_of(card: Card) -> str:
    """The family that gives a card its look: statement, or the line its claim belongs to."""
    return wording.family(card.row.kind) if card.row else STATEMENT


def to_light(view: DocumentView, cards: Iterable[Numbered]) -> list[Lit]:
    """All words of a document that are lit: those of its cards, and the names of people with a case."""
    names = Lit("", 0, "name", [mention.span for mention in view.mentions if mention.case])
    return [names, *(_lit(shown) for shown in cards)]


def tally(cards: Iterable[Numbered]) -> list[tuple[str, int]]:
    """How many cards there are of each family that occurs, in the order in which families are shown."""
    counted = Counter(shown.family for shown in cards)
    return [(family, counted[family]) for family in (*wording.FAMILIES, STATEMENT) if counted[family]]


def _lit(shown: Numbered) -> Lit:
    card = shown.card
    what = wording.claim_words(card.row) if card.row else gettext("statement")
    return Lit(card.key, shown.number, shown.family, card.spans, f"{shown.number}: {what}")
