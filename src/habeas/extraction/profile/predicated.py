"""Sentences that tell of somebody named before: "She is a nurse", "who holds Danish citizenship", "a member of X"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from habeas.extraction.profile.described import segment
from habeas.extraction.profile.scene import Fact, Scene, last_before, listed, value_of
from habeas.extraction.profile.words import COPULA, PRONOUN
from habeas.extraction.reading import Modality


def predicated(scene: Scene) -> Iterator[tuple[str, Fact]]:
    """What sentences say of people held: what they are, where from, and whom they belong to."""
    yield from _predicates(scene)
    yield from _memberships(scene)


def _predicates(scene: Scene) -> Iterator[tuple[str, Fact]]:
    """ "She is a nurse", "who was 51 years", "from the town of X", "holds Danish citizenship"."""
    text, lexicon = scene.text, scene.words
    for found in COPULA.finditer(text):
        owner = _owner(scene, found.start("who"), found.end("who"))
        if owner is None:
            continue
        facts, _ = segment(scene, found.start("who"), found.end(), scene.sentence(found.start())[1])
        yield from ((owner, fact) for fact in facts if fact.phase != "residence")
    for pattern, phase in (
        (lexicon.hometown, "residence"),
        (lexicon.citizen, "nationality"),
        (lexicon.household, "family"),
    ):
        for found in pattern.finditer(text):
            owner = last_before(scene, found.start())
            if owner:
                yield owner, Fact(phase, value_of(found["value"]), found.start(), found.end())


def _owner(scene: Scene, start: int, end: int) -> str | None:
    """The one detained person that the words mean; for "who", the last person before them."""
    if scene.text[start:end].lower() in ("who", ""):
        return last_before(scene, start)
    mention = next((owner for a, b, owner in scene.mentions if a < end and start < b), None)
    ids = (mention,) if mention else scene.resolver.meaning(start, end)
    return ids[0] if len(ids) == 1 and ids[0] in scene.detained else None


def _memberships(scene: Scene) -> Iterator[tuple[str, Fact]]:
    """ "a member of X", told as fact, alleged or denied; X must be an organisation of the document."""
    text, lexicon = scene.text, scene.words
    for entity in scene.entities.values():
        if entity.kind != "organisation":
            continue
        for start, end in entity.mentions:
            first, last = scene.sentence(start)
            found = lexicon.member.search(text, max(first, start - 60), start)
            if not found:
                continue
            for owner in _members(scene, found.start(), end):
                for modality in _modalities(scene, first, last, found.start()):
                    yield owner, Fact("affiliation", value_of(text[start:end]), found.start(), end, modality)


def _members(scene: Scene, start: int, end: int) -> list[str]:
    """Who belongs: the names that follow "three members of X, A, B and C", else the one named or meant before."""
    text = scene.text
    for index, (a, _, owner) in enumerate(scene.mentions):
        if a >= end:
            if re.fullmatch(r"\s*(?:[,:–-]\s*|\s)(?:among\s+them\s+)?", text[end:a]):
                people = [owner, *listed(scene, index)]
                return [one for one in people if one in scene.detained]
            break
    for found in reversed(list(PRONOUN.finditer(text, scene.sentence(start)[0], start))):
        ids = scene.resolver.meaning(*found.span())
        if ids:
            return [one for one in ids if one in scene.detained]
    owner_before = last_before(scene, start)
    return [owner_before] if owner_before else []


def _modalities(scene: Scene, first: int, last: int, at: int) -> tuple[Modality, ...]:
    """How a membership is told; "alleged" and "denied" both where one side alleges what the other denies."""
    lexicon, text = scene.words, scene.text
    if lexicon.denied.search(text, first, last):
        return ("denied",)
    after = scene.sentence(min(last + 2, len(text) - 1))[1]
    if lexicon.disputed.search(text, at, after):
        return ("alleged", "denied")
    return ("alleged",) if lexicon.alleged.search(text, first, at) else ("actual",)
