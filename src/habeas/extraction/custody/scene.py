"""Who stands where in a document: the people of every sentence, as custody claims need them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from habeas.extraction.custody.words import Words, words
from habeas.extraction.document import Page
from habeas.extraction.reading import Entity, Span, Statement
from habeas.extraction.references import Resolver

_STRAIGHT = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "’": "'", "‘": "'", "“": '"', "”": '"',
                           "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-"})  # fmt: skip
_AND = r"(?:and|with|as well as|&)"
_CHAIN = re.compile(
    rf"\s*(?:\([^)]{{1,60}}\))?(?:\s+and \w+ (?:others?|more)(?: \w+)?)?\s*"
    rf"(?:,\s*(?:(?:a|an|the|of|from|who|whose|aged|both|\d)[^,;:.]{{0,50}})?)?\s*"
    rf"(?:[,;(]|\b{_AND}\b|,\s*{_AND}\b)\s*(?:(?:\w[\w'-]*\s+){{0,4}})$",
    re.IGNORECASE,
)
_NAMELY = re.compile(r"[\s,:(-]*(?:(?:the|namely|including|are|they are)\s+)?(?:[\w-]+\s+){0,2}")
_WITH = re.compile(r",?\s*(?:and|(?:together |along )?with|as well as)\s+(?:[\w'-]+\s+){0,4}", re.IGNORECASE)
_ONE = frozenset(["he", "him", "himself", "his", "she", "her", "herself"])
_RESTRICTED = re.compile(
    r"\s+(?:who|whom|whose|accused of|suspected of|convicted of|charged with|behind)\b", re.I
)  # "the man who …"
_HERSELF = re.compile(
    r"(?:, (?:an?|the|his|her) [^,.;:()\"]{1,60})?[\s,(]*(?:who )?"
    r"(?:(?:was|were|is|had|has|been|later|also|once|only) ){0,4}"
    r"(?:himself|herself|themselves) (?!(?:said|says|told|had said)\b)",
    re.I,
)  # "said Y (who was herself arrested)": Y too is told of
_STOP = re.compile(r"[,;.:)]")
_OBLIQUE = re.compile(
    r"\b(?:by|against|from|to|with|about|of|for|between|on|into|at|in|like|than)\s+(?:the\s+|a\s+|an\s+)?$", re.I
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who could be the subject of a claim: the words, and every entity they mean."""

    start: int
    end: int
    ids: tuple[str, ...]
    named: bool
    possessive: bool = False
    modifier: bool = False  # "X's lawyer", "the brother of X": another person's label
    tied: bool = False  # "the brother of X": whose relative or friend somebody is
    oblique: bool = False  # stands behind a preposition
    group: bool = False
    cited: bool = False  # "according to X"
    until: int = 0  # of a speaker who "was herself [arrested in 2019]": where that ends; nothing else is told of them


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place, its paragraph, its words with straight quotes, and the people in it."""

    start: int
    end: int
    paragraph: int
    text: str
    people: tuple[Candidate, ...]


@dataclass(slots=True)
class Scene:
    """The document as the claim rules see it."""

    page: Page
    text: str  # straight quotation marks and plain spaces, the same length as the page's
    sentences: list[Sentence]
    entities: Mapping[str, Entity]
    statements: Sequence[Statement]
    resolver: Resolver
    held: frozenset[str] = frozenset()
    _contents: list[tuple[int, int, Statement]] = field(default_factory=list)

    def head(self, paragraph: int, before: int) -> tuple[str, ...]:
        """The one held whom a paragraph opens with, where it does so before the offset; () otherwise."""
        for sentence in self.sentences:
            if sentence.paragraph != paragraph:
                continue
            for person in sentence.people:
                if person.start >= before:
                    return ()
                if person.named and not (person.oblique or person.modifier or person.cited):
                    return person.ids if set(person.ids) <= self.held else ()
            if sentence.people:
                return ()
        return ()

    def statement_at(self, start: int, end: int) -> Statement | None:
        """The innermost statement whose content covers the words, else None."""
        best: tuple[int, Statement] | None = None
        for first, last, statement in self._contents:
            if first <= start and end <= last + 1 and (best is None or last - first < best[0]):
                best = (last - first, statement)
        return best[1] if best else None

    def content_span(self, statement: Statement, at: int) -> Span:
        """The stretch of the statement's content that holds the offset."""
        for first, last in statement.content:
            if first <= at <= last + 1:
                return first, last
        return statement.content[0]


