import pytest

from habeas.extraction.about import Concerned
from habeas.extraction.attribution.cues import lemma_of
from habeas.extraction.attribution.reports import Report
from habeas.extraction.entities import find_cast
from habeas.extraction.references import References
from habeas.extraction.references.speakers import Speakers
from habeas.extraction.segment import analyse

HELD = "The prisoner Samir Qaddoum, 41, was arrested in May and is on hunger strike. "


class Heard:
    """The speakers of sources that stand in a text one after another, each with content up to its full stop."""

    def __init__(self, text: str, *sources: str) -> None:
        page = analyse(text)
        self.references = References(page, find_cast(page))
        self.reports, at = [], 0
        for source in sources:
            start = text.index(source, at) if source else at
            at = start + len(source)
            stop = text.find(".", at) if text.find(".", at) > 0 else len(text)
            lemma = lemma_of(page, ((at, text.find(" ", at + 1)),)) if source else ""
            self.reports.append(Report(((start, at),) if source else (), (), ((at, stop),), lemma))
        self.speakers = Speakers(page, self.references.cast, self.references).all(self.reports)

    def name(self, index: int = -1) -> str | None:
        entity = self.speakers[index].entity
        return self.references.cast.members[entity].name if entity else None

    def about(self) -> list[str]:
        found = Concerned(self.references).by(self.reports[-1], self.speakers[-1])
        return [self.references.cast.members[entity].name for entity in found]


@pytest.mark.parametrize(
    ("text", "source", "name", "role", "organisation"),
    [
        (
            "Hani Delwan, a spokesman for the Sirin Movement, said so.",
            "Hani Delwan, a spokesman for the Sirin Movement",
            "Hani Delwan",
            "spokesman",
            "Sirin Movement",
        ),
        (
            "The Sirin Movement's spokesman Hani Delwan said so.",
            "The Sirin Movement's spokesman Hani Delwan",
            "Hani Delwan",
            "spokesman",
            "Sirin Movement",
        ),
        (
            "The party's deputy leader, Hani Delwan, said that the Unity Congress would go to court.",
            "The party's deputy leader, Hani Delwan",
            "Hani Delwan",
            "deputy leader",
            "Unity Congress",
        ),
        ("A police spokesman said so.", "A police spokesman", "A police spokesman", "spokesman", "police"),
        (
            "The deputy head of the prison service, Hani Delwan, said so.",
            "The deputy head of the prison service, Hani Delwan",
            "Hani Delwan",
            "deputy head",
            "prison service",
        ),
        (
            "Foreign Minister Hani Delwan said so.",
            "Foreign Minister Hani Delwan",
            "Hani Delwan",
            "Foreign Minister",
            None,
        ),
        (
            "Hani Delwan, who chairs the dockers union, said so.",
            "Hani Delwan, who chairs the dockers union",
            "Hani Delwan",
            "chair",
            "dockers union",
        ),
        (
            "Hani Delwan of the Exile Defence Network said so.",
            "Hani Delwan of the Exile Defence Network",
            "Hani Delwan",
            None,
            "Exile Defence Network",
        ),
        (HELD + "His lawyer, Hani Delwan, said so.", "His lawyer, Hani Delwan", "Hani Delwan", "lawyer", None),
        (
            HELD + "His mother, who is also ill, Nadia Ferouz, said so.",
            "His mother, who is also ill, Nadia Ferouz",
            "Nadia Ferouz",
            "mother",
            None,
        ),
        (HELD + "Samir Qaddoum said so.", "Samir Qaddoum said", "Samir Qaddoum", None, None),
        (
            "The organisation of Doctors for Dignity said so.",
            "The organisation of Doctors for Dignity",
            "Doctors for Dignity",
            None,
            None,
        ),
        ("People close to the talks said so.", "People close to the talks", "People", "People", None),
        *(
            (f"{source} said so.", source, name, role, organisation)
            for source, name, role, organisation in (
                ("Security committee chief Hani Delwan", "Hani Delwan", "chief", "Security committee"),
                ("A ministry official", "A ministry official", "official", "ministry"),
                ("A police officer", "A police officer", "police officer", None),
                (
                    "Kestria's foreign ministry spokesman Hani Delwan",
                    "Hani Delwan",
                    "spokesman",
                    "Kestria's foreign ministry",
                ),
                ("Hani Delwan, who heads the Dockers' Union branch", "Hani Delwan", "head", "Dockers' Union"),
                (
                    "The member of the politburo of the Sirin Front, Hani Delwan",
                    "Hani Delwan",
                    "member of the politburo",
                    "Sirin Front",
                ),
                (
                    "The Minister for Foreign Affairs",
                    "The Minister for Foreign Affairs",
                    "Minister for Foreign Affairs",
                    None,
                ),
                (
                    "A source in the ministry of the interior",
                    "A source in the ministry of the interior",
                    "source",
                    "ministry of the interior",
                ),
                ("An adviser to the Sirin Council", "An adviser to the Sirin Council", "adviser", "Sirin Council"),
                ("One of the lawyers, Hani Delwan,", "Hani Delwan", "lawyer", None),
                ("A retired guard", "A retired guard", "guard", None),
                ("MP Hani Delwan", "Hani Delwan", "MP", None),
                ("The co-chair of the Sirin Platform, Hani Delwan", "Hani Delwan", "co-chair", "Sirin Platform"),
            )
        ),
        (
            "Nadia Ferouz came. Her husband, Samir Qaddoum, 41, was arrested. Nadia Ferouz said so.",
            "Nadia Ferouz said",
            "Nadia Ferouz",
            "wife",
            None,
        ),
    ],
)
def test_speakers_have_a_name_a_role_and_an_organisation(
    text: str, source: str, name: str, role: str | None, organisation: str | None
) -> None:
    heard = Heard(text, source)
    assert heard.name() == name
    assert (heard.speakers[0].role, heard.speakers[0].organisation) == (role, organisation)


