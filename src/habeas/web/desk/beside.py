"""An original and its translation side by side, paragraph by paragraph where both have as many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from habeas.accounts.models import User
from habeas.sources.models import Document
from habeas.sources.translations import original_of, translations_of
from habeas.web.desk.lit import paragraphs


@dataclass(frozen=True, slots=True)
class Other:
    """The document beside: `is_original` where this one translates it; `lines` are its paragraphs, in order."""

    document: Document
    is_original: bool
    lines: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph (its place in the text, its words with what is lit) and the one beside it."""

    at: int
    words: SafeString
    other: SafeString


def others(document: Document, user: User) -> list[Other]:
    """What may stand beside the document: what it translates, then its translations, the newest first."""
    original = original_of(document, user)
    first = [Other(original, True, _lines(original.text))] if original else []
    return [*first, *(Other(one, False, _lines(one.text)) for one in translations_of(document, user))]


def chosen(found: Sequence[Other], asked: str) -> Other | None:
    """The one that was asked for by its number, the first where nothing was asked; None for "0" and where none is."""
    by_key = {str(one.document.pk): one for one in found}
    return by_key.get(asked) if asked else next(iter(found), None)


def paired(placed: Sequence[tuple[int, SafeString]], lines: Sequence[SafeString]) -> list[Pair]:
    """The paragraphs beside each other; none where the two do not have the same number."""
    if len(placed) != len(lines):
        return []
    return [Pair(at, words, line) for (at, words), line in zip(placed, lines, strict=True)]


def _lines(text: str) -> tuple[SafeString, ...]:
    return tuple(paragraphs(text, ()))
