"""Quotations that go on: content without cue and source joins the attribution that it begins or goes on with.

One speaker, one cue and one stretch of content that belongs together are one statement (READING.md, statements). The
encoder sees a window at a time, so a long quotation may be cut; and after "…," said X. the next "…" is X's as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from habeas.extraction.attribution.reports import Attribution

_MARK = re.compile(r"[“”„‟«»\"]|``|''")
_OPENING, _CLOSING = frozenset(["“", "„", "‟", "«", "``"]), frozenset(["”", "»"])
_NEAR = 6  # attributions that may end where one goes on: the one before and those inside it


def continued(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions of `text`, in order of content, with the parts of one quotation in one of them."""
    out: list[Attribution] = []
    for one in found:
        if one.cue or one.source:
            if out and _begins(text, out[-1], one):
                out[-1] = replace(one, content=(*out[-1].content, *one.content))
            else:
                out.append(one)
            continue
        before = max(range(len(out))[-_NEAR:], key=lambda i: (_end(out[i]), -_start(out[i])), default=None)
        if before is not None and _goes_on(text, out[before], one):
            out[before] = replace(out[before], content=(*out[before].content, *one.content))
        else:
            out.append(one)
    return out


def _goes_on(text: str, before: Attribution, one: Attribution) -> bool:
    """Whether `one` is the rest of a quotation: right after it, in marks or inside marks that are still open."""
    start = one.content[0][0]
    between = text[_end(before) : start]
    if _end(before) > start or _says(between):
        return False
    return _open(text, before) or ("\n" not in between and _MARK.match(text, start) is not None)


def _begins(text: str, before: Attribution, one: Attribution) -> bool:
    """Whether `before` is the beginning of a quotation that is still open where the content of `one` starts."""
    if before.cue or before.source:
        return False
    end, start = before.content[-1][1], one.content[0][0]
    return end <= start and not _says(text[end:start]) and "\n" not in text[end:start] and _open(text, before)


def _open(text: str, one: Attribution) -> bool:
    """Whether a quotation mark in the content is not closed."""
    opened = False
    for start, end in one.content:
        for mark in _MARK.findall(text, start, end):
            opened = mark in _OPENING or (mark not in _CLOSING and not opened)
    return opened


def _says(between: str) -> bool:
    return any(sign.isalnum() for sign in between)


def _start(one: Attribution) -> int:
    return min(start for start, _ in (*one.source, *one.cue, *one.content))


def _end(one: Attribution) -> int:
    return max(end for _, end in (*one.source, *one.cue, *one.content))
