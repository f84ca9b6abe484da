"""Who is named as the victim of a crime, so that no charge or sentence beside it is theirs."""

from __future__ import annotations

import re
from functools import cache

from habeas import vocab
from habeas.extraction.custody.hits import Hit
from habeas.extraction.custody.scene import Scene

# What stands against somebody; a victim may well have been held, freed or found dead.
_AGAINST = frozenset({"charge", "sentence"})
_LEAD = 60  # characters before a name in which its crime may end


def victims_beside(scene: Scene, hit: Hit) -> frozenset[str]:
    """The people whose killing or the like is told in the sentence of a charge or sentence: "for the murder of X"."""
    if not {kind for kind, _, _ in hit.trigger.claims} <= _AGAINST:
        return frozenset()
    near = ((c, max(hit.sentence.start, c.start - _LEAD)) for c in hit.sentence.people if c.named and not c.group)
    return frozenset(i for c, start in near if _crime().search(scene.text, start, c.start) for i in c.ids)


@cache
def _crime() -> re.Pattern[str]:
    return re.compile(vocab.load("en", "custody")["clauses"]["crime_of"], re.I)
