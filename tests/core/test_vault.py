"""Confidential fields: what a copy of the database holds, a new key, a key that is lost."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from cast import Cast, actor, cast, report
from habeas.accounts.rotation import rotate
from habeas.accounts.services import local_operator
from habeas.audit import checks
from habeas.audit.models import AuditLine
from habeas.cases import judging, people
from habeas.cases.checks import SEALED
from habeas.cases.models import Case, Claim, Judgement, PeopleChange
from habeas.cli import main
from habeas.core import append_only, encrypted, vault
from habeas.watch import channels
from habeas.watch.models import Channel

SECRET = "his sister Hala told us"


@pytest.fixture
def desk(db: None, settings: Any, tmp_path: Path) -> Cast:
    """A judgement and an alias with reasons, and a way for alerts: what people wrote, and no document holds."""
    settings.DATA_DIR = tmp_path
    made = cast()
    report(made.alice, "Tarek Oumari")
    judging.judge(Claim.objects.get(), "accept", actor=actor(made.alice), reason=SECRET)
    person = Case.objects.get().person
    people.add_alias(person, "Abu Hani", reason=SECRET, user=made.alice, actor=actor(made.alice))
    channels.open_channel(made.alice, "mail", actor=actor(made.alice), address="alice@basit.example")
    return made


def kept() -> list[str]:
    """What the database itself holds of the confidential fields."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for model, column in encrypted.columns():
            cursor.execute(f'SELECT "{column}" FROM {model._meta.db_table} WHERE "{column}" <> %s', [""])  # noqa: S608
            found += [value for (value,) in cursor.fetchall()]
    return found


def told() -> tuple[str, str, str]:
    return Judgement.objects.get().reason, PeopleChange.objects.get().reason, Channel.objects.get().address


TOLD = (SECRET, SECRET, "alice@basit.example")


def test_the_database_holds_no_word_of_it(desk: Cast) -> None:
    assert told() == TOLD
    assert len(kept()) == 3
    assert all(value.startswith(vault.MARK) for value in kept())
    assert vault.path().stat().st_mode & 0o777 == 0o600


def test_seals_hold_and_tell_nothing(desk: Cast) -> None:
    assert not list(checks.faults(SEALED))
    (wrote,) = AuditLine.objects.filter(action="cases.claim.judged").values_list("wrote", flat=True)
    (seal,) = wrote["cases.judgement"].values()
    assert seal.startswith("k")
    with append_only.lifted():
        Judgement.objects.update(reason="another")
    assert any("not as line" in fault for fault in checks.faults(SEALED))


def test_text_that_looks_encrypted_is_text(desk: Cast) -> None:
    judging.judge(Claim.objects.get(), "reject", actor=actor(desk.bob), reason="enc1:gAAAAA")
    assert Judgement.objects.latest("pk").reason == "enc1:gAAAAA"


@pytest.mark.django_db(transaction=True)
def test_a_new_key_takes_over_everything(desk: Cast) -> None:
    before, seal = set(kept()), vault.seal_secret()
    assert rotate(actor=actor(desk.alice)) == 3
    assert not before & set(kept())
    assert all(vault.is_newest(value) for value in kept())
    assert (told(), vault.seal_secret()) == (TOLD, seal)
    assert append_only.missing() == []
    assert not list(checks.faults(SEALED))
    assert rotate(actor=actor(desk.alice)) == 3  # every time another key


@pytest.mark.django_db(transaction=True)
def test_a_rotation_that_was_stopped_goes_on_with_its_key(desk: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = encrypted._update, []

    def stopped(*given: Any) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*given)

    monkeypatch.setattr(encrypted, "_update", stopped)
    with pytest.raises(KeyboardInterrupt):
        rotate(actor=actor(desk.alice))
    assert told() == TOLD
    newest = json.loads(vault.path().read_text())["fernet"][0]
    monkeypatch.setattr(encrypted, "_update", real)
    assert rotate(actor=actor(desk.alice)) == 2
    assert json.loads(vault.path().read_text())["fernet"][0] == newest
    assert (told(), append_only.missing()) == (TOLD, [])


def test_what_another_worker_wrote_with_the_key_before_is_read(desk: Cast) -> None:
    old = vault.encrypt("written meanwhile")
    rotate(actor=actor(desk.alice))
    assert vault.decrypt(old) == "written meanwhile"


def test_a_lost_key_is_one_sentence_and_no_new_key(desk: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    vault.path().unlink()
    with pytest.raises(vault.KeyMissing, match="is missing; put it back from your copy"):
        told()
    assert not vault.path().exists()
    client = Client()
    client.force_login(desk.alice)
    assert client.get("/watch").status_code == 503  # the ways by which alerts leave
    assert client.get("/cases").status_code == 200
    local_operator()
    capsys.readouterr()  # what the log says of the page
    assert main(["keys", "status"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("content", ["", "{}", '{"fernet": ["x"], "seal": "", "turning": false}'])
def test_a_damaged_key_is_one_sentence(desk: Cast, content: str) -> None:
    vault.path().write_text(content)
    with pytest.raises(vault.KeyMissing, match="holds no keys"):
        told()


def test_another_desks_key_is_one_sentence(desk: Cast, settings: Any, tmp_path: Path) -> None:
    settings.KEY_FILE = str(tmp_path / "other")
    vault.make(lambda: False)
    with pytest.raises(vault.KeyMissing, match="does not hold the key"):
        told()


def test_the_key_may_lie_elsewhere(desk: Cast, settings: Any, tmp_path: Path) -> None:
    settings.KEY_FILE = str(tmp_path / "stick" / "key")
    (tmp_path / "stick").mkdir()
    (tmp_path / "field_keys").rename(settings.KEY_FILE)
    assert told() == TOLD


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("app", "before"), [("watch", "0003"), ("advocacy", "0003"), ("cases", "0008")])
def test_there_in_clear_and_back_encrypted(desk: Cast, app: str, before: str) -> None:
    others = [value for value in kept() if value.startswith(vault.MARK)]
    call_command("migrate", app, before, verbosity=0, stdout=io.StringIO())
    assert len([value for value in kept() if value.startswith(vault.MARK)]) < len(others) or app == "advocacy"
    call_command("migrate", verbosity=0)
    assert all(value.startswith(vault.MARK) for value in kept())
    assert (told(), append_only.missing()) == (TOLD, [])
    assert not list(checks.faults(SEALED))
