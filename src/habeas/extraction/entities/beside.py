"""Which name a description stands beside: "the director Oleg", "X, a spokesman", "His lawyer, Y, said"."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.extraction.document import Page
from habeas.extraction.entities.descriptions import Description
from habeas.extraction.entities.names import Name
from habeas.extraction.entities.words import alias_begins, kunyas
from habeas.extraction.lexicon import cue_forms, words
from habeas.extraction.nouns import noun_at, people_words
from habeas.extraction.quotes import CLOSING, OPENING
from habeas.extraction.spelling import plain

_BREAKS = frozenset([",", "(", "–", "—", "-", ":"])
_OPENING = OPENING | {"'"}
_COPULAS = frozenset(["is", "was", "as", "became", "being", "be", "been", "are", "were"])
_BEFORE_ALIAS = frozenset([",", "(", "also", "better", "widely", "commonly", "popularly", "who", "is", "was", "the"])
_LEADS = frozenset(["the", "his", "her", "its", "their", "our"])
_IN_A_ROW = 8  # descriptions that one name may follow: "the sheikh the prisoner X"
_TRAILS = frozenset(["a", "an", "the", "his", "her", "their", "its", "one", None])


class Beside:
    """Looks at the tokens between descriptions and names."""

    def __init__(self, page: Page, names: Sequence[Name], descriptions: Sequence[Description]) -> None:
        self.page, self.tokens = page, page.tokens
        self.starting = {name.begins: name for name in names} | {name.first: name for name in names}
        self.ending = {name.last: name for name in names}
        self.next = {d.first: d for d in descriptions}

    def name_of(self, item: Description) -> Name | None:
        """The name that the description goes with; None where it stands alone."""
        after = self._after(item) or self._inside(item)
        if after or (item.last < len(self.tokens) and self.tokens[item.last].lower == "'s"):
            return after
        return self._after_comma(item) or self._before(item) or self._equated(item)

    def alias_of(self, name: Name) -> Name | None:
        """The name that this one is another of: "X, also known as Y", "X (alias “Y”)"; None where it stands alone."""
        marked = name.begins > 0 and self.tokens[name.begins - 1].text in _OPENING
        end = alias_begins(self.tokens, name.begins - marked)
        if end is None and self._is_kunya(name):
            end = name.begins - 1
        while end is not None and end > 0 and self.tokens[end - 1].lower in _BEFORE_ALIAS:
            end -= 1
        known = self.ending.get(end) if end is not None else None
        return known if known is not None and known.kind == name.kind == "person" else None

    def _is_kunya(self, name: Name) -> bool:
        """Whether a name is a kunya in marks or brackets: "X “Abu Raed”", "X (Abu Raed)"."""
        if name.begins < 1 or name.last >= len(self.tokens) or plain(self.tokens[name.first].text) not in kunyas():
            return False
        opens, closes = self.tokens[name.begins - 1].text, self.tokens[name.last].text
        return (opens in _OPENING and closes in CLOSING | {"'"}) or (opens == "(" and closes == ")")

    def _inside(self, item: Description) -> Name | None:
        """ "the organisation of X", "the X agency": the name in the phrase is what the phrase means."""
        if item.noun.words not in people_words().namers:
            return None
        for place in (item.owner, item.tail):
            name = self.starting.get(place[0]) if place else None
            name = name or (self.starting.get(place[0] + 1) if place else None)
            if name and place and name.last == place[1] and name.kind == item.kind:
                return None if item.noun.custodial and place is item.owner else name
        return None

    def is_predicate(self, item: Description) -> bool:
        """ "is a teacher", "as a spokesman": says what somebody is and means nobody by itself."""
        before = self.tokens[item.first - 1].lower if item.first else ""
        return before in _COPULAS and item.determiner in {"a", "an", None}

    def _after(self, item: Description) -> Name | None:
        """ "the prisoner X", "the sheikh the prisoner X", "the lawyer of the commission X"."""
        for _ in range(_IN_A_ROW):
            if name := self._right_after(item):
                return name
            following = self.next.get(item.last)
            if not following or not item.kind == "person" == following.kind or not self._same_line(item.last):
                return None
            item = following
        return None

    def _right_after(self, item: Description) -> Name | None:
        for at in (item.head + item.noun.length, item.last):
            if at == item.last and self._serves(item):
                continue
            opened = at + (at < len(self.tokens) and self.tokens[at].text in _OPENING)
            name = self.starting.get(opened)
            if name and self._fits(item, name) and self._same_line(at):
                return name
        return None

    def _serves(self, item: Description) -> bool:
        """Whether a name after the phrase is of whom it tells last: "the lawyer for the writer X" is not X."""
        if item.tail is None or not item.noun.lawyer:
            return False
        last = noun_at(self.tokens, item.last - 1)
        return last is not None and last.kind == "person"

    def _fits(self, item: Description, name: Name) -> bool:
        if item.kind == "person":
            return name.kind == "person"
        return item.kind == name.kind and item.kind != "group" and item.determiner in {"the", None}

    def _after_comma(self, item: Description) -> Name | None:
        """ "His lawyer, Y, said": the name is closed off by another comma, or by the verb that reports."""
        at = item.last + 1
        if item.kind == "organisation":
            return self._called(item)
        if item.kind != "person" or at >= len(self.tokens) or self.tokens[item.last].text not in _BREAKS:
            return None
        name = self.starting.get(at) or self._titled(at)
        if name is None and at in self.next and self.next[at].kind == "person":
            name = self._after(self.next[at])
        opens = item.first in self._sentence_start(item)
        if name is None or name.kind != "person" or not (item.owner or item.determiner in _LEADS or opens):
            return None
        return name if self._closes(name.last, within=self._is_governed(item)) else None

    def _equated(self, item: Description) -> Name | None:
        """ "The director of Open Wells is X.": the name that a whole office is said to be."""
        at = item.last
        if item.kind != "person" or item.determiner not in _LEADS or item.tail is None:
            return None
        if self.tokens[at : at + 2] and self.tokens[at].text == ",":  # "…, in Ramat, is X"
            at = next((i + 1 for i in range(at + 1, min(at + 5, len(self.tokens))) if self.tokens[i].text == ","), at)
        if at + 2 >= len(self.tokens):
            return None
        name = self.starting.get(at + 1) if self.tokens[at].lower in {"is", "was"} else None
        if name is None or name.kind != "person" or name.last >= len(self.tokens):
            return None
        return name if self.tokens[name.last].text in {".", ",", ";"} else None

    def _titled(self, at: int) -> Name | None:
        """The name in "the brigadier X", "the Rev. X": behind an article and a title."""
        name = self.starting.get(at + 1) if self.tokens[at].lower == "the" else None
        return name if name is not None and name.begins < name.first else None

    def _called(self, item: Description) -> Name | None:
        """ "The journalists' union, the SNJT, welcomed it": the name in commas, and what it does after them."""
        at = item.last
        if (item.determiner != "the" and not item.owner) or at + 3 >= len(self.tokens) or self.tokens[at].text != ",":
            return None
        name = self.starting.get(at + 1 + (self.tokens[at + 1].lower == "the"))
        if name is None or name.kind != "organisation" or name.last + 1 >= len(self.tokens):
            return None
        verb = self.tokens[name.last + 1].lower
        does = verb in cue_forms() or verb in words().auxiliaries or verb in words().irregular_past
        return name if does and self.tokens[name.last].text == "," else None

    def _sentence_start(self, item: Description) -> set[int]:
        return {self.page.sentence_at(self.tokens[item.first].start).first_token}

    def _is_governed(self, item: Description) -> bool:
        """Whether a preposition stands before: "by the words of the lawyer, X is moved" names no lawyer."""
        return item.first > 0 and self.tokens[item.first - 1].lower in words().prepositions

    def _closes(self, at: int, *, within: bool) -> bool:
        if at >= len(self.tokens):
            return True
        token = self.tokens[at]
        if not token.text[0].isalnum():
            return token.text != "'s"
        if within:
            return False
        if token.lower in {"of", "from", "at", "with"}:  # "His pastor, X of Grace Chapel, said"
            return True
        return token.lower in cue_forms() or token.lower in words().auxiliaries or token.lower in words().irregular_past

    def _same_line(self, at: int) -> bool:
        gap = self.page.text[self.tokens[at - 1].end : self.tokens[at].start]
        return gap.count("\n") < 2

    def _before(self, item: Description) -> Name | None:
        """The name before ", a spokesman" or ", 46, his lawyer" or " (the lawyer of …"."""
        at = item.first
        if at < 2 or self.tokens[at - 1].text not in _BREAKS or item.determiner not in _TRAILS:
            return None
        end = at - 1
        if self.tokens[end - 1].text.isdigit() and end >= 2 and self.tokens[end - 2].text == ",":
            end -= 2
        name = self.ending.get(end)
        if name is None or name.kind not in {item.kind}:
            return None
        if item.determiner is None and item.owner is None and (item.noun.plural or item.kind != "person"):
            return None
        return name
