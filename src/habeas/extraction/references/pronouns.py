"""Whom pronouns mean: the best of the people mentioned before, by gender, place in the sentence and prominence.

What speaks for each of them is weighed as `vocab/en/pronouns.toml` has it, a ranking regression on annotated reports.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from habeas import vocab
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
_REST = frozenset(["other", "others", "remaining", "rest"])
_PAIRED = frozenset(["both", "neither", "either"])
_FIRST = frozenset(["i", "me", "my", "mine", "myself", "i'm", "i've", "i'd", "i'll"])
_NEUTER = frozenset(["it", "its", "itself"])
SUBJECTS = frozenset(["he", "she"])
_LOOK_BACK = 40  # mentions and pronouns
_FAR = 8  # sentences


@cache
def weights() -> Mapping[str, float]:
    """What each sign that a pronoun means somebody is worth (`training/reader/meant_fit.py`)."""
    return vocab.load("en", "pronouns")["meant"]  # type: ignore[no-any-return]


class Told(NamedTuple):
    """A stretch of reported words and who said them."""

    start: int
    end: int
    speaker: str


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
    first: bool  # the first person of the sentence
    oblique: bool = False  # after a preposition
    owner: bool = False  # "X's"
    echo: bool = False  # a pronoun too
    quoted: bool = False


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
    ) -> None:
        self.page, self.cast = page, cast
        self.held, self.main = frozenset(held), next(iter(held), None)
        self.told = sorted(told)
        self.sources = dict(sources)  # offset of each pronoun that is a source -> who speaks
        self._told_starts = [t.start for t in self.told]
        self.speakers = frozenset(t.speaker for t in self.told)
        self.people = [(span, m) for span, m in mentions if m.kind == "person"]
        self.groups = [(span, m) for span, m in mentions if m.kind in {"group", "organisation"}]
        counts = Counter(m.id for _, m in self.people)
        self.share = {entity: count / len(self.people) for entity, count in counts.items()}
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
        end = self.count_before(offset)
        return self._seen[max(0, end - most) : end]

    def count_before(self, offset: int) -> int:
        """How many mentions of people, pronouns included, there are before an offset."""
        return bisect_left(self._seen, offset, key=lambda seen: seen.start)

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
                        quoted = self.page.quote_at(token.start) is not None
                        seen = Seen(self.cast.members[meant], token.start, number, first, echo=True, quoted=quoted)
                        self._seen.append(seen)
                        first = False

    def _see(self, member: Member, span: Span, sentence: int, first: bool) -> None:
        index = self.page.token_index(span[0])
        oblique = index > 0 and self.page.tokens[index - 1].lower in words().prepositions
        owner = self.page.text[span[1] : span[1] + 2] in {"'s", "’s"}
        quoted = self.page.quote_at(span[0]) is not None
        self._seen.append(Seen(member, span[0], sentence, first, oblique, owner, quoted=quoted))

    def _whom(self, word: str, at: int, sentence: int) -> str | None:
        told = self.told_at(at)
        if word in _FIRST:
            return told.speaker if told and self.cast.members[told.speaker].kind == "person" else None
        return self._best(SINGULAR[word], word, at, sentence, told)

    def _best(self, gender: str, word: str, at: int, sentence: int, told: Told | None) -> str | None:
        worth, best, known = weights(), None, dict[str, float]()
        for seen, rank in self.candidates(gender, len(self._seen), sentence):
            entity = seen.member.id
            if entity not in known:
                known[entity] = sum(worth.get(sign, 0.0) * value for sign, value in self.standing(seen.member, told))
            score = known[entity] + worth.get("mention", 0.0) * rank
            score += sum(worth.get(sign, 0.0) * value for sign, value in self.place(seen, word, at, sentence))
            if best is None or score > best[0]:
                best = score, entity
        if best is not None:
            return best[1]
        return next((i for i in self.held if self.cast.members[i].fits(gender) and i == self.main), None)

    def candidates(self, gender: str, end: int, sentence: int) -> Iterator[tuple[Seen, int]]:
        """Who was seen before place `end` of the list and may be meant in a sentence, nearest first, with the rank."""
        for rank, seen in enumerate(reversed(self._seen[max(0, end - _LOOK_BACK) : end])):
            if sentence - seen.sentence > _FAR:
                return
            if seen.member.fits(gender):
                yield seen, rank

    def standing(self, member: Member, told: Told | None) -> Iterator[tuple[str, float]]:
        """The signs of a person that are the same at each of their mentions."""
        held = member.id in self.held
        if held:
            yield "held", 1.0
            if member.id == self.main:
                yield "main", 1.0
        if member.id in self.speakers:
            yield "speaks", 1.0
            if held:
                yield "speaks, held", 1.0
        yield "share", self.share.get(member.id, 0.0)
        for sign, stands in (
            ("named", member.named),
            ("unknown", member.gender is None),
            ("kin", member.kin),
            ("lawyer", member.lawyer),
            ("official", member.official),
            ("beside", member.beside and not held),
        ):
            if stands:
                yield sign, 1.0
        if told is not None and told.speaker == member.id:  # in their own words
            if self.page.quote_at(told.start) is not None:
                yield "own quotation", 1.0
            elif not held:
                yield "own words", 1.0

    def place(self, seen: Seen, word: str, at: int, sentence: int) -> Iterator[tuple[str, float]]:
        """The signs of one mention before a pronoun."""
        back = sentence - seen.sentence
        yield "sentence", float(back)
        subject = word in SUBJECTS
        for sign, stands in (
            ("one sentence", not back),
            ("one sentence, subject", not back and subject),
            ("one paragraph", self._paragraph(sentence) == self._paragraph(seen.sentence)),
            ("first", seen.first),
            ("first, subject", seen.first and subject),
            ("oblique", seen.oblique),
            ("owner", seen.owner),
            ("echo", seen.echo),
            ("other side", seen.quoted != (self.page.quote_at(at) is not None)),
        ):
            if stands:
                yield sign, 1.0

    def _paragraph(self, sentence: int) -> int:
        return self.page.sentences[sentence].paragraph

    def settle(self, at: int, speaker: str) -> None:
        """Counts the pronoun at an offset as a mention of this person from now on."""
        index = bisect_left(self._seen, at, key=lambda seen: seen.start)
        if index < len(self._seen) and self._seen[index].start == at:
            self._seen[index] = self._seen[index]._replace(member=self.cast.members[speaker])

    def told_at(self, at: int) -> Told | None:
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
        told = self.told_at(at)
        if _REST & set(lowered):
            return self._rest(at, number, told)
        joined, ends = self._joined(at, told)
        if number:
            return joined if len(joined) == number else self._last_held(at, number, told) or self._all(at, number)
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

    def _rest(self, at: int, number: int, told: Told | None) -> tuple[str, ...]:
        """Who of people joined before is not told of since: "A, B and C are held. A was freed. [The other two]"."""
        index = bisect_left(self.people, at, key=lambda pair: pair[0][0])
        for place in range(index, max(0, index - _LOOK_BACK), -1):
            joined, ends = self._joined(self.people[place - 1][0][1], told)
            if len(joined) > max(number, 1):
                since = {member.id for span, member in self.people[:index] if span[0] >= ends}
                rest = tuple(i for i in joined if i not in since)
                return rest if len(rest) < len(joined) and len(rest) == (number or len(rest)) else ()
        return ()

    def _all(self, at: int, number: int) -> tuple[str, ...]:
        """Everybody named so far who stands for nobody else and does not only speak, where they are that many."""
        index = bisect_left(self.people, at, key=lambda pair: pair[0][0])
        named = {m.id: m for _, m in self.people[max(0, index - _LOOK_BACK) : index] if m.named}
        found = tuple(i for i, m in named.items() if i in self.held or not (m.beside or i in self.speakers))
        return found if len(found) == number else ()

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
