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
        elif mention.start >= event.span[1] and event.span[1] <= rival[0] and rival[1] <= mention.start:
            return True
    return False


def _of_another_clause(text: str, rival: Span, mention: DateMention, span: Span) -> bool:
    """ "[arrested in a town in 2021] and [given ten years]": the date closes the clause of the other event."""
    within, between = text[rival[1] : mention.start], text[mention.end : span[0]]
    return bool(_JOINED.search(between)) and not _CLOSED.search(within)
