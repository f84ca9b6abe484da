"""A document's text with the words of its cards lit, also where they overlap. Text in, safe HTML out.

The text is cut wherever a card's words begin or end; each piece knows every card it belongs to, so overlap needs no
nesting: a statement tints the ground, claims draw an underline each in a lane of its own (desk.css).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

Spans = Sequence[tuple[int, int]]
LONGEST = 100_000  # code points in one run of text


@dataclass(frozen=True, slots=True)
class Lit:
    """Words to light: the key and number of their card, the family that gives their look, and where they stand.

    `family` is custody, basis, protest, profile, statement or name; `number` is 0 for what has no card (a name).
    `hint` is said to screen readers at the first word.
    """

    key: str
    number: int
    family: str
    spans: Spans
    hint: str = ""


def paragraphs(text: str, lits: Iterable[Lit]) -> list[SafeString]:
    """Each line of the text that is not blank, escaped, with its words lit. Spans beyond the text are cut to it."""
    return [html for _start, html in placed(text, lits)]


def placed(text: str, lits: Iterable[Lit]) -> list[tuple[int, SafeString]]:
    """The same, each line with the place in the text (code points) where it begins."""
    covering = _covering(len(text), list(lits))
    out, at, begun = [], 0, set[str]()
    for start, end in _lines(text):
        pieces = []
        while at < len(covering) and covering[at][0] < end:
            first, last, over = covering[at]
            if last > start:
                pieces.append(_piece(text[max(first, start) : min(last, end)], over, begun))
            if last > end:
                break
            at += 1
        out.append((start, mark_safe("".join(pieces))))  # noqa: S308 - every piece is escaped by _piece
    return out


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip())
        start += len(line)


def _covering(length: int, lits: list[Lit]) -> list[tuple[int, int, tuple[Lit, ...]]]:
    """Pieces of the text in order, without gaps, each with the words it belongs to."""
    begin: dict[int, list[Lit]] = defaultdict(list)
    finish: dict[int, list[Lit]] = defaultdict(list)
    for lit in lits:
        for first, last in lit.spans:
            start, end = max(0, first), min(length, last)
            if start < end:
                begin[start].append(lit)
                finish[end].append(lit)
    out, active = [], list[Lit]()
    for start, end in pairwise(sorted({0, length, *begin, *finish})):
        for lit in finish.get(start, ()):
            active.remove(lit)
        active.extend(begin.get(start, ()))
        out.append((start, end, tuple(active)))
    return out


def _piece(words: str, over: tuple[Lit, ...], begun: set[str]) -> str:
    if not over:
        return _escaped(words)
    carded = [lit for lit in over if lit.number]
    refs = "".join(_ref(lit, begun) for lit in carded if lit.key not in begun)
    looks = " ".join(sorted({f"f-{lit.family}" for lit in over}))
    keys = " ".join(dict.fromkeys(lit.key for lit in carded))
    data = f' data-cards="{keys}"' if keys else ""
    return f'{refs}<mark class="{looks}"{data}>{_escaped(words)}</mark>'


def _escaped(words: str) -> str:
    """The words for HTML; a run too long for one line box of a browser (Chromium: some megabytes) in pieces."""
    if len(words) <= LONGEST:
        return escape(words)
    return "".join(f"<span>{escape(words[at : at + LONGEST])}</span>" for at in range(0, len(words), LONGEST))


def _ref(lit: Lit, begun: set[str]) -> str:
    """The number that leads to the card. CSS draws it from the attribute: copied text stays the source's own."""
    begun.add(lit.key)
    label = f' aria-label="{escape(lit.hint)}"' if lit.hint else ""
    return f'<a class="ref f-{lit.family}" id="w-{lit.key}" href="#k-{lit.key}" data-n="{lit.number}"{label}></a>'
