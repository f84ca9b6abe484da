"""What holds for every test."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

# How long an example takes says more about the machine's other work than about the code.
settings.register_profile("habeas", deadline=None)
settings.load_profile("habeas")


@pytest.fixture(autouse=True, scope="session")
def _empty_guarded_tables() -> Iterator[None]:
    """A test with transactions of its own ends by emptying all tables, those whose rows nobody may remove included."""
    from django.core.management.commands.flush import Command  # noqa: PLC0415 - most tests need no Django

    handle = Command.handle

    def emptied(self: Command, **options: Any) -> None:
        from habeas.core import append_only  # noqa: PLC0415

        append_only.take_down()
        handle(self, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", emptied)
        yield


@pytest.fixture(autouse=True, scope="session")
def _rows_in_no_order() -> Iterator[None]:
    """Rows that nobody asked to be ordered come back reversed: SQLite keeps the order of arrival, others need not."""
    from django.db.models.query import QuerySet  # noqa: PLC0415 - as above

    fetched = QuerySet._fetch_all  # type: ignore[attr-defined]

    def reversed_where_unordered(self: Any) -> None:
        fresh = self._result_cache is None
        fetched(self)
        if fresh and not self.ordered:
            self._result_cache.reverse()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "_fetch_all", reversed_where_unordered)
        yield
