"""Who acts: the name that stands in the audit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does a thing: a user (`user_id`, acting by hand) through `via` (desk, ingest, demo …)."""

    user_id: int
    via: str

    def __str__(self) -> str:
        return f"user {self.user_id} via {self.via}"
