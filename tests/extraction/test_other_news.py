"""Sport, stage, work and history borrow the words of custody: nothing there is told as fact of a living case."""

from __future__ import annotations

import pytest

from habeas.extraction import edtf, read

PUBLISHED = "2024-05-10"
LIVING = 1980  # what happened before that year is nobody's living case
OTHER_NEWS = (
    (
        "Nurses at Basit General Hospital ended their nine-day strike on Monday. Mona Adel, who chairs the union,"
        " said that the health ministry had agreed to raise pay. The strike was suspended twice while talks went "
        "on."
    ),
    (
        "Train drivers began a strike on Thursday. The union leader Peter Hallam said the action would go on for "
        "48 hours. A court rejected the operator's appeal against it."
    ),
    (
        "Teachers in Lower Kot are on strike for the 12th day. Their spokesman, Omar Deeb, demanded that the "
        "ministry release the delayed wages."
    ),
    (
        "Striker Karim Sabri was released by Basit United on Friday. He had been suspended for three matches, and"
        " the court of arbitration will hear his appeal in June."
    ),
    (
        "Rovers captain Ivo Marek was sent off and handed a five-match sentence by the disciplinary panel. The "
        "club will appeal."
    ),
    (
        "Goalkeeper Tomas Reyl was transferred to Kesra City for a record fee. He was held at the airport by fans"
        " for an hour."
    ),
    (
        "The boxer Ana Ruiz was beaten in the ninth round on Saturday and taken to hospital. She was released the"
        " next morning."
    ),
    (
        "In the film, which opens on Friday, Leila Haddad plays a prisoner on hunger strike. Her character is "
        "tortured and sentenced to death. The director, Jan Novak, said that the role was hard."
    ),
    (
        "The second season of Cell Nine has been released. Its hero, played by Marc Delon, is arrested in the "
        "first episode and escapes from prison in the last."
    ),
    (
        "In the novel the poet Elias Mourad is arrested, jailed for ten years and dies in his cell. The author, "
        "Rita Saba, signed copies on Tuesday."
    ),
    ("The play tells of a mother whose son is detained. Actor Nader Fawzi was praised for his part as the jailer."),
    ("The singer Hala Nour released her third album on Thursday. It was recorded behind bars, as she jokes: in a pub."),
    (
        "The exhibition recalls the suffragette Emily Hart, who was arrested in 1909, went on hunger strike and "
        "was force-fed. She died in 1951."
    ),
    (
        "A hundred years ago the rebel Josef Brand was sentenced to death and hanged in the castle. A plaque was "
        "unveiled."
    ),
    ("In 1920 the mayor Terence Dolan died after 74 days on hunger strike in Brixton prison. His city marked the day."),
    "The monks of Saint Anthony's were freed from the siege in 1683, the guide Pavel Ilic told visitors.",
    ("The museum in the old prison opens on Sunday. Visitors can be locked in a cell, said its director, Nina Gross."),
    "Police released figures on traffic. Inspector Paul Meyer said that speeding was up by a tenth.",
    (
        "The bear Bruno was captured on Monday and released in the mountains. Ranger Eva Lind said that it was in"
        " good health."
    ),
    "The chess champion Ilya Burov was held to a draw by Ana Petrova on Thursday.",
    ("Wall Street was held captive by fears of inflation. The analyst Dan Cole said that prices were freed in March."),
    (
        "The minister Samir Odeh was put in charge of the budget in March. He said that the release of the "
        "figures was near."
    ),
    "The storm detained passengers at Basit airport. Ferry captain Luka Horvat said that the sea was rough.",
    "The hunger artist Viktor Blau ended his fast in a glass box after 44 days, to cheers.",
    ("During Ramadan, baker Yusuf Kaya begins his fast at dawn. Doctors say that fasting is safe for most people."),
    (
        "The runner Sara Lemma escaped the pack and was never caught. Her trial run on Sunday was the fastest of "
        "the year."
    ),
    ("Bail-in rules were suspended by the central bank. Governor Ana Silva said that the order would expire in June."),
    (
        "The comedy Cat Burglar was condemned by critics. Its star, Ben Wood, played by the rules and was set "
        "free by the jury of the festival."
    ),
    "The general Karl Weiss was captured at Kesra in 1944 and exchanged a year later, his biography says.",
    (
        "Engineers freed a truck from the tunnel. Driver Hugo Blanc was trapped for six hours and then taken to "
        "hospital."
    ),
)


@pytest.mark.parametrize("text", OTHER_NEWS)
def test_borrowed_words_tell_no_fact_of_a_living_case(text: str) -> None:
    claims = read(text, published=PUBLISHED, language="en").claims
    told = [c for c in claims if c.modality == "actual" and c.kind != "profile"]
    assert not [c for c in told if not _long_past(c.date)]


def _long_past(date: str | None) -> bool:
    last = edtf.latest(date) if date else None
    return last is not None and last.year < LIVING
