"""Name-parts: the sounds of one word of a name, ready to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from habeas.names.lexicon import families, known_ids, rarity
from habeas.names.tables import Alphabet, alphabet, coarse, endings, features, labels, second_reading
from habeas.names.text import ARABIC, CYRILLIC, HEBREW, LATIN, script_of

READ = frozenset([LATIN, CYRILLIC, ARABIC, HEBREW])


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
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


@dataclass(slots=True)
class _Readings:
    """The ways to read one word, collected: the features of each, and whether an article was taken off the first."""

    full: list[str]
    bare: list[str]

    def add(self, sounds: Sequence[str]) -> None:
        full, bare = features()
        self.full.append("".join([full[s] for s in sounds]))
        self.bare.append("".join([bare[s] for s in sounds]))


def sounds_of(text: str, table: Alphabet | None) -> list[str]:
    """The sounds of a folded word; a letter that the table does not know stands for itself."""
    if table is None:
        return list(text)
    out: list[str] = []
    last = ""
    for match in table.pattern.finditer(text):
        letters = match.group()
        found = table.sounds[match.lastindex or 0].get(letters)
        for sound in (letters,) if found is None else found:
            if sound != last:
                out.append(sound)
                last = sound
    return out


def make_unit(text: str, mark: str = "", is_title: bool = False) -> Unit:
    """The unit of one folded word, `mark` being what came before it (abd, abu, umm)."""
    script = script_of(text.lstrip("'")[:1] or "'")
    had_article = False
    if not mark and script in READ:
        mark, text, had_article = _unfused(text, script)
    if mark == "abd" and script == LATIN and endings("lah")[LATIN].match(text):
        text = "lah"
    article = endings("article")[script].match(text) if script in READ and not had_article else None
    spoken = text[article.end() :] if article else text
    # In Arabic script the article is always written so; elsewhere al- may be the name's own (Alexei).
    first, second = (spoken, text) if script == ARABIC else (text, spoken)
    prefix = [mark] if mark else []
    table = alphabet(script) if script in READ else None
    sounds = prefix + sounds_of(first, table)
    readings = _Readings([], [])
    readings.add(sounds)
    if article:
        readings.add(prefix + sounds_of(second, table))
    again = second_reading(script) if table else None
    if again and again.search(first):
        readings.add(prefix + sounds_of(first, alphabet(script, True)))
    return _unit(first, script, mark, tuple(sounds), readings, is_title, had_article or bool(article))


def _unfused(text: str, script: str) -> tuple[str, str, bool]:
    """The mark that is written together with the word, the word without it, and whether an article went with it."""
    if fused := endings("abd")[script].match(text):
        return "abd", fused.group(2), True
    if fused := endings("abu")[script].match(text):
        return "abu", fused.group(1), False
    return "", text, False


def _unit(
    text: str, script: str, mark: str, sounds: tuple[str, ...], readings: _Readings, is_title: bool, had_article: bool
) -> Unit:
    ids = known_ids(text)
    return Unit(
        text,
        script,
        mark,
        sounds,
        tuple(readings.full),
        tuple(readings.bare),
        "".join([coarse()[s] for s in sounds]),
        families(text),
        ids,
        rarity(ids),
        script in (ARABIC, HEBREW),
        is_title,
        had_article,
    )


def join_units(first: Unit, second: Unit) -> Unit:
    """Two neighbouring units as one: Salah al-Din, Aziz Allah, Ahmad Reza."""
    readings = _Readings([first.full[0] + second.full[0]], [first.bare[0] + second.bare[0]])
    text, sounds = first.text + second.text, first.sounds + second.sounds
    return _unit(text, first.script, first.mark, sounds, readings, False, first.had_article)
