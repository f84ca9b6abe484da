"""Names on the page: runs of capitalised words, what kind of thing each means, and the titles that come before them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from habeas import vocab
from habeas.extraction.document import Page, Token
from habeas.extraction.lexicon import closed_words, cue_forms, words
from habeas.extraction.nouns import Noun, noun_at
from habeas.extraction.reading import EntityKind
from habeas.extraction.text import folded

_ARTICLE = re.compile(r"(?:al|el|as|ash|ad|an|at|az|ar|ul|ur|d|l|o|mc|de)['-][^\W\d_]", re.IGNORECASE)
_ORG_LINK = frozenset(["of", "for", "against", "to", "on", "in"])
_AGE = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class Name:
    """A run of tokens [first, last) that names something; titles before it are left out and kept in `title`."""

    first: int
    last: int
    text: str
    kind: EntityKind
    title: str | None = None  # "Dr", "prisoner", "Foreign Minister": as written, joined by spaces


@cache
def _titles() -> frozenset[str]:
    table = vocab.load("en", "honorifics")
    return frozenset([*table["neutral"], *table["male"], *table["female"]])


@cache
def particles() -> frozenset[str]:
    """Small words inside a person's name."""
    return frozenset(vocab.load("en", "honorifics")["particles"])


@cache
def _organisation_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = vocab.load("en", "organisations")
    return frozenset(table["heads"]), frozenset(folded(name) for name in table["known"]), frozenset(table["nouns"])


@cache
def _place_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = vocab.load("en", "places")
    known = [*table["countries"], *table["capitals"]]
    return frozenset([*table["heads"], *table["custodial"]]), frozenset(folded(n) for n in known), frozenset(table["custodial"])


@cache
def demonyms() -> frozenset[str]:
    """Words for what is of a country, lower case."""
    return frozenset(word.lower() for word in vocab.load("en", "places")["demonyms"]["words"])


def find_names(page: Page) -> list[Name]:
    """The names of a page, in text order. A name's kind is settled over all the places where it stands."""
    runs = _Runs(page)
    found = runs.all()
    votes = {text: _settled(counter) for text, counter in runs.votes.items()}
    return [Name(n.first, n.last, n.text, _kind(n.text, votes), n.title) for n in found]


def _settled(counter: Counter[str]) -> EntityKind:
    kind = counter.most_common(1)[0][0]
    return "person" if kind == "person" else "organisation" if kind == "organisation" else "place"


def _kind(text: str, votes: dict[str, EntityKind]) -> EntityKind:
    return votes.get(folded(text), "person")


