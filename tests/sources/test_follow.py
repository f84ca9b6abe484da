"""Following a server that is slow, broken or lying: everything once, every refusal a sentence, and it goes on."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from fastwarc.warc import ArchiveIterator

from cast import Cast, actor, cast
from habeas.sources import apart, checks, formats, store
from habeas.sources.errors import UnreadableFile
from habeas.sources.follow import CannotFollow, Followed, add_feed, follow, items, pause, reveals
from habeas.sources.listing import Listing
from habeas.sources.models import Capture, Document, Feed, FeedItem
from habeas.sources.page import Page
from habeas.sources.services import Captured
from habeas.sources.warc import exchange

pytestmark = pytest.mark.django_db
Answer = Callable[["Handler"], None]


class Outlet(ThreadingHTTPServer):
    """A news outlet on this machine. `answers` says what each path does; `asked` counts the requests."""

    daemon_threads = True

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        super().__init__(("127.0.0.1", 0), Handler)

    def url(self, path: str = "/feed") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def _item(self, n: int, more: str) -> str:
        return f"<item><guid>{n}</guid><link>{self.url(f'/a/{n}')}</link><title>Report {n} {more}</title></item>"

    def lists(self, *numbers: int, edited: int = 0, etag: str = "") -> None:
        """The feed lists these articles, newest first; the article `edited` has another title and text."""
        items = "".join(self._item(n, "again" if n == edited else "") for n in sorted(numbers, reverse=True))
        self.answers["/feed"] = send(f"<rss version='2.0'><channel>{items}</channel></rss>", etag=etag)
        for n in numbers:
            self.answers.setdefault(f"/a/{n}", send(article(n)))
        if edited:
            self.answers[f"/a/{edited}"] = send(article(edited, "He was moved to another prison on Sunday."))


class Handler(BaseHTTPRequestHandler):
    server: Outlet

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.server.answers.get(self.path, status(404))(self)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


def article(n: int, more: str = "His family has not seen him.") -> str:
    text = f"Prisoner number {n} was arrested on Monday in Basit, said his lawyer. {more}"
    return (
        f"<html><head><title>Report {n}</title></head><body><article><p>{text}</p><p>{text}</p></article></body></html>"
    )


def send(body: str | bytes, kind: str = "text/html; charset=utf-8", *, etag: str = "", **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        if etag and handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
            return
        data = body.encode() if isinstance(body, str) else body
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        if etag:
            handler.send_header("ETag", etag)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def status(code: int, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x" * 1_000_000)
    except OSError:
        return


@pytest.fixture
def outlet(settings: Any) -> Iterator[Outlet]:
    settings.FETCH_HOSTS, settings.FETCH_PAUSE_S = ["127.0.0.1"], 0.0
    server = Outlet()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk() -> Cast:
    return cast()


def add(desk: Cast, address: str, **options: Any) -> Feed:
    team = desk.alice.teams.get()
    return add_feed(team, address, actor=actor(desk.alice), **{"source": "Basit Post", **options})


def go(desk: Cast, after: timedelta = timedelta(0)) -> Followed:
    return follow(actor=actor(desk.alice), take=lambda _: None, now=timezone.now() + after)


LATER = timedelta(hours=2)


@pytest.mark.slow
def test_every_item_of_a_feed_is_fetched_once(desk: Cast, outlet: Outlet) -> None:
    outlet.lists(*range(1, 201), etag='"v1"')
    add(desk, outlet.url())
    done = go(desk)
    assert (done.feeds, done.fetched, done.new, done.troubles) == (1, 200, 200, [])
    assert go(desk).feeds == 0  # not due yet
    again = go(desk, LATER)
    assert (again.feeds, again.fetched) == (1, 0)
    assert {path: n for path, n in outlet.asked.items() if path.startswith("/a/") and n != 1} == {}
    assert Document.objects.count() == 200


def test_a_capture_of_a_fetched_page_has_its_exchange_as_warc(desk: Cast, outlet: Outlet) -> None:
    outlet.lists(1)
    add(desk, outlet.url())
    go(desk)
    capture = Capture.objects.get()
    path = store.path_of(capture.warc_sha256)
    with path.open("rb") as file:
        records = [(r.headers["WARC-Type"], r.reader.read()) for r in ArchiveIterator(file, parse_http=True)]
    assert [kind for kind, _ in records] == ["request", "response"]
    assert hashlib.sha256(records[1][1]).hexdigest() == capture.document.sha256
    path.chmod(0o600)
    path.write_bytes(b"something else")
    assert list(checks.faults()) == [
        f"Capture {capture.pk}: the record of its request and answer is missing or was changed."
    ]


def test_an_item_that_changes_is_captured_beside_the_old_and_noticed(desk: Cast, outlet: Outlet) -> None:
    outlet.lists(1, 2)
    add(desk, outlet.url())
    go(desk)
    outlet.lists(1, 2, edited=1)
    assert go(desk, LATER).new == 1
    item = FeedItem.objects.get(changes=1)
    assert item.document
    assert "another prison" in item.document.text
    assert Document.objects.count() == 3


def test_an_item_that_is_withdrawn_is_marked_and_one_that_grew_old_is_not(desk: Cast, outlet: Outlet) -> None:
    outlet.lists(1, 2, 3)
    add(desk, outlet.url())
    go(desk)
    outlet.lists(2, 4)  # 1 is older than all that are listed; 3 is not
    go(desk, LATER)
    assert [item.title for item in FeedItem.objects.exclude(gone_at=None)] == ["Report 3"]
    assert Document.objects.count() == 4


def test_a_feed_that_numbers_its_items_anew_at_every_look_gives_each_once(desk: Cast, outlet: Outlet) -> None:
    outlet.lists(1, 2, 3)
    add(desk, outlet.url())
    body = "<rss version='2.0'><channel>{}</channel></rss>"
    for look, (numbers, said) in enumerate([((1, 2, 3), ""), ((1, 2, 3), ""), ((2, 3), "again")]):
        told = "".join(
            f"<item><guid>{look}-{n}</guid><link>{outlet.url(f'/a/{n}')}</link><title>{n} {said}</title></item>"
            for n in reversed(numbers)
        )
        outlet.answers["/feed"] = send(body.format(told))
        go(desk, look * LATER)
    assert (FeedItem.objects.count(), Document.objects.count(), Capture.objects.count()) == (3, 3, 3)
    assert [outlet.asked[f"/a/{n}"] for n in (1, 2, 3)] == [1, 2, 2]  # again where the feed says something else of it


def test_an_item_that_vanished_before_it_was_fetched_and_is_back_is_fetched(desk: Cast, outlet: Outlet) -> None:
    outlet.lists(1, 2)
    outlet.answers["/a/2"] = status(503)
    add(desk, outlet.url())
    go(desk)
    outlet.lists(1)
    go(desk, LATER)
    assert FeedItem.objects.get(title__startswith="Report 2").gone_at
    outlet.answers["/a/2"] = send(article(2))
    outlet.lists(1, 2)
    assert go(desk, 2 * LATER).new == 1
    item = FeedItem.objects.get(title__startswith="Report 2")
    assert (item.gone_at, item.trouble) == (None, "")


def test_a_clock_that_was_years_ahead_and_was_set_right_keeps_no_source_waiting(desk: Cast, outlet: Outlet) -> None:
    outlet.lists(1, 2)
    outlet.answers["/a/2"] = status(503)
    add(desk, outlet.url())
    assert go(desk, timedelta(days=2_000)).new == 1
    outlet.answers["/a/2"] = send(article(2))
    outlet.lists(1, 2, 3)
    done = go(desk)
    assert (done.feeds, done.new, done.left) == (1, 2, 0)
    assert go(desk).feeds == 0


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (status(404), "answered with 404"),
        (status(403), "answered with 403"),
        (status(500), "answered with 500"),
        (status(302, Location="/a/1"), "leads on and on"),
        (status(302, Location="http://169.254.169.254/"), "private network"),
        (status(302, Location="file:///etc/passwd"), "not a web address"),
        (send(gzip.compress(b"0" * 60_000_000), Content_Encoding="gzip"), "more than 25 MB"),
        (endless, "more than 25 MB"),
        (send(b"not gzip", Content_Encoding="gzip"), "cannot be unpacked"),
        (send(""), "empty"),
        (send("<html><body></body></html>"), "No article text"),
    ],
)
def test_a_page_that_cannot_be_had_is_one_sentence_and_the_next_is_fetched(
    desk: Cast, outlet: Outlet, answer: Answer, said: str
) -> None:
    outlet.answers["/a/1"] = answer
    outlet.lists(1, 2)
    add(desk, outlet.url())
    done = go(desk)
    (trouble,) = done.troubles
    assert said in trouble
    assert len(trouble.splitlines()) == 1
    assert done.new == 1


JSON = "https://jsonfeed.org/version/1.1"
HALF, ZERO = "\\ud800", "\\u0000"  # half of a character, and what no database keeps


@pytest.mark.parametrize(
    "answer",
    [
        send(f'{{"version": "{JSON}", "items": [{{"id": "{HALF}", "url": "http://[x/{ZERO}", "title": "{HALF}"}}]}}'),
        send(f'{{"version": "{JSON}", "items": [{{"id": "1", "url": "/{ZERO}{HALF}", "title": "{ZERO}"}}]}}'),
        send("<rss version='2.0'><channel><item><link>/a/1&#xD800;</link><title>&#0;</title></item></channel></rss>"),
        send("<rss version='2.0'><channel></channel></rss>", Last_Modified="x\x9f" * 20_000, ETag="\xb2"),
        send("no gzip and no brotli", Content_Encoding="br"),
        status(503, Retry_After="\xb2"),
        status(503, Retry_After="Mon, 02 Mar 2026 00:00:00 +99999999999999999"),
        status(302, Location="http://\xe9\xff/"),
    ],
)
def test_no_answer_of_a_feed_ends_the_watch(desk: Cast, outlet: Outlet, answer: Answer) -> None:
    outlet.lists(1)
    outlet.answers["/hostile"] = answer
    add(desk, outlet.url("/hostile"))
    add(desk, outlet.url())
    assert go(desk).new == 1
    assert go(desk, timedelta(days=1)).feeds == 2


def test_a_fault_of_our_own_over_one_server_is_told_and_the_others_are_visited(
    desk: Cast, outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet.lists(1)
    broken = add(desk, outlet.url("/broken"))
    add(desk, outlet.url())
    outlet.answers["/broken"] = send("<rss version='2.0'><channel></channel></rss>")
    listed = apart.listed

    def faulty(body: bytes, url: str) -> Listing:
        if "broken" in url:
            raise KeyError(url)
        return listed(body, url)

    monkeypatch.setattr(apart, "listed", faulty)
    done = go(desk)
    assert (done.new, done.troubles) == (
        1,
        [f"Habeas met a fault of its own over feed {broken.pk} (KeyError); the rest goes on."],
    )


@pytest.mark.parametrize("named", ["punycode", "idna", "unicode_escape", "undefined", "rot13", "zip"])
def test_a_charset_that_no_page_has_is_not_tried(desk: Cast, outlet: Outlet, named: str) -> None:
    page = article(1).replace("<head>", f"<head><meta charset={named}>")
    outlet.answers["/page"] = send(page + "ab-" * 1_000_000, f"text/html; charset={named}")
    began = time.process_time()
    add(desk, outlet.url("/page"), kind="page")
    assert go(desk).new == 1
    assert time.process_time() - began < 20  # punycode would take half an hour


def test_a_page_with_the_wrong_charset_is_read_as_what_it_says_itself(desk: Cast, outlet: Outlet) -> None:
    page = article(1, "القاضي قرر تمديد الاعتقال").replace("<head>", "<head><meta charset=windows-1256>")
    outlet.answers["/a/1"] = send(page.encode("windows-1256"), "text/html")
    outlet.lists(1)
    add(desk, outlet.url())
    go(desk)
    assert "تمديد" in Document.objects.get().text


def test_a_server_that_asks_to_wait_is_left_alone_as_long_as_it_says(desk: Cast, outlet: Outlet) -> None:
    outlet.answers["/a/1"] = status(429, Retry_After="7200")
    outlet.lists(1)
    add(desk, outlet.url())
    go(desk)
    go(desk, timedelta(minutes=90))
    assert outlet.asked["/a/1"] == 1
    outlet.answers["/a/1"] = send(article(1))
    assert go(desk, timedelta(hours=3)).new == 1


def test_a_feed_in_trouble_is_asked_less_often_and_says_why(desk: Cast, outlet: Outlet) -> None:
    outlet.answers["/feed"] = status(503)
    feed = add(desk, outlet.url(), every_minutes=60)
    for hours in (0, 1.1, 2.2):
        go(desk, timedelta(hours=hours))
    feed.refresh_from_db()
    assert (feed.failures, feed.trouble) == (2, f"{outlet.url()} answered with 503.")
    outlet.lists(1)
    assert go(desk, timedelta(hours=4)).new == 1
    feed.refresh_from_db()
    assert (feed.failures, feed.trouble) == (0, "")


def test_pages_that_robots_may_not_fetch_are_not_fetched(desk: Cast, outlet: Outlet) -> None:
    outlet.answers["/robots.txt"] = send("User-agent: *\nDisallow: /a/2", "text/plain")
    outlet.lists(1, 2)
    add(desk, outlet.url())
    done = go(desk)
    assert (done.new, done.troubles) == (1, [f"{outlet.url('/a/2')} asks robots to stay away."])
    assert outlet.asked["/a/2"] == 0


@pytest.fixture
def elsewhere(outlet: Outlet) -> Iterator[Outlet]:
    """Another outlet, as of another host, that keeps robots from its feed and one of its pages."""
    server = Outlet()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.answers["/robots.txt"] = send("User-agent: *\nDisallow: /a/1\nDisallow: /feed", "text/plain")
    yield server
    server.shutdown()
    server.server_close()


def test_a_page_that_leads_to_one_where_robots_may_not_go_is_not_followed_there(
    desk: Cast, outlet: Outlet, elsewhere: Outlet
) -> None:
    elsewhere.lists(1, 2)
    outlet.answers["/robots.txt"] = send("User-agent: *\nDisallow: /secret", "text/plain")
    leads = {1: elsewhere.url("/a/1"), 2: elsewhere.url("/a/2"), 3: "/secret"}
    for n, where in leads.items():
        outlet.answers[f"/a/{n}"] = status(302, Location=where)
    outlet.lists(1, 2, 3)
    add(desk, outlet.url())
    done = go(desk)
    away = [f"{url} asks robots to stay away." for url in (elsewhere.url("/a/1"), outlet.url("/secret"))]
    assert (done.new, sorted(done.troubles)) == (1, sorted(away))
    assert (elsewhere.asked["/a/1"], elsewhere.asked["/a/2"], outlet.asked["/secret"]) == (0, 1, 0)
    assert go(desk, timedelta(days=2)).troubles == []  # who says no is not asked again and again


def test_a_feed_that_a_person_named_is_asked_and_what_it_leads_to_elsewhere_keeps_to_robots(
    desk: Cast, outlet: Outlet, elsewhere: Outlet
) -> None:
    elsewhere.lists(1)
    outlet.answers["/robots.txt"] = send("User-agent: *\nDisallow: /feed", "text/plain")  # as many keep from searches
    outlet.lists(2)
    outlet.answers["/moved"] = status(301, Location="/feed")
    outlet.answers["/gone"] = status(301, Location=elsewhere.url("/feed"))
    for path in ("/moved", "/gone"):
        add(desk, outlet.url(path))
    done = go(desk)
    assert (done.new, done.troubles) == (1, [f"{elsewhere.url('/feed')} asks robots to stay away."])
    assert elsewhere.asked["/feed"] == 0


def test_a_server_that_fails_to_tell_its_rules_is_asked_again_and_nothing_is_lost(desk: Cast, outlet: Outlet) -> None:
    outlet.answers["/robots.txt"] = status(503)
    outlet.lists(1)
    add(desk, outlet.url())
    assert go(desk).troubles == [f"{outlet.url('/robots.txt')} answered with 503."]
    assert outlet.asked["/a/1"] == 0
    outlet.answers["/robots.txt"] = status(404)
    assert go(desk, timedelta(minutes=10)).new == 1


def test_a_page_is_followed_and_taken_in_again_only_when_its_text_changed(desk: Cast, outlet: Outlet) -> None:
    outlet.answers["/page"] = send(article(1))
    add(desk, outlet.url("/page"), kind="page")
    assert (go(desk).new, go(desk, LATER).new) == (1, 0)
    outlet.answers["/page"] = send(article(1, "He was released on Friday."))
    assert go(desk, 2 * LATER).new == 1


def test_a_folder_is_followed(desk: Cast, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tarek Oumari was arrested.")
    add(desk, str(tmp_path), kind="folder")
    assert (go(desk).new, go(desk, LATER).new) == (1, 0)
    (tmp_path / "b.txt").write_text("Salma Aydin was arrested.")
    assert go(desk, 2 * LATER).new == 1


def archive(pages: int) -> bytes:
    at = datetime(2026, 3, 4, tzinfo=UTC)
    urls = [f"https://basit.example/{n}" for n in range(pages)]
    html = (("Content-Type", "text/html"),)
    return b"".join(exchange(Page(url, url, 200, html, article(n).encode()), at) for n, url in enumerate(urls))


def test_a_large_archive_in_a_folder_is_taken_in_by_turns_with_the_rest_also_where_it_is_killed(
    desk: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.warc.gz").write_bytes(archive(6))
    (tmp_path / "b.txt").write_text("Tarek Oumari was arrested.")
    add(desk, str(tmp_path), kind="folder")
    monkeypatch.setattr(items, "HOST_S", 0.0)  # one page at a time
    opened, open_page, taken = Counter[str](), formats.web_item, list[str]()

    def counted(page: Page) -> formats.Item:
        opened[page.url] += 1
        return open_page(page)

    def take(captured: Captured) -> None:
        taken.append(captured.document.title)
        if len(taken) == 4:
            raise Killed

    monkeypatch.setattr(formats, "web_item", counted)
    with pytest.raises(Killed):
        follow(actor=actor(desk.alice), take=take)
    assert "b.txt" in taken  # it had its turn before the archive's end
    assert FeedItem.objects.get(url__endswith="gz").parts in {2, 3}
    done = go(desk, timedelta(minutes=16))
    assert (done.troubles, done.left) == ([], 0)
    assert Document.objects.count() == Capture.objects.count() == 7
    assert set(Document.objects.values_list("title", flat=True)) == {"b.txt", *(f"Report {n}" for n in range(6))}
    assert max(opened.values()) <= 2
    assert sum(opened.values()) <= 7  # what was taken in is not opened again, but for the page of the kill
    item = FeedItem.objects.get(url__endswith="gz")
    assert (item.parts, item.changes, item.trouble) == (0, 0, "")


def test_an_archive_that_begins_with_pages_without_words_is_known_by_its_first_report(
    desk: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Page("https://basit.example/", "https://basit.example/", 200, (("Content-Type", "text/html"),), b"<p></p>")
    (tmp_path / "a.warc.gz").write_bytes(exchange(empty, datetime(2026, 3, 4, tzinfo=UTC)) + archive(2))
    add(desk, str(tmp_path), kind="folder")
    monkeypatch.setattr(items, "HOST_S", 0.0)  # one page at a time
    assert (go(desk).left, FeedItem.objects.get().document) == (0, Document.objects.earliest("pk"))


def test_what_stood_before_the_damage_in_an_archive_of_a_folder_stays_and_the_damage_is_told(
    desk: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.warc.gz").write_bytes(archive(3))
    add(desk, str(tmp_path), kind="folder")
    whole = apart.archived

    def damaged(path: Path, after: int) -> Iterator[tuple[Page, str]]:
        yield from islice(whole(path, after), 2)
        raise UnreadableFile(f"{path.name} is damaged.")

    monkeypatch.setattr(apart, "archived", damaged)
    done = go(desk)
    assert (done.new, done.troubles) == (2, ["a.warc.gz is damaged."])
    item = FeedItem.objects.get()
    assert (item.document, item.next_at) == (Document.objects.earliest("pk"), None)


def test_a_sitemap_and_the_parts_of_a_large_one_are_followed(desk: Cast, outlet: Outlet) -> None:
    outlet.lists(1)
    outlet.answers["/map.xml"] = send(
        f"<sitemapindex><sitemap><loc>{outlet.url('/part.xml')}</loc></sitemap></sitemapindex>"
    )
    outlet.answers["/part.xml"] = send(f"<urlset><url><loc>{outlet.url('/a/1')}</loc></url></urlset>")
    add(desk, outlet.url("/map.xml"))
    assert go(desk).new == 1


def test_a_paused_feed_is_left_alone(desk: Cast, outlet: Outlet) -> None:
    outlet.lists(1)
    feed = add(desk, outlet.url())
    pause(feed, actor=actor(desk.alice))
    assert go(desk).feeds == 0
    feed.refresh_from_db()
    pause(feed, actor=actor(desk.alice), paused=False)
    assert go(desk, timedelta(seconds=1)).new == 1


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("ftp://basit.example/feed", {}),
        ("https://", {}),
        ("https://user:secret@basit.example/feed", {}),
        ("https://basit.example/feed", {"every_minutes": 1}),
        ("https://basit.example/feed", {"kind": "pigeon"}),
        ("https://basit.example/feed", {"language": "not a language"}),
        ("/no/such/folder", {"kind": "folder"}),
    ],
)
def test_a_feed_that_cannot_be_is_refused_in_a_sentence(desk: Cast, address: str, options: dict[str, Any]) -> None:
    with pytest.raises(Exception, match=r"\.$") as met:
        add(desk, address, **options)
    assert "secret" not in str(met.value)
    assert not Feed.objects.exists()


def test_a_feed_is_its_teams_and_an_address_is_followed_once(desk: Cast, outlet: Outlet) -> None:
    add(desk, outlet.url())
    with pytest.raises(CannotFollow):
        add(desk, outlet.url())
    assert Feed.objects.visible_to(desk.bob).count() == 1
    assert not Feed.objects.visible_to(desk.charlie).exists()


def test_it_is_said_beforehand_who_learns_what() -> None:
    assert reveals("https://basit.example/feed").startswith(
        "basit.example, and whoever watches the network, will learn"
    )
    assert "Nobody" in reveals("/home/desk/reports")


class Killed(BaseException):
    """As a signal would."""


def test_a_round_that_is_killed_goes_on_with_nothing_lost_and_nothing_twice(desk: Cast, outlet: Outlet) -> None:
    outlet.lists(*range(1, 21))
    add(desk, outlet.url())
    taken: list[int] = []

    def take(captured: Any) -> None:
        taken.append(captured.document.pk)
        if len(taken) in {3, 9}:
            raise Killed

    for number in range(3):
        try:
            follow(actor=actor(desk.alice), take=take, now=timezone.now() + number * timedelta(minutes=16))
        except Killed:
            assert number < 2
    assert Document.objects.count() == 20
    assert Capture.objects.count() == 20
    assert set(taken) == set(Document.objects.values_list("pk", flat=True))


@pytest.mark.slow
def test_fifty_feeds_are_asked_at_once(desk: Cast, outlet: Outlet, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(handler: Handler) -> None:
        time.sleep(0.3)
        send("<rss version='2.0'><channel></channel></rss>")(handler)

    monkeypatch.setattr("habeas.sources.follow.host_of", lambda address: address)  # as fifty hosts would be
    for n in range(50):
        outlet.answers[f"/feed/{n}"] = slow
        add(desk, outlet.url(f"/feed/{n}"))
    began = time.monotonic()
    assert go(desk).feeds == 50
    assert time.monotonic() - began < 50 * 0.3 / 4  # one after the other would take 15 seconds
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_slow_server_with_many_pages_holds_up_neither_the_round_nor_the_others(
    desk: Cast, outlet: Outlet, elsewhere: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("habeas.sources.follow.ROUND_S", 3.0)
    monkeypatch.setattr("habeas.sources.visits.HOST_S", 1.0)

    def slow(handler: Handler) -> None:
        time.sleep(0.3)
        send(article(int(handler.path.rpartition("/")[2])))(handler)

    outlet.answers.update({f"/a/{n}": slow for n in range(1, 31)})
    outlet.lists(*range(1, 31))
    elsewhere.answers["/robots.txt"] = status(404)
    elsewhere.lists(101, 102, 103)
    for server in (outlet, elsewhere):
        add(desk, server.url())
    rounds = [go(desk)]
    while rounds[-1].left:
        assert len(rounds) < 60
        rounds.append(go(desk))
    assert len(rounds) > 1
    assert (sum(done.new for done in rounds), [done.troubles for done in rounds if done.troubles]) == (33, [])
    assert {n for path, n in (outlet.asked + elsewhere.asked).items() if path.startswith("/a/")} == {1}
    came = list(Capture.objects.order_by("pk").values_list("url", flat=True))
    assert max(came.index(elsewhere.url(f"/a/{n}")) for n in (101, 102, 103)) < 20


def test_each_feed_has_its_turn_behind_one_that_lists_thousands(desk: Cast) -> None:
    now = timezone.now()
    for host, number in (("basit", 2_000), ("selm", 3)):
        feed = add(desk, f"https://{host}.example/feed")
        FeedItem.objects.bulk_create(
            FeedItem(feed=feed, key=str(n), url=f"https://{host}.example/{n}", seen_at=now, next_at=now)
            for n in range(number)
        )
    held = items.waiting(now)
    assert len(held) == items.AT_A_TIME
    assert [item.url for item in held if "selm" in item.url] == [f"https://selm.example/{n}" for n in range(3)]
    assert items.left(now) == 2_003 - items.AT_A_TIME
