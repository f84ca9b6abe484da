"""Which names may be one person's: each is compared with the nearest ones once, when a team's documents first have it.

What comes of it is kept (`NamePair`), so that a name met for the thousandth time costs a look and no comparing, and a
new one no more among a million than among a thousand: it is looked up under its rarest keys alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import nlargest, nsmallest
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from django.db import connection

from habeas.cases import matching
from habeas.cases.models import Name, NameKey, NamePair
from habeas.core import adding, listed
from habeas.names import asked_keys, keys
from habeas.names.aligned import Ints
from habeas.names.keys import JOINED, NEAR, WIDE, is_of_one_part

MOST_READ = 300  # names under the keys that are followed for one name; commoner keys tell little
MOST_NEAR = 60  # names that are compared with one in full
FIRST_NEAR = 20  # of these, those that are compared whatever they share; the rest not where it is `WEAK` keys alone
WEAK = NEAR, WIDE  # under which stand names spelled otherwise, and many that are nothing to each other
LEAST_SHARED = 0.05  # of what the nearest shares with it: who shares less is not compared
MOST_ALIKE = 30  # of those that may be one person's: so many, the most alike, are kept of a name and looked at

# How many names stand under each key, counted up to one more than are read of them.
_OFTEN = """SELECT asked.value, (SELECT COUNT(*) FROM (SELECT 1 FROM cases_namekey k
    WHERE k.team_id = {team} AND k.key = asked.value LIMIT {most}) AS those) FROM {texts} AS asked"""
# The first names under each key, as one text: hundreds of thousands of rows would take longer to make than to find.
_UNDER = """SELECT asked.value, (SELECT {together} FROM (SELECT k.name_id FROM cases_namekey k
    WHERE k.team_id = {team} AND k.key = asked.value ORDER BY k.name_id LIMIT {most}) AS those) FROM {texts} AS asked"""
_TOGETHER = {"sqlite": "group_concat(name_id, ' ')", "postgresql": "string_agg(CAST(name_id AS text), ' ')"}
# CROSS JOIN: SQLite looks each up and does not go through all names of the team.
_KNOWN = """SELECT n.folded, n.id, n.name, n.paired FROM {texts} AS asked
    CROSS JOIN cases_name n WHERE n.team_id = {team} AND n.folded = asked.value"""
_SPELT = """SELECT n.id, n.name FROM {numbers} AS asked
    CROSS JOIN cases_name n WHERE n.id = asked.value AND +n.team_id = {team}"""
_PAIRED = """SELECT asked.value, p.other_id, p.score FROM {numbers} AS asked {p}
    UNION ALL SELECT asked.value, q.one_id, q.score FROM {numbers} AS asked {q}"""
_BEST = f"asked.value ORDER BY u.score DESC LIMIT {MOST_ALIKE}"


class Spelt(NamedTuple):
    """A name that the team's documents have had: its key, and how it was spelt first."""

    key: int
    name: str


def keep(team: int, wanted: Mapping[str, str]) -> dict[str, Spelt]:
    """The names by their folded forms, which `wanted` gives with a spelling each; those that are new are kept.

    Those that were not yet compared with others are.
    """
    rows = listed.rows(_of(team, _KNOWN), wanted)
    known = {folded: Spelt(key, name) for folded, key, name, _paired in rows}
    new = [adding.made(Name, team_id=team, folded=f, name=n, paired=True) for f, n in wanted.items() if f not in known]
    adding.add(new)
    rows_of_keys = [(name.pk, team, key) for name in new for key in keys(name.name)]
    adding.add_values(NameKey, ("name_id", "team_id", "key"), rows_of_keys)
    older = [known[folded] for folded, _key, _name, paired in rows if not paired]
    pair(team, {one.key: one.name for one in (*older, *(Spelt(name.pk, name.name) for name in new))})
    if older:
        Name.objects.filter(pk__in=[one.key for one in older]).update(paired=True)
    return known | {name.folded: Spelt(name.pk, name.name) for name in new}


def pair(team: int, names: Mapping[int, str]) -> None:
    """Compares these names of the team with those nearest to each, and keeps which may be one person's."""
    if not names:
        return
    near = {key: _worth_comparing(key, some) for key, some in _shares(team, names, MOST_NEAR + 1, MOST_READ).items()}
    spelt: dict[int, str] = dict(listed.rows(_of(team, _SPELT), set[int]().union(*near.values())))
    there = {(key, other) for key, some in alike(names).items() for other in some}
    asked = {key: [one for one in some if one in spelt and (key, one) not in there] for key, some in near.items()}
    wanted = list({_ordered(key, one) for key, some in asked.items() for one in some})
    both = {**spelt, **names}
    place = {key: at for at, key in enumerate(both)}
    first, second = ([place[pair[side]] for pair in wanted] for side in (0, 1))
    scores = dict(zip(wanted, matching.scores(list(both.values()), first, second), strict=True))
    found = {pair: score for key, some in asked.items() for pair, score in _most_alike(key, some, scores)}
    rows = [(one, other, score) for (one, other), score in sorted(found.items())]
    adding.add_values(NamePair, ("one_id", "other_id", "score"), rows)


