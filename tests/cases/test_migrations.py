"""The tables of cases go back to how they were and forward again, with what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cast import actor, cast, of_two_teams, report
from habeas.audit import checks
from habeas.cases import judging, kept, marks
from habeas.cases.checks import SEALED
from habeas.cases.models import Claim, Judgement, Name, NameKey, NamePair, Person
from habeas.cli import desk
from habeas.core import append_only

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_there_and_back_loses_no_row_and_no_guard(settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    people = cast()
    report(people.alice, "Tarek Oumari")
    judging.judge(Claim.objects.get(), "accept", actor=actor(people.alice), reason="seen")
    before = list(Claim.objects.values()), list(Judgement.objects.values())
    call_command("migrate", "cases", "0002", verbosity=0)
    columns = {
        column.name for column in connection.introspection.get_table_description(connection.cursor(), "cases_claim")
    }
    assert "carried_from_id" not in columns
    call_command("migrate", verbosity=0)
    assert (list(Claim.objects.values()), list(Judgement.objects.values())) == before
    assert append_only.missing() == []
    assert marks.missing() == []
    assert kept.catch_up() == 1
    assert not list(kept.faults())
    assert not list(checks.faults(SEALED))


@pytest.mark.parametrize("older", ["0012", "0019"])
def test_names_of_an_older_desk_get_the_keys_of_today(older: str, settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    report(cast().alice, "Tarek Oumari")
    before = set(NameKey.objects.values_list("name", "team", "key"))
    call_command("migrate", "cases", older, verbosity=0)
    NameKey.objects.filter(pk__gt=NameKey.objects.order_by("pk").values_list("pk", flat=True)[0]).delete()
    call_command("migrate", verbosity=0)
    assert set(NameKey.objects.values_list("name", "team", "key")) == before
    assert len(before) > 1


def test_names_of_an_older_desk_are_compared_again(settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    alice = cast().alice
    report(alice, "Sami Darwish")
    report(alice, "Samy Darwich", kind="profile", phase="age")
    assert NamePair.objects.exists()
    call_command("migrate", "cases", "0019", verbosity=0)
    call_command("migrate", verbosity=0)
    assert not NamePair.objects.exists()
    assert not Name.objects.filter(paired=True).exists()


def test_what_a_kill_after_the_last_migration_left_undone_is_done_by_the_next_command(
    settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    call_command("migrate", "cases", "0019", verbosity=0)

    def killed(*_told: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as before_guards:
        before_guards.setattr("django.core.management.commands.migrate.emit_post_migrate_signal", killed)
        with pytest.raises(KeyboardInterrupt):
            desk._bring_up_to_date()
    append_only.take_down()
    assert marks.missing()
    assert append_only.missing()
    desk._bring_up_to_date()
    assert marks.missing() == append_only.missing() == []
    assert not list(tmp_path.glob(desk.UPGRADING))


def test_guards_that_somebody_took_down_are_not_put_up_unseen(settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    append_only.take_down()
    desk._bring_up_to_date()
    assert append_only.missing()
    call_command("migrate", verbosity=0)


def test_a_desk_brought_up_to_date_knows_how_full_its_tables_are(settings: object, tmp_path: Path) -> None:
    """A migration that makes a table anew forgets what SQLite knew of it; searches then took twelve times as long."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts by itself")
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    report(cast().alice, "Tarek Oumari")
    call_command("migrate", "cases", "0015", verbosity=0)
    desk._bring_up_to_date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert {"cases_name", "cases_namekey"} <= {name for (name,) in cursor.fetchall()}


def test_files_of_two_teams_are_not_lost_on_the_way_back(settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    of_two_teams(cast(), "Tarek Oumari", "Abu Salim Haddar")
    with pytest.raises(CommandError, match="1 people were found to be one with somebody in another team's file"):
        call_command("migrate", "cases", "0018", verbosity=0)
    assert Person.objects.exclude(one_with=None).count() == 1
    call_command("migrate", verbosity=0)
