"""Mailboxes over IMAP, from a real server and from one that lies: each letter once, the password said nowhere."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from cast import actor, cast
from habeas.sources import mailbox
from habeas.sources.errors import SourcesError
from habeas.sources.follow import CannotFollow, add_feed, reveals, set_password
from habeas.sources.mailbox import Mailbox, place
from mail_servers import HERE

LATER = timedelta(hours=2)
SECRET = "secret"
WORDS = "Tarek Oumari was arrested on Monday in Basit, his lawyer said."


@pytest.mark.parametrize(
    ("address", "is_kept_as"),
    [
        ("imaps://news@mail.example", "imaps://news@mail.example/INBOX"),
        ("IMAPS://news@basit.example@Mail.Example:993/", "imaps://news%40basit.example@mail.example/INBOX"),
        ("imaps://n@mail.example:1993/Lists/أخبار", "imaps://n@mail.example:1993/Lists/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"),
        ("imap://n@[::1]:1143/INBOX", "imap://n@[::1]:1143/INBOX"),
    ],
)
def test_an_address_has_one_form(address: str, is_kept_as: str) -> None:
    assert str(place(address)) == is_kept_as
    assert place(is_kept_as) == place(address)


@pytest.mark.parametrize(
    "address",
    [
        "imaps://mail.example/INBOX",
        "imaps://n:secret@mail.example/INBOX",
        "imaps://n@mail.example/IN%0D%0ABOX",
        "imaps://n@mail.example:99999/",
        "imaps://n@mail.example/INBOX;UID=1?x",
        "pop3://n@mail.example",
    ],
)
def test_what_is_no_address_of_a_mailbox_is_one_sentence(address: str) -> None:
    with pytest.raises(SourcesError, match=r"imaps://.*\.$|INBOX\.$") as met:
        place(address)
    assert "secret" not in str(met.value)


@pytest.mark.parametrize(
    ("folder", "sent"),
    [
        ("INBOX", "INBOX"),
        ("R&D", "R&-D"),
        ("Entwürfe", "Entw&APw-rfe"),
        ("أخبار", "&BiMGLgYoBicGMQ-"),
        ('a "b" \\', 'a \\"b\\" \\\\'),
    ],
)
def test_a_folder_goes_over_the_wire_as_servers_name_it(folder: str, sent: str) -> None:
    assert mailbox._utf7(folder) == sent


# A server that lies


class Liar(socketserver.ThreadingTCPServer):
    """Answers each line of a client by what `says` makes of its tag and words; without TLS."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        self.says: dict[str, Callable[[Any, str], None]] = {}
        self.heard: list[str] = []
        super().__init__((HERE, 0), _Talk)


class _Talk(socketserver.StreamRequestHandler):
    server: Liar

    def handle(self) -> None:
        usual = {
            "CAPABILITY": say("* CAPABILITY IMAP4rev1"),
            "LOGIN": say(),
            "EXAMINE": say("* 2 EXISTS", "* OK [UIDVALIDITY 7] ok"),
            "FETCH": say("* 1 FETCH (UID 1)", "* 2 FETCH (UID 2)"),
            "UID": say("* 1 FETCH (UID 1)", "* 2 FETCH (UID 2)"),
            "LOGOUT": say("* BYE"),
        }
        try:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                self.server.heard.append(line.decode().strip())
                tag, command, *_ = line.decode().split()
                (self.server.says | {k: v for k, v in usual.items() if k not in self.server.says})[command](self, tag)
        except OSError:
            return


def say(*lines: str) -> Callable[[Any, str], None]:
    def answer(talk: Any, tag: str) -> None:
        talk.wfile.write("".join(f"{line}\r\n" for line in (*lines, f"{tag} OK done")).encode())

    return answer


def endless(talk: Any, tag: str) -> None:
    while True:
        talk.wfile.write(b"* 1 FETCH (UID 1)\r\n" * 10_000)


