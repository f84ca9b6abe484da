"""Whoever a description brings in without a name, and the named person it means: "A jailed poet …", then "X, 41".

Each such description is held against each named person it may mean, whoever is told first. What speaks for and against
is weighed as `vocab/en/described.toml` has it, a logistic regression on annotated reports
(`training/reader/described_fit.py`). Relatives, lawyers and officials are left out: they are found by whose they are;
so are witnesses and reporters. An official, a doctor or a monk told of as held is not: "A mayor was jailed on Monday."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from habeas import vocab
from habeas.extraction.cast import Cast, Member
from habeas.extraction.document import Page
from habeas.extraction.lexicon import closed_words, cue_forms, words
from habeas.extraction.nouns import people_words
from habeas.extraction.reading import Span

Signs = dict[str, float]
Order = Literal["ahead", "behind"]  # where the description stands of the first telling of the name

_FAR = 8  # sentences between a description and a name that can be one
_LEAD = 30  # code points before a description in which a verb of custody may stand
_FIRST = 2  # mentions of a name at which custody may be told of
_MOST = 40  # people of either sort; who comes after so many is left alone, so that the longest page needs no more time
_ASIDE = re.compile(r"(?:, \d{1,3})?(?:, [^.;:]{3,120}?)?,? (?=is |was |has |had |were )")  # after a name
_APPOSED = re.compile(r",(?: [\w-]+){0,2} ")
_DEFINITE = frozenset(["the", "this", "that"])


@cache
def weights() -> Mapping[Order, Mapping[str, float]]:
    """Order -> what each sign is worth, "bias" included; above 0 in sum, the two are one."""
    table = vocab.load("en", "described")
    return {"ahead": table["ahead"], "behind": table["behind"]}


def same_people(page: Page, cast: Cast) -> list[tuple[Member, Member]]:
    """Pairs of a member without a name and the named one it means, each of the first once, in text order."""
    best: dict[str, tuple[float, Member, Member]] = {}
    for order, stranger, named, signs in candidates(page, cast):
        beside = named.beside or _is_beside(stranger)
        if beside and not _is_told(page, order, stranger, named):
            continue
        score = sum(
            weights()[order].get(n, 0.0) * value for n, value in signs.items() if not (beside and n == "outsider")
        )
        if score > 0 and (stranger.id not in best or score > best[stranger.id][0]):
            best[stranger.id] = score, stranger, named
    return [(stranger, named) for _, stranger, named in best.values()]


def candidates(page: Page, cast: Cast) -> Iterator[tuple[Order, Member, Member, Signs]]:
    """Every description with every named person that it may mean, and the signs of each pair."""
    people = sorted((m for m in cast if m.kind == "person" and m.mentions), key=lambda m: min(m.mentions))
    told = Told(page, people)
    for stranger in [m for m in people if not m.named][:_MOST]:
        for named in told.named:
            if _may_be(stranger, named) and (found := told.signs(stranger, named)):
                yield found[0], stranger, named, found[1]


def _is_beside(stranger: Member) -> bool:
    """Whether somebody stands on the page for others, or only saw or reported it, as far as it tells."""
    return stranger.beside or (not stranger.detained and not stranger.nouns.isdisjoint(people_words().outsiders))


def _is_told(page: Page, order: Order, stranger: Member, named: Member) -> bool:
    """Whether an official or a doctor is brought in as whom the page is about: "freed a pastor"."""
    if order != "ahead" or stranger.kin or stranger.owner or named.kin or named.owner:
        return False
    if named.beside and not named.detained and stranger.nouns.isdisjoint(named.nouns):
        return False
    return _is_in_custody(page, min(stranger.mentions))


def _is_in_custody(page: Page, span: Span) -> bool:
    """Whether the words right before a mention or right after it tell of somebody's custody."""
    start, end = span
    before = _held("before").search(page.text, max(0, start - _LEAD), start)
    return bool(before or _held("after").match(page.text, end))


def _is_told_later(page: Page, span: Span) -> bool:
    """The same of a name, also where an aside stands between: "X, 38, who edits the weekly, is being held"."""
    aside = _ASIDE.match(page.text, span[1])
    return _is_in_custody(page, span) or bool(aside and _held("after").match(page.text, aside.end() - 1))


@cache
def _kindred() -> Mapping[str, frozenset[str]]:
    """Noun -> the names of the families of occupations it is of."""
    families = vocab.load("en", "described")["kindred"]
    nouns = {noun for family in families.values() for noun in family}
    return {noun: frozenset(name for name, family in families.items() if noun in family) for noun in nouns}


def kindred(one: set[str], other: set[str]) -> bool:
    """Whether two sets of nouns may be said of one person: some noun of each is of the same family of occupations."""
    mine, theirs = ({name for noun in nouns for name in _kindred().get(noun, ())} for nouns in (one, other))
    return not mine.isdisjoint(theirs)


@cache
def _held(side: str) -> re.Pattern[str]:
    """What tells of custody right before a description, or right after it."""
    return re.compile(vocab.load("en", "described")["held"][side].replace("\n", ""), re.I)


def _may_be(stranger: Member, named: Member) -> bool:
    aged = stranger.age and named.age and stranger.age != named.age
    owned = stranger.owner == named.id or named.owner == stranger.id
    return not (aged or owned) and named.fits(stranger.gender)


