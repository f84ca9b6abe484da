"""Reports found by cue words: verbs, "according to", colons, passives, and quotations that run on by themselves."""

from __future__ import annotations

from habeas.extraction.attribution.patterns_content import (
    adjunct_to_end,
    content_after,
    content_before,
    cut_at,
    ends_here,
    manner_spans,
    quote_before,
    skip_adjuncts,
    swallowed,
    tokens_to_span,
)
from habeas.extraction.attribution.patterns_cue import Cue, cues_in
from habeas.extraction.attribution.patterns_other import passive_report, reports_without_verb
from habeas.extraction.attribution.patterns_scan import Scan, scan
from habeas.extraction.attribution.patterns_subject import Range, subject_after, subject_before
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page, Sentence
from habeas.extraction.lexicon import Sense, closed_words, words
from habeas.extraction.reading import Span, Spans

_SPEECH = frozenset(["clause", "that", "tell", "quote"])
_THAT = frozenset(["that", "how", "whether", "why", "what", "if", ":"])
_NO_NOUN = frozenset(["to", ",", ".", ";", ":", ")", "and", "but", "or", "that", "whether", "if", "when", "as"])
_NEED_WITHIN = 18  # tokens


def find_reports(page: Page) -> list[Report]:
    """Every report that the patterns see, in text order; those inside another report's content included."""
    view = scan(page)
    found: list[Report] = []
    for sentence in page.sentences:
        found += _in_sentence(view, sentence)
    return sorted(_with_later_quotes(view, found), key=lambda report: (report.start, report.end))


def _in_sentence(view: Scan, sentence: Sentence) -> list[Report]:
    cues = cues_in(view, sentence)
    found = []
    for index, cue in enumerate(cues):
        subject = cue.subject or (_shared_subject(view, cues, index, sentence) if cue.shared else None)
        limit = cut_at(view, cues, index, sentence)
        report = passive_report(view, cue, limit) if cue.passive else _report(view, cue, subject, sentence, limit)
        if report:
            found.append(report)
    return found + reports_without_verb(view, sentence, cues)


def _shared_subject(view: Scan, cues: list[Cue], index: int, sentence: Sentence) -> Range | None:
    """The subject that a participle or a coordinated cue leaves out: the cue's before it, else the sentence's."""
    home = view.quote[cues[index].group[0]]
    for earlier in reversed(cues[:index]):
        if earlier.subject and view.quote[earlier.group[0]] == home and not earlier.passive:
            return earlier.subject
    low = sentence.first_token
    for at in range(low + 1, cues[index].group[0]):
        if view.is_verb(at) and view.quote[at] == home:
            subject = subject_before(view, at, low)
            if subject:
                return subject
    return None


def _report(view: Scan, cue: Cue, subject: Range | None, sentence: Sentence, limit: int) -> Report | None:
    if subject and view.lower[subject[0]] in {"i", "you"}:
        return None
    if cue.lemma in {"quote", "cite"}:
        return _quoting(view, cue, sentence, limit)
    source = _source(view, subject)
    if any(sense.takes & _SPEECH for sense in cue.senses):
        content = _around(view, cue, sentence, limit)
        if content:
            sense = next(s for s in cue.senses if s.takes & _SPEECH)
            return _made(view, cue, cue.group, source, content, sense, _addressee(view, cue, limit))
    if cue.turned:
        return None
    return _following(view, cue, source, limit)


def _source(view: Scan, subject: Range | None) -> Spans:
    return (view.span(*subject),) if subject else ()


def _made(view: Scan, cue: Cue, group: Range, source: Spans, content: Spans, sense: Sense, addressee: Span | None) -> Report | None:
    if not content:
        return None
    return Report(source, (view.span(*group),), manner_spans(content), sense.lemma, sense.act, addressee)


