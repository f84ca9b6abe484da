"""Who is told to have shared what happened to somebody: "along with Y and 113 others", "among them X and Y"."""

from __future__ import annotations

import re
from dataclasses import replace

from habeas.extraction.custody.scene import Candidate, Scene, Sentence, chain
from habeas.extraction.custody.subjects import Found
from habeas.extraction.reading import Span

_WITH = re.compile(r",?\s*\b(?:(?:together|along) with|as well as)\s+", re.IGNORECASE)
_AMONG = re.compile(
    r",\s*(?:among (?:them|whom|these)(?: (?:is|are|was|were))?|including|notably|(?:one|two|three) of them)\s+", re.I
)
_ASIDE = re.compile(r",(?: [\w'-]+){0,5} who [^,;.]*,", re.IGNORECASE)
_BAR = re.compile(
    r"[;:\"]|\b(?:who|which|that|said|says|told|was|were|is|are|has|have|had|will|would|because|while|when|but|after)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:[\w'-]+\s+){0,5}[\"(]?|(?:another|two|three|four) [\w'-]+(?: [\w'-]+)?, ")
_FAR = 140  # code points behind a trigger within which its company may be told
_SLOTS = frozenset(["before", "adjacent", "object", "inside", "possessor_end"])


def with_company(scene: Scene, sentence: Sentence, trigger: Span, found: Found | None) -> Found | None:
    """The subjects of a trigger and those whom its clause tells of together with them, or names of their number."""
    if found is None or found.how not in _SLOTS:
        return found
    among = any(candidate.group for candidate in found.candidates)
    shared = _after(scene, sentence, trigger, _AMONG) if among else []
    shared += _after(scene, sentence, trigger, _WITH)
    ids = tuple(dict.fromkeys((*found.ids, *(i for candidate in shared for i in candidate.ids))))
    return replace(found, ids=ids, candidates=(*found.candidates, *shared)) if ids != found.ids else found


def _after(scene: Scene, sentence: Sentence, trigger: Span, joiner: re.Pattern[str]) -> list[Candidate]:
    end = min(sentence.end, trigger[1] + _FAR)
    joined = joiner.search(scene.text, trigger[1], end)
    if joined is None or _BAR.search(_ASIDE.sub(" ", scene.text[trigger[1] : joined.start() + 1])):
        return []
    for index, candidate in enumerate(sentence.people):
        if candidate.start < joined.end() or (candidate.possessive and not candidate.named):
            continue
        gap = scene.text[joined.end() : candidate.start]
        fits = _LEAD.fullmatch(gap) and not (candidate.modifier or candidate.possessive)
        return chain(scene.text, sentence.people, index, 1) if fits else []
    return []
