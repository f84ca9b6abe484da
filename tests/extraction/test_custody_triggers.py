"""Every trigger of the vocabulary finds its claim in its own example sentences."""

from __future__ import annotations

import re

import pytest

from habeas.extraction.custody import find_claims
from habeas.extraction.custody.find import find_told
from habeas.extraction.custody.words import Trigger, words
from habeas.extraction.document import Page
from habeas.extraction.reading import Entity
from habeas.extraction.segment import analyse

TRIGGERS = words().triggers
EXAMPLES = [(trigger, example) for trigger in TRIGGERS for example in trigger.examples]
PLURAL = re.compile(r"^(?:The|Six|Two)\b.*s\b|^They$")


class OnePerson:
    """Whatever is asked about means the one person of the example."""

    def meaning(self, start: int, end: int) -> tuple[str, ...]:
        return ("e1",)

    def detained(self) -> tuple[str, ...]:
        return ("e1",)

    def in_focus(self, offset: int) -> tuple[str, ...]:
        return ()


def example_page(example: str) -> tuple[Page, list[Entity]]:
    """The example as a page, and the people that its square brackets mark (pronouns are left to the resolver)."""
    mentions: dict[str, list[tuple[int, int]]] = {}
    text = ""
    for piece in re.split(r"(\[[^\]]+\])", example):
        name = piece.strip("[]") if piece.startswith("[") else None
        if name and name.casefold() not in ("he", "she", "him", "her", "his", "they", "them", "their"):
            mentions.setdefault(name, []).append((len(text), len(text) + len(name)))
        text += name or piece
    entities = [
        Entity(f"e{number}", "group" if PLURAL.match(name) else "person", name, tuple(spans))
        for number, (name, spans) in enumerate(mentions.items(), 1)
    ]
    return analyse(text), entities or [Entity("e1", "person", "Samir Khalaf", ())]


@pytest.mark.parametrize(("trigger", "example"), EXAMPLES, ids=lambda value: getattr(value, "name", None))
def test_trigger_finds_its_example(trigger: Trigger, example: str) -> None:
    page, entities = example_page(example)
    claims = find_claims(page, entities, [], published="2024-05-10", resolve=OnePerson())
    wanted = {(kind, phase) for kind, phase, _ in trigger.claims}
    assert wanted & {(claim.kind, claim.phase) for claim in claims if claim.subject in {e.id for e in entities}}


OTHERS = [(trigger, sentence) for trigger in TRIGGERS for sentence in trigger.others]


@pytest.mark.parametrize(("trigger", "sentence"), OTHERS, ids=lambda value: getattr(value, "name", None))
def test_trigger_leaves_sentences_of_other_meaning(trigger: Trigger, sentence: str) -> None:
    page, entities = example_page(sentence)
    told = find_told(page, entities, [], published="2024-05-10", resolve=OnePerson())
    assert told is not None
    assert not [hit for hit in told.hits if hit.trigger is trigger]


def test_triggers_are_called_differently() -> None:
    assert len({trigger.name for trigger in TRIGGERS}) == len(TRIGGERS)


@pytest.mark.parametrize("trigger", TRIGGERS, ids=lambda trigger: trigger.name)
def test_trigger_has_an_example(trigger: Trigger) -> None:
    assert trigger.examples
