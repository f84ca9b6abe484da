"""Cue verbs on the page: which tokens report, with the auxiliaries before and the prepositions after them."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.extraction.attribution.patterns_scan import Scan
from habeas.extraction.attribution.patterns_subject import Range, subject_after, subject_before
from habeas.extraction.document import Sentence
from habeas.extraction.lexicon import CueForm, Sense, closed_words, cue_forms, senses, words

_BE = frozenset(["be", "is", "are", "was", "were", "been", "being", "am", "isn't", "wasn't", "aren't", "weren't"])
_UNREAL = frozenset(["could", "may", "might", "should", "must", "can", "shall", "couldn't", "can't", "cannot", "shouldn't"])
_INFINITIVE_HEADS = frozenset(["going", "goes", "went", "continued", "continues", "continue"])
_FINITE = frozenset(["past", "third", "base"])


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue verb in its place. Ranges are token indexes; `subject` None means that it is shared with an earlier verb."""

    group: Range  # auxiliaries and the verb, a swallowed preposition left out
    lemma: str
    senses: tuple[Sense, ...]
    subject: Range | None
    turned: bool  # the speaker stands after the cue
    shared: bool  # "…, adding", "and called": the speaker is the one before
    passive: bool

    @property
    def first(self) -> int:
        """First token of subject and cue together."""
        return min(self.group[0], self.subject[0]) if self.subject else self.group[0]

    @property
    def last(self) -> int:
        """One past the last token of subject and cue together."""
        return max(self.group[1], self.subject[1]) if self.subject else self.group[1]


def cues_in(scan: Scan, sentence: Sentence) -> list[Cue]:
    """The cue verbs of a sentence, in order."""
    found: list[Cue] = []
    at = sentence.first_token
    while at < sentence.last_token:
        cue = _cue_at(scan, at, sentence, found)
        if cue:
            found.append(cue)
            at = max(at + 1, cue.group[1])
        else:
            at += 1
    return found


def _cue_at(scan: Scan, at: int, sentence: Sentence, earlier: list[Cue]) -> Cue | None:
    for form in cue_forms().get(scan.lower[at], ()):
        end = at + 1 + len(form.rest)
        if end <= sentence.last_token and scan.lower[at + 1 : end] == form.rest:
            cue = _verb(scan, (at, end), form, sentence, earlier)
            if cue:
                return cue
    return None


def _verb(scan: Scan, verb: Range, form: CueForm, sentence: Sentence, earlier: list[Cue]) -> Cue | None:
    if scan.page.tokens[verb[0]].is_capital and verb[0] > sentence.first_token and scan.quote[verb[0]] < 0:
        return None  # "Human Rights Watch", "the Find Group"
    if scan.is_scare(verb[0]):
        return None
    low = _low(scan, verb[0], sentence)
    first, chain = _auxiliaries(scan, verb[0], low)
    if not _is_use(scan, first, verb[0], chain, form, low):
        return None
    passive = _is_passive(chain, form)
    known = senses()[form.lemma]
    return _with_subject(scan, Cue((first, verb[1]), form.lemma, known, None, False, False, passive), form, chain, sentence, low, earlier)


def _low(scan: Scan, at: int, sentence: Sentence) -> int:
    """First token that the subject may stand on: of the sentence, or of the quotation that the cue is inside."""
    home = scan.quote[at]
    if home < 0:
        return sentence.first_token
    inside = scan.page.token_index(scan.page.quotes[home].start)
    return max(sentence.first_token, inside)


def _auxiliaries(scan: Scan, verb: int, low: int) -> tuple[int, list[str]]:
    """First token of the verb group and its auxiliaries, "not" and "to" included."""
    at, first, chain = verb - 1, verb, []
    while at >= low:
        word = scan.lower[at]
        if word in words().auxiliaries or word in {"not", "to", "never"}:
            chain.append(word)
            first = at
        elif not (word in words().adverbs or (word.endswith("ly") and not scan.page.tokens[at].is_capital)) or word in {"all", "both"}:
            break
        at -= 1
    return first, chain


