"""Whom pronouns mean: the best of the people mentioned before, by gender, place in the sentence and prominence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from habeas.extraction.cast import Cast, Member
from habeas.extraction.document import Page
from habeas.extraction.lexicon import words
from habeas.extraction.nouns import people_words
from habeas.extraction.reading import Span
from habeas.extraction.references.joint import is_joint

SINGULAR = {"he": "male", "him": "male", "his": "male", "himself": "male", "she": "female", "her": "female"}
SINGULAR |= {
    "hers": "female",
    "herself": "female",
    "he's": "male",
    "she's": "female",
    "he'd": "male",
    "she'd": "female",
}
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves", "both", "neither"])
OWNING = frozenset(["his", "her", "hers", "their", "theirs"])
_PAIRED = frozenset(["both", "neither", "either"])
_FIRST = frozenset(["i", "me", "my", "mine", "myself", "i'm", "i've", "i'd", "i'll"])
_NEUTER = frozenset(["it", "its", "itself"])
_LOOK_BACK = 40  # mentions and pronouns
_FAR = 8  # sentences


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for a candidate and against it."""

    sentence: float = 1.4  # for each sentence between
    mention: float = 0.08  # for each mention between
    subject: float = 1.6  # first person of their sentence
    oblique: float = 0.5  # after a preposition
    owner: float = 0.7  # "X's"
    held: float = 1.2
    main: float = 0.84  # the most prominent of those held
    beside: float = 1.6
    unknown: float = 0.75  # gender not told
    speaker: float = 3.1  # in their own words
    quoted: float = 2.7  # the same in quotation marks
    echo: float = 0.9  # an earlier pronoun counts this much less than a name
    spoke: float = 2.0  # of a source: whoever spoke last
    held_speaks: float = 0.2  # of a source: held
    subjects: float = 0.5  # "he" prefers subjects by this much more


WEIGHTS = Weights()


class Told(NamedTuple):
    """A stretch of reported words and who said them."""

    start: int
    end: int
    speaker: str


