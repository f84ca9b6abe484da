"""Words of names, from the vocabulary: heads of organisations and places, titles, particles, given names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from habeas import vocab
from habeas.extraction.document import Token
from habeas.extraction.lexicon import closed_words
from habeas.extraction.nouns import Gender
from habeas.extraction.spelling import plain
from habeas.extraction.text import folded
from habeas.names.lexicon import known_ids, rarity

_COMMON = 0.77  # names rarer than this are as often places or surnames


@dataclass(frozen=True, slots=True)
class NameWords:
    """Word lists of `vocab/en` that tell organisations and places."""

    organisation_heads: frozenset[str]
    organisation_fronts: frozenset[str]  # what names of organisations begin with
    organisations: frozenset[str]  # well-known ones, folded
    place_heads: frozenset[str]
    place_fronts: frozenset[str]  # what names of places begin with
    seated: frozenset[str]  # who sits in a place and is called by it: "the Ramat judge"
    moved: frozenset[str]  # what is done to people before "to" and a place: "taken"
    places: frozenset[str]  # countries and capitals, folded
    custodial: frozenset[str]
    inner: frozenset[str]  # plain words inside a name: the "military" of "Rehan military court"
    tails: frozenset[str]  # plain nouns that end one
    small: frozenset[str]  # small words with a capital inside a name: "Justice First Initiative"
    small_names: frozenset[str]  # people's names that are small words: "Than", "Can"
    last: frozenset[str]  # the same at the end of one: "Press Freedom Now"
    settled: frozenset[str]  # at the end of a name "of" and a place go on with it: "Central Hospital of X"
    purposive: frozenset[str]  # at the head of a name "to" and a verb go on with it: "Committee to Protect Pupils"
    armed: frozenset[str]  # a force that an officer's name may follow: "Coast Guard Commander X"
    faiths: frozenset[str]  # before another capital they belong to a name: "the Islamic Renewal movement"
    compounded: frozenset[str]  # "born", "based": after a hyphen an adjective is made of a name
    wordy: dict[str, int]  # first word of a well-known organisation with function words -> words of the longest one
    abstract: frozenset[str]  # heads that are what an organisation is for: "affairs"
    organisation_nouns: frozenset[str]
    things: frozenset[str]  # laws, feasts, prizes: names that are none of ours
    matters: frozenset[str]  # without a head a name that ends with one is none: "Arbitrary Detention"
    works: frozenset[str]  # before a name: a ship, a book
    halves: frozenset[str]  # before "and" inside the name of a hospital or a prison
    plain: frozenset[str]  # common words that own something at the head of a sentence: "Let's"
    wards: frozenset[str]  # with "centre" or "station" they make a place
    demonyms: frozenset[str]
    states: Mapping[str, str]  # demonym, small letters -> its country
    titles: frozenset[str]
    heading: frozenset[str]  # capitalised words before a role: "Foreign", "Deputy"
    after: frozenset[str]  # titles that follow a name: "Bey"
    aliases: tuple[tuple[str, ...], ...]  # what makes the name after it another name of who is named before: "known as"


@cache
def name_words() -> NameWords:
    """The word lists, read once."""
    organisations, places = vocab.load("en", "organisations"), vocab.load("en", "places")
    honorifics = vocab.load("en", "honorifics")
    return NameWords(
        organisation_heads=frozenset([*organisations["heads"], *organisations["outlets"]]),
        organisation_fronts=frozenset(organisations["fronts"]),
        organisations=frozenset(folded(name) for name in organisations["known"]),
        place_heads=frozenset([*places["heads"], *places["custodial"]]),
        place_fronts=frozenset(places["fronts"]),
        seated=frozenset(places["seated"]),
        moved=frozenset(places["moved"]),
        places=frozenset(folded(name) for name in [*places["countries"], *places["capitals"]]),
        custodial=frozenset(places["custodial"]),
        inner=frozenset(organisations["inner"]),
        tails=frozenset(organisations["tails"]),
        small=frozenset(organisations["small"]),
        small_names=frozenset(honorifics["small_names"]),
        last=frozenset(organisations["last"]),
        settled=frozenset(organisations["settled"]),
        purposive=frozenset(organisations["purposive"]),
        armed=frozenset(organisations["armed"]),
        faiths=frozenset(organisations["faiths"]),
        compounded=frozenset(organisations["compounded"]),
        wordy=_wordy(organisations["known"]),
        abstract=frozenset(organisations["abstract"]),
        organisation_nouns=frozenset(organisations["nouns"]),
        things=frozenset(organisations["things"]),
        matters=frozenset(organisations["matters"]),
        works=frozenset(organisations["works"]),
        halves=frozenset(organisations["halves"]),
        plain=frozenset(organisations["plain"]),
        wards=frozenset(places["wards"]),
        demonyms=frozenset(word.lower() for word in places["demonyms"]["words"]),
        states=places["demonyms"]["states"],
        titles=frozenset([*honorifics["neutral"], *honorifics["male"], *honorifics["female"]]),
        heading=frozenset(honorifics["heading"]),
        after=frozenset(honorifics["after"]),
        aliases=tuple(tuple(phrase.split()) for phrase in honorifics["aliases"]),
    )


def _wordy(names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for words in (name.split() for name in names):
        if any(word.lower() in closed_words() for word in words[1:]):
            found[words[0].lower()] = max(found.get(words[0].lower(), 0), len(words))
    return found


def alias_begins(tokens: Sequence[Token], end: int) -> int | None:
    """Where the words begin that stand before token `end` and make what follows another name: "known as"; or None."""
    for phrase in name_words().aliases:
        first = end - len(phrase)
        if first > 0 and all(tokens[first + i].lower == word for i, word in enumerate(phrase)):
            return first
    return None


@cache
def is_given(word: str) -> bool:
    """Whether a word is known as somebody's given name."""
    bare = plain(word)
    return bare in genders() or (len(bare) > 2 and rarity(known_ids(bare)) < _COMMON)


