"""Which date a claim carries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas.extraction.custody.scene import Scene, Sentence
from habeas.extraction.dates import DateMention, date_for, held, since
from habeas.extraction.reading import Span

_PAST = re.compile(r"\b(?:was|were|had been|spent|served)\b", re.IGNORECASE)
_AHEAD = {("hearing", "scheduled"), ("order", "expires")}
_KEEPS_START = {"hunger_strike", "isolation"}  # these have a start of their own: as-of only


def dates_of(
    scene: Scene,
    sentence: Sentence,
    span: Span,
    what: tuple[str, str, str],
    mentions: Sequence[DateMention],
    published: str | None,
    n: int,
) -> list[str | None]:
    """EDTF dates for `n` subjects of one event; `what` is kind, phase, modality."""
    kind, phase, modality = what
    if modality in ("demanded", "hypothetical") or kind == "death" and modality == "planned":
        return [None] * n
    window = (sentence.start, sentence.end)
    if phase == "ongoing":
        return [_as_of(scene, span, window, kind, mentions, published)] * n
    if modality == "denied":
        return [None] * n
    inside = [m for m in mentions if window[0] <= m.start and m.end <= window[1]]
    spread = _respectively(scene, span, sentence, inside, n)
    if spread:
        return list(spread)
    ahead = modality == "planned" or (kind, phase) in _AHEAD
    usable = inside if ahead else [m for m in inside if m.role != "until"]
    if not ahead and phase not in ("start",) and kind != "arrest":
        usable = [m for m in usable if m.role != "since"]
    found = date_for(usable, span, window, scene.page, ahead=ahead)
    if found is None or _far(scene, span, found):
        return [None] * n
    value = found.other if ahead and found.other and published and (found.value or "") < published else found.value
    return [value] * n


def _far(scene: Scene, span: Span, found: DateMention) -> bool:
    between = scene.text[min(span[1], found.end) : max(span[0], found.start)]
    return len(between) > 140


def _as_of(
    scene: Scene, span: Span, window: Span, kind: str, mentions: Sequence[DateMention], published: str | None
) -> str | None:
    begun = since(mentions, span, window, scene.page)
    if begun is not None and begun.value and not _far(scene, span, begun) and kind not in _KEEPS_START:
        return held(begun.value, published)
    points = [m for m in mentions if m.role == "at" and window[0] <= m.start and m.end <= window[1]]
    found = date_for(points, span, window, scene.page)
    if found is None or not _PAST.search(scene.text[max(window[0], span[0] - 10) : span[1]]):
        return published if begun is not None else None
    near = scene.text[min(span[1], found.end) : max(span[0], found.start)]
    return found.value if len(near) < 45 and not re.search(r"\bwho\b|;", near) else None


def _respectively(
    scene: Scene, span: Span, sentence: Sentence, inside: Sequence[DateMention], n: int
) -> list[str | None] | None:
    if n < 2 or "respectively" not in sentence.text:
        return None
    points = [m for m in inside if m.is_point and m.start >= span[1]]
    for first in range(len(points) - n + 1):
        run = points[first : first + n]
        gaps = [scene.text[a.end : b.start] for a, b in zip(run, run[1:], strict=False)]
        if all(re.fullmatch(r"\s*(?:,|and|,\s*and)\s*(?:on |in |to |the )*", gap) for gap in gaps):
            return [m.value for m in run]
    return None
