"""Who speaks where nothing was marked as the source: the subject of the cue, or what stands before the colon."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from habeas import vocab
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page, Sentence
from habeas.extraction.lexicon import cue_forms, words
from habeas.extraction.reading import Span
from habeas.extraction.references.find import References

_NEAR_START = 4  # tokens: a sentence's subject begins within these
_DASHES = frozenset(["–", "—", "-", "--"])


def with_source(page: Page, references: References, report: Report) -> Report:
    """The report with the words that name its speaker as its source, where it has none and grammar shows them.

    A report that has a source, or that leaves its speaker out ("was told", "it is said"), comes back as it is.
    """
    if report.source:
        return report
    found = _subject(page, references, report) if report.cue else _announced(page, references, report)
    return replace(report, source=(found,)) if found else report


def _subject(page: Page, references: References, report: Report) -> Span | None:
    """The subject of an active cue: right before it, or at the head of its sentence where clauses stand between."""
    first, last = page.token_index(report.cue[0][0]), page.token_index(report.cue[0][1] - 1)
    if not _is_active(page, first, last):
        return None
    sentence = page.sentence_at(report.cue[0][0])
    at = first - 1
    while at >= sentence.first_token and page.tokens[at].lower in words().adverbs | words().auxiliaries:
        at -= 1
    if at < sentence.first_token:
        return None
    token = page.tokens[at]
    if token.lower in _lists()["subjects"]:
        return token.start, token.end
    if token.text == ":":  # "Please write: ask that …" asks the reader
        return None
    if not token.text[0].isalnum() or token.lower in words().conjunctions:
        return _head(page, references, sentence, token.start)
    ending = [span for span, _ in references.between(token.start, token.end) if span[1] == token.end]
    return max(ending, key=lambda span: span[1] - span[0], default=None)


def _is_active(page: Page, first: int, last: int) -> bool:
    """Whether the cue is a verb whose subject speaks: no "was told", no "rumours of"."""
    be = _lists()["be"]
    spoken = [token.lower for token in page.tokens[first : last + 1]]
    verbs = [word for word in spoken if word in cue_forms()]
    if not verbs:
        return False
    if not verbs[-1].endswith("ing") and (be & set(spoken) or _before(page, first) in be):
        return False
    return not any(word in _lists()["impersonal"] for word in spoken)


def _before(page: Page, at: int) -> str:
    at -= 1
    while at > 0 and page.tokens[at].lower in words().adverbs:
        at -= 1
    return page.tokens[at].lower if at >= 0 else ""


def _head(page: Page, references: References, sentence: Sentence, before: int) -> Span | None:
    """The name, description or pronoun that opens a sentence."""
    opening = page.tokens[min(sentence.first_token + _NEAR_START, sentence.last_token - 1)].start
    token = page.tokens[sentence.first_token]
    if token.lower in _lists()["subjects"]:
        return token.start, token.end
    if token.lower in words().prepositions:
        return None
    spans = (span for span, _ in references.between(sentence.start, opening) if span[0] >= sentence.start)
    return next((span for span in spans if span[1] <= before), None)


def _announced(page: Page, references: References, report: Report) -> Span | None:
    """Who stands before the colon ("His wife wrote a post: “…"), or after the dash that ends a quotation."""
    start, end = report.content[0][0], report.content[-1][1]
    sentence = page.sentence_at(start)
    lead = page.text[sentence.start : start].rstrip(" \n“\"«‘'")
    if lead.endswith(":"):
        return _head(page, references, sentence, start)
    after = page.token_index(end)
    if after + 1 < len(page.tokens) and page.tokens[after].text in _DASHES:
        opening = page.tokens[after + 1].start
        return next((span for span, _ in references.between(opening, opening + 1)), None)
    return None


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {key: frozenset(found) for key, found in vocab.load("en", "speakers")["left_out"].items()}
