"""The same articles less well edited: quotation marks lost, lines broken, capitals gone, cues translated word for word.

PolNeAR is edited American news. What Habeas reads is often a machine's translation of an agency's page; each change
here is one that the invented reports show. All changes are on words, so that the attributions move with them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from .data import MARKS, PARAGRAPH, Article, Quote

Piece = tuple[str, int, int]
"""A word, the gap before it, and the index of the word whose roles it takes over (-1: none)."""

MARKED = frozenset('“„«‟"')
OPENING, CLOSING, STRAIGHT = frozenset("“„«‟"), frozenset("”»"), '"'
STYLES = (("“", "”"), ("«", "»"), ("„", "“"), ('"', '"'), ("'", "'"), ("‘", "’"), ("''", "''"), ("”", "“"))
# How translators' machines say "said": the whole cue, so that the words after it stay as they are.
LITERAL = {
    "said": (
        "told", "indicated", "clarified", "explained", "affirmed", "stressed", "confirmed", "pointed out", "mentioned",
        "considered", "saw", "noted to", "indicated to", "pointed to", "continued", "added", "expressed", "informed",
        "underlined", "emphasized", "made clear", "drew attention to", "assured", "declared", "reported", "disclosed",
    ),
    "says": (
        "tells", "indicates", "clarifies", "affirms", "stresses", "confirms", "points to", "considers", "adds", "sees",
    ),
    "told": ("informed", "said to", "declared to", "indicated to", "affirmed to", "clarified to"),
    "called": ("demanded", "appealed", "invited", "requested from"),
    "warned": ("cautioned", "warned from", "alerted"),
    "according to": ("as per", "in accordance with", "upon what mentioned", "depending on", "as mentioned by"),
}  # fmt: skip
CHAIN = ("added", "continued", "went on", "stressed", "pointed out", "concluded", "explained", "also said", "followed")
PRONOUNS = ("He", "She", "They", "The spokesman", "The source", "The statement", "The lawyer")


def augment(article: Article, rng: random.Random, strength: float = 1.0) -> Article:
    """A changed copy: each kind of change is made or not by chance."""
    changes: list[tuple[float, Callable[[Article, random.Random], Article]]] = [
        (0.3, signed), (0.35, literal), (0.25, chained), (0.25, verb_first), (0.25, new_paragraphs),
        (0.6, quotation_marks), (0.3, line_breaks), (0.2, joined), (0.2, capitals), (0.15, conjunctions),
    ]  # fmt: skip
    for chance, change in changes:
        if rng.random() < chance * strength:
            article = change(article, rng)
    return article


def _rebuilt(article: Article, pieces: list[Piece]) -> Article:
    """The article of these pieces, each attribution on the words that take over its roles."""
    places: dict[int, list[int]] = {}
    for i, (_, _, origin) in enumerate(pieces):
        places.setdefault(origin, []).append(i)

    def moved(role: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(p for w in role for p in places.get(w, ())))

    quotes = (Quote(moved(q.source), moved(q.cue), moved(q.content)) for q in article.quotes)
    return Article(
        tuple(w for w, _, _ in pieces),
        tuple(g for _, g, _ in pieces),
        tuple(q for q in quotes if q.content or q.cue),
        article.domain,
    )


def _pieces(article: Article) -> list[Piece]:
    return [(w, g, i) for i, (w, g) in enumerate(zip(article.words, article.gaps, strict=True))]


def quotation_marks(article: Article, rng: random.Random) -> Article:
    """Quotation marks of another style, all gone, or some of them lost so that they no longer balance."""
    style = rng.choice(STYLES)
    mode = rng.choice(("style", "all", "some", "opening", "closing", "mixed"))
    inside, pieces = False, []
    for word, gap, origin in _pieces(article):
        if word not in OPENING and word not in CLOSING and word != STRAIGHT:
            pieces.append((word, gap, origin))
            continue
        opens = word in OPENING or (word == STRAIGHT and not inside)
        inside = opens
        lost = {"style": 0.0, "all": 1.0, "some": 0.3, "opening": 0.6 * opens, "closing": 0.6 * (not opens)}.get(
            mode, 0.15
        )
        if rng.random() < lost:
            continue
        if mode == "mixed" and rng.random() < 0.3:
            style = rng.choice(STYLES)
        for j, mark in enumerate(style[0] if opens else style[1]):
            pieces.append((mark, gap if j == 0 else 0, origin))
    return _rebuilt(article, _no_lost_gaps(article, pieces))


def _no_lost_gaps(article: Article, pieces: list[Piece]) -> list[Piece]:
    """A word whose neighbour before it is gone takes over that neighbour's larger gap."""
    out: list[Piece] = []
    last = -1
    for word, gap, origin in pieces:
        if origin > last + 1:
            gap = max(gap, *article.gaps[last + 1 : origin])  # noqa: PLW2901 - the mended gap
        out.append((word, gap, origin))
        last = max(last, origin)
    return out


