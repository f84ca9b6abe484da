"""A page made ready for patterns: each token's quotation, and which tokens can end a noun phrase read backwards."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.extraction.document import Page
from habeas.extraction.lexicon import closed_words, cue_forms, words

_SCARE = 5  # tokens: a quotation this short inside a phrase belongs to the phrase
_PARTICIPLE_AFTER = frozenset(["by", "in", "on", "at", "from", "with", "over", "to", "under", "since", "for", "near", "outside"])


@dataclass(frozen=True, slots=True)
class Scan:
    """Tokens as parallel lists, for speed: `lower[i]`, and `quote[i]`, the outermost quotation's index or -1."""

    page: Page
    lower: tuple[str, ...]
    quote: tuple[int, ...]

    def text(self, first: int, last: int) -> str:
        """The words of tokens first to last, `last` excluded."""
        return self.page.text[self.page.tokens[first].start : self.page.tokens[last - 1].end] if last > first else ""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of tokens first to last, `last` excluded."""
        return self.page.tokens[first].start, self.page.tokens[last - 1].end

    def is_scare(self, index: int) -> bool:
        """Whether the quotation around this token is only a few words inside somebody's sentence."""
        if self.quote[index] < 0:
            return False
        quote = self.page.quotes[self.quote[index]]
        return len(self.page.token_range(quote.start, quote.end)) <= _SCARE + 2

    def is_verb(self, index: int) -> bool:
        """Whether this token looks like a finite verb, so that a noun phrase read backwards ends before it."""
        word = self.lower[index]
        if word in words().auxiliaries:
            return True
        if self.page.tokens[index].is_capital:
            return False
        if word in words().irregular_past:
            return True
        before = self.lower[index - 1] if index else ""
        if before in words().determiners or before in words().possessives or before == "'s":
            return False
        cues = cue_forms().get(word, ())
        if any("third" in cue.forms and not cue.rest for cue in cues):
            return self._has_subject(index)
        return word.endswith("ed") and len(word) > 3 and self._has_subject(index) and not self._is_participle(index)

    def _has_subject(self, index: int) -> bool:
        """Whether a noun, a name or a pronoun stands right before, adverbs aside."""
        at = index - 1
        while at >= 0 and (self.lower[at] in words().adverbs or self.lower[at].endswith("ly")):
            at -= 1
        if at < 0:
            return False
        word = self.lower[at]
        return word in words().subjects or (word[0].isalnum() and word not in closed_words())

    def _is_participle(self, index: int) -> bool:
        after = self.lower[index + 1] if index + 1 < len(self.lower) else ""
        return after in _PARTICIPLE_AFTER


def scan(page: Page) -> Scan:
    """The page as parallel lists."""
    quote = [-1] * len(page.tokens)
    for number, run in enumerate(page.quotes):
        if not run.nested:
            for index in page.token_range(run.start, run.end):
                quote[index] = number
    return Scan(page, tuple(token.lower for token in page.tokens), tuple(quote))
