"""Descriptions that touch a mention: "the jailed Iranian teacher X", "X, 34, of Harwan, a nurse", "the 49-year-old"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from habeas.extraction.dates import to_number
from habeas.extraction.profile.scene import REACH, Fact, Scene, kind_at, list_up_to, listed, value_of
from habeas.extraction.profile.words import AGED, AGES, ALSO, IN_TURN, OLD, SEPARATOR, YEARS
from habeas.extraction.reading import Span

_SEGMENTS = 6  # "X, 34, a nurse, of Harwan, mother of two, …": how many are read behind a name


def described(scene: Scene) -> Iterator[tuple[str, Fact]]:
    """What stands in, before and behind every mention of somebody held."""
    for index, (start, end, owner) in enumerate(scene.mentions):
        if owner not in scene.detained:
            continue
        if scene.entities[owner].kind == "group":
            yield from ((owner, fact) for fact in _of_group(scene, start, end))
            continue
        yield from ((owner, fact) for fact in _inside(scene, start, end))
        for fact in _behind(scene, start, end):
            together = list_up_to(scene, index) if _is_plural(scene, fact) else [(start, end, owner)]
            yield from ((other, fact) for _, _, other in together if other in scene.detained)
        for fact in _before(scene, start, end):
            yield owner, fact
            if _is_plural(scene, fact):
                yield from ((other, fact) for other in listed(scene, index))
        yield from _ages_in_turn(scene, index)


def _of_group(scene: Scene, start: int, end: int) -> Iterator[Fact]:
    """Of unnamed people only where they come from: a count is nobody's profile."""
    found = scene.words.demonym.search(scene.text, start, end)
    if found and re.match(r"\s+[a-z]", scene.text[found.end() : end]):
        yield Fact("nationality", found[0], start, end)


def _inside(scene: Scene, start: int, end: int) -> Iterator[Fact]:
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
        yield Fact("family", value_of(parent["family"]), parent.start(), parent.end())
    demonym = lexicon.demonym.search(text, start, end)
    if demonym:
        yield Fact("nationality", demonym[0], start, end)


def _before(scene: Scene, start: int, end: int) -> Iterator[Fact]:
    """What stands right before a name: "the jailed Iranian teacher X", "the 34-year-old X"."""
    first = max(scene.sentence(start)[0], start - REACH)
    lexicon = scene.words
    found = lexicon.before.search(scene.text, first, start) or lexicon.before_bare.search(scene.text, first, start)
    if not found or not found[0].strip():
        return
    comma, told_more = found.groupdict().get("comma"), found["mods"] or found.groupdict().get("tail")
    if bool(comma) == bool(found.groupdict().get("tail")) or (comma and told_more):
        yield from _told(scene, found, end)


def _told(scene: Scene, found: re.Match[str], end: int) -> Iterator[Fact]:
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


def _age(scene: Scene, value: str, span: Span) -> Iterator[Fact]:
    years = to_number(value)
    if years is not None and 5 <= years <= 110:
        yield Fact("age", years, *span)


def _behind(scene: Scene, start: int, end: int) -> Iterator[Fact]:
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
        facts, at = segment(scene, start, separator.end(), limit)
        yield from facts
        if not facts:
            break
        if facts[0].phase == "age":
            yield from _place_alone(scene, start, at)


def _home_at(scene: Scene, start: int, at: int, limit: int) -> tuple[list[Fact], int]:
    """ "… from Harwan" without a comma before it, and where it ends."""
    home = scene.words.home.match(scene.text, at, limit)
    if home and _is_home(scene, home, start):
        return [Fact("residence", value_of(home["place"]), start, home.end())], home.end()
    return [], at


def _place_alone(scene: Scene, start: int, at: int) -> Iterator[Fact]:
    """ "X, 31, Harwan –": the place of a list of names."""
    for entity in scene.entities.values():
        for a, b in entity.mentions if entity.kind == "place" else ():
            if re.fullmatch(r"\s*,\s*", scene.text[at:a] or "x") and re.match(r"\s*[,;.)(–-]", scene.text[b : b + 3]):
                yield Fact("residence", value_of(scene.text[a:b]), start, b)


def segment(scene: Scene, start: int, at: int, limit: int) -> tuple[list[Fact], int]:
    """The facts of one stretch between commas, and where it ends; none where it is no description."""
    text, lexicon = scene.text, scene.words
    aged = None if IN_TURN.match(text, at, limit) else AGED.match(text, at, limit)
    if aged:
        return list(_age(scene, aged["age"] or aged["words"], (start, aged.end()))), aged.end()
    parent = lexicon.parent.match(text, at, limit)
    if parent:
        return [Fact("family", value_of(parent["family"]), start, parent.end())], parent.end()
    home = lexicon.home_segment.match(text, at, limit)
    if home:
        phase = "residence" if _is_home(scene, home, start) else "affiliation"
        if phase == "residence" or kind_at(scene, home.start("place")) == "organisation":
            return [Fact(phase, value_of(home["place"]), start, home.end())], home.end()
    origin = lexicon.origin.match(text, at, limit)
    if origin:
        return [Fact("nationality", value_of(origin["value"]), start, origin.end())], origin.end()
    phrase = lexicon.phrase.match(text, at, limit)
    if phrase and not _names_somebody(scene, phrase.end()):
        return [_replaced(fact, start) for fact in _told(scene, phrase, phrase.end())], phrase.end()
    return [], at


def _replaced(fact: Fact, start: int) -> Fact:
    return Fact(fact.phase, fact.value, start, fact.end, fact.modality)


def _names_somebody(scene: Scene, at: int) -> bool:
    """Whether the phrase is another one's title: "…, lawyer Ana Ruiz"."""
    return any(at <= start <= at + 7 and scene.text[start].isupper() for start, _, _ in scene.mentions)


def _is_home(scene: Scene, found: re.Match[str], start: int) -> bool:
    """Whether "of X" and "from X" name a home: not a prison, not a body, not where somebody was moved from."""
    lexicon, at = scene.words, found.start("place")
    if lexicon.no_home.search(found["place"]) or lexicon.no_home_after.match(scene.text, found.end()):
        return False
    if found["settlement"]:
        return True
    if lexicon.moved.search(scene.text, max(scene.sentence(start)[0], start - 60), start):
        return False
    return kind_at(scene, at) in (None, "place") and not lexicon.no_place.match(found["place"])


def _is_plural(scene: Scene, fact: Fact) -> bool:
    if fact.phase not in ("occupation", "nationality"):
        return False
    return bool(scene.words.plural.search(scene.text, fact.start, fact.end))


def _ages_in_turn(scene: Scene, index: int) -> Iterator[tuple[str, Fact]]:
    """ "X and Y, 27 and 24": the ages of several people, in the order of their names."""
    found = AGES.match(scene.text, scene.mentions[index][1])
    if not found:
        return
    ages = [int(years) for years in re.findall(r"\d+", found[1])]
    owners = list_up_to(scene, index)[-len(ages) :]
    if len(owners) == len(ages):
        for (start, _, owner), years in zip(owners, ages, strict=True):
            if owner in scene.detained:
                yield owner, Fact("age", years, start, found.end())


def _phrase_facts(scene: Scene, start: int, end: int) -> Iterator[Fact]:
    found = scene.words.phrase.match(scene.text, start, end)
    if found:
        yield from _told(scene, found, end)
