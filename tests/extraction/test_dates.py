from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.extraction import dates, edtf
from habeas.extraction.segment import analyse

TUESDAY = "2023-05-09"


def values(text: str, published: str | None = TUESDAY) -> list[str | None]:
    return [mention.value for mention in dates.find_dates(analyse(text), published) if mention.amount is None]


def first(text: str, published: str | None = TUESDAY) -> dates.DateMention:
    return dates.find_dates(analyse(text), published)[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # whole dates
        ("He was arrested on 27 July 2020.", "2020-07-27"),
        ("He was arrested on July 27, 2020, at home.", "2020-07-27"),
        ("He was arrested on the 27th of July of 2020.", "2020-07-27"),
        ("his arrest on 2019/9/10", "2019-09-10"),
        ("Published 2-5-2023 in Ramallah", "2023-05-02"),
        ("Seen on 5/13/2021 at the gate", "2021-05-13"),
        ("arrested on Oct. 10, 2019 at dawn", "2019-10-10"),
        ("the night of 11 February 2022", "2022-02-11"),
        # no year: the last one before publication
        ("He was arrested on 5 August.", "2022-08-05"),
        ("She was charged on March 3 in Harwan.", "2023-03-03"),
        ("arrested on the fifth of February the past", "2023-02-05"),
        ("was arrested on the 14th of last September", "2022-09-14"),
        ("He was arrested on 28 October of last year.", "2022-10-28"),
        ("She was jailed in September last year.", "2022-09"),
        ("They were freed in April.", "2023-04"),
        ("They were freed in June.", "2022-06"),
        ("was released last May", "2022-05"),
        ("arrested in early July", "2022-07"),
        ("has been held since mid-July", "2022-07"),
        ("frozen on the 5th of the month", "2023-05-05"),
        ("taken on the 29th of last month", "2023-04-29"),
        # looking ahead
        ("The court will hear him on 17 December.", "2023-12-17"),
        ("The hearing was postponed to the session of 17 December.", "2023-12-17"),
        ("The order runs until 26 November.", "2023-11-26"),
        ("He will be released in June.", "2023-06"),
        ("release on the twenty-sixth of next February", "2024-02-26"),
        ("The court will look on Thursday into it.", "2023-05-11"),
        ("was remanded until Sunday", "2023-05-14"),
        ("They are to be freed next Sunday.", "2023-05-14"),
        # days near by
        ("The court met today.", "2023-05-09"),
        ("was renewed yesterday", "2023-05-08"),
        ("was moved last night", "2023-05-08"),
        ("spoke the day before yesterday", "2023-05-07"),
        ("She appeals tomorrow.", "2023-05-10"),
        ("was moved on Sunday", "2023-05-07"),
        ("decided on Tuesday", "2023-05-09"),
        ("said last Tuesday", "2023-05-02"),
        ("suspended the Thursday past his strike", "2023-05-04"),
        ("signed two days ago", "2023-05-07"),
        ("He was released before two days.", "2023-05-07"),
        ("both went into the strike a week ago", "2023-05-02"),
        ("arrested a month ago", "2023-04~"),
        ("picked up two years ago", "2021~"),
        ("was taken a year and a half ago", "2021-11~"),
        ("was beaten last week", "2023-05-01/2023-05-07"),
        ("was beaten last month", "2023-04"),
        ("was tried last year", "2022"),
        ("resumed earlier this month", "2023-05"),
        ("was moved in the spring", "2023-21"),
        ("held since last winter", "2022-24"),
        ("a strike in autumn 2022", "2022-23"),
        ("in the winter of 2011-12", "2011-24"),
        ("in the first week of April", "2023-04-01/2023-04-07"),
        ("coughing blood since the new year", "2023-01-01"),
        # years
        ("a previous strike in the year 2017", "2017"),
        ("for a poem, in 2011-12", "2011/2012"),
        ("freed from jail at the weekend", "2023-05-06/2023-05-07"),
        ("has had fever since the weekend", "2023-05-06/2023-05-07"),
        ("will be tried at the weekend", "2023-05-13/2023-05-14"),
        # day and month in figures, words of a translation
        ("the order ended on 26/2", "2023-02-26"),
        ("is denied visits since last October 20", "2022-10-20"),
        ("died the past April 2 in hospital", "2023-04-02"),
        ("caught in 2021 November and", "2021-11"),
        ("was arrested on the fifth of the February", "2023-02-05"),
        # what stands behind "adjourned to" looks ahead, not what stands before
        ("The court on Friday adjourned the trial", "2023-05-05"),
        # one day told twice
        ("died at the dawn of this day Tuesday", "2023-05-09"),
        ("freed yesterday, Monday, at noon", "2023-05-08"),
        ("seized on the 29 of Aban 1401 (20 November 2022)", "2022-11-20"),
        ("freed in Khordad 1400 (June 2021)", "2021-06"),
        # other calendars
        ("began on 21 Mordad 1399", "2020-08-11"),
        ("began on the 25th of Khordad", "2022-06-15"),
        ("arrested on Khordad 12, 1400", "2021-06-02"),
        ("held since Mehr 14", "2022-10-06"),
        ("will be tried on 14 Tir", "2023-07-05"),
        ("was tried on 14 Tir", "2022-07-05"),
        ("freed a few hours ago", "2023-05-09"),
        ("since the first of Ramadan the past year", "2022-04-02~"),
        ("arrested on 6 Dhu al-Hijja 1441", "2020-07-27~"),
    ],
)
def test_dates_are_told_as_edtf(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "jailed in case 402 of 2024",
        "under Law 20 of 2015",
        "It may be that they march on.",
        "The guards called it room 2019b.",
        "in Mar Verde prison",
        "the Mehr agency said",
        "costs $2020",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "text", ["He was arrested on 5 August.", "was moved on Sunday", "two days ago", "last week", "in April", "today"]
)
def test_nothing_is_guessed_without_a_day_of_publication(text: str) -> None:
    assert values(text, None) == [None]


