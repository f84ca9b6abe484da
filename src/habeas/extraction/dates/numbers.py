"""Numbers in words: "forty-four", "the hundred and fifth", "87th"; and lengths of time as ISO 8601 durations."""

from __future__ import annotations

import re

from habeas.extraction.dates.lexicon import Lexicon, load

_DIGITS = re.compile(r"\d+")
_ISO_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_LENGTH = r"(?<!\w){number}(?P<half>\s+and\s+a\s+half)?[\s-]+(?:of\s+)?(?P<unit>{unit})\b(?P<tail>\s+and\s+a\s+half)?"


def to_number(words: str, lexicon: Lexicon | None = None) -> int | None:
    """The whole number that digits or words name, ordinal or not; None where they name none."""
    lexicon = lexicon or load()
    digits = _DIGITS.search(words)
    if digits:
        return int(digits[0])
    folded = " ".join(words.lower().split())
    if folded in lexicon.numbers:
        return lexicon.numbers[folded]
    total, known = 0, False
    for word in re.split(r"[\s-]+", folded.removeprefix("the ")):
        value = lexicon.ordinals[word] if word in lexicon.ordinals else lexicon.numbers.get(word)
        if word == "hundred":
            total, known = max(total, 1) * 100, True
        elif value is not None:
            total, known = total + value, True
        elif word != "and":
            return None
    return total if known else None


def duration_to_iso(words: str, language: str = "en") -> str | None:
    """The length of time as an ISO 8601 duration: "four months" is `P4M`, "two years and three months" `P2Y3M`.

    Days and weeks that stand beside months are kept; weeks alone give days ("two weeks" is `P14D`), since courts count
    orders in days. None where the words name no length in days or more.
    """
    lexicon = load(language)
    pattern = _LENGTH.format(number=f"(?P<number>{lexicon.patterns['cardinal']})", unit=lexicon.patterns["unit"])
    parts = {"year": 0, "month": 0, "day": 0}
    for found in re.finditer(pattern, words):
        unit, number = lexicon.units[found["unit"].lower()], to_number(found["number"], lexicon)
        if number is None or unit == "hour":
            continue
        _add(parts, unit, number, half=bool(found["half"] or found["tail"]))
    text = "".join(f"{parts[unit]}{_ISO_UNITS[unit]}" for unit in parts if parts[unit])
    return f"P{text}" if text else None


def _add(parts: dict[str, int], unit: str, number: int, *, half: bool) -> None:
    if unit == "week":
        parts["day"] += 7 * number
    else:
        parts[unit] += number
    if half:
        smaller, amount = {"year": ("month", 6), "month": ("day", 15), "week": ("day", 3)}.get(unit, ("day", 0))
        parts[smaller] += amount
