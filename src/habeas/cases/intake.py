"""From files to cases: capture each document, read it, take in what was read. Safe to kill and run again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from habeas import extraction
from habeas.accounts.models import User
from habeas.accounts.services import home_team
from habeas.cases import services
from habeas.cases.models import Reading
from habeas.core.actor import Actor
from habeas.sources import formats, walk
from habeas.sources import services as sources
from habeas.sources.errors import SourcesError, UnreadableFile
from habeas.sources.models import Document


class Step(NamedTuple):
    """One document about to be taken in: the file or address it came from, which of how many, and what was there."""

    found: walk.Found
    number: int
    files: int
    item: formats.Item


Progress = Callable[[Iterable[Step]], Iterable[Step]]


@dataclass(slots=True)
class Summary:
    """What a run did. `skipped` holds (path, reason) of files in folders that could not be taken in."""

    documents: int = 0
    known: int = 0
    done_before: int = 0
    claims: int = 0
    statements: int = 0
    cases: int = 0
    unread: dict[str, int] = field(default_factory=dict)
    skipped: list[tuple[str, str]] = field(default_factory=list)


def ingest(
    paths: Sequence[str],
    stated: sources.Stated,
    *,
    user: User,
    encoding: str = "utf-8",
    via: str = "ingest",
    progress: Progress = iter,
    describe: Callable[[walk.Found], sources.Stated] | None = None,
    once: bool = False,
) -> Summary:
    """What became of the files and addresses in `paths`, captured, read and taken in for the user's team.

    A killed run that is started again with the same arguments goes on where it was; with `once` a finished run changes
    nothing when it is called again. `describe` gives what is known of one file where that differs from file to file.
    Raises SourcesError at the first file that was named and is unusable, before anything of that file is written; an
    unusable file in a folder is skipped, with its reason in the summary.
    """
    actor, summary = Actor(user.pk, via), Summary()
    found = list(walk.find(paths))
    if not found:
        raise UnreadableFile("There is no file to take in: the folder is empty.")
    run = sources.open_run(home_team(user), user, _fingerprint(paths, stated, encoding), once=once)
    for step in progress(_steps(found, encoding, summary)):
        original = " ".join(filter(None, (step.found.original, step.item.position)))
        what = describe(step.found) if describe else stated
        _take(sources.capture(run, step.item, original, what, actor=actor), summary, actor)
    sources.close_run(run, actor=actor, counts={"documents": summary.documents, "skipped": len(summary.skipped)})
    return summary


def rehearse(paths: Sequence[str], stated: sources.Stated, *, encoding: str = "utf-8") -> Iterator[str]:
    """One line for each document that `ingest` would take in, or the reason why not; nothing is written."""
    summary = Summary()
    for step in _steps(list(walk.find(paths)), encoding, summary):
        item = step.item
        reading = read(
            item.text,
            stated.title or item.title,
            stated.published or item.published,
            stated.language or item.language,
        )
        where = " ".join(filter(None, (step.found.original, item.position)))
        yield f"{where}: {len(reading.statements)} statements, {len(reading.claims)} claims"
    yield from (f"{path}: would be skipped. {reason}" for path, reason in summary.skipped)


def read(text: str, title: str, published: str, language: str) -> extraction.Reading:
    """The reading of a document's text, with what is known of it."""
    return extraction.read(text, title=title or None, published=published or None, language=language or None)


def read_document(document: Document, *, actor: Actor) -> services.TakenIn | None:
    """What was taken in from the document by the present reader, or None where that reader has read it before."""
    if Reading.objects.filter(document=document, reader=extraction.READER).exists():
        return None
    reading = read(document.text, document.title, document.published_on, document.language)
    return services.take_in(document, reading, reader=extraction.READER, actor=actor)


def _steps(found: Sequence[walk.Found], encoding: str, summary: Summary) -> Iterator[Step]:
    for number, one in enumerate(found, start=1):
        try:
            for item in items(one, encoding=encoding):
                yield Step(one, number, len(found), item)
        except SourcesError as fault:
            if one.by_name:
                raise
            summary.skipped.append((one.original, str(fault)))


def items(found: walk.Found, *, encoding: str = "utf-8") -> Iterator[formats.Item]:
    """The documents in a file, or at an address, which is fetched. Raises SourcesError where there is none."""
    if isinstance(found.where, Path):
        yield from formats.items(found.where, encoding=encoding)
    else:
        from habeas.sources.fetch import fetch  # noqa: PLC0415 - the network is loaded only where it is asked for

        yield formats.web_item(fetch(found.where, allowed_hosts=frozenset(settings.FETCH_HOSTS)))


def _take(captured: sources.Captured, summary: Summary, actor: Actor) -> None:
    summary.documents += captured.is_new
    summary.known += captured.is_new_capture and not captured.is_new
    summary.done_before += not captured.is_new_capture
    taken = read_document(captured.document, actor=actor)
    if taken is None:
        return
    summary.claims += taken.claims
    summary.statements += taken.statements
    summary.cases += taken.cases_opened
    if taken.note:
        summary.unread[taken.note] = summary.unread.get(taken.note, 0) + 1


def _fingerprint(paths: Sequence[str], stated: sources.Stated, encoding: str) -> str:
    asked = [[path if walk.is_address(path) else str(Path(path).absolute()) for path in paths], repr(stated), encoding]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()
