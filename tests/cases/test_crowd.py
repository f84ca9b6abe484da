"""Who is compared with whom among thousands of names: few true links may be lost to it, and no look at all there is."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import cast
from habeas.accounts.models import Team
from habeas.cases.known import _unlinked
from habeas.cases.models import Name, NameKey
from habeas.cases.pairing import FIRST_NEAR, MOST_NEAR, nearest
from habeas.names import compare, keys

pytestmark = pytest.mark.django_db

GIVEN = [
    "Mohammad",
    "Ahmad",
    "Ali",
    "Khalil",
    "Sami",
    "Tarek",
    "Nasser",
    "Hasan",
    "Hussein",
    "Mahmoud",
    "Lina",
    "Maryam",
    "Yousef",
    "Ibrahim",
    "Khaled",
    "Omar",
]
ONSETS = ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "q", "r", "s", "t", "w", "z", "sh", "kh", "gh"]
CROWD = 1_200
FOUND = 0.95  # of names with a letter wrong, at times a consonant

OTHERWISE = [
    ("Salman al-Oudah", "Salman Aloda"),
    ("Loujain al-Hathlani", "Lujain Alhathlani"),
    ("Alaa Abd el-Fattouh", "Alaa Abdulfatouh"),
    ("Mir-Hossein Tavasi", "Mirhossein Tavasi"),
    ("Mikhail Gorbunov", "מיכאיל גורבונוב"),
    ("Svetlana Krivelova", "סבטלנה קריבלובה"),
    ("Sergei Lutsenow", "Сергей Луценов"),
    ("Toufik Bou Achrane", "توفيق بوعشران"),
    ("Ekrem Davutgil", "أكرم داوودغيل"),
    ("Habib Soussan", "Soussan Abib"),
]


def _family(chance: random.Random) -> str:
    parts = [chance.choice(ONSETS) + chance.choice("aiuaaeo") for _ in range(chance.choice((2, 3, 3, 4)))]
    return "".join(parts) + chance.choice(("", "i", "n", "r", "wi", "d"))


def _misspelt(name: str, chance: random.Random) -> str:
    words = name.split()
    at = chance.randrange(len(words))
    letter = chance.randrange(1, len(words[at]))
    words[at] = words[at][:letter] + chance.choice("aeiou") + words[at][letter + chance.randrange(2) :]
    return " ".join(words[:1] + words[2:] if len(words) > 2 and chance.random() < 0.3 else words)


def _team() -> int:
    return Team.objects.earliest("pk").pk


def _kept(names: list[str]) -> dict[str, int]:
    """The keys of the rows under which the names are kept."""
    cast()
    team = Team.objects.earliest("pk")
    rows = Name.objects.bulk_create(Name(team=team, folded=name.casefold(), name=name) for name in names)
    NameKey.objects.bulk_create(NameKey(name=row, team=team, key=key) for row in rows for key in keys(row.name))
    return {row.name: row.pk for row in rows}


def test_few_links_are_lost_to_comparing_with_the_nearest_alone() -> None:
    chance = random.Random(11)  # noqa: S311
    families = [_family(chance) for _ in range(CROWD // 5)]
    crowd = {
        " ".join([*chance.choices(GIVEN, k=chance.choice((1, 1, 2, 3))), chance.choice(families).title()])
        for _ in range(CROWD)
    }
    rows = _kept(sorted(crowd) + [one for one, _other in OTHERWISE])
    asked = [(name, _misspelt(name, chance)) for name in chance.sample(sorted(crowd), 100)]
    asked = [(name, other) for name, other in asked if compare(name, other).verdict != "different"]
    lost = [(name, other) for name, other in asked if rows[name] not in nearest(_team(), other, MOST_NEAR)]
    assert len(lost) <= (1 - FOUND) * len(asked), lost
    assert len(asked) > 80


@pytest.mark.parametrize(("on_file", "seen"), OTHERWISE)
def test_names_of_which_every_part_is_spelled_otherwise_are_compared(on_file: str, seen: str) -> None:
    assert compare(on_file, seen).verdict != "different"
    row = _kept([on_file, "Lina Qalandri"])[on_file]
    assert nearest(_team(), seen, MOST_NEAR) == [row]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="skipped: how SQLite goes about it")
def test_who_was_seen_before_is_looked_up_by_the_name_and_not_among_all_documents() -> None:
    with CaptureQueriesContext(connection) as asked:
        _unlinked(1, ["tarek oumari"], [7])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        steps = [step.split() for *_numbers, step in cursor.fetchall()]
    # in the order in which they are gone through
    tables = [words[1] for words in steps if words[0] in {"SEARCH", "SCAN"}]
    assert tables.index("s") < tables.index("r") < tables.index("d")


def test_beyond_the_first_those_who_share_a_letter_less_alone_are_not_compared() -> None:
    weak = [
        f"{given} Darw{letters}an" for given in ("Bilal", "Samir") for letters in ("if", "ak", "ul", "om", "ib", "az")
    ]
    telling = [f"{given} Darwishan" for given in GIVEN]
    rows = _kept(sorted({*weak, *telling}))
    near = nearest(_team(), "Karim Darwishan", MOST_NEAR)
    assert set(near[: len(telling)]) == {rows[name] for name in telling}
    assert len(near) == FIRST_NEAR
