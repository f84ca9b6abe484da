"""Organisations that nothing beside a speaker names: a judge's court, and whose statement somebody reads out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from habeas import vocab
from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Member
from habeas.extraction.document import Page
from habeas.extraction.entities.words import name_words
from habeas.extraction.references.find import References

_SITS = 8  # sentences: a judge sits on the court named that shortly before
_NEAR = 40  # code points: so soon after "on behalf of" stands who somebody speaks for
_READS = 3  # sentences: so shortly before stands who made the statement that is read out


def bench(page: Page, references: References, report: Report) -> str | None:
    """The court that a judge sits on: the one named last in the judge's sentence or shortly before it."""
    here = page.sentence_index(report.source[0][0])
    for sentence in reversed(page.sentences[max(0, here - _SITS) : here + 1]):
        for member in reversed(list(_organisations(references, sentence.start, sentence.end))):
            if "court" in member.name.lower().split():
                return member.name
    return None


def called(references: References, house: str) -> str:
    """What the page calls a body that a speaker is only of by its kind: "the party" where it names one party alone."""
    ends = frozenset(vocab.load("en", "roles")["speakers"]["alike"].get(house.lower(), ()))
    bare = house.lower().removeprefix("the ")
    if not ends and bare in name_words().organisation_nouns:
        ends = frozenset([bare])
    bodies = (m for m in references.cast if m.kind == "organisation" and m.named and m.mentions)
    found = {m.name for m in bodies if ends & _heads(m.name) and m.name.lower() not in ends}
    return found.pop() if len(found) == 1 else house


def _heads(name: str) -> frozenset[str]:
    """The words of a name that may say what it is: the last one, and the one before "of": "Party of the Roof"."""
    words = name.lower().split()
    return frozenset([words[-1], *(before for before, word in pairwise(words) if word == "of")])


def read_for(page: Page, references: References, report: Report) -> str | None:
    """Whose statement a speaker reads out: "Reading the statement, X said" is for those just told of."""
    here = page.sentence_index(report.source[0][0])
    said = page.text[page.sentences[here].start : page.sentences[here].end].lower()
    behalf = said.find(f"{vocab.load('en', 'roles')['speakers']['on_behalf']} ")
    if behalf >= 0:
        start = page.sentences[here].start + behalf
        return next((m.name for m in _organisations(references, start, start + _NEAR)), None)
    if not any(phrase in said for phrase in vocab.load("en", "roles")["speakers"]["read_out"]):
        return None
    for sentence in reversed(page.sentences[max(0, here - _READS) : here]):
        found = next(_organisations(references, sentence.start, sentence.end), None)
        if found is not None:
            return found.name
    return None


def _organisations(references: References, start: int, end: int) -> Iterator[Member]:
    """Organisations that are named in [start, end), in text order."""
    for span, entity in references.between(start, end):
        member = references.cast.members[entity]
        if member.kind == "organisation" and member.named and span[0] >= start:
            yield member
