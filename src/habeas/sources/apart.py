"""Parsers of strangers' files in a process of their own, with limits: a hostile one costs a sentence, not the machine.

The process is started when it is first needed, serves one file after the other, and is replaced when it dies or grows.
"""

from __future__ import annotations

import atexit
import base64
import json
import math
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

from habeas.sources import archives, letters, office, parsing
from habeas.sources.errors import UnreadableFile
from habeas.sources.listing import Entry, Listing, listing
from habeas.sources.page import Page

CPU_S = 20  # seconds of processor time for one file
WALL_S = 120.0  # seconds in all, on a machine that has much else to do
MEMORY = 2 * 1024**3  # bytes of address space
GROWN = 400_000  # kB that it may grow by: after that a fresh process serves
SERVED = 500  # files, after which a fresh process serves
ANSWER_LIMIT = 8 * parsing.TEXT_LIMIT + 60_000_000  # bytes: a text, and what is attached to a letter, in Base64
PACKAGE = Path(__file__).resolve().parents[2]


def parsed(kind: str, source: str | bytes, name: str) -> parsing.Parsed:
    """What `parsing.html`, `parsing.pdf`, `office.office` or `letters.letter` (the `kind`) finds; for feeds, `listed`.

    Raises UnreadableFile as they do, and beyond a limit. Of a letter, `attachments` is JSON: [[position, Base64], …].
    """
    with _lock:
        answer = _worker().answer(kind, source, name)
    return {key: str(value) for key, value in _sound(answer, name).items()}


def archived(path: Path) -> Iterator[tuple[Page, str]]:
    """What `archives.pages` finds in a file, one page after the other, by a process that opens this file alone.

    Each page may take as much as a file elsewhere. Raises UnreadableFile as it does, and beyond a limit.
    """
    worker = _Worker()
    try:
        answer = _sound(worker.answer("archive", str(path.absolute()), path.name), path.name)
        while "url" in answer:
            headers = tuple((name, value) for name, value in json.loads(answer["headers"]))
            yield Page(answer["url"], answer["url"], 200, headers, base64.b64decode(answer["body"])), answer["at"]
            answer = _sound(worker.further(), path.name)
    finally:
        worker.close()


def _sound(answer: parsing.Parsed | None, name: str) -> parsing.Parsed:
    """The answer. Raises UnreadableFile where there is none, or it is a fault."""
    if answer is None:
        raise UnreadableFile(
            f"{name} takes too much time or memory to open; it is damaged, or made to do harm. "
            "Save its text to a .txt file and take that in."
        )
    if "fault" in answer:
        raise UnreadableFile(answer["fault"])
    return answer


def listed(body: bytes, url: str) -> Listing:
    """What `listing.listing` finds in a feed or sitemap. Raises UnreadableFile as it does, and beyond a limit."""
    told = json.loads(parsed("listing", body, url)["listing"])
    entries = tuple(Entry(**entry) for entry in told["entries"])
    return Listing(told["kind"], entries, told["title"], tuple(told["further"]))


