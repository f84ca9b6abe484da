"""What is done by saying it: the acts of a statement, the main one first, by the rules of `vocab/en/acts*.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from habeas import vocab
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page
from habeas.extraction.text import folded

_LINES = re.compile(r"\s*\n\s*")
_BLOCK = re.compile(r"(?<!\?P)<([a-z_]+)>")
_MARKS = re.compile(r"[\"“”„‟«»「」『』]|(?<!\w)['‘]|['’](?!\w)")
_ENDS = re.compile(r"[.!?…][\"'“”«»‘’)\]]*\s*$")
_HEADINGS = 3  # lines: no more stand before the first sentence
_HEAD = re.compile(r"^(?:(?:that|to that|from that|:|,)\s+)+")
_LONGEST = 600  # code points of what is said that rules look at: the act shows itself at the beginning


@dataclass(frozen=True, slots=True)
class Said:
    """A report as the rules see it: everything in lower case, white space made single."""

    lemma: str
    cue: str
    speaker: str
    content: str  # without quotation marks and without "that" at its head
    near: str  # cue and content
    quoted: bool  # quotation marks stand in the content
    leads: bool = False  # it stands in the sentence that opens the text


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of `acts_<family>.toml`; what it does not name is None."""

    act: str
    lemmas: frozenset[str] | None
    cue: re.Pattern[str] | None
    speaker: re.Pattern[str] | None
    not_speaker: re.Pattern[str] | None
    content: re.Pattern[str] | None
    near: re.Pattern[str] | None
    quoted: bool
    leads: bool
    also: bool
    examples: tuple[str, ...]

    def fits(self, said: Said) -> bool:
        """Whether everything that the rule names is there."""
        return (
            (self.lemmas is None or said.lemma in self.lemmas)
            and (not self.quoted or said.quoted)
            and (not self.leads or said.leads)
            and _found(self.cue, said.cue)
            and _found(self.content, said.content)
            and _found(self.near, said.near)
            and _found(self.speaker, said.speaker)
            and not (self.not_speaker and self.not_speaker.search(said.speaker))
        )


def find_acts(page: Page, report: Report, who: str) -> tuple[str, ...]:
    """The acts of a report, the main one first; never empty. `who` is all the words that say who the speaker is."""
    said = said_in(page, report, who)
    main = next((rule.act for rule in (*_for_lemma(said.lemma), *rules()[1]) if rule.fits(said)), "state")
    more = [rule.act for rule in rules()[1] if rule.also and rule.act != main and rule.fits(said)]
    return (main, *more)


def said_in(page: Page, report: Report, who: str) -> Said:
    """The report's words as rules read them."""
    raw = " ".join(page.text[start:end] for start, end in report.content)[:_LONGEST]
    cue = plain(" ".join(page.text[start:end] for start, end in report.cue))
    content = plain(raw)
    return Said(
        lemma=report.lemma,
        cue=cue,
        speaker=plain(who),
        content=_HEAD.sub("", content),
        near=f"{cue} {content}",
        quoted=bool(_MARKS.search(raw)),
        leads=_leads(page, report.start),
    )


def _leads(page: Page, at: int) -> bool:
    """Whether a place is in the sentence that opens the text, before which only headings stand, without a full stop."""
    here = page.sentence_index(at) if page.sentences else 0
    return here <= _HEADINGS and not any(_ENDS.search(page.text[s.start : s.end]) for s in page.sentences[:here])


def plain(words: str) -> str:
    """Words as rules read them: folded, without quotation marks, each white space one space."""
    return " ".join(folded(_MARKS.sub(" ", words)).split())


@cache
def rules() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules by cue and those by content, in the order of `acts.toml`."""
    order = vocab.load("en", "acts")["order"]
    by_cue, by_content = (tuple(rule for step in order[key] for rule in _rules(step)) for key in ("cues", "contents"))
    return by_cue, by_content


@cache
def _for_lemma(lemma: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules()[0] if rule.lemmas is None or lemma in rule.lemmas)


def _rules(step: str) -> Iterable[Rule]:
    """The rules of a step, "family.name"."""
    family, _, name = step.partition(".")
    table: Mapping[str, Any] = vocab.load("en", "acts")
    for entry in vocab.load("en", f"acts_{family}")[name]:
        speaker = entry.get("speaker", "")
        refused = speaker.startswith("not ")
        yield Rule(
            act=entry["act"],
            lemmas=frozenset(entry["lemmas"]) if "lemmas" in entry else None,
            cue=_pattern(table, entry.get("cue")),
            speaker=None if refused or not speaker else _pattern(table, table["speakers"][speaker]),
            not_speaker=_pattern(table, table["speakers"][speaker.removeprefix("not ")]) if refused else None,
            content=_pattern(table, entry.get("content")),
            near=_pattern(table, entry.get("near")),
            quoted=entry.get("quoted", False),
            leads=entry.get("leads", False),
            also=entry.get("also", False),
            examples=tuple(entry["examples"]),
        )


def _pattern(table: Mapping[str, Any], written: str | None) -> re.Pattern[str] | None:
    if written is None:
        return None
    return re.compile(expanded(table["blocks"], written))


def expanded(blocks: Mapping[str, str], written: str) -> str:
    """The pattern with each <block> written out and its lines joined."""
    return _BLOCK.sub(lambda block: expanded(blocks, blocks[block[1]]), _LINES.sub("", written))


def _found(pattern: re.Pattern[str] | None, words: str) -> bool:
    return pattern is None or pattern.search(words) is not None


def is_authority(who: str) -> bool:
    """Whether these words name somebody who holds people, judges them or speaks for those who do."""
    return _found(_class("authority"), plain(who))


def is_beside(who: str) -> bool:
    """Whether these words name somebody held, or somebody who stands by them."""
    return _found(_class("side"), plain(who))


@cache
def _class(name: str) -> re.Pattern[str] | None:
    table = vocab.load("en", "acts")
    return _pattern(table, table["speakers"][name])
