import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.extraction.cast import Cast, Member
from habeas.extraction.entities import find_cast
from habeas.extraction.segment import analyse


def read_cast(text: str) -> Cast:
    return find_cast(analyse(text))


def called(text: str, name: str) -> Member:
    found = [member for member in read_cast(text) if member.name == name]
    assert len(found) == 1, [member.name for member in read_cast(text)]
    return found[0]


def words_of(text: str, name: str) -> list[str]:
    return [text[start:end] for start, end in sorted(called(text, name).mentions)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The teacher Samir Qaddoum left.", "Samir Qaddoum", "person"),
        ("Dr. Nadia Ferouz left.", "Nadia Ferouz", "person"),
        ("It was Lorvan Teshk, 34, who left.", "Lorvan Teshk", "person"),
        ("He was moved to Wadi Sirin prison.", "Wadi Sirin prison", "place"),
        ("He was moved to the hospital “Beit Karma”.", "Beit Karma", "place"),
        ("He comes from the town of Dorvat.", "Dorvat", "place"),
        ("KALTUSH, 23 May. He left.", "KALTUSH", "place"),
        ("Lawyers left Egypt.", "Egypt", "place"),
        ("They reached Wadi Sirin on Tuesday.", "Wadi Sirin", "place"),
        ("He was stopped in the Imam Harandi airport.", "Harandi", "place"),
        ("Freed after reporting from Dorvat, the journalist Samir Qaddoum left.", "Dorvat", "place"),
        ("WADI SIRIN, Nov 3 (Dorvat Wire) - Samir Qaddoum left.", "Dorvat Wire", "organisation"),
        (
            "The Commission for Detainees and Ex-Detainees Affairs left.",
            "Commission for Detainees and Ex-Detainees Affairs",
            "organisation",
        ),
        ("The Ministry of Justice and Nadia Ferouz left.", "Ministry of Justice", "organisation"),
        ("The General Delegation for the Prisons left.", "General Delegation for the Prisons", "organisation"),
        ("Reporters Without Borders left.", "Reporters Without Borders", "organisation"),
        ("The Attorney General's Office left.", "Attorney General's Office", "organisation"),
        ("Police stopped six prisoners.", "six prisoners", "group"),
        ("Some 40 Belarusians left.", "Some 40 Belarusians", "group"),
        ("An official in the club left.", "An official in the club", "person"),
        ("Lorvan Teshk, the council's deputy secretary, left.", "Lorvan Teshk", "person"),
        ("The head of the court Lorvan Teshkoğlu left.", "Lorvan Teshkoğlu", "person"),
        ("The head of the movement Lorvan Teshk left.", "Lorvan Teshk", "organisation"),
        ("A Bread and Orchard Front official left.", "Bread and Orchard Front", "organisation"),
        ("Party of the Common Orchard members left.", "Party of the Common Orchard", "organisation"),
        ("Kestria's prime minister left.", "Kestria", "place"),
        ("The official portal Teshk Sirin left.", "Teshk Sirin", "organisation"),
        ("He was brought to a police station known as Dorvat.", "Dorvat", "place"),
        ("Her party, Teshk Sirin, said no.", "Teshk Sirin", "organisation"),
        ("The head of the party, Lorvan Teshk, said no.", "Lorvan Teshk", "person"),
        ('He is held in colony No. 8 "Teshk Sirin", she said.', "Teshk Sirin", "place"),
        ("He was taken from Dorvat to Teshk Sirin.", "Teshk Sirin", "place"),
        (
            "He was taken to Dorvat Training and Research Hospital.",
            "Dorvat Training and Research Hospital",
            "place",
        ),
        ('It was Lorvan "Fox" Teshk who left.', 'Lorvan "Fox" Teshk', "person"),
        ('Isabel "Bela" Teshk left.', 'Isabel "Bela" Teshk', "person"),
        ("The Information Minister left.", "The Information Minister", "person"),
        ("One of his lawyers left.", "One of his lawyers", "person"),
        ("The NGO Teshk Sirin protested.", "NGO Teshk Sirin", "organisation"),
        ("Fundación Teshk said no.", "Fundación Teshk", "organisation"),
        ("Movimiento Sirin called for his release.", "Movimiento Sirin", "organisation"),
        ("The army exchanged 120 prisoners for a soldier held in Dorvat.", "120 prisoners", "group"),
        ("In Dorvat, 9 of the 14 persons who were taken were freed.", "Dorvat", "place"),
        ("It was Dorvat, 19, who left.", "Dorvat", "person"),
        ("What is left of the Dorvat protest movement fell silent.", "Dorvat", "organisation"),
        ("His lawyer, Than Sirin Oo, left.", "Than Sirin Oo", "person"),
        ("They saw Can Teshk.", "Can Teshk", "person"),
        ("She is in the city's Prison No. 1.", "Prison No. 1", "place"),
        ("Police in civilian clothes took Lorvan Teshk from a cafe.", "Police", "group"),
        ("The prisoners in the occupation jails wait.", "The prisoners in the occupation jails", "group"),
        (
            "The women in the government detention centres wait.",
            "The women in the government detention centres",
            "group",
        ),
    ],
)
def test_names_and_descriptions_have_a_kind(text: str, name: str, kind: str) -> None:
    assert called(text, name).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "No prisoner and no detainee left.",
        "JOINT STATEMENT\n\nIt rained.",
        "A prisoner swap was discussed on Day 66.",
        "He was charged under the Public Order Ordinance on 21 Mordad.",
        "It was the largest exchange since the Cold War.",
        "",
        "”",
    ],
)
def test_words_that_mean_nobody_make_nobody(text: str) -> None:
    assert [member.name for member in read_cast(text) if member.kind in {"person", "group"}] == []


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        ("The prisoner Samir Qaddoum ate. Qaddoum slept.", "Samir Qaddoum", ["Samir Qaddoum", "Qaddoum"]),
        ("Samir Qaddoum ate. Mr Kaddum slept.", "Samir Qaddoum", ["Samir Qaddoum", "Kaddum"]),
        ("The prisoner Samir Qaddoum ate. The prisoner slept.", "Samir Qaddoum", ["Samir Qaddoum", "The prisoner"]),
        (
            "Samir Qaddoum, 49, was arrested. The 49-year-old slept.",
            "Samir Qaddoum",
            ["Samir Qaddoum", "The 49-year-old"],
        ),
        (
            "The prisoner Samir Qaddoum ate. The father of three slept.",
            "Samir Qaddoum",
            ["Samir Qaddoum", "The father of three"],
        ),
        ("The jailed baker Samir Qaddoum ate. The baker slept.", "Samir Qaddoum", ["Samir Qaddoum", "The baker"]),
        ("Director Oleg Vantsov ate. Oleg Gennadyevich slept.", "Oleg Vantsov", ["Oleg Vantsov", "Oleg Gennadyevich"]),
        (
            "The captive Samir Abu Tawil ate. The prisoner Father of Tawil slept.",
            "Samir Abu Tawil",
            ["Samir Abu Tawil", "Father of Tawil"],
        ),
        (
            "Samir al-Najjar ate. The carpenter prisoner slept.",
            "Samir al-Najjar",
            ["Samir al-Najjar", "The carpenter prisoner"],
        ),
        (
            "A jailed poet is ill, his family said. Samir Qaddoum was arrested.",
            "Samir Qaddoum",
            ["A jailed poet", "Samir Qaddoum"],
        ),
        (
            "The Sirin Lawyers Committee left. The Committee wrote.",
            "Sirin Lawyers Committee",
            ["Sirin Lawyers Committee", "The Committee"],
        ),
        (
            "The Sirin Lawyers Committee (SLC) left. SLC wrote.",
            "Sirin Lawyers Committee",
            ["Sirin Lawyers Committee", "SLC", "SLC"],
        ),
        (
            "The Committee to Protect Journalists left. CPJ wrote.",
            "Committee to Protect Journalists",
            ["Committee to Protect Journalists", "CPJ"],
        ),
    ],
)
def test_every_way_of_saying_it_is_a_mention_of_one(text: str, name: str, mentions: list[str]) -> None:
    assert words_of(text, name) == mentions


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Day by day\n\n14:05 Doctors warned him.", "Doctors"),
        ("Day by day\n\n08:10 The ministry confirmed it.", "The ministry"),
        ("On Monday 40 doctors warned him.", "40 doctors"),
    ],
)
def test_the_time_of_an_entry_is_no_number_of_people(text: str, name: str) -> None:
    assert words_of(text, name) == [name]