class _Worker:
    """The process that parses, as this one sees it."""

    def __init__(self) -> None:
        self.owner, self.served, self.is_tired = os.getpid(), 0, False
        paths = [str(PACKAGE), os.environ.get("PYTHONPATH", "")]
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "habeas.sources.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            start_new_session=True,  # Ctrl-C is for us
        )

    def is_fit(self) -> bool:
        """Whether it can be asked: alive, not grown, and not that of a process we were forked from."""
        return self.owner == os.getpid() and not self.is_tired and self.process.poll() is None

    def answer(self, kind: str, source: str | bytes, name: str) -> dict[str, str] | None:
        """What it answers, or None where it died over the file."""
        body = source.encode() if isinstance(source, str) else source
        asked = {"kind": kind, "name": name, "is_text": isinstance(source, str), "length": len(body), "cpu_s": CPU_S}
        return self._told(json.dumps(asked).encode() + b"\n" + body)

    def further(self) -> dict[str, str] | None:
        """What it answers besides, to a question that has many answers; None where it died meanwhile."""
        return self._told(b"")

    def _told(self, question: bytes) -> dict[str, str] | None:
        line = self._exchanged(question)
        if not line.endswith(b"\n"):
            self.is_tired = True
            return None
        answer: dict[str, str] = json.loads(line)
        self.served += 1
        self.is_tired = bool(answer.pop("has_grown", "")) or self.served >= SERVED
        return answer

    def close(self) -> None:
        """Ends the process, unless it is another process's (we are a fork of its owner)."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.communicate()

    def _exchanged(self, question: bytes) -> bytes:
        assert self.process.stdin is not None  # noqa: S101 - opened above
        assert self.process.stdout is not None  # noqa: S101
        too_long = threading.Timer(WALL_S, self.process.kill)
        too_long.start()
        try:
            self.process.stdin.write(question)
            self.process.stdin.flush()
            return self.process.stdout.readline(ANSWER_LIMIT)  # it may lie
        except BrokenPipeError:
            return b""
        finally:
            too_long.cancel()


_lock = threading.Lock()
_held: list[_Worker] = []


def _worker() -> _Worker:
    if _held and not _held[0].is_fit():
        _held.pop().close()
    if not _held:
        _held.append(_Worker())
    return _held[0]


@atexit.register
def _end() -> None:
    while _held:
        _held.pop().close()


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answers until nobody asks any more; what goes beyond a limit ends the process."""
    began = _most_held()  # a process begins with the mark of the one that started it
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has nothing to write
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while line := questions.readline():
        asked = json.loads(line)
        body = questions.read(asked["length"])
        _may_take(asked["cpu_s"])
        for answer in _answers(asked["kind"], body.decode() if asked["is_text"] else body, asked["name"]):
            if _most_held() > began + GROWN:
                answer["has_grown"] = "yes"
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()
            _may_take(asked["cpu_s"])


def _may_take(cpu_s: int) -> None:
    """Lets the process take so many seconds of processor time from now on."""
    spent = math.ceil(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_s, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _most_held() -> int:
    """The most memory, in kB, that this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _answers(kind: str, source: str | bytes, name: str) -> Iterator[dict[str, str]]:
    """The answer, or of an archive each page and an end."""
    if kind != "archive":
        yield _answer(kind, source, name)
        return
    try:
        for page, at in archives.pages(Path(str(source))):
            body = base64.b64encode(page.body).decode()
            yield {"url": page.url, "headers": json.dumps(page.headers), "body": body, "at": at}
        yield {"end": "yes"}
    except UnreadableFile as fault:
        yield {"fault": str(fault)}
    except MemoryError:
        raise
    except Exception:
        yield {"fault": f"{name} cannot be opened; it is damaged, or not what it says it is."}


def _answer(kind: str, source: str | bytes, name: str) -> dict[str, str]:
    try:
        if isinstance(source, bytes) and kind == "letter":
            found = _letter(letters.letter(source, name))
        elif isinstance(source, bytes) and kind == "pdf":
            found = parsing.pdf(source, name)
        elif isinstance(source, bytes) and kind == "office":
            found = office.office(source, name)
        elif isinstance(source, bytes) and kind == "listing":
            found = {"text": "", "listing": json.dumps(asdict(listing(source, name)))}
        else:
            found = parsing.html(source, name)
    except UnreadableFile as fault:
        return {"fault": str(fault)}
    except MemoryError:
        raise
    except Exception:  # what a library may raise over a stranger's file nobody can list
        return {"fault": f"{name} cannot be opened; it is damaged, or not what it says it is."}
    return {**found, "text": found["text"][: parsing.TEXT_LIMIT + 1]}


def _letter(found: letters.Letter) -> parsing.Parsed:
    return {
        "text": parsing.CONTROL.sub("\ufffd", found.body.decode()),
        "title": parsing.CONTROL.sub("", found.title),
        "published": found.published,
        "source": parsing.CONTROL.sub("", found.source),
        "sender": parsing.CONTROL.sub("", found.sender),
        "is_html": "yes" if found.is_html else "",
        "attachments": json.dumps([[where, base64.b64encode(data).decode()] for where, data in found.attachments]),
    }


if __name__ == "__main__":
    with suppress(BrokenPipeError, MemoryError), os.fdopen(os.dup(1), "wb") as _told:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
        serve(sys.stdin.buffer, _told)
