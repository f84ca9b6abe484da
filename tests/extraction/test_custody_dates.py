"""When what is told of people in custody was: invented people, one rule a table."""

from __future__ import annotations

import pytest

from habeas.extraction import read
from tests.extraction.test_custody_claims import told


def dated(text: str, kind: str, subject: str = "e1") -> set[str | None]:
    """The dates of all claims of a kind and phase about somebody."""
    return {date for who, k, phase, _, date, _ in told(text) if who == subject and f"{k}/{phase}" == kind}


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        (  # counted back from the date told before …
            "Samir Khalaf was found on Tuesday night, eight days after he was arrested at his university.",
            "arrest/done",
            "2024-04-29",
        ),
        (  # … or from publication
            "Eight days after the High Court quashed the order of Samir Khalaf, he is still in Ramat prison.",
            "order/cancelled",
            "2024-05-02",
        ),
        (
            "Samir Khalaf died on Sunday night in Ramat prison, eleven months after his arrest at a checkpoint.",
            "arrest/done",
            "2023-06~",
        ),
        (  # counted on from the date told before
            "Samir Khalaf was arrested on 31 July 2023 and let go after 26 days.",
            "release/done",
            "2023-08~",
        ),
        (
            "Samir Khalaf, who stopped eating on 10 February, gave up his hunger strike after nine days.",
            "hunger_strike/ended",
            "2024-02-19",
        ),
        (
            "Samir Khalaf, arrested on 5 February, declared the hunger strike from the first moment.",
            "hunger_strike/start",
            "2024-02-05",
        ),
        (
            "Samir Khalaf has been on hunger strike since he was arrested on 3 May.",
            "hunger_strike/start",
            "2024-05-03",
        ),
        (  # a "since" with a date of its own is before no other
            "Samir Khalaf has been held since March and his mother was ill on Monday.",
            "detention/ongoing",
            "2024-03/2024-05-10",
        ),
        (  # an hour of the day is of today, or of the day told before
            "Samir Khalaf was released from Ramat prison shortly after midnight.",
            "release/done",
            "2024-05-10",
        ),
        (
            "A judge heard Samir Khalaf on 2 May 2024. Samir Khalaf was released in the evening.",
            "release/done",
            "2024-05-02",
        ),
        (  # … or by its hour in the sentence of the date
            "Arrested at dawn on Tuesday, Samir Khalaf was released by nightfall.",
            "release/done",
            "2024-05-07",
        ),
        (  # counted back from the day told after it
            "A day after a judge ordered the release of Samir Khalaf, he walked out of Ramat prison on Tuesday.",
            "release/ordered",
            "2024-05-06",
        ),
        (  # rulings told in one breath
            "The High Court on Tuesday quashed the detention of Samir Khalaf and ordered his release.",
            "release/ordered",
            "2024-05-07",
        ),
        (
            "The order against Samir Khalaf was set aside on Tuesday by the High Court, which ordered his release.",
            "release/ordered",
            "2024-05-07",
        ),
        (  # the day when it runs out
            "Samir Khalaf will leave Ramat prison on 20 May 2024, when his detention order runs out.",
            "order/expires",
            "2024-05-20",
        ),
        (  # since when, in a clause of its own
            "Samir Khalaf is held at Ramat prison in the north, where he has been since 2 January.",
            "detention/ongoing",
            "2024-01-02/2024-05-10",
        ),
        (  # since when, some words behind the custody
            "Samir Khalaf is held at Ramat prison without charge or trial since January.",
            "detention/ongoing",
            "2024-01/2024-05-10",
        ),
    ],
)
def test_an_event_is_dated_by_what_is_told_around_it(text: str, kind: str, date: str) -> None:
    assert date in dated(text, kind)


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        (  # the beginning of what has ended
            "Samir Khalaf called off the hunger strike he began at Ramat prison on 1 May.",
            "hunger_strike/ended",
            None,
        ),
        (  # the participle that opens the sentence
            "Convicted in December 2021 of fraud, Samir Khalaf was moved to Ramat prison.",
            "transfer/done",
            None,
        ),
        (  # a thing made at another time
            "An appeals court has upheld the one-year sentence passed on Samir Khalaf in April.",
            "sentence/upheld",
            None,
        ),
        (  # what comes after "and"
            "Samir Khalaf was arrested at home and on 6 May sentenced to two years.",
            "arrest/done",
            None,
        ),
        (  # serving is not being sentenced
            "A letter from Samir Khalaf, serving six years in Ramat prison, came on Wednesday.",
            "sentence/passed",
            None,
        ),
        (  # an order without a day is not of today
            "Samir Khalaf is held under a six-month administrative order.",
            "order/issued",
            None,
        ),
        (  # how long somebody was held before
            "Samir Khalaf, the editor held in Ramat prison since February, was released.",
            "release/done",
            None,
        ),
        (  # for how long, not when
            "Samir Khalaf will stay in Ramat prison for two months after a court extended his detention.",
            "order/renewed",
            None,
        ),
        (  # a postponement to a day was not on that day, nor today
            "The trial of Samir Khalaf was postponed to 12 June.",
            "hearing/postponed",
            None,
        ),
    ],
)
def test_a_date_of_something_else_is_not_taken(text: str, kind: str, date: None) -> None:
    assert dated(text, kind) == {date}


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("Samir Khalaf was arrested on 11 and 12 January.", "arrest/done", "2024-01-11/2024-01-12"),
        ("Samir Khalaf was arrested in 2001 or early 2002.", "arrest/done", "2001/2002"),
        ("Samir Khalaf has been arrested five times since 2017.", "arrest/done", "2017/2024-05-10"),
        ("A hearing of Samir Khalaf had been set for 2 June.", "hearing/scheduled", "2024-06-02"),
        ("At a hearing on 6 May the court imposed five years on Samir Khalaf.", "sentence/passed", "2024-05-06"),
        ("Samir Khalaf was let go without trial in January.", "release/done", "2024-01"),
    ],
)
def test_a_date_is_read_to_its_end(text: str, kind: str, date: str) -> None:
    assert date in dated(text, kind)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (
            "Samir Khalaf, who had been held in Ramat prison since 8 February, was released on 7 May.",
            "2024-02-08/2024-05-07",
        ),
        (
            "Samir Khalaf, held in Ramat prison since 8 February, was released on 7 May and arrested again on 9 May.",
            "2024-02-08/2024-05-10",
        ),
        (
            "Arrested in April 2021, Samir Khalaf spent five months in pre-trial detention.",
            "2021-04/2021-09",
        ),
        ("In 2021 under the old government Samir Khalaf was held in Ramat prison.", "2021"),
    ],
)
def test_custody_that_is_over_has_an_end(text: str, date: str) -> None:
    assert date in dated(text, "detention/ongoing")


