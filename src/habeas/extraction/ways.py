"""The ways in which a regular expression can match, word by word, read off the expression itself.

Most expressions of the vocabulary fit in no sentence at hand, and trying them all is slow. So it is worked out once
which words no match can do without, in which order, and what can stand between them; `places` looks for these.

A piece is a part of a word in small letters, with 0 for any digit; a space at its side is the edge of the word:
"strik" is in "striking", " was " only in "was", and "" in every word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

Strings = frozenset[str]
Pieces = frozenset[str]  # a word has to have one of them
ANY: Pieces = frozenset([""])
_NONE: Pieces = frozenset()
_EMPTY: Strings = frozenset([""])
_EDGE: Strings = frozenset([" "])
_SOME = "*"  # stands in strings for one or more letters
_LETTERS: Strings = frozenset([_SOME])
_MOST = 128  # strings that are kept apart; more of them are taken word by word
_BRANCHES = (1000, 1000, 64, 16, 6)  # alternatives that are kept apart, by how deep in groups
_WAYS = (64, 64, 48, 16, 6)  # ways through what follows one another that are kept apart
_DEEP = len(_WAYS) - 1
_TOKEN = re.compile(
    r"\(\?:[a-z' |-]+\)|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?P=\w+\)|\(\?(?:<?[=!]|P?<\w+>|[a-z-]*:)|<[a-z_]+>"
    r"|\{\d+(?:,\d*)?\}\??|[?*+]\??|[a-z ]+(?![a-z ?*+{])|.",
    re.DOTALL,
)
_PARTED = re.compile(r"[ '-]+")
_ELEMENT = re.compile(r"\\.|.-.|.", re.DOTALL)


class Way(NamedTuple):
    """Words that stand in a match in this order.

    `steps` are pairs: the pieces of the words that may stand before, any number of them, and those of the word itself;
    `tail` are the pieces of the words that may follow the last one. `begun` and `ended` tell whether the edge of a word
    is passed before the first word and after the last: surely (True), surely not (False) or perhaps (None). Where there
    are no steps both are the same.
    """

    steps: tuple[tuple[Pieces, Pieces], ...]
    tail: Pieces
    begun: bool | None
    ended: bool | None


Ways = tuple[Way, ...]
Form = Strings | Ways  # all strings that an expression matches where they are few, else its ways
_ANYTHING: Ways = (Way((), ANY, None, None),)
_ESCAPES: Mapping[str, Form] = {
    "\\w": _LETTERS,
    "\\d": frozenset("0"),
    "\\B": _EMPTY,
    "\\S": _ANYTHING,
    "\\D": _ANYTHING,
}


def form_of(pattern: str, macros: Mapping[str, Form] | None = None, *, part: bool = False) -> Form:
    """What the expression matches; `macros` are what the <names> in it stand for; `part`: it is one itself."""
    return _Reader(pattern, macros or {}).alternatives(_DEEP if part else 0)


def ways_of(form: Form, *, ended: bool = True) -> Ways:
    """The ways of a match that begins at the edge of a word and, if `ended`, ends at one; without steps, anywhere."""
    around = [_EDGE, form, _EDGE] if ended else [_EDGE, form]
    return _ways(_joined(around, _BRANCHES[0]))


def is_signed(form: Form) -> bool:
    """Whether a match can begin with a space or a mark before its first word."""
    return any(way.begun is not False for way in _ways(form))


@cache
def commonness(pieces: Pieces) -> float:
    """Roughly how often a word has one of the pieces."""
    return sum(0.3 ** len(piece) for piece in pieces)


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, pattern: str, macros: Mapping[str, Form]) -> None:
        self.tokens = [*_TOKEN.findall(pattern), ""]
        self.macros = macros
        self.at = 0

    def alternatives(self, depth: int) -> Form:
        found = [self._sequence(depth)]
        while self.tokens[self.at] == "|":
            self.at += 1
            found.append(self._sequence(depth))
        return _either(found, _BRANCHES[min(depth, _DEEP)]) if len(found) > 1 else found[0]

    def _sequence(self, depth: int) -> Form:
        parts = []
        while self.tokens[self.at] not in ("|", ")", ""):
            parts.append(self._repeated(self._atom(depth)))
        return _joined(parts, _WAYS[min(depth, _DEEP)])

    def _atom(self, depth: int) -> Form:
        token = self.tokens[self.at]
        self.at += 1
        if token[:3] == "(?:" and token[-1] == ")":
            return _choice(token)
        if token[0] == "(" and not token.startswith("(?P="):
            inside = self.alternatives(depth + 1)
            self.at += 1
            return inside if token[-1] not in "=!" else _EMPTY
        if token[0] == "<" and token in self.macros:
            return self.macros[token]
        if token[0] == "[":
            return _of_class(token[1:-1])
        if token[0] == "\\":
            return _of_element(token)
        if token[0] in ".(<":
            return _ANYTHING
        return _literal(token)

    def _repeated(self, atom: Form) -> Form:
        token = self.tokens[self.at]
        if token[:1] not in ("?", "*", "+", "{") or not token:
            return atom
        self.at += 1
        return _times(atom, *_bounds(token))


@cache
def _choice(group: str) -> Strings:
    """What a choice among plain words matches: (?:a|b)."""
    return frozenset([_PARTED.sub(" ", word) for word in group[3:-1].split("|")])


@cache
def _literal(token: str) -> Strings:
    """What plain characters match: themselves."""
    return frozenset([token if token.isalpha() and token.islower() else "".join(map(_letter, token))])


def _bounds(token: str) -> tuple[int, int | None]:
    if token[0] != "{":
        return (1, None) if token[0] == "+" else (0, 1 if token[0] == "?" else None)
    least, comma, most = token[1 : token.index("}")].partition(",")
    return int(least), int(most) if most else None if comma else int(least)


def _times(atom: Form, least: int, most: int | None) -> Form:
    if isinstance(atom, frozenset) and atom in (_EDGE, _EMPTY, _LETTERS):
        return atom if least else atom | _EMPTY
    if isinstance(atom, frozenset) and most is not None and len(atom) ** most <= _MOST:
        strings = [_EMPTY]
        for _ in range(most):
            strings.append(_followed(strings[-1], atom))
        return frozenset().union(*strings[least:])
    return _joined([atom, (_optional(atom),)], _WAYS[_DEEP]) if least else (_optional(atom),)


def _optional(form: Form) -> Way:
    """What may stand any number of times, or not at all."""
    ways = _ways(form)
    edged = any(way.steps or way.begun is not False for way in ways)
    if isinstance(form, frozenset):
        edged = any(" " in text for text in form)
    return _loose(chain.from_iterable(map(_everywhere, ways)), None if edged else False)


def _loose(pieces: Iterable[str], edge: bool | None) -> Way:
    return Way((), _plain(frozenset(pieces)), edge, edge)


def _everywhere(way: Way) -> Pieces:
    """The pieces of all its words."""
    return way.tail.union(*chain.from_iterable(way.steps))


def _plain(pieces: Pieces) -> Pieces:
    return ANY if "" in pieces else pieces


def _of_class(inside: str) -> Form:
    """What one character of a class matches."""
    elements = [] if inside.startswith("^") else [_of_element(element) for element in _ELEMENT.findall(inside)]
    strings: Strings = frozenset().union(*(found for found in elements if isinstance(found, frozenset)))
    if not elements or _ANYTHING in elements or (_SOME in strings and " " in strings):
        return _ANYTHING
    return _LETTERS if _SOME in strings else strings


def _of_element(element: str) -> Form:
    """What an escape, a range or a single character matches."""
    if element[0] != "\\" and len(element) == 3:
        if element[0].isdigit() and element[2].isdigit():
            return frozenset("0")
        return _LETTERS if element[0].isalpha() and element[2].isalpha() else _ANYTHING
    if element in _ESCAPES:
        return _ESCAPES[element]
    return _EDGE if element in ("\\s", "\\b", "\\W") else frozenset([_letter(element[-1])])


def _letter(character: str) -> str:
    """The character as pieces are written: anything that is in no word is an edge."""
    if character.isdigit():
        return "0"
    return character.lower() if character.isalnum() or character == "_" else " "


def _followed(before: Strings, after: Strings) -> Strings:
    """Each string followed by each; two edges that meet are one."""
    if before is _EMPTY:
        return after
    return frozenset([a + (b[1:] if b[:1] == " " == a[-1:] else b) for a in before for b in after])


def _joined(parts: Iterable[Form], most: int) -> Form:
    """Expressions one after the other, in at most so many ways unless strings."""
    ways: Ways | None = None
    running = _EMPTY
    for part in parts:
        if isinstance(part, frozenset) and len(running) * len(part) <= _MOST:
            running = _followed(running, part)
            continue
        ways = _product(ways, running, most)
        ways, running = (ways, part) if isinstance(part, frozenset) else (_product(ways, part, most), _EMPTY)
    return running if ways is None else _product(ways, running, most) or ()


def _product(ways: Ways | None, form: Form, most: int) -> Ways | None:
    """Each way followed by each of the form; None stands for nothing yet."""
    if form is _EMPTY:
        return ways
    others = _ways(form)
    if ways is None:
        return others
    if len(ways) * len(others) > most:
        others = _fewer(others, most // len(ways))
    if len(ways) * len(others) > most:
        ways = _fewer(ways, most // len(others))
    return tuple(dict.fromkeys([_after(one, other) for one in ways for other in others]))


def _after(one: Way, other: Way) -> Way:
    """One way and then the other."""
    if not other.steps:
        edge = _passed(one.ended, other.begun)
        return Way(one.steps, _plain(one.tail | other.tail), one.begun if one.steps else edge, edge)
    (before, word), *more = other.steps
    between, edge = _plain(one.tail | before), _passed(one.ended, other.begun)
    if not one.steps:
        return Way(((between, word), *more), other.tail, edge, other.ended)
    if edge:
        return Way((*one.steps, (between, word), *more), other.tail, one.begun, other.ended)
    if edge is False and not between:  # both are parts of one word
        gap, last = one.steps[-1]
        rarer = min(last, word, key=commonness)
        return Way((*one.steps[:-1], (gap, rarer), *more), other.tail, one.begun, other.ended)
    loose = between | word  # perhaps parts of one word, perhaps not
    if not more:
        return Way(one.steps, _plain(loose | other.tail), one.begun, other.ended)
    (gap, following), *rest = more
    return Way((*one.steps, (_plain(loose | gap), following), *rest), other.tail, one.begun, other.ended)


def _passed(one: bool | None, other: bool | None) -> bool | None:
    """Whether an edge is passed in either of two places."""
    return True if one or other else False if one is other is False else None


def _either(forms: Sequence[Form], most: int) -> Form:
    """Any of the expressions."""
    strings: Strings = frozenset().union(*(form for form in forms if isinstance(form, frozenset)))
    others = [way for form in forms if not isinstance(form, frozenset) for way in form]
    if not others and len(strings) <= _MOST:
        return strings
    return _fewer(tuple(dict.fromkeys([*(_ways(strings) if strings else ()), *others])), most)


def _fewer(ways: Ways, most: int) -> Ways:
    """The ways, taken together until they are no more than `most`, or one."""
    for shorter in (None, 2, 1):
        if len(ways) <= max(1, most):
            break
        ways = _by_length([_shortened(way, shorter) for way in ways] if shorter else ways)
    return ways if len(ways) <= max(1, most) else (_loose(chain(*map(_everywhere, ways)), None),)


def _by_length(ways: Iterable[Way]) -> Ways:
    """One way for those with as many steps: each of its words may be that of any of them."""
    groups: dict[int, list[Way]] = {}
    for way in ways:
        groups.setdefault(len(way.steps), []).append(way)
    return tuple(map(_overlaid, groups.values()))


def _overlaid(ways: Sequence[Way]) -> Way:
    """The ways, which have as many steps, as one."""
    if len(ways) == 1:
        return ways[0]
    steps = [tuple(map(_union, zip(*step, strict=True))) for step in zip(*(way.steps for way in ways), strict=True)]
    begun, ended = _same([way.begun for way in ways]), _same([way.ended for way in ways])
    return Way(tuple((gap, word) for gap, word in steps), _union([way.tail for way in ways]), begun, ended)


def _union(several: Iterable[Pieces]) -> Pieces:
    return _plain(frozenset().union(*several))


def _same(values: Sequence[bool | None]) -> bool | None:
    return values[0] if all(value is values[0] for value in values) else None


def _shortened(way: Way, most: int) -> Way:
    """The way with its first step alone, or with that and the one of the rarest word."""
    if len(way.steps) <= most:
        return way
    first, *rest = way.steps
    best = min(range(len(rest)), key=lambda number: commonness(rest[number][1])) if most > 1 else -1
    before, after = rest[: best + 1], rest[best + 1 :]
    tail = _union([way.tail, *chain.from_iterable(after)])
    steps = (first,) if best < 0 else (first, (_union([*chain(*before[:-1]), before[-1][0]]), before[-1][1]))
    return Way(steps, tail, way.begun, way.ended if not after or way.ended else None)


@cache
def _ways(form: Form) -> Ways:
    """The ways of a form: of strings one for those of one word, of two, and of more."""
    if isinstance(form, tuple):
        return form
    words = {text: _pieces(text) for text in form}
    if not all(words.values()):
        return (_loose(chain.from_iterable(words.values()), _same([" " in text for text in form])),)
    shapes: dict[int, list[str]] = {}
    for text, pieces in words.items():
        shapes.setdefault(min(3, len(pieces)), []).append(text)
    return tuple(_shape(texts, [words[text] for text in texts]) for _, texts in sorted(shapes.items()))


def _shape(texts: Sequence[str], words: Sequence[tuple[str, ...]]) -> Way:
    """The way of strings of one word, of two, or of more, whose words in the middle may then be any number."""
    steps = [(_NONE, _plain(frozenset([pieces[0] for pieces in words])))]
    if len(words[0]) > 1:
        between = _plain(frozenset(piece for pieces in words for piece in pieces[1:-1]))
        steps.append((between, _plain(frozenset([pieces[-1] for pieces in words]))))
    begun, ended = _same([text[0] == " " for text in texts]), _same([text[-1] == " " for text in texts])
    return Way(tuple(steps), _NONE, begun, ended)


@cache
def _pieces(text: str) -> tuple[str, ...]:
    """Of each word of a string the longest piece that is known of it."""
    words = text.split(" ")
    if len(words) == 1:
        return (_known(text),) if text else ()
    last = len(words) - 1
    edged = [(" " if number else "") + word + (" " if number < last else "") for number, word in enumerate(words)]
    return tuple(_known(piece) for word, piece in zip(words, edged, strict=True) if word)


def _known(piece: str) -> str:
    if _SOME not in piece:
        return piece
    best = max(piece.split(_SOME), key=len)
    return best if best.strip() else ""
