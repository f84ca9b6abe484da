"""The words that name a speaker beside a cue: the noun phrase before it, or after it where the order is turned."""

from __future__ import annotations

from habeas.extraction.attribution.patterns_scan import Scan
from habeas.extraction.lexicon import closed_words, words

Range = tuple[int, int]  # token indexes, half-open

_STOPS = frozenset(";:(—–[]•*?!.") | {"--", "-", "..", "...", "…"}
_BOUNDARY = frozenset(["that", "because", "while", "whereas", "when", "if", "unless", "although", "though", "whether", "where", "but", "nor", "how", "why", "which", "what", "than", "once", "so", "whom"])
_RELATIVE = frozenset(["who", "which", "that", "whom", "whose"])
_APPOSED = frozenset(["a", "an", "of", "from", "who", "whose", "which", "whom", "the", "his", "her", "its", "their", "in", "at", "our", "himself", "herself", "one", "also", "now", "then", "then", "himself", "on", "with", "when", "through", "by"])
_TIME_HEADS = frozenset(["week", "month", "year", "night", "evening", "morning", "afternoon", "weekend", "statement", "letter", "message", "interview", "e-mail", "email", "tweet", "post", "call", "video", "briefing", "conference", "hearing", "report", "release", "court", "time", "day", "dawn", "noon", "midnight", "communique", "communiqué", "television", "telegram", "facebook", "twitter", "x", "radio"])
_TIME_PREPOSITIONS = frozenset(["on", "in", "late", "early", "at", "during", "by", "to", "after", "before", "last", "this", "from", "through", "via", "over", "since", "for"])
_QUOTES = frozenset("“”\"„«»‘’'")
_LONGEST = 40  # tokens


def subject_before(scan: Scan, end: int, low: int) -> Range | None:
    """The noun phrase that ends right before token `end`, not before token `low`; None where there is none."""
    end = _skip_adverbs_back(scan, end, low)
    if end <= low:
        return None
    if scan.lower[end - 1] in words().subjects:
        return end - 1, end
    if scan.lower[end - 1] == ",":
        return _apposed(scan, end - 1, low)
    first = _left_edge(scan, end, low)
    phrase = _trimmed(scan, first, end)
    if phrase and scan.lower[phrase[0] - 1] == "," and phrase[0] > low:
        phrase = _with_description(scan, phrase, low)
    return phrase


def subject_after(scan: Scan, first: int, high: int) -> Range | None:
    """The noun phrase that begins at token `first`, apposition included; None where none begins there."""
    end = _right_edge(scan, first, high)
    phrase = _trimmed(scan, first, end)
    if phrase is None or phrase[0] != first:
        return None
    at = phrase[1]
    if at < high - 1 and scan.lower[at] == "," and (scan.lower[at + 1] in _APPOSED or scan.lower[at + 1][0].isdigit()):
        stop = _right_edge(scan, at + 1, high)
        if stop > at + 1 and not any(scan.is_verb(i) for i in range(at + 1, stop) if scan.lower[at + 1] not in _RELATIVE):
            apposed = _trimmed(scan, at + 1, stop, keep_start=True)
            return (first, apposed[1]) if apposed else phrase
    return phrase


def _skip_adverbs_back(scan: Scan, end: int, low: int) -> int:
    while end > low and (
        scan.lower[end - 1] in words().adverbs
        or (scan.lower[end - 1].endswith("ly") and not scan.page.tokens[end - 1].is_capital)
    ):
        end -= 1
    return end


def _left_edge(scan: Scan, end: int, low: int) -> int:
    """First token of the stretch before `end` that no clause boundary cuts."""
    at, joint = end - 1, -1
    home = scan.quote[end - 1]
    while at >= low and end - at < _LONGEST:
        word = scan.lower[at]
        if scan.quote[at] != home and not scan.is_scare(at):
            return at + 1
        if word == ")":
            at = _opening(scan, at, low)
        elif word == "," or word in _STOPS or word in _BOUNDARY or (word in _QUOTES and not scan.is_scare(at)):
            return at + 1
        elif word in {"and", "or"}:
            joint = at
        elif scan.is_verb(at):
            relative = _relative_before(scan, at, low)
            if relative < 0:
                return joint + 1 if joint > at else at + 1
            at = relative
        at -= 1
    return at + 1


def _opening(scan: Scan, closing: int, low: int) -> int:
    for at in range(closing, max(low, closing - 20) - 1, -1):
        if scan.lower[at] == "(":
            return at
    return closing


def _relative_before(scan: Scan, verb: int, low: int) -> int:
    """The relative pronoun that the verb belongs to, a few tokens before it; -1 where there is none."""
    for at in range(verb - 1, max(low, verb - 8) - 1, -1):
        if scan.lower[at] in _RELATIVE:
            return at if at > low and scan.lower[at - 1][0].isalnum() and scan.lower[at - 1] not in closed_words() else -1
        if scan.lower[at] == "," or scan.lower[at] in _STOPS:
            return -1
    return -1


def _trimmed(scan: Scan, first: int, end: int, *, keep_start: bool = False) -> Range | None:
    """The phrase without adverbs, conjunctions and time adjuncts at its edges; None where no noun is left."""
    end = _without_adjunct(scan, first, end)
    while not keep_start and first < end and _is_lead(scan, first):
        first += 1
    first = _after_time(scan, first, end)
    if first >= end or scan.lower[first] in words().prepositions:
        return None
    if scan.lower[end - 1] in words().prepositions or scan.lower[end - 1] in words().determiners:
        return None
    content = [i for i in range(first, end) if scan.lower[i][0].isalnum() and scan.lower[i] not in closed_words()]
    if not content and scan.lower[first] not in words().subjects | {"both", "others", "some", "many", "neither", "none", "those", "all"}:
        return None
    return first, end


