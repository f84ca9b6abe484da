"""`habeas user`: who is on the desk, with which roles."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from habeas.accounts.models import Membership, Team
from habeas.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """The exit code and what was said, with a password at hand for whoever asks."""

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("quiet harbour lantern\n"))
        code = main(["user", *words])
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


def test_somebody_is_added_as_reader_and_made_editor(typed: Callable[..., tuple[int, str]]) -> None:
    code, told = typed("amal")
    assert (code, "as reader in the team Desk. `habeas user amal --grant editor` lets them judge" in told) == (0, True)
    assert typed("amal", "--grant", "editor", "--revoke", "reader") == (0, "amal, in the team Desk: editor.\n")
    assert typed()[1] == "amal, in the team Desk: editor.\ndesk, in the team Desk: admin.\n"


def test_without_a_role_somebody_sees_nothing(typed: Callable[..., tuple[int, str]]) -> None:
    typed("amal")
    assert "no role, and so sees nothing" in typed("amal", "--revoke", "reader")[1]
    assert Membership.objects.get(user__username="amal").roles == []


def test_a_second_team_is_made_by_naming_it(typed: Callable[..., tuple[int, str]]) -> None:
    typed("amal", "--role", "editor", "--role", "publisher")
    assert typed("amal", "--team", "Second") == (0, "amal, in the team Second: reader.\n")
    assert Membership.objects.get(user__username="amal", team__name="Desk").roles == ["editor", "publisher"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("hala", "--grant", "editor"), "hala is not in the team Desk"),
        (("amal",), "exists"),
        (("amal", "--grant", "king"), "'king' is no role"),
        (("desk", "--revoke", "admin"), "last admin"),
        (("hala", "--role", "king"), "'king' is no role"),
        (("hala", "--role", "king", "--team", "Second"), "'king' is no role"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    typed: Callable[..., tuple[int, str]], words: tuple[str, ...], says: str
) -> None:
    typed("amal")
    code, told = typed(*words)
    assert (code, says in told, told.count("\n")) == (1, True, 1)
    assert not Membership.objects.filter(user__username="hala").exists()
    assert not Team.objects.filter(name="Second").exists()


@pytest.mark.parametrize("words", [("hala", "--role", "king"), ("desk", "--role", "editor")])
def test_nobody_is_asked_for_a_password_in_vain(monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def asked(_prompt: str) -> str:
        raise AssertionError("A password was asked for.")

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", asked)
    assert main(["user", *words]) == 1
