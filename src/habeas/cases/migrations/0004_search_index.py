"""An index of every three letters of the search texts, so that a word is found without reading all of them."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    """CREATE VIRTUAL TABLE cases_searchindex USING fts5(
        folded, content='cases_searchtext', content_rowid='id', tokenize='trigram')""",
    "INSERT INTO cases_searchindex(cases_searchindex) VALUES('rebuild')",
    """CREATE TRIGGER cases_searchtext_added AFTER INSERT ON cases_searchtext BEGIN
        INSERT INTO cases_searchindex(rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER cases_searchtext_removed AFTER DELETE ON cases_searchtext BEGIN
        INSERT INTO cases_searchindex(cases_searchindex, rowid, folded) VALUES ('delete', old.id, old.folded); END""",
    """CREATE TRIGGER cases_searchtext_changed AFTER UPDATE OF folded ON cases_searchtext BEGIN
        INSERT INTO cases_searchindex(cases_searchindex, rowid, folded) VALUES ('delete', old.id, old.folded);
        INSERT INTO cases_searchindex(rowid, folded) VALUES (new.id, new.folded); END""",
)
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX cases_searchindex ON cases_searchtext USING gin (folded gin_trgm_ops)",
)
NO_SQLITE = (
    "DROP TRIGGER cases_searchtext_added",
    "DROP TRIGGER cases_searchtext_removed",
    "DROP TRIGGER cases_searchtext_changed",
    "DROP TABLE cases_searchindex",
)


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def unmake(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in ("DROP INDEX cases_searchindex",) if editor.connection.vendor == "postgresql" else NO_SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_judging")]
    operations = [migrations.RunPython(make, unmake)]
