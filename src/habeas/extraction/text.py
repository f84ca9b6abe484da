"""Views of the text that keep its offsets: folded letters, and which language it is in."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from habeas import vocab

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-"})
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000  # code points looked at: a language shows itself long before


def folded(word: str) -> str:
    """`word` as vocabularies spell it: lower case, straight apostrophes and hyphens. Length may change (ß, İ)."""
    return word.translate(_APOSTROPHES).lower()


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    scripts = vocab.load(None, "languages")["scripts"]
    return tuple((name, re.compile(f"[{ranges}]")) for name, ranges in scripts.items())


@cache
def _function_words() -> dict[str, dict[str, frozenset[str]]]:
    languages: dict[str, dict[str, frozenset[str]]] = {}
    for tag, entry in vocab.load(None, "languages")["languages"].items():
        languages.setdefault(entry["script"], {})[tag] = frozenset(entry["words"])
    return languages


def language_of(text: str) -> str | None:
    """BCP 47 tag of the language that most of `text` is in, by script and function words; None where nothing tells.

    Only a language of `vocab/languages.toml` is ever named; a script with one language there needs no words.
    """
    sample = text[:_SAMPLE]
    letters = Counter({name: len(pattern.findall(sample)) for name, pattern in _scripts()})
    script, count = letters.most_common(1)[0]
    if not count:
        return None
    words = Counter(word.lower() for word in _WORD.findall(sample))
    candidates = _function_words().get(script, {})
    scores = {tag: sum(words[word] for word in known) for tag, known in candidates.items()}
    best = max(scores, key=lambda tag: scores[tag], default=None)
    if best is None or (not scores[best] and script == "Latin"):
        return None
    return best


def language_name(tag: str) -> str | None:
    """English name of the language with this BCP 47 tag; None where `vocab/languages.toml` does not have it."""
    entry = vocab.load(None, "languages")["languages"].get(tag.split("-", maxsplit=1)[0].lower())
    return str(entry["name"]) if entry else None