def test_an_order_of_a_list_is_of_the_day_above_the_list() -> None:
    text = (
        "The military court yesterday issued administrative detention orders against two men.\n\n"
        "1. Samir Khalaf, 31, Ramat – six months, new order.\n2. Nadim Qasim, 24, Ramat – four months, second renewal."
    )
    assert dated(text, "order/issued") == {"2024-05-09"}
    assert dated(text, "order/renewed", "e2") == {"2024-05-09"}


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("Samir Khalaf was moved to Ramat prison last spring.", "transfer/done", "2023"),
        ("Samir Khalaf was arrested in the autumn of 2021.", "arrest/done", "2021"),
        ("Samir Khalaf ended his hunger strike in the winter of 2019-20.", "hunger_strike/ended", "2019-12/2020-02"),
        ("Samir Khalaf has been held in Ramat prison since the summer.", "detention/ongoing", "2023/2024-05-10"),
        (
            "Samir Khalaf, who was picked up in late March, was sentenced on 22 April to eleven years.",
            "sentence/passed",
            "2024-04-22",
        ),
        (
            "Samir Khalaf will stay in Ramat prison: on Thursday the court refused to release him.",
            "release/refused",
            "2024-05-09",
        ),
        ("A visit to Samir Khalaf planned for Saturday was not allowed.", "denial/done", "2024-05-04"),
        (
            "Samir Khalaf was seized on 3 March 2022. On 22 March he was charged with sedition.",
            "charge/brought",
            "2022-03-22",
        ),
        ("Samir Khalaf, in prison since 2021, was moved to Ramat prison on 10 April.", "transfer/done", "2024-04-10"),
        ("Samir Khalaf, born in 1963, was arrested at his home on 10 April.", "arrest/done", "2024-04-10"),
        ("In June last year Samir Khalaf was rushed to hospital with a heart attack.", "health/ongoing", "2023-06"),
        ("In November Samir Khalaf stood for two hours in the dock with a fever.", "health/ongoing", "2023-11"),
        (
            "His wife Rana visited Samir Khalaf on Tuesday and found him thin and unable to walk.",
            "health/ongoing",
            "2024-05-07",
        ),
        (
            "A diplomat who saw Samir Khalaf in prison on Monday said he could barely stand.",
            "health/ongoing",
            "2024-05-06",
        ),
        (
            "Samir Khalaf began a hunger strike on 8 April when a visit by his parents was cancelled.",
            "denial/done",
            "2024-04-08",
        ),
        (
            "Samir Khalaf was taken to the prosecutor on 8 April, where he was questioned without a lawyer.",
            "denial/done",
            "2024-04-08",
        ),
        (
            "Samir Khalaf saw his mother until 7 March; since then he has been denied family visits.",
            "denial/done",
            "2024-03-07/2024-05-10",
        ),
        (
            "Samir Khalaf has not been seen since he was led off by men in plain clothes near the gate on 9 July 2019.",
            "disappearance/ongoing",
            "2019-07-09/2024-05-10",
        ),
        (
            "Three days after Samir Khalaf was taken from his home, nothing is known of his whereabouts.",
            "disappearance/ongoing",
            "2024-05-07/2024-05-10",
        ),
        ("Samir Khalaf had been jailed before, from September 2010 until 2013.", "detention/ongoing", "2010-09/2013"),
        ("Samir Khalaf has been in prison since 2013 under a sentence of 25 years.", "sentence/passed", None),
        (
            "Samir Khalaf got ten years, a conviction which the Supreme Court upheld in March.",
            "sentence/passed",
            None,
        ),
        ("Samir Khalaf completed his three-year sentence in March.", "sentence/passed", None),
        ("Police on Thursday named Samir Khalaf a suspect of treason.", "charge/brought", "2024-05-09"),
        (
            "A military judge on Monday declined to shorten the detention order of Samir Khalaf.",
            "order/shortened",
            "2024-05-06",
        ),
        ("Samir Khalaf was not released on Sunday.", "release/done", "2024-05-05"),
        (
            "Nadim Qasim was freed on Thursday. Samir Khalaf was let go from Ramat prison as well.",
            "release/done",
            "2024-05-09",
        ),
        (
            "Samir Khalaf was on 3 May taken off the bus. Later the same day Samir Khalaf was arrested.",
            "arrest/done",
            "2024-05-03",
        ),
    ],
)
def test_a_day_is_found_for_what_is_told(text: str, kind: str, date: str | None) -> None:
    assert date in dated(text, kind)


