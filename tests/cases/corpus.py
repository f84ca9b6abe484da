"""Real cases as public pages tell them, entered as claims; read from $HABEAS_CORPORA, none of it is in the repository.

A case is addressed by the first eight digits of the SHA-256 of its id, so that nobody's name stands here.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claims import told
from habeas.cases.casefile import Row, Value
from habeas.extraction import edtf

FILE = Path(os.environ.get("HABEAS_CORPORA", "")) / "cases.jsonl"
needs_corpus = pytest.mark.skipif(
    "HABEAS_CORPORA" not in os.environ or not FILE.exists(), reason="skipped: no corpus (HABEAS_CORPORA names none)"
)
_CODES = {
    "arrest": "arrest/done",
    "rearrest": "arrest/done",
    "admin_order": "order/issued",
    "order_renewal": "order/renewed",
    "order_suspension": "order/suspended",
    "order_cancellation": "order/cancelled",
    "order_confirmation": "order/upheld",
    "order_expiry": "order/expires",
    "strike_start": "hunger_strike/start",
    "strike_resume": "hunger_strike/start",
    "strike_day": "hunger_strike/ongoing",
    "strike_suspension": "hunger_strike/suspended",
    "strike_end": "hunger_strike/ended",
    "strike_duration": "hunger_strike/ended",
    "release": "release/done",
    "release_due": "release/done",
    "release_agreement": "release/promised",
    "release_refusal": "release/refused",
    "pardon": "release/done",
    "exchange": "exchange/done",
    "deportation": "deportation/done",
    "death": "death/done",
    "charge": "charge/brought",
    "sentence": "sentence/passed",
    "conviction": "sentence/passed",
    "sentence_served": "detention/ongoing",
    "remand": "detention/ongoing",
    "house_arrest": "detention/ongoing",
    "custody_place": "detention/ongoing",
    "incommunicado": "detention/ongoing",
    "disappearance": "disappearance/ongoing",
    "transfer": "transfer/done",
    "hospitalisation": "hospitalisation/admitted",
    "hospital_discharge": "hospitalisation/discharged",
    "isolation": "isolation/ongoing",
    "medical_state": "health/ongoing",
}
_REGIMES = {"sentence_served": "sentence", "remand": "remand", "house_arrest": "house_arrest"}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "another": 1, "a": 1}
_LENGTH = re.compile(r"(\d+|" + "|".join(_NUMBERS) + r")[ -](?:more )?(year|month|day)s?")
_COUNT = re.compile(r"\b(\d{1,3})\b(?:st|nd|rd|th)?(?! April)")
_SET_ASIDE = frozenset({"historical", "background"})
_MODALITIES = {"future": "planned", "allegation": "alleged", "negated": "denied", "hypothetical": "hypothetical"}


def rows_of(case: str) -> list[Row]:
    """The claims that the pages on one case tell, a document a page; `case` is the hash of its id."""
    pages = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    ours = [page for page in pages if hashlib.sha256(page["case_id"].encode()).hexdigest().startswith(case)]
    assert ours
    return [row for number, page in enumerate(ours, start=1) for row in _of_page(page, number)]


def _of_page(page: dict[str, Any], number: int) -> Iterator[Row]:
    published = page["page_date"] if edtf.as_day(page["page_date"]) else ""
    for fact in page["facts"]:
        yield from _of_fact(fact, published, number)


def _of_fact(fact: dict[str, Any], published: str, number: int) -> Iterator[Row]:
    kind, flags, words = fact["kind"], set(fact.get("flags") or ()), fact["value"] or ""
    date = fact["date"] if fact["date"] and edtf.is_edtf(fact["date"]) else ""
    if "electronic monitoring" in words or kind == "house_arrest":  # let out, and held at home
        kind = "house_arrest"
    elif kind in {"conditional_release", "bail"}:
        kind = "release"
    if kind not in _CODES or flags & _SET_ASIDE:
        return
    modality = next((said for flag, said in _MODALITIES.items() if flag in flags), "actual")
    modality = "planned" if kind in {"release_due", "order_expiry"} and modality == "actual" else modality
    code, value = _CODES[kind], _value(kind, words)
    if kind in {"medical_state", "strike_duration"} and value is None:
        return
    place = words if kind in {"transfer", "custody_place", "hospitalisation"} else ""
    made = told(code, date, value, modality=modality, published=published, document=number, place=place[:40])
    yield replace(made, passage=replace(made.passage, words=words))
    if kind in {"admin_order", "order_renewal"}:
        yield told("detention/ongoing", "", "administrative", published=published, document=number)


def _value(kind: str, words: str) -> Value:
    if kind in _REGIMES:
        return _REGIMES[kind]
    if kind in {"admin_order", "order_renewal", "sentence"}:
        found = _LENGTH.findall(words.casefold())
        units = {unit: int(n) if n.isdigit() else _NUMBERS[n] for n, unit in reversed(found)}
        length = "".join(f"{units[unit]}{unit[0].upper()}" for unit in ("year", "month", "day") if unit in units)
        return f"P{length}" if length else None
    if kind.startswith("strike_") and kind not in {"strike_start", "strike_resume"}:
        count = _COUNT.search(words)
        return int(count[1]) if count else None
    if kind == "medical_state":
        return "critical" if re.search(r"critical|coma|brink", words) else None
    return "unknown" if kind == "custody_place" else None
