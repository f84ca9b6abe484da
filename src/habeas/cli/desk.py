"""Opening the desk that a command works on: Django set up, tables up to date, the local operator at hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from habeas.accounts.models import User

T = TypeVar("T")


def open_desk() -> User:
    """The local operator of this machine's desk, which is made on first use and brought up to date after an upgrade."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "habeas.config.settings")
    import django  # `habeas --help` must not wait for Django

    django.setup()
    _bring_up_to_date()
    from habeas.accounts.services import local_operator

    return local_operator()


def progress(items: Sequence[T], *, what: str) -> Iterable[T]:
    """The items, with a bar on standard error while they are gone through, where that is a terminal."""
    if not sys.stderr.isatty():
        return items
    return _with_bar(items, what)


def _with_bar(items: Sequence[T], what: str) -> Iterator[T]:
    from rich.console import Console  # only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, description=what)


def _bring_up_to_date() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    from habeas.config.env import ConfigurationError

    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except (OperationalError, OSError) as fault:
        reason = str(fault).strip().splitlines()[0]
        raise ConfigurationError(
            f"The desk in {settings.DATA_DIR} cannot be opened ({reason}); "
            "look at HABEAS_DATA_DIR and HABEAS_DATABASE_URL."
        ) from fault
