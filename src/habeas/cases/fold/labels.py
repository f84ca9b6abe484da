"""Neutral English for codes: what a claim says, and what the state lines are called."""

from __future__ import annotations

import re
from functools import lru_cache

from habeas.cases.casefile import Row, Value

CUSTODY = {
    "unknown": "not told",
    "disappeared": "disappeared: fate or whereabouts not acknowledged",
    "incommunicado": "held without contact",
    "in_custody": "in custody",
    "hospital": "in custody, in hospital",
    "order_suspended": "in custody; the order is suspended, which is not a release",
    "house_arrest": "under house arrest",
    "released": "released",
    "exchanged": "released in an exchange",
    "deported": "deported",
    "dead": "dead",
}
BASIS = {
    "unknown": "not told",
    "none_given": "no charge, as far as told",
    "administrative_order": "administrative detention",
    "order": "a detention order",
    "order_suspended": "administrative detention; the order is suspended",
    "order_cancelled": "the order is cancelled",
    "remand": "remand",
    "charge": "charged",
    "sentence": "sentence",
    "sentence_overturned": "the sentence is overturned",
    "unlawful_combatant": "held as “unlawful combatant”",
    "immigration": "immigration detention",
    "ended": "ended",
}
PROTEST = {
    "none": "no hunger strike told",
    "hunger_strike": "on hunger strike",
    "suspended": "hunger strike suspended",
    "ended": "hunger strike ended",
    "disputed": "a hunger strike is denied; nobody else tells of one",
    "lapsed": "was on hunger strike; its end is not told",
}
REGIMES = {
    "administrative": "administrative detention",
    "remand": "remand",
    "sentence": "serving a sentence",
    "unlawful_combatant": "detention as “unlawful combatant”",
    "immigration": "immigration detention",
    "house_arrest": "house arrest",
    "incommunicado": "detention without contact",
}
WORDS = {
    ("arrest", "done"): "arrested",
    ("disappearance", "ongoing"): "disappeared",
    ("disappearance", "ended"): "no longer disappeared",
    ("detention", "ongoing"): "in detention",
    ("order", "issued"): "detention order issued",
    ("order", "renewed"): "order renewed",
    ("order", "shortened"): "order shortened",
    ("order", "suspended"): "order suspended",
    ("order", "reinstated"): "order reinstated",
    ("order", "cancelled"): "order cancelled",
    ("order", "upheld"): "order upheld",
    ("order", "expires"): "order expires",
    ("charge", "brought"): "charged",
    ("charge", "dropped"): "charge dropped",
    ("hearing", "scheduled"): "hearing",
    ("hearing", "held"): "hearing held",
    ("hearing", "postponed"): "hearing postponed",
    ("sentence", "passed"): "sentenced",
    ("sentence", "upheld"): "sentence upheld",
    ("sentence", "reduced"): "sentence reduced",
    ("sentence", "overturned"): "sentence overturned",
    ("appeal", "filed"): "appeal filed",
    ("appeal", "rejected"): "appeal rejected",
    ("appeal", "accepted"): "appeal accepted",
    ("transfer", "done"): "transferred",
    ("hospitalisation", "admitted"): "in hospital",
    ("hospitalisation", "discharged"): "discharged from hospital",
    ("isolation", "start"): "put in isolation",
    ("isolation", "ongoing"): "in isolation",
    ("isolation", "end"): "isolation ended",
    ("hunger_strike", "start"): "began a hunger strike",
    ("hunger_strike", "ongoing"): "on hunger strike",
    ("hunger_strike", "suspended"): "suspended the hunger strike",
    ("hunger_strike", "ended"): "ended the hunger strike",
    ("health", "ongoing"): "health",
    ("release", "ordered"): "release ordered",
    ("release", "promised"): "release promised",
    ("release", "done"): "release",
    ("release", "refused"): "release refused",
    ("exchange", "proposed"): "exchange proposed",
    ("exchange", "agreed"): "exchange agreed",
    ("exchange", "done"): "release in an exchange",
    ("deportation", "ordered"): "deportation ordered",
    ("deportation", "done"): "deported",
    ("death", "done"): "death",
    ("denial", "done"): "something refused",
    ("ill_treatment", "done"): "ill-treatment",
}
DENIED_THINGS = {
    "family_visit": "family visit refused",
    "lawyer": "lawyer refused",
    "medical_care": "medical care refused",
    "contact": "contact refused",
    "other": "something refused",
}
TREATMENT = {"beating": "beating", "torture": "torture", "force_feeding": "force-feeding", "other": "ill-treatment"}
MODALITIES = {
    "actual": "{}",
    "alleged": "alleged: {}",
    "planned": "expected: {}",
    "demanded": "demanded: {}",
    "denied": "denied: {}",
    "hypothetical": "only if or feared: {}",
}
_LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def describe(row: Row) -> str:
    """What the claim says, in a few neutral words: "expected: release", "on hunger strike, day 87"."""
    return told(row.kind, row.phase, row.modality, row.value, row.place)


@lru_cache(maxsize=20_000, typed=True)
def told(kind: str, phase: str, modality: str, value: Value, place: str) -> str:
    """As `describe`, of the parts that it speaks of."""
    return MODALITIES.get(modality, "{}").format(_event(kind, phase, value, place))


def length(value: Value) -> str:
    """An ISO 8601 duration in words ("4 months"); any other value as text."""
    found = _LENGTH.fullmatch(value) if isinstance(value, str) else None
    if not found or not any(found.groups()):
        return "" if value is None else str(value)
    counted = zip(found.groups(), ("year", "month", "week", "day"), strict=True)
    return " ".join(f"{n} {unit}{'' if n == '1' else 's'}" for n, unit in counted if n)


def _event(kind: str, phase: str, value: Value, place: str) -> str:
    words = _named(kind, phase, length(value))
    if place and kind in {"arrest", "transfer", "hospitalisation", "isolation", "detention", "deportation"}:
        words += f" ({place})"
    return words


def _named(kind: str, phase: str, value: str) -> str:
    by_value = {"detention": REGIMES, "denial": DENIED_THINGS, "ill_treatment": TREATMENT}
    if kind in by_value and value in by_value[kind]:
        return by_value[kind][value]
    if kind == "profile":
        return f"{phase}: {value}" if value else phase
    words = WORDS.get((kind, phase), f"{kind.replace('_', ' ')}: {phase}")
    if not value or kind == "detention":
        return words
    if kind == "hunger_strike":
        return f"{words}, day {value}" if phase == "ongoing" else f"{words} ({value} days)"
    return f"{words}: {value}"
