"""Name-parts: the sounds of one word of a name, ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from operator import attrgetter

from habeas.names.lexicon import UNKNOWN_RARITY, families, known_ids, rarity
from habeas.names.tables import (
    Alphabet,
    alphabet,
    coarse,
    endings,
    features,
    feminine,
    labels,
    second_reading,
    sound_codes,
)
from habeas.names.text import ARABIC, CYRILLIC, HEBREW, LATIN, script_of

READ = frozenset([LATIN, CYRILLIC, ARABIC, HEBREW])
SHORTEST_FEMININE = 3  # sounds


@dataclass(slots=True, eq=False)  # not frozen, for a frozen one is made in three times the time; nobody changes one
class Unit:
    """One part of a name as it is compared.

    `text` is its folded spelling; `writing` is its script where that leaves out short vowels, else empty: between two
    writings these do not count. `sounds` is how it is read, a character a sound, and shown; `others` are other ways to
    read it. `full` are the features (sounds.toml) of `sounds`, `letters` of them, `other_full` those of each of the
    others. `coarse` are its `size` consonants, those that spellings exchange as one letter. `families` and `ids` are
    the names of given.toml and known.npz that it spells. `mark` is "", "abd", "abu" or "umm". `is_feminine`: its
    ending is mostly that of a woman's name. `kind` is what it is in particles.toml, empty for a name; `counts` where it
    is neither a title nor a single letter. `bare` and `other_bare` are features without short vowels: empty until
    `bared`.
    """

    text: str
    script: str
    writing: str
    mark: str
    sounds: str
    others: tuple[str, ...]
    full: str
    other_full: tuple[str, ...]
    coarse: str
    letters: int
    size: int
    families: frozenset[int]
    ids: tuple[int, ...]
    rarity: float
    is_feminine: bool
    kind: str
    is_title: bool
    counts: bool
    had_article: bool
    bare: str = field(default="", init=False, repr=False)
    other_bare: tuple[str, ...] = field(default=(), init=False, repr=False)

    def bared(self) -> str:
        """`bare`, found together with `other_bare` if it is not yet."""
        if not self.bare:
            of = features()[1]
            self.bare = of(self.sounds)
            self.other_bare = tuple(map(of, self.others))
        return self.bare

    @property
    def readings(self) -> tuple[str, ...]:
        """All ways to read it, a character a sound."""
        return (self.sounds, *self.others)

    @property
    def every_full(self) -> tuple[str, ...]:
        """The features of each way to read it."""
        return (self.full, *self.other_full)

    @property
    def every_bare(self) -> tuple[str, ...]:
        """The same without short vowels."""
        return (self.bared(), *self.other_bare)

    @property
    def consonants(self) -> str:
        """Its consonants as people are shown them: "m-h-r"."""
        return _consonants(self.sounds)

    @property
    def is_lead(self) -> bool:
        """Whether it is a part often put before the given name, or left out there: Mohammad, Sayed, Ahmad, Mir."""
        return bool(endings("lead")["consonants"].match(self.consonants))

    @property
    def is_initial(self) -> bool:
        """Whether the part is a single letter."""
        return len(self.text) == 1


@lru_cache(maxsize=10_000)
def _consonants(sounds: str) -> str:
    shown = labels()
    return "-".join(filter(None, [shown.get(sound, sound) for sound in sounds]))


@dataclass(frozen=True, slots=True)
class _Script:
    """What a word of one script is read with; `alphabet` is None for letters that stand for themselves."""

    name: str
    writing: str
    alphabet: Alphabet | None
    features: Callable[[str], str]
    again: re.Pattern[str]  # what a word must hold for `second`, another way to read its letters, to be tried
    second: Alphabet | None
    compound: re.Pattern[str]  # the next three in one: most words are none of them
    abd: re.Pattern[str]
    abu: re.Pattern[str]
    article: re.Pattern[str]
    feminine: tuple[str, ...]

    def read(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The sounds of a folded word, a character a sound, and those of other ways to read its letters."""
        if not self.alphabet:
            return text, ()
        others = (self.second.sounds(text),) if self.second and self.again.search(text) else ()
        return self.alphabet.sounds(text), others


