"""Names that a machine translated: "the mute prisoner" for al-Akhras, "Father of Hawash" for Abu Hawash.

A translated surname counts only where the surname itself stands on the page (`vocab/en/calques.toml`), and only in a
phrase that speaks of somebody held, or in quotation marks.
"""

from __future__ import annotations

from functools import cache

from habeas import vocab
from habeas.extraction.cast import Cast, Member
from habeas.extraction.document import Page
from habeas.extraction.nouns import noun_at
from habeas.extraction.reading import Span
from habeas.extraction.spelling import plain, same_word

_KUNYA = {"father": ("abu", "abou", "abo"), "mother": ("umm", "um", "oum", "om")}


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    return {name: tuple(meanings) for name, meanings in vocab.load("en", "calques")["surnames"].items()}


def add_calques(page: Page, cast: Cast) -> None:
    """Gives every named person the mentions that are literal translations of their names."""
    found: list[tuple[Span, Member]] = []
    places = _places(page, cast)
    for member in cast:
        if member.kind != "person" or not member.named:
            continue
        words = {plain(word) for alias in member.aliases for word in alias}
        for meaning in sorted({m for word in words for m in _meanings().get(word, ())}):
            found += [(span, member) for at in places.get(meaning, ()) if (span := _phrase(page, at))]
        found += [(span, member) for span in _kunyas(page, member, places)]
    _take(cast, found)


def _places(page: Page, cast: Cast) -> dict[str, list[int]]:
    """Where each word that matters here stands, by its small letters."""
    wanted = {m for meanings in _meanings().values() for m in meanings} | _KUNYA.keys()
    places: dict[str, list[int]] = {}
    for at, token in enumerate(page.tokens):
        if token.lower in wanted:
            places.setdefault(token.lower, []).append(at)
    return places


def _phrase(page: Page, at: int) -> Span | None:
    """ "the mute prisoner", or “the carpenter” in quotation marks, around the translated word at token `at`."""
    tokens = page.tokens
    before = tokens[at - 1].lower if at else ""
    noun = noun_at(tokens, at + 1) if at + 1 < len(tokens) else None
    if noun and noun.detained and noun.kind == "person":
        first = at - 1 if before in {"the", "this"} else at
        return tokens[first].start, tokens[at + noun.length].end
    if before == "the" and at >= 2 and tokens[at - 2].text in {"“", '"', "‘"} and page.quote_at(tokens[at].start):
        return tokens[at - 1].start, tokens[at].end
    return None


def _kunyas(page: Page, member: Member, places: dict[str, list[int]]) -> list[Span]:
    """ "Father of Hawash", where the page also names somebody Abu Hawash."""
    found = []
    name = member.name.lower().split()
    for parent, kunyas in _KUNYA.items():
        at = next((i for i, word in enumerate(name[:-1]) if word in kunyas), None)
        if at is None:
            continue
        for place in places.get(parent, ()):
            tokens = page.tokens[place : place + 3]
            if len(tokens) == 3 and tokens[1].lower == "of" and same_word(tokens[2].text, name[at + 1]):
                found.append((tokens[0].start, tokens[2].end))
    return found


def _take(cast: Cast, found: list[tuple[Span, Member]]) -> None:
    """Moves the words of each span to its member, from whoever was thought to be meant."""
    if not found:
        return
    for other in cast:
        other.mentions = [m for m in other.mentions if not any(m[0] < b and a < m[1] for (a, b), _ in found)]
    for span, member in found:
        if span not in member.mentions:
            member.mentions.append(span)
