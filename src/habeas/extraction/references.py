"""Which entity the words at a place mean: mentions, descriptions ("the detainee"), pronouns ("he", "both")."""

from __future__ import annotations

from typing import Protocol


class Resolver(Protocol):
    """Answers who is meant. All offsets are code points into the page's text; ids are entity ids."""

    def meaning(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of the entities that the words [start, end) mean; () where that cannot be told.

        The words may be a name or part of one, a description ("the detainee", "her client", "the two brothers"), or a
        pronoun ("he", "his", "they", "both"). Several ids stand for several named people, in text order.
        """
        ...

    def detained(self) -> tuple[str, ...]:
        """Ids of the people and groups that the page speaks of as held in detention, most prominent first."""
        ...

    def in_focus(self, offset: int) -> tuple[str, ...]:
        """Ids of the detained people or group whom the text is about at `offset`, by nearest earlier mention."""
        ...
