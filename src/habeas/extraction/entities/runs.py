"""Runs of capitalised words: which words can stand in a name, and where a name goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from habeas.extraction.document import Page
from habeas.extraction.entities.words import alias_begins, is_given, kunyas, name_words, particles
from habeas.extraction.lexicon import closed_words, cue_forms, words
from habeas.extraction.nouns import noun_at
from habeas.extraction.quotes import CLOSING, OPENING
from habeas.extraction.spelling import plain
from habeas.extraction.text import folded

_ARTICLE = re.compile(r"(?:al|el|as|ash|ad|an|at|az|ar|ul|ur|d|l|o|mc|de)['-][^\W\d_]", re.IGNORECASE)
_COMMON = re.compile(r".+(?:ing|ed|ly|ions|ment|ness)")
_OPENERS = frozenset(["“", '"', "‘", "«", "(", ":", "•", "-", "–", "—", "…", "”"])
_NICKNAME = OPENING | CLOSING | {"'"}
_LINKS = frozenset(["of", "for", "against"])
_STOPS = frozenset('.!?…;,”"»')
_HEAD = 2  # lines that a headline can take
_TITLED = 4  # longer words that make a line one
_LONGEST_RUN = 60  # tokens: what goes on longer in capitals is a list or a headline, and costs its square to look at


def _is_articled(word: str) -> bool:
    """Whether a word is a name with its article: "al-Dulaimi", "El-Badri", "O'Neill"."""
    return bool(_ARTICLE.match(word)) and re.split("['-]", word, maxsplit=1)[-1][:1].isupper()


class Runs:
    """The words of one page that can stand in names, by token."""

    def __init__(self, page: Page) -> None:
        self.page, self.tokens = page, page.tokens
        self.starts = {sentence.first_token for sentence in page.sentences}
        self.headlines = {at for first, last in self._titled() for at in range(first, last)}
        self.lower_seen = {t.text for t in page.tokens if t.text[0].islower()}
        self.capital_seen = {t.text for i, t in enumerate(page.tokens) if t.is_capital and not self._is_initial(i)}
        self._known: dict[int, bool] = {}

    def _titled(self) -> Iterator[tuple[int, int]]:
        """Token ranges of the page's opening lines that have a capital on every longer word: headlines."""
        page = self.page
        for sentence in page.sentences[:_HEAD]:
            start, end = page.paragraphs[sentence.paragraph]
            if sentence.start != start or page.text[start:end].rstrip()[-1:] in _STOPS:
                return
            if sentence.end < end:
                return
            inside = [t for t in self.tokens[sentence.first_token :] if t.start < end]
            longer = [t for t in inside if len(t.text) > 3 and t.text.isalpha()]
            dated = any(t.text[0].isdigit() or t.lower in words().weekdays for t in inside)
            if len(longer) >= _TITLED and not dated and all(t.is_capital for t in longer):
                yield sentence.first_token, sentence.first_token + len(inside)

    def _is_initial(self, at: int) -> bool:
        """Whether a capital here may only be a sentence's: at its start, or after an opening mark or a colon."""
        if at in self.starts or at in self.headlines:
            return True
        before = self.tokens[at - 1].text
        if before == '"' and self.tokens[at - 1].end < self.tokens[at].start and at - 1 not in self.starts:
            return False  # a straight mark with a space after it closes: the surname of Isabel "Bela" Kapunga
        if before in OPENING and alias_begins(self.tokens, at - 1) is not None:
            return False
        return before in _OPENERS and (at - 1 in self.starts or before in OPENING | {":"})

    def is_name(self, at: int) -> bool:
        """Whether the token can stand in a name."""
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = self._can_be_name(at)
        return known

    def _can_be_name(self, at: int) -> bool:
        token = self.tokens[at]
        if not token.text[0].isalpha():
            return False
        if not token.is_capital:
            return bool(_ARTICLE.match(token.text)) and any(c.isupper() for c in token.text)
        word = token.lower
        if self._is_abbreviated(at):
            return True
        if self._is_month(at) or word in closed_words() or word in words().weekdays:
            if at + 1 >= len(self.tokens) or not self.tokens[at + 1].is_capital:
                return False
            return word in {"al", "el"} or self._is_small_name(at)
        if at in self.headlines:
            return self._in_headline(at)
        return not self._is_initial(at) or self._has_nickname(at) or self._initial_name(at)

    def _is_small_name(self, at: int) -> bool:
        """ "judge So Myint", "his lawyer, Than Zaw": a small word with a capital that is not its sentence's."""
        before, after = self.tokens[at - 1], self.tokens[at + 1]
        if self.tokens[at].lower not in name_words().small_names or self._is_initial(at) or before.text in OPENING:
            return False
        lone = not before.is_capital or before.lower in name_words().titles
        return lone and after.lower not in closed_words() and self.is_name(at + 1)

    def _has_nickname(self, at: int) -> bool:
        """ "Isabel “Bela” Kapunga": a first name that another follows in marks."""
        return self._nickname_end(at + 1) is not None

    def _is_abbreviated(self, at: int) -> bool:
        """Whether a small word in capitals is a country's or a body's initials: the US, in no line of capitals."""
        text = self.tokens[at].text
        if len(text) < 2 or not text.isupper():
            return False
        if folded(text) not in name_words().places and folded(text) not in name_words().organisations:
            return False
        around = [self.tokens[i].text for i in (at - 1, at + 1) if 0 <= i < len(self.tokens)]
        return not any(len(word) > 1 and word.isupper() for word in around)

    def _is_month(self, at: int) -> bool:
        """Whether the token is a month and no name: neither May nor Jan, nor the APR of "APR's coordinator"."""
        token, following = self.tokens[at], self.tokens[at + 1].lower if at + 1 < len(self.tokens) else ""
        if token.lower in {"may", "jan", "mar"} or (token.text.isupper() and len(token.text) < 4 and following == "'s"):
            return False
        return token.lower in words().months

    def _initial_name(self, at: int) -> bool:
        """Whether a word whose capital may be the sentence's is a name all the same."""
        token, after = self.tokens[at], self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        word, known = token.lower, name_words()
        if word in known.demonyms or token.text in self.capital_seen or _is_articled(token.text):
            return True
        if (after and after.text == "." and (word in known.titles or self._is_letter(at))) or self._is_called(at):
            return True
        if folded(token.text) in known.places | known.organisations or self._has_article_after(at):
            return True
        if word in cue_forms():
            return False
        if after and after.is_capital and self._goes_on(at + 1) and after.text[0].isalpha():
            seen = word in self.lower_seen and word not in known.titles
            return not seen or word in known.organisation_heads or noun_at(self.tokens, at) is not None
        if after and after.lower == "'s" and (self.is_head(at + 2) or self._owns(at)):
            return True
        if after and after.lower == "of" and word in known.organisation_heads and self._is_named_by(at + 2):
            return True
        return self._alone(at, word, after.lower if after else "")

    def _in_headline(self, at: int) -> bool:
        """Whether a word of a headline is a name: one that the text has as one, or that is known."""
        token, known = self.tokens[at], name_words()
        if token.text in self.capital_seen or token.lower in known.demonyms:
            return True
        if folded(token.text) in known.places or folded(token.text) in known.organisations:
            return True
        common = token.lower in self.lower_seen or noun_at(self.tokens, at) or token.lower in cue_forms()
        return not common and (is_given(token.text) or (at - 1 in self.headlines and self._is_given_name(at - 1)))

    def _is_given_name(self, at: int) -> bool:
        return self.tokens[at].is_capital and is_given(self.tokens[at].text) and self.is_name(at)

    def _goes_on(self, at: int) -> bool:
        """Whether a capitalised word can stand inside a name: no small word, or as in "Writers Behind Walls"."""
        if self.tokens[at].lower not in closed_words():
            return True
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        small = self.tokens[at].lower in name_words().small
        inside = small and after is not None and after.is_capital and after.lower not in closed_words()
        return inside or self._closes_name(at)

    def _closes_name(self, at: int) -> bool:
        """Whether a small word with a capital ends an organisation's name: "Press Freedom Now", "Voices Inside"."""
        token = self.tokens[at]
        mine = token.is_capital and token.lower in name_words().last and at not in self.headlines | self.starts
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return mine and (after is None or not after.is_capital)

    def _is_letter(self, at: int) -> bool:
        """Whether a letter and a full stop open a name: "G. Lalitha"."""
        if len(self.tokens[at].text) > 1 or at + 2 >= len(self.tokens):
            return False
        return self.tokens[at + 2].is_capital and self.tokens[at + 2].lower not in closed_words()

    def _is_called(self, at: int) -> bool:
        """ "the group “Agora”", "a leader in “Al-Jisr”": one to four capitals in marks after what they are called."""
        if self._called_end(at) is None:
            return False
        noun = noun_at(self.tokens, at - 2)
        named = noun is not None and noun.kind in {"organisation", "place"}
        office = noun_at(self.tokens, at - 3) if at > 2 and self.tokens[at - 2].lower in {"in", "of"} else None
        named |= alias_begins(self.tokens, at - 1) is not None
        return named or (office is not None and office.kind in {"person", "organisation"})

    def _called_end(self, at: int) -> int | None:
        """One past one to four capitals that fill a pair of marks, small words between them aside; None for none."""
        if at < 2 or self.tokens[at - 1].text not in OPENING or self.tokens[at].lower in closed_words():
            return None
        for end in range(at, min(at + 5, len(self.tokens))):
            if not self.tokens[end].is_capital and self.tokens[end].lower not in {"and", "of", "for", "the"}:
                return end if end > at and self.tokens[end].text in CLOSING else None
        return None

    def _owns(self, at: int) -> bool:
        """ "Kestria's minister": a word that the page never has in small letters and that is no common noun."""
        word = self.tokens[at].lower
        return not (
            word in self.lower_seen or word in closed_words() or noun_at(self.tokens, at) or word in name_words().plain
        )

    def _is_named_by(self, at: int) -> bool:
        """Whether a name goes on after "of": "Party of the Common Roof"."""
        at += at < len(self.tokens) and self.tokens[at].lower == "the"
        return at < len(self.tokens) and self.tokens[at].is_capital and self.tokens[at].lower not in closed_words()

    def _has_article_after(self, at: int) -> bool:
        """ "Rusul al-Dulaimi": a word that neither the page nor the lists have as a common one, and a surname."""
        word, known = self.tokens[at].lower, name_words()
        if at + 1 >= len(self.tokens) or not _is_articled(self.tokens[at + 1].text):
            return False
        if (
            word in self.lower_seen
            or noun_at(self.tokens, at)
            or word in words().numbers | words().adverbs | known.plain
        ):
            return False
        common = word in cue_forms() or bool(_COMMON.fullmatch(word)) or word in known.titles
        return not (common or word in known.organisation_heads or word in known.place_heads)

    def _alone(self, at: int, word: str, after: str) -> bool:
        token, known = self.tokens[at], name_words()
        if word in self.lower_seen or noun_at(self.tokens, at) or word in words().numbers or word in cue_forms():
            return False
        if _COMMON.fullmatch(word) or word in known.organisation_heads or word in known.place_heads:
            return False
        if (len(token.text) > 1 and token.text.isupper()) or is_given(word) or after in {"al", "bin"}:
            return True
        return (after.endswith("ed") and after in cue_forms()) or after in {"said", "says", "told"}

    def run_end(self, at: int) -> int:
        """One past the last token of the run that begins at `at`."""
        if self._is_called(at) and (closed := self._called_end(at)):
            return closed
        end, most = at + 1, min(len(self.tokens), at + _LONGEST_RUN)
        while end < most:
            step = self._step(at, end)
            if step == end:
                break
            end = step
        return end

    def _step(self, first: int, end: int) -> int:
        """One past what the run can take in at `end`; `end` itself where it stops."""
        if not self.near(end):
            return end
        if self.is_name(end):
            return end + 1 if end not in self.starts else end
        if (
            self.tokens[end].is_capital
            and end not in self.starts
            and self.is_name(end - 1)
            and self._name_follows(end + 1)
        ):
            return end + 2 if self.tokens[end].lower in name_words().small else end
        if self._closes_name(end) and self.is_name(end - 1):
            return end + 1
        token = self.tokens[end]
        if token.lower in particles() and not token.is_capital:
            return end + 2 if self._name_follows(end + 1) else end
        if token.text[0].isalpha():
            return self._word_step(first, end)
        return self._mark_step(end)

    def _mark_step(self, end: int) -> int:
        token, follows = self.tokens[end], self._name_follows(end + 1)
        if closed := self._nickname_end(end):
            return closed + 2
        if token.text == "." and follows and self._is_short(end - 1):
            return end + 2
        if token.text in {"'", "’"} and follows and self.tokens[end - 1].lower.endswith("s"):
            return end + 2
        if token.lower == "'s" and follows and self.is_head(end + 1):
            return end + 2
        return end + 2 if token.text == "&" and follows else end

    def _nickname_end(self, at: int) -> int | None:
        """The mark that ends a nickname, where one opens at `at` and the name goes on: "Kanyarat “Fah” Thongsuk".

        It is one word, or a kunya with the name it is of: "Samir (Abu Raed) Khalaf". None for no nickname.
        """
        opens = self.tokens[at].text if at < len(self.tokens) else ""
        many = at + 2 < len(self.tokens) and plain(self.tokens[at + 1].text) in kunyas()
        end = at + 2 + many
        if opens not in _NICKNAME | {"("} or (opens == "(" and not many) or end >= len(self.tokens):
            return None
        closes = self.tokens[end].text in (_NICKNAME if opens != "(" else {")"})
        named = all(self.tokens[i].is_capital for i in range(at + 1, end))
        return end if closes and named and self._name_follows(end + 1) else None

    def _word_step(self, first: int, end: int) -> int:
        token, tokens = self.tokens[end], self.tokens
        heads = name_words().organisation_heads
        headed = any(tokens[i].lower in heads for i in range(first, end))
        if self._is_purpose(end) or (token.lower == "in" and headed and self._is_spelled(first, end + 1)):
            return end + 2
        if token.lower == "in" and headed and any(tokens[i].lower == "for" for i in range(first, end)):
            after = tokens[end + 1].text if end + 1 < len(tokens) else ""
            return end + 2 if folded(after) in name_words().places else end
        headed |= end - first > 1 and tokens[end - 1].lower in name_words().settled
        if token.lower in _LINKS and (headed or self._is_acronym(first, end)):
            at = end + 1
            if at < len(tokens) and tokens[at].lower == "the" and token.lower in {"of", "for"}:
                at += 1
            return at + 1 if self._name_follows(at) else end
        if token.lower == "and" and any(tokens[i].lower in {"of", "for"} for i in range(first, end)):
            at = end + 1 + self._is_plural_after_the(end + 1)
            return at + 1 if self._goes_on_after_and(at) else end
        if token.lower == "and" and self._is_one_half(first, end):
            return end + 2
        if token.lower == "and" and tokens[end - 1].lower in name_words().halves and self.is_head(end + 1):
            return end + 2
        if token.lower == "no" and end + 2 < len(tokens) and tokens[end + 1].text == ".":
            return end + 3 if tokens[end + 2].text[0].isdigit() else end
        return end

    def _is_purpose(self, at: int) -> bool:
        """Whether "to" goes on with what a body is for: "Committee to Protect Pupils"."""
        heads = name_words().purposive
        return self.tokens[at].lower == "to" and self.tokens[at - 1].lower in heads and self._name_follows(at + 1)

    def _is_spelled(self, first: int, last: int) -> bool:
        """Whether initials in brackets take in the word at `last`: "Committee for Justice in Kestra (CJK)"."""
        following = self.tokens[last + 1 : last + 4]
        if len(following) < 3 or following[0].text != "(" or following[2].text != ")":
            return False
        initials = [token.text[0] for token in self.tokens[first : last + 1] if token.is_capital]
        return "".join(initials) == following[1].text

    def _is_plural_after_the(self, at: int) -> bool:
        """ "Commission of the Captives and the Liberated": more of those whom it is for, not another body."""
        if at + 1 >= len(self.tokens) or self.tokens[at].lower != "the":
            return False
        word = self.tokens[at + 1].lower
        return word.endswith(("ed", "s")) and not word.endswith("ss")

    def _is_one_half(self, first: int, end: int) -> bool:
        """ "the Bread and Land Front": one word after a determiner that a head after "and" makes an organisation's."""
        before, word = self.tokens[first - 1].lower if first else "", self.tokens[first].text
        if end - first > 1 or before not in {"the", "a", "an"} or is_given(word) or folded(word) in name_words().places:
            return False
        known = name_words()
        alone = (known.organisations | known.organisation_heads) - known.heading
        return folded(word) not in alone and self._name_follows(end + 1) and self._is_concrete(end + 1)

    def _is_acronym(self, first: int, end: int) -> bool:
        """ "MFA of Ukraine": initials, then a country."""
        after = self.tokens[end + 1].text if end + 1 < len(self.tokens) else ""
        return end - first == 1 and self.tokens[first].text.isupper() and folded(after) in name_words().places

    def _goes_on_after_and(self, at: int) -> bool:
        """Whether "Commission for Detainees and …" goes on after "and": with no other organisation, place or person."""
        if not self._name_follows(at):
            return False
        word, known = self.tokens[at].lower, name_words()
        return not (
            word in known.organisation_heads
            or word in known.titles
            or folded(word) in known.places
            or folded(word) in known.organisations
            or ((noun := noun_at(self.tokens, at)) and not noun.plural)
            or is_given(word)
            or self._is_concrete(at)
        )

    def _is_concrete(self, at: int) -> bool:
        """Whether the run at `at` has a head of its own, other than what ministries are for ("… and Ex-X Affairs")."""
        end, known = at, name_words()
        while self._name_follows(end) and end < at + 8:
            word = self.tokens[end].lower
            if word in known.organisation_heads - known.abstract or word in known.place_heads:
                return True
            end += 1
        return False

    def near(self, at: int) -> bool:
        """Whether at most one line break parts the token from the one before it."""
        gap = self.page.text[self.tokens[at - 1].end : self.tokens[at].start]
        return len(gap) <= 1 or gap.count("\n") <= 1

    def _is_short(self, at: int) -> bool:
        token = self.tokens[at]
        return (len(token.text) == 1 and token.text.isupper()) or (
            len(token.text) <= 5 and token.lower in name_words().titles
        )

    def _name_follows(self, at: int) -> bool:
        return at < len(self.tokens) and self.is_name(at) and self.near(at)

    def is_head(self, at: int) -> bool:
        """Whether the run at `at` holds a word that heads an organisation or a place."""
        end, known = at, name_words()
        while (self._name_follows(end) or self._is_plural_mark(end)) and end < at + 8:
            if self.tokens[end].lower in known.organisation_heads or self.tokens[end].lower in known.place_heads:
                return True
            end += 1
        return False

    def _is_plural_mark(self, at: int) -> bool:
        """Whether an apostrophe stands inside a name: "the Palestinian Prisoners' Club"."""
        return at < len(self.tokens) and self.tokens[at].text in {"'", "’"} and self._name_follows(at + 1)
