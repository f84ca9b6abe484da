"""What a person may choose when a claim or statement is put right, in words; and words of a text found in it again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from habeas import vocab
from habeas.cases.casefile import Spans
from habeas.cases.fold import labels
from habeas.cases.passages import GAP
from habeas.web.desk import phrases, wording

MODALITIES = {
    "actual": gettext_noop("told as having happened"),
    "alleged": gettext_noop("alleged"),
    "planned": gettext_noop("expected"),
    "demanded": gettext_noop("demanded"),
    "denied": gettext_noop("denied"),
    "hypothetical": gettext_noop("only if or feared"),
}
OTHERS = {
    ("denial", "done"): gettext_noop("visit, lawyer, care or contact refused"),
    ("ill_treatment", "done"): gettext_noop("ill-treatment"),
}
_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
_LENGTH = re.compile(r"\s*(\d{1,4})\s*(year|month|week|day)s?\b,?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its code, and what it is called."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things to choose that belong together, under the name of their line."""

    name: str
    options: tuple[Option, ...]


def events() -> list[Group]:
    """Every kind of claim with each of its phases ("order/renewed"), by line."""
    found: dict[str, list[Option]] = {family: [] for family in wording.FAMILIES}
    for kind, phases in vocab.load(None, "claims")["phases"].items():
        found[wording.family(kind)] += [Option(f"{kind}/{phase}", _event(kind, phase)) for phase in phases]
    return [Group(gettext(wording.LINES[family]), tuple(options)) for family, options in found.items()]


def modalities() -> list[Option]:
    """Whether it happened, is alleged, expected …"""
    return [Option(code, gettext(words)) for code, words in MODALITIES.items()]


def manners() -> list[Option]:
    """Whether words are the speaker's own."""
    return [Option(code, gettext(words)) for code, words in wording.MANNERS.items()]


def acts() -> list[Option]:
    """What can be done by a statement, by name."""
    return sorted((Option(code, wording.act_words(code)) for code in wording.ACTS), key=lambda option: option.words)


def as_value(written: str) -> str:
    """A length as ISO 8601 has it ("4 months" as "P4M"); anything else as it was written."""
    parts = _LENGTH.findall(written)
    if not parts or _LENGTH.sub("", written).strip():
        return written
    given = {unit.lower(): number for number, unit in parts}
    return "P" + "".join(f"{int(given[unit])}{sign}" for unit, sign in _UNITS.items() if unit in given)


def located(text: str, words: str, near: int) -> Spans:
    """Where the words stand in the text, as near to that place as they do; () where they do not stand in it.

    Pieces are kept apart by " … ". Line ends and runs of spaces make no difference: browsers change both.
    """
    found = [_nearest(text, piece, near) for piece in words.split(GAP) if piece.strip()]
    places = [place for place in found if place is not None]
    return tuple(sorted(places)) if found and len(places) == len(found) and _apart(places) else ()


def _nearest(text: str, piece: str, near: int) -> tuple[int, int] | None:
    pattern = re.compile(r"\s+".join(re.escape(word) for word in piece.split()))
    return min((found.span() for found in pattern.finditer(text)), key=lambda at: abs(at[0] - near), default=None)


def _apart(places: Iterable[tuple[int, int]]) -> bool:
    end = 0
    for first, last in sorted(places):
        if first < end:
            return False
        end = last
    return True


def _event(kind: str, phase: str) -> str:
    if (kind, phase) in OTHERS:
        return gettext(OTHERS[kind, phase])
    return phrases.in_interface(labels.WORDS.get((kind, phase), phase))
