"""People on file by name, in any spelling or script."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from habeas.accounts.models import User
from habeas.cases import access
from habeas.cases.known import weak_names
from habeas.cases.models import Case, Name, Person, PersonName
from habeas.cases.models_names import FIRST_WITHOUT_KEYS
from habeas.cases.pairing import nearest
from habeas.core.folding import fold
from habeas.core.looking import one_look
from habeas.names import Match, compare

MOST_COMPARED = 1_000  # names in one search of a script whose names have no keys
MOST_ALIKE, MOST_CONTAINING = 100, 200  # names in one search that share keys with it, and that have all its words
MOST_NAMES = 5_000  # of any team, among which these are looked for

_RANKS = {"same": 0, "ask": 1, "different": 2}


@one_look()
def find_people(user: User, name: str) -> list[tuple[Person, Match]]:
    """The people of the user's teams who may be called so, the most alike first, with the match of their best name.

    Names that contain all the words asked for are found ("Khayyat" finds every Khayyat), and names that are the same
    in another spelling or script. A name that only documents of other teams have is not looked at.
    """
    words = fold(name).split()
    if not words:
        return []
    known = access.names(user)
    near = [one for team in access.teams_seen(user) for one in nearest(team, name, MOST_ALIKE)]
    alike = known.filter(name__among=near).values_list("pk", flat=True)
    found = _best(name, known.filter(pk__among={*_containing(known, words), *alike}), words)
    if any(match.verdict == "same" for _, match in found):
        return found
    return _best(name, known.filter(pk__among=_without_keys(known, words[0])), words)


def _containing(known: QuerySet[PersonName, PersonName], words: Iterable[str]) -> list[int]:
    """The first of the names that contain all the words, by way of the names of anybody where these are few."""
    names, theirs = Name.objects.all(), known
    for word in words:
        names, theirs = names.filter(folded__contains=word), theirs.filter(name__folded__contains=word)
    return list(_by_few(known, names, theirs).order_by("pk").values_list("pk", flat=True)[:MOST_CONTAINING])


def _by_few(
    known: QuerySet[PersonName, PersonName], names: QuerySet[Name, Name], theirs: QuerySet[PersonName, PersonName]
) -> QuerySet[PersonName, PersonName]:
    """`theirs`, asked for by their `names` where these are few: those of a whole desk are gone through in no time."""
    few = list(names.order_by().values_list("pk", flat=True)[: MOST_NAMES + 1])
    return known.filter(name__among=few) if len(few) <= MOST_NAMES else theirs


def _without_keys(known: QuerySet[PersonName, PersonName], word: str) -> list[int]:
    """Names to compare with a name, of which `word` is the first, where no key of theirs may be one of its.

    All of them where they are few. On a larger desk, for a name that has keys of its own: those in a script without.
    """
    if word < FIRST_WITHOUT_KEYS and known[MOST_COMPARED : MOST_COMPARED + 1].exists():
        names, theirs = (
            Name.objects.filter(folded__gte=FIRST_WITHOUT_KEYS),
            known.filter(name__folded__gte=FIRST_WITHOUT_KEYS),
        )
        known = _by_few(known, names, theirs)
    return list(known.order_by("-pk").values_list("pk", flat=True)[:MOST_COMPARED])


@one_look()
def find_cases(user: User, name: str) -> list[Case]:
    """The cases that the name may mean, the most alike first; one alone where it clearly is that person's.

    Clearly: the only one with that name to the letter, else the only one that is the same name in another spelling or
    script, else the only one whose name contains all the words. Names that are merely alike are not enough.
    """
    found, words = find_people(user, name), fold(name).split()
    letters = [person for person, _match in found if fold(person.name).split() == words]
    same = [person for person, match in found if match.verdict == "same"]
    containing = [person for person, _match in found if set(words) <= set(fold(person.name).split())]
    meant = next((some for some in (letters, same, containing) if len(some) == 1), None)
    people = meant or list(dict.fromkeys([*letters, *same, *containing]))
    visible = Case.objects.visible_to(user).select_related("person").filter(person__in=people)
    cases = {case.person_id: case for case in visible}
    return [cases[person.pk] for person in people if person.pk in cases]


def _best(name: str, known: QuerySet[PersonName, PersonName], words: list[str]) -> list[tuple[Person, Match]]:
    """By person the match of the name that is most like; one that is a weak alias asks, however like it is."""
    best: dict[int, tuple[Person, Match]] = {}
    rows = list(known.select_related("person", "name").order_by("pk").distinct())
    weak = weak_names({row.person_id for row in rows})
    for row in rows:
        match = compare(name, row.name.name)
        if match.verdict == "same" and row.name_id in weak:
            match = match._replace(verdict="ask", alias=row.name.name)
        contained = all(word in row.name.folded for word in words)
        if (match.verdict != "different" or contained) and _is_better(match, best.get(row.person_id)):
            best[row.person_id] = row.person, match
    return _ordered(best.values())


def _is_better(match: Match, known: tuple[Person, Match] | None) -> bool:
    return known is None or match.score > known[1].score


def _ordered(found: Iterable[tuple[Person, Match]]) -> list[tuple[Person, Match]]:
    return sorted(found, key=lambda pair: (_RANKS[pair[1].verdict], -pair[1].score, pair[0].name, pair[0].pk))
