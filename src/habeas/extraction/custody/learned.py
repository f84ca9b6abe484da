"""What the encoder says a sentence tells: kinds and phases with a score, the word where each peaks, and how it is told.

A label is `kind/phase`, and `kind/phase/value` for kinds whose value is a code. The score of a label is added up over the
words of a sentence (Dietterich et al. 1997, multiple instances), so that sentences alone were needed to learn where the
telling word stands.
"""

from __future__ import annotations

from habeas.extraction.reading import Modality

MODALITIES: tuple[Modality, ...] = ("actual", "alleged", "planned", "demanded", "denied", "hypothetical")
_CODED = frozenset({"detention", "denial", "ill_treatment", "health"})
_HEALTH = frozenset({"critical", "serious", "deteriorating", "stable", "improving"})


def label_of(kind: str, phase: str, value: int | str | None) -> str:
    """The label that a claim of this kind, phase and value is learned under."""
    if kind not in _CODED:
        return f"{kind}/{phase}"
    code = value if kind != "health" or value in _HEALTH else "text"
    return f"{kind}/{phase}/{code}"
