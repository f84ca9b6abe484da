"""One claim per subject, event, modality, date and value: repeated tellings folded into the fullest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from habeas.extraction.reading import Claim

_REGIMES = ("unknown",)


def settled(drafts: Sequence[Claim]) -> list[Claim]:
    """The claims that stand, in text order, numbered c1, c2, …"""
    kept: list[Claim] = []
    for draft in sorted(drafts, key=lambda c: (c.id, c.kind, c.phase)):
        same = [i for i, claim in enumerate(kept) if _event(claim) == _event(draft)]
        slot = next((i for i in same if _agree(kept[i], draft)), None)
        if slot is None:
            kept.append(draft)
        else:
            kept[slot] = _fuller(kept[slot], draft)
    kept = [claim for claim in kept if not _vaguer(claim, kept)]
    return [replace(claim, id=f"c{number}") for number, claim in enumerate(kept, 1)]


def _event(claim: Claim) -> tuple[str, str, str, str]:
    return claim.subject, claim.kind, claim.phase, claim.modality


def _agree(first: Claim, second: Claim) -> bool:
    dates = first.date == second.date or first.date is None or second.date is None
    exact = first.kind in ("detention", "denial", "ill_treatment", "charge", "health")
    if exact:
        return dates and first.value == second.value
    return dates and (first.value == second.value or first.value is None or second.value is None)


def _fuller(first: Claim, second: Claim) -> Claim:
    return replace(
        first,
        date=first.date or second.date,
        value=first.value if first.value is not None else second.value,
        place=first.place or second.place,
        actor=first.actor or second.actor,
    )


def _vaguer(claim: Claim, others: Sequence[Claim]) -> bool:
    """A detention without a regime says nothing where the same person's regime is told."""
    return claim.kind == "detention" and claim.value == "unknown" and any(
        o is not claim and _event(o) == _event(claim) and o.value != "unknown" and (claim.date is None or o.date == claim.date)
        for o in others
    )