def literal(article: Article, rng: random.Random) -> Article:
    """Cues as a machine would translate them."""
    cue_at = {q.cue[0]: q.cue for q in article.quotes if q.cue}
    pieces: list[Piece] = []
    skip = -1
    for word, gap, origin in _pieces(article):
        if origin <= skip:
            continue
        cue = cue_at.get(origin)
        written = " ".join(article.words[i] for i in cue).lower() if cue else ""
        if cue and written in LITERAL and cue[-1] - cue[0] == len(cue) - 1 and rng.random() < 0.6:
            pieces += _phrase(rng.choice(LITERAL[written]), word, gap, origin)
            skip = cue[-1]
        else:
            pieces.append((word, gap, origin))
    return _rebuilt(article, pieces)


def _phrase(phrase: str, old: str, gap: int, origin: int) -> list[Piece]:
    words = phrase.split()
    if old[0].isupper():
        words[0] = words[0].capitalize()
    return [(w, 1 if j else gap, origin) for j, w in enumerate(words)]


def chained(article: Article, rng: random.Random) -> Article:
    """Later sources as a pronoun or a bare noun with a cue of going on: "He added"."""
    at, gone = {}, set()
    for q in sorted(article.quotes, key=lambda q: q.content or q.cue)[1:]:
        if q.source and q.cue and len(q.cue) == 1 and len(q.source) < 8 and rng.random() < 0.3:
            at[q.source[0]] = rng.choice(PRONOUNS).split()
            gone.update(q.source[1:])
            at[q.cue[0]] = rng.choice(CHAIN).split()
    pieces: list[Piece] = []
    for word, gap, origin in _pieces(article):
        if origin in at:
            words = at[origin] if word[0].isupper() else [w.lower() for w in at[origin]]
            pieces += [(w, 1 if j else gap, origin) for j, w in enumerate(words)]
        elif origin not in gone:
            pieces.append((word, gap, origin))
    return _rebuilt(article, pieces)


def verb_first(article: Article, rng: random.Random) -> Article:
    """Cue before source, as Arabic, Persian and Spanish have it: "And said the minister that"."""
    order = list(range(len(article.words)))
    moved: set[int] = set()
    for q in article.quotes:
        run = (*q.source, *q.cue)
        if not q.source or not q.cue or run != tuple(range(q.source[0], q.source[0] + len(run))):
            continue
        if moved.isdisjoint(run) and rng.random() < 0.4:
            order[run[0] : run[-1] + 1] = (*q.cue, *q.source)
            moved.update(run)
    pieces = [(article.words[i], article.gaps[place], i) for place, i in enumerate(order)]
    return _rebuilt(article, pieces)


def new_paragraphs(article: Article, rng: random.Random) -> Article:
    """A long quotation told on in a new paragraph, with or without a new opening mark."""
    inside = {w for q in article.quotes for w in q.content[3:-3]}
    pieces: list[Piece] = []
    for word, gap, origin in _pieces(article):
        breaks = origin in inside and origin and article.words[origin - 1] in {".", "!", "?"} and gap == 1
        if breaks and rng.random() < 0.4:
            if rng.random() < 0.6:
                pieces.append((rng.choice(("“", '"', "«")), PARAGRAPH, origin))
                gap = 0  # noqa: PLW2901 - the mark stands before it now
            else:
                gap = PARAGRAPH  # noqa: PLW2901
        pieces.append((word, gap, origin))
    return _rebuilt(article, pieces)


