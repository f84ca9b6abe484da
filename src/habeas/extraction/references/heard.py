"""Whom "he" and "she" mean as a source: what speaks for each person named before, weighed as `speakers.toml` has it.

The weights are a ranking regression on annotated reports (`training/reader/heard_fit.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import log1p
from typing import NamedTuple

from habeas import vocab
from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Member
from habeas.extraction.document import Page
from habeas.extraction.references.find import References
from habeas.extraction.references.pronouns import SINGULAR, Seen

_FAR = 8  # sentences: nobody named farther back is meant, unless they spoke last
_LOOK_BACK = 40  # mentions and pronouns
_VOICES = 3  # of those who spoke, the last so many are told apart
_ARTICLES = frozenset(["a", "an", "one", "another", "some"])


class Voice(NamedTuple):
    """Somebody who said something: the report, and who they are."""

    report: Report
    member: Member


@cache
def weights() -> Mapping[str, float]:
    """What each feature is worth."""
    found: Mapping[str, float] = vocab.load("en", "speakers")["heard"]
    return found


class Heard:
    """Weighs the people before a pronoun that is a source."""

    def __init__(self, page: Page, references: References) -> None:
        self.page, self.references = page, references

    def best(self, word: str, report: Report, voices: Sequence[Voice]) -> Member | None:
        """Whom the pronoun that is the report's source means; `voices` spoke before, in text order. None: nobody."""
        worth, best = weights(), None
        for member, features in self.describe(word, report, voices):
            score = sum(worth.get(name, 0.0) * value for name, value in features.items())
            if best is None or score > best[0]:
                best = score, member
        return best[1] if best else None

    def describe(self, word: str, report: Report, voices: Sequence[Voice]) -> list[tuple[Member, dict[str, float]]]:
        """Everybody whom the pronoun may mean, each with what speaks for and against them, nearest first."""
        at = report.source[0][0]
        here = self.page.sentence_index(at)
        spoke = self._last_voices(voices)
        context = self._context(report, voices)
        found: dict[str, tuple[Member, dict[str, float]]] = {}
        for seen in reversed(self.references.pronouns.before_all(at, _LOOK_BACK)):
            member = self.references.cast.now(seen.member)
            if member.id in found or not member.fits(SINGULAR[word]):
                continue
            if here - seen.sentence > _FAR and member.id not in spoke:
                continue
            features = self._of_person(member) | self._of_place(seen, len(found), here, report)
            if member.id in spoke:
                features |= _of_voice(spoke[member.id], context)
            elif spoke:
                features |= self._beside_voice(seen, voices[-1], context)
            found[member.id] = member, features
        return list(found.values())

    def _last_voices(self, voices: Sequence[Voice]) -> dict[str, int]:
        """Id of each of the last people who spoke -> how many other voices ago; 0 for the last one."""
        found: dict[str, int] = {}
        for voice in reversed(voices[-8:]):
            member = self.references.cast.now(voice.member)
            if member.kind == "person" and len(found) < _VOICES:
                found.setdefault(member.id, len(found))
        return found

    def _context(self, report: Report, voices: Sequence[Voice]) -> list[str]:
        """How the source stands to the report before it: in it, in its sentence, in its paragraph, or apart."""
        at = report.source[0][0]
        found = []
        if voices:
            last = voices[-1].report
            inside = any(start <= at < end for start, end in last.content)
            quoted = inside and self.page.quote_at(at) is not None
            sentence = self.page.sentence_index(max(0, last.end - 1)) == self.page.sentence_index(at)
            apart = self.page.sentence_at(at).paragraph - self.page.sentence_at(max(0, last.end - 1)).paragraph
            found.append(
                "quoted"
                if quoted
                else "inside"
                if inside
                else "sentence"
                if sentence
                else f"apart{min(2, max(0, apart))}"
            )
        if not self.page.text[self.page.paragraphs[self.page.sentence_at(at).paragraph][0] : at].strip():
            found.append("opens")
        if report.lemma in _continuing():
            found.append("goes_on")
        if report.content[0][0] < at:
            found.append("after")
        return found

    def _of_person(self, member: Member) -> dict[str, float]:
        """What the person is on the page."""
        return {
            "unknown": float(member.gender is None),
            "unnamed": float(not member.named),
            "indefinite": float(member.name.split(maxsplit=1)[0].lower() in _ARTICLES),
            "held": float(self.references.is_held(member.id)),
            "main": float(member.id == next(iter(self.references.detained()), None)),
            "kin": float(member.kin),
            "lawyer": float(member.lawyer),
            "official": float(member.official),
            "mentions": log1p(len(member.mentions)),
        }

    def _of_place(self, seen: Seen, rank: int, here: int, report: Report) -> dict[str, float]:
        """Where the person was mentioned last."""
        back = here - seen.sentence
        quote = self.page.quote_at(seen.start)
        content = any(start <= seen.start < end for start, end in report.content)
        return {
            f"back{min(back, 4)}": 1.0,
            "rank": log1p(rank),
            "first": float(seen.first),
            "first_here": float(seen.first and not back),
            "bonus": -0.5 * seen.oblique - 0.7 * seen.owner - 0.9 * seen.echo,
            "quoted": float(quote is not None),
            "own_content": float(content),
        }

    def _beside_voice(self, seen: Seen, last: Voice, context: Sequence[str]) -> dict[str, float]:
        """Somebody who did not speak: whether they are mentioned in what was said last, or since."""
        inside = any(start <= seen.start < end for start, end in last.report.content)
        where = "told" if inside else "since" if seen.start >= last.report.end else "earlier"
        return {where: 1.0} | {f"{where}_{word}": 1.0 for word in context}


def _of_voice(ago: int, context: Sequence[str]) -> dict[str, float]:
    return {f"voice{ago}": 1.0} | {f"voice{ago}_{word}": 1.0 for word in context}


@cache
def _continuing() -> frozenset[str]:
    return frozenset(vocab.load("en", "speakers")["continuing"])
