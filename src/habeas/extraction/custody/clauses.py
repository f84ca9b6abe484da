"""Who can be meant by the grammar of the words around a trigger, and who only stands in them as something else.

"X's killer [was sentenced]", "supporters of X [were arrested]", "[arrested] by officer X", "[arrested] a man over an
attack on X", "the minister resigned after his son [was arrested]": X and the minister are there, and it is not theirs.
What one trigger's own words tell is read in `grammar`; here the triggers of a sentence are held together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas.extraction.custody.company import excepted
from habeas.extraction.custody.grammar import Clause, Reader, lists
from habeas.extraction.custody.hits import Hit
from habeas.extraction.custody.scene import Scene
from habeas.extraction.custody.victims import victims_beside
from habeas.extraction.lexicon import words

_BREAK = re.compile(
    r"[;:]|\b(?:who|whom|whose|which|that|but|while|whereas|when|after|because|since|said|says|he|she|they|it|there)\b",
    re.I,
)
_GOES_ON = re.compile(r"\s*,?\s*(?:and|then|before)?\s*(?:(?:then|later|was|were|been|being|also)\s+)*", re.I)
_RULED = frozenset({"order", "release", "detention", "hunger_strike", "sentence", "isolation"})
_NEAR = 12  # code points between a subject and a trigger, in which only a form of "be" stands
_UNDERGOES = re.compile(r"\s+(?:(?:is|are|was|were) (?:being )?|(?:has|have|had) been )", re.IGNORECASE)


def clauses_of(scene: Scene, hits: Sequence[Hit]) -> list[Clause]:
    """What the words beside each trigger tell of whom it can concern.

    A trigger whose own words tell nothing goes with the one before it in its clause: "was arrested and [jailed]".
    """
    found = [_without(Reader(scene, hit).read(), victims_beside(scene, hit)) for hit in hits]
    ruling = _ruling(scene)
    found = [
        Clause(None, clause.never | (ruling - _undergoing(scene, hit)), clause.doers)
        if clause.only is None and hit.trigger.name.split(".")[0] in _RULED
        else clause
        for clause, hit in zip(found, hits, strict=True)
    ]
    by_sentence: dict[int, list[int]] = {}
    for number, hit in enumerate(hits):
        if found[number].only is not None:
            by_sentence.setdefault(hit.sentence.start, []).append(number)
    for number, hit in enumerate(hits):
        if found[number].only is None:
            leads = [n for n in by_sentence.get(hit.sentence.start, ()) if _goes_on(scene, hits[n], hit)]
            nearest = max(leads, key=lambda n: hits[n].span, default=None)
            found[number] = found[number] if nearest is None else found[nearest]
    found = [_without(clause, _elsewhere(scene, hit)) for clause, hit in zip(found, hits, strict=True)]
    return _without_doers(scene, hits, found)


def _without_doers(scene: Scene, hits: Sequence[Hit], found: Sequence[Clause]) -> list[Clause]:
    """The clauses, each without who is told to do something before it: "She sentenced Y to [two years in prison]"."""
    doing: dict[int, list[int]] = {}
    for number, clause in enumerate(found):
        if clause.doers:
            doing.setdefault(hits[number].sentence.start, []).append(number)
    told = []
    for clause, hit in zip(found, hits, strict=True):
        before = [n for n in doing.get(hit.sentence.start, ()) if _is_one_clause(scene, hits[n], hit)]
        told.append(_without(clause, frozenset(i for n in before for i in found[n].doers)))
    return told


def _is_one_clause(scene: Scene, lead: Hit, hit: Hit) -> bool:
    start, end = lead.span[1], hit.span[0]
    return start <= end and not _BREAK.search(scene.text, start, end)


def _elsewhere(scene: Scene, hit: Hit) -> frozenset[str]:
    """Who is excepted, and who only speaks and is told of elsewhere in the sentence: "Y, who was herself jailed"."""
    own = (c for c in hit.sentence.people if c.until and not c.end <= hit.span[0] < c.until)
    return excepted(scene, hit.sentence, hit.span) | frozenset(i for c in own for i in c.ids)


def _ruling(scene: Scene) -> frozenset[str]:
    """Who is known only as a judge, a governor or the like, and not as held."""
    named = ((entity.id, entity.name.lower().split()) for entity in scene.entities.values())
    closed, ruling = words().determiners | words().numbers, lists()["ruling"]
    return frozenset(i for i, name in named if name[0] in closed and name[-1] in ruling) - frozenset(scene.held)


def _undergoing(scene: Scene, hit: Hit) -> frozenset[str]:
    """Whom a passive verb has as its subject right before it: "[A judge] was sentenced"."""
    near = (c for c in hit.sentence.people if 0 <= hit.span[0] - c.end <= _NEAR)
    return frozenset(i for c in near if _UNDERGOES.match(scene.text, c.end, hit.span[1]) for i in c.ids)


def _without(clause: Clause, others: frozenset[str]) -> Clause:
    if not others:
        return clause
    return Clause(None if clause.only is None else clause.only - others, clause.never | others, clause.doers)


def _goes_on(scene: Scene, lead: Hit, hit: Hit) -> bool:
    """Whether a trigger has the subject of one before it."""
    start, end = lead.span[1], hit.span[0]
    if lead.span[0] > hit.span[0] or _BREAK.search(scene.text, start, hit.span[1]):
        return False
    between = [c for c in hit.sentence.people if start <= c.start and c.end <= end]
    return not between or bool(_GOES_ON.fullmatch(scene.text, between[-1].end, end))
