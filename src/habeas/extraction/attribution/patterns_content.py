"""What a cue reports: the words after it, before it, or on both sides; quotations run on over sentences."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.extraction.attribution.patterns_cue import Cue
from habeas.extraction.attribution.patterns_scan import Scan
from habeas.extraction.attribution.patterns_subject import Range
from habeas.extraction.document import Quote, Sentence
from habeas.extraction.lexicon import Sense, words
from habeas.extraction.reading import Span, Spans

_OPENERS = frozenset(["that", "how", "whether", "if", "what", "why", ":", "where", "who", "when"])
_ENDS = frozenset(".;)!?”\"»’") | {"…", "--", "–", "—"}
_ADJUNCT_HEADS = frozenset(["in", "on", "at", "to", "during", "after", "when", "through", "via", "from", "by", "late", "early", "last", "this", "before", "outside", "with", "as", "for", "over", "earlier", "later", "yesterday", "today", "upon", "while", "following", "speaking", "referring", "under", "about", "once"])
_MEDIUM = frozenset(["statement", "statements", "interview", "letter", "message", "messages", "tweet", "post", "video", "page", "facebook", "twitter", "telegram", "x", "bulletin", "report", "briefing", "conference", "release", "call", "phone", "telephone", "e-mail", "email", "word", "note", "appeal", "comment", "comments", "remarks", "account", "press", "session", "court", "hearing", "speech", "communique", "communiqué", "reply", "response", "turn"])


def tokens_to_span(scan: Scan, first: int, last: int) -> Span | None:
    """Offsets of tokens [first, last) without commas and stops at the edges; None where nothing is left."""
    lower = scan.lower
    while first < last and lower[first] in {",", ";", ".", ":", "–", "—", "-", "--"}:
        first += 1
    while last > first and lower[last - 1] in {",", ";", ".", ":", "–", "—", "-", "--", "(", "…"} and not _closes(scan, last - 1):
        last -= 1
    return scan.span(first, last) if first < last else None


def _closes(scan: Scan, at: int) -> bool:
    """Whether the stop at this token belongs to a quotation that ends right after it."""
    return scan.quote[at] >= 0 and not scan.is_scare(at)


def content_after(scan: Scan, first: int, limit: int) -> tuple[Span, ...]:
    """The content that begins at token `first`, a colon or comma aside; it ends with `limit` or its quotation."""
    while first < limit and scan.lower[first] in {",", ":", "-", "–", "—"}:
        first += 1
    if first >= limit:
        return ()
    number = scan.quote[first]
    if number >= 0 and scan.page.quotes[number].start == scan.page.tokens[first].start and not scan.is_scare(first):
        quote = scan.page.quotes[number]
        rest = scan.page.token_index(quote.end)
        if rest >= limit or scan.lower[rest] in _ENDS or scan.lower[rest] == ",":
            more = _later_quotes(scan, rest, limit)
            return ((quote.start, quote.end), *more)
    span = tokens_to_span(scan, first, limit)
    return (span,) if span else ()


def _later_quotes(scan: Scan, first: int, limit: int) -> tuple[Span, ...]:
    """Further quotations of the same sentence: "A," – here she laughed – "B"."""
    found: list[Span] = []
    for at in range(first, limit):
        number = scan.quote[at]
        if number >= 0 and not scan.is_scare(at):
            quote = scan.page.quotes[number]
            if (quote.start, quote.end) not in found and quote.start >= scan.page.tokens[first].start:
                found.append((quote.start, quote.end))
    return tuple(found)


def quote_before(scan: Scan, first: int) -> Quote | None:
    """The quotation that ends right before token `first`, a comma aside; None where there is none."""
    at = first - 1
    while at >= 0 and scan.lower[at] in {",", "–", "—", "-"}:
        at -= 1
    if at < 0 or scan.quote[at] < 0 or at < first - 3:
        return None
    quote = scan.page.quotes[scan.quote[at]]
    return quote if quote.end == scan.page.tokens[at].end else None


def content_before(scan: Scan, cue: Cue, sentence: Sentence) -> tuple[Span, ...]:
    """The content that ends right before the cue and its speaker."""
    first = cue.first
    quote = quote_before(scan, first)
    head = _head(scan, sentence, first)
    if quote and not scan.is_scare(first - 1 if scan.quote[first - 1] >= 0 else first - 2):
        lead = tokens_to_span(scan, head, scan.page.token_index(quote.start)) if quote.start > scan.page.tokens[head].start else None
        if lead and _is_clause(scan, head, scan.page.token_index(quote.start)):
            return ((lead[0], quote.end),)
        return ((quote.start, quote.end),)
    span = tokens_to_span(scan, head, first)
    return (span,) if span else ()


def _head(scan: Scan, sentence: Sentence, first: int) -> int:
    """Where content before the cue begins: with its sentence, or after the last semicolon."""
    for at in range(first - 1, sentence.first_token, -1):
        if scan.lower[at] == ";" and scan.quote[at] == scan.quote[first]:
            return at + 1
        if scan.quote[first] >= 0 and scan.quote[at] != scan.quote[first]:
            return at + 1
    return sentence.first_token


def _is_clause(scan: Scan, first: int, last: int) -> bool:
    return last - first >= 2 and any(scan.is_verb(at) for at in range(first, last))


def skip_adjuncts(scan: Scan, at: int, limit: int) -> int:
    """Past adverbs, "on Monday", "in a statement to X", "to reporters" after a cue, up to where content may begin."""
    start = at
    while at < limit:
        word = scan.lower[at]
        if word in words().adverbs or (word.endswith("ly") and not scan.page.tokens[at].is_capital):
            at += 1
            continue
        step = _adjunct(scan, at, limit)
        if step == at:
            break
        at = step
    if at < limit and scan.lower[at] in _OPENERS | {","} or at >= limit or scan.quote[at] >= 0 or _all_time(scan, start, at):
        return at
    return start


def _all_time(scan: Scan, first: int, last: int) -> bool:
    return all(scan.lower[i] in words().weekdays | words().adverbs | {"on"} or scan.lower[i].endswith("ly") for i in range(first, last))


def _adjunct(scan: Scan, at: int, limit: int) -> int:
    """One past an adverbial phrase that begins at token `at`; `at` itself where none does."""
    word = scan.lower[at]
    if word in words().weekdays:
        return at + 1
    if word not in _ADJUNCT_HEADS:
        return at
    for end in range(at + 1, min(limit, at + 16)):
        here = scan.lower[end]
        if here in _OPENERS | {","} or here in _ENDS or scan.quote[end] != scan.quote[at]:
            return end
        if here in words().weekdays and end + 1 < limit and scan.lower[end + 1] not in _ADJUNCT_HEADS:
            return end + 1
        if here in words().subjects and end > at + 1:
            return end
    return at


def ends_here(scan: Scan, at: int, limit: int) -> bool:
    """Whether the sentence, or the part that this cue rules, ends at token `at`, adjuncts aside."""
    return at >= limit or (scan.lower[at] in _ENDS and scan.lower[at] not in {"“"} and (scan.quote[at] < 0 or at + 1 >= limit))


def adjunct_to_end(scan: Scan, at: int, limit: int) -> bool:
    """Whether only an adverbial phrase is left up to the end: "told reporters outside the court"."""
    return at < limit and (scan.lower[at] in _ADJUNCT_HEADS or scan.lower[at] in words().weekdays)


def manner_spans(spans: Spans) -> Spans:
    """Spans in reading order, touching ones joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def cut_at(scan: Scan, cues: Sequence[Cue], index: int, sentence: Sentence) -> int:
    """One past the last token that cue `index` can report: where a later cue of the same sentence takes over."""
    cue = cues[index]
    home = scan.quote[cue.group[0]]
    end = sentence.last_token if home < 0 else min(sentence.last_token, scan.page.token_index(scan.page.quotes[home].end))
    for later in cues[index + 1 :]:
        if later.group[0] >= end:
            break
        if scan.quote[later.group[0]] != home:
            continue
        joint = _joint(scan, later, cue)
        if joint >= 0:
            return joint
    return end


def _joint(scan: Scan, later: Cue, cue: Cue) -> int:
    """The token where `later` takes over from `cue`: its comma or conjunction; -1 where it is part of the content."""
    first = later.first
    if first - 1 <= cue.last:
        return -1
    before = scan.lower[first - 1]
    if before == ";":
        return first - 1
    if later.shared:
        if before == ",":
            return first - 1
        if before in {"and", "but"}:
            return first - 2 if scan.lower[first - 2] == "," else first - 1
        return -1
    if before in {"but", "while", "whereas"} or (before == "and" and scan.lower[first - 2] == ","):
        return first - 2 if scan.lower[first - 2] == "," else first - 1
    return -1


def swallowed(scan: Scan, cue: Cue, sense: Sense) -> Range | None:
    """The cue's tokens with the preposition that this sense governs; None where it needs one and has none."""
    first, end = cue.group
    if not sense.prepositions:
        return first, end
    if end < len(scan.lower) and scan.lower[end] in sense.prepositions:
        return first, end + 1
    return None
