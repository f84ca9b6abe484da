"""Words of strikes, illness and blows that mean something else: the claim that they look like is not drawn."""

from __future__ import annotations

import pytest

from habeas.extraction.custody import find_claims
from habeas.extraction.reading import Entity
from habeas.extraction.segment import analyse

NAME = "Samir Khalaf"


class HeldAlone:
    """Everybody who is meant is the one person held."""

    def meaning(self, start: int, end: int) -> tuple[str, ...]:
        return ("e1",)

    def detained(self) -> tuple[str, ...]:
        return ("e1",)

    def in_focus(self, offset: int) -> tuple[str, ...]:
        return ("e1",)


def drawn(text: str) -> set[str]:
    """Kind/phase modality of what the rules draw from a text about one person held."""
    page = analyse(text)
    spans = tuple((at, at + len(NAME)) for at in range(len(text)) if text.startswith(NAME, at))
    claims = find_claims(page, [Entity("e1", "person", NAME, spans)], [], published="2024-05-10", resolve=HeldAlone())
    return {f"{claim.kind}/{claim.phase} {claim.modality}" for claim in claims}


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Samir Khalaf was admitted to bail of 15,000 rand on Tuesday.", "hospitalisation/admitted actual"),
        ("Samir Khalaf was taken from Ramat prison to a checkpoint.", "arrest/done actual"),
        ("The jail handed over Samir Khalaf to the Red Cross on Sunday.", "deportation/done actual"),
        ("The minister in charge of prisons spoke of Samir Khalaf.", "detention/ongoing actual"),
        ("The strike goes on: Samir Khalaf starts a hunger strike tomorrow.", "hunger_strike/start actual"),
        (
            "Samir Khalaf ended a hunger strike. He has had nothing to do with the group.",
            "hunger_strike/ongoing actual",
        ),
        (
            "Samir Khalaf is on hunger strike; he left behind the 50th day of his death orgy.",
            "hunger_strike/ended actual",
        ),
        ("Samir Khalaf has been on a partial hunger strike for well over a year.", "hunger_strike/ended actual"),
        ("Samir Khalaf is on hunger strike. The blame will not end at the door.", "hunger_strike/ended denied"),
        ("Samir Khalaf is on hunger strike. The two files were not joined.", "hunger_strike/start denied"),
        ("Samir Khalaf is on hunger strike and took only water on Monday.", "hunger_strike/ended actual"),
        ("Samir Khalaf is on hunger strike; he entered the 59th day of the death fast.", "death/done actual"),
        ("Samir Khalaf is held. The talks collapsed on Monday.", "health/ongoing actual"),
        ("Samir Khalaf is held. He weighed the offer of 20 kilos of books.", "health/ongoing actual"),
        ("Samir Khalaf is held. His mother has cancer.", "health/ongoing actual"),
        ("Samir Khalaf is held, accused of having been in contact with a banned group.", "denial/done actual"),
        ("Samir Khalaf is held. The police dispersed the crowd with rubber batons.", "ill_treatment/done actual"),
    ],
)
def test_what_means_something_else_is_not_drawn(text: str, never: str) -> None:
    assert never not in drawn(text)