class Spoke(NamedTuple):
    """Who spoke last, and where their report ends."""

    speaker: str
    end: int


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun for one person, and the id of whom it means."""

    span: Span
    word: str
    meant: str | None


class Seen(NamedTuple):
    """Someone mentioned before, as a candidate."""

    member: Member
    start: int
    sentence: int
    first: bool
    bonus: float


class Pronouns:
    """Every singular pronoun of a page, resolved in text order, so that each may lean on those before it."""

    def __init__(
        self,
        page: Page,
        cast: Cast,
        mentions: Sequence[tuple[Span, Member]],
        held: Sequence[str],
        told: Sequence[Told],
        sources: Mapping[int, str],
        weights: Weights = WEIGHTS,
    ) -> None:
        self.page, self.cast, self.weights = page, cast, weights
        self.held, self.main = frozenset(held), next(iter(held), None)
        self.told = sorted(told)
        self.sources = dict(sources)  # offset of each pronoun that is a source -> who speaks
        self._told_starts = [t.start for t in self.told]
        self.people = [(span, m) for span, m in mentions if m.kind == "person"]
        self.groups = [(span, m) for span, m in mentions if m.kind in {"group", "organisation"}]
        self.found: list[Pronoun] = []
        self._seen: list[Seen] = []
        self._resolve()
        self._starts = [p.span[0] for p in self.found]

    def __iter__(self) -> Iterator[Pronoun]:
        return iter(self.found)

    def at(self, offset: int) -> str | None:
        """Id of whom the pronoun that begins at `offset` means."""
        index = bisect_left(self._starts, offset)
        if index < len(self.found) and self._starts[index] == offset:
            return self.found[index].meant
        return None

    def between(self, start: int, end: int) -> Sequence[Pronoun]:
        """The pronouns that begin in [start, end)."""
        return self.found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before_all(self, offset: int, most: int) -> Sequence[Seen]:
        """The last `most` people mentioned before an offset, by name, description or pronoun, in text order."""
        end = bisect_left(self._seen, offset, key=lambda seen: seen.start)
        return self._seen[max(0, end - most) : end]

    def before(self, offset: int) -> Pronoun | None:
        """The last pronoun that begins before `offset`."""
        index = bisect_left(self._starts, offset)
        return self.found[index - 1] if index else None

    # -- one person ----------------------------------------------------------------------------------------------

    def _resolve(self) -> None:
        upcoming = 0
        for number, sentence in enumerate(self.page.sentences):
            first = True
            for index in range(sentence.first_token, sentence.last_token):
                token = self.page.tokens[index]
                while upcoming < len(self.people) and self.people[upcoming][0][0] < token.start:
                    span, member = self.people[upcoming]
                    self._see(member, span, number, first)
                    first, upcoming = False, upcoming + 1
                word = token.lower
                if word in SINGULAR or word in _FIRST:
                    meant = self.sources.get(token.start) or self._whom(word, token.start, number)
                    self.found.append(Pronoun((token.start, token.end), word, meant))
                    if meant and word in SINGULAR:
                        seen = Seen(self.cast.members[meant], token.start, number, first, -self.weights.echo)
                        self._seen.append(seen)
                        first = False

    def _see(self, member: Member, span: Span, sentence: int, first: bool) -> None:
        weights, bonus = self.weights, 0.0
        index = self.page.token_index(span[0])
        before = self.page.tokens[index - 1].lower if index else ""
        if before in words().prepositions:
            bonus -= weights.oblique
        if self.page.text[span[1] : span[1] + 2] in {"'s", "’s"}:
            bonus -= weights.owner
        self._seen.append(Seen(member, span[0], sentence, first, bonus))

    def _whom(self, word: str, at: int, sentence: int) -> str | None:
        told = self._told_at(at)
        if word in _FIRST:
            return told.speaker if told and self.cast.members[told.speaker].kind == "person" else None
        return self._best(SINGULAR[word], word, at, sentence, told)

    def _best(self, gender: str, word: str, at: int, sentence: int, told: Told | None) -> str | None:
        best: tuple[float, str] | None = None
        for rank, seen in enumerate(reversed(self._seen[-_LOOK_BACK:])):
            if sentence - seen.sentence > _FAR:
                break
            if not seen.member.fits(gender):
                continue
            score = self._score(seen, rank, sentence, word) - self._own_words(seen.member, told)
            if best is None or score > best[0]:
                best = score, seen.member.id
        if best is not None:
            return best[1]
        return next((i for i in self.held if self.cast.members[i].fits(gender) and i == self.main), None)

    def speaker(self, word: str, at: int, spoke: Spoke | None) -> str | None:
        """Id of whom a pronoun means that is somebody's source: whoever spoke last comes first, held or not."""
        number = self.page.sentence_index(at)
        if spoke and self._goes_on(spoke, at, number):
            return spoke.speaker
        seen = self._seen[: bisect_left(self._seen, at, key=lambda s: s.start)][-_LOOK_BACK:]
        best: tuple[float, str] | None = None
        for rank, candidate in enumerate(reversed(seen)):
            if number - candidate.sentence > _FAR or not candidate.member.fits(SINGULAR[word]):
                continue
            score = self._score(candidate, rank, number, word, speaking=True)
            score += self.weights.spoke if spoke and candidate.member.id == spoke.speaker else 0
            if best is None or score > best[0]:
                best = score, candidate.member.id
        return best[1] if best else None

    def _goes_on(self, spoke: Spoke, at: int, number: int) -> bool:
        """Whether a paragraph opens with the pronoun right after what somebody said: they are still speaking."""
        here = self.page.sentences[number].paragraph
        opens = not self.page.text[self.page.paragraphs[here][0] : at].strip()
        return opens and not self.page.quote_at(at) and here - self.page.sentence_at(spoke.end - 1).paragraph <= 1

    def settle(self, at: int, speaker: str) -> None:
        """Counts the pronoun at an offset as a mention of this person from now on."""
        index = bisect_left(self._seen, at, key=lambda seen: seen.start)
        if index < len(self._seen) and self._seen[index].start == at:
            self._seen[index] = self._seen[index]._replace(member=self.cast.members[speaker])

    def _score(self, seen: Seen, rank: int, sentence: int, word: str, *, speaking: bool = False) -> float:
        weights, member = self.weights, seen.member
        score = seen.bonus - weights.sentence * (sentence - seen.sentence) - weights.mention * rank
        if seen.first:
            score += weights.subject + (weights.subjects if word in {"he", "she"} else 0)
        if speaking:
            score += weights.held_speaks if member.id in self.held else 0
        elif member.id in self.held:
            score += weights.held + (weights.main if member.id == self.main else 0)
        elif member.beside:
            score -= weights.beside
        return score - (weights.unknown if member.gender is None else 0)

    def _own_words(self, member: Member, told: Told | None) -> float:
        """How much it speaks against a speaker that the pronoun stands in their own words."""
        if told is None or told.speaker != member.id:
            return 0
        if self.page.quote_at(told.start) is not None:
            return self.weights.quoted
        return 0 if member.id in self.held else self.weights.speaker

    def _told_at(self, at: int) -> Told | None:
        """The innermost reported words around an offset."""
        for told in reversed(
            self.told[max(0, bisect_left(self._told_starts, at + 1) - 4) : bisect_left(self._told_starts, at + 1)]
        ):
            if told.start <= at < told.end:
                return told
        return None

    def guess(self, word: str, at: int) -> str | None:
        """Id of whom a pronoun elsewhere means ("it", "its"): the organisation or group named last."""
        if word not in _NEUTER:
            return None
        index = bisect_left(self.groups, ((at, 0),), key=lambda pair: (pair[0],))
        return next(
            (m.id for _, m in reversed(self.groups[max(0, index - 10) : index]) if m.kind == "organisation"), None
        )

    # -- several -------------------------------------------------------------------------------------------------

    def plurals(self, start: int, end: int) -> list[tuple[int, tuple[str, ...]]]:
        """Offset and ids of the plural pronouns in [start, end)."""
        tokens = (self.page.tokens[i] for i in self.page.token_range(start, end))
        return [(t.start, self.together(t.start, [t.lower])) for t in tokens if t.lower in PLURAL]

    def together(self, at: int, phrase: Sequence[str]) -> tuple[str, ...]:
        """Ids of the named people, or of the group, that "they", "both" or "the two brothers" take together."""
        counts = people_words().counts
        lowered = [word.lower() for word in phrase]
        number = next((counts[w] for w in lowered if w in counts), 2 if set(lowered) & _PAIRED else 0)
        told = self._told_at(at)
        joined, ends = self._joined(at, told)
        if number:
            return joined if len(joined) == number else self._last_held(at, number, told)
        place = bisect_left(self.groups, at, key=lambda pair: pair[0][0])
        for span, group in reversed(self.groups[max(0, place - 6) : place]):
            if span[0] < ends:
                break
            if group.kind == "group" and not group.beside:
                return group.members or (group.id,)
        return joined

    def _joined(self, at: int, told: Told | None) -> tuple[tuple[str, ...], int]:
        """People joined by "and" or commas in the latest sentence that joins any, two back at most; where they end."""
        sentence, index = self.page.sentence_index(at), bisect_left(self.people, at, key=lambda pair: pair[0][0])
        run: list[tuple[Span, Member]] = []
        for span, member in reversed(self.people[max(0, index - 12) : index]):
            if sentence - self.page.sentence_index(span[0]) > 2:
                break
            if not self._can_be_held(member, told):
                continue
            if run and not is_joint(self.page, span, run[-1][0]):
                if len(run) >= 2:
                    break
                run = []
            run.append((span, member))
        ids = tuple(dict.fromkeys(member.id for _, member in reversed(run)))
        return (ids, run[0][0][1]) if len(ids) >= 2 else ((), 0)

    def _can_be_held(self, member: Member, told: Told | None) -> bool:
        speaks = told is not None and told.speaker == member.id
        return member.named and not speaks and (member.id in self.held or not member.beside)

    def _last_held(self, at: int, number: int, told: Told | None) -> tuple[str, ...]:
        index = bisect_left(self.people, at, key=lambda pair: pair[0][0])
        found: dict[str, None] = {}
        for _, member in reversed(self.people[max(0, index - _LOOK_BACK) : index]):
            if member.named and member.id in self.held and not (told and told.speaker == member.id):
                found[member.id] = None
            if len(found) == number:
                return tuple(reversed(found))
        return ()
