"""Descriptions on the page: noun phrases that mean a person, a group, an organisation or a place without naming it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from habeas.extraction.document import Page, Token
from habeas.extraction.entities.names import Name
from habeas.extraction.entities.offices import Range, aside, inner_body, office_and_house, phrase_words
from habeas.extraction.entities.words import held_modifiers, is_portfolio, name_words
from habeas.extraction.lexicon import closed_words, cue_forms, words
from habeas.extraction.nouns import Noun, noun_at, people_words, singular_of
from habeas.extraction.quotes import CLOSING, OPENING
from habeas.extraction.reading import EntityKind

_MOST_MODIFIERS = 5
_LONGEST_TAIL = 7  # tokens
_YEARS = re.compile(r"(\d{1,3})-year-old")
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


class _Finder:
    """Reads phrases around nouns, to the left and to the right."""

    def __init__(self, page: Page, names: Sequence[Name]) -> None:
        self.page, self.tokens = page, page.tokens
        self.named = {i: n for n in names for i in range(n.first, n.last)}
        self.starts = {sentence.first_token for sentence in page.sentences}

    def noun(self, at: int) -> Noun | None:
        """The describing noun at a token: also "49-year-old", and "Ukrainians" after a number."""
        token = self.tokens[at]
        found = noun_at(self.tokens, at)
        again = token.is_capital and self._is_again(at) and token.lower in name_words().organisation_heads
        if again and (found is None or found.kind == "group"):
            return Noun(token.lower, 1, "organisation")
        if found:
            return found
        if _YEARS.fullmatch(token.lower):
            return Noun(token.lower, 1, "person")
        if token.is_capital and token.lower.endswith("s") and token.lower[:-1] in name_words().demonyms and at:
            before = self.tokens[at - 1].lower
            if before in words().numbers or before[0].isdigit():
                return Noun(token.lower, 1, "group", plural=True)
        return None

    def is_modifier(self, at: int, noun: Noun) -> bool:
        """Whether the noun only modifies the next one, as "prison" in "prison service"."""
        after = at + noun.length
        if after >= len(self.tokens) or self._gap(after):
            return False
        if after in self.named:
            return noun.words == "official" and self.named[after].kind == "organisation"
        word = self.tokens[after].lower
        if _YEARS.fullmatch(noun.words):
            verb = word.endswith("ed") or word in cue_forms() or word in words().irregular_past
            return not verb and word not in closed_words() and word[0].isalpha()
        if word in phrase_words().compounds and not noun.custodial:
            return True
        if noun.plural and word == "'s":
            owned = noun_at(self.tokens, after + 1) if after + 1 < len(self.tokens) else None
            return owned is not None and owned.custodial
        if noun.plural and noun.words.endswith("s"):
            return False
        following = noun_at(self.tokens, after)
        if following is None and after + 1 < len(self.tokens) and word in people_words().modifiers:
            following = noun_at(self.tokens, after + 1)
        return following is not None and following.words not in words().numbers

    def _gap(self, at: int) -> bool:
        """Whether a line break or a mark parts the token from the one before it."""
        between = self.page.text[self.tokens[at - 1].end : self.tokens[at].start]
        return between.count("\n") > 1 or not self.tokens[at].text[0].isalnum()

    def phrase(self, at: int, noun: Noun, before: Description | None) -> Description | None:
        """The description whose head is at `at`, after the one `before`; None where it means nobody."""
        tokens = self.tokens
        if at and tokens[at - 1].lower == "who":  # "who chairs the union" is a verb
            return None
        thing = noun.kind in {"organisation", "place"}
        if thing and tokens[at].is_capital and at not in self.starts and not self._is_again(at):
            return None
        left = self._left(at, before)
        last, tail = self._right(at + noun.length, noun)
        if not self._means_somebody(at, noun, left):
            return None
        held = any(token.lower in held_modifiers() for token in tokens[left.first : at])
        numbered = tail is not None and (tokens[tail[0]].lower in words().numbers or tokens[tail[0]].text.isdigit())
        role, house = office_and_house(self._role(left, at, noun), noun)
        if tail:
            role += inner_body(self.page, at + noun.length, noun, tail)
        if single := self._one_of(noun, left):
            noun, left, role = single, replace(left, first=left.first - 2, determiner="one"), single.words
        return Description(
            left.first, at, last, noun, role, left.determiner, left.owner, left.age, tail, held, numbered, house
        )

    def _one_of(self, noun: Noun, left: _Left) -> Noun | None:
        """The noun for the one of several: "one of his lawyers" is a lawyer."""
        before = [token.lower for token in self.tokens[max(0, left.first - 2) : left.first]]
        return singular_of(noun.words) if noun.plural and before == ["one", "of"] else None

    def _is_again(self, at: int) -> bool:
        """ "the Delegation", "the Council": an organisation or a place named before, by its head alone."""
        return at > 0 and self.tokens[at - 1].lower in {"the", "this"}

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
        while first - 1 >= low and at - first < _MOST_MODIFIERS and not self._gap(first):
            if before and first - 1 == low and self.tokens[low].lower in _CLITICS:
                return _Left(before.first, None, (before.first, before.last), age)
            end = self._opens(first - 1, low, age)
            if end is not None:
                return end
            if not self._modifies(first - 1, low):
                break
            years = _YEARS.fullmatch(self.tokens[first - 1].lower)
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
        word = self.tokens[at].lower
        return word.split("-")[0] in words().numbers or (word[0].isdigit() and not _YEARS.fullmatch(word))

    def _is_outer(self, at: int) -> bool:
        """Whether a word goes before another determiner or number: "the two", "four other"."""
        return self._is_number(at) or self.tokens[at].lower in {"the", "all", "these", "those", "some", "other", "both"}

    def _modifies(self, at: int, low: int) -> bool:
        word = self.tokens[at].lower
        if at in self.named and word not in name_words().demonyms:
            return self._is_owned(self.named[at].first)
        if not word[0].isalnum() or word in closed_words() or word.endswith("ly"):
            return False
        known = word in people_words().modifiers
        if word in cue_forms() and not known:
            return False
        known = known or noun_at(self.tokens, at) is not None or self._has_determiner(at, low)
        return known or self._apposes(at, low) or self._opens_line(at) or is_portfolio(self.tokens, at)

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
            if word in closed_words() or not word[0].isalnum() or word in cue_forms():
                return word[0].isdigit()
        return False

    def _with_article(self, first: int, low: int) -> int:
        return first - 1 if first - 1 >= low and self.tokens[first - 1].lower in {"the", "a", "an"} else first

    def _owner_start(self, at: int, low: int) -> int:
        for i in range(at, max(low, at - 5) - 1, -1):
            if self.tokens[i].lower in words().determiners or self.tokens[i].lower in words().possessives:
                return i
            if self.tokens[i].lower in closed_words() or not self.tokens[i].text[0].isalnum():
                return i + 1
        return at

    # -- to the right --------------------------------------------------------------------------------------------

    def _right(self, end: int, noun: Noun) -> tuple[int, Range | None]:
        """Where the phrase ends, and the phrase that a preposition ties to it: "of the centre", "for the ministry"."""
        tokens = self.tokens
        if end + 1 >= len(tokens):
            return end, None
        head, end = end, end + (aside(tokens, end) if noun.words in phrase_words().speaking else 0)
        link = tokens[end].lower
        if link not in phrase_words().links[noun.kind] and not self._is_tied(end, noun):
            return head, None
        start, last = end + 1, self._simple(end + 1)
        if last <= start and link in {"of", "for"}:
            last = self._unknown(start)
        if last <= start:
            return head, None
        for _ in range(2):
            body = tokens[last - 1].lower in phrase_words().bodies
            if last < len(tokens) and tokens[last].lower == "of" and (link in {"of", "for"} or body):
                further = self._purpose(last + 1) if body else self._simple(last + 1)
                last = further if further > last + 1 else last
        if link not in {"of", "for"} and not self._is_somewhere(start, last):
            return head, None
        return last, (start, last)

    def _is_tied(self, at: int, noun: Noun) -> bool:
        """Whether "to" or "with" ties an organisation to an office: "an adviser to the ministry", "a lawyer with X"."""
        link = self.tokens[at].lower
        if link == "with" and (noun.lawyer or noun.words in people_words().offices):
            return any(i in self.named for i in range(at + 1, min(at + 4, len(self.tokens))))
        return link in phrase_words().links["sent"] and noun.words in phrase_words().sent

    def _purpose(self, start: int) -> int:
        """One past what a ministry is of: "the interior", "foreign affairs"; `start` if nothing is named."""
        return max(self._simple(start), self._unknown(start, bare=True))

    def _unknown(self, start: int, *, bare: bool = False) -> int:
        """One past a short phrase of words that no list has: "the apparatus"; `start` where there is none."""
        at = start + (self.tokens[start].lower in words().determiners)
        if at == start and not bare:
            return start
        for end in range(at, min(len(self.tokens), at + 3)):
            token = self.tokens[end]
            if not token.text[0].isalpha() or token.lower in closed_words() or end in self.named:
                return end if end > at else start
            if token.lower in cue_forms() or token.lower in words().irregular_past or token.lower.endswith("ed"):
                return end if end > at else start
        return start

    def _is_somewhere(self, start: int, last: int) -> bool:
        """Whether a phrase after "at", "in", "from" says where somebody belongs: it names or describes something."""
        return any(i in self.named or noun_at(self.tokens, i) for i in range(start, last))

    def _simple(self, start: int) -> int:
        """One past a short noun phrase at `start`: determiner, modifiers, a noun or a name; `start` if none."""
        at = start
        while at < len(self.tokens) and at - start < _LONGEST_TAIL:
            if at in self.named:
                after = self._past_name(at)
                if after is not None:
                    return after
                at = self.named[at].last + 1
                continue
            noun = noun_at(self.tokens, at)
            if noun and not self.is_modifier(at, noun):
                after = at + noun.length
                if after + 1 < len(self.tokens) and self.tokens[after].lower == "'s":
                    at = after + 1
                    continue
                name = self.named.get(after)
                titled = name is not None and noun.kind == name.kind == "person" and not self._gap(after)
                return name.last if name and titled else self._quoted(after) or after
            if at == start and (quoted := self._quoted(at)):
                return quoted
            if not self._inside(start, at):
                return start
            at += 1
        return start

    def _quoted(self, at: int) -> int:
        """One past an organisation or a place in marks that begins at `at`, closing mark included; 0 for none."""
        if at >= len(self.tokens) or self.tokens[at].text not in OPENING:
            return 0
        name = self.named.get(at + 1)
        if name is None or name.kind not in {"organisation", "place"} or name.last >= len(self.tokens):
            return 0
        return name.last + 1 if self.tokens[name.last].text in CLOSING else 0

    def _past_name(self, at: int) -> int | None:
        """One past the name at `at` with a noun that follows it; None where "'s" leads on."""
        end = self.named[at].last
        if end < len(self.tokens) and (self.tokens[end].lower == "'s" or self._is_plural_mark(end)):
            return None
        noun = noun_at(self.tokens, end) if end < len(self.tokens) else None
        return end + noun.length if noun and end not in self.named else end

    def _is_plural_mark(self, at: int) -> bool:
        """Whether an apostrophe makes an owner of a plural: "the Houthis' political bureau"."""
        if self.tokens[at].text not in {"'", "’"} or not self.tokens[at - 1].lower.endswith("s"):
            return False
        return any(noun_at(self.tokens, i) for i in range(at + 1, min(at + 4, len(self.tokens))))

    def _inside(self, start: int, at: int) -> bool:
        token: Token = self.tokens[at]
        if not token.text[0].isalnum() or token.lower in words().subjects:
            return False
        if token.lower not in closed_words():
            return True
        if token.lower == "of":  # "the politburo of the Front"
            return at > start + 1
        return (at == start or self.tokens[at - 1].lower == "of") and token.lower in self._openers()

    def _openers(self) -> frozenset[str]:
        return words().determiners | words().possessives
