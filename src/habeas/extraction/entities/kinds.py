"""What kind of thing a name means: by the words in it, by the words around it, by what the page says elsewhere."""

from __future__ import annotations

import re
from collections import Counter

from habeas.extraction.document import Page, Token
from habeas.extraction.entities.offices import phrase_words
from habeas.extraction.entities.words import alias_begins, genders, is_given, name_words
from habeas.extraction.lexicon import cue_forms, words
from habeas.extraction.nouns import Noun, noun_at, people_words
from habeas.extraction.quotes import OPENING
from habeas.extraction.reading import EntityKind
from habeas.extraction.spelling import plain
from habeas.extraction.text import folded

_AGE = re.compile(r"\d{1,2}")
_DATELINE = re.compile(
    r"[^.\n]{2,50}?(?:\([^)]*\)\s*)?(?:—|–|--| - |-\s|, (?:\d{1,2} [A-Z][a-z]|[A-Z][a-z]{2,8}\.? \d))"
)
_PHRASE = 12  # tokens of a description before its name
_PLURALS = frozenset(["'", "’"])  # after a plural inside a name: "Migrants' Line"
_MARKS = OPENING | {"'"}
_OF_ITS_OWN = frozenset(["his", "her", "their", "its", "the", "a", "an", "our"])
_NUMBERED = frozenset(["no", "no.", "number", "nr", "№", "."])
Evidence = tuple[EntityKind, int]


