"""The tables of `habeas/vocab/names/*.toml`, read once and turned into what the parser looks up."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import ascii_uppercase
from typing import Any

LATIN_RANGES = ((0xC0, 0x250), (0x1E00, 0x1F00))
MARK_RANGES = ((0x300, 0x370), (0x591, 0x5C8), (0x610, 0x61B), (0x64B, 0x660), (0x6D6, 0x6EE))
ASCII = 0x80
MOST_FOLDED = 50_000  # letters
SPACING_END = 0x3100  # above it no sign that parts words is met in names
APOSTROPHES = "'`´ʻʼʽʾʿˈ‘’‛′\u05f3"
DOUBLED = re.compile(r"(.)\1+", re.DOTALL)
CODES = ascii_uppercase + "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f"  # ASCII, which is quick; no folded name has any
JOINING = "\u0640\u200b\u200c\u200d\u200e\u200f\u00ad"


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How one script is read: into which pieces `pattern` cuts a word, and the sounds of each, a character a sound.

    `sound_of` gives a piece that no letter of the alphabet is as it stands.
    """

    abjad: bool
    pattern: re.Pattern[str]
    initial: Mapping[str, str]
    final: Mapping[str, str]
    sound_of: Callable[[str], str]

    def sounds(self, word: str) -> str:
        """The sounds of a folded word, a character each (`sound_codes`); none twice in a row."""
        pieces = self.pattern.findall(word)
        if not pieces:
            return ""
        found = list(map(self.sound_of, pieces))
        if pieces[-1] in self.final:
            found[-1] = self.final[pieces[-1]]
        if pieces[0] in self.initial:
            found[0] = self.initial[pieces[0]]
        sounds = "".join(found)
        return DOUBLED.sub("\\1", sounds) if DOUBLED.search(sounds) else sounds


