"""Descriptions on the page: noun phrases that mean a person, a group, an organisation or a place without naming it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from habeas.extraction.document import Page
from habeas.extraction.entities.names import Name
from habeas.extraction.entities.offices import Range, inner_body, is_house, office_and_house, phrase_words
from habeas.extraction.entities.tails import MOST_MODIFIERS, YEARS, Tails
from habeas.extraction.entities.words import held_modifiers, is_portfolio, name_words
from habeas.extraction.lexicon import closed_words, cue_forms, words
from habeas.extraction.nouns import Noun, noun_at, people_words, singular_of
from habeas.extraction.reading import EntityKind

_CLITICS = frozenset(["'s", "’", "'"])


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
    owner: Range | None
    age: int | None = None
    tail: Range | None = None  # the phrase after of, for, from, at: "of the prison service"
    held: bool = False  # "the jailed lawyer": a modifier says that they are held, or were
    numbered: bool = False  # "father of three"
    house: str | None = None  # "police" in "a police spokesman": the organisation that the role is of

    @property
    def kind(self) -> EntityKind:
        """Kind of entity that the head noun means."""
        return self.noun.kind


@dataclass(frozen=True, slots=True)
class _Left:
    """What stands before the head noun: where the phrase begins, determiner, possessor, age."""

    first: int
    determiner: str | None = None
    owner: Range | None = None
    age: int | None = None


def find_descriptions(page: Page, names: Sequence[Name]) -> list[Description]:
    """Noun phrases headed by a describing noun, in text order; words inside names are left to the names."""
    finder = _Finder(page, names)
    found: list[Description] = []
    at = 0
    while at < len(page.tokens):
        noun = None if at in finder.named else finder.noun(at)
        if noun is None or finder.is_modifier(at, noun):
            at += 1
            continue
        phrase = finder.phrase(at, noun, found[-1] if found else None)
        if phrase:
            found.append(phrase)
        at += noun.length
    return found


class _Finder(Tails):
    """Reads phrases around nouns, to the left; what is to the right of them is read by `Tails`."""

    def phrase(self, at: int, noun: Noun, before: Description | None) -> Description | None:
        """The description whose head is at `at`, after the one `before`; None where it means nobody."""
        tokens = self.tokens
        if at and tokens[at - 1].lower in ({"who", "which", "that"} if noun.plural else {"who"}):
            return None  # "who chairs the union", "which monitors arrests" is a verb
        thing = noun.kind in {"organisation", "place"}
        if thing and tokens[at].is_capital and at not in self.starts and not self.is_again(at):
            return None
        left = self._left(at, before)
        field = self.field(at + noun.length, noun)
        last, tail = self.right(field, noun)
        if not self._means_somebody(at, noun, left):
            return None
        left = self._abroad(left, noun, tail)
        own = left.owner[1] if left.owner else left.first  # "the jailed man's sister" is not held
        held = any(token.lower in held_modifiers() for token in tokens[own:at])
        numbered = tail is not None and (tokens[tail[0]].lower in words().numbers or tokens[tail[0]].text.isdigit())
        role, house = office_and_house(self._role(left, at, noun), noun, placed=self._is_placed(left.owner))
        if field > at + noun.length:
            role += f" {self.page.text[tokens[at + noun.length].start : tokens[field - 1].end]}"
        elif tail:
            role += inner_body(self.page, at + noun.length, noun, tail)
        if single := self._one_of(noun, left):
            noun, left, role = single, replace(left, first=left.first - 2, determiner="one"), single.words
        return Description(
            left.first, at, last, noun, role, left.determiner, left.owner, left.age, tail, held, numbered, house
        )

    def _is_placed(self, owner: Range | None) -> bool:
        """Whether a description is of a place, named right before it: "Kestra police commander"."""
        name = self.named.get(owner[1] - 1) if owner else None
        return name is not None and name.kind == "place"

    def _abroad(self, left: _Left, noun: Noun, tail: Range | None) -> _Left:
        """The left side with a place as part of the office: "Africa director" where "of Alerta" says whose."""
        if not left.owner or noun.words not in phrase_words().abroad or not self._is_placed(left.owner):
            return left
        if (whole := self._as_second(left)) is not None:
            return whole
        if not tail:
            return left
        if self.tokens[left.owner[1]].lower in _CLITICS or left.owner[1] - left.owner[0] > 2:
            return left
        opened = self.tokens[left.first].lower
        return replace(left, owner=None, determiner=opened if opened in words().determiners else None)

    def _as_second(self, left: _Left) -> _Left | None:
        """The left side of "X's deputy Asia director" and "Y, deputy Asia director"; None where nothing says deputy."""
        first = left.first
        if not first or self.tokens[first - 1].lower not in {"deputy", "assistant", "acting", "associate"}:
            return None
        return (
            self._opens(first - 2, max(0, first - 8), left.age) or _Left(first - 1, age=left.age) if first > 1 else None
        )

    def _one_of(self, noun: Noun, left: _Left) -> Noun | None:
        """The noun for the one of several: "one of his lawyers" is a lawyer."""
        before = [token.lower for token in self.tokens[max(0, left.first - 2) : left.first]]
        return singular_of(noun.words) if noun.plural and before == ["one", "of"] else None

    def _means_somebody(self, at: int, noun: Noun, left: _Left) -> bool:
        if left.determiner in phrase_words().empty or (noun.words == "state" and left.determiner in {"his", "her"}):
            return False
        if noun.words in words().numbers:
            return left.determiner in {"the", "all", "these", "those", "other", "his", "her", "their"}
        if left.determiner or left.owner or noun.plural:
            return True
        if noun.kind == "person":
            return (
                at + noun.length in self.named or left.first in self.starts or left.first < at or self._is_apposed(at)
            )
        return noun.words in phrase_words().bare

    def _is_apposed(self, at: int) -> bool:
        """Whether a bare noun follows a name and a comma: "X, spokesman of the club"."""
        return at > 1 and self.tokens[at - 1].text in {",", "(", "–", "—"} and at - 2 in self.named

    def _role(self, left: _Left, at: int, noun: Noun) -> str:
        first = left.first
        if left.owner and left.owner[0] >= first:
            first = max(first, left.owner[1])
            first += self.tokens[first].lower in _CLITICS
        elif left.determiner:
            first += 1
        first = min(first, at)
        return " ".join(self.page.text[self.tokens[first].start : self.tokens[at + noun.length - 1].end].split())

    # -- to the left ---------------------------------------------------------------------------------------------

    def _left(self, at: int, before: Description | None) -> _Left:
        first, age, low = at, None, before.last if before else 0
        while first - 1 >= low and at - first < MOST_MODIFIERS and not self.parted(first):
            if before and first - 1 == low and self.tokens[low].lower in _CLITICS:
                return _Left(before.first, None, (before.first, before.last), age)
            end = self._opens(first - 1, low, age)
            if end is not None:
                return end
            if not self._modifies(first - 1, low):
                break
            years = YEARS.fullmatch(self.tokens[first - 1].lower)
            age = int(years.group(1)) if years else age
            first -= 1
        return _Left(first, age=age)

    def _opens(self, at: int, low: int, age: int | None) -> _Left | None:
        """What the token at `at` opens the phrase with: a possessive, a determiner, a number, a name."""
        token = self.tokens[at]
        word = token.lower
        if word in words().possessives:
            return _Left(at, word, (at, at + 1), age)
        if word in words().determiners or self._is_number(at):
            first = at
            while first - 1 >= low and at - first < 2 and self._is_outer(first - 1):
                first -= 1
            counted = any(self._is_number(i) for i in range(first, at + 1)) and word != "one"
            outer = self.tokens[first].lower if first < at and not self._is_number(first) else None
            return _Left(first, outer or ("number" if counted else word), None, age)
        if word in _CLITICS and at - 1 >= low:
            name = self.named.get(at - 1)
            start = name.first if name else self._owner_start(at - 1, low)
            return _Left(self._with_article(start, low), None, (start, at), age)
        name = self.named.get(at)
        if name and name.last == at + 1 and name.kind in {"organisation", "place"} and not self._is_owned(name.first):
            return _Left(self._with_article(name.first, low), None, (name.first, name.last), age)
        return None

    def _is_owned(self, at: int) -> bool:
        """Whether a place is only part of what an owner leads to: "the network's sub-Saharan Africa representative"."""
        marks = (self.tokens[i].lower for i in (at - 1, at - 2) if i > 0)
        return any(mark in _CLITICS or mark in words().possessives for mark in marks)

    def _is_number(self, at: int) -> bool:
        """Whether a word counts: "two", "40", and neither "14:05" nor "49-year-old"."""
        word = self.tokens[at].lower
        counts = word[0].isdigit() and ":" not in word and not YEARS.fullmatch(word)
        return counts or word.split("-")[0] in words().numbers

    def _is_outer(self, at: int) -> bool:
        """Whether a word goes before another determiner or number: "the two", "four other"."""
        return self._is_number(at) or self.tokens[at].lower in {"the", "all", "these", "those", "some", "other", "both"}

    def _modifies(self, at: int, low: int) -> bool:
        word = self.tokens[at].lower
        if at in self.named and word not in name_words().demonyms:
            return self._is_owned(self.named[at].first)
        if not word[0].isalnum() or word in closed_words() or word.endswith("ly"):
            return False
        if at and self.tokens[at - 1].lower in {"who", "which"}:  # "which monitors political prisoners" is a verb
            return False
        known = word.removeprefix("ex-") in people_words().modifiers or word in name_words().demonyms
        if word in cue_forms() and not known:
            return False
        known = known or noun_at(self.tokens, at) is not None or self._has_determiner(at, low)
        return (
            known
            or self._apposes(at, low)
            or self._opens_line(at)
            or self._is_housed(at)
            or is_portfolio(self.tokens, at)
        )

    def _is_housed(self, at: int) -> bool:
        """Whether an unknown word opens a sentence before whom somebody works for: "Kestra police commander X"."""
        if at not in self.starts or at + 2 >= len(self.tokens) or not self.tokens[at].text.isalpha():
            return False
        house = noun_at(self.tokens, at + 1)
        office = noun_at(self.tokens, at + 1 + house.length) if house and is_house(house) else None
        return office is not None and office.kind == "person"

    def _opens_line(self, at: int) -> bool:
        """Whether the word is second in a sentence, after a modifier: "Presidential communications chief X"."""
        first, word = self.tokens[at - 1].lower, self.tokens[at].lower
        if at - 1 not in self.starts or not word.isalpha() or word in closed_words() or word in cue_forms():
            return False
        return first in people_words().modifiers or noun_at(self.tokens, at - 1) is not None

    def _apposes(self, at: int, low: int) -> bool:
        """Whether a phrase without a determiner opens after a name and a comma: "X, advocacy director at Y"."""
        for i in range(at - 1, max(low, at - 3, 1), -1):
            if self.tokens[i].text == ",":
                return i - 1 in self.named and self.named[i - 1].kind == "person"
            if not self.tokens[i].text[0].isalpha() or self.tokens[i].lower in closed_words():
                return False
        return False

    def _has_determiner(self, at: int, low: int) -> bool:
        """Whether a determiner opens the phrase that the word at `at` may modify."""
        for i in range(at - 1, max(low, at - 5) - 1, -1):
            word = self.tokens[i].lower
            if word in words().determiners or word in words().possessives or word in words().numbers or word == "'s":
                return True
            if i in self.named:
                return self.named[i].kind in {"organisation", "place"} and not self._may_be_verb(i + 1, at)
            if word in closed_words() or not word[0].isalnum() or word in cue_forms():
                return word[0].isdigit()
        return False

    def _may_be_verb(self, first: int, last: int) -> bool:
        """Whether one of the words after a name may be what it does: "Alerta criticises chief X"."""
        verbs = (self.tokens[i].lower for i in range(first, last + 1))
        return any(word.endswith(("ed", "s")) or word in words().irregular_past for word in verbs)

    def _with_article(self, first: int, low: int) -> int:
        """Where a phrase begins that a name is in, with what qualifies it: "a senior Alerta official"."""
        at = first
        while at - 1 >= low and first - at < 2 and self.tokens[at - 1].lower in people_words().dropped:
            at -= 1
        return at - 1 if at - 1 >= low and self.tokens[at - 1].lower in {"the", "a", "an"} else first

    def _owner_start(self, at: int, low: int) -> int:
        for i in range(at, max(low, at - 5) - 1, -1):
            if self.tokens[i].lower in words().determiners or self.tokens[i].lower in words().possessives:
                return i
            if self.tokens[i].lower in closed_words() or not self.tokens[i].text[0].isalnum():
                return i + 1
        return at