NEVER = re.compile("(?!)")


@cache
def _script(name: str) -> _Script:
    if name not in READ:
        return _Script(name, "", None, features()[0], NEVER, None, NEVER, NEVER, NEVER, NEVER, ())
    again = second_reading(name)
    own = alphabet(name)
    abd, abu, article = (endings(kind)[name] for kind in ("abd", "abu", "article"))
    return _Script(
        name,
        name if own.abjad else "",
        own,
        features()[0],
        again or NEVER,
        alphabet(name, True) if again else None,
        re.compile(f"{abd.pattern}|{abu.pattern}|{article.pattern}"),
        abd,
        abu,
        article,
        feminine()[name],
    )


@cache
def _script_of(letter: str) -> _Script:
    """The script of a folded letter; where there is none, of a sign."""
    return _script(script_of(letter or "'"))


def make_unit(text: str, mark: str = "", kind: str = "") -> Unit:
    """The unit of one folded word, `mark` being what came before it (abd, abu, umm), `kind` its kind in particles."""
    first = text[:1]
    script = _script_of(first if first != "'" else text.lstrip("'")[:1])
    if mark or script.compound.match(text):
        return _compound(text, script, mark, kind)
    sounds, others = script.read(text)
    return _unit(text, script, "", sounds, others, False, kind)


def _compound(text: str, script: _Script, mark: str, kind: str) -> Unit:
    """The unit of a word with a mark before it, or with a mark or an article in it."""
    had_article = False
    if not mark:
        mark, text, had_article = _unfused(text, script)
    if mark == "abd" and script.name == LATIN and endings("lah")[LATIN].match(text):
        text = "lah"
    article = None if had_article else script.article.match(text)
    spoken = text[article.end() :] if article else text
    before = sound_codes()[mark] if mark else ""
    sounds, *others = [before + one for one in _with_article(text, spoken, script)]
    shown = spoken if script.name == ARABIC else text
    return _unit(shown, script, mark, sounds, tuple(others), had_article or article is not None, kind)


def _with_article(text: str, spoken: str, script: _Script) -> list[str]:
    """The sounds of each way to read `text`, which is `spoken` without its article."""
    # In Arabic script the article is always written so; elsewhere al- may be the name's own (Alexei).
    first, second = (spoken, text) if script.name == ARABIC else (text, spoken)
    sounds, others = script.read(first)
    return [sounds, script.read(second)[0], *others] if first != second else [sounds, *others]


def _unfused(text: str, script: _Script) -> tuple[str, str, bool]:
    """The mark that is written together with the word, the word without it, and whether an article went with it."""
    if fused := script.abd.match(text):
        return "abd", fused.group(2), True
    if fused := script.abu.match(text):
        return "abu", fused.group(1), False
    return "", text, False


def _unit(
    text: str, script: _Script, mark: str, sounds: str, others: tuple[str, ...], had_article: bool, kind: str = ""
) -> Unit:
    full, ids, consonants = script.features(sounds), known_ids(text), sounds.translate(coarse())
    return Unit(
        text,
        script.name,
        script.writing,
        mark,
        sounds,
        others,
        full,
        tuple(map(script.features, others)) if others else (),
        consonants,
        len(full),
        len(consonants),
        families(text),
        ids,
        rarity(ids) if ids else UNKNOWN_RARITY,
        text.endswith(script.feminine) and len(sounds) >= SHORTEST_FEMININE,
        kind,
        kind == "title",
        kind != "title" and len(text) > 1,
        had_article,
    )


_made_of = attrgetter(*[one.name for one in fields(Unit) if one.init])


def after_article(unit: Unit) -> Unit:
    """The same unit, as a word before which an article was written."""
    if unit.had_article:
        return unit
    found = Unit(*_made_of(unit))
    found.had_article = True
    return found


def join_units(first: Unit, second: Unit) -> Unit:
    """Two neighbouring units as one: Salah al-Din, Aziz Allah, Ahmad Reza."""
    text, script = first.text + second.text, _script(first.script)
    return _unit(text, script, first.mark, first.sounds + second.sounds, (), first.had_article)
