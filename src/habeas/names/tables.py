"""The tables of `habeas/vocab/names/*.toml`, read once and turned into what the parser looks up."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LATIN_RANGES = ((0xC0, 0x250), (0x1E00, 0x1F00))
MARK_RANGES = ((0x300, 0x370), (0x591, 0x5C8), (0x610, 0x61B), (0x64B, 0x660), (0x6D6, 0x6EE))
SPACING_END = 0x3100  # above it no sign that parts words is met in names
APOSTROPHES = "'`´ʻʼʽʾʿˈ‘’‛′\u05f3"
JOINING = "\u0640\u200b\u200c\u200d\u200e\u200f\u00ad"


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How one script is read: what each numbered group of `pattern` may match, and the sounds of that."""

    abjad: bool
    sounds: tuple[dict[str, tuple[str, ...]], ...]
    pattern: re.Pattern[str]


def read_table(name: str) -> dict[str, Any]:
    """The parsed TOML table `vocab/names/<name>.toml`."""
    path = files("habeas.vocab").joinpath("names", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


class _Features(dict[str, str]):
    """The features of each sound; a letter that no table knows has its own, three of them."""

    def __missing__(self, sound: str) -> str:
        return sound * 3


class _Coarse(dict[str, str]):
    """The letter of each group of sounds that spellings exchange; a sound of no group is its first letter."""

    def __missing__(self, sound: str) -> str:
        return sound[:1]


@cache
def features() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The features of each sound, sorted: written with vowels, and bare of them."""
    table = read_table("sounds")
    full = {sound: "".join(sorted(text)) for sound, text in table["full"].items()}
    bare = full | {sound: "".join(sorted(text)) for sound, text in table["bare"].items()}
    return _Features(full), _Features(bare)


@cache
def coarse() -> Mapping[str, str]:
    """The one letter by which each sound's group is compared; empty for vowels and marks."""
    table = read_table("sounds")
    groups = {sound: letter for letter, sounds in table["coarse"].items() for sound in sounds.split()}
    return _Coarse(groups | {sound: "" for sound, label in table["label"].items() if not label})


@cache
def endings(kind: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of endings.toml of one kind, by script."""
    return {script: re.compile(pattern) for script, pattern in read_table("endings")[kind].items()}


@cache
def labels() -> dict[str, str]:
    """How each sound is shown to people; empty for vowels and marks."""
    table = read_table("sounds")
    return {sound: sound for sound in table["full"]} | dict(table["label"])


@cache
def alphabet(name: str, other: bool = False) -> Alphabet:
    """The alphabet called `name`, its pattern compiled: initial groups, final groups, then groups at any place.

    With `other`, the alphabet of its second reading.
    """
    table = read_table(name)
    if other:
        table["letters"] |= {key: sound for key, sound in table["other"].items() if key != "when"}
    sections: list[dict[str, tuple[str, ...]]] = [{}]  # the pattern's groups are numbered from 1
    parts: list[str] = []
    for section, before, after in (("initial", "^", ""), ("final", "", "$"), ("letters", "", "")):
        groups: dict[str, str] = table.get(section, {})
        if groups:
            keys = sorted(groups, key=len, reverse=True)
            parts.append(f"{before}({'|'.join(map(re.escape, keys))}){after}")
            sections.append({key: tuple(value.split()) for key, value in groups.items()})
    pattern = re.compile("|".join([*parts, "(.)"]), re.DOTALL)
    return Alphabet(bool(table["abjad"]), (*sections, {"'": ()}), pattern)


@cache
def folding() -> dict[int, str | None]:
    """A `str.translate` table: one spelling of each letter, marks dropped, and spaces for what parts words."""
    table: dict[int, str | None] = {}
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
