"""Who the detained people are: claims of age, residence, occupation, affiliation, family and nationality.

Only for people who are in detention or just out of it. A description is read where it touches a mention: before the
name ("the jailed Iranian teacher X"), behind it ("X, 34, of Harwan, a nurse"), as a predicate ("He is a nurse"), or in
a mention that is itself a description ("the 49-year-old father of six").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from habeas.extraction.document import Page
from habeas.extraction.profile.described import described
from habeas.extraction.profile.predicated import predicated
from habeas.extraction.profile.scene import Fact, Scene
from habeas.extraction.profile.words import words
from habeas.extraction.reading import Claim, Entity, Span, Statement
from habeas.extraction.references import Resolver


def find_profile(
    page: Page,
    entities: Sequence[Entity],
    statements: Sequence[Statement],
    resolver: Resolver,
    detained: Collection[str],
) -> list[Claim]:
    """Profile claims about the entities whose ids are in `detained`, in text order, each value once a person.

    The claims have no id yet: whoever collects the claims of a document numbers them.
    """
    people = {entity.id: entity for entity in entities if entity.kind in ("person", "group")}
    scene = Scene(page, {entity.id: entity for entity in entities}, resolver, frozenset(detained), words())
    scene.mentions = sorted((a, b, entity.id) for entity in people.values() for a, b in entity.mentions)
    told: dict[tuple[str, str, str], list[Fact]] = {}
    found = [*described(scene), *predicated(scene)]
    for subject, fact in sorted(found, key=lambda pair: (pair[1].start, pair[0], pair[1].phase)):
        kept = told.setdefault((subject, fact.phase, fact.modality), [])
        if not any(_covers(other, fact) for other in kept):
            kept[:] = [other for other in kept if not _covers(fact, other)] + [fact]
    claims = [_claim(page, subject, fact, statements) for (subject, _, _), facts in told.items() for fact in facts]
    return sorted(claims, key=lambda claim: (claim.evidence, claim.subject, claim.phase))


def _claim(page: Page, subject: str, fact: Fact, statements: Sequence[Statement]) -> Claim:
    return Claim(
        id="",
        subject=subject,
        kind="profile",
        phase=fact.phase,
        modality=fact.modality,
        evidence=(_trimmed(page.text, fact.start, fact.end),),
        value=fact.value,
        statement=_statement_at(fact.start, fact.end, statements),
        why=f"profile.{fact.phase}",
    )


def _covers(one: Fact, other: Fact) -> bool:
    """Whether the other fact adds nothing: the same value, or words that all stand in the one's."""
    if isinstance(one.value, int) or isinstance(other.value, int):
        return one.value == other.value
    return set(_folded(other.value)) <= set(_folded(one.value))


def _folded(value: str) -> list[str]:
    return [word.removesuffix("s") for word in re.findall(r"\w+", value.casefold())]


def _statement_at(start: int, end: int, statements: Iterable[Statement]) -> str | None:
    """The innermost statement whose content, or speaker's words, hold the place."""
    holders = [
        (b - a, statement.id)
        for statement in statements
        for a, b in (*statement.content, *statement.speaker.spans)
        if a <= start and end <= b
    ]
    return min(holders)[1] if holders else None


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start + 1 and text[end - 1] in " \t\n,;(":
        end -= 1
    while start < end - 1 and text[start] in " \t\n,;)":
        start += 1
    return start, end
