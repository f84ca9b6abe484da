"""How many gold dates the date reader gets right: `python training/reader/dates_dev.py CORPORA [--errors N]`.

CORPORA is the folder with `reports/dev.jsonl` and `reports-invented/train.jsonl`. For every claim with a date whose
evidence holds a date expression (states as of the day of publication aside), two shares are printed: `resolved`, some
expression there (alone, or joined with the day of publication) means the gold date; `chosen`, the one that `date_for`
picks does.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from habeas.extraction import edtf
from habeas.extraction.dates import DateMention, date_for, find_dates, held, reference_day
from habeas.extraction.document import Page
from habeas.extraction.segment import analyse

FILES = ("reports-invented/train.jsonl", "reports/dev.jsonl")


def same(gold: str, guess: str | None) -> bool:
    """Whether two dates are the same, a day either way, signs of doubt aside."""
    if guess is None:
        return False
    one, other = edtf.as_day(gold), edtf.as_day(guess)
    if one and other:
        return abs((one - other).days) <= 1
    return gold.rstrip("~?%") == guess.rstrip("~?%")


def candidates(mentions: Sequence[DateMention], today: date | None) -> Iterator[str]:
    """Every date that the mentions can stand for: their values, starts joined with today, pairs, and today."""
    now = today.isoformat() if today else None
    for mention in mentions:
        if mention.kind in ("duration", "count") and now:
            yield now
        if not mention.value:
            continue
        yield mention.value
        if mention.other:
            yield mention.other
        yield held(mention.value, now) or mention.value
        for later in mentions:
            if later.value and later.start > mention.start:
                yield held(mention.value, later.value) or mention.value


def judge(
    page: Page, mentions: Sequence[DateMention], claim: dict[str, Any], today: date | None
) -> tuple[bool, bool, bool]:
    """Whether the evidence holds a date expression, whether one resolves to the gold date, and whether it is chosen."""
    spans = claim["evidence"]
    inside = [m for m in mentions if any(m.start < end and start < m.end for start, end in spans)]
    if not any(m.is_point for m in inside):
        return False, False, False
    if claim["phase"] == "ongoing" and today and claim["date"] == today.isoformat():
        return False, False, False
    resolved = any(same(claim["date"], value) for value in candidates(inside, today))
    start, end = spans[0]
    trigger = (start, start + 1)
    found = date_for(mentions, trigger, (start, end), page, ahead=claim["modality"] == "planned")
    options = [found.value, held(found.value, today and today.isoformat())] if found else []
    return True, resolved, any(same(claim["date"], value) for value in options)


def measure(path: Path, errors: int) -> None:
    """Print the shares for one corpus."""
    counts = [0, 0, 0, 0]
    faults = []
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        if gold["document"]["language"] != "en":
            continue
        page = analyse(gold["text"])
        published = gold["document"]["published"]
        mentions, today = find_dates(page, published), reference_day(page, published)
        for claim in gold["claims"]:
            if claim["kind"] == "profile" or not claim["date"]:
                continue
            has, resolved, chosen = judge(page, mentions, claim, today)
            counts = [count + one for count, one in zip(counts, (1, has, resolved, chosen), strict=True)]
            if has and not resolved:
                faults.append(_fault(gold, page, mentions, claim))
    print(
        f"{path}: {counts[0]} dated claims, {counts[1]} with a date expression; "
        f"resolved {counts[2] / counts[1]:.3f}, chosen {counts[3] / counts[1]:.3f}"
    )
    for fault in list(dict.fromkeys(faults))[:errors]:
        print("   ", fault)


def _fault(gold: dict[str, Any], page: Page, mentions: Sequence[DateMention], claim: dict[str, Any]) -> str:
    words = [page.text[a:b] for a, b in claim["evidence"]]
    found = [
        (page.text[m.start : m.end], m.value, m.role)
        for m in mentions
        if any(m.start < b and a < m.end for a, b in claim["evidence"])
    ]
    told = f"{claim['kind']}/{claim['phase']} {claim['modality']}"
    return f"{gold['document']['id']} ({gold['document']['published']}) {told} {claim['date']} {words} {found}"


def main() -> None:
    """Measure both corpora."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    for name in FILES:
        measure(args.corpora / name, args.errors)


if __name__ == "__main__":
    main()
