"""The keys under which a database looks names up: two names that may be one person's share at least one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from habeas.names.parse import parse
from habeas.names.tables import coarse, wide
from habeas.names.units import Unit

COMMON = 0.6  # the thousand or so names with the most spellings are at most this rare
SHORT = 2  # consonants: too few to tell a part from the others of a large desk
LONGEST = 80
ALONE, END = "1 ", "~ "  # before the key of a name of one part, and of the first or last part of a longer name
ARTICLE = "l"  # its consonant
NEAR, WIDE, JOINED = (
    "-",
    "=",
    "&",
)  # before a key with a consonant left out, of two parts and of all parts in wide groups


def keys(name: str) -> frozenset[str]:
    """The keys under which a name is kept; empty for nothing readable. No key is longer than 80 characters.

    A rare part is a key by itself: in the consonants that its spellings share, with one of them left out, and as the
    name it is known to spell. Common parts (Mohammad, Ali) are keys two by two, so that no key gathers a tenth of all
    people; any two parts are one together in few and wide groups of consonants, for names of which both are spelled
    otherwise; and all parts are one, for those written together elsewhere. A name of one part has a key of its own
    kind; the first and the last part of a longer name have keys that only such names ask for.
    """
    units = _units(name)
    if len(units) == 1:
        return _named(ALONE, _keys(units[0]))
    return _whole(name) | _ends(END, units)


def asked_keys(name: str) -> frozenset[str]:
    """The keys under which those are kept whom `name` may mean.

    Besides names alike, a name of one part may mean whoever has it as first or last part, and a longer name may have
    been seen before by its first or last part alone.
    """
    units = _units(name)
    if len(units) == 1:
        found = _keys(units[0])
        return _named(ALONE, found) | _named(END, found)
    return _whole(name) | _ends(ALONE, units)


def is_of_one_part(key: str) -> bool:
    """Whether only a name of one part is asked for under this key: it may gather very many names."""
    return key.startswith(END)


def _units(name: str) -> list[Unit]:
    return [unit for unit in parse(name).units if not unit.is_title] or list(parse(name).units)


@lru_cache(maxsize=1000)  # a name that is kept is asked for next
def _whole(name: str) -> frozenset[str]:
    units = _units(name)
    if not units:
        return frozenset()
    found = {JOINED + "".join([unit.sounds.translate(table) for unit in units]) for table in wide()}
    for unit in units:
        if not _is_common(unit):
            found |= _keys(unit) | _near(unit)
    for a, b in combinations(units, 2):
        if not (_tells(a) and _tells(b)):
            found |= _pairs("", _first(a) | _known(a), _first(b) | _known(b))
        for table in wide():
            found |= _pairs(WIDE, _read(a, table), _read(b, table))
    return frozenset(key[:LONGEST] for key in found)


def _ends(kind: str, units: Sequence[Unit]) -> frozenset[str]:
    return frozenset().union(*(_named(kind, _keys(unit)) for unit in (*units[:1], *units[-1:])))


def _named(kind: str, keys: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{kind}{key}"[:LONGEST] for key in keys)


def _pairs(kind: str, keys: Iterable[str], others: Iterable[str]) -> set[str]:
    return {f"{kind}{one} {other}" if one < other else f"{kind}{other} {one}" for one in keys for other in others}


def _keys(unit: Unit) -> set[str]:
    return {one or unit.text for one in _spoken(unit)} | _known(unit)


def _first(unit: Unit) -> set[str]:
    return {unit.coarse or unit.text}


def _known(unit: Unit) -> set[str]:
    return {f"+{number}" for number in unit.families} or {f"#{number}" for number in unit.ids[:1]}


def _spoken(unit: Unit) -> set[str]:
    return _read(unit, coarse())


def _read(unit: Unit, groups: Mapping[int, str | None]) -> set[str]:
    """The consonants of each way to read a part, and with an article that was parted from it: al-Oda, Aloda."""
    found = {reading.translate(groups) for reading in unit.readings}
    return found | {ARTICLE + one for one in found} if unit.had_article else found


def _near(unit: Unit) -> set[str]:
    """The consonants of each way to read a part with each left out in turn, and in full: for others' that lack one."""
    spoken = {reading.translate(coarse()) for reading in unit.readings}
    some = [one for one in spoken if len(one) > SHORT]
    return {f"{NEAR}{one[:at]}{one[at + 1 :]}" for one in some for at in range(len(one))} | {NEAR + one for one in some}


def _tells(unit: Unit) -> bool:
    """Whether a part tells people apart by itself."""
    return not _is_common(unit) and len(unit.coarse) > SHORT


def _is_common(unit: Unit) -> bool:
    return bool(unit.families) or unit.rarity < COMMON