def test_what_is_told_to_have_been_since_is_not_of_the_day_of_the_news() -> None:
    text = "Nadim Qasim was freed on Thursday. Samir Khalaf has since been let go from Ramat prison."
    assert dated(text, "release/done") == {None}


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        (
            "Samir Khalaf refused food in prison; the hunger strike lasted 44 days, from 14 January till 27 February.",
            "hunger_strike/ended",
            "2024-02-27",
        ),
        (
            "Samir Khalaf was in his 45th day of a hunger strike on Thursday in Ramat prison.",
            "hunger_strike/ongoing",
            "2024-05-09",
        ),
        ("Samir Khalaf entered his 88th day of hunger strike yesterday.", "hunger_strike/ongoing", "2024-05-09"),
        (
            "Samir Khalaf has been on hunger strike in Ramat prison since 3 April.",
            "hunger_strike/start",
            "2024-04-03",
        ),
        ("Samir Khalaf stopped eating on 3 April for what became 15 days.", "hunger_strike/start", "2024-04-03"),
        (
            "On 3 April, Samir Khalaf stopped eating for what became 15 days in protest at his detention.",
            "hunger_strike/start",
            "2024-04-03",
        ),
        (
            "From today Samir Khalaf stops the hunger strike which he held for 40 days.",
            "hunger_strike/ended",
            "2024-05-10",
        ),
        ("Samir Khalaf fasted in Ramat prison for 66 days in 2012.", "hunger_strike/ended", "2012"),
        ("Samir Khalaf, who had been fasting every other day, has stopped too.", "hunger_strike/ended", None),
        (
            "Samir Khalaf agreed on Tuesday to resume eating after a 40-day hunger strike.",
            "hunger_strike/ended",
            "2024-05-07",
        ),
        ("Samir Khalaf agreed on Tuesday to end his hunger strike.", "hunger_strike/ended", "2024-05-07"),
        (
            "Samir Khalaf ended on Thursday a hunger strike that he had begun on 1 April.",
            "hunger_strike/ended",
            "2024-05-09",
        ),
        ("Samir Khalaf had refused food from 9 to 20 April in Ramat prison.", "hunger_strike/ended", "2024-04-20"),
        ("Samir Khalaf had refused food from 9 to 20 April in Ramat prison.", "hunger_strike/start", "2024-04-09"),
        ("Samir Khalaf gave up the hunger strike he had been on since 8 April.", "hunger_strike/start", "2024-04-08"),
        (
            "Samir Khalaf called off the hunger strike that he began in Ramat prison on 1 April.",
            "hunger_strike/start",
            "2024-04-01",
        ),
        (
            "Samir Khalaf was put on a drip on Monday, ending a 30-day fast in Ramat prison.",
            "hunger_strike/ended",
            "2024-05-06",
        ),
        ("Samir Khalaf broke his fast with a date at 7 a.m. in Ramat prison.", "hunger_strike/ended", "2024-05-10"),
        (
            "Samir Khalaf suspended his hunger strike last night after a promise from the prison service.",
            "hunger_strike/suspended",
            "2024-05-09",
        ),
        (
            "Samir Khalaf died on 2 May after a hunger strike that lasted 87 days.",
            "hunger_strike/ended",
            "2024-05-02",
        ),
        ("Samir Khalaf went 21 days without food in 2019 in Ramat prison.", "hunger_strike/ended", "2019"),
    ],
)
def test_the_days_of_a_strike(text: str, kind: str, date: str | None) -> None:
    assert date in dated(text, kind)


