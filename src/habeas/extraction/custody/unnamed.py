"""Calls to free others than anybody on the page: "urged Hanoi to free all those held for peaceful words"."""

from __future__ import annotations

import re

from habeas.extraction.custody.hits import Hit
from habeas.extraction.custody.scene import Scene

_OTHERS = re.compile(
    r"\s+(?:of\s+|for\s+)?(?:(?:all|any|every|each|the|these|other|its|their|remaining|more|many|"
    r"(?:thousands|hundreds|dozens|scores) of|political|[\w-]+(?:ed|ly|al|ing|ian|ese|an))\s+){0,5}"
    r"(?:those|prisoners|detainees|hostages|captives|inmates|people|persons|opponents|protesters|demonstrators|"
    r"activists|journalists|reporters|writers|women|men|children|students|others|everyone|everybody|anyone|"
    r"prisoner of conscience)\b",
    re.IGNORECASE,
)  # whom a call names right behind its verb
_FREED = ("release", "done")


def asks_for_others(scene: Scene, hit: Hit, how: str) -> bool:
    """Whether a trigger, told `how`, asks to free people who are nobody that was read: it then tells of nobody."""
    if not any(claim[:2] == _FREED for claim in hit.trigger.claims) or how != "demanded":
        return False
    others = _OTHERS.match(scene.text, hit.span[1], hit.sentence.end)
    return others is not None and not any(
        person.start < others.end() and others.start() < person.end for person in hit.sentence.people
    )
