"""Files and addresses to documents and their readings, one at a time. No Django: a rehearsal touches no desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from habeas import extraction
from habeas.sources import formats, walk
from habeas.sources.errors import SourcesError, UnreadableFile
from habeas.sources.stated import Stated

Skipped = list[tuple[str, str]]  # path, reason


class Step(NamedTuple):
    """One document about to be taken in: the file or address it came from, which of how many, and what was there."""

    found: walk.Found
    number: int
    files: int
    item: formats.Item

    @property
    def original(self) -> str:
        """The path or address, and the place in it."""
        return " ".join(filter(None, (self.found.original, self.item.position)))


def find(paths: Sequence[str]) -> list[walk.Found]:
    """The files and addresses to take in. Raises SourcesError for a path that does not exist, and for none."""
    found = list(walk.find(paths))
    if not found:
        raise UnreadableFile("There is no file to take in: the folder is empty.")
    return found


def steps(found: Sequence[walk.Found], encoding: str, hosts: Iterable[str], skipped: Skipped) -> Iterator[Step]:
    """The documents in the files and at the addresses; an address is fetched when its turn comes.

    `hosts` are names on this machine or its network that may be fetched from. An unusable file in a folder is put on
    `skipped`. Raises SourcesError at the first file that was named and is unusable.
    """
    for number, one in enumerate(found, start=1):
        try:
            for item in _items(one, encoding, hosts):
                yield Step(one, number, len(found), item)
        except SourcesError as fault:
            if one.by_name:
                raise
            skipped.append((one.original, str(fault)))


def read(text: str, title: str, published: str, language: str) -> extraction.Reading:
    """The reading of a document's text, with what is known of it."""
    return extraction.read(text, title=title or None, published=published or None, language=language or None)


def rehearse(
    paths: Sequence[str], stated: Stated, *, encoding: str = "utf-8", hosts: Iterable[str] = ()
) -> Iterator[str]:
    """One line for each document that would be taken in, or the reason why not; nothing is written."""
    skipped: Skipped = []
    for step in steps(find(paths), encoding, hosts, skipped):
        item = step.item
        reading = read(
            item.text,
            stated.title or item.title,
            stated.published or item.published,
            stated.language or item.language,
        )
        note = f". {reading.document.note}" if reading.document.note else ""
        yield f"{step.original}: {len(reading.statements)} statements, {len(reading.claims)} claims{note}"
    yield from (f"{path}: would be skipped. {reason}" for path, reason in skipped)


def _items(found: walk.Found, encoding: str, hosts: Iterable[str]) -> Iterator[formats.Item]:
    if found.leads_out:
        raise UnreadableFile("It is a link that leads out of the folder; name the file itself to take it in.")
    if isinstance(found.where, Path):
        yield from formats.items(found.where, encoding=encoding)
    else:
        from habeas.sources.fetch import fetch  # noqa: PLC0415 - the network is loaded only where it is asked for

        yield formats.web_item(fetch(found.where, allowed_hosts=frozenset(hosts)))
