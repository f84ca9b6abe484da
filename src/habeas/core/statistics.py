"""What the database knows of how full its tables are, so that it asks by the index that tells most."""

from __future__ import annotations

from django.db import connection


def renew(*, whole: bool = False) -> None:
    """Has SQLite count again what has grown much since it counted last; PostgreSQL does so by itself.

    `whole`: everything is counted, as after migrations, which forget the figures of tables that they make anew. No
    index is counted in part: of a column with one value, as the team of every document, that would tell that it has
    few rows, and a question of a long case would go through all the team has. A million claims take two seconds.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if whole else "PRAGMA optimize")
