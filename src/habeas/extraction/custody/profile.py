"""Who the detained people are: claims of age, residence, occupation, affiliation, family and nationality.

Only for people who are in detention or just out of it. A description is read where it touches a mention: before the
name ("the jailed Iranian teacher X"), behind it ("X, 34, of Harwan, a nurse"), as a predicate ("He is a nurse"), or in
a mention that is itself a description ("the 49-year-old father of six").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from habeas.extraction.custody.profile_words import (
    AGED,
    AGES,
    ALSO,
    COPULA,
    IN_TURN,
    JOINS,
    OLD,
    PRONOUN,
    SEPARATOR,
    YEARS,
    Words,
    words,
)
from habeas.extraction.dates import to_number
from habeas.extraction.document import Page
from habeas.extraction.reading import Claim, Entity, Modality, Span, Statement
from habeas.extraction.references import Resolver

_REACH = 120  # a description stands within this many characters of the name
_SEGMENTS = 6  # "X, 34, a nurse, of Harwan, mother of two, …": how many are read behind a name


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing told of somebody: the phase of the profile claim, its value, and the words it stands in."""

    phase: str
    value: str | int
    start: int
    end: int
    modality: Modality = "actual"


@dataclass(slots=True)
class _Scene:
    """A page, the mentions of all its people in text order, and who of them is held."""

    page: Page
    entities: Mapping[str, Entity]
    resolver: Resolver
    detained: frozenset[str]
    words: Words
    mentions: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.page.text

    def sentence(self, at: int) -> Span:
        """The sentence around a place."""
        found = self.page.sentence_at(at)
        return found.start, found.end


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
    scene = _Scene(page, {entity.id: entity for entity in entities}, resolver, frozenset(detained), words())
    scene.mentions = sorted((a, b, entity.id) for entity in people.values() for a, b in entity.mentions)
    told: dict[tuple[str, str, str], list[Fact]] = {}
    for subject, fact in sorted(_facts(scene), key=lambda pair: (pair[1].start, pair[0], pair[1].phase)):
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


# --- where descriptions stand -----------------------------------------------------------------------------------------


def _facts(scene: _Scene) -> Iterator[tuple[str, Fact]]:
    for index, (start, end, owner) in enumerate(scene.mentions):
        if owner not in scene.detained:
            continue
        if scene.entities[owner].kind == "group":
            yield from ((owner, fact) for fact in _of_group(scene, start, end))
            continue
        yield from ((owner, fact) for fact in _inside(scene, start, end))
        for fact in _behind(scene, start, end):
            together = _list_up_to(scene, index) if _is_plural(scene, fact) else [(start, end, owner)]
            yield from ((other, fact) for _, _, other in together if other in scene.detained)
        for fact in _before(scene, start, end):
            yield owner, fact
            if _is_plural(scene, fact):
                yield from ((other, fact) for other in _listed(scene, index))
        yield from _ages_in_turn(scene, index)
    yield from _predicates(scene)
    yield from _memberships(scene)


def _of_group(scene: _Scene, start: int, end: int) -> Iterator[Fact]:
    """Of unnamed people only where they come from: a count is nobody's profile."""
    found = scene.words.demonym.search(scene.text, start, end)
    if found and re.match(r"\s+[a-z]", scene.text[found.end() : end]):
        yield Fact("nationality", found[0], start, end)


def _inside(scene: _Scene, start: int, end: int) -> Iterator[Fact]:
    """What a mention that is a description says by itself: "the 49-year-old father of six"."""
    text, lexicon = scene.text, scene.words
    if not lexicon.description.match(text, start, end):
        return
    yield from _phrase_facts(scene, start, end)
    old = OLD.search(text, start, end)
    if old:
        yield from _age(scene, old["old"], (start, end))
    parent = lexicon.parent.search(text, start, min(len(text), end + 30))
    if parent and parent.start() < end:
        yield Fact("family", _value(parent["family"]), parent.start(), parent.end())
    demonym = lexicon.demonym.search(text, start, end)
    if demonym:
        yield Fact("nationality", demonym[0], start, end)


def _before(scene: _Scene, start: int, end: int) -> Iterator[Fact]:
    """What stands right before a name: "the jailed Iranian teacher X", "the 34-year-old X"."""
    first = max(scene.sentence(start)[0], start - _REACH)
    lexicon = scene.words
    found = lexicon.before.search(scene.text, first, start) or lexicon.before_bare.search(scene.text, first, start)
    if not found or not found[0].strip():
        return
    comma, told_more = found.groupdict().get("comma"), found["mods"] or found.groupdict().get("tail")
    if bool(comma) == bool(found.groupdict().get("tail")) or (comma and told_more):
        yield from _told(scene, found, end)


def _told(scene: _Scene, found: re.Match[str], end: int) -> Iterator[Fact]:
    """The facts in one noun phrase that the vocabulary matched: work, age, nationality."""
    start, mods = found.start(), found["mods"] or ""
    old = OLD.search(mods)
    if old:
        yield from _age(scene, old["old"], (start, end))
    demonym = scene.words.demonym.search(mods)
    if demonym:
        yield Fact("nationality", demonym[0], start, end)
    parts = found.groupdict()
    if parts.get("head"):
        value = scene.words.work(mods, parts["head"], parts["tail"] or "")
        if value:
            yield Fact("occupation", value, start, end)