def _around(view: Scan, cue: Cue, sentence: Sentence, limit: int) -> Spans:
    """Content before the cue, with what goes on after it; () where the content only follows the cue."""
    first = cue.first
    if first <= sentence.first_token and quote_before(view, first) is None:
        return ()
    if view.lower[first - 1] in closed_words():
        return _relative(view, cue, first, limit)
    if view.lower[first - 1][0].isalnum():
        return ()
    after = _after_addressee(view, cue, limit)
    quote = quote_before(view, first)
    if quote and view.quote[cue.group[0]] != view.quote[view.page.token_index(quote.start)]:
        if not (sentence.first_token < view.page.token_index(quote.end) or _is_bare(view, cue, after, limit)):
            return ()
        if after < limit and view.lower[after] in {"that", "how", "whether"}:
            return ()
        return (*content_before(view, cue, sentence), *_quotes_in(view, cue.last, limit))
    if first <= sentence.first_token or view.lower[first - 1] not in {",", "–", "—", "-", "--"}:
        return ()
    if cue.shared:
        return ()
    if ends_here(view, after, limit) or adjunct_to_end(view, after, limit):
        return content_before(view, cue, sentence)
    if view.lower[after] == "," and view.lower[first - 1] == ",":
        return (*content_before(view, cue, sentence), *content_after(view, after, limit))
    return ()


def _is_bare(view: Scan, cue: Cue, after: int, limit: int) -> bool:
    """Whether nothing but the cue and its speaker stands in the sentence after a quotation."""
    return ends_here(view, after, limit) or adjunct_to_end(view, after, limit)


def _relative(view: Scan, cue: Cue, first: int, limit: int) -> Spans:
    """The content of "which, diplomats say, could come": nothing unless the relative stands right before the speaker."""
    if view.lower[first - 1] == "which" and any(s.takes & {"noun"} for s in cue.senses) and (cue.group[1] >= limit or view.lower[cue.group[1]] in {",", ".", ";"}):
        return (view.span(first - 1, first),)
    return ()


def _quotes_in(view: Scan, first: int, limit: int) -> Spans:
    """Quotations between two tokens that start there: what goes on after "…," he said, "…"."""
    found: list[Span] = []
    for at in range(first, limit):
        number = view.quote[at]
        if number >= 0:
            quote = view.page.quotes[number]
            if quote.start == view.page.tokens[at].start:
                found.append((quote.start, quote.end))
    return tuple(found)


def _after_addressee(view: Scan, cue: Cue, limit: int) -> int:
    """The token after the cue, its speaker, whoever is told, and adverbial phrases."""
    at = cue.last
    if any("tell" in sense.takes for sense in cue.senses) and not cue.turned:
        at = _told(view, at, limit)
    return skip_adjuncts(view, at, limit)


def _told(view: Scan, at: int, limit: int) -> int:
    """One past the words that name who was told."""
    if at < limit and (view.lower[at] in words().objects or view.lower[at] == "her"):
        return at + 1
    if at < limit and view.lower[at] == "to":
        at += 1
    first = at
    while at < min(limit, first + 14):
        word = view.lower[at]
        if word in _THAT or word in {",", "."} or view.quote[at] != view.quote[first] or word in words().subjects:
            return at
        if at > first and (word in {"of", "about", "to", "in", "on", "by", "after", "not", "there"} or view.is_verb(at)):
            return at
        if at > first and word in words().determiners | words().possessives and view.lower[at - 1] not in words().prepositions:
            return at
        at += 1
    return first


def _addressee(view: Scan, cue: Cue, limit: int) -> Span | None:
    if cue.turned or not any("tell" in sense.takes for sense in cue.senses):
        return None
    end = _told(view, cue.last, limit)
    return tokens_to_span(view, cue.last, end)


def _following(view: Scan, cue: Cue, source: Spans, limit: int) -> Report | None:
    """The report whose content follows its cue, by the first sense that fits what follows."""
    for sense in sorted(cue.senses, key=_order):
        group = swallowed(view, cue, sense)
        if group is None:
            continue
        found = _content(view, cue, sense, group[1], limit)
        if found:
            content, addressee = found
            return _made(view, cue, group, source, content, sense, addressee)
    return None


def _order(sense: Sense) -> int:
    if sense.prepositions:
        return 0
    ranks = {"tell": 1, "whom": 2, "to": 3, "as": 4, "figure": 5, "that": 6, "clause": 7, "quote": 8, "noun": 9}
    return min(ranks.get(kind, 9) for kind in sense.takes)


def _content(view: Scan, cue: Cue, sense: Sense, at: int, limit: int) -> tuple[Spans, Span | None] | None:
    """Content spans and addressee where this sense fits what stands at token `at`; None where it does not."""
    if at >= limit:
        return None
    for kind, reader in _READERS.items():
        if kind in sense.takes:
            found = reader(view, cue, sense, at, limit)
            if found and found[0]:
                return found
    return None


