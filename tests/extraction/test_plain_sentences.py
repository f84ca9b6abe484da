"""What a newcomer tries first: one plain sentence, read whole with the judge, gives its claim, date and value."""

from __future__ import annotations

import pytest

from habeas.extraction import read

PUBLISHED = "2024-05-10"  # a Friday
SENTENCES = """
Samir Khalaf is on hunger strike. | hunger_strike/ongoing actual - -
Samir Khalaf began a hunger strike on 2 May. | hunger_strike/start actual 2024-05-02 -
Samir Khalaf has been on hunger strike for 34 days. | hunger_strike/ongoing actual - 34
Samir Khalaf ended his hunger strike on Thursday. | hunger_strike/ended actual 2024-05-09 -
Samir Khalaf was arrested on Monday. | arrest/done actual 2024-05-06 -
Samir Khalaf was arrested at his home on 3 March 2024. | arrest/done actual 2024-03-03 -
Police arrested Samir Khalaf last night. | arrest/done actual 2024-05-09 -
Samir Khalaf suspended his hunger strike yesterday. | hunger_strike/suspended actual 2024-05-09 -
Samir Khalaf was released today. | release/done actual 2024-05-10 -
Samir Khalaf was beaten by guards. | ill_treatment/done actual - beating
Samir Khalaf was tortured in prison. | ill_treatment/done actual - torture
Samir Khalaf is in prison. | detention/ongoing actual - unknown
Samir Khalaf is being held without charge. | charge/brought denied - -
Samir Khalaf is in administrative detention. | detention/ongoing actual - administrative
Samir Khalaf has been held in Ramat prison since 2021. | detention/ongoing actual 2021/2024-05-10 unknown
Samir Khalaf is under house arrest. | detention/ongoing actual - house_arrest
A court sentenced Samir Khalaf to three years. | sentence/passed actual - P3Y
Samir Khalaf was sentenced to three years in prison on Wednesday. | sentence/passed actual 2024-05-08 P3Y
Samir Khalaf was sentenced to death. | sentence/passed actual - death
Samir Khalaf was sentenced to life in prison. | sentence/passed actual - life
Samir Khalaf was released on bail on Tuesday. | release/done actual 2024-05-07 -
Samir Khalaf will be released on Sunday. | release/done planned 2024-05-12 -
A judge ordered the release of Samir Khalaf on Thursday. | release/ordered actual 2024-05-09 -
Amnesty called for the release of Samir Khalaf. | release/done demanded - -
Samir Khalaf was charged with incitement. | charge/brought actual - incitement
Samir Khalaf was moved to Ramat prison on Monday. | transfer/done actual 2024-05-06 -
Samir Khalaf died in prison on Thursday. | death/done actual 2024-05-09 -
Samir Khalaf died in custody. | death/done actual - -
Samir Khalaf is in solitary confinement. | isolation/ongoing actual - -
Samir Khalaf was denied access to a lawyer. | denial/done actual - lawyer
Samir Khalaf has been denied family visits. | denial/done actual - family_visit
Samir Khalaf was deported to Jordan on Tuesday. | deportation/done actual 2024-05-07 -
The trial of Samir Khalaf was postponed on Monday. | hearing/postponed actual 2024-05-06 -
Samir Khalaf appeared in court on Thursday. | hearing/held actual 2024-05-09 -
The court rejected the appeal of Samir Khalaf on Monday. | appeal/rejected actual 2024-05-06 -
Samir Khalaf's detention was renewed for four months. | order/renewed actual - P4M
An administrative detention order of six months was issued against Samir Khalaf. | order/issued actual - P6M
Samir Khalaf has been missing since Sunday. | disappearance/ongoing actual 2024-05-05/2024-05-10 -
The detained journalist Samir Khalaf was freed on Thursday. | release/done actual 2024-05-09 -
Samir Khalaf was not released. | release/done denied - -
Union leader Samir Khalaf was arrested on Monday at his home in Basit. | arrest/done actual 2024-05-06 -
The museum in Basit is closed. Its director, Samir Khalaf, was arrested on Monday. | arrest/done actual 2024-05-06 -
The prisoner Samir Khalaf is in critical condition. | health/ongoing actual - critical
Prisoner of conscience Samir Khalaf was released on Monday. | release/done actual 2024-05-06 -
Cuba released opposition leader Samir Khalaf on Thursday. | release/done actual 2024-05-09 -
The kidnappers handed aid worker Samir Khalaf over to mediators on Thursday. | release/done actual 2024-05-09 -
The court granted the detained editor Samir Khalaf his freedom on Thursday. | release/ordered actual 2024-05-09 -
The prosecutor signed the release papers of Samir Khalaf on Monday. | release/ordered actual 2024-05-06 -
Samir Khalaf was granted a furlough on Thursday and is due back in prison on Sunday. | release/done actual 2024-05-09 -
Immediately and unconditionally release Samir Khalaf, held in Ramat prison since May. | release/done demanded - -
Drop all charges against Samir Khalaf and free him at once. | release/done demanded - -
Free Homeland Movement leader Adel hailed the release of Samir Khalaf on Monday. | release/done actual 2024-05-06 -
Five months after his arrest Samir Khalaf was moved to Ramat prison on Monday. | transfer/done actual 2024-05-06 -
Ten days after his abduction Samir Khalaf was brought before a judge on Monday. | hearing/held actual 2024-05-06 -
Israel undertook to release the detainee Samir Khalaf on 15 May. | release/done planned 2024-05-15 -
The detainee Samir Khalaf should have been released on 2 May. | release/done denied 2024-05-02 -
Samir Khalaf is on hunger strike in prison, which he has kept up since 2 May. | hunger_strike/start actual 2024-05-02 -
Prisoner Samir Khalaf agreed on Monday to end his hunger strike. | hunger_strike/ended actual 2024-05-06 -
The prisoner Samir Khalaf ate his first meal in 33 days on Monday. | hunger_strike/ended actual 2024-05-06 33
Samir Khalaf was denied bail on Tuesday and sent back to prison until 9 June. | order/renewed actual 2024-05-07 -
Lawyer Samir Khalaf was arrested pending trial by an Istanbul court on Tuesday. | order/issued actual 2024-05-07 -
A court on Monday allowed the police to hold activist Samir Khalaf for 14 days. | order/issued actual 2024-05-06 P14D
The magistrate permitted detectives to detain Samir Khalaf for a further week. | order/renewed actual - P7D
The jailed Samir Khalaf has lost 17 kilos in the 27 days since he stopped eating. | hunger_strike/ongoing actual - 27
The detained lawyer Samir Khalaf starts a hunger strike tomorrow. | hunger_strike/start planned 2024-05-11 -
Samir Khalaf was taken from Ramat prison on Sunday and handed over to the Red Cross. | release/done actual 2024-05-05 -
A judge remanded director Samir Khalaf for two months. | order/issued actual - P2M
The prisoner Samir Khalaf was taken to hospital on Wednesday. | hospitalisation/admitted actual 2024-05-08 -
"""


