"""What the database knows of how full its tables are, so that it asks by the index that tells most."""

from __future__ import annotations

from django.db import connection

LOOKED_AT = 1_000  # rows of each index: enough to tell, and the same time on any desk


def renew(*, whole: bool = False) -> None:
    """Has SQLite count again what has grown much since it counted last; PostgreSQL does so by itself.

    `whole`: everything is counted, as after migrations, which forget the figures of tables that they make anew.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
            cursor.execute("ANALYZE" if whole else "PRAGMA optimize")