def _take_tell(view: Scan, cue: Cue, sense: Sense, at: int, limit: int) -> tuple[Spans, Span | None] | None:
    end = _told(view, at, limit)
    start = skip_adjuncts(view, end, limit)
    if start >= limit or (end == at and view.lower[at] not in _THAT and view.quote[at] == view.quote[cue.group[0]] and cue.lemma not in {"warn", "promise", "pledge", "vow"}):
        return None
    if view.lower[start] in {"and", "but", "."} or (view.lower[start] == "about" and cue.lemma == "tell"):
        return None
    return content_after(view, start, limit), tokens_to_span(view, at, end)


def _take_whom(view: Scan, cue: Cue, sense: Sense, at: int, limit: int) -> tuple[Spans, Span | None] | None:
    if view.lower[at] in {"to", ",", "."} and not sense.prepositions:
        return None
    need = at
    if sense.needs:
        words_ = view.lower[at : min(limit, at + _NEED_WITHIN)]
        places = [i for i, word in enumerate(words_) if word in sense.needs and i > 0]
        if not places or "," in words_[: places[0]] and places[0] > 10:
            return None
        need = at + places[0]
    addressee = tokens_to_span(view, at, need) if need > at else None
    return content_after(view, at, limit), addressee or _first_phrase(view, at, limit)


def _first_phrase(view: Scan, at: int, limit: int) -> Span | None:
    end = at
    while end < min(limit, at + 12) and view.lower[end] not in {"to", "that", "for", ",", "."}:
        end += 1
    return tokens_to_span(view, at, end)


def _take_to(view: Scan, cue: Cue, sense: Sense, at: int, limit: int) -> tuple[Spans, Span | None] | None:
    start = at + 1 if view.lower[at] == "not" and at + 1 < limit else at
    if view.lower[start] != "to" and not sense.prepositions:
        return None
    return content_after(view, at, limit), None


def _take_as(view: Scan, cue: Cue, sense: Sense, at: int, limit: int) -> tuple[Spans, Span | None] | None:
    end = next((i for i in range(at, min(limit, at + 30)) if view.lower[i] in {",", ";"} and view.quote[i] < 0), min(limit, at + 30))
    marked = next((i for i in range(at, end) if view.lower[i] == "as" or (view.quote[i] >= 0 and view.quote[cue.group[0]] < 0)), -1)
    if marked < at or (marked == at and view.lower[at] == "as"):
        return None
    if cue.lemma in {"see", "name", "judge", "present", "treat", "paint", "consider"} and view.lower[marked] != "as" and marked == at:
        return None
    return content_after(view, at, limit), tokens_to_span(view, at, marked) if marked > at else None


def _take_figure(view: Scan, cue: Cue, sense: Sense, at: int, limit: int) -> tuple[Spans, Span | None] | None:
    near = view.lower[at : min(limit, at + 6)]
    if not any(word[0].isdigit() or word in words().numbers for word in near):
        return None
    if cue.lemma == "put" and "at" not in view.lower[at:limit]:
        return None
    if cue.lemma in {"give", "list"}:
        return None
    return content_after(view, at, limit), None


def _take_that(view: Scan, cue: Cue, sense: Sense, at: int, limit: int) -> tuple[Spans, Span | None] | None:
    start = skip_adjuncts(view, at, limit)
    if start >= limit:
        return None
    quoted = view.quote[start] >= 0 and view.quote[start] != view.quote[cue.group[0]] and not view.is_scare(start)
    if view.lower[start] == "," and start + 1 < limit:
        quoted = view.quote[start + 1] >= 0 and view.quote[start + 1] != view.quote[cue.group[0]]
    if not quoted and view.lower[start] not in _THAT:
        return None
    return content_after(view, start, limit), None


def _take_quote(view: Scan, cue: Cue, sense: Sense, at: int, limit: int) -> tuple[Spans, Span | None] | None:
    start = skip_adjuncts(view, at, limit)
    while start < limit and view.lower[start] in {",", ":"}:
        start += 1
    if start >= limit or view.quote[start] < 0 or view.quote[start] == view.quote[cue.group[0]] or view.is_scare(start):
        return None
    return content_after(view, start, limit), None


