"""What a cue is in the vocabulary: its verb's base form, and whom its speaker tells, asks or accuses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from habeas import vocab
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page
from habeas.extraction.lexicon import CueForm, cue_forms
from habeas.extraction.reading import Span, Spans

_ENDS_ADDRESSEE = frozenset(
    ["to", "that", "for", "of", "not", "against", "from", "about", "into", ",", ".", ":", "as", "with", "by"]
)
_LONGEST_ADDRESSEE = 14  # tokens


def lemma_of(page: Page, cue: Spans) -> str:
    """Base form of the cue's verb as `cues.toml` has it, else the cue's own words in lower case; ":" for ()."""
    spoken = [
        token.lower
        for start, end in cue[:1]
        for token in page.tokens[page.token_index(start) : page.token_index(end)]
        if token.is_word
    ]
    found = [(len(form.rest), at, form.lemma) for at in range(len(spoken)) for form in _forms(spoken, at)]
    for words, at, lemma in found:
        if lemma in _governing() and spoken[at + words + 1 : at + words + 2] == ["to"]:
            return lemma
    return max(found)[2] if found else " ".join(spoken) or ":"


def _forms(spoken: list[str], at: int) -> Iterator[CueForm]:
    """The cue verbs that may stand at a word."""
    for form in cue_forms().get(spoken[at], ()):
        if tuple(spoken[at + 1 : at + 1 + len(form.rest)]) == form.rest:
            yield form


@cache
def _governing() -> frozenset[str]:
    return frozenset(vocab.load("en", "cues")["governing"])


def addressee_of(page: Page, report: Report) -> Span | None:
    """The words that name who is told, asked, accused or thanked right after the cue; None where nobody is."""
    if not report.cue or not report.content:
        return None
    start, _ = report.content[0]
    end = report.cue[-1][1]
    first = page.token_index(end)
    last = page.token_index(start)
    if first < last and report.content[-1][1] > end:  # "told the paper that": between cue and content
        return _phrase(page, first, last)
    if last == first or (start >= end and last - first < 2):
        return _phrase(page, last, min(len(page.tokens), page.token_index(report.content[0][1])))
    return None


def _phrase(page: Page, first: int, last: int) -> Span | None:
    """Tokens from `first` up to the word that ends a noun phrase."""
    at = first
    while at < min(last, first + _LONGEST_ADDRESSEE):
        token = page.tokens[at]
        if token.lower in _ENDS_ADDRESSEE and at > first:
            break
        at += 1
    return (page.tokens[first].start, page.tokens[at - 1].end) if at > first else None
