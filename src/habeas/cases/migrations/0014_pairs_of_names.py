"""Keeps which names may be one person's, so that a name is compared with others once and not in every report."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_keys_of_names")]
    operations = [
        migrations.AddField(
            model_name="name",
            name="paired",
            field=models.BooleanField(default=False, help_text="compared with the names nearest to it (`NamePair`)"),
        ),
        migrations.CreateModel(
            name="NamePair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField()),
                (
                    "one",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.name",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.name",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["one", "-score", "other"], name="pairs_by_one"),
                    models.Index(fields=["other", "-score", "one"], name="pairs_by_other"),
                ],
            },
        ),
    ]
