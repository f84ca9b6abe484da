"""Nouns that describe, and the phrases that a preposition ties to them: "of the prison service", "at the court"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas.extraction.document import Page, Token
from habeas.extraction.entities.names import Name
from habeas.extraction.entities.offices import Range, aside, is_house, phrase_words
from habeas.extraction.entities.words import name_words
from habeas.extraction.lexicon import closed_words, cue_forms, words
from habeas.extraction.nouns import Noun, noun_at, people_words
from habeas.extraction.quotes import CLOSING, OPENING

MOST_MODIFIERS = 5
_LONGEST_TAIL = 7  # tokens
YEARS = re.compile(r"(\d{1,3})-year-old")


class Tails:
    """Reads nouns and what is tied to them on their right."""

    def __init__(self, page: Page, names: Sequence[Name]) -> None:
        self.page, self.tokens = page, page.tokens
        self.named = {i: n for n in names for i in range(n.first, n.last)}
        self.starts = {sentence.first_token for sentence in page.sentences}

    def noun(self, at: int) -> Noun | None:
        """The describing noun at a token: also "49-year-old", and "Ukrainians" after a number."""
        token = self.tokens[at]
        found = noun_at(self.tokens, at)
        again = token.is_capital and self.is_again(at) and token.lower in name_words().organisation_heads
        if again and (found is None or found.kind == "group"):
            return Noun(token.lower, 1, "organisation")
        if found:
            return None if found.words in phrase_words().verbal and self._is_verb(at) else found
        if YEARS.fullmatch(token.lower):
            return Noun(token.lower, 1, "person")
        if token.is_capital and token.lower.endswith("s") and token.lower[:-1] in name_words().demonyms and at:
            before = self.tokens[at - 1].lower
            if before in words().numbers or before[0].isdigit():
                return Noun(token.lower, 1, "group", plural=True)
        return None

    def _is_verb(self, at: int) -> bool:
        """Whether a word that is a noun only after others is a verb here: "the manager accused"."""
        before = noun_at(self.tokens, at - 1) if at else None
        return before is not None and before.kind in {"person", "group"} and before.words not in words().numbers

    def is_modifier(self, at: int, noun: Noun) -> bool:
        """Whether the noun only modifies the next one, as "prison" in "prison service"."""
        after = at + noun.length
        if after >= len(self.tokens) or self.parted(after):
            return False
        if after in self.named:
            last = self.named[after].last
            office = noun_at(self.tokens, last) if noun.words == "deputy" else None  # "deputy Asia director"
            if office is not None and office.words in phrase_words().abroad and self.named[after].kind == "place":
                return True
            return noun.words in phrase_words().ahead and self.named[after].kind == "organisation"
        word = self.tokens[after].lower
        if YEARS.fullmatch(noun.words):
            verb = word.endswith("ed") or word in cue_forms() or word in words().irregular_past
            return not verb and word not in closed_words() and word[0].isalpha()
        if word in phrase_words().compounds and not noun.custodial:
            return True
        if noun.plural and word == "'s":
            owned = noun_at(self.tokens, after + 1) if after + 1 < len(self.tokens) else None
            return owned is not None and owned.custodial
        if noun.plural and noun.words.endswith("s"):
            return False
        following = self.noun(after)
        if following is None and after + 1 < len(self.tokens) and word in people_words().modifiers:
            following = noun_at(self.tokens, after + 1)
        return following is not None and following.words not in words().numbers

    def parted(self, at: int) -> bool:
        """Whether a line break or a mark parts the token from the one before it."""
        between = self.page.text[self.tokens[at - 1].end : self.tokens[at].start]
        return between.count("\n") > 1 or not self.tokens[at].text[0].isalnum()

    def is_again(self, at: int) -> bool:
        """ "the Delegation", "the Council": an organisation or a place named before, by its head alone."""
        return at > 0 and self.tokens[at - 1].lower in {"the", "this"}

    # -- to the right --------------------------------------------------------------------------------------------

    def right(self, end: int, noun: Noun) -> tuple[int, Range | None]:
        """Where the phrase ends, and the phrase that a preposition ties to it: "of the centre", "for the ministry"."""
        tokens = self.tokens
        if end + 1 >= len(tokens):
            return end, None
        head, end = end, end + (aside(tokens, end) if noun.words in phrase_words().speaking else 0)
        link = tokens[end].lower
        if link not in phrase_words().links[noun.kind] and not self._is_tied(end, noun):
            return head, None
        after = tokens[end + 1].lower
        if link == "for" and (after in {"a", "an"} or after in words().numbers or after[0].isdigit()):
            return head, None  # "200 prisoners for a soldier", "the disappearance of a journalist for three days"
        start, last = end + 1, self._simple(end + 1)
        if last <= start and link in {"of", "for"}:
            last = self._unknown(start, bare=noun.words.endswith("minister"))
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

    def field(self, end: int, noun: Noun) -> int:
        """One past what an office is for: "director of advocacy", "expert on free expression"; `end` where it is whole.

        Plain words without a determiner: "head of the office" and "chief of police" tell whose head and chief they are.
        """
        lists = phrase_words()
        if noun.words.split()[-1] not in lists.fielded or end >= len(self.tokens):
            return end
        link = self.tokens[end].lower
        if link not in {"of", "on", "for"}:
            return end
        last = end + 1
        while last < min(len(self.tokens), end + 4) and self._is_field(last):
            last += 1
        closed = last >= len(self.tokens) or last in self.named or self._closes_field(last)
        named = last < len(self.tokens) and self.tokens[last].is_capital  # "director for Rights Now"
        told = link != "for" or (self.tokens[last - 1].lower in lists.matters and not named)
        return last if last > end + 1 and closed and told else end

    def _is_field(self, at: int) -> bool:
        """Whether a word may be of a field of work: no name, no small word, nobody and no body."""
        token, noun = self.tokens[at], noun_at(self.tokens, at)
        if noun is not None or not token.text.isalpha() or token.is_capital:
            return any(token.lower in field.split() for field in phrase_words().fields)
        lists = (closed_words(), cue_forms(), people_words().detained, phrase_words().inner)
        return all(token.lower not in one for one in lists)

    def _closes_field(self, at: int) -> bool:
        token, lists = self.tokens[at], (closed_words(), cue_forms(), words().irregular_past)
        return not token.text[0].isalnum() or any(token.lower in one for one in lists)

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
                after = start if self._acts_on(start, at) else self._past_name(at)
                if after is not None:
                    return after
                at = self.named[at].last + 1
                continue
            noun = noun_at(self.tokens, at)
            if noun and not self.is_modifier(at, noun):
                after = self._past_gaols(at + noun.length)
                if after + 1 < len(self.tokens) and self.tokens[after].lower == "'s":
                    at = after + 1
                    continue
                if noun.plural and self._is_plural_mark(after):
                    at = after + 1
                    continue
                name = self.named.get(after)
                called = noun.kind == "person" or noun.words in people_words().namers
                titled = name is not None and noun.kind == name.kind and called and not self.parted(after)
                return name.last if name and titled else self._quoted(after) or after
            if at == start and (quoted := self._quoted(at)):
                return quoted
            if self.tokens[at].lower in phrase_words().parts and any(t.lower == "'s" for t in self.tokens[start:at]):
                return at + 1
            if not self._inside(start, at):
                return start
            at += 1
        return start

    def _acts_on(self, start: int, at: int) -> bool:
        """Whether a verb stands right before a person's name: "police in civilian clothes took X"."""
        if at <= start or self.named[at].kind != "person" or self.named[at].first < at:
            return False
        before = self.tokens[at - 1].lower
        return before in words().irregular_past or (before.endswith("ed") and before not in people_words().modifiers)

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
        if noun and end not in self.named:
            return end + noun.length if noun.kind == "group" else self._past_body(end) or end + noun.length
        return self._past_body(end) or end

    def _past_body(self, at: int) -> int:
        """One past the noun of what an organisation's or a place's name only qualifies; 0 for none.

        "the UN human rights office", "the Kestra public security bureau".
        """
        end, most = at, min(len(self.tokens), at + MOST_MODIFIERS)
        while end < most and end not in self.named and not self.parted(end):
            noun = noun_at(self.tokens, end)
            if noun and is_house(noun) and not self.is_modifier(end, noun):
                return end + noun.length
            if self.tokens[end].lower in phrase_words().parts:
                return end + 1
            if self.tokens[end].lower not in people_words().modifiers and noun is None:
                return 0
            end += noun.length if noun else 1
        return 0

    def _past_gaols(self, at: int) -> int:
        """One past the prisons that an organisation right before them runs; `at` where none stand there."""
        found = [self.tokens[i].lower for i in range(at, min(len(self.tokens), at + 2)) if not self.parted(i)]
        return next((at + n for n in (2, 1) if " ".join(found[:n]) in phrase_words().gaols and len(found) >= n), at)

    def _is_plural_mark(self, at: int) -> bool:
        """Whether an apostrophe makes an owner of a plural: "the Houthis' political bureau"."""
        if at >= len(self.tokens) or self.tokens[at].text not in {"'", "’"}:
            return False
        if not self.tokens[at - 1].lower.endswith("s"):
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
