"""The page that the project began with, a translated agency report. It is read from beside the corpora, never copied.

Tests that read it are skipped where HABEAS_CORPORA names no folder, or the page does not lie beside it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from habeas.accounts.models import User
from habeas.cases.intake import ingest
from habeas.cases.models import Case
from habeas.sources.stated import Stated

_CORPORA = os.environ.get("HABEAS_CORPORA", "")
_PAGES = sorted((Path(_CORPORA).resolve().parent / "seed").glob("*.txt")) if _CORPORA else []
needs_seed = pytest.mark.skipif(not _PAGES, reason="skipped: no corpus (HABEAS_CORPORA names none with a seed beside)")


def words() -> str:
    """The page as it lies there."""
    return _PAGES[0].read_text(encoding="utf-8")


def taken_in(user: User, published: str) -> Case:
    """The case file that the page opens, after it was captured, read and taken in as any report; it gives no date."""
    ingest([str(_PAGES[0])], Stated(source="Basit Post", published=published, language="en"), user=user)
    return Case.objects.exclude(person__name__in=["Tarek Oumari", "Salma Aydin"]).get()
