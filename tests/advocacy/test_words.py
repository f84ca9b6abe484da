"""Every action that the plan leaves in the audit has plain words at the desk."""

import re
from pathlib import Path

import habeas.advocacy
from habeas.web.desk.deeds import DEEDS


def test_every_action_has_words() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(habeas.advocacy.__file__).parent.rglob("*.py"))
    actions = set(re.findall(r'"(advocacy\.\w+\.\w+)"', code)) | {"advocacy.offer.taken", "advocacy.offer.dropped"}
    assert len(actions) > 20
    assert actions - set(DEEDS) == set()
    assert {action for action in DEEDS if action.startswith("advocacy.")} - actions == set()
