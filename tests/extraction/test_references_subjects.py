import pytest

from habeas.extraction.attribution.reports import Report
from habeas.extraction.entities import find_cast
from habeas.extraction.references import References
from habeas.extraction.references.subjects import with_source
from habeas.extraction.segment import analyse


def source(text: str, cue: str, content: str) -> str | None:
    """The words that name the speaker of a report of which only cue and content are known."""
    page = analyse(text)
    spans = [((text.index(words), text.index(words) + len(words)),) if words else () for words in (cue, content)]
    found = with_source(page, References(page, find_cast(page)), Report((), spans[0], spans[1], "")).source
    return text[found[0][0] : found[0][1]] if found else None


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ("Nadia Ferouz said he was ill.", "said", "he was ill", "Nadia Ferouz"),
        ("She did not come, because doctors had told her to wait.", "had told", "to wait", "doctors"),
        ("The curator, to whom he had announced the end, left.", "had announced", "the end", "he"),
        (
            "Egypt, whose citizen he is, has twice asked for his transfer.",
            "has twice asked for",
            "his transfer",
            "Egypt",
        ),
        ("Nadia Ferouz stopped eating on Monday, saying she was ill.", "saying", "she was ill", "Nadia Ferouz"),
        ("Nadia Ferouz put up a photograph: “He is ill.”", "", "“He is ill.”", "Nadia Ferouz"),
        ("“He is ill” – Nadia Ferouz.", "", "“He is ill”", "Nadia Ferouz"),
        ("Nadia Ferouz was told that he was ill.", "told", "that he was ill", None),
        ("Nadia Ferouz left on the promise that he be freed.", "promise", "that he be freed", None),
        ("Please write to the Egyptian embassy: ask that he be freed.", "ask", "that he be freed", None),
        ("In Cairo, Nadia Ferouz has a shop, and says that he is ill.", "says", "that he is ill", None),
    ],
)
def test_a_subject_speaks_where_no_source_was_marked(text: str, cue: str, content: str, expected: str | None) -> None:
    assert source(text, cue, content) == expected


def test_a_source_that_was_marked_stays() -> None:
    page = analyse("Nadia Ferouz said so.")
    report = Report(((0, 5),), ((13, 17),), ((18, 20),), "say")
    assert with_source(page, References(page, find_cast(page)), report) is report