def test_a_dateline_stands_in_for_the_day_of_publication() -> None:
    text = "Ramallah 2-5-2023 – The court met yesterday."
    assert values(text, None) == ["2023-05-02", "2023-05-01"]
    assert dates.reference_day(analyse(text), None) == date(2023, 5, 2)
    assert dates.reference_day(analyse("Sold on 2-5-2023 for good."), None) is None
    assert dates.reference_day(analyse("x"), "2023-05-09T08:00:00Z") == date(2023, 5, 9)
    assert dates.reference_day(analyse("x"), "soon") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2012 he fasted for a time and was freed in April.", ["2012", "2012-04"]),
        ("He was tried in May 2019; the sentence fell in April of that year.", ["2019-05", "2019-04"]),
        ("She was seized on 4 October 2021, and convicted the following May.", ["2021-10-04", "2022-05"]),
        ("X, who wrote for it until it was closed in 2021, was detained on 14 March.", ["2021", "2023-03-14"]),
        ("He was arrested in 2021, tried on 14 March and freed.", ["2021", "2021-03-14"]),
        ("He vanished on 25 January 2020 until he turned up on the 29th.", ["2020-01-25", "2020-01-29"]),
        ("He left on 30 January 2020 and was found on the 2nd.", ["2020-01-30", "2020-02-02"]),
        ("He was struck on 5 April 2019, and went out the next day.", ["2019-04-05", "2019-04-06"]),
        ("Frozen on 22 September 2022, it came back six days later.", ["2022-09-22", "2022-09-28"]),
        ("He was held from 14 March till 5 June 2022.", ["2022-03-14", "2022-06-05"]),
        ("He lay there from 3 to 21 August 2020.", ["2020-08-03", "2020-08-21"]),
        ("Beaten on 12 and 24 April, he said.", ["2023-04-12", "2023-04-24"]),
        ("Jailed in 2014. He has been on strike since March 19.", ["2014", "2023-03-19"]),
        ("A year ago he left. The next day it rained.", ["2022~", None]),
        ("He went out the next day.", [None]),
        ("Let out in 2013 and held again eleven days later, he fell ill.", ["2013", "2013"]),
        ("Seized on 4 October 2021, he was freed the same afternoon.", ["2021-10-04", "2021-10-04"]),
    ],
)
def test_stories_keep_their_own_time(text: str, expected: list[str | None]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "amount", "unit"),
    [
        ("his strike for the 87th day", "count", 87, "day"),
        ("enters the day 52 of his strike", "count", 52, "day"),
        ("for the day 133 in a row", "count", 133, "day"),
        ("in the day twenty-one of the strike", "count", 21, "day"),
        ("completed its fiftieth day", "count", 50, "day"),
        ("today is the forty fourth day", "count", 44, "day"),
        ("entered his third month", "count", 3, "month"),
        ("Day 80: no change", "count", 80, "day"),
        ("without food for 41 days", "duration", 41, "day"),
        ("after more than fifty days", "duration", 50, "day"),
        ("a 141-day fast", "duration", 141, "day"),
        ("after a hundred and five days", "duration", 105, "day"),
        ("an order of six months", "duration", 6, "month"),
        ("the 49-year-old teacher", "age", 49, "year"),
        ("who is forty-five years old", "age", 45, "year"),
    ],
)
def test_counts_durations_and_ages_are_no_dates(text: str, kind: str, amount: int, unit: str) -> None:
    found = [mention for mention in dates.find_dates(analyse(text), TUESDAY) if mention.amount is not None]
    assert [(m.kind, m.amount, m.unit, m.value, m.is_point) for m in found] == [(kind, amount, unit, None, False)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("held since 3 March", "since"),
        ("he is lying from Monday in the clinic", "since"),
        ("forbidden since three weeks to see anyone", "since"),
        ("stays until 3 June", "until"),
        ("arrested on 3 March", "at"),
    ],
)
def test_the_words_before_say_what_the_date_is(text: str, role: str) -> None:
    assert first(text).role == role