@pytest.mark.parametrize(
    ("source", "name", "role", "organisation"),
    [
        ("Hani Delwan of the Sirin Network", "Hani Delwan", None, "Sirin Network"),
        ("Hani Delwan from the human rights group Sirin Network", "Hani Delwan", None, "Sirin Network"),
        ("Hani Delwan (Sirin Network)", "Hani Delwan", None, "Sirin Network"),
        ("Sirin Network's Hani Delwan", "Hani Delwan", None, "Sirin Network"),
        ("Hani Delwan, a lawyer with the Sirin Network,", "Hani Delwan", "lawyer", "Sirin Network"),
        ("Hani Delwan, Asia director at the Sirin Network,", "Hani Delwan", "Asia director", "Sirin Network"),
        ("Hani Delwan, who heads the legal unit of the Sirin Network,", "Hani Delwan", "head", "Sirin Network"),
        ("Hani Delwan, who chairs the drivers' committee,", "Hani Delwan", "chair", "drivers' committee"),
        ("The head of the group “Sirin”, Hani Delwan,", "Hani Delwan", "head", "Sirin"),
        ("The head of the group “Sirin” Hani Delwan", "Hani Delwan", "head", "Sirin"),
        ("The deputy of the director of SIRN Hassan Delwan", "Hassan Delwan", "deputy of the director", "SIRN"),
        ("A leader in “Al-Sirin”", "A leader in “Al-Sirin”", "leader", "Al-Sirin"),
        (
            "The head of the Club of the Captives and the Liberated, Hani Delwan,",
            "Hani Delwan",
            "head",
            "Club of the Captives and the Liberated",
        ),
        (
            "The spokesman of the ministry of foreign affairs of Chad",
            "The spokesman of the ministry of foreign affairs of Chad",
            "spokesman",
            "ministry of foreign affairs of Chad",
        ),
        ("A spokesperson for the strikers", "A spokesperson for the strikers", "spokesperson", "strikers"),
        (
            "Hani Delwan, a lawyer with the Justice First Initiative who attended",
            "Hani Delwan",
            "lawyer",
            "Justice First Initiative",
        ),
        (
            "Hani Delwan, advocacy director at the London-based Sirin Watch,",
            "Hani Delwan",
            "advocacy director",
            "Sirin Watch",
        ),
        ("Hani Delwan, spokesman for Chad's judiciary,", "Hani Delwan", "spokesman", "Chad's judiciary"),
        ("Hani Delwan of the exporters' association", "Hani Delwan", None, "exporters' association"),
        ("Hani Delwan, of Thai Legal Aid Volunteers,", "Hani Delwan", None, "Thai Legal Aid Volunteers"),
        (
            "Hani Delwan, chair of the Writers Behind Walls case committee,",
            "Hani Delwan",
            "chair",
            "Writers Behind Walls",
        ),
        ("G. Delwan, chairperson of the port authority,", "G. Delwan", "chairperson", "port authority"),
        ("Hani Delwan, a Chadian-born driver,", "Hani Delwan", "Chadian-born driver", None),
        ("Nadia Ferouz, a spokeswoman for Alerta Sirin,", "Nadia Ferouz", "spokeswoman", "Alerta Sirin"),
        ("Hani Delwan, Sirins Unlocked's deputy director,", "Hani Delwan", "deputy director", "Sirins Unlocked"),
        ("Hani Delwan, APR's Asia program coordinator,", "Hani Delwan", "Asia program coordinator", "APR"),
        ("Hani Delwan, who speaks for Migrants' Line,", "Hani Delwan", None, "Migrants' Line"),
        ("Hani Delwan, who works at the Sirin Network,", "Hani Delwan", None, "Sirin Network"),
        ("Hani Delwan, a lawyer working with the project Open Sirin,", "Hani Delwan", "lawyer", "Open Sirin"),
        ("Hani Delwan of the Berlin-based Sirin Network", "Hani Delwan", None, "Sirin Network"),
        ("Hani Delwan, head of the Dorvat association,", "Hani Delwan", "head", "Dorvat association"),
        ("Hani Delwan, a spokesman for the Dorvat movement,", "Hani Delwan", "spokesman", "Dorvat"),
        ("The leader in the Movement of the Harvest Ziyad Delwan", "Ziyad Delwan", "leader", "Movement of the Harvest"),
        ("The speaker with the name of the Sirin Front, Hani Delwan,", "Hani Delwan", "speaker", "Sirin Front"),
        (
            "A source aware in the interior ministry",
            "A source aware in the interior ministry",
            "source",
            "interior ministry",
        ),
        (
            "The parliamentarian of the Labour and Bread Party, Hani Delwan,",
            "Hani Delwan",
            "parliamentarian",
            "Labour and Bread Party",
        ),
        (
            "A responsible one of the Club of the Orchard",
            "A responsible one of the Club of the Orchard",
            "responsible one",
            "Club of the Orchard",
        ),
        (
            "The member of the central committee in “Al-Sirin”, Hani Delwan,",
            "Hani Delwan",
            "member of the central committee",
            "Al-Sirin",
        ),
        ("The Turkish foreign minister", "The Turkish foreign minister", "foreign minister", "Turkey"),
        ("British Foreign Secretary Hani Delwan", "Hani Delwan", "Foreign Secretary", "Britain"),
        ("A senior Turkish official", "A senior Turkish official", "official", None),
        ("Communication Minister Hani Delwan", "Hani Delwan", "Communication Minister", None),
        ("Interior Minister General Hani Delwan", "Hani Delwan", "Interior Minister", None),
        ("Presidential communications chief Hani Delwan", "Hani Delwan", "Presidential communications chief", None),
        ("The warden of Santa Dorvat", "The warden of Santa Dorvat", "warden", "Santa Dorvat"),
        ("The media spokesman of the Sirin Network Hani Delwan", "Hani Delwan", "media spokesman", "Sirin Network"),
        ("The lawyer for the writer Hani Delwan", "The lawyer for the writer Hani Delwan", "lawyer", None),
        ("Counsel for MP Hani Delwan", "Counsel for MP Hani Delwan", "Counsel", None),
        ("Nadia Ferouz, lead counsel for the four,", "Nadia Ferouz", "lead counsel", None),
        ("Dorvat's chief cabinet secretary Hani Delwan", "Hani Delwan", "chief cabinet secretary", "Dorvat"),
        ("Nadia Ferouz, spokesman of the Sirin Network,", "Nadia Ferouz", "spokesman", "Sirin Network"),
        ("A Sirin Voices spokesman", "A Sirin Voices spokesman", "spokesman", "Sirin Voices"),
        ("Nadia Ferouz, Sirin Voices' director,", "Nadia Ferouz", "director", "Sirin Voices"),
        ("Nadia Ferouz, who works for Sirin Voices,", "Nadia Ferouz", None, "Sirin Voices"),
        ("Nadia Ferouz, a lawyer with Sirin Voices,", "Nadia Ferouz", "lawyer", "Sirin Voices"),
        ("Nadia Ferouz, chair of the board of Sirin Network,", "Nadia Ferouz", "chair", "Sirin Network"),
        ("Nadia Ferouz, editor of the newspaper Al-Dorvat,", "Nadia Ferouz", "editor", "Al-Dorvat"),
        ("Nadia Ferouz, head of the Sirin Network's legal unit,", "Nadia Ferouz", "head", "Sirin Network"),
        ("Nadia Ferouz, secretary of the teachers' union,", "Nadia Ferouz", "secretary", "teachers' union"),
        (
            "A spokesman for the UN human rights office",
            "A spokesman for the UN human rights office",
            "spokesman",
            "UN human rights office",
        ),
        ("Dorvat police commander Hani Delwan", "Hani Delwan", "commander", "Dorvat police"),
        ("The commander of the Dorvat police, Hani Delwan,", "Hani Delwan", "commander", "Dorvat police"),
        ("The Kenyan police's spokesman", "The Kenyan police's spokesman", "spokesman", "Kenyan police"),
        ("The minister of health, Hani Delwan,", "Hani Delwan", "minister of health", None),
        ("The City manager", "The City manager", "manager", "City"),
        ("A senior Alerta official", "A senior Alerta official", "official", "Alerta"),
        ("EU foreign policy chief Nadia Ferouz", "Nadia Ferouz", "foreign policy chief", "EU"),
        ("A US embassy spokesperson", "A US embassy spokesperson", "spokesperson", "US embassy"),
        ("The head of the ICRC delegation, Hani Delwan,", "Hani Delwan", "head", "ICRC delegation"),
        ("Nadia Ferouz, chair of the Dorvat branch of the Law Society,", "Nadia Ferouz", "chair", "Law Society"),
        ("Hani Delwan, spokesman of the opposition Democratic Party,", "Hani Delwan", "spokesman", "Democratic Party"),
        ("Nadia Ferouz, a member of the legal team,", "Nadia Ferouz", "member", "legal team"),
        ("The bishop of Dorvat", "The bishop of Dorvat", "bishop", None),
        ("The US Secretary of State", "The US Secretary of State", "Secretary of State", "US"),
        ("Secretary of State Nadia Ferouz", "Nadia Ferouz", "Secretary of State", None),
        ("The US National Security Adviser, Hani Delwan,", "Hani Delwan", "National Security Adviser", "US"),
        ("US State Department spokesman Hani Delwan", "Hani Delwan", "spokesman", "US State Department"),
        ("Police commander Hani Delwan", "Hani Delwan", "commander", "Police"),
        ("Justice Department Senior Inspector Hani Delwan", "Hani Delwan", "Inspector", "Justice Department"),
        ("Dr Nadia Ferouz, who saw him on behalf of Sirin Network,", "Nadia Ferouz", None, "Sirin Network"),
        ("Counsel for the defence, Hani Delwan,", "Hani Delwan", "Counsel", None),
        ("A former guard", "A former guard", "guard", None),
        ("A former prisoner", "A former prisoner", "former prisoner", None),
        ("Former president Hani Delwan", "Hani Delwan", "Former president", None),
        ("A knowing source", "A knowing source", "source", None),
        ("Hani Delwan at noon, reached by Sirin Radio,", "Hani Delwan", None, None),
    ],
)
def test_organisations_are_told_in_many_ways(
    source: str, name: str, role: str | None, organisation: str | None
) -> None:
    heard = Heard(f"{source} said so.", source.rstrip(","))
    assert heard.name() == name
    assert (heard.speakers[0].role, heard.speakers[0].organisation) == (role, organisation)


