"""Who the speaker of a report is: names and descriptions in its source, pronouns, and speakers that nobody names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from habeas import vocab
from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Cast, Member
from habeas.extraction.document import Page
from habeas.extraction.entities.states import acting
from habeas.extraction.entities.words import titles
from habeas.extraction.lexicon import words
from habeas.extraction.nouns import noun_at
from habeas.extraction.reading import Span, Speaker
from habeas.extraction.references.belonging import belong
from habeas.extraction.references.find import References
from habeas.extraction.references.heard import Heard, Voice
from habeas.extraction.references.houses import bench, called, read_for
from habeas.extraction.references.introduced import introduce
from habeas.extraction.references.own_words import relate
from habeas.extraction.references.pronouns import SINGULAR
from habeas.extraction.references.subjects import with_source
from habeas.extraction.roles import office

_NEAR = 60  # mentions: nobody is sought farther back
_OPENING = 3  # sentences in which somebody is described who is named right after
_LONGEST = 160  # code points of a source that can still be somebody nobody names


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in vocab.load("en", "roles")["speakers"].items() if key != "alike"}


class Speakers:
    """Resolves the sources of a page's reports, in text order."""

    def __init__(self, page: Page, cast: Cast, references: References) -> None:
        self.page, self.cast, self.references = page, cast, references
        self.last: list[tuple[int, Member]] = []  # who spoke, with the end of the report, in text order
        self.voices: list[Voice] = []
        self.heard = Heard(page, references)
        self._phrase_starts = [span[0] for span, _ in cast.phrases]

    def all(self, reports: Sequence[Report]) -> list[Speaker]:
        """One speaker for each report, in the same order. Tells the references who said what."""
        members: list[Member | None] = []
        reports = [with_source(self.page, self.references, report) for report in reports]
        for report in reports:
            member = self._member(report)
            if member is not None:
                self._was_foretold(report, member)
                self.last.append((report.end, member))
                self.voices.append(Voice(report, member))
            members.append(member)
        pairs = self._meant(reports, members)
        for report, member in pairs:
            if member is not None:
                introduce(self.page, self.references, report.source, member)
        for report, member in pairs:
            if member is not None:
                belong(self.references, report, member)
        pairs = self._meant(reports, members)
        self.references.hear((report.content, member) for report, member in pairs if member is not None)
        for report, member in pairs:
            if member is not None:  # only now is it known who is held
                relate(self.page, self.references, report, member)
        return [self._speaker(report, member) for report, member in pairs]

    def _meant(self, reports: Sequence[Report], members: Sequence[Member | None]) -> list[tuple[Report, Member | None]]:
        """Each report with who makes it, by now: a later source may have made two of them one."""
        meant = (member and self.cast.now(member) for member in members)
        return list(zip(reports, meant, strict=True))

    def _member(self, report: Report) -> Member | None:
        if not report.source:
            return None
        start, end = report.source[0][0], report.source[-1][1]
        words = self.page.text[start : report.source[0][1]].split()
        word = words[0].lower().strip(",.:;\"“”'") if words else ""
        if len(words) == 1 and word in _lists()["pronouns"] | SINGULAR.keys():
            meant = self._pronoun(word, start, report)
            return acting(self.cast, meant) if meant else None
        member = self._phrase(start, end)
        if member is not None:
            return acting(self.cast, member)
        return self._writer(words) or self._stranger(start, end)

    def _was_foretold(self, report: Report, member: Member) -> None:
        """Makes one of "his lawyer said" in the opening and the name that soon after speaks, told no more of."""
        at = report.source[0][0]
        if not member.named or member.roles or min(member.mentions) != report.source[0]:
            return
        sentence = self.page.sentence_index(at)
        if sentence > 2 * _OPENING:
            return
        opening = self.page.sentences[min(_OPENING, sentence)].start
        spoke = {m.id: m for end, one in self.last if end <= opening for m in [self.cast.now(one)]}
        close = [m for m in spoke.values() if m.kind == "person" and not m.named and (m.kin or m.lawyer)]
        if member.kind == "person" and len(close) == 1 and close[0].fits(member.gender):
            self.references.merge(close[0], member)

    # -- pronouns ------------------------------------------------------------------------------------------------

    def _pronoun(self, word: str, at: int, report: Report) -> Member | None:
        if word in _lists()["relative"]:
            return next((member for span, member in self._back(at) if at - span[1] < 40), None)
        if word in SINGULAR:
            return self._person(word, at, report)
        if word in _lists()["first"]:
            return self._author()
        if word in _lists()["plural"]:
            return self._plural(at)
        return self._neuter(at)

    def _back(self, at: int) -> Iterator[tuple[Span, Member]]:
        for count, pair in enumerate(self.references.backwards(at)):
            if count >= _NEAR:
                return
            yield pair

    def _person(self, word: str, at: int, report: Report) -> Member | None:
        """ "He" as a source; what follows counts that pronoun as a mention of whom it means."""
        meant = self.heard.best(word, report, self.voices)
        if meant is not None:
            self.references.settle(at, meant.id)
        return meant

    def _author(self) -> Member | None:
        """ "We" outside quotations is who issues the text: "we, the undersigned", else the organisation named first."""
        signed = next((m for _, m in self.last if m.name.lower().split()[-1] in _lists()["signing"]), None)
        organisations = [m for m in self.cast if m.kind == "organisation" and m.mentions and m.named]
        return signed or min(organisations, key=lambda m: min(m.mentions), default=None)

    def _plural(self, at: int) -> Member | None:
        low = self.page.sentences[max(0, self.page.sentence_index(at) - 1)].start
        kinds = {"group", "organisation"}
        spoke = next((m for end, m in reversed(self.last[-4:]) if m.kind in kinds and end > low - 200), None)
        return spoke or next((m for _, m in self._back(at) if m.kind == "group"), None)

    def _neuter(self, at: int) -> Member | None:
        spoke = next((m for _, m in reversed(self.last[-8:]) if m.kind == "organisation"), None)
        return spoke or next((m for _, m in self._back(at) if m.kind == "organisation"), None)

    # -- phrases -------------------------------------------------------------------------------------------------

    def _phrase(self, start: int, end: int) -> Member | None:
        """Whom the words name: the description that opens them, made one with the name in apposition to it."""
        opening = self._opening(start, end)
        found = [(span, self.cast.members[i]) for span, i in self.references.between(start, end)]
        free = [pair for pair in found if self.page.text[pair[0][1] : pair[0][1] + 2] not in {"'s", "’s"}]
        apposed = next(
            (
                m
                for span, m in free
                if m.kind == "person" and m.named and self._is_apposed(start, span) and not self._is_served(start, span)
            ),
            None,
        )
        if opening is None:
            return apposed or next(iter([m for _, m in free] or [m for _, m in found]), None)
        if apposed is None or apposed is opening or opening.named or opening.kind != "person":
            return opening
        if opening.fits(apposed.gender):
            self.references.merge(opening, apposed)
        return apposed

    def _is_apposed(self, start: int, span: Span) -> bool:
        """Whether a name stands for the whole phrase: it opens it, or comes after a comma or right after a noun."""
        if span[0] - start <= 5:
            return True
        tokens = self.page.tokens
        at = self.page.token_index(span[0]) - 1
        while at > 0 and tokens[at].text in {".", "“", '"'} | {t for t in (tokens[at].text,) if t.lower() in titles()}:
            at -= 1
        return tokens[at].text == "," or noun_at(tokens, at) is not None

    def _is_served(self, start: int, span: Span) -> bool:
        """Whether a lawyer opens the phrase and the name is of whom they act for: "counsel for the MP X"."""
        tokens, first, at = self.page.tokens, self.page.token_index(start), self.page.token_index(span[0]) - 1
        first += tokens[first].lower in words().determiners
        opens, noun = noun_at(tokens, first), noun_at(tokens, at)
        if not opens or not opens.lawyer or not noun or noun.kind != "person":
            return False
        at -= tokens[at - 1].lower in words().determiners
        return first < at - 1 and tokens[at - 1].lower in {"for", "of"}

    def _opening(self, start: int, end: int) -> Member | None:
        """Whom a description means that begins where the words begin, the longest one."""
        first = bisect_left(self._phrase_starts, start)
        best: tuple[int, Member] | None = None
        for span, member in self.cast.phrases[first : first + 12]:
            if span[0] > start + 5:
                break
            if span[1] <= end + 1 and (best is None or span[1] > best[0]):
                best = span[1], member
        return best[1] if best else None

    def _writer(self, words: Sequence[str]) -> Member | None:
        """Who speaks in "the letter", "the statement": whoever spoke last."""
        last = words[-1].lower().strip(",.:;") if words else ""
        if last in _lists()["papers"] and self.last:
            return self.last[-1][1]
        return None

    def _stranger(self, start: int, end: int) -> Member | None:
        """A new member for words that mean nobody yet: one person, or several."""
        text = " ".join(self.page.text[start:end].split())
        tokens = [self.page.tokens[i] for i in self.page.token_range(start, end)]
        words = [token.lower for token in tokens if token.text[0].isalnum()]
        if not words or len(text) > _LONGEST:
            return None
        stop = next((i for i, word in enumerate(words) if i and word in _lists()["tails"]), len(words))
        head = words[stop - 1]
        noun = noun_at(tokens, next(i for i, token in enumerate(tokens) if token.lower == head))
        several = head in _lists()["anybody"] or (head.endswith("s") and not head.endswith("ss"))
        kind = noun.kind if noun else ("group" if several else "person")
        member = self.cast.add(kind, text)
        self.references.add_mention(member, (start, end))
        return member

    def _speaker(self, report: Report, member: Member | None) -> Speaker:
        if member is None:
            return Speaker(report.source)
        relatives = [m for m in self.cast if m.owner == member.id and m.kin and self.references.is_held(m.id)]
        if member.named and member.kind == "person":
            member.house = member.house or read_for(self.page, self.references, report)
        role, organisation = office(member, relatives)
        role = role or self._parent(member)
        if organisation is None and member.named and (role or "").lower() in _lists()["bench"]:
            organisation = bench(self.page, self.references, report)
        organisation = called(self.references, organisation) if organisation else None
        if self.references.is_held(member.id) and not member.beside:
            organisation = None  # what somebody held belongs to is their profile: they speak for themselves
        return Speaker(report.source, member.id, role, organisation)

    def _parent(self, member: Member) -> str | None:
        """ "mother" for Umm Nidal where a Nidal is held whom the page names."""
        first, _, child = member.name.lower().partition(" ")
        parent = _kunyas().get(first)
        if parent is None or not child or self.references.is_held(member.id):
            return None
        held = (self.cast.members[entity] for entity in self.references.detained())
        given = {m.name.lower().split()[0] for m in held if m.named and m.kind == "person"}
        return parent if given.intersection(child.split()[:1]) else None


@cache
def _kunyas() -> Mapping[str, str]:
    found: Mapping[str, str] = vocab.load("en", "roles")["meant"]["kunyas"]
    return found
