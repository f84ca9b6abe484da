"""Indexes by which PostgreSQL finds a few names and people among a hundred thousand without reading all of them."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MAKE = "CREATE INDEX cases_namesearchindex ON cases_name USING gin (folded gin_trgm_ops)"
UNMAKE = "DROP INDEX cases_namesearchindex"


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(MAKE)


def unmake(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(UNMAKE)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_roles"),
        ("cases", "0022_judgements_that_wait"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="name",
            index=models.Index(
                condition=models.Q(("folded__gte", "\u0700")), fields=["folded"], name="names_without_keys"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(
                    ("merged_into__isnull", False),
                    ("erased_at__isnull", False),
                    ("told_by__isnull", False),
                    _connector="OR",
                ),
                fields=["id"],
                name="people_set_aside",
            ),
        ),
        migrations.RunPython(make, unmake),
    ]
