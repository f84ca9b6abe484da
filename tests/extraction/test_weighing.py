"""The judge of claims: its parts by hand, and what it does to the claims that the rules draft."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.extraction.custody.find import find_told
from habeas.extraction.read import people_and_statements
from habeas.extraction.segment import analyse
from habeas.extraction.weighing import weighed_claims
from habeas.extraction.weighing.judge import Judge, Modes, Record, default_judge, pairs_of
from habeas.extraction.weighing.phrasing import Phrases, Phrasing
from habeas.extraction.weighing.possible import MODALITIES, Possibilities
from habeas.extraction.weighing.trees import Trees, table

TWO = (
    "Samir Khalaf was arrested on Monday at his home, his lawyer said. Samir Khalaf, a teacher, is held at "
    "Ramat prison.\n\nNadim Qasim was sentenced to four years in prison. Nadim Qasim was not released."
)


def read_with(judge: Judge, text: str = TWO):
    page = analyse(text)
    entities, statements, references = people_and_statements(page, [])
    names = {entity.id: entity.name for entity in entities}
    claims = weighed_claims(page, entities, statements, published="2024-05-10", references=references, judge=judge)
    return [(names[c.subject], c.kind, c.phase, c.modality) for c in claims], claims


def leaf(base: float, names: tuple[str, ...] = ()) -> Trees:
    """Trees that give every row the same score."""
    none, zero = np.zeros(1, np.int32), np.zeros(1, np.float32)
    return Trees(names, none, zero, none, none, zero, none, depth=1, base=base)


def stump(name: str, *, low: float, high: float) -> Trees:
    """One tree that asks whether a sign stands."""
    ints = [np.array(part, np.int32) for part in ([0, 0, 0], [1, 1, 2], [2, 1, 2], [0])]
    value, threshold = np.array([0, low, high], np.float32), np.array([0.5, 0, 0], np.float32)
    return Trees((name,), ints[0], threshold, ints[1], ints[2], value, ints[3], depth=1, base=0.0)


NOTHING = Record({}, 0.5)
PLAIN = Modes({}, np.zeros(len(MODALITIES), np.float32))
DEAF = Phrasing({}, 0.0)
RULED = stump("kept", low=-9, high=9)
BY_RULES = Judge(
    DEAF, RULED, NOTHING, PLAIN, leaf(9), NOTHING, leaf(9), NOTHING, bar_actual=0.25, price=1, bar_other=0.5
)


@pytest.mark.parametrize(
    ("signs", "chance"), [({}, 0.119), ({"a": 1.0}, 0.881), ({"b": 1.0}, 0.119), ({"a": 0.4}, 0.119)]
)
def test_a_tree_is_walked_to_its_leaf(signs, chance):
    trees = stump("a", low=-2, high=2)
    assert trees.chances(table([signs], trees.names))[0] == pytest.approx(chance, abs=0.001)


def test_no_rows_have_no_chances():
    assert len(leaf(0.0).chances(table([], ()))) == 0


def test_what_was_never_seen_counts_as_the_whole():
    record = Record({"a": (0.9, 2.0)}, 0.4)
    assert record.signs(["a", "b"]) == {"rate 0": 0.9, "known 0": 2.0, "rate 1": 0.4, "known 1": 0.0}


def test_the_modality_is_told_from_the_wording():
    worth = np.zeros(len(MODALITIES), np.float32)
    worth[MODALITIES.index("planned")] = 5
    chances = Modes({"will before": worth}, PLAIN.base).chances([["will before", "no such sign"], []])
    assert MODALITIES[chances[0].argmax()] == "planned"
    assert chances[1] == pytest.approx(1 / 6)
    assert chances.sum(axis=1) == pytest.approx(1)


def test_a_judge_that_trusts_the_rules_leaves_their_claims():
    found, claims = read_with(BY_RULES)
    assert ("Samir Khalaf", "arrest", "done", "actual") in found
    assert ("Nadim Qasim", "release", "done", "denied") in found
    assert all("judged 1.00" in (claim.why or "") for claim in claims)


def test_below_its_bar_a_claim_told_as_fact_falls_and_others_stay():
    for unsure in (replace(BY_RULES, bar_actual=1.1), replace(BY_RULES, events=leaf(-9))):
        found, _ = read_with(unsure)
        assert {modality for *_, modality in found} == {"denied"}
    assert not read_with(replace(BY_RULES, bar_actual=1.1, bar_other=1.1))[0]


def test_a_decision_stands_where_its_event_is_likely_though_nobody_knows_how_it_is_told():
    text = "Samir Khalaf is held at Ramat prison. On Monday the army agreed to release Samir Khalaf on 26 May."
    unsure = replace(BY_RULES, claims=leaf(-2))  # what it may win is less than what it may cost, but for decisions
    assert ("Samir Khalaf", "release", "promised", "actual") in read_with(unsure, text)[0]
    assert ("Samir Khalaf", "detention", "ongoing", "actual") not in read_with(replace(unsure, events=leaf(0.5)), text)[
        0
    ]
    assert ("Samir Khalaf", "release", "promised", "actual") not in read_with(replace(unsure, events=leaf(0.5)), text)[
        0
    ]


def test_the_judge_may_choose_another_subject_than_the_rules():
    text = "Nadim Qasim, held at Ramat prison, was with Samir Khalaf arrested on Monday."
    judge = replace(BY_RULES, pairs=stump("left opens", low=-9, high=9))
    assert ("Samir Khalaf", "arrest", "done", "actual") in read_with(BY_RULES, text)[0]
    found, claims = read_with(judge, text)
    assert ("Nadim Qasim", "arrest", "done", "actual") in found
    assert ("Samir Khalaf", "arrest", "done", "actual") not in found
    assert any("subject judged" in (claim.why or "") for claim in claims)


def test_words_on_the_way_to_somebody_tell_whether_a_trigger_concerns_them():
    text = "Nadim Qasim, held at Ramat prison, was with Samir Khalaf arrested on Monday."
    hearing = Phrasing({"B< held": 9.0}, -4.0)
    judge = replace(BY_RULES, phrasing=hearing, pairs=stump("heard", low=-9, high=9))
    found, _ = read_with(judge, text)
    assert ("Nadim Qasim", "arrest", "done", "actual") in found
    assert ("Samir Khalaf", "arrest", "done", "actual") not in found


def test_the_words_around_a_trigger_know_no_names_and_say_where_they_stand():
    page = analyse("On Monday Samir Khalaf, a teacher, was arrested in Wadi Sur by soldiers.")
    entities, statements, references = people_and_statements(page, [])
    told = find_told(page, entities, statements, published=None, resolve=references)
    assert told
    (pair, *_) = [p for p in pairs_of(told, references) if p.telling.event == ("arrest", "done")]
    phrases = Phrases(told.setting.scene)
    around, way = phrases.of_telling(pair.telling), phrases.of_pair(pair.telling, pair.person)
    assert {"I arrested arrest", "L teacher", "R by", "E arrest/done"} <= set(around)
    assert {"P<", "B< teacher", "M named", "p0< monday", "a0< ,"} <= set(way)
    assert not [sign for sign in (*around[1:], *way) if "khalaf" in sign.casefold()]  # but in the trigger's example
    assert phrases.of_pair(pair.telling, "nobody") == ["P0"]


def test_the_judge_may_tell_an_event_otherwise_than_the_rules():
    base = np.full(len(MODALITIES), -5, np.float32)
    base[MODALITIES.index("alleged")] = 5
    judge = replace(BY_RULES, modes=Modes({}, base), claims=stump("told alleged", low=-9, high=9))
    found, claims = read_with(judge)
    assert found
    assert {modality for *_, modality in found} == {"alleged"}
    assert "alleged judged" in (claims[0].why or "")


def test_each_person_and_event_is_possible_once_for_each_modality():
    page = analyse(TWO)
    entities, statements, references = people_and_statements(page, [])
    told = find_told(page, entities, statements, published=None, resolve=references)
    assert told
    pairs = pairs_of(told, references)
    chances, modes = np.full(len(pairs), 0.9, np.float32), np.full((len(pairs), 6), 1 / 6, np.float32)
    heard = np.zeros(len(pairs), np.float32)
    possible = [(p.person, p.kind, p.phase, p.modality) for p in Possibilities(pairs, chances, modes, heard).all()]
    assert len(possible) == len(set(possible)) > 4
    assert not list(Possibilities(pairs, chances * 0, modes, heard).all())


def test_the_weights_in_the_package_find_plain_facts_and_say_how_sure_they_are():
    found, claims = read_with(default_judge())
    assert ("Samir Khalaf", "arrest", "done", "actual") in found
    assert ("Nadim Qasim", "sentence", "passed", "actual") in found
    assert ("Nadim Qasim", "release", "done", "actual") not in found
    assert all("judged 0." in (claim.why or "") for claim in claims)


def test_the_same_text_is_judged_the_same_twice():
    assert read_with(default_judge())[1] == read_with(default_judge())[1]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*TWO.split(), "\n\n", "“", "”", "she", "they", "if", "2019", "\u200f", "السجين"]), max_size=60
    )
)
def test_no_text_makes_the_judge_raise(words):
    found, claims = read_with(default_judge(), " ".join(words))
    assert all(modality in MODALITIES for *_, modality in found)
    assert len(claims) == len({claim.id for claim in claims})


@pytest.mark.parametrize(
    "text",
    [
        "The families of the prisoner Samir Khalaf and the isolated prisoners met. Samir Khalaf is on hunger strike.",
        "Samir Khalaf was released on Monday. His lawyer asked it to free the 200 people who are still held.",
    ],
)
def test_what_the_words_tell_of_a_group_is_told_of_nobody_by_name(text: str) -> None:
    everybody = replace(BY_RULES, pairs=leaf(9))  # a judge that would give every telling to everybody
    told, _ = read_with(everybody, text)
    assert ("Samir Khalaf", "isolation", "ongoing", "actual") not in told
    assert ("Samir Khalaf", "detention", "ongoing", "actual") not in [t for t in told if "200 people" in text]
    assert any("Khalaf" not in name for name, *_ in told)


def test_in_a_list_of_hundreds_only_those_nearest_are_weighed() -> None:
    given = ("Samir", "Tarek", "Omar", "Walid", "Hassan", "Ibrahim", "Yusuf", "Karim")
    surnames = ("Khalaf", "Deeb", "Mansour", "Odeh", "Shahin", "Barghash", "Qaddoum")
    names = ", ".join(f"{first} {last}" for last in surnames for first in given)
    page = analyse(f"{names} were arrested on Monday, and Nadim Qasim was released.")
    entities, statements, references = people_and_statements(page, [])
    told = find_told(page, entities, statements, published="2024-05-10", resolve=references)
    assert told
    released = [pair.person for pair in pairs_of(told, references) if pair.telling.event == ("release", "done")]
    assert len(entities) > 40
    assert next(e.id for e in entities if e.name == "Nadim Qasim") in released
    assert len(released) < 30


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Samir Khalaf and Nadim Qasim were released from Ramat prison.", {"Samir Khalaf", "Nadim Qasim"}),
        ("Samir Khalaf was released from Ramat prison. Nadim Qasim was released too.", {"Samir Khalaf"}),
    ],
)
def test_whoever_is_listed_stands_with_somebody_of_the_list(monkeypatch, text, whom):
    def of_samir(judge, possible, chance, event, *, plain=False):
        return possible.person == "e1"

    monkeypatch.setattr(Judge, "stands", of_samir)
    told, _ = read_with(BY_RULES, text)
    assert {who for who, kind, phase, _ in told if (kind, phase) == ("release", "done")} == whom


@pytest.mark.parametrize(("pronoun", "weighed"), [("She", {"Nadia Omari"}), ("He", {"Samir Khalaf"})])
def test_only_whom_a_pronoun_can_mean_is_weighed(pronoun: str, weighed: set[str]) -> None:
    page = analyse(f"Samir Khalaf is held in Ramat prison. Nadia Omari wept. {pronoun} was released on Monday.")
    entities, statements, references = people_and_statements(page, [])
    told = find_told(page, entities, statements, published="2024-05-10", resolve=references)
    assert told is not None
    names = {entity.id: entity.name for entity in entities}
    freed = [pair for pair in pairs_of(told, references) if pair.telling.kind == "release"]
    assert {names[pair.person] for pair in freed} == weighed
