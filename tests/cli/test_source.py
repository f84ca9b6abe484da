"""`habeas source`: following a folder from the command line, and sentences for what cannot be."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.db import connection

from habeas.cli import main
from habeas.sources.models import Feed

pytestmark = pytest.mark.django_db


def test_a_folder_is_followed_watched_listed_paused_and_resumed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Tarek Oumari was arrested on 4 March 2026 in Basit.")
    assert main(["source", "add", str(tmp_path), "--source", "Basit Post"]) == 0
    assert "Nobody learns anything" in capsys.readouterr().out
    assert main(["watch", "--once"]) == 0
    assert "1 new documents from 1 sources. 1 cases looked at" in capsys.readouterr().out
    assert main(["source", "list"]) == 0
    listed = capsys.readouterr().out
    assert "1 taken in, 0 waiting" in listed
    number = listed.split()[0]
    assert main(["source", "pause", number]) == 0
    assert main(["source", "list"]) == 0
    assert "; paused" in capsys.readouterr().out
    assert main(["source", "resume", number]) == 0


def test_an_address_is_not_followed_before_somebody_agreed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["source", "add", "https://basit.example/feed"]) == 1
    told = capsys.readouterr()
    assert "basit.example, and whoever watches the network, will learn" in told.out
    assert "--yes" in told.err
    assert main(["source", "add", "https://basit.example/feed", "--yes"]) == 0


@pytest.mark.parametrize(
    "argv", [["pause", "99"], ["add", "ftp://x", "--yes"], ["add", "https://x.example", "--every", "0", "--yes"]]
)
def test_what_cannot_be_is_one_sentence(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["source", *argv]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_list_of_feeds_comes_in_and_goes_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "feeds.opml"
    listed.write_text(
        '<opml version="2.0"><body><outline text="News"><outline title="Basit Post" xmlUrl="https://basit.example/feed"/>'
        '<outline text="Broken" xmlUrl="ftp://x"/></outline></body></opml>'
    )
    assert main(["source", "import", str(listed), "--yes"]) == 0
    told = capsys.readouterr()
    assert "1 sources are followed now." in told.out
    assert "not a web address" in told.err
    assert main(["source", "export"]) == 0
    assert 'title="Basit Post" xmlUrl="https://basit.example/feed"' in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not XML",
        "<opml><body/></opml>",
        '<!DOCTYPE a [<!ENTITY b "c">]><opml><body><outline xmlUrl="&b;"/></body></opml>',
    ],
)
def test_a_list_that_is_none_is_one_sentence(tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "feeds.opml").write_text(content)
    assert main(["source", "import", str(tmp_path / "feeds.opml"), "--yes"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_mailbox_is_followed_with_a_password_that_is_shown_nowhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("an invented password\n"))
    assert main(["source", "add", "imaps://news@mail.example", "--yes"]) == 0
    assert main(["source", "list"]) == 0
    told = capsys.readouterr()
    assert "mail.example will learn, at every look" in told.out
    assert "news@mail.example: imaps://news@mail.example/INBOX" in told.out
    feed = Feed.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM sources_feed")
        assert "invented" not in told.out + told.err + cursor.fetchone()[0]
    assert main(["source", "password", str(feed.pk)]) == 1  # nothing more on standard input
    assert len(capsys.readouterr().err.splitlines()) == 1
