"""CPU per report of taking in plain text, reading aside, on SQLite; and memory over ten thousand documents.

The reader is replaced by one that hands back readings made beforehand, so what is measured is capture, storing,
sightings, claims, statements, linking and cases. Each figure is one JSON line; its anchor is a plain `sqlite3` loop on
the same machine, which hashes the same texts and inserts each with a dozen small rows. The people are invented; the
desk lies in a folder of its own and is removed.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import hashlib
import json
import os
import pstats
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from habeas.extraction.reading import Claim, DocumentInfo, Entity, Reading, Spans, Speaker, Statement
from habeas.sources.stated import Stated

GIVEN = (
    "Mohammad",
    "Ali",
    "Ahmad",
    "Omar",
    "Khaled",
    "Hassan",
    "Maryam",
    "Fatima",
    "Yusuf",
    "Ibrahim",
    "Samir",
    "Amal",
)
SOUNDS = [consonant + vowel for consonant in "bdfghjklmnqrstwyz" for vowel in "aiuo"]
SENTENCE = "The families' committee repeated that nobody had been told why the visits of this week were called off. "
MARKS = (1_000, 5_000)
PEOPLE = 3_000
LIMIT_MS = 20.0


def main() -> None:
    """Prints the figures; ends with exit 1 where a report costs more than the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--profile", action="store_true", help="print where the time goes, for 1,000 documents")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as folder:
        os.environ["HABEAS_DATA_DIR"] = str(Path(folder, "desk"))
        os.environ.pop("HABEAS_DATABASE_URL", None)
        reports = Path(folder, "reports")
        write_reports(reports, 1_000 if args.profile else args.documents)
        if args.profile:
            profiled(reports)
            return
        anchor_ms = anchor(reports, Path(folder, "anchor.sqlite3"))
        figures = measured(reports)
    for figure in figures:
        print(json.dumps({**figure, "anchor_ms": round(anchor_ms, 3)}))
    if float(figures[-1]["cpu_ms_per_report"]) > LIMIT_MS:
        raise SystemExit(f"A report costs more than {LIMIT_MS:.0f} ms of CPU.")


def write_reports(folder: Path, count: int) -> None:
    """The reports: three people each, the first few far more often than the others, two of whom a claim concerns."""
    chance = random.Random(1)
    people = [name(chance) for _ in range(PEOPLE)]
    for number in range(count):
        path = folder / f"{number // 500:03}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        held, freed, speaker = (people[int(PEOPLE * chance.random() ** 2)] for _ in range(3))
        lines = [
            f"BASIT, item {number} - {held} was arrested at the Selm crossing on Monday, {speaker} said.",
            f'"They have told us nothing," {speaker} said. {SENTENCE * chance.randint(4, 20)}',
            f"{freed} was released from Ofra Camp on Sunday. {held} has been on hunger strike since then.",
        ]
        path.write_text("\n\n".join(lines), encoding="utf-8")


def name(chance: random.Random) -> str:
    """An invented name of three parts: a common given name, a father's that may be one too, and a family's."""
    father = chance.choice((*GIVEN, *("".join(chance.choices(SOUNDS, k=2)).capitalize() for _ in GIVEN)))
    return f"{chance.choice(GIVEN)} {father} {''.join(chance.choices(SOUNDS, k=3)).capitalize()}"


def prepared(text: str) -> Reading:
    """The reading of a report that `write_reports` wrote, found by plain searches."""
    first, _, last = text.split("\n\n")
    held, _, rest = first.partition(" - ")[2].partition(" was arrested")
    speaker = rest.partition("Monday, ")[2].removesuffix(" said.")
    freed = last.partition(" was released")[0]
    end, quote, at = len(first), text.index('"They'), len(text) - len(last)
    names = (("person", held), ("person", freed), ("person", speaker), ("place", "Ofra Camp"))
    return Reading(
        DocumentInfo(),
        tuple(Entity(f"e{n}", kind, words, spans(text, words)) for n, (kind, words) in enumerate(names, 1)),  # type: ignore[arg-type]
        (
            Statement("s1", Speaker((), "e3"), ((end - 5, end - 1),), ((0, end - 7),), "indirect", about=("e1",)),
            Statement("s2", Speaker((), "e3"), (), ((quote, quote + 27),), "direct", about=("e1", "e2")),
        ),
        (
            Claim("c1", "e1", "arrest", "done", "actual", ((0, end),), "2026-03-02", place="Selm", statement="s1"),
            Claim("c2", "e2", "release", "done", "actual", ((at, len(text)),), "2026-03-01", place="Ofra Camp"),
            Claim("c3", "e1", "hunger_strike", "start", "actual", ((at, len(text)),), "2026-03-01"),
        ),
    )


def spans(text: str, words: str) -> Spans:
    """Every place of the words."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return tuple(found)


def measured(reports: Path) -> list[dict[str, float | str]]:
    """A figure at each mark on the way, and one of the whole: CPU per report so far, and the memory held then."""
    figures: list[dict[str, float | str]] = []
    reading_s = [0.0]
    ingest = desk(reading_s)
    started, count = time.process_time(), 0

    def cost() -> float:
        return time.process_time() - started - reading_s[0]

    def watched(steps: Iterable[object]) -> Iterator[object]:
        nonlocal count
        for step in steps:
            yield step
            count += 1
            if count in MARKS:
                figures.append(figure(count, cost()))

    ingest([str(reports)], progress=watched)
    return [*figures, figure(count, cost())]


def figure(documents: int, cpu_s: float) -> dict[str, float | str]:
    """What is printed at a mark."""
    from habeas.cases.models import Case

    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return {
        "bench": "intake",
        "documents": documents,
        "cases": Case.objects.count(),
        "cpu_ms_per_report": round(1000 * cpu_s / documents, 3),
        "rss_mb": round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1),
    }


def desk(reading_s: list[float]) -> Callable[..., Any]:
    """`intake.ingest` on a fresh desk with the reader replaced; adds up in `reading_s` what the replacement costs."""
    from habeas.cli import desk as opened

    user = opened.open_desk()
    from habeas.cases import intake

    def reader(text: str, *_known: str) -> Reading:
        started = time.process_time()
        reading = prepared(text)
        reading_s[0] += time.process_time() - started
        return reading

    intake.read = reader
    return partial(intake.ingest, stated=Stated(source="Basit Post", published="2026-03-04", language="en"), user=user)


def anchor(reports: Path, database: Path) -> float:
    """CPU (ms) per report of the plain loop."""
    connection = sqlite3.connect(database)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE r(d INTEGER, n TEXT); CREATE INDEX i ON r(n);"
        "CREATE TABLE d(id INTEGER PRIMARY KEY, h TEXT UNIQUE, t TEXT);"
    )
    paths = sorted(reports.glob("*/*.txt"))[:1_000]
    started = time.process_time()
    for path in paths:
        data = path.read_bytes()
        values = hashlib.sha256(data).hexdigest(), data.decode()
        with connection:
            row = connection.execute("INSERT INTO d(h, t) VALUES (?, ?)", values).lastrowid
            connection.executemany("INSERT INTO r VALUES (?, ?)", [(row, f"{path.stem} {n}") for n in range(12)])
    connection.close()
    return 1000 * (time.process_time() - started) / len(paths)


def profiled(reports: Path) -> None:
    """Prints the functions that cost most."""
    profile = cProfile.Profile()
    profile.runcall(desk([0.0]), [str(reports)])
    pstats.Stats(profile).sort_stats("cumulative").print_stats(60)


if __name__ == "__main__":
    main()
