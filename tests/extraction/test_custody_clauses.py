"""Whom a claim concerns by the grammar of its clause: whose subject they are, not who only stands within it."""

from __future__ import annotations

import pytest

from habeas.extraction import read

PUBLISHED = "2024-05-10"
OWNED = """
Samir Khalaf's killer was sentenced to ten years on Monday. | -
Samir Khalaf's guards were charged with assault. | -
Samir Khalaf's trial judge was arrested on Tuesday. | -
The torturers of Samir Khalaf have been sentenced to eight years. | -
Supporters of Samir Khalaf were arrested outside the court on Monday. | -
Nadia Omari's newspaper was shut and its editor was arrested. | -
Two men who attacked Nadia Omari were sentenced to six years each. | Nadia Omari ill_treatment
The suspects in Samir Khalaf's murder were remanded for 30 days. | -
Police arrested a woman over an attack on Karim Aziz. | -
Nadia Omari's trial was adjourned until Monday. | Nadia Omari hearing
Samir Khalaf's detention was extended by 45 days. | Samir Khalaf order
Samir Khalaf's appeal was rejected on Thursday. | Samir Khalaf appeal
Samir Khalaf's arrest was condemned by the union. | Samir Khalaf arrest
Samir Khalaf's father, Adel Khalaf, was arrested on Sunday. | Adel Khalaf arrest
"""
WITHIN = """
Minister Karim Aziz resigned after his son was arrested on Monday. | his son arrest
Karim Aziz, whose brother was arrested in May, called for an inquiry. | -
Samir Khalaf, whose lawyer was arrested last week, was sentenced to three years. | Samir Khalaf sentence
Samir Khalaf, who is held in Ramat prison, learned that his sister had been arrested. | Samir Khalaf detention
Samir Khalaf was arrested after his brother Adel fled the country. | Samir Khalaf arrest
Samir Khalaf was arrested by Captain Karim Aziz, who was later promoted. | Samir Khalaf arrest
Samir Khalaf was arrested by officer Karim Aziz on Monday. | Samir Khalaf arrest
Nadia Omari was transferred to Ramat prison by order of Karim Aziz. | Nadia Omari transfer
Samir Khalaf was charged with insulting President Karim Aziz. | Samir Khalaf charge
Nadia Omari was arrested for defaming the businessman Tarek Sabri. | Nadia Omari arrest; Nadia Omari charge
Samir Khalaf was found guilty of the attempted assassination of Karim Aziz. | Samir Khalaf charge; Samir Khalaf sentence
The song was written by Tarek Sabri, and Nadia Omari was charged with slander. | Nadia Omari charge
Police arrested Samir Khalaf on Monday and later released Nader Odeh. | Samir Khalaf arrest; Nader Odeh release
Police seized Samir Khalaf and his son Adel, who was freed on Sunday. | Samir Khalaf arrest; Adel arrest; Adel release
The vigil was attended by Karim Aziz, a diplomat, and by Nadia Omari, who was released last week. | Nadia Omari release
Samir Khalaf and Adel Nasser were sentenced to two years. | Samir Khalaf sentence; Adel Nasser sentence
"""
BRACKETS = """
On hunger strike in Ramat prison: Karim Aziz (30 days), Samir Khalaf (22 days). | Karim Aziz 30; Samir Khalaf 22
Prisoners on hunger strike: Karim Aziz (30 days) and Tarek Sabri (9 days). | Karim Aziz 30; Tarek Sabri 9
"""
DOERS = """
Judge Petra Lindqvist sentenced Omar Qasim to seven years in prison on 12 November. | Omar Qasim sentence
Detective Joan Harper, who arrested Michael Obi in 2019, retired on Friday. | Michael Obi arrest
Inspector Paul Dunne later arrested Kevin Byrne at the port. | Kevin Byrne arrest
Captain Karim Aziz detained Samir Khalaf and Adel Nasser on Sunday. | Samir Khalaf arrest; Adel Nasser arrest
The magistrate allowed only three more days of custody for Tomas Ibarra. | Tomas Ibarra detention; Tomas Ibarra order
Magistrate Rosa Vidal, 51, remanded Tomas Ibarra for 30 days on Monday. | Tomas Ibarra detention; Tomas Ibarra order
Samir Khalaf, whom Captain Karim Aziz arrested in May, was released. | Samir Khalaf arrest; Samir Khalaf release
The court sentenced Samir Khalaf to six years and Adel Nasser to two years on Monday. | \
Samir Khalaf sentence; Adel Nasser sentence
"""
APPOSED = """
The victim, Ines Robles, was found dead; her partner, Raul Ortega, was arrested. | Ines Robles death; Raul Ortega arrest
The brother of Samir Khalaf, Adel Khalaf, was released on Sunday. | Adel Khalaf release
The portrait of Elias Moreau, which was seized on Tuesday, hangs in the museum. | -
Mother of two Samar Jaber, 34, has been on hunger strike since 1 November. | Samar Jaber hunger_strike
Samir Khalaf and his wife, Nadia Omari, were arrested on Monday. | Samir Khalaf arrest; Nadia Omari arrest
"""
VICTIMS = """
Craig Hollis was sentenced to life for the murder of Emily Warne. | Craig Hollis sentence; Craig Hollis charge
Ben Carter was jailed for 12 years for killing Lucy Moss. | Ben Carter detention; Ben Carter sentence; Ben Carter charge
Craig Hollis was charged with attacking the officer Paul Dunne on Monday. | Craig Hollis charge
"""
# What "he" does who speaks is not told of somebody else who is held; "/" parts paragraphs.
SPEAKING = """
Judge Salma Darwish, sentenced to death by a court in 2022, was struck from the list of those to be freed. / \
Among those on board is Marwan Haddad, a photographer who vanished in 2019. He came down the stairs on crutches. \
"I was hung from a door for three days," he told our reporter. | Salma Darwish sentence
Samir Khalaf was arrested in May and is held in Ramat prison. / Karim Aziz, the minister, rejected the report. \
He was taken to hospital on Monday. "All is well," he told reporters. | Samir Khalaf arrest; Samir Khalaf detention
"""
# Names that follow a number of people are not theirs where somebody else was told of between.
OTHERS = """
Two men were arrested on Monday over the killing of a shopkeeper who was identified as Karim Aziz. | Two men arrest
Four people were arrested on Sunday and their lawyer was named as Karim Aziz. | Four people arrest
Police arrested two men on Monday, and the men were later named as Karim Aziz and Tarek Sabri. | \
Karim Aziz arrest; Tarek Sabri arrest; two men arrest
Karim Aziz (the prison service released his cellmate on Monday) remains in Ramat prison. | Karim Aziz detention
"""
RULERS = """
A judge was sentenced to seven years in prison on Thursday. | A judge sentence
The judge sentenced Samir Khalaf to four years on Monday. | Samir Khalaf sentence
"""
# Who only speaks is told of where the words say that it is they themselves, and nowhere else.
THEMSELVES = """
The arrest of Samir Khalaf is one of many, said Nadia Omari, a lawyer (who was herself arrested in 2019). | \
Samir Khalaf arrest; Nadia Omari arrest
Samir Khalaf was arrested on Monday, said Nadia Omari, who was herself released in 2021. | \
Samir Khalaf arrest; Nadia Omari release
Samir Khalaf was arrested on Monday, said Nadia Omari. | Samir Khalaf arrest
"""
# Two verbs, each with somebody of its own.
TWO_VERBS = """
Minsk: the regional court freed Nadia Omari and sent her husband, Samir Khalaf, to a colony for three years. | \
Nadia Omari release; Samir Khalaf transfer
Ofer court extended the detention of Samir Khalaf by eight days and released Adel Nasser. | \
Samir Khalaf detention; Samir Khalaf order; Adel Nasser release
The case was heard by Judge Omar Dib. He sentenced the teacher Nadia Omari to two years in prison. | \
Nadia Omari sentence
"""
TABLES = (OWNED, WITHIN, DOERS, APPOSED, VICTIMS, SPEAKING, OTHERS, RULERS, THEMSELVES, TWO_VERBS)


