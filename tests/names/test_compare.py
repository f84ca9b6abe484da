"""Are two names one person's: tables of invented people in several scripts, and what holds for any text."""

import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.names import Context, asked_keys, compare, compare_each, fold_name, keys, parse
from habeas.names.together import scores_each

SAME = [
    ("Sami Darwish", "Samy Darwich"),
    ("Sami Darwish", "سامي درويش"),
    ("Sami Darwish", "סאמי דרוויש"),
    ("Sami Darwish", "Сами Дарвиш"),
    ("Tarek Oumari", "Tariq al-Umari"),
    ("Tarek Oumari", "طارق العمري"),
    ("Abdul Karim Haddar", "Abdulkarim Haddar"),
    ("Abdul Karim Haddar", "عبد الكريم هدار"),
    ("Salah al-Din Mansari", "Salahuddin Mansari"),
    ("Ahmad Reza Tolouian", "Ahmadreza Toluian"),
    ("Dr. Yousef Qalandri", "يوسف القلندري"),
    ("Darwish, Sami", "Sami Darwish"),
    ("Siarhei Valkovich", "Sergei Valkovich"),
    ("Aliaksandr Bialou", "Аляксандр Бялоў"),
    ("Thin Thin Myo Kyaw", "သင်းသင်းမျိုးကျော်"),
    ("Omid Farahzadi", "امید فرح‌زادی"),
    ("Chetan Solanke", "चेतन सोलंके"),
    ("Gibril Oumari", "Jibril al-Umari"),
    ("Fazel Qalandri", "Fazal Qalandri"),
    ("Khadidja Haddar", "خديجة هدار"),
    ("Bijan Tolouian", "بیژن طلوعیان"),
    ("Cho Kwang Suk", "Jo Gwang Sok"),
]

NOT_SAME = [
    ("Nasser Abu Tuhami", "Nasr Abu Tuhami"),  # brothers
    ("Jamal Oumari", "Kamal Oumari"),
    ("Jamal Oumari", "كمال العمري"),
    ("Hasan Darwish", "Hussein Darwish"),
    ("حسن درويش", "حسين درويش"),
    ("Mahmoud Oumari", "Mohammed Oumari"),
    ("Abdul Rahim Haddar", "Abdul Rahman Haddar"),
    ("Nabil Qalandri", "Nabila Qalandri"),
    ("Roman Valkovich", "Romana Valkovich"),
    ("Lina Darwish", "Sami Darwish"),
    ("Kim Myong Sok", "Kim Kyong Sok"),
    ("Tarek Oumari", "Khaled Tarek Oumari"),  # father and son
    ("Khalil Ibrahim Yousef Haddar", "Khalil Mahmoud Yousef Haddar"),  # cousins
    ("Sami Darwish", "Darwish"),  # one part is not enough
    ("Sami", "Sami Darwish"),
    ("Abu Salim", "Sami Darwish"),
    ("Umm Hani", "Hani"),
    ("Umm Hani", "Hani Darwish"),
]

DIFFERENT = [
    ("Sami Darwish", "Tarek Oumari"),
    ("Sami Darwish", "Lina Qalandri"),
    ("Sami Darwish", ""),
    ("سامي درويش", "طارق العمري"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_person_in_two_spellings(a: str, b: str) -> None:
    match = compare(a, b)
    assert (match.verdict, match.score >= 0.5) == ("same", True), match.reason


@pytest.mark.parametrize(("a", "b"), NOT_SAME)
def test_two_people_who_are_easily_taken_for_one(a: str, b: str) -> None:
    assert compare(a, b).verdict in {"ask", "different"}


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_people_with_nothing_in_common(a: str, b: str) -> None:
    match = compare(a, b)
    assert (match.verdict, match.score < 0.12) == ("different", True)
    assert match.reason


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("Maher al-Khattari", "Mahir Khattari", "article aside"),
        ("Nasser Abu Tuhami", "Nasr Abu Tuhami", "known as different names: nasr / nasser"),
        ("Sami Darwish", "Darwish Sami", "in another order"),
        ("Sheikh Sami Darwish", "Sami Darwish", "title aside"),
        ("Sami Darwish", "Sami Khaled Darwish", "only one has khaled"),
        ("Sami Darwish", "Tarek Oumari", "nothing in common"),
        ("Sami Darwish", "سامي درويش", "same consonants s-m"),
        ("Sami Darwish", "…", "no name that can be read"),
        ("Sami Tijabar", "Sami Tejabar", "same consonants t-j-b-r"),  # ij is one sound only at the end: Dmitrij
    ],
)
def test_the_reason_says_what_was_seen(a: str, b: str, words: str) -> None:
    assert words in compare(a, b).reason


HOMONYMS = ("Sami Darwish", "Samy Darwish")
BROTHERS = ("Nasser Abu Tuhami", "Nasr Abu Tuhami")
FATHER_AND_SON = ("Tarek Oumari", "Khaled Tarek Oumari")


