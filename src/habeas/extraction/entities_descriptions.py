"""Descriptions on the page: noun phrases that mean a person, a group, an organisation or a place without naming it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from habeas import vocab
from habeas.extraction.document import Page, Token
from habeas.extraction.entities_names import Name, demonyms
from habeas.extraction.lexicon import closed_words, cue_forms, words
from habeas.extraction.nouns import Noun, noun_at
from habeas.extraction.reading import EntityKind

_MOST_MODIFIERS = 5
_YEARS = re.compile(r"(\d{1,3})-year-old")
_LINKS = frozenset(["of", "for", "from", "at", "in", "to", "on", "with"])


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase of tokens [first, last) whose head noun begins at `head`.

    `owner` is the token range of whoever it is described by ("his", "Ganai's", "of the club"); `role` the words of the
    office with their modifiers, determiner aside.
    """

    first: int
    head: int
    last: int
    noun: Noun
    role: str
    determiner: str | None
    owner: tuple[int, int] | None
    age: int | None = None
    tail: tuple[int, int] | None = None  # the phrase after of, for, from, at: "of the prison service"

    @property
    def kind(self) -> EntityKind:
        """Kind of entity that the head noun means."""
        return self.noun.kind


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(vocab.load("en", "roles")["modifiers"]["words"])


def find_descriptions(page: Page, names: Sequence[Name]) -> list[Description]:
    """Noun phrases headed by a describing noun, in text order; words inside names are left to the names."""
    named = {i: n for n in names for i in range(n.first, n.last)}
    found: list[Description] = []
    at = 0
    while at < len(page.tokens):
        if at in named:
            at += 1
            continue
        noun = noun_at(page.tokens, at) or _years(page.tokens[at])
        if noun is None or _is_modifier_use(page, at, noun, named):
            at += 1
            continue
        phrase = _phrase(page, at, noun, named, found[-1].last if found else 0)
        if phrase:
            found.append(phrase)
        at += noun.length
    return found


def _years(token: Token) -> Noun | None:
    """ "the 49-year-old" stands for a person by itself."""
    return Noun(token.lower, 1, "person") if _YEARS.fullmatch(token.lower) else None


def _is_modifier_use(page: Page, at: int, noun: Noun, named: dict[int, Name]) -> bool:
    """Whether the noun only modifies the next one: the "prison" of "prison service", the "student" of "student leader"."""
    after = at + noun.length
    if after >= len(page.tokens) or after in named:
        return False
    if _gap(page, after):
        return False
    if _YEARS.fullmatch(noun.words):
        word = page.tokens[after].lower
        return word not in closed_words() and word[0].isalpha() and not word.endswith("ed") and word not in cue_forms()
    following = noun_at(page.tokens, after)
    if following is None and after + 1 < len(page.tokens) and page.tokens[after].lower in _modifiers():
        following = noun_at(page.tokens, after + 1)
    return following is not None and not noun.plural and not (following.plural and following.words in {"four", "two", "three"})


def _gap(page: Page, at: int) -> bool:
    return "\n" in page.text[page.tokens[at - 1].end : page.tokens[at].start] or not page.tokens[at].text[0].isalnum()


def _phrase(page: Page, at: int, noun: Noun, named: dict[int, Name], low: int) -> Description | None:
    tokens = page.tokens
    if tokens[at].is_capital and at not in _starts(page, at) and noun.kind in {"organisation", "place"}:
        return None
    first, determiner, owner, age = _left(page, at, named, low)
    if noun.words in words().numbers and determiner not in {"the", "all", "these", "those", "other", "his", "her", "their"}:
        return None
    if determiner is None and not noun.plural and noun.kind != "person":
        if noun.words not in {"police", "parliament"}:
            return None
    role_first = first + (1 if determiner else 0)
    if owner and owner[0] >= first:
        role_first = owner[1] + (1 if tokens[owner[1]].lower in {"'s", "'", "’"} else 0) if owner[1] > role_first else role_first
    role_first = min(role_first, at)
    role = page.text[tokens[role_first].start : tokens[at + noun.length - 1].end]
    last, tail = _right(page, at + noun.length, noun, named)
    return Description(first, at, last, noun, " ".join(role.split()), determiner, owner, age, tail)


def _starts(page: Page, at: int) -> set[int]:
    return {page.sentence_at(page.tokens[at].start).first_token}