@pytest.mark.parametrize(("surname", "mentions"), [("al-Najjar", 2), ("Qaddoum", 1)])
def test_a_translated_surname_needs_the_surname_in_the_text(surname: str, mentions: int) -> None:
    page = analyse(f"Samir {surname} ate. In the wing “the carpenter” slept.")
    found = next(m for m in find_cast(page, described=False) if m.name == f"Samir {surname}")
    assert len(found.mentions) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (
            "A jailed poet was moved to a hospital on Monday.\n\nSamir Qaddoum, 41, had refused food for a month.",
            ["A jailed poet", "Samir Qaddoum"],
        ),
        (
            "Police in Kaltush arrested a columnist on Sunday, his paper said. Samir Qaddoum, 44, was taken.",
            ["a columnist", "Samir Qaddoum"],
        ),
        ("Samir Qaddoum was arrested in May. The singer is held.", ["Samir Qaddoum", "The singer"]),
        ("A judge freed Samir Qaddoum, 41, on Monday. Qaddoum is at home.", ["Samir Qaddoum", "Qaddoum"]),
        ("A witness was heard on Monday. Samir Qaddoum, 41, was sentenced in May.", ["Samir Qaddoum"]),
        ("Samir Qaddoum was arrested in May.\n\nA student was held in June. The student is ill.", ["Samir Qaddoum"]),
        (
            "Samir Qaddoum, 41, a teacher, was jailed. Omar Qasim, a 67-year-old retired engineer, was with him.",
            ["Samir Qaddoum"],
        ),
        ("A nurse was arrested in May, and so was Samir Qaddoum, a baker.", ["Samir Qaddoum"]),
        ("A 30-year-old singer was arrested. Samir Qaddoum, 41, was arrested.", ["Samir Qaddoum"]),
        ("An actress was arrested on Monday. The baker Samir Qaddoum, his wife said, was taken.", ["Samir Qaddoum"]),
    ],
)
def test_a_description_without_a_name_is_who_is_named_beside_it(text: str, mentions: list[str]) -> None:
    assert words_of(text, "Samir Qaddoum") == mentions


