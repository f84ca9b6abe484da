"""The keys under which a database looks names up: two names that may be one person's share at least one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from habeas.names.parse import parse
from habeas.names.units import Unit

COMMON = 0.6  # the thousand or so names with the most spellings are at most this rare
LONGEST = 80
ALONE, END = "1 ", "~ "  # before the key of a name of one part, and of the first or last part of a longer name


def keys(name: str) -> frozenset[str]:
    """The keys under which a name is kept; empty for nothing readable. No key is longer than 80 characters.

    A rare part is a key by itself, in the consonants that its spellings share and as the name it is known to spell.
    Common parts (Mohammad, Ali) are keys two by two, so that no key gathers a tenth of all people. A name of one part
    has a key of its own kind; the first and the last part of a longer name have keys that only such names ask for.
    """
    units = _units(name)
    if len(units) == 1:
        return _named(ALONE, _keys(units[0]))
    return _whole(units) | _ends(END, units)


def asked_keys(name: str) -> frozenset[str]:
    """The keys under which those are kept whom `name` may mean.

    Besides names alike, a name of one part may mean whoever has it as first or last part, and a longer name may have
    been seen before by its first or last part alone.
    """
    units = _units(name)
    if len(units) == 1:
        found = _keys(units[0])
        return _named(ALONE, found) | _named(END, found)
    return _whole(units) | _ends(ALONE, units)


def is_of_one_part(key: str) -> bool:
    """Whether only a name of one part is asked for under this key: it may gather very many names."""
    return key.startswith(END)


def _units(name: str) -> list[Unit]:
    return [unit for unit in parse(name).units if not unit.is_title] or list(parse(name).units)


def _whole(units: Sequence[Unit]) -> frozenset[str]:
    single = {key for unit in units if not _is_common(unit) for key in _keys(unit)}
    pairs = {
        " ".join(sorted((one, other))) for a, b in combinations(units, 2) for one in _keys(a) for other in _keys(b)
    }
    return frozenset(key[:LONGEST] for key in single | pairs)


def _ends(kind: str, units: Sequence[Unit]) -> frozenset[str]:
    return frozenset().union(*(_named(kind, _keys(unit)) for unit in (*units[:1], *units[-1:])))


def _named(kind: str, keys: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{kind}{key}"[:LONGEST] for key in keys)


def _keys(unit: Unit) -> set[str]:
    known = {f"+{number}" for number in unit.families} or {f"#{number}" for number in unit.ids[:1]}
    return {unit.coarse or unit.text, *known}


def _is_common(unit: Unit) -> bool:
    return bool(unit.families) or unit.rarity < COMMON
