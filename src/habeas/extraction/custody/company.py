"""Who is told to have shared what happened to somebody: "along with Y and 113 others", "among them X and Y"."""

from __future__ import annotations

import re
from dataclasses import replace

from habeas.extraction.custody.scene import Candidate, Scene, Sentence, chain
from habeas.extraction.custody.subjects import Found
from habeas.extraction.lexicon import words
from habeas.extraction.nouns import noun_at
from habeas.extraction.reading import Span

_WITH = re.compile(r",?\s*\b(?:(?:together|along) with|as well as)\s+", re.IGNORECASE)
_EXCEPT = re.compile(
    r",?\s*\(?(?:except(?:ing)?(?: for)?|apart from|other than|with the exception of|save(?: for)?|but not)\s+", re.I
)
_AMONG = re.compile(
    r",\s*(?:among (?:them|whom|these)(?: (?:is|are|was|were))?|including|notably|(?:one|two|three) of them)\s+", re.I
)
_AMONG_THEM = re.compile(
    r"(?:, \d{1,3})?,? (?:(?:is|was|were) )?(?:among|one of) (?:them|their number)\b", re.IGNORECASE
)
_NAMED_AS = re.compile(
    r"\b(?:was|were|are|is|have been|has been) (?:later |since |both |all |locally )?(?:named|identified)"
    r"(?: (?:by|in|locally|on) [^,;.]{1,50}?)? as ",
    re.IGNORECASE,
)
_THE_SAME = re.compile(
    r"[\W]*(?:they|both|the (?:two|three|four|five|six|men|women|brothers|sisters|pair|trio|couple|detainees|"
    r"prisoners|arrested|students|youths)(?: (?:men|women|brothers|sisters|detainees|youths|students))?|"
    r"those (?:arrested|detained|freed|released|held|taken)) (?=were|was|are|have)",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:(?:the|both|those|all) (?:(?:two|three|four|five|six) )?|(?:one|two|three|some|most|all) of (?:the )?)"
    r"(?:men|women|brothers|sisters|pair|trio|couple|people|detainees|prisoners|detained|arrested|students|youths)\b",
    re.IGNORECASE,
)  # who was told of just now
_TERM = re.compile(
    r"(?:, \d{1,3},)? (?:to|by) (?:\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|life|death)\b)",
    re.IGNORECASE,
)  # what each is given: "Y to three"
_NEXT = re.compile(r"(?:,|\band)\s+(?:(?!\w+ed )[\w'-]+ ){0,4}$")
_COLON = re.compile(r"[^:;.\"]{0,80}: ")
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
    shared += _among_them(scene, sentence, trigger) if among else []
    shared += _named_as(scene, sentence, trigger, found) if among else []
    shared += _listed(scene, sentence, trigger, found) if among else []
    shared += _after(scene, sentence, trigger, _WITH) + _each_given(scene, sentence, trigger)
    ids = tuple(dict.fromkeys((*found.ids, *(i for candidate in shared for i in candidate.ids))))
    return replace(found, ids=ids, candidates=(*found.candidates, *shared)) if ids != found.ids else found


def excepted(scene: Scene, sentence: Sentence, trigger: Span) -> frozenset[str]:
    """Of whom a trigger's clause says that it is not told: "They [were released], except X"."""
    return frozenset(i for person in _after(scene, sentence, trigger, _EXCEPT) for i in person.ids)


def _each_given(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate]:
    """Who is given a term of their own by the same verb: "X [was sentenced to] five years and Y to three"."""
    return [
        candidate
        for candidate in sentence.people
        if trigger[1] <= candidate.start <= trigger[1] + _FAR
        and candidate.named
        and not (candidate.modifier or candidate.possessive)
        and _TERM.match(scene.text, candidate.end, sentence.end)
        and _NEXT.search(scene.text, trigger[1], candidate.start)
        and not _BAR.search(scene.text, trigger[1], candidate.start)
    ]


def _among_them(scene: Scene, sentence: Sentence, trigger: Span) -> list[Candidate]:
    """Who is named before "among them" in a trigger's clause: "[freed] 52 prisoners, X and Y among them"."""
    people = sentence.people
    for index, candidate in enumerate(people):
        near = trigger[1] <= candidate.start <= trigger[1] + _FAR
        if near and candidate.named and _AMONG_THEM.match(scene.text, candidate.end, sentence.end):
            found = [one for one in chain(scene.text, people, index, -1) if one.named]
            barred = _BAR.search(scene.text, trigger[1], min(one.start for one in found))
            return [] if barred else found
    return []


def _named_as(scene: Scene, sentence: Sentence, trigger: Span, of: Found) -> list[Candidate]:
    """Whose names those of a trigger are said to bear, in its sentence or the next: "They were named as X and Y"."""
    said = _NAMED_AS.search(scene.text, trigger[1], sentence.end)
    where = sentence
    if said is None:
        number = scene.page.sentence_index(sentence.start) + 1
        where = scene.sentences[number] if number < len(scene.sentences) else sentence
        opens = _THE_SAME.match(scene.text, where.start, where.end)
        said = _NAMED_AS.match(scene.text, opens.end(), where.end) if opens and where is not sentence else None
    elif _tells_of_another(scene, trigger[1], said.start(), of):
        return []
    if said is None:
        return []
    for index, candidate in enumerate(where.people):
        if candidate.start >= said.end():
            fits = candidate.named and _LEAD.fullmatch(scene.text, said.end(), candidate.start)
            return chain(scene.text, where.people, index, 1) if fits or candidate.start == said.end() else []
    return []


def _listed(scene: Scene, sentence: Sentence, trigger: Span, of: Found) -> list[Candidate]:
    """Whom a colon behind a trigger's clause names: "Twelve people [were freed] on Monday: X, Y and ten others"."""
    colon = _COLON.match(scene.text, trigger[1], sentence.end)
    if colon is None or _BAR.search(colon[0][:-2]) or _tells_of_another(scene, trigger[1], colon.end(), of):
        return []
    for index, candidate in enumerate(sentence.people):
        if candidate.start >= colon.end():
            gap = scene.text[colon.end() : candidate.start]
            fits = candidate.named and not candidate.possessive and _LEAD.fullmatch(gap)
            found = chain(scene.text, sentence.people, index, 1) if fits else []
            return [one for one in found if one.named] if len(found) > 1 else []
    return []


def _tells_of_another(scene: Scene, start: int, end: int, found: Found) -> bool:
    """Whether the names that follow may be those of somebody else: "arrested over the death of [a man], named as X"."""
    own = [(one.start, one.end) for one in found.candidates]
    same = list(_SAME.finditer(scene.text, start, end))
    for at in scene.page.token_range(start, end):
        noun, begins = noun_at(scene.page.tokens, at), scene.page.tokens[at].start
        told = any(first <= begins < last for first, last in own) or any(m.start() <= begins < m.end() for m in same)
        counts = scene.page.tokens[at].lower in words().numbers  # "for two years"
        if noun is not None and noun.kind in ("person", "group") and not (told or counts):
            return True
    return False


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
