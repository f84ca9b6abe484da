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
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from habeas.sources import archives, letters, office, parsing
from habeas.sources.errors import UnreadableFile
from habeas.sources.listing import Entry, Listing, listing
from habeas.sources.page import Page

CPU_S = 20  # seconds of processor time for one file
WALL_S = 120.0  # seconds in all, on a machine that has much else to do
ARCHIVE_CPU_S = 300  # seconds of processor time for going through a web archive, however many pages it holds
MEMORY = 2 * 1024**3  # bytes of address space
GROWN = 400_000  # kB that it may grow by: after that a fresh process serves
SERVED = 500  # files, after which a fresh process serves
ANSWER_LIMIT = 8 * parsing.TEXT_LIMIT + 60_000_000  # bytes: a text, and what is attached to a letter, in Base64
PACKAGE = Path(__file__).resolve().parents[2]


# What each kind tells at least; a process that tells something else is not the one that was started.
TELLS: dict[str, set[str]] = {
    "html": {"text", "title", "published", "language", "url"},
    "pdf": {"text", "title"},
    "office": {"text", "rows"},
    "listing": {"listing"},
    "letter": {"text", "title", "published", "source", "sender", "is_html", "attachments"},
    "archive": set(),
}


class TooMuch(UnreadableFile):
    """The process that opens files died over this one, or told what cannot be understood."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} takes too much time or memory to open; it is damaged, or made to do harm. "
            "Save its text to a .txt file and take that in."
        )


def parsed(kind: str, source: str | bytes, name: str) -> parsing.Parsed:
    """What `parsing.html` or `parsing.pdf` (the `kind`) finds; for the other kinds, see below.

    Raises UnreadableFile as they do, and beyond a limit.
    """
    with _lock:
        worker = _worker()
        return _sound(worker, worker.answer(kind, source, name), kind, name)


def table(data: bytes, name: str) -> tuple[list[list[str]] | None, str]:
    """The rows of a workbook, or None and the text of a Word file. Raises UnreadableFile as `office.office` does."""
    found = parsed("office", data, name)
    with _as_told(name):
        rows = json.loads(found["rows"]) if found["rows"] else None
        return rows if rows is None else [[str(cell) for cell in row] for row in rows], found["text"]


def letter(data: bytes, name: str) -> tuple[parsing.Parsed, tuple[tuple[str, bytes], ...]]:
    """What `letters.letter` finds, and what is attached, as (position, bytes). Raises UnreadableFile as it does."""
    found = parsed("letter", data, name)
    with _as_told(name):
        attached = ((str(where), base64.b64decode(content)) for where, content in json.loads(found["attachments"]))
        return found, tuple(attached)


def listed(body: bytes, url: str) -> Listing:
    """What `listing.listing` finds in a feed or sitemap. Raises UnreadableFile as it does, and beyond a limit."""
    found = parsed("listing", body, url)
    with _as_told(url):
        told = json.loads(found["listing"])
        entries = tuple(Entry(**{name: str(value) for name, value in entry.items()}) for entry in told["entries"])
        return Listing(str(told["kind"]), entries, str(told["title"]), tuple(map(str, told["further"])))


def archived(path: Path, after: int = 0) -> Iterator[tuple[Page, str]]:
    """What `archives.pages` finds in a file but for the first `after`, by a process that opens this file alone.

    Each page may take as much as a file elsewhere, and all together `ARCHIVE_CPU_S`. Raises UnreadableFile as it does,
    and beyond a limit.
    """
    worker = _Worker()
    try:
        answer = worker.answer("archive", str(path.absolute()), path.name, after=after, whole_s=ARCHIVE_CPU_S)
        while "end" not in _sound(worker, answer, "archive", path.name):
            if "passed" not in answer:
                yield _page(answer, path.name)
            answer = worker.further()
    finally:
        worker.close()


def _page(answer: parsing.Parsed, name: str) -> tuple[Page, str]:
    with _as_told(name):
        headers = tuple((str(key), str(value)) for key, value in json.loads(answer["headers"]))
        body = base64.b64decode(answer["body"])
        return Page(answer["url"], answer["url"], 200, headers, body), answer["at"]


def _sound(worker: _Worker, answer: parsing.Parsed, kind: str, name: str) -> parsing.Parsed:
    """The answer. Raises UnreadableFile where it is a fault, or does not tell what its kind does."""
    if "fault" in answer:
        raise UnreadableFile(answer["fault"])
    if not TELLS[kind] <= answer.keys() or not answer:
        worker.is_tired = True
        raise TooMuch(name)
    return answer


@contextmanager
def _as_told(name: str) -> Iterator[None]:
    """Raises TooMuch for what is not told as it ought to be."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise TooMuch(name) from fault


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

    def answer(
        self, kind: str, source: str | bytes, name: str, *, after: int = 0, whole_s: int | None = None
    ) -> parsing.Parsed:
        """What it answers; empty where it died over the file. `whole_s`: CPU for all answers, where there are many."""
        body = source.encode() if isinstance(source, str) else source
        asked = {"kind": kind, "name": name, "is_text": isinstance(source, str), "length": len(body), "after": after}
        limits = {"cpu_s": CPU_S, "whole_s": CPU_S if whole_s is None else whole_s}
        return self._told(json.dumps(asked | limits).encode() + b"\n" + body)

    def further(self) -> parsing.Parsed:
        """What it answers besides, to a question that has many answers; empty where it died meanwhile."""
        return self._told(b"")

    def _told(self, question: bytes) -> parsing.Parsed:
        answer = _understood(self._exchanged(question))
        self.served += 1
        self.is_tired = not answer or bool(answer.pop("has_grown", "")) or self.served >= SERVED
        return answer

    def close(self) -> None:
        """Ends the process, unless it is another process's (we are a fork of its owner)."""
        if self.owner == os.getpid():
            self.process.kill()
            for pipe in (self.process.stdin, self.process.stdout):
                with suppress(OSError):  # what it was still to be told
                    if pipe:
                        pipe.close()
            self.process.wait()

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


def _understood(line: bytes) -> parsing.Parsed:
    """The texts in a line of JSON; empty for what is no whole line of such."""
    try:
        told = json.loads(line) if line.endswith(b"\n") else {}
    except (ValueError, RecursionError):
        return {}
    is_sound = isinstance(told, dict) and all(isinstance(value, str) for value in told.values())
    return told if is_sound else {}


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
        ends = math.ceil(time.process_time()) + asked["whole_s"]
        _may_take(asked["cpu_s"], ends)
        for answer in _answers(asked, body.decode() if asked["is_text"] else body):
            if _most_held() > began + GROWN:
                answer["has_grown"] = "yes"
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()
            _may_take(asked["cpu_s"], ends)


def _may_take(cpu_s: int, ends: int) -> None:
    """Lets the process take so many seconds of processor time from now on, and no more than `ends` in all."""
    until = min(math.ceil(time.process_time()) + cpu_s, ends)
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _most_held() -> int:
    """The most memory, in kB, that this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _answers(asked: dict[str, Any], source: str | bytes) -> Iterator[dict[str, str]]:
    """The answer, or of an archive each page and an end."""
    name = asked["name"]
    if asked["kind"] != "archive":
        yield _answer(asked["kind"], source, name)
        return
    try:
        for number, (page, at) in enumerate(archives.pages(Path(str(source)))):
            if number < asked["after"]:
                yield {"passed": "yes"}
                continue
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
