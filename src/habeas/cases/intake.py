"""From files to cases: capture each document, read it, take in what was read. Safe to kill and run again."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from habeas import extraction
from habeas.accounts import roles
from habeas.accounts.models import User
from habeas.accounts.roles import Right
from habeas.accounts.services import home_team
from habeas.cases import kept, services
from habeas.cases.models import Reading
from habeas.cases.opening import Skipped, Step, find, read, steps
from habeas.cases.returning import is_gone
from habeas.core import statistics
from habeas.core.actor import Actor
from habeas.sources import formats, store, walk
from habeas.sources import services as sources
from habeas.sources.models import Document
from habeas.sources.stated import Stated

TOGETHER = 200  # documents that are taken in at once, where they have fewer letters than
LETTERS = 2_000_000
WAIT = 10.0  # seconds after which what was read is taken in, however little it is: a run that is killed reads it again
SHARE = 0.1  # of the time goes into keeping the states of cases while a run goes on; the rest is done at its end

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
    skipped: Skipped = field(default_factory=list)


def ingest(
    paths: Sequence[str],
    stated: Stated,
    *,
    user: User,
    encoding: str = "utf-8",
    via: str = "ingest",
    progress: Progress = iter,
    describe: Callable[[walk.Found], Stated] | None = None,
    once: bool = False,
) -> Summary:
    """What became of the files and addresses in `paths`, captured, read and taken in for the user's team.

    A killed run that is started again with the same arguments goes on where it was; with `once` a finished run changes
    nothing when it is called again. `describe` gives what is known of one file where that differs from file to file.
    Raises SourcesError at the first file that was named and is unusable, before anything of that file is written; an
    unusable file in a folder is skipped, with its reason in the summary.
    """
    actor, summary, team = Actor(user.pk, via), Summary(), home_team(user)
    roles.must(actor, Right.REPORT, team)
    found = find(paths)
    store.sweep()
    run = sources.open_run(team, user, _fingerprint(paths, stated, encoding), once=once)
    waiting = _Waiting(summary, actor)
    try:
        for step in progress(steps(found, encoding, settings.FETCH_HOSTS, summary.skipped)):
            what = describe(step.found) if describe else stated
            waiting.add(sources.capture(run, step.item, step.original, what, actor=actor))
    finally:  # what came before a file that is unusable is whole
        waiting.take_in()
    kept.catch_up()
    statistics.renew()
    sources.close_run(run, actor=actor, counts={"documents": summary.documents, "skipped": len(summary.skipped)})
    return summary


def add_report(path: Path, called: str, stated: Stated, *, user: User, actor: Actor) -> list[Document]:
    """The documents in one file that a person hands over, captured, read and taken in; `called` is its name for them.

    Raises SourcesError, before anything is written, where the file is unusable.
    """
    team = home_team(user)
    roles.must(actor, Right.REPORT, team)
    items = formats.items_at_once(path)
    run = sources.open_run(team, user, hashlib.sha256(os.urandom(32)).hexdigest())
    captured = [sources.capture(run, item, called, stated, actor=actor) for item in items]
    for one in captured:
        read_document(one.document, actor=actor, is_new=one.is_new)
    sources.close_run(run, actor=actor, counts={"documents": len(captured), "skipped": 0})
    return [one.document for one in captured]


def read_document(document: Document, *, actor: Actor, is_new: bool = False) -> services.TakenIn | None:
    """What was taken in from the document by the present reader, or None where that reader has read it before, or its
    text went.

    A document that `is_new` was read by nobody, which saves asking; `services.take_in` makes sure in any case.
    """
    if not is_new and _is_read(document):
        return None
    return services.take_in(document, _read(document), reader=extraction.READER, actor=actor)


class _Waiting:
    """Documents that were captured and read, and are taken in together: that costs far less than one by one.

    A run that is killed meanwhile reads them again when it goes on: what is captured and has no reading is unread.
    """

    def __init__(self, summary: Summary, actor: Actor) -> None:
        self.summary, self.actor = summary, actor
        self.read: list[tuple[Document, extraction.Reading]] = []
        self.began, self.keeping = time.monotonic(), 0.0  # when, and how long states were kept since, in seconds
        self.since = self.began  # when the first that waits was read

    def add(self, captured: sources.Captured) -> None:
        """Reads the document, where the present reader has not done so before."""
        document, summary = captured.document, self.summary
        summary.documents += captured.is_new
        summary.known += captured.is_new_capture and not captured.is_new
        summary.done_before += not captured.is_new_capture
        waits = any(one.pk == document.pk for one, _reading in self.read)
        if captured.is_new or not (waits or _is_read(document)):
            if not self.read:
                self.since = time.monotonic()
            self.read.append((document, _read(document)))
            if self._is_enough():
                self.take_in()

    def _is_enough(self) -> bool:
        is_much = len(self.read) >= TOGETHER or sum(len(one.text) for one, _reading in self.read) >= LETTERS
        return is_much or time.monotonic() - self.since >= WAIT

    def take_in(self) -> None:
        """Takes in what was read since."""
        found, self.read = self.read, []
        for taken in services.take_in_all(found, reader=extraction.READER, actor=self.actor) if found else ():
            self._count(taken)
        self._keep()

    def _keep(self) -> None:
        """Keeps some of the states that wait for it, unless that has had its share of the time."""
        now = time.monotonic()
        if self.keeping <= SHARE * (now - self.began):
            kept.catch_up(kept.TOGETHER)
            self.keeping += time.monotonic() - now

    def _count(self, taken: services.TakenIn) -> None:
        self.summary.claims += taken.claims
        self.summary.statements += taken.statements
        self.summary.cases += taken.cases_opened
        if taken.note:
            self.summary.unread[taken.note] = self.summary.unread.get(taken.note, 0) + 1


def _is_read(document: Document) -> bool:
    """Whether there is nothing to read: the present reader did, or the text went."""
    return Reading.objects.filter(document=document, reader=extraction.READER).exists() or is_gone(document)


def _read(document: Document) -> extraction.Reading:
    return read(document.text, document.title, document.published_on, document.language)


def _fingerprint(paths: Sequence[str], stated: Stated, encoding: str) -> str:
    asked = [[path if walk.is_address(path) else str(Path(path).absolute()) for path in paths], repr(stated), encoding]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()
