"""Annotated reports as gold readings, from JSON lines with offsets or anchors, or from a folder of files with anchors.

    python training/reports/gold.py training/reports/raw > own.jsonl

An anchor is the exact words, where they occur once in the text, or [words, n] for their n-th occurrence from 1.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Gold = dict[str, Any]


class AnchorMissing(ValueError):
    """An anchor points at no place in its text, or at several."""


def load(path: Path) -> list[Gold]:
    """The gold readings of a file of JSON lines, or of a folder in order of name, each with `text` and `style`.

    A line with a `document` is gold already; one without is annotated with anchors. Raises AnchorMissing on a bad one.
    """
    if path.is_dir():
        return [build(json.loads(one.read_text(encoding="utf-8"))) for one in sorted(path.glob("*.json"))]
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [line if "document" in line else build(line) for line in lines]


def build(report: Gold) -> Gold:
    """The reading of one report annotated with anchors. Raises AnchorMissing, with the report's id, on a bad anchor."""
    text = report["text"]
    try:
        return {
            "document": {key: report.get(key) for key in ("id", "title", "published", "language")},
            "style": report.get("style"),
            "text": text,
            "entities": [{**e, "mentions": spans(text, e["mentions"])} for e in report["entities"]],
            "statements": [_statement(text, s) for s in report["statements"]],
            "claims": [_claim(text, c) for c in report["claims"]],
        }
    except AnchorMissing as fault:
        raise AnchorMissing(f"{report['id']}: {fault}") from fault


def spans(text: str, anchors: list[Any] | None) -> list[list[int]]:
    """[start, end] of each anchor, in reading order."""
    return sorted(_span(text, anchor) for anchor in anchors or ())


def _span(text: str, anchor: Any) -> list[int]:
    words, nth = (anchor, 1) if isinstance(anchor, str) else anchor
    starts = [start for start in range(len(text)) if text.startswith(words, start)]
    if len(starts) < nth or (isinstance(anchor, str) and len(starts) > 1):
        raise AnchorMissing(f"{words!r} occurs {len(starts)} times; write words that occur once, or [words, n].")
    return [starts[nth - 1], starts[nth - 1] + len(words)]


def _statement(text: str, said: Gold) -> Gold:
    speaker = {**dict.fromkeys(("entity", "role", "organisation")), **said["speaker"]}
    condition = said.get("condition")
    return {
        "target": None, "outlet": None, "about": [], **said,
        "speaker": {**speaker, "spans": spans(text, speaker.get("spans"))},
        "cue": {"spans": spans(text, said.get("cue"))},
        "content": {"spans": spans(text, said["content"])},
        "condition": _span(text, condition) if condition else None,
    }  # fmt: skip


def _claim(text: str, claim: Gold) -> Gold:
    empty = dict.fromkeys(("date", "value", "place", "actor", "statement"))
    return {**empty, "optional": False, **claim, "evidence": spans(text, claim["evidence"])}


if __name__ == "__main__":
    for reading in load(Path(sys.argv[1])):
        print(json.dumps(reading, ensure_ascii=False))
