"""Whom a description means: the detained person for "the 49-year-old", the earlier lawyer for "the lawyer"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from habeas.extraction.cast import Cast, Member
from habeas.extraction.document import Page
from habeas.extraction.entities.described import kindred
from habeas.extraction.entities.descriptions import Description
from habeas.extraction.entities.names import Name
from habeas.extraction.nouns import Noun, noun_at, people_words

_DEFINITE = frozenset(["the", "this", "that", "these", "those", "both", "all"])
_INDEFINITE = frozenset(["a", "an"])
_OWNS = {"its": ("organisation",), "their": ("group", "organisation"), "our": ("organisation",)}
_GENDERS = {"his": "male", "her": "female"}
_CLOSE = 4  # mentions: "the woman" is a woman mentioned this shortly before
_TOLD = 3  # sentences: "its" is what one of the last so many tells of
_NEAR = 12  # mentions: a possessor is sought this far back before the detained person is taken


class Whom:
    """Looks back over the cast as it stands where a description is read."""

    def __init__(self, page: Page, cast: Cast, names: Mapping[int, Name], member_of: Callable[[Name], Member]) -> None:
        self.page, self.cast = page, cast
        self.names, self.member_of = names, member_of  # names by their first token, and who each means
        self.of_description: dict[int, Member] = {}  # head token of a description -> its member

    def find(self, item: Description) -> Member | None:
        """The member that a description means; None where it brings in somebody or something new."""
        if item.kind == "person":
            return self._person(item)
        if item.kind == "group":
            return self._group(item)
        if item.tail is None and item.determiner in {"the", "this", "that", "these", None}:
            return self._thing(item.noun)
        if item.determiner == "the":
            words = self.page.text[self.page.tokens[item.first].start : self.page.tokens[item.last - 1].end].lower()
            return next((m for m in self.cast.latest() if m.kind == item.kind and m.name.lower() == words), None)
        return None

    # -- things --------------------------------------------------------------------------------------------------

    def _thing(self, noun: Noun) -> Member | None:
        """What "the court", "the club" means: described or named with that noun, the latest one."""
        last = noun.words.split()[-1]
        for member in self.cast.latest():
            if member.kind != noun.kind:
                continue
            if noun.words in member.nouns or (noun.length == 1 and any(last == n.split()[-1] for n in member.nouns)):
                return member
            if member.named and noun.length == 1 and last in _words(member.name):
                return member
        if noun.kind == "organisation" and noun.words in people_words().namers:
            return next(
                (m for m in self.cast.latest() if m.kind == "organisation" and m.named and not _is_of_state(m)), None
            )
        return None

    # -- owners --------------------------------------------------------------------------------------------------

    def owner(self, item: Description) -> Member | None:
        """Whose relative, lawyer or spokesman is described: the possessor, or the phrase after "of".

        "The branch chair" is of the organisation that the sentences before tell of.
        """
        where = item.owner or item.tail
        if where is None:
            branch = item.determiner == "the" and item.role.lower().split()[:1] == ["branch"]
            return self._opening(item.first) if branch else None
        return self.meant(*where)

    def meant(self, first: int, last: int) -> Member | None:
        """The member that the tokens of a possessor mean: a name in them, a description, a pronoun."""
        for at in range(first, last):
            if at in self.names and self.names[at].last <= last:
                return self.member_of(self.names[at])
        for at in range(first, last):
            if at in self.of_description:
                return self.cast.now(self.of_description[at])
        word = self.page.tokens[first].lower
        if word in {"his", "her", "its", "their", "our", "whose"}:
            return self._possessor(word, first)
        noun = next((n for i in range(first, last) if (n := noun_at(self.page.tokens, i))), None)
        if noun is None:
            return None
        return self.main(noun.gender) if noun.detained and noun.kind == "person" else self._thing(noun)

    def _possessor(self, word: str, at: int) -> Member | None:
        gender = _GENDERS.get(word)
        if word == "whose":
            return next(iter(self.cast.latest()), None)
        kinds = _OWNS.get(word, ("person",))
        if word == "its" and (opening := self._opening(at)):
            return opening
        fitting = [m for m in self.cast.latest() if m.kind in kinds and m.fits(gender)][:_NEAR]
        if word not in _GENDERS:
            return fitting[0] if fitting else None
        inside = [m for m in fitting if self._is_near(m, at)]
        held = [m for m in inside or fitting if m.detained and not m.beside]
        return next(iter(held or [m for m in fitting if not m.beside] or fitting), None)

    def _opening(self, at: int) -> Member | None:
        """The organisation that "its" means: what this sentence or one before tells of first, quotations aside."""
        here = self.page.sentence_index(self.page.tokens[at].start)
        for sentence in reversed(self.page.sentences[max(0, here - _TOLD) : here + 1]):
            for start, member in self.cast.mentioned(sentence.start, sentence.end):
                if member.kind == "organisation" and not self._is_quoted(start, member.name):
                    return member
        return None

    def _is_quoted(self, start: int, name: str) -> bool:
        """Whether a name stands in what somebody says, and not in marks of its own: the movement “Al-Jisr”."""
        quote = self.page.quote_at(start)
        return quote is not None and quote.end - quote.start > len(name) + 2

    def _is_near(self, member: Member, at: int) -> bool:
        """Whether the member was mentioned in the same sentence or the one before."""
        sentence = self.page.sentence_index(self.page.tokens[at].start)
        return bool(member.mentions) and member.mentions[-1][0] >= self.page.sentences[max(0, sentence - 1)].start

    # -- people --------------------------------------------------------------------------------------------------

    def _person(self, item: Description) -> Member | None:
        noun = item.noun
        if item.determiner not in _DEFINITE and item.owner is None:
            return None
        if item.owner and (inverse := people_words().inverse.get(noun.words)):
            back = self._turned(item, inverse)
            if back is not None:
                return back
        if noun.words == "client":
            lawyer = self.owner(item)
            return self.cast.members.get(lawyer.owner or "") or self.main(None) if lawyer else self.main(None)
        if noun.kin or noun.lawyer or item.owner:
            return self._relative(item)
        years = noun.words.split("-")[0]
        if years.isdecimal():
            return next((m for m in self.cast.latest() if m.age == int(years)), None) or self.main(None)
        if noun.detained or noun.words in people_words().generic or _is_parent(item):
            return self.main(noun.gender) if item.tail is None or _is_parent(item) else None
        return self._same_noun(item) if item.tail is None else None

    def _same_noun(self, item: Description) -> Member | None:
        """ "The teacher" is who was called one, else the detained person, whose occupation was not told yet."""
        noun, last = item.noun, item.noun.words.split()[-1]
        for member in self.cast.latest():
            if member.kind == "person" and any(last == known.split()[-1] for known in member.nouns):
                return member
        known = people_words()
        if noun.words in known.occupations - known.offices - known.outsiders and (
            item.age or item.role.lower() == noun.words
        ):
            main = self.main(noun.gender)
            return main if main and main.detained else None
        return None

    def _turned(self, item: Description, inverse: Sequence[str]) -> Member | None:
        """ "Her husband" where "her" is a wife: whose wife she is."""
        owners = [self.owner(item)]
        if item.owner and self.page.tokens[item.owner[0]].lower in {"his", "her", "their", "my", "our"}:
            gender = _GENDERS.get(self.page.tokens[item.owner[0]].lower)
            near = [m for m in self.cast.latest() if m.kind in {"person", "group"} and m.fits(gender)][:_NEAR]
            owners = [*[m for m in near if m.owner and not m.nouns.isdisjoint(inverse)], *owners]
        for owner in owners:
            if owner is not None and owner.owner and not owner.nouns.isdisjoint(inverse):
                other = self.cast.members.get(owner.owner)
                if other is not None and other.fits(item.noun.gender) and not self._goes_before(other, owner, item):
                    return other
        return None

    def _goes_before(self, other: Member, owner: Member, item: Description) -> bool:
        """Whether "his" rather means the one whose relative was told of before: told of since, and it may be a man."""
        pronoun = _GENDERS.get(self.page.tokens[item.owner[0]].lower) if item.owner else None
        if pronoun is None or not other.fits(pronoun) or not (other.mentions and owner.mentions):
            return False
        return max(other.mentions) > max(owner.mentions) and not self._is_near(owner, item.first)

    def _relative(self, item: Description) -> Member | None:
        owner, noun = self.owner(item), item.noun
        for member in self.cast.latest():
            same = noun.words in member.nouns or (noun.lawyer and member.lawyer)
            if member.kind == "person" and same and (owner is None or member.owner in {None, owner.id}):
                return member
        return None

    def unnamed(self, item: Description, name: Member) -> Member | None:
        """Whom "his lawyer" or "the pastor" meant before the page names them: that noun and owner, without a name."""
        if name.mentions:
            return None
        if not (item.noun.kin or item.noun.lawyer):
            return self._foretold(item, name)
        owner = self.owner(item)
        for member in self.cast.latest():
            if member.kind == "person" and not member.named and item.noun.words in member.nouns:
                same = owner is None or member.owner in {None, owner.id}
                return member if same and member.fits(name.gender) and member is not name else None
        return None

    def _foretold(self, item: Description, name: Member) -> Member | None:
        """Who was brought in as "a pastor", where "the pastor, X," names them: the one of that noun, or of its like."""
        apart = item.last < len(self.page.tokens) and self.page.tokens[item.last].text == ","
        if item.kind != "person" or item.determiner != "the" or item.owner is not None or not apart:
            return None
        last = item.noun.words.split()[-1]
        if last in people_words().bodily:  # "an empty chair"
            return None
        people = {m.id: m for m in self.cast.latest() if m.kind == "person" and not (m.named or m.owner)}.values()
        fitting = [m for m in people if m.name.split()[0].lower() in _INDEFINITE and m.fits(name.gender)]
        fitting = [m for m in fitting if not (m.age and name.age and m.age != name.age)]
        found = [m for m in fitting if any(noun.split()[-1] == last for noun in m.nouns)]
        found = found or [m for m in fitting if kindred(m.nouns, {last})]
        return found[0] if len(found) == 1 else None

    def main(self, gender: str | None) -> Member | None:
        """The detained person spoken of last, else the person named last who stands there for nobody else.

        Where a gender is asked for, somebody near who surely has it goes before somebody who may have it.
        """
        people = [m for m in self.cast.latest() if m.kind == "person" and m.fits(gender)]
        held = next((m for m in people if m.detained and not (m.kin or m.lawyer)), None)
        if gender and (held is None or held.gender is None):
            sure = next((m for m in people[:_CLOSE] if m.gender == gender), None)
            if sure is not None:
                return sure
        return held or next((m for m in people if m.named and not m.beside), None)

    # -- groups --------------------------------------------------------------------------------------------------

    def _group(self, item: Description) -> Member | None:
        definite = item.determiner in _DEFINITE or item.owner is not None
        if not definite and item.determiner is not None:
            return None
        for member in self.cast.latest():
            if member.kind == "group" and item.noun.words in member.nouns:
                return member if definite or member.name.lower() == item.role.lower() else None
        return self._as_many(item) if definite and self.sums(item) else None

    def _as_many(self, item: Description) -> Member | None:
        """The group that "the five" counts: "five members of the union"; None where as many were named since."""
        counts = people_words().counts
        words = (self.page.tokens[i].lower for i in range(item.first, item.last))
        number = next((counts[word] for word in words if word in counts), 0)
        opens = (m for m in self.cast.latest() if m.kind == "group" and not m.sums and m.name[:1] and number)
        group = next((m for m in opens if number in _numbers(m.name)), None)
        if group is None:
            return None
        since = min(group.mentions)[0]
        named = [m for m in self.cast if m.kind == "person" and m.named and m.mentions and min(m.mentions)[0] > since]
        return group if len(named) < number else None

    def sums(self, item: Description) -> bool:
        """Whether a group takes together people whom the page names: "the brothers", "both men", "the other two"."""
        definite = item.determiner in {"the", "both", "all", "these", "either", "neither"}
        return definite and item.noun.words in people_words().sets and item.tail is None and item.owner is None


def _numbers(name: str) -> list[int]:
    """The number that a group's name opens with, if any: 5 for "five members of the union", "the 5 men"."""
    opens = [people_words().counts.get(word, int(word) if word.isdecimal() else 0) for word in name.lower().split()[:2]]
    return [number for number in opens if number]


def _is_parent(item: Description) -> bool:
    """ "The father of three": a description of the person, not somebody's father."""
    return item.noun.words in {"father", "mother"} and item.numbered


def _is_of_state(member: Member) -> bool:
    """Whether an organisation's name says that it is a state's, so that no party, group or network is meant by it."""
    return not people_words().state_bodies.isdisjoint(word.removesuffix("s") for word in _words(member.name))


def _words(name: str) -> list[str]:
    return name.lower().replace("'", " ").replace("’", " ").split()
