"""Every action that the plan leaves in the audit has plain words at the desk."""

import re
from pathlib import Path

import habeas.advocacy
from habeas.advocacy import terms
from habeas.web.desk.deeds import DEEDS


def test_every_action_has_words() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(habeas.advocacy.__file__).parent.rglob("*.py"))
    actions = set(re.findall(r'"(advocacy\.\w+\.\w+)"', code)) | {"advocacy.offer.taken", "advocacy.offer.dropped"}
    assert len(actions) > 20
    assert actions - set(DEEDS) == set()
    assert {action for action in DEEDS if action.startswith("advocacy.")} - actions == set()


def test_huridocs_codes_are_of_terms_that_there_are() -> None:
    for name in ("actions", "responses", "impacts", "pledge_states"):
        codes = dict(terms.table("huridocs")[name])
        assert codes.pop("list") in {"20", "27", "44", "45"}
        assert set(codes) <= set(terms.table(name))
        assert all(re.fullmatch(r"(?:\d\d){1,3}", code) for code in codes.values())
    assert set(terms.table("huridocs")["actions"]) - {"list"} == set(terms.table("actions"))
    assert (terms.huridocs("actions", "counsel"), terms.huridocs("responses", "refused")) == ("20/0102", "")
