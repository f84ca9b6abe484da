"""One telling: a trigger where it stands, taken for one event or state, before anybody is settled on as its subject."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from habeas import vocab
from habeas.extraction.custody.find import Told
from habeas.extraction.custody.hits import Hit
from habeas.extraction.custody.modality import context_of
from habeas.extraction.custody.scene import Scene
from habeas.extraction.custody.words import lowered, words
from habeas.extraction.reading import Modality, Span, Statement

Signs = dict[str, float]

_TOKEN = re.compile(r"[a-z0-9']+|[\"(),;:.?!-]")
_LEFT, _RIGHT = 70, 60  # characters around a trigger whose words are looked at one by one
_OLD = 15  # years before publication from which on a date speaks of history


@dataclass(slots=True)
class Telling:
    """A trigger taken for one event: what the rules say of it, and its signs."""

    hit: Hit
    number: int  # of the trigger on the page
    kind: str
    phase: str
    value: str | None
    modality: Modality  # as the rules have it
    cue: str  # the words that decided it, "" for plain telling
    said: Statement | None  # the statement whose content it stands in
    chosen: tuple[str, ...]  # whom the rules find as subject
    how: str  # and where
    kept: tuple[str, ...]  # for whom the rules draft a claim
    focus: tuple[str, ...]
    signs: Signs = field(default_factory=dict)

    @property
    def event(self) -> tuple[str, str]:
        """Kind and phase."""
        return self.kind, self.phase

    @property
    def trigger(self) -> str:
        """What the tables know the trigger by: its place in the vocabulary changes, its first example does not."""
        examples = self.hit.trigger.examples
        return f"{self.kind}: {examples[0] if examples else self.hit.trigger.name}"


@cache
def cues() -> Mapping[str, str]:
    """Word -> the sign of how something is told that it is."""
    return {word: sign for sign, group in vocab.load("en", "weighing")["cues"].items() for word in group}


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[str, ...]:
    """The words and marks of a stretch, in small letters, every number the same."""
    return tuple(word for word, _ in word_spans(text))


def word_spans(text: str) -> list[tuple[str, Span]]:
    """The same with where each stands in the stretch."""
    found = ((match.group(), match.span()) for match in _TOKEN.finditer(lowered(text)))
    return [("0" if word.isdigit() else word, span) for word, span in found]


def tellings(told: Told) -> list[Telling]:
    """Every event that some trigger of the page may tell of, in text order, with its signs."""
    page_signs = _of_page(told)
    kept = {(one.hit.span, one.hit.trigger.name, one.plan.kind, one.plan.phase): tuple(one.ids) for one in told.meant}
    often = Counter((kind, phase) for hit in told.hits for kind, phase, _ in hit.trigger.claims)
    found = []
    for number, hit in enumerate(told.hits):
        for telling in _of_hit(told, number, hit):
            telling.kept = kept.get((hit.span, hit.trigger.name, telling.kind, telling.phase), ())
            telling.signs = page_signs | _signs(told, telling, often[telling.event])
            found.append(telling)
    return found


def _of_hit(told: Told, number: int, hit: Hit) -> Iterator[Telling]:
    scene = told.setting.scene
    focus, found = told.setting.whom(hit)
    chosen, how = (found.ids, found.how) if found else ((), "none")
    said = scene.statement_at(*hit.span)
    for kind, phase, value in hit.trigger.claims:
        modality, cue = told.setting.how(hit, kind, phase)
        yield Telling(hit, number, kind, phase, value, modality, cue, said, chosen, how, (), focus)


def _of_page(told: Told) -> Signs:
    scene, published = told.setting.scene, told.setting.published
    years = _years(told, 0, len(scene.text))
    old = sum(year < int(published[:4]) - _OLD for year in years) if published else 0
    size = len(scene.page.tokens) or 1
    return {
        "page.length": math.log1p(size) / 8,
        "page.fiction": min(1.0, len(words().fiction.findall(scene.text)) / 4),
        "page.labour": min(1.0, len(words().free_strike.findall(scene.text)) / 3),
        "page.triggers": min(3.0, len(told.hits) / size * 50),
        "page.held": math.log1p(len(scene.held)),
        "page.old": min(1.0, old / 4),
    }


def _years(told: Told, start: int, end: int) -> list[int]:
    mentions = told.setting.mentions
    return [int(m.value[:4]) for m in mentions if start <= m.start < end and m.value and m.value[:4].isdigit()]


def _signs(told: Told, telling: Telling, often: int) -> Signs:
    scene, hit = told.setting.scene, telling.hit
    sentence, trigger = hit.sentence, hit.trigger
    place = scene.page.sentence_index(sentence.start)
    signs = {
        f"kind {telling.kind}": 1.0,
        f"event {telling.kind}/{telling.phase}": 1.0,
        f"told {telling.modality}": 1.0,
        "by a cue": float(bool(telling.cue)),
        "nominal": float(trigger.nominal),
        "for people known": float(trigger.known),
        "modality of its own": float(trigger.modality is not None),
        "place": place / max(1, len(scene.sentences)),
        "first sentence": float(place == 0),
        "second sentence": float(place == 1),
        "length": min(3.0, len(sentence.text) / 150),
        "offset": (hit.span[0] - sentence.start) / max(1, len(sentence.text)),
        "told often": math.log1p(often),
        "respectively": float("respectively" in sentence.text),
        "narration": float(telling.said is None),
    }
    if telling.said:
        signs[f"manner {telling.said.manner}"] = signs[f"act {telling.said.acts[0]}"] = 1.0
        signs["speaker held"] = float(telling.said.speaker.entity in scene.held)
    return signs | _of_cues(scene, telling) | _of_years(told, sentence.start, sentence.end)


def _of_cues(scene: Scene, telling: Telling) -> Signs:
    hit = telling.hit
    before, after = context_of(scene, hit.sentence, hit.span, telling.said)
    within = scene.text[slice(*hit.span)]
    known = cues()
    signs = {f"{known[word]} before": 1.0 for word in tokens(before + " " + within) if word in known}
    return signs | {f"{known[word]} after": 1.0 for word in tokens(after) if word in known}


def _of_years(told: Told, start: int, end: int) -> Signs:
    years, published = _years(told, start, end), told.setting.published
    if not years or not published:
        return {}
    gap = int(published[:4]) - min(years)
    return {"dated": 1.0, "a year ago": float(gap >= 1), "years ago": float(gap >= 3), "long ago": float(gap >= 10)}


def wording(scene: Scene, telling: Telling) -> list[str]:
    """The signs of a telling's own words, for the judge of modality."""
    hit, sentence = telling.hit, telling.hit.sentence
    event = f"{telling.kind}/{telling.phase}"
    left = tokens(scene.text[max(sentence.start, hit.span[0] - _LEFT) : hit.span[0]])
    right = tokens(scene.text[hit.span[1] : min(sentence.end, hit.span[1] + _RIGHT)])
    inside = tokens(scene.text[slice(*hit.span)])
    plain = [name for name, value in telling.signs.items() if value == 1.0]
    crossed = [name for name in plain if name.endswith((" before", " after")) or name.startswith("act ")]
    found = [*plain, f"told {telling.modality} {event}", f"trigger {telling.trigger}"]
    found += [f"{name} {other}" for name in crossed for other in (event, f"told {telling.modality}")]
    found += [f"left {word}" for word in left[-6:]]
    found += [f"left-{n} {word}" for n, word in enumerate(reversed(left[-2:]), 1)]
    found += ["left " + " ".join(left[-2:])] if len(left) > 1 else []
    found += [f"right {word}" for word in right[:5]]
    found += [f"inside {word}" for word in inside]
    found += [f"cue {word}" for word in _cue_words(scene, telling.said)]
    return list(dict.fromkeys(found))


def _cue_words(scene: Scene, said: Statement | None) -> Sequence[str]:
    return [word for start, end in (said.cue if said else ()) for word in tokens(scene.text[start:end])]
