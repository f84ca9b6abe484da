"""People, groups, organisations and places of a page, each with every mention."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from habeas import vocab
from habeas.extraction.cast import Cast, Member, Role
from habeas.extraction.document import Page
from habeas.extraction.entities_descriptions import Description, find_descriptions
from habeas.extraction.entities_names import Name, find_names, particles
from habeas.extraction.lexicon import words
from habeas.extraction.nouns import Gender, Noun, noun_at
from habeas.extraction.reading import Span
from habeas.extraction.spelling import plain, same_word

_GENERIC = frozenset(["man", "woman", "girl", "boy", "person", "youth", "teenager", "minor"])
_PAIRS = frozenset(["pair", "two", "couple", "duo", "brothers", "sisters", "twins", "siblings", "trio", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "men", "women"])
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "both", "all"])


@cache
def _genders() -> dict[str, Gender]:
    titles, given = vocab.load("en", "honorifics"), vocab.load("en", "given")
    table: dict[str, Gender] = {}
    for gender in ("female", "male"):
        for word in (*titles[gender], *titles[f"kunya_{gender}"], *given[gender]):
            table[plain(word)] = gender  # type: ignore[assignment]
    return table


@cache
def _calques() -> dict[str, tuple[str, ...]]:
    return {name: tuple(meanings) for name, meanings in vocab.load("en", "calques")["surnames"].items()}


def find_cast(page: Page) -> Cast:
    """Everybody and everything that the page names or describes, descriptions and short names resolved."""
    names = find_names(page)
    descriptions = find_descriptions(page, names)
    builder = _Builder(page, names, descriptions)
    builder.build()
    return builder.cast


class _Builder:
    """Goes through the page's names and descriptions once, in text order."""

    def __init__(self, page: Page, names: Sequence[Name], descriptions: Sequence[Description]) -> None:
        self.page, self.cast = page, Cast()
        self.names, self.descriptions = names, descriptions
        self.name_at = {name.first: name for name in names}
        self.name_ending = {name.last: name for name in names}
        self.of_name: dict[int, Member] = {}  # first token of a name -> its member
        self.of_description: dict[int, Member] = {}
        self.recent: list[tuple[int, Member]] = []  # (offset, member), in text order

    def build(self) -> None:
        for name in sorted((n for n in self.names if n.kind == "person"), key=lambda n: -len(n.text.split())):
            self._seed(name)
        items: list[Name | Description] = sorted([*self.names, *self.descriptions], key=lambda item: (item.first, item.last))
        for item in items:
            if isinstance(item, Name):
                self._name(item)
            else:
                self._description(item)
        self._calqued()
        used = [member for member in self.cast if member.mentions]
        self.cast.members = {}
        renamed: dict[str, str] = {}
        for number, member in enumerate(sorted(used, key=lambda m: min(m.mentions)), 1):
            renamed[member.id] = f"e{number}"
            member.id = f"e{number}"
            self.cast.members[member.id] = member
        for member in used:
            member.owner = renamed.get(member.owner) if member.owner else None
            member.members = tuple(renamed[i] for i in member.members if i in renamed)

    def span(self, first: int, last: int) -> Span:
        return self.page.tokens[first].start, self.page.tokens[last - 1].end

    def text(self, first: int, last: int) -> str:
        start, end = self.span(first, last)
        return " ".join(self.page.text[start:end].split())

    # -- names ---------------------------------------------------------------------------------------------------

    def _seed(self, name: Name) -> None:
        """Full names first, so that short ones find them wherever they stand."""
        tokens = _parts(name.text)
        if len(tokens) < 2:
            return
        member = next((m for m in self.cast if any(_same_person(alias, tokens) for alias in m.aliases)), None)
        if member is None:
            member = self.cast.add("person", name.text)
        member.aliases.append(tokens)
        member.named = True
        self.of_name[name.first] = member

    def _name(self, name: Name) -> None:
        member = self.of_name.get(name.first) or (self._person(name) if name.kind == "person" else self._thing(name))
        self.of_name[name.first] = member
        span = self.span(name.first, name.last)
        member.mentions.append(span)
        self.recent.append((span[0], member))
        if name.kind == "person":
            member.gender = member.gender or _gender_of(name)
            if name.title and not _is_honorific(name.title):
                self._give_role(member, name.title, None, name.first)
            if name.title and (noun := self._title_noun(name)):
                self._take_noun(member, noun)

    def _title_noun(self, name: Name) -> Noun | None:
        length = len(name.title.split()) if name.title else 0
        return noun_at(self.page.tokens, max(0, name.first - length))

    def _person(self, name: Name) -> Member:
        tokens = _parts(name.text)
        candidates = [m for m in self.cast if m.kind == "person" and any(_is_short_for(tokens, alias) for alias in m.aliases)]
        gender = _gender_of(name) if name.title else None
        fitting = [m for m in candidates if not gender or not m.gender or m.gender == gender] if gender else candidates
        if fitting and not self._is_first_of_pair(name):
            return self._best(fitting)
        member = self.cast.add("person", name.text)
        member.aliases.append(tokens)
        member.named = True
        return member

    def _is_first_of_pair(self, name: Name) -> bool:
        """Whether the name is the first of "Nika and Sandro Gelovari": a person apart from any other Nika seen so far."""
        return False

    def _best(self, candidates: list[Member]) -> Member:
        """Of people who share a short name: whoever was named last, the detained before their relatives."""
        seen = {id(m): offset for offset, m in self.recent}
        ahead = [m for m in candidates if id(m) in seen]
        held = [m for m in ahead if not (m.kin or m.lawyer or m.official)]
        pool = held or ahead or candidates
        return max(pool, key=lambda m: seen.get(id(m), -m_first(m)))

    def _thing(self, name: Name) -> Member:
        tokens = _parts(name.text)
        for member in self.cast:
            if member.kind == name.kind and any(_same_thing(alias, tokens) for alias in member.aliases):
                if len(name.text) > len(member.name):
                    member.name = name.text
                member.aliases.append(tokens)
                return member
        member = self.cast.add(name.kind, name.text)
        member.aliases.append(tokens)
        member.named = True
        return member

    # -- descriptions --------------------------------------------------------------------------------------------

    def _description(self, item: Description) -> None:
        named = self._apposed(item)
        if named is not None:
            self._describe(named, item)
            self.of_description[item.head] = named
            self.cast.phrases.append((self.span(item.first, item.last), named))
            return
        if self._is_predicate(item):
            return
        member = self._resolve(item) or self._new(item)
        self.of_description[item.head] = member
        span = self.span(item.first, item.last)
        self.cast.phrases.append((span, member))
        if self._inside_mention(span):
            return
        member.mentions.append(span)
        self.recent.append((span[0], member))
        self._describe(member, item)

    def _inside_mention(self, span: Span) -> bool:
        return bool(self.recent) and any(
            start == span[0] and any(s <= span[0] and span[1] <= e for s, e in member.mentions) for start, member in self.recent[-6:]
        )

    def _apposed(self, item: Description) -> Member | None:
        """The named person that the description stands beside: before the name, or after it and a comma."""
        tokens, end = self.page.tokens, item.head + item.noun.length
        after = self.name_at.get(end) or self.name_at.get(item.last)
        if after and after.kind == "person" and item.kind == "person" and self._same_line(after.first):
            return self._member_of(after)
        if item.kind == "person" and item.last + 1 < len(tokens) and tokens[item.last].text in {",", "(", "–", "—"}:
            name = self.name_at.get(item.last + 1)
            if name and name.kind == "person" and self._closes(name.last) and (item.owner or item.determiner in {"the", "his", "her", "its", "their", "our"} or item.first in self._sentence_starts(item)):
                return self._member_of(name)
        before = self._name_before(item)
        if before and item.kind in {before.kind, "person"} and before.kind in {item.kind}:
            return self._member_of(before)
        return None

    def _sentence_starts(self, item: Description) -> set[int]:
        return {self.page.sentence_at(self.page.tokens[item.first].start).first_token}

    def _closes(self, at: int) -> bool:
        if at >= len(self.page.tokens):
            return True
        token = self.page.tokens[at]
        return not token.text[0].isalnum() or token.lower in words().auxiliaries or token.lower.endswith(("ed", "s")) or token.lower in words().irregular_past

    def _same_line(self, at: int) -> bool:
        gap = self.page.text[self.page.tokens[at - 1].end : self.page.tokens[at].start]
        return "\n" not in gap or gap.count("\n") < 2

    def _name_before(self, item: Description) -> Name | None:
        """The name before ", a spokesman" or ", 46, his lawyer"."""
        tokens, at = self.page.tokens, item.first
        if at < 2 or tokens[at - 1].text not in {",", "–", "—", "("}:
            return None
        end = at - 1
        if tokens[end - 1].text.isdigit() and tokens[end - 2].text == ",":
            end -= 2
        name = self.name_ending.get(end)
        if name is None or item.determiner not in {"a", "an", "the", "his", "her", "their", "its", "one", None}:
            return None
        if item.determiner is None and item.owner is None and item.noun.plural:
            return None
        return name

    def _member_of(self, name: Name) -> Member:
        member = self.of_name.get(name.first)
        if member is None:
            member = self._person(name) if name.kind == "person" else self._thing(name)
            self.of_name[name.first] = member
        return member

    def _is_predicate(self, item: Description) -> bool:
        before = self.page.tokens[item.first - 1].lower if item.first else ""
        return before in {"is", "was", "as", "became", "being", "be", "been", "are", "were"} and item.determiner in {"a", "an", None}

    def _describe(self, member: Member, item: Description) -> None:
        self._take_noun(member, item.noun)
        member.age = member.age or item.age
        owner = self._owner(item)
        if owner is not None and owner is not member and (item.noun.kin or item.noun.lawyer or item.noun.words == "client"):
            member.owner = member.owner or owner.id
        if item.kind in {"person", "group"} and not item.noun.words[0].isdigit():
            self._give_role(member, item.role, self._organisation(item, owner), item.first)
        if item.noun.detained and item.kind in {"person", "group"}:
            member.detained += 2

    def _take_noun(self, member: Member, noun: Noun) -> None:
        member.nouns.add(noun.words)
        member.kin |= noun.kin
        member.lawyer |= noun.lawyer
        member.official |= noun.words in _offices()
        member.gender = member.gender or noun.gender

    def _give_role(self, member: Member, role: str, organisation: str | None, at: int) -> None:
        if role and all(role != r.words or (organisation and not r.organisation) for r in member.roles):
            member.roles.append(Role(role, organisation, self.page.tokens[at].start))

    def _owner(self, item: Description) -> Member | None:
        """Whose relative, lawyer or spokesman is described."""
        if item.owner:
            return self.meant(*item.owner, skip=None)
        if item.tail:
            return self.meant(*item.tail, skip=None)
        return None

    def _organisation(self, item: Description, owner: Member | None) -> str | None:
        if owner is not None and owner.kind == "organisation":
            return owner.name
        if item.tail and owner is None and any(self.page.tokens[i].is_capital for i in range(*item.tail)):
            return self.text(*item.tail)
        return None

    def meant(self, first: int, last: int, skip: Member | None) -> Member | None:
        """The member that a possessor or a phrase means: a name in it, a pronoun, a description."""
        for at in range(first, last):
            if at in self.name_at and self.name_at[at].last <= last:
                return self._member_of(self.name_at[at])
        for at in range(first, last):
            if at in self.of_description:
                return self.of_description[at]
        word = self.page.tokens[first].lower
        if word in {"his", "her", "its", "their", "our", "whose"}:
            return self._possessor(word, first)
        noun = next((n for i in range(first, last) if (n := noun_at(self.page.tokens, i))), None)
        return self._latest_noun(noun) if noun else None

    def _possessor(self, word: str, at: int) -> Member | None:
        offset = self.page.tokens[at].start
        gender = {"his": "male", "her": "female"}.get(word)
        kinds = {"its": {"organisation"}, "their": {"group", "organisation"}, "our": {"organisation"}}.get(word, {"person"})
        fitting = [m for o, m in reversed(self.recent) if o < offset and m.kind in kinds and (not gender or m.gender in {None, gender})]
        if not fitting:
            return None
        if gender:
            main = next((m for m in fitting if not (m.kin or m.lawyer or m.official) and (m.named or m.detained)), None)
            return main or fitting[0]
        return fitting[0]

    def _resolve(self, item: Description) -> Member | None:
        noun = item.noun
        if item.kind == "person":
            return self._resolve_person(item)
        if item.kind == "group":
            return self._resolve_group(item)
        if item.determiner in {"the", "this", "that", "these", None} and item.tail is None:
            return self._latest_noun(noun, self.text(item.head, item.head + noun.length))
        if item.determiner == "the":
            return next((m for _, m in reversed(self.recent) if m.kind == item.kind and m.name.lower() == self.text(item.first, item.last).lower()), None)
        return None

    def _latest_noun(self, noun: Noun, words_: str | None = None) -> Member | None:
        """The member that "the court", "the club" means: described or named with that noun, the latest one."""
        wanted = (words_ or noun.words).lower()
        last = wanted.split()[-1]
        for _, member in reversed(self.recent):
            if member.kind != noun.kind:
                continue
            if wanted in member.nouns or member.name.lower().removeprefix("the ") == wanted:
                return member
            if member.named and last in member.name.lower().replace("'", " ").replace("’", " ").split() and len(wanted.split()) == 1:
                return member
        return None

    def _resolve_person(self, item: Description) -> Member | None:
        noun, definite = item.noun, item.determiner in _DEFINITE or item.owner is not None
        if not definite:
            return None
        if noun.kin or noun.lawyer:
            return self._relative(item)
        if item.owner and noun.words != "client":
            owner = self._owner(item)
            return next((m for _, m in reversed(self.recent) if m.kind == "person" and noun.words in m.nouns and (m.owner is None or owner is None or m.owner == owner.id)), None)
        if noun.words[0].isdigit():
            years = int(noun.words.split("-")[0])
            aged = next((m for _, m in reversed(self.recent) if m.age == years), None)
            return aged or self._main(None)
        if noun.detained or noun.words in _GENERIC:
            return self._main(noun.gender) if item.tail is None else None
        if item.tail is None:
            same = next((m for _, m in reversed(self.recent) if m.kind == "person" and noun.words in m.nouns), None)
            return same
        return None

    def _relative(self, item: Description) -> Member | None:
        owner = self._owner(item)
        for _, member in reversed(self.recent):
            if member.kind != "person" or item.noun.words not in member.nouns:
                continue
            if owner is None or member.owner is None or member.owner == owner.id:
                return member
        return None

    def _main(self, gender: str | None) -> Member | None:
        """The detained person spoken of last, or else the person named last who is no relative, lawyer or official."""
        people = [m for _, m in reversed(self.recent) if m.kind == "person" and (not gender or m.gender in {None, gender})]
        held = next((m for m in people if m.detained and not (m.kin or m.lawyer)), None)
        return held or next((m for m in people if m.named and not (m.kin or m.lawyer or m.official)), None)

    def _resolve_group(self, item: Description) -> Member | None:
        if item.determiner not in _DEFINITE and item.owner is None:
            return None
        for _, member in reversed(self.recent):
            if member.kind == "group" and (item.noun.words in member.nouns or (item.noun.words in _PAIRS and member.members)):
                return member
        return None

    def _new(self, item: Description) -> Member:
        first, last = item.first, item.last
        member = self.cast.add(item.kind, self.text(first, last))
        if item.kind == "group" and item.noun.words in _PAIRS | {"accused", "prisoners", "detainees", "strikers", "men", "women"} and item.determiner in _DEFINITE:
            member.members = self._recent_people(item)
        return member

    def _recent_people(self, item: Description) -> tuple[str, ...]:
        """Ids of the named people whom "the brothers", "both", "the three" takes together."""
        counts = {"pair": 2, "two": 2, "couple": 2, "duo": 2, "brothers": 2, "sisters": 2, "twins": 2, "siblings": 2, "trio": 3, "three": 3, "four": 4, "five": 5, "six": 6}
        count = counts.get(item.noun.words, 2 if item.determiner == "both" else 0)
        found: list[str] = []
        for _, member in reversed(self.recent):
            if member.kind == "person" and member.named and not (member.lawyer or member.official or member.kin) and member.id not in found:
                found.append(member.id)
            if count and len(found) == count:
                break
        return tuple(reversed(found)) if found and (not count or len(found) == count) else ()

    # -- surnames that a machine translated ----------------------------------------------------------------------

    def _calqued(self) -> None:
        tokens = self.page.tokens
        for member in list(self.cast):
            if member.kind != "person" or not member.named:
                continue
            for meaning in {m for alias in member.aliases for word in alias for m in _calques().get(plain(word), ())}:
                for at, token in enumerate(tokens):
                    if token.lower == meaning:
                        self._take_calque(member, at)

    def _take_calque(self, member: Member, at: int) -> None:
        """ "the mute prisoner", "the gazelle prisoner", (“the carpenter”) beside the name: the same person."""
        tokens = self.page.tokens
        before = tokens[at - 1].lower if at else ""
        noun = noun_at(tokens, at + 1) if at + 1 < len(tokens) else None
        if noun and noun.detained and noun.kind == "person":
            first = at - 1 if before in {"the", "this"} else at
            span = self.span(first, at + 2)
        elif before == "the" and at >= 2 and tokens[at - 2].text in {"“", '"', "‘"} and self.page.quote_at(tokens[at].start):
            span = self.span(at - 1, at + 1)
        else:
            return
        for other in self.cast:
            other.mentions = [m for m in other.mentions if not (m[0] < span[1] and span[0] < m[1])] if other is not member else other.mentions
        member.mentions = [m for m in member.mentions if not (m[0] < span[1] and span[0] < m[1])] + [span]


