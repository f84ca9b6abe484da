"""What the words around a person say of their being held (`vocab/en/detention.toml`, `[held]`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from habeas import vocab
from habeas.extraction.cast import Member
from habeas.extraction.document import Page
from habeas.extraction.entities.words import held_modifiers
from habeas.extraction.reading import Span
from habeas.extraction.references.joint import is_joint

_CLAUSE = 28  # tokens after a mention that can still say something of it
_BE = "was|were|is|are|be|been|being|got|gets|remains|remained|remain|'s"
_NOT = re.compile(r"\b(?:not|never) (?:been |yet )?$")
_LISTS = ("passive", "phrases", "before", "owned", "lead", "left_out")


class Place(NamedTuple):
    """One mention of a person or group, or a pronoun that means them."""

    span: Span
    member: Member
    pronoun: bool = False
    owns: bool = False  # "his", "their"


@dataclass(frozen=True, slots=True)
class _Signs:
    after: re.Pattern[str]
    before: re.Pattern[str]
    owned: re.Pattern[str]
    lead: re.Pattern[str]
    left_out: re.Pattern[str]
    saying: frozenset[str]


@cache
def _signs() -> _Signs:
    table = vocab.load("en", "detention")["held"]
    passive, phrases, before, owned, lead, omitted = (
        "|".join(sorted(map(re.escape, table[key]), key=len, reverse=True)) for key in _LISTS
    )
    return _Signs(
        re.compile(rf"(?:^| )(?:(?:{_BE}) (?:\w+ )?(?:{passive})|{phrases})(?= |$)"),
        re.compile(rf"(?:^| )(?:{before}) $"),
        re.compile(rf"(?:\w+ )?(?:{owned})(?= |$)"),
        re.compile(rf"(?:(?:{lead})\.? )+$"),
        re.compile(rf"(?:{omitted})\b"),
        frozenset(table["saying"]),
    )


def told(page: Page, place: Place, following: int) -> str | None:
    """Which sign the clause around one mention gives: modifier, before, owned or after; None where it gives none.

    `following` is where the next mention begins.
    """
    signs, (start, end) = _signs(), place.span
    before = _before(page, start)
    if before and before.split()[-1] in held_modifiers():
        return "modifier"
    if not place.owns and signs.before.search(signs.lead.sub("", before)):
        return "before"
    after = _after(page, end, following)
    if place.owns or after.startswith("'s "):
        return "owned" if signs.owned.match(after.removeprefix("'s ")) else None
    match = signs.after.search(after)
    return "after" if match and not _NOT.search(after[: match.start() + 1]) else None


def sharing(page: Page, places: Sequence[Place], number: int, sign: str) -> Iterable[Member]:
    """Whoever shares what is told at one place: the people joined with it by "and", on the side away from the words."""
    members = {id(places[number].member): places[number].member}
    step = {"after": -1, "before": 1}.get(sign, 0)
    at = number
    while step and 0 <= at + step < len(places):
        left, right = sorted((places[at].span, places[at + step].span))
        if not places[at + step].member.named or not is_joint(page, left, right):
            break
        at += step
        members[id(places[at].member)] = places[at].member
    return members.values()


def left_out(page: Page, places: Sequence[Place]) -> Iterator[Member]:
    """Who is meant by sentences that leave them out: "X, 39, from Y: day 80. Arrested on 27 October." """
    at = -1
    for number, sentence in enumerate(page.sentences):
        while at + 1 < len(places) and places[at + 1].span[0] < sentence.start:
            at += 1
        before = page.sentences[number - 1] if number else sentence
        if at < 0 or before is sentence or before.paragraph != sentence.paragraph:
            continue
        words = " ".join(token.lower for token in page.tokens[sentence.first_token : sentence.first_token + 5])
        if _signs().left_out.match(words) and places[at].span[0] >= before.start:
            yield places[at].member


def _before(page: Page, at: int) -> str:
    """The six words before an offset, in small letters, each with a space after it."""
    end = page.token_index(at)
    start = max(page.sentence_at(at).first_token, end - 6)
    return "".join(f"{token.lower} " for token in page.tokens[start:end])


def _after(page: Page, at: int, following: int) -> str:
    """The words of the clause after an offset, up to the next mention, a verb of saying or the end of the sentence."""
    first = page.token_index(at)
    last = min(page.sentence_at(at - 1).last_token, first + _CLAUSE)
    found: list[str] = []
    saying = _signs().saying
    for token in page.tokens[first:last]:
        if token.lower in {"that", ";", "whose"} or token.lower in saying:
            break
        if token.start >= following and "," not in found[:2]:  # a comma opens an apposition, which may name others
            break
        found.append(token.lower)
    return " ".join(found)