def test_a_date_before_and_is_that_of_the_verb_before_it() -> None:
    text = "Police arrested Samir Khalaf and Nader Odeh on Monday and released Odeh on Tuesday."
    claims = [(claim.kind, claim.date) for claim in read(text, published="2024-05-10").claims]
    assert claims == [("arrest", "2024-05-06"), ("arrest", "2024-05-06"), ("release", "2024-05-07")]


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        (
            "Samir Khalaf is held under an administrative order. The order, issued on 9 March, is to end on 8 May.",
            "order/expires",
            "2024-05-08",
        ),
        (
            "The order against the prisoner Samir Khalaf, signed on 9 March, expires on 8 September.",
            "order/expires",
            "2024-09-08",
        ),
        (
            "Samir Khalaf is held under an administrative order. The order, issued on 9 March, is to end on 8 May.",
            "detention/ongoing",
            None,
        ),
        ("A campaigner jailed in 2018, Samir Khalaf, has been released.", "release/done", None),
        ("The campaigner Samir Khalaf, jailed in 2018, has been released.", "release/done", None),
        (
            "A court has granted bail to the teacher Samir Khalaf, but he was still in the city jail on Monday.",
            "release/ordered",
            None,
        ),
    ],
)
def test_when_an_order_was_made_and_somebody_taken_dates_nothing_else(text: str, kind: str, date: str | None) -> None:
    assert dated(text, kind) == {date}


@pytest.mark.parametrize(
    "text",
    [
        "The detention of Samir Khalaf will not be renewed, the army said.",
        "The order against Samir Khalaf will be counted from the day of his arrest and will not be extended.",
    ],
)
def test_what_will_not_be_done_is_denied(text: str) -> None:
    assert {how for _, kind, phase, how, *_ in told(text) if (kind, phase) == ("order", "renewed")} == {"denied"}
