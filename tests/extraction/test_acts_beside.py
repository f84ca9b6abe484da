"""What stands beside what is done: the outlet, the target, the manner."""

from __future__ import annotations

import re

import pytest

from habeas import vocab
from habeas.extraction.acts.find import find_acts
from habeas.extraction.acts.manner import find_manner
from habeas.extraction.acts.outlet import Outlets
from habeas.extraction.acts.target import Targets
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page
from habeas.extraction.entities import find_cast
from habeas.extraction.reading import Speaker
from habeas.extraction.references import References
from habeas.extraction.segment import analyse
from tests.extraction.test_acts import reported

_CUE = re.compile(r"\b(?:said|told|wrote|quoted)\b")


def outlets(page: Page, *reports: Report) -> list[str | None]:
    cast = find_cast(page)
    finder = Outlets(page, References(page, cast), reports)
    return [finder.find(report, Speaker(report.source, "e1")) for report in reports]


@pytest.mark.parametrize("example", vocab.load("en", "outlets")["examples"])
def test_outlet_is_what_stands_in_brackets(example: str) -> None:
    wanted = example.partition("[")[2].partition("]")[0]
    text = example.replace("[", "").replace("]", "")
    cue = _CUE.search(text)
    assert cue
    content = (
        (text.index("“"), text.index("”") + 1) if text.startswith("“") else (text.rindex(" that ") + 1, len(text) - 1)
    )
    found = outlets(analyse(text), Report(((0, 1),), (cue.span(),), (content,)))[0]
    assert (found or "") == re.sub(r"^(?:the )?(?:daily )?", "", wanted) if wanted else found is None


def test_a_speaker_goes_on_to_the_same_outlet() -> None:
    text = "Her lawyer told Radio Sumud that she was ill. She added that nobody came.\n\nShe said that she waits."
    page = analyse(text)
    told, added, said = (m.span() for m in re.finditer(r"\b(?:told|added|said)\b", text))
    reports = [
        Report(((0, 10),), (told,), ((28, 44),)),
        Report(((46, 49),), (added,), ((56, 72),)),
        Report(((75, 78),), (said,), ((84, 102),)),
    ]
    assert outlets(page, *reports) == ["Radio Sumud", "Radio Sumud", None]


def test_an_outlet_inside_what_is_said_is_none_of_it() -> None:
    page, report, _ = reported("Her brother | said | that she had given an interview to Radio Sumud")
    assert outlets(page, report) == [None]


@pytest.mark.parametrize(
    ("example", "target"),
    [
        ("The club | holds | the Prison Authority fully responsible for his life", "Prison Authority"),
        ("The faction | said | that if he dies then the Interior Ministry will pay the price", "Interior Ministry"),
        ("The club | urged | the Red Cross to visit him", "Red Cross"),
        ("The club | demanded | that the Interior Ministry free him", "Interior Ministry"),
        ("The mother | thanked | the Red Cross for its letters", "Red Cross"),
        ("His lawyer | said | that the Prison Authority prevents the visit of his children", "Prison Authority"),
        ("The club | urged | the U.N. agency to press Kestra for a visit", "U.N."),
        ("The administration | threatened | the strikers with feeding by force", "strikers"),
        ("The deputy governor | threatened | to banish Nadim Qastal to the south", "Nadim Qastal"),
        ("The club | called on | the wide world for the safety of the two women", None),
        ("The club | called for | his release", None),
        ("His lawyer | said | that the hearing was on Monday", None),
    ],
)
def test_target(example: str, target: str | None) -> None:
    page, report, who = reported(example)
    cast = find_cast(page)
    acts = find_acts(page, report, who)
    found = Targets(page, cast, References(page, cast)).find(report, Speaker(report.source), acts, who)
    assert (cast.members[found].name.removeprefix("the ") if found else None) == target


def test_who_pleads_asks_the_court_named_last() -> None:
    text = "The Kestra district court sat on Monday. The prosecutor asked for two more months."
    page = analyse(text)
    cast = find_cast(page)
    parts = (
        (text.index(words), text.index(words) + len(words))
        for words in ("The prosecutor", "asked for", "two more months")
    )
    source, cue, content = ((part,) for part in parts)
    report = Report(source, cue, content, "ask")
    speaker = Speaker(report.source, None, "prosecutor")
    found = Targets(page, cast, References(page, cast)).find(report, speaker, ("demand",), "The prosecutor")
    assert found
    assert "court" in cast.members[found].name


@pytest.mark.parametrize(
    ("text", "content", "manner"),
    [
        ("He said: “I will not stop.”", "“I will not stop.”", "direct"),
        ("He said that he would not stop.", "that he would not stop", "indirect"),
        ("He said that he would “never” stop.", "that he would “never” stop", "mixed"),
        ("“I will not stop,” he said, “and you know it.”", "“I will not stop,”|“and you know it.”", "direct"),
        ('He said "I will not stop, whatever comes', '"I will not stop, whatever comes', "direct"),
        ('He said: I will not stop, whatever comes"', 'I will not stop, whatever comes"', "direct"),
    ],
)
def test_manner(text: str, content: str, manner: str) -> None:
    page = analyse(text)
    spans = tuple((text.index(part), text.index(part) + len(part)) for part in content.split("|"))
    at = text.index("said")
    assert find_manner(page, Report(((0, 2),), ((at, at + 4),), spans)) == manner
