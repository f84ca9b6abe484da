"""Reports whose cue is no active verb: "according to", passives, "reportedly", a colon before a quotation."""

from __future__ import annotations

from functools import cache

from habeas import vocab
from habeas.extraction.attribution.patterns_content import content_after, quote_before, skip_adjuncts, tokens_to_span
from habeas.extraction.attribution.patterns_cue import Cue
from habeas.extraction.attribution.patterns_scan import Scan
from habeas.extraction.attribution.patterns_subject import subject_after, subject_before
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Sentence
from habeas.extraction.lexicon import words
from habeas.extraction.reading import Spans

_STARTS_CLAUSE = frozenset(["that", "which", "where", "who", "and", "but", "when", "because", ";", ":"])


@cache
def _follows() -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in vocab.load("en", "cues")["prepositions"]["source_follows"]:
        first, *rest = phrase.split()
        table.setdefault(first, []).append(tuple(rest))
    return {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in table.items()}


@cache
def _word_set(section: str, key: str) -> frozenset[str]:
    return frozenset(vocab.load("en", "cues")[section][key])


def reports_without_verb(view: Scan, sentence: Sentence, cues: list[Cue]) -> list[Report]:
    """The reports of a sentence that hang on a preposition, an adverb or a colon."""
    found = []
    for at in range(sentence.first_token, sentence.last_token):
        report = _by_preposition(view, at, sentence) or _by_count(view, at, sentence) or _by_adverb(view, at, sentence)
        if report:
            found.append(report)
    if not found:
        colon = _by_colon(view, sentence, cues)
        if colon:
            found.append(colon)
    return found


def _by_preposition(view: Scan, at: int, sentence: Sentence) -> Report | None:
    for rest in _follows().get(view.lower[at], ()):
        end = at + 1 + len(rest)
        if view.lower[at + 1 : end] != rest or end >= sentence.last_token:
            continue
        phrase = subject_after(view, end, sentence.last_token)
        if phrase is None or (view.lower[at] in {"per", "by", "with"} and not _is_source(view, phrase)):
            return None
        content = _beside(view, at, phrase[1], sentence)
        return Report((view.span(*phrase),), (view.span(at, end),), content, view.text(at, end).lower()) if content else None
    return None


def _is_source(view: Scan, phrase: tuple[int, int]) -> bool:
    return any(view.page.tokens[i].is_capital for i in range(*phrase)) or view.lower[phrase[0]] in words().possessives


def _beside(view: Scan, first: int, last: int, sentence: Sentence) -> Spans:
    """Content around an adverbial cue [first, last): after it at the sentence's head, else before it and after."""
    head = sentence.first_token
    if first <= head + 1 and view.lower[head] in {"and", "but", view.lower[first], "“", '"'}:
        return content_after(view, last, _stop(view, last, sentence))
    quote = quote_before(view, first)
    if quote and view.page.tokens[head].start >= quote.start:
        return ((quote.start, quote.end), *_rest(view, last, sentence))
    before = view.lower[first - 1] if view.lower[first - 1] != "," else view.lower[first - 2]
    if before in _STARTS_CLAUSE:
        return content_after(view, last, _stop(view, last, sentence))
    start = _clause_start(view, first, head)
    span = tokens_to_span(view, start, first)
    return ((span,) if span else ()) + _rest(view, last, sentence)


def _rest(view: Scan, last: int, sentence: Sentence) -> Spans:
    if last < sentence.last_token - 1 and view.lower[last] == "," and view.lower[last + 1] not in {"while", "whereas"}:
        return content_after(view, last, _stop(view, last, sentence))
    return ()


def _stop(view: Scan, first: int, sentence: Sentence) -> int:
    for at in range(first + 1, sentence.last_token):
        if view.lower[at] == ";" and view.quote[at] == view.quote[first]:
            return at
    return sentence.last_token


def _clause_start(view: Scan, first: int, head: int) -> int:
    for at in range(first - 1, head, -1):
        if view.lower[at] in {";", ":"} and view.quote[at] < 0:
            return at + 1
    return head


