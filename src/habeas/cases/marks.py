"""Which kept states are to be folded again, noted by the database itself in the transaction that makes them so.

Whatever writes a link, a claim, a judgement or a newer reading, by whichever service, leaves the mark: nothing that a
kept state rests on can change without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate

from habeas.cases.models_kept import FOLD

_LINKED = "SELECT DISTINCT l.person_id, false FROM cases_link l WHERE l.sighting_id IN ({})"
_OF_CLAIM = """SELECT subject_id FROM cases_claim WHERE id = {0}
    UNION SELECT subject_id FROM cases_judgement WHERE claim_id = {0} AND subject_id IS NOT NULL"""
# By the table and what is done to it: whose states rest on the row.
_TOUCHED = {
    ("cases_link", "INSERT"): "SELECT NEW.person_id, false WHERE true",
    ("cases_claim", "INSERT"): _LINKED.format("NEW.subject_id"),
    ("cases_claim", "UPDATE"): _LINKED.format(_OF_CLAIM.format("NEW.id")),
    ("cases_judgement", "INSERT"): _LINKED.format(_OF_CLAIM.format("NEW.claim_id")),
    ("cases_judgement", "UPDATE"): _LINKED.format(_OF_CLAIM.format("NEW.claim_id")),
    ("cases_reading", "INSERT"): _LINKED.format(
        """SELECT s.id FROM cases_reading r JOIN cases_sighting s ON s.reading_id = r.id
        WHERE r.document_id = NEW.document_id AND r.id < NEW.id"""
    ),
    ("cases_person", "UPDATE"): "SELECT NEW.id, false WHERE true",
}
_NOTE = "INSERT INTO cases_stalestate(person_id, quiet) {} ON CONFLICT {};"
# On PostgreSQL a mark that stands already is locked: nobody may fold and remove it before this transaction is over.
_AGAIN = {"sqlite": "DO NOTHING", "postgresql": "(person_id) DO UPDATE SET quiet = cases_stalestate.quiet"}
_NEVER_KEPT = """INSERT INTO cases_stalestate(person_id, quiet) SELECT p.id, true FROM cases_person p
    JOIN cases_case c ON c.person_id = p.id WHERE p.merged_into_id IS NULL AND p.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM cases_keptstate k WHERE k.person_id = p.id) ON CONFLICT DO NOTHING"""
_OF_ANOTHER_FOLD = """SELECT k.person_id, false FROM cases_keptstate k WHERE (k.fold < %s OR k.fold > %s)
    AND NOT EXISTS (SELECT 1 FROM cases_stalestate s WHERE s.person_id = k.person_id)"""


def keep(app: AppConfig) -> None:
    """Has the database leave the marks from the next `migrate` on. Call it in the app's `ready`.

    While it migrates none are left: SQLite remakes no table that a trigger of another one names. A desk from before
    states were kept gets a mark for each.
    """
    pre_migrate.connect(_take_down, sender=app, dispatch_uid="cases: marks")
    post_migrate.connect(_put_up, sender=app, dispatch_uid="cases: marks")


def missing() -> list[str]:
    """The tables on which the database leaves no marks at present."""
    found = "SELECT tgname FROM pg_trigger" if _is_postgresql() else "SELECT name FROM sqlite_master"
    with connection.cursor() as cursor:
        cursor.execute(found)
        there = {name for (name,) in cursor.fetchall()}
    return sorted({table for table, deed in _TOUCHED if _name(table, deed) not in there})


def note_never_kept() -> None:
    """Leaves a mark for each case of which no state is kept, and none waits to be."""
    with connection.cursor() as cursor:
        cursor.execute(_NEVER_KEPT)


def note_another_fold() -> bool:
    """Whether states were kept that another fold made and no mark said so; each has a mark now.

    It is asked whenever a desk is opened: nothing is written, and so nobody waited for, where there are none.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{_OF_ANOTHER_FOLD} LIMIT 1", [FOLD, FOLD])
        found = cursor.fetchone() is not None
        if found:
            cursor.execute(_NOTE.format(_OF_ANOTHER_FOLD, "DO NOTHING").rstrip(";"), [FOLD, FOLD])
    return found


def _take_down(sender: AppConfig, **_told: object) -> None:
    there = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table, deed in _TOUCHED:
            if table in there:
                on = f" ON {table}" if _is_postgresql() else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, deed)}{on}")


def _put_up(sender: AppConfig, **_told: object) -> None:
    if "cases_stalestate" not in connection.introspection.table_names():  # migrated back to before there were any
        return
    with connection.cursor() as cursor:
        for statement in _triggers():
            cursor.execute(statement)
    note_never_kept()


def _triggers() -> Iterator[str]:
    for (table, deed), touched in _TOUCHED.items():
        name, note = _name(table, deed), _NOTE.format(touched, _AGAIN[connection.vendor])
        if _is_postgresql():
            yield f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN {note} RETURN NULL; END $$"""
            yield f"""CREATE OR REPLACE TRIGGER {name} AFTER {deed} ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}()"""
        else:
            yield f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {deed} ON {table} BEGIN {note} END"


def _name(table: str, deed: str) -> str:
    return f"{table}_marks_on_{deed.lower()}"


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"
