"""Are two names one person's: a score, a verdict and a reason in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from habeas.names.align import Alignment, align
from habeas.names.context import Context, Evidence, weigh
from habeas.names.parse import Name, parse
from habeas.names.reason import explain
from habeas.names.score import score, scores

Verdict = Literal["same", "different", "ask"]
SAME, ASK = 0.5, 0.12
CEILING = 0.49  # where the context may speak for one person, but never makes "same"
NO_EVIDENCE = Evidence((), (), 0.0)


@dataclass(frozen=True, slots=True)
class Match:
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
    return "ask" if one_part and not evidence.agreed else "same"


def _is_unread(found: Alignment) -> bool:
    return found.a.folded == found.b.folded or not found.a.units or not found.b.units


def _unread(found: Alignment) -> float:
    return float(found.a.folded == found.b.folded)


def _names_score(found: Alignment) -> float:
    return _unread(found) if _is_unread(found) else score(found)


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
    if context_a is None or context_b is None:
        return Match(value, _verdict(value, found, NO_EVIDENCE), found)
    evidence = weigh(context_a, context_b)
    alias = ""
    if value < SAME and evidence.agreed:
        found, value, alias = _best_alias(found, value, context_a, context_b)
    moved = _moved(value, evidence)
    if (alias and len(evidence.agreed) < 2) or (value < SAME <= moved and _tells_apart(found)):
        moved = min(moved, CEILING)
    return Match(moved, _verdict(moved, found, evidence), found, evidence, alias)


def _tells_apart(found: Alignment) -> bool:
    """Whether the names themselves speak for two people, such as brothers who were arrested together.

    They do where two parts are known as different names, each name has a part of its own, or one has a given name
    before all that the other has. No context makes one person of these.
    """
    if any(pair.known < 0 for pair in found.pairs):
        return True
    a = [i for i in found.left_a if not found.a.units[i].is_title]
    b = [j for j in found.left_b if not found.b.units[j].is_title]
    if a and b:
        return True
    return (a[:1] == [0] and not found.a.units[0].is_lead) or (b[:1] == [0] and not found.b.units[0].is_lead)


def compare_all(asked: Name, others: Sequence[str]) -> list[Match]:
    """`compare(asked, other)` for each of `others`, quicker than one by one."""
    names = [parse(other) for other in others]
    found = [align(asked, name) for name in names]
    values = [_unread(one) if _is_unread(one) else -1.0 for one in found]
    weighed = [one for one, value in zip(found, values, strict=True) if value < 0]
    rest = iter(scores(weighed))
    return [
        Match(score, _verdict(score, one, NO_EVIDENCE), one)
        for one, score in ((one, next(rest) if value < 0 else value) for one, value in zip(found, values, strict=True))
    ]


def _best_alias(found: Alignment, value: float, a: Context, b: Context) -> tuple[Alignment, float, str]:
    """The better of the names themselves and any weak alias of either side."""
    best = (found, value, "")
    tries = [(alias, parse(alias), found.b) for alias in a.weak_aliases]
    tries += [(alias, found.a, parse(alias)) for alias in b.weak_aliases]
    for alias, first, second in tries:
        other = align(first, second)
        other_value = _names_score(other)
        if other_value > best[1]:
            best = (other, other_value, alias)
    return best
