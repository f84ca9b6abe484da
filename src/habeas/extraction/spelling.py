"""Whether two written names can be one: within a document, where spellings of one person are close together."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|at|az|ar|an)-")
_PAIRS = (
    ("kh", "x"),
    ("gh", "g"),
    ("ch", "c"),
    ("sh", "s"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("j", "g"),
    ("w", "v"),
    ("z", "s"),
    ("dh", "d"),
    ("th", "t"),
    ("ts", "s"),
    ("tz", "s"),
    ("x", "k"),
)


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """`word` in small letters without marks, apostrophes and a leading article."""
    folded = unicodedata.normalize("NFKD", word.lower())
    letters = "".join(c for c in folded if not unicodedata.combining(c) and c not in "'’ʼ‘`´ʿʾ.")
    return _ARTICLE.sub("", letters)


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """The consonants of a name as spellings share them: Naggar and Najjar, Zaytoun and Zeitoun agree."""
    word = plain(word).replace("-", "")
    for old, new in _PAIRS:
        word = word.replace(old, new)
    head, rest = word[:1], re.sub(r"[aeiouy]", "", word[1:])
    if head in "aeiouy":  # "Oualid" is Walid, "Yulimar" is not Wilmer
        head = "v" if word.startswith("ou") else "a"
    return re.sub(r"(.)\1+", r"\1", head + rest)


@lru_cache(maxsize=8192)
def same_word(a: str, b: str) -> bool:
    """Whether two words of names can be spellings of one."""
    if plain(a) == plain(b):
        return True
    left, right = skeleton(a), skeleton(b)
    return len(left) >= 3 and left == right