@pytest.mark.parametrize(
    ("text", "source", "organisation"),
    [
        (
            "The Orchard Union said the ports authority was late. “No,” said its secretary, Hani Delwan.",
            "its secretary, Hani Delwan",
            "Orchard Union",
        ),
        (
            "Sirins Beyond Walls, a charity, was glad. Its North Africa head, Hani Delwan, said so.",
            "Its North Africa head, Hani Delwan",
            "Sirins Beyond Walls",
        ),
        (
            "The group “Bread and Orchard” blamed the Prisons Sector. Its head Hani Delwan said so.",
            "Its head Hani Delwan",
            "Bread and Orchard",
        ),
        ("The dockers' union, the DUNJ, welcomed it. Its head Hani Delwan said so.", "Its head Hani Delwan", "DUNJ"),
        (
            "Orchard Union members left. “The Sirin Front lies,” said its head Hani Delwan.",
            "its head Hani Delwan",
            "Orchard Union",
        ),
        ("He was tried at Dorvat High Court. Justice Hani Delwan said so.", "Justice Hani Delwan", "Dorvat High Court"),
        ("He was tried at a court. Judge Hani Delwan said so.", "Judge Hani Delwan", None),
        ("The Bread Union was there. Reading the statement, Hani Delwan said so.", "Hani Delwan", "Bread Union"),
        ("The Bread Union was there. Reading the letter, Hani Delwan said so.", "Hani Delwan", None),
        (
            "The Dorvat branch of the Bread Union met. The branch chair Hani Delwan said so.",
            "The branch chair Hani Delwan",
            "Bread Union",
        ),
    ],
)
def test_organisations_are_told_in_the_sentences_before(text: str, source: str, organisation: str | None) -> None:
    heard = Heard(text, source)
    assert (heard.name(), heard.speakers[0].organisation) == ("Hani Delwan", organisation)