def _left(page: Page, at: int, named: dict[int, Name], low: int) -> tuple[int, str | None, tuple[int, int] | None, int | None]:
    """Where the phrase begins, its determiner, its possessor and the age it gives."""
    tokens, first, age = page.tokens, at, None
    while first - 1 >= low and at - first < _MOST_MODIFIERS:
        before = tokens[first - 1]
        word = before.lower
        if _gap(page, first) and not (word == "-" or page.tokens[first].text[0].isalnum()):
            break
        if word in words().possessives:
            return first - 1, word, (first - 1, first), age
        if word in words().determiners or (word in words().numbers and not before.is_capital) or word.isdigit():
            return _with_outer(tokens, first - 1, low), word if not word.isdigit() else "number", None, age
        if word in words().numbers:
            return first - 1, "number", None, age
        if word in {"'s", "’", "'"} and first - 2 >= low:
            name = named.get(first - 2)
            start = name.first if name else _owner_start(tokens, first - 2, low)
            return start, None, (start, first - 1), age
        years = _YEARS.fullmatch(word)
        age = int(years.group(1)) if years else age
        if first - 1 in named and word not in demonyms():
            name = named[first - 1]
            if name.kind in {"organisation", "place"} and name.last == first:
                return _with_determiner(tokens, name.first, low), None, (name.first, name.last), age
            break
        if not before.text[0].isalnum() or word in closed_words() or (word in cue_forms() and word not in _modifiers()) or word.endswith("ly"):
            break
        if word not in _modifiers() and not noun_at(tokens, first - 1) and not _has_determiner(tokens, first - 1, low):
            break
        first -= 1
    return first, None, None, age


def _has_determiner(tokens: Sequence[Token], at: int, low: int) -> bool:
    """Whether a determiner opens the phrase that the word at `at` may modify."""
    for i in range(at - 1, max(low, at - 5) - 1, -1):
        word = tokens[i].lower
        if word in words().determiners or word in words().possessives or word in {"'s"} or word in words().numbers:
            return True
        if word in closed_words() or not word[0].isalnum() or word in cue_forms():
            return False
    return False


def _with_outer(tokens: Sequence[Token], first: int, low: int) -> int:
    """The phrase with "all" or "the" before a number: "the two brothers", "at least eight men"."""
    if first - 1 >= low and tokens[first - 1].lower in {"the", "all", "these", "those", "some", "other", "both"}:
        return first - 1
    return first


def _with_determiner(tokens: Sequence[Token], first: int, low: int) -> int:
    return first - 1 if first - 1 >= low and tokens[first - 1].lower in {"the", "a", "an"} else first


def _owner_start(tokens: Sequence[Token], at: int, low: int) -> int:
    for i in range(at, max(low, at - 5) - 1, -1):
        if tokens[i].lower in words().determiners or tokens[i].lower in words().possessives:
            return i
        if tokens[i].lower in closed_words() or not tokens[i].text[0].isalnum():
            return i + 1
    return at


def _right(page: Page, end: int, noun: Noun, named: dict[int, Name]) -> tuple[int, tuple[int, int] | None]:
    """Where the phrase ends, and the phrase that a preposition ties to it: "of the centre", "for the ministry"."""
    tokens = page.tokens
    if end + 1 >= len(tokens) or tokens[end].lower not in _LINKS:
        return end, None
    if noun.kind in {"organisation"} and tokens[end].lower not in {"of", "in", "for", "at"}:
        return end, None
    if noun.kind == "group" and tokens[end].lower not in {"of", "from", "for", "in", "at"}:
        return end, None
    start = end + 1
    last = _simple_phrase(page, start, named)
    if last <= start:
        return end, None
    if last < len(tokens) and tokens[last].lower == "of" and tokens[end].lower in {"of", "for"}:
        further = _simple_phrase(page, last + 1, named)
        last = further if further > last + 1 else last
    if tokens[end].lower in {"to", "on", "with", "in", "at", "from"} and not any(i in named for i in range(start, last)) and noun.kind != "place":
        if tokens[end].lower in {"to", "on", "with"} or not any(noun_at(tokens, i) for i in range(start, last)):
            return end, None
    if tokens[end].lower == "on":
        return end, None
    return last, (start, last)


def _simple_phrase(page: Page, start: int, named: dict[int, Name]) -> int:
    """One past a short noun phrase at `start`: determiner, modifiers, a noun or a name; `start` where there is none."""
    tokens, at = page.tokens, start
    while at < len(tokens) and at - start < 7:
        word = tokens[at].lower
        if at in named:
            at = named[at].last
            if at < len(tokens) and (tokens[at].lower == "'s" or noun_at(tokens, at)):
                at += 1 if tokens[at].lower == "'s" else noun_at(tokens, at).length  # type: ignore[union-attr]
                if tokens[at - 1].lower == "'s":
                    continue
            return at
        noun = noun_at(tokens, at)
        if noun and not _is_modifier_use(page, at, noun, named):
            return at + noun.length
        if not tokens[at].text[0].isalnum() or (at > start and word in closed_words()) or word in words().subjects:
            return start
        if at == start and word in closed_words() and word not in words().determiners | words().possessives:
            return start
        at += 1
    return start