def _is_use(scan: Scan, first: int, verb: int, chain: list[str], form: CueForm, low: int) -> bool:
    """Whether the word is used as a verb that reports, and not as a noun, an adjective or something only possible."""
    before = scan.lower[first - 1] if first > low else ""
    if "to" in chain:
        return before in _INFINITIVE_HEADS
    if _UNREAL.intersection(chain) and not (form.lemma in {"confirm", "verify", "say", "comment"} and set(chain) & {"not", "cannot"}):
        return False
    direct = scan.lower[verb - 1] if verb > low else ""
    if direct in words().determiners or direct in words().possessives or direct == "'s":
        return False
    if not chain and direct in words().prepositions and "ing" not in form.forms:
        return False
    if not chain and "past" in form.forms and scan.lower[verb + len(form.rest) + 1 : verb + len(form.rest) + 2] == ("by",):
        return False
    return True


def _is_passive(chain: list[str], form: CueForm) -> bool:
    if "participle" not in form.forms or not chain:
        return False
    return chain[0] in _BE or ("not" in chain[:2] and bool(_BE.intersection(chain[:2])))


def _with_subject(
    scan: Scan, cue: Cue, form: CueForm, chain: list[str], sentence: Sentence, low: int, earlier: list[Cue]
) -> Cue | None:
    first = cue.group[0]
    is_ing = "ing" in form.forms and not _BE.intersection(chain)
    if is_ing:
        if first > low and scan.lower[first - 1] in words().prepositions - {"after", "before", "in", "by", "while"}:
            return None
        return Cue(cue.group, cue.lemma, cue.senses, None, False, True, False) if first > low else None
    before = scan.lower[first - 1] if first > low else ""
    if before in {"and", "but", "or", "then", "nor"} and (_earlier_verb(scan, first - 1, low)):
        return Cue(cue.group, cue.lemma, cue.senses, None, False, True, cue.passive)
    subject = subject_before(scan, first, low)
    turned = None if cue.passive else _turned(scan, cue, form, chain, sentence, subject)
    if turned:
        return Cue(cue.group, cue.lemma, cue.senses, turned, True, False, False)
    if subject and _agrees(scan, subject, form, chain):
        return Cue(cue.group, cue.lemma, cue.senses, subject, False, False, cue.passive)
    if before == "," and earlier and "past" in form.forms and not chain and earlier[-1].group[1] < first - 1:
        return Cue(cue.group, cue.lemma, cue.senses, None, False, True, cue.passive)
    return None


def _earlier_verb(scan: Scan, at: int, low: int) -> bool:
    return any(scan.is_verb(i) for i in range(low, at))


def _agrees(scan: Scan, subject: Range, form: CueForm, chain: list[str]) -> bool:
    """Whether a bare or third-person form fits its subject: "the claims", "families report", "he demands"."""
    if chain or "past" in form.forms:
        return True
    last = scan.lower[subject[1] - 1]
    if last in {"i", "we", "they", "you", "who", "which", "that"}:
        return True
    if "third" in form.forms:
        return scan.lower[subject[0]] not in {"these", "those"} and not (scan.lower[subject[1] - 1] in closed_words() and last not in {"he", "she", "it", "both", "one"})
    plural = last.endswith("s") or "and" in scan.lower[subject[0] : subject[1]] or last in {"people", "police", "media", "women", "men", "both", "others", "family", "children", "relatives", "some", "many"}
    return plural or any(scan.lower[i].endswith("s") for i in range(*subject) if scan.lower[i + 1] in words().prepositions)


def _turned(scan: Scan, cue: Cue, form: CueForm, chain: list[str], sentence: Sentence, subject: Range | None) -> Range | None:
    """The speaker after the cue, where what stands before the cue is the content: "…," said X."""
    if chain or not any(sense.takes & {"clause", "that", "tell", "quote"} for sense in cue.senses):
        return None
    first, end = cue.group
    if first <= sentence.first_token or end >= sentence.last_token:
        return None
    before = scan.page.tokens[first - 1].text
    if before not in {",", "”", '"', "»", "’", "'", "—", "–", "-", "?", "!", ";"} or subject is not None and before == "," and _reads_on(scan, end):
        return None
    after = scan.lower[end]
    if after in words().subjects | words().prepositions | {"that", ",", ":"} or after in words().objects:
        return None
    return subject_after(scan, end, sentence.last_token)


def _reads_on(scan: Scan, end: int) -> bool:
    """Whether a clause follows the cue, so that the phrase after it is that clause's subject and not the speaker."""
    phrase = subject_after(scan, end, min(len(scan.lower), end + 30))
    if phrase is None:
        return True
    after = scan.lower[phrase[1]] if phrase[1] < len(scan.lower) else "."
    return after not in {",", ".", ":", ";", "”", '"', "“", "after", "when", "in", "on", "(", "–", "—", "-"}
