"""What of a description is the office, what the house it is of, and what body belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from habeas import vocab
from habeas.extraction.document import Page, Token
from habeas.extraction.entities.words import name_words
from habeas.extraction.lexicon import words
from habeas.extraction.nouns import Noun, noun_at, noun_of, people_words

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """Small words of phrases, from `vocab/en/roles.toml`."""

    empty: frozenset[str]  # "no prisoner", "any prisoner": nobody
    links: dict[str, frozenset[str]]  # kind -> prepositions that tie a phrase to the noun
    bare: frozenset[str]  # organisations spoken of without a determiner
    speaking: frozenset[str]  # roles that are told apart from whom they speak for
    houses: frozenset[str]  # before a role they are whom somebody works for: "a ministry official"
    ranks: frozenset[str]  # only before those who speak: "a police officer" is one
    sent: frozenset[str]  # roles towards somebody: "an adviser to the ministry"
    bodies: frozenset[str]  # before "of" and what they are for: "the ministry of the interior"
    inner: frozenset[str]  # a member of one of these is told with it: "member of parliament"
    parts: frozenset[str]  # of an organisation: "the legal unit of X"
    gaols: frozenset[str]  # that a body runs: "the occupation prisons"
    aware: frozenset[str]  # after a source: "a source informed in the ministry"
    working: frozenset[str]  # before "for" and "with": "a lawyer working with X"
    who_works: frozenset[str]  # the same after "who": "who speaks for X"
    anybody: frozenset[str]  # offices that are told of a woman too: "spokesman Mary X"
    final: frozenset[str]  # after them only a rank or a title stands before the name: "minister General X"
    commanding: frozenset[str]  # offices over a force: "the police chief" is the chief of the police
    ahead: frozenset[str]  # before an organisation's name they only say what it is: "the official X agency"
    settled: frozenset[str]  # they are of a place, which is nobody whom they work for: "the bishop of X"
    verbal: frozenset[str]  # verbs where a noun for people stands before them: "the manager accused"
    compounds: frozenset[str]  # nouns that a noun for people only modifies: "a prisoner swap"
    kinds: frozenset[str]  # before a spokesman they say of what kind, never whose: "the media spokesman of X"
    fielded: frozenset[str]  # offices that are told with what they are for: "head of research"
    fields: frozenset[str]  # what they are for, where its words mean people or bodies elsewhere: "public relations"
    fellows: frozenset[str]  # of kin, those who are so at work: "her colleague at the paper X"
    matters: frozenset[str]  # with "for" too: "secretary for legal affairs"
    abroad: frozenset[str]  # offices for a part of the world: "Africa director of X"
    presiding: frozenset[str]  # with what they preside over they make one office: "head of parliament"
    presided: frozenset[str]
    attending: frozenset[str]  # what they are is all their office, wherever they work: "a prison doctor"
    leading: frozenset[str]  # offices that lead something: "party chairman X" is chairman of the party
    led: frozenset[str]  # what they lead, where it stands right before them
    ofs: frozenset[str]  # of whom or where such a body is: "Student union leader X"
    grades: frozenset[str]  # ranks, that stand between an office and a name


@cache
def phrase_words() -> PhraseWords:
    """The lists, read once."""
    table = vocab.load("en", "roles")["phrases"]
    links = {kind: frozenset(found) for kind, found in table["links"].items()}
    return PhraseWords(
        frozenset(table["empty"]),
        links,
        frozenset(table["bare"]),
        frozenset(table["speaking"]),
        frozenset([*name_words().organisation_nouns, *table["houses"]]),
        frozenset(table["ranks"]),
        frozenset(table["sent"]),
        frozenset(table["bodies"]),
        frozenset(table["inner"]),
        frozenset(table["parts"]),
        frozenset(table["gaols"]),
        frozenset(table["aware"]),
        frozenset(table["working"]),
        frozenset(table["who_works"]),
        frozenset(table["anybody"]),
        frozenset(table["final"]),
        frozenset(table["commanding"]),
        frozenset(table["ahead"]),
        frozenset(table["settled"]),
        frozenset(table["verbal"]),
        frozenset(table["compounds"]),
        frozenset(table["kinds"]),
        frozenset(table["fielded"]),
        frozenset(table["fields"]),
        frozenset(table["fellows"]),
        frozenset(table["matters"]),
        frozenset(table["abroad"]),
        frozenset(table["presiding"]),
        frozenset(table["presided"]),
        frozenset(table["attending"]),
        frozenset(table["leading"]),
        frozenset(table["led"]),
        frozenset(table["ofs"]),
        frozenset(table["grades"]),
    )


def is_house(noun: Noun) -> bool:
    """Whether a noun means whom somebody works for: an organisation, or "the police"."""
    return noun.kind == "organisation" or noun.words in phrase_words().houses


def office_and_house(role: str, noun: Noun, *, placed: bool = False) -> tuple[str, str | None]:
    """Role and house of a description: "police spokesman" is a spokesman of the police. None: no house is told.

    `placed`: a place is named before, so that the house is the one there: "Kestra police commander".
    """
    found = role.split()
    head = len(found) - noun.length
    if (end := next((i for i, word in enumerate(found) if word.lower() in phrase_words().final), head)) < head:
        found, head = found[: end + 1], end  # a rank or a title follows: "Interior Minister General X"
        role = " ".join(found)
    elif (above := _above(found[:head], noun)) is not None:
        found, noun, head = found[:head], above, head - above.length  # so does one after "Army chief General X"
        role = " ".join(found)
    house = found[:head]
    if noun.words in phrase_words().leading and _is_led(house):
        return " ".join(found[len(house) :]), " ".join(house)
    if house and noun.words in phrase_words().attending and house[-1].lower() in name_words().custodial:
        return " ".join(found[-noun.length :]), None
    if not house or noun.kind not in {"person", "group"} or house[-1].lower() not in phrase_words().houses:
        return role, None
    if house[-1].lower() in phrase_words().kinds and noun.words in phrase_words().speaking:
        return role, None
    plain = people_words().modifiers | phrase_words().houses
    placed |= len(house) > 1 and house[0][0].isupper() and house[0].lower() not in plain
    placed |= noun.words in phrase_words().commanding and house[-1].lower() == "police"
    if noun.words not in phrase_words().speaking and house[-1].lower() in phrase_words().ranks and not placed:
        return role, None
    return " ".join(found[len(house) :]), " ".join(w for w in house if w.lower() not in people_words().dropped)


def _is_led(house: Sequence[str]) -> bool:
    """Whether words before a leading office are what it leads: "party", "Student union"."""
    if not house or house[-1].lower() not in phrase_words().led:
        return False
    return len(house) == 1 or (len(house) == 2 and house[0].lower() in phrase_words().ofs)


def _above(before: Sequence[str], rank: Noun) -> Noun | None:
    """The leading office that stands before a rank: "chief" in "Army chief General"; None where none does."""
    if not before or rank.words not in phrase_words().grades or before[-1].lower() not in phrase_words().leading:
        return None
    return noun_of(before[-1].lower())


def inner_body(page: Page, link: int, noun: Noun, tail: Range) -> str:
    """What of the phrase after it belongs to a role: " of the politburo", " for Foreign Affairs"; else "".

    `link` is the token of the preposition, `tail` the tokens of the phrase that it ties to the noun.
    """
    head, tokens = noun.words.split()[-1], page.tokens
    opened = tail[0] + (tokens[tail[0]].lower in words().determiners | words().possessives)
    inner = head in {"member", "members"} and tokens[min(opened, tail[1] - 1)].lower in phrase_words().inner
    presided = tail[1] - opened == 1 and tokens[opened].lower in phrase_words().presided
    inner |= head in phrase_words().presiding and presided
    second = head == "deputy" and (after := noun_at(tokens, opened)) is not None and after.kind == "person"
    if not inner and not second and noun.words != "secretary of state" and head != "minister":
        return ""
    end = next((i for i in range(opened + 1, tail[1]) if tokens[i].lower in {"of", "in"}), tail[1])
    return " " + " ".join(page.text[tokens[link].start : tokens[end - 1].end].split())


def aside(tokens: Sequence[Token], at: int) -> int:
    """How many words after who speaks tell nothing of whose they are: "speaker with the name of", "source aware in"."""
    first, *following = [token.lower for token in tokens[at : at + 4]] or [""]
    if following == ["the", "name", "of"] and first in {"in", "with", "by"}:
        return 3
    return int(first in phrase_words().aware and following[:1] in (["in"], ["at"], ["of"]))
