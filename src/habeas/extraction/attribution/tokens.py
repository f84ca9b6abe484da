"""Words of a text as an uncased WordPiece encoder reads them, and windows of whole paragraphs.

The splitting is BERT's (Devlin et al. 2019, `bert-base-uncased`): letters and digits together, every other sign alone,
lower case, accents dropped. The encoder sees no capitals and no white space, yet both tell an opening quotation mark
from a closing one and a name from a noun: `shape` keeps them, as a small number beside each word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PAD, UNKNOWN, START, SEPARATOR = 0, 100, 101, 102
N_SHAPES = 11
INNER_PIECE_SHAPE, SPECIAL_SHAPE = 9, 10
LONGEST_WORD = 64
_CACHE_LIMIT = 200_000

# A run of letters and digits with the marks that combine with them, or any single sign that is not white space.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+[^\W_]*)*|\S")
# Ids in the vocabulary of bert-base-uncased: of . ! ?, of " and ”, and of the colon.
_STOPS, _CLOSING_MARKS, _COLON = frozenset({1012, 999, 1029}), frozenset({1000, 1524}), 1024
_LONGEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its place in the text, its pieces in the encoder's vocabulary, its shape."""

    start: int
    end: int
    pieces: tuple[int, ...]
    shape: int


class WordPiece:
    """Pieces of a word by greedy longest match, remembered from call to call."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self._seen: dict[str, tuple[int, ...]] = {}

    @classmethod
    def load(cls, path: Path) -> WordPiece:
        """The tokeniser of a `vocab.txt`, one piece a line. Raises OSError where there is none."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def pieces(self, word: str) -> tuple[int, ...]:
        """Vocabulary ids of `word`; empty where nothing of it is left (a lone accent or control character)."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) >= _CACHE_LIMIT:
                self._seen.clear()
            found = self._seen[word] = self._split(_plain(word))
        return found

    def words(self, text: str, start: int, end: int) -> list[Word]:
        """The words of `text[start:end]` in order, without those that have no piece."""
        out: list[Word] = []
        last = start
        for match in _WORD.finditer(text, start, end):
            left, right = match.span()
            written = match.group()
            pieces = self.pieces(written)
            if pieces:
                out.append(Word(left, right, pieces, shape_of(written, _gap(text, last, left))))
                last = right
        return out

    def _split(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (UNKNOWN,)
        out: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                piece = self._ids.get(prefix + word[start:end])
                if piece is not None:
                    out.append(piece)
                    start = end
                    break
            else:
                return (UNKNOWN,)
        return tuple(out)


def shape_of(written: str, gap: int) -> int:
    """Number of a word's shape: `gap` before it (0 none, 1 space, 2 line break) and its capitals (none, first, all)."""
    if not written[0].isupper():
        return 3 * gap
    return 3 * gap + (2 if len(written) > 1 and written.isupper() else 1)


def windows(paragraphs: Sequence[Sequence[Word]], limit: int) -> Iterator[list[Sequence[Word]]]:
    """Runs of whole paragraphs that fit in `limit` pieces, start and separator marks included.

    A paragraph that is too long for a window of its own is cut after the last sentence end that fits, or else between
    words. A short paragraph that announces the next by a colon is in one window with its beginning.
    """
    room = limit - 1
    window: list[Sequence[Word]] = []
    lead = 0
    for paragraph in paragraphs:
        for part in _parts(paragraph, limit - 2, lead):
            size = _size(part)
            if size > room and window:
                kept = window[-1:] if lead and len(window) > 1 else []
                yield window[: len(window) - len(kept)]
                window, room = kept, limit - 1 - lead * len(kept)
            window.append(part)
            room -= size
            lead = 0
        lead = _lead(window[-1], limit // 3) if window else 0
    if window:
        yield window


def _size(part: Sequence[Word]) -> int:
    """Pieces of a part with the separator after it."""
    return 1 + sum(len(word.pieces) for word in part)


def _lead(part: Sequence[Word], most: int) -> int:
    """Size of a part that announces the next one ("He said:"); 0 where it does not, or is longer than `most`."""
    size = _size(part)
    return size if part[-1].pieces == (_COLON,) and size <= most else 0


def _parts(paragraph: Sequence[Word], limit: int, lead: int) -> Iterator[Sequence[Word]]:
    """`paragraph` in parts of at most `limit` pieces, the first of `lead` fewer; none of them empty."""
    start = size = cut = 0
    for i, word in enumerate(paragraph):
        while size + len(word.pieces) > limit - (0 if start else lead) and i > start:
            stop = cut if cut > start else i
            yield paragraph[start:stop]
            size = sum(len(w.pieces) for w in paragraph[stop:i])
            start = stop
        size += len(word.pieces)
        if _ends_sentence(paragraph, i):
            cut = i + 1
    if start < len(paragraph):
        yield paragraph[start:]


def _ends_sentence(paragraph: Sequence[Word], i: int) -> bool:
    """Whether the words up to `i` may end a sentence: white space follows a full stop, or a mark after one.

    A short word with a capital before the full stop is taken for a title or an initial ("Mr.", "U.S.").
    """
    if i + 1 >= len(paragraph) or paragraph[i + 1].shape < 3:
        return False
    at = i - 1 if paragraph[i].pieces[0] in _CLOSING_MARKS else i
    if at < 1 or paragraph[at].pieces[0] not in _STOPS:
        return False
    before = paragraph[at - 1]
    return not (before.shape % 3 and before.end - before.start <= _LONGEST_TITLE)


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in folded if unicodedata.category(c) not in {"Mn", "Cf", "Cc", "Co", "Cs"})


def _gap(text: str, last: int, start: int) -> int:
    if last == start:
        return 0
    return 2 if "\n" in text[last:start] else 1
