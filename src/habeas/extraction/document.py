"""The analysed page that every step of the reader shares: paragraphs, sentences, tokens and quotations, with offsets.

Offsets are Unicode code points into `Page.text`, half-open, exactly as the document was given. `segment.analyse` makes
a page once per document; every later step looks things up in it and never tokenises again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from habeas.extraction.reading import Span

_CROSSING = 4  # runs that may begin inside one another without being nested, where marks go wrong


class Token(NamedTuple):
    """A word, a number or one punctuation mark. Clitic 's is a token of its own; hyphenated words stay one."""

    start: int
    end: int
    text: str
    lower: str  # casefolded, curly apostrophes made straight: the form that vocabularies are looked up with

    @property
    def is_word(self) -> bool:
        """Whether the token holds a letter or a digit."""
        return self.text[0].isalnum() or self.end - self.start > 1

    @property
    def is_capital(self) -> bool:
        """Whether the token starts with a capital letter."""
        return self.text[0].isupper()


class Sentence(NamedTuple):
    """A sentence; tokens are `page.tokens[first_token:last_token]`, `paragraph` an index into `page.paragraphs`."""

    start: int
    end: int
    first_token: int
    last_token: int
    paragraph: int


class Quote(NamedTuple):
    """A quotation run, marks included. Where a mark is missing the run reaches as far as the quotation was taken to."""

    start: int
    end: int
    opened: bool  # there is an opening mark at `start`
    closed: bool  # there is a closing mark at `end - 1`
    nested: bool  # it stands inside another quotation


@dataclass(frozen=True, slots=True)
class Page:
    """One document's text with everything that is found by looking at its letters alone."""

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    quotes: tuple[Quote, ...]
    _token_starts: tuple[int, ...] = field(default=(), repr=False, compare=False)
    _sentence_starts: tuple[int, ...] = field(default=(), repr=False, compare=False)
    _outer_quotes: tuple[Quote, ...] = field(default=(), repr=False, compare=False)
    _quote_starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_token_starts", tuple(token.start for token in self.tokens))
        object.__setattr__(self, "_outer_quotes", tuple(quote for quote in self.quotes if not quote.nested))
        object.__setattr__(self, "_quote_starts", tuple(quote.start for quote in self._outer_quotes))
        object.__setattr__(self, "_sentence_starts", tuple(sentence.start for sentence in self.sentences))

    def token_index(self, offset: int) -> int:
        """Index of the first token that ends after `offset`; `len(tokens)` past the last one."""
        index = bisect_right(self._token_starts, offset) - 1
        if index >= 0 and self.tokens[index].end > offset:
            return index
        return index + 1

    def token_range(self, start: int, end: int) -> range:
        """Indexes of the tokens that begin inside [start, end)."""
        return range(bisect_left(self._token_starts, start), bisect_left(self._token_starts, end))

    def sentence_index(self, offset: int) -> int:
        """Index of the sentence that `offset` stands in or right after; 0 before the first one."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that `offset` stands in or right after. Raises IndexError on a page without sentences."""
        return self.sentences[self.sentence_index(offset)]

    def quote_at(self, offset: int) -> Quote | None:
        """The outermost quotation run around `offset`, or None."""
        after = bisect_right(self._quote_starts, offset)
        around = (q for q in self._outer_quotes[max(0, after - _CROSSING) : after] if offset < q.end)
        return next(around, None)
