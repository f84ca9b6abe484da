"""Who the speaker of a report is: names and descriptions in its source, pronouns, and speakers that nobody names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from habeas import vocab
from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Cast, Member, Role
from habeas.extraction.document import Page
from habeas.extraction.entities_names import demonyms
from habeas.extraction.nouns import noun_at
from habeas.extraction.reading import Span, Speaker
from habeas.extraction.references import References

_GENDERS = {"he": "male", "she": "female", "his": "male", "her": "female", "him": "male"}
_WE = frozenset(["we", "our", "us"])
_PLURAL = frozenset(["they", "their", "them", "both", "all", "others"])
_RELATIVE = frozenset(["who", "which", "whom", "that"])


class Speakers:
    """Resolves the sources of a page's reports, in text order."""

    def __init__(self, page: Page, cast: Cast, references: References) -> None:
        self.page, self.cast, self.references = page, cast, references
        self.last: list[tuple[int, Member]] = []  # who spoke, with the end of the report, in text order

    def all(self, reports: Sequence[Report]) -> list[Speaker]:
        """One speaker for each report, in the same order."""
        speakers = []
        for report in reports:
            member = self._member(report)
            if member is not None:
                self.last.append((report.end, member))
            speakers.append(self._speaker(report, member))
        return speakers

    def _member(self, report: Report) -> Member | None:
        if not report.source:
            return None
        start, end = report.source[0][0], report.source[-1][1]
        words = self.page.text[start:end].split()
        word = words[0].lower().strip(",.") if words else ""
        if len(words) == 1 and word in {"it", "this", "that", *_RELATIVE, *_GENDERS, *_WE, *_PLURAL}:
            return self._pronoun(word, start)
        return self._phrase(start, end) or self._stranger(start, end)

    # -- pronouns ------------------------------------------------------------------------------------------------

    def _pronoun(self, word: str, at: int) -> Member | None:
        if word in _RELATIVE:
            return next((member for span, member in self.references.backwards(at) if at - span[1] < 40), None)
        if word in _GENDERS:
            return self._person(_GENDERS[word], at)
        if word in _WE:
            return self._author()
        if word in _PLURAL:
            return self._plural(at)
        return self._neuter(at)

    def _person(self, gender: str, at: int) -> Member | None:
        """ "He" is whoever spoke last, if the gender fits; else the person named last."""
        sentence = self.page.sentence_index(at)
        low = self.page.sentences[max(0, sentence - 1)].start
        for span, member in self.references.backwards(at):
            if span[0] < low:
                break
            if member.kind == "person" and member.gender == gender and self._is_subject(span):
                return member
        for _, member in reversed(self.last):
            if member.kind == "person" and member.gender in {None, gender}:
                return member
        return next((m for _, m in self.references.backwards(at) if m.kind == "person" and m.gender in {None, gender}), None)

    def _is_subject(self, span: Span) -> bool:
        """Whether the mention opens its sentence."""
        sentence = self.page.sentence_at(span[0])
        return len(self.page.token_range(sentence.start, span[0])) <= 3

    def _author(self) -> Member | None:
        """ "We" outside quotations is the organisation that issues the text: the one that it names first."""
        organisations = [m for m in self.cast if m.kind == "organisation" and m.mentions and m.named]
        return min(organisations, key=lambda m: min(m.mentions), default=None)

    def _plural(self, at: int) -> Member | None:
        low = self.page.sentences[max(0, self.page.sentence_index(at) - 1)].start
        spoke = next((m for end, m in reversed(self.last) if m.kind in {"group", "organisation"} and end > low - 200), None)
        return spoke or next((m for _, m in self.references.backwards(at) if m.kind == "group"), None)

    def _neuter(self, at: int) -> Member | None:
        spoke = next((m for _, m in reversed(self.last) if m.kind == "organisation"), None)
        return spoke or next((m for _, m in self.references.backwards(at) if m.kind == "organisation"), None)

    # -- phrases -------------------------------------------------------------------------------------------------

    def _phrase(self, start: int, end: int) -> Member | None:
        """Whom the words name: the description that spans them, else the first name that owns nothing."""
        covering = [(span, m) for span, m in self.cast.phrases if start <= span[0] <= start + 5 and span[1] <= end + 1]
        if covering:
            return max(covering, key=lambda pair: pair[0][1])[1]
        found = [(span, self.cast.members[i]) for span, i in self.references.between(start, end)]
        free = [pair for pair in found if self.page.text[pair[0][1] : pair[0][1] + 2] not in {"'s", "’s"}]
        people = [m for _, m in free if m.kind == "person" and m.named]
        if people and (not free or free[0][1].kind != "group"):
            return people[0]
        return (free or found or [(None, None)])[0][1]

    def _stranger(self, start: int, end: int) -> Member | None:
        """A new member for words that mean nobody yet: one person, or several."""
        text = " ".join(self.page.text[start:end].split())
        first = self.page.token_index(start)
        tokens = [t for t in self.page.tokens[first : self.page.token_index(end)] if t.text[0].isalnum()]
        if not tokens or len(text) > 120:
            return None
        head = next((t for i, t in enumerate(tokens) if i + 1 == len(tokens) or tokens[i + 1].lower in {"of", "who", "in", "for", "from", "with", "close", "which"}), tokens[-1])
        plural = head.lower.endswith("s") and not head.lower.endswith("ss")
        member = self.cast.add("group" if plural else "person", text)
        self.references.add_mention(member, (start, end))
        return member

    # -- role and organisation -----------------------------------------------------------------------------------

    def _speaker(self, report: Report, member: Member | None) -> Speaker:
        if member is None:
            return Speaker(report.source)
        role, organisation = self._office(member, report)
        return Speaker(report.source, member.id, role, organisation)

    def _office(self, member: Member, report: Report) -> tuple[str | None, str | None]:
        """Role and organisation of a member, from anywhere on the page, the fullest office first."""
        if member.kind not in {"person", "group"}:
            return None, None
        roles = [r for r in member.roles if not _is_detained_role(r)]
        if not roles:
            return None, None
        best = next((r for r in roles if r.organisation), roles[0])
        organisation = best.organisation or next((r.organisation for r in roles if r.organisation), None)
        role = plain_role(best.words)
        return role or None, _without_article(organisation)


def _is_detained_role(role: Role) -> bool:
    last = role.words.lower().split()
    return bool(last) and last[-1] in _detained_words()


@cache
def _detained_words() -> frozenset[str]:
    return frozenset(vocab.load("en", "roles")["detained"])


@cache
def _dropped() -> frozenset[str]:
    return frozenset(["senior", "top", "unidentified", "unnamed", "anonymous", "veteran", "prominent", "leading", "convicted", "detained", "jailed", "old", "elderly", "young", "another", "second", "third", "other", "local", "high-ranking", "new", "her", "his", "their", "own", "same", "well-known", "pregnant", "informed", "longtime", "long-time", "late"])


def plain_role(words: str) -> str:
    """The office without what only qualifies the person: "A senior Turkish official" is an official."""
    kept = [w for w in words.split() if w.lower() not in _dropped() and w.lower() not in demonyms()]
    return " ".join(kept)


def _without_article(name: str | None) -> str | None:
    if name and name.lower().startswith("the "):
        return name[4:]
    return name