@cache
def read_table(name: str) -> dict[str, Any]:
    """The parsed TOML table `vocab/names/<name>.toml`; not to be changed."""
    path = files("habeas.vocab").joinpath("names", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


class _Letters(dict[str, str]):
    """The sounds of each letter; one that no table knows stands for itself."""

    def __missing__(self, letter: str) -> str:
        return letter


class _Features(dict[str, str]):
    """The features of each sound; a letter that no table knows has its own, three of them."""

    def __missing__(self, sound: str) -> str:
        return sound * 3


@cache
def sound_codes() -> Mapping[str, str]:
    """The one character that stands for each sound of sounds.toml in a word that has been read."""
    names = read_table("sounds")["full"]
    longer = [name for name in names if len(name) > 1]
    return {name: name for name in names if len(name) == 1} | dict(zip(longer, CODES, strict=False))


@cache
def features() -> tuple[Callable[[str], str], Callable[[str], str]]:
    """What gives the features of some sounds, those of each sorted: written with vowels, and bare of them."""
    table, codes = read_table("sounds"), sound_codes()
    full = {codes[sound]: "".join(sorted(text)) for sound, text in table["full"].items()}
    bare = full | {codes[sound]: "".join(sorted(text)) for sound, text in table["bare"].items()}
    return _features_of(full), _features_of(bare)


def _features_of(table: Mapping[str, str]) -> Callable[[str], str]:
    of_each = _Features(table).__getitem__
    return lambda sounds: "".join(map(of_each, sounds))


@cache
def coarse() -> Mapping[int, str | None]:
    """A `str.translate` table to the letter by which each sound's group is compared; none for vowels and marks."""
    return _grouped("coarse")


@cache
def wide() -> tuple[Mapping[int, str | None], Mapping[int, str | None]]:
    """Two of the same with fewer and wider groups: with v and w as lips, and with both left out as vowels are."""
    table = _grouped("wide")
    said, silent = ({code: other if group == "v" else group for code, group in table.items()} for other in ("f", None))
    return said, silent


def _grouped(section: str) -> dict[int, str | None]:
    table, codes = read_table("sounds"), sound_codes()
    groups = {sound: letter for letter, sounds in table[section].items() for sound in sounds.split()}
    silent = {sound: "" for sound, label in table["label"].items() if not label}
    return {ord(code): (silent | groups).get(sound, sound[:1]) or None for sound, code in codes.items()}


@cache
def endings(kind: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of endings.toml of one kind, by script."""
    return {script: re.compile(pattern) for script, pattern in read_table("endings")[kind].items()}


@cache
def feminine() -> Mapping[str, tuple[str, ...]]:
    """The endings that are mostly a woman's name's, by script."""
    return {script: tuple(found) for script, found in read_table("endings")["feminine"].items()}


@cache
def labels() -> Mapping[str, str]:
    """How each sound is shown to people, by its character; empty for vowels and marks."""
    table = read_table("sounds")
    return {code: table["label"].get(sound, sound) for sound, code in sound_codes().items()}


@cache
def alphabet(name: str, other: bool = False) -> Alphabet:
    """The alphabet called `name`, its pattern compiled: initial pieces, final pieces, then pieces at any place.

    With `other`, the alphabet of its second reading.
    """
    table = read_table(name)
    if other:
        others = {key: sound for key, sound in table["other"].items() if key != "when"}
        table = table | {"letters": table["letters"] | others}
    initial, final, letters = (_spelled(table.get(part, {})) for part in ("initial", "final", "letters"))
    inner, after = (_any_of(key for key in part if len(key) > 1) for part in (letters, final))  # "." is for one letter
    tried = [f"^(?:{_any_of(initial)})" if initial else "", f"(?:{after})$" if after else "", inner]
    pattern = re.compile("|".join([*filter(None, tried), "."]), re.DOTALL)
    sound_of = _Letters(letters | {"'": ""}).__getitem__
    return Alphabet(bool(table["abjad"]), pattern, initial, final, sound_of)


def _spelled(section: Mapping[str, str]) -> dict[str, str]:
    codes = sound_codes()
    return {key: "".join(codes[sound] for sound in value.split()) for key, value in section.items()}


def _any_of(keys: Iterable[str]) -> str:
    """A pattern of the longest of `keys`: a branch for each first letter, a set for its last, which are quicker."""
    rests: dict[str, list[str]] = {}
    for key in sorted(keys, key=len, reverse=True):
        rests.setdefault(key[0], []).append(key[1:])
    return "|".join(f"{re.escape(first)}(?:{_either(some)})" for first, some in rests.items())


def _either(rests: Sequence[str]) -> str:
    """A pattern of any of `rests`, the longest of which are first."""
    longer, letters = [re.escape(rest) for rest in rests if len(rest) > 1], "".join(filter(_is_letter, rests))
    return "|".join([*longer, *([f"[{re.escape(letters)}]"] if letters else []), *([""] if "" in rests else [])])


def _is_letter(text: str) -> bool:
    return len(text) == 1


class _Folding(dict[int, str | int | None]):
    """A `str.translate` table; a letter that it lacks stays as it is, which is quicker said than found missing."""

    def __missing__(self, code: int) -> int:
        if len(self) < MOST_FOLDED:
            self[code] = code
        return code


@cache
def ascii_folding() -> bytes:
    """The same as a `bytes.translate` table for ASCII, capital letters made small too."""
    table = folding()
    return bytes(ord(chr(code).lower().translate(table)) if code < ASCII else code for code in range(256))


@cache
def folding() -> _Folding:
    """A `str.translate` table: one spelling of each letter, marks dropped, and spaces for what parts words."""
    table = _Folding()
    for low, high in LATIN_RANGES:
        for code in range(low, high):
            base = "".join(c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c))
            table[code] = base.lower()
    for code in range(SPACING_END):
        if unicodedata.category(chr(code))[0] in "PZSC":
            table[code] = " "
    for low, high in MARK_RANGES:
        table.update(dict.fromkeys(range(low, high)))
    table.update(dict.fromkeys(map(ord, JOINING)))
    table.update({ord(mark): "'" for mark in APOSTROPHES})
    for name in ("latin", "cyrillic", "hebrew", "arabic"):
        table.update({ord(letter): text for letter, text in read_table(name).get("fold", {}).items()})
    return table


@cache
def romanised() -> dict[int, str]:
    """A `str.translate` table of the scripts that are read through Latin letters, Uyghur left out."""
    table = read_table("romanised")
    return {ord(c): text for script, letters in table.items() if script != "uyghur" for c, text in letters.items()}


@cache
def uyghur() -> tuple[frozenset[str], dict[int, str]]:
    """The letters that tell Uyghur from the other languages in Arabic script, and its letters in Latin."""
    letters = dict(read_table("romanised")["uyghur"])
    known_by = letters.pop("known_by")
    return frozenset(known_by), {ord(letter): text for letter, text in letters.items()}


@cache
def second_reading(name: str) -> re.Pattern[str] | None:
    """What a word must hold for the second reading of the alphabet `name` to be tried; None if it has none."""
    other = read_table(name).get("other")
    return re.compile(other["when"]) if other else None


def folded_word(word: str) -> str:
    """A word of a table as it stands in a folded name."""
    folded = word.translate(folding())
    return folded if folded > "\u0400" else folded.replace("'", "")


@cache
def particles() -> dict[str, str]:
    """The kind (article, link, abd, …) of each word of a name that is not a name by itself."""
    table = read_table("particles")
    return {folded_word(word): kind for kind, words in table.items() if kind != "numeral" for word in words}


@cache
def numerals() -> dict[str, str]:
    """The value of each word that numbers a ruler."""
    table: dict[str, list[str]] = read_table("particles")["numeral"]
    return {folded_word(word): value for value, words in table.items() for word in words}
