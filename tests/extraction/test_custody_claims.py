"""Claims of short reports with invented people: what is told, of whom, how, when and with what value."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.extraction import edtf
from habeas.extraction.custody import find_claims
from habeas.extraction.custody.passing import plain
from habeas.extraction.document import Page
from habeas.extraction.reading import Claim, Entity, Speaker, Statement
from habeas.extraction.segment import analyse

PUBLISHED = "2024-05-10"
PEOPLE = {"e1": "Samir Khalaf", "e2": "Nadim Qasim", "e3": "Lawyer Huda Salem"}


class Held:
    """Samir and Nadim are held; a pronoun means the nearest of them before it."""

    def __init__(self, page: Page, people: Sequence[Entity]) -> None:
        self.mentions = sorted((m[0], e.id) for e in people for m in e.mentions if e.id != "e3")
        self.page = page

    def meaning(self, start: int, end: int) -> tuple[str, ...]:
        before = [entity for at, entity in self.mentions if at < start]
        if self.page.text[start:end].lower() in ("they", "both", "their", "them"):
            return tuple(sorted(set(before)))
        return tuple(before[-1:])

    def detained(self) -> tuple[str, ...]:
        return ("e1", "e2")

    def in_focus(self, offset: int) -> tuple[str, ...]:
        return self.meaning(offset, offset)


def claims(text: str, statements: Sequence[Statement] = ()) -> list[Claim]:
    """The claims of a text about the invented people."""
    page = analyse(text)
    found = []
    for entity, name in PEOPLE.items():
        spans = [(at, at + len(name)) for at in range(len(text)) if text.startswith(name, at)]
        if spans:
            found.append(Entity(entity, "person", name, tuple(spans)))
    return find_claims(page, found, statements, published=PUBLISHED, resolve=Held(page, found))


def told(text: str) -> set[tuple[str, str, str, str, str | None, object]]:
    """Subject, kind, phase, modality, date and value of every claim."""
    return {(c.subject, c.kind, c.phase, c.modality, c.date, c.value) for c in claims(text)}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Samir Khalaf was arrested on 3 May 2024.", ("e1", "arrest", "done", "actual", "2024-05-03", None)),
        (
            "The court on 6 May 2024 renewed the administrative detention of Samir Khalaf for four months.",
            ("e1", "order", "renewed", "actual", "2024-05-06", "P4M"),
        ),
        ("Samir Khalaf was sentenced to six years.", ("e1", "sentence", "passed", "actual", None, "P6Y")),
        (
            "Samir Khalaf is on hunger strike for the 41st day.",
            ("e1", "hunger_strike", "ongoing", "actual", None, 41),
        ),
        (
            "Samir Khalaf ended his hunger strike on 2 May 2024 after 45 days.",
            ("e1", "hunger_strike", "ended", "actual", "2024-05-02", 45),
        ),
        (
            "The Supreme Court suspended the administrative detention order of Samir Khalaf.",
            ("e1", "order", "suspended", "actual", None, None),
        ),
        ("The union demanded the release of Samir Khalaf.", ("e1", "release", "done", "demanded", None, None)),
        ("Samir Khalaf was not released.", ("e1", "release", "done", "denied", None, None)),
        ("Samir Khalaf will be released on 20 May 2024.", ("e1", "release", "done", "planned", "2024-05-20", None)),
        ("Samir Khalaf has asthma.", ("e1", "health", "ongoing", "actual", None, "asthma")),
        (
            "Doctors warned that Samir Khalaf could die at any moment.",
            ("e1", "death", "done", "hypothetical", None, None),
        ),
    ],
)
def test_a_claim_has_its_modality_date_and_value(text: str, claim: tuple[object, ...]) -> None:
    assert claim in told(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (  # a date that opens its sentence dates all that it tells
            "In 2017 Samir Khalaf was arrested over a poem about the sea; after a night in a cold cell he was freed.",
            ("e1", "release", "done", "actual", "2017", None),
        ),
        (  # a ruling without a day is of the day of publication …
            "The court extended the detention of Samir Khalaf for 15 days.",
            ("e1", "order", "renewed", "actual", PUBLISHED, "P15D"),
        ),
        (  # … or of the day told before
            "Samir Khalaf was in court on 6 May 2024. The judge extended the detention of Samir Khalaf for 15 days.",
            ("e1", "order", "renewed", "actual", "2024-05-06", "P15D"),
        ),
        (  # but not one that is told as earlier
            "Earlier the court had extended the detention of Samir Khalaf for 15 days.",
            ("e1", "order", "renewed", "actual", None, "P15D"),
        ),
        (
            "Samir Khalaf has been held in Ramat prison for 400 days.",
            ("e1", "detention", "ongoing", "actual", None, "unknown"),
        ),
        (  # a length tells as of when, not since when
            "Samir Khalaf has been held in Ramat prison for two months.",
            ("e1", "detention", "ongoing", "actual", None, "unknown"),
        ),
        (
            "Samir Khalaf was arrested on 3 April 2024 and has been in Ramat prison ever since.",
            ("e1", "detention", "ongoing", "actual", "2024-04-03/2024-05-10", "unknown"),
        ),
        (
            "Samir Khalaf was arrested on 3 April 2024 and has not been seen since.",
            ("e1", "disappearance", "ongoing", "actual", "2024-04-03/2024-05-10", None),
        ),
        (
            "Samir Khalaf went missing on 1 May 2024.",
            ("e1", "disappearance", "ongoing", "actual", "2024-05-01/2024-05-10", None),
        ),
        (
            "Samir Khalaf and Nadim Qasim have been arrested since 2022.",
            ("e1", "arrest", "done", "actual", "2022/2024-05-10", None),
        ),
        (  # the date closes the clause of the other event
            "Samir Khalaf, arrested in 2021 and given 14 years, spoke.",
            ("e1", "sentence", "passed", "actual", None, "P14Y"),
        ),
        (  # the date of a ruling may stand anywhere before it, but that of the dateline is none
            "CAIRO, May 10 - The High Court near Ramat on Monday, in the absence of reporters and of the family, "
            "all of them at the gate and in the rain, renewed the detention of Samir Khalaf for 45 days.",
            ("e1", "order", "renewed", "actual", "2024-05-06", "P45D"),
        ),
        (  # a state that is long past is not of today
            "In 1920 Samir Khalaf was on hunger strike in Ramat prison.",
            ("e1", "detention", "ongoing", "actual", "1920", "unknown"),
        ),
    ],
)
def test_a_date_is_carried_where_the_sentence_has_none_beside_the_event(text: str, claim: tuple[object, ...]) -> None:
    assert claim in told(text)


@pytest.mark.parametrize(
    ("text", "event", "value"),
    [
        (
            "A court on Thursday cut the sentence of Samir Khalaf from fourteen years to nine.",
            "sentence/reduced",
            "P9Y",
        ),
        ("The order against Samir Khalaf, of six months, was renewed in November for four.", "order/renewed", "P4M"),
        ("Samir Khalaf was charged on 7 May with sedition along with eight others.", "charge/brought", "sedition"),
        ("Samir Khalaf was sentenced to six years. He is held in Ramat prison.", "detention/ongoing", "sentence"),
        (
            "Samir Khalaf was sentenced to six years and freed. He was held in Ramat prison.",
            "detention/ongoing",
            "unknown",
        ),
    ],
)
def test_a_value_is_taken_from_its_own_words(text: str, event: str, value: str) -> None:
    assert value in {v for _, kind, phase, _, _, v in told(text) if f"{kind}/{phase}" == event}


@pytest.mark.parametrize(
    "text",
    [
        "A judge extended this morning, once more, the detention of Samir Khalaf.",
        "The detention of Samir Khalaf was this morning, once more, prolonged.",
    ],
)
def test_a_pair_of_words_is_found_in_either_order(text: str) -> None:
    assert ("order", "renewed") in {(claim.kind, claim.phase) for claim in claims(text)}


def test_a_lone_topic_is_not_guessed_where_its_paragraph_does_not_name_it() -> None:
    text = "Samir Khalaf was arrested on 3 May 2024.\n\nA week later, prices rose and the appeal was rejected."
    page = analyse(text)
    person = Entity("e1", "person", "Samir Khalaf", ((0, 12),))

    class Lone(Held):
        def detained(self) -> tuple[str, ...]:
            return ("e1",)

    found = find_claims(page, [person], [], published=PUBLISHED, resolve=Lone(page, [person]))
    assert {claim.kind for claim in found} == {"arrest"}


@pytest.mark.parametrize(
    ("text", "kind", "place", "actor"),
    [
        (
            "The military court at Beit Shaqed renewed the administrative detention of Samir Khalaf for four months.",
            "order",
            None,
            "The military court at Beit Shaqed",
        ),
        ("Samir Khalaf was arrested in Denizkent by masked officers.", "arrest", "Denizkent", "masked officers"),
        ("Samir Khalaf was arrested in May by police.", "arrest", None, "police"),
        ("Samir Khalaf was transferred on Monday to Kuhsar prison.", "transfer", "Kuhsar prison", None),
        (
            "Samir Khalaf was taken to the military hospital of Ramat.",
            "hospitalisation",
            "the military hospital of Ramat",
            None,
        ),
        ("Samir Khalaf was taken to hospital.", "hospitalisation", None, None),
        (
            "Samir Khalaf is held in women's colony No. 19 near Zarechny.",
            "detention",
            "women's colony No. 19 near Zarechny",
            None,
        ),
        ("Samir Khalaf, who has a lawyer, was arrested on 3 May 2024.", "arrest", None, None),
    ],
)
def test_a_claim_has_its_place_and_who_did_it(text: str, kind: str, place: str | None, actor: str | None) -> None:
    assert (place, actor) in {(claim.place, claim.actor) for claim in claims(text) if claim.kind == kind}


@pytest.mark.parametrize(
    "text",
    [
        "The winger Samir Khalaf was sentenced by his coach; two matches and two goals later the fans freed him.",
        "In the film Samir Khalaf was arrested and sentenced to life; the audience left the theatre in tears.",
    ],
)
def test_a_page_that_borrows_the_words_tells_nothing_as_done(text: str) -> None:
    assert not [claim for claim in claims(text) if claim.modality == "actual"]


def test_a_review_within_a_report_leaves_its_claims() -> None:
    text = (
        "Samir Khalaf was arrested on 3 May 2024 and is in custody in Ramat prison, where prisoners say he was "
        "detained alone. His film, with a hero whom the audience loves, opens on Friday."
    )
    assert ("arrest", "done") in {(claim.kind, claim.phase) for claim in claims(text)}


def test_what_somebody_is_called_holds_whatever_the_sentence_fears() -> None:
    text = "All options are open in case the life of the hunger-striking prisoner Samir Khalaf is in danger."
    assert ("hunger_strike", "actual") in {(claim.kind, claim.modality) for claim in claims(text)}


def test_a_page_about_one_person_lends_its_administrative_detention() -> None:
    text = "Samir Khalaf is held in Ramat prison. Administrative detention is condemned by all."
    page = analyse(text)
    person = Entity("e1", "person", "Samir Khalaf", ((0, 12),))

    class Lone(Held):
        def detained(self) -> tuple[str, ...]:
            return ("e1",)

    found = find_claims(page, [person], [], published=PUBLISHED, resolve=Lone(page, [person]))
    assert [claim.value for claim in found if claim.kind == "detention"] == ["administrative"]

    both = f"{text} Nadim Qasim is held in Ramat prison too."
    assert {claim.value for claim in claims(both) if claim.kind == "detention"} == {"unknown"}


def test_a_day_count_gives_no_start() -> None:
    found = claims("Samir Khalaf is on hunger strike for the 41st day.")
    assert [c.phase for c in found if c.kind == "hunger_strike"] == ["ongoing"]


def test_a_suspended_order_is_no_release() -> None:
    found = claims("The Supreme Court suspended the administrative detention order of Samir Khalaf.")
    assert not [c for c in found if c.kind == "release"]


def test_a_group_called_isolated_isolates_nobody_named_before_it() -> None:
    found = claims("They backed the hunger striker Samir Khalaf and the isolated prisoners in the prisons.")
    assert not [c for c in found if c.kind == "isolation"]


def test_food_refused_for_a_time_is_over() -> None:
    found = claims("Samir Khalaf, who refused food for more than three months, was released on 3 May 2024.")
    assert [c.kind for c in found if c.modality == "actual" and c.phase in {"ongoing", "done"}] == ["release"]


def test_an_exchange_told_beside_somebody_frees_nobody() -> None:
    found = claims("Samir Khalaf is on hunger strike. The movement carried out an exchange deal before.")
    assert not [c for c in found if (c.kind, c.modality) == ("exchange", "actual")]


def test_a_list_gives_each_their_own_term() -> None:
    found = told("A court sentenced Samir Khalaf and Nadim Qasim to six and nine years respectively.")
    assert {(c[0], c[5]) for c in found if c[1] == "sentence"} == {("e1", "P6Y"), ("e2", "P9Y")}


def test_what_another_side_denies_is_alleged() -> None:
    text = "Samir Khalaf was beaten, Lawyer Huda Salem said. The prison denied the allegation."
    start = text.index(", Lawyer")
    statement = Statement(
        id="s1",
        speaker=Speaker(spans=((start + 2, start + 19),), entity="e3", role=None, organisation=None),
        cue=((start + 20, start + 24),),
        content=((0, start),),
        manner="indirect",
        acts=("state",),
        target=None,
        about=("e1",),
        outlet=None,
        condition=None,
    )
    found = {(c.subject, c.modality) for c in claims(text, [statement]) if c.kind == "ill_treatment"}
    assert found == {("e1", "alleged"), ("e1", "denied")}


def test_a_lawyer_is_not_the_one_held() -> None:
    found = claims("Samir Khalaf is held at Ramat prison. Lawyer Huda Salem was arrested on 3 May 2024.")
    assert {c.subject for c in found} == {"e1"}


def test_nothing_happens_after_the_day_of_publication() -> None:
    found = claims("Samir Khalaf was arrested, and on 3 June 2024 a hearing follows.")
    assert [c.date for c in found if c.kind == "arrest"] == [None]


def test_every_claim_says_why() -> None:
    found = claims("Samir Khalaf was arrested on 3 May 2024 and charged with incitement.")
    assert found
    assert all("«" in claim.why for claim in found)


WORDS = st.sampled_from(
    [
        *(
            "Samir Khalaf",
            "Nadim Qasim",
            "he",
            "his",
            "was",
            "arrested",
            "not",
            "released",
            "sentenced to",
            "six years",
        ),
        *(
            "on hunger strike",
            "for",
            "41 days",
            "order",
            "renewed",
            "until",
            "3 June",
            "yesterday",
            "denied",
            "if",
            "and",
        ),
        *("respectively", "in 2019", "since", "tube", "critical", ".", ",", "\n", "“", "”"),
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=120))
def test_no_text_makes_claims_raise_and_dates_are_dates(text: str) -> None:
    for claim in claims(text):
        assert claim.subject in PEOPLE
        assert claim.date is None or edtf.is_edtf(claim.date)
        assert all(0 <= start < end <= len(text) for start, end in claim.evidence)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "The court extended this morning the detention of Samir Khalaf.",
            "The court extended the detention of Samir Khalaf.",
        ),
        ("Soldiers took Samir Khalaf, 31, from his bed.", "Soldiers took Samir Khalaf from his bed."),
        ('The commander "suspended" his order.', "The commander suspended his order."),
        ("He suspended yesterday, Sunday, his strike.", "He suspended his strike."),
        ("The captive Samir Khalaf (27 years) is ill.", "The captive Samir Khalaf is ill."),
    ],
)
def test_what_a_sentence_says_in_passing_is_left_out(text: str, left: str) -> None:
    found = plain(text)
    assert found is not None
    assert found.text == left
    assert all(text[place] == letter for place, letter in zip(found.places, found.text, strict=True))


def test_a_sentence_without_asides_is_read_once() -> None:
    assert plain("The court extended the detention of Samir Khalaf.") is None


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The court extended this morning the detention of Samir Khalaf for 15 days.",
            ("e1", "order", "renewed", "actual", PUBLISHED, "P15D"),
        ),
        ("Samir Khalaf was freed on 3 May 2024.", ("e1", "release", "done", "actual", "2024-05-03", None)),
        (
            "Samir Khalaf was seized while filming a queue in May 2023.",
            ("e1", "arrest", "done", "actual", "2023-05", None),
        ),
        ("Samir Khalaf fasted in jail in 2021 for 18 days.", ("e1", "hunger_strike", "ended", "actual", "2021", 18)),
        ("The minister ordered the arrest of Samir Khalaf.", ("e1", "arrest", "done", "planned", None, None)),
        (
            "Held for 9 days, Samir Khalaf is ill.",
            ("e1", "detention", "ongoing", "actual", None, "unknown"),
        ),
    ],
)
def test_claims_of_common_constructions(text: str, claim: tuple[object, ...]) -> None:
    assert claim in told(text)


def test_a_strike_told_by_its_end_does_not_go_on() -> None:
    phases = {(c.kind, c.phase) for c in claims("Samir Khalaf has broken his hunger strike.")}
    assert ("hunger_strike", "ended") in phases
    assert ("hunger_strike", "ongoing") not in phases


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (  # told of some of those spoken of, and of nobody by name
            "Samir Khalaf is held in Ramat prison with three students, one of whom died in custody in March.",
            "death/done",
        ),
        ("Samir Khalaf and his guards were held, two of whom have since been released.", "release/done"),
        (  # a strike that somebody died after does not go on
            "Samir Khalaf died in Ramat prison on Tuesday after an 86-day hunger strike.",
            "hunger_strike/ongoing",
        ),
    ],
)
def test_what_is_told_of_others_is_told_of_nobody_named(text: str, event: str) -> None:
    assert event not in {f"{kind}/{phase}" for who, kind, phase, *_ in told(text) if who == "e1"}
