"""How an event is told: as fact, as alleged, planned, demanded, denied, or only imagined."""

from __future__ import annotations

import re

from habeas.extraction.custody.scene import Scene, Sentence
from habeas.extraction.custody.words import Cue, Trigger, words
from habeas.extraction.reading import Modality, Span, Statement

_CLAUSE = re.compile(
    r"[;:]|,\s*(?:but|while|whereas|although|adding|who|whom|whose|which|where|saying|noting)\b|"
    r"\b(?:but|although|while|whereas|after|because|since|who|whom|whose)\b|\.\s|"
    r",\s+and\s+(?=he|she|they|his|her|the|it|[A-Z]|\w+ed\b)|"
    r"\band\s+(?:then\s+|later\s+)?(?=(?:was|were|has|had|is|are|broke|gave|took|sent|put|set|reset|began|went|"
    r"stays|remains|sits|faces|serves|awaits|refuses)\b)|"
    r"\b(?:said|says|stated|explained|wrote|recalled|told (?:\w+ ){1,4}that)\s+(?:that\s+)?|(?=\buntil\b)"
)
_CONDITION = re.compile(r"if|unless|should", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;:.]|,\s*(?:but|while|whereas|although)\b|\b(?:but|while|whereas)\b", re.IGNORECASE)
_IF_END = re.compile(r",", re.IGNORECASE)
_REACH = 90
_NEAR = {"denied": 75, "planned": 30, "hypothetical": 60, "alleged": 60, "demanded": 80}


def modality_of(
    scene: Scene, sentence: Sentence, trigger: Trigger, span: Span, kind: str, phase: str
) -> tuple[Modality, str]:
    """The modality of the event told at `span` and the words that decided it ("" for plain telling)."""
    own = trigger.modality or ("actual" if trigger.nominal else None)
    statement = scene.statement_at(*span)
    before, after = context_of(scene, sentence, span, statement)
    within = scene.text[span[0] : span[1]]
    found = _cued(
        before,
        within if trigger.inner else "",
        after,
        kind,
        phase,
        fixed=own is not None,
        told=trigger.modality == "actual" and kind in _IMAGINED,
    )
    if found is not None:
        return found
    if own is not None:
        return own, "trigger"  # type: ignore[return-value]
    verb = _BASE.match(within) and not _NOUN.search(before)  # not "Free Press hailed the release of X"
    bidden = _BIDDING.match(sentence.text) if verb and (kind, phase) not in _NEVER_DEMANDED else None
    if bidden:
        return "demanded", bidden.group().strip()
    return _told(scene, statement, span, kind, phase) or ("actual", "")


def _cued(
    before: str, within: str, after: str, kind: str, phase: str, *, fixed: bool, told: bool
) -> tuple[Modality, str] | None:
    """What the cues around a trigger make of it. `fixed`: its words decide; `told`: as fact, unless only imagined."""
    vocabulary = words()
    for cue in vocabulary.before if told or not fixed else ():
        if not _concerns(cue, kind, phase, within) or (fixed and cue.modality != "hypothetical"):
            continue
        last = max(cue.pattern.finditer(before), key=re.Match.start, default=None)
        if last is not None and _reaches(cue, before[last.end() :], kind, tight=fixed):
            return cue.modality, last.group()  # type: ignore[return-value]
        if cue.modality in ("denied", "planned"):
            inner = cue.pattern.match(within) or _inner(cue.modality, within)
            if inner:
                return cue.modality, inner.group()  # type: ignore[return-value]
    for cue in () if fixed else vocabulary.after:
        hit = cue.pattern.search(after)
        if hit and hit.start() <= 50 and _concerns(cue, kind, phase, ""):
            return cue.modality, hit.group()  # type: ignore[return-value]
    return None


def _concerns(cue: Cue, kind: str, phase: str, within: str) -> bool:
    """Whether a cue can colour this event: what is told in the past is neither planned nor demanded."""
    if cue.kinds is not None and kind not in cue.kinds:
        return False
    if cue.modality == "demanded" and (kind, phase) in _NEVER_DEMANDED:
        return False
    return not (cue.modality in ("planned", "demanded") and _FINITE.match(within))


