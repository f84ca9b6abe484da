"""Quotation runs of any style, also where a mark is missing, turned the wrong way, or doubled.

READING.md, where it is not obvious, 8: a quotation that only opens runs to the end of the content, one that only closes
starts with it. Which mark opens is told by its shape, then by the letters beside it; single marks count only in pairs,
since most of them are apostrophes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from habeas.extraction.document import Quote
from habeas.extraction.reading import Span

# Marks around a name: what is called so stands between them.
OPENING, CLOSING = frozenset('“"«‘'), frozenset('”"»’')

_MARK = re.compile(r"[“”„‟«»‹›\"「」『』‘’']|``|''")
_SINGLE = frozenset("‘’'‹›")
_OPENS, _CLOSES, _EITHER = frozenset("“„«‹「『‘"), frozenset("”»›」』’"), "either"
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{—–-:/")
_AFTER_CLOSING = frozenset(" \t\n\u00a0.,;:!?)]}—–-…/")
_RUN = 8  # equal marks in a row that are looked past; a longer row is a line drawn, not a quotation
_FAR = 600  # a pair of single marks farther apart than this is two apostrophes


def find_quotes(text: str, paragraphs: Sequence[Span], sentences: Sequence[Span]) -> tuple[Quote, ...]:
    """The quotation runs of a text, by start, outer before inner."""
    ends = [end for _, end in sentences]
    starts = [start for start, _ in sentences]
    runs: list[Quote] = []
    for start, end in paragraphs:
        double = list(_double_runs(text, start, end, starts, ends))
        runs += double
        runs += _single_runs(text, start, end, double)
    return tuple(sorted(runs, key=lambda q: (q.start, -q.end)))


def _double_runs(text: str, start: int, end: int, starts: list[int], ends: list[int]) -> Iterator[Quote]:
    opened: int | None = None
    for at, width, side in _marks(text, start, end):
        if side == "open" or (side == _EITHER and opened is None):
            if opened is not None and at - opened <= 2:  # a doubled mark
                continue
            if opened is not None:
                yield Quote(opened, _run_out(text, opened, at, start, ends), opened=True, closed=False, nested=False)
            opened = at
        elif opened is not None:
            yield Quote(opened, at + width, opened=True, closed=True, nested=False)
            opened = None
        elif not _touches(text, at - 1):
            continue  # a stray mark with nothing on its left
        else:
            yield Quote(starts[bisect_right(starts, at) - 1], at + width, opened=False, closed=True, nested=False)
    if opened is not None and end - opened > 2:
        yield Quote(opened, _run_out(text, opened, end, start, ends), opened=True, closed=False, nested=False)


def _run_out(text: str, opened: int, limit: int, paragraph: int, ends: list[int]) -> int:
    """Where a quotation that never closes ends: with its paragraph if it opens it, else with its sentence."""
    end = limit if opened == paragraph else min(limit, ends[bisect_right(ends, opened)])
    while end > opened + 1 and text[end - 1].isspace():
        end -= 1
    return end


def _marks(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Double marks with the side they stand on: open, close or either."""
    last = -2
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark in _SINGLE:
            continue
        doubled = at == last + 1
        last = at
        if doubled and text[at - 1] == mark:
            continue
        side = _side(text, at, match.end(), start, end)
        yield at, _width(text, at, match.end()), _by_shape(mark, side)


def _by_shape(mark: str, side: str) -> str:
    """Letters beside the mark tell its side; where they do not, its shape does."""
    if side != _EITHER:
        return side
    if mark in _OPENS:
        return "open"
    return "close" if mark in _CLOSES else _EITHER


def _width(text: str, at: int, end: int) -> int:
    while end < len(text) and text[end] == text[at] and text[at] in '“”"':
        end += 1
    return end - at


def _side(text: str, at: int, after: int, start: int, end: int) -> str:
    last = min(end, after + _RUN)
    while after < last and text[after] == text[at]:
        after += 1
    free_left = at == start or text[at - 1] in _BEFORE_OPENING or text[at - 1] in "‘'“"
    free_right = after >= end or text[after] in _AFTER_CLOSING or text[after] in "’'”"
    if free_left and not free_right:
        return "open"
    if free_right and not free_left:
        return "close"
    return _EITHER


def _touches(text: str, at: int) -> bool:
    return at >= 0 and not text[at].isspace()


def _single_runs(text: str, start: int, end: int, double: Sequence[Quote]) -> Iterator[Quote]:
    """Pairs of single marks. An opening one stands before a letter after a space; a closing one the other way round."""
    opened: int | None = None
    starts = [quote.start for quote in double]
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark not in _SINGLE:
            continue
        side = _side(text, at, match.end(), start, end)
        if side == "open" and mark != "’" and match.end() < end and text[match.end()].isalnum():
            opened = at
        elif side != "close" or mark == "‘" or opened is None:
            continue
        elif at - opened <= _FAR and not _is_possessive(text, at, end):
            before = bisect_left(starts, opened)
            nested = before > 0 and at < double[before - 1].end
            yield Quote(opened, match.end(), opened=True, closed=True, nested=nested)
            opened = None


def _is_possessive(text: str, at: int, end: int) -> bool:
    """Whether the mark after an s is a plural's apostrophe: another closing mark follows in the same paragraph."""
    if text[at - 1] != "s" or not text[at + 1 : at + 2].isspace():
        return False
    rest = text[at + 1 : min(end, at + _FAR)]
    opening = re.search(r"(?<!\w)[‘'](?=\w)", rest)
    closing = re.search(r"(?<=[\w.,!?])[’'](?!\w)", rest)
    return bool(closing) and (not opening or (closing is not None and closing.start() < opening.start()))