def _age(scene: _Scene, value: str, span: Span) -> Iterator[Fact]:
    years = to_number(value)
    if years is not None and 5 <= years <= 110:
        yield Fact("age", years, *span)


def _behind(scene: _Scene, start: int, end: int) -> Iterator[Fact]:
    """What stands behind a name, between commas or in brackets: "X, 34, of Harwan, a nurse"."""
    text = scene.text
    limit = scene.sentence(start)[1]
    at = end
    years = YEARS.match(text, at, limit)
    if years:
        yield from _age(scene, years["age"], (start, years.end()))
        at = years.end()
    for number in range(_SEGMENTS):
        facts, at = _home_at(scene, start, at, limit)
        yield from facts
        separator = SEPARATOR.match(text, at, limit) or (number and ALSO.match(text, at, limit))
        if not separator:
            break
        facts, at = _segment(scene, start, separator.end(), limit)
        yield from facts
        if not facts:
            break
        if facts[0].phase == "age":
            yield from _place_alone(scene, start, at)


def _home_at(scene: _Scene, start: int, at: int, limit: int) -> tuple[list[Fact], int]:
    """ "… from Harwan" without a comma before it, and where it ends."""
    home = scene.words.home.match(scene.text, at, limit)
    if home and _is_home(scene, home, start):
        return [Fact("residence", _value(home["place"]), start, home.end())], home.end()
    return [], at


def _place_alone(scene: _Scene, start: int, at: int) -> Iterator[Fact]:
    """ "X, 31, Harwan –": the place of a list of names."""
    for entity in scene.entities.values():
        for a, b in entity.mentions if entity.kind == "place" else ():
            if re.fullmatch(r"\s*,\s*", scene.text[at:a] or "x") and re.match(r"\s*[,;.)(–-]", scene.text[b : b + 3]):
                yield Fact("residence", _value(scene.text[a:b]), start, b)


def _segment(scene: _Scene, start: int, at: int, limit: int) -> tuple[list[Fact], int]:
    """The facts of one stretch between commas, and where it ends; none where it is no description."""
    text, lexicon = scene.text, scene.words
    aged = None if IN_TURN.match(text, at, limit) else AGED.match(text, at, limit)
    if aged:
        return list(_age(scene, aged["age"] or aged["words"], (start, aged.end()))), aged.end()
    parent = lexicon.parent.match(text, at, limit)
    if parent:
        return [Fact("family", _value(parent["family"]), start, parent.end())], parent.end()
    home = lexicon.home_segment.match(text, at, limit)
    if home:
        phase = "residence" if _is_home(scene, home, start) else "affiliation"
        if phase == "residence" or _kind_at(scene, home.start("place")) == "organisation":
            return [Fact(phase, _value(home["place"]), start, home.end())], home.end()
    origin = lexicon.origin.match(text, at, limit)
    if origin:
        return [Fact("nationality", _value(origin["value"]), start, origin.end())], origin.end()
    phrase = lexicon.phrase.match(text, at, limit)
    if phrase and not _names_somebody(scene, phrase.end()):
        return [_replaced(fact, start) for fact in _told(scene, phrase, phrase.end())], phrase.end()
    return [], at


def _replaced(fact: Fact, start: int) -> Fact:
    return Fact(fact.phase, fact.value, start, fact.end, fact.modality)


def _names_somebody(scene: _Scene, at: int) -> bool:
    """Whether the phrase is another one's title: "…, lawyer Ana Ruiz"."""
    return any(at <= start <= at + 7 and scene.text[start].isupper() for start, _, _ in scene.mentions)


def _is_home(scene: _Scene, found: re.Match[str], start: int) -> bool:
    """Whether "of X" and "from X" name a home: not a prison, not a body, not where somebody was moved from."""
    lexicon, at = scene.words, found.start("place")
    if lexicon.no_home.search(found["place"]) or lexicon.no_home_after.match(scene.text, found.end()):
        return False
    if found["settlement"]:
        return True
    if lexicon.moved.search(scene.text, max(scene.sentence(start)[0], start - 60), start):
        return False
    return _kind_at(scene, at) in (None, "place") and not lexicon.no_place.match(found["place"])


def _kind_at(scene: _Scene, at: int) -> str | None:
    """The kind of the entity whose name holds the place; None where no name does."""
    for entity in scene.entities.values():
        if any(a <= at < b for a, b in entity.mentions):
            return entity.kind
    return None


def _is_plural(scene: _Scene, fact: Fact) -> bool:
    if fact.phase not in ("occupation", "nationality"):
        return False
    return bool(scene.words.plural.search(scene.text, fact.start, fact.end))


