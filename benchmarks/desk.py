"""CPU of what a person at the desk waits for: a long document's page, one judgement, the list of what waits.

The document has 5,000 words and 120 claims and statements; a hundred shorter reports about fifty people stand beside
it. Each figure is one JSON line with the median of several asks. The anchor is the same number of rows written by a
plain Django template in the same run.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import count
from typing import Any

WORDS, SPANS, OTHERS, ASKS = 5_000, 120, 100, 9
LIMITS_MS = {"document": 300.0, "judge": 100.0, "queue": 1_000.0}
SENTENCE = "Tarek Oumari was seen in the yard of the prison of Basit on day {n:04} by a man who had asked to be unnamed"


def main() -> None:
    """Prints the figures; ends with exit 1 where one takes more than its limit."""
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as folder:
        os.environ["HABEAS_DATA_DIR"] = folder
        os.environ.setdefault("HABEAS_DATABASE_URL", "")
        os.environ["HABEAS_ALLOWED_HOSTS"] = "testserver"
        from habeas.cli.desk import open_desk

        user = open_desk()
        document, claims = _filled(user)
        client = _signed_in(user)
        keys, verdicts = iter(claims * ASKS), count()
        judge = {True: "accept", False: "reject"}
        figures = {
            "document": _median(lambda: client.get(f"/documents/{document}")),
            "judge": _median(
                lambda: client.post(
                    f"/documents/{document}/claims/{next(keys)}",
                    {"verdict": judge[next(verdicts) % 2 == 0]},
                    HTTP_DESK_PART="foot",
                )
            ),
            "queue": _median(lambda: client.get("/judge")),
        }
        anchor = _median(_anchor())
    for name, took in figures.items():
        told = {"bench": "desk", "page": name, "cpu_ms": round(took, 1), "anchor_ms": round(anchor, 1)}
        print(json.dumps({**told, "of_limit": round(took / LIMITS_MS[name], 2)}))
    if slow := [name for name, took in figures.items() if took > LIMITS_MS[name]]:
        raise SystemExit(f"Slower than it may be: {', '.join(slow)}.")


def _filled(user: Any) -> tuple[int, list[int]]:
    """The key of the long document, and those of its claims."""
    from habeas.cases.models import Claim

    for number in range(OTHERS):
        _taken_in(user, f"Person {chr(65 + number % 26)}{number % 50} Oumari was arrested in week {number}.", 1)
    sentences = [SENTENCE.format(n=n) for n in range(WORDS // len(SENTENCE.split()))]
    long = _taken_in(user, "\n\n".join(". ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)), SPANS)
    return long, list(Claim.objects.filter(reading__document=long).values_list("pk", flat=True))


def _taken_in(user: Any, text: str, spans: int) -> int:
    """The key of a report of which a third of the spans are statements, the rest claims; all about one person."""
    from habeas.accounts.services import home_team
    from habeas.cases import services
    from habeas.core.actor import Actor
    from habeas.extraction.reading import Claim, DocumentInfo, Entity, Reading, Speaker, Statement
    from habeas.sources import services as sources
    from habeas.sources.formats import Item
    from habeas.sources.stated import Stated

    actor = Actor(user.pk, "bench")
    run = sources.open_run(home_team(user), user, f"bench {text[:40]} {len(text)}")
    item = Item(data=text.encode(), media_type="text/plain", text=text)
    made = sources.capture(run, item, f"/bench/{run.pk}", Stated("Bench", "2026-03-04", "en"), actor=actor).document
    places = [(at, min(at + 110, len(text))) for at in range(0, len(text), max(1, len(text) // spans))][:spans]
    held = {"subject": "e1", "kind": "detention", "phase": "ongoing", "modality": "actual"}
    claims = [Claim(id=f"c{n}", evidence=(at,), **held) for n, at in enumerate(places) if n % 3 or spans == 1]
    said = [
        Statement(f"s{n}", Speaker((), "e1"), (), (at,), "indirect", acts=("state",), about=("e1",))
        for n, at in enumerate(places)
        if n % 3 == 0 and spans > 1
    ]
    name = (0, text.index("Oumari") + 6)
    entities = (Entity("e1", "person", text[slice(*name)], (name,)),)
    reading = Reading(DocumentInfo(), entities=entities, statements=tuple(said), claims=tuple(claims))
    services.take_in(made, reading, reader="bench", actor=actor)
    return int(made.pk)


def _signed_in(user: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def _median(ask: Callable[[], Any]) -> float:
    """Milliseconds of CPU; the first ask, which loads templates, is not counted."""
    took = []
    for _ in range(ASKS + 1):
        began = time.process_time()
        answer = ask()
        took.append((time.process_time() - began) * 1000)
        if getattr(answer, "status_code", 200) != 200:
            raise SystemExit(f"The desk answered {answer.status_code}.")
    return statistics.median(took[1:])


def _anchor() -> Callable[[], Any]:
    from django.template import Context, Template

    template = Template("{% for n, words in rows %}<li id='{{ n }}'><p>{{ words }}</p></li>{% endfor %}")
    rows = [(n, SENTENCE.format(n=n)) for n in range(SPANS * 10)]
    return lambda: template.render(Context({"rows": rows}))


if __name__ == "__main__":
    main()