def test_who_spoke_before_being_named_is_one_with_the_name_that_comes_later() -> None:
    named = "the lawyer, Hani Delwan of the group Sirin's Watch"
    heard = Heard(f"{HELD}It was long, his lawyer said. He looked pale, said {named}.", "his lawyer", named)
    assert (heard.name(0), heard.name(1)) == ("Hani Delwan", "Hani Delwan")


@pytest.mark.parametrize(
    ("opening", "speaks", "role"),
    [
        ("It was long, his lawyer said.", "Hani Delwan", "lawyer"),
        ("It was long, his wife said.", "Hani Delwan", None),  # a man
        ("It was long, officials said.", "Hani Delwan", None),
        ("It was long, his lawyer said.", "Hani Delwan, a neighbour,", "neighbour"),
    ],
)
def test_whoever_speaks_in_the_opening_is_named_right_after(opening: str, speaks: str, role: str | None) -> None:
    source = opening.removeprefix("It was long, ").removesuffix(" said.")
    heard = Heard(f"{HELD}{opening} {speaks} told a reporter more.", source, speaks.rstrip(","))
    assert (heard.name(), heard.speakers[-1].role) == ("Hani Delwan", role)


@pytest.mark.parametrize(
    ("before", "source", "organisation"),
    [
        ("The Sirin Commission met. ", "The lawyer of the commission", "Sirin Commission"),
        ("The Sirin Commission met. ", "An official of the prisons office", "prisons office"),
        ("He is held in Wadi Sirin prison. ", "The doctor of the prison", "prison"),
        ("The Sirin Network met. ", "Hani Delwan, the network's sub-Saharan Africa representative,", "Sirin Network"),
        ("The Sirin Association met. ", "Hani Delwan, who heads the Association's legal unit,", "Sirin Association"),
        ("FSIN of Russia did not answer. ", "The deputy director of FSIN Hani Delwan", "FSIN of Russia"),
    ],
)
def test_short_words_for_an_organisation_stand_for_its_name_and_others_for_themselves(
    before: str, source: str, organisation: str
) -> None:
    heard = Heard(f"{before}{source} said so.", source.rstrip(","))
    assert heard.speakers[0].organisation == organisation