PLACE_AND_DATE = Context(places=("Selm",), dates=("2026-03-01",))


@pytest.mark.parametrize(
    ("names", "a", "b", "verdict", "words"),
    [
        (HOMONYMS, Context(age=30, as_of=2026), Context(age=61, as_of=2026), "ask", "another year of birth"),
        (HOMONYMS, Context(father="Khaled"), Context(father="Yunis"), "ask", "another father (Khaled, Yunis)"),
        (HOMONYMS, Context(birth_year=1990), Context(age=35, as_of=2026), "same", "same year of birth"),
        (HOMONYMS, Context(prisons=("Selm",)), Context(prisons=("selm",)), "same", "same prison"),
        (HOMONYMS, Context(places=("Selm",)), Context(places=("Harun",)), "same", "same spelling"),
        (("Sami Darwish", "Darwish"), PLACE_AND_DATE, PLACE_AND_DATE, "same", "same date (2026-03-01)"),
        (
            ("Sami", "Sami Darwish"),
            Context(birth_year=2007),
            Context(birth_year=2007),
            "ask",
            "same year of birth (2007)",
        ),
        (BROTHERS, PLACE_AND_DATE, PLACE_AND_DATE, "ask", "same place (Selm)"),
        (FATHER_AND_SON, PLACE_AND_DATE, PLACE_AND_DATE, "ask", "only one has khaled"),
        (("Sami Darwish", "Tarek Oumari"), PLACE_AND_DATE, PLACE_AND_DATE, "different", "nothing in common"),
    ],
)
def test_a_context_moves_the_verdict_and_is_named(
    names: tuple[str, str], a: Context, b: Context, verdict: str, words: str
) -> None:
    match = compare(*names, a, b)
    assert match.verdict == verdict, (match.score, match.reason)
    assert words in match.reason


def test_a_weak_alias_counts_only_with_context() -> None:
    on_file = Context(prisons=("Selm",), dates=("2026-03-01",), weak_aliases=("the mute prisoner",))
    seen = Context(prisons=("Selm",), dates=("2026-03-01",))
    assert compare("the mute prisoner", "Sami al-Akhdari").verdict == "different"
    assert compare("the mute prisoner", "Sami al-Akhdari", Context(), on_file).verdict == "different"
    match = compare("the mute prisoner", "Sami al-Akhdari", seen, on_file)
    assert match.verdict == "same"
    assert "by the weak alias the mute prisoner" in match.reason
    one_sign = compare("the mute prisoner", "Sami al-Akhdari", Context(prisons=("Selm",)), on_file)
    assert one_sign.verdict == "ask"


def test_keys_are_shared_by_names_that_may_be_one_persons() -> None:
    assert all(keys(a) & keys(b) for a, b in SAME)
    assert not keys("Sami Darwish") & keys("Tarek Oumari")
    assert keys("") == frozenset()


@pytest.mark.parametrize("short", ["Sami", "Darwish", "al-Darwish", "سامي"])
def test_a_single_name_may_be_short_for_whoever_begins_or_ends_with_it(short: str) -> None:
    assert compare(short, "Sami Darwish").verdict == "ask"
    assert asked_keys(short) & keys("Sami Darwish")
    assert asked_keys("Sami Darwish") & keys(short)


def test_people_who_share_one_part_do_not_ask_for_each_other() -> None:
    assert not asked_keys("Sami Darwish") & keys("Sami Qalandri")


def test_pairs_compared_together_are_as_compared_one_by_one() -> None:
    pairs = SAME + NOT_SAME + DIFFERENT
    for (a, b), match in zip(pairs, compare_each(pairs), strict=True):
        alone = compare(a, b)
        assert (match.verdict, match.reason) == (alone.verdict, alone.reason)
        assert match.score == pytest.approx(alone.score, abs=1e-9)


LONGEST = 0.05  # seconds
LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NAMES = st.one_of(
    LETTERS,
    st.lists(st.sampled_from([part for pair in SAME + NOT_SAME for name in pair for part in name.split()]), max_size=6)
    .map(" ".join),
)  # fmt: skip


@given(NAMES, NAMES)
def test_comparing_is_symmetric_and_never_raises(a: str, b: str) -> None:
    there, back = compare(a, b), compare(b, a)
    assert 0 <= there.score <= 1
    assert (there.verdict, there.reason) == (back.verdict, back.reason)
    assert there.score == pytest.approx(back.score, abs=1e-9)


@given(NAMES)
def test_a_name_is_the_same_as_itself(name: str) -> None:
    match = compare(name, name)
    assert (match.score, match.verdict) == (1.0, "same")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_that_matters(text: str) -> None:
    assert parse(fold_name(text)).folded == parse(fold_name(fold_name(text))).folded
    assert all(len(key) <= 80 for key in keys(text))


