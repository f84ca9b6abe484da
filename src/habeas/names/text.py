"""The folded text of a name: one spelling of each letter, in a script that an alphabet reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from habeas.names.burmese import romanise_burmese
from habeas.names.tables import ascii_folding, folding, romanised, uyghur

LATIN, CYRILLIC, ARABIC, HEBREW, OTHER = "latin", "cyrillic", "arabic", "hebrew", "other"
LONGEST = 400  # code points read of a name; no name in any register is longer
UYGHUR_HEAD = r"\bئ[اوىې]"  # no other language begins a word so
SPOKEN = {"CA": "tcha", "CHA": "tcha", "SSA": "sha", "YYA": "ya"}  # letters whose Unicode name misleads
RANGES = ((0x41, 0x250, LATIN), (0x1E00, 0x1F00, LATIN), (0x400, 0x530, CYRILLIC), (0x590, 0x600, HEBREW))
ARABIC_RANGES = ((0x600, 0x780, ARABIC), (0x8A0, 0x900, ARABIC), (0xFB50, 0xFE00, ARABIC), (0xFE70, 0xFF00, ARABIC))


def _letters_of(ranges: tuple[tuple[int, int, str], ...]) -> str:
    return "".join(f"{chr(low)}-{chr(high - 1)}" for low, high, _script in ranges)


UNREAD = re.compile(f"[^\\x00-\u0250{_letters_of(RANGES + ARABIC_RANGES)}]")  # a letter that no alphabet has


@cache
def script_of(letter: str) -> str:
    """The script of a folded letter: latin, cyrillic, arabic, hebrew or other."""
    code = ord(letter)
    return next((script for low, high, script in RANGES + ARABIC_RANGES if low <= code < high), OTHER)


@lru_cache(maxsize=4096)
def _named_sound(letter: str) -> str:
    """What the Unicode name of a letter says that it sounds: "ka" of DEVANAGARI LETTER KA; the letter if nothing."""
    words = unicodedata.name(letter, "").split()
    if "NUKTA" in words:
        return ""
    if "VIRAMA" in words or "AL-LAKUNA" in words:
        return "-"
    if {"ANUSVARA", "CANDRABINDU", "BINDI", "TIPPI"} & set(words):
        return "n"
    if len(words) < 3 or not {"LETTER", "SIGN", "SYLLABLE", "CHILLU"} & set(words[1:3]) or len(words[-1]) > 7:
        return letter
    if words[0] == "ETHIOPIC":
        return words[-1].lower().removesuffix("e") if words[-1][-2:] != "EE" else words[-1].lower()
    sound = SPOKEN.get(words[-1], words[-1].lower())
    return f"+{sound}" if "VOWEL" in words and "SIGN" in words else sound


def _read_syllables(text: str) -> str:
    """Indic, Ethiopic, Hangul and kana text in Latin letters, by the names of its characters."""
    out: list[str] = []
    for letter in text:
        sound = letter if letter.isascii() else _named_sound(letter)
        if sound[:1] in {"-", "+"} and not letter.isascii():
            if out and out[-1].endswith("a"):  # the sign replaces the vowel that the consonant carries
                out[-1] = out[-1][:-1]
            sound = sound[1:]
        out.append(sound)
    return "".join(out)


def _drop_last_a(text: str) -> str:
    """`text` without the unspoken last -a of Indic words that end in a bare consonant."""
    return " ".join(w[:-1] if len(w) > 3 and w[-1] == "a" and w[-2] not in "aeiou" else w for w in text.split())


def fold(text: str) -> str:
    """`text` in lower case, one spelling of each letter, without marks and signs, words parted by single spaces.

    Never raises; only the first 400 code points are read. Scripts outside Latin, Cyrillic, Arabic and Hebrew come out
    in Latin letters where they can be read, as they are where not.
    """
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """The words of `fold(text)`."""
    text = text[:LONGEST]
    if text.isascii():
        return text.encode().translate(ascii_folding()).decode().split()
    text = unicodedata.normalize("NFKC", text).lower()
    if _is_uyghur()(text):
        text = text.translate(uyghur()[1])
    text = text.translate(folding())
    if UNREAD.search(text):
        text = _read_other(text.translate(romanised()))
    return text.split()


@cache
def _is_uyghur() -> Callable[[str], re.Match[str] | None]:
    """What finds a letter, or the beginning of a word, that only Uyghur has of the languages in Arabic script."""
    return re.compile(f"[{re.escape(''.join(sorted(uyghur()[0])))}]|{UYGHUR_HEAD}").search


def _read_other(text: str) -> str:
    if any("\u1000" <= letter < "\u10a0" for letter in text):
        text = romanise_burmese(text)
    if any("\u0900" <= letter < "\u0e00" for letter in text):
        return _drop_last_a(_read_syllables(text))
    return _read_syllables(text)
