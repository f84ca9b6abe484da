"""Under which law somebody is held by order, where words tell it: `vocab/regimes.toml` says what one order may last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from habeas.cases.casefile import Regime, Row
from habeas.cases.fold import labels
from habeas.cases.fold.custody import Episode
from habeas.vocab import load


class _Signs(NamedTuple):
    """What tells of a law: a kind of detention or its name, and whose authority it is; None where it needs no word."""

    detention: frozenset[str]
    law: re.Pattern[str] | None
    authority: re.Pattern[str] | None
    acting: re.Pattern[str] | None


def told(episodes: Sequence[Episode]) -> Regime | None:
    """The law of the last deprivation of liberty with the claims that tell it; None where they tell of none, or of two.

    It is looked for only where an order is told of.
    """
    rows = [p.row for p in episodes[-1].rows] if episodes and not episodes[-1].freed else []
    if not any(row.kind == "order" for row in rows):
        return None
    kinds = [row for row in rows if row.kind == "detention" and row.value]
    found = {key: proof for key, signs in _signs().items() if (proof := _proof(signs, rows, kinds))}
    if len(found) != 1:
        return None
    (key,) = found
    return _regime(key, _table()[key], found[key])


def texts() -> frozenset[str]:
    """Every sentence of the table that the desk shows in the interface's language."""
    return frozenset(entry[key] for entry in _table().values() for key in ("name", "renewal", "review", "caution"))


def _proof(signs: _Signs, rows: Sequence[Row], kinds: Sequence[Row]) -> list[Row]:
    """The claims that tell of the law and of the authority; none where either is missing."""
    of_law = [row for row in rows if signs.law and signs.law.search(row.passage.words)]
    of_law = of_law or [row for row in kinds if row.value in signs.detention and row.value == kinds[-1].value]
    of_authority = [row for row in rows if _is_of(row, signs)]
    if not of_law or not (of_authority or signs.authority is None):
        return []
    return list({row.claim: row for row in (*of_law, *of_authority)}.values())


def _is_of(row: Row, signs: _Signs) -> bool:
    if signs.authority is None or signs.acting is None:
        return False
    return bool(
        signs.acting.fullmatch(row.actor)
        or signs.authority.search(row.actor)
        or signs.authority.search(row.passage.words)
    )


def _table() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = load(None, "regimes")["regime"]
    return found


@cache
def _signs() -> Mapping[str, _Signs]:
    return {key: _signs_of(entry) for key, entry in _table().items()}


def _signs_of(entry: Mapping[str, Any]) -> _Signs:
    authority = [*_of_a_people(entry.get("people", "")), *entry.get("bodies", ())]
    return _Signs(
        frozenset(entry.get("detention", ())),
        _any(entry.get("law", ())),
        _any(authority),
        _any([entry.get("people", "")]) if authority else None,
    )


def _of_a_people(people: str) -> Iterator[str]:
    """Where one of its bodies acts: "Israeli military court"; that a detained person is of it tells nothing."""
    if people:
        words = load(None, "regimes")
        yield rf"\b(?:{people}) (?:(?:{words['between']}) ){{0,3}}(?:{words['body']})\b"


def _any(patterns: Sequence[str]) -> re.Pattern[str] | None:
    told = [f"(?:{pattern})" for pattern in patterns if pattern]
    return re.compile("|".join(told), re.IGNORECASE) if told else None


def _regime(key: str, entry: Mapping[str, Any], rows: Sequence[Row]) -> Regime:
    checked = entry.get("checked")
    return Regime(
        key=key,
        name=entry["name"],
        longest=entry["longest"],
        lasts=labels.length(entry["longest"]),
        renewal=entry["renewal"],
        review=entry["review"],
        caution=entry["caution"],
        source=entry["source"],
        checked=checked.isoformat() if checked else "",
        rows=tuple(rows),
    )
