"""One statement as several outlets have it, folded together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from habeas.cases.casefile import ListedStatement
from habeas.core.folding import fold

ALIKE = 0.75  # of the words that either has, the share that both have


@dataclass(frozen=True, slots=True)
class Folded:
    """A statement, and the others that have the same words of the same speaker."""

    first: ListedStatement
    others: tuple[ListedStatement, ...]


def folded_together(statements: Iterable[ListedStatement]) -> list[Folded]:
    """The statements in order, each with the later ones that repeat it.

    One repeats another where the speaker has the same name, or a part of it, and three words of four are the same.
    """
    kept: list[tuple[ListedStatement, list[ListedStatement]]] = []
    for statement in statements:
        same = next((others for first, others in kept if _repeats(first, statement)), None)
        if same is None:
            kept.append((statement, []))
        else:
            same.append(statement)
    return [Folded(first, tuple(others)) for first, others in kept]


def _repeats(one: ListedStatement, other: ListedStatement) -> bool:
    mine, theirs = _words(one.said.passage.words), _words(other.said.passage.words)
    if not mine or len(mine & theirs) < ALIKE * len(mine | theirs):
        return False
    names = _words(one.said.speaker), _words(other.said.speaker)
    return names[0] <= names[1] or names[1] <= names[0]


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())