def test_the_other_direction_is_kept() -> None:
    assert (first("the hearing on Thursday was").value, first("the hearing on Thursday was").other) == (
        "2023-05-04",
        "2023-05-11",
    )


def chosen(text: str, trigger: str, published: str = "2022-09-14", *, ahead: bool = False) -> str | None:
    page = analyse(text)
    start = text.index(trigger)
    found = dates.date_for(
        dates.find_dates(page, published), (start, start + len(trigger)), (0, len(text)), page, ahead=ahead
    )
    return found.value if found else None


def test_an_event_takes_the_date_of_its_own_clause() -> None:
    text = "Arrested on 3 March 2021, he was charged on 5 May 2021 and sentenced on 7 June 2021 to two years."
    assert chosen(text, "Arrested") == "2021-03-03"
    assert chosen(text, "charged") == "2021-05-05"
    assert chosen(text, "sentenced") == "2021-06-07"


def test_dates_do_not_cross_quotation_marks() -> None:
    text = "“He was beaten,” she said on Monday."
    assert chosen(text, "beaten") is None
    assert chosen(text, "said") == "2022-09-12"


def test_a_plain_date_goes_before_since_and_until() -> None:
    text = "held since 3 March, he was moved on 5 May and stays until 7 October"
    assert chosen(text, "moved") == "2022-05-05"
    assert chosen(text, "stays", ahead=True) == "2022-10-07"


def test_states_know_their_ends() -> None:
    text = "He has been held since 3 March 2022 under an order until 7 October 2022, for the 41st day on strike."
    page = analyse(text)
    found, window, trigger = dates.find_dates(page, "2022-09-14"), (0, len(text)), (12, 16)
    start = dates.since(found, trigger, window, page)
    end = dates.until(found, trigger, window, page)
    count = dates.counted(found, trigger, window, page)
    assert start
    assert end
    assert count
    assert (start.value, end.value, dates.count_in_days(count)) == ("2022-03-03", "2022-10-07", 41)
    assert dates.held(start.value, "2022-09-14") == "2022-03-03/2022-09-14"
    assert dates.as_of(found, trigger, window, page, date(2022, 9, 14)) == "2022-09-14"
    assert dates.as_of([], trigger, window, page, None) is None


def test_held_joins_what_is_known() -> None:
    assert dates.held(None, "2022-09-14") == "2022-09-14"
    assert dates.held("2022-03", None) == "2022-03"
    assert dates.held("2022-12", "2022-09-14") == "2022-09-14"
    assert dates.held("2011/2012", "2022-09-14") == "2011/2012"


@pytest.mark.parametrize(
    ("start", "days", "as_of", "expected"),
    [
        ("2020-07-27", 87, "2020-10-21", "inclusive"),
        ("2020-07-27", 87, "2020-10-22", "elapsed"),
        ("2020-07-27", 87, "2020-10-25", None),
        ("2020-07", 87, "2020-10-22", None),
        (None, 87, "2020-10-22", None),
    ],
)
def test_counting_checks_a_start_against_a_day_count(
    start: str | None, days: int, as_of: str, expected: str | None
) -> None:
    assert dates.counting(start, days, as_of) == expected


