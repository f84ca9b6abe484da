"""An event that is to be dated, among the other events of its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from habeas.extraction.custody.scene import Scene, Sentence
from habeas.extraction.dates import DateMention
from habeas.extraction.dates.choose import distance
from habeas.extraction.reading import Span

_LEAD = 4
_JOINED = re.compile(r"[,;]|\b(?:and|but|then|when|later|after|before|while)\b", re.IGNORECASE)
_OPENS_CLAUSE = re.compile(
    r"(?:[;,]|\b(?:and|then|but|while))\s+(?:then\s+)?(?:(?:in|on|at|from|by|since|the)\s+)+$", re.IGNORECASE
)  # "was arrested and on [5 May] sentenced": the date is that of what comes
_PARTICIPLE = re.compile(
    r"\W*(?:(?:First|Originally|Initially|Already) )?[A-Z]?[a-z]+(?:ed|orn|eld|aken|aught) "
    r"(?:in|on|at|by|from|to|with|after|of|last|for|as|this|that|the|during|two|three|[a-z]+ly)\b"
)
_CLOSED = re.compile(r"[,;:]|\b(?:and|but|who|which|when|while|after|before)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be dated: where it stands, what it is, and where other events of the sentence stand."""

    sentence: Sentence
    span: Span
    kind: str
    phase: str
    modality: str
    nominal: bool
    rivals: Sequence[Span]


def stolen(scene: Scene, event: Event, mention: DateMention) -> bool:
    """Whether another event stands between, or before and nearer to, a date that comes before ours."""
    text = scene.page.text
    ours = distance(text, event.span, mention)
    for rival in event.rivals:
        if rival[0] < event.span[1] and event.span[0] < rival[1]:
            continue
        if mention.end <= event.span[0] and rival[1] <= mention.start + _LEAD:
            if distance(text, rival, mention) <= ours or _of_another_clause(scene.text, rival, mention, event.span):
                return True
        elif mention.start >= event.span[1] and event.span[1] <= rival[0]:
            opens = mention.end <= rival[0] and _OPENS_CLAUSE.search(scene.text, event.span[1], mention.start)
            if rival[1] <= mention.start or opens:
                return True
    return of_opening(scene, event, mention)


def of_opening(scene: Scene, event: Event, mention: DateMention) -> bool:
    """ "Convicted in May 2021 of fraud, she [was moved]": the date is that of the participle that opens it all."""
    start = event.sentence.start
    if not mention.end <= event.span[0] or not _PARTICIPLE.match(scene.text, start):
        return False
    comma = scene.text.find(",", mention.end, event.span[0])
    return comma >= 0 and event.span[0] > start + _LEAD


def _of_another_clause(text: str, rival: Span, mention: DateMention, span: Span) -> bool:
    """ "[arrested in a town in 2021] and [given ten years]": the date closes the clause of the other event."""
    within, between = text[rival[1] : mention.start], text[mention.end : span[0]]
    return bool(_JOINED.search(between)) and not _CLOSED.search(within)