def _is_lead(scan: Scan, at: int) -> bool:
    word = scan.lower[at]
    return (
        word in words().conjunctions
        or word in {"meanwhile", "however", "then", "also", "later", "earlier", "yesterday", "today", "separately", "finally", "now", "still", "even", "only", "as", "again", "asked", "therefore", "so", "since", "furthermore", "moreover"}
        or (word.endswith("ly") and not word.endswith("family"))
        or not word[0].isalnum()
        and word not in _QUOTES
    )


def _after_time(scan: Scan, first: int, end: int) -> int:
    """Past "On Monday" or "In a statement" at the head of the phrase."""
    if end - first < 3 or scan.lower[first] not in _TIME_PREPOSITIONS:
        return first
    for at in range(first + 1, min(end - 1, first + 6)):
        word = scan.lower[at]
        if word in words().weekdays or word in words().months or word in _TIME_HEADS or word.isdigit():
            while at + 1 < end and (scan.lower[at + 1].isdigit() or scan.lower[at + 1] in words().months | words().weekdays | _TIME_HEADS):
                at += 1
            return at + 1
    return first


def _without_adjunct(scan: Scan, first: int, end: int) -> int:
    """Without "on Wednesday", "in a statement", "yesterday" at the end of the phrase."""
    while end > first:
        last = scan.lower[end - 1]
        if last in words().adverbs or (last.endswith("ly") and last != "family" and not last.endswith("family") and end - 1 > first and not scan.page.tokens[end - 1].is_capital):
            end -= 1
            continue
        cut = _adjunct_start(scan, first, end)
        if cut < 0:
            break
        end = cut
    while end > first and scan.lower[end - 1] in {",", "and", "or"}:
        end -= 1
    return end


def _adjunct_start(scan: Scan, first: int, end: int) -> int:
    last = scan.lower[end - 1]
    is_time = last in words().weekdays | words().months | _TIME_HEADS or (last.isdigit() and end - first > 3)
    if not is_time:
        return -1
    for at in range(end - 2, max(first, end - 7) - 1, -1):
        word = scan.lower[at]
        if word in _TIME_PREPOSITIONS and at > first:
            return at
        if scan.page.tokens[at].is_capital and word not in words().weekdays | words().months:
            return -1
    return end - 1 if last in words().weekdays and end - 1 > first else -1


def _right_edge(scan: Scan, first: int, high: int) -> int:
    home = scan.quote[first] if first < high else -1
    for at in range(first, min(high, first + _LONGEST)):
        word = scan.lower[at]
        if scan.quote[at] != home and not scan.is_scare(at):
            return at
        if word in {",", ".", ")"} or word in _STOPS or (word in _BOUNDARY and word != "that"):
            return at
        if at > first and (word in {"after", "before", "as", "during", "since", "following", "until", "adding"} or (word in _QUOTES and not scan.is_scare(at))):
            return at
        if word == "that" and at > first:
            return at
        if at > first and scan.is_verb(at) and _relative_before(scan, at, first) < 0:
            return at
    return min(high, first + _LONGEST)


def _apposed(scan: Scan, comma: int, low: int) -> Range | None:
    """The phrase whose apposition a comma closes: "Hazem, a spokesman for the movement,"."""
    first = _left_edge(scan, comma, low)
    last_segment = first
    while first - 1 > low and scan.lower[first - 1] == "," and comma - first < _LONGEST:
        if not _is_apposition(scan, first, comma):
            break
        first = _left_edge(scan, first - 1, low)
    else:
        if first == last_segment and (first <= low or scan.lower[first - 1] != ","):
            return None  # "On Monday, said": nothing is apposed
    phrase = _trimmed(scan, first, comma)
    if phrase is None or phrase[1] <= last_segment:
        return None
    if first == last_segment:
        return None
    return phrase[0], comma


def _is_apposition(scan: Scan, first: int, end: int) -> bool:
    """Whether the segment [first, end) after a comma can only describe what stands before the comma."""
    word = scan.lower[first] if first < end else ""
    if not word:
        return False
    if word in _RELATIVE or word[0].isdigit() or word in _APPOSED or word in words().numbers:
        return True
    if word.endswith("ing") or word.endswith("ed"):
        return True
    before = first - 2
    return before >= 0 and scan.page.tokens[first].is_capital and _describes(scan, before)


def _describes(scan: Scan, last: int) -> bool:
    """Whether the words up to token `last` end a description ("the mother of the prisoner"), not an adjunct."""
    first = _left_edge(scan, last + 1, max(0, last - _LONGEST))
    return _trimmed(scan, first, last + 1) is not None


def _with_description(scan: Scan, phrase: Range, low: int) -> Range:
    """The phrase with a description before its comma: "his lawyer, Ahlam Rantissi" read from the name."""
    first, end = phrase
    if not scan.page.tokens[first].is_capital or end - first > 6:
        return phrase
    before = _left_edge(scan, first - 1, low)
    head = scan.lower[before : before + 1]
    if before < first - 1 and head and head[0] in words().possessives | {"the"}:
        described = _trimmed(scan, before, first - 1)
        if described and described[1] == first - 1 and not any(scan.is_verb(i) for i in range(*described)):
            return described[0], end
    return phrase