def build(page: Page, entities: Sequence[Entity], statements: Sequence[Statement], resolver: Resolver) -> Scene:
    """The scene of a document."""
    vocabulary = words()
    straight = page.text.translate(_STRAIGHT)
    people = {e.id: e for e in entities if e.kind in ("person", "group")}
    groups = frozenset(i for i, entity in people.items() if entity.kind == "group")
    outsiders = _outsiders(people.values(), statements, resolver, vocabulary)
    mentions = _outermost(sorted((m[0], m[1], e.id) for e in people.values() for m in e.mentions))
    starts = [m[0] for m in mentions]
    built = []
    for sentence in page.sentences:
        start, end = sentence.start, sentence.end
        inside = mentions[bisect_left(starts, start) : bisect_right(starts, end - 1)]
        found = [_mentioned(straight, m, people[m[2]], resolver, vocabulary, outsiders) for m in inside]
        found += _pronouns(straight, (start, end), inside, resolver, vocabulary, outsiders, groups)
        by_place = tuple(sorted(found, key=lambda c: c.start))
        built.append(Sentence(start, end, sentence.paragraph, straight[start:end], by_place))
    scene = Scene(
        page, straight, built, {e.id: e for e in entities}, statements, resolver, frozenset(resolver.detained())
    )
    scene._contents = [(a, b, s) for s in statements for a, b in s.content]
    return scene


def chain(scene_text: str, people: Sequence[Candidate], index: int, step: int) -> list[Candidate]:
    """The named people joined to `people[index]` by commas and "and", going left (-1) or right (+1)."""
    found = [people[index]]
    if people[index].group and step > 0:
        return _spelled_out(scene_text, people, index)
    at = index + step
    while 0 <= at < len(people):
        if not people[at].named and people[at].possessive:  # "X and his brother Y"
            at += step
            continue
        left, right = (people[at], found[-1]) if step < 0 else (found[-1], people[at])
        if not _joined(people[at], scene_text[left.end : right.start], step):
            break
        found.append(people[at])
        at += step
    return found[::-1] if step < 0 else found


def _joined(candidate: Candidate, gap: str, step: int) -> bool:
    if candidate.modifier or candidate.possessive or len(gap) >= 90:
        return False
    if not candidate.named:
        return step < 0 and not candidate.oblique and bool(_WITH.fullmatch(gap))
    if step < 0 and (candidate.cited or (candidate.group and " and " not in gap)):
        return False
    return bool(_CHAIN.fullmatch(gap))


def _spelled_out(text: str, people: Sequence[Candidate], index: int) -> list[Candidate]:
    """The people named right after a group ("the two girls Raghad and Dalal"), else the group itself."""
    group, after = people[index], people[index + 1 : index + 2]
    if not after or not after[0].named or after[0].group or after[0].modifier:
        return [group]
    return chain(text, people, index + 1, 1) if _NAMELY.fullmatch(text[group.end : after[0].start]) else [group]


