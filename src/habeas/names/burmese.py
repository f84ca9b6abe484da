"""Burmese syllables in the Latin letters that Burmese names are spelled with."""

from __future__ import annotations

import re
from functools import cache

from habeas.names.tables import read_table

SYLLABLE = re.compile(
    "(?P<whole>[ဣဤဥဦဧဩဪ])"
    "|(?P<onset>[က-အဿ])(?P<medials>[\u103b-\u103e]*)"
    "(?P<rime>[\u102b-\u1032\u1036]*\u103a?(?:[က-အ]\u1037?\u103a\u1037?)?)"
)
TONES = re.compile("[\u1037\u1038]")


@cache
def _table() -> dict[str, dict[str, str]]:
    return read_table("burmese")


def _onset(consonant: str, medials: str) -> str:
    table = _table()
    taken = next((n for n in range(len(medials), 0, -1) if consonant + medials[:n] in table["onset"]), 0)
    rest = "".join(table["medial"][sign] for sign in medials[taken:])
    sound = table["onset"].get(consonant + medials[:taken], "")
    return f"h{sound}{rest[:-1]}" if rest.endswith("h") else sound + rest


def _rime(signs: str) -> str:
    rimes = _table()["rime"]
    signs = re.sub("(.)\u103a\u1037", "\\1\u1037\u103a", signs)  # the two marks are typed in either order
    return rimes.get(signs) or rimes.get(TONES.sub("", signs), "a")


def _romanised(match: re.Match[str]) -> str:
    if match["whole"]:
        return f" {_table()['whole'][match['whole']]}"
    rime = match["rime"] or ""
    is_pali_r = match["onset"] == "ရ" and not rime and not match["medials"] and match.start()
    return f" {'r' if is_pali_r else _onset(match['onset'], match['medials'])}{_rime(rime)}"


def romanise_burmese(text: str) -> str:
    """`text` with its Burmese syllables in Latin letters, each a word of its own."""
    return TONES.sub(" ", SYLLABLE.sub(_romanised, text))
