"""The rules of acts_*.toml on their own examples; what no rule decides; what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas import vocab
from habeas.extraction.acts.condition import find_condition
from habeas.extraction.acts.find import Rule, find_acts, is_authority, is_beside, rules, said_in
from habeas.extraction.attribution.cues import lemma_of
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page
from habeas.extraction.segment import analyse

_ACTS = """state support praise thank condole condemn accuse hold_responsible deny confirm demand appeal propose
warn threaten promise announce refuse mediate"""
ACTS = frozenset(_ACTS.split())
EXAMPLES = [(rule, example) for group in rules() for rule in group for example in rule.examples]


def reported(example: str) -> tuple[Page, Report, str]:
    """The page, the report and the speaker of "speaker | cue | content"."""
    speaker, cue, content = (part.strip() for part in example.split("|"))
    page = analyse(" ".join(filter(None, (speaker, cue, content))) + ".")
    at = len(speaker) + 1
    cues = ((at, at + len(cue)),) if cue else ()
    start = at + len(cue) + 1
    source = ((0, len(speaker)),) if speaker else ()
    return page, Report(source, cues, ((start, start + len(content)),), lemma_of(page, cues)), speaker


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else value.act
)
def test_rule_decides_its_example(rule: Rule, example: str) -> None:
    page, report, speaker = reported(example)
    assert rule.fits(said_in(page, report, speaker))
    assert rule.act in find_acts(page, report, speaker)[: 2 if rule.also else 1]


@pytest.mark.parametrize("group", rules(), ids=["cues", "contents"])
def test_every_rule_has_examples_and_a_known_act(group: tuple[Rule, ...]) -> None:
    assert all(rule.examples and rule.act in ACTS for rule in group)


def test_every_step_has_its_place_in_the_order() -> None:
    order = vocab.load("en", "acts")["order"]
    files = Path(vocab.__file__).parent.glob("en/acts_*.toml")
    steps = [
        f"{path.stem.removeprefix('acts_')}.{name}"
        for path in files
        for name, entries in vocab.load("en", path.stem).items()
        if isinstance(entries, list) and isinstance(entries[0], dict)
    ]
    assert sorted(order["cues"] + order["contents"]) == sorted(steps)


@pytest.mark.parametrize(
    ("example", "acts"),
    [
        ("His lawyer | said | the hearing was on Monday", ("state",)),
        ("His lawyer | said | that the service bears the responsibility for his life", ("hold_responsible",)),
        ("His mother | said | he must be released at once", ("demand",)),
        ("The faction | said | that if he dies, the occupation will pay the price", ("threaten",)),
        ("The doctor | warned | that force-feeding would have consequences", ("warn",)),
        ("The ministry | denied | that anybody was on strike", ("deny",)),
        ("The ministry | did not deny | the death", ("confirm",)),
        ("The party | rejected | the offer of a swap", ("refuse",)),
        ("The party | rejected | the accusation", ("deny",)),
        ("The club | called on | the Red Cross to visit him", ("appeal",)),
        ("The club | called on | the prison service to treat him", ("demand",)),
        ("The mother | thanked | everybody who wrote", ("thank",)),
        ("The institute | condemned | the raid", ("condemn",)),
        ("The guards | were told | to let him in", ("demand",)),
        ("The mother | asked | whether he was alive", ("state",)),
    ],
)
def test_acts(example: str, acts: tuple[str, ...]) -> None:
    page, report, speaker = reported(example)
    assert find_acts(page, report, speaker) == acts


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ("", "announce"),
        ("Sentence of a baker is quashed\n\nKESTRA, May 3\n\n", "announce"),
        ("The baker was tried in May. ", "state"),
        ("Is the baker coming home?\n\n", "state"),
    ],
)
def test_what_happened_is_news_in_the_sentence_that_opens_a_text(before: str, act: str) -> None:
    said = "A Kestran court has quashed the sentence of a baker"
    text = f"{before}{said}, his lawyer said."
    page = analyse(text)
    at = len(before)
    content, source, cue = (at, at + len(said)), (at + len(said) + 2, len(text) - 6), (len(text) - 5, len(text) - 1)
    report = Report((source,), (cue,), (content,), "say")
    assert find_acts(page, report, "his lawyer") == (act,)


def test_responsibility_is_added_to_what_the_cue_does() -> None:
    page, report, speaker = reported("The club | demanded | his release and said the state is responsible for his life")
    assert find_acts(page, report, speaker) == ("demand", "hold_responsible")


@pytest.mark.parametrize(
    ("who", "authority", "beside"),
    [
        ("the interior ministry", True, False),
        ("A spokesman for the prison service", True, False),
        ("his lawyer", False, True),
        ("the Prisoners' Club", False, True),
        ("Nabil Qadri", False, False),
        ("Israel", True, False),
        ("the deposed governor", False, False),
        ("Liza Mendel, legal officer", False, False),
        ("Mustafa Shatar, Lawyers for Justice Centre", False, True),
        ("Justice Ama Boateng", True, False),
    ],
)
def test_who_speaks(who: str, authority: bool, beside: bool) -> None:
    assert (is_authority(who), is_beside(who)) == (authority, beside)


@pytest.mark.parametrize("example", vocab.load("en", "acts_condition")["examples"])
def test_condition_is_the_clause_in_brackets(example: str) -> None:
    wanted = example.partition("[")[2].partition("]")[0]
    page, report, _ = reported(example.replace("[", "").replace("]", ""))
    found = find_condition(page, report, ("warn",))
    assert found is not None
    assert page.text[slice(*found)] == wanted


@pytest.mark.parametrize(
    ("example", "acts"),
    [
        ("The club | said | that he was asked if he was treated", ("state",)),
        ("The club | warned | that he is dying even if he eats", ("warn",)),
        ("The club | warned | of a sudden death", ("warn",)),
    ],
)
def test_no_condition(example: str, acts: tuple[str, ...]) -> None:
    page, report, _ = reported(example)
    assert find_condition(page, report, acts) is None


def test_what_is_stated_may_hang_on_a_condition_where_it_is_foretold() -> None:
    page, report, _ = reported("Her lawyer | said | that they could lock her up again if the appeal succeeds")
    found = find_condition(page, report, ("state",))
    assert found is not None
    assert page.text[slice(*found)] == "if the appeal succeeds"


def test_condition_before_its_cue() -> None:
    text = "If the order is renewed, his lawyer warned, he will strike again."
    page = analyse(text)
    start = text.index("he will")
    report = Report(((25, 35),), ((36, 42),), ((start, len(text) - 1),), "warn")
    assert find_condition(page, report, ("warn",)) == (0, 23)


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_words_do_something(content: str, who: str) -> None:
    text = f"X said {content}"
    page = analyse(text)
    report = Report(((0, 1),), ((2, 6),), ((7, len(text)),), "say")
    acts = find_acts(page, report, who)
    assert acts
    assert set(acts) <= ACTS
    assert len(set(acts)) == len(acts)
