"""The claims of a page that stand before the judge, with the date and value that the rules give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from habeas.extraction.custody.find import Plan, Told, drafts_of, find_told, standing
from habeas.extraction.custody.scene import Scene
from habeas.extraction.custody.words import words
from habeas.extraction.document import Page
from habeas.extraction.reading import Claim, Entity, Modality, Statement
from habeas.extraction.references import References
from habeas.extraction.weighing.judge import Judge, Weighed, default_judge
from habeas.extraction.weighing.possible import Possible
from habeas.extraction.weighing.telling import Telling

_ONE = re.compile(r"\b(?:he|she|him|his|her|himself|herself)\b", re.IGNORECASE)
_ONES = re.compile(r"\b(?:his|her)(?: [\w-]+){1,4} $", re.IGNORECASE)  # "his detention will [not be renewed]"
_NEAR = 50  # code points before a trigger in which its subject stands
_SHORT = 500  # code points of a text that has to say itself who is held
_OF_ANYBODY = frozenset(["hospitalisation", "health", "death", "transfer"])
_LISTED = 0.3  # from which chance on a claim goes with one that stands of somebody told of in the same list
_SHARE = 0.5  # of the chance of the likeliest telling; a telling with less adds no date or value of its own


def weighed_claims(
    page: Page,
    entities: Sequence[Entity],
    statements: Sequence[Statement],
    *,
    published: str | None,
    references: References,
    judge: Judge | None = None,
) -> list[Claim]:
    """What the page says happened to, or holds for, people in detention (every kind but profile), in text order.

    As `custody.find_claims`, but whom a trigger concerns, how its event is told and whether the claim stands at all is
    weighed by the judge; `why` says with which probability.
    """
    told = find_told(page, entities, statements, published=published, resolve=references)
    if told is None or not told.hits:
        return []
    judge = judge or default_judge()
    weighed = judge.weigh(told, references)
    drafts = _of_somebody_held(told.setting.scene, list(_drafts(told, judge, weighed)))
    return standing(told.setting, drafts)


def _drafts(told: Told, judge: Judge, weighed: Weighed) -> Iterator[Claim]:
    tellings: dict[int, Telling] = {}
    scene = told.setting.scene
    meant: dict[tuple[int, Modality], dict[str, float]] = {}
    short: dict[tuple[int, Modality], dict[str, float]] = {}
    for possible, chance, event in zip(weighed.possible, weighed.chances, weighed.events, strict=True):
        stands = judge.stands(possible, float(chance), float(event), plain=_is_plain(scene, possible))
        for number in _sources(possible, weighed) if stands or chance >= _LISTED else ():
            telling = weighed.pairs[number].telling
            tellings[id(telling)] = telling
            found = meant if stands else short
            found.setdefault((id(telling), possible.modality), {})[possible.person] = float(chance)
    for (key, modality), people in meant.items():
        listed = _listed(tellings[key], modality, people, short.get((key, modality), {}))
        yield from _told_of(told, tellings[key], modality, _one_of(scene, tellings[key], people | listed))


def _listed(
    telling: Telling, modality: Modality, stand: Mapping[str, float], short: Mapping[str, float]
) -> dict[str, float]:
    """Who falls short of standing alone, and is told of in one list with somebody of whom the same telling stands."""
    together = modality == telling.modality and any(person in stand for person in telling.kept)
    return {person: chance for person, chance in short.items() if together and person in telling.kept}


def _one_of(scene: Scene, telling: Telling, people: dict[str, float]) -> dict[str, float]:
    """The likeliest of them where "his" or "her" says that one is meant, and the rules know of no list."""
    first, last = telling.hit.span
    before = scene.text[max(telling.hit.sentence.start, first - _NEAR) : first]
    if len(people) < 2 or len(telling.kept) > 1 or not (_ONE.search(scene.text, first, last) or _ONES.search(before)):
        return people
    best = max(people, key=lambda person: people[person])
    return {best: people[best]}


def _is_plain(scene: Scene, possible: Possible) -> bool:
    """Whether a page is one sentence, as somebody types who tries the reader, and the claim is about a person in it."""
    return len(scene.sentences) == 1 and scene.entities[possible.person].kind == "person"


def _of_somebody_held(scene: Scene, drafts: Sequence[Claim]) -> list[Claim]:
    """The drafts, unless a short page tells of nothing but illness and death, and of nobody held."""
    known = len(scene.text) > _SHORT or words().custody.search(scene.text)
    return list(drafts) if known or any(draft.kind not in _OF_ANYBODY for draft in drafts) else []


def _sources(possible: Possible, weighed: Weighed) -> list[int]:
    """The pairs that a claim is drawn from: the likeliest told so, and others that the rules draft a claim from."""
    chances = weighed.pair_chances
    same = [n for n in possible.pairs if weighed.pairs[n].telling.modality == possible.modality]
    if not same:
        return [possible.best]
    top = max(same, key=lambda n: float(chances[n]))
    return [n for n in same if n == top or (weighed.pairs[n].kept and chances[n] >= _SHARE * chances[top])]


def _told_of(told: Told, telling: Telling, modality: Modality, people: dict[str, float]) -> Iterator[Claim]:
    """Claims of one telling; those whom the rules list together are dated and measured together."""
    listed = [i for i in telling.kept if i in people]
    alone = [[i] for i in people if i not in listed]
    for ids in [list(telling.kept), *alone] if listed else alone:
        plan = Plan(
            telling.kind,
            telling.phase,
            modality,
            telling.value,
            _why(told, telling, modality, listed=len(ids) > 1 or ids[0] in listed),
        )
        for claim in drafts_of(told.setting, telling.hit, ids, plan):
            if claim.subject in people:
                yield replace(claim, why=f"{claim.why}; judged {people[claim.subject]:.2f}")


def _why(told: Told, telling: Telling, modality: Modality, *, listed: bool) -> str:
    spoken = told.setting.scene.text[slice(*telling.hit.span)].strip()
    how = f"subject {telling.how}" if listed else "subject judged"
    why = f"{telling.hit.trigger.name} «{spoken}»; {how}"
    if modality != telling.modality:
        return f"{why}; {modality} judged"
    return f"{why}; {modality} by «{telling.cue}»" if telling.cue else why
