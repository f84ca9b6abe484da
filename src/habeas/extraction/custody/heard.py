"""Where the vocabulary's words end: events that the encoder hears without a trigger, and triggers that it does not hear.

The encoder scores what each sentence tells (`extraction.telling`). It never decides about whom: an event that it hears goes
the same way as a trigger's, through `subjects`, `when` and `values`, and is dropped where the text does not say whose it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from habeas.extraction.custody.words import Slot, Trigger, words
from habeas.extraction.document import Page
from habeas.extraction.reading import Claim
from habeas.extraction.telling import Told

HEARD = 0.5
"""An event without a trigger is taken where it scores as much; docs/quality.md has what other bars give."""
UNHEARD = 0.05
"""A trigger's claim is dropped where its event scores less."""
SURE = 0.6
"""The encoder's modality counts where its chance is as high; else the cues beside the words decide."""
_NOTHING = re.compile(r"(?!)")

BySentence = Mapping[int, Sequence[Told]]


def by_sentence(page: Page, told: Iterable[Told]) -> BySentence:
    """What each sentence tells, by the offset where the sentence starts."""
    out: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        out[page.sentences[one.sentence].start].append(one)
    return out


def heard(told: Sequence[Told], triggers: Iterable[Trigger]) -> Iterator[tuple[Trigger, Told]]:
    """The events of one sentence that score high and that none of its `triggers` tells, each as a trigger of its own."""
    known = {claim[:2] for trigger in triggers for claim in trigger.claims}
    for one in told:
        if one.score >= HEARD and (one.kind, one.phase) not in known:
            sure = max(one.chances) >= SURE
            yield _trigger(one.kind, one.phase, one.value, one.modality if sure else None), one


def unheard(claim: Claim, told: Sequence[Told]) -> bool:
    """Whether the encoder hears nothing of a trigger's claim in its sentence."""
    return not any(one.score >= UNHEARD for one in told if (one.kind, one.phase) == (claim.kind, claim.phase))


@cache
def _trigger(kind: str, phase: str, value: str | None, modality: str | None) -> Trigger:
    own = None if value == "text" or kind == "health" and value is None else value
    return Trigger(
        name="encoder",
        claims=((kind, phase, own),),
        who=_slots()[kind],
        pattern=_NOTHING,
        modality=modality,
        known=True,
    )


@cache
def _slots() -> Mapping[str, tuple[Slot, ...]]:
    """Where to look for whom an event of a kind happened to: as most of the vocabulary's triggers of that kind do."""
    counts: dict[str, Counter[tuple[Slot, ...]]] = defaultdict(Counter)
    for _, triggers in words().gates:
        for trigger in triggers:
            for kind, _, _ in trigger.claims:
                counts[kind][trigger.who] += 1
    return {kind: found.most_common(1)[0][0] for kind, found in counts.items()}
