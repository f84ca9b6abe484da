"""Are two names one person's: a score, a verdict and a reason in words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, NamedTuple

from habeas.names.align import SURELY_APART, Alignment, align, known_relation
from habeas.names.context import Context, Evidence, weigh
from habeas.names.parse import Name, parse
from habeas.names.reason import explain
from habeas.names.score import score, scores

Verdict = Literal["same", "different", "ask"]
SAME, ASK = 0.5, 0.12
ALIKE = 0.85  # parts as alike as this are one part in two spellings
SIGNS = 2  # of the context, by which a single name or a weak alias may be somebody's
CEILING = 0.49  # where the context may speak for one person, but never makes "same"
NO_EVIDENCE = Evidence((), (), 0.0)


class Match(NamedTuple):
    """What comparing two names found.

    `score` is 0 to 1, from .5 on "same"; `agreed` and `disagreed` are what the contexts say besides the names.
    Two people can bear one name: "same" with nothing agreed says that the names are one, not that the people are.
    """

    score: float
    verdict: Verdict
    alignment: Alignment
    evidence: Evidence = NO_EVIDENCE
    alias: str = ""

    @property
    def reason(self) -> str:
        """One sentence for the person who judges."""
        return explain(self.alignment, self.evidence, self.alias)

    @property
    def agreed(self) -> tuple[str, ...]:
        """What both contexts say alike, in words."""
        return self.evidence.agreed

    @property
    def disagreed(self) -> tuple[str, ...]:
        """What the contexts say differently, in words."""
        return self.evidence.disagreed


def _verdict(value: float, found: Alignment, evidence: Evidence) -> Verdict:
    """The verdict of a score; a name of one part, or people told apart by their contexts, are for a person to judge."""
    if value < ASK:
        return "different"
    if value < SAME or evidence.disagreed:
        return "ask"
    one_part = found.a.folded != found.b.folded and (found.a.is_one_part or found.b.is_one_part)
    return "ask" if one_part and len(evidence.agreed) < SIGNS else "same"


def _is_unread(found: Alignment) -> bool:
    return found.a.folded == found.b.folded or not found.a.units or not found.b.units


def _unread(found: Alignment) -> float:
    return float(found.a.folded == found.b.folded)


def _names_score(found: Alignment) -> float:
    return _unread(found) if _is_unread(found) else _bounded(found, score(found))


def _bounded(found: Alignment, value: float) -> float:
    if value >= SAME:
        return CEILING if _is_two_names(found) else value
    return ASK if value < ASK and len(found.pairs) == 1 and _is_end_of_other(found) else value


def _is_end_of_other(found: Alignment) -> bool:
    """Whether one of two names with one pair is that part alone, the first or the last of the other: short for it."""
    pair, a, b = found.pairs[0], found.a, found.b
    if pair.known < 0 or pair.alike < ALIKE:
        return False
    if a.is_one_part:
        return not found.left_a and not b.is_one_part and pair.at_b in (0, len(b.units) - 1)
    return b.is_one_part and not found.left_b and pair.at_a in (0, len(a.units) - 1)


def _is_two_names(found: Alignment) -> bool:
    """Whether given.toml tells two parts apart that answer each other, or stand in one place of the same chain."""
    if SURELY_APART in [pair.known for pair in found.pairs]:
        return True
    if not (found.left_a and found.left_b):
        return False
    a, b = found.a.units, found.b.units
    return any(
        known_relation(a[i], b[j]) == SURELY_APART
        for i in found.left_a
        for j in found.left_b
        if 0 < i < len(a) - 1 and 0 < j < len(b) - 1
    )


def _moved(value: float, evidence: Evidence) -> float:
    """`value` moved by what the contexts say, on the log-odds scale."""
    if not evidence.weight or (value in (0.0, 1.0) and evidence.weight > 0):
        return value
    value = min(max(value, 0.001), 0.999)
    return 1.0 / (1.0 + math.exp(-math.log(value / (1.0 - value)) - evidence.weight))


def compare(a: str | Name, b: str | Name, context_a: Context | None = None, context_b: Context | None = None) -> Match:
    """Whether `a` and `b` name one person, with a score and a reason.

    The contexts, where both are given, move the score and are named in the reason; a weak alias (a nickname, a surname
    translated by its meaning) counts only where the contexts agree in something. Symmetric; never raises on any text.
    """
    first = parse(a) if isinstance(a, str) else a
    second = parse(b) if isinstance(b, str) else b
    found = align(first, second)
    value = _names_score(found)
    by_names = Match(value, _verdict(value, found, NO_EVIDENCE), found)
    if context_a is None or context_b is None:
        return by_names
    return in_context(by_names, (first, context_a), (second, context_b))


def in_context(by_names: Match, a: tuple[Name, Context], b: tuple[Name, Context]) -> Match:
    """As `compare` with contexts, of names that were compared without: only what else is known is weighed."""
    evidence = weigh(a[1], b[1])
    found, value, alias = by_names.alignment, by_names.score, ""
    if value < SAME and evidence.agreed:
        found, value, alias = _best_alias((found, value, alias), a, b)
    moved = _moved(value, evidence)
    if (alias and len(evidence.agreed) < SIGNS) or (value < SAME <= moved and _tells_apart(found)):
        moved = min(moved, CEILING)
    return Match(moved, _verdict(moved, found, evidence), found, evidence, alias)


def _tells_apart(found: Alignment) -> bool:
    """Whether the names themselves speak for two people, such as brothers who were arrested together.

    They do where two parts are known as different names, each name has a part of its own, or one has a given name
    before all that the other has. No context makes one person of these.
    """
    if any(pair.known < 0 for pair in found.pairs):
        return True
    if found.a.is_one_part or found.b.is_one_part:
        return False
    a = [i for i in found.left_a if not found.a.units[i].is_title]
    b = [j for j in found.left_b if not found.b.units[j].is_title]
    if a and b:
        return True
    return (a[:1] == [0] and not found.a.units[0].is_lead) or (b[:1] == [0] and not found.b.units[0].is_lead)


def compare_each(pairs: Iterable[tuple[str | Name, str | Name]]) -> list[Match]:
    """`compare` of each pair in order, without contexts; quicker together, and the same to twelve digits."""
    found = [align(parse(a) if isinstance(a, str) else a, parse(b) if isinstance(b, str) else b) for a, b in pairs]
    weighed = iter(scores([one for one in found if not _is_unread(one)]))
    values = [_unread(one) if _is_unread(one) else _bounded(one, next(weighed)) for one in found]
    return [Match(value, _verdict(value, one, NO_EVIDENCE), one) for one, value in zip(found, values, strict=True)]


def _best_alias(
    best: tuple[Alignment, float, str], a: tuple[Name, Context], b: tuple[Name, Context]
) -> tuple[Alignment, float, str]:
    """The better of the names themselves (`best`) and any weak alias of either side."""
    tries = [(alias, b[0]) for alias in a[1].weak_aliases] + [(alias, a[0]) for alias in b[1].weak_aliases]
    for alias, other in tries:
        found = align(parse(alias), other)
        value = _names_score(found)
        if value > best[1]:
            best = (found, value, alias)
    return best
