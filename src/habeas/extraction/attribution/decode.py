"""From the encoder's states to attributions: the best tags, the segments they make, and which segment hangs on which.

Tags are BIO over source, cue and content, on two levels: an attribution that stands by itself, and one that is told
inside the content of another. A chain of tags is chosen by Viterbi's algorithm under a conditional random field; then a
content picks the cue that reports it, and a cue the source that says it, by a biaffine score of their states and
their distance. A content may pick no cue, a cue no source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

N_LEVELS, N_TAGS = 2, 7
SOURCE, CUE, CONTENT = 0, 1, 2
GAP_EDGES = (1, 2, 3, 5, 9, 17, 33, 65)
N_GAPS = 2 * (len(GAP_EDGES) + 1) + 1
N_STEPS = 5
_LIKELY = {SOURCE: 0.3, CUE: 0.2}  # chances from which words are asked where a cue has no source, a content no cue
_BESIDE = {SOURCE: 0.4, CUE: 0.25}  # chances from which a word belongs to the segment beside it
_SURE, _SURE_ALONE = 0.5, 0.8  # chances from which an attribution is told, and one without source and cue


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words of one role: ends included, by place in the window."""

    level: int
    role: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Group:
    """The segments of one attribution."""

    source: tuple[Segment, ...]
    cue: tuple[Segment, ...]
    content: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Linker:
    """Weights that score on which segment another hangs."""

    query: Floats
    query_bias: Floats
    turn: Floats
    turn_bias: Floats
    key: Floats
    key_bias: Floats
    null: Floats
    null_bias: Floats
    gap: Floats
    step: Floats

    def queries(self, states: Floats) -> Floats:
        """What each segment looks for; `states` is (segments, 3 width)."""
        inner = np.maximum(states @ self.query + self.query_bias, 0)
        out: Floats = (inner @ self.turn + self.turn_bias) / np.float32(len(self.null) ** 0.5)
        return out

    def keys(self, states: Floats) -> Floats:
        """What each segment answers to."""
        out: Floats = np.maximum(states @ self.key + self.key_bias, 0)
        return out


@dataclass(frozen=True, slots=True)
class Heads:
    """Everything after the encoder: tag scores, the chain's weights, the two linkers."""

    emit: Floats
    emit_bias: Floats
    start: Floats
    steps: Floats
    cue: Linker
    content: Linker

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.floating]]) -> Heads:
        """The heads in `arrays`, named as `training.attribution.export` names them."""
        emit, bias, start, steps = (
            np.asarray(arrays[name], np.float32) for name in ("emit", "emit_bias", "start", "steps")
        )
        cue, content = (
            Linker(**{name: np.asarray(arrays[f"{role}.{name}"], np.float32) for name in Linker.__slots__})
            for role in ("cue", "content")
        )
        return cls(emit, bias, start, steps, cue, content)


def gap_bucket(first: int, last: int, start: int, stop: int) -> int:
    """Bucket of the number of words between segments first..last and start..stop; 0 where they overlap."""
    if start > last:
        gap, side = start - last - 1, 0
    elif first > stop:
        gap, side = first - stop - 1, 1
    else:
        return 0
    return 1 + side * (len(GAP_EDGES) + 1) + sum(gap >= edge for edge in GAP_EDGES)


def paragraph_bucket(here: int, there: int) -> int:
    """Bucket of how many paragraphs on `there` lies: 0 (two or more before) to 4, 2 the same."""
    return max(-2, min(2, there - here)) + 2


def best_tags(emissions: Floats, lengths: Ints, start: Floats, steps: Floats) -> Ints:
    """The best chain of tags (rows, levels, words) for `emissions` (rows, levels, words, tags); 0 past a row's length.

    `start` is (levels, tags), `steps` (levels, from, to); what BIO forbids has a score of -1e4 or less in them.
    """
    rows, levels, words, tags = emissions.shape
    score = start + emissions[:, :, 0]
    back = np.zeros((words, rows, levels, tags), np.int64)
    back[:] = np.arange(tags)
    for i in range(1, words):
        paths = score[..., None] + steps
        came = paths.argmax(2)
        following = paths.max(2) + emissions[:, :, i]
        present = (lengths > i)[:, None, None]
        back[i] = np.where(present, came, back[0])
        score = np.where(present, following, score)
    out = np.zeros((rows, levels, words), np.int64)
    tag = score.argmax(2)
    for i in range(words - 1, -1, -1):
        out[:, :, i] = np.where((lengths > i)[:, None], tag, 0)
        tag = np.take_along_axis(back[i], tag[..., None], 2)[..., 0]
    return out


def role_chances(emissions: Floats, lengths: Ints, start: Floats, steps: Floats) -> Floats:
    """How likely each word has each role, over all chains of tags: (rows, levels, words, roles); as `best_tags`.

    What stands past a row's length has no meaning.
    """
    words = emissions.shape[2]
    tags = emissions.transpose(2, 0, 1, 3)
    ahead, behind = np.zeros_like(tags), np.zeros_like(tags)
    ahead[0] = start + tags[0]
    for i in range(1, words):
        present = (lengths > i)[:, None, None]
        ahead[i] = np.where(present, _log_sum(ahead[i - 1][..., None] + steps, 2) + tags[i], ahead[i - 1])
    for i in range(words - 2, -1, -1):
        present = (lengths > i + 1)[:, None, None]
        behind[i] = np.where(present, _log_sum(steps + (tags[i + 1] + behind[i + 1])[..., None, :], 3), 0)
    total = _log_sum(ahead[-1], 2)[..., None]
    inside = np.exp(ahead + behind - total)[..., 1:].reshape(*tags.shape[:3], -1, 2).sum(4)
    out: Floats = inside.transpose(1, 2, 0, 3)
    return out


