"""The organisation that somebody holds an office in or speaks for, as the words of the page tell it."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.extraction.cast import Member
from habeas.extraction.document import Page
from habeas.extraction.entities.descriptions import Description
from habeas.extraction.entities.names import Name
from habeas.extraction.entities.offices import Range, is_house, phrase_words
from habeas.extraction.entities.words import name_words
from habeas.extraction.lexicon import closed_words, words
from habeas.extraction.nouns import Noun, noun_at, people_words
from habeas.extraction.quotes import OPENING

_LONGEST = 7  # tokens of a phrase after a verb
_OWNS = frozenset(["'s", "’s", "'", "’"])
_TIES = frozenset(["of", "from", "with", "for", "at"])


class Houses:
    """Reads organisations around names and descriptions of one page."""

    def __init__(self, page: Page, names: Sequence[Name]) -> None:
        self.page, self.tokens, self.names = page, page.tokens, names
        self.starting = {name.begins: name for name in names}
        self.ending = {name.last: name for name in names}

    # -- beside a name -------------------------------------------------------------------------------------------

    def beside(self, name: Name) -> str | None:
        """The organisation in "X of the Network", "X from the rights group Network", "X (Network)", "Network's X"."""
        return (
            (None if self._is_seat(name) else self._tied(name.last))
            or self._in_brackets(name.last)
            or self._owner(name.begins)
            or self._in_clause(name.last)
        )

    def _is_seat(self, name: Name) -> bool:
        """Whether "of" leads to where a cleric is: "Bishop X of Santa Rosa"."""
        if not name.title or name.title.lower().split()[-1] not in phrase_words().settled:
            return False
        following = [token.lower for token in self.tokens[name.last : name.last + 2]]
        return following[:1] == ["of"] and following[-1] not in words().determiners

    def before_title(self, name: Name) -> str | None:
        """The organisation or place whose officer is named: the name right before the titles."""
        if name.begins and name.title and (state := _state(self.tokens[name.begins - 1].lower, name.title)):
            return state
        before = self.ending.get(name.begins)
        if before is None or before.kind not in {"organisation", "place"}:
            return None
        gap = self.page.text[self.tokens[before.last - 1].end : self.tokens[name.begins].start]
        return None if gap.strip() else before.text

    def after_verb(self, at: int) -> str | None:
        """The phrase at a token after "X, who chairs": a name in it, or its words; None where nothing follows."""
        first = at + (at < len(self.tokens) and self.tokens[at].lower in words().determiners)
        named = self.starting.get(first)
        if named:
            return self._text(at, named.last)
        if whole := self._whole((at, min(at + _LONGEST, len(self.tokens)))):
            return whole
        last = next((i for i in range(at, min(at + _LONGEST, len(self.tokens))) if self._ends(i)), at)
        return self._text(at, last) if last > at else None

    def _in_clause(self, at: int) -> str | None:
        """The organisation in "X, who speaks for the Network", "X, a lawyer working with the project “Network”"."""
        if at + 2 >= len(self.tokens) or self.tokens[at].text != ",":
            return None
        who = self.tokens[at + 1].lower == "who"
        verbs = phrase_words().who_works if who else phrase_words().working
        for i in range(at + 2, min(at + 2 + _LONGEST, len(self.tokens) - 1)):
            if not self.tokens[i].text[0].isalnum():
                return None
            if self.tokens[i - 1].lower in verbs and self.tokens[i].lower in _TIES:
                return self._tied(i)
            if who and self.tokens[i].lower == "at":
                return self._tied(i)
        return None

    def _tied(self, at: int) -> str | None:
        if at + 1 < len(self.tokens) and self.tokens[at].text == "," and self.tokens[at + 1].lower == "of":
            at += 1
        if at + 1 >= len(self.tokens) or self.tokens[at].lower not in _TIES:
            return None
        for first in range(at + 1, min(at + 6, len(self.tokens))):
            name = self.starting.get(first)
            if name:
                return name.text if name.kind == "organisation" else None
            noun = noun_at(self.tokens, first)
            if noun and noun.kind == "organisation" and not self._goes_on(first + noun.length):
                last = self._for_what(first + noun.length, noun)
                return self._text(at + 1 + (self.tokens[at + 1].lower in words().determiners), last)
            if not self._qualifies(first):
                return None
        return None

    def _for_what(self, at: int, noun: Noun) -> int:
        """One past what a body is of: "the ministry of justice"; `at` where nothing follows."""
        if noun.words not in phrase_words().bodies or at + 1 >= len(self.tokens) or self.tokens[at].lower != "of":
            return at
        first = at + 1 + (self.tokens[at + 1].lower in words().determiners)
        last = next((i for i in range(first, min(first + 3, len(self.tokens))) if self._ends(i)), first)
        return last if last > first else at

    def _goes_on(self, at: int) -> bool:
        """Whether what an organisation is called comes after its noun: "the group “X”", "the party's committee"."""
        if at >= len(self.tokens):
            return False
        if self.tokens[at].lower in _OWNS:
            return True
        return at in self.starting or self.tokens[at].text in OPENING or noun_at(self.tokens, at) is not None

    def _qualifies(self, at: int) -> bool:
        """Whether a word can stand before the organisation's name: "the human rights group “X”"."""
        token = self.tokens[at]
        known = token.lower in people_words().modifiers or noun_at(self.tokens, at) is not None
        after = self.tokens[at + 1].lower if at + 1 < len(self.tokens) else ""
        owns = token.text.isalpha() and token.lower not in closed_words() and after in {"'s", "'", "’"}
        based = token.lower.rpartition("-")[2] in name_words().compounded
        return known or owns or based or token.lower in words().determiners or token.lower in OPENING | {"'s", "'", "’"}

    def _in_brackets(self, at: int) -> str | None:
        name = self.starting.get(at + 1) if at < len(self.tokens) and self.tokens[at].text == "(" else None
        if name is None or name.kind != "organisation" or name.last >= len(self.tokens):
            return None
        return name.text if self.tokens[name.last].text == ")" else None

    def _owner(self, first: int) -> str | None:
        owner = self.ending.get(first - 1) if first > 1 and self.tokens[first - 1].lower == "'s" else None
        return owner.text if owner and owner.kind == "organisation" else None

    def _ends(self, at: int) -> bool:
        token = self.tokens[at]
        if token.text in {"'", "’"} and at and self.tokens[at - 1].lower.endswith("s"):
            return False
        if not token.text[0].isalnum():
            return token.lower != "'s"
        return token.lower in closed_words() - words().determiners

    # -- in a description ----------------------------------------------------------------------------------------

    def of(self, item: Description, owner: Member | None) -> str | None:
        """The organisation of an office; `owner` is whom the possessor or the phrase after "of" means."""
        if item.house:
            return self._owned(item)
        seated = owner is not None and owner.kind == "place" and item.noun.words in phrase_words().settled
        if seated or self._is_all_office(item):
            return None
        if item.role and (state := _state(item.role.split()[0], item.noun.words)):
            return state
        whole = self._whole(item.tail) or (self._named(item.tail) if owner and owner.kind == "place" else None)
        whole = whole or (self._named(item.tail) if owner is not None and owner.kind == "person" else None)
        if whole and (not item.noun.kin or item.noun.words in phrase_words().fellows):
            return whole
        if owner is not None and owner.kind in {"organisation", "place"}:
            return None if item.noun.kin or owner.name in item.role else self._house(item, owner)
        if owner is not None and owner.kind == "group" and item.owner and self._speaks_for(item):
            first, last = item.owner
            return self._text(first + (self.tokens[first].lower in words().determiners), last)
        if item.tail is None or item.noun.kin or item.numbered or (owner is not None and owner.kind == "person"):
            return None
        nouns = [n for i in range(*item.tail) if (n := noun_at(self.tokens, i))]
        named = any(token.is_capital for token in self.tokens[item.tail[0] : item.tail[1]])
        spoken = item.noun.words in phrase_words().speaking or item.noun.words == "member"
        thing = bool(nouns) and (nouns[0].kind in {"organisation", "place"} or (spoken and _is_body(nouns[0])))
        thing |= self._is_body(item.tail) and not item.noun.lawyer
        return self._text(*self._bare(item.tail)) if named or thing else None

    def _is_all_office(self, item: Description) -> bool:
        """Whether what somebody presides over is told with the office: "head of parliament"."""
        if item.tail is None or item.noun.words not in phrase_words().presiding:
            return False
        return item.role.lower().endswith(f" {self._text(*self._bare(item.tail)).lower()}")

    def _speaks_for(self, item: Description) -> bool:
        """Whether the group that owns an office is whom it is for: "the Kestrian police's chief"."""
        body = item.owner is not None and self._is_body(item.owner)
        return not item.noun.kin and (body or item.noun.words in phrase_words().speaking)

    def _is_body(self, where: Range) -> bool:
        """Whether a phrase ends with what people work for, though it means people: "the Kestrian police"."""
        noun = noun_at(self.tokens, where[1] - 1)
        return noun is not None and is_house(noun)

    def _bare(self, where: Range) -> Range:
        """The phrase without its possessive: "his legal team"."""
        return where[0] + (self.tokens[where[0]].lower in words().possessives), where[1]

    def _whole(self, tail: Range | None) -> str | None:
        """The organisation named beside one of its parts: X in "the legal unit of X", "X's legal unit"."""
        part = next((i for i in range(*(tail or (0, 0))) if self.tokens[i].lower in phrase_words().parts), None)
        if part is None or any(part in range(name.first, name.last) for name in self.names):
            return None
        owner = next((n for n in self.names if tail and tail[0] <= n.first and n.last < part), None)
        if owner and owner.kind == "organisation" and self.tokens[owner.last].text in _OWNS:
            pair = f"{self.tokens[part - 1].lower} {self.tokens[part].lower}"
            return owner.text if pair not in phrase_words().inner else None
        at = part + 1
        if at + 1 >= len(self.tokens) or self.tokens[at].lower not in {"of", "in", "at"}:
            return None
        at += 1 + (self.tokens[at + 1].lower == "the")
        if (noun := noun_at(self.tokens, at)) and noun.words in people_words().namers:
            at += noun.length
        name = self.starting.get(at) or (self.starting.get(at + 1) if self.tokens[at].text in OPENING else None)
        return name.text if name and name.kind == "organisation" else None

    def _named(self, where: Range | None) -> str | None:
        """The organisation named in a phrase."""
        inside = (n for n in self.names if where and where[0] <= n.first and n.last <= where[1])
        return next((n.text for n in inside if n.kind == "organisation"), None)

    def _house(self, item: Description, owner: Member) -> str:
        """The fullest name of whom an office is of; what only describes it, and initials, as they stand."""
        where = item.owner or item.tail
        if where is None:
            return owner.name
        names = [n for n in self.names if where[0] <= n.first and n.last <= where[1]]
        if not names and where == item.tail and (owner.kind == "place" or self._tells_more(where, owner)):
            return self._text(*where)
        if names and owner.kind == "place" and self._is_headed(where, names[0]):
            return self._text(*where)
        whole = self._with_noun(names, where[1])
        if owner.kind == "organisation" and (initials := next((n for n in names if _is_initials(n.text)), None)):
            return whole or (owner.name if owner.name.startswith(f"{initials.text} ") else initials.text)
        return max(owner.name, whole, key=len)

    def _with_noun(self, names: Sequence[Name], end: int) -> str:
        """A name with the plain noun that says what it is: "the Waed association"; "" where none follows."""
        if len(names) != 1 or names[0].kind != "organisation" or names[0].last >= end:
            return ""
        noun = noun_at(self.tokens, end - 1)
        is_named = noun and is_house(noun) and noun.words not in people_words().loose
        return self._text(names[0].first, end) if is_named else ""

    def _tells_more(self, where: Range, owner: Member) -> bool:
        """Whether a phrase has words that the owner's name has not: "the prisons office" is not the Club."""
        known = {word for alias in owner.aliases for word in alias} | set(owner.name.lower().split())
        told = [t.lower for t in self.tokens[where[0] : where[1]] if t.lower not in closed_words()]
        return len(told) > 1 and not known.issuperset(told[:-1])

    def _is_headed(self, where: Range, name: Name) -> bool:
        """Whether a noun beside a place is the organisation: "the court of X", "X's judiciary", "the X police"."""
        beside = (i for i in range(*where) if not name.first <= i < name.last)
        return any(noun is not None and is_house(noun) for noun in (noun_at(self.tokens, i) for i in beside))

    def _owned(self, item: Description) -> str | None:
        """The house of "a ministry official", with the country whose it is: "Orvale's foreign ministry"."""
        owner = item.owner
        if owner and owner[0] <= item.first + 1 and self._is_told(owner):
            mark = self.page.text[self.tokens[owner[1] - 1].end : self.tokens[owner[1]].end].strip()
            first = owner[0] + (self.tokens[owner[0]].lower in words().determiners)
            return f"{self._text(first, owner[1])}{mark if mark in _OWNS else ''} {item.house}"
        return item.house

    def _is_told(self, owner: Range) -> bool:
        """Whether words before a house tell whose it is: "Orvale's ministry", "the families' committee", not "its"."""
        last = self.tokens[owner[1] - 1]
        is_noun = last.lower not in words().possessives and noun_at(self.tokens, owner[1] - 1) is not None
        return last.is_capital or is_noun

    def _text(self, first: int, last: int) -> str:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return " ".join(self.page.text[start:end].split())


def _is_body(noun: Noun) -> bool:
    """Whether a noun means people who speak with one voice: "the strikers", "the delegation"."""
    return noun.kind == "group" and not noun.kin


def _state(word: str, office: str) -> str | None:
    """The country of "the Turkish foreign minister", by its demonym; None for other offices and words."""
    stately = office.lower().split()[-1] in people_words().stately
    return name_words().states.get(word.lower()) if stately else None


def _is_initials(name: str) -> bool:
    return name.isupper() and len(name) > 1