def _listed(scene: _Scene, index: int) -> Iterator[str]:
    """The people who follow in the same list: "physicists X, 58, and Y, 61"."""
    for (_, before, _), (start, _, owner) in zip(scene.mentions[index:], scene.mentions[index + 1 :], strict=False):
        if not JOINS.fullmatch(scene.text, before, start):
            return
        if owner in scene.detained:
            yield owner


def _ages_in_turn(scene: _Scene, index: int) -> Iterator[tuple[str, Fact]]:
    """ "X and Y, 27 and 24": the ages of several people, in the order of their names."""
    found = AGES.match(scene.text, scene.mentions[index][1])
    if not found:
        return
    ages = [int(years) for years in re.findall(r"\d+", found[1])]
    owners = _list_up_to(scene, index)[-len(ages) :]
    if len(owners) == len(ages):
        for (start, _, owner), years in zip(owners, ages, strict=True):
            if owner in scene.detained:
                yield owner, Fact("age", years, start, found.end())


def _list_up_to(scene: _Scene, index: int) -> list[tuple[int, int, str]]:
    """The mentions of a list of names that ends with this one."""
    first = index
    while first and JOINS.fullmatch(scene.text, scene.mentions[first - 1][1], scene.mentions[first][0]):
        first -= 1
    return scene.mentions[first : index + 1]


# --- sentences about somebody named before ----------------------------------------------------------------------------


def _predicates(scene: _Scene) -> Iterator[tuple[str, Fact]]:
    """ "She is a nurse", "who was 51 years", "from the town of X", "holds Danish citizenship"."""
    text, lexicon = scene.text, scene.words
    for found in COPULA.finditer(text):
        owner = _owner(scene, found.start("who"), found.end("who"))
        if owner is None:
            continue
        facts, _ = _segment(scene, found.start("who"), found.end(), scene.sentence(found.start())[1])
        yield from ((owner, fact) for fact in facts if fact.phase != "residence")
    for pattern, phase in (
        (lexicon.hometown, "residence"),
        (lexicon.citizen, "nationality"),
        (lexicon.household, "family"),
    ):
        for found in pattern.finditer(text):
            owner = _last_before(scene, found.start())
            if owner:
                yield owner, Fact(phase, _value(found["value"]), found.start(), found.end())


def _owner(scene: _Scene, start: int, end: int) -> str | None:
    """The one detained person that the words mean; for "who", the last person before them."""
    if scene.text[start:end].lower() in ("who", ""):
        return _last_before(scene, start)
    mention = next((owner for a, b, owner in scene.mentions if a < end and start < b), None)
    ids = (mention,) if mention else scene.resolver.meaning(start, end)
    return ids[0] if len(ids) == 1 and ids[0] in scene.detained else None


def _last_before(scene: _Scene, at: int) -> str | None:
    """Whom the text means last before a place in its sentence, by name or pronoun, where held; None otherwise."""
    first = max(scene.sentence(at)[0], at - _REACH)
    found = [(a, owner) for a, b, owner in scene.mentions if first <= a and b <= at]
    for pronoun in PRONOUN.finditer(scene.text, first, at):
        ids = scene.resolver.meaning(*pronoun.span())
        found += [(pronoun.start(), ids[0])] if len(ids) == 1 else []
    if not found:
        return None
    owner = max(found)[1]
    return owner if owner in scene.detained else None


def _memberships(scene: _Scene) -> Iterator[tuple[str, Fact]]:
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
                    yield owner, Fact("affiliation", _value(text[start:end]), found.start(), end, modality)


def _members(scene: _Scene, start: int, end: int) -> list[str]:
    """Who belongs: the names that follow "three members of X, A, B and C", else the one named or meant before."""
    text = scene.text
    for index, (a, _, owner) in enumerate(scene.mentions):
        if a >= end:
            if re.fullmatch(r"\s*(?:[,:–-]\s*|\s)(?:among\s+them\s+)?", text[end:a]):
                people = [owner, *_listed(scene, index)]
                return [one for one in people if one in scene.detained]
            break
    for found in reversed(list(PRONOUN.finditer(text, scene.sentence(start)[0], start))):
        ids = scene.resolver.meaning(*found.span())
        if ids:
            return [one for one in ids if one in scene.detained]
    owner_before = _last_before(scene, start)
    return [owner_before] if owner_before else []


def _modalities(scene: _Scene, first: int, last: int, at: int) -> tuple[Modality, ...]:
    """How a membership is told; "alleged" and "denied" both where one side alleges what the other denies."""
    lexicon, text = scene.words, scene.text
    if lexicon.denied.search(text, first, last):
        return ("denied",)
    after = scene.sentence(min(last + 2, len(text) - 1))[1]
    if lexicon.disputed.search(text, at, after):
        return ("alleged", "denied")
    return ("alleged",) if lexicon.alleged.search(text, first, at) else ("actual",)


def _phrase_facts(scene: _Scene, start: int, end: int) -> Iterator[Fact]:
    found = scene.words.phrase.match(scene.text, start, end)
    if found:
        yield from _told(scene, found, end)


def _value(words: str) -> str:
    return " ".join(words.split()).strip(" ,;")