def test_a_day_count_alone_gives_a_range_of_starts() -> None:
    assert dates.start_range(87, "2020-10-21") == "2020-07-26/2020-07-27"
    assert dates.start_range(87, None) is None
    assert dates.strike_start("2020-10-21", 87) == "2020-07-27"
    assert dates.strike_start("2020-10-21", 87, "elapsed") == "2020-07-26"


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("four months", "P4M"),
        ("a six-month order", "P6M"),
        ("45 days", "P45D"),
        ("two weeks", "P14D"),
        ("a year and a half", "P1Y6M"),
        ("four and a half years", "P4Y6M"),
        ("six years and three months", "P6Y3M"),
        ("twenty-five years", "P25Y"),
        ("some time", None),
        ("three hours", None),
    ],
)
def test_lengths_become_iso_durations(words: str, iso: str | None) -> None:
    assert dates.duration_to_iso(words) == iso


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("87th", 87),
        ("the hundred and fifth", 105),
        ("two hundred and thirty-eight", 238),
        ("fiftieth", 50),
        ("x", None),
    ],
)
def test_numbers_in_words(words: str, number: int | None) -> None:
    assert dates.to_number(words) == number


PIECES = st.sampled_from(
    [
        "on",
        "in",
        "since",
        "until",
        "the",
        "last",
        "next",
        "this",
        "of",
        "that",
        "Monday",
        "Sunday",
        "yesterday",
        "today",
        "tomorrow",
        "two",
        "three",
        "weeks",
        "days",
        "months",
        "years",
        "ago",
        "later",
        "March",
        "May",
        "July",
        "2019",
        "2020",
        "5",
        "31",
        "30",
        "February",
        "27th",
        "first",
        "2-5-2023",
        "31/02/2020",
        "month",
        "year",
        "week",
        "past",
        "spring",
        "winter",
        "Ramadan",
        "Khordad",
        "1399",
        "1441",
        "day",
        "87",
        "from",
        "to",
        "and",
        "before",
        "will",
        "was",
        ",",
        ".",
        "“",
        "”",
        ";",
        "\n",
        "end",
        "early",
        "mid-",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14), st.none() | st.dates(date(1950, 1, 1), date(2060, 1, 1)))
def test_every_date_is_edtf_and_stands_where_it_says(pieces: list[str], day: date | None) -> None:
    text = " ".join(pieces)
    end = 0
    for mention in dates.find_dates(analyse(text), day.isoformat() if day else None):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        assert not text[mention.start].isspace()
        for value in (mention.value, mention.other):
            assert value is None or edtf.is_edtf(value)


def test_a_year_before_the_month_is_one_date_with_it() -> None:
    assert values("He was arrested in Bago on 2021 November 27.", "2024-06-08") == ["2021-11-27"]


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("for 400 days", "2023-05-05"),
        ("for three weeks", "2024-05-18"),
        ("for fourteen months", "2023-04~"),
        ("for two years", "2022~"),
        ("for 9999 years", "0001~"),
    ],
)
def test_a_length_tells_when_it_began(text: str, begun: str) -> None:
    (length,) = dates.find_dates(analyse(text), "2024-06-08")
    assert dates.before(date(2024, 6, 8), length) == begun


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.none() | st.text(max_size=12))
def test_no_text_is_too_strange(text: str, published: str | None) -> None:
    for mention in dates.find_dates(analyse(text), published):
        assert 0 <= mention.start < mention.end <= len(text)


RELATIVE = st.sampled_from(
    ["today", "yesterday", "on Monday", "last Friday", "three days ago", "two weeks ago", "last week", "tomorrow"]
)


@given(RELATIVE, st.dates(date(1980, 1, 1), date(2050, 1, 1)), st.integers(-500, 500))
def test_relative_dates_move_with_publication(words: str, day: date, weeks: int) -> None:
    text = f"He was moved {words} to Harwan."
    (before,) = values(text, day.isoformat())
    (after,) = values(text, (day + timedelta(weeks=weeks)).isoformat())
    assert before
    assert after
    one, other = edtf.bounds(before), edtf.bounds(after)
    assert one
    assert other
    assert [b - a for a, b in zip(one, other, strict=True)] == [timedelta(weeks=weeks)] * 2
