"""A name in parts: units in the order of the chain, without articles and links."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from habeas.names.tables import numerals, particles
from habeas.names.text import folded_words
from habeas.names.units import Unit, after_article, join_units, make_unit

MOST_UNITS = 12
MOST_WORDS = 300_000  # words that are kept once they were read
MARKS = frozenset(["abd", "abu", "umm"])
LAST_LATIN = "\u0400"  # a folded name that begins below it is in Latin letters


class Name(NamedTuple):
    """A name that has been read. `units` are its parts in the order of the chain, titles among them."""

    text: str
    folded: str
    units: tuple[Unit, ...]
    script: str

    @property
    def letters(self) -> int:
        """How long it is, in features of its sounds."""
        return sum([unit.letters for unit in self.units])

    @property
    def is_one_part(self) -> bool:
        """Whether it is a single name, or a kunya alone: too little to tell one person from another."""
        return len(self.units) < 2 and not (self.units and self.units[0].mark == "abd")


_words: dict[str, Unit] = {}


def _word(text: str) -> Unit:
    """The unit of a folded word, kept in `_words`."""
    if len(_words) > MOST_WORDS:
        _words.clear()
    written = numerals().get(text, text)
    found = _words[text] = make_unit(written, kind=particles().get(written, ""))
    return found


@lru_cache(maxsize=100_000)
def _following(text: str, mark: str, article: bool) -> Unit:
    """The unit of a word that follows a mark, an article or both."""
    unit = _words.get(text) or _word(text)
    if mark:
        unit = make_unit(unit.text, mark)
    return after_article(unit) if article else unit


def _units(words: list[str]) -> list[Unit]:
    out: list[Unit] = []
    mark = ""
    last = len(words) - 1
    article = False
    for at, text in enumerate(words):
        unit = _words.get(text) or _word(text)
        kind = unit.kind
        if not (kind or mark or article):
            out.append(unit)
        elif kind in MARKS and at < last and not mark:
            mark = kind
        elif kind == "closing" and out and not mark and not out[-1].is_title:
            out[-1] = join_units(out[-1], unit)
        elif not _is_silent(kind, text, words[at + 1] if at < last else "", bool(out)):
            out.append(_following(text, mark, article) if mark or article else unit)
            mark, article = "", False
        else:
            article = kind != "link"
    return out


def _is_silent(kind: str, text: str, following: str, has_parts: bool) -> bool:
    """Whether a word of that kind carries no name where it stands: an article, a link."""
    if kind in ("article", "link") and following:
        return True
    if kind == "assimilated" and following:
        return _assimilates(text, following)
    return kind == "link" and has_parts


def _assimilates(article: str, following: str) -> bool:
    return following.startswith(article[1:]) if len(article) > 1 else article == "א"


def _unquoted(folded: str) -> str:
    """`folded` without apostrophes where it is in Latin letters, and without words of nothing else anywhere."""
    if folded < LAST_LATIN:
        return " ".join(folded.replace("'", "").split())
    return " ".join([word for word in folded.split(" ") if word.strip("'")])


@lru_cache(maxsize=100_000)
def parse(text: str) -> Name:
    """The parts of the name `text`; no units where it has no letter. "Family, Given" is turned round first."""
    if "," in text:
        family, _, rest = text.partition(",")
        text = f"{rest} {family}" if rest.strip(" .,IViv") and family.strip() else text
    words = folded_words(text)
    folded = " ".join(words)
    if "'" in folded:
        folded = _unquoted(folded)
        words = folded.split()
    units = tuple(_units(words)[:MOST_UNITS])
    return Name(text, folded, units, units[0].script if units else "")
