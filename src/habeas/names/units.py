"""Name-parts: the sounds of one word of a name, ready to be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from habeas.names.lexicon import families, known_ids, rarity
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


@dataclass(slots=True)  # not frozen, for a frozen one is made in three times the time; nobody changes one
class Unit:
    """One part of a name as it is compared.

    `text` is its folded spelling; `writing` is its script where that leaves out short vowels, else empty: between two
    writings these do not count. `readings` are the ways to read it, a character a sound; it is shown by the first.
    `full` are the features (sounds.toml) of each; the first has `letters` of them. `coarse` are its `size` consonants,
    those that spellings exchange as one letter. `families` and `ids` are the names of given.toml and known.npz that it
    spells. `mark` is "", "abd", "abu" or "umm". `is_feminine`: its ending is mostly that of a woman's name. `kind` is
    what it is in particles.toml, empty for a name.
    """

    text: str
    script: str
    writing: str
    mark: str
    readings: tuple[str, ...]
    full: tuple[str, ...]
    coarse: str
    letters: int
    size: int
    families: frozenset[int]
    ids: tuple[int, ...]
    rarity: float
    is_feminine: bool
    kind: str = ""
    is_title: bool = False
    had_article: bool = False
    _bare: tuple[str, ...] = field(default=(), init=False, repr=False, compare=False)

    @property
    def bare(self) -> tuple[str, ...]:
        """The features of each reading without short vowels, found when they are first asked for."""
        if not self._bare:
            features_of = features()[1].__getitem__
            self._bare = tuple(["".join(map(features_of, one)) for one in self.readings])
        return self._bare

    @property
    def is_abjad(self) -> bool:
        """Whether it is written without short vowels."""
        return self.writing != ""

    @property
    def sounds(self) -> str:
        """How it is read first."""
        return self.readings[0]

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
    alphabet: Alphabet | None
    is_abjad: bool
    again: re.Pattern[str] | None  # what a word must hold for `second`, another way to read its letters, to be tried
    second: Alphabet | None
    abd: re.Pattern[str]
    abu: re.Pattern[str]
    article: re.Pattern[str]
    feminine: tuple[str, ...]

    def sounds(self, word: str) -> str:
        """The sounds of a folded word, a character each."""
        return self.alphabet.sounds(word) if self.alphabet else word

    def readings(self, text: str, spoken: str, mark: str) -> list[str]:
        """The sounds of each way to read `text`, which is `spoken` without its article."""
        before = sound_codes()[mark] if mark else ""
        # In Arabic script the article is always written so; elsewhere al- may be the name's own (Alexei).
        first, second = (spoken, text) if self.name == ARABIC else (text, spoken)
        found = [before + self.sounds(first)]
        if first != second:
            found.append(before + self.sounds(second))
        if self.again and self.second and self.again.search(first):
            found.append(before + self.second.sounds(first))
        return found


@cache
def _script(name: str) -> _Script:
    if name not in READ:
        never = re.compile("(?!)")
        return _Script(name, None, False, None, None, never, never, never, ())
    again = second_reading(name)
    abd, abu, article = (endings(kind)[name] for kind in ("abd", "abu", "article"))
    second = alphabet(name, True) if again else None
    return _Script(name, alphabet(name), alphabet(name).abjad, again, second, abd, abu, article, feminine()[name])


@cache
def _script_of(letter: str) -> _Script:
    """The script of a folded letter; where there is none, of a sign."""
    return _script(script_of(letter or "'"))


def make_unit(text: str, mark: str = "", kind: str = "") -> Unit:
    """The unit of one folded word, `mark` being what came before it (abd, abu, umm), `kind` its kind in particles."""
    script = _script_of(text[:1] if text[:1] != "'" else text.lstrip("'")[:1])
    had_article = False
    if not mark:
        mark, text, had_article = _unfused(text, script)
    if mark == "abd" and script.name == LATIN and endings("lah")[LATIN].match(text):
        text = "lah"
    article = None if had_article else script.article.match(text)
    spoken = text[article.end() :] if article else text
    readings = script.readings(text, spoken, mark)
    shown = spoken if script.name == ARABIC else text
    return _unit(shown, script, mark, readings, had_article or article is not None, kind)


def _unfused(text: str, script: _Script) -> tuple[str, str, bool]:
    """The mark that is written together with the word, the word without it, and whether an article went with it."""
    if fused := script.abd.match(text):
        return "abd", fused.group(2), True
    if fused := script.abu.match(text):
        return "abu", fused.group(1), False
    return "", text, False


def _unit(text: str, script: _Script, mark: str, readings: list[str], had_article: bool, kind: str = "") -> Unit:
    features_of = features()[0].__getitem__
    full = tuple(["".join(map(features_of, one)) for one in readings])
    sounds, ids = readings[0], known_ids(text)
    consonants = sounds.translate(coarse())
    return Unit(
        text,
        script.name,
        script.name if script.is_abjad else "",
        mark,
        tuple(readings),
        full,
        consonants,
        len(full[0]),
        len(consonants),
        families(text),
        ids,
        rarity(ids),
        len(sounds) >= SHORTEST_FEMININE and text.endswith(script.feminine),
        kind,
        kind == "title",
        had_article,
    )


def after_article(unit: Unit) -> Unit:
    """The same unit, as a word before which an article was written."""
    return unit if unit.had_article else replace(unit, had_article=True)


def join_units(first: Unit, second: Unit) -> Unit:
    """Two neighbouring units as one: Salah al-Din, Aziz Allah, Ahmad Reza."""
    text, script = first.text + second.text, _script(first.script)
    return _unit(text, script, first.mark, [first.sounds + second.sounds], first.had_article)