@cache
def _offices() -> frozenset[str]:
    return frozenset(vocab.load("en", "roles")["offices"])


def m_first(member: Member) -> int:
    """Where a member is first mentioned; far away where it is not yet."""
    return min((start for start, _ in member.mentions), default=1 << 30)


def _parts(name: str) -> tuple[str, ...]:
    """The words of a name that tell it apart: small words and punctuation aside."""
    found = [w for w in name.replace("-", " ").replace("'s", " ").split() if plain(w) and plain(w) not in particles() and plain(w) not in {"of", "the", "for"}]
    return tuple(found) or (name,)


def _same_person(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two full names can be one person: first and last agree, or one is contained in the other in order."""
    short, long_ = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 2:
        return False
    at = 0
    for word in short:
        while at < len(long_) and not same_word(word, long_[at]):
            at += 1
        if at == len(long_):
            return False
        at += 1
    return True


def _is_short_for(short: Sequence[str], full: Sequence[str]) -> bool:
    return all(any(same_word(word, other) for other in full) for word in short)


def _same_thing(a: Sequence[str], b: Sequence[str]) -> bool:
    left, right = [plain(w) for w in a], [plain(w) for w in b]
    if left == right:
        return True
    short, long_ = (left, right) if len(left) < len(right) else (right, left)
    if len(short) >= 2 and long_[: len(short)] == short:
        return True
    return "".join(w[0] for w in long_) == "".join(short) and len(short) == 1 and len(long_) > 2


def _is_honorific(title: str) -> bool:
    table = vocab.load("en", "honorifics")
    word = title.lower().rstrip(".")
    return word in {"mr", "mrs", "ms", "dr", "prof", "sir", "miss", "rev", "fr", "u", "ko", "daw", "ma", "hajj", "sheikh", "eng", "don", "doña", "mk", "mp"} or (
        word in table["male"] + table["female"] and not noun_at_word(word)
    )


def noun_at_word(word: str) -> bool:
    """Whether a title is also an office or a relation ("Father", "Judge")."""
    return word in _offices()


def _gender_of(name: Name) -> Gender | None:
    table = _genders()
    for word in (name.title or "").lower().replace(".", "").split():
        if word in table:
            return table[word]
    first = _first_word(name)
    if first in table:
        return table[first]
    return None


def _first_word(name: Name) -> str:
    return plain(name.text.split()[0])