def is_portfolio(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word only says what the minister after it is for: "Communication Minister X", not "Iran Minister"."""
    word, known = tokens[at], name_words()
    if tokens[at + 1].lower != "minister" or not (word.is_capital and word.text.isalpha()):
        return False
    if word.lower in known.heading:  # "Labour minister", of no party
        return True
    return folded(word.text) not in known.places | known.organisations and word.lower not in known.demonyms


@cache
def genders() -> dict[str, Gender]:
    """Title, kunya or given name, plain -> the gender it tells."""
    titles, given = vocab.load("en", "honorifics"), vocab.load("en", "given")
    table: dict[str, Gender] = {}
    both: tuple[Gender, Gender] = ("female", "male")
    for gender in both:
        for word in (*titles[gender], *titles[f"kunya_{gender}"], *given[gender]):
            table[plain(word)] = gender
    return table


@cache
def particles() -> frozenset[str]:
    """Small words inside a person's name."""
    return frozenset(vocab.load("en", "honorifics")["particles"])


@cache
def held_modifiers() -> frozenset[str]:
    """Words before a noun or a name that say that somebody is held, or was: "jailed", "freed"."""
    return frozenset(vocab.load("en", "detention")["modifiers"])


def soft_gender(name: str) -> Gender | None:
    """The gender that a first name's ending suggests (`vocab/en/given.toml`, `[endings]`); None where none does."""
    first = plain(name.split(maxsplit=1)[0]) if name.strip() else ""
    endings = vocab.load("en", "given")["endings"]
    return "female" if len(first) > 3 and first.endswith(tuple(endings["female"])) else None


@cache
def kunyas() -> frozenset[str]:
    """Words that begin a name by a child: Abu, Umm."""
    table = vocab.load("en", "honorifics")
    return frozenset([*table["kunya_male"], *table["kunya_female"]])


@cache
def titles_mean() -> Mapping[str, str]:
    """Title, small letters -> the noun by which its bearer may then be spoken of: "dr" is a doctor."""
    found: Mapping[str, str] = vocab.load("en", "honorifics")["mean"]
    return found


def titles() -> frozenset[str]:
    """Titles before a name, small letters, without full stop."""
    return name_words().titles