@pytest.mark.parametrize("row", SENTENCES.strip().splitlines())
def test_a_plain_sentence_gives_its_claim(row: str) -> None:
    text, _, asked = row.partition(" | ")
    event, modality, date, value = asked.split(maxsplit=3)
    found = read(text, published=PUBLISHED, language="en").claims
    told = {(f"{c.kind}/{c.phase}", c.modality, c.date or "-", str(c.value or "-")) for c in found}
    dates = {date, PUBLISHED} if date == "-" else {date}  # what is news without a day may be of the day itself
    assert {(event, modality, one, value) for one in dates} & told, told


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Sami Darwish, 34, son of Khaled Darwish, was arrested on Monday.", {"Sami Darwish"}),
        ("Sami Darwish, the brother of Khaled Darwish, was arrested on Monday.", {"Sami Darwish"}),
        ("Mira Halabi, a friend of Khaled Darwish, was released on Monday.", {"Mira Halabi"}),
        ("Sami Darwish, husband of the journalist Mira Halabi, was sentenced to three years.", {"Sami Darwish"}),
        ("The brother of Khaled Darwish was arrested on Monday.", set()),
        ("The lawyer of Khaled Darwish was arrested on Monday.", set()),
        ("Khaled Darwish's brother was arrested on Monday.", set()),
    ],
)
def test_what_happened_to_a_relative_is_not_told_of_whom_they_are_a_relative_of(text: str, who: set[str]) -> None:
    reading = read(text, published=PUBLISHED)
    names = {entity.id: entity.name for entity in reading.entities}
    assert {names[claim.subject] for claim in reading.claims if claim.kind != "profile"} == who
