"""Asking many servers at once, each of them politely: one page at a time, with a pause between. No database here."""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from habeas.sources.errors import SourcesError
from habeas.sources.guarded import FetchFailed

AT_ONCE = 16  # hosts
HOST_S = 120.0  # seconds for one host, while others may wait for a place among those that are visited at once
UNSEEN = 2 * AT_ONCE  # answers that wait to be kept, at most: each may be large

LATER = "There was no time for it in this round; it is asked for in the next."

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[K, V]):
    """What came of one visit: what it was for, and the answer or the fault."""

    wanted: K
    answer: V | None
    fault: SourcesError | None = None


class Unforeseen(FetchFailed):
    """Habeas failed over one visit, as nobody foresaw. What one server sends must not end the visits to all others."""


class NotYet(SourcesError):
    """There was no time for the visit: the host is slow, asks for long pauses, or had its share for now."""


def visit(
    wanted: Sequence[K],
    host_of: Callable[[K], str],
    go: Callable[[K], V],
    pause: Callable[[K], float],
    until: float = math.inf,
) -> Iterator[Outcome[K, V]]:
    """The outcome of `go` for each that is wanted, as they come; those of one host one after the other.

    `pause` tells the seconds between two visits to a host. After `until` (by `time.monotonic`), and after `HOST_S` of
    one host, what was not visited has NotYet as its fault. A consumer that stops early stops the visits too.
    """
    by_host: dict[str, list[K]] = {}
    for one in wanted:
        by_host.setdefault(host_of(one), []).append(one)
    done: queue.SimpleQueue[Outcome[K, V]] = queue.SimpleQueue()
    stopped, room = threading.Event(), threading.Semaphore(UNSEEN)

    def go_through(of_host: Sequence[K]) -> None:
        ends = min(until, time.monotonic() + HOST_S)
        for number, one in enumerate(of_host):
            left = ends - time.monotonic()
            if not _is_let_on(stopped, room, min(pause(one), max(left, 0.0)) if number else 0.0):
                return
            is_late = time.monotonic() >= ends
            done.put(Outcome(one, None, NotYet(LATER)) if is_late else _outcome(one, go))

    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="visit") as threads:
        try:
            running = [threads.submit(go_through, of_host) for of_host in by_host.values()]
            for _ in wanted:
                outcome = done.get()
                room.release()
                yield outcome
        finally:
            stopped.set()
            for thread in running:
                thread.cancel()


def _is_let_on(stopped: threading.Event, room: threading.Semaphore, pause_s: float) -> bool:
    """Whether to go on, after the pause and once there is room for an answer; False where the visits were stopped."""
    if stopped.wait(pause_s):
        return False
    while not room.acquire(timeout=0.5):
        if stopped.is_set():
            return False
    return not stopped.is_set()


def host_of(url: str) -> str:
    """The host and port of an address; '' for a path."""
    return urlsplit(url).netloc.casefold()


def foreseen(one: object, answers: Iterator[V]) -> Iterator[V]:
    """The answers, as they are asked for; a fault of our own over them is Unforeseen, as it is in a visit."""
    try:
        yield from answers
    except SourcesError:
        raise
    except Exception as fault:
        raise _unforeseen(one, fault) from fault


def _outcome(one: K, go: Callable[[K], V]) -> Outcome[K, V]:
    try:
        return Outcome(one, go(one))
    except SourcesError as fault:
        return Outcome(one, None, fault)
    except Exception as fault:
        unforeseen = _unforeseen(one, fault)
        unforeseen.__cause__ = fault
        return Outcome(one, None, unforeseen)


def _unforeseen(one: object, fault: Exception) -> Unforeseen:
    return Unforeseen(f"Habeas met a fault of its own over {one} ({type(fault).__name__}); the rest goes on.")
