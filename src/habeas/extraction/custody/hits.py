"""The triggers of the vocabulary where they stand on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from habeas.extraction.custody.passing import Plain, plain
from habeas.extraction.custody.scene import Scene, Sentence
from habeas.extraction.custody.words import Trigger, lowered, words
from habeas.extraction.reading import Span

_IGNORING_CASE = int(re.IGNORECASE)
_UNDATED = {"detention", "health", "charge", "denial", "ill_treatment", "disappearance", "exchange"}
_IN_COURT = {"order", "sentence", "appeal", "charge"}  # what a court does in a hearing has the date of the hearing
_WITHOUT = (" without ", " without a ", " without any ")


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger where it stands."""

    trigger: Trigger
    sentence: Sentence
    span: Span
    text: str | None  # the words that the trigger itself names as the value
    rivals: tuple[Span, ...] = ()  # other triggers of the sentence


def find_hits(scene: Scene) -> list[Hit]:
    """Every trigger of the page in text order of its sentences, each with the other triggers of its sentence.

    A sentence is read as it stands and once more without what it says in passing, so that "extended this morning the
    detention of X" is found as "extended the detention of X" is.
    """
    return _with_rivals(list(_hits(scene)))


def _hits(scene: Scene) -> Iterator[Hit]:
    @cache  # most pages have none of the words that such triggers stand beside
    def is_page_of(document: re.Pattern[str]) -> bool:
        return bool(document.search(scene.text))

    def may_stand(trigger: Trigger) -> bool:
        return trigger.document is None or is_page_of(trigger.document)

    for sentence in scene.sentences:
        found = list(_in_text(sentence, Plain(sentence.text), may_stand))
        yield from found
        bare = plain(sentence.text)
        if bare is not None:
            yield from (hit for hit in _in_text(sentence, bare, may_stand) if not _among(hit, found))


def _among(hit: Hit, found: Sequence[Hit]) -> bool:
    """Whether the same trigger was found there already."""
    start, end = hit.span
    return any(o.trigger is hit.trigger and o.span[0] < end and start < o.span[1] for o in found)


def _in_text(sentence: Sentence, text: Plain, may_stand: Callable[[Trigger], bool]) -> Iterator[Hit]:
    """The hits in a sentence, or in what is left of it, of the triggers that may stand on its page."""
    small, known = lowered(text.text), words()
    for n, places in known.places.places(small).items():
        if may_stand(known.triggers[n]):
            yield from _matches(sentence, text, small, known.triggers[n], places)


def _with_rivals(hits: Sequence[Hit]) -> list[Hit]:
    by_sentence: dict[int, list[Hit]] = {}
    for hit in hits:
        by_sentence.setdefault(hit.sentence.start, []).append(hit)
    return [
        replace(hit, rivals=tuple(other.span for other in by_sentence[hit.sentence.start] if _other(hit, other)))
        for hit in hits
    ]


def _other(hit: Hit, other: Hit) -> bool:
    """Whether the other trigger tells of another event, one that a date may belong to."""
    kinds, mine = ({kind for kind, _, _ in one.trigger.claims} for one in (other, hit))
    if other.trigger.nominal or kinds & _UNDATED or (kinds == {"hearing"} and mine & _IN_COURT):
        return False
    at = other.span[0] - other.sentence.start
    if other.sentence.text[:at].endswith(_WITHOUT):
        return False
    return {claim[:2] for claim in hit.trigger.claims}.isdisjoint(claim[:2] for claim in other.trigger.claims)


def _matches(sentence: Sentence, text: Plain, small: str, trigger: Trigger, places: Sequence[int]) -> Iterator[Hit]:
    pattern = trigger.pattern()
    for match in _found(trigger, text.text if pattern.flags & _IGNORING_CASE else small, places):
        if trigger.needs and not trigger.needs().search(text.text):
            return
        if trigger.unless and any(_touches(found, match) for found in trigger.unless().finditer(text.text)):
            continue
        named = [match.span(group) for group in pattern.groupindex if group.startswith("text")]
        value = next((text.text[start:end] for start, end in named if end > start >= 0), None)
        start, end = text.span(match.start(), match.end())
        yield Hit(trigger, sentence, (sentence.start + start, sentence.start + end), value)


def _found(trigger: Trigger, text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """The matches that do not overlap and begin at one of these words, or with the marks before it."""
    match_at, end = trigger.pattern().match, 0
    for place in places:
        for at in _with_marks(text, place, end) if trigger.signed else (place,) if place >= end else ():
            match = match_at(text, at)
            if match:
                end = match.end()
                yield match
                break


def _with_marks(text: str, place: int, end: int) -> range:
    """Where a match can begin that may take in the marks before a word, not before `end`."""
    begin = place
    while begin > end and not text[begin - 1].isalnum():
        begin -= 1
    return range(begin if begin > end else end, place + 1)


def _touches(found: re.Match[str], match: re.Match[str]) -> bool:
    """An exception counts where it stands beside the trigger, not anywhere in a long sentence."""
    return found.start() < match.end() + 60 and found.end() > match.start() - 60
