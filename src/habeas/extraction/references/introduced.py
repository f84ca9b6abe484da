"""Role and organisation as the words beside a cue give them, where no list knows the office or the house.

"X, campaigns lead at Alerta", "Alerta's X", "Alerta president X", "an aide at the embassy": grammar tells them though
the words are new.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from habeas import vocab
from habeas.extraction.cast import Member, Role
from habeas.extraction.document import Page, Token
from habeas.extraction.entities.offices import is_house, phrase_words
from habeas.extraction.entities.words import is_given, name_words, titles
from habeas.extraction.lexicon import closed_words, cue_forms, words
from habeas.extraction.nouns import noun_at, people_words, singular_of
from habeas.extraction.quotes import CLOSING, OPENING
from habeas.extraction.reading import Spans
from habeas.extraction.references.find import References
from habeas.extraction.roles import plain_role

_OWNS = frozenset(["'s", "’s", "'", "’"])
_TIED = frozenset(["of", "for", "at", "with", "from", "in"])
_SETTLING = frozenset(["of", "from", "in"])  # these lead to towns, too
_LONGEST_ROLE = 4  # tokens before the preposition
_LONGEST_HOUSE = 9  # tokens
_LAWYER = "lawyer"
_SHORTEST = 2  # code points: an initial is no name


class _Told(NamedTuple):
    role: str | None
    house: str | None


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {key: frozenset(found) for key, found in vocab.load("en", "roles")["introduced"].items()}


def introduce(page: Page, references: References, source: Spans, member: Member) -> None:
    """Gives a speaker the office and the organisation that the words of the source tell, where none is known yet."""
    if (
        member.kind not in {"person", "group"}
        or member.kin
        or member.house
        or any(r.organisation for r in member.roles)
    ):
        return
    reader = _Reader(page, references, source, member)
    role, house = reader.told()
    known = member.roles[0].words if member.roles else None
    whole = None if house else reader.trade()
    if whole and (known is None or whole.lower().endswith(f" {known.lower()}")):
        member.roles[:1] = [Role(whole, None, source[0][0])]
    elif house and known and known.lower().endswith(f" {role}".lower()):
        member.roles[0] = Role(role or known, house, member.roles[0].at)  # "X prison governor" is governor of a prison
    elif role and not known:
        member.roles.append(Role(role, house, source[0][0]))
        member.official |= house is not None
    elif house and house not in (known or ""):  # "Minister for Foreign Affairs" is all office
        member.house = house


class _Reader:
    """Reads one source around the name of its speaker, or the whole of it where it names nobody."""

    def __init__(self, page: Page, references: References, source: Spans, member: Member) -> None:
        self.page, self.tokens, self.references = page, page.tokens, references
        start, end = source[0][0], source[-1][1]
        offices = (role.words.lower().split()[-1] for role in member.roles)
        self.seated = any(office in phrase_words().settled for office in offices)  # "Bishop X of Santa Rosa"
        self.first, self.last = page.token_index(start), page.token_index(end)
        named = [span for span, entity in references.between(start, end) if entity == member.id and member.named]
        self.name = page.token_range(*named[0]) if named else None

    def told(self) -> _Told:
        """The office and the house that stand after the name, else those before it."""
        if self.name is None:
            return self._office(self.first, self.last)
        if one := self._one_of(self.name.stop):
            return _Told(one, None)
        after = self._after(self.name.stop)
        return after if after.house or after.role == _LAWYER else self._before(self.name.start)

    # -- after the name ------------------------------------------------------------------------------------------

    def _after(self, at: int) -> _Told:
        if at + 1 >= self.last:
            return _Told(None, None)
        token = self.tokens[at]
        if token.lower == "of" and self.seated and self.tokens[at + 1].lower not in words().determiners:
            return _Told(None, None)
        if token.lower in _lists()["ties"]:
            return _Told(None, self._house(at + 1, sure=token.lower not in _SETTLING))
        if token.text != ",":
            return _Told(None, None)
        at += 1
        if self.tokens[at].text.isdigit() and at + 2 < self.last and self.tokens[at + 1].text == ",":
            at += 2
        if self.tokens[at].lower in _lists()["acting"] and self.tokens[at + 1].lower == "for":
            body = self._house(at + 2, sure=False)
            return _Told(None, body) if body else _Told(_LAWYER, None)
        if self.tokens[at].lower in _lists()["speaking"]:
            tie = next((i for i in range(at + 1, min(at + 4, self.last)) if self.tokens[i].lower in _TIED), self.last)
            return _Told(None, self._house(tie + 1, sure=True))
        if self.tokens[at].lower in _lists()["ties"]:
            return _Told(None, self._house(at + 1, sure=self.tokens[at].lower not in _SETTLING))
        return self._office(at, self._clause(at))

    def _one_of(self, at: int) -> str | None:
        """What one of several is: "X, one of his four daughters" is a daughter; None where nothing says so."""
        if at + 3 >= self.last or [t.lower for t in self.tokens[at : at + 3]] != [",", "one", "of"]:
            return None
        end = self._clause(at + 3)
        last = next((i for i in range(at + 3, end) if self.tokens[i].lower in _TIED), end) - 1
        one = singular_of(self.tokens[last].lower)
        return None if one is None or one.kind != "person" or one.detained else one.words

    def _clause(self, at: int) -> int:
        """Where the apposition that begins at a token ends."""
        for i in range(at, self.last):
            if self.tokens[i].text in {",", "(", "–", "—", ";", ":"} or self.tokens[i].lower in _lists()["relative"]:
                return i
        return self.last

    def _office(self, first: int, last: int) -> _Told:
        """ "a campaigns lead at Alerta", "Alerta's campaigns lead", "a hospital spokeswoman"."""
        if first < last and self.tokens[first].lower in words().determiners:
            first += 1
        owned = next((i for i in range(first, last) if self.tokens[i].lower in _OWNS), None)
        if owned is not None and owned > first:
            role = self._role(owned + 1, last)
            return _Told(role, self._text(first, owned) if role and self._is_house(first, owned) else None)
        tie = next((i for i in range(first, last) if self.tokens[i].lower in _TIED), None)
        if tie is None:
            return self._compound(first, last)
        role = self._role(first, tie)
        house = self._house(tie + 1, sure=self.tokens[tie].lower not in _SETTLING) if role else None
        return _Told(role if house else None, house)

    def _role(self, first: int, last: int) -> str | None:
        """The words of an office, whatever it is; None where they are something else."""
        while first < last and self.tokens[first].lower in people_words().dropped:
            first += 1
        if not 0 < last - first <= _LONGEST_ROLE or ((noun := noun_at(self.tokens, last - 1)) and noun.kin):
            return None
        if noun and (noun.kind in {"organisation", "place"} or noun.detained):
            return None
        said = [self.tokens[i] for i in range(first, last)]
        if any(not t.text[0].isalpha() or t.lower in closed_words() for t in said) or said[-1].lower in cue_forms():
            return None
        return self._text(first, last)

    # -- before the name -----------------------------------------------------------------------------------------

    def trade(self) -> str | None:
        """What somebody is by plain words right before the name, whatever they are: "keeper X", "art historian X"."""
        first, at = self.first, self.name.start if self.name else self.first
        said = self.tokens[first:at]
        opens = self.page.sentence_at(self.tokens[first].start).first_token == first
        if not 0 < len(said) <= _LONGEST_ROLE - 1 or any(not self._is_plain(t, opens and t is said[0]) for t in said):
            return None
        noun, lists = noun_at(self.tokens, at - 1), people_words()
        if noun is not None and (noun.kind != "person" or noun.kin or noun.lawyer or noun.detained):
            return None
        if (opens and len(said) == 1) or (noun is not None and noun.words in phrase_words().attending | lists.generic):
            return None
        return plain_role(self._text(first, at)) or None

    def _is_plain(self, token: Token, opens: bool) -> bool:
        """Whether a word is a common one: in small letters unless it opens the sentence, no title, no small word."""
        lists = (
            closed_words(),
            cue_forms(),
            titles(),
            name_words().demonyms,
            phrase_words().ranks,
            people_words().dropped,
        )
        return token.text.isalpha() and (opens or token.text.islower()) and all(token.lower not in one for one in lists)

    def _before(self, at: int) -> _Told:
        """ "Alerta's X", "Alerta's lead, X", "Alerta president X"."""
        while at > self.first and (self.tokens[at - 1].text == "," or self._is_title(at - 1)):
            at -= 1
        first = self.first + (self.tokens[self.first].lower in words().determiners)
        owned = next((i for i in range(at - 1, first, -1) if self.tokens[i].lower in _OWNS), None)
        if owned is None:
            return self._compound(first, at)
        role = self._role(owned + 1, at) if owned + 1 < at else None
        if owned + 1 < at and role is None:
            return _Told(None, None)
        led = role is not None and (noun := noun_at(self.tokens, at - 1)) and noun.words in people_words().bodily
        named = self._is_house(first, owned) or (led and owned - first == 1 and self._is_new(first))
        return _Told(role, self._text(first, owned) if named else None)

    def _is_title(self, at: int) -> bool:
        """Whether a word only says how somebody is addressed: a lawyer is one of a house, too."""
        noun = noun_at(self.tokens, at)
        return self.tokens[at].lower.rstrip(".") in titles() and not (noun is not None and noun.lawyer)

    def _compound(self, first: int, last: int) -> _Told:
        """ "Alerta president", "Ramat prison governor", "a hospital spokeswoman": the house right before the office."""
        nouns = ((length, noun_at(self.tokens, last - length)) for length in (3, 2, 1) if last - length > first)
        length, noun = next(((n, noun) for n, noun in nouns if noun and noun.length == n), (0, None))
        if noun is None or noun.kind != "person" or noun.kin or noun.detained:
            return _Told(None, None)
        end = last - length
        opens = self.page.sentence_at(self.tokens[first].start).first_token == first and noun_at(self.tokens, first)
        common = opens or not self.tokens[first].is_capital  # "State prosecutor X" is of no body called State
        bare = end - first == 1 and noun.words not in phrase_words().speaking and common
        named = end - first == 1 and self._is_new(first) and self._has_house(noun.words)
        if named or (self._is_house(first, end) and not bare):
            return _Told(self._text(end, last), self._text(first, end))
        return _Told(None, None)

    def _has_house(self, office: str) -> bool:
        """Whether whoever holds this office holds it in something that a name before it can name."""
        known = people_words()
        return office in known.bodily | known.players | known.keepers or office in _lists()["led"]

    # -- the house -----------------------------------------------------------------------------------------------

    def _house(self, at: int, *, sure: bool) -> str | None:
        """The organisation that a phrase names; `sure`: the words before it lead to nothing but one."""
        tokens, determined = self.tokens, False
        if at < self.last and tokens[at].lower in words().determiners:
            at, determined = at + 1, tokens[at].lower == "the"
        most = min(self.last, at + _LONGEST_HOUSE)
        end = next((i for i in range(at, most) if self._ends(i)), most)
        if end <= at:
            return None
        name = next((i for i in range(at, end) if tokens[i].is_capital or tokens[i].text in OPENING), None)
        if name is not None and name > at and (noun := noun_at(tokens, name - 1)) and self._only_says(noun.words):
            at, end = name + (tokens[name].text in OPENING), end - (tokens[end - 1].text in CLOSING)
            return self._text(at, end) if end > at else None
        if self._is_house(at, end) or (determined and self._is_common(at, end)):
            return self._text(at, end)
        return self._text(at, end) if sure and self._is_new(at) and self._all_new(at, end) else None

    def _is_common(self, first: int, last: int) -> bool:
        """Whether a phrase with "the" may be a body that no list has: "the garrison", "the apparatus"."""
        if any(noun_at(self.tokens, i) for i in range(first, last)) or last - first > _LONGEST_ROLE:
            return False
        end = self.tokens[last - 1].lower
        return end.isalpha() and not self.tokens[last - 1].is_capital and end not in _lists()["nowhere"]

    def _only_says(self, noun: str) -> bool:
        """Whether a noun only tells what the name after it names: "the rights group X", "the firm X"."""
        return noun in people_words().namers or noun in _lists()["firms"]

    def _ends(self, at: int) -> bool:
        token = self.tokens[at]
        if token.lower in {"of", "for"}:  # "Club of the Captives", "ministry of justice"
            before = self.tokens[at - 1]
            return not before.is_capital and before.lower not in phrase_words().bodies
        if token.lower in words().determiners:
            return self.tokens[at - 1].lower not in {"of", "for"}
        marked = not token.text[0].isalnum() and token.lower not in _OWNS | OPENING | CLOSING | {"&"}
        return marked or token.lower in closed_words()

    def _is_house(self, first: int, last: int) -> bool:
        """Whether the words mean an organisation, or a place where people work: by what is named there, or the noun."""
        if first >= last:
            return False
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        for span, entity in self.references.between(start, end):
            if span[1] == end and span[0] <= start and self.references.cast.members[entity].kind == "organisation":
                return True
        noun = noun_at(self.tokens, last - 1)
        return noun is not None and (is_house(noun) or noun.words in _lists()["workplaces"])

    def _is_new(self, at: int) -> bool:
        """Whether a word is a name that nothing explains: nobody's, of no known place, no common word."""
        token = self.tokens[at]
        if not token.is_capital or len(token.text) < _SHORTEST or is_given(token.text) or not self._all_new(at, at + 1):
            return False
        known = people_words()
        if token.lower.rpartition("-")[2] in name_words().compounded:  # "Ramat-based"
            return False
        if noun_at(self.tokens, at) is not None or token.lower in titles() | name_words().places:
            return False
        listed = name_words().demonyms | known.modifiers | known.dropped | closed_words() | phrase_words().ranks
        return token.lower not in listed | _lists()["plain"]

    def _all_new(self, first: int, last: int) -> bool:
        """Whether nobody is named there, and the words end with a capital."""
        found = self.references.between(self.tokens[first].start, self.tokens[last - 1].end)
        kinds = {self.references.cast.members[entity].kind for _, entity in found}
        return kinds.isdisjoint({"person", "group"}) and self.tokens[last - 1].is_capital

    def _text(self, first: int, last: int) -> str:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return " ".join(self.page.text[start:end].split())