@pytest.mark.parametrize(
    ("lead", "one"),
    [
        ("A former mayor was sentenced to six years on Monday.", "A former mayor"),
        ("Israel on Tuesday set free a Palestinian legislator.", "a Palestinian legislator"),
        ("Eritrea has released an evangelical pastor who spent 14 years in prison.", "an evangelical pastor"),
        ("A young doctor who was held for three weeks was freed on Monday.", "A young doctor"),
        ("A court extended the detention of an opposition MP.", "an opposition MP"),
        ("A minister arrested in May has resigned.", "A minister"),
        ("A judge freed a doctor on Monday.", "a doctor"),
        ("A prosecutor charged a blogger with treason.", "a blogger"),
        ("Police arrested a teacher on Sunday, a prosecutor said.", "a teacher"),
        ("A priest visited the prison.", None),
        ("A police officer detained two students.", None),
    ],
)
def test_an_official_who_is_told_of_as_held_is_who_is_named_next(lead: str, one: str | None) -> None:
    mentions = words_of(f"{lead}\n\nSamir Qaddoum, 41, was at home.", "Samir Qaddoum")
    assert mentions == [*([one] if one else []), "Samir Qaddoum"]


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        ("It was Yonas Teshkab who came. Yonas T. left.", "Yonas Teshkab", ["Yonas Teshkab", "Yonas T"]),
        ("Then Viktoria Sirina came. Later V. Sirina left.", "Viktoria Sirina", ["Viktoria Sirina", "V. Sirina"]),
        ("Dr. Lorvan Teshk came. The doctor left.", "Lorvan Teshk", ["Lorvan Teshk", "The doctor"]),
        ("Gleb Sirinov and Tatyana Sirinova came. Sirinov left.", "Gleb Sirinov", ["Gleb Sirinov", "Sirinov"]),
        ("Wilmer Sirin and Yulimar Sirin came.", "Wilmer Sirin", ["Wilmer Sirin"]),
        ("Then Kanyarat “Fah” Teshk came. Later Fah left.", "Kanyarat “Fah” Teshk", ["Kanyarat “Fah” Teshk", "Fah"]),
        (
            'It was Samir "Abu Raed" Teshk. Abu Raed left.',
            'Samir "Abu Raed" Teshk',
            ['Samir "Abu Raed" Teshk', "Abu Raed"],
        ),
        (
            "It was Samir (Abu Raed) Teshk. Abu Raed left.",
            "Samir (Abu Raed) Teshk",
            ["Samir (Abu Raed) Teshk", "Abu Raed"],
        ),
        ("It was Samir Teshk (Abu Raed). Abu Raed left.", "Samir Teshk", ["Samir Teshk", "Abu Raed", "Abu Raed"]),
        ("It was Samir Teshk “Abu Raed” who left.", "Samir Teshk", ["Samir Teshk", "Abu Raed"]),
        (
            "It was Samir Teshk, 40.\n\nAbu Raed, as he is known there, left.",
            "Samir Teshk",
            ["Samir Teshk", "Abu Raed"],
        ),
        ("It was Nadia Teshk, 40.\n\nAbu Raed, as he is known there, left.", "Nadia Teshk", ["Nadia Teshk"]),
        ("Teshkul al-Dulam, 26, left. Al-Dulam is ill.", "Teshkul al-Dulam", ["Teshkul al-Dulam", "Al-Dulam"]),
        ("Yesterday al-Dulam left. Visiting al-Dulam is barred.", "al-Dulam", ["al-Dulam", "al-Dulam"]),
        (
            "Samir Teshk left. Lina Teshk, one of the couple's four daughters, wept. Teshk was ill.",
            "Samir Teshk",
            ["Samir Teshk", "Teshk"],
        ),
        ("Samir Teshk left. Adel Teshk, a teacher, wept. Teshk was ill.", "Samir Teshk", ["Samir Teshk", "Teshk"]),
    ],
)
def test_short_names_are_told_apart_and_together(text: str, name: str, mentions: list[str]) -> None:
    assert words_of(text, name) == mentions


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        ('Samir Qaddoum, known as "Zed", left. Zed is a poet.', "Samir Qaddoum", ["Samir Qaddoum", "Zed", "Zed"]),
        ("Samir Qaddoum (alias “Zed”) left.", "Samir Qaddoum", ["Samir Qaddoum", "Zed"]),
        ("Samir Qaddoum, also known as Abu Nahl, left.", "Samir Qaddoum", ["Samir Qaddoum", "Abu Nahl"]),
        ("Samir Qaddoum left. Qaddoum Bey is ill.", "Samir Qaddoum", ["Samir Qaddoum", "Qaddoum"]),
    ],
)
def test_an_alias_is_nobody_else(text: str, name: str, mentions: list[str]) -> None:
    assert words_of(text, name) == mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Prisoner Dies After Hunger Strike\nSamir Qaddoum died on Monday.", {"Samir Qaddoum"}),
        ("Jailed Poet Moved To Hospital\nNadia Ferouz was moved on Sunday.", {"Nadia Ferouz"}),
        ("Police Arrest Nadia Ferouz At Airport\nFerouz was arrested on Sunday.", {"Nadia Ferouz"}),
        ("Two came on the ferry Coral Tide. Nadia Ferouz was one.", {"Nadia Ferouz"}),
        ("Operation Clean Hands led to Nadia Ferouz.", {"Nadia Ferouz"}),
    ],
)
def test_headlines_ships_and_plans_are_nobody(text: str, names: set[str]) -> None:
    people = {member.name for member in read_cast(text) if member.kind == "person" and member.named}
    assert people == names


