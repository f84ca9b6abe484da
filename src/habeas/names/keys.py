"""The keys under which a database looks names up: two names that may be one person's share at least one."""

from __future__ import annotations

from itertools import combinations

from habeas.names.parse import parse
from habeas.names.units import Unit

COMMON = 0.6  # the thousand or so names with the most spellings are at most this rare
LONGEST = 80


def keys(name: str) -> frozenset[str]:
    """The keys of a name; empty for nothing readable.

    A rare part is a key by itself, in the consonants that its spellings share and as the name it is known to spell.
    Common parts (Mohammad, Ali) are keys two by two, so that no key gathers a tenth of all people. A name of one part
    has a key that only names of one part share. No key is longer than 80 characters.
    """
    units = [unit for unit in parse(name).units if not unit.is_title] or list(parse(name).units)
    if len(units) == 1:
        return frozenset(f"1 {key}"[:LONGEST] for key in _keys(units[0]))
    single = {key for unit in units if not _is_common(unit) for key in _keys(unit)}
    pairs = {
        " ".join(sorted((one, other))) for a, b in combinations(units, 2) for one in _keys(a) for other in _keys(b)
    }
    return frozenset(key[:LONGEST] for key in single | pairs)


def _keys(unit: Unit) -> set[str]:
    known = {f"+{number}" for number in unit.families} or {f"#{number}" for number in unit.ids[:1]}
    return {unit.coarse or unit.text, *known}


def _is_common(unit: Unit) -> bool:
    return bool(unit.families) or unit.rarity < COMMON
