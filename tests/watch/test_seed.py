"""The page that the project began with raises the escalation watch, with its three reasons and their words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cast import actor, cast
from habeas.watch import queries, services
from seed import needs_seed, taken_in

pytestmark = [pytest.mark.corpora, needs_seed, pytest.mark.django_db]


def test_the_page_raises_the_escalation_watch_with_its_reasons_and_words(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    people = cast()
    taken_in(people.alice, "2020-10-20")
    services.tick(actor=actor(people.alice), on=date(2020, 10, 20))
    (alert,) = [one for one in queries.alerts(people.alice) if one.rule == "escalation"]
    words = {reason.label: reason.words for reason in alert.reasons}
    threats = [said for label, said in words.items() if label.startswith("conditional threat by ")]
    assert "the life of the hunger-striking prisoner" in words["on hunger strike"]
    assert any("all options are on the table" in said for said in threats)
    assert any("will respond strongly to any crime" in said for said in threats)
    assert "will not release" in words["release refused"]
    assert len(words) == len(threats) + 2
    services.tick(actor=actor(people.alice), on=date(2020, 10, 21))
    assert len([one for one in queries.alerts(people.alice) if one.rule == "escalation"]) == 1