def _most_alike(
    name: int, others: Iterable[int], scores: Mapping[tuple[int, int], float | None]
) -> Iterator[tuple[tuple[int, int], float]]:
    """The pairs of the name with the most alike of these others that may be one person's, with their scores."""
    found = [(score, -one) for one in others if (score := scores[_ordered(name, one)]) is not None]
    yield from ((_ordered(name, -one), score) for score, one in nlargest(MOST_ALIKE, found))


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def alike(names: Collection[int]) -> dict[int, list[int]]:
    """The names that may be one person's with each of these, the most alike first, `MOST_ALIKE` at most."""
    found: dict[int, list[tuple[float, int]]] = {name: [] for name in names}
    few = {"p": ("cases_namepair", f"u.one_id = {_BEST}"), "q": ("cases_namepair", f"u.other_id = {_BEST}")}
    for name, other, score in listed.rows(_PAIRED, names, names, **few) if names else ():
        found[name].append((-score, other))
    return {name: [other for _score, other in nsmallest(MOST_ALIKE, some)] for name, some in found.items()}


def nearest(team: int, name: str, most: int) -> list[int]:
    """The `most` names of the team that share most keys with this one; the one that shares most first."""
    return list(_shares(team, {0: name}, most, max(MOST_READ, 2 * most))[0])


def _worth_comparing(name: int, shares: Mapping[int, float]) -> list[int]:
    """The others that share enough with the name."""
    others = {other: share for other, share in shares.items() if other != name}
    most = max(others.values(), default=0.0)
    return [other for other, share in others.items() if share >= LEAST_SHARED * most][:MOST_NEAR]


def _shares(team: int, names: Mapping[int, str], most: int, most_read: int) -> dict[int, dict[int, float]]:
    """The names of the team that share most keys with each of these, the nearest first, and how much."""
    asked = {key: asked_keys(name) for key, name in names.items()}
    often = _often(team, frozenset[str]().union(*asked.values()), most_read)
    used = {key: _telling(keys, often, most_read) for key, keys in asked.items()}
    under = _under(team, set[str]().union(*used.values()), most_read)
    return {key: _nearest({one: under[one] for one in keys}, most) for key, keys in used.items()}


def _often(team: int, keys: Collection[str], most: int) -> dict[str, int]:
    """How many names of the team stand under each of the keys that have any, counted up to one more than `most`."""
    found = listed.rows(_of(team, _OFTEN).replace("{most}", str(most + 1)), keys)
    return {key: names for key, names in found if names}


def _telling(keys: Iterable[str], often: Mapping[str, int], most: int) -> list[str]:
    """The keys of a name that are worth following, the rarest first: those under which `most` names stand in all.

    One that gathers more ("Mohammad Ali") is followed where nothing rarer is there, unless it stands for a single name.
    """
    there = sorted((often[key], not key.startswith(JOINED), key) for key in keys if key in often)
    there = [one for one in there if one[0] <= most or not is_of_one_part(one[2])]
    sums = accumulate(names for names, *_ in there)
    return [key for (*_, key), read in zip(there, sums, strict=True) if read <= max(most, there[0][0])]


def _under(team: int, keys: Collection[str], most: int) -> dict[str, Ints]:
    """The team's names under each of these keys, which have some; of more than `most` the first so many."""
    query = _of(team, _UNDER).replace("{most}", str(most)).replace("{together}", _TOGETHER[connection.vendor])
    return {key: np.fromstring(names, np.int64, sep=" ") for key, names in listed.rows(query, keys)}


def _of(team: int, query: str) -> str:
    return query.replace("{team}", str(int(team)))


def _nearest(found: Mapping[str, Ints], most: int) -> dict[int, float]:
    """The names that stand under most of these keys, rare keys for more, the nearest first, and how much they share."""
    if not found:
        return {}
    many = [len(names) for names in found.values()]
    names, of = np.unique(np.concatenate([*found.values()]), return_inverse=True)
    share = np.bincount(of, np.repeat([number**-0.5 for number in many], many))
    is_telling = np.repeat([not key.startswith(WEAK) for key in found], many)
    near = np.lexsort((names, -share))[:most]
    stays = np.bincount(of, is_telling)[near] > 0
    stays[:FIRST_NEAR] = True
    near = near[stays]
    return dict(zip(names[near].tolist(), share[near].tolist(), strict=True))
