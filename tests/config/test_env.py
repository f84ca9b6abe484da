"""Settings from the environment."""

from pathlib import Path

import pytest

from habeas.config import env


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("", "django.db.backends.sqlite3", "/data/habeas.sqlite3"),
        ("sqlite:////var/desk.db", "django.db.backends.sqlite3", "/var/desk.db"),
        ("sqlite:///var/my%20desk.db", "django.db.backends.sqlite3", "/var/my desk.db"),
        ("postgresql://amal:p%40ss@db:5433/desk", "django.db.backends.postgresql", "desk"),
        ("postgres:///desk", "django.db.backends.postgresql", "desk"),
    ],
)
def test_database_addresses(url: str, engine: str, name: str) -> None:
    found = env.database(url, Path("/data"))
    assert (found["ENGINE"], found["NAME"]) == (engine, name)


def test_a_password_may_hold_any_character() -> None:
    found = env.database("postgresql://amal:p%40ss@db:5433/desk?sslmode=require", Path("/data"))
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("amal", "p@ss", "db", "5433")
    assert found["OPTIONS"] == {"sslmode": "require", "options": env.POSTGRESQL_PLANS}


def test_an_address_may_say_how_its_server_plans() -> None:
    found = env.database("postgresql://amal@db/desk?options=-c%20jit%3Doff", Path("/data"))
    assert found["OPTIONS"] == {"options": "-c jit=off"}
    found = env.database("postgresql://amal@pool/desk?options=", Path("/data"))
    assert found["OPTIONS"] == {"options": ""}  # a connection pool may take none


def test_another_database_is_refused_with_the_allowed_ones() -> None:
    with pytest.raises(env.ConfigurationError, match="'mysql'; use sqlite:///PATH or postgresql"):
        env.database("mysql://x/y", Path("/data"))


@pytest.mark.parametrize(("value", "is_on"), [("yes", True), ("1", True), ("OFF", False), ("", False)])
def test_flags(monkeypatch: pytest.MonkeyPatch, value: str, is_on: bool) -> None:
    monkeypatch.setenv("HABEAS_DEBUG", value)
    assert env.flag("HABEAS_DEBUG") is is_on


def test_a_flag_that_is_neither_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HABEAS_DEBUG", "maybe")
    with pytest.raises(env.ConfigurationError, match="HABEAS_DEBUG is 'maybe'; write yes or no"):
        env.flag("HABEAS_DEBUG")


def test_a_value_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n", encoding="utf-8")
    monkeypatch.setenv("HABEAS_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.text("HABEAS_SECRET_KEY") == "s3cret"
    monkeypatch.setenv("HABEAS_SECRET_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(env.ConfigurationError, match="No such file"):
        env.text("HABEAS_SECRET_KEY")


def test_the_key_is_made_once_and_is_its_owners_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HABEAS_SECRET_KEY", raising=False)
    folder = tmp_path / "desk"
    first = env.secret_key(folder)
    assert len(first) > 50
    assert env.secret_key(folder) == first
    assert (folder / "secret_key").stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
