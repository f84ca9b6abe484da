"""Names on the page: runs of capitalised words, what kind of thing each means, and the titles that come before them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from habeas.extraction.document import Page
from habeas.extraction.entities.kinds import Kinds
from habeas.extraction.entities.runs import Runs
from habeas.extraction.entities.words import held_modifiers, is_given, is_portfolio, name_words
from habeas.extraction.lexicon import words
from habeas.extraction.nouns import noun_at, people_words
from habeas.extraction.reading import EntityKind
from habeas.extraction.text import folded


@dataclass(frozen=True, slots=True)
class Name:
    """A run of tokens [first, last) that names something; titles before it are left out and kept in `title`."""

    first: int
    last: int
    text: str
    kind: EntityKind
    title: str | None = None  # "Dr", "prisoner", "Foreign Minister": as written, joined by spaces
    begins: int = -1  # first token of the titles, where there are any


def find_names(page: Page) -> list[Name]:
    """The names of a page, in text order. A name's kind is settled over all the places where it stands."""
    kinds = Kinds(page)
    found = list(_Names(page, kinds).all())
    kinds.settle()
    return [replace(name, kind=kinds.kind(name.text)) for name in found]


class _Names:
    """What the runs of one page name."""

    def __init__(self, page: Page, kinds: Kinds) -> None:
        self.page, self.kinds, self.tokens, self.runs = page, kinds, page.tokens, Runs(page)
        counted = Counter(token.text for token in page.tokens if token.is_capital)
        self.capital_twice = {text for text, count in counted.items() if count > 2}

    def all(self) -> Iterator[Name]:
        """The names in text order, each with the kind that its own place suggests."""
        at = 0
        while at < len(self.tokens):
            known = self._known_end(at)
            if known:
                text = self._text(at, known)
                yield Name(at, known, text, self.kinds.vote(at, known, None), None, at)
                at = known
                continue
            if not self.runs.is_name(at):
                at += 1
                continue
            end = self.runs.run_end(at)
            for first, last in self._split(at, end):
                name = self._cut(first, last)
                if name:
                    yield name
            at = max(end, at + 1)

    def _text(self, first: int, last: int) -> str:
        return " ".join(self.page.text[self.tokens[first].start : self.tokens[last - 1].end].split())

    def _known_end(self, at: int) -> int | None:
        """One past a well-known organisation whose name holds function words ("Reporters Without Borders")."""
        known = name_words()
        longest = known.wordy.get(self.tokens[at].lower, 0) if self.tokens[at].is_capital else 0
        for length in range(min(longest, len(self.tokens) - at), 1, -1):
            if folded(" ".join(t.text for t in self.tokens[at : at + length])) in known.organisations:
                return at + length
        return None

    def _split(self, first: int, last: int) -> list[tuple[int, int]]:
        """A run that holds an organisation and then a person ("Istanbul Bar Mehmet D.") in two, else the run."""
        for at in range(first + 1, last - 1):
            if self._person_begins(first, at, last):
                return [(first, at), (at, last)]
        office = noun_at(self.tokens, last - 1) if last - first > 1 else None  # "the US Secretary of State"
        ends = office is not None and office.kind == "person" and office.length > 1
        return [(first, last - 1)] if ends else [(first, last)]

    def _person_begins(self, first: int, at: int, last: int) -> bool:
        """Whether a person's name or title begins inside a run, after an organisation or a place."""
        token, known = self.tokens[at], name_words()
        if not token.is_capital or self._has_head(at, last) or self.tokens[at - 1].lower in {"of", "for", "the", "and"}:
            return False
        if at == first + 1 and self._is_service(first) and is_given(token.text) and not token.text.isupper():
            return True
        if is_portfolio(self.tokens, at - 1):
            return False
        noun = noun_at(self.tokens, at)
        office = noun is not None and noun.kind == "person" and (noun.length < last - at or noun.length > 2)
        office |= token.lower in known.heading and self._role_follows(at + 1, min(at + 4, last - 1))
        if all(self._is_titular(i) for i in range(first, at)):
            return False
        closed = at - first >= 2 and self.tokens[at - 1].lower in known.organisation_nouns | known.armed
        if office and (closed or not any(self._is_titular(i) for i in range(first, at))):
            return True
        head = self.tokens[at - 1].lower in known.organisation_heads or self._is_officer_of(first)
        return head and at - first >= 2 and last - at >= 2 and is_given(token.text)

    def _is_officer_of(self, first: int) -> bool:
        """Whether an office stands before the run: "the leader in the Movement of the Harvest Ziyad Q."."""
        before = [token.lower for token in self.tokens[max(0, first - 2) : first]]
        noun = noun_at(self.tokens, first - 3) if before in (["in", "the"], ["of", "the"]) and first > 2 else None
        return noun is not None and noun.kind == "person" and self._has_head(first, first + 1)

    def _is_service(self, at: int) -> bool:
        """Whether a token is the initials of an organisation: "the director of FSIN Valery M."."""
        text = self.tokens[at].text
        return len(text) > 2 and text.isupper() and not self._is_titular(at)

    def _is_titular(self, at: int) -> bool:
        """Whether a token belongs to the titles before a name: "Deputy", "Foreign", "Dr"."""
        word, noun = self.tokens[at].lower, noun_at(self.tokens, at)
        return word in name_words().heading | name_words().titles or (noun is not None and noun.kind == "person")

    def _has_head(self, first: int, last: int) -> bool:
        return any(self.tokens[i].lower in name_words().organisation_heads for i in range(first, last))

    def _cut(self, first: int, last: int) -> Name | None:
        """The name in a run: titles stripped, demonyms alone dropped, its vote cast."""
        tokens = self.tokens
        while last > first and tokens[last - 1].lower in {"'s", "."}:
            last -= 1
        if last - first > 1 and tokens[last - 1].lower in name_words().after:
            last -= 1
        first = self._after_adjectives(first, last)
        begun, spanned = self._spanned(first, last)
        known = folded(self._text(first, last)) in name_words().organisations  # "General Staff"
        start = spanned or (first if known else self._after_titles(first, last))
        first = begun
        title = " ".join(t.text for t in tokens[first:start] if t.text != ".") or None
        body = tokens[start:last]
        office = noun_at(tokens, first) if last - first > 1 else None
        if office and office.kind == "person" and first + office.length == last:
            return None
        if not body or all(t.lower in name_words().demonyms for t in body):
            return None
        if len(body) == 1 and (len(body[0].text) == 1 or self._is_common(start, title)):
            return None
        if len(body) == 1 and not title and self._is_numbered(start):
            return None
        last = self._with_head(start, last)
        text = self._text(start, last)
        if self._is_office(start, last):
            return None
        said = [token.lower for token in tokens[start:last]]
        if not name_words().things.isdisjoint(said) or self._is_work(start, last, title):
            return None
        if said[-1] in name_words().matters and name_words().organisation_heads.isdisjoint(said):
            return None
        return Name(start, last, text, self.kinds.vote(start, last, title), title, first)

    def _is_office(self, first: int, last: int) -> bool:
        """Whether a run is all office: "the Police Public Relations Officer, Superintendent X"."""
        before, after = (
            self.tokens[first - 1].lower if first else "",
            self.tokens[last].text if last < len(self.tokens) else "",
        )
        noun = noun_at(self.tokens, last - 1)
        if (
            before != "the"
            or after != ","
            or last - first < 2
            or noun is None
            or noun.words not in people_words().offices
        ):
            return False
        return self.tokens[first].lower in people_words().modifiers

    def _is_work(self, first: int, last: int, title: str | None) -> bool:
        """Whether a name without a given name is a ship's or a book's by the noun before it."""
        named = title or first == 0 or any(is_given(token.text) for token in self.tokens[first:last])
        return not named and self.tokens[first - 1].lower in name_words().works

    def _spanned(self, first: int, last: int) -> tuple[int, int]:
        """Where an office begins and ends that a run begins inside of: "Secretary of State X"; (first, 0) else."""
        for begun in range(max(0, first - 2), first):
            noun = noun_at(self.tokens, begun)
            if noun and noun.kind == "person" and first < begun + noun.length < last:
                return begun, begun + noun.length
        return first, 0

    def _after_adjectives(self, first: int, last: int) -> int:
        """The run without what only describes: "Jailed Ukrainian X", "Six Palestinian …"."""
        known, at = name_words(), first
        at = next((i + 1 for i in range(first, last) if self._is_compounded(i)), first)
        while at < last - 1 or (at < last and at > first):
            word = self.tokens[at].lower
            adjective = word in held_modifiers() or word in words().numbers
            if word in known.faiths and at < last - 1 and noun_at(self.tokens, at + 1) is None:
                break
            if word in known.demonyms:
                whole = folded(self._text(at, at + 2)) in known.organisations
                named = whole or folded(self.tokens[at + 1].text) in known.organisations
                adjective = not named and not self.runs.is_head(at + 1)
            if not adjective:
                break
            at += 1
        return at

    def _is_compounded(self, at: int) -> bool:
        """Whether a word only describes by a name: the last of "New York-based"."""
        stem, _, last = self.tokens[at].lower.rpartition("-")
        return bool(stem) and last in name_words().compounded

    def _is_numbered(self, at: int) -> bool:
        """Whether a lone word counts or is counted: "Day 66", "21 Mordad"."""
        around = (self.tokens[i].text for i in (at - 1, at + 1) if 0 <= i < len(self.tokens))
        return (
            any(text.isdigit() and len(text) <= 3 for text in around) and self.tokens[at].text not in self.capital_twice
        )

    def _is_common(self, at: int, title: str | None) -> bool:
        """Whether a lone capitalised word is a common noun ("Police", "Attorney"), or an office with its title."""
        word, known = self.tokens[at].lower, name_words()
        if title:
            noun = noun_at(self.tokens, at)
            qualified = title.lower().split()[-1] in known.heading | people_words().modifiers
            return noun is not None and noun.kind == "person" and qualified
        if word in known.organisations or word in known.places or self._is_team(at):
            return False
        return noun_at(self.tokens, at) is not None or word in known.titles

    def _is_team(self, at: int) -> bool:
        """Whether a common noun is a club's name: "the City manager"."""
        after = self.tokens[at + 1].lower if at + 1 < len(self.tokens) else ""
        return at not in self.runs.starts and after in people_words().players

    def _after_titles(self, first: int, last: int) -> int:
        start, known = first, name_words()
        while start < last - 1:
            word, noun = self.tokens[start].lower, noun_at(self.tokens, start)
            person = noun is not None and noun.kind == "person"
            heads = word in known.heading and self._role_follows(start + 1, last)
            if not (word in known.titles or person or heads or is_portfolio(self.tokens, start)):
                break
            if self._has_head(start + 1, last) and not self._role_follows(start + 1, last):
                break
            step = noun.length if noun and start + noun.length < last else 1
            if self.tokens[start + step].lower == "'s":  # "Attorney General's Office" is no person
                return first
            start += step
            if start < last - 1 and self.tokens[start].text == ".":
                start += 1
        return start

    def _role_follows(self, at: int, last: int) -> bool:
        return any((n := noun_at(self.tokens, i)) is not None and n.kind == "person" for i in range(at, last))

    def _with_head(self, first: int, last: int) -> int:
        """The run with the plain noun that says what it is: "Wadi Namir prison", "Rehan military court"."""
        end, known = last, name_words()
        while end < min(len(self.tokens), last + 3) and self.runs.near(end):
            word = self.tokens[end].lower
            pair = f"{word} {self.tokens[end + 1].lower}" if end + 1 < len(self.tokens) else ""
            if pair in known.custodial:
                return end + 2
            if word in known.tails or (word in known.custodial and word != "station"):
                return end + 1
            if word not in known.inner:
                return last
            end += 1
        return last
