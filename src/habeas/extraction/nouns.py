"""Nouns that describe people, organisations and places: what each means, in singular and plural."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from habeas import vocab
from habeas.extraction.document import Token
from habeas.extraction.reading import EntityKind

Gender = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """Word lists of `vocab/en/roles.toml` that tell how a description of people is meant."""

    offices: frozenset[str]
    joined: frozenset[str]  # whom only what has members has: the member of an association, its president
    bodily: frozenset[str]  # offices that are of an organisation: a spokeswoman, a coordinator
    societies: frozenset[str]  # after a name they say that it is an organisation: "the Waed association"
    state_bodies: frozenset[str]  # heads of names of courts, ministries, forces
    players: frozenset[str]  # whom a club has
    loose: frozenset[str]  # of these, those that are no part of its name
    stately: frozenset[str]  # offices of a state: a minister
    keepers: frozenset[str]  # offices that are of a prison: a warden
    detained: frozenset[str]
    occupations: frozenset[str]  # nouns for anybody: a teacher, a baker, a poet
    learned: frozenset[str]  # what a lawyer knows about: "a human rights lawyer"
    generic: frozenset[str]  # "the man": whoever is spoken of
    sets: frozenset[str]  # nouns that take named people together: "the brothers", "the three"
    counts: Mapping[str, int]  # how many such a noun or number takes together
    inverse: Mapping[str, tuple[str, ...]]  # "her husband" is whose wife she is
    outsiders: frozenset[str]  # occupations that do not mean whoever is held: a witness
    dropped: frozenset[str]  # words that qualify a person and belong to no office
    modifiers: frozenset[str]
    prefixes: frozenset[str]  # "co" in "co-chair"
    verbs: Mapping[str, str]  # "who chairs": a chair
    namers: frozenset[str]  # nouns that only say what is named: "the agency of X"


@cache
def people_words() -> PeopleWords:
    """The word lists, read once."""
    roles = vocab.load("en", "roles")
    return PeopleWords(
        offices=frozenset(roles["offices"]),
        joined=frozenset(roles["joined"]),
        bodily=frozenset(roles["bodily"]),
        societies=frozenset(roles["societies"]),
        state_bodies=frozenset(roles["state_bodies"]),
        players=frozenset(roles["players"]),
        loose=frozenset(roles["loose"]),
        stately=frozenset(roles["stately"]),
        keepers=frozenset(roles["keepers"]),
        detained=frozenset(roles["detained"]),
        occupations=frozenset(roles["people"]),
        learned=frozenset(roles["meant"]["learned"]),
        generic=frozenset(roles["meant"]["generic"]),
        sets=frozenset([*roles["meant"]["sets"], *roles["meant"]["counts"]]),
        counts=roles["meant"]["counts"],
        inverse={noun: tuple(others) for noun, others in roles["meant"]["inverse"].items()},
        outsiders=frozenset(roles["meant"]["outsiders"]),
        dropped=frozenset(roles["meant"]["dropped"]),
        modifiers=frozenset(roles["modifiers"]["words"]),
        prefixes=frozenset(roles["phrases"]["prefixes"]),
        verbs=roles["phrases"]["verbs"],
        namers=frozenset(roles["phrases"]["namers"]),
    )


@dataclass(frozen=True, slots=True)
class Noun:
    """A describing noun of `length` words. `kin`: a relative, friend or colleague of somebody; `detained`: is held."""

    words: str
    length: int
    kind: EntityKind
    plural: bool = False
    gender: Gender | None = None
    kin: bool = False
    lawyer: bool = False
    detained: bool = False
    custodial: bool = False


def noun_at(tokens: Sequence[Token], at: int) -> Noun | None:
    """The longest describing noun that begins at token `at`, or None."""
    known = _nouns()
    longest = _longest().get(tokens[at].lower, 0) if at < len(tokens) else 0
    for length in range(min(longest, len(tokens) - at), 0, -1):
        words = tokens[at].lower if length == 1 else " ".join(token.lower for token in tokens[at : at + length])
        noun = known.get(words)
        if noun:
            return noun
    return _prefixed(tokens[at].lower) if at < len(tokens) and "-" in tokens[at].lower else None


@cache
def _prefixed(word: str) -> Noun | None:
    """A noun with a prefix: "co-chair", "ex-minister", "re-educator"."""
    prefix, _, rest = word.partition("-")
    noun = _nouns().get(rest) if prefix in people_words().prefixes else None
    return replace(noun, words=word) if noun and noun.kind in {"person", "group"} else None


def noun_of(words: str) -> Noun | None:
    """The describing noun that these words are, in small letters, or None."""
    return _nouns().get(words)


def singular_of(words: str) -> Noun | None:
    """The noun for one person whose plural the words are: "lawyer" for "lawyers"."""
    return _singulars().get(words)


@cache
def _singulars() -> dict[str, Noun]:
    return {plural_of(noun.words): noun for noun in _nouns().values() if noun.kind == "person"}


def plural_of(noun: str) -> str:
    """The plural of an English noun phrase; its last word changes."""
    irregular: Mapping[str, str] = vocab.load("en", "roles")["plurals"]
    head, _, last = noun.rpartition(" ")
    lead = f"{head} " if head else ""
    for single, many in irregular.items():
        if last == single or (last.endswith(f"{single}") and single in {"man", "woman", "child", "person", "wife"}):
            return lead + last[: len(last) - len(single)] + many
    if last.endswith("y") and last[-2:-1] not in set("aeiou"):
        return lead + last[:-1] + "ies"
    return lead + last + ("es" if last.endswith(("s", "x", "ch", "sh")) else "s")


@cache
def _nouns() -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    for noun in _all():
        found.setdefault(noun.words, noun)
    return found


@cache
def _longest() -> dict[str, int]:
    """First word -> words of the longest noun that begins with it."""
    found: dict[str, int] = {}
    for words, noun in _nouns().items():
        first = words.split()[0]
        found[first] = max(found.get(first, 0), noun.length)
    return found


def _all() -> Iterator[Noun]:
    yield from _custody_nouns()
    yield from _people_nouns()
    yield from _other_nouns()


def _custody_nouns() -> Iterator[Noun]:
    for word in vocab.load("en", "roles")["detained"]:
        length = len(word.split())
        yield Noun(word, length, "person", detained=True)
        yield Noun(plural_of(word), length, "group", plural=True, detained=True)


def _people_nouns() -> Iterator[Noun]:
    roles = vocab.load("en", "roles")
    for key, gender in (("kin_female", "female"), ("kin_male", "male"), ("kin", None)):
        for word in roles[key]:
            length = len(word.split())
            yield Noun(word, length, "person", gender=gender, kin=True)  # type: ignore[arg-type]
            yield Noun(plural_of(word), length, "group", plural=True, kin=True)
    for key in ("lawyers", "offices", "people"):
        for word in roles[key]:
            length = len(word.split())
            yield Noun(word, length, "person", gender=_gender(word), lawyer=key == "lawyers")
            yield Noun(plural_of(word), length, "group", plural=True, lawyer=key == "lawyers")
    for word in vocab.load("en", "profile")["occupations"]:
        yield Noun(word, len(word.split()), "person", gender=_gender(word))
    for word in roles["groups"]:
        yield Noun(word, len(word.split()), "group", plural=True, kin=word in roles["kin_groups"])


def _gender(word: str) -> Gender | None:
    last, roles = word.rsplit(maxsplit=1)[-1], vocab.load("en", "roles")
    if last.endswith("woman") or last in roles["female"]:
        return "female"
    if (last.endswith("man") and last != "ombudsman") or last in roles["male"]:
        return "male"
    return None


def _other_nouns() -> Iterator[Noun]:
    for word in vocab.load("en", "organisations")["nouns"]:
        yield Noun(word, len(word.split()), "organisation")
    custodial = frozenset(vocab.load("en", "places")["custodial"])
    for word in [*custodial, *vocab.load("en", "places")["heads"]]:
        yield Noun(word, len(word.split()), "place", custodial=word in custodial)