def line_breaks(article: Article, rng: random.Random) -> Article:
    """Sentences broken across lines: hard-wrapped at a width, or here and there."""
    width, chance = rng.choice((0, 0, 60, 80)), rng.choice((0.01, 0.03))
    column, gaps = 0, []
    for word, gap in zip(article.words, article.gaps, strict=True):
        column = 0 if gap >= 2 else column + len(word) + 1
        broken = gap == 1 and (column > width if width else rng.random() < chance)
        gaps.append(2 if broken else gap)
        column = 0 if broken else column
    return Article(article.words, tuple(gaps), article.quotes, article.domain)


def joined(article: Article, rng: random.Random) -> Article:
    """Paragraphs run together, by a single line break or a space."""
    gaps = [
        rng.choice((1, 2)) if g == PARAGRAPH and i and rng.random() < 0.6 else g for i, g in enumerate(article.gaps)
    ]
    return Article(article.words, tuple(gaps), article.quotes, article.domain)


def capitals(article: Article, rng: random.Random) -> Article:
    """Capitals gone, everywhere, all capitals, or each word's by chance."""
    mode = rng.choice(("lower", "lower", "upper", "some", "title"))
    change = {"lower": str.lower, "upper": str.upper, "title": str.capitalize, "some": str.lower}[mode]
    words = tuple(change(w) if mode != "some" or rng.random() < 0.5 else w for w in article.words)
    return Article(words, article.gaps, article.quotes, article.domain)


def conjunctions(article: Article, rng: random.Random) -> Article:
    """Paragraphs that begin with "And", as those translated from Arabic do."""
    pieces: list[Piece] = []
    for word, gap, origin in _pieces(article):
        if gap == PARAGRAPH and word[0].isalpha() and rng.random() < 0.5:
            pieces += [("And", gap, -1), (word.lower(), 1, origin)]
        else:
            pieces.append((word, gap, origin))
    return _rebuilt(article, pieces)


def signed(article: Article, rng: random.Random) -> Article:
    """Paragraphs that are one quotation, as "Name: words" or "words — Name", the way of transcripts and letters."""
    mark = rng.choice((":", ":", *MARKS))
    often, loud = rng.choice((0.3, 1.0)), rng.random() < 0.3
    old, pieces, at = _pieces(article), list[Piece](), 0
    for start, stop, quote in _quoted_paragraphs(article):
        if start >= at and rng.random() < often:
            name = [(w.upper() if loud else w, 1, i) for w, _, i in (old[i] for i in quote.source)]
            told = (mark, 0 if mark == ":" else 1, quote.cue[0])
            row = [*name, told, *_said(old, quote)] if mark == ":" else [*_said(old, quote), told, *name]
            pieces += [*old[at:start], (row[0][0], article.gaps[start], row[0][2]), *row[1:]]
            at = stop
    return _rebuilt(article, pieces + old[at:])


def _quoted_paragraphs(article: Article) -> Iterator[tuple[int, int, Quote]]:
    """First word, end and quote of the paragraphs in which all words belong to one quotation in marks."""
    starts = [i for i, gap in enumerate(article.gaps) if i == 0 or gap == PARAGRAPH]
    whole = dict(zip(starts, [*starts[1:], len(article.words)], strict=True))
    for quote in article.quotes:
        mine = {*quote.source, *quote.cue, *quote.content}
        start = min(mine)
        stop = whole.get(start, 0)
        if quote.source and quote.cue and quote.content and max(mine) < stop:
            others = (article.words[i] for i in range(start, stop) if i not in mine)
            if article.words[quote.content[0]] in MARKED and not any(w[0].isalnum() for w in others):
                yield start, stop, quote


def _said(old: list[Piece], quote: Quote) -> list[Piece]:
    """The words of a quotation, in their order, with a full stop for a comma before the mark that closes it."""
    said = [old[i] for i in quote.content]
    said[0] = (said[0][0], 1, said[0][2])
    end = next((i for i in (-1, -2) if len(said) > 2 and said[i][0] == ","), None)
    if end:
        said[end] = (".", *said[end][1:])
    return said
