"""What the words around one trigger tell of who can be meant: the subject before, the object behind, who does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from habeas import vocab
from habeas.extraction.custody.hits import Hit
from habeas.extraction.custody.scene import Candidate, Scene, chain
from habeas.extraction.document import Token
from habeas.extraction.lexicon import cue_forms, words
from habeas.extraction.nouns import noun_at, noun_of, people_words

_LEFT = frozenset({"before", "adjacent"})
_PARENTHESIS = 14  # tokens between the commas after a name
_LEAD = 5  # tokens between a verb or a preposition and the name that belongs to it
_WHO = frozenset({"who", "which", "that"})
_SINGLE = frozenset({"a", "an"})
_OBJECTS = frozenset({"him", "her", "them"})
_ONE = frozenset({"was", "is", "has"})
_OWNS = frozenset({"'s", "'", "’s", "’"})
_PARTICIPLES = ("ed", "en", "wn", "ld", "ght", "ung", "shot")
_GOODS = frozenset({"arrest", "transfer", "deportation"})  # whose verbs may be of things: "X's phone was seized"


@dataclass(frozen=True, slots=True)
class Clause:
    """What grammar tells: `only` these can be meant (None where it does not tell), and `never` those."""

    only: frozenset[str] | None = None
    never: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()  # of those, who does it: never meant by what follows in the clause either

    def may_mean(self, entity: str) -> bool:
        """Whether somebody can be the one whom the trigger tells of."""
        return entity in self.only if self.only is not None else entity not in self.never


@cache
def _governing() -> frozenset[str]:
    """Prepositions that no clause can follow: the subject of a verb never stands right behind one."""
    return words().prepositions - words().subordinators


@cache
def lists() -> dict[str, frozenset[str]]:
    """The word lists of `clauses` in `vocab/en/custody.toml`."""
    return {name: frozenset(found) for name, found in vocab.load("en", "custody")["clauses"].items()}


class Reader:
    """Reads the words around one trigger."""

    def __init__(self, scene: Scene, hit: Hit) -> None:
        self.scene, self.hit = scene, hit
        page, sentence = scene.page, hit.sentence
        self.tokens: Sequence[Token] = page.tokens
        self.people = sentence.people
        inside = page.token_range(sentence.start, sentence.end)
        self.first, self.last = inside.start, inside.stop
        at, end = page.token_index(hit.span[0]), page.token_index(hit.span[1] - 1) + 1
        while at < end - 1 and not self.tokens[at].is_word:
            at += 1
        self.at, self.end = at, end

    def read(self) -> Clause:
        """Who can be meant, by the words of the trigger's own clause."""
        named = self._before_brackets()
        if named is not None:
            return self._only(named, joined=False)
        who, passive = self.hit.trigger.who[0], self._is_passive()
        done = passive or self._is_done_by()
        pronoun = None if done else self._object_inside()
        if pronoun is not None:
            return self._only(pronoun, joined=False)
        if not done and who != "object" and self._takes_object():
            return Clause(None, self._doers() | self._apart(), self._doers())
        if done or (who in _LEFT and not self._is_nominal()):
            found = self._of_subject(passive=passive)
            return Clause(found.only, found.never | self._agents()) if done else found
        if who != "object":
            return Clause(None, self._labels() | self._apart())
        found = self._of_object()
        return Clause(found.only, found.never | self._doers() | self._apart(), self._doers())

    def _before_brackets(self) -> Candidate | None:
        """Whoever is named right before the brackets that the trigger stands in: "X (30 days), Y ([22 days])"."""
        text, start = self.scene.text, self.hit.span[0]
        opened = text.rfind("(", self.hit.sentence.start, start + 1)
        if opened < 0 or ")" in text[opened:start] or text.find(")", self.hit.span[1] - 1, self.hit.sentence.end) < 0:
            return None
        if any(c.named and opened < c.start < self.hit.span[1] for c in self.people) or self._has_somebody(opened):
            return None
        named = (c for c in self.people if c.named)
        return next((c for c in named if 0 <= opened - c.end <= 1 or c.end < opened < c.until), None)

    def _has_somebody(self, opened: int) -> bool:
        """Whether brackets tell of somebody else: "X ([whose brother] was arrested)"."""
        closes = self.scene.text.find(")", self.hit.span[1] - 1, self.hit.sentence.end)
        inside = self.scene.page.token_range(opened, closes)
        nouns = (noun_at(self.tokens, i) for i in inside if self.tokens[i].lower not in words().numbers)
        is_somebody = any(noun is not None and noun.kind in ("person", "group") for noun in nouns)
        return is_somebody or any(self.tokens[i].lower in words().possessives for i in inside)

    def _object_inside(self) -> Candidate | None:
        """The pronoun that is the object of the trigger's own verb: "accused him of"."""
        start, end = self.hit.span
        found = (c for c in self.people if start < c.start and c.end <= end and not (c.named or c.possessive))
        return next((c for c in found if self.scene.text[c.start : c.end].lower() in _OBJECTS), None)

    def _labels(self) -> frozenset[str]:
        """Who stands in the trigger's own words as somebody's label: "the trial of men accused of killing X"."""
        found: set[str] = set()
        start, end = self.hit.span
        for person in self.people:
            if person.named and start <= person.start and person.end <= end:
                lead = self._lead(self.scene.page.token_index(person.start))
                if person.modifier or (lead >= self.at and (self._is_verb(lead) or self.tokens[lead].lower == "by")):
                    found.update(person.ids)
        return frozenset(found)

    def _is_nominal(self) -> bool:
        return self.hit.trigger.nominal or self.tokens[self.at].lower in words().prepositions

    def _is_passive(self) -> bool:
        """Whether a form of "be" stands before the trigger's verb."""
        at = self.at
        while at < self.end and self.tokens[at].lower in words().auxiliaries | words().adverbs:
            if self.tokens[at].lower in lists()["passive"]:
                return True
            at += 1
        before = self._back_over(self.at - 1, words().adverbs)
        return self.at > self.first and self.tokens[before].lower in lists()["passive"]

    def _is_done_by(self) -> bool:
        """Whether the trigger is a participle with who did it: "[arrested] by officer X"."""
        if self.end >= self.last or self.tokens[self.end].lower != "by":
            return False
        return self.tokens[self.end - 1].lower.endswith(_PARTICIPLES)

    def _back_over(self, at: int, skipped: frozenset[str]) -> int:
        while at > self.first and self.tokens[at].lower in skipped:
            at -= 1
        return at

    # -- the subject before ----------------------------------------------------------------------------------------

    def _of_subject(self, *, passive: bool) -> Clause:
        at = self._back_over(self.at - 1, words().adverbs | words().auxiliaries)
        if at < self.first or at >= self.at:
            return Clause()
        relative = self.tokens[at].lower in _WHO
        if relative:
            at -= 1
        parted = at >= self.first and self.tokens[at].text == ","
        apposed = None if relative or not parted else self._apposed(at)
        if apposed is not None:
            return self._only(apposed, joined=False)
        at = self._before_parenthesis(at, opened=relative)
        if at < self.first:
            return Clause()
        person = self._ending_at(at)
        if person is not None:
            return self._of_person(person, relative=relative, passive=passive)
        return Clause() if relative and parted else self._of_noun(at, passive=passive)

    def _before_parenthesis(self, at: int, *, opened: bool) -> int:
        """The token before what stands between commas after a name; `opened`: only a comma may be skipped."""
        if at >= self.first and self.tokens[at].text == ",":
            if opened:
                return at - 1
            for i in range(at - 1, max(self.first, at - _PARENTHESIS), -1):
                if self.tokens[i].text == ",":
                    opens = self.tokens[i + 1]
                    fits = opens.lower in lists()["apposed"] or opens.text.isdigit()
                    return i - 1 if fits else self.first - 1
            return self.first - 1
        return at

    def _apposed(self, at: int) -> Candidate | None:
        """The name alone between two commas, of which the second is this token: "her partner, X, [was arrested]"."""
        person = self._ending_at(at - 1) if at > self.first and self._is_one() else None
        if person is None or not person.named:
            return None
        before = self.scene.page.token_index(person.start) - 1
        return person if before > self.first and self.tokens[before].text == "," else None

    def _ending_at(self, at: int) -> Candidate | None:
        end = self.tokens[at].end
        return next((c for c in self.people if c.end == end), None)

    def _of_person(self, person: Candidate, *, relative: bool, passive: bool) -> Clause:
        first = self.scene.page.token_index(person.start)
        lead = self._lead(first)
        before = self.tokens[lead].lower if lead >= self.first else ""
        if relative:
            return self._of_relative(person)
        if lead > self.first and before == "whom" and not passive:
            return self._of_whom(person, lead)
        if self._is_number(first - 1):  # "mother of two X"
            return self._only(person, joined=not self._is_one())
        if person.named and (before in _governing() or self._is_verb(lead)):
            return self._within(person, lead, before)
        if person.named and (person.group or not person.ids or any(map(self._is_described, person.ids))):
            return self._of_described(person, first)
        return self._only(person, joined=not self._is_one())

    def _of_relative(self, person: Candidate) -> Clause:
        """A name before "who"; "which" is of a thing: "the portrait of X, which [was seized]"."""
        which = self.tokens[self._back_over(self.at - 1, words().adverbs | words().auxiliaries)].lower == "which"
        if which and person.named and not person.group:
            return Clause(None, frozenset(person.ids))
        return self._only(person, joined=False)

    def _of_whom(self, doer: Candidate, whom: int) -> Clause:
        """Who acts in "Y, whom X [arrested]"; Y is meant where they stand there by name."""
        at = whom - 1 - (self.tokens[whom - 1].text == ",")
        meant = self._ending_at(at) if at >= self.first else None
        only = self._only(meant, joined=False).only if meant else None
        return Clause(only, frozenset(doer.ids))

    def _is_number(self, at: int) -> bool:
        return at >= self.first and (self.tokens[at].lower in words().numbers or self.tokens[at].text.isdigit())

    def _of_described(self, person: Candidate, first: int) -> Clause:
        """A description as the subject; one that names somebody ("supporters of X") is told of nobody else."""
        last = self.scene.page.token_index(person.end - 1)
        if any(self.tokens[i].is_capital for i in range(first + 1, last + 1)) and not self._is_person_noun(last):
            return Clause(frozenset(person.ids))
        return self._of_noun(last, passive=False)

    def _is_one(self) -> bool:
        """Whether the verb is told of one alone: "…, and X was charged"."""
        at = self._back_over(self.at - 1, words().adverbs | words().auxiliaries) + 1
        verbs = (token.lower for token in self.tokens[at : self.end])
        return next((word for word in verbs if word in words().auxiliaries), "") in _ONE

    def _within(self, person: Candidate, lead: int, before: str) -> Clause:
        """A name behind a preposition or a participle: it belongs to the noun before that."""
        noun = self._person_noun_before(lead)
        if noun is not None:
            return Clause(frozenset(self._covering(noun)), frozenset(person.ids))
        return Clause(None, frozenset(person.ids) if before == "by" else frozenset())

    def _person_noun_before(self, lead: int) -> int | None:
        """The token of the person's noun that a preposition or participle at a token belongs to, else None."""
        for i in range(lead, max(self.first - 1, lead - _LEAD), -1):
            token = self.tokens[i]
            if not token.is_word or (token.is_capital and i > self.first):
                return None
            if self._is_person_noun(i):
                return i
            if not (token.lower in words().prepositions or token.lower in _WHO or self._is_verb(i) or i == lead):
                return None
        return None

    def _lead(self, first: int) -> int:
        """The token before a name with its titles."""
        i = first - 1
        while i >= self.first and first - i <= _LEAD and self._is_title(i):
            i = self._opening_of(i) - 1
        return i

    def _opening_of(self, at: int) -> int:
        """The first token of a person's noun that ends here: "[prisoner] of conscience"."""
        return next((i for i in range(max(self.first, at - 2), at) if self._spans(i, at)), at)

    def _spans(self, i: int, at: int) -> bool:
        noun = noun_at(self.tokens, i)
        return noun is not None and i + noun.length - 1 == at and noun.kind in ("person", "group")

    def _is_title(self, at: int) -> bool:
        token = self.tokens[at]
        known = people_words()
        return token.lower in words().determiners | words().possessives | known.modifiers or self._is_person_noun(at)

    def _is_verb(self, at: int) -> bool:
        """Whether a token is a participle that has somebody as its object, and reports nothing."""
        if at < self.first:
            return False
        word = self.tokens[at].lower
        if word in cue_forms() or self.tokens[at].is_capital:
            return False
        past = word.endswith("ed") or word in words().irregular_past
        return word.endswith("ing") or (
            past and any(t.lower in _WHO for t in self.tokens[max(self.first, at - 2) : at])
        )

    def _is_person_noun(self, at: int) -> bool:
        return _means_person(self.tokens[at].lower) or self._long_noun(at)

    def _long_noun(self, at: int) -> bool:
        return self._opening_of(at) < at

    def _of_noun(self, at: int, *, passive: bool) -> Clause:
        """A common noun as the subject: "his son", "two men", "X's killer"."""
        person = self._is_person_noun(at) and self.tokens[at].lower not in lists()["clients"]
        start = at
        while start > self.first and at - start < _LEAD and self._goes_before(start - 1):
            start -= 1
        opens = self.tokens[start].lower
        owner = self._ending_at(start - 1) if opens in _OWNS and start > self.first else None
        owned = opens in _OWNS or opens in words().possessives
        before = start - 1 - (len(self.scene.page.token_range(owner.start, owner.end)) if owner else 0)
        if before >= self.first and self.tokens[before].lower in lists()["joining"] and not self._is_one():
            return Clause()
        never = frozenset(owner.ids) if owner else frozenset()
        if before >= self.first and self.tokens[before].lower in _governing() and not owner:
            return Clause()  # "a visit by his parents"
        if person and opens in _SINGLE:  # who that is may be told elsewhere, but seldom in the same sentence
            meant = self._covering(at)
            return Clause(None, frozenset(i for c in self.people for i in c.ids if c.named and i not in meant))
        if person and (owned or opens in lists()["indefinite"] or opens.isdigit()):
            return Clause(frozenset(self._covering(at)))
        whose = self._person_noun_before(before) if owner and not person and before >= self.first else None
        if whose is not None:  # "the suspects in X's murder"
            return Clause(frozenset(self._covering(whose)))
        goods = passive and {kind for kind, _, _ in self.hit.trigger.claims} <= _GOODS
        return Clause(None, never if person or goods else frozenset())

    def _goes_before(self, at: int) -> bool:
        """Whether a token can belong to a noun that comes after it; what opens its phrase is the last that does."""
        token = self.tokens[at]
        after = self.tokens[at + 1].lower
        if after in _OWNS | words().determiners | words().possessives or after.isdigit():
            return False
        closed = token.lower in words().closed and token.lower not in words().determiners | words().possessives
        return (token.is_word or token.lower in _OWNS) and not closed

    def _covering(self, at: int) -> Iterable[str]:
        token = self.tokens[at]
        return next((c.ids for c in self.people if c.start <= token.start and token.end <= c.end), ())

    def _only(self, person: Candidate, *, joined: bool) -> Clause:
        if not person.ids or any(self._is_described(i) for i in person.ids):
            return Clause()
        joined_to = chain(self.scene.text, self.people, self.people.index(person), -1) if joined else [person]
        return Clause(frozenset(i for c in joined_to for i in c.ids))

    def _is_described(self, entity: str) -> bool:
        """Whether somebody is known by a description alone, which may mean somebody named elsewhere."""
        first = self.scene.entities[entity].name.split()[0]
        return first.islower() or first.lower() in words().determiners

    # -- who does it -----------------------------------------------------------------------------------------------

    def _doers(self) -> frozenset[str]:
        """Who stands before an active verb that has somebody right behind it: "judge X [sentenced] Y"."""
        behind = self._behind(self.end - 1) or self._behind(self.at)
        if behind is None:
            return frozenset()
        at = self._back_over(self.at - 1, words().adverbs | words().auxiliaries)
        relative = self.first <= at < self.at and self.tokens[at].lower in _WHO
        at = self._before_parenthesis(at - relative, opened=relative)
        person = self._ending_at(at) if self.first <= at < self.at else None
        return frozenset(person.ids if person and not person.possessive else ()) - set(behind.ids)

    def _apart(self) -> frozenset[str]:
        """Who stands in the clauses beside a verb or noun and the one named as its object: "freed X and [jailed] Y"."""
        named = self._behind(self.end - 1) or self._behind(self.at) or self._governed()
        if named is None or not named.named or named.group or named.possessive or not named.ids:
            return frozenset()
        if any(map(self._is_described, named.ids)):
            return frozenset()
        mine = chain(self.scene.text, self.people, self.people.index(named), 1)
        before = (c for c in self.people if c.end <= self.hit.span[0])
        after = (c for c in self.people if c.start >= mine[-1].end and self._is_parted(mine[-1], c))
        found = {i for c in (*before, *after) for i in c.ids}
        return frozenset(found) - {i for c in mine for i in c.ids}

    def _governed(self) -> Candidate | None:
        """Whom the trigger's noun is of: "the nine-year [sentence] of her colleague X", "[the conviction of X]"."""
        for person in self.people:
            if person.start >= self.hit.span[0] and person.named and not person.possessive:
                lead = self._lead(self.scene.page.token_index(person.start))
                near = self.at < lead <= self.end and self.tokens[lead].lower in lists()["of_whom"]
                return person if near else None
        return None

    def _is_parted(self, person: Candidate, other: Candidate) -> bool:
        """Whether a verb stands between two people, so that they are of two clauses."""
        first, last = self.scene.page.token_index(person.end - 1) + 1, self.scene.page.token_index(other.start)
        return any(self._is_finite(at) for at in range(first, last))

    def _is_finite(self, at: int) -> bool:
        """Whether a token is a clause's verb, or opens one: "released" in "and released Y", not in "the released Y"."""
        word, before = self.tokens[at].lower, self.tokens[at - 1].lower
        if word in words().auxiliaries | words().irregular_past | _WHO:
            return True
        qualifies = before in words().determiners | words().possessives | people_words().modifiers
        return word.endswith("ed") and not (qualifies or self.tokens[at].is_capital)

    def _takes_object(self) -> bool:
        """Whether the trigger begins or ends with a verb of taking, judging or freeing that has a name right behind."""
        found = (self._behind(at) for at in (self.at, self.end - 1) if self.tokens[at].lower in lists()["taking"])
        return any(person is not None and person.named for person in found)

    def _behind(self, verb: int) -> Candidate | None:
        """Who stands right behind a verb, with or without a title."""
        behind = (c for c in self.people if c.start >= self.tokens[verb].end and (c.named or not c.possessive))
        person = next(behind, None)
        if person is None:
            return None
        lead = self._lead(self.scene.page.token_index(person.start))
        if lead > verb + 1 and self.tokens[lead].text == "," and self._is_person_noun(lead - 1):  # "her husband, X,"
            lead = self._lead(lead)
        return person if lead <= verb else None

    def _agents(self) -> frozenset[str]:
        """Who stands after "by" from the trigger on."""
        found: set[str] = set()
        for person in self.people:
            if person.start < self.hit.span[0] or not person.named:
                continue
            lead = self._lead(self.scene.page.token_index(person.start))
            if lead >= self.at and self.tokens[lead].lower == "by":
                found.update(person.ids)
        return frozenset(found)

    # -- the object behind -----------------------------------------------------------------------------------------

    def _of_object(self) -> Clause:
        at = self.end
        while at < min(self.last, self.end + _LEAD):
            person = next((c for c in self.people if c.start == self.tokens[at].start), None)
            if person is not None:
                return self._of_object_person(person)
            if self._is_person_noun(at):
                break
            if self.tokens[at].lower in words().closed - words().determiners - words().possessives:
                return Clause()
            if not self.tokens[at].is_word or self.tokens[at].is_capital:
                return Clause()
            at += 1
        return Clause()

    def _given_others(self, person: Candidate) -> frozenset[str]:
        """Whom the clause gives a number of their own: "[sentenced] X to three years and Y to five"."""
        found: set[str] = set()
        for other in self.people:
            after = self.scene.page.token_index(other.end - 1) + 1
            if other.start > person.end and after + 1 < self.last and self.tokens[after].lower == "to":
                found.update(other.ids if self._is_number(after + 1) else ())
        return frozenset(found)

    def _of_object_person(self, person: Candidate) -> Clause:
        end = self.scene.page.token_index(person.end - 1) + 1
        if end < self.last and self.tokens[end].lower in _OWNS:
            for i in range(end + 1, min(self.last, end + _LEAD)):
                if self.tokens[i].is_capital or self.tokens[i].lower in words().closed:
                    break
                if self._is_person_noun(i):
                    return Clause(frozenset(self._covering(i)), frozenset(person.ids))
            return Clause()
        follows = self.tokens[end].lower if end < self.last else "."
        if follows == "to" and person.ids:
            return Clause(None, self._given_others(person))
        indefinite = self.tokens[self.scene.page.token_index(person.start)].lower in lists()["indefinite"]
        if indefinite and follows in lists()["complements"]:
            return Clause(None, frozenset(i for c in self.people for i in c.ids if c.named) - set(person.ids))
        if not person.ids and follows in lists()["complements"]:
            return Clause(None, frozenset(i for c in self.people for i in c.ids if c.start > person.end))
        return Clause()


@cache
def _means_person(word: str) -> bool:
    noun = noun_of(word)
    if noun is not None:
        return noun.kind in ("person", "group")
    return word in lists()["persons"]