def _by_count(view: Scan, at: int, sentence: Sentence) -> Report | None:
    """ "by the club's count", "in his words": the possessor is the speaker."""
    if view.lower[at] not in {"by", "in", "on"}:
        return None
    nouns = _word_set("prepositions", "possessive")
    end = next((i for i in range(at + 1, min(at + 9, sentence.last_token)) if view.lower[i] in nouns), -1)
    if end < 0 or view.lower[end] == "view" and view.lower[end + 1 : end + 2] == ("of",):
        return None
    owner = next((i for i in range(at + 1, end) if view.lower[i] == "'s" or view.lower[i].endswith("s'")), -1)
    if view.lower[at + 1] in words().possessives:
        cue, source = (view.span(at, end + 1),), (view.span(at + 1, at + 2),)
        if end > at + 4:
            return None
    elif owner > 0 and owner < end:
        cue, source = (view.span(at, at + 1), view.span(end, end + 1)), (view.span(at + 1, owner),)
    else:
        return None
    content = _beside(view, at, end + 1, sentence)
    return Report(source, cue, content, "count") if content else None


def _by_adverb(view: Scan, at: int, sentence: Sentence) -> Report | None:
    if view.lower[at] not in _word_set("passive", "adverbs"):
        return None
    head = _clause_head(view, at, sentence)
    end = next((i for i in range(at + 1, sentence.last_token) if view.lower[i] in {",", ";"}), sentence.last_token)
    spans = [tokens_to_span(view, head, at), tokens_to_span(view, at + 1, end)]
    content = tuple(span for span in spans if span)
    return Report((), (view.span(at, at + 1),), content, "reportedly") if content else None


def _clause_head(view: Scan, at: int, sentence: Sentence) -> int:
    for i in range(at - 1, sentence.first_token, -1):
        if view.lower[i] in {",", ";", "that", "and", "but"}:
            return i + 1
    return sentence.first_token


def passive_report(view: Scan, cue: Cue, limit: int) -> Report | None:
    """ "The brothers were told that …", "he is said to be stable", "it was learned that …": nobody says by whom."""
    verb = view.lower[cue.group[1] - 1]
    first, end = cue.group
    at = skip_adjuncts(view, end, limit)
    if at >= limit:
        return None
    word = view.lower[at]
    if verb == "quoted" and view.lower[end] == "as" and end + 2 < limit:
        return _was_quoted(view, cue, limit)
    source = _agent(view, end, limit)
    if source:
        return None
    is_it = cue.subject is not None and view.lower[cue.subject[0]] == "it"
    fits = (verb in _word_set("passive", "told") and (word in {"that", "by", "to", ":"} or word in words().subjects | words().possessives | words().determiners)) or (
        verb in _word_set("passive", "reported") and (word in {"to", "that", ":"} or (is_it and word not in {".", ","}))
    )
    if not fits or word == "by" or (word == "to" and verb in {"told", "expected", "promised", "warned", "advised"}):
        return None
    content = content_after(view, at, limit)
    return Report((), (view.span(first, end),), content, verb) if content else None


def _agent(view: Scan, end: int, limit: int) -> bool:
    return end < limit and view.lower[end] == "by"


def _was_quoted(view: Scan, cue: Cue, limit: int) -> Report | None:
    end = cue.group[1]
    by = next((i for i in range(end, min(limit, end + 12)) if view.lower[i] == "as"), -1)
    if by < 0 or cue.subject is None:
        return None
    quote = quote_before(view, cue.first)
    content = ((quote.start, quote.end),) if quote else content_after(view, skip_adjuncts(view, by + 2, limit), limit)
    spans = (view.span(*cue.group), view.span(by, by + 2))
    return Report((view.span(*cue.subject),), spans, content, "quote") if content else None


def _by_colon(view: Scan, sentence: Sentence, cues: list[Cue]) -> Report | None:
    """ "The mother: “…”": a colon alone reports what stands after it."""
    for at in range(sentence.first_token + 1, sentence.last_token - 1):
        if view.lower[at] != ":" or view.quote[at] >= 0:
            continue
        if view.quote[at + 1] < 0 or any(cue.group[0] < at for cue in cues):
            return None
        phrase = subject_before(view, at, sentence.first_token)
        content = content_after(view, at + 1, sentence.last_token)
        if phrase is None or at - phrase[0] > 14 or not content:
            return None
        return Report((view.span(*phrase),), (), content, ":")
    return None