def test_brothers_with_one_surname_stay_apart() -> None:
    text = "The brothers Amer Sharabi and Anas Sharabi were arrested. Amer slept. Anas ate."
    assert words_of(text, "Amer Sharabi") == ["Amer Sharabi", "Amer"]
    assert words_of(text, "Anas Sharabi") == ["Anas Sharabi", "Anas"]


@pytest.mark.parametrize(
    ("text", "name", "owner"),
    [
        ("The prisoner Samir Qaddoum ate. His wife Nadia Ferouz slept.", "Nadia Ferouz", "Samir Qaddoum"),
        ("The prisoner Samir Qaddoum ate. His lawyer, Nadia Ferouz, slept.", "Nadia Ferouz", "Samir Qaddoum"),
        (
            "The prisoner Samir Qaddoum ate. Nadia Ferouz, the prisoner's sister, slept.",
            "Nadia Ferouz",
            "Samir Qaddoum",
        ),
        (
            "His lawyer wept over Samir Qaddoum, the prisoner. Samir Qaddoum's mother, Nadia Ferouz, slept.",
            "Nadia Ferouz",
            "Samir Qaddoum",
        ),
    ],
)
def test_relatives_and_lawyers_are_somebody_else_and_somebody_s(text: str, name: str, owner: str) -> None:
    cast = read_cast(text)
    found = called(text, name)
    assert found.beside
    assert found.owner is not None
    assert cast.members[found.owner].name == owner


