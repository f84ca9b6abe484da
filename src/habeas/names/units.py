"""Name-parts: the sounds of one word of a name, ready to be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from habeas.names.lexicon import families, known_ids, rarity
from habeas.names.tables import Alphabet, alphabet, coarse, endings, features, labels, second_reading
from habeas.names.text import ARABIC, CYRILLIC, HEBREW, LATIN, script_of

READ = frozenset([LATIN, CYRILLIC, ARABIC, HEBREW])
ABJADS = frozenset([ARABIC, HEBREW])


class Unit(NamedTuple):  # not a dataclass: millions are made, and a tuple is made three times as fast
    """One part of a name as it is compared.

    `text` is its folded spelling. `full` and `bare` are the features (sounds.toml) of each way to read it, with and
    without short vowels: the first is the one it is shown by. `coarse` are its consonants, those that spellings
    exchange as one letter. `families` and `ids` are the names of given.toml and known.npz that it spells. `mark` is "",
    "abd", "abu" or "umm".
    """

    text: str
    script: str
    mark: str
    sounds: tuple[str, ...]
    full: tuple[str, ...]
    bare: tuple[str, ...]
    coarse: str
    families: frozenset[int]
    ids: tuple[int, ...]
    rarity: float
    is_abjad: bool
    is_title: bool = False
    had_article: bool = False

    @property
    def consonants(self) -> str:
        """Its consonants as people are shown them: "m-h-r"."""
        return "-".join(label for s in self.sounds if (label := labels().get(s, s)))

    @property
    def is_lead(self) -> bool:
        """Whether it is a part often put before the given name, or left out there: Mohammad, Sayed, Ahmad, Mir."""
        return bool(endings("lead")["consonants"].match(self.consonants))

    @property
    def is_feminine(self) -> bool:
        """Whether it is written with an ending that is mostly that of a woman's name."""
        ending = endings("feminine").get(self.script)
        return bool(ending and len(self.sounds) > 2 and ending.search(self.text))

    @property
    def is_initial(self) -> bool:
        """Whether the part is a single letter."""
        return len(self.text) == 1


@dataclass(frozen=True, slots=True)
class _Script:
    """What a word of one script is read with; `alphabet` is None for letters that stand for themselves."""

    alphabet: Alphabet | None
    again: re.Pattern[str] | None  # what a word must hold for `second`, another way to read its letters, to be tried
    second: Alphabet | None
    abd: re.Pattern[str]
    abu: re.Pattern[str]
    article: re.Pattern[str]


@cache
def _script(name: str) -> _Script:
    if name not in READ:
        never = re.compile("(?!)")
        return _Script(None, None, None, never, never, never)
    again = second_reading(name)
    abd, abu, article = (endings(kind)[name] for kind in ("abd", "abu", "article"))
    return _Script(alphabet(name), again, alphabet(name, True) if again else None, abd, abu, article)


def sounds_of(text: str, table: Alphabet | None) -> list[str]:
    """The sounds of a folded word; a letter that the table does not know stands for itself."""
    if table is None:
        return list(text)
    out: list[str] = []
    groups = table.sounds
    last = ""
    for match in table.pattern.finditer(text):
        letters = match.group()
        found = groups[match.lastindex or 0].get(letters)
        for sound in (letters,) if found is None else found:
            if sound != last:
                out.append(sound)
                last = sound
    return out


def make_unit(text: str, mark: str = "", is_title: bool = False) -> Unit:
    """The unit of one folded word, `mark` being what came before it (abd, abu, umm)."""
    name = script_of((text[0] if text[0] != "'" else text.lstrip("'")[:1] or "'") if text else "'")
    script = _script(name)
    had_article = False
    if not mark:
        mark, text, had_article = _unfused(text, script)
    if mark == "abd" and name == LATIN and endings("lah")[LATIN].match(text):
        text = "lah"
    article = None if had_article else script.article.match(text)
    spoken = text[article.end() :] if article else text
    # In Arabic script the article is always written so; elsewhere al- may be the name's own (Alexei).
    first, second = (spoken, text) if name == ARABIC else (text, spoken)
    prefix = [mark] if mark else []
    readings = [prefix + sounds_of(first, script.alphabet)]
    if article:
        readings.append(prefix + sounds_of(second, script.alphabet))
    if script.again and script.again.search(first):
        readings.append(prefix + sounds_of(first, script.second))
    full, bare = features()
    return _unit(
        first,
        name,
        mark,
        tuple(readings[0]),
        tuple(["".join([full[s] for s in sounds]) for sounds in readings]),
        tuple(["".join([bare[s] for s in sounds]) for sounds in readings]),
        is_title,
        had_article or bool(article),
    )


def _unfused(text: str, script: _Script) -> tuple[str, str, bool]:
    """The mark that is written together with the word, the word without it, and whether an article went with it."""
    if fused := script.abd.match(text):
        return "abd", fused.group(2), True
    if fused := script.abu.match(text):
        return "abu", fused.group(1), False
    return "", text, False


def _unit(
    text: str,
    script: str,
    mark: str,
    sounds: tuple[str, ...],
    full: tuple[str, ...],
    bare: tuple[str, ...],
    is_title: bool,
    had_article: bool,
) -> Unit:
    ids = known_ids(text)
    exchanged = coarse()
    return Unit(
        text,
        script,
        mark,
        sounds,
        full,
        bare,
        "".join([exchanged[s] for s in sounds]),
        families(text),
        ids,
        rarity(ids),
        script in ABJADS,
        is_title,
        had_article,
    )


def join_units(first: Unit, second: Unit) -> Unit:
    """Two neighbouring units as one: Salah al-Din, Aziz Allah, Ahmad Reza."""
    return _unit(
        first.text + second.text,
        first.script,
        first.mark,
        first.sounds + second.sounds,
        (first.full[0] + second.full[0],),
        (first.bare[0] + second.bare[0],),
        False,
        first.had_article,
    )