def _log_sum(scores: Floats, axis: int) -> Floats:
    top = scores.max(axis, keepdims=True)
    out: Floats = (top + np.log(np.exp(scores - top).sum(axis, keepdims=True))).squeeze(axis)
    return out


def likely(role: int, chances: Floats, found: Sequence[Segment]) -> list[Segment]:
    """Runs of words outside the segments that may well have a role, by their `chances` (words, roles) on level 0."""
    taken = _taken(found)
    out: list[Segment] = []
    for at in np.flatnonzero(chances[:, role] > _LIKELY[role]).tolist():
        if (0, at) in taken:
            continue
        if out and out[-1].last == at - 1:
            out[-1] = replace(out[-1], last=at)
        else:
            out.append(Segment(0, role, at, at))
    return out


def widened(found: Sequence[Segment], chances: Floats) -> list[Segment]:
    """The segments, sources and cues with the free words beside them that may well belong to them.

    `chances` are (levels, words, roles).
    """
    taken = _taken(found)
    out = []
    for one in found:
        bar, likely_ = _BESIDE.get(one.role), chances[one.level, :, one.role]
        first, last = one.first, one.last
        while bar and first > 0 and likely_[first - 1] > bar and (one.level, first - 1) not in taken:
            first -= 1
        while bar and last + 1 < len(likely_) and likely_[last + 1] > bar and (one.level, last + 1) not in taken:
            last += 1
        out.append(replace(one, first=first, last=last))
    return out


def _taken(found: Sequence[Segment]) -> set[tuple[int, int]]:
    """Level and place of every word that a segment holds."""
    return {(s.level, at) for s in found for at in range(s.first, s.last + 1)}


def chance_of(one: Group, chances: Floats) -> float:
    """How likely the words of an attribution have their roles, on average over its segments."""
    parts = (*one.source, *one.cue, *one.content)
    return float(np.mean([chances[p.level, p.first : p.last + 1, p.role].mean() for p in parts]))


def is_likely(one: Group, chances: Floats) -> bool:
    """Whether an attribution is likely enough to be told; what nobody is said to say by any word has to be more so."""
    return chance_of(one, chances) >= (_SURE if one.cue or one.source else _SURE_ALONE)


def segments(tags: Ints) -> list[Segment]:
    """The segments that `tags` (levels, words) spell, by level and place."""
    out: list[Segment] = []
    for level, row in enumerate(tags.tolist()):
        first = -1
        for i, tag in enumerate([*row, 0]):
            if first >= 0 and (tag == 0 or tag % 2 == 1):
                out.append(Segment(level, (row[first] - 1) // 2, first, i - 1))
                first = -1
            if tag % 2 == 1:
                first = i
    return out


def group(found: Sequence[Segment], states: Floats, paragraphs: Sequence[int], heads: Heads) -> list[Group]:
    """The attributions that the segments of one window make, in order of content.

    `states` (words, width) are the encoder's, `paragraphs` the paragraph number of each word. A cue that reports
    nothing completes the cue of a neighbour ("quoted … as saying") or is left out.
    """
    if not any(s.role == CONTENT for s in found):
        return []
    summary = np.stack([_summary(states, s) for s in found])
    cue_of = _link(found, summary, paragraphs, heads.content, CONTENT)
    source_of = _link(found, summary, paragraphs, heads.cue, CUE)
    contents: dict[int, list[int]] = {}
    out: list[Group] = []
    for i, target in cue_of.items():
        if target < 0:
            out.append(Group((), (), (found[i],)))
        else:
            contents.setdefault(target, []).append(i)
    for cue, parts in contents.items():
        source = (found[source_of[cue]],) if source_of[cue] >= 0 else ()
        out.append(Group(source, (found[cue],), tuple(found[i] for i in parts)))
    return sorted(out, key=lambda g: (g.content[0].first, g.content[0].level))


def _summary(states: Floats, segment: Segment) -> Floats:
    run = states[segment.first : segment.last + 1]
    out: Floats = np.concatenate([run[0], run[-1], run.mean(0)])
    return out


def _link(
    found: Sequence[Segment], summary: Floats, paragraphs: Sequence[int], linker: Linker, role: int
) -> dict[int, int]:
    """For each segment of `role` the segment of the role before that it hangs on, or -1."""
    asking = [i for i, s in enumerate(found) if s.role == role]
    asked = [i for i, s in enumerate(found) if s.role == role - 1]
    if not asking or not asked:
        return dict.fromkeys(asking, -1)
    queries = linker.queries(summary[asking])
    scores = queries @ linker.keys(summary[asked]).T + _distances(found, asking, asked, paragraphs, linker)
    none = queries @ linker.null + linker.null_bias
    best = scores.argmax(1)
    return {
        i: asked[b] if scores[row, b] >= none[row] else -1 for row, (i, b) in enumerate(zip(asking, best, strict=True))
    }


def _distances(
    found: Sequence[Segment], asking: list[int], asked: list[int], paragraphs: Sequence[int], linker: Linker
) -> Floats:
    gaps = [[gap_bucket(found[i].first, found[i].last, found[j].first, found[j].last) for j in asked] for i in asking]
    steps = [[paragraph_bucket(paragraphs[found[i].first], paragraphs[found[j].first]) for j in asked] for i in asking]
    out: Floats = linker.gap[np.array(gaps)] + linker.step[np.array(steps)]
    return out