def test_her_husband_is_whose_wife_she_is() -> None:
    text = "The prisoner Samir Qaddoum ate. His wife Nadia Ferouz did not see her husband."
    assert words_of(text, "Samir Qaddoum") == ["Samir Qaddoum", "her husband"]


def test_his_daughter_is_not_the_prisoner_whose_father_spoke_long_before() -> None:
    text = "Lorvan Teshk is held. The accused's father thanked everybody.\n\nTeshk was arrested in May. He was charged."
    assert words_of(text + " His daughter was born in June.", "Lorvan Teshk")[-1] == "Teshk"


def test_a_namesake_by_kunya_is_another_person() -> None:
    text = "The prisoner Muntasir Qaddoum ate. His mother, Umm Muntasir, slept."
    assert words_of(text, "Umm Muntasir") == ["Umm Muntasir"]


def test_the_lawyer_before_a_comma_is_not_the_next_name() -> None:
    cast = read_cast("By the words of the lawyer, Samir Qaddoum is moved.")
    assert not next(member for member in cast if member.name == "Samir Qaddoum").lawyer


@settings(deadline=None, max_examples=150)
@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "The prisoner",
                "Samir Qaddoum",
                "Abu Tawil",
                ",",
                ".",
                "his wife",
                "“",
                "”",
                "'s",
                "the two brothers",
                "(SLC)",
                "Ministry of Justice",
                "and",
                "said",
                "49",
                "-year-old",
                "father of",
                "The",
                "\n",
                "\n\n",
                "No. 3",
                "who chairs",
            ]
        )
    ).map(" ".join)
)
def test_no_text_makes_it_raise_and_mentions_stand_in_the_text(text: str) -> None:
    cast = read_cast(text)
    assert [member.id for member in cast] == list(cast.members)
    for member in cast:
        assert member.mentions
        assert all(0 <= start < end <= len(text) for start, end in member.mentions)
        assert member.owner is None or member.owner in cast.members


def test_the_same_text_gives_the_same_cast() -> None:
    text = "The prisoner Samir Qaddoum ate. His wife Nadia Ferouz slept. Both men left Egypt."
    assert [m.frozen() for m in read_cast(text)] == [m.frozen() for m in read_cast(text)]


@pytest.mark.slow
def test_time_grows_with_length_alone() -> None:
    page = "The prisoner Samir Q{0} ate. His lawyer, Nadia F{0}, slept. The Committee of Law {0} wrote. "
    short, long_ = ("".join(page.format(chr(97 + i % 26) * (3 + i % 7)) for i in range(n)) for n in (400, 1600))
    spent = []
    for text in (short, long_):
        began = time.process_time()
        read_cast(text)
        spent.append(time.process_time() - began)
    assert spent[1] < 10 * spent[0] + 0.2


@pytest.mark.parametrize("words", ["Mr. ", "J. K. ", "Court "])
def test_a_word_in_capitals_without_end_costs_no_more_than_its_length(words: str) -> None:
    def steps(times: int) -> int:
        text = words * times + "was arrested."
        count = 0

        def tick(frame: object, event: str, arg: object) -> None:
            nonlocal count
            count += event == "call"

        page = analyse(text)
        sys.setprofile(tick)
        try:
            find_cast(page)
        finally:
            sys.setprofile(None)
        return count

    steps(10)  # whatever is read once is read now
    assert steps(2000) < 3 * steps(1000)


def test_a_surname_that_two_have_is_of_the_one_told_of_most() -> None:
    text = "Lorvan Teshk, a writer, was tried. Teshk spoke. Nadim Teshk told reporters about it. Teshk was ill."
    assert words_of(text, "Lorvan Teshk") == ["Lorvan Teshk", "Teshk", "Teshk"]
    assert words_of(text, "Nadim Teshk") == ["Nadim Teshk"]


def test_an_age_tells_two_people_of_one_surname_apart() -> None:
    text = (
        "The mother of journalist Lamees Durani was turned away. Guards told Huda Durani, 67, to leave. "
        "Durani, 34, is accused of publishing false news."
    )
    assert words_of(text, "Lamees Durani") == ["Lamees Durani", "Durani"]
    assert words_of(text, "Huda Durani") == ["Huda Durani"]


@pytest.mark.parametrize("digits", ["²", "²²", "3²", "①", "½", "Ⅳ", "３４"])
def test_signs_that_look_like_numbers_are_no_ages_and_raise_nothing(digits: str) -> None:
    read_cast(f"Samir Khalaf, {digits}, was arrested. The {digits}-year-old is held. Two {digits}-year-olds are held.")