_BASE = re.compile(
    r"(?:release|free|liberate|drop|let|set|grant|end|lift|cancel|quash|revoke|withdraw|overturn)\b", re.I
)
_NOUN = re.compile(
    r"\b(?:the|an?|his|her|their|this|that|any|no|[\w-]+['’]s?|of|for|on|after|since) (?:\w+ )?$", re.IGNORECASE
)
_BIDDING = re.compile(
    r"[\W\d]*(?:please |and |then )?(?:(?:immediately|unconditionally|promptly|urgently|at once)(?:,| and)? ){0,3}"
    r"(?:release|free|liberate|drop|let|set|grant|end|lift|cancel|quash|revoke|withdraw|overturn|allow|ensure|stop|give|"
    r"bring|guarantee|provide|disclose|reveal|respect|investigate|repeal|put|open|halt|take|make) "
    r"(?:(?:all|any|every|each|the|these|those|his|her|their|its|him|them|an?|this|that|sure|full|both|unconditional|"
    r"immediate)\b|(?-i:[A-Z]))",
    re.IGNORECASE,
)  # a sentence that begins so asks for what it tells of: "Drop all charges and [free] her"
_FINITE = re.compile(
    r"(?:who |which )?(?:was|were|had been|has been|have been)\b(?! (?:to|due|set|expected|scheduled)\b)", re.IGNORECASE
)
_IMAGINED = frozenset(["release", "exchange"])  # "if bail is refused again": fact by its own words, but for "if"
_LASTING = frozenset(["detention", "sentence", "charge"])  # what holds whatever else may come
_TIGHT = re.compile(r"(?: (?!and\b|that\b|but\b|or\b)[\w'-]+){0,4} ?")


def _reaches(cue: Cue, gap: str, kind: str, *, tight: bool) -> bool:
    if tight or cue.tight or (kind in _LASTING and cue.modality in ("planned", "hypothetical")):
        return bool(_TIGHT.fullmatch(gap))
    return len(gap) <= _NEAR[cue.modality]


_NEVER_DEMANDED = {
    ("release", "refused"),
    ("release", "promised"),
    ("release", "ordered"),
    ("hunger_strike", "ongoing"),
    ("hunger_strike", "start"),
    ("order", "issued"),
    ("order", "expires"),
    ("sentence", "passed"),
    ("charge", "brought"),
    ("isolation", "ongoing"),
    ("hearing", "postponed"),
    ("hearing", "scheduled"),
    ("exchange", "proposed"),
}
_RELATIVE = re.compile(r",\s*(?:who|whom|whose)\b")  # "denied holding X, who [vanished in May]"
_NOT_INSIDE = re.compile(
    r"\b(?:was|were|been|be|is|are|has|have|had|will|would|shall) (?:\w+ )?(?:not|never)\b|"
    r"\b(?:was|were|is|are|has|have|had|wo|would)n't\b",
    re.IGNORECASE,
)  # "the detention of X will not be renewed"


def _inner(modality: str, within: str) -> re.Match[str] | None:
    return _NOT_INSIDE.search(within) if modality == "denied" else None


def context_of(scene: Scene, sentence: Sentence, span: Span, statement: Statement | None) -> tuple[str, str]:
    """The words of its clause before and after a trigger."""
    start = max(sentence.start, span[0] - _REACH - 60)
    before = scene.text[start : span[0]]
    cut = 0
    for boundary in _CLAUSE.finditer(scene.text, start, span[1]):
        if boundary.end() > span[0] or _CONDITION.match(scene.text, start, boundary.start()):
            continue
        cut = boundary.end() - start
    after = scene.text[span[1] : min(sentence.end, span[1] + _REACH)]
    end = _CLAUSE_END.search(after)
    return before[cut:], after[: end.start()] if end else after


def _told(scene: Scene, statement: Statement | None, span: Span, kind: str, phase: str) -> tuple[Modality, str] | None:
    if statement is None:
        return None
    cue = " ".join(scene.text[a:b] for a, b in statement.cue)
    vocabulary = words()
    start = scene.content_span(statement, span[0])[0]
    at_start = span[0] - start
    if vocabulary.denial.match(cue) and at_start < 80 and not _RELATIVE.search(scene.text, start, span[0]):
        return "denied", cue
    if vocabulary.doubt.match(cue):
        return "alleged", cue
    wanted = (
        kind in ("release", "hospitalisation", "charge", "order", "hearing", "isolation")
        and (
            kind,
            phase,
        )
        not in _NEVER_DEMANDED
    )
    if wanted and vocabulary.demand.match(cue) and at_start < 140:
        return "demanded", cue
    return None
