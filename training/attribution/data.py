"""Articles and reports as words with their attributions, and windows of them as the arrays that a step trains on."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from habeas.extraction.attribution.decode import N_LEVELS, gap_bucket, paragraph_bucket
from habeas.extraction.attribution.tokens import (
    INNER_PIECE_SHAPE,
    PAD,
    SEPARATOR,
    SPECIAL_SHAPE,
    START,
    Word,
    WordPiece,
    shape_of,
    windows,
)
from training.reports import gold

PARAGRAPH = 3
"""The gap before the first word of a paragraph; 0 to 2 are those of `tokens.shape_of`."""

MARKS = (":", "-", "–", "—", "―")
"""What reports without a word: "Name: …", "… — Name"."""

_SPAN_LINE = re.compile(r"^(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT_LINE = re.compile(r"^E\d+\t\S+:T\d+((?: \S+:T\d+)*)\s*$")
_BREAK = re.compile(r"\n\s*\n")

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Quote:
    """One attribution as indices of words: the source's, the cue's, the content's."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """Words with the gap before each, and the attributions among them."""

    words: tuple[str, ...]
    gaps: tuple[int, ...]
    quotes: tuple[Quote, ...]
    domain: str


def polnear(folder: Path, split: str, wordpiece: WordPiece, annotations: int = 1) -> list[Article]:
    """Articles of a split of PolNeAR, in order of name; up to `annotations` people's reading of each."""
    out = []
    for path in sorted((folder / split / "text").glob("*.txt")):
        text = path.read_bytes().decode()
        found = sorted((folder / split / "attributions").glob(f"{path.stem}_????.ann"))
        out += [article(text, _brat(p.read_bytes().decode()), wordpiece, "polnear") for p in found[:annotations]]
    return out


def reports(path: Path, wordpiece: WordPiece) -> list[Article]:
    """English reports of a JSON-lines file, or of a folder of reports with anchors; see `training.reports.gold`."""
    out = []
    for report in gold.load(path):
        if report["document"]["language"] == "en":
            spans = [(s["speaker"]["spans"], s["cue"]["spans"], s["content"]["spans"]) for s in report["statements"]]
            out.append(article(report["text"], spans, wordpiece, "reports"))
    return out


