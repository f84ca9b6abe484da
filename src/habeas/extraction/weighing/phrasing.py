"""The words around a trigger and somebody, signs of whether the trigger tells of them; every name is the same word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat

from habeas.extraction.custody.scene import Candidate, Scene, Sentence
from habeas.extraction.reading import Span
from habeas.extraction.weighing.telling import Telling, word_spans

_NAME = "name"
_NEAR, _BESIDE, _BETWEEN = 10, 3, 12  # words to each side of a trigger, right beside it, and on the way to somebody


@dataclass(frozen=True, slots=True)
class Phrasing:
    """What each sign is worth, in log odds, and what is added to all of them."""

    worth: Mapping[str, float]
    base: float

    def score(self, signs: Sequence[str]) -> float:
        """What the signs are worth together, the base left out."""
        return sum(map(self.worth.get, signs, repeat(0.0)))


class Phrases:
    """The signs of one page's tellings and of those whom they may concern."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._names = sorted({(first, last) for entity in scene.entities.values() for first, last in entity.mentions})
        self._sentences: dict[int, tuple[list[str], list[int], list[int]]] = {}

    def of_telling(self, telling: Telling) -> list[str]:
        """The words of the trigger's sentence, by where they stand from it, by themselves and with the kind."""
        hit, kind = telling.hit, telling.kind
        words, starts, ends = self._words(hit.sentence)
        first, last = bisect_right(ends, hit.span[0]), bisect_left(starts, hit.span[1])
        left, inside, right = words[:first], words[first:last], words[last:]
        found = [f"T {telling.trigger}", f"E {kind}/{telling.phase}"]
        for side, beside in (("l", left[: -_BESIDE - 1 : -1]), ("r", right[:_BESIDE])):
            for n, word in enumerate(beside):
                found += [f"{side}{n} {word}", f"{side}{n} {word} {kind}"]
        found += [f"L {word}" for word in left[-_NEAR:]] + [f"R {word}" for word in right[:_NEAR]]
        found += [f"S {word} {kind}" for word in left] + [f"S {word} {kind}" for word in right]
        found += [f"LB {a} {b}" for a, b in pairwise(left[-4:])]
        found += [f"RB {a} {b}" for a, b in pairwise(right[:4])]
        found += [f"I {word} {kind}" for word in inside]
        return list(dict.fromkeys(found))

    def of_pair(self, telling: Telling, person: str) -> list[str]:
        """The words on the way from the trigger to where somebody is nearest in its sentence, and around that place."""
        hit = telling.hit
        mine = [candidate for candidate in hit.sentence.people if person in candidate.ids]
        if not mine:
            return ["P0"]
        nearest = min(mine, key=lambda c: min(abs(c.end - hit.span[0]), abs(c.start - hit.span[1])))
        return list(dict.fromkeys(self._to(telling, nearest)))

    def _to(self, telling: Telling, somebody: Candidate) -> Iterator[str]:
        kind, (start, end) = telling.kind, telling.hit.span
        words, starts, ends = self._words(telling.hit.sentence)
        before, after = bisect_right(ends, somebody.start), bisect_left(starts, somebody.end)
        side, way = "=", words[:0]
        if somebody.end <= start:
            side, way = "<", words[after : bisect_right(ends, start)]
        elif somebody.start >= end:
            side, way = ">", words[bisect_left(starts, end) : before]
        yield from (f"P{side}", f"P{side} {kind}")
        for word in way[:_BETWEEN]:
            yield from (f"B{side} {word}", f"B{side} {word} {kind}")
        if len(way) <= 4:
            yield from (f"W{side} {' '.join(way)}", f"W{side} {' '.join(way)} {kind}")
        yield from (f"p{n}{side} {word}" for n, word in enumerate(reversed(words[max(0, before - 2) : before])))
        yield from (f"a{n}{side} {word}" for n, word in enumerate(words[after : after + 2]))
        if somebody.named:
            yield "M named"
        else:
            yield from (f"M {word}" for word, _ in word_spans(self.scene.text[somebody.start : somebody.end])[:4])

    def _words(self, sentence: Sentence) -> tuple[list[str], list[int], list[int]]:
        """The words of a sentence with where each starts and ends; every name is one word."""
        if sentence.start not in self._sentences:
            found = list(self._spelled(sentence.start, sentence.end))
            words, spans = [word for word, _ in found], [span for _, span in found]
            self._sentences[sentence.start] = words, [start for start, _ in spans], [end for _, end in spans]
        return self._sentences[sentence.start]

    def _spelled(self, start: int, end: int) -> Iterator[tuple[str, Span]]:
        at = start
        for first, last in self._names[bisect_left(self._names, (start, 0)) :]:
            if first >= end:
                break
            if first < at or last > end:
                continue
            yield from self._plain(at, first)
            yield _NAME, (first, last)
            at = last
        yield from self._plain(at, end)

    def _plain(self, start: int, end: int) -> Iterator[tuple[str, Span]]:
        for word, (first, last) in word_spans(self.scene.text[start:end]):
            yield word, (start + first, start + last)
