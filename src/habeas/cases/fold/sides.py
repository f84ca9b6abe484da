"""The sides of a question: claims grouped by what they hold, where they cannot all be right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Sequence

from habeas.cases.casefile import Conflict, Row, Side
from habeas.cases.fold.when import order_of, overlap
from habeas.core.folding import fold
from habeas.extraction import edtf

LINES = {
    "arrest": "custody",
    "disappearance": "custody",
    "detention": "custody",
    "transfer": "custody",
    "hospitalisation": "custody",
    "release": "custody",
    "exchange": "custody",
    "deportation": "custody",
    "death": "custody",
    "order": "basis",
    "charge": "basis",
    "sentence": "basis",
    "hunger_strike": "protest",
    "health": "protest",
}


def by_date(rows: Sequence[Row]) -> list[Side]:
    """Sides whose dates cannot be the same day; a vague date goes with the first exact one that it allows."""
    dated = sorted((row for row in rows if edtf.is_edtf(row.date)), key=lambda row: (_width(row.date), order_of(row)))
    sides: dict[str, list[Row]] = {}
    for row in dated:
        fitting = next((held for held in sides if overlap(held, row.date)), row.date)
        sides.setdefault(fitting, []).append(row)
    return made(sides)


def by_value(rows: Sequence[Row], held: Callable[[Row], str]) -> list[Side]:
    """Sides that hold another thing each; none where one document tells of two: then both may be true."""
    sides: dict[str, list[Row]] = {}
    for row in rows:
        if words := held(row):
            sides.setdefault(words, []).append(row)
    return made(sides) if _told_apart(sides) else []


def by_place(rows: Sequence[Row]) -> list[Side]:
    """Sides whose places share no word, each told by other documents."""
    sides: dict[str, list[Row]] = {}
    for row in sorted((row for row in rows if row.place), key=lambda row: (-len(row.place), order_of(row))):
        words = set(fold(row.place).split())
        fitting = next((place for place in sides if words & set(fold(place).split())), row.place)
        sides.setdefault(fitting, []).append(row)
    return made(sides) if _told_apart(sides) else []


def made(sides: dict[str, list[Row]]) -> list[Side]:
    """The sides as values, the one with most documents first."""
    found = [Side(words, tuple(sorted(rows, key=order_of))) for words, rows in sides.items() if rows]
    return sorted(found, key=lambda side: (-len({r.passage.document for r in side.rows}), side.holds))


def conflict(about: str, label: str, sides: Sequence[Side]) -> list[Conflict]:
    """The conflict between the sides; none where there are fewer than two."""
    if len(sides) < 2:
        return []
    kind = sides[0].rows[0].kind
    claims = sorted(row.claim for side in sides for row in side.rows)
    key = hashlib.sha256(repr((kind, about, claims)).encode()).hexdigest()[:12]
    return [Conflict(key, kind, about, label, LINES.get(kind, ""), tuple(sides))]


def groups(rows: Sequence[Row], key: Callable[[Row], Hashable]) -> dict[Hashable, list[Row]]:
    """The rows by what `key` says of each."""
    out: dict[Hashable, list[Row]] = {}
    for row in rows:
        out.setdefault(key(row), []).append(row)
    return out


def _told_apart(sides: dict[str, list[Row]]) -> bool:
    documents = [{row.passage.document for row in rows} for rows in sides.values()]
    return sum(map(len, documents)) == len(set().union(*documents))


def _width(value: str) -> int:
    days = edtf.bounds(value)
    return (days[1] - days[0]).days if days else 0