def article(text: str, spans: Iterable[tuple[Spans, Spans, Spans]], wordpiece: WordPiece, domain: str) -> Article:
    """The words of `text` and the attributions as words that share a character with their spans."""
    words, gaps, owner = [], [], [-1] * len(text)
    start = 0
    for stop in [m.end() for m in _BREAK.finditer(text)] + [len(text)]:
        for i, word in enumerate(wordpiece.words(text, start, stop)):
            owner[word.start : word.end] = [len(words)] * (word.end - word.start)
            words.append(text[word.start : word.end])
            gaps.append(word.shape // 3 if i else PARAGRAPH)
        start = stop

    def covered(pairs: Spans) -> tuple[int, ...]:
        return tuple(sorted({w for a, b in pairs for w in owner[a:b] if w >= 0}))

    quotes = (Quote(covered(s), covered(u), covered(c)) for s, u, c in spans)
    quotes = tuple(_with_mark(q, words) for q in quotes)
    return Article(tuple(words), tuple(gaps), tuple(q for q in quotes if q.content or q.cue), domain)


def _with_mark(quote: Quote, words: Sequence[str]) -> Quote:
    """The quote whose cue, where it has none, is the colon or dash between source and content: PolNeAR's habit."""
    if quote.cue or not quote.source or not quote.content:
        return quote
    low, high = sorted(((quote.source[0], quote.source[-1]), (quote.content[0], quote.content[-1])))
    marks = [i for i in range(low[1] + 1, high[0]) if words[i] in MARKS]
    return Quote(quote.source, tuple(marks[:1]), quote.content)


def _brat(ann: str) -> list[tuple[Spans, Spans, Spans]]:
    """Spans of each attribution of a brat stand-off file, as the scorer reads it."""
    lines = ann.split("\n")
    spans = {
        match[1]: [(int(a), int(b)) for a, b in (pair.split() for pair in match[2].split(";"))]
        for match in map(_SPAN_LINE.match, lines)
        if match
    }
    found = []
    for match in filter(None, map(_EVENT_LINE.match, lines)):
        roles: dict[str, Spans] = {"source": [], "cue": [], "content": []}
        for argument in match[1].split():
            name, span = argument.split(":")
            role = name.rstrip("0123456789").lower()
            if role in roles:
                roles[role].extend(spans[span])
        found.append((roles["source"], roles["cue"], roles["content"]))
    return found


@dataclass(slots=True)
class Example:
    """One window: pieces and shapes, where each word begins, tags by level, segments and what they hang on."""

    pieces: list[int]
    shapes: list[int]
    firsts: list[int]
    tags: np.ndarray
    """(levels, words): 0 outside, then B and I of source, cue, content."""
    segments: list[tuple[int, int, int]]
    """(role, first word, last word) with roles 0 source, 1 cue, 2 content."""
    links: list[tuple[int, int]]
    """(segment, segment it hangs on or -1): content on its cue, cue on its source."""
    paragraphs: list[int]
    """Number of the paragraph of each word."""


def examples(source: Article, wordpiece: WordPiece, limit: int) -> Iterator[Example]:
    """Windows of at most `limit` pieces over the whole article."""
    levels = _levels(source.quotes)
    paragraphs: list[list[Word]] = []
    for i, (written, gap) in enumerate(zip(source.words, source.gaps, strict=True)):
        if gap == PARAGRAPH or not paragraphs:
            paragraphs.append([])
        first = not paragraphs[-1]
        shape = shape_of(written, 0 if first else gap)
        paragraphs[-1].append(Word(i, i + len(written), wordpiece.pieces(written), shape))
    for window in windows(paragraphs, limit):
        yield _example(window, source, levels)


def _levels(quotes: Sequence[Quote]) -> list[int]:
    """0 for an attribution that stands by itself, 1 for one inside the content of another."""
    contents = [frozenset(q.content) for q in quotes]
    out = []
    for i, quote in enumerate(quotes):
        anchor = frozenset(quote.cue or quote.content)
        inner = any(i != j and anchor <= c and len(c) > len(contents[i]) for j, c in enumerate(contents))
        out.append(int(inner))
    return out


def _example(window: Sequence[Sequence[Word]], source: Article, levels: list[int]) -> Example:
    pieces, shapes, firsts, paragraphs, place = [START], [SPECIAL_SHAPE], [], [], {}
    for number, part in enumerate(window):
        for word in part:
            place[word.start] = len(firsts)
            firsts.append(len(pieces))
            paragraphs.append(number)
            pieces += word.pieces
            shapes += [word.shape] + [INNER_PIECE_SHAPE] * (len(word.pieces) - 1)
        pieces.append(SEPARATOR)
        shapes.append(SPECIAL_SHAPE)
    tags = np.zeros((N_LEVELS, len(firsts)), np.int64)
    segments: list[tuple[int, int, int]] = []
    links: list[tuple[int, int]] = []
    for quote, level in zip(source.quotes, levels, strict=True):
        mine = [_runs([place[w] for w in role if w in place]) for role in (quote.source, quote.cue, quote.content)]
        _tag(tags[level], mine)
        _link(mine, segments, links)
    return Example(pieces, shapes, firsts, tags, segments, links, paragraphs)


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Maximal runs of neighbouring words as (first, last)."""
    out: list[tuple[int, int]] = []
    for place in places:
        if out and out[-1][1] == place - 1:
            out[-1] = (out[-1][0], place)
        else:
            out.append((place, place))
    return out


def _tag(tags: np.ndarray, mine: list[list[tuple[int, int]]]) -> None:
    """Writes the tags of one attribution; a cue wins over a source, a source over a content."""
    for role in (2, 0, 1):
        for first, last in mine[role]:
            tags[first : last + 1] = 2 * role + 2
            tags[first] = 2 * role + 1
            if last + 1 < len(tags) and tags[last + 1] and tags[last + 1] % 2 == 0:
                tags[last + 1] -= 1


def _link(
    mine: list[list[tuple[int, int]]], segments: list[tuple[int, int, int]], links: list[tuple[int, int]]
) -> None:
    known = {segment: i for i, segment in enumerate(segments)}

    def index(role: int, run: tuple[int, int]) -> int:
        segment = (role, *run)
        if segment not in known:
            known[segment] = len(segments)
            segments.append(segment)
        return known[segment]

    sources, cues, contents = ([index(role, run) for run in mine[role]] for role in range(3))
    links += [(content, cues[0] if cues else -1) for content in contents]
    links += [(cue, sources[0] if sources else -1) for cue in cues[:1]]


@dataclass(slots=True)
class Batch:
    """Arrays of a step; see `Example`. Absent words, segments and links are zeros with a mask."""

    pieces: np.ndarray
    shapes: np.ndarray
    firsts: np.ndarray
    n_words: np.ndarray
    tags: np.ndarray
    spans: np.ndarray
    roles: np.ndarray
    links: np.ndarray
    buckets: np.ndarray


def collate(rows: Sequence[Example]) -> Batch:
    """Examples side by side, padded to the longest."""
    n, pieces, words = len(rows), max(len(r.pieces) for r in rows), max(len(r.firsts) for r in rows)
    n_segments = max(1, *(len(r.segments) for r in rows)) if n > 1 else max(1, len(rows[0].segments))
    batch = Batch(
        pieces=np.full((n, pieces), PAD, np.int64),
        shapes=np.full((n, pieces), SPECIAL_SHAPE, np.int64),
        firsts=np.zeros((n, words), np.int64),
        n_words=np.array([len(r.firsts) for r in rows], np.int64),
        tags=np.zeros((n, N_LEVELS, words), np.int64),
        spans=np.zeros((n, n_segments, 2), np.int64),
        roles=np.full((n, n_segments), -1, np.int64),
        links=np.full((n, n_segments), -2, np.int64),
        buckets=np.zeros((n, n_segments, n_segments, 2), np.int64),
    )
    for i, row in enumerate(rows):
        _fill(batch, i, row)
    return batch


def _fill(batch: Batch, i: int, row: Example) -> None:
    batch.pieces[i, : len(row.pieces)] = row.pieces
    batch.shapes[i, : len(row.shapes)] = row.shapes
    batch.firsts[i, : len(row.firsts)] = row.firsts
    batch.tags[i, :, : len(row.firsts)] = row.tags
    for j, (role, first, last) in enumerate(row.segments):
        batch.roles[i, j] = role
        batch.spans[i, j] = first, last
        for k, (other, start, stop) in enumerate(row.segments):
            if other == role - 1:
                batch.buckets[i, j, k, 0] = gap_bucket(first, last, start, stop)
                batch.buckets[i, j, k, 1] = paragraph_bucket(row.paragraphs[first], row.paragraphs[start])
    for segment, target in row.links:
        batch.links[i, segment] = target


def batches(rows: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Rows in batches of about `tokens` pieces, padding included: like lengths together, order shuffled."""
    rows = sorted(rows, key=lambda r: len(r.pieces) + rng.randint(0, 8))
    out: list[list[Example]] = [[]]
    for row in rows:
        if out[-1] and (len(out[-1]) + 1) * max(len(row.pieces), len(out[-1][-1].pieces)) > tokens:
            out.append([])
        out[-1].append(row)
    rng.shuffle(out)
    return out