@pytest.mark.parametrize(
    ("text", "sources", "name"),
    [
        (HELD + "His lawyer, Hani Delwan, said so. He added more.", ["His lawyer, Hani Delwan", "He"], "Hani Delwan"),
        (
            "Hani Delwan said so. Everyone must support it.\nHe added more.",
            ["Hani Delwan", "Everyone", "He"],
            "Hani Delwan",
        ),
        (HELD + "His wife, Nadia Ferouz, said so. She added more.", ["His wife, Nadia Ferouz", "She"], "Nadia Ferouz"),
        ("The Sirin Club said so. It added more.", ["The Sirin Club", "It"], "Sirin Club"),
        ("The Sirin Club said so. The letter went on.", ["The Sirin Club", "The letter"], "Sirin Club"),
        ("The Sirin Club said so. The club went on.", ["The Sirin Club", "The club"], "Sirin Club"),
        ("Nobody came. It was said.", [""], None),
        ("Turkey has a law. Ankara said so.", ["Ankara"], "Turkey"),
        ("Egypt has a law. Ankara said so.", ["Ankara"], "Ankara"),
        (
            HELD + "His wife, Nadia Ferouz, said a nurse had seen him. “Nobody told us,” she said.",
            ["His wife, Nadia Ferouz", "she"],
            "Nadia Ferouz",
        ),
        (
            "Hani Delwan, a spokesman, said so. Nadia Ferouz, a lawyer, said no. He added more.",
            ["Hani Delwan, a spokesman", "Nadia Ferouz, a lawyer", "He"],
            "Hani Delwan",
        ),
    ],
)
def test_short_forms_mean_who_spoke_before(text: str, sources: list[str], name: str | None) -> None:
    assert Heard(text, *sources).name() == name


