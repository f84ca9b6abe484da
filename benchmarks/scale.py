"""How the ledger does with a million claims about a hundred thousand people in three hundred thousand documents.

    python benchmarks/scale.py                     # 1,000,000 claims on SQLite: takes long; `--claims 100000` a tenth
    python benchmarks/scale.py --database postgresql://habeas:habeas@127.0.0.1:5432/habeas   # in a database of its own
    python benchmarks/scale.py --keep FOLDER       # keeps the desk; where it is there already, only asks
    python benchmarks/scale.py --copy-from FOLDER --keep OTHER --database postgresql://…   # that desk's rows, by COPY

The reports are invented, by a seed. The first and the last are taken in by the ledger's own way of taking in many
readings together, and measured; between them the desk is filled with rows of the same shape (`filling.py`). Each figure
is one JSON line beside an anchor of the same run: what raw `executemany` of the same rows reaches, or what one fixed
loop of plain Python takes. `cpu` is this process's CPU time; `wall` counts the database's server too, and whatever else
the machine does meanwhile (`load`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from habeas.extraction.reading import Claim, DocumentInfo, Entity, Reading, Speaker, Statement
from habeas.names.tables import read_table

if TYPE_CHECKING:
    from habeas.accounts.models import User
    from habeas.sources.models import Document

TOGETHER = 200  # readings taken in at once, as `habeas ingest` does at most
ASKED, FEWER = 200, 100  # questions of each kind; of those that are much the same each time
WORDS = [
    "lawyer",
    "visit",
    "court",
    "order",
    "family",
    "prison",
    "crossing",
    "hearing",
    "health",
    "ward",
    "guard",
    "letter",
    "search",
    "cell",
    "night",
    "morning",
    "bread",
    "water",
    "phone",
    "appeal",
    "judge",
    "file",
    "charge",
    "week",
    "month",
    "winter",
    "summer",
    "village",
    "camp",
    "road",
    "bridge",
    "market",
    "school",
    "teacher",
]
PLACES = ("Ofra Camp", "Selm", "Basit", "Harun Prison", "Dara Clinic", "Tel Amin", "Wadi Sur", "Karm Ayn")
SOUNDS = [consonant + vowel for consonant in "bdfghjklmnqrstwyz" for vowel in "aiuo"]


class Report(NamedTuple):
    """An invented report and what is read in it."""

    text: str
    day: str
    reading: Reading


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--ends", type=int, default=50_000, help="claims that are taken in first, and last")
    parser.add_argument("--database", default="", help="a PostgreSQL server; SQLite where it is left out")
    parser.add_argument("--keep", default="", metavar="FOLDER", help="where the desk stays, and is asked again later")
    parser.add_argument("--copy-from", default="", metavar="FOLDER", help="a kept desk on SQLite to ask on PostgreSQL")
    args = parser.parse_args()
    if args.copy_from and not args.database:
        parser.error("--copy-from fills a PostgreSQL server; give its address with --database")
    with tempfile.TemporaryDirectory(prefix="habeas-scale-") as passing:
        folder = Path(args.keep or passing)
        folder.mkdir(exist_ok=True)
        os.environ["HABEAS_DATA_DIR"] = str(folder)
        with Fresh(args.database, folder if args.keep else None) as url:
            os.environ["HABEAS_DATABASE_URL"] = url
            source = Path(args.copy_from) if args.copy_from else None
            for figure in figures(args.claims, args.ends, folder, source):
                load = round(os.getloadavg()[0], 1)
                told = {"bench": "scale", "database": url.partition(":")[0] or "sqlite", "claims": args.claims}
                print(json.dumps({**told, **figure, "load": load}), flush=True)


def figures(claims: int, ends: int, folder: Path, source: Path | None) -> Iterator[dict[str, Any]]:
    """Those of taking in, where the folder holds no filled desk yet and none is copied; then those of what is asked."""
    from habeas.cli.desk import open_desk

    filled = folder / "people.json"
    if source and not filled.exists():
        yield copied(source, folder)
    user = open_desk()
    if not filled.exists():
        yield from measured(claims, ends, folder, user)
        filled.write_text(json.dumps(names(claims // 10, random.Random(6))), encoding="utf-8")
    loop_ms = 1000 * cpu_of(plain_loop)
    for figure in asked(user, json.loads(filled.read_text(encoding="utf-8")), random.Random(6)):
        yield {**figure, "anchor_ms": round(loop_ms, 2)}


def copied(source: Path, folder: Path) -> dict[str, Any]:
    """How many rows of a kept desk on SQLite were brought here."""
    import copying  # needs the desk

    from habeas.cli.desk import open_desk

    started = time.process_time()
    copying.bring_files(source, folder)
    open_desk()
    rows = copying.bring_rows(source)
    settle()
    shutil.copy2(source / copying.FILLED, folder)
    return {"figure": "rows copied", "rows": rows, "cpu_s": round(time.process_time() - started, 1)}


class Fresh:
    """The address of a database of its own on the server, removed at the end unless its folder is kept.

    "" for SQLite in the data folder.
    """

    def __init__(self, url: str, kept: Path | None) -> None:
        self.url, self.kept, self.name = url, kept, f"habeas_scale_{kept.name if kept else os.getpid()}"

    def __enter__(self) -> str:
        if self.url and not (self.kept and (self.kept / "people.json").exists()):
            self._run(f'CREATE DATABASE "{self.name}"')
        return f"{self.url.rpartition('/')[0]}/{self.name}" if self.url else ""

    def __exit__(self, *_fault: object) -> None:
        if self.url and not self.kept:
            from django.db import connection

            connection.close()
            self._run(f'DROP DATABASE "{self.name}"')

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as server:
            server.execute(statement.encode())


def measured(claims: int, ends: int, folder: Path, user: User) -> Iterator[dict[str, Any]]:
    """The figures of taking in, from the first claim to the last, and of keeping states."""
    from filling import Filling  # needs the desk

    chance = random.Random(6)
    people = names(claims // 10, chance)
    found = batches(reports(people, claims * 3 // 10, chance))
    first = [taken_in(some, user) for some in islice(found, ends * 3 // 10 // TOGETHER)]
    yield intake_figure(f"the first {ends} claims", first, raw_rate(folder))
    between = islice(found, (claims - 2 * ends) * 3 // 10 // TOGETHER)
    started = time.process_time()
    filling = Filling(user, chance)
    filled = filling.fill(chain.from_iterable(between))
    yield {"figure": "filled between", "claims_filled": filled, "cpu_s": round(time.process_time() - started, 1)}
    settle()
    still = list(found)
    filling.pair(chain.from_iterable(still))
    last = [taken_in(some, user) for some in still]
    yield intake_figure(f"the last {ends} claims", last, None)
    ratio = per_claim_ms(last) / per_claim_ms(first)
    yield {"figure": "cost of a claim, last by first", "ratio": round(ratio, 3), "most": 1.3}
    yield states_figure(claims)
    settle()


def names(count: int, chance: random.Random) -> list[str]:
    """Names of two to four parts: given names as often as they are, family names mostly rare."""
    sections: dict[str, dict[str, list[str]]] = read_table("given")
    given = [words[0].title() for section in sections.values() for words in section.values() if words[0].isascii()]
    weights = [1 / (rank + 3) for rank in range(len(given))]
    families = ["".join(chance.choices(SOUNDS, k=chance.choice((2, 3, 3, 4)))).title() for _ in range(count // 5 + 200)]
    inner = chance.choices((0, 1, 1, 2), k=count)
    return [" ".join([*chance.choices(given, weights, k=1 + n), chance.choice(families)]) for n in inner]


def reports(people: Sequence[str], count: int, chance: random.Random) -> Iterator[Report]:
    """Reports of three people each, of whom claims tell; everybody is in one sooner or later, few are in very many."""
    for number in range(count):
        fresh = people[number * len(people) // count]
        often = people[int(len(people) * chance.random() ** 2)]
        yield report(number, fresh, often, people[int(len(people) * chance.random() ** 2)], chance)


def report(number: int, fresh: str, often: str, speaker: str, chance: random.Random) -> Report:
    """A report of two people held and one who speaks; some of the same words as others, most of its own."""
    place, day = chance.choice(PLACES), f"{2016 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
    filler = " ".join(chance.choices(WORDS, k=60))
    first = f"BASIT, item {number} - {fresh} was arrested at {place} on Monday, {speaker} said."
    quote = f'"They told us of the {" ".join(chance.choices(WORDS, k=8))}," {speaker} said.'
    last = f"{often} has been on hunger strike in {place} since then."
    text = f"{first}\n\n{quote} {filler}.\n\n{last}"
    end, at = len(first), len(text) - len(last)
    entities = [
        Entity(f"e{n}", "person", name, mentions(text, name))
        for n, name in enumerate(dict.fromkeys((fresh, often, speaker)), 1)
    ]
    of = {entity.name: entity.id for entity in entities}
    said = Statement(
        "s1",
        Speaker((), of[speaker]),
        ((end - 5, end - 1),),
        ((end + 2, end + 2 + len(quote)),),
        "direct",
        about=(of[fresh],),
    )
    told = [
        Claim("c1", of[fresh], "arrest", "done", "actual", ((0, end),), day, place=place),
        Claim("c2", of[often], "hunger_strike", "ongoing", "actual", ((at, len(text)),), day),
        Claim("c3", of[often], "detention", "held", "actual", ((at, len(text)),), day, place=place, statement="s1"),
    ]
    if number % 3 == 0:
        told.append(Claim("c4", of[fresh], "release", "expected", "demanded", ((0, end),), statement="s1"))
    return Report(text, day, Reading(DocumentInfo(), tuple(entities), (said,), tuple(told)))


def mentions(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """The first place of the words."""
    at = text.index(words)
    return ((at, at + len(words)),)


def batches(found: Iterator[Report]) -> Iterator[list[Report]]:
    """As many as are taken in together."""
    while some := list(islice(found, TOGETHER)):
        yield some


def taken_in(found: Sequence[Report], user: User) -> tuple[int, float]:
    """How many claims were taken in, and the CPU seconds that it took; their documents were captured before."""
    from habeas.cases import services
    from habeas.core.actor import Actor

    actor = Actor(user.pk, "bench")
    documents = captured(found, user)
    pairs = [(document, report.reading) for document, report in zip(documents, found, strict=True)]
    started = time.process_time()
    told = services.take_in_all(pairs, reader="bench", actor=actor)
    return sum(one.claims for one in told), time.process_time() - started


def captured(found: Sequence[Report], user: User) -> list[Document]:
    """The documents, as a capture leaves them, all at once and without a file."""
    from django.db import transaction
    from django.utils import timezone

    from habeas.accounts.services import home_team
    from habeas.audit import services as audit
    from habeas.core.actor import Actor
    from habeas.sources.models import Capture, Document
    from habeas.sources.services import TOOL, source_named, text_sha256

    team, now, actor = home_team(user), timezone.now(), Actor(user.pk, "bench")
    with transaction.atomic():
        source = source_named("Basit Post", now, actor)
        sizes = {"media_type": "text/plain", "size": 0}
        documents = [
            Document(
                team=team,
                sha256=text_sha256(one.text),
                title=one.text.partition(" -")[0],
                text=one.text,
                text_sha256=text_sha256(one.text),
                language="en",
                published_on=one.day,
                added_at=now,
                **sizes,
            )
            for one in found
        ]
        Document.objects.bulk_create(documents)
        made = [
            Capture(
                document=one,
                source=source,
                captured_at=now,
                collector=user,
                method="file",
                tool=TOOL,
                original=f"/reports/{one.pk}",
                sha256=one.sha256,
                **sizes,
            )
            for one in documents
        ]
        Capture.objects.bulk_create(made)
        deeds = (audit.Deed("sources.document.captured", d, {}, [d, c]) for d, c in zip(documents, made, strict=True))
        audit.record_all(deeds, actor=actor)
    return documents


def raw_rate(folder: Path) -> float | None:
    """Claims a CPU second when plain `executemany` writes what is there again, in a like desk; None but on SQLite."""
    from django.db import connection

    from habeas.config.env import SQLITE_MEMORY

    if connection.vendor != "sqlite":
        return None
    tables = [model._meta.db_table for model in written()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%%'")
        schema = [sql for (sql,) in cursor.fetchall() if "cases_searchindex_" not in sql]
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY id')  # noqa: S608 - a table of ours
            rows[table] = cursor.fetchall()
    with closing(sqlite3.connect(folder / "raw.sqlite3")) as raw:
        raw.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {SQLITE_MEMORY}")
        for statement in sorted(schema, key=lambda sql: not sql.startswith(("CREATE TABLE", "CREATE VIRTUAL"))):
            raw.execute(statement)
        raw.commit()
        started = time.process_time()
        for table, some in rows.items():
            if some:
                raw.executemany(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(some[0]))})', some)  # noqa: S608
        raw.commit()
        took = time.process_time() - started
    return len(rows["cases_claim"]) / took


def written() -> list[Any]:
    """The tables that taking in writes."""
    from habeas.audit.models import AuditLine
    from habeas.cases import models as m

    return [
        m.Reading, m.Sighting, m.Statement, m.Statement.about.through, m.Claim, m.SearchText, m.Telling, m.Name,
        m.NameKey, m.NamePair, m.Person, m.Case, m.Link, m.PersonName, AuditLine,
    ]  # fmt: skip


def intake_figure(what: str, slices: Sequence[tuple[int, float]], raw: float | None) -> dict[str, Any]:
    """Claims a CPU second, beside the raw rate of the same rows."""
    rate = 1000 / per_claim_ms(slices)
    beside = (
        {"anchor_raw_claims_per_s": round(raw), "share_of_raw": round(rate / raw, 3), "least_share": 0.25}
        if raw
        else {}
    )
    return {"figure": f"taking in {what}", "claims_per_cpu_s": round(rate), "least": 1000, **beside}


def per_claim_ms(slices: Sequence[tuple[int, float]]) -> float:
    """CPU milliseconds a claim."""
    return 1000 * sum(s for _claims, s in slices) / max(1, sum(claims for claims, _s in slices))


def states_figure(claims: int) -> dict[str, Any]:
    """How long the states of all cases take to be folded, once all is taken in, beside the claims that they rest on."""
    from habeas.cases import kept

    started = time.process_time()
    folded = kept.catch_up()
    took = time.process_time() - started
    return {
        "figure": "keeping the states",
        "cases": folded,
        "cpu_s": round(took, 1),
        "claims_per_cpu_s": round(claims / took),
    }


def settle() -> None:
    """Has the database know its tables, as a desk's does after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def asked(user: User, people: Sequence[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    """What a person at the desk waits for, each kind of page asked many times."""
    from django.utils import timezone

    from habeas.cases import queries
    from habeas.cases.models import Case
    from habeas.cases.queries.matches import matches
    from habeas.cases.queries.today import today
    from habeas.cases.queries.waiting import count_links

    cases = list(Case.objects.visible_to(user).order_by("pk"))
    told = [people[int(len(people) * chance.random() ** 2)] for _ in range(ASKED)]
    last, on = timezone.now(), timezone.localdate()
    yield timed("case page", 50, lambda n: queries.case_page(chance.choice(cases), user, most=50))
    yield timed("case page, 20 longest", 50, lambda n: queries.case_page(cases[n % 20], user, most=50), rounds=FEWER)
    yield timed("search, a name", 150, lambda n: queries.search(user, told[n]))
    yield timed("search, two words", 150, lambda n: queries.search(user, " ".join(chance.sample(WORDS, 2))))
    yield timed("desk list", 100, lambda n: (Case.objects.count_visible_to(user), queries.case_rows(user, limit=50)))
    yield timed("desk list, page 20", 100, lambda n: queries.case_rows(user, limit=50, offset=950), rounds=FEWER)
    yield timed("statements", 100, lambda n: (queries.count_statements(user), queries.statements(user)), rounds=FEWER)
    yield timed("statements, page 20", 100, lambda n: queries.statements(user, offset=950), rounds=FEWER)
    yield timed("matches", 100, lambda n: (count_links(user, "new"), matches(user)), rounds=FEWER)
    yield timed("today", 100, lambda n: today(user, last, on), rounds=FEWER)
    yield timed("to judge", 300, partial(waits, user, on, ""), rounds=FEWER)
    yield timed("judging a claim", 100, judged(user, chance))
    for kind in ("claim", "statement", "match", "unsure"):
        yield timed(f"to judge, {kind} alone", 300, partial(waits, user, on, kind), rounds=FEWER)


