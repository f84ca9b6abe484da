"""What must stand in a text for a regular expression to match there, read off the expression itself.

Most expressions of the vocabulary fit in no sentence at hand, and trying them all is slow. So the literal pieces that a
match cannot do without are worked out once, and looked for word by word before any expression is tried.

A piece is a part of a word in small letters, with 0 for any digit; a space at its side is the edge of the word:
"strik" is in "striking", " was " only in "was".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

Strings = frozenset[str]
_MOST = 256  # strings that are kept apart; more of them say little
_NOTHING: Strings = frozenset([""])
_EDGE: Strings = frozenset([" "])
_TOKEN = re.compile(
    r"\(\?:[a-z' |-]+\)|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?P=\w+\)|\(\?(?:<?[=!]|P?<\w+>|[a-z-]*:)|<[a-z_]+>"
    r"|\{\d+(?:,\d*)?\}\??|[?*+]\??|[a-z ]+(?![a-z ?*+{])|.",
    re.DOTALL,
)
_PARTED = re.compile(r"[ '-]+")
_ELEMENT = re.compile(r"\\.|.-.|.", re.DOTALL)
_FOLDED = str.maketrans("İıſ", "iis")  # what matches these letters too where case does not count


@dataclass(frozen=True, slots=True)
class Needs:
    """What every match of an expression has.

    `exact` are all strings that it matches, None where there are too many; `clauses` sets of pieces, one of each set
    being in every match; `first` strings of which every match begins with one, None where it may begin with anything.
    """

    exact: Strings | None
    clauses: tuple[Strings, ...]
    first: Strings | None

    def all(self) -> tuple[Strings, ...]:
        """The clauses, those of the exact strings included."""
        return self.clauses if self.exact is None else _clause(self.exact)


def needs_of(pattern: str, macros: Mapping[str, Needs] | None = None) -> Needs:
    """What the expression needs; `macros` are those of the expressions that <names> in it stand for."""
    return _Reader(pattern, macros or {}).alternatives()


def whole(needs: Needs) -> Needs:
    """The same where a match begins and ends at the edges of words."""
    return _joined([_exactly(_EDGE), needs, _exactly(_EDGE)])


def folded(text: str) -> str:
    """The text in small letters as pieces are written, but for its digits; of the same length where it is ASCII."""
    return text.lower() if text.isascii() else text.translate(_FOLDED).lower()


def _exactly(strings: Strings) -> Needs:
    return Needs(strings, (), strings)


_ANYTHING = Needs(None, (), None)


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, pattern: str, macros: Mapping[str, Needs]) -> None:
        self.tokens = [*_TOKEN.findall(pattern), ""]
        self.macros = macros
        self.at = 0

    def alternatives(self) -> Needs:
        found = [self._sequence()]
        while self.tokens[self.at] == "|":
            self.at += 1
            found.append(self._sequence())
        return _either(found) if len(found) > 1 else found[0]

    def _sequence(self) -> Needs:
        parts = []
        while self.tokens[self.at] not in ("|", ")", ""):
            parts.append(self._repeated(self._atom()))
        return _joined(parts)

    def _atom(self) -> Needs:
        token = self.tokens[self.at]
        self.at += 1
        if token[:3] == "(?:" and token[-1] == ")":
            return _words(token)
        if token[0] == "(" and not token.startswith("(?P="):
            inside = self.alternatives()
            self.at += 1
            return inside if token[-1] not in "=!" else _exactly(_NOTHING)
        if token[0] == "<" and token in self.macros:
            return self.macros[token]
        if token[0] == "[":
            return _of_class(token[1:-1])
        if token[0] == "\\":
            return _of_element(token)
        if token[0] in ".(<":
            return _ANYTHING
        return _literal(token)

    def _repeated(self, atom: Needs) -> Needs:
        token = self.tokens[self.at]
        if token[:1] not in ("?", "*", "+", "{") or not token:
            return atom
        self.at += 1
        return _times(atom, *_bounds(token))


@cache
def _words(group: str) -> Needs:
    """What a choice among plain words matches: (?:a|b)."""
    return _either([_literal(_PARTED.sub(" ", word)) for word in group[3:-1].split("|")])


@cache
def _literal(token: str) -> Needs:
    """What plain characters match: themselves."""
    return _exactly(frozenset([token.lower() if token.isalpha() else "".join(map(_letter, token))]))


def _bounds(token: str) -> tuple[int, int | None]:
    if token[0] != "{":
        return (1, None) if token[0] == "+" else (0, 1 if token[0] == "?" else None)
    least, comma, most = token[1 : token.index("}")].partition(",")
    return int(least), int(most) if most else None if comma else int(least)


def _times(atom: Needs, least: int, most: int | None) -> Needs:
    if atom.exact in (_EDGE, _NOTHING):
        return atom if least else _exactly(frozenset([*atom.exact, ""]))
    if atom.exact is not None and most is not None and len(atom.exact) ** most <= _MOST:
        strings = [_NOTHING]
        for _ in range(most):
            strings.append(_followed(strings[-1], atom.exact))
        return _exactly(frozenset().union(*strings[least:]))
    if least:
        return Needs(None, atom.all(), atom.first)
    return Needs(None, (), None if atom.first is None else atom.first | _NOTHING)


def _of_class(inside: str) -> Needs:
    if inside.startswith("^"):
        return _ANYTHING
    found = [_of_element(element).exact for element in _ELEMENT.findall(inside)]
    return _ANYTHING if None in found else _exactly(frozenset().union(*(strings for strings in found if strings)))


def _of_element(element: str) -> Needs:
    """What an escape, a range or a single character matches."""
    if element[0] != "\\" and len(element) == 3:
        return _exactly(frozenset("0")) if element[0].isdigit() and element[2].isdigit() else _ANYTHING
    if element in ("\\w", "\\S", "\\D"):
        return _ANYTHING
    if element == "\\B":
        return _exactly(_NOTHING)
    if element == "\\d":
        return _exactly(frozenset("0"))
    return _exactly(_EDGE if element in ("\\s", "\\b", "\\W") else frozenset([_letter(element[-1])]))


def _letter(character: str) -> str:
    """The character as pieces are written: anything that is in no word is an edge."""
    if character.isdigit():
        return "0"
    return character.lower() if character.isalnum() or character == "_" else " "


def _followed(before: Strings, after: Strings) -> Strings:
    """Each string followed by each; two edges that meet are one."""
    if before is _NOTHING:
        return after
    return frozenset([a + (b[1:] if b[:1] == " " == a[-1:] else b) for a in before for b in after])


def _joined(parts: Sequence[Needs]) -> Needs:
    """What expressions one after the other need."""
    clauses: list[Strings] = []
    running = _NOTHING
    unbroken = True
    for part in parts:
        if part.exact is not None and len(running) * len(part.exact) <= _MOST:
            running = _followed(running, part.exact)
            continue
        unbroken = False
        clauses += (*_clause(running), *part.clauses)
        running = part.exact if part.exact is not None else _NOTHING
    if unbroken:
        return _exactly(running)
    return Needs(None, (*clauses, *_clause(running)), _first(parts))


def _first(parts: Sequence[Needs]) -> Strings | None:
    found: set[str] = set()
    growing = _NOTHING
    for part in parts:
        if part.exact is not None and len(growing) * len(part.exact) <= _MOST:
            growing = _followed(growing, part.exact)
            continue
        found.update(filter(str.strip, growing))
        if all(map(str.strip, growing)):
            return frozenset(found)
        if part.first is None:
            return None
        found.update(filter(str.strip, part.first))
        if all(map(str.strip, part.first)):
            return frozenset(found)
        growing = _NOTHING
    return frozenset(found) | growing


def _either(branches: Sequence[Needs]) -> Needs:
    """What a match of any of the expressions needs."""
    exact = [branch.exact for branch in branches]
    strings = frozenset().union(*(some for some in exact if some is not None))
    if None not in exact and len(strings) <= _MOST:
        return _exactly(strings)
    firsts = [branch.first for branch in branches]
    first = None if None in firsts else frozenset().union(*(some for some in firsts if some is not None))
    best = [min(branch.all(), key=_commonness, default=None) for branch in branches]
    clause = frozenset().union(*(some for some in best if some is not None))
    return Needs(None, () if None in best else (clause,), first)


def _clause(strings: Strings) -> tuple[Strings, ...]:
    """The longest piece of each string as a clause; none where a string has no piece worth looking for."""
    best = frozenset(map(_longest_piece, strings))
    return (best,) if best and all(len(piece) >= 3 for piece in best) else ()


@cache
def _longest_piece(string: str) -> str:
    return max(_pieces(string), key=len, default="")


def _pieces(string: str) -> Iterator[str]:
    words = string.split(" ")
    for number, word in enumerate(words):
        if word:
            yield (" " if number else "") + word + (" " if number < len(words) - 1 else "")


def _commonness(clause: Strings) -> float:
    """Roughly how often one of the pieces stands in a sentence."""
    return sum(0.25 ** len(piece) for piece in clause)


class Starts:
    """Tells at which words of a text each of several expressions can begin, by the first strings of their matches."""

    def __init__(self, firsts: Iterable[Strings | None]) -> None:
        self._beginnings = [_beginnings(strings) for strings in firsts]
        self._every = frozenset(range(len(self._beginnings)))
        self._known: dict[str, frozenset[int]] = {}

    def places(self, text: str, numbers: Set[int] | None = None) -> dict[int, list[int]]:
        """For each expression, or each of these, the offsets of the words where a match can begin, in order."""
        wanted = self._every if numbers is None else numbers
        found: dict[int, list[int]] = {number: [] for number in sorted(wanted)}
        for word in _WORD.finditer(text):
            written = word.group()
            begun = self._known[written] if written in self._known else self._learn(written)
            for number in wanted & begun:
                found[number].append(word.start())
        return found

    def _learn(self, word: str) -> frozenset[int]:
        edged = f"{_DIGIT.sub('0', folded(word))} "
        found = frozenset(number for number, begun in enumerate(self._beginnings) if edged.startswith(begun))
        if len(self._known) < _REMEMBERED:
            self._known[word] = found
        return found


def _beginnings(strings: Strings | None) -> tuple[str, ...]:
    """The first word, or what is known of it, of each string; "" begins every word."""
    if strings is None:
        return ("",)
    begun = {"".join(_BEGINNING.findall(string)[:1]) for string in strings}
    return tuple(sorted(begun)) if "" not in begun else ("",)


_BEGINNING = re.compile(r"\w+ ?")


class Index:
    """Tells which of many clauses the words of a text satisfy, a bit for each."""

    def __init__(self, clauses: Iterable[Strings]) -> None:
        self.bits = {clause: 1 << number for number, clause in enumerate(dict.fromkeys(clauses))}
        self._by_start: dict[str, dict[str, int]] = {}
        self._known: dict[str, int] = {}
        for clause, bit in self.bits.items():
            for piece in clause:
                begun = self._by_start.setdefault(piece[:3], {})
                begun[piece] = begun.get(piece, 0) | bit

    def mask(self, clauses: Iterable[Strings]) -> int:
        """The bits of these clauses."""
        return sum({self.bits[clause] for clause in clauses})

    def satisfied(self, text: str) -> int:
        """The bits of the clauses of which a piece is in the text."""
        found = 0
        for word in _WORD.findall(folded(text)):
            found |= self._known[word] if word in self._known else self._learn(word)
        return found

    def _learn(self, word: str) -> int:
        edged = f" {_DIGIT.sub('0', word)} "
        found = 0
        for at in range(len(edged) - 2):
            for piece, bits in self._by_start.get(edged[at : at + 3], {}).items():
                if edged.startswith(piece, at):
                    found |= bits
        if len(self._known) < _REMEMBERED:
            self._known[word] = found
        return found


_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_REMEMBERED = 50_000  # words
