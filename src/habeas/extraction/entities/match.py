"""Whether two names of one page can mean the same: people under short names, things under initials."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas import vocab
from habeas.extraction.entities.names import Name
from habeas.extraction.entities.words import genders, kunyas, particles
from habeas.extraction.nouns import Gender, people_words
from habeas.extraction.spelling import plain, same_word

_PATRONYMIC = re.compile(r"\w{2,}(?:ovich|evich|ich|ovna|evna|ichna|avich|avna)$")
_MARKS = re.compile(r"[“”\"«»‘()]")
_SMALL = frozenset(["of", "the", "for", "and", "to"])


def parts(name: str) -> tuple[str, ...]:
    """The words of a name that tell it apart: small words aside, a kunya in one with the name it is of."""
    found: list[str] = []
    kunya = ""
    for word in _MARKS.sub("", name.replace("-", " ").replace("'s", " ").replace("’s", " ")).split():
        bare = plain(word)
        if bare in kunyas():
            kunya = bare
        elif bare and bare not in particles() and bare not in _SMALL:
            found.append(kunya + bare if kunya else word)
            kunya = ""
    return tuple(found) or (name,)


def same_person(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two full names can be one person: one is contained in the other in order, spellings aside."""
    short, long_ = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 2:
        return False
    at = 0
    for word in short:
        while at < len(long_) and not _same_part(word, long_[at]):
            at += 1
        if at == len(long_):
            return False
        at += 1
    return True


def is_polite(words: Sequence[str]) -> bool:
    """Whether a name is a given name with a patronymic: "Oleg Gennadievich"."""
    return len(words) == 2 and bool(_PATRONYMIC.search(plain(words[1]))) and not words[1].isupper()


def is_short_for(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether every word of a short name stands in the full one, spellings aside."""
    return all(any(_same_part(word, other) for other in full) for word in short)


def is_exact(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether every word of a short name stands in the full one as it is spelt: "Usoltsev" is not Usoltseva."""
    known = {plain(word) for word in full}
    return all(plain(word) in known for word in short)


def _same_part(short: str, full: str) -> bool:
    """Whether a word of a name is a spelling of another, or its initial: the T of "Yonas T." for Tekleab."""
    one, other = sorted((plain(short), plain(full)), key=len)
    return other.startswith(one) if len(one) == 1 else same_word(short, full)


def same_thing(a: Sequence[str], b: Sequence[str], *, again: bool = False) -> bool:
    """Whether two names of organisations or places mean one: the same words, a beginning of them, or the initials.

    `again`: the shorter one stands after "the", so that any of the words in order will do ("the Prison Service").
    """
    left, right = [plain(w) for w in a], [plain(w) for w in b]
    if left == right:
        return True
    short, long_ = (left, right) if len(left) < len(right) else (right, left)
    if len(short) >= 2 and long_[: len(short)] == short:
        return True
    if again and len(right) == len(short) and long_[-len(short) :] == short:
        return True
    if len(short) == 1 and len(long_) > 1 and long_[0] == short[0]:  # "FSIN of Russia", then "FSIN"
        return len(short[0]) > 2 and (a if short is left else b)[0].isupper()
    spelled = len(short) == 1 and len(long_) > 1 and "".join(w[0] for w in long_) == short[0]
    return spelled and (len(long_) > 2 or (a if short is left else b)[0].isupper())


def gender_of(name: Name) -> Gender | None:
    """The gender that a name's titles or its first word tell; None where they do not."""
    table = genders()
    for word in (name.title or "").lower().replace(".", "").split():
        if word in table:
            return table[word]
    return table.get(plain(name.text.split()[0]))


def is_honorific(title: str) -> bool:
    """Whether a title is only polite ("Mr", "Dr") and no office."""
    word = title.lower().rstrip(".")
    table = vocab.load("en", "honorifics")
    return word in table["polite"] or (
        word in (*table["male"], *table["female"]) and word not in people_words().offices
    )
