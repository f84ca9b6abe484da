"""The bundled reports, taken in as any other files are, and one round of the watch over them."""

from __future__ import annotations

import tomllib
from functools import partial
from pathlib import Path

from habeas.accounts.models import User
from habeas.cases import intake
from habeas.core.actor import Actor
from habeas.sources.formats import LINES_SUFFIXES
from habeas.sources.stated import Stated
from habeas.sources.walk import Found
from habeas.watch import services as watch
from habeas.watch.queries import count_alerts

FOLDER = Path(__file__).parent / "reports"
SHOWN = "Marzouq al-Khayyat"  # the case that `habeas demo` prints


def manifest() -> dict[str, Stated]:
    """What is known of each report, by its file name, in order of publication."""
    entries = tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))["report"]
    return {entry["file"]: _stated(entry) for entry in entries}


def fill(user: User, *, progress: intake.Progress = iter) -> intake.Summary:
    """What became of the reports; those that the user's desk holds already are left as they are."""
    known = manifest()
    return intake.ingest(
        [str(FOLDER / name) for name in known],
        Stated(),
        user=user,
        via="demo",
        progress=progress,
        describe=partial(_describe, known),
        once=True,
    )


def look(user: User) -> int:
    """How many alerts are open after one round of the watch, as of today and without a network."""
    watch.tick(actor=Actor(user.pk, "demo"))
    return count_alerts(user)


def _describe(known: dict[str, Stated], found: Found) -> Stated:
    return known[Path(found.where).name]


def _stated(entry: dict[str, object]) -> Stated:
    of_items = Path(str(entry["file"])).suffix in LINES_SUFFIXES  # each tells its own day, title and address
    told = ("source",) if of_items else ("source", "url", "published", "language", "title")
    return Stated(**{key: str(entry.get(key, "")) for key in told})
