"""The bundled sample reports agree with their manifest, and annotated reports with their texts."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
REPORTS = Path(str(files("habeas.demo"))) / "reports"
MANIFEST = tomllib.loads((REPORTS / "manifest.toml").read_text(encoding="utf-8"))["report"]
GOLD = sorted((Path(__file__).parent / "gold").glob("*.json"))
TRAINING = sorted((ROOT / "training" / "reports" / "raw").glob("*.json"))
EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?~?(/\d{4}(-\d\d(-\d\d)?)?~?)?")
SPANNED = ("cue", "content", "evidence", "mentions")


def occurs(text: str, anchor: Any) -> bool:
    """Whether an anchor points at one place: words that occur once, or the n-th occurrence of [words, n]."""
    words, nth = (anchor, None) if isinstance(anchor, str) else anchor
    starts = [start for start in range(len(text)) if text.startswith(words, start)]
    return len(starts) == 1 if nth is None else len(starts) >= nth


def anchors(report: dict[str, Any]) -> Iterator[Any]:
    for item in (*report["entities"], *report["statements"], *report["claims"]):
        yield from (anchor for key in SPANNED for anchor in item.get(key, ()))
        yield from item.get("speaker", {}).get("spans", ())
        if item.get("condition"):
            yield item["condition"]


def load(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def test_manifest_lists_every_file_once() -> None:
    listed = [entry["file"] for entry in MANIFEST]
    assert sorted(listed) == sorted(path.name for path in REPORTS.iterdir() if path.name != "manifest.toml")


def test_manifest_entries_are_whole_and_in_order_of_publication() -> None:
    for entry in MANIFEST:
        assert set(entry) == {"file", "source", "url", "published", "language", "title"}
        assert isinstance(entry["published"], date)
        assert re.fullmatch(r"https://[a-z-]+\.example/\S+", entry["url"])
    assert [entry["published"] for entry in MANIFEST] == sorted(entry["published"] for entry in MANIFEST)


def test_wire_items_carry_their_own_record() -> None:
    lines = (REPORTS / "07-wire-items.jsonl").read_text(encoding="utf-8").splitlines()
    assert all({"id", "title", "published", "language", "url", "text"} <= set(json.loads(line)) for line in lines)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_demo_gold_annotates_the_report_as_it_is_bundled(path: Path) -> None:
    prefix = path.stem.removeprefix("demo-")
    (bundled,) = REPORTS.glob(f"{prefix}-*.txt")
    assert load(path)["text"] == bundled.read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("path", [*GOLD, *TRAINING], ids=lambda path: path.stem)
def test_annotations_point_at_their_words(path: Path) -> None:
    report = load(path)
    assert [anchor for anchor in anchors(report) if not occurs(report["text"], anchor)] == []


@pytest.mark.parametrize("path", [*GOLD, *TRAINING], ids=lambda path: path.stem)
def test_annotations_refer_to_what_is_there(path: Path) -> None:
    report = load(path)
    known = {None, *(entity["id"] for entity in report["entities"])}
    statements = {None, *(statement["id"] for statement in report["statements"])}
    for statement in report["statements"]:
        assert {statement["speaker"]["entity"], statement["target"], *statement["about"]} <= known
    for claim in report["claims"]:
        assert claim["subject"] in known
        assert claim["statement"] in statements
        assert claim["date"] is None or EDTF.fullmatch(claim["date"])
