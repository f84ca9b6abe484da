"""The gender of people whose names do not tell it: by the pronouns that follow where nobody else is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from habeas.extraction.cast import Cast, Member
from habeas.extraction.document import Page
from habeas.extraction.entities.words import soft_gender
from habeas.extraction.lexicon import cue_forms
from habeas.extraction.nouns import Gender
from habeas.extraction.reading import Span

_SUBJECTS: dict[str, Gender] = {"he": "male", "she": "female"}
_OTHERS: dict[str, Gender] = {"his": "male", "him": "male", "her": "female", "himself": "male", "herself": "female"}


def find_genders(page: Page, cast: Cast, mentions: Sequence[tuple[Span, Member]]) -> None:
    """Gives people of unknown gender the one that pronouns tell, else the one that their first name suggests."""
    votes: dict[str, Counter[Gender]] = {}
    for sentence, (span, member) in _alone(page, mentions):
        if member.gender is None and member.named:
            _count(page, span[1], page.sentences[sentence].end, votes.setdefault(member.id, Counter()))
    for member in cast:
        if member.kind != "person" or member.gender or not member.named:
            continue
        counted = votes.get(member.id, Counter()).most_common(2)
        if counted and (len(counted) == 1 or counted[0][1] >= 2 * counted[1][1]):
            member.gender = counted[0][0]
        else:
            member.gender = soft_gender(member.name)


def _alone(page: Page, mentions: Sequence[tuple[Span, Member]]) -> list[tuple[int, tuple[Span, Member]]]:
    """The first mention of each sentence that speaks of one person only, with the sentence's number."""
    by_sentence: dict[int, list[tuple[Span, Member]]] = {}
    for span, member in mentions:
        if member.kind in {"person", "group"}:
            by_sentence.setdefault(page.sentence_index(span[0]), []).append((span, member))
    return [(n, found[0]) for n, found in by_sentence.items() if len({m.id for _, m in found}) == 1]


def _count(page: Page, start: int, end: int, votes: Counter[Gender]) -> None:
    before = ""
    for index in page.token_range(start, end):
        token = page.tokens[index]
        word = token.lower
        if page.quote_at(token.start) is None:
            if word in _SUBJECTS:
                votes[_SUBJECTS[word]] += 4 if before in cue_forms() else 2
            elif word in _OTHERS:
                votes[_OTHERS[word]] += 1
        before = word
