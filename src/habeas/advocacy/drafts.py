"""What a statement offers for the plan: clauses of its own words that tell of a meeting, a message, a call, a promise.

No Django. A clause that speaks of armed action is never offered, whatever else it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from habeas.vocab import load

KINDS = ("meeting", "communication", "priority", "pledge")
_SENTENCE = re.compile(r"[^.;!?]+[.;!?]?")
_CLAUSE = re.compile(r"[^,]+,?")
_EDGE = " \u00a0\n\t,.;“”\"'"


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that a statement offers: its kind, the exact words and their place, whom it calls on, through whom."""

    kind: str
    start: int
    end: int
    words: str
    addressees: str = ""
    through: str = ""


def drafts(text: str, spans: Sequence[tuple[int, int]], acts: Sequence[str], language: str = "en") -> list[Draft]:
    """The entries that these words of a statement offer, in the order of the text; at most one of a kind a sentence."""
    if language.split("-", maxsplit=1)[0] not in {"en", ""}:
        return []
    found: list[Draft] = []
    for start, end in spans:
        for sentence in _SENTENCE.finditer(text, start, end):
            clauses = list(_clauses(text, sentence.start(), sentence.end()))
            found += [draft for kind in KINDS if (draft := _of_kind(kind, text, clauses, acts))]
    return sorted(found, key=lambda draft: (draft.start, KINDS.index(draft.kind)))


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses that may be offered, without the marks at their edges."""
    for clause in _CLAUSE.finditer(text, start, end):
        first, last = clause.start(), clause.end()
        while first < last and text[first] in _EDGE:
            first += 1
        while last > first and text[last - 1] in _EDGE:
            last -= 1
        if first < last:
            yield first, last


def _of_kind(kind: str, text: str, clauses: Sequence[tuple[int, int]], acts: Sequence[str]) -> Draft | None:
    """The run of clauses that tell of it, from the first to the last, unless one between speaks of armed action."""
    terms = load("en", "plan")
    if kind == "pledge" and set(acts) & set(terms["set_aside"]["acts"]):
        return None
    fitting = [at for at, (first, last) in enumerate(clauses) if _fits(terms[kind], _plain(text[first:last]), acts)]
    run: list[int] = []
    for at in fitting:
        between = range(run[-1] + 1, at) if run else ()
        if any(_is_armed(_plain(text[slice(*clauses[middle])])) for middle in between):
            break
        run.append(at)
    if not run:
        return None
    start, end = clauses[run[0]][0], clauses[run[-1]][1]
    words = _plain(text[start:end], lower=False)
    return Draft(kind, start, end, text[start:end], _first("addressees", words), _first("through", words))


def _fits(term: Mapping[str, Any], clause: str, acts: Sequence[str]) -> bool:
    if not _has(tuple(term["words"]), clause) or _is_armed(clause):
        return False
    by_act = bool(set(term.get("acts", ())) & set(acts))
    return by_act or (bool(term["with"]) and _has(tuple(term["with"]), clause)) or not term["with"]


def _is_armed(clause: str) -> bool:
    aside = load("en", "plan")["set_aside"]
    return _has(tuple(aside["words"]), _pattern(tuple(aside["but"])).sub(" ", clause))


def _has(words: tuple[str, ...], clause: str) -> bool:
    return _pattern(words).search(clause) is not None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(word).replace(chr(92) + '*', chr(92) + 'w*')}\b" for word in words))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in load("en", "plan")["found"][name])


def _first(name: str, words: str) -> str:
    found = next((match for pattern in _patterns(name) if (match := pattern.search(words))), None)
    return found[1].strip(_EDGE) if found else ""


def _plain(words: str, *, lower: bool = True) -> str:
    plain = " ".join(words.split())
    return plain.casefold() if lower else plain
