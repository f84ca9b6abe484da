"""Short reports of invented people read whole: what has to be told of them, and what must not be."""

from __future__ import annotations

import pytest

from habeas.extraction import read

# Report, day of publication, events that are told (name kind/phase modality date value), and what is not told, of
# anybody or of somebody by name.
PAGES = [
    (
        "A court on Friday granted bail to activist Umar Teshk after more than four years in jail without "
        "trial, but he will not walk free because he is also held in a second case, his lawyers said.",
        "2024-10-18",
        ["Umar Teshk release/ordered actual 2024-10-18 -"],
        ["sentence/passed", "hearing/held"],
    ),
    (
        "The prisoner Karim Delwan (34 years), from Ramat, is on hunger strike since 60 days. The club held"
        " the court and the intelligence the responsibility for his fate.",
        "2021-09-15",
        ["Karim Delwan hunger_strike/ongoing actual 2021-09-15 60"],
        ["hunger_strike/start", "charge/brought"],
    ),
    (
        "The body of protester Ibrahim Sarr, 24, was handed over to his family on Tuesday, nine days after "
        "he died in the cells of the gendarmerie. Sarr had been arrested on 3 October.",
        "2020-10-21",
        ["Ibrahim Sarr arrest/done actual 2020-10-03 -"],
        ["release/done", "death/done 2020-10-20"],
    ),
    (
        "US citizen Mark Feldman is serving 14 years in Ramat. Feldman's wife Jane told a channel she had "
        "spoken to him for 15 minutes on Sunday. Feldman was detained at Sirin airport on 14 August 2021.",
        "2024-11-20",
        ["Mark Feldman arrest/done actual 2021-08-14 -"],
        ["denial/done"],
    ),
    (
        "The Commission said that the military court of Salem extended the arrest of the female prisoner "
        "Dalal Abu Teshk (22 years) for eight days.\n\nThe prisoner Nidal Zaloum, sentenced with life, is "
        "ill. The prisoner Zaloum is detained since the year 2002, and the prisoner Anas Delwan ended his "
        "strike yesterday after it continued for 17 days, after an agreement by which his administrative "
        "detention will not be renewed.",
        "2023-06-15",
        ["Anas Delwan order/renewed denied - -"],
        ["Nidal Zaloum detention/ongoing remand", "Dalal Abu Teshk order/renewed denied"],
    ),
    (
        "The top court on Monday dismissed a bid by jailed publisher Jason Delwan to overturn his "
        "conviction for fraud. Reyna Halabi, 43, walked out of prison after serving three years of a "
        "seven-year sentence.",
        "2023-11-13",
        ["Reyna Halabi sentence/passed actual - P7Y"],
        ["sentence/overturned", "sentence/passed P3Y"],
    ),
    (
        "The family of missing Baloch student Sohail Rind says he was picked up by men in plain clothes on "
        "November 1. Nasrullah Baloch protested.",
        "2021-11-23",
        ["Sohail Rind arrest/done actual 2021-11-01 -"],
        [],
    ),
    (
        "Maria Barona remains in El Farol prison and has not been allowed to see her five-year-old son, her"
        " husband said.",
        "2022-11-11",
        ["Maria Barona denial/done actual - family_visit"],
        ["denial/done other"],
    ),
    (
        "JOINT STATEMENT\n\nWe, the undersigned, condemn the detention of human rights lawyer Tran Thi Lua, "
        "who this week marked 500 days behind bars. Lua began a hunger strike on 1 November.",
        "2023-11-16",
        ["Tran Thi Lua hunger_strike/start actual 2023-11-01 -"],
        ["hunger_strike/ongoing", "sentence/passed"],
    ),
    (
        "A court in Hrodna on Tuesday sentenced journalist Alena Sirinkaya to two years in a penal colony "
        'on charges of "discrediting the state," the union said. Sirinkaya, who worked for an outlet until '
        "it was shut down in 2021, was detained on March 14. She has been denied an inhaler since April, "
        "the lawyer said.",
        "2024-06-05",
        [
            "Alena Sirinkaya sentence/passed actual 2024-06-04 P2Y",
            "Alena Sirinkaya arrest/done actual 2024-03-14 -",
        ],
        ["denial/done lawyer", "charge/brought discrediting the state,"],
    ),
    (
        "Police in civilian clothes took photographer Karim Delwan from a cafe in Giza on the evening of "
        "May 8, his sister said. He is held on charges of joining a banned group and spreading false news, "
        "his lawyer Hani Teshk wrote. Prosecutors denied a request to have him examined by a doctor. He was"
        " in prison before.",
        "2022-05-12",
        ["Karim Delwan arrest/done actual 2022-05-08 -"],
        ["transfer/done", "denial/done lawyer", "appeal/rejected"],
    ),
    (
        "Ramat court extends detention of Nadim Qasim\n\nThe Ramat 22nd High Criminal Court ruled "
        "at Monday's hearing for the continuation of the detention of former mayor Nadim Qasim and 17 other"
        " defendants.\n\nQasim has been behind bars since 25 October 2016. The next hearing will be held on "
        "14 March.",
        "2024-02-20",
        ["Nadim Qasim order/renewed actual 2024-02-19 -"],
        ["order/renewed 2024-02-20"],
    ),
    (
        "The academic Samir Khalaf was arrested in March 2011 and sentenced that June to life imprisonment."
        " He has since lost 14 kilos.",
        "2021-08-07",
        [
            "Samir Khalaf sentence/passed actual 2011-06 life",
            "Samir Khalaf health/ongoing actual - lost 14 kilos",
        ],
        ["sentence/passed 2011-03", "health/ongoing has since lost 14 kilos"],
    ),
    (
        "Samir Khalaf, Nadim Qasim and Omar Darwish had been held at the Sirin Teshk complex, known as El "
        "Farol. In February, a judge gave them sentences of between eight and thirteen years.",
        "2022-11-11",
        [],
        ["sentence/passed P8Y", "sentence/passed P13Y"],
    ),
]


@pytest.mark.parametrize(("text", "published", "told", "untold"), PAGES, ids=lambda value: str(value)[:24])
def test_a_page_tells_what_it_says_and_nothing_else(
    text: str, published: str, told: list[str], untold: list[str]
) -> None:
    reading = read(text, published=published, language="en")
    names = {entity.id: entity.name for entity in reading.entities}
    rows = [(c, f"{c.kind}/{c.phase}") for c in reading.claims if c.kind != "profile"]
    found = {f"{names[c.subject]} {what} {c.modality} {c.date or '-'} {c.value or '-'}" for c, what in rows}
    assert set(told) <= found, found
    more = [(c, f"{what} {one}".rstrip()) for c, what in rows for one in ("", c.value, c.date, c.modality)]
    assert not {one for c, words in more for one in (words, f"{names[c.subject]} {words}")} & set(untold)
