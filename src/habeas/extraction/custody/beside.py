"""Where an event happened and who did it, as the text has it, from the words around the trigger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from habeas import vocab
from habeas.extraction.custody.scene import Scene, Sentence
from habeas.extraction.reading import Span

_AHEAD = 75  # how far behind a trigger its place may begin
_LEAD = 8  # "inside " may stand right before a trigger that is itself a place
_BEFORE = 90  # how far before it who does it may stand
_CLAUSE = re.compile(
    r"[;:()\"]|\b(?:who|which|where|while|after|before|because|since|but|although|when|said|says|that)\b"
)
_NEW_CLAUSE = re.compile(
    r"[;:(\"]|\b(?:who|which|where|while|after|before|because|but|although|when|said|says|that)\b|, and "
)


@dataclass(frozen=True, slots=True)
class _Beside:
    place: re.Pattern[str]
    leads: Mapping[str, re.Pattern[str]]
    unfit: Mapping[str, re.Pattern[str]]
    not_a_place: re.Pattern[str]
    authority: re.Pattern[str]
    agent: re.Pattern[str]
    acts: frozenset[str]


@cache
def _beside() -> _Beside:
    table = vocab.load("en", "custody_beside")
    name = table["name"].replace("\n", "")
    place, authority = (table[what].replace("\n", "").replace("<name>", name) for what in ("place", "authority"))
    return _Beside(
        place=re.compile(place),
        leads={what: re.compile(rf"\b(?:{words}) ") for what, words in table["leads"].items()},
        unfit={what: re.compile(words, re.IGNORECASE) for what, words in table["unfit"].items()},
        not_a_place=re.compile(table["not_a_place"], re.IGNORECASE),
        authority=re.compile(authority),
        agent=re.compile(rf"\bby\s+(?:{authority})"),
        acts=frozenset(table["acts"]),
    )


def place_of(scene: Scene, sentence: Sentence, span: Span, kind: str, phase: str) -> str | None:
    """The place of an event, or where somebody is taken to, as the text has it; None where none stands with it."""
    lead, unfit = _beside().leads.get(f"{kind}/{phase}"), _beside().unfit.get(f"{kind}/{phase}")
    if lead is None:
        return None
    end = min(sentence.end, span[1] + _AHEAD)
    stop = _CLAUSE.search(scene.text, span[1], end)
    first = max(sentence.start, span[0] - _LEAD)
    for found in lead.finditer(scene.text, first, stop.start() if stop else end):
        place = _beside().place.match(scene.text, found.end(), sentence.end)
        if place and not _beside().not_a_place.match(place.group()) and not (unfit and unfit.fullmatch(place.group())):
            return scene.page.text[place.start() : place.end()]
    return None


def actor_of(scene: Scene, sentence: Sentence, span: Span, kind: str, phase: str) -> str | None:
    """Who did it, as the text has it: the authority after "by", or the one that is the verb's subject; else None."""
    if f"{kind}/{phase}" not in _beside().acts:
        return None
    by = _beside().agent.search(scene.text, span[0], min(sentence.end, span[1] + 60))
    if by and not _CLAUSE.search(scene.text, span[1], max(span[1], by.start())):
        return scene.page.text[by.start() + 3 : by.end()].strip()
    told = list(_beside().authority.finditer(scene.text, max(sentence.start, span[0] - _BEFORE), span[0] + 1))
    last = told[-1] if told else None
    if last is None or last.end() > span[0] or _NEW_CLAUSE.search(scene.text, last.end(), span[0]):
        return None
    if any(last.end() <= person.start and person.end <= span[0] for person in sentence.people if not person.possessive):
        return None
    return scene.page.text[last.start() : last.end()]
