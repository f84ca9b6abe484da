"""Whom a trigger's event happened to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from habeas.extraction.custody.grammar import Clause
from habeas.extraction.custody.scene import Candidate, Scene, Sentence, chain
from habeas.extraction.custody.words import words
from habeas.extraction.reading import Span

_ADJACENT = re.compile(
    r"(?:\s*\([^)]{0,60}\))?\s*(?:[,:(]\s*)?(?:\d{1,3},?|(?:who|whom|which|that)(?: had| has| have)?)?\s*"
    r"(?:(?:both|each|first|now|himself|herself|also|then|later|to|should|must|has|have|had),?\s*)?",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    r"(?:\s*\([^)]{0,60}\))?\s*,\s*(?:\d{1,3}|(?:\d{1,3}, )?(?:an?|the|aged|of|from|who|whose|born|one of|"
    r"himself|herself)\b[^;:.]{0,130}),?\s*"
    r"(?:(?:who|and)\s+)?(?:(?:was|is|were|are|had|has)\s+)?",
    re.IGNORECASE,
)
_OBJECT_GAP = re.compile(
    r"\s*(?:to (?-i:[A-Z])\w+\s+)?(?:(?:of|for|against|to|on|about|that|with)\s+)?"
    r"(?:(?:the|a|an|his|her|their|its|our|all|both|of|and|fellow|two|three|four|"
    r"five|six|brothers|sisters|colleague|prisoner|detainee|captive|journalists?|activists?|[\w'-]+)\s+){0,5}[\"(]?",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?:\s+(?:order|orders|sentence|custody|detention|remand|hearing|case|session|appeal|conviction|measures?|term|"
    r"[\w'-]+ed|on \w+|in \w+|yesterday|today|prison|corridor))?\s*,?\s*"
    r"(?:of|for|against|to|by|between|in the case of|handed to|"
    r"given to|passed on|issued against|imposed on)\s+"
    r"(?:(?:the|a|an|his|her|its|their|both|all|two|three|four|five)\s+)*"
    r"(?:[\w'\"-]+\s+){0,6}[\"(]?",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:'s?|s')?\s*(?:[\w\"'-]+\s+){0,4}\"?", re.IGNORECASE)
_VERBAL = re.compile(
    r"\b(?:who|which|that|said|says|told|was|were|is|are|has|have|had|will|would|after|because|while|when|but|if|"
    r"since|until|before|where|as)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"[\s,]*(?:who|whom|which|that)\b", re.IGNORECASE)
_OF_SOME = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|most|none|\d+) of (?:whom|them)"
    r"(?: (?:had|has|have|was|were|is|are|later|also|already|since|reportedly|still))*\s*$",
    re.IGNORECASE,
)
_BARRIER = re.compile(r"[;:]|\"\s|\s\"")


@dataclass(frozen=True, slots=True)
class Found:
    """The subjects of a trigger, the place they were found in, and how."""

    ids: tuple[str, ...]
    how: str
    candidates: tuple[Candidate, ...] = ()


def of_some(scene: Scene, sentence: Sentence, span: Span) -> bool:
    """Whether a trigger is told of some of those just spoken of and of nobody by name: "…, one of whom [died]"."""
    return bool(_OF_SOME.search(scene.text, max(sentence.start, span[0] - 60), span[0]))


def find(scene: Scene, sentence: Sentence, trigger: Span, slots: Sequence[str], focus: Sequence[str]) -> Found | None:
    """The people a trigger's event happened to, by the first slot that gives any; None where the text does not tell.

    `trigger` is in document offsets. `focus` are the people under discussion, for the slot "topic".
    """
    for slot in slots:
        if slot == "topic":
            if focus:
                return Found(tuple(focus), "topic")
            continue
        found = _SLOTS[slot](scene, sentence, trigger)
        if found is not None:
            ids = tuple(dict.fromkeys(i for c in found for i in c.ids))
            return Found(ids, slot, tuple(found)) if ids else None
    return None


def within(found: Found | None, clause: Clause) -> Found | None:
    """Those found whom the grammar of the clause lets be meant; whom it names, where it lets none of them be."""
    ids = tuple(i for i in found.ids if clause.may_mean(i)) if found else ()
    if found and len(ids) == len(found.ids):
        return found
    named = ids or tuple(sorted(clause.only or ()))
    return Found(named, "before") if named else None


def _before(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    people = sentence.people
    left = [i for i, c in enumerate(people) if c.end <= trigger[0]]
    floor = _content_start(scene, trigger)
    fallback: int | None = None
    for index in reversed(left):
        candidate = people[index]
        if candidate.start < floor:
            break
        gap = scene.text[candidate.end : trigger[0]]
        if candidate.tied and not _RELATIVE.match(gap):
            continue
        if _ADJACENT.fullmatch(gap) and not candidate.possessive:
            return chain(scene.text, people, index, -1) if not candidate.modifier else _close(candidate)
        if candidate.modifier or candidate.possessive:
            continue
        if _strangers(gap, candidate):
            return []
        if not candidate.oblique:
            return chain(scene.text, people, index, -1)
        if fallback is None and _APPOSITION.fullmatch(gap):
            fallback = index
    if fallback is not None:
        return chain(scene.text, people, fallback, -1)
    return None


def _close(candidate: Candidate) -> list[Candidate] | None:
    return [candidate] if not candidate.possessive else None


def _strangers(gap: str, candidate: Candidate) -> bool:
    """Whether somebody else, not a known mention, stands between the candidate and the trigger as its subject."""
    rest = gap
    if candidate.named and re.match(r"\s*(?:\([^)]*\))?\s*[,(]", gap):
        rest = gap[max(gap.rfind(","), gap.rfind(")")) + 1 :] if gap.count(",") > 1 or ")" in gap else ""
    return bool(words().person_nouns.search(rest))


def _content_start(scene: Scene, trigger: Span) -> int:
    """Where the reported words around a trigger begin; 0 where they begin with it: its subject stands before."""
    statement = scene.statement_at(*trigger)
    start = scene.content_span(statement, trigger[0])[0] if statement else 0
    return 0 if trigger[0] - start < 3 else start


def _adjacent(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    for index in range(len(sentence.people) - 1, -1, -1):
        candidate = sentence.people[index]
        if candidate.start <= trigger[0] and candidate.end >= trigger[1]:
            return [candidate]
        if candidate.end <= trigger[0]:
            gap = scene.text[candidate.end : trigger[0]]
            if candidate.possessive or candidate.modifier:
                return None
            if _ADJACENT.fullmatch(gap) or (_APPOSITION.fullmatch(gap) and len(gap) < 60):
                return chain(scene.text, sentence.people, index, -1)
            return None
    return None


def _object(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    for index, candidate in enumerate(sentence.people):
        if candidate.start < trigger[1]:
            continue
        gap = scene.text[trigger[1] : candidate.start]
        if len(gap) > 70 or not _OBJECT_GAP.fullmatch(gap) or _VERBAL.search(gap):
            return None
        if candidate.modifier:
            return []
        if candidate.possessive:
            continue
        return chain(scene.text, sentence.people, index, 1)
    return None


def _possessor(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    return _left_owner(scene, sentence, trigger) or _right_owner(scene, sentence, trigger[1])


def _left_owner(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    for index in range(len(sentence.people) - 1, -1, -1):
        candidate = sentence.people[index]
        if candidate.end <= trigger[0]:
            gap = scene.text[candidate.end : trigger[0]]
            if candidate.possessive and not candidate.modifier and len(gap) < 60 and _OWNED.fullmatch(gap):
                return chain(scene.text, sentence.people, index, -1)
            return None
    return None


def _right_owner(scene: Scene, sentence: Sentence, end: int) -> list[Candidate] | None:
    for index, candidate in enumerate(sentence.people):
        if candidate.start < end:
            continue
        gap = scene.text[end : candidate.start]
        if len(gap) > 90 or not _OF.fullmatch(gap) or _VERBAL.search(gap):
            return None
        if candidate.possessive:
            return [candidate] if not candidate.modifier else None
        return chain(scene.text, sentence.people, index, 1) if not candidate.modifier else []
    return None


def _possessor_end(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    return _inside(scene, sentence, trigger) or _right_owner(scene, sentence, trigger[1])


def _inside(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    for index, candidate in enumerate(sentence.people):
        if candidate.start >= trigger[0] and candidate.end <= trigger[1] and not candidate.modifier:
            return chain(scene.text, sentence.people, index, 1)
    return None


def _apposed(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    for index, candidate in enumerate(sentence.people):
        if candidate.start >= trigger[1]:
            gap = scene.text[trigger[1] : candidate.start]
            if (
                re.fullmatch(r"[\s,:\"(]*(?:(?:named|called|[A-Z][\w.]{0,6}|[\w-]+)\s+){0,2}[\"(]?", gap)
                and len(gap) < 30
            ):
                return chain(scene.text, sentence.people, index, 1)
            return None
    return None


def _within(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    for candidate in sentence.people:
        if candidate.start < trigger[1] and candidate.end > trigger[0]:
            return [candidate]
    return None


def _later(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    """The subject of the main clause that follows: "Arrested in May, X has …"."""
    for index, candidate in enumerate(sentence.people):
        if candidate.start >= trigger[1] and "," in scene.text[trigger[1] : candidate.start]:
            return (
                chain(scene.text, sentence.people, index, 1) if not (candidate.modifier or candidate.oblique) else None
            )
    return None


def _nearest(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate] | None:
    """The nearest person to the left, however they stand there: for nouns parted from their owner."""
    floor = _content_start(scene, trigger)
    for index in range(len(sentence.people) - 1, -1, -1):
        candidate = sentence.people[index]
        if floor <= candidate.start and candidate.end <= trigger[0] and not candidate.modifier and not candidate.cited:
            if _BARRIER.search(scene.text[candidate.end : trigger[0]]):
                return None
            return chain(scene.text, sentence.people, index, -1)
    return None


_SLOTS = {
    "nearest": _nearest,
    "later": _later,
    "before": _before,
    "adjacent": _adjacent,
    "object": _object,
    "possessor": _possessor,
    "owner": _possessor,
    "possessor_end": _possessor_end,
    "possessor_in": _inside,
    "inside": _inside,
    "apposed": _apposed,
    "within": _within,
}
