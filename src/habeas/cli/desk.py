"""Opening the desk that a command works on: Django set up, tables up to date, the local operator at hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from habeas.core.errors import HabeasError

if TYPE_CHECKING:
    from habeas.accounts.models import User
    from habeas.cases.opening import Step

UPGRADING = "upgrading"  # a file in the desk's folder while its tables are brought up to date
P = ParamSpec("P")
R = TypeVar("R")
KEEPING = 60  # seconds after an upgrade; what is left then is folded when it is looked at, or by `habeas watch`


def open_desk() -> User:
    """The local operator of this machine's desk, which is made on first use and brought up to date after an upgrade."""
    os.umask(0o077)  # whatever is kept is for this user's eyes alone, the folders above a desk's own included
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "habeas.config.settings")
    import django  # `habeas --help` must not wait for Django

    django.setup()
    _bring_up_to_date()
    from habeas.accounts.services import local_operator

    return local_operator()


class DatabaseAway(HabeasError):
    """The database does not answer."""


def says_when_away(work: Callable[P, R]) -> Callable[P, R]:
    """The same work, which raises DatabaseAway where the database does not answer, and leaves its connection."""

    @wraps(work)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        from django.db import connection
        from django.db.utils import InterfaceError, OperationalError

        try:
            return work(*args, **kwargs)
        except (OperationalError, InterfaceError) as fault:
            connection.close()
            raise DatabaseAway("The database does not answer; what was done is kept, and the rest waits.") from fault

    return told


def progress(steps: Iterable[Step]) -> Iterable[Step]:
    """The steps, with a bar on standard error while they are gone through, where that is a terminal."""
    return _with_bar(steps) if sys.stderr.isatty() else steps


def _with_bar(steps: Iterable[Step]) -> Iterator[Step]:
    from rich.console import Console  # only a terminal needs it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("Reading file {task.completed} of {task.total}"),
        BarColumn(),
        TextColumn("{task.fields[documents]} documents"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, documents=0)
        for count, step in enumerate(steps, start=1):
            bar.update(task, completed=step.number, total=step.files, documents=count)
            yield step


def _keep_states() -> None:
    from habeas.cases import kept

    kept.catch_up(seconds=KEEPING)


def _is_another_fold() -> bool:
    from habeas.cases import marks

    return marks.note_another_fold()


def _bring_up_to_date() -> None:
    """Migrates a desk of an older version, or one whose migrating was cut short.

    What guards its tables is put up after the last migration: a run killed in between would leave them without, and no
    migration to bring them back. So a file stands in the desk's folder from the beginning to the end.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    from habeas.config.env import ConfigurationError
    from habeas.core import statistics

    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = settings.DATA_DIR / UPGRADING
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if is_older := bool(plan) or unfinished.exists():
            unfinished.touch(mode=0o600)
            if plan:
                call_command("migrate", verbosity=0, interactive=False)
            else:
                emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
            statistics.renew(whole=True)
            unfinished.unlink(missing_ok=True)
        if _is_another_fold() or is_older:
            _keep_states()
    except (OperationalError, OSError) as fault:
        reason = str(fault).strip().splitlines()[0]
        raise ConfigurationError(
            f"The desk in {settings.DATA_DIR} cannot be opened ({reason}); "
            "look at HABEAS_DATA_DIR and HABEAS_DATABASE_URL."
        ) from fault
