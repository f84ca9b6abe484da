"""What one side tells and another denies: the denial is a claim of its own, and makes what was told an allegation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from habeas.extraction.custody.scene import Scene
from habeas.extraction.custody.words import words
from habeas.extraction.reading import Claim

_KINDS = ("ill_treatment",)  # what is told by one side only, and often denied without naming it again
_REACH = 2  # sentences between what is told and its denial


def disputed(scene: Scene, drafts: Sequence[Claim]) -> list[Claim]:
    """The drafts with denials that point back ("the police deny it") added, and what is denied told as alleged."""
    found = [*drafts, *_denials(scene, drafts)]
    denied = {(claim.subject, claim.kind) for claim in found if claim.kind in _KINDS and claim.modality == "denied"}
    return [_alleged(claim) if (claim.subject, claim.kind) in denied else claim for claim in found]


def _alleged(claim: Claim) -> Claim:
    if claim.modality != "actual" or claim.statement is None:
        return claim
    return replace(claim, modality="alleged", why=f"{claim.why}; alleged, for it is denied")


def _denials(scene: Scene, drafts: Sequence[Claim]) -> Iterator[Claim]:
    told = [claim for claim in drafts if claim.kind in _KINDS and claim.modality in ("actual", "alleged")]
    if not told:
        return
    for index, sentence in enumerate(scene.sentences):
        for match in words().echo.finditer(sentence.text):
            at = sentence.start + match.start()
            since = scene.sentences[max(0, index - _REACH)].start
            before = [claim for claim in told if since <= int(claim.id) < at]
            if not before:
                continue
            last = max(int(claim.id) for claim in before)
            statement = scene.statement_at(at, sentence.start + match.end())
            for claim in before:
                if int(claim.id) == last:
                    yield replace(
                        claim,
                        id=f"{at:08d}",
                        modality="denied",
                        date=None,
                        evidence=((sentence.start, sentence.end),),
                        statement=statement.id if statement else None,
                        why=f"{claim.kind} denied by «{match.group()}»",
                    )
