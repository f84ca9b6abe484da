"""Text as search compares it: one form for the many ways of writing the same letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

_VOICED = frozenset("\u3099\u309a")  # these tell か from が: another letter, not an accent
_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ؤ": "و", "ٱ": "ا", "ـ": None,
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "ʿ": None, "ʾ": None, "ʼ": None, "ʻ": None, "'": None, "’": None, "‘": None, "`": None, "´": None,
        "\u200c": None, "\u200d": None, "\u00ad": None, "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip


def fold(text: str) -> str:
    """The text in lower case, without accents, vowel points, apostrophes and punctuation, words one space apart.

    Arabic and Persian forms of one letter become one, digits of any script become 0-9; Latin letters keep their names
    (Aliyev and Əliyev stay apart: that is what other names of a person are for). Folding twice changes nothing.
    Source: Unicode Standard Annex 15 (NFKD, NFC); Unicode case folding.
    """
    return unicodedata.normalize("NFC", " ".join(text.translate(_CHARACTERS).split()))


def places(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the folded words stand in a text, as spans of it in order, each as it was written; overlaps made one."""
    asked = [unicodedata.normalize("NFD", word) for word in words if word]
    line = text.translate(_CHARACTERS)
    if not any(wanted in line for wanted in asked):
        return ()
    origin = [at for at, letter in enumerate(text) for _folded in _CHARACTERS[ord(letter)]]
    found: list[tuple[int, int]] = []
    for wanted in asked:
        start = line.find(wanted)
        while start >= 0:
            found.append((origin[start], origin[start + len(wanted) - 1] + 1))
            start = line.find(wanted, start + len(wanted))
    return tuple(_joined(sorted(found)))


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for start, end in spans:
        if current and start < current[1]:
            current = current[0], max(end, current[1])
        else:
            if current:
                yield current
            current = start, end
    if current:
        yield current


class _Characters(dict[int, str]):
    """What each code point folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _settled(chr(code))
        return folded


_CHARACTERS = _Characters()


def _settled(text: str) -> str:
    folded = _folded(text)
    while folded != text:  # casefold and NFKD feed each other for a few letters (ǰ, ΐ, ẞ …)
        text, folded = folded, _folded(folded)
    return folded


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    return "".join(_kept(letter) for letter in letters)


def _kept(letter: str) -> str:
    if letter.isalpha() or letter in _VOICED:
        return letter
    category = unicodedata.category(letter)
    if category == "Mn":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(letter))
    return letter if category[0] in "LNM" else " "