class Told:
    """The named people of a page in order of appearance, and where they are told of."""

    def __init__(self, page: Page, people: Sequence[Member]) -> None:
        self.page, self.named = page, [m for m in people if m.named][:_MOST]
        self.first = min(people[0].mentions) if people else None
        self.total = sum(len(m.mentions) for m in self.named) or 1
        self.most = max(self.named, key=lambda m: len(m.mentions), default=None)

    def signs(self, stranger: Member, named: Member) -> tuple[Order, Signs] | None:
        """The order of the two and what speaks for their being one; None where they stand far apart."""
        here, first = min(stranger.mentions), min(named.mentions)
        ahead = first[0] > here[0]
        told = [mention for mention in named.mentions if mention[1] <= here[0]]
        there = first if ahead or not told else max(told)
        gap = abs(self._sentence(there) - self._sentence(here))
        if gap > _FAR or self._beside_another(named, here):
            return None
        signs = self._places(here, there, gap) | self._words(here) | self._alike(stranger, named)
        signs |= {"between": min(3, self._between(named, here, there))} | self._first(named, first)
        if not gap and signs["other noun"] and (signs["occupied"] or signs["outsider"]):
            return None  # "A nurse was arrested, and so was X, a baker"
        if gap and (ahead or not signs["indefinite"]):
            signs |= self._in_custody(stranger, named)
        return "ahead" if ahead else "behind", {"bias": 1.0} | {k: float(v) for k, v in signs.items() if v}

    def _beside_another(self, named: Member, here: Span) -> bool:
        """Whether the description only goes on about somebody else: "X, a 67-year-old retired engineer"."""
        ends = ((end, m) for m in self.named for _, end in m.mentions if end <= here[0])
        end, last = max(ends, key=lambda pair: pair[0], default=(0, named))
        return last is not named and bool(_APPOSED.fullmatch(self.page.text, end, here[0]))

    def _sentence(self, span: Span) -> int:
        return self.page.sentence_index(span[0])

    def _places(self, here: Span, there: Span, gap: int) -> Signs:
        """How far apart they stand, and where the description does."""
        sentences, number = self.page.sentences, self._sentence(here)
        paragraphs = {sentences[number].paragraph, sentences[self._sentence(there)].paragraph}
        return {
            "far": gap / 4,
            "one sentence": gap == 0,
            "next sentence": gap == 1,
            "one paragraph": len(paragraphs) == 1,
            "opening": number == 0,
            "second sentence": number == 1,
            "first person": here == self.first,
            "opens": self.page.token_index(here[0]) == sentences[number].first_token,
            "quoted": self.page.quote_at(here[0]) is not None,
        }

    def _words(self, here: Span) -> Signs:
        """The words that the description opens with, and the one before."""
        at = self.page.token_index(here[0])
        opens, before = self.page.tokens[at].lower, self.page.tokens[at - 1].lower if at else ""
        return {
            "indefinite": opens in {"a", "an"},
            "definite": opens in _DEFINITE,
            "owned": opens in words().possessives,
            "governed": before in words().prepositions,
        }

    def _alike(self, stranger: Member, named: Member) -> Signs:
        """What is told of both, and what the description says."""
        lists = people_words()
        mine, theirs = ({noun.split()[-1] for noun in m.nouns} for m in (stranger, named))
        apart = bool(mine and theirs) and mine.isdisjoint(theirs)
        near = apart and kindred(mine, theirs)
        return {
            "same noun": not mine.isdisjoint(theirs),
            "other noun": apart and not near,
            "kindred": near,
            "gender": bool(stranger.gender and named.gender),
            "same age": bool(stranger.age) and stranger.age == named.age,
            "aged": named.age is not None,
            "held": named.detained > 0,
            "stranger held": stranger.detained > 0,
            "again": min(3, len(stranger.mentions) - 1),
            "outsider": not stranger.nouns.isdisjoint(lists.outsiders | lists.offices),
            "generic": not stranger.nouns.isdisjoint(lists.generic),
            "occupied": not stranger.nouns.isdisjoint(lists.occupations),
            "nounless": not stranger.nouns,
        }

    def _in_custody(self, stranger: Member, named: Member) -> Signs:
        """Whether custody is told of both."""
        first = sorted(named.mentions)[:_FIRST]
        return {
            "told": _is_in_custody(self.page, min(stranger.mentions)),
            "named told": any(_is_told_later(self.page, mention) for mention in first),
        }

    def _between(self, named: Member, here: Span, there: Span) -> int:
        """How many other named people are told of between the two."""
        others = [other for other in self.named if other is not named]
        if here < there:
            return sum(here < min(other.mentions) < there for other in others)
        return sum(any(there < mention < here for mention in other.mentions) for other in others)

    def _first(self, named: Member, first: Span) -> Signs:
        """How the person is named first, and how much the page is about them."""
        tokens, at, end = self.page.tokens, self.page.token_index(first[0]), self.page.token_index(first[1])
        around = [tokens[i].lower for i in (at - 1, end, end + 1) if 0 <= i < len(tokens)]
        return {
            "first named": named is self.named[0],
            "most": named is self.most,
            "share": len(named.mentions) / self.total,
            "opens sentence": at - self.page.sentences[self._sentence(first)].first_token <= 2,
            "says": any(word in cue_forms() and word not in closed_words() for word in around),
            "comma": end < len(tokens) and tokens[end].text == ",",
        }