class Kinds:
    """Gathers evidence for every name of a page, then says of each what it means most likely."""

    def __init__(self, page: Page) -> None:
        self.page, self.tokens = page, page.tokens
        self.votes: dict[str, Counter[EntityKind]] = {}
        self.people: set[str] = set()  # plain words of full names of people

    def vote(self, first: int, last: int, title: str | None) -> EntityKind:
        """Counts one place where the name of tokens [first, last) stands; what that place alone says."""
        text = self._text(first, last)
        kind, weight = self._evidence(first, last, title, text)
        self.votes.setdefault(text, Counter())[kind] += weight
        return kind

    def settle(self) -> None:
        """Notes the words of people's full names: alone they mean people too."""
        for text, counter in self.votes.items():
            words_ = text.split()
            if len(words_) > 1 and counter.most_common(1)[0][0] == "person":
                self.people.update(word for word in (plain(w.strip('“”"«»‘’')) for w in words_) if len(word) > 1)

    def kind(self, text: str) -> EntityKind:
        """What a name means all over the page."""
        text = folded(text)
        counter = self.votes.get(text)
        if counter is None:
            return "person"
        kind, weight = counter.most_common(1)[0]
        if kind != "person" and weight < 40 and " " not in text and plain(text) in self.people:
            return "person"
        return kind

    def _text(self, first: int, last: int) -> str:
        return folded(" ".join(self.page.text[self.tokens[first].start : self.tokens[last - 1].end].split()))

    def _evidence(self, first: int, last: int, title: str | None, text: str) -> Evidence:
        known = name_words()
        if text in known.places:
            return "place", 100
        if text in known.organisations or text.removeprefix("the ") in known.organisations:
            return "organisation", 100
        lower = [self.tokens[i].lower for i in range(first, last)]
        head = self._head(lower)
        if head:
            return head, 50
        return self._around(first, last, title) or self._by_itself(first, last)

    def _by_itself(self, first: int, last: int) -> Evidence:
        """What the words of the name alone suggest."""
        token = self.tokens[first]
        if last - first > 1:
            return self._of_several(first, last)
        if len(token.text) > 1 and token.text.partition("-")[0].isupper():
            return "organisation", 3
        if is_given(token.text):
            return "person", 2
        after = self.tokens[last].lower if last < len(self.tokens) else ""
        if after in cue_forms() or after in words().auxiliaries:
            return "person", 1
        return "place", 1

    def _of_several(self, first: int, last: int) -> Evidence:
        """What the words of a name of more than one word suggest."""
        tokens, known = self.tokens[first:last], name_words()
        if any(folded(token.text) in known.places for token in tokens):
            return "organisation", 6
        inner = tokens[1:-1]  # "Writers Behind Walls", "Migrants' Line"
        if any(token.text in _PLURALS or (token.is_capital and token.lower in known.small) for token in inner):
            return "organisation", 8
        if tokens[-1].lower in known.last:
            return "organisation", 8
        if is_given(tokens[0].text) or is_given(tokens[-1].text):
            return "person", 4
        articled = first > 0 and self.tokens[first - 1].lower == "the"
        return ("organisation", 4) if articled else ("person", 2)

    def _head(self, lower: list[str]) -> EntityKind | None:
        """What the noun of a name makes it: the last word or the word before "of", or the first, as in "Wadi X"."""
        known = name_words()
        stop = next((i for i, word in enumerate(lower) if word in {"of", "for", "to"} | _NUMBERED), len(lower))
        head = lower[stop - 1] if stop else ""
        if head in {"centre", "center", "station", "bank", "state"}:
            place = known.wards & set(lower) or head in {"bank", "state"}
            return "place" if place else "organisation"
        if head in known.place_heads and head not in {"court"}:
            return "place"
        if any(word in known.organisation_heads for word in lower[_skipped(lower) : stop]) or (
            len(lower) > 1 and lower[0] in known.organisation_fronts
        ):
            return "organisation"
        return "place" if len(lower) > 1 and lower[0] in known.place_fronts else None

    def _around(self, first: int, last: int, title: str | None) -> Evidence | None:
        after = self.tokens[last].lower if last < len(self.tokens) else ""
        if after.removesuffix("s") in name_words().place_heads:  # "in the Imam Harandi airport"
            return "place", 25
        if self._is_seat(first, after):
            return "place", 15
        if self._is_aside(first, last):
            return "organisation", 12
        noun = self._noun_before(first)
        marked = first > 0 and self.tokens[first - 1].text in _MARKS
        begun = alias_begins(self.tokens, first - marked)
        if begun is not None:
            before = self.tokens[begun - 1 - (self.tokens[begun - 1].text == ",")].lower
            return ("place", 20) if before in name_words().place_heads else ("person", 8)
        if (title and title.lower().rstrip(".").split()[-1] in name_words().titles) or (noun and noun.kind == "person"):
            return "person", 20
        if noun and noun.kind in {"organisation", "place"}:
            return ("person", 15) if self._is_headed(first, last, noun) else (noun.kind, 15)
        if self.is_dateline(first):
            return "place", 20
        return self._named(first, last) or self._apposed(last) or self._followed(last) or self._preceded(first, last)

    def _is_aside(self, first: int, last: int) -> bool:
        """ "Sophie Lemaire (Médecins du Large)": a name of several words in brackets after somebody's."""
        if first < 3 or last >= len(self.tokens) or last - first < 2 or self.tokens[first - 1].text != "(":
            return False
        named = self.tokens[first - 2].is_capital and self.tokens[first - 3].is_capital
        return named and self.tokens[last].text == ")" and not any(is_given(t.text) for t in self.tokens[first:last])

    def _is_headed(self, first: int, last: int, noun: Noun) -> bool:
        """ "The head of the court X Y": a full name after an organisation whose officer is told."""
        if last - first < 2 or noun.words in people_words().namers or self.tokens[first - 1].text in _MARKS:
            return False
        at = first - noun.length
        while at > 0 and self.tokens[at - 1].lower in {"the", "of", "for", "at", "in"}:
            at -= 1
        office = noun_at(self.tokens, at - 1) if 0 < at < first - noun.length else None
        return (
            office is not None
            and office.kind == "person"
            and (noun.kind != "place" or is_given(self.tokens[first].text))
        )

    def _named(self, first: int, last: int) -> Evidence | None:
        """ "The mother of the convict, Kirsti, said", "Her party, New Roots, said": after what it is."""
        tokens = self.tokens
        if first < 2 or tokens[first - 1].text != "," or last >= len(tokens):
            return None
        if tokens[last].text != "," and tokens[last].lower not in cue_forms():
            return None
        if self._is_body(first - 2):
            return "organisation", 12
        for at in range(first - 2, max(-1, first - 2 - _PHRASE), -1):
            if (
                not (tokens[at].text[0].isalnum() or tokens[at].lower == "'s")
                or tokens[at].lower in words().auxiliaries
            ):
                return None
            noun = noun_at(tokens, at)
            if noun and noun.kind == "person" and (noun.kin or noun.lawyer or noun.words in people_words().offices):
                return "person", 8
        return None

    def _is_body(self, at: int) -> bool:
        """Whether a phrase that ends at token `at` means an organisation by itself: "her party", no officer's."""
        noun = noun_at(self.tokens, at)
        if noun is None or noun.kind != "organisation" or noun.plural:
            return False
        begun = next((i for i in range(at - 1, max(-1, at - 4), -1) if self.tokens[i].lower in _OF_ITS_OWN), None)
        if begun is None:
            return False
        return all(self.tokens[i].lower not in words().prepositions for i in range(max(0, begun - 1), at))

    def _followed(self, last: int) -> Evidence | None:
        tokens = self.tokens
        after = tokens[last].lower if last < len(tokens) else ""
        if (noun := noun_at(tokens, last)) and noun.kind == "organisation" and noun.words in people_words().societies:
            return "organisation", 8
        if self._is_movement(last):
            return "organisation", 8
        if noun and noun.words in people_words().bodily and not is_given(tokens[last - 1].text):
            return "organisation", 6
        if after == "'s" and last + 1 < len(tokens):
            owned = noun_within(tokens, last + 1)
            if owned and owned.kind == "person" and owned.kin:
                return "person", 8
            if owned and owned.words in people_words().bodily and not is_given(tokens[last - 1].text):
                return "organisation", 7
        if after in _PLURALS and tokens[last - 1].lower.endswith("s") and last + 1 < len(tokens):
            owned = noun_within(tokens, last + 1)
            if owned and owned.words in people_words().bodily:
                return "organisation", 7
        if after in {",", "("} and last + 1 < len(tokens) and _AGE.fullmatch(tokens[last + 1].text):
            counts = last + 2 < len(tokens) and (tokens[last + 2].lower == "of" or noun_at(tokens, last + 2))
            return None if counts else ("person", 10)  # "In X, 9 of the 14 were freed"
        return None

    def _is_movement(self, last: int) -> bool:
        """ "the Hirak protest movement": a word in small letters between a lone name and what it is called."""
        tokens = self.tokens
        if last < 2 or last + 1 >= len(tokens) or tokens[last - 2].lower != "the" or not tokens[last].text.islower():
            return False
        noun = noun_at(tokens, last + 1)
        return noun is not None and noun.words in people_words().societies and not noun_at(tokens, last)

    def _preceded(self, first: int, last: int) -> Evidence | None:
        before = self.tokens[first - 1].lower if first else ""
        if before in {"in", "at", "near", "outside", "around", "across", "into"}:
            return ("person", 3) if before != "at" and self._looks_given(first, last) else ("place", 5)
        if before in {"from", "to"} and (found := self._from_or_to(before, first, last)):
            return found
        token = self.tokens[first]
        if before in {"of", "from", "with"} and last - first > 1 and self._is_tied(first):
            return "organisation", 6
        if before == "of" and first > 1 and self.tokens[first - 2].lower in people_words().keepers:
            return "place", 7
        if before in {"for", "with"} and not is_given(token.text) and self._has_worker(first - 2):
            return "organisation", 7
        if before in {"of", "for", "at"} and not is_given(token.text) and self._has_officer(first - 2):
            return None if last < len(self.tokens) and self.tokens[last].lower == "'s" else ("organisation", 7)
        if before == "of" and not is_given(token.text) and (last - first == 1 or self._has_leader(first - 2)):
            return self._of_what(first, last)
        return ("organisation", 8) if self._is_officered(first) else None

    def _from_or_to(self, before: str, first: int, last: int) -> Evidence | None:
        if before == "to" and self._is_led(first):
            return "place", 6
        if plain(self.tokens[first].text) in genders():
            return None
        return "place", 4 if before == "from" and last - first == 1 else 3

    def _is_led(self, first: int) -> bool:
        """ "was moved from X to Y": somebody is brought there, few words before."""
        before = {token.lower for token in self.tokens[max(0, first - 7) : first - 1]}
        return not before.isdisjoint(name_words().moved)

    def _is_tied(self, first: int) -> bool:
        """ "Chalida P., of Thai Legal Aid": a name of several words that ties a person to it, and no given name."""
        if first < 2 or is_given(self.tokens[first].text):
            return False
        before = self.tokens[first - 2]
        return before.text == "," or (before.is_capital and before.lower not in name_words().titles)

    def _has_worker(self, at: int) -> bool:
        """ "who works for Alerta", "a lawyer with Alerta": somebody's work right before the preposition."""
        if at > 0 and self.tokens[at].lower in phrase_words().who_works:
            return self.tokens[at - 1].lower == "who"
        noun = noun_at(self.tokens, at) if at >= 0 and self.tokens[at + 1].lower == "with" else None
        return noun is not None and (noun.lawyer or noun.words in people_words().offices)

    def _has_officer(self, at: int) -> bool:
        """ "a spokeswoman for Alerta": somebody's office right before the preposition, which only bodies have."""
        noun = noun_at(self.tokens, at) if at >= 0 else None
        return noun is not None and noun.words in people_words().bodily

    def _of_what(self, first: int, last: int) -> Evidence | None:
        """What a name after "of" may be: a place where it is one word, else whatever has members."""
        text = self.tokens[first].text
        if last - first > 1:
            return "organisation", 6
        return None if text.isupper() and len(text) > 2 else ("place", 1)

    def _has_leader(self, at: int) -> bool:
        """ "a member of Jeunes Debout": right before "of" whoever only something with members has."""
        noun = noun_at(self.tokens, at) if at >= 0 else None
        return noun is not None and noun.words in people_words().joined

    def _is_officered(self, first: int) -> bool:
        """ "a leader in “Al-Jisr”": a name in marks that somebody has an office in."""
        if first < 3 or self.tokens[first - 1].text not in _MARKS or self.tokens[first - 2].lower not in {"in", "of"}:
            return False
        noun = noun_at(self.tokens, first - 3)
        return noun is not None and (noun.words in people_words().offices or noun.kind == "organisation")

    def _looks_given(self, first: int, last: int) -> bool:
        return last - first > 1 and plain(self.tokens[first].text) in genders()

    def _is_seat(self, first: int, after: str) -> bool:
        """ "the Ramat judge", "the military court of Salem": where a court sits."""
        before = [token.lower for token in self.tokens[max(0, first - 2) : first]]
        if before[-1:] == ["the"]:
            return after in name_words().seated
        return before[-1:] == ["of"] and before[0] in {"court", "courts", "tribunal"}

    def _noun_before(self, first: int) -> Noun | None:
        """The noun right before a name, also with "of" or a mark between: "the hospital “X”", "the town of X"."""
        at, tokens = first, self.tokens
        if at and tokens[at - 1].text in _MARKS:
            at = self._before_number(at - 1)
        elif at and self.page.text[tokens[at - 1].end : tokens[first].start].strip():
            return None
        linked = at > 1 and tokens[at - 1].lower == "of"
        for back in (3, 2, 1):
            start = at - linked - back
            if start >= 0:
                noun = noun_at(tokens, start)
                plain_noun = not tokens[start].is_capital or (noun is not None and noun.kind == "person")
                if noun and noun.length == back and plain_noun and (not linked or noun.kind == "place"):
                    return noun
        return None

    def _before_number(self, at: int) -> int:
        """Where the number before token `at` begins: of "colony No. 8 “X”"; `at` itself where there is none."""
        if not at or not self.tokens[at - 1].text.isdigit():
            return at
        at -= 1
        while at and self.tokens[at - 1].lower in _NUMBERED:
            at -= 1
        return at

    def is_dateline(self, first: int) -> bool:
        """Whether the name opens a paragraph as the place it was written in: "RAMALLAH, 14 September --"."""
        sentence = self.page.sentence_at(self.tokens[first].start)
        if sentence.first_token != first and self.tokens[first - 1].text not in {"/", ","}:
            return False
        if sentence.paragraph > 2 or sentence.start != self.page.paragraphs[sentence.paragraph][0]:
            return False
        after = self.tokens[first + 1].text if first + 1 < len(self.tokens) else ""
        if after == ":" and self.tokens[first].text.isupper() and len(self.tokens[first].text) > 3:
            return True
        head = self.page.text[sentence.start : sentence.start + 60]
        return bool(_DATELINE.match(head)) and self.tokens[first].start - sentence.start < 40

    def _apposed(self, last: int) -> Evidence | None:
        tokens = self.tokens
        if last + 2 >= len(tokens) or tokens[last].text != ",":
            return None
        if tokens[last + 1].lower not in {"a", "an", "the", "his", "her", "its", "their", "one"}:
            return None
        noun = noun_within(tokens, last + 2)
        if noun is None or self._names_another(last + 2):
            return None
        return ("person" if noun.kind in {"person", "group"} else noun.kind), 10

    def _names_another(self, at: int) -> bool:
        """Whether the description here is of a name of its own: "from Ramat, the journalist Lian Qu has …"."""
        end = at
        while end < min(at + _PHRASE, len(self.tokens)) and self.tokens[end].text[0].islower():
            end += 1
        noun = noun_at(self.tokens, end - 1) if at < end < len(self.tokens) and self.tokens[end].is_capital else None
        return noun is not None and noun.kind == "person"


def _skipped(lower: list[str]) -> int:
    """How many words at the head of a name are given names and not heads: one in "Jihad Sawafta"."""
    return int(len(lower) == 2 and is_given(lower[0]))


def noun_within(tokens: tuple[Token, ...], first: int) -> Noun | None:
    """The last noun of people, organisations or places in the phrase that begins at token `first`, owners aside."""
    best: Noun | None = None
    for at in range(first, min(len(tokens), first + 9)):
        lower = tokens[at].lower
        if lower in {"'s", "'", "’"}:
            best = None
            continue
        if not lower[0].isalnum() or lower in words().prepositions or lower in {"who", "and"}:
            break
        best = noun_at(tokens, at) or best
    return best