def _outermost(mentions: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for mention in sorted(mentions, key=lambda m: (m[0], -m[1])):
        if not kept or mention[0] >= kept[-1][1]:
            kept.append(mention)
    return kept


def _outsiders(
    people: Iterable[Entity], statements: Sequence[Statement], resolver: Resolver, vocabulary: Words
) -> frozenset[str]:
    """Who is never the one held: guards, families and officials by their description, and speakers in office."""
    described = {
        e.id
        for e in people
        if (e.kind == "group" or e.name[:1].islower()) and vocabulary.bystanders.match(e.name.casefold())
    }
    speakers = {s.speaker.entity for s in statements if s.speaker.entity}
    return frozenset(described | (speakers - set(resolver.detained())))


def _mentioned(
    text: str,
    mention: tuple[int, int, str],
    entity: Entity,
    resolver: Resolver,
    vocabulary: Words,
    outsiders: Collection[str],
) -> Candidate:
    start, end, entity_id = mention
    group = entity.kind == "group"
    until = _end_of_own(text, end) if entity_id in outsiders else 0
    ids: tuple[str, ...] = () if entity_id in outsiders and not until else (entity_id,)
    if group and vocabulary.anaphors.fullmatch(text[start:end]):
        ids = resolver.meaning(start, end) or ids
    found = _candidate(text, start, end, ids, named=True, vocabulary=vocabulary)
    return replace(found, group=group and ids == (entity_id,), until=until)


def _end_of_own(text: str, end: int) -> int:
    """Where the words end that tell of a speaker what they underwent themselves; 0 where none do."""
    herself = _HERSELF.match(text, end)
    stop = _STOP.search(text, herself.end()) if herself else None
    return (stop.start() if stop else len(text)) if herself else 0


def _candidate(text: str, start: int, end: int, ids: tuple[str, ...], *, named: bool, vocabulary: Words) -> Candidate:
    after, before = text[end : end + 60], text[max(0, start - 60) : start]
    return Candidate(
        start,
        end,
        ids,
        named,
        possessive=bool(re.match(r"'s?\s", after)),
        modifier=bool(_others(after, vocabulary) or vocabulary.others_before.search(before)),
        tied=bool(vocabulary.tied_before.search(before)),
        oblique=bool(_OBLIQUE.search(before)),
        cited=bool(re.search(r"according to (?:[\w'-]+ ){0,4}$", before, re.IGNORECASE)),
    )


def _titles(words_: str, text: str, end: int, inside: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a description stands before the name it goes with: "the journalist Samir Khalaf"."""
    return " " in words_ and any(
        re.fullmatch(r"[\s,\"(]{1,3}", text[end:start]) for start, _, _ in inside if start > end
    )


def _others(after: str, vocabulary: Words) -> bool:
    """Whether the words that follow make a name somebody else's label: "'s lawyer"."""
    owned = re.match(r"'s?\s+", after)
    return bool(owned and vocabulary.others_after.match(after, owned.end()))


def _pronouns(
    text: str,
    window: Span,
    inside: Sequence[tuple[int, int, str]],
    resolver: Resolver,
    vocabulary: Words,
    outsiders: frozenset[str],
    groups: frozenset[str],
) -> list[Candidate]:
    found = []
    for match in vocabulary.pronouns.finditer(text, *window):
        a, b = match.span()
        if any(s < b and a < e for s, e, _ in inside) or _titles(match.group(), text, b, inside):
            continue
        word = match.group().casefold()
        ids = resolver.meaning(a, b)
        until = _end_of_own(text, b) if outsiders.intersection(ids) else 0
        if outsiders.intersection(ids) and not until:
            ids = ()
        if word.startswith("the ") and _RESTRICTED.match(text, b):
            ids = ()
        if word in _ONE and groups.intersection(ids):
            ids = ()
        candidate = replace(_candidate(text, a, b, ids, named=False, vocabulary=vocabulary), until=until)
        if word in ("his", "their", "my", "our") or (word == "her" and _owns(text[b : b + 20])):
            other = bool(vocabulary.others_after.match(text[b + 1 : b + 60]))
            candidate = replace(candidate, possessive=True, oblique=False, modifier=other)
        found.append(candidate)
    return found


@cache
def _not_owned() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:$|[^\w\s]|(?:to|in|on|at|from|for|and|or|by|with|as|after|when|into|out|off|without|again|last|the|a|"
        r"before|until|since|while|because|if|that|this|over|under|about|of|was|were|is|are|be|go|home|back|free|"
        r"immediately|forthwith|between|near|during|through)\b)",
        re.I,
    )


def _owns(after: str) -> bool:
    return not _not_owned().match(after)