class _Runs:
    """One page's capitalised runs, and what their surroundings say about each name."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tokens = page.tokens
        self.votes: dict[str, Counter[str]] = {}
        self.starts = {sentence.first_token for sentence in page.sentences}
        self.lower_seen = {t.text for t in page.tokens if t.text[0].islower()}
        self.capital_seen = {t.text for i, t in enumerate(page.tokens) if t.is_capital and not self._is_initial(i)}

    def _is_initial(self, at: int) -> bool:
        """Whether a capital here may only be a sentence's: at its start, or after an opening mark or a colon."""
        if at in self.starts:
            return True
        before = self.tokens[at - 1].text
        return before in {"“", '"', "‘", "«", "(", ":", "•", "-", "–", "—", "…", "”"} and (at - 1 in self.starts or before in {"“", '"', "‘", "«", ":"})

    def all(self) -> list[Name]:
        found: list[Name] = []
        at = 0
        while at < len(self.tokens):
            if not self.is_name(at):
                at += 1
                continue
            end = self._run_end(at)
            found += self._cut(at, end)
            at = max(end, at + 1)
        return found

    def is_name(self, at: int) -> bool:
        """Whether the token can stand in a name."""
        token = self.tokens[at]
        if not token.text[0].isalpha():
            return False
        if not token.is_capital:
            return bool(_ARTICLE.match(token.text)) and any(c.isupper() for c in token.text)
        word = token.lower
        if word in closed_words() or word in words().weekdays or (word in words().months and word not in {"may", "jan", "mar"}):
            return word in {"al", "el"} and at + 1 < len(self.tokens) and self.tokens[at + 1].is_capital
        return not self._is_initial(at) or self._initial_name(at)

    def _initial_name(self, at: int) -> bool:
        token, after = self.tokens[at], self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        word = token.lower
        if word in demonyms() or token.text in self.capital_seen or folded(token.text) in _place_words()[1] | _organisation_words()[1]:
            return True
        if after and after.is_capital and after.lower not in closed_words() and after.text[0].isalpha():
            return not (word in self.lower_seen and word not in _titles()) or word in _organisation_words()[0] or noun_at(self.tokens, at) is not None
        if word in self.lower_seen or noun_at(self.tokens, at) or word in words().numbers or word in cue_forms():
            return False
        if word.endswith(("ing", "ed", "ly", "ions", "ment", "ness")) or word in _organisation_words()[0] | _place_words()[0]:
            return False
        if len(token.text) > 1 and token.text.isupper():
            return True
        return after is not None and (after.lower in {"'s", ",", "and", "(", "al", "bin"} or after.lower in words().auxiliaries | words().irregular_past or after.lower.endswith("ed") or after.lower in cue_forms())

    def _run_end(self, at: int) -> int:
        end = at + 1
        while end < len(self.tokens):
            step = self._step(at, end)
            if step == end:
                break
            end = step
        return end

    def _step(self, first: int, end: int) -> int:
        """One past what the run can take in at `end`; `end` itself where it stops."""
        token = self.tokens[end]
        if not self._near(end):
            return end
        if self.is_name(end) and end not in self.starts:
            return end + 1
        if token.text == "." and self._is_short(end - 1) and self._name_follows(end + 1):
            return end + 2
        if token.lower in particles() and not token.is_capital and self._name_follows(end + 1):
            return end + 2
        if token.text in {"'", "’"} and self.tokens[end - 1].lower.endswith("s") and self._name_follows(end + 1):
            return end + 2
        if token.lower == "'s" and self._name_follows(end + 1) and self._is_head(end + 1):
            return end + 2
        if token.text == "&" and self._name_follows(end + 1):
            return end + 2
        if token.lower in _ORG_LINK and any(self.tokens[i].lower in _organisation_words()[0] for i in range(first, end)):
            return self._link(end)
        if token.lower == "no" or token.text == "No":
            return end + 3 if end + 2 < len(self.tokens) and self.tokens[end + 1].text == "." and self.tokens[end + 2].text[0].isdigit() else end
        return end

    def _link(self, end: int) -> int:
        token = self.tokens[end].lower
        at = end + 1
        if at < len(self.tokens) and self.tokens[at].lower == "the" and token in {"of", "for"}:
            at += 1
        if not self._name_follows(at):
            return end
        if token in {"in", "on", "to"}:
            return end
        return at + 1

    def _near(self, at: int) -> bool:
        gap = self.page.text[self.tokens[at - 1].end : self.tokens[at].start]
        return len(gap) <= 1 or not ("\n" in gap and gap.count("\n") > 1)

    def _is_short(self, at: int) -> bool:
        token = self.tokens[at]
        return (len(token.text) == 1 and token.text.isupper()) or (len(token.text) <= 5 and token.lower in _titles())

    def _name_follows(self, at: int) -> bool:
        return at < len(self.tokens) and self.is_name(at) and self._near(at)

    def _is_head(self, at: int) -> bool:
        end = at
        while self._name_follows(end):
            if self.tokens[end].lower in _organisation_words()[0] | _place_words()[0]:
                return True
            end += 1
        return False

    def _cut(self, first: int, last: int) -> list[Name]:
        """The name or names in a run: titles stripped, demonyms alone dropped, votes cast."""
        tokens = self.tokens
        while last > first and tokens[last - 1].lower in {"'s", "."}:
            last -= 1
        start = self._after_titles(first, last)
        title = " ".join(t.text for t in tokens[first:start] if t.text != ".") or None
        body = [tokens[i] for i in range(start, last)]
        if not body or all(t.lower in demonyms() for t in body):
            return []
        if len(body) == 1 and (len(body[0].text) == 1 or (not title and self._is_common(start))):
            return []
        last = self._with_head(start, last)
        text = self.page.text[tokens[start].start : tokens[last - 1].end]
        kind = self._vote(start, last, title)
        return [Name(start, last, " ".join(text.split()), kind, title)]

    def _is_common(self, at: int) -> bool:
        """Whether a lone capitalised word is a common noun with a capital ("Police", "Attorney")."""
        word = self.tokens[at].lower
        known = _organisation_words()[1] | _place_words()[1]
        return word not in known and (noun_at(self.tokens, at) is not None or word in _titles())

    def _after_titles(self, first: int, last: int) -> int:
        start = first
        while start < last - 1:
            word = self.tokens[start].lower
            noun = noun_at(self.tokens, start)
            rest = {self.tokens[i].lower for i in range(start + 1, last)}
            if word in _titles() or (noun is not None and noun.kind == "person") or (word in {"deputy", "foreign", "interior", "justice", "defence", "defense", "information", "former", "prime", "rights", "additional", "vice", "chief"} and self._role_follows(start + 1, last)):
                if rest & _organisation_words()[0] and not (noun and noun.kind == "person" and not rest & {"watch", "association", "network", "union", "club", "society", "federation", "committee", "defenders", "lawyers", "ministry", "centre", "center", "foundation", "commission"}):
                    break
                start += noun.length if noun and noun.length and start + noun.length < last else 1
                if start < last - 1 and self.tokens[start].text == ".":
                    start += 1
                continue
            break
        return start

    def _role_follows(self, at: int, last: int) -> bool:
        return any((n := noun_at(self.tokens, i)) is not None and n.kind == "person" for i in range(at, last))

    def _with_head(self, first: int, last: int) -> int:
        """The run with the plain noun that says what it is: "Wadi Namir prison", "Rehan military court"."""
        end = last
        while end < min(len(self.tokens), last + 3):
            word = self.tokens[end].lower
            pair = f"{word} {self.tokens[end + 1].lower}" if end + 1 < len(self.tokens) else word
            if pair in _place_words()[2]:
                return end + 2
            if word in _place_words()[2] and word not in {"station"}:
                return end + 1
            if word in {"court", "tribunal", "village", "crossing", "newspaper", "agency", "hospital"} and word != "agency":
                return end + 1
            if word in {"movement"} and end == last:
                return last
            if word not in {"military", "district", "central", "city", "appeals", "supreme", "high", "criminal", "prison", "women's", "civil", "remand", "penal", "detention", "training", "state", "military-run", "refugee", "regional", "magistrate", "magistrate's", "general", "administrative", "juvenile"}:
                return last
            end += 1
        return last

    def _vote(self, first: int, last: int, title: str | None) -> EntityKind:
        text = self.page.text[self.tokens[first].start : self.tokens[last - 1].end]
        counter = self.votes.setdefault(folded(" ".join(text.split())), Counter())
        kind, weight = self._evidence(first, last, title)
        counter[kind] += weight
        return kind

    def _evidence(self, first: int, last: int, title: str | None) -> tuple[EntityKind, int]:
        lower = [self.tokens[i].lower for i in range(first, last)]
        text = folded(" ".join(self.page.text[self.tokens[first].start : self.tokens[last - 1].end].split()))
        if text in _place_words()[1]:
            return "place", 100
        if text in _organisation_words()[1] or text.removeprefix("the ") in _organisation_words()[1]:
            return "organisation", 100
        head = self._head(lower)
        if head and not (title and head not in {"court", "ministry"}):
            return head, 50
        around = self._around(first, last, title)
        if around:
            return around
        if len(lower) == 1 and self.tokens[first].text.isupper() and len(lower[0]) > 1:
            return ("place", 3) if self._is_dateline(first) else ("organisation", 3)
        return ("person", 2) if len(lower) > 1 else ("person", 1)

    def _head(self, lower: list[str]) -> EntityKind | None:
        """What the noun that heads a name makes it: the last word, or the word before "of"."""
        stop = next((i for i, word in enumerate(lower) if word in {"of", "for"}), len(lower))
        head = lower[stop - 1] if stop else ""
        if head in {"centre", "center", "station", "bank", "state"}:
            custodial = {"detention", "removal", "remand", "correctional", "prison", "medical", "police", "holding", "rehabilitation"}
            return "place" if custodial & set(lower) or head in {"bank", "state"} else "organisation"
        if head in _place_words()[0] and head not in {"court"}:
            return "place"
        if any(word in _organisation_words()[0] for word in lower[:stop]):
            return "organisation"
        return None

    def _around(self, first: int, last: int, title: str | None) -> tuple[EntityKind, int] | None:
        tokens = self.tokens
        before = tokens[first - 1].lower if first else ""
        noun = _noun_before(tokens, first)
        if title and title.lower().rstrip(".") in _titles() or (noun and noun.kind == "person" and self._adjacent(first)):
            return "person", 20
        after = tokens[last].lower if last < len(tokens) else ""
        apposed = self._apposed(last)
        if apposed:
            return apposed, 10
        if after == "'s" and last + 1 < len(tokens):
            owned = _noun_within(tokens, last + 1)
            if owned and owned.kind == "person" and owned.kin:
                return "person", 8
        if after in {",", "("} and last + 1 < len(tokens) and _AGE.fullmatch(tokens[last + 1].text) and tokens[last + 1].text != "":
            return "person", 10
        if self._is_dateline(first):
            return "place", 20
        if before in {"in", "at", "near", "outside", "around", "across", "into"}:
            return "place", 4 if last - first == 1 else 5
        if before in {"from", "of", "to"} and last - first == 1:
            return "place", 1
        if noun and noun.kind == "organisation" and self._adjacent(first):
            return "organisation", 6
        return None

    def _adjacent(self, first: int) -> bool:
        return first > 0 and self.page.text[self.tokens[first - 1].end : self.tokens[first].start].strip() == ""

    def _is_dateline(self, first: int) -> bool:
        """Whether the name opens a paragraph as the place it was written in: "RAMALLAH, 14 September --"."""
        sentence = self.page.sentence_at(self.tokens[first].start)
        if sentence.first_token != first and self.tokens[first - 1].text not in {"/", ","}:
            return False
        head = self.page.text[sentence.start : sentence.start + 60]
        return bool(re.match(r"[^.\n]{2,50}?(?:\([^)]*\)\s*)?(?:—|–|--| - )", head)) and self.tokens[first].start - sentence.start < 40

    def _apposed(self, last: int) -> EntityKind | None:
        tokens = self.tokens
        if last + 2 >= len(tokens) or tokens[last].text != "," or tokens[last + 1].lower not in {"a", "an", "the", "his", "her", "its", "their", "one"}:
            return None
        noun = _noun_within(tokens, last + 2)
        if noun is None:
            return None
        return "person" if noun.kind in {"person", "group"} else noun.kind


def _noun_before(tokens: tuple[Token, ...], first: int) -> Noun | None:
    for back in (3, 2, 1):
        if first - back >= 0:
            noun = noun_at(tokens, first - back)
            if noun and noun.length == back:
                return noun
    return None


def _noun_within(tokens: tuple[Token, ...], first: int) -> Noun | None:
    """The first noun of people, organisations or places in the phrase that begins at token `first`."""
    best: Noun | None = None
    for at in range(first, min(len(tokens), first + 6)):
        if tokens[at].lower in {",", ".", "of", "in", "for", "who", "and", "'s", "at", "from", "with"}:
            break
        best = noun_at(tokens, at) or best
    return best