@pytest.mark.parametrize(
    ("text", "source", "about"),
    [
        (HELD + "The club said Samir Qaddoum is ill.", "The club", ["Samir Qaddoum"]),
        (HELD + "The club said he is ill.", "The club", ["Samir Qaddoum"]),
        (HELD + "The club said it is late.", "The club", ["Samir Qaddoum"]),
        ("The club said it is late.", "The club", []),
        (
            "Amer Sharabi, 22, and Anas Sharabi, 24, have been detained since Monday. The club said both are ill.",
            "The club",
            ["Amer Sharabi", "Anas Sharabi"],
        ),
    ],
)
def test_statements_are_about_those_held_whom_they_name_or_mean(text: str, source: str, about: list[str]) -> None:
    assert Heard(text, source).about() == about


@pytest.mark.parametrize(
    ("said", "source", "role"),
    [
        ("Hani Delwan said my client is ill.", "Hani Delwan", "lawyer"),
        ("Mrs Nadia Ferouz said my husband is ill.", "Mrs Nadia Ferouz", "wife"),
        ("Hani Delwan said his client is ill.", "Hani Delwan", None),
        ("Hani Delwan said my friend is ill.", "Hani Delwan", None),
        ("Hani Delwan, a baker, said my client is ill.", "Hani Delwan, a baker,", "baker"),
        ("Samir Qaddoum said my wife is ill.", "Samir Qaddoum", None),
        ("Umm Samir said it is late.", "Umm Samir", "mother"),
        ("Umm Hani said it is late.", "Umm Hani", None),
    ],
)
def test_own_words_and_a_childs_name_tell_who_somebody_is(said: str, source: str, role: str | None) -> None:
    assert Heard(HELD + said, source).speakers[-1].role == role


def test_who_spoke_goes_on_speaking_though_the_prisoner_was_named_since() -> None:
    text = (
        HELD + "Hani Delwan, a spokesman for the Sirin Movement, said that it had moved in all directions.\n"
        "He continued that messages were sent. It will not allow his suffering to go on, nor the prisoner to be left "
        "alone, and stands for the case of Samir Qaddoum, and all must support it in order to achieve his freedom.\n"
        "He explained that the factions shall come together.\nHe added that a meeting is near."
    )
    heard = Heard(text, "Hani Delwan, a spokesman for the Sirin Movement", "He", "He", "He")
    assert [heard.name(n) for n in range(4)] == ["Hani Delwan"] * 4


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Hani Delwan, a spokesman for the Sirin Movement, said his movement would wait.", "Sirin Movement"),
        ("Hani Delwan, a spokesman for the Sirin Movement, said our own party would wait.", "Sirin Movement"),
        ("Hani Delwan, a spokesman for the Sirin Movement, said her shop would wait.", None),
        ("His lawyer, Hani Delwan of the Sirin Movement, said his party would wait.", "his party"),
    ],
)
def test_a_speakers_own_body_is_the_one_that_they_speak_for(said: str, name: str | None) -> None:
    text = HELD + said
    heard = Heard(text, text[len(HELD) : text.index(" said")])
    start = max(text.find(words) for words in ("his movement", "our own party", "her shop", "his party"))
    found = [heard.references.cast.members[entity].name for _, entity in heard.references.between(start, start + 8)]
    assert found == ([name] if name else [])


def test_we_are_the_undersigned() -> None:
    text = "We, the undersigned, condemn it. The Sirin Movement and the Penal Code were named. We urge them."
    heard = Heard(text, "the undersigned", "We")
    assert heard.name() == "the undersigned"
