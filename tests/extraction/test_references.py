import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.extraction.entities import find_cast
from habeas.extraction.references import References
from habeas.extraction.segment import analyse

HELD = "The prisoner Samir Qaddoum, 41, was arrested in May and is on hunger strike. "


def read_references(text: str) -> References:
    page = analyse(text)
    return References(page, find_cast(page))


def names(references: References, ids: tuple[str, ...]) -> list[str]:
    return [references.cast.members[entity].name for entity in ids]


def meaning(text: str, words: str) -> list[str]:
    start = text.index(words)
    references = read_references(text)
    return names(references, references.meaning(start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        (HELD + "He is ill.", "He", ["Samir Qaddoum"]),
        (HELD + "His wife Nadia Ferouz came. She wept.", "She", ["Nadia Ferouz"]),
        (HELD + "His wife Nadia Ferouz came. He wept.", "He", ["Samir Qaddoum"]),
        (HELD + "His lawyer, Hani Delwan, said he had lost weight.", "he had", ["Samir Qaddoum"]),
        (HELD + "The detainee is ill.", "The detainee", ["Samir Qaddoum"]),
        (
            "Amer Sharabi and Anas Sharabi were arrested on Monday. They are ill.",
            "They",
            ["Amer Sharabi", "Anas Sharabi"],
        ),
        (
            "Amer Sharabi and Anas Sharabi were arrested on Monday. Both are ill.",
            "Both",
            ["Amer Sharabi", "Anas Sharabi"],
        ),
        (
            "Amer Sharabi and Anas Sharabi were arrested on Monday. The two brothers are ill.",
            "The two brothers",
            ["Amer Sharabi", "Anas Sharabi"],
        ),
        ("Six prisoners were moved. They are ill.", "They", ["Six prisoners"]),
        ("It rains. He is ill.", "He", []),
        (
            HELD + "\n\nOmar Qasim, 38, a teacher, was seized by soldiers in June. In 2009 he was held too.",
            "he was",
            ["Omar Qasim"],
        ),
        (
            "Samir Qaddoum was jailed in May. Hani Delwan, a neighbour, came to the court with a friend. He is ill.",
            "He",
            ["Samir Qaddoum"],
        ),
    ],
)
def test_pronouns_and_descriptions_mean_somebody(text: str, words: str, meant: list[str]) -> None:
    assert meaning(text, words) == meant


@pytest.mark.parametrize("between", ["", " The hall was full. It rained."])
def test_he_after_somebody_spoke_is_rather_whoever_is_held(between: str) -> None:
    text = f"{HELD}Hani Delwan, a guard, told reporters that it rained.{between} He was moved to a ward."
    references, at = read_references(text), text.index("He was")
    speaker = next(m for m in references.cast if m.name == "Hani Delwan")
    references.hear([(((text.index("that it"), text.index(" rained.") + 7),), speaker)])
    assert names(references, references.meaning(at, at + 2)) == ["Samir Qaddoum"]


def test_in_their_own_words_a_speaker_is_i_and_not_he() -> None:
    text = HELD + "Hani Delwan, a guard, said: “I saw him. He is ill.”"
    references = read_references(text)
    guard = next(m for m in references.cast if m.name == "Hani Delwan")
    start = text.index("“I")
    references.hear([(((start, len(text)),), guard)])
    assert names(references, references.meaning(start + 1, start + 2)) == ["Hani Delwan"]
    he = text.index("He is")
    assert names(references, references.meaning(he, he + 2)) == ["Samir Qaddoum"]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (HELD, ["Samir Qaddoum"]),
        (HELD + "His wife Nadia Ferouz spoke to reporters.", ["Samir Qaddoum"]),
        (HELD + "His lawyer, Hani Delwan, spoke to reporters.", ["Samir Qaddoum"]),
        ("Amer Sharabi, 22, and Anas Sharabi, 24, have been detained since Monday.", ["Amer Sharabi", "Anas Sharabi"]),
        ("Eleven prisoners were transferred on Monday and are held without charge.", ["Eleven prisoners"]),
        ("The minister Hani Delwan opened a school.", []),
        ("No prisoner was arrested.", []),
        ("", []),
    ],
)
def test_who_is_held(text: str, held: list[str]) -> None:
    references = read_references(text)
    assert sorted(names(references, references.detained())) == sorted(held)


def test_the_focus_is_on_the_last_one_of_the_paragraph_else_on_the_main_one() -> None:
    other = "\n\nNadia Ferouz, 30, was arrested on Monday too. It rained.\n\nIt snowed."
    text = HELD + "Samir Qaddoum was moved to prison. Qaddoum is on hunger strike." + other
    references = read_references(text)
    assert names(references, references.in_focus(text.index("It rained"))) == ["Nadia Ferouz"]
    assert names(references, references.in_focus(text.index("It snowed"))) == ["Samir Qaddoum"]


def test_merging_a_description_into_a_name_keeps_lookups_right() -> None:
    text = HELD + "A guard slept. Hani Delwan woke."
    references = read_references(text)
    guard = next(m for m in references.cast if m.name == "A guard")
    named = next(m for m in references.cast if m.name == "Hani Delwan")
    references.merge(guard, named)
    assert guard.id not in references.cast.members
    assert names(references, references.meaning(text.index("Hani"), text.index("Hani") + 4)) == ["Hani Delwan"]


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            [
                HELD,
                "He",
                "she",
                "they",
                "both",
                "said",
                "I",
                "the two brothers",
                "Nadia Ferouz",
                ",",
                ".",
                "“",
                "”",
                "and",
                "\n\n",
            ]
        )
    ).map(" ".join),
    st.integers(0, 400),
    st.integers(0, 60),
)
def test_any_span_can_be_asked(text: str, start: int, length: int) -> None:
    references = read_references(text)
    known = set(references.cast.members)
    assert set(references.meaning(start, start + length)) <= known
    assert set(references.meant_in(start, start + length)) <= known
    assert set(references.in_focus(start)) <= set(references.detained()) | known