@pytest.mark.parametrize("row", [line for table in TABLES for line in table.strip().splitlines()])
def test_only_whom_the_clause_is_about_is_told_of(row: str) -> None:
    text, _, asked = row.replace(" / ", "\n\n").partition(" | ")
    reading = read(text, published=PUBLISHED, language="en")
    names = {entity.id: entity.name for entity in reading.entities}
    facts = [claim for claim in reading.claims if claim.kind != "profile" and claim.modality == "actual"]
    told = {f"{names[claim.subject]} {claim.kind}" for claim in facts}
    assert told == (set() if asked == "-" else set(asked.split("; "))), {claim.why for claim in facts}


@pytest.mark.parametrize("row", BRACKETS.strip().splitlines())
def test_what_stands_in_brackets_is_told_of_whom_they_follow(row: str) -> None:
    text, _, asked = row.partition(" | ")
    reading = read(text, published=PUBLISHED)
    names = {entity.id: entity.name for entity in reading.entities}
    days = {f"{names[c.subject]} {c.value}" for c in reading.claims if c.kind == "hunger_strike" and c.value}
    assert days == set(asked.split("; "))


def test_the_prisoners_named_behind_a_decision_of_others_are_not_of_their_number() -> None:
    text = "Six prisoners were freed on Friday by a decision of two judges: Tarek Sabri and Karim Aziz."
    reading = read(text, published=PUBLISHED, language="en")
    names = {entity.id: entity.name for entity in reading.entities}
    assert not {"Tarek Sabri", "Karim Aziz"} & {names[claim.subject] for claim in reading.claims}


def test_whom_a_judge_sentences_may_be_of_another_gender() -> None:
    reading = read("Judge Lina Haddad heard Omar Dib. She sentenced him to four years.", published=PUBLISHED)
    names = {entity.id: entity.name for entity in reading.entities}
    assert "Omar Dib" in {names[claim.subject] for claim in reading.claims if claim.kind == "sentence"}


def test_nobody_is_told_of_as_arrested_by_themselves() -> None:
    reading = read("The judge was arrested on Sunday. Karim Aziz is accused of taking bribes.", published=PUBLISHED)
    assert {claim.actor for claim in reading.claims if claim.kind == "arrest"} == {None}
