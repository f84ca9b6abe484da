"""Annotated mini-reports agree with their texts, use known words, and keep their two halves apart."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from demo.test_samples import EDTF, anchors, occurs

ROOT = Path(__file__).parents[2]
BANKS = sorted((ROOT / "training" / "sentences" / "raw").glob("*.jsonl"))
DEFINED = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("reading.md", "glossary.md")]
NAMED = {word for text in DEFINED for word in re.findall(r"`([a-z_]+)`", text)}
WHOLLY_SEEN = {"custody-c"}  # banks without a half for measuring
LISTED = {"detention", "denial", "ill_treatment"}  # kinds whose value is one of a list

Report = dict[str, Any]
each_bank = pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)


def reports(path: Path) -> list[Report]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def words(report: Report) -> set[str]:
    """The words of the definition that a report's annotation uses."""
    said, claimed = report["statements"], report["claims"]
    return {
        *(entity["kind"] for entity in report["entities"]),
        *(act for statement in said for act in statement["acts"]),
        *(statement["manner"] for statement in said),
        *(claim[key] for claim in claimed for key in ("kind", "phase", "modality")),
        *(claim["value"] for claim in claimed if claim["kind"] in LISTED),
    }


def strangers(report: Report) -> set[str | None]:
    """What a report's statements and claims refer to and it does not have."""
    known = {None, *(item["id"] for item in (*report["entities"], *report["statements"]))}
    said, claimed = report["statements"], report["claims"]
    speakers = {statement["speaker"]["entity"] for statement in said}
    others = {who for statement in said for who in (statement["target"], *statement["about"])}
    return (speakers | others | {claim[key] for claim in claimed for key in ("subject", "statement")}) - known


@each_bank
def test_annotations_point_at_their_words(path: Path) -> None:
    assert [(r["id"], a) for r in reports(path) for a in anchors(r) if not occurs(r["text"], a)] == []


@each_bank
def test_annotations_use_the_words_of_the_definition(path: Path) -> None:
    assert [(r["id"], words(r) - NAMED) for r in reports(path) if words(r) - NAMED] == []


@each_bank
def test_annotations_refer_to_what_is_there(path: Path) -> None:
    assert [(r["id"], strangers(r)) for r in reports(path) if strangers(r)] == []


@each_bank
def test_dates_are_dates(path: Path) -> None:
    dates = {claim["date"] for r in reports(path) for claim in r["claims"]} - {None}
    assert {date for date in dates if not EDTF.fullmatch(date)} == set()


def test_no_report_is_in_two_files() -> None:
    texts = [r["text"] for path in BANKS for r in reports(path)]
    assert texts
    assert len(texts) == len(set(texts))


def test_every_bank_has_two_halves_but_those_written_to_be_read() -> None:
    halves = [path.stem.split("-", 1) for path in BANKS]
    seen, apart = ({bank for half, bank in halves if half == one} for one in ("seen", "heldout"))
    assert seen - apart == WHOLLY_SEEN
    assert apart <= seen
