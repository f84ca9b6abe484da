"""The bundled reports, taken in as any other files are."""

from __future__ import annotations

import tomllib
from functools import partial
from pathlib import Path

from habeas.accounts.models import User
from habeas.cases import intake
from habeas.sources.stated import Stated
from habeas.sources.walk import Found

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


def _describe(known: dict[str, Stated], found: Found) -> Stated:
    return known[Path(found.where).name]


def _stated(entry: dict[str, object]) -> Stated:
    return Stated(**{key: str(entry.get(key, "")) for key in ("source", "url", "published", "language", "title")})