def _take_clause(view: Scan, cue: Cue, sense: Sense, at: int, limit: int) -> tuple[Spans, Span | None] | None:
    if sense.prepositions:
        return _take_noun(view, cue, sense, at, limit)
    start = skip_adjuncts(view, at, limit)
    if start >= limit or view.lower[start] in {".", ")", ";", "and", "or", "but"}:
        return None
    if view.lower[start] in {"to", "for", "from", "by", "of"} and view.lower[start : start + 2] not in {("to", "that"), ("for", "that")}:
        return None
    return content_after(view, start, limit), None


def _take_noun(view: Scan, cue: Cue, sense: Sense, at: int, limit: int) -> tuple[Spans, Span | None] | None:
    word = view.lower[at]
    if word in _NO_NOUN or (word in words().prepositions and not sense.prepositions) or word in words().adverbs - {"all", "both"}:
        return None
    return content_after(view, at, limit), None


_READERS = {
    "tell": _take_tell,
    "whom": _take_whom,
    "to": _take_to,
    "as": _take_as,
    "figure": _take_figure,
    "that": _take_that,
    "clause": _take_clause,
    "quote": _take_quote,
    "noun": _take_noun,
}


def _quoting(view: Scan, cue: Cue, sentence: Sentence, limit: int) -> Report | None:
    """ "Bozdag quoted the director as saying …", "…, it said, citing a guard": the speaker follows the cue."""
    phrase = subject_after(view, cue.group[1], limit)
    if phrase is None:
        return None
    source = (view.span(*phrase),)
    marker = next((i for i in range(phrase[0], min(limit, phrase[1] + 12)) if view.lower[i] == "as"), -1)
    if marker > 0 and marker + 1 < limit and view.lower[marker + 1].endswith("ing"):
        source = (view.span(phrase[0], marker),)
        spans = (view.span(*cue.group), view.span(marker, marker + 2))
        quote = quote_before(view, cue.first)
        content = ((quote.start, quote.end),) if quote else content_after(view, skip_adjuncts(view, marker + 2, limit), limit)
        return Report(source, spans, content, cue.lemma) if content else None
    if cue.lemma == "cite" and cue.shared and cue.group[0] - 1 > sentence.first_token:
        span = tokens_to_span(view, sentence.first_token, cue.group[0] - 1)
        return Report(source, (view.span(*cue.group),), (span,), cue.lemma) if span and _can_speak(view, phrase) else None
    return None


def _can_speak(view: Scan, phrase: Range) -> bool:
    return any(view.page.tokens[i].is_capital for i in range(*phrase)) or any(
        view.lower[i].endswith(("s", "r", "n")) and view.lower[i] in {"source", "sources", "officials", "official", "lawyer", "lawyers", "family", "relatives", "activists", "witnesses", "guard"}
        for i in range(*phrase)
    )


def _with_later_quotes(view: Scan, reports: list[Report]) -> list[Report]:
    """Quotations that run on over the next sentences or paragraphs without a cue, joined to the report before them."""
    used = {start for report in reports for start, _ in report.content}
    spans = sorted((r.start, r.end) for r in reports)
    found = list(reports)
    for quote in view.page.quotes:
        if quote.nested or quote.start in used or not _stands_alone(view, quote.start, quote.end):
            continue
        if any(start < quote.end and quote.start < end for start, end in spans if not (start >= quote.start and end <= quote.end)):
            continue
        index = _last_quoted(view, found, quote.start)
        if index is not None:
            old = found[index]
            found[index] = Report(old.source, old.cue, manner_spans((*old.content, (quote.start, quote.end))), old.lemma, old.act, old.addressee, old.score)
    return found


def _stands_alone(view: Scan, start: int, end: int) -> bool:
    """Whether a quotation fills whole sentences: nothing but itself from a sentence's start to a sentence's end."""
    page = view.page
    first, last = page.sentence_at(start), page.sentence_at(max(start, end - 1))
    return first.start == start and last.end - end <= 1


def _last_quoted(view: Scan, reports: list[Report], start: int) -> int | None:
    """Index of the report whose quotation ends in the sentence, or the paragraph, right before `start`."""
    page = view.page
    index = page.sentence_index(start)
    best: tuple[int, int] | None = None
    for number, report in enumerate(reports):
        if report.end > start or not report.content:
            continue
        if page.sentence_index(report.end - 1) != index - 1 and not (best is None and False):
            continue
        last = report.content[-1]
        if not any(q.start <= last[0] < q.end or last[0] <= q.start < last[1] for q in page.quotes):
            continue
        size = report.end - report.start
        if best is None or size > best[0]:
            best = (size, number)
    return best[1] if best else None