def dripping(talk: Any, tag: str) -> None:
    while True:
        talk.wfile.write(b"*")
        time.sleep(0.05)


def one_line(talk: Any, tag: str) -> None:
    while True:
        talk.wfile.write(b"x" * 100_000)


def echo(talk: Any, tag: str) -> None:
    talk.wfile.write(f"{tag} NO you said {talk.server.heard[-1]}\r\n".encode())


def hang_up(talk: Any, tag: str) -> None:
    talk.connection.close()


@pytest.fixture
def liar() -> Iterator[Liar]:
    server = Liar()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def opened(liar: Liar, password: str = SECRET) -> Mailbox:
    return Mailbox(place(f"imap://n@{HERE}:{liar.server_address[1]}"), password, frozenset({HERE}))


def test_the_lying_server_can_tell_the_truth(liar: Liar) -> None:
    box = opened(liar)
    assert box.new_since(0, 0).uids == (1, 2)
    assert box.new_since(7, 1).uids == (2,)
    box.close()
    assert [line.split()[1] for line in liar.heard] == ["CAPABILITY", "LOGIN", "EXAMINE", "FETCH", "UID", "LOGOUT"]


@pytest.mark.parametrize(
    ("command", "lie"),
    [
        ("LOGIN", echo),
        ("LOGIN", hang_up),
        ("EXAMINE", say("* x EXISTS")),
        ("EXAMINE", say("* 2 EXISTS")),
        ("EXAMINE", say("* 2 EXISTS", "* OK [UIDVALIDITY none] ok")),
        ("EXAMINE", echo),
        ("FETCH", endless),
        ("FETCH", dripping),
        ("FETCH", one_line),
        ("FETCH", hang_up),
        ("FETCH", echo),
        ("FETCH", say("* 1 FETCH (BODY[] {99999999999}")),
        ("FETCH", say("\x00\xff nonsense")),
    ],
)
def test_every_lie_is_one_sentence_without_the_servers_words(
    liar: Liar, monkeypatch: pytest.MonkeyPatch, command: str, lie: Callable[[Any, str], None]
) -> None:
    monkeypatch.setattr(mailbox, "TIME_LIMIT", 1.0)
    monkeypatch.setattr(mailbox, "ANSWER_LIMIT", 2_000_000)
    liar.says[command] = lie
    began = time.monotonic()
    with pytest.raises(SourcesError, match=r"\.$") as met, closing(opened(liar)) as box:
        box.new_since(0, 0)
    assert time.monotonic() - began < 8
    assert not any(word in str(met.value) for word in ("secret", "you said", "nonsense"))


def test_no_password_goes_in_clear_where_it_was_not_allowed(liar: Liar) -> None:
    with pytest.raises(SourcesError, match="would go over the network in clear"):
        Mailbox(place(f"imap://n@{HERE}:{liar.server_address[1]}"), "secret", frozenset())
    with pytest.raises(SourcesError, match="private network"):
        Mailbox(place(f"imaps://n@{HERE}:{liar.server_address[1]}"), "secret", frozenset())
    assert liar.heard == []


def test_a_password_cannot_carry_a_command(liar: Liar) -> None:
    with pytest.raises(SourcesError, match="signs that no password has"):
        opened(liar, 'x"\r\nA1 DELETE INBOX')
    assert not any("DELETE" in line for line in liar.heard)


@pytest.mark.django_db
def test_what_cannot_be_followed_and_who_learns_of_it() -> None:
    desk = cast()
    with pytest.raises(CannotFollow, match="none was given"):
        add_feed(desk.alice.teams.get(), "imaps://n@mail.example", actor=actor(desk.alice), source="", kind="mailbox")
    assert reveals("imaps://n@mail.example").startswith("mail.example will learn")
    feed = add_feed(desk.alice.teams.get(), "https://basit.example/feed", actor=actor(desk.alice), source="")
    with pytest.raises(CannotFollow, match="is no mailbox"):
        set_password(feed, "x", actor=actor(desk.alice))