def waits(user: User, on: date, kind: str, _number: int) -> None:
    """The first page of To judge, of one kind or of all."""
    from habeas.cases.queries.queue import Queue

    Queue(user, on, kind=kind).piles(0, 50)


def judged(user: User, chance: random.Random) -> Callable[[int], object]:
    """Judges one claim after another as a key of the desk does: the request, its checks, state, audit and answer."""
    from django.conf import settings
    from django.test import Client

    from habeas.cases.models import Claim

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(headers={"desk-part": "foot"})
    client.force_login(user)
    some = chance.sample(range(1, (Claim.objects.order_by("-pk").values_list("pk", flat=True)[0]) + 1), ASKED)
    document = dict(Claim.objects.filter(pk__in=some).values_list("pk", "reading__document"))

    def judge(number: int) -> None:
        at = f"/documents/{document[some[number]]}/claims/{some[number]}"
        answer = client.post(at, {"verdict": ("accept", "reject", "unsure")[number % 3]})
        if answer.status_code != 200:
            raise SystemExit(f"{at} answered {answer.status_code}")

    return judge


def timed(what: str, most: int, ask: Callable[[int], object], *, rounds: int = ASKED) -> dict[str, Any]:
    """The 95th of a hundred, in milliseconds of this process's CPU and of the wall."""
    cpu, wall = [], []
    for number in range(min(rounds, ASKED)):
        started = time.process_time(), time.perf_counter()
        ask(number)
        cpu.append(1000 * (time.process_time() - started[0]))
        wall.append(1000 * (time.perf_counter() - started[1]))
    at = int(0.95 * len(cpu))
    ms = {"cpu_p95_ms": round(sorted(cpu)[at], 1), "wall_p50_ms": round(sorted(wall)[len(wall) // 2], 1)}
    return {"figure": what, **ms, "wall_p95_ms": round(sorted(wall)[at], 1), "most_ms": most}


def cpu_of(work: Callable[[], object]) -> float:
    """CPU seconds that the work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def plain_loop() -> int:
    """A loop whose time says how fast this machine runs plain Python just now."""
    return sum(number * number % 7 for number in range(200_000))


if __name__ == "__main__":
    main()
