"""When something came that a report tells of once more, without its date, after it has told of the same news."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from habeas.extraction import edtf
from habeas.extraction.custody.scene import Scene
from habeas.extraction.reading import Claim

_RECENT = 14  # days before publication within which what a report tells of is its news
_BACK = re.compile(
    r"\b(?:had|earlier|previous|previously|before|after|once|first|then|ago|already|since|later)\b", re.IGNORECASE
)
_NEWS = (
    {("release", "done"), ("exchange", "done")},
    {("hunger_strike", "ended"), ("hunger_strike", "suspended")},
)


def dated_by_the_news(scene: Scene, drafts: Sequence[Claim], published: str | None) -> list[Claim]:
    """The drafts; who is let go, exchanged or eats again without a date is of the day of those told of before.

    Only where the others' day lies within a fortnight before publication, and no word looks back: "A third was freed as
    well", but not "Six have since been let go".
    """
    today = edtf.as_day((published or "")[:10])
    if today is None:
        return list(drafts)
    out: list[Claim] = []
    for draft in sorted(drafts, key=lambda claim: claim.id):
        days = [day for day in _told_before(draft, out) if 0 <= (today - day).days <= _RECENT]
        undated = draft.modality == "actual" and draft.date is None
        dated = undated and days and not _looks_back(scene, draft)
        out.append(replace(draft, date=days[-1].isoformat()) if dated else draft)
    return out


def _told_before(draft: Claim, before: Sequence[Claim]) -> list[date]:
    """The days of what was told before of the same kind of news."""
    alike: set[tuple[str, str]] = next((kinds for kinds in _NEWS if (draft.kind, draft.phase) in kinds), set())
    told = [c.date for c in before if (c.kind, c.phase) in alike and c.modality == "actual"]
    return [day for day in map(edtf.as_day, told) if day]


def _looks_back(scene: Scene, claim: Claim) -> bool:
    return any(_BACK.search(scene.text, start, end) for start, end in claim.evidence)