LONG = ["a " * 5000, "A. " * 200, "ا" * 9000, "אל-" * 4000, "က" * 5000, "x" * 100_000, "\u0301" * 3000, "ab, " * 900]


@pytest.mark.parametrize("text", LONG)
def test_no_text_takes_long(text: str) -> None:
    compare("Sami Darwish", "سامي درويش")
    assert _seconds(text, text[::-1] + "b") < LONGEST


SCRIPTS = st.sampled_from(
    ["aeilmnrst' -.", "ابدرسعلمنو ءئ", "אבדכלמנ' -", "абвгдеийь ", "ကခဂငမိုး်", "कखगमािु्", "漢字 かな", "ሀለሐመ "]
)
WORDS = SCRIPTS.flatmap(lambda letters: st.text(letters, max_size=12))
LINES = st.lists(st.one_of(WORDS, st.text(max_size=30)), max_size=40).map(" ".join)


VERY_LONG = st.lists(WORDS, min_size=1, max_size=30).map(lambda words: (" ".join(words) + " ") * 10_000).map(
    lambda text: text[:10_000]
)  # fmt: skip


@settings(max_examples=60)
@given(VERY_LONG, st.one_of(VERY_LONG, LINES))
def test_ten_thousand_letters_of_mixed_scripts_take_no_longer(a: str, b: str) -> None:
    compare("Sami Darwish", "سامي درويش")
    assert _seconds(a, b) < LONGEST
    assert compare(a, a).verdict == "same"
    assert compare(a, b).score == pytest.approx(compare(b, a).score, abs=1e-9)
    assert all(len(key) <= 80 for key in keys(a) | asked_keys(a))


@settings(max_examples=150)
@given(LINES, LINES)
def test_whatever_the_script_and_length_nothing_raises_or_takes_long(a: str, b: str) -> None:
    compare("Sami Darwish", "سامي درويش")  # tables are read once
    assert _seconds(a, b) < LONGEST
    parse(a + b)
    assert compare(a, b).score == pytest.approx(compare(b, a).score, abs=1e-9)


def _seconds(a: str, b: str) -> float:
    """The CPU time of comparing once; the shorter of two, for a collection of garbage may fall into one."""
    taken = []
    for more in ("", "z"):
        start = time.process_time()
        assert compare(a + more, b).reason
        taken.append(time.process_time() - start)
    return min(taken)


ALL = sorted({name for pair in (*SAME, *NOT_SAME, *DIFFERENT) for name in pair})


def held_to_each(names: list[str]) -> None:
    """All pairs of the names have together the scores that they have one by one."""
    read = [parse(name) for name in names]
    first, second = ([pair[side] for pair in combinations(range(len(read)), 2)] for side in (0, 1))
    pairs = [(read[a], read[b]) for a, b in zip(first, second, strict=True)]
    one_by_one = [compare(a, b).score for a, b in pairs]
    assert [match.score for match in compare_each(pairs)] == pytest.approx(one_by_one, abs=1e-12)
    assert scores_each(read, first, second) == pytest.approx(one_by_one, abs=1e-12)
    assert scores_each(read, second, first) == pytest.approx(one_by_one, abs=1e-12)


def test_names_of_several_scripts_have_the_same_scores_together() -> None:
    held_to_each(ALL)


@pytest.mark.parametrize(
    "names",
    [
        ["Karim Saladin Omari", "Hala Salah Adin Qasir", "Salah Adin", "Saladin B"],  # neighbours that are one part
        ["Sheikh Karim Omari", "Karim K. Omari", "K. Omari", "Omari Karim", "Sheikh", "K."],  # titles, single letters
        ["Omari", "Karim Omari", "Abu Karim", "Umm Karim", "Abd al-Karim", "Karim", "Omari Karim Omari"],
        ["Sami bin Karim bin Hassan bin Omar bin Ali bin Musa bin Talal Omari", "Sami Omari", "", "123"],
        ["Hala Sami Karim Omar Nasser Odeh", "Hala Karim Sami Odeh", "Sami Hala Odeh Karim", "Hala Rashid Odeh"],
    ],
)
def test_names_that_are_unlike_others_have_the_same_scores_together(names: list[str]) -> None:
    held_to_each(names)


def test_no_pairs_have_no_scores() -> None:
    assert scores_each([], [], []) == []


# Digits of any script, signs, emoji, marks and apostrophes, alone and beside a few letters.
NO_LETTERS = st.text(
    st.one_of(st.characters(categories=["Nd", "Nl", "No", "So", "Sk", "Mn", "Mc"]), st.sampled_from(" 1'2a’-🙂")),
    max_size=12,
)


@given(st.lists(st.one_of(NAMES, st.sampled_from(ALL), NO_LETTERS, st.text(max_size=30)), max_size=8))
def test_names_of_any_letters_or_none_have_the_same_scores_together(names: list[str]) -> None:
    held_to_each(names)
