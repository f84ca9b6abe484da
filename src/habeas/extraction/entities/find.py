"""People, groups, organisations and places of a page, each with every mention."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.extraction.cast import Cast, Member, Role
from habeas.extraction.document import Page
from habeas.extraction.entities.beside import Beside
from habeas.extraction.entities.calques import add_calques
from habeas.extraction.entities.described import same_people
from habeas.extraction.entities.descriptions import Description, find_descriptions
from habeas.extraction.entities.houses import Houses
from habeas.extraction.entities.match import (
    gender_of,
    is_exact,
    is_honorific,
    is_polite,
    is_short_for,
    parts,
    same_person,
    same_thing,
)
from habeas.extraction.entities.names import Name, find_names
from habeas.extraction.entities.offices import phrase_words
from habeas.extraction.entities.whom import Whom
from habeas.extraction.entities.words import titles_mean
from habeas.extraction.nouns import Noun, noun_at, noun_of, people_words, singular_of
from habeas.extraction.reading import Span
from habeas.extraction.spelling import same_word

_HAS = frozenset(["has", "had", "also", "now", "once"])
_KIN = 10  # tokens after a name in which "one of his four daughters" ends
_AS_CALLED = {"he": "male", "she": "female"}  # "as he is known"


def _told_by(word: str) -> bool:
    """Whether a word of a name is more than an initial."""
    return len(word.rstrip(".")) > 1


def find_cast(page: Page, *, described: bool = True) -> Cast:
    """Everybody and everything that the page names or describes, descriptions and short names resolved.

    With `described` False those who are brought in without a name stay apart from the named people they may be.
    """
    names = find_names(page)
    builder = _Builder(page, names, find_descriptions(page, names))
    builder.build(described=described)
    return builder.cast


class _Builder:
    """Goes through the page's names and descriptions once, in text order."""

    def __init__(self, page: Page, names: Sequence[Name], descriptions: Sequence[Description]) -> None:
        self.page, self.cast = page, Cast()
        self.names, self.descriptions = names, descriptions
        self.of_name: dict[int, Member] = {}  # first token of a name -> its member
        self.whom = Whom(page, self.cast, {name.first: name for name in names}, self._member_of)
        self.beside = Beside(page, names, descriptions)
        self.houses = Houses(page, names)

    def build(self, *, described: bool) -> None:
        people = [n for n in self.names if n.kind == "person"]
        for name in sorted(people, key=lambda n: -len(n.text.split())):
            self._seed(name)
        items: list[Name | Description] = sorted(
            [*self.names, *self.descriptions], key=lambda item: (item.first, item.last)
        )
        for item in items:
            if isinstance(item, Name):
                self._name(item)
            else:
                self._description(item)
        if described:
            for stranger, named in same_people(self.page, self.cast):
                self.cast.merge(stranger, named)
        add_calques(self.page, self.cast)
        self.cast.settle()

    def span(self, first: int, last: int) -> Span:
        return self.page.tokens[first].start, self.page.tokens[last - 1].end

    def text(self, first: int, last: int) -> str:
        start, end = self.span(first, last)
        return " ".join(self.page.text[start:end].split())

    # -- names ---------------------------------------------------------------------------------------------------

    def _seed(self, name: Name) -> None:
        """Full names first, so that short ones find them wherever they stand."""
        words = parts(name.text)
        if len(words) < 2 or self.beside.alias_of(name):
            return
        known = self.cast.named(max(words[-1], words[0], key=_told_by))
        known = [m for m in known if any(same_person(alias, words) for alias in m.aliases)]
        if not known and is_polite(words):
            named = self.cast.named(words[0])
            known = [m for m in named if any(same_word(a[0], words[0]) and not is_polite(a) for a in m.aliases)]
            known = known if len(known) == 1 else []
        member = known[0] if known else self.cast.add("person", name.text)
        self.cast.alias(member, words)
        self.of_name[name.first] = member

    def _name(self, name: Name) -> None:
        member = self._member_of(name)
        self.cast.mention(member, self.span(name.first, name.last))
        if name.kind == "person":
            self._title(member, name)

    def _title(self, member: Member, name: Name) -> None:
        member.gender = member.gender or gender_of(name)
        member.age = member.age or self._age(name.last)
        member.house = member.house or self.houses.beside(name)
        self._does(member, name.last)
        if kin := self._one_of_kin(name.last):
            self._take_noun(member, kin)
            self._give_role(member, kin.words, None, name.last)
        if not name.title:
            return
        if not is_honorific(name.title):
            self._give_role(member, name.title, self.houses.before_title(name), name.first)
        for at in range(name.begins, name.first):
            noun = noun_at(self.page.tokens, at) or noun_of(
                titles_mean().get(self.page.tokens[at].lower.rstrip("."), "")
            )
            if noun:
                self._take_noun(member, noun)
                member.detained += 2 * noun.detained

    def _age(self, at: int) -> int | None:
        """The age in ", 31," after a name."""
        tokens = self.page.tokens[at : at + 3]
        if len(tokens) < 3 or tokens[0].text not in {",", "("} or not tokens[1].text.isdecimal():
            return None
        return int(tokens[1].text) if len(tokens[1].text) <= 2 and not tokens[2].text[0].isupper() else None

    def _one_of_kin(self, at: int) -> Noun | None:
        """What somebody is by ", one of the couple's four daughters" after their name: a daughter."""
        tokens = self.page.tokens[at : at + _KIN]
        if [token.lower for token in tokens[:3]] != [",", "one", "of"]:
            return None
        marks = (i for i, token in enumerate(tokens) if i > 2 and not token.text[0].isalnum() and token.lower != "'s")
        said = (singular_of(token.lower) for token in tokens[3 : next(marks, len(tokens))])
        return next((noun for noun in said if noun is not None and noun.kin), None)

    def _does(self, member: Member, at: int) -> None:
        """The office in ", who chairs the union": the organisation is the phrase after the verb."""
        tokens = self.page.tokens[at : at + 4]
        if len(tokens) < 4 or tokens[0].text != "," or tokens[1].lower != "who":
            self._leads(member, at)
            return
        at += tokens[2].lower in _HAS
        verb = self.page.tokens[at + 2 : at + 4]
        role = people_words().verbs.get(verb[0].lower) if len(verb) > 1 else None
        if role is None:
            return
        member.lawyer |= role == "lawyer"
        member.official |= role != "lawyer"
        member.nouns.add(role)
        self._give_role(member, role, None if role == "lawyer" else self._house_after(at + 3), at)

    def _leads(self, member: Member, at: int) -> None:
        """The office in "X heads the Network", "X has led the Network since May": only of what is named."""
        tokens = self.page.tokens
        at += at < len(tokens) and tokens[at].lower in _HAS
        role = people_words().verbs.get(tokens[at].lower) if at + 2 < len(tokens) else None
        if role is None or role == "lawyer":
            return
        first = at + 1 + (tokens[at + 1].lower == "the")
        name = next((name for name in self.names if name.begins == first), None)
        if name is not None and name.kind == "organisation" and not member.detained:
            self._give_role(member, role, name.text, at)

    def _house_after(self, at: int) -> str | None:
        """What stands after "X, who heads": the owner of "the Association's legal unit" by its full name."""
        for mark in range(at + 1, min(at + 5, len(self.page.tokens))):
            if self.page.tokens[mark].lower == "'s":
                owner = self.whom.meant(at, mark)
                if owner is not None and owner.kind == "organisation":
                    return owner.name
        return self.houses.after_verb(at)

    def _member_of(self, name: Name) -> Member:
        member = self.of_name.get(name.first)
        first = self.beside.alias_of(name) if member is None else None
        if first is not None:
            member = self.of_name[name.first] = self._member_of(first)
            self.cast.alias(member, parts(name.text))
        elif member is None and (member := self._called(name)):
            self.of_name[name.first] = member
        elif member is None:
            member = self._person(name) if name.kind == "person" else self._thing(name)
            self.of_name[name.first] = member
        return member

    def _called(self, name: Name) -> Member | None:
        """Who has this name besides: "Abu Raed, as he is known", said of a man the page has named before."""
        tokens = self.page.tokens[name.last : name.last + 6]
        after = [token.lower for token in tokens if token.text[0].isalnum()]
        gender = _AS_CALLED.get(after[1]) if len(after) > 3 and after[0] == "as" else None
        if gender is None or after[2] != "is" or not {"known", "called"} & set(after[3:5]):
            return None
        member = self.whom.main(gender)
        if member is None or not member.named:
            return None
        self.cast.alias(member, parts(name.text))
        return member

    def _person(self, name: Name) -> Member:
        words = parts(name.text)
        known = [m for m in self.cast.named(max(words[-1], words[0], key=_told_by)) if m.kind == "person"]
        fitting = [m for m in known if any(is_short_for(words, alias) for alias in m.aliases)]
        fitting = [m for m in fitting if any(is_exact(words, alias) for alias in m.aliases)] or fitting
        if name.title:
            fitting = [m for m in fitting if m.fits(gender_of(name))]
        age = self._age(name.last)
        if age is not None:
            fitting = [m for m in fitting if m.age is None or abs(m.age - age) <= 1]
        member = self._best(fitting) if fitting else self.cast.add("person", name.text)
        if not fitting:
            self.cast.alias(member, words)
        return member

    def _best(self, candidates: list[Member]) -> Member:
        """Of people who share a short name: who stands for themselves, who is held, who is told of most, first."""
        if len(candidates) == 1:
            return candidates[0]
        wanted = {id(m) for m in candidates}
        ahead = list({id(m): m for m in self.cast.latest() if id(m) in wanted}.values())
        ahead.sort(key=lambda m: (m.kin or m.lawyer, m.detained <= 0, -len(m.mentions), min(m.mentions)))
        return (ahead or candidates)[0]

    def _thing(self, name: Name) -> Member:
        words = parts(name.text)
        again = name.first > 0 and self.page.tokens[name.first - 1].lower == "the"
        known = [*self.cast.named(words[0]), *self.cast.named(words[-1])]
        known += self.cast.named("".join(w[0] for w in words))
        for member in known:
            if member.kind == name.kind and any(same_thing(alias, words, again=again) for alias in member.aliases):
                member.name = max(member.name, name.text, key=len)
                self.cast.alias(member, words)
                return member
        return self._new_thing(name, words)

    def _new_thing(self, name: Name, words: tuple[str, ...]) -> Member:
        """A new member, or what stands before the bracket: "the prison administration (DGAPR)"."""
        opened = self.page.tokens[name.first - 1].text == "(" if name.first else False
        closed = name.last < len(self.page.tokens) and self.page.tokens[name.last].text == ")"
        latest = next(iter(self.cast.latest()), None)
        if opened and closed and name.text.isupper() and latest is not None and latest.kind == name.kind:
            end = max(latest.mentions)[1]
            if not self.page.text[end : self.page.tokens[name.first - 1].start].strip():
                self.cast.alias(latest, words)
                return latest
        member = self.cast.add(name.kind, name.text)
        self.cast.alias(member, words)
        return member

    # -- descriptions --------------------------------------------------------------------------------------------

    def _description(self, item: Description) -> None:
        name = self.beside.name_of(item)
        span = self.span(item.first, item.last)
        if name is not None:
            member = self._member_of(name)
            fits = member.fits(item.noun.gender) or item.noun.words in phrase_words().anybody
            if fits and item.kind in {member.kind, "person"}:
                earlier = self.whom.unnamed(item, member)
                if earlier is not None:
                    self.cast.merge(earlier, member)
                self._settle(item, member, self._whole(item, name))
                return
        if self.beside.is_predicate(item):
            return
        member = self.whom.find(item) or self._new(item)
        inside = any(s <= span[0] and span[1] <= e for _, m in self.cast.recent[-4:] for s, e in m.mentions[-2:])
        if not inside:
            self.cast.mention(member, span)
        self._settle(item, member, span)

    def _whole(self, item: Description, name: Name) -> Span:
        return self.span(min(item.first, name.first), max(item.last, name.last))

    def _settle(self, item: Description, member: Member, span: Span) -> None:
        self.whom.of_description[item.head] = member
        self.cast.phrases.append((span, member))
        self._describe(member, item)

    def _new(self, item: Description) -> Member:
        member = self.cast.add(item.kind, self.text(item.first, item.last))
        if item.kind == "group":
            member.sums = self.whom.sums(item)
        return member

    def _describe(self, member: Member, item: Description) -> None:
        if member.kind not in {item.kind, "person"}:
            return
        owner = self.whom.owner(item)
        parent = item.numbered and item.noun.words in {"father", "mother"}
        if not parent:
            self._take_noun(member, item.noun, held=item.held)
        member.gender = member.gender or item.noun.gender
        member.age = member.age or item.age
        if owner is not None and owner is not member and (item.noun.kin or item.noun.lawyer) and not parent:
            member.owner = member.owner or owner.id
        if item.kind in {"person", "group"} and not item.noun.words[0].isdigit() and not parent:
            self._give_role(member, item.role, self.houses.of(item, owner), item.first)
        if (item.noun.detained or item.held) and item.kind in {"person", "group"}:
            member.detained += 2

    def _take_noun(self, member: Member, noun: Noun, *, held: bool = False) -> None:
        member.nouns.add(noun.words)
        member.gender = member.gender or noun.gender
        if held:
            return
        member.kin |= noun.kin
        member.lawyer |= noun.lawyer
        member.official |= noun.words in people_words().offices

    def _give_role(self, member: Member, role: str, organisation: str | None, at: int) -> None:
        if role and all(role != r.words or (organisation and not r.organisation) for r in member.roles):
            member.roles.append(Role(role, organisation, self.page.tokens[at].start))
