"""One claim per subject, event, modality, date and value: repeated tellings folded into the fullest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from habeas.extraction.reading import Claim

_ENDS = {
    ("release", "done"): ("detention", "denial"),
    ("death", "done"): ("detention",),
    ("disappearance", "ended"): ("disappearance",),
}


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
    kept = _until_freed(_regimes_told(_denials_told(kept)))
    return [replace(claim, id=f"c{number}") for number, claim in enumerate(kept, 1)]


def _regimes_told(claims: Sequence[Claim]) -> list[Claim]:
    """A detention without a regime adds nothing where the same person's regime is told, but for the day it began."""
    kept = list(claims)
    for vague in [claim for claim in claims if claim.kind == "detention" and claim.value == "unknown"]:
        told = [o for o in kept if o.kind == "detention" and _event(o) == _event(vague) and o.value != "unknown"]
        if told and (vague.date is None or any(o.date == vague.date for o in told)):
            kept.remove(vague)
        elif len(told) == 1 and told[0].date is None and "/" in (vague.date or ""):
            kept.remove(vague)
            kept[kept.index(told[0])] = replace(told[0], date=vague.date)
    return kept


def _denials_told(claims: Sequence[Claim]) -> list[Claim]:
    """The claims but what was withheld "otherwise" where the same words tell what it was."""
    told = {(_event(claim), claim.evidence) for claim in claims if claim.kind == "denial" and claim.value != "other"}
    return [c for c in claims if c.kind != "denial" or c.value != "other" or (_event(c), c.evidence) not in told]


def _until_freed(claims: Sequence[Claim]) -> list[Claim]:
    """The claims; custody since a day, told as over by the report, goes on to the day of release and no further."""
    ends: dict[tuple[str, str], str] = {}
    for claim in claims:
        lasted = _ENDS.get((claim.kind, claim.phase), ())
        if claim.modality == "actual" and claim.date and len(claim.date) == len("2024-05-10"):
            ends |= {(claim.subject, kind): max(claim.date, ends.get((claim.subject, kind), "")) for kind in lasted}
    again = {(c.subject, c.date or "") for c in claims if (c.kind, c.modality) == ("arrest", "actual")}
    return [_cut(claim, ends, again) for claim in claims]


def _cut(claim: Claim, ends: Mapping[tuple[str, str], str], again: Collection[tuple[str, str]]) -> Claim:
    over = ends.get((claim.subject, claim.kind))
    first, _, last = (claim.date or "").partition("/")
    if over is None or claim.modality != "actual" or not first < over < last:
        return claim
    taken_again = any(subject == claim.subject and over <= day for subject, day in again)
    return claim if taken_again else replace(claim, date=f"{first}/{over}")


def _event(claim: Claim) -> tuple[str, str, str, str]:
    return claim.subject, claim.kind, claim.phase, claim.modality


def _agree(first: Claim, second: Claim) -> bool:
    dates = first.date == second.date or first.date is None or second.date is None
    exact = first.kind in ("detention", "denial", "ill_treatment", "charge")
    if first.kind == "health":
        return dates and (first.value == second.value or _is_end(first, second) or _is_end(second, first))
    if exact:
        return dates and first.value == second.value
    return dates and (first.value == second.value or first.value is None or second.value is None)


def _is_end(short: Claim, whole: Claim) -> bool:
    """Whether one says the last words of what the other says: "lost 14 kilos" of "has since lost 14 kilos"."""
    same = short.evidence == whole.evidence
    return same and bool(short.value) and str(whole.value).casefold().endswith(f" {short.value}".casefold())


def _fuller(first: Claim, second: Claim) -> Claim:
    shorter = first.kind == "health" and _is_end(second, first)
    return replace(
        first,
        date=first.date or second.date,
        value=first.value if first.value is not None and not shorter else second.value,
        place=first.place or second.place,
        actor=first.actor or second.actor,
    )
