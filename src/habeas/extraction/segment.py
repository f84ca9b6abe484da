"""From letters to a `Page`: paragraphs, sentences, tokens, quotations; also where lines break and marks go wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from habeas import vocab
from habeas.extraction.document import Page, Sentence, Token
from habeas.extraction.quotes import find_quotes
from habeas.extraction.reading import Span
from habeas.extraction.text import folded

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.N., R.K.
    r"|\d+(?:[.,:]\d+)+\w*"  # 1,000 and 3.5 and 12:30
    r"|['’]s(?![^\W_])"  # the possessive, apart from its noun
    r"|[^\W_][\w\u0300-\u036f]*(?:(?:['’ʼ‘`´](?!s(?![^\W_]))|[-‐‑])[^\W_][\w\u0300-\u036f]*)*"
    r"|\.{2,}|-{2,}|\S"
)
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_SENTENCE_END = re.compile(
    r"(?:(?<![.!?…。])[.!?…。]++|[.!?]\*)"  # a row of stops is tried once, not from each of them
    r"(?:[\"'”’»)\]」]+(?=\s|$))?(?=\s+[\"'“‘«„(\[「—–-]*\s?[^\W_a-z])"
)
_LOWERED_END = re.compile(_SENTENCE_END.pattern.replace("[^\\W_a-z]", "[^\\W_]"))
_INITIALS = re.compile(r"\b[^\W\d_]")
_LAST_WORD = re.compile(r"(?:[^\W_]|\.)+$")
_TERMINAL = re.compile(r"[.!?:;…。][\"'”’»)\]]*\s*$")
_BULLET = re.compile(r"[\s\"“«]*(?:[-–—•*·▪●]|\(?\d{1,2}[.)]|[A-Z0-9])")
_LONGEST = 1000  # code points; what runs longer is a list or a text without stops, and is cut between words
_SAMPLE = 20_000  # code points that show whether a text has capital letters
_WRAP = 100  # a text whose lines all stay below this width, most of them unfinished, was wrapped by hand


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(vocab.load("en", "words")["abbreviations"])


def analyse(text: str) -> Page:
    """The page of `text`. Never raises; an empty text gives a page without anything in it."""
    paragraphs = tuple(_paragraphs(text))
    stop = _LOWERED_END if _is_lowered(text) else _SENTENCE_END
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for index, (start, end) in enumerate(paragraphs):
        for first, last in _sentences(text, start, end, stop):
            before = len(tokens)
            tokens.extend(_tokens(text, first, last))
            sentences.append(Sentence(first, last, before, len(tokens), index))
    quotes = find_quotes(text, paragraphs, tuple((s.start, s.end) for s in sentences))
    return Page(text, paragraphs, tuple(sentences), tuple(tokens), quotes)


def _is_lowered(text: str) -> bool:
    """Whether a text has lost its capital letters: hardly a word begins with one."""
    initials: list[str] = _INITIALS.findall(text[:_SAMPLE])
    return sum(letter.isupper() for letter in initials) * 50 < len(initials)


def _tokens(text: str, start: int, end: int) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        found.append(Token(match.start(), match.end(), word, folded(word)))
    return found


def _paragraphs(text: str) -> list[Span]:
    """Runs of lines that belong together: a line that goes on in the next one is joined with it."""
    lines = [m.span() for m in _LINE.finditer(text) if not m.group().isspace()]
    wrapped = _is_wrapped(text, lines)
    joined: list[Span] = []
    for start, end in lines:
        if joined and _goes_on(text, joined[-1], start, wrapped):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [_stripped(text, start, end) for start, end in joined]


def _goes_on(text: str, before: Span, start: int, wrapped: bool) -> bool:
    if _TERMINAL.search(text, max(before[0], before[1] - 8), before[1]):
        return wrapped and text.count("\n", before[1], start) < 2
    first = text[start : start + 40].lstrip()[:1]
    if first.islower():
        return True
    return wrapped and text.count("\n", before[1], start) < 2


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether single line breaks are only typesetting: short lines, most of which end in mid-sentence."""
    if len(lines) < 6 or any(end - start > _WRAP for start, end in lines):
        return False
    unfinished = sum(not _TERMINAL.search(text, max(start, end - 8), end) for start, end in lines)
    bullets = sum(bool(re.match(r"\s*(?:[-–—•*·]|\(?\d{1,2}[.)])\s", text[start:end])) for start, end in lines)
    return unfinished > 0.6 * len(lines) and bullets < 0.3 * len(lines)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _sentences(text: str, start: int, end: int, stop: re.Pattern[str]) -> list[Span]:
    """The sentences of one paragraph. What holds no letter or digit is left with the sentence before it."""
    cuts = [m.end() for m in stop.finditer(text, start, end) if not _is_abbreviation(text, start, m.start())]
    found: list[Span] = []
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        span = _stripped(text, first, last)
        if found and not any(c.isalnum() for c in text[span[0] : span[1]]):
            found[-1] = (found[-1][0], span[1])
        elif span[0] < span[1]:
            found.extend(_cut(text, *span))
    return found


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence in pieces that take the steps after this one no longer than their length allows."""
    while end - start > _LONGEST:
        at = text.rfind(" ", start + 1, start + _LONGEST)
        at = at if at > start else start + _LONGEST
        if (piece := _stripped(text, start, at))[0] < piece[1]:
            yield piece
        start, end = _stripped(text, at, end)
    if start < end:
        yield start, end


def _is_abbreviation(text: str, start: int, dot: int) -> bool:
    if text[dot] != "." or text[dot : dot + 2] == "..":
        return False
    match = _LAST_WORD.search(text, max(start, dot - 24), dot)
    if not match:
        return False
    word = match.group()
    return (len(word) == 1 and word.isupper()) or word.lower() in _abbreviations()
