"""Keeps what the page of a long case shows; the long ones there are get a mark, and theirs when they are folded."""

import django.db.models.deletion
from django.db import migrations, models

MARKS = """INSERT INTO cases_stalestate (person_id, quiet) SELECT person_id, true FROM cases_keptstate
    WHERE documents >= 50 ON CONFLICT DO NOTHING"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_retention_rules")]
    operations = [
        migrations.CreateModel(
            name="KeptFile",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.person",
                    ),
                ),
                ("told", models.TextField()),
                ("fold", models.CharField(max_length=16)),
            ],
        ),
        migrations.RunSQL(MARKS, migrations.RunSQL.noop),
    ]
