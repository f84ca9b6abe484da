"""A web archive that replay programs open: every answer where the index says, every hash right."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from cast import actor, cast, document
from habeas.sources import wacz
from habeas.sources.formats import Item
from habeas.sources.models import Capture
from habeas.sources.page import Page
from habeas.sources.services import capture, open_run
from habeas.sources.stated import Stated

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://Basit.Example/", "example,basit)/"),
        ("https://www.basit.example/A?b=2&a=1", "example,basit)/a?a=1&b=2"),
        ("http://basit.example:8080/x", "example,basit:8080)/x"),
        ("https://basit.example:443", "example,basit)/"),
    ],
)
def test_addresses_are_sorted_as_replay_programs_look_them_up(url: str, key: str) -> None:
    assert wacz.sort_key(url) == key


def test_an_archive_holds_each_answer_where_its_index_says(tmp_path: Path) -> None:
    people = cast()
    run = open_run(people.alice.teams.get(), people.alice, "feed 1")
    for n in range(3):
        body = f"<p>Report {n}: Tarek Oumari was arrested.</p>".encode()
        headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
        page = Page(f"https://basit.example/{n}", f"https://basit.example/{n}", 200, headers, body)
        item = Item(data=body, media_type="text/html", text=body.decode(), title=f"Report {n}", page=page)
        capture(run, item, page.url, Stated(source="Basit Post"), actor=actor(people.alice))
    document(people.alice)  # from a file: nothing of it can be replayed
    out = tmp_path / "case.wacz"
    captures = Capture.objects.select_related("document").order_by("pk")
    assert wacz.write(captures, out, "case 1", actor=actor(people.alice)) == 3
    with zipfile.ZipFile(out) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    package = json.loads(files["datapackage.json"])
    assert {r["path"]: r["hash"] for r in package["resources"]} == {
        name: f"sha256:{hashlib.sha256(body).hexdigest()}" for name, body in files.items() if "datapackage" not in name
    }
    digest = json.loads(files["datapackage-digest.json"])["hash"]
    assert digest == f"sha256:{hashlib.sha256(files['datapackage.json']).hexdigest()}"
    lines = files["indexes/index.cdx"].decode().splitlines()
    assert [line.split(" ")[0] for line in lines] == [f"example,basit)/{n}" for n in range(3)]
    for n, line in enumerate(lines):
        told = json.loads(line.split(" ", 2)[2])
        member = files["archive/data.warc.gz"][told["offset"] : told["offset"] + told["length"]]
        (answer,) = [record.reader.read() for record in ArchiveIterator(io.BytesIO(member), parse_http=True)]
        assert f"Report {n}".encode() in answer
    pages = [json.loads(line) for line in files["pages/pages.jsonl"].splitlines()]
    assert [page["url"] for page in pages[1:]] == [f"https://basit.example/{n}" for n in range(3)]


def test_what_was_never_fetched_cannot_be_replayed(tmp_path: Path) -> None:
    people = cast()
    document(people.alice)
    with pytest.raises(wacz.NothingFetched):
        wacz.write(Capture.objects.all(), tmp_path / "case.wacz", "case 1", actor=actor(people.alice))
    assert not (tmp_path / "case.wacz").exists()
